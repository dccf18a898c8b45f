//! License usage exports: the CSV file that an instance writes, and what spreadsheets make of it.

use serde::{Deserialize, Serialize};
use time::Date;

use super::license_key::{KeyState, KeyText};
use super::work::Work;
use crate::day;
use crate::record::{Shown, UNREADABLE_MAX};
use crate::text::line::one_line;

/// Where a truncated usage export ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutAt {
    /// Within the license key, which therefore cannot be opened.
    Key,
    /// After the key and before the table of days.
    Rows,
    /// Within the last line of the table.
    Days,
}

impl CutAt {
    /// What is wrong, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Key => "The usage export is cut off within its license key.",
            Self::Rows => {
                "The usage export is cut off after its license key: the rows of the license’s days or the table of users are missing."
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

/// A license usage export (`facts`, "License usage export"): its license key, and the rows, which
/// serve only as a cross-check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsageExport {
    /// `License Key`.
    pub key: KeyText,
    /// `Email` of the licensee, on one line.
    pub email: Option<String>,
    /// `License Start Date`; unreadable if day and month are ambiguous.
    pub starts: Shown<Date>,
    /// `License End Date`.
    pub ends: Shown<Date>,
    /// `Company`, on one line.
    pub company: Option<String>,
    /// The day of `Generated At`.
    pub generated_at: Shown<Date>,
    /// The number of days in the table.
    pub days: usize,
    /// The last day of the table, if it could be read.
    pub last_day: Option<Date>,
    /// Where it ends, if it is truncated.
    pub cut: Option<CutAt>,
    /// Whether every character is certain, which is not so if the file's encoding was guessed.
    pub exact: bool,
}

/// The delimiter, if the key at `key_at` is the second cell of a row `License Key`.
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

/// Reads the rows after the key, from byte `at` on. Returns the export and its end.
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
            let day = day::unambiguous(label);
            let complete =
                day.is_some() && !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
            if complete {
                export.days += 1;
                export.last_day = day;
                end = position;
                continue;
            }
            // The beginning of a day at the very end of the text means truncation; other text may
            // follow a pasted export.
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
            // Another export begins.
            "license key" => break,
            // The key's closing quote, the empty row, or an unknown row.
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

/// After this many foreign lines, the export's rows are over.
const OTHER_LINES_MAX: usize = 10;

/// The first two cells of a row, without their quotes.
fn two_cells(line: &str, delimiter: char) -> (&str, &str) {
    let unquoted = |cell: &str| -> usize {
        cell.len() - cell.trim_start_matches(['"', ' ', '\u{FEFF}']).len()
    };
    let (first, rest) = line.split_once(delimiter).unwrap_or((line, ""));
    let rest = rest.trim();
    // A quoted cell may contain the delimiter: `"Past, Inc."`.
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
    // A quote within a quoted cell is doubled.
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
    day::unambiguous(value).map_or_else(
        || Shown::Unreadable(one_line(value, UNREADABLE_MAX)),
        Shown::Value,
    )
}

#[cfg(test)]
mod tests {
    use super::two_cells;

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
