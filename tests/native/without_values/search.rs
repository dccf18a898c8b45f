//! Looks for the values of a page or an answer in what is left of it.

use std::collections::BTreeSet;

use serde_json::Value;
use tether::html::{cloudflare_address, decoded};
use tether::profile::Profile;
use tether::without_values::Known;

/// Shortest value that is looked for, in characters.
const SHORTEST: usize = 4;

/// The marks that are escaped in an address with words around them.
const ESCAPES: [&str; 7] = ["%5B", "%5D", "%20", "%2F", "%3A", "%40", "%25"];

/// Every word of a text that is no structure and no known label, in lower case.
#[derive(Default)]
pub struct Values(pub BTreeSet<String>);

impl Values {
    pub fn add(&mut self, text: &str, known: &Known) {
        // A reference or an escape is no word of its own.
        let decoded = decoded(text);
        let escape_free = ESCAPES.iter().fold(decoded.to_string(), |text, escape| {
            text.replace(escape, " ")
        });
        for text in [&escape_free, &percent_decoded(&decoded)] {
            let words = words_of(text).map(str::to_lowercase);
            self.0.extend(words.filter(|word| !known.may_stay(word)));
        }
    }

    /// All texts, comments, scripts and attributes of a page, with the names of unknown tags and attributes.
    pub fn of_html(html: &str, known: &Known) -> Self {
        let mut values = Self::default();
        for node in scraper::Html::parse_document(html).tree.nodes() {
            match node.value() {
                scraper::Node::Text(text) => values.add(text, known),
                scraper::Node::Comment(text) => values.add(text, known),
                scraper::Node::Element(element) => {
                    for (name, value) in element.attrs() {
                        values.add(value, known);
                        if name == "data-cfemail" {
                            values.add(&cloudflare_address(value).unwrap_or_default(), known);
                        }
                    }
                }
                _ => {}
            }
        }
        values
    }

    /// All texts and numbers of an answer; its keys are structure.
    pub fn of_json(value: &Value, known: &Known) -> Self {
        let mut values = Self::default();
        values.leaves(value, known);
        values
    }

    pub fn leaves(&mut self, value: &Value, known: &Known) {
        match value {
            Value::String(text) => match serde_json::from_str::<Value>(text) {
                Ok(inner) if text.starts_with(['{', '[']) => self.leaves(&inner, known),
                _ if text.contains("</") => self.0.extend(Self::of_html(text, known).0),
                _ => self.add(text, known),
            },
            Value::Number(number) => self.add(&number.to_string(), known),
            Value::Array(list) => list.iter().for_each(|one| self.leaves(one, known)),
            Value::Object(map) => map.values().for_each(|one| self.leaves(one, known)),
            _ => {}
        }
    }

    /// The values that are within a word of what is left.
    pub fn left_in(&self, saved: &Self) -> Vec<String> {
        let is_left = |word: &&String| saved.0.iter().any(|one| one.contains(word.as_str()));
        self.0.iter().filter(is_left).cloned().collect()
    }
}

pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST)
}

pub fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// What the shipped profile knows.
pub fn known(profile: &Profile) -> Known {
    Known::of(profile)
}
