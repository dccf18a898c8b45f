//! A mail address, parsed once when it comes in, and in one form from then on.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::domain::same_domain;
use super::{plain, punycode};
use crate::text::line::is_invisible;

/// A plausible mail address, without name, brackets or `mailto:`. The part before the @ is kept as
/// written. The domain is in lower case and otherwise as written: in its own letters, or as `xn--`.
///
/// Two are equal if [`Address::same_as`] says so: there is no other comparison of addresses.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    text: String,
    /// The position of the @, in bytes.
    at: usize,
}

/// Why a text is not a plausible mail address.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    thiserror::Error,
)]
pub enum Malformed {
    /// It has only whitespace and punctuation.
    #[error("there is no email address")]
    Empty,
    /// It has more than [`Address::LONGEST`] bytes, or is too long a text to search for one.
    #[error("this is too long for an email address")]
    TooLong,
    /// It has invisible characters that make two addresses differ.
    #[error("this email address holds invisible characters")]
    Invisible,
    /// It has no @.
    #[error("this email address has no @")]
    NoAt,
    /// It has more than one @: several addresses, or a trick.
    #[error("this is not one email address: it has several @")]
    SeveralAts,
    /// The part before the @ is invalid.
    #[error("the part of this email address before the @ is not a usual one")]
    Local,
    /// The part after the @ is invalid.
    #[error("the part of this email address after the @ is not a domain")]
    Domain,
}

/// The most bytes that a link or a mail header may add around an address.
const LONGEST_TEXT: usize = 2000;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;

impl Address {
    /// The longest address, in bytes (RFC 5321: a path of 256 with its brackets).
    pub const LONGEST: usize = 254;

    /// Parses an address as people and programs write it: `a@b.example`, `Name <a@b.example>`,
    /// `a@b.example (Name)`, `mailto:a@b.example?subject=…`. Whitespace, quotation marks or
    /// punctuation may surround it, and it may have full-width letters, HTML character references
    /// or characters without a width.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.len() > LONGEST_TEXT {
            return Err(Malformed::TooLong);
        }
        let text = plain::plain(text);
        let decoded = plain::without_percent_signs(bare(&text));
        let bare = bare(&decoded);
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
        Ok(Self {
            text,
            at: local.len(),
        })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the @, as written.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// The part after the @, in lower case.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// Whether mail to both arrives at the same place, as providers handle it: case does not
    /// matter, nor the notation of an international domain. Anything after a `+` does matter,
    /// because only some providers ignore it.
    pub fn same_as(&self, other: &Self) -> bool {
        self.local().eq_ignore_ascii_case(other.local())
            && same_domain(self.domain(), other.domain())
    }
}

/// The address without its surroundings.
fn bare(text: &str) -> &str {
    let text = match text.rsplit_once('<') {
        Some((_, inside)) => inside.split('>').next().unwrap_or_default(),
        None => text,
    };
    let text = without_remark(text.trim_start_matches(is_around));
    match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => trimmed(
            text.get(7..)
                .unwrap_or_default()
                .split('?')
                .next()
                .unwrap_or_default(),
        ),
        _ => trimmed(text),
    }
}

/// The text beside a remark in brackets, or in brackets beside a name: `a@b.example (Name)`, `Name
/// (a@b.example)`, `a@b.example [7]`.
fn without_remark(text: &str) -> &str {
    for open in ['(', '['] {
        let Some((before, inside)) = text.split_once(open) else {
            continue;
        };
        match (before.contains('@'), inside.contains('@')) {
            (true, false) => return before,
            (false, true) => return inside.trim_start_matches(is_around),
            _ => {}
        }
    }
    text
}

/// Whitespace, quotation marks, brackets and invisible characters. Direction marks are not among
/// them, because they make one address look like another.
fn is_around(c: char) -> bool {
    c.is_whitespace()
        || (is_invisible(c) && !matches!(c, '\u{202D}' | '\u{202E}'))
        || "\"“”„‟«»‹›「」『』<>()[]*`|".contains(c)
}

fn trimmed(text: &str) -> &str {
    let text = text
        .trim_start_matches(is_around)
        .trim_end_matches(|c: char| is_around(c) || ".,;:!?、，；".contains(c));
    // An apostrophe may belong to the address, a pair of them does not.
    let pairs = [('\'', '\''), ('‘', '’'), ('’', '’')];
    match pairs
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
    {
        Some(inside) => inside.trim(),
        None => text,
    }
}

fn is_local(local: &str) -> bool {
    (1..=LONGEST_LOCAL).contains(&local.len())
        && local
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b))
        && local.split('.').all(|part| !part.is_empty())
}

/// Two labels or more, each of letters, digits and inner hyphens, the last one not a number.
fn is_domain(domain: &str) -> bool {
    let ascii = punycode::to_ascii(domain);
    let last = ascii.rsplit('.').next().unwrap_or_default();
    domain.contains('.')
        && ascii.len() < Address::LONGEST
        && domain
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '.')
        && ascii.split('.').all(|label| {
            (1..=LONGEST_LABEL).contains(&label.len())
                && label.is_ascii()
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && last.len() > 1
        && last.bytes().any(|b| b.is_ascii_alphabetic())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.same_as(other)
    }
}

impl Eq for Address {}

impl Address {
    /// Equal for equal addresses.
    fn key(&self) -> (String, String) {
        (
            self.local().to_ascii_lowercase(),
            punycode::to_ascii(self.domain()),
        )
    }
}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Ord for Address {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        self.as_str()
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
