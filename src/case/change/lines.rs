//! The lines of a user's text.

/// Whether a line is among the lines of a text. Zendesk trims texts and may change their line breaks.
pub(super) fn has_line(text: &str, line: &str) -> bool {
    text.lines().any(|l| l.trim() == line.trim())
}

/// A text without the last of its lines that equals `line`; none if there is no such line.
pub(super) fn without_line(text: &str, line: &str) -> Option<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().rposition(|l| l.trim() == line.trim())?;
    lines.remove(at);
    Some(lines.join("\n"))
}
