//! Common issues and troubleshooting: no organization, the hand-over, and reminders.

use maud::{Markup, html};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

use super::field::Wrong;
use super::parts::{reading, shown};
use super::tasks::tasks;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::change::Change;
use crate::case::load::Load;
use crate::case::trouble::{Need, REMIND_HOURS, TEXT_MAX, known, preferred, waiting_text};
use crate::record::people::Group;
use crate::zendesk::address::ticket_url;

pub(super) fn trouble(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let needs = Need::of(case, world.rules());
    let open = case.trouble.opened || !needs.is_empty();
    html! {
        @for need in &needs { (help(*need)) }
        (tasks(case, "Hand-over", |change| matches!(change, Change::Assign { .. }), world.now_ms))
        (reminder(model, case))
        @if open {
            (reading(&case.trouble.me, "who you are", world.now_ms))
            (reading(&case.trouble.groups, "the groups", world.now_ms))
            @if needs.contains(&Need::NoOrganization) { (note_and_assign(model, case)) }
            (remind(model, case))
            (hand_over(model, case, world))
            (assign_to_me(case))
        }
        @if needs.is_empty() {
            div.actions {
                button.quiet type="button" data-command="open_trouble" data-field-open=(!open) aria-expanded=(open) {
                    (if open { "Fold this" } else { "Hand over, assign or be reminded" })
                }
            }
        }
    }
}

/// What the handbook says of it.
fn help(need: Need) -> Markup {
    html! {
        @match need {
            Need::NoOrganization => {
                p { "There is a Salesforce account, but no organization that carries it. One of the syncs may have had an issue:" }
                ol.guide {
                    li { "In Salesforce, look at the account: does it show the subscription, and does the subscription show its product charges?" }
                    li { "If something is missing: open the Billing Account in Salesforce, click the arrow at the top right beside Edit and Clone, then Sync Data from ZBilling. Wait a few minutes and look again." }
                    li { "If everything is there now: the sync to Zendesk makes the organization within 1 to 2 hours. Note it, take the ticket and be reminded." }
                    li { "If not, or if nothing was missing: hand over." }
                }
            }
            Need::AppFailed => p { "The app failed. If the way by hand under GitLab.com fails too, hand over." },
            Need::NotesSayStop => p { "The organization's notes or details say not to go on. When in doubt, hand over." },
            Need::NoBillingAccount => p { "The order leads to no billing account. Look for another order of this subscription; where there is none, hand over." },
        }
    }
}

fn problem(model: &Model, field: &str) -> Markup {
    html! {
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.as_deref() == Some(field)) {
            p.error role="alert" { (said.text) }
        }
    }
}

/// Why nothing can be assigned now, where it cannot.
fn in_the_way(case: &Case) -> Option<&'static str> {
    match (&case.ticket, case.is_assigning()) {
        (Load::Got(_), false) => None,
        (Load::Got(_), true) => Some("The ticket is being assigned, see above."),
        (_, _) => Some("The ticket has not been read."),
    }
}

/// While the organization is waited for: note what occurred, and take the ticket.
fn note_and_assign(model: &Model, case: &Case) -> Markup {
    let unknown = in_the_way(case).or_else(|| {
        case.trouble
            .me
            .got()
            .is_none()
            .then_some("It is not known yet who you are.")
    });
    let text = case
        .trouble
        .waiting
        .clone()
        .unwrap_or_else(|| waiting_text(case));
    let wrong = Wrong::with(model, "waiting", None, "trouble-waiting");
    html! {
        @if !case.is_assigning() {
            h3 { "Wait for the sync" }
            form data-command="note_and_assign" {
                label for="trouble-waiting" { "Internal note; what is known stands under it" }
                textarea #trouble-waiting name="text" rows="5" maxlength=(TEXT_MAX) required aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(None)] { (text) }
                (wrong.says())
                div.actions {
                    button type="submit" disabled[unknown.is_some()] aria-describedby=[unknown.map(|_| "trouble-waiting-why")] { "Note it and assign to me" }
                }
                @if let Some(why) = unknown { p.hint #trouble-waiting-why { (why) } }
            }
        }
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
        @if at(model, case).is_some() { p.hint { "A new reminder takes the place of the one that is set." } }
    }
}

/// When the engineer is reminded of the ticket, where they are.
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
        Load::Got(_) if loading => Some("It is still looked up who reviews it."),
        Load::Got(_) => None,
        _ => Some("The groups have not been read."),
    });
    let note = known(case, world.rules());
    let (reason, to) = (
        Wrong::with(model, "hand_over_reason", None, "trouble-reason"),
        Wrong::with(model, "group", None, "trouble-group"),
    );
    html! {
        @if !case.is_assigning() {
            h3 { "Hand over" }
            form data-command="hand_over" {
                label for="trouble-reason" { "What is going on? It stands first in the internal note" }
                textarea #trouble-reason name="reason" rows="4" maxlength=(TEXT_MAX) required aria-invalid=[reason.invalid()] aria-describedby=[reason.described(None)] { (trouble.reason) }
                (reason.says())
                @if !note.lines.is_empty() {
                    p.hint { "Under it stands:" }
                    (super::note::plain(&note, "What stands under it"))
                }
                label for="trouble-group" { "To" }
                select #trouble-group name="group" required aria-invalid=[to.invalid()] aria-describedby=[to.described(None)] {
                    @if chosen.is_none() { option value="" selected { "Choose a group" } }
                    @for group in groups { (option(group, chosen)) }
                }
                (to.says())
                (person(case, best, world))
                div.actions {
                    button type="submit" disabled[unknown.is_some()] aria-describedby=[unknown.map(|_| "hand-over-why")] { "Hand over" }
                }
                @if let Some(why) = unknown { p.hint #hand-over-why { (why) } }
            }
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
                (Some(person), Some(group)) => p.hint { "In " (shown(&group.name, 120)) " it goes to " (shown(&person.label, 200)) "." },
                (None, _) if matches!(case.trouble.person, Load::Got(_)) => p.hint {
                    "Zendesk has no agent with the address " (shown(email, 254)) ", so the ticket goes to the group alone."
                },
                _ => {}
            }
        }
    }
}

fn assign_to_me(case: &Case) -> Markup {
    let me = case.trouble.me.got();
    let mine = me.is_some() && case.ticket.got().and_then(|t| t.assignee) == me.map(|m| m.id);
    let why = in_the_way(case).or(match me {
        None => Some("It is not known yet who you are."),
        Some(_) if mine => Some("The ticket is assigned to you."),
        Some(_) => None,
    });
    html! {
        div.actions {
            button type="button" data-command="assign_to_me" disabled[why.is_some()] aria-describedby=[why.map(|_| "assign-why")] { "Assign to me" }
        }
        @if let Some(why) = why { p.hint #assign-why { (why) } }
    }
}
