//! `Add internal note` (step 12): into the ticket's own composer, once, and read back before it counts.

use super::World;
use super::effect::{Effect, Job};
use super::event::Outcome;
use super::model::Model;
use crate::case::check::{checks, verdict};
use crate::case::note::Note;
use crate::case::{Case, CaseKey, NoteProblem, NoteProgress};

/// How long a page may take: mounting a composer, switching the channel and a throttled hidden tab included.
pub const PATIENCE_MS: u64 = 20_000;

pub(super) fn add(model: &mut Model, key: &CaseKey, again: bool, world: World<'_>) -> Vec<Effect> {
    let tab = model.tab_of_ticket(key);
    let front = model.front_tab();
    let effect = model.next_effect();
    let Some(case) = model.case_mut(key) else { return Vec::new() };
    if matches!(case.note.now, NoteProgress::Writing { .. }) || !case.has_something_to_note() {
        return Vec::new();
    }
    if case.note.written_at.is_some() && !again {
        case.note.now = NoteProgress::AskAgain;
        return Vec::new();
    }
    let Some(tab) = tab else {
        case.note.now = NoteProgress::Problem(NoteProblem::TicketNotOpen);
        return Vec::new();
    };
    case.note.now = NoteProgress::Writing { effect, since_ms: world.now_ms };
    let note = note_of(case, world);
    let job = Job::WriteNote {
        effect,
        ticket: key.ticket.get(),
        html: note.html(),
        lines: note.reading(),
        again,
        selectors: Box::new(world.profile.zendesk.selectors.clone()),
    };
    // The engineer sees where the note goes: the ticket comes to the front first.
    let bring = (front != Some(tab)).then_some(Effect::FocusTab { tab });
    bring.into_iter().chain([Effect::Page { tab, job }]).collect()
}

/// The note of a case as it stands.
pub fn note_of(case: &Case, world: World<'_>) -> Note {
    let checks = checks(case, world.rules());
    Note::of(case, &checks, &verdict(&checks))
}

pub(super) fn dismiss(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key)
        && !matches!(case.note.now, NoteProgress::Writing { .. })
    {
        case.note.now = NoteProgress::Idle;
    }
    Vec::new()
}

/// The case that waits for that order; a late outcome of another order finds none.
fn waiting_case(model: &Model, effect: u64) -> Option<CaseKey> {
    let waits = |case: &&Case| matches!(case.note.now, NoteProgress::Writing { effect: e, .. } if e == effect);
    model.cases().find(waits).map(|c| c.key.clone())
}

/// Whether the order was a note's.
pub(super) fn outcome(model: &mut Model, effect: u64, outcome: &Outcome, world: World<'_>) -> bool {
    let Some(key) = waiting_case(model, effect) else { return false };
    let Some(case) = model.case_mut(&key) else { return false };
    case.note.now = match outcome {
        Outcome::Written { .. } => {
            case.note.written_at = Some(world.now_ms);
            NoteProgress::Idle
        }
        Outcome::AlreadyThere => {
            case.note.written_at.get_or_insert(world.now_ms);
            NoteProgress::AskAgain
        }
        Outcome::WrongTicket { front } => NoteProgress::Problem(NoteProblem::WrongTicket { front: *front }),
        Outcome::NoComposer => NoteProgress::Problem(NoteProblem::NoComposer),
        Outcome::NotInternal { .. } => NoteProgress::Problem(NoteProblem::NotInternal),
        Outcome::NotArrived { .. } => NoteProgress::Problem(NoteProblem::NotArrived),
        Outcome::Moved { .. } => NoteProgress::Problem(NoteProblem::Moved),
        Outcome::Ambiguous { .. } => NoteProgress::Problem(NoteProblem::Ambiguous),
        Outcome::Failed { why } => NoteProgress::Problem(NoteProblem::Other(why.clone())),
        _ => NoteProgress::Problem(NoteProblem::Other("an answer that is not of a note".to_owned())),
    };
    true
}

/// Whether the order was a note's.
pub(super) fn unreachable(model: &mut Model, effect: u64, why: &str) -> bool {
    let Some(key) = waiting_case(model, effect) else { return false };
    let Some(case) = model.case_mut(&key) else { return false };
    case.note.now = NoteProgress::Problem(match why {
        "no_access" => NoteProblem::NoAccess,
        "closed" => NoteProblem::TicketNotOpen,
        "busy" => NoteProblem::Busy,
        other => NoteProblem::Other(other.to_owned()),
    });
    true
}

/// The page that was to write is gone.
pub(super) fn page_gone(model: &mut Model, key: &CaseKey) {
    if let Some(case) = model.case_mut(key)
        && matches!(case.note.now, NoteProgress::Writing { .. })
    {
        case.note.now = NoteProgress::Problem(NoteProblem::NoAnswer);
    }
}

/// A page that was closed or reloaded never answers.
pub(super) fn give_up_waiting(model: &mut Model, now_ms: u64) {
    let late = |case: &&Case| matches!(case.note.now, NoteProgress::Writing { since_ms, .. } if now_ms >= since_ms + PATIENCE_MS);
    let keys: Vec<CaseKey> = model.cases().filter(late).map(|c| c.key.clone()).collect();
    for key in keys {
        if let Some(case) = model.case_mut(&key) {
            case.note.now = NoteProgress::Problem(NoteProblem::NoAnswer);
        }
    }
}
