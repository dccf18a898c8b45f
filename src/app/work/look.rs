//! The fresh look: each fact of a change's basis is read anew, right before it is written.

use super::progress::{forget_look, put, set, wait};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::model::reads::{Part, TaskRead, Waiting};
use crate::app::world::World;
use crate::case::basis::{Basis, CommentSeen, Fact, Look, Said};
use crate::case::change::{Task, TaskProblem, TaskState};
use crate::case::page_problem::PageProblem;
use crate::case::{Case, CaseKey};
use crate::mail::Address;
use crate::profile::zendesk::ZendeskWords;
use crate::reading::ReadError;
use crate::record::ticket::OrganizationRef;
use crate::zendesk::{answer, request};

/// How old the oldest reading may be when the last one comes, in ms.
pub(in crate::app) const LOOK_MS: u64 = 30_000;
/// How many pages of 100 are read of a list.
const PAGES: usize = 20;
/// How many users of a search are asked for their further addresses.
const UNSURE_MAX: usize = 5;

/// What an answer about a fact leads to.
pub(in crate::app) enum Read {
    /// The fact.
    Whole(Said),
    /// The next page, by its address.
    More(Said, String),
}

/// The address of a fact's first page.
pub(in crate::app) fn url(key: &CaseKey, fact: &Fact) -> String {
    let host = &key.host;
    match fact {
        Fact::Ticket => request::ticket(host, key.ticket),
        Fact::User(user) => request::user(host, *user),
        Fact::Memberships(user) => request::memberships(host, *user, None),
        Fact::Organization(id) => request::organization(host, *id),
        Fact::People(id) => request::organization_users(host, *id, None),
        Fact::OpenTickets(user) => request::requested_tickets(host, *user, None),
        Fact::Holders(email) => request::users_by_email(host, email.as_str()),
        Fact::Me => request::me(host),
        Fact::Comments => request::newest_comments(host, key.ticket),
    }
}

/// What an answer says of a fact.
pub(in crate::app) fn parse(
    key: &CaseKey,
    fact: &Fact,
    part: Part,
    value: &serde_json::Value,
    words: &ZendeskWords,
) -> Result<Read, ReadError> {
    let host = &key.host;
    let Part { page, so_far } = part;
    let so_far = so_far.map(|said| *said);
    Ok(match fact {
        Fact::Ticket => Read::Whole(Said::Ticket(Box::new(answer::ticket(value, key.ticket)?))),
        Fact::User(user) => Read::Whole(Said::User(Box::new(answer::user(value, *user)?))),
        Fact::Organization(id) => Read::Whole(Said::Organization(Box::new(answer::organization(
            value, *id, words,
        )?))),
        Fact::Me => Read::Whole(Said::Me(answer::me(value)?.id)),
        Fact::Comments => {
            let all = answer::all_comments(value)?.whole()?;
            Read::Whole(Said::Comments(all.iter().map(CommentSeen::of).collect()))
        }
        Fact::Memberships(user) => {
            let found = answer::memberships(value, *user)?;
            if found.unreadable > 0 {
                return Err(ReadError::WrongShape {
                    what: "one of the user’s organizations".to_owned(),
                });
            }
            let mut all = if let Some(Said::Memberships(all)) = so_far {
                all
            } else {
                Vec::new()
            };
            all.extend(found.items.into_iter().map(|m| OrganizationRef {
                id: m.organization,
                name: m.name,
            }));
            paged(
                Said::Memberships(all),
                found
                    .after
                    .map(|after| request::memberships(host, *user, Some(&after))),
                page,
            )?
        }
        Fact::People(id) => {
            let found = answer::users_page(value)?;
            let (mut users, before) = if let Some(Said::People { users, unreadable }) = so_far {
                (users, unreadable)
            } else {
                (Vec::new(), 0)
            };
            users.extend(found.items);
            let said = Said::People {
                users,
                unreadable: before + found.unreadable,
            };
            paged(
                said,
                found
                    .after
                    .map(|after| request::organization_users(host, *id, Some(&after))),
                page,
            )?
        }
        Fact::OpenTickets(user) => {
            let (new, after) = answer::open_tickets(value, *user)?;
            let mut all = if let Some(Said::OpenTickets(all)) = so_far {
                all
            } else {
                Vec::new()
            };
            all.extend(new.into_iter().filter(|t| t.id != key.ticket));
            paged(
                Said::OpenTickets(all),
                after.map(|after| request::requested_tickets(host, *user, Some(&after))),
                page,
            )?
        }
        Fact::Holders(email) => holders(host, email, so_far, value)?,
    })
}

