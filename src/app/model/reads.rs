//! What each running read is for, so that its answer reaches the right feature.

use serde::{Deserialize, Serialize};

use super::setup::{AnswerKind, Look};
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

/// The `Accept` header for Zendesk's API.
pub(in crate::app) const JSON: &str = "application/json";

/// An answer of Zendesk's API.
pub(in crate::app) type Json = Result<serde_json::Value, ReadError>;

/// Reading a host's ticket fields, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldsReading {
    /// What the pages read so far contain.
    pub partial: TicketFields,
    /// How many pages were read.
    #[serde(default)]
    pub pages: usize,
    /// The titles of all other fields, among them perhaps the new name of a missing one.
    pub titles: Vec<String>,
    /// The result.
    pub load: Load<TicketFields>,
}

/// What an answer is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// A case's ticket.
    Ticket(CaseKey),
    /// A host's ticket fields.
    Fields(String),
    /// The comments of a case's ticket, with what earlier pages contained.
    Comments {
        /// The case.
        case: CaseKey,
        /// The addresses in earlier pages.
        so_far: Vec<WrittenAddress>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The organization of a case's Salesforce account.
    Organization(CaseKey),
    /// The name of a ticket's form (step 1).
    Form(CaseKey, u64),
    /// The fields, notes and details of the organization that users are to join (pre-checks).
    Details(CaseKey, OrganizationId),
    /// The users of the organization that they are to join, with those of earlier pages.
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
    /// A change's record, before or after the write.
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
    /// A case's ticket, for what the app did to its requester.
    AppResult(CaseKey),
    /// Something for a hand-over.
    Trouble(CaseKey, TroubleRead),
    /// The newest comments, while a plan waits for its note in the ticket.
    Plan(CaseKey),
    /// Something that `Check setup` looks at.
    Setup {
        /// Which check it belongs to.
        run: u64,
        /// What is looked at.
        look: Look,
    },
    /// An answer that is to be saved without its values.
    SavedAnswer(AnswerKind),
}

impl Waiting {
    /// The case whose requester the read is about; an answer about an earlier requester is dropped.
    /// A change checks its own reads.
    pub(in crate::app) fn about_requester_of(&self) -> Option<&CaseKey> {
        match self {
            Self::Comments { case, .. }
            | Self::Contacts(case, _)
            | Self::Evidence(case, _)
            | Self::Reply(case, _)
            | Self::Plan(case) => Some(case),
            Self::Ticket(_)
            | Self::AppResult(_)
            | Self::Fields(_)
            | Self::Organization(_)
            | Self::Form(..)
            | Self::Details(..)
            | Self::People { .. }
            | Self::Task { .. }
            | Self::Trace(..)
            | Self::Trouble(..)
            | Self::SavedAnswer(_)
            | Self::Setup { .. } => None,
        }
    }
}

/// What is read for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskRead {
    /// A fact that the change rests on, read right before the write.
    Look {
        /// Which.
        fact: Fact,
        /// Which part of the fact.
        part: Part,
    },
    /// The user after it was changed.
    After,
    /// The ticket after it was changed.
    Ticket,
    /// The ticket's newest comments: is the note among them?
    Comments,
    /// The organization's users: is the added address among them? Which page, from 1.
    People(usize),
    /// A pause before it is read back again.
    Pause,
    /// A pause after the background restarted, before the user's page is opened again.
    Reopen,
}

/// What is read about contacts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactsRead {
    /// The users who have an address.
    Users(Address),
    /// The addresses of a user whom the search for an address found, but who has another primary
    /// address.
    Identities {
        /// The address.
        email: Address,
        /// The user.
        user: Known,
        /// The users to read after this one.
        rest: Vec<Known>,
        /// The users who have the address.
        found: Vec<Known>,
        /// Which page of the user's addresses this is, from 1.
        page: usize,
    },
    /// The tickets that a user requested.
    Tickets {
        /// Who.
        user: UserId,
        /// The open tickets of earlier pages.
        so_far: Vec<OpenTicket>,
        /// Which page this is, from 1.
        page: usize,
    },
}

/// What is read about proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceRead {
    /// The file of that number.
    File(u64),
}

/// What is read for a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyRead {
    /// The macros with a title.
    Macros(MacroSearch),
    /// A fact that a reply rests on.
    Look {
        /// Which fact.
        fact: Fact,
        /// Which part of it.
        part: Part,
    },
    /// The text that a macro would write.
    Preview {
        /// What the reply is about.
        about: Outcome,
        /// The macro's title.
        title: String,
    },
}

/// How far the search for a reply's macro got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MacroSearch {
    /// What the reply is about.
    pub about: Outcome,
    /// Which of the profile's titles is searched for, from 0.
    pub title: usize,
    /// The numbers and titles of matching macros in earlier pages.
    pub so_far: Vec<(u64, String)>,
    /// How many macros could not be read so far.
    pub unreadable: usize,
    /// Which page of the answer, from 1.
    pub page: usize,
}

/// What is read for a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleRead {
    /// Who is signed in.
    Me,
    /// The groups, with those of earlier pages.
    Groups {
        /// How many entries of the earlier pages could not be read.
        unreadable: usize,
        /// The groups of earlier pages.
        so_far: Vec<Group>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The ticket fields, until the stage's is found.
    Stage {
        /// Which page this is, from 1.
        page: usize,
    },
    /// The ticket forms, with those of earlier pages.
    Forms {
        /// The forms of earlier pages.
        so_far: Vec<(u64, String)>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The profile's person.
    Person,
}

/// One page of a fact that is read page by page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which page, from 1.
    pub page: usize,
    /// What earlier pages contained.
    pub so_far: Option<Box<Said>>,
}

impl Part {
    /// The first page, with nothing read yet.
    pub fn first() -> Self {
        Self {
            page: 1,
            so_far: None,
        }
    }
}
