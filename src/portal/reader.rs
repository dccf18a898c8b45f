//! Recognizes a page and reads its content.

use super::address::{Place, located};
use super::head::{Head, is_preview, leads_to_sign_in};
use super::page::{OtherPage, Page};
use super::record::record;
use super::rows::list;
use super::values::{Reading, Watch};
use super::{fields, validation};
use crate::html::{Document, Limits, Refused, Tree};
use crate::profile::portal::PortalWords;
use crate::reading::{Response, firewall};
use crate::record::{RecordKind, Validation};

/// Reads a page. `status` is the answer's, `None` where the HTML is a document in a tab.
///
/// A record counts only if the page's own model and the number of its active Show tab match its
/// URL. Alerts are never read: the portal repeats them on the next page.
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

/// Records what the reader finds on a page that is being diagnosed.
pub(super) struct Watching<'w> {
    /// Records the fields that are looked for.
    pub fields: &'w dyn Watch,
    /// Records the page as a whole.
    pub page: &'w dyn Fn(&Reading<'_, '_>, Option<&Head<'_>>, &Place),
}

/// Like [`read`], with somebody who watches if the page is being diagnosed.
pub(super) fn look(
    url: &str,
    status: Option<u16>,
    html: &str,
    words: &PortalWords,
    watching: Option<&Watching<'_>>,
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
        watch: watching.map(|watching| watching.fields),
    };
    let redirect = matches!(status, Some(300..=399));
    let head = Head::of(&reading);
    let page = match &head {
        _ if is_preview(&flat) => Page::Other(OtherPage::Preview),
        None if status != Some(429) && firewall::is_block(html) => Page::Blocked,
        None if leads_to_sign_in(&reading, redirect) => Page::SignedOut,
        None => static_error(&flat).unwrap_or(Page::Other(OtherPage::Unrecognized)),
        Some(_) if !matches!(status, None | Some(200..=299)) => {
            Page::Other(OtherPage::Unrecognized)
        }
        Some(head) => headed(&mut reading, head, &place),
    };
    if let Some(watching) = watching {
        (watching.page)(&reading, head.as_ref(), &place);
    }
    page
}

/// Rails's own error pages, recognized by their titles.
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
                let found = fields::of_page(reading.flat, head.end);
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
