//! Finds the number that belongs to a label: after it, below it, or before it.

use std::ops::Range;

use super::super::others::is_row_of_other;
use super::super::work::Work;
use super::digits::{digits_in, number};
use super::label::Label;
use super::limits::{BEFORE, DIGITS_MIN};
use super::question::{ASKS_MAX, is_answer};
use super::tokens::{Kind, Token, kind, skip_spaces};
use crate::text::line::{head, tail};
use crate::text::normal::is_unspaced;

/// How many rows below a label are examined.
const ROWS: usize = 6;

/// How many tokens after a label are examined.
pub(super) const AFTER: usize = 40;

/// The numbers that follow a label.
pub(super) fn values_after(
    text: &str,
    tokens: &[Token],
    label: &Label,
    named: bool,
    hits: &mut Vec<Range<usize>>,
) {
    let mut direct = true;
    let mut copula = false;
    let mut valued = false;
    let mut depth = 0_usize;
    let mut lines = 0;
    let mut at = label.end;
    let last = label.end + AFTER;
    while at < last {
        let Some(token) = tokens.get(at).copied() else {
            break;
        };
        match token.kind {
            // "1023999 (was 1019998)": what is in brackets is about the first one.
            Kind::Digits if depth > 0 && (!direct || valued) => {}
            Kind::Digits => {
                // A number attached to the word itself is part of a name such as `license2`.
                if at == label.end && !named {
                    break;
                }
                if !(direct || copula) {
                    break;
                }
                let Some(range) = number(text, token.start, named) else {
                    break;
                };
                let length = digits_in(text, &range);
                let marked = text.get(..range.start).is_some_and(|before| {
                    before.ends_with('#') && !before.ends_with("(#") && !before.ends_with("&#")
                });
                let least = if marked && !named { 1 } else { label.least };
                let round = !named
                    && text
                        .get(range.clone())
                        .is_some_and(|digits| digits.ends_with("000"));
                let digits = text.get(range.clone()).unwrap_or_default();
                if length < if direct { least } else { DIGITS_MIN }
                    || round
                    || (!named && is_day(digits))
                    || (lines > 0 && length < DIGITS_MIN)
                {
                    break;
                }
                while tokens.get(at).is_some_and(|t| t.end < range.end) {
                    at += 1;
                }
                hits.push(range);
                if hits.len() >= 20 {
                    break;
                }
                valued = true;
                direct = true;
                copula = false;
            }
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Space | Kind::Cell | Kind::Filler => {}
            Kind::Copula => {
                // What follows is either the value or something else.
                if !direct && copula {
                    break;
                }
                copula = true;
                if !direct && depth == 0 {
                    valued = true;
                }
            }
            Kind::Line => {
                lines += 1;
                if lines > 2 || !named || valued {
                    break;
                }
                if !direct {
                    break;
                }
            }
            Kind::Id { .. } if direct => {}
            Kind::Of if !valued => {}
            Kind::Stop => {
                let abbreviated = at == label.end;
                // "The license ID is as follows." and the number below it.
                let announced = direct
                    && copula
                    && !valued
                    && kind(tokens, skip_spaces(text, tokens, at + 1, 2)) == Some(Kind::Line);
                if !abbreviated && !announced && depth == 0 {
                    break;
                }
            }
            Kind::Label | Kind::License { .. } | Kind::Other if depth == 0 => break,
            _ if depth > 0 => direct = false,
            _ => {
                if valued || !named || lines > 0 {
                    break;
                }
                if direct && copula {
                    // "License ID: unknown"
                    break;
                }
                direct = false;
                copula = false;
            }
        }
        at += 1;
    }
}

/// Whether eight digits are a day: `20271231`, `31122027`.
fn is_day(digits: &str) -> bool {
    let of = |from: usize, to: usize| digits.get(from..to).and_then(|d| d.parse::<u16>().ok());
    let day = |year, month, day| {
        matches!(
            (year, month, day),
            (Some(1990..=2099), Some(1..=12), Some(1..=31))
        )
    };
    digits.len() == 8
        && (day(of(0, 4), of(4, 6), of(6, 8))
            || day(of(4, 8), of(2, 4), of(0, 2))
            || day(of(4, 8), of(0, 2), of(2, 4)))
}

/// The numbers below a label, in the same column of the next rows that are not another vendor's.
pub(super) fn values_below(
    text: &str,
    tokens: &[Token],
    label: &Label,
    work: &mut Work,
) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Some((column, delimiter, below)) = column_of(text, tokens, label, work) else {
        return found;
    };
    let mut at = below;
    let rest = text.get(at..).map(|rest| head(rest, 960));
    for row in rest.unwrap_or_default().split_inclusive('\n').take(ROWS) {
        let bare = row.trim();
        let separates = bare.chars().all(|c| "-+|:= \t".contains(c));
        let of_other = bare.contains(delimiter) && is_row_of_other(bare);
        if !separates && !of_other {
            match number_in_row(text, at, row, column, delimiter) {
                Some(range) => found.push(range),
                None => break,
            }
        }
        at += row.len();
    }
    found
}

