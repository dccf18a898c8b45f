//! A record with the address of its page, and its place in a case's chain.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::ids::{BillingAccountId, SubscriptionName};
use super::{BillingAccount, CloudActivation, Contact, License, Order};
use crate::address::https;

/// A record and the URL of its page, as it goes into the note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen<R> {
    /// What the page shows.
    pub record: R,
    /// The page's URL, without query or slug.
    pub address: String,
}

/// A record of the portal that a case can hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// Step 6.
    License(Seen<License>),
    /// Step 7.
    CloudActivation(Seen<CloudActivation>),
    /// Step 9.
    Order(Seen<Order>),
    /// Step 10.
    BillingAccount(Seen<BillingAccount>),
    /// The person behind a Sold-to that is only a name.
    Contact(Seen<Contact>),
}

impl Record {
    /// What it is, in the handbook's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::License(_) => "License",
            Self::CloudActivation(_) => "Cloud activation",
            Self::Order(_) => "Order",
            Self::BillingAccount(_) => "Billing account",
            Self::Contact(_) => "Contact",
        }
    }

    /// Its number in the portal.
    pub fn number(&self) -> u64 {
        match self {
            Self::License(s) => s.record.id.get(),
            Self::CloudActivation(s) => s.record.id.get(),
            Self::Order(s) => s.record.id.get(),
            Self::BillingAccount(s) => s.record.id.get(),
            Self::Contact(s) => s.record.id.get(),
        }
    }

    /// What it is and its number, e.g. "License 410233".
    pub fn title(&self) -> String {
        format!("{} {}", self.kind(), self.number())
    }

    /// The URL of its page.
    pub fn address(&self) -> &str {
        match self {
            Self::License(s) => &s.address,
            Self::CloudActivation(s) => &s.address,
            Self::Order(s) => &s.address,
            Self::BillingAccount(s) => &s.address,
            Self::Contact(s) => &s.address,
        }
    }

    /// The portal that shows it.
    pub fn host(&self) -> String {
        https(self.address())
            .map(|(host, _)| host)
            .unwrap_or_default()
    }

    /// The name that the panel's commands use.
    pub fn reference(&self) -> RecordRef {
        RecordRef(format!(
            "{} {} on {}",
            self.kind(),
            self.number(),
            self.host()
        ))
    }

    /// Its place in the chain.
    pub fn slot(&self) -> Slot {
        match self {
            Self::License(_) | Self::CloudActivation(_) => Slot::Proof,
            Self::Order(_) => Slot::Order,
            Self::BillingAccount(_) => Slot::BillingAccount,
            Self::Contact(_) => Slot::Contact,
        }
    }

    /// The subscription that it names, if any.
    pub fn subscription_name(&self) -> Option<&SubscriptionName> {
        match self {
            Self::License(s) => s.record.subscription_name.value(),
            Self::CloudActivation(s) => s.record.subscription_name.value(),
            Self::Order(s) => s.record.subscription_name.value(),
            Self::BillingAccount(_) | Self::Contact(_) => None,
        }
    }

    /// The billing account that it is or links to, if any.
    pub fn billing_account(&self) -> Option<BillingAccountId> {
        match self {
            Self::CloudActivation(s) => s.record.billing_account.value().copied(),
            Self::Order(s) => s.record.billing_account.value().copied(),
            Self::BillingAccount(s) => Some(s.record.id),
            Self::License(_) | Self::Contact(_) => None,
        }
    }
}

/// Names one record of one portal, e.g. the one that a button is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RecordRef(String);

impl RecordRef {
    /// The reference with that text; none if it is empty.
    pub fn named(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }
}

impl std::fmt::Display for RecordRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A place in the chain.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Slot {
    /// License or cloud activation.
    Proof,
    /// Order.
    Order,
    /// Billing account.
    BillingAccount,
    /// Contact behind the Sold-to.
    Contact,
}

impl Slot {
    /// Every place, in the chain's order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that the panel's commands use.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
