//! `Diagnose this page`: reports what the reader or a page script finds and misses on the page in
//! front, without revealing any of its values.

mod lines;
mod mapping;
mod report;
mod saving;
mod zendesk_report;

use super::capture;
use super::effect::{Effect, Job};
use super::event::Outcome;
use super::fields::BadInput;
use super::model::Model;
use super::model::diagnosis::{Found, Progress, Saving};
use super::model::jobs::{End, JobId, Owner};
use super::model::notice::Notice;
use super::model::tabs::Site;
use super::world::World;
use crate::case::page_problem::PageProblem;
use crate::map::Map;
use crate::portal::{address, diagnose as portal};
use crate::zendesk::diagnose as zendesk;

pub(in crate::app) use lines::plain;
pub use lines::{Line, Mark, Part};
pub use mapping::{Missed, NO_TRIAL_ROW, Offer, TICKET_FIELDS, lacks_trial_row, mappable};
pub(in crate::app) use mapping::{Settled, name_for, restore, settle};
pub(in crate::app) use report::missing;
pub use report::{Report, of as report_of};
pub use saving::savable;
pub(in crate::app) use zendesk_report::list as found_list;

/// How long a page may take to answer, in ms.
pub const PATIENCE_MS: u64 = 10_000;

/// A browser's name and version, parsed from its user agent. The last known product token wins.
pub(super) fn browser(agent: &str) -> String {
    const NAMES: [(&str, &str); 5] = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Vivaldi/", "Vivaldi"),
        ("Chrome/", "Chromium"),
    ];
    let version = |after: &str| {
        after
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .take(20)
            .collect::<String>()
    };
    let found = NAMES.iter().find_map(|(mark, name)| {
        agent
            .split_once(mark)
            .map(|(_, after)| format!("{name} {}", version(after)))
    });
    found.unwrap_or_default()
}

/// A command about the diagnosis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `Diagnose this page`.
    Diagnose,
    /// Close the diagnosis.
    Close,
    /// The panel copied the report.
    Copied {
        /// Whether the clipboard took it.
        ok: bool,
    },
    /// Map a missed field to another name.
    Map(mapping::Wish),
    /// Read a cloud activation's page without a Trial row as no trial.
    NoTrialRow {
        /// The diagnosis it was chosen in.
        number: u64,
    },
    /// Undo the mapping.
    UndoMap,
    /// Show the page without its values, to be saved.
    SavePage,
    /// Drop it.
    DropPage,
}

pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    Ok(Some(match name {
        "diagnose" => Command::Diagnose,
        "close_diagnosis" => Command::Close,
        "map" => Command::Map(mapping::Wish {
            number: field("number").parse().unwrap_or(0),
            group: field("group").to_owned(),
            field: field("field").to_owned(),
            at: field("at").parse().ok(),
        }),
        "no_trial_row" => Command::NoTrialRow {
            number: field("number").parse().unwrap_or(0),
        },
        "undo_map" => Command::UndoMap,
        "save_page" => Command::SavePage,
        "close_saved_page" => Command::DropPage,
        "report_copied" => Command::Copied {
            ok: field("ok") == "true",
        },
        _ => return Ok(None),
    }))
}

pub(super) fn command(model: &mut Model, command: Command, world: World<'_>) -> Vec<Effect> {
    match command {
        Command::Diagnose => {
            model.diagnosing.mapping = None;
            return ask(model, model.tabs.front_tab(), world)
                .into_iter()
                .collect();
        }
        Command::Close => {
            model.diagnosing.now = Progress::Closed;
            model.diagnosing.saving = Saving::Closed;
        }
        Command::SavePage => return saving::ask(model, world).into_iter().collect(),
        Command::DropPage => model.diagnosing.saving = Saving::Closed,
        Command::Copied { ok } => model.diagnosing.copied = Some(ok),
        Command::UndoMap => return mapping::undo(model),
        Command::Map(wish) => match mapping::map(model, &wish, world) {
            Ok(effects) => return effects,
            Err(text) => model.said = Some(Notice::wrong(field_of(&wish.group, &wish.field), text)),
        },
        Command::NoTrialRow { number } => match mapping::no_trial_row(model, number, world) {
            Ok(effects) => return effects,
            Err(text) => model.said = Some(Notice::wrong(NO_TRIAL_ROW.to_owned(), text)),
        },
    }
    Vec::new()
}

