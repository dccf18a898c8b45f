//! Plans the next steps of a walk from the case alone.

use crate::case::Case;
use crate::case::proof::Lead;
use crate::case::trace::{Step, TraceProblem};
use crate::portal::address;
use crate::profile::portal::PortalWords;
use crate::record::ids::{BillingAccountId, ContactId, LicenseId};
use crate::record::seen::Record;
use crate::record::{RecordKind, Shown, SoldTo};

/// What a step needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// The page of this number (0: a list).
    Record(u64),
    /// The list of activations, searched for the code.
    Code,
    /// It cannot be done.
    Fails(TraceProblem),
}

/// Where the chosen piece leads. A key that does not open leads to the license that Validate
/// License showed.
pub(super) fn lead(case: &Case, validated: Option<u64>) -> Option<Lead> {
    let lead = case.proofs.chosen()?.lead();
    match (lead, validated.and_then(|id| LicenseId::try_from(id).ok())) {
        (Lead::Closed(_) | Lead::Nameless, Some(id)) => Some(Lead::License(id)),
        (lead, _) => Some(lead),
    }
}

/// Whether the chain holds the record that the chosen piece leads to, as far as can be known.
pub(super) fn proof_is_known(case: &Case, validated: Option<u64>) -> bool {
    match (case.chain.proof(), lead(case, validated)) {
        (None, _) => false,
        (Some(_), None | Some(Lead::Closed(_) | Lead::Nameless)) => true,
        (Some(Record::License(held)), Some(Lead::License(id))) => held.record.id == id,
        (Some(Record::CloudActivation(held)), Some(Lead::Activation(mask))) => held
            .record
            .activation_code
            .value()
            .is_none_or(|code| code.as_str() == mask),
        (Some(_), Some(_)) => false,
    }
}

/// Every step that is possible now, done or not.
pub(super) fn plan(case: &Case, validated: Option<u64>) -> Vec<(Step, Want)> {
    if !proof_is_known(case, validated) {
        return lead(case, validated)
            .map(|lead| proof(case, lead))
            .into_iter()
            .collect();
    }
    let mut wants = Vec::new();
    if case.chain.order().is_none() {
        wants.push(
            match (
                case.proven_subscription(),
                &case.trace.orders,
                case.trace.order,
            ) {
                (None, _, _) => (Step::Orders, Want::Fails(TraceProblem::NoSubscription)),
                (Some(_), Some(_), Some(order)) => (Step::Order, Want::Record(order.get())),
                (Some(_), _, _) => (Step::Orders, Want::Record(0)),
            },
        );
    }
    if case.chain.billing_account().is_none() && case.trace.early_account.is_none() {
        wants.extend(account(case));
    }
    wants.extend(contact(case).map(|id| (Step::Contact, Want::Record(id.get()))));
    wants
}

fn proof(case: &Case, lead: Lead) -> (Step, Want) {
    match (lead, case.trace.activation.as_ref().map(|(_, id)| *id)) {
        (Lead::License(id), _) => (Step::License, Want::Record(id.get())),
        (Lead::Activation(_), Some(id)) => (Step::Activation, Want::Record(id.get())),
        (Lead::Activation(_), None) => (Step::Search, Want::Code),
        (Lead::Closed(error), _) => (Step::License, Want::Fails(TraceProblem::Closed(error))),
        (Lead::Nameless, _) => (Step::License, Want::Fails(TraceProblem::Nameless)),
    }
}

/// The billing account: the order's, otherwise the one that the order's row or the cloud activation
/// links to.
fn account(case: &Case) -> Option<(Step, Want)> {
    let record = |id: &BillingAccountId| (Step::Account, Want::Record(id.get()));
    if let Some(order) = case.chain.order() {
        return Some(match &order.record.billing_account {
            Shown::Value(id) => record(id),
            Shown::Absent | Shown::Unreadable(_) => {
                (Step::Account, Want::Fails(TraceProblem::NoAccount))
            }
        });
    }
    let row = case.trace.order.and_then(|id| {
        case.trace
            .orders
            .as_ref()?
            .rows
            .iter()
            .find(|row| row.id == id)
    });
    let by_row = row.and_then(|row| row.billing_account.value());
    let by_activation = match case.chain.proof() {
        Some(Record::CloudActivation(held)) => held.record.billing_account.value(),
        _ => None,
    };
    by_activation.or(by_row).map(record)
}

/// The contact whose page has the Sold-to's address, if the account shows only a name.
pub(super) fn contact(case: &Case) -> Option<ContactId> {
    let account = case.chain.billing_account()?;
    match account.record.sold_to.value()? {
        SoldTo::NameOnly { contact, .. } if case.chain.contact().is_none() => *contact,
        SoldTo::NameOnly { .. } | SoldTo::Email { .. } => None,
    }
}

/// The URL of a step's page; none for the search, because its URL contains a secret.
pub(super) fn url(
    case: &Case,
    words: &PortalWords,
    host: &str,
    step: Step,
    number: u64,
) -> Option<String> {
    let kind = match step {
        Step::Search => return None,
        Step::Orders => {
            let name = case.proven_subscription()?;
            return Some(address::orders_by_subscription_url(words, host, name));
        }
        Step::License => RecordKind::License,
        Step::Activation => RecordKind::CloudActivation,
        Step::Order => RecordKind::Order,
        Step::Account => RecordKind::BillingAccount,
        Step::Contact => RecordKind::Contact,
    };
    (number > 0).then(|| address::record_url(words, host, kind, number))
}
