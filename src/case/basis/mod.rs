//! What a change rests on: the facts that must be the same when it is written as when the engineer
//! pressed. One function lists a change's facts; the queue reads each of them again and compares.

mod differences;
mod look;
mod taken;
mod told;

use serde::{Deserialize, Serialize};

use super::change::Change;
use crate::map::Map;
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::organization::Details;
use crate::record::people::User;
use crate::record::ticket::{OrganizationRef, Ticket, is_over};

pub use differences::For;
pub use look::{CommentSeen, Fact, Look, Said};
pub use told::Told;

/// The parts of a ticket that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketBasis {
    requester: UserId,
    who: String,
    email: Option<String>,
    organization: Option<OrganizationRef>,
    form: Option<u64>,
    status: String,
    subscription_email: Option<String>,
    product: Option<String>,
    problem_type: Option<String>,
    assignee: Option<UserId>,
    group: Option<u64>,
    subject: String,
    tags: Vec<String>,
    field_values: Map<u64, String>,
    updated_at: String,
}

/// What the engineer saw when they pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The ticket.
    pub ticket: Option<TicketBasis>,
    /// The organization that is changed, or that users join.
    organization: Option<(OrganizationId, Details)>,
    /// Its contacts, with their names.
    contacts: Option<(OrganizationId, Vec<(UserId, String)>)>,
    /// How many of its users could not be read.
    unreadable: usize,
    /// The open tickets of those who leave.
    open_tickets: Vec<(UserId, Vec<TicketId>)>,
}

impl Basis {
    /// Whether anyone has changed the ticket since.
    pub fn is_older_than(&self, now: &Ticket) -> bool {
        self.ticket
            .as_ref()
            .is_none_or(|was| was.updated_at != now.updated_at)
    }

    /// Whether the ticket was solved or closed when the engineer pressed.
    pub fn ticket_is_over(&self) -> bool {
        self.ticket
            .as_ref()
            .is_some_and(|ticket| is_over(&ticket.status))
    }

    /// What a contact was called when the engineer pressed.
    fn named(&self, user: UserId) -> Option<&String> {
        let (_, contacts) = self.contacts.as_ref()?;
        contacts
            .iter()
            .find(|(known, _)| *known == user)
            .map(|(_, who)| who)
    }

    /// Takes the contact's name from the look that just read it.
    pub fn take_name(&mut self, user: UserId, look: &Look) {
        let Some(now) = look.user(user).map(User::label) else {
            return;
        };
        for (_, who) in self
            .contacts
            .iter_mut()
            .flat_map(|(_, contacts)| contacts)
            .filter(|(known, _)| *known == user)
        {
            who.clone_from(&now);
        }
    }

    /// Takes the open tickets of a leaving user from the look that just read them.
    pub fn take_tickets(&mut self, user: UserId, look: &Look) {
        if let Some(Said::OpenTickets(all)) = look.of(&Fact::OpenTickets(user)) {
            self.open_tickets.retain(|(of, _)| *of != user);
            self.open_tickets
                .push((user, all.iter().map(|t| t.id).collect()));
        }
    }

    /// The open tickets of a user who leaves, as the engineer saw them.
    pub fn open_tickets_of(&self, user: UserId) -> impl Iterator<Item = TicketId> {
        let of = self.open_tickets.iter().filter(move |(of, _)| *of == user);
        of.flat_map(|(_, all)| all.iter().copied())
    }

    /// Whether a look found open tickets of a user that were unknown when the engineer pressed.
    pub fn has_new_tickets(&self, user: UserId, look: &Look) -> bool {
        let known = |id: &TicketId| self.open_tickets_of(user).any(|known| known == *id);
        matches!(look.of(&Fact::OpenTickets(user)), Some(Said::OpenTickets(all)) if all.iter().any(|t| !known(&t.id)))
    }
}

/// The contacts among an organization's users.
fn contacts_of(people: &[User]) -> Vec<(UserId, String)> {
    people
        .iter()
        .filter(|u| u.is_contact())
        .map(|u| (u.id, u.label()))
        .collect()
}

impl Change {
    /// The facts that a change rests on. `look` holds what was read so far, because some facts lead
    /// to others.
    pub fn basis(&self, basis: &Basis, look: &Look) -> Vec<Fact> {
        let mut facts = match self {
            // A note that is in the ticket already is not written again.
            Self::Note { .. } => vec![Fact::Ticket, Fact::Comments],
            Self::Assign { note_lines, .. } if !note_lines.is_empty() => {
                vec![Fact::Ticket, Fact::Comments]
            }
            Self::ProblemType { .. }
            | Self::RestoreField { .. }
            | Self::HandOn(_)
            | Self::TakeBack { .. }
            | Self::Assign { .. } => {
                vec![Fact::Ticket]
            }
            Self::Join {
                user, organization, ..
            } => {
                let organization = organization.id;
                vec![
                    Fact::Ticket,
                    Fact::User(*user),
                    Fact::Memberships(*user),
                    Fact::Organization(organization),
                    Fact::People(organization),
                ]
            }
            Self::Add {
                email,
                organization,
                user,
            } => {
                let organization = organization.id;
                let mut facts = vec![
                    Fact::Ticket,
                    Fact::Holders(email.clone()),
                    Fact::Organization(organization),
                    Fact::People(organization),
                ];
                if let Some(user) = user {
                    facts.extend([Fact::User(*user), Fact::Memberships(*user)]);
                }
                facts
            }
            Self::Leave { user, .. } => vec![
                Fact::Ticket,
                Fact::User(*user),
                Fact::Memberships(*user),
                Fact::OpenTickets(*user),
            ],
            // An undo restores what was written, whoever the requester is now.
            Self::Restore { user, .. } => vec![Fact::User(*user), Fact::Memberships(*user)],
        };
        if self.to_agent().is_some() {
            facts.push(Fact::Me);
        }
        let changed = |ticket: &Ticket| {
            basis
                .ticket
                .as_ref()
                .is_some_and(|b| b.updated_at != ticket.updated_at)
        };
        if facts.contains(&Fact::Ticket) && look.ticket().is_some_and(changed) {
            for fact in [Fact::Me, Fact::Comments] {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
        }
        facts
    }
}
