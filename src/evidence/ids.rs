//! License IDs in free text: a number is one because a label says so, in any of the languages that support is given in, in the same line, the
//! next cell or the line below. Beside the bare word `license` it is only a guess.

use std::ops::Range;

use super::words::Rank;
use super::{Work, others};
use crate::record::ids::LicenseId;
use crate::text::normal::{is_unspaced, plain_letters};

/// Longest license ID, in digits. The portal's have 5 to 7 (`facts`); forged files claim more.
const DIGITS_MAX: usize = 10;
/// Fewest digits of a number that no label is right beside.
const DIGITS_MIN: usize = 5;
/// How many tokens after a label are looked at.
const AFTER: usize = 40;
/// How many tokens before a label are looked at.
const BEFORE: usize = 14;

/// What a token means here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `license`; whether of several.
    License {
        plural: bool,
    },
    /// `ID`, `number`, `no.`; whether it can mean a count.
    Id {
        counts: bool,
    },
    /// Both in one word.
    Label,
    /// `of`, `der`, `de`.
    Of,
    /// A word that may be between a label and its number.
    Filler,
    /// A word that the value follows or precedes: `is`, `:`, `は`.
    Copula,
    /// A word for a count, or for another number.
    Other,
    /// A number's digits.
    Digits,
    /// A line's end.
    Line,
    /// A blank, a quote, a bracket that means nothing here.
    Blank,
    /// Between the cells of a row.
    Cell,
    Open,
    Close,
    /// The end of a sentence.
    Stop,
    /// Any other word or sign.
    Word,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    start: usize,
    end: usize,
    kind: Kind,
}

/// Finds the license IDs in a part of a text that begins at byte `at`.
pub(super) fn find_ids(
    text: &str,
    at: usize,
    limit: usize,
    work: &mut Work,
) -> Vec<(LicenseId, Range<usize>, Rank)> {
    let tokens = tokens(text, work);
    let mut found: Vec<(LicenseId, Range<usize>, Rank)> = Vec::new();
    let mut i = 0;
    while i < tokens.len() && found.len() < limit {
        let Some(label) = label_at(text, &tokens, i) else {
            i += 1;
            continue;
        };
        let mut hits = Vec::new();
        work.add(BEFORE);
        if let Some(rank) = label.rank.filter(|_| !of_another(text, &tokens, &label)) {
            let named = rank == Rank::Named;
            values_after(text, &tokens, &label, named, &mut hits);
            work.add(AFTER);
            if hits.is_empty() && named {
                hits.extend(value_below(text, &tokens, &label, work));
            }
            if hits.is_empty() && named {
                hits.extend(answered_below(text, &tokens, &label));
            }
            if hits.is_empty() {
                hits.extend(value_before(text, &tokens, &label, named));
                work.add(BEFORE);
            }
            for range in hits {
                let digits: String = text
                    .get(range.clone())
                    .unwrap_or_default()
                    .chars()
                    .filter(char::is_ascii_digit)
                    .collect();
                let Ok(id) = LicenseId::parse(&digits) else {
                    continue;
                };
                let range = at + range.start..at + range.end;
                match found.iter_mut().find(|(known, _, _)| *known == id) {
                    Some(known) if known.2 > rank => *known = (id, range, rank),
                    Some(_) => {}
                    None => found.push((id, range, rank)),
                }
            }
        }
        i = label.end.max(i + 1);
    }
    found
}

/// A label: its first token, the one behind its last, and how sure it is; none where it names something else.
struct Label {
    start: usize,
    end: usize,
    rank: Option<Rank>,
    /// Fewest digits that a number right beside it has.
    least: usize,
}

/// Whether the words right before or after a label say that the license is of another kind or another maker's.
fn of_another(text: &str, tokens: &[Token], label: &Label) -> bool {
    let word = |token: &Token| text.get(token.start..token.end).unwrap_or_default();
    for token in tokens.iter().take(label.start).rev().take(BEFORE) {
        match token.kind {
            Kind::Blank if !matches!(word(token), "," | ";" | "–" | "—" | "•" | ">") => {}
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
            Kind::Blank if !matches!(word(token), "," | ";" | "–" | "—" | "#") => {}
            Kind::Of => {}
            Kind::Filler if !word(token).eq_ignore_ascii_case("gitlab") => {}
            _ => return others::is_other(word(token)),
        }
    }
    false
}

fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}

