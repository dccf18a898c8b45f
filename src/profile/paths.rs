//! Settings by their dotted paths, e.g. `zendesk.hand_over.groups`. Objects are traversed;
//! everything else is a setting's value.

use serde_json::Value;

/// The value at a path.
pub fn get<'a>(tree: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.')
        .try_fold(tree, |at, key| at.as_object()?.get(key))
}

/// Replaces an existing value; returns `false` if there is none.
pub fn replace(tree: &mut Value, path: &str, value: Value) -> bool {
    let found = path
        .split('.')
        .try_fold(tree, |at, key| at.as_object_mut()?.get_mut(key));
    found.is_some_and(|at| {
        *at = value;
        true
    })
}

/// Puts a value at a path and creates the objects on the way; returns `false` if something else is
/// in the way.
pub fn place(tree: &mut Value, path: &str, value: Value) -> bool {
    let (first, rest) = path
        .split_once('.')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(map) = tree.as_object_mut() else {
        return false;
    };
    match rest {
        None if map.contains_key(first) => false,
        None => {
            map.insert(first.to_owned(), value);
            true
        }
        Some(rest) => place(
            map.entry(first)
                .or_insert_with(|| Value::Object(serde_json::Map::new())),
            rest,
            value,
        ),
    }
}

/// Every setting of a tree with its path, ordered by path.
pub fn leaves(tree: &Value) -> Vec<(String, &Value)> {
    let mut out = Vec::new();
    walk("", tree, &mut out);
    out
}

fn walk<'a>(path: &str, at: &'a Value, out: &mut Vec<(String, &'a Value)>) {
    match at {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| walk(&join(path, key), value, out)),
        value => out.push((path.to_owned(), value)),
    }
}

/// The settings that a value at a path contains. An object is split only if `known` has an object
/// there, too. An object in place of a setting, or under an unknown name, stays whole.
pub fn settings_in(known: &Value, path: &str, value: Value, out: &mut Vec<(String, Value)>) {
    let at = if path.is_empty() {
        Some(known)
    } else {
        get(known, path)
    };
    match value {
        Value::Object(map) if at.is_some_and(Value::is_object) => {
            for (key, value) in map {
                settings_in(known, &join(path, &key), value, out);
            }
        }
        value => out.push((path.to_owned(), value)),
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}
