//! What Tether knows between two events.

pub mod cases;
pub mod diagnosis;
pub mod jobs;
pub mod notice;
pub mod reads;
pub mod tabs;
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
use cases::Cases;
use diagnosis::Diagnosing;
use jobs::{JobId, Owner, PageJob, Stage};
use notice::Notice;
use reads::{FieldsReading, JSON, Waiting};
use tabs::Tabs;
use validate::{Filling, Validated};

/// The state of the whole extension. Cases are kept apart, so that an event saves only what it changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    /// The browser's windows and tabs.
    pub tabs: Tabs,
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
    /// The result of Validate License that was seen last.
    pub validated: Option<Validated>,
    /// Which key was filled into Validate License, by its tab.
    pub filled: Map<i64, (CaseKey, u64)>,
    /// Validate License pages that are to be filled, by their tabs.
    #[serde(default)]
    pub filling: Map<i64, Filling>,
    /// The same, by the tokens of tabs that are not there yet.
    #[serde(default)]
    pub filling_soon: Map<u64, Filling>,
    /// The cloud activation codes that were found, by case and mask: secrets, in memory only and never saved.
    #[serde(skip)]
    pub secrets: Map<(CaseKey, String), ActivationCode>,
    /// What is said once, e.g. that the note was copied.
    pub said: Option<Notice>,
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
    pub diagnosing: Diagnosing,
    /// Settings that the browser did not keep, by path, and why.
    #[serde(default)]
    pub unsaved: Map<String, String>,
    /// What the pages of settings hold.
    #[serde(default)]
    pub pages: Pages,
    /// The last badge, so that it is set only when it changes.
    pub badge: Option<String>,
    /// The last effect's number.
    pub last_effect: u64,
    #[serde(skip)]
    cases: Cases,
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

/// Why the browser does not keep what Tether knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveProblem {
    /// In the browser's words.
    pub why: String,
    /// How many old cases were dropped to make room.
    pub dropped: usize,
}

const MODEL_KEY: &str = "model";

impl Model {
    /// The model as it was saved; what cannot be read is dropped, as if the browser had been closed.
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

    /// What is to be saved: storage keys with their new contents (none: remove it). What storage holds as it is is not among it. Nothing
    /// counts as saved before [`Model::confirm_saved`]: until then it is given again.
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
        self.cases.get(key)
    }

    /// A case to change; it will be saved.
    pub fn case_mut(&mut self, key: &CaseKey) -> Option<&mut Case> {
        self.cases.get_mut(key)
    }

    /// Bounds what is kept of each case that was just changed.
    pub(super) fn bound_cases(&mut self) {
        self.cases
            .bound_touched(|case| case.keep_within(CASE_BYTES_MAX, storage::size_of));
    }

    /// A case, made at the first look; the ones not looked at for longest make room.
    pub fn look_at(&mut self, key: &CaseKey, now_ms: u64) {
        self.cases.look_at(key, now_ms);
    }

    /// The case that the panel shows where the engineer works.
    pub fn focused(&self) -> Option<&Case> {
        self.case(self.tabs.focus()?)
    }

    /// Every case, for the list of those at work.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter()
    }

    /// A number for an effect.
    pub fn next_effect(&mut self) -> u64 {
        self.last_effect += 1;
        self.last_effect
    }

    /// Brings a tab to the front, if it is not there.
    pub fn bring(&self, tab: i64) -> Option<Effect> {
        (self.tabs.front_tab() != Some(tab)).then_some(Effect::FocusTab { tab })
    }

    /// Asks Zendesk's API. Its answer will be for this.
    pub fn ask(&mut self, waiting: Waiting, url: String) -> Effect {
        let id = self.next_effect();
        self.waiting.insert(id, waiting);
        Effect::Read {
            id,
            url,
            accept: JSON.to_owned(),
        }
    }

    /// Gives the page in a tab a job. Nothing else makes an [`Effect::Page`], so each page job has an owner; its number is the job's own.
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

    /// A new tab for a case.
    pub fn open_for(&mut self, key: &CaseKey, url: String) -> Effect {
        let token = self.next_effect();
        self.tabs.opening.insert(token, key.clone());
        Effect::OpenTab { url, token }
    }

    /// The browser does not keep what Tether knows. Where much is kept, the cases that nobody looked at for longest and that nothing is being
    /// written for make room.
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

    /// Looks at the model as the panel of that window does: what is said in another one is not said there.
    pub fn saying_in<T>(&mut self, window: i64, look: impl FnOnce(&Self) -> T) -> T {
        let elsewhere = self
            .said_in
            .is_some_and(|said_in| said_in != self.tabs.stands_for(window));
        let said = if elsewhere { self.said.take() } else { None };
        let seen = look(self);
        if elsewhere {
            self.said = said;
        }
        seen
    }

    /// Says something once.
    pub fn say(&mut self, text: impl Into<String>) {
        self.said = Some(Notice::good(text));
    }
}
