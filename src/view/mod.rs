//! The panel's HTML, from the model alone. Everything that came from a page or an answer is escaped by maud and kept to its line.

mod card;
mod card_frame;
mod case;
mod case_view;
mod changes;
mod checks;
mod contacts;
mod decide;
mod diagnose;
mod dot_com;
mod evidence;
mod field;
mod footer;
mod header;
mod note;
mod pages;
mod parts;
mod plan;
mod product;
mod records;
mod reply;
mod settings;
mod setup;
mod single;
mod tasks;
mod trace;
mod trouble;
mod verdict_line;
mod without_values;

pub use pages::page;

use maud::{Markup, html};

use card_frame::Card;
use parts::{live, not_saved, shown};

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
            h1.unseen { "Tether" }
            (refused(host).html())
            (diagnose::diagnosis(model, world))
            (footer::foot_without_case(model, world))
        } @else {
            (settings::problems(model, world))
            @match behind.and_then(|w| model.case(w.focus.as_ref()?)) {
                Some(focused) => (case::case(model, focused, world)),
                None => {
                    (welcome(model, world))
                    (diagnose::diagnosis(model, world))
                    (footer::foot_without_case(model, world))
                }
            }
        }
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

fn refused(host: &str) -> Card {
    Card::new(
        parts::Tone::Calm,
        "Not available",
        "Tether doesn’t work on this site",
        html! {
            p { strong { (shown(host, 100)) } " is the US Government instance. A sync manages its organizations, so Tether reads and changes nothing there." }
            p.hint { "Open a ticket on gitlab.zendesk.com to continue." }
        },
    )
}

/// No ticket is open.
fn welcome(model: &Model, world: World<'_>) -> Markup {
    let card = if model.missing_access.is_empty() {
        no_ticket(world)
    } else {
        card::access(&model.missing_access)
    };
    let recent = footer::recent(model, None);
    html! {
        h1.unseen { "Tether" }
        (not_saved(model))
        (live(html! {}))
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.is_none() && s.error) { p.error role="alert" { (said.text) } }
        (card.html())
        @if model.missing_access.is_empty() {
            div.sheet {
                @if !recent.0.is_empty() {
                    section aria-labelledby="recent-heading" {
                        div.bar { h2 #recent-heading { "Recent tickets" } }
                        (recent)
                    }
                }
                section aria-labelledby="how-heading" {
                    div.bar { h2 #how-heading { "How it works" } }
                    ol.guide {
                        li { strong { "Trace" } " follows the requester’s proof to their organization." }
                        li { "You decide what only you can." }
                        li { strong { "Run" } " adds the note, associates the requester, and drafts the reply. You submit it." }
                    }
                }
            }
        }
    }
}

fn no_ticket(world: World<'_>) -> Card {
    let host = world.profile.zendesk.hosts.first();
    Card::act(
        "Open a ticket in Zendesk",
        html! {
            p { "Tether reads the ticket in front of you and shows what to do here." }
            @if let Some(host) = host {
                div.actions { a.button.primary href={ "https://" (host) "/agent/" } target="_blank" rel="noreferrer" { "Open Zendesk" } }
            }
        },
    )
}
