//! How the model and its cases are kept as texts in the browser's storage: postcard's bytes in base64. The form knows no names, so it
//! is read by the very version that wrote it; the browser empties this storage when the extension is updated.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64ct::{Base64, Encoding};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Stands before every text: what another version wrote is not even tried.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " ");

/// What is kept of a value, as a text.
pub fn text_of<T: Serialize>(value: &T) -> Option<String> {
    let bytes = postcard::to_allocvec(value).ok()?;
    Some(VERSION.to_owned() + &Base64::encode_string(&bytes))
}

/// How many bytes a value has where it is kept, before they become a text.
pub fn size_of<T: Serialize>(value: &T) -> usize {
    let counted = postcard::serialize_with_flavor(value, postcard::ser_flavors::Size::default());
    counted.unwrap_or(usize::MAX)
}

/// The value that was kept; none where the text is not wholly one.
pub fn value_of<T: DeserializeOwned>(text: &str) -> Option<T> {
    match postcard::take_from_bytes(&bytes_of(text)?) {
        Ok((value, [])) => Some(value),
        _ => None,
    }
}

/// The bytes that a text stands for, in which every kept text stands as it is.
pub fn bytes_of(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text.strip_prefix(VERSION)?).ok()
}

/// Tells a text that was saved from a changed one.
pub fn mark_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// For a field of JSON, which has no form of its own here: it is kept as JSON's text. `#[serde(with = "storage::as_json")]`.
pub mod as_json {
    use serde::de::{DeserializeOwned, Error as _};
    use serde::ser::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the field.
    ///
    /// # Errors
    /// Where it cannot be JSON.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
    }

    /// Reads the field.
    ///
    /// # Errors
    /// Where the text is not its JSON.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        from: D,
    ) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}
