//! The addresses of Zendesk's API that Tether reads, whole and percent-encoded.

use crate::address::encode;
use crate::record::ids::{OrganizationId, TicketId, UserId};

/// A ticket, with its users and organizations.
pub fn ticket(host: &str, id: TicketId) -> String {
    format!("https://{host}/api/v2/tickets/{id}?include=users,organizations")
}

/// One page of the ticket fields. `after`: the cursor that the page before answered with.
pub fn ticket_fields(host: &str, after: Option<&str>) -> String {
    paged(format!("https://{host}/api/v2/ticket_fields"), after)
}

/// A ticket form.
pub fn ticket_form(host: &str, id: u64) -> String {
    format!("https://{host}/api/v2/ticket_forms/{id}")
}

/// A ticket without anything beside it.
pub fn ticket_alone(host: &str, id: TicketId) -> String {
    format!("https://{host}/api/v2/tickets/{id}")
}

/// One page of a ticket's comments. `after`: the cursor that the page before answered with.
pub fn comments(host: &str, id: TicketId, after: Option<&str>) -> String {
    paged(
        format!("https://{host}/api/v2/tickets/{id}/comments"),
        after,
    )
}

/// The newest comments of a ticket: is the note among them?
pub fn newest_comments(host: &str, id: TicketId) -> String {
    format!("https://{host}/api/v2/tickets/{id}/comments?page%5Bsize%5D=20&sort=-created_at")
}

/// The organizations whose field holds a value (handbook step 11). The search is looser than equality: see `case::organization::accept`.
pub fn search_organizations(host: &str, field: &str, value: &str) -> String {
    format!(
        "https://{host}/api/v2/search?query={}",
        encode(&format!("type:organization {field}:{value}"))
    )
}

/// An organization with its notes, details and fields (pre-checks).
pub fn organization(host: &str, id: OrganizationId) -> String {
    format!("https://{host}/api/v2/organizations/{id}")
}

/// One page of an organization's users. `after`: the cursor that the page before answered with.
pub fn organization_users(host: &str, id: OrganizationId, after: Option<&str>) -> String {
    paged(
        format!("https://{host}/api/v2/organizations/{id}/users"),
        after,
    )
}

/// A user.
pub fn user(host: &str, id: UserId) -> String {
    format!("https://{host}/api/v2/users/{id}")
}

/// One page of a user's addresses and other identities. `after`: the cursor that the page before answered with.
pub fn identities(host: &str, id: UserId, after: Option<&str>) -> String {
    paged(
        format!("https://{host}/api/v2/users/{id}/identities"),
        after,
    )
}

/// One page of the organizations that a user is in. `after`: the cursor that the page before answered with.
pub fn memberships(host: &str, id: UserId, after: Option<&str>) -> String {
    paged(
        format!("https://{host}/api/v2/users/{id}/organization_memberships"),
        after,
    )
}

/// The users with an address like this one; `record::people::User::has_email` decides who has it. A
/// quotation mark or a backslash would end the address in the search's syntax, so both are left
/// out: no real address contains them, so the search finds nothing.
pub fn users_by_email(host: &str, email: &str) -> String {
    let plain: String = email
        .chars()
        .filter(|c| !matches!(c, '"' | '\\') && !c.is_control())
        .collect();
    format!(
        "https://{host}/api/v2/users/search?query={}",
        encode(&format!("email:\"{}\"", plain.trim()))
    )
}

/// One page of the tickets that a user requested, without archived ones, which have long been
/// closed. `after`: the cursor that the page before answered with.
pub fn requested_tickets(host: &str, user: UserId, after: Option<&str>) -> String {
    format!(
        "{}&exclude_archived=true",
        paged(
            format!("https://{host}/api/v2/users/{user}/tickets/requested"),
            after
        )
    )
}

/// The agent who is signed in.
pub fn me(host: &str) -> String {
    format!("https://{host}/api/v2/users/me")
}

/// One page of the groups that tickets can be assigned to. `after`: the cursor that the page before answered with.
pub fn groups(host: &str, after: Option<&str>) -> String {
    paged(format!("https://{host}/api/v2/groups/assignable"), after)
}

/// One page of the active macros that match a title and that the agent may apply. The search is looser than equality. `page`: from 1; a
/// search refuses the cursors that lists have.
pub fn macros_search(host: &str, title: &str, page: usize) -> String {
    let page = if page > 1 {
        format!("&page={page}")
    } else {
        String::new()
    };
    format!(
        "https://{host}/api/v2/macros/search?query={}&active=true&only_viewable=true{page}",
        encode(title)
    )
}

/// What a macro would do to a ticket; reading it changes nothing.
pub fn apply_macro(host: &str, ticket: TicketId, macro_id: u64) -> String {
    format!("https://{host}/api/v2/tickets/{ticket}/macros/{macro_id}/apply")
}

/// One page of the macros that the agent may apply. `page`: from 1.
pub fn active_macros(host: &str, page: usize) -> String {
    format!("https://{host}/api/v2/macros/active?per_page=100&page={page}")
}

/// A custom role of agents.
pub fn custom_role(host: &str, id: u64) -> String {
    format!("https://{host}/api/v2/custom_roles/{id}")
}

/// The tags that tickets had lately and that begin with a text of at least two characters.
pub fn tags_like(host: &str, name: &str) -> String {
    format!(
        "https://{host}/api/v2/autocomplete/tags?name={}",
        encode(name)
    )
}

/// One page of the ticket forms that agents may use. `page`: from 1.
pub fn ticket_forms(host: &str, page: usize) -> String {
    format!("https://{host}/api/v2/ticket_forms?active=true&per_page=100&page={page}")
}

/// One page of the organization fields. `after`: the cursor that the page before answered with.
pub fn organization_fields(host: &str, after: Option<&str>) -> String {
    paged(format!("https://{host}/api/v2/organization_fields"), after)
}

/// The account's settings.
pub fn account_settings(host: &str) -> String {
    format!("https://{host}/api/v2/account/settings")
}

fn paged(address: String, after: Option<&str>) -> String {
    let after = after
        .map(|cursor| format!("&page%5Bafter%5D={}", encode(cursor)))
        .unwrap_or_default();
    format!("{address}?page%5Bsize%5D=100{after}")
}
