//! Invents a word for a word, the same one each time within one page.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::calendar::{is_year, name_of_month};
use super::words::Known;

/// Shortest word of a page that no invention may contain, in characters.
pub(super) const WORD_MIN: usize = 4;
/// Longest such word that is looked for within inventions.
const WORD_MAX: usize = 24;
/// How many digits the largest whole number of JavaScript has. A longer or larger one is no number.
const NUMBER_MAX: usize = 16;

/// Invents words for one page or answer.
pub(super) struct Inventor<'k> {
    seed: u64,
    /// What is no value.
    pub known: &'k Known,
    /// The page's own words, in lower case: no invention contains one.
    words: HashSet<String>,
    /// The characters invented so far.
    chosen: RefCell<Chosen>,
    /// By how many months and years dates are moved.
    pub(super) months: u64,
    pub(super) years: u64,
}

/// Which character follows which beginning of a word. Different characters after the same beginning
/// become different ones, so different words do, too.
#[derive(Default)]
struct Chosen {
    by: HashMap<(u64, char), char>,
    used: HashSet<(u64, char)>,
}

impl<'k> Inventor<'k> {
    /// For one page. Without the page, nobody can compute the seed.
    pub fn of(page: &str, known: &'k Known) -> Self {
        let mut hasher = DefaultHasher::new();
        page.hash(&mut hasher);
        Self {
            seed: hasher.finish(),
            known,
            words: HashSet::new(),
            chosen: RefCell::default(),
            months: 1,
            years: 11,
        }
    }

    /// Takes the words of a text as words of the page.
    pub fn learn(&mut self, text: &str) {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().take(WORD_MIN).count() == WORD_MIN);
        for word in words {
            let word = word.to_lowercase();
            if !self.known.is_part(&word) {
                self.words.insert(word);
            }
        }
    }

    /// Whether a word is one of the page's.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether a word of the page is within a text in lower case.
    pub fn is_in(&self, text: &str) -> bool {
        self.words.iter().any(|word| text.contains(word.as_str()))
    }

    /// Chooses how dates are moved once all words are known: to years and months that the page does
    /// not have, if there are any.
    pub fn settle(&mut self) {
        let years: Vec<u64> = self
            .words
            .iter()
            .filter(|word| is_year(word))
            .filter_map(|word| word.parse().ok())
            .collect();
        let begin = self.number("year", 20);
        self.years = (0..20)
            .map(|n| 11 + (begin + n) % 20)
            .find(|by| years.iter().all(|year| !years.contains(&(year - by))))
            .unwrap_or(37);
        let months: Vec<u64> = (0..12)
            .filter(|at| self.words.contains(name_of_month(*at)))
            .collect();
        let begin = self.number("month", 11);
        let met = |by: &u64| {
            months
                .iter()
                .filter(|at| months.contains(&((*at + by) % 12)))
                .count()
        };
        self.months = (0..11)
            .map(|n| 1 + (begin + n) % 11)
            .min_by_key(met)
            .unwrap_or(1);
    }

    /// A number below `below` for a key.
    pub fn number(&self, key: &str, below: u64) -> u64 {
        let hash = key
            .chars()
            .fold(self.seed, |hash, c| mixed(hash ^ u64::from(u32::from(c))));
        hash.checked_rem(below).unwrap_or(0)
    }

    /// Another word of the same form. Words that begin alike become words that begin alike.
    pub fn word(&self, word: &str) -> String {
        let mut out = String::with_capacity(word.len());
        let mut lower = String::with_capacity(word.len());
        let mut hash = self.seed;
        let mut only_zeros = true;
        let is_large = word.len() >= NUMBER_MAX && word.bytes().all(|b| b.is_ascii_digit());
        for (at, c) in word.chars().enumerate() {
            let own = c.to_lowercase().next().unwrap_or(c);
            only_zeros &= c == '0';
            let small = if only_zeros && at + 1 < WORD_MIN {
                '0'
            } else if at == 0 && is_large && own == '9' {
                // Too large for a number, as before.
                '9'
            } else {
                self.character(hash, own, at == 0, is_large, &mut lower)
            };
            hash = mixed(hash ^ u64::from(u32::from(own)));
            lower.push(small);
            let mut upper = small.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) if c.is_uppercase() => out.push(upper),
                _ => out.push(small),
            }
        }
        out
    }

    /// The character that follows `before`, the invention so far.
    fn character(
        &self,
        hash: u64,
        own: char,
        is_first: bool,
        is_large: bool,
        before: &mut String,
    ) -> char {
        let mut chosen = self.chosen.borrow_mut();
        if let Some(known) = chosen.by.get(&(hash, own)) {
            return *known;
        }
        let like = like(own, is_first, is_large);
        let at = like.iter().position(|c| *c == own).unwrap_or(0);
        let others = like.len().saturating_sub(1);
        let turn = usize::try_from(mixed(hash) & 0xFFFF).unwrap_or(0);
        let candidates: Vec<char> = (0..others)
            .filter_map(|n| {
                let by = 1 + (turn + n).checked_rem(others)?;
                like.get((at + by).checked_rem(like.len())?).copied()
            })
            .filter(|c| *c != own)
            .collect();
        let mut free = candidates
            .iter()
            .filter(|c| !chosen.used.contains(&(hash, **c)));
        let is_clean = |c: &&char| {
            before.push(**c);
            let ends = self.ends_in_word(before);
            before.pop();
            !ends
        };
        let found = free
            .find(is_clean)
            .or_else(|| candidates.first())
            .copied()
            .unwrap_or('x');
        chosen.by.insert((hash, own), found);
        chosen.used.insert((hash, found));
        found
    }

    fn ends_in_word(&self, lower: &str) -> bool {
        lower
            .char_indices()
            .rev()
            .take(WORD_MAX)
            .skip(WORD_MIN - 1)
            .any(|(at, _)| lower.get(at..).is_some_and(|end| self.words.contains(end)))
    }
}

/// splitmix64's last steps.
fn mixed(hash: u64) -> u64 {
    let hash = hash.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

/// The characters that a small one may become, and itself.
fn like(own: char, is_first: bool, is_large: bool) -> Vec<char> {
    match own {
        '0'..='9' if is_first && is_large => ('1'..='8').collect(),
        '0'..='9' if is_first => ('1'..='9').collect(),
        '0'..='9' => ('0'..='9').collect(),
        'a'..='z' => ('a'..='z').collect(),
        _ => {
            let block = u32::from(own) & !0x1F;
            let same = |c: &char| {
                c.is_alphabetic() == own.is_alphabetic()
                    && c.is_numeric() == own.is_numeric()
                    && !c.is_uppercase()
                    && c.is_lowercase() == own.is_lowercase()
            };
            (block..block + 32)
                .filter_map(char::from_u32)
                .filter(same)
                .collect()
        }
    }
}
