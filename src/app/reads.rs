//! The background's reads from Zendesk. They are made only while the panel is open on the case, and
//! each only once. The features decide what they read; this module goes through them all.

use super::effect::Effect;
use super::model::Model;
use super::model::reads::Waiting;
use super::world::World;
use super::{
    contacts, dot_com, evidence, metadata, organization, plan, reply, setup, ticket, trace,
    trouble, work,
};
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::reading::{self, Answer};
use crate::zendesk::answer;

/// Forgets the reads that a restart of the background cut off, so that they start again.
pub(super) fn forget_waiting(model: &mut Model) {
    for waiting in std::mem::take(&mut model.waiting).into_values() {
        forget(model, waiting);
    }
}

/// Forgets a read that gets no answer, so that it starts again when it is wanted.
fn forget(model: &mut Model, waiting: Waiting) {
    match waiting {
        Waiting::Fields(host) => {
            model.fields.remove(&host);
        }
        Waiting::Ticket(key) => model.with_case(&key, |case| case.ticket = Load::NotAsked),
        Waiting::Comments { case: key, .. } => {
            model.with_case(&key, |case| case.written = Load::NotAsked)
        }
        Waiting::Organization(key) => {
            model.with_case(&key, |case| case.organization.load = Load::NotAsked)
        }
        Waiting::Form(key, _) => model.with_case(&key, |case| case.form = Load::NotAsked),
        Waiting::Details(key, _) => {
            model.with_case(&key, |case| case.precheck.details = Load::NotAsked)
        }
        Waiting::People { case: key, .. } => {
            model.with_case(&key, |case| case.precheck.people = Load::NotAsked)
        }
        // A running change repeats its own reads. What it read before carries its time, and is
        // read again if it is too old.
        Waiting::Task { .. } => {}
        Waiting::Evidence(key, asked) => evidence::forget(model, &key, asked),
        Waiting::Trace(key, step) => trace::forget(model, &key, step),
        Waiting::Contacts(key, asked) => contacts::forget(model, &key, asked),
        // A reply whose macro is being looked up repeats its own reads.
        Waiting::Reply(..) | Waiting::Plan(_) => {}
        // The engineer comes back again.
        Waiting::AppResult(_) => {}
        Waiting::Trouble(key, asked) => trouble::forget(model, &key, asked),
        Waiting::Setup { run, look } => setup::forget(model, run, look),
        Waiting::SavedAnswer(_) => setup::forget_answer(model),
    }
}

/// Starts the reads that the cases in focus still need.
pub(super) fn wanted(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in model.tabs.in_focus() {
        effects.extend(wanted_by(model, &key, world));
    }
    effects.extend(setup::wanted(model, world));
    effects
}

/// An answer may lead to a further read. If the panel was closed or access was taken in the meantime, the read is wanted again later.
fn unless_unwanted(model: &mut Model, effect: Effect) -> Option<Effect> {
    let Effect::Read { id, .. } = &effect else {
        return Some(effect);
    };
    let wanted = match model.waiting.get(id) {
        Some(Waiting::Fields(host)) => model.may_read(host),
        Some(
            Waiting::Ticket(key)
            | Waiting::AppResult(key)
            | Waiting::Comments { case: key, .. }
            | Waiting::Organization(key)
            | Waiting::Form(key, _)
            | Waiting::Details(key, _)
            | Waiting::People { case: key, .. }
            | Waiting::Evidence(key, _)
            | Waiting::Contacts(key, _)
            | Waiting::Trouble(key, _),
        ) => model.may_read(&key.host),
        // A read that follows a press does not need an open panel.
        Some(
            Waiting::Task { .. }
            | Waiting::Trace(..)
            | Waiting::Reply(..)
            | Waiting::Plan(_)
            | Waiting::SavedAnswer(_)
            | Waiting::Setup { .. },
        )
        | None => true,
    };
    if wanted {
        return Some(effect);
    }
    if let Some(waiting) = model.waiting.remove(id) {
        forget(model, waiting);
    }
    None
}

