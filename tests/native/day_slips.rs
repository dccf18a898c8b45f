//! More slips of a working day, between any two things: answers that come late or twice, settings that change, tickets that are merged or
//! deleted, second windows, second addresses, and drafts made alone.

use std::collections::BTreeMap;

use crate::fresh_look::{last, office, one, set_organization, set_user, work};
use crate::plan_slips::until;
use crate::plans::{
    entitled, length, notes, press, run, start_contacts, start_license, states, to_the_end,
    writes_to,
};
use crate::support::office::Office;
use crate::support::sites::{AGENT, ORGANIZATION, Sites};
use crate::support::*;
use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, association_gate, contacts_to_add};
use tether::case::change::{TaskProblem, TaskState};
use tether::case::plan::RunState;
use tether::case::reply_progress::Progress;
use tether::profile::Settings;

type Start = fn() -> Office;
const RUNS: [(u64, Start); 2] = [(41, start_license), (42, start_contacts)];

type Written = Vec<(String, String, Value)>;
type Composers = BTreeMap<u64, (bool, Vec<String>)>;

/// What was written: users and tickets, and the composers.
fn made(office: &Office) -> (Written, Composers) {
    (office.sites.written.clone(), office.sites.composers.clone())
}

fn given(office: &Office) -> usize {
    let writes = |job: &Job| {
        matches!(
            job,
            Job::Request { .. } | Job::FillOrganization { .. } | Job::WriteReply { .. }
        )
    };
    office.jobs.iter().filter(|(_, job)| writes(job)).count()
}

/// Does one thing after another until nothing is left. Counts before each the replies that are on their way into a page.
fn drafts_until_over(office: &mut Office, next: impl Fn(&mut Office) -> bool) -> usize {
    let mut drafts = 0;
    loop {
        let writes = |job: &Job| matches!(job, Job::WriteReply { .. });
        drafts += office.jobs.iter().filter(|(_, job)| writes(job)).count();
        if !next(office) {
            return drafts;
        }
    }
}

/// A press, and then `n` things.
fn after(start: Start, name: &str, fields: &[(&str, &str)], n: usize) -> Office {
    let mut office = start();
    office.press(name, fields);
    for _ in 0..n {
        one(&mut office);
    }
    office
}

fn count(office: &Office) -> usize {
    office.sites.written.len() + office.sites.composers.len()
}

fn settings(office: &mut Office, all: &[(&str, Value)]) {
    let sync = all
        .iter()
        .map(|(path, value)| (format!("profile:{path}"), value.to_string()))
        .collect();
    office.tell(Event::Settings {
        settings: Settings {
            sync,
            managed: None,
        },
    });
}

fn in_window(office: &mut Office, window: i64, tab: i64, ticket: u64) {
    office.tell(Event::TabSeenIn {
        tab,
        window,
        url: ticket_address(ticket),
        active: true,
        focused: true,
    });
}

fn says(office: &Office) -> String {
    text_of(&office.browser.view())
}

fn draft() -> Office {
    office(41, Sites::new())
}

const PROOF: [(&str, &str); 1] = [("about", "proof_asked")];

// ---- answers ----

/// Does one thing and reports it twice.
fn one_twice(office: &mut Office) -> bool {
    if let Some((id, url)) = office.browser.reads.first().cloned() {
        office.browser.reads.remove(0);
        let answer = office.sites.answer(&url);
        office.tell(Event::Answered {
            id,
            answer: answer.clone(),
        });
        office.tell(Event::Answered { id, answer });
        return true;
    }
    if !office.jobs.is_empty() {
        let (tab, job) = office.jobs.remove(0);
        let (effect, outcome) = (job.number(), office.sites.obey(&job));
        for outcome in [outcome.clone(), outcome] {
            office.tell(Event::PageResult {
                tab,
                effect,
                outcome,
            });
        }
        return true;
    }
    one(office)
}

#[test]
fn answers_and_reports_that_come_twice_make_nothing_twice() {
    for (ticket, start) in RUNS {
        let mut plain = start();
        press(&mut plain, "run_plan", &[]);
        let mut office = start();
        office.press("run_plan", &[]);
        while one_twice(&mut office) {}
        assert_eq!(run(&office, ticket).state, RunState::Over);
        assert_eq!(made(&office), made(&plain), "{ticket}");
    }
}

