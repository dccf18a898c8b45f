//! Opens license keys with GitLab's published key, locally and without any request.
//!
//! The result is **not proof**: see [`Decoded`].

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, KeyIvInit};
use base64ct::{Base64, Base64Unpadded, Encoding};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::Date;

use super::license_key::{KeyState, KeyText};
use crate::profile::PublicKey;
use crate::record::ids::{LicenseId, SubscriptionName};
use crate::text::line::one_line;

/// The longest name or company that is shown, in characters.
const SHOWN_MAX: usize = 200;

/// Why a license key was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[error("{}", self.says())]
pub enum KeyError {
    /// It ends too early.
    Truncated,
    /// Part of it was changed or lost on the way.
    Garbled,
    /// It is longer than a license can be.
    TooLarge,
    /// It decodes, but is not what GitLab writes: another product's file.
    NotALicense,
    /// No known key opens it: it belongs to another GitLab environment or another product, or its
    /// signed part was changed.
    WrongKey,
    /// A known key opens it, but the result is not a signature block: someone else made it, or it
    /// is damaged.
    BadPadding,
}

impl KeyError {
    /// What is wrong, in one sentence for the engineer.
    pub fn says(self) -> &'static str {
        match self {
            Self::Truncated => "The license key is cut off: its end is missing.",
            Self::Garbled => {
                "The license key is garbled: some of it was changed or lost on the way."
            }
            Self::TooLarge => "This begins like a license key, but is far longer than one can be.",
            Self::NotALicense => {
                "This begins like a license key, but holds something else: it may be another product’s."
            }
            Self::WrongKey => {
                "The license key was not made with GitLab’s production key: it is another environment’s or product’s, or was tampered with."
            }
            Self::BadPadding => {
                "The license key’s signed part is not as GitLab writes it: damaged or tampered with."
            }
        }
    }

    /// What to do next, in one sentence.
    pub fn next(self) -> &'static str {
        match self {
            Self::Truncated | Self::Garbled => {
                "Ask the requester to attach the license file itself, or a new usage export, instead of its text."
            }
            Self::TooLarge | Self::NotALicense => {
                "Ask for the GitLab license file, a usage export, or the license ID."
            }
            Self::WrongKey | Self::BadPadding => {
                "Let Validate License decide; if it does not know it either, ask for another proof."
            }
        }
    }
}

/// The content of a license key. **Decoded only, never proof**: only the AES key inside is signed,
/// so whoever owns one genuine license can write any other content under it. It names the portal's
/// record and so saves the detour through Validate License. Only that record counts, and
/// [`agrees`](super::agree::agrees) compares the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// The licensee's `Name`.
    pub name: Option<String>,
    /// The licensee's `Email`.
    pub email: Option<String>,
    /// The licensee's `Company`.
    pub company: Option<String>,
    /// Its first valid day: `starts_at`, otherwise `issued_at`.
    pub issued_at: Option<Date>,
    /// The day on which it has expired.
    pub expires_at: Option<Date>,
    /// The plan's code, e.g. `ultimate`.
    pub plan: Option<String>,
    /// Whether it is a trial; `None` if it does not say.
    pub trial: Option<bool>,
    /// Whether it claims to be a temporary renewal extension, which is a trial license of a paying
    /// customer.
    pub temporary_extension: bool,
    /// The license's ID in the portal, if it names one.
    pub id: Option<LicenseId>,
    /// The subscription's name.
    pub subscription_name: Option<SubscriptionName>,
    /// The subscription's Zuora id.
    pub subscription_id: Option<String>,
    /// How many users were paid for.
    pub active_user_count: Option<u64>,
    /// Whether the instance reports to the portal automatically.
    pub cloud: bool,
    /// Whether it is for an instance without access to the portal.
    pub offline: bool,
    /// The name of the key that opened it.
    pub opened_with: String,
}

/// Shown beside everything that a license key says.
pub const NOT_PROOF: &str = "decoded only: not yet proof";

