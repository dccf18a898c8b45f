//! What both sites' addresses have in common: taking one apart, and encoding what goes into one.

/// The host (lower case) and the path of an `https` address. `None` for any other scheme or port, and for what a browser would read
/// differently than it looks: control characters, blanks, backslashes.
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

/// Whether a text is a host name as the site profile holds it: lower case, no scheme, no port.
pub(crate) fn is_host(text: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty()
            && l.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// Percent-encoded for a query's key or value: everything but letters, digits and `-._~`.
pub(crate) fn encode(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |n: u8| DIGITS.get(usize::from(n)).map_or('0', |&b| char::from(b));
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

/// The bytes behind a percent-encoded text. A `%` that begins no escape stays as it is.
pub(crate) fn decoded_bytes(text: &str) -> Vec<u8> {
    let hex = |b: Option<&u8>| {
        b.and_then(|&b| char::from(b).to_digit(16))
            .and_then(|d| u8::try_from(d).ok())
    };
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high << 4 | low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Percent-decoded text, `None` where it is not UTF-8.
pub(crate) fn decode(text: &str) -> Option<String> {
    String::from_utf8(decoded_bytes(text)).ok()
}
