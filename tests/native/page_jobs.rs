//! Page jobs: each has an owner, and only that owner learns how it ended.

use crate::support::*;
use serde_json::json;
use tether::app::effect::Job;
use tether::app::event::{Outcome, Unreachable};
use tether::app::model::diagnosis::Progress as Diagnosing;
use tether::app::model::jobs::{Owner, Stage};
use tether::app::{Effect, Event, TASK_PATIENCE_MS};
use tether::case::change::{TaskProblem, TaskState};
use tether::case::note_progress::NoteProgress;
use tether::case::page_problem::{PageProblem, PageWork, WrongComposer};
use tether::case::reply_progress::{Problem, Progress};
use tether::reading::Answer;

fn ready() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.look(1, &ticket_address(41));
    browser
}

fn page_of(effects: &[Effect]) -> (i64, Job) {
    let pages: Vec<(i64, Job)> = effects
        .iter()
        .filter_map(|e| {
            if let Effect::Page { tab, job } = e {
                Some((*tab, job.clone()))
            } else {
                None
            }
        })
        .collect();
    assert_eq!(pages.len(), 1, "{effects:?}");
    pages.into_iter().next().unwrap()
}

/// Every command that gives a page a job from ticket 41.
const PRESSES: [&str; 4] = [
    "add_note",
    "draft_own_reply",
    "set_problem_type",
    "diagnose",
];

/// Presses a command and answers the fresh look that precedes a write.
fn press(browser: &mut Browser, name: &str) -> (i64, Job) {
    press_with(
        browser,
        name,
        if name == "draft_own_reply" {
            &[("about", "trial")]
        } else {
            &[]
        },
    )
}

fn press_with(browser: &mut Browser, name: &str, fields: &[(&str, &str)]) -> (i64, Job) {
    let before = browser.told.len();
    browser.press(name, fields);
    browser.settle();
    given_since(browser, before)
}

/// The page job that was given since; a page is looked at before a reply is drafted in it.
fn given_since(browser: &mut Browser, before: usize) -> (i64, Job) {
    let given = page_of(&browser.told[before..]);
    let (tab, Job::LookAtTicket { effect, .. }) = given else {
        return given;
    };
    let before = browser.told.len();
    browser.tell(Event::PageResult {
        tab,
        effect,
        outcome: Outcome::ShowsSaved,
    });
    browser.settle();
    page_of(&browser.told[before..])
}

/// The problem of the last press, if it failed.
fn problem(browser: &Browser, name: &str) -> Option<PageProblem> {
    let case = browser.case(41);
    match name {
        "add_note" => match &case.note.now {
            NoteProgress::Problem(problem) => Some(problem.clone()),
            _ => None,
        },
        "draft_own_reply" => match &case.drafting.now {
            Progress::Problem {
                why: Problem::Page(problem),
                ..
            } => Some(problem.clone()),
            _ => None,
        },
        "set_problem_type" => match case.tasks.last().map(|task| &task.state) {
            Some(TaskState::Problem(TaskProblem::Page(problem))) => Some(problem.clone()),
            _ => None,
        },
        _ => match &browser.model.diagnosing.now {
            Diagnosing::Problem(problem) => Some(problem.clone()),
            _ => None,
        },
    }
}

/// Whether the press still waits for the page.
fn waits(browser: &Browser, name: &str) -> bool {
    let case = browser.case(41);
    match name {
        "add_note" => matches!(case.note.now, NoteProgress::Writing { .. }),
        "draft_own_reply" => matches!(case.drafting.now, Progress::Writing { .. }),
        "set_problem_type" => case
            .tasks
            .last()
            .is_some_and(|task| matches!(task.state, TaskState::Sending { .. })),
        _ => matches!(browser.model.diagnosing.now, Diagnosing::Asking { .. }),
    }
}