/// The next token from `at` on that is no blank.
fn skip_blanks(text: &str, tokens: &[Token], mut at: usize, most: usize) -> usize {
    let end = at + most;
    while at < end
        && tokens.get(at).is_some_and(|t| {
            t.kind == Kind::Blank
                || matches!(
                    text.get(t.start..t.end),
                    Some("_" | "-" | "." | "'" | "’" | "/")
                )
        })
    {
        at += 1;
    }
    at
}

fn label_at(text: &str, tokens: &[Token], at: usize) -> Option<Label> {
    let named = |end: usize| {
        Some(Label {
            start: at,
            end,
            rank: Some(Rank::Named),
            least: 1,
        })
    };
    match kind(tokens, at)? {
        Kind::Label => named(at + 1),
        Kind::License { plural } => {
            let before = text.get(..tokens.get(at)?.start)?;
            // A console prints a record of the instance, with the instance's own number.
            if before.ends_with("#<") || before.ends_with("Types::") {
                return Some(Label {
                    start: at,
                    end: skip_blanks(text, tokens, at + 1, 2) + 1,
                    rank: None,
                    least: 1,
                });
            }
            let mut next = skip_blanks(text, tokens, at + 1, 3);
            // "the license with the ID 7": the words between belong to the label.
            let with = next;
            for _ in 0..3 {
                if !is_with(text_of(text, tokens, next)) {
                    break;
                }
                next = skip_blanks(text, tokens, next + 1, 2);
            }
            if !matches!(kind(tokens, next), Some(Kind::Id { counts: false })) {
                next = with;
            }
            if text_of(text, tokens, next) == "s" {
                next = skip_blanks(text, tokens, next + 1, 2);
            }
            if kind(tokens, next) == Some(Kind::Open) {
                next = skip_blanks(text, tokens, next + 1, 2);
            }
            if let Some(Kind::Id { counts }) = kind(tokens, next) {
                // "licenses number" is a count.
                let ids = !plural || !counts || text_of(text, tokens, next).ends_with('s');
                return ids.then_some(Label {
                    start: at,
                    end: next + 1,
                    rank: Some(Rank::Named),
                    least: 1,
                });
            }
            // Where GraphQL names a license by its address.
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
                rank: (!counted_before(tokens, at)).then_some(Rank::Guess),
                least: if plural { DIGITS_MIN + 1 } else { DIGITS_MIN },
            })
        }
        Kind::Id { mut counts } => {
            let mut next = skip_blanks(text, tokens, at + 1, 4);
            for _ in 0..5 {
                // "numéro d'identification", "ID number": no count.
                if let Some(Kind::Id { counts: more }) = kind(tokens, next) {
                    counts &= more;
                } else if kind(tokens, next) != Some(Kind::Of)
                    && !is_whose(text_of(text, tokens, next))
                {
                    break;
                }
                next = skip_blanks(text, tokens, next + 1, 2);
            }
            match kind(tokens, next) {
                Some(Kind::License { plural }) if next > at => {
                    // "number of licenses: 15000"
                    let rank = (!(counts && plural)).then_some(Rank::Named);
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

/// Words before `license` that say whose it is.
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

/// Words between a license and its ID: "the license with the ID 7".
fn is_with(word: &str) -> bool {
    matches!(
        plain_letters(word).as_str(),
        "with"
            | "whose"
            | "bearing"
            | "having"
            | "has"
            | "the"
            | "serial"
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

fn text_of<'a>(text: &'a str, tokens: &[Token], at: usize) -> &'a str {
    tokens
        .get(at)
        .and_then(|token| text.get(token.start..token.end))
        .unwrap_or_default()
}

/// Whether a word for a count is before the label in its line: "Max Users in License", "number of licenses".
fn counted_before(tokens: &[Token], at: usize) -> bool {
    tokens
        .iter()
        .take(at)
        .rev()
        .take(BEFORE)
        // A number in between is the other thing's.
        .take_while(|t| !matches!(t.kind, Kind::Line | Kind::Stop | Kind::Digits))
        .any(|t| matches!(t.kind, Kind::Other | Kind::Id { counts: true }))
}

/// Whether a line begins with the token and it is a label there: `ID: 7`, `ID` and a tab.
fn is_line_label(text: &str, tokens: &[Token], at: usize) -> bool {
    let before = tokens
        .iter()
        .take(at)
        .rev()
        .take(6)
        .take_while(|t| t.kind != Kind::Line);
    let begins = before.clone().all(|t| {
        matches!(t.kind, Kind::Blank | Kind::Cell)
            && !matches!(text.get(t.start..t.end), Some("\"" | "'"))
    });
    let after = skip_blanks(text, tokens, at + 1, 2);
    let alone = kind(tokens, after) == Some(Kind::Digits)
        && matches!(
            kind(tokens, skip_blanks(text, tokens, after + 1, 2)),
            Some(Kind::Line) | None
        );
    begins
        && before.count() < 6
        && (alone
            || matches!(
                kind(tokens, after),
                Some(Kind::Copula | Kind::Cell | Kind::Line) | None
            ))
}

/// Whether the token is the `id` among a license's `restrictions`, as a decoded license file prints them.
fn within_restrictions(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(start) = tokens.get(at).map(|t| t.start) else {
        return false;
    };
    let above = tail(text.get(..start).unwrap_or_default(), 400);
    let inside = above
        .rsplit_once("restrictions")
        .is_some_and(|(_, after)| !after.contains('}') && after.contains('{'));
    let part_of_word = above.ends_with(['_', '-', '.']);
    let after = skip_blanks(text, tokens, at + 1, 2);
    inside && !part_of_word && kind(tokens, after) == Some(Kind::Copula)
}

/// Whether a line asks for a license ID and gives none: "What is your license ID?"
pub(super) fn asks(line: &str, work: &mut Work) -> bool {
    if line.len() > ASKS_MAX || !line.trim_end().ends_with(['?', ':', '？', '：']) {
        return false;
    }
    let tokens = tokens(line, work);
    let named = |at| label_at(line, &tokens, at).is_some_and(|l| l.rank == Some(Rank::Named));
    !tokens.iter().any(|t| t.kind == Kind::Digits) && (0..tokens.len()).any(named)
}

/// The number that a text begins with, on a line of its own: the answer to a question.
pub(super) fn answer(text: &str, at: usize) -> Option<(LicenseId, Range<usize>)> {
    let bare = text.trim_start();
    let line = bare.lines().next()?.trim_end();
    let value = line.trim_matches(|c: char| c.is_whitespace() || "#\"'`*.-".contains(c));
    let start = text.len() - bare.len() + line.find(value)?;
    let range = number(text, start, true)?;
    let digits = digits_in(text, &range);
    if range.len() != value.len() || digits < DIGITS_MIN || line.len() > ASKS_MAX {
        return None;
    }
    let id = LicenseId::parse(&value.replace(|c: char| !c.is_ascii_digit(), "")).ok()?;
    Some((id, at + range.start..at + range.end))
}

/// Longest line that asks for an ID or answers with one, in bytes.
const ASKS_MAX: usize = 200;

/// What stands before an answer in its own line: "A: 7", "My answer: 7".
fn is_answer(label: &str) -> bool {
    let label = plain_letters(label.trim());
    let last = label.rsplit(' ').next().unwrap_or_default();
    matches!(
        last,
        "a" | "answer"
            | "reply"
            | "response"
            | "antwort"
            | "reponse"
            | "respuesta"
            | "resposta"
            | "risposta"
            | "ответ"
            | "回答"
            | "답변"
            | "答"
    )
}

/// Whether the lines around are those of a license's page: a word for it above, and no other thing's number.
fn within_license(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(start) = tokens.get(at).map(|t| t.start) else {
        return false;
    };
    let above = tail(text.get(..start).unwrap_or_default(), 300);
    let lines: Vec<&str> = above
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty())
        .take(6)
        .collect();
    // What an instance calls its own number.
    const LOCAL: [&str; 4] = [
        "historical_max",
        "maximum_user_count",
        "user_limit",
        "created_at",
    ];
    if LOCAL.iter().any(|key| {
        above.contains(key) || head(text.get(start..).unwrap_or_default(), 480).contains(key)
    }) {
        return false;
    }
    let other = |line: &str| {
        let lower = plain_letters(line);
        [
            "project",
            "group",
            "namespace",
            "ticket",
            "user id",
            "account",
            "order",
            "instance",
            "runner",
            "projekt",
            "gruppe",
        ]
        .iter()
        .any(|word| lower.contains(word))
    };
    if lines.first().is_some_and(|line| other(line)) {
        return false;
    }
    lines.iter().any(|line| {
        let lower = plain_letters(line);
        line.len() <= 120
            && !lower.contains("sublicen")
            && [
                "license",
                "licence",
                "licenses",
                "lizenz",
                "licencia",
                "licenca",
                "licenza",
                "лиценз",
                "subscription",
                "abonnement",
                "suscripcion",
                "assinatura",
                "subscricao",
                "abbonamento",
                "sottoscrizione",
                "подписк",
                "ライセンス",
                "サブスクリプション",
                "许可证",
                "許可證",
                "授权",
                "授權",
                "订阅",
                "訂閱",
                "라이선스",
                "라이센스",
                "구독",
            ]
            .iter()
            .any(|word| lower.contains(word))
    })
}

/// The numbers that follow a label.
fn values_after(
    text: &str,
    tokens: &[Token],
    label: &Label,
    named: bool,
    hits: &mut Vec<Range<usize>>,
) {
    let mut direct = true;
    let mut copula = false;
    let mut valued = false;
    let mut depth = 0_usize;
    let mut lines = 0;
    let mut at = label.end;
    let last = label.end + AFTER;
    while at < last {
        let Some(token) = tokens.get(at).copied() else {
            break;
        };
        match token.kind {
            Kind::Digits if depth > 0 && !direct => {}
            Kind::Digits => {
                // Glued to the word itself: a name such as `license2`.
                if at == label.end && !named {
                    break;
                }
                if !(direct || copula) {
                    break;
                }
                let Some(range) = number(text, token.start, named) else {
                    break;
                };
                let length = digits_in(text, &range);
                let marked = text.get(..range.start).is_some_and(|before| {
                    before.ends_with('#') && !before.ends_with("(#") && !before.ends_with("&#")
                });
                let least = if marked && !named { 1 } else { label.least };
                let round = !named
                    && text
                        .get(range.clone())
                        .is_some_and(|digits| digits.ends_with("000"));
                if length < if direct { least } else { DIGITS_MIN }
                    || round
                    || (lines > 0 && length < DIGITS_MIN)
                {
                    break;
                }
                while tokens.get(at).is_some_and(|t| t.end < range.end) {
                    at += 1;
                }
                hits.push(range);
                if hits.len() >= 20 {
                    break;
                }
                valued = true;
                direct = true;
                copula = false;
            }
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.saturating_sub(1),
            Kind::Blank | Kind::Cell | Kind::Filler => {}
            Kind::Copula => {
                // What follows is the value, or another matter.
                if !direct && copula {
                    break;
                }
                copula = true;
                if !direct && depth == 0 {
                    valued = true;
                }
            }
            Kind::Line => {
                lines += 1;
                if lines > 2 || !named || valued {
                    break;
                }
                if !direct {
                    break;
                }
            }
            Kind::Id { .. } if direct => {}
            Kind::Of if !valued => {}
            Kind::Stop => {
                let abbreviated = at == label.end;
                // "The license ID is as follows." and the number below it.
                let announced = direct
                    && copula
                    && !valued
                    && kind(tokens, skip_blanks(text, tokens, at + 1, 2)) == Some(Kind::Line);
                if !abbreviated && !announced && depth == 0 {
                    break;
                }
            }
            Kind::Label | Kind::License { .. } | Kind::Other if depth == 0 => break,
            _ if depth > 0 => direct = false,
            _ => {
                if valued || !named || lines > 0 {
                    break;
                }
                if direct && copula {
                    // "License ID: unknown"
                    break;
                }
                direct = false;
                copula = false;
            }
        }
        at += 1;
    }
}

fn digits_in(text: &str, range: &Range<usize>) -> usize {
    text.get(range.clone())
        .unwrap_or_default()
        .bytes()
        .filter(u8::is_ascii_digit)
        .count()
}

/// The number below a label: in the same column of the next row.
fn value_below(
    text: &str,
    tokens: &[Token],
    label: &Label,
    work: &mut Work,
) -> Option<Range<usize>> {
    let start = tokens.get(label.start)?.start;
    let end = tokens.get(label.end.checked_sub(1)?)?.end;
    let above = tail(text.get(..start)?, 480);
    let line_start = start
        - above
            .rfind('\n')
            .map_or(above.len(), |i| above.len() - i - 1);
    let beside = text
        .get(end..)?
        .trim_start_matches([' ', '"', '*', ':', '`', '\r']);
    if !beside.starts_with(['\t', '|', ';', ',', '\n']) {
        return None;
    }
    let rest = head(text.get(end..)?, 960);
    work.add(480);
    let line_end = end + rest.find('\n')?;
    let line = text.get(line_start..line_end)?;
    let (before, after) = (text.get(line_start..start)?, text.get(end..line_end)?);
    let delimiter = ['\t', '|', ';', ',']
        .into_iter()
        .find(|d| line.contains(*d))?;
    let edge = |side: &str, at_end: bool| {
        let bare = side.trim_matches([' ', '"', '*', ':', '`']);
        bare.is_empty()
            || if at_end {
                bare.ends_with(delimiter)
            } else {
                bare.starts_with(delimiter)
            }
    };
    if !edge(before, true) || !edge(after, false) {
        return None;
    }
    let column = before.matches(delimiter).count();
    let mut at = line_end + 1;
    for row in text
        .get(at..)
        .map(|rest| head(rest, 960))
        .unwrap_or_default()
        .split_inclusive('\n')
        .take(3)
    {
        let bare = row.trim();
        let separates = bare.chars().all(|c| "-+|:= \t".contains(c));
        if !separates {
            let mut cell_at = at;
            for (n, cell) in row.split(delimiter).enumerate() {
                let value = cell.trim_matches(|c: char| c.is_whitespace() || "\"*`".contains(c));
                if n == column && !value.is_empty() {
                    let offset = cell.find(value)?;
                    let range = number(text, cell_at + offset, true)?;
                    return (range.len() == value.len() && digits_in(text, &range) >= DIGITS_MIN)
                        .then_some(range);
                }
                cell_at += cell.len() + delimiter.len_utf8();
            }
            return None;
        }
        at += row.len();
    }
    None
}

/// The number in the answer below a label that ends its line: "Q: License ID" and "A: 1023999" below.
fn answered_below(text: &str, tokens: &[Token], label: &Label) -> Option<Range<usize>> {
    let end = tokens.get(label.end.checked_sub(1)?)?.end;
    let rest = head(text.get(end..)?, ASKS_MAX);
    let line = rest.lines().next()?;
    if line.contains(char::is_alphanumeric) {
        return None;
    }
    let below = rest.get(line.len() + 1..)?;
    let start = end + line.len() + 1;
    let (before, value) = below.lines().next()?.split_once([':', '：'])?;
    if !is_answer(before) {
        return None;
    }
    let digits = value.find(|c: char| c.is_ascii_digit())?;
    let colon = below.get(before.len()..)?.chars().next()?.len_utf8();
    let blank = value.get(..digits)?.trim_matches([' ', '#', '*', '`']);
    let range = number(text, start + before.len() + colon + digits, true)?;
    (blank.is_empty() && digits_in(text, &range) >= DIGITS_MIN).then_some(range)
}

/// The number before a label: `1023999 (license ID)`, `1023999 is our license`.
fn value_before(text: &str, tokens: &[Token], label: &Label, named: bool) -> Option<Range<usize>> {
    let (mut says, mut opened) = (false, false);
    for (n, token) in tokens
        .iter()
        .take(label.start)
        .rev()
        .take(BEFORE)
        .enumerate()
    {
        match token.kind {
            Kind::Blank | Kind::Filler => {}
            Kind::Copula => says = true,
            Kind::Open if n <= 1 => opened = true,
            Kind::Id { .. } if says => {}
            Kind::Digits => {
                let glued = text
                    .get(..token.start)?
                    .chars()
                    .next_back()
                    .is_some_and(|c| {
                        (c.is_alphanumeric() && !is_unspaced(c)) || "-./,:_+@'’".contains(c)
                    });
                let range = number(text, token.start, false)?;
                return ((says || (opened && named)) && !glued && range.len() >= DIGITS_MIN)
                    .then_some(range);
            }
            _ => return None,
        }
    }
    None
}

/// The number that begins at `at`, where it is one by itself: no part of a date, a version, a word or a longer number.
fn number(text: &str, at: usize, grouped: bool) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take(DIGITS_MAX + 1)
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let length = run(at);
    if length == 0 || length > DIGITS_MAX {
        return None;
    }
    let mut end = at + length;
    if grouped && length <= 3 {
        end = groups(text, at, length).unwrap_or(end);
    }
    let after = head(text.get(end..)?, 48);
    let mut next = after.chars();
    let in_path = text.get(..at)?.ends_with('/');
    let ends = match (next.next(), next.next()) {
        (Some('/'), _) if in_path => true,
        (Some('.' | ':' | '-' | '/' | '\'' | '’'), Some(c)) => {
            !c.is_alphanumeric() || is_unspaced(c)
        }
        // A thousands separator.
        (Some(','), Some(c)) if c.is_ascii_digit() => end - at > 3,
        (Some('_' | '@' | '+' | '='), _) => false,
        (Some(c), _) => !c.is_alphanumeric() || is_unspaced(c),
        (None, _) => true,
    };
    let before = text
        .get(..at)?
        .chars()
        .next_back()
        .is_none_or(|c| (!c.is_alphanumeric() || is_unspaced(c)) && !"+@’".contains(c));
    (ends && before && !counts_something(after)).then_some(at..end)
}

/// The end of a number in groups of three digits, all with the same sign between: `1 023 999`.
fn groups(text: &str, at: usize, first: usize) -> Option<usize> {
    let mut end = at + first;
    let sign = text
        .get(end..)?
        .chars()
        .next()
        .filter(|c| matches!(c, ' ' | '.' | ',' | '\'' | '’'))?;
    let mut groups = 0;
    while groups < 3
        && text.get(end..).is_some_and(|rest| rest.starts_with(sign))
        && text
            .as_bytes()
            .get(end + sign.len_utf8()..end + sign.len_utf8() + 3)
            .is_some_and(|group| group.iter().all(u8::is_ascii_digit))
        && !text
            .as_bytes()
            .get(end + sign.len_utf8() + 3)
            .is_some_and(u8::is_ascii_digit)
    {
        end += sign.len_utf8() + 3;
        groups += 1;
    }
    (groups > 0).then_some(end)
}

/// What a number may not be followed by: then it counts something else.
fn counts_something(after: &str) -> bool {
    let rest = after.trim_start();
    if rest.starts_with([
        '%', '€', '$', '£', '名', '个', '個', '人', '명', '개', '席', '円', '元',
    ]) || rest.starts_with("ユーザー")
        || rest.starts_with("사용자")
    {
        return true;
    }
    let word: String = rest
        .chars()
        .take(14)
        .take_while(|c| c.is_alphabetic())
        .collect();
    matches!(
        plain_letters(&word).as_str(),
        "user"
            | "users"
            | "seat"
            | "seats"
            | "licenses"
            | "licences"
            | "day"
            | "days"
            | "people"
            | "members"
            | "employees"
            | "usd"
            | "eur"
            | "months"
            | "years"
            | "nutzer"
            | "benutzer"
            | "platze"
            | "plaetze"
            | "lizenzen"
            | "utilisateurs"
            | "utilisateur"
            | "sieges"
            | "usuarios"
            | "licencias"
            | "asientos"
            | "licencas"
            | "assentos"
            | "utenti"
            | "licenze"
            | "posti"
            | "пользователей"
            | "пользователя"
            | "лицензий"
            | "мест"
            | "jours"
            | "tage"
            | "dias"
            | "giorni"
            | "gebruikers"
            | "developers"
    )
}

/// Whether a sign is a letter of a word; the one in `n.º` is not.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'º' | 'ª')
}

