//! Everything that can happen: one tagged message each, as the background sends it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::reading::Answer;

/// An event.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The background started or was started again; the model was restored.
    Woke,
    /// A tab shows an address.
    TabSeen {
        /// The tab.
        tab: i64,
        /// Its address; empty where the browser does not tell.
        url: String,
        /// Whether it is the active tab of the window that the engineer uses.
        front: bool,
    },
    /// A tab was opened.
    TabCreated {
        /// The tab.
        tab: i64,
        /// The tab that opened it.
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
    /// No panel is open any more.
    PanelClosed,
    /// A page of the portal is in front.
    PortalPage {
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
        /// The answer.
        answer: Answer,
    },
    /// The page script did what it was asked, or says why not.
    PageResult {
        /// The order's number.
        effect: u64,
        /// What came of it.
        outcome: Outcome,
    },
    /// The page script could not be reached.
    PageUnreachable {
        /// The order's number.
        effect: u64,
        /// `no_access`, `closed`, `busy`, or the browser's words.
        why: String,
    },
    /// The engineer pressed something.
    Command {
        /// The command's name.
        name: String,
        /// Its fields.
        #[serde(default)]
        fields: BTreeMap<String, String>,
    },
}

/// What came of writing a note into the composer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// It stands there: the text read back.
    Written {
        /// The composer's text.
        text: String,
    },
    /// It stood there already.
    AlreadyThere,
    /// Another ticket is in front.
    WrongTicket {
        /// Which.
        front: Option<u64>,
    },
    /// No composer.
    NoComposer,
    /// The channel is public and stays so.
    NotInternal {
        /// What the page calls the channel.
        channel: String,
    },
    /// What stands there is not what should.
    NotArrived {
        /// The composer's text.
        text: String,
    },
    /// The ticket in front changed meanwhile.
    Moved {
        /// Which is there now.
        front: Option<u64>,
    },
    /// More than one candidate.
    Ambiguous {
        /// Of what.
        what: String,
    },
    /// Something else.
    Failed {
        /// In the script's words.
        why: String,
    },
}
