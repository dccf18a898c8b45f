//! Messages in the panel that go away.

use serde::{Deserialize, Serialize};

/// A message in the panel that goes away with the next command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The sentence.
    pub text: String,
    /// The form's field that it belongs to; without one, it is for the whole panel.
    pub field: Option<String>,
    /// Whether it is an error.
    pub error: bool,
    /// Which form the message belongs to, if several have a field of this name, e.g. a check's key or a user's number.
    pub of: Option<String>,
    /// What was typed and not taken: the field still holds it.
    #[serde(default)]
    pub left: String,
}

impl Notice {
    /// A notice about a success.
    pub fn good(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            field: None,
            error: false,
            of: None,
            left: String::new(),
        }
    }

    /// An error that belongs to no field.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            error: true,
            ..Self::good(text)
        }
    }

    /// A press is refused, because what it was about has changed since the panel showed it.
    pub fn changed(what: &str) -> Self {
        Self::error(format!(
            "{what} is not what the panel showed when you pressed: nothing was done. Look again."
        ))
    }

    /// An error about a form's field.
    pub fn wrong(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            field: Some(field.into()),
            error: true,
            of: None,
            left: String::new(),
        }
    }
}
