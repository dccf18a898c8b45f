//! Users of Zendesk: an organization's contacts, and those who are to join or leave it.

use serde::{Deserialize, Serialize};

use crate::mail::{Address, AddressText};
use crate::record::ids::{OrganizationId, TicketId, UserId};

/// The role of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A customer.
    EndUser,
    /// A member of the team: an agent, an administrator, or a role that Tether does not know.
    Team,
}

/// In which text of a user their removal from an organization is recorded.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RemovalTrace {
    /// `Notes`.
    #[default]
    Notes,
    /// `Details`.
    Details,
}

impl RemovalTrace {
    /// What Zendesk's API calls it.
    pub fn key(self) -> &'static str {
        self.into()
    }
}

/// A user as last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The user's number.
    pub id: UserId,
    /// The user's name; may be empty.
    pub name: String,
    /// The primary email address, if there is one.
    pub email: Option<AddressText>,
    /// What the user is.
    pub role: Role,
    /// Whether the user is barred from writing.
    pub suspended: bool,
    /// Whether the user was deleted, and counts as nobody.
    pub deleted: bool,
    /// The organization that the user is in.
    pub organization: Option<OrganizationId>,
    /// `Notes` of the user: text of the team, with its line breaks, whole.
    pub notes: String,
    /// `Details` of the user, in the same way.
    pub details: String,
}

impl User {
    /// The text in which a removal is recorded.
    pub fn text(&self, field: RemovalTrace) -> &str {
        match field {
            RemovalTrace::Notes => &self.notes,
            RemovalTrace::Details => &self.details,
        }
    }

    /// Whether the user counts as a contact of their organization: an end user who is neither suspended nor deleted (pre-checks).
    pub fn is_contact(&self) -> bool {
        self.role == Role::EndUser && !self.suspended && !self.deleted
    }

    /// The user's name in the panel: the name and the address, as far as they exist.
    pub fn label(&self) -> String {
        called(
            &self.name,
            self.email.as_ref().map(AddressText::as_str),
            self.id,
        )
    }

    /// Whether this is the user's address. A deleted user has none.
    pub fn has_email(&self, email: &Address) -> bool {
        !self.deleted && self.email.as_ref().is_some_and(|own| own.is(email))
    }
}

/// An email address of a user, primary or not: the user signs in and writes with any of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The address.
    pub email: AddressText,
    /// Whether it is the primary one.
    pub primary: bool,
    /// Whether its owner has confirmed it.
    pub verified: bool,
}

/// A user's membership in an organization. If the account allows it, a user has several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name, if the answer contains it.
    pub name: Option<String>,
    /// Whether it is the user's default organization (`organization_id`).
    pub default: bool,
}

/// Somebody's name in the panel: the name and the address, as far as they exist, otherwise the
/// number.
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

/// What kind of agent somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// An administrator, who may do everything.
    Administrator,
    /// An agent, perhaps with a custom role.
    Agent,
    /// A light agent, who may only write internal notes.
    Light,
    /// An agent of the chat alone.
    Chat,
    /// A kind that Tether does not know.
    Unknown,
}

/// What the agent who is signed in may do, as far as their own record says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// What kind of agent it is.
    pub kind: AgentKind,
    /// The number of their custom role, if they have one.
    pub role: Option<u64>,
    /// Whether they may write internal notes only, if their record says so.
    pub only_private_comments: Option<bool>,
    /// Whether they may see some tickets only, if their record says so.
    pub restricted: Option<bool>,
}

/// The rights that a custom role gives; none if Zendesk does not say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleRights {
    /// To see every ticket.
    pub every_ticket: Option<bool>,
    /// To write comments, at least internal ones.
    pub comments: Option<bool>,
    /// To write public comments.
    pub public_comments: Option<bool>,
    /// To change the fields of tickets.
    pub edits_tickets: Option<bool>,
    /// To change end users.
    pub edits_users: Option<bool>,
}

/// A group that tickets can be assigned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub name: String,
}
