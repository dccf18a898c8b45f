//! What every card looks like: its tone, its eyebrow, its title, and what it holds.

use maud::{Markup, html};

use super::parts::Tone;
use crate::case::check::CheckName;
use crate::text::line::one_line;

/// What to do next.
pub(super) struct Card {
    /// Calm: act. Open: decide. Bad: stopped. Good: done.
    pub(super) tone: Tone,
    /// What kind of card it is.
    pub(super) eyebrow: String,
    /// Whether a screen reader reads the eyebrow when it changes. A count of steps is not read.
    pub(super) aloud: bool,
    pub(super) title: Markup,
    pub(super) content: Markup,
    pub(super) holds: Holds,
}

/// What the card holds, so that it is nowhere else.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Holds {
    /// The check that it asks about.
    pub(super) check: Option<CheckName>,
    /// The ways to give a proof.
    pub(super) evidence: bool,
    /// The question for the product.
    pub(super) product: bool,
    /// The hand-over, or its button.
    pub(super) hand_over: bool,
    /// The steps of the plan.
    pub(super) plan: bool,
    /// `Copy IDs`.
    pub(super) ids: bool,
    /// Whether the records below it are folded.
    pub(super) folds_records: bool,
}

impl Card {
    pub(super) fn act(title: impl Into<String>, content: Markup) -> Self {
        Self::new(Tone::Calm, "Next step", title, content)
    }

    pub(super) fn decide(title: impl Into<String>, content: Markup) -> Self {
        Self::new(Tone::Open, "Your decision", title, content)
    }

    pub(super) fn progress(title: impl Into<String>, content: Markup) -> Self {
        Self::new(Tone::Calm, "In progress", title, content)
    }

    pub(super) fn stopped(title: impl Into<String>, content: Markup) -> Self {
        Self::new(Tone::Bad, "Stopped", title, content)
    }

    /// A site asks to sign in: one command opens it, the other tries again.
    pub(super) fn signed_out(title: &str, says: &str, sign_in: &str, again: &str) -> Self {
        Self::stopped(
            title,
            html! {
                p { (says) }
                div.actions {
                    button.primary type="button" data-command=(sign_in) { "Sign in" }
                    button type="button" data-command=(again) { "Try again" }
                }
            },
        )
    }

    pub(super) fn new(
        tone: Tone,
        eyebrow: impl Into<String>,
        title: impl Into<String>,
        content: Markup,
    ) -> Self {
        let title = one_line(&title.into(), 200);
        Self {
            tone,
            eyebrow: eyebrow.into(),
            aloud: true,
            title: html! { bdi { (title) } },
            content,
            holds: Holds::default(),
        }
    }

    pub(super) fn holding(self, holds: Holds) -> Self {
        Self { holds, ..self }
    }

    pub(super) fn with_tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    pub(super) fn html(&self) -> Markup {
        html! {
            section.next.(self.tone.class()) aria-label="Next step" {
                div role="status" {
                    h2 #next-heading tabindex="-1" {
                        span.eyebrow aria-live=[(!self.aloud).then_some("off")] { (self.eyebrow) span.unseen { ": " } }
                        (self.title)
                    }
                }
                (self.content)
            }
        }
    }
}

/// The first letter large, and a full stop.
pub(super) fn sentence(why: &str) -> String {
    let why = one_line(why, 400);
    let mut letters = why.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let end = if why.ends_with(['?', '!', '.']) {
        ""
    } else {
        "."
    };
    format!("{}{}{end}", first.unwrap_or_default(), letters.as_str())
}