fn looked_up(browser: &Browser) -> bool {
    matches!(
        browser.case(41).tasks.last().map(|t| &t.state),
        Some(TaskState::Confirming { lost: Some(_), .. })
    )
}

#[test]
fn every_page_job_has_an_owner_and_is_decided_until_the_page_has_it() {
    for name in PRESSES {
        let mut browser = ready();
        let (tab, job) = press(&mut browser, name);
        let kept = &browser.model.page_jobs[&job.number()];
        assert_eq!(
            (kept.tab, kept.since_ms, kept.stage),
            (tab, browser.now, Stage::Decided),
            "{name}"
        );
        let fits = match (&kept.owner, name) {
            (Owner::Note(case), "add_note")
            | (Owner::Reply(case), "draft_own_reply")
            | (Owner::Change(case, _), "set_problem_type") => *case == key(41),
            (Owner::Diagnosis, "diagnose") => true,
            _ => false,
        };
        assert!(fits, "{name}: {:?}", kept.owner);
        browser.tell(Event::PageHasJob {
            effect: job.number(),
            has: true,
        });
        assert_eq!(
            browser.model.page_jobs[&job.number()].stage,
            Stage::Taken,
            "{name}"
        );
        assert!(waits(&browser, name));
    }
}

#[test]
fn what_another_tab_says_or_says_too_late_is_dropped() {
    for name in PRESSES {
        let mut browser = ready();
        let (tab, job) = press(&mut browser, name);
        let effect = job.number();
        browser.tell(Event::PageResult {
            tab: tab + 1,
            effect,
            outcome: Outcome::NoComposer,
        });
        assert!(waits(&browser, name), "{name}");
        browser.tell(Event::PageResult {
            tab,
            effect,
            outcome: Outcome::NoComposer,
        });
        assert_eq!(
            problem(&browser, name),
            Some(PageProblem::NoComposer),
            "{name}"
        );
        let before = (browser.case(41).clone(), browser.model.diagnosing.clone());
        browser.tell(Event::PageResult {
            tab,
            effect,
            outcome: Outcome::AlreadyThere,
        });
        browser.tell(Event::PageUnreachable {
            effect,
            why: Unreachable::Busy,
        });
        browser.tell(Event::PageHasJob { effect, has: false });
        assert_eq!(
            (browser.case(41).clone(), browser.model.diagnosing.clone()),
            before,
            "{name}"
        );
        assert!(browser.model.page_jobs.is_empty(), "{name}");
    }
}

#[test]
fn an_outcome_of_another_kind_of_job_is_reported_as_unexpected() {
    for (name, other) in [
        ("add_note", Outcome::Filled),
        (
            "draft_own_reply",
            Outcome::Chosen {
                shown: String::new(),
            },
        ),
        ("set_problem_type", Outcome::AlreadyThere),
        (
            "diagnose",
            Outcome::Answered {
                answer: Answer::Failed,
            },
        ),
    ] {
        let mut browser = ready();
        let (tab, job) = press(&mut browser, name);
        browser.tell(Event::PageResult {
            tab,
            effect: job.number(),
            outcome: other,
        });
        assert_eq!(
            problem(&browser, name),
            Some(PageProblem::Unexpected),
            "{name}"
        );
    }
}

#[test]
fn a_closed_or_reloaded_page_is_reported_at_once() {
    for close in [true, false] {
        for name in PRESSES {
            let mut browser = ready();
            // Another tab of the same ticket does not have the job.
            browser.tell(Event::TabSeen {
                tab: 5,
                url: ticket_address(41),
                front: false,
            });
            let (tab, job) = press(&mut browser, name);
            browser.tell(Event::PageHasJob {
                effect: job.number(),
                has: true,
            });
            if close {
                browser.tell(Event::TabClosed { tab: 5 });
                assert!(waits(&browser, name), "{name}: another tab was closed");
                browser.tell(Event::TabClosed { tab });
            } else {
                browser.tell(Event::PageUnreachable {
                    effect: job.number(),
                    why: Unreachable::Lost,
                });
            }
            if name == "set_problem_type" {
                assert!(looked_up(&browser), "{name}");
            } else {
                assert_eq!(problem(&browser, name), Some(PageProblem::Gone), "{name}");
            }
            assert_eq!(page_left(&browser), 0, "{name}");
        }
    }
}

