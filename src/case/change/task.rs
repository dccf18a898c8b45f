//! A change on its way: what was before, and how far it got.

use serde::{Deserialize, Serialize};

use super::before::Before;
use super::field::SetField;
use super::hand_on::Route;
use super::lines::has_line;
use super::{Change, TaskProblem};
use crate::case::basis::Look;
use crate::reading::ReadError;
use crate::record::ids::UserId;
use crate::record::people::RemovalTrace;

/// How far a change got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Its turn has not come.
    Queued,
    /// The record is read before it is written.
    Preparing,
    /// The user's page opens.
    Opening {
        /// Since when, in ms since 1970.
        since_ms: u64,
        /// Whether it was opened once more after a stop of the background.
        reopened: bool,
    },
    /// A page is writing it.
    Sending {
        /// The page job's number; what becomes of another one is dropped.
        effect: u64,
    },
    /// It was written, or may have been: it is read back.
    Confirming {
        /// Why it is not known whether it was written; none if Zendesk said that it was.
        lost: Option<Lost>,
        /// How often reading back did not show it yet: the page shows a choice before it saves it.
        tries: u8,
    },
    /// Zendesk asked to wait; then it goes on by itself, unless the engineer is looking at something else then.
    Waiting {
        /// Until when, in ms since 1970.
        until_ms: u64,
    },
    /// Done, and seen to be.
    Done,
    /// Not done, or not known to be.
    Problem(TaskProblem),
}

/// Why it is not known whether something was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// The page never answered.
    NoAnswer,
    /// After Zendesk's answer, either is possible.
    Answer(ReadError),
    /// The page says that the field did not show what was chosen.
    NotShown,
}

impl Lost {
    /// Whether Zendesk refused because something else was being written at that moment.
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Answer(ReadError::Conflict | ReadError::DatabaseConflict)
        )
    }
}

/// A change with how far it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its number.
    pub id: u64,
    /// What.
    pub change: Change,
    /// How the user was before, once read.
    pub before: Option<Before>,
    /// How far.
    pub state: TaskState,
    /// Whether it was undone since.
    pub undone: bool,
    /// The ticket's requester when the engineer pressed.
    #[serde(default)]
    pub asked_by: Option<UserId>,
    /// Under which number the case keeps what the engineer saw when they pressed.
    #[serde(default)]
    pub basis: u64,
    /// What was read of its basis for this writing.
    #[serde(default)]
    pub look: Option<Look>,
    /// The tab that was in front when the engineer pressed.
    #[serde(default)]
    pub front: Option<i64>,
    /// Whether it waited since then: what waited brings no tab to the front.
    #[serde(default)]
    pub waited: bool,
    /// Since when it waits, in ms since 1970: a clock that is set back ends the wait.
    #[serde(default)]
    pub waits_since_ms: u64,
    /// What Zendesk said, if another user has the address already.
    #[serde(default)]
    pub taken: Option<String>,
    /// Whether the user's page was opened for this turn: it is opened once.
    #[serde(default)]
    pub opened: bool,
    /// Whether the page found, right before this turn's write, that something is no longer as it was read: it is read again, once.
    #[serde(default)]
    pub moved: bool,
    /// What the ticket's field that is set was before the write; none if it was empty, or if nothing was written yet.
    #[serde(default)]
    pub field_before: Option<String>,
    /// Where the ticket was before it was handed on.
    #[serde(default)]
    pub was_at: Option<Route>,
}

impl Task {
    /// A change whose turn has not come.
    pub fn new(id: u64, change: Change) -> Self {
        Self {
            id,
            change,
            before: None,
            state: TaskState::Queued,
            undone: false,
            asked_by: None,
            basis: 0,
            look: None,
            front: None,
            waited: false,
            waits_since_ms: 0,
            taken: None,
            opened: false,
            moved: false,
            field_before: None,
            was_at: None,
        }
    }

    /// Whether it was written, or may have been.
    pub fn may_be_written(&self) -> bool {
        match &self.state {
            TaskState::Sending { .. } | TaskState::Confirming { .. } | TaskState::Done => true,
            TaskState::Problem(problem) => matches!(
                problem,
                TaskProblem::NotKnown(_) | TaskProblem::OtherOrganization(_)
            ),
            TaskState::Queued
            | TaskState::Preparing
            | TaskState::Opening { .. }
            | TaskState::Waiting { .. } => false,
        }
    }

    /// Whether nothing of it was given to a page yet, and something still will be.
    pub fn is_unsent(&self) -> bool {
        matches!(
            self.state,
            TaskState::Queued
                | TaskState::Preparing
                | TaskState::Opening { .. }
                | TaskState::Waiting { .. }
        )
    }

    /// Whether it is over, well or not.
    pub fn is_over(&self) -> bool {
        matches!(self.state, TaskState::Done | TaskState::Problem(_))
    }

    /// Whether something is on its way for it.
    pub fn in_flight(&self) -> bool {
        match self.state {
            TaskState::Preparing
            | TaskState::Opening { .. }
            | TaskState::Sending { .. }
            | TaskState::Confirming { .. } => true,
            TaskState::Queued
            | TaskState::Waiting { .. }
            | TaskState::Done
            | TaskState::Problem(_) => false,
        }
    }

    /// The change that undoes it, if it was made and can be undone.
    pub fn undo(&self) -> Option<Change> {
        let touched = match &self.state {
            TaskState::Done => true,
            // The page picked another organization of that name.
            TaskState::Problem(TaskProblem::OtherOrganization(Some(_))) => true,
            _ => false,
        };
        if !touched || self.undone {
            return None;
        }
        if let Change::ProblemType { field, value, name } = &self.change {
            return Some(Change::RestoreField {
                made: SetField {
                    field: *field,
                    value: value.clone(),
                    name: name.clone(),
                },
                value: self.field_before.clone(),
            });
        }
        if let Change::Note {
            problem_type: Some(set),
            ..
        } = &self.change
        {
            return Some(Change::RestoreField {
                made: set.clone(),
                value: self.field_before.clone(),
            });
        }
        if let Change::HandOn(made) = &self.change {
            return Some(Change::TakeBack {
                made: made.clone(),
                was: self.was_at.clone()?,
            });
        }
        let before = self.before.as_ref()?;
        let made = match &self.state {
            TaskState::Problem(TaskProblem::OtherOrganization(now)) => *now,
            _ => self.change.makes()?,
        };
        if made == before.organization {
            return None;
        }
        let mut kept_in = RemovalTrace::Notes;
        let (user, who, line) = match &self.change {
            Change::Join { user, who, .. } => (*user, who.clone(), None),
            Change::Add {
                user: Some(user),
                email,
                ..
            } => (*user, email.to_string(), None),
            Change::Leave {
                user,
                who,
                line,
                kept_in: field,
                ..
            } => {
                kept_in = *field;
                // A line that was there before stays.
                let ours = Some(line.clone()).filter(|line| !has_line(before.text(*field), line));
                (*user, who.clone(), ours)
            }
            Change::Add { user: None, .. }
            | Change::Restore { .. }
            | Change::ProblemType { .. }
            | Change::Note { .. }
            | Change::RestoreField { .. }
            | Change::HandOn(_)
            | Change::TakeBack { .. }
            | Change::Assign { .. } => return None,
        };
        Some(Change::Restore {
            user,
            who,
            made,
            organization: before.organization,
            line,
            kept_in,
        })
    }
}
