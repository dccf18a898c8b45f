//! The page of settings.

use maud::{Markup, html};

use super::find::Search;
use super::hosts::switches;
use super::names::{Place, SECTIONS, Section};
use super::setting::{placeholders, setting};
use super::share;
use super::shortcuts::{self, keys};
use crate::app::{Model, World};
use crate::profile::Layer;
use crate::text::line::one_line;
use crate::view::setup;

pub(super) fn options(model: &Model, world: World<'_>) -> Markup {
    let search = Search::of(&model.pages.find);
    let paths = world.profile.layers.paths();
    let held = |section: &Section| -> Vec<&String> {
        let mut held: Vec<&String> = paths
            .iter()
            .filter(|path| section.holds(path) && search.finds_setting(path, section, world))
            .collect();
        held.sort_by_key(|path| section.place_of(path));
        held
    };
    let found: Vec<(&Section, Vec<&String>)> = SECTIONS
        .iter()
        .map(|section| (section, held(section)))
        .filter(|(_, held)| !held.is_empty())
        .collect();
    let count = found.iter().map(|(_, held)| held.len()).sum();
    let parts = |place: Place| {
        html! {
            @for (section, held) in found.iter().filter(|(section, _)| section.place == place) {
                (part(section, held, &search, model, world))
            }
        }
    };
    html! {
        header.title {
            h1 { "Tether settings" }
            p.hint { "A setting is saved when you leave its field, and applies at once. If your browser synchronizes, your other browsers get it too. " span.version { "Tether " (env!("CARGO_PKG_VERSION")) } }
        }
        (finder(model, &search, count))
        p.said.toast role="status" { @if let Some(said) = &model.pages.said { (said) } }
        (problems(world))
        @if search.finds(&[shortcuts::WORDS]) {
            section.card aria-labelledby="shortcuts" {
                h2 #shortcuts { "Shortcuts" }
                (keys(model))
                div.actions { button type="button" data-command="open_shortcuts" { "Change shortcuts" } }
            }
        }
        (parts(Place::First))
        (parts(Place::Folded))
        @if search.finds(&[share::WORDS]) || model.pages.import.is_some() { (share::share(model, world)) }
        @if found.iter().any(|(section, _)| section.place == Place::Technical) {
            div.group {
                h2 { "Technical settings" }
                p.hint { "For when one of the sites has changed." }
            }
        }
        (parts(Place::Technical))
        @if search.finds(&[setup::WORDS]) || model.setup.open { (setup::setup_check(model, world, true)) }
    }
}

/// The field that finds a setting, and how many it found.
fn finder(model: &Model, search: &Search, count: usize) -> Markup {
    let words = &model.pages.find;
    html! {
        div.find role="search" {
            label.unseen for="find" { "Find a setting" }
            input #find type="search" value=(words) placeholder="Find a setting" autocomplete="off" spellcheck="false"
                data-find="find_setting" aria-describedby="found";
            p.hint #found role="status" {
                @if !search.is_empty() {
                    @match count {
                        0 => { "No setting matches “" bdi { (words) } "”. Esc shows all again." }
                        1 => { "1 setting matches “" bdi { (words) } "”. Esc shows all again." }
                        n => { (n) " settings match “" bdi { (words) } "”. Esc shows all again." }
                    }
                }
            }
        }
    }
}

/// The settings that are ignored, before all others.
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

fn part(
    section: &Section,
    held: &[&String],
    search: &Search,
    model: &Model,
    world: World<'_>,
) -> Markup {
    let layers = &world.profile.layers;
    let is_wrong = |path: &str| {
        model.pages.refused.contains_key(path) || layers.problems().iter().any(|p| p.path == path)
    };
    let content = html! {
        @if section.id == "sites" { (switches(model, world)) }
        @else {
            @if section.id == "replies" { (placeholders()) }
            @for path in held { (setting(path, model, world)) }
        }
    };
    let changed = held
        .iter()
        .filter(|path| layers.layer(path) != Layer::Shipped)
        .count();
    let open = !search.is_empty() || held.iter().any(|path| is_wrong(path));
    html! {
        section.card aria-labelledby=(section.id) {
            @if section.place == Place::First {
                h2 id=(section.id) { (section.title) }
                p.hint { (section.about) }
                div.settings { (content) }
            } @else {
                // What it is called changes with its count, and it stays as it was.
                details.folded id={ (section.id) "-folded" } open[open] {
                    summary {
                        @if section.place == Place::Technical { h3 id=(section.id) { (section.title) } }
                        @else { h2 id=(section.id) { (section.title) } }
                        span.count {
                            (held.len()) @if held.len() == 1 { " setting" } @else { " settings" }
                            @if changed > 0 { ", " (changed) " changed" }
                        }
                    }
                    p.hint { (section.about) }
                    div.settings { (content) }
                }
            }
        }
    }
}
