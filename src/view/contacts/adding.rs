//! The addresses to add, each with its mark.

use maud::{Markup, html};

use super::list::{id_of, list, said};
use crate::app::Model;
use crate::case::Case;
use crate::case::contacts::{Doubt, ENTRIES_MAX, Entry, Mark};
use crate::case::load::Load;
use crate::text::line::one_line;
use crate::view::case_view::CaseView;
use crate::view::field::Wrong;
use crate::view::parts::address;

/// How many addresses are in sight.
const IN_SIGHT: usize = 8;

/// The addresses that may be added.
pub(super) fn adding(view: &CaseView<'_>) -> Markup {
    let (model, case) = (view.model, view.case);
    let entries = case.contacts.entries();
    let lines: Vec<Markup> = entries
        .iter()
        .filter(|entry| may_be_added(entry))
        .map(|entry| line(case, entry))
        .collect();
    html! {
        @if entries.is_empty() && matches!(case.written, Load::Got(_)) { p.hint { "The requester’s comments name no other addresses." } }
        @if let Some(unread) = case.requester.says_unread() { p.error.warning { (unread) } }
        (list("Addresses to add", &lines, IN_SIGHT, "more"))
        @if entries.len() >= ENTRIES_MAX { p.hint { "The list holds no more than " (ENTRIES_MAX) " addresses." } }
        (said(model, &["addresses", "contact"], "contact-addresses-problem"))
    }
}

fn may_be_added(entry: &Entry) -> bool {
    entry.is_ticked() || entry.mark().may_be_ticked()
}

/// Those that can’t be added, and changes of the list, folded.
pub(super) fn tools(view: &CaseView<'_>) -> Markup {
    let (model, case) = (view.model, view.case);
    let others: Vec<Markup> = case
        .contacts
        .entries()
        .iter()
        .filter(|entry| !may_be_added(entry))
        .map(|entry| line(case, entry))
        .collect();
    let ticked: Vec<&str> = case.contacts.ticked().collect();
    html! {
        @if !others.is_empty() {
            details.unfold #cannot-be-added {
                summary { (others.len()) " can’t be added" }
                ul.contacts aria-label="Addresses to add, continued" { @for other in &others { (other) } }
            }
        }
        (edit(model, case.contacts.entries(), &ticked))
    }
}

/// The whole list as text, to edit and to copy.
fn edit(model: &Model, entries: &[Entry], ticked: &[&str]) -> Markup {
    let wrong = Wrong::with(model, "addresses", None, "contact-addresses");
    let left = model
        .said
        .as_ref()
        .filter(|said| said.field.as_deref() == Some("addresses"))
        .map(|said| said.left.as_str())
        .filter(|left| !left.is_empty());
    let emails: Vec<&str> = entries.iter().map(|e| e.email.as_str()).collect();
    let lines: Vec<&str> = emails.iter().copied().chain(left).collect();
    html! {
        details.unfold.enter #edit-list {
            summary { "Edit list" }
            form data-command="edit_list" data-field-list=(emails.join("\n")) {
                div.field {
                    label for="contact-addresses" { "Addresses to add" }
                    textarea #contact-addresses name="addresses" rows=(lines.len().clamp(3, 12)) autocomplete="off" spellcheck="false" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(Some("contact-addresses-hint"))] { "\n" (lines.join("\n")) }
                    p.hint #contact-addresses-hint { "Change, remove or add addresses. Separate them by line breaks, commas or spaces." }
                }
                div.actions {
                    button type="submit" { "Save list" }
                    button type="button" data-command="copied" data-copy-text=(ticked.join(", ")) disabled[ticked.is_empty()] { "Copy emails" }
                }
            }
        }
    }
}

