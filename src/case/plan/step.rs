//! What a step of a plan does, and what for.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::case::change::{Change, HandOn, SetField};
use crate::case::reply::Outcome;
use crate::record::ids::UserId;
use crate::record::ticket::OrganizationRef;

/// What a plan is for. The engineer's ticks last as long as it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The requester is entitled: everything that is left.
    Finish,
    /// The requester is not entitled, and is told so.
    TellRequester,
    /// A contact asks for changes of contacts.
    ChangeContacts,
    /// Too many contacts: the requester is asked whom to remove.
    AskWhichToRemove,
    /// No organization has the Salesforce account yet.
    WaitForOrganization,
    /// The requester gave no proof of entitlement, and is asked for it.
    AskForProof,
    /// The ticket was filed with another form, and its requester is associated.
    HandOn,
}

/// What a step does. The order is the one in which steps run, apart from the note after a change of contacts.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StepKind {
    /// `Set problem type` (step 1).
    ProblemType,
    /// `Add internal note` (step 12).
    Note,
    /// `Associate` (step 13).
    Associate,
    /// `Add contacts` (step 2).
    AddContacts,
    /// `Remove contacts`.
    RemoveContacts,
    /// An internal note that says why the case waits, and the ticket to the engineer.
    NoteAndAssign,
    /// A reminder of the ticket.
    Remind,
    /// `Hand on`: a ticket with another form goes to those whose it is.
    HandOn,
    /// `Draft reply`.
    Reply,
}

impl StepKind {
    /// All of them.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name by which the panel's commands speak of it.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The step of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        key.parse().ok()
    }
}

/// What a step does, to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Sets the field.
    ProblemType(SetField),
    /// Adds the note of these lines.
    Note(Vec<String>),
    /// Puts the requester into the organization.
    Associate {
        /// The requester.
        user: UserId,
        /// What they are called in the panel.
        who: String,
        /// The organization.
        organization: OrganizationRef,
    },
    /// Adds the ticked contacts.
    AddContacts(Ready),
    /// Removes the picked contacts.
    RemoveContacts(Ready),
    /// Writes down why the case waits, and assigns the ticket to the engineer.
    NoteAndAssign(String),
    /// Reminds in so many hours.
    Remind(u64),
    /// Hands the ticket on.
    HandOn(HandOn),
    /// Drafts the reply.
    Reply {
        /// What it is about.
        about: Outcome,
        /// Whether the engineer chose that.
        chosen: bool,
    },
}

impl What {
    /// Of which kind it is.
    pub fn kind(&self) -> StepKind {
        match self {
            Self::ProblemType(_) => StepKind::ProblemType,
            Self::Note(_) => StepKind::Note,
            Self::Associate { .. } => StepKind::Associate,
            Self::AddContacts(_) => StepKind::AddContacts,
            Self::RemoveContacts(_) => StepKind::RemoveContacts,
            Self::NoteAndAssign(_) => StepKind::NoteAndAssign,
            Self::Remind(_) => StepKind::Remind,
            Self::HandOn(_) => StepKind::HandOn,
            Self::Reply { .. } => StepKind::Reply,
        }
    }
}

/// A change of contacts that may be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ready {
    /// What it is about, for the press to carry: whoever presses has seen this list.
    pub list: String,
    /// How many contacts.
    pub count: usize,
    /// How many of them are users who do not exist yet.
    pub new: usize,
    /// The organization.
    pub organization: OrganizationRef,
}

impl Ready {
    /// A change of contacts by its single changes; none if there are none.
    pub fn of(list: String, changes: &[Change], organization: OrganizationRef) -> Option<Self> {
        let new = |c: &&Change| matches!(c, Change::Add { user: None, .. });
        (!changes.is_empty()).then(|| Self {
            list,
            count: changes.len(),
            new: changes.iter().filter(new).count(),
            organization,
        })
    }
}

/// A short text that differs where what is shown differs.
pub(super) fn fingerprint(of: &impl std::fmt::Debug) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    format!("{of:?}").hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
