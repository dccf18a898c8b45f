//! One setting: its control, whose value counts, what is wrong with it, and the way back to the built-in value.

use maud::{Markup, html};
use serde_json::Value;

use super::find::{CHANGED, LOCKED};
use super::names::{help, title};
use crate::app::settings::{Kind, is_locked};
use crate::app::{Model, World};
use crate::case::reply::{Outcome, starting_text};
use crate::profile::Layer;
use crate::profile::zendesk::Placeholder;

/// A setting with everything that belongs to it.
pub(super) fn setting(path: &str, model: &Model, world: World<'_>) -> Markup {
    let layers = &world.profile.layers;
    let Some(shipped) = layers.shipped(path) else {
        return html! {};
    };
    let kind = Kind::of(path, shipped);
    let locked = is_locked(path, world);
    let problem = problem(path, model, world);
    let typed = model
        .pages
        .refused
        .get(path)
        .map(|refused| refused.typed.clone());
    // What the engineer has set is shown even if it does not count, beside what is wrong with it.
    let mine = layers
        .user()
        .get(path)
        .filter(|_| problem.is_some() && !locked);
    let text = typed.unwrap_or_else(|| {
        kind.text_of(mine.or_else(|| layers.value(path)).unwrap_or(&Value::Null))
    });
    let changed = layers.user().contains_key(path) || layers.layer(path) == Layer::User;
    let (id, help_id, error_id) = (
        format!("set:{path}"),
        format!("help:{path}"),
        format!("error:{path}"),
    );
    let help = match (help(path), kind) {
        // Said once, at the head of their part.
        ("", Kind::Lines)
            if ["zendesk.macros.", "zendesk.hand_on."]
                .iter()
                .any(|of| path.starts_with(of)) =>
        {
            ""
        }
        ("", Kind::Lines | Kind::Numbers) => "One per line.",
        (help, _) => help,
    };
    let locked_id = format!("locked:{path}");
    let described: Vec<&str> = [
        locked.then_some(locked_id.as_str()),
        (!help.is_empty()).then_some(help_id.as_str()),
        problem.as_ref().map(|_| error_id.as_str()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    html! {
        form.setting data-command="set_setting" data-field-path=(path) data-save-on-change {
            div.setting-head {
                label for=(id) { (title(path)) }
                @if locked { span.badge { (LOCKED) } span.hint id=(locked_id) { "Only your administrator changes this." } }
                @else if changed { span.badge.changed { (CHANGED) } }
            }
            @if !help.is_empty() { p.hint id=(help_id) { (help) } }
            (control(&Control { kind, id: &id, text: &text, locked, described: described.as_deref(), bad: problem.is_some() }))
            @if let Some(problem) = &problem { p.error id=(error_id) role="alert" { (problem) } }
            @if changed && !locked {
                div.setting-foot {
                    (shipped_value(kind, shipped))
                    button.quiet type="button" data-command="reset_setting" data-field-path=(path)
                        aria-label={ "Reset: " (title(path)) } { "Reset" }
                }
            }
            (of_reply(path))
        }
    }
}

struct Control<'a> {
    kind: Kind,
    id: &'a str,
    text: &'a str,
    locked: bool,
    described: Option<&'a str>,
    bad: bool,
}

fn control(control: &Control<'_>) -> Markup {
    let Control {
        kind,
        id,
        text,
        locked,
        described,
        bad,
    } = *control;
    let invalid = bad.then_some("true");
    let rows = (text.lines().count() + 1).clamp(2, 14);
    html! {
        @match kind {
            Kind::Lines | Kind::Numbers | Kind::Keys | Kind::Prose => {
                textarea id=(id) name="text" rows=(rows) spellcheck=(if kind == Kind::Prose { "true" } else { "false" }) autocomplete="off"
                    readonly[locked] aria-describedby=[described] aria-invalid=[invalid] { (text) }
            }
            Kind::Number => {
                input.short id=(id) name="text" inputmode="numeric" autocomplete="off" value=(text) readonly[locked]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            Kind::Text => {
                input id=(id) name="text" autocomplete="off" spellcheck="false" value=(text) readonly[locked]
                    aria-describedby=[described] aria-invalid=[invalid];
            }
            Kind::Choice(all) => {
                select id=(id) name="text" disabled[locked] aria-describedby=[described] aria-invalid=[invalid] {
                    @for (value, says) in all { option value=(value) selected[*value == text] { (says) } }
                }
            }
        }
    }
}

fn shipped_value(kind: Kind, shipped: &Value) -> Markup {
    let text = kind.text_of(shipped);
    html! {
        @match (kind, shipped) {
            (Kind::Prose, _) => p.hint { "Built in: Tether’s own text" },
            (Kind::Choice(all), _) => p.hint { "Built in: " @for (value, says) in all { @if *value == text { (says) } } },
            _ if text.is_empty() => p.hint { "Built in: nothing" },
            _ if text.lines().count() > 1 => details { summary { "Built-in value" } pre.note { (text) } },
            _ => p.hint { "Built in: " bdi { (text) } },
        }
    }
}

/// What an engineer who writes a reply needs: Tether's own text to begin from, and what can be filled in.
fn of_reply(path: &str) -> Markup {
    let outcome = path
        .strip_prefix("zendesk.replies.")
        .and_then(|key| key.parse::<Outcome>().ok());
    html! {
        @if let Some(outcome) = outcome {
            details {
                summary { "Tether’s own text" }
                pre.note { (starting_text(outcome)) }
                div.actions {
                    button type="button" data-copy-text=(starting_text(outcome)) { "Copy" }
                }
            }
        }
    }
}

/// The placeholders of reply texts, once for all of them.
pub(super) fn placeholders() -> Markup {
    let says = |placeholder: Placeholder| match placeholder {
        Placeholder::FirstName => "the requester’s first name, or nothing",
        Placeholder::Proof => "license, or cloud activation",
        Placeholder::Limit => "how many contacts an organization may have",
        Placeholder::Adding => "“the 3 users that you named”",
        Placeholder::ContactCount => "“3 support contacts”",
        Placeholder::Added => "the addresses that were added",
        Placeholder::Removed => "the addresses that were removed",
        Placeholder::Open => "the addresses to remove whose tickets are open",
        Placeholder::Contacts => "the organization’s contacts, for a requester who belongs to it",
    };
    html! {
        details {
            summary { "Placeholders and form" }
            p.hint {
                "An empty line starts a new paragraph, “- ” at the start of a line makes a list item, and **two stars** make text bold. "
                "The last four are lists and need a list item of their own. If such a list is empty, Tether drafts its own text."
            }
            dl.facts {
                @for placeholder in Placeholder::ALL { div { dt { code { (placeholder.written()) } } dd { (says(*placeholder)) } } }
            }
        }
    }
}

/// What is wrong with a setting, if anything is.
fn problem(path: &str, model: &Model, world: World<'_>) -> Option<String> {
    let refused = model
        .pages
        .refused
        .get(path)
        .map(|refused| refused.says.clone());
    let unsaved = || {
        model
            .unsaved
            .get(path)
            .map(|why| format!("The browser did not save this: {why}"))
    };
    let problems = world.profile.layers.problems();
    refused.or_else(unsaved).or_else(|| {
        problems
            .iter()
            .find(|p| p.path == path)
            .map(|p| p.fault.to_string())
    })
}
