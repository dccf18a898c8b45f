//! Zendesk's addresses: what is in front of the engineer, and the addresses that Tether writes down.

use serde::{Deserialize, Serialize};

use crate::address::https;
use crate::profile::zendesk::ZendeskWords;
use crate::record::ids::{OrganizationId, TicketId, UserId};

/// What an address of Zendesk shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Front {
    /// A ticket in the agent's page.
    Ticket {
        /// The host, lower case.
        host: String,
        /// The ticket.
        id: TicketId,
    },
    /// A user in the agent's page.
    User {
        /// The host, lower case.
        host: String,
        /// The user.
        id: UserId,
    },
    /// Anything else on a host of Zendesk that Tether works on.
    Other {
        /// The host, lower case.
        host: String,
    },
    /// A host that Tether refuses to work on, whatever it shows.
    Refused {
        /// The host, lower case.
        host: String,
    },
}

/// What an address shows; `None` for everything that is not `https` on one of the profile's hosts.
pub fn front(url: &str, words: &ZendeskWords) -> Option<Front> {
    let (host, path) = https(url)?;
    if words.refused_hosts.contains(&host) {
        return Some(Front::Refused { host });
    }
    if !words.hosts.contains(&host) {
        return None;
    }
    let ticket = path
        .strip_prefix("/agent/tickets/")
        .and_then(|rest| TicketId::parse(rest.split('/').next()?).ok());
    let user = path
        .strip_prefix("/agent/users/")
        .and_then(|rest| UserId::parse(rest.split('/').next()?).ok());
    Some(match (ticket, user) {
        (Some(id), _) => Front::Ticket { host, id },
        (None, Some(id)) => Front::User { host, id },
        (None, None) => Front::Other { host },
    })
}

/// A ticket's address in the agent's page.
pub fn ticket_url(host: &str, id: TicketId) -> String {
    format!("https://{host}/agent/tickets/{id}")
}

/// A user's address in the agent's page.
pub fn user_url(host: &str, id: UserId) -> String {
    format!("https://{host}/agent/users/{id}")
}

/// An organization's address in the agent's page, as the note holds it (handbook step 11).
pub fn organization_url(host: &str, id: OrganizationId) -> String {
    format!("https://{host}/agent/organizations/{id}")
}
