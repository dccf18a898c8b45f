//! Steps 9 to 11: every record leads to the next, and the last one to the organization.

use super::{Answer, Case, Definition, Rules, UnreadValue, records};
use crate::case::organization::Found;
use crate::case::route::Route;
use crate::record::Shown;
use crate::record::seen::{Record, Slot};
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Records belong together",
    key: "records_belong_together",
    is_pre_check: false,
    failed: |_| "the records don’t belong together".to_owned(),
    marks: &[Slot::Order],
    applies: |_, route| !matches!(route, Route::PreAuthorized(_)),
    answer,
    looked_at: |case, _| records(case, Slot::ALL),
    unreadable,
    decidable: |_, _| false,
};

fn answer(case: &Case, rules: Rules<'_>) -> Answer {
    if case.route(rules.words) == Route::GitLabCom {
        organization_of_account(case)
    } else {
        records_belong_together(case)
    }
}

fn records_belong_together(case: &Case) -> Answer {
    let belonging = case.chain.belonging();
    let against: Vec<String> = belonging
        .against
        .into_iter()
        .chain(case.proofs.contradictions(&case.chain))
        .collect();
    if !against.is_empty() {
        return Answer::Failed(against.join("; "));
    }
    if let Some(conflict) = &case.conflict {
        return Answer::ToDecide(format!(
            "{} does not fit: which record counts?",
            conflict.offered.title()
        ));
    }
    if !belonging.missing.is_empty() {
        return Answer::Unknown(format!("missing: {}", belonging.missing.join(", ")));
    }
    let Some(account) = case.chain.billing_account() else {
        return Answer::Unknown("missing: the billing account".to_owned());
    };
    match &account.record.salesforce_account {
        Shown::Absent => {
            return Answer::Unknown(
                "missing: the billing account shows no Salesforce account".to_owned(),
            );
        }
        Shown::Unreadable(text) => {
            return Answer::Unknown(format!(
                "missing: the billing account shows Salesforce account as “{}”",
                one_line(text, 60)
            ));
        }
        Shown::Value(_) => {}
    }
    found_organization(case, "each record leads to the next, and ")
}

/// GitLab.com: the app found the organization itself, or the Salesforce account was found by hand.
fn organization_of_account(case: &Case) -> Answer {
    if case.dot_com.is_associated() {
        return Answer::Passed("the app found the organization".to_owned());
    }
    match &case.dot_com.by_hand {
        None => Answer::Unknown("missing: the Salesforce account of the namespace".to_owned()),
        Some(_) => found_organization(case, ""),
    }
}

/// The result of the search for the organization. `so_far` precedes the text of a passed answer.
fn found_organization(case: &Case, so_far: &str) -> Answer {
    match case.organization.found() {
        None => Answer::Unknown("missing: the organization has not been found yet".to_owned()),
        Some(Found::None) => {
            Answer::Unknown("missing: no organization carries this Salesforce account".to_owned())
        }
        Some(Found::One(_)) => Answer::Passed(format!(
            "{so_far}the organization carries the Salesforce account"
        )),
        Some(Found::Several(all)) => match case.organization.chosen() {
            Some(chosen) => Answer::Passed(format!(
                "{so_far}the engineer chose organization {}",
                chosen.id
            )),
            None => Answer::ToDecide(format!(
                "{} organizations carry this Salesforce account: which one is it?",
                all.len()
            )),
        },
    }
}

/// The first value that is missing, in the chain's order.
fn unreadable(case: &Case) -> Option<UnreadValue> {
    let (proof, order) = (case.chain.proof(), case.chain.order());
    let account = case.chain.billing_account();
    let subscription = proof.and_then(|record| match record {
        Record::License(s) => UnreadValue::of(
            Slot::Proof,
            "Zuora subscription name",
            &s.record.subscription_name,
        ),
        Record::CloudActivation(s) => UnreadValue::of(
            Slot::Proof,
            "Subscription name",
            &s.record.subscription_name,
        ),
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => None,
    });
    let ordered = order.and_then(|s| {
        UnreadValue::of(
            Slot::Order,
            "Subscription name",
            &s.record.subscription_name,
        )
    });
    let billed = order
        .and_then(|s| UnreadValue::of(Slot::Order, "Billing account", &s.record.billing_account));
    let salesforce = account.and_then(|s| {
        UnreadValue::of(
            Slot::BillingAccount,
            "Salesforce account",
            &s.record.salesforce_account,
        )
    });
    subscription.or(ordered).or(billed).or(salesforce)
}
