//! The answer to a check, and the engineer's decision about it. A case stores both, so this file
//! knows nothing of cases.

use serde::{Deserialize, Serialize};

/// The answer to a check, with its reason in the engineer's words (a sentence without its full stop).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Good, and why.
    Passed(String),
    /// Not good, and why.
    Failed(String),
    /// A question that only the engineer can answer.
    ToDecide(String),
    /// What is missing to answer.
    Unknown(String),
}

impl Answer {
    /// The word that the panel shows.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::ToDecide(_) => "to decide",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The reason.
    pub fn why(&self) -> &str {
        match self {
            Self::Passed(why) | Self::Failed(why) | Self::ToDecide(why) | Self::Unknown(why) => why,
        }
    }
}

/// What the engineer decided about a check. It counts only as long as the answer and the records are the ones it was decided about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The check's stored name.
    pub check: String,
    /// Whether the check counts as passed.
    pub accepted: bool,
    /// Why, in the engineer's words; never empty.
    pub reason: String,
    /// The answer that was decided about.
    pub about: Answer,
    /// The records that were decided about: two licenses may give the same answer in the same words.
    pub records: Vec<String>,
}

/// Longest reason kept, in characters.
pub const REASON_MAX: usize = 300;
