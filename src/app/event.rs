//! The events: everything that can happen, one message each, as the background sends it.
//! [`plain`](crate::plain) reads them. An event's name is in its `type`, an outcome's in its
//! `kind`.

use serde::{Deserialize, Serialize};

use super::pages::Page;
use crate::case::CaseKey;
use crate::case::page_problem::{PageProblem, WrongComposer};
use crate::map::Map;
use crate::profile::Settings;
use crate::reading::Answer;
use crate::zendesk::diagnose::Looked;

/// An event.
#[derive(Clone, Debug, Deserialize, strum::IntoStaticStr)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The background started or restarted, and the model was restored.
    Woke,
    /// Says which browser Tether runs in.
    Browser {
        /// Its user agent.
        agent: String,
    },
    /// A tab shows an address.
    TabSeen {
        /// The tab.
        tab: i64,
        /// Its address; empty if the browser does not say.
        url: String,
        /// Whether it is the active tab of the window that the engineer uses.
        front: bool,
    },
    /// A tab of a window shows an address.
    TabSeenIn {
        /// The tab.
        tab: i64,
        /// The window that it is in.
        window: i64,
        /// Its address; empty if the browser does not say.
        url: String,
        /// Whether it is the active tab of its window.
        active: bool,
        /// Whether the engineer works in that window.
        focused: bool,
    },
    /// The browser gave a tab another number after it had unloaded the page.
    TabReplaced {
        /// The tab's old number.
        old: i64,
        /// The tab's new number.
        new: i64,
    },
    /// A window is gone.
    WindowClosed {
        /// The window.
        window: i64,
    },
    /// A tab was opened.
    TabCreated {
        /// The tab.
        tab: i64,
        /// The tab that opened it.
        #[serde(default)]
        opener: Option<i64>,
    },
    /// A tab is gone.
    TabClosed {
        /// The tab.
        tab: i64,
    },
    /// A tab that an `open_tab` effect opened.
    TabOpened {
        /// The tab.
        tab: i64,
        /// The effect's token.
        token: u64,
    },
    /// Which host permissions are not granted (Firefox grants them by hand).
    HostAccess {
        /// Origin patterns, e.g. `https://customers.gitlab.com/*`.
        missing: Vec<String>,
    },
    /// A panel opened and needs the view.
    PanelOpened,
    /// The panel of a window opened and needs the view.
    PanelIn {
        /// The window.
        window: i64,
    },
    /// The panel of a window closed.
    PanelGone {
        /// The window.
        window: i64,
    },
    /// The last panel closed.
    PanelClosed,
    /// The browser could not save Tether's state.
    NotSaved {
        /// The browser's error message.
        why: String,
    },
    /// The browser has saved everything again after such a failure.
    SavedAgain,
    /// A page of the portal is in front.
    PortalPage {
        /// The tab.
        tab: i64,
        /// Its address.
        url: String,
        /// The live document's HTML.
        html: String,
    },
    /// A portal page that was open before the extension started. The engineer has not just opened
    /// it.
    PortalPageOpenBefore {
        /// The tab.
        tab: i64,
        /// Its address.
        url: String,
        /// The live document's HTML.
        html: String,
    },
    /// A read was answered.
    Answered {
        /// The read's number.
        id: u64,
        /// The answer. The boundary adds it, so that its body crosses only once.
        #[serde(skip)]
        answer: Answer,
    },
    /// A file was fetched.
    Fetched {
        /// The fetch's number.
        id: u64,
        /// The file. The boundary adds it, so that its bytes cross only once.
        #[serde(skip)]
        file: Fetched,
    },
    /// The engineer selected a text on a page and chose `Use as proof`.
    Selected {
        /// The tab.
        tab: i64,
        /// The text; may be a secret.
        text: String,
    },
    /// A file was dropped into the panel.
    FileGiven {
        /// The case that the panel showed.
        #[serde(default)]
        case: Option<CaseKey>,
        /// The panel's window.
        #[serde(default)]
        window: Option<i64>,
        /// Its name.
        name: String,
        /// Its size, in bytes.
        size: u64,
        /// Its bytes in base64; empty if it is larger than Tether reads.
        base64: String,
    },
    /// A wait is over.
    Waited {
        /// The wait's number.
        id: u64,
    },
    /// A page script did its job, or says why not.
    PageResult {
        /// The tab that reports it.
        tab: i64,
        /// The page job's number.
        effect: u64,
        /// What it reports.
        outcome: Outcome,
    },
    /// A page script could not be reached.
    PageUnreachable {
        /// The page job's number.
        effect: u64,
        /// Why.
        why: Unreachable,
    },
    /// Whether a page has a page job.
    PageHasJob {
        /// The page job's number.
        effect: u64,
        /// Whether it has.
        has: bool,
    },
    /// The reminders that are set, as the browser keeps them beyond its session.
    Reminders {
        /// All of them.
        set: Vec<Reminder>,
    },
    /// The settings as they are stored now, all of them. They make a new profile.
    Settings {
        /// The engineer's and the organization's.
        settings: Settings,
    },
    /// The browser could not save settings.
    SettingsNotSaved {
        /// Their paths.
        paths: Vec<String>,
        /// The browser's error message.
        why: String,
    },
    /// One of Tether's own pages opened and needs its view.
    PageOpened {
        /// Which.
        page: Page,
        /// The browser's shortcut keys, by command name.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
        keys: Map<String, String>,
        /// The extension's id in this browser.
        #[serde(default)]
        extension: String,
    },
    /// The last page of that kind closed.
    PageClosed {
        /// Which.
        page: Page,
    },
    /// The engineer chose a file of settings.
    ImportGiven {
        /// Its text.
        text: String,
    },
    /// The engineer pressed one of the browser's shortcuts.
    Shortcut {
        /// The command's name.
        name: String,
        /// The tab that was in front.
        tab: i64,
        /// Its window.
        window: i64,
        /// Its address.
        url: String,
    },
    /// The engineer pressed something.
    Command {
        /// The case that the panel showed.
        #[serde(default)]
        case: Option<CaseKey>,
        /// The panel's window.
        #[serde(default)]
        window: Option<i64>,
        /// The command's name.
        name: String,
        /// Its fields.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
        fields: Map<String, String>,
    },
}

