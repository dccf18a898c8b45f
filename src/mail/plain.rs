//! The text that a person sees where an address is written: one form for all the ways in which
//! programs write the same characters.

use std::borrow::Cow;

use crate::html::decoded;

/// The text with its character references decoded, full-width characters replaced by plain ones,
/// and without meaningless characters that have no width. Direction marks are kept, because they
/// make one address look like another.
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

/// A `mailto:` link's text as it reads, because some programs write the @ as `%40`. A text with an
/// @ is unchanged, because a `%` may be part of an address.
pub(super) fn without_percent_signs(text: &str) -> Cow<'_, str> {
    if text.contains('@') || !text.contains("%40") {
        return Cow::Borrowed(text);
    }
    crate::address::decode(text).map_or(Cow::Borrowed(text), Cow::Owned)
}
