//! Changes that were pressed one by one: those under way or not made are the card, those that were made keep their undo in the sheet.

use maud::{Markup, html};

use super::card_frame::Card;
use super::case_view::CaseView;
use super::tasks;
use crate::case::change::{Change, Task, TaskState};

/// The lists, in the order in which they are shown.
const LISTS: [&str; 4] = ["Association", "Contacts", "Metadata", "Hand-over"];

/// The list to which a change belongs.
fn list_of(view: &CaseView<'_>, change: &Change) -> &'static str {
    match change {
        Change::Join { .. } => "Association",
        Change::Restore { user, .. } => {
            let requester = view.case.ticket.got().map(|t| t.requester.id);
            if requester == Some(*user) {
                "Association"
            } else {
                "Contacts"
            }
        }
        Change::Add { .. } | Change::Leave { .. } => "Contacts",
        Change::ProblemType { .. } | Change::Note { .. } | Change::RestoreField { .. } => {
            "Metadata"
        }
        Change::Assign { .. } | Change::HandOn(_) | Change::TakeBack { .. } => "Hand-over",
    }
}

/// The changes that no run of the plan shows.
fn alone<'a>(view: &CaseView<'a>) -> impl Iterator<Item = &'a Task> {
    let run = view.run();
    view.case.tasks.iter().filter(move |task| {
        run.is_none_or(|run| !run.steps.iter().any(|step| step.tasks.contains(&task.id)))
    })
}

fn is_made(task: &Task) -> bool {
    task.state == TaskState::Done
}

/// `leads`: the change whose remedy is the card’s primary action.
fn lists(view: &CaseView<'_>, which: impl Fn(&Task) -> bool, leads: Option<u64>) -> Markup {
    html! {
        @for label in LISTS {
            @let all: Vec<&Task> = alone(view).filter(|t| which(t) && list_of(view, &t.change) == label).collect();
            @if !all.is_empty() {
                ul.tasks aria-label=(label) { @for task in all { (tasks::line(view.case, task, view.world.now_ms, leads == Some(task.id))) } }
            }
        }
    }
}

/// The card, while changes are under way or if one was not made.
pub(super) fn card(view: &CaseView<'_>) -> Option<Card> {
    let open: Vec<&Task> = alone(view).filter(|t| !is_made(t)).collect();
    let first = open.first()?;
    let problem = open
        .iter()
        .find(|t| matches!(t.state, TaskState::Problem(_)));
    let made = alone(view)
        .filter(|t| is_made(t) && list_of(view, &t.change) == list_of(view, &first.change))
        .count();
    let content = html! {
        @if made + open.len() > 1 { p.hint aria-live="off" { (made) " of " (made + open.len()) " done" } }
        (lists(view, |t| !is_made(t), problem.map(|t| t.id)))
        @if let Some(offer) = &view.offer {
            details.unfold #other-steps { summary { "Other steps" } (super::plan::steps(view, offer, false)) }
        }
    };
    let card = match (problem, open.as_slice()) {
        (Some(_), [_]) => Card::stopped("A change wasn’t made", content),
        (Some(_), _) => Card::stopped("Not every change was made", content),
        (None, [one]) => Card::progress(one.change.title(), content),
        (None, several) => Card::progress(format!("Making {} changes", several.len()), content),
    };
    Some(card.holding(super::card_frame::Holds {
        plan: view.offer.is_some(),
        ..Default::default()
    }))
}

/// The changes under way or not made, for a card of another kind.
pub(super) fn under_way(view: &CaseView<'_>) -> Markup {
    lists(view, |task| !is_made(task), None)
}

/// The section of the changes that were made.
pub(super) fn made(view: &CaseView<'_>) -> Markup {
    let count = alone(view).filter(|t| is_made(t)).count();
    let saved = alone(view).any(|t| {
        is_made(t) && matches!(t.change, Change::ProblemType { .. } | Change::Note { .. })
    });
    html! {
        @if count > 0 {
            section aria-labelledby="changes-heading" {
                div.bar { h2 #changes-heading { "Changes" } }
                (lists(view, is_made, None))
                @if saved { p.hint { "If Zendesk asks you to refresh the ticket, do that before you submit." } }
            }
        }
    }
}
