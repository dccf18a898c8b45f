//! The public keys that open license keys: GitLab's published one, and those in the site profile.

use rsa::hazmat::rsa_encrypt;
use rsa::pkcs1::DecodeRsaPublicKey;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{BoxedUint, PublicKey as RsaKey};
use serde::{Deserialize, Serialize};

/// The public key for GitLab's production licenses, as published in its open source repository.
const PUBLISHED: &str = include_str!("../../extension/keys/portal-license-key.pem");

/// The longest PEM text of a key, in bytes.
const PEM_MAX: usize = 8 * 1024;

/// A public key that opens licenses, with the name under which the panel reports it.
#[derive(Clone, Debug)]
pub struct PublicKey {
    name: String,
    key: RsaKey,
}

/// A text that is not an RSA public key in PEM form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} is not an RSA public key in PEM form")]
pub struct NotAKey {
    /// The key's name.
    pub name: String,
}

impl PublicKey {
    /// Parses `-----BEGIN PUBLIC KEY-----` (or `BEGIN RSA PUBLIC KEY`), such as the profile's test key.
    ///
    /// # Errors
    /// [`NotAKey`] for everything else, including keys of more than 4096 bits.
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
    /// Never in a shipped build: a test parses the key.
    pub fn published() -> Result<Self, NotAKey> {
        Self::from_pem("GitLab’s published key", PUBLISHED)
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Recovers what was signed from the signed block, as long as the modulus. `None` if the block
    /// does not have this key's size.
    pub(crate) fn recover(&self, block: &[u8]) -> Option<Vec<u8>> {
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

/// A public key of the site profile, checked.
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
        let key = PublicKey::from_pem("the site profile’s key", &pem)?;
        Ok(Self { pem, key })
    }
}

impl From<LicensePem> for String {
    fn from(given: LicensePem) -> String {
        given.pem
    }
}