#[test]
fn an_answer_that_comes_after_everything_else_changes_nothing() {
    for (ticket, start) in RUNS {
        for n in 0..length(ticket, start) {
            let mut office = after(start, "run_plan", &[], n);
            let Some((id, url)) = office.browser.reads.pop() else {
                continue;
            };
            let late = office.sites.answer(&url);
            work(&mut office);
            // The engineer loses patience, and the plan goes on without it or waits for it.
            office.browser.now += 60_000;
            press(&mut office, "tick", &[]);
            assert_eq!(given(&office), 0);
            office.sites.users.get_mut(&11).unwrap()["organization_id"] = json!(77);
            office.tell(Event::Answered { id, answer: late });
            work(&mut office);
            // It may be what the plan waited for: then the plan's own steps follow, each once.
            let (written, _) = made(&office);
            for write in &written {
                let same = |other: &&(String, String, Value)| *other == write;
                assert_eq!(written.iter().filter(same).count(), 1, "at {n}: {write:?}");
            }
            assert_eq!(office.sites.organization_of(11), Some(77));
        }
    }
}

#[test]
fn a_draft_whose_answers_come_twice_is_written_once() {
    let mut office = draft();
    office.press("draft_reply", &PROOF);
    assert_eq!(drafts_until_over(&mut office, one_twice), 1);
}

// ---- a stop of the background ----

#[test]
fn a_draft_goes_on_or_is_said_to_be_interrupted_after_a_stop_at_any_moment() {
    let mut plain = draft();
    press(&mut plain, "draft_reply", &PROOF);
    for n in 0..8 {
        let mut office = after(draft, "draft_reply", &PROOF, n);
        office.stop_background();
        work(&mut office);
        assert_eq!(made(&office), made(&plain), "at {n}");
        // Hours later nothing is drafted any more.
        let mut office = after(draft, "draft_reply", &PROOF, n);
        let had = office.sites.composers.len() + given(&office);
        office.browser.now += 3_600_000;
        office
            .jobs
            .retain(|(_, job)| matches!(job, Job::WriteReply { .. }));
        office.stop_background();
        work(&mut office);
        assert!(office.sites.composers.len() <= had, "at {n}");
        assert!(
            !office.browser.case(41).drafting.now.is_under_way(),
            "at {n}"
        );
    }
}

#[test]
fn a_stop_at_any_moment_assigns_the_ticket_once_and_never_to_another_agent() {
    for n in 0..8 {
        let start = || {
            let mut office = office(41, Sites::new());
            press(&mut office, "open_trouble", &[("open", "true")]);
            office
        };
        let mut office = after(start, "assign_to_me", &[], n);
        let written = office.sites.written.len();
        office.sites.account.me["id"] = json!(901);
        office.stop_background();
        work(&mut office);
        let assignee = &office.sites.tickets[&41]["assignee_id"];
        assert!(*assignee != json!(901), "at {n}");
        assert_eq!(office.sites.written.len(), written, "at {n}");
    }
}

// ---- settings ----

#[test]
fn a_limit_that_is_lowered_during_a_run_adds_nobody_past_it() {
    for n in 0..length(42, start_contacts) {
        let mut office = after(start_contacts, "run_plan", &[], n);
        let asked = given(&office);
        let before = writes_to(&office, "/users");
        settings(&mut office, &[("zendesk.contact_limit", json!(3))]);
        work(&mut office);
        assert!(writes_to(&office, "/users") <= before + asked, "at {n}");
    }
}

#[test]
fn where_a_removal_is_recorded_is_what_it_was_when_it_was_pressed_and_its_undo_knows_it() {
    for n in 0..20 {
        let start = || {
            let mut office = office(42, Sites::new());
            let hal = [("user", "502"), ("wanted", "true")];
            press(&mut office, "pick_leaver", &hal);
            office
        };
        let mut office = after(start, "remove_contacts", &[], n);
        settings(&mut office, &[("zendesk.removal_trace", json!("details"))]);
        work(&mut office);
        let text = |office: &Office, key: &str| office.sites.users[&502][key].clone();
        assert!(
            text(&office, "notes")
                .as_str()
                .unwrap()
                .contains("De-associated"),
            "at {n}"
        );
        assert_eq!(text(&office, "details"), json!(""), "at {n}");
        office.look_at_ticket(42);
        let task = last(&office, 42).id.to_string();
        press(&mut office, "undo", &[("task", &task)]);
        assert_eq!(text(&office, "notes"), json!(""), "at {n}");
        assert_eq!(office.sites.organization_of(502), Some(ORGANIZATION));
    }
}

