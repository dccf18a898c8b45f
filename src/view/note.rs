//! The internal note as it will be written, and its way into the ticket.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::parts::{live, stop_waiting};
use crate::app::note_of;
use crate::case::note::{Line, Note, Value};
use crate::case::note_progress::NoteProgress;
use crate::case::page_problem::PageWork;
use crate::case::plan::StepKind;

/// The note, with the buttons that add or copy it.
pub(super) fn note(view: &CaseView<'_>) -> Markup {
    let note = note_of(view.case, view.world);
    html! {
        (plain(&note, "Internal note"))
        (buttons(view, &note))
    }
}

pub(super) fn buttons(view: &CaseView<'_>, note: &Note) -> Markup {
    let writing = matches!(view.case.note.now, NoteProgress::Writing { .. });
    html! {
        div.actions {
            button #add-note type="button" data-command="add_note" disabled[writing] { "Add internal note" }
            button type="button" data-command="copied" data-copy-text=(note.plain()) data-copy-html=(note.html()) { "Copy note" }
        }
        p.hint { "Goes into the composer, for you to submit." }
    }
}

/// How far the note in the composer got.
pub(super) fn progress(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    // The plan's card says the same, and a question is not in it.
    if case.note.by_plan && case.note.now != NoteProgress::AskAgain && view.in_run(StepKind::Note) {
        return live(html! {});
    }
    html! {
        (live(html! {
            @match &case.note.now {
                NoteProgress::Idle if case.note.written_at.is_some() => {
                    p.said { "Internal note added to the composer of #" (case.key.ticket) ". Submit the ticket to post it." }
                }
                NoteProgress::Writing { .. } => p.busy aria-busy="true" { "Adding the note to #" (case.key.ticket) "…" },
                _ => {}
            }
        }))
        @match &case.note.now {
            NoteProgress::Idle => {}
            NoteProgress::Writing { effect, .. } => (stop_waiting(*effect)),
            NoteProgress::AskAgain => div.asks role="group" aria-labelledby="again-heading" {
                h3 #again-heading { "The note was added before. Add it again?" }
                div.actions {
                    button type="button" data-command="add_note_again" { "Add again" }
                    button type="button" data-command="dismiss_note" { "Leave it" }
                }
            },
            NoteProgress::Problem(problem) => {
                p.error role="alert" { bdi { (problem.says(PageWork::Note(case.key.ticket))) } }
                div.actions {
                    button type="button" data-command="add_note" { "Try again" }
                    @if problem.shows_ticket() { button type="button" data-command="show_ticket" { "Show ticket" } }
                    button.quiet type="button" data-command="dismiss_note" { "Dismiss" }
                }
            }
        }
    }
}

/// A note to the letter. A link shows only its last part; copying and screen readers get the whole.
pub(super) fn plain(note: &Note, label: &str) -> Markup {
    html! {
        pre.note role="group" aria-label=(label) {
            @for (n, Line { label, value }) in note.lines.iter().enumerate() {
                @if n > 0 { "\n" }
                span.line {
                    "- " (label) ": "
                    @match value {
                        Value::Link(address) => {
                            @let (far, near) = parts(address);
                            span.far { (far) } (near)
                        }
                        Value::Text(text) => bdi { (text) },
                        Value::NotFound => span.missing { "not found" },
                    }
                }
            }
        }
    }
}

/// The site that an address is on, and the page there.
fn parts(address: &str) -> (&str, &str) {
    let page = ["/admin/", "/agent/"]
        .iter()
        .find_map(|place| address.find(place).map(|at| at + place.len() - 1));
    page.and_then(|at| address.split_at_checked(at))
        .unwrap_or(("", address))
}
