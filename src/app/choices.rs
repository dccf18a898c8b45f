//! What the engineer chooses and decides about a case.

use super::World;
use super::effect::Effect;
use super::model::{Model, Said};
use super::{capture, trace};
use crate::case::chain::AsideReason;
use crate::case::check::{CheckName, Decision, checks};
use crate::case::organization::Found;
use crate::case::product::Product;
use crate::case::{Case, CaseKey};
use crate::mail::AddressText;
use crate::record::ids::OrganizationId;
use crate::record::seen::RecordRef;

fn with(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut Case)) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key) {
        change(case);
    }
    Vec::new()
}

/// What the panel showed has changed since: nothing is done, and the panel says so.
pub(super) fn changed(model: &mut Model, what: &str) -> Vec<Effect> {
    let text = format!(
        "{what} is not what the panel showed when you pressed: nothing was done. Look again."
    );
    model.said = Some(Said {
        text,
        field: None,
        error: true,
        of: None,
    });
    Vec::new()
}

pub(super) fn remove(model: &mut Model, key: &CaseKey, wanted: &RecordRef) -> Vec<Effect> {
    let held = model
        .case(key)
        .and_then(|c| c.chain.held().find(|r| r.reference() == *wanted));
    let Some(slot) = held.map(|r| r.slot()) else {
        return changed(model, "The record");
    };
    trace::removed(model, key, slot);
    forget_pages(model, key);
    with(model, key, |case| {
        case.chain.remove(slot);
        case.settle_conflict();
    })
}

pub(super) fn dismiss_notice(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    with(model, key, |case| case.notice = None)
}

/// Whether that record waits for the engineer's choice.
fn waits(model: &Model, key: &CaseKey, wanted: &RecordRef) -> bool {
    model
        .case(key)
        .and_then(|c| c.conflict.as_ref())
        .is_some_and(|c| c.offered.reference() == *wanted)
}

pub(super) fn take_offered(model: &mut Model, key: &CaseKey, wanted: &RecordRef) -> Vec<Effect> {
    if !waits(model, key, wanted) {
        return changed(model, "The record that waits");
    }
    with(model, key, |case| {
        if let Some(conflict) = case.conflict.take() {
            case.chain.take(conflict.offered);
        }
    })
}

pub(super) fn keep_held(model: &mut Model, key: &CaseKey, wanted: &RecordRef) -> Vec<Effect> {
    if !waits(model, key, wanted) {
        return changed(model, "The record that waits");
    }
    with(model, key, |case| case.conflict = None)
}

/// Takes a record that was put aside, as if its page had been looked at for this case. One of another portal is never taken.
pub(super) fn use_aside(model: &mut Model, key: &CaseKey, wanted: &RecordRef) -> Vec<Effect> {
    let aside = model
        .case(key)
        .and_then(|c| c.asides.iter().find(|a| a.record.reference() == *wanted))
        .cloned();
    let Some(aside) = aside.filter(|a| !matches!(a.why, AsideReason::OtherPortal(_))) else {
        return changed(model, "The record");
    };
    with(model, key, |case| {
        case.take_aside(wanted);
        capture::offer(case, aside.record);
    })
}

pub(super) fn leave_aside(model: &mut Model, key: &CaseKey, wanted: &RecordRef) -> Vec<Effect> {
    with(model, key, |case| _ = case.take_aside(wanted))
}

pub(super) fn pick_address(
    model: &mut Model,
    key: &CaseKey,
    address: Option<String>,
) -> Vec<Effect> {
    let address = address.map(|a| AddressText::from(a.as_str()));
    with(model, key, |case| {
        case.picked_address = address.filter(|a| case.addresses().any(|known| known == *a))
    })
}

pub(super) fn choose_organization(
    model: &mut Model,
    key: &CaseKey,
    id: OrganizationId,
) -> Vec<Effect> {
    with(model, key, |case| {
        let known = matches!(case.organization.found(), Some(Found::Several(all)) if all.iter().any(|o| o.id == id));
        case.organization.chosen = known.then_some(id);
    })
}

pub(super) fn choose_product(
    model: &mut Model,
    key: &CaseKey,
    product: Option<Product>,
) -> Vec<Effect> {
    with(model, key, |case| case.product = product)
}

/// Decides a check, whose answer has to be the one that the panel showed.
pub(super) fn decide(
    model: &mut Model,
    key: &CaseKey,
    (name, shown): (CheckName, &str),
    (accepted, reason): (bool, String),
    world: World<'_>,
) -> Vec<Effect> {
    let now = model
        .case(key)
        .map(|case| checks(case, world.rules()))
        .into_iter()
        .flatten()
        .find(|c| c.name == name);
    if now.is_none_or(|check| check.shown() != shown) {
        return changed(model, &format!("The answer of “{}”", name.title()));
    }
    with(model, key, |case| {
        let Some(check) = checks(case, world.rules())
            .into_iter()
            .find(|c| c.name == name && c.decidable)
        else {
            return;
        };
        case.decisions.retain(|d| d.check != name.key());
        case.decisions.push(Decision {
            check: name.key().to_owned(),
            accepted,
            reason,
            about: check.found,
            records: check.records,
        });
    })
}

pub(super) fn undecide(model: &mut Model, key: &CaseKey, name: CheckName) -> Vec<Effect> {
    with(model, key, |case| {
        case.decisions.retain(|d| d.check != name.key())
    })
}

/// After a record was removed, going back to its page brings it again.
fn forget_pages(model: &mut Model, key: &CaseKey) {
    let focused = model.focus() == Some(key);
    for tab in model.tabs.values_mut() {
        if tab.belongs_to.as_ref() == Some(key) || (focused && tab.belongs_to.is_none()) {
            tab.last_page = 0;
        }
    }
}
