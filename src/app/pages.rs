//! What the pages of settings hold beside the settings themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::map::{Map, Set};

/// A page of Tether's own, beside the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// The settings.
    Options,
    /// What an engineer sees once, after Tether was installed.
    Welcome,
}

/// What the pages show.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    /// Which are open.
    pub open: Set<Page>,
    /// The keys of the browser's shortcuts, by the command's name; empty where it has none.
    pub keys: Map<String, String>,
    /// What was typed and refused, by the setting's path.
    pub refused: Map<String, Refused>,
    /// Settings on their way into the browser's storage.
    pub keeping: Set<String>,
    /// A file that was given and not taken yet.
    pub import: Option<Import>,
    /// What is said once.
    pub said: Option<String>,
}

/// What was typed for a setting and is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// As it was typed.
    pub typed: String,
    /// What is wrong with it.
    pub says: String,
}

/// What a file of settings would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Import {
    /// It is no such file: what to do.
    Unusable(String),
    /// What it holds.
    Holds {
        /// Settings that would change, with their new values.
        #[serde(with = "crate::app::storage::as_json")]
        changes: BTreeMap<String, Value>,
        /// How many say what counts already.
        same: usize,
        /// Those that are no good: path, and what is wrong.
        bad: Vec<(String, String)>,
    },
}
