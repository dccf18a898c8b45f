//! What is read for a change: before it is written, and after, when only what stands there counts.

use super::super::effect::Effect;
use super::super::model::{Model, TaskRead, Waiting};
use super::{ask, put, set};
use crate::case::CaseKey;
use crate::case::change::{Allowed, Before, Change, Lost, Task, TaskProblem, TaskState};
use crate::case::ids::UserId;
use crate::case::load::Load;
use crate::case::page_problem::PageProblem;
use crate::case::people::User;
use crate::case::ticket::{OrganizationRef, Ticket};
use crate::reading::ReadError;
use crate::zendesk::answer;

/// How often a change that the page saves by itself is read back, and how much longer each pause gets, in ms.
const TRIES: u8 = 6;
const PAUSE_MS: u64 = 400;
/// How many users are asked about who may have an address besides the one that they are shown with.
const SIMILAR_MAX: usize = 10;
/// Most pages of an organization's users that are looked through for an added address.
const PEOPLE_PAGES: usize = 20;

type Json = Result<serde_json::Value, ReadError>;

/// Takes what was asked for a change.
pub(in crate::app) fn answered(model: &mut Model, key: &CaseKey, id: u64, step: TaskRead, json: Json) -> Option<Effect> {
    let task = model.case(key)?.task(id)?.clone();
    let expected = match step {
        TaskRead::Before | TaskRead::Lookup | TaskRead::Identities { .. } | TaskRead::Conflict => task.state == TaskState::Preparing,
        _ => matches!(task.state, TaskState::Confirming { .. }),
    };
    if !expected {
        return None;
    }
    match (step, json) {
        (TaskRead::Pause | TaskRead::Reopen, _) => None,
        (
            TaskRead::Before | TaskRead::Lookup | TaskRead::Identities { .. },
            Err(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }),
        ) => {
            put(model, key, id, TaskState::Waiting { until_ms });
            None
        }
        (TaskRead::Before | TaskRead::Lookup | TaskRead::Identities { .. } | TaskRead::Conflict, Err(error)) => {
            let problem =
                if error == ReadError::SignedOut { TaskProblem::Page(PageProblem::SignedOut) } else { TaskProblem::NotRead(error) };
            put(model, key, id, TaskState::Problem(problem));
            None
        }
        (_, Err(error)) => {
            put(model, key, id, TaskState::Problem(TaskProblem::NotKnown(error)));
            None
        }
        (TaskRead::Before, Ok(value)) => {
            before(model, key, &task, &value);
            None
        }
        (TaskRead::Lookup, Ok(value)) => looked_up(model, key, &task, &value),
        (TaskRead::Identities { user, rest, found }, Ok(value)) => identities(model, key, &task, (user, rest, found), &value),
        (TaskRead::After, Ok(value)) => after(model, key, &task, &value),
        (TaskRead::People(page), Ok(value)) => people(model, key, &task, page, &value),
        (TaskRead::Conflict, Ok(value)) => conflict(model, key, &task, &value),
        (TaskRead::Ticket, Ok(value)) => ticket(model, key, &task, &value),
        (TaskRead::Comments, Ok(value)) => {
            comments(model, key, &task, &value);
            None
        }
    }
}

/// The user as they are now: may it be changed?
fn before(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) {
    let user = task.change.user().ok_or(ReadError::NotFound).and_then(|id| answer::user(value, id));
    let state = match user {
        Err(error) => TaskState::Problem(TaskProblem::NotRead(error)),
        Ok(user) => match task.change.allowed(&user) {
            Allowed::No(problem) => TaskState::Problem(problem),
            Allowed::Already => {
                settled(model, key, task, &user);
                TaskState::Done
            }
            Allowed::Yes => {
                let now = Before { organization: user.organization, notes: user.notes };
                // Moved out of the wrong organization of the same name: before is what stood there before that.
                set(model, key, task.id, |t| _ = t.before.get_or_insert(now));
                TaskState::Ready
            }
        },
    };
    put(model, key, task.id, state);
}

/// Whether the address to add is a user's already.
fn looked_up(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) -> Option<Effect> {
    let Change::Add { email, .. } = &task.change else { return None };
    let users = match answer::users_found(value).and_then(|page| page.seeking(|user| user.has_email(email))) {
        Ok(users) => users,
        Err(error) => {
            put(model, key, task.id, TaskState::Problem(TaskProblem::NotRead(error)));
            return None;
        }
    };
    let having: Vec<UserId> = users.iter().filter(|user| user.has_email(email)).map(|user| user.id).collect();
    // A search finds users by each of their addresses, and shows one.
    let others = if having.is_empty() { users.iter().map(|user| user.id).collect() } else { Vec::new() };
    ask_identities(model, key, task, others, having)
}

