//! Records what the reader finds while it reads, so that a diagnosis reports the actual reading and
//! not another one.

use std::cell::{OnceCell, RefCell};

use super::diagnosis::{By, Came, FieldFound};
use super::fields;
use super::form::form;
use super::label::Values;
use super::values::{Found, Means, Reading, Sighting, Watch};
use crate::html::{Tree, collapsed, has_class};
use crate::record::Shown;

/// The records of one reading.
#[derive(Default)]
pub(super) struct Witness {
    values: OnceCell<Values>,
    fields: RefCell<Vec<FieldFound>>,
}

impl Witness {
    /// The values on the page: no label or class that contains one is reported.
    pub fn values<'s>(&'s self, flat: &Tree<'_>) -> &'s Values {
        self.values.get_or_init(|| values(flat))
    }

    /// Whether a field of the page was read, by its class.
    pub fn taken(&self, key: &str) -> bool {
        self.fields.borrow().iter().any(|f| f.taken == key)
    }

    /// The result for every field, in the order of looking.
    pub fn fields(self) -> Vec<FieldFound> {
        self.fields.into_inner()
    }
}

impl Watch for Witness {
    fn met(&self, reading: &Reading<'_, '_>, sighting: &Sighting<'_, '_>, value: &Shown<()>) {
        let secret = &reading.words.secrets;
        let is_secret = |f: &Found<'_>| {
            fields::is_secret(f.key, &f.label, secret)
                || sighting.wanted.keys.iter().any(|k| secret.keys.contains(k))
        };
        let by = match sighting.means {
            Means::Nothing => By::Nothing,
            Means::Class(key) => By::Class(key.to_owned()),
            Means::Label(label) => By::Label(label.to_owned()),
        };
        let came = match value {
            _ if sighting.twice => Came::Twice,
            Shown::Value(_) => Came::Value,
            Shown::Unreadable(_) => Came::Unreadable,
            Shown::Absent if sighting.found.is_some() => Came::Empty,
            Shown::Absent => Came::Missing,
        };
        let mut all = self.fields.borrow_mut();
        let at = all
            .iter()
            .position(|f| f.name == sighting.name)
            .unwrap_or(all.len());
        if at == all.len() {
            all.push(FieldFound {
                name: sighting.name.to_owned(),
                by: By::Nothing,
                taken: String::new(),
                form: None,
                came: Vec::new(),
            });
        }
        let Some(field) = all.get_mut(at) else { return };
        if let Some(found) = sighting.found {
            // An unreadable value says more than a readable one.
            if field.form.is_none() || !matches!(came, Came::Value | Came::Empty) {
                field.form = Some(form(
                    reading,
                    &found.cell,
                    is_secret(found),
                    self.values(reading.flat),
                ));
            }
            if field.by == By::Nothing {
                found.key.clone_into(&mut field.taken);
                field.by = by;
            }
        }
        match field.came.iter_mut().find(|(one, _)| *one == came) {
            Some((_, count)) => *count += 1,
            None => field.came.push((came, 1)),
        }
    }
}

/// Every text of the page that is or may be a value: in fields, cells, alerts, headings and titles.
fn values(flat: &Tree<'_>) -> Values {
    let mut values = Values::default();
    for i in 0..flat.len() {
        let Some(element) = flat.element(i) else {
            continue;
        };
        if let Some(title) = element.attr("title") {
            values.add(&collapsed(title).text);
        }
        let is_value = matches!(
            element.name(),
            "dd" | "td" | "h1" | "input" | "textarea" | "pre"
        ) || has_class(element, "card-body")
            || has_class(element, "alert");
        if is_value {
            values.add(&flat.text(i).text);
            for (inner, _) in flat.below(i).filter(|(_, e)| e.name() == "a") {
                values.add(&flat.text(inner).text);
            }
        }
    }
    values
}
