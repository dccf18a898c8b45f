//! The rows of a list page.

use super::address::{Place, linked};
use super::fields::normal;
use super::values::{Cell, Found, Reading};
use crate::html::{Text, Tree, classes, collapsed, decoded, has_class, is_unseen};
use crate::record::RecordKind;

/// One row: its record's number and its cells.
pub(super) struct Row<'h> {
    /// The record's number.
    pub id: u64,
    /// Its cells, by field.
    pub cells: Vec<Found<'h>>,
}

/// A column: its field and its heading.
pub(super) type Header<'h> = (&'h str, Text);

/// The content of a list page.
pub(super) struct Rows<'h> {
    /// The columns.
    pub headers: Vec<Header<'h>>,
    /// The rows, in the page's order.
    pub rows: Vec<Row<'h>>,
    /// The total over all pages.
    pub total: Option<u64>,
}

/// The rows of a list. `None` if the page has no list, or if a row's number cannot be read: leaving
/// that row out would make the others look like the only ones.
pub(super) fn of_page<'h>(reading: &Reading<'_, 'h>, model: RecordKind) -> Option<Rows<'h>> {
    let flat = reading.flat;
    let row_classes: Vec<String> = reading
        .words
        .models
        .names(model)
        .iter()
        .map(|n| format!("{n}_row"))
        .collect();
    let mut headers: Vec<Header<'h>> = Vec::new();
    let mut rows = Vec::new();
    let mut totals: Vec<Option<u64>> = Vec::new();
    let mut has_table = false;
    let mut i = 0;
    while i < flat.len() {
        let Some(element) = flat.element(i) else {
            i += 1;
            continue;
        };
        if is_unseen(element.name()) && element.name() != "head" {
            i = flat.end(i);
        } else if element.name() == "th" {
            if let Some(key) = classes(element).find_map(|c| c.strip_suffix("_field")) {
                has_table = true;
                headers.push((key, flat.text(i)));
            }
            i = flat.end(i);
        } else if element.name() == "tr"
            && classes(element).any(|c| row_classes.iter().any(|r| r == c))
        {
            rows.push(row(reading, i, model, &headers)?);
            i = flat.end(i);
        } else if element.name() == "td" {
            i = flat.end(i);
        } else if has_class(element, "total-count") {
            totals.push(count(&flat.text(i).text));
            i = flat.end(i);
        } else {
            i += 1;
        }
    }
    let total = match totals.as_slice() {
        [one] => *one,
        _ => None,
    };
    (has_table || total.is_some() || !rows.is_empty()).then_some(Rows {
        headers,
        rows,
        total,
    })
}

fn row<'h>(
    reading: &Reading<'_, 'h>,
    at: usize,
    model: RecordKind,
    headers: &[Header<'h>],
) -> Option<Row<'h>> {
    let flat: &Tree<'h> = reading.flat;
    let mut cells = Vec::new();
    let mut ids: Vec<u64> = Vec::new();
    let mut i = at + 1;
    while i < flat.end(at) {
        let Some(element) = flat.element(i).filter(|e| e.name() == "td") else {
            i += 1;
            continue;
        };
        match classes(element).find_map(|c| c.strip_suffix("_field")) {
            Some(key) => {
                let text = flat.text(i);
                let title = headers
                    .iter()
                    .find(|(k, _)| *k == key)
                    .map(|(_, label)| label.clone())
                    .unwrap_or_default();
                let is_id_number = key.ends_with("_id") && has_class(element, "integer_type");
                if key == "id" {
                    ids.push(row_number(&text.text)?);
                    ids.extend(records_linked(reading, i, model));
                }
                let said = titles(element.attr("title"));
                let whole = said
                    .iter()
                    .find(|said| is_beginning(&text.text, said))
                    .cloned();
                let is_doubtful = whole.is_none()
                    && !said.is_empty()
                    && !said.iter().any(|said| agrees(flat, i, said));
                cells.push(Found {
                    key,
                    label: normal(&title),
                    title,
                    cell: Cell {
                        text,
                        at: i,
                        is_id_number,
                        is_doubtful,
                        whole,
                    },
                    group: 0,
                    is_apart: false,
                });
            }
            None => ids.extend(show_links(reading, i, model)),
        }
        i = flat.end(i);
    }
    let (&id, rest) = ids.split_first()?;
    rest.iter()
        .all(|other| *other == id)
        .then_some(Row { id, cells })
}

