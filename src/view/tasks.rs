//! Changes in Zendesk with how far each got, and what the engineer can do about one that met a problem.

use maud::{Markup, html};

use super::parts::stop_waiting;
use crate::case::Case;
use crate::case::change::{Change, Task, TaskProblem, TaskState};
use crate::reading::LONGEST_WAIT_MS;
use crate::zendesk::address::user_url;

/// The changes of a kind, in the order of the clicks; nothing where there are none.
pub(super) fn tasks(
    case: &Case,
    label: &str,
    kind: impl Fn(&Change) -> bool,
    now_ms: u64,
) -> Markup {
    let all: Vec<&Task> = case.tasks.iter().filter(|t| kind(&t.change)).collect();
    html! {
        @if !all.is_empty() {
            ul.tasks aria-label=(label) { @for task in all { (line(case, task, now_ms)) } }
        }
    }
}

fn line(case: &Case, task: &Task, now_ms: u64) -> Markup {
    let id = task.id;
    let title = task.change.title();
    html! {
        li.task.(class(&task.state)) {
            p {
                bdi { (title) } ": "
                strong { (word(task)) }
                @if let TaskState::Waiting { until_ms } = task.state {
                    " — Zendesk asks to wait " (until_ms.saturating_sub(now_ms).div_ceil(1000)) " seconds; it goes on by itself, unless you look at another page by then."
                    @if until_ms.saturating_sub(task.waits_since_ms) >= LONGEST_WAIT_MS { " It asked for an hour or more: after an hour Tether asks again." }
                }
            }
            @if let TaskState::Problem(problem) = &task.state {
                p.error role="alert" { bdi { (problem.says()) } }
                div.actions {
                    @if problem.again_helps() {
                        button type="button" data-command="retry_task" data-field-task=(id) aria-label={ (again(problem)) ": " (title) } { (again(problem)) }
                    }
                    @if problem.api_helps() && matches!(task.change, Change::Join { .. }) {
                        button type="button" data-command="by_api" data-field-task=(id) { "Write by the API instead" }
                    }
                    @if task.undo().is_some() { (undo(id, &undoes(task, &title))) }
                    button.quiet type="button" data-command="leave_task" data-field-task=(id) aria-label={ "Leave it: " (title) } { "Leave it" }
                    @if let Some(user) = task.change.user() {
                        a.quiet href=(user_url(&case.key.host, user)) target="_blank" rel="noreferrer" { "Look at the user" }
                    }
                }
            } @else if let TaskState::Sending { effect } = &task.state {
                (stop_waiting(*effect))
            } @else if matches!(task.state, TaskState::Queued | TaskState::Waiting { .. }) {
                div.actions {
                    button.quiet type="button" data-command="leave_task" data-field-task=(id) aria-label={ "Leave it: " (title) } { "Leave it" }
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
        TaskProblem::NotKnown(_) => "Look it up again",
        TaskProblem::ChangedMeanwhile(_) => "Write it all the same",
        TaskProblem::Page(problem) if problem.blocks() => "Continue",
        TaskProblem::EngineerElsewhere
        | TaskProblem::BasisChanged(_)
        | TaskProblem::NotAllowedNow(_) => "Continue",
        _ => "Try again",
    }
}

fn class(state: &TaskState) -> &'static str {
    match state {
        TaskState::Done => "task-done",
        TaskState::Problem(_) => "task-problem",
        _ => "task-open",
    }
}

fn word(task: &Task) -> &'static str {
    match &task.state {
        TaskState::Queued => "waits for its turn",
        TaskState::Preparing => "looking first…",
        TaskState::Opening { .. } => "opening the user's page…",
        TaskState::Sending { .. } => "writing…",
        TaskState::Confirming { .. } => "reading back…",
        TaskState::Waiting { .. } => "waits",
        TaskState::Done if task.undone => "undone",
        TaskState::Done => "done",
        TaskState::Problem(_) => "not done",
    }
}
