//! Tickets: the one of the case, and those that a user requested.

use serde_json::Value;

use super::values::{
    ListPage, Object, Read, TEXT_MAX, cursor, entries, id_of, key, lacks, object, optional_id,
    optional_list, optional_number, optional_text, text, wrong,
};
use crate::mail::AddressText;
use crate::map::Map;
use crate::reading::bounded;
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::people::OpenTicket;
use crate::record::ticket::{OrganizationRef, Requester, Ticket};

/// Longest value of a custom field kept, in characters.
const VALUE_MAX: usize = 2000;
/// Most filled custom fields kept of a ticket.
const VALUES_MAX: usize = 1000;
/// Most tags kept of a ticket.
const TAGS_MAX: usize = 1000;
/// Longest tag kept, in characters.
const TAG_MAX: usize = 200;

/// The ticket that was asked for, with its requester and the requester's organization (not the ticket's).
pub fn ticket(value: &Value, asked: TicketId) -> Read<Ticket> {
    let top = object(value, "answer")?;
    let ticket = object(key(top, "ticket"), "ticket")?;
    let id = key(ticket, "id");
    if id.as_u64() != Some(asked.get()) {
        return Err(wrong("ticket.id", id, "the ticket that was asked for"));
    }
    let requester_id: UserId = id_of(key(ticket, "requester_id"), "ticket.requester_id")?;
    let users = entries(top, "users")?;
    let user = users
        .iter()
        .find(|user| user.get("id").and_then(Value::as_u64) == Some(requester_id.get()));
    let user = user
        .and_then(Value::as_object)
        .ok_or_else(|| lacks("users", "the requester"))?;
    Ok(Ticket {
        id: asked,
        subject: optional_text(key(ticket, "subject"), "ticket.subject", TEXT_MAX)
            .ok()
            .flatten()
            .unwrap_or_default(),
        status: text(key(ticket, "status"), "ticket.status", TEXT_MAX)?,
        form_id: optional_number(key(ticket, "ticket_form_id"), "ticket.ticket_form_id")?,
        requester: requester(requester_id, user, key(top, "organizations"))?,
        field_values: field_values(key(ticket, "custom_fields"))?,
        tags: tags(key(ticket, "tags"))?,
        assignee: optional_id(key(ticket, "assignee_id"), "ticket.assignee_id")?,
        group: optional_number(key(ticket, "group_id"), "ticket.group_id")?,
        updated_at: text(key(ticket, "updated_at"), "ticket.updated_at", TEXT_MAX)?,
    })
}

fn requester(id: UserId, user: &Object, organizations: &Value) -> Read<Requester> {
    let organization =
        optional_id(key(user, "organization_id"), "user.organization_id")?.map(|id| {
            OrganizationRef {
                id,
                name: organization_name(id, organizations),
            }
        });
    let email = optional_text(key(user, "email"), "user.email", TEXT_MAX)?;
    Ok(Requester {
        id,
        name: optional_text(key(user, "name"), "user.name", TEXT_MAX)
            .ok()
            .flatten()
            .unwrap_or_default(),
        email: email.as_deref().and_then(AddressText::of),
        organization,
    })
}

/// The requester's organization by name. The list contains the ticket's organization, which may be
/// a different one.
fn organization_name(id: OrganizationId, organizations: &Value) -> Option<String> {
    let all = organizations.as_array()?;
    let one = all
        .iter()
        .find(|one| one.get("id").and_then(Value::as_u64) == Some(id.get()))?;
    one.get("name")?
        .as_str()
        .map(|name| bounded(name, TEXT_MAX))
        .filter(|name| !name.trim().is_empty())
}

/// The filled fields. An unreadable one counts as empty, because no other field depends on it.
fn field_values(value: &Value) -> Read<Map<u64, String>> {
    let mut values = Map::new();
    for entry in optional_list(value, "ticket.custom_fields")? {
        let Some((id, text)) = entry.as_object().and_then(field_value) else {
            continue;
        };
        if !text.trim().is_empty() && values.len() < VALUES_MAX {
            values.insert(id, bounded(&text, VALUE_MAX));
        }
    }
    Ok(values)
}

fn field_value(entry: &Object) -> Option<(u64, String)> {
    let text = match key(entry, "value") {
        Value::Array(items) => items
            .iter()
            .map(scalar)
            .collect::<Option<Vec<String>>>()?
            .join(", "),
        other => scalar(other)?,
    };
    Some((key(entry, "id").as_u64()?, text))
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn tags(value: &Value) -> Read<Vec<String>> {
    let tags = optional_list(value, "ticket.tags")?
        .iter()
        .filter_map(|tag| text(tag, "ticket.tags[]", TAG_MAX).ok());
    Ok(tags.take(TAGS_MAX).collect())
}

/// The open tickets on one page, and the cursor of the next page. If one is unreadable and no other
/// is open, it is unknown whether any is.
pub fn open_tickets(value: &Value, requester: UserId) -> Read<(Vec<OpenTicket>, Option<String>)> {
    let top = object(value, "answer")?;
    let page = ListPage::of(entries(top, "tickets")?, cursor(top)?, |entry| {
        requested(entry, requester)
    });
    let after = page.after.clone();
    let open = page.seeking(Option::is_some)?;
    Ok((open.into_iter().flatten().collect(), after))
}

/// A ticket that is not closed; all must be the requester's own.
fn requested(value: &Value, requester: UserId) -> Read<Option<OpenTicket>> {
    let ticket = object(value, "tickets[]")?;
    let of = key(ticket, "requester_id");
    if of.as_u64() != Some(requester.get()) {
        return Err(wrong(
            "tickets[].requester_id",
            of,
            "the user whose tickets were asked for",
        ));
    }
    let status = text(key(ticket, "status"), "tickets[].status", TEXT_MAX)?;
    let id = id_of(key(ticket, "id"), "tickets[].id")?;
    let subject = optional_text(key(ticket, "subject"), "tickets[].subject", TEXT_MAX)
        .ok()
        .flatten()
        .unwrap_or_default();
    Ok((status != "closed").then_some(OpenTicket {
        id,
        status,
        subject,
    }))
}
