//! How much of a text was examined.

/// Counts the bytes that were examined. Tests check that the count stays in proportion to the
/// text's length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work(u64);

impl Work {
    pub(super) fn add(&mut self, bytes: usize) {
        self.0 = self
            .0
            .saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// The bytes examined so far, counted as often as they were examined.
    pub fn bytes(self) -> u64 {
        self.0
    }
}
