//! What an author takes back: "sorry, the right ID is …", "please ignore my previous message".
//!
//! A phrase that takes back turns what stands before it, in the same text or in earlier ones. If it
//! names the piece that it takes back, as in "ignore license ID 7", only that piece is turned.

mod phrases;
mod says;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use super::normal::{is_unspaced, plain_letters};
use phrases::{
    CONDITIONS, DOUBTS, IGNORED, LABELS, NEGATIONS, NOT_IGNORED, PEOPLE, PHRASES, PROOF,
};
use phrases::{REMARKS, UNSPACED, UNSPACED_NOT};
use says::Says;

/// The longest text in which corrections are looked for, in bytes.
const TEXT_MAX: usize = 256 * 1024;

/// The most phrases of one text: nobody takes back more often.
const PHRASES_MAX: usize = 200;

/// The phrases by the letter with which their first word may begin. Every word of every comment is looked up here, and most begin
/// none.
static BY_FIRST_LETTER: LazyLock<HashMap<char, Vec<(&str, Says)>>> = LazyLock::new(|| {
    let mut out: HashMap<char, Vec<(&str, Says)>> = HashMap::new();
    for (phrase, says) in PHRASES {
        let first = phrase.split(' ').next().unwrap_or_default();
        let letters: BTreeSet<char> = first
            .split('|')
            .filter_map(|one| one.chars().next())
            .collect();
        for letter in letters {
            out.entry(letter).or_default().push((phrase, *says));
        }
    }
    out
});

/// What may be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// License IDs, codes and keys.
    Proof,
    /// Addresses of people.
    People,
}

/// What a text takes back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TakenBack {
    /// For each piece of the text, whether it is taken back.
    pub(crate) pieces: Vec<bool>,
    /// Whether what the author gave in earlier texts is taken back, too.
    pub(crate) earlier: bool,
    /// Where the words begin that say what is right instead.
    pub(crate) instead: Option<usize>,
}

/// A word with its place.
struct Word {
    start: usize,
    end: usize,
    plain: String,
    /// Its part of the sentence, by number.
    clause: usize,
    sentence: usize,
}

/// A phrase that takes something back.
struct Phrase<'t> {
    says: Says,
    /// Its first and last word, by number.
    first: usize,
    last: usize,
    /// Its first word.
    word: &'t Word,
    clause: &'t Range<usize>,
    sentence: &'t Range<usize>,
}

/// Finds out what a text in its normal form takes back. `pieces` are the places of what it gives, in order.
pub(crate) fn taken_back(text: &str, pieces: &[Range<usize>], given: Given) -> TakenBack {
    let mut out = TakenBack {
        pieces: vec![false; pieces.len()],
        ..TakenBack::default()
    };
    if text.len() > TEXT_MAX {
        return out;
    }
    if is_starred(text, given) {
        out.earlier = true;
        out.instead = text.find('*');
        return out;
    }
    let text = Text::of(text);
    for phrase in text.phrases().take(PHRASES_MAX) {
        text.apply(&phrase, pieces, given, &mut out);
    }
    for (piece, taken) in pieces.iter().zip(&mut out.pieces) {
        *taken |= is_denied(text.text, &text.words, piece);
    }
    out
}

/// Whether a whole text is "*7", as people write below a typo.
fn is_starred(text: &str, given: Given) -> bool {
    text.trim().strip_prefix('*').is_some_and(|rest| {
        !rest.contains(['*', '\n', ' '])
            && rest.contains(|c: char| c.is_alphanumeric())
            && is_about(rest, given)
    })
}

/// A text with its words, and where its sentences and their parts are.
struct Text<'t> {
    text: &'t str,
    words: Vec<Word>,
    clauses: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
}

impl<'t> Text<'t> {
    fn of(text: &'t str) -> Self {
        let words = words(text);
        let (mut clauses, mut sentences) = (Vec::new(), Vec::new());
        for word in &words {
            for (all, number) in [(&mut clauses, word.clause), (&mut sentences, word.sentence)] {
                all.resize(number + 1, word.start..word.start);
                if let Some(range) = all.get_mut(number) {
                    range.end = word.end;
                }
            }
        }
        Self {
            text,
            words,
            clauses,
            sentences,
        }
    }

