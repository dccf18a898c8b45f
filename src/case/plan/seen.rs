//! What became of a step since it began, as its case shows it.

use super::run::{StepProblem, StepRun};
use super::step::What;
use crate::case::Case;
use crate::case::change::{Change, Task, TaskProblem, TaskState};
use crate::case::note_progress::NoteProgress;
use crate::case::reply_progress::Progress;
use crate::reading::ReadError;

/// The outcome of a step, by what the case holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Something is on its way.
    Running,
    /// The note is in the composer.
    InComposer,
    /// Done: how many of how many.
    Done(usize, usize),
    /// Not done.
    Failed(StepProblem),
}

impl StepRun {
    /// The step's outcome since it began.
    pub fn seen(&self, case: &Case) -> Seen {
        match &self.what {
            What::Reply { about, .. } => match &case.drafting.now {
                now if now.is_under_way() => Seen::Running,
                Progress::Written { about: of, .. } if of == about => Seen::Done(1, 1),
                // The engineer drafted another one meanwhile.
                Progress::Written { .. } => Seen::Failed(StepProblem::Another),
                _ => Seen::Failed(StepProblem::Reply),
            },
            What::Note(_) if self.tasks.is_empty() => match &case.note.now {
                NoteProgress::Writing { .. } => Seen::Running,
                NoteProgress::Problem(problem) => Seen::Failed(StepProblem::Note(problem.clone())),
                NoteProgress::Idle | NoteProgress::AskAgain => Seen::InComposer,
            },
            What::Remind(_) => Seen::Running,
            _ => self.changes(case),
        }
    }

    /// The outcome of the changes. One that was refused does not stop the others; one of which it is not known whether it was made, or that
    /// anything else keeps from being made, stops the run.
    fn changes(&self, case: &Case) -> Seen {
        let tasks: Vec<&Task> = self.tasks.iter().filter_map(|id| case.task(*id)).collect();
        let made = tasks.iter().filter(|t| t.state == TaskState::Done).count();
        let problem = |t: &&Task| match &t.state {
            TaskState::Problem(problem) => Some(problem.clone()),
            _ => None,
        };
        let problems: Vec<TaskProblem> = tasks.iter().filter_map(problem).collect();
        let blocked = problems.iter().any(TaskProblem::blocks);
        let on_its_way = tasks.iter().any(|t| t.in_flight());
        if on_its_way || (!blocked && tasks.iter().any(|t| !t.is_over())) {
            return Seen::Running;
        }
        if tasks.is_empty() {
            return Seen::Failed(StepProblem::Left);
        }
        match problems.iter().all(TaskProblem::is_refusal) {
            true if made > 0 => Seen::Done(made, self.tasks.len()),
            _ => Seen::Failed(StepProblem::Change),
        }
    }

    /// The change that met a problem first.
    pub fn failed<'a>(&self, case: &'a Case) -> Option<(&'a Task, &'a TaskProblem)> {
        let with = |id: &u64| {
            let task = case.task(*id)?;
            match &task.state {
                TaskState::Problem(problem) => Some((task, problem)),
                _ => None,
            }
        };
        let mut all: Vec<(&Task, &TaskProblem)> = self.tasks.iter().filter_map(with).collect();
        all.sort_by_key(|(_, problem)| (!problem.blocks(), problem.is_refusal()));
        all.into_iter().next()
    }

    /// The change with which the step can be taken back.
    pub fn undoes<'a>(&self, case: &'a Case) -> Option<&'a Task> {
        let one = self.tasks.first().filter(|_| self.tasks.len() == 1)?;
        let undoes = |task: &&Task| match &task.change {
            // A saved note stays: what is taken back of it is the problem type.
            Change::Note { .. } => matches!(self.what, What::ProblemType(_)),
            _ => true,
        };
        case.task(*one)
            .filter(undoes)
            .filter(|task| task.undo().is_some())
    }
}

impl TaskProblem {
    /// Whether it is about this one record alone, and stays as it is: the others of a list may still be made.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Refused(error) => {
                matches!(error, ReadError::Refused { .. } | ReadError::Taken { .. })
            }
            Self::InOrganization(_)
            | Self::OfTheTeam
            | Self::Suspended
            | Self::Deleted
            | Self::ChangedSince
            | Self::SeveralUsers
            | Self::SeveralOrganizations(_)
            | Self::AddressTaken(_) => true,
            _ => false,
        }
    }
}
