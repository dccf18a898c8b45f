//! Tether's state between two events.

pub mod cases;
pub mod diagnosis;
pub mod jobs;
pub mod notice;
pub mod reads;
pub mod setup;
pub mod tabs;
pub mod trail;
pub mod validate;

use serde::{Deserialize, Serialize};

use super::effect::{Effect, Job};
use super::event::Reminder;
use super::pages::Pages;
use super::storage;
use super::world::World;
use crate::case::room::CASE_BYTES_MAX;
use crate::case::{Case, CaseKey};
use crate::evidence::ActivationCode;
use crate::map::{Map, Set};
use crate::profile::host_pattern::pattern_of;
use cases::Cases;
use diagnosis::Diagnosing;
use jobs::{JobId, Owner, PageJob, Stage};
use notice::Notice;
use reads::{FieldsReading, JSON, Waiting};
use setup::Setup;
use tabs::Tabs;
use trail::Trail;
use validate::{Filling, Validated};

/// The state of the whole extension. Cases are stored separately, so that an event saves only what
/// it changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    /// The browser's windows and tabs.
    pub tabs: Tabs,
    /// Whether a panel is open in any window.
    pub panel_open: bool,
    /// Host permissions that are missing.
    pub missing_access: Vec<String>,
    /// Whether the browser grants access to Zendesk's file host.
    pub may_fetch_files: bool,
    /// Ticket fields by Zendesk host: one read serves all tickets of a browser session.
    pub fields: Map<String, FieldsReading>,
    /// Running reads.
    pub waiting: Map<u64, Waiting>,
    /// Running page jobs, by number.
    pub page_jobs: Map<JobId, PageJob>,
    /// The last result of Validate License that was seen.
    pub validated: Option<Validated>,
    /// The key that was filled into Validate License, by tab.
    pub filled: Map<i64, (CaseKey, u64)>,
    /// Validate License pages that are to be filled in, by tab.
    #[serde(default)]
    pub filling: Map<i64, Filling>,
    /// The same for tabs that are not open yet, by token.
    #[serde(default)]
    pub filling_soon: Map<u64, Filling>,
    /// The cloud activation codes that were found, by case and mask. They are secrets: kept in
    /// memory only, never saved.
    #[serde(skip)]
    pub secrets: Map<(CaseKey, String), ActivationCode>,
    /// The current notice, e.g. that the note was copied.
    pub said: Option<Notice>,
    /// The window whose panel shows the notice; without one, every panel does.
    pub said_in: Option<i64>,
    /// Why the browser cannot save Tether's state, while it can't.
    pub save_problem: Option<SaveProblem>,
    /// The reminders that are set.
    pub reminders: Vec<Reminder>,
    /// The browser that Tether runs in; empty until it is known.
    #[serde(default)]
    pub browser: String,
    /// What `Diagnose this page` shows.
    #[serde(default)]
    pub diagnosing: Diagnosing,
    /// What `Check setup` shows.
    #[serde(default)]
    pub setup: Setup,
    /// The last events, for an error report. They are kept in memory only.
    #[serde(skip)]
    pub trail: Trail,
    /// Settings that the browser could not save, by path, with the reason.
    #[serde(default)]
    pub unsaved: Map<String, String>,
    /// The state of the pages of settings.
    #[serde(default)]
    pub pages: Pages,
    /// The last badge, so that it is set only when it changes.
    pub badge: Option<String>,
    /// The last effect's number.
    pub last_effect: u64,
    #[serde(skip)]
    cases: Cases,
    /// The content of storage by key, as [`storage::mark_of`] marks it.
    #[serde(skip)]
    saved: Map<String, u64>,
    /// What the browser was told to save and has not confirmed, by key; without a mark, it is to be
    /// removed.
    #[serde(skip)]
    saving: Map<String, Option<u64>>,
    /// The cases that the browser was told to save and has not confirmed.
    #[serde(skip)]
    unconfirmed: Set<CaseKey>,
}

/// Why the browser cannot save Tether's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveProblem {
    /// The browser's error message.
    pub why: String,
    /// How many old cases were dropped to make room.
    pub dropped: usize,
}

const MODEL_KEY: &str = "model";

impl Model {
    /// Whether the browser gives access to a host that Tether uses.
    pub fn has_access(&self, host: &str) -> bool {
        !self.missing_access.contains(&pattern_of(host))
    }

    /// Whether a Zendesk may be read for a panel: one is open, and the browser allows it.
    pub(in crate::app) fn may_read(&self, host: &str) -> bool {
        self.panel_open && self.has_access(host)
    }

