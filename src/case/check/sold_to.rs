//! Step 12: Sold-to is the person whom the requester named.

use super::{Answer, Case, Definition, Rules, UnreadValue, records};
use crate::case::load::Load;
use crate::mail::{self, Address, Comparison};
use crate::record::seen::Slot;
use crate::record::{Shown, SoldTo};
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Sold-to matches",
    key: "sold_to_matches",
    is_pre_check: false,
    failed: |_| "Sold-to is someone else".to_owned(),
    marks: &[Slot::BillingAccount, Slot::Contact],
    applies: |_, route| route.rests_on_proof(),
    answer,
    looked_at: |case, _| records(case, &[Slot::BillingAccount, Slot::Contact]),
    unreadable,
    decidable,
};

fn answer(case: &Case, _: Rules<'_>) -> Answer {
    let Some(account) = case.chain.billing_account() else {
        return Answer::Unknown("no billing account yet".to_owned());
    };
    let name_only = match &account.record.sold_to {
        Shown::Value(SoldTo::Email { .. }) => None,
        Shown::Value(SoldTo::NameOnly { name, .. }) => Some(one_line(name, 120)),
        Shown::Absent => return Answer::Unknown("the billing account shows no Sold to".to_owned()),
        Shown::Unreadable(text) => {
            return Answer::Unknown(format!(
                "the billing account shows Sold to as “{}”",
                one_line(text, 120)
            ));
        }
    };
    let Some((wanted, whose)) = case.compared_address() else {
        return match &case.ticket {
            Load::Got(_) if case.compared_address_is_open() => Answer::ToDecide(
                "which address of the ticket is to be compared with Sold to?".to_owned(),
            ),
            _ => Answer::Unknown("the ticket has not been read".to_owned()),
        };
    };
    match (case.chain.sold_to(), name_only) {
        (Some(sold_to), _) => compared_with_sold_to(&wanted, whose, sold_to),
        (None, name) => Answer::ToDecide(format!(
            "Sold to is shown as a name only, “{}”: is it the {whose} ({})?",
            name.unwrap_or_default(),
            one_line(&wanted, 120)
        )),
    }
}

/// Whether a text of the ticket names the Sold-to. `whose` says where that text comes from.
pub fn compared_with_sold_to(text: &str, whose: &str, sold_to: &Address) -> Answer {
    let compared = mail::compare(text, sold_to);
    let (text, address) = (one_line(text, 120), one_line(sold_to.as_str(), 120));
    let asks = |what: &str| {
        Answer::ToDecide(format!(
            "the {whose} (“{text}”) {what}: is it Sold to ({address})?"
        ))
    };
    match compared {
        Comparison::Same => Answer::Passed(format!("Sold to is the {whose}")),
        Comparison::Differs => {
            Answer::Failed(format!("Sold to ({address}) is not the {whose} ({text})"))
        }
        Comparison::OneOfSeveral => asks("names several addresses, and Sold to is one of them"),
        Comparison::NoneOfSeveral => {
            asks("names several addresses, and none of them can be seen to be Sold to")
        }
        Comparison::SameWithinWords => asks("names Sold to among other words"),
        Comparison::OtherWithinWords => asks("names another address among other words"),
        Comparison::Uncertain => asks("may be written in another way"),
        Comparison::NoAddress => asks("isn’t one email address"),
    }
}

fn unreadable(case: &Case) -> Option<UnreadValue> {
    let account = case.chain.billing_account()?;
    UnreadValue::of(Slot::BillingAccount, "Sold to", &account.record.sold_to)
}

/// A mismatch that the records show is final. Which address to compare is not decided here: the engineer picks it.
fn decidable(case: &Case, found: &Answer) -> bool {
    matches!(found, Answer::ToDecide(_)) && !case.compared_address_is_open()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_one_plain_address_passes_or_fails_by_itself() {
        let sold_to = Address::parse("ada@widgets.example").unwrap();
        let says =
            |text: &str| compared_with_sold_to(text, "ticket's Subscription Email", &sold_to);
        assert!(matches!(says("ADA@widgets.example"), Answer::Passed(_)));
        assert!(matches!(says("bo@widgets.example"), Answer::Failed(_)));
        for text in [
            "ada@widgets.example, bo@widgets.example",
            "it is ada@widgets.example I think",
            "it is bo@widgets.example I think",
            "ada",
        ] {
            assert!(matches!(says(text), Answer::ToDecide(_)), "{text}");
        }
    }
}
