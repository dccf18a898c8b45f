//! `Add internal note` (step 12): writes the note into the ticket's own composer once, and reads it
//! back before it counts.

use super::effect::{Effect, Job};
use super::event::Outcome;
use super::model::Model;
use super::model::jobs::{End, JobId, Owner};
use super::world::World;
use crate::case::check::{checks, verdict};
use crate::case::note::Note;
use crate::case::note_progress::NoteProgress;
use crate::case::page_problem::PageProblem;
use crate::case::{Case, CaseKey};

/// How long a page may take. That includes mounting a composer, switching the channel, and
/// throttling in a hidden tab.
pub const PATIENCE_MS: u64 = 20_000;

/// A command about the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Put it into the composer.
    Add {
        /// Even if it was written before.
        again: bool,
    },
    /// Dismiss the question whether to write again, or the problem.
    Dismiss,
}

/// Parses a command by its name; returns `None` for another feature's.
pub(super) fn parse(name: &str) -> Option<Command> {
    Some(match name {
        "add_note" => Command::Add { again: false },
        "add_note_again" => Command::Add { again: true },
        "dismiss_note" => Command::Dismiss,
        _ => return None,
    })
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Add { again } => add(model, key, again, false, world),
        Command::Dismiss => dismiss(model, key),
    }
}

/// `by_plan`: whether a step of a plan adds it.
pub(super) fn add(
    model: &mut Model,
    key: &CaseKey,
    again: bool,
    by_plan: bool,
    world: World<'_>,
) -> Vec<Effect> {
    let tab = model.tabs.tab_of_ticket(key);
    let front = model.tabs.front_tab();
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    if matches!(case.note.now, NoteProgress::Writing { .. }) || !case.has_something_to_note() {
        return Vec::new();
    }
    case.note.by_plan = by_plan;
    if case.note.written_at.is_some() && !again {
        case.note.now = NoteProgress::AskAgain;
        return Vec::new();
    }
    let Some(tab) = tab else {
        case.note.now = NoteProgress::Problem(PageProblem::NotOpen);
        return Vec::new();
    };
    let note = note_of(case, world);
    let (effect, page) = model.give_page(Owner::Note(key.clone()), tab, world, |effect| {
        Job::WriteNote {
            effect,
            ticket: key.ticket.get(),
            html: note.html(),
            lines: note.reading(),
            again,
            selectors: Box::new(world.profile.zendesk.selectors.clone()),
        }
    });
    if let Some(case) = model.case_mut(key) {
        case.note.now = NoteProgress::Writing { effect, again };
    }
    // The ticket comes to the front first, so that the engineer sees where the note goes.
    let bring = (front != Some(tab)).then_some(Effect::FocusTab { tab });
    bring.into_iter().chain([page]).collect()
}

/// The case's note as it would be now.
pub fn note_of(case: &Case, world: World<'_>) -> Note {
    let checks = checks(case, world.rules());
    Note::of(
        case,
        &checks,
        &verdict(&checks),
        world.profile.zendesk.process,
    )
}

fn dismiss(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key)
        && !matches!(case.note.now, NoteProgress::Writing { .. })
    {
        case.note.now = NoteProgress::Idle;
    }
    Vec::new()
}

/// The page never got the job: it is given again, with the note as it is now.
pub(super) fn decide_again(
    model: &mut Model,
    key: &CaseKey,
    effect: JobId,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    match case.note.now {
        NoteProgress::Writing { effect: own, again } if own == effect => {
            let by_plan = case.note.by_plan;
            case.note.now = NoteProgress::Idle;
            add(model, key, again, by_plan, world)
        }
        _ => Vec::new(),
    }
}

/// Takes the end of the page job, unless the note waits for another one.
pub(super) fn ended(model: &mut Model, key: &CaseKey, effect: JobId, end: End, world: World<'_>) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    if !matches!(case.note.now, NoteProgress::Writing { effect: own, .. } if own == effect) {
        return;
    }
    case.note.now = match end {
        Ok(Outcome::Written { .. }) => {
            case.note.written_at = Some(world.now_ms);
            NoteProgress::Idle
        }
        Ok(Outcome::AlreadyThere) => {
            case.note.written_at.get_or_insert(world.now_ms);
            NoteProgress::AskAgain
        }
        Ok(_) => NoteProgress::Problem(PageProblem::Unexpected),
        Err(problem) => NoteProgress::Problem(problem),
    };
}
