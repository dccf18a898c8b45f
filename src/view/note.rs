//! The internal note as it will be written, and its way into the ticket.

use maud::{Markup, html};

use super::lead::Lead;
use super::parts::{live, stop_waiting};
use crate::case::Case;
use crate::case::note::{Line, Note, Value};
use crate::case::note_progress::NoteProgress;
use crate::case::page_problem::PageWork;

pub(super) fn note(case: &Case, note: &Note, lead: Lead) -> Markup {
    let empty = !case.has_something_to_note();
    let writing = matches!(case.note.now, NoteProgress::Writing { .. });
    html! {
        (plain(note, "The note"))
        (live(html! {
            @match &case.note.now {
                NoteProgress::Idle if case.note.written_at.is_some() => {
                    p.said { "The note stands in the composer of #" (case.key.ticket) ", as an internal note. Submit it yourself." }
                }
                NoteProgress::Writing { .. } => p.busy aria-busy="true" { "Writing the note into #" (case.key.ticket) "…" },
                _ => {}
            }
        }))
        @match &case.note.now {
            NoteProgress::Idle => {}
            NoteProgress::Writing { effect, .. } => (stop_waiting(*effect)),
            NoteProgress::AskAgain => div.conflict role="group" aria-labelledby="again-heading" {
                h3 #again-heading { "The note was written before. Write it again?" }
                div.actions {
                    button type="button" data-command="add_note_again" { "Write again" }
                    button type="button" data-command="dismiss_note" { "Leave it" }
                }
            },
            NoteProgress::Problem(problem) => {
                p.error role="alert" { bdi { (problem.says(PageWork::Note(case.key.ticket))) } }
                @if problem.shows_ticket() {
                    div.actions { button type="button" data-command="show_ticket" { "Show ticket #" (case.key.ticket) } }
                }
            }
        }
        div.actions {
            button.primary[lead == Lead::Note] type="button" data-command="add_note" disabled[empty || writing] aria-describedby=[empty.then_some("note-why")] { "Add internal note" }
            button type="button" data-command="copied" data-copy-text=(note.plain()) data-copy-html=(note.html()) { "Copy note" }
        }
        @if empty {
            p.hint #note-why { "There is nothing to note yet: no record was found." }
        }
    }
}

/// A note to the letter. Of its links only what tells them apart is in sight; the whole is there to be copied and read aloud.
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
