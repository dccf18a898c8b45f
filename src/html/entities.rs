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
    let limits = Limits { bytes: usize::MAX, tags: 0 };
    match Document::fragment(&escaped, &limits) {
        Ok(document) => {
            let tree = document.tree();
            Cow::Owned((0..tree.len()).filter_map(|at| tree.text_node(at)).collect())
        }
        Err(_) => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

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
