//! A mail address: parsed once where it enters, and of one shape ever after.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{punycode, same_domain};
use crate::case::ids::is_invisible;

/// A plausible mail address, without name, brackets or `mailto:`. The part before the @ is kept as written, the domain is in lower
/// case and otherwise as written: in its own letters, or as `xn--`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    text: String,
    /// Where the @ stands, in bytes.
    at: usize,
}

/// Why a text is no plausible mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Nothing but blanks and punctuation.
    Empty,
    /// More than [`Address::LONGEST`] bytes, or too long a text to look for one in.
    TooLong,
    /// Characters that are not seen but tell two addresses apart.
    Invisible,
    /// No @ in it.
    NoAt,
    /// More than one @: several addresses, or a trick.
    SeveralAts,
    /// What stands before the @.
    Local,
    /// What stands after the @.
    Domain,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is no e-mail address",
            Self::TooLong => "this is too long for an e-mail address",
            Self::Invisible => "this e-mail address holds invisible characters",
            Self::NoAt => "this e-mail address has no @",
            Self::SeveralAts => "this is not one e-mail address: it has several @",
            Self::Local => "the part of this e-mail address before the @ is not a usual one",
            Self::Domain => "the part of this e-mail address after the @ is not a domain",
        })
    }
}

impl std::error::Error for Malformed {}

/// What a link or a mail's heading may put around an address, in bytes, at most.
const LONGEST_TEXT: usize = 2000;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;

impl Address {
    /// Longest address taken, in bytes (RFC 5321: a path of 256 with its brackets).
    pub const LONGEST: usize = 254;

    /// Parses an address as written by people and programs: `a@b.example`, `Name <a@b.example>`, `mailto:a@b.example?subject=…`,
    /// with blanks around it and a sentence's punctuation behind it.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.len() > LONGEST_TEXT {
            return Err(Malformed::TooLong);
        }
        let bare = bare(text);
        if bare.is_empty() {
            return Err(Malformed::Empty);
        }
        if bare.chars().any(|c| c.is_control() || is_invisible(c)) {
            return Err(Malformed::Invisible);
        }
        let (local, domain) = bare.split_once('@').ok_or(Malformed::NoAt)?;
        if domain.contains('@') {
            return Err(Malformed::SeveralAts);
        }
        if !is_local(local) {
            return Err(Malformed::Local);
        }
        let domain = punycode::lower(domain);
        if !is_domain(&domain) {
            return Err(Malformed::Domain);
        }
        let text = format!("{local}@{domain}");
        if text.len() > Self::LONGEST {
            return Err(Malformed::TooLong);
        }
        Ok(Self { text, at: local.len() })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the @, as written.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// What stands after the @, in lower case.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// Whether mail to both arrives at one place, as providers do it: case does not matter, nor how an international domain stands.
    pub fn same_as(&self, other: &Self) -> bool {
        self.local().eq_ignore_ascii_case(other.local()) && same_domain(self.domain(), other.domain())
    }
}

/// The address without what stands around it.
fn bare(text: &str) -> &str {
    let text = match text.rsplit_once('<') {
        Some((_, inside)) => inside.split('>').next().unwrap_or_default(),
        None => text,
    };
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '(');
    let text = match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => {
            text.get(7..).unwrap_or_default().split('?').next().unwrap_or_default().trim_start()
        }
        _ => text,
    };
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '>' | ')'))
}

fn is_local(local: &str) -> bool {
    (1..=LONGEST_LOCAL).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && local.split('.').all(|part| !part.is_empty())
}

/// Two labels or more, each of letters, digits and inner hyphens, the last one no number.
fn is_domain(domain: &str) -> bool {
    let ascii = punycode::to_ascii(domain);
    let last = ascii.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && ascii.len() < Address::LONGEST
        && domain.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && ascii
            .split('.')
            .all(|label| (1..=LONGEST_LABEL).contains(&label.len()) && label.is_ascii() && !label.starts_with('-') && !label.ends_with('-'))
        && last.len() > 1
        && last.bytes().any(|b| b.is_ascii_alphabetic())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Address {
    type Error = Malformed;
    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.text
    }
}
