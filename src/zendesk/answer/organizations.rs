//! Organizations: those that a search found, and one's own page.

use serde_json::Value;

use super::people::NOTES_MAX;
use super::values::{Object, Read, TEXT_MAX, id_of, key, list, object, optional_text, text, whole_text, wrong};
use crate::case::ids::OrganizationId;
use crate::case::organization::{Details, Organization};
use crate::zendesk::words::ZendeskWords;

/// The organizations among the results of a search, and whether there are further pages.
pub fn organizations(value: &Value, words: &ZendeskWords) -> Read<(Vec<Organization>, bool)> {
    let top = object(value, "answer")?;
    let keys = &words.organization_fields;
    let mut found = Vec::new();
    for result in list(key(top, "results"), "results")? {
        let result = object(result, "results[]")?;
        if !is_organization(result)? {
            continue;
        }
        let fields = object(key(result, "organization_fields"), "results[].organization_fields")?;
        found.push(Organization {
            id: id_of(key(result, "id"), "results[].id")?,
            name: text(key(result, "name"), "results[].name", TEXT_MAX)?,
            salesforce_id: field(fields, &keys.salesforce_id)?,
            salesforce_short_id: field(fields, &keys.salesforce_short_id)?,
        });
    }
    let more = match key(top, "next_page") {
        Value::Null => false,
        Value::String(_) => true,
        other => return Err(wrong("next_page", other, "an address")),
    };
    Ok((found, more))
}

fn is_organization(result: &Object) -> Read<bool> {
    match key(result, "result_type") {
        Value::String(kind) => Ok(kind == "organization"),
        Value::Null => match key(result, "url") {
            Value::String(url) => Ok(url.contains("/api/v2/organizations/")),
            other => Err(wrong("results[].url", other, "an address")),
        },
        other => Err(wrong("results[].result_type", other, "text")),
    }
}

/// What the organization that was asked for says of itself. Its own fields are told by the profile's keys; others do not matter.
pub fn organization(value: &Value, asked: OrganizationId, words: &ZendeskWords) -> Read<Details> {
    let top = object(value, "answer")?;
    let organization = object(key(top, "organization"), "organization")?;
    let id = key(organization, "id");
    if id.as_u64() != Some(asked.get()) {
        return Err(wrong("organization.id", id, "the organization that was asked for"));
    }
    let fields = object(key(organization, "organization_fields"), "organization.organization_fields")?;
    let keys = &words.organization_fields;
    Ok(Details {
        name: text(key(organization, "name"), "organization.name", TEXT_MAX)?,
        notes: whole_text(key(organization, "notes"), "organization.notes", NOTES_MAX)?,
        details: whole_text(key(organization, "details"), "organization.details", NOTES_MAX)?,
        account_type: field(fields, &keys.account_type)?,
        support_level: field(fields, &keys.support_level)?,
        expiration_date: field(fields, &keys.expiration_date)?,
        support_hold: says_yes(fields, &keys.support_hold)?,
        restricted_account: says_yes(fields, &keys.restricted_account)?,
        partner_customer: says_yes(fields, &keys.partner_customer)?,
    })
}

/// The text of a field, where it is filled.
fn field(fields: &Object, name: &str) -> Read<Option<String>> {
    let text = optional_text(key(fields, name), &format!("organization_fields.{name}"), TEXT_MAX)?;
    Ok(text.filter(|t| !t.is_empty()))
}

/// Whether a checkbox is set, or a dropdown says yes. A word that is neither yes nor no is refused: it must not count as no.
fn says_yes(fields: &Object, name: &str) -> Read<bool> {
    let value = key(fields, name);
    let other = || wrong(&format!("organization_fields.{name}"), value, "yes or no");
    match value {
        Value::Null => Ok(false),
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) => match text.trim().to_lowercase().as_str() {
            "true" | "yes" => Ok(true),
            "false" | "no" | "" => Ok(false),
            _ => Err(other()),
        },
        _ => Err(other()),
    }
}
