//! The lines of a report, and how a line says a name or a number.

use crate::text::line::one_line;

/// What a line says of what it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Good,
    /// Missing, or not to be read.
    Bad,
    /// Neither.
    Plain,
}

/// A line of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Good or bad.
    pub mark: Mark,
    /// Its text.
    pub text: String,
}

/// Lines under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

pub(super) fn line(mark: Mark, text: impl Into<String>) -> Line {
    Line {
        mark,
        text: text.into(),
    }
}

pub(super) fn part(title: impl Into<String>, lines: Vec<Line>) -> Option<Part> {
    (!lines.is_empty()).then(|| Part {
        title: title.into(),
        lines,
    })
}

/// Between backticks: what a page or a profile calls something. A backtick of its own would end it.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", one_line(&text.replace('`', "'"), 120))
}

pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
