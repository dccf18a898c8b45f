//! Finds settings by words: in a setting's title, explanation, current value, path and section.

use super::names::{Section, help, title};
use crate::app::World;
use crate::app::settings::{Kind, is_locked};
use crate::profile::Layer;

/// The words that are looked for. Without any, everything is found.
pub(super) struct Search {
    words: Vec<String>,
}

impl Search {
    pub(super) fn of(text: &str) -> Self {
        Self {
            words: text.split_whitespace().map(str::to_lowercase).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is somewhere in these texts.
    pub(super) fn finds(&self, texts: &[&str]) -> bool {
        let lower: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        self.words
            .iter()
            .all(|word| lower.iter().any(|text| text.contains(word.as_str())))
    }

    /// Whether a setting of that section is found.
    pub(super) fn finds_setting(&self, path: &str, section: &Section, world: World<'_>) -> bool {
        if self.is_empty() {
            return true;
        }
        let layers = &world.profile.layers;
        let value = layers
            .shipped(path)
            .zip(layers.value(path))
            .map(
                |(shipped, value)| match (Kind::of(path, shipped), value.as_str()) {
                    (Kind::Choice(all), Some(value)) => all
                        .iter()
                        .find(|(key, _)| *key == value)
                        .map_or_else(String::new, |(_, says)| (*says).to_owned()),
                    (kind, _) => kind.text_of(value),
                },
            )
            .unwrap_or_default();
        // A site that is off is found too.
        let known = match path {
            "portal.hosts" => world.profile.portal.known_hosts.join(" "),
            "zendesk.hosts" => world.profile.zendesk.known_hosts.join(" "),
            _ => String::new(),
        };
        let state = match layers.layer(path) {
            _ if is_locked(path, world) => LOCKED,
            Layer::User => CHANGED,
            Layer::Shipped | Layer::Managed => "",
        };
        // Its own explanation, or that of its section.
        let explanation = match help(path) {
            "" => section.about,
            help => help,
        };
        self.finds(&[
            &title(path),
            explanation,
            &value,
            &known,
            path,
            section.title,
            state,
        ])
    }
}

/// What a setting that the engineer has changed is marked with.
pub(super) const CHANGED: &str = "Changed";
/// What a setting that a policy sets is marked with.
pub(super) const LOCKED: &str = "Set by your organization";
