//! What the engineer chooses and decides about a case.

use super::World;
use super::effect::Effect;
use super::model::Model;
use crate::case::chain::Slot;
use crate::case::check::{CheckName, Decision, checks};
use crate::case::ids::OrganizationId;
use crate::case::organization::Found;
use crate::case::route::Product;
use crate::case::{Case, CaseKey};

fn with(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut Case)) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key) {
        change(case);
    }
    Vec::new()
}

pub(super) fn remove(model: &mut Model, key: &CaseKey, slot: Slot) -> Vec<Effect> {
    forget_pages(model, key);
    with(model, key, |case| {
        case.chain.remove(slot);
        if slot == Slot::Proof {
            // What is looked up now is looked up for this requester.
            case.earlier_proof = None;
        }
        case.settle_conflict();
    })
}

pub(super) fn dismiss_notice(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    with(model, key, |case| case.notice = None)
}

pub(super) fn take_offered(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    with(model, key, |case| {
        if let Some(conflict) = case.conflict.take() {
            case.chain.take(conflict.offered);
        }
    })
}

pub(super) fn keep_held(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    with(model, key, |case| case.conflict = None)
}

pub(super) fn pick_address(model: &mut Model, key: &CaseKey, address: Option<String>) -> Vec<Effect> {
    with(model, key, |case| case.picked_address = address.filter(|a| case.addresses().any(|known| known == a.as_str())))
}

pub(super) fn choose_organization(model: &mut Model, key: &CaseKey, id: OrganizationId) -> Vec<Effect> {
    with(model, key, |case| {
        let known = matches!(case.organization.found(), Some(Found::Several(all)) if all.iter().any(|o| o.id == id));
        case.organization.chosen = known.then_some(id);
    })
}

pub(super) fn choose_product(model: &mut Model, key: &CaseKey, product: Option<Product>) -> Vec<Effect> {
    with(model, key, |case| case.product = product)
}

pub(super) fn decide(model: &mut Model, key: &CaseKey, name: CheckName, accepted: bool, reason: String, world: World<'_>) -> Vec<Effect> {
    with(model, key, |case| {
        let Some(check) = checks(case, world.rules()).into_iter().find(|c| c.name == name && c.decidable) else { return };
        case.decisions.retain(|d| d.check != name);
        case.decisions.push(Decision { check: name, accepted, reason, about: check.found, records: check.records });
    })
}

pub(super) fn undecide(model: &mut Model, key: &CaseKey, name: CheckName) -> Vec<Effect> {
    with(model, key, |case| case.decisions.retain(|d| d.check != name))
}

/// After a record was removed, going back to its page brings it again.
fn forget_pages(model: &mut Model, key: &CaseKey) {
    let focused = model.focus.as_ref() == Some(key);
    for tab in model.tabs.values_mut() {
        if tab.belongs_to.as_ref() == Some(key) || (focused && tab.belongs_to.is_none()) {
            tab.last_page = 0;
        }
    }
}
