//! What was read of a basis right before a write.

use serde::{Deserialize, Serialize};

use crate::mail::Address;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::organization::Details;
use crate::record::people::{OpenTicket, User};
use crate::record::ticket::{Comment, OrganizationRef, Ticket};

/// One fact in Zendesk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The ticket, with its requester and their organization.
    Ticket,
    /// A user.
    User(UserId),
    /// The organizations that a user is in.
    Memberships(UserId),
    /// An organization: its name, notes, details and holds.
    Organization(OrganizationId),
    /// The users of an organization.
    People(OrganizationId),
    /// A user's tickets that are not closed.
    OpenTickets(UserId),
    /// The users who have an address, as their primary or another one.
    Holders(Address),
    /// The agent who is signed in. Read for what is assigned to them, and if the ticket has changed since.
    Me,
    /// The newest comments of the ticket. Read only if the ticket has changed since.
    Comments,
}

impl Fact {
    /// The kind of fact, in a word or two.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::User(_) => "user",
            Self::Memberships(_) => "memberships",
            Self::Organization(_) => "organization",
            Self::People(_) => "people",
            Self::OpenTickets(_) => "open tickets",
            Self::Holders(_) => "holders",
            Self::Me => "agent",
            Self::Comments => "comments",
        }
    }
}

/// The value of a fact when it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// The ticket.
    Ticket(Box<Ticket>),
    /// The user.
    User(Box<User>),
    /// The user's organizations.
    Memberships(Vec<OrganizationRef>),
    /// The organization.
    Organization(Box<Details>),
    /// The organization's users.
    People {
        /// The users who could be read.
        users: Vec<User>,
        /// How many could not be read. They count as well.
        unreadable: usize,
    },
    /// The user's open tickets, except the case's own.
    OpenTickets(Vec<OpenTicket>),
    /// Who has the address.
    Holders {
        /// The users who are known to have it.
        users: Vec<User>,
        /// Users whom the search found by something else: their other addresses decide.
        unsure: Vec<User>,
    },
    /// The agent who is signed in.
    Me(UserId),
    /// The newest comments.
    Comments(Vec<CommentSeen>),
}

/// What counts of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentSeen {
    /// Who wrote it; none for the system.
    pub author: Option<UserId>,
    /// When, as Zendesk prints it.
    pub at: String,
    /// The text of an internal one, cut.
    pub note: Option<String>,
}

/// Longest text kept of an internal comment, in characters: a note of Tether's is shorter.
const NOTE_MAX: usize = 20_000;

impl CommentSeen {
    /// What counts of a comment.
    pub fn of(comment: &Comment) -> Self {
        Self {
            author: comment.author,
            at: comment.created_at.clone(),
            note: (!comment.public).then(|| comment.text.chars().take(NOTE_MAX).collect()),
        }
    }

    /// Whether it is an internal note with all these lines.
    pub fn is_note(&self, lines: &[String]) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.note.as_deref().is_some_and(|note| {
            let note = plain(note);
            lines.iter().all(|line| note.contains(&plain(line)))
        })
    }
}

/// A fresh look for one change: what has been read of its basis, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Each fact with the time of the read, in ms since 1970, and its value.
    pub readings: Vec<(Fact, u64, Said)>,
}

impl Look {
    /// The current value of a fact.
    pub fn of(&self, fact: &Fact) -> Option<&Said> {
        self.readings
            .iter()
            .find(|(f, ..)| f == fact)
            .map(|(.., said)| said)
    }

    /// The ticket now.
    pub fn ticket(&self) -> Option<&Ticket> {
        if let Some(Said::Ticket(ticket)) = self.of(&Fact::Ticket) {
            Some(ticket)
        } else {
            None
        }
    }

    /// The agent who is signed in now.
    pub fn me(&self) -> Option<UserId> {
        if let Some(Said::Me(me)) = self.of(&Fact::Me) {
            Some(*me)
        } else {
            None
        }
    }

    /// A user now.
    pub fn user(&self, id: UserId) -> Option<&User> {
        if let Some(Said::User(user)) = self.of(&Fact::User(id)) {
            Some(user)
        } else {
            None
        }
    }

    /// The organizations that a user is in now.
    pub fn memberships(&self, id: UserId) -> Option<&[OrganizationRef]> {
        if let Some(Said::Memberships(all)) = self.of(&Fact::Memberships(id)) {
            Some(all)
        } else {
            None
        }
    }

    /// Whether every reading is younger than `ms`. A clock that jumped makes readings old.
    pub fn is_fresh(&self, now_ms: u64, ms: u64) -> bool {
        self.readings
            .iter()
            .all(|(_, at, _)| now_ms.abs_diff(*at) <= ms)
    }
}
