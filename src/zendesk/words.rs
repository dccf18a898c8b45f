//! The words of Zendesk, as the site profile holds them (its section `zendesk`): hosts, field titles and keys, selectors.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::address::is_host;

/// The profile's section `zendesk`, checked: deserialising an unusable one fails with the name of the key at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct ZendeskWords {
    /// Host names on which Tether works, lower case, without a port.
    pub hosts: Vec<String>,
    /// Host names on which Tether refuses to work.
    pub refused_hosts: Vec<String>,
    /// Titles of the ticket fields used.
    pub ticket_fields: TicketFieldTitles,
    /// Keys of the organization fields used.
    pub organization_fields: OrganizationFieldKeys,
    /// Where things stand in the agent's page.
    pub selectors: Selectors,
}

/// Titles of ticket fields; case and blanks do not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TicketFieldTitles {
    /// What kind of request it is.
    pub problem_type: Vec<String>,
    /// Which product it is about.
    pub product_type: Vec<String>,
    /// The subscription's e-mail address, as the requester gave it.
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
}

/// CSS selectors of the agent's page; each thing has several, tried in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// The pane of the ticket in front.
    pub active_pane: Vec<String>,
    /// The element of a pane that names its ticket.
    pub pane_ticket: Vec<String>,
    /// The tab of what is in front.
    pub active_tab: Vec<String>,
    /// The composer's editable.
    pub composer: Vec<String>,
    /// The switch between note and reply.
    pub channel_button: Vec<String>,
    /// The switch's item for the internal note.
    pub channel_internal: Vec<String>,
}

impl Selectors {
    /// Every list with its key in the profile.
    pub fn all(&self) -> [(&'static str, &Vec<String>); 6] {
        [
            ("active_pane", &self.active_pane),
            ("pane_ticket", &self.pane_ticket),
            ("active_tab", &self.active_tab),
            ("composer", &self.composer),
            ("channel_button", &self.channel_button),
            ("channel_internal", &self.channel_internal),
        ]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    hosts: Vec<String>,
    refused_hosts: Vec<String>,
    ticket_fields: TicketFieldTitles,
    organization_fields: OrganizationFieldKeys,
    selectors: Selectors,
}

/// Why a profile's section `zendesk` cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadWords {
    /// The key at fault, e.g. `zendesk.selectors.composer`.
    pub key: String,
    /// What it must be.
    pub must: &'static str,
}

impl fmt::Display for BadWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} must be {}", self.key, self.must)
    }
}

impl std::error::Error for BadWords {}

fn ensure(good: bool, key: &str, must: &'static str) -> Result<(), BadWords> {
    if good { Ok(()) } else { Err(BadWords { key: format!("zendesk.{key}"), must }) }
}

fn is_text(text: &str, max: usize) -> bool {
    !text.is_empty() && text.trim().len() == text.len() && text.chars().count() <= max && !text.chars().any(char::is_control)
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.len() <= 100 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A title as it is compared: lower case, one blank between its words.
pub(super) fn folded(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl TryFrom<Unchecked> for ZendeskWords {
    type Error = BadWords;

    fn try_from(w: Unchecked) -> Result<Self, BadWords> {
        let is_hosts = !w.hosts.is_empty() && w.hosts.iter().all(|h| is_host(h));
        ensure(is_hosts, "hosts", "host names in lower case without scheme or port, at least one")?;
        let is_refused = w.refused_hosts.iter().all(|h| is_host(h) && !w.hosts.contains(h));
        ensure(is_refused, "refused_hosts", "host names in lower case without scheme or port, none of them in hosts")?;
        let titles = [
            ("problem_type", &w.ticket_fields.problem_type),
            ("product_type", &w.ticket_fields.product_type),
            ("subscription_email", &w.ticket_fields.subscription_email),
        ];
        let mut seen: Vec<String> = Vec::new();
        for (name, list) in titles {
            let is_list = !list.is_empty() && list.iter().all(|t| is_text(t, 200));
            let folded: Vec<String> = list.iter().map(|t| folded(t)).collect();
            let fresh = folded.iter().all(|t| !seen.contains(t));
            ensure(
                is_list && fresh,
                &format!("ticket_fields.{name}"),
                "titles of 1 to 200 characters, at least one, none of another field",
            )?;
            seen.extend(folded);
        }
        let keys = &w.organization_fields;
        ensure(is_key(&keys.salesforce_id), "organization_fields.salesforce_id", "a key of letters, digits, _ and -")?;
        let is_second = is_key(&keys.salesforce_short_id) && keys.salesforce_short_id != keys.salesforce_id;
        ensure(is_second, "organization_fields.salesforce_short_id", "a key of letters, digits, _ and -, not that of salesforce_id")?;
        for (name, list) in w.selectors.all() {
            let is_list = !list.is_empty() && list.len() <= 20 && list.iter().all(|s| is_text(s, 300));
            ensure(is_list, &format!("selectors.{name}"), "1 to 20 selectors of 1 to 300 characters")?;
        }
        Ok(Self {
            hosts: w.hosts,
            refused_hosts: w.refused_hosts,
            ticket_fields: w.ticket_fields,
            organization_fields: w.organization_fields,
            selectors: w.selectors,
        })
    }
}
