//! `inspect ticket`: how Tether reads a comment, its HTML, or an attachment.

use serde_json::{Value, json};

use super::input::{Problem, read};
use crate::case::contacts::{CustomerDomains, NamedBy, doubt};
use crate::evidence::{Decoded, Evidence, Found, cross_check, open_key, recognize, recognize_file};
use crate::mail::AddressText;
use crate::profile::PublicKey;
use crate::record::ids::UserId;
use crate::record::ticket::WrittenAddress;
use crate::zendesk::answer::{all_comments, broken_addresses, written_addresses};

const USAGE: &str =
    "inspect ticket [--html|--file] [--requester ADDRESS] [--license-key PEM] FILE…";

/// The author, unless `--requester` names one.
const REQUESTER: &str = "ada@widgets.example";

/// The key of the tests' licenses, which most inputs are made with.
const TESTS_KEY: &str = include_str!("../../tests/native/license-test-key.pub.pem");

/// How an input gets into Tether.
#[derive(Clone, Copy)]
enum How {
    /// As a comment's `plain_body`.
    Comment,
    /// As a comment's `html_body`.
    Html,
    /// As an attachment.
    File,
}

pub(super) fn inspect(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let mut how = How::Comment;
    let mut requester = REQUESTER.to_owned();
    let tests = PublicKey::from_pem("the tests’ key", TESTS_KEY).ok();
    let mut keys: Vec<PublicKey> = PublicKey::published().into_iter().chain(tests).collect();
    let mut files = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--html" => how = How::Html,
            "--file" => how = How::File,
            "--requester" => requester = rest.next().ok_or(Problem::Usage(USAGE))?.clone(),
            "--license-key" => {
                let name = rest.next().ok_or(Problem::Usage(USAGE))?;
                let pem = String::from_utf8_lossy(&read(name)?).into_owned();
                keys.push(
                    PublicKey::from_pem(name, &pem)
                        .map_err(|error| Problem::File(name.clone(), error.to_string()))?,
                );
            }
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return Err(Problem::Usage(USAGE));
    }
    files
        .into_iter()
        .map(|name| Ok(of_bytes(name, &read(name)?, how, &requester, &keys)))
        .collect()
}

/// One line for one input.
fn of_bytes(name: &str, bytes: &[u8], how: How, requester: &str, keys: &[PublicKey]) -> Value {
    let (found, addresses, problem) = match how {
        How::File => match recognize_file(bytes) {
            Ok(read) => (read.found, Vec::new(), None),
            Err(error) => (
                Vec::new(),
                Vec::new(),
                Some(format!("{} {}", error.says(), error.next())),
            ),
        },
        How::Comment | How::Html => of_comment(&String::from_utf8_lossy(bytes), how, requester),
    };
    let mut line = json!({
        "file": name,
        "proofs": found.iter().map(|found| proof(found, keys)).collect::<Vec<_>>(),
        "addresses": addresses,
        "differences": found.iter().flat_map(|found| differences(&found.evidence, keys)).collect::<Vec<_>>(),
    });
    if let (Some(problem), Some(line)) = (problem, line.as_object_mut()) {
        line.insert("problem".to_owned(), problem.into());
    }
    line
}

/// Reads a comment as Zendesk's answer holds it.
fn of_comment(text: &str, how: How, requester: &str) -> (Vec<Found>, Vec<Value>, Option<String>) {
    const AUTHOR: u64 = 7;
    let (plain, html) = match how {
        How::Html => (Value::Null, Value::from(text)),
        How::Comment | How::File => (Value::from(text), Value::Null),
    };
    let answer = json!({"comments": [{"id": 1, "author_id": AUTHOR, "public": true, "plain_body": plain, "html_body": html}],
        "meta": {"has_more": false}});
    let comments = match all_comments(&answer) {
        Ok(page) => page.items,
        Err(error) => return (Vec::new(), Vec::new(), Some(error.says())),
    };
    let found = comments
        .iter()
        .flat_map(|comment| recognize(&comment.text))
        .collect();
    let Ok(author) = UserId::try_from(AUTHOR) else {
        return (found, Vec::new(), None);
    };
    let written = written_addresses(&comments, author);
    let broken = broken_addresses(&comments, author);
    let mut addresses: Vec<Value> = written
        .iter()
        .map(|address| listed(address, requester))
        .collect();
    addresses.extend(broken.iter().map(|text| json!({"email": text, "ticked": false, "why": "it looks like an address and is none"})));
    (found, addresses, None)
}

/// An address with the result of the function that ticks it in the panel, if no contact of the
/// organization is known.
fn listed(address: &WrittenAddress, requester: &str) -> Value {
    let requester = AddressText::from(requester);
    let domains = CustomerDomains::of(Some(&requester), []);
    let why = if address.in_signature() {
        Some("it is in the signature only".to_owned())
    } else {
        doubt(
            &AddressText::from(address.email.as_str()),
            NamedBy::Requester(address.wish, address.oddity),
            &domains,
        )
        .map(|doubt| doubt.says())
    };
    json!({"email": address.email, "ticked": why.is_none(), "why": why.unwrap_or_else(|| "the requester asks to add it".to_owned())})
}

fn proof(found: &Found, keys: &[PublicKey]) -> Value {
    let place = format!("line {}", found.line);
    match &found.evidence {
        Evidence::LicenseId { id, warning } => {
            json!({"kind": "license_id", "value": id.to_string(), "warning": warning.map(|warning| warning.says()), "where": place})
        }
        Evidence::ActivationCode(code) => {
            json!({"kind": "activation_code", "value": code.masked().as_str(), "where": place})
        }
        Evidence::LicenseKey(key) => {
            json!({"kind": "license_key", "value": id_in(&found.evidence, keys), "masked": key.masked(), "where": place})
        }
        Evidence::UsageExport(export) => {
            json!({"kind": "usage_export", "value": id_in(&found.evidence, keys),
            "masked": export.key.masked(), "days": export.days, "where": place})
        }
    }
}

fn opened(evidence: &Evidence, keys: &[PublicKey]) -> Option<Decoded> {
    open_key(evidence.key()?, keys).ok()
}

/// The ID of the license in a key, if the key opens.
fn id_in(evidence: &Evidence, keys: &[PublicKey]) -> Option<String> {
    opened(evidence, keys)?.id.map(|id| id.to_string())
}

fn differences(evidence: &Evidence, keys: &[PublicKey]) -> Vec<String> {
    match (evidence, opened(evidence, keys)) {
        (Evidence::UsageExport(export), Some(decoded)) => cross_check(export, &decoded)
            .iter()
            .map(|row| row.says())
            .collect(),
        _ => Vec::new(),
    }
}
