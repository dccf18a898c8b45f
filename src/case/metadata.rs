//! Step 1: whether the ticket was filed correctly.

use super::Case;
use super::load::Load;
use crate::profile::zendesk::{ZendeskWords, is_one_of};
use crate::record::ticket::FieldOption;

/// Whether the ticket's form is one for association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormIs {
    /// It is the right form.
    Right,
    /// It is another form: its name, or its number if the name is not known.
    Wrong(String),
    /// The form is not known yet, or it could not be read.
    Unknown,
}

/// Whether `Support Ops Problem Type` is set as step 1 requires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemType {
    /// It is set correctly: the option's name.
    Set(String),
    /// It is empty or wrong.
    ToSet {
        /// The option that it shows; none if it is empty.
        now: Option<String>,
        /// The option to set.
        wanted: FieldOption,
    },
    /// It cannot be set: the reason, as a sentence.
    CannotSet(String),
    /// The ticket or the fields have not been read.
    Unknown,
}

impl Case {
    /// Whether the ticket's form is the right one, by its number or else by its title.
    pub fn form_is(&self, words: &ZendeskWords) -> FormIs {
        let Some(ticket) = self.ticket.got() else {
            return FormIs::Unknown;
        };
        // In an account without forms, tickets have none.
        let Some(id) = ticket.form_id else {
            return FormIs::Right;
        };
        if words.ticket_forms.ids.contains(&id) {
            return FormIs::Right;
        }
        match &self.form {
            Load::Got(name) if is_one_of(name, &words.ticket_forms.titles) => FormIs::Right,
            Load::Got(name) => FormIs::Wrong(name.clone()),
            Load::NotAsked | Load::Asking | Load::Failed(_) => FormIs::Unknown,
        }
    }

    /// The form that keeps the case from going on: one that is not for association, unless the
    /// engineer goes on with it.
    pub fn form_stops(&self, words: &ZendeskWords) -> Option<String> {
        match self.form_is(words) {
            FormIs::Wrong(name) if !self.goes_on_with_form() => Some(name),
            FormIs::Wrong(_) | FormIs::Right | FormIs::Unknown => None,
        }
    }

    /// Whether the engineer goes on with the form that the ticket has now.
    pub(super) fn goes_on_with_form(&self) -> bool {
        let form = self.ticket.got().and_then(|t| t.form_id);
        form.is_some() && self.form_accepted == form
    }

    /// The form whose name has to be read because the profile does not know its number.
    pub fn form_to_read(&self, words: &ZendeskWords) -> Option<u64> {
        self.ticket
            .got()?
            .form_id
            .filter(|id| !words.ticket_forms.ids.contains(id))
    }

    /// Whether `Support Ops Problem Type` is set as step 1 requires, and to what.
    pub fn problem_type(&self, words: &ZendeskWords) -> ProblemType {
        let (Some(ticket), Some(fields)) = (self.ticket.got(), &self.fields) else {
            return ProblemType::Unknown;
        };
        let Some(field) = fields.problem_type else {
            return ProblemType::CannotSet(
                "This Zendesk has no ticket field “Support Ops Problem Type” that your account may see.".to_owned(),
            );
        };
        let value = ticket.field_values.get(&field);
        let option = |value: &String| fields.problem_options.iter().find(|o| o.value == *value);
        let now = value.map(|v| option(v).map_or(v.as_str(), |o| o.name.as_str()));
        if let Some(name) = now
            && is_one_of(name, &words.problem_types)
        {
            return ProblemType::Set(name.to_owned());
        }
        let mut wanted = fields
            .problem_options
            .iter()
            .filter(|o| is_one_of(&o.name, &words.problem_types));
        match (wanted.next(), wanted.next()) {
            (Some(wanted), None) => ProblemType::ToSet {
                now: now.map(str::to_owned),
                wanted: wanted.clone(),
            },
            (None, _) => ProblemType::CannotSet(format!(
                "The field has no option “{}”. Set it by hand, or correct the name in the site profile.",
                words.problem_types.first().map_or("", String::as_str)
            )),
            (Some(_), Some(_)) => ProblemType::CannotSet(
                "The field has two options of the wanted name. Set it by hand.".to_owned(),
            ),
        }
    }
}
