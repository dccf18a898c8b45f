//! The walk along the chain: its button, its steps as they come, how to go on where one failed, and the orders to choose among.

use maud::{Markup, html};

use super::parts::shown;
use crate::app::{Model, World, trace_can_start};
use crate::case::Case;
use crate::case::load::Load;
use crate::case::organization::Found;
use crate::case::trace::{Orders, Step, StepState, TraceProblem, TraceState};
use crate::reading::ReadError;
use crate::record::seen::Slot;
use crate::record::{OrderRow, Shown};
use crate::text::line::one_line;

pub(super) fn trace(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let trace = &case.trace;
    html! {
        @if trace.is_running() {
            div.actions { button type="button" data-command="stop_trace" { "Stop" } }
        } @else if trace_can_start(model, case) {
            (button(case, false))
        }
        @let walk = html! {
            ol.tasks aria-label="Trace" {
                @for step in Step::ALL { (line(case, *step)) }
                @if case.chain.billing_account().is_some() { (organization(case)) (contacts(case)) }
            }
        };
        @if trace.state == TraceState::Done {
            // What it found stands under Records.
            details #walk { summary { "What Trace did" } (walk) }
        } @else if trace.state != TraceState::Idle {
            (walk)
        }
        @if trace.state != TraceState::Idle {
            @match trace.state {
                TraceState::Stopped => p.hint { "Stopped. What was found stays." },
                TraceState::Held if case.conflict.is_some() => p.hint { "A record does not fit this case. Choose under Records which one counts, then go on." },
                _ => {}
            }
        }
        @if let Some(orders) = &trace.orders { (choice(case, orders, world)) }
    }
}

/// `Trace`, which begins or goes on.
pub(super) fn button(case: &Case, leads: bool) -> Markup {
    let begun = !matches!(case.trace.state, TraceState::Idle | TraceState::Done);
    html! {
        div.actions {
            button.primary[leads] type="button" data-command="trace" title=[begun.then_some("Goes on from what was found")] { "Trace" }
        }
    }
}

fn line(case: &Case, step: Step) -> Markup {
    let state = case.trace.steps.get(&step);
    let title = |number: u64| {
        if number == 0 {
            step.title().to_owned()
        } else {
            format!("{} {number}", step.title())
        }
    };
    html! {
        @match state {
            None => {},
            Some(StepState::Code) => li.task.task-open aria-busy="true" { p { (step.title()) ": " strong { "looking for the code again…" } } },
            Some(StepState::Asking(number)) => li.task.task-open aria-busy="true" { p { (title(*number)) ": " strong { "asking…" } } },
            Some(StepState::Got(number)) => li.task.task-done { p { (title(*number)) ": " strong { (got(case, step)) } } },
            Some(StepState::Failed(problem)) => li.task.task-problem {
                p { (step.title()) ": " strong { "not found" } }
                (failed(step, problem))
            },
        }
    }
}

fn got(case: &Case, step: Step) -> String {
    match (step, &case.trace.orders) {
        (Step::Orders, Some(orders)) => match orders.rows.len() {
            1 => "1 order".to_owned(),
            n => format!("{n} orders"),
        },
        _ => "got".to_owned(),
    }
}

fn failed(step: Step, problem: &TraceProblem) -> Markup {
    let signed_out = *problem == TraceProblem::Read(ReadError::SignedOut);
    html! {
        p.error role="alert" { (shown(&problem.says(), 300)) " " (one_line(&problem.next(), 300)) }
        div.actions {
            @if signed_out {
                button type="button" data-command="sign_in" { "Sign in" }
            } @else if problem.page_helps() {
                button type="button" data-command="open_step" data-field-step=(step.key()) { "Open this page" }
            }
            @if problem.again_helps() {
                button type="button" data-command="trace" { "Try again" }
            }
        }
    }
}

/// What follows from the account's Salesforce account, read from Zendesk.
fn organization(case: &Case) -> Markup {
    html! {
        @match &case.organization.load {
            Load::NotAsked => {},
            Load::Asking => li.task.task-open aria-busy="true" { p { "Organization: " strong { "asking…" } } },
            Load::Failed(_) => li.task.task-problem { p { "Organization: " strong { "not found" } } },
            Load::Got(Found::None) => li.task.task-problem { p { "Organization: " strong { "none carries the Salesforce account" } } },
            Load::Got(Found::One(one)) => li.task.task-done { p { "Organization: " strong { (shown(&one.name, 200)) } } },
            Load::Got(Found::Several(all)) => li.task.task-open { p { "Organization: " strong { (all.len()) " to choose among" } } },
        }
    }
}

fn contacts(case: &Case) -> Markup {
    html! {
        @match &case.precheck.people {
            Load::Asking => li.task.task-open aria-busy="true" { p { "Contacts: " strong { "asking…" } } },
            Load::Failed(_) => li.task.task-problem { p { "Contacts: " strong { "not read" } } },
            Load::Got(_) => li.task.task-done { p { "Contacts: " strong { "got" } } },
            Load::NotAsked => {},
        }
    }
}

/// Several orders of one subscription: the engineer can take another than the proposed one.
fn choice(case: &Case, orders: &Orders, world: World<'_>) -> Markup {
    let held = case.chain.order().map(|o| o.record.id).or(case.trace.order);
    html! {
        @if orders.rows.len() > 1 {
            form data-command="choose_order" {
                fieldset {
                    legend { "Orders of this subscription" }
                    @for row in &orders.rows {
                        label {
                            input type="radio" name="order" value=(row.id) checked[held == Some(row.id)];
                            span { "Order " (row.id) ": " (dates(row)) @if Orders::is_active(row, world.today()) { " (active)" } }
                        }
                    }
                }
                @match orders.further {
                    Some(0) => {}
                    Some(further) => p.hint { (further) " more on further pages of the list." },
                    None => p.hint { "The list does not say how many there are in all: further pages may hold more." },
                }
                div.actions { button.quiet type="submit" disabled[case.chain.proof().is_none()] { "Go on with this order" } }
            }
        }
    }
}

fn dates(row: &OrderRow) -> Markup {
    let day = |shown: &Shown<crate::day::Day>| match shown {
        Shown::Value(day) => day.to_string(),
        Shown::Absent => "no date shown".to_owned(),
        Shown::Unreadable(text) => one_line(text, 40),
    };
    html! { bdi { (day(&row.start_date)) " to " (day(&row.end_date)) } }
}

/// Whether the chain is short of what a walk could bring, and nothing of it is under way.
pub(super) fn offers(model: &Model, case: &Case) -> bool {
    trace_can_start(model, case) && !case.trace.is_running() && case.chain.at(Slot::Proof).is_none()
}
