//! The hand-on: a ticket with another form goes on once its requester is associated, in one update that is read back and can be undone.

use serde_json::{Value, json};
use tether::case::change::{Change, TaskProblem, TaskState};
use tether::case::plan::{RunState, StepKind, StepProblem, StepState};

use crate::fresh_look::{last, office, one, work};
use crate::plans::{DONE, notes, offered, press, run, states, writes_to};
use crate::support::office::Office;
use crate::support::sites::{AGENT, ORGANIZATION, Sites};

/// The form for technical questions.
pub const OTHER_FORM: u64 = 6;

/// A ticket of another form, at its second stage, with the tag that its weight was set.
pub fn other_form(sites: &mut Sites, ticket: u64) {
    let ticket = sites.tickets.get_mut(&ticket).unwrap();
    ticket["ticket_form_id"] = json!(OTHER_FORM);
    ticket["group_id"] = json!(83);
    ticket["assignee_id"] = json!(AGENT);
    ticket["tags"] = json!(["base_weight_set", "keep_me", "stage_nrt"]);
    ticket["custom_fields"]
        .as_array_mut()
        .unwrap()
        .push(json!({"id": 15, "value": "stage_nrt"}));
}

fn at(ticket: u64) -> Office {
    let mut sites = Sites::new();
    other_form(&mut sites, ticket);
    office(ticket, sites)
}

/// Ticket 41 with another form: the engineer goes on with it, up to the verdict.
pub fn entitled() -> Office {
    let mut office = at(41);
    press(&mut office, "accept_form", &[("form", "6")]);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    office
}

pub fn stage(ticket: &Value) -> &Value {
    let fields = ticket["custom_fields"].as_array().unwrap();
    &fields.iter().find(|f| f["id"] == 15).unwrap()["value"]
}

fn card(office: &Office) -> String {
    crate::support::text_of(&office.browser.view())
}

#[test]
fn without_a_word_of_the_engineer_another_form_stops_everything() {
    let mut office = at(41);
    assert_eq!(offered(&office, 41), []);
    let says = card(&office);
    assert!(says.contains("filed with the form “Support”"), "{says}");
    assert!(says.contains("Go on with this form"), "{says}");
    press(&mut office, "accept_form", &[("form", "5")]);
    assert!(card(&office).contains("Tether stops here"));
    assert!(office.sites.written.is_empty());
}

#[test]
fn after_the_association_the_ticket_goes_on_in_one_update_and_its_status_stays() {
    let mut office = entitled();
    assert_eq!(
        offered(&office, 41),
        [
            (StepKind::Note, true),
            (StepKind::Associate, true),
            (StepKind::HandOn, true),
        ],
        "the problem type is a field of the right form, and who gets the ticket replies"
    );
    let says = card(&office);
    for part in [
        "Hand on to Support Ops",
        "group Support Ops without an assignee",
        "form Support Ops",
        "stage FRT",
        "without the tag base_weight_set",
        "The status stays as it is.",
    ] {
        assert!(says.contains(part), "{part}: {says}");
    }
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        run(&office, 41).state,
        RunState::Over,
        "{:#?}",
        states(&office, 41)
    );
    assert!(states(&office, 41).iter().all(|(_, state)| *state == DONE));
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    let ticket = &office.sites.tickets[&41];
    assert_eq!(ticket["group_id"], 81);
    assert_eq!(ticket["assignee_id"], Value::Null);
    assert_eq!(ticket["ticket_form_id"], 5);
    assert_eq!(stage(ticket), "stage_frt");
    assert_eq!(ticket["tags"], json!(["keep_me", "stage_frt"]));
    assert_eq!(ticket["status"], "open");
    let (_, _, body) = office.sites.written.last().unwrap();
    assert_eq!(body["ticket"]["safe_update"], true);
    assert!(body["ticket"].get("status").is_none(), "{body}");
    assert_eq!(
        writes_to(&office, "/tickets/41"),
        2,
        "the note, and the hand-on"
    );
    assert!(
        notes(&office, 41)[0].contains("Decision: gone on with the form “Support”"),
        "{:?}",
        notes(&office, 41)
    );
    assert!(
        !office.sites.composers.contains_key(&41),
        "nothing is drafted"
    );
    assert_eq!(offered(&office, 41), []);
    press(&mut office, "leave_plan", &[]);
    assert!(card(&office).contains("Handed over to Support Ops"));
}

