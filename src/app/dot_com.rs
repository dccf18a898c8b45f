//! Step 4 (GitLab.com): how the app's attempt went, and what the engineer found by hand.

use super::adopt;
use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::notice::Notice;
use super::model::reads::Waiting;
use super::refresh::refresh;
use super::world::World;
use crate::case::CaseKey;
use crate::case::dot_com::{Attempt, ByHand, NAMESPACE_MAX, Typed, account, namespace};
use crate::map::Map;
use crate::reading::ReadError;
use crate::record::ticket::Ticket;
use crate::text::line::one_line;
use crate::zendesk::request;

/// A command about GitLab.com.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// How the app's attempt went.
    Attempt(Attempt),
    /// Withdraw that answer.
    UndoAttempt,
    /// Enter the namespace and its Salesforce account by hand.
    ByHand(Typed),
    /// Remove what was entered by hand.
    ForgetByHand,
    /// The engineer came back to the panel: look whether Zendesk shows the requester in an organization. A read, and nothing else.
    Look,
}

/// Longest text kept of a field with invalid input, in characters.
const TYPED_MAX: usize = NAMESPACE_MAX + 45;

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str);
    Ok(Some(match name {
        "attempt" => {
            let outcome = field("outcome").trim().parse().ok();
            Command::Attempt(
                outcome.ok_or_else(|| {
                    bad("outcome", "This outcome is not known. Reopen the panel.")
                })?,
            )
        }
        "undo_attempt" => Command::UndoAttempt,
        "by_hand" => Command::ByHand(Typed {
            namespace: one_line(field("namespace"), TYPED_MAX),
            account: one_line(field("account"), TYPED_MAX),
        }),
        "forget_by_hand" => Command::ForgetByHand,
        "look_for_result" => Command::Look,
        _ => return Ok(None),
    }))
}

/// Carries out a command. One from an outdated snapshot of the panel, after the case took another
/// route, changes nothing.
pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    if !case.is_dot_com(&world.profile.zendesk) {
        return Vec::new();
    }
    match command {
        Command::Attempt(outcome) => {
            case.dot_com.report(Some(outcome));
            if outcome == Attempt::Associated {
                // The app says so; reading Zendesk confirms it.
                refresh(model, key);
            }
        }
        Command::UndoAttempt => case.dot_com.report(None),
        Command::Look => return look(model, key),
        Command::ByHand(typed) => {
            if case.dot_com.attempt != Some(Attempt::AppFailed) {
                return Vec::new();
            }
            match (namespace(&typed.namespace), account(&typed.account)) {
                (Ok(namespace), Ok(account)) => {
                    case.dot_com.by_hand = Some(ByHand { namespace, account });
                    case.dot_com.typed = Typed::default();
                }
                (Err(says), _) => {
                    case.dot_com.typed = typed;
                    complain(model, "namespace", says);
                }
                (Ok(_), Err(says)) => {
                    case.dot_com.typed = typed;
                    complain(model, "account", says);
                }
            }
        }
        Command::ForgetByHand => {
            if let Some(found) = case.dot_com.by_hand.take() {
                case.dot_com.typed = Typed {
                    namespace: found.namespace,
                    account: found.account.as_str().to_owned(),
                };
            }
        }
    }
    Vec::new()
}

/// Looks whether the app has put the requester into an organization, unless that is known or being looked at.
fn look(model: &mut Model, key: &CaseKey) -> Vec<Effect> {
    let waits = model.case(key).is_some_and(|case| {
        let nowhere = case
            .ticket
            .got()
            .is_some_and(|t| t.requester.organization.is_none());
        nowhere && matches!(case.dot_com.attempt, None | Some(Attempt::Associated))
    });
    let looks = model
        .waiting
        .values()
        .any(|w| matches!(w, Waiting::AppResult(of) if of == key));
    if !waits || looks || !model.may_read(&key.host) {
        return Vec::new();
    }
    let url = request::ticket(&key.host, key.ticket);
    vec![model.ask(Waiting::AppResult(key.clone()), url)]
}

/// Takes what the look found. If it failed, the engineer says how the app's attempt went, as ever.
pub(super) fn looked(
    model: &mut Model,
    key: &CaseKey,
    ticket: Result<Ticket, ReadError>,
    world: World<'_>,
) {
    if let Ok(ticket) = ticket {
        take_ticket(model, key, ticket, world);
    }
}

/// Takes the ticket as it was just read. If its requester, who was in no organization, is in one now, the app has done it.
pub(super) fn take_ticket(model: &mut Model, key: &CaseKey, ticket: Ticket, world: World<'_>) {
    let user = ticket.requester.id;
    let is_in_one = ticket.requester.organization.is_some();
    let was_in_none = model.case(key).is_some_and(|case| {
        case.requester.user == Some(user) && case.requester.organization.is_none()
    });
    adopt::take_ticket(model, key, ticket);
    let Some(case) = model.case_mut(key).filter(|_| was_in_none && is_in_one) else {
        return;
    };
    let by_us = case.tasks.iter().any(|t| t.change.user() == Some(user));
    if case.dot_com.attempt.is_none() && !by_us && case.is_dot_com(&world.profile.zendesk) {
        case.dot_com.see_associated();
    }
}

fn complain(model: &mut Model, field: &str, says: &str) {
    model.said = Some(Notice::wrong(field, says));
}
