//! Everything that a case learned about its requester, in one value that names them. Another requester, or the same one in another
//! organization, gets a new value: nothing of the old one can be left in it.

use serde::{Deserialize, Serialize};

use super::Case;
use super::change::{Change, Task, TaskProblem, TaskState};
use super::check::answer::Decision;
use super::contacts::Contacts;
use super::dot_com::DotCom;
use super::drafting::{Drafting, Progress};
use super::load::Load;
use super::product::Product;
use super::proof::Proofs;
use crate::mail::AddressText;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::called;
use crate::record::ticket::{OrganizationRef, Requester, Ticket, WrittenAddress};
use crate::text::line::one_line;

/// What is known of a requester.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequesterFacts {
    /// Whom it is about; none until the ticket was read.
    pub user: Option<UserId>,
    /// What the panel calls them.
    pub who: String,
    /// The organization that they were in when the ticket was read last, or that Tether put them into since.
    pub organization: Option<OrganizationId>,
    /// The organization that they were in at the first look: they are pre-authorized (step 2).
    pub found_in: Option<OrganizationRef>,
    /// The product, where the engineer said it (step 3).
    pub product: Option<Product>,
    /// GitLab.com: how the app's attempt went, and what was found by hand (step 4).
    pub dot_com: DotCom,
    /// The addresses that they wrote; read only where `Subscription Email` is empty.
    pub written: Load<Vec<WrittenAddress>>,
    /// How many of their ticket's comments could not be read.
    pub unread_comments: usize,
    /// Whether the ticket has more comments than Tether reads.
    pub more_comments: bool,
    /// The address among them (or their own) with which Sold-to is compared.
    pub picked_address: Option<AddressText>,
    /// What they gave as proof.
    pub proofs: Proofs,
    /// Who is to be added or removed at their wish (step 2, and removing associated users).
    pub contacts: Contacts,
    /// The reply to them.
    pub drafting: Drafting,
    /// What the engineer decided about them.
    pub decisions: Vec<Decision>,
}

/// Why what was known of a requester was dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// The ticket has another requester.
    AnotherRequester,
    /// The requester is in another organization, or in none.
    AnotherOrganization(Option<OrganizationId>),
}

impl RequesterFacts {
    /// A first look at a requester.
    fn of(requester: &Requester) -> Self {
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

    /// That comments of the ticket were not read, and what to do.
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

    /// What there is to drop, each a phrase.
    fn held(&self) -> Vec<String> {
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
        has(!self.decisions.is_empty(), "your decisions");
        has(!self.contacts.entries().is_empty(), "the contacts to add");
        has(
            !self.contacts.leaving().is_empty(),
            "the contacts to remove",
        );
        has(
            matches!(
                self.drafting.now,
                Progress::Writing { .. } | Progress::Written { .. }
            ),
            "the reply (look at the composer: it may still hold it)",
        );
        held
    }
}

impl Case {
    /// Takes the ticket as it was just read. The only way in which a reading of the ticket gets into a case. Whether what was known of the
    /// requester was dropped: then answers to what was asked about them are nobody's.
    pub fn take_ticket(&mut self, now: Ticket) -> bool {
        let requester = &now.requester;
        let organization = requester.organization.as_ref().map(|o| o.id);
        let replaced = match self.requester.user {
            // What was given by hand before the first look is this requester's.
            None => {
                let first = RequesterFacts::of(requester);
                let facts = &mut self.requester;
                (facts.user, facts.who, facts.organization, facts.found_in) =
                    (first.user, first.who, first.organization, first.found_in);
                false
            }
            Some(user) if user != requester.id => {
                self.drop_requester(&now, &Why::AnotherRequester);
                true
            }
            Some(user) => match self.requester.organization {
                Some(before)
                    if organization != Some(before) && !self.made_by_us(user, organization) =>
                {
                    self.drop_requester(&now, &Why::AnotherOrganization(Some(before)));
                    true
                }
                _ => {
                    self.requester.organization = organization;
                    self.requester.who = requester.label();
                    false
                }
            },
        };
        self.ticket = Load::Got(now);
        replaced
    }

    fn drop_requester(&mut self, now: &Ticket, why: &Why) {
        let old = std::mem::replace(&mut self.requester, RequesterFacts::of(&now.requester));
        let held = old.held();
        let dropped = if held.is_empty() {
            "Nothing was known of them that had to be dropped.".to_owned()
        } else {
            format!("Dropped: {}.", held.join(", "))
        };
        let was = one_line(&old.who, 200);
        let mut says = match why {
            Why::AnotherRequester => {
                format!(
                    "The ticket has another requester: {}, no longer {was}. {dropped}",
                    one_line(&now.requester.label(), 200)
                )
            }
            Why::AnotherOrganization(before) => {
                let label =
                    |id: Option<OrganizationId>, known: Option<&OrganizationRef>| match (id, known)
                    {
                        (Some(id), Some(known)) if known.id == id => known.label(),
                        (Some(id), _) => format!("organization {id}"),
                        (None, _) => "no organization".to_owned(),
                    };
                let is = now.requester.organization.as_ref();
                format!(
                    "{was} is in {} now, no longer in {}. {dropped}",
                    label(is.map(|o| o.id), is),
                    label(*before, old.found_in.as_ref())
                )
            }
        };
        if *why == Why::AnotherRequester {
            if !self.chain.is_empty() {
                says.push_str(" The portal's records stay; what they prove is judged anew.");
            }
            let stopped = self.stop_changes_of(old.user, &was);
            if stopped > 0 {
                says.push_str(" Changes that were not written yet are stopped.");
            }
        }
        self.notice = Some(says);
    }

    /// Stops the changes that were asked for while the ticket had an earlier requester, and that were not written yet. How many.
    fn stop_changes_of(&mut self, user: Option<UserId>, who: &str) -> usize {
        let mut stopped = 0;
        for task in self
            .tasks
            .iter_mut()
            .filter(|t| t.asked_by == user && t.is_unsent() && !t.change.is_undo())
        {
            task.state = TaskState::Problem(TaskProblem::OfEarlierRequester(who.to_owned()));
            task.look = None;
            stopped += 1;
        }
        stopped
    }

    /// Whether a change of this case put that user there; also where the page's field picked another organization of the same name.
    pub(super) fn made_by_us(&self, user: UserId, organization: Option<OrganizationId>) -> bool {
        let put = |task: &Task| task.may_be_written() && task.change.makes() == Some(organization);
        let by_field = |task: &Task| matches!(task.change, Change::Join { moved_from: Some(wrong), .. } if Some(wrong) == organization);
        self.tasks
            .iter()
            .any(|t| t.change.user() == Some(user) && (put(t) || by_field(t)))
    }

    /// Whether a change was asked for while the ticket had this requester: only then a reply to them is about it.
    pub fn is_for_requester(&self, task: &Task) -> bool {
        task.asked_by.is_none() || task.asked_by == self.requester.user
    }

    /// How a user is called of whom the ticket or the organization's contacts tell.
    pub fn user_label(&self, user: UserId) -> String {
        if let Some(requester) = self
            .ticket
            .got()
            .map(|t| &t.requester)
            .filter(|r| r.id == user)
        {
            return requester.label();
        }
        let known = self
            .precheck
            .people
            .got()
            .and_then(|all| all.iter().find(|u| u.id == user));
        known.map_or_else(|| called("", None, user), |user| user.label())
    }
}
