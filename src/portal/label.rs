//! Prepares labels, classes and URLs of a page for a report that must not contain any of its
//! values.

use serde::{Deserialize, Serialize};

use crate::address::decode;
use crate::html::Text;
use crate::profile::portal::PortalWords;
use crate::text::line::is_invisible;

/// The longest label that is shown, in characters. The profile accepts no longer one either.
const LABEL_MAX: usize = 100;
/// The longest class that is shown, in characters.
const CLASS_MAX: usize = 60;
/// The shortest value that a label must not contain, in characters.
const VALUE_MIN: usize = 4;

/// The name of something on the page, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// One line without invisible marks, valid in the profile.
    Told(String),
    /// It has no name.
    Empty,
    /// It is longer than any name.
    Long,
    /// It has invisible marks, or characters that no class has.
    Odd,
    /// It contains a value of the page, or something that looks like one.
    Value,
}

impl Name {
    /// The name, if it may be shown.
    pub fn told(&self) -> Option<&str> {
        if let Self::Told(name) = self {
            Some(name)
        } else {
            None
        }
    }

    /// A label.
    pub(super) fn label(label: &Text, values: &Values) -> Self {
        let text = label.text.as_str();
        if text.is_empty() {
            Self::Empty
        } else if label.cut || text.chars().count() > LABEL_MAX {
            Self::Long
        } else if text
            .chars()
            .any(|c| c.is_control() || is_invisible(c) || c == '\u{FFFD}' || c == '`')
        {
            Self::Odd
        } else if text.contains('@') || has_number(text) || values.stand_in(text) {
            Self::Value
        } else {
            Self::Told(text.to_owned())
        }
    }

    /// A class, or the name of a tag or a model.
    pub(super) fn class(class: &str, values: &Values) -> Self {
        if class.is_empty() {
            Self::Empty
        } else if class.len() > CLASS_MAX {
            Self::Long
        } else if !class
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
        {
            Self::Odd
        } else if has_number(class)
            || values.stand_in(&class.replace(['_', '-'], " "))
            || values.stand_in(class)
        {
            Self::Value
        } else {
            Self::Told(class.to_owned())
        }
    }
}

/// Four digits or more are the number of something.
fn has_number(text: &str) -> bool {
    text.split(|c: char| !c.is_numeric())
        .any(|digits| digits.chars().count() > 3)
}

/// The texts that are values on the page.
#[derive(Default)]
pub(super) struct Values(Vec<String>);

/// The most values that labels are compared with.
const VALUES_MAX: usize = 2_000;

impl Values {
    /// Adds a value.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        if self.0.len() < VALUES_MAX && text.chars().take(VALUE_MIN).count() == VALUE_MIN {
            self.0.push(text.to_owned());
        }
    }

    /// Whether one of them occurs in a text, as whole words.
    fn stand_in(&self, text: &str) -> bool {
        self.0.iter().any(|value| {
            text.match_indices(value.as_str()).any(|(at, found)| {
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
                !before.is_some_and(char::is_alphanumeric)
                    && !after.is_some_and(char::is_alphanumeric)
            })
        })
    }
}

/// Words after the model's name in URLs of the portal's admin, besides numbers.
const ACTIONS: [&str; 8] = [
    "new",
    "edit",
    "export",
    "history",
    "delete",
    "bulk_action",
    "bulk_delete",
    "show_in_app",
];

/// The path of an admin URL without its query. Every part that is neither a model nor an action
/// becomes `<id>`.
pub(super) fn path(url: &str, words: &PortalWords) -> String {
    let Some((_, path)) = crate::address::https(url) else {
        return String::new();
    };
    let path = decode(path).unwrap_or_default();
    if path.trim_end_matches('/') == words.sign_in_path {
        return words.sign_in_path.clone();
    }
    let Some(below) = path.strip_prefix(words.admin_path.as_str()) else {
        return "/<…>".to_owned();
    };
    let mut out = words.admin_path.clone();
    for (at, part) in below
        .split('/')
        .filter(|part| !part.is_empty())
        .take(5)
        .enumerate()
    {
        let is_model = at == 0 && words.models.named(part).is_some();
        let is_action = at > 0 && (part == words.validate_action || ACTIONS.contains(&part));
        out.push('/');
        out.push_str(match (is_model || is_action, at) {
            (true, _) => part,
            (false, 0) => "<other>",
            (false, _) => "<id>",
        });
    }
    out
}
