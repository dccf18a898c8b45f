//! The changes of a case, one after the other: what a change rests on is read anew, the page in front writes, and it is read back before
//! it counts.

mod command;
mod expected;
mod fresh;
mod gates;
mod look;
mod progress;
mod read_back;

pub use command::Command;
pub(super) use command::{command, parse as parse_command};
pub(super) use look::{LOOK_MS, Read, parse, url};
pub(super) use read_back::answered;

use fresh::{FreshBasis, Judged};
use progress::{ask, forget_look, may_take_front, put, set, wait};

use super::adopt;
use super::effect::{Effect, Expected, Job};
use super::event::Outcome;
use super::model::Model;
use super::model::jobs::{End, FRESH_MS, JobId, Owner};
use super::model::reads::{TaskRead, Waiting};
use super::model::tabs::UserPage;
use super::world::World;
use crate::case::basis::{Fact, Said};
use crate::case::change::{Before, By, Change, Lost, Task, TaskProblem, TaskState};
use crate::case::load::Load;
use crate::case::page_problem::PageProblem;
use crate::case::{Case, CaseKey};
use crate::reading::{self, ReadError};
use crate::record::ticket::OrganizationRef;
use crate::zendesk::address::user_url;
use crate::zendesk::answer;
use crate::zendesk::write::{self, Write};

/// How long a page may take to write, in ms: its own patience with Zendesk and a throttled tab included.
pub const PATIENCE_MS: u64 = 45_000;
/// How long a user's page may take to open, in ms.
pub const OPENING_MS: u64 = 30_000;
/// Most changes kept with a case.
const TASKS_MAX: usize = 200;

