//! The progress of writing a reply into the composer: its outcome, its author, and how far it got.

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
    /// The outcome that the engineer chose; without one, Tether proposes it.
    choice: Option<Choice>,
    /// What is happening.
    pub now: Progress,
    /// What is known for the reply that is being drafted; dropped with its end.
    #[serde(default)]
    pub making: Option<Box<Making>>,
    /// Whether a step of a plan drafts it: then the plan says how far it got.
    #[serde(default)]
    pub by_plan: bool,
}

/// A reply on its way into the composer: what it rests on, and what was looked at for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    /// What the engineer saw when they pressed.
    pub basis: Basis,
    /// The tab that was in front then.
    pub front: Option<i64>,
    /// The text that is written once both looks find everything as it should be.
    pub text: Option<Text>,
    /// The page that shows what was saved, or that will do as it is.
    pub page: Option<PageSeen>,
    /// What was read anew of the basis so far.
    pub look: Look,
    /// Whether that look is complete and found everything unchanged.
    pub holds: bool,
}

/// A ticket's page that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSeen {
    /// Its tab.
    pub tab: i64,
    /// How many saves to the ticket the look was about.
    pub saves: u64,
}

/// The text of a reply, before it is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Text {
    /// Tether's own, with the reason why no macro is used. It is made when it is written.
    Own(String),
    /// What the macro with this title would write, as Zendesk gave it.
    Macro(String, String),
}

/// The outcome that the engineer chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Choice {
    about: Outcome,
    /// Tether's proposal at the time. With another proposal, the case has changed and the choice no
    /// longer counts.
    instead_of: Option<Outcome>,
}

impl Drafting {
    /// Chooses an outcome, or leaves it to Tether. Choosing the proposal itself is no choice, so
    /// that it changes with the case.
    pub fn choose(&mut self, about: Option<Outcome>, proposed: Option<Outcome>) {
        self.choice = about
            .filter(|about| Some(*about) != proposed)
            .map(|about| Choice {
                about,
                instead_of: proposed,
            });
    }

    /// The reply's outcome: the engineer's choice as long as the proposal is the same as then,
    /// otherwise the proposal.
    pub fn about(&self, proposed: Option<Outcome>) -> Option<Outcome> {
        match self.choice {
            Some(choice) if choice.instead_of == proposed => Some(choice.about),
            _ => proposed,
        }
    }
}

/// What is happening to the reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing.
    #[default]
    Idle,
    /// The macro, or the text that it would write, is being looked up.
    Finding {
        /// What the reply is about.
        about: Outcome,
        /// Whether to write even if the composer already holds the reply.
        again: bool,
        /// Since when, in ms since 1970.
        since_ms: u64,
    },
    /// The ticket's page is being looked at: does it show what was saved to the ticket?
    Looking {
        /// The page job's number; the end of another one is ignored.
        effect: u64,
        /// What the reply is about.
        about: Outcome,
        /// Whether to write even if the composer already holds the reply.
        again: bool,
        /// How many saves to the ticket the look is about.
        saves: u64,
        /// Whether the last look found that it doesn't.
        outdated: bool,
    },
    /// It doesn't, and Zendesk would refuse a reply that is submitted from it: the engineer has to reload it.
    Outdated {
        /// What the reply is about.
        about: Outcome,
        /// Whether to write even if the composer already holds the reply.
        again: bool,
    },
    /// The page is writing it.
    Writing {
        /// The page job's number; the end of another one is ignored.
        effect: u64,
        /// What the reply is about.
        about: Outcome,
        /// Who wrote the text.
        by: Author,
        /// Whether to write even if the composer already holds the reply.
        again: bool,
        /// What is put into the composer.
        text: Placed,
    },
    /// It is in the composer.
    Written {
        /// What the reply is about.
        about: Outcome,
        /// Who wrote the text.
        by: Author,
        /// Whether the status is chosen; otherwise the engineer chooses it.
        status_chosen: bool,
        /// Whether the composer already held it.
        again: bool,
        /// What was put into the composer.
        text: Placed,
        /// Why it could not be taken out.
        stays: Option<PageProblem>,
    },
    /// The page is taking it out of the composer.
    TakingOut {
        /// The page job's number; the end of another one is ignored.
        effect: u64,
        /// What the reply is about.
        about: Outcome,
        /// Who wrote the text.
        by: Author,
        /// Whether the status is chosen.
        status_chosen: bool,
        /// What was put into the composer.
        text: Placed,
    },
    /// It is out of the composer again.
    TakenOut {
        /// What the reply was about.
        about: Outcome,
        /// Whether its status is still chosen.
        status_chosen: bool,
    },
    /// It was not written.
    Problem {
        /// What the reply was to be about.
        about: Outcome,
        /// Why not.
        why: Problem,
    },
}

