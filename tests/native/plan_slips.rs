//! Attacks on a plan: what must not happen while its steps follow each other without a press.

use crate::fresh_look::{office, one, reads, work};
use crate::plans::{
    DONE, entitled, entitled_for_the_composer, length, notes, offered, press, run, start_contacts,
    start_license, states, to_the_end, writes_to,
};
use crate::support::office::Office;
use crate::support::sites::{AGENT, ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::Event;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::case::basis::Fact;
use tether::case::change::{Change, TaskProblem, TaskState};
use tether::case::plan::{RunState, StepKind, StepProblem, StepState};
use tether::case::reply::Outcome as About;
use tether::case::reply_progress::Progress;
use tether::mail::Address;
use tether::map::Map;

/// Until something was written, or nothing is left to do.
pub fn until(office: &mut Office, is: impl Fn(&Office) -> bool) {
    while !is(office) && one(office) {}
    assert!(is(office), "it never comes to that");
}

/// What both sites hold that a plan may change.
fn written(office: &Office) -> (usize, usize) {
    (office.sites.written.len(), office.sites.composers.len())
}

// ---- a stranger ----

#[test]
fn a_requester_who_is_another_between_any_two_things_of_a_run_gets_nothing() {
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
            let stranger = if ticket == 41 { 11 } else { 504 };
            let before = written(&office);
            let given = office.jobs.len();
            let home = office.sites.organization_of(stranger);
            // The change of the requester is a change of the ticket, too.
            office.sites.tickets.get_mut(&ticket).unwrap()["requester_id"] = json!(stranger);
            office.sites.touch(ticket);
            work(&mut office);
            let after = written(&office);
            let made = after.0 - before.0 + after.1 - before.1;
            assert!(made <= given, "{made} of {given} at {n} of {ticket}");
            assert_eq!(office.sites.organization_of(stranger), home, "at {n}");
            // Nor after the engineer looks again and presses what is there to be pressed.
            office.look_at_ticket(ticket);
            press(&mut office, "refresh", &[]);
            press(&mut office, "continue_plan", &[]);
            let last = written(&office);
            assert!(last.0 + last.1 <= after.0 + after.1, "at {n} of {ticket}");
            assert_eq!(office.sites.organization_of(stranger), home, "at {n}");
        }
    }
}

#[test]
fn an_address_that_changes_hands_between_any_two_things_of_a_run_brings_nobody_in() {
    for n in 0..length(42, start_contacts) {
        let mut office = start_contacts();
        office.press("run_plan", &[]);
        for _ in 0..n {
            one(&mut office);
        }
        let there = office.sites.organization_of(503);
        // A look that has read both the user and who has the address is moments old.
        let read = |fact: &Fact| {
            office.browser.case(42).tasks.iter().any(|task| {
                let look = task.look.as_ref();
                look.is_some_and(|look| look.of(fact).is_some())
            })
        };
        let user = Fact::User(503.try_into().unwrap());
        let holders = Fact::Holders(Address::parse("ian@lindqvist.example").unwrap());
        let given = office.jobs.iter().any(
            |(_, job)| matches!(job, Job::Request { path, .. } if path.ends_with("/users/503")),
        );
        let looked = given || (read(&user) && read(&holders));
        office.sites.users.get_mut(&503).unwrap()["email"] = json!("former@home.example");
        office
            .sites
            .user(600, "Ida", "ian@lindqvist.example", Some(77));
        work(&mut office);
        if !looked {
            assert_eq!(office.sites.organization_of(503), there, "at {n}");
        }
        assert_eq!(office.sites.organization_of(600), Some(77), "at {n}");
    }
}

#[test]
fn who_is_removed_is_who_was_picked_even_if_the_user_became_another_person() {
    let mut office = office(42, Sites::new());
    for email in ["ian@lindqvist.example", "new.person@lindqvist.example"] {
        press(
            &mut office,
            "toggle_contact",
            &[("email", email), ("wanted", "false")],
        );
    }
    press(
        &mut office,
        "pick_leaver",
        &[("user", "502"), ("wanted", "true")],
    );
    office.press("run_plan", &[]);
    let hal = office.sites.users.get_mut(&502).unwrap();
    hal["name"] = json!("Hanna");
    hal["email"] = json!("hanna@lindqvist.example");
    work(&mut office);
    assert_eq!(office.sites.organization_of(502), Some(ORGANIZATION));
    let view = office.browser.view();
    assert!(text_of(&view).contains("Hanna"), "{}", text_of(&view));
    // Whoever sees that and continues, means her.
    office.look_at_ticket(42);
    press(&mut office, "continue_plan", &[]);
    assert_eq!(office.sites.organization_of(502), None);
}

// ---- twice ----

