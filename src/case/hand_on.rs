//! The hand-on: a ticket that was filed with a form which is not for association goes on to those whose it is, once its requester is
//! associated. Every name comes from the site profile, and is looked up in Zendesk before anything is written.

use super::Case;
use super::change::{Change, HandOn, SetField, Task, TaskState};
use super::load::Load;
use super::metadata::FormIs;
use crate::profile::zendesk::{ZendeskWords, is_one_of};
use crate::record::ticket::Ticket;
use crate::text::line::one_line;

/// The one of the first of these names that exists; none if several have it.
fn only<'a, T>(all: &'a [T], names: &[String], name: impl Fn(&T) -> &str) -> Option<&'a T> {
    let named = |wanted: &String| -> Vec<&'a T> {
        all.iter()
            .filter(|one| is_one_of(name(one), std::slice::from_ref(wanted)))
            .collect()
    };
    let found = names
        .iter()
        .map(named)
        .find(|fitting| !fitting.is_empty())?;
    match found.as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

fn first(names: &[String]) -> String {
    names.first().map_or(String::new(), |n| one_line(n, 120))
}

impl Case {
    /// Whether the hand-on is a question of this case: its form is another, its requester is associated, or the engineer goes on with the
    /// form. What it needs is read then.
    pub fn may_be_handed_on(&self, words: &ZendeskWords) -> bool {
        let associated = self
            .ticket
            .got()
            .is_some_and(|t| t.requester.organization.is_some());
        matches!(self.form_is(words), FormIs::Wrong(_))
            && !words.hand_on.groups.is_empty()
            && (associated || self.form_stops(words).is_none())
    }

    /// Where the ticket would go, or why that is not known: a sentence without its full stop.
    pub fn hand_on(&self, words: &ZendeskWords) -> Result<HandOn, String> {
        let names = &words.hand_on;
        if !self.may_be_handed_on(words) {
            return Err("this ticket is not to be handed on".to_owned());
        }
        let groups = match &self.trouble.groups {
            Load::Got(groups) => groups,
            Load::Failed(error) => {
                return Err(format!("the groups can’t be read: {}", error.says()));
            }
            Load::NotAsked | Load::Asking => return Err("the groups are being read".to_owned()),
        };
        let group = only(groups, &names.groups, |g| &g.name)
            .ok_or_else(|| format!("no single group is called “{}”", first(&names.groups)))?
            .clone();
        let form = match (&names.forms, &self.trouble.forms) {
            (wanted, _) if wanted.is_empty() => None,
            (wanted, Load::Got(forms)) => Some(
                only(forms, wanted, |(_, name)| name)
                    .ok_or_else(|| format!("no single form is called “{}”", first(wanted)))?
                    .clone(),
            ),
            (_, Load::Failed(error)) => {
                return Err(format!("the forms can’t be read: {}", error.says()));
            }
            (_, Load::NotAsked | Load::Asking) => {
                return Err("the forms are being read".to_owned());
            }
        };
        let stage = if names.stage_field.is_empty() {
            None
        } else {
            let own = self.fields.as_ref().filter(|fields| fields.stage.is_some());
            let fields = match (own, &self.trouble.stage) {
                (Some(fields), _) | (None, Load::Got(fields)) => fields,
                (None, Load::Failed(error)) => {
                    return Err(format!("the fields can’t be read: {}", error.says()));
                }
                (None, Load::NotAsked | Load::Asking) => {
                    return Err("the fields are being read".to_owned());
                }
            };
            let field = fields
                .stage
                .ok_or_else(|| format!("no field is called “{}”", first(&names.stage_field)))?;
            let option =
                only(&fields.stage_options, &names.stages, |o| &o.name).ok_or_else(|| {
                    format!("the stage has no single option “{}”", first(&names.stages))
                })?;
            Some(SetField {
                field,
                value: option.value.clone(),
                name: option.name.clone(),
            })
        };
        Ok(HandOn {
            group,
            form,
            stage,
            removed_tags: names.removed_tags.clone(),
        })
    }

    /// The same for a ticket whose requester is associated: only then it goes on, and only if it is the engineer's still.
    pub fn hand_on_now(&self, words: &ZendeskWords) -> Result<HandOn, String> {
        let associated = |t: &Ticket| t.requester.organization.is_some();
        if let Some(whose) = self.handed_over_to() {
            return Err(format!(
                "the ticket was handed over to {} already",
                one_line(whose, 120)
            ));
        }
        if self.is_undoing() {
            return Err("an earlier change is being undone".to_owned());
        }
        let ticket = self.ticket.got();
        if let Some(why) = ticket.and_then(Ticket::says_over) {
            return Err(why);
        }
        match ticket {
            Some(ticket) if associated(ticket) => self.hand_on(words),
            _ => Err("the requester is not associated yet".to_owned()),
        }
    }

    /// Whether the requester was associated here: at the first look they were in no organization.
    pub(super) fn was_associated_here(&self) -> bool {
        let now = self
            .ticket
            .got()
            .and_then(|t| t.requester.organization.as_ref());
        now.is_some() && self.found_in.is_none()
    }

    /// Whether the ticket was handed on from here, wherever it is now.
    pub fn was_handed_on(&self) -> bool {
        self.hand_ons().next().is_some()
    }

    /// To which group the ticket was handed on from here, as long as Zendesk shows it there. A colleague of that group may have taken it.
    pub(super) fn handed_on_to(&self) -> Option<&str> {
        let ticket = self.ticket.got()?;
        let me = self.trouble.me.got().map(|me| me.id);
        let is_theirs = ticket.assignee.is_none() || ticket.assignee != me;
        self.hand_ons()
            .find(|on| is_theirs && ticket.group == Some(on.group.id))
            .map(|on| on.group.name.as_str())
    }

    /// The hand-ons that were made here and not taken back, the last one first.
    fn hand_ons(&self) -> impl Iterator<Item = &HandOn> {
        let made = |task: &&Task| task.state == TaskState::Done && !task.undone;
        let tasks = self.tasks.iter().rev().filter(made);
        tasks.filter_map(|task| match &task.change {
            Change::HandOn(on) => Some(on),
            _ => None,
        })
    }
}
