//! The checks of handbook step 12 and their verdict: each question has four answers, and unknown never counts as good.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::{Deserialize, Serialize};
use time::Date;

use super::chain::{Record, Slot};
use super::contacts::CustomerDomains;
use super::load::Load;
use super::organization::Found;
use super::route::Route;
use super::{Case, precheck};
use crate::evidence::IdWarning;
use crate::mail::{self, Address, Comparison};
use crate::profile::zendesk::ZendeskWords;
use crate::record::{Shown, SoldTo};
use crate::text::line::one_line;

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckName {
    /// Steps 6 and 7: a trial is no proof.
    NotATrial,
    /// An older rule that still protects: what has expired is no proof.
    NotExpired,
    /// Step 12: the Sold-to is who the requester said.
    SoldToMatches,
    /// Steps 9 to 11: every record leads to the next.
    RecordsBelongTogether,
    /// Steps 6 to 8: the proof is the one that the requester gave.
    ProofGiven,
    /// Step 6: the license is one customer's, and not shared by many.
    OwnLicense,
    /// Step 5: nobody is associated who writes from a free mail provider.
    CompanyEmail,
    /// Step 4: the requester owns a top-level paid namespace of GitLab.com.
    OwnsNamespace,
    /// Pre-checks: the organization has room.
    ContactLimit,
    /// Pre-checks: nothing in the organization's notes, details and fields speaks against it.
    OrganizationNotes,
}

impl CheckName {
    /// Every check, in the panel's order.
    pub const ALL: [Self; 10] = [
        Self::NotATrial,
        Self::NotExpired,
        Self::SoldToMatches,
        Self::RecordsBelongTogether,
        Self::ProofGiven,
        Self::OwnLicense,
        Self::CompanyEmail,
        Self::OwnsNamespace,
        Self::ContactLimit,
        Self::OrganizationNotes,
    ];

    /// Whether it is one of the pre-checks: they stand between a verdict and an association, and are no part of the verdict.
    pub fn is_pre_check(self) -> bool {
        matches!(self, Self::ContactLimit | Self::OrganizationNotes)
    }

    /// Whether the way of a case asks this question.
    fn applies(self, route: &Route, case: &Case) -> bool {
        match self {
            Self::ProofGiven => {
                !matches!(route, Route::PreAuthorized(_) | Route::GitLabCom)
                    && case.chain.proof().is_some()
            }
            Self::OwnLicense => {
                !matches!(route, Route::PreAuthorized(_) | Route::GitLabCom)
                    && id_warning(case).is_some()
            }
            Self::NotATrial | Self::NotExpired | Self::SoldToMatches => {
                !matches!(route, Route::PreAuthorized(_) | Route::GitLabCom)
            }
            Self::RecordsBelongTogether => !matches!(route, Route::PreAuthorized(_)),
            Self::CompanyEmail => *route != Route::GitLabCom,
            Self::OwnsNamespace => *route == Route::GitLabCom,
            Self::ContactLimit | Self::OrganizationNotes => true,
        }
    }

    /// The name that users and tests rely on.
    pub fn title(self) -> &'static str {
        match self {
            Self::NotATrial => "Not a trial",
            Self::NotExpired => "Not expired",
            Self::SoldToMatches => "Sold-to matches",
            Self::RecordsBelongTogether => "Records belong together",
            Self::ProofGiven => "Proof from the requester",
            Self::OwnLicense => "License of one customer",
            Self::CompanyEmail => "Company e-mail",
            Self::OwnsNamespace => "Owner of a paid namespace",
            Self::ContactLimit => "Contact limit",
            Self::OrganizationNotes => "Organization notes",
        }
    }

    /// The name by which the panel's commands speak of it.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotATrial => "not_a_trial",
            Self::NotExpired => "not_expired",
            Self::SoldToMatches => "sold_to_matches",
            Self::RecordsBelongTogether => "records_belong_together",
            Self::ProofGiven => "proof_given",
            Self::OwnLicense => "own_license",
            Self::CompanyEmail => "company_email",
            Self::OwnsNamespace => "owns_namespace",
            Self::ContactLimit => "contact_limit",
            Self::OrganizationNotes => "organization_notes",
        }
    }

    /// The check of that key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.key() == key)
    }
}

/// The answer to a check, with its reason in the engineer's words (a sentence without its full stop).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Good, and why.
    Passed(String),
    /// Not good, and why.
    Failed(String),
    /// A question that only the engineer can answer.
    ToDecide(String),
    /// What is missing to answer.
    Unknown(String),
}

