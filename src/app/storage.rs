//! Stores the model and its cases as text in the browser's storage: postcard bytes in base64. The
//! format has no field names, so only the version that wrote a value can read it. The browser
//! empties this storage when the extension is updated.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64ct::{Base64, Encoding};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Precedes every stored text. Text from another version is never decoded.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " ");

/// Encodes a value as text.
pub fn text_of<T: Serialize>(value: &T) -> Option<String> {
    let bytes = postcard::to_allocvec(value).ok()?;
    Some(VERSION.to_owned() + &Base64::encode_string(&bytes))
}

/// The encoded size of a value in bytes, before base64.
pub fn size_of<T: Serialize>(value: &T) -> usize {
    let counted = postcard::serialize_with_flavor(value, postcard::ser_flavors::Size::default());
    counted.unwrap_or(usize::MAX)
}

/// Decodes a stored value; `None` unless the whole text is one.
pub fn value_of<T: DeserializeOwned>(text: &str) -> Option<T> {
    match postcard::take_from_bytes(&bytes_of(text)?) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}

/// Decodes a stored text to bytes. Texts inside the value appear in them verbatim.
pub fn bytes_of(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text.strip_prefix(VERSION)?).ok()
}

/// A hash that distinguishes a stored text from a changed one.
pub fn mark_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// For a JSON field, which the format cannot express: stored as JSON text. Use
/// `#[serde(with = "storage::as_json")]`.
pub mod as_json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the field.
    ///
    /// # Errors
    /// If the field cannot be serialized as JSON.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
    }

    /// Reads the field.
    ///
    /// # Errors
    /// If the text is not the field's JSON.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}
