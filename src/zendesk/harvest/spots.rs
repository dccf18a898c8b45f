//! The addresses of a line.

use super::parts::{Spot, is_picture, is_separator, of_token};
use super::spelled::spelled;
use crate::record::ticket::Oddity;

/// The addresses of a line, in its order.
pub(super) fn spots(line: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut at = 0;
    for token in line.split(is_separator) {
        let start = at;
        at += token.len()
            + line
                .get(at + token.len()..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        if !is_picture(token) {
            found.extend(of_token(token).into_iter().map(
                |Spot {
                     email,
                     range,
                     oddity,
                 }| Spot {
                    email,
                    range: start + range.start..start + range.end,
                    oddity,
                },
            ));
        }
    }
    let spelled = spelled(line);
    if !spelled.is_empty() {
        found.extend(spelled);
        found.sort_by_key(|spot| spot.range.start);
    }
    mark_names(line, &mut found);
    found
}

/// Marks an address that is another's name: `bo@example.com <cy@example.com>`.
fn mark_names(line: &str, found: &mut [Spot]) {
    for at in 1..found.len() {
        let Some([name, address]) = found.get_mut(at - 1..=at) else {
            continue;
        };
        let between = line.get(name.range.end..address.range.start);
        let is_name = between.is_some_and(|text| {
            text.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c)) == "<"
        });
        if is_name && !name.email.eq_ignore_ascii_case(&address.email) {
            name.oddity = Some(Oddity::TwoForOne);
            address.oddity = Some(Oddity::TwoForOne);
        }
    }
}
