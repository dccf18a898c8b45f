//! One ticket's association: its records, checks, verdict and note. It knows neither HTML pages nor
//! Zendesk's JSON nor the browser.

pub mod bare_ids;
pub mod basis;
pub mod chain;
pub mod change;
pub mod check;
pub mod contacts;
pub mod dot_com;
pub mod drafting;
pub mod hand_on;
pub mod hand_over;
pub mod left_out;
pub mod load;
pub mod managing;
pub mod metadata;
pub mod note;
pub mod note_progress;
pub mod organization;
pub mod page_problem;
pub mod plan;
pub mod precheck;
pub mod product;
pub mod proof;
pub mod reply;
pub mod reply_progress;
pub mod requester;
pub mod room;
pub mod route;
pub mod saved;
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
use left_out::LeftOut;
use load::Load;
use note_progress::NoteState;
use organization::OrganizationSearch;
use precheck::Precheck;
use requester::RequesterFacts;
use saved::Saved;
use trace::Trace;

use crate::mail::AddressText;
use crate::map::Map;

/// Identifies a case: the ticket, and its Zendesk.
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
    /// The key under which the case is stored.
    pub fn storage_key(&self) -> String {
        format!("case:{}:{}", self.host, self.ticket)
    }
}

/// One ticket's association, starting with the first look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Which ticket.
    pub key: CaseKey,
    /// When the engineer last looked at it, in ms since 1970: the oldest cases are dropped first.
    pub looked_at: u64,
    /// The ticket as last read from Zendesk.
    pub ticket: Load<Ticket>,
    /// The IDs of the custom fields, once the host's fields were read.
    pub fields: Option<TicketFields>,
    /// The name of the ticket's form; read only if the profile does not list its number.
    pub form: Load<String>,
    /// What is known about the requester. Its fields can be used like the case's own.
    pub requester: RequesterFacts,
    /// What was dropped about an earlier requester, and why; shown until it is dismissed.
    pub notice: Option<String>,
    /// The progress of Trace.
    pub trace: Trace,
    /// The portal's records.
    pub chain: Chain,
    /// A record that waits for the engineer's choice.
    pub conflict: Option<Conflict>,
    /// Records that were seen but not taken automatically, the newest last.
    pub asides: Vec<Aside>,
    /// The search for the organization by its Salesforce account.
    pub organization: OrganizationSearch,
    /// What was read of the organization that users are to join.
    pub precheck: Precheck,
    /// Changes that were written into Zendesk or are about to be, in the order of the clicks.
    pub tasks: Vec<Task>,
    /// What the engineer saw when they pressed. The changes of one press share its number.
    pub bases: Map<u64, Basis>,
    /// What is stored for a hand-over.
    #[serde(default)]
    pub trouble: Trouble,
    /// The progress of writing the internal note into the composer.
    pub note: NoteState,
    /// What was last saved to the ticket behind the back of its page.
    #[serde(default)]
    pub saved: Saved,
    /// What was dropped to make room.
    #[serde(default)]
    pub left_out: Vec<LeftOut>,
}

/// The requester's facts can be used like the case's own, but are stored and dropped together.
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
    /// A case at the first look.
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
            saved: Saved::default(),
            left_out: Vec::new(),
        }
    }

    /// Shows a notice until it is dismissed, after the notices that are there; the same one only once.
    pub fn add_notice(&mut self, says: &str) {
        match &mut self.notice {
            Some(before) if before.contains(says) => {}
            Some(before) => {
                before.push(' ');
                before.push_str(says);
            }
            None => self.notice = Some(says.to_owned()),
        }
    }

    /// The value of one of the ticket's custom fields, if the field is known and filled.
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

    /// The text that Sold-to is compared with, and its origin: `Subscription Email`, or the address
    /// that the engineer picked.
    pub fn compared_address(&self) -> Option<(String, &'static str)> {
        if self.ticket.got().is_none() || self.fields.is_none() {
            return None;
        }
        match (self.subscription_email(), &self.picked_address) {
            (Some(email), _) => Some((email.to_owned(), "ticket’s Subscription Email")),
            (None, Some(picked)) => Some((picked.to_string(), "address picked from the ticket")),
            (None, None) => None,
        }
    }

    /// The addresses to pick from: the requester's own, and those that they wrote.
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

    /// Whether the engineer must pick the address, because the ticket is known and has no
    /// `Subscription Email`.
    pub fn compared_address_is_open(&self) -> bool {
        self.ticket.got().is_some() && self.fields.is_some() && self.compared_address().is_none()
    }

    /// Offers the waiting record again after the chain changed: it may fit now, or disagree with
    /// something else.
    pub fn settle_conflict(&mut self) {
        if let Some(waiting) = self.conflict.take()
            && let Offer::Conflict(still) = self.chain.offer(waiting.offered)
        {
            self.conflict = Some(*still);
        }
    }

    /// Puts a record aside for the engineer to choose; a newer look replaces an older one.
    pub fn set_aside(&mut self, record: Record, why: AsideReason) {
        // A record that the chain already holds needs no question.
        if self.chain.at(record.slot()).as_ref() == Some(&record) {
            return;
        }
        self.asides
            .retain(|aside| aside.record.reference() != record.reference());
        self.asides.push(Aside { record, why });
        let over = self.asides.len().saturating_sub(ASIDES_MAX);
        self.asides.drain(..over);
    }

    /// Removes a record from those put aside, and returns it.
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

    /// The Salesforce account by which to find the organization (step 11): the billing account's,
    /// or the one found by hand for a namespace of GitLab.com.
    pub fn salesforce_account(&self) -> Option<&SalesforceId> {
        match self.chain.billing_account() {
            Some(account) => account.record.salesforce_account.value(),
            None if self.chain.is_empty() => self.dot_com.found_by_hand().map(|b| &b.account),
            None => None,
        }
    }

    /// Whether there is anything to collate in a note: a portal record, what was found by hand for
    /// GitLab.com, or the organization of a pre-authorized requester.
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

    /// The subscription by which to find the order (step 9).
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
