//! What a page of the portal can be.

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
    /// A contact: the address behind a Sold-to that is only a name.
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
    /// The portal wants a sign-in first.
    SignedOut,
    /// What protects the portal blocked the request, or wants to check the browser first.
    Blocked,
    /// The portal failed.
    ServerError,
    /// Nothing that Tether reads.
    Other(OtherPage),
}

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherPage {
    /// A record's Edit, History or another tab of it, a form for a new record.
    EditOrHistory,
    /// The admin's front page.
    Dashboard,
    /// A model that Tether does not read.
    OtherModel,
    /// The list of a model whose lists Tether does not read.
    OtherList,
    /// The page's own model or number is not its address's: the address has changed, the page not yet.
    Stale,
    /// A list at a record's address, with no status to tell whether the record is missing or the page about to be replaced.
    ListAtRecordAddress,
    /// A copy that Turbo shows until the page arrives.
    Preview,
    /// Not an address of the portal's admin.
    NotAPortalAddress,
    /// The portal has no such page.
    NoSuchPage,
    /// Larger than any page of the portal.
    TooLarge,
    /// More tags than any page of the portal.
    TooComplex,
    /// None of the known forms.
    Unrecognised,
}