/// The tokens of a text.
fn tokens(text: &str, work: &mut Work) -> Vec<Token> {
    work.add(text.len());
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if is_unspaced(c) && c.is_alphanumeric() {
            while let Some((at, _)) = chars.next_if(|(_, c)| is_unspaced(*c) && c.is_alphanumeric())
            {
                end = at
                    + text
                        .get(at..)
                        .and_then(|rest| rest.chars().next())
                        .map_or(1, char::len_utf8);
            }
            unspaced(text, start, end, &mut out);
            continue;
        }
        if is_letter(c) {
            while let Some((at, c)) = chars.next_if(|(_, c)| {
                is_letter(*c) && !is_unspaced(*c) || matches!(*c, '\u{300}'..='\u{36F}')
            }) {
                end = at + c.len_utf8();
            }
            let kind = text.get(start..end).map_or(Kind::Word, word_kind);
            out.push(Token { start, end, kind });
            continue;
        }
        if c.is_ascii_digit() {
            while let Some((at, _)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
                end = at + 1;
            }
            out.push(Token {
                start,
                end,
                kind: Kind::Digits,
            });
            continue;
        }
        let kind = match c {
            '\n' => Kind::Line,
            '\t' | '|' => Kind::Cell,
            ':' | '=' | '→' => Kind::Copula,
            '(' | '[' | '（' | '【' => Kind::Open,
            ')' | ']' | '）' | '】' => Kind::Close,
            '.' | '!' | '?' => {
                if chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
                    Kind::Stop
                } else {
                    Kind::Blank
                }
            }
            '。' => Kind::Stop,
            '#' | '№' | 'º' | '°' | ' ' | '\r' | '-' | '–' | '—' | '"' | '\'' | '’' | '`' | '*'
            | '/' | ',' | ';' | '_' | '&' | '>' | '<' | '«' | '»' | '「' | '」' | '『' | '』'
            | '•' => Kind::Blank,
            _ => Kind::Word,
        };
        out.push(Token { start, end, kind });
    }
    out
}

