//! The profile's layers: the shipped one, the engineer's settings over it, and the organization's
//! policy over both. Lists are replaced as a whole, objects are merged by key. An invalid setting
//! is left out; all others apply.

use std::collections::BTreeMap;

use serde_json::Value;

use super::BadWords;
use super::layer::Layer;
use super::paths::{get, leaves, place, settings_in};
use super::settings::{Fault, Problem};
use crate::map::Map;

/// What no setting can change: the format's version, the known hosts, and where Tether refuses to
/// work.
const FIXED: [&str; 13] = [
    "version",
    "portal.known_hosts",
    "portal.of_zendesk",
    // The manifest contains it, and so does the script in the portal's pages.
    "portal.admin_path",
    "portal.validate_action",
    "portal.models.license",
    "portal.models.cloud_activation",
    "portal.models.order",
    "portal.models.billing_account",
    "portal.models.contact",
    "zendesk.known_hosts",
    "zendesk.refused_hosts",
    "zendesk.file_host",
];

/// Settings below this path may only add to the shipped ones: a secret must remain one.
const ONLY_MORE: &str = "portal.secrets.";

/// The layers of a profile's values.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    pub(super) shipped: Value,
    pub(super) now: Value,
    /// The paths with values other than the shipped ones, with their origin.
    pub(super) set: Map<String, Layer>,
    /// The engineer's entries by path, including invalid ones.
    pub(super) user: BTreeMap<String, Value>,
    pub(super) problems: Vec<Problem>,
}

impl Layers {
    pub(super) fn shipped_alone(tree: Value) -> Self {
        Self {
            shipped: tree.clone(),
            now: tree,
            ..Self::default()
        }
    }

    /// Every setting's path, in order.
    pub fn paths(&self) -> Vec<String> {
        leaves(&self.shipped)
            .into_iter()
            .map(|(path, _)| path)
            .filter(|path| !FIXED.contains(&path.as_str()))
            .collect()
    }

    /// The shipped value; none if there is no such setting.
    pub fn shipped(&self, path: &str) -> Option<&Value> {
        get(&self.shipped, path).filter(|value| !value.is_object())
    }

    /// The value in force.
    pub fn value(&self, path: &str) -> Option<&Value> {
        get(&self.now, path).filter(|value| !value.is_object())
    }

    /// The whole profile in force.
    pub fn in_force(&self) -> &Value {
        &self.now
    }

    /// The origin of the value in force.
    pub fn layer(&self, path: &str) -> Layer {
        self.set.get(path).copied().unwrap_or(Layer::Shipped)
    }

    /// The ignored settings, with the reason.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The engineer's settings by path, including ignored ones.
    pub fn user(&self) -> &BTreeMap<String, Value> {
        &self.user
    }

    /// Whether this version knows every setting that an entry sets.
    pub fn knows(&self, path: &str, value: &Value) -> bool {
        let mut given = Vec::new();
        settings_in(&self.shipped, path, value.clone(), &mut given);
        given
            .iter()
            .all(|(path, _)| get(&self.shipped, path).is_some())
    }

    /// The engineer's settings as a part of a profile, in the form of a policy or an exported file.
    pub fn user_tree(&self) -> Value {
        let mut tree = Value::Object(serde_json::Map::new());
        for (path, value) in &self.user {
            place(&mut tree, path, value.clone());
        }
        tree
    }

    /// The settings that a part of a profile would set, by path.
    pub fn settings_in(&self, part: Value) -> Vec<(String, Value)> {
        let mut out = Vec::new();
        settings_in(&self.shipped, "", part, &mut out);
        out
    }
}

/// Checks that a value has the type of its path, before the section's rules are applied.
pub(super) fn fitting(shipped: &Value, path: &str, value: &Value) -> Result<(), Fault> {
    if FIXED.contains(&path) {
        return Err(Fault::Fixed);
    }
    let was = get(shipped, path).ok_or(Fault::Unknown)?;
    let all = |list: &[Value], good: fn(&Value) -> bool| list.iter().all(good);
    let (good, must) = match was {
        Value::Object(_) => (false, "a group of settings"),
        Value::Array(was) if was.first().is_some_and(Value::is_number) => (
            value
                .as_array()
                .is_some_and(|list| all(list, Value::is_u64)),
            "a list of whole numbers",
        ),
        Value::Array(_) => (
            value
                .as_array()
                .is_some_and(|list| all(list, Value::is_string)),
            "a list of texts",
        ),
        Value::Number(_) => (value.is_u64(), "a whole number"),
        Value::Null => (value.is_null() || value.is_string(), "a text, or null"),
        _ => (value.is_string(), "a text"),
    };
    let bad = |must: &'static str| {
        Err(Fault::Bad(BadWords {
            key: path.to_owned(),
            must: must.into(),
        }))
    };
    if !good {
        return bad(must);
    }
    let kept = |list: &Vec<Value>| {
        was.as_array()
            .is_some_and(|was| was.iter().all(|one| list.contains(one)))
    };
    if path.starts_with(ONLY_MORE) && !value.as_array().is_some_and(kept) {
        return bad("a list that holds all built-in entries: secrets can only be added");
    }
    Ok(())
}
