//! The core's answer to its JavaScript.

use serde::Serialize;

use super::effect::Effect;
use super::pages::Page;
use crate::case::CaseKey;

/// The result of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Turn {
    /// What the background must do once everything is saved.
    pub effects: Vec<Effect>,
    /// Entries for the session's storage; an entry without a value is removed.
    pub save: Vec<(String, Option<String>)>,
    /// The panels whose HTML changed, by window.
    pub views: Vec<(i64, String)>,
    /// The panels, by window, whose view may be stored and shown again at once when a panel opens
    /// on the same ticket.
    pub storable: Vec<(i64, CaseKey)>,
    /// The Zendesk hosts whose stored views must be dropped.
    pub signed_out: Vec<String>,
    /// Tether's other pages whose HTML changed.
    pub pages: Vec<(Page, String)>,
    /// When the panel must ask again, in ms since 1970.
    pub wake_at: Option<u64>,
}

/// The hosts of the profile in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Hosts<'a> {
    /// The portal's.
    pub portal: &'a [String],
    /// Zendesk's.
    pub zendesk: &'a [String],
}
