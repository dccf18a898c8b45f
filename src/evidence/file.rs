//! Decodes the bytes of an attachment or a dropped file, whatever a spreadsheet or a mail program
//! made of the original.

use std::borrow::Cow;

use crate::reading::charset;
use crate::reading::decoder::decode;

/// The largest file that is searched, in bytes: a usage export has up to 15 MB (`facts`).
pub const FILE_MAX: usize = 15 * 1024 * 1024;

/// The encoding in which a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little-endian (a spreadsheet's "Unicode text").
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// An older encoding that the file itself names.
    Declared,
    /// Windows-1252, assumed if the bytes are not UTF-8: a spreadsheet's plain CSV in western
    /// Europe.
    Windows1252,
    /// ISO-2022, as mail programs in eastern Asia use it: ASCII with stretches that are not decoded.
    Iso2022,
}

impl Encoding {
    /// Whether every character is certain.
    pub fn is_unicode(self) -> bool {
        !matches!(self, Self::Declared | Self::Windows1252 | Self::Iso2022)
    }
}

/// Why a file was not searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.says())]
pub enum FileError {
    /// More than [`FILE_MAX`] bytes.
    TooLarge {
        /// The file's size, in bytes.
        bytes: usize,
    },
    /// It has no bytes.
    Empty,
    /// Not text. What it is, if its first bytes show it: `PDF`, `picture`, `archive or
    /// spreadsheet`, `binary file`.
    NotText(&'static str),
}

impl FileError {
    /// What is wrong, in one sentence for the engineer.
    pub fn says(&self) -> String {
        match self {
            Self::TooLarge { bytes } => {
                format!(
                    "The file has {} MB; files of up to {} MB are looked at.",
                    bytes / 1024 / 1024,
                    FILE_MAX / 1024 / 1024
                )
            }
            Self::Empty => "The file is empty.".to_owned(),
            Self::NotText(what) => {
                format!("The file is no text ({what}), so nothing could be looked for in it.")
            }
        }
    }

    /// What to do next, in one sentence.
    pub fn next(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => {
                "Ask for the license file itself, or open the file and paste the part from `License Key` on."
            }
            Self::Empty => "Ask the requester to attach it again.",
            Self::NotText(_) => "Open it yourself, and paste or type what it shows.",
        }
    }
}

/// A file's text and its encoding. UTF-8 is borrowed; any other text is copied, to at most three
/// times the file's size.
///
/// # Errors
/// See [`FileError`].
pub fn text_of(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), FileError> {
    if bytes.len() > FILE_MAX {
        return Err(FileError::TooLarge { bytes: bytes.len() });
    }
    match bytes {
        [] => Err(FileError::Empty),
        [0xFF, 0xFE, rest @ ..] => Ok((
            Cow::Owned(utf16(rest, u16::from_le_bytes)),
            Encoding::Utf16Le,
        )),
        [0xFE, 0xFF, rest @ ..] => Ok((
            Cow::Owned(utf16(rest, u16::from_be_bytes)),
            Encoding::Utf16Be,
        )),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok((String::from_utf8_lossy(rest), Encoding::Utf8)),
        _ => unmarked(bytes),
    }
}

fn unmarked(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), FileError> {
    if let Some(what) = binary_kind(bytes) {
        return Err(FileError::NotText(what));
    }
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if head.contains(&0) {
        // Text of a western alphabet in UTF-16 has a zero in every other byte.
        let zeros = |from: usize| {
            head.iter()
                .skip(from)
                .step_by(2)
                .filter(|b| **b == 0)
                .count()
        };
        // Chinese or Japanese text has a few zeros; a binary file has them anywhere, or characters
        // that no text contains.
        let (even, odd) = (zeros(0), zeros(1));
        let (unit, encoding): (fn([u8; 2]) -> u16, _) = if odd > 10 * even {
            (u16::from_le_bytes, Encoding::Utf16Le)
        } else if even > 10 * odd {
            (u16::from_be_bytes, Encoding::Utf16Be)
        } else {
            return Err(FileError::NotText("binary file"));
        };
        let odd_ones = utf16(head, unit)
            .chars()
            .filter(|c| {
                *c == char::REPLACEMENT_CHARACTER
                    || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            })
            .count();
        return if odd_ones <= 1 {
            Ok((Cow::Owned(utf16(bytes, unit)), encoding))
        } else {
            Err(FileError::NotText("binary file"))
        };
    }
    if let Some(text) = declared(bytes) {
        return Ok((Cow::Owned(text), Encoding::Declared));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains("\u{1B}$") => Ok((Cow::Borrowed(text), Encoding::Iso2022)),
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        // The file is cut within a character: the rest is UTF-8 nevertheless.
        Err(e) if e.error_len().is_none() && e.valid_up_to() > 0 => {
            Ok((String::from_utf8_lossy(bytes), Encoding::Utf8))
        }
        Err(_) => Ok((
            Cow::Owned(bytes.iter().map(|b| windows_1252(*b)).collect()),
            Encoding::Windows1252,
        )),
    }
}

/// The text in the encoding that a file names: a page in its `meta` element, a mail in Japanese by the
/// signs between its alphabets.
fn declared(bytes: &[u8]) -> Option<String> {
    let named = charset::declared_in_page(bytes)
        .filter(|_| bytes.trim_ascii_start().starts_with(b"<"))
        .or_else(|| is_iso_2022_jp(bytes).then(|| ISO_2022_JP.to_owned()))?;
    decode(&named, bytes)
}

const ISO_2022_JP: &str = "iso-2022-jp";

/// Whether bytes are ASCII with the signs that begin Japanese characters, and end them.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let has = |sign: &[u8]| bytes.windows(sign.len()).any(|window| window == sign);
    bytes.is_ascii() && (has(b"\x1B$B") || has(b"\x1B$@")) && (has(b"\x1B(B") || has(b"\x1B(J"))
}

/// How many bytes at the start decide about UTF-16 without a byte order mark.
const SAMPLE: usize = 1024;

fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF-", "PDF"),
        (b"\x89PNG", "picture"),
        (b"\xFF\xD8\xFF", "picture"),
        (b"GIF8", "picture"),
        (b"PK\x03\x04", "archive or spreadsheet"),
        (b"\x1F\x8B", "archive"),
        (b"7z\xBC\xAF", "archive"),
        (b"Rar!", "archive"),
        (b"\xD0\xCF\x11\xE0", "old office document"),
    ];
    KINDS
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, what)| *what)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        _ => 0,
    });
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// The characters that Windows-1252 has in place of Latin-1's control characters.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    byte.checked_sub(0x80)
        .and_then(|i| WINDOWS_1252.get(usize::from(i)))
        .copied()
        .unwrap_or(char::from(byte))
}
