//! Other dates in the same form. Year, month and day are each mapped by themselves, so one date in two forms stays one date.

use super::calendar::MonthName;
use super::invent::Inventor;
use crate::day::names::{MONTHS, WEEKDAYS};

impl Inventor<'_> {
    /// Another year: all of a page's years are moved alike, to years that it does not have.
    pub(super) fn year(&self, year: &str) -> String {
        let year = year.parse::<u64>().unwrap_or(2_000);
        year.saturating_sub(self.years).to_string()
    }

    /// Another number of a month or a day of it, as many digits: up to 12 within 1 to 12, above it within 13 to 28.
    pub(super) fn day_or_month(&self, number: &str) -> String {
        let value = number.parse::<u64>().unwrap_or(1);
        let other = match value {
            0 => return number.to_owned(),
            1..=12 => turned(value - 1, 12, self.months) + 1,
            13..=28 => turned(value - 13, 16, 1 + self.number("day", 15)) + 13,
            _ => 13 + self.number(number, 16),
        };
        // Without a leading zero, 9 may become 11: both are the same form.
        if number.starts_with('0') || number.len() == 2 {
            format!("{other:02}")
        } else {
            other.to_string()
        }
    }

    /// Another month's name, whole or in part as the given one, in its case.
    pub(super) fn month_name(&self, word: &str, month: MonthName) -> String {
        let other = turned(u64::try_from(month.at).unwrap_or(0), 12, self.months);
        // Elsewhere only whole names are read: "mai" is one.
        let is_short = word.len() == 3 && *month.names == MONTHS;
        other_name(word, month.names, other, is_short)
    }

    /// Another day of the week.
    pub(super) fn weekday_name(&self, word: &str, at: usize) -> String {
        let other = turned(
            u64::try_from(at).unwrap_or(0),
            7,
            1 + self.number("weekday", 6),
        );
        other_name(word, &WEEKDAYS, other, word.len() == 3)
    }

    /// Another time of a day: its digits, in twos.
    pub(super) fn time_part(&self, digits: &str, below: u64) -> String {
        let value = 1 + self.number(digits, below.saturating_sub(1).max(1));
        if digits.chars().all(|c| c == '0') {
            digits.to_owned()
        } else if digits.len() == 1 {
            (1 + value % 9).to_string()
        } else {
            format!("{value:02}")
        }
    }
}

fn turned(value: u64, of: u64, by: u64) -> u64 {
    (value + by) % of
}

fn other_name(word: &str, names: &[&str], at: u64, is_short: bool) -> String {
    let name = usize::try_from(at)
        .ok()
        .and_then(|at| names.get(at))
        .copied()
        .unwrap_or_default();
    let name = if is_short {
        name.get(..3).unwrap_or(name)
    } else {
        name
    };
    let first_upper = word.starts_with(|c: char| c.is_ascii_uppercase());
    let all_upper = !word.bytes().any(|b| b.is_ascii_lowercase());
    name.char_indices()
        .map(|(at, c)| {
            if all_upper || (at == 0 && first_upper) {
                c.to_ascii_uppercase()
            } else {
                c
            }
        })
        .collect()
}
