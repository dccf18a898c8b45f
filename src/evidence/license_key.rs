//! License keys in text: found by the mark that every one begins with, and freed from what mail programs and spreadsheets put between.

use std::fmt;
use std::ops::Range;

use base64ct::{Base64Unpadded, Encoding};
use serde::{Deserialize, Serialize};

use super::Work;
use crate::record::KeyMark;

/// What every license key begins with: `{"data":"` in base64 (`facts`).
pub const MARK: &str = "eyJkYXRhIjoi";

/// Most base64 characters taken for one key. Real ones have about 2,500.
pub const KEY_MAX: usize = 64 * 1024;

/// Shortest run of base64 characters that makes a line a part of a key; keys are wrapped at 60 columns.
const RUN_MIN: usize = 16;

/// Whether all of a key was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// From the mark to the end of what it encodes.
    Complete,
    /// It ends too early.
    Truncated,
    /// Some of it was changed or lost on the way.
    Garbled,
    /// It does not end within [`KEY_MAX`] characters.
    TooLarge,
}

/// The text of a license key, freed from line breaks, quote marks and everything else that is not base64. Two are equal when the same
/// base64 was found. Kept in memory only, and never to be shown or noted: `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyText {
    base64: String,
    state: KeyState,
}

impl KeyText {
    /// Whether all of it was there.
    pub fn state(&self) -> KeyState {
        self.state
    }

    /// The bare base64, without padding. Not for view, note or log.
    pub fn expose(&self) -> &str {
        &self.base64
    }

    /// As GitLab writes it, in lines of 60 columns with the padding: for the text area of Validate License, and nothing else.
    pub fn expose_wrapped(&self) -> String {
        let mut out = String::with_capacity(self.base64.len() + self.base64.len() / 60 + 4);
        for (i, c) in self.base64.chars().enumerate() {
            if i > 0 && i % 60 == 0 {
                out.push('\n');
            }
            out.push(c);
        }
        for _ in 0..(4 - self.base64.len() % 4) % 4 {
            out.push('=');
        }
        out
    }

    /// By what it can be told from another key; none where not all of it was there.
    pub fn mark(&self) -> Option<KeyMark> {
        (self.state == KeyState::Complete).then(|| KeyMark::of(&self.base64))
    }

    /// What may be shown of it, e.g. `eyJkYXRh… (2,541 characters)`: the start that all have, and the length.
    pub fn masked(&self) -> String {
        format!("eyJkYXRh… ({} characters)", self.base64.len())
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyText({}, {:?})", self.masked(), self.state)
    }
}

/// Finds the first license key from byte `from` on, and where it stands.
pub fn find_key(text: &str, from: usize, work: &mut Work) -> Option<(KeyText, Range<usize>)> {
    let rest = text.get(from..)?;
    let Some(at) = rest.find(MARK) else {
        work.add(rest.len());
        return None;
    };
    work.add(at);
    let start = from + at;
    // A second mark begins another key: inside of one it can not stand, for the base64 of `data` is never `{"data":"`.
    let body = text.get(start..)?;
    let window = floor(body, WINDOW);
    let body = body.get(..window).unwrap_or(body);
    let end = body
        .get(MARK.len()..)?
        .find(MARK)
        .map_or(body.len(), |next| next + MARK.len());
    work.add(end);
    let (key, length) = scan(body.get(..end)?, work);
    Some((key, start..start + length))
}

/// Most bytes of text looked through for one key: quote marks and blanks included.
const WINDOW: usize = 4 * KEY_MAX;

/// The largest index of at most `at` that does not split a character.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .take(4)
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(0)
}

/// Reads a key from its mark on, line by line; returns it and how many bytes of text it takes.
fn scan(text: &str, work: &mut Work) -> (KeyText, usize) {
    let mut reader = Reader::default();
    let mut taken = 0;
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let line_at = at;
        at += line.len();
        work.add(line.len());
        let bare = line.trim_start_matches(|c: char| c == '>' || c == '|' || c.is_whitespace());
        if bare.is_empty() {
            continue;
        }
        if bare.starts_with("--") {
            if bare.contains("END") {
                break;
            }
            continue;
        }
        let before = reader.checkpoint();
        let offset = line_at + (line.len() - bare.len());
        let used = reader.feed(bare);
        if reader.is_done() || reader.too_large {
            taken = offset + used;
            break;
        }
        if line_at > 0 && !is_key_line(bare) {
            reader.restore(&before);
            break;
        }
        taken = offset + bare.trim_end().len();
    }
    (reader.finish(), taken)
}

