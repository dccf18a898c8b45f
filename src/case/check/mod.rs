//! The checks of handbook step 12 and the pre-checks: each question has four answers, and unknown never counts as good.
//!
//! A check is one file that defines it, and one line in the list below. Panel, verdict and note take it from there.

pub mod answer;
mod company_email;
mod contact_limit;
mod expiry;
mod namespace;
mod organization_notes;
mod own_license;
mod proof_given;
mod records_agree;
mod sold_to;
mod trial;

use std::hash::{DefaultHasher, Hash, Hasher};

use time::Date;

pub use answer::{Answer, Decision, REASON_MAX};
pub use organization_notes::stop_phrases;
pub use sold_to::compared_with_sold_to;

use super::Case;
use super::route::Route;
use crate::profile::zendesk::ZendeskWords;
use crate::record::Shown;
use crate::record::seen::Slot;

/// The list: each check's name, and the file that defines it.
macro_rules! checks {
    ($($name:ident: $file:ident,)*) => {
        /// Names a check. Its file says what it asks.
        #[allow(missing_docs)]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum CheckName {
            $($name,)*
        }

        impl CheckName {
            /// Every check, in the panel's order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$name => &$file::CHECK,)*
                }
            }
        }
    };
}

checks! {
    NotATrial: trial,
    NotExpired: expiry,
    SoldToMatches: sold_to,
    RecordsBelongTogether: records_agree,
    ProofGiven: proof_given,
    OwnLicense: own_license,
    CompanyEmail: company_email,
    OwnsNamespace: namespace,
    ContactLimit: contact_limit,
    OrganizationNotes: organization_notes,
}

/// The parts that differ between checks.
struct Definition {
    /// The name that users and tests rely on.
    title: &'static str,
    /// The stored name; the panel's commands use it too.
    key: &'static str,
    /// Whether it is a pre-check. Pre-checks come between the verdict and the association; the
    /// verdict leaves them out.
    is_pre_check: bool,
    /// What is wrong if it fails, in a few words for the verdict: "the license is a trial".
    failed: fn(&Case) -> String,
    /// The records that the chain marks by this answer. Pre-checks mark the organization.
    marks: &'static [Slot],
    /// Whether a case on this route asks the question.
    applies: fn(&Case, &Route) -> bool,
    answer: fn(&Case, Rules<'_>) -> Answer,
    /// What the answer comes from, e.g. "License 410233". A decision counts only while it is the same.
    looked_at: fn(&Case, Rules<'_>) -> Vec<String>,
    /// The first value that a record in the chain should show but does not.
    unreadable: fn(&Case) -> Option<UnreadValue>,
    /// Whether the engineer may decide, given what was found.
    decidable: fn(&Case, &Answer) -> bool,
}

impl CheckName {
    /// The name that users and tests rely on.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// The stored name; the panel's commands use it too.
    pub fn key(self) -> &'static str {
        self.definition().key
    }

    /// The check with that stored name.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|check| check.key() == key)
    }

    /// Whether it is a pre-check. Pre-checks come between the verdict and the association; the
    /// verdict leaves them out.
    pub fn is_pre_check(self) -> bool {
        self.definition().is_pre_check
    }

    /// What is wrong if it fails, in a few words for the verdict.
    pub fn failed(self, case: &Case) -> String {
        (self.definition().failed)(case)
    }

    /// The records that the chain marks by this answer. Pre-checks mark the organization.
    pub fn marks(self) -> &'static [Slot] {
        self.definition().marks
    }

    /// The first value that the check needs and a record does not show.
    pub fn unreadable(self, case: &Case) -> Option<UnreadValue> {
        (self.definition().unreadable)(case)
    }
}

/// A value that a record in the chain should show but does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadValue {
    /// The record's place.
    pub slot: Slot,
    /// What the portal calls it.
    pub label: &'static str,
}

impl UnreadValue {
    /// That value, if it is absent or unreadable.
    fn of<T>(slot: Slot, label: &'static str, value: &Shown<T>) -> Option<Self> {
        matches!(value, Shown::Absent | Shown::Unreadable(_)).then_some(Self { slot, label })
    }
}

/// A check with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which one.
    pub name: CheckName,
    /// What the records say.
    pub found: Answer,
    /// The answer that counts: the engineer's decision if there is one, otherwise what the records
    /// say.
    pub answer: Answer,
    /// The decision that counts.
    pub decision: Option<Decision>,
    /// Whether the engineer may decide it.
    pub decidable: bool,
    /// The records that the answer comes from, e.g. "License 410233".
    pub records: Vec<String>,
}

