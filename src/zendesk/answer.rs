//! What the answers of Zendesk's API say. Every value is untrusted text: bounded, kept as it is, and of the expected type or refused.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::harvest::{addresses, text_of_html};
use super::words::{ZendeskWords, folded};
use crate::case::ids::{OrganizationId, TicketId, UserId};
use crate::case::organization::Organization;
use crate::case::ticket::{OrganizationRef, Requester, Ticket, TicketFields, WrittenAddress};
use crate::reading::{ReadError, bounded};

/// Longest subject, name, e-mail address, status and stamp kept, in characters.
const TEXT_MAX: usize = 500;
/// Longest value of a custom field kept, in characters.
const VALUE_MAX: usize = 2000;
/// Most filled custom fields kept of a ticket.
const VALUES_MAX: usize = 1000;
/// Most addresses taken from one page of comments.
const ADDRESSES_MAX: usize = 50;
/// Longest cursor taken, in bytes.
const CURSOR_MAX: usize = 2000;

type Object = Map<String, Value>;
type Read<T> = Result<T, ReadError>;

/// The ticket that was asked for, with its requester and the requester's organization (not the ticket's).
pub fn ticket(value: &Value, asked: TicketId) -> Read<Ticket> {
    let top = object(value, "answer")?;
    let ticket = object(key(top, "ticket"), "ticket")?;
    let id = key(ticket, "id");
    if id.as_u64() != Some(asked.get()) {
        return Err(wrong("ticket.id", id, "the ticket that was asked for"));
    }
    let requester_id: UserId = id_of(key(ticket, "requester_id"), "ticket.requester_id")?;
    let users = list(key(top, "users"), "users")?;
    let user = users.iter().find(|user| user.get("id").and_then(Value::as_u64) == Some(requester_id.get()));
    let user = user.and_then(Value::as_object).ok_or_else(|| lacks("users", "the requester"))?;
    Ok(Ticket {
        id: asked,
        subject: optional_text(key(ticket, "subject"), "ticket.subject", TEXT_MAX)?.unwrap_or_default(),
        status: text(key(ticket, "status"), "ticket.status", TEXT_MAX)?,
        form_id: optional_number(key(ticket, "ticket_form_id"), "ticket.ticket_form_id")?,
        requester: requester(requester_id, user, key(top, "organizations"))?,
        field_values: field_values(key(ticket, "custom_fields"))?,
        updated_at: text(key(ticket, "updated_at"), "ticket.updated_at", TEXT_MAX)?,
    })
}

fn requester(id: UserId, user: &Object, organizations: &Value) -> Read<Requester> {
    let organization = match key(user, "organization_id") {
        Value::Null => None,
        number => {
            let id: OrganizationId = id_of(number, "user.organization_id")?;
            Some(OrganizationRef { id, name: organization_name(id, organizations)? })
        }
    };
    let email = optional_text(key(user, "email"), "user.email", TEXT_MAX)?;
    Ok(Requester {
        id,
        name: optional_text(key(user, "name"), "user.name", TEXT_MAX)?.unwrap_or_default(),
        email: email.map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()),
        organization,
    })
}

/// The name beside the ticket; the list holds the ticket's organization, which need not be the requester's.
fn organization_name(id: OrganizationId, organizations: &Value) -> Read<Option<String>> {
    if organizations.is_null() {
        return Ok(None);
    }
    let all = list(organizations, "organizations")?;
    match all.iter().find(|one| one.get("id").and_then(Value::as_u64) == Some(id.get())) {
        Some(one) => optional_text(one.get("name").unwrap_or(&Value::Null), "organization.name", TEXT_MAX),
        None => Ok(None),
    }
}

