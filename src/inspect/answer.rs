//! `inspect answer`: how Tether reads an answer of Zendesk's API.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use serde_json::{Value, json};

use super::input::{Problem, read};
use crate::mail::AddressText;
use crate::map::Map;
use crate::profile::zendesk::ZendeskWords;
use crate::reading::{self, Answer, ReadError, Response};
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::record::people::{Role, User};
use crate::record::ticket::{Comment, FieldOption, OrganizationRef, Ticket};
use crate::zendesk::answer::ListPage;
use crate::zendesk::{answer, macros};

const USAGE: &str = "inspect answer KIND FILE…; KIND: ticket, comments, user, users, memberships, identities, organization, organizations, \
                     organization_users, tickets, ticket_fields, groups, macros, macro, me, job_status, error";

/// The site profile that is shipped: its part for Zendesk.
#[derive(Deserialize)]
struct Profile {
    zendesk: ZendeskWords,
}

pub(super) fn inspect(arguments: &[String]) -> Result<Vec<Value>, Problem> {
    let Some((kind, files)) = arguments
        .split_first()
        .filter(|(_, files)| !files.is_empty())
    else {
        return Err(Problem::Usage(USAGE));
    };
    let now_ms = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |now| u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
    files
        .iter()
        .map(|file| Ok(line(file, &understood(kind, &read(file)?, now_ms)?, now_ms)))
        .collect()
}

/// How Tether reads a body, without what depends on the time of reading.
pub(super) fn line_of_body(kind: &str, body: &[u8]) -> Result<Value, Problem> {
    let mut line = line("", &understood(kind, body, 0)?, 0);
    if let Some(line) = line.as_object_mut() {
        line.remove("file");
    }
    Ok(line)
}

fn line(file: &str, result: &Result<Value, ReadError>, now_ms: u64) -> Value {
    match result {
        Ok(value) => json!({"file": file, "value": value}),
        Err(error) => {
            let mut line = json!({"file": file, "problem": error.says(), "next": error.next(), "kind": kind_of(error)});
            if let (Some(until), Some(line)) = (error.waits_until(), line.as_object_mut()) {
                line.insert(
                    "wait_seconds".to_owned(),
                    json!(until.saturating_sub(now_ms) / 1000),
                );
            }
            line
        }
    }
}

/// The name of a reason, as it is stored.
fn kind_of(error: &ReadError) -> Value {
    match serde_json::to_value(error) {
        Ok(Value::Object(fields)) => fields.keys().next().map_or(Value::Null, |name| json!(name)),
        Ok(name) => name,
        Err(_) => Value::Null,
    }
}

