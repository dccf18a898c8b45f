//! One ticket's association: its records, checks, verdict and note. Knows no HTML of pages, no JSON of Zendesk and no browser.

pub mod bare_ids;
pub mod basis;
pub mod chain;
pub mod change;
pub mod check;
pub mod contacts;
pub mod dot_com;
pub mod drafting;
pub mod hand_over;
pub mod load;
pub mod managing;
pub mod metadata;
pub mod note;
pub mod note_progress;
pub mod organization;
pub mod page_problem;
pub mod precheck;
pub mod product;
pub mod proof;
pub mod reply;
pub mod reply_progress;
pub mod requester;
pub mod room;
pub mod route;
pub mod ticket_taken;
pub mod trace;
pub mod trouble;

use serde::{Deserialize, Serialize};

use crate::record::ids::{OrganizationId, SalesforceId, TicketId};
use crate::record::seen::{Record, RecordRef};
use crate::record::ticket::{Ticket, TicketFields};
use basis::Basis;
use chain::{ASIDES_MAX, Aside, AsideReason, Chain, Conflict, Offer};
use change::{Change, Task, TaskState};
use hand_over::Trouble;
use load::Load;
use note_progress::NoteState;
use organization::OrganizationSearch;
use precheck::Precheck;
use requester::RequesterFacts;
use trace::Trace;

use crate::mail::AddressText;
use crate::map::Map;

/// Which case: the ticket and the Zendesk that it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct CaseKey {
    /// Zendesk's host, e.g. `gitlab.zendesk.com`.
    pub host: String,
    /// The ticket.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub ticket: TicketId,
}

impl CaseKey {
    /// The name under which the case is kept.
    pub fn storage_key(&self) -> String {
        format!("case:{}:{}", self.host, self.ticket)
    }
}

/// One ticket's association, from the first look on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which ticket.
    pub key: CaseKey,
    /// When the engineer looked at it last, in ms since 1970: the oldest cases are dropped first.
    pub looked_at: u64,
    /// The ticket, as Zendesk tells it.
    pub ticket: Load<Ticket>,
    /// Which custom fields are which; known once the host's fields were read.
    pub fields: Option<TicketFields>,
    /// The name of the ticket's form; read only where its number is not one of the profile's.
    pub form: Load<String>,
    /// What is known of the requester, and of whom it is known. Its parts read as the case's own.
    pub requester: RequesterFacts,
    /// What was dropped of an earlier requester and why; shown until it is dismissed.
    pub notice: Option<String>,
    /// How far walking the chain by itself got.
    pub trace: Trace,
    /// The portal's records.
    pub chain: Chain,
    /// A record that waits for the engineer's choice.
    pub conflict: Option<Conflict>,
    /// Records that were seen and not taken by themselves, the newest last.
    pub asides: Vec<Aside>,
    /// The organization, by its Salesforce account.
    pub organization: OrganizationSearch,
    /// What was read of the organization that users are to join.
    pub precheck: Precheck,
    /// What was written into Zendesk, or is about to be, in the order of the clicks.
    pub tasks: Vec<Task>,
    /// What the engineer saw when they pressed, by the number that the changes of that press carry.
    pub bases: Map<u64, Basis>,
    /// What is kept for a hand-over.
    #[serde(default)]
    pub trouble: Trouble,
    /// The internal note's way into the composer.
    pub note: NoteState,
    /// What was left out to make room.
    #[serde(default)]
    pub left_out: Vec<room::LeftOut>,
}

/// What is known of the requester reads as the case's own, but is kept and dropped as one.
impl std::ops::Deref for Case {
    type Target = RequesterFacts;

    fn deref(&self) -> &RequesterFacts {
        &self.requester
    }
}

impl std::ops::DerefMut for Case {
    fn deref_mut(&mut self) -> &mut RequesterFacts {
        &mut self.requester
    }
}

impl Case {
    /// A case at its first look.
    pub fn new(key: CaseKey) -> Self {
        Self {
            key,
            looked_at: 0,
            ticket: Load::NotAsked,
            fields: None,
            form: Load::NotAsked,
            requester: RequesterFacts::default(),
            notice: None,
            trace: Trace::default(),
            chain: Chain::default(),
            conflict: None,
            asides: Vec::new(),
            organization: OrganizationSearch::default(),
            precheck: Precheck::default(),
            tasks: Vec::new(),
            bases: Map::new(),
            trouble: Trouble::default(),
            note: NoteState::default(),
            left_out: Vec::new(),
        }
    }

    /// The value of a custom field of the ticket, where the field is known and filled.
    pub fn field_value(&self, field: impl Fn(&TicketFields) -> Option<u64>) -> Option<&str> {
        let id = field(self.fields.as_ref()?)?;
        self.ticket
            .got()?
            .field_values
            .get(&id)
            .map(String::as_str)
            .filter(|v| !v.trim().is_empty())
    }

    /// `Subscription Email` of the ticket.
    pub fn subscription_email(&self) -> Option<&str> {
        self.field_value(|f| f.subscription_email)
    }

    /// With what Sold-to is compared, and what that is: `Subscription Email`, else the address that the engineer picked.
    pub fn compared_address(&self) -> Option<(String, &'static str)> {
        if self.ticket.got().is_none() || self.fields.is_none() {
            return None;
        }
        match (self.subscription_email(), &self.picked_address) {
            (Some(email), _) => Some((email.to_owned(), "ticket's Subscription Email")),
            (None, Some(picked)) => Some((picked.to_string(), "address picked from the ticket")),
            (None, None) => None,
        }
    }

