//! Whether the agent is signed in, and may do what the process needs.

use super::outcome::{Mend, Outcome, seen};
use crate::app::model::setup::{Look, Looking, Seen, Setup, Unseen};
use crate::reading::ReadError;
use crate::record::people::{AgentKind, Rights, RoleRights};

pub(super) fn signed_in(setup: &Setup) -> Outcome {
    if let Some(Looking::Not(Unseen::Read(ReadError::SignedOut))) = setup.looks.get(&Look::Me) {
        return Outcome::Wrong {
            found: "You are signed out of Zendesk, or your account is no agent’s.".to_owned(),
            mend: Mend::ByHand("Sign in to Zendesk in this browser, then check again.".to_owned()),
        };
    }
    match seen(setup, Look::Me) {
        Ok(Seen::Me(rights)) => Outcome::Good(kind(rights).to_owned()),
        Ok(_) => Outcome::Looking,
        Err(outcome) => outcome,
    }
}

fn kind(rights: &Rights) -> &'static str {
    match rights.kind {
        AgentKind::Administrator => "You are an administrator.",
        AgentKind::Agent if rights.role.is_some() => "You are an agent with a custom role.",
        AgentKind::Agent => "You are an agent.",
        AgentKind::Light => "You are a light agent.",
        AgentKind::Chat => "You are a chat agent.",
        AgentKind::Unknown => "You are an agent of a kind that Tether doesn’t know.",
    }
}

/// The agent's own rights, and those of their custom role.
fn of(setup: &Setup) -> Result<(&Rights, Option<&RoleRights>), Outcome> {
    let rights = match seen(setup, Look::Me)? {
        Seen::Me(rights) => rights,
        _ => return Err(Outcome::Looking),
    };
    if rights.kind == AgentKind::Administrator || rights.role.is_none() {
        return Ok((rights, None));
    }
    match seen(setup, Look::Role)? {
        Seen::Role(role) => Ok((rights, Some(role))),
        _ => Err(Outcome::Looking),
    }
}

fn lacking(found: &str) -> Outcome {
    Outcome::Wrong {
        found: found.to_owned(),
        mend: Mend::Administrator(
            "Only an administrator of Zendesk can change your role.".to_owned(),
        ),
    }
}

pub(super) fn rights(setup: &Setup) -> Outcome {
    // What an agent's own record rules out, no role gives back.
    if let Some(Looking::Seen(seen)) = setup.looks.get(&Look::Me)
        && let Seen::Me(rights) = &**seen
    {
        match rights.kind {
            AgentKind::Light => {
                return lacking("A light agent can’t change tickets or users.");
            }
            AgentKind::Chat => return lacking("A chat agent can’t change tickets or users."),
            AgentKind::Unknown => {
                return Outcome::Unknown("Zendesk names a role that is not known.".to_owned());
            }
            AgentKind::Administrator | AgentKind::Agent => {}
        }
        if rights.kind != AgentKind::Administrator {
            if rights.restricted == Some(true) {
                return lacking("Your account sees only some tickets.");
            }
            if rights.only_private_comments == Some(true) {
                return lacking("Your account can’t write public replies.");
            }
        }
    }
    let role = match of(setup) {
        Err(outcome) => return outcome,
        Ok((rights, None)) if rights.kind == AgentKind::Administrator => {
            return Outcome::Good("An administrator may do everything.".to_owned());
        }
        Ok((rights, None)) => {
            let says = [
                (rights.restricted, "see every ticket"),
                (rights.only_private_comments, "write public replies"),
            ];
            return match says.iter().find(|(lacks, _)| lacks.is_none()) {
                Some((_, what)) => {
                    Outcome::Unknown(format!("Zendesk doesn’t say whether you may {what}."))
                }
                None => Outcome::Good("Every ticket, public replies, end users.".to_owned()),
            };
        }
        Ok((_, Some(role))) => role,
    };
    let all = [
        (role.every_ticket, "see every ticket"),
        (role.edits_tickets, "change tickets"),
        (role.public_comments, "write public replies"),
        (role.edits_users, "change end users"),
    ];
    if let Some((_, what)) = all.iter().find(|(may, _)| *may == Some(false)) {
        return lacking(&format!("Your role doesn’t let you {what}."));
    }
    match all.iter().find(|(may, _)| may.is_none()) {
        Some((_, what)) => Outcome::Unknown(format!(
            "Zendesk doesn’t say whether your role lets you {what}."
        )),
        None => Outcome::Good("Every ticket, public replies, end users.".to_owned()),
    }
}

pub(super) fn note(setup: &Setup) -> Outcome {
    match of(setup) {
        Err(outcome) => outcome,
        Ok((rights, None)) => match rights.kind {
            AgentKind::Administrator | AgentKind::Agent => {
                Outcome::Good("Your account may comment.".to_owned())
            }
            AgentKind::Light => Outcome::Good("A light agent may write internal notes.".to_owned()),
            AgentKind::Chat => lacking("A chat agent can’t comment on tickets."),
            AgentKind::Unknown => {
                Outcome::Unknown("Zendesk names a role that is not known.".to_owned())
            }
        },
        Ok((_, Some(role))) => match role.comments {
            Some(true) => Outcome::Good("Your role lets you comment.".to_owned()),
            Some(false) => lacking("Your role doesn’t let you comment."),
            None => Outcome::Unknown(
                "Zendesk doesn’t say whether your role lets you comment.".to_owned(),
            ),
        },
    }
}