    fn phrases(&self) -> impl Iterator<Item = Phrase<'_>> {
        self.words.iter().enumerate().filter_map(|(first, word)| {
            let (says, last) = phrase_at(self.text, &self.words, first)?;
            Some(Phrase {
                says,
                first,
                last,
                word,
                clause: self.clauses.get(word.clause)?,
                sentence: self.sentences.get(word.sentence)?,
            })
        })
    }

    /// Takes back what a phrase takes back.
    fn apply(
        &self,
        phrase: &Phrase<'_>,
        pieces: &[Range<usize>],
        given: Given,
        out: &mut TakenBack,
    ) {
        if self.is_open(phrase) || !self.concerns(phrase, given) {
            return;
        }
        let named = self.named_by(phrase, pieces);
        if let Some(one) = named.and_then(|named| out.pieces.get_mut(named)) {
            *one = true;
            return;
        }
        let from = if phrase.says == Says::RightHere {
            phrase.clause.start
        } else {
            phrase.word.start
        };
        out.instead = Some(out.instead.map_or(from, |known| known.max(from)));
        // "Correction: not Cy": only the one that is named is taken back.
        let denies = pieces
            .iter()
            .skip_while(|piece| piece.start < from)
            .take_while(|piece| piece.start < phrase.sentence.end)
            .any(|piece| is_denied(self.text, &self.words, piece));
        if denies {
            return;
        }
        let before = pieces.iter().take_while(|piece| piece.end <= from).count();
        out.pieces
            .iter_mut()
            .take(before)
            .for_each(|taken| *taken = true);
        out.earlier |= before == 0;
    }

    /// Whether the sentence only asks, doubts or sets a condition.
    fn is_open(&self, phrase: &Phrase<'_>) -> bool {
        let has = |list: &[&str]| {
            around(&self.words, phrase.first)
                .iter()
                .filter(|near| near.sentence == phrase.word.sentence)
                .any(|near| list.contains(&near.plain.as_str()))
        };
        has(CONDITIONS)
            || (phrase.says != Says::Ignore
                && (ends_as_question(self.text, phrase.sentence.end) || has(DOUBTS)))
    }

    /// Whether a phrase is about this kind: by its noun, otherwise by what the sentence holds.
    fn concerns(&self, phrase: &Phrase<'_>, given: Given) -> bool {
        let nouns = |list: &[&str]| {
            around(&self.words, phrase.first)
                .iter()
                .filter(|near| near.clause == phrase.word.clause)
                .any(|near| list.contains(&near.plain.as_str()))
        };
        let tail = (self.text)
            .get(phrase.word.start..phrase.sentence.end)
            .unwrap_or_default();
        let (proof, people) = (nouns(PROOF), nouns(PEOPLE));
        match given {
            _ if proof != people => (given == Given::Proof) == proof,
            Given::Proof => !is_about(tail, Given::People) || is_about(tail, Given::Proof),
            Given::People => !is_about(tail, Given::Proof) || is_about(tail, Given::People),
        }
    }

    /// The piece that a phrase names as wrong: "ignore license ID 7".
    fn named_by(&self, phrase: &Phrase<'_>, pieces: &[Range<usize>]) -> Option<usize> {
        if !matches!(phrase.says, Says::Wrong | Says::Ignore) {
            return None;
        }
        let end = self.words.get(phrase.last)?.end;
        let at = pieces
            .iter()
            .position(|piece| piece.start >= end && piece.start < phrase.clause.end)?;
        let piece = pieces.get(at)?;
        self.words
            .iter()
            .skip(phrase.last + 1)
            .take_while(|word| word.start < piece.start)
            .all(|word| LABELS.contains(&word.plain.as_str()))
            .then_some(at)
    }
}

