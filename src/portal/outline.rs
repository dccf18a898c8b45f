//! Keys and values that a page shows in nested lists or boxes.

use crate::html::{Tree, has_class, is_crossed_out, is_hidden, is_inline, is_unseen};

/// One line: how deep it is nested, its key, and its value, if it has one.
pub(super) struct Entry {
    depth: usize,
    pub key: String,
    pub value: String,
}

/// The most lines that are read.
const LINES_MAX: usize = 2_000;

/// The lines of a part of a page, in order; none if parts of it are hidden or crossed out.
pub(super) fn outline(flat: &Tree<'_>, from: usize, end: usize) -> Vec<Entry> {
    let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut is_new = true;
    let mut i = from;
    while i < end && lines.len() < LINES_MAX {
        while open.last().is_some_and(|stop| *stop <= i) {
            open.pop();
            is_new = true;
        }
        if let Some(text) = flat.text_node(i).map(str::trim).filter(|t| !t.is_empty()) {
            match lines.last_mut().filter(|_| !is_new) {
                Some((_, pieces)) => pieces.push(text.to_owned()),
                None => lines.push((open.len(), vec![text.to_owned()])),
            }
            is_new = false;
        }
        let Some(element) = flat.element(i) else {
            i += 1;
            continue;
        };
        if is_hidden(element) || is_crossed_out(element) {
            return Vec::new();
        }
        let name = element.name();
        if is_unseen(name)
            || matches!(name, "nav" | "header" | "button")
            || has_class(element, "alert")
            || has_class(element, "nav")
        {
            i = flat.end(i);
            continue;
        }
        if name == "br" {
            is_new = true;
        } else if !is_inline(name) {
            is_new = true;
            open.push(flat.end(i));
        }
        i += 1;
    }
    lines
        .into_iter()
        .map(|(depth, pieces)| entry(depth, &pieces))
        .collect()
}

/// `key: value`, or a key and its value in elements of their own.
fn entry(depth: usize, pieces: &[String]) -> Entry {
    let joined = pieces.join(" ");
    let (key, value) = match (joined.split_once(':'), pieces) {
        (Some((key, value)), _) => (key, value),
        (None, [key, value]) => (key.as_str(), value.as_str()),
        (None, _) => (joined.as_str(), ""),
    };
    Entry {
        depth,
        key: key.trim().to_owned(),
        value: value.trim().to_owned(),
    }
}

/// The entries right below each of those that are wanted.
pub(super) fn below(
    entries: &[Entry],
    is_wanted: impl Fn(&Entry) -> bool,
) -> impl Iterator<Item = &Entry> {
    let wanted: Vec<usize> = (0..entries.len())
        .filter(|at| entries.get(*at).is_some_and(&is_wanted))
        .collect();
    wanted.into_iter().flat_map(|at| {
        let depth = entries.get(at).map_or(0, |entry| entry.depth);
        let rest = entries.get(at + 1..).unwrap_or_default();
        let own = rest.first().map_or(0, |entry| entry.depth);
        rest.iter()
            .take_while(move |entry| entry.depth > depth)
            .filter(move |entry| entry.depth == own)
    })
}

/// The entries of the outermost level.
pub(super) fn topmost(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let top = entries.iter().map(|entry| entry.depth).min();
    entries.iter().filter(move |entry| Some(entry.depth) == top)
}