fn paged(said: Said, next: Option<String>, page: usize) -> Result<Read, ReadError> {
    match next {
        None => Ok(Read::Whole(said)),
        // Half a list would count too few.
        Some(_) if page >= PAGES => Err(ReadError::TooLarge),
        Some(url) => Ok(Read::More(said, url)),
    }
}

/// Who has an address: those whom the search shows with it, and those who have it beside their own.
fn holders(
    host: &str,
    email: &Address,
    so_far: Option<Said>,
    value: &serde_json::Value,
) -> Result<Read, ReadError> {
    let (mut users, mut unsure) = match so_far {
        Some(Said::Holders { users, mut unsure }) if !unsure.is_empty() => {
            let asked = unsure.remove(0);
            let addresses = answer::identities(value, asked.id)?
                .seeking(|identity| identity.email.is(email))?;
            let mut users = users;
            if addresses.iter().any(|identity| identity.email.is(email)) {
                users.push(asked);
            }
            (users, unsure)
        }
        _ => answer::users_found(value)?
            .seeking_all(|user| user.has_email(email))?
            .into_iter()
            .partition(|u| u.has_email(email)),
    };
    if unsure.len() > UNSURE_MAX {
        return Err(ReadError::TooLarge);
    }
    // Who shows the address has it: nobody else can.
    if !users.is_empty() {
        unsure.clear();
    }
    users.dedup_by_key(|u| u.id);
    let next = unsure
        .first()
        .map(|user| request::identities(host, user.id, None));
    let said = Said::Holders { users, unsure };
    Ok(match next {
        Some(url) => Read::More(said, url),
        None => Read::Whole(said),
    })
}

/// What the engineer saw when they pressed for a change.
pub(super) fn basis_of<'a>(case: &'a Case, task: &Task) -> Option<&'a Basis> {
    case.bases.get(&task.basis)
}

/// The facts that are still to be read for a change.
pub(super) fn missing(case: &Case, task: &Task) -> Vec<Fact> {
    let (nothing, none) = (Basis::default(), Look::default());
    let look = task.look.as_ref().unwrap_or(&none);
    let all = task
        .change
        .basis(basis_of(case, task).unwrap_or(&nothing), look);
    all.into_iter()
        .filter(|fact| look.of(fact).is_none())
        .collect()
}

/// Asks for what is missing and not on its way.
pub(super) fn ask_missing(model: &mut Model, key: &CaseKey, task: &Task) -> Vec<Effect> {
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let on_its_way = |fact: &Fact| {
        model.waiting.values().any(|w| {
            matches!(w, Waiting::Task { case, task: id, step: TaskRead::Look { fact: f, .. } } if case == key && *id == task.id && f == fact)
        })
    };
    let wanted: Vec<Fact> = missing(case, task)
        .into_iter()
        .filter(|fact| !on_its_way(fact))
        .collect();
    wanted
        .into_iter()
        .map(|fact| ask(model, key, task.id, url(key, &fact), fact, Part::first()))
        .collect()
}

fn ask(model: &mut Model, key: &CaseKey, task: u64, url: String, fact: Fact, part: Part) -> Effect {
    model.ask(
        Waiting::Task {
            case: key.clone(),
            task,
            step: TaskRead::Look { fact, part },
        },
        url,
    )
}

/// Takes an answer about a fact.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    task: &Task,
    (fact, part): (Fact, Part),
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) -> Option<Effect> {
    let (page, now_ms) = (part.page, world.now_ms);
    match json.and_then(|value| parse(key, &fact, part, &value, &world.profile.zendesk)) {
        Ok(Read::Whole(said)) => set(model, key, task.id, |task| {
            let look = task.look.get_or_insert_with(Look::default);
            look.readings.retain(|(f, ..)| *f != fact);
            look.readings.push((fact, now_ms, said));
        }),
        Ok(Read::More(said, url)) => {
            let part = Part {
                page: page + 1,
                so_far: Some(Box::new(said)),
            };
            return Some(ask(model, key, task.id, url, fact, part));
        }
        Err(error) => {
            forget_look(model, key, task.id);
            match error {
                ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms } => {
                    wait(model, key, task.id, until_ms, now_ms)
                }
                ReadError::SignedOut => put(
                    model,
                    key,
                    task.id,
                    TaskState::Problem(TaskProblem::Page(PageProblem::SignedOut)),
                ),
                error => put(
                    model,
                    key,
                    task.id,
                    TaskState::Problem(TaskProblem::NotRead(error)),
                ),
            }
        }
    }
    None
}
