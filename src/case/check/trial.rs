//! Steps 6 and 7: a trial is no proof.

use super::{Answer, Case, Definition, Rules, UnreadValue, kind_of_proof, records};
use crate::record::Shown;
use crate::record::seen::{Record, Slot};
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Not a trial",
    key: "not_a_trial",
    is_pre_check: false,
    failed: |case| format!("the {} is a trial", kind_of_proof(case)),
    marks: &[Slot::Proof],
    applies: |_, route| route.rests_on_proof(),
    answer,
    looked_at: |case, _| records(case, &[Slot::Proof]),
    unreadable,
    decidable,
};

fn answer(case: &Case, _: Rules<'_>) -> Answer {
    let Some(proof) = case.chain.proof() else {
        return Answer::Unknown("no license or cloud activation yet".to_owned());
    };
    let what = kind_of_proof(case);
    let trial = match proof {
        Record::License(s) => &s.record.trial,
        Record::CloudActivation(s) => &s.record.trial,
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => &Shown::Absent,
    };
    match trial {
        Shown::Value(false) => Answer::Passed(format!("the {what} says that it is not a trial")),
        Shown::Value(true) => {
            Answer::Failed(format!("the {what} is a trial, not a paid subscription"))
        }
        Shown::Absent => Answer::Unknown(format!("the {what}’s page does not show Trial")),
        Shown::Unreadable(text) => Answer::Unknown(format!(
            "the {what}’s page shows Trial as “{}”",
            one_line(text, 60)
        )),
    }
}

fn unreadable(case: &Case) -> Option<UnreadValue> {
    match case.chain.proof()? {
        Record::License(s) => UnreadValue::of(Slot::Proof, "Trial", &s.record.trial),
        Record::CloudActivation(s) => UnreadValue::of(Slot::Proof, "Trial", &s.record.trial),
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => None,
    }
}

/// A trial that the record shows is final. The engineer may decide what it leaves open.
fn decidable(case: &Case, found: &Answer) -> bool {
    matches!(found, Answer::Unknown(_)) && case.chain.proof().is_some()
}