impl Progress {
    /// Whether the reply is being drafted.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Finding { .. }
                | Self::Looking { .. }
                | Self::Outdated { .. }
                | Self::Writing { .. }
                | Self::TakingOut { .. }
        )
    }

    /// Whether it waits for the ticket's page to be reloaded, even while that is looked at again.
    pub fn waits_for_page(&self) -> bool {
        matches!(
            self,
            Self::Outdated { .. } | Self::Looking { outdated: true, .. }
        )
    }

    /// Whether the page is being looked at, or has to be reloaded first: nothing is found out or written meanwhile.
    pub fn is_at_page(&self) -> bool {
        matches!(self, Self::Outdated { .. } | Self::Looking { .. })
    }

    /// What the reply in the composer is about, which can be taken out again.
    pub fn undoes(&self) -> Option<Outcome> {
        match self {
            Self::Written {
                about,
                again: false,
                ..
            } => Some(*about),
            _ => None,
        }
    }
}

/// A text as it was put into a composer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Line by line.
    pub lines: Vec<String>,
    /// The addresses of its links.
    pub links: Vec<String>,
}

/// Who wrote a reply's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The macro with this title.
    Macro(String),
    /// Tether, with the reason why no macro was used.
    Tether(String),
}

/// Why a reply was not drafted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The text would reveal a secret: what happened and what to do.
    Leak(String),
    /// The macro could not be looked up.
    NotFound(ReadError),
    /// Reading again what the reply rests on failed.
    NotLooked(ReadError),
    /// What the reply rests on has changed since the engineer pressed. The old and new values, each
    /// a phrase.
    Changed(Vec<String>),
    /// A change is being saved to the ticket at this moment.
    Saving,
    /// The browser stopped Tether's background in between.
    Interrupted,
    /// The page could not be looked at.
    NotSeen(PageProblem),
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
                    "Nothing was written, because reading again what the reply rests on failed. {} {}",
                    error.says(),
                    error.next()
                )
            }
            Self::Changed(what) => format!(
                "Nothing was written, because something changed since you looked: {}. Look at it, then draft the reply again.",
                one_line(&what.join("; "), 900)
            ),
            Self::Saving => {
                "Nothing was written, because a change is being saved to the ticket. Wait for it, then draft the reply again."
                    .to_owned()
            }
            // It may not have been looked at, but nothing was written.
            Self::NotSeen(
                PageProblem::Gone
                | PageProblem::NoAnswer
                | PageProblem::Interrupted
                | PageProblem::Unexpected
                | PageProblem::Other(_),
            ) => {
                "Whether Zendesk’s page shows what was saved could not be seen, so the reply was not drafted. Draft it again."
                    .to_owned()
            }
            Self::NotSeen(problem) => problem.says(PageWork::Reply(ticket)),
            Self::Interrupted => {
                "Looking for the macro was interrupted: nothing was written. Draft the reply again."
                    .to_owned()
            }
            Self::Page(problem) => problem.says(PageWork::Reply(ticket)),
        }
    }
}
