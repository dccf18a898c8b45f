//! `Undo` of a drafted reply: the page removes it from the composer, provided that it is unchanged.

use crate::app::effect::{Effect, Job};
use crate::app::event::Outcome as PageOutcome;
use crate::app::model::Model;
use crate::app::model::jobs::{End, JobId, Owner};
use crate::app::model::notice::Notice;
use crate::app::world::World;
use crate::case::CaseKey;
use crate::case::page_problem::PageProblem;
use crate::case::reply::Outcome;
use crate::case::reply_progress::Progress;

/// Takes the reply out that the panel showed. A plan that runs would draft another one meanwhile.
pub(super) fn take_out(
    model: &mut Model,
    key: &CaseKey,
    shown: Option<Outcome>,
    world: World<'_>,
) -> Vec<Effect> {
    let tab = model.tabs.tab_of_ticket(key);
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    let undoes = case.drafting.now.undoes();
    if undoes.is_none() || undoes != shown || case.plan.is_running() {
        model.said = Some(Notice::changed("The reply"));
        return Vec::new();
    }
    let Progress::Written {
        about,
        by,
        status_chosen,
        text,
        stays,
        ..
    } = &mut case.drafting.now
    else {
        return Vec::new();
    };
    let Some(tab) = tab else {
        *stays = Some(PageProblem::NotOpen);
        return Vec::new();
    };
    let (about, by, status_chosen, text) = (*about, by.clone(), *status_chosen, text.clone());
    let (effect, page) = model.give_page(Owner::ReplyUndo(key.clone()), tab, world, |effect| {
        Job::TakeReplyOut {
            effect,
            ticket: key.ticket.get(),
            lines: text.lines.clone(),
            links: text.links.clone(),
            selectors: Box::new(world.profile.zendesk.selectors.clone()),
        }
    });
    model.with_case(key, |case| {
        case.drafting.now = Progress::TakingOut {
            effect,
            about,
            by,
            status_chosen,
            text,
        };
    });
    model.bring(tab).into_iter().chain([page]).collect()
}

/// The page never got the job: it is given again.
pub fn again(model: &mut Model, key: &CaseKey, effect: JobId, world: World<'_>) -> Vec<Effect> {
    let Some(about) = stop(model, key, effect, None) else {
        return Vec::new();
    };
    take_out(model, key, Some(about), world)
}

/// Takes the end of the page job, unless another one is waited for.
pub fn ended(model: &mut Model, key: &CaseKey, effect: JobId, end: End) {
    let why = match end {
        Ok(PageOutcome::TakenOut) => {
            model.with_case(key, |case| {
                if let Progress::TakingOut {
                    effect: own,
                    about,
                    status_chosen,
                    ..
                } = case.drafting.now
                    && own == effect
                {
                    case.drafting.now = Progress::TakenOut {
                        about,
                        status_chosen,
                    };
                }
            });
            return;
        }
        Ok(_) => PageProblem::Unexpected,
        Err(why) => why,
    };
    stop(model, key, effect, Some(why));
}

/// As far as is known, the reply is still in the composer.
fn stop(
    model: &mut Model,
    key: &CaseKey,
    effect: JobId,
    stays: Option<PageProblem>,
) -> Option<Outcome> {
    let case = model.case_mut(key)?;
    let Progress::TakingOut {
        effect: own,
        about,
        by,
        status_chosen,
        text,
    } = &mut case.drafting.now
    else {
        return None;
    };
    if *own != effect {
        return None;
    }
    let about = *about;
    case.drafting.now = Progress::Written {
        about,
        by: by.clone(),
        status_chosen: *status_chosen,
        again: false,
        text: std::mem::take(text),
        stays,
    };
    Some(about)
}
