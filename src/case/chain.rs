//! The chain of a case: which records belong together, and what happens to one that does not fit (handbook steps 6 to 10).

use serde::{Deserialize, Serialize};

use crate::mail::Address;
use crate::record::ids::{BillingAccountId, ContactId, SubscriptionName, TicketId};
use crate::record::seen::{Record, Seen, Slot};
use crate::record::{BillingAccount, Contact, Order, Shown, SoldTo};

/// A record that was seen but not taken into the case automatically.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The record.
    pub record: Record,
    /// Why it was not taken.
    pub why: AsideReason,
}

/// Why a record was not taken into a case automatically.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsideReason {
    /// Its page is visible in a window that the engineer is not working in.
    Unfocused,
    /// Its page was open before Tether was started or updated.
    OpenBefore,
    /// Its tab was opened from another ticket, which holds it now.
    OfTicket(TicketId),
    /// It belongs to another portal than the ticket's Zendesk uses; that one is named here.
    OtherPortal(String),
}

/// The most records that are kept aside for one case.
pub const ASIDES_MAX: usize = 4;

/// Why the engineer is asked before a record is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disagreement {
    /// The case holds another record in that place.
    Another {
        /// The one held, e.g. "License 410233".
        held: String,
    },
    /// It names another subscription than the case's records.
    Subscription {
        /// The record that names the case's subscription, e.g. "License 410233".
        by: String,
        /// The case's subscription.
        held: SubscriptionName,
        /// The record's.
        offered: SubscriptionName,
    },
    /// It belongs to another portal than the case's records.
    Portal {
        /// The record that is on the case's portal, e.g. "License 410233".
        by: String,
        /// The host of the case's records.
        held: String,
        /// The record's.
        offered: String,
    },
    /// It is, or links to, another billing account than the case's records.
    Account {
        /// The record that names the case's account, e.g. "Order 700101".
        by: String,
        /// The case's billing account.
        held: BillingAccountId,
        /// The record's.
        offered: BillingAccountId,
    },
}

/// A record that waits for the engineer's choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The record that was seen.
    pub offered: Record,
    /// What speaks against it; never empty.
    pub disagreements: Vec<Disagreement>,
}

/// What became of a record that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The chain holds it now.
    Taken,
    /// The chain already held exactly this.
    Known,
    /// It says nothing about this case (a contact that the Sold-to does not link to).
    NotOfThisCase,
    /// The engineer must choose.
    Conflict(Box<Conflict>),
}

/// The records of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    proof: Option<Record>,
    order: Option<Seen<Order>>,
    billing_account: Option<Seen<BillingAccount>>,
    contact: Option<Seen<Contact>>,
}

impl Chain {
    /// The license or cloud activation, always one of these two.
    pub fn proof(&self) -> Option<&Record> {
        self.proof.as_ref()
    }

    /// The order.
    pub fn order(&self) -> Option<&Seen<Order>> {
        self.order.as_ref()
    }

    /// The billing account.
    pub fn billing_account(&self) -> Option<&Seen<BillingAccount>> {
        self.billing_account.as_ref()
    }

    /// The contact behind the Sold-to.
    pub fn contact(&self) -> Option<&Seen<Contact>> {
        self.contact.as_ref()
    }

    /// Whether no record has been found yet.
    pub fn is_empty(&self) -> bool {
        self.held().next().is_none()
    }

    /// Every record held, in the chain's order.
    pub fn held(&self) -> impl Iterator<Item = Record> {
        Slot::ALL.iter().filter_map(|slot| self.at(*slot))
    }

    /// The record in a place.
    pub fn at(&self, slot: Slot) -> Option<Record> {
        match slot {
            Slot::Proof => self.proof.clone(),
            Slot::Order => self.order.clone().map(Record::Order),
            Slot::BillingAccount => self.billing_account.clone().map(Record::BillingAccount),
            Slot::Contact => self.contact.clone().map(Record::Contact),
        }
    }

    /// Takes a record if it agrees with what is held; a newer reading of the same record replaces the older one.
    pub fn offer(&mut self, record: Record) -> Offer {
        if let Record::Contact(contact) = &record
            && self.sold_to_contact() != Some(contact.record.id)
        {
            return Offer::NotOfThisCase;
        }
        if self.at(record.slot()).as_ref() == Some(&record) {
            return Offer::Known;
        }
        let disagreements = self.disagreements(&record);
        if disagreements.is_empty() {
            self.take(record);
            Offer::Taken
        } else {
            Offer::Conflict(Box::new(Conflict {
                offered: record,
                disagreements,
            }))
        }
    }