impl Answer {
    /// The word that the panel says.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed(_) => "failed",
            Self::ToDecide(_) => "to decide",
            Self::Unknown(_) => "unknown",
        }
    }

    /// The reason.
    pub fn why(&self) -> &str {
        match self {
            Self::Passed(why) | Self::Failed(why) | Self::ToDecide(why) | Self::Unknown(why) => why,
        }
    }
}

/// What the engineer decided about a check. It holds only for the answer that it was given to: other records, another answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The check.
    pub check: CheckName,
    /// Whether it counts as passed.
    pub accepted: bool,
    /// Why, in the engineer's words; never empty.
    pub reason: String,
    /// The answer that was decided about.
    pub about: Answer,
    /// The records that it was decided about: two licenses may give the same answer in the same words.
    pub records: Vec<String>,
}

/// Longest reason kept, in characters.
pub const REASON_MAX: usize = 300;

/// A check with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Which.
    pub name: CheckName,
    /// What the records say.
    pub found: Answer,
    /// What counts: the engineer's decision where there is one, else what the records say.
    pub answer: Answer,
    /// The decision that holds.
    pub decision: Option<Decision>,
    /// Whether the engineer may decide it.
    pub decidable: bool,
    /// The records that the answer comes from, e.g. "License 410233".
    pub records: Vec<String>,
}

impl Check {
    /// Marks what the records say, so that a decision is about the answer that the panel showed.
    pub fn shown(&self) -> String {
        let mut hasher = DefaultHasher::new();
        (self.found.word(), self.found.why(), &self.records).hash(&mut hasher);
        format!("{:x}", hasher.finish())
    }
}

/// By what the checks are answered, beside the case.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The day.
    pub today: Date,
    /// Zendesk's words: the limit, the phrases, the products' names.
    pub words: &'a ZendeskWords,
}

/// Answers every check that the way of a case asks.
pub fn checks(case: &Case, rules: Rules<'_>) -> Vec<Check> {
    let today = rules.today;
    let route = case.route(rules.words);
    CheckName::ALL
        .into_iter()
        .filter(|name| name.applies(&route, case))
        .map(|name| {
            let found = match name {
                CheckName::NotATrial => not_a_trial(case),
                CheckName::NotExpired => not_expired(case, today),
                CheckName::SoldToMatches => sold_to_matches(case),
                CheckName::RecordsBelongTogether if route == Route::GitLabCom => {
                    organization_of_account(case)
                }
                CheckName::RecordsBelongTogether => records_belong_together(case),
                CheckName::ProofGiven => proof_given(case),
                CheckName::OwnLicense => own_license(case),
                CheckName::CompanyEmail => company_email(case, rules),
                CheckName::OwnsNamespace => case.dot_com.answer(),
                CheckName::ContactLimit => precheck::contact_limit(case, rules),
                CheckName::OrganizationNotes => precheck::organization_notes(case, rules),
            };
            let decidable = decidable(case, name, &found);
            let records = answered_by(case, name, rules);
            let holds = |d: &&Decision| {
                decidable && d.check == name && d.about == found && d.records == records
            };
            let decision = case.decisions.iter().find(holds).cloned();
            let answer = match &decision {
                None => found.clone(),
                Some(d) if d.accepted => {
                    Answer::Passed(format!("accepted by the engineer: {}", d.reason))
                }
                Some(d) => Answer::Failed(format!("{}: {}", name.title(), d.reason)),
            };
            Check {
                name,
                found,
                answer,
                decision,
                decidable,
                records,
            }
        })
        .collect()
}

/// A trial or a mismatch that the records show is final; what they leave open, and an expiry, the engineer may decide.
fn decidable(case: &Case, name: CheckName, found: &Answer) -> bool {
    let proven = case.chain.proof().is_some();
    match (name, found) {
        (CheckName::NotATrial, Answer::Unknown(_)) => proven,
        (CheckName::NotExpired, Answer::Unknown(_) | Answer::Failed(_)) => proven,
        (CheckName::SoldToMatches, Answer::ToDecide(_)) => !case.compared_address_is_open(),
        (
            CheckName::ProofGiven
            | CheckName::OwnLicense
            | CheckName::CompanyEmail
            | CheckName::OrganizationNotes,
            Answer::ToDecide(_),
        ) => true,
        (CheckName::ContactLimit, Answer::Failed(_)) => true,
        _ => false,
    }
}

