//! A fresh look before a reply names an organization's contacts. The requester and the contacts are
//! read again, and the reply is drafted only if both are as the engineer saw them.

use super::adopt;
use super::effect::Effect;
use super::model::Model;
use super::model::reads::{Part, ReplyRead, Waiting};
use super::work::{LOOK_MS, Read, parse, url};
use super::world::World;
use crate::case::basis::{Basis, Fact, Look, Said};
use crate::case::load::Load;
use crate::case::reply::Outcome;
use crate::case::reply_progress::{Problem, Progress};
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

/// Whether the contacts may be named now, because a look for this very draft was made a moment ago.
pub(super) fn is_fresh(case: &Case, world: World<'_>) -> bool {
    case.drafting
        .listed_at
        .is_some_and(|at| world.now_ms.abs_diff(at) <= LOOK_MS)
}

/// The facts that a reply rests on.
fn facts(case: &Case, world: World<'_>) -> Vec<Fact> {
    let about = match &case.drafting.now {
        Progress::Finding { about, .. } => Some(*about),
        _ => None,
    };
    let lists = about.is_some_and(|about| lists_contacts(case, about, world));
    let people = case.precheck.organization.filter(|_| lists);
    let mut facts: Vec<Fact> = std::iter::once(Fact::Ticket)
        .chain(people.map(Fact::People))
        .collect();
    let changed = case
        .drafting
        .look
        .as_ref()
        .is_some_and(|(basis, look)| look.ticket().is_some_and(|now| basis.is_older_than(now)));
    if case.plan.drafts() && changed {
        facts.extend([Fact::Me, Fact::Comments]);
    }
    facts
}

/// Starts the look at what the reply rests on.
pub(super) fn begin(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Reply(k, ReplyRead::Listing { .. }) if k == key));
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    case.drafting.listed_at = None;
    if let Some((_, look)) = &mut case.drafting.look {
        *look = Look::default();
    }
    ask_missing(model, key, world)
}

/// Asks for the facts that were not read yet and are not on their way.
fn ask_missing(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let Some((_, look)) = &case.drafting.look else {
        return Vec::new();
    };
    let on_its_way = |wanted: &Fact| {
        model.waiting.values().any(|w| {
            matches!(w, Waiting::Reply(k, ReplyRead::Listing { fact, .. }) if k == key && fact == wanted)
        })
    };
    let missing: Vec<Fact> = facts(case, world)
        .into_iter()
        .filter(|fact| look.of(fact).is_none() && !on_its_way(fact))
        .collect();
    missing
        .into_iter()
        .map(|fact| ask(model, key, url(key, &fact), fact, Part::first()))
        .collect()
}

fn ask(model: &mut Model, key: &CaseKey, url: String, fact: Fact, part: Part) -> Effect {
    model.ask(
        Waiting::Reply(key.clone(), ReplyRead::Listing { fact, part }),
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
    let Some(case) = model.case_mut(key) else {
        return Looked::Gone;
    };
    let Some((_, look)) = &mut case.drafting.look else {
        return Looked::Gone;
    };
    look.readings.push((fact, world.now_ms, said));
    let wanted = facts(case, world);
    let Some((basis, look)) = &case.drafting.look else {
        return Looked::Gone;
    };
    if wanted.iter().any(|fact| look.of(fact).is_none()) {
        return Looked::Asks(ask_missing(model, key, world));
    }
    let (basis, look): (Basis, Look) = (basis.clone(), look.clone());
    let before = case.requester.user;
    let organization = case.requester.organization;
    for (fact, _, said) in &look.readings {
        match (fact, said) {
            (Fact::Ticket, Said::Ticket(ticket)) => {
                adopt::take_ticket(model, key, (**ticket).clone())
            }
            (Fact::People(id), Said::People { users, unreadable }) => {
                adopt::take_organization(model, key, *id, |precheck| {
                    (precheck.people, precheck.unreadable) =
                        (Load::Got(users.clone()), *unreadable);
                });
            }
            _ => {}
        }
    }
    let Some(case) = model.case_mut(key) else {
        return Looked::Gone;
    };
    if case.requester.user != before || case.requester.organization != organization {
        return Looked::Gone;
    }
    case.drafting.look = None;
    let differences = case.differences(None, &basis, &look);
    if !differences.is_empty() {
        return Looked::No(Problem::Changed(differences));
    }
    case.drafting.listed_at = Some(world.now_ms);
    Looked::Same
}
