//! The addresses to add, each with its mark.

use maud::{Markup, html};

use super::list::{id_of, list, said};
use crate::app::{Model, World, contacts_to_add, contacts_to_add_list};
use crate::case::Case;
use crate::case::contacts::{Doubt, ENTRIES_MAX, Entry, Mark};
use crate::case::load::Load;
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;
use crate::view::field::Wrong;
use crate::view::lead::Lead;
use crate::view::parts::address;

/// How many addresses are in sight.
const IN_SIGHT: usize = 12;

pub(super) fn adding(
    model: &Model,
    case: &Case,
    organization: &OrganizationRef,
    lead: Lead,
    world: World<'_>,
) -> Markup {
    let entries = case.contacts.entries();
    let lines: Vec<Markup> = entries
        .iter()
        .map(|entry| line(model, case, entry))
        .collect();
    let ticked: Vec<&str> = case.contacts.ticked().collect();
    let gate = contacts_to_add(case, world.rules());
    html! {
        h3 { "Add" }
        @match entries.len() {
            0 if matches!(case.written, Load::Got(_)) => p.hint { "The requester's comments name no other addresses." },
            0 => {},
            n => p.hint { (ticked.len()) " of " (n) " ticked, for " bdi { (organization.label()) } "." },
        }
        @if let Some(unread) = case.requester.says_unread() { p.error.warning { (unread) } }
        (list("Addresses to add", &lines, IN_SIGHT, "more"))
        @if entries.len() >= ENTRIES_MAX { p.hint { "The list holds no more than " (ENTRIES_MAX) " addresses." } }
        (said(model, &["addresses", "contact"], "contact-addresses-problem"))
        (enter(model, entries.is_empty()))
        div.actions {
            button.primary[lead == Lead::Contacts] #add-contacts type="button" data-command="add_contacts" data-field-list=(contacts_to_add_list(case)) disabled[gate.is_err()] aria-describedby=[gate.as_ref().err().map(|_| "add-contacts-why")] { "Add contacts" }
            button type="button" data-command="copied" data-copy-text=(ticked.join(", ")) disabled[ticked.is_empty()] { "Copy e-mails" }
        }
        @if let Err(why) = &gate { p.hint #add-contacts-why { "Not possible: " bdi { (one_line(why, 400)) } "." } }
    }
}

/// Entering addresses by hand.
fn enter(model: &Model, open: bool) -> Markup {
    let wrong = Wrong::with(model, "addresses", None, "contact-addresses");
    html! {
        details.enter open[open] {
            summary { "Enter addresses" }
            form data-command="list_contacts" {
                label for="contact-addresses" { "Addresses, with commas, blanks or line breaks between them" }
                textarea #contact-addresses name="addresses" rows="3" autocomplete="off" spellcheck="false" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)] {}
                div.actions { button type="submit" { "Add to the list" } }
            }
        }
    }
}

fn line(model: &Model, case: &Case, entry: &Entry) -> Markup {
    let mark = entry.mark();
    let id = id_of("contact", entry.email.as_str());
    let why = format!("{id}-mark");
    let (class, word) = word(case, entry, &mark);
    let wrong = Wrong::with(model, "to", Some(entry.email.as_str()), &format!("{id}-to"));
    html! {
        li.contact.(class) {
            label {
                input type="checkbox" id=(id) data-command="toggle_contact" data-field-email=(entry.email.as_str()) data-field-wanted=(!entry.is_ticked()) checked[entry.is_ticked()] disabled[!mark.may_be_ticked()] aria-describedby=(why);
                " " (address(entry.email.as_str(), 320))
            }
            p.mark id=(why) { strong { (word) } (reason(case, entry, &mark)) (doubt(entry, &mark)) }
            details.edit id={ (id) "-edit" } {
                summary aria-label={ "Edit " (one_line(entry.email.as_str(), 320)) } { "Edit" }
                form.inline data-command="edit_contact" data-field-from=(entry.email.as_str()) {
                    label for={ (id) "-to" } { "Another address in its place" }
                    input id={ (id) "-to" } name="to" type="text" inputmode="email" value=(entry.email.as_str()) maxlength="500" autocomplete="off" spellcheck="false"
                        aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
                    (wrong.says())
                    button type="submit" { "Change" }
                    button.quiet type="button" data-command="drop_contact" data-field-email=(entry.email.as_str()) aria-label={ "Take off the list: " (one_line(entry.email.as_str(), 320)) } { "Take off the list" }
                }
            }
        }
    }
}

/// The mark's class and word.
fn word(case: &Case, entry: &Entry, mark: &Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Malformed(_) => ("mark-malformed", "malformed"),
        Mark::Contact => ("mark-contact", "already a contact"),
        Mark::Team => ("mark-team", "agent"),
        Mark::Suspended => ("mark-suspended", "suspended"),
        Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) => {
            ("mark-contact", "already a contact")
        }
        Mark::Elsewhere(_) => ("mark-elsewhere", "in another organization"),
        Mark::Several(_) => ("mark-several", "several users"),
        Mark::Pending if entry.users == Load::Asking => ("mark-pending", "looking up…"),
        Mark::Pending => ("mark-pending", "not looked up yet"),
        Mark::NotRead(_) => ("mark-not-read", "not looked up"),
        Mark::Free(_) => ("mark-free", "free mail"),
        Mark::NoOrganization => ("mark-known", "known user"),
        Mark::New => ("mark-new", "new"),
    }
}

/// Why it is not ticked by itself, where it may be ticked and the mark does not say so.
fn doubt(entry: &Entry, mark: &Mark) -> Markup {
    let doubt = entry.doubt().filter(|doubt| match (mark, doubt) {
        (Mark::Free(_), Doubt::FreeMail) | (_, Doubt::Malformed) => false,
        (mark, Doubt::ToRemove | Doubt::LookAlike { .. }) => {
            mark.may_be_ticked() || *mark == Mark::Contact
        }
        (mark, _) => mark.may_be_ticked(),
    });
    html! {
        @if let Some(doubt) = doubt { ". " @if entry.is_ticked() { "Look: " } @else { "Not ticked: " } (one_line(&doubt.says(), 300)) }
    }
}

/// What the mark means, after its word.
fn reason(case: &Case, entry: &Entry, mark: &Mark) -> Markup {
    html! {
        @match mark {
            Mark::Malformed(why) => { ": " (why) },
            Mark::Contact | Mark::Pending => {},
            Mark::Team => ": one of the team, who is no customer's contact",
            Mark::Suspended => ": look at the user in Zendesk first",
            Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) && entry.is_other_address() => ": a contact has it besides their own address",
            Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) => ": Zendesk's search says so, its list of contacts does not; read again in a minute",
            Mark::Elsewhere(id) => {
                ": " a href=(case.organization_url(*id)) target="_blank" rel="noreferrer" { bdi { (case.organization_label(*id)) } }
                ". Stop: associating would move them"
            },
            Mark::Several(n) => { ": " (n) " users have this address, look at them in Zendesk" },
            Mark::NotRead(_) => ": looking it up failed, see above",
            Mark::Free(true) => ": a free mail provider's address; its user is in no organization",
            Mark::Free(false) => ": a free mail provider's address, which no user has yet",
            Mark::NoOrganization if entry.is_other_address() => ": a user in no organization yet has it besides their own address",
            Mark::NoOrganization => ": in no organization yet",
            Mark::New => ": no user has this address yet",
        }
    }
}
