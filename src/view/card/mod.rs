//! The card: what to do next, with the very control that does it.

mod decision;
pub(super) mod organization;
mod proof;
mod tracing;

use maud::{Markup, html};

use super::card_frame::{Card, sentence};
use super::case_view::CaseView;
use super::parts::Tone;
use super::{changes, contacts, dot_com, plan, trouble};
use crate::app::association_gate;
use crate::case::check::Verdict;
use crate::case::load::Load;
use crate::profile::host_pattern::host_of;
use crate::reading::ReadError;

/// What comes next in a case.
pub(super) fn of(view: &CaseView<'_>) -> Card {
    let case = view.case;
    if !view.model.missing_access.is_empty() && case.ticket.got().is_none() {
        return access(view.model.missing_access.as_slice());
    }
    // What the engineer opened is in front until they close it.
    if case.trouble.opened {
        return trouble::hand_over_card(view);
    }
    if let Some(run) = view.run() {
        return plan::run_card(view, run);
    }
    if let Some(card) = unread_ticket(view) {
        return card;
    }
    if let Some(card) = decision::records(view) {
        return card;
    }
    if let Some(card) = changes::card(view) {
        return card;
    }
    if let Some(to) = case.handed_over_to() {
        return handed_over(to);
    }
    if let Some(name) = case.form_stops(&view.world.profile.zendesk) {
        return wrong_form(view, &name);
    }
    if let Some(card) = tracing::card(view) {
        return card;
    }
    if let Some(offer) = &view.offer {
        return plan::offer_card(view, offer);
    }
    if let Some(card) = trouble::need_card(view) {
        return card;
    }
    if let Some(card) = decision::checks(view) {
        return card;
    }
    if view.is_pre_authorized() {
        return contacts::card(view);
    }
    if view.is_dot_com()
        && let Some(card) = dot_com::card(view)
    {
        return card;
    }
    if let Some(card) = proof::card(view) {
        return card;
    }
    last(view)
}

/// The browser has to be asked before anything can be read.
pub(super) fn access(missing: &[String]) -> Card {
    let count = missing.len();
    let sites = missing.iter().map(|pattern| host_of(pattern));
    Card::act(
        match count {
            1 => "Allow access to 1 site".to_owned(),
            n => format!("Allow access to {n} sites"),
        },
        html! {
            p { @if count == 1 { "Tether can’t read this site yet:" } @else { "Tether can’t read these sites yet:" } }
            dl.facts {
                @for site in sites {
                    div {
                        dt { (site) }
                        dd { @if site.contains("zendesk") { "tickets, and the changes you start" } @else { "licenses, orders, and billing accounts" } }
                    }
                }
            }
            div.actions {
                button.primary type="button" data-grant=(missing.join(" ")) { "Allow access" }
                p.hint { "Your browser asks you to confirm." }
            }
        },
    )
}

fn unread_ticket(view: &CaseView<'_>) -> Option<Card> {
    let error = match &view.case.ticket {
        Load::Got(_) => return None,
        Load::NotAsked => {
            return Some(Card::progress(
                "Waiting for the ticket",
                html! { p { "Tether reads the ticket as soon as it can." } },
            ));
        }
        Load::Asking => {
            return Some(Card::progress(
                "Reading the ticket",
                html! { p.busy aria-busy="true" { "Tether reads the ticket and its comments." } },
            ));
        }
        Load::Failed(error) => error,
    };
    Some(match error {
        ReadError::SignedOut => Card::signed_out(
            "Sign in to Zendesk",
            "You’re signed out of Zendesk. Sign in, then try again.",
            "show_ticket",
            "retry",
        ),
        _ => Card::stopped(
            "The ticket couldn’t be read",
            super::parts::reading(&view.case.ticket, "the ticket", view.world.now_ms),
        ),
    })
}

fn wrong_form(view: &CaseView<'_>, name: &str) -> Card {
    let (case, words) = (view.case, &view.world.profile.zendesk);
    let form = case.ticket.got().and_then(|t| t.form_id);
    let associated = case
        .ticket
        .got()
        .and_then(|t| t.requester.organization.as_ref());
    Card::stopped(
        "Change the ticket’s form",
        html! {
            p.error role="alert" {
                "This ticket was filed with the form “" (super::parts::shown(name, 80)) "”, which isn’t for association. Tether stops here: change the form in Zendesk, then refresh."
            }
            div.actions {
                button.primary type="button" data-command="show_ticket" { "Show ticket" }
                @if let Some(form) = form {
                    button type="button" data-command="accept_form" data-field-form=(form) { "Go on with this form" }
                }
            }
            @if let Some(offer) = &view.offer {
                p.or { "or hand it on" }
                (plan::steps(view, offer, false))
            } @else if let (Some(_), Err(why)) = (associated, case.hand_on(words)) {
                p.hint { "It can’t be handed on: " bdi { (sentence(&why)) } }
            } @else if !words.hand_on.groups.is_empty() {
                p.hint { "If you go on, the last step hands the ticket on, with the right form." }
            }
        },
    )
    .holding(super::card_frame::Holds {
        plan: view.offer.is_some(),
        ..Default::default()
    })
}

/// Nothing of the usual: what is in the way, or what is still being read.
fn last(view: &CaseView<'_>) -> Card {
    let case = view.case;
    let reading = case.organization.load == Load::Asking
        || case.precheck.people == Load::Asking
        || case.precheck.details == Load::Asking;
    if reading {
        // This takes only a moment and the verdict says the same, so only what follows is announced.
        let title = "Reading the organization";
        let mut card = Card::progress(
            title,
            html! { p.busy aria-busy="true" { "Its notes and contacts are checked." } },
        );
        card.aloud = false;
        card.title = html! { span aria-live="off" { (title) } };
        return card;
    }
    if view.verdict == Verdict::Entitled
        && let Err(why) = association_gate(case, view.world.rules())
    {
        return Card::stopped(
            "Can’t associate yet",
            html! {
                p { bdi { (sentence(&why)) } }
                (again())
            },
        );
    }
    if case.ticket.got().is_some_and(|t| t.is_over()) {
        return Card::new(
            Tone::Good,
            "Done",
            "This ticket is solved",
            html! { p { "Open another ticket to go on." } },
        );
    }
    Card::decide(
        "Look at the checks",
        html! {
            p { "The records don’t answer every check. Open the list below to see what’s missing." }
            (again())
        },
    )
}

fn again() -> Markup {
    html! { div.actions { button type="button" data-command="refresh" { "Refresh" } } }
}

/// Somebody else goes on with the ticket.
fn handed_over(to: &str) -> Card {
    Card::new(
        Tone::Good,
        "Done",
        format!("Handed over to {to}"),
        html! {
            p { "They go on from here. To work on it again, assign it to yourself." }
            div.actions { button type="button" data-command="assign_to_me" { "Assign to me" } }
        },
    )
}
