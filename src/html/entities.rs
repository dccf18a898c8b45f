//! Character references in text that is not HTML otherwise.

use std::borrow::Cow;

use super::{Document, Limits};

/// A text with its character references (`&amp;`, `&#38;`, `&nbsp;` and all other named ones) replaced, each once. A `<` is text.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    // The parser knows all names, also those without a semicolon. Without `<` it meets no tag.
    let escaped = text.replace('<', "&lt;");
    let limits = Limits {
        bytes: usize::MAX,
        tags: 0,
    };
    match Document::fragment(&escaped, &limits) {
        Ok(document) => {
            let tree = document.tree();
            Cow::Owned(
                (0..tree.len())
                    .filter_map(|at| tree.text_node(at))
                    .collect(),
            )
        }
        Err(_) => Cow::Borrowed(text),
    }
}

/// The address behind Cloudflare's e-mail obfuscation (`data-cfemail`, or the fragment of `/cdn-cgi/l/email-protection#…`): hexadecimal
/// bytes, each combined with the first one. `None` where that gives no text.
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
        ] {
            assert_eq!(decoded(text), wanted, "{text}");
        }
    }
}
