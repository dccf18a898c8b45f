//! What `Diagnose this page` shows.

use serde::{Deserialize, Serialize};

use crate::case::page_problem::PageProblem;
use crate::portal::diagnose as portal;
use crate::zendesk::diagnose as zendesk;

/// The diagnosis that the panel shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosing {
    /// Its progress.
    pub now: Progress,
    /// How many diagnoses were started: the panel scrolls to a new one.
    pub number: u64,
    /// Whether the report was copied.
    pub copied: Option<bool>,
    /// The last mapping.
    pub mapping: Option<Mapping>,
    /// The page without its values.
    pub saving: Saving,
}

/// A page that is to be saved without its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saving {
    /// It was not asked for.
    #[default]
    Closed,
    /// The page is being asked for its HTML.
    Asking {
        /// The page job's number.
        effect: u64,
        /// The page's tab.
        tab: i64,
    },
    /// It is shown, ready to be saved.
    Done {
        /// The file's name.
        name: String,
        /// What the file will hold.
        content: String,
    },
    /// It is larger or more complex than Tether can take.
    TooLarge,
    /// The page could not be asked.
    Problem(PageProblem),
}

/// The progress of a diagnosis.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// No diagnosis is shown.
    #[default]
    Closed,
    /// The page is being asked.
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
    /// A Zendesk on which Tether refuses to work.
    Refused,
    /// A page of no site that Tether knows, or one that the browser protects.
    Elsewhere,
}

/// A mapping that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The setting's path.
    pub path: String,
    /// What is now read under another name.
    pub what: String,
    /// The new name.
    pub under: String,
    /// The engineer's setting before, as JSON, if there was one.
    pub before: Option<String>,
    /// Its progress.
    pub now: MappingState,
}

/// The progress of a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingState {
    /// The browser is saving the setting.
    Keeping,
    /// It is saved, and the page was read with it.
    Kept,
    /// It is being undone.
    Undoing,
}
