//! A fresh look before a reply names an organization's contacts. The requester and the contacts are
//! read again, and the reply is drafted only if both are as the engineer saw them.

use super::adopt;
use super::effect::Effect;
use super::model::Model;
use super::model::reads::{Draft, Part, ReplyRead, Waiting};
use super::work::{LOOK_MS, Read, parse, url};
use super::world::World;
use crate::case::basis::{Basis, Fact, Look, Said};
use crate::case::load::Load;
use crate::case::reply::Outcome;
use crate::case::reply_progress::Problem;
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

fn facts(case: &Case) -> Vec<Fact> {
    std::iter::once(Fact::Ticket)
        .chain(case.precheck.organization.map(Fact::People))
        .collect()
}

/// Starts the look.
pub(super) fn begin(model: &mut Model, key: &CaseKey, draft: Draft) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    let (basis, facts) = (case.basis(), facts(case));
    case.drafting.listed_at = None;
    case.drafting.look = Some((basis, Look::default()));
    facts
        .into_iter()
        .map(|fact| ask(model, key, draft, url(key, &fact), fact, Part::first()))
        .collect()
}

fn ask(
    model: &mut Model,
    key: &CaseKey,
    draft: Draft,
    url: String,
    fact: Fact,
    part: Part,
) -> Effect {
    model.ask(
        Waiting::Reply(key.clone(), ReplyRead::Listing { draft, fact, part }),
        url,
    )
}

/// Takes an answer.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    (draft, fact, part): (Draft, Fact, Part),
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
            return Looked::Asks(vec![ask(model, key, draft, url, fact, part)]);
        }
        Ok(Read::Whole(said)) => said,
    };
    let Some(case) = model.case_mut(key) else {
        return Looked::Gone;
    };
    let wanted = facts(case);
    let Some((basis, look)) = &mut case.drafting.look else {
        return Looked::Gone;
    };
    look.readings.push((fact, world.now_ms, said));
    if wanted.iter().any(|fact| look.of(fact).is_none()) {
        return Looked::Asks(Vec::new());
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
