//! Pre-check: nothing in the organization's notes, details and fields speaks against it.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Answer, Case, Definition, Rules, organization};
use crate::case::load::Load;
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Organization notes",
    key: "organization_notes",
    is_pre_check: true,
    failed: |_| "the organization’s notes say stop".to_owned(),
    marks: &[],
    applies: |_, _| true,
    answer,
    looked_at,
    unreadable: |_| None,
    decidable: |_, found| matches!(found, Answer::ToDecide(_)),
};

fn answer(case: &Case, rules: Rules<'_>) -> Answer {
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
            "the organization’s account type is “{}”",
            one_line(kind, 60)
        ));
    }
    let mut reasons = Vec::new();
    let phrases = &rules.words.contact_project_phrases;
    let in_project = |text: &str| !stop_phrases(text, phrases).is_empty();
    if in_project(&details.notes) || in_project(&details.details) {
        reasons.push(
            "it seems to have a contact management project: its contacts are changed there"
                .to_owned(),
        );
    }
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

/// The organization and its texts: a decision about other notes does not count.
fn looked_at(case: &Case, rules: Rules<'_>) -> Vec<String> {
    let written = case.precheck.details.got().map(|details| {
        let mut hasher = DefaultHasher::new();
        (&details.notes, &details.details).hash(&mut hasher);
        format!("notes {:016x}", hasher.finish())
    });
    organization(case, rules)
        .into_iter()
        .chain(written)
        .collect()
}

/// The phrases in a text that are likely to mean "do not go on", as byte ranges.
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
