//! What a sentence asks for the addresses in it.

use crate::record::ticket::Wish;

/// What a line of the author's is made of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Verb(Wish),
    /// Not to be added: "except", "in place of", "do not add".
    Refusal,
    /// A comma, an "and", a parenthesis.
    Boundary,
    /// A word that says whose or what an address is.
    Marker,
    /// A word that negates.
    Not,
    /// A word of a sentence, which no list has.
    Prose,
    Word,
    Address(usize),
}

/// What the words of a sentence mean together.
#[derive(Default)]
pub(super) struct Sentence {
    pub(super) words: usize,
    /// It begins as a question that asks for no change.
    pub(super) questions: bool,
    /// It asks whether something can be done.
    pub(super) possible: bool,
    /// A verb of [`GRANT`].
    pub(super) grants: bool,
    /// A word of [`PURPOSE`].
    pub(super) purpose: bool,
    /// The second half that a verb of [`SEPARABLE`] waits for.
    pub(super) second_half: Option<&'static str>,
    /// The last word is one of [`RIGHT_BEFORE`].
    pub(super) right_before: bool,
    /// It names an address.
    pub(super) addressed: bool,
}

/// The part of a sentence around an item.
pub(super) fn clause(items: &[Item], at: usize) -> &[Item] {
    let start = items
        .iter()
        .take(at)
        .rposition(|item| *item == Item::Boundary)
        .map_or(0, |i| i + 1);
    let end = items
        .iter()
        .skip(at)
        .position(|item| *item == Item::Boundary)
        .map_or(items.len(), |i| at + i);
    items.get(start..end).unwrap_or_default()
}

/// What a sentence with verbs asks for the address at `at`, and whether it says that the address is not to be added.
pub(super) fn in_sentence(items: &[Item], at: usize) -> (Wish, bool) {
    let verb = |item: &Item| match item {
        Item::Verb(wish) => Some((*wish, false)),
        Item::Refusal => Some((Wish::Mention, true)),
        _ => None,
    };
    const MENTION: (Wish, bool) = (Wish::Mention, false);
    let own = clause(items, at);
    let start = items
        .iter()
        .take(at)
        .rposition(|item| *item == Item::Boundary)
        .map_or(0, |i| i + 1);
    let before = own.iter().take(at - start).rev().find_map(verb);
    let after = own.iter().skip(at - start).find_map(verb);
    if let Some(found) = before.or(after) {
        // Both at once: whoever is to be removed is not to be added.
        let removes = own.contains(&Item::Verb(Wish::Remove))
            && before.is_none()
            && after == Some((Wish::Add, false));
        return if removes { MENTION } else { found };
    }
    // "…, but not her"
    if own
        .iter()
        .any(|item| matches!(item, Item::Marker | Item::Not))
    {
        return MENTION;
    }
    items
        .iter()
        .take(at)
        .rev()
        .find_map(verb)
        .or_else(|| items.iter().skip(at).find_map(verb))
        .unwrap_or(MENTION)
}
