//! What is given to the page that writes.

use super::expected;
use super::fresh::FreshBasis;
use super::progress::{forget_look, may_take_front, page_of, put, set};
use crate::app::effect::{Effect, Expected, Job};
use crate::app::model::Model;
use crate::app::model::jobs::Owner;
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::change::{Before, By, Change, Task, TaskProblem, TaskState};
use crate::case::change::{HandOn, Route};
use crate::case::page_problem::PageProblem;
use crate::record::ticket::{OrganizationRef, Ticket};
use crate::zendesk::write::{self, Write};

/// Has the page write. Takes the proof that the basis was read for this very change and holds.
pub(super) fn send(
    model: &mut Model,
    key: &CaseKey,
    fresh: FreshBasis,
    world: World<'_>,
) -> Vec<Effect> {
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
    if let (Change::HandOn(on), Some(ticket)) = (&task.change, fresh.ticket()) {
        let was = on.route(ticket);
        set(model, key, task.id, |t| t.was_at = Some(was));
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
        Change::HandOn(on) => {
            let now = fresh.ticket()?;
            routed(key, on, &on.goal(&on.route(now)), now)
        }
        Change::TakeBack { made, was } => routed(key, made, was, fresh.ticket()?),
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
        // The text as it is now with one line more or less, never an older copy of it.
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

/// The update that brings a ticket from where it is now to another place.
fn routed(key: &CaseKey, on: &HandOn, to: &Route, now: &Ticket) -> Write {
    let stage = on.stage.as_ref();
    let route = write::Route {
        group: to.group,
        assignee: to.assignee,
        form: on.form.as_ref().and(to.form),
        stage: stage.map(|stage| (stage.field, to.stage.as_deref())),
        tags: &on.tags(now, to),
    };
    write::route(key.ticket, route, &now.updated_at)
}
