//! The records of a chain, each as its page shows it: (License | CloudActivation) → Order → BillingAccount → Organization.

pub mod ids;
mod kind;
pub mod organization;
pub mod people;
pub mod seen;
pub mod ticket;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::mail::Address;
pub use kind::RecordKind;

use ids::{
    BillingAccountId, CloudActivationId, ContactId, LicenseId, MaskedCode, OrderId, SalesforceId,
    SubscriptionName,
};

/// A value on a page. An unreadable value differs from a missing one, and neither ever counts as
/// good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown<T> {
    /// The page shows this value.
    Value(T),
    /// The page has no such field, or shows it empty: rails_admin leaves empty fields out, or
    /// prints a dash.
    Absent,
    /// The page shows something that is not a value of this kind: its text, at most
    /// [`UNREADABLE_MAX`] characters.
    Unreadable(String),
}

/// The longest unreadable text that is kept, in characters.
pub const UNREADABLE_MAX: usize = 200;

impl<T> Shown<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(v) => Some(v),
            Self::Absent | Self::Unreadable(_) => None,
        }
    }
}

/// A license's show page (handbook step 6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    /// The portal's number.
    pub id: LicenseId,
    /// `Trial`.
    pub trial: Shown<bool>,
    /// `Zuora subscription name` (or `Subscription name`).
    pub subscription_name: Shown<SubscriptionName>,
    /// `Name` of the licensee.
    pub name: Shown<String>,
    /// `Company` of the licensee.
    pub company: Shown<String>,
    /// `Email` of the licensee.
    pub email: Shown<String>,
    /// `Plan code` or `Plan`.
    pub plan: Shown<String>,
    /// `Starts at`, a day.
    pub starts_at: Shown<Day>,
    /// `Expires at`, a day; the license has expired if today is that day or later.
    pub expires_at: Shown<Day>,
    /// The mark that distinguishes `License key` from others, if the page shows all of it. The key
    /// itself is not kept.
    #[serde(default)]
    pub key: Option<KeyMark>,
}

/// Distinguishes license keys without revealing them: a hash of all their characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyMark(u64);

impl KeyMark {
    /// The mark of a key's bare base64 (FNV-1a, 64 bits: any change changes it, and it reveals
    /// nothing of the key).
    pub fn of(base64: &str) -> Self {
        let step =
            |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        Self(base64.bytes().fold(0xCBF2_9CE4_8422_2325, step))
    }
}

/// A cloud activation's show page (handbook step 7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudActivation {
    /// The record's number.
    pub id: CloudActivationId,
    /// `Activation code`, masked.
    pub activation_code: Shown<MaskedCode>,
    /// `Trial`.
    pub trial: Shown<bool>,
    /// `Subscription name`.
    pub subscription_name: Shown<SubscriptionName>,
    /// `Billing account`, if the page links to it.
    pub billing_account: Shown<BillingAccountId>,
    /// `Expires at` or `End date`, if the page shows one.
    pub expires_at: Shown<Day>,
}

/// An order's show page (handbook step 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The record's number.
    pub id: OrderId,
    /// `Subscription name`.
    pub subscription_name: Shown<SubscriptionName>,
    /// `Billing account`: the account that the order links to. Unreadable if it is text without a
    /// link.
    pub billing_account: Shown<BillingAccountId>,
    /// `Trial`, if the page shows it.
    pub trial: Shown<bool>,
    /// `Start date`.
    pub start_date: Shown<Day>,
    /// `End date`.
    pub end_date: Shown<Day>,
}

/// A billing account's show page (handbook step 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingAccount {
    /// The record's number.
    pub id: BillingAccountId,
    /// `Zuora account name` or `Name`.
    pub name: Shown<String>,
    /// `Salesforce account`.
    pub salesforce_account: Shown<SalesforceId>,
    /// `Sold to`.
    pub sold_to: Shown<SoldTo>,
}

/// The `Sold to` of a billing account: the person, as far as the page shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoldTo {
    /// An email address, perhaps with a name.
    Email {
        /// The address.
        email: Address,
        /// The name beside it, if one is shown.
        name: Option<String>,
        /// The contact record that it links to, if it is a link.
        contact: Option<ContactId>,
    },
    /// Only a name: the address is on the contact's page.
    NameOnly {
        /// The name.
        name: String,
        /// The contact record that it links to, if it is a link.
        contact: Option<ContactId>,
    },
}

/// A billing account contact's show page: the address behind a Sold-to that is shown as a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The record's number.
    pub id: ContactId,
    /// The contact's name.
    pub name: Shown<String>,
    /// The contact's email address.
    pub email: Shown<Address>,
}

/// A list page: its rows, and the total over all pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing<Row> {
    /// The rows of this page, in its order.
    pub rows: Vec<Row>,
    /// The total over all pages (by default, 20 rows per page), if the page shows it.
    pub total: Option<u64>,
}

/// One row of the order list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// The order's number.
    pub id: OrderId,
    /// `Subscription name`; absent if the list hides the column, too.
    pub subscription_name: Shown<SubscriptionName>,
    /// `Billing account`.
    pub billing_account: Shown<BillingAccountId>,
    /// `Trial`.
    pub trial: Shown<bool>,
    /// `Start date`.
    pub start_date: Shown<Day>,
    /// `End date`.
    pub end_date: Shown<Day>,
}

/// One row of the cloud activation list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudActivationRow {
    /// The record's number.
    pub id: CloudActivationId,
    /// `Subscription name`.
    pub subscription_name: Shown<SubscriptionName>,
    /// `Trial`.
    pub trial: Shown<bool>,
}

/// One row of the license list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenseRow {
    /// The license's number.
    pub id: LicenseId,
    /// `Zuora subscription name`.
    pub subscription_name: Shown<SubscriptionName>,
    /// `Trial`.
    pub trial: Shown<bool>,
}

/// The result of Validate License (handbook step 8): only its ID matters, as it leads to the
/// license's own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validation {
    /// `id` in `restrictions`; never the subscription's or an add-on's.
    pub license_id: Shown<LicenseId>,
}
