//! License IDs in free text: a number is one because a label says so, on the same line, in the next
//! cell or on the line below, in the languages of the support team's customers. Beside the bare
//! word `license`, it is only a guess.

mod digits;
mod label;
mod limits;
mod page;
mod question;
mod tokens;
mod value;

pub(super) use question::{answer, asks, instead};

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::others::is_beside_other;
use super::rank::Rank;
use super::work::Work;
use crate::record::ids::LicenseId;
use label::{is_example, label_at, of_another};
use limits::BEFORE;
use tokens::tokens;
use value::{AFTER, answered_below, value_before, values_after, values_below};

/// Why a license ID needs care. It is no failure: the engineer decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdWarning {
    /// Fewer than 5 digits: an instance's own ID for its license, not the portal's (`facts`, "ID
    /// trap").
    SmallLocal,
    /// One of the licenses that all buyers of an AWS Marketplace image share: it proves nothing
    /// about the requester (`facts`).
    SharedByAws,
}

/// The licenses in every AWS Marketplace image (`facts`).
pub const AWS_SHARED: [u64; 4] = [71_075, 118_882, 1_099_015, 1_099_017];

impl IdWarning {
    /// The warning for an ID, if there is one.
    pub fn of(id: LicenseId) -> Option<Self> {
        if AWS_SHARED.contains(&id.get()) {
            Some(Self::SharedByAws)
        } else if id.get() < 10_000 {
            Some(Self::SmallLocal)
        } else {
            None
        }
    }

    /// What is odd about it, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::SmallLocal => {
                "This is probably the instance’s own number for its license: the portal’s have 5 to 7 digits."
            }
            Self::SharedByAws => {
                "This license is shared by all buyers of an AWS Marketplace image: it does not tell who asks."
            }
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::SmallLocal => "Ask for the license file or a usage export instead.",
            Self::SharedByAws => {
                "Ask for another proof, such as the AWS Marketplace subscription’s own confirmation."
            }
        }
    }
}

/// Finds the license IDs in a part of a text that starts at byte `at`.
pub(super) fn find_ids(
    text: &str,
    at: usize,
    limit: usize,
    work: &mut Work,
) -> Vec<(LicenseId, Range<usize>, Rank)> {
    let tokens = tokens(text, work);
    let mut found: Vec<(LicenseId, Range<usize>, Rank)> = Vec::new();
    let mut i = 0;
    while i < tokens.len() && found.len() < limit {
        let Some(label) = label_at(text, &tokens, i) else {
            i += 1;
            continue;
        };
        let mut hits = Vec::new();
        work.add(BEFORE);
        if let Some(rank) = label.rank.filter(|_| !of_another(text, &tokens, &label)) {
            let named = rank == Rank::Named;
            values_after(text, &tokens, &label, named, &mut hits);
            work.add(AFTER);
            if hits.is_empty() && named {
                hits.extend(values_below(text, &tokens, &label, work));
            }
            if hits.is_empty() && named {
                hits.extend(answered_below(text, &tokens, &label));
            }
            if hits.is_empty() {
                hits.extend(value_before(text, &tokens, &label, named));
                work.add(BEFORE);
            }
            let start = tokens.get(label.start).map_or(0, |token| token.start);
            for range in hits {
                let from = start.min(range.start);
                work.add(BEFORE);
                if is_beside_other(text, from, &range) || is_example(text, from) {
                    continue;
                }
                let digits: String = text
                    .get(range.clone())
                    .unwrap_or_default()
                    .chars()
                    .filter(char::is_ascii_digit)
                    .collect();
                let Ok(id) = LicenseId::parse(&digits) else {
                    continue;
                };
                let range = at + range.start..at + range.end;
                match found.iter_mut().find(|(known, _, _)| *known == id) {
                    Some(known) if known.2 > rank => *known = (id, range, rank),
                    Some(_) => {}
                    None => found.push((id, range, rank)),
                }
            }
        }
        i = label.end.max(i + 1);
    }
    found
}
