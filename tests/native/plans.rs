//! The plan: one press runs what is left of a case, step by step, each read back before the next, whoever changes what meanwhile.

use crate::fresh_look::{office, one, work};
use crate::support::office::Office;
use crate::support::sites::{AGENT, ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::effect::Job;
use tether::app::event::Unreachable;
use tether::app::{Effect, Event, plan_offered};
use tether::case::change::{Change, TaskState};
use tether::case::plan::{Run, RunState, StepKind, StepProblem, StepState};
use tether::case::reply_progress::Progress;
use tether::profile::zendesk::NoteMode;

pub fn press(office: &mut Office, name: &str, fields: &[(&str, &str)]) {
    office.press(name, fields);
    work(office);
}

/// Ticket 41, entitled, with everything left to do.
pub fn entitled(sites: Sites) -> Office {
    let mut office = office(41, sites);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    office
}

/// The same, with a note that the run puts into the composer.
pub fn entitled_for_the_composer() -> Office {
    let mut office = Office::new(Sites::new());
    office.browser.profile.zendesk.note = NoteMode::Composer;
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    work(&mut office);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    office
}

pub fn run(office: &Office, ticket: u64) -> Run {
    office
        .browser
        .case(ticket)
        .plan
        .run
        .clone()
        .expect("a plan was started")
}

pub fn states(office: &Office, ticket: u64) -> Vec<(StepKind, StepState)> {
    run(office, ticket)
        .steps
        .into_iter()
        .map(|step| (step.what.kind(), step.state))
        .collect()
}

pub const DONE: StepState = StepState::Done { made: 1, of: 1 };

pub fn offered(office: &Office, ticket: u64) -> Vec<(StepKind, bool)> {
    let browser = &office.browser;
    plan_offered(&browser.model, browser.case(ticket), browser.world()).map_or(
        Vec::new(),
        |offer| {
            offer
                .steps
                .iter()
                .map(|step| (step.what.kind(), step.ticked))
                .collect()
        },
    )
}

pub fn notes(office: &Office, ticket: u64) -> Vec<String> {
    office.sites.comments[&ticket]
        .iter()
        .filter(|c| c["public"] == json!(false))
        .map(|c| c["plain_body"].as_str().unwrap().to_owned())
        .collect()
}

pub fn writes_to(office: &Office, path: &str) -> usize {
    office
        .sites
        .written
        .iter()
        .filter(|(_, to, _)| to.contains(path))
        .count()
}

#[test]
fn one_press_finishes_a_license_ticket_with_one_write_into_the_ticket() {
    let mut office = entitled(Sites::new());
    assert_eq!(
        offered(&office, 41),
        [
            (StepKind::ProblemType, true),
            (StepKind::Note, true),
            (StepKind::Associate, true),
            (StepKind::Reply, true)
        ]
    );
    let view = office.browser.view();
    assert!(view.contains("Finish this ticket") && view.contains("Run 4 steps"));
    press(&mut office, "run_plan", &[]);
    let run = run(&office, 41);
    assert_eq!(run.state, RunState::Over, "{run:#?}");
    assert!(run.steps.iter().all(|s| s.state == DONE));
    let ticket = &office.sites.tickets[&41];
    assert_eq!(ticket["custom_fields"][0]["value"], "manage_contacts");
    let notes = notes(&office, 41);
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("License: https://customers.gitlab.com/admin/license/410233"));
    assert_eq!(writes_to(&office, "/tickets/41"), 1, "one safe update");
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    let (public, lines) = &office.sites.composers[&41];
    assert!(*public && !lines.is_empty());
    let view = office.browser.view();
    assert!(view.contains("Last step") && view.contains("Submit the reply as Solved"));
    // The press on Trace and the one on Run; reading and submitting is the engineer's.
    assert_eq!(ticket["status"], "open", "nothing is submitted");
}

#[test]
fn the_last_step_stays_said_until_something_else_is_left_to_do() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    press(&mut office, "refresh", &[]);
    assert!(office.browser.view().contains("Submit the reply as Solved"));
    assert_eq!(offered(&office, 41), []);
}

