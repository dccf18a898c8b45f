//! What Tether knows between two events.

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::event::Reminder;
use super::page_jobs::{JobId, PageJob};
use super::storage;
use crate::case::basis::Fact;
use crate::case::load::Load;
use crate::case::trace::Step;
use crate::case::{Case, CaseKey};
use crate::evidence::ActivationCode;
use crate::map::{Map, Set};
use crate::record::ids::{OrganizationId, UserId};
use crate::record::people::User;
use crate::record::ticket::{TicketFields, WrittenAddress};

/// The state of the whole extension. Cases are kept apart, so that an event saves only what it changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    /// The browser's windows: each panel shows the ticket of its own.
    pub windows: Map<i64, Window>,
    /// The window in which the engineer works: the one that had the focus last, or whose panel was used last.
    pub here: i64,
    /// What tabs show and to which case they belong.
    pub tabs: Map<i64, Tab>,
    /// Whether a panel is open in any window.
    pub panel_open: bool,
    /// Host permissions that are missing.
    pub missing_access: Vec<String>,
    /// Whether the browser grants access to Zendesk's host for files.
    pub may_fetch_files: bool,
    /// Ticket fields by Zendesk host: one reading serves all tickets of a browser's session.
    pub fields: Map<String, FieldsReading>,
    /// Reads on their way.
    pub waiting: Map<u64, Waiting>,
    /// Page jobs on their way, by their numbers.
    pub page_jobs: Map<JobId, PageJob>,
    /// Tabs that were asked for, and for which case.
    pub opening: Map<u64, CaseKey>,
    /// The result of Validate License that was seen last.
    pub validated: Option<Validated>,
    /// Which key was filled into Validate License, by its tab.
    pub filled: Map<i64, (CaseKey, u64)>,
    /// Validate License pages that are to be filled, by their tabs.
    #[serde(default)]
    pub filling: Map<i64, super::Filling>,
    /// The same, by the tokens of tabs that are not there yet.
    #[serde(default)]
    pub filling_soon: Map<u64, super::Filling>,
    /// The cloud activation codes that were found, by case and mask: secrets, in memory only and never saved.
    #[serde(skip)]
    pub secrets: Map<(CaseKey, String), ActivationCode>,
    /// What is said once, e.g. that the note was copied.
    pub said: Option<Said>,
    /// In which window's panel it is said; none: in every one.
    pub said_in: Option<i64>,
    /// Why the browser does not keep what Tether knows, while it does not.
    pub save_problem: Option<SaveProblem>,
    /// The reminders that are set.
    pub reminders: Vec<Reminder>,
    /// In which browser this runs; empty until it was told.
    #[serde(default)]
    pub browser: String,
    /// What `Diagnose this page` shows.
    #[serde(default)]
    pub diagnosing: super::diagnose::Diagnosing,
    /// Settings that the browser did not keep, by path, and why.
    #[serde(default)]
    pub unsaved: Map<String, String>,
    /// What the pages of settings hold.
    #[serde(default)]
    pub pages: super::settings::Pages,
    /// The last badge, so that it is set only when it changes.
    pub badge: Option<String>,
    /// The last effect's number.
    pub last_effect: u64,
    /// Each in a place of its own: a list of some hundreds that grows would leave behind twice what it needs.
    #[serde(skip)]
    cases: Map<CaseKey, Box<Case>>,
    #[serde(skip)]
    touched: Set<CaseKey>,
    /// What storage holds, by its keys, as [`storage::mark_of`] tells it.
    #[serde(skip)]
    saved: Map<String, u64>,
    /// What the browser was given to keep and has not confirmed, by its keys; none: what it was to remove.
    #[serde(skip)]
    saving: Map<String, Option<u64>>,
    /// The cases that the browser was given to keep and has not confirmed.
    #[serde(skip)]
    unconfirmed: Set<CaseKey>,
}

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

/// A result of Validate License.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validated {
    /// Whose.
    pub case: CaseKey,
    /// The piece of proof whose key was filled in; none: nobody knows which key it was.
    pub proof: Option<u64>,
    /// The license that it shows.
    pub license: u64,
}

/// Why the browser does not keep what Tether knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveProblem {
    /// In the browser's words.
    pub why: String,
    /// How many old cases were dropped to make room.
    pub dropped: usize,
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

/// Reading a host's ticket fields, page by page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldsReading {
    /// What was found in the pages read so far.
    pub partial: TicketFields,
    /// How many pages were read.
    #[serde(default)]
    pub pages: usize,
    /// The titles of fields that are none of these: what a missing one may be called now.
    pub titles: Vec<String>,
    /// The whole.
    pub load: Load<TicketFields>,
}

