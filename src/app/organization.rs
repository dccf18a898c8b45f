//! Finds the organization of the case's Salesforce account (step 11), and reads what the pre-checks
//! need to know about the one to join.

use super::effect::Effect;
use super::model::Model;
use super::model::reads::{Json, Waiting};
use super::world::World;
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::case::organization::OrganizationSearch;
use crate::case::organization::{Found, accept};
use crate::case::precheck::Precheck;
use crate::reading::ReadError;
use crate::record::ids::OrganizationId;
use crate::record::people::User;
use crate::zendesk::{answer, request};

/// How many pages of 100 users are read for an organization.
const PEOPLE_PAGES: usize = 20;

/// Searches for the organization of the case's Salesforce account.
pub(super) fn search(model: &mut Model, key: &CaseKey, world: World<'_>) -> Option<Effect> {
    let case = model.case(key)?;
    let account = case
        .organization
        .account
        .as_ref()
        .filter(|_| case.organization.load.wants_asking(world.now_ms))?;
    // Step 11: the ID's length decides which field to search. If that finds nothing, the other
    // field is searched for the same account.
    let long = (account.as_str().len() == 18) != case.organization.other_field;
    let names = &world.profile.zendesk.organization_fields;
    let (field, value) = if long {
        (&names.salesforce_id, account.long())
    } else {
        (&names.salesforce_short_id, account.short().to_owned())
    };
    let url = request::search_organizations(&key.host, field, &value);
    model.with_case(key, |case| case.organization.load = Load::Asking);
    Some(model.ask(Waiting::Organization(key.clone()), url))
}

/// Reads what the pre-checks need, once the organization to join is known.
pub(super) fn ask_precheck(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(case) = model.case(key) else {
        return effects;
    };
    let Some(organization) = case.precheck.organization else {
        return effects;
    };
    let (details, people) = (
        case.precheck.details.wants_asking(world.now_ms),
        case.precheck.people.wants_asking(world.now_ms),
    );
    if details {
        effects.push(model.ask(
            Waiting::Details(key.clone(), organization),
            request::organization(&key.host, organization),
        ));
        model.with_case(key, |case| case.precheck.details = Load::Asking);
    }
    if people {
        let waiting = Waiting::People {
            case: key.clone(),
            organization,
            so_far: Vec::new(),
            page: 1,
        };
        effects.push(model.ask(
            waiting,
            request::organization_users(&key.host, organization, None),
        ));
        model.with_case(key, |case| case.precheck.people = Load::Asking);
    }
    effects
}

/// Drops what was read about another organization.
pub(super) fn follow_target(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let Some(case) = model.case(key) else { return };
    let target = case.target(&world.profile.zendesk).map(|o| o.id);
    if case.precheck.organization != target {
        model.waiting.retain(|_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } if k == key));
        model.with_case(key, |case| {
            case.precheck = Precheck {
                organization: target,
                ..Precheck::default()
            }
        });
    }
}

/// Drops the organization that was found if the Salesforce account changed or is gone.
pub(super) fn follow_salesforce_account(model: &mut Model, key: &CaseKey) {
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
        model.with_case(key, |case| {
            case.organization = OrganizationSearch {
                account: wanted,
                ..OrganizationSearch::default()
            }
        });
    }
}

/// Takes a page of the organization's users. If there are more than can be read, that is an error:
/// half a list would give too low a count.
pub(super) fn people_answered(
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
            model.with_case(key, |case| {
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
                    return Some(model.ask(
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
    model.with_case(key, |case| case.precheck.people = load);
    None
}

pub(super) fn organization_answered(
    model: &mut Model,
    key: &CaseKey,
    json: Json,
    world: World<'_>,
) {
    let Some(search) = model.case(key).map(|c| c.organization.clone()) else {
        return;
    };
    let Some(account) = search.account.clone() else {
        return;
    };
    let next = match json.and_then(|v| answer::every_organization(&v, &world.profile.zendesk)) {
        Err(error) => OrganizationSearch {
            load: Load::Failed(error),
            ..search
        },
        Ok(candidates) => match accept(&account, candidates) {
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
    model.with_case(key, |case| case.organization = next);
}
