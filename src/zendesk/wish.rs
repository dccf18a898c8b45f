//! What the author of a text asks for each address in it: to add it, to remove it, or nothing.
//!
//! A sentence's verbs decide, the nearest one first; a list takes them from the sentence above it. Where nothing says that an address is to
//! be added, it is only named.

use crate::record::ticket::Wish;
use crate::text::normal::{is_unspaced, plain_letters};

/// What a line of the author's is made of, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Item {
    Verb(Wish),
    /// A comma, an "and", a parenthesis.
    Boundary,
    /// A word that says whose or what an address is.
    Marker,
    /// A word that turns what is said.
    Not,
    /// A word of a sentence, which no list has.
    Prose,
    Word,
    Address(usize),
}

/// Words that ask to add, in small letters without accents: their beginnings.
const ADD: &[&str] = &[
    "add",
    "includ",
    "invit",
    "onboard",
    "associate",
    "authoriz",
    "authoris",
    "appoint",
    "nominat",
    "hinzu",
    "aufnehm",
    "aufgenommen",
    "erganz",
    "ergaenz",
    "eintrag",
    "freischalt",
    "anleg",
    "ajout",
    "rajout",
    "inclu",
    "inscri",
    "anad",
    "agreg",
    "adicion",
    "acrescent",
    "cadastr",
    "aggiung",
    "aggiunt",
    "inser",
    "toevoeg",
    "toe",
    "dodac",
    "dodaj",
    "dodan",
    "dopis",
    "lagg",
    "legg",
    "tilfoj",
    "добав",
    "включ",
    "внес",
    "подключ",
    "дода",
    "prid",
    "ekle",
    "lisaa",
    "lisat",
    "new",
    "grant",
    "become",
    "enrol",
    "hinterleg",
    "rattach",
    "vincul",
];
/// The same in scripts without blanks.
const ADD_UNSPACED: &[&str] = &[
    "追加",
    "登録",
    "加えて",
    "添加",
    "加入",
    "增加",
    "新增",
    "登记",
    "추가",
    "등록",
];

/// Words that ask to add where the sentence also names what for ([`PURPOSE`]): "give Bo access", "let Bo open tickets".
const GRANT: &[&str] = &[
    "give",
    "allow",
    "enabl",
    "able",
    "permit",
    "let",
    "abilit",
    "habilit",
    "ermoglich",
    "donner",
    "donnez",
    "dar",
    "dare",
    "link",
    "connect",
    "assign",
    "zuordn",
    "verknupf",
];
/// What somebody is given: access, tickets, a place among the contacts.
const PURPOSE: &[&str] = &[
    "access",
    "zugang",
    "zugriff",
    "acces",
    "acceso",
    "accesso",
    "acesso",
    "доступ",
    "ticket",
    "support",
    "contact",
    "kontakt",
    "contat",
    "organi",
];
/// Verbs whose second half ends the sentence: "Nehmen Sie Bo auf".
const SEPARABLE: &[(&str, &str)] = &[
    ("nehm", "auf"),
    ("nimm", "auf"),
    ("schalt", "frei"),
    ("trag", "ein"),
    ("richt", "ein"),
    ("leg", "an"),
];
/// Verbs that ask for somebody only right before their address: "link bo@…", but not "the link".
const RIGHT_BEFORE: &[&str] = &[
    "link", "map", "assign", "connect", "enable", "attach", "join", "tie",
];
/// Words with which a question begins that asks for no change: "Was Bo added?"
const QUESTIONS: &[&str] = &[
    "was",
    "were",
    "is",
    "are",
    "did",
    "has",
    "have",
    "had",
    "does",
    "why",
    "who",
    "when",
    "wurde",
    "wurden",
    "ist",
    "sind",
    "warum",
    "wer",
    "wann",
    "wieso",
    "pourquoi",
    "fue",
    "foi",
    "perche",
    "почему",
    "был",
];
/// Words that make such a question a request: "Is it possible to add Bo?"
const POSSIBLE: &[&str] = &[
    "possible",
    "way",
    "ok",
    "okay",
    "moglich",
    "posible",
    "possivel",
    "possibile",
    "возможно",
];

