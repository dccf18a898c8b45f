//! Character references in text that is otherwise not HTML.

use std::borrow::Cow;

use super::{Document, Limits};

/// Replaces a text's character references (`&amp;`, `&#38;`, `&nbsp;` and all other named ones),
/// each once. A `<` is text, and so is a reference without a semicolon: `sales&notify@…` is an
/// address.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let length = match reference(from) {
            Some((characters, length)) => {
                characters.push_to(&mut out);
                length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The meaning of a character reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referred {
    /// A single character.
    One(char),
    /// Several characters, for some rare names.
    Several(String),
}

impl Referred {
    fn push_to(&self, out: &mut String) {
        match self {
            Self::One(c) => out.push(*c),
            Self::Several(text) => out.push_str(text),
        }
    }
}

/// Longest reference, in bytes: `&CounterClockwiseContourIntegral;`.
const REFERENCE_MAX: usize = 33;

/// The character reference that a text begins with, and its length in bytes; none if no semicolon
/// ends it.
pub fn reference(text: &str) -> Option<(Referred, usize)> {
    let end = text.bytes().take(REFERENCE_MAX).position(|b| b == b';')?;
    let name = text.strip_prefix('&')?.get(..end.checked_sub(1)?)?;
    // The usual ones, without the parser.
    let one = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        _ => {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'#';
            if name.is_empty() || !name.bytes().all(fits) {
                return None;
            }
            return Some((by_parser(text.get(..=end)?)?, end + 1));
        }
    };
    Some((Referred::One(one), end + 1))
}

/// What the parser makes of a reference: it knows all names, and the replacements for invalid
/// numbers.
fn by_parser(reference: &str) -> Option<Referred> {
    let limits = Limits {
        bytes: REFERENCE_MAX,
        tags: 0,
    };
    let document = Document::fragment(reference, &limits).ok()?;
    let tree = document.tree();
    let text: String = (0..tree.len())
        .filter_map(|at| tree.text_node(at))
        .collect();
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        // An invalid number is left as written.
        (Some(char::REPLACEMENT_CHARACTER), None) => None,
        (Some(c), None) => Some(Referred::One(c)),
        (Some(_), Some(_)) if text != reference && !text.ends_with(';') => {
            Some(Referred::Several(text))
        }
        _ => None,
    }
}

/// The address in Cloudflare's e-mail obfuscation (`data-cfemail`, or the fragment of
/// `/cdn-cgi/l/email-protection#…`): hexadecimal bytes, each combined with the first one. `None` if
/// the result is not text.
pub fn cloudflare_address(hex: &str) -> Option<String> {
    let hex = hex.trim();
    if hex.len() > 600
        || !hex.len().is_multiple_of(2)
        || !hex.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return None;
    }
    let bytes: Option<Vec<u8>> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect();
    let bytes = bytes?;
    let (key, rest) = bytes.split_first()?;
    String::from_utf8(rest.iter().map(|b| b ^ key).collect())
        .ok()
        .filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{cloudflare_address, decoded};

    #[test]
    fn an_obfuscated_address_is_read_and_anything_else_is_none() {
        let hidden: String = [0x2a_u8]
            .iter()
            .copied()
            .chain("kim@acme.example".bytes().map(|b| b ^ 0x2a))
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            cloudflare_address(&hidden).as_deref(),
            Some("kim@acme.example")
        );
        for text in ["", "2", "2a", "zz11", "2a2", "é2"] {
            assert_eq!(cloudflare_address(text), None, "{text}");
        }
    }

    #[test]
    fn references_are_replaced_once() {
        for (text, wanted) in [
            ("no reference", "no reference"),
            ("Q&amp;A &lt;a@b.example&gt;", "Q&A <a@b.example>"),
            ("&amp;lt;", "&lt;"),
            ("&#64;&#x40;&commat;", "@@@"),
            ("a&nbsp;b", "a\u{A0}b"),
            ("AT&T & <b>tags</b> stay", "AT&T & <b>tags</b> stay"),
            ("  lines\n  stay &uuml;\n", "  lines\n  stay ü\n"),
            ("&unknown; &", "&unknown; &"),
            ("sales&notify@x.example", "sales&notify@x.example"),
            ("&notit; &fjlig;", "&notit; fj"),
        ] {
            assert_eq!(decoded(text), wanted, "{text}");
        }
    }
}
