//! Users of Zendesk: the contacts of an organization, and those who are to become or to cease to be one.

use serde::{Deserialize, Serialize};

use crate::mail::{Address, AddressText};
use crate::record::ids::{OrganizationId, TicketId, UserId};

/// What a user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A customer.
    EndUser,
    /// Someone of the team: an agent, an administrator, or a role that Tether does not know.
    Team,
}

/// A user as last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's number.
    pub id: UserId,
    /// The user's name; may be empty.
    pub name: String,
    /// The primary e-mail address, where there is one.
    pub email: Option<AddressText>,
    /// What the user is.
    pub role: Role,
    /// Whether the user may not write any more.
    pub suspended: bool,
    /// Whether the user was deleted: then they are nobody.
    pub deleted: bool,
    /// The organization that the user is in.
    pub organization: Option<OrganizationId>,
    /// `Notes` of the user: text of the team, with its line breaks, whole.
    pub notes: String,
}

impl User {
    /// Whether the user counts as a contact of their organization: an end user who is neither suspended nor deleted (pre-checks).
    pub fn is_contact(&self) -> bool {
        self.role == Role::EndUser && !self.suspended && !self.deleted
    }

    /// How the user is called in the panel: the name and the address, as far as there are any.
    pub fn label(&self) -> String {
        called(
            &self.name,
            self.email.as_ref().map(AddressText::as_str),
            self.id,
        )
    }

    /// Whether the user's address is that one. A deleted user has none.
    pub fn has_email(&self, email: &Address) -> bool {
        !self.deleted && self.email.as_ref().is_some_and(|own| own.is(email))
    }
}

/// An e-mail address of a user, the primary one or another: the user signs in and writes with any of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The address.
    pub email: AddressText,
    /// Whether it is the one that the user is shown with.
    pub primary: bool,
    /// Whether its owner has confirmed it.
    pub verified: bool,
}

/// A user's place in one organization; where the account allows it, a user has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name, where the answer gives it.
    pub name: Option<String>,
    /// Whether it is the one that `organization_id` of the user names.
    pub default: bool,
}

/// How someone is called in the panel: the name and the address, as far as there are any, else the number.
pub(crate) fn called(name: &str, email: Option<&str>, id: UserId) -> String {
    match (email, name.trim()) {
        (Some(email), "") => email.to_owned(),
        (Some(email), name) => format!("{name} ({email})"),
        (None, "") => format!("user {id}"),
        (None, name) => name.to_owned(),
    }
}

/// A ticket of a user that is not closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenTicket {
    /// Its number.
    pub id: TicketId,
    /// `new`, `open`, `pending`, `hold` or `solved`.
    pub status: String,
    /// Its subject; may be empty.
    pub subject: String,
}

/// The agent who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The agent's number.
    pub id: UserId,
    /// The agent's name.
    pub name: String,
}

/// A group that tickets can be assigned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
}
