//! The reply: what it is about, and its way into the composer as a public draft.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::field::Wrong;
use super::parts::{live, shown, stop_waiting};
use crate::app::{own_reply, reply_about};
use crate::case::Case;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::plan::StepKind;
use crate::case::reply::{Outcome, Status};
use crate::case::reply_progress::{Author, Progress};

/// Why a page that doesn't show what was saved has to be reloaded, and what that costs.
pub(super) const OUTDATED: &str = "Zendesk’s page doesn’t show what was saved yet, and would refuse your reply. Reloading it loses unsaved text in its other tickets.";

/// The reply with its topic, to be drafted alone.
pub(super) fn reply(view: &CaseView<'_>) -> Markup {
    let about = reply_about(view.case, view.world);
    html! {
        form data-command="draft_reply" {
            (topic(view, about))
            div.actions { (draft(view)) }
        }
        @if let Some(about) = about { (preview(view, about)) }
    }
}

/// The choice of the topic. A choice changes the plan's step, too.
pub(super) fn topic(view: &CaseView<'_>, about: Option<Outcome>) -> Markup {
    let wrong = Wrong::with(view.model, "about", None, "reply-about");
    html! {
        div.field {
            label for="reply-about" { "Reply" }
            select id="reply-about" name="about" data-command="reply_about" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)] {
                option value="" selected[about.is_none()] { "Choose…" }
                @for one in Outcome::ALL { option value=(one.key()) selected[about == Some(*one)] { (one.title()) } }
            }
            (wrong.says())
        }
    }
}

/// `Draft reply`, of the topic that is chosen beside it.
pub(super) fn draft(view: &CaseView<'_>) -> Markup {
    let busy = view.case.drafting.now.is_under_way();
    html! { button #draft-reply type="button" data-command="draft_reply" disabled[busy] { "Draft reply" } }
}

/// How far the reply in the composer got.
pub(super) fn progress(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let ticket = case.key.ticket;
    // The plan's card says the same, and a question is not in it.
    let asks = matches!(case.drafting.now, Progress::Written { again: true, .. });
    if case.drafting.by_plan && !asks && view.in_run(StepKind::Reply) {
        return live(html! {});
    }
    html! {
        div.beside {
            (live(html! {
                @match &case.drafting.now {
                Progress::Finding { .. } => p.busy aria-busy="true" { "Looking for the macro…" },
                now if now.waits_for_page() => p.error.warning { "The reply waits. " (OUTDATED) },
                Progress::Looking { .. } => p.busy aria-busy="true" { "Looking at #" (ticket) "’s page…" },
                Progress::Writing { .. } => p.busy aria-busy="true" { "Drafting the reply in #" (ticket) "…" },
                Progress::Written { about, by, status_chosen, again, .. } => p.said {
                    @if *again { "The reply was already in the composer of #" (ticket) ". " } @else { "Reply drafted in the composer of #" (ticket) ", as a public reply. " }
                    (whose(by)) " Read it, "
                    @if *status_chosen { "then submit it as " } @else { "choose and submit it as " }
                    strong { (word(about.status())) } "."
                },
                Progress::TakingOut { .. } => p.busy aria-busy="true" { "Taking the reply out of #" (ticket) "…" },
                Progress::TakenOut { about, status_chosen } => p.said {
                    "The reply is out of the composer of #" (ticket) "."
                    @if *status_chosen { " The submit button still says " (word(about.status())) "." }
                },
                Progress::Idle | Progress::Outdated { .. } | Progress::Problem { .. } => {}
                }
            }))
            @if !asks { (undo(case)) }
        }
        @match &case.drafting.now {
            Progress::Written { about, again: true, .. } => div.actions {
                button type="button" data-command="draft_reply_again" data-field-about=(about.key()) { "Draft it again" }
                button.quiet type="button" data-command="dismiss_reply" { "Leave it" }
            },
            now if now.waits_for_page() => div.actions {
                button type="button" data-command="reload_ticket" { "Reload ticket" }
                button type="button" data-command="draft_anyway" { "Draft anyway" }
                button.quiet type="button" data-command="dismiss_reply" { "Leave it" }
            },
            Progress::Written { stays, .. } => (not_undone(case, stays.as_ref())),
            Progress::Looking { effect, .. } | Progress::Writing { effect, .. } | Progress::TakingOut { effect, .. } => (stop_waiting(*effect)),
            Progress::Outdated { .. } | Progress::Idle | Progress::Finding { .. } | Progress::TakenOut { .. } => {}
            Progress::Problem { about, why } => {
                p.error role="alert" { bdi { (why.says(ticket)) } }
                div.actions {
                    button type="button" data-command="draft_reply" data-field-about=(about.key()) { "Try again" }
                    (own_text(*about))
                    button.quiet type="button" data-command="show_ticket" { "Show ticket" }
                }
            }
        }
    }
}

/// `Undo` of the reply that is in the composer.
pub(super) fn undo(case: &Case) -> Markup {
    html! {
        @if let Some(about) = case.drafting.now.undoes() {
            button.quiet.undo type="button" data-command="undo_reply" data-field-about=(about.key()) aria-label="Undo: Draft reply" { "Undo" }
        }
    }
}

/// Why the reply is still in the composer.
pub(super) fn not_undone(case: &Case, why: Option<&PageProblem>) -> Markup {
    html! {
        @if let Some(why) = why { p.error role="alert" { bdi { (why.says(PageWork::ReplyUndo(case.key.ticket))) } } }
    }
}

/// The reply without the macro, which can't be had.
pub(super) fn own_text(about: Outcome) -> Markup {
    html! { button type="button" data-command="draft_own_reply" data-field-about=(about.key()) { "Use Tether’s own text" } }
}

pub(super) fn whose(by: &Author) -> Markup {
    html! {
        @match by {
            Author::Macro(title) => { "The text is from the macro “" (shown(title, 120)) "”." }
            Author::Tether(why) => { "The text is Tether’s own: " (shown(why, 200)) "." }
        }
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Solved => "Solved",
        Status::Pending => "Pending",
    }
}

/// What Tether would write if no macro is found.
pub(super) fn preview(view: &CaseView<'_>, about: Outcome) -> Markup {
    html! {
        @match own_reply(view.case, about, view.world) {
            Ok(reply) => {
                pre.note role="group" aria-label="Tether’s own text" { (reply.plain()) }
                p.hint { "Tether’s own text. If Zendesk has a macro for this, its text is used." }
                div.actions {
                    button type="button" data-command="copied" data-copy-text=(reply.plain()) data-copy-html=(reply.html()) { "Copy reply" }
                    button.quiet type="button" data-command="draft_own_reply" data-field-about=(about.key()) { "Draft this text" }
                }
            }
            Err(leak) => p.error { (leak.says()) " " (leak.next()) },
        }
    }
}
