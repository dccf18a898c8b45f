//! The state of writing a reply into the composer: what it is about, whose text it is, and how far it got.

use serde::{Deserialize, Serialize};

use super::basis::{Basis, Look};
use super::page_problem::{PageProblem, PageWork};
use super::reply::{Leak, Outcome};
use crate::reading::ReadError;
use crate::record::ids::TicketId;
use crate::text::line::one_line;

/// The reply of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drafting {
    /// What the engineer wants it to be about; none: what Tether proposes.
    choice: Option<Choice>,
    /// What goes on.
    pub now: Progress,
    /// What the engineer saw and what was read since, while a reply that names contacts is about to be drafted.
    #[serde(default)]
    pub look: Option<(Basis, Look)>,
    /// When such a look found everything as it was, in ms since 1970.
    #[serde(default)]
    pub listed_at: Option<u64>,
}

/// What the engineer wants the reply to be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    about: Outcome,
    /// What Tether proposed when it was chosen. With another proposal the case is another, and the choice is over.
    instead_of: Option<Outcome>,
}

impl Drafting {
    /// The engineer chooses, or leaves it to Tether. What is proposed anyway is no choice: it changes with the case.
    pub fn choose(&mut self, about: Option<Outcome>, proposed: Option<Outcome>) {
        self.choice = about
            .filter(|about| Some(*about) != proposed)
            .map(|about| Choice {
                about,
                instead_of: proposed,
            });
    }

    /// What the reply is about: the engineer's choice while the proposal is the one that it was made beside, else the proposal.
    pub fn about(&self, proposed: Option<Outcome>) -> Option<Outcome> {
        match self.choice {
            Some(choice) if choice.instead_of == proposed => Some(choice.about),
            _ => proposed,
        }
    }
}

/// What goes on with the reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing.
    #[default]
    Idle,
    /// The macro is looked up, or what it would say.
    Finding {
        /// What the reply is about.
        about: Outcome,
        /// Even if the reply is there already.
        again: bool,
        /// Since when, in ms since 1970.
        since_ms: u64,
    },
    /// The page is at it.
    Writing {
        /// The page job's number; what becomes of another one is dropped.
        effect: u64,
        /// What the reply is about.
        about: Outcome,
        /// Whose text.
        by: Author,
        /// Even if the reply is there already.
        again: bool,
    },
    /// It stands in the composer.
    Written {
        /// What the reply is about.
        about: Outcome,
        /// Whose text.
        by: Author,
        /// Whether the status is chosen; otherwise the engineer chooses it.
        status_chosen: bool,
        /// Whether it stood there before.
        again: bool,
    },
    /// It was not written.
    Problem {
        /// What the reply was to be about.
        about: Outcome,
        /// Why not.
        why: Problem,
    },
}

/// Whose text a reply is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The macro of that title.
    Macro(String),
    /// Tether, and why no macro.
    Tether(String),
}

/// Why a reply was not drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The text would give something away: what happened and what to do.
    Leak(String),
    /// The macro could not be looked up.
    NotFound(ReadError),
    /// Reading again what the reply rests on failed.
    NotLooked(ReadError),
    /// What the reply rests on is another than when the engineer pressed. What was and what is, each a phrase.
    Changed(Vec<String>),
    /// The browser stopped Tether's background meanwhile.
    Interrupted,
    /// The page did not write it.
    Page(PageProblem),
}

impl Problem {
    /// A leak, in the engineer's words.
    pub fn leak(leak: Leak) -> Self {
        Self::Leak(format!("{} {}", leak.says(), leak.next()))
    }

    /// What happened and what to do.
    pub fn says(&self, ticket: TicketId) -> String {
        match self {
            Self::Leak(says) => says.clone(),
            Self::NotFound(error) => format!(
                "The macro could not be looked up. {} {}",
                error.says(),
                error.next()
            ),
            Self::NotLooked(error) => {
                format!(
                    "Nothing was written, because reading the contacts again failed. {} {}",
                    error.says(),
                    error.next()
                )
            }
            Self::Changed(what) => format!(
                "Nothing was written, because something changed since you looked: {}. Look at it, then draft the reply again.",
                one_line(&what.join("; "), 900)
            ),
            Self::Interrupted => {
                "Looking for the macro was interrupted: nothing was written. Draft the reply again."
                    .to_owned()
            }
            Self::Page(problem) => problem.says(PageWork::Reply(ticket)),
        }
    }
}