/// The records that a check looks at.
fn answered_by(case: &Case, name: CheckName, rules: Rules<'_>) -> Vec<String> {
    let slots: &[Slot] = match name {
        CheckName::NotATrial | CheckName::ProofGiven | CheckName::OwnLicense => &[Slot::Proof],
        CheckName::NotExpired if expiry_of_order(case) => &[Slot::Proof, Slot::Order],
        CheckName::NotExpired => &[Slot::Proof],
        CheckName::SoldToMatches => &[Slot::BillingAccount, Slot::Contact],
        CheckName::RecordsBelongTogether => &Slot::ALL,
        CheckName::CompanyEmail => {
            return case
                .joining(rules.words)
                .iter()
                .map(ToString::to_string)
                .collect();
        }
        CheckName::OwnsNamespace => return Vec::new(),
        CheckName::ContactLimit | CheckName::OrganizationNotes => {
            let organization = case
                .target(rules.words)
                .map(|o| format!("Organization {}", o.id));
            // Other notes are another question.
            let written = case
                .precheck
                .details
                .got()
                .filter(|_| name == CheckName::OrganizationNotes)
                .map(|details| {
                    let mut hasher = DefaultHasher::new();
                    (&details.notes, &details.details).hash(&mut hasher);
                    format!("notes {:016x}", hasher.finish())
                });
            return organization.into_iter().chain(written).collect();
        }
    };
    slots
        .iter()
        .filter_map(|slot| case.chain.at(*slot))
        .map(|r| r.title())
        .collect()
}

fn not_a_trial(case: &Case) -> Answer {
    let Some(proof) = case.chain.proof() else {
        return Answer::Unknown("no license or cloud activation yet".to_owned());
    };
    let what = proof.kind().to_lowercase();
    let trial = match proof {
        Record::License(s) => &s.record.trial,
        Record::CloudActivation(s) => &s.record.trial,
        Record::Order(_) | Record::BillingAccount(_) | Record::Contact(_) => &Shown::Absent,
    };
    match trial {
        Shown::Value(false) => Answer::Passed(format!("the {what} says that it is not a trial")),
        Shown::Value(true) => Answer::Failed(format!(
            "the {what} is a trial and not a valid paid subscription (temporary renewal extensions are trials too)"
        )),
        Shown::Absent => Answer::Unknown(format!("the {what}'s page does not show Trial")),
        Shown::Unreadable(text) => Answer::Unknown(format!(
            "the {what}'s page shows Trial as “{}”",
            one_line(text, 60)
        )),
    }
}

/// Whether the order says when the proof ends: a cloud activation's page may show no day.
fn expiry_of_order(case: &Case) -> bool {
    matches!(case.chain.proof(), Some(Record::CloudActivation(s)) if s.record.expires_at == Shown::Absent)
}

fn not_expired(case: &Case, today: Date) -> Answer {
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
        Shown::Value(day) if day.is_moment && matches!((day.date - today).whole_days(), 0 | 1) => {
            Answer::ToDecide(format!(
                "the {by} expires on {day}, which in another time zone is the day before or after: check on the page whether it has expired"
            ))
        }
        Shown::Value(day) if today < day.date => {
            Answer::Passed(format!("the {by} expires on {day}"))
        }
        Shown::Value(day) => Answer::Failed(format!("the {by} expired on {day}")),
        Shown::Absent => Answer::Unknown(format!("the {by}'s page shows no date of expiry")),
        Shown::Unreadable(text) => Answer::Unknown(format!(
            "the {by}'s page shows its expiry as “{}”",
            one_line(text, 60)
        )),
    }
}

fn sold_to_matches(case: &Case) -> Answer {
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

/// Whether a text of the ticket names the Sold-to. `whose`: what that text is.
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
        Comparison::NoAddress => asks("is not one e-mail address"),
    }
}

fn records_belong_together(case: &Case) -> Answer {
    let belonging = case.chain.belonging();
    let against: Vec<String> = belonging
        .against
        .into_iter()
        .chain(case.proofs.contradictions(&case.chain))
        .collect();
    if !against.is_empty() {
        return Answer::Failed(against.join("; "));
    }
    if let Some(conflict) = &case.conflict {
        return Answer::ToDecide(format!(
            "{} does not fit: which record counts?",
            conflict.offered.title()
        ));
    }
    if !belonging.missing.is_empty() {
        return Answer::Unknown(format!("missing: {}", belonging.missing.join(", ")));
    }
    let Some(account) = case.chain.billing_account() else {
        return Answer::Unknown("missing: the billing account".to_owned());
    };
    match &account.record.salesforce_account {
        Shown::Absent => {
            return Answer::Unknown(
                "missing: the billing account shows no Salesforce account".to_owned(),
            );
        }
        Shown::Unreadable(text) => {
            return Answer::Unknown(format!(
                "missing: the billing account shows Salesforce account as “{}”",
                one_line(text, 60)
            ));
        }
        Shown::Value(_) => {}
    }
    found_organization(case, "each record leads to the next, and ")
}

