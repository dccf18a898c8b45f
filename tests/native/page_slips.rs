//! Attacks on what a plan and the GitLab.com app's guide see of a page or of the ticket while the engineer is somewhere else.

use crate::fresh_look::{office, one, work};
use crate::plan_slips::until;
use crate::plans::{
    entitled, notes, outdated, press, run, states, to_the_end, waits_for_reload, writes_to,
};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::Event;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::case::plan::{RunState, StepProblem, StepState};
use tether::case::reply_progress::Progress;

/// A second tab of ticket 41.
const SECOND: i64 = 141;

fn go_to(office: &mut Office, tab: i64, ticket: u64) {
    office.tell(Event::TabSeen {
        tab,
        url: ticket_address(ticket),
        front: true,
    });
}

fn looks(office: &Office) -> Vec<i64> {
    let jobs = office.jobs.iter();
    jobs.filter(|(_, job)| matches!(job, Job::LookAtTicket { .. }))
        .map(|(tab, _)| *tab)
        .collect()
}

/// A run of ticket 41 whose page is about to be looked at.
fn about_to_look() -> Office {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    until(&mut office, |office| !looks(office).is_empty());
    office
}

#[test]
fn a_reply_is_written_in_the_tab_that_was_looked_at_and_no_other() {
    let mut office = about_to_look();
    assert_eq!(looks(&office), [41]);
    let (tab, job) = office.jobs.remove(0);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::ShowsSaved,
    });
    // The engineer goes to another tab of the ticket, which is as old as the morning.
    go_to(&mut office, SECOND, 41);
    office.sites.outdated_pages.insert(41);
    until(&mut office, |office| {
        !office.jobs.is_empty() || run(office, 41).state != RunState::Running
    });
    assert_eq!(looks(&office), [SECOND]);
    work(&mut office);
    assert!(waits_for_reload(&office));
    assert!(office.sites.composers.is_empty());
    // Back in the first one, it is drafted there.
    go_to(&mut office, 41, 41);
    office.sites.outdated_pages.clear();
    until(&mut office, |office| {
        office
            .jobs
            .iter()
            .any(|(_, job)| matches!(job, Job::WriteReply { .. }))
    });
    assert_eq!(office.jobs[0].0, 41);
    work(&mut office);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

