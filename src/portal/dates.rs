//! Days as Rails prints them.

use time::{Date, Month};

/// The day of `November 01, 2026`, `January 05, 2026 08:12`, `01 Nov 2026`, `2026-11-01`, `2026-11-01 00:00:00 UTC` and
/// `2026-11-01T00:00:00Z`, as printed: no time zone is applied. `None` for every other text; numbers with slashes or points could be
/// read in two ways.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 7 {
        return None;
    }
    // "Sun, 01 Nov 2026": the name of the day says nothing more.
    if words.first().is_some_and(|w| w.strip_suffix(',').is_some_and(is_weekday)) {
        words.remove(0);
    }
    match words.as_slice() {
        [iso, rest @ ..] if iso.contains('-') => match iso.split_once('T') {
            Some((date, time)) if rest.is_empty() && is_time(&[time]) => iso_day(date),
            None if rest.is_empty() || is_time(rest) => iso_day(iso),
            _ => None,
        },
        [first, second, year, rest @ ..] if rest.is_empty() || is_time(rest) => {
            let (name, number) = if first.starts_with(|c: char| c.is_ascii_digit()) { (second, first) } else { (first, second) };
            let number = number.strip_suffix(',').unwrap_or(number);
            calendar_day(year.strip_suffix(',').unwrap_or(year), month(name.strip_suffix(',').unwrap_or(name))?, number)
        }
        _ => None,
    }
}

fn iso_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) if month.len() == 2 && day.len() == 2 => {
            calendar_day(year, Month::try_from(u8::try_from(number(month)?).ok()?).ok()?, day)
        }
        _ => None,
    }
}

fn calendar_day(year: &str, month: Month, day: &str) -> Option<Date> {
    if year.len() != 4 || day.is_empty() || day.len() > 2 {
        return None;
    }
    let year = i32::from(number(year)?);
    Date::from_calendar_date(year, month, u8::try_from(number(day)?).ok()?).ok()
}

fn number(text: &str) -> Option<u16> {
    if text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn month(name: &str) -> Option<Month> {
    const NAMES: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let name = name.to_ascii_lowercase();
    let at = NAMES.iter().position(|n| *n == name || n.get(..3) == Some(name.as_str()))?;
    Month::try_from(u8::try_from(at + 1).ok()?).ok()
}

fn is_weekday(name: &str) -> bool {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|n| *n == name || n.get(..3) == Some(name.as_str()))
}

/// `08:12`, `00:00:00`, `00:00:00 UTC`, `00:00:00 UTC +00:00`, `00:00:00 +0200`, `00:00:00.000Z`, `12:00 PM`.
fn is_time(words: &[&str]) -> bool {
    let Some((clock, rest)) = words.split_first() else { return false };
    let digits_and = |w: &str, marks: &str| !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || marks.contains(c));
    let is_zone = |w: &&str| {
        (2..=5).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase())
            || w.strip_prefix(['+', '-']).is_some_and(|z| digits_and(z, ":") && z.len() <= 5)
    };
    let clock = clock.strip_suffix('Z').unwrap_or(clock);
    let (clock, offset) = clock.split_once(['+', '-']).map_or((clock, None), |(c, o)| (c, Some(o)));
    clock.contains(':')
        && clock.len() <= 16
        && digits_and(clock, ":.")
        && offset.is_none_or(|o| digits_and(o, ":") && o.len() <= 5)
        && rest.len() <= 2
        && rest.iter().all(is_zone)
}

#[cfg(test)]
mod tests {
    use super::day;
    use time::macros::date;

    #[test]
    fn every_form_that_rails_prints_is_the_same_day() {
        for text in [
            "November 01, 2026",
            "November 01, 2026 08:12",
            "Nov 1, 2026",
            "01 Nov 2026",
            "1 November 2026 00:00",
            "Sun, 01 Nov 2026",
            "Sun, 01 Nov 2026 00:00:00 UTC +00:00",
            "Sun, 01 Nov 2026 00:00:00 +0000",
            "2026-11-01",
            "2026-11-01 00:00:00 UTC",
            "2026-11-01 00:00:00 +0200",
            "2026-11-01T00:00:00.000Z",
            "2026-11-01T00:00:00+02:00",
        ] {
            assert_eq!(day(text), Some(date!(2026 - 11 - 01)), "{text}");
        }
    }

    #[test]
    fn whatever_could_be_read_in_two_ways_or_is_no_day_is_not_read() {
        for text in [
            "",
            "-",
            "01/11/2026",
            "11/01/2026",
            "01.11.2026",
            "2026-13-01",
            "2026-02-30",
            "1. November 2026 um",
            "novembre 01, 2026",
            "November 2026",
            "November 32, 2026",
            "2026-11-01 soon",
            "2026-11-01T",
            "99999-01-01",
            "November 01, 26",
            "٢٠٢٦-١١-٠١",
            "2026-11-01 00:00:00 UTC +00:00 extra words here",
            "-",
            "--",
            "a-b-c",
            "2026-1-1",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