    /// The addresses that may be picked: those that the requester wrote, and their own.
    pub fn addresses(&self) -> impl Iterator<Item = AddressText> {
        let written = self
            .written
            .got()
            .into_iter()
            .flatten()
            .map(|w| AddressText::from(w.email.as_str()));
        let own = self.ticket.got().and_then(|t| t.requester.email.clone());
        let mut all: Vec<AddressText> = written.collect();
        all.extend(own);
        let mut seen = std::collections::HashSet::new();
        all.retain(|address| seen.insert(address.clone()));
        all.into_iter()
    }

    /// Whether the engineer has to pick the address: the ticket is known, and has no `Subscription Email`.
    pub fn compared_address_is_open(&self) -> bool {
        self.ticket.got().is_some() && self.fields.is_some() && self.compared_address().is_none()
    }

    /// Looks again at the record that waits, after the chain changed: it may fit now, or disagree with something else.
    pub fn settle_conflict(&mut self) {
        if let Some(waiting) = self.conflict.take()
            && let Offer::Conflict(still) = self.chain.offer(waiting.offered)
        {
            self.conflict = Some(*still);
        }
    }

    /// Keeps a record that was seen and not taken, for the engineer to choose; a newer look replaces an older one.
    pub fn set_aside(&mut self, record: Record, why: AsideReason) {
        // What the chain holds needs no question.
        if self.chain.at(record.slot()).as_ref() == Some(&record) {
            return;
        }
        self.asides
            .retain(|aside| aside.record.reference() != record.reference());
        self.asides.push(Aside { record, why });
        let over = self.asides.len().saturating_sub(ASIDES_MAX);
        self.asides.drain(..over);
    }

    /// Takes a record that was put aside out of the list.
    pub fn take_aside(&mut self, wanted: &RecordRef) -> Option<Aside> {
        let at = self
            .asides
            .iter()
            .position(|aside| aside.record.reference() == *wanted)?;
        Some(self.asides.remove(at))
    }

    /// The organization's page in the agent workspace.
    pub fn organization_url(&self, id: OrganizationId) -> String {
        crate::zendesk::address::organization_url(&self.key.host, id)
    }

    /// The Salesforce account by which the organization is to be found (step 11): the billing account's, or the one found by hand for a
    /// namespace of GitLab.com.
    pub fn salesforce_account(&self) -> Option<&SalesforceId> {
        match self.chain.billing_account() {
            Some(account) => account.record.salesforce_account.value(),
            None if self.chain.is_empty() => self.dot_com.found_by_hand().map(|b| &b.account),
            None => None,
        }
    }

    /// Whether there is anything to collate in a note: a record of the portal, what was found by hand for GitLab.com, or the organization of
    /// a pre-authorized requester.
    pub fn has_something_to_note(&self) -> bool {
        !self.chain.is_empty() || self.dot_com.found_by_hand().is_some() || self.found_in.is_some()
    }

    /// Whether Tether associated the requester with that organization.
    pub fn associated_by_us(&self, organization: OrganizationId) -> bool {
        let requester = self.ticket.got().map(|t| t.requester.id);
        self.tasks.iter().any(|task| {
            let joined =
                matches!(&task.change, Change::Join { user, organization: o, .. } if Some(*user) == requester && o.id == organization);
            joined && task.state == TaskState::Done && !task.undone
        })
    }

    /// The change with that number.
    pub fn task(&self, id: u64) -> Option<&Task> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// The subscription by which the order is to be found (step 9).
    pub fn proven_subscription(&self) -> Option<&crate::record::ids::SubscriptionName> {
        self.chain.proof().and_then(Record::subscription_name)
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::dot_com::Attempt;
    use super::product::Product;
    use super::reply::{Outcome, Status};
    use super::trace::Step;
    use crate::record::seen::Slot;

    fn assert_names<T>(all: &[T], name: impl Fn(T) -> &'static str, expected: &[&str])
    where
        T: Copy + PartialEq + std::fmt::Debug + FromStr,
    {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        assert_eq!(names, expected);
        for one in all {
            assert_eq!(name(*one).parse().ok(), Some(*one));
        }
    }

    /// The panel's commands, the site profile and stored cases use these names.
    #[test]
    fn stored_names_do_not_change() {
        assert_names(
            Attempt::ALL,
            Attempt::key,
            &["associated", "not_an_owner", "app_failed"],
        );
        assert_names(
            Product::ALL,
            Product::key,
            &["gitlab_com", "self_managed", "dedicated"],
        );
        assert_names(
            Step::ALL,
            Step::key,
            &[
                "license",
                "search",
                "activation",
                "orders",
                "order",
                "account",
                "contact",
            ],
        );
        assert_names(
            Slot::ALL,
            Slot::name,
            &["proof", "order", "billing_account", "contact"],
        );
        assert_names(
            Outcome::ALL,
            Outcome::key,
            &[
                "proof_asked",
                "contacts_added",
                "contacts_removed",
                "not_an_owner",
                "trial",
                "entitlement_failed",
                "limit_reached",
                "company_email_needed",
                "open_tickets",
            ],
        );
        assert_eq!(
            (Status::Solved.key(), Status::Pending.key()),
            ("solved", "pending")
        );
    }
}