fn field_values(value: &Value) -> Read<BTreeMap<u64, String>> {
    const ENTRY: &str = "ticket.custom_fields[]";
    let mut values = BTreeMap::new();
    for entry in list(value, "ticket.custom_fields")? {
        let entry = object(entry, ENTRY)?;
        let id = number(key(entry, "id"), "ticket.custom_fields[].id")?;
        let text = match key(entry, "value") {
            Value::Null => continue,
            Value::String(text) => text.clone(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Array(items) => {
                let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
                texts.ok_or_else(|| lacks("ticket.custom_fields[].value", "a list of texts"))?.join(", ")
            }
            other @ Value::Object(_) => return Err(wrong("ticket.custom_fields[].value", other, "text")),
        };
        if !text.trim().is_empty() && values.len() < VALUES_MAX {
            values.insert(id, bounded(&text, VALUE_MAX));
        }
    }
    Ok(values)
}

/// The fields that one page of the list holds, and the cursor of the next page. Fields are told by their titles; a field that is switched
/// off does not count, and of several with one title the first does.
pub fn ticket_fields(value: &Value, words: &ZendeskWords) -> Read<(TicketFields, Option<String>)> {
    let top = object(value, "answer")?;
    let mut found = TicketFields::default();
    let titles = |list: &[String]| list.iter().map(|t| folded(t)).collect::<Vec<_>>();
    let problem = titles(&words.ticket_fields.problem_type);
    let product = titles(&words.ticket_fields.product_type);
    let email = titles(&words.ticket_fields.subscription_email);
    for field in list(key(top, "ticket_fields"), "ticket_fields")? {
        let field = object(field, "ticket_fields[]")?;
        let title = folded(&text(key(field, "title"), "ticket_fields[].title", TEXT_MAX)?);
        let slot = if problem.contains(&title) {
            &mut found.problem_type
        } else if product.contains(&title) {
            &mut found.product_type
        } else if email.contains(&title) {
            &mut found.subscription_email
        } else {
            continue;
        };
        let is_active = match key(field, "active") {
            Value::Bool(flag) => *flag,
            Value::Null => true,
            other => return Err(wrong("ticket_fields[].active", other, "true or false")),
        };
        if is_active && slot.is_none() {
            *slot = Some(number(key(field, "id"), "ticket_fields[].id")?);
        }
    }
    Ok((found, cursor(top)?))
}

/// The addresses that the requester wrote in the public comments of one page, each once, and the cursor of the next page.
pub fn comments(value: &Value, requester: UserId) -> Read<(Vec<WrittenAddress>, Option<String>)> {
    let top = object(value, "answer")?;
    let mut found: Vec<WrittenAddress> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for comment in list(key(top, "comments"), "comments")? {
        let comment = object(comment, "comments[]")?;
        let id = number(key(comment, "id"), "comments[].id")?;
        let author = key(comment, "author_id");
        let is_public = key(comment, "public");
        let Value::Number(author) = author else { return Err(wrong("comments[].author_id", author, "a number")) };
        let Value::Bool(is_public) = is_public else { return Err(wrong("comments[].public", is_public, "true or false")) };
        // The system itself writes as user -1.
        if !is_public || author.as_u64() != Some(requester.get()) {
            continue;
        }
        for email in addresses(&written(comment)?, ADDRESSES_MAX) {
            if found.len() < ADDRESSES_MAX && seen.insert(email.to_lowercase()) {
                found.push(WrittenAddress { email, comment: id });
            }
        }
    }
    Ok((found, cursor(top)?))
}

/// A comment's text: the plain one, or the HTML one without its markup.
fn written(comment: &Object) -> Read<String> {
    match (key(comment, "plain_body"), key(comment, "html_body")) {
        (Value::String(plain), _) if !plain.trim().is_empty() => Ok(plain.clone()),
        (Value::String(_) | Value::Null, Value::String(html)) => Ok(text_of_html(html)),
        (Value::String(_), Value::Null) => Ok(String::new()),
        (Value::String(_) | Value::Null, html) => Err(wrong("comments[].html_body", html, "text")),
        (plain, _) => Err(wrong("comments[].plain_body", plain, "text")),
    }
}

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
        let field = |name: &str| -> Read<Option<String>> {
            let text = optional_text(key(fields, name), &format!("organization_fields.{name}"), TEXT_MAX)?;
            Ok(text.filter(|t| !t.is_empty()))
        };
        found.push(Organization {
            id: id_of(key(result, "id"), "results[].id")?,
            name: text(key(result, "name"), "results[].name", TEXT_MAX)?,
            salesforce_id: field(&keys.salesforce_id)?,
            salesforce_short_id: field(&keys.salesforce_short_id)?,
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

/// The cursor of the next page, where there is one.
fn cursor(top: &Object) -> Read<Option<String>> {
    let meta = object(key(top, "meta"), "meta")?;
    match key(meta, "has_more") {
        Value::Bool(false) => Ok(None),
        Value::Bool(true) => match key(meta, "after_cursor") {
            Value::String(cursor) if !cursor.is_empty() && cursor.len() <= CURSOR_MAX => Ok(Some(cursor.clone())),
            other => Err(wrong("meta.after_cursor", other, "a cursor")),
        },
        other => Err(wrong("meta.has_more", other, "true or false")),
    }
}

fn key<'a>(object: &'a Object, name: &str) -> &'a Value {
    object.get(name).unwrap_or(&Value::Null)
}

fn wrong(name: &str, value: &Value, wanted: &str) -> ReadError {
    let is = match value {
        Value::Null => "missing or empty".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    ReadError::WrongShape { what: format!("“{name}” is {is}, not {wanted}") }
}

fn lacks(name: &str, wanted: &str) -> ReadError {
    ReadError::WrongShape { what: format!("“{name}” is without {wanted}") }
}

fn object<'a>(value: &'a Value, name: &str) -> Read<&'a Object> {
    value.as_object().ok_or_else(|| wrong(name, value, "an object"))
}

fn list<'a>(value: &'a Value, name: &str) -> Read<&'a [Value]> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| wrong(name, value, "a list"))
}

fn text(value: &Value, name: &str, max: usize) -> Read<String> {
    value.as_str().map(|t| bounded(t, max)).ok_or_else(|| wrong(name, value, "text"))
}

fn optional_text(value: &Value, name: &str, max: usize) -> Read<Option<String>> {
    if value.is_null() { Ok(None) } else { text(value, name, max).map(Some) }
}

fn number(value: &Value, name: &str) -> Read<u64> {
    value.as_u64().ok_or_else(|| wrong(name, value, "a whole number"))
}

fn optional_number(value: &Value, name: &str) -> Read<Option<u64>> {
    if value.is_null() { Ok(None) } else { number(value, name).map(Some) }
}

fn id_of<T: TryFrom<u64>>(value: &Value, name: &str) -> Read<T> {
    T::try_from(number(value, name)?).map_err(|_| wrong(name, value, "a number from 1 to 2^53 - 1"))
}
