//! The effects: everything that the core tells the edges to do.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::profile::zendesk::{Selectors, SubmitMenu};

/// An effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// Read an address. `answered` answers it with the same number.
    Read {
        /// The read's number.
        id: u64,
        /// The full address.
        url: String,
        /// The `Accept` header. It is always set: by default the portal would answer with JSON that
        /// holds the license key.
        accept: String,
    },
    /// Fetch a file from the ticket's own host. `fetched` answers it with the same number.
    Fetch {
        /// The fetch's number.
        id: u64,
        /// The full address.
        url: String,
        /// The host, with its subdomains, to which a redirect may lead; without one, no redirect is
        /// followed.
        follow: Option<String>,
    },
    /// Wait for a moment, at most a few seconds. `waited` answers it with the same number.
    Wait {
        /// The wait's number.
        id: u64,
        /// How long, in ms.
        ms: u64,
    },
    /// Give a page script a job. Only `Model::give_page` makes this effect, because it records the
    /// owner.
    Page {
        /// The tab.
        tab: i64,
        /// The page job.
        job: Job,
    },
    /// Ask a page whether it has a page job. `page_has_job` answers it, with the outcome too if the
    /// job is done.
    AskPage {
        /// The tab.
        tab: i64,
        /// The page job's number.
        effect: u64,
    },
    /// Open an address in a new tab. `tab_opened` answers it with the token.
    OpenTab {
        /// The address.
        url: String,
        /// The token.
        token: u64,
    },
    /// Remind the engineer of a ticket. Each ticket has at most one reminder. It outlives the
    /// browser's session, so it holds nothing but the address.
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
    /// Save some of the engineer's settings beyond the browser's session. `settings` answers it if
    /// they are saved, otherwise `settings_not_saved`.
    Settings {
        /// New values by path; null removes a setting, so that the shipped value applies.
        #[cfg_attr(feature = "typescript", ts(type = "Record<string, unknown>"))]
        entries: BTreeMap<String, serde_json::Value>,
    },
    /// Give back the browser's permission for a host that was requested on use.
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
    /// Load a tab's page again. `tab_seen_in` follows, as after every load.
    ReloadTab {
        /// The tab.
        tab: i64,
    },
    /// The toolbar button's badge.
    Badge {
        /// At most two characters; empty for none.
        text: String,
        /// Background color, `#rrggbb`.
        color: String,
        /// The button's tooltip.
        title: String,
    },
}

/// What the page reads again right before it writes. Zendesk's API saves a user whatever changed
/// since they were read, so the page checks as late as possible. All that remains is the time
/// between this answer and the write itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Expected {
    /// The path, from `/api/v2/` on.
    pub path: String,
    /// What the answer must contain: the named keys of an object, every entry of a list in order.
    /// An empty text equals a missing one.
    #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
    pub holds: serde_json::Value,
}

/// A page job: what a page script is told to do.
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
        /// The same text as the composer will read it, line by line.
        lines: Vec<String>,
        /// Write even if the composer holds it already.
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
        /// The same text as the composer will read it, line by line.
        lines: Vec<String>,
        /// Write even if the composer holds it already.
        again: bool,
        /// `solved` or `pending`.
        status: String,
        /// What a click on an entry of the submit menu does.
        submit_menu: SubmitMenu,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Remove a drafted reply from the composer, provided that it is unchanged and nothing follows it.
    TakeReplyOut {
        /// The page job's number.
        effect: u64,
        /// The ticket that must be in front.
        ticket: u64,
        /// The reply, line by line.
        lines: Vec<String>,
        /// The addresses of its links.
        links: Vec<String>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Look whether the ticket's page shows what was saved through the API: one that doesn't would
    /// refuse what is submitted from it.
    LookAtTicket {
        /// The page job's number.
        effect: u64,
        /// The ticket that must be in front.
        ticket: u64,
        /// When it was saved, in ms since 1970: a page loaded since shows it.
        saved_ms: u64,
        /// What an older page must show.
        lines: Vec<String>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Write through Zendesk's API from the page in front, with its session, origin and CSRF token.
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
        /// What must hold right before the write.
        expected: Vec<Expected>,
        /// Where things are on the page.
        selectors: Box<Selectors>,
    },
    /// Fill in the text area of Validate License; the engineer presses the button (step 8).
    FillKey {
        /// The page job's number.
        effect: u64,
        /// The license key's text.
        key: String,
    },
    /// Hand over the portal's page as it is.
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
    /// Hand over the page as it is: it is shown and saved without its values.
    TakePage {
        /// The page job's number.
        effect: u64,
    },
    /// Fill the Organization field of a user's page (step 13).
    FillOrganization {
        /// The page job's number.
        effect: u64,
        /// The user whose page must be in front.
        user: u64,
        /// The organization's exact name.
        name: String,
        /// What the field may show before besides nothing: the exact name of the wrong organization
        /// that is to be replaced.
        replaces: Option<String>,
        /// What must hold right before the entry is chosen.
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
            | Self::TakeReplyOut { effect, .. }
            | Self::LookAtTicket { effect, .. }
            | Self::Request { effect, .. }
            | Self::FillKey { effect, .. }
            | Self::DiagnosePortal { effect }
            | Self::TakePage { effect }
            | Self::DiagnoseZendesk { effect, .. }
            | Self::FillOrganization { effect, .. } => *effect,
        }
    }
}
