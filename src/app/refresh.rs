//! Reads a case again: what failed, or everything.

use super::model::Model;
use super::model::reads::Waiting;
use super::{contacts, evidence, trouble};
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::case::organization::OrganizationSearch;
use crate::case::precheck::Precheck;

/// A command that reads a case again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// What failed.
    Failed,
    /// Everything.
    All,
}

/// Parses a command by its name; returns `None` for another feature's.
pub(super) fn parse(name: &str) -> Option<Command> {
    Some(match name {
        "retry" => Command::Failed,
        "refresh" => Command::All,
        _ => return None,
    })
}

pub(super) fn command(model: &mut Model, key: &CaseKey, command: Command) {
    match command {
        Command::Failed => retry(model, key),
        Command::All => refresh(model, key),
    }
}

/// Repeats the failed reads.
fn retry(model: &mut Model, key: &CaseKey) {
    evidence::refresh(model, key);
    contacts::retry(model, key);
    if model
        .fields
        .get(&key.host)
        .is_some_and(|f| matches!(f.load, Load::Failed(_)))
    {
        model.fields.remove(&key.host);
    }
    model.with_case(key, |case| {
        if matches!(case.ticket, Load::Failed(_)) {
            case.ticket = Load::NotAsked;
        }
        if matches!(case.written, Load::Failed(_)) {
            case.written = Load::NotAsked;
        }
        if matches!(case.organization.load, Load::Failed(_)) {
            case.organization.load = Load::NotAsked;
        }
        if matches!(case.form, Load::Failed(_)) {
            case.form = Load::NotAsked;
        }
        if matches!(case.precheck.details, Load::Failed(_)) {
            case.precheck.details = Load::NotAsked;
        }
        if matches!(case.precheck.people, Load::Failed(_)) {
            case.precheck.people = Load::NotAsked;
        }
    });
    trouble::retry(model, key);
}

/// Repeats all reads of the case; what the portal showed stays.
pub(super) fn refresh(model: &mut Model, key: &CaseKey) {
    contacts::refresh(model, key);
    evidence::refresh(model, key);
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Ticket(k) | Waiting::Comments { case: k, .. } | Waiting::Organization(k) if k == key));
    model.waiting.retain(|_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } | Waiting::Form(k, _) if k == key));
    retry(model, key);
    model.with_case(key, |case| {
        case.form = Load::NotAsked;
        case.precheck = Precheck {
            organization: case.precheck.organization,
            ..Precheck::default()
        };
        case.ticket = Load::NotAsked;
        case.written = Load::NotAsked;
        case.organization = OrganizationSearch {
            account: case.organization.account.clone(),
            chosen: case.organization.chosen,
            ..OrganizationSearch::default()
        };
    });
}
