//! Recognising proof in text: license IDs, cloud activation codes, license keys and usage exports, in a comment, a selection, a paste or
//! a file. Pure: knows no browser, asks no one.
//!
//! [`recognise`] takes free text, [`recognise_pasted`] what an engineer put in by itself, [`recognise_file`] an attachment's bytes; where
//! they find nothing, [`why_nothing`] says what it was instead. [`open::open_key`] opens a license key, [`agree::agrees`] compares what it
//! says with the portal's record, and [`agree::cross_check`] the rows of an export with its key.
//!
//! Everything takes time in proportion to the text, and keeps at most [`FOUND_MAX`] pieces of at most [`key::KEY_MAX`] characters.

pub mod agree;
pub mod export;
pub mod file;
mod ids;
pub mod key;
mod mail;
pub mod open;
mod others;
pub mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use agree::{Difference, RowDifference, agrees, cross_check};
pub use export::{CutAt, UsageExport};
pub use file::{Encoding, FileError};
pub use key::{KeyState, KeyText};
pub use open::{Decoded, KeyError, LicensePem, NOT_PROOF, PublicKey, open_key};
pub use words::{ActivationCode, IdWarning};

use crate::record::ids::{LicenseId, MaskedCode};
use crate::text::normal::normal;
use crate::text::quotation::{self, Part};

/// Most pieces of evidence taken from one text.
pub const FOUND_MAX: usize = 50;

/// How many bytes were looked at: what tests hold in proportion to a text's length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work(u64);

impl Work {
    fn add(&mut self, bytes: usize) {
        self.0 = self
            .0
            .saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }

    /// Bytes looked at so far, each as often as it was.
    pub fn bytes(self) -> u64 {
        self.0
    }
}

/// What a requester gave as proof (handbook steps 6 to 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A license's number in the portal.
    LicenseId {
        /// The number.
        id: LicenseId,
        /// Why it is to be taken with care, where it is.
        warning: Option<IdWarning>,
    },
    /// A cloud activation code: a secret.
    ActivationCode(ActivationCode),
    /// A license key, whole or not.
    LicenseKey(KeyText),
    /// A license usage export with the license key in it.
    UsageExport(Box<UsageExport>),
}

impl Evidence {
    fn license_id(id: LicenseId) -> Self {
        Self::LicenseId {
            id,
            warning: IdWarning::of(id),
        }
    }

    /// What it is, in the field's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::LicenseId { .. } => "License ID",
            Self::ActivationCode(_) => "Cloud activation code",
            Self::LicenseKey(_) => "License key",
            Self::UsageExport(_) => "Usage export",
        }
    }

    /// What may be shown of it: the number, the masked code, the masked key.
    pub fn label(&self) -> String {
        match self {
            Self::LicenseId { id, .. } => id.to_string(),
            Self::ActivationCode(code) => code.to_string(),
            Self::LicenseKey(key) => key.masked(),
            Self::UsageExport(export) => export.key.masked(),
        }
    }

    /// The license key, of a key or of an export.
    pub fn key(&self) -> Option<&KeyText> {
        match self {
            Self::LicenseKey(key) => Some(key),
            Self::UsageExport(export) => Some(&export.key),
            Self::LicenseId { .. } | Self::ActivationCode(_) => None,
        }
    }

    /// What may be kept of it with the case.
    pub fn kept(&self) -> Kept {
        match self {
            Self::LicenseId { id, warning } => Kept::LicenseId {
                id: *id,
                warning: *warning,
            },
            Self::ActivationCode(code) => Kept::ActivationCode {
                masked: code.masked(),
            },
            Self::LicenseKey(key) => Kept::LicenseKey { key: key.clone() },
            Self::UsageExport(export) => Kept::UsageExport {
                export: export.clone(),
            },
        }
    }
}