#[test]
fn who_is_not_entitled_is_told_so_with_the_reasons_in_the_note() {
    let mut sites = Sites::new();
    let web = license_page(410_233, SUB, true);
    sites.portal.insert(web.0, web.1);
    let mut office = entitled(sites);
    assert_eq!(
        offered(&office, 41),
        [
            (StepKind::ProblemType, true),
            (StepKind::Note, true),
            (StepKind::Reply, true)
        ]
    );
    assert!(office.browser.view().contains("Tell the requester"));
    press(&mut office, "run_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(notes(&office, 41)[0].contains("Failed validation: "));
    assert_eq!(office.sites.organization_of(7), None);
    assert!(
        office
            .browser
            .view()
            .contains("Submit the reply as Pending")
    );
}

#[test]
fn contacts_are_added_before_the_reply_names_them_and_the_note_is_optional() {
    let mut office = office(42, Sites::new());
    assert_eq!(
        offered(&office, 42),
        [
            (StepKind::ProblemType, true),
            (StepKind::AddContacts, true),
            (StepKind::Note, false),
            (StepKind::Reply, true)
        ]
    );
    assert!(office.browser.view().contains("Add 2 contacts"));
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        states(&office, 42),
        [
            (StepKind::ProblemType, DONE),
            (StepKind::AddContacts, StepState::Done { made: 2, of: 2 }),
            (StepKind::Reply, DONE)
        ]
    );
    assert_eq!(office.sites.organization_of(503), Some(ORGANIZATION));
    assert_eq!(notes(&office, 42).len(), 0);
    assert_eq!(writes_to(&office, "/users"), 2);
}

#[test]
fn a_ticked_note_follows_the_change_of_contacts_and_lists_it() {
    let mut office = office(42, Sites::new());
    press(
        &mut office,
        "plan_choose",
        &[("step", "note"), ("wanted", "true")],
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        run(&office, 42).state,
        RunState::Over,
        "{:#?}",
        run(&office, 42)
    );
    assert!(notes(&office, 42)[0].contains("Added: ian@lindqvist.example"));
    assert_eq!(
        writes_to(&office, "/tickets/42"),
        2,
        "field first, then note"
    );
}

#[test]
fn a_refused_address_does_not_stop_the_others_and_the_reply_is_drafted() {
    let mut office = office(42, Sites::new());
    office.press("run_plan", &[]);
    // Someone else puts Ian elsewhere after the press.
    office.sites.users.get_mut(&503).unwrap()["organization_id"] = json!(77);
    work(&mut office);
    assert_eq!(
        states(&office, 42)[1],
        (StepKind::AddContacts, StepState::Done { made: 1, of: 2 })
    );
    assert_eq!(run(&office, 42).state, RunState::Over);
    assert!(office.browser.view().contains("1 of 2 added"));
    assert_eq!(
        office.sites.organization_of(503),
        Some(77),
        "nobody is moved"
    );
}

#[test]
fn a_picked_contact_is_removed() {
    let mut office = office(42, Sites::new());
    for email in ["ian@lindqvist.example", "new.person@lindqvist.example"] {
        press(
            &mut office,
            "toggle_contact",
            &[("email", email), ("wanted", "false")],
        );
    }
    assert_eq!(offered(&office, 42), [], "nobody is ticked or picked");
    press(
        &mut office,
        "pick_leaver",
        &[("user", "502"), ("wanted", "true")],
    );
    assert!(office.browser.view().contains("Remove 1 contact"));
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        run(&office, 42).state,
        RunState::Over,
        "{:#?}",
        run(&office, 42)
    );
    assert_eq!(office.sites.organization_of(502), None);
    assert!(
        office
            .browser
            .view()
            .contains("Draft reply “Contacts removed”")
    );
}

