//! The fresh look at what a reply rests on: it is read again right before the reply is drafted, and has to be as the engineer saw it.

use super::progress::making;
use crate::app::adopt;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{Part, ReplyRead, Waiting};
use crate::app::work::{Read, parse, url};
use crate::app::world::World;
use crate::case::basis::{Fact, For, Look};
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Making, Problem, Progress};
use crate::case::{Case, CaseKey};
use crate::reading::ReadError;

/// The result of an answer.
pub(super) enum Looked {
    /// More must be read.
    Asks(Vec<Effect>),
    /// Everything is still as the engineer saw it.
    Same,
    /// The reply is not drafted, with the reason.
    No(Problem),
    /// The ticket has another requester: there is nothing left to draft.
    Gone,
}

/// Whether a reply with this outcome would name the contacts.
pub(super) fn lists_contacts(case: &Case, about: Outcome, world: World<'_>) -> bool {
    about == Outcome::LimitReached && case.reply_facts(&world.profile.zendesk).contacts.is_some()
}

fn about(case: &Case) -> Option<Outcome> {
    match &case.drafting.now {
        Progress::Finding { about, .. } => Some(*about),
        _ => None,
    }
}

/// The facts that a reply rests on.
fn facts(case: &Case, making: &Making, world: World<'_>) -> Vec<Fact> {
    let about = about(case);
    let lists = about.is_some_and(|about| lists_contacts(case, about, world));
    let people = case.precheck.organization.filter(|_| lists);
    let told = about.map_or_else(Vec::new, |about| case.organizations_told_of(about));
    let mut facts: Vec<Fact> = std::iter::once(Fact::Ticket)
        .chain(people.into_iter().chain(told).map(Fact::People))
        .collect();
    facts.dedup();
    let older = |now| making.basis.is_older_than(now);
    if making.look.ticket().is_some_and(older) {
        facts.extend([Fact::Me, Fact::Comments]);
    }
    facts
}

/// Starts the look at what the reply rests on.
pub(super) fn begin(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Reply(k, ReplyRead::Look { .. }) if k == key));
    making(model, key, |making| {
        (making.look, making.holds) = (Look::default(), false);
    });
    ask_missing(model, key, world)
}

/// Asks for the facts that were not read yet and are not on their way.
fn ask_missing(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let Some(making) = &case.drafting.making else {
        return Vec::new();
    };
    let on_its_way = |wanted: &Fact| {
        model.waiting.values().any(|w| {
            matches!(w, Waiting::Reply(k, ReplyRead::Look { fact, .. }) if k == key && fact == wanted)
        })
    };
    let missing: Vec<Fact> = facts(case, making, world)
        .into_iter()
        .filter(|fact| making.look.of(fact).is_none() && !on_its_way(fact))
        .collect();
    missing
        .into_iter()
        .map(|fact| ask(model, key, url(key, &fact), fact, Part::first()))
        .collect()
}

fn ask(model: &mut Model, key: &CaseKey, url: String, fact: Fact, part: Part) -> Effect {
    model.ask(
        Waiting::Reply(key.clone(), ReplyRead::Look { fact, part }),
        url,
    )
}

/// Takes an answer.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    (fact, part): (Fact, Part),
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Looked {
    let page = part.page;
    let said = match json.and_then(|value| parse(key, &fact, part, &value, &world.profile.zendesk))
    {
        Err(error) => return Looked::No(Problem::NotLooked(error)),
        Ok(Read::More(said, url)) => {
            let part = Part {
                page: page + 1,
                so_far: Some(Box::new(said)),
            };
            return Looked::Asks(vec![ask(model, key, url, fact, part)]);
        }
        Ok(Read::Whole(said)) => said,
    };
    let now_ms = world.now_ms;
    making(model, key, |making| {
        making.look.readings.push((fact, now_ms, said))
    });
    let Some((case, made)) = model
        .case(key)
        .and_then(|case| Some((case, case.drafting.making.as_deref()?)))
    else {
        return Looked::Gone;
    };
    if facts(case, made, world)
        .iter()
        .any(|fact| made.look.of(fact).is_none())
    {
        return Looked::Asks(ask_missing(model, key, world));
    }
    let (basis, look) = (made.basis.clone(), made.look.clone());
    let before = (case.requester.user, case.requester.organization);
    let about = about(case);
    let of = For::Reply {
        lists: about.is_some_and(|about| lists_contacts(case, about, world)),
        told: about.map_or_else(Vec::new, |about| case.told_of(about)),
    };
    adopt::take_look(model, key, &look);
    let Some(case) = model.case(key) else {
        return Looked::Gone;
    };
    if before != (case.requester.user, case.requester.organization) {
        return Looked::Gone;
    }
    let differences = case.differences(&of, &basis, &look);
    if !differences.is_empty() {
        return Looked::No(Problem::Changed(differences));
    }
    making(model, key, |making| making.holds = true);
    Looked::Same
}