/// Starts the reads that a case in a panel still needs.
fn wanted_by(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    organization::follow_salesforce_account(model, key);
    ticket::adopt_fields(model, key);
    organization::follow_target(model, key, world);
    if !model.may_read(&key.host) || model.case(key).is_none() {
        return Vec::new();
    }
    let mut effects = ticket::wanted(model, key, world);
    effects.extend(organization::search(model, key, world));
    effects.extend(organization::ask_precheck(model, key, world));
    effects.extend(metadata::wanted(model, key, world));
    effects.extend(contacts::wanted(model, key, world));
    effects.extend(evidence::wanted(model, key, world));
    effects.extend(reply::wanted(model, key, world));
    effects.extend(trouble::wanted(model, key, world));
    effects
}

/// Takes an answer, unless nothing waits for it any more.
pub(super) fn answered(
    model: &mut Model,
    id: u64,
    answer: &Answer,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(waiting) = model.waiting.remove(&id) else {
        return Vec::new();
    };
    // The portal answers with HTML pages.
    let waiting = match waiting {
        Waiting::Trace(key, step) => {
            return trace::answered(model, &key, step, answer, world)
                .into_iter()
                .collect();
        }
        Waiting::Setup { run, look } => {
            return setup::answered(model, run, look, answer, world)
                .into_iter()
                .collect();
        }
        Waiting::SavedAnswer(kind) => {
            setup::saved(model, kind, answer, world);
            return Vec::new();
        }
        other => other,
    };
    let json = reading::json(answer, world.now_ms);
    if let Err(error) = &json {
        model.trail.failed(error, world.now_ms);
    }
    let next = match waiting {
        Waiting::Ticket(key) => {
            match json.and_then(|v| answer::ticket(&v, key.ticket)) {
                Ok(ticket) => dot_com::take_ticket(model, &key, ticket, world),
                Err(error) => model.with_case(&key, |case| case.ticket = Load::Failed(error)),
            }
            None
        }
        Waiting::AppResult(key) => {
            let ticket = json.and_then(|v| answer::ticket(&v, key.ticket));
            dot_com::looked(model, &key, ticket, world);
            None
        }
        Waiting::Fields(host) => ticket::fields_answered(model, &host, json, world),
        Waiting::Comments { case, so_far, page } => {
            ticket::comments_answered(model, &case, so_far, page, json, world)
        }
        Waiting::Organization(key) => {
            organization::organization_answered(model, &key, json, world);
            None
        }
        Waiting::Form(key, id) => {
            let name = json.and_then(|v| answer::ticket_form(&v, id));
            model.with_case(&key, |case| {
                case.form = name.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        Waiting::Details(key, id) => {
            let details = json.and_then(|v| answer::organization(&v, id, &world.profile.zendesk));
            model.with_case(&key, |case| {
                case.precheck.details = details.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        Waiting::People {
            case,
            organization,
            so_far,
            page,
        } => organization::people_answered(model, &case, organization, so_far, page, json),
        Waiting::Task { case, task, step } => work::answered(model, &case, task, step, json, world),
        Waiting::Evidence(key, asked) => {
            evidence::forget(model, &key, asked);
            None
        }
        Waiting::Trace(..) | Waiting::Setup { .. } | Waiting::SavedAnswer(_) => None,
        Waiting::Contacts(key, asked) => contacts::answered(model, &key, asked, json, world),
        Waiting::Reply(key, asked) => return reply::answered(model, &key, asked, json, world),
        Waiting::Trouble(key, asked) => trouble::answered(model, &key, asked, json, world),
        Waiting::Plan(key) => {
            plan::answered(model, &key, json, world);
            None
        }
    };
    next.and_then(|effect| unless_unwanted(model, effect))
        .into_iter()
        .collect()
}
