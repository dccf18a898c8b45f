//! The hosts that Tether works on, each with its switch.

use maud::{Markup, html};

use super::names::title;
use crate::app::settings::is_locked;
use crate::app::{Model, World};
use crate::profile::Layer;

/// The hosts, each to be switched on or off; those beside the shipped ones with the browser's permission, which is asked for in the click.
pub(super) fn switches(model: &Model, world: World<'_>) -> Markup {
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
                legend { (title(path)) @if is_locked(path, world) { " " span.badge { "Set by your organization" } } }
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
