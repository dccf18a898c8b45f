//! `Diagnose this page`: its button, its result, and the offer if a value could not be read.

use maud::{Markup, html};

use super::parts::{card, shown};
use super::without_values::page_without_values;
use crate::app::diagnose::{
    Line, Mark, Missed, NO_TRIAL_ROW, Offer, field_of, lacks_trial_row, mappable, report_of,
};
use crate::app::model::diagnosis::{MappingState, Progress};
use crate::app::model::tabs::Site;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::{Answer, Check};
use crate::case::page_problem::PageWork;
use crate::text::line::one_line;

pub(super) fn button() -> Markup {
    html! { button.quiet type="button" data-command="diagnose" { "Diagnose this page" } }
}

/// The result, beside its button.
pub(super) fn diagnosis(model: &Model, world: World<'_>) -> Markup {
    let arrival = |state: &str, content: Markup| {
        html! { div data-arrival={ (model.diagnosing.number) "-" (state) } { (card("diagnosis-heading", "Diagnosis", content)) } }
    };
    match &model.diagnosing.now {
        Progress::Closed => html! {},
        Progress::Asking { .. } => arrival(
            "asking",
            html! { p.busy aria-busy="true" { "Looking at the page…" } },
        ),
        Progress::Problem(problem) => arrival(
            "problem",
            html! {
                p.error role="alert" { bdi { (problem.says(PageWork::Diagnosis)) } }
                div.actions {
                    button type="button" data-command="diagnose" { "Diagnose again" }
                    button.quiet type="button" data-command="close_diagnosis" { "Close" }
                }
            },
        ),
        Progress::Done { .. } => arrival("done", done(model, world)),
    }
}

fn done(model: &Model, world: World<'_>) -> Markup {
    let Some(report) = report_of(model, world) else {
        return html! {};
    };
    let bad: Vec<&Line> = report
        .parts
        .iter()
        .flat_map(|part| &part.lines)
        .filter(|line| line.mark == Mark::Bad)
        .collect();
    html! {
        p role="status" { (report.summary) }
        @if !bad.is_empty() {
            ul.findings { @for line in bad { (finding(line)) } }
        }
        (mapping(model, world))
        details {
            summary { "The whole report" }
            p.hint { "Labels, classes, counts and forms; no value of the page." }
            p { strong { (report.title) } }
            @for part in &report.parts {
                h3 { (part.title) }
                ul.findings { @for line in &part.lines { (finding(line)) } }
            }
        }
        div.actions {
            button type="button" data-command="report_copied" data-copy-text=(report.markdown()) { "Copy report" }
            button.quiet type="button" data-command="diagnose" { "Diagnose again" }
            button.quiet type="button" data-command="close_diagnosis" { "Close" }
        }
        @match model.diagnosing.copied {
            None => {}
            Some(true) => p.said role="status" { "The report was copied: paste it into an issue." },
            Some(false) => p.error role="alert" { "The browser didn’t copy. Open “The whole report”, select its text and copy it by hand." },
        }
        (page_without_values(model))
    }
}

/// Missed things, each with the names that it may have now; and the mapping that was made last.
fn mapping(model: &Model, world: World<'_>) -> Markup {
    let (missed, offers) = mappable(model, world);
    let last = model.diagnosing.mapping.as_ref();
    let unsaved = last.and_then(|m| model.unsaved.get(&m.path));
    html! {
        @match (last, unsaved) {
            (Some(_), Some(why)) => p.error role="alert" { "The browser did not keep the setting: " (one_line(why, 200)) "." },
            (Some(m), None) if m.now == MappingState::Keeping => p.busy aria-busy="true" { "Keeping the setting…" },
            (Some(m), None) if m.now == MappingState::Undoing => p.busy aria-busy="true" { "Taking the setting back…" },
            (Some(m), None) => {
                p.said role="status" {
                    @if m.path == NO_TRIAL_ROW {
                        "Every cloud activation without a Trial row counts as no trial now."
                    } @else {
                        "“" (m.what) "” is read under “" (shown(&m.under, 200)) "” now."
                    }
                }
                div.actions { button type="button" data-command="undo_map" { "Undo" } }
            }
            (None, _) => {}
        }
        @if !offers.is_empty() {
            @for one in &missed { (question(model, one, &offers)) }
        }
        @if lacks_trial_row(model, world) { (no_trial_row(model)) }
    }
}

/// What a page without a Trial row means, which only somebody who knows the portal can say.
fn no_trial_row(model: &Model) -> Markup {
    let problem = model
        .said
        .as_ref()
        .filter(|s| s.field.as_deref() == Some(NO_TRIAL_ROW));
    html! {
        p.hint {
            "This page has no Trial row. If you know that your portal leaves the row out where a cloud activation is no trial, "
            "Tether can count every cloud activation without it as no trial."
        }
        div.actions {
            button.quiet type="button" data-command="no_trial_row" data-field-number=(model.diagnosing.number) { "No Trial row means no trial" }
        }
        @if let Some(problem) = problem { p.error role="alert" { (problem.text) } }
    }
}

fn question(model: &Model, missed: &Missed, offers: &[Offer]) -> Markup {
    let name = field_of(missed.group, &missed.field);
    let problem = model
        .said
        .as_ref()
        .filter(|s| s.field.as_deref() == Some(name.as_str()));
    html! {
        form.inline data-command="map" data-field-group=(missed.group) data-field-field=(missed.field) data-field-number=(model.diagnosing.number) {
            label for=(name) { "“" (missed.title) "” is labeled" }
            select id=(name) name="at" {
                option value="" { "Choose…" }
                @for offer in offers {
                    option value=(offer.at) { (one_line(&offer.says, 160)) @if let Some(why) = offer.refused { " (" (why) ")" } }
                }
            }
            button type="submit" { "Use it" }
            @if let Some(problem) = problem { p.error role="alert" { (problem.text) } }
        }
    }
}

/// A line, with what stands between backticks as code.
fn finding(line: &Line) -> Markup {
    let class = match line.mark {
        Mark::Good => "finding-good",
        Mark::Bad => "finding-bad",
        Mark::Plain => "finding-plain",
    };
    html! {
        li.(class) {
            @for (at, text) in line.text.split('`').enumerate() {
                @if at % 2 == 1 { code { bdi { (text) } } } @else { (text) }
            }
        }
    }
}

/// Where a check misses a value of a record that was looked at: which, and how to find out why.
pub(super) fn offer(model: &Model, case: &Case, check: &Check) -> Markup {
    let value = Some(())
        .filter(|()| matches!(check.answer, Answer::Unknown(_)))
        .and_then(|()| check.name.unreadable(case));
    let record = value.and_then(|value| case.chain.at(value.slot));
    let (Some(value), Some(record)) = (value, record) else {
        return html! {};
    };
    let in_portal = model
        .tabs
        .front_tab()
        .and_then(|tab| model.tabs.get(&tab))
        .is_some_and(|tab| tab.site == Some(Site::Portal));
    html! {
        p.hint {
            "Does the page of " (record.title()) " show “" (value.label) "”? "
            @if in_portal { "Then find out why it is not read." } @else { "Then diagnose it there." }
        }
        div.actions {
            @if in_portal {
                (button())
            } @else {
                button.quiet type="button" data-command="open_record" data-field-record=(record.reference()) { "Open " (record.title()) }
            }
        }
    }
}