#[test]
fn draft_anyway_is_about_the_page_in_front() {
    let mut office = outdated();
    office.press("draft_anyway", &[]);
    go_to(&mut office, SECOND, 41);
    work(&mut office);
    assert!(waits_for_reload(&office));
    assert!(office.sites.composers.is_empty());
    press(&mut office, "draft_anyway", &[]);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

#[test]
fn draft_anyway_and_reload_of_another_ticket_do_nothing() {
    for name in ["draft_anyway", "reload_ticket"] {
        let mut office = outdated();
        let late = office.browser.pressed(name, &[]);
        office.look_at_ticket(43);
        work(&mut office);
        let effects = office.tell(late);
        assert!(
            !effects
                .iter()
                .any(|e| matches!(e, tether::app::Effect::ReloadTab { .. })),
            "{effects:?}"
        );
        work(&mut office);
        assert!(office.sites.composers.is_empty(), "{name}");
        assert!(text_of(&office.browser.view()).contains("nothing was done"));
    }
}

#[test]
fn a_tab_that_goes_to_another_ticket_while_it_is_looked_at_gets_no_reply() {
    for front in [41, 43] {
        let mut office = about_to_look();
        // The page of all tickets goes on to another one, in the same tab.
        go_to(&mut office, 41, front);
        if front == 41 {
            go_to(&mut office, 41, 43);
            go_to(&mut office, 41, 41);
        }
        work(&mut office);
        if front == 43 {
            assert!(office.sites.composers.is_empty());
            let state = states(&office, 41)[3].1.clone();
            assert_eq!(state, StepState::Failed(StepProblem::Reply));
        } else {
            assert_eq!(run(&office, 41).state, RunState::Over);
        }
    }
}

#[test]
fn a_page_that_shows_another_ticket_is_not_taken_for_this_one() {
    for outcome in [Outcome::NoField, Outcome::AlreadyThere] {
        let mut office = about_to_look();
        let (tab, job) = office.jobs.remove(0);
        let effect = job.number();
        office.tell(Event::PageResult {
            tab,
            effect,
            outcome,
        });
        work(&mut office);
        assert!(office.sites.composers.is_empty());
        assert_eq!(run(&office, 41).state, RunState::Stopped);
    }
}

#[test]
fn a_report_of_a_tab_that_was_not_asked_counts_for_nothing() {
    let mut office = about_to_look();
    let effect = office.jobs[0].1.number();
    office.tell(Event::PageResult {
        tab: SECOND,
        effect,
        outcome: Outcome::ShowsSaved,
    });
    let now = &office.browser.case(41).drafting.now;
    assert!(matches!(now, Progress::Looking { .. }), "{now:?}");
}

#[test]
fn a_requester_who_is_another_once_the_page_is_reloaded_gets_no_reply() {
    let mut office = outdated();
    office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(11);
    office.sites.touch(41);
    office.press("reload_ticket", &[]);
    office.look_at_ticket(41);
    work(&mut office);
    assert!(office.sites.composers.is_empty());
    assert_ne!(office.sites.organization_of(11), Some(ORGANIZATION));
}

#[test]
fn what_a_colleague_writes_while_the_page_is_outdated_is_seen_before_the_reply() {
    for name in ["reload_ticket", "draft_anyway"] {
        let mut office = outdated();
        office.sites.touch(41);
        press(&mut office, name, &[]);
        office.look_at_ticket(41);
        work(&mut office);
        assert!(office.sites.composers.is_empty(), "{name}");
        assert_eq!(run(&office, 41).state, RunState::Stopped, "{name}");
    }
}

#[test]
fn a_stop_of_the_background_while_the_page_is_outdated_drafts_once() {
    for (n, reload) in (0..4).flat_map(|n| [(n, false), (n, true)]) {
        let mut office = outdated();
        if reload {
            office.press("reload_ticket", &[]);
        }
        office.look_at_ticket(41);
        for _ in 0..n {
            one(&mut office);
        }
        office.stop_background();
        work(&mut office);
        if run(&office, 41).state == RunState::Running {
            press(&mut office, "draft_anyway", &[]);
        }
        to_the_end(&mut office, 41);
        assert!(office.sites.composers[&41].0, "{n} {reload}");
        assert_eq!(notes(&office, 41).len(), 1);
        assert_eq!(writes_to(&office, "/users/7"), 1);
    }
}

#[test]
fn a_page_that_is_looked_at_when_the_plan_is_left_or_skipped_starts_nothing() {
    for name in ["stop", "skip"] {
        let mut office = about_to_look();
        office.press("stop_plan", &[]);
        if name == "skip" {
            office.press("skip_step", &[("step", "reply")]);
        }
        office.press("leave_plan", &[]);
        work(&mut office);
        assert!(office.sites.composers.is_empty(), "{name}");
        assert!(office.browser.case(41).plan.run.is_none(), "{name}");
    }
}

// ---- the look after the GitLab.com app ----

#[test]
fn a_look_at_the_ticket_that_comes_late_takes_nothing_back_that_was_done_since() {
    let mut sites = Sites::new();
    sites.tickets.get_mut(&43).unwrap()["custom_fields"][1]["value"] = json!("saas");
    let mut office = office(43, sites);
    office.press("look_for_result", &[]);
    let at = office
        .browser
        .reads
        .iter()
        .position(|(_, url)| url.contains("/tickets/43?"))
        .unwrap();
    let (id, url) = office.browser.reads.remove(at);
    let early = office.sites.answer(&url);
    press(&mut office, "attempt", &[("outcome", "app_failed")]);
    let found = [("namespace", "gulls-collective"), ("account", SFDC18)];
    press(&mut office, "by_hand", &found);
    press(&mut office, "associate", &[]);
    assert_eq!(office.sites.organization_of(9), Some(ORGANIZATION));
    let before = office.browser.case(43).clone();
    office.tell(Event::Answered { id, answer: early });
    let case = office.browser.case(43);
    assert_eq!(case.notice, before.notice);
    assert_eq!(case.requester.organization, before.requester.organization);
    assert_eq!(case.dot_com, before.dot_com);
}

#[test]
fn a_ticket_that_was_asked_for_before_the_association_takes_nothing_back_after_it() {
    let mut office = entitled(Sites::new());
    office.press("associate", &[]);
    until(&mut office, |office| !office.jobs.is_empty());
    office.look_at_ticket(41);
    office.press("refresh", &[]);
    let early: Vec<(u64, tether::reading::Answer)> = office
        .browser
        .reads
        .drain(..)
        .map(|(id, url)| (id, office.sites.answer(&url)))
        .collect();
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    for (id, answer) in early {
        office.tell(Event::Answered { id, answer });
    }
    work(&mut office);
    let case = office.browser.case(41);
    assert_eq!(case.notice, None);
    let now = case.ticket.got().unwrap().requester.organization.as_ref();
    assert_eq!(now.map(|o| o.id.get()), Some(ORGANIZATION));
}

#[test]
fn a_look_that_finds_another_requester_is_no_result_of_the_app() {
    let mut sites = Sites::new();
    sites.tickets.get_mut(&43).unwrap()["custom_fields"][1]["value"] = json!("saas");
    let mut office = office(43, sites);
    office.press("look_for_result", &[]);
    office.sites.tickets.get_mut(&43).unwrap()["requester_id"] = json!(504);
    work(&mut office);
    let case = office.browser.case(43);
    assert_eq!(case.dot_com.attempt, None);
    assert!(
        case.notice
            .as_ref()
            .is_some_and(|n| n.contains("another requester")),
        "{:?}",
        case.notice
    );
}
