//! How a user was before a change.

use serde::{Deserialize, Serialize};

use crate::record::ids::OrganizationId;
use crate::record::people::{RemovalTrace, User};

/// How a user was before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The organization.
    pub organization: Option<OrganizationId>,
    /// `Notes`, whole.
    pub notes: String,
    /// `Details`, whole.
    pub details: String,
}

impl Before {
    /// What is known of a user who was just read.
    pub fn of(user: &User) -> Self {
        Self {
            organization: user.organization,
            notes: user.notes.clone(),
            details: user.details.clone(),
        }
    }

    pub(super) fn text(&self, field: RemovalTrace) -> &str {
        match field {
            RemovalTrace::Notes => &self.notes,
            RemovalTrace::Details => &self.details,
        }
    }
}
