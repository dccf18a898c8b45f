//! The lines of a report, and how they print a name or a number.

use crate::text::line::one_line;

/// How a line rates what it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it should be.
    Good,
    /// Missing or unreadable.
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

/// Wraps a name from a page or a profile in backticks. Backticks inside it are replaced, because
/// they would end the code span.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", one_line(&text.replace('`', "'"), 120))
}

/// A line's text without the marks of its code.
pub(in crate::app) fn plain(text: &str) -> String {
    text.replace('`', "")
}

pub(super) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
