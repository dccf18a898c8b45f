//! The end of every state of the panel: what can be done at any time.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::{diagnose, records, settings, setup, single, trouble};
use crate::app::{Model, World};
use crate::case::Case;

/// The foot of a case. `hands_over`: the card has the hand-over.
pub(super) fn foot(view: &CaseView<'_>, hands_over: bool) -> Markup {
    html! {
        footer.foot {
            div.fold {
                div.actions {
                    button.quiet #refresh type="button" data-command="refresh" { "Refresh" }
                    @if !hands_over { (trouble::foot_button()) }
                }
                details #more open[view.model.setup.open] {
                    summary { "More" }
                    (trouble::reminders(view.model, view.case))
                    (records::single_ids(view))
                    (single::seldom_proof(view))
                    (recent(view.model, Some(view.case)))
                    (shortcuts())
                    div.actions { (settings::button()) (diagnose::button()) }
                    details.unfold.setup #check-setup open[view.model.setup.open] { summary { "Check setup" } (setup::setup_check(view.model, view.world, true)) }
                }
            }
        }
    }
}

/// The foot without a case.
pub(super) fn foot_without_case(model: &Model, world: World<'_>) -> Markup {
    html! {
        footer.foot {
            div.fold {
                div.actions {
                    @if model.tabs.refused_host().is_none() { (settings::button()) }
                    (diagnose::button())
                }
                details #more open[model.setup.open] {
                    summary { "More" }
                    (shortcuts())
                    // On a site that Tether refuses, it offers nothing that reads another one.
                    @if model.tabs.refused_host().is_none() {
                        details.unfold.setup #check-setup open[model.setup.open] { summary { "Check setup" } (setup::setup_check(model, world, true)) }
                    }
                }
            }
        }
    }
}

/// The panel fills in what the keys are now: the engineer may have changed them, and the core does not know the browser.
fn shortcuts() -> Markup {
    html! {
        dl.facts.keys {
            (key("_execute_action _execute_sidebar_action", "Alt+Shift+Y", "Open or close this panel"))
            (key("add-note", "Alt+Shift+O", "Add the internal note"))
            div { dt { kbd { "Esc" } } dd { "Close what’s expanded" } }
        }
        div.actions { button.quiet type="button" data-change-keys { "Change shortcuts" } }
    }
}

/// A command of the manifest, by its name in either browser, and the key that is suggested for it there.
fn key(names: &str, suggested: &str, does: &str) -> Markup {
    html! { div { dt { kbd data-keys-of=(names) { (suggested) } } dd { (does) } } }
}

/// The other cases of today, to come back to; none if there are none.
pub(super) fn recent(model: &Model, besides: Option<&Case>) -> Markup {
    let mut others: Vec<&Case> = model
        .cases()
        .filter(|c| besides.is_none_or(|b| c.key != b.key))
        .filter(|c| !c.chain.is_empty() || c.note.written_at.is_some() || !c.tasks.is_empty())
        .collect();
    others.sort_by_key(|c| std::cmp::Reverse(c.looked_at));
    html! {
        @if !others.is_empty() {
            ul.recent aria-label="Recent tickets" {
                @for other in others.iter().take(8) {
                    li {
                        button.quiet type="button" data-command="show_case" data-field-host=(other.key.host) data-field-ticket=(other.key.ticket) { "#" (other.key.ticket) }
                        span.subject { @if let Some(ticket) = other.ticket.got() { (super::parts::shown(&ticket.subject, 80)) } }
                        span.hint { (state(other)) }
                    }
                }
            }
        }
    }
}

/// How far a case got, in a few words.
fn state(case: &Case) -> String {
    use crate::case::change::{Change, TaskState};
    use crate::case::reply_progress::Progress;
    let made = |kind: fn(&Change) -> bool| {
        case.tasks
            .iter()
            .filter(|t| t.state == TaskState::Done && !t.undone && kind(&t.change))
            .count()
    };
    if case
        .tasks
        .iter()
        .any(|t| matches!(t.state, TaskState::Problem(_)))
    {
        return "stopped".to_owned();
    }
    if case.plan.is_running() {
        return "running".to_owned();
    }
    match (
        made(|c| matches!(c, Change::Add { .. })),
        made(|c| matches!(c, Change::Leave { .. })),
    ) {
        (0, 0) => {}
        (1, 0) => return "1 contact added".to_owned(),
        (n, 0) => return format!("{n} contacts added"),
        (0, 1) => return "1 contact removed".to_owned(),
        (0, n) => return format!("{n} contacts removed"),
        (n, m) => return format!("{n} added, {m} removed"),
    }
    if made(|c| matches!(c, Change::Join { .. })) > 0 {
        return "associated".to_owned();
    }
    if made(|c| matches!(c, Change::HandOn(_))) > 0 {
        return "handed on".to_owned();
    }
    if made(|c| matches!(c, Change::Assign { .. })) > 0 {
        return "handed over".to_owned();
    }
    if matches!(case.drafting.now, Progress::Written { .. }) {
        return "reply drafted".to_owned();
    }
    if case.note.written_at.is_some() || made(|c| matches!(c, Change::Note { .. })) > 0 {
        return "note added".to_owned();
    }
    "in progress".to_owned()
}
