//! What a phrase says of the words around it.

/// What a phrase says of the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// That something is wrong: the piece that it names, otherwise what stands before it.
    Wrong,
    /// That the author made a mistake in what stands before it.
    Slip,
    /// The same, if its object is something that the author wrote before.
    Ignore,
    /// That what follows is right.
    Right,
    /// That its part of the sentence has what is right, on either side.
    RightHere,
}
