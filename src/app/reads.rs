//! The background's reads from Zendesk: asked only when the panel is open on the case, and each only once.

use super::effect::Effect;
use super::model::{FieldsReading, Model, Waiting};
use super::{World, contacts, evidence, metadata, reply, trace, trouble, work};
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::case::organization::OrganizationSearch;
use crate::case::organization::{Found, accept};
use crate::case::precheck::Precheck;
use crate::mail::AddressText;
use crate::reading::{self, Answer, ReadError};
use crate::record::ids::OrganizationId;
use crate::record::people::User;
use crate::record::ticket::{Ticket, WrittenAddress};
use crate::zendesk::{answer, request};

pub(super) const JSON: &str = "application/json";

/// How many comment pages of 100 are read for addresses.
const COMMENT_PAGES: usize = 5;

/// How many pages of 100 users of an organization are read.
const PEOPLE_PAGES: usize = 20;

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
            Waiting::Comments { case: key, .. } => {
                reset(model, &key, |case| case.written = Load::NotAsked)
            }
            Waiting::Organization(key) => {
                reset(model, &key, |case| case.organization.load = Load::NotAsked)
            }
            Waiting::Form(key, _) => reset(model, &key, |case| case.form = Load::NotAsked),
            Waiting::Details(key, _) => {
                reset(model, &key, |case| case.precheck.details = Load::NotAsked)
            }
            Waiting::People { case: key, .. } => {
                reset(model, &key, |case| case.precheck.people = Load::NotAsked)
            }
            // A change that is under way asks again by itself; what it read carries its time, and is read again where it got old.
            Waiting::Task { .. } => {}
            Waiting::Evidence(key, asked) => evidence::forget(model, &key, asked),
            Waiting::Trace(key, step) => trace::forget(model, &key, step),
            Waiting::Contacts(key, asked) => contacts::forget(model, &key, asked),
            // A reply whose macro is being looked up asks again by itself.
            Waiting::Reply(..) => {}
            Waiting::Trouble(key, asked) => trouble::forget(model, &key, asked),
        }
    }
}

fn reset(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut crate::case::Case)) {
    if let Some(case) = model.case_mut(key) {
        change(case);
    }
}

/// Takes the ticket as it was just read. Where it shows another requester, or the same one in another organization, answers to what was
/// asked about the earlier one are nobody's.
pub(super) fn take_ticket(model: &mut Model, key: &CaseKey, ticket: Ticket) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    // Another form has another name.
    if case
        .ticket
        .got()
        .is_some_and(|was| was.form_id != ticket.form_id)
    {
        case.form = Load::NotAsked;
    }
    if case.take_ticket(ticket) {
        model
            .waiting
            .retain(|_, w| w.about_requester_of() != Some(key));
    }
}

/// Takes what was just read of an organization, where it is the one that users are to join.
pub(super) fn take_organization(
    model: &mut Model,
    key: &CaseKey,
    id: OrganizationId,
    take: impl FnOnce(&mut Precheck),
) {
    // What was asked for before comes too late to be true.
    model.waiting.retain(
        |_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } if k == key),
    );
    reset(model, key, |case| {
        if case.precheck.organization == Some(id) {
            take(&mut case.precheck);
            if case.precheck.details == Load::Asking {
                case.precheck.details = Load::NotAsked;
            }
            if case.precheck.people == Load::Asking {
                case.precheck.people = Load::NotAsked;
            }
        }
    });
}

/// Asks for whatever the case in focus wants by now.
pub(super) fn wanted(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in model.in_focus() {
        effects.extend(wanted_by(model, &key, world));
    }
    effects
}

