//! Why a page did not do its job: one list for the note, the reply, changes, keys and diagnoses.

use serde::{Deserialize, Serialize};

use crate::record::ids::TicketId;
use crate::text::line::one_line;

/// The kind of page job; the sentences depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageWork {
    /// Write the internal note into the ticket's composer.
    Note(TicketId),
    /// Write the reply into the ticket's composer.
    Reply(TicketId),
    /// Take the reply out of the ticket's composer.
    ReplyUndo(TicketId),
    /// Change a record.
    Change,
    /// Fill a license key into Validate License.
    Key,
    /// Look at the page.
    Diagnosis,
}

/// Why a page did not do its job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageProblem {
    /// No tab shows the page.
    NotOpen,
    /// Another page is in front, with its ticket's number if it has one.
    NotInFront(Option<u64>),
    /// The ticket in front changed while the page was writing.
    Moved,
    /// The browser gives Tether no access to the page.
    NoAccess,
    /// The page was busy with an earlier page job.
    Busy,
    /// The browser unloaded the page.
    Asleep,
    /// The page was closed, reloaded or left before it answered.
    Gone,
    /// The page did not answer in time.
    NoAnswer,
    /// The browser stopped Tether before the page was asked.
    Interrupted,
    /// The ticket has no composer: it is closed, or still loading.
    NoComposer,
    /// The composer is not the one for notes and replies.
    Composer(WrongComposer),
    /// The composer's channel is the wrong one and could not be changed.
    NotSwitched,
    /// The composer holds text of an internal note, which must not become public.
    InternalDraft,
    /// The text is not in the composer as it should be.
    NotArrived,
    /// The composer does not end with the reply as it was put in.
    DraftChanged,
    /// Several things on the page match.
    Ambiguous,
    /// A selector of the settings finds the button that submits the ticket.
    SubmitButton,
    /// The engineer is signed out.
    SignedOut,
    /// Zendesk's page gave no CSRF token.
    NoToken,
    /// The user's page shows no Organization field.
    NoField,
    /// The Organization field shows another organization, by this name.
    FieldShows(String),
    /// Users of this Zendesk may have several organizations, and choosing one adds it.
    SeveralOrganizations,
    /// The field offers several organizations of exactly this name.
    SameName(u64),
    /// The field offers no organization of this name.
    NoEntry,
    /// What the write rests on changed a moment ago.
    JustChanged,
    /// Validate License has no text area for the key, or it holds another text.
    KeyFieldInUse,
    /// The page's answer does not fit the job.
    Unexpected,
    /// Something else, in the words of the page script or the browser.
    Other(String),
}

/// A composer that is not the one for this ticket's notes and replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongComposer {
    /// It is hidden.
    Hidden,
    /// Only a side conversation's editor is there.
    SideConversation,
    /// It writes chat or text messages.
    Messaging,
    /// It belongs to Zendesk's old interface.
    OldInterface,
    /// Its channel button names another ticket.
    OfTicket(Option<u64>),
}

impl PageProblem {
    /// Whether other changes would fail in the same way: they wait until this one is tried again or
    /// left.
    pub fn blocks(&self) -> bool {
        matches!(
            self,
            Self::NotOpen
                | Self::NotInFront(_)
                | Self::NoAccess
                | Self::Busy
                | Self::Asleep
                | Self::Interrupted
                | Self::SignedOut
                | Self::NoToken
        )
    }

    /// Whether Zendesk's API can do what the page's field could not do.
    pub fn api_helps(&self) -> bool {
        matches!(
            self,
            Self::NoField
                | Self::SameName(_)
                | Self::NoEntry
                | Self::SeveralOrganizations
                | Self::Ambiguous
                | Self::Unexpected
                | Self::Other(_)
        )
    }

    /// Whether trying again can help.
    pub fn again_helps(&self) -> bool {
        !matches!(self, Self::SameName(_) | Self::SeveralOrganizations)
    }

    /// Whether the ticket's page should be looked at.
    pub fn shows_ticket(&self) -> bool {
        matches!(
            self,
            Self::NotOpen
                | Self::NotInFront(_)
                | Self::Moved
                | Self::Gone
                | Self::Asleep
                | Self::Composer(_)
        )
    }