fn line(case: &Case, entry: &Entry) -> Markup {
    let mark = entry.mark();
    let id = id_of("contact", entry.email.as_str());
    let why = format!("{id}-mark");
    let (class, word) = word(case, entry, &mark);
    html! {
        li.contact.(class) id={ (id) "-line" } data-key=(id) {
            label {
                input type="checkbox" id=(id) data-command="toggle_contact" data-field-email=(entry.email.as_str()) data-field-wanted=(!entry.is_ticked()) checked[entry.is_ticked()] disabled[!mark.may_be_ticked()] aria-describedby={ (id) "-tag " (why) } form="plan-form";
                span { (address(entry.email.as_str(), 320)) }
            }
            span.tag id={ (id) "-tag" } { (word) }
            p.hint.mark-why id=(why) { (reason(case, entry, &mark)) (doubt(entry, &mark)) }
        }
    }
}

/// The mark's class and word.
fn word(case: &Case, entry: &Entry, mark: &Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Malformed(_) => ("mark-malformed is-bad", "malformed"),
        Mark::Contact => ("mark-contact", "already a contact"),
        Mark::Team => ("mark-team is-bad", "agent"),
        Mark::Suspended => ("mark-suspended is-bad", "suspended"),
        Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) => {
            ("mark-contact", "already a contact")
        }
        Mark::Elsewhere(_) => ("mark-elsewhere is-bad", "in another organization"),
        Mark::Several(_) => ("mark-several is-bad", "several users"),
        Mark::Pending if entry.users == Load::Asking => ("mark-pending", "looking up…"),
        Mark::Pending => ("mark-pending", "not looked up yet"),
        Mark::NotRead(_) => ("mark-not-read is-bad", "not looked up"),
        Mark::Free(_) => ("mark-free is-open", "free mail"),
        Mark::NoOrganization => ("mark-known", "no organization"),
        Mark::New => ("mark-new", "new user"),
    }
}

/// Why it is not ticked by itself, where it may be ticked and the mark does not say so.
fn doubt(entry: &Entry, mark: &Mark) -> Markup {
    let doubt = entry.doubt().filter(|doubt| match (mark, doubt) {
        (Mark::Free(_), Doubt::FreeMail)
        | (Mark::Pending, Doubt::AddedBefore)
        | (_, Doubt::Malformed) => false,
        (mark, Doubt::ToRemove | Doubt::LookAlike { .. }) => {
            mark.may_be_ticked() || *mark == Mark::Contact
        }
        (mark, _) => mark.may_be_ticked(),
    });
    html! {
        @if let Some(doubt) = doubt { @if entry.is_ticked() { " Check: " } @else { " Not selected: " } (one_line(&doubt.says(), 300)) }
    }
}

/// What the mark means, after its word.
fn reason(case: &Case, entry: &Entry, mark: &Mark) -> Markup {
    html! {
        @match mark {
            Mark::Malformed(why) => (why),
            Mark::Contact | Mark::Pending | Mark::New => {},
            Mark::Team => "One of the team, who is no customer’s contact",
            Mark::Suspended => "Open the user in Zendesk first",
            Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) && entry.is_other_address() => "A contact has it besides their own address",
            Mark::Elsewhere(id) if case.contacts.organization() == Some(*id) => "Zendesk’s search says so, its list of contacts doesn’t. Refresh in a minute",
            Mark::Elsewhere(id) => {
                "In " a href=(case.organization_url(*id)) target="_blank" rel="noreferrer" { bdi { (case.organization_label(*id)) } }
                ". Adding would move them"
            },
            Mark::Several(n) => { (n) " users have this address. Open them in Zendesk" },
            Mark::NotRead(_) => "Looking it up failed, see above",
            Mark::Free(true) => "Its user is in no organization",
            Mark::Free(false) => "No user has it yet",
            Mark::NoOrganization if entry.is_other_address() => "A user has it besides their own address",
            Mark::NoOrganization => {},
        }
        @if entry.doubt().is_some() && !matches!(mark, Mark::Contact | Mark::Pending | Mark::New | Mark::NoOrganization) { "." }
    }
}
