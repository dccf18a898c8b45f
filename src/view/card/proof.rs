//! Proof of entitlement: none, one or several, and the records that are still missing.

use maud::html;

use super::{decision, tracing};
use crate::app::next_page;
use crate::case::load::Load;
use crate::case::route::Route;
use crate::record::seen::Slot;
use crate::view::card_frame::{Card, Holds};
use crate::view::case_view::CaseView;
use crate::view::parts::shown;
use crate::view::{evidence, trace};

pub(super) fn card(view: &CaseView<'_>) -> Option<Card> {
    let case = view.case;
    let page = next_page(view.model, &case.key, view.world);
    let can_trace = trace::can_start(view);
    let missing = case.chain.order().is_none() || case.chain.billing_account().is_none();
    if !case.chain.is_empty() {
        if missing && can_trace {
            return Some(go_on(
                view,
                page.as_ref().map(|p| (p.says.as_str(), p.url.as_str())),
            ));
        }
        let page = page?;
        if !missing && case.chain.contact().is_none() && !can_trace {
            return Some(open(
                &page.says,
                &page.url,
                "Sold-to is shown as a name. Its email is on the contact’s page.",
            ));
        }
        return missing.then(|| {
            open(
                &page.says,
                &page.url,
                "Tether takes over what the page shows.",
            )
        });
    }
    if let (Some(page), None) = (&page, case.chain.proof()) {
        // The key that the engineer has just validated is what they look at.
        return Some(validated(view, &page.says, &page.url, can_trace));
    }
    match case.proofs.found.as_slice() {
        [] => decision::product_card(view).or_else(|| Some(none(view))),
        [_] => Some(one(view)),
        _ => Some(several(view)),
    }
}

const READS: &str = "Reads the records below. Changes nothing.";

fn holds() -> Holds {
    Holds {
        evidence: true,
        ..Holds::default()
    }
}

/// The engineer browses by hand: Trace finds the rest.
fn go_on(view: &CaseView<'_>, page: Option<(&str, &str)>) -> Card {
    let case = view.case;
    let name = case.proven_subscription();
    let title = match (case.chain.order(), name) {
        (None, Some(name)) => format!("Trace the order of {name}"),
        (Some(_), _) if case.chain.billing_account().is_none() => {
            "Trace the billing account".to_owned()
        }
        _ => format!("Trace {}", tracing::start(view)),
    };
    let missing = [Slot::Proof, Slot::Order, Slot::BillingAccount]
        .iter()
        .filter(|slot| case.chain.at(**slot).is_none())
        .count()
        + usize::from(case.organization.found().is_none());
    Card::act(
        title,
        html! {
            p {
                @if let Some(last) = case.chain.held().next() { "You opened " (last.kind().to_lowercase()) " " (last.number()) ". " }
                @if missing == 1 { "Tether can find the other record for you." } @else { "Tether can find the other " (missing) " records for you." }
            }
            (tracing::form(view, html! {
                @if let Some((says, url)) = page {
                    a.button href=(url) target="_blank" rel="noreferrer" data-command="open_next" { (says) }
                }
            }))
            @if let (None, Some(name)) = (case.chain.order(), name) {
                p.hint { "Only orders of exactly " span.nb { (shown(name.as_str(), 100)) } " count." }
            }
        },
    )
}

fn open(says: &str, url: &str, why: &str) -> Card {
    Card::act(
        says,
        html! {
            p { (why) }
            div.actions { a.button.primary href=(url) target="_blank" rel="noreferrer" data-command="open_next" { (says) } }
        },
    )
}

fn validated(view: &CaseView<'_>, says: &str, url: &str, can_trace: bool) -> Card {
    Card::act(
        says,
        html! {
            p { "The key was validated. Look at its license." }
            div.actions {
                a.button.primary href=(url) target="_blank" rel="noreferrer" data-command="open_next" { (says) }
                @if can_trace { button type="button" data-command="trace" { "Trace" } }
            }
            (evidence::given(view))
            (evidence::different(view))
        },
    )
    .holding(holds())
}

fn one(view: &CaseView<'_>) -> Card {
    let can_trace = trace::can_start(view);
    let chosen = view.case.proofs.chosen();
    Card::act(
        if can_trace {
            format!("Trace {}", tracing::start(view))
        } else {
            "Look at the proof".to_owned()
        },
        html! {
            @if can_trace { (tracing::form(view, html! { p.hint { (READS) } })) }
            @if let Some(proof) = chosen {
                (evidence::sent(view.case, proof))
                (evidence::about(proof, view.world))
            }
            (evidence::files(view))
            (evidence::different(view))
        },
    )
    .holding(holds())
}

fn several(view: &CaseView<'_>) -> Card {
    Card::decide(
        "Choose the proof to trace",
        html! {
            form #choose-proof data-command="choose_proof" data-field-trace="true" autocomplete="off" {
                (evidence::choices(view))
                div.actions {
                    button.primary #trace type="submit" { "Trace" }
                    p.hint { (READS) }
                }
            }
            @if let Some(chosen) = view.case.proofs.chosen() { (evidence::about(chosen, view.world)) }
            (evidence::files(view))
            (evidence::different(view))
        },
    )
    .holding(holds())
}

/// Nothing was found: the requester can be asked, or the engineer gives it.
fn none(view: &CaseView<'_>) -> Card {
    let case = view.case;
    let looking = case.proofs.looking() || case.written == Load::Asking;
    if looking {
        return Card::progress(
            "Looking for proof of entitlement",
            html! {
                p.busy aria-busy="true" { "Tether reads what the requester wrote and attached." }
                (evidence::files(view))
                (evidence::different(view))
            },
        )
        .holding(holds());
    }
    let title = if view.route == Route::Undecided {
        "Find the proof of entitlement"
    } else {
        "Add the proof of entitlement"
    };
    Card::act(
        title,
        html! {
            @if case.written.got().is_some() {
                p { "Their comments and attachments hold no license ID, activation code, license file, or usage export." }
            }
            (evidence::files(view))
            (evidence::by_hand(view))
        },
    )
    .holding(holds())
}
