//! The pre-checks: how many contacts the organization has, and what its notes and details say.

use serde::{Deserialize, Serialize};

use super::Case;
use super::check::{Answer, Rules};
use super::load::Load;
use crate::mail::AddressText;
use crate::record::ids::OrganizationId;
use crate::record::organization::Details;
use crate::record::people::User;
use crate::text::line::one_line;

/// What was read of the organization that users are to join.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precheck {
    /// Which organization it is about; what was read of another one is dropped.
    pub organization: Option<OrganizationId>,
    /// Its fields, notes and details.
    pub details: Load<Details>,
    /// All its users, of all pages.
    pub people: Load<Vec<User>>,
    /// How many more users it has that could not be read.
    pub unreadable: usize,
}

impl Precheck {
    /// Its contacts: end users who are not suspended.
    pub fn contacts(&self) -> impl Iterator<Item = &User> {
        self.people
            .got()
            .into_iter()
            .flatten()
            .filter(|u| u.is_contact())
    }

    /// Whether an address is already a user's of the organization.
    pub fn has(&self, email: &AddressText) -> bool {
        self.people
            .got()
            .is_some_and(|all| all.iter().any(|u| u.email.as_ref() == Some(email)))
    }
}

/// A phrase of a text that is likely to say "do not go on": where it begins and ends, in bytes.
pub fn stop_phrases(text: &str, phrases: &[String]) -> Vec<std::ops::Range<usize>> {
    let lower: Vec<(usize, char)> = text
        .char_indices()
        .flat_map(|(at, c)| c.to_lowercase().map(move |l| (at, straight(l))))
        .collect();
    let ends = |after: usize| lower.get(after).map_or(text.len(), |(at, _)| *at);
    let is_word = |at: Option<&(usize, char)>| at.is_some_and(|(_, c)| c.is_alphanumeric());
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for phrase in phrases {
        let wanted: Vec<char> = phrase.to_lowercase().chars().map(straight).collect();
        if wanted.is_empty() {
            continue;
        }
        for (n, window) in lower.windows(wanted.len()).enumerate() {
            let before = n.checked_sub(1).and_then(|at| lower.get(at));
            let whole = !is_word(before) && !is_word(lower.get(n + wanted.len()));
            if whole
                && window.iter().map(|(_, c)| *c).eq(wanted.iter().copied())
                && let Some((start, _)) = window.first()
            {
                found.push(*start..ends(n + wanted.len()));
            }
        }
    }
    found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    let mut apart: Vec<std::ops::Range<usize>> = Vec::new();
    for range in found {
        match apart.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => apart.push(range),
        }
    }
    apart
}

fn straight(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' => '\'',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// `Contact limit`: contacts of the organization, and those to add that are not in it.
pub(super) fn contact_limit(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(target) = case.target(rules.words) else {
        return Answer::Unknown("no organization yet".to_owned());
    };
    if case.precheck.organization != Some(target.id) {
        return Answer::Unknown("the organization's contacts have not been read".to_owned());
    }
    let Load::Got(_) = &case.precheck.people else {
        return Answer::Unknown("the organization's contacts have not been read".to_owned());
    };
    let limit = rules.words.contact_limit;
    // One that cannot be read may be a contact.
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

/// `Organization notes`: what stands in its notes, details and fields.
pub(super) fn organization_notes(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(target) = case.target(rules.words) else {
        return Answer::Unknown("no organization yet".to_owned());
    };
    let details = match &case.precheck.details {
        Load::Got(details) if case.precheck.organization == Some(target.id) => details,
        _ => return Answer::Unknown("the organization has not been read".to_owned()),
    };
    if let Some(kind) = &details.account_type
        && rules
            .words
            .stopping_account_types
            .iter()
            .any(|word| kind.to_lowercase().contains(&word.to_lowercase()))
    {
        return Answer::Failed(format!(
            "the organization's account type is “{}”",
            one_line(kind, 60)
        ));
    }
    let mut reasons = Vec::new();
    if details.support_hold {
        reasons.push("its support is on hold".to_owned());
    }
    if details.restricted_account {
        reasons.push("its account is restricted".to_owned());
    }
    if let Some(level) = details
        .support_level
        .as_ref()
        .filter(|l| l.to_lowercase().contains("expired"))
    {
        reasons.push(format!("its support level is “{}”", one_line(level, 60)));
    }
    if !details.unreadable.is_empty() {
        reasons.push(format!(
            "“{}” could not be read: look at it",
            one_line(&details.unreadable.join("”, “"), 200)
        ));
    }
    let written: Vec<&str> = [("notes", &details.notes), ("details", &details.details)]
        .into_iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, _)| name)
        .collect();
    if !written.is_empty() {
        reasons.push(format!("it has {}: read them", written.join(" and ")));
    }
    if reasons.is_empty() {
        Answer::Passed("the organization has no notes, details or holds".to_owned())
    } else {
        Answer::ToDecide(reasons.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::stop_phrases;

    fn found<'a>(text: &'a str, phrases: &[&str]) -> Vec<&'a str> {
        let phrases: Vec<String> = phrases.iter().map(|&p| p.to_owned()).collect();
        stop_phrases(text, &phrases)
            .into_iter()
            .filter_map(|r| text.get(r))
            .collect()
    }

    #[test]
    fn stop_phrases_are_found_as_whole_words_whatever_their_case_and_apostrophes() {
        assert_eq!(
            found("Please DO NOT add; don’t ask", &["do not", "don't"]),
            ["DO NOT", "don’t"]
        );
        assert_eq!(found("donothing undo not", &["do not"]), Vec::<&str>::new());
        assert_eq!(found("İ do not", &["do not"]), ["do not"]);
        assert_eq!(found("do\nnot", &["do not"]), ["do\nnot"]);
        assert_eq!(
            found("never add never", &["never add", "add never"]),
            ["never add never"]
        );
        assert_eq!(found("", &["x", ""]), Vec::<&str>::new());
    }
}
