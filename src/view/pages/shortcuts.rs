//! What an engineer does first, and the browser's shortcuts for it.

use maud::{Markup, html};

use crate::app::Model;

/// What an engineer does, the browser's command for it, and what comes of it.
pub(super) const GESTURES: [(&str, Option<&str>, &str); 3] = [
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
pub(super) fn key_of<'a>(model: &'a Model, command: &str) -> Option<&'a str> {
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
pub(super) fn keys(model: &Model) -> Markup {
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