/// What a word means.
fn word_kind(word: &str) -> Kind {
    if word.len() > 40 {
        return Kind::Word;
    }
    let lower = plain_letters(word);
    match lower.as_str() {
        "license" | "licence" | "lic" | "lizenz" | "licencia" | "licenca" | "licenza"
        | "лицензия" | "лицензии" | "лицензию" | "licentie" | "licens" | "lisens" | "licencja"
        | "licencji" | "lisans" | "licenta" => Kind::License { plural: false },
        "licenses" | "licences" | "lizenzen" | "licencias" | "licencas" | "licenze"
        | "лицензий" | "лицензиям" | "licenties" | "licenser" => {
            Kind::License { plural: true }
        }
        "id"
        | "ids"
        | "identifier"
        | "identifiers"
        | "identifiant"
        | "identificador"
        | "identificativo"
        | "identifikator"
        | "kennung"
        | "identification"
        | "identificacion"
        | "identificacao"
        | "identificazione"
        | "identifikation"
        | "identifikationsnummer"
        | "kennnummer"
        | "идентификационный"
        | "идентификатор"
        | "ид" => Kind::Id { counts: false },
        "no" | "nr" | "num" | "number" | "numbers" | "numero" | "numeros" | "numeri" | "nummer"
        | "nummern" | "numer" | "номер" | "номера" | "n" => Kind::Id { counts: true },
        "licenseid" | "licenceid" | "licenseids" | "licensenumber" | "licencenumber"
        | "licenseno" | "lizenzid" | "lizenznummer" | "lizenznr" | "lizenzkennung"
        | "licentienummer" | "licentieid" | "licensnummer" | "lisensnummer" | "licensid" => {
            Kind::Label
        }
        "of" | "de" | "der" | "des" | "di" | "da" | "do" | "du" | "del" | "della" | "dell"
        | "la" | "l" | "d" | "van" | "von" | "for" | "fur" | "pour" | "para" | "per" | "для"
        | "и" => Kind::Of,
        "is" | "are" | "was" | "ist" | "lautet" | "lauten" | "sind" | "est" | "sont" | "es"
        | "son" | "e" | "sao" | "sono" | "это" => Kind::Copula,
        "the" | "our" | "my" | "gitlab" | "and" | "or" | "portal" | "as" | "follows"
        | "following" | "shown" | "displayed" | "listed" | "says" | "reads" | "see" | "unsere"
        | "unser" | "meine" | "die" | "und" | "notre" | "nuestra" | "nuestro" | "nossa"
        | "nostra" | "наш" | "наша" | "wie" | "folgt" | "folgende" | "suivant" | "suivante"
        | "siguiente" | "seguinte" | "seguente" | "le" | "el" | "il" | "below" | "here" | "y"
        | "et" => Kind::Filler,
        "user"
        | "users"
        | "seat"
        | "seats"
        | "count"
        | "total"
        | "amount"
        | "quantity"
        | "max"
        | "maximum"
        | "size"
        | "ticket"
        | "case"
        | "request"
        | "order"
        | "invoice"
        | "customer"
        | "account"
        | "phone"
        | "tel"
        | "telephone"
        | "telefon"
        | "telefono"
        | "telefone"
        | "fax"
        | "mobile"
        | "zip"
        | "postcode"
        | "plz"
        | "postal"
        | "project"
        | "group"
        | "namespace"
        | "anzahl"
        | "nombre"
        | "quantite"
        | "cantidad"
        | "quantidade"
        | "quantita"
        | "количество"
        | "число"
        | "пользователей"
        | "nutzer"
        | "benutzer"
        | "utilisateurs"
        | "usuarios"
        | "utenti"
        | "kundennummer"
        | "bestellnummer"
        | "ticketnummer"
        | "rechnung"
        | "commande"
        | "facture"
        | "pedido"
        | "factura"
        | "fatura"
        | "fattura"
        | "ordine"
        | "hrb"
        | "vat"
        | "ust"
        | "siret"
        | "siren"
        | "rcs"
        | "register"
        | "sublicense"
        | "key"
        | "expires"
        | "price"
        | "po" => Kind::Other,
        _ => Kind::Word,
    }
}

