//! What to do next: one thing, with the link that leads there.

use maud::{Markup, html};

use super::{plan, trace};
use crate::app::{Model, World, association_gate, next_page, plan_shown};
use crate::case::Case;
use crate::case::check::Verdict;
use crate::case::load::Load;
use crate::case::organization::Found;
use crate::case::plan::Offer;
use crate::case::route::Route;
use crate::reading::ReadError;
use crate::record::Shown;
use crate::record::seen::Record;

pub(super) fn next(
    model: &Model,
    case: &Case,
    verdict: &Verdict,
    offer: Option<&Offer>,
    world: World<'_>,
) -> Markup {
    // An accepted Sold-to leaves its contact's page to look at, but nothing to find out there.
    let page = next_page(model, &case.key, world).filter(|_| *verdict != Verdict::Entitled);
    // The key that the engineer has just validated is what they look at.
    let validated = case.chain.proof().is_none() && page.is_some();
    html! {
        @if let Some(run) = plan_shown(case, offer) {
            (plan::run(case, run, world))
        } @else if let Load::Failed(ReadError::SignedOut) = &case.ticket {
            p { "You are signed out of Zendesk. Sign in, then read the ticket again." }
            div.actions {
                button.primary type="button" data-command="show_ticket" { "Show ticket" }
                button type="button" data-command="retry" { "Try again" }
            }
        } @else if case.conflict.is_some() {
            p { "A record does not fit this case. Choose under Records which one counts." }
        } @else if case.trace.is_running() {
            p { "Tether walks the chain; its steps stand under Evidence." }
        } @else if case.trace.signed_out() {
            p { "You are signed out of the portal. Sign in: Trace goes on by itself when a page of the portal is seen again." }
            div.actions { button.primary type="button" data-command="sign_in" { "Sign in" } }
        } @else if let Some(offer) = offer {
            (plan::lead(case, offer, verdict, world))
            (plan::offered(case, offer, world))
        } @else if let Some(page) = page {
            p { (why(case)) }
            div.actions { a.button.primary href=(page.url) target="_blank" rel="noreferrer" data-command="open_next" { (page.says) } }
        } @else if let Some(words) = super::dot_com::next(case, verdict, world) {
            p { (words) }
        } @else if let Some(proof) = case.proofs.chosen().filter(|_| trace::offers(model, case) && !validated) {
            p { "The requester gave a proof: " (proof.kept.kind()) " " (proof.kept.label()) ". Trace walks from it to the organization." }
            (trace::button(case, true))
        } @else {
            p { (words(case, verdict, world)) }
        }
    }
}

fn why(case: &Case) -> &'static str {
    let chain = &case.chain;
    match (chain.proof(), chain.order(), chain.billing_account()) {
        (None, _, _) => "The key was validated. Look at its license.",
        (Some(_), None, _) => {
            "Look at the order of this subscription. Only a row with exactly this name counts."
        }
        (Some(_), Some(_), None) => "Look at the order's billing account.",
        (Some(_), Some(_), Some(_)) => {
            "Sold to is shown as a name. Its e-mail address stands on the contact's page."
        }
    }
}

fn words(case: &Case, verdict: &Verdict, world: World<'_>) -> String {
    if let Route::PreAuthorized(organization) = case.route(&world.profile.zendesk) {
        return format!(
            "The requester is a contact of {} already and may manage its contacts. Tick whom to add, or pick whom to remove, under Contacts.",
            organization.label()
        );
    }
    let chain = &case.chain;
    let Some(proof) = chain.proof() else {
        return "Enter the requester's license ID or cloud activation code under Evidence, or open its page in the Customers portal."
            .to_owned();
    };
    if chain.order().is_none() && proof.subscription_name().is_none() {
        return format!(
            "The {}'s page shows no subscription name that Tether can read. Find the order in the portal by hand and look at it.",
            proof.kind().to_lowercase()
        );
    }
    if let Some(order) = chain.order()
        && chain.billing_account().is_none()
    {
        return match order.record.billing_account {
            Shown::Unreadable(_) => "The order shows its billing account without a link. Find the account in the portal and look at it.",
            Shown::Value(_) | Shown::Absent => {
                "The order has no billing account. Look for another order of this subscription, or hand over."
            }
        }
        .to_owned();
    }
    match verdict {
        Verdict::NotEntitled(_) => "The requester has not passed. Add the internal note with the reasons, and reply accordingly.".to_owned(),
        Verdict::Entitled => entitled(case, world),
        Verdict::Incomplete(_) => match (&case.organization.load, case.organization.found()) {
            (Load::Asking, _) => "The organization is being looked for.".to_owned(),
            (_, Some(Found::None)) => "No organization carries this Salesforce account. Check in Salesforce whether the account shows the subscription and its charges: if not, sync the billing account and look again in 1 to 2 hours; else hand over.".to_owned(),
            (_, Some(Found::Several(_))) if case.organization.chosen().is_none() => "Choose the organization under Records.".to_owned(),
            _ if matches!(proof, Record::License(_) | Record::CloudActivation(_)) => "Answer the open checks below.".to_owned(),
            _ => "Look at the open checks below.".to_owned(),
        },
    }
}

/// What is left to do once every check has passed.
fn entitled(case: &Case, world: World<'_>) -> String {
    let noted = case.note.written_at.is_some();
    let requester = case
        .ticket
        .got()
        .and_then(|t| t.requester.organization.as_ref())
        .map(|o| o.id);
    let target = case.target(&world.profile.zendesk).map(|o| o.id);
    if requester.is_some() && requester == target {
        return "The requester is associated. Draft the reply, look at it and submit it as Solved."
            .to_owned();
    }
    match (association_gate(case, world.rules()), noted) {
        (Ok(_), false) => "Every check has passed. Add the internal note, then associate the requester.".to_owned(),
        (Ok(_), true) => "Every check has passed. Submit the internal note, then associate the requester.".to_owned(),
        (Err(_), _) => "The requester is entitled. What is in the way of the association is said beside its button.".to_owned(),
    }
}
