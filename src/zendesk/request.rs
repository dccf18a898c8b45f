//! The addresses of Zendesk's API that Tether reads, whole and percent-encoded.

use crate::address::encode;
use crate::case::ids::TicketId;

/// A ticket with its users and organizations beside it.
pub fn ticket(host: &str, id: TicketId) -> String {
    format!("https://{host}/api/v2/tickets/{id}?include=users,organizations")
}

/// One page of the ticket fields. `after`: the cursor that the page before answered with.
pub fn ticket_fields(host: &str, after: Option<&str>) -> String {
    paged(format!("https://{host}/api/v2/ticket_fields"), after)
}

/// One page of a ticket's comments. `after`: the cursor that the page before answered with.
pub fn comments(host: &str, id: TicketId, after: Option<&str>) -> String {
    paged(format!("https://{host}/api/v2/tickets/{id}/comments"), after)
}

/// The organizations whose field holds a value (handbook step 11). The search is looser than equality: see `case::organization::accept`.
pub fn search_organizations(host: &str, field: &str, value: &str) -> String {
    format!("https://{host}/api/v2/search?query={}", encode(&format!("type:organization {field}:{value}")))
}

fn paged(address: String, after: Option<&str>) -> String {
    let after = after.map(|cursor| format!("&page%5Bafter%5D={}", encode(cursor))).unwrap_or_default();
    format!("{address}?page%5Bsize%5D=100{after}")
}
