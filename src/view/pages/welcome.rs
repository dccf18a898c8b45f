//! What an engineer sees once, after Tether was installed.

use maud::{Markup, html};

use super::shortcuts::{GESTURES, key_of};
use crate::app::{Model, World};
use crate::view::parts::sites;

pub(super) fn welcome(model: &Model, world: World<'_>) -> Markup {
    let missing = &model.missing_access;
    let (portal, zendesk) = (
        world.profile.portal.hosts.join(" and "),
        world.profile.zendesk.hosts.join(" and "),
    );
    html! {
        header.title {
            h1 { "Welcome to Tether" }
            p.hint { "It associates Zendesk users with organizations, and writes down why." }
        }
        @if missing.is_empty() {
            p.said role="status" { "Tether may read " (zendesk) " and " (portal) ". Sign in to both." }
        } @else {
            section.card aria-labelledby="access" {
                h2 #access { "First, allow access" }
                p { "The browser does not let Tether read " (sites(missing)) " yet. Without access it can't find or check anything." }
                div.actions { button.primary type="button" data-grant=(missing.join(" ")) { "Allow access" } }
            }
        }
        section.card aria-labelledby="gestures" {
            h2 #gestures { "Three steps" }
            ol.gestures {
                @for (name, command, says) in GESTURES {
                    li {
                        p { strong { (name) } @if let Some(key) = command.and_then(|c| key_of(model, c)) { " " kbd { (key) } } }
                        p.hint { (says) }
                    }
                }
            }
        }
        section.card aria-labelledby="privacy" {
            h2 #privacy { "What is read and kept" }
            ul.plain {
                li { "Read, with your own session: the ticket in front of you and what belongs to it, while the panel is open; and the portal's record pages that you look at or trace." }
                li { "Written: only after your click, in the page in front of you, and read back. No reply is ever sent for you." }
                li { "Kept: cases in the browser's memory until it closes; reminders and settings for longer." }
                li { "Sent elsewhere: nothing. Tether has no server and no telemetry." }
            }
            div.actions { button type="button" data-command="open_settings" { "Settings" } }
        }
    }
}
