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
    /// The field for 18 characters, its raw text; `None` where it is empty.
    pub salesforce_id: Option<String>,
    /// The field for 15 characters, its raw text; `None` where it is empty.
    pub salesforce_short_id: Option<String>,
}

/// What an organization's own page says of it beyond its name: what the pre-checks look at.
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
    /// When it was changed last, as Zendesk prints it; empty where the answer does not say.
    pub updated_at: String,
    /// What of all this stands there in a form that Tether cannot read: the names of the fields. They are not known.
    pub unreadable: Vec<String>,
}
