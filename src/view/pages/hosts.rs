//! The hosts that Tether works on, each with its switch.

use maud::{Markup, html};

use super::find::LOCKED;
use super::names::title;
use crate::app::settings::is_locked;
use crate::app::{Model, World};
use crate::profile::Layer;
use crate::profile::host_pattern::pattern_of;

/// The hosts, each to be switched on or off; one that is not built in needs the browser's
/// permission, which is asked for in the click.
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
                legend { (title(path)) @if is_locked(path, world) { " " span.badge { (LOCKED) } } }
                @if let Some(problem) = words.layers.problems().iter().find(|p| p.path == path && p.layer == Layer::User) {
                    p.error role="alert" { (problem.fault.to_string()) }
                }
                @for host in known { (switch(host, path, on, model, world)) }
                @if path == "zendesk.hosts" {
                    @for host in &words.zendesk.refused_hosts {
                        div.switch-row {
                            button.switch type="button" role="switch" aria-checked="false" disabled aria-describedby={ "off:" (host) } { (host) }
                            p.hint id={ "off:" (host) } { "Always off: a sync manages its organizations." }
                        }
                    }
                }
            }
        }
    }
}

fn switch(host: &str, path: &str, on: &[String], model: &Model, world: World<'_>) -> Markup {
    let pattern = pattern_of(host);
    let shipped = world
        .profile
        .layers
        .shipped(path)
        .and_then(|v| v.as_array())
        .is_some_and(|all| all.iter().any(|one| one == host));
    let is_on = on.iter().any(|one| one == host);
    let missing = is_on && model.missing_access.contains(&pattern);
    let why = match () {
        () if is_locked(path, world) => Some("Only your administrator changes this."),
        () if is_on && on.len() == 1 => Some("One has to be on: switch another on first."),
        () => None,
    };
    let why_id = format!("off:{host}");
    html! {
        div.switch-row {
            button.switch type="button" role="switch" aria-checked=(if is_on { "true" } else { "false" }) disabled[why.is_some()]
                aria-describedby=[why.map(|_| &why_id)]
                data-command="switch_host" data-field-host=(host) data-field-on=(if is_on { "false" } else { "true" })
                data-grant=[(!is_on && !shipped).then_some(pattern.as_str())] { (host) }
            @if let Some(why) = why { p.hint id=(why_id) { (why) } }
            @if missing {
                button type="button" data-grant=(pattern) aria-label={ "Allow access to " (host) } { "Allow access" }
            }
        }
    }
}
