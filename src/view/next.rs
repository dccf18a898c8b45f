//! What to do next: one thing, with the link that leads there.

use maud::{Markup, html};

use crate::app::{Model, World, next_page};
use crate::case::Case;
use crate::case::chain::Record;
use crate::case::check::Verdict;
use crate::case::load::Load;
use crate::case::organization::Found;
use crate::case::record::Shown;
use crate::reading::ReadError;

pub(super) fn next(model: &Model, case: &Case, verdict: &Verdict, world: World<'_>) -> Markup {
    // An accepted Sold-to leaves its contact's page to look at, but nothing to find out there.
    let page = next_page(model, &case.key, world).filter(|_| *verdict != Verdict::Entitled);
    html! {
        @if let Load::Failed(ReadError::SignedOut) = &case.ticket {
            p { "You are signed out of Zendesk. Sign in, then read the ticket again." }
            div.actions {
                button.primary type="button" data-command="show_ticket" { "Show ticket" }
                button type="button" data-command="retry" { "Try again" }
            }
        } @else if case.conflict.is_some() {
            p { "A record does not fit this case. Choose below which one counts." }
        } @else if let Some(page) = page {
            p { (why(case)) }
            div.actions { a.button.primary href=(page.url) target="_blank" rel="noreferrer" data-command="open_next" { (page.says) } }
        } @else {
            p { (words(case, verdict)) }
        }
    }
}

fn why(case: &Case) -> &'static str {
    let chain = &case.chain;
    match (chain.proof(), chain.order(), chain.billing_account()) {
        (None, _, _) => "The key was validated. Look at its license.",
        (Some(_), None, _) => "Look at the order of this subscription. Only a row with exactly this name counts.",
        (Some(_), Some(_), None) => "Look at the order's billing account.",
        (Some(_), Some(_), Some(_)) => "Sold to is shown as a name. Its e-mail address stands on the contact's page.",
    }
}

fn words(case: &Case, verdict: &Verdict) -> String {
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
        Verdict::Entitled => "These checks have passed. Add the internal note. Before you associate the user, look at the contact limit and at the organization's notes yourself.".to_owned(),
        Verdict::Incomplete(_) => match (&case.organization.load, case.organization.found()) {
            (Load::Asking, _) => "The organization is being looked for.".to_owned(),
            (_, Some(Found::None)) => "No organization carries this Salesforce account. Check in Salesforce whether the account shows the subscription and its charges: if not, sync the billing account and look again in 1 to 2 hours; else hand over.".to_owned(),
            (_, Some(Found::Several(_))) if case.organization.chosen().is_none() => "Choose the organization under Records.".to_owned(),
            _ if matches!(proof, Record::License(_) | Record::CloudActivation(_)) => "Answer the open checks below.".to_owned(),
            _ => "Look at the open checks below.".to_owned(),
        },
    }
}
