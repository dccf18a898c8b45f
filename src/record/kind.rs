//! The kinds of portal records that Tether reads.

use serde::{Deserialize, Serialize};

/// A kind of record. Its names in URLs are in the site profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// A license.
    License,
    /// A cloud activation.
    CloudActivation,
    /// An order.
    Order,
    /// A billing account.
    BillingAccount,
    /// A contact of a billing account.
    Contact,
}

impl RecordKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::License,
        Self::CloudActivation,
        Self::Order,
        Self::BillingAccount,
        Self::Contact,
    ];

    /// Its key in the site profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::CloudActivation => "cloud_activation",
            Self::Order => "order",
            Self::BillingAccount => "billing_account",
            Self::Contact => "contact",
        }
    }

    /// What people call one.
    pub fn a(self) -> &'static str {
        match self {
            Self::License => "a license",
            Self::CloudActivation => "a cloud activation",
            Self::Order => "an order",
            Self::BillingAccount => "a billing account",
            Self::Contact => "a contact",
        }
    }
}
