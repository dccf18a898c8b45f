//! `Draft reply`: puts the fitting macro's text, or Tether's own, into the composer as a public
//! draft. Tether never submits it.

use super::effect::{Effect, Job};
use super::event::{Outcome as PageOutcome, StatusChoice};
use super::fields::{BadInput, bad};
use super::listing;
use super::model::Model;
use super::model::jobs::{End, JobId, Owner};
use super::model::notice::Notice;
use super::model::reads::{ReplyRead, Waiting};
use super::world::World;
use crate::case::basis::{Basis, Look};
use crate::case::check::{checks, verdict};
use crate::case::page_problem::PageProblem;
use crate::case::plan::What;
use crate::case::reply::{Leak, Outcome, PublicReply, Secrets, contact_list};
use crate::case::reply_progress::{Author, Problem, Progress, Text};
use crate::case::{Case, CaseKey};
use crate::map::Map;
use crate::reading::ReadError;
use crate::text::blocks::Block;
use crate::zendesk::macros::{self, Found};
use crate::zendesk::{answer, request};

/// The most pages of macros that are read for one title.
const MACRO_PAGES: usize = 20;

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

/// What the engineer saw, if the reply rests on it: it is looked at again once the text is known, right before it is written.
fn rest_on(case: &mut Case, basis: Option<Basis>) {
    case.drafting.look = basis.map(|basis| (basis, Look::default()));
    case.drafting.text = None;
    case.drafting.listed_at = None;
}

/// A reply that is being made.
#[derive(Clone, Copy)]
struct Wanted {
    /// What it is about.
    about: Outcome,
    /// Whether it is written even if the composer already holds it.
    again: bool,
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

/// What the reply is about: the engineer's choice, otherwise the proposal.
pub fn about_of(case: &Case, world: World<'_>) -> Option<Outcome> {
    case.drafting.about(proposed(case, world))
}

/// What the reply is proposed to be about.
fn proposed(case: &Case, world: World<'_>) -> Option<Outcome> {
    let all = checks(case, world.rules());
    case.proposed_reply(&all, &verdict(&all), &world.profile.zendesk)
}

/// Looks up the macro for a reply, starting with its first title.
fn find_macro(model: &mut Model, key: &CaseKey, wanted: Wanted, world: World<'_>) -> Vec<Effect> {
    let Wanted { about, again } = wanted;
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = Progress::Finding {
            about,
            again,
            since_ms: world.now_ms,
        };
    }
    look_up(
        model,
        key,
        ReplyRead::Macros {
            unreadable: 0,
            about,
            title: 0,
            so_far: Vec::new(),
            page: 1,
            again,
        },
        world,
    )
    .into_iter()
    .collect()
}

fn look_up(model: &mut Model, key: &CaseKey, asked: ReplyRead, world: World<'_>) -> Option<Effect> {
    let ReplyRead::Macros {
        about, title, page, ..
    } = &asked
    else {
        return None;
    };
    let titles = about.titles(&world.profile.zendesk.macros);
    let url = request::macros_search(&key.host, titles.get(*title)?, *page);
    Some(model.ask(Waiting::Reply(key.clone(), asked), url))
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
    look_up(
        model,
        key,
        ReplyRead::Macros {
            unreadable: 0,
            about,
            title: 0,
            so_far: Vec::new(),
            page: 1,
            again,
        },
        world,
    )
    .into_iter()
    .collect()
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
        ReplyRead::Macros {
            about,
            title,
            mut so_far,
            mut unreadable,
            page,
            again,
        } => match json.and_then(|v| answer::macros(&v)) {
            Err(error) => fail(model, key, about, Problem::NotFound(error)),
            Ok((_, true)) if page >= MACRO_PAGES => {
                fail(model, key, about, Problem::NotFound(ReadError::TooLarge))
            }
            Ok((found, more)) => {
                let titles = about.titles(&world.profile.zendesk.macros);
                unreadable += found.unreadable;
                so_far.extend(
                    found
                        .items
                        .into_iter()
                        .filter(|m| macros::fits(&m.title, titles))
                        .map(|m| (m.id, m.title)),
                );
                if more {
                    let asked = ReplyRead::Macros {
                        about,
                        title,
                        so_far,
                        unreadable,
                        page: page + 1,
                        again,
                    };
                    return look_up(model, key, asked, world).into_iter().collect();
                }
                match macros::find(
                    so_far.iter().map(|(id, title)| (*id, title.as_str())),
                    titles,
                ) {
                    Found::One(id, title) => {
                        let url = request::apply_macro(&key.host, key.ticket, id);
                        vec![model.ask(
                            Waiting::Reply(
                                key.clone(),
                                ReplyRead::Preview {
                                    about,
                                    title,
                                    again,
                                },
                            ),
                            url,
                        )]
                    }
                    Found::None if title + 1 < titles.len() => {
                        let asked = ReplyRead::Macros {
                            about,
                            title: title + 1,
                            so_far: Vec::new(),
                            unreadable,
                            page: 1,
                            again,
                        };
                        look_up(model, key, asked, world).into_iter().collect()
                    }
                    Found::None => own(
                        model,
                        key,
                        Wanted { about, again },
                        if unreadable > 0 {
                            "no macro of the profile's titles was found among those that can be read"
                        } else {
                            "no macro of the profile's titles was found"
                        },
                        world,
                    ),
                    Found::Several(_) => own(
                        model,
                        key,
                        Wanted { about, again },
                        "several macros have the title",
                        world,
                    ),
                }
            }
        },
        ReplyRead::Preview {
            about,
            title,
            again,
        } => match json.and_then(|v| answer::applied(&v)) {
            Err(error) => fail(model, key, about, Problem::NotFound(error)),
            Ok(applied) if applied.public == Some(false) => own(
                model,
                key,
                Wanted { about, again },
                &format!("the macro “{title}” writes an internal note"),
                world,
            ),
            Ok(applied) => {
                let blocks = macros::blocks_of(&applied.html);
                if blocks.is_empty() {
                    own(
                        model,
                        key,
                        Wanted { about, again },
                        &format!("the macro “{title}” has no text"),
                        world,
                    )
                } else if macros::unresolved(&blocks) {
                    own(
                        model,
                        key,
                        Wanted { about, again },
                        &format!("the macro “{title}” has placeholders that Zendesk did not fill"),
                        world,
                    )
                } else {
                    found(
                        model,
                        key,
                        Wanted { about, again },
                        Text::Macro(title, applied.html),
                        world,
                    )
                }
            }
        },
    }
}

