//! Finds the macro whose text a reply takes. Without one, Tether's own text serves, and the panel says why.

use super::progress::{fail, making};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{MacroSearch, ReplyRead, Waiting};
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Problem, Text};
use crate::reading::ReadError;
use crate::zendesk::macros::{self, Found};
use crate::zendesk::{answer, request};

/// The most pages of macros that are read for one title.
const MACRO_PAGES: usize = 20;

/// Searches for the macro from its first title on.
pub(super) fn search(
    model: &mut Model,
    key: &CaseKey,
    about: Outcome,
    world: World<'_>,
) -> Vec<Effect> {
    let first = MacroSearch {
        about,
        title: 0,
        so_far: Vec::new(),
        unreadable: 0,
        page: 1,
    };
    ask(model, key, first, world)
}

fn ask(model: &mut Model, key: &CaseKey, search: MacroSearch, world: World<'_>) -> Vec<Effect> {
    let titles = search.about.titles(&world.profile.zendesk.macros);
    let Some(title) = titles.get(search.title) else {
        return Vec::new();
    };
    let url = request::macros_search(&key.host, title, search.page);
    vec![model.ask(Waiting::Reply(key.clone(), ReplyRead::Macros(search)), url)]
}

/// Takes a page of the search for a macro.
pub(super) fn searched(
    model: &mut Model,
    key: &CaseKey,
    mut search: MacroSearch,
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Vec<Effect> {
    let about = search.about;
    let (found, more) = match json.and_then(|v| answer::macros(&v)) {
        Ok(page) => page,
        Err(error) => return fail(model, key, about, Problem::NotFound(error)),
    };
    if more && search.page >= MACRO_PAGES {
        return fail(model, key, about, Problem::NotFound(ReadError::TooLarge));
    }
    let titles = about.titles(&world.profile.zendesk.macros);
    search.unreadable += found.unreadable;
    let fitting = found
        .items
        .into_iter()
        .filter(|m| macros::fits(&m.title, titles));
    search.so_far.extend(fitting.map(|m| (m.id, m.title)));
    if more {
        search.page += 1;
        return ask(model, key, search, world);
    }
    let so_far = search
        .so_far
        .iter()
        .map(|(id, title)| (*id, title.as_str()));
    let why = match macros::find(so_far, titles) {
        Found::One(id, title) => {
            let url = request::apply_macro(&key.host, key.ticket, id);
            let preview = ReplyRead::Preview { about, title };
            return vec![model.ask(Waiting::Reply(key.clone(), preview), url)];
        }
        Found::None if search.title + 1 < titles.len() => {
            let next = MacroSearch {
                title: search.title + 1,
                so_far: Vec::new(),
                page: 1,
                ..search
            };
            return ask(model, key, next, world);
        }
        Found::None if search.unreadable > 0 => {
            "no macro with a title from the settings was found among those that can be read"
        }
        Found::None => "no macro with a title from the settings was found",
        Found::Several(_) => "several macros have the title",
    };
    own(model, key, why)
}

/// Takes the macro's text, as Zendesk fills it in for this ticket.
pub(super) fn applied(
    model: &mut Model,
    key: &CaseKey,
    about: Outcome,
    title: String,
    json: Result<serde_json::Value, ReadError>,
) -> Vec<Effect> {
    match json.and_then(|v| answer::applied(&v)) {
        Err(error) => fail(model, key, about, Problem::NotFound(error)),
        Ok(applied) => match unusable(&applied) {
            Some(why) => own(model, key, &format!("the macro “{title}” {why}")),
            None => found(model, key, Text::Macro(title, applied.html)),
        },
    }
}

/// Why a macro's text can't be a public reply.
fn unusable(applied: &answer::Applied) -> Option<&'static str> {
    let blocks = macros::blocks_of(&applied.html);
    if applied.public == Some(false) {
        Some("writes an internal note")
    } else if blocks.is_empty() {
        Some("has no text")
    } else if macros::unresolved(&blocks) {
        Some("has placeholders that Zendesk did not fill")
    } else {
        None
    }
}

/// The text is known. Both looks come right before it is written.
fn found(model: &mut Model, key: &CaseKey, text: Text) -> Vec<Effect> {
    making(model, key, |making| making.text = Some(text));
    Vec::new()
}

/// Takes Tether's own text, because of `why`.
pub(super) fn own(model: &mut Model, key: &CaseKey, why: &str) -> Vec<Effect> {
    found(model, key, Text::Own(why.to_owned()))
}