/// The words of scripts that have no blanks between them, the longest first.
const UNSPACED: &[(&str, Kind)] = &[
    ("ライセンス番号", Kind::Label),
    ("ライセンス識別番号", Kind::Label),
    ("ライセンス識別子", Kind::Label),
    ("许可证编号", Kind::Label),
    ("许可证号码", Kind::Label),
    ("许可证号", Kind::Label),
    ("許可證編號", Kind::Label),
    ("许可证标识", Kind::Label),
    ("许可证识别码", Kind::Label),
    ("授权号码", Kind::Label),
    ("授权号", Kind::Label),
    ("授權號碼", Kind::Label),
    ("授權號", Kind::Label),
    ("許可證號碼", Kind::Label),
    ("許可證號", Kind::Label),
    ("授权编号", Kind::Label),
    ("授權編號", Kind::Label),
    ("라이선스번호", Kind::Label),
    ("라이센스번호", Kind::Label),
    ("라이선스아이디", Kind::Label),
    ("ライセンス", Kind::License { plural: false }),
    ("许可证", Kind::License { plural: false }),
    ("許可證", Kind::License { plural: false }),
    ("许可", Kind::License { plural: false }),
    ("授权", Kind::License { plural: false }),
    ("授權", Kind::License { plural: false }),
    ("라이선스", Kind::License { plural: false }),
    ("라이센스", Kind::License { plural: false }),
    ("識別番号", Kind::Id { counts: false }),
    ("識別子", Kind::Id { counts: false }),
    ("识别码", Kind::Id { counts: false }),
    ("識別碼", Kind::Id { counts: false }),
    ("标识符", Kind::Id { counts: false }),
    ("식별자", Kind::Id { counts: false }),
    ("식별", Kind::Id { counts: false }),
    ("고유", Kind::Id { counts: false }),
    ("番号", Kind::Id { counts: false }),
    ("编号", Kind::Id { counts: false }),
    ("編號", Kind::Id { counts: false }),
    ("번호", Kind::Id { counts: false }),
    ("아이디", Kind::Id { counts: false }),
    ("の", Kind::Of),
    ("的", Kind::Of),
    ("以下", Kind::Filler),
    ("下記", Kind::Filler),
    ("如下", Kind::Filler),
    ("通り", Kind::Filler),
    ("です", Kind::Filler),
    ("我们", Kind::Filler),
    ("我們", Kind::Filler),
    ("弊社", Kind::Filler),
    ("当社", Kind::Filler),
    ("저희", Kind::Filler),
    ("は", Kind::Copula),
    ("が", Kind::Copula),
    ("是", Kind::Copula),
    ("为", Kind::Copula),
    ("為", Kind::Copula),
    ("는", Kind::Copula),
    ("은", Kind::Copula),
    ("이", Kind::Copula),
    ("数量", Kind::Other),
    ("數量", Kind::Other),
    ("数", Kind::Other),
    ("수량", Kind::Other),
    ("수", Kind::Other),
    ("ユーザー", Kind::Other),
    ("用户", Kind::Other),
    ("사용자", Kind::Other),
    ("电话", Kind::Other),
    ("電話", Kind::Other),
    ("전화", Kind::Other),
    ("工单", Kind::Other),
    ("チケット", Kind::Other),
    ("티켓", Kind::Other),
    ("订单", Kind::Other),
    ("注文", Kind::Other),
    ("주문", Kind::Other),
    ("邮编", Kind::Other),
    ("郵便", Kind::Other),
    ("キー", Kind::Other),
    ("密钥", Kind::Other),
    ("金鑰", Kind::Other),
];

/// The tokens of a run of such a script.
fn unspaced(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let mut at = start;
    while at < end {
        let Some(rest) = text.get(at..end) else {
            return;
        };
        let known = UNSPACED.iter().find(|(word, _)| rest.starts_with(word));
        let length = known.map_or_else(
            || rest.chars().next().map_or(1, char::len_utf8),
            |(word, _)| word.len(),
        );
        out.push(Token {
            start: at,
            end: at + length,
            kind: known.map_or(Kind::Word, |(_, kind)| *kind),
        });
        at += length;
    }
}

/// The last bytes of a text, of at most `most`.
fn tail(text: &str, most: usize) -> &str {
    (text.len().saturating_sub(most)..=text.len())
        .find_map(|i| text.get(i..))
        .unwrap_or_default()
}

/// The first bytes of a text, of at most `most`.
fn head(text: &str, most: usize) -> &str {
    (0..=most.min(text.len()))
        .rev()
        .find_map(|i| text.get(..i))
        .unwrap_or_default()
}