/// Whether a line is all base64 but for a little noise: its longest run is long, and nearly all its characters are base64.
fn is_key_line(line: &str) -> bool {
    let (mut run, mut longest, mut good, mut all) = (0, 0, 0, 0);
    for c in line.chars() {
        if is_base64(c) {
            run += 1;
            good += 1;
            longest = longest.max(run);
        } else {
            run = 0;
        }
        if !c.is_whitespace() {
            all += 1;
        }
    }
    longest >= RUN_MIN && good * 5 >= all * 4
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '+' || c == '/'
}

/// Decodes as it collects, to see where the encoded JSON object ends, or that it is none.
#[derive(Default)]
struct Reader {
    base64: String,
    quad: [u8; 4],
    filled: usize,
    depth: u32,
    in_string: bool,
    escaped: bool,
    done: bool,
    garbled: bool,
    too_large: bool,
}

/// A reader's state before a line that may not belong to the key.
struct Checkpoint {
    length: usize,
    quad: [u8; 4],
    filled: usize,
    depth: u32,
    in_string: bool,
    escaped: bool,
    garbled: bool,
}

impl Reader {
    fn checkpoint(&self) -> Checkpoint {
        let Self {
            quad,
            filled,
            depth,
            in_string,
            escaped,
            garbled,
            ..
        } = *self;
        Checkpoint {
            length: self.base64.len(),
            quad,
            filled,
            depth,
            in_string,
            escaped,
            garbled,
        }
    }

    fn restore(&mut self, to: &Checkpoint) {
        self.base64.truncate(to.length);
        (self.quad, self.filled, self.depth) = (to.quad, to.filled, to.depth);
        (self.in_string, self.escaped, self.garbled) = (to.in_string, to.escaped, to.garbled);
    }

    fn is_done(&self) -> bool {
        self.done
    }

    /// Takes a line's base64; returns how many of its bytes were looked at before the end was found.
    fn feed(&mut self, line: &str) -> usize {
        let (mut skip, mut tag) = (false, false);
        for (i, c) in line.char_indices() {
            // Markup that was pasted along, e.g. a line break's tag.
            if tag {
                tag = c != '>';
                continue;
            }
            if c == '<' {
                tag = true;
                continue;
            }
            if std::mem::take(&mut skip) {
                // `\n` and `\r` written out, as in a configuration file's string.
                if matches!(c, 'n' | 'r') {
                    continue;
                }
            }
            if c == '\\' {
                skip = true;
                continue;
            }
            if !is_base64(c) {
                continue;
            }
            if self.base64.len() >= KEY_MAX {
                self.too_large = true;
                return i;
            }
            self.base64.push(c);
            if let Some(slot) = self.quad.get_mut(self.filled) {
                *slot = u8::try_from(c).unwrap_or_default();
                self.filled += 1;
            }
            if self.filled == 4 {
                self.filled = 0;
                let mut buffer = [0; 3];
                match Base64Unpadded::decode(self.quad, &mut buffer) {
                    Ok(bytes) => bytes.iter().for_each(|b| self.see(*b)),
                    Err(_) => self.garbled = true,
                }
            } else if self.filled >= 2 && self.depth == 1 && !self.garbled {
                // The object's last byte need not fill a group of four.
                self.peek_end();
            }
            if self.done {
                return i + c.len_utf8();
            }
        }
        line.len()
    }

    /// Looks whether the characters of an unfinished group, at which the base64 may end, close the object.
    fn peek_end(&mut self) {
        let Some(part) = self.quad.get(..self.filled) else {
            return;
        };
        // Nearly all of a key is within a text, whose end closes the object in one way only: `"}`.
        if self.in_string && part != b"In0" {
            return;
        }
        let mut buffer = [0; 3];
        if let Ok(bytes) = Base64Unpadded::decode(part, &mut buffer) {
            let mut probe = Self {
                depth: self.depth,
                in_string: self.in_string,
                escaped: self.escaped,
                ..Self::default()
            };
            bytes.iter().for_each(|b| probe.see(*b));
            self.done = probe.done;
        }
    }

    fn see(&mut self, byte: u8) {
        if self.done || self.garbled {
            return;
        }
        if !matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t') {
            self.garbled = true;
            return;
        }
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' => self.depth += 1,
            b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.done = self.depth == 0;
            }
            // Between strings JSON has numbers, words and little else: a shifted group rarely keeps to that.
            b':' | b',' | b' ' | b'\n' | b'\r' | b'\t' | b'[' | b']' | b'-' | b'+' | b'.' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => self.garbled = true,
        }
    }

    fn finish(self) -> KeyText {
        let state = if self.done {
            KeyState::Complete
        } else if self.too_large {
            KeyState::TooLarge
        } else if self.garbled {
            KeyState::Garbled
        } else {
            KeyState::Truncated
        };
        KeyText {
            base64: self.base64,
            state,
        }
    }
}
