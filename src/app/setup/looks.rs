//! Makes the reads and page jobs of a check, and takes their answers.

use super::chain;
use crate::app::effect::{Effect, Job};
use crate::app::event::Outcome;
use crate::app::model::Model;
use crate::app::model::jobs::{End, JobId, Owner};
use crate::app::model::reads::{JSON, Waiting};
use crate::app::model::setup::{Look, Looking, Seen, Unseen};
use crate::app::world::World;
use crate::case::page_problem::PageProblem;
use crate::mail::Address;
use crate::portal::{Page, address, reader};
use crate::reading::{self, Answer, ReadError};
use crate::record::people::{Role, User};
use crate::zendesk::{answer, diagnose, request};

/// How many pages of a list are read: 2,000 entries.
const PAGES: usize = 20;

/// Starts what is wanted and not running.
pub fn wanted(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    chain::forget_links(&mut model.setup);
    let wanted: Vec<Look> = model
        .setup
        .looks
        .iter()
        .filter(|(_, looking)| **looking == Looking::Wanted)
        .map(|(look, _)| *look)
        .collect();
    let mut effects = Vec::new();
    for look in wanted {
        match begin(model, look, world) {
            Ok(effect) => effects.push(effect),
            Err(why) => _ = model.setup.looks.insert(look, Looking::Not(why)),
        }
    }
    effects
}

fn begin(model: &mut Model, look: Look, world: World<'_>) -> Result<Effect, Unseen> {
    let (host, hosts) = if look.is_of_portal() {
        (&model.setup.portal, &world.profile.portal.hosts)
    } else {
        (&model.setup.host, &world.profile.zendesk.hosts)
    };
    if !hosts.contains(host) {
        return Err(Unseen::SwitchedOff(host.clone()));
    }
    if !model.has_access(host) {
        return Err(Unseen::NoAccess(host.clone()));
    }
    let effect = if look.is_of_tab() {
        page_job(model, look, world)?
    } else {
        let url = url(model, look, 1, None, world).ok_or(Unseen::Before)?;
        read(model, look, url)
    };
    let asking = Looking::Asking {
        page: 1,
        so_far: None,
    };
    model.setup.looks.insert(look, asking);
    Ok(effect)
}

fn read(model: &mut Model, look: Look, url: String) -> Effect {
    let id = model.next_effect();
    let run = model.setup.run;
    model.waiting.insert(id, Waiting::Setup { run, look });
    let accept = if look.is_of_portal() {
        chain::HTML
    } else {
        JSON
    };
    Effect::Read {
        id,
        url,
        accept: accept.to_owned(),
    }
}

/// The address of one page of a look.
fn url(
    model: &Model,
    look: Look,
    page: usize,
    after: Option<&str>,
    world: World<'_>,
) -> Option<String> {
    let setup = &model.setup;
    let host = setup.host.as_str();
    let words = &world.profile.zendesk;
    Some(match look {
        Look::Me => request::me(host),
        Look::Role => match setup.seen(Look::Me)? {
            Seen::Me(rights) => request::custom_role(host, rights.role?),
            _ => return None,
        },
        Look::Forms => request::ticket_forms(host, page),
        Look::Fields => request::ticket_fields(host, after),
        Look::OrganizationFields => request::organization_fields(host, after),
        Look::Account => request::account_settings(host),
        Look::Macros => request::active_macros(host, page),
        Look::Groups => request::groups(host, after),
        Look::Tags => {
            let tags = &words.hand_on.removed_tags;
            request::tags_like(host, tags.get(page.checked_sub(1)?)?)
        }
        Look::Person => request::users_by_email(host, words.hand_over.assignee.as_deref()?),
        Look::Organization => chain::organization_url(setup, world)?,
        Look::Portal => address::licenses_url(&world.profile.portal, &setup.portal),
        Look::Proof | Look::Orders | Look::Order | Look::BillingAccount | Look::Contact => {
            chain::url(setup, look, world)?
        }
        Look::TicketPage | Look::UserPage => return None,
    })
}

/// Asks a tab with such a page, the one in front first.
fn page_job(model: &mut Model, look: Look, world: World<'_>) -> Result<Effect, Unseen> {
    let host = &model.setup.host;
    let shows = |tab: &i64| {
        model.tabs.get(tab).is_some_and(|tab| match look {
            Look::UserPage => tab.user.as_ref().is_some_and(|user| user.host == *host),
            _ => tab.ticket.as_ref().is_some_and(|key| key.host == *host),
        })
    };
    let tab = model
        .tabs
        .front_tab()
        .filter(shows)
        .or_else(|| model.tabs.all.keys().copied().find(|tab| shows(tab)))
        .ok_or(Unseen::NoTab)?;
    let user = model
        .tabs
        .get(&tab)
        .and_then(|tab| tab.user.as_ref())
        .map(|user| user.id.get());
    let (_, effect) = model.give_page(Owner::Setup(look), tab, world, |effect| {
        Job::DiagnoseZendesk {
            effect,
            user,
            selectors: Box::new(world.profile.zendesk.selectors.clone()),
        }
    });
    Ok(effect)
}

