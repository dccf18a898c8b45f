//! Step 2 and the removal of associated users: who is added, who is removed, and how it went.

mod adding;
mod list;
mod removing;

use maud::{Markup, html};

use super::lead::Lead;
use super::parts::{live, reading};
use super::tasks::tasks;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::change::{Change, Task, TaskState};
use crate::case::load::Load;

pub(super) fn contacts(model: &Model, case: &Case, lead: Lead, world: World<'_>) -> Markup {
    let managed = case.manages(&world.profile.zendesk);
    html! {
        @if let Some(organization) = &managed {
            (reading(&case.written, "what the requester wrote", world.now_ms))
            (reading(&case.precheck.people, "the organization's contacts", world.now_ms))
            @for error in case.contacts.failures() {
                (reading(&Load::<()>::Failed(error.clone()), "who the addresses and the open tickets belong to", world.now_ms))
            }
            (adding::adding(model, case, organization, lead, world))
            (removing::removing(model, case, organization, world))
        }
        (progress(case, managed.is_some(), |change| matches!(change, Change::Add { .. }), "in the organization"))
        (progress(case, managed.is_some(), |change| matches!(change, Change::Leave { .. }), "out of the organization"))
        (tasks(case, "Contacts", |change| is_contacts(case, change), world.now_ms))
    }
}

/// Changes of others than the requester, and of the requester where they are to leave.
fn is_contacts(case: &Case, change: &Change) -> bool {
    match change {
        Change::Add { .. } | Change::Leave { .. } => true,
        Change::Restore { user, .. } => case.ticket.got().is_none_or(|t| t.requester.id != *user),
        Change::Join { .. }
        | Change::ProblemType { .. }
        | Change::Note { .. }
        | Change::RestoreField { .. }
        | Change::Assign { .. } => false,
    }
}

/// How far the changes of a kind got; nothing where there are none. `done`: what they are by then, e.g. "in the organization".
fn progress(case: &Case, managed: bool, kind: impl Fn(&Change) -> bool, done: &str) -> Markup {
    let all: Vec<&Task> = case
        .tasks
        .iter()
        .filter(|t| kind(&t.change) && !t.undone)
        .collect();
    if all.is_empty() && !managed {
        return html! {};
    }
    let ready = all.iter().filter(|t| t.state == TaskState::Done).count();
    live(html! {
        @match (all.len(), ready) {
            (0, _) => {}
            // Not each one is read aloud, only the end of all.
            (n, _) if all.iter().any(|t| !t.is_over()) => p.busy aria-busy="true" { span aria-live="off" { (ready) " of " (n) } " done" },
            (1, 1) => p.said { "1 of 1 done: they are " (done) ". The reply can be drafted." },
            (n, _) if n == ready => p.said { (n) " of " (n) " done: all are " (done) ". The reply can be drafted." },
            (n, _) => p.error { (ready) " of " (n) " done. What was not done stands below: settle it before you reply." },
        }
    })
}
