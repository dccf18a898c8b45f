//! Cloud activation codes: 24 letters and digits, recognized in free text by the words near them.

use std::fmt;
use std::ops::Range;

use super::others;
use super::rank::Rank;
use super::work::Work;
use crate::record::ids::MaskedCode;
use crate::text::line::{head, tail};
use crate::text::normal::{is_unspaced, plain_letters};

/// A cloud activation code: 24 letters and digits, with its case (`facts`). It is a secret: it
/// cannot be serialized, and displays itself masked.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode(String);

impl ActivationCode {
    /// The length of a code, in characters.
    pub const LENGTH: usize = 24;

    /// Parses a code that was typed or pasted alone: 24 characters, both letters and digits, and
    /// not a hexadecimal number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = text.len() == Self::LENGTH
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
            && text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().any(|b| b.is_ascii_alphabetic())
            && !is_hex(text);
        fits.then(|| Self(text.to_owned()))
    }

    /// The code itself. Use it only for the URL that searches the portal for it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The masked code, which may be shown and stored.
    pub fn masked(&self) -> MaskedCode {
        MaskedCode::of(&self.0)
    }
}

impl fmt::Debug for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActivationCode({})", self.masked().as_str())
    }
}

impl fmt::Display for ActivationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.masked().as_str())
    }
}

/// Whether it is a hexadecimal number in one case, such as a hash or a database key.
fn is_hex(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
        || text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
}

/// Finds the cloud activation codes in a text. Near `activation` any plausible code counts; near
/// `code` or alone on a line it must look more random; elsewhere it must have upper and lower case,
/// digits in two places, and no words. A part of a longer run, a path or base64 never counts.
pub(super) fn find_codes(
    text: &str,
    at: usize,
    limit: usize,
    work: &mut Work,
) -> Vec<(ActivationCode, Range<usize>, Rank)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    work.add(bytes.len());
    let mut i = 0;
    while i < bytes.len() && found.len() < limit {
        let rest = bytes.get(i..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        if length == ActivationCode::LENGTH
            && let Some(token) = text.get(i..i + length)
            && let Some(rank) = is_code_here(text, i, token, work)
        {
            found.push((
                ActivationCode(token.to_owned()),
                at + i..at + i + length,
                rank,
            ));
        }
        i += length.max(1);
    }
    found
}

fn is_code_here(text: &str, start: usize, token: &str, work: &mut Work) -> Option<Rank> {
    let bytes = token.as_bytes();
    let has = |test: fn(&u8) -> bool| bytes.iter().any(test);
    if !has(u8::is_ascii_digit)
        || !has(u8::is_ascii_uppercase)
        || !has(u8::is_ascii_lowercase)
        || is_hex(token)
    {
        return None;
    }
    let class = |b: &u8| {
        if b.is_ascii_digit() {
            0
        } else {
            1 + u8::from(b.is_ascii_uppercase())
        }
    };
    let changes = bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .filter(|(a, b)| class(a) != class(b))
        .count();
    let longest_run = bytes
        .chunk_by(|a, b| class(a) == class(b))
        .map(<[u8]>::len)
        .max()
        .unwrap_or_default();
    let digit_runs = bytes
        .split(|b| !b.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .count();
    let end = start + token.len();
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    work.add(4 * NEAR);
    if !stands_alone(before, after) || beside_base64(before, after) {
        return None;
    }
    // A code that is named as one may look less random: by chance some do.
    let near = plain_letters(tail(before, NEAR));
    let named = ACTIVATION.iter().any(|word| near.contains(word));
    let line = near.rsplit('\n').next().unwrap_or_default();
    let rest = head(after, NEAR)
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default();
    let own_line = |side: &str| {
        side.chars()
            .all(|c| c.is_whitespace() || "\"'`*>|.:".contains(c))
    };
    let close = plain_letters(tail(before, 40));
    let says_code = close
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| matches!(w, "code" | "kode" | "codigo" | "codice" | "kod" | "код"))
        || ["コード", "码", "碼", "코드"]
            .iter()
            .any(|word| close.contains(word));
    let hinted = says_code || (own_line(line) && own_line(rest));
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let in_address = word.contains("://") && !word.contains("activation");
    let label = if line.trim().is_empty() {
        near.trim_end().rsplit('\n').next().unwrap_or_default()
    } else {
        line
    };
    if others::is_beside_other(text, start, &(start..end))
        || others::is_other_makers_code(label)
        || (!ACTIVATION.iter().any(|word| label.contains(word)) && others::is_other_code(label))
    {
        return None;
    }
    if is_denied(line) {
        return None;
    }
    // A text named like another secret is no activation code, unless the same line names one.
    let secret = |text: &str| SECRETS.iter().any(|word| text.contains(word));
    let named_here = ACTIVATION.iter().any(|word| line.contains(word));
    if (secret(line) && !named_here)
        || (!named && secret(&close))
        || (line.trim().is_empty() && !named && secret(&near))
    {
        return None;
    }
    let random = match (named, hinted) {
        (true, _) => changes >= 6 && longest_run <= 7,
        (false, true) => changes >= 8 && longest_run <= 6,
        (false, false) => changes >= 9 && longest_run <= 6 && digit_runs >= 2,
    };
    (random && !in_address).then_some(if named || hinted {
        Rank::Named
    } else {
        Rank::Guess
    })
}