    /// What happened and what to do, in the engineer's words.
    pub fn says(&self, work: PageWork) -> String {
        let again = work.again();
        let then = |before: &str, after: &str| {
            format!(
                "{before}: nothing was {}. {after}, then {again}.",
                work.done()
            )
        };
        let page = work.page();
        match self {
            Self::NotOpen => then(&format!("No tab shows {page}"), "Open it"),
            Self::NotInFront(Some(front)) if work.ticket().is_some() => {
                then(&format!("Ticket #{front} is in front, not {}", work.number()), &format!("Bring {} to the front", work.number()))
            }
            Self::NotInFront(_) => then(&format!("{} is not in front", capital(&page)), "Bring it to the front"),
            Self::Moved => {
                format!("Another ticket came to the front while {} was being written. {}", work.thing(), work.look_first())
            }
            Self::NoAccess => {
                format!("The browser does not let Tether into this page. Allow access to the site, reload the page, then {again}.")
            }
            Self::Busy => then("The page is still busy with an earlier step", "Wait a moment"),
            Self::Asleep => then("The browser put this page to sleep", "Open its tab and wait until it has loaded"),
            Self::Gone => format!("The page was closed or reloaded before it answered. {}", work.look_first()),
            Self::NoAnswer => format!("The page did not answer. {}", work.look_first()),
            Self::Interrupted => {
                format!("The browser stopped Tether before the page was asked: nothing was {}. {}.", work.done(), capital(&again))
            }
            Self::NoComposer => {
                format!("{} shows no composer: nothing was {}. If it is still loading, wait, then {again}.", capital(&page), work.done())
            }
            Self::Composer(wrong) => {
                let (before, after) = wrong.says(work);
                then(&before, &after)
            }
            Self::NotSwitched => match work {
                PageWork::Reply(_) => {
                    then("The composer could not be switched to a public reply", "Switch it by hand")
                }
                PageWork::ReplyUndo(_) => then("The composer no longer writes a public reply", "Switch it by hand"),
                _ => format!(
                    "A public reply is selected and could not be switched to an internal note. Switch it by hand, then {again}. If the note is in the composer already, do not submit it as a public reply."
                ),
            },
            Self::InternalDraft => format!(
                "The composer holds an internal note that was not submitted. As a reply it would become public, so nothing was touched. Submit the note first, then {again}."
            ),
            Self::DraftChanged => "The reply is no longer at the end of the composer as Tether put it there: nothing was taken out. Take it out by hand.".to_owned(),
            Self::NotArrived if matches!(work, PageWork::ReplyUndo(_)) => {
                "The reply did not leave the composer as it should. Look at the composer, and take out by hand what is left.".to_owned()
            }
            Self::NotArrived => format!(
                "{} did not arrive in the composer as it should. Look at the composer and undo what is there, then {again}.",
                capital(work.thing())
            ),
            Self::Ambiguous => match work.ticket() {
                Some(_) => then("The page shows more than one composer for this ticket", "Close the other one"),
                None => "The user’s page shows more than one Organization field. Nothing was changed.".to_owned(),
            },
            Self::SubmitButton => then("A selector in the settings finds the submit button, so nothing was clicked", "Correct the selector in the settings"),
            Self::SignedOut => then("You are signed out of Zendesk", "Sign in"),
            Self::NoToken => then("Zendesk’s page gave no token for writing", "Reload the page"),
            Self::NoField => "The user’s page shows no Organization field that Tether knows. Nothing was changed.".to_owned(),
            Self::FieldShows(shown) => format!(
                "The Organization field shows “{}” already, so nothing was changed. Someone may have filled it. Look at the user first.",
                one_line(shown, 120)
            ),
            Self::SeveralOrganizations => {
                "This Zendesk lets a user have several organizations, and choosing one adds it. Nothing was changed. By the API the user gets this one, if they are in none.".to_owned()
            }
            Self::SameName(count) => {
                format!("The field offers {count} organizations of the very same name, so none was picked. Use the API, which goes by the organization’s ID.")
            }
            Self::NoEntry => "The field does not offer the organization’s exact name. Nothing was changed.".to_owned(),
            Self::JustChanged => then("Something in Zendesk changed right before the write", "Look at the user and the ticket"),
            Self::KeyFieldInUse => "Validate License has no empty text area for the key, so nothing was filled in. Paste the key by hand.".to_owned(),
            Self::Unexpected => format!("The page gave an answer that does not fit. {}", work.look_first()),
            Self::Other(why) => format!("The page could not {} ({}). {}", work.does(), one_line(why, 120), work.look_first()),
        }
    }
}

