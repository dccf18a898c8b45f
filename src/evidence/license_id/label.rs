//! Labels that mark a number as a license ID, in the languages of the support team's customers.

use super::super::others;
use super::super::rank::Rank;
use super::limits::{BEFORE, DIGITS_MIN};
use super::page::{is_line_label, within_license, within_restrictions};
use super::tokens::{Kind, Token, kind, skip_spaces, text_of};
use crate::text::line::tail;
use crate::text::normal::plain_letters;

/// A label: its first token, the token after its last, and its rank; none if it names something
/// else.
pub(super) struct Label {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rank: Option<Rank>,
    /// The fewest digits of a number right beside it.
    pub(super) least: usize,
}

/// Whether the words right before or after a label say that the license is of another kind or from
/// another vendor.
pub(super) fn of_another(text: &str, tokens: &[Token], label: &Label) -> bool {
    let word = |token: &Token| text.get(token.start..token.end).unwrap_or_default();
    for token in tokens.iter().take(label.start).rev().take(BEFORE) {
        match token.kind {
            Kind::Space if !matches!(word(token), "," | ";" | "–" | "—" | "•" | ">") => {}
            Kind::Filler
            | Kind::Of
            | Kind::Line
            | Kind::Stop
            | Kind::Cell
            | Kind::Copula
            | Kind::Open
            | Kind::Close => break,
            _ if others::is_other(word(token)) => return true,
            _ if others::is_product(word(token)) => {}
            _ => break,
        }
    }
    for token in tokens.iter().skip(label.end).take(BEFORE) {
        match token.kind {
            Kind::Space if !matches!(word(token), "," | ";" | "–" | "—" | "#") => {}
            Kind::Of | Kind::Open => {}
            _ if others::is_product(word(token)) => {}
            Kind::Filler if !word(token).eq_ignore_ascii_case("gitlab") => {}
            _ => return others::is_other(word(token)),
        }
    }
    false
}