/// Evidence as it is kept with a case. Of an activation code only the mask is kept: the text it came from is looked through again, and
/// [`Kept::is`] tells which of the found ones it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A license's number in the portal.
    LicenseId {
        /// The number.
        id: LicenseId,
        /// Why it is to be taken with care, where it is.
        warning: Option<IdWarning>,
    },
    /// A cloud activation code, masked.
    ActivationCode {
        /// What may be shown.
        masked: MaskedCode,
    },
    /// A license key.
    LicenseKey {
        /// Its text, for opening it and for Validate License.
        key: KeyText,
    },
    /// A license usage export.
    UsageExport {
        /// Its key and rows.
        export: Box<UsageExport>,
    },
}

impl Kept {
    /// What it is, in the field's words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::LicenseId { .. } => "License ID",
            Self::ActivationCode { .. } => "Cloud activation code",
            Self::LicenseKey { .. } => "License key",
            Self::UsageExport { .. } => "Usage export",
        }
    }

    /// What may be shown of it: the number, the masked code, the masked key.
    pub fn label(&self) -> String {
        match self {
            Self::LicenseId { id, .. } => id.to_string(),
            Self::ActivationCode { masked } => masked.as_str().to_owned(),
            Self::LicenseKey { key } => key.masked(),
            Self::UsageExport { export } => export.key.masked(),
        }
    }

    /// The license key, of a key or of an export.
    pub fn key(&self) -> Option<&KeyText> {
        match self {
            Self::LicenseKey { key } => Some(key),
            Self::UsageExport { export } => Some(&export.key),
            Self::LicenseId { .. } | Self::ActivationCode { .. } => None,
        }
    }

    /// Whether `found` is what was kept here (two codes of one mask are not told apart).
    pub fn is(&self, found: &Evidence) -> bool {
        *self == found.kept()
    }
}

/// A piece of evidence and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub evidence: Evidence,
    /// The bytes of the text that it takes.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Whether nothing beside it says what it is: it only looks like it.
    pub guessed: bool,
}

/// Finds the evidence in free text, each piece once: what is named before what is passed on, that before what is guessed, and then in the
/// text's order. What only quotes an older mail is left out, but for license keys and exports.
pub fn recognise(text: &str) -> Vec<Found> {
    recognise_counting(text, &mut Work::default())
}

/// As [`recognise`], and counts its work.
pub fn recognise_counting(text: &str, work: &mut Work) -> Vec<Found> {
    look_through(text, true, work)
}

/// Most bytes of a text whose quotations are told apart: a longer one is no mail.
const MAIL_MAX: usize = 1024 * 1024;

fn look_through(written: &str, without_quotations: bool, work: &mut Work) -> Vec<Found> {
    let read = normal(written);
    work.add(written.len());
    let text: &str = &read.text;
    let mut found: Vec<(Evidence, Range<usize>, u8)> = Vec::new();
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while found.len() < FOUND_MAX {
        let Some((key, range)) = key::find_key(text, at, work) else {
            break;
        };
        let (evidence, start, end) = match export::delimiter_before(text, range.start) {
            Some(delimiter) => {
                let (export, end) = export::read_export(text, key, range.end, delimiter, work);
                (Evidence::UsageExport(Box::new(export)), range.start, end)
            }
            None => (Evidence::LicenseKey(key), range.start, range.end),
        };
        gaps.push(at..start);
        // The mark itself is behind in any case: a key of no length would be found for ever.
        at = end.max(range.start + key::MARK.len());
        if !found.iter().any(|(known, _, _)| *known == evidence) {
            found.push((evidence, start..end, 0));
        }
    }
    gaps.push(at..text.len());
    let parts = if without_quotations && text.len() <= MAIL_MAX {
        parts(text, work)
    } else {
        vec![(0..text.len(), Part::Own)]
    };
    let mut asked = false;
    for (stretch, part) in stretches(&gaps, &parts) {
        let Some(piece) = text.get(stretch.clone()) else {
            continue;
        };
        let answers = std::mem::take(&mut asked) && part == Part::Own;
        if matches!(part, Part::Quoted | Part::Marked) {
            let last = piece.trim_end().lines().next_back().unwrap_or_default();
            asked = ids::asks(last, work);
        }
        let passed_on = u8::from(part == Part::Forwarded);
        let mut keep = |evidence: Evidence, range: Range<usize>, rank: words::Rank| {
            let rank = if rank == words::Rank::Guess {
                2
            } else {
                passed_on
            };
            let room = found.len() < FOUND_MAX;
            match found.iter_mut().find(|(known, _, _)| *known == evidence) {
                Some(known) if known.2 > rank => *known = (evidence, range, rank),
                Some(_) => {}
                None if room => found.push((evidence, range, rank)),
                None => {}
            }
        };
        for (code, range, rank) in words::find_codes(piece, stretch.start, FOUND_MAX, work) {
            if part != Part::Quoted {
                keep(Evidence::ActivationCode(code), range, rank);
            }
        }
        if answers && let Some((id, range)) = ids::answer(piece, stretch.start) {
            keep(Evidence::license_id(id), range, words::Rank::Named);
        }
        if !matches!(part, Part::Quoted | Part::Marked) {
            for (id, range, rank) in ids::find_ids(piece, stretch.start, FOUND_MAX, work) {
                keep(Evidence::license_id(id), range, rank);
            }
        }
    }
    // Where something is named, a number that only might be an ID is no help.
    if found.iter().any(|(_, _, rank)| *rank < 2) {
        found.retain(|(evidence, _, rank)| {
            *rank < 2 || !matches!(evidence, Evidence::LicenseId { .. })
        });
    }
    found.sort_by_key(|(_, range, _)| range.start);
    let mut found: Vec<(Found, u8)> = with_lines(text, found, work);
    found.sort_by_key(|(_, rank)| *rank);
    found
        .into_iter()
        .map(|(piece, _)| Found {
            range: read.origin(piece.range.start)..read.origin(piece.range.end),
            ..piece
        })
        .collect()
}

