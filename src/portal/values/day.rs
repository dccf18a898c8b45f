//! Days.

use super::words::{is_cut, is_nothing};
use super::{Cell, Reading};
use crate::day::{self, Day};
use crate::html::PieceKind;
use crate::record::Shown;

impl Reading<'_, '_> {
    /// A day, unless a title beside it names a different one.
    pub fn day(&self, cell: &Cell) -> Shown<Day> {
        let shown = self.shown_day(cell);
        let Shown::Value(day) = &shown else {
            return shown;
        };
        if self
            .titles(cell.at)
            .iter()
            .filter_map(|title| day::printed(title))
            .any(|said| is_other(said, *day))
        {
            return self.unreadable(&cell.text.text);
        }
        shown
    }

    /// The day that is shown. A `time` element's machine-readable form wins over its text.
    fn shown_day(&self, cell: &Cell) -> Shown<Day> {
        let times: Vec<&str> = self
            .flat
            .visible_below(cell.at)
            .iter()
            .filter(|(_, e)| e.name() == "time")
            .filter_map(|(_, e)| e.attr("datetime"))
            .collect();
        let Some(pieces) = self.pieces(cell) else {
            return self.unreadable(&cell.text.text);
        };
        let whole = pieces.all().text;
        if let [one, rest @ ..] = times.as_slice() {
            let same = rest.iter().all(|other| other == one);
            let shown = day::printed(&whole);
            return match day::printed(one) {
                Some(day) if same && shown.is_none_or(|said| !is_other(said, day)) => {
                    Shown::Value(day)
                }
                _ => self.unreadable(&cell.text.text),
            };
        }
        if is_nothing(&whole) || self.is_none_mark(&whole) {
            return if pieces.hides_text {
                self.unreadable("(hidden)")
            } else if self.has_form_field(cell) {
                self.unreadable("(a field of a form)")
            } else {
                Shown::Absent
            };
        }
        if is_cut(&whole) {
            return self.unreadable(&cell.text.text);
        }
        // A remark may be beside the day in its own element, as long as it names no other year.
        let texts: Vec<&str> = pieces
            .shown
            .iter()
            .filter(|p| p.kind != PieceKind::Button)
            .map(|p| p.text.as_str())
            .collect();
        let mut found: Option<Day> = None;
        for text in &texts {
            let years = text
                .split(|c: char| !c.is_numeric())
                .any(|digits| digits.chars().count() >= 4);
            match (day::printed(text), found) {
                (Some(day), None) => found = Some(day),
                (Some(day), Some(first)) if day == first => {}
                (Some(_), Some(_)) => return self.unreadable(&cell.text.text),
                (None, _) if years || text.contains('/') || text.contains(':') => {
                    return day::printed(&whole)
                        .map_or_else(|| self.unreadable(&cell.text.text), Shown::Value);
                }
                (None, _) => {}
            }
        }
        found
            .or_else(|| day::printed(&whole))
            .map_or_else(|| self.unreadable(&cell.text.text), Shown::Value)
    }
}

/// Whether two texts for one day name different days. A time zone may shift a moment by a day.
fn is_other(said: Day, day: Day) -> bool {
    let apart = (said.date - day.date).whole_days().abs();
    apart > i64::from(said.is_moment || day.is_moment)
}
