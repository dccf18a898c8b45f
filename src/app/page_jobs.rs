//! Page jobs: what pages of the two sites were told to do, in which tab, and who waits for it.
//!
//! Only this module reports to the owner how its job ended: by an outcome, an unreachable page, a closed
//! tab, a time-out, or a restart of the background.

use super::effect::Effect;
use super::event::{Outcome, Unreachable};
use super::model::Model;
use super::model::jobs::{End, FRESH_MS, JobId, Owner, PageJob, Stage};
use super::world::World;
use super::{diagnose, evidence, note, reply, setup, work};
use crate::case::page_problem::PageProblem;

impl Owner {
    /// How long a page may take, in ms.
    fn patience_ms(&self) -> u64 {
        match self {
            Self::Note(_) | Self::Reply(_) | Self::ReplyUndo(_) | Self::ReplyPage(_) => {
                note::PATIENCE_MS
            }
            Self::Change(..) => work::PATIENCE_MS,
            Self::FillKey { .. } => evidence::FILL_MS,
            Self::Diagnosis => diagnose::PATIENCE_MS,
            Self::Setup(_) => setup::PATIENCE_MS,
        }
    }
}

/// Takes a page's report. Only the page that has the job may report, and only once.
pub(super) fn reported(model: &mut Model, tab: i64, id: JobId, outcome: Outcome, world: World<'_>) {
    if model.page_jobs.get(&id).is_some_and(|job| job.tab == tab) {
        end(model, id, outcome.or_problem(), world);
    }
}

/// The page could not be given the job, or the connection to it broke.
pub(super) fn unreachable(model: &mut Model, id: JobId, why: Unreachable, world: World<'_>) {
    end(model, id, Err(why.into()), world);
}

/// Whether the page has the job. The page says so after it was given the job, and when it is asked.
pub(super) fn page_has(model: &mut Model, id: JobId, has: bool, world: World<'_>) -> Vec<Effect> {
    let Some(job) = model.page_jobs.get_mut(&id) else {
        return Vec::new();
    };
    match (has, job.stage) {
        (true, _) => job.stage = Stage::Taken,
        (false, Stage::Taken) => end(model, id, Err(PageProblem::Gone), world),
        (false, Stage::Decided) => return decide_again(model, id, world),
    }
    Vec::new()
}

/// The background stopped before the page was asked, so nothing was done. Shortly after the press,
/// the owner decides again from the case as it is now; later, it only reports the interruption.
fn decide_again(model: &mut Model, id: JobId, world: World<'_>) -> Vec<Effect> {
    let Some(job) = model.page_jobs.get(&id).cloned() else {
        return Vec::new();
    };
    let fresh = world.now_ms < job.since_ms + FRESH_MS
        && job
            .owner
            .case()
            .is_none_or(|case| model.tabs.focus() == Some(case));
    if !fresh {
        end(model, id, Err(PageProblem::Interrupted), world);
        return Vec::new();
    }
    model.page_jobs.remove(&id);
    match &job.owner {
        Owner::Note(case) => note::decide_again(model, case, id, world),
        Owner::Reply(case) => {
            reply::decide_again(model, case, id, world);
            Vec::new()
        }
        Owner::ReplyUndo(case) => reply::undo_again(model, case, id, world),
        Owner::ReplyPage(case) => {
            reply::look_again(model, case, id, world);
            Vec::new()
        }
        Owner::Change(case, task) => work::decide_again(model, case, *task, id),
        Owner::FillKey { .. } => evidence::decide_again(model, job.tab, id, world),
        Owner::Diagnosis => diagnose::decide_again(model, id, world),
        Owner::Setup(look) => {
            setup::decide_again(model, *look);
            Vec::new()
        }
    }
}

/// The background restarted, so outcomes may be lost: asks the pages what they have.
pub(super) fn woke(model: &Model) -> Vec<Effect> {
    model
        .page_jobs
        .iter()
        .map(|(id, job)| Effect::AskPage {
            tab: job.tab,
            effect: *id,
        })
        .collect()
}

/// A closed tab never answers.
pub(super) fn tab_closed(model: &mut Model, tab: i64, world: World<'_>) {
    let gone = ids(model, |job| job.tab == tab);
    for id in gone {
        end(model, id, Err(PageProblem::Gone), world);
    }
}

/// Ends the jobs of pages that took too long.
pub(super) fn give_up_waiting(model: &mut Model, world: World<'_>) {
    let late = ids(model, |job| {
        world.now_ms >= job.since_ms + job.owner.patience_ms()
    });
    for id in late {
        end(model, id, Err(PageProblem::NoAnswer), world);
    }
}

/// When the next page will have taken too long, in ms since 1970.
pub fn overdue_at(model: &Model) -> Option<u64> {
    model
        .page_jobs
        .values()
        .map(|job| job.since_ms + job.owner.patience_ms())
        .min()
}

/// The engineer stops waiting. Whether the page did the job is unknown: a change is read back; for
/// a text, the panel says so.
pub(super) fn stop_waiting(model: &mut Model, id: JobId, world: World<'_>) {
    end(model, id, Err(PageProblem::NoAnswer), world);
}

fn ids(model: &Model, which: impl Fn(&PageJob) -> bool) -> Vec<JobId> {
    model
        .page_jobs
        .iter()
        .filter(|(_, job)| which(job))
        .map(|(id, _)| *id)
        .collect()
}

/// Tells the owner how its page job ended. An owner that waits for another job ignores it.
fn end(model: &mut Model, id: JobId, end: End, world: World<'_>) {
    let Some(job) = model.page_jobs.remove(&id) else {
        return;
    };
    match job.owner {
        Owner::Note(case) => note::ended(model, &case, id, end, world),
        Owner::Reply(case) => reply::ended(model, &case, id, end),
        Owner::ReplyUndo(case) => reply::undo_ended(model, &case, id, end),
        Owner::ReplyPage(case) => reply::page_looked(model, &case, id, job.tab, end, world),
        Owner::Change(case, task) => work::ended(model, &case, task, id, end, world),
        Owner::FillKey { case, .. } => evidence::fill_ended(model, &case, job.tab, id, end),
        Owner::Diagnosis => diagnose::ended(model, id, end, world),
        Owner::Setup(look) => setup::ended(model, id, look, end, world),
    }
}
