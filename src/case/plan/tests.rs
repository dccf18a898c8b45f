use super::*;
use crate::case::change::SetField;
use crate::case::reply::Outcome;

fn field() -> What {
    What::ProblemType(SetField {
        field: 11,
        value: "manage_contacts".to_owned(),
        name: "Manage contacts".to_owned(),
    })
}

fn run() -> Run {
    let reply = What::Reply {
        about: Outcome::ContactsAdded,
        chosen: false,
    };
    let steps = vec![
        StepRun::new(field(), None),
        StepRun::new(What::Note(vec!["License: 1".to_owned()]), None),
        StepRun::new(reply, Some(StepKind::Note)),
    ];
    Run::new(Goal::Finish, steps, 1, None)
}

fn states(run: &Run) -> Vec<StepState> {
    run.steps.iter().map(|step| step.state.clone()).collect()
}

const DONE: StepState = StepState::Done { made: 1, of: 1 };

#[test]
fn every_step_has_a_name_of_its_own() {
    for kind in StepKind::ALL {
        assert_eq!(StepKind::of_key(kind.key()), Some(*kind));
    }
    assert_eq!(StepKind::of_key("trace"), None);
}

#[test]
fn the_first_step_that_is_not_over_is_the_current_one() {
    let mut run = run();
    assert_eq!(run.current(), Some(0));
    run.put(0, DONE);
    run.begun(1, vec![7]);
    assert_eq!(run.current(), Some(1));
    run.put(1, DONE);
    run.put(2, StepState::Skipped);
    assert_eq!((run.current(), run.made()), (None, 2));
}

#[test]
fn a_step_that_fails_stops_the_run() {
    let mut run = run();
    run.put(0, StepState::Failed(StepProblem::Change));
    assert_eq!(run.state, RunState::Stopped);
}

#[test]
fn a_skipped_step_takes_what_needs_it_along_and_nothing_else() {
    let mut run = run();
    run.put(0, StepState::Failed(StepProblem::Another));
    assert!(run.skip(StepKind::ProblemType));
    assert_eq!(
        states(&run),
        [StepState::Skipped, StepState::Waiting, StepState::Waiting]
    );
    run.put(1, StepState::Failed(StepProblem::Change));
    assert!(run.skip(StepKind::Note));
    assert_eq!(states(&run), vec![StepState::Skipped; 3]);
    assert!(run.was_skipped(StepKind::Reply));
}

#[test]
fn what_is_on_its_way_or_done_is_not_skipped() {
    let mut run = run();
    run.begun(0, vec![7]);
    assert!(!run.skip(StepKind::ProblemType));
    run.put(0, DONE);
    assert!(!run.skip(StepKind::ProblemType));
}

#[test]
fn choices_last_as_long_as_the_goal() {
    let mut plan = Plan::default();
    plan.choose(Goal::Finish, StepKind::Note, false);
    plan.choose(Goal::Finish, StepKind::Reply, false);
    plan.choose(Goal::Finish, StepKind::Reply, true);
    assert_eq!(plan.chosen(Goal::Finish, StepKind::Note), Some(false));
    assert_eq!(plan.chosen(Goal::Finish, StepKind::Reply), Some(true));
    assert_eq!(plan.chosen(Goal::TellRequester, StepKind::Note), None);
    plan.choose(Goal::TellRequester, StepKind::Note, true);
    assert_eq!(plan.chosen(Goal::Finish, StepKind::Note), None);
}
