//! Step 4 (GitLab.com): how the app's attempt went, and what the engineer found if it failed.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::record::ids::SalesforceId;

/// How the app's attempt to associate went, as the engineer reports it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Attempt {
    /// The app associated the requester.
    Associated,
    /// The requester is not an owner of a top-level paid namespace.
    NotAnOwner,
    /// The app failed to find the account or the organization.
    AppFailed,
}

impl Attempt {
    /// Every outcome, in the panel's order.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The name that the panel's commands use.
    pub fn key(self) -> &'static str {
        self.into()
    }

    /// The outcome as a phrase.
    pub fn says(self) -> &'static str {
        match self {
            Self::Associated => "the app associated the requester",
            Self::NotAnOwner => "the requester is not an owner of a top-level paid namespace",
            Self::AppFailed => "the app failed to find the account or the organization",
        }
    }
}

/// The longest path of a namespace, in characters (GitLab's own limit).
pub const NAMESPACE_MAX: usize = 255;

/// The top-level namespace that a text names, by its path or its URL at gitlab.com. The error says what to do.
pub fn namespace(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let text = text.strip_prefix("https://").unwrap_or(text);
    let text = text.strip_prefix("gitlab.com/").unwrap_or(text);
    let path = text
        .strip_prefix("groups/")
        .unwrap_or(text)
        .trim_matches('/');
    if path.is_empty() {
        return Err("Enter the namespace that the requester owns, for example my-company.");
    }
    if path.contains('/') {
        return Err(
            "Only a top-level namespace counts: enter the part before the first slash, if the requester owns that.",
        );
    }
    let fits = path.chars().count() <= NAMESPACE_MAX
        && path
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if fits {
        Ok(path.to_owned())
    } else {
        Err(
            "This is not a namespace’s path. It has letters, digits, dots, dashes and underscores only.",
        )
    }
}

/// The Salesforce account that a text names. The error says what to do.
pub fn account(text: &str) -> Result<SalesforceId, &'static str> {
    let text = text.trim();
    SalesforceId::parse(text).map_err(|_| {
        let is_account = text.starts_with("001") && text.bytes().all(|b| b.is_ascii_alphanumeric());
        match (is_account, text.len()) {
            (_, 0) => "Enter the Salesforce account of the namespace.",
            (true, 18) => "The last three characters do not belong to the fifteen before them. Copy the account again, case and all.",
            _ => "This is not a Salesforce account. It begins with 001 and has 15 or 18 letters and digits; case matters.",
        }
    })
}

/// What was typed into the form and is invalid: it is shown again with the error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The field for the namespace.
    pub namespace: String,
    /// The field for the Salesforce account.
    pub account: String,
}

/// What the engineer found after the app failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The top-level paid namespace that the requester owns.
    pub namespace: String,
    /// Its Salesforce account.
    pub account: SalesforceId,
}

/// What is known about a requester of GitLab.com.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DotCom {
    /// The attempt's outcome; none: not attempted yet.
    pub attempt: Option<Attempt>,
    /// What the engineer found.
    pub by_hand: Option<ByHand>,
    /// What was typed into the form for that and is invalid.
    #[serde(default)]
    pub typed: Typed,
    /// Whether nobody said that the app associated the requester: Zendesk showed them in an organization while the app's result was waited
    /// for.
    #[serde(default)]
    pub seen: bool,
}

impl DotCom {
    /// Whether the app has associated the requester.
    pub fn is_associated(&self) -> bool {
        self.attempt == Some(Attempt::Associated)
    }

    /// Records how the app's attempt went, as the engineer says.
    pub fn report(&mut self, attempt: Option<Attempt>) {
        (self.attempt, self.seen) = (attempt, false);
    }

    /// Zendesk shows the requester in an organization, although nobody has reported a result yet.
    pub fn see_associated(&mut self) {
        (self.attempt, self.seen) = (Some(Attempt::Associated), true);
    }

    /// Why the requester counts as associated.
    pub fn says_associated(&self) -> &'static str {
        if self.seen {
            "Zendesk shows them in an organization since this ticket was read"
        } else {
            Attempt::Associated.says()
        }
    }

    /// What the engineer found; it counts only as long as the app is reported to have failed.
    pub fn found_by_hand(&self) -> Option<&ByHand> {
        self.by_hand
            .as_ref()
            .filter(|_| self.attempt == Some(Attempt::AppFailed))
    }
}
