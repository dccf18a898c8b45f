//! An address that somebody named, and who it was.

use serde::{Deserialize, Serialize};

use crate::mail::AddressText;
use crate::record::ticket::{Oddity, Wish};

/// An address that the requester named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The address; if it is malformed, the text.
    pub email: AddressText,
    /// What they ask for.
    pub wish: Wish,
    /// What is unusual in how it is written.
    pub oddity: Option<Oddity>,
}

/// Who put an address into the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedBy {
    /// The engineer entered it.
    Engineer,
    /// The requester wrote it, with what they ask for and what is unusual in how it is written.
    Requester(Wish, Option<Oddity>),
}
