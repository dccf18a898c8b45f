//! The browser's windows and tabs, as far as they matter.

use serde::{Deserialize, Serialize};

use crate::case::CaseKey;
use crate::record::ids::UserId;

/// A window of the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The tab in front in it.
    pub front_tab: Option<i64>,
    /// The case that its panel shows: the ticket that the engineer looked at last in this window.
    pub focus: Option<CaseKey>,
    /// Where the tab in front is a Zendesk on which Tether refuses to act: its host.
    pub refused_host: Option<String>,
    /// Whether its panel is open.
    pub panel: bool,
}

/// A tab that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// The window that it is in, where the browser said so.
    pub window: Option<i64>,
    /// The ticket that its address names.
    pub ticket: Option<CaseKey>,
    /// The user whose page its address names.
    #[serde(default)]
    pub user: Option<UserPage>,
    /// Of which site its page is.
    #[serde(default)]
    pub site: Option<Site>,
    /// The case that it was opened for.
    pub belongs_to: Option<CaseKey>,
    /// What the last portal page in it was, as a number: the same content is not read twice.
    #[serde(default)]
    pub last_page: u64,
}

/// The sites that Tether puts its scripts into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The Customers portal's admin.
    Portal,
    /// The Zendesk of this host.
    Zendesk(String),
}

/// The page of a user in the agent workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// Zendesk's host.
    pub host: String,
    /// The user.
    pub id: UserId,
}