/// Asks for whatever a case wants that a panel shows.
fn wanted_by(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let key = key.clone();
    let mut effects = Vec::new();
    follow_salesforce_account(model, &key);
    adopt_fields(model, &key);
    follow_target(model, &key, world);
    let origin = format!("https://{}/*", key.host);
    if !model.panel_open || model.missing_access.contains(&origin) {
        return effects;
    }
    let now = world.now_ms;
    let Some(case) = model.case(&key) else {
        return effects;
    };

    let ask_ticket = case.ticket.wants_asking(now);
    let ask_fields = model
        .fields
        .get(&key.host)
        .is_none_or(|f| f.load.wants_asking(now));
    // Looked through once for proof, for the address that Sold-to is compared with, and for contacts: whom it concerns is known from the ticket.
    let ask_comments = case.ticket.got().is_some() && case.written.wants_asking(now);
    let organization = case
        .organization
        .account
        .clone()
        .filter(|_| case.organization.load.wants_asking(now));
    let other_field = case.organization.other_field;

    if ask_ticket {
        effects.push(ask(
            model,
            Waiting::Ticket(key.clone()),
            request::ticket(&key.host, key.ticket),
        ));
        reset(model, &key, |case| case.ticket = Load::Asking);
    }
    if ask_fields {
        effects.push(ask(
            model,
            Waiting::Fields(key.host.clone()),
            request::ticket_fields(&key.host, None),
        ));
        model.fields.insert(
            key.host.clone(),
            FieldsReading {
                load: Load::Asking,
                ..FieldsReading::default()
            },
        );
    }
    if ask_comments {
        effects.push(ask(
            model,
            Waiting::Comments {
                case: key.clone(),
                so_far: Vec::new(),
                page: 1,
            },
            request::comments(&key.host, key.ticket, None),
        ));
        reset(model, &key, |case| case.written = Load::Asking);
    }
    if let Some(account) = organization {
        // Step 11: the length of the value decides the field; where that finds nothing, the same account is looked for by the other.
        let long = (account.as_str().len() == 18) != other_field;
        let names = &world.profile.zendesk.organization_fields;
        let (field, value) = if long {
            (&names.salesforce_id, account.long())
        } else {
            (&names.salesforce_short_id, account.short().to_owned())
        };
        let url = request::search_organizations(&key.host, field, &value);
        effects.push(ask(model, Waiting::Organization(key.clone()), url));
        reset(model, &key, |case| case.organization.load = Load::Asking);
    }
    effects.extend(ask_precheck(model, &key, now));
    effects.extend(metadata::wanted(model, &key, world));
    effects.extend(contacts::wanted(model, &key, world));
    effects.extend(evidence::wanted(model, &key, world));
    effects.extend(reply::wanted(model, &key, world));
    effects.extend(trouble::wanted(model, &key, world));
    effects
}

/// What the pre-checks look at, once it is known which organization users are to join.
fn ask_precheck(model: &mut Model, key: &CaseKey, now: u64) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(case) = model.case(key) else {
        return effects;
    };
    let Some(organization) = case.precheck.organization else {
        return effects;
    };
    let (details, people) = (
        case.precheck.details.wants_asking(now),
        case.precheck.people.wants_asking(now),
    );
    if details {
        effects.push(ask(
            model,
            Waiting::Details(key.clone(), organization),
            request::organization(&key.host, organization),
        ));
        reset(model, key, |case| case.precheck.details = Load::Asking);
    }
    if people {
        let waiting = Waiting::People {
            case: key.clone(),
            organization,
            so_far: Vec::new(),
            page: 1,
        };
        effects.push(ask(
            model,
            waiting,
            request::organization_users(&key.host, organization, None),
        ));
        reset(model, key, |case| case.precheck.people = Load::Asking);
    }
    effects
}

/// What was read of one organization says nothing about another.
fn follow_target(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let Some(case) = model.case(key) else { return };
    let target = case.target(&world.profile.zendesk).map(|o| o.id);
    if case.precheck.organization != target {
        model.waiting.retain(|_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } if k == key));
        reset(model, key, |case| {
            case.precheck = Precheck {
                organization: target,
                ..Precheck::default()
            }
        });
    }
}

pub(super) fn ask(model: &mut Model, waiting: Waiting, url: String) -> Effect {
    let id = model.next_effect();
    model.waiting.insert(id, waiting);
    Effect::Read {
        id,
        url,
        accept: JSON.to_owned(),
    }
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
        model
            .waiting
            .retain(|_, w| !matches!(w, Waiting::Organization(k) if k == key));
        reset(model, key, |case| {
            case.organization = OrganizationSearch {
                account: wanted,
                ..OrganizationSearch::default()
            }
        });
    }
}

