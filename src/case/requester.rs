//! Everything that a case knows about its requester, in one value. If the requester or their
//! organization changes, a new value replaces it, so nothing about the old one can be left behind.

use serde::{Deserialize, Serialize};

use super::check::answer::Decision;
use super::contacts::Contacts;
use super::dot_com::DotCom;
use super::load::Load;
use super::plan::Plan;
use super::product::Product;
use super::proof::Proofs;
use super::reply_progress::{Drafting, Progress};
use crate::mail::AddressText;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::ticket::{OrganizationRef, Requester, WrittenAddress};

/// What is known about a requester.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequesterFacts {
    /// The requester; none until the ticket was read.
    pub user: Option<UserId>,
    /// What the panel calls them.
    pub who: String,
    /// Their organization when the ticket was last read, or the one that Tether has put them into
    /// since.
    pub organization: Option<OrganizationId>,
    /// Their organization at the first look: they are pre-authorized (step 2).
    pub found_in: Option<OrganizationRef>,
    /// The product, if the engineer chose one (step 3).
    pub product: Option<Product>,
    /// GitLab.com: how the app's attempt went, and what was found by hand (step 4).
    pub dot_com: DotCom,
    /// The addresses that they wrote; read only if `Subscription Email` is empty.
    pub written: Load<Vec<WrittenAddress>>,
    /// How many comments of the ticket could not be read.
    pub unread_comments: usize,
    /// Whether the ticket has more comments than Tether reads.
    pub more_comments: bool,
    /// The address that Sold-to is compared with: one that they wrote, or their own.
    pub picked_address: Option<AddressText>,
    /// What they gave as proof.
    pub proofs: Proofs,
    /// Whom they want added or removed (step 2, and removing associated users).
    pub contacts: Contacts,
    /// The reply to them.
    pub drafting: Drafting,
    /// What the engineer decided about them.
    pub decisions: Vec<Decision>,
    /// The form that is not for association with which the engineer goes on all the same.
    #[serde(default)]
    pub form_accepted: Option<u64>,
    /// The steps that are left, and how far they got.
    #[serde(default)]
    pub plan: Plan,
}

impl RequesterFacts {
    /// A first look at a requester.
    pub(super) fn of(requester: &Requester) -> Self {
        let organization = requester.organization.as_ref().map(|o| o.id);
        let found_in = requester.organization.clone();
        Self {
            user: Some(requester.id),
            who: requester.label(),
            organization,
            found_in,
            ..Self::default()
        }
    }

    /// If comments of the ticket were not read: that they were not, and what to do.
    pub fn says_unread(&self) -> Option<String> {
        let unread = match self.unread_comments {
            0 => None,
            1 => Some("A comment of this ticket cannot be read.".to_owned()),
            n => Some(format!("{n} comments of this ticket cannot be read.")),
        };
        let more = self
            .more_comments
            .then(|| "This ticket has more comments than Tether reads.".to_owned());
        let says: Vec<String> = unread.into_iter().chain(more).collect();
        (!says.is_empty()).then(|| {
            format!(
                "{} Look through them in Zendesk for proof and for addresses.",
                says.join(" ")
            )
        })
    }

    /// What would be dropped, each a phrase.
    pub(super) fn held(&self) -> Vec<String> {
        let mut held = Vec::new();
        let mut has = |is: bool, phrase: &str| held.extend(is.then(|| phrase.to_owned()));
        let by_hand = self.proofs.found.iter().any(|p| p.place.by_hand());
        has(self.found_in.is_some(), "their organization");
        has(self.product.is_some(), "the product");
        has(
            self.dot_com.attempt.is_some() || self.dot_com.by_hand.is_some(),
            "what was found for GitLab.com",
        );
        has(
            self.proofs.found.iter().any(|p| !p.place.by_hand()),
            "the proof in their comments",
        );
        has(by_hand, "the proof that you gave by hand");
        has(
            self.picked_address.is_some(),
            "the address picked for Sold to",
        );
        has(
            !self.decisions.is_empty() || self.form_accepted.is_some(),
            "your decisions",
        );
        has(!self.contacts.entries().is_empty(), "the contacts to add");
        has(
            !self.contacts.leaving().is_empty(),
            "the contacts to remove",
        );
        has(
            matches!(
                self.drafting.now,
                Progress::Writing { .. } | Progress::Written { .. } | Progress::TakingOut { .. }
            ),
            "the reply (look at the composer: it may still hold it)",
        );
        has(self.plan.is_running(), "the plan, which is stopped");
        held
    }
}
