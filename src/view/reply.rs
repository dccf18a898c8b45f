//! The reply: what it is about, and its way into the composer as a public draft.

use maud::{Markup, html};

use super::field::Wrong;
use super::lead::Lead;
use super::parts::{live, shown, stop_waiting};
use crate::app::{Model, World, own_reply, reply_about};
use crate::case::Case;
use crate::case::load::Load;
use crate::case::reply::{Outcome, Status};
use crate::case::reply_progress::{Author, Progress};

pub(super) fn reply(model: &Model, case: &Case, lead: Lead, world: World<'_>) -> Markup {
    if !matches!(case.ticket, Load::Got(_)) {
        return html! {};
    }
    let about = reply_about(case, world);
    let busy = matches!(
        case.drafting.now,
        Progress::Finding { .. } | Progress::Writing { .. }
    );
    let wrong = Wrong::with(model, "about", None, "reply-about");
    html! {
        form.inline data-command="draft_reply" {
            label for="reply-about" { "About" }
            select id="reply-about" name="about" aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)] {
                option value="" selected[about.is_none()] { "Choose…" }
                @for one in Outcome::ALL { option value=(one.key()) selected[about == Some(*one)] { (one.title()) } }
            }
            button.primary[lead == Lead::Reply] type="submit" disabled[busy] { "Draft reply" }
            (wrong.says())
        }
        (progress(case))
        @if let Some(about) = about { (preview(case, about, world)) }
    }
}

fn progress(case: &Case) -> Markup {
    let ticket = case.key.ticket;
    html! {
        (live(html! {
            @match &case.drafting.now {
                Progress::Finding { .. } => p.busy aria-busy="true" { "Looking for the macro…" },
                Progress::Writing { .. } => p.busy aria-busy="true" { "Drafting the reply in #" (ticket) "…" },
                Progress::Written { about, by, status_chosen, again } => p.said {
                    @if *again { "The reply stood in the composer already. " } @else { "The reply stands in the composer of #" (ticket) ", as a public draft. " }
                    (whose(by)) " Read it, "
                    @if *status_chosen { "then submit it as " } @else { "choose and submit it as " }
                    strong { (word(about.status())) } "."
                },
                Progress::Idle | Progress::Problem { .. } => {}
            }
        }))
        @match &case.drafting.now {
            Progress::Written { about, again: true, .. } => div.actions {
                button type="button" data-command="draft_reply_again" data-field-about=(about.key()) { "Draft it again" }
                button.quiet type="button" data-command="dismiss_reply" { "Leave it" }
            },
            Progress::Writing { effect, .. } => (stop_waiting(*effect)),
            Progress::Idle | Progress::Finding { .. } | Progress::Written { .. } => {}
            Progress::Problem { about, why } => {
                p.error role="alert" { bdi { (why.says(ticket)) } }
                div.actions {
                    button type="button" data-command="draft_reply" data-field-about=(about.key()) { "Try again" }
                    button type="button" data-command="draft_own_reply" data-field-about=(about.key()) { "Use Tether’s own text" }
                    button.quiet type="button" data-command="show_ticket" { "Show ticket #" (ticket) }
                }
            }
        }
    }
}

fn whose(by: &Author) -> Markup {
    html! {
        @match by {
            Author::Macro(title) => { "Its text is the macro “" (shown(title, 120)) "”." }
            Author::Tether(why) => { "Its text is Tether’s own: " (shown(why, 200)) "." }
        }
    }
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Solved => "Solved",
        Status::Pending => "Pending",
    }
}

/// What Tether would write where no macro is found.
fn preview(case: &Case, about: Outcome, world: World<'_>) -> Markup {
    html! {
        details {
            summary { "Tether’s own text" }
            @match own_reply(case, about, world) {
                Ok(reply) => {
                    pre.note role="group" aria-label="Tether’s own text" { (reply.plain()) }
                    div.actions {
                        button.quiet type="button" data-command="draft_own_reply" data-field-about=(about.key()) { "Draft this text" }
                        button.quiet type="button" data-command="copied" data-copy-text=(reply.plain()) data-copy-html=(reply.html()) { "Copy reply" }
                    }
                }
                Err(leak) => p.error { (leak.says()) " " (leak.next()) },
            }
        }
    }
}