fn page_left(browser: &Browser) -> usize {
    browser.model.page_jobs.len()
}

#[test]
fn the_engineer_can_stop_waiting_and_a_change_is_looked_up() {
    for name in PRESSES {
        let mut browser = ready();
        let (_, job) = press(&mut browser, name);
        let effect = job.number().to_string();
        if name != "diagnose" {
            assert!(browser.view().contains("Stop waiting"), "{name}");
        }
        browser.press("stop_waiting", &[("job", &effect)]);
        if name == "set_problem_type" {
            assert!(looked_up(&browser), "{name}");
        } else {
            assert_eq!(
                problem(&browser, name),
                Some(PageProblem::NoAnswer),
                "{name}"
            );
        }
        assert_eq!(page_left(&browser), 0, "{name}");
    }
}

#[test]
fn each_page_has_its_own_time() {
    for name in PRESSES {
        let mut browser = ready();
        let (_, job) = press(&mut browser, name);
        browser.tell(Event::PageHasJob {
            effect: job.number(),
            has: true,
        });
        let due = tether::view::wake_at(&browser.model).unwrap();
        browser.now = due - 1;
        browser.press("tick", &[]);
        assert!(waits(&browser, name), "{name}");
        browser.now = due;
        browser.press("tick", &[]);
        assert!(!waits(&browser, name), "{name}");
        assert!(due <= NOW + TASK_PATIENCE_MS, "{name}");
    }
}

