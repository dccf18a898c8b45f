//! Users, the agent who is signed in, and groups.

use serde_json::Value;

use super::values::{
    Object, Read, TEXT_MAX, cursor, flag, flag_or, id_of, key, list, number, object, optional_id, optional_text, text, whole_text, wrong,
};
use crate::case::ids::UserId;
use crate::case::people::{Group, Me, Role, User};
use crate::case::ticket::OrganizationRef;
use crate::reading::ReadError;

/// Longest notes taken, in characters: as many as Zendesk holds. They are written back with a line added, so cut ones would destroy what is there.
pub(super) const NOTES_MAX: usize = 64 * 1024;

/// The user that was asked for, read or just written.
pub fn user(value: &Value, asked: UserId) -> Read<User> {
    let user = written_user(value)?;
    if user.id == asked { Ok(user) } else { Err(wrong("user.id", &Value::from(user.id.get()), "the user that was asked for")) }
}

/// The user that was just created, whose number is not known before.
pub fn written_user(value: &Value) -> Read<User> {
    let top = object(value, "answer")?;
    one(key(top, "user"), "user")
}

/// The users of one page of a list, and the cursor of the next page.
pub fn users_page(value: &Value) -> Read<(Vec<User>, Option<String>)> {
    let top = object(value, "answer")?;
    Ok((all(top)?, cursor(top)?))
}

/// The users on the first page of a search's results. A search may also find what is only like what was searched for.
pub fn users_found(value: &Value) -> Read<Vec<User>> {
    all(object(value, "answer")?)
}

fn all(top: &Object) -> Read<Vec<User>> {
    list(key(top, "users"), "users")?.iter().map(|user| one(user, "users[]")).collect()
}

/// The e-mail addresses of a user, those of one page of their identities, and the cursor of the next page.
pub fn identities(value: &Value, asked: UserId) -> Read<(Vec<String>, Option<String>)> {
    let top = object(value, "answer")?;
    let mut all = Vec::new();
    for entry in list(key(top, "identities"), "identities")? {
        let entry = object(entry, "identities[]")?;
        of_user(entry, asked, "identities[].user_id")?;
        if text(key(entry, "type"), "identities[].type", TEXT_MAX)? == "email" {
            all.push(text(key(entry, "value"), "identities[].value", TEXT_MAX)?.trim().to_owned());
        }
    }
    Ok((all, cursor(top)?))
}

/// The organizations that a user is in, those of one page, and the cursor of the next page.
pub fn memberships(value: &Value, asked: UserId) -> Read<(Vec<OrganizationRef>, Option<String>)> {
    let top = object(value, "answer")?;
    let mut all = Vec::new();
    for entry in list(key(top, "organization_memberships"), "organization_memberships")? {
        let entry = object(entry, "organization_memberships[]")?;
        of_user(entry, asked, "organization_memberships[].user_id")?;
        let name = optional_text(key(entry, "organization_name"), "organization_memberships[].organization_name", TEXT_MAX)?;
        let id = id_of(key(entry, "organization_id"), "organization_memberships[].organization_id")?;
        all.push(OrganizationRef { id, name: name.filter(|name| !name.trim().is_empty()) });
    }
    Ok((all, cursor(top)?))
}

/// Refuses an entry that is another user's.
fn of_user(entry: &Object, asked: UserId, name: &str) -> Read<()> {
    let of = key(entry, "user_id");
    if of.as_u64() == Some(asked.get()) { Ok(()) } else { Err(wrong(name, of, "the user that was asked for")) }
}

fn one(value: &Value, name: &str) -> Read<User> {
    let user = object(value, name)?;
    let of = |key: &str| format!("{name}.{key}");
    let email = optional_text(key(user, "email"), &of("email"), TEXT_MAX)?;
    Ok(User {
        id: id_of(key(user, "id"), &of("id"))?,
        name: optional_text(key(user, "name"), &of("name"), TEXT_MAX)?.unwrap_or_default(),
        email: email.map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()),
        role: if text(key(user, "role"), &of("role"), TEXT_MAX)? == "end-user" { Role::EndUser } else { Role::Team },
        suspended: flag(key(user, "suspended"), &of("suspended"))?,
        deleted: !flag_or(true, key(user, "active"), &of("active"))?,
        organization: optional_id(key(user, "organization_id"), &of("organization_id"))?,
        notes: whole_text(key(user, "notes"), &of("notes"), NOTES_MAX)?,
    })
}

/// The agent who is signed in. Without a session Zendesk answers with an anonymous end user.
pub fn me(value: &Value) -> Read<Me> {
    let top = object(value, "answer")?;
    let user = object(key(top, "user"), "user")?;
    let role = optional_text(key(user, "role"), "user.role", TEXT_MAX)?;
    if key(user, "id").is_null() || !matches!(role.as_deref(), Some("agent" | "admin")) {
        return Err(ReadError::SignedOut);
    }
    let name = optional_text(key(user, "name"), "user.name", TEXT_MAX)?.unwrap_or_default();
    Ok(Me { id: id_of(key(user, "id"), "user.id")?, name })
}

/// The groups of one page that tickets can be assigned to, and the cursor of the next page.
pub fn groups(value: &Value) -> Read<(Vec<Group>, Option<String>)> {
    let top = object(value, "answer")?;
    let mut groups = Vec::new();
    for group in list(key(top, "groups"), "groups")? {
        let group = object(group, "groups[]")?;
        let (id, name) = (number(key(group, "id"), "groups[].id")?, text(key(group, "name"), "groups[].name", TEXT_MAX)?);
        if !flag_or(false, key(group, "deleted"), "groups[].deleted")? {
            groups.push(Group { id, name });
        }
    }
    Ok((groups, cursor(top)?))
}
