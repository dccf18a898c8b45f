//! Attacks on the hand-on: what must not happen to a ticket while it goes on to those whose it is.

use serde_json::{Value, json};
use tether::app::Event;
use tether::app::effect::Job;
use tether::case::change::{Change, TaskProblem, TaskState};
use tether::case::plan::{RunState, StepKind, StepState};

use crate::fresh_look::{last, office, one, work};
use crate::hand_on::{OTHER_FORM, entitled, other_form, stage};
use crate::plan_slips::until;
use crate::plans::{DONE, notes, offered, press, run, states, to_the_end, writes_to};
use crate::support::office::Office;
use crate::support::sites::{AGENT, Sites};
use crate::support::*;

/// Whom the ticket is given to by somebody else.
const COLLEAGUE: u64 = 902;

/// A contact's ticket of another form, with the hand-on ticked.
fn of_a_contact() -> Office {
    let mut sites = Sites::new();
    other_form(&mut sites, 42);
    let mut office = office(42, sites);
    let tick = [("step", "hand_on"), ("wanted", "true")];
    press(&mut office, "plan_choose", &tick);
    office
}

const BOTH: [(u64, fn() -> Office); 2] = [(41, entitled), (42, of_a_contact)];

/// How many things happen in a run that nobody disturbs.
fn length(start: fn() -> Office) -> usize {
    let mut office = start();
    office.press("run_plan", &[]);
    let mut n = 0;
    while one(&mut office) {
        n += 1;
    }
    n
}

/// A run that was begun, with so many things done of it.
fn begun(start: fn() -> Office, n: usize) -> Office {
    let mut office = start();
    office.press("run_plan", &[]);
    for _ in 0..n {
        one(&mut office);
    }
    office
}

fn hands_on(body: &Value) -> bool {
    body["ticket"].get("group_id").is_some()
}

/// How often the ticket was handed on or taken back.
fn moves(office: &Office) -> usize {
    let all = office.sites.written.iter();
    all.filter(|(_, _, body)| hands_on(body)).count()
}

/// Whether the page has the write already.
fn is_given(office: &Office) -> bool {
    office
        .jobs
        .iter()
        .any(|(_, job)| matches!(job, Job::Request { body, .. } if hands_on(body)))
}

