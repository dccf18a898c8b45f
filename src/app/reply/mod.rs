//! `Draft reply`: puts the fitting macro's text, or Tether's own, into the composer as a public
//! draft. Tether never submits it.

mod find;
mod progress;
mod undo;
mod write;

pub use progress::about_of;
pub(super) use undo::{again as undo_again, ended as undo_ended};
pub use write::own_reply;

use self::find::{find_macro, own, search};
use self::progress::{Wanted, fail, proposed, rest_on, under_way};
use self::write::{write_own, write_text};
use super::effect::Effect;
use super::event::{Outcome as PageOutcome, StatusChoice};
use super::fields::{BadInput, bad};
use super::listing;
use super::model::Model;
use super::model::jobs::{End, JobId};
use super::model::notice::Notice;
use super::model::reads::{ReplyRead, Waiting};
use super::world::World;
use crate::case::CaseKey;
use crate::case::basis::Basis;
use crate::case::page_problem::PageProblem;
use crate::case::plan::What;
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Author, Problem, Progress};
use crate::map::Map;
use crate::reading::ReadError;

/// A command about the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Choose what the reply is about; without an outcome, Tether proposes one.
    About(Option<Outcome>),
    /// Draft it.
    Draft {
        /// What it is about; without an outcome, what was chosen or is proposed.
        about: Option<Outcome>,
        /// Whether to write even if the composer already holds the reply.
        again: bool,
        /// Whether to use Tether's own text, whatever macros there are.
        own: bool,
    },
    /// Take it out of the composer.
    Undo {
        /// What the reply that was shown is about.
        about: Option<Outcome>,
    },
    /// Dismiss the result of the last try.
    Dismiss,
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let about = || match fields
        .get("about")
        .map(|key| key.trim())
        .filter(|key| !key.is_empty())
    {
        None => Ok(None),
        Some(key) => key.parse().map(Some).map_err(|_| {
            bad(
                "about",
                "This kind of reply is not known. Reopen the panel.",
            )
        }),
    };
    Ok(Some(match name {
        "reply_about" => Command::About(about()?),
        "draft_reply" => Command::Draft {
            about: about()?,
            again: false,
            own: false,
        },
        "draft_reply_again" => Command::Draft {
            about: about()?,
            again: true,
            own: false,
        },
        "draft_own_reply" => Command::Draft {
            about: about()?,
            again: false,
            own: true,
        },
        "undo_reply" => Command::Undo { about: about()? },
        "dismiss_reply" => Command::Dismiss,
        _ => return Ok(None),
    }))
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    let proposed = model.case(key).and_then(|case| proposed(case, world));
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    let under_way = case.drafting.now.is_under_way();
    match command {
        Command::About(about) => {
            case.drafting.choose(about, proposed);
            Vec::new()
        }
        Command::Dismiss if !under_way => {
            case.drafting.now = Progress::Idle;
            Vec::new()
        }
        Command::Draft { about, again, own } if !under_way => {
            let Some(about) = about.or_else(|| case.drafting.about(proposed)) else {
                model.said = Some(Notice::wrong(
                    "about",
                    "Choose what the reply is about first.",
                ));
                return Vec::new();
            };
            case.drafting.choose(Some(about), proposed);
            case.drafting.by_plan = false;
            let wanted = Wanted { about, again };
            let basis = case.basis();
            let lists = listing::lists_contacts(case, about, world);
            rest_on(case, lists.then_some(basis));
            draft(model, key, wanted, own, world)
        }
        Command::Undo { about } => undo::take_out(model, key, about, world),
        Command::Dismiss | Command::Draft { .. } => Vec::new(),
    }
}

/// Drafts a reply as a step of a plan, once a fresh look shows everything as it was in the basis.
pub(super) fn draft_on(
    model: &mut Model,
    key: &CaseKey,
    about: Outcome,
    basis: Basis,
    world: World<'_>,
) -> Vec<Effect> {
    let proposed = model.case(key).and_then(|case| proposed(case, world));
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    if case.drafting.now.is_under_way() {
        return Vec::new();
    }
    case.drafting.choose(Some(about), proposed);
    case.drafting.by_plan = true;
    rest_on(case, Some(basis));
    let wanted = Wanted {
        about,
        again: false,
    };
    draft(model, key, wanted, false, world)
}

/// Drafts the reply. `own`: with Tether's own text.
fn draft(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    own: bool,
    world: World<'_>,
) -> Vec<Effect> {
    let Wanted { about, again } = wanted;
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = Progress::Finding {
            about,
            again,
            since_ms: world.now_ms,
        };
    }
    let titles = about.titles(&world.profile.zendesk.macros);
    if own || titles.is_empty() {
        let why = if own {
            "you asked for it"
        } else {
            "the profile names no macro for this"
        };
        return self::own(model, key, wanted, why, world);
    }
    find_macro(model, key, wanted, world)
}

