//! The look at the ticket's page before a reply is drafted in it. The engineer submits the reply from that page, so it has to show what was
//! saved to the ticket behind its back.

use super::progress::{Wanted, fail, find, forget_looks, making};
use crate::app::effect::{Effect, Job};
use crate::app::event::Outcome as PageOutcome;
use crate::app::model::Model;
use crate::app::model::jobs::{End, JobId, Owner};
use crate::app::world::World;
use crate::case::page_problem::PageProblem;
use crate::case::reply_progress::{PageSeen, Problem, Progress};
use crate::case::{Case, CaseKey};

/// Asks the page. What was saved while it looks is looked for again.
pub(super) fn look(
    model: &mut Model,
    key: &CaseKey,
    Wanted { about, again }: Wanted,
    outdated: bool,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(tab) = model.tabs.tab_of_ticket(key) else {
        return fail(model, key, about, Problem::Page(PageProblem::NotOpen));
    };
    let Some(saved) = model.case(key).map(|case| case.saved.clone()) else {
        return Vec::new();
    };
    let (effect, page) = model.give_page(Owner::ReplyPage(key.clone()), tab, world, |effect| {
        Job::LookAtTicket {
            effect,
            ticket: key.ticket.get(),
            saved_ms: saved.at_ms,
            lines: saved.lines,
            selectors: Box::new(world.profile.zendesk.selectors.clone()),
        }
    });
    making(model, key, forget_looks);
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = Progress::Looking {
            effect,
            about,
            again,
            saves: saved.count,
            outdated,
        };
    }
    vec![page]
}

/// What the page shows. The end of another look is ignored.
pub(in crate::app) fn looked(
    model: &mut Model,
    key: &CaseKey,
    effect: JobId,
    tab: i64,
    end: End,
    world: World<'_>,
) {
    let Some(Progress::Looking {
        effect: own,
        about,
        again,
        saves,
        outdated,
    }) = now(model, key)
    else {
        return;
    };
    if own != effect {
        return;
    }
    let wanted = Wanted { about, again };
    match end {
        Ok(PageOutcome::ShowsSaved) => will_do(model, key, wanted, PageSeen { tab, saves }, world),
        Ok(PageOutcome::Outdated) => put(model, key, Progress::Outdated { about, again }),
        // It is being reloaded.
        Err(PageProblem::Gone) if outdated => find(model, key, wanted, world),
        Err(_) if outdated => put(model, key, Progress::Outdated { about, again }),
        Ok(_) => _ = fail(model, key, about, Problem::NotSeen(PageProblem::Unexpected)),
        Err(why) => _ = fail(model, key, about, Problem::NotSeen(why)),
    }
}

/// The background stopped before the page was asked: it is asked again.
pub(in crate::app) fn look_again(
    model: &mut Model,
    key: &CaseKey,
    effect: JobId,
    world: World<'_>,
) {
    if let Some(Progress::Looking {
        effect: own,
        about,
        again,
        outdated,
        ..
    }) = now(model, key)
        && own == effect
    {
        let wanted = Wanted { about, again };
        if outdated {
            put(model, key, Progress::Outdated { about, again });
        } else {
            find(model, key, wanted, world);
        }
    }
}

/// `Draft anyway`: the page in front will do as it is.
pub(super) fn draft_anyway(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let tab = model.tabs.tab_of_ticket(key);
    let waiting = model.case(key).and_then(waits_for_page);
    let saves = model.case(key).map(|case| case.saved.count);
    if let (Some(wanted), Some(tab), Some(saves)) = (waiting, tab, saves) {
        will_do(model, key, wanted, PageSeen { tab, saves }, world);
    }
}

/// `Reload ticket`.
pub(super) fn reload(model: &Model, key: &CaseKey) -> Vec<Effect> {
    let waits = model.case(key).and_then(waits_for_page).is_some();
    let Some(tab) = model.tabs.tab_of_ticket(key).filter(|_| waits) else {
        return Vec::new();
    };
    let bring = model.bring(tab);
    bring
        .into_iter()
        .chain([Effect::ReloadTab { tab }])
        .collect()
}

/// A ticket's tab was loaded or came to the front: a reply that waits for that looks at it again, if the engineer is there.
pub(in crate::app) fn seen(model: &mut Model, tab: i64, world: World<'_>) -> Vec<Effect> {
    let waits = |case: &Case| match case.drafting.now {
        Progress::Outdated { about, again } => Some(Wanted { about, again }),
        _ => None,
    };
    let found: Vec<(CaseKey, Wanted)> = model
        .cases()
        .filter_map(|case| Some((case.key.clone(), waits(case)?)))
        .filter(|(key, _)| {
            model.tabs.tab_of_ticket(key) == Some(tab) && model.tabs.focus() == Some(key)
        })
        .collect();
    found
        .into_iter()
        .flat_map(|(key, wanted)| look(model, &key, wanted, true, world))
        .collect()
}

fn will_do(model: &mut Model, key: &CaseKey, wanted: Wanted, page: PageSeen, world: World<'_>) {
    making(model, key, |making| making.page = Some(page));
    find(model, key, wanted, world);
}

fn waits_for_page(case: &Case) -> Option<Wanted> {
    match case.drafting.now {
        Progress::Outdated { about, again }
        | Progress::Looking {
            about,
            again,
            outdated: true,
            ..
        } => Some(Wanted { about, again }),
        _ => None,
    }
}

fn now(model: &Model, key: &CaseKey) -> Option<Progress> {
    Some(model.case(key)?.drafting.now.clone())
}

fn put(model: &mut Model, key: &CaseKey, now: Progress) {
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = now;
    }
}
