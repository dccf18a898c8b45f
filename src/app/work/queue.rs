//! Which changes wait for their turn: put in, tried again, undone and left by the engineer.

use super::progress::{put, set};
use super::{TASKS_MAX, gates};
use crate::app::model::Model;
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::change::{By, Change, Lost, Task, TaskProblem, TaskState};

/// Puts changes into the queue, with what the engineer sees now as their basis; one that is there already and not over is not made twice.
pub(in crate::app) fn start(model: &mut Model, key: &CaseKey, changes: Vec<Change>) {
    let basis = model.next_effect();
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let seen = case.basis();
    case.bases.insert(basis, seen);
    let front = model.tabs.front_tab();
    start_on(model, key, changes, basis, front);
}

/// The same, on what the engineer saw at an earlier press, with that tab in front.
pub(in crate::app) fn start_on(
    model: &mut Model,
    key: &CaseKey,
    changes: Vec<Change>,
    basis: u64,
    front: Option<i64>,
) {
    for change in changes {
        let id = model.next_effect();
        let Some(case) = model.case_mut(key) else {
            return;
        };
        let twice = case
            .tasks
            .iter()
            .any(|t| t.change == change && !t.is_over());
        if twice {
            continue;
        }
        // What failed before and is asked for anew is the same line, not another.
        case.tasks
            .retain(|t| !(t.change == change && matches!(t.state, TaskState::Problem(_))));
        if case.tasks.len() >= TASKS_MAX
            && let Some(oldest) = case.tasks.iter().position(Task::is_over)
        {
            case.tasks.remove(oldest);
        }
        let asked_by = case.requester.user;
        case.tasks.push(Task {
            asked_by,
            basis,
            front,
            ..Task::new(id, change)
        });
    }
    forget_bases(model, key);
}

/// Drops what was seen for changes that are over.
pub(in crate::app) fn forget_bases(model: &mut Model, key: &CaseKey) {
    let Some(case) = model.case(key) else { return };
    let used = |basis: &u64| {
        let by_plan = case
            .plan
            .run
            .as_ref()
            .is_some_and(|run| run.basis == *basis);
        by_plan
            || case
                .tasks
                .iter()
                .any(|t| t.basis == *basis && t.state != TaskState::Done)
    };
    let unused: Vec<u64> = case
        .bases
        .keys()
        .copied()
        .filter(|basis| !used(basis))
        .collect();
    if let Some(case) = model.case_mut(key).filter(|_| !unused.is_empty()) {
        for basis in unused {
            case.bases.remove(&basis);
        }
    }
}

/// Tries a change again that met a problem. One of which it is not known whether it was made is looked up first. What held up the others
/// (a closed tab, a lost session) is taken for mended with it. Where what it rests on changed, the new facts are its basis from now on, if
/// it may still be made by them.
pub(in crate::app) fn retry(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) {
    let Some(case) = model.case(key) else {
        return;
    };
    let mut again: Vec<(Task, TaskProblem)> = case
        .tasks
        .iter()
        .filter_map(|task| match &task.state {
            TaskState::Problem(problem) if task.id == id || problem.blocks() => {
                Some((task.clone(), problem.clone()))
            }
            _ => None,
        })
        .collect();
    again.sort_by_key(|(task, _)| task.id != id);
    for (task, problem) in again {
        match problem {
            // One at a time: while another change is under way, this one keeps its own button.
            TaskProblem::NotKnown(_)
                if model
                    .case(key)
                    .is_some_and(|case| case.tasks.iter().any(Task::in_flight)) => {}
            TaskProblem::NotKnown(_) => {
                put(
                    model,
                    key,
                    task.id,
                    TaskState::Confirming {
                        lost: Some(Lost::NoAnswer),
                        tries: 0,
                    },
                );
            }
            TaskProblem::BasisChanged(_)
            | TaskProblem::NotAllowedNow(_)
            | TaskProblem::ChangedMeanwhile(_) => {
                let passes = model
                    .case(key)
                    .map_or(Ok(()), |case| gates::continues(case, &task, world.rules()));
                match passes {
                    Ok(()) => {
                        renew_basis(model, key, &task);
                        queue(model, key, task.id);
                    }
                    Err(why) => put(
                        model,
                        key,
                        task.id,
                        TaskState::Problem(TaskProblem::NotAllowedNow(why)),
                    ),
                }
            }
            // Its requester is another now: no press makes it this one's.
            TaskProblem::OfEarlierRequester(_) => {}
            _ => queue(model, key, task.id),
        }
    }
}

/// Puts a change back into the queue after a press.
fn queue(model: &mut Model, key: &CaseKey, id: u64) {
    let front = model.tabs.front_tab();
    set(model, key, id, |task| {
        task.state = TaskState::Queued;
        (task.front, task.waited, task.taken, task.look) = (front, false, None, None);
        (task.opened, task.moved) = (false, false);
    });
}

/// What the engineer sees now is what a change rests on.
fn renew_basis(model: &mut Model, key: &CaseKey, task: &Task) {
    let number = model.next_effect();
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let mut basis = case.basis();
    if let (Change::Leave { user, .. }, Some(look)) = (&task.change, &task.look) {
        basis.take_tickets(*user, look);
        basis.take_name(*user, look);
    }
    case.bases.insert(number, basis);
    set(model, key, task.id, |task| task.basis = number);
    forget_bases(model, key);
}

/// Makes by the API what the page's field could not.
pub(super) fn by_api(model: &mut Model, key: &CaseKey, id: u64) {
    let front = model.tabs.front_tab();
    set(model, key, id, |task| {
        let TaskState::Problem(problem) = &task.state else {
            return;
        };
        if !problem.api_helps() {
            return;
        }
        // The page picked another organization of the name: the user is moved out of that one, not out of the organization before it.
        let wrong = if let TaskProblem::OtherOrganization(Some(wrong)) = problem {
            Some(*wrong)
        } else {
            None
        };
        if let Change::Join { by, moved_from, .. } = &mut task.change {
            *by = By::Api;
            *moved_from = wrong;
            task.state = TaskState::Queued;
            (task.front, task.waited, task.look) = (front, false, None);
        }
    });
}

/// Takes a change out of the list, unless it is on its way.
pub(in crate::app) fn leave(model: &mut Model, key: &CaseKey, id: u64) {
    if let Some(case) = model.case_mut(key) {
        case.tasks.retain(|t| t.id != id || t.in_flight());
    }
    forget_bases(model, key);
}

/// Undoes a change that was made.
pub(super) fn undo(model: &mut Model, key: &CaseKey, id: u64) {
    let undo = model
        .case(key)
        .and_then(|c| c.task(id))
        .and_then(Task::undo);
    start(model, key, undo.into_iter().collect());
}
