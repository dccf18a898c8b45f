//! Marks that mail programs put before an older mail.

use crate::text::normal::plain_letters;

/// The rule that [`is_rule`] detects, which mail programs draw above the headers of an older mail.
pub(crate) const RULE: &str = "________________________________";

/// Whether a line is a rule, or words between two rules: a language or program that [`mark`] does
/// not know.
pub(super) fn is_rule(bare: &str) -> bool {
    let first = bare.bytes().next().filter(|b| b"-_=*".contains(b));
    let framed = |frame: u8| {
        let side = |bytes: &mut dyn Iterator<Item = u8>| bytes.take_while(|b| *b == frame).count();
        side(&mut bare.bytes()) >= 4 && side(&mut bare.bytes().rev()) >= 4
    };
    bare.len() >= 10 && bare.len() <= 160 && first.is_some_and(framed)
}

/// Marks before a quoted mail.
const ORIGINALS: &[&str] = &[
    "original message",
    "original appointment",
    "original email",
    "reply message",
    "ursprungliche nachricht",
    "urspruengliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "original nachricht",
    "ursprungliche mail",
    "message d'origine",
    "message original",
    "message initial",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "origineel bericht",
    "ursprungligt meddelande",
    "originalmeddelande",
    "opprinnelig melding",
    "oprindelig meddelelse",
    "wiadomosc oryginalna",
    "oryginalna wiadomosc",
    "исходное сообщение",
    "оригинальное сообщение",
    "puvodni zprava",
    "orijinal ileti",
    "元のメッセージ",
    "原始邮件",
    "原始郵件",
    "원본 메시지",
    "원본 메일",
    "원본메일",
];

/// Marks before a forwarded mail.
const FORWARDS: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "forwarded by",
    "forwarded mail",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "weitergeleitet von",
    "message transfere",
    "debut du message reexpedie",
    "debut du message transfere",
    "message transmis",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "inicio da mensagem encaminhada",
    "inicio da mensagem reencaminhada",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "vidarebefordrat meddelande",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "начало переадресованного сообщения",
    "転送されたメッセージ",
    "転送メッセージ",
    "转发的邮件",
    "转发邮件",
    "전달된 메",
    "anfang der weitergeleiteten e-mail",
    "start pa videresendt besked",
    "videresendt besked",
    "videresendt melding",
    "vidarebefordrat brev",
    "zacatek preposilane zpravy",
    "preposlana zprava",
    "valitetty viesti",
    "tovabbitott uzenet",
    "poczatek przekazywanej wiadomosci",
    "przekazana wiadomosc",
    "iletilmis mesaj",
];

/// Whether a line is such a mark, and if so, whether of a forwarded mail.
pub(super) fn mark(bare: &str) -> Option<bool> {
    if bare.len() > 160 {
        return None;
    }
    let lower = plain_letters(bare);
    if lower.starts_with("##")
        && (lower.contains("please do not write below") || lower.contains("reply above this line"))
    {
        return Some(false);
    }
    let rule = |c: char| "-–—_=*#~ ".contains(c);
    let inner = lower.trim_matches(rule);
    let framed = lower.starts_with(|c: char| "-–—_=*".contains(c)) || inner.ends_with(':');
    let inner = inner.trim_end_matches([':', ' ']);
    if !framed {
        return None;
    }
    if FORWARDS.iter().any(|known| inner.starts_with(*known)) {
        return Some(true);
    }
    ORIGINALS
        .iter()
        .any(|known| {
            inner == *known
                || inner
                    .strip_prefix(*known)
                    .is_some_and(|rest| rest.starts_with([' ', '-', '(']))
        })
        .then_some(false)
}
