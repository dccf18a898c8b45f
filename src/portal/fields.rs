//! The fields of a record's page, in the forms of rails_admin 3, 2 and 1.

use super::values::{Cell, Reading};
use super::witness::{Means, Sighting};
use super::words::Field;
use crate::case::record::{KeyMark, Shown};
use crate::evidence::Work;
use crate::evidence::key::find_key;
use crate::html::{Text, Tree, classes, collapsed, has_class, is_unseen};

/// One field as the page shows it.
pub(super) struct Found<'h> {
    /// The Ruby field name: its class without `_field`.
    pub key: &'h str,
    /// Its label, ready for comparison.
    pub label: String,
    /// Its label as it stands there.
    pub title: Text,
    /// Its value.
    pub cell: Cell,
}

/// Every field of the page. What stands inside a value is never a field: a customer's text cannot pose as one.
pub(super) fn of_page<'h>(flat: &Tree<'h>) -> Vec<Found<'h>> {
    let mut found = Vec::new();
    let mut fieldset_end = 0;
    let mut i = 0;
    while i < flat.len() {
        let Some(element) = flat.element(i) else {
            i += 1;
            continue;
        };
        if is_unseen(element.name()) && element.name() != "head" {
            i = flat.end(i);
            continue;
        }
        if has_class(element, "fieldset") {
            fieldset_end = fieldset_end.max(flat.end(i));
        }
        let key = classes(element).find_map(|c| c.strip_suffix("_field"));
        let place = match key {
            Some(key) if i < fieldset_end => card(flat, i).or_else(|| definition(flat, i)).map(|(label, value)| (key, label, value)),
            _ => None,
        };
        if let Some((key, label, value)) = place {
            let is_id_number = key.ends_with("_id") && classes(element).any(|c| c == "integer_type");
            let cell = Cell { text: flat.text(value), at: value, is_id_number };
            found.push(Found { key, label: normal(&label), title: label, cell });
            i = flat.end(value);
        } else {
            i += 1;
        }
    }
    found
}

/// rails_admin 3: label and value within one card.
fn card(flat: &Tree<'_>, at: usize) -> Option<(Text, usize)> {
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
            return label.map(|label| (label, i));
        }
    }
    None
}

/// rails_admin 2 and 1: the label within a `dt`, the value in the `dd` after it.
fn definition(flat: &Tree<'_>, at: usize) -> Option<(Text, usize)> {
    let term = if flat.element(at)?.name() == "dt" { at } else { flat.parent(at) };
    if flat.element(term)?.name() != "dt" {
        return None;
    }
    let value = flat.next_element(term)?;
    (flat.element(value)?.name() == "dd").then(|| (flat.text(at), value))
}

/// A label for comparison: lower case, blanks collapsed, no colon at the end, no "id" that Rails would have dropped.
pub(super) fn normal(label: &Text) -> String {
    let lower = label.text.to_lowercase();
    let bare = lower.trim_end_matches([':', '：']).trim_end();
    bare.strip_suffix(" id").unwrap_or(bare).to_owned()
}

