//! The contacts who may be removed, and what their tickets say about it.

use maud::{Markup, html};

use super::list::{id_of, list, said};
use crate::app::Model;
use crate::case::Case;
use crate::case::contacts::{Leaver, Tickets};
use crate::case::load::Load;
use crate::record::people::{OpenTicket, User};
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;
use crate::view::case_view::CaseView;
use crate::view::field::Wrong;
use crate::view::parts::shown;
use crate::zendesk::address::ticket_url;

/// How many of a user’s tickets are named.
const TICKETS_SHOWN: usize = 5;

/// The contacts of the organization: those in sight, the others, and how many belong to it besides another one.
struct Contacts<'a> {
    in_sight: Vec<&'a User>,
    others: Vec<&'a User>,
    besides: usize,
}

impl<'a> Contacts<'a> {
    fn of(case: &'a Case, organization: &OrganizationRef) -> Self {
        let people = case.people().unwrap_or_default();
        let (own, besides): (Vec<&User>, Vec<&User>) = people
            .iter()
            .filter(|u| u.is_contact())
            .partition(|u| u.organization == Some(organization.id));
        let is_asked = |user: &User| {
            let email = user.email.as_ref();
            email.is_some_and(|email| case.contacts.asks_to_remove(email))
        };
        let (in_sight, others) = own
            .into_iter()
            .partition(|u| case.contacts.leaver(u.id).is_some() || is_asked(u));
        Self {
            in_sight,
            others,
            besides: besides.len(),
        }
    }
}

/// Those who are picked, or whom the requester wants removed.
pub(super) fn removing(view: &CaseView<'_>, organization: &OrganizationRef) -> Markup {
    let (model, case) = (view.model, view.case);
    let lines: Vec<Markup> = Contacts::of(case, organization)
        .in_sight
        .into_iter()
        .map(|user| line(model, case, user))
        .collect();
    html! {
        (list("Contacts to remove", &lines, lines.len(), ""))
        (said(model, &["user"], "leaver-problem"))
    }
}

/// Everybody else, folded.
pub(super) fn tools(view: &CaseView<'_>, organization: &OrganizationRef) -> Markup {
    let (model, case) = (view.model, view.case);
    let contacts = Contacts::of(case, organization);
    html! {
        @if !contacts.others.is_empty() || contacts.besides > 0 {
            details.unfold #remove-list {
                summary { "Remove contacts" }
                ul.contacts aria-label="Contacts to remove, continued" { @for user in contacts.others { (line(model, case, user)) } }
                @if contacts.besides > 0 {
                    p.hint { (contacts.besides) " more belong to the organization besides another one. Remove those by hand in Zendesk." }
                }
            }
        }
    }
}

fn line(model: &Model, case: &Case, user: &User) -> Markup {
    let id = id_of("leaver", user.id);
    let leaver = case.contacts.leaver(user.id);
    let is_requester = case.ticket.got().is_some_and(|t| t.requester.id == user.id);
    html! {
        li.contact id={ (id) "-line" } data-key=(id) {
            label {
                input type="checkbox" form="plan-form" id=(id) data-command="pick_leaver" data-field-user=(user.id) data-field-wanted=(leaver.is_none()) checked[leaver.is_some()] aria-describedby={ (id) "-why" };
                span { (shown(&user.label(), 400)) }
            }
            div.hint id={ (id) "-why" } {
                @if is_requester { p { strong { "the requester" } @if leaver.is_some() { ". Without the organization, they can ask for no more changes" } } }
                @if let Some(leaver) = leaver { (tickets(model, case, user, leaver)) }
            }
        }
    }
}

fn tickets(model: &Model, case: &Case, user: &User, leaver: &Leaver) -> Markup {
    html! {
        @match leaver.tickets() {
            Tickets::Unknown if matches!(leaver.tickets, Load::Failed(_)) => p { strong { "can’t be removed" } ": reading their tickets failed, see above" },
            Tickets::Unknown => p.busy aria-busy="true" { "Reading their tickets…" },
            Tickets::None => p { "no open tickets" },
            Tickets::Open(open) => {
                p { (named(case, open)) }
                (decide(model, user))
            },
            Tickets::Decided(open, reason) => {
                p { (named(case, open)) ". " strong { "Removed anyway" } ": " (shown(reason, 400)) }
                div.actions {
                    button.quiet type="button" data-command="keep_for_tickets" data-field-user=(user.id) aria-label={ "Undo decision: " (one_line(&user.label(), 200)) } { "Undo decision" }
                }
            },
        }
    }
}

/// The tickets that are not closed.
fn named(case: &Case, open: &[OpenTicket]) -> Markup {
    html! {
        (open.len()) @if open.len() == 1 { " open ticket: " } @else { " open tickets: " }
        @for (n, ticket) in open.iter().take(TICKETS_SHOWN).enumerate() {
            @if n > 0 { ", " }
            a href=(ticket_url(&case.key.host, ticket.id)) target="_blank" rel="noreferrer" { "#" (ticket.id) }
            " (" (shown(&ticket.status, 30)) ") " (shown(&ticket.subject, 60))
        }
        @if open.len() > TICKETS_SHOWN { " and " (open.len() - TICKETS_SHOWN) " more" }
    }
}

fn decide(model: &Model, user: &User) -> Markup {
    let id = id_of("leave-reason", user.id);
    let wrong = Wrong::with(model, "leave_reason", Some(&user.id.to_string()), &id);
    html! {
        details.unfold.decide id={ (id) "-decide" } {
            summary { "Remove anyway" }
            form data-command="remove_all_the_same" data-field-user=(user.id) {
                label for=(id) { "Reason" }
                input id=(id) name="reason" type="text" maxlength="300" autocomplete="off"
                    aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
                (wrong.says())
                div.actions {
                    button type="submit" aria-label={ "Allow removal: " (one_line(&user.label(), 200)) } { "Allow removal" }
                }
            }
        }
    }
}
