//! Settings as files: exporting, importing, and the way back to what is built in.

use maud::{Markup, html};

use super::names::title;
use crate::app::pages::Import;
use crate::app::settings::{Export, Kind, LeftOut, Policy, ignored, left_out};
use crate::app::{Model, World};
use crate::profile::Layer;
use crate::text::line::one_line;

/// Why a button that needs settings of one's own is off.
const NOTHING: &str = "Off: you haven’t changed any setting.";

/// What this part can be found by.
pub(super) const WORDS: &str =
    "Share settings export import reset all policy team file colleague administrator";

pub(super) fn share(model: &Model, world: World<'_>) -> Markup {
    let layers = &world.profile.layers;
    let none = layers.user().is_empty();
    let team = Export::for_team(world);
    html! {
        section.card aria-labelledby="files" {
            h2 #files { "Share settings" }
            p.hint { "Export what you have changed for a colleague, who imports the file here and sees each change before it counts." }
            div.actions {
                button type="button" disabled[none] aria-describedby=[none.then_some("export-off")]
                    data-save-name=(team.name) data-save-text=(team.text) { "Export settings" }
                button type="button" data-choose="import-file" { "Import settings" }
                @if none { p.hint #export-off { (NOTHING) } }
            }
            input #import-file type="file" accept=".json,application/json" data-import hidden aria-label="Settings file";
            (list("Left out of every file, since", &left_out(world)))
            @if let Some(import) = &model.pages.import { (looked_at(import, world)) }
            (policies(model, world))
            details {
                summary { "Reset all settings" }
                p { "This restores the built-in values on all your synchronized browsers. Export first if you may want your settings back." }
                div.actions {
                    button type="button" disabled[none] aria-describedby=[none.then_some("reset-off")] data-command="reset_settings" { "Reset all" }
                    @if none { p.hint #reset-off { (NOTHING) } }
                }
            }
        }
    }
}

/// The files for an administrator.
fn policies(model: &Model, world: World<'_>) -> Markup {
    let layers = &world.profile.layers;
    let none = layers
        .paths()
        .iter()
        .all(|path| layers.layer(path) == Layer::Shipped);
    html! {
        details {
            summary { "Export as policy" }
            p { "For an administrator: a policy sets what is in force here for everyone, and engineers can’t change it." }
            @if none {
                p.hint { "Off: every setting has its built-in value, so a policy would set nothing." }
            } @else {
                ul.policies {
                    @for policy in Policy::ALL {
                        @let file = Export::as_policy(policy, &model.pages.extension, world);
                        @let (name, how) = explained(policy);
                        li {
                            p { strong { (name) } }
                            @match file {
                                Some(file) => {
                                    p.hint { (how) }
                                    div.actions {
                                        button type="button" data-save-name=(file.name) data-save-text=(file.text) aria-label={ "Export for " (name) } { (file.name) }
                                    }
                                }
                                None => p.hint { "Off here: the file needs Tether’s ID in Chromium. Export it from these settings there." }
                            }
                        }
                    }
                }
                (list("Left out of policies, since", &ignored(world)))
            }
        }
    }
}

/// What a policy is for, and where it goes.
fn explained(policy: Policy) -> (&'static str, &'static str) {
    match policy {
        Policy::ChromiumLinux => (
            "Chromium, Chrome or Edge on Linux",
            "Put the file into /etc/chromium/policies/managed (Chrome: /etc/opt/chrome/policies/managed, Edge: /etc/opt/edge/policies/managed).",
        ),
        Policy::ChromiumWindows => (
            "Chromium, Chrome or Edge on Windows",
            "Open the file as an administrator. It writes into HKEY_LOCAL_MACHINE.",
        ),
        Policy::ChromiumMac => (
            "Chromium, Chrome or Edge on macOS",
            "Install it with your device management, or open it and confirm it in System Settings.",
        ),
        Policy::Firefox => (
            "Firefox",
            "Put the file into the folder “distribution” of Firefox’s program folder, or on Linux into /etc/firefox/policies. If there is one already, add what is under 3rdparty to it.",
        ),
    }
}

/// What a file does not hold.
fn list(says: &str, left: &[LeftOut]) -> Markup {
    html! {
        @if !left.is_empty() {
            ul.left-out {
                @for LeftOut { path, why } in left { li.hint { (says) " " (why) ": " code { (one_line(path, 200)) } } }
            }
        }
    }
}

/// What a file would change, before it is taken.
fn looked_at(import: &Import, world: World<'_>) -> Markup {
    html! {
        div.import role="group" aria-labelledby="import-heading" {
            h3 #import-heading tabindex="-1" { "The file" }
            @match import {
                Import::Unusable(why) => {
                    p.error role="alert" { (why) }
                    div.actions { button type="button" data-command="leave_import" { "Close" } }
                }
                Import::Holds { changes, same, bad } => {
                    p role="status" {
                        (changes.len()) @if changes.len() == 1 { " setting changes" } @else { " settings change" }
                        @if *same > 0 { ", " (same) " stay the same" }
                        @if !bad.is_empty() { ", " (bad.len()) " can’t be imported" }
                        "."
                    }
                    @if !changes.is_empty() {
                        dl.facts {
                            @for (path, value) in changes {
                                @let kind = |v| Kind::of(path, world.profile.layers.shipped(path).unwrap_or(v)).text_of(v);
                                div {
                                    dt { (title(path)) }
                                    dd {
                                        @if let Some(now) = world.profile.layers.value(path) { del { (short(&kind(now))) } " " }
                                        ins { (short(&kind(value))) }
                                    }
                                }
                            }
                        }
                    }
                    @if !bad.is_empty() {
                        ul.problems { @for (path, says) in bad { li { p { code { (one_line(path, 200)) } " " (one_line(says, 400)) } } } }
                    }
                    div.actions {
                        @if !changes.is_empty() {
                            button.primary type="button" data-command="take_import" {
                                "Import " (changes.len()) @if changes.len() == 1 { " setting" } @else { " settings" }
                            }
                        }
                        button type="button" data-command="leave_import" { "Cancel" }
                    }
                }
            }
        }
    }
}

fn short(text: &str) -> String {
    match one_line(&text.replace('\n', ", "), 120) {
        text if text.is_empty() => "nothing".to_owned(),
        text => text,
    }
}
