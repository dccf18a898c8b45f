//! Organizations of Zendesk, as a search and as their own page show them.

use serde::{Deserialize, Serialize};

use super::ids::OrganizationId;

/// An organization as a search found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its number.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The field for 18 characters, its raw text; `None` if it is empty.
    pub salesforce_id: Option<String>,
    /// The field for 15 characters, its raw text; `None` if it is empty.
    pub salesforce_short_id: Option<String>,
}

/// An organization's own details besides its name, for the pre-checks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// `Notes`, whole, with line breaks.
    pub notes: String,
    /// `Details`, whole, with line breaks.
    pub details: String,
    /// What kind of account it is, e.g. `Customer` or `Open Partner`.
    pub account_type: Option<String>,
    /// The level of support, e.g. `ultimate` or `expired`.
    pub support_level: Option<String>,
    /// When its support ends, as Zendesk prints it.
    pub expiration_date: Option<String>,
    /// Whether support is on hold.
    pub support_hold: bool,
    /// Whether the account is restricted.
    pub restricted_account: bool,
    /// Whether it is a partner's customer.
    pub partner_customer: bool,
    /// The field for the Salesforce account's 18 characters, its raw text.
    pub salesforce_id: Option<String>,
    /// The field for the Salesforce account's 15 characters, its raw text.
    pub salesforce_short_id: Option<String>,
    /// When it was last changed, as Zendesk prints it; empty if the answer does not say.
    pub updated_at: String,
    /// The names of fields with a value that Tether cannot read. Their values are unknown.
    pub unreadable: Vec<String>,
}
