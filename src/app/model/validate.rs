//! What is known of Validate License: which key was filled in, and what it answered.

use serde::{Deserialize, Serialize};

use super::jobs::JobId;
use crate::case::CaseKey;

/// A result of Validate License.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validated {
    /// Whose.
    pub case: CaseKey,
    /// The piece of proof whose key was filled in; none: nobody knows which key it was.
    pub proof: Option<u64>,
    /// The license that it shows.
    pub license: u64,
}

/// A Validate License page that is to be filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filling {
    /// Whose key.
    pub case: CaseKey,
    /// The piece with the key.
    pub proof: u64,
    /// The page job's number, once it was given.
    pub effect: Option<JobId>,
}
