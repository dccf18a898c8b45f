//! How far a change got, what is read for it, and whether its page may come to the front.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{TaskRead, Waiting};
use crate::app::model::tabs::UserPage;
use crate::case::CaseKey;
use crate::case::change::{By, Change, Task, TaskState};
use crate::record::ids::UserId;
use crate::zendesk::address::user_url;
use crate::zendesk::request;

pub(super) fn set(model: &mut Model, key: &CaseKey, id: u64, change: impl FnOnce(&mut Task)) {
    if let Some(case) = model.case_mut(key)
        && let Some(task) = case.tasks.iter_mut().find(|t| t.id == id)
    {
        change(task);
    }
}

pub(super) fn put(model: &mut Model, key: &CaseKey, id: u64, state: TaskState) {
    set(model, key, id, |task| task.state = state);
}

/// Zendesk asks to wait.
pub(super) fn wait(model: &mut Model, key: &CaseKey, id: u64, until_ms: u64, now_ms: u64) {
    set(model, key, id, |task| {
        task.state = TaskState::Waiting { until_ms };
        (task.waited, task.waits_since_ms) = (true, now_ms);
    });
}

/// What was read for a change is old: nothing of it counts, nor what is still on its way.
pub(super) fn forget_look(model: &mut Model, key: &CaseKey, id: u64) {
    model.waiting.retain(|_, w| !matches!(w, Waiting::Task { case, task, step: TaskRead::Look { .. } } if case == key && *task == id));
    set(model, key, id, |task| task.look = None);
}

/// The tab whose page writes a change, and the address of that page, if it may be opened.
pub(super) fn page_of(model: &Model, key: &CaseKey, task: &Task) -> (Option<i64>, Option<String>) {
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

/// Whether a change may bring a tab to the front: the engineer just pressed for it, and has looked at nothing but this case since.
pub(super) fn may_take_front(model: &Model, key: &CaseKey, task: &Task, tab: Option<i64>) -> bool {
    let front = model.tabs.front_tab();
    (tab.is_some() && tab == front)
        || (!task.waited && is_of_case(model, key, task.front, task.change.user()))
}

/// Whether that tab is in front, or may be brought there: the engineer has looked at nothing but this case since a tab was in front.
pub(in crate::app) fn is_at_hand(
    model: &Model,
    key: &CaseKey,
    tab: i64,
    then: Option<i64>,
) -> bool {
    model.tabs.front_tab() == Some(tab) || is_of_case(model, key, then, None)
}

/// Whether the tab in front is the same as then, or one of the case. The page of a user whom this case changes is a part of it, also for the
/// change of the ticket that follows.
fn is_of_case(model: &Model, key: &CaseKey, then: Option<i64>, user: Option<UserId>) -> bool {
    let front = model.tabs.front_tab();
    let changes = |of: UserId| {
        let tasks = model.case(key).map_or(&[][..], |case| &case.tasks);
        user == Some(of) || tasks.iter().any(|t| t.change.user() == Some(of))
    };
    let of_case = |tab: i64| {
        tab_is_of(model, key, tab)
            || model
                .tabs
                .get(&tab)
                .and_then(|t| t.user.as_ref())
                .is_some_and(|page| page.host == key.host && changes(page.id))
    };
    front == then || front.is_some_and(of_case)
}

/// Whether a tab shows the case's ticket, or was opened for it.
fn tab_is_of(model: &Model, key: &CaseKey, tab: i64) -> bool {
    model.tabs.get(&tab).is_some_and(|t| {
        t.ticket.as_ref() == Some(key) || (t.ticket.is_none() && t.belongs_to.as_ref() == Some(key))
    })
}

/// Asks for what shows whether a change was made.
pub(super) fn ask(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    step: TaskRead,
    after: Option<&str>,
) -> Option<Effect> {
    let host = &key.host;
    let url = match (&step, &task.change) {
        (TaskRead::People(_), Change::Add { organization, .. }) => {
            request::organization_users(host, organization.id, after)
        }
        (TaskRead::Ticket, _) => request::ticket(host, key.ticket),
        (TaskRead::Comments, _) => request::newest_comments(host, key.ticket),
        (TaskRead::After, change) => request::user(host, change.user()?),
        (TaskRead::Look { .. } | TaskRead::People(_) | TaskRead::Pause | TaskRead::Reopen, _) => {
            return None;
        }
    };
    let waiting = Waiting::Task {
        case: key.clone(),
        task: task.id,
        step,
    };
    Some(model.ask(waiting, url))
}
