//! The engineer's settings: taken while Tether works, changed by the engineer, and what could not be kept.

mod typed;

use std::collections::BTreeMap;

use serde_json::Value;

use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::pages::{Import, Page, Pages, Refused};
use super::world::World;
use crate::map::Map;
use crate::profile::{Fault, Layer, paths};
use crate::text::line::one_line;

pub use typed::Kind;

/// What the engineer can press about settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show the settings.
    Open,
    /// Set one, as it was typed.
    Set {
        /// Its path.
        path: String,
        /// What was typed.
        text: String,
    },
    /// Back to the shipped value.
    Reset(String),
    /// All of them back to the shipped values.
    ResetAll,
    /// Work on a host, or work there no more.
    SwitchHost {
        /// The host.
        host: String,
        /// On or off.
        on: bool,
        /// Whether the browser allowed it.
        allowed: bool,
    },
    /// Take what is good of the file that was given.
    TakeImport,
    /// Leave it.
    LeaveImport,
    /// Show the browser's page of shortcuts.
    Shortcuts,
}

/// Longest path of a setting, in characters.
const PATH_MAX: usize = 500;
/// Longest text that is typed for one setting, in bytes: what is longer fits into no entry of `storage.sync`.
const TEXT_MAX: usize = 8_192;
/// Largest file of settings, in bytes: all that `storage.sync` can hold.
const FILE_MAX: usize = 102_400;

/// Parses a command by its name; another feature's is `Ok(None)`.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str);
    let path = || match field("path") {
        path if path.chars().count() > PATH_MAX => Err(bad(
            "path",
            "Tether doesn't know this setting. Reopen the settings.",
        )),
        path => Ok(path.to_owned()),
    };
    Ok(Some(match name {
        "open_settings" => Command::Open,
        "set_setting" => Command::Set {
            path: path()?,
            text: field("text").to_owned(),
        },
        "reset_setting" => Command::Reset(path()?),
        "reset_settings" => Command::ResetAll,
        "switch_host" => Command::SwitchHost {
            host: field("host").to_owned(),
            on: field("on") == "true",
            allowed: field("ok") != "false",
        },
        "take_import" => Command::TakeImport,
        "leave_import" => Command::LeaveImport,
        "open_shortcuts" => Command::Shortcuts,
        _ => return Ok(None),
    }))
}

/// Carries out a command.
pub(super) fn command(model: &mut Model, command: Command, world: World<'_>) -> Vec<Effect> {
    model.pages.said = None;
    let effect = match command {
        Command::Open => Some(Effect::OpenSettings),
        Command::Shortcuts => Some(Effect::OpenShortcuts),
        Command::Set { path, text } => type_in(model, path, &text, world),
        Command::Reset(path) => {
            model.pages.refused.remove(&path);
            let entries = taken_back(&path, world);
            keep(model, entries)
        }
        Command::ResetAll => {
            model.pages.refused.clear();
            let layers = &world.profile.layers;
            // What a newer version has set is not this one's to take away.
            let known = layers
                .user()
                .iter()
                .filter(|(path, value)| layers.knows(path, value));
            let entries = known.map(|(path, _)| (path.clone(), Value::Null)).collect();
            keep(model, entries)
        }
        Command::SwitchHost { host, on, allowed } => {
            return switch_host(model, &host, on, allowed, world);
        }
        Command::TakeImport => take_import(model, world),
        Command::LeaveImport => {
            model.pages.import = None;
            None
        }
    };
    effect.into_iter().collect()
}

/// Sets one of the engineer's settings, or says what is wrong with it. A value that is the shipped one is no setting of its own: a newer
/// version's value counts then.
pub fn set(path: &str, value: Value, world: World<'_>) -> Result<Effect, Fault> {
    world.profile.layers.would_take(path, &value)?;
    Ok(Effect::Settings {
        entries: BTreeMap::from([(path.to_owned(), unless_shipped(path, value, world))]),
    })
}

