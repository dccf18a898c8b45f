//! Steps 6 to 8: the proof is the one that the requester gave.

use super::{Answer, Case, Definition, Rules, records};
use crate::record::seen::Slot;

pub(super) const CHECK: Definition = Definition {
    title: "Proof from the requester",
    key: "proof_given",
    is_pre_check: false,
    failed: |_| "the requester gave no such proof".to_owned(),
    marks: &[Slot::Proof],
    applies: |case, route| route.rests_on_proof() && case.chain.proof().is_some(),
    answer,
    looked_at: |case, _| records(case, &[Slot::Proof]),
    unreadable: |_| None,
    decidable: |_, found| matches!(found, Answer::ToDecide(_)),
};

/// Whether something that the requester gave leads to the license or cloud activation.
fn answer(case: &Case, _: Rules<'_>) -> Answer {
    let Some(record) = case.chain.proof() else {
        return Answer::Unknown("no license or cloud activation yet".to_owned());
    };
    let (title, given) = (record.title(), &case.proofs.found);
    if given.iter().any(|proof| proof.leads_to(record)) {
        return Answer::Passed(format!("what the requester gave leads to {title}"));
    }
    let mut leads: Vec<String> = Vec::new();
    for lead in given.iter().map(|proof| proof.lead().says()) {
        if !leads.contains(&lead) {
            leads.push(lead);
        }
    }
    match leads.as_slice() {
        [] => Answer::ToDecide(format!(
            "nothing in the ticket names {title}: did the requester give it?"
        )),
        [one] => Answer::ToDecide(format!(
            "the requester gave {one}, and the chain begins with {title}: do they belong together?"
        )),
        [first, rest @ ..] => Answer::ToDecide(format!(
            "the requester gave {first} and {} more, and the chain begins with {title}: do they belong together?",
            rest.len()
        )),
    }
}
