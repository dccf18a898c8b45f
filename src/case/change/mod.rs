//! What Tether writes into Zendesk after a click.

mod before;
mod field;
mod hand_on;
mod lines;
mod problem;
mod task;

use serde::{Deserialize, Serialize};

pub use before::Before;
pub use field::SetField;
pub use hand_on::{HandOn, Route};
pub use problem::TaskProblem;
pub use task::{Lost, Task, TaskState};

use lines::{has_line, without_line};

use crate::mail::Address;
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
    /// Step 12: the internal note, saved into the ticket, together with step 1 if that is still to do.
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
        /// The value before; none if it was empty.
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
    /// A ticket with another form goes on, once its requester is associated.
    HandOn(HandOn),
    /// Undo of that: where the ticket was before.
    TakeBack {
        /// Where it went: anything else means that someone changed it since.
        made: HandOn,
        /// Where it was.
        was: Route,
    },
}

/// What a change does with the line that records a removal.
enum TraceLine<'a> {
    Put(&'a str),
    TakenAway(&'a str),
}

/// How the organization of a user is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// In the Organization field of the user's page, as the handbook says.
    Page,
    /// By Zendesk's API, if the field can't be used.
    Api,
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
            Self::HandOn(on) => on.title(),
            Self::TakeBack { made, .. } => {
                format!(
                    "Take the ticket back from {}",
                    one_line(&made.group.name, 120)
                )
            }
        }
    }

    /// The user that it changes, if known.
    pub fn user(&self) -> Option<UserId> {
        match self {
            Self::Join { user, .. } | Self::Leave { user, .. } | Self::Restore { user, .. } => {
                Some(*user)
            }
            Self::Add { user, .. } => *user,
            Self::ProblemType { .. }
            | Self::Note { .. }
            | Self::RestoreField { .. }
            | Self::HandOn(_)
            | Self::TakeBack { .. }
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
            | Self::HandOn(_)
            | Self::TakeBack { .. }
            | Self::Assign { .. } => None,
        }
    }

    /// The ticket's field that it sets: its number and its new value; none if it empties the field.
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
            | Self::HandOn(_)
            | Self::TakeBack { .. }
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

    /// What a page of the ticket that follows changes shows once it is made; nothing if only one that is loaded anew is certain to.
    pub fn shown_lines(&self) -> Vec<String> {
        match self {
            Self::ProblemType { name, .. } => vec![name.clone()],
            _ => self.note_lines().to_vec(),
        }
    }

    /// The agent to whom the ticket goes because they are signed in: it has to be them still.
    pub fn to_agent(&self) -> Option<UserId> {
        match self {
            Self::Assign {
                assignee,
                group: None,
                ..
            } => *assignee,
            _ => None,
        }
    }

    /// Whether it writes into the ticket itself.
    pub fn writes_ticket(&self) -> bool {
        matches!(
            self,
            Self::ProblemType { .. }
                | Self::Note { .. }
                | Self::RestoreField { .. }
                | Self::HandOn(_)
                | Self::TakeBack { .. }
                | Self::Assign { .. }
        )
    }

    /// Whether it undoes another.
    pub fn is_undo(&self) -> bool {
        matches!(
            self,
            Self::Restore { .. } | Self::RestoreField { .. } | Self::TakeBack { .. }
        )
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
            | Self::HandOn(_)
            | Self::TakeBack { .. }
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
            | Self::HandOn(_)
            | Self::TakeBack { .. }
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
