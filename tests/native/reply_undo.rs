//! `Undo` of a drafted reply: it leaves the composer only as it was put in, and only in the ticket and the page that it is in.

use crate::fresh_look::work;
use crate::plans::{DONE, entitled, offered, press, run, states};
use crate::support::office::Office;
use crate::support::sites::Sites;
use crate::support::*;
use tether::app::Event;
use tether::app::effect::Job;
use tether::app::event::{Outcome, Unreachable};
use tether::case::page_problem::PageProblem;
use tether::case::plan::{RunState, StepKind};
use tether::case::reply_progress::Progress;

/// A plan is over, and its reply is in the composer.
fn drafted() -> Office {
    let mut office = entitled(Sites::new());
    press(&mut office, "run_plan", &[]);
    office.look_at_ticket(41);
    assert_eq!(run(&office, 41).state, RunState::Over);
    assert!(!held(&office).is_empty());
    office
}

fn held(office: &Office) -> Vec<String> {
    let held = office.sites.composers.get(&41);
    held.map(|(_, lines)| lines.clone()).unwrap_or_default()
}

fn says(office: &Office) -> String {
    text_of(&office.browser.view())
}

fn now(office: &Office) -> Progress {
    office.browser.case(41).drafting.now.clone()
}

fn asked(office: &Office) -> Vec<i64> {
    let jobs = office.jobs.iter();
    jobs.filter(|(_, job)| matches!(job, Job::TakeReplyOut { .. }))
        .map(|(tab, _)| *tab)
        .collect()
}

/// The page is about to take the reply out.
fn asks() -> (Office, Job) {
    let mut office = drafted();
    office.press("undo_reply", &[]);
    assert_eq!(asked(&office), [41]);
    let (_, job) = office.jobs.remove(0);
    (office, job)
}

#[test]
fn undo_takes_the_plans_reply_out_and_the_plan_offers_it_again() {
    let mut office = drafted();
    assert_eq!(offered(&office, 41), []);
    press(&mut office, "undo_reply", &[]);
    assert_eq!(held(&office), Vec::<String>::new());
    assert!(matches!(now(&office), Progress::TakenOut { .. }));
    assert!(
        says(&office).contains(
            "The reply is out of the composer of #41. The submit button still says Solved."
        )
    );
    assert_eq!(offered(&office, 41), [(StepKind::Reply, true)]);
    assert!(says(&office).contains("Run 1 step"));
    // What was saved and associated stays.
    assert!(!office.browser.case(41).tasks.iter().any(|t| t.undone));
    press(&mut office, "run_plan", &[]);
    assert_eq!(states(&office, 41), [(StepKind::Reply, DONE)]);
    assert!(!held(&office).is_empty());
}

#[test]
fn undo_takes_a_reply_out_that_was_drafted_alone() {
    let mut office = entitled(Sites::new());
    press(&mut office, "draft_own_reply", &[("about", "trial")]);
    assert!(!held(&office).is_empty());
    press(&mut office, "undo_reply", &[]);
    assert_eq!(held(&office), Vec::<String>::new());
    assert!(says(&office).contains("The reply is out of the composer of #41."));
}

#[test]
fn a_reply_that_was_changed_stays_and_the_card_says_so() {
    let mut office = drafted();
    let changed = office.sites.composers.get_mut(&41).unwrap();
    changed.1.push("Kind regards".to_owned());
    let before = held(&office);
    press(&mut office, "undo_reply", &[]);
    assert_eq!(held(&office), before);
    let text = says(&office);
    assert!(
        text.contains("Submit the reply as Solved")
            && text.contains("nothing was taken out. Take it out by hand."),
        "{text}"
    );
    assert_eq!(offered(&office, 41), []);
}