/// What an answer will be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// A case's ticket.
    Ticket(CaseKey),
    /// A host's ticket fields.
    Fields(String),
    /// The comments of a case's ticket, with what earlier pages brought.
    Comments {
        /// The case.
        case: CaseKey,
        /// The addresses of earlier pages.
        so_far: Vec<WrittenAddress>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// The organization of a case's Salesforce account.
    Organization(CaseKey),
    /// The name of a ticket's form (step 1).
    Form(CaseKey, u64),
    /// The fields, notes and details of the organization to join (pre-checks).
    Details(CaseKey, OrganizationId),
    /// The users of the organization to join, with those of earlier pages.
    People {
        /// The case.
        case: CaseKey,
        /// The organization.
        organization: OrganizationId,
        /// The users of earlier pages.
        so_far: Vec<User>,
        /// Which page this is, from 1.
        page: usize,
    },
    /// A change's record, before or after it is written.
    Task {
        /// The case.
        case: CaseKey,
        /// The change's number.
        task: u64,
        /// What is asked.
        step: TaskRead,
    },
    /// Something about contacts.
    Contacts(CaseKey, super::contacts::Asked),
    /// Something about proof.
    Evidence(CaseKey, super::evidence::Asked),
    /// A step of a walk.
    Trace(CaseKey, Step),
    /// Something for a reply.
    Reply(CaseKey, super::reply::Asked),
    /// Something for a hand-over.
    Trouble(CaseKey, super::trouble::Asked),
}

impl Waiting {
    /// The case about whose requester it asks; an answer about an earlier requester is nobody's. What is asked for a change is the
    /// change's own.
    pub(super) fn about_requester_of(&self) -> Option<&CaseKey> {
        match self {
            Self::Comments { case, .. }
            | Self::Contacts(case, _)
            | Self::Evidence(case, _)
            | Self::Reply(case, _) => Some(case),
            Self::Ticket(_)
            | Self::Fields(_)
            | Self::Organization(_)
            | Self::Form(..)
            | Self::Details(..)
            | Self::People { .. }
            | Self::Task { .. }
            | Self::Trace(..)
            | Self::Trouble(..) => None,
        }
    }
}

/// What is asked for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskRead {
    /// A fact that it rests on, right before it is written.
    Look {
        /// Which.
        fact: Fact,
        /// Which part of it.
        part: super::work::Part,
    },
    /// The user after it was changed.
    After,
    /// The ticket after it was changed.
    Ticket,
    /// The ticket's newest comments: does the note stand there?
    Comments,
    /// The organization's users, to see whether the added address is there; which page, from 1.
    People(usize),
    /// A pause before it is read back once more.
    Pause,
    /// A pause after a start of the background, before the user's page is opened again.
    Reopen,
}

/// Something said once in the panel, until the next command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// The form's field it belongs to; none: the whole panel.
    pub field: Option<String>,
    /// Whether it is an error.
    pub error: bool,
    /// Of several forms with such a field: whose it is, e.g. the check's key or the user's number.
    pub of: Option<String>,
}

impl Said {
    /// What is wrong with a form's field.
    pub fn wrong(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            field: Some(field.into()),
            error: true,
            of: None,
        }
    }
}

/// How many cases are kept: a working day has fewer, and the browser's memory for them is bounded.
pub const CASES_MAX: usize = 250;

const MODEL_KEY: &str = "model";

