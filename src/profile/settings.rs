//! The settings as the browser stores them, and what can be wrong with one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::BadWords;
use super::layer::Layer;
use crate::map::Map;

/// The prefix of the engineer's settings in `storage.sync`, followed by the path.
pub const PREFIX: &str = "profile:";

/// The stored settings. Each value is separate JSON text, so that an unreadable one does not affect
/// the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Settings {
    /// The entries of `storage.sync` by name. Those that do not begin with `profile:` are ignored.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
    pub sync: Map<String, String>,
    /// The property `profile` of `storage.managed`, if a policy sets it.
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
    /// This version has no setting with this path: it is from a newer version, or misspelt.
    Unknown,
    /// Only a new version of Tether can change it.
    Fixed,
    /// It is not JSON, or nested too deeply.
    Unreadable,
    /// Its value is invalid.
    Bad(BadWords),
    /// The organization's policy sets it.
    Managed,
}

/// An ignored setting, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its layer.
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
