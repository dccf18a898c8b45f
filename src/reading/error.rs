//! Why a read failed, in words for the engineer.

use serde::{Deserialize, Serialize};

/// The longest wait that a site may ask for, in seconds.
pub(super) const LONGEST_WAIT: u64 = 3600;
/// The same in ms.
pub const LONGEST_WAIT_MS: u64 = LONGEST_WAIT * 1000;

/// Why a read failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ReadError {
    /// The engineer is signed out.
    SignedOut,
    /// The account may not do this.
    NotAllowed,
    /// The page's CSRF token is no longer valid; nothing was written.
    TokenStale,
    /// The site's protection blocked the request, or wants to check the browser first. It says
    /// nothing about the account.
    Blocked,
    /// There is no such record.
    NotFound,
    /// The site has nothing at this address, whatever the record.
    NoSuchAddress {
        /// The site's own words, as in [`ReadError::Refused`].
        said: String,
    },
    /// Too many requests.
    RateLimited {
        /// When to ask again, in milliseconds since 1970.
        until_ms: u64,
    },
    /// The site is not available for a while, and says for how long.
    Unavailable {
        /// When to ask again, in milliseconds since 1970.
        until_ms: u64,
    },
    /// The site failed.
    Server {
        /// The status code, 500 to 599.
        status: u16,
    },
    /// The site refused the request.
    Refused {
        /// The status code.
        status: u16,
        /// The site's own words: one line of at most [`SAID_MAX`](super::SAID_MAX) characters, empty if it gave none.
        said: String,
    },
    /// The record changed since it was read, so a write was refused; nothing was written.
    Conflict,
    /// The site's database was busy with the record, although nobody else was writing; nothing was
    /// written.
    DatabaseConflict,
    /// A value to be written is already in use, e.g. an address by another user; nothing was
    /// written.
    Taken {
        /// The site's own words, as in [`ReadError::Refused`].
        said: String,
    },
    /// The answer is not JSON.
    NotJson,
    /// The answer is JSON of another shape.
    WrongShape {
        /// What is wrong with which key, e.g. "ticket.subject is a number, not text".
        what: String,
    },
    /// The answer exceeds the limit.
    TooLarge,
    /// There is no network.
    Offline,
    /// No answer in time.
    TimedOut,
    /// The browser gave no answer and no reason.
    Failed,
}

impl ReadError {
    /// What happened, with Zendesk as the site.
    pub fn says(&self) -> String {
        self.says_of("Zendesk")
    }

    /// What the engineer can do next, with Zendesk as the site.
    pub fn next(&self) -> String {
        self.next_of("Zendesk")
    }

    /// What happened. `site`: the site's name at the beginning of a sentence, e.g. "Zendesk" or
    /// "The portal".
    pub fn says_of(&self, site: &str) -> String {
        let within = within(site);
        match self {
            Self::SignedOut => format!("You are signed out of {within}."),
            Self::NotAllowed => format!("Your account may not read this in {within}."),
            Self::TokenStale => format!("{site} refused the request: the page’s token is old."),
            Self::Blocked => {
                format!("What protects {within} blocked this request; it was not your account.")
            }
            Self::NotFound => format!("{site} has no such record."),
            Self::NoSuchAddress { said } if said.is_empty() => {
                format!("{site} has nothing at this address.")
            }
            Self::NoSuchAddress { said } => format!("{site} has nothing at this address: {said}"),
            Self::RateLimited { .. } => format!("{site} has had too many requests."),
            Self::Unavailable { .. } => format!("{site} is not available for a moment."),
            Self::Server { status } => format!("{site} failed (status {status})."),
            Self::Refused { status, said } if said.is_empty() => {
                format!("{site} refused the request (status {status}).")
            }
            Self::Refused { status, said } => {
                format!("{site} refused the request (status {status}): {said}")
            }
            Self::Conflict => {
                format!("The record was changed in {within} meanwhile; nothing was written.")
            }
            Self::DatabaseConflict => format!("{site} was busy; nothing was written."),
            Self::Taken { said } if said.is_empty() => {
                format!("{site} has this already; nothing was written.")
            }
            Self::Taken { said } => format!("{site} has this already; nothing was written: {said}"),
            Self::NotJson => format!("{site} answered with something other than data."),
            Self::WrongShape { what } => format!("{site}’s answer has an unknown form: {what}."),
            Self::TooLarge => format!("{site}’s answer is too large to read."),
            Self::Offline => "The browser is offline.".to_owned(),
            Self::TimedOut => format!("{site} did not answer in time."),
            Self::Failed => format!("{site} could not be reached."),
        }
    }

    /// What the engineer can do next. `site`: as for [`ReadError::says_of`].
    pub fn next_of(&self, site: &str) -> String {
        let within = within(site);
        match self {
            Self::SignedOut => format!("Sign in to {within} in this browser, then try again."),
            Self::NotAllowed => "Ask for access, or continue by hand.".to_owned(),
            Self::TokenStale => "Reload the ticket, then try again.".to_owned(),
            Self::Blocked => format!("Open this page of {within} in a tab, pass the check if it asks for one, then try again."),
            Self::NotFound => "Check that it has not been deleted or merged.".to_owned(),
            Self::NoSuchAddress { .. } => {
                "Check the site’s name in the settings; if it is right, continue by hand and report it.".to_owned()
            }
            Self::RateLimited { .. } | Self::Unavailable { .. } => format!("Tether asks again when {within} allows it."),
            Self::Server { .. } | Self::TimedOut => "Wait a moment, then try again.".to_owned(),
            Self::Refused { status: 422, .. } => "Put right what is named there, then try again.".to_owned(),
            Self::Refused { .. } => "Read again; if it stays so, continue by hand and report it.".to_owned(),
            Self::Conflict => "Look at what changed, then decide again.".to_owned(),
            Self::DatabaseConflict => "Try again.".to_owned(),
            Self::Taken { .. } => {
                "Look for the one that has it: it may have it as a second one, or be too new to be found at once.".to_owned()
            }
            Self::NotJson => format!("Reload the page of {within}, then try again."),
            Self::WrongShape { .. } => "Continue by hand and report it: Tether has to learn this form.".to_owned(),
            Self::TooLarge => "Continue by hand.".to_owned(),
            Self::Offline => "Connect, then try again.".to_owned(),
            Self::Failed => "Check the connection and that Tether may read this site, then try again.".to_owned(),
        }
    }

    /// When to repeat the read automatically, in milliseconds since 1970, if the site named a time.
    pub fn waits_until(&self) -> Option<u64> {
        match self {
            Self::RateLimited { until_ms } | Self::Unavailable { until_ms } => Some(*until_ms),
            _ => None,
        }
    }

    /// Whether the same request can succeed later without a repair.
    pub fn retryable(&self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Unavailable { .. }
            | Self::Server { .. }
            | Self::DatabaseConflict
            | Self::Offline
            | Self::TimedOut
            | Self::Failed => true,
            Self::SignedOut
            | Self::NotAllowed
            | Self::TokenStale
            | Self::Blocked
            | Self::NotFound
            | Self::NoSuchAddress { .. }
            | Self::Refused { .. }
            | Self::Conflict
            | Self::Taken { .. }
            | Self::NotJson
            | Self::WrongShape { .. }
            | Self::TooLarge => false,
        }
    }
}

/// A site's name within a sentence.
fn within(site: &str) -> String {
    site.strip_prefix("The ")
        .map_or_else(|| site.to_owned(), |name| format!("the {name}"))
}
