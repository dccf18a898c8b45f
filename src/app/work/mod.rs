//! The changes of a case, one after the other: what stands there is read, the page in front writes, and it is read back before it counts.

mod read_back;

pub(super) use read_back::answered;

use super::World;
use super::effect::{Effect, Job};
use super::event::Outcome;
use super::model::{Model, TaskRead, UserPage, Waiting};
use super::page_jobs::{self, End, JobId, Owner};
use super::reads::JSON;
use crate::case::change::{Before, By, Change, Lost, Task, TaskProblem, TaskState};
use crate::case::page_problem::PageProblem;
use crate::case::ticket::OrganizationRef;
use crate::case::{Case, CaseKey};
use crate::reading::{self, ReadError};
use crate::zendesk::address::user_url;
use crate::zendesk::write::{self, Write};
use crate::zendesk::{answer, request};

/// How long a page may take to write, in ms: its own patience with Zendesk and a throttled tab included.
pub const PATIENCE_MS: u64 = 45_000;
/// How long a user's page may take to open, in ms.
pub const OPENING_MS: u64 = 30_000;
/// Most changes kept with a case.
const TASKS_MAX: usize = 200;

/// Puts changes into the queue; one that is there already and not over is not made twice.
pub(super) fn start(model: &mut Model, key: &CaseKey, changes: Vec<Change>) {
    for change in changes {
        let id = model.next_effect();
        let Some(case) = model.case_mut(key) else { return };
        let twice = case.tasks.iter().any(|t| t.change == change && !t.is_over());
        if twice {
            continue;
        }
        // What failed before and is asked for anew is the same line, not another.
        case.tasks.retain(|t| !(t.change == change && matches!(t.state, TaskState::Problem(_))));
        if case.tasks.len() >= TASKS_MAX
            && let Some(oldest) = case.tasks.iter().position(Task::is_over)
        {
            case.tasks.remove(oldest);
        }
        case.tasks.push(Task::new(id, change));
    }
}

/// Tries a change again that met a problem. One of which it is not known whether it was made is looked up first. What held up the others
/// (a closed tab, a lost session) is taken for mended with it.
pub(super) fn retry(model: &mut Model, key: &CaseKey, id: u64) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else { return Vec::new() };
    for task in &mut case.tasks {
        if let TaskState::Problem(problem) = &task.state
            && (task.id == id || problem.blocks())
        {
            task.state = match problem {
                TaskProblem::NotKnown(_) => TaskState::Confirming { lost: Some(Lost::NoAnswer), tries: 0 },
                _ => TaskState::Queued,
            };
        }
    }
    Vec::new()
}

/// Makes by the API what the page's field could not.
pub(super) fn by_api(model: &mut Model, key: &CaseKey, id: u64) -> Vec<Effect> {
    set(model, key, id, |task| {
        let TaskState::Problem(problem) = &task.state else { return };
        if !problem.api_helps() {
            return;
        }
        // The page picked another organization of the name: out of that one it is moved, not out of what stood there before.
        let wrong = if let TaskProblem::OtherOrganization(Some(wrong)) = problem { Some(*wrong) } else { None };
        if let Change::Join { by, moved_from, .. } = &mut task.change {
            *by = By::Api;
            *moved_from = wrong;
            task.state = TaskState::Queued;
        }
    });
    Vec::new()
}

/// Takes a change out of the list, unless it is on its way.
pub(super) fn leave(model: &mut Model, key: &CaseKey, id: u64) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key) {
        case.tasks.retain(|t| t.id != id || t.in_flight());
    }
    Vec::new()
}

/// Undoes a change that was made.
pub(super) fn undo(model: &mut Model, key: &CaseKey, id: u64) -> Vec<Effect> {
    let undo = model.case(key).and_then(|c| c.task(id)).and_then(Task::undo);
    start(model, key, undo.into_iter().collect());
    Vec::new()
}

fn set(model: &mut Model, key: &CaseKey, id: u64, change: impl FnOnce(&mut Task)) {
    if let Some(case) = model.case_mut(key)
        && let Some(task) = case.tasks.iter_mut().find(|t| t.id == id)
    {
        change(task);
    }
}

