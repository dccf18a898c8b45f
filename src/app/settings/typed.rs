//! Converts between a setting's value and the text in its control.

use serde_json::Value;

/// The input that a setting's control accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A list of texts, one per line.
    Lines,
    /// A list of whole numbers, one per line.
    Numbers,
    /// Public keys in PEM form, one after another.
    Keys,
    /// A whole number.
    Number,
    /// One line of text, possibly empty.
    Text,
    /// Text of several lines, possibly empty.
    Prose,
    /// One of a few.
    Choice(&'static [(&'static str, &'static str)]),
}

/// What a click on an entry of Zendesk's submit menu does, in words.
const SUBMIT_MENU: &[(&str, &str)] = &[
    ("submits", "It submits the ticket"),
    ("chooses", "It only chooses the status"),
];

/// How a plan adds the internal note, in words.
const NOTE: &[(&str, &str)] = &[
    ("saved", "It is saved to the ticket"),
    ("composer", "It is put into the composer to submit"),
];

/// Which process a case follows, in words.
const PROCESS: &[(&str, &str)] = &[
    ("handbook", "Handbook: Tether associates"),
    (
        "contact_management_app",
        "Contact management app: the app associates",
    ),
];

/// Where a removal is recorded, in words.
const REMOVAL_TRACE: &[(&str, &str)] = &[
    ("notes", "In the user’s Notes"),
    ("details", "In the user’s Details"),
];

/// How to read a cloud activation's page without a Trial row, in words.
const NO_TRIAL_ROW: &[(&str, &str)] = &[
    ("unknown", "Nothing, so it stays unknown"),
    ("no", "It is not a trial"),
];

impl Kind {
    /// The kind of a setting, from its path and shipped value.
    pub fn of(path: &str, shipped: &Value) -> Self {
        match shipped {
            _ if path == "license_keys" => Self::Keys,
            _ if path == "zendesk.submit_menu" => Self::Choice(SUBMIT_MENU),
            _ if path == "zendesk.note" => Self::Choice(NOTE),
            _ if path == "zendesk.process" => Self::Choice(PROCESS),
            _ if path == "zendesk.removal_trace" => Self::Choice(REMOVAL_TRACE),
            _ if path == "portal.no_trial_row" => Self::Choice(NO_TRIAL_ROW),
            _ if path.starts_with("zendesk.replies.") => Self::Prose,
            Value::Array(list) if list.first().is_some_and(Value::is_number) => Self::Numbers,
            Value::Array(_) => Self::Lines,
            Value::Number(_) => Self::Number,
            _ => Self::Text,
        }
    }

    /// The control's text for a value. A value of another kind is shown as JSON.
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

    /// The value of a control's text. The profile's rules check it and report errors by path.
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

/// Splits PEM text into keys, each of which begins with its own line.
fn keys(text: &str) -> Value {
    const BEGIN: &str = "-----BEGIN";
    let mut starts: Vec<usize> = text.match_indices(BEGIN).map(|(at, _)| at).collect();
    // Text before the first key is not a key, and is reported as invalid.
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