impl WrongComposer {
    /// What is wrong with the composer, and what to do.
    fn says(&self, work: PageWork) -> (String, String) {
        let number = work.number();
        match self {
            Self::Hidden => (
                format!("The composer of {number} is hidden"),
                "Show the composer".to_owned(),
            ),
            Self::SideConversation => (
                format!("In {number} only a side conversation can be written to"),
                "Show the ticket’s own composer".to_owned(),
            ),
            Self::Messaging => {
                let wanted = if matches!(work, PageWork::Reply(_) | PageWork::ReplyUndo(_)) {
                    "Public reply"
                } else {
                    "Internal note"
                };
                (
                    format!("The composer of {number} writes chat or text messages"),
                    format!("Choose {wanted} by hand"),
                )
            }
            Self::OldInterface => (
                format!("{number} is shown in Zendesk’s old interface"),
                "Open it in the Agent Workspace".to_owned(),
            ),
            Self::OfTicket(Some(other)) => (
                format!("The composer belongs to ticket #{other}, not to {number}"),
                "Reload the page".to_owned(),
            ),
            Self::OfTicket(None) => (
                format!("The composer belongs to another ticket than {number}"),
                "Reload the page".to_owned(),
            ),
        }
    }
}

impl PageWork {
    fn ticket(self) -> Option<TicketId> {
        match self {
            Self::Note(ticket) | Self::Reply(ticket) | Self::ReplyUndo(ticket) => Some(ticket),
            Self::Change | Self::Key | Self::Diagnosis => None,
        }
    }

    fn number(self) -> String {
        self.ticket()
            .map_or_else(|| "the ticket".to_owned(), |ticket| format!("#{ticket}"))
    }

    fn page(self) -> String {
        match self {
            Self::Note(ticket) | Self::Reply(ticket) | Self::ReplyUndo(ticket) => {
                format!("ticket #{ticket}")
            }
            Self::Change => "the page that writes".to_owned(),
            Self::Key => "Validate License".to_owned(),
            Self::Diagnosis => "the page".to_owned(),
        }
    }

    fn thing(self) -> &'static str {
        match self {
            Self::Note(_) => "the note",
            Self::Reply(_) | Self::ReplyUndo(_) => "the reply",
            Self::Change => "the change",
            Self::Key => "the key",
            Self::Diagnosis => "the report",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Note(_) | Self::Reply(_) | Self::Change => "written",
            Self::ReplyUndo(_) => "taken out",
            Self::Key => "filled in",
            Self::Diagnosis => "read",
        }
    }

    fn does(self) -> &'static str {
        match self {
            Self::Note(_) => "take the note",
            Self::Reply(_) => "take the reply",
            Self::ReplyUndo(_) => "take the reply out",
            Self::Change => "do it",
            Self::Key => "take the key",
            Self::Diagnosis => "be looked at",
        }
    }

    fn again(self) -> String {
        match self {
            Self::Note(_) => "try again, or copy the note",
            Self::Reply(_) => "draft the reply again",
            Self::ReplyUndo(_) => "press Undo again",
            Self::Change => "continue",
            Self::Key => "paste the key by hand",
            Self::Diagnosis => "diagnose again",
        }
        .to_owned()
    }

    /// What to look at first, because it is unknown whether the job was done.
    fn look_first(self) -> &'static str {
        match self {
            Self::Note(_) => "Look at the composer before you try again: the note may be there.",
            Self::Reply(_) => "Look at the composer before you try again: the reply may be there.",
            Self::ReplyUndo(_) => "Look at the composer: the reply may be gone.",
            Self::Change => "Look at the page, then try again.",
            Self::Key => "If the key is not in Validate License, paste it by hand.",
            Self::Diagnosis => "Reload it, then diagnose again.",
        }
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
