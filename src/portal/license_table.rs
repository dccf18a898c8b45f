//! Reads a license's data in a table or a list of terms.

use super::license_text::{Ids, braces, from_restrictions, is_restrictions, normal, scalar};
use super::outline::{outline, topmost};
use crate::html::{Tree, is_unseen};

/// How many levels of nested tables are followed.
pub(super) const MAX_DEPTH: usize = 4;

/// The rows of a table or the pairs of a definition list. With `within`, they belong to
/// `restrictions` already.
pub(super) fn from_rows(flat: &Tree<'_>, table: usize, within: bool, depth: usize, ids: &mut Ids) {
    if depth == 0 {
        return;
    }
    let mut within_section = within;
    let mut spanned = 0_usize;
    for row in rows(flat, table) {
        let in_span = spanned > 0;
        spanned = spanned.saturating_sub(1);
        let (cells, row_span) = row;
        let (key, value) = match cells.as_slice() {
            [only] => {
                within_section = is_restrictions(&flat.text(*only).text);
                continue;
            }
            [key, value] => (*key, *value),
            [first, key, value] if is_restrictions(&flat.text(*first).text) => {
                spanned = row_span.saturating_sub(1);
                id_row(flat, *key, *value, ids);
                continue;
            }
            _ => continue,
        };
        let name = normal(&flat.text(key).text);
        if name == "restrictions id" {
            ids.push(scalar(&flat.text(value).text));
        } else if name == "restrictions" {
            // Without a value, it is the heading of the rows below.
            within_section = flat.raw_text(value).trim().is_empty();
            from_value(flat, value, depth, ids);
        } else if within_section || in_span {
            id_row(flat, key, value, ids);
        } else if within && name == "id" {
            ids.push(scalar(&flat.text(value).text));
        }
    }
}

fn id_row(flat: &Tree<'_>, key: usize, value: usize, ids: &mut Ids) {
    if normal(&flat.text(key).text) == "id" {
        ids.push(scalar(&flat.text(value).text));
    }
}

/// The value beside `restrictions`: a nested table, otherwise its text as an object or as YAML.
fn from_value(flat: &Tree<'_>, at: usize, depth: usize, ids: &mut Ids) {
    let inner = flat
        .below(at)
        .find(|(_, e)| matches!(e.name(), "table" | "dl"))
        .map(|(i, _)| i);
    if let Some(inner) = inner {
        from_rows(flat, inner, true, depth - 1, ids);
        return;
    }
    let is_line = |name: &str| matches!(name, "li" | "div" | "p");
    if flat.below(at).any(|(_, e)| is_line(e.name())) && braces(&flat.raw_text(at)).is_none() {
        let entries = outline(flat, at + 1, flat.end(at));
        let own = topmost(&entries).filter(|entry| normal(&entry.key) == "id");
        ids.extend(own.map(|entry| scalar(&entry.value)));
        return;
    }
    from_restrictions(&flat.raw_text(at), ids);
}

/// A table's own rows, as cells with the first cell's `rowspan`, or a list's pairs. Tables within
/// cells are skipped.
fn rows(flat: &Tree<'_>, table: usize) -> Vec<(Vec<usize>, usize)> {
    let mut found: Vec<(Vec<usize>, usize)> = Vec::new();
    let mut term = None;
    let mut i = table + 1;
    while i < flat.end(table) {
        let Some(element) = flat.element(i) else {
            i += 1;
            continue;
        };
        match element.name() {
            "tr" => {
                found.push((Vec::new(), 1));
                i += 1;
            }
            "th" | "td" => {
                let span = element
                    .attr("rowspan")
                    .and_then(|s| s.parse().ok())
                    .unwrap_or(1);
                if let Some((cells, row_span)) = found.last_mut() {
                    if cells.is_empty() {
                        *row_span = span;
                    }
                    cells.push(i);
                }
                i = flat.end(i);
            }
            "dt" => {
                term = Some(i);
                i = flat.end(i);
            }
            "dd" => {
                if let Some(term) = term.take() {
                    found.push((vec![term, i], 1));
                }
                i = flat.end(i);
            }
            name if is_unseen(name) => i = flat.end(i),
            _ => i += 1,
        }
    }
    found.retain(|(cells, _)| !cells.is_empty());
    found
}