/// Words that ask to remove, or say that somebody left.
const REMOVE: &[&str] = &[
    "remov",
    "delet",
    "deactivat",
    "disabl",
    "offboard",
    "revok",
    "left",
    "leav",
    "leaver",
    "unsubscrib",
    "drop",
    "exclud",
    "withdraw",
    "terminat",
    "retire",
    "resign",
    "depart",
    "former",
    "instead",
    "anymore",
    "replac",
    "strike",
    "swap",
    "quit",
    "purge",
    "unlink",
    "detach",
    "dismiss",
    "entfern",
    "losch",
    "loesch",
    "deaktivier",
    "ausgeschieden",
    "ausscheid",
    "verlass",
    "streich",
    "gestrichen",
    "austrag",
    "abmeld",
    "gekundigt",
    "ehemalig",
    "ersetz",
    "statt",
    "supprim",
    "retir",
    "enlev",
    "desactiv",
    "quitt",
    "parti",
    "remplac",
    "revoqu",
    "ancien",
    "elimin",
    "borr",
    "baja",
    "dejo",
    "dejado",
    "reemplaz",
    "sustitu",
    "exclu",
    "remoc",
    "desativ",
    "apag",
    "saiu",
    "deslig",
    "substitu",
    "rimuov",
    "rimoz",
    "rimoss",
    "cancell",
    "disattiv",
    "togli",
    "lasciat",
    "sostitu",
    "verwijder",
    "vervang",
    "usun",
    "usuw",
    "bort",
    "slett",
    "fjern",
    "erstatt",
    "удал",
    "убер",
    "убра",
    "исключ",
    "деактив",
    "отключ",
    "уволи",
    "уволен",
    "покину",
    "ушел",
    "ушла",
    "замен",
    "вида",
    "odstran",
    "smaz",
    "cikar",
    "kaldir",
    "poista",
    "offboarding",
];
const REMOVE_UNSPACED: &[&str] = &[
    "削除",
    "退職",
    "退社",
    "無効",
    "外して",
    "除外",
    "解除",
    "離職",
    "辞め",
    "取り消",
    "抹消",
    "异动",
    "删除",
    "刪除",
    "移除",
    "删掉",
    "去掉",
    "去除",
    "离职",
    "停用",
    "注销",
    "取消",
    "移出",
    "离开",
    "離開",
    "替换",
    "삭제",
    "제거",
    "퇴사",
    "퇴직",
    "비활성",
    "해지",
    "제외",
];

/// Words before which or after which the opposite is meant, or what was done already.
const NOT: &[&str] = &[
    "not", "don", "dont", "never", "no", "without", "nicht", "kein", "keine", "keinen", "ne", "n",
    "pas", "nao", "non", "niet", "inte", "ikke", "nie", "не", "already", "bereits", "schon",
    "deja", "ya", "ja", "gia", "уже",
];
/// Of those, the ones that turn a noun or answer a question: what follows the next comma is another matter.
const OF_NOUNS: &[&str] = &[
    "no", "without", "kein", "keine", "keinen", "already", "bereits", "schon", "deja", "ya", "ja",
    "gia", "уже", "non", "nao",
];
const NOT_UNSPACED: &[&str] = &[
    "しない",
    "不要",
    "已经",
    "已經",
    "既に",
    "なくて",
    "지 마",
    "이미",
    "不用",
    "别",
    "勿",
    "하지마",
    "지마",
];

/// Words of which an address is the object, and nobody's wish.
const MARKERS: &[&str] = &[
    "owner",
    "owned",
    "owns",
    "registered",
    "registriert",
    "belong",
    "gehort",
    "subscription",
    "abonnement",
    "purchas",
    "bought",
    "billing",
    "invoice",
    "sold",
    "question",
    "fragen",
    "manager",
    "boss",
    "cc",
    "approved",
    "requested",
    "behalf",
    "licen",
    "lizenz",
    "licenz",
    "phishing",
    "report",
    "reply",
    "confirm",
    "my",
    "mine",
    "meine",
    "mein",
    "mon",
    "mi",
    "i'm",
    "i",
    "phone",
    "write",
    "reach",
    "contacted",
    "ich",
    "je",
    "yo",
    "eu",
    "io",
    "я",
    "мой",
    "proprietaire",
    "propietario",
    "proprietario",
    "inhaber",
    "владел",
    "datenschutz",
    "privacy",
    "security",
    "abuse",
];
/// Words directly before an address that is nobody's wish.
const BEFORE: &[&str] = &[
    "by", "from", "via", "von", "par", "por", "da", "от", "cc", "per",
];

