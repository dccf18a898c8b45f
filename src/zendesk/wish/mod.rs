//! What the author of a text asks for each address: to add it, to remove it, or nothing.
//!
//! A sentence's verbs decide, the nearest one first; a list inherits them from the sentence above
//! it. If nothing says that an address is to be added, it is only mentioned.

mod sentence;
mod unspaced;
mod words;

use crate::record::ticket::Wish;
use crate::text::normal::{is_unspaced, plain_letters};
use sentence::{Item, Object, Sentence, clause, in_sentence};
use words::{
    ADD, ADVICE, AND, ASKERS, AUTHOR, BEFORE, COPY, DESTINATIONS, EITHER, FIRST_PERSON, FOR_WHOM,
    GRANT, GREETINGS, IN_PLACE, INSTEAD, INTO, KEEP, MARKERS, NEED, NEUTRAL, NOT, OF_NOUNS,
    OWN_LABELS, PASSIVE, PERFECT, POSSIBLE, PROSE, PURPOSE, PUTS_OFF, QUESTIONS, REPORTS,
    REPORTS_AFTER, REPORTS_ALWAYS, REQUEST_LABELS, REQUESTS, RIGHT_BEFORE, SEPARABLE, SOMEBODY,
    SUPERIORS, TEAM, THANKS, TURNS, UNABLE, WANT, WHILE, is_beside_an_address, is_no_request,
    is_remove,
};

/// How many words before one are looked at for who speaks.
const RECENT: usize = 4;

/// How far back the items of a clause are examined.
const CLAUSE_MAX: usize = 200;

/// How often a sentence or list may name addresses to be judged: each is judged by all its words.
const ADDRESSES_MAX: usize = 100;

/// Decides for the addresses of a text, in the order of its lines.
pub(super) struct Wishes {
    items: Vec<Item>,
    /// The wish that a list below inherits.
    context: Option<Wish>,
    /// Whether a form may follow: the sentence above ended with a colon, and nothing about a
    /// license came after it.
    form: bool,
    /// The label before the sentence's first address is one of [`OWN_LABELS`].
    labeled: bool,
    decided: Vec<(usize, Wish)>,
    /// The addresses that the author says are not to be added, wherever else they are named.
    refused: Vec<usize>,
    /// The addresses that nothing above decides.
    open: Vec<usize>,
    /// The last word, and the one before it.
    previous: String,
    before_previous: String,
    /// The last words of the sentence.
    recent: Vec<String>,
    asks: bool,
    removes: bool,
    replaces: bool,
    words_since_not: usize,
    /// The negation reaches only to the next comma.
    not_ends: bool,
    sentence: Sentence,
    /// Whether the sentence of the context named the people it is about.
    complete: bool,
    /// Whether an empty line followed.
    apart: bool,
    /// Whether a line without an address followed after that.
    block: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            context: None,
            form: false,
            labeled: false,
            decided: Vec::new(),
            refused: Vec::new(),
            open: Vec::new(),
            previous: String::new(),
            before_previous: String::new(),
            recent: Vec::new(),
            asks: false,
            removes: false,
            replaces: false,
            words_since_not: usize::MAX,
            not_ends: false,
            sentence: Sentence::default(),
            complete: false,
            apart: false,
            block: false,
        }
    }
}

