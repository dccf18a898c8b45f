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
    /// The same, if it says nothing about the address beside it: "to our organization".
    Neutral,
    /// An unknown word that is not a name: it may say something about the address beside it.
    Lower,
    /// "either", "or".
    Or,
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
    /// After how many words somebody needs something.
    pub(super) needed_at: usize,
    /// It thanks for something.
    pub(super) thanks: bool,
    /// A word of [`super::words::WANT`].
    pub(super) wants: bool,
    /// An auxiliary of what was done.
    pub(super) perfect: bool,
    /// The second half that a verb of [`SEPARABLE`] waits for.
    pub(super) second_half: Option<&'static str>,
    /// The last word is one of [`RIGHT_BEFORE`].
    pub(super) right_before: bool,
    /// It tells what somebody else asks for.
    pub(super) reported: bool,
    /// It names the other only as somebody.
    pub(super) by_somebody: bool,
    /// How many addresses it names so far.
    pub(super) named: usize,
    /// It does so in quotation marks, which are open.
    pub(super) quoted: bool,
    /// It puts its request off, or makes it depend on something.
    pub(super) put_off: bool,
    /// It has the word "only".
    pub(super) only: bool,
    /// It names an address.
    pub(super) addressed: bool,
    /// It is a row of a table, and names nobody.
    pub(super) cells: bool,
    /// What the last verb that asks to add is about, by the words since.
    pub(super) object: Object,
    /// After how many words it names a place that somebody may be added to.
    pub(super) leads_at: usize,
}

/// What is added: "add Bo", "add a comment for Bo".
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Object {
    /// Nothing is, or nothing says what.
    #[default]
    Open,
    /// A verb asks to add.
    Wanted,
    /// A thing is added, perhaps for somebody.
    Thing,
}

impl Sentence {
    /// Whether a verb that asks to add says in this sentence what was done: "was added", "thank you for adding".
    pub(super) fn is_done(&self, verb: &str, previous: &str, behind_address: bool) -> bool {
        let ends = |list: &[&str]| list.iter().any(|end| verb.ends_with(end));
        if verb.ends_with("ing") {
            return self.words == 1 || (self.thanks && previous == "for");
        }
        if self.thanks && matches!(previous, "por" | "per") {
            return true;
        }
        if matches!(
            verb,
            "added" | "included" | "invited" | "associated" | "onboarded"
        ) {
            let passive = matches!(previous, "be" | "get");
            let wanted = behind_address && (self.wants || previous == "have");
            return !(passive || wanted);
        }
        if matches!(
            verb,
            "hinzugefugt"
                | "aufgenommen"
                | "erganzt"
                | "eingetragen"
                | "toegevoegd"
                | "ajoute"
                | "ajoutes"
                | "ajoutee"
                | "ajoutees"
        ) {
            return self.perfect || (self.thanks && verb.ends_with('t'));
        }
        // "avez ajouté", "han agregado", "avete aggiunto"
        let auxiliary = matches!(
            previous,
            "avoir"
                | "avez"
                | "ai"
                | "j'ai"
                | "avons"
                | "ont"
                | "haber"
                | "han"
                | "he"
                | "ha"
                | "hemos"
                | "ter"
                | "foi"
                | "aver"
                | "avete"
                | "avere"
                | "ho"
                | "abbiamo"
                | "stato"
                | "stata"
        );
        let russian = verb.starts_with(|c| matches!(c, 'а'..='я'));
        auxiliary
            || (!russian && verb.len() > 7 && ends(&["aron", "ieron", "aram"]))
            || (russian
                && !self.wants
                && previous != "быть"
                && ends(&["или", "ил", "ила", "лен", "лена", "лены"]))
    }
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
    let is_address = |item: &Item| matches!(item, Item::Address(_));
    // "either Bo or Cy": it is unknown which of them is meant.
    if let Some(or) = items.iter().rposition(|item| *item == Item::Or)
        && items.iter().skip(or).any(is_address)
        && items.iter().filter(|item| is_address(item)).count() > 1
    {
        return MENTION;
    }
    let own = clause(items, at);
    let start = items
        .iter()
        .take(at)
        .rposition(|item| *item == Item::Boundary)
        .map_or(0, |i| i + 1);
    let (left, right) = own.split_at_checked(at - start).unwrap_or((own, &[]));
    let right = right.get(1..).unwrap_or_default();
    let tells = |items: &[Item]| {
        items.iter().any(|item| {
            matches!(
                item,
                Item::Prose | Item::Neutral | Item::Lower | Item::Marker | Item::Not
            )
        })
    };
    if let Some(found) = left.iter().rev().find_map(verb) {
        // "add Bo as deputy of Cy": Cy is only named.
        let behind = left.iter().rposition(is_address);
        let verb_at = left.iter().rposition(|item| verb(item).is_some());
        let other = behind
            .filter(|other| verb_at.is_some_and(|verb_at| verb_at < *other))
            .and_then(|other| left.get(other + 1..));
        return if other.is_some_and(tells) {
            MENTION
        } else {
            found
        };
    }
    if let Some(verb_at) = right.iter().position(|item| verb(item).is_some())
        && let Some(found) = right.get(verb_at).and_then(verb)
    {
        let (between, behind) = right.split_at_checked(verb_at).unwrap_or((right, &[]));
        // "by Cy", "as deputy of Cy"
        if left.last() == Some(&Item::Marker) {
            return MENTION;
        }
        // "While Cy is away, Bo asks to add Dee": only Dee is the verb's object.
        let is_object = |at: usize| {
            between.get(at).is_some_and(is_address)
                && at.checked_sub(1).and_then(|at| between.get(at)) != Some(&Item::Marker)
        };
        let other = (0..between.len()).any(is_object) && tells(between);
        let names_another = behind.iter().any(is_address);
        // Both at once: whoever is to be removed is not to be added.
        let removes = own.contains(&Item::Verb(Wish::Remove));
        return if found == (Wish::Add, false) && (other || names_another || removes) {
            MENTION
        } else {
            found
        };
    }
    // "…, but not her", "…, she follows next month"
    if own
        .iter()
        .any(|item| matches!(item, Item::Marker | Item::Not | Item::Prose | Item::Lower))
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