#[test]
fn a_plan_that_is_pressed_twice_runs_once() {
    for n in 0..length(41, start_license) {
        let mut office = start_license();
        let again = office.browser.pressed("run_plan", &[]);
        office.press("run_plan", &[]);
        for _ in 0..n {
            one(&mut office);
        }
        office.tell(again);
        work(&mut office);
        assert_eq!(notes(&office, 41).len(), 1, "at {n}");
        assert_eq!(writes_to(&office, "/tickets/41"), 1, "at {n}");
        assert_eq!(writes_to(&office, "/users/7"), 1, "at {n}");
    }
}

#[test]
fn a_note_that_may_have_been_saved_with_the_assignment_is_not_written_again() {
    let mut office = office(43, Sites::new());
    press(&mut office, "trace", &[]);
    office.look_at_ticket(43);
    office.press("run_plan", &[]);
    until(&mut office, |office| !notes(office, 43).is_empty());
    // Nothing says that it was written, and nobody can look.
    office.browser.reads.clear();
    let task = |office: &Office| {
        let case = office.browser.case(43);
        let assigns = |t: &&tether::case::change::Task| matches!(t.change, Change::Assign { .. });
        case.tasks.iter().find(assigns).cloned()
    };
    let id = task(&office).unwrap().id;
    let waiting: Vec<u64> = office.browser.model.waiting.keys().copied().collect();
    for id in waiting {
        let answer = status(500, "{}", None);
        office.tell(Event::Answered { id, answer });
    }
    let state = task(&office).unwrap().state;
    assert!(
        matches!(state, TaskState::Problem(TaskProblem::NotKnown(_))),
        "{state:?}"
    );
    press(&mut office, "leave_task", &[("task", &id.to_string())]);
    office.look_at_ticket(43);
    press(&mut office, "refresh", &[]);
    press(&mut office, "continue_plan", &[]);
    office.look_at_ticket(43);
    press(&mut office, "continue_plan", &[]);
    assert_eq!(notes(&office, 43).len(), 1);
    assert_eq!(office.sites.tickets[&43]["assignee_id"], json!(AGENT));
}

// ---- what the engineer saw ----

#[test]
fn a_second_click_on_continue_does_not_go_on_with_what_nobody_saw() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    office.press("stop_plan", &[]);
    work(&mut office);
    assert_eq!(run(&office, 41).state, RunState::Stopped);
    let second = office.browser.pressed("continue_plan", &[]);
    office.press("continue_plan", &[]);
    // Meanwhile a colleague lets somebody else in: the step stops, and says so.
    office
        .sites
        .user(601, "Kim", "kim@lindqvist.example", Some(ORGANIZATION));
    work(&mut office);
    assert_eq!(
        states(&office, 41)[2].1,
        StepState::Failed(StepProblem::Change)
    );
    office.look_at_ticket(41);
    office.tell(second);
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), None);
    assert!(office.browser.view().contains("nothing was done"));
    // A press on what is shown now goes on.
    press(&mut office, "continue_plan", &[]);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
}

#[test]
fn a_stopped_plan_is_not_continued_as_a_plan_for_something_else() {
    let mut office = entitled_for_the_composer();
    office.press("run_plan", &[]);
    until(&mut office, |office| !office.sites.written.is_empty());
    office.look_at_ticket(43);
    work(&mut office);
    let stopped = StepState::Failed(StepProblem::EngineerElsewhere);
    assert_eq!(states(&office, 41)[1], (StepKind::Note, stopped));
    // The license expires meanwhile: now the requester is to be told that they are not entitled.
    office.browser.now += 800 * 86_400_000;
    office.look_at_ticket(41);
    work(&mut office);
    assert_eq!(
        offered(&office, 41),
        [(StepKind::Note, true), (StepKind::Reply, true)]
    );
    press(&mut office, "continue_plan", &[]);
    let another = StepState::Failed(StepProblem::Another);
    assert_eq!(states(&office, 41)[1], (StepKind::Note, another));
    assert!(office.sites.composers.is_empty(), "nobody saw that note");
}

#[test]
fn a_reply_of_the_engineers_own_is_not_taken_for_the_plans() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    until(&mut office, |office| {
        office.sites.organization_of(7) == Some(ORGANIZATION)
    });
    // While Zendesk is read back, the engineer drafts another one by hand.
    office.press("draft_own_reply", &[("about", "proof_asked")]);
    let about = |office: &Office| match &office.browser.case(41).drafting.now {
        Progress::Written { about, .. } => Some(*about),
        _ => None,
    };
    work(&mut office);
    let reply = states(&office, 41)[3].1.clone();
    if reply == DONE {
        assert_eq!(about(&office), Some(About::ContactsAdded));
    }
}

