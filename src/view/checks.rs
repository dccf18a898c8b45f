//! The checks, each with its answer, its reason, and the forms with which the engineer decides what only they can.

use maud::{Markup, html};

use super::{reading, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::{Answer, Check, CheckName};
use crate::case::load::Load;
use crate::case::text::one_line;

pub(super) fn checks(model: &Model, case: &Case, checks: &[Check], world: World<'_>) -> Markup {
    html! {
        ul.checks {
            @for check in checks {
                li.check.(class(&check.answer)) {
                    span.check-name { (check.name.title()) } " " span.check-answer { (check.answer.word()) }
                    p.check-why { bdi { (one_line(check.answer.why(), 600)) } }
                    @if check.name == CheckName::SoldToMatches { (address(model, case, world)) }
                    @if check.decision.is_some() {
                        div.actions {
                            button.quiet type="button" data-command="undecide" data-field-check=(check.name.key()) { "Take the decision back" }
                        }
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
    let problem = model.said.as_ref().filter(|s| s.field.as_deref() == Some("reason"));
    html! {
        details.decide open[matches!(check.answer, Answer::ToDecide(_))] {
            summary { "Decide “" (check.name.title()) "” yourself" }
            form data-command="accept" data-field-check=(key) {
                label for=(id) { "Why? It goes into the note." }
                input id=(id) name="reason" type="text" maxlength="300" autocomplete="off";
                @if let Some(problem) = problem { p.error role="alert" { (problem.text) } }
                div.actions {
                    button type="submit" { "Accept" }
                    @if !matches!(check.answer, Answer::Failed(_)) {
                        button type="button" data-command="reject" data-field-check=(key) { "Reject" }
                    }
                }
            }
        }
    }
}

/// Without `Subscription Email`, the engineer picks the address that Sold-to is compared with.
fn address(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let problem = model.said.as_ref().filter(|s| s.field.as_deref() == Some("address"));
    html! {
        @if case.subscription_email().is_none() && case.picked_address.is_some() {
            div.actions { button.quiet type="button" data-command="unpick_address" { "Compare with another address" } }
        } @else if case.compared_address_is_open() {
            (reading(&case.written, "what the requester wrote", world.now_ms))
            @if let (Load::Got(_), Load::Got(ticket)) = (&case.written, &case.ticket) {
                form data-command="pick_address" {
                    fieldset {
                        legend { "Subscription Email is empty. Compare Sold-to with:" }
                        @for address in case.addresses() {
                            label {
                                input type="radio" name="address" value=(address); " " (shown(address, 320))
                                @if ticket.requester.email.as_deref() == Some(address) { " " span.hint { "the requester's own" } }
                            }
                        }
                    }
                    @if let Some(problem) = problem { p.error role="alert" { (problem.text) } }
                    div.actions { button type="submit" { "Compare with this address" } }
                }
            }
        }
    }
}