#[test]
fn the_page_gets_the_reply_as_it_was_drafted_whatever_the_case_says_now() {
    let mut office = drafted();
    let before = held(&office);
    office.sites.users.get_mut(&7).unwrap()["name"] = "Grace Hopper".into();
    press(&mut office, "refresh", &[]);
    office.press("undo_reply", &[]);
    let lines = office.jobs.iter().find_map(|(_, job)| match job {
        Job::TakeReplyOut { lines, .. } => Some(lines.clone()),
        _ => None,
    });
    assert_eq!(lines, Some(before));
}

#[test]
fn nothing_is_taken_out_for_a_press_about_another_reply() {
    let mut office = drafted();
    for about in ["trial", ""] {
        office.press("undo_reply", &[("about", about)]);
        assert_eq!(asked(&office), Vec::<i64>::new(), "{about}");
        assert!(says(&office).contains("The reply is not what the panel showed when you pressed"));
    }
    office.press("undo_reply", &[("about", "contacts_added")]);
    assert_eq!(asked(&office), [41]);
}

#[test]
fn a_second_press_takes_nothing_more_out() {
    let (mut office, job) = asks();
    office.press("undo_reply", &[("about", "contacts_added")]);
    assert_eq!(asked(&office), Vec::<i64>::new());
    let outcome = office.sites.obey(&job);
    office.tell(Event::PageResult {
        tab: 41,
        effect: job.number(),
        outcome,
    });
    office.press("undo_reply", &[("about", "contacts_added")]);
    assert_eq!(asked(&office), Vec::<i64>::new());
}

#[test]
fn a_reply_that_was_in_the_composer_already_has_no_undo() {
    let mut office = entitled(Sites::new());
    office.press("draft_own_reply", &[("about", "trial")]);
    while !office
        .jobs
        .iter()
        .any(|(_, job)| matches!(job, Job::WriteReply { .. }))
    {
        crate::fresh_look::one(&mut office);
    }
    let (tab, job) = office.jobs.remove(0);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::AlreadyThere,
    });
    assert!(!office.browser.view().contains("undo_reply"));
    office.press("undo_reply", &[("about", "trial")]);
    assert_eq!(asked(&office), Vec::<i64>::new());
}

#[test]
fn no_other_reply_is_offered_or_drafted_while_one_is_taken_out() {
    let (mut office, _) = asks();
    assert!(says(&office).contains("Leaving the composer…"));
    assert_eq!(offered(&office, 41), []);
    press(&mut office, "draft_own_reply", &[("about", "trial")]);
    assert!(matches!(now(&office), Progress::TakingOut { .. }));
}

#[test]
fn a_page_that_never_got_the_undo_gets_it_again_soon_and_not_later() {
    for late in [false, true] {
        let (mut office, job) = asks();
        if late {
            office.browser.now += 11_000;
        }
        office.browser.stop();
        office.tell(Event::PageHasJob {
            effect: job.number(),
            has: false,
        });
        if late {
            assert_eq!(asked(&office), Vec::<i64>::new());
            assert!(says(&office).contains("nothing was taken out. Press Undo again."));
        } else {
            work(&mut office);
            assert!(matches!(now(&office), Progress::TakenOut { .. }));
        }
    }
}

#[test]
fn a_page_that_did_not_say_leaves_the_reply_to_the_engineers_eyes() {
    let (mut office, job) = asks();
    office.tell(Event::PageUnreachable {
        effect: job.number(),
        why: Unreachable::Lost,
    });
    assert!(matches!(
        now(&office),
        Progress::Written {
            stays: Some(PageProblem::Gone),
            ..
        }
    ));
    assert!(says(&office).contains("Look at the composer: the reply may be gone."));
    // An answer that comes too late changes nothing.
    office.tell(Event::PageResult {
        tab: 41,
        effect: job.number(),
        outcome: Outcome::TakenOut,
    });
    assert!(matches!(now(&office), Progress::Written { .. }));
    // It can be tried again.
    press(&mut office, "undo_reply", &[]);
    assert!(matches!(now(&office), Progress::TakenOut { .. }));
}
