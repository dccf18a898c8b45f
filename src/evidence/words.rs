//! License IDs and cloud activation codes in free text.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Work;
use crate::case::ids::{LicenseId, MaskedCode};

/// Why a license ID is to be taken with care. It is no failure: the engineer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdWarning {
    /// Fewer than 5 digits: an instance's own number for its license, not the portal's (`facts`, "ID trap").
    SmallLocal,
    /// One of the licenses that all buyers of an AWS Marketplace image share: it proves nothing about who asks (`facts`).
    SharedByAws,
}

/// The licenses in every AWS Marketplace image (`facts`).
pub const AWS_SHARED: [u64; 4] = [71_075, 118_882, 1_099_015, 1_099_017];

impl IdWarning {
    /// The warning for an ID, where there is one.
    pub fn of(id: LicenseId) -> Option<Self> {
        if AWS_SHARED.contains(&id.get()) {
            Some(Self::SharedByAws)
        } else if id.get() < 10_000 {
            Some(Self::SmallLocal)
        } else {
            None
        }
    }

    /// What is odd about it, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::SmallLocal => "This is probably the instance's own number for its license: the portal's have 5 to 7 digits.",
            Self::SharedByAws => "This license is shared by all buyers of an AWS Marketplace image: it does not tell who asks.",
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::SmallLocal => "Ask for the license file or a usage export instead.",
            Self::SharedByAws => "Ask for another proof, such as the AWS Marketplace subscription's own confirmation.",
        }
    }
}

/// A cloud activation code: 24 letters and digits, case kept (`facts`). A secret: it can not be serialised, and shows itself masked.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode(String);

impl ActivationCode {
    /// How many characters a code has.
    pub const LENGTH: usize = 24;

    /// Parses a code that was typed or pasted by itself: 24 letters and digits, both, and not all of a hexadecimal number's.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = text.len() == Self::LENGTH
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
            && text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().any(|b| b.is_ascii_alphabetic())
            && !is_hex(text);
        fits.then(|| Self(text.to_owned()))
    }

    /// The code itself: for the address that searches the portal for it, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What may be shown and kept.
    pub fn masked(&self) -> MaskedCode {
        MaskedCode::of(&self.0)
    }
}

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActivationCode({})", self.masked().as_str())
    }
}

impl fmt::Display for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.masked().as_str())
    }
}

/// A hexadecimal number in one case, as a hash or a database's key.
fn is_hex(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
        || text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
}

/// Finds the cloud activation codes that stand in a text by themselves. Without `activation` nearby, and less so without `code` or a line of its own, only what can
/// hardly be anything else: upper and lower case, digits in two places, no words. Never a part of a longer run, of a path, of base64.
pub fn find_codes(text: &str, at: usize, limit: usize, work: &mut Work) -> Vec<(ActivationCode, Range<usize>)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    work.add(bytes.len());
    let mut i = 0;
    while i < bytes.len() && found.len() < limit {
        let rest = bytes.get(i..).unwrap_or_default();
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == ActivationCode::LENGTH
            && let Some(token) = text.get(i..i + length)
            && is_code_here(text, i, token, work)
        {
            found.push((ActivationCode(token.to_owned()), at + i..at + i + length));
        }
        i += length.max(1);
    }
    found
}

fn is_code_here(text: &str, start: usize, token: &str, work: &mut Work) -> bool {
    let bytes = token.as_bytes();
    let has = |test: fn(&u8) -> bool| bytes.iter().any(test);
    if !has(u8::is_ascii_digit) || !has(u8::is_ascii_uppercase) || !has(u8::is_ascii_lowercase) || is_hex(token) {
        return false;
    }
    let class = |b: &u8| if b.is_ascii_digit() { 0 } else { 1 + u8::from(b.is_ascii_uppercase()) };
    let changes = bytes.iter().zip(bytes.iter().skip(1)).filter(|(a, b)| class(a) != class(b)).count();
    let longest_run = bytes.chunk_by(|a, b| class(a) == class(b)).map(<[u8]>::len).max().unwrap_or_default();
    let digit_runs = bytes.split(|b| !b.is_ascii_digit()).filter(|run| !run.is_empty()).count();
    let end = start + token.len();
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    work.add(4 * NEAR);
    if !stands_alone(before, after) || beside_base64(before, after) {
        return false;
    }
    // A code that is named as one may be less mixed: by chance some are.
    let near = tail(before, NEAR).to_ascii_lowercase();
    let named = near.contains("activation") || near.contains("cloud licens");
    let line = near.rsplit('\n').next().unwrap_or_default();
    let rest = head(after, NEAR).split(['\n', '\r']).next().unwrap_or_default();
    let own_line = |side: &str| side.chars().all(|c| c.is_whitespace() || "\"'`*>|.:".contains(c));
    let close = tail(before, 40).to_ascii_lowercase();
    let hinted = close.split(|c: char| !c.is_alphanumeric()).any(|w| w == "code") || (own_line(line) && own_line(rest));
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let in_address = word.contains("://") && !word.contains("activation");
    let random = match (named, hinted) {
        (true, _) => changes >= 6 && longest_run <= 7,
        (false, true) => changes >= 8 && longest_run <= 6,
        (false, false) => changes >= 9 && longest_run <= 6 && digit_runs >= 2,
    };
    random && !in_address
}

