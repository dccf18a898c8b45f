//! The only comparison of texts that two people or programs wrote as an email address.

use super::{Address, plain};
use crate::text::line::is_invisible;

/// What a text contains in place of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// One address, with at most a name around it.
    One(Address),
    /// One address, with words around it that may qualify it.
    Within(Address),
    /// Several addresses, or one beside something that may be another. Contains those that can be
    /// read.
    Several(Vec<Address>),
    /// No readable address.
    None,
}

/// Whether a text names an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It names this very address.
    Same,
    /// It names another one, and only that.
    Differs,
    /// It names several, including this one.
    OneOfSeveral,
    /// It names several others, or something that may be one.
    NoneOfSeveral,
    /// It names this address within words that may qualify it.
    SameWithinWords,
    /// It names another address within words.
    OtherWithinWords,
    /// It is unknown whether both are the same, because of how they are written.
    Uncertain,
    /// It names no readable address.
    NoAddress,
}

/// The longest text that is searched, in bytes.
const LONGEST: usize = 2000;
/// Most words of a name.
const NAME_WORDS: usize = 6;
/// Words that may reverse the meaning of what follows, in the languages of the support team's
/// customers.
const TURNING: [&str; 16] = [
    "not",
    "no",
    "non",
    "old",
    "former",
    "ex",
    "nicht",
    "kein",
    "alt",
    "ne",
    "pas",
    "nao",
    "não",
    "не",
    "instead",
    "previously",
];
/// Words that label an address.
const LABELS: [&str; 9] = [
    "email",
    "e-mail",
    "mail",
    "mailto",
    "courriel",
    "correo",
    "メール",
    "邮箱",
    "почта",
];

/// Reads a text that should be one address: the ticket's `Subscription Email`, or the portal's
/// `Sold to`.
pub fn named(text: &str) -> Named {
    if text.len() > LONGEST {
        return Named::None;
    }
    let text = plain::plain(text);
    match named_in(&text) {
        Named::None if text.contains('@') => {
            named_in(&text.split('@').map(str::trim).collect::<Vec<_>>().join("@"))
        }
        named => named,
    }
}

fn named_in(text: &str) -> Named {
    let mut found: Vec<Address> = Vec::new();
    let mut rest: Vec<&str> = Vec::new();
    let mut unread = false;
    let is_parting = |c: char| c.is_whitespace() || "<>()[]{}\",;:|、，；“”„«»「」".contains(c);
    for token in text
        .split(is_parting)
        .filter(|t| t.chars().any(|c| !is_invisible(c)))
    {
        let token = plain::without_percent_signs(token);
        // The part after a question mark is the subject of the mail to write.
        let link = token
            .split_once('@')
            .and_then(|(_, domain)| domain.split_once('?'))
            .map(|(_, subject)| subject.len() + 1);
        let token = token
            .get(..token.len() - link.unwrap_or(0))
            .unwrap_or_default();
        if token.contains('@') {
            match Address::parse(token) {
                Ok(address) if found.contains(&address) => {}
                Ok(address) => found.push(address),
                Err(_) => unread = true,
            }
        }
    }
    for word in text.split(is_parting).filter(|t| !t.contains(['@', '%'])) {
        rest.push(word);
    }
    match (found.as_slice(), unread) {
        ([], false) => Address::parse(text).map_or(Named::None, Named::One),
        ([one], false) if is_name(&rest) => Named::One(one.clone()),
        ([one], false) => Named::Within(one.clone()),
        ([], true) => Named::None,
        _ => Named::Several(found),
    }
}

/// Whether the words beside an address are only a person's name, a label or a number.
fn is_name(words: &[&str]) -> bool {
    let words: Vec<String> = words
        .iter()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.len() <= NAME_WORDS
        && words.iter().all(|word| {
            let lower = word.to_lowercase();
            let starts = word.chars().next().is_some_and(|c| !c.is_lowercase());
            LABELS.contains(&lower.as_str()) || (starts && !TURNING.contains(&lower.as_str()))
        })
}

/// Whether a text names this address.
pub fn compare(text: &str, address: &Address) -> Comparison {
    match named(text) {
        Named::One(one) if one == *address => Comparison::Same,
        Named::Within(one) if one == *address => Comparison::SameWithinWords,
        Named::One(one) if is_uncertain(&one, address) => Comparison::Uncertain,
        Named::One(_) => Comparison::Differs,
        Named::Within(_) => Comparison::OtherWithinWords,
        Named::Several(all) if all.contains(address) => Comparison::OneOfSeveral,
        Named::Several(_) => Comparison::NoneOfSeveral,
        Named::None => Comparison::NoAddress,
    }
}

/// Whether two different domains may be the same: accents can be written as separate characters,
/// and some letters have two spellings.
fn is_uncertain(a: &Address, b: &Address) -> bool {
    let spelled = |domain: &str| {
        let letters = super::punycode::to_letters(domain);
        letters.chars().any(|c| {
            matches!(
                c,
                '\u{0300}'..='\u{036F}' | '\u{200C}' | '\u{200D}' | 'ß' | 'ς'
            ) || is_invisible(c)
        })
    };
    a.local().eq_ignore_ascii_case(b.local())
        && a.domain() != b.domain()
        && (spelled(a.domain()) || spelled(b.domain()))
}
