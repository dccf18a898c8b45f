//! An address to add, and what is known about the user who has it.

use serde::{Deserialize, Serialize};

use super::doubt::Doubt;
use super::named::NamedBy;
use crate::case::change::{Change, Task, TaskState};
use crate::case::load::Load;
use crate::mail::{self, AddressText, Malformed};
use crate::reading::ReadError;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::{Role, User};

/// An address in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The address; if it is malformed, the text as it was written.
    pub email: AddressText,
    /// Who put it into the list.
    pub(super) by: NamedBy,
    /// What the engineer wants; none: what the requester asked for.
    pub(super) choice: Option<bool>,
    /// The change that added it. A tick leads to one change; after that, only the engineer ticks it again.
    #[serde(default)]
    pub(super) added_by: Option<u64>,
    /// Why it is not ticked until the engineer ticks it.
    pub(super) doubt: Option<Doubt>,
    /// The user of the organization who has the address.
    pub(super) here: Option<Known>,
    /// The users who have it anywhere. The search is made only if no user of the organization has it.
    pub users: Load<Vec<Known>>,
}

/// What matters about a user who has an address.
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
    /// Whether the address is one of the user's others, not the primary one.
    pub by_other_address: bool,
}

impl Known {
    /// What matters about a user.
    pub fn of(user: &User) -> Self {
        Self {
            id: user.id,
            organization: user.organization,
            role: user.role,
            suspended: user.suspended,
            by_other_address: false,
        }
    }

    /// The same for a user whose primary address is not the one that was searched for.
    pub fn by_other_address(user: &User) -> Self {
        Self {
            by_other_address: true,
            ..Self::of(user)
        }
    }
}

/// The mark that the panel shows beside an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is not an email address.
    Malformed(Malformed),
    /// A contact of the organization has it.
    Contact,
    /// One of the team has it.
    Team,
    /// A suspended user has it.
    Suspended,
    /// A user of another organization has it; or the search, which lags, still shows a user in the organization who is no longer in its list.
    Elsewhere(OrganizationId),
    /// Several users have it.
    Several(usize),
    /// It has not been looked up yet.
    Pending,
    /// Looking it up failed.
    NotRead(ReadError),
    /// It belongs to a free mail provider. Whether a user has it.
    Free(bool),
    /// A user without an organization has it.
    NoOrganization,
    /// No user has it.
    New,
}

impl Mark {
    /// Whether such an address may be ticked. Any other would move a user, or belongs to nobody whom a requester can add.
    pub fn may_be_ticked(&self) -> bool {
        match self {
            Self::Pending | Self::NotRead(_) | Self::Free(_) | Self::NoOrganization | Self::New => {
                true
            }
            Self::Malformed(_)
            | Self::Contact
            | Self::Team
            | Self::Suspended
            | Self::Elsewhere(_)
            | Self::Several(_) => false,
        }
    }
}

impl Entry {
    pub(super) fn new(email: AddressText, by: NamedBy) -> Self {
        Self {
            email,
            by,
            choice: None,
            added_by: None,
            doubt: None,
            here: None,
            users: Load::NotAsked,
        }
    }

    /// Its mark.
    pub fn mark(&self) -> Mark {
        let address = match self.email.address() {
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
            Some(Known {
                organization: Some(other),
                ..
            }) => Mark::Elsewhere(*other),
            known if mail::is_free(address.domain()) => Mark::Free(known.is_some()),
            Some(_) => Mark::NoOrganization,
            None => Mark::New,
        }
    }

    /// Why it is not ticked until the engineer ticks it.
    pub fn doubt(&self) -> Option<&Doubt> {
        self.doubt.as_ref()
    }

    /// Whether it is to be added: if the mark allows it, the engineer decides; until they do, only an address without a doubt is.
    pub fn is_ticked(&self) -> bool {
        self.mark().may_be_ticked() && self.choice.unwrap_or(self.doubt.is_none())
    }

    /// Whether it is not its user's primary address.
    pub fn is_other_address(&self) -> bool {
        matches!(
            self.users.got().map(Vec::as_slice),
            Some([Known {
                by_other_address: true,
                ..
            }])
        )
    }

    /// The user to put into the organization; none: a new user is to be created.
    pub fn user(&self) -> Option<UserId> {
        match self.users.got().map(Vec::as_slice) {
            Some([one]) => Some(one.id),
            _ => None,
        }
    }

    /// Whether what was looked up names that user.
    pub(super) fn names(&self, user: UserId) -> bool {
        let users = self.users.got().map_or(&[][..], Vec::as_slice);
        users.iter().any(|known| known.id == user)
    }

    /// Takes the changes of the case. Another one that added it uses the tick up, and one that was undone gives it back; what was looked up
    /// before is old.
    pub(super) fn take_additions(&mut self, tasks: &[Task], into: OrganizationId) {
        let adds = |task: &&Task| match &task.change {
            Change::Add {
                email,
                organization,
                ..
            } => self.email.is(email) && organization.id == into,
            _ => false,
        };
        let mut all = tasks.iter().rev().filter(adds);
        let last = all.find(|t| t.state == TaskState::Done && !t.undone);
        let added_by = last.map(|t| t.id).or_else(|| {
            // A change that the case no longer keeps was made all the same.
            self.added_by
                .filter(|id| !tasks.iter().any(|t| t.id == *id))
        });
        if self.added_by != added_by {
            self.choice = self.choice.filter(|_| added_by.is_none());
            self.added_by = added_by;
            self.users = Load::NotAsked;
        }
    }

    pub(super) fn wants_look_up(&self, now_ms: u64) -> bool {
        self.here.is_none() && self.users.wants_asking(now_ms) && self.email.address().is_ok()
    }
}

fn closed_to(user: &Known) -> Option<Mark> {
    match user {
        Known {
            role: Role::Team, ..
        } => Some(Mark::Team),
        Known {
            suspended: true, ..
        } => Some(Mark::Suspended),
        _ => None,
    }
}
