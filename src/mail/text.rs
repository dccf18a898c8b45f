//! A text that should be an email address.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::{Address, Malformed};
use crate::text::line::one_line;

/// The longest invalid text that is kept, in characters.
const TEXT_MAX: usize = 254;

/// An email address, or the text that was given instead of one. Parsed once, when it comes in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum AddressText {
    /// An address.
    Address(Address),
    /// A line of text that is not an address, and why.
    Text(String, Malformed),
}

impl AddressText {
    /// Reads a text; none if it is empty.
    pub fn of(text: &str) -> Option<Self> {
        match Address::parse(text) {
            Err(Malformed::Empty) => None,
            Ok(address) => Some(Self::Address(address)),
            Err(why) => Some(Self::Text(one_line(text, TEXT_MAX), why)),
        }
    }

    /// The address, or why it is none.
    pub fn address(&self) -> Result<&Address, Malformed> {
        match self {
            Self::Address(address) => Ok(address),
            Self::Text(_, why) => Err(*why),
        }
    }

    /// Whether it is this address.
    pub fn is(&self, address: &Address) -> bool {
        matches!(self, Self::Address(own) if own == address)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Address(address) => address.as_str(),
            Self::Text(text, _) => text,
        }
    }
}

impl PartialEq for AddressText {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Address(a), Self::Address(b)) => a == b,
            (Self::Text(a, _), Self::Text(b, _)) => a == b,
            _ => false,
        }
    }
}

impl Eq for AddressText {}

impl Hash for AddressText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Address(address) => address.hash(state),
            Self::Text(text, _) => text.hash(state),
        }
    }
}

impl AsRef<str> for AddressText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for AddressText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<Address> for AddressText {
    fn from(address: Address) -> Self {
        Self::Address(address)
    }
}

impl From<&str> for AddressText {
    fn from(text: &str) -> Self {
        match Address::parse(text) {
            Ok(address) => Self::Address(address),
            Err(why) => Self::Text(one_line(text, TEXT_MAX), why),
        }
    }
}
