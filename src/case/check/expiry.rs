//! An older rule that still protects: an expired record is no proof.

use super::{Answer, Case, Definition, Rules, UnreadValue, kind_of_proof, records};
use crate::record::Shown;
use crate::record::seen::{Record, Slot};
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Not expired",
    key: "not_expired",
    is_pre_check: false,
    failed: |case| format!("the {} has expired", kind_of_proof(case)),
    marks: &[Slot::Proof],
    applies: |_, route| route.rests_on_proof(),
    answer,
    looked_at,
    unreadable,
    decidable,
};

fn answer(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(proof) = case.chain.proof() else {
        return Answer::Unknown("no license or cloud activation yet".to_owned());
    };
    let (expires, by) = match proof {
        Record::License(s) => (&s.record.expires_at, "license"),
        Record::CloudActivation(s) => match case.chain.order() {
            Some(order) if expiry_of_order(case) => (&order.record.end_date, "order"),
            _ => (&s.record.expires_at, "cloud activation"),
        },
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => {
            (&Shown::Absent, "record")
        }
    };
    match expires {
        // A time zone may shift a moment by a day.
        Shown::Value(day)
            if day.is_moment && matches!((day.date - rules.today).whole_days(), 0 | 1) =>
        {
            Answer::ToDecide(format!(
                "the {by} expires on {day}, which in another time zone is the day before or after: check on the page whether it has expired"
            ))
        }
        Shown::Value(day) if rules.today < day.date => {
            Answer::Passed(format!("the {by} expires on {day}"))
        }
        Shown::Value(day) => Answer::Failed(format!("the {by} expired on {day}")),
        Shown::Absent => Answer::Unknown(format!("the {by}’s page shows no date of expiry")),
        Shown::Unreadable(text) => Answer::Unknown(format!(
            "the {by}’s page shows its expiry as “{}”",
            one_line(text, 60)
        )),
    }
}

/// Whether the order shows when the proof ends, because a cloud activation's page may show no date.
fn expiry_of_order(case: &Case) -> bool {
    matches!(case.chain.proof(), Some(Record::CloudActivation(s)) if s.record.expires_at == Shown::Absent)
}

fn looked_at(case: &Case, _: Rules<'_>) -> Vec<String> {
    if expiry_of_order(case) {
        records(case, &[Slot::Proof, Slot::Order])
    } else {
        records(case, &[Slot::Proof])
    }
}

fn unreadable(case: &Case) -> Option<UnreadValue> {
    match case.chain.proof()? {
        Record::License(s) => UnreadValue::of(Slot::Proof, "Expires at", &s.record.expires_at),
        Record::CloudActivation(_) if expiry_of_order(case) => {
            let order = case.chain.order()?;
            UnreadValue::of(Slot::Order, "End date", &order.record.end_date)
        }
        Record::CloudActivation(s) => {
            UnreadValue::of(Slot::Proof, "Expires at", &s.record.expires_at)
        }
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => None,
    }
}

/// The engineer may know about a renewal, so they may decide about an expiry, too.
fn decidable(case: &Case, found: &Answer) -> bool {
    matches!(found, Answer::Unknown(_) | Answer::Failed(_)) && case.chain.proof().is_some()
}
