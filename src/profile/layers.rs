//! The profile's layers: the shipped one, the engineer's settings over it, and the organization's
//! policy over both. Lists are replaced as a whole, objects are merged by key. An invalid setting
//! is left out; all others apply.

use std::collections::BTreeMap;

use serde_json::Value;

use super::paths::{get, leaves, place, replace, settings_in};
use super::settings::{Fault, Problem, Settings};
use super::{BadWords, Profile};
use crate::map::Map;

/// The origin of a value in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Shipped with Tether.
    Shipped,
    /// The engineer's setting.
    User,
    /// The organization's policy.
    Managed,
}

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
    shipped: Value,
    now: Value,
    /// The paths with values other than the shipped ones, with their origin.
    set: Map<String, Layer>,
    /// The engineer's entries by path, including invalid ones.
    user: BTreeMap<String, Value>,
    problems: Vec<Problem>,
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

    /// Whether the engineer's setting at this path could have this value, together with all
    /// settings in force.
    pub fn would_take(&self, path: &str, value: &Value) -> Result<(), Fault> {
        if self.layer(path) == Layer::Managed {
            return Err(Fault::Managed);
        }
        self.fitting(path, value)?;
        let mut tree = self.now.clone();
        replace(&mut tree, path, value.clone());
        Profile::of(&tree).map(|_| ()).map_err(Fault::Bad)
    }

    /// Splits settings into those that can be applied together and those that cannot, with the
    /// reason.
    pub fn sort_out(&self, given: Vec<(String, Value)>) -> (Vec<(String, Value)>, Vec<Problem>) {
        let (mine, managed): (Vec<_>, Vec<_>) = given
            .into_iter()
            .partition(|(path, _)| self.layer(path) != Layer::Managed);
        let mut problems: Vec<Problem> = managed
            .into_iter()
            .map(|(path, _)| Problem {
                layer: Layer::User,
                path,
                fault: Fault::Managed,
            })
            .collect();
        let Ok(profile) = Profile::of(&self.now) else {
            return (Vec::new(), problems);
        };
        let mut ground = Ground {
            shipped: &self.shipped,
            tree: self.now.clone(),
            profile,
        };
        let good = ground.lay(mine, Layer::User, &mut problems);
        (good, problems)
    }

    /// The profile with these settings; `None` if the shipped layer itself is invalid, which
    /// [`Profile::parse`] has ruled out.
    pub(super) fn under(&self, settings: &Settings) -> Option<Profile> {
        let mut problems = Vec::new();
        let mut ground = Ground {
            shipped: &self.shipped,
            tree: self.shipped.clone(),
            profile: Profile::of(&self.shipped).ok()?,
        };
        let policy = settings
            .managed
            .as_deref()
            .map_or_else(Vec::new, |json| self.policy(json, &mut problems));
        let mut set: Map<String, Layer> = ground
            .lay(policy, Layer::Managed, &mut problems)
            .into_iter()
            .map(|(path, _)| (path, Layer::Managed))
            .collect();
        let (user, given) = self.user_entries(settings, &mut problems);
        let mine = given
            .into_iter()
            .filter(|(path, _)| !set.contains_key(path))
            .collect();
        set.extend(
            ground
                .lay(mine, Layer::User, &mut problems)
                .into_iter()
                .map(|(path, _)| (path, Layer::User)),
        );
        let Ground { tree, profile, .. } = ground;
        Some(Profile {
            layers: Self {
                shipped: self.shipped.clone(),
                now: tree,
                set,
                user,
                problems,
            },
            ..profile
        })
    }

    fn policy(&self, json: &str, problems: &mut Vec<Problem>) -> Vec<(String, Value)> {
        let unreadable = |path: &str| Problem {
            layer: Layer::Managed,
            path: path.to_owned(),
            fault: Fault::Unreadable,
        };
        match serde_json::from_str(json) {
            Ok(part @ Value::Object(_)) => self.settings_in(part),
            _ => {
                problems.push(unreadable("profile"));
                Vec::new()
            }
        }
    }

    /// The engineer's stored entries, and the settings in them.
    fn user_entries(
        &self,
        settings: &Settings,
        problems: &mut Vec<Problem>,
    ) -> (BTreeMap<String, Value>, Vec<(String, Value)>) {
        let (mut kept, mut given) = (BTreeMap::new(), Vec::new());
        for (path, json) in settings.entries() {
            match serde_json::from_str::<Value>(json) {
                Ok(value) => {
                    kept.insert(path.to_owned(), value.clone());
                    settings_in(&self.shipped, path, value, &mut given);
                }
                Err(_) => problems.push(Problem {
                    layer: Layer::User,
                    path: path.to_owned(),
                    fault: Fault::Unreadable,
                }),
            }
        }
        (kept, given)
    }

    fn fitting(&self, path: &str, value: &Value) -> Result<(), Fault> {
        fitting(&self.shipped, path, value)
    }
}

/// Checks that a value has the type of its path, before the section's rules are applied.
fn fitting(shipped: &Value, path: &str, value: &Value) -> Result<(), Fault> {
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

/// A valid tree, with its profile.
struct Ground<'a> {
    shipped: &'a Value,
    tree: Value,
    profile: Profile,
}

impl Ground<'_> {
    /// Applies settings to the tree. Returns those that were taken.
    fn lay(
        &mut self,
        given: Vec<(String, Value)>,
        layer: Layer,
        problems: &mut Vec<Problem>,
    ) -> Vec<(String, Value)> {
        let mut leave = |path: String, fault| problems.push(Problem { layer, path, fault });
        let mut rest = Vec::new();
        for (path, value) in given {
            match fitting(self.shipped, &path, &value) {
                Ok(()) => rest.push((path, value)),
                Err(fault) => leave(path, fault),
            }
        }
        // All together first: some are valid only with others. A setting that an error names is
        // left out.
        while !rest.is_empty() {
            let Err(bad) = self.take(&rest) else {
                return rest;
            };
            let named: Vec<usize> = (0..)
                .zip(&rest)
                .filter(|(_, (path, _))| concerns(path, &bad.key))
                .map(|(at, _)| at)
                .collect();
            let &[at] = named.as_slice() else { break };
            let (path, _) = rest.remove(at);
            leave(path, Fault::Bad(bad));
        }
        // Otherwise one by one, as long as any can be taken.
        let mut taken = Vec::new();
        loop {
            let (before, mut left) = (rest.len(), Vec::new());
            for one in std::mem::take(&mut rest) {
                match self.take(std::slice::from_ref(&one)) {
                    Ok(()) => taken.push(one),
                    Err(bad) => left.push((one, bad)),
                }
            }
            if left.is_empty() || left.len() == before {
                left.into_iter()
                    .for_each(|((path, _), bad)| leave(path, Fault::Bad(bad)));
                return taken;
            }
            rest = left.into_iter().map(|(one, _)| one).collect();
        }
    }

    /// Takes all of these or none.
    fn take(&mut self, given: &[(String, Value)]) -> Result<(), BadWords> {
        let mut tree = self.tree.clone();
        for (path, value) in given {
            replace(&mut tree, path, value.clone());
        }
        self.profile = Profile::of(&tree)?;
        self.tree = tree;
        Ok(())
    }
}

/// Whether an error at a key is about this path: the path itself, or one below it.
fn concerns(path: &str, key: &str) -> bool {
    path.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
