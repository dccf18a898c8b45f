//! The internal note as it will be written, and its way into the ticket.

use maud::{Markup, html};

use crate::case::note::Note;
use crate::case::{Case, NoteProblem, NoteProgress};

pub(super) fn note(case: &Case, note: &Note) -> Markup {
    let empty = !case.has_something_to_note();
    let writing = matches!(case.note.now, NoteProgress::Writing { .. });
    html! {
        pre.note tabindex="0" aria-label="The note" { (note.plain()) }
        @match &case.note.now {
            NoteProgress::Idle => {
                @if case.note.written_at.is_some() {
                    p.said role="status" { "The note stands in the composer of #" (case.key.ticket) ", as an internal note. Submit it yourself." }
                }
            }
            NoteProgress::Writing { .. } => p.busy aria-busy="true" role="status" { "Writing the note into #" (case.key.ticket) "…" },
            NoteProgress::AskAgain => div.conflict role="group" aria-labelledby="again-heading" {
                h3 #again-heading { "The note was written before. Write it again?" }
                div.actions {
                    button type="button" data-command="add_note_again" { "Write again" }
                    button type="button" data-command="dismiss_note" { "Leave it" }
                }
            },
            NoteProgress::Problem(problem) => {
                p.error role="alert" { (problem.says(case.key.ticket)) }
                @if matches!(problem, NoteProblem::TicketNotOpen | NoteProblem::WrongTicket { .. } | NoteProblem::Moved) {
                    div.actions { button type="button" data-command="show_ticket" { "Show ticket #" (case.key.ticket) } }
                }
            }
        }
        div.actions {
            button.primary type="button" data-command="add_note" disabled[empty || writing] aria-describedby=[empty.then_some("note-why")] { "Add internal note" }
            button type="button" data-command="copied" data-copy-text=(note.plain()) data-copy-html=(note.html()) { "Copy note" }
        }
        @if empty {
            p.hint #note-why { "There is nothing to note yet: no record was found." }
        }
    }
}
