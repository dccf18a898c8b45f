//! The core's entry point: takes an event, returns the effects.

use super::effect::Effect;
use super::event::Event;
use super::model::Model;
use super::update::update;
use super::world::World;
use super::{refresh, settings, setup};
use crate::profile::Profile;

/// Handles an event as `update` does. New settings first replace the profile.
pub fn handle(profile: &mut Profile, model: &mut Model, event: Event, now_ms: u64) -> Vec<Effect> {
    if let Event::Settings { settings } = &event {
        let old = std::mem::replace(profile, profile.under(settings));
        swapped(model, &old, profile);
    }
    update(model, event, World { profile, now_ms })
}

/// Repeats what was read under the old settings, and hides what belongs to a host that is switched
/// off.
fn swapped(model: &mut Model, old: &Profile, new: &Profile) {
    // Settings that could not be saved no longer matter if their values changed.
    let is_unchanged = |path: &String| new.layers.user().get(path) == old.layers.user().get(path);
    model.unsaved.retain(|path, _| is_unchanged(path));
    settings::kept(model, is_unchanged);
    setup::settings_changed(model, old, new);
    if old.portal != new.portal {
        model
            .tabs
            .all
            .values_mut()
            .for_each(|tab| tab.last_page = 0);
    }
    let (old, new) = (&old.zendesk, &new.zendesk);
    if old.hosts != new.hosts {
        let known = |host: &String| new.hosts.contains(host);
        for window in model.tabs.windows.values_mut() {
            window.focus = window.focus.take().filter(|key| known(&key.host));
        }
        for tab in model.tabs.all.values_mut() {
            tab.ticket = tab.ticket.take().filter(|key| known(&key.host));
            tab.user = tab.user.take().filter(|page| known(&page.host));
        }
    }
    let same = old.ticket_fields == new.ticket_fields
        && old.organization_fields == new.organization_fields
        && old.ticket_forms == new.ticket_forms
        && old.problem_types == new.problem_types
        && old.products == new.products;
    if !same {
        model.fields.clear();
        for key in model.tabs.in_focus() {
            refresh::refresh(model, &key);
        }
    }
}
