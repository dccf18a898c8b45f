//! A user who is to leave the organization, and whether their tickets allow it.

use serde::{Deserialize, Serialize};

use crate::case::load::Load;
use crate::record::ids::{TicketId, UserId};
use crate::record::people::OpenTicket;

/// A user to remove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaver {
    /// The user.
    pub user: UserId,
    /// Their tickets that are not closed, except the case's own.
    pub tickets: Load<Vec<OpenTicket>>,
    /// Why they are removed despite open tickets.
    pub(super) decision: Option<Decision>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Decision {
    /// The reason in the engineer's words; never empty.
    pub(super) reason: String,
    /// The tickets that the reason was given for; other tickets need another decision.
    pub(super) about: Vec<TicketId>,
}

/// Whether a user's tickets allow removing them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tickets<'a> {
    /// The tickets have not been read, or the read failed: the user stays.
    Unknown,
    /// No ticket is open.
    None,
    /// Some tickets are open: the user stays.
    Open(&'a [OpenTicket]),
    /// Some tickets are open, and the engineer said why the user is removed anyway.
    Decided(&'a [OpenTicket], &'a str),
}

impl Leaver {
    /// Whether their tickets allow it.
    pub fn tickets(&self) -> Tickets<'_> {
        match (&self.tickets, &self.decision) {
            (Load::NotAsked | Load::Asking | Load::Failed(_), _) => Tickets::Unknown,
            (Load::Got(open), _) if open.is_empty() => Tickets::None,
            (Load::Got(open), Some(decision))
                if open.iter().all(|t| decision.about.contains(&t.id)) =>
            {
                Tickets::Decided(open, &decision.reason)
            }
            (Load::Got(open), _) => Tickets::Open(open),
        }
    }
}
