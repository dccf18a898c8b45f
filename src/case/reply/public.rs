//! The only way to make a public reply: what the guard refuses cannot become one.

use super::guard::{Leak, Secrets, leak_in};
use super::template::filled;
use super::texts::own_text;
use super::{Facts, Outcome};
use crate::text::blocks::{Block, copy_of, html_of, lines_of};

/// A reply that passed the guard; nothing else can be written as a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicReply {
    blocks: Vec<Block>,
}

impl PublicReply {
    /// Passes the blocks, or refuses all of them.
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

    /// The profile's text, guarded like any other. Without one, or if it names an empty list, Tether's own.
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

    /// Whether it is empty, as with a macro without text.
    pub fn is_empty(&self) -> bool {
        self.blocks
            .iter()
            .all(|block| block.lines().next().is_none())
    }

    /// Safe HTML for the composer.
    pub fn html(&self) -> String {
        html_of(&self.blocks)
    }

    /// Its lines, as they read in the composer.
    pub fn lines(&self) -> Vec<String> {
        lines_of(&self.blocks)
    }

    /// The addresses of its links.
    pub fn links(&self) -> Vec<String> {
        let hrefs = self.blocks.iter().flat_map(Block::hrefs);
        hrefs.map(|href| href.as_str().to_owned()).collect()
    }

    /// Its plain text, for copying.
    pub fn plain(&self) -> String {
        copy_of(&self.blocks)
    }
}
