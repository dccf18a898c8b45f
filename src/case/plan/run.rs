//! How far a plan got. Everything here survives a stop of the background: a step that was begun is recognized by its changes, never begun anew.

use serde::{Deserialize, Serialize};

use super::step::{Goal, StepKind, What, fingerprint};
use crate::case::page_problem::PageProblem;
use crate::reading::ReadError;
use crate::text::line::one_line;

/// A plan that was started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// What for.
    pub goal: Goal,
    /// Its steps, in their order.
    pub steps: Vec<StepRun>,
    /// Whether it goes on.
    pub state: RunState,
    /// Whether it stops after the step that is being made.
    pub stopping: bool,
    /// Under which number the case keeps what the engineer saw when they pressed: every step rests on it.
    pub basis: u64,
    /// The tab that was in front when the engineer pressed.
    pub front: Option<i64>,
}

/// Whether a plan goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// Step by step.
    Running,
    /// A step failed, or the engineer stopped it.
    Stopped,
    /// No step is left.
    Over,
}

/// A step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRun {
    /// What it does.
    pub what: What,
    /// The step without which it makes no sense.
    pub needs: Option<StepKind>,
    /// How far it got.
    pub state: StepState,
    /// The changes that it started, by their numbers.
    pub tasks: Vec<u64>,
}

/// How far a step got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// It was begun.
    Running,
    /// It is in the composer, and the engineer has to submit it. When the ticket is looked at next, in ms since 1970.
    WaitsForYou {
        /// When.
        look_at_ms: u64,
    },
    /// Done: how many of its changes, and how many there were; the others were refused.
    Done {
        /// How many were made.
        made: usize,
        /// How many there were.
        of: usize,
    },
    /// The engineer skipped it, or the one that it needs.
    Skipped,
    /// Not done, or not known to be.
    Failed(StepProblem),
}

/// Why a step was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepProblem {
    /// A change met a problem: it is the change that says which.
    Change,
    /// The page did not write the note.
    Note(PageProblem),
    /// Whether the ticket shows the note could not be read.
    NotLooked(ReadError),
    /// The reply was not drafted: it is the reply that says why.
    Reply,
    /// It may not be made now: why, a sentence without its full stop.
    NotAllowed(String),
    /// What it would do is not what the engineer saw when they pressed.
    Another,
    /// The engineer looks at another page.
    EngineerElsewhere,
    /// The engineer took it out of the list of changes.
    Left,
}

impl Run {
    /// A run of these steps.
    pub fn new(goal: Goal, steps: Vec<StepRun>, basis: u64, front: Option<i64>) -> Self {
        Self {
            goal,
            steps,
            state: RunState::Running,
            stopping: false,
            basis,
            front,
        }
    }

    /// How far it got, as one text for the press on `Continue` to carry: what was shown is what is continued.
    pub fn shown(&self) -> String {
        fingerprint(&(self.basis, &self.steps))
    }

    /// The index of the step that is being made, or that the run stopped at.
    pub fn current(&self) -> Option<usize> {
        self.steps
            .iter()
            .position(|s| !matches!(s.state, StepState::Done { .. } | StepState::Skipped))
    }

    /// The step that is being made, or that the run stopped at.
    pub fn current_step(&self) -> Option<&StepRun> {
        self.current().and_then(|at| self.step(at))
    }

    /// The step at a place.
    pub fn step(&self, at: usize) -> Option<&StepRun> {
        self.steps.get(at)
    }

    /// Notes how far a step got. A failure stops the run.
    pub fn put(&mut self, at: usize, state: StepState) {
        let failed = matches!(state, StepState::Failed(_));
        if let Some(step) = self.steps.get_mut(at) {
            step.state = state;
        }
        if failed {
            self.state = RunState::Stopped;
        }
    }

    /// A step was begun with these changes.
    pub fn begun(&mut self, at: usize, tasks: Vec<u64>) {
        if let Some(step) = self.steps.get_mut(at) {
            step.tasks = tasks;
            step.state = StepState::Running;
        }
    }

    /// Skips the step of that kind, unless something is on its way for it, and those that need it. Whether it was skipped.
    pub fn skip(&mut self, kind: StepKind) -> bool {
        let may = |step: &StepRun| {
            step.what.kind() == kind
                && matches!(
                    step.state,
                    StepState::Failed(_) | StepState::Waiting | StepState::WaitsForYou { .. }
                )
        };
        let Some(at) = self.steps.iter().position(may) else {
            return false;
        };
        if let Some(step) = self.steps.get_mut(at) {
            step.state = StepState::Skipped;
        }
        for step in &mut self.steps {
            if step.needs == Some(kind) && matches!(step.state, StepState::Waiting) {
                step.state = StepState::Skipped;
            }
        }
        true
    }

    /// Whether the engineer skipped the step of that kind.
    pub fn was_skipped(&self, kind: StepKind) -> bool {
        let skipped = |s: &StepRun| s.what.kind() == kind && s.state == StepState::Skipped;
        self.steps.iter().any(skipped)
    }

    /// How many steps were made of how many.
    pub fn made(&self) -> usize {
        let made = |s: &&StepRun| matches!(s.state, StepState::Done { .. });
        self.steps.iter().filter(made).count()
    }
}

impl StepRun {
    /// A step whose turn has not come.
    pub fn new(what: What, needs: Option<StepKind>) -> Self {
        Self {
            what,
            needs,
            state: StepState::Waiting,
            tasks: Vec::new(),
        }
    }
}

impl StepProblem {
    /// What happened, in the engineer's words, where no change and no reply says it.
    pub fn says(&self) -> String {
        match self {
            Self::Change | Self::Reply => "It was not done.".to_owned(),
            Self::Note(_) => "The note was not added.".to_owned(),
            Self::NotLooked(error) => format!(
                "Whether the note is in the ticket could not be read. {} {}",
                error.says(),
                error.next()
            ),
            Self::NotAllowed(why) => format!(
                "It may not be made now: {}. Settle that, then continue.",
                one_line(why, 400)
            ),
            Self::Another => {
                "It would do something else than you saw when you pressed. Look at it, then continue.".to_owned()
            }
            Self::EngineerElsewhere => {
                "Another page was in front, so nothing was written. Continue brings the ticket back.".to_owned()
            }
            Self::Left => "You took it out of the list of changes. Continue starts it again.".to_owned(),
        }
    }
}
