//! Organizations: those that a search found, and one's own page.

use serde_json::Value;

use super::people::NOTES_MAX;
use super::values::{
    ListPage, Object, Read, TEXT_MAX, entries, further_pages, id_of, key, object, optional_text,
    text, whole_text, wrong,
};
use crate::profile::zendesk::ZendeskWords;
use crate::reading::{ReadError, bounded};
use crate::record::ids::OrganizationId;
use crate::record::organization::{Details, Organization};

/// The organizations in a search's results, and whether there are further pages. A field that is
/// not text names no account.
pub fn organizations(value: &Value, words: &ZendeskWords) -> Read<(ListPage<Organization>, bool)> {
    let top = object(value, "answer")?;
    let page = ListPage::of(entries(top, "results")?, None, |hit| {
        found_organization(hit, words)
    });
    let page = ListPage {
        items: page.items.into_iter().flatten().collect(),
        unreadable: page.unreadable,
        after: None,
    };
    Ok((page, further_pages(top)?))
}

/// All organizations that a search found. If a result is unreadable, or if there are further pages,
/// another organization may have the account, so that is an error.
pub fn every_organization(value: &Value, words: &ZendeskWords) -> Read<Vec<Organization>> {
    let (page, further) = organizations(value, words)?;
    if further {
        return Err(ReadError::WrongShape {
            what: "“results” has further pages".to_owned(),
        });
    }
    page.whole()
}

fn found_organization(value: &Value, words: &ZendeskWords) -> Read<Option<Organization>> {
    let hit = object(value, "results[]")?;
    if !is_organization(hit)? {
        return Ok(None);
    }
    let keys = &words.organization_fields;
    let field = |name: &str| {
        let text = key(hit, "organization_fields").get(name)?.as_str()?;
        Some(bounded(text, TEXT_MAX)).filter(|text| !text.is_empty())
    };
    let id: OrganizationId = id_of(key(hit, "id"), "results[].id")?;
    let name = key(hit, "name").as_str().unwrap_or_default();
    Ok(Some(Organization {
        id,
        name: if name.trim().is_empty() {
            format!("organization {id}")
        } else {
            bounded(name, TEXT_MAX)
        },
        salesforce_id: field(&keys.salesforce_id),
        salesforce_short_id: field(&keys.salesforce_short_id),
    }))
}

fn is_organization(result: &Object) -> Read<bool> {
    match key(result, "result_type") {
        Value::String(kind) if !kind.is_empty() => Ok(kind == "organization"),
        Value::Null | Value::String(_) => match key(result, "url") {
            Value::String(url) => Ok(url.contains("/api/v2/organizations/")),
            other => Err(wrong("results[].url", other, "an address")),
        },
        other => Err(wrong("results[].result_type", other, "text")),
    }
}

/// The details of the organization that was read. The profile's keys find its own fields; others
/// are ignored. An unreadable field is unknown, and does not affect the others.
pub fn organization(value: &Value, asked: OrganizationId, words: &ZendeskWords) -> Read<Details> {
    let top = object(value, "answer")?;
    let organization = object(key(top, "organization"), "organization")?;
    let id = key(organization, "id");
    if id.as_u64() != Some(asked.get()) {
        return Err(wrong(
            "organization.id",
            id,
            "the organization that was asked for",
        ));
    }
    let own = key(organization, "organization_fields");
    let keys = &words.organization_fields;
    let mut unreadable = Vec::new();
    if !matches!(own, Value::Null | Value::Object(_)) {
        unreadable.push("organization_fields".to_owned());
    }
    let of = |name: &str| own.get(name).unwrap_or(&Value::Null);
    let mut known = |name: &str, value: Read<String>| {
        value.unwrap_or_else(|_| {
            unreadable.push(name.to_owned());
            String::new()
        })
    };
    let notes = known(
        "notes",
        whole_text(key(organization, "notes"), "organization.notes", NOTES_MAX),
    );
    let details = known(
        "details",
        whole_text(
            key(organization, "details"),
            "organization.details",
            NOTES_MAX,
        ),
    );
    let mut field = |name: &str| {
        let text =
            optional_text(of(name), "organization_fields", TEXT_MAX).map(Option::unwrap_or_default);
        Some(known(name, text)).filter(|text| !text.trim().is_empty())
    };
    let (account_type, support_level, expiration_date) = (
        field(&keys.account_type),
        field(&keys.support_level),
        field(&keys.expiration_date),
    );
    let (salesforce_id, salesforce_short_id) =
        (field(&keys.salesforce_id), field(&keys.salesforce_short_id));
    let mut flag = |name: &str| {
        says_yes(of(name)).unwrap_or_else(|| {
            unreadable.push(name.to_owned());
            false
        })
    };
    let (support_hold, restricted_account, partner_customer) = (
        flag(&keys.support_hold),
        flag(&keys.restricted_account),
        flag(&keys.partner_customer),
    );
    Ok(Details {
        name: text(key(organization, "name"), "organization.name", TEXT_MAX)?,
        notes,
        details,
        account_type,
        support_level,
        expiration_date,
        support_hold,
        restricted_account,
        partner_customer,
        salesforce_id,
        salesforce_short_id,
        updated_at: optional_text(key(organization, "updated_at"), "updated_at", TEXT_MAX)
            .ok()
            .flatten()
            .unwrap_or_default(),
        unreadable,
    })
}

/// Whether a checkbox is set, or a dropdown says yes. Any other word than yes or no is unknown,
/// because it must not count as no.
fn says_yes(value: &Value) -> Option<bool> {
    match value {
        Value::Null => Some(false),
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" | "" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