pub(super) fn label_at(text: &str, tokens: &[Token], at: usize) -> Option<Label> {
    match kind(tokens, at)? {
        Kind::Label => Some(Label {
            start: at,
            end: at + 1,
            rank: Some(rank_of(text, tokens, at)),
            least: 1,
        }),
        Kind::License { plural } => {
            let before = text.get(..tokens.get(at)?.start)?;
            // A console prints a record of the instance, with the instance's own ID.
            if before.ends_with("#<") || before.ends_with("Types::") {
                return Some(Label {
                    start: at,
                    end: skip_spaces(text, tokens, at + 1, 2) + 1,
                    rank: None,
                    least: 1,
                });
            }
            let governor = governor(text, tokens, at);
            let mut next = skip_spaces(text, tokens, at + 1, 3);
            // "the license (Premium) with the ID 7"
            if kind(tokens, next) == Some(Kind::Open)
                && let Some(close) =
                    (next..next + BEFORE).find(|i| kind(tokens, *i) == Some(Kind::Close))
                && is_with(text_of(
                    text,
                    tokens,
                    skip_spaces(text, tokens, close + 1, 2),
                ))
            {
                next = skip_spaces(text, tokens, close + 1, 2);
            }
            // "the license with the ID 7": the words in between belong to the label.
            let with = next;
            for _ in 0..3 {
                if !is_with(text_of(text, tokens, next)) {
                    break;
                }
                next = skip_spaces(text, tokens, next + 1, 2);
            }
            let is_id = |at| match kind(tokens, at) {
                Some(Kind::Id { counts }) => !counts || !plural,
                _ => false,
            };
            if !is_id(next) {
                next = with;
            }
            if text_of(text, tokens, next) == "s" {
                next = skip_spaces(text, tokens, next + 1, 2);
            }
            if kind(tokens, next) == Some(Kind::Open) {
                next = skip_spaces(text, tokens, next + 1, 2);
            }
            if let Some(Kind::Id { counts }) = kind(tokens, next) {
                // "licenses number" is a count.
                let ids = !plural || !counts || text_of(text, tokens, next).ends_with('s');
                return ids.then_some(Label {
                    start: at,
                    end: next + 1,
                    rank: (governor != Some(Governor::Contract))
                        .then_some(rank_of(text, tokens, at)),
                    least: 1,
                });
            }
            // GraphQL names a license by its global ID.
            if before.ends_with("gid://gitlab/") {
                return Some(Label {
                    start: at,
                    end: at + 1,
                    rank: Some(Rank::Named),
                    least: DIGITS_MIN,
                });
            }
            Some(Label {
                start: at,
                end: at + 1,
                rank: (!counted_before(tokens, at) && governor.is_none()).then_some(Rank::Guess),
                least: if plural { DIGITS_MIN + 1 } else { DIGITS_MIN },
            })
        }
        Kind::Id { mut counts } => {
            let mut next = skip_spaces(text, tokens, at + 1, 4);
            for _ in 0..5 {
                // "numéro d'identification", "ID number": not a count.
                if let Some(Kind::Id { counts: more }) = kind(tokens, next) {
                    counts &= more;
                } else if kind(tokens, next) != Some(Kind::Of)
                    && !is_whose(text_of(text, tokens, next))
                {
                    break;
                }
                next = skip_spaces(text, tokens, next + 1, 2);
            }
            match kind(tokens, next) {
                Some(Kind::License { plural }) if next > at => {
                    // "number of licenses: 15000"
                    let rank = (!(counts && plural)).then_some(rank_of(text, tokens, next));
                    Some(Label {
                        start: at,
                        end: next + 1,
                        rank,
                        least: 1,
                    })
                }
                _ if !counts
                    && (within_restrictions(text, tokens, at)
                        || (is_line_label(text, tokens, at)
                            && within_license(text, tokens, at))) =>
                {
                    Some(Label {
                        start: at,
                        end: at + 1,
                        rank: Some(Rank::Named),
                        least: DIGITS_MIN,
                    })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// The rank of a number that belongs to the license at `at`. If the word beside it says that it is not the present one, as in
/// "our old license", that is a guess.
fn rank_of(text: &str, tokens: &[Token], at: usize) -> Rank {
    const FORMER: &[&str] = &[
        "old",
        "previous",
        "prior",
        "former",
        "alte",
        "alten",
        "vorherige",
        "vorige",
        "fruhere",
        "ehemalige",
        "ancienne",
        "precedente",
        "anterior",
        "antigua",
        "antiga",
        "vecchia",
        "старая",
        "старой",
        "прежняя",
        "прежней",
        "предыдущей",
    ];
    let is_former = |at: usize| FORMER.contains(&plain_letters(text_of(text, tokens, at)).as_str());
    let before = tokens.get(at).and_then(|token| text.get(..token.start));
    let before = before.unwrap_or_default().trim_end();
    let is_joined = ["旧", "舊", "以前の", "之前的", "이전", "예전"]
        .iter()
        .any(|word| before.ends_with(word));
    if is_joined || is_former(at.saturating_sub(2)) || is_former(at + 2) {
        Rank::Guess
    } else {
        Rank::Named
    }
}

/// What a number behind "… of the license" belongs to instead.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Governor {
    /// A contract, which has a number of its own.
    Contract,
    /// A price, a day, a duration.
    Measure,
}

/// The noun that governs the license at `at`: "prix de la licence", "срок действия лицензии".
fn governor(text: &str, tokens: &[Token], at: usize) -> Option<Governor> {
    const CONTRACTS: &[&str] = &[
        "contra",
        "agreement",
        "accord",
        "acuerdo",
        "acordo",
        "vertrag",
        "договор",
    ];
    const MEASURES: &[&str] = &[
        "price",
        "prix",
        "preis",
        "preci",
        "preco",
        "prezz",
        "цен",
        "стоимост",
        "cost",
        "cout",
        "kosten",
        "custo",
        "fee",
        "amount",
        "montant",
        "importe",
        "valor",
        "end",
        "fin",
        "expir",
        "ablauf",
        "echeance",
        "venc",
        "scaden",
        "срок",
        "действи",
        "start",
        "begin",
        "debut",
        "inici",
        "inizi",
        "date",
        "datum",
        "fecha",
        "data",
        "дат",
        "dure",
        "durat",
        "duracion",
        "dauer",
        "valid",
        "gultig",
        "laufzeit",
    ];
    let mut linked = false;
    for token in tokens.iter().take(at).rev().take(BEFORE) {
        let word = plain_letters(text.get(token.start..token.end).unwrap_or_default());
        match token.kind {
            Kind::Of => linked = true,
            Kind::Space | Kind::Filler => {}
            _ if is_whose(&word) => {}
            Kind::Word | Kind::Other => {
                let begins = |list: &[&str]| list.iter().any(|start| word.starts_with(start));
                // A genitive needs no word between them.
                let genitive = word.starts_with(|c| matches!(c, 'а'..='я'));
                return match linked || genitive {
                    true if begins(CONTRACTS) => Some(Governor::Contract),
                    true if begins(MEASURES) => Some(Governor::Measure),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
    None
}

/// Whether the words before a label say that a number is only an example.
pub(super) fn is_example(text: &str, at: usize) -> bool {
    const EXAMPLES: &[&str] = &[
        "for example",
        "for instance",
        "e.g.",
        "an example",
        "zum beispiel",
        "z.b.",
        "z. b.",
        "beispielsweise",
        "par exemple",
        "p. ex.",
        "por ejemplo",
        "por exemplo",
        "ad esempio",
        "per esempio",
        "например",
        "例えば",
        "たとえば",
        "例如",
        "比如",
        "예를 들어",
        "bijvoorbeeld",
        "na przyklad",
    ];
    let before = tail(text.get(..at).unwrap_or_default(), 80);
    let line = plain_letters(before.rsplit('\n').next().unwrap_or_default());
    // Only the sentence of the label, and "e.g." has dots of its own.
    let sentence = line.rsplit(['!', '?', ';']).next().unwrap_or_default();
    EXAMPLES.iter().any(|example| {
        sentence
            .rsplit_once(example)
            .is_some_and(|(_, rest)| !rest.contains(". "))
    })
}

/// Whether a word before `license` names its owner.
fn is_whose(word: &str) -> bool {
    matches!(
        plain_letters(word).as_str(),
        "our"
            | "my"
            | "the"
            | "your"
            | "this"
            | "unserer"
            | "meiner"
            | "dieser"
            | "notre"
            | "votre"
            | "ma"
            | "cette"
            | "nuestra"
            | "vuestra"
            | "mi"
            | "su"
            | "esta"
            | "nossa"
            | "minha"
            | "sua"
            | "nostra"
            | "vostra"
            | "mia"
            | "gitlab"
            | "нашей"
            | "вашей"
            | "моей"
    )
}

/// Whether a word connects a license and its ID: "the license with the ID 7".
fn is_with(word: &str) -> bool {
    matches!(
        plain_letters(word).as_str(),
        "with"
            | "whose"
            | "bearing"
            | "having"
            | "has"
            | "the"
            | "mit"
            | "der"
            | "avec"
            | "l"
            | "con"
            | "el"
            | "com"
            | "o"
            | "met"
            | "с"
    )
}

/// Whether a word for a count precedes the label on its line: "Max Users in License", "number of
/// licenses".
fn counted_before(tokens: &[Token], at: usize) -> bool {
    tokens
        .iter()
        .take(at)
        .rev()
        .take(BEFORE)
        // A number in between belongs to the other word.
        .take_while(|t| !matches!(t.kind, Kind::Line | Kind::Stop | Kind::Digits))
        .any(|t| matches!(t.kind, Kind::Other | Kind::Id { counts: true }))
}
