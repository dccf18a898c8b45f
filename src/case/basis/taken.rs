//! What a case shows now, as the basis of the next press.

use super::{Basis, TicketBasis, contacts_of};
use crate::case::Case;
use crate::record::ticket::Ticket;

impl Case {
    /// What the engineer sees now: the basis of their next press.
    pub fn basis(&self) -> Basis {
        let organization = self.precheck.organization;
        Basis {
            ticket: self.ticket.got().map(|ticket| self.ticket_basis(ticket)),
            organization: organization.zip(self.precheck.details.got().cloned()),
            contacts: organization
                .zip(self.precheck.people.got().map(|people| contacts_of(people))),
            unreadable: self.precheck.unreadable,
            open_tickets: self
                .contacts
                .leaving()
                .iter()
                .filter_map(|l| Some((l.user, l.tickets.got()?.iter().map(|t| t.id).collect())))
                .collect(),
        }
    }

    pub(super) fn ticket_basis(&self, ticket: &Ticket) -> TicketBasis {
        let value = |id: Option<u64>| {
            id.and_then(|id| ticket.field_values.get(&id))
                .filter(|v| !v.trim().is_empty())
                .cloned()
        };
        let fields = self.fields.as_ref();
        TicketBasis {
            requester: ticket.requester.id,
            who: ticket.requester.label(),
            email: ticket.requester.email.as_ref().map(ToString::to_string),
            organization: ticket.requester.organization.clone(),
            form: ticket.form_id,
            status: ticket.status.clone(),
            subscription_email: value(fields.and_then(|f| f.subscription_email)),
            product: value(fields.and_then(|f| f.product_type)),
            problem_type: value(fields.and_then(|f| f.problem_type)),
            assignee: ticket.assignee,
            group: ticket.group,
            subject: ticket.subject.clone(),
            tags: ticket.tags.clone(),
            field_values: ticket.field_values.clone(),
            updated_at: ticket.updated_at.clone(),
        }
    }
}
