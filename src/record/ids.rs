//! The identifiers of a case, parsed once when they come in, and in one form from then on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::line::is_invisible;

/// Why a text is not the expected identifier.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is not {wanted}")]
pub struct NotAnId {
    /// What was expected, in the engineer's words, e.g. "a license ID (a whole number)".
    pub wanted: &'static str,
}

/// rails_admin and Zendesk number from 1, and JavaScript's whole numbers are exact only up to 2^53.
const LARGEST: u64 = (1 << 53) - 1;

fn parse_number(text: &str, wanted: &'static str) -> Result<u64, NotAnId> {
    let text = text.trim();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotAnId { wanted });
    }
    match text.parse::<u64>() {
        Ok(n) if (1..=LARGEST).contains(&n) => Ok(n),
        _ => Err(NotAnId { wanted }),
    }
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u64", into = "u64")]
        pub struct $name(u64);

        impl $name {
            /// Parses decimal digits; surrounding whitespace does not matter.
            pub fn parse(text: &str) -> Result<Self, NotAnId> {
                parse_number(text, $wanted).map(Self)
            }

            /// The number itself.
            pub fn get(self) -> u64 {
                self.0
            }
        }

        impl TryFrom<u64> for $name {
            type Error = NotAnId;
            fn try_from(n: u64) -> Result<Self, NotAnId> {
                if (1..=LARGEST).contains(&n) { Ok(Self(n)) } else { Err(NotAnId { wanted: $wanted }) }
            }
        }

        impl From<$name> for u64 {
            fn from(id: $name) -> u64 {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

number_id!(
    /// A license in the Customers portal (handbook step 6).
    LicenseId, "a license ID (a whole number)");
number_id!(
    /// A cloud activation in the Customers portal (handbook step 7): the record's number, not the activation code.
    CloudActivationId, "a cloud activation’s number");
number_id!(
    /// An order in the Customers portal (handbook step 9).
    OrderId, "an order’s number");
number_id!(
    /// A billing account in the Customers portal (handbook step 10).
    BillingAccountId, "a billing account’s number");
number_id!(
    /// A billing account's contact in the Customers portal: the target of a Sold-to that is shown
    /// as a name.
    ContactId, "a contact’s number");
number_id!(
    /// A Zendesk ticket.
    TicketId, "a ticket’s number");
number_id!(
    /// A Zendesk user.
    UserId, "a user’s number");
number_id!(
    /// A Zendesk organization.
    OrganizationId, "an organization’s number");

/// The name of a subscription, usually `A-S` and digits. Other forms exist (a cloud trial), so any
/// printable text without inner whitespace is accepted. Surrounding whitespace is dropped (`facts`:
/// a filter value with whitespace finds nothing).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubscriptionName(String);

impl SubscriptionName {
    /// The longest name, in characters.
    pub const MAX: usize = 100;

    /// Parses a name as shown on a page.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        let fits = !text.is_empty()
            && text.chars().count() <= Self::MAX
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || is_invisible(c));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId {
                wanted: "a subscription name such as A-S00012345",
            })
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SubscriptionName {
    type Error = NotAnId;
    fn try_from(s: String) -> Result<Self, NotAnId> {
        Self::parse(&s)
    }
}

impl From<SubscriptionName> for String {
    fn from(n: SubscriptionName) -> String {
        n.0
    }
}

impl fmt::Display for SubscriptionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A Salesforce account's ID: 15 case-sensitive characters, optionally with a suffix of 3 that
/// restores their case. Two IDs name the same account if their 15 characters are equal, so only the
/// 15 are compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SalesforceId {
    shown: String,
}

impl SalesforceId {
    const WANTED: &'static str = "a Salesforce account (001 and 12 or 15 more characters)";

    /// Parses a Salesforce **account** ID (prefix `001`) of 15 or 18 characters. The suffix must
    /// match the first 15: a lower-cased copy is restored from its suffix, anything else is
    /// refused.
    pub fn parse(text: &str) -> Result<Self, NotAnId> {
        let text = text.trim();
        let wrong = NotAnId {
            wanted: Self::WANTED,
        };
        if !text.starts_with("001") || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(wrong);
        }
        match (text.len(), text.get(..15)) {
            (15, _) => Ok(Self {
                shown: text.to_owned(),
            }),
            (18, Some(head)) => {
                let tail = text.get(15..).unwrap_or_default();
                if suffix(head) == tail {
                    return Ok(Self {
                        shown: text.to_owned(),
                    });
                }
                let restored = restore_case(head, tail).ok_or(wrong)?;
                Ok(Self {
                    shown: format!("{restored}{}", suffix(&restored)),
                })
            }
            _ => Err(wrong),
        }
    }

    /// As the portal shows it, 15 or 18 characters (handbook step 11: the length decides the search).
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The 15 case-sensitive characters (Zendesk's `sfdc_short_id`).
    pub fn short(&self) -> &str {
        self.shown.get(..15).unwrap_or(&self.shown)
    }

    /// All 18 characters (Zendesk's `salesforce_id`).
    pub fn long(&self) -> String {
        format!("{}{}", self.short(), suffix(self.short()))
    }

    /// Whether both name the same account, whichever length they were shown in.
    pub fn same_account(&self, other: &Self) -> bool {
        self.short() == other.short()
    }
}

