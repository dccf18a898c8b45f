//! Changes in Zendesk with how far each got, and what the engineer can do about one that met a problem.

use maud::{Markup, html};

use super::parts::stop_waiting;
use crate::case::Case;
use crate::case::change::{Change, Task, TaskProblem, TaskState};
use crate::reading::LONGEST_WAIT_MS;
use crate::zendesk::address::user_url;

/// `leads`: whether what helps is the card’s primary action.
pub(super) fn line(case: &Case, task: &Task, now_ms: u64, leads: bool) -> Markup {
    let id = task.id;
    let title = task.change.title();
    html! {
        li.task.signed.(class(&task.state)) id={ "task-" (id) } data-key={ "task-" (id) } {
            p {
                bdi { (title) } ": "
                strong { (word(task)) }
                @if let TaskState::Waiting { until_ms } = task.state {
                    ". Zendesk asks to wait " (super::parts::countdown(until_ms, now_ms)) ". It goes on by itself, unless you look at another page by then."
                    @if until_ms.saturating_sub(task.waits_since_ms) >= LONGEST_WAIT_MS { " Zendesk asked for an hour or more. Tether asks again after an hour." }
                }
            }
            @if let TaskState::Problem(problem) = &task.state {
                p.error role="alert" { bdi { (problem.says()) } }
                div.actions {
                    @if problem.again_helps() {
                        button.primary[leads] type="button" data-command="retry_task" data-field-task=(id) aria-label={ (again(problem)) ": " (title) } { (again(problem)) }
                    }
                    @if problem.api_helps() && matches!(task.change, Change::Join { .. }) {
                        button.primary[leads && !problem.again_helps()] type="button" data-command="by_api" data-field-task=(id) { "Use the API" }
                    }
                    @if task.undo().is_some() { (undo(id, &undoes(task, &title))) }
                    button.quiet type="button" data-command="leave_task" data-field-task=(id) aria-label={ "Skip this step: " (title) } { "Skip this step" }
                    @if let Some(user) = task.change.user() {
                        a.quiet href=(user_url(&case.key.host, user)) target="_blank" rel="noreferrer" { "Open the user’s page" }
                    }
                }
            } @else if let TaskState::Sending { effect } = &task.state {
                (stop_waiting(*effect))
            } @else if matches!(task.state, TaskState::Queued | TaskState::Waiting { .. }) {
                div.actions {
                    button.quiet type="button" data-command="leave_task" data-field-task=(id) aria-label={ "Skip this step: " (title) } { "Skip this step" }
                }
            } @else if task.undo().is_some() {
                div.actions { (undo(id, &undoes(task, &title))) }
            }
        }
    }
}

/// What an undo takes back: a saved note stays, the problem type that was set with it goes.
fn undoes(task: &Task, title: &str) -> String {
    match task.change {
        Change::Note { .. } => "Set problem type".to_owned(),
        _ => title.to_owned(),
    }
}

fn undo(id: u64, title: &str) -> Markup {
    html! { button.quiet type="button" data-command="undo" data-field-task=(id) aria-label={ "Undo: " (title) } { "Undo" } }
}

fn again(problem: &TaskProblem) -> &'static str {
    match problem {
        TaskProblem::NotKnown(_) => "Check again",
        TaskProblem::ChangedMeanwhile(_) => "Continue",
        TaskProblem::Page(problem) if problem.blocks() => "Continue",
        TaskProblem::EngineerElsewhere
        | TaskProblem::BasisChanged(_)
        | TaskProblem::NotAllowedNow(_) => "Continue",
        _ => "Try again",
    }
}

fn class(state: &TaskState) -> &'static str {
    match state {
        TaskState::Done => "is-good",
        TaskState::Problem(_) => "is-bad",
        _ => "is-busy",
    }
}

fn word(task: &Task) -> &'static str {
    match &task.state {
        TaskState::Queued => "waiting for its turn",
        TaskState::Preparing => "looking first…",
        TaskState::Opening { .. } => "opening the user’s page…",
        TaskState::Sending { .. } => "writing…",
        TaskState::Confirming { .. } => "reading back…",
        TaskState::Waiting { .. } => "waiting",
        TaskState::Done if task.undone => "undone",
        TaskState::Done => "done",
        TaskState::Problem(_) => "not done",
    }
}
