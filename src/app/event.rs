//! Everything that can happen: one message each, as the background sends it. [`plain`](crate::plain) reads them: an event's name stands
//! in its `type`, an outcome's in its `kind`.

use serde::{Deserialize, Serialize};

use super::pages::Page;
use crate::case::CaseKey;
use crate::case::page_problem::{PageProblem, WrongComposer};
use crate::map::Map;
use crate::profile::Settings;
use crate::reading::Answer;
use crate::zendesk::diagnose::Looked;

/// An event.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The background started or was started again; the model was restored.
    Woke,
    /// In which browser this runs.
    Browser {
        /// How it names itself to sites.
        agent: String,
    },
    /// A tab shows an address.
    TabSeen {
        /// The tab.
        tab: i64,
        /// Its address; empty where the browser does not tell.
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
        /// Its address; empty where the browser does not tell.
        url: String,
        /// Whether it is the active tab of its window.
        active: bool,
        /// Whether the engineer works in that window.
        focused: bool,
    },
    /// The browser gave a tab another number: it had unloaded the page.
    TabReplaced {
        /// The number that it had.
        old: i64,
        /// The number that it has now.
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
    /// A tab that an `open_tab` effect asked for.
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
    /// A panel shows itself and wants the view.
    PanelOpened,
    /// The panel of a window shows itself and wants the view.
    PanelIn {
        /// The window.
        window: i64,
    },
    /// The panel of a window is gone.
    PanelGone {
        /// The window.
        window: i64,
    },
    /// No panel is open any more.
    PanelClosed,
    /// The browser does not keep what Tether knows.
    NotSaved {
        /// In the browser's words.
        why: String,
    },
    /// After such a failure the browser has kept everything.
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
    /// A page of the portal that was open before this start of the extension: nobody has just opened it.
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
        /// The answer: put in at the boundary, so that its body never crosses it twice.
        #[serde(skip)]
        answer: Answer,
    },
    /// A file was fetched.
    Fetched {
        /// The fetch's number.
        id: u64,
        /// The file: put in at the boundary, so that its bytes never cross it twice.
        #[serde(skip)]
        file: Fetched,
    },
    /// A text was selected on a page and is to be used as proof.
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
        /// Its bytes, in base64; empty where it is larger than what is looked at.
        base64: String,
    },
    /// A wait is over.
    Waited {
        /// The wait's number.
        id: u64,
    },
    /// The page script did what it was asked, or says why not.
    PageResult {
        /// The tab whose page says so.
        tab: i64,
        /// The page job's number.
        effect: u64,
        /// What it reports.
        outcome: Outcome,
    },
    /// The page script could not be reached.
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
    /// The settings as they are kept now, all of them: another profile counts from here on.
    Settings {
        /// The engineer's and the organization's.
        settings: Settings,
    },
    /// The browser did not keep settings.
    SettingsNotSaved {
        /// Their paths.
        paths: Vec<String>,
        /// In the browser's words.
        why: String,
    },
    /// A page of Tether's own shows itself and wants its view.
    PageOpened {
        /// Which.
        page: Page,
        /// The keys of the browser's shortcuts, by the command's name.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
        keys: Map<String, String>,
    },
    /// No page of that kind is open any more.
    PageClosed {
        /// Which.
        page: Page,
    },
    /// A file of settings was given.
    ImportGiven {
        /// Its text.
        text: String,
    },
    /// The engineer pressed a shortcut of the browser, for the command of that name.
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

/// A file as it came.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// It did not come: the answer without its body.
    Not(Answer),
}

impl Default for Fetched {
    fn default() -> Self {
        Self::Not(Answer::Failed)
    }
}

/// A reminder: the ticket's address and when, and nothing else of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Reminder {
    /// The ticket's address in the agent's page.
    pub url: String,
    /// When, in ms since 1970.
    pub at_ms: u64,
}

/// What a page script reports of its page job.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(tag = "kind", rename = "PageOutcome")
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The text stands in the composer.
    Written {
        /// The composer's text, read back.
        text: String,
        /// For a reply: what became of the status.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(optional = nullable))]
        status: Option<StatusChoice>,
    },
    /// It stood there already.
    AlreadyThere,
    /// Another ticket is in front.
    WrongTicket {
        /// Which.
        #[serde(default)]
        front: Option<u64>,
    },
    /// No composer.
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
    /// The composer is of Zendesk's old interface.
    OldComposer,
    /// The composer's channel button names another ticket.
    ComposerOfTicket {
        /// Which.
        #[serde(default)]
        ticket: Option<u64>,
    },
    /// A selector finds the button that submits the ticket.
    SubmitButton,
    /// The channel is public and stays so.
    NotInternal {
        /// What the page calls the channel.
        channel: String,
    },
    /// The channel is internal and stays so.
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
    /// Another page than the user's is in front.
    WrongPage {
        /// Its path.
        front: String,
    },
    /// The page is not visible.
    Hidden,
    /// No session.
    SignedOut,
    /// The page gave no token for writing.
    NoToken,
    /// An entry of the Organization field was chosen, and the field shows it.
    Chosen {
        /// What the field shows.
        shown: String,
    },
    /// The Organization field showed the name already.
    Already {
        /// What the field shows.
        shown: String,
    },
    /// No Organization field.
    NoField,
    /// The Organization field shows another organization.
    FieldShows {
        /// What it shows.
        shown: String,
    },
    /// The page adds organizations to those that the user has.
    SeveralOrganizations,
    /// What the page read right before the write is not what the write rests on.
    NotAsExpected {
        /// The path that it read.
        path: String,
    },
    /// The license key is in Validate License.
    Filled,
    /// Validate License has no empty text area for the key.
    KeyFieldInUse,
    /// Several entries of the very same name.
    Several {
        /// How many.
        count: u64,
    },
    /// No entry of the name.
    NoEntry {
        /// What was offered instead.
        seen: Vec<String>,
    },
    /// What stands there is not what should.
    NotArrived {
        /// The composer's text.
        text: String,
    },
    /// The ticket in front changed meanwhile.
    Moved {
        /// Which is there now.
        #[serde(default)]
        front: Option<u64>,
    },
    /// More than one candidate.
    Ambiguous {
        /// Of what.
        what: String,
    },
    /// The portal's page as it stands.
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
        /// In the script's words.
        why: String,
    },
}

impl Outcome {
    /// The outcome, where the page did what it was asked or something comparable; else why it did not.
    pub fn or_problem(self) -> Result<Self, PageProblem> {
        Err(match self {
            Self::Written { .. }
            | Self::AlreadyThere
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
    /// The browser does not let Tether into it.
    NoAccess,
    /// No tab shows it any more.
    Closed,
    /// It is busy with an earlier page job.
    Busy,
    /// The browser unloaded it.
    Asleep,
    /// It had the job, and was closed, reloaded or left.
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

/// What became of the status that a reply is to be submitted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StatusChoice {
    /// It is chosen.
    Chosen,
    /// It is left as it was: in this Zendesk choosing it would submit.
    Left,
    /// The page shows no way to choose it.
    NotFound,
}