impl Check {
    /// Identifies what the records say, so that a decision is about the answer that the panel showed.
    pub fn shown(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.found.word(), self.found.why(), &self.records).hash(&mut hasher);
        format!("{:x}", hasher.finish())
    }
}

/// What the checks need besides the case.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Today.
    pub today: Date,
    /// The site profile's part for Zendesk: the limit, the phrases, the products' names.
    pub words: &'a ZendeskWords,
}

/// Answers every check that the case's route asks.
pub fn checks(case: &Case, rules: Rules<'_>) -> Vec<Check> {
    let route = case.route(rules.words);
    CheckName::ALL
        .iter()
        .filter(|name| (name.definition().applies)(case, &route))
        .map(|name| answered(case, *name, rules))
        .collect()
}

fn answered(case: &Case, name: CheckName, rules: Rules<'_>) -> Check {
    let definition = name.definition();
    let found = (definition.answer)(case, rules);
    let decidable = (definition.decidable)(case, &found);
    let records = (definition.looked_at)(case, rules);
    let counts = |d: &&Decision| {
        decidable && d.check == definition.key && d.about == found && d.records == records
    };
    let decision = case.decisions.iter().find(counts).cloned();
    let answer = match &decision {
        None => found.clone(),
        Some(d) if d.accepted => Answer::Passed(format!("accepted by the engineer: {}", d.reason)),
        Some(d) => Answer::Failed(format!("{}: {}", definition.title, d.reason)),
    };
    Check {
        name,
        found,
        answer,
        decision,
        decidable,
        records,
    }
}

/// The records in those slots, as the panel calls them.
fn records(case: &Case, slots: &[Slot]) -> Vec<String> {
    slots
        .iter()
        .filter_map(|slot| case.chain.at(*slot))
        .map(|record| record.title())
        .collect()
}

/// "license" or "cloud activation", whichever the case rests on.
fn kind_of_proof(case: &Case) -> String {
    case.chain
        .proof()
        .map_or_else(|| "proof".to_owned(), |proof| proof.kind().to_lowercase())
}

/// The organization that users are to join.
fn organization(case: &Case, rules: Rules<'_>) -> Option<String> {
    case.target(rules.words)
        .map(|organization| format!("Organization {}", organization.id))
}

/// What the checks together say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every check passed.
    Entitled,
    /// At least one failed: the reasons.
    NotEntitled(Vec<String>),
    /// None failed, but something is missing or to decide.
    Incomplete(Vec<String>),
}

/// The verdict, from the checks alone, without the pre-checks.
pub fn verdict(checks: &[Check]) -> Verdict {
    let mut failed = Vec::new();
    let mut open = Vec::new();
    for check in checks.iter().filter(|c| !c.name.is_pre_check()) {
        match &check.answer {
            Answer::Passed(_) => {}
            Answer::Failed(why) => failed.push(why.clone()),
            Answer::ToDecide(why) | Answer::Unknown(why) => {
                open.push(format!("{}: {why}", check.name.title()))
            }
        }
    }
    match (failed.is_empty(), open.is_empty()) {
        (false, _) => Verdict::NotEntitled(failed),
        (true, false) => Verdict::Incomplete(open),
        (true, true) => Verdict::Entitled,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CheckName;

    /// Decisions are stored under these names, so the names never change; a new check adds one.
    #[test]
    fn stored_names_do_not_change() {
        let keys: Vec<&str> = CheckName::ALL.iter().map(|check| check.key()).collect();
        let stored = [
            "not_a_trial",
            "not_expired",
            "sold_to_matches",
            "records_belong_together",
            "proof_given",
            "own_license",
            "company_email",
            "owns_namespace",
            "contact_limit",
            "organization_notes",
        ];
        for key in stored {
            assert!(keys.contains(&key), "{key}");
        }
    }

    #[test]
    fn every_check_has_a_title_and_a_stored_name_of_its_own() {
        let all = CheckName::ALL;
        let titles: BTreeSet<&str> = all.iter().map(|check| check.title()).collect();
        assert_eq!(titles.len(), all.len());
        for check in all {
            assert_eq!(CheckName::of_key(check.key()), Some(*check));
            assert!(!check.title().is_empty());
            let is_plain = |c: char| c.is_ascii_lowercase() || c == '_';
            assert!(check.key().chars().all(is_plain), "{check:?}");
        }
        assert_eq!(CheckName::of_key("no_such_check"), None);
    }
}
