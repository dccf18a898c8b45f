//! Names, titles and keys that Zendesk's administrators choose.

use serde::{Deserialize, Serialize};

/// The forms for association requests: by ID, or by title if the ID is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketForms {
    /// Their IDs. A ticket with one of these needs no further read.
    pub ids: Vec<u64>,
    /// Their titles. Case and whitespace do not matter.
    pub titles: Vec<String>,
}

/// Names of a product field's options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductNames {
    /// GitLab.com.
    pub gitlab_com: Vec<String>,
    /// Self-managed.
    pub self_managed: Vec<String>,
    /// GitLab Dedicated.
    pub dedicated: Vec<String>,
}

/// Who reviews what cannot be solved: the first of these groups that Zendesk has, and optionally
/// one person in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Names of groups, the preferred one first.
    pub groups: Vec<String>,
    /// The person's email address; without one, only the group is assigned.
    #[serde(default)]
    pub assignee: Option<String>,
}

/// Where a ticket goes that was filed with another form, once its requester is associated. An empty
/// list leaves that part as it is; without a group, nothing is handed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOn {
    /// Names of groups; the first that Zendesk has gets the ticket, without an assignee.
    pub groups: Vec<String>,
    /// Titles of forms; the first that Zendesk has becomes the ticket's form.
    pub forms: Vec<String>,
    /// Titles of the field that says which stage a ticket is at.
    pub stage_field: Vec<String>,
    /// Names of that field's option for a ticket that waits for its first reply.
    pub stages: Vec<String>,
    /// Tags that are taken off, so that Zendesk's own rules look at the ticket anew.
    pub removed_tags: Vec<String>,
}

/// Titles of macros.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MacroTitles {
    /// Asks for proof of entitlement (steps 3 and 5).
    pub proof_asked: Vec<String>,
    /// Confirms that users were associated.
    pub contacts_added: Vec<String>,
    /// Confirms that users were removed.
    pub contacts_removed: Vec<String>,
    /// The requester is not an owner of a top-level paid namespace (step 4).
    pub not_an_owner: Vec<String>,
    /// The proof is a trial (steps 6 and 7).
    pub trial: Vec<String>,
    /// The requester has not passed entitlement checks (step 12).
    pub entitlement_failed: Vec<String>,
    /// The organization has as many contacts as it may have.
    pub limit_reached: Vec<String>,
    /// The requester must write from a company address (step 5).
    pub company_email_needed: Vec<String>,
    /// A person to remove has tickets that are not closed.
    pub open_tickets: Vec<String>,
}

/// What a click on an entry of the submit menu does. It differs between accounts, and Tether never
/// submits: if a click submits, Tether leaves the menu alone and the panel says which status to
/// submit with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum SubmitMenu {
    /// It submits the ticket.
    Submits,
    /// It only chooses the status.
    Chooses,
}

/// How a plan adds the internal note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoteMode {
    /// It is saved to the ticket as an internal comment.
    Saved,
    /// It is written into the composer, and the engineer submits it.
    Composer,
}

/// Which process a case follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumString)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Process {
    /// The handbook's: Tether notes the records and changes the users.
    Handbook,
    /// GitLab's own app in Zendesk notes the records and changes the users; Tether finds the IDs that
    /// it needs.
    ContactManagementApp,
}

/// Titles of ticket fields. Case and whitespace do not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketFieldTitles {
    /// What kind of request it is.
    pub problem_type: Vec<String>,
    /// Which product it is about.
    pub product_type: Vec<String>,
    /// The subscription's email address, as the requester gave it.
    pub subscription_email: Vec<String>,
}

/// Keys of organization fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrganizationFieldKeys {
    /// The Salesforce account in 18 characters.
    pub salesforce_id: String,
    /// The Salesforce account in 15 characters.
    pub salesforce_short_id: String,
    /// What kind of account it is, e.g. a partner.
    pub account_type: String,
    /// The level of support it has.
    pub support_level: String,
    /// When its support ends.
    pub expiration_date: String,
    /// Whether support is on hold.
    pub support_hold: String,
    /// Whether the account is restricted.
    pub restricted_account: String,
    /// Whether it is a partner's customer.
    pub partner_customer: String,
}

impl OrganizationFieldKeys {
    /// Every key with its name in the profile.
    pub fn all(&self) -> [(&'static str, &String); 8] {
        [
            ("salesforce_id", &self.salesforce_id),
            ("salesforce_short_id", &self.salesforce_short_id),
            ("account_type", &self.account_type),
            ("support_level", &self.support_level),
            ("expiration_date", &self.expiration_date),
            ("support_hold", &self.support_hold),
            ("restricted_account", &self.restricted_account),
            ("partner_customer", &self.partner_customer),
        ]
    }
}
