//! The views that were seen, and the few of them that contain every element in every place.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use scraper::{ElementRef, Html};
use serde_json::json;

use super::access;

struct State {
    name: String,
    html: String,
    places: HashSet<u64>,
    /// Whether it is always kept.
    named: bool,
}

#[derive(Default)]
pub struct Gallery {
    pub looked: usize,
    /// What is wrong, with the state in which it was first seen.
    pub bad: BTreeMap<String, String>,
    views: HashSet<u64>,
    places: HashMap<String, u64>,
    states: Vec<State>,
}

fn number_of(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Numbers and names vary; what remains of an id is its kind.
fn kind_of(id: &str) -> String {
    id.chars()
        .filter(|c| !c.is_ascii_digit())
        .collect::<String>()
        .split('-')
        .filter(|part| part.len() > 2)
        .collect::<Vec<_>>()
        .join("-")
}

/// An element's kind and place: two elements that agree in both need only one test.
fn place(element: ElementRef<'_>) -> String {
    let one = |e: ElementRef<'_>| {
        let value = e.value();
        let mut attributes: Vec<String> = value
            .attrs()
            .filter(|(name, _)| !name.starts_with("data-field-"))
            .map(|(name, text)| match name {
                "class" | "role" | "type" | "data-command" | "aria-live" | "aria-busy"
                | "aria-invalid" => format!("{name}={text}"),
                "id" => format!("id={}", kind_of(text)),
                _ => name.to_owned(),
            })
            .collect();
        attributes.sort();
        format!("{}[{}]", value.name(), attributes.join(","))
    };
    let mut path = vec![one(element)];
    for ancestor in element.ancestors().filter_map(ElementRef::wrap) {
        path.push(one(ancestor));
        if ancestor.value().name() == "section" {
            break;
        }
    }
    path.join(" < ")
}

impl Gallery {
    /// Adds a named state, which is always kept.
    pub fn name(&mut self, name: &str, view: &str) {
        self.views.insert(number_of(view));
        self.add(name, view, true);
    }

    /// Adds an intermediate view.
    pub fn take(&mut self, name: &str, view: &str) {
        if self.views.insert(number_of(view)) {
            self.add(name, view, false);
        } else {
            self.looked += 1;
        }
    }

    fn add(&mut self, name: &str, view: &str, named: bool) {
        self.looked += 1;
        let html = Html::parse_fragment(view);
        for wrong in access::wrong_with(&html) {
            self.bad.entry(wrong).or_insert_with(|| name.to_owned());
        }
        let known = self.places.len();
        let places: HashSet<u64> = html
            .root_element()
            .descendants()
            .filter_map(ElementRef::wrap)
            .map(|element| {
                let next = self.places.len() as u64;
                *self.places.entry(place(element)).or_insert(next)
            })
            .collect();
        if named || self.places.len() > known {
            self.states.push(State {
                name: name.to_owned(),
                html: view.to_owned(),
                places,
                named,
            });
        }
    }

    pub fn different(&self) -> usize {
        self.views.len()
    }

    pub fn places(&self) -> usize {
        self.places.len()
    }

    pub fn complaints(&self) -> String {
        self.bad
            .iter()
            .take(20)
            .map(|(wrong, name)| format!("{name}: {wrong}"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// Writes the named states, and as few others as contain the rest. Returns how many.
    pub fn write(&self) -> usize {
        let mut left: HashSet<u64> = self.places.values().copied().collect();
        let (mut kept, mut rest): (Vec<&State>, Vec<&State>) =
            self.states.iter().partition(|s| s.named);
        for state in &kept {
            left.retain(|place| !state.places.contains(place));
        }
        while !left.is_empty() {
            let gain = |state: &State| {
                state
                    .places
                    .iter()
                    .filter(|place| left.contains(place))
                    .count()
            };
            let best = rest
                .iter()
                .enumerate()
                .max_by_key(|(_, state)| gain(state))
                .map(|(n, _)| n)
                .unwrap();
            let state = rest.swap_remove(best);
            left.retain(|place| !state.places.contains(place));
            kept.push(state);
        }
        let mut names = BTreeSet::new();
        let states: Vec<_> = kept
            .iter()
            .map(|state| {
                let name = (1..).map(|n| {
                    if n == 1 {
                        state.name.clone()
                    } else {
                        format!("{}, {n}", state.name)
                    }
                });
                let name = name
                    .into_iter()
                    .find(|name| names.insert(name.clone()))
                    .unwrap();
                json!({"name": name, "named": state.named, "html": state.html})
            })
            .collect();
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/out");
        fs::create_dir_all(&out).unwrap();
        // Replaced in one step, because somebody may be reading it.
        let (made, final_) = (
            out.join("panel-states.json.new"),
            out.join("panel-states.json"),
        );
        fs::write(&made, serde_json::to_string(&states).unwrap()).unwrap();
        fs::rename(made, final_).unwrap();
        kept.len()
    }
}
