//! Reads the list of addresses that the engineer edits, types or pastes.

use crate::case::contacts::{ENTRIES_MAX, Rewritten};
use crate::mail::{Address, AddressText, Malformed};
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

/// What the engineer left in the text area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The addresses, in their order. What the requester wrote wrongly stays as it is, as long as its line does.
    pub listed: Vec<AddressText>,
    /// Words that are neither an address nor the name before one.
    pub not_taken: Vec<NotTaken>,
}

/// The addresses in a text, separated by commas, semicolons, spaces or line breaks, alone or as
/// `Name <a@b.example>`. Words that are none are returned too, so that nothing is lost silently. An
/// error says what to do.
pub(super) fn read(text: &str, shown: &[AddressText]) -> Result<Typed, String> {
    if text.len() > LONGEST {
        return Err(
            "This is too much text for a list of addresses. Enter the addresses alone.".to_owned(),
        );
    }
    let (mut listed, mut not_taken) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let whole = AddressText::from(line.trim());
        if shown.contains(&whole) {
            listed.push(whole);
            continue;
        }
        let line = unquoted(line);
        for word in line.split([',', ';', '\r']).flat_map(words) {
            match Address::parse(word) {
                Ok(address) => listed.push(address.into()),
                Err(Malformed::Empty) => {}
                Err(why) => not_taken.push(NotTaken {
                    word: one_line(word, 100),
                    why,
                }),
            }
        }
    }
    Ok(Typed { listed, not_taken })
}

/// Treats text in quotation marks on one line as a single name: a comma inside separates nothing.
fn unquoted(line: &str) -> String {
    let are_pairs = line.matches('"').count().is_multiple_of(2);
    let mut within = false;
    line.chars()
        .filter_map(|c| match c {
            '"' if are_pairs => {
                within = !within;
                None
            }
            '"' => None,
            ',' | ';' if within => Some(' '),
            c => Some(c),
        })
        .collect()
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

/// The notice about what changed, and whether some addresses were left out.
pub(super) fn says(rewritten: &Rewritten, not_taken: &[NotTaken]) -> (String, bool) {
    let Rewritten {
        added,
        removed,
        left,
    } = *rewritten;
    let mut says = match (added, removed) {
        (0, 0) if left == 0 && not_taken.is_empty() => "Nothing changed.".to_owned(),
        (0, 0) => String::new(),
        (added, 0) => format!("{added} added."),
        (0, removed) => format!("{removed} removed."),
        (added, removed) => format!("{added} added, {removed} removed."),
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
