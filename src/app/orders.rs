//! Which tab an order to a page went to: nobody but that tab's page is heard on what came of it.

use super::effect::Effect;
use super::model::Model;

/// More than can be on their way at once; older ones are given up on long before.
const KEPT: usize = 64;

/// Keeps where orders go.
pub(super) fn given(model: &mut Model, effects: &[Effect]) {
    for effect in effects {
        if let Effect::Page { tab, job } = effect {
            model.orders.insert(job.number(), *tab);
        }
    }
    while model.orders.len() > KEPT {
        let Some(oldest) = model.orders.keys().copied().next() else { break };
        model.orders.remove(&oldest);
    }
}

/// Whether the page in that tab has the order; it is heard once.
pub(super) fn answered(model: &mut Model, effect: u64, tab: i64) -> bool {
    let has_it = model.orders.get(&effect) == Some(&tab);
    if has_it {
        model.orders.remove(&effect);
    }
    has_it
}

/// The browser gave a tab another number.
pub(super) fn tab_replaced(model: &mut Model, old: i64, new: i64) {
    model.orders.values_mut().filter(|tab| **tab == old).for_each(|tab| *tab = new);
}
