//! Step 2 and the removal of associated users: who is added, and who is removed.

mod adding;
mod list;
mod removing;

use maud::{Markup, html};

use super::card_frame::Card;
use super::case_view::CaseView;
use super::parts::reading;
use crate::app::{
    contacts_to_add, contacts_to_add_list, contacts_to_remove, contacts_to_remove_list,
};
use crate::case::load::Load;
use crate::text::line::one_line;

/// The card of a contact’s request, as long as no step can be run.
pub(super) fn card(view: &CaseView<'_>) -> Card {
    let reading = view.case.written == Load::Asking || view.case.precheck.people == Load::Asking;
    let title = if reading {
        "Reading whom to add or remove"
    } else {
        "Choose whom to add or remove"
    };
    let content = html! {
        (lists(view))
        (why_not(view))
    };
    if reading {
        Card::progress(title, content)
    } else {
        Card::act(title, content)
    }
}

/// Those to add, and those to remove.
pub(super) fn lists(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let now_ms = view.world.now_ms;
    html! {
        @if let Some(organization) = case.manages(&view.world.profile.zendesk) {
            (reading(&case.written, "what the requester wrote", now_ms))
            @for error in case.contacts.failures() {
                (reading(&Load::<()>::Failed(error.clone()), "who the addresses and the open tickets belong to", now_ms))
            }
            (adding::adding(view))
            (removing::removing(view, &organization))
            div.tools { (adding::tools(view)) (removing::tools(view, &organization)) }
        }
    }
}

/// The same folded, for a plan that does not change contacts.
pub(super) fn folded(view: &CaseView<'_>) -> Markup {
    let adding = view.case.contacts.ticked().count();
    let people = view.case.precheck.people.got();
    html! {
        details.unfold #contacts {
            summary {
                "Contacts"
                @if adding > 0 { ": " (adding) " to add" }
                @if people.is_some() { (if adding > 0 { ", " } else { ": " }) (view.case.precheck.contacts().count()) " now" }
            }
            (lists(view))
        }
    }
}

/// The contacts of an organization that the requester joined in this case: no plan holds them.
pub(super) fn alone(view: &CaseView<'_>) -> Markup {
    if view.is_pre_authorized() || view.case.manages(&view.world.profile.zendesk).is_none() {
        return html! {};
    }
    let rules = view.world.rules();
    let case = view.case;
    html! {
        section aria-labelledby="contacts-heading" {
            div.checks-line.fold {
                h2 #contacts-heading { "Contacts" } " "
                p { @match case.contacts.ticked().count() { 0 => { "none to add" } count => { (count) " to add" } } }
                details #contacts-alone {
                    summary aria-label="Show the contacts" {}
                    (lists(view))
                    div.actions {
                        @if contacts_to_add(case, rules).is_ok() {
                            button #add-contacts type="button" data-command="add_contacts" data-field-list=(contacts_to_add_list(case)) { "Add contacts" }
                        }
                        @if contacts_to_remove(case, rules).is_ok() {
                            button #remove-contacts type="button" data-command="remove_contacts" data-field-list=(contacts_to_remove_list(case)) { "Remove contacts" }
                        }
                    }
                    (why_not(view))
                }
            }
        }
    }
}

/// Why nothing can be run, if something was picked.
fn why_not(view: &CaseView<'_>) -> Markup {
    let rules = view.world.rules();
    let adds = view.case.contacts.ticked().next().is_some();
    let removes = view
        .case
        .people()
        .unwrap_or_default()
        .iter()
        .any(|u| view.case.contacts.leaver(u.id).is_some());
    html! {
        @if adds { @if let Err(why) = contacts_to_add(view.case, rules) { p.hint #add-contacts-why { "Can’t add contacts yet: " bdi { (one_line(&why, 400)) } "." } } }
        @if removes { @if let Err(why) = contacts_to_remove(view.case, rules) { p.hint #remove-contacts-why { "Can’t remove contacts yet: " bdi { (one_line(&why, 400)) } "." } } }
    }
}
