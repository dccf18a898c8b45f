//! The text that a person sees where an address is written: one form for every way in which programs write the same characters.

use std::borrow::Cow;

/// Names of character references that occur around and in addresses.
const REFERENCES: &[(&str, char)] = &[
    ("nbsp", '\u{A0}'),
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("commat", '@'),
    ("period", '.'),
    ("shy", '\u{AD}'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("zwnj", '\u{200C}'),
    ("lpar", '('),
    ("rpar", ')'),
    ("plus", '+'),
    ("lowbar", '_'),
    ("hyphen", '-'),
    ("dash", '-'),
];
/// Longest name between `&` and `;`.
const LONGEST_NAME: usize = 16;

/// The text with its character references decoded, full-width characters as plain ones, and without characters that have no width and no
/// meaning. Those that turn the direction of what follows stay: they make one address look like another.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = decoded(text);
    if text.is_ascii() {
        return text;
    }
    Cow::Owned(text.chars().filter_map(plain_char).collect())
}

fn plain_char(c: char) -> Option<char> {
    match c {
        '\u{200B}' | '\u{FEFF}' | '\u{2060}' | '\u{AD}' => None,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        '\u{FE6B}' => Some('@'),
        '\u{3002}' | '\u{FF61}' | '\u{FE52}' => Some('.'),
        '\u{2010}' | '\u{2011}' => Some('-'),
        c => Some(c),
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match reference(after) {
            Some((c, following)) => {
                out.push(c);
                rest = following;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character of a reference, and what follows it.
fn reference(after: &str) -> Option<(char, &str)> {
    let end = after.bytes().take(LONGEST_NAME).position(|b| b == b';')?;
    let (name, rest) = (after.get(..end)?, after.get(end + 1..)?);
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|c| !c.is_control())?
        }
        None => REFERENCES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c, rest))
}

/// The text of a `mailto:` link as it reads: some programs write the @ as `%40`. A text with an @ stays as it is, a `%` is one of the
/// characters of an address.
pub(super) fn without_percent_signs(text: &str) -> Cow<'_, str> {
    if text.contains('@') || !text.contains("%40") {
        return Cow::Borrowed(text);
    }
    crate::address::decode(text).map_or(Cow::Borrowed(text), Cow::Owned)
}