/// Whether an answer to this look is still waited for.
fn waits(model: &Model, run: u64, look: Look) -> bool {
    model.setup.run == run && matches!(model.setup.looks.get(&look), Some(Looking::Asking { .. }))
}

/// Takes an answer.
pub fn answered(
    model: &mut Model,
    run: u64,
    look: Look,
    answer: &Answer,
    world: World<'_>,
) -> Option<Effect> {
    if !waits(model, run, look) {
        return None;
    }
    if look.is_of_chain() {
        chain::answered(model, look, answer, world);
        return None;
    }
    if look == Look::Portal {
        let now = match signed_in(answer, world) {
            Ok(()) => Looking::Seen(Box::new(Seen::SignedIn)),
            Err(error) => Looking::Not(Unseen::Read(error)),
        };
        model.setup.looks.insert(look, now);
        return None;
    }
    let (page, so_far) = match model.setup.looks.remove(&look) {
        Some(Looking::Asking { page, so_far }) => (page, so_far),
        _ => return None,
    };
    let json = reading::json(answer, world.now_ms);
    match json.and_then(|value| take(model, look, (&value, page), so_far, world)) {
        Err(error) => {
            model
                .setup
                .looks
                .insert(look, Looking::Not(Unseen::Read(error)));
            None
        }
        Ok((seen, Next::None)) => {
            model.setup.done(look, seen);
            None
        }
        Ok((_, _)) if page >= PAGES => {
            let error = Unseen::Read(ReadError::TooLarge);
            model.setup.looks.insert(look, Looking::Not(error));
            None
        }
        Ok((seen, next)) => {
            let after = match &next {
                Next::After(cursor) => Some(cursor.as_str()),
                Next::Page | Next::None => None,
            };
            let url = url(model, look, page + 1, after, world)?;
            let asking = Looking::Asking {
                page: page + 1,
                so_far: Some(Box::new(seen)),
            };
            model.setup.looks.insert(look, asking);
            Some(read(model, look, url))
        }
    }
}

/// What follows a page of an answer.
enum Next {
    /// Nothing.
    None,
    /// The page with the next number.
    Page,
    /// The page after this cursor.
    After(String),
}

impl Next {
    fn cursor(after: Option<String>) -> Self {
        after.map_or(Self::None, Self::After)
    }

    fn numbered(more: bool) -> Self {
        if more { Self::Page } else { Self::None }
    }
}

/// The entries of all pages so far, and how many cannot be read.
fn joined<T>(before: Option<(Vec<T>, usize)>, page: Vec<T>, unreadable: usize) -> (Vec<T>, usize) {
    let (mut all, earlier) = before.unwrap_or_default();
    all.extend(page);
    (all, earlier + unreadable)
}

/// Reads one page of an answer, after those before it.
fn take(
    model: &Model,
    look: Look,
    (value, page): (&serde_json::Value, usize),
    so_far: Option<Box<Seen>>,
    world: World<'_>,
) -> Result<(Seen, Next), ReadError> {
    let words = &world.profile.zendesk;
    let so_far = so_far.map(|seen| *seen);
    let named = |so_far: Option<Seen>, page: answer::ListPage<(u64, String)>| {
        let before = match so_far {
            Some(Seen::Named(all, unreadable)) => Some((all, unreadable)),
            _ => None,
        };
        let (all, unreadable) = joined(before, page.items, page.unreadable);
        Seen::Named(all, unreadable)
    };
    Ok(match look {
        Look::Me => (Seen::Me(answer::rights(value)?), Next::None),
        Look::Role => {
            let role = match model.setup.seen(Look::Me) {
                Some(Seen::Me(rights)) => rights.role.unwrap_or(0),
                _ => 0,
            };
            (Seen::Role(answer::custom_role(value, role)?), Next::None)
        }
        Look::Forms => {
            let (page, more) = answer::ticket_forms(value)?;
            (named(so_far, page), Next::numbered(more))
        }
        Look::Macros => {
            let (page, more) = answer::macros(value)?;
            let page = answer::ListPage {
                items: page.items.into_iter().map(|m| (m.id, m.title)).collect(),
                unreadable: page.unreadable,
                after: None,
            };
            (named(so_far, page), Next::numbered(more))
        }
        Look::Fields => {
            let (found, after) = answer::ticket_fields(value, words)?;
            let (before, mut titles) = match so_far {
                Some(Seen::Fields(before, titles)) => (before, titles),
                _ => Default::default(),
            };
            titles.extend(answer::other_titles(value, words));
            (
                Seen::Fields(before.merge(found), titles),
                Next::cursor(after),
            )
        }
        Look::OrganizationFields => {
            let page = answer::organization_field_keys(value)?;
            let before = match so_far {
                Some(Seen::Keys(all, unreadable)) => Some((all, unreadable)),
                _ => None,
            };
            let (all, unreadable) = joined(before, page.items, page.unreadable);
            (Seen::Keys(all, unreadable), Next::cursor(page.after))
        }
        Look::Tags => {
            // One tag per page of this look.
            let tags = &words.hand_on.removed_tags;
            let before = match so_far {
                Some(Seen::Keys(all, _)) => all,
                _ => Vec::new(),
            };
            let found = answer::tags(value)?;
            let mut all = before;
            all.extend(found.into_iter().filter(|tag| tags.contains(tag)));
            (Seen::Keys(all, 0), Next::numbered(page < tags.len()))
        }
        Look::Account => (
            Seen::Several(answer::several_organizations(value)?),
            Next::None,
        ),
        Look::Groups => {
            let page = answer::groups(value)?;
            let before = match so_far {
                Some(Seen::Groups(all, unreadable)) => Some((all, unreadable)),
                _ => None,
            };
            let (all, unreadable) = joined(before, page.items, page.unreadable);
            (Seen::Groups(all, unreadable), Next::cursor(page.after))
        }
        Look::Person => (Seen::Person(is_one_agent(value, world)?), Next::None),
        Look::Organization => (
            Seen::Organizations(chain::organizations(&model.setup, value, world)?),
            Next::None,
        ),
        Look::Portal
        | Look::Proof
        | Look::Orders
        | Look::Order
        | Look::BillingAccount
        | Look::Contact
        | Look::TicketPage
        | Look::UserPage => return Err(ReadError::Failed),
    })
}

