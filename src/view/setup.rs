//! `Check setup`: its button, each assumption with what was found, the names that can be taken
//! instead, and the error report. The panel, the settings and the welcome page show the same.

use maud::{Markup, html};

use super::parts::{card, shown};
use crate::app::model::diagnosis::MappingState;
use crate::app::model::setup::{SavingAnswer, Setup};
use crate::app::setup::{
    Assumption, Candidate, Finding, Mend, Outcome, count, findings, savable_answers,
};
use crate::app::{Model, World};
use crate::text::line::one_line;

/// What the search of the settings finds it by.
pub const WORDS: &str = "Check setup error report names rights access";

/// The whole of it, as a card of its own. `reports`: what is for the maintainers is there before anything was looked at, too; a newcomer
/// has nothing to report yet.
pub fn setup_check(model: &Model, world: World<'_>, reports: bool) -> Markup {
    let setup = &model.setup;
    card(
        "setup-heading",
        "Check setup",
        html! {
            p.hint { "Looks at everything that Tether assumes about Zendesk and the portal. It only reads. Names and labels that it found, and the license ID, stay in the browser’s session storage until you close the check or the browser." }
            (start(setup))
            @if setup.open { (result(model, world)) }
            @if reports || setup.open || setup.saving != SavingAnswer::Closed || setup.report.is_some() {
                (saved_answer(model, world))
                (error_report(setup))
            }
        },
    )
}

