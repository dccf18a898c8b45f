//! The line that introduces a quotation.

use super::begin::Begin;
use super::quote_marks::{is_marked, without_marks};
use super::sender::{Sender, of};
use crate::text::normal::plain_letters;

/// The longest line that may introduce an older mail, in bytes.
pub(super) const LINE_MAX: usize = 600;

/// Verbs in the line that introduces a quotation.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "a ecrit",
    "ecrit",
    "escribio",
    "ha escrito",
    "escreveu",
    "ha scritto",
    "scritto",
    "schreef",
    "skrev",
    "napisal",
    "pisze",
    "написал",
    "пишет",
    "писал",
    "kirjoitti",
    "napsal",
    "irta",
    "sunu yazdi",
    "yazdi",
    "написав",
    "さんは書きました",
    "書きました",
    "のメール",
    "写道",
    "寫道",
    "写入",
    "작성",
    "님이",
    "a scris",
    "έγραψε",
];

/// The line, possibly broken, that introduces a quotation: an address or a time, and a colon at the
/// end.
pub(super) fn attribution(rest: &[(usize, &str)]) -> Option<Begin> {
    let single = |at: usize| {
        rest.get(at)
            .is_some_and(|(_, line)| introduces(without_marks(line), marked_next(rest, at + 1)))
    };
    let (_, first) = rest.first()?;
    let first = without_marks(first);
    if single(0) {
        return Some(Begin {
            lines: 1,
            sender: of(first),
            forwards: false,
            headers: false,
            mark: false,
        });
    }
    // If it is broken, its first line has the time or the usual opening.
    if !has_time(first) && !opens(first) {
        return None;
    }
    let mut joined = first.to_owned();
    for (more, (_, line)) in rest.iter().enumerate().skip(1).take(3) {
        let bare = without_marks(line);
        if bare.is_empty() || bare.len() > LINE_MAX || (more == 1 && single(1)) {
            return None;
        }
        joined.push(' ');
        joined.push_str(bare);
        if introduces(&joined, marked_next(rest, more + 1)) {
            return Some(Begin {
                lines: more + 1,
                sender: of(&joined),
                forwards: false,
                headers: false,
                mark: false,
            });
        }
    }
    None
}

fn opens(line: &str) -> bool {
    let lower = plain_letters(line);
    [
        "on ",
        "am ",
        "le ",
        "el ",
        "em ",
        "il ",
        "op ",
        "den ",
        "w dniu ",
        "dne ",
        "в ",
        "il giorno ",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

fn marked_next(rest: &[(usize, &str)], from: usize) -> bool {
    rest.iter()
        .skip(from)
        .take(4)
        .map(|(_, line)| line)
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| is_marked(line))
}

fn introduces(text: &str, marked_next: bool) -> bool {
    // "2026/11/23 10:00 GitLab <support@gitlab.com>", with the quotation below.
    if marked_next
        && text.len() <= LINE_MAX
        && text.ends_with('>')
        && text.starts_with(|c: char| c.is_ascii_digit())
        && has_address(text)
        && has_time(text)
    {
        return true;
    }
    let dashes = text.starts_with("--") && text.ends_with("--");
    let bare = text.trim_matches(['-', ' ', '_', '*']);
    if text.len() > LINE_MAX || !(dashes || bare.ends_with(':')) || bare.len() < 6 {
        return false;
    }
    let lower = plain_letters(bare);
    let address = has_address(bare);
    let time = has_time(bare);
    let verb = WROTE.iter().any(|verb| has_word(&lower, verb));
    if dashes {
        return (address || verb) && time;
    }
    (verb && (time || address) && (opens(bare) || time || marked_next))
        || (address && (time || marked_next))
        || (verb && opens(bare) && marked_next)
}

/// Whether a line has an address of the support team and a time.
pub(super) fn names_team_and_time(line: &str) -> bool {
    has_time(line) && has_address(line) && of(line) == Sender::Team
}

/// Whether a word begins at a word boundary in the text; in scripts without spaces, anywhere.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !word.is_ascii()
            || (text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric()))
    })
}

fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let before = text
            .get(..at)
            .and_then(|t| t.chars().next_back())
            .is_some_and(char::is_alphanumeric);
        let after = text.get(at + 1..).unwrap_or_default();
        let domain: &str = after
            .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
            .next()
            .unwrap_or_default();
        before && domain.trim_end_matches('.').contains('.')
    })
}

/// Whether the text contains a year or a time of day.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|at| {
        let year = matches!(bytes.get(at..at + 2), Some(b"20" | b"19"))
            && digit(at + 2)
            && digit(at + 3)
            && !digit(at + 4)
            && !at.checked_sub(1).is_some_and(digit);
        let clock = digit(at) && bytes.get(at + 1) == Some(&b':') && digit(at + 2) && digit(at + 3);
        year || clock
    })
}
