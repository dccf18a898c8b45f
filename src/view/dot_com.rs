//! Step 4 (GitLab.com): the guide through the app's attempt, and the way by hand where it fails.

use maud::{Markup, html};

use super::field::Wrong;
use super::parts::shown;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::Verdict;
use crate::case::dot_com::{Attempt, ByHand, NAMESPACE_MAX};
use crate::case::load::Load;
use crate::case::organization::Found;

pub(super) fn dot_com(model: &Model, case: &Case, world: World<'_>) -> Markup {
    html! {
        @if case.is_dot_com(&world.profile.zendesk) {
            @match case.dot_com.attempt {
                None => (attempt()),
                Some(Attempt::Associated) => { (associated(case)) (undo()) }
                Some(Attempt::NotAnOwner) => {
                    p { "By your word the requester is not an owner of a top-level paid namespace: not entitled. Reply accordingly." }
                    (undo())
                }
                Some(Attempt::AppFailed) => {
                    @match &case.dot_com.by_hand {
                        None => (by_hand(model, case)),
                        Some(found) => (found_by_hand(case, found)),
                    }
                    (undo())
                }
            }
        }
    }
}

fn attempt() -> Markup {
    html! {
        p { "The app does the pre-checks and associates by itself:" }
        ol.guide {
            li { "Open the Support Ops Super App beside the ticket." }
            li { "Click Attempt Association." }
            li { "Click the Attempt auto-association button." }
        }
        p #attempt-why { "What came of it?" }
        div.actions role="group" aria-labelledby="attempt-why" {
            (outcome(Attempt::Associated, "Associated"))
            (outcome(Attempt::NotAnOwner, "Not an owner"))
            (outcome(Attempt::AppFailed, "The app failed"))
        }
        p.hint {
            "Not an owner: the app found no top-level paid namespace that the requester owns. The app failed: it did not find the Salesforce account or the organization, or it broke."
        }
    }
}

fn outcome(outcome: Attempt, says: &str) -> Markup {
    html! { button type="button" data-command="attempt" data-field-outcome=(outcome.key()) { (says) } }
}

fn undo() -> Markup {
    html! { div.actions { button.quiet type="button" data-command="undo_attempt" { "Record another outcome" } } }
}

/// The app's word, and what Zendesk shows.
fn associated(case: &Case) -> Markup {
    html! {
        @match &case.ticket {
            Load::Got(ticket) => @match &ticket.requester.organization {
                Some(organization) => {
                    p.said role="status" {
                        "The app associated the requester, and Zendesk shows it: "
                        a href=(case.organization_url(organization.id)) target="_blank" rel="noreferrer" { bdi { (organization.label()) } }
                        ". Reply that users were added."
                    }
                }
                None => {
                    p.error role="alert" { "Zendesk does not show it yet: the requester is in no organization. Wait a moment, then read again; if it stays so, the app failed." }
                    div.actions { button type="button" data-command="refresh" { "Read again" } }
                }
            },
            Load::NotAsked | Load::Asking => p.busy aria-busy="true" { "Asking Zendesk whether it shows it…" },
            Load::Failed(_) => p.hint { "Zendesk could not be asked whether it shows it: see Requester." },
        }
    }
}

/// The handbook's way where the app failed.
fn by_hand(model: &Model, case: &Case) -> Markup {
    let typed = &case.dot_com.typed;
    html! {
        p { "The app failed, so the organization is looked up by hand:" }
        ol.guide {
            li { "In the GitLab Super App: User Lookup, Search. Under Group memberships find the top-level paid namespace that the requester owns." }
            li { "In the Support Ops Super App: Namespace Lookup, paste the namespace, Search. The Salesforce account stands under Salesforce info." }
            li { "Enter both here. Tether then searches the organization by the account." }
        }
        form data-command="by_hand" {
            label for="by-hand-namespace" { "Namespace" }
            (input(model, "by-hand-namespace", "namespace", &typed.namespace, NAMESPACE_MAX + 45))
            label for="by-hand-account" { "Salesforce account, 15 or 18 characters" }
            (input(model, "by-hand-account", "account", &typed.account, 60))
            div.actions { button type="submit" { "Find the organization" } }
        }
        p.hint { "If the requester owns no such namespace, record that instead. If none of it works, hand over." }
    }
}

fn input(model: &Model, id: &str, name: &str, value: &str, max: usize) -> Markup {
    let wrong = Wrong::with(model, name, None, id);
    html! {
        input id=(id) name=(name) type="text" value=(value) maxlength=(max) autocomplete="off" spellcheck="false"
            aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
        (wrong.says())
    }
}

fn found_by_hand(case: &Case, found: &ByHand) -> Markup {
    html! {
        p { "The app failed; found by hand:" }
        dl.facts {
            div { dt { "Namespace" } dd { (shown(&found.namespace, NAMESPACE_MAX)) } }
            div { dt { "Salesforce account" } dd { (found.account) } }
        }
        @match case.organization.found() {
            None => {}
            Some(Found::None) => p { "No organization carries this account. Compare it with the app; if it is right, see Hand-over." },
            Some(Found::One(one)) => p {
                "Its organization is "
                a href=(case.organization_url(one.id)) target="_blank" rel="noreferrer" { (shown(&one.name, 200)) }
                ". Look at the checks, then associate."
            },
            Some(Found::Several(_)) => p { "Several organizations carry this account: choose one under Records." },
        }
        div.actions { button.quiet type="button" data-command="forget_by_hand" { "Change the namespace or account" } }
    }
}

/// What comes next on this way; nothing where the case goes another.
pub(super) fn next(case: &Case, verdict: &Verdict, world: World<'_>) -> Option<&'static str> {
    if !case.is_dot_com(&world.profile.zendesk) {
        return None;
    }
    let organization = case.ticket.got().map(|t| &t.requester.organization);
    Some(match (case.dot_com.attempt, &case.dot_com.by_hand) {
        (None, _) => {
            "Attempt the association in the Support Ops Super App, then record under GitLab.com what came of it."
        }
        (Some(Attempt::Associated), _) => match organization {
            Some(Some(_)) => {
                "The requester is associated. Reply that users were added, and solve the ticket."
            }
            Some(None) => {
                "Zendesk does not show the requester's organization yet. Read again under GitLab.com before you reply."
            }
            None => "Zendesk is asked whether it shows the requester's organization.",
        },
        (Some(Attempt::NotAnOwner), _) => {
            "Reply that the requester is not an owner of a top-level paid namespace."
        }
        (Some(Attempt::AppFailed), None) => {
            "Look up the namespace and its Salesforce account by hand, as under GitLab.com, or hand over."
        }
        (Some(Attempt::AppFailed), Some(_)) => {
            match (&case.organization.load, case.organization.found(), verdict) {
                (_, Some(Found::None), _) => {
                    "No organization carries this Salesforce account. See Hand-over: sync the account and look again in 1 to 2 hours, or hand over."
                }
                (_, Some(Found::Several(_)), _) if case.organization.chosen().is_none() => {
                    "Choose the organization under Records."
                }
                (_, _, Verdict::Entitled) if matches!(organization, Some(Some(_))) => {
                    "The requester is associated. Reply that users were added, and solve the ticket."
                }
                (_, _, Verdict::Entitled) => {
                    "Add the internal note, then associate once the pre-checks have passed."
                }
                (Load::NotAsked | Load::Asking, _, _) => "The organization is being looked for.",
                _ => "Look at the open checks below.",
            }
        }
    })
}
