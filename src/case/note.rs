//! The collated internal note of handbook step 12: its lines, and its plain and HTML forms.

use maud::{Markup, html};

use super::Case;
use super::bare_ids::BareId;
use super::change::{Change, TaskState};
use super::check::{Answer, Check, Verdict};
use super::dot_com::ByHand;
use crate::profile::zendesk::Process;
use crate::record::ids::OrganizationId;
use crate::record::seen::Record;
use crate::record::{Shown, SoldTo};
use crate::text::line::one_line;

/// One line of the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The text before the colon.
    pub label: &'static str,
    /// The text after the colon.
    pub value: Value,
}

/// The value of a line, always on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A URL that Tether built, a link in the composer.
    Link(String),
    /// Text from a page, an answer or the engineer.
    Text(String),
    /// The value is missing.
    NotFound,
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Link(text) | Self::Text(text) => text,
            Self::NotFound => "not found",
        }
    }
}

/// The note of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its lines, in the handbook's order.
    pub lines: Vec<Line>,
}

/// The longest text of a line, in characters.
const TEXT_MAX: usize = 400;

impl Note {
    /// Collates the note from the case, its checks and its verdict alone. With the contact management
    /// app, which writes down the records itself, it is short: the bare IDs and what was decided.
    pub fn of(case: &Case, checks: &[Check], verdict: &Verdict, process: Process) -> Self {
        let organization = link(case.organization.one().map(|o| case.organization_url(o.id)));
        let by_hand = case.dot_com.found_by_hand();
        let mut lines = match (case.chain.is_empty(), &case.found_in, by_hand) {
            (true, Some(organization), _) => managed_lines(case, organization.id),
            (true, None, Some(found)) => dot_com_lines(found, organization),
            _ if process == Process::ContactManagementApp => bare_lines(case),
            _ => record_lines(case, organization),
        };
        if let Verdict::NotEntitled(reasons) = verdict {
            lines.extend(reasons.iter().map(|reason| Line {
                label: "Failed validation",
                value: text(Some(reason)),
            }));
        }
        lines.extend(decisions(case, checks).iter().map(|what| Line {
            label: "Decision",
            value: text(Some(what)),
        }));
        Self { lines }
    }

    /// Makes a note of other lines, if there is nothing to collate.
    pub(super) fn of_lines(lines: Vec<Line>) -> Self {
        Self { lines }
    }

    /// Each line as the composer shows it, `License: https://…`.
    pub fn reading(&self) -> Vec<String> {
        self.lines
            .iter()
            .map(|l| format!("{}: {}", l.label, l.value.text()))
            .collect()
    }

    /// The plain copy: `- License: https://…`, one per line.
    pub fn plain(&self) -> String {
        self.reading()
            .iter()
            .map(|l| format!("- {l}"))
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The HTML copy: the same list with links.
    pub fn html(&self) -> String {
        self.list().into_string()
    }

    /// The list with links.
    pub(super) fn list(&self) -> Markup {
        html! {
            ul {
                @for line in &self.lines {
                    li {
                        (line.label) ": "
                        @match &line.value {
                            Value::Link(address) => a href=(address) { (address) },
                            other => (other.text()),
                        }
                    }
                }
            }
        }
    }
}

fn link(address: Option<String>) -> Value {
    address.map_or(Value::NotFound, Value::Link)
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::NotFound, |t| Value::Text(one_line(t, TEXT_MAX)))
}

/// The lines of step 12: each record with its address.
fn record_lines(case: &Case, organization: Value) -> Vec<Line> {
    let chain = &case.chain;
    let proof_label = match chain.proof() {
        Some(Record::CloudActivation(_)) => "Cloud activation",
        _ => "License",
    };
    let account = chain.billing_account();
    let sold_to = match (chain.sold_to_email(), account.map(|a| &a.record.sold_to)) {
        (Some(email), _) => Some(email.to_owned()),
        (None, Some(Shown::Value(SoldTo::NameOnly { name, .. }))) => {
            Some(format!("{name} (no email address shown)"))
        }
        (None, _) => None,
    };
    let salesforce = account.and_then(|a| a.record.salesforce_account.value());
    [
        (
            proof_label,
            link(chain.proof().map(|p| p.address().to_owned())),
        ),
        ("Order", link(chain.order().map(|o| o.address.clone()))),
        ("Billing account", link(account.map(|a| a.address.clone()))),
        ("Sold-to", text(sold_to.as_deref())),
        ("Salesforce ID", text(salesforce.map(|id| id.as_str()))),
        ("Organization", organization),
    ]
    .map(|(label, value)| Line { label, value })
    .into()
}

/// What the engineer decided, in the order of the handbook.
fn decisions(case: &Case, checks: &[Check]) -> Vec<String> {
    let mut out = Vec::new();
    for check in checks {
        if let (Some(decision), Answer::Passed(_)) = (&check.decision, &check.answer) {
            out.push(format!(
                "{} accepted ({}): {}",
                check.name.title(),
                check.found.why(),
                decision.reason
            ));
        }
    }
    if let (Some(picked), None) = (&case.picked_address, case.subscription_email()) {
        let among = match case.written.got().map_or(0, Vec::len) {
            0 => "the requester’s own address".to_owned(),
            named => format!("picked out of {named} that the requester named"),
        };
        out.push(format!("Sold-to compared with {picked}, {among}"));
    }
    if let Some(chosen) = case.organization.chosen() {
        out.push(format!(
            "organization {} ({}) chosen among several with this Salesforce account",
            chosen.id, chosen.name
        ));
    }
    if let (true, Some(form)) = (case.goes_on_with_form(), case.form.got()) {
        out.push(format!(
            "gone on with the form “{form}”, which is not for association"
        ));
    }
    out.extend(case.contacts.decisions());
    out
}

/// The IDs that the app asks for, as far as they are known.
fn bare_lines(case: &Case) -> Vec<Line> {
    let line = |id: BareId| Line {
        label: id.label,
        value: Value::Text(one_line(&id.value, TEXT_MAX)),
    };
    case.bare_ids().into_iter().map(line).collect()
}

/// Step 2 and the removal of associated users: the handbook prescribes no form for them, so these
/// lines say what was done.
fn managed_lines(case: &Case, organization: OrganizationId) -> Vec<Line> {
    let mut lines = vec![Line {
        label: "Organization",
        value: Value::Link(case.organization_url(organization)),
    }];
    for task in case
        .tasks
        .iter()
        .filter(|t| t.state == TaskState::Done && !t.undone)
    {
        let (label, who) = match &task.change {
            Change::Add { email, .. } => ("Added", email.as_str()),
            Change::Join { who, .. } => ("Added", who.as_str()),
            Change::Leave { who, .. } => ("Removed", who.as_str()),
            Change::Restore { .. }
            | Change::ProblemType { .. }
            | Change::Note { .. }
            | Change::RestoreField { .. }
            | Change::HandOn(_)
            | Change::TakeBack { .. }
            | Change::Assign { .. } => continue,
        };
        lines.push(Line {
            label,
            value: Value::Text(one_line(who, TEXT_MAX)),
        });
    }
    lines
}

/// Step 4, if the app failed: the handbook prescribes no form for it, so these are the lines of
/// step 12 that exist on this route.
fn dot_com_lines(found: &ByHand, organization: Value) -> Vec<Line> {
    vec![
        Line {
            label: "Namespace",
            value: Value::Text(one_line(&found.namespace, TEXT_MAX)),
        },
        Line {
            label: "Salesforce ID",
            value: Value::Text(found.account.as_str().to_owned()),
        },
        Line {
            label: "Organization",
            value: organization,
        },
    ]
}
