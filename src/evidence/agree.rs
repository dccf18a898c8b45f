//! Compares what a file says with what the portal's record says.

use serde::{Deserialize, Serialize};

use super::open::Decoded;
use super::usage_export::UsageExport;
use crate::mail::AddressText;
use crate::record::License;

/// A value in which a file and the portal's record differ: a sign of forgery, or of the wrong record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which value, e.g. `company`.
    pub field: String,
    /// What the file says.
    pub file: String,
    /// What the portal says.
    pub portal: String,
}

impl Difference {
    /// The difference in one sentence for the engineer and the note.
    pub fn says(&self) -> String {
        format!(
            "{}: the file says {}, the portal says {}",
            self.field, self.file, self.portal
        )
    }
}

/// A value in which a usage export's rows and its license key differ: one of the two was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDifference {
    /// The row's label, e.g. `Company`.
    pub row: String,
    /// What the row says.
    pub says: String,
    /// What the license key in the same file says.
    pub key: String,
}

impl RowDifference {
    /// The difference in one sentence for the engineer.
    pub fn says(&self) -> String {
        format!(
            "{}: the export’s row says {}, the license key in it says {}",
            self.row, self.says, self.key
        )
    }
}

/// Compares a decoded license key with its record in the portal (handbook steps 6 and 8). Only
/// values that both show are compared. An empty list means that nothing contradicts, not that the
/// license is genuine.
pub fn agrees(file: &Decoded, portal: &License) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut differ = |field: &str,
                      file: Option<String>,
                      portal: Option<String>,
                      same: fn(&str, &str) -> bool| {
        if let (Some(file), Some(portal)) = (file, portal)
            && !same(&file, &portal)
        {
            found.push(Difference {
                field: field.to_owned(),
                file,
                portal,
            });
        }
    };
    differ(
        "license ID",
        file.id.map(|id| id.to_string()),
        Some(portal.id.to_string()),
        exactly,
    );
    differ(
        "licensee’s name",
        file.name.clone(),
        portal.name.value().cloned(),
        same_words,
    );
    differ(
        "licensee’s email",
        file.email.clone(),
        portal.email.value().cloned(),
        same_address,
    );
    differ(
        "company",
        file.company.clone(),
        portal.company.value().cloned(),
        same_words,
    );
    differ(
        "start",
        file.issued_at.map(|day| day.to_string()),
        portal.starts_at.value().map(|day| day.to_string()),
        exactly,
    );
    differ(
        "expiry",
        file.expires_at.map(|day| day.to_string()),
        portal.expires_at.value().map(|day| day.to_string()),
        exactly,
    );
    differ(
        "subscription name",
        file.subscription_name.as_ref().map(ToString::to_string),
        portal.subscription_name.value().map(ToString::to_string),
        exactly,
    );
    differ(
        "trial",
        file.trial.map(yes_no),
        portal.trial.value().copied().map(yes_no),
        exactly,
    );
    found
}

/// Compares the rows of a usage export with its license key. Only values that both show are
/// compared.
pub fn cross_check(export: &UsageExport, key: &Decoded) -> Vec<RowDifference> {
    let mut found = Vec::new();
    let mut differ =
        |row: &str, says: Option<String>, key: Option<String>, same: fn(&str, &str) -> bool| {
            if let (Some(says), Some(key)) = (says, key)
                && !same(&says, &key)
            {
                found.push(RowDifference {
                    row: row.to_owned(),
                    says,
                    key,
                });
            }
        };
    // In an encoding other than Unicode, some letters are wrong: only characters that both sides
    // can express are compared.
    let sure = |says: &Option<String>, key: &Option<String>| {
        let whole = |text: &Option<String>| {
            text.as_deref()
                .is_none_or(|text| !text.contains('\u{FFFD}'))
        };
        let plain = |text: &Option<String>| text.as_deref().is_none_or(str::is_ascii);
        whole(says) && whole(key) && (export.exact || (plain(says) && plain(key)))
    };
    let company = Some(&export.company)
        .filter(|says| sure(says, &key.company))
        .cloned()
        .flatten();
    differ("Company", company, key.company.clone(), same_words);
    differ(
        "Email",
        export.email.clone(),
        key.email.clone(),
        same_address,
    );
    differ(
        "License Start Date",
        export.starts.value().copied().map(|day| day.to_string()),
        key.issued_at.map(|day| day.to_string()),
        exactly,
    );
    differ(
        "License End Date",
        export.ends.value().copied().map(|day| day.to_string()),
        key.expires_at.map(|day| day.to_string()),
        exactly,
    );
    found
}

fn yes_no(yes: bool) -> String {
    if yes {
        "yes".to_owned()
    } else {
        "no".to_owned()
    }
}

fn exactly(a: &str, b: &str) -> bool {
    a == b
}

/// Whether both are the same email address. Texts that are not addresses must have the same words.
fn same_address(a: &str, b: &str) -> bool {
    AddressText::from(a) == AddressText::from(b) || same_words(a, b)
}

/// Whether both have the same words. Case and the amount of whitespace do not matter, because a
/// page collapses whitespace.
fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_lowercase)
            .collect::<Vec<_>>()
    };
    words(a) == words(b)
}
