//! The ticket of a case: what of it Tether shows, compares and keeps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{OrganizationId, TicketId, UserId};

/// Who opened the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The user's number.
    pub id: UserId,
    /// The user's name; may be empty.
    pub name: String,
    /// The user's primary e-mail address, where there is one.
    pub email: Option<String>,
    /// The organization that the user (not the ticket) is in.
    pub organization: Option<OrganizationRef>,
}

/// An organization named by its number, as a user refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRef {
    /// The organization's number.
    pub id: OrganizationId,
    /// Its name, where the answer told it.
    pub name: Option<String>,
}

/// A ticket as last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its number.
    pub id: TicketId,
    /// Its subject; may be empty.
    pub subject: String,
    /// `new`, `open`, `pending`, `hold`, `solved` or `closed`.
    pub status: String,
    /// The form that it was filed with.
    pub form_id: Option<u64>,
    /// Who opened it.
    pub requester: Requester,
    /// The custom fields that are filled: field number → text. Empty ones are left out.
    pub field_values: BTreeMap<u64, String>,
    /// When it was last changed, as Zendesk prints it (the stamp of a safe update).
    pub updated_at: String,
}

/// The numbers of the custom fields that Tether uses, found by their titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketFields {
    /// `Support Ops Problem Type`.
    pub problem_type: Option<u64>,
    /// `L&R Product Type`.
    pub product_type: Option<u64>,
    /// `Subscription Email`.
    pub subscription_email: Option<u64>,
}

impl TicketFields {
    /// What an earlier page of the list found, completed by a later one. The earlier page's field stays where both have one.
    pub fn merge(self, later: Self) -> Self {
        Self {
            problem_type: self.problem_type.or(later.problem_type),
            product_type: self.product_type.or(later.product_type),
            subscription_email: self.subscription_email.or(later.subscription_email),
        }
    }

    /// Whether every field is found, so that no further page needs reading.
    pub fn complete(&self) -> bool {
        self.problem_type.is_some() && self.product_type.is_some() && self.subscription_email.is_some()
    }
}

/// An e-mail address that the requester wrote in a public comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenAddress {
    /// The address as written, without what stands around it.
    pub email: String,
    /// The comment's number.
    pub comment: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_the_earlier_page_stays() {
        let first = TicketFields { problem_type: Some(1), ..TicketFields::default() };
        let second = TicketFields { problem_type: Some(2), product_type: Some(3), subscription_email: None };
        let merged = first.merge(second);
        assert_eq!(merged, TicketFields { problem_type: Some(1), product_type: Some(3), subscription_email: None });
        assert!(!merged.complete());
        assert!(TicketFields { subscription_email: Some(4), ..merged }.complete());
    }
}
