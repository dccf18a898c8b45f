//! The changes of a case, one after the other: what stands there is read, the page in front writes, and it is read back before it counts.

mod read_back;

pub(super) use read_back::answered;

use super::World;
use super::effect::{Effect, Job};
use super::event::Outcome;
use super::model::{Model, TaskRead, UserPage, Waiting};
use super::reads::JSON;
use crate::case::change::{Before, By, Change, Lost, Task, TaskProblem, TaskState};
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
        TaskState::Opening { since_ms } => {
            let page = task.change.user().map(|id| UserPage { host: key.host.clone(), id });
            match page.and_then(|page| model.tab_of_user(&page)) {
                Some(tab) => fill(model, key, task, tab, world),
                None if late(*since_ms, OPENING_MS) => {
                    put(model, key, task.id, TaskState::Problem(TaskProblem::NotInFront));
                    Vec::new()
                }
                None => Vec::new(),
            }
        }
        TaskState::Sending { since_ms, .. } if late(*since_ms, PATIENCE_MS) => {
            put(model, key, task.id, TaskState::Confirming { lost: Some(Lost::NoAnswer), tries: 0 });
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn ask(model: &mut Model, key: &CaseKey, task: &Task, step: TaskRead, after: Option<&str>) -> Option<Effect> {
    let host = &key.host;
    let url = match (&step, &task.change) {
        (TaskRead::Lookup, Change::Add { email, .. }) => request::users_by_email(host, email.as_str()),
        (TaskRead::Identities { user, .. }, _) => request::identities(host, *user, after),
        (TaskRead::People(_), Change::Add { organization, .. }) => request::organization_users(host, organization.id, after),
        (TaskRead::Ticket | TaskRead::Conflict, _) => request::ticket(host, key.ticket),
        (TaskRead::Comments, _) => request::newest_comments(host, key.ticket),
        (TaskRead::Before | TaskRead::After, change) => request::user(host, change.user()?),
        (TaskRead::Lookup | TaskRead::People(_) | TaskRead::Pause, _) => return None,
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
                put(model, key, id, TaskState::Opening { since_ms: world.now_ms });
                vec![model.open_for(key, user_url(&key.host, *user))]
            }
        };
    }
    let Some(write) = write_of(case, &task) else {
        put(model, key, id, TaskState::Problem(TaskProblem::ChangedSince));
        return Vec::new();
    };
    let Some(tab) = model.tab_of_ticket(key) else {
        put(model, key, id, TaskState::Problem(TaskProblem::TicketNotOpen));
        return Vec::new();
    };
    let effect = model.next_effect();
    put(model, key, id, TaskState::Sending { effect, tab, since_ms: world.now_ms });
    let Write { method, path, body } = write;
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    let job = Job::Request { effect, ticket: Some(key.ticket.get()), user: None, method: method.to_owned(), path, body, selectors };
    model.bring(tab).into_iter().chain([Effect::Page { tab, job }]).collect()
}

/// Has the Organization field of the user's page filled.
fn fill(model: &mut Model, key: &CaseKey, task: &Task, tab: i64, world: World<'_>) -> Vec<Effect> {
    let Change::Join { user, organization: OrganizationRef { name: Some(name), .. }, moved_from, .. } = &task.change else {
        put(model, key, task.id, TaskState::Problem(TaskProblem::NoEntry));
        return Vec::new();
    };
    let effect = model.next_effect();
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    // The wrong organization that the field itself chose has the very same name.
    let replaces = moved_from.map(|_| name.clone());
    let job = Job::FillOrganization { effect, user: user.get(), name: name.clone(), replaces, selectors };
    put(model, key, task.id, TaskState::Sending { effect, tab, since_ms: world.now_ms });
    model.bring(tab).into_iter().chain([Effect::Page { tab, job }]).collect()
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
        Change::Add { user: None, email, organization } => write::add_user(email.as_str(), organization.id),
        Change::Leave { user, .. } => write::set_user(*user, None, notes().as_deref()),
        Change::Restore { user, organization, .. } => write::set_user(*user, *organization, notes().as_deref()),
    })
}

