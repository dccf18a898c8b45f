//! Everything that the edges are told to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::profile::zendesk::{Selectors, SubmitMenu};

/// An effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// Ask an address; answered by `answered` with the same number.
    Read {
        /// The read's number.
        id: u64,
        /// The full address.
        url: String,
        /// The `Accept` header: never left to the default, which gets JSON with the license key from the portal.
        accept: String,
    },
    /// Fetch a file of the ticket's own host; answered by `fetched` with the same number.
    Fetch {
        /// The fetch's number.
        id: u64,
        /// The full address.
        url: String,
        /// The host name below which a redirect may lead; none: no redirect is followed.
        follow: Option<String>,
    },
    /// Come back after a short while (at most a few seconds); answered by `waited` with the same number.
    Wait {
        /// The wait's number.
        id: u64,
        /// How long, in ms.
        ms: u64,
    },
    /// Give a page script a job. Made by `Model::give_page` alone, which keeps whose it is.
    Page {
        /// The tab.
        tab: i64,
        /// The page job.
        job: Job,
    },
    /// Ask a page whether it has a page job; answered by `page_has_job`, and with the outcome where it is done.
    AskPage {
        /// The tab.
        tab: i64,
        /// The page job's number.
        effect: u64,
    },
    /// Open an address in a new tab, answered by `tab_opened` with the token.
    OpenTab {
        /// The address.
        url: String,
        /// The token.
        token: u64,
    },
    /// Remind of a ticket; one reminder a ticket. It outlives the browser's session, so it holds nothing but the address.
    Remind {
        /// The ticket's address in the agent's page.
        url: String,
        /// When, in ms since 1970.
        at_ms: u64,
    },
    /// Forget the reminder of a ticket.
    Forget {
        /// The ticket's address in the agent's page.
        url: String,
    },
    /// Keep settings of the engineer's beyond the browser's session; answered by `settings` when they are kept, by `settings_not_saved`
    /// when they are not.
    Settings {
        /// By path; null takes a setting back, so that the shipped value counts.
        #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
        entries: BTreeMap<String, serde_json::Value>,
    },
    /// Give back the browser's permission for a host that was asked for on use.
    ReleaseHost {
        /// Its pattern, e.g. `https://customers.staging.gitlab.com/*`.
        origin: String,
    },
    /// Show the settings.
    OpenSettings,
    /// Show the browser's own page of shortcuts.
    OpenShortcuts,
    /// Bring a tab to the front.
    FocusTab {
        /// The tab.
        tab: i64,
    },
    /// The toolbar button's badge.
    Badge {
        /// At most two characters; empty for none.
        text: String,
        /// Background colour, `#rrggbb`.
        color: String,
        /// The button's tooltip.
        title: String,
    },
}

/// What the page reads once more right before it writes. Zendesk's API writes a user whatever changed since they were read, so the page
/// looks as late as anybody can: what remains is the time between this answer and Zendesk's own writing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Expected {
    /// The path, from `/api/v2/` on.
    pub path: String,
    /// What the answer has to hold: of an object the named keys, of a list each entry in its order; an empty text is the same as none.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub holds: serde_json::Value,
}

/// A page job: what a page script is asked to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Append the note to the composer of a ticket, as an internal note.
    WriteNote {
        /// The page job's number.
        effect: u64,
        /// The ticket that must be in front.
        ticket: u64,
        /// Safe HTML.
        html: String,
        /// The same as the composer will read, line by line.
        lines: Vec<String>,
        /// Write even if it stands there already.
        again: bool,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Put a reply into the composer of a ticket, as a public draft. It is never submitted.
    WriteReply {
        /// The page job's number.
        effect: u64,
        /// The ticket that must be in front.
        ticket: u64,
        /// Safe HTML.
        html: String,
        /// The same as the composer will read, line by line.
        lines: Vec<String>,
        /// Write even if it stands there already.
        again: bool,
        /// `solved` or `pending`.
        status: String,
        /// What a click on an entry of the submit menu does.
        submit_menu: SubmitMenu,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Write by Zendesk's API, from the page in front: its session, its origin and its token.
    Request {
        /// The page job's number.
        effect: u64,
        /// The ticket that must be in front.
        ticket: Option<u64>,
        /// The user whose page must be in front.
        user: Option<u64>,
        /// `PUT` or `POST`.
        method: String,
        /// The path, from `/api/v2/` on.
        path: String,
        /// The body.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        body: serde_json::Value,
        /// What has to hold right before the write.
        expected: Vec<Expected>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Fill the text area of Validate License, for the engineer to press (step 8).
    FillKey {
        /// The page job's number.
        effect: u64,
        /// The license key's text.
        key: String,
    },
    /// Hand the portal's page over as it stands.
    DiagnosePortal {
        /// The page job's number.
        effect: u64,
    },
    /// Count what the selectors find on Zendesk's page.
    DiagnoseZendesk {
        /// The page job's number.
        effect: u64,
        /// The user whose page is in front.
        user: Option<u64>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Fill the Organization field of a user's page (step 13).
    FillOrganization {
        /// The page job's number.
        effect: u64,
        /// The user whose page must be in front.
        user: u64,
        /// The organization's exact name.
        name: String,
        /// What the field may show before, apart from nothing: the exact name of the wrong organization that is to be replaced.
        replaces: Option<String>,
        /// What has to hold right before the entry is chosen.
        expected: Vec<Expected>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
}

impl Job {
    /// The page job's number.
    pub fn number(&self) -> u64 {
        match self {
            Self::WriteNote { effect, .. }
            | Self::WriteReply { effect, .. }
            | Self::Request { effect, .. }
            | Self::FillKey { effect, .. }
            | Self::DiagnosePortal { effect }
            | Self::DiagnoseZendesk { effect, .. }
            | Self::FillOrganization { effect, .. } => *effect,
        }
    }
}
