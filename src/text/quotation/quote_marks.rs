//! The `>` before a quoted line.

/// Whether a line has a mail client's quote mark.
pub(super) fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    // A console's prompt is not a quotation: "> License.current.license_id => 7".
    (line.starts_with('>') && !line.contains(" => "))
        // A row of a table has more than one bar.
        || (line.starts_with("| ") && line.matches('|').take(2).count() == 1)
}

/// A line without its quote marks.
pub(super) fn without_marks(line: &str) -> &str {
    let line = if is_marked(line) {
        line.trim_start_matches(|c: char| matches!(c, '>' | '|') || c.is_whitespace())
    } else {
        line
    };
    line.trim_start_matches(|c: char| c == '>' || c.is_whitespace())
        .trim_end()
}
