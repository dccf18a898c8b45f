//! The page of settings.

use maud::{Markup, html};

use super::hosts::switches;
use super::names::{SECTIONS, Section, title};
use super::setting::{placeholders, setting};
use super::shortcuts::keys;
use crate::app::pages::Import;
use crate::app::settings::{Kind, exported};
use crate::app::{Model, World};
use crate::profile::Layer;
use crate::text::line::one_line;

/// What an exported file is called.
const FILE: &str = "tether-settings.json";

pub(super) fn options(model: &Model, world: World<'_>) -> Markup {
    let layers = &world.profile.layers;
    let paths = layers.paths();
    html! {
        header.title {
            h1 { "Tether settings" }
            p.hint { "A setting is saved when you leave its field, and applies at once. If your browser synchronizes, your other browsers get it too. " span.version { "Tether " (env!("CARGO_PKG_VERSION")) } }
        }
        p.said.toast role="status" { @if let Some(said) = &model.pages.said { (said) } }
        (problems(world))
        @for section in &SECTIONS { (part(section, &paths, model, world)) }
        section.card aria-labelledby="shortcuts" {
            h2 #shortcuts { "Shortcuts" }
            (keys(model))
            div.actions { button type="button" data-command="open_shortcuts" { "Change shortcuts" } }
        }
        (files(model, world))
    }
}

/// The settings that do not count, first of all.
fn problems(world: World<'_>) -> Markup {
    let all = world.profile.layers.problems();
    html! {
        @if !all.is_empty() {
            section.card aria-labelledby="problems" {
                h2 #problems { "Settings that are ignored" }
                ul.problems {
                    @for problem in all {
                        li {
                            p { code { (one_line(&problem.path, 200)) } " " (one_line(&problem.fault.to_string(), 400)) }
                            @match problem.layer {
                                Layer::Managed => p.hint { "Set by your organization." },
                                _ => button.quiet type="button" data-command="reset_setting" data-field-path=(problem.path)
                                    aria-label={ "Remove " (problem.path) } { "Remove" },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn part(section: &Section, paths: &[String], model: &Model, world: World<'_>) -> Markup {
    let held: Vec<&String> = paths.iter().filter(|path| section.holds(path)).collect();
    let bad = |path: &&&String| {
        model.pages.refused.contains_key(path.as_str())
            || world
                .profile
                .layers
                .problems()
                .iter()
                .any(|p| p.path == ***path)
    };
    let content = html! {
        @if section.id == "sites" { (switches(model, world)) }
        @else { @for path in &held { (setting(path, model, world)) } }
    };
    let changed = held
        .iter()
        .filter(|path| world.profile.layers.layer(path) != Layer::Shipped)
        .count();
    html! {
        section.card aria-labelledby=(section.id) {
            h2 id=(section.id) { (section.title) }
            p.hint { (section.about) }
            @if section.id == "replies" { (placeholders()) }
            @if section.folded {
                details open[held.iter().filter(bad).count() > 0] {
                    summary { "Show " (held.len()) @if held.len() == 1 { " setting" } @else { " settings" } @if changed > 0 { ", " (changed) " changed" } }
                    div.settings { (content) }
                }
            } @else {
                div.settings { (content) }
            }
        }
    }
}

fn files(model: &Model, world: World<'_>) -> Markup {
    let mine = world.profile.layers.user();
    html! {
        section.card aria-labelledby="files" {
            h2 #files { "All settings" }
            p.hint { "Colleagues can import the exported file. An administrator can use it as a policy." }
            div.actions {
                button type="button" disabled[mine.is_empty()] data-save-name=(FILE) data-save-text=(exported(world)) { "Export" }
            }
            label for="import-file" { "Import a file" }
            input #import-file type="file" accept=".json,application/json" data-import;
            @if let Some(import) = &model.pages.import { (looked_at(import, world)) }
            details {
                summary { "Reset all settings" }
                p { "This restores the built-in values on all your synchronized browsers. Export first if you may want your settings back." }
                div.actions { button type="button" disabled[mine.is_empty()] data-command="reset_settings" { "Reset all" } }
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
                        @if !bad.is_empty() { ", " (bad.len()) " can't be imported" }
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
