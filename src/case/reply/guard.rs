//! The guard: no Sold-to address, no activation code and no license key gets into a public reply.

use crate::address::decoded_bytes;
use crate::evidence::license_key::MARK;
use crate::record::ids::MaskedCode;
use crate::text::line::is_invisible;

/// The secrets that must not be in a public reply, as far as the case knows them. Anything that
/// looks like a code or a key is refused, known or not.
#[derive(Clone, Copy, Default)]
pub struct Secrets<'a> {
    /// The bare email address of the billing account's Sold-to.
    pub sold_to: Option<&'a str>,
    /// The activation codes that the requester gave.
    pub codes: &'a [MaskedCode],
}

/// The secret that a reply would have given away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leak {
    /// The Sold-to address: showing it counts as a breach of personal data (`facts`).
    SoldTo,
    /// A cloud activation code.
    ActivationCode,
    /// A license key.
    LicenseKey,
}

impl Leak {
    /// What happened, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::SoldTo => {
                "The reply was not drafted: it would show the Sold-to address, which must never be in a public reply."
            }
            Self::ActivationCode => {
                "The reply was not drafted: it would show what looks like a cloud activation code."
            }
            Self::LicenseKey => {
                "The reply was not drafted: it would show what looks like a license key."
            }
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::SoldTo => {
                "Write the reply by hand and leave the address out, or take it out of the macro."
            }
            Self::ActivationCode => {
                "Write the reply by hand and leave the code out, or take it out of the macro."
            }
            Self::LicenseKey => {
                "Write the reply by hand and leave the key out, or take it out of the macro."
            }
        }
    }
}

/// The first secret that a text would give away. It sees through whitespace, invisible marks, look-alike letters and percent-encoding.
pub fn leak_in(text: &str, secrets: &Secrets<'_>) -> Option<Leak> {
    let mut text = text.to_owned();
    // A URL inside a URL is encoded twice.
    for _ in 0..4 {
        let folded = fold(&text);
        if holds_key(&folded) {
            return Some(Leak::LicenseKey);
        }
        if holds_code(&folded, secrets.codes) || holds_mask(&text, secrets.codes) {
            return Some(Leak::ActivationCode);
        }
        if secrets
            .sold_to
            .is_some_and(|address| holds_address(&folded, address))
        {
            return Some(Leak::SoldTo);
        }
        text = decoded(&text)?;
    }
    None
}

/// What was dropped before a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    /// Invisible marks.
    Unseen,
    /// Whitespace or line breaks.
    Space,
}

#[derive(Clone, Copy)]
struct Folded {
    c: char,
    gap: Gap,
}

/// A text with look-alike characters replaced by plain ones, and without what can be hidden between characters.
fn fold(text: &str) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len());
    let mut gap = Gap::None;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = Gap::Space;
        } else if is_invisible(c) || matches!(c, '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}')
        {
            if gap == Gap::None {
                gap = Gap::Unseen;
            }
        } else {
            out.push(Folded {
                c: look_alike(c),
                gap,
            });
            gap = Gap::None;
        }
    }
    out
}

/// The plain character for a full-width, circled or mathematical one.
fn look_alike(c: char) -> char {
    let from = |first: char, at: u32| char::from_u32(u32::from(first) + at).unwrap_or(c);
    let code = u32::from(c);
    match code {
        0xFF01..=0xFF5E => from('!', code - 0xFF01),
        0x24B6..=0x24CF => from('A', code - 0x24B6),
        0x24D0..=0x24E9 => from('a', code - 0x24D0),
        0x1D400..=0x1D6A3 => match (code - 0x1D400) % 52 {
            at @ 0..26 => from('A', at),
            at => from('a', at - 26),
        },
        0x1D7CE..=0x1D7FF => from('0', (code - 0x1D7CE) % 10),
        0x3002 | 0xFF61 | 0xFE52 | 0x2024 => '.',
        0xFE6B => '@',
        0x2010..=0x2015 | 0x2212 | 0xFE63 => '-',
        _ => c,
    }
}

