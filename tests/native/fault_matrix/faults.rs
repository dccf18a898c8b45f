//! What can go wrong with a read, a file, a write and a page, each by its name.

use serde_json::{Map, Value, json};
use tether::app::event::{Fetched, Outcome};
use tether::reading::{Answer, Response};

use crate::support::sites::html;
use crate::support::status;

const SIGN_IN: &str = "<!DOCTYPE html><html><body><form action=\"/customers/sign_in\"><input type=\"password\"></form></body></html>";

/// What goes wrong.
#[derive(Clone, Debug)]
pub enum How {
    /// The answer is this one. Whether the write was made nevertheless.
    Answers(Bad, bool),
    /// The page reports this. Whether it did the job nevertheless.
    Says(Outcome, bool),
    /// The page cannot be given its job.
    Unreachable(&'static str),
    /// No answer ever comes. Whether the job was done nevertheless.
    Silent(bool),
    /// The background is stopped while it waits.
    Stopped,
}

/// A useless answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    NoAnswer,
    Offline,
    SignIn,
    Status(u16),
    Html,
    /// HTML that asks for a password.
    SignInPage,
    Truncated,
    WrongTypes,
    TooLarge,
    TimedOut,
}

pub const BAD: [Bad; 16] = [
    Bad::NoAnswer,
    Bad::Offline,
    Bad::SignIn,
    Bad::Status(401),
    Bad::Status(403),
    Bad::Status(404),
    Bad::Status(409),
    Bad::Status(422),
    Bad::Status(429),
    Bad::Status(500),
    Bad::Html,
    Bad::SignInPage,
    Bad::Truncated,
    Bad::WrongTypes,
    Bad::TooLarge,
    Bad::TimedOut,
];

impl Bad {
    /// Whether Zendesk certainly wrote nothing.
    pub fn refuses(self) -> bool {
        matches!(
            self,
            Self::SignIn | Self::SignInPage | Self::Status(401 | 403 | 404 | 409 | 422 | 429)
        )
    }

    /// The panel's possible names for it, after a read.
    pub fn named(self) -> &'static [&'static str] {
        match self {
            Self::NoAnswer => &["could not be reached"],
            Self::Offline => &["is offline"],
            // For a file, a redirect may also lead to the file host.
            Self::SignIn | Self::SignInPage | Self::Status(401) => {
                &["signed out", "elsewhere", "host for files"]
            }
            Self::Status(403) => &["may not read", "may not look"],
            // Of a list that is not there the portal gives no page of a list.
            Self::Status(404) => &["no such record", "not what its address says"],
            Self::Status(409) => &["changed in", "not what its address says"],
            Self::Status(429) => &["asks to wait", "too many requests"],
            Self::Status(500..) => &["failed (status 500)"],
            Self::Status(_) => &["refused the request", "not what its address says"],
            Self::Html | Self::Truncated | Self::WrongTypes => &[],
            Self::TooLarge => &["too large"],
            Self::TimedOut => &["in time"],
        }
    }

    /// The bad answer in place of a good one.
    pub fn answer(self, good: &Answer) -> Answer {
        let Answer::Response(good) = good else {
            return good.clone();
        };
        let with = |body: String| {
            Answer::Response(Response {
                body,
                ..good.clone()
            })
        };
        match self {
            Self::NoAnswer => Answer::Failed,
            Self::Offline => Answer::Offline,
            Self::SignIn => Answer::Redirected,
            Self::TooLarge => Answer::TooLarge,
            Self::TimedOut => Answer::TimedOut,
            Self::Status(429) => status(429, "", Some("20")),
            Self::Status(422) => status(
                422,
                r#"{"error":"RecordInvalid","description":"Something is required"}"#,
                None,
            ),
            Self::Status(code) => match status(code, "{}", None) {
                Answer::Response(bad) => Answer::Response(Response {
                    url: good.url.clone(),
                    ..bad
                }),
                other => other,
            },
            Self::Html => html(
                &good.url,
                200,
                "<html><body><h1>Maintenance</h1></body></html>",
            ),
            Self::SignInPage => html(&good.url, 200, SIGN_IN),
            Self::Truncated => with(
                good.body
                    .chars()
                    .take(good.body.chars().count() / 2)
                    .collect(),
            ),
            Self::WrongTypes => match serde_json::from_str::<Value>(&good.body) {
                Ok(Value::Object(map)) => with(
                    Value::Object(
                        map.into_iter()
                            .map(|(key, _)| (key, json!(7)))
                            .collect::<Map<_, _>>(),
                    )
                    .to_string(),
                ),
                // A page of the portal: its fields hold something else.
                _ => with(good.body.replace("_field", "_thing").replace("<td", "<p")),
            },
        }
    }

    /// The same for a file.
    pub fn file(self, bytes: &[u8]) -> Fetched {
        match self {
            Self::Html => {
                Fetched::Bytes(b"<html><body><h1>Maintenance</h1></body></html>".to_vec())
            }
            Self::SignInPage => Fetched::Bytes(SIGN_IN.as_bytes().to_vec()),
            Self::Truncated => Fetched::Bytes(bytes[..bytes.len() / 3].to_vec()),
            Self::WrongTypes => Fetched::Bytes(b"\x89PNG\x00\x01\x02".to_vec()),
            bad => Fetched::Not(bad.answer(&status(200, "", None))),
        }
    }
}