impl Wishes {
    /// Takes a line with the places of the addresses in it: their bytes and their numbers.
    pub(super) fn line(&mut self, line: &str, addresses: &[(std::ops::Range<usize>, usize)]) {
        if line.trim().is_empty() {
            self.end(false);
            self.apart = true;
            self.block = false;
            return;
        }
        let mut at = 0;
        for (range, number) in addresses {
            let before = line.get(at..range.start).unwrap_or_default();
            // "Bo (bo@acme.example)": the parentheses part nothing from the name.
            let bare = before.strip_suffix(['(', '（']);
            let behind = line.get(range.end..).unwrap_or_default();
            let alone = bare.filter(|_| behind.starts_with([')', '）']));
            let before = alone.unwrap_or(before);
            self.words(before);
            if at == 0 {
                self.labeled = is_own_label(before);
            }
            if is_request_label(before) {
                self.verb(Wish::Add);
            }
            if is_greeting(before) {
                self.items.push(Item::Marker);
            }
            // "add a comment for Bo"
            if self.sentence.object == Object::Thing && FOR_WHOM.contains(&self.previous.as_str()) {
                self.verb(Wish::Mention);
            }
            // "… as jo@acme.example is away": a reason.
            if before.trim_end().to_ascii_lowercase().ends_with(" as") {
                self.items.extend([Item::Boundary, Item::Marker]);
            }
            if std::mem::take(&mut self.sentence.right_before) && self.words_since_not > 4 {
                self.verb(Wish::Add);
            }
            // "…, not bo@acme.example"
            if self.words_since_not == 0 && !self.not_ends {
                self.refused.push(*number);
            }
            self.items.push(Item::Address(*number));
            self.sentence.addressed = true;
            self.sentence.named += 1;
            self.sentence.object = Object::Open;
            // "Instead of adding Bo, add Cy"
            if self.not_ends {
                self.words_since_not = usize::MAX;
            }
            let closing = behind.chars().next().filter(|_| alone.is_some());
            at = range.end + closing.map_or(0, char::len_utf8);
        }
        self.words(line.get(at..).unwrap_or_default());
        let cells = addresses.is_empty() && line.contains(['\t', '|']);
        self.sentence.cells |= cells;
        let colon = line.trim_end().ends_with(':');
        // A sentence may continue on the next line if this one names nobody.
        let goes_on = addresses.is_empty()
            && !colon
            && !cells
            && line.trim_end().ends_with(char::is_alphanumeric);
        if !goes_on {
            self.end(colon);
        }
    }

    /// Takes a line that a list marks as one of those to remove.
    pub(super) fn removes(&mut self, addresses: &[(std::ops::Range<usize>, usize)]) {
        self.end(false);
        for (_, number) in addresses {
            self.decided.push((*number, Wish::Remove));
        }
    }

    /// Takes words that an empty check box governs: what is listed below them is not chosen either.
    pub(super) fn not_chosen(&mut self, words: &str) {
        self.end(false);
        if words.trim_end().ends_with(':') {
            self.context = Some(Wish::Mention);
            self.form = false;
            self.complete = false;
        }
    }

    /// What was decided: the addresses' numbers, each as often as it was named, and the numbers of those who are not to be added.
    pub(super) fn finish(mut self) -> (Vec<(usize, Wish)>, Vec<usize>) {
        self.end(false);
        let wish = match (self.asks, self.removes) {
            (_, false) => Wish::Add,
            (false, true) => Wish::Remove,
            (true, true) => Wish::Mention,
        };
        self.decided
            .extend(self.open.into_iter().map(|number| (number, wish)));
        (self.decided, self.refused)
    }

