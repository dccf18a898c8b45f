//! What an engineer sees once, after Tether was installed.

use maud::{Markup, html};

use super::pictures;
use super::shortcuts::key_of;
use crate::app::{Model, World};
use crate::profile::zendesk::Process;
use crate::view::parts::sites;
use crate::view::setup::setup_check;

pub(super) fn welcome(model: &Model, world: World<'_>) -> Markup {
    html! {
        header.title {
            h1 { "Welcome to Tether" }
            p.hint { "It associates Zendesk users with organizations, and writes down why." }
        }
        // In the order in which a newcomer needs them. A new part is one line here.
        (access(model, world))
        (setup_check(model, world, false))
        (the_way(model, world))
        (privacy())
    }
}

/// Access comes first: without it nothing else works.
fn access(model: &Model, world: World<'_>) -> Markup {
    let missing = &model.missing_access;
    let (portal, zendesk) = (
        world.profile.portal.hosts.join(" and "),
        world.profile.zendesk.hosts.join(" and "),
    );
    html! {
        @if missing.is_empty() {
            p.said role="status" { "Tether may read " (zendesk) " and " (portal) ". Sign in to both." }
        } @else {
            section.card.first aria-labelledby="access" {
                h2 #access { span.eyebrow { "First step" span.unseen { ": " } } "Allow access" }
                p { "The browser does not let Tether read " (sites(missing)) " yet. Without access it can’t find or check anything." }
                div.actions {
                    button.primary type="button" data-grant=(missing.join(" ")) { "Allow access" }
                    p.hint { "Your browser asks you to confirm." }
                }
            }
        }
    }
}

/// A step of the way from the open ticket to the solved one.
struct Step {
    name: &'static str,
    /// The browser's command for it.
    command: Option<&'static str>,
    says: &'static str,
    picture: Markup,
}

fn the_way(model: &Model, world: World<'_>) -> Markup {
    let finish = match world.profile.zendesk.process {
        Process::Handbook => Step {
            name: "Run the steps",
            command: None,
            says: "Look at what each step would do, untick what you don’t want, and run the rest. Each step is read back before the next one starts. A change of users can be undone.",
            picture: pictures::plan(),
        },
        Process::ContactManagementApp => Step {
            name: "Copy the IDs into the app",
            command: None,
            says: "The contact management app notes them and associates the requester. Run the steps for what is left, such as the problem type.",
            picture: pictures::ids(),
        },
    };
    let steps = [
        Step {
            name: "Open a ticket",
            command: Some("panel"),
            says: "Open the panel beside it, with the key or with Tether’s button. It shows who asks, and what they gave as proof.",
            picture: pictures::proof_found(),
        },
        Step {
            name: "Trace",
            command: None,
            says: "Tether finds license, order, billing account and organization, and answers the checks. This changes nothing.",
            picture: pictures::traced(),
        },
        finish,
        Step {
            name: "Submit the reply",
            command: None,
            says: "The reply is a draft in the ticket’s composer. You read it and submit it as Solved: Tether never sends one.",
            picture: pictures::done(),
        },
    ];
    html! {
        section.card aria-labelledby="way" {
            h2 #way { "From the ticket to Solved" }
            p.hint { "The panel always shows one next step, with its button." }
            ol.way {
                @for Step { name, command, says, picture } in steps {
                    li {
                        div.words {
                            h3 { (name) @if let Some(key) = command.and_then(|c| key_of(model, c)) { " " kbd { (key) } } }
                            p { (says) }
                        }
                        (picture)
                    }
                }
            }
            @if let Some(key) = key_of(model, "add-note") {
                p.hint { "With " kbd { (key) } " Tether puts the internal note into the composer at any time." }
            }
        }
    }
}

fn privacy() -> Markup {
    html! {
        section.card aria-labelledby="privacy" {
            h2 #privacy { "What is read and kept" }
            ul.plain {
                li { "Read, with your own session: the ticket in front of you and what belongs to it, while the panel is open; and the portal’s record pages that you look at or trace." }
                li { "Written: only after your click, in the page in front of you, and read back. No reply is ever sent for you." }
                li { "Kept: cases in the browser’s memory until it closes; reminders and settings for longer." }
                li { "Sent elsewhere: nothing. Tether has no server and no telemetry." }
            }
            div.actions { button type="button" data-command="open_settings" { "Settings" } }
        }
    }
}
