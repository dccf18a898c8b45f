//! What the requester gave as proof (handbook steps 6 to 8): each piece, and where it was found.
//! What a license key says is never proof by itself.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::chain::Chain;
use crate::evidence::{Decoded, Kept, KeyError, KeyText, Nothing, agrees, cross_check};
use crate::record::KeyMark;
use crate::record::ids::LicenseId;
use crate::record::seen::Record;
use crate::record::ticket::Attachment;

/// The most pieces kept for one case.
pub const PROOFS_MAX: usize = 50;
/// The most bytes of license keys kept for one case.
pub const PROOF_BYTES_MAX: usize = 256 * 1024;

/// Everything given as proof in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// The pieces, in the order of discovery.
    pub found: Vec<Proof>,
    /// The number of the piece that the engineer chose.
    pub chosen: Option<u64>,
    /// The requester's files, searched or not.
    pub files: Vec<ProofFile>,
    /// The last text or file that the engineer gave, if nothing was found in it.
    pub empty: Option<EmptyHand>,
    /// The last piece's number.
    pub last: u64,
    /// Whether there was more than a case can hold.
    pub full: bool,
    /// The number of the comment that takes back what earlier ones gave; 0 if none does.
    pub taken_back_before: usize,
}

/// One piece of proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its number in the case.
    pub number: u64,
    /// What it is. An activation code is masked.
    pub kept: Kept,
    /// Where it was found.
    pub place: Place,
    /// When it was written or given, in Zendesk's format.
    pub at: String,
    /// The number of the last comment that gave it; none if the engineer gave it.
    pub last_nth: Option<usize>,
    /// What its license key says, or why it does not open; none if it has no key.
    pub opened: Option<Result<Decoded, KeyError>>,
    /// Whether it was only guessed, because no text beside it says what it is.
    pub guessed: bool,
    /// Whether the requester took it back, in the same comment or a later one.
    pub taken_back: bool,
    /// Whether the requester only passed on somebody else's words.
    pub passed_on: bool,
}

/// How a piece stands in the text that gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether it is only guessed.
    pub guessed: bool,
    /// Whether the text takes it back.
    pub taken_back: bool,
    /// Whether it is in somebody else's words, which the text passes on.
    pub passed_on: bool,
}

/// What is to be said of a piece that the requester took back.
pub const TAKEN_BACK: &str = "The requester seems to have taken this back.";

/// Where a piece was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// In a comment of the requester.
    Comment {
        /// The comment's ID in Zendesk.
        id: u64,
        /// The comment's number in the ticket, from 1.
        nth: usize,
    },
    /// In an attachment to a comment of the requester.
    File {
        /// The file's ID in Zendesk.
        id: u64,
        /// The comment's number in the ticket, from 1.
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
    /// Whether the engineer gave it by hand, so that reading the ticket cannot find it again.
    pub fn by_hand(&self) -> bool {
        matches!(self, Self::Pasted | Self::Dropped { .. } | Self::Selected)
    }

    /// The number of the comment in which or to which the requester gave it.
    pub fn nth(&self) -> Option<usize> {
        match self {
            Self::Comment { nth, .. } | Self::File { nth, .. } => Some(*nth),
            Self::Pasted | Self::Dropped { .. } | Self::Selected => None,
        }
    }
}

/// A file of the requester.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofFile {
    /// What Zendesk says about it.
    pub file: Attachment,
    /// The comment's number in the ticket, from 1.
    pub nth: usize,
    /// When that comment was written.
    pub at: String,
    /// The progress of searching it.
    pub state: FileState,
}

/// The progress of searching a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileState {
    /// It was not fetched yet.
    NotAsked,
    /// It is being fetched.
    Asking,
    /// It was searched. The number of pieces in it, at least one.
    Read(usize),
    /// It was searched, and nothing was found. What it is instead.
    Nothing(Nothing),
    /// It could not be searched. Why, in sentences for the engineer.
    Failed(String),
    /// Zendesk redirects to its file host, where Tether has no access yet.
    Elsewhere,
}

/// What the engineer gave by hand, if nothing was found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmptyHand {
    /// A text, with what it is instead.
    Text(Nothing),
    /// A file that could not be searched, in sentences for the engineer.
    File(String),
}

impl EmptyHand {
    /// What it was, and what to do next.
    pub fn says(&self) -> String {
        match self {
            Self::Text(nothing) => format!("{} {}", nothing.says(), nothing.next()),
            Self::File(says) => says.clone(),
        }
    }
}

/// The portal record that a piece leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// The license of this ID.
    License(LicenseId),
    /// The cloud activation whose code has this mask.
    Activation(String),
    /// Nowhere: the key does not open.
    Closed(KeyError),
    /// Nowhere: the key names no license.
    Nameless,
}

impl Proof {
    /// What counts more than its time: who gave it, and what its author says of it.
    fn standing(&self) -> (bool, bool, bool) {
        (self.place.by_hand(), !self.taken_back, !self.guessed)
    }

    /// The record that it leads to.
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

    /// Whether it leads to this license or cloud activation.
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

    /// The mark that distinguishes its key from others.
    fn key_mark(&self) -> Option<KeyMark> {
        self.kept.key().and_then(KeyText::mark)
    }