/// The name of a missed field's select in the panel, unique among the missed fields.
pub fn field_of(group: &str, field: &str) -> String {
    format!("map.{group}.{field}")
}

/// New settings are in force: if a mapping waited for them, what it concerns is read again at once.
pub(super) fn settings_changed(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if !mapping::settled(&mut model.diagnosing, world) {
        return Vec::new();
    }
    let (tab, zendesk) = match &model.diagnosing.now {
        Progress::Done { tab, found } => match &**found {
            Found::Zendesk { host, .. } => (*tab, Some(host.clone())),
            _ => (*tab, None),
        },
        _ => return Vec::new(),
    };
    // When a ticket's fields are read, they are matched by title.
    if let Some(host) = zendesk {
        model.fields.remove(&host);
    }
    ask(model, tab, world).into_iter().collect()
}

/// Gives the page in a tab the page job, if it belongs to one of the two sites.
fn ask(model: &mut Model, tab: Option<i64>, world: World<'_>) -> Option<Effect> {
    model.diagnosing.copied = None;
    model.diagnosing.saving = Saving::Closed;
    model.diagnosing.number += 1;
    let entry = tab.and_then(|tab| {
        model.tabs.get(&tab).map(|entry| {
            (
                tab,
                entry.site.clone(),
                entry.user.as_ref().map(|u| u.id.get()),
            )
        })
    });
    let (tab, site, user) = match entry {
        Some((tab, Some(site), user)) => (tab, site, user),
        _ => {
            let found = if model.tabs.refused_host().is_some() {
                Found::Refused
            } else {
                Found::Elsewhere
            };
            model.diagnosing.now = Progress::Done {
                tab,
                found: Box::new(found),
            };
            return None;
        }
    };
    let (effect, page) = model.give_page(Owner::Diagnosis, tab, world, |effect| match site {
        Site::Portal => Job::DiagnosePortal { effect },
        Site::Zendesk(_) => Job::DiagnoseZendesk {
            effect,
            user,
            selectors: Box::new(world.profile.zendesk.selectors.clone()),
        },
    });
    model.diagnosing.now = Progress::Asking { effect, tab };
    Some(page)
}

/// The tab that was given this page job.
fn asked(model: &Model, effect: JobId) -> Option<i64> {
    match model.diagnosing.now {
        Progress::Asking { effect: asked, tab } if asked == effect => Some(tab),
        _ => None,
    }
}

/// The page never got the job: it is given again.
pub(super) fn decide_again(model: &mut Model, effect: JobId, world: World<'_>) -> Vec<Effect> {
    if saving::asked(model, effect).is_some() {
        return saving::ask(model, world).into_iter().collect();
    }
    let tab = asked(model, effect);
    if tab.is_none() {
        Vec::new()
    } else {
        ask(model, tab, world).into_iter().collect()
    }
}

/// Takes the end of the page job, unless the diagnosis waits for another one.
pub(super) fn ended(model: &mut Model, effect: JobId, end: End, world: World<'_>) {
    if let Some(tab) = saving::asked(model, effect) {
        return saving::ended(model, tab, end, world);
    }
    let Some(tab) = asked(model, effect) else {
        return;
    };
    model.diagnosing.now = match end {
        Ok(Outcome::Page { url, html })
            if address::host_of(&url, &world.profile.portal).is_some() =>
        {
            // The engineer wants this page read: if it was not reported, or reads differently under
            // new settings, the case takes it like any other page.
            capture::again(model, tab, &url, &html, world);
            let found = Found::Portal(portal::diagnose(&url, &html, &world.profile.portal));
            Progress::Done {
                tab: Some(tab),
                found: Box::new(found),
            }
        }
        Ok(Outcome::Looked(looked)) => {
            let host = match model.tabs.get(&tab).and_then(|entry| entry.site.clone()) {
                Some(Site::Zendesk(host)) => host,
                Some(Site::Portal) | None => String::new(),
            };
            let found = Found::Zendesk {
                host,
                page: zendesk::diagnose(&looked, &world.profile.zendesk.selectors),
            };
            Progress::Done {
                tab: Some(tab),
                found: Box::new(found),
            }
        }
        Ok(Outcome::Page { .. }) => Progress::Done {
            tab: Some(tab),
            found: Box::new(Found::Elsewhere),
        },
        Ok(_) => Progress::Problem(PageProblem::Unexpected),
        Err(problem) => Progress::Problem(problem),
    };
}
