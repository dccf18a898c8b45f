//! What `Diagnose this page` shows.

use serde::{Deserialize, Serialize};

use crate::case::page_problem::PageProblem;
use crate::portal::diagnose as portal;
use crate::zendesk::diagnose as zendesk;

/// The diagnosis that the panel shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosing {
    /// How far it got.
    pub now: Progress,
    /// How many were asked for: the panel brings a new one into view.
    pub number: u64,
    /// Whether the report was copied.
    pub copied: Option<bool>,
    /// The mapping that was made last.
    pub mapping: Option<Mapping>,
}

/// How far a diagnosis got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// None is shown.
    #[default]
    Closed,
    /// The page is asked.
    Asking {
        /// The page job's number.
        effect: u64,
        /// The page's tab.
        tab: i64,
    },
    /// It is done.
    Done {
        /// The page's tab.
        tab: Option<i64>,
        /// What was found.
        found: Box<Found>,
    },
    /// The page could not be asked.
    Problem(PageProblem),
}

/// What a diagnosis found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// A page of the portal.
    Portal(portal::Diagnosis),
    /// A page of Zendesk.
    Zendesk {
        /// Its host.
        host: String,
        /// What the page shows.
        page: zendesk::Diagnosis,
    },
    /// A Zendesk on which Tether refuses to act.
    Refused,
    /// A page of no site that Tether knows, or one that the browser keeps from it.
    Elsewhere,
}

/// A mapping that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The setting's path.
    pub path: String,
    /// What is read under another name now.
    pub what: String,
    /// Under which.
    pub under: String,
    /// What the engineer's setting was before, as JSON; none: there was none.
    pub before: Option<String>,
    /// How far it got.
    pub now: MappingState,
}

/// How far a mapping got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingState {
    /// The browser is keeping the setting.
    Keeping,
    /// It is kept, and the page is read by it.
    Kept,
    /// It is being taken back.
    Undoing,
}
