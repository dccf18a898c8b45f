//! Small parts that several sections of the panel share.

use maud::{Markup, html};

use crate::app::Model;
use crate::case::load::Load;
use crate::profile::host_pattern::host_of;
use crate::reading::ReadError;
use crate::text::line::{is_invisible, one_line};

/// How something is going: always a sign and words, with the color on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// Done, or passed.
    Good,
    /// Not done, or failed.
    Bad,
    /// Waits for the engineer.
    Open,
    /// Nothing to do about it now.
    Calm,
    /// Being done.
    Busy,
    /// Not begun.
    Wait,
}

impl Tone {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Good => "is-good",
            Self::Bad => "is-bad",
            Self::Open => "is-open",
            Self::Calm => "is-calm",
            Self::Busy => "is-busy",
            Self::Wait => "is-wait",
        }
    }
}

/// A page may take long, or never answer: the engineer need not wait for it.
pub(super) fn stop_waiting(job: u64) -> Markup {
    html! { div.actions { button.quiet type="button" data-command="stop_waiting" data-field-job=(job) { "Stop waiting" } } }
}

/// What the browser does not keep is lost when it stops Tether's background, which it may do at any moment.
pub(super) fn not_saved(model: &Model) -> Markup {
    html! {
        @if let Some(problem) = &model.save_problem {
            p.error role="alert" {
                "The browser didn’t keep what Tether knows: " bdi { (problem.why) } " Tether tries again by itself. Until then, it’s lost if the browser stops."
                @match problem.dropped {
                    0 => {}
                    1 => " To make room, Tether dropped 1 case that you looked at long ago.",
                    n => { " To make room, Tether dropped " (n) " cases that you looked at long ago." }
                }
            }
        }
    }
}

/// Host patterns as the sites that they are, in a sentence.
pub(super) fn sites(patterns: &[String]) -> String {
    patterns
        .iter()
        .map(|pattern| host_of(pattern))
        .collect::<Vec<_>>()
        .join(" and ")
}

/// Text of a page or an answer: one line, in a direction of its own.
pub(super) fn shown(text: &str, max: usize) -> Markup {
    html! { bdi { (one_line(text, max)) } }
}

/// An email address. Where a line is too short for it, it breaks after its @ or before a dot, rather than within a word.
pub(super) fn address(text: &str, max: usize) -> Markup {
    html! {
        bdi {
            @for (n, side) in one_line(text, max).split_inclusive('@').enumerate() {
                @if n > 0 { wbr; }
                @for (m, word) in side.split('.').enumerate() {
                    @if m > 0 { wbr; "." }
                    (word)
                }
            }
        }
    }
}

/// Text of people with its line breaks: marks that change how it reads without being seen become visible.
pub(super) fn lines(text: &str) -> Markup {
    let clean: String = text
        .chars()
        .filter(|c| *c != '\r')
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' => '\n',
            '\n' | '\t' => c,
            c if is_invisible(c) || c.is_control() => '\u{FFFD}',
            c => c,
        })
        .collect();
    html! { (clean) }
}

/// What is said when something changes: the place is there before, or nobody would hear it.
pub(super) fn live(content: Markup) -> Markup {
    html! { div.live role="status" { (content) } }
}

/// A heading's section.
pub(super) fn card(id: &str, title: &str, content: Markup) -> Markup {
    html! {
        section.card aria-labelledby=(id) {
            h2 id=(id) { (title) }
            (content)
        }
    }
}

/// How long something waits. The panel counts it down; that is not read aloud.
pub(super) fn countdown(until_ms: u64, now_ms: u64) -> Markup {
    html! {
        span aria-live="off" data-until=(until_ms) { (until_ms.saturating_sub(now_ms).div_ceil(1000)) " seconds" }
    }
}

/// A read that runs or failed, in the same words everywhere.
pub(super) fn reading<T>(load: &Load<T>, what: &str, now_ms: u64) -> Markup {
    html! {
        @match load {
            Load::NotAsked | Load::Got(_) => {}
            Load::Asking => p.busy aria-busy="true" { "Reading " (what) "…" },
            Load::Failed(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => {
                p.error.wait role="alert" {
                    // Counting down is not read aloud.
                    "Zendesk asks to wait: " (what) " will be read in " (countdown(*until_ms, now_ms)) ", by itself."
                }
            }
            Load::Failed(error) => {
                p.error role="alert" { "Reading " (what) " failed: " (one_line(&error.says(), 300)) " " (error.next()) }
                div.actions { button type="button" data-command="retry" { "Try again" } }
            }
        }
    }
}
