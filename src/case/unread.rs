//! Which value of a record that a check needs could not be read.

use super::Case;
use super::chain::{Record, Slot};
use super::check::CheckName;
use crate::record::Shown;

/// A value that a held record should show, and does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadValue {
    /// Whose.
    pub slot: Slot,
    /// What the portal calls it.
    pub label: &'static str,
}

/// The first one that a check needs.
pub fn unread(case: &Case, check: CheckName) -> Option<UnreadValue> {
    let chain = &case.chain;
    let proof = chain.proof();
    match check {
        CheckName::NotATrial => proof.and_then(|record| match record {
            Record::License(s) => of(Slot::Proof, "Trial", &s.record.trial),
            Record::CloudActivation(s) => of(Slot::Proof, "Trial", &s.record.trial),
            _ => None,
        }),
        CheckName::NotExpired => proof.and_then(|record| match record {
            Record::License(s) => of(Slot::Proof, "Expires at", &s.record.expires_at),
            // A cloud activation may have none: then its order's counts.
            Record::CloudActivation(s) if s.record.expires_at == Shown::Absent => chain
                .order()
                .and_then(|order| of(Slot::Order, "End date", &order.record.end_date)),
            Record::CloudActivation(s) => of(Slot::Proof, "Expires at", &s.record.expires_at),
            _ => None,
        }),
        CheckName::SoldToMatches => chain
            .billing_account()
            .and_then(|account| of(Slot::BillingAccount, "Sold to", &account.record.sold_to)),
        CheckName::RecordsBelongTogether => {
            let subscription = proof.and_then(|record| match record {
                Record::License(s) => of(
                    Slot::Proof,
                    "Zuora subscription name",
                    &s.record.subscription_name,
                ),
                Record::CloudActivation(s) => of(
                    Slot::Proof,
                    "Subscription name",
                    &s.record.subscription_name,
                ),
                _ => None,
            });
            let order = || {
                chain.order().and_then(|s| {
                    of(
                        Slot::Order,
                        "Subscription name",
                        &s.record.subscription_name,
                    )
                })
            };
            let account = || {
                chain
                    .order()
                    .and_then(|s| of(Slot::Order, "Billing account", &s.record.billing_account))
            };
            let salesforce = || {
                chain.billing_account().and_then(|s| {
                    of(
                        Slot::BillingAccount,
                        "Salesforce account",
                        &s.record.salesforce_account,
                    )
                })
            };
            subscription
                .or_else(order)
                .or_else(account)
                .or_else(salesforce)
        }
        CheckName::ProofGiven
        | CheckName::OwnLicense
        | CheckName::CompanyEmail
        | CheckName::OwnsNamespace
        | CheckName::ContactLimit
        | CheckName::OrganizationNotes => None,
    }
}

fn of<T>(slot: Slot, label: &'static str, value: &Shown<T>) -> Option<UnreadValue> {
    matches!(value, Shown::Absent | Shown::Unreadable(_)).then_some(UnreadValue { slot, label })
}
