//! The proof that a change's basis was read after its turn came, and is what it was when the engineer pressed. Only this file makes one,
//! it lives within one event, and nothing is sent without it.

use super::gates::{entitled, has_room, is_agent, passes};
use super::look::{LOOK_MS, basis_of, missing};
use crate::app::world::World;
use crate::case::Case;
use crate::case::basis::{Fact, For, Look, Said};
use crate::case::change::{Allowed, Change, Task, TaskProblem, TaskState};
use crate::record::people::User;
use crate::record::ticket::Ticket;

/// A basis that was read for one change and holds.
#[derive(Debug)]
pub(super) struct FreshBasis {
    task: u64,
    look: Look,
}

impl FreshBasis {
    /// For which change it was read.
    pub(super) fn task(&self) -> u64 {
        self.task
    }

    /// The ticket as it is now.
    pub(super) fn ticket(&self) -> Option<&Ticket> {
        self.look.ticket()
    }

    /// Each fact that was read.
    pub(super) fn readings(&self) -> impl Iterator<Item = (&Fact, &Said)> {
        self.look
            .readings
            .iter()
            .map(|(fact, _, said)| (fact, said))
    }

    /// Whether the ticket has an internal note with these lines already.
    pub(super) fn has_note(&self, lines: &[String]) -> bool {
        has_note(&self.look, lines)
    }

    /// The user of the change as they are now.
    pub(super) fn user(&self, change: &Change) -> Option<&User> {
        self.look.user(change.user()?)
    }
}

/// What a look came to.
#[derive(Debug)]
pub(super) enum Judged {
    /// It may be written.
    Fresh(FreshBasis),
    /// Something is to be read yet.
    Incomplete,
    /// It took too long: all of it is read again.
    Old,
    /// It is so already.
    Already(User),
    /// The ticket shows it already.
    InTicket,
    /// The address to add is this user's: they are judged like any other.
    Is(User),
    /// Zendesk said that another user has the address, and the search shows none: perhaps its own write made them.
    TakenByNobody(String),
    /// It may not be written.
    No(TaskProblem),
}

/// Judges what was read for a change, once the case has taken it.
pub(super) fn judge(case: &Case, task: &Task, world: World<'_>) -> Judged {
    let Some(look) = &task.look else {
        return Judged::Incomplete;
    };
    if let Some(judged) = holders(task, look) {
        return judged;
    }
    if !missing(case, task).is_empty() {
        return Judged::Incomplete;
    }
    if !look.is_fresh(world.now_ms, LOOK_MS) {
        return Judged::Old;
    }
    let user = task.change.user().and_then(|id| look.user(id));
    if let Some(user) = user {
        match task.change.allowed(user) {
            Allowed::No(problem) => return Judged::No(problem),
            Allowed::Already => return Judged::Already(user.clone()),
            Allowed::Yes => {}
        }
        if let Some(problem) = several(look, user) {
            return Judged::No(problem);
        }
    }
    if let Some(judged) = restored(task, look) {
        return judged;
    }
    if let Err(why) = is_agent(&task.change, look.me()) {
        return Judged::No(TaskProblem::NotAllowedNow(why));
    }
    if !task.change.is_undo() {
        let Some(basis) = basis_of(case, task) else {
            return Judged::No(TaskProblem::BasisChanged(vec![
                "what you saw is not known".to_owned(),
            ]));
        };
        let differences = case.differences(&For::Change(&task.change), basis, look);
        if !differences.is_empty() {
            return Judged::No(TaskProblem::BasisChanged(differences));
        }
    }
    if !asks_as_one_of_them(&task.change, look) {
        let why = "the requester is not in the organization any more".to_owned();
        return Judged::No(TaskProblem::NotAllowedNow(why));
    }
    if let Change::Note {
        problem_type: None,
        lines,
        ..
    } = &task.change
        && has_note(look, lines)
    {
        return Judged::InTicket;
    }
    // A day may have ended since: an expiry is looked at again.
    if matches!(
        task.change,
        Change::Join { .. } | Change::Note { .. } | Change::HandOn(_)
    ) && let Err(why) = passes(case, task, world.rules())
    {
        return Judged::No(TaskProblem::NotAllowedNow(why));
    }
    // The pre-checks count those who were just added, so what the engineer decided about them holds for the press alone.
    if let Change::Add { organization, .. } = &task.change {
        let room = match look.of(&Fact::People(organization.id)) {
            Some(Said::People { users, unreadable }) => {
                has_room(case, users, *unreadable, world.rules())
            }
            _ => Ok(()),
        };
        if let Err(why) = entitled(case, world.rules()).and(room) {
            return Judged::No(TaskProblem::NotAllowedNow(why));
        }
    }
    if let Some(problem) = not_by_namesake(case, task, look) {
        return Judged::No(problem);
    }
    Judged::Fresh(FreshBasis {
        task: task.id,
        look: look.clone(),
    })
}

