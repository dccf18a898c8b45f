//! What is wrong with one control of a form: said beside it, and tied to it for those who hear the panel.

use maud::{Markup, html};

use crate::app::Model;

/// What is said about a control, where something is.
pub(super) struct Wrong<'a> {
    says: Option<&'a str>,
    id: String,
}

impl<'a> Wrong<'a> {
    /// What is said about the field of that name; `control`: the id of its control. Of several forms with such a field it is the one
    /// about `of`.
    pub(super) fn with(model: &'a Model, field: &str, of: Option<&str>, control: &str) -> Self {
        let said = model
            .said
            .as_ref()
            .filter(|s| s.error && s.field.as_deref() == Some(field));
        let said = said.filter(|s| of.is_none() || s.of.as_deref() == of);
        Self {
            says: said.map(|s| s.text.as_str()),
            id: format!("{control}-problem"),
        }
    }

    /// For `aria-invalid`.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.says.map(|_| "true")
    }

    /// For `aria-describedby`, after what else describes the control.
    pub(super) fn described(&self, by: Option<&str>) -> Option<String> {
        let all: Vec<&str> = by
            .into_iter()
            .chain(self.says.map(|_| self.id.as_str()))
            .collect();
        (!all.is_empty()).then(|| all.join(" "))
    }

    /// The sentence that comes right after the control.
    pub(super) fn says(&self) -> Markup {
        html! { @if let Some(says) = self.says { p.error id=(self.id) role="alert" { bdi { (says) } } } }
    }
}
