//! Follows one chain of records through the portal, and notes how each field was found. Values are
//! used for the next address and not kept.

use crate::app::model::Model;
use crate::app::model::setup::{Links, Look, Looking, Seen, Setup, Unseen};
use crate::app::trace::{Answered, read_step};
use crate::app::world::World;
use crate::case::organization::{Found, accept};
use crate::case::trace::{Step, TraceProblem};
use crate::portal::{address, diagnose};
use crate::reading::{Answer, ReadError};
use crate::record::ids::SubscriptionName;
use crate::record::seen::Record;
use crate::record::{Listing, OrderRow, RecordKind, Shown, SoldTo};
use crate::zendesk::{answer, request};

pub(super) use crate::app::trace::HTML;

/// The number of the record that a look is for (0: a list), and the step that reads it.
fn step(setup: &Setup, look: Look) -> Option<(Step, u64)> {
    let chain = &setup.chain;
    Some(match (look, chain.proof) {
        (Look::Proof, Some((RecordKind::CloudActivation, id))) => (Step::Activation, id),
        (Look::Proof, Some((_, id))) => (Step::License, id),
        (Look::Orders, _) => (Step::Orders, 0),
        (Look::Order, _) => (Step::Order, chain.order?.get()),
        (Look::BillingAccount, _) => (Step::Account, chain.account?.get()),
        (Look::Contact, _) => (Step::Contact, chain.contact?.get()),
        _ => return None,
    })
}

/// The address of a page of the chain.
pub(super) fn url(setup: &Setup, look: Look, world: World<'_>) -> Option<String> {
    let (words, host) = (&world.profile.portal, setup.portal.as_str());
    let (step, number) = step(setup, look)?;
    let kind = match step {
        Step::License => RecordKind::License,
        Step::Activation => RecordKind::CloudActivation,
        Step::Order => RecordKind::Order,
        Step::Account => RecordKind::BillingAccount,
        Step::Contact => RecordKind::Contact,
        Step::Orders => {
            let name = setup.chain.subscription.as_ref()?;
            return Some(address::orders_by_subscription_url(words, host, name));
        }
        Step::Search => return None,
    };
    Some(address::record_url(words, host, kind, number))
}

/// The search for the organization of the Salesforce account.
pub(super) fn organization_url(setup: &Setup, world: World<'_>) -> Option<String> {
    let keys = &world.profile.zendesk.organization_fields;
    let account = setup.chain.salesforce.as_ref()?;
    Some(request::search_organizations(
        &setup.host,
        &keys.salesforce_id,
        &account.long(),
    ))
}

/// How many organizations have the account.
pub(super) fn organizations(
    setup: &Setup,
    value: &serde_json::Value,
    world: World<'_>,
) -> Result<usize, ReadError> {
    let found = answer::every_organization(value, &world.profile.zendesk)?;
    let Some(account) = &setup.chain.salesforce else {
        return Err(ReadError::Failed);
    };
    Ok(match accept(account, found) {
        Found::None => 0,
        Found::One(_) => 1,
        Found::Several(all) => all.len(),
    })
}

/// Takes a page of the chain, and wants the next one.
pub(super) fn answered(model: &mut Model, look: Look, answer: &Answer, world: World<'_>) {
    let Some((step, number)) = step(&model.setup, look) else {
        return;
    };
    let read = read_step(step, number, answer, world);
    let page = match (&read, answer) {
        (Ok(_) | Err(TraceProblem::NotThePage), Answer::Response(response)) => Some(
            diagnose::diagnose(&response.url, &response.body, &world.profile.portal),
        ),
        _ => None,
    };
    let seen = match (&read, page) {
        (Ok(Answered::Orders(list)), _) => Some(orders(&model.setup, list)),
        (_, Some(page)) => Some(Seen::Page(Box::new(page))),
        _ => None,
    };
    match (seen, &read) {
        (Some(seen), _) => model.setup.done(look, seen),
        (None, Err(problem)) => {
            let why = match problem {
                TraceProblem::Read(error) => Unseen::Read(error.clone()),
                other => Unseen::Chain(other.clone()),
            };
            model.setup.looks.insert(look, Looking::Not(why));
        }
        (None, Ok(_)) => {}
    }
    lead_on(model, look, read);
}