type Meddling = (&'static str, fn(&mut Value));

const MEDDLING: [Meddling; 6] = [
    ("assignee_id", |t| t["assignee_id"] = json!(COLLEAGUE)),
    ("group_id", |t| t["group_id"] = json!(84)),
    ("ticket_form_id", |t| t["ticket_form_id"] = json!(5)),
    ("tags", |t| {
        t["tags"].as_array_mut().unwrap().push(json!("theirs"))
    }),
    ("status", |t| t["status"] = json!("pending")),
    ("stage", |t| {
        let fields = t["custom_fields"].as_array_mut().unwrap();
        fields.iter_mut().find(|f| f["id"] == 15).unwrap()["value"] = json!("stage_frt");
        t["tags"]
            .as_array_mut()
            .unwrap()
            .retain(|tag| tag != "stage_nrt");
        t["tags"].as_array_mut().unwrap().push(json!("stage_frt"));
    }),
];

fn meddle(office: &mut Office, ticket: u64, change: fn(&mut Value)) {
    change(office.sites.tickets.get_mut(&ticket).unwrap());
    office.sites.touch(ticket);
}

#[test]
fn what_a_colleague_changes_between_any_two_things_of_a_run_is_not_overwritten() {
    for (ticket, start) in BOTH {
        for n in (0..length(start)).step_by(2) {
            for (name, change) in MEDDLING {
                let mut office = begun(start, n);
                if moves(&office) > 0 {
                    continue;
                }
                meddle(&mut office, ticket, change);
                let theirs = office.sites.tickets[&ticket].clone();
                work(&mut office);
                let now = &office.sites.tickets[&ticket];
                assert_eq!(moves(&office), 0, "{name} at {n} of {ticket}");
                for key in ["assignee_id", "group_id", "ticket_form_id", "status"] {
                    assert_eq!(now[key], theirs[key], "{name} at {n} of {ticket}");
                }
                assert_ne!(
                    run(&office, ticket).state,
                    RunState::Running,
                    "{name} at {n}"
                );
                // Whoever sees it and continues keeps every tag of theirs.
                office.look_at_ticket(ticket);
                press(&mut office, "refresh", &[]);
                for _ in 0..4 {
                    office.look_at_ticket(ticket);
                    if run(&office, ticket).state == RunState::Stopped {
                        press(&mut office, "continue_plan", &[]);
                    }
                }
                let tags = office.sites.tickets[&ticket]["tags"].as_array().unwrap();
                if name == "tags" {
                    assert!(tags.contains(&json!("theirs")), "{name} at {n}: {tags:?}");
                }
                assert!(tags.contains(&json!("keep_me")), "{name} at {n}: {tags:?}");
                assert!(moves(&office) <= 1, "{name} at {n}");
            }
        }
    }
}

#[test]
fn another_requester_between_any_two_things_of_a_run_hands_nothing_on() {
    for (ticket, start) in BOTH {
        for n in 0..length(start) {
            let mut office = begun(start, n);
            let (before, given) = (moves(&office), is_given(&office));
            office.sites.tickets.get_mut(&ticket).unwrap()["requester_id"] = json!(504);
            office.sites.touch(ticket);
            work(&mut office);
            office.look_at_ticket(ticket);
            press(&mut office, "refresh", &[]);
            press(&mut office, "continue_plan", &[]);
            assert!(
                moves(&office) <= before,
                "at {n} of {ticket}, given: {given}"
            );
        }
    }
}

#[test]
fn an_association_that_is_taken_back_during_the_run_hands_nothing_on_after_it() {
    for n in 0..length(entitled) {
        let mut office = begun(entitled, n);
        let case = office.browser.case(41);
        let joined = case
            .tasks
            .iter()
            .find(|t| matches!(t.change, Change::Join { .. }));
        let Some(task) = joined
            .filter(|t| t.undo().is_some())
            .map(|t| t.id.to_string())
        else {
            continue;
        };
        let allowed = moves(&office) + usize::from(is_given(&office));
        office.look_at_ticket(41);
        press(&mut office, "undo", &[("task", &task)]);
        assert!(moves(&office) <= allowed, "at {n}");
        office.look_at_ticket(41);
        press(&mut office, "refresh", &[]);
        press(&mut office, "continue_plan", &[]);
        if office.sites.organization_of(7).is_none() {
            assert!(moves(&office) <= allowed, "at {n}");
        }
    }
}

#[test]
fn a_stop_of_the_background_after_anything_of_a_whole_run_hands_on_once() {
    for n in 0..length(entitled) {
        let mut office = begun(entitled, n);
        office.stop_background();
        work(&mut office);
        to_the_end(&mut office, 41);
        assert_eq!(moves(&office), 1, "at {n}");
        assert_eq!(writes_to(&office, "/users/7"), 1, "at {n}");
        assert_eq!(notes(&office, 41).len(), 1, "at {n}");
        // It can still be taken back, to where it was.
        let task = office
            .browser
            .case(41)
            .tasks
            .iter()
            .find(|t| matches!(t.change, Change::HandOn(_)))
            .unwrap()
            .id;
        office.look_at_ticket(41);
        press(&mut office, "undo", &[("task", &task.to_string())]);
        let ticket = &office.sites.tickets[&41];
        assert_eq!(ticket["group_id"], 83, "at {n}");
        assert_eq!(ticket["assignee_id"], AGENT, "at {n}");
        assert_eq!(stage(ticket), "stage_nrt", "at {n}");
    }
}

#[test]
fn a_ticket_that_nobody_looks_at_is_not_handed_on() {
    for n in 0..length(entitled) {
        let mut office = begun(entitled, n);
        let allowed = moves(&office) + usize::from(is_given(&office));
        office.look_at_ticket(43);
        work(&mut office);
        assert!(moves(&office) <= allowed, "at {n}");
        office.look_at_ticket(41);
        work(&mut office);
        assert!(
            moves(&office) <= allowed,
            "looking alone is no press, at {n}"
        );
    }
}

#[test]
fn a_ticket_that_is_being_handed_over_is_not_handed_on_too() {
    for order in 0..2 {
        let mut office = of_a_contact();
        press(&mut office, "open_trouble", &[("open", "true")]);
        let to = [("reason", "It is about billing."), ("group", "82")];
        if order == 0 {
            office.press("hand_over", &to);
            office.press("run_plan", &[]);
        } else {
            office.press("run_plan", &[]);
            office.press("hand_over", &to);
        }
        work(&mut office);
        let group = &office.sites.tickets[&42]["group_id"];
        assert_eq!(
            *group,
            json!(82),
            "{order}: it went where it was to go last"
        );
        assert_eq!(moves(&office), 1, "{order}");
    }
}

#[test]
fn a_colleague_who_takes_the_ticket_goes_on_with_it() {
    let mut office = entitled();
    press(&mut office, "run_plan", &[]);
    press(&mut office, "leave_plan", &[]);
    office.sites.tickets.get_mut(&41).unwrap()["assignee_id"] = json!(COLLEAGUE);
    office.sites.touch(41);
    office.look_at_ticket(41);
    press(&mut office, "refresh", &[]);
    assert_eq!(offered(&office, 41), []);
    assert!(text_of(&office.browser.view()).contains("Handed over to Support Ops"));
    // The engineer takes it themselves: there is something to do again.
    press(&mut office, "open_trouble", &[("open", "true")]);
    office.sites.tickets.get_mut(&41).unwrap()["assignee_id"] = json!(AGENT);
    office.sites.touch(41);
    press(&mut office, "refresh", &[]);
    assert!(!text_of(&office.browser.view()).contains("Handed over to Support Ops"));
}

#[test]
fn a_hand_on_whose_answer_got_lost_is_looked_up_and_not_made_again() {
    let mut office = entitled();
    office.press("run_plan", &[]);
    until(&mut office, |office| moves(office) == 1);
    // Nothing says that it was written, and nobody can look.
    office.browser.reads.clear();
    let waiting: Vec<u64> = office.browser.model.waiting.keys().copied().collect();
    for id in waiting {
        let answer = status(500, "{}", None);
        office.tell(Event::Answered { id, answer });
    }
    let state = last(&office, 41).state;
    assert!(
        matches!(state, TaskState::Problem(TaskProblem::NotKnown(_))),
        "{state:?}"
    );
    let mut other = office.clone();
    office.look_at_ticket(41);
    press(&mut office, "continue_plan", &[]);
    assert_eq!(moves(&office), 1);
    assert_eq!(states(&office, 41).last(), Some(&(StepKind::HandOn, DONE)));
    assert!(last(&office, 41).undo().is_some());
    // Left and read again, it is in the ticket as well.
    let id = last(&other, 41).id.to_string();
    press(&mut other, "leave_task", &[("task", &id)]);
    other.look_at_ticket(41);
    press(&mut other, "refresh", &[]);
    for _ in 0..3 {
        other.look_at_ticket(41);
        press(&mut other, "continue_plan", &[]);
    }
    assert_eq!(moves(&other), 1);
}

#[test]
fn an_undo_overwrites_nothing_that_a_colleague_does_between_any_two_things_of_it() {
    let handed_on = || {
        let mut office = of_a_contact();
        press(&mut office, "run_plan", &[]);
        office.look_at_ticket(42);
        let task = last(&office, 42).id.to_string();
        office.press("undo", &[("task", &task)]);
        office
    };
    let mut whole = handed_on();
    let mut length = 0;
    while one(&mut whole) {
        length += 1;
    }
    assert_eq!(moves(&whole), 2);
    for n in 0..length {
        for (name, change) in MEDDLING {
            let mut office = handed_on();
            for _ in 0..n {
                one(&mut office);
            }
            if moves(&office) > 1 || name == "stage" || name == "ticket_form_id" {
                continue;
            }
            meddle(&mut office, 42, change);
            let theirs = office.sites.tickets[&42].clone();
            work(&mut office);
            for _ in 0..2 {
                let task = last(&office, 42).id.to_string();
                office.look_at_ticket(42);
                press(&mut office, "retry_task", &[("task", &task)]);
            }
            let now = &office.sites.tickets[&42];
            let tags = now["tags"].as_array().unwrap();
            match name {
                "tags" => assert!(tags.contains(&json!("theirs")), "{name} at {n}: {tags:?}"),
                "status" => assert_eq!(now["status"], "pending", "{name} at {n}"),
                key => assert_eq!(now[key], theirs[key], "{name} at {n}"),
            }
        }
    }
}

#[test]
fn the_undo_goes_back_to_where_the_ticket_was_right_before_the_write() {
    let mut office = of_a_contact();
    office.press("run_plan", &[]);
    meddle(&mut office, 42, |t| {
        t["group_id"] = json!(84);
        t["tags"] = json!(["theirs"]);
    });
    work(&mut office);
    office.look_at_ticket(42);
    press(&mut office, "refresh", &[]);
    for _ in 0..3 {
        office.look_at_ticket(42);
        press(&mut office, "continue_plan", &[]);
    }
    assert_eq!(states(&office, 42), [(StepKind::HandOn, DONE)]);
    let task = last(&office, 42).id.to_string();
    office.look_at_ticket(42);
    press(&mut office, "undo", &[("task", &task)]);
    let now = &office.sites.tickets[&42];
    assert_eq!(now["group_id"], 84);
    assert_eq!(now["tags"], json!(["theirs", "stage_nrt"]));
}

#[test]
fn where_a_ticket_goes_is_what_the_settings_said_when_it_was_pressed_or_nowhere() {
    let mut office = of_a_contact();
    office.press("run_plan", &[]);
    office.browser.profile.zendesk.hand_on.groups = vec!["Support Ops Fullstack".to_owned()];
    work(&mut office);
    assert_eq!(moves(&office), 0, "{:?}", office.sites.written);
    let now = &states(&office, 42)[0].1;
    assert!(matches!(now, StepState::Failed(_)), "{now:?}");
}

#[test]
fn what_a_colleague_took_back_is_handed_on_again_only_if_it_is_ticked() {
    let mut office = entitled();
    press(&mut office, "run_plan", &[]);
    let ticket = office.sites.tickets.get_mut(&41).unwrap();
    ticket["group_id"] = json!(83);
    ticket["ticket_form_id"] = json!(OTHER_FORM);
    office.sites.touch(41);
    office.look_at_ticket(41);
    press(&mut office, "refresh", &[]);
    press(&mut office, "leave_plan", &[]);
    let left = offered(&office, 41);
    assert!(left.contains(&(StepKind::HandOn, false)), "{left:?}");
}

#[test]
fn a_ticket_that_two_windows_show_is_handed_on_once() {
    let mut office = of_a_contact();
    for (window, tab) in [(1, 42), (2, 142)] {
        office.tell(Event::PanelIn { window });
        office.tell(Event::TabSeenIn {
            tab,
            window,
            url: ticket_address(42),
            active: true,
            focused: true,
        });
    }
    work(&mut office);
    let shown = tether::app::plan_offered(
        &office.browser.model,
        office.browser.case(42),
        office.browser.world(),
    )
    .unwrap()
    .shown();
    for window in [1, 2, 1] {
        office.tell(Event::Command {
            case: Some(key(42)),
            window: Some(window),
            name: "run_plan".to_owned(),
            fields: [("plan".to_owned(), shown.clone())].into_iter().collect(),
        });
    }
    work(&mut office);
    assert_eq!(moves(&office), 1);
}

#[test]
fn a_solved_ticket_is_not_handed_on() {
    let mut office = of_a_contact();
    office.press("run_plan", &[]);
    meddle(&mut office, 42, |t| t["status"] = json!("solved"));
    work(&mut office);
    for _ in 0..3 {
        office.look_at_ticket(42);
        press(&mut office, "refresh", &[]);
        if run(&office, 42).state == RunState::Stopped {
            press(&mut office, "continue_plan", &[]);
        }
    }
    assert_eq!(moves(&office), 0);
}

#[test]
fn a_hand_on_after_a_night_rests_on_what_is_shown_then() {
    let mut office = of_a_contact();
    office.press("run_plan", &[]);
    office.look_at_ticket(43);
    work(&mut office);
    assert_eq!(run(&office, 42).state, RunState::Stopped);
    office.browser.now += 9 * 3_600_000;
    // In the night the requester left their organization.
    office.sites.users.get_mut(&8).unwrap()["organization_id"] = json!(null);
    for _ in 0..3 {
        office.look_at_ticket(42);
        if office.browser.case(42).plan.run.is_some() {
            press(&mut office, "continue_plan", &[]);
        }
        press(&mut office, "refresh", &[]);
    }
    assert_eq!(moves(&office), 0);
}
