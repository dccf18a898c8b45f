//! Reads the ticket, its host's fields, and its comments.

use super::effect::Effect;
use super::model::Model;
use super::model::reads::{FieldsReading, Json, Waiting};
use super::world::World;
use super::{contacts, evidence};
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::mail::AddressText;
use crate::record::ticket::WrittenAddress;
use crate::zendesk::{answer, request};

/// How many pages of 100 comments are read for addresses.
const COMMENT_PAGES: usize = 5;

/// How many pages of 100 ticket fields are read to find the three that matter.
const FIELD_PAGES: usize = 20;

/// Starts the reads about a case's ticket that are needed and not running.
pub(super) fn wanted(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    let now = world.now_ms;
    let Some(case) = model.case(key) else {
        return effects;
    };
    let ask_ticket = case.ticket.wants_asking(now);
    let ask_fields = model
        .fields
        .get(&key.host)
        .is_none_or(|f| f.load.wants_asking(now));
    // The comments are read once for proof, for the address that Sold-to is compared with, and for
    // contacts. The ticket must be known first, because it says who the requester is.
    let ask_comments = case.ticket.got().is_some() && case.written.wants_asking(now);
    if ask_ticket {
        effects.push(model.ask(
            Waiting::Ticket(key.clone()),
            request::ticket(&key.host, key.ticket),
        ));
        model.with_case(key, |case| case.ticket = Load::Asking);
    }
    if ask_fields {
        effects.push(model.ask(
            Waiting::Fields(key.host.clone()),
            request::ticket_fields(&key.host, None),
        ));
        model.fields.insert(
            key.host.clone(),
            FieldsReading {
                load: Load::Asking,
                ..FieldsReading::default()
            },
        );
    }
    if ask_comments {
        effects.push(model.ask(
            Waiting::Comments {
                case: key.clone(),
                so_far: Vec::new(),
                page: 1,
            },
            request::comments(&key.host, key.ticket, None),
        ));
        model.with_case(key, |case| case.written = Load::Asking);
    }
    effects
}

/// Gives each ticket of the host the fields that were read.
pub(super) fn adopt_fields(model: &mut Model, key: &CaseKey) {
    let known = model
        .fields
        .get(&key.host)
        .and_then(|f| f.load.got())
        .cloned();
    if let Some(known) = known
        && model
            .case(key)
            .is_some_and(|c| c.fields.as_ref() != Some(&known))
    {
        model.with_case(key, |case| {
            if let Some(says) = known.says_unread() {
                case.add_notice(&says);
            }
            case.fields = Some(known);
        });
    }
}

/// Takes a page of the host's ticket fields.
pub(super) fn fields_answered(
    model: &mut Model,
    host: &str,
    json: Json,
    world: World<'_>,
) -> Option<Effect> {
    let titles = json.as_ref().map_or(Vec::new(), |v| {
        answer::other_titles(v, &world.profile.zendesk)
    });
    let page = json.and_then(|v| answer::ticket_fields(&v, &world.profile.zendesk));
    let reading = model.fields.get_mut(host)?;
    match page {
        Err(error) => {
            reading.load = Load::Failed(error);
            None
        }
        Ok((part, after)) => {
            reading.partial = std::mem::take(&mut reading.partial).merge(part);
            reading.pages += 1;
            reading.titles.extend(titles);
            let enough = reading.partial.complete() || reading.pages >= FIELD_PAGES;
            match after.filter(|_| !enough) {
                None => {
                    // The fields that were found need no other name.
                    if reading.partial.complete() {
                        reading.titles.clear();
                    }
                    reading.load = Load::Got(reading.partial.clone());
                    None
                }
                Some(after) => Some(model.ask(
                    Waiting::Fields(host.to_owned()),
                    request::ticket_fields(host, Some(&after)),
                )),
            }
        }
    }
}

/// Takes a page of the ticket's comments.
pub(super) fn comments_answered(
    model: &mut Model,
    key: &CaseKey,
    mut so_far: Vec<WrittenAddress>,
    page: usize,
    json: Json,
    world: World<'_>,
) -> Option<Effect> {
    let Some(requester) = model
        .case(key)
        .and_then(|c| c.ticket.got())
        .map(|t| t.requester.id)
    else {
        // The ticket is being read again, so its comments will be, too.
        model.with_case(key, |case| case.written = Load::NotAsked);
        return None;
    };
    match json.and_then(|v| answer::all_comments(&v)) {
        Err(error) => {
            model.with_case(key, |case| case.written = Load::Failed(error));
            None
        }
        Ok(answer::ListPage {
            items: comments,
            unreadable,
            after,
        }) => {
            let more = after.is_some() && page >= COMMENT_PAGES;
            model.with_case(key, |case| {
                let facts = &mut case.requester;
                let before = if page > 1 { facts.unread_comments } else { 0 };
                (facts.unread_comments, facts.more_comments) = (before + unreadable, more);
            });
            contacts::from_comments(model, key, &comments);
            evidence::from_comments(model, key, &comments, (page - 1) * 100 + 1, world);
            for address in answer::written_addresses(&comments, requester) {
                if !so_far.iter().any(|a| {
                    AddressText::from(a.email.as_str()) == AddressText::from(address.email.as_str())
                }) {
                    so_far.push(address);
                }
            }
            match after.filter(|_| page < COMMENT_PAGES) {
                Some(after) => {
                    let url = request::comments(&key.host, key.ticket, Some(&after));
                    Some(model.ask(
                        Waiting::Comments {
                            case: key.clone(),
                            so_far,
                            page: page + 1,
                        },
                        url,
                    ))
                }
                None => {
                    model.with_case(key, |case| case.written = Load::Got(so_far));
                    None
                }
            }
        }
    }
}
