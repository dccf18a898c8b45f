//! What is wrong with a form's field that came with a command.

use crate::record::seen::RecordRef;

/// Why a command is invalid, shown beside the form it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    /// The field whose form shows it.
    pub field: &'static str,
    /// What to do.
    pub says: String,
}

pub(super) fn bad(field: &'static str, says: impl Into<String>) -> BadInput {
    BadInput {
        field,
        says: says.into(),
    }
}

/// The record that a command names.
pub(super) fn record(text: &str) -> Result<RecordRef, BadInput> {
    RecordRef::named(text)
        .ok_or_else(|| bad("record", "This record is not known. Reopen the panel."))
}