/// Whether exactly one agent has the address of the person for hand-overs.
fn is_one_agent(value: &serde_json::Value, world: World<'_>) -> Result<bool, ReadError> {
    let email = world.profile.zendesk.hand_over.assignee.as_deref();
    let Some(email) = email.and_then(|email| Address::parse(email).ok()) else {
        return Ok(false);
    };
    let is_it = |user: &User| user.has_email(&email) && user.role == Role::Team && !user.suspended;
    let found = answer::users_found(value)?.seeking_all(is_it)?;
    Ok(found.iter().filter(|user| is_it(user)).count() == 1)
}

/// Whether the portal answered with one of its own pages.
fn signed_in(answer: &Answer, world: World<'_>) -> Result<(), ReadError> {
    let Answer::Response(response) = answer else {
        return Err(reading::json(answer, world.now_ms)
            .err()
            .unwrap_or(ReadError::Failed));
    };
    match reader::read_answer(response, &world.profile.portal) {
        Page::LicenseList(_) => Ok(()),
        Page::SignedOut => Err(ReadError::SignedOut),
        Page::NotAllowed => Err(ReadError::NotAllowed),
        Page::Blocked => Err(ReadError::Blocked),
        _ if matches!(response.status, 429 | 500..) => Err(reading::json(answer, world.now_ms)
            .err()
            .unwrap_or(ReadError::Failed)),
        Page::NotFound { .. } => Err(ReadError::NotFound),
        _ if reading::is_sign_in_page(response) => Err(ReadError::SignedOut),
        _ => Err(ReadError::WrongShape {
            what: "it is not the list of licenses".to_owned(),
        }),
    }
}

/// A restart of the background cut the read off: it starts again.
pub fn forget(model: &mut Model, run: u64, look: Look) {
    if waits(model, run, look) {
        model.setup.looks.insert(look, Looking::Wanted);
    }
}

/// The page never got the job: it is given again.
pub fn decide_again(model: &mut Model, look: Look) {
    if matches!(model.setup.looks.get(&look), Some(Looking::Asking { .. })) {
        model.setup.looks.insert(look, Looking::Wanted);
    }
}

/// Takes the end of a page job.
pub fn ended(model: &mut Model, id: JobId, look: Look, end: End, world: World<'_>) {
    // An earlier check's job for the same page says nothing about this one.
    let newer = model
        .page_jobs
        .iter()
        .any(|(other, job)| *other > id && job.owner == Owner::Setup(look));
    if newer || !matches!(model.setup.looks.get(&look), Some(Looking::Asking { .. })) {
        return;
    }
    let now = match end {
        Ok(Outcome::Looked(looked)) => {
            let page = diagnose::diagnose(&looked, &world.profile.zendesk.selectors);
            Looking::Seen(Box::new(Seen::Zendesk(page)))
        }
        Ok(_) => Looking::Not(Unseen::Page(PageProblem::Unexpected)),
        Err(problem) => Looking::Not(Unseen::Page(problem)),
    };
    model.setup.looks.insert(look, now);
}
