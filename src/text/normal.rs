//! One normal form for what can be written in many ways: character references, unusual spaces,
//! invisible characters, full-width letters, curly quotes.

use std::borrow::Cow;

use crate::html::{Referred, reference};
use crate::text::line::is_invisible;

/// A text in its normal form, with the original position of each part.
pub(crate) struct Normal<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Where the offset between the two texts changes: the position in the normal form, and in the
    /// original.
    shifts: Vec<(usize, usize)>,
}

impl Normal<'_> {
    /// The position in the original text of a byte in the normal form.
    pub(crate) fn origin(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|(here, _)| *here <= at);
        next.checked_sub(1)
            .and_then(|i| self.shifts.get(i))
            .map_or(at, |(here, there)| there + (at - here))
    }
}

/// The normal form of a text. The full-width `＠` is kept, because readers of addresses report it.
pub(crate) fn normal(text: &str) -> Normal<'_> {
    if text.bytes().all(|b| b.is_ascii() && b != b'&') {
        return Normal {
            text: Cow::Borrowed(text),
            shifts: Vec::new(),
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut shifts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let named = if c == '&' {
            named(text.get(at..).unwrap_or_default())
        } else {
            None
        };
        let (c, length) = named.unwrap_or((c, c.len_utf8()));
        let before = out.len();
        if let Some(c) = folded(c) {
            out.push(c);
        }
        at += length;
        if out.len() - before != length {
            shifts.push((out.len(), at));
        }
    }
    Normal {
        text: Cow::Owned(out),
        shifts,
    }
}

/// The normal form of one character; none if it is invisible.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
            Some(' ')
        }
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => None,
        c if is_invisible(c) => None,
        '\u{FF20}' => Some(c),
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32),
        '“' | '”' | '„' | '‟' | '″' => Some('"'),
        '\u{2010}'..='\u{2012}' | '\u{2212}' => Some('-'),
        _ => Some(c),
    }
}

/// The character that a reference at the start of the text names, and the reference's length in
/// bytes.
fn named(text: &str) -> Option<(char, usize)> {
    match reference(text)? {
        (Referred::One(c), length) if !c.is_control() || matches!(c, '\n' | '\t') => {
            Some((c, length))
        }
        _ => None,
    }
}

/// A text for comparing words: lower case without accents.
pub(crate) fn plain_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' => out.push('d'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' => out.push('e'),
            'ğ' => out.push('g'),
            'ì'..='ï' | 'ı' | 'ī' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò'..='ö' | 'ø' | 'ő' | 'ō' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ť' | 'ț' => out.push('t'),
            'ù'..='ü' | 'ů' | 'ű' | 'ū' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ё' => out.push('е'),
            '’' | '‘' => out.push('\''),
            '\u{300}'..='\u{36F}' => {}
            _ => out.push(c),
        }
    }
    out
}

/// Scripts that put no spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1100}'..='\u{11FF}' | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

#[cfg(test)]
mod tests {
    use super::{normal, plain_letters};

    #[test]
    fn many_ways_to_write_the_same_become_one() {
        for (written, read) in [
            ("License&nbsp;ID:&#160;7", "License ID: 7"),
            ("ＩＤ：１０２", "ID:102"),
            ("ID\u{200B}:\u{202F}7", "ID: 7"),
            ("„x“ – “y”", "\"x\" – \"y\""),
            (
                "&lt;a@b.example&gt; R&D &unknown; &#0;",
                "<a@b.example> R&D &unknown; &#0;",
            ),
            ("a＠b", "a＠b"),
        ] {
            assert_eq!(normal(written).text, read);
        }
        assert_eq!(
            plain_letters("Numéro Größe ЁЛКА e\u{301}"),
            "numero grosse елка e"
        );
    }

    #[test]
    fn every_position_maps_back_to_the_original() {
        let written = "a&nbsp;b\u{200B}：c";
        let read = normal(written);
        let at = |c: char| read.text.find(c).map(|i| read.origin(i));
        for c in ['a', 'b', 'c'] {
            assert_eq!(at(c), written.rfind(c), "{c}");
        }
    }
}
