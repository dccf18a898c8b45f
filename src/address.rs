//! What both sites' addresses have in common: taking one apart, and encoding what goes into one.

/// The host (lower case) and the path of an `https` address. `None` for any other scheme or port, and for what a browser would read
/// differently than it looks: control characters, blanks, backslashes.
pub(crate) fn https(url: &str) -> Option<(String, &str)> {
    if url.len() > 8192 || url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end)?;
    let host = authority.strip_suffix(":443").unwrap_or(authority).to_ascii_lowercase();
    Some((host, tail.split(['?', '#']).next()?))
}

/// Whether a text is a host name as the site profile holds it: lower case, no scheme, no port.
pub(crate) fn is_host(text: &str) -> bool {
    let label = |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
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
