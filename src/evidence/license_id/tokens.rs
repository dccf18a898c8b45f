//! The meaning of a text's words, signs and digits for finding a license ID.

use super::super::work::Work;
use crate::text::normal::{is_unspaced, plain_letters};

/// The meaning of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `license`, singular or plural.
    License {
        plural: bool,
    },
    /// `ID`, `number`, `no.`; `counts` if it can mean a count.
    Id {
        counts: bool,
    },
    /// Both in one word.
    Label,
    /// `of`, `der`, `de`.
    Of,
    /// A word that may come between a label and its number.
    Filler,
    /// A word that follows or precedes the value: `is`, `:`, `は`.
    Copula,
    /// A word for a count, or for another number.
    Other,
    /// A number's digits.
    Digits,
    /// A line's end.
    Line,
    /// Whitespace, a quotation mark, or a bracket that has no meaning here.
    Space,
    /// The separator between the cells of a row.
    Cell,
    Open,
    Close,
    /// The end of a sentence.
    Stop,
    /// Any other word or sign.
    Word,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

pub(super) fn kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at).map(|token| token.kind)
}

/// The next token at or after `at` that is not whitespace.
pub(super) fn skip_spaces(text: &str, tokens: &[Token], mut at: usize, most: usize) -> usize {
    let end = at + most;
    while at < end
        && tokens.get(at).is_some_and(|t| {
            t.kind == Kind::Space
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

pub(super) fn text_of<'a>(text: &'a str, tokens: &[Token], at: usize) -> &'a str {
    tokens
        .get(at)
        .and_then(|token| text.get(token.start..token.end))
        .unwrap_or_default()
}

/// Whether a character is a letter of a word; the `º` of `n.º` is not.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'º' | 'ª')
}

/// The tokens of a text.
pub(super) fn tokens(text: &str, work: &mut Work) -> Vec<Token> {
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
            // Dots that lead from a label to its value.
            '.' if text
                .get(..start)
                .is_some_and(|before| before.ends_with("...")) =>
            {
                Kind::Space
            }
            '.' | '!' | '?' => {
                if chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
                    Kind::Stop
                } else {
                    Kind::Space
                }
            }
            '。' => Kind::Stop,
            '#' | '№' | 'º' | '°' | ' ' | '\r' | '-' | '–' | '—' | '"' | '\'' | '’' | '`' | '*'
            | '/' | ',' | ';' | '_' | '&' | '>' | '<' | '«' | '»' | '「' | '」' | '『' | '』'
            | '•' => Kind::Space,
            _ => Kind::Word,
        };
        out.push(Token { start, end, kind });
    }
    out
}

/// The meaning of a word.
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
        | "nummern" | "numer" | "номер" | "номера" | "номером" | "n" => {
            Kind::Id { counts: true }
        }
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

/// The words of scripts that put no spaces between words, the longest first.
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

/// Splits a run of such a script into tokens.
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