#[test]
fn gitlab_com_is_finished_after_its_outcome() {
    let mut office = office(41, Sites::new());
    press(&mut office, "choose_product", &[("product", "gitlab_com")]);
    assert_eq!(offered(&office, 41), [], "the app comes first");
    // Said to be done, but Zendesk does not show it: nothing is told to the requester.
    press(&mut office, "attempt", &[("outcome", "associated")]);
    assert_eq!(offered(&office, 41), []);
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(ORGANIZATION);
    press(&mut office, "refresh", &[]);
    assert_eq!(
        offered(&office, 41),
        [(StepKind::ProblemType, true), (StepKind::Reply, true)]
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(office.browser.view().contains("Submit the reply as Solved"));
}

#[test]
fn over_the_limit_the_requester_is_asked_whom_to_remove() {
    let mut office = Office::new(Sites::new());
    office.browser.profile.zendesk.contact_limit = 3;
    office.tell(Event::PanelOpened);
    office.look_at_ticket(42);
    work(&mut office);
    assert!(
        office
            .browser
            .view()
            .contains("Ask which contacts to remove")
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        run(&office, 42).state,
        RunState::Over,
        "{:#?}",
        run(&office, 42)
    );
    let (_, lines) = &office.sites.composers[&42];
    assert!(lines.iter().any(|l| l.contains("grace@example.com")));
}

#[test]
fn without_an_organization_the_case_waits_with_a_note_and_a_reminder() {
    let mut office = office(43, Sites::new());
    press(&mut office, "trace", &[]);
    office.look_at_ticket(43);
    assert_eq!(
        offered(&office, 43),
        [
            (StepKind::ProblemType, true),
            (StepKind::NoteAndAssign, true),
            (StepKind::Remind, true)
        ]
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(states(&office, 43)[2].1, StepState::Running);
    let set = vec![tether::app::event::Reminder {
        url: ticket_address(43),
        at_ms: office.browser.now + 7_200_000,
    }];
    office.tell(Event::Reminders { set });
    assert_eq!(run(&office, 43).state, RunState::Over);
    assert_eq!(office.sites.tickets[&43]["assignee_id"], json!(AGENT));
    let notes = notes(&office, 43);
    assert!(!notes[0].contains("was synced"), "nobody synced it yet");
}

#[test]
fn what_is_unticked_is_not_run_and_takes_the_reply_with_it() {
    let mut office = entitled(Sites::new());
    press(
        &mut office,
        "plan_choose",
        &[("step", "associate"), ("wanted", "false")],
    );
    assert_eq!(
        offered(&office, 41),
        [
            (StepKind::ProblemType, true),
            (StepKind::Note, true),
            (StepKind::Associate, false),
            (StepKind::Reply, false)
        ]
    );
    assert!(office.browser.view().contains("Run 2 steps"));
    press(&mut office, "run_plan", &[]);
    assert_eq!(office.sites.organization_of(7), None);
    assert!(!office.sites.composers.contains_key(&41));
}

#[test]
fn a_plan_that_is_not_the_one_that_was_shown_is_not_run() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[("plan", "0123456789abcdef")]);
    work(&mut office);
    assert!(office.browser.case(41).plan.run.is_none());
    assert!(office.browser.view().contains("nothing was done"));
}

#[test]
fn a_press_stops_the_plan_after_the_step_and_another_goes_on() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    office.press("stop_plan", &[]);
    work(&mut office);
    let stopped = run(&office, 41);
    assert_eq!(stopped.state, RunState::Stopped);
    assert_eq!(states(&office, 41)[0].1, DONE);
    assert_eq!(states(&office, 41)[2].1, StepState::Waiting);
    assert_eq!(office.sites.organization_of(7), None);
    assert!(office.browser.view().contains("You stopped this plan"));
    press(&mut office, "continue_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert_eq!(
        writes_to(&office, "/tickets/41"),
        1,
        "nothing is made twice"
    );
}

#[test]
fn a_step_that_cannot_be_made_is_skipped_with_what_needs_it() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    // A colleague puts the requester into another organization.
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(77);
    work(&mut office);
    let run_now = run(&office, 41);
    assert_eq!(run_now.state, RunState::Stopped, "{run_now:#?}");
    assert_eq!(office.sites.organization_of(7), Some(77));
    assert!(!office.sites.composers.contains_key(&41));
}