/// The stretches of a mail whose lines are of the same part.
fn parts(text: &str, work: &mut Work) -> Vec<(Range<usize>, Part)> {
    work.add(text.len());
    let mut out: Vec<(Range<usize>, Part)> = Vec::new();
    for line in quotation::lines(text) {
        match out.last_mut() {
            Some((_, part)) if *part == line.part => {}
            Some((range, _)) => {
                range.end = line.start;
                out.push((line.start..text.len(), line.part));
            }
            None => out.push((line.start..text.len(), line.part)),
        }
    }
    out
}

/// What both lists have in common, in their order.
fn stretches(gaps: &[Range<usize>], parts: &[(Range<usize>, Part)]) -> Vec<(Range<usize>, Part)> {
    let mut out = Vec::new();
    let mut first = 0;
    for gap in gaps {
        while parts
            .get(first)
            .is_some_and(|(part, _)| part.end <= gap.start)
        {
            first += 1;
        }
        for (range, part) in parts
            .iter()
            .skip(first)
            .take_while(|(range, _)| range.start < gap.end)
        {
            let (start, end) = (range.start.max(gap.start), range.end.min(gap.end));
            if start < end {
                out.push((start..end, *part));
            }
        }
    }
    out
}

fn with_lines(
    text: &str,
    found: Vec<(Evidence, Range<usize>, u8)>,
    work: &mut Work,
) -> Vec<(Found, u8)> {
    let (mut line, mut at) = (1, 0);
    found
        .into_iter()
        .map(|(evidence, range, rank)| {
            let between = text.get(at..range.start).unwrap_or_default();
            work.add(between.len());
            line += between.bytes().filter(|b| *b == b'\n').count();
            at = range.start;
            (
                Found {
                    evidence,
                    range,
                    line,
                    guessed: rank >= 2,
                },
                rank,
            )
        })
        .collect()
}