    fn words(&mut self, text: &str) {
        let mut word = String::new();
        let mut rest = text.chars().peekable();
        let mut unspaced = false;
        let mut after_space = true;
        while let Some(c) = rest.next() {
            // The name of a setting or a field is one word: "add_ons".
            let in_name = c == '_' && rest.peek().is_some_and(|next| next.is_alphanumeric());
            let joins = c.is_alphanumeric() || ((c == '\'' || in_name) && !word.is_empty());
            if joins && (word.is_empty() || unspaced == is_unspaced(c)) && word.len() < 200 {
                unspaced = is_unspaced(c);
                word.push(c);
                after_space = false;
                continue;
            }
            // The "e" of "e-mail" is no word, and an "add-on" asks for nothing.
            let is_add_on = word.eq_ignore_ascii_case("add")
                && rest
                    .clone()
                    .take(2)
                    .collect::<String>()
                    .eq_ignore_ascii_case("on");
            if c == '-' && (word.eq_ignore_ascii_case("e") || is_add_on) {
                word.clear();
            }
            if matches!(c, '"' | '«' | '»' | '“' | '”') && self.sentence.reported {
                self.sentence.quoted = !self.sentence.quoted;
            }
            self.word(&std::mem::take(&mut word), unspaced);
            if joins {
                unspaced = is_unspaced(c);
                word.push(c);
                after_space = false;
                continue;
            }
            match c {
                // "No, please add …" turns nothing, "do not, in any case, add …" does.
                ',' if self.not_ends => self.words_since_not = usize::MAX,
                ';' => self.words_since_not = usize::MAX,
                _ => {}
            }
            // "bo@… → cy@…": it is unknown which of them is meant.
            let arrow =
                matches!(c, '→' | '⇒') || (matches!(c, '-' | '=') && rest.peek() == Some(&'>'));
            if arrow && self.sentence.addressed {
                self.items.push(Item::Marker);
            }
            let is_dash = c == '-' && after_space && rest.peek() == Some(&' ');
            after_space = c.is_whitespace();
            match c {
                '-' if is_dash => self.items.push(Item::Boundary),
                '?' | '？' if self.sentence.questions && !self.sentence.possible => {
                    self.only_asks();
                    self.end(false);
                }
                '.' | '!' | '?' if rest.peek().is_none_or(|next| next.is_whitespace()) => {
                    self.end(false)
                }
                '。' | '！' | '？' => self.end(false),
                ',' | ';' | '、' | '，' | '；' | '(' | ')' | '（' | '）' | '/' | '&' | '–'
                | '—' => self.items.push(Item::Boundary),
                _ => {}
            }
        }
        self.word(&word, unspaced);
    }

