//! The users who, according to a reply, joined or left an organization. A colleague may have changed that since.

use super::{Fact, Look, Said};
use crate::case::Case;
use crate::case::change::{Change, Task, TaskState};
use crate::case::reply::Outcome;
use crate::record::ids::{OrganizationId, UserId};
use crate::text::line::one_line;

/// A user who was put into an organization, or taken out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    user: UserId,
    who: String,
    organization: OrganizationId,
    /// Whether they were put into it.
    is_in: bool,
}

impl Told {
    fn of(change: &Change) -> Option<Self> {
        let (user, who, organization, is_in) = match change {
            Change::Join {
                user,
                who,
                organization,
                ..
            } => (*user, who.clone(), organization.id, true),
            Change::Add {
                user: Some(user),
                email,
                organization,
            } => (*user, email.to_string(), organization.id, true),
            Change::Leave {
                user,
                who,
                organization,
                ..
            } => (*user, who.clone(), *organization, false),
            Change::Add { user: None, .. }
            | Change::Restore { .. }
            | Change::ProblemType { .. }
            | Change::Note { .. }
            | Change::RestoreField { .. }
            | Change::HandOn(_)
            | Change::TakeBack { .. }
            | Change::Assign { .. } => return None,
        };
        Some(Self {
            user,
            who,
            organization,
            is_in,
        })
    }

    /// What is no longer so, if the look shows that; none of a user is known for certain while some cannot be read.
    pub(super) fn difference(&self, look: &Look) -> Option<String> {
        let who = one_line(&self.who, 200);
        let Some(Said::People { users, unreadable }) = look.of(&Fact::People(self.organization))
        else {
            return Some(format!("whether {who} is a contact was not read"));
        };
        let is_in = users.iter().any(|u| u.id == self.user && u.is_contact());
        match (self.is_in, is_in) {
            (true, true) => None,
            (true, false) => Some(format!("{who} is no contact of the organization any more")),
            (false, true) => Some(format!("{who} is a contact of the organization again")),
            (false, false) if *unreadable > 0 => Some(format!(
                "some of the organization’s users cannot be read: {who} may be one of them"
            )),
            (false, false) => None,
        }
    }
}

impl Case {
    /// The users whom a reply with that outcome names.
    pub fn told_of(&self, about: Outcome) -> Vec<Told> {
        let is_in = match about {
            Outcome::ContactsAdded => true,
            Outcome::ContactsRemoved => false,
            _ => return Vec::new(),
        };
        let told = self
            .made_for_requester()
            .filter_map(|t| Told::of(&t.change));
        told.filter(|told| told.is_in == is_in).collect()
    }

    /// Whose contacts have to be read before a reply of that outcome.
    pub fn organizations_told_of(&self, about: Outcome) -> Vec<OrganizationId> {
        let mut all: Vec<OrganizationId> = Vec::new();
        for told in self.told_of(about) {
            if !all.contains(&told.organization) {
                all.push(told.organization);
            }
        }
        all
    }

    /// The changes that were made for this requester and that stand, as far as is known: nobody undid them here, and the organization's
    /// contacts as last read don't say otherwise.
    pub fn made_for_requester(&self) -> impl DoubleEndedIterator<Item = &Task> {
        let made = |task: &&Task| {
            task.state == TaskState::Done && !task.undone && self.is_for_requester(task)
        };
        let stands = |task: &&Task| {
            Told::of(&task.change).is_none_or(|told| self.is_known_in(&told) != Some(!told.is_in))
        };
        self.tasks.iter().filter(made).filter(stands)
    }

    /// Whether the contacts as last read hold that user; none if that is not known.
    fn is_known_in(&self, told: &Told) -> Option<bool> {
        let known = self.precheck.organization == Some(told.organization);
        let people = self.precheck.people.got().filter(|_| known)?;
        let is_in = people.iter().any(|u| u.id == told.user && u.is_contact());
        (is_in || self.precheck.unreadable == 0).then_some(is_in)
    }
}
