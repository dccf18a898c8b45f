//! Whether the requester may be associated (step 13), and if not, why.

use crate::case::Case;
use crate::case::change::{Change, TaskState};
use crate::case::check::{Answer, Rules, Verdict, checks, verdict};
use crate::case::route::Route;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::ticket::OrganizationRef;

/// Why a change is refused while the same one is running. A sentence without its full stop.
pub(super) const UNDER_WAY: &str = "it’s under way";

/// Why a change is refused while an earlier one is being undone. A sentence without its full stop.
pub(super) const UNDOING: &str = "an earlier change is being undone";

/// What is in the way of a change after one like it came to nothing.
pub(super) const NOT_DONE: &str = "a change wasn’t made: try it again, or skip it";

/// The user and the organization that `Associate` would act on, or why it is refused, as a
/// sentence.
pub fn gate(case: &Case, rules: Rules<'_>) -> Result<(UserId, OrganizationRef), String> {
    let (user, organization) = may_join(case, rules, None)?;
    if case.is_undoing() {
        return Err(UNDOING.to_owned());
    }
    let joining = case
        .tasks
        .iter()
        .filter(|t| matches!(&t.change, Change::Join { user: who, .. } if *who == user));
    for task in joining {
        match &task.state {
            TaskState::Done => {}
            TaskState::Problem(_) => return Err(NOT_DONE.to_owned()),
            _ => return Err(UNDER_WAY.to_owned()),
        }
    }
    Ok((user, organization))
}

/// Like [`gate`], but ignores the queue of changes. `wrong` is the organization that Zendesk's page
/// picked by itself; the requester may be moved out of that one.
pub(super) fn may_join(
    case: &Case,
    rules: Rules<'_>,
    wrong: Option<OrganizationId>,
) -> Result<(UserId, OrganizationRef), String> {
    if let Some(form) = case.form_stops(rules.words) {
        return Err(format!(
            "the ticket was filed with the form “{}”, which is not for association",
            crate::text::line::one_line(&form, 80)
        ));
    }
    let Some(ticket) = case.ticket.got() else {
        return Err("the ticket has not been read".to_owned());
    };
    match case.route(rules.words) {
        Route::PreAuthorized(organization) => {
            return Err(format!(
                "the requester is in {} already",
                organization.label()
            ));
        }
        Route::GitLabCom if case.dot_com.is_associated() => {
            return Err("the app associated the requester".to_owned());
        }
        Route::Unknown | Route::GitLabCom | Route::Proof | Route::Undecided => {}
    }
    let organization = case.target(rules.words);
    match (&ticket.requester.organization, &organization) {
        (Some(now), Some(wanted)) if now.id == wanted.id => {
            return Err(format!("the requester is in {} already", wanted.label()));
        }
        (Some(now), _) if wrong != Some(now.id) => {
            return Err(format!(
                "the requester is in another organization, {}: associating would move them out of it",
                now.label()
            ));
        }
        (Some(_) | None, _) => {}
    }
    pre_checked(case, rules)?;
    let organization = organization.ok_or("the organization has not been found")?;
    Ok((ticket.requester.id, organization))
}

/// Checks that the verdict is entitled and the pre-checks passed or were decided; otherwise says
/// what is missing, as a sentence.
pub(super) fn pre_checked(case: &Case, rules: Rules<'_>) -> Result<(), String> {
    let all = checks(case, rules);
    match verdict(&all) {
        Verdict::Entitled => {}
        Verdict::NotEntitled(reasons) => {
            return Err(format!(
                "the requester is not entitled: {}",
                reasons.join("; ")
            ));
        }
        Verdict::Incomplete(_) => return Err("the verdict is incomplete".to_owned()),
    }
    for check in all.iter().filter(|c| c.name.is_pre_check()) {
        match &check.answer {
            Answer::Passed(_) => {}
            other => {
                return Err(format!(
                    "{} is {}: {}",
                    check.name.title(),
                    other.word(),
                    other.why()
                ));
            }
        }
    }
    Ok(())
}
