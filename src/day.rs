//! Calendar days: as pages print them, as data contains them, and as spreadsheets rewrite them.

pub(crate) mod names;

use serde::{Deserialize, Serialize};
use time::{Date, Month};

use names::{MONTHS, WEEKDAYS, named, named_elsewhere};

/// A day as a page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Whether the page shows a time, too: in another time zone it may be the day before or after.
    pub is_moment: bool,
}

impl Day {
    /// A day without a time.
    pub fn plain(date: Date) -> Self {
        Self {
            date,
            is_moment: false,
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date)
    }
}

/// The day of `November 01, 2026`, `November 1st, 2026 08:12`, `01 Nov 2026`, `Sun Nov  1 08:12:00 UTC 2026`, `2026-11-01`,
/// `2026-11-01T00:00:00Z`, `2026/11/01`, `31/10/2026`, `2026年11月1日`, `1. März 2026` and the like, as printed: no time zone is applied. A
/// remark may follow in brackets or behind a dash, as long as it names no other year. `None` for every other text; `01/11/2026` could be
/// read in two ways.
pub fn printed(text: &str) -> Option<Day> {
    let text = text.trim();
    exact(text).or_else(|| {
        let (at, _) = text.char_indices().find(|&(at, c)| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let is_dash = matches!(c, '-' | '–' | '—' | '·' | '|' | ',')
                && before.is_some_and(|b| b.is_whitespace());
            at > 0 && (matches!(c, '(' | '（' | '[') || is_dash)
        })?;
        let (shown, remark) = text.split_at_checked(at)?;
        let years = remark
            .split(|c: char| !c.is_numeric())
            .any(|digits| digits.chars().count() >= 4);
        exact(shown.trim()).filter(|_| !years && !remark.contains(['年', '년', '/', ':']))
    })
}

fn exact(text: &str) -> Option<Day> {
    let mut words: Vec<&str> = text
        .split_whitespace()
        // "1 de marzo de 2026", "1 марта 2026 г."
        .filter(|word| !matches!(*word, "de" | "г." | "г"))
        .collect();
    if words.len() > 7 {
        return None;
    }
    if let Some(day) = counted(text) {
        return Some(day);
    }
    // "Sun, 01 Nov 2026": the weekday adds nothing.
    let is_named = words
        .first()
        .is_some_and(|w| is_weekday(w.strip_suffix([',', '.']).unwrap_or(w)));
    if is_named {
        words.remove(0);
    }
    let found = |date: Date, rest: &[&str]| Day {
        date,
        is_moment: !rest.is_empty(),
    };
    match words.as_slice() {
        [iso, rest @ ..]
            if iso.contains('-')
                && iso.find('-') != Some(2)
                && !is_named
                && !iso.contains(|c: char| c.is_ascii_alphabetic() && c != 'T' && c != 'Z') =>
        {
            match iso.split_once('T') {
                Some((date, time)) if rest.is_empty() && is_time(&[time]) => {
                    numbered(date, '-').map(|d| found(d, &[time]))
                }
                None if rest.is_empty() || is_time(rest) => {
                    numbered(iso, '-').map(|d| found(d, rest))
                }
                _ => None,
            }
        }
        [year_first, rest @ ..]
            if year_first.find(['/', '.']) == Some(4) && (rest.is_empty() || is_time(rest)) =>
        {
            let mark = if year_first.contains('/') { '/' } else { '.' };
            numbered(year_first, mark).map(|d| found(d, rest))
        }
        [date, rest @ ..]
            if !is_named
                && date.find(['/', '.', '-']) == Some(2)
                && date.len() == 10
                && (rest.is_empty() || is_time(rest)) =>
        {
            one_order(date).map(|d| found(d, rest))
        }
        // The format of C's `asctime`, with or without a zone: `Nov 1 08:12:00 2026`, `Nov 1
        // 08:12:00 UTC 2026`.
        [name, number, clock, zone @ .., year]
            if is_named && zone.len() < 2 && is_time(&[&[*clock], zone].concat()) =>
        {
            calendar_day(year, month(name)?, number).map(|d| found(d, &[clock]))
        }
        // "01-Nov-2026".
        [one] if one.split('-').count() == 3 => {
            let mut parts = one.split('-');
            let (number, name, year) = (parts.next()?, parts.next()?, parts.next()?);
            let is_number = number.bytes().all(|b| b.is_ascii_digit());
            (is_number && !is_named)
                .then(|| by_name(number, name, year).map(|d| found(d, &[])))
                .flatten()
        }
        [first, "of", second, year] => by_name(first, second, year).map(|d| found(d, &[])),
        [first, second, year, "at", rest @ ..] | [first, second, year, rest @ ..]
            if rest.is_empty() || is_time(rest) =>
        {
            by_name(first, second, year).map(|d| found(d, rest))
        }
        _ => None,
    }
}

