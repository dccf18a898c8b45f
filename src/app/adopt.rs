//! What was just read of a case counts from now on, and makes earlier questions void.

use super::model::Model;
use super::model::reads::Waiting;
use crate::case::CaseKey;
use crate::case::load::Load;
use crate::case::precheck::Precheck;
use crate::record::ids::OrganizationId;
use crate::record::ticket::Ticket;

/// Takes the ticket as it was just read. Where it shows another requester, or the same one in another organization, answers to what was
/// asked about the earlier one are nobody's.
pub(super) fn take_ticket(model: &mut Model, key: &CaseKey, ticket: Ticket) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    // Another form has another name.
    if case
        .ticket
        .got()
        .is_some_and(|was| was.form_id != ticket.form_id)
    {
        case.form = Load::NotAsked;
    }
    if case.take_ticket(ticket) {
        model
            .waiting
            .retain(|_, w| w.about_requester_of() != Some(key));
    }
}

/// Takes what was just read of an organization, where it is the one that users are to join.
pub(super) fn take_organization(
    model: &mut Model,
    key: &CaseKey,
    id: OrganizationId,
    take: impl FnOnce(&mut Precheck),
) {
    // What was asked for before comes too late to be true.
    model.waiting.retain(
        |_, w| !matches!(w, Waiting::Details(k, _) | Waiting::People { case: k, .. } if k == key),
    );
    model.with_case(key, |case| {
        if case.precheck.organization == Some(id) {
            take(&mut case.precheck);
            if case.precheck.details == Load::Asking {
                case.precheck.details = Load::NotAsked;
            }
            if case.precheck.people == Load::Asking {
                case.precheck.people = Load::NotAsked;
            }
        }
    });
}
