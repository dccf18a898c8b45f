//! Words and marks that replace a value, or stand beside it.

/// Words for "there is no value", in any case, with or without brackets.
pub(super) fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 21] = [
        "n/a",
        "n.a.",
        "n.a",
        "n\\a",
        "none",
        "nil",
        "null",
        "undefined",
        "empty",
        "blank",
        "not set",
        "unset",
        "not available",
        "not applicable",
        "no value",
        "loading",
        "please wait",
        "not provided",
        "missing",
        "not found",
        "tbd",
    ];
    let lower = text.to_lowercase();
    let bare = lower
        .trim()
        .trim_matches(|c: char| "()[]<>{}\"'".contains(c) || c.is_whitespace())
        .trim_end_matches(['.', '…'])
        .trim_end();
    let is_dashes = !lower.trim().is_empty()
        && lower
            .chars()
            .all(|c| c.is_whitespace() || "-‐‑‒–—―−_".contains(c));
    lower.trim().is_empty() || is_dashes || WORDS.contains(&bare) || WORDS.contains(&lower.trim())
}

/// Whether the site masks a part of a text.
pub(super) fn is_masked(text: &str) -> bool {
    text.contains(['*', '•', '●', '∙', '·', '█', '▪'])
}

/// Whether only a part of a text is shown.
pub(super) fn is_cut(text: &str) -> bool {
    text.contains('…') || text.contains("...") || text.contains('⋯')
}

/// Whether a text contains an ellipsis, even a short one.
pub(super) fn has_dots(text: &str) -> bool {
    is_cut(text) || text.contains("..")
}

/// Whether a link's text leads to more of the value beside it.
pub(super) fn is_action(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "edit",
        "view",
        "show",
        "open",
        "copy",
        "details",
        "more",
        "zuora",
        "salesforce",
        "history",
        "link",
        "copied!",
        "copy to clipboard",
    ];
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '!');
    WORDS.contains(&lower)
        || ["view in ", "open in ", "show in ", "see in "]
            .iter()
            .any(|start| lower.starts_with(start))
}

/// What says, before a value, that this is not the present one.
const FORMER_WORDS: [&str; 15] = [
    "formerly",
    "former",
    "previous",
    "previously",
    "was",
    "old",
    "ex",
    "until",
    "merged",
    "replaced",
    "superseded",
    "replaces",
    "migrated",
    "removed",
    "parent",
];

/// Words right before a value that tie something else to it: "renewed as A-S00012345", "merged into 001…".
const RELATIONS: [&str; 8] = ["from", "of", "by", "into", "for", "with", "via", "as"];

/// Whether a word before a value can say that this is not the present one, or not this record's.
pub(crate) fn disowns(word: &str) -> bool {
    FORMER_WORDS.contains(&word) || RELATIONS.contains(&word)
}

/// Whether a text says before a value that this is not the present one, or not this record's: "formerly A-S00012345".
pub(super) fn is_former(text: &str, value: &str) -> bool {
    let before = text
        .split_once(value)
        .map_or("", |(before, _)| before)
        .to_lowercase();
    let words = || {
        before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    words().any(|word| FORMER_WORDS.contains(&word))
        || words()
            .next_back()
            .is_some_and(|word| RELATIONS.contains(&word))
}
