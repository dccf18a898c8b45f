//! Parses the list of addresses that the engineer types or pastes.

use crate::case::contacts::ENTRIES_MAX;
use crate::mail::{Address, Malformed};
use crate::text::line::one_line;

/// Longest text taken, in bytes.
const LONGEST: usize = 64 * 1024;
/// How many rejected words the message names.
const NAMED: usize = 5;

/// A word that is not an address, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// The word.
    pub word: String,
    /// Why.
    pub why: Malformed,
}

/// The addresses in a text, separated by commas, semicolons, spaces or line breaks, alone or as
/// `Name <a@b.example>`. Words that are neither an address nor the name before one are returned
/// too, so that nothing is lost silently. An error says what to do.
pub(super) fn addresses(text: &str) -> Result<(Vec<Address>, Vec<NotTaken>), String> {
    if text.len() > LONGEST {
        return Err(
            "This is too much text for a list of addresses. Enter the addresses alone.".to_owned(),
        );
    }
    let (mut taken, mut not_taken) = (Vec::new(), Vec::new());
    let text = unquoted(text);
    for piece in text.split([',', ';', '\n', '\r']) {
        for word in words(piece) {
            match Address::parse(word) {
                Ok(address) => taken.push(address),
                Err(Malformed::Empty) => {}
                Err(why) => not_taken.push(NotTaken {
                    word: one_line(word, 100),
                    why,
                }),
            }
        }
    }
    if taken.is_empty() && not_taken.is_empty() {
        return Err("Enter at least one address.".to_owned());
    }
    Ok((taken, not_taken))
}

/// Treats text in quotation marks on one line as a single name: a comma inside separates nothing.
fn unquoted(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let quotes = line.matches('"').count();
        let mut within = false;
        line.chars()
            .filter_map(|c| match c {
                '"' if quotes % 2 == 0 => {
                    within = !within;
                    None
                }
                '"' => None,
                ',' | ';' if within => Some(' '),
                c => Some(c),
            })
            .collect::<String>()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a piece that should be addresses. If an address is in angle brackets, the text
/// before it is a name, unless it contains an @.
fn words(piece: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = piece;
    while let Some((before, after)) = rest.split_once('<') {
        found.extend(before.split_whitespace().filter(|word| word.contains('@')));
        let (inside, next) = after.split_once('>').unwrap_or((after, ""));
        found.push(inside);
        rest = next;
    }
    found.extend(rest.split_whitespace());
    found
}

/// The notice about how many addresses were added, and whether some were left out. `all` counts all
/// addresses in the text.
pub(super) fn says(new: usize, all: usize, left: usize, not_taken: &[NotTaken]) -> (String, bool) {
    let mut says = match (new, all) {
        (0, 0) => "No address was found.".to_owned(),
        (0, _) if left == 0 => "In the list already.".to_owned(),
        (0, _) => String::new(),
        (1, _) => "1 address is in the list now.".to_owned(),
        (n, _) => format!("{n} addresses are in the list now."),
    };
    if left > 0 {
        says.push_str(&format!(
            " {left} found no room: the list holds {ENTRIES_MAX}."
        ));
    }
    if !not_taken.is_empty() {
        let named: Vec<String> = not_taken
            .iter()
            .take(NAMED)
            .map(|n| format!("“{}” ({})", n.word, n.why))
            .collect();
        let more = not_taken.len().saturating_sub(NAMED);
        let more = if more == 0 {
            String::new()
        } else {
            format!(", and {more} more")
        };
        says.push_str(&format!(" Not taken: {}{more}.", named.join(", ")));
    }
    (says.trim().to_owned(), left > 0 || !not_taken.is_empty())
}
