//! The reply that is being made, and what it rests on.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::world::World;
use crate::case::basis::Look;
use crate::case::check::{checks, verdict};
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Making, Problem, Progress};
use crate::case::{Case, CaseKey};

/// What the reply is about: the engineer's choice, otherwise the proposal.
pub fn about_of(case: &Case, world: World<'_>) -> Option<Outcome> {
    case.drafting.about(proposed(case, world))
}

/// What the reply is proposed to be about.
pub(super) fn proposed(case: &Case, world: World<'_>) -> Option<Outcome> {
    let all = checks(case, world.rules());
    case.proposed_reply(&all, &verdict(&all), &world.profile.zendesk)
}

/// A reply that is being made.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// What it is about.
    pub about: Outcome,
    /// Whether it is written even if the composer already holds it.
    pub again: bool,
}

/// The reply that is being looked for.
pub(super) fn under_way(model: &Model, key: &CaseKey) -> Option<Wanted> {
    match &model.case(key)?.drafting.now {
        Progress::Finding { about, again, .. } => Some(Wanted {
            about: *about,
            again: *again,
        }),
        _ => None,
    }
}

/// What is known for the reply that is being made.
pub(super) fn making(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut Making)) {
    if let Some(making) = model
        .case_mut(key)
        .and_then(|case| case.drafting.making.as_mut())
    {
        change(making);
    }
}

/// The reply is looked for from now on.
pub(super) fn find(model: &mut Model, key: &CaseKey, wanted: Wanted, world: World<'_>) {
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = Progress::Finding {
            about: wanted.about,
            again: wanted.again,
            since_ms: world.now_ms,
        };
    }
}

/// Nothing that was looked at counts any more.
pub(super) fn forget_looks(making: &mut Making) {
    (making.page, making.look, making.holds) = (None, Look::default(), false);
}

/// The reply was not drafted, and why.
pub(super) fn fail(model: &mut Model, key: &CaseKey, about: Outcome, why: Problem) -> Vec<Effect> {
    end(model, key, Progress::Problem { about, why });
    Vec::new()
}

/// The reply is not being drafted any more.
pub(super) fn end(model: &mut Model, key: &CaseKey, now: Progress) {
    if let Some(case) = model.case_mut(key) {
        case.drafting.making = None;
        case.drafting.now = now;
    }
}