/// The number that a column's cell consists of.
fn number_in_row(
    text: &str,
    at: usize,
    row: &str,
    column: usize,
    delimiter: char,
) -> Option<Range<usize>> {
    let before: usize = row
        .split(delimiter)
        .take(column)
        .map(|cell| cell.len() + delimiter.len_utf8())
        .sum();
    let cell = row.split(delimiter).nth(column)?;
    let value = cell.trim_matches(|c: char| c.is_whitespace() || "\"*`".contains(c));
    let offset = cell.find(value).filter(|_| !value.is_empty())?;
    let range = number(text, at + before + offset, true)?;
    (range.len() == value.len() && digits_in(text, &range) >= DIGITS_MIN).then_some(range)
}

/// The column that a label heads, what separates columns, and where the next row begins.
fn column_of(
    text: &str,
    tokens: &[Token],
    label: &Label,
    work: &mut Work,
) -> Option<(usize, char, usize)> {
    let start = tokens.get(label.start)?.start;
    let end = tokens.get(label.end.checked_sub(1)?)?.end;
    let above = tail(text.get(..start)?, 480);
    let line_start = start
        - above
            .rfind('\n')
            .map_or(above.len(), |i| above.len() - i - 1);
    let beside = text
        .get(end..)?
        .trim_start_matches([' ', '"', '*', ':', '`', '\r']);
    if !beside.starts_with(['\t', '|', ';', ',', '\n']) {
        return None;
    }
    let rest = head(text.get(end..)?, 960);
    work.add(480);
    let line_end = end + rest.find('\n')?;
    let line = text.get(line_start..line_end)?;
    let (before, after) = (text.get(line_start..start)?, text.get(end..line_end)?);
    let delimiter = ['\t', '|', ';', ',']
        .into_iter()
        .find(|d| line.contains(*d))?;
    let edge = |side: &str, at_end: bool| {
        let bare = side.trim_matches([' ', '"', '*', ':', '`']);
        bare.is_empty()
            || if at_end {
                bare.ends_with(delimiter)
            } else {
                bare.starts_with(delimiter)
            }
    };
    if !edge(before, true) || !edge(after, false) {
        return None;
    }
    Some((before.matches(delimiter).count(), delimiter, line_end + 1))
}

/// The number in the answer below a label that ends its line: "Q: License ID", then "A: 1023999".
pub(super) fn answered_below(text: &str, tokens: &[Token], label: &Label) -> Option<Range<usize>> {
    let end = tokens.get(label.end.checked_sub(1)?)?.end;
    let rest = head(text.get(end..)?, ASKS_MAX);
    let line = rest.lines().next()?;
    if line.contains(char::is_alphanumeric) {
        return None;
    }
    let below = rest.get(line.len() + 1..)?;
    let start = end + line.len() + 1;
    let (before, value) = below.lines().next()?.split_once([':', '：'])?;
    if !is_answer(before) {
        return None;
    }
    let digits = value.find(|c: char| c.is_ascii_digit())?;
    let colon = below.get(before.len()..)?.chars().next()?.len_utf8();
    let blank = value.get(..digits)?.trim_matches([' ', '#', '*', '`']);
    let range = number(text, start + before.len() + colon + digits, true)?;
    (blank.is_empty() && digits_in(text, &range) >= DIGITS_MIN).then_some(range)
}

/// The number before a label: `1023999 (license ID)`, `1023999 is our license`.
pub(super) fn value_before(
    text: &str,
    tokens: &[Token],
    label: &Label,
    named: bool,
) -> Option<Range<usize>> {
    let (mut says, mut opened) = (false, false);
    for (n, token) in tokens
        .iter()
        .take(label.start)
        .rev()
        .take(BEFORE)
        .enumerate()
    {
        match token.kind {
            Kind::Space | Kind::Filler => {}
            Kind::Copula => says = true,
            Kind::Open if n <= 1 => opened = true,
            Kind::Id { .. } if says => {}
            Kind::Digits => {
                let glued = text
                    .get(..token.start)?
                    .chars()
                    .next_back()
                    .is_some_and(|c| {
                        (c.is_alphanumeric() && !is_unspaced(c)) || "-./,:_+@'’".contains(c)
                    });
                let range = number(text, token.start, false)?;
                return ((says || (opened && named)) && !glued && range.len() >= DIGITS_MIN)
                    .then_some(range);
            }
            _ => return None,
        }
    }
    None
}
