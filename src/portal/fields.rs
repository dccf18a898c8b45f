//! The fields of a record's page, in the forms of rails_admin 3, 2 and 1.

use super::pairs::{bare_definition, card, definition, rows};
use super::values::{Cell, Found, Means, Reading, Sighting};
use crate::evidence::Work;
use crate::evidence::license_key::find_key;
use crate::html::{Element, Text, Tree, classes, collapsed, has_class, is_hidden, is_unseen};
use crate::profile::portal::Field;
use crate::record::{KeyMark, Shown};

/// Every field of the page. If a field exists both shown and hidden, the shown one counts. Anything
/// inside a value is never a field: a customer's text cannot pose as one. Outside of the groups,
/// only what comes after the page's head counts.
pub(super) fn of_page<'h>(flat: &Tree<'h>, head_end: usize) -> Vec<Found<'h>> {
    let mut found: Vec<Found<'h>> = Vec::new();
    let mut hidden: Vec<Found<'h>> = Vec::new();
    let (mut fieldset_end, mut hidden_end, mut other_end) = (0, 0, 0);
    let mut group = 0;
    // Whether the current group has fields, whether another heading came after them, and whether that heading
    // alone began the group. A stray end tag of rails_admin 3 leaves its groups open, so that everything after them
    // seems to be in them.
    let (mut has_fields, mut heads_group, mut is_apart) = (false, false, false);
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
            (has_fields, heads_group, is_apart) = (false, false, false);
        }
        let is_outside = i >= fieldset_end;
        if is_beside_the_record(element) {
            other_end = other_end.max(flat.end(i));
        }
        heads_group |= has_fields && is_heading(element);
        let key = classes(element).find_map(|c| c.strip_suffix("_field"));
        let place = match key {
            // A theme may name its groups differently; the type beside the name still marks a
            // field.
            Some(key) if !is_outside || classes(element).any(|c| c.ends_with("_type")) => {
                card(flat, i)
                    .or_else(|| definition(flat, i))
                    .or_else(|| rows(flat, i).pop())
                    .map(|pair| vec![(key, pair)])
            }
            // A table or list of the portal's own has labels and no classes.
            None if i >= hidden_end && i >= other_end && (!is_outside || i >= head_end) => {
                let mut pairs = rows(flat, i);
                pairs.extend(bare_definition(flat, i));
                Some(pairs.into_iter().map(|pair| ("", pair)).collect())
            }
            _ => None,
        };
        let pairs = place.unwrap_or_default();
        let Some(end) = pairs.iter().map(|(_, pair)| flat.end(pair.value)).max() else {
            i += 1;
            continue;
        };
        if key.is_none() && std::mem::take(&mut heads_group) {
            group += 1;
            is_apart = true;
        }
        has_fields = true;
        for (key, pair) in pairs {
            let is_id_number =
                key.ends_with("_id") && classes(element).any(|c| c == "integer_type");
            let all = if i < hidden_end {
                &mut hidden
            } else {
                &mut found
            };
            all.push(Found {
                key,
                label: normal(&pair.label),
                title: pair.label,
                cell: Cell {
                    text: flat.text(pair.value),
                    at: pair.value,
                    is_id_number,
                    is_doubtful: pair.is_doubtful,
                    whole: None,
                },
                group,
                is_apart: key.is_empty() && is_apart,
            });
        }
        i = end;
    }
    hidden.retain(|h| !found.iter().any(|f| f.key == h.key));
    found.extend(hidden);
    found
}

/// Whether an element is about something other than the record: the site, a form, a message.
fn is_beside_the_record(element: &Element) -> bool {
    const NAMES: [&str; 6] = ["nav", "aside", "footer", "form", "dialog", "header"];
    const CLASSES: [&str; 6] = ["alert", "modal", "nav", "sidebar", "toolbar", "footer"];
    NAMES.contains(&element.name()) || classes(element).any(|class| CLASSES.contains(&class))
}

fn is_heading(element: &Element) -> bool {
    matches!(
        element.name(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "caption" | "summary"
    ) || has_class(element, "card-header")
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
    let first_group = found.iter().map(|f| f.group).min().unwrap_or(0);
    for label in &wanted.labels {
        let sought = normal(&collapsed(label));
        let same: Vec<&Found<'_>> = found
            .iter()
            .filter(|f| f.label == sought && !is_others(f.key))
            .collect();
        if let Some(foreign) = same
            .iter()
            .find(|f| f.is_apart || (is_trial && !is_own_trial(f, &sought, first_group)))
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
fn is_own_trial(field: &Found<'_>, label: &str, first_group: usize) -> bool {
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
