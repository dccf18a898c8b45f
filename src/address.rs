//! What URLs of both sites have in common: splitting one, and encoding its parts.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The host (lower case) and the path of an `https` URL. `None` for any other scheme or port, and
/// for anything that a browser would read differently than it looks: control characters,
/// whitespace, backslashes.
pub(crate) fn https(url: &str) -> Option<(String, &str)> {
    if url.len() > 8192
        || url
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '\\')
    {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end)?;
    let host = authority
        .strip_suffix(":443")
        .unwrap_or(authority)
        .to_ascii_lowercase();
    Some((host, tail.split(['?', '#']).next()?))
}

/// Whether a text is a host name in the site profile's form: lower case, no scheme, no port.
pub(crate) fn is_host(text: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// Characters that are not encoded in a query's key or value: letters, digits and `-._~`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Percent-encoded for a query's key or value.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The bytes of a percent-encoded text. A `%` that begins no escape is unchanged.
pub(crate) fn decoded_bytes(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

/// Percent-decoded text; `None` if it is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    String::from_utf8(decoded_bytes(text)).ok()
}
