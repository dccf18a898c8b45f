//! Recognizes proof in text: license IDs, cloud activation codes, license keys and usage exports,
//! in a comment, a selection, a paste or a file. Pure: it needs no browser and sends no requests.
//!
//! [`recognize`] takes free text, [`recognize_pasted`] what an engineer entered, [`recognize_file`]
//! an attachment's bytes. If they find nothing, [`why_nothing`] says what the text was instead.
//! [`open::open_key`] opens a license key, [`agree::agrees`] compares it with the portal's record,
//! and [`agree::cross_check`] compares the rows of an export with its key.
//!
//! Everything takes time in proportion to the text, and returns at most [`FOUND_MAX`] pieces of at
//! most [`license_key::KEY_MAX`] characters.

pub mod activation_code;
pub mod agree;
pub mod file;
pub mod license_id;
pub mod license_key;
mod mail;
mod nothing;
pub mod open;
mod others;
mod rank;
mod recognize;
pub mod usage_export;
mod work;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use activation_code::ActivationCode;
pub use agree::{Difference, RowDifference, agrees, cross_check};
pub use file::{Encoding, FileError};
pub use license_id::IdWarning;
pub use license_key::{KeyState, KeyText};
pub use nothing::{Nothing, why_nothing};
pub use open::{Decoded, KeyError, NOT_PROOF, open_key};
pub use recognize::{
    FileRead, Said, recognize, recognize_comment, recognize_counting, recognize_file,
    recognize_pasted,
};
pub use usage_export::{CutAt, UsageExport};
pub use work::Work;

use crate::record::ids::{LicenseId, MaskedCode};

/// The most pieces of evidence taken from one text.
pub const FOUND_MAX: usize = 50;

/// What a requester gave as proof (handbook steps 6 to 8). A new kind is a variant here, and a file
/// with its recognizer, which [`recognize`](mod@recognize) calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence<Code = ActivationCode> {
    /// A license's ID in the portal.
    LicenseId {
        /// The ID.
        id: LicenseId,
        /// Why it needs care, if it does.
        warning: Option<IdWarning>,
    },
    /// A cloud activation code: a secret.
    ActivationCode(Code),
    /// A license key, complete or not.
    LicenseKey(KeyText),
    /// A license usage export with the license key in it.
    UsageExport(Box<UsageExport>),
}

/// Evidence as a case stores it. An activation code is stored masked: to get the code again, its
/// source text is searched again, and [`Kept::is`] identifies it.
pub type Kept = Evidence<MaskedCode>;

impl<Code: Masked> Evidence<Code> {
    /// Its kind, as people call it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::LicenseId { .. } => "License ID",
            Self::ActivationCode(_) => "Cloud activation code",
            Self::LicenseKey(_) => "License key",
            Self::UsageExport(_) => "Usage export",
        }
    }

    /// What may be shown of it: the ID, the masked code, or the masked key.
    pub fn label(&self) -> String {
        match self {
            Self::LicenseId { id, .. } => id.to_string(),
            Self::ActivationCode(code) => code.shown(),
            Self::LicenseKey(key) => key.masked(),
            Self::UsageExport(export) => export.key.masked(),
        }
    }

    /// The license key, if it is a key or an export.
    pub fn key(&self) -> Option<&KeyText> {
        match self {
            Self::LicenseKey(key) => Some(key),
            Self::UsageExport(export) => Some(&export.key),
            Self::LicenseId { .. } | Self::ActivationCode(_) => None,
        }
    }
}

/// A code of which only the masked form may be shown.
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

    /// The form in which a case may store it, with an activation code masked.
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
    /// Whether `found` is the evidence stored here. Two codes with the same mask cannot be
    /// distinguished.
    pub fn is(&self, found: &Evidence) -> bool {
        *self == found.kept()
    }
}

/// A piece of evidence with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub evidence: Evidence,
    /// Its byte range in the text.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
    /// Whether it was only guessed, because no text beside it says what it is.
    pub guessed: bool,
    /// Whether its author takes it back in the same text.
    pub taken_back: bool,
    /// Whether its author only passes on somebody else's words.
    pub passed_on: bool,
}