    fn word(&mut self, word: &str, unspaced: bool) {
        if word.is_empty() {
            return;
        }
        if word.contains('_') {
            self.name_of_field(word);
            return;
        }
        self.words_since_not = self.words_since_not.saturating_add(1);
        if unspaced {
            self.unspaced(word);
            return;
        }
        let lower = plain_letters(word);
        let lower = lower.trim_matches('\'');
        let previous = std::mem::replace(&mut self.previous, lower.to_owned());
        let before_previous = std::mem::replace(&mut self.before_previous, previous.clone());
        let begins = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
        let stem = lower.split('\'').next_back().unwrap_or(lower);
        let begins_or_stem =
            |list: &[&str]| begins(list) || list.iter().any(|start| stem.starts_with(start));
        if NOT.contains(&lower) || lower.ends_with("n't") || lower.starts_with("n'") {
            self.words_since_not = 0;
            self.not_ends = OF_NOUNS.contains(&lower);
            self.items.push(Item::Not);
            // "n'ajoutez pas", "ajoutez pas"
            if lower == "pas" {
                self.turn_last_verb();
            }
        }
        // "Instead of adding Bo, …"
        if UNABLE.contains(&lower) || (lower == "instead" && self.sentence.words == 0) {
            self.words_since_not = 0;
            self.not_ends = true;
        }
        let negated = self.words_since_not <= 4;
        self.of_sentence(lower, &previous, negated);
        if self.is_copied(lower, &previous, &before_previous) {
            self.only_mentions();
        }
        if lower == "replaces" && self.sentence.addressed {
            // "Bo replaces Cy": the one before it comes, the one behind it goes.
            self.verb(Wish::Add);
            self.items.push(Item::Boundary);
        }
        if word == "I" {
            self.items.push(Item::Marker);
        } else if matches!(word, "è" | "È") {
            self.items.push(Item::Prose);
        } else if EITHER.contains(&lower) {
            self.items.push(Item::Or);
        } else if KEEP.iter().any(|start| lower.starts_with(start)) {
            self.verb(Wish::Mention);
        } else if AND.contains(&lower) {
            self.items.push(Item::Boundary);
            if TURNS.contains(&lower) {
                self.words_since_not = usize::MAX;
            }
        } else if INSTEAD.contains(&lower) || IN_PLACE.contains(&(previous.as_str(), lower)) {
            self.items.push(Item::Refusal);
        } else if self.replaces
            && matches!(
                lower,
                "with" | "for" | "durch" | "par" | "por" | "con" | "на" | "door"
            )
        {
            self.replaces = false;
            self.verb(Wish::Add);
        } else if is_remove(lower) || (stem != lower && is_remove(stem)) {
            self.replaces = [
                "replac",
                "ersetz",
                "remplac",
                "reemplaz",
                "sustitu",
                "substitu",
                "sostitu",
                "замен",
                "vervang",
                "swap",
            ]
            .iter()
            .any(|start| lower.starts_with(start));
            self.verb(if negated { Wish::Mention } else { Wish::Remove });
        } else if (begins_or_stem(ADD)
            && (!is_no_request(lower) || (lower == "associated" && previous == "be"))
            && !(lower.ends_with("ing") && WHILE.contains(&previous.as_str())))
            || matches!(lower, "alta" | "register")
        {
            // "Eve needs to add …" is not about adding Eve.
            if previous == "to" && self.sentence.addressed && lower != "toe" {
                self.items.push(Item::Boundary);
            }
            let last_is_address = matches!(self.items.last(), Some(Item::Address(_)));
            match negated {
                false if self.sentence.is_done(lower, &previous, last_is_address) => {
                    self.verb(Wish::Mention)
                }
                // "already added" refuses nobody.
                true if !self.not_ends => self.items.push(Item::Refusal),
                true => self.verb(Wish::Mention),
                false => self.verb(Wish::Add),
            }
        } else if self.sentence.second_half.is_some()
            && SEPARABLE.iter().any(|(stem, _)| lower.starts_with(stem))
        {
            self.items.push(Item::Neutral);
        } else if MARKERS.iter().any(|marker| {
            if marker.len() > 4 {
                lower.starts_with(marker)
            } else {
                lower == *marker
            }
        }) || BEFORE.contains(&lower)
            || lower.starts_with("cc'")
            || (lower == "like" && self.sentence.words <= 2)
        {
            self.items.push(Item::Marker);
        } else if NEUTRAL.contains(&lower) {
            self.items.push(Item::Neutral);
        } else if PROSE.contains(&lower) {
            self.items.push(Item::Prose);
        } else if (word.starts_with(char::is_lowercase) && !is_beside_an_address(lower))
            || (self.sentence.words == 1 && lower.ends_with("ing"))
        {
            self.items.push(Item::Lower);
        } else {
            self.items.push(Item::Word);
        }
        self.sentence.object = match (self.sentence.object, self.items.last()) {
            (_, Some(Item::Verb(Wish::Add))) => Object::Wanted,
            (_, Some(Item::Verb(_) | Item::Boundary)) => Object::Open,
            // "agreguen por favor a Bo": a word that asks is not what is added.
            (Object::Wanted, Some(Item::Lower))
                if !begins(PURPOSE) && !REQUESTS.contains(&lower) =>
            {
                Object::Thing
            }
            (Object::Wanted, Some(Item::Marker)) if lower.len() > 4 => Object::Thing,
            (object, _) => object,
        };
        if [
            "licens",
            "licenc",
            "lizenz",
            "subscription",
            "plan",
            "expir",
        ]
        .iter()
        .any(|start| lower.starts_with(start))
        {
            self.form = false;
        }
    }

    /// Takes the name of a setting or a field. It asks for nothing: "add_ons". Otherwise its words count, as in "first_name".
    fn name_of_field(&mut self, name: &str) {
        let asks = |part: &str| {
            let part = plain_letters(part);
            ADD.iter().any(|start| part.starts_with(start)) || is_remove(&part)
        };
        if name.split('_').any(asks) {
            self.items.push(Item::Lower);
        } else {
            name.split('_').for_each(|part| self.word(part, false));
        }
    }

