//! What Tether writes into Zendesk after a click, each with what was before and how far it got.

use serde::{Deserialize, Serialize};

use super::basis::Look;
use super::page_problem::{PageProblem, PageWork};
use crate::mail::Address;
use crate::reading::ReadError;
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::{RemovalTrace, Role, User};
use crate::record::ticket::OrganizationRef;
use crate::text::line::one_line;

/// A change of one record in Zendesk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Step 1: `Support Ops Problem Type`.
    ProblemType {
        /// The field's number.
        field: u64,
        /// The option's value.
        value: String,
        /// The option's name.
        name: String,
    },
    /// Step 13, and step 2 for users that exist: into the organization.
    Join {
        /// Who.
        user: UserId,
        /// What the user is called in the panel.
        who: String,
        /// Into which.
        organization: OrganizationRef,
        /// How.
        by: By,
        /// The organization that the page's field put them into by its name, though it is another: out of that one they may be moved.
        moved_from: Option<OrganizationId>,
    },
    /// Step 2: a user who may not exist yet.
    Add {
        /// The address.
        email: Address,
        /// Into which.
        organization: OrganizationRef,
        /// The user, once it is known that there is one.
        user: Option<UserId>,
    },
    /// Removing associated users: out of the organization, with a line that records it on the user.
    Leave {
        /// Who.
        user: UserId,
        /// What the user is called in the panel.
        who: String,
        /// Out of which.
        organization: OrganizationId,
        /// The line that records it: `De-associated as per <ticket's address>`.
        line: String,
        /// In which of the user's texts.
        kept_in: RemovalTrace,
    },
    /// Undo: what was before.
    Restore {
        /// Who.
        user: UserId,
        /// What the user is called in the panel.
        who: String,
        /// What the change made of the organization: anything else means that someone changed it since.
        made: Option<OrganizationId>,
        /// The organization before.
        organization: Option<OrganizationId>,
        /// The line that the change put into the user's text: it is taken away again, and nothing else.
        line: Option<String>,
        /// Into which of the user's texts.
        kept_in: RemovalTrace,
    },
    /// Step 12: the internal note, saved into the ticket, together with step 1 where that is left to do.
    Note {
        /// The problem type that is set in the same update.
        problem_type: Option<SetField>,
        /// The note, safe HTML.
        html: String,
        /// The same as it reads, for finding it again.
        lines: Vec<String>,
    },
    /// Undo of step 1: what `Support Ops Problem Type` was before.
    RestoreField {
        /// What the change made of it: anything else means that someone changed it since.
        made: SetField,
        /// The value before; none where it was empty.
        value: Option<String>,
    },
    /// Common issues: to whom the ticket goes, with an internal note that says why.
    Assign {
        /// What is said of it, e.g. "you" or "Support Ops Fullstack".
        to: String,
        /// The person.
        assignee: Option<UserId>,
        /// The group.
        group: Option<u64>,
        /// The internal note, safe HTML.
        note_html: Option<String>,
        /// The same as it reads, for finding it again.
        note_lines: Vec<String>,
    },
}

/// What a change does with the line that records a removal.
enum TraceLine<'a> {
    Put(&'a str),
    TakenAway(&'a str),
}

/// An option that a ticket's field is set to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetField {
    /// The field's number.
    pub field: u64,
    /// The option's value.
    pub value: String,
    /// The option's name.
    pub name: String,
}

/// How the organization of a user is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// In the Organization field of the user's page, as the handbook says.
    Page,
    /// By Zendesk's API, where the field cannot be used.
    Api,
}

/// How a user was before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The organization.
    pub organization: Option<OrganizationId>,
    /// `Notes`, whole.
    pub notes: String,
    /// `Details`, whole.
    pub details: String,
}

impl Before {
    /// What is known of a user who was just read.
    pub fn of(user: &User) -> Self {
        Self {
            organization: user.organization,
            notes: user.notes.clone(),
            details: user.details.clone(),
        }
    }

    fn text(&self, field: RemovalTrace) -> &str {
        match field {
            RemovalTrace::Notes => &self.notes,
            RemovalTrace::Details => &self.details,
        }
    }
}

/// How far a change got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// Its turn has not come.
    Queued,
    /// The record is read before it is written.
    Preparing,
    /// The user's page opens.
    Opening {
        /// Since when, in ms since 1970.
        since_ms: u64,
        /// Whether it was opened once more after a stop of the background.
        reopened: bool,
    },
    /// A page is at it.
    Sending {
        /// The page job's number; what becomes of another one is dropped.
        effect: u64,
    },
    /// It was written, or may have been: it is read back.
    Confirming {
        /// Why it is not known whether it was written; none where Zendesk said that it was.
        lost: Option<Lost>,
        /// How often it was read back in vain: the page saves what was chosen after it shows it.
        tries: u8,
    },
    /// Zendesk asked to wait; then it goes on by itself, unless the engineer looks at something else by then.
    Waiting {
        /// Until when, in ms since 1970.
        until_ms: u64,
    },
    /// Done, and seen to be.
    Done,
    /// Not done, or not known to be.
    Problem(TaskProblem),
}

