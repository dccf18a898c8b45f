//! A page of the portal, seen while the engineer browses: which record it is and into which case it goes (steps 6 to 10).

use std::hash::{DefaultHasher, Hash, Hasher};

use super::World;
use super::focus::case_of_tab;
use super::model::Model;
use crate::case::Case;
use crate::case::chain::{Offer, Record, Seen};
use crate::portal::{Page, address, page as reader};

/// The page of a tab once more, whether or not it is the one that was seen last.
pub(super) fn again(model: &mut Model, tab: i64, url: &str, html: &str, world: World<'_>) {
    forget_page(model, tab);
    page(model, tab, url, html, world);
}

pub(super) fn page(model: &mut Model, tab: i64, url: &str, html: &str, world: World<'_>) {
    let Some(host) = address::host_of(url, &world.profile.portal) else { return };
    let Some(key) = case_of_tab(model, tab) else { return };
    let mut hasher = DefaultHasher::new();
    (&key, url, html).hash(&mut hasher);
    let fingerprint = hasher.finish();
    let entry = model.tabs.entry(tab).or_default();
    // A full reload, or coming back, sends the same page again.
    if entry.last_page == fingerprint {
        return;
    }
    entry.last_page = fingerprint;

    let page = reader::read(url, None, html, &world.profile.portal);
    if let Page::Validation(validation) = page {
        model.portal_host = Some(host);
        if let Some(id) = validation.license_id.value() {
            model.validated = Some((key, id.get()));
        }
        return;
    }
    let Some(record) = record_of(page, &host) else { return };
    model.portal_host = Some(host);
    let Some(case) = model.case_mut(&key) else { return };
    // The billing account that links to it may come later: coming back to the page then counts.
    if offer(case, record) == Offer::NotOfThisCase {
        forget_page(model, tab);
    }
}

/// The record that a page of that host shows, with its page's own address; none where it shows none.
pub(super) fn record_of(page: Page, host: &str) -> Option<Record> {
    Some(match page {
        Page::License(record) => {
            let address = address::license_url(host, record.id);
            Record::License(Seen { record, address })
        }
        Page::CloudActivation(record) => {
            let address = address::cloud_activation_url(host, record.id);
            Record::CloudActivation(Seen { record, address })
        }
        Page::Order(record) => {
            let address = address::order_url(host, record.id);
            Record::Order(Seen { record, address })
        }
        Page::BillingAccount(record) => {
            let address = address::billing_account_url(host, record.id);
            Record::BillingAccount(Seen { record, address })
        }
        Page::Contact(record) => {
            let address = address::contact_url(host, record.id);
            Record::Contact(Seen { record, address })
        }
        _ => return None,
    })
}

/// Offers a record to a case, however it came: looked at, or asked for.
pub(super) fn offer(case: &mut Case, record: Record) -> Offer {
    let slot = record.slot();
    let offered = case.chain.offer(record);
    match &offered {
        Offer::Taken | Offer::Known => {
            // The record that waited is the one held now, or the engineer went back to the one held.
            if case.conflict.as_ref().is_some_and(|c| c.offered.slot() == slot) {
                case.conflict = None;
            }
            case.settle_conflict();
        }
        Offer::NotOfThisCase => {}
        Offer::Conflict(conflict) => case.conflict = Some((**conflict).clone()),
    }
    offered
}

fn forget_page(model: &mut Model, tab: i64) {
    if let Some(entry) = model.tabs.get_mut(&tab) {
        entry.last_page = 0;
    }
}
