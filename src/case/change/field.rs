//! A field of the ticket that a change sets.

use serde::{Deserialize, Serialize};

/// An option that a ticket's field is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetField {
    /// The field's number.
    pub field: u64,
    /// The option's value.
    pub value: String,
    /// The option's name.
    pub name: String,
}
