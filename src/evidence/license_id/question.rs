//! A question for a license ID, and the answer to it.

use std::ops::Range;

use super::super::others::is_other;
use super::super::rank::Rank;
use super::super::work::Work;
use super::digits::{digits_in, number};
use super::label::label_at;
use super::limits::DIGITS_MIN;
use super::tokens::{Kind, tokens};
use crate::record::ids::LicenseId;
use crate::text::line::head;
use crate::text::normal::plain_letters;

/// Whether a line asks for a license ID without giving one: "What is your license ID?"
pub(in crate::evidence) fn asks(line: &str, work: &mut Work) -> bool {
    if line.len() > ASKS_MAX || !line.trim_end().ends_with(['?', ':', '？', '：']) {
        return false;
    }
    let tokens = tokens(line, work);
    let named = |at| label_at(line, &tokens, at).is_some_and(|l| l.rank == Some(Rank::Named));
    !tokens.iter().any(|t| t.kind == Kind::Digits) && (0..tokens.len()).any(named)
}

/// The number at the start of a text, alone on its line: the answer to a question.
pub(in crate::evidence) fn answer(text: &str, at: usize) -> Option<(LicenseId, Range<usize>)> {
    let bare = text.trim_start();
    let line = bare.lines().next()?.trim_end();
    let value = line.trim_matches(|c: char| c.is_whitespace() || "#\"'`*.-".contains(c));
    let start = text.len() - bare.len() + line.find(value)?;
    let range = number(text, start, true)?;
    let digits = digits_in(text, &range);
    if range.len() != value.len() || digits < DIGITS_MIN || line.len() > ASKS_MAX {
        return None;
    }
    let id = LicenseId::parse(&value.replace(|c: char| !c.is_ascii_digit(), "")).ok()?;
    Some((id, at + range.start..at + range.end))
}

/// The number that an author gives instead of an earlier one, after the words that say so: "sorry, I
/// meant 7". It is alone there: beside a word for something else, it is that thing's.
pub(in crate::evidence) fn instead(text: &str, from: usize) -> Option<(LicenseId, Range<usize>)> {
    let rest = head(text.get(from..)?, ASKS_MAX);
    let mut work = Work::default();
    let tokens = tokens(rest, &mut work);
    let mut digits = None;
    for token in &tokens {
        let word = rest.get(token.start..token.end).unwrap_or_default();
        match token.kind {
            Kind::Digits if token.end - token.start >= DIGITS_MIN && digits.is_none() => {
                digits = Some(token.start);
            }
            Kind::Stop | Kind::Line if digits.is_some() => break,
            Kind::Digits | Kind::Other => return None,
            _ if is_other(word) => return None,
            _ => {}
        }
    }
    let range = number(rest, digits?, true)?;
    let digits: String = rest
        .get(range.clone())?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let id = LicenseId::parse(&digits).ok()?;
    Some((id, from + range.start..from + range.end))
}

/// The longest line that asks for an ID or answers with one, in bytes.
pub(super) const ASKS_MAX: usize = 200;

/// Whether a text introduces an answer on its line: "A: 7", "My answer: 7".
pub(super) fn is_answer(label: &str) -> bool {
    let label = plain_letters(label.trim());
    let last = label.rsplit(' ').next().unwrap_or_default();
    matches!(
        last,
        "a" | "answer"
            | "reply"
            | "response"
            | "antwort"
            | "reponse"
            | "respuesta"
            | "resposta"
            | "risposta"
            | "ответ"
            | "回答"
            | "답변"
            | "答"
    )
}
