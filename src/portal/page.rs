//! Which page this is, and what it says.

use serde::{Deserialize, Serialize};

use super::address::{Place, located};
use super::head::{Head, is_preview, leads_to_sign_in};
use super::record::record;
use super::rows::list;
use super::values::Reading;
use super::witness::Witness;
use super::{diagnose, fields, validation};
use crate::html::{Document, Limits, Refused, Tree};
use crate::profile::portal::PortalWords;
use crate::reading::{Response, firewall};
use crate::record::{
    BillingAccount, CloudActivation, CloudActivationRow, Contact, License, LicenseRow, Listing,
    Order, OrderRow, RecordKind, Validation,
};

/// What a page of the portal is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// A license (handbook step 6).
    License(License),
    /// A cloud activation (step 7).
    CloudActivation(CloudActivation),
    /// An order (step 9).
    Order(Order),
    /// A billing account (step 10).
    BillingAccount(BillingAccount),
    /// A contact: the address behind a Sold-to that is only a name.
    Contact(Contact),
    /// The order list.
    OrderList(Listing<OrderRow>),
    /// The cloud activation list.
    CloudActivationList(Listing<CloudActivationRow>),
    /// The license list.
    LicenseList(Listing<LicenseRow>),
    /// The result of Validate License (step 8).
    Validation(Validation),
    /// Validate License without a result.
    ValidateForm,
    /// The portal answered that there is no such record.
    NotFound {
        /// The model asked for.
        model: RecordKind,
        /// The number asked for.
        id: u64,
    },
    /// The portal refused the page to this user.
    NotAllowed,
    /// The portal wants a sign-in first.
    SignedOut,
    /// What protects the portal blocked the request, or wants to check the browser first.
    Blocked,
    /// The portal failed.
    ServerError,
    /// Nothing that Tether reads.
    Other(OtherPage),
}

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherPage {
    /// A record's Edit, History or another tab of it, a form for a new record.
    EditOrHistory,
    /// The admin's front page.
    Dashboard,
    /// A model that Tether does not read.
    OtherModel,
    /// The list of a model whose lists Tether does not read.
    OtherList,
    /// The page's own model or number is not its address's: the address has changed, the page not yet.
    Stale,
    /// A list at a record's address, with no status to tell whether the record is missing or the page about to be replaced.
    ListAtRecordAddress,
    /// A copy that Turbo shows until the page arrives.
    Preview,
    /// Not an address of the portal's admin.
    NotAPortalAddress,
    /// The portal has no such page.
    NoSuchPage,
    /// Larger than any page of the portal.
    TooLarge,
    /// More tags than any page of the portal.
    TooComplex,
    /// None of the known forms.
    Unrecognised,
}

/// Reads a page. `status` is the answer's, `None` where the HTML is a document in a tab.
///
/// A record counts only where the page's own model and the number of its active Show tab are those of its address. Alerts are never
/// read: the portal shows them again on the next page.
pub fn read(url: &str, status: Option<u16>, html: &str, words: &PortalWords) -> Page {
    look(url, status, html, words, None)
}

/// Reads an answer to the background's own read.
pub fn read_answer(response: &Response, words: &PortalWords) -> Page {
    let is_portal = located(&response.url, words).is_some();
    if is_portal
        && response
            .mitigated
            .as_deref()
            .is_some_and(|how| how.trim().eq_ignore_ascii_case("challenge"))
    {
        return Page::Blocked;
    }
    read(&response.url, Some(response.status), &response.body, words)
}

