//! The portal's URLs: what a URL names, and the URLs that Tether opens and writes down.

use serde::{Deserialize, Serialize};

use crate::address::{decode, encode, https};
use crate::profile::portal::PortalWords;
use crate::record::RecordKind;
use crate::record::ids::{LicenseId, SubscriptionName};

/// What a URL of the portal's admin names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// One record's own page.
    Show {
        /// Its model.
        model: RecordKind,
        /// Its number.
        id: u64,
    },
    /// A model's list, filtered or not.
    List {
        /// The model.
        model: RecordKind,
    },
    /// Validate License, the form and its result.
    Validate,
    /// The sign-in page.
    SignIn,
    /// Any other page of the admin.
    OtherAdmin,
}

/// The place that a URL names; `None` unless it is `https` on one of the portal's hosts and below
/// its admin. A trailing slash, a query, a fragment, percent-encoding and `123-some-slug` are
/// accepted as rails_admin accepts them.
pub fn place(url: &str, words: &PortalWords) -> Option<Place> {
    located(url, words).map(|(_, place)| place)
}

/// The host of a portal's admin address, in lower case: the one that the addresses of its records are built with.
pub fn host_of(url: &str, words: &PortalWords) -> Option<String> {
    located(url, words).map(|(host, _)| host)
}

/// The place that an address names, with its host in lower case.
pub(super) fn located(url: &str, words: &PortalWords) -> Option<(String, Place)> {
    let (host, path) = https(url)?;
    if !words.hosts.contains(&host) {
        return None;
    }
    Some((host, place_of_path(path, words)?))
}

/// The place that a link on a page of `host` leads to, if it stays on that host.
pub(super) fn linked(href: &str, host: &str, words: &PortalWords) -> Option<Place> {
    let href = href.trim();
    if href.starts_with('/') && !href.starts_with("//") {
        return place(&format!("https://{host}{href}"), words);
    }
    // Behind a proxy, Rails may print its own address without the "s".
    let secure = href
        .strip_prefix("http://")
        .map(|rest| format!("https://{rest}"));
    let (at, place) = located(secure.as_deref().unwrap_or(href), words)?;
    (at == host).then_some(place)
}

fn place_of_path(path: &str, words: &PortalWords) -> Option<Place> {
    let path = decode(path)?;
    let path = path.strip_suffix('/').unwrap_or(&path);
    let is_sign_in = |known: &String| {
        path == known
            || path
                .strip_prefix(known.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
    };
    let is_named_so = path.split('/').any(|part| part == "sign_in");
    if path == words.sign_in_path || is_named_so || words.sign_in_forms.iter().any(is_sign_in) {
        return Some(Place::SignIn);
    }
    let below = path.strip_prefix(words.admin_path.as_str())?;
    if below.is_empty() {
        return Some(Place::OtherAdmin);
    }
    let mut parts = below.strip_prefix('/')?.split('/');
    let model = parts.next().and_then(|name| words.models.named(name));
    let place = match (model, parts.next(), parts.next()) {
        (Some(model), None, None) => Place::List { model },
        (Some(RecordKind::License), Some(last), None) if last == words.validate_action => {
            Place::Validate
        }
        (Some(model), Some(last), None) => match record_number(last) {
            Some(id) => Place::Show { model, id },
            None => Place::OtherAdmin,
        },
        _ => Place::OtherAdmin,
    };
    Some(place)
}

/// `123` or `123-some-slug`.
fn record_number(part: &str) -> Option<u64> {
    let number = part.split_once('-').map_or(part, |(number, _)| number);
    LicenseId::parse(number)
        .ok()
        .filter(|_| number.bytes().all(|b| b.is_ascii_digit()))
        .map(LicenseId::get)
}

/// The admin's front page.
pub fn admin_url(words: &PortalWords, host: &str) -> String {
    format!("https://{host}{}", words.admin_path)
}

/// The list of a kind of records; empty for a kind without a name, which no site profile has.
fn list_url(words: &PortalWords, host: &str, kind: RecordKind) -> String {
    let name = words.models.names(kind).first();
    format!(
        "{}/{}",
        admin_url(words, host),
        name.map_or("", String::as_str)
    )
}

/// The list of licenses.
pub fn licenses_url(words: &PortalWords, host: &str) -> String {
    list_url(words, host, RecordKind::License)
}

/// A record's own address, as the note holds it.
pub fn record_url(words: &PortalWords, host: &str, kind: RecordKind, id: impl Into<u64>) -> String {
    format!("{}/{}", list_url(words, host, kind), id.into())
}

/// Validate License's address (handbook step 8).
pub fn validate_url(words: &PortalWords, host: &str) -> String {
    format!(
        "{}/{}",
        list_url(words, host, RecordKind::License),
        words.validate_action
    )
}

/// The order list, filtered by exactly this subscription name (handbook step 9; `is` is exact, `like` would find longer names too).
pub fn orders_by_subscription_url(
    words: &PortalWords,
    host: &str,
    name: &SubscriptionName,
) -> String {
    let key = |part: &str| encode(&format!("f[subscription_name][1][{part}]"));
    format!(
        "{}?{}=is&{}={}",
        list_url(words, host, RecordKind::Order),
        key("o"),
        key("v"),
        encode(name.as_str())
    )
}

/// The cloud activation list, searched for a code (handbook step 7). The URL contains the secret:
/// open it, but never store or log it.
pub fn cloud_activation_search_url(words: &PortalWords, host: &str, code: &str) -> String {
    format!(
        "{}?query={}",
        list_url(words, host, RecordKind::CloudActivation),
        encode(code.trim())
    )
}
