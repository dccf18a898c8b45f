//! What the requester gave as proof (steps 6 to 8): what was found and where, what its key says, and the ways to give another one.

use maud::{Markup, html};

use super::field::Wrong;
use super::parts::{reading, shown};
use super::trace;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::proof::{FileState, Place, Proof};
use crate::case::route::Route;
use crate::evidence::{Decoded, Kept, NOT_PROOF};
use crate::record::seen::{Record, Slot};
use crate::text::line::one_line;
use crate::zendesk::address::ticket_url;

pub(super) fn evidence(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let proven = case.chain.at(Slot::Proof).is_some();
    // On the other ways nobody is asked for proof, though one may be looked at.
    let asked = matches!(
        case.route(&world.profile.zendesk),
        Route::Unknown | Route::Proof | Route::Undecided
    );
    html! {
        @if let Some(proof) = case.chain.proof() { p { (held(proof)) } }
        (found(case, asked, world))
        (trace::trace(model, case, world))
        @if proven {
            details { summary { "Look at another proof" } (by_hand(model, case)) }
        } @else if asked && case.proofs.found.is_empty() {
            (by_hand(model, case))
        } @else {
            details { summary { "Enter a proof by hand" } (by_hand(model, case)) }
        }
    }
}

fn held(proof: &Record) -> Markup {
    let code = match proof {
        Record::CloudActivation(seen) => seen
            .record
            .activation_code
            .value()
            .map(|code| code.as_str().to_owned()),
        _ => None,
    };
    html! {
        (proof.kind()) " " (proof.number())
        @if let Some(code) = code { " (code " (code) ")" }
    }
}

/// What was found, with a choice where it is more than one piece.
fn found(case: &Case, asked: bool, world: World<'_>) -> Markup {
    let chosen = case.proofs.chosen();
    let proven = case.chain.proof().is_some();
    html! {
        @if !case.compared_address_is_open() { (reading(&case.written, "what the requester wrote", world.now_ms)) }
        @if let Some(unread) = case.requester.says_unread() { p.error.warning { (unread) } }
        @match case.proofs.found.as_slice() {
            [] if case.proofs.looking() => {}
            [] if !asked => p.hint { "This way needs no proof of entitlement." },
            [] if case.written.got().is_some() && !proven => {
                p.hint { "No proof was found in what the requester wrote. Enter or paste one, or draft the reply that asks for it." }
            }
            [] if !proven => p.hint { "Enter what the requester gave; its page opens and fills this case." },
            [] => {}
            [one] => p { (piece(one)) " " (place(case, one)) },
            several => form data-command="choose_proof" {
                fieldset {
                    legend { (several.len()) " proofs were found. Go on with:" }
                    @for one in several {
                        label {
                            input type="radio" name="proof" value=(one.number) checked[chosen.is_some_and(|c| c.number == one.number)];
                            span { (piece(one)) " " (place(case, one)) }
                        }
                    }
                }
                div.actions { button.quiet type="submit" { "Use this proof" } }
            },
        }
        @if let Some(chosen) = chosen { (about(chosen, world)) }
        @for file in &case.proofs.files {
            @match &file.state {
                FileState::Asking => p.busy aria-busy="true" { "Looking through " (shown(&file.file.file_name, 100)) "…" },
                FileState::Failed(why) => {
                    p.error role="alert" { (shown(&file.file.file_name, 100)) ": " (one_line(why, 400)) }
                    div.actions { button type="button" data-command="retry" { "Try again" } }
                }
                FileState::Elsewhere => {
                    p.error {
                        (shown(&file.file.file_name, 100)) " lies on Zendesk's host for files, which Tether may not ask yet. Allow it, once for all tickets; or open the file in the ticket and drop it here."
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

fn piece(proof: &Proof) -> Markup {
    html! { (proof.kept.kind()) " " strong { (proof.kept.label()) } }
}

/// Where it was found, with a link to the ticket.
fn place(case: &Case, proof: &Proof) -> Markup {
    let at = proof.at.get(..16).map_or(String::new(), |at| {
        format!(", {} UTC", at.replace('T', " "))
    });
    let link = |text: &str| {
        html! { a href=(ticket_url(&case.key.host, case.key.ticket)) target="_blank" rel="noreferrer" data-command="show_ticket" { (text) } }
    };
    html! {
        span.hint {
            @match &proof.place {
                Place::Comment { nth, .. } => { (link(&format!("comment {nth}"))) " by the requester" (at) },
                Place::File { nth, name, .. } => { "file " (shown(name, 100)) " with " (link(&format!("comment {nth}"))) " by the requester" (at) },
                Place::Pasted => "pasted",
                Place::Dropped { name } => { "file " (shown(name, 100)) ", dropped here" },
                Place::Selected => "selected on the page",
            }
        }
    }
}

/// What is to be said of the chosen piece: warnings, and what its key says.
fn about(proof: &Proof, world: World<'_>) -> Markup {
    html! {
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
        @for row in proof.changed_rows() { (warn(&row, "Let the portal's record decide.")) }
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
            (text("E-mail", decoded.email.clone()))
            (text("Plan", decoded.plan.clone()))
            (text("From", decoded.issued_at.map(|d| d.to_string())))
            (text("Expires", decoded.expires_at.map(|d| d.to_string())))
            (text("Trial", decoded.trial.map(|trial| if trial { "yes" } else { "no" }.to_owned())))
            (text("Subscription", decoded.subscription_name.as_ref().map(ToString::to_string)))
            (text("Portal's ID", decoded.id.map(|id| id.to_string())))
        }
        p.hint { "Opened with " (shown(&decoded.opened_with, 60)) "; " (NOT_PROOF) "." }
        @if decoded.is_expired(today) == Some(true) { (warn("The license key says that it has expired.", "Let the portal's record decide.")) }
        @if let Some(remark) = decoded.trial_remark() { (warn(remark, "")) }
        @if let Some(warning) = warning { (warn(warning.says(), warning.next())) }
    }
}

/// The ways to give a proof by hand.
fn by_hand(model: &Model, case: &Case) -> Markup {
    let wrong = Wrong::with(model, "proof_text", None, "proof-text");
    html! {
        form data-command="use_proof" data-drop-file autocomplete="off" {
            label for="proof-text" { "Paste or drop proof here" }
            textarea id="proof-text" name="proof_text" rows="2" spellcheck="false" autocomplete="off" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(Some("proof-hint"))] {}
            p.hint #proof-hint { "A license ID, an activation code, a license key or a usage export: text or a file." }
            (wrong.says())
            @if let Some(says) = case.proofs.left_out() { p.hint { (says) } }
            @if let Some(empty) = &case.proofs.empty { p.error role="alert" { (one_line(&empty.says(), 400)) } }
            div.actions { button type="submit" { "Use as proof" } }
        }
        (form(model, "open_license", "license_id", "License ID", "Open license", "numeric"))
        (form(model, "open_activation", "activation_code", "Cloud activation code", "Search activation", "text"))
        div.actions { button.quiet type="button" data-command="open_validate" { "Open Validate License" } }
        p.hint { "A license key that does not open here: paste it into Validate License." }
    }
}

fn form(model: &Model, command: &str, name: &str, label: &str, button: &str, mode: &str) -> Markup {
    let wrong = Wrong::with(model, name, None, name);
    html! {
        form.inline data-command=(command) autocomplete="off" {
            label for=(name) { (label) }
            input id=(name) name=(name) type="text" inputmode=(mode) spellcheck="false" autocomplete="off" maxlength="100"
                aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)];
            button type="submit" { (button) }
            (wrong.says())
        }
    }
}
