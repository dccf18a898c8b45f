//! What can be dropped from a case to make room.

use serde::{Deserialize, Serialize};

/// What was dropped from a case to make room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// The notes of the organization's users. They are read again before a write.
    ContactNotes,
    /// Evidence from the ticket, the longest pieces first.
    Evidence,
    /// Addresses that the requester wrote.
    Addresses,
    /// Records that were put aside.
    Asides,
    /// Finished changes, the oldest first.
    OldChanges,
}

impl LeftOut {
    /// The order of dropping: what the engineer misses least comes first.
    pub(super) const ALL: [Self; 5] = [
        Self::ContactNotes,
        Self::Evidence,
        Self::Addresses,
        Self::Asides,
        Self::OldChanges,
    ];

    pub(super) fn says(self) -> &'static str {
        match self {
            Self::ContactNotes => "the notes of the organization’s users",
            Self::Evidence => "evidence from the ticket (paste the piece that counts)",
            Self::Addresses => "some of the addresses in the ticket",
            Self::Asides => "records that were put aside",
            Self::OldChanges => "the oldest changes (they can be undone in Zendesk only)",
        }
    }
}
