//! Labels with their values, in the forms of rails_admin 3, 2 and 1 and in tables and lists.

use crate::html::{Text, Tree, classes, has_class};

/// A label with its value.
pub(super) struct Pair {
    pub label: Text,
    /// The element that holds the value.
    pub value: usize,
    /// Whether something around it leaves open what it says.
    pub is_doubtful: bool,
}

impl Pair {
    fn of(label: Text, value: usize) -> Self {
        Self {
            label,
            value,
            is_doubtful: false,
        }
    }
}

/// rails_admin 3: label and value within one card.
pub(super) fn card(flat: &Tree<'_>, at: usize) -> Option<Pair> {
    if !has_class(flat.element(at)?, "list-group-item") {
        return None;
    }
    let mut label = None;
    for (i, element) in flat.below(at) {
        if has_class(element, "list-group-item") {
            return None;
        }
        if label.is_none() && has_class(element, "card-header") {
            label = Some(flat.text(i));
        } else if label.is_some() && has_class(element, "card-body") {
            return label.map(|label| Pair::of(label, i));
        }
    }
    None
}

/// rails_admin 2 and 1: the label within a `dt`, the value in the `dd` after it.
pub(super) fn definition(flat: &Tree<'_>, at: usize) -> Option<Pair> {
    let is = |at: usize, name: &str| flat.element(at).is_some_and(|e| e.name() == name);
    let term = if is(at, "dt") { at } else { flat.parent(at) };
    if !is(term, "dt") {
        return None;
    }
    let value = flat.next_element(term)?;
    is(value, "dd").then(|| Pair {
        // Of several values, it is unknown which one is meant.
        is_doubtful: flat.next_element(value).is_some_and(|next| is(next, "dd")),
        ..Pair::of(flat.text(at), value)
    })
}

/// A row of a table with nothing but labels, each with its value behind it.
pub(super) fn rows(flat: &Tree<'_>, at: usize) -> Vec<Pair> {
    if flat.element(at).is_none_or(|e| e.name() != "tr") {
        return Vec::new();
    }
    let is = |at: usize, name: &str| flat.element(at).is_some_and(|e| e.name() == name);
    let mut cells: Vec<usize> = Vec::new();
    let mut next = flat.below(at).next().map(|(i, _)| i);
    while let Some(cell) = next.filter(|_| cells.len() <= CELLS_MAX) {
        cells.push(cell);
        next = flat.next_element(cell);
    }
    let spans = |at: usize| {
        flat.element(at).is_some_and(|element| {
            ["rowspan", "colspan"]
                .iter()
                .any(|span| element.attr(span).is_some_and(|n| n.trim() != "1"))
        })
    };
    if cells.iter().any(|cell| spans(*cell)) {
        return Vec::new();
    }
    let pairs = cells.as_chunks::<2>();
    let is_headed = |[label, value]: &[usize; 2]| is(*label, "th") && is(*value, "td");
    match pairs {
        (all, []) if all.iter().all(is_headed) => all
            .iter()
            .map(|[label, value]| Pair::of(flat.text(*label), *value))
            .collect(),
        ([[label, value]], []) if is(*label, "td") && is(*value, "td") => {
            plain_row(flat, at, *label, *value).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// How many nodes of a table are searched for the headings of its columns.
const HEAD_MAX: usize = 200;

/// The most cells of a row with labels and values.
const CELLS_MAX: usize = 8;

/// A label and its value in cells of one kind, as in a table of two columns. If the columns have
/// headings, the second one must be for values.
fn plain_row(flat: &Tree<'_>, row: usize, label: usize, value: usize) -> Option<Pair> {
    let text = flat.text(label);
    let is_label = !text.text.is_empty()
        && !text.cut
        && flat
            .below(label)
            .all(|(_, e)| !matches!(e.name(), "table" | "dl" | "ul" | "ol" | "form" | "input"));
    let mut table = flat.parent(row);
    while table > 0 && flat.element(table).is_none_or(|e| e.name() != "table") {
        table = flat.parent(table);
    }
    // The first heading of a row may be that of the table.
    let is_second = |at: usize| {
        let row = flat.parent(at);
        flat.below(row).next().is_some_and(|(first, _)| first != at)
    };
    let heading = flat
        .below(table)
        .take_while(|(i, _)| *i < row.min(table + HEAD_MAX))
        .find(|(i, e)| e.name() == "th" && is_second(*i))
        .map(|(i, _)| flat.text(i).text.to_lowercase());
    is_label.then(|| Pair {
        is_doubtful: heading.is_some_and(|heading| heading != "value"),
        ..Pair::of(text, value)
    })
}

/// A label within a `dt` and the value in the `dd` after it, without a class.
pub(super) fn bare_definition(flat: &Tree<'_>, at: usize) -> Option<Pair> {
    let is_bare = flat
        .below(at)
        .all(|(_, element)| !classes(element).any(|class| class.ends_with("_field")));
    (flat.element(at)?.name() == "dt" && is_bare)
        .then(|| definition(flat, at))
        .flatten()
}