/// The result of fetching a file.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// The fetch failed: the answer without its body.
    Not(Answer),
}

impl Default for Fetched {
    fn default() -> Self {
        Self::Not(Answer::Failed)
    }
}

/// A reminder. It holds the ticket's address and the time, and nothing else about the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reminder {
    /// The ticket's address in the agent's page.
    pub url: String,
    /// When, in ms since 1970.
    pub at_ms: u64,
}

/// What a page script reports about its page job.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(tag = "kind", rename = "PageOutcome")
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The text is in the composer.
    Written {
        /// The composer's text, read back.
        text: String,
        /// For a reply: whether its status was chosen.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional = nullable))]
        status: Option<StatusChoice>,
    },
    /// The composer already held it.
    AlreadyThere,
    /// The reply is out of the composer.
    TakenOut,
    /// The composer does not end with the reply as it was put in.
    DraftChanged,
    /// The ticket's page shows what was saved.
    ShowsSaved,
    /// The ticket's page was loaded before that, and doesn't show it.
    Outdated,
    /// Another ticket is in front.
    WrongTicket {
        /// Its number.
        #[serde(default)]
        front: Option<u64>,
    },
    /// The page has no composer.
    NoComposer,
    /// The composer is hidden.
    HiddenComposer,
    /// Only a side conversation's editor can be written into.
    SideConversation,
    /// The composer writes chat or text messages.
    MessagingComposer {
        /// What the page calls the channel.
        #[serde(default)]
        channel: String,
    },
    /// The composer belongs to Zendesk's old interface.
    OldComposer,
    /// The composer's channel button names another ticket.
    ComposerOfTicket {
        /// That ticket's number.
        #[serde(default)]
        ticket: Option<u64>,
    },
    /// A selector matches the button that submits the ticket.
    SubmitButton,
    /// The channel is public and could not be changed.
    NotInternal {
        /// What the page calls the channel.
        channel: String,
    },
    /// The channel is internal and could not be changed.
    NotPublic {
        /// What the page calls the channel.
        channel: String,
    },
    /// The composer holds text of an internal note, which must not become public.
    InternalDraft {
        /// The composer's text.
        text: String,
    },
    /// The site answered the request.
    Answered {
        /// Its answer.
        answer: Answer,
    },
    /// The page in front is not the user's.
    WrongPage {
        /// Its path.
        front: String,
    },
    /// The page is not visible.
    Hidden,
    /// The engineer is signed out.
    SignedOut,
    /// The page gave no CSRF token.
    NoToken,
    /// An entry of the Organization field was chosen, and the field shows it.
    Chosen {
        /// What the field shows.
        shown: String,
    },
    /// The Organization field already showed the name.
    Already {
        /// What the field shows.
        shown: String,
    },
    /// The page has no Organization field.
    NoField,
    /// The Organization field shows another organization.
    FieldShows {
        /// What it shows.
        shown: String,
    },
    /// The page adds organizations to the ones that the user has.
    SeveralOrganizations,
    /// What the page read right before the write differs from what the write rests on.
    NotAsExpected {
        /// The path that it read.
        path: String,
    },
    /// The license key is in Validate License's text area.
    Filled,
    /// Validate License has no empty text area.
    KeyFieldInUse,
    /// Several entries have exactly this name.
    Several {
        /// How many.
        count: u64,
    },
    /// No entry has this name.
    NoEntry {
        /// The entries that the page showed instead.
        seen: Vec<String>,
    },
    /// The composer does not hold the text that was written.
    NotArrived {
        /// The composer's text.
        text: String,
    },
    /// The ticket in front changed while the script worked.
    Moved {
        /// The ticket that is in front now.
        #[serde(default)]
        front: Option<u64>,
    },
    /// The page has several candidates.
    Ambiguous {
        /// What it has several of.
        what: String,
    },
    /// The portal's page as it is.
    Page {
        /// Its address.
        url: String,
        /// The live document's HTML.
        html: String,
    },
    /// What the selectors find on Zendesk's page.
    Looked(Looked),
    /// Something else.
    Failed {
        /// The script's error message.
        why: String,
    },
}