/// The names of an activation code, in lower case without accents.
const ACTIVATION: &[&str] = &[
    "activation",
    "cloud licens",
    "activate",
    "aktivierung",
    "aktivier",
    "activacion",
    "activar",
    "codigo de ativacao",
    "ativacao",
    "ativar",
    "attivazione",
    "attivare",
    "активац",
    "активир",
    "アクティベーション",
    "ライセンス認証",
    "有効化",
    "アクティブ化",
    "激活",
    "啟用",
    "启用",
    "활성화",
    "정품 인증",
    "activer",
];

/// Whether a line says that no activation code follows: "this is not our activation code: …".
fn is_denied(line: &str) -> bool {
    const NOT: [&str; 12] = [
        "not", "isn't", "no", "kein", "nicht", "pas", "non", "nao", "nie", "niet", "не", "geen",
    ];
    const WHOSE: [&str; 8] = [
        "your", "code", "codigo", "codice", "kod", "код", "cloud", "gitlab",
    ];
    let Some(named) = ACTIVATION.iter().filter_map(|word| line.find(word)).min() else {
        return false;
    };
    let mut before = line.get(..named).unwrap_or_default().split_whitespace();
    let denies = before
        .by_ref()
        .rev()
        .find(|word| word.chars().count() > 3 && !WHOSE.contains(word) || NOT.contains(word));
    denies.is_some_and(|word| NOT.contains(&word))
        || ["不是", "ではない", "ではありません", "아닙", "아닌"]
            .iter()
            .any(|word| line.contains(word))
}

/// The names of other secrets.
const SECRETS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwort",
    "webhook",
    "hook",
    "api key",
    "api_key",
    "apikey",
    "access key",
    "bearer",
    "session",
    "slack",
    "runner",
    "credential",
    "contrasena",
    "mot de passe",
    "senha",
    "пароль",
    "パスワード",
    "密码",
    "비밀번호",
    "client_id",
    "trace",
    "request id",
    "request-id",
    "request_id",
    "correlation",
    "hash",
    "salt",
    "build",
    "2fa",
    "two-factor",
    "two factor",
    "recovery",
    "fingerprint",
    "nonce",
    "checksum",
    "etag",
    "nameid",
    "saml",
    "digest",
    "cookie",
    "csrf",
    "jwt",
    "certificate",
    "message-id",
    "uuid",
];

/// How far around a text its context reaches, in bytes.
const NEAR: usize = 120;

fn stands_alone(before: &str, after: &str) -> bool {
    let left = before.chars().next_back().is_none_or(|c| {
        c.is_whitespace() || is_unspaced(c) || "\"'`([{<>*|,;:=“”„‘’«»\u{FEFF}".contains(c)
    });
    let mut next = after.chars();
    let right = match next.next() {
        None => true,
        Some('.' | ',' | ';' | ':' | '!' | '?' | '*') => next
            .next()
            .is_none_or(|c| !c.is_alphanumeric() || is_unspaced(c)),
        Some(c) => c.is_whitespace() || is_unspaced(c) || "\"'`)]}<>|“”’«»".contains(c),
    };
    left && right
}

/// Whether the line before or after is one long run, so that this line belongs to the same block.
fn beside_base64(before: &str, after: &str) -> bool {
    let long = |line: &str| {
        let line = line.trim().trim_start_matches(['>', '|', ' ']);
        line.len() >= 32
            && line
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+/=".contains(c))
    };
    let above = tail(before, NEAR)
        .trim_end_matches(['>', '|', ' '])
        .trim_end_matches('\r')
        .strip_suffix('\n');
    let below = head(after, NEAR)
        .trim_start_matches(['=', ' ', '\r'])
        .strip_prefix('\n');
    above.is_some_and(|lines| lines.rsplit('\n').next().is_some_and(long))
        || below.is_some_and(|lines| lines.split('\n').next().is_some_and(long))
}
