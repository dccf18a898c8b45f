//! Something that a read brings: not asked for, on its way, here, or failed.

use serde::{Deserialize, Serialize};

use crate::reading::{LONGEST_WAIT_MS, ReadError};

/// The state of one read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Load<T> {
    /// Nobody wanted it yet.
    #[default]
    NotAsked,
    /// The background is asking.
    Asking,
    /// Here it is.
    Got(T),
    /// It failed, and why.
    Failed(ReadError),
}

impl<T> Load<T> {
    /// What came, where it came.
    pub fn got(&self) -> Option<&T> {
        if let Self::Got(v) = self {
            Some(v)
        } else {
            None
        }
    }

    /// The same, to change.
    pub fn got_mut(&mut self) -> Option<&mut T> {
        if let Self::Got(v) = self {
            Some(v)
        } else {
            None
        }
    }

    /// Whether a read should be made now: never asked, or to be asked again after a wait that is over.
    pub fn wants_asking(&self, now_ms: u64) -> bool {
        match self {
            Self::NotAsked => true,
            // A clock that was set back makes nobody wait for longer than the longest wait.
            Self::Failed(error) => error
                .waits_until()
                .is_some_and(|until_ms| now_ms >= until_ms || until_ms - now_ms > LONGEST_WAIT_MS),
            Self::Asking | Self::Got(_) => false,
        }
    }
}