#[test]
fn an_undo_in_the_middle_of_a_run_leaves_no_reply_about_what_was_undone() {
    for n in 0..30 {
        let mut office = entitled(Sites::new());
        office.press("run_plan", &[]);
        until(&mut office, |office| {
            states(office, 41)[2].1 == DONE && office.browser.case(41).drafting.now.is_under_way()
        });
        let task = run(&office, 41).steps[2].tasks[0].to_string();
        for _ in 0..n {
            one(&mut office);
        }
        let drafted = office
            .jobs
            .iter()
            .any(|(_, job)| matches!(job, Job::WriteReply { .. }))
            || office.sites.composers.contains_key(&41);
        office.look_at_ticket(41);
        press(&mut office, "undo", &[("task", &task)]);
        assert_eq!(office.sites.organization_of(7), None, "at {n}");
        if !drafted {
            assert!(!office.sites.composers.contains_key(&41), "at {n}");
        }
    }
}

// ---- a colleague ----

#[test]
fn an_association_is_not_undone_once_a_colleague_moved_the_user() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    let task = run(&office, 41).steps[2].tasks[0].to_string();
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(77);
    press(&mut office, "undo", &[("task", &task)]);
    assert_eq!(office.sites.organization_of(7), Some(77));
}

#[test]
fn what_a_colleague_chose_is_not_moved_as_if_the_page_had_picked_a_namesake() {
    for name in ["by_api", "undo"] {
        let mut office = entitled(Sites::new());
        office.press("associate", &[]);
        until(&mut office, |office| {
            office.sites.organization_of(7).is_some()
        });
        // A colleague moves them at once, into one of another name.
        office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(77);
        work(&mut office);
        let task = office.browser.case(41).tasks.last().unwrap().clone();
        assert!(
            matches!(
                task.state,
                TaskState::Problem(TaskProblem::OtherOrganization(Some(_)))
            ),
            "{task:?}"
        );
        office.look_at_ticket(41);
        press(&mut office, name, &[("task", &task.id.to_string())]);
        assert_eq!(office.sites.organization_of(7), Some(77), "{name}");
    }
}

#[test]
fn what_was_undone_explains_no_later_change_of_a_colleagues() {
    let mut office = entitled(Sites::new());
    press(&mut office, "associate", &[]);
    let task = office.browser.case(41).tasks.last().unwrap().id.to_string();
    press(&mut office, "undo", &[("task", &task)]);
    assert_eq!(office.sites.organization_of(7), None);
    office.look_at_ticket(41);
    press(&mut office, "refresh", &[]);
    press(&mut office, "open_trouble", &[("open", "true")]);
    office.press("assign_to_me", &[]);
    // A colleague puts them in again.
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(ORGANIZATION);
    work(&mut office);
    let last = office.browser.case(41).tasks.last().unwrap().clone();
    assert!(
        matches!(&last.state, TaskState::Problem(TaskProblem::BasisChanged(what))
            if what.iter().any(|w| w.contains("the requester is in"))),
        "{last:?}"
    );
}

#[test]
fn what_a_colleague_took_back_is_offered_again_and_made_only_if_the_engineer_ticks_it() {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
    // A colleague takes the requester out again and empties the field.
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(null);
    office.sites.tickets.get_mut(&41).unwrap()["custom_fields"][0]["value"] = json!(null);
    office.sites.touch(41);
    office.look_at_ticket(41);
    press(&mut office, "refresh", &[]);
    let steps = offered(&office, 41);
    for kind in [StepKind::ProblemType, StepKind::Associate] {
        assert!(steps.contains(&(kind, false)), "{kind:?} in {steps:?}");
    }
    let view = office.browser.view();
    assert!(view.contains("someone changed it since"), "{view}");
    press(
        &mut office,
        "plan_choose",
        &[("step", "associate"), ("wanted", "true")],
    );
    press(&mut office, "run_plan", &[]);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    assert_eq!(
        office.sites.tickets[&41]["custom_fields"][0]["value"],
        json!(null)
    );
    // That tick is used up, too.
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(null);
    office.look_at_ticket(41);
    press(&mut office, "refresh", &[]);
    assert!(offered(&office, 41).contains(&(StepKind::Associate, false)));
}

// ---- nobody looks ----

#[test]
fn closing_the_panel_stops_a_plan_after_the_step_that_is_being_made() {
    for event in [Event::PanelClosed, Event::PanelGone { window: 0 }] {
        let mut office = entitled(Sites::new());
        office.press("run_plan", &[]);
        until(&mut office, |office| !office.sites.written.is_empty());
        office.tell(event);
        work(&mut office);
        office.look_at_ticket(41);
        work(&mut office);
        assert_eq!(writes_to(&office, "/users"), 0, "nobody could stop it");
        office.tell(Event::PanelOpened);
        work(&mut office);
        assert_eq!(run(&office, 41).state, RunState::Stopped);
        assert_eq!(writes_to(&office, "/users"), 0, "opening it is no press");
        press(&mut office, "continue_plan", &[]);
        assert_eq!(run(&office, 41).state, RunState::Over);
        assert_eq!(notes(&office, 41).len(), 1);
    }
}

