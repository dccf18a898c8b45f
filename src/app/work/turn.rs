//! A change's turn: it is looked at anew, judged, and sent.

use super::fresh::{self, Judged};
use super::progress::{ask, forget_look, may_take_front, page_of, put, set};
use super::send::send;
use super::{OPENING_MS, TASKS_MAX, look, read_back};
use crate::app::adopt;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{TaskRead, Waiting};
use crate::app::world::World;
use crate::case::change::{Change, Lost, Task, TaskProblem, TaskState};
use crate::case::page_problem::PageProblem;
use crate::case::{Case, CaseKey};
use crate::reading::ReadError;

/// Goes on with every case's changes.
pub(in crate::app) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let open = |case: &&Case| case.tasks.iter().any(|t| !t.is_over());
    let keys: Vec<CaseKey> = model.cases().filter(open).map(|c| c.key.clone()).collect();
    let mut effects = Vec::new();
    for _ in 0..=keys.len() {
        let before = busy_case(model);
        for key in &keys {
            // Some steps need no answer: a change that is so already makes room for the next.
            for _ in 0..TASKS_MAX {
                let before: Vec<TaskState> = states(model, key);
                effects.extend(step(model, key, world));
                if states(model, key) == before {
                    break;
                }
            }
        }
        // The end of one case's change makes room for another's.
        if before == busy_case(model) {
            break;
        }
    }
    effects
}

/// The case with a change on its way. One at a time in all cases: what one writes is no surprise to another's fresh look.
fn busy_case(model: &Model) -> Option<CaseKey> {
    model
        .cases()
        .find(|case| case.tasks.iter().any(Task::in_flight))
        .map(|case| case.key.clone())
}

fn states(model: &Model, key: &CaseKey) -> Vec<TaskState> {
    model
        .case(key)
        .map(|c| c.tasks.iter().map(|t| t.state.clone()).collect())
        .unwrap_or_default()
}

fn step(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    if let Some(task) = case.tasks.iter().find(|t| t.in_flight()).cloned() {
        return go_on(model, key, &task, world);
    }
    if case
        .tasks
        .iter()
        .any(|t| matches!(&t.state, TaskState::Problem(p) if p.blocks()))
    {
        return Vec::new();
    }
    let next = case
        .tasks
        .iter()
        .find(|t| matches!(t.state, TaskState::Queued | TaskState::Waiting { .. }))
        .cloned();
    if busy_case(model).is_some() {
        return Vec::new();
    }
    match next {
        None => Vec::new(),
        // A clock that was set back ends the wait: nobody waits for longer than they were asked to.
        Some(Task {
            state: TaskState::Waiting { until_ms },
            waits_since_ms,
            ..
        }) if (waits_since_ms..until_ms).contains(&world.now_ms) => Vec::new(),
        Some(task) => begin(model, key, &task),
    }
}

/// A change's turn has come: the fresh look comes first, so that no page is opened for what may not be written any more, or without a session.
fn begin(model: &mut Model, key: &CaseKey, task: &Task) -> Vec<Effect> {
    forget_look(model, key, task.id);
    let (tab, opens) = page_of(model, key, task);
    if (tab.is_some() || opens.is_some()) && !may_take_front(model, key, task, tab) {
        put(
            model,
            key,
            task.id,
            TaskState::Problem(TaskProblem::EngineerElsewhere),
        );
        return Vec::new();
    }
    if tab.is_none() && opens.is_none() {
        put(
            model,
            key,
            task.id,
            TaskState::Problem(TaskProblem::Page(PageProblem::NotOpen)),
        );
        return Vec::new();
    }
    set(model, key, task.id, |task| {
        (task.opened, task.moved) = (false, false);
        task.state = TaskState::Preparing;
    });
    Vec::new()
}

/// A change that is under way: what it waits for is asked, if nobody does so.
fn go_on(model: &mut Model, key: &CaseKey, task: &Task, world: World<'_>) -> Vec<Effect> {
    let asked = model.waiting.values().any(
        |w| matches!(w, Waiting::Task { case, task: id, .. } if case == key && *id == task.id),
    );
    // A clock that jumped, whichever way, ends the patience.
    let late = |since_ms: u64, patience: u64| world.now_ms.abs_diff(since_ms) >= patience;
    match &task.state {
        TaskState::Preparing => prepare(model, key, task, world),
        TaskState::Confirming { .. } if !asked => {
            let step = match &task.change {
                Change::Add { user: None, .. } => TaskRead::People(1),
                change if change.writes_ticket() => TaskRead::Ticket,
                _ => TaskRead::After,
            };
            ask(model, key, task, step, None).into_iter().collect()
        }
        TaskState::Opening { since_ms, .. } => match page_of(model, key, task).0 {
            Some(_) => {
                put(model, key, task.id, TaskState::Preparing);
                Vec::new()
            }
            // Another look shows whether the session is gone.
            None if late(*since_ms, OPENING_MS) => {
                put(model, key, task.id, TaskState::Preparing);
                Vec::new()
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The fresh look: what is missing is asked, and once all of it is there, it is judged and written at once.
fn prepare(model: &mut Model, key: &CaseKey, task: &Task, world: World<'_>) -> Vec<Effect> {
    let complete = model
        .case(key)
        .is_some_and(|case| task.look.is_some() && look::missing(case, task).is_empty());
    if complete && let Some(look) = &task.look {
        adopt::take_look(model, key, look);
    }
    // What was read may have shown another requester: then the change is stopped already.
    let Some((case, task)) = model
        .case(key)
        .and_then(|case| Some((case, case.task(task.id)?.clone())))
    else {
        return Vec::new();
    };
    if task.state != TaskState::Preparing {
        return Vec::new();
    }
    match fresh::judge(case, &task, world) {
        Judged::Incomplete => look::ask_missing(model, key, &task),
        Judged::Old => {
            forget_look(model, key, task.id);
            ask_missing(model, key, task.id)
        }
        Judged::Is(found) => {
            set(model, key, task.id, |task| {
                if let Change::Add { user, .. } = &mut task.change {
                    *user = Some(found.id);
                }
            });
            ask_missing(model, key, task.id)
        }
        Judged::TakenByNobody(said) => {
            forget_look(model, key, task.id);
            let lost = Some(Lost::Answer(ReadError::Taken { said }));
            put(
                model,
                key,
                task.id,
                TaskState::Confirming { lost, tries: 0 },
            );
            Vec::new()
        }
        Judged::Already(user) => {
            forget_look(model, key, task.id);
            put(model, key, task.id, TaskState::Done);
            read_back::settled(model, key, &task, &user)
                .into_iter()
                .collect()
        }
        Judged::InTicket => {
            forget_look(model, key, task.id);
            read_back::field_restored(model, key, &task);
            put(model, key, task.id, TaskState::Done);
            read_back::note_saved(model, key, task.id, world);
            Vec::new()
        }
        Judged::No(problem) => {
            put(model, key, task.id, TaskState::Problem(problem));
            Vec::new()
        }
        Judged::Fresh(fresh) => send(model, key, fresh, world),
    }
}

fn ask_missing(model: &mut Model, key: &CaseKey, id: u64) -> Vec<Effect> {
    let task = model.case(key).and_then(|case| case.task(id)).cloned();
    task.map(|task| look::ask_missing(model, key, &task))
        .unwrap_or_default()
}
