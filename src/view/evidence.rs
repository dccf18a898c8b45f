//! What the requester gave as proof (steps 6 to 8): what was found and where, what its key says, and the ways to give another one.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::field::Wrong;
use super::parts::{reading, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::proof::{FileState, Place, Proof, TAKEN_BACK};
use crate::evidence::{Decoded, Kept, NOT_PROOF};
use crate::text::line::one_line;
use crate::zendesk::address::ticket_url;

/// What was found, and what is to be said about the piece that counts.
pub(super) fn given(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    html! {
        @if let Some(chosen) = case.proofs.chosen() {
            p { (piece(chosen)) " " (place(case, chosen)) }
            (about(chosen, view.world))
        }
        (files(view))
    }
}

/// The pieces to choose from.
pub(super) fn choices(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let chosen = case.proofs.chosen().map(|p| p.number);
    let wrong = Wrong::with(view.model, "proof", None, "choose-proof");
    html! {
        @if case.proofs.is_open() { p { "The requester gave several, and nothing says which one counts." } }
        fieldset aria-describedby=[wrong.described(None)] {
            legend.unseen { "Proof" }
            @for one in &case.proofs.found {
                label.choice {
                    input type="radio" name="proof" value=(one.number) checked[chosen == Some(one.number)];
                    span { (piece(one)) }
                    (place(case, one))
                    @if one.taken_back { span.hint { "taken back" } }
                }
            }
        }
        (wrong.says())
    }
}

/// What could not be searched, and what that means.
pub(super) fn files(view: &CaseView<'_>) -> Markup {
    let (case, world) = (view.case, view.world);
    html! {
        @if !case.compared_address_is_open() { (reading(&case.written, "what the requester wrote", world.now_ms)) }
        @if let Some(unread) = case.requester.says_unread() { p.error.warning { (unread) } }
        @for file in &case.proofs.files {
            @match &file.state {
                FileState::Asking => p.busy aria-busy="true" { "Looking through " (shown(&file.file.file_name, 100)) "…" },
                FileState::Failed(why) => {
                    p.error role="alert" { (shown(&file.file.file_name, 100)) ": " (one_line(why, 400)) }
                    div.actions { button type="button" data-command="retry" { "Try again" } }
                }
                FileState::Elsewhere => {
                    p.error {
                        (shown(&file.file.file_name, 100)) " is on Zendesk’s host for files, which Tether can’t read yet. Allow it once for all tickets, or open the file in the ticket and drop it here."
                    }
                    div.actions {
                        button type="button" data-grant=(world.profile.zendesk.file_pattern()) { "Allow access to files" }
                        button type="button" data-command="retry" { "Try again" }
                    }
                }
                FileState::Nothing(nothing) => p.hint { (shown(&file.file.file_name, 100)) ": " (nothing.says()) },
                FileState::NotAsked | FileState::Read(_) => {}
            }
        }
    }
}

/// The ways to give a proof by hand, folded.
pub(super) fn different(view: &CaseView<'_>) -> Markup {
    html! { details.unfold #different-proof { summary { "Use a different proof" } (paste(view)) (look_up(view.model)) } }
}

/// The same in the card that asks for a proof: the field is in sight.
pub(super) fn by_hand(view: &CaseView<'_>) -> Markup {
    html! {
        (paste(view))
        details.unfold #look-up { summary { "Look it up in the Customers portal" } (look_up(view.model)) }
    }
}

pub(super) fn piece(proof: &Proof) -> Markup {
    html! { (proof.kept.kind()) " " strong { (proof.kept.label()) } }
}

/// The same as a sentence of its own.
pub(super) fn sent(case: &Case, proof: &Proof) -> Markup {
    html! {
        p {
            @match proof.place {
                Place::Comment { .. } => { "The requester sent it in " (place(case, proof)) "." }
                Place::File { .. } => { "The requester attached it: " (place(case, proof)) "." }
                Place::Pasted | Place::Dropped { .. } | Place::Selected => { (piece(proof)) ", " (place(case, proof)) "." }
            }
        }
    }
}

/// Where it was found, with a link to the ticket.
pub(super) fn place(case: &Case, proof: &Proof) -> Markup {
    let at = proof.at.get(..16).map_or(String::new(), |at| {
        format!(", {} UTC", at.replace('T', " "))
    });
    let link = |text: &str| {
        html! { a href=(ticket_url(&case.key.host, case.key.ticket)) target="_blank" rel="noreferrer" data-command="show_ticket" { (text) } }
    };
    html! {
        span.hint {
            @match &proof.place {
                Place::Comment { nth, .. } => { (link(&format!("comment {nth}"))) (at) },
                Place::File { nth, name, .. } => { "file " (shown(name, 100)) " in " (link(&format!("comment {nth}"))) (at) },
                Place::Pasted => "pasted",
                Place::Dropped { name } => { "file " (shown(name, 100)) ", dropped here" },
                Place::Selected => "selected on the page",
            }
        }
    }
}

/// What is to be said of the chosen piece: warnings, and what its key says.
pub(super) fn about(proof: &Proof, world: World<'_>) -> Markup {
    html! {
        @if proof.taken_back { (warn(TAKEN_BACK, "Read their comments first.")) }
        @match &proof.kept {
            Kept::LicenseId { warning: Some(warning), .. } => (warn(warning.says(), warning.next())),
            Kept::UsageExport(export) => @if let Some(cut) = export.cut { (warn(cut.says(), cut.next())) },
            Kept::LicenseId { .. } | Kept::ActivationCode(_) | Kept::LicenseKey(_) => {}
        }
        @match &proof.opened {
            Some(Ok(decoded)) => (decoded_key(decoded, world)),
            Some(Err(error)) => (warn(error.says(), error.next())),
            None => {}
        }
        @for row in proof.changed_rows() { (warn(&row, "Let the portal’s record decide.")) }
        @if proof.key_text().is_some() {
            div.actions { button.quiet type="button" data-command="fill_validate" { "Open Validate License with this key" } }
        }
    }
}

fn warn(says: &str, next: &str) -> Markup {
    html! { p.error.warning { (shown(says, 400)) " " (one_line(next, 300)) } }
}

/// What a license key says, which is never proof.
fn decoded_key(decoded: &Decoded, world: World<'_>) -> Markup {
    let today = world.today();
    let text = |title: &str, value: Option<String>| html! { @if let Some(value) = value { div { dt { (title) } dd { (shown(&value, 200)) } } } };
    let warning = decoded.id.and_then(crate::evidence::IdWarning::of);
    html! {
        dl.facts {
            (text("Licensee", decoded.name.clone()))
            (text("Company", decoded.company.clone()))
            (text("Email", decoded.email.clone()))
            (text("Plan", decoded.plan.clone()))
            (text("From", decoded.issued_at.map(|d| d.to_string())))
            (text("Expires", decoded.expires_at.map(|d| d.to_string())))
            (text("Trial", decoded.trial.map(|trial| if trial { "yes" } else { "no" }.to_owned())))
            (text("Subscription", decoded.subscription_name.as_ref().map(ToString::to_string)))
            (text("Portal’s ID", decoded.id.map(|id| id.to_string())))
        }
        p.hint { "Opened with " (shown(&decoded.opened_with, 60)) "; " (NOT_PROOF) "." }
        @if decoded.is_expired(today) == Some(true) { (warn("The license key says that it has expired.", "Let the portal’s record decide.")) }
        @if let Some(remark) = decoded.trial_remark() { (warn(remark, "")) }
        @if let Some(warning) = warning { (warn(warning.says(), warning.next())) }
    }
}

fn paste(view: &CaseView<'_>) -> Markup {
    let (model, case) = (view.model, view.case);
    let wrong = Wrong::with(model, "proof_text", None, "proof-text");
    html! {
        form data-command="use_proof" data-drop-file autocomplete="off" {
            div.field {
                label for="proof-text" { "Proof of entitlement" }
                textarea id="proof-text" name="proof_text" rows="2" spellcheck="false" autocomplete="off" placeholder="Paste text or drop a file" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(Some("proof-hint"))] {}
                p.hint #proof-hint { "License ID, activation code, license key, license file, or usage export." }
                (wrong.says())
            }
            @if let Some(says) = case.proofs.left_out() { p.hint { (says) } }
            @if let Some(empty) = &case.proofs.empty { p.error role="alert" { (one_line(&empty.says(), 400)) } }
            div.actions { button type="submit" { "Use as proof" } button type="button" data-choose-file { "Choose file" } }
        }
    }
}

fn look_up(model: &Model) -> Markup {
    html! {
        (form(model, "open_license", "license_id", "License ID", "Open license", "numeric"))
        (form(model, "open_activation", "activation_code", "Cloud activation code", "Search activation", "text"))
        div.actions { button.quiet type="button" data-command="open_validate" { "Open Validate License" } }
        p.hint { "If a license key doesn’t open here, paste it into Validate License." }
    }
}

fn form(model: &Model, command: &str, name: &str, label: &str, button: &str, mode: &str) -> Markup {
    let wrong = Wrong::with(model, name, None, name);
    html! {
        form data-command=(command) autocomplete="off" {
            div.field {
                label for=(name) { (label) }
                div.row {
                    input id=(name) name=(name) type="text" inputmode=(mode) spellcheck="false" autocomplete="off" maxlength="100"
                        aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
                    button type="submit" { (button) }
                }
                (wrong.says())
            }
        }
    }
}
