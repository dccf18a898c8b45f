//! What is read for a change: before it is written, and after, when only what is in Zendesk counts.

use super::look;
use super::progress::{ask, may_take_front, put, set};
use crate::app::adopt;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{Json, TaskRead, Waiting};
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::basis::CommentSeen;
use crate::case::change::{Before, Change, Lost, Task, TaskProblem, TaskState};
use crate::case::load::Load;
use crate::reading::ReadError;
use crate::record::people::User;
use crate::record::ticket::{OrganizationRef, Ticket};
use crate::zendesk::answer;

/// How often a change that the page saves by itself is read back, and how much longer each pause gets, in ms.
const TRIES: u8 = 6;
const PAUSE_MS: u64 = 400;
/// Most pages of an organization's users that are looked through for an added address.
const PEOPLE_PAGES: usize = 20;

/// Takes what was asked for a change.
pub(in crate::app) fn answered(
    model: &mut Model,
    key: &CaseKey,
    id: u64,
    step: TaskRead,
    json: Json,
    world: World<'_>,
) -> Option<Effect> {
    let task = model.case(key)?.task(id)?.clone();
    let expected = match step {
        TaskRead::Look { .. } => task.state == TaskState::Preparing,
        _ => matches!(task.state, TaskState::Confirming { .. }),
    };
    if !expected {
        return None;
    }
    let reads_back = !matches!(step, TaskRead::Look { .. });
    let effect = take(model, key, &task, step, json, world);
    if reads_back {
        note_saved(model, key, id, world);
    }
    effect
}

/// What a change saved to the ticket itself, its page may not show yet; nor what it may have saved.
pub(super) fn note_saved(model: &mut Model, key: &CaseKey, id: u64, world: World<'_>) {
    model.with_case(key, |case| {
        let saved = case
            .task(id)
            .filter(|task| task.change.writes_ticket() && task.may_be_written())
            .map(|task| task.change.shown_lines());
        if let Some(lines) = saved {
            case.saved.note(lines, world.now_ms);
        }
    });
}

fn take(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    step: TaskRead,
    json: Json,
    world: World<'_>,
) -> Option<Effect> {
    let id = task.id;
    match (step, json) {
        (TaskRead::Pause | TaskRead::Reopen, _) => None,
        (TaskRead::Look { fact, part }, json) => {
            look::answered(model, key, task, (fact, part), json, world)
        }
        (_, Err(error)) => {
            put(
                model,
                key,
                id,
                TaskState::Problem(TaskProblem::NotKnown(error)),
            );
            None
        }
        (TaskRead::After, Ok(value)) => after(model, key, task, &value),
        (TaskRead::People(page), Ok(value)) => people(model, key, task, page, &value),
        (TaskRead::Ticket, Ok(value)) => ticket(model, key, task, &value),
        (TaskRead::Comments, Ok(value)) => {
            comments(model, key, task, &value);
            None
        }
    }
}

/// The user after the change.
fn after(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    value: &serde_json::Value,
) -> Option<Effect> {
    let user = match task
        .change
        .user()
        .ok_or(ReadError::NotFound)
        .and_then(|id| answer::user(value, id))
    {
        Ok(user) => user,
        Err(error) => {
            put(
                model,
                key,
                task.id,
                TaskState::Problem(TaskProblem::NotKnown(error)),
            );
            return None;
        }
    };
    if task.change.is_made(&user, task.before.as_ref()) {
        put(model, key, task.id, TaskState::Done);
        return settled(model, key, task, &user);
    }
    let TaskState::Confirming { lost, tries } = &task.state else {
        return None;
    };
    let unchanged = task
        .before
        .as_ref()
        .is_some_and(|b| b.organization == user.organization);
    // The page shows what was chosen before it has saved it.
    if unchanged && *tries < TRIES && !matches!(lost, Some(Lost::Answer(_))) {
        let (lost, tries) = (lost.clone(), tries + 1);
        put(model, key, task.id, TaskState::Confirming { lost, tries });
        let id = model.next_effect();
        model.waiting.insert(
            id,
            Waiting::Task {
                case: key.clone(),
                task: task.id,
                step: TaskRead::Pause,
            },
        );
        return Some(Effect::Wait {
            id,
            ms: PAUSE_MS * u64::from(tries),
        });
    }
    let problem = match (unchanged, lost) {
        (true, Some(lost)) if lost.is_conflict() => TaskProblem::WasBusy,
        (true, Some(_)) => TaskProblem::NotWritten,
        // The notes alone are not as they should be.
        _ if task.change.makes() == Some(user.organization) => TaskProblem::LineGone,
        _ => TaskProblem::OtherOrganization(user.organization),
    };
    put(model, key, task.id, TaskState::Problem(problem));
    None
}

