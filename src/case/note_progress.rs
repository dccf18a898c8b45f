//! The progress of writing the internal note into the composer.

use serde::{Deserialize, Serialize};

use super::page_problem::PageProblem;

/// The state of writing the internal note into the composer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteState {
    /// When a note was last written into the composer, in ms since 1970.
    pub written_at: Option<u64>,
    /// What is happening now.
    pub now: NoteProgress,
    /// Whether a step of a plan adds it: then the plan says how far it got.
    #[serde(default)]
    pub by_plan: bool,
}

/// What is happening to the note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteProgress {
    /// Nothing.
    #[default]
    Idle,
    /// The page is writing it.
    Writing {
        /// The page job's number; results of another one are dropped.
        effect: u64,
        /// Whether it is written even if it is already there.
        again: bool,
    },
    /// It was written before: ask whether to write it again.
    AskAgain,
    /// It was not written, or not correctly.
    Problem(PageProblem),
}
