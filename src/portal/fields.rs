//! The fields of a record's page, in the forms of rails_admin 3, 2 and 1.

use super::values::{Cell, Found, Means, Reading, Sighting};
use crate::evidence::Work;
use crate::evidence::license_key::find_key;
use crate::html::{Text, Tree, classes, collapsed, has_class, is_hidden, is_unseen};
use crate::profile::portal::Field;
use crate::record::{KeyMark, Shown};

/// Every field of the page. If a field exists both shown and hidden, the shown one counts. Anything
/// inside a value is never a field: a customer's text cannot pose as one.
pub(super) fn of_page<'h>(flat: &Tree<'h>) -> Vec<Found<'h>> {
    let mut found: Vec<Found<'h>> = Vec::new();
    let mut hidden: Vec<Found<'h>> = Vec::new();
    let (mut fieldset_end, mut hidden_end) = (0, 0);
    let mut group = 0;
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
        if i >= hidden_end && is_hidden(element) {
            hidden_end = flat.end(i);
        }
        if has_class(element, "fieldset") {
            fieldset_end = fieldset_end.max(flat.end(i));
            group += 1;
        }
        let key = classes(element).find_map(|c| c.strip_suffix("_field"));
        let place = match key {
            // A theme may name its groups differently; the type beside the name still marks a
            // field.
            Some(key) if i < fieldset_end || classes(element).any(|c| c.ends_with("_type")) => {
                card(flat, i)
                    .or_else(|| definition(flat, i))
                    .or_else(|| row(flat, i))
                    .map(|(label, value)| (key, label, value))
            }
            // A table or list of the portal's own has labels and no classes.
            None if i < fieldset_end && i >= hidden_end => row(flat, i)
                .or_else(|| bare_definition(flat, i))
                .map(|(label, value)| ("", label, value)),
            _ => None,
        };
        if let Some((key, label, value)) = place {
            let is_id_number =
                key.ends_with("_id") && classes(element).any(|c| c == "integer_type");
            let cell = Cell {
                text: flat.text(value),
                at: value,
                is_id_number,
                is_doubtful: false,
                whole: None,
            };
            let all = if i < hidden_end {
                &mut hidden
            } else {
                &mut found
            };
            all.push(Found {
                key,
                label: normal(&label),
                title: label,
                cell,
                group,
            });
            i = flat.end(value);
        } else {
            i += 1;
        }
    }
    hidden.retain(|h| !found.iter().any(|f| f.key == h.key));
    found.extend(hidden);
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
    let term = if flat.element(at)?.name() == "dt" {
        at
    } else {
        flat.parent(at)
    };
    if flat.element(term)?.name() != "dt" {
        return None;
    }
    let value = flat.next_element(term)?;
    (flat.element(value)?.name() == "dd").then(|| (flat.text(at), value))
}

/// A row of a table with nothing but a label and its value.
fn row(flat: &Tree<'_>, at: usize) -> Option<(Text, usize)> {
    if flat.element(at)?.name() != "tr" {
        return None;
    }
    let (label, _) = flat.below(at).next()?;
    let value = flat.next_element(label)?;
    let is = |at: usize, name: &str| {
        flat.element(at).is_some_and(|element| {
            element.name() == name
                && ["rowspan", "colspan"]
                    .iter()
                    .all(|span| element.attr(span).is_none())
        })
    };
    (is(label, "th") && is(value, "td") && flat.next_element(value).is_none())
        .then(|| (flat.text(label), value))
}

/// A label within a `dt` and the value in the `dd` after it, without a class.
fn bare_definition(flat: &Tree<'_>, at: usize) -> Option<(Text, usize)> {
    let is_bare = flat
        .below(at)
        .all(|(_, element)| !classes(element).any(|class| class.ends_with("_field")));
    (flat.element(at)?.name() == "dt" && is_bare)
        .then(|| definition(flat, at))
        .flatten()
}