/// The texts of a cell's `title`. If the value contains markup, rails_admin escapes it twice, so it
/// is also decoded once more.
fn titles(title: Option<&str>) -> Vec<String> {
    let readings = title.map(|title| [collapsed(title), collapsed(&decoded(title))]);
    let mut said: Vec<String> = readings
        .into_iter()
        .flatten()
        .filter(|t| !t.cut && !t.text.is_empty())
        .map(|t| t.text)
        .collect();
    said.dedup();
    said
}

/// Whether a cell's `title`, which rails_admin makes of the value without its tags, equals the
/// cell's own text.
fn agrees(flat: &Tree<'_>, at: usize, title: &str) -> bool {
    let bare = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .take(Tree::MAX_TEXT)
            .collect::<String>()
    };
    let title = bare(title);
    let shown: String = flat
        .pieces(at)
        .shown
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    title.is_empty() || title == bare(&shown) || title == bare(&flat.raw_text(at))
}

/// Whether a text is the truncated beginning of another one.
fn is_beginning(text: &str, whole: &str) -> bool {
    let beginning = text
        .strip_suffix('…')
        .or_else(|| text.strip_suffix("..."))
        .map(str::trim_end);
    beginning.is_some_and(|beginning| {
        !beginning.is_empty() && whole.len() > beginning.len() && whole.starts_with(beginning)
    })
}

/// A row's own number: `700101`, `#700101`, `700,101`.
fn row_number(text: &str) -> Option<u64> {
    let bare = text.trim().trim_start_matches('#').trim();
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        bare.parse().ok()
    } else {
        count(bare).filter(|_| {
            bare.bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        })
    }
}

/// The records that the links in a row's number cell lead to, of the row's own kind.
fn records_linked(reading: &Reading<'_, '_>, at: usize, model: RecordKind) -> Vec<u64> {
    let links = reading.links(at).into_iter();
    let linked = links.filter_map(|href| match linked(href, reading.host, reading.words)? {
        Place::Show { model: m, id } if m == model => Some(id),
        _ => None,
    });
    linked.collect()
}

/// The records that the Show links of a row's last cell lead to.
fn show_links(reading: &Reading<'_, '_>, at: usize, model: RecordKind) -> Vec<u64> {
    let flat = reading.flat;
    let is_show = |i: usize| {
        flat.element(flat.parent(i))
            .is_some_and(|p| p.name() == "li" && has_class(p, "show_member_link"))
    };
    flat.below(at)
        .filter(|(i, e)| e.name() == "a" && is_show(*i))
        .filter_map(
            |(_, e)| match linked(e.attr("href")?, reading.host, reading.words)? {
                Place::Show { model: m, id } if m == model => Some(id),
                _ => None,
            },
        )
        .collect()
}

/// The number in `3 orders`, `1,234 orders` or `1 234 orders`. If there are several, it is unknown
/// which one is the total.
fn count(text: &str) -> Option<u64> {
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let after = text.get(at + c.len_utf8()..).unwrap_or_default();
            let is_mark = matches!(c, ',' | '.' | '\'' | '’')
                || c.is_whitespace() && after.starts_with(|c: char| c.is_ascii_digit());
            !(c.is_ascii_digit() || is_mark)
        })
        .map_or(text.len(), |(at, _)| at);
    let (number, rest) = text.split_at_checked(end)?;
    // "1000+ orders"
    if rest.contains(|c: char| c.is_numeric()) || rest.trim_start().starts_with('+') {
        return None;
    }
    let is_mark = |c: char| !c.is_ascii_digit();
    let mut groups = number.split(is_mark);
    let first = groups.next()?;
    let well_formed = !first.is_empty()
        && (first.len() <= 3 || !number.contains(is_mark))
        && groups.all(|g| g.len() == 3);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if well_formed {
        digits.parse().ok()
    } else {
        None
    }
}