#[test]
fn a_note_that_is_saved_or_composed_by_a_setting_that_changes_is_there_once() {
    for n in 0..length(41, start_license) {
        let mut office = after(start_license, "run_plan", &[], n);
        settings(&mut office, &[("zendesk.note", json!("composer"))]);
        work(&mut office);
        let composed = office
            .sites
            .composers
            .get(&41)
            .is_some_and(|(public, _)| !public);
        let saved = notes(&office, 41).len();
        assert!(
            saved + usize::from(composed) <= 1,
            "at {n}: {saved}, {composed}"
        );
    }
}

#[test]
fn a_zendesk_that_is_taken_out_of_the_settings_is_written_no_more() {
    for (ticket, start) in RUNS {
        for n in 0..length(ticket, start) {
            let mut office = after(start, "run_plan", &[], n);
            let (asked, before) = (given(&office), count(&office));
            settings(
                &mut office,
                &[("zendesk.hosts", json!(["gitlab1707170878.zendesk.com"]))],
            );
            office.look_at_ticket(ticket);
            work(&mut office);
            assert!(count(&office) <= before + asked, "at {n} of {ticket}");
        }
    }
}

// ---- tickets ----

/// A ticket that was merged into another one: closed, with a note of its own.
fn merge(office: &mut Office, ticket: u64) {
    office.sites.tickets.get_mut(&ticket).unwrap()["status"] = json!("closed");
    office.sites.touch(ticket);
}

#[test]
fn a_ticket_that_is_merged_between_any_two_things_is_written_no_more() {
    for (ticket, start) in RUNS {
        for n in 0..length(ticket, start) {
            let mut office = after(start, "run_plan", &[], n);
            let (asked, before) = (given(&office), count(&office));
            merge(&mut office, ticket);
            work(&mut office);
            // What a page has, and what a look that is moments old allows.
            assert!(count(&office) <= before + asked + 1, "at {n} of {ticket}");
            assert!(!office.sites.composers.contains_key(&ticket) || before + asked > 0);
            // Nor does it go on by itself.
            let then = count(&office);
            office.look_at_ticket(ticket);
            office.browser.now += 60_000;
            press(&mut office, "refresh", &[]);
            assert_eq!(count(&office), then, "at {n} of {ticket}");
        }
    }
}

#[test]
fn what_a_merge_stopped_does_not_continue_in_the_closed_ticket() {
    for (ticket, start) in RUNS {
        let mut refused = 0;
        for n in 0..length(ticket, start) {
            let mut office = after(start, "run_plan", &[], n);
            merge(&mut office, ticket);
            work(&mut office);
            office.look_at_ticket(ticket);
            if run(&office, ticket).state != RunState::Stopped {
                continue;
            }
            let then = count(&office);
            for _ in 0..3 {
                press(&mut office, "continue_plan", &[]);
                work(&mut office);
            }
            assert_eq!(count(&office), then, "at {n} of {ticket}");
            assert_ne!(run(&office, ticket).state, RunState::Running, "at {n}");
            let told = says(&office);
            refused += usize::from(told.contains("the ticket is closed"));
        }
        assert!(refused > 0, "{ticket}");
    }
}