/// A label in the form that is compared: lower case, without punctuation, spaces and an "id" that
/// Rails would have dropped.
pub(super) fn normal(label: &Text) -> String {
    let bare = label
        .text
        .to_lowercase()
        .replace([':', '：', '_', '-', '?', '？', '*'], " ");
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    bare.strip_suffix(" id").unwrap_or(&bare).to_owned()
}

/// A field's name without the mark of a Ruby predicate: `trial?` is `trial`.
fn bare_key(key: &str) -> &str {
    key.trim_end_matches('?')
}

/// What a page has for one wanted field.
enum Picked<'f, T> {
    /// Nothing.
    Nothing,
    /// One value, or the same one several times.
    One(&'f Cell, Shown<T>),
    /// Several values that differ, so that it is unknown which one is meant.
    Several(&'f Cell),
    /// A field that only has the label of the wanted one.
    Foreign(&'f Cell),
}

/// Finds the value of a wanted field, by class first and by label second; a filled value wins over
/// an empty one. A field with the class of another wanted field is never found by label.
fn pick<'f, 'w, T: PartialEq>(
    found: &'f [Found<'_>],
    wanted: &'w Field,
    others: &[(&'static str, &Field)],
    read: &impl Fn(&Cell) -> Shown<T>,
) -> (Picked<'f, T>, Means<'w>) {
    let mut empty = (Picked::Nothing, Means::Nothing);
    for key in &wanted.keys {
        let same = found
            .iter()
            .filter(|f| bare_key(f.key) == key)
            .map(|f| &f.cell);
        match agreed(same, read) {
            Picked::One(cell, Shown::Absent) => {
                empty = (Picked::One(cell, Shown::Absent), Means::Class(key))
            }
            Picked::Nothing => {}
            picked => return (picked, Means::Class(key)),
        }
    }
    if matches!(empty.0, Picked::One(..)) {
        return empty;
    }
    let is_others = |key: &str| {
        others
            .iter()
            .any(|(_, spec)| spec.keys.iter().any(|k| k == bare_key(key)))
    };
    let is_trial = others
        .iter()
        .any(|(name, spec)| *name == "trial" && std::ptr::eq(*spec, wanted));
    for label in &wanted.labels {
        let sought = normal(&collapsed(label));
        let same: Vec<&Found<'_>> = found
            .iter()
            .filter(|f| f.label == sought && !is_others(f.key))
            .collect();
        if let Some(foreign) = same
            .iter()
            .find(|f| is_trial && !is_own_trial(f, &sought, found))
        {
            return (Picked::Foreign(&foreign.cell), Means::Label(label));
        }
        match agreed(same.into_iter().map(|f| &f.cell), read) {
            Picked::Nothing => {}
            picked => return (picked, Means::Label(label)),
        }
    }
    (Picked::Nothing, Means::Nothing)
}

/// Whether a field that only has the trial's label is the record's own: an add-on may have the same
/// label, and is a different question. A label with a word of its own, such as "Evaluation", was
/// chosen for this portal and names only its field.
fn is_own_trial(field: &Found<'_>, label: &str, found: &[Found<'_>]) -> bool {
    const PLAIN: [&str; 16] = [
        "trial",
        "is",
        "has",
        "on",
        "in",
        "a",
        "flag",
        "status",
        "state",
        "license",
        "subscription",
        "order",
        "cloud",
        "activation",
        "formatted",
        "pretty",
    ];
    let is_plain = |name: &str, mark: char| name.split(mark).all(|part| PLAIN.contains(&part));
    let first_group = found.iter().map(|f| f.group).min().unwrap_or(0);
    let is_own = field.key.is_empty() || is_plain(bare_key(field.key), '_');
    !is_plain(label, ' ') || (field.group == first_group && is_own)
}

/// The value of several cells: empty ones are ignored, the others must be equal.
fn agreed<'f, T: PartialEq>(
    cells: impl Iterator<Item = &'f Cell>,
    read: &impl Fn(&Cell) -> Shown<T>,
) -> Picked<'f, T> {
    let mut picked = Picked::Nothing;
    for (count, cell) in cells.enumerate() {
        if count > 50 {
            return Picked::Several(cell);
        }
        let value = read(cell);
        picked = match picked {
            Picked::Nothing | Picked::One(_, Shown::Absent) => Picked::One(cell, value),
            Picked::One(first, kept) if value == Shown::Absent || value == kept => {
                Picked::One(first, kept)
            }
            _ => return Picked::Several(cell),
        };
    }
    picked
}

