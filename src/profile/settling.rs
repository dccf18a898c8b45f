//! The profile under the engineer's settings and the organization's policy: an invalid setting is left out, and all others apply.

use std::collections::BTreeMap;

use serde_json::Value;

use super::layer::Layer;
use super::layers::{Layers, fitting};
use super::paths::{replace, settings_in};
use super::settings::{Fault, Problem, Settings};
use super::{BadWords, Profile};
use crate::map::Map;

impl Profile {
    /// The shipped profile with these settings, for a start of the background. The engineer waits
    /// for the start and most have no settings, so without settings the whole is not checked a
    /// second time.
    pub fn start(json: &str, settings: &Settings) -> Result<Self, String> {
        let shipped = Self::parse(json)?;
        Ok(if settings.are_none() {
            shipped
        } else {
            shipped.under(settings)
        })
    }

    /// The same shipped profile with these settings. An invalid setting is left out and listed in
    /// [`Layers::problems`].
    pub fn under(&self, settings: &Settings) -> Self {
        self.layers.under(settings).unwrap_or_else(|| self.clone())
    }
}

impl Layers {
    /// Whether the engineer's setting at this path could have this value, together with all
    /// settings in force.
    pub fn would_take(&self, path: &str, value: &Value) -> Result<(), Fault> {
        if self.layer(path) == Layer::Managed {
            return Err(Fault::Managed);
        }
        fitting(&self.shipped, path, value)?;
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
    fn under(&self, settings: &Settings) -> Option<Profile> {
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