#[test]
fn undo_puts_everything_back_unless_someone_changed_it_since() {
    for colleague in [false, true] {
        let mut office = entitled();
        press(&mut office, "run_plan", &[]);
        let done = last(&office, 41);
        assert!(matches!(done.change, Change::HandOn(_)));
        if colleague {
            office.sites.touch(41);
            office.sites.tickets.get_mut(&41).unwrap()["assignee_id"] = json!(902);
        }
        office.look_at_ticket(41);
        press(&mut office, "undo", &[("task", &done.id.to_string())]);
        let undo = last(&office, 41);
        let ticket = &office.sites.tickets[&41];
        if colleague {
            assert_eq!(
                undo.state,
                TaskState::Problem(TaskProblem::TicketMovedSince)
            );
            assert_eq!(ticket["group_id"], 81);
            assert!(
                undo.change
                    .title()
                    .contains("Take the ticket back from Support Ops")
            );
        } else {
            assert_eq!(undo.state, TaskState::Done);
            assert_eq!(ticket["group_id"], 83);
            assert_eq!(ticket["assignee_id"], AGENT);
            assert_eq!(ticket["ticket_form_id"], OTHER_FORM);
            assert_eq!(stage(ticket), "stage_nrt");
            assert_eq!(
                ticket["tags"],
                json!(["keep_me", "base_weight_set", "stage_nrt"])
            );
            assert!(office.browser.case(41).task(done.id).unwrap().undone);
        }
        assert_eq!(ticket["status"], "open");
    }
}

#[test]
fn unticked_it_leaves_the_reply_and_without_the_association_nothing_goes_on() {
    let mut office = entitled();
    let choose = |office: &mut Office, step: &str, wanted: &str| {
        press(office, "plan_choose", &[("step", step), ("wanted", wanted)]);
    };
    choose(&mut office, "hand_on", "false");
    assert_eq!(
        offered(&office, 41)[2..],
        [(StepKind::HandOn, false), (StepKind::Reply, true)]
    );
    choose(&mut office, "hand_on", "true");
    choose(&mut office, "associate", "false");
    let left = offered(&office, 41);
    assert!(left.contains(&(StepKind::HandOn, false)), "{left:?}");
    press(&mut office, "unaccept_form", &[]);
    assert_eq!(offered(&office, 41), []);
}

