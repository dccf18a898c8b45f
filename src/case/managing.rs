//! Whose contacts the requester may ask to add or remove, and who they are.

use super::Case;
use super::change::{Change, Task, TaskState};
use crate::mail::Address;
use crate::map::Set;
use crate::profile::zendesk::ZendeskWords;
use crate::record::ids::OrganizationId;
use crate::record::people::User;
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;

impl Case {
    /// The organization whose contacts the requester may ask to add and remove: their own, if it is also the case's.
    pub fn manages(&self, words: &ZendeskWords) -> Option<OrganizationRef> {
        let own = self.ticket.got()?.requester.organization.as_ref()?.id;
        self.target(words).filter(|target| target.id == own)
    }

    /// The users of that organization, if they were read.
    pub fn people(&self) -> Option<&[User]> {
        let people = self.precheck.people.got()?;
        (self.contacts.organization().is_some()
            && self.precheck.organization == self.contacts.organization())
        .then_some(people.as_slice())
    }

    /// The panel's name for an organization of which only the number was read, with the name if it
    /// is known.
    pub fn organization_label(&self, id: OrganizationId) -> String {
        let own = self
            .ticket
            .got()
            .and_then(|t| t.requester.organization.as_ref());
        let known = own
            .into_iter()
            .chain(&self.found_in)
            .find(|o| o.id == id)
            .and_then(|o| o.name.as_deref());
        let found = self
            .organization
            .one()
            .filter(|o| o.id == id)
            .map(|o| o.name.as_str());
        match known.or(found) {
            Some(name) => format!("{} ({id})", one_line(name, 120)),
            None => id.to_string(),
        }
    }

    /// The addresses that could not be added and whose problem is still open.
    pub fn not_added(&self) -> Set<Address> {
        let stuck = |task: &Task| match &task.change {
            Change::Add { email, .. } if matches!(task.state, TaskState::Problem(_)) => {
                Some(email.clone())
            }
            _ => None,
        };
        self.tasks.iter().filter_map(stuck).collect()
    }
}