fn adopt_fields(model: &mut Model, key: &CaseKey) {
    let known = model
        .fields
        .get(&key.host)
        .and_then(|f| f.load.got())
        .cloned();
    if let Some(known) = known
        && model
            .case(key)
            .is_some_and(|c| c.fields.as_ref() != Some(&known))
    {
        reset(model, key, |case| case.fields = Some(known));
    }
}

/// Takes an answer; one that nobody waits for any more is dropped.
pub(super) fn answered(
    model: &mut Model,
    id: u64,
    answer: &Answer,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(waiting) = model.waiting.remove(&id) else {
        return Vec::new();
    };
    // The portal answers with pages.
    let waiting = match waiting {
        Waiting::Trace(key, step) => {
            return trace::answered(model, &key, step, answer, world)
                .into_iter()
                .collect();
        }
        other => other,
    };
    let json = reading::json(answer, world.now_ms);
    let next = match waiting {
        Waiting::Ticket(key) => {
            match json.and_then(|v| answer::ticket(&v, key.ticket)) {
                Ok(ticket) => take_ticket(model, &key, ticket),
                Err(error) => reset(model, &key, |case| case.ticket = Load::Failed(error)),
            }
            None
        }
        Waiting::Fields(host) => fields_answered(model, &host, json, world),
        Waiting::Comments { case, so_far, page } => {
            comments_answered(model, &case, so_far, page, json, world)
        }
        Waiting::Organization(key) => {
            organization_answered(model, &key, json, world);
            None
        }
        Waiting::Form(key, id) => {
            let name = json.and_then(|v| answer::ticket_form(&v, id));
            reset(model, &key, |case| {
                case.form = name.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        Waiting::Details(key, id) => {
            let details = json.and_then(|v| answer::organization(&v, id, &world.profile.zendesk));
            reset(model, &key, |case| {
                case.precheck.details = details.map_or_else(Load::Failed, Load::Got)
            });
            None
        }
        Waiting::People {
            case,
            organization,
            so_far,
            page,
        } => people_answered(model, &case, organization, so_far, page, json),
        Waiting::Task { case, task, step } => work::answered(model, &case, task, step, json, world),
        Waiting::Evidence(key, asked) => {
            evidence::forget(model, &key, asked);
            None
        }
        Waiting::Trace(..) => None,
        Waiting::Contacts(key, asked) => contacts::answered(model, &key, asked, json, world),
        Waiting::Reply(key, asked) => return reply::answered(model, &key, asked, json, world),
        Waiting::Trouble(key, asked) => trouble::answered(model, &key, asked, json, world),
    };
    next.into_iter().collect()
}

/// A page of the organization's users. An organization with more than can be read is told by an error: half a list would count too few.
fn people_answered(
    model: &mut Model,
    key: &CaseKey,
    organization: OrganizationId,
    mut so_far: Vec<User>,
    page: usize,
    json: Json,
) -> Option<Effect> {
    let load = match json.and_then(|v| answer::users_page(&v)) {
        Err(error) => Load::Failed(error),
        Ok(found) => {
            so_far.extend(found.items);
            reset(model, key, |case| {
                let before = if page == 1 {
                    0
                } else {
                    case.precheck.unreadable
                };
                case.precheck.unreadable = before + found.unreadable;
            });
            match found.after {
                None => Load::Got(so_far),
                Some(_) if page >= PEOPLE_PAGES => Load::Failed(ReadError::TooLarge),
                Some(after) => {
                    let url = request::organization_users(&key.host, organization, Some(&after));
                    return Some(ask(
                        model,
                        Waiting::People {
                            case: key.clone(),
                            organization,
                            so_far,
                            page: page + 1,
                        },
                        url,
                    ));
                }
            }
        }
    };
    reset(model, key, |case| case.precheck.people = load);
    None
}

type Json = Result<serde_json::Value, ReadError>;

fn fields_answered(model: &mut Model, host: &str, json: Json, world: World<'_>) -> Option<Effect> {
    let titles = json.as_ref().map_or(Vec::new(), |v| {
        answer::other_titles(v, &world.profile.zendesk)
    });
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
            reading.titles.extend(titles);
            let enough = reading.partial.complete() || reading.pages >= FIELD_PAGES;
            match after.filter(|_| !enough) {
                None => {
                    // Nobody asks for another name of what was found.
                    if reading.partial.complete() {
                        reading.titles.clear();
                    }
                    reading.load = Load::Got(reading.partial.clone());
                    None
                }
                Some(after) => Some(ask(
                    model,
                    Waiting::Fields(host.to_owned()),
                    request::ticket_fields(host, Some(&after)),
                )),
            }
        }
    }
}

fn comments_answered(
    model: &mut Model,
    key: &CaseKey,
    mut so_far: Vec<WrittenAddress>,
    page: usize,
    json: Json,
    world: World<'_>,
) -> Option<Effect> {
    let Some(requester) = model
        .case(key)
        .and_then(|c| c.ticket.got())
        .map(|t| t.requester.id)
    else {
        // The ticket is read again meanwhile: then its comments are, too.
        reset(model, key, |case| case.written = Load::NotAsked);
        return None;
    };
    match json.and_then(|v| answer::all_comments(&v)) {
        Err(error) => {
            reset(model, key, |case| case.written = Load::Failed(error));
            None
        }
        Ok((comments, after)) => {
            contacts::from_comments(model, key, &comments);
            evidence::from_comments(model, key, &comments, (page - 1) * 100 + 1, world);
            for address in answer::written_addresses(&comments, requester) {
                if !so_far.iter().any(|a| {
                    AddressText::from(a.email.as_str()) == AddressText::from(address.email.as_str())
                }) {
                    so_far.push(address);
                }
            }
            match after.filter(|_| page < COMMENT_PAGES) {
                Some(after) => {
                    let url = request::comments(&key.host, key.ticket, Some(&after));
                    Some(ask(
                        model,
                        Waiting::Comments {
                            case: key.clone(),
                            so_far,
                            page: page + 1,
                        },
                        url,
                    ))
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
    let Some(search) = model.case(key).map(|c| c.organization.clone()) else {
        return;
    };
    let Some(account) = search.account.clone() else {
        return;
    };
    let next = match json.and_then(|v| answer::organizations(&v, &world.profile.zendesk)) {
        Err(error) => OrganizationSearch {
            load: Load::Failed(error),
            ..search
        },
        Ok((candidates, _)) => match accept(&account, candidates) {
            Found::None if !search.other_field => OrganizationSearch {
                other_field: true,
                load: Load::NotAsked,
                ..search
            },
            found => OrganizationSearch {
                load: Load::Got(found),
                ..search
            },
        },
    };
    reset(model, key, |case| case.organization = next);
}

/// Asks again what failed.
pub(super) fn retry(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    evidence::refresh(model, key);
    contacts::retry(model, key);
    if model
        .fields
        .get(&key.host)
        .is_some_and(|f| matches!(f.load, Load::Failed(_)))
    {
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
        if matches!(case.form, Load::Failed(_)) {
            case.form = Load::NotAsked;
        }
        if matches!(case.precheck.details, Load::Failed(_)) {
            case.precheck.details = Load::NotAsked;
        }
        if matches!(case.precheck.people, Load::Failed(_)) {
            case.precheck.people = Load::NotAsked;
        }
    });
    trouble::retry(model, key);
    Vec::new()
}

/// Asks everything of the case again; what the portal showed stays.
pub(super) fn refresh(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    contacts::refresh(model, key);
    evidence::refresh(model, key);
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Ticket(k) | Waiting::Comments { case: k, .. } | Waiting::Organization(k) if k == key));
    model.waiting.retain(|_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } | Waiting::Form(k, _) if k == key));
    retry(model, key);
    reset(model, key, |case| {
        case.form = Load::NotAsked;
        case.precheck = Precheck {
            organization: case.precheck.organization,
            ..Precheck::default()
        };
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
