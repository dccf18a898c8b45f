//! What the background's reads are for, so that each answer finds its way.

use serde::{Deserialize, Serialize};

use crate::case::CaseKey;
use crate::case::basis::{Fact, Said};
use crate::case::contacts::Known;
use crate::case::load::Load;
use crate::case::reply::Outcome;
use crate::case::trace::Step;
use crate::mail::Address;
use crate::reading::ReadError;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::{Group, OpenTicket, User};
use crate::record::ticket::{TicketFields, WrittenAddress};

/// The form in which Zendesk's API is asked to answer.
pub(in crate::app) const JSON: &str = "application/json";

/// What Zendesk's API answered.
pub(in crate::app) type Json = Result<serde_json::Value, ReadError>;

/// Reading a host's ticket fields, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldsReading {
    /// What was found in the pages read so far.
    pub partial: TicketFields,
    /// How many pages were read.
    #[serde(default)]
    pub pages: usize,
    /// The titles of fields that are none of these: what a missing one may be called now.
    pub titles: Vec<String>,
    /// The whole.
    pub load: Load<TicketFields>,
}

/// What an answer will be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// A case's ticket.
    Ticket(CaseKey),
    /// A host's ticket fields.
    Fields(String),
    /// The comments of a case's ticket, with what earlier pages brought.
    Comments {
        /// The case.
        case: CaseKey,
        /// The addresses of earlier pages.
        so_far: Vec<WrittenAddress>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The organization of a case's Salesforce account.
    Organization(CaseKey),
    /// The name of a ticket's form (step 1).
    Form(CaseKey, u64),
    /// The fields, notes and details of the organization to join (pre-checks).
    Details(CaseKey, OrganizationId),
    /// The users of the organization to join, with those of earlier pages.
    People {
        /// The case.
        case: CaseKey,
        /// The organization.
        organization: OrganizationId,
        /// The users of earlier pages.
        so_far: Vec<User>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// A change's record, before or after it is written.
    Task {
        /// The case.
        case: CaseKey,
        /// The change's number.
        task: u64,
        /// What is asked.
        step: TaskRead,
    },
    /// Something about contacts.
    Contacts(CaseKey, ContactsRead),
    /// Something about proof.
    Evidence(CaseKey, EvidenceRead),
    /// A step of a walk.
    Trace(CaseKey, Step),
    /// Something for a reply.
    Reply(CaseKey, ReplyRead),
    /// Something for a hand-over.
    Trouble(CaseKey, TroubleRead),
}

impl Waiting {
    /// The case about whose requester it asks; an answer about an earlier requester is nobody's. What is asked for a change is the
    /// change's own.
    pub(in crate::app) fn about_requester_of(&self) -> Option<&CaseKey> {
        match self {
            Self::Comments { case, .. }
            | Self::Contacts(case, _)
            | Self::Evidence(case, _)
            | Self::Reply(case, _) => Some(case),
            Self::Ticket(_)
            | Self::Fields(_)
            | Self::Organization(_)
            | Self::Form(..)
            | Self::Details(..)
            | Self::People { .. }
            | Self::Task { .. }
            | Self::Trace(..)
            | Self::Trouble(..) => None,
        }
    }
}

/// What is asked for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskRead {
    /// A fact that it rests on, right before it is written.
    Look {
        /// Which.
        fact: Fact,
        /// Which part of it.
        part: Part,
    },
    /// The user after it was changed.
    After,
    /// The ticket after it was changed.
    Ticket,
    /// The ticket's newest comments: does the note stand there?
    Comments,
    /// The organization's users, to see whether the added address is there; which page, from 1.
    People(usize),
    /// A pause before it is read back once more.
    Pause,
    /// A pause after a start of the background, before the user's page is opened again.
    Reopen,
}

/// What is asked about contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactsRead {
    /// The users who have an address.
    Users(Address),
    /// The addresses of a user whom the search for an address found, and who is shown with another one.
    Identities {
        /// The address.
        email: Address,
        /// The user.
        user: Known,
        /// Those to be asked about after this one.
        rest: Vec<Known>,
        /// Those who have the address.
        found: Vec<Known>,
        /// Which page of the user's addresses this is, from 1.
        page: usize,
    },
    /// The tickets that a user requested.
    Tickets {
        /// Who.
        user: UserId,
        /// The open ones of earlier pages.
        so_far: Vec<OpenTicket>,
        /// Which page this is, from 1.
        page: usize,
    },
}

/// What is asked about proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRead {
    /// The file of that number.
    File(u64),
}

/// What is asked for a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyRead {
    /// The macros of a title.
    Macros {
        /// What the reply is about.
        about: Outcome,
        /// Which of the profile's titles, from 0.
        title: usize,
        /// Those of the pages before that have such a title: their numbers and titles.
        so_far: Vec<(u64, String)>,
        /// Which page of the answer, from 1.
        page: usize,
        /// Even if the composer has the reply already.
        again: bool,
    },
    /// A fact that a reply which names contacts rests on.
    Listing {
        /// How the reply goes on.
        draft: Draft,
        /// Which fact.
        fact: Fact,
        /// Which part of it.
        part: Part,
    },
    /// What a macro would say.
    Preview {
        /// What the reply is about.
        about: Outcome,
        /// The macro's title.
        title: String,
        /// Even if the composer has the reply already.
        again: bool,
    },
}

/// How the reply goes on once the look is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Even if it is in the composer already.
    pub again: bool,
    /// With Tether's own text.
    pub own: bool,
}

/// What is asked for a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleRead {
    /// Who is signed in.
    Me,
    /// The groups, with those of earlier pages.
    Groups {
        /// The groups of earlier pages.
        so_far: Vec<Group>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The profile's person.
    Person,
}

/// A part of a fact that was read: the next page leads to the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which page is asked for, from 1.
    pub page: usize,
    /// What earlier pages said.
    pub so_far: Option<Box<Said>>,
}

impl Part {
    /// Nothing was read yet.
    pub fn first() -> Self {
        Self {
            page: 1,
            so_far: None,
        }
    }
}
