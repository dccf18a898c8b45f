//! A page without its values as a file: its address is in the first line.

use super::Saved;

/// What the first line begins with; the page's address follows.
const BEGINS: &str = "<!-- Without its values, by Tether: ";
/// What the first line ends with.
const ENDS: &str = " -->";

/// The file's content.
pub fn content(saved: &Saved) -> String {
    // Two hyphens could end the comment.
    let url = saved.url.replace("--", "-%2D").replace('>', "%3E");
    format!("{BEGINS}{url}{ENDS}\n{}", saved.html)
}

/// The address that such a file names.
pub fn address_in(content: &str) -> Option<&str> {
    let first = content.trim_start_matches('\u{FEFF}').lines().next()?;
    first.strip_prefix(BEGINS)?.strip_suffix(ENDS)
}
