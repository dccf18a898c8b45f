//! Answers with every value replaced by others: each is read or refused with a reason, and none
//! causes a panic.

pub mod harm;

use serde_json::{Value, json};
use tether::reading::ReadError;

/// Every place in a value, as JSON pointers.
pub fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), into)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, inner)| places(inner, &format!("{at}/{n}"), into)),
        _ => {}
    }
}

/// Reads the answer with each place replaced by values of every type, or removed, and returns the
/// results.
pub fn matrix(
    whole: &Value,
    read: impl Fn(&Value) -> Result<(), ReadError>,
) -> Vec<(String, Value, Result<(), ReadError>)> {
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!("x"),
        json!(""),
        json!([]),
        json!([null]),
        json!({}),
        json!({"id": {}}),
    ];
    let mut all = Vec::new();
    places(whole, "", &mut all);
    let mut results = Vec::new();
    for place in all {
        for other in &others {
            let mut changed = whole.clone();
            *changed.pointer_mut(&place).unwrap() = other.clone();
            results.push((place.clone(), other.clone(), read(&changed)));
        }
        if let Some((parent, key)) = place.rsplit_once('/') {
            let mut changed = whole.clone();
            if let Some(Value::Object(map)) = changed.pointer_mut(parent) {
                map.remove(key);
            }
            results.push((place.clone(), json!("removed"), read(&changed)));
        }
    }
    results
}

/// How many of a matrix's answers were read and how many were refused; fails if one was refused
/// without a reason. Signed out is a reason, too, because Zendesk answers so without a session.
pub fn tally(
    results: impl IntoIterator<Item = (String, Value, Result<(), ReadError>)>,
) -> (usize, usize) {
    let (mut read, mut refused) = (0, 0);
    for (place, other, result) in results {
        match result {
            Ok(()) => read += 1,
            Err(ReadError::WrongShape { what }) => {
                assert!(
                    what.starts_with('“') && what.len() < 200,
                    "{place} = {other}: {what}"
                );
                refused += 1;
            }
            Err(ReadError::SignedOut) => refused += 1,
            Err(error) => panic!("{place} = {other}: {error:?}"),
        }
    }
    (read, refused)
}

/// What is wrong with an answer's shape.
pub fn shape<T: std::fmt::Debug>(read: Result<T, ReadError>) -> String {
    match read {
        Err(ReadError::WrongShape { what }) => what,
        other => panic!("no wrong shape: {other:?}"),
    }
}

/// The value with one place replaced.
pub fn with(value: &Value, place: &str, other: Value) -> Value {
    let mut changed = value.clone();
    *changed
        .pointer_mut(place)
        .unwrap_or_else(|| panic!("no {place}")) = other;
    changed
}