/// The words near one: enough for a sentence.
fn around(words: &[Word], at: usize) -> &[Word] {
    const NEAR: usize = 30;
    words
        .get(at.saturating_sub(NEAR)..(at + NEAR).min(words.len()))
        .unwrap_or_default()
}

/// Whether a text holds a number as long as a license ID or code, or an address.
fn is_about(text: &str, given: Given) -> bool {
    match given {
        Given::People => text.contains('@'),
        Given::Proof => text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|run| run.len() >= 5 && run.bytes().filter(u8::is_ascii_digit).count() >= 3),
    }
}

fn ends_as_question(text: &str, end: usize) -> bool {
    text.get(end..)
        .unwrap_or_default()
        .trim_start_matches([' ', '"', ')'])
        .starts_with(['?', '？'])
}

/// The phrase that begins at a word, and its last word.
fn phrase_at(text: &str, words: &[Word], at: usize) -> Option<(Says, usize)> {
    let first = words.get(at)?;
    if first.plain.starts_with(is_unspaced) {
        return unspaced_phrase(text, first).map(|says| (says, at));
    }
    let is_alone = at
        .checked_sub(1)
        .and_then(|at| words.get(at))
        .is_none_or(|previous| previous.clause != first.clause)
        && words
            .get(at + 1)
            .is_none_or(|next| next.clause != first.clause);
    if is_alone && REMARKS.contains(&first.plain.as_str()) {
        return Some((Says::Slip, at));
    }
    let (says, length) = BY_FIRST_LETTER
        .get(&first.plain.chars().next()?)?
        .iter()
        .filter(|(phrase, _)| {
            let mut length = 0;
            let fits = phrase.split(' ').all(|part| {
                let fits = words.get(at + length).is_some_and(|word| {
                    // "Sorry, 7": a number may stand behind a comma.
                    let is_near = word.clause == first.clause
                        || (part == "#" && word.sentence == first.sentence);
                    is_near && is_word(&word.plain, part)
                });
                length += 1;
                fits
            });
            fits && length > 0
        })
        .map(|(phrase, says)| (*says, phrase.split(' ').count()))
        .max_by_key(|(_, length)| *length)?;
    let last = at + length - 1;
    if says != Says::Ignore {
        return Some((says, last));
    }
    let near = words
        .get(at.saturating_sub(6)..(at + 9).min(words.len()))?
        .iter()
        .filter(|word| word.sentence == first.sentence);
    let has = |list: &[&str]| {
        near.clone()
            .any(|word| list.iter().any(|start| is_word(&word.plain, start)))
    };
    (has(IGNORED) && !has(NOT_IGNORED)).then_some((says, last))
}

/// Whether a word is the one of a phrase; a star stands for any ending, `a|b` for one of several, `#` for a
/// number as long as an ID.
fn is_word(word: &str, part: &str) -> bool {
    if part == "#" {
        return word.len() >= 5 && word.bytes().all(|b| b.is_ascii_digit());
    }
    part.split('|').any(|one| match one.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == one,
    })
}

fn unspaced_phrase(text: &str, word: &Word) -> Option<Says> {
    let behind = text.get(word.end..).unwrap_or_default();
    let asks = behind.trim_start().starts_with(['?', '？']);
    if asks || UNSPACED_NOT.iter().any(|not| word.plain.contains(not)) {
        return None;
    }
    UNSPACED
        .iter()
        .find(|(phrase, _)| word.plain.contains(phrase))
        .map(|(_, says)| *says)
}

/// Whether the words right before or after a piece deny it: "not license ID 7 but …", "7ではなく…".
fn is_denied(text: &str, words: &[Word], piece: &Range<usize>) -> bool {
    let behind = text.get(piece.end..).unwrap_or_default();
    if [
        "ではなく",
        "じゃなく",
        "이 아니",
        "가 아니",
        "ではありません",
    ]
    .iter()
    .any(|denial| behind.trim_start().starts_with(denial))
    {
        return true;
    }
    let next = words.partition_point(|word| word.end <= piece.start);
    let own = words.get(next).map(|word| word.clause);
    for word in words.get(..next).unwrap_or_default().iter().rev().take(8) {
        if own.is_some_and(|own| own != word.clause) {
            return false;
        }
        let plain = word.plain.as_str();
        if NEGATIONS.contains(&plain) || plain.ends_with("不是") {
            return true;
        }
        if !LABELS.contains(&plain) && !plain.starts_with("lizenz") {
            return false;
        }
    }
    false
}

