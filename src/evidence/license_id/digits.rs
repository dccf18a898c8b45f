//! The digits of a number, which may be grouped, a count of something, or a part of something else.

use std::ops::Range;

use crate::text::line::{head, tail};
use crate::text::normal::{is_unspaced, plain_letters};

/// The longest license ID, in digits. The portal's have 5 to 7 (`facts`); forged files claim more.
const DIGITS_MAX: usize = 10;

/// How many digits a part of a text has.
pub(super) fn digits_in(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .unwrap_or_default()
        .bytes()
        .filter(u8::is_ascii_digit)
        .count()
}

/// The number that starts at `at`, unless it is a part of a date, a version, a word or a longer
/// number.
pub(super) fn number(text: &str, at: usize, grouped: bool) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(DIGITS_MAX + 1)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let length = run(at);
    if length == 0 || length > DIGITS_MAX {
        return None;
    }
    let mut end = at + length;
    if grouped && length <= 3 {
        end = groups(text, at, length).unwrap_or(end);
    }
    let after = head(text.get(end..)?, 48);
    let mut next = after.chars();
    let in_path = text.get(..at)?.ends_with('/');
    let ends = match (next.next(), next.next()) {
        (Some('/'), _) if in_path => true,
        (Some('.' | ':' | '-' | '/' | '\'' | '’'), Some(c)) => {
            !c.is_alphanumeric() || is_unspaced(c)
        }
        // A thousands separator.
        (Some(','), Some(c)) if c.is_ascii_digit() => end - at > 3,
        (Some('_' | '@' | '+' | '='), _) => false,
        // The rest is hidden by stars, unless they end what is bold.
        (Some('*'), Some('*')) => line_before(text, at).contains('*'),
        (Some(c), _) => !c.is_alphanumeric() || is_unspaced(c),
        (None, _) => true,
    };
    let before = text
        .get(..at)?
        .chars()
        .next_back()
        .is_none_or(|c| (!c.is_alphanumeric() || is_unspaced(c)) && !"+@’".contains(c));
    (ends && before && !counts_something(after)).then_some(at..end)
}

fn line_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    tail(before, 120).rsplit('\n').next().unwrap_or_default()
}

/// The end of a number in groups of three digits, all with the same separator: `1 023 999`.
fn groups(text: &str, at: usize, first: usize) -> Option<usize> {
    let mut end = at + first;
    let sign = text
        .get(end..)?
        .chars()
        .next()
        .filter(|c| matches!(c, ' ' | '.' | ',' | '\'' | '’'))?;
    let mut groups = 0;
    while groups < 3
        && text.get(end..).is_some_and(|rest| rest.starts_with(sign))
        && text
            .as_bytes()
            .get(end + sign.len_utf8()..end + sign.len_utf8() + 3)
            .is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !text
            .as_bytes()
            .get(end + sign.len_utf8() + 3)
            .is_some_and(u8::is_ascii_digit)
    {
        end += sign.len_utf8() + 3;
        groups += 1;
    }
    (groups > 0).then_some(end)
}

/// Whether the text after a number makes it a count of something else.
fn counts_something(after: &str) -> bool {
    // The next line or cell has its own meaning.
    let rest = after.trim_start_matches(' ');
    if rest.starts_with([
        '%', '€', '$', '£', '名', '个', '個', '人', '명', '개', '席', '円', '元',
    ]) || rest.starts_with("ユーザー")
        || rest.starts_with("사용자")
    {
        return true;
    }
    let word: String = rest
        .chars()
        .take(14)
        .take_while(|c| c.is_alphabetic())
        .collect();
    // "1023999 users: 250" names the next value.
    if rest
        .get(word.len()..)
        .is_some_and(|next| next.starts_with([':', '=']))
    {
        return false;
    }
    matches!(
        plain_letters(&word).as_str(),
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
            | "nutzer"
            | "benutzer"
            | "platze"
            | "plaetze"
            | "lizenzen"
            | "utilisateurs"
            | "utilisateur"
            | "sieges"
            | "usuarios"
            | "licencias"
            | "asientos"
            | "licencas"
            | "assentos"
            | "utenti"
            | "licenze"
            | "posti"
            | "пользователей"
            | "пользователя"
            | "лицензий"
            | "мест"
            | "jours"
            | "tage"
            | "dias"
            | "giorni"
            | "gebruikers"
            | "developers"
    )
}
