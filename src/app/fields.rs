//! What is wrong with a field of a form that was sent with a command.

use crate::record::seen::RecordRef;

/// Why a command could not be understood, said beside the form it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    /// Which field's form.
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
