//! What the page that writes has to find right before it does. Zendesk refuses a late write into a ticket by itself (`safe_update`), though
//! not by another agent: so the page reads who is signed in before it assigns the ticket to them. Of a user Zendesk refuses nothing: so the
//! page reads the user, their memberships, the organization, and the ticket's requester with theirs once more. The lists of contacts and of
//! open tickets are not read a third time: what changes in them after the fresh look is seen after the write.

use serde_json::{Map, Value, json};

use super::fresh::FreshBasis;
use crate::app::effect::Expected;
use crate::case::CaseKey;
use crate::case::basis::{Fact, Said};
use crate::case::change::Change;
use crate::zendesk::request;

/// What has to hold for a change, by what was just read for it.
pub(super) fn expected(key: &CaseKey, change: &Change, fresh: &FreshBasis) -> Vec<Expected> {
    let origin = format!("https://{}", key.host);
    if let Some(agent) = change.to_agent() {
        let url = request::me(&key.host);
        let path = url.strip_prefix(&origin).map(str::to_owned);
        let holds = json!({"user": {"id": agent.get()}});
        return path
            .map(|path| Expected { path, holds })
            .into_iter()
            .collect();
    }
    if change.makes().is_none() {
        return Vec::new();
    }
    // Whoever asks for others has to be one of them still.
    let asks = fresh
        .ticket()
        .map(|ticket| &ticket.requester)
        .filter(|asks| change.user() != Some(asks.id))
        .map(|asks| {
            let holds = json!({"user": {
                "organization_id": asks.organization.as_ref().map(|o| o.id.get()),
            }});
            (request::user(&key.host, asks.id), holds)
        });
    fresh
        .readings()
        .filter_map(|(fact, said)| {
            Some(match (fact, said) {
                (Fact::Ticket, Said::Ticket(ticket)) => (
                    request::ticket_alone(&key.host, ticket.id),
                    json!({"ticket": {"requester_id": ticket.requester.id.get()}}),
                ),
                (Fact::User(id), Said::User(user)) => {
                    // The text that is written over has to be the one that was read.
                    let field = change.kept_in().unwrap_or_default();
                    (
                        request::user(&key.host, *id),
                        json!({"user": {
                            "organization_id": user.organization.map(|o| o.get()),
                            field.key(): user.text(field),
                            "suspended": user.suspended,
                            "active": !user.deleted,
                        }}),
                    )
                }
                (Fact::Memberships(id), Said::Memberships(all)) => {
                    let all: Vec<Value> = all
                        .iter()
                        .map(|o| json!({"organization_id": o.id.get()}))
                        .collect();
                    (
                        request::memberships(&key.host, *id, None),
                        json!({ "organization_memberships": all }),
                    )
                }
                (Fact::Organization(id), Said::Organization(details)) => {
                    let mut holds = Map::new();
                    for (name, value) in [
                        ("name", &details.name),
                        ("notes", &details.notes),
                        ("details", &details.details),
                        ("updated_at", &details.updated_at),
                    ]
                    .into_iter()
                    .filter(|(name, _)| !details.unreadable.iter().any(|known| known == name))
                    {
                        holds.insert(name.to_owned(), json!(value));
                    }
                    (
                        request::organization(&key.host, *id),
                        json!({ "organization": holds }),
                    )
                }
                _ => return None,
            })
        })
        .chain(asks)
        .filter_map(|(url, holds)| {
            let path = url.strip_prefix(&origin)?.to_owned();
            Some(Expected { path, holds })
        })
        .collect()
}