/// Whether something that the requester gave leads to the license or cloud activation.
fn proof_given(case: &Case) -> Answer {
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

/// What is odd about the license's number.
fn id_warning(case: &Case) -> Option<IdWarning> {
    match case.chain.proof() {
        Some(Record::License(license)) => IdWarning::of(license.record.id),
        _ => None,
    }
}

/// Whether the license is one customer's own.
fn own_license(case: &Case) -> Answer {
    let (Some(record), Some(warning)) = (case.chain.proof(), id_warning(case)) else {
        return Answer::Passed("the license is of one customer".to_owned());
    };
    Answer::ToDecide(match warning {
        IdWarning::SharedByAws => format!(
            "{} is shared by all buyers of an AWS Marketplace image, and does not say who asks: is there another proof?",
            record.title()
        ),
        IdWarning::SmallLocal => format!(
            "{} has fewer digits than the portal's licenses, as an instance's own number does: is it the requester's license?",
            record.title()
        ),
    })
}

/// What the search for the organization came to. `so_far`: what a passed answer says before it.
fn found_organization(case: &Case, so_far: &str) -> Answer {
    match case.organization.found() {
        None => Answer::Unknown("missing: the organization has not been found yet".to_owned()),
        Some(Found::None) => {
            Answer::Unknown("missing: no organization carries this Salesforce account".to_owned())
        }
        Some(Found::One(_)) => Answer::Passed(format!(
            "{so_far}the organization carries the Salesforce account"
        )),
        Some(Found::Several(all)) => match case.organization.chosen() {
            Some(chosen) => Answer::Passed(format!(
                "{so_far}the engineer chose organization {}",
                chosen.id
            )),
            None => Answer::ToDecide(format!(
                "{} organizations carry this Salesforce account: which one is it?",
                all.len()
            )),
        },
    }
}

/// GitLab.com: the app found the organization itself, or the Salesforce account was found by hand.
fn organization_of_account(case: &Case) -> Answer {
    if case.dot_com.is_associated() {
        return Answer::Passed("the app found the organization".to_owned());
    }
    match &case.dot_com.by_hand {
        None => Answer::Unknown("missing: the Salesforce account of the namespace".to_owned()),
        Some(_) => found_organization(case, ""),
    }
}

/// Step 5: the requester must write from a company's address; of others who are to join, the engineer decides.
fn company_email(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(ticket) = case.ticket.got() else {
        return Answer::Unknown("the ticket has not been read".to_owned());
    };
    let sold_to = case.chain.sold_to();
    let pre_authorized = matches!(case.route(rules.words), Route::PreAuthorized(_));
    let own = ticket.requester.email.as_ref();
    let mut passed = "the requester's address is of no free mail provider".to_owned();
    if !pre_authorized {
        let Some(email) = own else {
            return Answer::Unknown("the requester has no e-mail address".to_owned());
        };
        let Ok(address) = email.address() else {
            return Answer::Unknown(format!(
                "the requester's address cannot be read: “{}”",
                one_line(email.as_str(), 120)
            ));
        };
        match mail::judge(address, sold_to) {
            mail::Company::Company {
                same_as_sold_to: true,
            } => passed = format!("{} is Sold to's domain too", address.domain()),
            mail::Company::Company {
                same_as_sold_to: false,
            } => {}
            mail::Company::Free => {
                return Answer::Failed(format!(
                    "the requester writes from {}, a free or disposable mail provider",
                    address.domain()
                ));
            }
            mail::Company::BelowFree { provider } => {
                return Answer::ToDecide(format!(
                    "the requester writes from {}, below {provider}, a free mail provider: is it a company's address?",
                    address.domain()
                ));
            }
            mail::Company::LookAlike { of } => {
                return Answer::ToDecide(format!(
                    "{} looks like Sold to's domain {of}, and is another: is it the customer's?",
                    address.domain()
                ));
            }
        }
    } else {
        passed = "no one to add writes from a free mail provider".to_owned();
    }
    let mut odd = Vec::new();
    let domains = CustomerDomains::of(own, case.people().unwrap_or_default());
    let known: Vec<&str> = domains.iter().chain(sold_to.map(Address::domain)).collect();
    for address in case.contacts.ticked_addresses() {
        match mail::judge_beside(address, known.iter().copied()) {
            mail::Company::Company { .. } => {}
            mail::Company::BelowFree { provider } => odd.push(format!(
                "{address} is below {provider}, a free mail provider"
            )),
            mail::Company::Free => odd.push(format!(
                "{address} is of a free or disposable mail provider"
            )),
            mail::Company::LookAlike { of } => {
                odd.push(format!("{address} looks like {of}, and is another domain"))
            }
        }
    }
    if odd.is_empty() {
        Answer::Passed(passed)
    } else {
        Answer::ToDecide(format!("{}: add them all the same?", odd.join("; ")))
    }
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

/// The verdict, from the checks alone; the pre-checks are no part of it.
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
