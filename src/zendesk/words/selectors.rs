//! Where things stand in the agent's page.

use serde::{Deserialize, Serialize};

/// CSS selectors of the agent's page; each thing has several, tried in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// The pane of the ticket in front.
    pub active_pane: Vec<String>,
    /// The element of a pane that names its ticket.
    pub pane_ticket: Vec<String>,
    /// The tab of what is in front.
    pub active_tab: Vec<String>,
    /// The composer's editable.
    pub composer: Vec<String>,
    /// The switch between note and reply.
    pub channel_button: Vec<String>,
    /// The switch's item for the internal note.
    pub channel_internal: Vec<String>,
    /// The switch's item for the public reply.
    pub channel_public: Vec<String>,
    /// The button that submits the ticket; only ever read.
    pub submit_button: Vec<String>,
    /// The button that opens the submit menu.
    pub submit_menu_button: Vec<String>,
    /// An entry of that menu; `{status}` stands for the status.
    pub submit_menu_entry: Vec<String>,
    /// The pane of the user in front.
    pub user_pane: Vec<String>,
    /// The input of a user's organization.
    pub organization_field: Vec<String>,
    /// The label of that input, where no selector finds it: texts, not selectors.
    pub organization_labels: Vec<String>,
}

impl Selectors {
    /// Every list with its key in the profile.
    pub fn all(&self) -> [(&'static str, &Vec<String>); 13] {
        [
            ("active_pane", &self.active_pane),
            ("pane_ticket", &self.pane_ticket),
            ("active_tab", &self.active_tab),
            ("composer", &self.composer),
            ("channel_button", &self.channel_button),
            ("channel_internal", &self.channel_internal),
            ("channel_public", &self.channel_public),
            ("submit_button", &self.submit_button),
            ("submit_menu_button", &self.submit_menu_button),
            ("submit_menu_entry", &self.submit_menu_entry),
            ("user_pane", &self.user_pane),
            ("organization_field", &self.organization_field),
            ("organization_labels", &self.organization_labels),
        ]
    }
}