#[test]
fn skip_leaves_what_was_not_written_and_goes_on() {
    let mut office = entitled(Sites::new());
    let mut sites = office.sites.clone();
    sites.organizations.get_mut(&ORGANIZATION).unwrap()["notes"] = json!("Do not add anybody");
    office.press("run_plan", &[]);
    office.sites.organizations = sites.organizations;
    work(&mut office);
    let stopped = run(&office, 41);
    assert_eq!(stopped.state, RunState::Stopped, "{stopped:#?}");
    assert_eq!(
        stopped.steps[2].state,
        StepState::Failed(StepProblem::Change)
    );
    press(&mut office, "skip_step", &[("step", "associate")]);
    assert_eq!(
        states(&office, 41)[2..],
        [
            (StepKind::Associate, StepState::Skipped),
            (StepKind::Reply, StepState::Skipped)
        ]
    );
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert_eq!(office.sites.organization_of(7), None);
}

#[test]
fn a_lost_session_stops_the_plan_and_signing_in_alone_writes_nothing() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    while office.sites.written.is_empty() {
        assert!(one(&mut office));
    }
    // The read back, and everything after it, meets the sign-in page.
    let signed_out = |url: &str| {
        crate::support::sites::html(
            &format!("https://{ZENDESK}/access/unauthenticated"),
            200,
            &format!("<html><body>Sign in {url}</body></html>"),
        )
    };
    for _ in 0..20 {
        if office.browser.reads.is_empty() {
            break;
        }
        let (id, url) = office.browser.reads.remove(0);
        let answer = signed_out(&url);
        office.tell(Event::Answered { id, answer });
    }
    let stopped = run(&office, 41);
    assert_eq!(stopped.state, RunState::Stopped, "{stopped:#?}");
    let writes = office.sites.written.len();
    office.look_at_ticket(41);
    work(&mut office);
    assert_eq!(office.sites.written.len(), writes, "only Continue goes on");
    press(&mut office, "continue_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert_eq!(writes_to(&office, "/tickets/41"), 1, "it was looked up");
}

/// Goes on with a plan to its end, whatever the panel offers.
pub fn to_the_end(office: &mut Office, ticket: u64) {
    for _ in 0..8 {
        if run(office, ticket).state == RunState::Over {
            return;
        }
        office.look_at_ticket(ticket);
        press(office, "continue_plan", &[]);
    }
    panic!("{:#?}", run(office, ticket));
}

/// How many things happen in a run without anything in between.
pub fn length(ticket: u64, start: fn() -> Office) -> usize {
    let mut office = start();
    office.press("run_plan", &[]);
    let mut n = 0;
    while one(&mut office) {
        n += 1;
    }
    assert_eq!(run(&office, ticket).state, RunState::Over);
    n
}

pub fn start_license() -> Office {
    entitled(Sites::new())
}

pub fn start_contacts() -> Office {
    let mut office = office(42, Sites::new());
    press(
        &mut office,
        "plan_choose",
        &[("step", "note"), ("wanted", "true")],
    );
    office
}

#[test]
fn each_contact_that_a_plan_added_can_be_taken_back_from_its_step() {
    let mut office = start_contacts();
    press(&mut office, "run_plan", &[]);
    office.look_at_ticket(42);
    assert_eq!(run(&office, 42).state, RunState::Over);
    let added: Vec<String> = office
        .browser
        .case(42)
        .tasks
        .iter()
        .filter(|t| matches!(t.change, Change::Add { .. }))
        .map(|t| t.id.to_string())
        .collect();
    assert_eq!(added.len(), 2);
    let shown = |office: &Office, task: &str| {
        let view = office.browser.view();
        let card = view.split("class=\"sheet\"").next().unwrap().to_owned();
        card.contains(&format!("data-command=\"undo\" data-field-task=\"{task}\""))
    };
    for task in &added {
        assert!(shown(&office, task), "{}", office.browser.view());
    }
    press(&mut office, "undo", &[("task", &added[0])]);
    office.look_at_ticket(42);
    let undone: Vec<bool> = office
        .browser
        .case(42)
        .tasks
        .iter()
        .filter(|t| matches!(t.change, Change::Add { .. }))
        .map(|t| t.undone)
        .collect();
    assert_eq!(undone, [true, false]);
}