/// `31/10/2026` and `10/31/2026`, whose numbers are a day in one order only.
fn one_order(date: &str) -> Option<Date> {
    let (a, b, year) = three_numbers(date).filter(|(_, _, year)| *year >= 1000)?;
    match (of_numbers(year, b, a), of_numbers(year, a, b)) {
        (Some(day_first), None) => Some(day_first),
        (None, Some(month_first)) if !date.contains('.') => Some(month_first),
        _ => None,
    }
}

/// A day with its month by name, which may be the first or the second word.
fn by_name(first: &str, second: &str, year: &str) -> Option<Date> {
    let day_first = first.starts_with(|c: char| c.is_ascii_digit());
    let (name, number) = if day_first {
        (second, first)
    } else {
        (first, second)
    };
    let number = number.strip_suffix([',', '.']).unwrap_or(number);
    let number = ["st", "nd", "rd", "th", "ST", "ND", "RD", "TH"]
        .iter()
        .find_map(|end| number.strip_suffix(end))
        .unwrap_or(number);
    let name = name.strip_suffix([',', '.']).unwrap_or(name);
    calendar_day(
        year.strip_suffix(',').unwrap_or(year),
        month(name).or_else(|| day_first.then(|| other_month(name)).flatten())?,
        number,
    )
}

/// `2026年11月01日`, `2026年11月1日 (日) 08:12`, `2026년 11월 1일`: the units say what each number means.
fn counted(text: &str) -> Option<Day> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, rest) = rest.split_once(['日', '일'])?;
    let month = Month::try_from(u8::try_from(number(month.trim())?).ok()?).ok()?;
    let date = calendar_day(year.trim(), month, day.trim())?;
    let rest = match rest.trim().strip_prefix(['(', '（']) {
        Some(named) => {
            named
                .split_once([')', '）'])
                .filter(|(name, _)| name.chars().count() <= 3)?
                .1
        }
        None => rest,
    };
    let clock = rest
        .replace(['時', '分', '시', '분', '时'], ":")
        .replace(['秒', '초'], "")
        .replace(": ", ":");
    let words: Vec<&str> = clock
        .trim()
        .trim_end_matches(':')
        .split_whitespace()
        .collect();
    (words.is_empty() || is_time(&words)).then_some(Day {
        date,
        is_moment: !words.is_empty(),
    })
}

/// `2026-03-01`, and nothing else.
pub fn iso(text: &str) -> Option<Date> {
    numbered(text, '-')
}

/// `2026-03-01`, `01.03.2026`, `2026/03/01` and, if only one reading is a valid day, `03/25/2026`:
/// what a spreadsheet may make of a day. A time may follow.
pub fn unambiguous(text: &str) -> Option<Date> {
    let japanese = text
        .split_once('日')
        .map(|(date, _)| date.replace(['年', '月'], "/").replace(' ', ""));
    let text = japanese.as_deref().unwrap_or(text);
    let date = text.split([' ', 'T']).next()?;
    if date.len() > 10 {
        return None;
    }
    iso(date).or_else(|| {
        let (a, b, c) = three_numbers(date)?;
        if a >= 1000 {
            return of_numbers(a, b, c);
        }
        if c < 1000 {
            return None;
        }
        match (of_numbers(c, b, a), of_numbers(c, a, b)) {
            (Some(european), None) => Some(european),
            (Some(european), Some(_)) if date.contains('.') || a == b => Some(european),
            (None, american) if !date.contains('.') => american,
            _ => None,
        }
    })
}

fn three_numbers(date: &str) -> Option<(u16, u16, u16)> {
    let mut parts = date.split(['.', '/', '-']).map(number);
    let numbers = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(numbers)
}

fn of_numbers(year: u16, month: u16, day: u16) -> Option<Date> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(i32::from(year), month, u8::try_from(day).ok()?).ok()
}

/// Year, month and day in this order, with leading zeros and a separator.
fn numbered(text: &str, mark: char) -> Option<Date> {
    let mut parts = text.split(mark);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None)
            if year.len() == 4 && month.len() == 2 && day.len() == 2 =>
        {
            of_numbers(number(year)?, number(month)?, number(day)?)
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
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}

fn other_month(name: &str) -> Option<Month> {
    let (_, at) = named_elsewhere(name)?;
    Month::try_from(u8::try_from(at + 1).ok()?).ok()
}

