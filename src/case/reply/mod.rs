//! Public replies: what they are about, Tether's own texts, and the guard against secrets.
//!
//! A reply consists of [`Block`]s, from [`own_text`] or from a macro. Only [`PublicReply::build`]
//! turns blocks into something that can be written, so nothing bypasses the guard. It knows neither
//! the browser nor Zendesk's answers.

mod guard;
mod public;
mod template;
mod texts;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

pub use guard::{Leak, Secrets, leak_in};
pub use public::PublicReply;
pub use template::starting_text;
pub use texts::{contact_list, own_text};

use crate::profile::zendesk::MacroTitles;
use crate::record::people::User;

/// What a reply tells the requester.
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
pub enum Outcome {
    /// Asks for proof of entitlement (handbook steps 3 and 5).
    ProofAsked,
    /// Users were associated (steps 2, 4 and 13).
    ContactsAdded,
    /// Users were removed ("Removing associated users").
    ContactsRemoved,
    /// The requester does not own a top-level group on a paid plan (step 4).
    NotAnOwner,
    /// The proof is a trial (steps 6 and 7).
    Trial,
    /// The entitlement checks were not passed (step 12).
    EntitlementFailed,
    /// The organization would have more contacts than it may ("Pre-checks").
    LimitReached,
    /// The requester does not write from a company address (step 5).
    CompanyEmailNeeded,
    /// A person to remove has tickets that are not closed.
    OpenTickets,
}

/// The status that the ticket is to be submitted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// The changes were made and are confirmed.
    Solved,
    /// The requester has to answer.
    Pending,
}

impl Status {
    /// The name in the markup of Zendesk's submit menu: `solved` or `pending`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The name that the engineer reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Solved => "Solved",
            Self::Pending => "Pending",
        }
    }
}

impl Outcome {
    /// Every outcome, in the panel's order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its key, the same as in the site profile's `macros`.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// What the panel calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::ProofAsked => "Ask for proof of entitlement",
            Self::ContactsAdded => "Contacts added",
            Self::ContactsRemoved => "Contacts removed",
            Self::NotAnOwner => "Not an owner of a paid top-level group",
            Self::Trial => "Proof is a trial",
            Self::EntitlementFailed => "Entitlement checks not passed",
            Self::LimitReached => "Contact limit reached",
            Self::CompanyEmailNeeded => "Company email needed",
            Self::OpenTickets => "Contact to remove has open tickets",
        }
    }

    /// The ticket's status after this reply: only confirmed changes are solved (steps 2, 4 and 13, "Removing associated users").
    pub fn status(self) -> Status {
        match self {
            Self::ContactsAdded | Self::ContactsRemoved => Status::Solved,
            _ => Status::Pending,
        }
    }

    /// The possible titles of its macro.
    pub fn titles(self, macros: &MacroTitles) -> &[String] {
        match self {
            Self::ProofAsked => &macros.proof_asked,
            Self::ContactsAdded => &macros.contacts_added,
            Self::ContactsRemoved => &macros.contacts_removed,
            Self::NotAnOwner => &macros.not_an_owner,
            Self::Trial => &macros.trial,
            Self::EntitlementFailed => &macros.entitlement_failed,
            Self::LimitReached => &macros.limit_reached,
            Self::CompanyEmailNeeded => &macros.company_email_needed,
            Self::OpenTickets => &macros.open_tickets,
        }
    }
}

/// What the requester gave as proof, as the texts call it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// A license, by its ID, its file or a usage export.
    #[default]
    License,
    /// A cloud activation.
    CloudActivation,
}

/// A contact as a reply lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name; may be empty.
    pub name: String,
    /// The email address, if there is one.
    pub email: Option<String>,
}

impl From<&User> for Person {
    fn from(user: &User) -> Self {
        Self {
            name: user.name.clone(),
            email: user.email.as_ref().map(ToString::to_string),
        }
    }
}

/// The facts that fill Tether's own texts. All of them are untrusted text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The requester's full name; may be empty.
    pub requester_name: String,
    /// What the requester gave as proof.
    pub proof: Proof,
    /// Email addresses of the users that were associated. Empty: the requester alone.
    pub added: Vec<String>,
    /// Email addresses of the users that were removed.
    pub removed: Vec<String>,
    /// Email addresses of the users to remove whose tickets are not closed.
    pub open: Vec<String>,
    /// How many contacts an organization may have; 0 if that is not known.
    pub limit: u64,
    /// How many contacts were to be added.
    pub adding: usize,
    /// The organization's contacts. `None` unless the requester belongs to that organization: nobody else may read them.
    pub contacts: Option<Vec<Person>>,
}
