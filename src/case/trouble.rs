//! Common issues and troubleshooting: when a case needs somebody else or more time, and the internal note that says so.

use maud::html;

use super::Case;
use super::change::{Change, TaskState};
use super::check::{Answer, CheckName, Rules, checks, verdict};
use super::dot_com::Attempt;
use super::hand_over::Person;
use super::note::{Line, Note, Value};
use super::organization::Found;
use crate::profile::zendesk::Process;
use crate::profile::zendesk::{HandOver, ZendeskWords, is_one_of};
use crate::record::Shown;
use crate::record::people::Group;
use crate::text::line::one_line;

/// Why a case needs somebody else or more time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// There is a Salesforce account, but no organization that carries it.
    NoOrganization,
    /// GitLab.com: the app failed, and nothing was found by hand yet.
    AppFailed,
    /// The organization's notes or details say not to go on.
    NotesSayStop,
    /// The order leads to no billing account.
    NoBillingAccount,
}

impl Need {
    /// What a case needs now.
    pub fn of(case: &Case, rules: Rules<'_>) -> Vec<Self> {
        let stop = |c: &super::check::Check| {
            c.name == CheckName::OrganizationNotes && matches!(c.answer, Answer::Failed(_))
        };
        let no_account = case.chain.billing_account().is_none()
            && case
                .chain
                .order()
                .is_some_and(|o| !matches!(o.record.billing_account, Shown::Value(_)));
        let all = [
            (
                Self::NoOrganization,
                matches!(case.organization.found(), Some(Found::None)),
            ),
            (
                Self::AppFailed,
                case.dot_com.attempt == Some(Attempt::AppFailed) && case.dot_com.by_hand.is_none(),
            ),
            (Self::NotesSayStop, checks(case, rules).iter().any(stop)),
            (Self::NoBillingAccount, no_account),
        ];
        all.into_iter()
            .filter(|(_, needed)| *needed)
            .map(|(need, _)| need)
            .collect()
    }
}

/// The hours after which a reminder can come: the sync takes one or two.
pub const REMIND_HOURS: [u64; 3] = [1, 2, 4];
/// The longest text of a note, in characters.
pub const TEXT_MAX: usize = 1000;

/// What the engineer typed, with its line breaks: each line is one line, and none is empty.
pub fn lines_of(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| one_line(line, TEXT_MAX))
        .filter(|line| !line.is_empty())
        .collect()
}

impl Case {
    /// Whether the ticket is about to be assigned, or assigning it failed and the engineer has not dismissed that yet.
    pub fn is_assigning(&self) -> bool {
        self.tasks.iter().any(|t| {
            matches!(t.change, Change::Assign { .. } | Change::HandOn(_))
                && t.state != TaskState::Done
        })
    }

    /// To whom the ticket was handed over from here, as long as Zendesk shows it there.
    pub fn handed_over_to(&self) -> Option<&str> {
        if let Some(group) = self.handed_on_to() {
            return Some(group);
        }
        let ticket = self.ticket.got()?;
        let mut done = self
            .tasks
            .iter()
            .rev()
            .filter(|t| t.state == TaskState::Done);
        let (to, group, assignee) = done.find_map(|t| match &t.change {
            Change::Assign {
                to,
                group,
                assignee,
                ..
            } => Some((to, *group, *assignee)),
            _ => None,
        })?;
        let me = self.trouble.me.got().map(|me| me.id);
        let is_theirs = match assignee {
            Some(person) => ticket.assignee == Some(person),
            None => ticket.assignee.is_none() || ticket.assignee != me,
        };
        (group.is_some() && ticket.group == group && is_theirs).then_some(to)
    }

    /// The profile's person, if the profile names one and Zendesk knows them.
    pub fn hand_over_person(&self, words: &ZendeskWords) -> Option<&Person> {
        words.hand_over.assignee.as_ref()?;
        self.trouble.person.got()?.as_ref()
    }
}

/// What is known about a case, to follow the engineer's text: the collated note if there is one.
pub fn known(case: &Case, rules: Rules<'_>) -> Note {
    if case.has_something_to_note() {
        let checks = checks(case, rules);
        // Whoever takes over looks at the records, whatever the process is.
        return Note::of(case, &checks, &verdict(&checks), Process::Handbook);
    }
    let words = rules.words;
    let attempt = case
        .dot_com
        .attempt
        .filter(|_| case.is_dot_com(words))
        .map(|attempt| Line {
            label: "Auto-association",
            value: Value::Text(attempt.says().to_owned()),
        });
    let organization = case.target(words).map(|o| Line {
        label: "Organization",
        value: Value::Link(case.organization_url(o.id)),
    });
    Note::of_lines(attempt.into_iter().chain(organization).collect())
}

/// The internal note of a hand-over: safe HTML, and its lines as they read. What the engineer wrote comes first.
pub fn internal_note(text: &[String], known: &Note) -> (String, Vec<String>) {
    let html = html! {
        @for line in text { p { (line) } }
        @if !known.lines.is_empty() { (known.list()) }
    };
    (
        html.into_string(),
        text.iter().cloned().chain(known.reading()).collect(),
    )
}

/// The note while the case waits for the organization: what the engineer typed, or what is suggested.
pub fn waiting_note(case: &Case) -> String {
    case.trouble
        .waiting
        .clone()
        .unwrap_or_else(|| waiting_text(case))
}

/// The suggested note while the case waits for the organization, before the engineer changes it.
pub fn waiting_text(case: &Case) -> String {
    let account = case
        .salesforce_account()
        .map(|a| format!(" {a}"))
        .unwrap_or_default();
    format!(
        "No organization in Zendesk carries the Salesforce account{account} yet.\n\
         After the billing account is synced in Salesforce (Sync Data from ZBilling), Zendesk adds it in 1 to 2 hours; I will look again then."
    )
}

/// The profile's group: the first of its names that Zendesk knows.
pub fn preferred<'a>(groups: &'a [Group], wanted: &HandOver) -> Option<&'a Group> {
    wanted.groups.iter().find_map(|name| {
        groups
            .iter()
            .find(|g| is_one_of(&g.name, std::slice::from_ref(name)))
    })
}