/// Asks for the addresses of the next user who may have the one to add; after the last, it is known who has it.
fn ask_identities(model: &mut Model, key: &CaseKey, task: &Task, mut users: Vec<UserId>, found: Vec<UserId>) -> Option<Effect> {
    if users.len() > SIMILAR_MAX {
        put(model, key, task.id, TaskState::Problem(TaskProblem::NotRead(ReadError::TooLarge)));
        return None;
    }
    if !users.is_empty() {
        let user = users.remove(0);
        return ask(model, key, task, TaskRead::Identities { user, rest: users, found }, None);
    }
    match found.as_slice() {
        [] => put(model, key, task.id, TaskState::Ready),
        // The search may be late: the user is read before they are changed.
        [one] => {
            let id = *one;
            set(model, key, task.id, |task| {
                if let Change::Add { user, .. } = &mut task.change {
                    *user = Some(id);
                }
            });
        }
        _ => put(model, key, task.id, TaskState::Problem(TaskProblem::SeveralUsers)),
    }
    None
}

/// The addresses of a user who may have the one to add.
fn identities(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    (user, rest, mut found): (UserId, Vec<UserId>, Vec<UserId>),
    value: &serde_json::Value,
) -> Option<Effect> {
    let Change::Add { email, .. } = &task.change else { return None };
    match answer::identities(value, user).and_then(|page| {
        let after = page.after.clone();
        page.seeking(|identity| identity.email.is(email)).map(|all| (all.iter().any(|identity| identity.email.is(email)), after))
    }) {
        Err(error) => {
            put(model, key, task.id, TaskState::Problem(TaskProblem::NotRead(error)));
            None
        }
        Ok((true, _)) => {
            found.push(user);
            ask_identities(model, key, task, rest, found)
        }
        Ok((false, Some(after))) => ask(model, key, task, TaskRead::Identities { user, rest, found }, Some(&after)),
        Ok((false, None)) => ask_identities(model, key, task, rest, found),
    }
}

/// The user after the change.
fn after(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) -> Option<Effect> {
    let user = match task.change.user().ok_or(ReadError::NotFound).and_then(|id| answer::user(value, id)) {
        Ok(user) => user,
        Err(error) => {
            put(model, key, task.id, TaskState::Problem(TaskProblem::NotKnown(error)));
            return None;
        }
    };
    if task.change.is_made(&user, task.before.as_ref()) {
        put(model, key, task.id, TaskState::Done);
        return settled(model, key, task, &user);
    }
    let TaskState::Confirming { lost, tries } = &task.state else { return None };
    let unchanged = task.before.as_ref().is_some_and(|b| b.organization == user.organization);
    // The page shows what was chosen before it has saved it.
    if unchanged && *tries < TRIES && !matches!(lost, Some(Lost::Answer(_))) {
        let (lost, tries) = (lost.clone(), tries + 1);
        put(model, key, task.id, TaskState::Confirming { lost, tries });
        let id = model.next_effect();
        model.waiting.insert(id, Waiting::Task { case: key.clone(), task: task.id, step: TaskRead::Pause });
        return Some(Effect::Wait { id, ms: PAUSE_MS * u64::from(tries) });
    }
    let problem = match (unchanged, lost) {
        (true, Some(_)) => TaskProblem::NotWritten,
        _ => TaskProblem::OtherOrganization(user.organization),
    };
    put(model, key, task.id, TaskState::Problem(problem));
    None
}

/// A page of the organization's users: the added address is among them, or on the next page, or nowhere.
fn people(model: &mut Model, key: &CaseKey, task: &Task, page: usize, value: &serde_json::Value) -> Option<Effect> {
    let Change::Add { email, .. } = &task.change else { return None };
    match answer::users_page(value) {
        Err(error) => put(model, key, task.id, TaskState::Problem(TaskProblem::NotKnown(error))),
        Ok(found) => {
            if let Some(user) = found.items.iter().find(|u| u.has_email(email)) {
                let (id, notes) = (user.id, user.notes.clone());
                set(model, key, task.id, |task| {
                    if let Change::Add { user, .. } = &mut task.change {
                        *user = Some(id);
                    }
                    task.before = Some(Before { organization: None, notes });
                    task.state = TaskState::Done;
                });
                return settled(model, key, task, user);
            }
            if let Some(after) = found.after.filter(|_| page < PEOPLE_PAGES) {
                return ask(model, key, task, TaskRead::People(page + 1), Some(&after));
            }
            put(model, key, task.id, TaskState::Problem(TaskProblem::NotWritten));
        }
    }
    None
}

/// The ticket after the change.
fn ticket(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) -> Option<Effect> {
    let now = match take_ticket(model, key, value) {
        Ok((_, now)) => now,
        Err(error) => {
            put(model, key, task.id, TaskState::Problem(TaskProblem::NotKnown(error)));
            return None;
        }
    };
    let (made, note) = stands(&task.change, &now)?;
    if made && note {
        return ask(model, key, task, TaskRead::Comments, None);
    }
    put(model, key, task.id, if made { TaskState::Done } else { not_kept(task) });
    None
}

