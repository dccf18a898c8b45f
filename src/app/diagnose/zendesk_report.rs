//! Words a diagnosis of Zendesk's page.

use super::lines::{Line, Mark, Part, code, counted, line, part};
use crate::app::model::Model;
use crate::app::world::World;
use crate::case::load::Load;
use crate::record::ticket::TicketFields;
use crate::zendesk::diagnose::{
    ChannelSeen, ComposerSeen, Diagnosis, Expected, FieldSeen, Front, ListSeen,
};

pub(super) fn summary(model: &Model, host: &str, page: &Diagnosis) -> String {
    let wrong = page.lists.iter().filter(|l| !l.is_right()).count();
    let titles = fields(model, host).map_or(0, |f| {
        [f.problem_type, f.product_type, f.subscription_email]
            .iter()
            .filter(|id| id.is_none())
            .count()
    });
    let front = match page.front {
        Front::Ticket => "a ticket",
        Front::User => "a user’s page",
        Front::Other => "no ticket and no user’s page",
    };
    let mut said = format!("Tether sees {front}. ");
    said.push_str(&match wrong {
        0 => "Its selectors find what they should.".to_owned(),
        1 => "1 of its lists of selectors does not find what it should.".to_owned(),
        n => format!("{n} of its lists of selectors do not find what they should."),
    });
    if titles > 0 {
        said.push_str(&format!(
            " {} missing.",
            counted(titles, "ticket field is", "ticket fields are")
        ));
    }
    said
}

pub(super) fn parts(model: &Model, host: &str, page: &Diagnosis, world: World<'_>) -> Vec<Part> {
    let lists: Vec<Line> = page.lists.iter().map(list).collect();
    [
        part("Page", head(page)),
        part("Selectors", lists),
        part("Ticket fields", ticket_fields(model, host, world)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn head(page: &Diagnosis) -> Vec<Line> {
    let mut lines = vec![line(Mark::Plain, format!("Address: {}", code(&page.path)))];
    if page.hidden {
        lines.push(line(Mark::Bad, "The page is out of sight"));
    }
    match page.composer {
        None => {}
        Some(ComposerSeen::Composer) => {
            lines.push(line(Mark::Good, "Address, active tab and active pane name the same ticket, and one composer is in it"));
        }
        Some(ComposerSeen::NoComposer) => {
            lines.push(line(Mark::Bad, "No active pane, or no composer in it"))
        }
        Some(ComposerSeen::WrongTicket) => lines.push(line(
            Mark::Bad,
            "Address, active tab and active pane do not name the same ticket",
        )),
        Some(ComposerSeen::SeveralPanes) => lines.push(line(Mark::Bad, "Several panes are active")),
        Some(ComposerSeen::TicketOfPane) => lines.push(line(
            Mark::Bad,
            "The active pane names no ticket, or several",
        )),
        Some(ComposerSeen::SeveralComposers) => {
            lines.push(line(Mark::Bad, "Several composers are in the active pane"))
        }
        Some(ComposerSeen::Unknown) => {
            lines.push(line(Mark::Bad, "The active pane wasn’t recognized"))
        }
    }
    if page.front == Front::Ticket {
        lines.push(match page.channel {
            Some(ChannelSeen::Internal) => line(Mark::Good, "Channel: internal note"),
            Some(ChannelSeen::Public) => line(Mark::Good, "Channel: public reply"),
            Some(ChannelSeen::Unknown) | None => line(
                Mark::Bad,
                "Channel: neither internal note nor public reply by its names",
            ),
        });
    }
    match page.organization {
        None => {}
        Some(FieldSeen::Field) => {
            let by_selector = page
                .lists
                .iter()
                .any(|l| l.name == "organization_field" && l.here > 0);
            lines.push(line(
                Mark::Good,
                format!(
                    "Organization field: one, by {}",
                    if by_selector {
                        "its selector"
                    } else {
                        "its label"
                    }
                ),
            ));
        }
        Some(FieldSeen::NoField) => lines.push(line(
            Mark::Bad,
            "Organization field: none, neither by selector nor by label",
        )),
        Some(FieldSeen::Ambiguous) => lines.push(line(
            Mark::Bad,
            "Organization field: several, or several users in front",
        )),
        Some(FieldSeen::WrongPage) => lines.push(line(
            Mark::Bad,
            "The page’s mark names another user than its address",
        )),
        Some(FieldSeen::Unknown) => lines.push(line(Mark::Bad, "Organization field: not known")),
    }
    lines
}

/// What a list of selectors found.
pub(in crate::app) fn list(seen: &ListSeen) -> Line {
    let expected = match seen.expected {
        Expected::One => "1 expected",
        Expected::Some => "at least 1 expected",
        Expected::AtMostOne => "at most 1 expected",
        Expected::NotHere => "not expected here, or only while its menu is open",
    };
    let variant = match seen.variant {
        Some(at) => format!("selector {at} of {}", seen.variants),
        None => format!(
            "none of {}",
            counted(seen.variants, "selector", "selectors")
        ),
    };
    let mut text = format!(
        "{}: {} found by {variant}, {expected}; {} in the whole page",
        code(&seen.name),
        seen.here,
        seen.all
    );
    if !seen.invalid.is_empty() {
        let which: Vec<String> = seen.invalid.iter().map(ToString::to_string).collect();
        text.push_str(&format!(
            "; no selector in this browser: {}",
            which.join(", ")
        ));
    }
    let mark = match (seen.is_right(), seen.expected) {
        (false, _) => Mark::Bad,
        (true, Expected::NotHere) => Mark::Plain,
        (true, _) => Mark::Good,
    };
    line(mark, text)
}

pub(super) fn fields<'m>(model: &'m Model, host: &str) -> Option<&'m TicketFields> {
    model.fields.get(host).and_then(|f| f.load.got())
}

fn ticket_fields(model: &Model, host: &str, world: World<'_>) -> Vec<Line> {
    let titles = &world.profile.zendesk.ticket_fields;
    let load = model.fields.get(host).map(|f| &f.load);
    let found = match load {
        Some(Load::Got(found)) => found,
        Some(Load::Failed(_)) => {
            return vec![line(Mark::Bad, "The ticket fields could not be read")];
        }
        Some(Load::Asking | Load::NotAsked) | None => {
            return vec![line(
                Mark::Plain,
                "The ticket fields have not been read: they are read with a ticket",
            )];
        }
    };
    [
        ("problem_type", found.problem_type, &titles.problem_type),
        ("product_type", found.product_type, &titles.product_type),
        (
            "subscription_email",
            found.subscription_email,
            &titles.subscription_email,
        ),
    ]
    .into_iter()
    .map(|(name, id, titles)| {
        let list = titles
            .iter()
            .map(|t| code(t))
            .collect::<Vec<_>>()
            .join(", ");
        match id {
            Some(_) => line(
                Mark::Good,
                format!("{}: found by its title ({list})", code(name)),
            ),
            None => line(
                Mark::Bad,
                format!("{}: no active field of the title {list}", code(name)),
            ),
        }
    })
    .collect()
}
