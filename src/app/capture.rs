//! Takes a portal page that the engineer browses: which record it shows, and which case the record
//! goes into (steps 6 to 10).

use std::hash::{DefaultHasher, Hash, Hasher};

use super::focus::{Home, home_of_tab};
use super::model::Model;
use super::model::validate::Validated;
use super::world::World;
use crate::case::chain::{AsideReason, Offer};
use crate::case::{Case, CaseKey};
use crate::portal::{Page, address, reader};
use crate::profile::portal::PortalWords;
use crate::record::RecordKind;
use crate::record::seen::{Record, Seen};

/// Why a portal page was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Report {
    /// The engineer opened it or switched to it.
    Looked,
    /// It was open before the extension started, and reported itself only because of that.
    OpenBefore,
}

/// Reads a tab's page again, even if it is the page that was seen last.
pub(super) fn again(model: &mut Model, tab: i64, url: &str, html: &str, world: World<'_>) {
    forget_page(model, tab);
    page(model, tab, url, html, Report::Looked, world);
}

/// Takes a portal page into the case that its tab belongs to. If the tab belongs to none, the page
/// goes into the case that the engineer works on, provided it is in front of them. A page that may
/// belong to another case is put aside, and the panel asks.
pub(super) fn page(
    model: &mut Model,
    tab: i64,
    url: &str,
    html: &str,
    report: Report,
    world: World<'_>,
) {
    let Some(host) = address::host_of(url, &world.profile.portal) else {
        return;
    };
    let Some(home) = home_of_tab(model, tab) else {
        return;
    };
    let home = match (home, report) {
        (Home::Front(key), Report::OpenBefore) => Home::Asks(key, AsideReason::OpenBefore),
        (home, _) => home,
    };
    let mut hasher = DefaultHasher::new();
    (home.key(), home.fills(), url, html).hash(&mut hasher);
    let fingerprint = hasher.finish();
    let entry = model.tabs.all.entry(tab).or_default();
    // A reload, or coming back to the tab, sends the same page again.
    if entry.last_page == fingerprint {
        return;
    }
    entry.last_page = fingerprint;

    let page = reader::read(url, None, html, &world.profile.portal);
    if let Page::Validation(validation) = page {
        if let Some(id) = validation.license_id.value() {
            validated(model, tab, home, id.get(), |key| {
                world.profile.portal_host(&key.host) == host
            });
        }
        return;
    }
    let Some(record) = record_of(page, &host, &world.profile.portal) else {
        return;
    };
    if world.profile.portal_host(&home.key().host) != host {
        let own = world.profile.portal_host(&home.key().host).to_owned();
        if let Some(case) = model.case_mut(home.key()) {
            case.set_aside(record, AsideReason::OtherPortal(own));
        }
        return;
    }
    match home {
        Home::Asks(key, why) => {
            if let Some(case) = model.case_mut(&key) {
                case.set_aside(record, why);
            }
        }
        Home::Bound(key) => {
            // The panel in front shows another ticket, so it says where the record went.
            if let Some(shown) = model
                .tabs
                .focus()
                .filter(|shown| **shown != key && model.tabs.front_tab() == Some(tab))
                .cloned()
                && shown.host == key.host
                && let Some(case) = model.case_mut(&shown)
            {
                case.set_aside(record.clone(), AsideReason::OfTicket(key.ticket));
            }
            fill(model, &key, tab, record);
        }
        Home::Front(key) => fill(model, &key, tab, record),
    }
}

fn fill(model: &mut Model, key: &CaseKey, tab: i64, record: Record) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    case.take_aside(&record.reference());
    // The billing account that links to the record may be read later. Coming back to this page must
    // count then.
    if offer(case, record) == Offer::NotOfThisCase {
        forget_page(model, tab);
    }
}

/// Takes a result of Validate License for the key that Tether filled in. If the engineer pasted a
/// key there, nobody knows which one it was. A result on another portal than the case's is ignored.
fn validated(
    model: &mut Model,
    tab: i64,
    home: Home,
    license: u64,
    is_own_portal: impl Fn(&CaseKey) -> bool,
) {
    // The page may confirm that it was filled only after it shows the result.
    let filling = model
        .filling
        .get(&tab)
        .filter(|f| f.effect.is_some())
        .map(|f| (f.case.clone(), f.proof));
    let filled = model.filled.remove(&tab).or(filling);
    if !is_own_portal(filled.as_ref().map_or(home.key(), |(case, _)| case)) {
        return;
    }
    if let Some((case, proof)) = filled {
        model.validated = Some(Validated {
            case,
            proof: Some(proof),
            license,
        });
    } else if home.fills() {
        model.validated = Some(Validated {
            case: home.key().clone(),
            proof: None,
            license,
        });
    }
}

/// The record that a page of this host shows, with the page's address, if it shows one.
pub(super) fn record_of(page: Page, host: &str, words: &PortalWords) -> Option<Record> {
    let address = |kind, id: u64| address::record_url(words, host, kind, id);
    Some(match page {
        Page::License(record) => {
            let address = address(RecordKind::License, record.id.get());
            Record::License(Seen { record, address })
        }
        Page::CloudActivation(record) => {
            let address = address(RecordKind::CloudActivation, record.id.get());
            Record::CloudActivation(Seen { record, address })
        }
        Page::Order(record) => {
            let address = address(RecordKind::Order, record.id.get());
            Record::Order(Seen { record, address })
        }
        Page::BillingAccount(record) => {
            let address = address(RecordKind::BillingAccount, record.id.get());
            Record::BillingAccount(Seen { record, address })
        }
        Page::Contact(record) => {
            let address = address(RecordKind::Contact, record.id.get());
            Record::Contact(Seen { record, address })
        }
        _ => return None,
    })
}

/// Offers a record to a case, whether the engineer browsed to it or Trace read it.
pub(super) fn offer(case: &mut Case, record: Record) -> Offer {
    let slot = record.slot();
    let offered = case.chain.offer(record);
    match &offered {
        Offer::Taken | Offer::Known => {
            // If the record is the one that waited, or the one that the case already holds, nothing
            // waits any more.
            if case
                .conflict
                .as_ref()
                .is_some_and(|c| c.offered.slot() == slot)
            {
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
    if let Some(entry) = model.tabs.all.get_mut(&tab) {
        entry.last_page = 0;
    }
}
