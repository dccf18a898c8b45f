//! Both looks before a reply gets into a composer, on every way there: at the ticket's page, and at what the reply rests on.

use crate::fresh_look::{office, one, work};
use crate::plan_slips::until;
use crate::plans::{entitled, press, run, start_contacts, states};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event};
use tether::case::page_problem::PageProblem;
use tether::case::plan::{RunState, StepKind, StepProblem, StepState};
use tether::case::reply_progress::{Problem, Progress};

/// Sites whose pages don't follow what is saved through the API.
fn staying() -> Sites {
    let mut sites = Sites::new();
    sites.pages_stay = true;
    sites
}

fn drafting(office: &Office, ticket: u64) -> &Progress {
    &office.browser.case(ticket).drafting.now
}

fn problem(office: &Office, ticket: u64) -> Problem {
    match drafting(office, ticket) {
        Progress::Problem { why, .. } => why.clone(),
        now => panic!("no problem: {now:?}"),
    }
}

fn changed(office: &Office, ticket: u64) -> String {
    match problem(office, ticket) {
        Problem::Changed(what) => what.join("; "),
        other => panic!("nothing changed: {other:?}"),
    }
}

/// The page jobs of one press, in order.
fn jobs_of(office: &mut Office, name: &str, fields: &[(&str, &str)]) -> Vec<Job> {
    let mut given: Vec<Job> = Vec::new();
    office.press(name, fields);
    loop {
        for (_, job) in &office.jobs {
            if given.iter().all(|known| known.number() != job.number()) {
                given.push(job.clone());
            }
        }
        if !one(office) {
            return given;
        }
    }
}

fn is_given(office: &Office) -> bool {
    let mut jobs = office.jobs.iter();
    jobs.any(|(_, job)| matches!(job, Job::WriteReply { .. }))
}

// ---- the page ----

#[test]
fn every_draft_looks_at_the_page_first() {
    for name in ["draft_reply", "draft_own_reply"] {
        let mut office = office(42, Sites::new());
        let jobs = jobs_of(&mut office, name, &[("about", "proof_asked")]);
        assert!(
            matches!(
                jobs.as_slice(),
                [
                    Job::LookAtTicket { saved_ms: 0, .. },
                    Job::WriteReply { .. }
                ]
            ),
            "{name}: {jobs:?}"
        );
        let jobs = jobs_of(
            &mut office,
            "draft_reply_again",
            &[("about", "proof_asked")],
        );
        assert!(
            matches!(
                jobs.as_slice(),
                [
                    Job::LookAtTicket { .. },
                    Job::WriteReply { again: true, .. }
                ]
            ),
            "{jobs:?}"
        );
    }
}

#[test]
fn a_reply_that_is_drafted_alone_waits_until_the_page_shows_what_was_saved() {
    let saves: [(&str, &[(&str, &str)]); 3] = [
        ("set_problem_type", &[]),
        ("assign_to_me", &[]),
        (
            "hand_over",
            &[("reason", "No organization was found."), ("group", "82")],
        ),
    ];
    for (save, fields) in saves {
        let mut office = office(41, staying());
        press(&mut office, "open_trouble", &[("open", "true")]);
        press(&mut office, save, fields);
        assert_eq!(office.sites.written.len(), 1, "{save}");
        press(&mut office, "draft_reply", &[("about", "proof_asked")]);
        assert!(office.sites.composers.is_empty(), "{save}");
        let now = drafting(&office, 41);
        assert!(matches!(now, Progress::Outdated { .. }), "{save}: {now:?}");
        let view = office.browser.view();
        assert!(
            view.contains("Reload ticket") && view.contains("Draft anyway"),
            "{save}"
        );
        let effects = office.press("reload_ticket", &[]);
        assert!(effects.contains(&Effect::ReloadTab { tab: 41 }), "{save}");
        office.look_at_ticket(41);
        work(&mut office);
        assert!(office.sites.composers[&41].0, "{save}");
    }
}

