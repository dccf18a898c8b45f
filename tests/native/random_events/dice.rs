//! Random numbers that are the same everywhere.

/// Xorshift: small, quick, seeded.
pub struct Dice(u64);

impl Dice {
    pub fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n.max(1)
    }

    pub fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap()
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.index(all.len())]
    }

    /// One of the waiting things, most often the oldest.
    pub fn take<T>(&mut self, all: &mut Vec<T>) -> Option<T> {
        if all.is_empty() {
            return None;
        }
        let at = if self.one_in(3) {
            self.index(all.len())
        } else {
            0
        };
        Some(all.remove(at))
    }
}
