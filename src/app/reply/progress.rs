//! The reply that is being made, and what it rests on.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::world::World;
use crate::case::basis::{Basis, Look};
use crate::case::check::{checks, verdict};
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Problem, Progress};
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

/// What the engineer saw, if the reply rests on it: it is looked at again once the text is known, right before it is written.
pub(super) fn rest_on(case: &mut Case, basis: Option<Basis>) {
    case.drafting.look = basis.map(|basis| (basis, Look::default()));
    case.drafting.text = None;
    case.drafting.listed_at = None;
}

/// The reply was not drafted, and why.
pub(super) fn fail(model: &mut Model, key: &CaseKey, about: Outcome, why: Problem) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key) {
        (case.drafting.look, case.drafting.text) = (None, None);
        case.drafting.now = Progress::Problem { about, why };
    }
    Vec::new()
}
