//! How far a label reaches.

/// The fewest digits of a number that is not right beside a label.
pub(super) const DIGITS_MIN: usize = 5;

/// How many tokens before a label are examined.
pub(super) const BEFORE: usize = 14;