fn understood(kind: &str, bytes: &[u8], now_ms: u64) -> Result<Result<Value, ReadError>, Problem> {
    let body = String::from_utf8_lossy(bytes).into_owned();
    if kind == "error" {
        return Ok(
            recorded(&body).and_then(|response| reading::json(&Answer::Response(response), now_ms))
        );
    }
    let url = "https://example.zendesk.com/api/v2/".to_owned();
    let response = Response {
        status: 200,
        url,
        content_type: "application/json".to_owned(),
        retry_after: None,
        mitigated: None,
        body,
    };
    let json = reading::json(&Answer::Response(response), now_ms);
    let read: fn(&Value, &ZendeskWords) -> Result<Value, ReadError> = match kind {
        "ticket" => {
            |v, _| answer::ticket(v, id_at(v, "/ticket/id")?).map(|ticket| of_ticket(&ticket))
        }
        "comments" => |v, _| {
            answer::all_comments(v).map(|page| json!({"comments": page.items.iter().map(of_comment).collect::<Vec<_>>(), "unreadable": page.unreadable, "next": page.after}))
        },
        "user" => |v, _| answer::written_user(v).map(|user| of_user(&user)),
        "users" => |v, _| answer::users_found(v).map(|page| of_page(&page, "users", of_user)),
        "organization_users" => {
            |v, _| answer::users_page(v).map(|page| of_page(&page, "users", of_user))
        }
        "identities" => |v, _| {
            let of = |one: &crate::record::people::Identity| json!({"email": one.email.as_str(), "primary": one.primary, "verified": one.verified});
            answer::identities(v, first_id(v, "identities", "user_id")?)
                .map(|page| of_page(&page, "identities", of))
        },
        "memberships" => |v, _| {
            let of = |one: &crate::record::people::Membership| json!({"organization": one.organization.get(), "name": one.name, "default": one.default});
            answer::memberships(v, first_id(v, "organization_memberships", "user_id")?)
                .map(|page| of_page(&page, "memberships", of))
        },
        "organization" => |v, words| of_organization(v, words),
        "organizations" => |v, words| of_organizations(v, words),
        "tickets" => |v, _| {
            let (open, next) = answer::open_tickets(v, first_id(v, "tickets", "requester_id")?)?;
            let open: Vec<Value> = open
                .iter()
                .map(|t| json!({"id": t.id.get(), "status": t.status, "subject": t.subject}))
                .collect();
            Ok(json!({"open": open, "next": next}))
        },
        "ticket_fields" => |v, words| of_ticket_fields(v, words),
        "groups" => |v, _| {
            let of = |g: &crate::record::people::Group| json!({"id": g.id, "name": g.name});
            answer::groups(v).map(|page| of_page(&page, "groups", of))
        },
        "macros" => |v, _| {
            let (found, more) = answer::macros(v)?;
            let all: Vec<Value> = found
                .items
                .iter()
                .map(|m| json!({"id": m.id, "title": m.title}))
                .collect();
            Ok(json!({"macros": all, "unreadable": found.unreadable, "next": more}))
        },
        "macro" => |v, _| of_macro(v),
        "me" => |v, _| answer::me(v).map(|me| json!({"id": me.id.get(), "name": me.name})),
        // Tether starts no jobs.
        "job_status" => |_, _| Ok(json!({"ignored": true})),
        _ => return Err(Problem::Usage(USAGE)),
    };
    let words: Profile = serde_json::from_str(include_str!("../../extension/site-profile.json"))
        .map_err(|why| Problem::File("extension/site-profile.json".to_owned(), why.to_string()))?;
    Ok(json.and_then(|value| read(&value, &words.zendesk)))
}

/// A recorded answer: `status`, `content_type`, `headers` and `body`.
#[derive(Deserialize)]
struct Recorded {
    status: u16,
    #[serde(default)]
    content_type: String,
    #[serde(default)]
    headers: Map<String, String>,
    #[serde(default)]
    body: String,
}

fn recorded(text: &str) -> Result<Response, ReadError> {
    let recorded: Recorded = serde_json::from_str(text).map_err(|why| ReadError::WrongShape {
        what: why.to_string(),
    })?;
    let header = |wanted: &str| {
        recorded
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.clone())
    };
    Ok(Response {
        status: recorded.status,
        url: "https://example.zendesk.com/api/v2/".to_owned(),
        content_type: if recorded.content_type.is_empty() {
            header("content-type").unwrap_or_default()
        } else {
            recorded.content_type
        },
        retry_after: header("retry-after"),
        mitigated: header("cf-mitigated"),
        body: recorded.body,
    })
}

/// The ID in the answer itself; in production, the one that was requested.
fn id_at(value: &Value, pointer: &str) -> Result<TicketId, ReadError> {
    let id = value
        .pointer(pointer)
        .and_then(Value::as_u64)
        .and_then(|id| TicketId::try_from(id).ok());
    id.ok_or_else(|| ReadError::WrongShape {
        what: format!(
            "“{}” is no number",
            pointer.trim_start_matches('/').replace('/', ".")
        ),
    })
}

/// The user of the first readable entry of a list; any user if there is none.
fn first_id(value: &Value, list: &str, name: &str) -> Result<UserId, ReadError> {
    let entries = value
        .get(list)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let mut ids = entries.filter_map(|entry| entry.get(name)?.as_u64());
    UserId::try_from(ids.next().unwrap_or(1)).map_err(|why| ReadError::WrongShape {
        what: why.to_string(),
    })
}

fn of_page<T>(page: &ListPage<T>, name: &str, of: impl Fn(&T) -> Value) -> Value {
    json!({name: page.items.iter().map(of).collect::<Vec<_>>(), "unreadable": page.unreadable, "next": page.after})
}