/// A text after one round of percent-decoding; `None` if nothing was encoded.
fn decoded(text: &str) -> Option<String> {
    let out = decoded_bytes(text);
    (out.len() < text.len()).then(|| String::from_utf8_lossy(&out).into_owned())
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Whether a text contains an address as a whole (`joann@acme.example` does not contain `ann@acme.example`), also spelled with `at` and `dot`.
fn holds_address(text: &[Folded], address: &str) -> bool {
    let address: String = fold(address).iter().map(|f| lower(f.c)).collect();
    if address.is_empty() {
        return false;
    }
    // All brackets, because any kind may surround `at` and `dot`.
    let brackets = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>');
    let mut bare: Vec<Folded> = Vec::with_capacity(text.len());
    let mut gap = Gap::None;
    for f in text {
        if brackets(f.c) {
            gap = Gap::Space;
        } else {
            bare.push(Folded {
                c: lower(f.c),
                gap: if gap == Gap::None { f.gap } else { gap },
            });
            gap = Gap::None;
        }
    }
    (0..bare.len()).any(|at| {
        let end = stands_at(bare.get(at..).unwrap_or_default(), &address)
            .map(|length| bare.get(at + length));
        let ends = end.is_some_and(|after| {
            after.is_none_or(|f| f.gap != Gap::None || !f.c.is_ascii_alphanumeric())
        });
        ends && begins(&bare, at)
    })
}

/// The number of characters that the address takes at the beginning of a text.
fn stands_at(text: &[Folded], address: &str) -> Option<usize> {
    let mut length = 0;
    for wanted in address.chars() {
        let spelled = match wanted {
            '@' => "at",
            '.' => "dot",
            _ => "",
        };
        let rest = text.get(length..)?;
        length += if rest.first()?.c == wanted {
            1
        } else if !spelled.is_empty()
            && rest
                .iter()
                .map(|f| f.c)
                .take(spelled.len())
                .eq(spelled.chars())
        {
            spelled.len()
        } else {
            return None;
        };
    }
    Some(length)
}

/// Whether an address can begin there, because the text before it is not part of a longer one.
fn begins(text: &[Folded], at: usize) -> bool {
    let mut here = at;
    loop {
        if text.get(here).is_none_or(|f| f.gap != Gap::None) {
            return true;
        }
        let Some(before) = here.checked_sub(1).and_then(|b| text.get(b)) else {
            return true;
        };
        if !matches!(before.c, '.' | '_' | '%' | '+' | '-' | '\'') {
            return !before.c.is_ascii_alphanumeric();
        }
        here -= 1;
    }
}

/// How many characters an activation code has (`facts`).
const CODE_LENGTH: usize = 24;

fn is_mixed(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Whether a text contains a word of 24 letters and digits, in one piece or in equal groups with marks in between, or a known code in any
/// pieces.
fn holds_code(text: &[Folded], known: &[MaskedCode]) -> bool {
    let words: Vec<String> = text
        .chunk_by(|a, b| {
            a.c.is_ascii_alphanumeric() && b.c.is_ascii_alphanumeric() && b.gap != Gap::Space
        })
        .filter(|run| run.first().is_some_and(|f| f.c.is_ascii_alphanumeric()))
        .map(|run| run.iter().map(|f| f.c).collect())
        .collect();
    if words
        .iter()
        .any(|word| word.len() == CODE_LENGTH && is_mixed(word))
    {
        return true;
    }
    if !known.is_empty()
        && (0..words.len()).any(|at| is_known(words.get(at..).unwrap_or_default(), known))
    {
        return true;
    }
    text.chunk_by(|_, b| b.gap != Gap::Space).any(|token| {
        let token: String = token.iter().map(|f| f.c).collect();
        token
            .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .any(is_grouped_code)
    })
}

/// Whether a token is a code in equal groups, as `aB3d-…`.
fn is_grouped_code(token: &str) -> bool {
    let groups: Vec<&str> = token
        .split(['-', '_', '.'])
        .filter(|group| !group.is_empty())
        .collect();
    let length = groups.first().map_or(0, |group| group.len());
    matches!(length, 4 | 6 | 8 | 12)
        && length * groups.len() == CODE_LENGTH
        && groups.iter().all(|g| g.len() == length)
        && is_mixed(token)
}

/// Whether the first of these words, or the first few in one, are a known code.
fn is_known(words: &[String], known: &[MaskedCode]) -> bool {
    let mut all = String::with_capacity(CODE_LENGTH);
    for word in words {
        all.push_str(word);
        if all.len() >= CODE_LENGTH {
            break;
        }
    }
    all.len() == CODE_LENGTH && known.contains(&MaskedCode::of(&all))
}

/// Whether a text contains a masked code: what is masked for the engineer is not for customers either.
fn holds_mask(text: &str, known: &[MaskedCode]) -> bool {
    known
        .iter()
        .map(MaskedCode::as_str)
        .any(|mask| mask.chars().count() > 1 && text.contains(mask))
}

/// The fewest base64 characters in a row that count as a key.
const KEY_LENGTH: usize = 200;
/// The shortest piece of a key on a line of its own; anything shorter is a word.
const KEY_PIECE: usize = 16;

/// Whether a text contains a license key: its mark, or a long run of base64, whatever line breaks and quote marks are in between.
fn holds_key(text: &[Folded]) -> bool {
    let quotes = |c: char| {
        matches!(
            c,
            '>' | '|' | '"' | '\'' | '“' | '”' | '‘' | '’' | '`' | '\\'
        )
    };
    let unquoted: Vec<Folded> = unquoted(text, quotes);
    let mark: Vec<char> = MARK.chars().collect();
    if unquoted
        .windows(mark.len())
        .any(|window| window.iter().zip(&mark).all(|(f, c)| f.c == *c))
    {
        return true;
    }
    let (mut all, mut piece) = (0, 0);
    for f in &unquoted {
        if f.gap == Gap::Space {
            all = if piece >= KEY_PIECE { all + piece } else { 0 };
            piece = 0;
        }
        if f.c.is_ascii_alphanumeric() || matches!(f.c, '+' | '/' | '=') {
            piece += 1;
        } else {
            (all, piece) = (0, 0);
        }
        if all + piece >= KEY_LENGTH {
            return true;
        }
    }
    false
}

/// A text without quote marks; the space before one is kept.
fn unquoted(text: &[Folded], is_quote: impl Fn(char) -> bool) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len());
    let mut spaced = false;
    for f in text {
        spaced |= f.gap == Gap::Space;
        if !is_quote(f.c) {
            out.push(Folded {
                c: f.c,
                gap: if spaced { Gap::Space } else { f.gap },
            });
            spaced = false;
        }
    }
    out
}
