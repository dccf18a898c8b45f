//! Why a change was not made: what happened, and what to do.

use serde::{Deserialize, Serialize};

use crate::case::page_problem::{PageProblem, PageWork};
use crate::reading::ReadError;
use crate::record::ids::OrganizationId;
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;

/// Why a change was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskProblem {
    /// The page did not do it: nothing was written.
    Page(PageProblem),
    /// Reading the record failed: nothing was written.
    NotRead(ReadError),
    /// Zendesk refused: nothing was written.
    Refused(ReadError),
    /// The ticket was changed meanwhile: nothing was written. What changed, each a phrase.
    ChangedMeanwhile(Vec<String>),
    /// The answer got lost, and reading back shows that nothing was written.
    NotWritten,
    /// The answer got lost, and reading back failed too.
    NotKnown(ReadError),
    /// Read back, the user is in another organization, or in none.
    OtherOrganization(Option<OrganizationId>),
    /// The user is in another organization already: associating would move them.
    InOrganization(OrganizationId),
    /// The user is one of the team.
    OfTheTeam,
    /// The user is suspended.
    Suspended,
    /// The user was deleted.
    Deleted,
    /// The user is not in the organization any more, or someone changed it since.
    ChangedSince,
    /// The ticket's field is not what the change made of it: someone changed it since.
    FieldChangedSince,
    /// The ticket is not where it was handed on to: someone changed it since.
    TicketMovedSince,
    /// Several users have the address.
    SeveralUsers,
    /// Zendesk accepted it, but does not show it.
    NotShown,
    /// The user is in several organizations: Zendesk would drop all of them but one.
    SeveralOrganizations(Vec<OrganizationRef>),
    /// The line that the change put into the user's notes or details is gone, or was changed.
    LineGone,
    /// Another user has the address, in Zendesk's words, and could not be found.
    AddressTaken(String),
    /// Zendesk was busy: nothing was written.
    WasBusy,
    /// What it rests on is another than when the engineer pressed. What was and what is, each a phrase.
    BasisChanged(Vec<String>),
    /// It may not be made any more: why, a sentence without its full stop.
    NotAllowedNow(String),
    /// It was asked for while the ticket had another requester: who that was.
    OfEarlierRequester(String),
    /// It had to wait, and the engineer is looking at something else.
    EngineerElsewhere,
}

impl TaskProblem {
    /// Whether the ones behind it would meet the same: they wait until this one is tried again or left.
    pub fn blocks(&self) -> bool {
        match self {
            Self::Page(problem) => problem.blocks(),
            Self::EngineerElsewhere => true,
            Self::NotRead(error) | Self::Refused(error) | Self::NotKnown(error) => !matches!(
                error,
                ReadError::Refused { .. }
                    | ReadError::Taken { .. }
                    | ReadError::DatabaseConflict
                    | ReadError::NotFound
                    | ReadError::WrongShape { .. }
            ),
            Self::ChangedMeanwhile(_)
            | Self::NotWritten
            | Self::OtherOrganization(_)
            | Self::InOrganization(_)
            | Self::OfTheTeam
            | Self::Suspended
            | Self::Deleted
            | Self::ChangedSince
            | Self::FieldChangedSince
            | Self::TicketMovedSince
            | Self::SeveralUsers
            | Self::SeveralOrganizations(_)
            | Self::LineGone
            | Self::AddressTaken(_)
            | Self::WasBusy
            | Self::BasisChanged(_)
            | Self::NotAllowedNow(_)
            | Self::OfEarlierRequester(_)
            | Self::NotShown => false,
        }
    }

    /// Whether Zendesk's API can do what the page's field could not.
    pub fn api_helps(&self) -> bool {
        match self {
            Self::Page(problem) => problem.api_helps(),
            Self::OtherOrganization(_) | Self::NotWritten | Self::NotShown => true,
            _ => false,
        }
    }

    /// Whether trying the same again can help.
    pub fn again_helps(&self) -> bool {
        match self {
            Self::Page(problem) => problem.again_helps(),
            Self::InOrganization(_)
            | Self::OfTheTeam
            | Self::ChangedSince
            | Self::FieldChangedSince
            | Self::TicketMovedSince
            | Self::SeveralUsers
            | Self::Deleted
            | Self::SeveralOrganizations(_)
            | Self::LineGone
            | Self::OfEarlierRequester(_) => false,
            Self::EngineerElsewhere
            | Self::NotRead(_)
            | Self::Refused(_)
            | Self::ChangedMeanwhile(_)
            | Self::NotWritten
            | Self::NotKnown(_)
            | Self::OtherOrganization(_)
            | Self::Suspended
            | Self::AddressTaken(_)
            | Self::WasBusy
            | Self::BasisChanged(_)
            | Self::NotAllowedNow(_)
            | Self::NotShown => true,
        }
    }