    /// Puts a record into its place and replaces what was there, because the engineer chose it.
    pub fn take(&mut self, record: Record) {
        match record {
            Record::License(_) | Record::CloudActivation(_) => self.proof = Some(record),
            Record::Order(seen) => self.order = Some(seen),
            Record::BillingAccount(seen) => {
                self.billing_account = Some(seen);
                if self.contact.as_ref().map(|c| c.record.id) != self.sold_to_contact() {
                    self.contact = None;
                }
            }
            Record::Contact(seen) => self.contact = Some(seen),
        }
    }

    /// Empties a place; a billing account takes its contact with it.
    pub fn remove(&mut self, slot: Slot) {
        match slot {
            Slot::Proof => self.proof = None,
            Slot::Order => self.order = None,
            Slot::BillingAccount => {
                self.billing_account = None;
                self.contact = None;
            }
            Slot::Contact => self.contact = None,
        }
    }

    /// The contact record that the Sold-to links to.
    fn sold_to_contact(&self) -> Option<ContactId> {
        match self.billing_account.as_ref()?.record.sold_to.value()? {
            SoldTo::Email { contact, .. } | SoldTo::NameOnly { contact, .. } => *contact,
        }
    }

    /// The Sold-to's address: from the billing account, else from the contact that it links to.
    pub fn sold_to(&self) -> Option<&Address> {
        match self.billing_account.as_ref()?.record.sold_to.value()? {
            SoldTo::Email { email, .. } => Some(email),
            SoldTo::NameOnly { .. } => self.contact.as_ref().and_then(|c| c.record.email.value()),
        }
    }

    /// The Sold-to's address as text.
    pub fn sold_to_email(&self) -> Option<&str> {
        self.sold_to().map(Address::as_str)
    }

    fn disagreements(&self, record: &Record) -> Vec<Disagreement> {
        let mut found = Vec::new();
        if let Some(held) = self.at(record.slot())
            && held.reference() != record.reference()
        {
            found.push(Disagreement::Another { held: held.title() });
        }
        for held in self.held().filter(|held| held.slot() != record.slot()) {
            if held.host() != record.host() {
                let (by, held, offered) = (held.title(), held.host(), record.host());
                found.push(Disagreement::Portal { by, held, offered });
                continue;
            }
            if let (Some(a), Some(b)) = (held.subscription_name(), record.subscription_name())
                && a != b
            {
                found.push(Disagreement::Subscription {
                    by: held.title(),
                    held: a.clone(),
                    offered: b.clone(),
                });
            }
            if let (Some(a), Some(b)) = (held.billing_account(), record.billing_account())
                && a != b
            {
                found.push(Disagreement::Account {
                    by: held.title(),
                    held: a,
                    offered: b,
                });
            }
        }
        found
    }

    /// What contradicts the records belonging together, and what is still missing to confirm it.
    pub fn belonging(&self) -> Belonging {
        let mut against: Vec<String> = Vec::new();
        let mut missing: Vec<String> = Vec::new();
        let records: Vec<Record> = self.held().collect();
        for (n, a) in records.iter().enumerate() {
            for b in records.iter().skip(n + 1) {
                if a.host() != b.host() {
                    against.push(format!(
                        "{} is of {}, {} of {}",
                        a.title(),
                        a.host(),
                        b.title(),
                        b.host()
                    ));
                }
                if let (Some(x), Some(y)) = (a.subscription_name(), b.subscription_name())
                    && x != y
                {
                    against.push(format!("{} is of {x}, {} of {y}", a.title(), b.title()));
                }
                if let (Some(x), Some(y)) = (a.billing_account(), b.billing_account())
                    && x != y
                {
                    against.push(match b {
                        Record::BillingAccount(_) => format!(
                            "{} leads to billing account {x}, not to {}",
                            a.title(),
                            b.title()
                        ),
                        _ => format!(
                            "{} leads to billing account {x}, {} to {y}",
                            a.title(),
                            b.title()
                        ),
                    });
                }
            }
        }
        match self.proof.as_ref() {
            None => missing.push("the license or cloud activation".to_owned()),
            Some(p) if p.subscription_name().is_none() => {
                missing.push(format!("the subscription name of {}", p.title()))
            }
            Some(_) => {}
        }
        match &self.order {
            None => missing.push("the order".to_owned()),
            Some(o) => {
                if o.record.subscription_name.value().is_none() {
                    missing.push(format!("the subscription name of Order {}", o.record.id));
                }
                match &o.record.billing_account {
                    Shown::Value(_) => {}
                    Shown::Absent => {
                        missing.push(format!("a billing account on Order {}", o.record.id))
                    }
                    Shown::Unreadable(_) => missing.push(format!(
                        "a link to the billing account on Order {}",
                        o.record.id
                    )),
                }
            }
        }
        if self.billing_account.is_none() {
            missing.push("the billing account".to_owned());
        }
        Belonging { against, missing }
    }
}

/// Whether the records belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belonging {
    /// Each disagreement with both values, a sentence without its full stop.
    pub against: Vec<String>,
    /// What is missing to be sure.
    pub missing: Vec<String>,
}