fn month(name: &str) -> Option<Month> {
    let at = named(name, &MONTHS)?;
    Month::try_from(u8::try_from(at + 1).ok()?).ok()
}

fn is_weekday(name: &str) -> bool {
    named(name, &WEEKDAYS).is_some()
}

/// `08:12`, `00:00:00`, `00:00:00 UTC`, `00:00:00 UTC +00:00`, `00:00:00 +0200`, `00:00:00.000Z`, `12:00 PM`.
fn is_time(words: &[&str]) -> bool {
    let Some((clock, rest)) = words.split_first() else {
        return false;
    };
    let digits_and = |w: &str, marks: &str| {
        !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || marks.contains(c))
    };
    let is_zone = |w: &&str| {
        (2..=5).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_uppercase())
            || w.strip_prefix(['+', '-'])
                .is_some_and(|z| digits_and(z, ":") && z.len() <= 5)
    };
    let clock = clock.strip_suffix('Z').unwrap_or(clock);
    let clock = ["am", "pm", "AM", "PM"]
        .iter()
        .find_map(|half| clock.strip_suffix(half))
        .unwrap_or(clock);
    let (clock, offset) = clock
        .split_once(['+', '-'])
        .map_or((clock, None), |(c, o)| (c, Some(o)));
    clock.contains(':')
        && clock.len() <= 18
        && digits_and(clock, ":.")
        && offset.is_none_or(|o| digits_and(o, ":") && o.len() <= 5)
        && rest.len() <= 2
        && rest.iter().all(is_zone)
}

#[cfg(test)]
mod tests {
    use super::{Day, printed, unambiguous};
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
            "November 1st, 2026",
            "1st November 2026",
            "1st of November 2026",
            "November 1st, 2026 08:12",
            "Sun Nov  1 08:12:00 2026",
            "Sun Nov  1 08:12:00 UTC 2026",
            "Sun, Nov 1, 2026",
            "2026/11/01",
            "2026.11.01 08:12",
            "2026年11月01日",
            "2026年11月1日(日) 08:12",
            "2026年11月1日 8時12分30秒",
            "2026년 11월 1일",
            "November 01, 2026 (in 27 days)",
            "2026-11-01 – expired",
            "01-Nov-2026",
            "1. November 2026",
            "November 1, 2026 12:00am",
        ] {
            assert_eq!(
                printed(text).map(|d| d.date),
                Some(date!(2026 - 11 - 01)),
                "{text}"
            );
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
            "01-11-2026",
            "Nov-01-2026",
            "01-Nov-26",
            "01-Foo-2026",
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
            "November 01, 2026 (was December 01, 2025)",
            "Nov 1, 2026 - Nov 1, 2027",
            "11/01/2026 (in 3 days)",
            "2026-11-01 (2026-11-02)",
            "2026年13月1日",
            "27 days ago",
            "November 01, 20…",
        ] {
            assert_eq!(printed(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_with_a_time_says_that_a_zone_may_shift_it() {
        for (text, is_moment) in [
            ("November 01, 2026", false),
            ("2026年11月1日(日)", false),
            ("2026-11-01 (soon)", false),
            ("November 01, 2026 08:12", true),
            ("2026-11-01T00:00:00Z", true),
            ("Sun Nov  1 08:12:00 2026", true),
            ("2026年11月1日 08:12", true),
        ] {
            assert_eq!(
                printed(text),
                Some(Day {
                    date: date!(2026 - 11 - 01),
                    is_moment
                }),
                "{text}"
            );
        }
    }

    #[test]
    fn days_are_read_in_every_way_that_can_mean_one_day_only() {
        let day = |text| unambiguous(text).map(|d| d.to_string());
        for text in [
            "2026-03-25",
            "2026-03-25 12:00:00",
            "2026-03-25T12:00:00Z",
            "25.03.2026",
            "25.3.2026 09:15",
            "25/03/2026",
            "03/25/2026",
            "2026/03/25",
        ] {
            assert_eq!(day(text).as_deref(), Some("2026-03-25"), "{text}");
        }
        assert_eq!(
            day("01.02.2026").as_deref(),
            Some("2026-02-01"),
            "points are European"
        );
        assert_eq!(day("02/02/2026").as_deref(), Some("2026-02-02"));
        for text in [
            "01/02/2026",
            "03.25.2026",
            "2026-02-30",
            "2026",
            "",
            "25.03.26",
            "x.y.z",
            "2026-03-25-01",
            "٢٠٢٦-٠٣-٠١",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
