//! The site's own words in an error's body, in Zendesk's various forms.

use serde_json::{Map, Value};

use crate::text::line::is_invisible;

/// The longest text kept of a site's own words, in characters.
pub const SAID_MAX: usize = 300;

/// Whether an error's body has one of these codes, in any of Zendesk's forms.
pub(super) fn has_code(body: &str, codes: &[&str]) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let is_one = |word: Option<&Value>| {
        word.and_then(Value::as_str)
            .is_some_and(|word| codes.contains(&word))
    };
    let error = value.get("error");
    is_one(error)
        || is_one(error.and_then(|e| e.get("title")))
        || is_one(error.and_then(|e| e.get("code")))
        || value
            .get("errors")
            .and_then(Value::as_array)
            .is_some_and(|all| {
                all.iter()
                    .any(|e| is_one(e.get("code")) || is_one(e.get("title")))
            })
}

/// The site's own words in an error's body, in any of Zendesk's four forms.
pub(super) fn said(body: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return String::new();
    };
    let text = |value: Option<&Value>| {
        value
            .and_then(Value::as_str)
            .filter(|t| !t.trim().is_empty())
            .map(str::to_owned)
    };
    let joined =
        |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(": ");
    let words = if let Some(errors) = value.get("errors").and_then(Value::as_array) {
        let one = |e: &Value| {
            joined([
                text(e.get("title")).or_else(|| text(e.get("code"))),
                text(e.get("detail")).or_else(|| text(e.get("message"))),
            ])
        };
        errors
            .iter()
            .take(5)
            .map(one)
            .filter(|t| !t.is_empty())
            .collect::<Vec<_>>()
            .join("; ")
    } else {
        match value.get("error") {
            Some(error @ Value::Object(_)) => {
                joined([text(error.get("title")), text(error.get("message"))])
            }
            error => {
                let details = value
                    .get("details")
                    .and_then(Value::as_object)
                    .into_iter()
                    .flatten();
                let listed = details.flat_map(|(field, all)| {
                    // A single problem may come without a list.
                    let all = all
                        .as_array()
                        .map_or(std::slice::from_ref(all), Vec::as_slice);
                    all.iter().map(move |one| (field, one))
                });
                let listed = listed.take(3).filter_map(|(field, one)| {
                    let words = text(one.get("description")).or_else(|| text(Some(one)))?;
                    Some(with_field(words, field, one))
                });
                let details = listed.collect::<Vec<_>>().join("; ");
                let described = joined([
                    text(error),
                    text(value.get("description")).or_else(|| text(value.get("message"))),
                ]);
                joined([
                    Some(described).filter(|t| !t.is_empty()),
                    Some(details).filter(|t| !t.is_empty()),
                ])
            }
        }
    };
    one_line(&words, SAID_MAX)
}

/// Adds the field's name to a field's error, unless the words mention it.
fn with_field(words: String, field: &str, detail: &Value) -> String {
    match detail.get("ticket_field_id").and_then(Value::as_u64) {
        Some(id) => format!("{words} (ticket field {id})"),
        None if field == "base"
            || words
                .to_lowercase()
                .contains(&field.replace('_', " ").to_lowercase()) =>
        {
            words
        }
        None => format!("{words} ({field})"),
    }
}

/// Whether a refusal's body says that a value is in use, in whatever language.
pub(super) fn is_taken(body: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return false;
    };
    let details = value
        .get("details")
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::values);
    details
        .filter_map(Value::as_array)
        .flatten()
        .any(|d| d.get("error").and_then(Value::as_str) == Some("DuplicateValue"))
}

/// A text as one line of at most `max` characters, without control characters and invisible marks.
fn one_line(text: &str, max: usize) -> String {
    let clean: String = text
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    bounded(&clean.split_whitespace().collect::<Vec<_>>().join(" "), max)
}

/// At most `max` characters of a text, with an ellipsis if it is cut.
pub(crate) fn bounded(text: &str, max: usize) -> String {
    match text.char_indices().nth(max) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .take(max.saturating_sub(1))
            .chain(['…'])
            .collect(),
    }
}