/// What a page has for one wanted field.
pub(super) enum Picked<'f> {
    /// Nothing.
    Nothing,
    /// One value.
    One(&'f Cell),
    /// Several values that differ: nobody can tell which is meant.
    Several(&'f Cell),
}

/// The value of a wanted field, and by what it was found: by class first, by label second; an empty one gives way to a filled one. A
/// field whose class is another wanted field's never answers to a label.
fn pick<'f, 'w>(
    reading: &Reading<'_, '_>,
    found: &'f [Found<'_>],
    wanted: &'w Field,
    others: &[(&'static str, &Field)],
) -> (Picked<'f>, Means<'w>) {
    let mut empty = (Picked::Nothing, Means::Nothing);
    for key in &wanted.keys {
        let same: Vec<&Cell> = found.iter().filter(|f| f.key == key).map(|f| &f.cell).collect();
        match agreed(reading, &same) {
            Picked::One(cell) if reading.is_empty(cell) && !has_mark(reading, cell) => empty = (Picked::One(cell), Means::Class(key)),
            Picked::Nothing => {}
            picked => return (picked, Means::Class(key)),
        }
    }
    if matches!(empty.0, Picked::One(_)) {
        return empty;
    }
    let is_others = |key: &str| others.iter().any(|(_, spec)| spec.keys.iter().any(|k| k == key));
    for label in &wanted.labels {
        let sought = normal(&collapsed(label));
        let same: Vec<&Cell> = found.iter().filter(|f| f.label == sought && !is_others(f.key)).map(|f| &f.cell).collect();
        match agreed(reading, &same) {
            Picked::Nothing => {}
            picked => return (picked, Means::Label(label)),
        }
    }
    (Picked::Nothing, Means::Nothing)
}

/// Whether a value without text has an element that may say something (a boolean's badge).
fn has_mark(reading: &Reading<'_, '_>, cell: &Cell) -> bool {
    cell.text.text.is_empty() && reading.flat.below(cell.at).next().is_some()
}

fn agreed<'f>(reading: &Reading<'_, '_>, cells: &[&'f Cell]) -> Picked<'f> {
    let Some((&first, rest)) = cells.split_first() else { return Picked::Nothing };
    let marks = |cell: &Cell| -> Vec<String> {
        reading.flat.below(cell.at).take(20).map(|(_, e)| e.attr("class").unwrap_or_default().to_owned()).collect()
    };
    let same = |cell: &&Cell| cell.text == first.text && reading.links(cell.at) == reading.links(first.at) && marks(cell) == marks(first);
    if rest.iter().take(50).all(same) && rest.len() <= 50 { Picked::One(first) } else { Picked::Several(first) }
}

/// Reads a wanted field among those found. `all`: every field of the model, by name.
pub(super) fn read<T>(
    reading: &Reading<'_, '_>,
    found: &[Found<'_>],
    wanted: &Field,
    all: &[(&'static str, &Field)],
    read: impl FnOnce(&Cell) -> Shown<T>,
) -> Shown<T> {
    let (picked, means) = pick(reading, found, wanted, all);
    let (value, cell) = match &picked {
        Picked::Nothing => (Shown::Absent, None),
        Picked::One(cell) => (read(cell), Some(*cell)),
        Picked::Several(cell) => (reading.unreadable(&format!("shown twice and differently: {}", cell.text.text)), Some(*cell)),
    };
    if let Some(witness) = reading.witness {
        let name = all.iter().find(|(_, spec)| std::ptr::eq(*spec, wanted)).map_or("", |(name, _)| name);
        let twice = matches!(picked, Picked::Several(_));
        witness.met(
            reading,
            &Sighting { name, wanted, means, found: cell.and_then(|c| found.iter().find(|f| f.cell.at == c.at)), twice },
            &value,
        );
    }
    value
}

/// The texts of the fields that never leave the reader: every run in them long enough to be a secret.
pub(super) fn secrets(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Vec<String> {
    let mut runs = Vec::new();
    for text in secret_texts(flat, found, secret) {
        let long = text.split(|c: char| !(c.is_ascii_alphanumeric() || "+/=-_".contains(c))).filter(|run| run.len() >= 16);
        runs.extend(long.take(500).map(str::to_owned));
    }
    runs
}

/// The mark of the license key among them, where it is shown whole; the key itself never leaves the reader either.
pub(super) fn key_mark(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Option<KeyMark> {
    secret_texts(flat, found, secret).into_iter().find_map(|text| find_key(&text, 0, &mut Work::default())?.0.mark())
}

fn secret_texts(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Vec<String> {
    found.iter().filter(|f| is_secret(f.key, &f.label, secret)).take(20).map(|field| flat.raw_text(field.cell.at)).collect()
}

/// Whether a field's text never leaves the reader: by its class, or by its label as labels are compared.
pub(super) fn is_secret(key: &str, label: &str, secret: &Field) -> bool {
    secret.keys.iter().any(|k| k == key) || secret.labels.iter().any(|l| normal(&collapsed(l)) == label)
}