/// Words that a sentence has and a list has not.
const PROSE: &[&str] = &[
    "to", "at", "is", "are", "the", "please", "see", "for", "under", "bei", "unter", "zu", "zum",
    "ist", "sind", "est", "sont", "we", "you", "if", "can", "who", "what", "when", "about",
    "contact", "this", "that", "it", "was", "has", "have", "will", "our", "unser", "unsere",
    "notre", "nuestro", "nosso", "nostro", "or", "with", "mit", "avec", "con", "com", "bitte",
    "also", "still", "his", "her", "their", "only", "there", "which", "works", "would", "could",
    "should", "this", "es", "era", "на", "в", "для", "это", "наш",
];

/// Words between two parts of a sentence.
const AND: &[&str] = &[
    "and", "und", "et", "y", "e", "i", "och", "og", "en", "и", "oraz", "ve", "but", "aber", "mais",
    "pero", "sondern", "sino",
];

/// Of those, the ones after which the opposite is said.
const TURNS: &[&str] = &["but", "aber", "mais", "pero", "sondern", "sino"];

/// Words that except what follows them.
const INSTEAD: &[&str] = &[
    "rather",
    "except",
    "excepting",
    "excluding",
    "besides",
    "unlike",
    "ausser",
    "anstelle",
    "anstatt",
    "sauf",
    "excepte",
    "plutot",
    "salvo",
    "excepto",
    "exceto",
    "tranne",
    "eccetto",
    "invece",
    "кроме",
    "вместо",
    "behalve",
];

/// Labels of an address that says whose something is.
const OWN_LABELS: &[&str] = &[
    "mail",
    "courriel",
    "correo",
    "posta",
    "почт",
    "メール",
    "邮箱",
    "郵箱",
    "邮件",
    "이메일",
    "account",
    "login",
    "licensee",
    "username",
];

/// Decides for the addresses of a text, in the order of its lines.
pub(super) struct Wishes {
    items: Vec<Item>,
    /// What a list below takes.
    context: Option<Wish>,
    /// Whether a form may follow: the sentence above ended with a colon, and nothing of a license came since.
    form: bool,
    /// The label before the sentence's first address is one of [`OWN_LABELS`].
    labelled: bool,
    decided: Vec<(usize, Wish)>,
    /// Those that nothing above decides.
    open: Vec<usize>,
    asks: bool,
    removes: bool,
    replaces: bool,
    words_since_not: usize,
    /// That word reaches to the next comma only.
    not_ends: bool,
    sentence: Sentence,
    /// The sentence that the context is of named whom it means.
    complete: bool,
    /// An empty line came since.
    apart: bool,
    /// A line without an address came since that.
    block: bool,
}

