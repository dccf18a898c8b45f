//! The next page of the portal in the chain.

use super::model::Model;
use super::model::validate::Validated;
use super::world::World;
use crate::case::CaseKey;
use crate::portal::address;
use crate::record::ids::LicenseId;
use crate::record::seen::Slot;
use crate::record::{RecordKind, Shown, SoldTo};

/// The page that the engineer is asked to open next. The view and `open_next` use the same one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPage {
    /// The link's text.
    pub says: String,
    /// Its URL.
    pub url: String,
}

/// The next page of the portal in the chain (steps 6 to 10), if there is one.
pub fn next_page(model: &Model, key: &CaseKey, world: World<'_>) -> Option<NextPage> {
    let case = model.case(key)?;
    let words = &world.profile.portal;
    let host = world.profile.portal_host(&key.host);
    let chain = &case.chain;
    if chain.at(Slot::Proof).is_none() {
        let chosen = case.proofs.chosen().map(|p| p.number);
        // Only the result for the chosen key counts, or one for a key that nobody knows.
        let fits = |v: &&Validated| v.case == *key && (v.proof.is_none() || v.proof == chosen);
        let id = LicenseId::try_from(model.validated.as_ref().filter(fits)?.license).ok()?;
        return Some(NextPage {
            says: format!("Open license {id}"),
            url: address::record_url(words, host, RecordKind::License, id),
        });
    }
    match (chain.order(), chain.billing_account()) {
        (None, None) => {
            let name = case.proven_subscription()?;
            Some(NextPage {
                says: "Open orders".to_owned(),
                url: address::orders_by_subscription_url(words, host, name),
            })
        }
        (Some(order), None) => {
            let id = *order.record.billing_account.value()?;
            Some(NextPage {
                says: format!("Open billing account {id}"),
                url: address::record_url(words, host, RecordKind::BillingAccount, id),
            })
        }
        (None, Some(_)) => {
            let name = case.proven_subscription()?;
            Some(NextPage {
                says: "Open orders".to_owned(),
                url: address::orders_by_subscription_url(words, host, name),
            })
        }
        (Some(_), Some(account)) => match &account.record.sold_to {
            Shown::Value(SoldTo::NameOnly {
                contact: Some(contact),
                ..
            }) if chain.contact().is_none() => Some(NextPage {
                says: "Open the Sold-to contact".to_owned(),
                url: address::record_url(words, host, RecordKind::Contact, *contact),
            }),
            _ => None,
        },
    }
}