impl Model {
    /// The model as it was saved; what cannot be read is dropped, as if the browser had been closed.
    pub fn restore<'a>(saved: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut model = Self::default();
        let (mut cases, mut marks) = (Map::new(), Map::new());
        for (key, text) in saved {
            if key == MODEL_KEY {
                model = storage::value_of(text).unwrap_or_default();
            } else if key.starts_with("case:")
                && let Some(case) = storage::value_of::<Case>(text)
                && case.key.storage_key() == key
            {
                cases.insert(case.key.clone(), Box::new(case));
            }
            marks.insert(key.to_owned(), storage::mark_of(text));
        }
        model.cases = cases;
        model.saved = marks;
        model
    }

    /// What is to be saved: storage keys with their new contents (none: remove it). What storage holds as it is is not among it. Nothing
    /// counts as saved before [`Model::confirm_saved`]: until then it is given again.
    pub fn save(&mut self) -> Vec<(String, Option<String>)> {
        let touched = std::mem::take(&mut self.touched);
        for key in touched.iter() {
            self.unconfirmed.insert(key.clone());
        }
        let mut out: Vec<(String, Option<String>)> = self
            .unconfirmed
            .iter()
            .map(|key| (key.storage_key(), self.case(key).and_then(storage::text_of)))
            .collect();
        if let Some(text) = storage::text_of(self) {
            out.push((MODEL_KEY.to_owned(), Some(text)));
        }
        out.retain(|(key, text)| {
            self.saved.get(key).copied() != text.as_deref().map(storage::mark_of)
        });
        self.saving = out
            .iter()
            .map(|(key, text)| (key.clone(), text.as_deref().map(storage::mark_of)))
            .collect();
        out
    }

    /// The browser has kept all that the last [`Model::save`] gave it.
    pub fn confirm_saved(&mut self) {
        self.unconfirmed = Set::default();
        for (key, mark) in std::mem::take(&mut self.saving) {
            match mark {
                Some(mark) => _ = self.saved.insert(key, mark),
                None => _ = self.saved.remove(&key),
            }
        }
    }

    /// A case.
    pub fn case(&self, key: &CaseKey) -> Option<&Case> {
        self.cases.get(key).map(Box::as_ref)
    }

    /// A case to change; it will be saved.
    pub fn case_mut(&mut self, key: &CaseKey) -> Option<&mut Case> {
        let case = self.cases.get_mut(key)?;
        self.touched.insert(key.clone());
        Some(case)
    }

    /// A case, made at the first look; the ones not looked at for longest make room.
    pub fn look_at(&mut self, key: &CaseKey, now_ms: u64) {
        self.cases
            .entry(key.clone())
            .or_insert_with(|| Box::new(Case::new(key.clone())))
            .looked_at = now_ms;
        self.touched.insert(key.clone());
        while self.cases.len() > CASES_MAX {
            let oldest = self
                .cases
                .values()
                .filter(|c| c.key != *key)
                .min_by_key(|c| c.looked_at)
                .map(|c| c.key.clone());
            let Some(oldest) = oldest else { break };
            self.cases.remove(&oldest);
            self.touched.insert(oldest);
        }
    }

    /// The window in which the engineer works.
    pub fn window(&self) -> Option<&Window> {
        self.windows.get(&self.here)
    }

    /// The same, to change.
    pub fn window_mut(&mut self) -> &mut Window {
        self.windows.entry(self.here).or_default()
    }

    /// The case that the panel shows where the engineer works.
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

    /// The case that the panel shows where the engineer works.
    pub fn focused(&self) -> Option<&Case> {
        self.case(self.focus()?)
    }

    /// The window that the panel in that one is about: a panel in a window without any other tab follows the engineer.
    pub fn stands_for(&self, window: i64) -> i64 {
        let has_tabs = |w: &Window| w.front_tab.is_some() || w.focus.is_some();
        if self.windows.get(&window).is_some_and(has_tabs) {
            window
        } else {
            self.here
        }
    }

    /// What the panel in that window is about.
    pub fn behind(&self, window: i64) -> Option<&Window> {
        self.windows.get(&self.stands_for(window))
    }

    /// The windows in which a panel is open.
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

    /// Every case, for the list of those at work.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.values().map(Box::as_ref)
    }

    /// A number for an effect.
    pub fn next_effect(&mut self) -> u64 {
        self.last_effect += 1;
        self.last_effect
    }

    /// A tab in which that ticket stands, the one in front first.
    pub fn tab_of_ticket(&self, key: &CaseKey) -> Option<i64> {
        let shows = |tab: &i64| {
            self.tabs
                .get(tab)
                .is_some_and(|t| t.ticket.as_ref() == Some(key))
        };
        self.front_tab()
            .filter(shows)
            .or_else(|| self.tabs.keys().copied().find(|tab| shows(tab)))
    }

    /// A tab that shows that user's page, the one in front first.
    pub fn tab_of_user(&self, page: &UserPage) -> Option<i64> {
        let shows = |tab: &i64| {
            self.tabs
                .get(tab)
                .is_some_and(|t| t.user.as_ref() == Some(page))
        };
        self.front_tab()
            .filter(shows)
            .or_else(|| self.tabs.keys().copied().find(|tab| shows(tab)))
    }

    /// Brings a tab to the front, if it is not there.
    pub fn bring(&self, tab: i64) -> Option<Effect> {
        (self.front_tab() != Some(tab)).then_some(Effect::FocusTab { tab })
    }

    /// A new tab for a case.
    pub fn open_for(&mut self, key: &CaseKey, url: String) -> Effect {
        let token = self.next_effect();
        self.opening.insert(token, key.clone());
        Effect::OpenTab { url, token }
    }

    /// The browser does not keep what Tether knows. Where much is kept, the cases that nobody looked at for longest and that nothing is being
    /// written for make room.
    pub fn not_saved(&mut self, why: &str) {
        let in_focus = self.in_focus();
        let busy =
            |case: &Case| case.tasks.iter().any(|t| !t.is_over()) || in_focus.contains(&case.key);
        let mut old: Vec<(u64, CaseKey)> = self
            .cases()
            .filter(|case| !busy(case))
            .map(|c| (c.looked_at, c.key.clone()))
            .collect();
        old.sort();
        let is_full = why.to_ascii_lowercase().contains("quota");
        let drop = if is_full { old.len().div_ceil(4) } else { 0 };
        for (_, key) in old.into_iter().take(drop) {
            self.cases.remove(&key);
            self.touched.insert(key);
        }
        let dropped = self.save_problem.as_ref().map_or(0, |p| p.dropped) + drop;
        self.save_problem = Some(SaveProblem {
            why: crate::text::line::one_line(why, 200),
            dropped,
        });
    }

    /// Looks at the model as the panel of that window does: what is said in another one is not said there.
    pub fn saying_in<T>(&mut self, window: i64, look: impl FnOnce(&Self) -> T) -> T {
        let elsewhere = self
            .said_in
            .is_some_and(|said_in| said_in != self.stands_for(window));
        let said = if elsewhere { self.said.take() } else { None };
        let seen = look(self);
        if elsewhere {
            self.said = said;
        }
        seen
    }

    /// Says something once.
    pub fn say(&mut self, text: impl Into<String>) {
        self.said = Some(Said {
            text: text.into(),
            field: None,
            error: false,
            of: None,
        });
    }
}
