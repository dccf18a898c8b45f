//! The browser's windows and tabs, as far as Tether needs them.

use serde::{Deserialize, Serialize};

use crate::case::CaseKey;
use crate::map::Map;
use crate::record::ids::UserId;

/// The windows and tabs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tabs {
    /// The browser's windows: each panel shows the ticket of its own.
    pub windows: Map<i64, Window>,
    /// The window in which the engineer works: the last one that was focused, or whose panel was
    /// used.
    pub here: i64,
    /// What the tabs show, and which cases they belong to.
    pub all: Map<i64, Tab>,
    /// Tabs that are being opened, with their cases.
    pub opening: Map<u64, CaseKey>,
}

impl Tabs {
    /// A tab.
    pub fn get(&self, tab: &i64) -> Option<&Tab> {
        self.all.get(tab)
    }

    /// The window in which the engineer works.
    pub fn window(&self) -> Option<&Window> {
        self.windows.get(&self.here)
    }

    /// That window, to change.
    pub fn window_mut(&mut self) -> &mut Window {
        self.windows.entry(self.here).or_default()
    }

    /// The case that the panel shows in the engineer's window.
    pub fn focus(&self) -> Option<&CaseKey> {
        self.window()?.focus.as_ref()
    }

    /// The tab in front of the engineer.
    pub fn front_tab(&self) -> Option<i64> {
        self.window()?.front_tab
    }

    /// The refused Zendesk in front of the engineer.
    pub fn refused_host(&self) -> Option<&str> {
        self.window()?.refused_host.as_deref()
    }

    /// The window that this window's panel follows: its own, or the engineer's if it has no other
    /// tab.
    pub fn followed_by(&self, window: i64) -> i64 {
        let has_tabs = |w: &Window| w.front_tab.is_some() || w.focus.is_some();
        if self.windows.get(&window).is_some_and(has_tabs) {
            window
        } else {
            self.here
        }
    }

    /// The window that this window's panel is about.
    pub fn behind(&self, window: i64) -> Option<&Window> {
        self.windows.get(&self.followed_by(window))
    }

    /// The windows with an open panel.
    pub fn panels(&self) -> Vec<i64> {
        self.windows
            .iter()
            .filter(|(_, w)| w.panel)
            .map(|(id, _)| *id)
            .collect()
    }

    /// The cases that panels show, that of the engineer's window first.
    pub fn in_focus(&self) -> Vec<CaseKey> {
        let mut keys: Vec<CaseKey> = self.focus().into_iter().cloned().collect();
        for window in self.windows.values().filter(|w| w.panel) {
            if let Some(key) = window.focus.as_ref().filter(|key| !keys.contains(key)) {
                keys.push(key.clone());
            }
        }
        keys
    }

    /// A tab that shows this ticket, preferably the one in front.
    pub fn tab_of_ticket(&self, key: &CaseKey) -> Option<i64> {
        let shows = |tab: &i64| {
            self.all
                .get(tab)
                .is_some_and(|t| t.ticket.as_ref() == Some(key))
        };
        self.front_tab()
            .filter(shows)
            .or_else(|| self.all.keys().copied().find(|tab| shows(tab)))
    }

    /// A tab that shows this user's page, preferably the one in front.
    pub fn tab_of_user(&self, page: &UserPage) -> Option<i64> {
        let shows = |tab: &i64| {
            self.all
                .get(tab)
                .is_some_and(|t| t.user.as_ref() == Some(page))
        };
        self.front_tab()
            .filter(shows)
            .or_else(|| self.all.keys().copied().find(|tab| shows(tab)))
    }
}

/// A window of the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The tab in front in it.
    pub front_tab: Option<i64>,
    /// The case that its panel shows: the ticket that the engineer looked at last in this window.
    pub focus: Option<CaseKey>,
    /// The host of the tab in front, if it is a Zendesk on which Tether refuses to work.
    pub refused_host: Option<String>,
    /// Whether its panel is open.
    pub panel: bool,
}

/// A tab that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// Its window, if the browser said so.
    pub window: Option<i64>,
    /// The ticket in its URL.
    pub ticket: Option<CaseKey>,
    /// The user whose page its URL names.
    #[serde(default)]
    pub user: Option<UserPage>,
    /// The site of its page.
    #[serde(default)]
    pub site: Option<Site>,
    /// The case that it was opened for.
    pub belongs_to: Option<CaseKey>,
    /// A hash of the last portal page in it, so that the same content is not read twice.
    #[serde(default)]
    pub last_page: u64,
}

/// The sites that Tether runs scripts on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The Customers portal's admin.
    Portal,
    /// The Zendesk of this host.
    Zendesk(String),
}

/// A user's page in the agent workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    /// Zendesk's host.
    pub host: String,
    /// The user.
    pub id: UserId,
}