    /// Takes a word for what the sentence says as a whole.
    fn of_sentence(&mut self, lower: &str, previous: &str, negated: bool) {
        let begins = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
        let sentence = &mut self.sentence;
        if sentence.words == 0 {
            sentence.questions = QUESTIONS.contains(&lower);
        }
        // "Добавлен ли …?"
        sentence.questions |=
            lower == "ли" || (ADVICE.contains(&previous) && ASKERS.contains(&lower));
        sentence.words += 1;
        sentence.thanks |= begins(THANKS);
        sentence.wants |= WANT.contains(&lower);
        sentence.perfect |= lower
            .split('\'')
            .next_back()
            .is_some_and(|stem| PERFECT.contains(&stem));
        sentence.possible |= POSSIBLE.contains(&lower);
        if INTO.contains(&lower) {
            sentence.leads_at = sentence.words;
        }
        if NEED.contains(&lower) {
            sentence.needed_at = sentence.words;
        }
        let needs = sentence.needed_at > 0
            && sentence.words - sentence.needed_at <= 2
            && begins(&["access", "acces", "zugang", "zugriff", "acesso", "доступ"]);
        sentence.grants |= (begins(GRANT) || needs) && !negated;
        sentence.purpose |= begins(PURPOSE);
        sentence.right_before = RIGHT_BEFORE.contains(&lower);
        self.of_reports(lower, previous);
        let sentence = &mut self.sentence;
        if let Some((_, half)) = SEPARABLE
            .iter()
            .find(|(stem, _)| lower.starts_with(stem) && !negated)
        {
            sentence.second_half = Some(half);
        } else if sentence.second_half == Some(lower) && sentence.addressed {
            sentence.second_half = None;
            self.verb(Wish::Add);
        } else if lower == "mit" {
            // "Nehmen Sie mit Bo Kontakt auf" asks for a call.
            sentence.second_half = None;
        }
    }

    /// Takes a word for whether the sentence tells what another person asks for.
    fn of_reports(&mut self, lower: &str, previous: &str) {
        let recent = std::mem::take(&mut self.recent);
        let any = |list: &[&str]| recent.iter().any(|word| list.contains(&word.as_str()));
        let reports = REPORTS_ALWAYS.contains(&lower)
            || REPORTS.contains(&lower) && (!any(FIRST_PERSON) || any(PASSIVE));
        let after = REPORTS_AFTER
            .iter()
            .any(|(word, before)| *word == lower && before.contains(&previous))
            && !any(ASKERS);
        let request_of = lower.starts_with("request") && previous.ends_with("'s");
        let sentence = &mut self.sentence;
        // "Eve (eve@acme.example) asked …", "my manager asked …": the author passes it on.
        let is_named = (sentence.addressed || any(SUPERIORS)) && !any(SOMEBODY);
        let to_team = TEAM.contains(&lower) && REPORTS.contains(&previous) && !any(FIRST_PERSON);
        sentence.by_somebody |= SOMEBODY.contains(&lower);
        // "Hiermit möchten wir Sie bitten": the speaker comes behind the verb.
        let to_author = (AUTHOR.contains(&lower) && REPORTS.contains(&previous))
            || (ASKERS.contains(&lower) && previous.starts_with("mocht"));
        if ((reports || after || request_of) && !is_named) || to_team {
            sentence.reported = true;
        } else if to_author && !sentence.by_somebody && !sentence.quoted {
            // "My manager asked me to add Bo": the author passes it on.
            sentence.reported = false;
        } else if REQUESTS.contains(&lower) && !sentence.quoted {
            sentence.reported = false;
        }
        sentence.only |= lower == "only";
        let depends = sentence.only && lower == "if" && sentence.addressed;
        sentence.put_off |= depends
            || (sentence.named == 1
                && (PUTS_OFF.contains(&lower) || (lower == "now" && previous == "not")));
        self.recent = recent;
        if self.recent.len() >= RECENT {
            self.recent.remove(0);
        }
        self.recent.push(lower.to_owned());
    }

