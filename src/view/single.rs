//! Steps that the card does not hold, each to be done alone: the internal note, the reply, and a proof on the ways that need none.

use maud::{Markup, html};

use super::card_frame::Holds;
use super::case_view::CaseView;
use super::{evidence, note, reply};
use crate::case::load::Load;
use crate::case::plan::{StepKind, StepState};

/// The section, folded. `evidence_in_records`: whether the records hold the ways to give a proof.
pub(super) fn single(view: &CaseView<'_>, holds: Holds, evidence_in_records: bool) -> Markup {
    let planned = |kind: StepKind| {
        holds.plan
            && match view.run() {
                // What a run has behind it can be done again, alone.
                Some(run) => run.steps.iter().any(|s| {
                    s.what.kind() == kind
                        && !matches!(s.state, StepState::Done { .. } | StepState::Skipped)
                }),
                None => view.offer.as_ref().is_some_and(|o| o.step(kind).is_some()),
            }
    };
    let note = view.case.has_something_to_note() && !planned(StepKind::Note);
    let reply = matches!(view.case.ticket, Load::Got(_)) && !planned(StepKind::Reply);
    let evidence = matches!(view.case.ticket, Load::Got(_))
        && !holds.evidence
        && !evidence_in_records
        && !proof_is_seldom(view);
    html! {
        @if note || reply || evidence {
            section aria-labelledby="single-heading" {
                div.checks-line.fold {
                    h2 #single-heading { "Single steps" } " "
                    p { (names(note, reply, evidence)) }
                    details #single-steps {
                        summary aria-label="Show the single steps" {}
                        @if note { div role="group" aria-label="Internal note" { (note::note(view)) } }
                        @if reply { div role="group" aria-label="Reply" { (reply::reply(view)) } }
                        @if evidence { (evidence::given(view)) (evidence::different(view)) }
                    }
                }
            }
        }
    }
}

/// Whether the way needs no proof and holds none: to give one nevertheless is a matter of *More*.
fn proof_is_seldom(view: &CaseView<'_>) -> bool {
    view.is_pre_authorized() && view.case.proofs.found.is_empty()
}

/// The proof under *More*.
pub(super) fn seldom_proof(view: &CaseView<'_>) -> Markup {
    html! {
        @if matches!(view.case.ticket, Load::Got(_)) && proof_is_seldom(view) { (evidence::given(view)) (evidence::different(view)) }
    }
}

fn names(note: bool, reply: bool, evidence: bool) -> String {
    let all: Vec<&str> = [(note, "note"), (reply, "reply"), (evidence, "proof")]
        .iter()
        .filter(|(there, _)| *there)
        .map(|(_, name)| *name)
        .collect();
    all.join(", ")
}