fn put(model: &mut Model, key: &CaseKey, id: u64, state: TaskState) {
    set(model, key, id, |task| task.state = state);
}

/// Goes on with every case's changes.
pub(super) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let open = |case: &&Case| case.tasks.iter().any(|t| !t.is_over());
    let keys: Vec<CaseKey> = model.cases().filter(open).map(|c| c.key.clone()).collect();
    let mut effects = Vec::new();
    for key in keys {
        // Some steps need no answer: a change that is so already makes room for the next.
        for _ in 0..TASKS_MAX {
            let before: Vec<TaskState> = states(model, &key);
            effects.extend(step(model, &key, world));
            if states(model, &key) == before {
                break;
            }
        }
    }
    effects
}

fn states(model: &Model, key: &CaseKey) -> Vec<TaskState> {
    model.case(key).map(|c| c.tasks.iter().map(|t| t.state.clone()).collect()).unwrap_or_default()
}

fn step(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else { return Vec::new() };
    if let Some(task) = case.tasks.iter().find(|t| t.in_flight()).cloned() {
        return go_on(model, key, &task, world);
    }
    if case.tasks.iter().any(|t| matches!(&t.state, TaskState::Problem(p) if p.blocks())) {
        return Vec::new();
    }
    let next = case.tasks.iter().find(|t| matches!(t.state, TaskState::Queued | TaskState::Waiting { .. })).cloned();
    match next {
        None => Vec::new(),
        Some(Task { state: TaskState::Waiting { until_ms }, .. }) if world.now_ms < until_ms => Vec::new(),
        Some(task) => match task.change {
            Change::ProblemType { .. } | Change::Assign { .. } => send(model, key, task.id, world),
            Change::Join { .. } | Change::Add { .. } | Change::Leave { .. } | Change::Restore { .. } => {
                put(model, key, task.id, TaskState::Preparing);
                Vec::new()
            }
        },
    }
}

