//! License keys in text: found by the prefix that all of them share, and cleaned of what mail
//! programs and spreadsheets insert.

use std::fmt;
use std::ops::Range;

use base64ct::{Base64Unpadded, Encoding};
use serde::{Deserialize, Serialize};

use super::work::Work;
use crate::record::KeyMark;

/// The prefix of every license key: `{"data":"` in base64 (`facts`).
pub const MARK: &str = "eyJkYXRhIjoi";

/// The most base64 characters of one key. Real keys have about 2,500.
pub const KEY_MAX: usize = 64 * 1024;

/// The shortest run of base64 characters that makes a line part of a key; keys are wrapped at 60
/// columns.
const RUN_MIN: usize = 16;

/// How many characters of base64 stand for three bytes: the least that a key has behind its prefix.
const GROUP: usize = 4;

/// Whether the text contains the whole key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Everything from the prefix to the end of the encoded data.
    Complete,
    /// It ends too early.
    Truncated,
    /// Part of it was changed or lost on the way.
    Garbled,
    /// It does not end within [`KEY_MAX`] characters.
    TooLarge,
}

/// The text of a license key without line breaks, quote marks and anything else that is not base64.
/// Two are equal if their base64 is equal. It is kept in memory only and never shown or noted:
/// `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyText {
    base64: String,
    state: KeyState,
}

impl KeyText {
    /// Whether the whole key was there.
    pub fn state(&self) -> KeyState {
        self.state
    }

    /// The bare base64, without padding. Never show, note or log it.
    pub fn expose(&self) -> &str {
        &self.base64
    }

    /// The key as GitLab writes it, in lines of 60 columns with padding. Use it only for the text
    /// area of Validate License.
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

    /// The mark that distinguishes it from other keys; none unless the whole key was there.
    pub fn mark(&self) -> Option<KeyMark> {
        (self.state == KeyState::Complete).then(|| KeyMark::of(&self.base64))
    }

    /// The part that may be shown, e.g. `eyJkYXRh… (2,541 characters)`: the common prefix and the
    /// length.
    pub fn masked(&self) -> String {
        format!("eyJkYXRh… ({} characters)", self.base64.len())
    }
}

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyText({}, {:?})", self.masked(), self.state)
    }
}

/// Finds the first license key at or after byte `from`, and its place. The bare prefix, as in "it starts with
/// eyJkYXRhIjoi", is none.
pub fn find_key(text: &str, from: usize, work: &mut Work) -> Option<(KeyText, Range<usize>)> {
    let mut start = from;
    loop {
        let rest = text.get(start..)?;
        let Some(at) = rest.find(MARK) else {
            work.add(rest.len());
            return None;
        };
        work.add(at + GROUP);
        start += at;
        let behind = rest.get(at + MARK.len()..)?;
        if behind.chars().take(GROUP).filter(|c| is_base64(*c)).count() == GROUP {
            break;
        }
        start += MARK.len();
    }
    // A second prefix starts another key. It cannot occur within one, because the base64 of `data`
    // is never `{"data":"`.
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

/// The most bytes of text that are searched for one key, including quote marks and whitespace.
const WINDOW: usize = 4 * KEY_MAX;

/// The largest index of at most `at` that does not split a character.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .take(4)
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(0)
}

/// Reads a key line by line from its prefix. Returns it with the number of bytes of text that it
/// takes.
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

/// Whether a line is base64 with little noise: its longest run is long, and nearly all its
/// characters are base64.
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

/// Decodes while collecting, to find where the encoded JSON object ends, or that it is none.
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

    /// Reads a line's base64. Returns how many of its bytes precede the end of the key.
    fn feed(&mut self, line: &str) -> usize {
        let (mut skip, mut tag) = (false, false);
        for (i, c) in line.char_indices() {
            // Markup that was pasted as well, e.g. a line break's tag.
            if tag {
                tag = c != '>';
                continue;
            }
            if c == '<' {
                tag = true;
                continue;
            }
            if std::mem::take(&mut skip) {
                // `\n` and `\r` written out, as in a string of a configuration file.
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
                // The object's last byte need not complete a group of four.
                self.peek_end();
            }
            if self.done {
                return i + c.len_utf8();
            }
        }
        line.len()
    }

    /// Checks whether the characters of an incomplete group, where the base64 may end, close the
    /// object.
    fn peek_end(&mut self) {
        let Some(part) = self.quad.get(..self.filled) else {
            return;
        };
        // Nearly all of a key is inside a string, whose end can close the object in only one way:
        // `"}`.
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
            // Outside strings, JSON consists of numbers, literals and little else. A shifted group
            // rarely looks like that.
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
