//! Shared by the tests with mutated inputs: how many, the seed, and the dice.

/// The number of inputs: 20,000, or `TETHER_MUTATIONS` for a long run.
pub(crate) fn count() -> u64 {
    std::env::var("TETHER_MUTATIONS")
        .ok()
        .map_or(20_000, |n| n.parse().expect("TETHER_MUTATIONS is a number"))
}

/// The seed, or `TETHER_SEED` to repeat a run.
pub(crate) fn seed() -> u64 {
    std::env::var("TETHER_SEED")
        .ok()
        .map_or(0x7E7_4E12, |n| n.parse().expect("TETHER_SEED is a number"))
}

/// Xorshift: small, quick, the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap()
    }
}
