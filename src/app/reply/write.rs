//! Gives the reply to the page that writes it into the composer.

use super::fresh::Fresh;
use super::progress::{Wanted, fail};
use crate::app::effect::{Effect, Job};
use crate::app::model::Model;
use crate::app::model::jobs::Owner;
use crate::app::work;
use crate::app::world::World;
use crate::case::page_problem::PageProblem;
use crate::case::reply::{Leak, Outcome, PublicReply, Secrets, contact_list};
use crate::case::reply_progress::{Author, Placed, Problem, Progress, Text};
use crate::case::{Case, CaseKey};
use crate::zendesk::macros;

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

/// A macro's text, checked by the guard.
fn macro_reply(
    case: &Case,
    about: Outcome,
    html: &str,
    world: World<'_>,
) -> Result<PublicReply, Leak> {
    let codes = case.known_codes();
    let secrets = Secrets {
        sold_to: case.chain.sold_to_email(),
        codes: &codes,
    };
    let mut blocks = macros::blocks_of(html);
    // The handbook wants the current contacts in this reply, and a macro cannot know them.
    if about == Outcome::LimitReached {
        blocks.extend(contact_list(
            &case.reply_facts(&world.profile.zendesk),
            &secrets,
        ));
    }
    PublicReply::build(blocks, &secrets)
}

/// Has the page write the reply. Takes the proof that page and basis were looked at for it.
pub(super) fn write(
    model: &mut Model,
    key: &CaseKey,
    wanted: Wanted,
    fresh: &Fresh,
    world: World<'_>,
) -> Vec<Effect> {
    let Wanted { about, again } = wanted;
    let tab = fresh.tab();
    let Some(case) = model.case(key) else {
        return Vec::new();
    };
    let Some(making) = &case.drafting.making else {
        return Vec::new();
    };
    let (by, reply) = match &making.text {
        Some(Text::Own(why)) => (Author::Tether(why.clone()), own_reply(case, about, world)),
        Some(Text::Macro(title, html)) => (
            Author::Macro(title.clone()),
            macro_reply(case, about, html, world),
        ),
        None => return Vec::new(),
    };
    let reply = match reply {
        Ok(reply) => reply,
        Err(leak) => return fail(model, key, about, Problem::leak(leak)),
    };
    // Looking took its time: whoever went elsewhere is not taken away from there.
    if !work::is_at_hand(model, key, tab, making.front) {
        let front = model.tabs.front_tab().and_then(|tab| model.tabs.get(&tab));
        let other = front.and_then(|tab| tab.ticket.as_ref());
        let other = other.map(|key| key.ticket.get());
        let why = Problem::Page(PageProblem::NotInFront(other));
        return fail(model, key, about, why);
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