/// Whether the requester is in the organization whose contacts are changed for them. An earlier change of the same case may have removed
/// them: what the case made itself is no difference.
fn asks_as_one_of_them(change: &Change, look: &Look) -> bool {
    let organization = match change {
        Change::Add { organization, .. } => organization.id,
        Change::Leave { organization, .. } => *organization,
        _ => return true,
    };
    let Some(ticket) = look.ticket() else {
        return false;
    };
    let now = ticket.requester.organization.as_ref();
    now.is_some_and(|o| o.id == organization)
}

fn has_note(look: &Look, lines: &[String]) -> bool {
    matches!(look.of(&Fact::Comments), Some(Said::Comments(all)) if all.iter().any(|c| c.is_note(lines)))
}

/// A field gets its old value back only where it still has the one that the change gave it, and a ticket goes back only from where it was
/// handed on to.
fn restored(task: &Task, look: &Look) -> Option<Judged> {
    let ticket = look.ticket()?;
    if let Change::TakeBack { made, was } = &task.change {
        return match () {
            () if made.route(ticket) == *was => Some(Judged::InTicket),
            () if made.is_made(ticket) => None,
            () => Some(Judged::No(TaskProblem::TicketMovedSince)),
        };
    }
    let Change::RestoreField { made, value } = &task.change else {
        return None;
    };
    let now = ticket
        .field_values
        .get(&made.field)
        .filter(|v| !v.trim().is_empty());
    match now {
        _ if now == value.as_ref() => Some(Judged::InTicket),
        Some(now) if *now == made.value => None,
        _ => Some(Judged::No(TaskProblem::FieldChangedSince)),
    }
}

/// Who has the address of a contact to add.
fn holders(task: &Task, look: &Look) -> Option<Judged> {
    let Change::Add { email, user, .. } = &task.change else {
        return None;
    };
    let Some(Said::Holders { users, .. }) = look.of(&Fact::Holders(email.clone())) else {
        return None;
    };
    match (users.as_slice(), user) {
        ([one], None) => Some(Judged::Is(one.clone())),
        ([one], Some(user)) if one.id != *user => {
            Some(Judged::No(TaskProblem::BasisChanged(vec![format!(
                "the address is {}’s now",
                crate::text::line::one_line(&one.label(), 200)
            )])))
        }
        // The two are read at different moments, and have to agree on the user's own address.
        ([one], Some(user)) if look.user(*user).is_some_and(|now| now.email != one.email) => {
            Some(Judged::No(TaskProblem::ChangedSince))
        }
        ([_], Some(_)) => None,
        ([], None) => task.taken.clone().map(Judged::TakenByNobody),
        // The search may be late: what the user's own record says counts.
        ([], Some(user)) => match look.user(*user) {
            Some(now) if now.deleted => Some(Judged::No(TaskProblem::Deleted)),
            Some(now) if !now.has_email(email) => Some(Judged::No(TaskProblem::ChangedSince)),
            _ => None,
        },
        _ => Some(Judged::No(TaskProblem::SeveralUsers)),
    }
}

/// Out of an organization that the engineer did not mean, a user is moved only if the page's field can have picked it: it has the name of
/// the one that was meant. Any other is a colleague's choice.
fn not_by_namesake(case: &Case, task: &Task, look: &Look) -> Option<TaskProblem> {
    let user = task.change.user()?;
    let now = look.user(user)?.organization?;
    let picked = |other: &&Task| {
        matches!(other.state, TaskState::Problem(TaskProblem::OtherOrganization(Some(wrong))) if wrong == now)
            || matches!(other.change, Change::Join { moved_from: Some(wrong), .. } if wrong == now)
    };
    let meant = case.tasks.iter().find_map(|other| match &other.change {
        Change::Join {
            user: of,
            organization,
            ..
        } if *of == user => Some(organization).filter(|_| picked(&other)),
        _ => None,
    })?;
    let name = look
        .memberships(user)
        .and_then(|all| all.iter().find(|o| o.id == now))
        .and_then(|o| o.name.as_deref());
    let same = matches!((name, meant.name.as_deref()), (Some(is), Some(meant)) if is.trim() == meant.trim());
    (!same).then_some(if task.change.is_undo() {
        TaskProblem::ChangedSince
    } else {
        TaskProblem::InOrganization(now)
    })
}

/// A user of several organizations: setting one would drop the others without a word.
fn several(look: &Look, user: &User) -> Option<TaskProblem> {
    let all = look.memberships(user.id)?;
    if all.len() > 1 {
        return Some(TaskProblem::SeveralOrganizations(all.to_vec()));
    }
    // The user's own record and the list are read at different moments, and have to say the same.
    match (all.first(), user.organization) {
        (Some(one), None) => Some(TaskProblem::InOrganization(one.id)),
        (Some(one), Some(own)) if one.id != own => {
            Some(TaskProblem::SeveralOrganizations(all.to_vec()))
        }
        _ => None,
    }
}
