//! Words and numbers of dates: months, days of the week, years.

use crate::day::names::{MONTHS, WEEKDAYS, named, named_elsewhere};

/// A month by its name, whole or its first three letters, or whole in another language.
#[derive(Clone, Copy)]
pub(super) struct MonthName {
    /// All months of its language.
    pub names: &'static [&'static str; 12],
    /// Which of them, from 0.
    pub at: usize,
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<MonthName> {
    let (names, at) = named(word, &MONTHS)
        .map(|at| (&MONTHS, at))
        .or_else(|| named_elsewhere(word))?;
    Some(MonthName { names, at })
}

/// A day of the week likewise.
pub(super) fn weekday(word: &str) -> Option<usize> {
    named(word, &WEEKDAYS)
}

/// Whether digits can be a year.
pub(super) fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// A month's whole name, in lower case; from 0.
pub(super) fn name_of_month(at: u64) -> &'static str {
    usize::try_from(at)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default()
}

/// Whether a word is the whole name of a month or of a day of the week.
pub(super) fn is_name(word: &str) -> bool {
    MONTHS.contains(&word) || WEEKDAYS.contains(&word) || named_elsewhere(word).is_some()
}