/// The reply that is being looked for.
fn under_way(model: &Model, key: &CaseKey) -> Option<Wanted> {
    match &model.case(key)?.drafting.now {
        Progress::Finding { about, again, .. } => Some(Wanted {
            about: *about,
            again: *again,
        }),
        _ => None,
    }
}

/// The text is known. What it rests on is looked at right before it is written.
fn found(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    text: Text,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    if case.drafting.look.is_none() {
        return write_text(model, key, wanted, text, world);
    }
    case.drafting.text = Some(text);
    listing::begin(model, key, world)
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

fn write_text(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    text: Text,
    world: World<'_>,
) -> Vec<Effect> {
    match text {
        Text::Own(why) => write_own(model, key, wanted, &why, world),
        Text::Macro(title, html) => {
            let blocks = macros::blocks_of(&html);
            write_macro(model, key, wanted, title, blocks, world)
        }
    }
}

fn own(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    why: &str,
    world: World<'_>,
) -> Vec<Effect> {
    let text = Text::Own(why.to_owned());
    found(model, key, wanted, text, world)
}

fn fail(model: &mut Model, key: &CaseKey, about: Outcome, why: Problem) -> Vec<Effect> {
    if let Some(case) = model.case_mut(key) {
        (case.drafting.look, case.drafting.text) = (None, None);
        case.drafting.now = Progress::Problem { about, why };
    }
    Vec::new()
}

/// Tether's own text, checked by the guard.
pub fn own_reply(case: &Case, about: Outcome, world: World<'_>) -> Result<PublicReply, Leak> {
    let codes = case.known_codes();
    let secrets = Secrets {
        sold_to: case.chain.sold_to_email(),
        codes: &codes,
    };
    let words = &world.profile.zendesk;
    PublicReply::own(
        about,
        about.text_in(&words.replies),
        &case.reply_facts(words),
        &secrets,
    )
}

fn write_own(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    why: &str,
    world: World<'_>,
) -> Vec<Effect> {
    let Wanted { about, .. } = wanted;
    let Some(reply) = model.case(key).map(|case| own_reply(case, about, world)) else {
        return Vec::new();
    };
    write(
        model,
        key,
        wanted,
        Author::Tether(why.to_owned()),
        reply,
        world,
    )
}

fn write_macro(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    title: String,
    mut blocks: Vec<Block>,
    world: World<'_>,
) -> Vec<Effect> {
    let Wanted { about, .. } = wanted;
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let codes = case.known_codes();
    let secrets = Secrets {
        sold_to: case.chain.sold_to_email(),
        codes: &codes,
    };
    // The handbook wants the current contacts in this reply, and a macro cannot know them.
    if about == Outcome::LimitReached {
        blocks.extend(contact_list(
            &case.reply_facts(&world.profile.zendesk),
            &secrets,
        ));
    }
    let reply = PublicReply::build(blocks, &secrets);
    write(model, key, wanted, Author::Macro(title), reply, world)
}

fn write(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    by: Author,
    reply: Result<PublicReply, Leak>,
    world: World<'_>,
) -> Vec<Effect> {
    let Wanted { about, again } = wanted;
    let reply = match reply {
        Ok(reply) => reply,
        Err(leak) => return fail(model, key, about, Problem::leak(leak)),
    };
    // Contacts are named only right after a look that found everything unchanged.
    if model.case(key).is_some_and(|case| {
        (listing::lists_contacts(case, about, world) || case.plan.drafts())
            && !listing::is_fresh(case, world)
    }) {
        return fail(model, key, about, Problem::Page(PageProblem::Interrupted));
    }
    let Some(tab) = model.tabs.tab_of_ticket(key) else {
        return fail(model, key, about, Problem::Page(PageProblem::NotOpen));
    };
    let words = &world.profile.zendesk;
    let (effect, page) = model.give_page(Owner::Reply(key.clone()), tab, world, |effect| {
        Job::WriteReply {
            effect,
            ticket: key.ticket.get(),
            html: reply.html(),
            lines: reply.lines(),
            again,
            status: about.status().key().to_owned(),
            submit_menu: words.submit_menu,
            selectors: Box::new(words.selectors.clone()),
        }
    });
    if let Some(case) = model.case_mut(key) {
        case.drafting.now = Progress::Writing {
            effect,
            about,
            by,
            again,
        };
    }
    model.bring(tab).into_iter().chain([page]).collect()
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
        },
        Ok(PageOutcome::AlreadyThere) => Progress::Written {
            about,
            by,
            status_chosen: false,
            again: true,
        },
        Ok(_) => problem(PageProblem::Unexpected),
        Err(why) => problem(why),
    };
}
