//! What becomes of a plan's steps is said once: in the card of the plan, as long as it is shown.

use crate::fresh_look::{one, work};
use crate::plans::{DONE, entitled, entitled_for_the_composer, press, run, states};
use crate::support::office::Office;
use crate::support::sites::Sites;
use crate::support::*;
use tether::app::Event;
use tether::app::event::Outcome;
use tether::case::plan::{RunState, StepKind, StepProblem, StepState};
use tether::case::reply_progress::{Problem, Progress};
use tether::reading::ReadError;

fn drafting(office: &Office) -> &Progress {
    &office.browser.case(41).drafting.now
}

/// A plan that stopped because the macro of its reply can't be read.
fn without_a_macro() -> Office {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    for _ in 0..600 {
        let reads = &office.browser.reads;
        if let Some((id, _)) = reads.iter().find(|(_, url)| url.contains("/macros/")) {
            let id = *id;
            let answer = status(403, r#"{"error":"Forbidden"}"#, None);
            office.tell(Event::Answered { id, answer });
            work(&mut office);
            break;
        }
        assert!(one(&mut office), "it looks for the macro");
    }
    assert_eq!(
        states(&office, 41)[3],
        (StepKind::Reply, StepState::Failed(StepProblem::Reply))
    );
    office
}

#[test]
fn the_reply_of_a_plan_is_said_in_its_card_alone() {
    let mut office = entitled(Sites::new());
    office.press("run_plan", &[]);
    let (mut finding, mut writing) = (0, 0);
    loop {
        let view = office.browser.view();
        match drafting(&office) {
            Progress::Idle => {}
            Progress::Finding { .. } => {
                finding += 1;
                assert!(view.contains("Drafting…"));
            }
            Progress::Looking { .. } => {
                assert!(view.contains("Looking at the ticket’s page…"));
                assert_eq!(view.matches("Stop waiting").count(), 1);
            }
            Progress::Writing { .. } => {
                writing += 1;
                assert_eq!(view.matches("Stop waiting").count(), 1);
            }
            other => {
                assert!(matches!(other, Progress::Written { .. }), "{other:?}");
                break;
            }
        }
        for words in [
            "Looking for the macro",
            "Looking at #41",
            "Drafting the reply in",
        ] {
            assert!(!view.contains(words), "{words}");
        }
        assert!(one(&mut office));
    }
    assert!(finding > 0 && writing > 0);
    work(&mut office);
    let view = office.browser.view();
    assert!(!view.contains("Reply drafted in the composer"));
    let said = text_of(&view);
    assert!(
        said.contains("It’s in the composer of #41. The text is Tether’s own: no macro"),
        "who wrote it stays said: {said}"
    );
    // Drafted once more, alone, it says by itself what becomes of it.
    office.press("draft_reply", &[]);
    assert!(office.browser.view().contains("Looking for the macro"));
    work(&mut office);
    let view = office.browser.view();
    assert!(view.contains("Reply drafted in the composer") && view.contains("Last step"));
}

#[test]
fn the_note_of_a_plan_is_said_in_its_card_alone() {
    let mut office = entitled_for_the_composer();
    office.press("run_plan", &[]);
    while states(&office, 41)[1].1 != StepState::Running {
        assert!(one(&mut office));
    }
    let view = office.browser.view();
    assert!(!view.contains("Adding the note to"));
    assert_eq!(view.matches("Stop waiting").count(), 1);
    work(&mut office);
    let view = office.browser.view();
    assert!(view.contains("Submit the internal note"));
    assert!(!view.contains("Internal note added to the composer"));
    // Skipped, the note is still in the composer, and the plan says it no more.
    press(&mut office, "skip_step", &[("step", "note")]);
    assert!(
        office
            .browser
            .view()
            .contains("Internal note added to the composer of #41")
    );
}

#[test]
fn a_reply_that_failed_is_said_once_and_its_own_text_ends_the_plan() {
    let mut office = without_a_macro();
    assert!(matches!(
        drafting(&office),
        Progress::Problem {
            why: Problem::NotFound(ReadError::NotAllowed),
            ..
        }
    ));
    let view = office.browser.view();
    assert_eq!(view.matches("The macro could not be looked up").count(), 1);
    assert_eq!(view.matches("Use Tether’s own text").count(), 1);
    assert!(!view.contains("Try again"));
    press(&mut office, "draft_own_reply", &[]);
    assert!(
        matches!(drafting(&office), Progress::Written { .. }),
        "{:?}",
        drafting(&office)
    );
    assert_eq!(states(&office, 41)[3].1, DONE);
    assert_eq!(run(&office, 41).state, RunState::Over);
    let said = text_of(&office.browser.view());
    assert!(said.contains("Submit the reply as Solved"));
    assert!(
        said.contains("The text is Tether’s own: you asked for it."),
        "{said}"
    );
}

#[test]
fn own_text_that_fails_too_says_so_and_can_be_tried_again() {
    let mut office = without_a_macro();
    office.press("draft_own_reply", &[]);
    while office.jobs.is_empty() {
        assert!(one(&mut office));
    }
    let (tab, job) = office.jobs.remove(0);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::NoComposer,
    });
    assert!(matches!(drafting(&office), Progress::Problem { .. }));
    let view = office.browser.view();
    assert_eq!(view.matches("Use Tether’s own text").count(), 1);
    assert!(view.contains("Try again"));
    assert_eq!(run(&office, 41).state, RunState::Stopped);
}