/// A tab is gone: what was under way there may have been written.
pub(super) fn tab_closed(model: &mut Model, tab: i64) {
    let sends = |task: &&Task| matches!(task.state, TaskState::Sending { tab: t, .. } if t == tab);
    let found: Vec<(CaseKey, u64)> =
        model.cases().flat_map(|case| case.tasks.iter().filter(sends).map(|task| (case.key.clone(), task.id))).collect();
    for (key, id) in found {
        put(model, &key, id, TaskState::Confirming { lost: Some(Lost::NoAnswer), tries: 0 });
    }
}

/// The case and the change that wait for that order.
fn sender(model: &Model, effect: u64) -> Option<(CaseKey, Task)> {
    let sends = |task: &&Task| matches!(task.state, TaskState::Sending { effect: e, .. } if e == effect);
    model.cases().find_map(|case| case.tasks.iter().find(sends).map(|task| (case.key.clone(), task.clone())))
}

/// What a page said of an order. Whether the order was a change's.
pub(super) fn outcome(model: &mut Model, effect: u64, outcome: &Outcome, world: World<'_>) -> bool {
    let Some((key, task)) = sender(model, effect) else { return false };
    let lost = |why: Lost| TaskState::Confirming { lost: Some(why), tries: 0 };
    let problem = TaskState::Problem;
    let state = match outcome {
        Outcome::Answered { answer } => match reading::json(answer, world.now_ms) {
            Ok(value) => accepted(model, &key, &task, &value),
            Err(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => TaskState::Waiting { until_ms },
            // The ticket as it is now tells what changed.
            Err(ReadError::Conflict | ReadError::DatabaseConflict)
                if matches!(task.change, Change::ProblemType { .. } | Change::Assign { .. }) =>
            {
                TaskState::Preparing
            }
            Err(ReadError::SignedOut) => problem(TaskProblem::SignedOut),
            Err(
                error @ (ReadError::NotAllowed
                | ReadError::TokenStale
                | ReadError::Blocked
                | ReadError::NotFound
                | ReadError::NoSuchAddress { .. }
                | ReadError::Refused { .. }
                | ReadError::Taken { .. }
                | ReadError::Conflict
                | ReadError::DatabaseConflict),
            ) => problem(TaskProblem::Refused(error)),
            Err(error) => lost(Lost::Answer(error)),
        },
        Outcome::Chosen { .. } | Outcome::Already { .. } => TaskState::Confirming { lost: None, tries: 0 },
        Outcome::NotArrived { .. } => lost(Lost::NotShown),
        Outcome::WrongTicket { .. } | Outcome::WrongPage { .. } | Outcome::Hidden | Outcome::Moved { .. } => {
            problem(TaskProblem::NotInFront)
        }
        Outcome::SignedOut => problem(TaskProblem::SignedOut),
        Outcome::NoToken => problem(TaskProblem::NoToken),
        Outcome::NoField => problem(TaskProblem::NoField),
        Outcome::Several { count } => problem(TaskProblem::SameName(*count)),
        Outcome::NoEntry { .. } => problem(TaskProblem::NoEntry),
        Outcome::Ambiguous { .. } => problem(TaskProblem::Ambiguous),
        Outcome::Failed { .. } => lost(Lost::NoAnswer),
        Outcome::Written { .. }
        | Outcome::AlreadyThere
        | Outcome::NoComposer
        | Outcome::NotInternal { .. }
        | Outcome::NotPublic { .. }
        | Outcome::InternalDraft { .. }
        | Outcome::Page { .. }
        | Outcome::Looked(_) => problem(TaskProblem::Other("an answer that is not of a change".to_owned())),
    };
    put(model, &key, task.id, state);
    true
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

/// The page could not be given its order. Whether the order was a change's.
pub(super) fn unreachable(model: &mut Model, effect: u64, why: &str) -> bool {
    let Some((key, task)) = sender(model, effect) else { return false };
    let state = match why {
        "no_access" => TaskState::Problem(TaskProblem::NoAccess),
        "closed" => TaskState::Problem(TaskProblem::TicketNotOpen),
        "busy" => TaskState::Problem(TaskProblem::Busy),
        // The line to the page broke: it may have begun.
        _ => TaskState::Confirming { lost: Some(Lost::NoAnswer), tries: 0 },
    };
    put(model, &key, task.id, state);
    true
}
