//! What the requester gave as proof, as it is kept with the case (handbook steps 6 to 8): each piece with where it was found, and what a
//! license key says, which is never proof by itself.

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use crate::evidence::{Decoded, Kept, KeyError, KeyText, Nothing, agrees, cross_check};
use crate::record::KeyMark;
use crate::record::ids::LicenseId;
use crate::record::seen::Record;
use crate::record::ticket::Attachment;

/// Most pieces kept of one case.
pub const PROOFS_MAX: usize = 50;
/// Most bytes of license keys kept of one case.
pub const PROOF_BYTES_MAX: usize = 256 * 1024;

/// Everything that was given as proof in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// The pieces, in the order in which they were found.
    pub found: Vec<Proof>,
    /// The one that the engineer chose, by its number.
    pub chosen: Option<u64>,
    /// The requester's files, looked through or not.
    pub files: Vec<ProofFile>,
    /// What was given last by hand, where nothing was in it.
    pub empty: Option<EmptyHand>,
    /// The last number that was given to a piece.
    pub last: u64,
    /// Whether there was more than is kept.
    pub full: bool,
}

/// One piece.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its number in the case.
    pub number: u64,
    /// What it is; of an activation code only the mask.
    pub kept: Kept,
    /// Where it was found.
    pub place: Place,
    /// When it was written or given, as Zendesk prints times.
    pub at: String,
    /// What its license key says, or why it does not open; none where it has no key.
    pub opened: Option<Result<Decoded, KeyError>>,
    /// Whether nothing beside it says what it is.
    pub guessed: bool,
}

/// Where a piece was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In a comment of the requester.
    Comment {
        /// The comment's number in Zendesk.
        id: u64,
        /// Which comment of the ticket, from 1.
        nth: usize,
    },
    /// In a file with a comment of the requester.
    File {
        /// The file's number in Zendesk.
        id: u64,
        /// Which comment of the ticket, from 1.
        nth: usize,
        /// The file's name.
        name: String,
    },
    /// Pasted into the panel.
    Pasted,
    /// A file that was dropped into the panel.
    Dropped {
        /// The file's name.
        name: String,
    },
    /// Selected on a page.
    Selected,
}

impl Place {
    /// Whether the engineer gave it by hand: it can not be found again by reading the ticket.
    pub fn by_hand(&self) -> bool {
        matches!(self, Self::Pasted | Self::Dropped { .. } | Self::Selected)
    }
}

/// A file of the requester.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofFile {
    /// What Zendesk says of it.
    pub file: Attachment,
    /// Which comment of the ticket, from 1.
    pub nth: usize,
    /// When that comment was written.
    pub at: String,
    /// How far looking through it got.
    pub state: FileState,
}

/// How far looking through a file got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// Not asked for yet.
    NotAsked,
    /// On its way.
    Asking,
    /// Looked through: how many pieces were in it, at least one.
    Read(usize),
    /// Looked through, with nothing in it, and what it is instead.
    Nothing(Nothing),
    /// Not looked through, and why: sentences for the engineer.
    Failed(String),
    /// Zendesk leads to its host for files, where Tether may not fetch it yet.
    Elsewhere,
}

/// What the engineer gave by hand, where nothing was in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyHand {
    /// A text of that kind.
    Text(Nothing),
    /// A file that could not be looked through, in sentences for the engineer.
    File(String),
}

impl EmptyHand {
    /// What it was and what to do next.
    pub fn says(&self) -> String {
        match self {
            Self::Text(nothing) => format!("{} {}", nothing.says(), nothing.next()),
            Self::File(says) => says.clone(),
        }
    }
}

/// To which record of the portal a piece leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// A license of that number.
    License(LicenseId),
    /// The cloud activation of a code of that mask.
    Activation(String),
    /// Nowhere: the key does not open.
    Closed(KeyError),
    /// Nowhere: the key names no license.
    Nameless,
}

impl Proof {
    /// Where it leads.
    pub fn lead(&self) -> Lead {
        match (&self.kept, &self.opened) {
            (Kept::LicenseId { id, .. }, _) => Lead::License(*id),
            (Kept::ActivationCode(masked), _) => Lead::Activation(masked.as_str().to_owned()),
            (_, Some(Ok(decoded))) => decoded.id.map_or(Lead::Nameless, Lead::License),
            (_, Some(Err(error))) => Lead::Closed(*error),
            (_, None) => Lead::Nameless,
        }
    }

    /// What its license key says.
    pub fn decoded(&self) -> Option<&Decoded> {
        self.opened.as_ref()?.as_ref().ok()
    }

    /// The text of its license key, for Validate License and nothing else.
    pub fn key_text(&self) -> Option<String> {
        self.kept.key().map(KeyText::expose_wrapped)
    }

    /// Whether it leads to that license or cloud activation.
    pub fn leads_to(&self, record: &Record) -> bool {
        match (self.lead(), record) {
            (Lead::License(id), Record::License(license)) => id == license.record.id,
            (Lead::Activation(masked), Record::CloudActivation(activation)) => activation
                .record
                .activation_code
                .value()
                .is_some_and(|code| code.as_str() == masked),
            (Lead::Closed(_) | Lead::Nameless, Record::License(license)) => {
                matches!((self.key_mark(), license.record.key), (Some(own), Some(portal)) if own == portal)
            }
            _ => false,
        }
    }

