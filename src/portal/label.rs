//! Labels, classes and addresses of a page, made fit for a report that may hold no value of it.

use serde::{Deserialize, Serialize};

use crate::address::decode;
use crate::html::Text;
use crate::profile::portal::PortalWords;
use crate::text::line::is_invisible;

/// Longest label that is shown, in characters; no longer one may stand in the profile.
const LABEL_MAX: usize = 100;
/// Longest class that is shown, in characters.
const CLASS_MAX: usize = 60;
/// Shortest text of a value that a label must not hold, in characters.
const VALUE_MIN: usize = 4;

/// The name of something on the page, as far as it may be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    /// One line, without marks that change how it reads; fit for the profile.
    Told(String),
    /// None at all.
    Empty,
    /// Longer than any name.
    Long,
    /// With marks that nobody sees, or of other letters than a class has.
    Odd,
    /// It holds a value of the page, or what looks like one.
    Value,
}

impl Name {
    /// The name, where it may be told.
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

    /// A class, a tag's or a model's name.
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

/// Four digits and more are a number of something.
fn has_number(text: &str) -> bool {
    text.split(|c: char| !c.is_numeric())
        .any(|digits| digits.chars().count() > 3)
}

/// The texts that stand on a page as values.
#[derive(Default)]
pub(super) struct Values(Vec<String>);

/// Most values that labels are compared with.
const VALUES_MAX: usize = 2_000;

impl Values {
    /// One more.
    pub fn add(&mut self, text: &str) {
        let text = text.trim();
        if self.0.len() < VALUES_MAX && text.chars().take(VALUE_MIN).count() == VALUE_MIN {
            self.0.push(text.to_owned());
        }
    }

    /// Whether one of them stands in a text, as whole words.
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

/// Words that stand in addresses of the portal's admin behind the model's name, beside numbers.
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

/// The path of an address of the admin, without its query: every part that is no model and no action is `<id>`.
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
