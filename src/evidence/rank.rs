//! How certain a piece of evidence is.

/// How certain a piece of evidence is. A named piece comes before a guessed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A word beside it names it.
    Named,
    /// It only looks like one.
    Guess,
}
