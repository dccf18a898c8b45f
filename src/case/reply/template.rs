//! Fills in a reply's text from the profile, and shows Tether's own text in the same form as a starting point.

use super::guard::Secrets;
use super::texts::{Fill, greeted};
use super::{Facts, Outcome};
use crate::profile::zendesk::{ITEM, Piece, Placeholder, ReplyTexts, pieces};
use crate::text::blocks::{Block, Line, Mark};

/// Marks bold text, on both sides of it.
const BOLD: &str = "**";

impl Outcome {
    /// The profile's text for it.
    pub fn text_in(self, texts: &ReplyTexts) -> Option<&str> {
        match self {
            Self::ProofAsked => &texts.proof_asked,
            Self::ContactsAdded => &texts.contacts_added,
            Self::ContactsRemoved => &texts.contacts_removed,
            Self::NotAnOwner => &texts.not_an_owner,
            Self::Trial => &texts.trial,
            Self::EntitlementFailed => &texts.entitlement_failed,
            Self::LimitReached => &texts.limit_reached,
            Self::CompanyEmailNeeded => &texts.company_email_needed,
            Self::OpenTickets => &texts.open_tickets,
        }
        .as_deref()
    }
}

/// A text with its placeholders filled in. `None` if it names an empty list or is invalid; then Tether's own text is used.
pub(super) fn filled(text: &str, facts: &Facts, secrets: &Secrets<'_>) -> Option<Vec<Block>> {
    let fill = Fill::of(facts, secrets);
    let mut blocks = Vec::new();
    let mut fresh = true;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            fresh = true;
            continue;
        }
        match (line.strip_prefix(ITEM).map(str::trim), blocks.last_mut()) {
            (Some(item), last) => match (list_of(item), last) {
                (Some(list), _) => blocks.push(fill.list(list)?),
                (None, Some(Block::List { items, .. })) if !fresh => {
                    items.push(vec![set(item, &fill)?])
                }
                (None, _) => blocks.push(Block::bullets([set(item, &fill)?])),
            },
            (None, Some(Block::Paragraph(lines))) if !fresh => lines.push(set(line, &fill)?),
            (None, _) => blocks.push(Block::Paragraph(vec![set(line, &fill)?])),
        }
        fresh = false;
    }
    Some(blocks)
}

fn list_of(item: &str) -> Option<Placeholder> {
    Placeholder::ALL
        .iter()
        .copied()
        .find(|p| p.is_list() && p.written() == item)
}

/// A line with its pieces filled in; filled-in text is never parsed for bold marks or placeholders.
fn set(line: &str, fill: &Fill) -> Option<Line> {
    let (mut out, mut bold) = (Line::default(), false);
    let mark = |bold| if bold { Mark::Strong } else { Mark::Plain };
    let pieces = pieces(line)?;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                let unnamed = matches!(pieces.get(at + 1), Some(Piece::Placeholder(next)) if fill.word(*next).is_some_and(str::is_empty));
                let text = if unnamed { text.trim_end() } else { text };
                for (nth, part) in text.split(BOLD).enumerate() {
                    bold ^= nth > 0;
                    out.push(part, &mark(bold));
                }
            }
            Piece::Placeholder(placeholder) => out.push(fill.word(*placeholder)?, &mark(bold)),
        }
    }
    Some(out)
}

/// Tether's own text for an outcome, with its placeholders.
pub fn starting_text(outcome: Outcome) -> String {
    let mut text = String::new();
    let mut leads = false;
    for block in greeted(outcome, &Fill::placeholders()) {
        let part = match &block {
            Block::Paragraph(lines) => lines.iter().map(written).collect::<Vec<_>>().join("\n"),
            Block::List { items, .. } => items
                .iter()
                .flatten()
                .map(|line| format!("{ITEM}{}", written(line)))
                .collect::<Vec<_>>()
                .join("\n"),
        };
        let joined = leads && matches!(block, Block::List { .. });
        text.push_str(if text.is_empty() {
            ""
        } else if joined {
            "\n"
        } else {
            "\n\n"
        });
        text.push_str(&part);
        leads = part.ends_with(':');
    }
    text
}

fn written(line: &Line) -> String {
    line.pieces()
        .map(|(text, strong)| {
            if strong {
                format!("{BOLD}{text}{BOLD}")
            } else {
                text.to_owned()
            }
        })
        .collect()
}
