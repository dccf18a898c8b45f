//! The state of the settings pages besides the settings themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::map::{Map, Set};

/// One of Tether's own pages besides the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The settings.
    Options,
    /// The welcome page, shown once after Tether was installed.
    Welcome,
}

/// The state of Tether's own pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// The open pages.
    pub open: Set<Page>,
    /// The browser's shortcut keys by command name; empty if a command has none.
    pub keys: Map<String, String>,
    /// The extension's id in this browser, which a policy names.
    pub extension: String,
    /// The words that settings are looked for with.
    pub find: String,
    /// Invalid input, by the setting's path.
    pub refused: Map<String, Refused>,
    /// Settings that the browser is saving.
    pub keeping: Set<String>,
    /// A file of settings that the engineer chose but has not applied.
    pub import: Option<Import>,
    /// The current notice.
    pub said: Option<String>,
}

/// Invalid input for a setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// As it was typed.
    pub typed: String,
    /// Why it is invalid.
    pub says: String,
}

/// What a file of settings would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Import {
    /// It is not a file of settings; says what to do.
    Unusable(String),
    /// The file's content.
    Holds {
        /// Settings that would change, with their new values.
        #[serde(with = "crate::app::storage::as_json")]
        changes: BTreeMap<String, Value>,
        /// How many settings equal those in force.
        same: usize,
        /// The invalid settings: path and error.
        bad: Vec<(String, String)>,
    },
}
