//! The kinds of pages that the portal has.

use serde::{Deserialize, Serialize};

use crate::record::{
    BillingAccount, CloudActivation, CloudActivationRow, Contact, License, LicenseRow, Listing,
    Order, OrderRow, RecordKind, Validation,
};

/// What a page of the portal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// A license (handbook step 6).
    License(License),
    /// A cloud activation (step 7).
    CloudActivation(CloudActivation),
    /// An order (step 9).
    Order(Order),
    /// A billing account (step 10).
    BillingAccount(BillingAccount),
    /// A contact: it has the address of a Sold-to that is only a name.
    Contact(Contact),
    /// The order list.
    OrderList(Listing<OrderRow>),
    /// The cloud activation list.
    CloudActivationList(Listing<CloudActivationRow>),
    /// The license list.
    LicenseList(Listing<LicenseRow>),
    /// The result of Validate License (step 8).
    Validation(Validation),
    /// Validate License without a result.
    ValidateForm,
    /// The portal answered that there is no such record.
    NotFound {
        /// The model asked for.
        model: RecordKind,
        /// The number asked for.
        id: u64,
    },
    /// The portal refused the page to this user.
    NotAllowed,
    /// The portal asks to sign in first.
    SignedOut,
    /// The portal's protection blocked the request, or wants to check the browser first.
    Blocked,
    /// The portal failed.
    ServerError,
    /// A page that Tether does not read.
    Other(OtherPage),
}

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherPage {
    /// A record's Edit, History or another of its tabs, or a form for a new record.
    EditOrHistory,
    /// The admin's front page.
    Dashboard,
    /// A model that Tether does not read.
    OtherModel,
    /// The list of a model whose lists Tether does not read.
    OtherList,
    /// The page's own model or number differs from its URL: the URL has changed, the page not yet.
    Stale,
    /// A list at a record's URL. Without a status, it is unknown whether the record is missing or
    /// the page is about to be replaced.
    ListAtRecordAddress,
    /// A copy that Turbo shows until the page arrives.
    Preview,
    /// Not an address of the portal's admin.
    NotAPortalAddress,
    /// The portal has no such page.
    NoSuchPage,
    /// It is larger than any page of the portal.
    TooLarge,
    /// It has more tags than any page of the portal.
    TooComplex,
    /// It has none of the known forms.
    Unrecognized,
}
