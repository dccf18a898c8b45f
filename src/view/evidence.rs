//! What the requester gave as proof, typed in: it opens the right page of the portal (steps 6 to 8).

use maud::{Markup, html};

use crate::app::Model;
use crate::case::Case;
use crate::case::chain::{Record, Slot};

pub(super) fn evidence(model: &Model, case: &Case) -> Markup {
    html! {
        @match case.chain.proof() {
            Some(proof) => p { (held(proof)) },
            None => p.hint { "Enter what the requester gave; its page opens and fills this case." },
        }
        @if case.chain.at(Slot::Proof).is_none() {
            (forms(model))
        } @else {
            details { summary { "Look at another proof" } (forms(model)) }
        }
    }
}

fn held(proof: &Record) -> Markup {
    let code = match proof {
        Record::CloudActivation(seen) => seen.record.activation_code.value().map(|code| code.as_str().to_owned()),
        _ => None,
    };
    html! {
        (proof.kind()) " " (proof.number())
        @if let Some(code) = code { " (code " (code) ")" }
    }
}

fn forms(model: &Model) -> Markup {
    html! {
        (form(model, "open_license", "license_id", "License ID", "Open license", "numeric"))
        (form(model, "open_activation", "activation_code", "Cloud activation code", "Search activation", "text"))
        div.actions { button.quiet type="button" data-command="open_validate" { "Open Validate License" } }
        p.hint { "A license key or a usage export: paste its key into Validate License." }
    }
}

fn form(model: &Model, command: &str, name: &str, label: &str, button: &str, mode: &str) -> Markup {
    let problem = model.said.as_ref().filter(|s| s.field.as_deref() == Some(name));
    let problem_id = format!("{name}-problem");
    html! {
        form.inline data-command=(command) autocomplete="off" {
            label for=(name) { (label) }
            input id=(name) name=(name) type="text" inputmode=(mode) spellcheck="false" autocomplete="off" maxlength="100"
                aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| &problem_id)];
            button type="submit" { (button) }
            @if let Some(problem) = problem { p.error id=(problem_id) role="alert" { (problem.text) } }
        }
    }
}
