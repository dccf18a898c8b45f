//! The background's reads from Zendesk: asked only when the panel is open on the case, and each only once.

use super::World;
use super::effect::Effect;
use super::model::{FieldsReading, Model, Waiting};
use crate::case::load::Load;
use crate::case::organization::{Found, accept};
use crate::case::ticket::WrittenAddress;
use crate::case::{CaseKey, OrganizationSearch};
use crate::reading::{self, Answer, ReadError};
use crate::zendesk::{answer, request};

const JSON: &str = "application/json";

/// How many comment pages of 100 are read for addresses.
const COMMENT_PAGES: usize = 5;

/// How many pages of 100 ticket fields are read for the three that count.
const FIELD_PAGES: usize = 20;

/// After a stop nobody will answer the reads that were under way: they are wanted again.
pub(super) fn forget_waiting(model: &mut Model) {
    for waiting in std::mem::take(&mut model.waiting).into_values() {
        match waiting {
            Waiting::Fields(host) => {
                model.fields.remove(&host);
            }
            Waiting::Ticket(key) => reset(model, &key, |case| case.ticket = Load::NotAsked),
            Waiting::Comments { case: key, .. } => reset(model, &key, |case| case.written = Load::NotAsked),
            Waiting::Organization(key) => reset(model, &key, |case| case.organization.load = Load::NotAsked),
        }
    }
}

fn reset(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut crate::case::Case)) {
    if let Some(case) = model.case_mut(key) {
        change(case);
    }
}

/// Asks for whatever the case in focus wants by now.
pub(super) fn wanted(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(key) = model.focus.clone() else { return effects };
    follow_salesforce_account(model, &key);
    adopt_fields(model, &key);
    let origin = format!("https://{}/*", key.host);
    if !model.panel_open || model.missing_access.contains(&origin) {
        return effects;
    }
    let now = world.now_ms;
    let Some(case) = model.case(&key) else { return effects };

    let ask_ticket = case.ticket.wants_asking(now);
    let ask_fields = model.fields.get(&key.host).is_none_or(|f| f.load.wants_asking(now));
    let ask_comments = case.compared_address_is_open() && case.written.wants_asking(now);
    let organization = case.organization.account.clone().filter(|_| case.organization.load.wants_asking(now));
    let other_field = case.organization.other_field;

    if ask_ticket {
        effects.push(ask(model, Waiting::Ticket(key.clone()), request::ticket(&key.host, key.ticket)));
        reset(model, &key, |case| case.ticket = Load::Asking);
    }
    if ask_fields {
        effects.push(ask(model, Waiting::Fields(key.host.clone()), request::ticket_fields(&key.host, None)));
        model.fields.insert(key.host.clone(), FieldsReading { load: Load::Asking, ..FieldsReading::default() });
    }
    if ask_comments {
        effects.push(ask(
            model,
            Waiting::Comments { case: key.clone(), so_far: Vec::new(), page: 1 },
            request::comments(&key.host, key.ticket, None),
        ));
        reset(model, &key, |case| case.written = Load::Asking);
    }
    if let Some(account) = organization {
        // Step 11: the length of the value decides the field; where that finds nothing, the same account is looked for by the other.
        let long = (account.as_str().len() == 18) != other_field;
        let names = &world.profile.zendesk.organization_fields;
        let (field, value) =
            if long { (&names.salesforce_id, account.long()) } else { (&names.salesforce_short_id, account.short().to_owned()) };
        let url = request::search_organizations(&key.host, field, &value);
        effects.push(ask(model, Waiting::Organization(key.clone()), url));
        reset(model, &key, |case| case.organization.load = Load::Asking);
    }
    effects
}

fn ask(model: &mut Model, waiting: Waiting, url: String) -> Effect {
    let id = model.next_effect();
    model.waiting.insert(id, waiting);
    Effect::Read { id, url, accept: JSON.to_owned() }
}

/// Another Salesforce account (or none) makes the organization that was found another's.
fn follow_salesforce_account(model: &mut Model, key: &CaseKey) {
    let Some(case) = model.case(key) else { return };
    let wanted = case.salesforce_account().cloned();
    let held = case.organization.account.as_ref();
    let same = match (&wanted, held) {
        (Some(a), Some(b)) => a.same_account(b),
        (None, None) => true,
        _ => false,
    };
    if !same {
        model.waiting.retain(|_, w| !matches!(w, Waiting::Organization(k) if k == key));
        reset(model, key, |case| case.organization = OrganizationSearch { account: wanted, ..OrganizationSearch::default() });
    }
}

fn adopt_fields(model: &mut Model, key: &CaseKey) {
    let known = model.fields.get(&key.host).and_then(|f| f.load.got()).cloned();
    if let Some(known) = known
        && model.case(key).is_some_and(|c| c.fields.as_ref() != Some(&known))
    {
        reset(model, key, |case| case.fields = Some(known));
    }
}

