//! Settings as they are typed: one control's text to a value, and back.

use serde_json::Value;

/// What a setting's control takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A list of texts, one a line.
    Lines,
    /// A list of whole numbers, one a line.
    Numbers,
    /// Public keys in PEM form, one after the other.
    Keys,
    /// A whole number.
    Number,
    /// One line of text, which may be none.
    Text,
    /// Text of several lines, which may be none.
    Prose,
    /// One of two.
    Choice(&'static [(&'static str, &'static str)]),
}

/// What a click on an entry of Zendesk's submit menu does, in words.
const SUBMIT_MENU: &[(&str, &str)] = &[
    ("submits", "It submits the ticket"),
    ("chooses", "It only chooses the status"),
];

/// What a cloud activation's page without a Trial row says, in words.
const NO_TRIAL_ROW: &[(&str, &str)] = &[
    ("unknown", "Nothing, so it stays unknown"),
    ("no", "It is not a trial"),
];

impl Kind {
    /// By the path and the shipped value.
    pub fn of(path: &str, shipped: &Value) -> Self {
        match shipped {
            _ if path == "license_keys" => Self::Keys,
            _ if path == "zendesk.submit_menu" => Self::Choice(SUBMIT_MENU),
            _ if path == "portal.no_trial_row" => Self::Choice(NO_TRIAL_ROW),
            _ if path.starts_with("zendesk.replies.") => Self::Prose,
            Value::Array(list) if list.first().is_some_and(Value::is_number) => Self::Numbers,
            Value::Array(_) => Self::Lines,
            Value::Number(_) => Self::Number,
            _ => Self::Text,
        }
    }

    /// What the control holds for a value. A value that is not of this kind is shown as JSON.
    pub fn text_of(self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(list) => list
                .iter()
                .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join("\n"),
            other => other.to_string(),
        }
    }

    /// The value of what was typed. What it must be is checked by the profile's rules, which name it.
    pub fn value_of(self, text: &str) -> Value {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let number = |text: &str| {
            text.parse::<u64>()
                .map_or_else(|_| Value::from(text), Value::from)
        };
        match self {
            Self::Lines => lines().map(Value::from).collect(),
            Self::Numbers => lines().map(number).collect(),
            Self::Keys => keys(text),
            Self::Number => number(text.trim()),
            Self::Choice(_) => Value::from(text.trim()),
            Self::Text if text.trim().is_empty() => Value::Null,
            Self::Text => Value::from(text.trim()),
            Self::Prose if text.trim().is_empty() => Value::Null,
            Self::Prose => Value::from(text.replace("\r\n", "\n").trim()),
        }
    }
}

/// Keys in PEM form begin with a line of their own.
fn keys(text: &str) -> Value {
    const BEGIN: &str = "-----BEGIN";
    let mut starts: Vec<usize> = text.match_indices(BEGIN).map(|(at, _)| at).collect();
    // What stands before the first one is no key, and is said to be none.
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts
        .iter()
        .zip(ends)
        .filter_map(|(&from, to)| text.get(from..to));
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| Value::from(format!("{part}\n")))
        .collect()
}
