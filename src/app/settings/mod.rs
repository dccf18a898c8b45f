//! The engineer's settings: changes them, applies new ones while Tether runs, and reports what
//! could not be saved.

mod export;
mod typed;

use std::collections::BTreeMap;

use serde_json::Value;

use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::pages::{Import, Page, Pages, Refused};
use super::world::World;
use crate::map::Map;
use crate::profile::host_pattern::pattern_of;
use crate::profile::{Fault, Layer, paths};
use crate::text::line::one_line;

pub use export::{Export, FIREFOX_ID, LeftOut, Policy, ignored, left_out};
pub use typed::Kind;

/// A command about settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Show the settings.
    Open,
    /// Change one, as typed.
    Set {
        /// Its path.
        path: String,
        /// What was typed.
        text: String,
    },
    /// Restore the shipped value.
    Reset(String),
    /// Restore all shipped values.
    ResetAll,
    /// Switch a host on or off.
    SwitchHost {
        /// The host.
        host: String,
        /// On or off.
        on: bool,
        /// Whether the browser granted access.
        allowed: bool,
    },
    /// Apply the valid part of the chosen file.
    TakeImport,
    /// Discard the chosen file.
    LeaveImport,
    /// Show the browser's page of shortcuts.
    Shortcuts,
    /// Show only the settings that these words find.
    Find(String),
}

/// The longest path of a setting, in characters.
const PATH_MAX: usize = 500;
/// The longest text that settings are looked for with, in characters.
const FIND_MAX: usize = 100;
/// The longest text for one setting, in bytes: a longer one fits into no entry of `storage.sync`.
const TEXT_MAX: usize = 8_192;
/// The largest file of settings, in bytes: all that `storage.sync` can hold.
const FILE_MAX: usize = 102_400;

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str);
    let path = || match field("path") {
        path if path.chars().count() > PATH_MAX => Err(bad(
            "path",
            "Tether doesn’t know this setting. Reopen the settings.",
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
        "find_setting" => Command::Find(one_line(field("text"), FIND_MAX)),
        _ => return Ok(None),
    }))
}

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
            // This version must not remove settings that only a newer one knows.
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
        Command::Find(words) => {
            model.pages.find = words;
            None
        }
    };
    effect.into_iter().collect()
}

/// Changes one of the engineer's settings, or says what is wrong with it. The shipped value itself
/// is not stored, so that a newer version's value applies later.
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

/// Saves entries, if there are any.
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
            Some("Tether doesn’t know this setting. Reopen the settings.".to_owned());
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
            // The value is unchanged. A setting that is ignored as invalid is replaced
            // nevertheless.
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

/// The error shown beside a setting's own field, without its path.
fn sentence(fault: &Fault) -> String {
    match fault {
        Fault::Bad(bad) => format!("This must be {}.", bad.must),
        other => other.to_string(),
    }
}

/// The entries that restore the shipped value of a setting: its own entry, or its group's if it was
/// set within one.
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

/// Switches a host on or off, together with the browser's permission for it.
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
                origin: pattern_of(host),
            });
            [effect].into_iter().chain(release).collect()
        }
    }
}

/// Checks a file of settings: what it would change, and what in it is invalid.
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
    // Other settings may have changed since the file was checked.
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

pub(super) fn page_opened(
    model: &mut Model,
    page: Page,
    keys: Map<String, String>,
    extension: String,
) {
    let open = std::mem::take(&mut model.pages.open);
    model.pages = Pages {
        open,
        keys,
        extension,
        ..Pages::default()
    };
    model.pages.open.insert(page);
}

/// Takes note of the settings that the browser has saved.
pub(super) fn kept(model: &mut Model, stands: impl Fn(&String) -> bool) {
    let before = model.pages.keeping.len();
    model.pages.keeping.retain(|path| stands(path));
    match before - model.pages.keeping.len() {
        0 => {}
        1 => model.pages.said = Some("Saved.".to_owned()),
        many => model.pages.said = Some(format!("{many} settings saved.")),
    }
}

/// Takes settings that the browser could not save, with the reason.
pub(super) fn not_saved(model: &mut Model, paths: Vec<String>, why: &str) {
    let why = one_line(why, 200);
    for path in paths {
        model.pages.keeping.remove(&path);
        model.unsaved.insert(path, why.clone());
    }
}

/// Whether the organization's policy sets this.
pub fn is_locked(path: &str, world: World<'_>) -> bool {
    world.profile.layers.layer(path) == Layer::Managed
}