/// How far around a text is looked at, in bytes.
const NEAR: usize = 120;

/// The last bytes of a text, of at most `most`.
fn tail(text: &str, most: usize) -> &str {
    (text.len().saturating_sub(most)..=text.len()).find_map(|i| text.get(i..)).unwrap_or_default()
}

/// The first bytes of a text, of at most `most`.
fn head(text: &str, most: usize) -> &str {
    (0..=most.min(text.len())).rev().find_map(|i| text.get(..i)).unwrap_or_default()
}

fn stands_alone(before: &str, after: &str) -> bool {
    let left = before.chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'`([{<>*|,;:=“”„‘’«»\u{FEFF}".contains(c));
    let mut next = after.chars();
    let right = match next.next() {
        None => true,
        Some('.' | ',' | ';' | ':' | '!' | '?' | '*') => next.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => c.is_whitespace() || "\"'`)]}<>|“”’«»".contains(c),
    };
    left && right
}

/// Whether the line before or after is one long run: then this is a line of the same block.
fn beside_base64(before: &str, after: &str) -> bool {
    let long = |line: &str| {
        let line = line.trim().trim_start_matches(['>', '|', ' ']);
        line.len() >= 32 && line.chars().all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
    };
    let above = tail(before, NEAR).trim_end_matches(['>', '|', ' ']).trim_end_matches('\r').strip_suffix('\n');
    let below = head(after, NEAR).trim_start_matches(['=', ' ', '\r']).strip_prefix('\n');
    above.is_some_and(|lines| lines.rsplit('\n').next().is_some_and(long))
        || below.is_some_and(|lines| lines.split('\n').next().is_some_and(long))
}

/// Longest license ID, in digits. The portal's have 5 to 7 (`facts`); forged files claim more.
const ID_DIGITS: usize = 10;

/// Fewest digits of a number that stands beside the bare word `license`.
const ID_DIGITS_UNNAMED: usize = 5;

/// Finds the license IDs in a text: whole numbers with words for it before (`license ID`, `licence no.`, `license #`, `license/410233`) or
/// after (`410233 is our license`), and lines `ID: 410233` soon below such a word.
pub fn find_ids(text: &str, at: usize, limit: usize, work: &mut Work) -> Vec<(LicenseId, Range<usize>)> {
    let mut found: Vec<(LicenseId, Range<usize>)> = Vec::new();
    work.add(text.len());
    let mut looked_below = 0;
    for word in stems(text) {
        if found.len() >= limit {
            break;
        }
        let mut hits = Vec::new();
        work.add(numbers_after(text, word.end, &mut hits));
        // Once for a line: its other words have the same lines below.
        if hits.is_empty() && word.end >= looked_below {
            let (label, line_end) = labelled_below(text, word.end, work);
            hits.extend(label);
            looked_below = line_end;
        }
        if hits.is_empty() {
            work.add(BEFORE);
            hits.extend(number_before(text, word.start));
        }
        for range in hits {
            let id = text.get(range.clone()).and_then(|digits| LicenseId::parse(digits).ok());
            if let Some(id) = id
                && !found.iter().any(|(known, _)| *known == id)
            {
                found.push((id, at + range.start..at + range.end));
            }
        }
    }
    found
}

/// The words `license`, `licence`, their plurals and `lic`, whole or as the last part of a path.
fn stems(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let mut i = 0;
    std::iter::from_fn(move || {
        while i + 3 <= bytes.len() {
            let start = i;
            let begins = bytes.get(i..i + 3).is_some_and(|b| b.eq_ignore_ascii_case(b"lic"));
            if !begins || i.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric) {
                i += 1;
                continue;
            }
            let length = bytes.get(start..).unwrap_or_default().iter().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
            i = start + length;
            let word = bytes.get(start..i).unwrap_or_default().to_ascii_lowercase();
            if matches!(word.as_slice(), b"license" | b"licence" | b"licenses" | b"licences" | b"lic") {
                return Some(start..i);
            }
        }
        None
    })
}

/// Words that may stand between `license` and its number, and whether they name it.
fn filler(word: &str) -> Option<bool> {
    match word {
        "id" | "ids" | "no" | "nr" | "num" | "number" | "numbers" | "identifier" | "identifiers" => Some(true),
        "is" | "are" | "was" | "the" | "our" | "my" | "of" | "gitlab" | "and" | "or" | "portal" | "as" | "follows" | "following"
        | "shown" | "displayed" | "listed" | "says" | "reads" => Some(false),
        _ => None,
    }
}

/// What a number may not be followed by: then it counts something else.
fn counts_something(after: &str) -> bool {
    let word: String = after.trim_start().chars().take(10).take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    after.trim_start().starts_with(['%', '€', '$', '£'])
        || matches!(
            word.as_str(),
            "user"
                | "users"
                | "seat"
                | "seats"
                | "licenses"
                | "licences"
                | "day"
                | "days"
                | "people"
                | "members"
                | "employees"
                | "usd"
                | "eur"
                | "months"
                | "years"
        )
}

