//! `Draft reply`: puts the fitting macro's text, or Tether's own, into the composer as a public
//! draft. Tether never submits it.

mod basis;
mod find;
mod fresh;
mod page;
mod progress;
mod undo;
mod write;

pub(super) use page::{look_again, looked as page_looked, seen as page_seen};
pub use progress::about_of;
pub(super) use undo::{again as undo_again, ended as undo_ended};
pub use write::own_reply;

use self::fresh::{Lacks, fresh};
use self::progress::{Wanted, end, fail, find, forget_looks, making, proposed, under_way};
use super::effect::Effect;
use super::event::{Outcome as PageOutcome, StatusChoice};
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::jobs::{End, JobId};
use super::model::notice::Notice;
use super::model::reads::{ReplyRead, Waiting};
use super::world::World;
use crate::case::basis::Basis;
use crate::case::page_problem::PageProblem;
use crate::case::plan::What;
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Making, Problem, Progress};
use crate::case::{Case, CaseKey};
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
    /// Reload the ticket's page, which is outdated.
    ReloadTicket,
    /// Draft it although the page is outdated.
    DraftAnyway,
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
        "reload_ticket" => Command::ReloadTicket,
        "draft_anyway" => Command::DraftAnyway,
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
        Command::ReloadTicket => page::reload(model, key),
        Command::DraftAnyway => {
            page::draft_anyway(model, key, world);
            Vec::new()
        }
        // A plan that waits for the page has its own buttons.
        Command::Dismiss if !under_way || !case.plan.drafts() && case.drafting.now.is_at_page() => {
            end(model, key, Progress::Idle);
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
            let basis = case.basis();
            draft(model, key, Wanted { about, again }, basis, own, world)
        }
        Command::Undo { about } => undo::take_out(model, key, about, world),
        Command::Dismiss | Command::Draft { .. } => Vec::new(),
    }
}

/// Drafts a reply as a step of a plan, on what the engineer saw when they pressed for that.
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
    let wanted = Wanted {
        about,
        again: false,
    };
    draft(model, key, wanted, basis, false, world)
}

/// A plan stops while its reply waits for the page: nothing was written, and nothing will be. Whether it was so.
pub(super) fn stop_at_page(case: &mut Case) -> bool {
    let waits = case.drafting.by_plan && case.drafting.now.is_at_page();
    if waits {
        (case.drafting.now, case.drafting.making) = (Progress::Idle, None);
    }
    waits
}

/// Drafts the reply. `own`: with Tether's own text.
fn draft(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    basis: Basis,
    own: bool,
    world: World<'_>,
) -> Vec<Effect> {
    // What was asked for an earlier one counts for nothing.
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Reply(of, _) if of == key));
    let front = model.tabs.front_tab();
    if let Some(case) = model.case_mut(key) {
        case.drafting.making = Some(Box::new(Making {
            basis,
            front,
            ..Making::default()
        }));
    }
    find(model, key, wanted, world);
    let about = wanted.about;
    if own {
        find::own(model, key, "you asked for it")
    } else if about.titles(&world.profile.zendesk.macros).is_empty() {
        find::own(model, key, "the profile names no macro for this")
    } else {
        find::search(model, key, about, world)
    }
}

/// How long after the press a macro is still looked up if the browser stopped the background in
/// between, in ms.
const FRESH_MS: u64 = 30_000;

/// After a restart of the background: shortly after the press the reads are repeated, later the
/// interruption is reported.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(Progress::Finding {
        about, since_ms, ..
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
    let known = model
        .case(key)
        .and_then(|case| case.drafting.making.as_ref())
        .is_some_and(|making| making.text.is_some());
    if known {
        return Vec::new();
    }
    find::search(model, key, about, world)
}

/// What was read for a reply is lost in a stop of the background. Later than shortly after the press, the interruption is reported.
pub(super) fn woke(model: &mut Model, world: World<'_>) {
    let late = |case: &Case| match case.drafting.now {
        Progress::Finding {
            about, since_ms, ..
        } if world.now_ms.abs_diff(since_ms) >= FRESH_MS => Some((case.key.clone(), about)),
        _ => None,
    };
    let found: Vec<(CaseKey, Outcome)> = model.cases().filter_map(late).collect();
    for (key, about) in found {
        fail(model, &key, about, Problem::Interrupted);
    }
}

/// Goes on with every case's reply whose text is known: both looks come right before it is written.
pub(super) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    let waits = |key: &CaseKey| {
        let mut waiting = model.waiting.values();
        waiting.any(|w| matches!(w, Waiting::Reply(of, _) if of == key))
    };
    let found = |case: &&Case| {
        let making = case.drafting.making.as_ref();
        matches!(case.drafting.now, Progress::Finding { .. })
            && making.is_some_and(|making| making.text.is_some())
    };
    let keys: Vec<CaseKey> = model
        .cases()
        .filter(found)
        .map(|case| case.key.clone())
        .filter(|key| !waits(key))
        .collect();
    let mut effects = Vec::new();
    for key in keys {
        effects.extend(go_on(model, &key, world));
    }
    effects
}

/// The reply whose text is known is written, or what it lacks yet is looked at.
fn go_on(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some((case, Progress::Finding { about, again, .. })) = model
        .case(key)
        .map(|case| (case, case.drafting.now.clone()))
    else {
        return Vec::new();
    };
    let Some(tab) = model.tabs.tab_of_ticket(key) else {
        return fail(model, key, about, Problem::Page(PageProblem::NotOpen));
    };
    let wanted = Wanted { about, again };
    match fresh(case, tab, world) {
        Ok(fresh) => write::write(model, key, wanted, &fresh, world),
        Err(Lacks::Page) => page::look(model, key, wanted, false, world),
        Err(Lacks::Basis) => basis::begin(model, key, world),
        Err(Lacks::Saving) => fail(model, key, about, Problem::Saving),
    }
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
        ReplyRead::Look { fact, part } => {
            match basis::answered(model, key, (fact, part), json, world) {
                basis::Looked::Asks(effects) => effects,
                basis::Looked::Same => {
                    if let (Some(why), Some(Wanted { about, .. })) =
                        (taken_back(model, key, world), under_way(model, key))
                    {
                        return fail(model, key, about, why);
                    }
                    // It is written at once.
                    go_on(model, key, world)
                }
                basis::Looked::No(why) => match under_way(model, key) {
                    Some(Wanted { about, .. }) => fail(model, key, about, why),
                    None => Vec::new(),
                },
                basis::Looked::Gone => Vec::new(),
            }
        }
        ReplyRead::Macros(search) => find::searched(model, key, search, json, world),
        ReplyRead::Preview { about, title } => find::applied(model, key, about, title, json),
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

/// The page never got the job: it is looked at again, and so is what the reply rests on.
pub(super) fn decide_again(model: &mut Model, key: &CaseKey, effect: JobId, world: World<'_>) {
    let Some(Progress::Writing {
        effect: own,
        about,
        again,
        ..
    }) = model.case(key).map(|case| case.drafting.now.clone())
    else {
        return;
    };
    if own == effect {
        making(model, key, forget_looks);
        find(model, key, Wanted { about, again }, world);
    }
}

/// Takes the end of the page job, unless the reply waits for another one.
pub(super) fn ended(model: &mut Model, key: &CaseKey, effect: JobId, ended: End) {
    let Some(Progress::Writing {
        effect: own,
        about,
        by,
        text,
        ..
    }) = model.case(key).map(|case| case.drafting.now.clone())
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
    let now = match ended {
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
    end(model, key, now);
}
