//! Common issues and troubleshooting: no organization, the hand-over, and reminders.

use maud::{Markup, html};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

use super::card_frame::{Card, Holds};
use super::case_view::CaseView;
use super::field::Wrong;
use super::parts::{reading, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::load::Load;
use crate::case::trouble::{Need, REMIND_HOURS, TEXT_MAX, known, preferred};
use crate::record::people::Group;
use crate::zendesk::address::ticket_url;

/// What the case needs besides the plan’s steps: somebody else, most often.
pub(super) fn need_card(view: &CaseView<'_>) -> Option<Card> {
    let need = Need::of(view.case, view.world.rules()).into_iter().next()?;
    let (title, says) = match need {
        Need::NotesSayStop => (
            "Hand over this ticket",
            "The organization’s notes or details say stop. If in doubt, hand over.",
        ),
        Need::NoBillingAccount => (
            "The order has no billing account",
            "Look for another order of this subscription. If there is none, hand over.",
        ),
        // The plan and the way by hand have cards of their own.
        Need::NoOrganization | Need::AppFailed => return None,
    };
    let card = Card::stopped(
        title,
        html! {
            p { (says) }
            div.actions { (open_button(true)) }
        },
    );
    Some(card.holding(Holds {
        hand_over: true,
        ..Holds::default()
    }))
}

fn open_button(leads: bool) -> Markup {
    html! { button.primary[leads] type="button" data-command="open_trouble" data-field-open="true" { "Hand over" } }
}

/// `Hand over`, at the panel’s foot.
pub(super) fn foot_button() -> Markup {
    html! { button.quiet #hand-over type="button" data-command="open_trouble" data-field-open="true" { "Hand over" } }
}

/// The hand-over, from the press until it is made or cancelled.
pub(super) fn hand_over_card(view: &CaseView<'_>) -> Card {
    let (model, case, world) = (view.model, view.case, view.world);
    Card::act(
        "Hand over this ticket",
        html! {
            (super::plan::stopped_line(view))
            (reading(&case.trouble.me, "who you are", world.now_ms))
            (reading(&case.trouble.groups, "the groups", world.now_ms))
            (super::changes::under_way(view))
            (hand_over(model, case, world))
        },
    )
    .holding(Holds {
        hand_over: true,
        folds_records: true,
        ..Holds::default()
    })
}

/// The reminder, under *More*.
pub(super) fn reminders(model: &Model, case: &Case) -> Markup {
    html! { (remind(model, case)) (reminder(model, case)) }
}

fn problem(model: &Model, field: &str) -> Markup {
    html! {
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.as_deref() == Some(field)) {
            p.error role="alert" { (said.text) }
        }
    }
}

/// Why nothing can be assigned now.
fn in_the_way(case: &Case) -> Option<&'static str> {
    match (&case.ticket, case.is_assigning()) {
        (Load::Got(_), false) => None,
        (Load::Got(_), true) => Some("The ticket is being assigned."),
        (_, _) => Some("The ticket hasn’t been read."),
    }
}

fn remind(model: &Model, case: &Case) -> Markup {
    html! {
        p #remind-me { "Remind me of this ticket in" }
        div.actions role="group" aria-labelledby="remind-me" {
            @for hours in REMIND_HOURS {
                @let time = if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") };
                button type="button" data-command="remind" data-field-hours=(hours) aria-label={ "Remind me in " (time) } { (time) }
            }
        }
        (problem(model, "hours"))
        @if at(model, case).is_some() { p.hint { "A new reminder replaces the one that’s set." } }
    }
}

/// When the engineer is reminded of the ticket, if at all.
fn at(model: &Model, case: &Case) -> Option<OffsetDateTime> {
    let url = ticket_url(&case.key.host, case.key.ticket);
    let reminder = model.reminders.iter().find(|r| r.url == url)?;
    OffsetDateTime::from_unix_timestamp(i64::try_from(reminder.at_ms / 1000).ok()?).ok()
}

fn reminder(model: &Model, case: &Case) -> Markup {
    let told = at(model, case).and_then(|at| {
        let plain = at.format(format_description!("[hour]:[minute] UTC")).ok()?;
        Some((at.format(&Rfc3339).ok()?, plain))
    });
    html! {
        @if let Some((exact, plain)) = told {
            div.actions {
                // The panel knows the engineer's time zone, the core does not.
                p.said { "Reminder at " time datetime=(exact) data-local { (plain) } "." }
                button.quiet type="button" data-command="forget_reminder" { "Cancel reminder" }
            }
        }
    }
}