impl Decoded {
    /// Whether it has expired, which is the case from the day of `expires_at` on. `None` if it
    /// names no day.
    pub fn is_expired(&self, today: Date) -> Option<bool> {
        self.expires_at.map(|day| today >= day)
    }

    /// The remark beside `trial`: a temporary renewal extension is a trial license of a paying
    /// customer (`facts`).
    pub fn trial_remark(&self) -> Option<&'static str> {
        if self.trial != Some(true) {
            None
        } else if self.temporary_extension {
            Some(
                "Trial, as a temporary renewal extension: the customer is a paying one, look at its other licenses.",
            )
        } else if self.subscription_name.is_some() {
            Some(
                "Trial, but it names a subscription: perhaps a temporary renewal extension of a paying customer.",
            )
        } else {
            Some("Trial: temporary renewal extensions of paying customers are trials too.")
        }
    }
}

/// Opens a license key with the first key that fits. Takes bounded time: one exponentiation per
/// key, and at most [`KEY_MAX`](super::key::KEY_MAX) characters.
///
/// # Errors
/// See [`KeyError`]; with several keys, the error of the key that got furthest.
pub fn open_key(text: &KeyText, keys: &[PublicKey]) -> Result<Decoded, KeyError> {
    match text.state() {
        KeyState::Truncated => return Err(KeyError::Truncated),
        KeyState::Garbled => return Err(KeyError::Garbled),
        KeyState::TooLarge => return Err(KeyError::TooLarge),
        KeyState::Complete => {}
    }
    let outer = Base64Unpadded::decode_vec(text.expose()).map_err(|_| KeyError::Garbled)?;
    let outer: Map<String, Value> =
        serde_json::from_slice(&outer).map_err(|_| KeyError::Garbled)?;
    let part = |name: &str| {
        outer
            .get(name)
            .and_then(Value::as_str)
            .ok_or(KeyError::NotALicense)
    };
    let [data, block, iv] = [part("data")?, part("key")?, part("iv")?]
        .map(|wrapped| base64_lines(wrapped).ok_or(KeyError::Garbled));
    let (data, block, iv) = (data?, block?, iv?);
    let mut furthest = KeyError::WrongKey;
    for key in keys {
        match key
            .recover(&block)
            .ok_or(KeyError::WrongKey)
            .and_then(|opened| unpad(&opened))
        {
            Ok(aes_key) => {
                return contents(&data, &aes_key, &iv)
                    .and_then(|inner| decoded(&inner, key.name()));
            }
            Err(KeyError::BadPadding) => furthest = KeyError::BadPadding,
            Err(_) => {}
        }
    }
    Err(furthest)
}

/// Decodes the inner base64, which is wrapped at 60 columns and padded.
fn base64_lines(wrapped: &str) -> Option<Vec<u8>> {
    let bare: String = wrapped
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .collect();
    Base64::decode_vec(&bare)
        .or_else(|_| Base64Unpadded::decode_vec(bare.trim_end_matches('=')))
        .ok()
}

/// Takes the AES key from a signature block: `00 01`, at least eight `FF`, `00`, the 16 bytes
/// (PKCS#1 v1.5, block type 1).
fn unpad(block: &[u8]) -> Result<[u8; 16], KeyError> {
    let [0, 1, padded @ ..] = block else {
        return Err(KeyError::WrongKey);
    };
    let filled = padded.iter().take_while(|b| **b == 0xFF).count();
    match padded.get(filled..) {
        Some([0, key @ ..]) if filled >= 8 => key.try_into().map_err(|_| KeyError::BadPadding),
        _ => Err(KeyError::BadPadding),
    }
}

