//! The reply's way into the composer: what it is about, whose text it is, and how far it got.

use serde::{Deserialize, Serialize};

use super::Case;
use super::basis::{Basis, Look};
use super::change::{Change, Task, TaskState};
use super::check::{Answer, Check, CheckName, Verdict};
use super::dot_com::Attempt;
use super::page_problem::{PageProblem, PageWork};
use super::reply::{Facts, Leak, Outcome, Person, Proof};
use super::route::Route;
use crate::mail::AddressText;
use crate::profile::zendesk::ZendeskWords;
use crate::reading::ReadError;
use crate::record::ids::{MaskedCode, TicketId};
use crate::record::seen::Record;
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

impl Case {
    /// What the reply is proposed to be about, by what was done and by what the checks say; none where the process asks for no reply yet.
    pub fn proposed_reply(
        &self,
        checks: &[Check],
        verdict: &Verdict,
        words: &ZendeskWords,
    ) -> Option<Outcome> {
        let done = self
            .tasks
            .iter()
            .rev()
            .filter(|t| t.state == TaskState::Done && !t.undone && self.is_for_requester(t));
        let said = done.filter_map(|t| match t.change {
            Change::Join { .. } | Change::Add { .. } => Some(Outcome::ContactsAdded),
            Change::Leave { .. } => Some(Outcome::ContactsRemoved),
            Change::Restore { .. } | Change::ProblemType { .. } | Change::Assign { .. } => None,
        });
        if let Some(done) = said.into_iter().next() {
            return Some(done);
        }
        let failed = |name: CheckName| {
            checks
                .iter()
                .any(|c| c.name == name && matches!(c.answer, Answer::Failed(_)))
        };
        let route = self.route(words);
        if route == Route::GitLabCom {
            match self.dot_com.attempt {
                Some(Attempt::Associated) => return Some(Outcome::ContactsAdded),
                Some(Attempt::NotAnOwner) => return Some(Outcome::NotAnOwner),
                Some(Attempt::AppFailed) | None => {}
            }
        }
        if failed(CheckName::CompanyEmail) {
            return Some(Outcome::CompanyEmailNeeded);
        }
        if failed(CheckName::NotATrial) {
            return Some(Outcome::Trial);
        }
        if matches!(verdict, Verdict::NotEntitled(_)) {
            return Some(Outcome::EntitlementFailed);
        }
        if failed(CheckName::ContactLimit) {
            return Some(Outcome::LimitReached);
        }
        let asks = matches!(route, Route::Proof | Route::Undecided)
            && self.chain.is_empty()
            && self.proofs.found.is_empty();
        asks.then_some(Outcome::ProofAsked)
    }

    /// What a reply's own text is filled with.
    pub fn reply_facts(&self, words: &ZendeskWords) -> Facts {
        let done = |t: &&Task| t.state == TaskState::Done && !t.undone && self.is_for_requester(t);
        let requester = self.ticket.got().map(|t| &t.requester);
        let mut added = Vec::new();
        let mut removed = Vec::new();
        for task in self.tasks.iter().filter(done) {
            match &task.change {
                Change::Join { user, .. } if requester.is_some_and(|r| r.id == *user) => {
                    added.extend(
                        requester
                            .and_then(|r| r.email.as_ref())
                            .map(ToString::to_string),
                    );
                }
                Change::Join { who, .. } => added.push(who.clone()),
                Change::Add { email, .. } => added.push(email.to_string()),
                Change::Leave { who, .. } => removed.push(who.clone()),
                Change::Restore { .. } | Change::ProblemType { .. } | Change::Assign { .. } => {}
            }
        }
        // To the requester alone, their own address says nothing; beside others it does.
        let own = requester.and_then(|r| r.email.as_ref());
        if let [one] = added.as_slice()
            && own == Some(&AddressText::from(one.as_str()))
        {
            added.clear();
        }
        // Only a contact of the organization may read who the others are.
        let belongs = self.precheck.organization.is_some()
            && requester
                .and_then(|r| r.organization.as_ref())
                .map(|o| o.id)
                == self.precheck.organization;
        let joining = self.joining(words);
        Facts {
            requester_name: requester.map(|r| r.name.clone()).unwrap_or_default(),
            proof: match self.chain.proof() {
                Some(Record::CloudActivation(_)) => Proof::CloudActivation,
                _ => Proof::License,
            },
            added,
            removed,
            open: Vec::new(),
            limit: words.contact_limit,
            adding: joining
                .iter()
                .filter(|email| !self.precheck.has(email))
                .count(),
            contacts: (belongs && self.precheck.people.got().is_some())
                .then(|| self.precheck.contacts().map(Person::from).collect()),
        }
    }

    /// The activation codes that the case knows, masked.
    pub fn known_codes(&self) -> Vec<MaskedCode> {
        match self.chain.proof() {
            Some(Record::CloudActivation(seen)) => seen
                .record
                .activation_code
                .value()
                .cloned()
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }
}
