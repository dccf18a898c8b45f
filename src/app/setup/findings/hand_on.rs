//! Whether what the hand-on of a ticket sets exists in Zendesk.

use super::names::{fields, missing};
use super::outcome::{Outcome, quoted, seen};
use crate::app::model::setup::{Look, Seen, Setup};
use crate::app::world::World;
use crate::profile::zendesk::is_one_of;

/// An empty list leaves that part of a ticket as it is.
fn unnamed() -> Outcome {
    Outcome::NotLooked("The settings name none: the hand-on leaves it as it is.".to_owned())
}

pub(super) fn form(setup: &Setup, world: World<'_>) -> Outcome {
    let wanted = &world.profile.zendesk.hand_on.forms;
    if wanted.is_empty() {
        return unnamed();
    }
    let (found, unreadable) = match seen(setup, Look::Forms) {
        Ok(Seen::Named(found, unreadable)) => (found, *unreadable),
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    if found.is_empty() && unreadable == 0 {
        return Outcome::Unknown(
            "Zendesk shows you no active ticket form. Without forms, nothing is handed on."
                .to_owned(),
        );
    }
    match found.iter().find(|(_, name)| is_one_of(name, wanted)) {
        Some((_, name)) => Outcome::Good(format!("“{name}”")),
        None => missing(
            "active ticket form",
            "zendesk.hand_on.forms",
            wanted,
            found.iter().map(|(_, name)| name.as_str()),
            unreadable,
        ),
    }
}

pub(super) fn field(setup: &Setup, world: World<'_>) -> Outcome {
    let wanted = &world.profile.zendesk.hand_on.stage_field;
    if wanted.is_empty() {
        return unnamed();
    }
    match fields(setup) {
        Err(outcome) => outcome,
        Ok((found, _)) if found.stage.is_some() => Outcome::Good(quoted(wanted)),
        Ok((found, others)) => missing(
            "active ticket field",
            "zendesk.hand_on.stage_field",
            wanted,
            others.iter().map(String::as_str),
            found.unreadable,
        ),
    }
}

pub(super) fn stage(setup: &Setup, world: World<'_>) -> Outcome {
    let names = &world.profile.zendesk.hand_on;
    if names.stage_field.is_empty() {
        return unnamed();
    }
    let found = match fields(setup) {
        Ok((found, _)) => found,
        Err(outcome) => return outcome,
    };
    if found.stage.is_none() {
        return Outcome::NotLooked("Its field was not found.".to_owned());
    }
    let options = || found.stage_options.iter().map(|o| o.name.as_str());
    match options().find(|name| is_one_of(name, &names.stages)) {
        Some(name) => Outcome::Good(format!("“{name}”")),
        None => missing(
            "option",
            "zendesk.hand_on.stages",
            &names.stages,
            options(),
            0,
        ),
    }
}

/// Zendesk lists tags that tickets have had lately, so one that is missing may only be rare.
pub(super) fn tags(setup: &Setup, world: World<'_>) -> Outcome {
    let wanted = &world.profile.zendesk.hand_on.removed_tags;
    if wanted.is_empty() {
        return unnamed();
    }
    let found = match seen(setup, Look::Tags) {
        Ok(Seen::Keys(found, _)) => found,
        Ok(_) => return Outcome::Looking,
        Err(outcome) => return outcome,
    };
    let lacking: Vec<String> = wanted
        .iter()
        .filter(|tag| !found.contains(tag))
        .cloned()
        .collect();
    if lacking.is_empty() {
        return Outcome::Good(quoted(wanted));
    }
    Outcome::Unknown(format!(
        "No ticket has had the tag {} lately. If it has another name now, correct it in the settings.",
        quoted(&lacking)
    ))
}
