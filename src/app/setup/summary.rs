//! How many assumptions hold.

use super::findings::{Finding, Outcome};

/// The numbers of a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Assumptions that hold.
    pub good: usize,
    /// Assumptions that do not.
    pub wrong: usize,
    /// Assumptions about which nothing is known, though they were looked at.
    pub unknown: usize,
    /// Assumptions that were not looked at.
    pub not_looked: usize,
    /// Assumptions that are being looked at.
    pub looking: usize,
}

/// Counts findings.
pub fn count(findings: &[Finding]) -> Count {
    let mut count = Count::default();
    for finding in findings {
        match finding.outcome {
            Outcome::Good(_) => count.good += 1,
            Outcome::Wrong { .. } => count.wrong += 1,
            Outcome::Unknown(_) => count.unknown += 1,
            Outcome::NotLooked(_) => count.not_looked += 1,
            Outcome::Looking => count.looking += 1,
        }
    }
    count
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} good, {} wrong, {} unknown, {} not looked at",
            self.good, self.wrong, self.unknown, self.not_looked
        )
    }
}