fn page(outcomes: Vec<Outcome>) -> Vec<How> {
    let unreachable = [
        "no_access",
        "closed",
        "busy",
        "Could not establish connection",
    ]
    .map(How::Unreachable);
    outcomes
        .into_iter()
        .map(|o| How::Says(o, false))
        .chain(unreachable)
        .chain([How::Silent(false), How::Silent(true)])
        .collect()
}

/// All that can go wrong with a request of that kind.
pub fn faults(kind: &str) -> Vec<How> {
    let text = || "something".to_owned();
    let failed = || Outcome::Failed { why: text() };
    match kind {
        "write note" => page(vec![
            Outcome::WrongTicket { front: Some(42) },
            Outcome::WrongTicket { front: None },
            Outcome::NoComposer,
            Outcome::NotInternal { channel: text() },
            Outcome::NotArrived { text: text() },
            Outcome::Moved { front: None },
            Outcome::Ambiguous { what: text() },
            Outcome::Hidden,
            failed(),
        ]),
        "write reply" => page(vec![
            Outcome::WrongTicket { front: Some(42) },
            Outcome::NoComposer,
            Outcome::NotPublic { channel: text() },
            Outcome::InternalDraft { text: text() },
            Outcome::NotArrived { text: text() },
            Outcome::Moved { front: None },
            Outcome::Ambiguous { what: text() },
            Outcome::Hidden,
            failed(),
        ]),
        "look at the ticket's page" => page(vec![
            Outcome::WrongTicket { front: Some(42) },
            Outcome::WrongTicket { front: None },
            Outcome::Hidden,
            failed(),
        ]),
        "fill key" => page(vec![
            failed(),
            Outcome::WrongPage { front: text() },
            Outcome::NotArrived { text: text() },
        ]),
        "write organization by the page" => {
            let mut all = page(vec![
                Outcome::WrongPage { front: text() },
                Outcome::Hidden,
                Outcome::SignedOut,
                Outcome::NoField,
                Outcome::Several { count: 2 },
                Outcome::NoEntry { seen: Vec::new() },
                Outcome::Ambiguous { what: text() },
                Outcome::NotArrived { text: text() },
                // Chosen, shown, and never saved.
                Outcome::Chosen { shown: text() },
                failed(),
            ]);
            all.extend([
                How::Says(failed(), true),
                How::Says(Outcome::NotArrived { text: text() }, true),
                How::Stopped,
            ]);
            all
        }
        kind if kind.starts_with("write ") => {
            let mut all = page(vec![
                Outcome::WrongTicket { front: Some(42) },
                Outcome::Hidden,
                Outcome::Moved { front: None },
                Outcome::SignedOut,
                Outcome::NoToken,
                failed(),
            ]);
            for bad in BAD {
                all.push(How::Answers(bad, false));
                if !bad.refuses() {
                    all.push(How::Answers(bad, true));
                }
            }
            all.extend([How::Says(failed(), true), How::Stopped]);
            all
        }
        _ => BAD
            .into_iter()
            .map(|bad| How::Answers(bad, false))
            .chain([How::Stopped])
            .collect(),
    }
}