/// Reads a wanted field among the found ones. `all` lists every field of the record kind, by name.
pub(super) fn read<T: PartialEq>(
    reading: &Reading<'_, '_>,
    found: &[Found<'_>],
    wanted: &Field,
    all: &[(&'static str, &Field)],
    read: impl Fn(&Cell) -> Shown<T>,
) -> Shown<T> {
    let (picked, means) = pick(found, wanted, all, &read);
    let twice = matches!(picked, Picked::Several(_));
    let (value, cell) = match picked {
        Picked::Nothing => (Shown::Absent, None),
        Picked::One(cell, value) => (value, Some(cell)),
        Picked::Several(cell) => (
            reading.unreadable(&format!("shown twice and differently: {}", cell.text.text)),
            Some(cell),
        ),
        Picked::Foreign(cell) => (
            reading.unreadable("(another field with the same label)"),
            Some(cell),
        ),
    };
    if let Some(watch) = reading.watch {
        let name = all
            .iter()
            .find(|(_, spec)| std::ptr::eq(*spec, wanted))
            .map_or("", |(name, _)| name);
        watch.met(
            reading,
            &Sighting {
                name,
                wanted,
                means,
                found: cell.and_then(|c| found.iter().find(|f| f.cell.at == c.at)),
                twice,
            },
            &without_value(&value),
        );
    }
    value
}

/// The result for a field, without its value.
fn without_value<T>(shown: &Shown<T>) -> Shown<()> {
    match shown {
        Shown::Value(_) => Shown::Value(()),
        Shown::Absent => Shown::Absent,
        Shown::Unreadable(_) => Shown::Unreadable(String::new()),
    }
}

/// The texts of the fields that never leave the reader: every run in them that is long enough to be
/// a secret.
pub(super) fn secrets(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Vec<String> {
    let mut runs = Vec::new();
    for text in secret_texts(flat, found, secret) {
        let long = text
            .split(|c: char| !(c.is_ascii_alphanumeric() || "+/=-_".contains(c)))
            .filter(|run| run.len() >= 16);
        runs.extend(long.take(500).map(str::to_owned));
    }
    runs
}

/// The mark of the license key, if it is shown completely; the key itself never leaves the reader.
pub(super) fn key_mark(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Option<KeyMark> {
    secret_texts(flat, found, secret)
        .into_iter()
        .find_map(|text| find_key(&text, 0, &mut Work::default())?.0.mark())
}

fn secret_texts(flat: &Tree<'_>, found: &[Found<'_>], secret: &Field) -> Vec<String> {
    found
        .iter()
        .filter(|f| is_secret(f.key, &f.label, secret))
        .take(20)
        .map(|field| flat.raw_text(field.cell.at))
        .collect()
}

/// Whether a field's text never leaves the reader: by its class, or by its label as labels are compared.
pub(super) fn is_secret(key: &str, label: &str, secret: &Field) -> bool {
    secret.keys.iter().any(|k| k == key)
        || secret.labels.iter().any(|l| normal(&collapsed(l)) == label)
}

/// Whether a page has a field, by class or by label, own or foreign.
pub(super) fn has_field(found: &[Found<'_>], wanted: &Field) -> bool {
    let labels: Vec<String> = wanted
        .labels
        .iter()
        .map(|label| normal(&collapsed(label)))
        .collect();
    found
        .iter()
        .any(|f| wanted.keys.iter().any(|key| key == bare_key(f.key)) || labels.contains(&f.label))
}
