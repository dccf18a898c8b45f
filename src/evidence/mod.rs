//! Recognising proof in text: license IDs, cloud activation codes, license keys and usage exports, in a comment, a selection, a paste or
//! a file. Pure: knows no browser, asks no one.
//!
//! [`recognise`] takes free text, [`recognise_pasted`] what an engineer put in by itself, [`recognise_file`] an attachment's bytes; where
//! they find nothing, [`why_nothing`] says what it was instead. [`open::open_key`] opens a license key, [`agree::agrees`] compares what it
//! says with the portal's record, and [`agree::cross_check`] the rows of an export with its key.
//!
//! Everything takes time in proportion to the text, and keeps at most [`FOUND_MAX`] pieces of at most [`license_key::KEY_MAX`] characters.

pub mod activation_code;
pub mod agree;
pub mod file;
pub mod license_id;
pub mod license_key;
mod mail;
mod nothing;
pub mod open;
mod others;
mod recognise;
pub mod usage_export;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use activation_code::ActivationCode;
pub use agree::{Difference, RowDifference, agrees, cross_check};
pub use file::{Encoding, FileError};
pub use license_id::IdWarning;
pub use license_key::{KeyState, KeyText};
pub use nothing::{Nothing, why_nothing};
pub use open::{Decoded, KeyError, LicensePem, NOT_PROOF, PublicKey, open_key};
pub use recognise::{FileRead, recognise, recognise_counting, recognise_file, recognise_pasted};
pub use usage_export::{CutAt, UsageExport};

use crate::record::ids::{LicenseId, MaskedCode};

/// Most pieces of evidence taken from one text.
pub const FOUND_MAX: usize = 50;

/// How sure it is that something is what it seems to be. What is named comes before what is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A word for it is beside it.
    Named,
    /// It only looks like it.
    Guess,
}

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

/// What a requester gave as proof (handbook steps 6 to 8). A new kind is a variant here, and a file with what finds it, which
/// [`recognise`](mod@recognise) calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence<Code = ActivationCode> {
    /// A license's number in the portal.
    LicenseId {
        /// The number.
        id: LicenseId,
        /// Why it is to be taken with care, where it is.
        warning: Option<IdWarning>,
    },
    /// A cloud activation code: a secret.
    ActivationCode(Code),
    /// A license key, whole or not.
    LicenseKey(KeyText),
    /// A license usage export with the license key in it.
    UsageExport(Box<UsageExport>),
}

/// Evidence as it is kept with a case. Of an activation code only the mask is kept: the text it came from is looked through again, and
/// [`Kept::is`] tells which of the found ones it was.
pub type Kept = Evidence<MaskedCode>;

impl<Code: Masked> Evidence<Code> {
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
            Self::ActivationCode(code) => code.shown(),
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
}

/// A code of which only the mask may be shown.
pub trait Masked {
    /// The mask.
    fn shown(&self) -> String;
}

impl Masked for ActivationCode {
    fn shown(&self) -> String {
        self.masked().shown()
    }
}

impl Masked for MaskedCode {
    fn shown(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Evidence {
    fn license_id(id: LicenseId) -> Self {
        Self::LicenseId {
            id,
            warning: IdWarning::of(id),
        }
    }

    /// What may be kept of it with the case: of an activation code only the mask.
    pub fn kept(&self) -> Kept {
        match self {
            Self::LicenseId { id, warning } => Kept::LicenseId {
                id: *id,
                warning: *warning,
            },
            Self::ActivationCode(code) => Kept::ActivationCode(code.masked()),
            Self::LicenseKey(key) => Kept::LicenseKey(key.clone()),
            Self::UsageExport(export) => Kept::UsageExport(export.clone()),
        }
    }
}

impl Kept {
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