#[test]
fn what_a_colleague_writes_between_any_two_things_of_a_run_is_seen_before_the_next_write() {
    for (ticket, start) in [
        (41, start_license as fn() -> Office),
        (42, start_contacts as fn() -> Office),
    ] {
        for n in 0..length(ticket, start) {
            let mut office = start();
            office.press("run_plan", &[]);
            for _ in 0..n {
                one(&mut office);
            }
            let given = office.jobs.len();
            let before = (office.sites.written.len(), office.sites.composers.len());
            // A look that was complete before is allowed its one write.
            office.sites.touch(ticket);
            let looked = run(&office, ticket).state == RunState::Over;
            work(&mut office);
            let after = (office.sites.written.len(), office.sites.composers.len());
            let made = after.0 - before.0 + after.1 - before.1;
            if !looked {
                assert!(
                    made <= given + 1,
                    "{made} writes after a colleague's comment at {n} of {ticket}"
                );
            }
            to_the_end(&mut office, ticket);
            let own = notes(&office, ticket).len();
            assert_eq!(own, 1, "one note at {n} of {ticket}");
            assert!(writes_to(&office, &format!("/tickets/{ticket}")) <= 2);
        }
    }
}

#[test]
fn the_background_may_be_stopped_after_anything_of_a_run() {
    for (ticket, start) in [
        (41, start_license as fn() -> Office),
        (42, start_contacts as fn() -> Office),
    ] {
        let mut plain = start();
        plain.press("run_plan", &[]);
        work(&mut plain);
        let writes = plain.sites.written.len();
        for n in 0..length(ticket, start) {
            let mut office = start();
            office.press("run_plan", &[]);
            for _ in 0..n {
                one(&mut office);
            }
            office.stop_background();
            work(&mut office);
            to_the_end(&mut office, ticket);
            assert_eq!(office.sites.written.len(), writes, "at {n} of {ticket}");
            assert_eq!(notes(&office, ticket).len(), 1, "at {n} of {ticket}");
            assert!(office.sites.composers[&ticket].0, "at {n} of {ticket}");
        }
    }
}

#[test]
fn the_engineer_who_goes_elsewhere_stops_the_plan_before_its_next_step() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    while office.sites.written.is_empty() {
        one(&mut office);
    }
    office.look_at_ticket(42);
    work(&mut office);
    let stopped = run(&office, 41);
    assert_eq!(stopped.state, RunState::Stopped, "{stopped:#?}");
    assert_eq!(office.sites.organization_of(7), None);
    office.look_at_ticket(41);
    press(&mut office, "continue_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

#[test]
fn the_problem_type_gets_its_old_value_back_unless_someone_changed_it_since() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    let task = run(&office, 41).steps[0].tasks[0].to_string();
    let mut other = office.sites.clone();
    press(&mut office, "undo", &[("task", &task)]);
    assert_eq!(
        office.sites.tickets[&41]["custom_fields"][0]["value"],
        json!(null)
    );
    // Someone else set another value meanwhile.
    other.tickets.get_mut(&41).unwrap()["custom_fields"][0]["value"] = json!("association");
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    let task = run(&office, 41).steps[0].tasks[0].to_string();
    office.sites = other;
    press(&mut office, "undo", &[("task", &task)]);
    assert_eq!(
        office.sites.tickets[&41]["custom_fields"][0]["value"],
        "association"
    );
}

#[test]
fn a_note_that_is_in_the_ticket_already_is_not_written_again() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    let written = office.sites.clone();
    let mut fresh = entitled(written);
    // Another browser saved it: this one knows nothing of it.
    press(&mut fresh, "run_plan", &[]);
    assert_eq!(notes(&fresh, 41).len(), 1);
}

