//! Which reply a case needs, and the facts that fill it.

use super::Case;
use super::change::Change;
use super::check::{Answer, Check, CheckName, Verdict};
use super::dot_com::Attempt;
use super::reply::{Facts, Outcome, Person, Proof};
use super::route::Route;
use crate::mail::AddressText;
use crate::profile::zendesk::{Process, ZendeskWords};
use crate::record::ids::MaskedCode;
use crate::record::seen::Record;

impl Case {
    /// The proposed reply, from what was done and what the checks say; none if the process asks for
    /// no reply yet.
    pub fn proposed_reply(
        &self,
        checks: &[Check],
        verdict: &Verdict,
        words: &ZendeskWords,
    ) -> Option<Outcome> {
        let said = self
            .made_for_requester()
            .rev()
            .filter_map(|t| match t.change {
                Change::Join { .. } | Change::Add { .. } => Some(Outcome::ContactsAdded),
                Change::Leave { .. } => Some(Outcome::ContactsRemoved),
                Change::Restore { .. }
                | Change::ProblemType { .. }
                | Change::Note { .. }
                | Change::RestoreField { .. }
                | Change::HandOn(_)
                | Change::TakeBack { .. }
                | Change::Assign { .. } => None,
            });
        if let Some(done) = said.into_iter().next() {
            return Some(done);
        }
        let failed = |name: CheckName| {
            checks
                .iter()
                .any(|c| c.name == name && matches!(c.answer, Answer::Failed(_)))
        };
        let route = self.route(words);
        if route == Route::GitLabCom {
            match self.dot_com.attempt {
                Some(Attempt::Associated) => return Some(Outcome::ContactsAdded),
                Some(Attempt::NotAnOwner) => return Some(Outcome::NotAnOwner),
                Some(Attempt::AppFailed) | None => {}
            }
        }
        // The app has done it.
        if words.process == Process::ContactManagementApp && self.is_joined_by_proof(verdict) {
            return Some(Outcome::ContactsAdded);
        }
        if failed(CheckName::CompanyEmail) {
            return Some(Outcome::CompanyEmailNeeded);
        }
        if failed(CheckName::NotATrial) {
            return Some(Outcome::Trial);
        }
        if matches!(verdict, Verdict::NotEntitled(_)) {
            return Some(Outcome::EntitlementFailed);
        }
        if failed(CheckName::ContactLimit) {
            return Some(Outcome::LimitReached);
        }
        let asks = matches!(route, Route::Proof | Route::Undecided)
            && self.chain.is_empty()
            && self.proofs.found.is_empty();
        asks.then_some(Outcome::ProofAsked)
    }

    /// Whether the requester is in the organization that their proof led to, whoever put them there.
    fn is_joined_by_proof(&self, verdict: &Verdict) -> bool {
        let now = self
            .ticket
            .got()
            .and_then(|t| t.requester.organization.as_ref());
        let proven = self.organization.one();
        !self.chain.is_empty()
            && *verdict == Verdict::Entitled
            && now.is_some()
            && now.map(|o| o.id) == proven.map(|o| o.id)
    }

    /// The facts that fill Tether's own texts.
    pub fn reply_facts(&self, words: &ZendeskWords) -> Facts {
        let requester = self.ticket.got().map(|t| &t.requester);
        let mut added = Vec::new();
        let mut removed = Vec::new();
        for task in self.made_for_requester() {
            match &task.change {
                Change::Join { user, .. } if requester.is_some_and(|r| r.id == *user) => {
                    added.extend(
                        requester
                            .and_then(|r| r.email.as_ref())
                            .map(ToString::to_string),
                    );
                }
                Change::Join { who, .. } => added.push(who.clone()),
                Change::Add { email, .. } => added.push(email.to_string()),
                Change::Leave { who, .. } => removed.push(who.clone()),
                Change::Restore { .. }
                | Change::ProblemType { .. }
                | Change::Note { .. }
                | Change::RestoreField { .. }
                | Change::HandOn(_)
                | Change::TakeBack { .. }
                | Change::Assign { .. } => {}
            }
        }
        // A list of one address, the requester's own, tells them nothing; among others it does.
        let own = requester.and_then(|r| r.email.as_ref());
        if let [one] = added.as_slice()
            && own == Some(&AddressText::from(one.as_str()))
        {
            added.clear();
        }
        // Only a contact of the organization may learn who the others are.
        let belongs = self.precheck.organization.is_some()
            && requester
                .and_then(|r| r.organization.as_ref())
                .map(|o| o.id)
                == self.precheck.organization;
        let joining = self.joining(words);
        Facts {
            requester_name: requester.map(|r| r.name.clone()).unwrap_or_default(),
            proof: match self.chain.proof() {
                Some(Record::CloudActivation(_)) => Proof::CloudActivation,
                _ => Proof::License,
            },
            added,
            removed,
            open: Vec::new(),
            limit: words.contact_limit,
            adding: joining
                .iter()
                .filter(|email| !self.precheck.has(email))
                .count(),
            contacts: (belongs && self.precheck.people.got().is_some())
                .then(|| self.precheck.contacts().map(Person::from).collect()),
        }
    }

    /// The activation codes that the case knows, masked.
    pub fn known_codes(&self) -> Vec<MaskedCode> {
        match self.chain.proof() {
            Some(Record::CloudActivation(seen)) => seen
                .record
                .activation_code
                .value()
                .cloned()
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }
}
