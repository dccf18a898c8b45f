//! The portal's addresses: which place an address is, and the addresses that Tether opens and writes down.

use serde::{Deserialize, Serialize};

use crate::address::{decode, encode, https};
use crate::profile::portal::PortalWords;
use crate::record::ids::{
    BillingAccountId, CloudActivationId, ContactId, LicenseId, OrderId, SubscriptionName,
};

/// The models whose records Tether reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// A license.
    License,
    /// A cloud activation.
    CloudActivation,
    /// An order.
    Order,
    /// A billing account.
    BillingAccount,
    /// A contact of a billing account.
    Contact,
}

impl Model {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::License,
        Self::CloudActivation,
        Self::Order,
        Self::BillingAccount,
        Self::Contact,
    ];

    /// Its key in the profile.
    pub fn key(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::CloudActivation => "cloud_activation",
            Self::Order => "order",
            Self::BillingAccount => "billing_account",
            Self::Contact => "contact",
        }
    }

    /// What people call one.
    pub fn a(self) -> &'static str {
        match self {
            Self::License => "a license",
            Self::CloudActivation => "a cloud activation",
            Self::Order => "an order",
            Self::BillingAccount => "a billing account",
            Self::Contact => "a contact",
        }
    }
}

/// What an address of the portal's admin names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// One record's own page.
    Show {
        /// Its model.
        model: Model,
        /// Its number.
        id: u64,
    },
    /// A model's list, filtered or not.
    List {
        /// The model.
        model: Model,
    },
    /// Validate License, the form and its result.
    Validate,
    /// The sign-in page.
    SignIn,
    /// Any other page of the admin.
    OtherAdmin,
}

/// The place that an address names; `None` for everything that is not `https` on one of the portal's hosts and below its admin.
/// A trailing slash, a query, a fragment, percent-encoding and `123-some-slug` are taken as rails_admin takes them.
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

/// The place that a link of a page on `host` leads to, where it stays on that host.
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
    if path == words.sign_in_path || words.sign_in_forms.iter().any(is_sign_in) {
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
        (Some(Model::License), Some(last), None) if last == words.validate_action => {
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

/// Where the admin begins. The manifest and the page script name it as well, so no setting changes it.
pub const ADMIN_PATH: &str = "/admin";

impl Model {
    /// Its name in addresses.
    pub fn path_name(self) -> &'static str {
        match self {
            Self::License => "license",
            Self::CloudActivation => "cloud_activation",
            Self::Order => "order",
            Self::BillingAccount => "billing_account",
            Self::Contact => "billing_account_contact",
        }
    }
}

/// A record's own address, as the note holds it.
pub fn record_url(host: &str, kind: Model, id: u64) -> String {
    format!("https://{host}{ADMIN_PATH}/{}/{id}", kind.path_name())
}

/// The address of the list of a kind of records.
fn list_url(host: &str, kind: Model) -> String {
    format!("https://{host}{ADMIN_PATH}/{}", kind.path_name())
}

/// A license's address (handbook step 6).
pub fn license_url(host: &str, id: LicenseId) -> String {
    record_url(host, Model::License, id.get())
}

/// A cloud activation's address (handbook step 7).
pub fn cloud_activation_url(host: &str, id: CloudActivationId) -> String {
    record_url(host, Model::CloudActivation, id.get())
}

/// An order's address (handbook step 9).
pub fn order_url(host: &str, id: OrderId) -> String {
    record_url(host, Model::Order, id.get())
}

/// A billing account's address (handbook step 10).
pub fn billing_account_url(host: &str, id: BillingAccountId) -> String {
    record_url(host, Model::BillingAccount, id.get())
}

/// A contact's address: where a Sold-to shown as a name has its e-mail.
pub fn contact_url(host: &str, id: ContactId) -> String {
    record_url(host, Model::Contact, id.get())
}

/// Validate License's address (handbook step 8).
pub fn validate_url(host: &str) -> String {
    format!("{}/validate_license", list_url(host, Model::License))
}

/// The order list, filtered by exactly this subscription name (handbook step 9; `is` is exact, `like` would find longer names too).
pub fn orders_by_subscription_url(host: &str, name: &SubscriptionName) -> String {
    let key = |part: &str| encode(&format!("f[subscription_name][1][{part}]"));
    format!(
        "{}?{}=is&{}={}",
        list_url(host, Model::Order),
        key("o"),
        key("v"),
        encode(name.as_str())
    )
}

/// The cloud activation list, searched for a code (handbook step 7). The address holds the secret: open it, never keep or log it.
pub fn cloud_activation_search_url(host: &str, code: &str) -> String {
    format!(
        "{}?query={}",
        list_url(host, Model::CloudActivation),
        encode(code.trim())
    )
}
