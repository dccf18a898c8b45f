//! Takes a ticket as it was read, and drops what belonged to an earlier requester.

use super::Case;
use super::change::{Change, Task, TaskProblem, TaskState};
use super::load::Load;
use super::requester::RequesterFacts;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::called;
use crate::record::ticket::{OrganizationRef, Ticket};
use crate::text::line::one_line;

/// Why the facts about a requester were dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// The ticket has another requester.
    AnotherRequester,
    /// The requester is in another organization, or in none.
    AnotherOrganization(Option<OrganizationId>),
}

impl Case {
    /// Takes the ticket as it was just read. No reading of the ticket reaches a case in another
    /// way. Returns whether the requester's facts were dropped: then answers to reads about them no
    /// longer count.
    pub fn take_ticket(&mut self, now: Ticket) -> bool {
        let requester = &now.requester;
        let organization = requester.organization.as_ref().map(|o| o.id);
        let replaced = match self.requester.user {
            // What the engineer gave before the first look belongs to this requester.
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
                says.push_str(" The portal’s records stay; what they prove is judged anew.");
            }
            let stopped = self.stop_changes_of(old.user, &was);
            if stopped > 0 {
                says.push_str(" Changes that were not written yet are stopped.");
            }
        }
        self.notice = Some(says);
    }

    /// Stops the changes that were started while the ticket had an earlier requester and that were
    /// not written yet. Returns how many.
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

    /// Whether a change of this case put the user there, even if the page's field picked another
    /// organization of the same name. Only the last change counts: what was undone explains nothing
    /// that a colleague does later.
    pub(super) fn made_by_us(&self, user: UserId, organization: Option<OrganizationId>) -> bool {
        let put = |task: &Task| task.may_be_written() && task.change.makes() == Some(organization);
        let by_field = |task: &Task| matches!(task.change, Change::Join { moved_from: Some(wrong), .. } if Some(wrong) == organization);
        let last = self
            .tasks
            .iter()
            .rev()
            .find(|t| t.change.user() == Some(user) && (t.may_be_written() || by_field(t)));
        last.is_some_and(|t| !t.undone && (put(t) || by_field(t)))
    }

    /// Whether an undo is queued or on its way. Until it is read back, a fresh reading may show either state.
    pub fn is_undoing(&self) -> bool {
        self.tasks
            .iter()
            .any(|task| task.change.is_undo() && !task.is_over())
    }

    /// Whether a change was started while the ticket had this requester: only then does a reply to
    /// them mention it.
    pub fn is_for_requester(&self, task: &Task) -> bool {
        task.asked_by.is_none() || task.asked_by == self.requester.user
    }

    /// The name of a user whom the ticket or the organization's contacts mention.
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