    /// What happened and what to do, in the engineer's words.
    pub fn says(&self) -> String {
        match self {
            Self::Page(problem) => problem.says(PageWork::Change),
            Self::NotRead(error) => format!("Nothing was written, because reading first failed. {} {}", error.says(), error.next()),
            Self::Refused(error) => format!("Nothing was written. {} {}", error.says(), error.next()),
            Self::ChangedMeanwhile(what) if what.is_empty() => {
                "Someone changed the ticket meanwhile, so nothing was written. It was read again: look at it, then continue.".to_owned()
            }
            Self::ChangedMeanwhile(what) => format!(
                "Someone changed the ticket meanwhile ({}), so nothing was written. Look at it, then continue.",
                one_line(&what.join("; "), 400)
            ),
            Self::NotWritten => "No answer came, and Zendesk shows that nothing was written. It can be tried again.".to_owned(),
            Self::NotKnown(error) => {
                format!(
                    "It is not known whether it was written: no answer came, and reading back failed. {} {}",
                    error.says(),
                    error.next()
                )
            }
            Self::OtherOrganization(Some(id)) => {
                format!("Read back, the user is in organization {id}, which is not the one. Undo it, or put it right by the API.")
            }
            Self::OtherOrganization(None) => "Read back, the user is in no organization. It can be tried again.".to_owned(),
            Self::InOrganization(id) => {
                format!("The user is in organization {id} already. Associating would move them out of it: nothing was written.")
            }
            Self::OfTheTeam => "This user is not an end user but one of the team: nothing was written.".to_owned(),
            Self::Deleted => "The user was deleted in Zendesk: nothing was written. Look up the address again.".to_owned(),
            Self::Suspended => {
                "This user is suspended: nothing was written. Unsuspend the user in Zendesk first, if that is right.".to_owned()
            }
            Self::ChangedSince => {
                "The user’s organization is not what it was: someone changed it. Nothing was written. Look at the user.".to_owned()
            }
            Self::FieldChangedSince => {
                "The problem type is not what it was: someone changed it. Nothing was written. Look at the ticket.".to_owned()
            }
            Self::TicketMovedSince => {
                "The ticket is not where it was handed on to: someone changed its group, its form or its stage. Nothing was written. Look at the ticket.".to_owned()
            }
            Self::SeveralUsers => "Several users have this address: nothing was written. Look at them in Zendesk.".to_owned(),
            Self::NotShown => "Zendesk accepted it, but does not show it. Look at it in Zendesk, then try again.".to_owned(),
            Self::SeveralOrganizations(all) => {
                let named: Vec<String> = all.iter().map(|o| format!("{} ({})", o.label(), o.id)).collect();
                format!(
                    "This user is in {} organizations: {}. Zendesk would drop all of them but one, so nothing was written. Change them in Zendesk by hand.",
                    all.len(),
                    one_line(&named.join(", "), 400)
                )
            }
            Self::LineGone => {
                "The line with which the removal was recorded on the user is gone, or someone changed it. Nothing was written. Look at the user."
                    .to_owned()
            }
            Self::AddressTaken(said) if said.is_empty() => {
                "Another user has this address, and could not be found yet. Nothing was written. Look for them in Zendesk, or try again later."
                    .to_owned()
            }
            Self::AddressTaken(said) => format!(
                "Another user has this address, and could not be found yet. Nothing was written. Zendesk says: “{}”. Look for them in Zendesk, or try again later.",
                one_line(said, 300)
            ),
            Self::WasBusy => "Zendesk was busy, so nothing was written. Try again.".to_owned(),
            Self::BasisChanged(what) => format!(
                "Nothing was written, because something changed since you pressed: {}. Look at it, then continue or leave it.",
                one_line(&what.join("; "), 900)
            ),
            Self::NotAllowedNow(why) => {
                format!("Nothing was written, because it may not be made now: {}. Settle that, then continue, or leave it.", one_line(why, 400))
            }
            Self::OfEarlierRequester(who) => format!(
                "Nothing was written: you asked for this while the requester of the ticket was {}. Leave it.",
                one_line(who, 200)
            ),
            Self::EngineerElsewhere => {
                "It had to wait, and you’re on another page now, so nothing was written. Continue brings the page back and goes on."
                    .to_owned()
            }
        }
    }
}
