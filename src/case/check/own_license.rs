//! Step 6: the license belongs to one customer and is not shared by many.

use super::{Answer, Case, Definition, Rules, kind_of_proof, records};
use crate::evidence::IdWarning;
use crate::record::seen::{Record, Slot};

pub(super) const CHECK: Definition = Definition {
    title: "License of one customer",
    key: "own_license",
    is_pre_check: false,
    failed: |case| format!("the {} is shared by several customers", kind_of_proof(case)),
    marks: &[Slot::Proof],
    applies: |case, route| route.rests_on_proof() && id_warning(case).is_some(),
    answer,
    looked_at: |case, _| records(case, &[Slot::Proof]),
    unreadable: |_| None,
    decidable: |_, found| matches!(found, Answer::ToDecide(_)),
};

fn answer(case: &Case, _: Rules<'_>) -> Answer {
    let (Some(record), Some(warning)) = (case.chain.proof(), id_warning(case)) else {
        return Answer::Passed("the license is of one customer".to_owned());
    };
    Answer::ToDecide(match warning {
        IdWarning::SharedByAws => format!(
            "{} is shared by all buyers of an AWS Marketplace image, and does not say who asks: is there another proof?",
            record.title()
        ),
        IdWarning::SmallLocal => format!(
            "{} has fewer digits than the portal’s licenses, as an instance’s own number does: is it the requester’s license?",
            record.title()
        ),
    })
}

/// What is odd about the license's ID.
fn id_warning(case: &Case) -> Option<IdWarning> {
    match case.chain.proof() {
        Some(Record::License(license)) => IdWarning::of(license.record.id),
        _ => None,
    }
}