#[test]
fn with_the_note_in_the_composer_the_run_waits_until_the_ticket_shows_it() {
    let mut office = entitled_for_the_composer();
    press(&mut office, "run_plan", &[]);
    let waiting = run(&office, 41);
    assert!(
        matches!(waiting.steps[1].state, StepState::WaitsForYou { .. }),
        "{waiting:#?}"
    );
    assert_eq!(office.sites.organization_of(7), None, "not before the note");
    assert!(office.browser.view().contains("Submit the internal note"));
    let (public, lines) = office.sites.composers.remove(&41).unwrap();
    assert!(!public);
    // Not yet submitted: the next look changes nothing.
    office.browser.now = tether::view::wake_at(&office.browser.model).unwrap();
    press(&mut office, "tick", &[]);
    assert!(matches!(
        run(&office, 41).steps[1].state,
        StepState::WaitsForYou { .. }
    ));
    // The engineer submits it.
    office.sites.says(41, AGENT, &lines.join("\n"));
    office
        .sites
        .comments
        .get_mut(&41)
        .unwrap()
        .last_mut()
        .unwrap()["public"] = json!(false);
    office.browser.now = tether::view::wake_at(&office.browser.model).unwrap();
    press(&mut office, "tick", &[]);
    assert_eq!(
        run(&office, 41).state,
        RunState::Over,
        "{:#?}",
        run(&office, 41)
    );
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    assert!(office.sites.composers[&41].0, "the reply is last");
}

#[test]
fn steps_that_were_done_by_hand_have_no_line() {
    let mut office = entitled(Sites::new());
    press(&mut office, "set_problem_type", &[]);
    press(&mut office, "associate", &[]);
    office.look_at_ticket(41);
    assert_eq!(
        offered(&office, 41),
        [(StepKind::Note, true), (StepKind::Reply, true)]
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        run(&office, 41).state,
        RunState::Over,
        "{:#?}",
        run(&office, 41)
    );
}

#[test]
fn another_requester_ends_the_plan_and_nothing_more_is_written() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(11);
    work(&mut office);
    let case = office.browser.case(41);
    assert!(
        case.plan.run.is_none(),
        "the plan was the earlier requester's"
    );
    assert_eq!(office.sites.written.len(), 0);
    let unsent = |t: &&tether::case::change::Task| t.state == TaskState::Done;
    assert_eq!(case.tasks.iter().filter(unsent).count(), 0);
    assert!(
        !case
            .tasks
            .iter()
            .any(|t| matches!(t.change, Change::Join { .. }))
    );
    assert!(!matches!(case.drafting.now, Progress::Written { .. }));
}

#[test]
fn a_ticket_that_was_handed_over_offers_no_step_until_it_is_the_engineers_again() {
    let mut office = office(43, Sites::new());
    press(&mut office, "trace", &[]);
    office.look_at_ticket(43);
    let before = offered(&office, 43);
    assert!(!before.is_empty());
    press(&mut office, "open_trouble", &[("open", "true")]);
    let handed = [("reason", "No organization was found."), ("group", "82")];
    press(&mut office, "hand_over", &handed);
    office.look_at_ticket(43);
    work(&mut office);
    assert_eq!(offered(&office, 43), []);
    assert!(
        office
            .browser
            .view()
            .contains("Handed over to Support Ops Fullstack")
    );
    // A colleague of that group takes it: nothing changes here.
    let ticket = office.sites.tickets.get_mut(&43).unwrap();
    ticket["assignee_id"] = json!(AGENT + 1);
    office.sites.touch(43);
    press(&mut office, "refresh", &[]);
    assert_eq!(offered(&office, 43), []);
    press(&mut office, "assign_to_me", &[]);
    assert!(!offered(&office, 43).is_empty());
}

/// Whether the reply of ticket 41's plan waits for the ticket's page to be reloaded.
pub fn waits_for_reload(office: &Office) -> bool {
    states(office, 41)[3] == (StepKind::Reply, StepState::Running)
        && office.browser.case(41).drafting.now.waits_for_page()
}

/// Ticket 41 with a plan that waits for the ticket's page to be reloaded.
pub fn outdated() -> Office {
    let mut office = entitled(Sites::new());
    office.sites.outdated_pages.insert(41);
    press(&mut office, "run_plan", &[]);
    office
}

