//! What stands at the end of every state of the panel: the settings, the diagnosis and the keys.

use maud::{Markup, html};

use super::{diagnose, settings};
use crate::app::{Model, World};

/// The panel fills in what the keys are by now: the engineer may have changed them, and the core does not know the browser.
pub(super) fn footer(model: &Model, world: World<'_>) -> Markup {
    html! {
        (diagnose::diagnosis(model, world))
        footer.foot {
            div.actions {
                @if model.tabs.refused_host().is_none() { (settings::button()) }
                (diagnose::button())
            }
            details.keys {
                summary { "Keys" }
                dl.facts {
                    (key("_execute_action _execute_sidebar_action", "Alt+Shift+Y", "opens and closes this panel"))
                    (key("add-note", "Alt+Shift+O", "adds the internal note to the ticket"))
                    div { dt { kbd { "Esc" } } dd { "folds what is unfolded around the cursor" } }
                }
                div.actions { button.quiet type="button" data-change-keys { "Change these keys" } }
            }
        }
    }
}

/// A command of the manifest, by its name in either browser, and the key that is suggested for it there.
fn key(names: &str, suggested: &str, does: &str) -> Markup {
    html! { div { dt { kbd data-keys-of=(names) { (suggested) } } dd { (does) } } }
}
