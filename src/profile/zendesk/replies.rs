//! The texts of replies that an engineer or their organization wrote, instead of Tether's own.

use serde::{Deserialize, Serialize};
use strum::VariantArray;

/// A text for each reply outcome; without one, Tether uses its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyTexts {
    /// Asks for proof of entitlement.
    #[serde(default)]
    pub proof_asked: Option<String>,
    /// Confirms that users were associated.
    #[serde(default)]
    pub contacts_added: Option<String>,
    /// Confirms that users were removed.
    #[serde(default)]
    pub contacts_removed: Option<String>,
    /// The requester is not an owner.
    #[serde(default)]
    pub not_an_owner: Option<String>,
    /// The proof is a trial.
    #[serde(default)]
    pub trial: Option<String>,
    /// The entitlement checks were not passed.
    #[serde(default)]
    pub entitlement_failed: Option<String>,
    /// The organization has as many contacts as it may have.
    #[serde(default)]
    pub limit_reached: Option<String>,
    /// The requester must write from a company address.
    #[serde(default)]
    pub company_email_needed: Option<String>,
    /// A person to remove has tickets that are not closed.
    #[serde(default)]
    pub open_tickets: Option<String>,
}

impl ReplyTexts {
    /// Every text with its key in the profile.
    pub(super) fn all(&self) -> [(&'static str, &Option<String>); 9] {
        [
            ("proof_asked", &self.proof_asked),
            ("contacts_added", &self.contacts_added),
            ("contacts_removed", &self.contacts_removed),
            ("not_an_owner", &self.not_an_owner),
            ("trial", &self.trial),
            ("entitlement_failed", &self.entitlement_failed),
            ("limit_reached", &self.limit_reached),
            ("company_email_needed", &self.company_email_needed),
            ("open_tickets", &self.open_tickets),
        ]
    }
}

/// A placeholder in such a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum Placeholder {
    /// The requester's first name. If it is unknown, it is left out, together with the space before
    /// it.
    FirstName,
    /// `license` or `cloud activation`.
    Proof,
    /// How many contacts an organization may have.
    Limit,
    /// The contacts for whom there was no room, in words.
    Adding,
    /// How many contacts the organization has, in words.
    ContactCount,
    /// A list: the addresses that were added.
    Added,
    /// A list: the addresses that were removed.
    Removed,
    /// A list: the addresses whose tickets are open.
    Open,
    /// A list: the organization's contacts.
    Contacts,
}

impl Placeholder {
    /// All placeholders.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Its form in the text, with braces.
    pub fn written(self) -> &'static str {
        match self {
            Self::FirstName => "{first_name}",
            Self::Proof => "{proof}",
            Self::Limit => "{limit}",
            Self::Adding => "{adding}",
            Self::ContactCount => "{contact_count}",
            Self::Added => "{added}",
            Self::Removed => "{removed}",
            Self::Open => "{open}",
            Self::Contacts => "{contacts}",
        }
    }

    /// Whether it is replaced by a list and therefore needs an item of its own.
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Added | Self::Removed | Self::Open | Self::Contacts
        )
    }
}

/// The start of a list item.
pub const ITEM: &str = "- ";

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Literal text.
    Text(&'a str),
    /// Something to fill in.
    Placeholder(Placeholder),
}

/// Splits a line into pieces; `None` if a brace does not belong to a placeholder.
pub fn pieces(line: &str) -> Option<Vec<Piece<'_>>> {
    let mut out = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (text, from) = rest.split_at_checked(at)?;
        let found = Placeholder::ALL
            .iter()
            .find(|p| from.starts_with(p.written()))?;
        if !text.is_empty() {
            out.push(Piece::Text(text));
        }
        out.push(Piece::Placeholder(*found));
        rest = from.strip_prefix(found.written())?;
    }
    if !rest.is_empty() {
        out.push(Piece::Text(rest));
    }
    Some(out)
}

/// The longest text, in characters: with its name, it must fit into one entry of `storage.sync`.
const TEXT_MAX: usize = 4_000;

/// Whether a text is valid and can be filled in.
pub(super) fn is_reply(text: &str) -> bool {
    let line = |line: &str| {
        let Some(pieces) = pieces(line) else {
            return false;
        };
        let alone = line
            .strip_prefix(ITEM)
            .is_some_and(|item| Placeholder::ALL.iter().any(|p| p.written() == item.trim()));
        alone
            || pieces
                .iter()
                .all(|piece| !matches!(piece, Piece::Placeholder(p) if p.is_list()))
    };
    let odd = |c: char| c.is_control() && c != '\n';
    !text.trim().is_empty()
        && text.chars().count() <= TEXT_MAX
        && !text.chars().any(odd)
        && text.lines().all(line)
}