/// A change that is under way: what it waits for is asked, if nobody does so.
fn go_on(model: &mut Model, key: &CaseKey, task: &Task, world: World<'_>) -> Vec<Effect> {
    let asked = model.waiting.values().any(|w| matches!(w, Waiting::Task { case, task: id, .. } if case == key && *id == task.id));
    let late = |since_ms: u64, patience: u64| world.now_ms >= since_ms + patience;
    match &task.state {
        TaskState::Preparing if !asked => {
            let step = match &task.change {
                Change::Add { user: None, .. } => TaskRead::Lookup,
                Change::ProblemType { .. } | Change::Assign { .. } => TaskRead::Conflict,
                _ => TaskRead::Before,
            };
            ask(model, key, task, step, None).into_iter().collect()
        }
        TaskState::Confirming { .. } if !asked => {
            let step = match &task.change {
                Change::Add { user: None, .. } => TaskRead::People(1),
                Change::ProblemType { .. } | Change::Assign { .. } => TaskRead::Ticket,
                _ => TaskRead::After,
            };
            ask(model, key, task, step, None).into_iter().collect()
        }
        TaskState::Ready => send(model, key, task.id, world),
        TaskState::Opening { since_ms, .. } => {
            let page = task.change.user().map(|id| UserPage { host: key.host.clone(), id });
            match page.and_then(|page| model.tab_of_user(&page)) {
                Some(tab) => fill(model, key, task, tab, world),
                None if late(*since_ms, OPENING_MS) => {
                    put(model, key, task.id, TaskState::Problem(TaskProblem::Page(PageProblem::NotInFront(None))));
                    Vec::new()
                }
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn ask(model: &mut Model, key: &CaseKey, task: &Task, step: TaskRead, after: Option<&str>) -> Option<Effect> {
    let host = &key.host;
    let url = match (&step, &task.change) {
        (TaskRead::Lookup, Change::Add { email, .. }) => request::users_by_email(host, email),
        (TaskRead::People(_), Change::Add { organization, .. }) => request::organization_users(host, organization.id, after),
        (TaskRead::Ticket | TaskRead::Conflict, _) => request::ticket(host, key.ticket),
        (TaskRead::Comments, _) => request::newest_comments(host, key.ticket),
        (TaskRead::Before | TaskRead::After, change) => request::user(host, change.user()?),
        (TaskRead::Lookup | TaskRead::People(_) | TaskRead::Pause | TaskRead::Reopen, _) => return None,
    };
    let id = model.next_effect();
    model.waiting.insert(id, Waiting::Task { case: key.clone(), task: task.id, step });
    Some(Effect::Read { id, url, accept: JSON.to_owned() })
}

/// Gives the order to write.
fn send(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else { return Vec::new() };
    let Some(task) = case.task(id).cloned() else { return Vec::new() };
    if let Change::Join { user, by: By::Page, .. } = &task.change {
        let page = UserPage { host: key.host.clone(), id: *user };
        return match model.tab_of_user(&page) {
            Some(tab) => fill(model, key, &task, tab, world),
            None => {
                put(model, key, id, TaskState::Opening { since_ms: world.now_ms, reopened: false });
                vec![model.open_for(key, user_url(&key.host, *user))]
            }
        };
    }
    let Some(write) = write_of(case, &task) else {
        put(model, key, id, TaskState::Problem(TaskProblem::ChangedSince));
        return Vec::new();
    };
    let Some(tab) = model.tab_of_ticket(key) else {
        put(model, key, id, TaskState::Problem(TaskProblem::Page(PageProblem::NotOpen)));
        return Vec::new();
    };
    let Write { method, path, body } = write;
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    let ticket = Some(key.ticket.get());
    let (effect, page) = page_jobs::give(model, Owner::Change(key.clone(), id), tab, world, |effect| Job::Request {
        effect,
        ticket,
        user: None,
        method: method.to_owned(),
        path,
        body,
        selectors,
    });
    put(model, key, id, TaskState::Sending { effect });
    model.bring(tab).into_iter().chain([page]).collect()
}

/// Has the Organization field of the user's page filled.
fn fill(model: &mut Model, key: &CaseKey, task: &Task, tab: i64, world: World<'_>) -> Vec<Effect> {
    let Change::Join { user, organization: OrganizationRef { name: Some(name), .. }, .. } = &task.change else {
        put(model, key, task.id, TaskState::Problem(TaskProblem::Page(PageProblem::NoEntry)));
        return Vec::new();
    };
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    let (user, name) = (user.get(), name.clone());
    let (effect, page) = page_jobs::give(model, Owner::Change(key.clone(), task.id), tab, world, |effect| Job::FillOrganization {
        effect,
        user,
        name,
        replaces: None,
        selectors,
    });
    put(model, key, task.id, TaskState::Sending { effect });
    model.bring(tab).into_iter().chain([page]).collect()
}

/// What is written for a change, from what stands there now.
fn write_of(case: &Case, task: &Task) -> Option<Write> {
    let notes = || task.before.as_ref().and_then(|b| task.change.notes(&b.notes));
    let stamp = || case.ticket.got().map(|t| t.updated_at.as_str());
    let ticket = case.key.ticket;
    Some(match &task.change {
        Change::ProblemType { field, value, .. } => write::set_field(ticket, *field, value, stamp()?),
        Change::Assign { assignee, group, note_html, .. } => write::assign(ticket, *assignee, *group, note_html.as_deref(), stamp()?),
        Change::Join { user, organization, .. } => write::set_user(*user, Some(organization.id), None),
        Change::Add { user: Some(user), organization, .. } => write::set_user(*user, Some(organization.id), None),
        Change::Add { user: None, email, organization } => write::add_user(email, organization.id),
        Change::Leave { user, .. } => write::set_user(*user, None, notes().as_deref()),
        Change::Restore { user, organization, .. } => write::set_user(*user, *organization, notes().as_deref()),
    })
}

/// How long a tab may take to be told after a start of the background, in ms.
const TOLD_MS: u64 = 1_500;

/// After a stop nobody knows whether the user's page was opened. Its tab may be told in a moment.
pub(super) fn woke(model: &mut Model) -> Vec<Effect> {
    let opening = |task: &&Task| matches!(task.state, TaskState::Opening { reopened: false, .. });
    let found: Vec<(CaseKey, u64)> =
        model.cases().flat_map(|case| case.tasks.iter().filter(opening).map(|task| (case.key.clone(), task.id))).collect();
    let pause = |(case, task): (CaseKey, u64)| {
        let id = model.next_effect();
        model.waiting.insert(id, Waiting::Task { case, task, step: TaskRead::Reopen });
        Effect::Wait { id, ms: TOLD_MS }
    };
    found.into_iter().map(pause).collect()
}

/// No tab was told: shortly after the press the user's page is opened again, once; later the engineer goes on.
pub(super) fn reopen(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) -> Option<Effect> {
    let task = model.case(key)?.task(id)?.clone();
    let TaskState::Opening { since_ms, reopened: false } = task.state else { return None };
    let user = task.change.user()?;
    if model.tab_of_user(&UserPage { host: key.host.clone(), id: user }).is_some() {
        return None;
    }
    if world.now_ms >= since_ms + page_jobs::FRESH_MS || model.focus.as_ref() != Some(key) {
        put(model, key, id, TaskState::Problem(TaskProblem::Page(PageProblem::NotInFront(None))));
        return None;
    }
    put(model, key, id, TaskState::Opening { since_ms, reopened: true });
    Some(model.open_for(key, user_url(&key.host, user)))
}

/// The page never got the job: the change is looked at again, and made if it still may be.
pub(super) fn decide_again(model: &mut Model, key: &CaseKey, id: u64, effect: JobId) -> Vec<Effect> {
    set(model, key, id, |task| {
        if task.state == (TaskState::Sending { effect }) {
            task.state = TaskState::Queued;
        }
    });
    Vec::new()
}

/// What became of the page job. A change that waits for another one does not take it.
pub(super) fn ended(model: &mut Model, key: &CaseKey, id: u64, effect: JobId, end: End, world: World<'_>) {
    let Some(task) = model.case(key).and_then(|case| case.task(id)).cloned() else { return };
    if task.state != (TaskState::Sending { effect }) {
        return;
    }
    let lost = |why: Lost| TaskState::Confirming { lost: Some(why), tries: 0 };
    let problem = TaskState::Problem;
    let state = match end {
        Ok(Outcome::Answered { answer }) => match reading::json(&answer, world.now_ms) {
            Ok(value) => accepted(model, key, &task, &value),
            Err(ReadError::RateLimited { until_ms }) => TaskState::Waiting { until_ms },
            // The ticket as it is now tells what changed.
            Err(ReadError::Conflict) if matches!(task.change, Change::ProblemType { .. } | Change::Assign { .. }) => TaskState::Preparing,
            Err(ReadError::SignedOut) => problem(TaskProblem::Page(PageProblem::SignedOut)),
            Err(error @ (ReadError::NotAllowed | ReadError::NotFound | ReadError::Refused { .. } | ReadError::Conflict)) => {
                problem(TaskProblem::Refused(error))
            }
            Err(error) => lost(Lost::Answer(error)),
        },
        Ok(Outcome::Chosen { .. } | Outcome::Already { .. }) => TaskState::Confirming { lost: None, tries: 0 },
        Ok(_) => problem(TaskProblem::Page(PageProblem::Unexpected)),
        Err(PageProblem::NotArrived) => lost(Lost::NotShown),
        // It may have begun: what stands there is looked up.
        Err(PageProblem::Gone | PageProblem::NoAnswer | PageProblem::Moved | PageProblem::Other(_)) => lost(Lost::NoAnswer),
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
                task.before = Some(Before { organization: None, notes: made.notes });
            }),
            Err(error) => return TaskState::Confirming { lost: Some(Lost::Answer(error)), tries: 0 },
        }
    }
    TaskState::Confirming { lost: None, tries: 0 }
}