fn unless_shipped(path: &str, value: Value, world: World<'_>) -> Value {
    if world.profile.layers.shipped(path) == Some(&value) {
        Value::Null
    } else {
        value
    }
}

/// Orders entries to be kept; nothing where there are none.
fn keep(model: &mut Model, entries: BTreeMap<String, Value>) -> Option<Effect> {
    model.pages.keeping.extend(entries.keys().cloned());
    (!entries.is_empty()).then_some(Effect::Settings { entries })
}

fn type_in(model: &mut Model, path: String, text: &str, world: World<'_>) -> Option<Effect> {
    let layers = &world.profile.layers;
    let refuse = |says: String| Refused {
        typed: text.chars().take(TEXT_MAX).collect(),
        says,
    };
    let Some(shipped) = layers.shipped(&path) else {
        model.pages.said =
            Some("Tether doesn't know this setting. Reopen the settings.".to_owned());
        return None;
    };
    let value = if text.len() > TEXT_MAX {
        Err(refuse(format!(
            "This is too long: a setting can have at most {TEXT_MAX} bytes."
        )))
    } else {
        let value = Kind::of(&path, shipped).value_of(text);
        layers
            .would_take(&path, &value)
            .map(|()| value)
            .map_err(|fault| refuse(sentence(&fault)))
    };
    match value {
        Err(refused) => {
            model.pages.refused.insert(path, refused);
            None
        }
        Ok(value) => {
            model.pages.refused.remove(&path);
            // Left as it was; a setting of the engineer's that does not count is replaced even so.
            let (mine, value) = (
                layers.user().get(&path),
                unless_shipped(&path, value, world),
            );
            let same = mine.unwrap_or(&Value::Null) == &value;
            if same {
                None
            } else {
                keep(model, BTreeMap::from([(path, value)]))
            }
        }
    }
}

/// What is wrong, beside the field it is about: the path is not repeated there.
fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::Bad(bad) => format!("This must be {}.", bad.must),
        other => other.to_string(),
    }
}

/// The entries with which one setting goes back to the shipped value: its own or, where it was set within a group, the group's.
fn taken_back(path: &str, world: World<'_>) -> BTreeMap<String, Value> {
    let layers = &world.profile.layers;
    let user = layers.user();
    if user.contains_key(path) {
        return BTreeMap::from([(path.to_owned(), Value::Null)]);
    }
    let group = user.iter().find(|(group, _)| {
        path.strip_prefix(group.as_str())
            .is_some_and(|rest| rest.starts_with('.'))
    });
    let Some((group, value)) = group else {
        return BTreeMap::new();
    };
    let mut tree = Value::Object(serde_json::Map::new());
    paths::place(&mut tree, group, value.clone());
    let others = layers
        .settings_in(tree)
        .into_iter()
        .filter(|(other, _)| other != path);
    others.chain([(group.clone(), Value::Null)]).collect()
}

/// Adds a host to those in force, or takes it away, with the browser's permission for it.
fn switch_host(
    model: &mut Model,
    host: &str,
    on: bool,
    allowed: bool,
    world: World<'_>,
) -> Vec<Effect> {
    let words = world.profile;
    let portal = words.portal.known_hosts.iter().any(|known| known == host);
    let (path, known, now) = if portal {
        (
            "portal.hosts",
            &words.portal.known_hosts,
            &words.portal.hosts,
        )
    } else {
        (
            "zendesk.hosts",
            &words.zendesk.known_hosts,
            &words.zendesk.hosts,
        )
    };
    if !known.iter().any(|known| known == host) {
        return Vec::new();
    }
    if on && !allowed {
        model.pages.said = Some(format!(
            "The browser gave no access to {host}, so it stays off."
        ));
        return Vec::new();
    }
    let hosts: Value = known
        .iter()
        .filter(|one| if *one == host { on } else { now.contains(one) })
        .cloned()
        .collect();
    match set(path, hosts, world) {
        Err(fault) => {
            model.pages.said = Some(sentence(&fault));
            Vec::new()
        }
        Ok(effect) => {
            model.pages.keeping.insert(path.to_owned());
            let shipped = world
                .profile
                .layers
                .shipped(path)
                .and_then(Value::as_array)
                .is_some_and(|all| all.iter().any(|one| one == host));
            let release = (!on && !shipped).then(|| Effect::ReleaseHost {
                origin: format!("https://{host}/*"),
            });
            [effect].into_iter().chain(release).collect()
        }
    }
}