/// Puts changes into the queue, with what the engineer sees now as their basis; one that is there already and not over is not made twice.
pub(super) fn start(model: &mut Model, key: &CaseKey, changes: Vec<Change>) {
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
pub(super) fn start_on(
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
pub(super) fn forget_bases(model: &mut Model, key: &CaseKey) {
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
pub(super) fn retry(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) {
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
fn by_api(model: &mut Model, key: &CaseKey, id: u64) {
    let front = model.tabs.front_tab();
    set(model, key, id, |task| {
        let TaskState::Problem(problem) = &task.state else {
            return;
        };
        if !problem.api_helps() {
            return;
        }
        // The page picked another organization of the name: out of that one it is moved, not out of what stood there before.
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
pub(super) fn leave(model: &mut Model, key: &CaseKey, id: u64) {
    if let Some(case) = model.case_mut(key) {
        case.tasks.retain(|t| t.id != id || t.in_flight());
    }
    forget_bases(model, key);
}

/// Undoes a change that was made.
fn undo(model: &mut Model, key: &CaseKey, id: u64) {
    let undo = model
        .case(key)
        .and_then(|c| c.task(id))
        .and_then(Task::undo);
    start(model, key, undo.into_iter().collect());
}

/// Goes on with every case's changes.
pub(super) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
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

/// The tab whose page writes a change, and the address of that page where it may be opened.
fn page_of(model: &Model, key: &CaseKey, task: &Task) -> (Option<i64>, Option<String>) {
    match &task.change {
        Change::Join {
            user, by: By::Page, ..
        } => {
            let page = UserPage {
                host: key.host.clone(),
                id: *user,
            };
            (
                model.tabs.tab_of_user(&page),
                Some(user_url(&key.host, *user)),
            )
        }
        _ => (model.tabs.tab_of_ticket(key), None),
    }
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
            // Another look tells whether it is the session that is gone.
            None if late(*since_ms, OPENING_MS) => {
                put(model, key, task.id, TaskState::Preparing);
                Vec::new()
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The fresh look: what is missing is asked, and once all of it is there, it is judged and written in the same breath.
fn prepare(model: &mut Model, key: &CaseKey, task: &Task, world: World<'_>) -> Vec<Effect> {
    let complete = model
        .case(key)
        .is_some_and(|case| task.look.is_some() && look::missing(case, task).is_empty());
    if complete {
        take_look(model, key, task);
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

/// The case knows what was read for a change: the panel shows it, and the gates judge by it.
fn take_look(model: &mut Model, key: &CaseKey, task: &Task) {
    let Some(look) = &task.look else { return };
    for (fact, _, said) in &look.readings {
        match (fact, said) {
            (Fact::Ticket, Said::Ticket(ticket)) => {
                adopt::take_ticket(model, key, (**ticket).clone())
            }
            (Fact::Organization(id), Said::Organization(details)) => {
                adopt::take_organization(model, key, *id, |precheck| {
                    precheck.details = Load::Got((**details).clone())
                });
            }
            (Fact::People(id), Said::People { users, unreadable }) => {
                adopt::take_organization(model, key, *id, |precheck| {
                    (precheck.people, precheck.unreadable) =
                        (Load::Got(users.clone()), *unreadable);
                });
            }
            _ => {}
        }
    }
}

/// Gives the order to write. Takes the proof that the basis was read for this very change and holds.
fn send(model: &mut Model, key: &CaseKey, fresh: FreshBasis, world: World<'_>) -> Vec<Effect> {
    let Some(task) = model
        .case(key)
        .and_then(|case| case.task(fresh.task()))
        .cloned()
    else {
        return Vec::new();
    };
    forget_look(model, key, task.id);
    let (tab, opens) = page_of(model, key, &task);
    let problem = |problem: TaskProblem| TaskState::Problem(problem);
    let closed = match (tab, &opens) {
        (Some(_), _) => None,
        (None, Some(_)) if task.opened => Some(PageProblem::NotInFront(None)),
        (None, Some(_)) => None,
        (None, None) => Some(PageProblem::NotOpen),
    };
    if let Some(closed) = closed {
        put(model, key, task.id, problem(TaskProblem::Page(closed)));
        return Vec::new();
    }
    if !may_take_front(model, key, &task, tab) {
        put(model, key, task.id, problem(TaskProblem::EngineerElsewhere));
        return Vec::new();
    }
    let Some(tab) = tab else {
        return open_page(model, key, &task, opens, world);
    };
    if let Some(user) = fresh.user(&task.change) {
        let now = Before::of(user);
        // Moved out of the wrong organization of the same name: before is what was there before that.
        let moved = matches!(
            task.change,
            Change::Join {
                moved_from: Some(_),
                ..
            }
        );
        set(model, key, task.id, |t| {
            if !(moved && t.before.is_some()) {
                t.before = Some(now);
            }
        });
    }
    let expected = expected::expected(key, &task.change, &fresh);
    if let Some((field, _)) = task.change.sets_field() {
        let before = fresh.ticket().and_then(|t| t.field_values.get(&field));
        let before = before.filter(|v| !v.trim().is_empty()).cloned();
        set(model, key, task.id, |t| t.field_before = before);
    }
    if matches!(task.change, Change::Join { by: By::Page, .. }) {
        return fill(model, key, &task, tab, expected, world);
    }
    let Some(write) = write_of(key, &task, &fresh) else {
        put(model, key, task.id, problem(TaskProblem::ChangedSince));
        return Vec::new();
    };
    let Write { method, path, body } = write;
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    let ticket = Some(key.ticket.get());
    let (effect, page) =
        model.give_page(Owner::Change(key.clone(), task.id), tab, world, |effect| {
            Job::Request {
                effect,
                ticket,
                user: None,
                method: method.to_owned(),
                path,
                body,
                expected,
                selectors,
            }
        });
    put(model, key, task.id, TaskState::Sending { effect });
    model.bring(tab).into_iter().chain([page]).collect()
}

/// Opens the user's page, once in a turn. What was read is read again when it is there: opening takes its time.
fn open_page(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    url: Option<String>,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(url) = url else { return Vec::new() };
    set(model, key, task.id, |task| {
        task.opened = true;
        task.state = TaskState::Opening {
            since_ms: world.now_ms,
            reopened: false,
        };
    });
    vec![model.open_for(key, url)]
}

/// Has the Organization field of the user's page filled.
fn fill(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    tab: i64,
    expected: Vec<Expected>,
    world: World<'_>,
) -> Vec<Effect> {
    let Change::Join {
        user,
        organization: OrganizationRef {
            name: Some(name), ..
        },
        moved_from,
        ..
    } = &task.change
    else {
        put(
            model,
            key,
            task.id,
            TaskState::Problem(TaskProblem::Page(PageProblem::NoEntry)),
        );
        return Vec::new();
    };
    let selectors = Box::new(world.profile.zendesk.selectors.clone());
    // The wrong organization that the field itself chose has the very same name.
    let replaces = moved_from.map(|_| name.clone());
    let (user, name) = (user.get(), name.clone());
    let (effect, page) =
        model.give_page(Owner::Change(key.clone(), task.id), tab, world, |effect| {
            Job::FillOrganization {
                effect,
                user,
                name,
                replaces,
                expected,
                selectors,
            }
        });
    put(model, key, task.id, TaskState::Sending { effect });
    model.bring(tab).into_iter().chain([page]).collect()
}

/// What is written for a change, from what was just read.
fn write_of(key: &CaseKey, task: &Task, fresh: &FreshBasis) -> Option<Write> {
    let user_now = || fresh.user(&task.change);
    let record = || task.change.record(user_now()?);
    let stamp = || fresh.ticket().map(|t| t.updated_at.as_str());
    let ticket = key.ticket;
    Some(match &task.change {
        Change::ProblemType { field, value, .. } => {
            write::set_field(ticket, *field, Some(value), stamp()?)
        }
        Change::RestoreField { made, value } => {
            write::set_field(ticket, made.field, value.as_deref(), stamp()?)
        }
        // The note may be there though the field is not set: then the field alone is left to do.
        Change::Note {
            problem_type: Some(set),
            lines,
            ..
        } if fresh.has_note(lines) => {
            write::set_field(ticket, set.field, Some(&set.value), stamp()?)
        }
        Change::Note {
            problem_type, html, ..
        } => {
            let field = problem_type
                .as_ref()
                .map(|set| (set.field, set.value.as_str()));
            write::note(ticket, field, html, stamp()?)
        }
        Change::Assign {
            assignee,
            group,
            note_html,
            note_lines,
            ..
        } => {
            let left = note_html.as_deref().filter(|_| !fresh.has_note(note_lines));
            write::assign(ticket, *assignee, *group, left, stamp()?)
        }
        Change::Join {
            user, organization, ..
        } => write::set_user(*user, Some(organization.id), None),
        Change::Add {
            user: Some(user),
            organization,
            ..
        } => write::set_user(*user, Some(organization.id), None),
        Change::Add {
            user: None,
            email,
            organization,
        } => write::add_user(email.as_str(), organization.id),
        // Never a whole text of a while ago: what is there now, with one line more or less.
        Change::Leave { user, .. } => {
            user_now()?;
            write::set_user(*user, None, record())
        }
        Change::Restore {
            user, organization, ..
        } => {
            user_now()?;
            write::set_user(*user, *organization, record())
        }
    })
}

/// How long a tab may take to be told after a start of the background, in ms.
const TOLD_MS: u64 = 1_500;

/// After a stop nobody knows whether the user's page was opened. Its tab may be told in a moment.
pub(super) fn woke(model: &mut Model) -> Vec<Effect> {
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

/// No tab was told: shortly after the press the user's page is opened again, once; later the engineer goes on.
pub(super) fn reopen(
    model: &mut Model,
    key: &CaseKey,
    id: u64,
    world: World<'_>,
) -> Option<Effect> {
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
pub(super) fn decide_again(
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
pub(super) fn ended(
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
            // After a conflict, too, what is there now tells what happened.
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
