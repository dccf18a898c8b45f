//! The only door to a public reply: what the guard refuses cannot become one.

use super::guard::{Leak, Secrets, leak_in};
use super::template::filled;
use super::texts::own_text;
use super::{Facts, Outcome};
use crate::text::blocks::{Block, copy_of, html_of, lines_of};

/// A reply that the guard let pass: the only thing that can be written as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReply {
    blocks: Vec<Block>,
}

impl PublicReply {
    /// Lets blocks pass, or refuses all of them.
    pub fn build(blocks: Vec<Block>, secrets: &Secrets<'_>) -> Result<Self, Leak> {
        let in_text = leak_in(&lines_of(&blocks).join("\n"), secrets);
        let leak = in_text.or_else(|| {
            blocks
                .iter()
                .flat_map(Block::hrefs)
                .find_map(|href| leak_in(href.as_str(), secrets))
        });
        match leak {
            Some(leak) => Err(leak),
            None => Ok(Self { blocks }),
        }
    }

    /// The profile's text or, where there is none or it names a list with nobody on it, Tether's own; guarded like any other.
    pub fn own(
        outcome: Outcome,
        text: Option<&str>,
        facts: &Facts,
        secrets: &Secrets<'_>,
    ) -> Result<Self, Leak> {
        let written = text.and_then(|text| filled(text, facts, secrets));
        Self::build(
            written.unwrap_or_else(|| own_text(outcome, facts, secrets)),
            secrets,
        )
    }

    /// Whether nothing stands in it: a macro without text.
    pub fn is_empty(&self) -> bool {
        self.blocks
            .iter()
            .all(|block| block.lines().next().is_none())
    }

    /// Safe HTML for the composer.
    pub fn html(&self) -> String {
        html_of(&self.blocks)
    }

    /// The same as the composer will read, line by line.
    pub fn lines(&self) -> Vec<String> {
        lines_of(&self.blocks)
    }

    /// The same as plain text, for copying.
    pub fn plain(&self) -> String {
        copy_of(&self.blocks)
    }
}
