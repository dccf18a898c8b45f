//! License usage exports: the CSV that an instance writes, and what spreadsheets make of it.

use serde::{Deserialize, Serialize};
use time::Date;

use super::Work;
use super::license_key::{KeyState, KeyText};
use super::open::calendar_day;
use crate::record::{Shown, UNREADABLE_MAX};
use crate::text::line::one_line;

/// Where a usage export ends too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutAt {
    /// Within the license key: it can not be opened.
    Key,
    /// After the key, before the table of days.
    Rows,
    /// Within the table's last line.
    Days,
}

impl CutAt {
    /// What is wrong, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Key => "The usage export is cut off within its license key.",
            Self::Rows => {
                "The usage export is cut off after its license key: the rows of the license's days or the table of users are missing."
            }
            Self::Days => "The usage export is cut off within its last line.",
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::Key => "Ask for the whole file as an attachment.",
            Self::Rows | Self::Days => {
                "Its license key is there, so go on with that, or ask for the whole file as an attachment."
            }
        }
    }
}

/// A license usage export (`facts`, "License usage export"): its license key, and the rows that only cross-check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageExport {
    /// `License Key`.
    pub key: KeyText,
    /// `Email` of the licensee, on one line.
    pub email: Option<String>,
    /// `License Start Date`; unreadable where day and month can not be told apart.
    pub starts: Shown<Date>,
    /// `License End Date`.
    pub ends: Shown<Date>,
    /// `Company`, on one line.
    pub company: Option<String>,
    /// The day of `Generated At`.
    pub generated_at: Shown<Date>,
    /// How many days the table has.
    pub days: usize,
    /// The last day of the table, where it could be read.
    pub last_day: Option<Date>,
    /// Where it ends too early, if it does.
    pub cut: Option<CutAt>,
    /// Whether every character is certain: not where the file's encoding had to be guessed.
    pub exact: bool,
}

/// The delimiter, where the key at `key_at` is the second cell of a row `License Key`.
pub(super) fn delimiter_before(text: &str, key_at: usize) -> Option<char> {
    const LABEL: &str = "license key";
    let before = text.get(..key_at)?.trim_end_matches(['"', ' ', '\u{FEFF}']);
    let delimiter = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, ',' | ';' | '\t'))?;
    let label = before.get(..before.len() - 1)?.trim_end_matches(['"', ' ']);
    let start = label.len().checked_sub(LABEL.len())?;
    let is_label = label.get(start..)?.eq_ignore_ascii_case(LABEL);
    let line = label
        .get(..start)?
        .trim_end_matches(['"', ' ', '>', '\u{FEFF}', '\u{A0}']);
    (is_label && (line.is_empty() || line.ends_with(['\n', '\r']))).then_some(delimiter)
}

/// Reads the rows that follow the key, from byte `at` on; returns the export and where it ends.
pub(super) fn read_export(
    text: &str,
    key: KeyText,
    at: usize,
    delimiter: char,
    work: &mut Work,
) -> (UsageExport, usize) {
    let mut export = UsageExport {
        email: None,
        starts: Shown::Absent,
        ends: Shown::Absent,
        company: None,
        generated_at: Shown::Absent,
        days: 0,
        last_day: None,
        exact: true,
        cut: (key.state() == KeyState::Truncated).then_some(CutAt::Key),
        key,
    };
    if export.cut.is_some() {
        return (export, at);
    }
    let (mut end, mut position) = (at, at);
    let (mut table, mut other_lines) = (false, 0);
    for line in text
        .get(at..)
        .unwrap_or_default()
        .split_inclusive(['\n', '\r'])
    {
        work.add(line.len());
        position += line.len();
        let bare = line
            .trim_end_matches(['\n', '\r'])
            .trim_start_matches(['>', ' ']);
        if bare.is_empty() {
            continue;
        }
        let (label, value) = two_cells(bare, delimiter);
        if table {
            let day = day_of(label);
            let complete =
                day.is_some() && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
            if complete {
                export.days += 1;
                export.last_day = day;
                end = position;
                continue;
            }
            // A day's beginning at the very end of the text is its cut; other text follows a pasted export.
            if position == text.len()
                && label.starts_with(|c: char| c.is_ascii_digit())
                && label.len() <= 20
            {
                export.cut = Some(CutAt::Days);
                end = position;
            }
            return (export, end);
        }
        match label.to_ascii_lowercase().as_str() {
            "email" => export.email = shown(value),
            "company" => export.company = shown(value),
            "license start date" => export.starts = day_shown(value),
            "license end date" => export.ends = day_shown(value),
            "generated at" => export.generated_at = day_shown(value),
            "date" if value.to_ascii_lowercase().ends_with("user count") => table = true,
            // Another export.
            "license key" => break,
            // The key's closing quote, the empty row, and a row that is not known yet.
            _ => {
                other_lines += 1;
                if other_lines > OTHER_LINES_MAX {
                    break;
                }
                continue;
            }
        }
        end = position;
    }
    if !table {
        export.cut = Some(CutAt::Rows);
    }
    (export, end)
}

