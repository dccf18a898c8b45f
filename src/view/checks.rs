//! The checks, each with its answer, its reason, and the forms with which the engineer decides what only they can.

use maud::{Markup, html};

use super::field::Wrong;
use super::parts::{lines, reading, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::{Answer, Check, CheckName, stop_phrases};
use crate::case::load::Load;
use crate::text::line::one_line;

pub(super) fn checks(model: &Model, case: &Case, checks: &[Check], world: World<'_>) -> Markup {
    html! {
        ul.checks {
            @for check in checks {
                li.check.(class(&check.answer)) {
                    span.check-name { (check.name.title()) } " " span.check-answer { (check.answer.word()) }
                    p.check-why { bdi { (one_line(check.answer.why(), 600)) } }
                    (super::diagnose::offer(model, case, check))
                    @if check.name == CheckName::SoldToMatches { (address(model, case, world)) }
                    @if check.name == CheckName::ContactLimit { (reading(&case.precheck.people, "the organization's contacts", world.now_ms)) }
                    @if check.name == CheckName::OrganizationNotes {
                        (reading(&case.precheck.details, "the organization", world.now_ms))
                        (organization_notes(case, world))
                    }
                    @if check.decision.is_some() {
                        div.actions {
                            button.quiet type="button" data-command="undecide" data-field-check=(check.name.key()) { "Take the decision back" }
                        }
                    } @else if check.decidable && check.name == CheckName::OrganizationNotes {
                        (read_them(check))
                    } @else if check.decidable {
                        (decide(model, check))
                    }
                }
            }
        }
    }
}

fn class(answer: &Answer) -> &'static str {
    match answer {
        Answer::Passed(_) => "check-passed",
        Answer::Failed(_) => "check-failed",
        Answer::ToDecide(_) => "check-to-decide",
        Answer::Unknown(_) => "check-unknown",
    }
}

fn decide(model: &Model, check: &Check) -> Markup {
    let key = check.name.key();
    let id = format!("reason-{key}");
    let wrong = Wrong::with(model, "reason", Some(key), &id);
    html! {
        details.decide open[matches!(check.answer, Answer::ToDecide(_))] {
            summary { "Decide “" (check.name.title()) "” yourself" }
            form data-command="accept" data-field-check=(key) data-field-shown=(check.shown()) {
                label for=(id) { "Why? It goes into the note." }
                input id=(id) name="reason" type="text" maxlength="300" autocomplete="off"
                    aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
                (wrong.says())
                div.actions {
                    button type="submit" { "Accept" }
                    @if !matches!(check.answer, Answer::Failed(_)) {
                        button type="button" data-command="reject" data-field-check=(key) data-field-shown=(check.shown()) { "Reject" }
                    }
                }
            }
        }
    }
}

/// What stands in the organization's notes and details, whole, with the phrases marked that are likely to say "do not go on".
fn organization_notes(case: &Case, world: World<'_>) -> Markup {
    let Load::Got(details) = &case.precheck.details else {
        return html! {};
    };
    let texts = [("Notes", &details.notes), ("Details", &details.details)];
    html! {
        @for (title, text) in texts {
            @if !text.trim().is_empty() {
                h3 { (title) " of the organization" }
                p.organization-notes { bdi { (marked(text, world)) } }
            }
        }
    }
}

fn marked(text: &str, world: World<'_>) -> Markup {
    let mut at = 0;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for range in stop_phrases(text, &world.profile.zendesk.stop_phrases) {
        parts.extend(text.get(at..range.start).map(|plain| (plain, false)));
        parts.extend(text.get(range.clone()).map(|phrase| (phrase, true)));
        at = range.end;
    }
    parts.extend(text.get(at..).map(|plain| (plain, false)));
    html! {
        @for (part, is_phrase) in parts {
            @if is_phrase { mark { (lines(part)) } } @else { (lines(part)) }
        }
    }
}

/// The engineer has read what stands there: it goes on, or it stops.
fn read_them(check: &Check) -> Markup {
    let (key, shown) = (check.name.key(), check.shown());
    html! {
        div.actions {
            button type="button" data-command="accept" data-field-check=(key) data-field-shown=(shown) data-field-reason="read, and nothing speaks against it" { "I have read them, go on" }
            button type="button" data-command="reject" data-field-check=(key) data-field-shown=(shown) data-field-reason="read, and they say not to proceed" { "Stop" }
        }
    }
}

/// Without `Subscription Email`, the engineer picks the address that Sold-to is compared with.
fn address(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let wrong = Wrong::with(model, "address", None, "address");
    html! {
        @if case.subscription_email().is_none() && case.picked_address.is_some() {
            div.actions { button.quiet type="button" data-command="unpick_address" { "Compare with another address" } }
        } @else if case.compared_address_is_open() {
            (reading(&case.written, "what the requester wrote", world.now_ms))
            @if let (Load::Got(_), Load::Got(ticket)) = (&case.written, &case.ticket) {
                form data-command="pick_address" {
                    fieldset aria-describedby=[wrong.described(None)] {
                        legend { "Subscription Email is empty. Compare Sold-to with:" }
                        @for address in case.addresses() {
                            label {
                                input type="radio" name="address" value=(address.as_str()); " " (shown(address.as_str(), 320))
                                @if ticket.requester.email.as_ref() == Some(&address) { " " span.hint { "the requester's own" } }
                            }
                        }
                    }
                    (wrong.says())
                    div.actions { button type="submit" { "Compare with this address" } }
                }
            }
        }
    }
}
