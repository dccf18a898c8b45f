//! What the core answers its JavaScript.

use serde::Serialize;

use super::effect::Effect;
use super::pages::Page;

/// What an event led to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Turn {
    /// What the background has to do, once everything is saved.
    pub effects: Vec<Effect>,
    /// Entries of the session's storage; without a value: to be removed.
    pub save: Vec<(String, Option<String>)>,
    /// The panels whose HTML changed, by their windows.
    pub views: Vec<(i64, String)>,
    /// Tether's other pages whose HTML changed.
    pub pages: Vec<(Page, String)>,
    /// When the panel has to ask again, in ms since 1970.
    pub wake_at: Option<u64>,
}

/// The hosts that the profile in force names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Hosts<'a> {
    /// The portal's.
    pub portal: &'a [String],
    /// Zendesk's.
    pub zendesk: &'a [String],
}
