//! Which page this is, and what it says.

use serde::{Deserialize, Serialize};

use super::address::{Place, linked, located};
use super::diagnose;
use super::fields::{self, Found};
use super::lists::{self, Row};
use super::validation;
use super::values::{Cell, Reading};
use super::witness::Witness;
use crate::html::{Document, Element, Limits, Refused, Tree, classes, has_class, is_unseen};
use crate::profile::portal::{Field, NoTrialRow, PortalWords};
use crate::reading::{Response, firewall};
use crate::record::ids::{BillingAccountId, CloudActivationId, ContactId, LicenseId, OrderId};
use crate::record::{
    BillingAccount, CloudActivation, CloudActivationRow, Contact, License, LicenseRow, Listing,
    Order, OrderRow, RecordKind, Shown, Validation,
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

/// What a page says of itself above its content.
pub(super) struct Head<'h> {
    /// Its model's name, empty on the dashboard.
    pub model: &'h str,
    /// The index after the header.
    pub end: usize,
    /// The action of its active tab.
    pub action: Option<&'h str>,
    /// The record that the active Show tab leads to.
    pub shown: Option<(RecordKind, u64)>,
}

impl<'h> Head<'h> {
    /// The first header that names a model, and the active tab after it. Two headers or two active tabs that differ are none.
    fn of(reading: &Reading<'_, 'h>) -> Option<Self> {
        let flat = reading.flat;
        let mut header: Option<(&'h str, usize)> = None;
        // rails_admin 2 leaves the attribute out on the dashboard.
        let mut bare_header = None;
        let mut tabs: Vec<(&'h str, Option<(RecordKind, u64)>)> = Vec::new();
        let mut i = 0;
        while i < flat.len() {
            let Some(element) = flat.element(i) else {
                i += 1;
                continue;
            };
            if (is_unseen(element.name()) && element.name() != "head")
                || has_class(element, "fieldset")
                || element.name() == "table"
            {
                i = flat.end(i);
                continue;
            }
            if element.name() == "header" || has_class(element, "page-header") {
                match (element.attr("data-model"), header) {
                    (Some(model), None) => header = Some((model, flat.end(i))),
                    (Some(model), Some((first, _))) if model != first => return None,
                    (None, _) if has_class(element, "page-header") => {
                        bare_header = bare_header.or(Some(flat.end(i)))
                    }
                    _ => {}
                }
            }
            if element.name() == "ul" && has_class(element, "nav-tabs") {
                tabs.extend(active_tabs(reading, i));
                i = flat.end(i);
                continue;
            }
            i += 1;
        }
        let first = tabs.first().copied();
        let is_dashboard = first.is_some_and(|(action, _)| action == "dashboard");
        let (model, end) =
            header.or_else(|| bare_header.filter(|_| is_dashboard).map(|end| ("", end)))?;
        let (action, shown) = match first {
            Some((action, shown)) if tabs.iter().all(|tab| *tab == (action, shown)) => {
                (Some(action), shown)
            }
            Some(_) => return None,
            None => (None, None),
        };
        Some(Self {
            model,
            end,
            action,
            shown,
        })
    }
}

/// The active tabs of a bar: each with its action and, for Show, the record it leads to.
pub(super) fn active_tabs<'h>(
    reading: &Reading<'_, 'h>,
    bar: usize,
) -> Vec<(&'h str, Option<(RecordKind, u64)>)> {
    let flat = reading.flat;
    let mut found = Vec::new();
    for (i, item) in flat.below(bar).filter(|(_, e)| e.name() == "li") {
        let action = classes(item).find_map(|c| {
            c.strip_suffix("_member_link")
                .or_else(|| c.strip_suffix("_collection_link"))
                .or_else(|| c.strip_suffix("_root_link"))
        });
        let Some(action) = action else { continue };
        let link = flat
            .below(i)
            .find(|(at, e)| e.name() == "a" && flat.parent(*at) == i)
            .map(|(_, e)| e);
        if !has_class(item, "active") && !link.is_some_and(|a| has_class(a, "active")) {
            continue;
        }
        let leads_to = link
            .and_then(|a| a.attr("href"))
            .and_then(|href| linked(href, reading.host, reading.words));
        let shown = match leads_to {
            Some(Place::Show { model, id }) if action == "show" => Some((model, id)),
            _ => None,
        };
        found.push((action, shown));
    }
    found
}

pub(super) fn is_preview(flat: &Tree<'_>) -> bool {
    (0..flat.len())
        .filter_map(|i| flat.element(i))
        .find(|e| e.name() == "html")
        .is_some_and(|e| e.attr("data-turbo-preview").is_some())
}

/// A sign-in form, or the short body of a redirect to it.
pub(super) fn leads_to_sign_in(reading: &Reading<'_, '_>, redirect: bool) -> bool {
    let words = reading.words;
    let is_form = |path: &str| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let own = path
            .strip_prefix("https://")
            .and_then(|p| p.strip_prefix(reading.host))
            .unwrap_or(path);
        words.sign_in_forms.iter().any(|p| {
            own == p
                || own
                    .strip_prefix(p.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    // What moves on by itself: to the identity provider, or to the sign-in page.
    let is_saml = |e: &Element| matches!(e.attr("name"), Some("SAMLRequest" | "SAMLResponse"));
    let moves_on = |e: &Element| {
        let is_refresh = e
            .attr("http-equiv")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
        let content = e.attr("content").filter(|_| is_refresh).unwrap_or_default();
        let at = content.to_ascii_lowercase().find("url=");
        at.and_then(|at| content.get(at + 4..)).is_some_and(|to| {
            linked(to.trim_matches(['"', '\'', ' ']), reading.host, words) == Some(Place::SignIn)
        })
    };
    (0..reading.flat.len())
        .filter_map(|i| reading.flat.element(i))
        .any(|e| match e.name() {
            "form" => e
                .attr("action")
                .is_some_and(|to| is_form(to) || to.starts_with("/cdn-cgi/access/login")),
            "input" => is_saml(e),
            "meta" => moves_on(e),
            "a" if redirect => {
                e.attr("href").and_then(|h| linked(h, reading.host, words)) == Some(Place::SignIn)
            }
            _ => false,
        })
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

/// Reads single fields of one record's page.
struct Record<'p, 'r, 'h> {
    reading: &'p Reading<'r, 'h>,
    found: &'p [Found<'h>],
    all: Vec<(&'static str, &'p Field)>,
}

impl Record<'_, '_, '_> {
    fn read<T: PartialEq>(&self, wanted: &Field, read: impl Fn(&Cell) -> Shown<T>) -> Shown<T> {
        fields::read(self.reading, self.found, wanted, &self.all, read)
    }
}

fn record(reading: &Reading<'_, '_>, found: &[Found<'_>], model: RecordKind, id: u64) -> Page {
    let r = reading;
    let unusable = Page::Other(OtherPage::Unrecognised);
    let words = &reading.words.fields;
    let p = Record {
        reading,
        found,
        all: words.of(model),
    };
    match model {
        RecordKind::License => {
            let (w, Ok(id)) = (&words.license, LicenseId::try_from(id)) else {
                return unusable;
            };
            Page::License(License {
                id,
                trial: p.read(&w.trial, |c| r.boolean(c)),
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                name: p.read(&w.name, |c| r.string(c)),
                company: p.read(&w.company, |c| r.string(c)),
                email: p.read(&w.email, |c| r.email_text(c)),
                plan: p.read(&w.plan, |c| r.string(c)),
                starts_at: p.read(&w.starts_at, |c| r.day(c)),
                expires_at: p.read(&w.expires_at, |c| r.day(c)),
                key: fields::key_mark(r.flat, found, &r.words.secrets),
            })
        }
        RecordKind::CloudActivation => {
            let (w, Ok(id)) = (&words.cloud_activation, CloudActivationId::try_from(id)) else {
                return unusable;
            };
            let activation_code = match p.read(&w.activation_code, |c| r.code(c)) {
                Shown::Unreadable(_) => Shown::Unreadable("…".to_owned()),
                code => code,
            };
            let mut trial = p.read(&w.trial, |c| r.boolean(c));
            if r.words.no_trial_row == NoTrialRow::No
                && !found.is_empty()
                && !fields::has_field(found, &w.trial)
            {
                trial = Shown::Value(false);
            }
            Page::CloudActivation(CloudActivation {
                id,
                activation_code,
                trial,
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                billing_account: p.read(&w.billing_account, |c| r.billing_account(c)),
                expires_at: p.read(&w.expires_at, |c| r.day(c)),
            })
        }
        RecordKind::Order => {
            let (w, Ok(id)) = (&words.order, OrderId::try_from(id)) else {
                return unusable;
            };
            Page::Order(Order {
                id,
                subscription_name: p.read(&w.subscription_name, |c| r.subscription_name(c)),
                billing_account: p.read(&w.billing_account, |c| r.billing_account(c)),
                trial: p.read(&w.trial, |c| r.boolean(c)),
                start_date: p.read(&w.start_date, |c| r.day(c)),
                end_date: p.read(&w.end_date, |c| r.day(c)),
            })
        }
        RecordKind::BillingAccount => {
            let (w, Ok(id)) = (&words.billing_account, BillingAccountId::try_from(id)) else {
                return unusable;
            };
            Page::BillingAccount(BillingAccount {
                id,
                name: p.read(&w.name, |c| r.string(c)),
                salesforce_account: p.read(&w.salesforce_account, |c| r.salesforce(c)),
                sold_to: p.read(&w.sold_to, |c| r.sold_to(c)),
            })
        }
        RecordKind::Contact => {
            let (w, Ok(id)) = (&words.contact, ContactId::try_from(id)) else {
                return unusable;
            };
            let name = match p.read(&w.name, |c| r.string(c)) {
                Shown::Absent => joined(
                    p.read(&w.first_name, |c| r.string(c)),
                    p.read(&w.last_name, |c| r.string(c)),
                ),
                name => name,
            };
            Page::Contact(Contact {
                id,
                name,
                email: p.read(&w.email, |c| r.email(c)),
            })
        }
    }
}

/// A name that stands in two fields.
fn joined(first: Shown<String>, last: Shown<String>) -> Shown<String> {
    match (first, last) {
        (Shown::Value(first), Shown::Value(last)) => Shown::Value(format!("{first} {last}")),
        (Shown::Absent, one) | (one, Shown::Absent) => one,
        (unreadable @ Shown::Unreadable(_), _) | (_, unreadable) => unreadable,
    }
}

fn list(reading: &Reading<'_, '_>, model: RecordKind) -> Page {
    let unusable = Page::Other(OtherPage::Unrecognised);
    if matches!(model, RecordKind::BillingAccount | RecordKind::Contact) {
        return Page::Other(OtherPage::OtherList);
    }
    let Some(list) = lists::of_page(reading, model) else {
        return unusable;
    };
    let r = reading;
    let words = &reading.words.fields;
    let all = words.of(model);
    let total = list.total;
    let trial = |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.boolean(c));
    let name =
        |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.subscription_name(c));
    let day = |row: &Row<'_>, w: &Field| fields::read(r, &row.cells, w, &all, |c| r.day(c));
    match model {
        RecordKind::Order => {
            let w = &words.order;
            let read = |row: &Row<'_>| {
                Some(OrderRow {
                    id: OrderId::try_from(row.id).ok()?,
                    subscription_name: name(row, &w.subscription_name),
                    billing_account: fields::read(r, &row.cells, &w.billing_account, &all, |c| {
                        r.billing_account(c)
                    }),
                    trial: trial(row, &w.trial),
                    start_date: day(row, &w.start_date),
                    end_date: day(row, &w.end_date),
                })
            };
            let rows: Option<Vec<OrderRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| Page::OrderList(Listing { rows, total }))
        }
        RecordKind::CloudActivation => {
            let w = &words.cloud_activation;
            let read = |row: &Row<'_>| {
                let id = CloudActivationId::try_from(row.id).ok()?;
                Some(CloudActivationRow {
                    id,
                    subscription_name: name(row, &w.subscription_name),
                    trial: trial(row, &w.trial),
                })
            };
            let rows: Option<Vec<CloudActivationRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| {
                Page::CloudActivationList(Listing { rows, total })
            })
        }
        _ => {
            let w = &words.license;
            let read = |row: &Row<'_>| {
                let id = LicenseId::try_from(row.id).ok()?;
                Some(LicenseRow {
                    id,
                    subscription_name: name(row, &w.subscription_name),
                    trial: trial(row, &w.trial),
                })
            };
            let rows: Option<Vec<LicenseRow>> = list.rows.iter().map(read).collect();
            rows.map_or(unusable, |rows| Page::LicenseList(Listing { rows, total }))
        }
    }
}
