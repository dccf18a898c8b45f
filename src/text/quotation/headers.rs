//! Header labels of an older mail, in many languages.

use super::begin::Begin;
use super::quote_marks::{is_marked, without_marks};
use super::sender::{Sender, of};
use crate::text::normal::plain_letters;

pub(super) const FROM: u8 = 1;

const SENT: u8 = 2;

const TO: u8 = 4;

const COPY: u8 = 8;

const SUBJECT: u8 = 16;

/// The kind of a header's label. In a table, its value is in the next cell.
pub(super) fn header(bare: &str) -> Option<(u8, &str)> {
    let (label, value) = bare
        .trim_start_matches(['*', '_', '|', ' '])
        .split_once([':', '\t'])?;
    if label.len() > 40 {
        return None;
    }
    let label = plain_letters(label);
    let kind = match label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_')) {
        "from"
        | "von"
        | "de"
        | "da"
        | "van"
        | "fra"
        | "fran"
        | "od"
        | "от"
        | "от кого"
        | "отправитель"
        | "差出人"
        | "送信者"
        | "送信元"
        | "发件人"
        | "寄件者"
        | "寄件人"
        | "發件人"
        | "보낸 사람"
        | "보낸사람"
        | "발신"
        | "gonderen"
        | "kimden"
        | "lahettaja"
        | "felado"
        | "expediteur"
        | "remitente"
        | "mittente"
        | "absender"
        | "sender"
        | "nadawca"
        | "від" => FROM,
        "sent"
        | "date"
        | "sent on"
        | "gesendet"
        | "gesendet am"
        | "datum"
        | "envoye"
        | "envoye le"
        | "enviado"
        | "enviado el"
        | "enviado em"
        | "enviada em"
        | "enviada"
        | "data"
        | "fecha"
        | "inviato"
        | "verzonden"
        | "skickat"
        | "sendt"
        | "dato"
        | "wyslano"
        | "отправлено"
        | "дата"
        | "送信日時"
        | "日時"
        | "日付"
        | "发送时间"
        | "发件时间"
        | "时间"
        | "日期"
        | "寄件日期"
        | "發送時間"
        | "傳送時間"
        | "보낸 날짜"
        | "보낸날짜"
        | "날짜"
        | "lahetetty"
        | "odeslano"
        | "elkuldve"
        | "gonderildi"
        | "tarih"
        | "надіслано" => SENT,
        "to"
        | "an"
        | "a"
        | "para"
        | "aan"
        | "till"
        | "til"
        | "do"
        | "кому"
        | "宛先"
        | "收件人"
        | "收件者"
        | "받는 사람"
        | "받는사람"
        | "수신"
        | "kime"
        | "komu"
        | "destinataire"
        | "destinatario"
        | "empfanger"
        | "получатель" => TO,
        "cc" | "bcc" | "kopie" | "copie" | "copia" | "kopia" | "kopi" | "копия" | "抄送"
        | "副本" | "참조" | "cci" | "cco" | "ccn" => COPY,
        "subject" | "betreff" | "objet" | "asunto" | "assunto" | "oggetto" | "onderwerp"
        | "amne" | "emne" | "temat" | "тема" | "件名" | "主题" | "主旨" | "主題" | "제목"
        | "konu" | "aihe" | "predmet" | "targy" => SUBJECT,
        _ => return None,
    };
    Some((kind, value))
}

/// Two or more header labels in a row.
pub(super) fn header_block(rest: &[(usize, &str)]) -> Option<Begin> {
    let (_, first) = rest.first()?;
    header(without_marks(first))?;
    let marked = is_marked(first);
    let (mut kinds, mut lines, mut addressed, mut sender) = (0_u8, 0, false, Sender::Unknown);
    let mut wrapped = 0;
    let mut forwards = false;
    for (_, line) in rest.iter().take(24) {
        let bare = without_marks(line);
        if bare.len() > 4000 || (marked && !is_marked(line)) {
            break;
        }
        let is_header = match header(bare) {
            Some((kind, value)) => {
                kinds |= kind;
                // Some programs put all of them on one line.
                for word in value
                    .split_whitespace()
                    .filter(|word| word.len() > 2 && word.ends_with(':'))
                    .take(8)
                {
                    kinds |= header(word).map_or(0, |(kind, _)| kind);
                }
                addressed = addressed || bare.contains('@');
                if kind == FROM {
                    sender = of(value);
                }
                forwards = forwards || (kind == SUBJECT && is_forward(value));
                wrapped = 0;
                true
            }
            // A long list of addresses continues on the next line; other headers may be in between.
            None => {
                wrapped += 1;
                let other = bare.split_once(':').is_some_and(|(label, _)| {
                    label.len() <= 24 && label.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
                });
                !bare.is_empty()
                    && (other || (bare.contains('@') && wrapped <= 4 && !bare.ends_with('.')))
            }
        };
        if !is_header {
            break;
        }
        lines += 1;
    }
    let several = kinds.count_ones() >= 2 && kinds & (FROM | TO | SUBJECT) != 0;
    (several && (addressed || (kinds & FROM != 0 && kinds & SUBJECT != 0))).then_some(Begin {
        lines,
        sender,
        forwards,
        headers: true,
        mark: false,
    })
}

/// Whether a subject is that of a forwarded mail.
fn is_forward(subject: &str) -> bool {
    let lower = plain_letters(subject.trim());
    [
        "fw:", "fwd:", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "vb:", "vs:", "转发:", "轉寄:",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}