/// Why it is not known whether something was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// The page never answered.
    NoAnswer,
    /// Zendesk's answer is one after which both is possible.
    Answer(ReadError),
    /// The page says that the field did not show what was chosen.
    NotShown,
}

impl Lost {
    /// Whether Zendesk refused because something else was being written at that moment.
    pub fn is_conflict(&self) -> bool {
        matches!(
            self,
            Self::Answer(ReadError::Conflict | ReadError::DatabaseConflict)
        )
    }
}

/// A change with how far it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its number.
    pub id: u64,
    /// What.
    pub change: Change,
    /// How the user was before, once read.
    pub before: Option<Before>,
    /// How far.
    pub state: TaskState,
    /// Whether it was undone since.
    pub undone: bool,
    /// The requester for whom it was asked.
    #[serde(default)]
    pub asked_by: Option<UserId>,
    /// Under which number the case keeps what the engineer saw when they pressed.
    #[serde(default)]
    pub basis: u64,
    /// What was read of its basis for this writing.
    #[serde(default)]
    pub look: Option<Look>,
    /// The tab that was in front when the engineer pressed.
    #[serde(default)]
    pub front: Option<i64>,
    /// Whether it waited since then: what waited brings no tab to the front.
    #[serde(default)]
    pub waited: bool,
    /// Since when it waits, in ms since 1970: a clock that is set back ends the wait.
    #[serde(default)]
    pub waits_since_ms: u64,
    /// What Zendesk said where another user has the address already.
    #[serde(default)]
    pub taken: Option<String>,
    /// Whether the user's page was opened for this turn: it is opened once.
    #[serde(default)]
    pub opened: bool,
    /// Whether the page found, right before this turn's write, that something is no longer as it was read: it is read again, once.
    #[serde(default)]
    pub moved: bool,
    /// What the ticket's field that is set was before the write; none where it was empty, or nothing was written yet.
    #[serde(default)]
    pub field_before: Option<String>,
}

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
                "The user's organization is not what it was: someone changed it. Nothing was written. Look at the user.".to_owned()
            }
            Self::FieldChangedSince => {
                "The problem type is not what it was: someone changed it. Nothing was written. Look at the ticket.".to_owned()
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

impl Change {
    /// What it does, as a line of the panel.
    pub fn title(&self) -> String {
        match self {
            Self::ProblemType { name, .. } => {
                format!("Set problem type to “{}”", one_line(name, 100))
            }
            Self::Join {
                who, organization, ..
            } => format!(
                "Associate {} with {}",
                one_line(who, 200),
                organization.label()
            ),
            Self::Add {
                email,
                organization,
                ..
            } => format!(
                "Add {} to {}",
                one_line(email.as_str(), 200),
                organization.label()
            ),
            Self::Leave { who, .. } => format!("Remove {}", one_line(who, 200)),
            Self::Restore { who, .. } => format!("Undo for {}", one_line(who, 200)),
            Self::Note {
                problem_type: None, ..
            } => "Add internal note".to_owned(),
            Self::Note {
                problem_type: Some(set),
                ..
            } => format!(
                "Add internal note and set problem type to “{}”",
                one_line(&set.name, 100)
            ),
            Self::RestoreField { made, .. } => {
                format!("Undo problem type “{}”", one_line(&made.name, 100))
            }
            Self::Assign { to, .. } => format!("Assign the ticket to {}", one_line(to, 120)),
        }
    }

    /// The user whom it changes, where that is known.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Join { user, .. } | Self::Leave { user, .. } | Self::Restore { user, .. } => {
                Some(*user)
            }
            Self::Add { user, .. } => *user,
            Self::ProblemType { .. }
            | Self::Note { .. }
            | Self::RestoreField { .. }
            | Self::Assign { .. } => None,
        }
    }

    /// Which organization the user is in once it is made.
    pub fn makes(&self) -> Option<Option<OrganizationId>> {
        match self {
            Self::Join { organization, .. } | Self::Add { organization, .. } => {
                Some(Some(organization.id))
            }
            Self::Leave { .. } => Some(None),
            Self::Restore { organization, .. } => Some(*organization),
            Self::ProblemType { .. }
            | Self::Note { .. }
            | Self::RestoreField { .. }
            | Self::Assign { .. } => None,
        }
    }

    /// The ticket's field that it sets: its number and its new value, none where it empties it.
    pub fn sets_field(&self) -> Option<(u64, Option<&str>)> {
        match self {
            Self::ProblemType { field, value, .. } => Some((*field, Some(value))),
            Self::Note {
                problem_type: Some(set),
                ..
            } => Some((set.field, Some(&set.value))),
            Self::RestoreField { made, value } => Some((made.field, value.as_deref())),
            Self::Note {
                problem_type: None, ..
            }
            | Self::Join { .. }
            | Self::Add { .. }
            | Self::Leave { .. }
            | Self::Restore { .. }
            | Self::Assign { .. } => None,
        }
    }

    /// The lines of the internal note that it writes.
    pub fn note_lines(&self) -> &[String] {
        match self {
            Self::Note { lines, .. } => lines,
            Self::Assign { note_lines, .. } => note_lines,
            _ => &[],
        }
    }

    /// Whether it writes into the ticket itself.
    pub fn writes_ticket(&self) -> bool {
        matches!(
            self,
            Self::ProblemType { .. }
                | Self::Note { .. }
                | Self::RestoreField { .. }
                | Self::Assign { .. }
        )
    }

    /// Whether it undoes another.
    pub fn is_undo(&self) -> bool {
        matches!(self, Self::Restore { .. } | Self::RestoreField { .. })
    }

    /// Which of the user's texts it changes.
    pub fn kept_in(&self) -> Option<RemovalTrace> {
        self.trace().map(|(field, _)| field)
    }

    /// The user's text to write, from the one that is there now; none if it stays. A line is put under it, and never twice; an undo takes
    /// that line away, and nothing else.
    pub fn record(&self, user: &User) -> Option<(RemovalTrace, String)> {
        let (field, line) = self.trace()?;
        let now = user.text(field);
        let text = match line {
            TraceLine::Put(line) if has_line(now, line) => None,
            TraceLine::Put(line) if now.trim().is_empty() => Some(line.to_owned()),
            TraceLine::Put(line) => Some(format!("{}\n{line}", now.trim_end())),
            TraceLine::TakenAway(line) => without_line(now, line),
        }?;
        Some((field, text))
    }

    fn trace(&self) -> Option<(RemovalTrace, TraceLine<'_>)> {
        match self {
            Self::Leave { kept_in, line, .. } => Some((*kept_in, TraceLine::Put(line))),
            Self::Restore {
                line: Some(line),
                kept_in,
                ..
            } => Some((*kept_in, TraceLine::TakenAway(line))),
            Self::Restore { line: None, .. }
            | Self::ProblemType { .. }
            | Self::Note { .. }
            | Self::RestoreField { .. }
            | Self::Join { .. }
            | Self::Add { .. }
            | Self::Assign { .. } => None,
        }
    }

    /// Whether it may be made of a user as just read.
    pub fn allowed(&self, user: &User) -> Allowed {
        if user.deleted {
            return Allowed::No(TaskProblem::Deleted);
        }
        let wanted = match self {
            Self::Join { organization, .. } | Self::Add { organization, .. } => organization.id,
            Self::Leave { organization, .. } => {
                return match user {
                    _ if user.organization != Some(*organization) => {
                        Allowed::No(TaskProblem::ChangedSince)
                    }
                    _ if user.role == Role::Team => Allowed::No(TaskProblem::OfTheTeam),
                    _ if user.suspended => Allowed::No(TaskProblem::Suspended),
                    _ => Allowed::Yes,
                };
            }
            Self::Restore {
                made,
                organization,
                line,
                kept_in,
                ..
            } => {
                let text = user.text(*kept_in);
                return match user.organization {
                    now if now == *made => match line {
                        Some(line) if !has_line(text, line) => Allowed::No(TaskProblem::LineGone),
                        _ => Allowed::Yes,
                    },
                    now if now == *organization
                        && line.as_ref().is_none_or(|line| !has_line(text, line)) =>
                    {
                        Allowed::Already
                    }
                    _ => Allowed::No(TaskProblem::ChangedSince),
                };
            }
            Self::ProblemType { .. }
            | Self::Note { .. }
            | Self::RestoreField { .. }
            | Self::Assign { .. } => return Allowed::Yes,
        };
        match user.organization {
            Some(now) if now == wanted => Allowed::Already,
            Some(now) if matches!(self, Self::Join { moved_from: Some(wrong), .. } if *wrong == now) => {
                Allowed::Yes
            }
            Some(other) => Allowed::No(TaskProblem::InOrganization(other)),
            None if user.role == Role::Team => Allowed::No(TaskProblem::OfTheTeam),
            None if user.suspended => Allowed::No(TaskProblem::Suspended),
            None => Allowed::Yes,
        }
    }

    /// What a user looks like once it is made.
    pub fn is_made(&self, user: &User, before: Option<&Before>) -> bool {
        let organization = self
            .makes()
            .is_some_and(|wanted| user.organization == wanted);
        organization
            && match self {
                Self::Leave { line, kept_in, .. } => {
                    before.is_none() || has_line(user.text(*kept_in), line)
                }
                Self::Restore {
                    line: Some(line),
                    kept_in,
                    ..
                } => !has_line(user.text(*kept_in), line),
                _ => true,
            }
    }
}