/// The words of a text with their clauses and sentences.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let (mut clause, mut sentence) = (0, 0);
    let mut start: Option<usize> = None;
    let mut unspaced = false;
    let mut push = |range: Range<usize>, clause: usize, sentence: usize| {
        let word = text.get(range.clone()).unwrap_or_default();
        out.push(Word {
            start: range.start,
            end: range.end,
            plain: plain_letters(
                word.get(..word.floor_char_boundary(120))
                    .unwrap_or_default(),
            ),
            clause,
            sentence,
        });
    };
    let mut previous = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = c.is_alphanumeric()
            || (matches!(c, '@' | '_') && start.is_some())
            || (matches!(c, '.' | '-' | '\'')
                && start.is_some()
                && next.is_some_and(char::is_alphanumeric)
                && !unspaced);
        if joins && start.is_some() && c.is_alphanumeric() && unspaced != is_unspaced(c) {
            if let Some(from) = start.replace(at) {
                push(from..at, clause, sentence);
            }
            unspaced = is_unspaced(c);
        } else if joins {
            if start.is_none() {
                start = Some(at);
                unspaced = is_unspaced(c);
            }
        } else {
            if let Some(from) = start.take() {
                push(from..at, clause, sentence);
            }
            let ends_line = c == '\n';
            let ends_sentence = ends_line
                || matches!(c, '。' | '！' | '？')
                || (matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace));
            if ends_sentence {
                sentence += 1;
                clause += 1;
            } else if matches!(c, ',' | ';' | '(' | ')' | '、' | '，' | '；' | '–' | '—')
                || (c == '-' && previous == ' ' && next == Some(' '))
            {
                clause += 1;
            }
        }
        previous = c;
    }
    if let Some(from) = start {
        push(from..text.len(), clause, sentence);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Given, taken_back};

    /// The pieces that are taken back, of those that begin with "A" or "B", and whether earlier ones are.
    fn back(text: &str) -> (Vec<&str>, bool) {
        let pieces: Vec<_> = text
            .match_indices(['7', '8'])
            .map(|(at, _)| at..at + 1)
            .collect();
        let out = taken_back(text, &pieces, Given::Proof);
        let taken = pieces
            .iter()
            .zip(out.pieces)
            .filter(|(_, taken)| *taken)
            .filter_map(|(piece, _)| text.get(piece.clone()))
            .collect();
        (taken, out.earlier)
    }

    #[test]
    fn what_stands_before_a_correction_is_taken_back() {
        for text in [
            "License ID 7. Sorry, the right ID is 8.",
            "License ID 7, I meant 8",
            "License ID is not 7 but 8",
            "Please use 8 instead of 7",
            "Ignore license ID 7. License ID 8",
            "I wrote 7 earlier which is wrong, 8 is the right one.",
            "ID 8. The wrong ID was 7",
        ] {
            assert_eq!(back(text), (vec!["7"], false), "{text}");
        }
    }

    #[test]
    fn without_a_piece_before_it_earlier_texts_are_taken_back() {
        for text in [
            "Sorry, wrong license.",
            "Please ignore my previous message.",
            "Bitte die vorherige Nachricht ignorieren.",
            "前のメッセージは無視してください。",
        ] {
            assert_eq!(back(text), (vec![], true), "{text}");
        }
    }

    #[test]
    fn other_regrets_take_nothing_back() {
        for text in [
            "Sorry for the late reply. ID 7",
            "ID 7. Please ignore the signature below.",
            "ID 7. Tell me if something is wrong with it.",
            "ID 7. Is this the right ID?",
            "ID 7\nIf you received this mail in error, please ignore it.",
        ] {
            assert_eq!(back(text), (vec![], false), "{text}");
        }
    }
}
