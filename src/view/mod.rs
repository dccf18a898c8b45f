//! The panel's HTML, from the model alone. Everything that came from a page or an answer is escaped by maud and kept to its line.

mod association;
mod case;
mod checks;
mod contacts;
mod diagnose;
mod dot_com;
mod evidence;
mod field;
mod footer;
mod lead;
mod next;
mod note;
mod pages;
mod parts;
mod plan;
mod records;
mod reply;
mod requester;
mod settings;
mod tasks;
mod trace;
mod trouble;

pub use pages::page;

use maud::{Markup, html};

use parts::{access, live, not_saved, shown};

use crate::app::{Model, World};
use crate::case::change::TaskState;
use crate::case::load::Load;
use crate::reading::ReadError;

/// The whole panel, in the window in which the engineer works.
pub fn panel(model: &Model, world: World<'_>) -> String {
    panel_in(model, model.tabs.here, world)
}

/// The whole panel of a window.
pub fn panel_in(model: &Model, window: i64, world: World<'_>) -> String {
    let behind = model.tabs.behind(window);
    html! {
        @if let Some(host) = behind.and_then(|w| w.refused_host.as_ref()) {
            (refused(host))
        } @else {
            (settings::problems(model, world))
            @match behind.and_then(|w| model.case(w.focus.as_ref()?)) {
                Some(focused) => (case::case(model, focused, world)),
                None => (welcome(model)),
            }
        }
        (footer::footer(model, world))
    }
    .into_string()
}

/// When a panel has to come back by itself, in ms since 1970: a wait is over, or a page gave no answer.
pub fn wake_at(model: &Model) -> Option<u64> {
    let cases = model
        .tabs
        .in_focus()
        .into_iter()
        .filter_map(|key| case_wakes_at(model, model.case(&key)?));
    cases.chain(crate::app::page_jobs::overdue_at(model)).min()
}

fn case_wakes_at(model: &Model, case: &crate::case::Case) -> Option<u64> {
    let until = |error: Option<&ReadError>| error.and_then(ReadError::waits_until);
    let fields = model.fields.get(&case.key.host).map(|f| &f.load);
    // One case's change waits for another's.
    let tasks = model
        .cases()
        .flat_map(|case| &case.tasks)
        .filter_map(|task| match task.state {
            TaskState::Waiting { until_ms } => Some(until_ms),
            TaskState::Opening { since_ms, .. } => Some(since_ms + crate::app::TASK_OPENING_MS),
            _ => None,
        });
    [
        until(failed(&case.ticket)),
        until(fields.and_then(failed)),
        until(failed(&case.written)),
        until(failed(&case.organization.load)),
        until(failed(&case.form)),
        until(failed(&case.precheck.details)),
        until(failed(&case.precheck.people)),
        case.contacts.waits_until(),
        until(failed(&case.trouble.me)),
        until(failed(&case.trouble.groups)),
        until(failed(&case.trouble.person)),
        case.trace.overdue_at(),
        crate::app::plan_looks_at(case),
    ]
    .into_iter()
    .flatten()
    .chain(tasks)
    .min()
}

fn failed<T>(load: &Load<T>) -> Option<&ReadError> {
    if let Load::Failed(error) = load {
        Some(error)
    } else {
        None
    }
}

fn refused(host: &str) -> Markup {
    html! {
        h1.unseen { "Tether" }
        section.card aria-labelledby="refused-heading" {
            h2 #refused-heading { "Next step" }
            p { (shown(host, 100)) " is the US Government instance. Its organizations are associated by a sync, so Tether refuses to act there." }
        }
    }
}

fn welcome(model: &Model) -> Markup {
    html! {
        h1.unseen { "Tether" }
        (access(model))
        (not_saved(model))
        (live(html! {}))
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.is_none() && s.error) { p.error role="alert" { (said.text) } }
        section.card.empty aria-labelledby="welcome-heading" {
            h2 #welcome-heading { "Next step" }
            p { "Open a ticket in Zendesk. Its case appears here." }
            ol.guide {
                li { strong { "Trace" } " walks from the requester's proof to the organization. Looking at the records in the Customers portal by yourself fills the case too." }
                li { strong { "Add internal note" } " puts what was found into the ticket." }
                li { strong { "Associate" } " puts the requester into the organization, once every check has passed." }
            }
        }
    }
}
