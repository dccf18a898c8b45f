//! Limits on parsing HTML: hostile HTML is refused before a tree is built.

use std::collections::HashSet;

/// How much HTML may be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes.
    pub bytes: usize,
    /// Most tags, opening and closing. html5ever walks its open elements for many tags: 40,000 of
    /// them, deep and wide, are still quick.
    pub tags: usize,
}

impl Limits {
    /// For a whole page of a site.
    pub const PAGE: Self = Self {
        bytes: 4 << 20,
        tags: 40_000,
    };
}

/// Most attributes of one tag: html5ever compares each with all before it.
const MAX_ATTRIBUTES: u32 = 2_000;
/// The most elements that the HTML standard's repair of unclosed formatting tags may add.
const MAX_REPAIRS: usize = 1_000_000;

/// Why HTML is not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// More bytes than the limit.
    TooLarge,
    /// More tags, attributes or unclosed formatting than real HTML has.
    TooComplex,
}

/// Checks in linear time that building a tree is cheap, before it is built. Every count is an upper
/// bound, whatever the text around a `<` makes of it.
pub(super) fn affordable(html: &str, limits: &Limits) -> Result<(), Refused> {
    if html.len() > limits.bytes {
        return Err(Refused::TooLarge);
    }
    let bytes = html.as_bytes();
    let mut tags = 0_usize;
    let mut formatting: HashSet<&[u8]> = HashSet::new();
    let mut unknown_formatting = 0_usize;
    let mut attributes = Attributes::default();
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let opens = byte == b'<' && next.is_ascii_alphabetic();
        if attributes.step(byte, opens) > MAX_ATTRIBUTES {
            return Err(Refused::TooComplex);
        }
        if opens || (byte == b'<' && next == b'/') {
            tags += 1;
            if tags > limits.tags {
                return Err(Refused::TooComplex);
            }
        }
        if opens && is_formatting(bytes.get(at + 1..).unwrap_or_default()) {
            match whole_tag(bytes.get(at..).unwrap_or_default()) {
                Some(tag) => {
                    formatting.insert(tag);
                }
                None => unknown_formatting += 1,
            }
        }
    }
    // The parser keeps at most three equal formatting elements open.
    let open = formatting
        .len()
        .saturating_mul(3)
        .saturating_add(unknown_formatting);
    if open.saturating_mul(tags) > MAX_REPAIRS {
        Err(Refused::TooComplex)
    } else {
        Ok(())
    }
}

/// Counts the attributes of every tag that could begin anywhere, all at once. A tag's parser has
/// few states, and two readings in the same state continue in the same way, so only the larger
/// count of each state matters. A state is 0 if no tag can be in it, otherwise one more than its
/// count.
#[derive(Clone, Copy, Default)]
struct Attributes {
    name_of_tag: u32,
    between: u32,
    name: u32,
    after_equals: u32,
    unquoted: u32,
    double_quoted: u32,
    single_quoted: u32,
}

impl Attributes {
    /// Reads one byte and returns the largest count of attributes that it led to. `opens`: a tag
    /// may begin with this `<`.
    fn step(&mut self, byte: u8, opens: bool) -> u32 {
        match byte {
            b'<' | b'>' | b'"' | b'\'' | b'=' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0C' => {
                self.mark(byte, opens)
            }
            _ => {
                self.letter();
                self.name.saturating_sub(1)
            }
        }
    }

    /// A byte without a special meaning: it begins or continues an attribute or a value.
    fn letter(&mut self) {
        let begun = if self.between > 0 {
            self.between + 1
        } else {
            0
        };
        self.name = self.name.max(begun);
        self.between = 0;
        self.unquoted = self.unquoted.max(self.after_equals);
        self.after_equals = 0;
    }

    fn mark(&mut self, byte: u8, opens: bool) -> u32 {
        let old = *self;
        let name_of_tag = old.name_of_tag.max(u32::from(opens));
        match byte {
            b'>' => {
                *self = Self {
                    double_quoted: old.double_quoted,
                    single_quoted: old.single_quoted,
                    ..Self::default()
                };
            }
            b'=' => {
                self.letter();
                self.name = if old.between > 0 { old.between + 1 } else { 0 };
                self.after_equals = old.name.max(old.between);
            }
            b'"' | b'\'' => {
                self.letter();
                self.unquoted = old.unquoted;
                let quoted = if byte == b'"' {
                    &mut self.double_quoted
                } else {
                    &mut self.single_quoted
                };
                self.between = std::mem::replace(quoted, old.after_equals);
            }
            b'<' => {
                self.letter();
                self.name_of_tag = name_of_tag;
            }
            // Whitespace or a slash. Whitespace may precede the equals sign of the same attribute.
            _ => {
                *self = Self {
                    double_quoted: old.double_quoted,
                    single_quoted: old.single_quoted,
                    ..Self::default()
                };
                self.between = old.between.max(old.name).max(name_of_tag).max(old.unquoted);
                // A slash continues an unquoted value.
                if byte == b'/' {
                    self.unquoted = old.unquoted.max(old.after_equals);
                } else {
                    self.after_equals = old.after_equals;
                }
            }
        }
        let largest = self
            .between
            .max(self.name)
            .max(self.after_equals)
            .max(self.unquoted)
            .max(self.double_quoted)
            .max(self.single_quoted);
        largest.saturating_sub(1)
    }
}

/// Whether the parser reopens a tag of this name after a block (not `a`: the next one closes it).
fn is_formatting(rest: &[u8]) -> bool {
    const NAMES: [&[u8]; 13] = [
        b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong",
        b"tt", b"u",
    ];
    let length = rest
        .iter()
        .take(8)
        .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>'))
        .count();
    rest.get(..length)
        .is_some_and(|name| NAMES.iter().any(|n| n.eq_ignore_ascii_case(name)))
}

/// The tag up to its `>`, respecting quotes; `None` if it is longer than 1,000 bytes.
fn whole_tag(rest: &[u8]) -> Option<&[u8]> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, &byte) in rest.iter().enumerate().take(1_000) {
        match quote {
            Some(q) if byte == q => quote = None,
            Some(_) => {}
            None if byte == b'>' => return rest.get(..=at),
            None if after_equals && matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {}
        }
        if !byte.is_ascii_whitespace() {
            after_equals = byte == b'=';
        }
    }
    None
}
