//! The forms with which the engineer answers what only they can.
//!
//! Neither button is the form's submit, and Enter does nothing: a slip of the finger decides nothing.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::field::Wrong;
use super::parts::{lines, reading, shown};
use crate::case::check::{Answer, Check, stop_phrases};
use crate::case::load::Load;

/// A form's first submit button is what Enter presses; one that is off keeps Enter from pressing anything.
pub(super) fn no_enter() -> Markup {
    html! { button type="submit" disabled hidden { "Enter does nothing here" } }
}

/// Accept or reject, with a reason.
pub(super) fn form(view: &CaseView<'_>, check: &Check, accept: &str) -> Markup {
    let key = check.name.key();
    let id = format!("reason-{key}");
    let hint = format!("{id}-hint");
    let wrong = Wrong::with(view.model, "reason", Some(key), &id);
    html! {
        form autocomplete="off" {
            (no_enter())
            div.field {
                label for=(id) { "Reason" }
                input id=(id) name="reason" type="text" maxlength="300" autocomplete="off"
                    aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(Some(&hint))];
                p.hint id=(hint) { "Added to the internal note." }
                (wrong.says())
            }
            div.actions {
                button type="button" data-command="accept" data-field-check=(key) data-field-shown=(check.shown()) { (accept) }
                @if !matches!(check.answer, Answer::Failed(_)) {
                    button type="button" data-command="reject" data-field-check=(key) data-field-shown=(check.shown()) { "Reject" }
                }
            }
        }
    }
}

/// The same beside a check, folded.
pub(super) fn folded(view: &CaseView<'_>, check: &Check) -> Markup {
    html! {
        details.unfold.decide id={ "decide-" (check.name.key()) } {
            summary { "Decide “" (check.name.title()) "” yourself" }
            (form(view, check, "Accept"))
        }
    }
}

/// The organization's notes and details, whole, with the phrases marked that are likely to say stop.
pub(super) fn organization_notes(view: &CaseView<'_>) -> Markup {
    let Load::Got(details) = &view.case.precheck.details else {
        return html! {};
    };
    let texts = [("Notes", &details.notes), ("Details", &details.details)];
    html! {
        @for (title, text) in texts {
            @if !text.trim().is_empty() {
                blockquote.quote tabindex="0" aria-label={ (title) " of the organization" } { bdi { (marked(view, text)) } }
            }
        }
    }
}

fn marked(view: &CaseView<'_>, text: &str) -> Markup {
    let mut at = 0;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for range in stop_phrases(text, &view.world.profile.zendesk.stop_phrases) {
        parts.extend(text.get(at..range.start).map(|plain| (plain, false)));
        parts.extend(text.get(range.clone()).map(|phrase| (phrase, true)));
        at = range.end;
    }
    parts.extend(text.get(at..).map(|plain| (plain, false)));
    html! {
        @for (part, is_phrase) in parts {
            @if is_phrase { mark { (lines(part)) } } @else { (lines(part)) }
        }
    }
}

/// The engineer has read the notes: it goes on, or it stops.
pub(super) fn read_notes(check: &Check) -> Markup {
    let (key, shown) = (check.name.key(), check.shown());
    html! {
        div.actions {
            button type="button" data-command="accept" data-field-check=(key) data-field-shown=(shown) data-field-reason="read, and nothing speaks against it" { "Continue" }
            button type="button" data-command="reject" data-field-check=(key) data-field-shown=(shown) data-field-reason="read, and they say not to proceed" { "Stop" }
            p.hint { "Continue is noted as your decision." }
        }
    }
}

/// Without `Subscription Email`, the engineer picks the address that Sold-to is compared with.
pub(super) fn address(view: &CaseView<'_>, in_card: bool) -> Markup {
    let case = view.case;
    let wrong = Wrong::with(view.model, "address", None, "address");
    html! {
        @if case.subscription_email().is_none() && case.picked_address.is_some() {
            div.actions { button.quiet type="button" data-command="unpick_address" { "Compare another address" } }
        } @else if case.compared_address_is_open() {
            (reading(&case.written, "what the requester wrote", view.world.now_ms))
            @if let (Load::Got(_), Load::Got(ticket)) = (&case.written, &case.ticket) {
                form data-command="pick_address" {
                    @if in_card { (no_enter()) }
                    fieldset aria-describedby=[wrong.described(None)] {
                        legend.unseen { "Address to compare with Sold-to" }
                        @for address in case.addresses() {
                            label.choice {
                                input type="radio" name="address" value=(address.as_str());
                                span { (shown(address.as_str(), 320)) }
                                @if ticket.requester.email.as_ref() == Some(&address) { span.hint { "The requester’s own address" } }
                            }
                        }
                    }
                    (wrong.says())
                    div.actions { button type="button" data-command="pick_address" { "Compare" } }
                }
            }
        }
    }
}