/// Takes an answer; one that nobody waits for any more is dropped.
pub(super) fn answered(model: &mut Model, id: u64, answer: &Answer, world: World<'_>) -> Option<Effect> {
    let waiting = model.waiting.remove(&id)?;
    let json = reading::json(answer, world.now_ms);
    match waiting {
        Waiting::Ticket(key) => {
            let ticket = json.and_then(|v| answer::ticket(&v, key.ticket));
            reset(model, &key, |case| case.ticket = ticket.map_or_else(Load::Failed, Load::Got));
            None
        }
        Waiting::Fields(host) => fields_answered(model, &host, json, world),
        Waiting::Comments { case, so_far, page } => comments_answered(model, &case, so_far, page, json),
        Waiting::Organization(key) => {
            organization_answered(model, &key, json, world);
            None
        }
    }
}

type Json = Result<serde_json::Value, ReadError>;

fn fields_answered(model: &mut Model, host: &str, json: Json, world: World<'_>) -> Option<Effect> {
    let page = json.and_then(|v| answer::ticket_fields(&v, &world.profile.zendesk));
    let reading = model.fields.get_mut(host)?;
    match page {
        Err(error) => {
            reading.load = Load::Failed(error);
            None
        }
        Ok((part, after)) => {
            reading.partial = std::mem::take(&mut reading.partial).merge(part);
            reading.pages += 1;
            let enough = reading.partial.complete() || reading.pages >= FIELD_PAGES;
            match after.filter(|_| !enough) {
                None => {
                    reading.load = Load::Got(reading.partial.clone());
                    None
                }
                Some(after) => Some(ask(model, Waiting::Fields(host.to_owned()), request::ticket_fields(host, Some(&after)))),
            }
        }
    }
}

fn comments_answered(model: &mut Model, key: &CaseKey, mut so_far: Vec<WrittenAddress>, page: usize, json: Json) -> Option<Effect> {
    let requester = model.case(key).and_then(|c| c.ticket.got()).map(|t| t.requester.id)?;
    match json.and_then(|v| answer::comments(&v, requester)) {
        Err(error) => {
            reset(model, key, |case| case.written = Load::Failed(error));
            None
        }
        Ok((found, after)) => {
            for address in found {
                if !so_far.iter().any(|a| a.email.eq_ignore_ascii_case(&address.email)) {
                    so_far.push(address);
                }
            }
            match after.filter(|_| page < COMMENT_PAGES) {
                Some(after) => {
                    let url = request::comments(&key.host, key.ticket, Some(&after));
                    Some(ask(model, Waiting::Comments { case: key.clone(), so_far, page: page + 1 }, url))
                }
                None => {
                    reset(model, key, |case| case.written = Load::Got(so_far));
                    None
                }
            }
        }
    }
}

fn organization_answered(model: &mut Model, key: &CaseKey, json: Json, world: World<'_>) {
    let Some(search) = model.case(key).map(|c| c.organization.clone()) else { return };
    let Some(account) = search.account.clone() else { return };
    let next = match json.and_then(|v| answer::organizations(&v, &world.profile.zendesk)) {
        Err(error) => OrganizationSearch { load: Load::Failed(error), ..search },
        Ok((candidates, _)) => match accept(&account, candidates) {
            Found::None if !search.other_field => OrganizationSearch { other_field: true, load: Load::NotAsked, ..search },
            found => OrganizationSearch { load: Load::Got(found), ..search },
        },
    };
    reset(model, key, |case| case.organization = next);
}

/// Asks again what failed.
pub(super) fn retry(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    if model.fields.get(&key.host).is_some_and(|f| matches!(f.load, Load::Failed(_))) {
        model.fields.remove(&key.host);
    }
    reset(model, key, |case| {
        if matches!(case.ticket, Load::Failed(_)) {
            case.ticket = Load::NotAsked;
        }
        if matches!(case.written, Load::Failed(_)) {
            case.written = Load::NotAsked;
        }
        if matches!(case.organization.load, Load::Failed(_)) {
            case.organization.load = Load::NotAsked;
        }
    });
    Vec::new()
}

/// Asks everything of the case again; what the portal showed stays.
pub(super) fn refresh(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Ticket(k) | Waiting::Comments { case: k, .. } | Waiting::Organization(k) if k == key));
    retry(model, key);
    reset(model, key, |case| {
        case.ticket = Load::NotAsked;
        case.written = Load::NotAsked;
        case.organization = OrganizationSearch {
            account: case.organization.account.clone(),
            chosen: case.organization.chosen,
            ..OrganizationSearch::default()
        };
    });
    Vec::new()
}
