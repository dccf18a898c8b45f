//! Describes a text in which no evidence was found.

use serde::{Deserialize, Serialize};

/// What a text without evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// Nothing was given.
    Empty,
    /// A GitLab access token: a leaked secret.
    AccessToken,
    /// A signed web token, which may be another product's license.
    WebToken,
    /// A certificate or cryptographic key.
    Certificate,
    /// A hexadecimal number, such as a commit.
    Hexadecimal,
    /// A file whose encoding was guessed: only its ASCII letters and digits are certain.
    GuessedEncoding,
    /// Nothing that Tether knows.
    Other,
}

impl Nothing {
    /// What it is, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Empty => "There is no text.",
            Self::AccessToken => "This is a GitLab access token, a secret, and no proof.",
            Self::WebToken => {
                "This is a signed web token, perhaps another product’s license, and no GitLab license."
            }
            Self::Certificate => {
                "This is a certificate or a cryptographic key, and no GitLab license."
            }
            Self::Hexadecimal => {
                "This is a hexadecimal number, such as a commit’s, and no activation code."
            }
            Self::GuessedEncoding => {
                "The file is not in Unicode, so only its plain letters and digits could be looked through, and no proof is in them."
            }
            Self::Other => "No license ID, activation code, license key or usage export is in it.",
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::AccessToken => "Ask the requester to revoke it, and to send a proof instead.",
            Self::GuessedEncoding => "Open it yourself, and paste what it shows.",
            _ => "Ask the requester for a proof.",
        }
    }
}

/// Describes a text in which nothing was found.
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
