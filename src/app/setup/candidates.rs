//! Names that a site has instead of a missing one, the most similar first.

use serde_json::Value;

use crate::profile::zendesk::folded;

/// A name that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The setting that would get it.
    pub path: String,
    /// The name, as the setting would hold it.
    pub value: String,
    /// How many words of a name that was looked for it has, at least in their beginning.
    pub words: usize,
    /// How similar it is to the names that were looked for, from 0 to 100.
    pub likeness: u32,
}

/// From this likeness on, the most similar name is proposed.
pub const LIKELY: u32 = 50;
/// The most names that are offered.
const MOST: usize = 40;

/// The names that exist, the most similar to the missing ones first, each once.
pub(super) fn ranked<'a>(
    path: &str,
    missing: &[String],
    found: impl IntoIterator<Item = &'a str>,
) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    for name in found {
        if name.trim().is_empty() || all.iter().any(|known| known.value == name) {
            continue;
        }
        let likeness = missing.iter().map(|title| likeness(title, name)).max();
        all.push(Candidate {
            path: path.to_owned(),
            value: name.to_owned(),
            words: missing
                .iter()
                .map(|title| common_words(title, name))
                .max()
                .unwrap_or(0),
            likeness: likeness.unwrap_or(0),
        });
    }
    // A stable sort keeps the site's own order among equals.
    all.sort_by_key(|candidate| std::cmp::Reverse((candidate.words, candidate.likeness)));
    all.truncate(MOST);
    all
}

/// How similar two names are, from 0 to 100: twice the number of common pairs of characters per
/// pair.
fn likeness(one: &str, other: &str) -> u32 {
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    if all == 0 {
        return 0;
    }
    let mut common = 0_usize;
    for pair in &one {
        if let Some(at) = other.iter().position(|same| same == pair) {
            other.swap_remove(at);
            common += 1;
        }
    }
    u32::try_from(200 * common / all).unwrap_or(0)
}

/// How many words of a title another name has. A word counts if both begin with the same letters: “Ops” is short for “Operations”.
fn common_words(title: &str, name: &str) -> usize {
    let beginnings = |text: &str| -> Vec<String> {
        folded(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 1)
            .map(|word| word.chars().take(2).collect())
            .collect()
    };
    let name = beginnings(name);
    beginnings(title)
        .iter()
        .filter(|word| name.contains(word))
        .count()
}

/// The neighboring characters of a name's words, without marks.
fn pairs(name: &str) -> Vec<(char, char)> {
    let name = folded(name).replace('_', " ");
    name.split(|c: char| !c.is_alphanumeric())
        .flat_map(|word| word.chars().zip(word.chars().skip(1)))
        .take(200)
        .collect()
}

/// The setting's value with a name taken: a list gets it as its last entry, anything else becomes
/// it. A selector comes first: one before it may find something else.
pub(super) fn with(path: &str, now: Option<&Value>, name: &str) -> Value {
    match now {
        Some(Value::Array(list)) if path.starts_with("zendesk.selectors.") => {
            let own = list.iter().filter(|one| one.as_str() != Some(name));
            Value::Array(
                std::iter::once(Value::from(name))
                    .chain(own.cloned())
                    .collect(),
            )
        }
        Some(Value::Array(list)) => {
            let mut list = list.clone();
            list.push(Value::from(name));
            Value::Array(list)
        }
        _ => Value::from(name),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_most_similar_name_comes_first_and_each_once() {
        let found = [
            "Severity",
            "Support Operations Problem Type",
            "Severity",
            "Type",
        ];
        let all = ranked("p", &["Support Ops Problem Type".to_owned()], found);
        assert_eq!(all.len(), 3);
        assert_eq!(all[0].value, "Support Operations Problem Type");
        assert!(all[0].likeness >= LIKELY);
        assert!(all.iter().all(|one| one.likeness <= 100));
    }

    #[test]
    fn a_name_without_letters_is_like_nothing() {
        assert_eq!(likeness("", "--"), 0);
        assert_eq!(likeness("a", "a"), 0);
        assert_eq!(likeness("same name", "Same  Name"), 100);
    }
}
