//! Opens pages for the engineer: portal pages, records and tickets.

use super::effect::Effect;
use super::fields::{BadInput, bad, record};
use super::focus::show;
use super::model::Model;
use super::next_page::next_page;
use super::world::World;
use crate::case::CaseKey;
use crate::map::Map;
use crate::portal::address;
use crate::record::RecordKind;
use crate::record::ids::LicenseId;
use crate::record::seen::RecordRef;
use crate::zendesk::address::ticket_url;

/// A command that opens a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The license of that ID (step 6).
    License(LicenseId),
    /// The search for the cloud activation of this code (step 7). The code is a secret: it goes
    /// into the URL and nowhere else.
    Activation(String),
    /// Validate License (step 8).
    Validate,
    /// The next page of the chain.
    Next,
    /// The page of a record in the chain.
    Record(RecordRef),
    /// The case's ticket.
    Ticket,
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    Ok(Some(match name {
        "open_license" => Command::License(LicenseId::parse(field("license_id")).map_err(|e| {
            bad(
                "license_id",
                format!(
                    "{}. Enter the number alone, for example 410233.",
                    sentence(&e.to_string())
                ),
            )
        })?),
        "open_activation" => {
            let code = field("activation_code");
            let fits = code.len() == 24 && code.bytes().all(|b| b.is_ascii_alphanumeric());
            if !fits {
                return Err(bad(
                    "activation_code",
                    "This is not a cloud activation code. It has 24 letters and digits; case matters.",
                ));
            }
            Command::Activation(code.to_owned())
        }
        "open_validate" => Command::Validate,
        "open_next" => Command::Next,
        "open_record" => Command::Record(record(field("record"))?),
        "show_ticket" => Command::Ticket,
        _ => return Ok(None),
    }))
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    let words = &world.profile.portal;
    let host = world.profile.portal_host(&key.host);
    let url = match command {
        Command::License(id) => Some(address::record_url(words, host, RecordKind::License, id)),
        Command::Activation(code) => Some(address::cloud_activation_search_url(words, host, &code)),
        Command::Validate => Some(address::validate_url(words, host)),
        Command::Next => next_page(model, key, world).map(|next| next.url),
        Command::Record(wanted) => model
            .case(key)
            .and_then(|c| c.chain.held().find(|r| r.reference() == wanted))
            .map(|held| held.address().to_owned()),
        Command::Ticket => return vec![show_ticket(model, key)],
    };
    url.map(|url| model.open_for(key, url))
        .into_iter()
        .collect()
}

/// Shows another case, and its ticket.
pub(super) fn show_case(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    if model.case(key).is_none() {
        return Vec::new();
    }
    show(model, model.tabs.here, key.clone(), world);
    vec![show_ticket(model, key)]
}

fn show_ticket(model: &mut Model, key: &CaseKey) -> Effect {
    match model.tabs.tab_of_ticket(key) {
        Some(tab) => Effect::FocusTab { tab },
        None => model.open_for(key, ticket_url(&key.host, key.ticket)),
    }
}
