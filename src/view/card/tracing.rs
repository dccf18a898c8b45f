//! Trace at work, and what to do if it stopped.

use maud::{Markup, html};

use crate::view::card_frame::{Card, Holds};

use crate::case::proof::Proof;
use crate::case::trace::{Step, StepState, TraceProblem, TraceState};
use crate::reading::ReadError;
use crate::record::seen::Slot;
use crate::text::line::one_line;
use crate::view::case_view::CaseView;
use crate::view::parts::shown;
use crate::view::{evidence, trace};

/// The card while Trace is at work, or if it could not go on.
pub(super) fn card(view: &CaseView<'_>) -> Option<Card> {
    let trace = &view.case.trace;
    if trace.is_running() {
        return Some(running(view));
    }
    if trace.signed_out() {
        return Some(Card::signed_out(
            "Sign in to the Customers portal",
            "You’re signed out of the portal. Tracing continues by itself once you’re signed in.",
            "sign_in",
            "trace",
        ));
    }
    let failed = Step::ALL
        .iter()
        .find_map(|step| match trace.steps.get(step) {
            Some(StepState::Failed(problem)) => Some((*step, problem)),
            _ => None,
        });
    match failed {
        Some((step, problem)) if trace.state == TraceState::Held && !is_there(view, step) => {
            Some(stopped(view, step, problem))
        }
        _ => None,
    }
}

/// The engineer found it meanwhile.
fn is_there(view: &CaseView<'_>, step: Step) -> bool {
    let slot = match step {
        Step::License | Step::Search | Step::Activation => Slot::Proof,
        Step::Orders | Step::Order => Slot::Order,
        Step::Account => Slot::BillingAccount,
        Step::Contact => Slot::Contact,
    };
    view.case.chain.at(slot).is_some()
}

/// What Trace starts from.
pub(super) fn start(view: &CaseView<'_>) -> String {
    let case = view.case;
    match (case.chain.proof(), case.proofs.chosen()) {
        (Some(proof), _) => format!("{} {}", proof.kind().to_lowercase(), proof.number()),
        (None, Some(proof)) => piece(proof),
        (None, None) => "the records".to_owned(),
    }
}

/// A piece of proof, in a sentence.
fn piece(proof: &Proof) -> String {
    let kind = proof.kept.kind();
    // Only the first letter: “license ID”.
    let mut letters = kind.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    let kind = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    format!("{kind} {}", one_line(&proof.kept.label(), 60))
}

fn running(view: &CaseView<'_>) -> Card {
    // What it started from stays the title while records are found: a title that changes is read aloud.
    let from = match view.case.proofs.chosen() {
        Some(proof) => piece(proof),
        None => start(view),
    };
    Card::progress(
        format!("Tracing {from}"),
        html! {
            p aria-busy="true" { "You can keep working. Each record appears below when it’s found." }
            div.actions { button #stop-trace type="button" data-command="stop_trace" { "Stop" } }
        },
    )
}

/// Which page is opened.
fn open_page(step: Step) -> &'static str {
    match step {
        Step::License => "Open the license",
        Step::Search => "Open the search",
        Step::Activation => "Open the cloud activation",
        Step::Orders => "Open the orders",
        Step::Order => "Open the order",
        Step::Account => "Open the billing account",
        Step::Contact => "Open the Sold-to contact",
    }
}

fn stopped(view: &CaseView<'_>, step: Step, problem: &TraceProblem) -> Card {
    let title = match (step, problem) {
        (_, TraceProblem::NoAccess) => "Allow access to the Customers portal".to_owned(),
        (_, TraceProblem::NoActivation) => "No cloud activation has this code".to_owned(),
        (_, TraceProblem::SeveralActivations(_)) => "Choose the cloud activation".to_owned(),
        (_, TraceProblem::NoOrders) => "No order was found".to_owned(),
        (_, TraceProblem::NoAccount) => "The order has no billing account".to_owned(),
        (_, TraceProblem::NoSubscription) => "No subscription was found".to_owned(),
        (_, TraceProblem::CodeGone) => "Paste the activation code again".to_owned(),
        (_, TraceProblem::Closed(_) | TraceProblem::Nameless) => {
            "The license key can’t be opened".to_owned()
        }
        (Step::Orders, _) => "The orders couldn’t be read".to_owned(),
        (Step::Search, _) => "The cloud activations couldn’t be read".to_owned(),
        (step, TraceProblem::Read(ReadError::NotFound)) => {
            format!("The {} wasn’t found", step.title().to_lowercase())
        }
        (step, _) => format!("The {} couldn’t be read", step.title().to_lowercase()),
    };
    let without_proof = view.case.chain.proof().is_none();
    Card::stopped(
        title,
        html! {
            p role="alert" {
                (shown(&problem.says(), 300)) " " (one_line(&problem.next(), 300)) " Everything found so far is kept."
            }
            div.actions {
                @if problem.again_helps() {
                    button.primary type="button" data-command="trace" { "Try again" }
                }
                @if problem.page_helps() {
                    button.primary[!problem.again_helps()] type="button" data-command="open_step" data-field-step=(step.key()) { (open_page(step)) }
                    @if !problem.again_helps() { button type="button" data-command="trace" { "Try again" } }
                }
            }
            @if without_proof {
                @if view.case.proofs.found.len() > 1 { (another_proof(view)) }
                (evidence::files(view))
                (evidence::different(view))
            }
        },
    )
    .holding(Holds {
        evidence: without_proof,
        ..Holds::default()
    })
}

/// The other pieces, if the one that was chosen led nowhere.
fn another_proof(view: &CaseView<'_>) -> Markup {
    html! {
        form #choose-proof data-command="choose_proof" data-field-trace="true" autocomplete="off" {
            (evidence::choices(view))
            div.actions { button type="submit" { "Trace this proof" } }
        }
    }
}

/// `Trace`, which begins or goes on.
pub(super) fn form(view: &CaseView<'_>, beside: Markup) -> Markup {
    html! {
        form data-command="trace" autocomplete="off" {
            div.actions {
                button.primary #trace type="submit" { "Trace" }
                (beside)
            }
        }
        @if view.case.trace.state == TraceState::Stopped { p.hint { "Stopped. What was found stays." } }
        @if trace::can_start(view) && view.case.trace.orders.as_ref().is_some_and(|o| o.rows.len() > 1) && view.case.chain.order().is_none() { (trace::orders(view)) }
    }
}