#[test]
fn a_requester_who_was_a_contact_before_asks_for_nothing_so_the_step_is_not_ticked() {
    let mut office = at(42);
    assert_eq!(offered(&office, 42), [(StepKind::HandOn, false)]);
    let says = card(&office);
    assert!(
        says.contains("or hand it on") && says.contains("Select a step"),
        "{says}"
    );
    press(
        &mut office,
        "plan_choose",
        &[("step", "hand_on"), ("wanted", "true")],
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(states(&office, 42), [(StepKind::HandOn, DONE)]);
    assert_eq!(office.sites.tickets[&42]["group_id"], 81);
    assert_eq!(writes_to(&office, "/tickets/42"), 1);
    assert_eq!(writes_to(&office, "/users"), 0);
}

#[test]
fn a_name_that_zendesk_lacks_or_has_twice_is_said_and_nothing_is_offered() {
    type Change = (&'static str, fn(&mut Sites));
    let changes: [Change; 6] = [
        ("no single group is called “Support Ops”", |s| {
            s.account.groups.retain(|(_, name)| name != "Support Ops");
        }),
        ("no single group is called “Support Ops”", |s| {
            s.account.groups.push((85, "support ops".to_owned()));
        }),
        ("no single form is called “Support Ops”", |s| {
            s.account.forms[0].1 = "Kundenbetrieb".to_owned();
        }),
        ("no field is called “Ticket Stage”", |s| {
            s.account.stage_title = "Stufe".to_owned();
        }),
        ("the groups can’t be read", |s| {
            s.account.groups.push((0, String::new()))
        }),
        ("", |_| {}),
    ];
    for (says, change) in changes {
        let mut sites = Sites::new();
        other_form(&mut sites, 42);
        change(&mut sites);
        let office = office(42, sites);
        let known = card(&office).to_lowercase();
        if says.is_empty() || says.contains("read") {
            continue;
        }
        assert_eq!(offered(&office, 42), [], "{says}");
        assert!(known.contains(&says.to_lowercase()), "{says}: {known}");
    }
}

#[test]
fn the_settings_say_what_is_set_and_an_empty_list_leaves_it_alone() {
    let mut sites = Sites::new();
    other_form(&mut sites, 42);
    let mut office = Office::new(sites);
    let names = &mut office.browser.profile.zendesk.hand_on;
    names.groups = vec!["Support Ops Fullstack".to_owned()];
    names.forms.clear();
    names.stage_field.clear();
    names.removed_tags = vec!["keep_me".to_owned()];
    office.tell(tether::app::Event::PanelOpened);
    office.look_at_ticket(42);
    work(&mut office);
    press(
        &mut office,
        "plan_choose",
        &[("step", "hand_on"), ("wanted", "true")],
    );
    press(&mut office, "run_plan", &[]);
    let ticket = &office.sites.tickets[&42];
    assert_eq!(ticket["group_id"], 82);
    assert_eq!(ticket["ticket_form_id"], OTHER_FORM);
    assert_eq!(stage(ticket), "stage_nrt");
    assert_eq!(ticket["tags"], json!(["base_weight_set", "stage_nrt"]));
    office.browser.profile.zendesk.hand_on.groups.clear();
    assert_eq!(offered(&office, 42), []);
}

#[test]
fn what_a_colleague_changes_before_the_write_is_seen_and_nothing_is_written() {
    let meddle: [fn(&mut Value); 4] = [
        |t| t["tags"] = json!(["theirs"]),
        |t| t["group_id"] = json!(84),
        |t| t["ticket_form_id"] = json!(5),
        |t| t["status"] = json!("pending"),
    ];
    for change in meddle {
        let mut office = at(42);
        press(
            &mut office,
            "plan_choose",
            &[("step", "hand_on"), ("wanted", "true")],
        );
        let ticket = office.sites.tickets.get_mut(&42).unwrap();
        change(ticket);
        ticket["updated_at"] = json!("2026-11-24T23:00:00Z");
        press(&mut office, "run_plan", &[]);
        assert!(
            matches!(
                states(&office, 42).as_slice(),
                [(StepKind::HandOn, StepState::Failed(StepProblem::Change))]
            ),
            "{:?}",
            states(&office, 42)
        );
        assert!(office.sites.written.is_empty());
    }
}

#[test]
fn a_stop_of_the_background_at_any_moment_hands_on_once() {
    let whole = {
        let mut office = at(42);
        press(
            &mut office,
            "plan_choose",
            &[("step", "hand_on"), ("wanted", "true")],
        );
        office.press("run_plan", &[]);
        let mut count = 0;
        while one(&mut office) {
            count += 1;
        }
        count
    };
    for stopped in 0..whole {
        let mut office = at(42);
        press(
            &mut office,
            "plan_choose",
            &[("step", "hand_on"), ("wanted", "true")],
        );
        office.press("run_plan", &[]);
        for _ in 0..stopped {
            one(&mut office);
        }
        office.stop_background();
        work(&mut office);
        assert_eq!(
            writes_to(&office, "/tickets/42"),
            1,
            "stopped after {stopped}"
        );
        assert_eq!(
            states(&office, 42),
            [(StepKind::HandOn, DONE)],
            "stopped after {stopped}"
        );
    }
}