/// What the words of a sentence say together.
#[derive(Default)]
struct Sentence {
    words: usize,
    /// It begins as a question that asks for no change.
    questions: bool,
    /// It asks whether something can be done.
    possible: bool,
    /// A verb of [`GRANT`].
    grants: bool,
    /// A word of [`PURPOSE`].
    purpose: bool,
    /// The second half that a verb of [`SEPARABLE`] waits for.
    second_half: Option<&'static str>,
    /// The last word is one of [`RIGHT_BEFORE`].
    right_before: bool,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            context: None,
            form: false,
            labelled: false,
            decided: Vec::new(),
            open: Vec::new(),
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
            self.words(before);
            if at == 0 {
                self.labelled = is_own_label(before);
            }
            // "… as jo@acme.example is away": a reason.
            if before.trim_end().to_ascii_lowercase().ends_with(" as") {
                self.items.extend([Item::Boundary, Item::Marker]);
            }
            if std::mem::take(&mut self.sentence.right_before) && self.words_since_not > 4 {
                self.verb(Wish::Add);
            }
            self.items.push(Item::Address(*number));
            at = range.end;
        }
        self.words(line.get(at..).unwrap_or_default());
        let colon = line.trim_end().ends_with(':');
        // A sentence may go on in the next line where this one names nobody.
        let goes_on =
            addresses.is_empty() && !colon && line.trim_end().ends_with(char::is_alphanumeric);
        if !goes_on {
            self.end(colon);
        }
    }

    /// What was decided: the addresses' numbers, each as often as it was named.
    pub(super) fn finish(mut self) -> Vec<(usize, Wish)> {
        self.end(false);
        let wish = match (self.asks, self.removes) {
            (_, false) => Wish::Add,
            (false, true) => Wish::Remove,
            (true, true) => Wish::Mention,
        };
        self.decided
            .extend(self.open.into_iter().map(|number| (number, wish)));
        self.decided
    }

    fn words(&mut self, text: &str) {
        let mut word = String::new();
        let mut rest = text.chars().peekable();
        let mut unspaced = false;
        while let Some(c) = rest.next() {
            let joins = c.is_alphanumeric() || (c == '\'' && !word.is_empty());
            if joins && (word.is_empty() || unspaced == is_unspaced(c)) && word.len() < 200 {
                unspaced = is_unspaced(c);
                word.push(c);
                continue;
            }
            self.word(&std::mem::take(&mut word), unspaced);
            if joins {
                unspaced = is_unspaced(c);
                word.push(c);
                continue;
            }
            match c {
                // "No, please add …" turns nothing, "do not, in any case, add …" does.
                ',' if self.not_ends => self.words_since_not = usize::MAX,
                ';' => self.words_since_not = usize::MAX,
                _ => {}
            }
            // "bo@… → cy@…": nobody can tell which of them is meant.
            let arrow = matches!(c, '→' | '⇒') || (c == '-' && rest.peek() == Some(&'>'));
            if arrow
                && self
                    .items
                    .iter()
                    .any(|item| matches!(item, Item::Address(_)))
            {
                self.items.push(Item::Marker);
            }
            match c {
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
        self.words_since_not = self.words_since_not.saturating_add(1);
        if unspaced {
            self.unspaced(word);
            return;
        }
        let lower = plain_letters(word);
        let lower = lower.trim_matches('\'');
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
        let negated = self.words_since_not <= 4;
        self.of_sentence(lower, negated);
        if lower == "replaces" && self.has_address() {
            // "Bo replaces Cy": the one before it comes, the one behind it goes.
            self.verb(Wish::Add);
            self.items.push(Item::Boundary);
        }
        if word == "I" {
            self.items.push(Item::Marker);
        } else if AND.contains(&lower) {
            self.items.push(Item::Boundary);
            if TURNS.contains(&lower) {
                self.words_since_not = usize::MAX;
            }
        } else if INSTEAD.contains(&lower) {
            self.items.push(Item::Verb(Wish::Mention));
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
        } else if (begins_or_stem(ADD) && !is_no_request(lower))
            || matches!(lower, "alta" | "register")
        {
            self.verb(if negated { Wish::Mention } else { Wish::Add });
        } else if MARKERS.iter().any(|marker| {
            if marker.len() > 4 {
                lower.starts_with(marker)
            } else {
                lower == *marker
            }
        }) || BEFORE.contains(&lower)
        {
            self.items.push(Item::Marker);
        } else if PROSE.contains(&lower) {
            self.items.push(Item::Prose);
        } else {
            self.items.push(Item::Word);
        }
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

    /// Takes a word for what the sentence says as a whole.
    fn of_sentence(&mut self, lower: &str, negated: bool) {
        let begins = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
        let has_address = self.has_address();
        let sentence = &mut self.sentence;
        if sentence.words == 0 {
            sentence.questions = QUESTIONS.contains(&lower);
        }
        sentence.words += 1;
        sentence.possible |= POSSIBLE.contains(&lower);
        sentence.grants |= begins(GRANT) && !negated;
        sentence.purpose |= begins(PURPOSE);
        sentence.right_before = RIGHT_BEFORE.contains(&lower);
        if let Some((_, half)) = SEPARABLE
            .iter()
            .find(|(stem, _)| lower.starts_with(stem) && !negated)
        {
            sentence.second_half = Some(half);
        } else if sentence.second_half == Some(lower) && has_address {
            sentence.second_half = None;
            self.verb(Wish::Add);
        } else if lower == "mit" {
            // "Nehmen Sie mit Bo Kontakt auf" asks for a call.
            sentence.second_half = None;
        }
    }

    fn has_address(&self) -> bool {
        self.items
            .iter()
            .any(|item| matches!(item, Item::Address(_)))
    }

    /// The sentence asks what was done, and for nothing.
    fn only_asks(&mut self) {
        for item in &mut self.items {
            if *item == Item::Verb(Wish::Add) {
                *item = Item::Verb(Wish::Mention);
            }
        }
        if self.has_address() && !self.items.iter().any(|i| matches!(i, Item::Verb(_))) {
            self.items.push(Item::Verb(Wish::Mention));
        }
    }

    /// What was just asked for is not: "추가하지 마세요".
    fn turn_last_verb(&mut self) {
        let last = self
            .items
            .iter()
            .rposition(|item| !matches!(item, Item::Boundary | Item::Not));
        if let Some(item @ Item::Verb(_)) = last.and_then(|at| self.items.get_mut(at)) {
            *item = Item::Verb(Wish::Mention);
        }
    }

    fn verb(&mut self, wish: Wish) {
        self.asks |= wish == Wish::Add;
        self.removes |= wish == Wish::Remove;
        self.items.push(Item::Verb(wish));
    }

    /// Words without blanks between them: what is in them, in their order.
    fn unspaced(&mut self, text: &str) {
        if ["마세요", "마십", "말아", "말고", "않"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            self.turn_last_verb();
        }
        let first = |list: &[&str]| list.iter().filter_map(|word| text.find(word)).min();
        let negated = NOT_UNSPACED.iter().any(|word| text.contains(word));
        if ["の代わり", "以外", "除了", "而不是", "대신"]
            .iter()
            .any(|word| text.contains(word))
            && first(ADD_UNSPACED).is_none()
        {
            self.verb(Wish::Mention);
            self.items.push(Item::Boundary);
            return;
        }
        let mut verbs: Vec<(usize, Wish)> = [
            (first(ADD_UNSPACED), Wish::Add),
            (first(REMOVE_UNSPACED), Wish::Remove),
        ]
        .into_iter()
        .filter_map(|(at, wish)| Some((at?, wish)))
        .collect();
        verbs.sort_by_key(|(at, _)| *at);
        for (_, wish) in &verbs {
            self.verb(if negated { Wish::Mention } else { *wish });
            // Such a verb ends its part of the sentence, or begins it.
            self.items.push(Item::Boundary);
        }
        if verbs.is_empty() {
            let prose = [
                "です",
                "ます",
                "くださ",
                "連絡",
                "は",
                "是",
                "请",
                "联系",
                "입니다",
                "주세요",
                "の",
            ]
            .iter()
            .any(|word| text.contains(word))
                || text.chars().count() > 12;
            let marker = [
                "所有者",
                "契約",
                "担当",
                "負責",
                "负责",
                "订阅",
                "契约",
                "所有",
                "구독",
                "담당",
            ]
            .iter()
            .any(|word| text.contains(word));
            self.items.push(if marker {
                Item::Marker
            } else if prose {
                Item::Prose
            } else {
                Item::Word
            });
        }
    }

    /// The sentence is over.
    fn end(&mut self, colon: bool) {
        let sentence = std::mem::take(&mut self.sentence);
        let verbs = self.items.iter().any(|i| matches!(i, Item::Verb(_)));
        if sentence.grants && sentence.purpose && !verbs && self.has_address() {
            self.verb(Wish::Add);
        }
        let items = std::mem::take(&mut self.items);
        let labelled = std::mem::take(&mut self.labelled);
        self.words_since_not = usize::MAX;
        self.replaces = false;
        if items.is_empty() {
            return;
        }
        let has_address = items.iter().any(|item| matches!(item, Item::Address(_)));
        let last_verb = items.iter().rev().find_map(|item| {
            if let Item::Verb(wish) = item {
                Some(*wish)
            } else {
                None
            }
        });
        if has_address {
            self.decide(&items, last_verb.is_some(), labelled);
        }
        match last_verb {
            Some(wish) => {
                self.context = Some(wish);
                self.form = colon;
                self.complete = has_address && !colon;
                self.apart = false;
            }
            None if colon && items.contains(&Item::Marker) => self.context = Some(Wish::Mention),
            None => {}
        }
        self.block |= !has_address;
    }

    fn decide(&mut self, items: &[Item], verbs: bool, labelled: bool) {
        let addresses = items
            .iter()
            .filter(|item| matches!(item, Item::Address(_)))
            .count();
        let words = items
            .iter()
            .filter(|item| matches!(item, Item::Word))
            .count();
        let is_list = !items
            .iter()
            .any(|item| matches!(item, Item::Prose | Item::Not))
            && words <= 8 * addresses + 2;
        for (at, item) in items.iter().enumerate() {
            let Item::Address(number) = item else {
                continue;
            };
            let wish = if verbs {
                Some(in_sentence(items, at))
            } else {
                self.in_list(items, at, is_list, labelled)
            };
            match wish {
                Some(wish) => self.decided.push((*number, wish)),
                None => self.open.push(*number),
            }
        }
    }

    fn in_list(&self, items: &[Item], at: usize, is_list: bool, labelled: bool) -> Option<Wish> {
        let marked = clause(items, at).contains(&Item::Marker);
        match self.context {
            _ if !is_list || marked => Some(Wish::Mention),
            Some(Wish::Add) if labelled && !self.form => Some(Wish::Mention),
            // Whom the sentence above means was said in it: a name and an address further down are a signature's.
            Some(Wish::Add)
                if self.complete && self.apart && (self.block || items.contains(&Item::Word)) =>
            {
                Some(Wish::Mention)
            }
            Some(wish) => Some(wish),
            None if labelled => Some(Wish::Mention),
            None => None,
        }
    }
}

/// The part of a sentence around an item.
fn clause(items: &[Item], at: usize) -> &[Item] {
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

/// What a sentence with verbs says of the address at `at`.
fn in_sentence(items: &[Item], at: usize) -> Wish {
    let verb = |item: &Item| {
        if let Item::Verb(wish) = item {
            Some(*wish)
        } else {
            None
        }
    };
    let own = clause(items, at);
    let start = items
        .iter()
        .take(at)
        .rposition(|item| *item == Item::Boundary)
        .map_or(0, |i| i + 1);
    let before = own.iter().take(at - start).rev().find_map(verb);
    let after = own.iter().skip(at - start).find_map(verb);
    if let Some(wish) = before.or(after) {
        // Both in one breath: whoever is to be removed is not to be added.
        let removes =
            own.contains(&Item::Verb(Wish::Remove)) && before.is_none() && after == Some(Wish::Add);
        return if removes { Wish::Mention } else { wish };
    }
    // "…, but not her"
    if own
        .iter()
        .any(|item| matches!(item, Item::Marker | Item::Not))
    {
        return Wish::Mention;
    }
    items
        .iter()
        .take(at)
        .rev()
        .find_map(verb)
        .or_else(|| items.iter().skip(at).find_map(verb))
        .unwrap_or(Wish::Mention)
}

fn is_remove(word: &str) -> bool {
    // "please quit" is no wish, but "parties" and "borrow" are other words.
    const OTHERS: &[&str] = &[
        "party", "partie", "partn", "partic", "leave-", "quite", "borrow", "departm", "ancient",
        "parting", "retirer-", "dropb",
    ];
    REMOVE.iter().any(|start| word.starts_with(start))
        && !OTHERS.iter().any(|other| word.starts_with(other))
}

/// Words that begin like a request and are none.
fn is_no_request(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "address",
        "adres",
        "addon",
        "addition",
        "newsletter",
        "news",
        "toe",
        "associated",
        "inserat",
        "adicional",
        "additional",
        "included",
        "includes",
        "added",
    ];
    OTHERS.iter().any(|other| word.starts_with(other)) && !matches!(word, "toe" | "added")
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
