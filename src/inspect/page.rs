//! `inspect page`.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::input::{Problem, read};
use crate::portal::{Page, reader};
use crate::profile::Profile;
use crate::profile::portal::PortalWords;
use crate::reading::{Response, charset};
use crate::record::{Shown, SoldTo};

use crate::without_values::file::address_in;

const USAGE: Problem = Problem::Usage(
    "inspect page [--url URL] [--status N] [--header 'name: value'] FILE…; only a page saved without its values holds its URL itself",
);

pub(super) fn inspect(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let (mut url, mut status) = (None, None);
    let (mut headers, mut files) = (Vec::new(), Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--url" => url = Some(rest.next().ok_or(USAGE)?),
            "--status" => {
                status = Some(
                    rest.next()
                        .and_then(|n| n.parse::<u16>().ok())
                        .ok_or(USAGE)?,
                )
            }
            "--header" => headers.push(rest.next().and_then(|h| h.split_once(':')).ok_or(USAGE)?),
            other if other.starts_with("--") => return Err(USAGE),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err(USAGE);
    }
    let header = |name: &str| {
        headers
            .iter()
            .find(|(n, _)| n.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
    };
    let profile = Profile::parse(include_str!("../../extension/site-profile.json"))
        .map_err(|_| Problem::Usage("the shipped site profile is broken"))?;
    files
        .into_iter()
        .map(|file| {
            let body = charset::text(
                &header("content-type").unwrap_or_default(),
                &read(file)?,
                |_, _| None,
            );
            let url = match url {
                Some(url) => url.clone(),
                None => address_in(&body).map(str::to_owned).ok_or(USAGE)?,
            };
            let page = match status {
                // A tab has no status, and no headers.
                None if headers.is_empty() => reader::read(&url, None, &body, &profile.portal),
                _ => answered(
                    &Response {
                        status: status.unwrap_or(200),
                        url: url.clone(),
                        content_type: header("content-type").unwrap_or_default(),
                        retry_after: header("retry-after"),
                        mitigated: header("cf-mitigated"),
                        body,
                    },
                    &profile.portal,
                ),
            };
            Ok(line(file, &page))
        })
        .collect()
}

/// The background follows no redirect: it only learns that there was one. Both sites redirect only
/// to their sign-in page.
fn answered(response: &Response, words: &PortalWords) -> Page {
    match response.status {
        300..=399 => Page::SignedOut,
        _ => reader::read_answer(response, words),
    }
}

/// How Tether reads a page, as one line.
pub fn line(file: &str, page: &Page) -> Value {
    let mut line = Map::new();
    line.insert("file".to_owned(), json!(file));
    line.insert("page".to_owned(), json!(kind(page)));
    let (id, fields) = match page {
        Page::License(r) => (
            Some(r.id.get()),
            json!({
                "trial": trial(&r.trial), "subscription_name": shown(&r.subscription_name), "name": shown(&r.name),
                "company": shown(&r.company), "email": shown(&r.email), "plan": shown(&r.plan),
                "starts_at": day(&r.starts_at), "expires_at": day(&r.expires_at),
            }),
        ),
        Page::CloudActivation(r) => (
            Some(r.id.get()),
            json!({
                "activation_code": form(&r.activation_code, |code| json!(code.as_str())), "trial": trial(&r.trial),
                "subscription_name": shown(&r.subscription_name), "billing_account": shown(&r.billing_account),
                "expires_at": day(&r.expires_at),
            }),
        ),
        Page::Order(r) => (
            Some(r.id.get()),
            json!({
                "subscription_name": shown(&r.subscription_name), "billing_account": shown(&r.billing_account), "trial": trial(&r.trial),
                "start_date": day(&r.start_date), "end_date": day(&r.end_date),
            }),
        ),
        Page::BillingAccount(r) => (
            Some(r.id.get()),
            json!({ "name": shown(&r.name), "salesforce_account": shown(&r.salesforce_account), "sold_to": sold_to(&r.sold_to) }),
        ),
        Page::Contact(r) => (
            Some(r.id.get()),
            json!({ "name": shown(&r.name), "email": shown(&r.email) }),
        ),
        Page::Validation(v) => (None, json!({ "license_id": shown(&v.license_id) })),
        Page::NotFound { id, .. } => (Some(*id), json!({})),
        _ => (None, json!({})),
    };
    if let Some(id) = id {
        line.insert("id".to_owned(), json!(id));
    }
    line.insert("fields".to_owned(), fields);
    if let Some((rows, total)) = rows(page) {
        line.insert("rows".to_owned(), Value::Array(rows));
        line.insert("total".to_owned(), json!(total));
    }
    Value::Object(line)
}

fn rows(page: &Page) -> Option<(Vec<Value>, Option<u64>)> {
    match page {
        Page::OrderList(list) => {
            let row = |r: &crate::record::OrderRow| {
                json!({
                    "id": r.id.get(), "subscription_name": shown(&r.subscription_name), "billing_account": shown(&r.billing_account),
                    "trial": trial(&r.trial), "start_date": day(&r.start_date), "end_date": day(&r.end_date),
                })
            };
            Some((list.rows.iter().map(row).collect(), list.total))
        }
        Page::CloudActivationList(list) => {
            let row = |r: &crate::record::CloudActivationRow| json!({ "id": r.id.get(), "subscription_name": shown(&r.subscription_name), "trial": trial(&r.trial) });
            Some((list.rows.iter().map(row).collect(), list.total))
        }
        Page::LicenseList(list) => {
            let row = |r: &crate::record::LicenseRow| json!({ "id": r.id.get(), "subscription_name": shown(&r.subscription_name), "trial": trial(&r.trial) });
            Some((list.rows.iter().map(row).collect(), list.total))
        }
        _ => None,
    }
}

fn kind(page: &Page) -> &'static str {
    match page {
        Page::License(_) => "license",
        Page::CloudActivation(_) => "cloud_activation",
        Page::Order(_) => "order",
        Page::BillingAccount(_) => "billing_account",
        Page::Contact(_) => "contact",
        Page::OrderList(_) => "order_list",
        Page::CloudActivationList(_) => "cloud_activation_list",
        Page::LicenseList(_) => "license_list",
        Page::Validation(_) => "validation",
        Page::ValidateForm => "validate_form",
        Page::NotFound { .. } => "not_found",
        Page::NotAllowed => "not_allowed",
        Page::SignedOut => "signed_out",
        Page::Blocked => "blocked",
        Page::ServerError => "server_error",
        Page::Other(_) => "other",
    }
}

fn form<T>(value: &Shown<T>, write: impl Fn(&T) -> Value) -> Value {
    match value {
        Shown::Value(value) => json!({ "value": write(value) }),
        Shown::Absent => json!({ "absent": true }),
        Shown::Unreadable(text) => json!({ "unreadable": text }),
    }
}

fn shown<T: Serialize>(value: &Shown<T>) -> Value {
    form(value, |value| json!(value))
}

fn trial(value: &Shown<bool>) -> Value {
    form(value, |yes| json!(if *yes { "yes" } else { "no" }))
}

fn day(value: &Shown<crate::day::Day>) -> Value {
    form(value, |day| json!(day.to_string()))
}

/// The address. A name alone is not a value of this field; the text says so, and which contact it
/// leads to.
fn sold_to(value: &Shown<SoldTo>) -> Value {
    match value {
        Shown::Value(SoldTo::NameOnly { name, contact }) => {
            json!({ "unreadable": format!("a name only: {name}"), "contact": contact })
        }
        value => form(value, |sold_to| match sold_to {
            SoldTo::Email { email, .. } => json!(email.as_str()),
            SoldTo::NameOnly { .. } => Value::Null,
        }),
    }
}
