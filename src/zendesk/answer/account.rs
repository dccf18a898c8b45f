//! What an account looks like, for the check of the setup: the agent's rights, ticket forms,
//! organization fields and the account's settings.

use serde_json::Value;

use super::fields::first_of;
use super::values::{
    ListPage, Read, TEXT_MAX, cursor, entries, flag, flag_or, further_pages, key, number, object,
    optional_number, optional_text, text, wrong,
};
use crate::reading::ReadError;
use crate::record::people::{AgentKind, Rights, RoleRights};

/// The rights of the agent who is signed in, as far as `users/me` says. Without a session Zendesk
/// answers with an anonymous end user.
pub fn rights(value: &Value) -> Read<Rights> {
    let top = object(value, "answer")?;
    let user = object(key(top, "user"), "user")?;
    let role = optional_text(key(user, "role"), "user.role", TEXT_MAX)?;
    let admin = match role.as_deref() {
        Some("admin") => true,
        Some("agent") => false,
        _ => return Err(ReadError::SignedOut),
    };
    if key(user, "id").is_null() {
        return Err(ReadError::SignedOut);
    }
    let kind = match optional_number(key(user, "role_type"), "user.role_type")? {
        _ if admin => AgentKind::Administrator,
        // A record that leaves the role's number out says nothing about the role.
        _ if !user.contains_key("custom_role_id") => AgentKind::Unknown,
        None | Some(0) => AgentKind::Agent,
        Some(1) => AgentKind::Light,
        Some(2 | 3) => AgentKind::Chat,
        Some(4) => AgentKind::Administrator,
        Some(_) => AgentKind::Unknown,
    };
    let restriction = optional_text(
        key(user, "ticket_restriction"),
        "user.ticket_restriction",
        TEXT_MAX,
    )?;
    Ok(Rights {
        kind,
        role: optional_number(key(user, "custom_role_id"), "user.custom_role_id")?,
        only_private_comments: match key(user, "only_private_comments") {
            Value::Null => None,
            other => Some(flag(other, "user.only_private_comments")?),
        },
        // Nothing is restricted if it is there, and null.
        restricted: user
            .contains_key("ticket_restriction")
            .then_some(restriction.is_some()),
    })
}

/// The rights that a custom role gives. What the answer does not say is unknown.
pub fn custom_role(value: &Value, asked: u64) -> Read<RoleRights> {
    let top = object(value, "answer")?;
    let role = object(key(top, "custom_role"), "custom_role")?;
    let id = key(role, "id");
    if id.as_u64() != Some(asked) {
        return Err(wrong("custom_role.id", id, "the role that was asked for"));
    }
    let has = object(key(role, "configuration"), "custom_role.configuration")?;
    let says = |name: &str| key(has, name).as_str();
    Ok(RoleRights {
        every_ticket: says("ticket_access").map(|access| access == "all"),
        comments: says("ticket_comment_access").map(|access| matches!(access, "public" | "none")),
        public_comments: says("ticket_comment_access").map(|access| access == "public"),
        edits_tickets: key(has, "ticket_editing").as_bool(),
        edits_users: says("end_user_profile_access")
            .map(|access| matches!(access, "edit" | "full")),
    })
}

/// The active ticket forms of one page with their numbers and names, and whether there are further
/// pages.
pub fn ticket_forms(value: &Value) -> Read<(ListPage<(u64, String)>, bool)> {
    let top = object(value, "answer")?;
    let forms = entries(top, "ticket_forms")?;
    let page = ListPage::of(forms, None, |form| {
        let form = object(form, "ticket_forms[]")?;
        let id = number(key(form, "id"), "ticket_forms[].id")?;
        let name = text(
            first_of(form, ["name", "raw_name"]),
            "ticket_forms[].name",
            TEXT_MAX,
        )?;
        Ok(flag_or(true, key(form, "active"), "ticket_forms[].active")?.then_some((id, name)))
    });
    Ok((page.without_gaps(), further_pages(top)?))
}

/// The keys of one page's active organization fields.
pub fn organization_field_keys(value: &Value) -> Read<ListPage<String>> {
    let top = object(value, "answer")?;
    let fields = entries(top, "organization_fields")?;
    let page = ListPage::of(fields, cursor(top)?, |field| {
        let field = object(field, "organization_fields[]")?;
        let name = text(key(field, "key"), "organization_fields[].key", TEXT_MAX)?;
        let active = flag_or(true, key(field, "active"), "organization_fields[].active")?;
        Ok(active.then_some(name))
    });
    Ok(page.without_gaps())
}

/// The tags that begin with a text.
pub fn tags(value: &Value) -> Read<Vec<String>> {
    let top = object(value, "answer")?;
    let tags = entries(top, "tags")?;
    Ok(tags
        .iter()
        .filter_map(|tag| tag.as_str().map(str::to_owned))
        .collect())
}

/// Whether the account lets a user be in several organizations, if its settings say so.
pub fn several_organizations(value: &Value) -> Read<Option<bool>> {
    let top = object(value, "answer")?;
    let settings = object(key(top, "settings"), "settings")?;
    let users = object(key(settings, "user"), "settings.user")?;
    match key(users, "multiple_organizations") {
        Value::Null => Ok(None),
        Value::Bool(several) => Ok(Some(*several)),
        other => Err(wrong(
            "settings.user.multiple_organizations",
            other,
            "true or false",
        )),
    }
}
