//! The contacts who may be removed, and what their tickets say about it.

use maud::{Markup, html};

use super::list::{id_of, list, said};
use crate::app::{Model, World, contacts_to_remove, contacts_to_remove_list};
use crate::case::Case;
use crate::case::contacts::{Leaver, Tickets};
use crate::case::load::Load;
use crate::record::people::{OpenTicket, User};
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;
use crate::view::field::Wrong;
use crate::view::parts::shown;
use crate::zendesk::address::ticket_url;

/// How many of a user's tickets are named.
const TICKETS_SHOWN: usize = 5;

pub(super) fn removing(
    model: &Model,
    case: &Case,
    organization: &OrganizationRef,
    world: World<'_>,
) -> Markup {
    let gate = contacts_to_remove(case, world.rules());
    let people = case.people().unwrap_or_default();
    let contacts = || people.iter().filter(|u| u.is_contact());
    let (own, besides): (Vec<&User>, Vec<&User>) =
        contacts().partition(|u| u.organization == Some(organization.id));
    let named = |user: &User| {
        user.email
            .as_ref()
            .is_some_and(|email| case.contacts.names(email))
    };
    let (first, rest): (Vec<&User>, Vec<&User>) = own
        .into_iter()
        .partition(|u| case.contacts.leaver(u.id).is_some() || named(u));
    let in_sight = first.len();
    let lines: Vec<Markup> = first
        .into_iter()
        .chain(rest)
        .map(|user| line(model, case, user))
        .collect();
    let more = match (in_sight, lines.len() - in_sight) {
        (0, 1) => "contact of the organization",
        (0, _) => "contacts of the organization",
        (_, 1) => "more contact of the organization",
        (_, _) => "more contacts of the organization",
    };
    html! {
        h3 { "Remove" }
        (list("Contacts to remove", &lines, in_sight, more))
        @if !besides.is_empty() {
            p.hint { (besides.len()) " more belong to the organization besides another one. Remove those by hand in Zendesk." }
        }
        (said(model, &["user"], "leaver-problem"))
        div.actions {
            button #remove-contacts type="button" data-command="remove_contacts" data-field-list=(contacts_to_remove_list(case)) disabled[gate.is_err()] aria-describedby=[gate.as_ref().err().map(|_| "remove-contacts-why")] { "Remove contacts" }
        }
        @if let Err(why) = &gate { p.hint #remove-contacts-why { "Not possible: " bdi { (one_line(why, 400)) } "." } }
    }
}

fn line(model: &Model, case: &Case, user: &User) -> Markup {
    let id = id_of("leaver", user.id);
    let leaver = case.contacts.leaver(user.id);
    let is_requester = case.ticket.got().is_some_and(|t| t.requester.id == user.id);
    html! {
        li.contact {
            label {
                input type="checkbox" id=(id) data-command="pick_leaver" data-field-user=(user.id) data-field-wanted=(leaver.is_none()) checked[leaver.is_some()] aria-describedby={ (id) "-why" };
                " " (shown(&user.label(), 400))
            }
            div.mark id={ (id) "-why" } {
                @if is_requester { p { strong { "the requester" } @if leaver.is_some() { ": without the organization they can ask for no more changes of it" } } }
                @if let Some(leaver) = leaver { (tickets(model, case, user, leaver)) }
            }
        }
    }
}

fn tickets(model: &Model, case: &Case, user: &User, leaver: &Leaver) -> Markup {
    html! {
        @match leaver.tickets() {
            Tickets::Unknown if matches!(leaver.tickets, Load::Failed(_)) => p { strong { "not removable" } ": reading their tickets failed, see above" },
            Tickets::Unknown => p.busy aria-busy="true" { "Reading their tickets…" },
            Tickets::None => p { strong { "removable" } ": no ticket of theirs is open" },
            Tickets::Open(open) => {
                p { strong { "not removable" } ": " (named(case, open)) }
                (decide(model, user))
            },
            Tickets::Decided(open, reason) => {
                p { strong { "removable all the same" } ": " (named(case, open)) ". " (shown(reason, 400)) }
                div.actions {
                    button.quiet type="button" data-command="keep_for_tickets" data-field-user=(user.id) aria-label={ "Take the decision back: " (one_line(&user.label(), 200)) } { "Take the decision back" }
                }
            },
        }
    }
}

/// The tickets that are not closed.
fn named(case: &Case, open: &[OpenTicket]) -> Markup {
    html! {
        (open.len()) @if open.len() == 1 { " ticket of theirs is not closed: " } @else { " tickets of theirs are not closed: " }
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
        details.decide id={ (id) "-decide" } {
            summary { "Remove all the same" }
            form data-command="remove_all_the_same" data-field-user=(user.id) {
                label for=(id) { "Why? It goes into the note." }
                input id=(id) name="reason" type="text" maxlength="300" autocomplete="off"
                    aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
                (wrong.says())
                div.actions {
                    button type="submit" aria-label={ "Remove all the same: " (one_line(&user.label(), 200)) } { "Remove all the same" }
                }
            }
        }
    }
}
