//! Takes in what was just read about a case, and voids reads that it made pointless.

use super::model::Model;
use super::model::reads::{ReplyRead, Waiting};
use crate::case::basis::{Fact, Look, Said};
use crate::case::load::Load;
use crate::case::precheck::Precheck;
use crate::case::{Case, CaseKey};
use crate::record::ids::{OrganizationId, UserId};
use crate::record::ticket::Ticket;

/// Takes the ticket as it was just read. If the requester or their organization changed, answers to
/// reads about the earlier one are dropped.
pub(super) fn take_ticket(model: &mut Model, key: &CaseKey, ticket: Ticket) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    // The form's name belongs to the earlier form.
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

/// Something was just written. A reading of the ticket that was asked for before that would come too late to be true: it is made again.
pub(super) fn forget_older_readings(model: &mut Model, key: &CaseKey) {
    let older = |waiting: &Waiting| match waiting {
        Waiting::Ticket(of)
        | Waiting::AppResult(of)
        | Waiting::Reply(of, ReplyRead::Look { .. }) => of == key,
        _ => false,
    };
    model.waiting.retain(|_, waiting| !older(waiting));
    model.with_case(key, |case| {
        if case.ticket == Load::Asking {
            case.ticket = Load::NotAsked;
        }
    });
}

/// Takes who is signed in now. Another agent than before is looked up anew.
pub(super) fn take_me(model: &mut Model, key: &CaseKey, now: UserId) {
    let another = |case: &Case| case.trouble.me.got().is_some_and(|me| me.id != now);
    if model.case(key).is_some_and(another) {
        model.with_case(key, |case| case.trouble.me = Load::NotAsked);
    }
}

/// Takes what a fresh look read: the panel shows it, and the gates judge by it.
pub(super) fn take_look(model: &mut Model, key: &CaseKey, look: &Look) {
    for (fact, _, said) in &look.readings {
        match (fact, said) {
            (Fact::Ticket, Said::Ticket(ticket)) => take_ticket(model, key, (**ticket).clone()),
            (Fact::Organization(id), Said::Organization(details)) => {
                take_organization(model, key, *id, |precheck| {
                    precheck.details = Load::Got((**details).clone())
                });
            }
            (Fact::People(id), Said::People { users, unreadable }) => {
                take_organization(model, key, *id, |precheck| {
                    (precheck.people, precheck.unreadable) =
                        (Load::Got(users.clone()), *unreadable);
                });
            }
            (Fact::Me, Said::Me(me)) => take_me(model, key, *me),
            _ => {}
        }
    }
}

/// Takes what was just read about an organization, if users are to join it.
pub(super) fn take_organization(
    model: &mut Model,
    key: &CaseKey,
    id: OrganizationId,
    take: impl FnOnce(&mut Precheck),
) {
    // An answer to a read that started before this one would be out of date.
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
