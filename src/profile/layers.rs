//! The layers of the profile: shipped, over it the engineer's settings, over these what the organization has set. Lists are replaced
//! whole, objects merge by key. A setting that is no good is left out by itself; everything else counts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::paths::{get, leaves, place, replace, settings_in};
use super::settings::{Fault, Problem, Settings};
use super::{BadWords, Profile};
use crate::map::Map;

/// Whose value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Shipped with Tether.
    Shipped,
    /// The engineer's setting.
    User,
    /// Set by the organization's policy.
    Managed,
}

/// What no setting changes: the shape's version, which hosts there are, and where Tether refuses to act.
const FIXED: [&str; 13] = [
    "version",
    "portal.known_hosts",
    "portal.of_zendesk",
    // The manifest names them, and so does the script in the portal's pages.
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

/// Where a setting may only add to what is shipped: a secret must not stop being one.
const ONLY_MORE: &str = "portal.secrets.";

/// Where a profile's values come from.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    shipped: Value,
    now: Value,
    /// The paths whose values are not the shipped ones', and whose they are.
    set: Map<String, Layer>,
    /// The engineer's entries by path, all of them, whether they count or not.
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

    /// The shipped value; none where there is no such setting.
    pub fn shipped(&self, path: &str) -> Option<&Value> {
        get(&self.shipped, path).filter(|value| !value.is_object())
    }

    /// The value that counts.
    pub fn value(&self, path: &str) -> Option<&Value> {
        get(&self.now, path).filter(|value| !value.is_object())
    }

    /// Whose value counts.
    pub fn layer(&self, path: &str) -> Layer {
        self.set.get(path).copied().unwrap_or(Layer::Shipped)
    }

    /// The settings that do not count, and why.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The engineer's settings by path, those that do not count among them.
    pub fn user(&self) -> &BTreeMap<String, Value> {
        &self.user
    }

    /// Whether everything that an entry sets is a setting that this version knows.
    pub fn knows(&self, path: &str, value: &Value) -> bool {
        let mut given = Vec::new();
        settings_in(&self.shipped, path, value.clone(), &mut given);
        given
            .iter()
            .all(|(path, _)| get(&self.shipped, path).is_some())
    }

    /// The engineer's settings as a part of a profile, the form of a policy and of an exported file.
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

    /// Whether the engineer's setting of that path could have this value, beside all that counts now.
    pub fn would_take(&self, path: &str, value: &Value) -> Result<(), Fault> {
        if self.layer(path) == Layer::Managed {
            return Err(Fault::Managed);
        }
        self.fitting(path, value)?;
        let mut tree = self.now.clone();
        replace(&mut tree, path, value.clone());
        Profile::of(&tree).map(|_| ()).map_err(Fault::Bad)
    }

    /// Which of these settings could count together, beside all that counts now; the others with what is wrong with them.
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

    /// The profile with these settings; `None` where the shipped layer alone is no good, which [`Profile::parse`] has ruled out.
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

    /// The engineer's entries as they are kept, and the settings in them.
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

/// Whether a value is of the kind that the path has, before the rules of its section are asked.
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

/// A tree that is known to be good, with its profile.
struct Ground<'a> {
    shipped: &'a Value,
    tree: Value,
    profile: Profile,
}

impl Ground<'_> {
    /// Lays settings over the tree and answers with those that were taken.
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
        // All together first: some are good only with one another. What an error names by its path is left out.
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
        // Else one by one, as long as any can be taken.
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

/// Whether an error at a key is about that path: the same, or one within it.
fn concerns(path: &str, key: &str) -> bool {
    path.strip_prefix(key)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