    /// Whether somebody is to be put into copy, or to take part in the conversation: "add Eve to this ticket".
    fn is_copied(&self, lower: &str, previous: &str, before_previous: &str) -> bool {
        let leads = |word: &str| {
            matches!(
                word,
                "to" | "in" | "into" | "on" | "en" | "em" | "a" | "auf" | "als" | "w" | "do" | "в"
            )
        };
        let is = |word: &str| matches!(word, "is" | "are" | "am" | "ist" | "est");
        let article = matches!(
            previous,
            "the" | "this" | "der" | "die" | "dieses" | "diesem"
        );
        let copy = COPY.contains(&lower)
            && (leads(previous) && !is(before_previous) || article && leads(before_previous));
        let talk = article
            && leads(before_previous)
            && matches!(
                lower,
                "ticket" | "thread" | "conversation" | "case" | "discussion"
            );
        let elsewhere = DESTINATIONS.contains(&lower)
            && self.sentence.addressed
            && self.sentence.leads_at > 0
            && self.sentence.words - self.sentence.leads_at <= 4;
        copy || talk || elsewhere || (previous == "billing" && lower.starts_with("contact"))
    }

    /// The clause so far asks for nothing but to mention somebody.
    fn only_mentions(&mut self) {
        // The word before may be a boundary by chance: French "en", Dutch "en".
        let before = self.items.len().saturating_sub(1);
        let first = before.saturating_sub(CLAUSE_MAX);
        let start = (first..before)
            .rev()
            .find(|at| self.items.get(*at) == Some(&Item::Boundary))
            .map_or(first, |at| at + 1);
        let mut turned = false;
        for item in self.items.iter_mut().skip(start) {
            if *item == Item::Verb(Wish::Add) {
                *item = Item::Verb(Wish::Mention);
                turned = true;
            }
        }
        if !turned && self.sentence.addressed {
            self.verb(Wish::Mention);
        }
    }

    /// The sentence asks what was done, and for no change.
    fn only_asks(&mut self) {
        for item in &mut self.items {
            if *item == Item::Verb(Wish::Add) {
                *item = Item::Verb(Wish::Mention);
            }
        }
        let decides = |i: &Item| matches!(i, Item::Verb(_) | Item::Refusal);
        if self.sentence.addressed && !self.items.iter().any(decides) {
            self.items.push(Item::Verb(Wish::Mention));
        }
    }

    /// What was just asked for is not: "추가하지 마세요".
    fn turn_last_verb(&mut self) {
        let last = self
            .items
            .iter()
            .rposition(|item| !matches!(item, Item::Boundary | Item::Not));
        match last.and_then(|at| self.items.get_mut(at)) {
            Some(item @ Item::Verb(Wish::Add)) => *item = Item::Refusal,
            Some(item @ Item::Verb(_)) => *item = Item::Verb(Wish::Mention),
            _ => {}
        }
    }

    fn verb(&mut self, wish: Wish) {
        let wish = match wish {
            Wish::Add if self.sentence.reported => Wish::Mention,
            _ => wish,
        };
        self.asks |= wish == Wish::Add;
        self.removes |= wish == Wish::Remove;
        self.items.push(Item::Verb(wish));
    }

    /// The sentence is over.
    fn end(&mut self, colon: bool) {
        let sentence = std::mem::take(&mut self.sentence);
        let verbs = self
            .items
            .iter()
            .any(|i| matches!(i, Item::Verb(_) | Item::Refusal));
        if sentence.grants && sentence.purpose && !verbs && sentence.addressed {
            self.verb(if sentence.reported {
                Wish::Mention
            } else {
                Wish::Add
            });
        }
        if sentence.put_off {
            self.only_asks();
        }
        self.recent.clear();
        let items = std::mem::take(&mut self.items);
        let labeled = std::mem::take(&mut self.labeled);
        self.words_since_not = usize::MAX;
        self.replaces = false;
        if items.is_empty() {
            return;
        }
        let has_address = items.iter().any(|item| matches!(item, Item::Address(_)));
        let last_verb = items.iter().rev().find_map(|item| match item {
            Item::Verb(wish) => Some(*wish),
            Item::Refusal => Some(Wish::Mention),
            _ => None,
        });
        if has_address {
            self.decide(&items, last_verb.is_some(), labeled);
        }
        // "Remove | Add": the columns below are not told apart.
        let both = sentence.cells
            && [Wish::Add, Wish::Remove]
                .iter()
                .all(|wish| items.contains(&Item::Verb(*wish)));
        match last_verb {
            Some(wish) => {
                self.context = Some(if both { Wish::Mention } else { wish });
                self.form = colon;
                self.complete = has_address && !colon;
                self.apart = false;
                self.block = false;
            }
            None if colon && items.contains(&Item::Marker) => self.context = Some(Wish::Mention),
            None => self.block |= !has_address,
        }
    }

