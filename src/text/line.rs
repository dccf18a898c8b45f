//! Makes text from pages and answers fit to be shown and noted: one line, no marks that change how
//! it reads.

/// Replaces a mark that would invisibly change how a line reads.
const SHOWN_INSTEAD: char = '\u{FFFD}';

/// Zero-width and direction marks, fillers and tags: they change what a person reads but not what
/// is compared.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{E0000}'..='\u{E007F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// One line of at most `max` characters: line breaks and controls become spaces, invisible and
/// direction marks become visible.
pub fn one_line(text: &str, max: usize) -> String {
    let mut out = String::with_capacity(text.len().min(max * 4));
    let mut blank = false;
    let mut count = 0;
    for c in text.trim().chars() {
        if count == max {
            out.push('…');
            break;
        }
        if c.is_whitespace() || c.is_control() {
            if !blank {
                out.push(' ');
                count += 1;
            }
            blank = true;
        } else {
            out.push(if is_invisible(c) { SHOWN_INSTEAD } else { c });
            count += 1;
            blank = false;
        }
    }
    out
}

/// The end of a text, at most `most` bytes.
pub(crate) fn tail(text: &str, most: usize) -> &str {
    (text.len().saturating_sub(most)..=text.len())
        .find_map(|i| text.get(i..))
        .unwrap_or_default()
}

/// The start of a text, at most `most` bytes.
pub(crate) fn head(text: &str, most: usize) -> &str {
    (0..=most.min(text.len()))
        .rev()
        .find_map(|i| text.get(..i))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_stays_on_its_line_and_shows_its_marks() {
        assert_eq!(
            one_line(" a\r\n- License: forged\u{2028}b ", 100),
            "a - License: forged b"
        );
        assert_eq!(
            one_line("ab\u{202E}cd\u{200B}", 100),
            "ab\u{FFFD}cd\u{FFFD}"
        );
        assert_eq!(one_line("abcdef", 3), "abc…");
    }
}