/// Finds the evidence in what the engineer pasted, dropped or selected: a number by itself is a license ID, 24 letters and digits by
/// themselves an activation code; everything else as [`recognise`] does.
pub fn recognise_pasted(text: &str) -> Vec<Found> {
    let read = normal(text);
    let bare = read
        .text
        .trim_matches(|c: char| c.is_whitespace() || "#\"'`.,;:()[]<>\u{FEFF}\u{200B}".contains(c));
    let alone = |evidence: Evidence| {
        let start = read.text.find(bare).unwrap_or_default();
        let line = 1 + read
            .text
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count();
        vec![Found {
            evidence,
            range: read.origin(start)..read.origin(start + bare.len()),
            line,
            guessed: false,
        }]
    };
    if bare.len() <= 10
        && let Ok(id) = LicenseId::parse(bare)
    {
        return alone(Evidence::license_id(id));
    }
    if let Some(code) = ActivationCode::parse(bare) {
        return alone(Evidence::ActivationCode(code));
    }
    // Whoever put it in has looked at it: a quotation counts too.
    look_through(text, false, &mut Work::default())
}

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRead {
    /// How its bytes were read.
    pub encoding: Encoding,
    /// The evidence; ranges and lines are of the text, of a mail those of the part that it is in.
    pub found: Vec<Found>,
}

/// Finds the evidence in a file of any name, by its content alone.
///
/// # Errors
/// Where it is empty, larger than [`file::FILE_MAX`], or no text.
pub fn recognise_file(bytes: &[u8]) -> Result<FileRead, FileError> {
    recognise_within(bytes, 0)
}

/// How deep files within mails are looked at.
const WITHIN_MAX: usize = 3;

fn recognise_within(bytes: &[u8], depth: usize) -> Result<FileRead, FileError> {
    let (text, encoding) = file::text_of(bytes)?;
    if depth >= WITHIN_MAX || !mail::is_mail(bytes) {
        let mut found = recognise(&text);
        for piece in &mut found {
            if let Evidence::UsageExport(export) = &mut piece.evidence {
                export.exact = encoding.is_unicode();
            }
        }
        return Ok(FileRead { encoding, found });
    }
    let mut found: Vec<Found> = Vec::new();
    for piece in mail::pieces(bytes) {
        let more = match piece {
            mail::Piece::Text(text) => recognise(&text),
            mail::Piece::File(bytes) => recognise_within(&bytes, depth + 1)
                .map(|read| read.found)
                .unwrap_or_default(),
        };
        for piece in more {
            if found.len() < FOUND_MAX
                && !found.iter().any(|known| known.evidence == piece.evidence)
            {
                found.push(piece);
            }
        }
    }
    // A key is the strongest of what a mail holds.
    found.sort_by_key(|piece| piece.evidence.key().is_none());
    Ok(FileRead { encoding, found })
}

/// What a text is that holds no evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// Nothing was given.
    Empty,
    /// A GitLab access token: a secret that was given away.
    AccessToken,
    /// A signed web token, as another product's license may be.
    WebToken,
    /// A certificate or cryptographic key.
    Certificate,
    /// A hexadecimal number, such as a commit.
    Hexadecimal,
    /// Nothing known.
    Other,
}

impl Nothing {
    /// What it is, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Empty => "There is no text.",
            Self::AccessToken => "This is a GitLab access token, a secret, and no proof.",
            Self::WebToken => {
                "This is a signed web token, perhaps another product's license, and no GitLab license."
            }
            Self::Certificate => {
                "This is a certificate or a cryptographic key, and no GitLab license."
            }
            Self::Hexadecimal => {
                "This is a hexadecimal number, such as a commit's, and no activation code."
            }
            Self::Other => "No license ID, activation code, license key or usage export is in it.",
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::AccessToken => "Ask the requester to revoke it, and to send a proof instead.",
            _ => "Ask the requester for a proof.",
        }
    }
}

/// Says what a text is in which nothing was found.
pub fn why_nothing(text: &str) -> Nothing {
    let bare = text.trim();
    if bare.is_empty() {
        Nothing::Empty
    } else if bare.contains("glpat-") {
        Nothing::AccessToken
    } else if bare.contains("eyJhbGciOi") || bare.contains("eyJ0eXAiOi") {
        Nothing::WebToken
    } else if bare.contains("-----BEGIN ") || bare.starts_with("ssh-") {
        Nothing::Certificate
    } else if bare.len() >= 12 && bare.bytes().all(|b| b.is_ascii_hexdigit()) {
        Nothing::Hexadecimal
    } else {
        Nothing::Other
    }
}