/// The ticket after Zendesk refused because it was changed meanwhile: by someone else, or by this very write, which browsers send again by
/// themselves where a reused connection closes (seen in Chromium 156 and Firefox 153).
fn conflict(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) -> Option<Effect> {
    match take_ticket(model, key, value) {
        Err(error) => put(model, key, task.id, TaskState::Problem(TaskProblem::NotRead(error))),
        Ok((was, now)) => match stands(&task.change, &now) {
            Some((true, false)) => put(model, key, task.id, TaskState::Done),
            Some((true, true)) => {
                put(model, key, task.id, TaskState::Confirming { lost: Some(Lost::NoAnswer), tries: 0 });
                return ask(model, key, task, TaskRead::Comments, None);
            }
            // The stamp is the one that was sent: nobody wrote.
            _ if was.updated_at == now.updated_at => {
                put(model, key, task.id, TaskState::Problem(TaskProblem::Refused(ReadError::DatabaseConflict)));
            }
            _ => put(model, key, task.id, TaskState::Problem(TaskProblem::ChangedMeanwhile(differences(&was, &now)))),
        },
    }
    None
}

/// Whether a ticket shows a change, and whether a note has to be found beside it.
fn stands(change: &Change, now: &Ticket) -> Option<(bool, bool)> {
    match change {
        Change::ProblemType { field, value, .. } => Some((now.field_values.get(field) == Some(value), false)),
        Change::Assign { assignee, group, note_lines, .. } => {
            let person = assignee.is_none_or(|a| now.assignee == Some(a));
            Some((person && group.is_none_or(|g| now.group == Some(g)), !note_lines.is_empty()))
        }
        Change::Join { .. } | Change::Add { .. } | Change::Leave { .. } | Change::Restore { .. } => None,
    }
}

/// Whether the internal note of a hand-over stands among the newest comments.
fn comments(model: &mut Model, key: &CaseKey, task: &Task, value: &serde_json::Value) {
    let Change::Assign { note_lines, .. } = &task.change else { return };
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let state = match answer::all_comments(value) {
        Err(error) => TaskState::Problem(TaskProblem::NotKnown(error)),
        Ok((all, _)) => {
            let holds = |text: &str| {
                let text = plain(text);
                note_lines.iter().all(|line| text.contains(&plain(line)))
            };
            if all.iter().any(|c| !c.public && holds(&c.text)) { TaskState::Done } else { not_kept(task) }
        }
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
fn take_ticket(model: &mut Model, key: &CaseKey, value: &serde_json::Value) -> Result<(Ticket, Ticket), ReadError> {
    let now = answer::ticket(value, key.ticket)?;
    let case = model.case_mut(key).ok_or(ReadError::NotFound)?;
    let was = case.ticket.got().cloned().unwrap_or_else(|| now.clone());
    case.ticket = Load::Got(now.clone());
    Ok((was, now))
}

/// What changed between two readings of a ticket, each a phrase.
fn differences(was: &Ticket, is: &Ticket) -> Vec<String> {
    let mut found = Vec::new();
    if was.status != is.status {
        found.push(format!("the status is “{}” now, it was “{}”", is.status, was.status));
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
fn settled(model: &mut Model, key: &CaseKey, task: &Task, user: &User) -> Option<Effect> {
    // A list that was asked for before the change would come too late to be true.
    model.waiting.retain(|_, w| !matches!(w, Waiting::People { case, .. } if case == key));
    let case = model.case_mut(key)?;
    case.precheck.people = Load::NotAsked;
    if let Change::Restore { user: who, made, .. } = &task.change {
        for other in case.tasks.iter_mut().filter(|t| t.id != task.id && t.change.user() == Some(*who)) {
            other.undone |=
                other.change.makes() == Some(*made) || matches!(other.state, TaskState::Problem(TaskProblem::OtherOrganization(_)));
        }
    }
    let known = match &task.change {
        Change::Join { organization, .. } | Change::Add { organization, .. } if user.organization == Some(organization.id) => {
            organization.name.clone()
        }
        _ => None,
    };
    let mut is_requester = false;
    if let Load::Got(ticket) = &mut case.ticket
        && ticket.requester.id == user.id
    {
        is_requester = true;
        ticket.requester.organization = user.organization.map(|id| OrganizationRef { id, name: known });
    }
    // Step 13 happened on the user's page: the reply is written in the ticket.
    let joined = is_requester && matches!(task.change, Change::Join { .. });
    let tab = joined.then(|| model.tab_of_ticket(key)).flatten()?;
    model.bring(tab)
}
