//! Where a ticket with another form goes, and where it was before.

use serde::{Deserialize, Serialize};

use super::field::SetField;
use crate::record::ids::UserId;
use crate::record::people::Group;
use crate::record::ticket::Ticket;
use crate::text::line::one_line;

/// Where a ticket goes: what is set in one update. Its status stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOn {
    /// The group, without an assignee.
    pub group: Group,
    /// The new form: its number and its name.
    pub form: Option<(u64, String)>,
    /// The stage.
    pub stage: Option<SetField>,
    /// The tags that are taken off.
    pub removed_tags: Vec<String>,
}

/// Where a ticket was, as far as a hand-on changes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The group.
    pub group: Option<u64>,
    /// The assignee.
    pub assignee: Option<UserId>,
    /// The form.
    pub form: Option<u64>,
    /// The stage; none if the field was empty.
    pub stage: Option<String>,
    /// The tags that a hand-on takes off and that were there.
    pub tags: Vec<String>,
}

impl HandOn {
    /// What it does, as a line of the panel.
    pub fn title(&self) -> String {
        format!("Hand on to {}", one_line(&self.group.name, 120))
    }

    /// The parts of it in words, each a phrase.
    pub fn parts(&self) -> Vec<String> {
        let mut parts = vec![format!(
            "group {} without an assignee",
            one_line(&self.group.name, 120)
        )];
        if let Some((_, name)) = &self.form {
            parts.push(format!("form {}", one_line(name, 120)));
        }
        if let Some(stage) = &self.stage {
            parts.push(format!("stage {}", one_line(&stage.name, 120)));
        }
        for tag in &self.removed_tags {
            parts.push(format!("without the tag {}", one_line(tag, 120)));
        }
        parts
    }

    /// Where a ticket is that this would move.
    pub fn route(&self, ticket: &Ticket) -> Route {
        let removed = |tag: &&String| self.removed_tags.contains(tag);
        Route {
            group: ticket.group,
            assignee: ticket.assignee,
            form: ticket.form_id,
            stage: self.stage.as_ref().and_then(|s| filled(ticket, s.field)),
            tags: ticket.tags.iter().filter(removed).cloned().collect(),
        }
    }

    /// Where a ticket is once it is made.
    pub fn goal(&self, was: &Route) -> Route {
        Route {
            group: Some(self.group.id),
            assignee: None,
            form: self.form.as_ref().map_or(was.form, |(id, _)| Some(*id)),
            stage: self.stage.as_ref().map(|s| s.value.clone()),
            tags: Vec::new(),
        }
    }

    /// Whether a ticket shows it as made.
    pub fn is_made(&self, ticket: &Ticket) -> bool {
        let now = self.route(ticket);
        now == self.goal(&now)
    }

    /// The ticket's tags with those of another route in the place of those of this one. A dropdown's value is a tag, too: left out, Zendesk
    /// would empty the field.
    pub fn tags(&self, ticket: &Ticket, to: &Route) -> Vec<String> {
        let now = self.route(ticket);
        let goes = |tag: &String| {
            self.removed_tags.contains(tag)
                || (now.stage.as_ref() == Some(tag) && now.stage != to.stage)
        };
        let mut tags: Vec<String> = ticket.tags.iter().filter(|t| !goes(t)).cloned().collect();
        for tag in to.tags.iter().chain(&to.stage) {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }
}

/// The value of a ticket's field, if it is filled.
fn filled(ticket: &Ticket, field: u64) -> Option<String> {
    let value = ticket.field_values.get(&field)?;
    (!value.trim().is_empty()).then(|| value.clone())
}
