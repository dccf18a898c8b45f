//! Step 4 (GitLab.com): the guide through the app's attempt, and the way by hand where it fails.

use maud::{Markup, html};

use super::card::organization;
use super::card_frame::{Card, Holds};
use super::case_view::CaseView;
use super::field::Wrong;
use super::parts::shown;
use crate::app::Model;
use crate::case::dot_com::{Attempt, ByHand, NAMESPACE_MAX};
use crate::case::load::Load;
use crate::case::organization::Found;

/// The card on this way, as long as no step can be run.
pub(super) fn card(view: &CaseView<'_>) -> Option<Card> {
    let case = view.case;
    match (case.dot_com.attempt, &case.dot_com.by_hand) {
        (None, _) => Some(attempt()),
        (Some(Attempt::Associated), _) => Some(not_shown_yet(view)),
        (Some(Attempt::NotAnOwner), _) => None,
        (Some(Attempt::AppFailed), None) => Some(by_hand(view)),
        (Some(Attempt::AppFailed), Some(_)) => found_by_hand(view),
    }
}

fn attempt() -> Card {
    Card::act(
        "Try auto-association in the app",
        html! {
            ol.guide {
                li { "Beside the ticket, open the " strong { "Support Ops Super App" } "." }
                li { "Select " strong { "Attempt Association" } ", then " strong { "Attempt auto-association" } "." }
                li { "Select the result:" }
            }
            // The panel looks for the result whenever the engineer comes back to it.
            div.outcomes data-look="look_for_result" role="group" aria-label="Result of the app" {
                (outcome(Attempt::Associated, "Associated", "The app added the requester. Tether checks it in Zendesk."))
                (outcome(Attempt::NotAnOwner, "Not an owner", "They own no top-level group on a paid plan."))
                (outcome(Attempt::AppFailed, "The app failed", "It found no account or organization, or broke."))
            }
        },
    )
}

fn outcome(outcome: Attempt, says: &str, means: &str) -> Markup {
    let id = format!("outcome-{}", outcome.key());
    html! {
        div.outcome {
            button type="button" data-command="attempt" data-field-outcome=(outcome.key()) aria-describedby=(id) { (says) }
            p.hint id=(id) { (means) }
        }
    }
}

/// A wrong result is taken back.
pub(super) fn change_result() -> Markup {
    html! { div.actions { button.quiet type="button" data-command="undo_attempt" { "Change the app’s result" } } }
}

/// The app’s word, and what Zendesk shows: above the steps that are left.
pub(super) fn associated(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let organization = case
        .ticket
        .got()
        .and_then(|t| t.requester.organization.as_ref());
    html! {
        @if case.dot_com.attempt == Some(Attempt::Associated) {
            @if let Some(organization) = organization {
                p {
                    @if case.dot_com.seen { "Zendesk shows the requester in an organization now: " } @else { "The app associated the requester, and Zendesk shows it: " }
                    a href=(case.organization_url(organization.id)) target="_blank" rel="noreferrer" { bdi { (organization.label()) } }
                    "."
                }
            }
        }
        (result(view))
    }
}

/// What the engineer said of the app, and what they found by hand, each to be changed.
pub(super) fn result(view: &CaseView<'_>) -> Markup {
    let by_hand = view.case.dot_com.found_by_hand();
    html! {
        @if let Some(found) = by_hand { (found_facts(found)) }
        div.actions {
            @if by_hand.is_some() { button.quiet type="button" data-command="forget_by_hand" { "Change the namespace or account" } }
            button.quiet type="button" data-command="undo_attempt" { "Change the app’s result" }
        }
    }
}

fn found_facts(found: &ByHand) -> Markup {
    html! {
        dl.facts {
            div { dt { "Namespace" } dd { (shown(&found.namespace, NAMESPACE_MAX)) } }
            div { dt { "Salesforce account" } dd { (found.account) } }
        }
    }
}

fn not_shown_yet(view: &CaseView<'_>) -> Card {
    let content = html! {
        @match &view.case.ticket {
            Load::Failed(_) => p role="alert" { "Zendesk couldn’t be asked whether it shows the organization." },
            _ => p role="alert" { "Zendesk doesn’t show an organization for the requester. Wait a moment, then refresh. If it stays so, the app failed." },
        }
        div.actions data-look="look_for_result" { button.primary type="button" data-command="refresh" { "Refresh" } }
        (change_result())
    };
    Card::new(
        super::parts::Tone::Open,
        "Next step",
        "Wait for Zendesk to show the organization",
        content,
    )
}

/// The handbook’s way if the app failed.
fn by_hand(view: &CaseView<'_>) -> Card {
    let typed = &view.case.dot_com.typed;
    Card::act(
        "Find the organization by namespace",
        html! {
            form data-command="by_hand" autocomplete="off" {
                ol.guide {
                    li { strong { "GitLab Super App › User Lookup › Search." } " Under Group memberships, copy the paid top-level group they own." }
                    li { strong { "Support Ops Super App › Namespace Lookup › Search." } " Under Salesforce info, copy the account." }
                }
                div.field {
                    label for="by-hand-namespace" { "Namespace" }
                    (input(view.model, "by-hand-namespace", "namespace", &typed.namespace, NAMESPACE_MAX + 45))
                }
                div.field {
                    label for="by-hand-account" { "Salesforce account" }
                    (input(view.model, "by-hand-account", "account", &typed.account, 60))
                    p.hint { "15 or 18 characters." }
                }
                div.actions {
                    button.primary type="submit" { "Find organization" }
                    button type="button" data-command="open_trouble" data-field-open="true" { "Hand over" }
                }
            }
            (change_result())
        },
    )
    .holding(Holds {
        hand_over: true,
        ..Holds::default()
    })
}

fn input(model: &Model, id: &str, name: &str, value: &str, max: usize) -> Markup {
    let wrong = Wrong::with(model, name, None, id);
    html! {
        input id=(id) name=(name) type="text" value=(value) maxlength=(max) autocomplete="off" spellcheck="false"
            aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
        (wrong.says())
    }
}

/// What was found by hand leads to an organization, or not.
fn found_by_hand(view: &CaseView<'_>) -> Option<Card> {
    let case = view.case;
    let about = result(view);
    match case.organization.found() {
        Some(Found::Several(_)) if case.organization.chosen().is_none() => Some(Card::decide(
            "Choose the organization",
            html! { (organization::choice(view)) (about) },
        )),
        None if case.organization.load == Load::Asking => Some(
            Card::progress(
                "Looking for the organization",
                html! { p.busy aria-busy="true" { "Tether searches Zendesk for the Salesforce account." } (about) },
            )
            .holding(Holds::default()),
        ),
        _ => None,
    }
}