/// The same, with a witness where the page is being diagnosed.
pub(super) fn look(
    url: &str,
    status: Option<u16>,
    html: &str,
    words: &PortalWords,
    witness: Option<&Witness>,
) -> Page {
    let Some((host, place)) = located(url, words) else {
        return Page::Other(OtherPage::NotAPortalAddress);
    };
    if matches!(status, Some(400..)) && status != Some(429) && firewall::is_block(html) {
        return Page::Blocked;
    }
    match status {
        Some(401) => return Page::SignedOut,
        Some(403) => return Page::NotAllowed,
        Some(404 | 410) => {
            return match place {
                Place::Show { model, id } => Page::NotFound { model, id },
                _ => Page::Other(OtherPage::NoSuchPage),
            };
        }
        Some(500..) => return Page::ServerError,
        _ => {}
    }
    if place == Place::SignIn {
        return Page::SignedOut;
    }
    let document = match Document::page(html, &Limits::PAGE) {
        Ok(document) => document,
        Err(Refused::TooLarge) => return Page::Other(OtherPage::TooLarge),
        Err(Refused::TooComplex) => return Page::Other(OtherPage::TooComplex),
    };
    let flat = document.tree();
    let mut reading = Reading {
        flat: &flat,
        words,
        host: &host,
        secrets: Vec::new(),
        witness,
    };
    let redirect = matches!(status, Some(300..=399));
    let head = Head::of(&reading);
    let page = match &head {
        _ if is_preview(&flat) => Page::Other(OtherPage::Preview),
        None if status != Some(429) && firewall::is_block(html) => Page::Blocked,
        None if leads_to_sign_in(&reading, redirect) => Page::SignedOut,
        None => static_error(&flat).unwrap_or(Page::Other(OtherPage::Unrecognised)),
        Some(_) if !matches!(status, None | Some(200..=299)) => {
            Page::Other(OtherPage::Unrecognised)
        }
        Some(head) => headed(&mut reading, head, &place),
    };
    if let Some(witness) = witness {
        witness.saw(diagnose::document(
            &reading,
            head.as_ref(),
            &place,
            html.len(),
        ));
    }
    page
}

/// Rails's own error pages, by what they call themselves.
fn static_error(flat: &Tree<'_>) -> Option<Page> {
    let title = (0..flat.len()).find(|&i| flat.element(i).is_some_and(|e| e.name() == "title"))?;
    let title = flat.raw_text(title + 1);
    let title = title.trim();
    if title.ends_with("(500)") || title.ends_with("(500 Internal Server Error)") {
        Some(Page::ServerError)
    } else if title.ends_with("(404)") || title.ends_with("(404 Not Found)") {
        Some(Page::Other(OtherPage::NoSuchPage))
    } else {
        None
    }
}

fn headed(reading: &mut Reading<'_, '_>, head: &Head<'_>, place: &Place) -> Page {
    let own = reading.words.models.named(head.model);
    let other = |why| Page::Other(why);
    match *place {
        Place::Show { model, id } => match (own, head.action, head.shown) {
            (Some(own), Some("show"), Some(shown)) if own == model && shown == (model, id) => {
                let found = fields::of_page(reading.flat);
                reading.secrets = fields::secrets(reading.flat, &found, &reading.words.secrets);
                record(reading, &found, model, id)
            }
            (Some(own), Some("index"), _) if own == model => other(OtherPage::ListAtRecordAddress),
            _ => other(OtherPage::Stale),
        },
        Place::List { model } => match (own, head.action) {
            (Some(own), Some("index")) if own == model => list(reading, model),
            _ => other(OtherPage::Stale),
        },
        Place::Validate => match (own, head.action) {
            (Some(RecordKind::License), Some(action))
                if action == reading.words.validate_action =>
            {
                match validation::license_id(reading.flat, head.end) {
                    Some(license_id) => Page::Validation(Validation { license_id }),
                    None => Page::ValidateForm,
                }
            }
            _ => other(OtherPage::Stale),
        },
        Place::SignIn | Place::OtherAdmin => match (own, head.action) {
            (None, _) if head.model.is_empty() => other(OtherPage::Dashboard),
            (None, _) => other(OtherPage::OtherModel),
            (Some(_), Some("show" | "index")) => other(OtherPage::Stale),
            _ => other(OtherPage::EditOrHistory),
        },
    }
}
