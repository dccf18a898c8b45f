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
mod records;
mod reply;
mod requester;
mod settings;
mod tasks;
mod trace;
mod trouble;

pub use pages::page;

use maud::{Markup, html};

use crate::app::{Model, World};
use crate::case::change::TaskState;
use crate::case::load::Load;
use crate::reading::ReadError;
use crate::text::line::is_invisible;
use crate::text::line::one_line;

/// The whole panel, in the window in which the engineer works.
pub fn panel(model: &Model, world: World<'_>) -> String {
    panel_in(model, model.here, world)
}

/// The whole panel of a window.
pub fn panel_in(model: &Model, window: i64, world: World<'_>) -> String {
    let behind = model.behind(window);
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
    ]
    .into_iter()
    .flatten()
    .chain(tasks)
    .min()
}

/// A page may take long, or never answer: the engineer need not wait for it.
fn stop_waiting(job: u64) -> Markup {
    html! { div.actions { button.quiet type="button" data-command="stop_waiting" data-field-job=(job) { "Stop waiting" } } }
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

fn access(model: &Model) -> Markup {
    html! {
        @if !model.missing_access.is_empty() {
            section.card aria-labelledby="access-heading" {
                h2 #access-heading { "Allow access" }
                p { "The browser does not let Tether read " (sites(&model.missing_access)) " yet. Without it nothing can be found or checked." }
                div.actions {
                    button.primary type="button" data-grant=(model.missing_access.join(" ")) { "Allow access" }
                }
            }
        }
    }
}

/// What the browser does not keep is lost when it stops Tether's background, which it may do at any moment.
fn not_saved(model: &Model) -> Markup {
    html! {
        @if let Some(problem) = &model.save_problem {
            p.error role="alert" {
                "The browser did not keep what Tether knows: " bdi { (problem.why) } " Tether tries again by itself. Until then a stop of the browser would lose it."
                @match problem.dropped {
                    0 => {}
                    1 => " To make room, Tether dropped 1 case that you looked at long ago.",
                    n => { " To make room, Tether dropped " (n) " cases that you looked at long ago." }
                }
            }
        }
    }
}

fn sites(patterns: &[String]) -> String {
    patterns
        .iter()
        .map(|p| p.trim_start_matches("https://").trim_end_matches("/*"))
        .collect::<Vec<_>>()
        .join(" and ")
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

/// Text of a page or an answer: one line, in a direction of its own.
fn shown(text: &str, max: usize) -> Markup {
    html! { bdi { (one_line(text, max)) } }
}

/// An e-mail address. Where a line is too short for it, it breaks after its @ or before a dot, rather than within a word.
fn address(text: &str, max: usize) -> Markup {
    html! {
        bdi {
            @for (n, side) in one_line(text, max).split_inclusive('@').enumerate() {
                @if n > 0 { wbr; }
                @for (m, word) in side.split('.').enumerate() {
                    @if m > 0 { wbr; "." }
                    (word)
                }
            }
        }
    }
}

/// Text of people with its line breaks: marks that change how it reads without being seen become visible.
fn lines(text: &str) -> Markup {
    let clean: String = text
        .chars()
        .filter(|c| *c != '\r')
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' => '\n',
            '\n' | '\t' => c,
            c if is_invisible(c) || c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect();
    html! { (clean) }
}

/// What is said when something changes: the place is there before, or nobody would hear it.
fn live(content: Markup) -> Markup {
    html! { div.live role="status" { (content) } }
}

/// A heading's section.
fn card(id: &str, title: &str, content: Markup) -> Markup {
    html! {
        section.card aria-labelledby=(id) {
            h2 id=(id) { (title) }
            (content)
        }
    }
}

/// A heading's section, where there is anything in it.
fn section(id: &str, title: &str, content: Markup) -> Markup {
    html! { @if !content.0.is_empty() { (card(id, title, content)) } }
}

/// A read that runs or failed, in the same words everywhere.
fn reading<T>(load: &Load<T>, what: &str, now_ms: u64) -> Markup {
    html! {
        @match load {
            Load::NotAsked | Load::Got(_) => {}
            Load::Asking => p.busy aria-busy="true" { "Reading " (what) "…" },
            Load::Failed(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => {
                p.error.wait role="alert" {
                    // Counting down is not read aloud.
                    "Zendesk asks to wait: " (what) " will be read in "
                    span aria-live="off" { (until_ms.saturating_sub(now_ms).div_ceil(1000)) " seconds" } ", by itself."
                }
            }
            Load::Failed(error) => {
                p.error role="alert" { "Reading " (what) " failed: " (one_line(&error.says(), 300)) " " (error.next()) }
                div.actions { button type="button" data-command="retry" { "Try again" } }
            }
        }
    }
}
