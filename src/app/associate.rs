//! Step 13: associates the requester with the organization, once all checks and pre-checks are
//! answered.

use super::association_gate::gate;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::notice::Notice;
use super::work;
use super::world::World;
use crate::case::CaseKey;
use crate::case::change::{By, Change};
use crate::map::Map;
use crate::record::ids::{OrganizationId, UserId};

/// `Associate`, with the user and organization that the panel showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The user.
    pub user: UserId,
    /// The organization.
    pub organization: OrganizationId,
}

/// Parses the command; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    if name != "associate" {
        return Ok(None);
    }
    Ok(Some(Command {
        user: UserId::parse(field("user"))
            .map_err(|_| bad("user", "This user is not known. Reopen the panel."))?,
        organization: OrganizationId::parse(field("organization")).map_err(|_| {
            bad(
                "organization",
                "This organization is not known. Reopen the panel.",
            )
        })?,
    }))
}

/// Carries out the command.
pub(super) fn command(model: &mut Model, key: &CaseKey, shown: Command, world: World<'_>) {
    let Some(case) = model.case(key) else { return };
    let gate = gate(case, world.rules());
    let who = case.ticket.got().map(|ticket| ticket.requester.label());
    let change = match (gate, who) {
        (Ok((user, into)), _) if (user, into.id) != (shown.user, shown.organization) => {
            model.said = Some(Notice::changed("The requester or the organization to join"));
            return;
        }
        (Ok((user, organization)), Some(who)) => Some(Change::Join {
            user,
            who,
            organization,
            by: By::Page,
            moved_from: None,
        }),
        _ => None,
    };
    work::start(model, key, change.into_iter().collect());
}