/// How long after the press a macro is still looked up if the browser stopped the background in
/// between, in ms.
const FRESH_MS: u64 = 30_000;

/// After a restart of the background: shortly after the press the reads are repeated, later the
/// interruption is reported.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(Progress::Finding {
        about,
        again,
        since_ms,
    }) = model.case(key).map(|case| case.drafting.now.clone())
    else {
        return Vec::new();
    };
    if model
        .waiting
        .values()
        .any(|w| matches!(w, Waiting::Reply(case, _) if case == key))
    {
        return Vec::new();
    }
    if world.now_ms >= since_ms + FRESH_MS {
        return fail(model, key, about, Problem::Interrupted);
    }
    // What was read of its basis is lost: it is read again.
    if model
        .case(key)
        .is_some_and(|case| case.drafting.text.is_some())
    {
        return listing::begin(model, key, world);
    }
    search(model, key, Wanted { about, again }, world)
}

/// Takes an answer.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    asked: ReplyRead,
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Vec<Effect> {
    let waits = model
        .case(key)
        .is_some_and(|case| matches!(case.drafting.now, Progress::Finding { .. }));
    if !waits {
        return Vec::new();
    }
    match asked {
        ReplyRead::Listing { fact, part } => {
            match listing::answered(model, key, (fact, part), json, world) {
                listing::Looked::Asks(effects) => effects,
                listing::Looked::Same => looked(model, key, world),
                listing::Looked::No(why) => match under_way(model, key) {
                    Some(Wanted { about, .. }) => fail(model, key, about, why),
                    None => Vec::new(),
                },
                listing::Looked::Gone => Vec::new(),
            }
        }
        ReplyRead::Macros(search) => find::searched(model, key, search, json, world),
        ReplyRead::Preview {
            about,
            title,
            again,
        } => find::applied(model, key, Wanted { about, again }, title, json, world),
    }
}

/// Why a plan's reply would no longer say what there is to say, although Zendesk shows everything as it was: the engineer takes back
/// what it is about.
fn taken_back(model: &Model, key: &CaseKey, world: World<'_>) -> Option<Problem> {
    let case = model.case(key)?;
    let chosen = match case.plan.running()?.current_step()?.what {
        What::Reply { chosen, .. } => chosen,
        _ => return None,
    };
    let Wanted { about, .. } = under_way(model, key)?;
    if case.is_undoing() {
        return Some(Problem::Changed(vec!["an undo is under way".to_owned()]));
    }
    (!chosen && proposed(case, world) != Some(about)).then(|| {
        Problem::Changed(vec![
            "the case calls for another reply than the plan’s".to_owned(),
        ])
    })
}

/// Everything is as the engineer saw it: the text is written at once.
fn looked(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    if let Some(why) = taken_back(model, key, world)
        && let Some(Wanted { about, .. }) = under_way(model, key)
    {
        return fail(model, key, about, why);
    }
    let text = model
        .case_mut(key)
        .and_then(|case| case.drafting.text.take());
    match (under_way(model, key), text) {
        (Some(wanted), Some(text)) => write_text(model, key, wanted, text, world),
        (Some(wanted), None) => draft(model, key, wanted, false, world),
        (None, _) => Vec::new(),
    }
}

/// The page never got the job: the text is made again, from the case as it is now.
pub(super) fn decide_again(
    model: &mut Model,
    key: &CaseKey,
    effect: JobId,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    let Progress::Writing {
        effect: own,
        about,
        by,
        again,
        ..
    } = case.drafting.now.clone()
    else {
        return Vec::new();
    };
    if own != effect {
        return Vec::new();
    }
    match by {
        Author::Tether(why) => write_own(model, key, Wanted { about, again }, &why, world),
        Author::Macro(_) => find_macro(model, key, Wanted { about, again }, world),
    }
}

/// Takes the end of the page job, unless the reply waits for another one.
pub(super) fn ended(model: &mut Model, key: &CaseKey, effect: JobId, end: End) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let Progress::Writing {
        effect: own,
        about,
        by,
        text,
        ..
    } = case.drafting.now.clone()
    else {
        return;
    };
    if own != effect {
        return;
    }
    let problem = |why| Progress::Problem {
        about,
        why: Problem::Page(why),
    };
    case.drafting.now = match end {
        Ok(PageOutcome::Written { status, .. }) => Progress::Written {
            about,
            by,
            status_chosen: status == Some(StatusChoice::Chosen),
            again: false,
            text,
            stays: None,
        },
        Ok(PageOutcome::AlreadyThere) => Progress::Written {
            about,
            by,
            status_chosen: false,
            again: true,
            text,
            stays: None,
        },
        Ok(_) => problem(PageProblem::Unexpected),
        Err(why) => problem(why),
    };
}
