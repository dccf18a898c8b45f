//! The result of a change that was given to a page, and of opening a page.

use super::progress::{put, set, wait};
use crate::app::effect::Effect;
use crate::app::event::Outcome;
use crate::app::model::Model;
use crate::app::model::jobs::{End, FRESH_MS, JobId};
use crate::app::model::reads::{TaskRead, Waiting};
use crate::app::model::tabs::UserPage;
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::change::{Before, Change, Lost, Task, TaskProblem, TaskState};
use crate::case::page_problem::PageProblem;
use crate::reading::{self, ReadError};
use crate::zendesk::address::user_url;
use crate::zendesk::answer;

/// How long a tab may take to be told after a start of the background, in ms.
const TOLD_MS: u64 = 1_500;

/// After a stop it is not known whether the user's page was opened. Its tab may be reported in a moment.
pub(in crate::app) fn woke(model: &mut Model) -> Vec<Effect> {
    let opening = |task: &&Task| {
        matches!(
            task.state,
            TaskState::Opening {
                reopened: false,
                ..
            }
        )
    };
    let found: Vec<(CaseKey, u64)> = model
        .cases()
        .flat_map(|case| {
            case.tasks
                .iter()
                .filter(opening)
                .map(|task| (case.key.clone(), task.id))
        })
        .collect();
    let pause = |(case, task): (CaseKey, u64)| {
        let id = model.next_effect();
        model.waiting.insert(
            id,
            Waiting::Task {
                case,
                task,
                step: TaskRead::Reopen,
            },
        );
        Effect::Wait { id, ms: TOLD_MS }
    };
    found.into_iter().map(pause).collect()
}

/// A wait that [`woke`] began is over.
pub(in crate::app) fn waited(model: &mut Model, id: u64, world: World<'_>) -> Option<Effect> {
    match model.waiting.remove(&id)? {
        Waiting::Task {
            case,
            task,
            step: TaskRead::Reopen,
        } => reopen(model, &case, task, world),
        _ => None,
    }
}

/// No tab was told: shortly after the press the user's page is opened again, once; later the engineer goes on.
fn reopen(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) -> Option<Effect> {
    let task = model.case(key)?.task(id)?.clone();
    let TaskState::Opening {
        since_ms,
        reopened: false,
    } = task.state
    else {
        return None;
    };
    let user = task.change.user()?;
    if model
        .tabs
        .tab_of_user(&UserPage {
            host: key.host.clone(),
            id: user,
        })
        .is_some()
    {
        return None;
    }
    if world.now_ms >= since_ms + FRESH_MS || model.tabs.focus() != Some(key) {
        put(
            model,
            key,
            id,
            TaskState::Problem(TaskProblem::Page(PageProblem::NotInFront(None))),
        );
        return None;
    }
    put(
        model,
        key,
        id,
        TaskState::Opening {
            since_ms,
            reopened: true,
        },
    );
    Some(model.open_for(key, user_url(&key.host, user)))
}

/// The page never got the job: the change is looked at again, and made if it still may be.
pub(in crate::app) fn decide_again(
    model: &mut Model,
    key: &CaseKey,
    id: u64,
    effect: JobId,
) -> Vec<Effect> {
    set(model, key, id, |task| {
        if task.state == (TaskState::Sending { effect }) {
            task.state = TaskState::Queued;
        }
    });
    Vec::new()
}

/// What became of the page job. A change that waits for another one does not take it.
pub(in crate::app) fn ended(
    model: &mut Model,
    key: &CaseKey,
    id: u64,
    effect: JobId,
    end: End,
    world: World<'_>,
) {
    let Some(task) = model.case(key).and_then(|case| case.task(id)).cloned() else {
        return;
    };
    if task.state != (TaskState::Sending { effect }) {
        return;
    }
    let lost = |why: Lost| TaskState::Confirming {
        lost: Some(why),
        tries: 0,
    };
    let problem = TaskState::Problem;
    let state = match end {
        Ok(Outcome::Answered { answer }) => match reading::json(&answer, world.now_ms) {
            Ok(value) => accepted(model, key, &task, &value),
            Err(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => {
                wait(model, key, task.id, until_ms, world.now_ms);
                return;
            }
            // Another user has the address: they are looked for, and judged like any other.
            Err(ReadError::Taken { said })
                if matches!(task.change, Change::Add { user: None, .. }) =>
            {
                set(model, key, task.id, |task| task.taken = Some(said));
                TaskState::Preparing
            }
            Err(ReadError::SignedOut) => problem(TaskProblem::Page(PageProblem::SignedOut)),
            Err(
                error @ (ReadError::NotAllowed
                | ReadError::TokenStale
                | ReadError::Blocked
                | ReadError::NotFound
                | ReadError::NoSuchAddress { .. }
                | ReadError::Refused { .. }
                | ReadError::Taken { .. }),
            ) => problem(TaskProblem::Refused(error)),
            // After a conflict, too, a look at the record shows what happened.
            Err(error) => lost(Lost::Answer(error)),
        },
        Ok(done @ (Outcome::Chosen { .. } | Outcome::Already { .. })) => {
            // Someone else chose it first: there is nothing of Tether's to undo.
            if matches!(done, Outcome::Already { .. }) {
                set(model, key, task.id, |task| task.before = None);
            }
            TaskState::Confirming {
                lost: None,
                tries: 0,
            }
        }
        Ok(_) => problem(TaskProblem::Page(PageProblem::Unexpected)),
        Err(PageProblem::NotArrived) => lost(Lost::NotShown),
        // A colleague was at it in that very moment: another look says what it is now.
        Err(PageProblem::JustChanged) if !task.moved => {
            set(model, key, task.id, |task| task.moved = true);
            TaskState::Preparing
        }
        // It may have begun: Zendesk is read to find out.
        Err(
            PageProblem::Gone | PageProblem::NoAnswer | PageProblem::Moved | PageProblem::Other(_),
        ) => lost(Lost::NoAnswer),
        Err(why) => problem(TaskProblem::Page(why)),
    };
    put(model, key, id, state);
}

/// Zendesk said that it wrote: of a user that was made, the number is kept.
fn accepted(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) -> TaskState {
    if let Change::Add { user: None, .. } = &task.change {
        match answer::written_user(value) {
            Ok(made) => set(model, key, task.id, |task| {
                if let Change::Add { user, .. } = &mut task.change {
                    *user = Some(made.id);
                }
                task.before = Some(Before {
                    organization: None,
                    ..Before::of(&made)
                });
            }),
            Err(error) => {
                return TaskState::Confirming {
                    lost: Some(Lost::Answer(error)),
                    tries: 0,
                };
            }
        }
    }
    TaskState::Confirming {
        lost: None,
        tries: 0,
    }
}
