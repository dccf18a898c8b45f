//! The settings as the browser keeps them, and what can be wrong with one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{BadWords, Layer};
use crate::map::Map;

/// What the names of the engineer's settings begin with in `storage.sync`; the path follows.
pub const PREFIX: &str = "profile:";

/// The settings as they are kept, each value as JSON text of its own, so that one that cannot be read spoils no other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Settings {
    /// The entries of `storage.sync` by name. Those that are no `profile:<path>` are none of ours.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
    pub sync: Map<String, String>,
    /// The property `profile` of `storage.managed`, where a policy sets it.
    #[serde(default)]
    pub managed: Option<String>,
}

impl Settings {
    pub(super) fn are_none(&self) -> bool {
        self.managed.is_none() && self.entries().next().is_none()
    }

    /// The engineer's entries: path and JSON text.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sync
            .iter()
            .filter_map(|(name, json)| Some((name.strip_prefix(PREFIX)?, json.as_str())))
    }
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This version knows no setting of that path: a newer one's, or misspelt.
    Unknown,
    /// Only a new version of Tether changes it.
    Fixed,
    /// It is no JSON, or nested too deeply.
    Unreadable,
    /// It is not what it must be.
    Bad(BadWords),
    /// The organization has set it.
    Managed,
}

/// A setting that does not count, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whose setting it is.
    pub layer: Layer,
    /// Its path.
    pub path: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str(
                "This version of Tether knows no such setting. It is kept, and does not count.",
            ),
            Self::Fixed => f.write_str(
                "Only a new version of Tether changes this. The setting does not count.",
            ),
            Self::Unreadable => f.write_str("This cannot be read. The setting does not count."),
            Self::Bad(BadWords { key, must }) => write!(f, "{key} must be {must}."),
            Self::Managed => f.write_str("This is set by your organization."),
        }
    }
}