/// Looks at a file of settings: what it would change, and what of it is no good.
pub(super) fn import_given(model: &mut Model, text: &str, world: World<'_>) {
    model.pages.said = None;
    model.pages.import = Some(looked_at(text, world));
}

fn looked_at(text: &str, world: World<'_>) -> Import {
    let no_file =
        |why: &str| Import::Unusable(format!("{why} Choose a file that Tether exported."));
    if text.len() > FILE_MAX {
        return no_file("This file is too large to hold settings.");
    }
    let Ok(mut file) = serde_json::from_str::<Value>(text) else {
        return no_file("This file is not JSON.");
    };
    let Some(part @ Value::Object(_)) = file.get_mut("profile").map(Value::take) else {
        return no_file("This file holds no Tether settings.");
    };
    let layers = &world.profile.layers;
    let (same, given): (Vec<_>, Vec<_>) = layers
        .settings_in(part)
        .into_iter()
        .partition(|(path, value)| layers.value(path) == Some(value));
    let (good, bad) = layers.sort_out(given);
    let bad = bad
        .into_iter()
        .map(|problem| (problem.path, sentence(&problem.fault)))
        .collect();
    Import::Holds {
        changes: good.into_iter().collect(),
        same: same.len(),
        bad,
    }
}

fn take_import(model: &mut Model, world: World<'_>) -> Option<Effect> {
    let Some(Import::Holds { changes, .. }) = model.pages.import.take() else {
        return None;
    };
    // Since the file was looked at, something else may count.
    let (good, _) = world.profile.layers.sort_out(changes.into_iter().collect());
    let entries = good
        .into_iter()
        .map(|(path, value)| {
            let value = unless_shipped(&path, value, world);
            (path, value)
        })
        .collect();
    keep(model, entries)
}

/// The settings as a file: a part of a profile, which a policy takes as well.
pub fn exported(world: World<'_>) -> String {
    let file = serde_json::json!({ "profile": world.profile.layers.user_tree() });
    serde_json::to_string_pretty(&file).map_or_else(|_| String::new(), |text| format!("{text}\n"))
}

pub(super) fn page_opened(model: &mut Model, page: Page, keys: Map<String, String>) {
    let open = std::mem::take(&mut model.pages.open);
    model.pages = Pages {
        open,
        keys,
        ..Pages::default()
    };
    model.pages.open.insert(page);
}

/// Says what the browser has kept of what it was told to.
pub(super) fn kept(model: &mut Model, stands: impl Fn(&String) -> bool) {
    let before = model.pages.keeping.len();
    model.pages.keeping.retain(|path| stands(path));
    match before - model.pages.keeping.len() {
        0 => {}
        1 => model.pages.said = Some("Saved.".to_owned()),
        many => model.pages.said = Some(format!("{many} settings saved.")),
    }
}

/// Settings that the browser did not keep, and its reason.
pub(super) fn not_saved(model: &mut Model, paths: Vec<String>, why: &str) {
    let why = one_line(why, 200);
    for path in paths {
        model.pages.keeping.remove(&path);
        model.unsaved.insert(path, why.clone());
    }
}

/// Whether the organization has set this.
pub fn is_locked(path: &str, world: World<'_>) -> bool {
    world.profile.layers.layer(path) == Layer::Managed
}
