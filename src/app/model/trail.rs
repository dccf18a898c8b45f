//! The last events and errors, for an error report: by name and without any value. Nothing in it
//! comes from a page, an answer or the engineer.

use crate::app::event::{Event, Fetched, Outcome as PageOutcome, Unreachable};
use crate::reading::{Answer, ReadError};

/// How many entries are kept.
const MOST: usize = 60;

/// The last events, the newest last. They are not stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    entries: Vec<Entry>,
}

/// An event or an error. Every text is one of the program's own.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    at_ms: u64,
    what: &'static str,
    detail: String,
    status: Option<u16>,
}

impl Trail {
    fn push(&mut self, entry: Entry) {
        if self.entries.len() >= MOST {
            self.entries.remove(0);
        }
        self.entries.push(entry);
    }

    /// Notes an event by its name, and how a read, a fetch or a page job ended.
    pub fn event(&mut self, event: &Event, now_ms: u64) {
        // A command has a name of its own, once it is understood.
        if matches!(event, Event::Command { .. } | Event::Shortcut { .. }) {
            return;
        }
        let (detail, status) = match event {
            Event::Answered { answer, .. } => of_answer(answer),
            Event::Fetched { file, .. } => match file {
                Fetched::Bytes(_) => ("bytes", None),
                Fetched::Not(answer) => of_answer(answer),
            },
            Event::PageResult { outcome, .. } => (of_outcome(outcome), None),
            Event::PageUnreachable { why, .. } => (of_unreachable(why), None),
            _ => ("", None),
        };
        self.push(Entry {
            at_ms: now_ms,
            what: event.into(),
            detail: detail.to_owned(),
            status,
        });
    }

    /// Notes a command that was understood, so that its name is one of the program's own.
    pub fn command(&mut self, name: &str, now_ms: u64) {
        // A tick says nothing, and comes every second while the panel counts down.
        if name == "tick" {
            return;
        }
        self.push(Entry {
            at_ms: now_ms,
            what: "command",
            detail: name.to_owned(),
            status: None,
        });
    }

    /// Each entry as a line, the newest last: the seconds since then, and what happened.
    pub fn lines(&self, now_ms: u64) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| {
                let ago = now_ms.saturating_sub(entry.at_ms);
                let mut line = format!("{}.{} {}", ago / 1000, ago % 1000 / 100, entry.what);
                if !entry.detail.is_empty() {
                    line.push_str(&format!(" {}", entry.detail));
                }
                if let Some(status) = entry.status {
                    line.push_str(&format!(" {status}"));
                }
                line
            })
            .collect()
    }

    /// Notes why a read failed.
    pub fn failed(&mut self, error: &ReadError, now_ms: u64) {
        let status = match error {
            ReadError::Server { status } | ReadError::Refused { status, .. } => Some(*status),
            _ => None,
        };
        self.push(Entry {
            at_ms: now_ms,
            what: "read failed",
            detail: <&'static str>::from(error).to_owned(),
            status,
        });
    }
}

fn of_answer(answer: &Answer) -> (&'static str, Option<u16>) {
    match answer {
        Answer::Response(response) => ("", Some(response.status)),
        Answer::Redirected => ("redirected", None),
        Answer::TooLarge => ("too_large", None),
        Answer::Offline => ("offline", None),
        Answer::TimedOut => ("timed_out", None),
        Answer::Failed => ("failed", None),
    }
}

fn of_outcome(outcome: &PageOutcome) -> &'static str {
    outcome.into()
}

fn of_unreachable(why: &Unreachable) -> &'static str {
    match why {
        Unreachable::NoAccess => "no_access",
        Unreachable::Closed => "closed",
        Unreachable::Busy => "busy",
        Unreachable::Asleep => "asleep",
        Unreachable::Lost => "lost",
        Unreachable::Other(_) => "other",
    }
}