/// A page of the organization's users: the added address is among them, or on the next page, or nowhere.
fn people(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    page: usize,
    value: &serde_json::Value,
) -> Option<Effect> {
    let Change::Add { email, .. } = &task.change else {
        return None;
    };
    match answer::users_page(value) {
        Err(error) => put(
            model,
            key,
            task.id,
            TaskState::Problem(TaskProblem::NotKnown(error)),
        ),
        Ok(found) => {
            if let Some(user) = found.items.iter().find(|u| u.has_email(email)) {
                let (id, before) = (user.id, Before::of(user));
                set(model, key, task.id, |task| {
                    if let Change::Add { user, .. } = &mut task.change {
                        *user = Some(id);
                    }
                    task.before = Some(Before {
                        organization: None,
                        ..before
                    });
                    task.state = TaskState::Done;
                });
                return settled(model, key, task, user);
            }
            if let Some(after) = found.after.filter(|_| page < PEOPLE_PAGES) {
                return ask(model, key, task, TaskRead::People(page + 1), Some(&after));
            }
            put(
                model,
                key,
                task.id,
                TaskState::Problem(match &task.state {
                    TaskState::Confirming {
                        lost: Some(Lost::Answer(ReadError::Taken { said })),
                        ..
                    } => TaskProblem::AddressTaken(said.clone()),
                    TaskState::Confirming {
                        lost: Some(lost), ..
                    } if lost.is_conflict() => TaskProblem::WasBusy,
                    _ => TaskProblem::NotWritten,
                }),
            );
        }
    }
    None
}

/// The ticket after the change. Zendesk may have refused because it was changed meanwhile: by someone else, or by this very write, which
/// browsers send again by themselves when a reused connection closes (seen in Chromium 156 and Firefox 153).
fn ticket(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    value: &serde_json::Value,
) -> Option<Effect> {
    let (was, now) = match read_ticket(model, key, value) {
        Ok(both) => both,
        Err(error) => {
            put(
                model,
                key,
                task.id,
                TaskState::Problem(TaskProblem::NotKnown(error)),
            );
            return None;
        }
    };
    let (made, note) = stands(&task.change, &now)?;
    if made && note {
        return ask(model, key, task, TaskRead::Comments, None);
    }
    let refused =
        matches!(&task.state, TaskState::Confirming { lost: Some(lost), .. } if lost.is_conflict());
    let state = match (made, refused) {
        (true, _) => TaskState::Done,
        (false, true) if was.updated_at == now.updated_at => {
            TaskState::Problem(TaskProblem::WasBusy)
        }
        (false, true) => TaskState::Problem(TaskProblem::ChangedMeanwhile(differences(&was, &now))),
        (false, false) => not_kept(task),
    };
    if state == TaskState::Done {
        field_restored(model, key, task);
    }
    put(model, key, task.id, state);
    None
}

/// What set a field, or handed the ticket on, is known to be undone once the ticket is as it was.
pub(super) fn field_restored(model: &mut Model, key: &CaseKey, task: &Task) {
    let sets = |other: &Task| match (&task.change, &other.change) {
        (Change::TakeBack { made, .. }, Change::HandOn(on)) => made == on,
        (Change::RestoreField { made, .. }, change) => {
            !change.is_undo()
                && change.sets_field() == Some((made.field, Some(made.value.as_str())))
        }
        _ => false,
    };
    if let Some(case) = model.case_mut(key) {
        for other in case.tasks.iter_mut().filter(|t| sets(t)) {
            other.undone = true;
        }
    }
}

/// Whether a ticket shows a change, and whether a note has to be found beside it.
fn stands(change: &Change, now: &Ticket) -> Option<(bool, bool)> {
    match change {
        Change::ProblemType { .. } | Change::Note { .. } | Change::RestoreField { .. } => {
            let field = change.sets_field().is_none_or(|(field, value)| {
                let is = now.field_values.get(&field).map(String::as_str);
                is.filter(|v| !v.trim().is_empty()) == value
            });
            Some((field, !change.note_lines().is_empty()))
        }
        Change::Assign {
            assignee,
            group,
            note_lines,
            ..
        } => {
            let person = assignee.is_none_or(|a| now.assignee == Some(a));
            Some((
                person && group.is_none_or(|g| now.group == Some(g)),
                !note_lines.is_empty(),
            ))
        }
        Change::HandOn(on) => Some((on.is_made(now), false)),
        Change::TakeBack { made, was } => Some((made.route(now) == *was, false)),
        Change::Join { .. }
        | Change::Add { .. }
        | Change::Leave { .. }
        | Change::Restore { .. } => None,
    }
}