/// The hand-over: why, to whom, and what the internal note says.
fn hand_over(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let trouble = &case.trouble;
    let groups = trouble.groups.got().map_or(&[][..], Vec::as_slice);
    let wanted = &world.profile.zendesk.hand_over;
    let best = preferred(groups, wanted);
    let chosen = trouble.group.or(best.map(|g| g.id));
    let loading =
        wanted.assignee.is_some() && matches!(trouble.person, Load::NotAsked | Load::Asking);
    let unknown = in_the_way(case).or(match &trouble.groups {
        Load::Got(_) if loading => Some("Looking up who reviews it."),
        Load::Got(_) => None,
        _ => Some("The groups haven’t been read."),
    });
    let note = known(case, world.rules());
    let (reason, to) = (
        Wrong::with(model, "hand_over_reason", None, "trouble-reason"),
        Wrong::with(model, "group", None, "trouble-group"),
    );
    let me = not_to_me(case);
    let me_described = me.map(|why| {
        if unknown == Some(why) {
            "hand-over-why"
        } else {
            "assign-why"
        }
    });
    html! {
        @if !case.is_assigning() {
            form data-command="hand_over" autocomplete="off" {
                div.field {
                    label for="trouble-reason" { "What’s going on?" }
                    textarea #trouble-reason name="reason" rows="3" maxlength=(TEXT_MAX) required aria-invalid=[reason.invalid()] aria-describedby=[reason.described(Some("trouble-reason-hint"))] { (trouble.reason) }
                    p.hint #trouble-reason-hint { "First line of the internal note. What’s known follows." }
                    (reason.says())
                }
                div.field {
                    label for="trouble-group" { "To" }
                    select #trouble-group name="group" required aria-invalid=[to.invalid()] aria-describedby=[to.described(None)] {
                        @if chosen.is_none() { option value="" selected { "Choose a group" } }
                        @for group in groups { (option(group, chosen)) }
                    }
                    (to.says())
                }
                (person(case, best, world))
                @if !note.lines.is_empty() {
                    details.unfold #hand-over-note { summary { "Preview the note" } (super::note::plain(&note, "Internal note")) }
                }
                div.actions {
                    button.primary type="submit" disabled[unknown.is_some()] aria-describedby=[unknown.map(|_| "hand-over-why")] { "Hand over" }
                    button type="button" data-command="assign_to_me" disabled[me.is_some()] aria-describedby=[me_described] { "Assign to me" }
                    button.quiet type="button" data-command="open_trouble" data-field-open="false" { "Cancel" }
                }
                @if let Some(why) = unknown { p.hint #hand-over-why { (why) } } @else { p.hint { "Saves the internal note and the new group at once." } }
                // Below the buttons, so that it pushes none of them.
                @if let Some(why) = me.filter(|why| unknown != Some(why)) { p.hint #assign-why { (why) } }
            }
        } @else {
            div.actions { button.quiet type="button" data-command="open_trouble" data-field-open="false" { "Cancel" } }
        }
    }
}

fn option(group: &Group, chosen: Option<u64>) -> Markup {
    html! { option value=(group.id) selected[chosen == Some(group.id)] { (crate::text::line::one_line(&group.name, 120)) } }
}

/// The profile's person, and with which group.
fn person(case: &Case, best: Option<&Group>, world: World<'_>) -> Markup {
    let words = &world.profile.zendesk;
    html! {
        (reading(&case.trouble.person, "who reviews it", world.now_ms))
        @if let Some(email) = &words.hand_over.assignee {
            @match (case.hand_over_person(words), best) {
                (Some(person), Some(group)) => p.hint { "In " (shown(&group.name, 120)) ", it goes to " (shown(&person.label, 200)) "." },
                (None, _) if matches!(case.trouble.person, Load::Got(_)) => p.hint {
                    "Zendesk has no agent with the address " (shown(email, 254)) ", so the ticket goes to the group alone."
                },
                _ => {}
            }
        }
    }
}

/// Why the ticket can't be assigned to the engineer now.
fn not_to_me(case: &Case) -> Option<&'static str> {
    let me = case.trouble.me.got();
    let mine = me.is_some() && case.ticket.got().and_then(|t| t.assignee) == me.map(|m| m.id);
    in_the_way(case).or(match me {
        None => Some("It isn’t known yet who you are."),
        Some(_) if mine => Some("The ticket is assigned to you."),
        Some(_) => None,
    })
}
