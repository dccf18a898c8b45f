//! Whether a change that was asked for may still be made, by what the case knows now.

use crate::app::association_gate::{may_join, pre_checked};
use crate::case::Case;
use crate::case::change::{Change, Task};
use crate::case::check::{CheckName, Rules, Verdict, checks, verdict};
use crate::case::metadata::ProblemType;
use crate::case::note::Note;
use crate::record::ids::UserId;
use crate::record::people::User;
use crate::record::ticket::Ticket;
use crate::text::line::one_line;

/// Whether a change may go on with what changed meanwhile as its basis: why not, a sentence without its full stop.
pub(super) fn continues(case: &Case, task: &Task, rules: Rules<'_>) -> Result<(), String> {
    passes(case, task, rules)?;
    if let Some(why) = case.ticket.got().and_then(Ticket::says_over)
        && let Some(basis) = case.bases.get(&task.basis)
        && !basis.ticket_is_over()
        && !task.change.is_undo()
    {
        return Err(format!("{why} now"));
    }
    if let (Change::Leave { user, who, .. }, Some(look), Some(basis)) =
        (&task.change, &task.look, case.bases.get(&task.basis))
        && basis.has_new_tickets(*user, look)
    {
        return Err(format!(
            "{} has tickets that are not closed: leave this, then pick them again",
            one_line(who, 200)
        ));
    }
    Ok(())
}

/// Whether the verdict still allows users to join: a day may have ended since.
pub(super) fn entitled(case: &Case, rules: Rules<'_>) -> Result<(), String> {
    match verdict(&checks(case, rules)) {
        Verdict::Entitled => Ok(()),
        Verdict::NotEntitled(reasons) => Err(format!(
            "the requester is not entitled: {}",
            reasons.join("; ")
        )),
        Verdict::Incomplete(_) => Err("the verdict is incomplete".to_owned()),
    }
}

/// The gate of a change, for one that is in the queue already: why it may not be made, a sentence without its full stop.
pub(super) fn passes(case: &Case, task: &Task, rules: Rules<'_>) -> Result<(), String> {
    if task.change.is_undo() {
        return Ok(());
    }
    if let Some(form) = case.form_stops(rules.words)
        && !matches!(task.change, Change::Assign { .. } | Change::HandOn(_))
    {
        return Err(format!(
            "the ticket was filed with the form “{}”, which is not for association",
            one_line(&form, 80)
        ));
    }
    let Some(ticket) = case.ticket.got() else {
        return Err("the ticket has not been read".to_owned());
    };
    if task.asked_by != Some(ticket.requester.id) {
        return Err("the ticket had another requester when you pressed".to_owned());
    }
    match &task.change {
        Change::Join {
            user,
            organization,
            moved_from,
            ..
        } => {
            let (who, wanted) = may_join(case, rules, *moved_from)?;
            if who == *user && wanted.id == organization.id {
                Ok(())
            } else {
                Err("the case leads to another organization now".to_owned())
            }
        }
        Change::Add { organization, .. } => {
            managed(case, organization.id, rules)?;
            pre_checked(case, rules)
        }
        Change::Leave { organization, .. } => managed(case, *organization, rules),
        Change::ProblemType { value, .. } => match case.problem_type(rules.words) {
            ProblemType::ToSet { wanted, .. } if wanted.value == *value => Ok(()),
            ProblemType::Set(_) => Err("it is set already".to_owned()),
            _ => Err("the field wants another value now".to_owned()),
        },
        Change::Note { lines, .. } => {
            let all = checks(case, rules);
            if Note::of(case, &all, &verdict(&all), rules.words.process).reading() == *lines {
                Ok(())
            } else {
                Err("the note reads otherwise now".to_owned())
            }
        }
        Change::HandOn(wanted) => {
            if case.hand_on_now(rules.words)? == *wanted {
                Ok(())
            } else {
                Err("the ticket would go elsewhere now".to_owned())
            }
        }
        Change::Assign { .. } => {
            let now = case.trouble.me.got().map(|me| me.id);
            is_agent(&task.change, now)
        }
        Change::Restore { .. } | Change::RestoreField { .. } | Change::TakeBack { .. } => Ok(()),
    }
}

/// Whether an organization with these users has room for one contact more, by the limit as the settings say now. The limit that the engineer
/// decided to pass does not count.
pub(super) fn has_room(
    case: &Case,
    users: &[User],
    unreadable: usize,
    rules: Rules<'_>,
) -> Result<(), String> {
    let has = users.iter().filter(|u| u.is_contact()).count() + unreadable;
    let limit = rules.words.contact_limit;
    let decided = case
        .decisions
        .iter()
        .any(|d| d.accepted && d.check == CheckName::ContactLimit.key());
    if decided || u64::try_from(has).is_ok_and(|has| has < limit) {
        return Ok(());
    }
    Err(format!(
        "the organization has {has} contacts, and the limit is {limit}"
    ))
}

/// Whether the agent to whom the ticket goes is the one who is signed in now.
pub(super) fn is_agent(change: &Change, now: Option<UserId>) -> Result<(), String> {
    match (change.to_agent(), now) {
        (None, _) => Ok(()),
        (Some(agent), Some(now)) if agent == now => Ok(()),
        (Some(_), Some(_)) => Err("another agent is signed in to Zendesk now".to_owned()),
        (Some(_), None) => Err("it is not known who is signed in to Zendesk now".to_owned()),
    }
}

fn managed(
    case: &Case,
    organization: crate::record::ids::OrganizationId,
    rules: Rules<'_>,
) -> Result<(), String> {
    match case.manages(rules.words) {
        Some(managed) if managed.id == organization => Ok(()),
        _ => Err("the requester is not in the organization".to_owned()),
    }
}