#[test]
fn a_ticket_that_is_deleted_between_any_two_things_is_written_no_more() {
    for (ticket, start) in RUNS {
        for n in 0..length(ticket, start) {
            let mut office = after(start, "run_plan", &[], n);
            let (asked, before) = (given(&office), count(&office));
            let gone = office.sites.tickets.remove(&ticket).unwrap();
            for _ in 0..300 {
                // A page cannot write into it either.
                let Some((_, job)) = office.jobs.first() else {
                    if one(&mut office) {
                        continue;
                    }
                    break;
                };
                let to_ticket =
                    matches!(job, Job::Request { path, .. } if path.contains("/tickets/"));
                if !to_ticket {
                    one(&mut office);
                    continue;
                }
                let (tab, job) = office.jobs.remove(0);
                office.tell(Event::PageResult {
                    tab,
                    effect: job.number(),
                    outcome: Outcome::Answered {
                        answer: status(404, r#"{"error":"RecordNotFound"}"#, None),
                    },
                });
            }
            assert!(count(&office) <= before + asked + 1, "at {n} of {ticket}");
            assert_ne!(run(&office, ticket).state, RunState::Running, "at {n}");
            office.sites.tickets.insert(ticket, gone);
        }
    }
}

#[test]
fn a_draft_for_a_ticket_that_was_closed_meanwhile_is_not_made() {
    for n in 0..4 {
        let mut office = after(draft, "draft_reply", &PROOF, n);
        merge(&mut office, 41);
        let given = given(&office) + office.sites.composers.len();
        work(&mut office);
        assert!(office.sites.composers.len() <= given, "at {n}");
        if office.sites.composers.is_empty() {
            assert!(
                says(&office).contains("closed"),
                "at {n}: {}",
                says(&office)
            );
        }
    }
}

#[test]
fn a_requester_who_is_another_while_a_draft_is_on_its_way_gets_none() {
    for n in 0..8 {
        let mut office = after(draft, "draft_reply", &PROOF, n);
        let had = given(&office) + office.sites.composers.len();
        let looked = office.browser.case(41).drafting.making.as_ref();
        let looked = looked.is_some_and(|making| making.look.ticket().is_some());
        office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(504);
        office.sites.touch(41);
        work(&mut office);
        if !looked {
            assert!(office.sites.composers.len() <= had, "at {n}");
        }
    }
}

// ---- people ----

#[test]
fn an_address_that_is_the_requesters_own_second_one_makes_no_user() {
    let mut sites = Sites::new();
    sites.comments.get_mut(&42).unwrap().clear();
    sites.says(42, 8, "Please add bo.second@lindqvist.example.");
    sites
        .more_addresses
        .insert(8, vec!["bo.second@lindqvist.example".to_owned()]);
    let mut office = office(42, sites);
    press(&mut office, "add_contacts", &[]);
    assert!(
        office.sites.written.is_empty(),
        "{:?}",
        office.sites.written
    );
    assert_eq!(office.sites.organization_of(8), Some(ORGANIZATION));
}

#[test]
fn a_second_address_that_the_requester_takes_during_the_run_makes_no_user() {
    for n in 0..length(42, start_contacts) {
        let mut office = after(start_contacts, "run_plan", &[], n);
        let users = office.sites.users.len();
        office
            .sites
            .more_addresses
            .insert(8, vec!["new.person@lindqvist.example".to_owned()]);
        work(&mut office);
        // Zendesk itself refuses a second user with the address.
        assert_eq!(office.sites.users.len(), users, "at {n}");
        let added = office.browser.case(42).tasks.iter().any(|task| {
            task.change.user().map(|u| u.get()) == Some(8) && task.state == TaskState::Done
        });
        assert!(
            !added || office.sites.organization_of(8) == Some(ORGANIZATION),
            "at {n}"
        );
    }
}

#[test]
fn who_is_suspended_or_deleted_is_not_brought_in_by_a_second_address() {
    for (key, value) in [("suspended", json!(true)), ("active", json!(false))] {
        let mut sites = Sites::new();
        sites.user(600, "Former", "former@home.example", None);
        set_user(&mut sites, 600, key, value);
        sites
            .more_addresses
            .insert(600, vec!["new.person@lindqvist.example".to_owned()]);
        let mut office = office(42, sites);
        press(&mut office, "add_contacts", &[]);
        assert_eq!(office.sites.organization_of(600), None, "{key}");
        let posts = office
            .sites
            .written
            .iter()
            .filter(|(how, ..)| how == "POST");
        assert_eq!(posts.count(), 0, "{key}");
    }
}

#[test]
fn a_leaver_whose_tickets_change_between_any_two_things_is_removed_only_as_seen() {
    let start = || {
        let mut office = office(42, Sites::new());
        for user in ["501", "502"] {
            press(
                &mut office,
                "pick_leaver",
                &[("user", user), ("wanted", "true")],
            );
        }
        office
    };
    for n in 0..24 {
        let mut office = after(start, "remove_contacts", &[], n);
        let looked = |office: &Office| {
            let case = office.browser.case(42);
            let fact = tether::case::basis::Fact::OpenTickets(502.try_into().unwrap());
            let look = case.tasks.iter().filter_map(|t| t.look.as_ref());
            let mut look = look.filter(|look| look.of(&fact).is_some());
            look.next().is_some()
        };
        let read = looked(&office)
            || office
                .jobs
                .iter()
                .any(|(_, job)| matches!(job, Job::Request { path, .. } if path.ends_with("/502")))
            || office.sites.organization_of(502).is_none();
        let open = json!({"id": 48, "status": "open", "subject": "Help", "requester_id": 502});
        office.sites.requested.insert(502, vec![open]);
        work(&mut office);
        if !read {
            assert_eq!(
                office.sites.organization_of(502),
                Some(ORGANIZATION),
                "at {n}"
            );
        }
        assert_eq!(office.sites.organization_of(501), None, "at {n}");
    }
}

#[test]
fn the_requester_who_is_picked_to_leave_ends_what_they_asked_for() {
    let mut office = office(42, Sites::new());
    press(
        &mut office,
        "pick_leaver",
        &[("user", "8"), ("wanted", "true")],
    );
    press(
        &mut office,
        "pick_leaver",
        &[("user", "502"), ("wanted", "true")],
    );
    press(&mut office, "remove_contacts", &[]);
    press(&mut office, "add_contacts", &[]);
    if office.sites.organization_of(8).is_none() {
        assert_eq!(office.sites.organization_of(503), None);
    }
}

#[test]
fn notes_that_a_colleague_changes_between_any_two_things_lose_nothing() {
    for undo in [false, true] {
        for n in 0..16 {
            let start = || {
                let mut office = office(42, Sites::new());
                press(
                    &mut office,
                    "pick_leaver",
                    &[("user", "502"), ("wanted", "true")],
                );
                office
            };
            let mut office = start();
            if undo {
                press(&mut office, "remove_contacts", &[]);
                office.look_at_ticket(42);
                let task = last(&office, 42).id.to_string();
                office.press("undo", &[("task", &task)]);
            } else {
                office.press("remove_contacts", &[]);
            }
            for _ in 0..n {
                one(&mut office);
            }
            let notes = office.sites.users[&502]["notes"]
                .as_str()
                .unwrap()
                .to_owned();
            set_user(
                &mut office.sites,
                502,
                "notes",
                json!(format!("Call before noon.\n{notes}\nBanned by Security.")),
            );
            work(&mut office);
            let notes = office.sites.users[&502]["notes"].as_str().unwrap();
            assert!(
                notes.contains("Call before noon.") && notes.contains("Banned by Security."),
                "{undo} at {n}: {notes}"
            );
        }
    }
}

// ---- the organization ----

#[test]
fn of_two_tickets_for_the_last_place_only_one_requester_joins() {
    let full = |office: &mut Office| {
        for n in 0..27 {
            office.sites.user(
                9000 + n,
                "Contact",
                &format!("p{n}@lindqvist.example"),
                Some(ORGANIZATION),
            );
        }
    };
    // Whichever is pressed first, and with however much between the two presses.
    for n in 0..16 {
        let mut office = office(41, Sites::new());
        full(&mut office);
        let ten = office.sites.users.len();
        for ticket in [41, 44] {
            office.look_at_ticket(ticket);
            work(&mut office);
            press(&mut office, "trace", &[]);
        }
        assert!(ten > 30);
        for ticket in [41, 44] {
            office.look_at_ticket(ticket);
            press(&mut office, "refresh", &[]);
        }
        office.look_at_ticket(41);
        office.press("associate", &[]);
        for _ in 0..n {
            one(&mut office);
        }
        office.look_at_ticket(44);
        office.press("associate", &[]);
        work(&mut office);
        for ticket in [41, 44] {
            office.look_at_ticket(ticket);
            work(&mut office);
        }
        let joined = [7, 10].map(|user| office.sites.organization_of(user).is_some());
        assert!(joined != [true, true], "at {n}");
    }
}

#[test]
fn a_decision_about_the_notes_is_none_about_the_next_notes() {
    for n in 0..12 {
        let start = || {
            let mut sites = Sites::new();
            set_organization(&mut sites, "notes", json!("Do not add anyone: legal hold."));
            let mut office = entitled(sites);
            let reason = [
                ("check", "organization_notes"),
                ("reason", "lifted by legal"),
            ];
            press(&mut office, "accept", &reason);
            office.look_at_ticket(41);
            office
        };
        assert!(
            association_gate(start().browser.case(41), start().browser.world().rules()).is_ok(),
            "{}",
            says(&start())
        );
        let mut office = after(start, "associate", &[], n);
        let (asked, had) = (given(&office), office.sites.organization_of(7));
        office.sites.change_organization(
            ORGANIZATION,
            "notes",
            json!("Do not add anyone: court order of today."),
        );
        work(&mut office);
        assert!(asked <= 1);
        assert_eq!(office.sites.organization_of(7), had, "at {n}");
    }
}

#[test]
fn an_override_of_the_limit_is_none_for_one_contact_more() {
    let mut sites = Sites::new();
    for n in 0..28 {
        sites.user(
            9000 + n,
            "Contact",
            &format!("p{n}@lindqvist.example"),
            Some(ORGANIZATION),
        );
    }
    let mut office = entitled(sites);
    let reason = [
        ("check", "contact_limit"),
        ("reason", "agreed with the manager"),
    ];
    press(&mut office, "accept", &reason);
    office.look_at_ticket(41);
    office
        .sites
        .user(9900, "Late", "late@lindqvist.example", Some(ORGANIZATION));
    press(&mut office, "associate", &[]);
    assert_eq!(office.sites.organization_of(7), None);
    office.look_at_ticket(41);
    let id = office
        .browser
        .case(41)
        .tasks
        .last()
        .map(|t| t.id.to_string());
    if let Some(id) = id {
        press(&mut office, "retry_task", &[("task", &id)]);
    }
    assert_eq!(
        office.sites.organization_of(7),
        None,
        "nobody decided about that number"
    );
}

#[test]
fn an_organization_that_is_renamed_during_a_draft_that_lists_its_contacts_is_still_the_same() {
    for n in 0..8 {
        let start = || {
            let mut sites = Sites::new();
            for n in 0..28 {
                sites.user(
                    9000 + n,
                    "Contact",
                    &format!("p{n}@lindqvist.example"),
                    Some(ORGANIZATION),
                );
            }
            office(42, sites)
        };
        let mut office = after(start, "draft_reply", &[("about", "limit_reached")], n);
        let read = office
            .browser
            .case(42)
            .drafting
            .making
            .as_ref()
            .is_none_or(|making| {
                let people = tether::case::basis::Fact::People(ORGANIZATION.try_into().unwrap());
                making.look.of(&people).is_some()
            });
        // A contact is moved out and their address is a stranger's.
        set_user(&mut office.sites, 9000, "organization_id", json!(77));
        work(&mut office);
        let listed = office.sites.composers.get(&42).is_some_and(|(_, lines)| {
            lines
                .iter()
                .any(|line| line.contains("p0@lindqvist.example"))
        });
        assert!(read || !listed, "at {n}");
    }
}

// ---- windows and tabs ----

#[test]
fn a_reply_goes_into_the_tab_of_the_window_in_which_it_was_pressed() {
    let mut office = Office::new(Sites::new());
    for window in [1, 2] {
        office.tell(Event::PanelIn { window });
    }
    in_window(&mut office, 1, 41, 41);
    work(&mut office);
    in_window(&mut office, 2, 141, 41);
    work(&mut office);
    for (window, tab) in [(2, 141), (1, 41)] {
        office.sites.composers.clear();
        office.tell(Event::Command {
            case: Some(key(41)),
            window: Some(window),
            name: "draft_reply_again".to_owned(),
            fields: [("about".to_owned(), "proof_asked".to_owned())]
                .into_iter()
                .collect(),
        });
        let mut tabs = Vec::new();
        loop {
            tabs.extend(office.jobs.iter().map(|(tab, _)| *tab));
            if !one(&mut office) {
                break;
            }
        }
        assert!(
            !tabs.is_empty() && tabs.iter().all(|to| *to == tab),
            "{window}: {tabs:?}"
        );
        assert!(office.sites.composers[&41].0);
    }
}

#[test]
fn a_tab_that_goes_elsewhere_between_any_two_things_of_a_draft_gets_none() {
    let addresses = [
        ticket_address(43),
        format!("https://{ZENDESK}/agent/dashboard"),
        "https://gitlab-federal-support.zendesk.com/agent/tickets/41".to_owned(),
        "https://gitlab1707170878.zendesk.com/agent/tickets/41".to_owned(),
        "https://example.com/".to_owned(),
    ];
    for url in addresses {
        for n in 0..6 {
            let mut office = after(draft, "draft_reply", &PROOF, n);
            let had = given(&office) + office.sites.composers.len();
            office.tell(Event::TabSeen {
                tab: 41,
                url: url.clone(),
                front: true,
            });
            work(&mut office);
            assert!(office.sites.composers.len() <= had, "{url} at {n}");
        }
    }
}

#[test]
fn a_draft_of_production_is_not_written_into_the_sandboxs_ticket_of_the_same_number() {
    let sandbox = "gitlab1707170878.zendesk.com";
    let mut office = Office::new(Sites::new());
    settings(
        &mut office,
        &[("zendesk.hosts", json!(["gitlab.zendesk.com", sandbox]))],
    );
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    work(&mut office);
    office.press("draft_own_reply", &PROOF);
    office.tell(Event::TabSeen {
        tab: 77,
        url: format!("https://{sandbox}/agent/tickets/41"),
        front: true,
    });
    // The sandbox answers nothing here.
    office
        .browser
        .reads
        .retain(|(_, url)| !url.contains(sandbox));
    let mut tabs = Vec::new();
    for _ in 0..40 {
        tabs.extend(office.jobs.iter().map(|(tab, _)| *tab));
        office
            .browser
            .reads
            .retain(|(_, url)| !url.contains(sandbox));
        if !one(&mut office) {
            break;
        }
    }
    assert!(!tabs.contains(&77), "{tabs:?}");
}

#[test]
fn a_double_click_on_draft_drafts_once() {
    for n in 0..8 {
        let mut office = draft();
        let second = office.browser.pressed("draft_reply", &PROOF);
        office.press("draft_reply", &PROOF);
        for _ in 0..n {
            one(&mut office);
        }
        office.tell(second);
        assert!(drafts_until_over(&mut office, one) <= 2, "at {n}");
        assert_eq!(office.sites.composers.len(), 1, "at {n}");
    }
}

#[test]
fn a_press_in_each_of_two_windows_about_one_contact_ends_in_one_state() {
    for n in 0..20 {
        let mut office = Office::new(Sites::new());
        for window in [1, 2] {
            office.tell(Event::PanelIn { window });
        }
        in_window(&mut office, 1, 42, 42);
        work(&mut office);
        in_window(&mut office, 2, 142, 42);
        work(&mut office);
        press(
            &mut office,
            "pick_leaver",
            &[("user", "502"), ("wanted", "true")],
        );
        let list = tether::app::contacts_to_remove_list(office.browser.case(42));
        let remove = |window: i64| Event::Command {
            case: Some(key(42)),
            window: Some(window),
            name: "remove_contacts".to_owned(),
            fields: [("list".to_owned(), list.clone())].into_iter().collect(),
        };
        office.tell(remove(1));
        for _ in 0..n {
            one(&mut office);
        }
        office.tell(remove(2));
        work(&mut office);
        let line = "De-associated as per";
        let notes = office.sites.users[&502]["notes"].as_str().unwrap();
        assert!(notes.matches(line).count() <= 1, "at {n}: {notes}");
        assert!(writes_to(&office, "/users/502") <= 1, "at {n}");
    }
}

// ---- Zendesk ----

#[test]
fn a_draft_that_zendesk_asks_to_wait_for_is_said_and_pressed_again_it_is_made() {
    for n in 0..4 {
        let mut office = after(draft, "draft_reply", &PROOF, n);
        let Some((id, _)) = office.browser.reads.first().cloned() else {
            continue;
        };
        office.browser.reads.remove(0);
        office.tell(Event::Answered {
            id,
            answer: status(429, "", Some("60")),
        });
        work(&mut office);
        assert!(office.sites.composers.is_empty(), "at {n}");
        let now = &office.browser.case(41).drafting.now;
        assert!(matches!(now, Progress::Problem { .. }), "at {n}: {now:?}");
        press(&mut office, "draft_reply", &PROOF);
        assert!(office.sites.composers[&41].0, "at {n}");
    }
}

#[test]
fn a_clock_that_jumps_between_any_two_things_of_a_draft_never_makes_an_old_look_new() {
    for hours in [-3_i64, 3] {
        for n in 0..8 {
            let mut office = after(draft, "draft_reply", &PROOF, n);
            let had = given(&office) + office.sites.composers.len();
            office.sites.touch(41);
            let looked = office.browser.case(41).drafting.making.as_ref();
            let looked = looked.is_some_and(|making| making.look.ticket().is_some());
            office.browser.now = office.browser.now.saturating_add_signed(hours * 3_600_000);
            work(&mut office);
            if !looked {
                assert!(office.sites.composers.len() <= had, "{hours} at {n}");
            }
        }
    }
}

#[test]
fn an_internal_note_of_a_colleagues_with_the_same_lines_is_not_written_a_second_time() {
    for n in 0..6 {
        let mut plain = start_license();
        press(&mut plain, "run_plan", &[]);
        let text = notes(&plain, 41)[0].clone();
        let mut office = after(start_license, "run_plan", &[], n);
        if !office.sites.written.is_empty() || given(&office) > 0 {
            break;
        }
        office.sites.touch(41);
        let note = office
            .sites
            .comments
            .get_mut(&41)
            .unwrap()
            .last_mut()
            .unwrap();
        note["public"] = json!(false);
        note["plain_body"] = json!(text);
        note["author_id"] = json!(AGENT);
        work(&mut office);
        to_the_end(&mut office, 41);
        let same = notes(&office, 41)
            .iter()
            .filter(|note| **note == text)
            .count();
        assert_eq!(same, 1, "at {n}: {:?}", notes(&office, 41));
    }
}

#[test]
fn what_was_added_for_a_requester_who_left_the_organization_is_not_told_to_them() {
    let mut office = office(42, Sites::new());
    press(&mut office, "add_contacts", &[]);
    // The requester is moved by a colleague, seconds before the draft.
    set_user(&mut office.sites, 8, "organization_id", json!(77));
    press(&mut office, "draft_reply", &[("about", "contacts_added")]);
    assert!(office.sites.composers.is_empty());
    assert!(contacts_to_add(office.browser.case(42), office.browser.world().rules()).is_err());
}

#[test]
fn an_undo_pressed_in_one_ticket_leaves_what_a_colleague_did_in_another() {
    for n in 0..12 {
        let mut office = office(42, Sites::new());
        press(&mut office, "add_contacts", &[]);
        office.look_at_ticket(42);
        let of = |office: &Office| {
            let tasks = office.browser.case(42).tasks.iter();
            let mut of = tasks.filter(|t| t.change.user().map(|u| u.get()) == Some(503));
            of.next().map(|t| t.id.to_string()).unwrap()
        };
        let task = of(&office);
        office.press("undo", &[("task", &task)]);
        for _ in 0..n {
            one(&mut office);
        }
        let gone = office.sites.organization_of(503).is_none();
        set_user(&mut office.sites, 503, "organization_id", json!(77));
        work(&mut office);
        assert!(
            gone || office.sites.organization_of(503) == Some(77),
            "at {n}"
        );
        assert_eq!(office.sites.organization_of(503), Some(77), "at {n}");
    }
}

#[test]
fn a_plan_whose_reply_waits_for_its_page_never_drafts_while_the_engineer_is_elsewhere() {
    let mut sites = Sites::new();
    sites.pages_stay = true;
    let mut office = entitled(sites);
    office.press("run_plan", &[]);
    until(&mut office, |office| {
        office.browser.case(41).drafting.now.waits_for_page()
    });
    office.look_at_ticket(43);
    work(&mut office);
    // The page is loaded anew in the tab behind.
    office.sites.outdated_pages.clear();
    let effects = office.tell(Event::TabSeen {
        tab: 41,
        url: ticket_address(41),
        front: false,
    });
    work(&mut office);
    assert!(office.sites.composers.is_empty());
    let takes = |e: &Effect| matches!(e, Effect::FocusTab { .. });
    assert!(!effects.iter().any(takes), "{effects:?}");
    office.look_at_ticket(41);
    work(&mut office);
    assert!(office.sites.composers[&41].0, "{:?}", states(&office, 41));
    let problem = TaskProblem::EngineerElsewhere;
    let tasks = &office.browser.case(41).tasks;
    assert!(
        tasks
            .iter()
            .all(|t| t.state != TaskState::Problem(problem.clone()))
    );
}