fn contents(data: &[u8], key: &[u8; 16], iv: &[u8]) -> Result<Map<String, Value>, KeyError> {
    let cipher =
        cbc::Decryptor::<aes::Aes128>::new_from_slices(key, iv).map_err(|_| KeyError::Garbled)?;
    let mut buffer = data.to_vec();
    let plain = cipher
        .decrypt_padded::<Pkcs7>(&mut buffer)
        .map_err(|_| KeyError::Garbled)?;
    match serde_json::from_slice(plain) {
        Ok(Value::Object(inner)) => Ok(inner),
        Ok(_) => Err(KeyError::NotALicense),
        Err(_) => Err(KeyError::Garbled),
    }
}

fn decoded(inner: &Map<String, Value>, opened_with: &str) -> Result<Decoded, KeyError> {
    let Some(Value::Object(licensee)) = inner.get("licensee") else {
        return Err(KeyError::NotALicense);
    };
    let none = Map::new();
    let restrictions = inner
        .get("restrictions")
        .and_then(Value::as_object)
        .unwrap_or(&none);
    let flag = |name: &str| {
        inner
            .get(name)
            .and_then(Value::as_bool)
            .or_else(|| restrictions.get(name).and_then(Value::as_bool))
            .unwrap_or(false)
    };
    let number = |name: &str| {
        restrictions
            .get(name)
            .and_then(|v| v.as_u64().or_else(|| v.as_str()?.trim().parse().ok()))
    };
    Ok(Decoded {
        name: text(licensee, "Name"),
        email: text(licensee, "Email"),
        company: text(licensee, "Company"),
        issued_at: day(inner, "starts_at").or_else(|| day(inner, "issued_at")),
        expires_at: day(inner, "expires_at"),
        plan: text(restrictions, "plan"),
        trial: restrictions.get("trial").and_then(Value::as_bool),
        temporary_extension: flag("temporary_extension"),
        id: number("id").and_then(|n| LicenseId::try_from(n).ok()),
        subscription_name: text(restrictions, "subscription_name")
            .and_then(|name| SubscriptionName::parse(&name).ok()),
        subscription_id: text(restrictions, "subscription_id"),
        active_user_count: number("active_user_count"),
        cloud: flag("cloud_licensing_enabled"),
        offline: flag("offline_cloud_licensing_enabled"),
        opened_with: opened_with.to_owned(),
    })
}

/// A member's text on one line, unless it is missing or empty.
fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    let shown = one_line(object.get(name)?.as_str()?, SHOWN_MAX);
    (!shown.is_empty()).then_some(shown)
}

/// The day of `2026-03-01`, or of a time that starts with it.
fn day(object: &Map<String, Value>, name: &str) -> Option<Date> {
    let text = object.get(name)?.as_str()?.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
        return None;
    }
    crate::day::iso(date)
}

#[cfg(test)]
mod tests {
    use super::{KeyError, unpad};

    #[test]
    fn a_signatures_block_gives_its_key_and_every_other_block_is_named() {
        let block =
            |start: &[u8], fill: usize, end: &[u8]| [start, &vec![0xFF; fill], end].concat();
        let key = [7; 16];
        let with_zero = [&[0], key.as_slice()].concat();
        assert_eq!(unpad(&block(&[0, 1], 237, &with_zero)), Ok(key));
        assert_eq!(
            unpad(&block(&[0, 2], 237, &with_zero)),
            Err(KeyError::WrongKey),
            "block type 2 is an encryption's"
        );
        assert_eq!(
            unpad(&block(&[0, 1], 7, &with_zero)),
            Err(KeyError::BadPadding),
            "too little filling"
        );
        assert_eq!(
            unpad(&block(&[0, 1], 237, &key)),
            Err(KeyError::BadPadding),
            "no end of the filling"
        );
        assert_eq!(
            unpad(&block(&[0, 1], 229, &[&[0], [7; 24].as_slice()].concat())),
            Err(KeyError::BadPadding),
            "another length of key"
        );
        assert_eq!(unpad(&[0, 1]), Err(KeyError::BadPadding));
        assert_eq!(unpad(&[]), Err(KeyError::WrongKey));
    }
}
