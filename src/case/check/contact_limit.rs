//! Pre-check: the organization has room for those who are to join.

use super::{Answer, Case, Definition, Rules, organization};
use crate::case::load::Load;

pub(super) const CHECK: Definition = Definition {
    title: "Contact limit",
    key: "contact_limit",
    is_pre_check: true,
    failed: |_| "the contact limit is reached".to_owned(),
    marks: &[],
    applies: |_, _| true,
    answer,
    looked_at: |case, rules| organization(case, rules).into_iter().collect(),
    unreadable: |_| None,
    decidable: |_, found| matches!(found, Answer::Failed(_)),
};

/// Counts the contacts of the organization, and those to add who are not among them.
fn answer(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(target) = case.target(rules.words) else {
        return Answer::Unknown("no organization yet".to_owned());
    };
    if case.precheck.organization != Some(target.id) {
        return Answer::Unknown("the organization’s contacts have not been read".to_owned());
    }
    let Load::Got(_) = &case.precheck.people else {
        return Answer::Unknown("the organization’s contacts have not been read".to_owned());
    };
    let limit = rules.words.contact_limit;
    // A user who cannot be read may be a contact.
    let unreadable = case.precheck.unreadable;
    let has = case.precheck.contacts().count() + unreadable;
    let adding = case
        .joining(rules.words)
        .iter()
        .filter(|email| {
            !case
                .precheck
                .contacts()
                .any(|u| u.email.as_ref() == Some(email))
        })
        .count();
    let sum = u64::try_from(has + adding).unwrap_or(u64::MAX);
    let words = match adding {
        0 => format!("{has} of {limit} contacts, none to add"),
        n => format!("{has} of {limit} contacts, {n} to add"),
    };
    let words = if unreadable == 0 {
        words
    } else {
        format!("{words} (with {unreadable} that could not be read)")
    };
    if sum <= limit || adding == 0 {
        Answer::Passed(words)
    } else {
        Answer::Failed(format!("{words}: the organization would have {sum}"))
    }
}