    /// Restores the saved model. What cannot be read is dropped, as if the browser had been closed.
    pub fn restore<'a>(saved: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut model = Self::default();
        let (mut cases, mut marks) = (Cases::default(), Map::new());
        for (key, text) in saved {
            if key == MODEL_KEY {
                model = storage::value_of(text).unwrap_or_default();
            } else if key.starts_with("case:")
                && let Some(case) = storage::value_of::<Case>(text)
                && case.key.storage_key() == key
            {
                cases.restore(case);
            }
            marks.insert(key.to_owned(), storage::mark_of(text));
        }
        model.cases = cases;
        model.saved = marks;
        model
    }

    /// What must be saved: storage keys with their new contents, or none to remove the key.
    /// Unchanged contents are left out. Nothing counts as saved until [`Model::confirm_saved`];
    /// until then it is returned again.
    pub fn save(&mut self) -> Vec<(String, Option<String>)> {
        for key in self.cases.take_touched().iter() {
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

    /// The browser has saved everything that the last [`Model::save`] returned.
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
        self.cases.get(key)
    }

    /// A case to change; marks it to be saved.
    pub fn case_mut(&mut self, key: &CaseKey) -> Option<&mut Case> {
        self.cases.get_mut(key)
    }

    /// Bounds the size of each case that just changed.
    pub(super) fn bound_cases(&mut self) {
        self.cases
            .bound_touched(|case| case.keep_within(CASE_BYTES_MAX, storage::size_of));
    }

    /// A case, created at the first look. If there are too many, those looked at longest ago are
    /// dropped.
    pub fn look_at(&mut self, key: &CaseKey, now_ms: u64) {
        self.cases.look_at(key, now_ms);
    }

    /// The case that the panel shows in the engineer's window.
    pub fn focused(&self) -> Option<&Case> {
        self.case(self.tabs.focus()?)
    }

    /// Every case, for the list of open ones.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter()
    }

    /// The next effect's number.
    pub fn next_effect(&mut self) -> u64 {
        self.last_effect += 1;
        self.last_effect
    }

    /// Brings a tab to the front, if it is not there.
    pub fn bring(&self, tab: i64) -> Option<Effect> {
        (self.tabs.front_tab() != Some(tab)).then_some(Effect::FocusTab { tab })
    }

    /// Reads an address of Zendesk's API. `waiting` says what the answer is for.
    pub fn ask(&mut self, waiting: Waiting, url: String) -> Effect {
        let id = self.next_effect();
        self.waiting.insert(id, waiting);
        Effect::Read {
            id,
            url,
            accept: JSON.to_owned(),
        }
    }

    /// Gives the page in a tab a job. Nothing else makes an [`Effect::Page`], so every page job has
    /// an owner.
    pub fn give_page(
        &mut self,
        owner: Owner,
        tab: i64,
        world: World<'_>,
        job: impl FnOnce(JobId) -> Job,
    ) -> (JobId, Effect) {
        let id = self.next_effect();
        let waiting = PageJob {
            tab,
            owner,
            since_ms: world.now_ms,
            stage: Stage::Decided,
        };
        self.page_jobs.insert(id, waiting);
        (id, Effect::Page { tab, job: job(id) })
    }

    /// Changes a case, if it is still there.
    pub fn with_case(&mut self, key: &CaseKey, change: impl FnOnce(&mut Case)) {
        if let Some(case) = self.case_mut(key) {
            change(case);
        }
    }

    /// Opens an address in a new tab that belongs to the case.
    pub fn open_for(&mut self, key: &CaseKey, url: String) -> Effect {
        let token = self.next_effect();
        self.tabs.opening.insert(token, key.clone());
        Effect::OpenTab { url, token }
    }

    /// The browser could not save Tether's state. If much is stored, the cases that were looked at
    /// longest ago make room, unless something is being written for them.
    pub fn not_saved(&mut self, why: &str) {
        let in_focus = self.tabs.in_focus();
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
        }
        let dropped = self.save_problem.as_ref().map_or(0, |p| p.dropped) + drop;
        self.save_problem = Some(SaveProblem {
            why: crate::text::line::one_line(why, 200),
            dropped,
        });
    }

    /// Looks at the model as that window's panel does: the notice of another window is not shown
    /// there.
    pub fn saying_in<T>(&mut self, window: i64, look: impl FnOnce(&Self) -> T) -> T {
        let elsewhere = self
            .said_in
            .is_some_and(|said_in| said_in != self.tabs.followed_by(window));
        let said = if elsewhere { self.said.take() } else { None };
        let seen = look(self);
        if elsewhere {
            self.said = said;
        }
        seen
    }

    /// Shows a notice.
    pub fn say(&mut self, text: impl Into<String>) {
        self.said = Some(Notice::good(text));
    }
}