impl Outcome {
    /// The outcome, if the page did its job or something comparable; otherwise why it did not.
    pub fn or_problem(self) -> Result<Self, PageProblem> {
        Err(match self {
            Self::Written { .. }
            | Self::AlreadyThere
            | Self::TakenOut
            | Self::ShowsSaved
            | Self::Outdated
            | Self::Answered { .. }
            | Self::Chosen { .. }
            | Self::Already { .. }
            | Self::Filled
            | Self::Page { .. }
            | Self::Looked(_) => return Ok(self),
            Self::WrongTicket { front } => PageProblem::NotInFront(front),
            Self::WrongPage { .. } | Self::Hidden => PageProblem::NotInFront(None),
            Self::Moved { .. } => PageProblem::Moved,
            Self::NoComposer => PageProblem::NoComposer,
            Self::HiddenComposer => PageProblem::Composer(WrongComposer::Hidden),
            Self::SideConversation => PageProblem::Composer(WrongComposer::SideConversation),
            Self::MessagingComposer { .. } => PageProblem::Composer(WrongComposer::Messaging),
            Self::OldComposer => PageProblem::Composer(WrongComposer::OldInterface),
            Self::ComposerOfTicket { ticket } => {
                PageProblem::Composer(WrongComposer::OfTicket(ticket))
            }
            Self::SubmitButton => PageProblem::SubmitButton,
            Self::NotInternal { .. } | Self::NotPublic { .. } => PageProblem::NotSwitched,
            Self::InternalDraft { .. } => PageProblem::InternalDraft,
            Self::NotArrived { .. } => PageProblem::NotArrived,
            Self::DraftChanged => PageProblem::DraftChanged,
            Self::Ambiguous { .. } => PageProblem::Ambiguous,
            Self::SignedOut => PageProblem::SignedOut,
            Self::NoToken => PageProblem::NoToken,
            Self::NoField => PageProblem::NoField,
            Self::FieldShows { shown } => PageProblem::FieldShows(shown),
            Self::SeveralOrganizations => PageProblem::SeveralOrganizations,
            Self::Several { count } => PageProblem::SameName(count),
            Self::NoEntry { .. } => PageProblem::NoEntry,
            Self::NotAsExpected { .. } => PageProblem::JustChanged,
            Self::KeyFieldInUse => PageProblem::KeyFieldInUse,
            Self::Failed { why } => PageProblem::Other(why),
        })
    }
}

/// Why a page could not be given its job.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(from = "String")]
pub enum Unreachable {
    /// The browser gives Tether no access to it.
    NoAccess,
    /// No tab shows it any more.
    Closed,
    /// It is busy with an earlier page job.
    Busy,
    /// The browser unloaded it.
    Asleep,
    /// It had the job, but was closed, reloaded or left.
    Lost,
    /// Something else, in the browser's words.
    Other(String),
}

impl From<String> for Unreachable {
    fn from(why: String) -> Self {
        match why.as_str() {
            "no_access" => Self::NoAccess,
            "closed" => Self::Closed,
            "busy" => Self::Busy,
            "asleep" => Self::Asleep,
            "lost" => Self::Lost,
            _ => Self::Other(why),
        }
    }
}

impl From<Unreachable> for PageProblem {
    fn from(why: Unreachable) -> Self {
        match why {
            Unreachable::NoAccess => Self::NoAccess,
            Unreachable::Closed => Self::NotOpen,
            Unreachable::Busy => Self::Busy,
            Unreachable::Asleep => Self::Asleep,
            Unreachable::Lost => Self::Gone,
            Unreachable::Other(why) => Self::Other(why),
        }
    }
}

/// Whether the status was chosen with which a reply is to be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StatusChoice {
    /// It is chosen.
    Chosen,
    /// It was left unchanged, because choosing it would submit the ticket in this Zendesk.
    Left,
    /// The page shows no way to choose it.
    NotFound,
}
