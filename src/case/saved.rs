//! What Tether saved to the ticket itself, behind the back of its page.

use serde::{Deserialize, Serialize};

/// The last save to a ticket through the API. Zendesk refuses a reply that is submitted from a page that does not show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// How many saves there were: a page that was looked at before the last one has to be looked at again.
    pub count: u64,
    /// When it was known to be saved, in ms since 1970; 0 if nothing was. A page that was loaded since shows it.
    pub at_ms: u64,
    /// What a page that was loaded before shows if it follows changes.
    pub lines: Vec<String>,
}

impl Saved {
    /// Something was saved.
    pub fn note(&mut self, lines: Vec<String>, now_ms: u64) {
        *self = Self {
            count: self.count + 1,
            at_ms: now_ms,
            lines,
        };
    }
}
