//! A question for a license ID, and the answer to it.

use std::ops::Range;

use super::super::{Rank, Work};
use super::DIGITS_MIN;
use super::label::label_at;
use super::tokens::{Kind, tokens};
use super::value::{digits_in, number};
use crate::record::ids::LicenseId;
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
