//! The ticket of a case: the parts that Tether shows, compares and stores.

use serde::{Deserialize, Serialize};

use crate::mail::AddressText;
use crate::map::Map;
use crate::record::ids::{OrganizationId, TicketId, UserId};
use crate::text::line::one_line;

/// Who opened the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The user's number.
    pub id: UserId,
    /// The user's name; may be empty.
    pub name: String,
    /// The user's primary email address, if there is one.
    pub email: Option<AddressText>,
    /// The organization that the user (not the ticket) is in.
    pub organization: Option<OrganizationRef>,
}

impl Requester {
    /// What the panel calls them: the name and the address, as far as there are any.
    pub fn label(&self) -> String {
        super::people::called(
            &self.name,
            self.email.as_ref().map(AddressText::as_str),
            self.id,
        )
    }
}

/// An organization named by its number, as a user refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationRef {
    /// The organization's number.
    pub id: OrganizationId,
    /// Its name, if the answer contained it.
    pub name: Option<String>,
}

impl OrganizationRef {
    /// What the panel calls it: its name, or its number.
    pub fn label(&self) -> String {
        match &self.name {
            Some(name) => crate::text::line::one_line(name, 200),
            None => format!("organization {}", self.id),
        }
    }
}

/// A ticket as last read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its number.
    pub id: TicketId,
    /// Its subject; may be empty.
    pub subject: String,
    /// `new`, `open`, `pending`, `hold`, `solved` or `closed`.
    pub status: String,
    /// The form that it was filed with.
    pub form_id: Option<u64>,
    /// Who opened it.
    pub requester: Requester,
    /// The custom fields that are filled: field number → text. Empty ones are left out.
    pub field_values: Map<u64, String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Who works on it.
    pub assignee: Option<UserId>,
    /// The group that it is assigned to.
    pub group: Option<u64>,
    /// When it was last changed, as Zendesk prints it (the stamp of a safe update).
    pub updated_at: String,
}

/// The numbers of the custom fields that Tether uses, found by their titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketFields {
    /// `Support Ops Problem Type`.
    pub problem_type: Option<u64>,
    /// `L&R Product Type`.
    pub product_type: Option<u64>,
    /// `Subscription Email`.
    pub subscription_email: Option<u64>,
    /// The options of `Support Ops Problem Type`.
    pub problem_options: Vec<FieldOption>,
    /// The options of `L&R Product Type`.
    pub product_options: Vec<FieldOption>,
    /// The field that says which stage a ticket is at.
    #[serde(default)]
    pub stage: Option<u64>,
    /// Its options.
    #[serde(default)]
    pub stage_options: Vec<FieldOption>,
    /// How many fields of the list could not be read. A field that is missing here may be one of them.
    #[serde(default)]
    pub unreadable: usize,
}

/// An option of a dropdown field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOption {
    /// What people read.
    pub name: String,
    /// The tag that the ticket holds.
    pub value: String,
}

impl Ticket {
    /// Whether it was answered for good.
    pub fn is_over(&self) -> bool {
        is_over(&self.status)
    }

    /// Why nothing more is done in it, a sentence without its full stop: it was answered for good.
    pub fn says_over(&self) -> Option<String> {
        self.is_over()
            .then(|| format!("the ticket is {}", one_line(&self.status, 40)))
    }
}

/// Whether a ticket with this status was answered for good.
pub fn is_over(status: &str) -> bool {
    matches!(status, "solved" | "closed")
}

impl TicketFields {
    /// The fields of an earlier page, completed by a later one. If both have a field, the earlier
    /// one wins.
    pub fn merge(self, later: Self) -> Self {
        Self {
            problem_type: self.problem_type.or(later.problem_type),
            product_type: self.product_type.or(later.product_type),
            subscription_email: self.subscription_email.or(later.subscription_email),
            problem_options: if self.problem_type.is_some() {
                self.problem_options
            } else {
                later.problem_options
            },
            product_options: if self.product_type.is_some() {
                self.product_options
            } else {
                later.product_options
            },
            stage_options: if self.stage.is_some() {
                self.stage_options
            } else {
                later.stage_options
            },
            stage: self.stage.or(later.stage),
            unreadable: self.unreadable + later.unreadable,
        }
    }