    /// By what its key can be told from another.
    fn key_mark(&self) -> Option<KeyMark> {
        self.kept.key().and_then(KeyText::mark)
    }

    /// The rows of an export that say something else than the key in it, each a sentence.
    pub fn changed_rows(&self) -> Vec<String> {
        match (&self.kept, self.decoded()) {
            (Kept::UsageExport(export), Some(decoded)) => cross_check(export, decoded)
                .iter()
                .map(|row| row.says())
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl Lead {
    /// What it leads to, in words.
    pub fn says(&self) -> String {
        match self {
            Self::License(id) => format!("License {id}"),
            Self::Activation(masked) => format!("the activation code {masked}"),
            Self::Closed(_) => "a license key that does not open".to_owned(),
            Self::Nameless => "a license key that names no license".to_owned(),
        }
    }
}

impl Proofs {
    /// Keeps a piece, unless it is known; answers with its number. What the engineer gave always finds room: others make it, the ticket's
    /// first, for they are found again by reading it. Where something is left out, `full` says so.
    pub fn keep(
        &mut self,
        kept: Kept,
        place: Place,
        at: &str,
        opened: Option<Result<Decoded, KeyError>>,
    ) -> Option<u64> {
        self.keep_as(kept, place, at, opened, false)
    }

    /// As [`Proofs::keep`], of a piece that may be only `guessed`: once it is named anywhere, it is named.
    pub fn keep_as(
        &mut self,
        kept: Kept,
        place: Place,
        at: &str,
        opened: Option<Result<Decoded, KeyError>>,
        guessed: bool,
    ) -> Option<u64> {
        if let Some(known) = self.found.iter_mut().find(|p| p.kept == kept) {
            known.guessed &= guessed;
            return Some(known.number);
        }
        let size = |kept: &Kept| kept.key().map_or(0, |key| key.expose().len());
        let needed = size(&kept);
        while self.found.len() >= PROOFS_MAX
            || self.found.iter().map(|p| size(&p.kept)).sum::<usize>() + needed > PROOF_BYTES_MAX
        {
            self.full = true;
            // Of the engineer's own the one given last counts, so an older one goes.
            let others = |p: &Proof| {
                Some(p.number) != self.chosen
                    && (needed == 0 || self.found.len() >= PROOFS_MAX || size(&p.kept) > 0)
            };
            let of_ticket = self
                .found
                .iter()
                .rposition(|p| !p.place.by_hand() && others(p));
            let goes = of_ticket
                .or_else(|| self.found.iter().position(others))
                .or(if self.found.is_empty() { None } else { Some(0) });
            match goes.filter(|_| place.by_hand()) {
                Some(at) => drop(self.found.remove(at)),
                None => return None,
            }
        }
        self.last += 1;
        self.found.push(Proof {
            number: self.last,
            kept,
            place,
            at: at.to_owned(),
            opened,
            guessed,
        });
        Some(self.last)
    }

    /// That not all pieces are kept, and what to do, where it is so.
    pub fn left_out(&self) -> Option<&'static str> {
        self.full.then_some("There is more evidence than Tether keeps of a case. Paste the piece that counts: it always finds room.")
    }

    /// The piece that counts: the engineer's choice, else what they gave; else the newest that is named, before any that is guessed; of those
    /// in one comment the first.
    pub fn chosen(&self) -> Option<&Proof> {
        let by_engineer = self
            .chosen
            .and_then(|number| self.found.iter().find(|p| p.number == number));
        by_engineer.or_else(|| {
            self.found
                .iter()
                .rev()
                .max_by_key(|p| (p.place.by_hand(), !p.guessed, &p.at))
        })
    }

    /// Whether a file is being looked through, or about to be.
    pub fn looking(&self) -> bool {
        self.files
            .iter()
            .any(|f| matches!(f.state, FileState::NotAsked | FileState::Asking))
    }

    /// Whether a file lies where Tether may not fetch it yet.
    pub fn elsewhere(&self) -> bool {
        self.files.iter().any(|f| f.state == FileState::Elsewhere)
    }

    /// In what the license keys contradict the portal's license, each with both values. Keys of other licenses say nothing.
    pub fn contradictions(&self, chain: &Chain) -> Vec<String> {
        let Some(Record::License(license)) = chain.proof() else {
            return Vec::new();
        };
        let counts = self.chosen().map(|p| p.number);
        let mut found: Vec<String> = Vec::new();
        for proof in &self.found {
            let Some(decoded) = proof.decoded() else {
                continue;
            };
            let same = decoded
                .id
                .map_or(counts == Some(proof.number), |id| id == license.record.id);
            if !same {
                continue;
            }
            if let (Some(own), Some(portal)) = (proof.key_mark(), license.record.key)
                && own != portal
            {
                found.push(
                    "license key: the file's is another than the one that the portal shows"
                        .to_owned(),
                );
            }
            for difference in agrees(decoded, &license.record) {
                let says = difference.says();
                if !found.contains(&says) {
                    found.push(says);
                }
            }
        }
        found
    }
}