/// Whether an order belongs to the subscription, if the list shows it.
fn of_it(row: &OrderRow, name: Option<&SubscriptionName>) -> Option<bool> {
    match &row.subscription_name {
        Shown::Value(shown) => Some(Some(shown) == name),
        Shown::Absent | Shown::Unreadable(_) => None,
    }
}

fn orders(setup: &Setup, list: &Listing<OrderRow>) -> Seen {
    let name = setup.chain.subscription.as_ref();
    let count = |which| {
        list.rows
            .iter()
            .filter(|row| of_it(row, name) == which)
            .count()
    };
    Seen::Orders {
        of_it: count(Some(true)),
        unknown: count(None),
        of_others: count(Some(false)),
    }
}

/// Forgets the records of a chain that is at its end, except for the one that it began with.
pub(super) fn forget_links(setup: &mut Setup) {
    let is_open = |look| setup.looks.get(look).is_some_and(Looking::is_open);
    if !LOOKS.iter().any(is_open) {
        setup.chain = Links {
            proof: setup.chain.proof,
            ..Links::default()
        };
    }
}

/// Remembers where a page leads to.
fn lead_on(model: &mut Model, look: Look, read: Result<Answered, TraceProblem>) {
    let chain = &mut model.setup.chain;
    match read {
        Ok(Answered::Record(Record::License(license))) => {
            chain.subscription = license.record.subscription_name.value().cloned();
        }
        Ok(Answered::Record(Record::CloudActivation(activation))) => {
            chain.subscription = activation.record.subscription_name.value().cloned();
        }
        Ok(Answered::Orders(list)) => {
            let name = chain.subscription.as_ref();
            let may_be = |row: &&OrderRow| !matches!(of_it(row, name), Some(false));
            chain.order = list.rows.iter().find(may_be).map(|row| row.id);
        }
        Ok(Answered::Record(Record::Order(order))) => {
            chain.account = order.record.billing_account.value().copied();
        }
        Ok(Answered::Account(account)) => {
            let account = account.record;
            chain.salesforce = account.salesforce_account.value().cloned();
            let needed = match account.sold_to.value() {
                Some(SoldTo::NameOnly { contact, .. }) => {
                    chain.contact = *contact;
                    true
                }
                Some(SoldTo::Email { .. }) => false,
                None => true,
            };
            let contact = match (chain.contact, needed) {
                (Some(_), _) => Looking::Wanted,
                (None, true) => Looking::Not(Unseen::Before),
                (None, false) => Looking::Not(Unseen::NotNeeded),
            };
            let organization = match chain.salesforce {
                Some(_) => Looking::Wanted,
                None => Looking::Not(Unseen::Before),
            };
            model.setup.looks.insert(Look::Contact, contact);
            model.setup.looks.insert(Look::Organization, organization);
            return;
        }
        _ => {}
    }
    let (next, known, why) = match look {
        Look::Proof => (
            Look::Orders,
            chain.subscription.is_some(),
            TraceProblem::NoSubscription,
        ),
        Look::Orders => (Look::Order, chain.order.is_some(), TraceProblem::NoOrders),
        Look::Order => (
            Look::BillingAccount,
            chain.account.is_some(),
            TraceProblem::NoAccount,
        ),
        _ => return,
    };
    let is_page = matches!(model.setup.looks.get(&look), Some(Looking::Seen(_)));
    let now = match (known, is_page) {
        (true, _) => Looking::Wanted,
        (false, true) => Looking::Not(Unseen::Chain(why)),
        (false, false) => Looking::Not(Unseen::Before),
    };
    model.setup.looks.insert(next, now);
}

/// The looks that follow a chain.
pub(super) const LOOKS: [Look; 6] = [
    Look::Proof,
    Look::Orders,
    Look::Order,
    Look::BillingAccount,
    Look::Contact,
    Look::Organization,
];

/// Wants the chain again from its beginning, if there is one: labels have changed.
pub(super) fn again(setup: &mut Setup) {
    if setup.chain.proof.is_none() {
        return;
    }
    for look in LOOKS {
        setup.looks.remove(&look);
    }
    let proof = setup.chain.proof;
    setup.chain = Links {
        proof,
        ..Links::default()
    };
    setup.looks.insert(Look::Proof, Looking::Wanted);
}