/// Whether the internal note that was written is among the newest comments.
fn comments(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) {
    let lines = task.change.note_lines();
    let state = match answer::all_comments(value) {
        Err(error) => TaskState::Problem(TaskProblem::NotKnown(error)),
        Ok(page) => match page.has(|c| CommentSeen::of(c).is_note(lines)) {
            Err(error) => TaskState::Problem(TaskProblem::NotKnown(error)),
            Ok(true) => TaskState::Done,
            Ok(false) => not_kept(task),
        },
    };
    put(model, key, task.id, state);
}

fn not_kept(task: &Task) -> TaskState {
    TaskState::Problem(match task.state {
        TaskState::Confirming { lost: Some(_), .. } => TaskProblem::NotWritten,
        _ => TaskProblem::NotShown,
    })
}

/// Takes the ticket as it is now: how it was, and how it is.
fn read_ticket(
    model: &mut Model,
    key: &CaseKey,
    value: &serde_json::Value,
) -> Result<(Ticket, Ticket), ReadError> {
    let now = answer::ticket(value, key.ticket)?;
    let case = model.case(key).ok_or(ReadError::NotFound)?;
    let was = case.ticket.got().cloned().unwrap_or_else(|| now.clone());
    adopt::forget_older_readings(model, key);
    adopt::take_ticket(model, key, now.clone());
    Ok((was, now))
}

/// What changed between two readings of a ticket, each a phrase.
fn differences(was: &Ticket, is: &Ticket) -> Vec<String> {
    let mut found = Vec::new();
    if was.status != is.status {
        found.push(format!(
            "the status is “{}” now, it was “{}”",
            is.status, was.status
        ));
    }
    if was.subject != is.subject {
        found.push("the subject is another".to_owned());
    }
    if was.assignee != is.assignee || was.group != is.group {
        found.push("it is assigned to someone else".to_owned());
    }
    if was.requester.id != is.requester.id {
        found.push("the requester is another".to_owned());
    }
    if was.form_id != is.form_id {
        found.push("the form is another".to_owned());
    }
    if was.field_values != is.field_values {
        found.push("its fields were changed".to_owned());
    }
    if was.tags != is.tags {
        found.push("its tags were changed".to_owned());
    }
    if found.is_empty() && was.updated_at != is.updated_at {
        found.push("someone wrote a comment or changed something else".to_owned());
    }
    found
}

/// After a user's organization is another: what was read of it before is old, and a change that was undone is known to be.
pub(super) fn settled(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    user: &User,
) -> Option<Effect> {
    adopt::forget_older_readings(model, key);
    // A list that was asked for before the change would come too late to be true.
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::People { case, .. } if case == key));
    let case = model.case_mut(key)?;
    case.precheck.people = Load::NotAsked;
    case.contacts.forget_look_ups_of(user.id);
    if let Change::Restore {
        user: who, made, ..
    } = &task.change
    {
        for other in case
            .tasks
            .iter_mut()
            .filter(|t| t.id != task.id && t.change.user() == Some(*who))
        {
            other.undone |= other.change.makes() == Some(*made)
                || matches!(
                    other.state,
                    TaskState::Problem(TaskProblem::OtherOrganization(_))
                );
        }
    }
    let known = match &task.change {
        Change::Join { organization, .. } | Change::Add { organization, .. }
            if user.organization == Some(organization.id) =>
        {
            organization.name.clone()
        }
        _ => None,
    };
    let mut is_requester = false;
    if let Load::Got(ticket) = &mut case.ticket
        && ticket.requester.id == user.id
    {
        is_requester = true;
        ticket.requester.organization = user
            .organization
            .map(|id| OrganizationRef { id, name: known });
        case.requester.organization = user.organization;
    }
    // Step 13 happened on the user's page: the reply is written in the ticket.
    let joined = is_requester && matches!(task.change, Change::Join { .. });
    let tab = joined.then(|| model.tabs.tab_of_ticket(key)).flatten()?;
    may_take_front(model, key, task, Some(tab))
        .then(|| model.bring(tab))
        .flatten()
}