/// The number that begins at `at`, where it stands by itself: no part of a date, a version, a word or a longer number.
fn number_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.as_bytes().get(at..)?;
    let length = rest.iter().take(ID_DIGITS + 1).take_while(|b| b.is_ascii_digit()).count();
    if length == 0 || length > ID_DIGITS {
        return None;
    }
    let after = head(text.get(at + length..)?, NEAR);
    let mut next = after.chars();
    let ends = match (next.next(), next.next()) {
        (Some('.' | ':' | '-' | '/' | '\'' | '’'), Some(c)) => !c.is_alphanumeric(),
        // A thousands separator.
        (Some(','), Some(c)) if c.is_ascii_digit() => length > 3,
        (Some('_' | '@' | '+' | '='), _) => false,
        (Some(c), _) => !c.is_alphanumeric(),
        (None, _) => true,
    };
    (ends && !counts_something(after)).then_some(at..at + length)
}

/// The numbers from byte `from` on, with nothing but filling words between; returns how many bytes were looked at.
fn numbers_after(text: &str, from: usize, hits: &mut Vec<Range<usize>>) -> usize {
    let mut at = from;
    let (mut named, mut lines) = (false, 0);
    let last = from + NEAR;
    while at < last && hits.len() < 20 {
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { break };
        if c.is_ascii_digit() {
            // Glued to the word itself: a name such as `license2`.
            if at == from {
                break;
            }
            let Some(range) = number_at(text, at) else { break };
            if range.len() < ID_DIGITS_UNNAMED && !named {
                break;
            }
            at = range.end;
            hits.push(range);
            lines = 0;
        } else if c.is_alphabetic() {
            let rest = head(text.get(at..).unwrap_or_default(), 24);
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default().to_lowercase();
            match filler(&word) {
                Some(names) => named = named || names,
                None => break,
            }
            at += length;
        } else {
            match c {
                '\n' => lines += 1,
                // Not a change's number in brackets, nor a character written as `&#39;`.
                '#' | '№' => named = named || !text.get(..at).is_some_and(|before| before.ends_with(['(', '&'])),
                ' ' | '\t' | '\r' | ':' | '=' | '-' | '–' | '—' | '(' | ')' | '[' | ']' | '"' | '\'' | '`' | '*' | '|' | '/' | '.'
                | ',' | ';' | '_' | '&' | '>' | '\u{A0}' => {}
                _ => break,
            }
            // A label, an empty line and its value: further away it is another matter.
            if lines > 2 {
                break;
            }
            at += c.len_utf8();
        }
    }
    at - from
}

/// A line `ID: 410233` in the five lines from the word on; and where the word's own line ends.
fn labelled_below(text: &str, from: usize, work: &mut Work) -> (Option<Range<usize>>, usize) {
    let window = head(text.get(from..).unwrap_or_default(), 4 * NEAR);
    let line_end = from + window.find('\n').map_or(window.len(), |i| i + 1);
    let mut at = from;
    for line in window.split_inclusive('\n').take(6) {
        work.add(line.len());
        let bare = line.trim_start_matches(|c: char| c.is_whitespace() || "*-•>|\"`".contains(c));
        let label = at + (line.len() - bare.len());
        // The rest of the word's own line begins with no label.
        let whole_line = at > from;
        at += line.len();
        let Some(("id", rest)) = bare.split_at_checked(2).map(|(l, rest)| (if l.eq_ignore_ascii_case("id") { "id" } else { "" }, rest))
        else {
            continue;
        };
        let value = rest.trim_start_matches(|c: char| " \t:=#*|\"`".contains(c));
        let start = label + (bare.len() - value.len());
        if whole_line
            && value.len() < rest.len()
            && let Some(range) = number_at(text, start)
            && range.len() >= ID_DIGITS_UNNAMED
        {
            return (Some(range), line_end);
        }
    }
    (None, line_end)
}

/// How far before the word a number is looked for, in bytes.
const BEFORE: usize = 40;

/// `410233 is our GitLab license`: the number before the word.
fn number_before(text: &str, word: usize) -> Option<Range<usize>> {
    let mut before = tail(text.get(..word)?, BEFORE);
    let mut says_so = false;
    for _ in 0..5 {
        before = before.trim_end_matches(|c: char| " \t(:-–=*".contains(c));
        let start = before
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + before.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
        let token = before.get(start..)?;
        if !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()) {
            let from = text.get(..word)?.len() - (tail(text.get(..word)?, BEFORE).len() - start);
            let glued = text.get(..from)?.chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-./,:_+@'’".contains(c));
            let range = number_at(text, from)?;
            return (says_so && !glued && range.len() >= ID_DIGITS_UNNAMED).then_some(range);
        }
        if filler(&token.to_lowercase()) != Some(false) {
            return None;
        }
        says_so = says_so || matches!(token, "is" | "was");
        before = before.get(..start)?;
    }
    None
}