fn seen(window: i64, ticket: u64) -> Event {
    Event::TabSeenIn {
        tab: i64::try_from(ticket).unwrap(),
        window,
        url: ticket_address(ticket),
        active: true,
        focused: true,
    }
}

fn run_in(office: &mut Office, window: i64, ticket: u64) {
    let shown = {
        let browser = &office.browser;
        tether::app::plan_offered(&browser.model, browser.case(ticket), browser.world())
            .unwrap()
            .shown()
    };
    office.tell(Event::Command {
        case: Some(key(ticket)),
        window: Some(window),
        name: "run_plan".to_owned(),
        fields: [("plan".to_owned(), shown)].into_iter().collect(),
    });
}

#[test]
fn of_plans_in_two_windows_the_one_that_the_engineer_left_stops_and_each_writes_its_own() {
    for n in 0..12 {
        let mut office = Office::new(Sites::new());
        office.tell(Event::PanelIn { window: 1 });
        office.tell(Event::PanelIn { window: 2 });
        office.tell(seen(2, 42));
        work(&mut office);
        office.tell(seen(1, 41));
        work(&mut office);
        office.tell(Event::Command {
            case: Some(key(41)),
            window: Some(1),
            name: "trace".to_owned(),
            fields: Map::new(),
        });
        work(&mut office);
        run_in(&mut office, 1, 41);
        for _ in 0..n {
            one(&mut office);
        }
        office.tell(seen(2, 42));
        run_in(&mut office, 2, 42);
        work(&mut office);
        assert_eq!(run(&office, 42).state, RunState::Over, "at {n}");
        let first = run(&office, 41);
        assert!(first.state != RunState::Running, "at {n}: {first:#?}");
        assert!(
            !office.sites.composers.contains_key(&41),
            "at {n}: a draft for a ticket that nobody looks at"
        );
        assert_eq!(office.sites.organization_of(503), Some(ORGANIZATION));
        for (_, path, _) in &office.sites.written {
            assert!(
                ["/tickets/41", "/tickets/42", "/users"]
                    .iter()
                    .any(|known| path.contains(known)),
                "{path}"
            );
        }
        // Back in the first window: a press goes on with it.
        office.tell(seen(1, 41));
        work(&mut office);
        to_the_end(&mut office, 41);
        assert_eq!(notes(&office, 41).len(), 1, "at {n}");
        assert_eq!(writes_to(&office, "/users/7"), 1, "at {n}");
    }
}

#[test]
fn continue_after_hours_rests_on_what_the_panel_shows_then() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    office.press("stop_plan", &[]);
    work(&mut office);
    office.browser.now += 9 * 3_600_000;
    // In the night a colleague filled the organization and forbade more.
    for n in 0..40 {
        let email = format!("x{n}@lindqvist.example");
        office.sites.user(9000 + n, "X", &email, Some(ORGANIZATION));
    }
    office
        .sites
        .change_organization(ORGANIZATION, "notes", json!("Legal hold: add nobody."));
    office.look_at_ticket(41);
    press(&mut office, "continue_plan", &[]);
    assert_eq!(office.sites.organization_of(7), None);
    assert_eq!(run(&office, 41).state, RunState::Stopped);
    // The panel shows it now, and the gate is shut, however often it is pressed.
    for _ in 0..3 {
        office.look_at_ticket(41);
        press(&mut office, "continue_plan", &[]);
    }
    assert_eq!(office.sites.organization_of(7), None);
    assert!(!office.sites.composers.contains_key(&41));
}

#[test]
fn skipping_a_change_that_was_made_in_part_draws_no_reply_about_it() {
    let mut office = start_contacts();
    office.press("run_plan", &[]);
    until(&mut office, |office| writes_to(office, "/users") == 1);
    // The second is refused for a reason that keeps the others waiting, too.
    while office.jobs.is_empty() && one(&mut office) {}
    let (tab, job) = office.jobs.remove(0);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::Answered {
            answer: status(403, "{}", None),
        },
    });
    reads(&mut office);
    work(&mut office);
    assert_eq!(
        run(&office, 42).state,
        RunState::Stopped,
        "{:#?}",
        run(&office, 42)
    );
    office.look_at_ticket(42);
    press(&mut office, "skip_step", &[("step", "add_contacts")]);
    let states = states(&office, 42);
    let of = |kind: StepKind| states.iter().find(|(k, _)| *k == kind).unwrap().1.clone();
    assert_eq!(of(StepKind::AddContacts), StepState::Skipped);
    assert_eq!(of(StepKind::Reply), StepState::Skipped);
    assert!(!office.sites.composers.contains_key(&42));
    assert_eq!(writes_to(&office, "/users"), 1);
}