#[test]
fn a_reply_waits_until_the_tickets_page_shows_what_was_saved() {
    let mut office = outdated();
    let waiting = run(&office, 41);
    assert_eq!(waiting.state, RunState::Running);
    assert!(waits_for_reload(&office));
    assert!(office.sites.composers.is_empty(), "nothing is drafted yet");
    assert!(
        text_of(&office.browser.view()).contains("Reload the ticket"),
        "{}",
        text_of(&office.browser.view())
    );
    // The page is looked at again, and is as old as before.
    office.look_at_ticket(41);
    work(&mut office);
    assert!(waits_for_reload(&office));
    let effects = office.press("reload_ticket", &[]);
    assert!(
        effects.contains(&Effect::ReloadTab { tab: 41 }),
        "{effects:?}"
    );
    work(&mut office);
    assert!(waits_for_reload(&office), "until it is loaded");
    office.look_at_ticket(41);
    work(&mut office);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(
        office.sites.composers[&41].0,
        "the reply is in the composer"
    );
}

#[test]
fn while_an_outdated_page_is_looked_at_again_the_card_stays_and_a_reload_is_no_failure() {
    let mut office = outdated();
    office.look_at_ticket(41);
    let (_, job) = office.jobs.remove(0);
    assert!(matches!(job, Job::LookAtTicket { .. }), "{job:?}");
    assert!(waits_for_reload(&office));
    assert!(text_of(&office.browser.view()).contains("Reload the ticket"));
    let reloads = office.press("reload_ticket", &[]);
    assert!(reloads.contains(&Effect::ReloadTab { tab: 41 }));
    // The page goes with its job, and the new one is looked at.
    let effect = job.number();
    let why = Unreachable::Lost;
    office.tell(Event::PageUnreachable { effect, why });
    work(&mut office);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(office.sites.composers[&41].0);
}

#[test]
fn a_reply_is_drafted_in_an_outdated_page_if_the_engineer_says_so() {
    let mut office = outdated();
    press(&mut office, "draft_anyway", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(office.sites.composers[&41].0);
    // A plan that waits for nothing reloads nothing.
    assert!(office.press("reload_ticket", &[]).is_empty());
}

#[test]
fn a_plan_that_was_stopped_at_an_outdated_page_looks_at_it_again() {
    let mut office = outdated();
    press(&mut office, "stop_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Stopped);
    // A page that is loaded meanwhile starts nothing.
    office.sites.outdated_pages.clear();
    office.look_at_ticket(41);
    work(&mut office);
    assert!(office.sites.composers.is_empty());
    press(&mut office, "continue_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

#[test]
fn while_the_hand_over_is_open_a_line_says_why_the_plan_stopped() {
    let mut office = outdated();
    press(&mut office, "stop_plan", &[]);
    press(&mut office, "open_trouble", &[("open", "true")]);
    let said = text_of(&office.browser.view());
    assert!(said.contains("Hand over this ticket"), "{said}");
    assert!(
        said.contains("Stopped at step 4 of 4: You stopped this plan."),
        "{said}"
    );
}

#[test]
fn where_users_may_have_several_organizations_the_api_goes_on_with_the_plan() {
    let mut sites = Sites::new();
    sites.account.several_organizations = Some(true);
    let mut office = entitled(sites);
    press(&mut office, "run_plan", &[]);
    assert_eq!(
        states(&office, 41)[2],
        (StepKind::Associate, StepState::Failed(StepProblem::Change))
    );
    let view = office.browser.view();
    assert!(
        view.contains("Use the API") && view.contains("if they are in none"),
        "{view}"
    );
    let task = crate::fresh_look::last(&office, 41).id.to_string();
    office.look_at_ticket(41);
    press(&mut office, "by_api", &[("task", &task)]);
    assert_eq!(
        run(&office, 41).state,
        RunState::Over,
        "{:#?}",
        states(&office, 41)
    );
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    assert_eq!(writes_to(&office, "/users/7"), 1);
}
