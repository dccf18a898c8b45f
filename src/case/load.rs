//! The state of something that is read: not asked for, being read, there, or failed.

use serde::{Deserialize, Serialize};

use crate::reading::{LONGEST_WAIT_MS, ReadError};

/// The state of one read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Load<T> {
    /// It was not needed yet.
    #[default]
    NotAsked,
    /// It is being read.
    Asking,
    /// It was read.
    Got(T),
    /// The read failed, with the reason.
    Failed(ReadError),
}

impl<T> Load<T> {
    /// The value, if it was read.
    pub fn got(&self) -> Option<&T> {
        if let Self::Got(v) = self {
            Some(v)
        } else {
            None
        }
    }

    /// The value to change, if it was read.
    pub fn got_mut(&mut self) -> Option<&mut T> {
        if let Self::Got(v) = self {
            Some(v)
        } else {
            None
        }
    }

    /// Whether to start a read now: it was never made, or a failed one may be repeated because its
    /// wait is over.
    pub fn wants_asking(&self, now_ms: u64) -> bool {
        match self {
            Self::NotAsked => true,
            // If the clock was set back, nobody waits longer than the longest wait.
            Self::Failed(error) => error
                .waits_until()
                .is_some_and(|until_ms| now_ms >= until_ms || until_ms - now_ms > LONGEST_WAIT_MS),
            Self::Asking | Self::Got(_) => false,
        }
    }
}