#[test]
fn a_draft_that_waits_for_its_page_can_be_left_or_made_all_the_same() {
    for (name, drafted) in [("dismiss_reply", false), ("draft_anyway", true)] {
        let mut office = office(41, staying());
        press(&mut office, "set_problem_type", &[]);
        press(&mut office, "draft_reply", &[("about", "proof_asked")]);
        press(&mut office, name, &[]);
        assert_eq!(office.sites.composers.contains_key(&41), drafted, "{name}");
        assert!(!drafting(&office, 41).is_under_way(), "{name}");
    }
}

#[test]
fn a_second_run_looks_at_the_page_although_the_first_one_saved_the_note() {
    let mut office = entitled(staying());
    // The first run saves the note, and is left before its reply.
    office.press("run_plan", &[]);
    until(&mut office, |office| drafting(office, 41).waits_for_page());
    press(&mut office, "stop_plan", &[]);
    press(&mut office, "leave_plan", &[]);
    assert_eq!(run_of_reply(&mut office), [StepKind::Reply]);
    assert!(office.sites.composers.is_empty());
    assert!(drafting(&office, 41).waits_for_page());
    office.press("reload_ticket", &[]);
    office.look_at_ticket(41);
    work(&mut office);
    assert!(office.sites.composers[&41].0);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

fn run_of_reply(office: &mut Office) -> Vec<StepKind> {
    press(office, "run_plan", &[]);
    states(office, 41)
        .into_iter()
        .map(|(kind, _)| kind)
        .collect()
}

#[test]
fn what_is_saved_while_a_reply_is_on_its_way_is_looked_for_again() {
    for n in 0..12 {
        let mut office = office(41, staying());
        office.press("draft_reply", &[("about", "proof_asked")]);
        for _ in 0..n {
            one(&mut office);
        }
        let mut given = is_given(&office) || office.sites.composers.contains_key(&41);
        office.press("set_problem_type", &[]);
        while one(&mut office) {
            if is_given(&office) && !given {
                assert!(!office.sites.outdated_pages.contains(&41), "at {n}");
                given = true;
            }
        }
        assert_eq!(office.sites.written.len(), 1, "at {n}");
        // Whatever became of it, another press drafts it only in a page that shows the change.
        press(
            &mut office,
            "draft_reply_again",
            &[("about", "proof_asked")],
        );
        assert!(drafting(&office, 41).waits_for_page(), "at {n}");
    }
}

#[test]
fn a_draft_whose_looks_are_slow_does_not_pull_the_engineer_back() {
    for n in 0..6 {
        let mut office = office(41, Sites::new());
        office.press("draft_reply", &[("about", "proof_asked")]);
        for _ in 0..n {
            one(&mut office);
        }
        let given = is_given(&office) || office.sites.composers.contains_key(&41);
        office.look_at_ticket(43);
        let mut effects = Vec::new();
        while let Some((id, url)) = office.browser.reads.first().cloned() {
            office.browser.reads.remove(0);
            let answer = office.sites.answer(&url);
            effects.extend(office.tell(Event::Answered { id, answer }));
            while let Some((tab, job)) = office.jobs.pop() {
                let outcome = office.sites.obey(&job);
                let effect = job.number();
                effects.extend(office.tell(Event::PageResult {
                    tab,
                    effect,
                    outcome,
                }));
            }
        }
        if !given {
            assert!(!office.sites.composers.contains_key(&41), "at {n}");
            let why = problem(&office, 41);
            assert_eq!(
                why,
                Problem::Page(PageProblem::NotInFront(Some(43))),
                "at {n}"
            );
        }
        let brings = |e: &&Effect| matches!(e, Effect::FocusTab { .. });
        assert_eq!(effects.iter().find(brings), None, "at {n}");
    }
}

#[test]
fn a_page_that_cannot_be_looked_at_gets_no_reply_and_the_panel_says_so() {
    for outcome in [Outcome::NoField, Outcome::WrongTicket { front: Some(43) }] {
        let mut office = office(41, Sites::new());
        office.press("draft_own_reply", &[("about", "proof_asked")]);
        let (tab, job) = office.jobs.remove(0);
        office.tell(Event::PageResult {
            tab,
            effect: job.number(),
            outcome,
        });
        work(&mut office);
        assert!(office.sites.composers.is_empty());
        assert!(matches!(problem(&office, 41), Problem::NotSeen(_)));
        assert!(text_of(&office.browser.view()).contains("Draft"));
    }
}

// ---- what it rests on ----

#[test]
fn a_draft_of_what_was_seen_hours_ago_says_what_is_new() {
    let mut office = office(41, Sites::new());
    office.sites.touch(41);
    office.browser.now += 6 * 3_600_000;
    press(&mut office, "draft_reply", &[("about", "proof_asked")]);
    assert!(office.sites.composers.is_empty());
    assert!(changed(&office, 41).contains("someone else wrote a comment"));
    press(&mut office, "draft_reply", &[("about", "proof_asked")]);
    assert!(office.sites.composers[&41].0);
}

/// Ticket 42 with its contacts added, and nothing drafted.
fn added() -> Office {
    let mut office = office(42, Sites::new());
    press(&mut office, "add_contacts", &[]);
    assert_eq!(office.sites.organization_of(503), Some(ORGANIZATION));
    office
}

#[test]
fn who_is_no_contact_any_more_is_not_named_as_added() {
    type Meddling = (&'static str, fn(&mut Sites));
    let meddling: [Meddling; 4] = [
        ("removed", |s| {
            s.users.get_mut(&503).unwrap()["organization_id"] = json!(null)
        }),
        ("moved", |s| {
            s.users.get_mut(&503).unwrap()["organization_id"] = json!(77)
        }),
        ("suspended", |s| {
            s.users.get_mut(&503).unwrap()["suspended"] = json!(true)
        }),
        ("deleted", |s| {
            s.users.get_mut(&503).unwrap()["active"] = json!(false)
        }),
    ];
    let named = |office: &Office| {
        let lines = &office.sites.composers[&42].1;
        lines.iter().any(|line| line.contains("ian@"))
    };
    for (what, meddle) in meddling {
        for name in ["draft_reply", "draft_own_reply"] {
            let mut office = added();
            meddle(&mut office.sites);
            press(&mut office, name, &[("about", "contacts_added")]);
            assert!(office.sites.composers.is_empty(), "{what}, {name}");
            let says = changed(&office, 42);
            assert!(
                says.contains("ian@lindqvist.example is no contact of the organization any more"),
                "{what}: {says}"
            );
            // Who is left is named, and nobody else.
            press(
                &mut office,
                "draft_own_reply",
                &[("about", "contacts_added")],
            );
            assert!(!named(&office), "{what}");
            let lines = &office.sites.composers[&42].1;
            assert!(lines.iter().any(|line| line.contains("new.person@")));
        }
    }
    let mut office = added();
    press(
        &mut office,
        "draft_own_reply",
        &[("about", "contacts_added")],
    );
    assert!(named(&office), "nobody changed anything");
}

#[test]
fn a_plans_reply_names_nobody_whom_a_colleague_removed_since() {
    for n in 0..40 {
        let mut office = start_contacts();
        office.press("run_plan", &[]);
        until(&mut office, |office| {
            office.sites.organization_of(503) == Some(ORGANIZATION)
                && drafting(office, 42).is_under_way()
        });
        for _ in 0..n {
            one(&mut office);
        }
        // A look that has read the contacts is moments old.
        let looked = office.browser.case(42).drafting.making.as_ref();
        let read = looked.is_none_or(|making| making.look.of(&people()).is_some());
        office.sites.users.get_mut(&503).unwrap()["organization_id"] = json!(null);
        work(&mut office);
        if read {
            break;
        }
        assert!(office.sites.composers.is_empty(), "at {n}");
        assert_eq!(
            states(&office, 42).last().unwrap().1,
            StepState::Failed(StepProblem::Reply)
        );
        assert!(changed(&office, 42).contains("ian@lindqvist.example"));
    }
}

fn people() -> tether::case::basis::Fact {
    tether::case::basis::Fact::People(ORGANIZATION.try_into().unwrap())
}

#[test]
fn who_is_a_contact_again_is_not_named_as_removed() {
    let mut office = office(42, Sites::new());
    let hal = [("user", "502"), ("wanted", "true")];
    press(&mut office, "pick_leaver", &hal);
    press(&mut office, "remove_contacts", &[]);
    assert_eq!(office.sites.organization_of(502), None);
    office.sites.users.get_mut(&502).unwrap()["organization_id"] = json!(ORGANIZATION);
    press(
        &mut office,
        "draft_own_reply",
        &[("about", "contacts_removed")],
    );
    assert!(office.sites.composers.is_empty());
    let says = changed(&office, 42);
    assert!(
        says.contains("is a contact of the organization again"),
        "{says}"
    );
}

#[test]
fn an_associated_requester_whom_a_colleague_took_out_is_not_told_that_they_are_in() {
    let mut office = entitled(Sites::new());
    press(&mut office, "associate", &[]);
    office.look_at_ticket(41);
    office.sites.users.get_mut(&7).unwrap()["organization_id"] = json!(null);
    press(&mut office, "draft_reply", &[("about", "contacts_added")]);
    assert!(
        office.sites.composers.is_empty(),
        "{:?}",
        drafting(&office, 41)
    );
}

// ---- who is signed in ----

#[test]
fn a_ticket_goes_to_the_agent_who_is_signed_in_or_to_nobody() {
    let another = |office: &mut Office| office.sites.account.me["id"] = json!(901);
    let assignee = |office: &Office| office.sites.tickets[&41]["assignee_id"].clone();
    let text = [("text", "The account has no organization yet.")];
    for (name, fields) in [("assign_to_me", &[][..]), ("note_and_assign", &text[..])] {
        for n in 0..6 {
            let mut office = office(41, Sites::new());
            press(&mut office, "open_trouble", &[("open", "true")]);
            office.press(name, fields);
            for _ in 0..n {
                one(&mut office);
            }
            // Somebody else signs in, in another tab of the same browser.
            if !office.sites.written.is_empty() {
                break;
            }
            another(&mut office);
            work(&mut office);
            assert_eq!(assignee(&office), json!(null), "{name} at {n}");
            assert!(office.sites.written.is_empty(), "{name} at {n}");
            assert!(
                text_of(&office.browser.view()).contains("another agent is signed in"),
                "{name} at {n}"
            );
            // Trying again does not help; a new press is the new agent's.
            let task = crate::fresh_look::last(&office, 41).id.to_string();
            press(&mut office, "retry_task", &[("task", &task)]);
            assert_eq!(assignee(&office), json!(null), "{name} at {n}");
            press(&mut office, "leave_task", &[("task", &task)]);
            press(&mut office, "open_trouble", &[("open", "true")]);
            press(&mut office, name, fields);
            assert_eq!(assignee(&office), json!(901), "{name} at {n}");
        }
    }
}

#[test]
fn a_plan_that_waits_for_an_organization_assigns_to_nobody_who_left() {
    let mut office = office(43, Sites::new());
    press(&mut office, "trace", &[]);
    office.look_at_ticket(43);
    office.press("run_plan", &[]);
    office.sites.account.me["id"] = json!(901);
    work(&mut office);
    assert_eq!(office.sites.tickets[&43]["assignee_id"], json!(null));
    assert_eq!(run(&office, 43).state, RunState::Stopped);
    assert!(text_of(&office.browser.view()).contains("another agent is signed in"));
}
