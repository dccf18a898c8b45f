//! What the pre-checks look at: the organization that users are to join, and its contacts.

use serde::{Deserialize, Serialize};

use super::load::Load;
use crate::mail::AddressText;
use crate::record::ids::OrganizationId;
use crate::record::organization::Details;
use crate::record::people::User;

/// What was read about the organization that users are to join.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precheck {
    /// The organization; what was read about another one is dropped.
    pub organization: Option<OrganizationId>,
    /// Its fields, notes and details.
    pub details: Load<Details>,
    /// All its users, of all pages.
    pub people: Load<Vec<User>>,
    /// The number of further users that could not be read.
    pub unreadable: usize,
}

impl Precheck {
    /// Its contacts: end users who are not suspended.
    pub fn contacts(&self) -> impl Iterator<Item = &User> {
        self.people
            .got()
            .into_iter()
            .flatten()
            .filter(|u| u.is_contact())
    }

    /// Whether a user of the organization already has the address.
    pub fn has(&self, email: &AddressText) -> bool {
        self.people
            .got()
            .is_some_and(|all| all.iter().any(|u| u.email.as_ref() == Some(email)))
    }
}