/// Whether a line is among the lines of a text. Zendesk trims texts and may change their line breaks.
fn has_line(text: &str, line: &str) -> bool {
    text.lines().any(|l| l.trim() == line.trim())
}

/// A text without the last of its lines that reads so; none where there is no such line.
fn without_line(text: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().rposition(|l| l.trim() == line.trim())?;
    lines.remove(at);
    Some(lines.join("\n"))
}

/// Whether a change may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Yes.
    Yes,
    /// It is so already.
    Already,
    /// No, and why.
    No(TaskProblem),
}

impl Task {
    /// A change whose turn has not come.
    pub fn new(id: u64, change: Change) -> Self {
        Self {
            id,
            change,
            before: None,
            state: TaskState::Queued,
            undone: false,
            asked_by: None,
            basis: 0,
            look: None,
            front: None,
            waited: false,
            waits_since_ms: 0,
            taken: None,
            opened: false,
            moved: false,
            field_before: None,
        }
    }

    /// Whether it was written, or may have been.
    pub fn may_be_written(&self) -> bool {
        match &self.state {
            TaskState::Sending { .. } | TaskState::Confirming { .. } | TaskState::Done => true,
            TaskState::Problem(problem) => matches!(
                problem,
                TaskProblem::NotKnown(_) | TaskProblem::OtherOrganization(_)
            ),
            TaskState::Queued
            | TaskState::Preparing
            | TaskState::Opening { .. }
            | TaskState::Waiting { .. } => false,
        }
    }

