//! Step 13: `Associate`, what is in its way, and how it went.

use maud::{Markup, html};

use super::lead::Lead;
use super::tasks::tasks;
use crate::app::{World, association_gate};
use crate::case::Case;
use crate::case::change::Change;
use crate::text::line::one_line;

pub(super) fn association(case: &Case, lead: Lead, world: World<'_>) -> Markup {
    let gate = association_gate(case, world.rules());
    let requester = case.ticket.got().map(|t| t.requester.id);
    let now = case
        .ticket
        .got()
        .and_then(|t| t.requester.organization.as_ref())
        .map(|o| o.id);
    let joined = case
        .target(&world.profile.zendesk)
        .filter(|target| now == Some(target.id));
    html! {
        @if let Ok((_, organization)) = &gate {
            p { "Puts the requester into " bdi { (organization.label()) } " on the user's page, and reads it back." }
        }
        div.actions {
            button.primary[lead == Lead::Associate] type="button" data-command="associate"
                data-field-user=[gate.as_ref().ok().map(|(user, _)| user)] data-field-organization=[gate.as_ref().ok().map(|(_, o)| o.id)] disabled[gate.is_err()] aria-describedby=[gate.as_ref().err().map(|_| "associate-why")] { "Associate" }
        }
        @if let Some(organization) = joined {
            p.hint #associate-why { "The requester is in " bdi { (organization.label()) } "." }
        } @else if let Err(why) = &gate {
            p.hint #associate-why { "Not possible: " bdi { (one_line(why, 400)) } "." }
        }
        (tasks(case, "Association", |change| is_associations(change, requester), world.now_ms))
    }
}

/// Changes of the requester's own organization; those of others stand with the contacts.
fn is_associations(change: &Change, requester: Option<crate::record::ids::UserId>) -> bool {
    match change {
        Change::Join { .. } => true,
        Change::Restore { user, .. } => Some(*user) == requester,
        Change::Add { .. }
        | Change::Leave { .. }
        | Change::ProblemType { .. }
        | Change::Note { .. }
        | Change::RestoreField { .. }
        | Change::Assign { .. } => false,
    }
}
