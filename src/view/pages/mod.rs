//! Tether's own pages beside the panel: the settings, and the welcome after installing.

mod names;
mod options;
mod setting;
mod welcome;

use maud::{Markup, html};

use crate::app::settings::{Page, is_locked};
use crate::app::{Model, World};
use crate::profile::Layer;

/// A page's HTML.
pub fn page(page: Page, model: &Model, world: World<'_>) -> String {
    match page {
        Page::Options => options::options(model, world),
        Page::Welcome => welcome::welcome(model, world),
    }
    .into_string()
}

/// What an engineer does, the browser's command for it, and what comes of it.
const GESTURES: [(&str, Option<&str>, &str); 3] = [
    (
        "Open the panel",
        Some("panel"),
        "on a ticket in Zendesk, with the key or with Tether's button. It shows what the requester gave as proof.",
    ),
    (
        "Press Trace",
        None,
        "in the panel. License, order, billing account and organization appear as they are found, with the verdict.",
    ),
    (
        "Add the internal note",
        Some("add-note"),
        "with the key or in the panel. Tether puts it into the composer; you submit it.",
    ),
];

/// The key of a command. The panel's has another name in each browser.
fn key_of<'a>(model: &'a Model, command: &str) -> Option<&'a str> {
    let named = |name: &str| {
        model
            .pages
            .keys
            .get(name)
            .map(String::as_str)
            .filter(|key| !key.is_empty())
    };
    match command {
        "panel" => named("_execute_action").or_else(|| named("_execute_sidebar_action")),
        other => named(other),
    }
}

/// The shortcuts as the browser has them now.
fn keys(model: &Model) -> Markup {
    html! {
        dl.facts {
            @for (name, command, _) in GESTURES {
                @if let Some(command) = command {
                    div {
                        dt { (name) }
                        dd { @match key_of(model, command) { Some(key) => kbd { (key) }, None => span.missing { "no key" } } }
                    }
                }
            }
        }
    }
}

/// The hosts, each to be switched on or off; those beside the shipped ones with the browser's permission, which is asked for in the click.
fn switches(model: &Model, world: World<'_>) -> Markup {
    let words = world.profile;
    let sites = [
        (
            "portal.hosts",
            &words.portal.known_hosts,
            &words.portal.hosts,
        ),
        (
            "zendesk.hosts",
            &words.zendesk.known_hosts,
            &words.zendesk.hosts,
        ),
    ];
    html! {
        @for (path, known, on) in sites {
            fieldset {
                legend { (names::title(path)) @if is_locked(path, world) { " " span.badge { "Set by your organization" } } }
                @if let Some(problem) = words.layers.problems().iter().find(|p| p.path == path && p.layer == Layer::User) {
                    p.error role="alert" { (problem.fault.to_string()) }
                }
                @for host in known { (switch(host, path, on.contains(host), model, world)) }
            }
        }
    }
}

fn switch(host: &str, path: &str, on: bool, model: &Model, world: World<'_>) -> Markup {
    let pattern = format!("https://{host}/*");
    let locked = is_locked(path, world);
    let shipped = world
        .profile
        .layers
        .shipped(path)
        .and_then(|v| v.as_array())
        .is_some_and(|all| all.iter().any(|one| one == host));
    let missing = on && model.missing_access.contains(&pattern);
    html! {
        div.switch-row {
            button.switch type="button" role="switch" aria-checked=(if on { "true" } else { "false" }) disabled[locked]
                data-command="switch_host" data-field-host=(host) data-field-on=(if on { "false" } else { "true" })
                data-grant=[(!on && !shipped).then_some(pattern.as_str())] { (host) }
            @if missing {
                button type="button" data-grant=(pattern) aria-label={ "Allow access to " (host) } { "Allow access" }
            }
        }
    }
}