    /// Whether nothing of it was given to a page yet, and something still will be.
    pub fn is_unsent(&self) -> bool {
        matches!(
            self.state,
            TaskState::Queued
                | TaskState::Preparing
                | TaskState::Opening { .. }
                | TaskState::Waiting { .. }
        )
    }

    /// Whether it is over, well or not.
    pub fn is_over(&self) -> bool {
        matches!(self.state, TaskState::Done | TaskState::Problem(_))
    }

    /// Whether something is on its way for it.
    pub fn in_flight(&self) -> bool {
        match self.state {
            TaskState::Preparing
            | TaskState::Opening { .. }
            | TaskState::Sending { .. }
            | TaskState::Confirming { .. } => true,
            TaskState::Queued
            | TaskState::Waiting { .. }
            | TaskState::Done
            | TaskState::Problem(_) => false,
        }
    }

    /// The change that undoes it, where it was made and can be undone.
    pub fn undo(&self) -> Option<Change> {
        let touched = match &self.state {
            TaskState::Done => true,
            // The page picked another organization of that name.
            TaskState::Problem(TaskProblem::OtherOrganization(Some(_))) => true,
            _ => false,
        };
        if !touched || self.undone {
            return None;
        }
        if let Change::ProblemType { field, value, name } = &self.change {
            return Some(Change::RestoreField {
                made: SetField {
                    field: *field,
                    value: value.clone(),
                    name: name.clone(),
                },
                value: self.field_before.clone(),
            });
        }
        if let Change::Note {
            problem_type: Some(set),
            ..
        } = &self.change
        {
            return Some(Change::RestoreField {
                made: set.clone(),
                value: self.field_before.clone(),
            });
        }
        let before = self.before.as_ref()?;
        let made = match &self.state {
            TaskState::Problem(TaskProblem::OtherOrganization(now)) => *now,
            _ => self.change.makes()?,
        };
        if made == before.organization {
            return None;
        }
        let mut kept_in = RemovalTrace::Notes;
        let (user, who, line) = match &self.change {
            Change::Join { user, who, .. } => (*user, who.clone(), None),
            Change::Add {
                user: Some(user),
                email,
                ..
            } => (*user, email.to_string(), None),
            Change::Leave {
                user,
                who,
                line,
                kept_in: field,
                ..
            } => {
                kept_in = *field;
                // A line that was there before stays.
                let ours = Some(line.clone()).filter(|line| !has_line(before.text(*field), line));
                (*user, who.clone(), ours)
            }
            Change::Add { user: None, .. }
            | Change::Restore { .. }
            | Change::ProblemType { .. }
            | Change::Note { .. }
            | Change::RestoreField { .. }
            | Change::Assign { .. } => return None,
        };
        Some(Change::Restore {
            user,
            who,
            made,
            organization: before.organization,
            line,
            kept_in,
        })
    }
}
