//! What Tether knows between two events.

use serde::{Deserialize, Serialize};

use super::effect::Effect;
use super::event::Reminder;
use super::storage;
use crate::case::basis::Fact;
use crate::case::ids::{OrganizationId, TicketId, UserId};
use crate::case::load::Load;
use crate::case::people::User;
use crate::case::ticket::{TicketFields, WrittenAddress};
use crate::case::trace::Step;
use crate::case::{Case, CaseKey};
use crate::evidence::ActivationCode;
use crate::map::{Map, Set};

/// The state of the whole extension. Cases are kept apart, so that an event saves only what it changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Model {
    /// The case that the panel shows: the ticket that the engineer looked at last.
    pub focus: Option<CaseKey>,
    /// What tabs show and to which case they belong.
    pub tabs: Map<i64, Tab>,
    /// The tab in front of the engineer.
    pub front_tab: Option<i64>,
    /// Whether the front tab is a Zendesk on which Tether refuses to act: its host.
    pub refused_host: Option<String>,
    /// Whether a panel is open.
    pub panel_open: bool,
    /// Host permissions that are missing.
    pub missing_access: Vec<String>,
    /// Whether the browser grants access to Zendesk's host for files.
    pub may_fetch_files: bool,
    /// Ticket fields by Zendesk host: one reading serves all tickets of a browser's session.
    pub fields: Map<String, FieldsReading>,
    /// The portal that was seen last: links lead there.
    pub portal_host: Option<String>,
    /// Reads on their way.
    pub waiting: Map<u64, Waiting>,
    /// Orders that pages were given, by their numbers, and the tabs of those pages.
    #[serde(default)]
    pub orders: Map<u64, i64>,
    /// Tabs that were asked for, and for which case.
    pub opening: Map<u64, CaseKey>,
    /// A Validate License result, by the case that it was seen for: the license to open next.
    pub validated: Option<(CaseKey, u64)>,
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
}

/// A tab that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
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
            Self::Comments { case, .. } | Self::Contacts(case, _) | Self::Evidence(case, _) | Self::Reply(case, _) => Some(case),
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
        Self { text: text.into(), field: Some(field.into()), error: true, of: None }
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

    /// What is to be saved of what may have changed since the last call: storage keys with their new contents (none: remove it). What
    /// storage holds as it is is not among it.
    pub fn save(&mut self) -> Vec<(String, Option<String>)> {
        let touched = std::mem::take(&mut self.touched);
        let mut out: Vec<(String, Option<String>)> =
            touched.iter().map(|key| (key.storage_key(), self.case(key).and_then(storage::text_of))).collect();
        if let Some(text) = storage::text_of(self) {
            out.push((MODEL_KEY.to_owned(), Some(text)));
        }
        out.retain(|(key, text)| match text {
            Some(text) => {
                let mark = storage::mark_of(text);
                self.saved.insert(key.clone(), mark) != Some(mark)
            }
            None => self.saved.remove(key).is_some(),
        });
        out
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
        self.cases.entry(key.clone()).or_insert_with(|| Box::new(Case::new(key.clone()))).looked_at = now_ms;
        self.touched.insert(key.clone());
        while self.cases.len() > CASES_MAX {
            let oldest = self.cases.values().filter(|c| c.key != *key).min_by_key(|c| c.looked_at).map(|c| c.key.clone());
            let Some(oldest) = oldest else { break };
            self.cases.remove(&oldest);
            self.touched.insert(oldest);
        }
    }

    /// The case that the panel shows.
    pub fn focused(&self) -> Option<&Case> {
        self.case(self.focus.as_ref()?)
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
        let shows = |tab: &i64| self.tabs.get(tab).is_some_and(|t| t.ticket.as_ref() == Some(key));
        self.front_tab.filter(shows).or_else(|| self.tabs.keys().copied().find(|tab| shows(tab)))
    }

    /// A tab that shows that user's page, the one in front first.
    pub fn tab_of_user(&self, page: &UserPage) -> Option<i64> {
        let shows = |tab: &i64| self.tabs.get(tab).is_some_and(|t| t.user.as_ref() == Some(page));
        self.front_tab.filter(shows).or_else(|| self.tabs.keys().copied().find(|tab| shows(tab)))
    }

    /// Brings a tab to the front, if it is not there.
    pub fn bring(&self, tab: i64) -> Option<Effect> {
        (self.front_tab != Some(tab)).then_some(Effect::FocusTab { tab })
    }

    /// A new tab for a case.
    pub fn open_for(&mut self, key: &CaseKey, url: String) -> Effect {
        let token = self.next_effect();
        self.opening.insert(token, key.clone());
        Effect::OpenTab { url, token }
    }

    /// Says something once.
    pub fn say(&mut self, text: impl Into<String>) {
        self.said = Some(Said { text: text.into(), field: None, error: false, of: None });
    }

    /// The portal's host to which links lead.
    pub fn portal_host<'a>(&'a self, profile: &'a crate::profile::Profile) -> &'a str {
        self.portal_host.as_deref().unwrap_or_else(|| profile.portal_host())
    }

    /// The case of that ticket, on whichever host.
    pub fn key_of(&self, ticket: TicketId) -> Option<CaseKey> {
        self.cases.keys().find(|k| k.ticket == ticket).cloned()
    }
}