    /// The rows of a usage export that contradict its key, each a sentence.
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
    /// Whether both lead to records of one kind, but not to the same one.
    fn rivals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::License(own), Self::License(other)) => own != other,
            (Self::Activation(own), Self::Activation(other)) => own != other,
            _ => false,
        }
    }

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
    /// Adds a piece, unless it is known, and returns its number. There is always room for what the
    /// engineer gave: pieces from the ticket are dropped first, because reading the ticket finds
    /// them again. `full` records that something was dropped.
    pub fn keep(
        &mut self,
        kept: Kept,
        place: Place,
        at: &str,
        opened: Option<Result<Decoded, KeyError>>,
    ) -> Option<u64> {
        self.keep_as(kept, place, at, opened, Standing::default())
    }

    /// Takes back what the requester gave before a comment.
    pub fn take_back_before(&mut self, nth: usize) {
        self.taken_back_before = self.taken_back_before.max(nth);
        for piece in &mut self.found {
            piece.taken_back |= piece.place.nth().is_some_and(|given| given < nth);
        }
    }

    /// Whether a comment before this one gave a license ID.
    pub fn has_id_before(&self, nth: usize) -> bool {
        self.found.iter().any(|piece| {
            matches!(piece.kept, Kept::LicenseId { .. })
                && piece.place.nth().is_some_and(|given| given < nth)
        })
    }

    /// Like [`Proofs::keep`], for a piece that may be only guessed or taken back. Once any text names it, it
    /// counts as named; whether it is taken back is what the last text says.
    pub fn keep_as(
        &mut self,
        kept: Kept,
        place: Place,
        at: &str,
        opened: Option<Result<Decoded, KeyError>>,
        standing: Standing,
    ) -> Option<u64> {
        let Standing {
            guessed, passed_on, ..
        } = standing;
        let taken_back =
            standing.taken_back || place.nth().is_some_and(|nth| nth < self.taken_back_before);
        if let Some(known) = self.found.iter_mut().find(|p| p.kept == kept) {
            known.guessed &= guessed;
            known.passed_on &= passed_on;
            known.last_nth = known.last_nth.max(place.nth());
            known.taken_back = taken_back;
            return Some(known.number);
        }
        let size = |kept: &Kept| kept.key().map_or(0, |key| key.expose().len());
        let needed = size(&kept);
        while self.found.len() >= PROOFS_MAX
            || self.found.iter().map(|p| size(&p.kept)).sum::<usize>() + needed > PROOF_BYTES_MAX
        {
            self.full = true;
            // Of the pieces that the engineer gave, the last one counts, so an older one is
            // dropped.
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
            last_nth: place.nth(),
            place,
            at: at.to_owned(),
            opened,
            guessed,
            taken_back,
            passed_on,
        });
        Some(self.last)
    }

    /// Drops the longest piece from the ticket, unless it is the chosen one. Returns whether there
    /// was one.
    pub fn drop_longest(&mut self) -> bool {
        let size = |p: &Proof| p.kept.key().map_or(0, |key| key.expose().len());
        let goes = self
            .found
            .iter()
            .enumerate()
            .filter(|(_, p)| !p.place.by_hand() && Some(p.number) != self.chosen && size(p) > 0)
            .max_by_key(|(_, p)| size(p))
            .map(|(at, _)| at);
        if let Some(at) = goes {
            self.found.remove(at);
            self.full = true;
        }
        goes.is_some()
    }

    /// If pieces were dropped: that they were, and what to do.
    pub fn left_out(&self) -> Option<&'static str> {
        self.full.then_some("There is more evidence than Tether keeps of a case. Paste the piece that counts: it always finds room.")
    }

    /// The piece that counts: the engineer's choice, otherwise what they gave, otherwise the newest
    /// one that is named, otherwise the newest one that is guessed, otherwise the newest one that was taken
    /// back. None if [`Proofs::is_open`].
    pub fn chosen(&self) -> Option<&Proof> {
        self.by_engineer()
            .or_else(|| self.foremost().filter(|first| !self.has_rival(first)))
    }

    /// Whether the requester gave several proofs of one kind and nothing says which one counts, so that the
    /// engineer has to choose.
    pub fn is_open(&self) -> bool {
        self.by_engineer().is_none() && self.foremost().is_some_and(|first| self.has_rival(first))
    }

    fn by_engineer(&self) -> Option<&Proof> {
        let number = self.chosen?;
        self.found.iter().find(|p| p.number == number)
    }

    /// The first of those that stand best.
    fn foremost(&self) -> Option<&Proof> {
        self.found
            .iter()
            .rev()
            .max_by_key(|p| (p.standing(), &p.at, !p.passed_on))
    }

    /// Whether another proof of equal standing leads to a different record of the same kind. A proof that was last named before the
    /// foremost one was first named is out of date.
    fn has_rival(&self, first: &Proof) -> bool {
        let lead = first.lead();
        let is_rival = |other: &Proof| {
            let is_as_new = match other.last_nth.cmp(&first.place.nth()) {
                Ordering::Less => false,
                Ordering::Equal => first.passed_on || !other.passed_on,
                Ordering::Greater => true,
            };
            is_as_new && other.standing() == first.standing() && other.lead().rivals(&lead)
        };
        !first.place.by_hand() && self.found.iter().any(is_rival)
    }

    /// Whether a file is being searched, or about to be.
    pub fn looking(&self) -> bool {
        self.files
            .iter()
            .any(|f| matches!(f.state, FileState::NotAsked | FileState::Asking))
    }

    /// Whether a file is on a host where Tether has no access yet.
    pub fn elsewhere(&self) -> bool {
        self.files.iter().any(|f| f.state == FileState::Elsewhere)
    }

    /// Where the license keys contradict the portal's license, each with both values. Keys of other
    /// licenses are ignored.
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
                    "license key: the file’s is another than the one that the portal shows"
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
