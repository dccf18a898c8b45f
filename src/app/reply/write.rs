//! Gives the reply to the page that writes it into the composer.

use super::progress::{Wanted, fail, rest_on};
use crate::app::effect::{Effect, Job};
use crate::app::listing;
use crate::app::model::Model;
use crate::app::model::jobs::Owner;
use crate::app::world::World;
use crate::case::page_problem::PageProblem;
use crate::case::reply::{Leak, Outcome, PublicReply, Secrets, contact_list};
use crate::case::reply_progress::{Author, Placed, Problem, Progress, Text};
use crate::case::{Case, CaseKey};
use crate::text::blocks::Block;
use crate::zendesk::macros;

pub(super) fn write_text(
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

pub(super) fn write_own(
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
    let by_plan = model.case(key).is_some_and(|case| case.plan.drafts());
    if by_plan
        && let Some(case) = model.case_mut(key)
        && !case.plan.may_draft_in(tab)
    {
        rest_on(case, None);
        case.drafting.now = Progress::Idle;
        return Vec::new();
    }
    let text = Placed {
        lines: reply.lines(),
        links: reply.links(),
    };
    let words = &world.profile.zendesk;
    let (effect, page) = model.give_page(Owner::Reply(key.clone()), tab, world, |effect| {
        Job::WriteReply {
            effect,
            ticket: key.ticket.get(),
            html: reply.html(),
            lines: text.lines.clone(),
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
            text,
        };
    }
    model.bring(tab).into_iter().chain([page]).collect()
}
