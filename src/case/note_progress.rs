//! How far the internal note got on its way into the composer.

use serde::{Deserialize, Serialize};

use super::page_problem::PageProblem;

/// The internal note's way into the composer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteState {
    /// When a note was last written into the composer, in ms since 1970.
    pub written_at: Option<u64>,
    /// What goes on.
    pub now: NoteProgress,
}

/// What goes on with the note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteProgress {
    /// Nothing.
    #[default]
    Idle,
    /// The page is at it.
    Writing {
        /// The page job's number; what becomes of another one is dropped.
        effect: u64,
        /// Whether it is written even if it is there already.
        again: bool,
    },
    /// It was written before: again?
    AskAgain,
    /// It was not written, or not as it should be.
    Problem(PageProblem),
}