/// Stops the background right after it decided, so that the job never reaches the page. Returns the
/// page jobs that the next start asks about.
fn stop(browser: &mut Browser) -> Vec<u64> {
    let before = browser.told.len();
    browser.stop();
    browser.told[before..]
        .iter()
        .filter_map(|e| {
            if let Effect::AskPage { effect, .. } = e {
                Some(*effect)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn a_page_job_that_never_reached_its_page_is_given_again_after_a_stop() {
    for name in PRESSES {
        let mut browser = ready();
        let (tab, job) = press(&mut browser, name);
        assert_eq!(
            stop(&mut browser),
            [job.number()],
            "{name}: the page is asked"
        );
        let before = browser.told.len();
        browser.tell(Event::PageHasJob {
            effect: job.number(),
            has: false,
        });
        browser.settle();
        let (again_tab, again) = given_since(&mut browser, before);
        assert_eq!(again_tab, tab, "{name}");
        assert_ne!(again.number(), job.number(), "{name}");
        assert!(waits(&browser, name), "{name}");
        assert_eq!(page_left(&browser), 1, "{name}");
    }
}

#[test]
fn long_after_the_press_or_at_another_ticket_the_panel_reports_it_and_a_retry_works() {
    for away in [true, false] {
        for name in ["add_note", "draft_own_reply", "set_problem_type"] {
            let mut browser = ready();
            let (_, job) = press(&mut browser, name);
            if away {
                browser.look(3, &ticket_address(42));
            } else {
                browser.now += 11_000;
            }
            stop(&mut browser);
            browser.told.clear();
            browser.tell(Event::PageHasJob {
                effect: job.number(),
                has: false,
            });
            assert!(
                !browser
                    .told
                    .iter()
                    .any(|e| matches!(e, Effect::Page { .. } | Effect::FocusTab { .. })),
                "{name}: {:?}",
                browser.told
            );
            assert_eq!(
                problem(&browser, name),
                Some(PageProblem::Interrupted),
                "{name}"
            );
            browser.look(1, &ticket_address(41));
            assert!(
                text_of(&browser.view())
                    .contains("stopped Tether before the page was asked: nothing was written."),
                "{name}"
            );
            let task = browser
                .case(41)
                .tasks
                .last()
                .map(|task| task.id.to_string());
            match task {
                Some(task) if name == "set_problem_type" => {
                    press_with(&mut browser, "retry_task", &[("task", &task)])
                }
                _ => press(&mut browser, name),
            };
        }
    }
}

#[test]
fn what_the_page_has_when_the_background_stops_still_counts() {
    for taken in [true, false] {
        let mut browser = ready();
        let (tab, job) = press(&mut browser, "add_note");
        if taken {
            browser.tell(Event::PageHasJob {
                effect: job.number(),
                has: true,
            });
        }
        stop(&mut browser);
        browser.tell(Event::PageHasJob {
            effect: job.number(),
            has: true,
        });
        assert!(waits(&browser, "add_note"));
        browser.tell(Event::PageResult {
            tab,
            effect: job.number(),
            outcome: Outcome::Written {
                text: String::new(),
                status: None,
            },
        });
        assert_eq!(browser.case(41).note.written_at, Some(NOW));
    }
}

#[test]
fn a_page_that_forgot_what_it_had_was_reloaded() {
    let mut browser = ready();
    let (_, job) = press(&mut browser, "set_problem_type");
    browser.tell(Event::PageHasJob {
        effect: job.number(),
        has: true,
    });
    stop(&mut browser);
    browser.tell(Event::PageHasJob {
        effect: job.number(),
        has: false,
    });
    assert!(looked_up(&browser), "it may have been written");
}

#[test]
fn reasons_are_typed_and_unknown_ones_keep_their_words() {
    let read = |why: &str| match tether::plain::read(
        json!({"type": "page_unreachable", "effect": 3, "why": why}),
    )
    .unwrap()
    {
        Event::PageUnreachable { effect: 3, why } => why,
        other => panic!("{other:?}"),
    };
    for (text, why) in [
        ("no_access", Unreachable::NoAccess),
        ("closed", Unreachable::Closed),
        ("busy", Unreachable::Busy),
        ("asleep", Unreachable::Asleep),
        ("lost", Unreachable::Lost),
        (
            "Receiving end does not exist",
            Unreachable::Other("Receiving end does not exist".to_owned()),
        ),
        ("Closed", Unreachable::Other("Closed".to_owned())),
    ] {
        assert_eq!(read(text), why);
    }
}

#[test]
fn each_refused_composer_has_a_sentence_for_the_note_and_the_reply() {
    let ticket = key(41).ticket;
    for (outcome, wrong) in [
        (Outcome::HiddenComposer, WrongComposer::Hidden),
        (Outcome::SideConversation, WrongComposer::SideConversation),
        (
            Outcome::MessagingComposer {
                channel: "sms".to_owned(),
            },
            WrongComposer::Messaging,
        ),
        (Outcome::OldComposer, WrongComposer::OldInterface),
        (
            Outcome::ComposerOfTicket { ticket: Some(42) },
            WrongComposer::OfTicket(Some(42)),
        ),
    ] {
        for name in ["add_note", "draft_own_reply"] {
            let mut browser = ready();
            let (tab, job) = press(&mut browser, name);
            browser.tell(Event::PageResult {
                tab,
                effect: job.number(),
                outcome: outcome.clone(),
            });
            let found = problem(&browser, name).expect(name);
            assert_eq!(found, PageProblem::Composer(wrong.clone()));
            let work = if name == "add_note" {
                PageWork::Note(ticket)
            } else {
                PageWork::Reply(ticket)
            };
            let says = found.says(work);
            assert!(
                says.contains("nothing was written") && says.contains("#41"),
                "{says}"
            );
            assert!(text_of(&browser.view()).contains(&says), "{says}");
            assert_eq!(browser.case(41).note.written_at, None);
        }
    }
}