/// After so many lines that are none of its rows, an export's rows are over.
const OTHER_LINES_MAX: usize = 10;

/// The first two cells of a row, their quotes taken off.
fn two_cells(line: &str, delimiter: char) -> (&str, &str) {
    let unquoted = |cell: &str| -> usize {
        cell.len() - cell.trim_start_matches(['"', ' ', '\u{FEFF}']).len()
    };
    let (first, rest) = line.split_once(delimiter).unwrap_or((line, ""));
    let rest = rest.trim();
    // A quoted cell may hold the delimiter: `"Past, Inc."`.
    let second = match rest.strip_prefix('"') {
        Some(quoted) => quoted.rsplit_once('"').map_or(quoted, |(cell, _)| cell),
        None => rest.split_once(delimiter).map_or(rest, |(cell, _)| cell),
    };
    (
        first
            .get(unquoted(first)..)
            .unwrap_or_default()
            .trim_end_matches(['"', ' ']),
        second.trim(),
    )
}

fn shown(value: &str) -> Option<String> {
    // A quote within a quoted cell is written twice.
    let line = one_line(
        &one_line(value, 2 * UNREADABLE_MAX).replace("\"\"", "\""),
        UNREADABLE_MAX,
    );
    (!line.is_empty()).then_some(line)
}

fn day_shown(value: &str) -> Shown<Date> {
    if value.is_empty() {
        return Shown::Absent;
    }
    day_of(value).map_or_else(
        || Shown::Unreadable(one_line(value, UNREADABLE_MAX)),
        Shown::Value,
    )
}

/// The day of `2026-03-01`, `01.03.2026`, `2026/03/01` and, where only one reading is a day, `03/25/2026`; a time may follow.
fn day_of(text: &str) -> Option<Date> {
    let japanese = text
        .split_once('日')
        .map(|(date, _)| date.replace(['年', '月'], "/").replace(' ', ""));
    let text = japanese.as_deref().unwrap_or(text);
    let date = text.split([' ', 'T']).next()?;
    if date.len() > 10 {
        return None;
    }
    iso_day(date).or_else(|| {
        let mut parts = date.split(['.', '/', '-']).map(|p| {
            if p.bytes().all(|b| b.is_ascii_digit()) {
                p.parse::<u16>().ok()
            } else {
                None
            }
        });
        let (a, b, c) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() {
            return None;
        }
        let day = |year: u16, month: u16, day: u16| {
            calendar_day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
        };
        if a >= 1000 {
            return day(a, b, c);
        }
        if c < 1000 {
            return None;
        }
        match (day(c, b, a), day(c, a, b)) {
            (Some(european), None) => Some(european),
            (Some(european), Some(_)) if date.contains('.') || a == b => Some(european),
            (None, american) if !date.contains('.') => american,
            _ => None,
        }
    })
}

/// The day of `2026-03-01`.
pub(super) fn iso_day(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()))
    };
    let separated = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    if !separated {
        return None;
    }
    calendar_day(
        digits(0..4)?.parse().ok()?,
        digits(5..7)?.parse().ok()?,
        digits(8..10)?.parse().ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::{day_of, two_cells};

    #[test]
    fn days_are_read_in_every_way_that_can_mean_one_day_only() {
        let day = |text| day_of(text).map(|d| d.to_string());
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

    #[test]
    fn cells_lose_their_quotes_and_keep_a_delimiter_within_them() {
        assert_eq!(
            two_cells("Company,\"Past, Inc.\"", ','),
            ("Company", "Past, Inc.")
        );
        assert_eq!(
            two_cells("\"Company\";Widgets;", ';'),
            ("Company", "Widgets")
        );
        assert_eq!(
            two_cells("Company\tWidgets\t", '\t'),
            ("Company", "Widgets")
        );
        assert_eq!(two_cells("\"\",\"\"", ','), ("", ""));
        assert_eq!(two_cells("\"", ','), ("", ""));
    }
}