fn of_ticket(ticket: &Ticket) -> Value {
    let organization = |one: &OrganizationRef| json!({"id": one.id.get(), "name": one.name});
    let requester = &ticket.requester;
    json!({
        "id": ticket.id.get(), "subject": ticket.subject, "status": ticket.status, "form": ticket.form_id, "tags": ticket.tags,
        "assignee": ticket.assignee.map(UserId::get), "group": ticket.group, "updated_at": ticket.updated_at,
        "fields": ticket.field_values.iter().map(|(id, text)| (id.to_string(), json!(text))).collect::<serde_json::Map<_, _>>(),
        "requester": {
            "id": requester.id.get(), "name": requester.name, "email": requester.email.as_ref().map(AddressText::as_str),
            "organization": requester.organization.as_ref().map(organization)
        }
    })
}

fn of_comment(comment: &Comment) -> Value {
    // The case decides whose addresses express a wish. Here, each comment is read as if its author
    // asked for something.
    let author = comment.author.or_else(|| UserId::try_from(1).ok());
    let asking = [Comment {
        public: true,
        author,
        ..comment.clone()
    }];
    let addresses: Vec<Value> = author
        .map_or_else(Vec::new, |author| {
            answer::written_addresses(&asking, author)
        })
        .iter()
        .map(|one| json!({"email": one.email, "in_signature": one.in_signature()}))
        .collect();
    let attachments: Vec<Value> = comment
        .attachments
        .iter()
        .map(|file| json!({"id": file.id, "file_name": file.file_name, "size": file.size, "harmful": file.harmful}))
        .collect();
    json!({
        "id": comment.id, "author": comment.author.map(UserId::get), "public": comment.public, "created_at": comment.created_at,
        "text": comment.text, "addresses": addresses, "attachments": attachments
    })
}

fn of_user(user: &User) -> Value {
    json!({
        "id": user.id.get(), "name": user.name, "email": user.email.as_ref().map(AddressText::as_str), "team": user.role == Role::Team, "suspended": user.suspended,
        "deleted": user.deleted, "contact": user.is_contact(), "organization": user.organization.map(OrganizationId::get), "notes": user.notes, "details": user.details
    })
}

fn of_organization(value: &Value, words: &ZendeskWords) -> Result<Value, ReadError> {
    let id = value
        .pointer("/organization/id")
        .and_then(Value::as_u64)
        .and_then(|id| OrganizationId::try_from(id).ok());
    let id = id.ok_or_else(|| ReadError::WrongShape {
        what: "“organization.id” is no number".to_owned(),
    })?;
    let found = answer::organization(value, id, words)?;
    Ok(json!({
        "id": id.get(), "name": found.name, "notes": found.notes, "details": found.details, "account_type": found.account_type,
        "support_level": found.support_level, "expiration_date": found.expiration_date, "support_hold": found.support_hold,
        "restricted_account": found.restricted_account, "partner_customer": found.partner_customer, "unreadable": found.unreadable
    }))
}

fn of_organizations(value: &Value, words: &ZendeskWords) -> Result<Value, ReadError> {
    let (page, further) = answer::organizations(value, words)?;
    let found: Vec<Value> = page
        .items
        .iter()
        .map(|one| json!({"id": one.id.get(), "name": one.name, "salesforce_id": one.salesforce_id, "salesforce_short_id": one.salesforce_short_id}))
        .collect();
    Ok(json!({"organizations": found, "unreadable": page.unreadable, "next": further}))
}

fn of_ticket_fields(value: &Value, words: &ZendeskWords) -> Result<Value, ReadError> {
    let (found, next) = answer::ticket_fields(value, words)?;
    let options = |all: &[FieldOption]| {
        all.iter()
            .map(|one| json!({"name": one.name, "value": one.value}))
            .collect::<Vec<_>>()
    };
    Ok(json!({
        "problem_type": found.problem_type, "problem_options": options(&found.problem_options),
        "product_type": found.product_type, "product_options": options(&found.product_options),
        "subscription_email": found.subscription_email, "other_titles": answer::other_titles(value, words), "unreadable": found.unreadable, "next": next
    }))
}

fn of_macro(value: &Value) -> Result<Value, ReadError> {
    let applied = answer::applied(value)?;
    let blocks = macros::blocks_of(&applied.html);
    let lines: Vec<String> = blocks
        .iter()
        .flat_map(|block| block.lines().map(|line| line.reading()))
        .collect();
    let links: Vec<String> = blocks
        .iter()
        .flat_map(|block| block.hrefs().map(|href| href.as_str().to_owned()))
        .collect();
    Ok(json!({
        "text": lines.join("\n"), "links": links, "public": applied.public, "status": applied.status, "tags": applied.tags,
        "unresolved": macros::unresolved(&blocks)
    }))
}