const SUFFIX_ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/// Three characters: one for each group of five, bit j set where the group's character j is upper case.
fn suffix(head: &str) -> String {
    head.as_bytes()
        .chunks(5)
        .map(|group| {
            let index = group.iter().enumerate().fold(0_usize, |bits, (j, b)| {
                bits | (usize::from(b.is_ascii_uppercase()) << j)
            });
            SUFFIX_ALPHABET.get(index).map_or('A', |&b| char::from(b))
        })
        .collect()
}

/// Restores the case of the 15 characters from the suffix, if the copy is all lower or all upper
/// case.
fn restore_case(head: &str, tail: &str) -> Option<String> {
    let whole = [head, tail].concat();
    let one_case = !whole.bytes().any(|b| b.is_ascii_uppercase())
        || !whole.bytes().any(|b| b.is_ascii_lowercase());
    if !one_case {
        return None;
    }
    let mut out = String::with_capacity(15);
    for (group, t) in head.as_bytes().chunks(5).zip(tail.bytes()) {
        let bits = SUFFIX_ALPHABET
            .iter()
            .position(|&b| b == t.to_ascii_uppercase())?;
        for (j, &b) in group.iter().enumerate() {
            let upper = bits >> j & 1 == 1;
            if upper && !b.is_ascii_alphabetic() {
                return None;
            }
            out.push(char::from(if upper {
                b.to_ascii_uppercase()
            } else {
                b.to_ascii_lowercase()
            }));
        }
    }
    Some(out)
}

impl TryFrom<String> for SalesforceId {
    type Error = NotAnId;
    fn try_from(s: String) -> Result<Self, NotAnId> {
        Self::parse(&s)
    }
}

impl From<SalesforceId> for String {
    fn from(id: SalesforceId) -> String {
        id.shown
    }
}

impl fmt::Display for SalesforceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// An activation code with its middle hidden: the form of this secret that may be shown, stored and
/// logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedCode(String);

impl MaskedCode {
    /// Masks a code. The first and the last two characters are kept if the code is long enough.
    pub fn of(code: &str) -> Self {
        let chars: Vec<char> = code.trim().chars().collect();
        match (chars.as_slice(), chars.len()) {
            ([a, b, .., y, z], 12..) => Self(format!("{a}{b}…{y}{z}")),
            _ => Self("…".to_owned()),
        }
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn salesforce_suffixes_known_to_be_right_are_accepted_and_computed() {
        for id in [
            "0014M00001hHV5CQAW",
            "0014M00001h35gDQAQ",
            "0019000000B98deAAB",
        ] {
            let parsed = SalesforceId::parse(id).unwrap();
            assert_eq!(parsed.long(), id);
            assert_eq!(parsed.short(), &id[..15]);
            assert!(parsed.same_account(&SalesforceId::parse(&id[..15]).unwrap()));
            assert_eq!(
                SalesforceId::parse(&id.to_lowercase()).unwrap().as_str(),
                id,
                "a lower-cased copy is restored"
            );
        }
        assert_eq!(suffix("a0D30000001n7Pi"), "EAI");
    }

    #[test]
    fn salesforce_ids_of_other_shapes_are_refused() {
        for text in [
            "",
            "001",
            "0014M00001hHV5",
            "0014M00001hHV5CQA",
            "0014M00001hHV5CQAX",
            "a0D30000001n7PiEAI",
            "0014M00001hHV5C QAW",
            "0014M00001hHV5é",
        ] {
            assert!(SalesforceId::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn accounts_that_differ_in_case_only_are_different_accounts() {
        let a = SalesforceId::parse("0014M00001hHV5C").unwrap();
        let b = SalesforceId::parse("0014M00001hHV5c").unwrap();
        assert!(!a.same_account(&b));
    }

    #[test]
    fn numbers_are_digits_only_and_fit_javascript() {
        assert_eq!(LicenseId::parse(" 410233 ").unwrap().get(), 410_233);
        for text in ["", "0", "-1", "+1", "1.0", "1e3", "9007199254740992", "٣"] {
            assert!(LicenseId::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn subscription_names_are_trimmed_and_never_hold_invisible_marks() {
        assert_eq!(
            SubscriptionName::parse(" A-S00012345\n").unwrap().as_str(),
            "A-S00012345"
        );
        for text in ["", "A-S 1", "A-S0001\u{202E}2345", "A-S0001\u{200B}2345"] {
            assert!(SubscriptionName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_masked_code_never_holds_the_code() {
        assert_eq!(MaskedCode::of("Ab3dEfGh1jKlMn0pQrStUvWx").as_str(), "Ab…Wx");
        assert_eq!(MaskedCode::of("short").as_str(), "…");
    }
}