fn start(setup: &Setup) -> Markup {
    let running = setup.is_running();
    html! {
        form.inline data-command="check_setup" {
            label for="setup-license" { "License ID, to look at the portal’s pages (optional)" }
            input.short #setup-license name="license" inputmode="numeric" autocomplete="off" value=(setup.typed)
                aria-invalid=[setup.wrong.as_ref().map(|_| "true")]
                aria-describedby=[setup.wrong.as_ref().map(|_| "setup-license-problem")];
            button type="submit" disabled[running] { @if setup.looks.is_empty() { "Check setup" } @else { "Check again" } }
            @if let Some(wrong) = &setup.wrong { p.error #setup-license-problem role="alert" { (wrong) } }
        }
    }
}

fn result(model: &Model, world: World<'_>) -> Markup {
    let setup = &model.setup;
    let all = findings(model, world);
    let (done, looks) = setup.progress();
    html! {
        div.live role="status" {
            @if setup.is_running() {
                p.busy aria-busy="true" { "Looking… " (done) " of " (looks) }
            } @else if !all.is_empty() {
                @let numbers = count(&all);
                p.said[numbers.wrong + numbers.unknown == 0] { (numbers.to_string()) "." }
            }
        }
        @if !all.is_empty() {
            p.hint { "Zendesk: " (shown(&setup.host, 100)) ". Portal: " (shown(&setup.portal, 100)) "." }
            // Above the findings, which push it down otherwise while they come in.
            div.actions {
                @if setup.is_running() { button type="button" data-command="stop_setup" { "Stop" } }
                button.quiet type="button" data-command="close_setup" { "Close the check" }
            }
            @for part in parts(&all) { (group(part, &all, model)) }
        }
    }
}

/// The headings, in order, each once.
fn parts(all: &[Finding]) -> Vec<&'static str> {
    let mut parts = Vec::new();
    for finding in all {
        let part = finding.assumption.part();
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn group(part: &str, all: &[Finding], model: &Model) -> Markup {
    let here = || all.iter().filter(|f| f.assumption.part() == part);
    let is_mended = |f: &Finding| model.setup.mends.contains_key(&f.assumption.key());
    let good = |f: &&Finding| matches!(f.outcome, Outcome::Good(_)) && !is_mended(f);
    let left_out = |f: &&Finding| matches!(f.outcome, Outcome::NotLooked(_)) && !is_mended(f);
    let differs = |f: &&Finding| !good(f) && !left_out(f);
    let (as_assumed, not_looked) = (here().filter(good).count(), here().filter(left_out).count());
    let id = part
        .to_lowercase()
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    html! {
        h3 { (part) }
        @if here().any(|f| differs(&f)) {
            ul.setup-findings { @for finding in here().filter(differs) { (line(finding, model)) } }
        }
        @if as_assumed > 0 {
            details.setup-folded id={ "setup-good-" (id) } {
                summary { span.setup-mark.setup-as-assumed aria-hidden="true" { "✓" } (as_assumed) " as assumed" }
                ul.setup-findings { @for finding in here().filter(good) { (line(finding, model)) } }
            }
        }
        @if not_looked > 0 {
            details.setup-folded id={ "setup-not-looked-" (id) } {
                summary { span.setup-mark aria-hidden="true" { "–" } (not_looked) " not looked at" }
                ul.setup-findings { @for finding in here().filter(left_out) { (line(finding, model)) } }
            }
        }
    }
}

fn line(finding: &Finding, model: &Model) -> Markup {
    let (class, mark, text) = match &finding.outcome {
        Outcome::Good(text) => ("setup-good", "✓", text.as_str()),
        Outcome::Wrong { found, .. } => ("setup-wrong", "✗", found.as_str()),
        Outcome::Unknown(why) => ("setup-unknown", "?", why.as_str()),
        Outcome::NotLooked(why) => ("setup-not-looked", "–", why.as_str()),
        Outcome::Looking => ("setup-looking", "…", "Looking…"),
    };
    let said = match finding.outcome {
        Outcome::Good(_) => "Good: ",
        Outcome::Wrong { .. } => "Wrong: ",
        Outcome::Unknown(_) => "Unknown: ",
        Outcome::NotLooked(_) => "Not looked at: ",
        Outcome::Looking => "",
    };
    html! {
        li.(class) data-check=(finding.assumption.key()) {
            span.setup-mark aria-hidden="true" { (mark) }
            div {
                strong { (finding.assumption.title()) }
                span.unseen { ". " (said) }
                " " (shown(text, 400))
                @if let Outcome::Wrong { mend, .. } = &finding.outcome { (mending(finding.assumption, mend, &model.setup)) }
                (mended(finding.assumption, model))
            }
        }
    }
}

/// What can be done about an assumption that does not hold.
fn mending(assumption: Assumption, mend: &Mend, setup: &Setup) -> Markup {
    let key = assumption.key();
    let refused = setup.refused.as_ref().filter(|(check, _)| *check == key);
    let waits = setup
        .mends
        .get(&key)
        .is_some_and(|mapping| mapping.now == MappingState::Keeping);
    html! {
        @match mend {
            Mend::Choose(names) if !waits => (choose(assumption, names, setup)),
            Mend::Choose(_) => {}
            Mend::Grant(patterns) => div.actions {
                button type="button" data-grant=(patterns.join(" ")) aria-label={ "Allow access: " (assumption.title()) } { "Allow access" }
            },
            Mend::Administrator(says) | Mend::ByHand(says) => p.hint { (says) },
        }
        @if let Some((_, says)) = refused { p.error role="alert" { (one_line(says, 400)) } }
    }
}

fn choose(assumption: Assumption, names: &[Candidate], setup: &Setup) -> Markup {
    let id = format!("use.{}", assumption.key());
    html! {
        form.inline data-command="use_found" data-field-check=(assumption.key()) data-field-run=(setup.run) {
            label for=(id) { "It is called" }
            select id=(id) name="choice" {
                option value="" { "Choose…" }
                @for one in names { option value=(one.value) { (one_line(&one.value, 160)) } }
            }
            button type="submit" aria-label={ "Use it: " (assumption.title()) } { "Use it" }
        }
    }
}

/// The name that was taken here.
fn mended(assumption: Assumption, model: &Model) -> Markup {
    let key = assumption.key();
    let Some(mapping) = model.setup.mends.get(&key) else {
        return html! {};
    };
    html! {
        @match mapping.now {
            MappingState::Keeping => p.busy aria-busy="true" { "Keeping the setting…" },
            MappingState::Undoing => p.busy aria-busy="true" { "Taking the setting back…" },
            MappingState::Kept => div.actions {
                span.hint { "“" (shown(&mapping.under, 160)) "” is in your settings now." }
                button.quiet type="button" data-command="undo_found" data-field-check=(key)
                    aria-label={ "Undo: " (assumption.title()) } { "Undo" }
            },
        }
    }
}

/// The element whose text becomes the file.
const PREVIEW: &str = "answer-without-values";

/// An answer of Zendesk's API without its values: the offer, a preview, and the file.
fn saved_answer(model: &Model, world: World<'_>) -> Markup {
    let kinds = savable_answers(model, world);
    let form = html! {
        form.inline data-command="save_answer" {
            label for="answer-kind" { "Save an answer of Zendesk for the maintainers" }
            select #answer-kind name="kind" {
                @for kind in &kinds { option value=(kind.key()) { (kind.title()) } }
            }
            button type="submit" { "Save answer without its values" }
        }
    };
    html! {
        @match &model.setup.saving {
            _ if kinds.is_empty() => {}
            SavingAnswer::Closed => (form),
            SavingAnswer::Asking => p.busy aria-busy="true" { "Replacing the answer’s values…" },
            SavingAnswer::TooLarge => {
                p.error role="alert" { "This answer is too large for Tether." }
                (form)
            }
            SavingAnswer::Problem(says) => {
                p.error role="alert" { bdi { (one_line(says, 400)) } }
                (form)
            }
            SavingAnswer::Done { name, content } => {
                p role="status" { "The answer is ready without its values. Nothing is sent: look at it, save it, and attach it to an issue." }
                p.hint { "Names, numbers, dates and addresses are invented; Zendesk’s own words and known labels are real." }
                details {
                    summary { "Preview" }
                    pre.preview id=(PREVIEW) tabindex="0" role="group" aria-label="The answer without its values" { (content) }
                }
                div.actions {
                    button type="button" data-save-file=(name) data-save-from=(PREVIEW) { "Save file" }
                    button.quiet type="button" data-command="close_saved_answer" { "Discard" }
                }
            }
        }
    }
}

fn error_report(setup: &Setup) -> Markup {
    html! {
        @match &setup.report {
            None => div.actions { button.quiet type="button" data-command="error_report" { "Error report" } },
            Some(report) => {
                h3 { "Error report" }
                p.hint { "Names of events and errors, numbers and times; no address, no ID and no text of a page." }
                details { summary { "What is copied" } pre.note { (report) } }
                div.actions {
                    button type="button" data-command="error_report_copied" data-copy-text=(report) { "Copy error report" }
                    button.quiet type="button" data-command="close_error_report" { "Close the report" }
                }
                @match setup.copied {
                    None => {}
                    Some(true) => p.said role="status" { "The report was copied: paste it into an issue." },
                    Some(false) => p.error role="alert" { "The browser didn’t copy. Open “What is copied”, select its text and copy it by hand." },
                }
            }
        }
    }
}
