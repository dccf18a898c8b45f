//! Validate License (step 8): its page is opened, and the chosen key is filled in.

use crate::app::effect::{Effect, Job};
use crate::app::event::Outcome;
use crate::app::model::Model;
use crate::app::model::jobs::{End, JobId, Owner};
use crate::app::model::notice::Notice;
use crate::app::model::validate::Filling;
use crate::app::world::World;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::{Case, CaseKey};
use crate::portal::{Place as PortalPlace, address, place};

/// Opens Validate License. Its page is filled in once it has loaded.
pub(super) fn validate(model: &mut Model, key: &CaseKey, world: World<'_>) -> Option<Effect> {
    let proof = model
        .case(key)
        .and_then(|c| c.proofs.chosen())
        .filter(|p| p.key_text().is_some())?
        .number;
    let url = address::validate_url(&world.profile.portal, world.profile.portal_host(&key.host));
    let effect = model.open_for(key, url);
    if let Effect::OpenTab { token, .. } = &effect {
        model.filling_soon.insert(
            *token,
            Filling {
                case: key.clone(),
                proof,
                effect: None,
            },
        );
    }
    Some(effect)
}

/// Takes the tab that was opened for Validate License.
pub(in crate::app) fn tab_opened(model: &mut Model, tab: i64, token: u64) {
    if let Some(filling) = model.filling_soon.remove(&token) {
        model.filling.insert(tab, filling);
    }
}

/// Fills in Validate License once, when its tab shows it.
pub(in crate::app) fn tab_seen(
    model: &mut Model,
    tab: i64,
    url: &str,
    world: World<'_>,
) -> Option<Effect> {
    if place(url, &world.profile.portal) != Some(PortalPlace::Validate) {
        return None;
    }
    let filling = model
        .filling
        .get(&tab)
        .filter(|f| f.effect.is_none())
        .cloned()?;
    let text = key_of(model.case(&filling.case)?, filling.proof)?;
    let owner = Owner::FillKey {
        case: filling.case.clone(),
        proof: filling.proof,
    };
    let (effect, page) = model.give_page(owner, tab, world, |effect| Job::FillKey {
        effect,
        key: text,
    });
    if let Some(filling) = model.filling.get_mut(&tab) {
        filling.effect = Some(effect);
    }
    Some(page)
}

fn key_of(case: &Case, proof: u64) -> Option<String> {
    case.proofs
        .found
        .iter()
        .find(|p| p.number == proof)?
        .key_text()
}

/// How long a page may take to be filled in, in ms.
pub(in crate::app) const FILL_MS: u64 = 20_000;

/// The page never got the job: it is filled in when it is seen again, or at once if it is open now.
pub(in crate::app) fn decide_again(
    model: &mut Model,
    tab: i64,
    effect: JobId,
    world: World<'_>,
) -> Vec<Effect> {
    let key = match model.filling.get_mut(&tab) {
        Some(filling) if filling.effect == Some(effect) => {
            filling.effect = None;
            filling.case.clone()
        }
        _ => return Vec::new(),
    };
    let url = address::validate_url(&world.profile.portal, world.profile.portal_host(&key.host));
    tab_seen(model, tab, &url, world).into_iter().collect()
}

/// Takes the end of the page job, unless the page waits for another one.
pub(in crate::app) fn fill_ended(
    model: &mut Model,
    key: &CaseKey,
    tab: i64,
    effect: JobId,
    end: End,
) {
    if model
        .filling
        .get(&tab)
        .is_none_or(|f| f.effect != Some(effect) || f.case != *key)
    {
        return;
    }
    let done = model.filling.remove(&tab);
    let problem = match end {
        Ok(Outcome::Filled | Outcome::Written { .. }) => {
            // What Validate License shows in that tab is now about this key.
            if let Some(done) = done {
                model.filled.insert(tab, (done.case, done.proof));
            }
            return;
        }
        Ok(_) => PageProblem::Unexpected,
        Err(problem) => problem,
    };
    model.said = Some(Notice::error(problem.says(PageWork::Key)));
}

pub(in crate::app) fn tab_closed(model: &mut Model, tab: i64) {
    model.filling.remove(&tab);
}
