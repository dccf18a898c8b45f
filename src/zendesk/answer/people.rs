//! Users, the agent who is signed in, and groups.

use serde_json::Value;

use super::values::{
    ListPage, Object, Read, TEXT_MAX, cursor, entries, flag, flag_or, id_of, key, next_page,
    number, object, optional_id, optional_text, text, whole_text, wrong,
};
use crate::mail::AddressText;
use crate::reading::ReadError;
use crate::record::ids::UserId;
use crate::record::people::{Group, Identity, Me, Membership, Role, User};

/// The longest notes, in characters: Zendesk's own limit. They are written back with a line added,
/// so truncated ones would destroy data.
pub(super) const NOTES_MAX: usize = 64 * 1024;

/// The user that was asked for, read or just written.
pub fn user(value: &Value, asked: UserId) -> Read<User> {
    let user = written_user(value)?;
    if user.id == asked {
        Ok(user)
    } else {
        Err(wrong(
            "user.id",
            &Value::from(user.id.get()),
            "the user that was asked for",
        ))
    }
}

/// The user that was just created, with a number that was unknown before.
pub fn written_user(value: &Value) -> Read<User> {
    let top = object(value, "answer")?;
    one(key(top, "user"), "user")
}

/// The users on one page of a list, without deleted ones.
pub fn users_page(value: &Value) -> Read<ListPage<User>> {
    let top = object(value, "answer")?;
    let after = cursor(top)?;
    all(top, after)
}

/// The users on the first page of a search's results, without deleted ones. A search may also find
/// similar addresses, and a user by another address than the primary one ([`identities`]). Further
/// pages are not read: `after` says that there are some, and [`ListPage::seeking_all`] takes it into
/// account.
pub fn users_found(value: &Value) -> Read<ListPage<User>> {
    let top = object(value, "answer")?;
    let after = match key(top, "meta") {
        Value::Null => next_page(top)?,
        _ => cursor(top)?,
    };
    all(top, after)
}

fn all(top: &Object, after: Option<String>) -> Read<ListPage<User>> {
    let mut page = ListPage::of(entries(top, "users")?, after, |user| one(user, "users[]"));
    page.items.retain(|user| !user.deleted);
    Ok(page)
}

/// The email addresses on one page of a user's identities.
pub fn identities(value: &Value, asked: UserId) -> Read<ListPage<Identity>> {
    let top = object(value, "answer")?;
    let after = cursor(top)?;
    let entries = entries(top, "identities")?;
    let emails: Vec<Value> = entries
        .iter()
        .filter(|entry| is_email(entry))
        .cloned()
        .collect();
    Ok(ListPage::of(&emails, after, |entry| identity(entry, asked)))
}

/// Whether an identity is an address, or may be one; a telephone number or a social account is not.
fn is_email(entry: &Value) -> bool {
    entry
        .get("type")
        .and_then(Value::as_str)
        .is_none_or(|kind| kind == "email")
}

fn identity(value: &Value, asked: UserId) -> Read<Identity> {
    let entry = object(value, "identities[]")?;
    text(key(entry, "type"), "identities[].type", TEXT_MAX)?;
    of_user(entry, asked, "identities[].user_id")?;
    let email = text(key(entry, "value"), "identities[].value", TEXT_MAX)?;
    let email = AddressText::of(&email)
        .ok_or_else(|| wrong("identities[].value", &Value::Null, "an address"))?;
    Ok(Identity {
        email,
        primary: flag_or(false, key(entry, "primary"), "identities[].primary")?,
        verified: flag_or(false, key(entry, "verified"), "identities[].verified")?,
    })
}

/// The organizations that a user is in, on one page.
pub fn memberships(value: &Value, asked: UserId) -> Read<ListPage<Membership>> {
    let top = object(value, "answer")?;
    let after = cursor(top)?;
    let entries = entries(top, "organization_memberships")?;
    Ok(ListPage::of(entries, after, |entry| {
        membership(entry, asked)
    }))
}

fn membership(value: &Value, asked: UserId) -> Read<Membership> {
    let entry = object(value, "organization_memberships[]")?;
    of_user(entry, asked, "organization_memberships[].user_id")?;
    let name = optional_text(
        key(entry, "organization_name"),
        "organization_memberships[].organization_name",
        TEXT_MAX,
    )
    .ok()
    .flatten();
    Ok(Membership {
        organization: id_of(
            key(entry, "organization_id"),
            "organization_memberships[].organization_id",
        )?,
        name: name.filter(|name| !name.trim().is_empty()),
        default: flag_or(
            false,
            key(entry, "default"),
            "organization_memberships[].default",
        )?,
    })
}

/// Refuses an entry that belongs to another user.
fn of_user(entry: &Object, asked: UserId, name: &str) -> Read<()> {
    let of = key(entry, "user_id");
    if of.as_u64() == Some(asked.get()) {
        Ok(())
    } else {
        Err(wrong(name, of, "the user that was asked for"))
    }
}

fn one(value: &Value, name: &str) -> Read<User> {
    let user = object(value, name)?;
    let of = |key: &str| format!("{name}.{key}");
    let email = optional_text(key(user, "email"), &of("email"), TEXT_MAX)?;
    Ok(User {
        id: id_of(key(user, "id"), &of("id"))?,
        name: optional_text(key(user, "name"), &of("name"), TEXT_MAX)
            .ok()
            .flatten()
            .unwrap_or_default(),
        email: email.as_deref().and_then(AddressText::of),
        role: if text(key(user, "role"), &of("role"), TEXT_MAX)? == "end-user" {
            Role::EndUser
        } else {
            Role::Team
        },
        suspended: flag(key(user, "suspended"), &of("suspended"))?,
        deleted: !flag_or(true, key(user, "active"), &of("active"))?,
        organization: optional_id(key(user, "organization_id"), &of("organization_id"))?,
        notes: whole_text(key(user, "notes"), &of("notes"), NOTES_MAX)?,
        details: whole_text(key(user, "details"), &of("details"), NOTES_MAX)?,
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
    Ok(Me {
        id: id_of(key(user, "id"), "user.id")?,
        name,
    })
}

/// The groups of one page that tickets can be assigned to. An unreadable one is left out.
pub fn groups(value: &Value) -> Read<ListPage<Group>> {
    let top = object(value, "answer")?;
    let page = ListPage::of(entries(top, "groups")?, cursor(top)?, group);
    Ok(page.without_gaps())
}

fn group(value: &Value) -> Read<Option<Group>> {
    let group = object(value, "groups[]")?;
    let (id, name) = (
        number(key(group, "id"), "groups[].id")?,
        text(key(group, "name"), "groups[].name", TEXT_MAX)?,
    );
    Ok((!flag_or(false, key(group, "deleted"), "groups[].deleted")?).then_some(Group { id, name }))
}