    /// Says that a missing field may be one that could not be read, and what to do.
    pub fn says_unread(&self) -> Option<String> {
        let (field, they) = match self.unreadable {
            0 => return None,
            _ if self.complete() => return None,
            1 => ("A ticket field".to_owned(), "it"),
            n => (format!("{n} ticket fields"), "they"),
        };
        Some(format!(
            "{field} of this Zendesk cannot be read. Tether looks for the problem type, the product type and the subscription \
             email: {they} may be among those, so look at the ticket itself."
        ))
    }

    /// Whether every field is found, so that no further page needs reading.
    pub fn complete(&self) -> bool {
        self.problem_type.is_some()
            && self.product_type.is_some()
            && self.subscription_email.is_some()
    }
}

/// An email address that the requester wrote in a public comment. Quotations of older mails are
/// not searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenAddress {
    /// The address as written, without its surroundings; a spelled-out one in its usual form.
    pub email: String,
    /// The comment's number.
    pub comment: u64,
    /// Where in the comment it is.
    pub place: WrittenPlace,
    /// What the requester asks for.
    pub wish: Wish,
    /// What is unusual in how it is written.
    pub oddity: Option<Oddity>,
}

impl WrittenAddress {
    /// Whether it is only in the signature: naming an address there asks for nothing.
    pub fn in_signature(&self) -> bool {
        self.place == WrittenPlace::Signature
    }
}

/// Where in a comment an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrittenPlace {
    /// In the requester's own words, mentions among them.
    OwnWords,
    /// In the signature only.
    Signature,
}

/// What the requester asks for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// To add it, or it is listed without any other wish.
    Add,
    /// To remove it: the person left, or is to be removed, deleted or deactivated.
    Remove,
    /// Nothing: it is only named.
    Mention,
}

/// What is unusual in how an address is written, so that the engineer should look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// Its `@` is spelled out: `bo (at) example.com`.
    SpelledAt,
    /// Its `@` is a full-width one, as an Asian keyboard writes it.
    FullWidthAt,
    /// Another address is given as its name, or it as the other's: `bo@example.com <cy@example.com>`.
    TwoForOne,
}

impl Oddity {
    /// What is unusual, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::SpelledAt => "The @ of this address is spelled out. Check how it is meant.",
            Self::FullWidthAt => {
                "The @ of this address is a full-width one. It is written here with a plain @."
            }
            Self::TwoForOne => {
                "The text shows one address and leads to another. Check which of them is meant."
            }
        }
    }
}

/// A comment of a ticket, as it is searched; a case stores only what is found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub id: u64,
    /// The author; none for the system.
    pub author: Option<UserId>,
    /// Whether the requester sees it.
    pub public: bool,
    /// When, as Zendesk prints it.
    pub created_at: String,
    /// Its plain text, or its HTML without markup; whole up to 256 kB.
    pub text: String,
    /// The files with it.
    pub attachments: Vec<Attachment>,
}

/// A file with a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its number.
    pub id: u64,
    /// Its name.
    pub file_name: String,
    /// Its type, according to Zendesk.
    pub content_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its URL, according to Zendesk; untrusted.
    pub url: String,
    /// Whether Zendesk considers it harmful.
    pub harmful: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_the_earlier_page_stays() {
        let first = TicketFields {
            problem_type: Some(1),
            ..TicketFields::default()
        };
        let second = TicketFields {
            problem_type: Some(2),
            product_type: Some(3),
            ..TicketFields::default()
        };
        let merged = first.merge(second);
        assert_eq!(
            merged,
            TicketFields {
                problem_type: Some(1),
                product_type: Some(3),
                ..TicketFields::default()
            }
        );
        assert!(!merged.complete());
        assert!(
            TicketFields {
                subscription_email: Some(4),
                ..merged
            }
            .complete()
        );
    }
}
