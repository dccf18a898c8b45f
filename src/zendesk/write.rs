//! What the page writes through Zendesk's API: the request's line and body, nothing more. Each is made after a click, carries as little
//! as it can, and is read back. [`crate::reading::json`] reads its answer, as for reads; [`ReadError::Conflict`] and
//! [`ReadError::Taken`] are those that only writes meet.
//!
//! [`ReadError::Conflict`]: crate::reading::ReadError::Conflict
//! [`ReadError::Taken`]: crate::reading::ReadError::Taken

use serde_json::{Map, Value, json};

use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::people::RemovalTrace;

/// A write as the page sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// `PUT` or `POST`.
    pub method: &'static str,
    /// The path from the site's root, without a query.
    pub path: String,
    /// The JSON body.
    pub body: Value,
}

/// Sets a custom field of a ticket (step 1). `value`: the option's tag; `None` empties it. `stamp`: the ticket's
/// `updated_at` as read; if the ticket has changed since, Zendesk refuses with 409 and writes
/// nothing.
pub fn set_field(ticket: TicketId, field: u64, value: Option<&str>, stamp: &str) -> Write {
    let mut change = Map::new();
    change.insert(
        "custom_fields".to_owned(),
        json!([{ "id": field, "value": value }]),
    );
    ticket_write(ticket, change, stamp)
}

/// Saves an internal note (step 12), perhaps with a custom field in the same update. `stamp`: as for [`set_field`].
pub fn note(ticket: TicketId, field: Option<(u64, &str)>, html: &str, stamp: &str) -> Write {
    let mut change = Map::new();
    if let Some((field, value)) = field {
        change.insert(
            "custom_fields".to_owned(),
            json!([{ "id": field, "value": value }]),
        );
    }
    // Left out, `public` can mean true.
    change.insert(
        "comment".to_owned(),
        json!({ "html_body": html, "public": false }),
    );
    ticket_write(ticket, change, stamp)
}

/// Assigns a ticket (troubleshooting), optionally with an internal note. `None` changes nothing.
/// `stamp`: as for [`set_field`].
pub fn assign(
    ticket: TicketId,
    assignee: Option<UserId>,
    group: Option<u64>,
    note_html: Option<&str>,
    stamp: &str,
) -> Write {
    let mut change = Map::new();
    if let Some(assignee) = assignee {
        change.insert("assignee_id".to_owned(), json!(assignee.get()));
    }
    if let Some(group) = group {
        change.insert("group_id".to_owned(), json!(group));
    }
    if let Some(html) = note_html {
        // If it is left out, Zendesk may take it as true.
        change.insert(
            "comment".to_owned(),
            json!({ "html_body": html, "public": false }),
        );
    }
    ticket_write(ticket, change, stamp)
}

/// Where a ticket goes. The status is not among it: it stays.
#[derive(Clone, Copy, Debug)]
pub struct Route<'a> {
    /// The group.
    pub group: Option<u64>,
    /// The assignee; none unassigns it.
    pub assignee: Option<UserId>,
    /// The form.
    pub form: Option<u64>,
    /// The stage's field and its value.
    pub stage: Option<(u64, Option<&'a str>)>,
    /// All of its tags.
    pub tags: &'a [String],
}

/// Hands a ticket on, in one update. `stamp`: as for [`set_field`]; it also keeps the tags safe, which are written whole.
pub fn route(ticket: TicketId, to: Route<'_>, stamp: &str) -> Write {
    let mut change = Map::new();
    change.insert("group_id".to_owned(), json!(to.group));
    change.insert(
        "assignee_id".to_owned(),
        json!(to.assignee.map(UserId::get)),
    );
    if let Some(form) = to.form {
        change.insert("ticket_form_id".to_owned(), json!(form));
    }
    if let Some((field, value)) = to.stage {
        change.insert(
            "custom_fields".to_owned(),
            json!([{ "id": field, "value": value }]),
        );
    }
    change.insert("tags".to_owned(), json!(to.tags));
    ticket_write(ticket, change, stamp)
}

fn ticket_write(ticket: TicketId, mut change: Map<String, Value>, stamp: &str) -> Write {
    change.insert("safe_update".to_owned(), json!(true));
    change.insert("updated_stamp".to_owned(), json!(stamp));
    Write {
        method: "PUT",
        path: format!("/api/v2/tickets/{ticket}"),
        body: json!({ "ticket": change }),
    }
}

/// Puts a user into an organization, or removes them from theirs (`None`; step 13, removing
/// contacts). `text`: the whole new notes or details, if they change. Deleting the membership instead would
/// also unassign the user's working tickets.
pub fn set_user(
    user: UserId,
    organization: Option<OrganizationId>,
    text: Option<(RemovalTrace, String)>,
) -> Write {
    let mut change = Map::new();
    change.insert(
        "organization_id".to_owned(),
        json!(organization.map(OrganizationId::get)),
    );
    if let Some((field, text)) = text {
        change.insert(field.key().to_owned(), json!(text));
    }
    Write {
        method: "PUT",
        path: format!("/api/v2/users/{user}"),
        body: json!({ "user": change }),
    }
}

/// Creates a user in an organization (step 2), for an address that no user has.
///
/// A plain creation, not `create_or_update`: that would find a user whom the search does not show
/// yet, rename them and move them out of their organization. A plain creation is refused with 422
/// instead ([`crate::reading::ReadError::Taken`]); then the user is looked up again. The name is
/// made from the address, as Zendesk itself does for a new sender. `skip_verify_email` keeps
/// Zendesk from sending a mail that nobody asked for. The address is not marked as verified,
/// because only its owner can verify it.
pub fn add_user(email: &str, organization: OrganizationId) -> Write {
    let email = email.trim();
    let user = json!({
        "email": email,
        "name": name_of(email),
        "role": "end-user",
        "organization_id": organization.get(),
        "skip_verify_email": true,
    });
    Write {
        method: "POST",
        path: "/api/v2/users".to_owned(),
        body: json!({ "user": user }),
    }
}

/// Makes a name from an address: "ada.lovelace+gitlab@…" → "Ada Lovelace".
fn name_of(email: &str) -> String {
    let local = email.split('@').next().unwrap_or_default();
    let local = local
        .split('+')
        .find(|part| !part.is_empty())
        .unwrap_or_default();
    let words = local
        .split(['.', '_', '-'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        });
    let name = words.collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        email.to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_the_part_before_the_at_sign() {
        let cases = [
            ("ada.lovelace@acme.example", "Ada Lovelace"),
            ("ada_lovelace-king+gitlab@acme.example", "Ada Lovelace King"),
            ("it@acme.example", "It"),
            ("ÉMILE@acme.example", "ÉMILE"),
            ("+x@acme.example", "X"),
            ("...@acme.example", "...@acme.example"),
            ("ǆo@acme.example", "Ǆo"),
            ("", ""),
        ];
        for (email, name) in cases {
            assert_eq!(name_of(email), name, "{email}");
        }
    }
}