    fn decide(&mut self, items: &[Item], verbs: bool, labeled: bool) {
        let addresses = items
            .iter()
            .filter(|item| matches!(item, Item::Address(_)))
            .count();
        if addresses > ADDRESSES_MAX {
            // More often than anybody writes: they are listed, and none is ticked.
            let all = items.iter().filter_map(|item| match item {
                Item::Address(number) => Some((*number, Wish::Mention)),
                _ => None,
            });
            self.decided.extend(all);
            return;
        }
        let words = items
            .iter()
            .filter(|item| matches!(item, Item::Word | Item::Lower))
            .count();
        let is_list = !items
            .iter()
            .any(|item| matches!(item, Item::Prose | Item::Neutral | Item::Not))
            && words <= 8 * addresses + 2;
        for (at, item) in items.iter().enumerate() {
            let Item::Address(number) = item else {
                continue;
            };
            let wish = if verbs {
                let (wish, refused) = in_sentence(items, at);
                self.refused.extend(refused.then_some(*number));
                Some(wish)
            } else {
                self.in_list(items, at, is_list, labeled)
            };
            match wish {
                Some(wish) => self.decided.push((*number, wish)),
                None => self.open.push(*number),
            }
        }
    }

    fn in_list(&self, items: &[Item], at: usize, is_list: bool, labeled: bool) -> Option<Wish> {
        // "Cc: Bo, Cy": what comes before the first address is said of all.
        let mut head = items
            .iter()
            .take_while(|item| !matches!(item, Item::Address(_)));
        let marked =
            head.any(|item| *item == Item::Marker) || clause(items, at).contains(&Item::Marker);
        // Without a list that was announced, a word such as a verb makes it a sentence about somebody.
        let tells = items.contains(&Item::Lower);
        match self.context {
            _ if !is_list || marked => Some(Wish::Mention),
            Some(Wish::Add) if labeled && !self.form => Some(Wish::Mention),
            // The sentence above already named the people it is about: a name and an address further down
            // belong to a signature.
            Some(Wish::Add)
                if self.complete
                    && (tells || self.block || (self.apart && items.contains(&Item::Word))) =>
            {
                Some(Wish::Mention)
            }
            Some(wish) => Some(wish),
            None if labeled || tells => Some(Wish::Mention),
            None => None,
        }
    }
}

/// Whether a line begins with nothing but a greeting: "Hi bo@acme.example".
fn is_greeting(before: &str) -> bool {
    GREETINGS.contains(&plain_letters(before.trim()).as_str())
}

fn is_request_label(before: &str) -> bool {
    let bare = before.trim_end();
    if !bare.ends_with(':') || before.len() > 120 {
        return false;
    }
    let lower = plain_letters(bare);
    REQUEST_LABELS.iter().any(|label| lower.contains(label))
}

fn is_own_label(before: &str) -> bool {
    let bare = before.trim_end();
    let delimited = bare.ends_with([':', '=', '"', '\'']) || before.ends_with('\t');
    if !delimited || before.len() > 120 {
        return false;
    }
    let lower = plain_letters(bare);
    OWN_LABELS.iter().any(|label| lower.contains(label))
}
