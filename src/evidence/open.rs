//! Opens license keys with GitLab's published key, here and without asking anyone.
//!
//! What it shows is **not proof**: see [`Decoded`].

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, KeyIvInit};
use base64ct::{Base64, Base64Unpadded, Encoding};
use rsa::hazmat::rsa_encrypt;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey as RsaKey};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use time::{Date, Month};

use super::license_key::{KeyState, KeyText};
use crate::record::ids::{LicenseId, SubscriptionName};
use crate::text::line::one_line;

/// The public key with which GitLab's production licenses are opened, as GitLab publishes it in its open source repository.
const PUBLISHED: &str = include_str!("../../extension/keys/portal-license-key.pem");

/// Longest PEM text taken for a key, in bytes.
const PEM_MAX: usize = 8 * 1024;

/// Longest name, company and so on that is shown, in characters.
const SHOWN_MAX: usize = 200;

/// A public key that opens licenses, under the name by which the engineer is told which one did.
#[derive(Clone, Debug)]
pub struct PublicKey {
    name: String,
    key: RsaKey,
}

/// A text that is no RSA public key in PEM form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is not an RSA public key in PEM form")]
pub struct NotAKey {
    /// The name under which it was given.
    pub name: String,
}

impl PublicKey {
    /// Parses `-----BEGIN PUBLIC KEY-----` (or `BEGIN RSA PUBLIC KEY`), such as the profile's test key.
    ///
    /// # Errors
    /// [`NotAKey`] for everything else, also for keys of more than 4096 bits.
    pub fn from_pem(name: &str, pem: &str) -> Result<Self, NotAKey> {
        let wrong = || NotAKey {
            name: name.to_owned(),
        };
        let pem = pem.trim();
        if pem.len() > PEM_MAX {
            return Err(wrong());
        }
        let key = RsaKey::from_public_key_pem(pem)
            .or_else(|_| RsaKey::from_pkcs1_pem(pem))
            .map_err(|_| wrong())?;
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// GitLab's production key, which is built in.
    ///
    /// # Errors
    /// None as built: a test opens it.
    pub fn published() -> Result<Self, NotAKey> {
        Self::from_pem("GitLab's published key", PUBLISHED)
    }

    /// The name under which it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The signed block back to what was signed, as long as the modulus. `None` where the block is not this key's size.
    fn recover(&self, block: &[u8]) -> Option<Vec<u8>> {
        let size = self.key.size();
        if block.len() != size {
            return None;
        }
        let block = BoxedUint::from_be_slice(block, self.key.n().bits_precision()).ok()?;
        if block >= *self.key.n().as_ref() {
            return None;
        }
        let opened = rsa_encrypt(&self.key, &block).ok()?.to_be_bytes();
        let skip = opened.len().checked_sub(size)?;
        opened.get(skip..).map(<[u8]>::to_vec)
    }
}

/// A public key as the site profile holds it, checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LicensePem {
    pem: String,
    key: PublicKey,
}

impl LicensePem {
    /// The key.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }
}

impl TryFrom<String> for LicensePem {
    type Error = NotAKey;
    fn try_from(pem: String) -> Result<Self, NotAKey> {
        let key = PublicKey::from_pem("the site profile's key", &pem)?;
        Ok(Self { pem, key })
    }
}

impl From<LicensePem> for String {
    fn from(given: LicensePem) -> String {
        given.pem
    }
}

/// Why a license key was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[error("{}", self.says())]
pub enum KeyError {
    /// It ends too early.
    Truncated,
    /// Some of it was changed or lost on the way.
    Garbled,
    /// It is longer than a license can be.
    TooLarge,
    /// It decodes, but is not what GitLab writes: another product's file.
    NotALicense,
    /// No known key opens it: another GitLab environment's, another product's, or its signed part was changed.
    WrongKey,
    /// A known key opens it, but what comes out is not a signature's block: made by someone else, or damaged.
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
                "This begins like a license key, but holds something else: it may be another product's."
            }
            Self::WrongKey => {
                "The license key was not made with GitLab's production key: it is another environment's or product's, or was tampered with."
            }
            Self::BadPadding => {
                "The license key's signed part is not as GitLab writes it: damaged or tampered with."
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

/// What a license key says. **Decoded only, never proof**: just the AES key inside is signed, so whoever owns one genuine license can
/// write any other contents under it. It saves the way through Validate License, as it names the portal's record; what counts is that
/// record, and [`agrees`](super::agree::agrees) compares the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decoded {
    /// The licensee's `Name`.
    pub name: Option<String>,
    /// The licensee's `Email`.
    pub email: Option<String>,
    /// The licensee's `Company`.
    pub company: Option<String>,
    /// The day from which it holds: `starts_at`, else `issued_at`.
    pub issued_at: Option<Date>,
    /// The day on which it has expired.
    pub expires_at: Option<Date>,
    /// The plan's code, e.g. `ultimate`.
    pub plan: Option<String>,
    /// Whether it is a trial; `None` where it does not say.
    pub trial: Option<bool>,
    /// Whether it says to be a temporary renewal extension, which is a trial license of a paying customer.
    pub temporary_extension: bool,
    /// The portal's number of the license, where it names one.
    pub id: Option<LicenseId>,
    /// The subscription's name.
    pub subscription_name: Option<SubscriptionName>,
    /// The subscription's Zuora id.
    pub subscription_id: Option<String>,
    /// How many users were paid for.
    pub active_user_count: Option<u64>,
    /// Whether the instance reports to the portal by itself.
    pub cloud: bool,
    /// Whether it is for an instance without a way to the portal.
    pub offline: bool,
    /// The name of the key that opened it.
    pub opened_with: String,
}

/// What is always said beside what a license key holds.
pub const NOT_PROOF: &str = "decoded only: not yet proof";

impl Decoded {
    /// Whether it has expired: on the day of `expires_at` and after. `None` where it names no day.
    pub fn is_expired(&self, today: Date) -> Option<bool> {
        self.expires_at.map(|day| today >= day)
    }

    /// What is to be said beside `trial`: a temporary renewal extension is a trial license of a paying customer (`facts`).
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

/// Opens a license key with the first of the keys that fits. Takes a bounded time: one exponentiation per key, and at most
/// [`KEY_MAX`](super::key::KEY_MAX) characters.
///
/// # Errors
/// See [`KeyError`]; with several keys, the one of the key that came furthest.
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

/// The base64 within: wrapped at 60 columns, padded.
fn base64_lines(wrapped: &str) -> Option<Vec<u8>> {
    let bare: String = wrapped
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .collect();
    Base64::decode_vec(&bare)
        .or_else(|_| Base64Unpadded::decode_vec(bare.trim_end_matches('=')))
        .ok()
}

/// Takes the AES key from a signature's block: `00 01`, at least eight `FF`, `00`, the 16 bytes (PKCS#1 v1.5, block type 1).
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

/// A text on one line, where there is one and it is not empty.
fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    let shown = one_line(object.get(name)?.as_str()?, SHOWN_MAX);
    (!shown.is_empty()).then_some(shown)
}

/// The day of `2026-03-01`, or of a time that begins with it.
fn day(object: &Map<String, Value>, name: &str) -> Option<Date> {
    let text = object.get(name)?.as_str()?.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
        return None;
    }
    super::usage_export::iso_day(date)
}

/// A day of the calendar by its numbers.
pub(super) fn calendar_day(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, day).ok()
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
