//! The browser's shortcuts for what an engineer does.

use maud::{Markup, html};

use crate::app::Model;

/// What has a shortcut, and the browser's command for it.
const SHORTCUTS: [(&str, &str); 2] = [
    ("Open or close the panel", "panel"),
    ("Add the internal note", "add-note"),
];

/// What the shortcuts can be found by.
pub(super) const WORDS: &str = "Shortcuts keys keyboard open close the panel add internal note";

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
        dl.facts.shortcuts {
            @for (name, command) in SHORTCUTS {
                div {
                    dt { (name) }
                    dd {
                        @match key_of(model, command) {
                            Some(key) => kbd { (key) },
                            None => { span.missing { "no key" } " " span.hint { "Another extension may use it." } }
                        }
                    }
                }
            }
        }
    }
}
