//! An address to add, and what is known of who has it.

use serde::{Deserialize, Serialize};

use crate::case::ids::{OrganizationId, UserId};
use crate::case::load::Load;
use crate::case::people::{Role, User};
use crate::mail::{self, Address, Malformed};
use crate::reading::ReadError;

/// An address in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The address; where it is malformed, the text as it was written.
    pub email: String,
    /// Whether the engineer entered it, rather than the requester naming it.
    pub(super) typed: bool,
    /// What the engineer wants; none: what the mark suggests.
    pub(super) wish: Option<bool>,
    /// The user of the organization who has the address.
    pub(super) here: Option<Known>,
    /// The users who have it anywhere, by a search; searched only where no user of the organization has it.
    pub users: Load<Vec<Known>>,
}

/// What counts of a user who has an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The user's number.
    pub id: UserId,
    /// The organization that the user is in.
    pub organization: Option<OrganizationId>,
    /// What the user is.
    pub role: Role,
    /// Whether the user is suspended.
    pub suspended: bool,
}

impl Known {
    pub(super) fn of(user: &User) -> Self {
        Self { id: user.id, organization: user.organization, role: user.role, suspended: user.suspended }
    }
}

/// What an address is marked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is no address.
    Malformed(Malformed),
    /// A contact of the organization has it.
    Contact,
    /// One of the team has it.
    Team,
    /// A suspended user has it.
    Suspended,
    /// A user of another organization has it; also one whom the search still shows in the organization though its list does not.
    Elsewhere(OrganizationId),
    /// Several users have it.
    Several(usize),
    /// Nobody looked it up yet.
    Pending,
    /// Looking it up failed.
    NotRead(ReadError),
    /// It is of a free mail provider. Whether a user has it.
    Free(bool),
    /// A user without an organization has it.
    NoOrganization,
    /// No user has it.
    New,
}

impl Mark {
    /// Whether such an address may be ticked. The others would move someone, or are nobody whom a requester can add.
    pub fn may_be_ticked(&self) -> bool {
        match self {
            Self::Pending | Self::NotRead(_) | Self::Free(_) | Self::NoOrganization | Self::New => true,
            Self::Malformed(_) | Self::Contact | Self::Team | Self::Suspended | Self::Elsewhere(_) | Self::Several(_) => false,
        }
    }
}

impl Entry {
    pub(super) fn new(email: String, typed: bool) -> Self {
        Self { email, typed, wish: None, here: None, users: Load::NotAsked }
    }

    /// What it is marked with.
    pub fn mark(&self) -> Mark {
        let address = match Address::parse(&self.email) {
            Ok(address) => address,
            Err(malformed) => return Mark::Malformed(malformed),
        };
        if let Some(user) = &self.here {
            return closed_to(user).unwrap_or(Mark::Contact);
        }
        let users = match &self.users {
            Load::NotAsked | Load::Asking => return Mark::Pending,
            Load::Failed(error) => return Mark::NotRead(error.clone()),
            Load::Got(users) => users,
        };
        let known = match users.as_slice() {
            [] => None,
            [one] => Some(one),
            several => return Mark::Several(several.len()),
        };
        if let Some(mark) = known.and_then(closed_to) {
            return mark;
        }
        match known {
            Some(Known { organization: Some(other), .. }) => Mark::Elsewhere(*other),
            known if mail::is_free(address.domain()) => Mark::Free(known.is_some()),
            Some(_) => Mark::NoOrganization,
            None => Mark::New,
        }
    }

    /// Whether it is to be added: as the engineer says where the mark allows it, and without a word of theirs unless it is free mail.
    pub fn is_ticked(&self) -> bool {
        let free = || Address::parse(&self.email).is_ok_and(|a| mail::is_free(a.domain()));
        self.mark().may_be_ticked() && self.wish.unwrap_or_else(|| !free())
    }

    /// The user to be put into the organization; none: one is to be made.
    pub fn user(&self) -> Option<UserId> {
        match self.users.got().map(Vec::as_slice) {
            Some([one]) => Some(one.id),
            _ => None,
        }
    }

    pub(super) fn wants_look_up(&self, now_ms: u64) -> bool {
        self.here.is_none() && self.users.wants_asking(now_ms) && Address::parse(&self.email).is_ok()
    }
}

fn closed_to(user: &Known) -> Option<Mark> {
    match user {
        Known { role: Role::Team, .. } => Some(Mark::Team),
        Known { suspended: true, .. } => Some(Mark::Suspended),
        _ => None,
    }
}
