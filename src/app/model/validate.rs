//! Validate License: which key was filled in, and its result.

use serde::{Deserialize, Serialize};

use super::jobs::JobId;
use crate::case::CaseKey;

/// A result of Validate License.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validated {
    /// The case.
    pub case: CaseKey,
    /// The piece of proof whose key was filled in, if that is known.
    pub proof: Option<u64>,
    /// The license that the page shows.
    pub license: u64,
}

/// A Validate License page that is to be filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filling {
    /// The case.
    pub case: CaseKey,
    /// The piece with the key.
    pub proof: u64,
    /// The page job's number, once it has been given.
    pub effect: Option<JobId>,
}
