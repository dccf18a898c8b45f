//! The plan: the steps that are left of a case once its verdict is known, run in order by one press.
//!
//! [`offer`] says which steps a case needs now, [`Run`] keeps which of them are done. Both are pure: each step is made as if it had been
//! pressed by itself, and its outcome is read from the case.

mod offer;
mod run;
mod seen;
mod step;
#[cfg(test)]
mod tests;

pub use offer::{Gates, Offer, Step, offer};
pub use run::{Run, RunState, StepProblem, StepRun, StepState};
pub use seen::Seen;
pub use step::{Goal, Ready, StepKind, What};

use serde::{Deserialize, Serialize};

/// A case's plan: what the engineer ticked, and the run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What the engineer ticked or unticked, and for which goal.
    choices: Option<Choices>,
    /// The run, from the press on until it is left or another one begins.
    pub run: Option<Run>,
}

/// What the engineer ticked or unticked. With another goal the plan is another, and the choices are over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Choices {
    of: Goal,
    ticked: Vec<(StepKind, bool)>,
}

impl Plan {
    /// The engineer ticks or unticks a step of a plan with that goal.
    pub fn choose(&mut self, goal: Goal, kind: StepKind, wanted: bool) {
        let mut ticked = match self.choices.take() {
            Some(choices) if choices.of == goal => choices.ticked,
            _ => Vec::new(),
        };
        ticked.retain(|(known, _)| *known != kind);
        ticked.push((kind, wanted));
        self.choices = Some(Choices { of: goal, ticked });
    }

    /// A step begins: what the engineer said of it is used up.
    pub fn use_choice(&mut self, kind: StepKind) {
        if let Some(choices) = &mut self.choices {
            choices.ticked.retain(|(known, _)| *known != kind);
        }
    }

    /// What the engineer said of a step; none: nothing.
    fn chosen(&self, goal: Goal, kind: StepKind) -> Option<bool> {
        let choices = self.choices.as_ref().filter(|c| c.of == goal)?;
        choices
            .ticked
            .iter()
            .find(|(known, _)| *known == kind)
            .map(|(_, wanted)| *wanted)
    }

    /// Whether the reply is being drafted as a step: then it rests on what the engineer saw when they pressed.
    pub fn drafts(&self) -> bool {
        let step = self.running().and_then(Run::current_step);
        step.is_some_and(|step| step.what.kind() == StepKind::Reply)
    }

    /// The run, while steps are being made or wait for the one before them.
    pub fn running(&self) -> Option<&Run> {
        self.run
            .as_ref()
            .filter(|run| run.state == RunState::Running)
    }

    /// Whether steps are being made, or wait for the one before them.
    pub fn is_running(&self) -> bool {
        self.running().is_some()
    }
}
