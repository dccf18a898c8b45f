//! Everything that the edges are told to do.

use serde::{Deserialize, Serialize};

use crate::zendesk::words::Selectors;

/// An effect.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Give a page script an order.
    Page {
        /// The tab.
        tab: i64,
        /// The order.
        job: Job,
    },
    /// Open an address in a new tab, answered by `tab_opened` with the token.
    OpenTab {
        /// The address.
        url: String,
        /// The token.
        token: u64,
    },
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

/// An order to a page script.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Append the note to the composer of a ticket, as an internal note.
    WriteNote {
        /// The order's number.
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
        selectors: Selectors,
    },
}
