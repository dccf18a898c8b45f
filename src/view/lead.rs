//! Which action comes next, so that of all the buttons one stands out.

use crate::app::{World, association_gate};
use crate::case::Case;
use crate::case::change::{Change, TaskState};
use crate::case::check::Verdict;
use crate::case::route::Route;

/// What the engineer is led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// What the next step's own link or button does, or nothing.
    NextStep,
    /// The contacts that are ticked.
    Contacts,
    /// The internal note.
    Note,
    /// The association.
    Associate,
    /// The reply.
    Reply,
}

impl Lead {
    /// What comes next in a case.
    pub(super) fn of(case: &Case, verdict: &Verdict, world: World<'_>) -> Self {
        if case.conflict.is_some() || case.trace.is_running() {
            return Self::NextStep;
        }
        if let Route::PreAuthorized(_) = case.route(&world.profile.zendesk) {
            let mut changed = case.tasks.iter().filter(|t| {
                matches!(t.change, Change::Add { .. } | Change::Leave { .. }) && !t.undone
            });
            let settled = changed.clone().all(|t| t.state == TaskState::Done);
            return if changed.next().is_some() && settled {
                Self::Reply
            } else {
                Self::Contacts
            };
        }
        let noted = case.note.written_at.is_some();
        match verdict {
            Verdict::Incomplete(_) => Self::NextStep,
            Verdict::NotEntitled(_) if noted => Self::Reply,
            Verdict::NotEntitled(_) => Self::Note,
            Verdict::Entitled => {
                let now = case
                    .ticket
                    .got()
                    .and_then(|t| t.requester.organization.as_ref())
                    .map(|o| o.id);
                let target = case.target(&world.profile.zendesk).map(|o| o.id);
                match () {
                    () if now.is_some() && now == target => Self::Reply,
                    () if !noted => Self::Note,
                    () if association_gate(case, world.rules()).is_ok() => Self::Associate,
                    () => Self::NextStep,
                }
            }
        }
    }
}
