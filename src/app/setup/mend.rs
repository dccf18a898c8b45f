//! Puts a name that a site has instead of a missing one into the engineer's settings, and takes it
//! out again.

use serde_json::Value;

use super::candidates::with;
use super::chain;
use super::findings::{Mend, Outcome, findings};
use crate::app::diagnose::{Settled, restore, settle};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::diagnosis::{Mapping, MappingState};
use crate::app::model::reads::Waiting;
use crate::app::model::setup::{Look, Looking, Unseen};
use crate::app::settings;
use crate::app::world::World;
use crate::profile::Profile;

/// Takes a name, if the check still offers it.
pub(super) fn use_found(
    model: &mut Model,
    run: u64,
    check: &str,
    choice: &str,
    world: World<'_>,
) -> Vec<Effect> {
    match taken(model, run, check, choice, world) {
        Ok((mapping, effect)) => {
            model.setup.mends.insert(check.to_owned(), mapping);
            vec![effect]
        }
        Err(says) => {
            model.setup.refused = Some((check.to_owned(), says));
            Vec::new()
        }
    }
}

fn taken(
    model: &Model,
    run: u64,
    check: &str,
    choice: &str,
    world: World<'_>,
) -> Result<(Mapping, Effect), String> {
    if run != model.setup.run {
        return Err("The setup was checked again. Choose again.".to_owned());
    }
    if choice.is_empty() {
        return Err("Choose one first.".to_owned());
    }
    let found = findings(model, world)
        .into_iter()
        .find(|finding| finding.assumption.key() == check)
        .ok_or("This entry is gone. Check again.")?;
    let names = match found.outcome {
        Outcome::Wrong {
            mend: Mend::Choose(names),
            ..
        } => names,
        _ => return Err("This no longer needs another name.".to_owned()),
    };
    let one = names
        .into_iter()
        .find(|one| one.value == choice)
        .ok_or("This name is gone. Check again.")?;
    let layers = &world.profile.layers;
    let value = with(&one.path, layers.value(&one.path), &one.value);
    let effect = settings::set(&one.path, value, world)
        .map_err(|fault| format!("“{}” can’t be used: {fault}", one.value))?;
    let mapping = Mapping {
        before: layers.user().get(&one.path).map(Value::to_string),
        path: one.path,
        what: found.assumption.title(),
        under: one.value,
        now: MappingState::Keeping,
    };
    Ok((mapping, effect))
}

/// Restores the setting as it was before.
pub(super) fn undo(model: &mut Model, check: &str) -> Vec<Effect> {
    let mapping = model.setup.mends.get_mut(check);
    mapping.and_then(restore).into_iter().collect()
}

/// The browser could not save settings: names that waited for them can be chosen again.
pub fn not_saved(model: &mut Model, paths: &[String]) {
    for (check, mut mapping) in std::mem::take(&mut model.setup.mends) {
        let failed = paths.contains(&mapping.path);
        match mapping.now {
            MappingState::Keeping if failed => {
                let says = "The browser did not keep the setting. Try again.".to_owned();
                model.setup.refused = Some((check, says));
                continue;
            }
            MappingState::Undoing if failed => mapping.now = MappingState::Kept,
            _ => {}
        }
        model.setup.mends.insert(check, mapping);
    }
}

/// New settings are in force: what they concern is looked at again, and the names that waited for
/// them are settled.
pub fn settings_changed(model: &mut Model, old: &Profile, new: &Profile) {
    let setup = &mut model.setup;
    if setup.looks.is_empty() {
        return;
    }
    for (check, mut mapping) in std::mem::take(&mut setup.mends) {
        if !matches!(settle(&mut mapping, new), Settled::Undone | Settled::Gone) {
            setup.mends.insert(check, mapping);
        }
    }
    let (before, now) = (&old.zendesk, &new.zendesk);
    // Fields are matched by title when they are read; other names are compared anew each time.
    if before.ticket_fields != now.ticket_fields
        || before.hand_on.stage_field != now.hand_on.stage_field
    {
        again(model, &[Look::Fields]);
    }
    if before.selectors != now.selectors {
        again(model, &[Look::TicketPage, Look::UserPage]);
    }
    if before.hand_over.assignee != now.hand_over.assignee {
        let person = match now.hand_over.assignee {
            Some(_) => Looking::Wanted,
            None => Looking::Not(Unseen::NotNeeded),
        };
        model.setup.looks.insert(Look::Person, person);
        again(model, &[Look::Person]);
    }
    if before.hand_on.removed_tags != now.hand_on.removed_tags {
        forget(model, &[Look::Tags]);
        model.setup.looks.insert(Look::Tags, Looking::Wanted);
    }
    // The search for the organization needs the chain's last record, which is not kept.
    if old.portal != new.portal || before.organization_fields != now.organization_fields {
        forget(model, &chain::LOOKS);
        chain::again(&mut model.setup);
    }
}

/// Looks again at what was looked at.
fn again(model: &mut Model, looks: &[Look]) {
    forget(model, looks);
    for look in looks {
        if let Some(Looking::Seen(_) | Looking::Asking { .. }) = model.setup.looks.get(look) {
            model.setup.looks.insert(*look, Looking::Wanted);
        }
    }
}

/// Answers that are still to come are about the settings before.
fn forget(model: &mut Model, looks: &[Look]) {
    model.waiting.retain(
        |_, waiting| !matches!(waiting, Waiting::Setup { look, .. } if looks.contains(look)),
    );
}
