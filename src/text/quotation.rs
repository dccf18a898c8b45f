//! Which lines of a mail its author wrote, which ones only quote an older mail, and which ones pass on what somebody else sent.
//!
//! In this order: marks such as `Original Message`, two or more header labels in a row, a line that introduces a quotation, and `>`. Between
//! lines with `>` the author answers.

use super::normal::plain_letters;

/// Whose words a line holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The author's.
    Own,
    /// An older mail's: the support team's, or nobody knows whose.
    Quoted,
    /// Marked as quoted, and nothing says whose.
    Marked,
    /// Somebody else's, which the author passes on.
    Forwarded,
}

/// A line of a mail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// The line without its end and without marks of quotation.
    pub(crate) bare: &'a str,
    /// Whose words it holds.
    pub(crate) part: Part,
}

/// What the lines from here on are.
#[derive(Clone, Copy)]
enum State {
    Own,
    /// Lines with `>` are of that part, others the author's.
    Marked(Part),
    /// Everything is.
    Whole(Part),
}

/// The mark at the beginning of each line of a quotation in HTML, which becomes `>`.
pub(crate) const QUOTE: &str = "> ";

/// The lines of a mail, in their normal form.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let raw: Vec<(usize, &str)> = {
        let mut at = 0;
        text.split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                (start, line.trim_end_matches(['\n', '\r']))
            })
            .collect()
    };
    // A text that is quoted as a whole is what its author has to say.
    let all_marked = raw
        .iter()
        .all(|(_, line)| line.trim().is_empty() || is_marked(line));
    let mut out: Vec<Line<'_>> = Vec::with_capacity(raw.len());
    let mut state = State::Own;
    let mut forwarding = false;
    let mut at = 0;
    while let Some((start, line)) = raw.get(at).copied() {
        let rest = raw.get(at..).unwrap_or_default();
        if let Some(begin) = beginning(rest) {
            let marked = is_marked(line)
                || rest
                    .iter()
                    .skip(begin.lines)
                    .map(|(_, l)| l)
                    .find(|l| !l.trim().is_empty())
                    .is_some_and(|l| is_marked(l));
            let part = match begin.sender {
                Sender::Team => Part::Quoted,
                Sender::Other => Part::Forwarded,
                Sender::Unknown if begin.forwards || (forwarding && begin.headers) => {
                    Part::Forwarded
                }
                Sender::Unknown => Part::Quoted,
            };
            forwarding = begin.forwards;
            state = match state {
                State::Whole(_) => State::Whole(part),
                _ if marked && !begin.mark => State::Marked(part),
                _ => State::Whole(part),
            };
            for (start, line) in rest.iter().take(begin.lines) {
                out.push(Line {
                    start: *start,
                    bare: without_marks(line),
                    part,
                });
            }
            at += begin.lines;
            continue;
        }
        let part = match state {
            State::Whole(part) => part,
            State::Marked(part) if is_marked(line) => part,
            State::Own if is_marked(line) && !all_marked => Part::Marked,
            State::Own | State::Marked(_) => Part::Own,
        };
        out.push(Line {
            start,
            bare: without_marks(line),
            part,
        });
        at += 1;
    }
    out
}

fn is_marked(line: &str) -> bool {
    // A console's prompt is no quotation: "> License.current.license_id => 7".
    line.trim_start().starts_with('>') && !line.contains(" => ")
}

fn without_marks(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c.is_whitespace())
        .trim_end()
}

/// Who wrote an older mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sender {
    Team,
    Other,
    Unknown,
}

/// How an older mail begins.
struct Begin {
    lines: usize,
    sender: Sender,
    forwards: bool,
    headers: bool,
    mark: bool,
}

/// Longest line that may introduce an older mail, in bytes.
const LINE_MAX: usize = 600;

fn beginning(rest: &[(usize, &str)]) -> Option<Begin> {
    let (_, first) = rest.first()?;
    let bare = without_marks(first);
    if bare.is_empty() || bare.len() > LINE_MAX {
        return None;
    }
    if let Some(forwards) = mark(bare) {
        return Some(Begin {
            lines: 1,
            sender: Sender::Unknown,
            forwards,
            headers: false,
            mark: true,
        });
    }
    // A rule of underscores and the sender below it.
    let below = || {
        rest.iter()
            .skip(1)
            .take(3)
            .map(|(_, line)| without_marks(line))
            .find(|line| !line.is_empty())
    };
    if is_rule(bare)
        && let Some((FROM, value)) = below().and_then(header)
    {
        return Some(Begin {
            lines: 1,
            sender: of(value),
            forwards: false,
            headers: false,
            mark: true,
        });
    }
    header_block(rest).or_else(|| attribution(rest))
}

/// Whether a line is a rule, or words between two: the mark of a language or program that [`mark`] does not know.
fn is_rule(bare: &str) -> bool {
    let first = bare.bytes().next().filter(|b| b"-_=*".contains(b));
    let framed = |frame: u8| {
        let side = |bytes: &mut dyn Iterator<Item = u8>| bytes.take_while(|b| *b == frame).count();
        side(&mut bare.bytes()) >= 4 && side(&mut bare.bytes().rev()) >= 4
    };
    bare.len() >= 10 && bare.len() <= 160 && first.is_some_and(framed)
}

/// What mail programs put before an older mail.
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

/// What they put before one that is passed on.
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

/// Whether a line is such a mark, and then whether it passes on.
fn mark(bare: &str) -> Option<bool> {
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

const FROM: u8 = 1;
const SENT: u8 = 2;
const TO: u8 = 4;
const COPY: u8 = 8;
const SUBJECT: u8 = 16;

/// The kind of a header's label.
fn header(bare: &str) -> Option<(u8, &str)> {
    let (label, value) = bare
        .trim_start_matches(['*', '_', '|', ' '])
        .split_once(':')?;
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
fn header_block(rest: &[(usize, &str)]) -> Option<Begin> {
    let (_, first) = rest.first()?;
    header(without_marks(first))?;
    let (mut kinds, mut lines, mut addressed, mut sender) = (0_u8, 0, false, Sender::Unknown);
    let mut wrapped = 0;
    let mut forwards = false;
    for (_, line) in rest.iter().take(24) {
        let bare = without_marks(line);
        if bare.len() > 4000 {
            break;
        }
        let is_header = match header(bare) {
            Some((kind, value)) => {
                kinds |= kind;
                // Some programs put all of them into one line.
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
            // A long list of addresses goes on in the next line; other headers may stand between.
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

/// Whether a subject is that of a mail that is passed on.
fn is_forward(subject: &str) -> bool {
    let lower = plain_letters(subject.trim());
    [
        "fw:", "fwd:", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "vb:", "vs:", "转发:", "轉寄:",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// Who a sender is, by name and address.
fn of(text: &str) -> Sender {
    let lower = text.to_lowercase();
    let mut found = Sender::Unknown;
    for token in lower.split(|c: char| c.is_whitespace() || "<>()[]\",;:".contains(c)) {
        let Some((local, domain)) = token
            .split_once('@')
            .filter(|(local, domain)| !local.is_empty() && domain.contains('.'))
        else {
            continue;
        };
        let automatic = local.replace(['-', '_', '.'], "").contains("noreply")
            || domain.starts_with("customers.");
        found = if is_team(domain) && !automatic {
            Sender::Team
        } else {
            Sender::Other
        };
        if found == Sender::Team {
            return found;
        }
    }
    if found == Sender::Unknown && lower.contains("gitlab") {
        Sender::Team
    } else {
        found
    }
}

/// Whether a domain is the support team's own or its ticket system's.
pub(crate) fn is_team(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    ["gitlab.com", "zendesk.com"].iter().any(|own| {
        domain == *own
            || domain
                .strip_suffix(own)
                .is_some_and(|rest| rest.ends_with('.'))
    })
}

/// Verbs of the line before a quotation.
const WROTE: &[&str] = &[
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "a ecrit",
    "ecrit",
    "escribio",
    "ha escrito",
    "escreveu",
    "ha scritto",
    "scritto",
    "schreef",
    "skrev",
    "napisal",
    "pisze",
    "написал",
    "пишет",
    "писал",
    "kirjoitti",
    "napsal",
    "irta",
    "sunu yazdi",
    "yazdi",
    "написав",
    "さんは書きました",
    "書きました",
    "のメール",
    "写道",
    "寫道",
    "写入",
    "작성",
    "님이",
    "a scris",
    "έγραψε",
];

/// The line, perhaps broken, that introduces a quotation: an address or a time, and a colon at the end.
fn attribution(rest: &[(usize, &str)]) -> Option<Begin> {
    let single = |at: usize| {
        rest.get(at)
            .is_some_and(|(_, line)| introduces(without_marks(line), marked_next(rest, at + 1)))
    };
    let (_, first) = rest.first()?;
    let first = without_marks(first);
    if single(0) {
        return Some(Begin {
            lines: 1,
            sender: of(first),
            forwards: false,
            headers: false,
            mark: false,
        });
    }
    // Broken lines: the first one holds the time, or is the usual opening.
    if !has_time(first) && !opens(first) {
        return None;
    }
    let mut joined = first.to_owned();
    for (more, (_, line)) in rest.iter().enumerate().skip(1).take(3) {
        let bare = without_marks(line);
        if bare.is_empty() || bare.len() > LINE_MAX || (more == 1 && single(1)) {
            return None;
        }
        joined.push(' ');
        joined.push_str(bare);
        if introduces(&joined, marked_next(rest, more + 1)) {
            return Some(Begin {
                lines: more + 1,
                sender: of(&joined),
                forwards: false,
                headers: false,
                mark: false,
            });
        }
    }
    None
}

fn opens(line: &str) -> bool {
    let lower = plain_letters(line);
    [
        "on ",
        "am ",
        "le ",
        "el ",
        "em ",
        "il ",
        "op ",
        "den ",
        "w dniu ",
        "dne ",
        "в ",
        "il giorno ",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

fn marked_next(rest: &[(usize, &str)], from: usize) -> bool {
    rest.iter()
        .skip(from)
        .take(4)
        .map(|(_, line)| line)
        .find(|line| !line.trim().is_empty())
        .is_some_and(|line| is_marked(line))
}

fn introduces(text: &str, marked_next: bool) -> bool {
    // "2026/11/23 10:00 GitLab <support@gitlab.com>", and the quotation below.
    if marked_next
        && text.len() <= LINE_MAX
        && text.ends_with('>')
        && text.starts_with(|c: char| c.is_ascii_digit())
        && has_address(text)
        && has_time(text)
    {
        return true;
    }
    let dashes = text.starts_with("--") && text.ends_with("--");
    let bare = text.trim_matches(['-', ' ', '_', '*']);
    if text.len() > LINE_MAX || !(dashes || bare.ends_with(':')) || bare.len() < 6 {
        return false;
    }
    let lower = plain_letters(bare);
    let address = has_address(bare);
    let time = has_time(bare);
    let verb = WROTE.iter().any(|verb| has_word(&lower, verb));
    if dashes {
        return (address || verb) && time;
    }
    (verb && (time || address) && (opens(bare) || time || marked_next))
        || (address && (time || marked_next))
        || (verb && opens(bare) && marked_next)
}

/// Whether a word begins in the text at a boundary; those of scripts without blanks anywhere.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        !word.is_ascii()
            || (text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric()))
    })
}

fn has_address(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let before = text
            .get(..at)
            .and_then(|t| t.chars().next_back())
            .is_some_and(char::is_alphanumeric);
        let after = text.get(at + 1..).unwrap_or_default();
        let domain: &str = after
            .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
            .next()
            .unwrap_or_default();
        before && domain.trim_end_matches('.').contains('.')
    })
}

/// Whether a year or a time of day is in the text.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|at| {
        let year = matches!(bytes.get(at..at + 2), Some(b"20" | b"19"))
            && digit(at + 2)
            && digit(at + 3)
            && !digit(at + 4)
            && !at.checked_sub(1).is_some_and(digit);
        let clock = digit(at) && bytes.get(at + 1) == Some(&b':') && digit(at + 2) && digit(at + 3);
        year || clock
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, lines};

    fn own(text: &str) -> Vec<&str> {
        lines(text)
            .into_iter()
            .filter(|l| l.part == Part::Own && !l.bare.is_empty())
            .map(|l| l.bare)
            .collect()
    }

    #[test]
    fn a_reply_ends_where_the_older_mail_begins_in_every_language() {
        for beginning in [
            "From: GitLab Support <support@gitlab.com>\nSent: Monday\nTo: x@y.example\nSubject: Re: x",
            "Von: GitLab\nGesendet: Montag\nAn: x@y.example\nBetreff: Re",
            "De : GitLab <support@gitlab.com>\nEnvoyé : lundi\nÀ : x@y.example\nObjet : Re",
            "*From:* GitLab <support@gitlab.com>\n*Date:* Monday",
            "寄件者: GitLab <support@gitlab.com>\n日期: 2026\n收件者: x@y.example",
            "보낸 사람: GitLab <support@gitlab.com>\n보낸 날짜: 2026년\n제목: Re",
            "El lun, 23 nov 2026 a las 10:00, GitLab (<support@gitlab.com>) escribió:",
            "Il giorno lun 23 nov 2026 alle ore 10:00 GitLab\n<support@gitlab.com> ha scritto:",
            "Em seg., 23 de nov. de 2026 às 10:00, GitLab <support@gitlab.com> escreveu:",
            "пн, 23 нояб. 2026 г. в 10:00, GitLab <support@gitlab.com>:",
            "2026년 11월 23일 (월) 오전 10:00, GitLab <support@gitlab.com>님이 작성:",
            "GitLab <support@gitlab.com> 于2026年11月23日周一 10:00写道:",
            "pon., 23 lis 2026 o 10:00 GitLab <support@gitlab.com> napisał(a):",
            "---- On Mon, 23 Nov 2026 10:00:00 +0100 GitLab <support@gitlab.com> wrote ----",
            "-------- Ursprüngliche Nachricht --------",
            "-----Mensaje original-----",
        ] {
            assert_eq!(
                own(&format!("Mine\n\n{beginning}\n\nTheirs\n")),
                ["Mine"],
                "{beginning}"
            );
        }
    }

    #[test]
    fn answers_between_quoted_lines_are_the_authors() {
        assert_eq!(
            own("On Mon, 23 Nov 2026 at 10:00, G <g@gitlab.com> wrote:\n> q\nfirst\n> q\nsecond"),
            ["first", "second"]
        );
    }

    #[test]
    fn own_words_that_resemble_a_beginning_stay_own() {
        for text in [
            "On that day b@acme.example paid:",
            "I wrote:",
            "From: here",
            "To: do\nNext",
            "Date: today\nName: x",
            "----------",
        ] {
            assert_eq!(
                own(&format!("Mine\n{text}\nlast")).last(),
                Some(&"last"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_passed_on_is_told_from_what_is_only_quoted() {
        let part = |text: &str| lines(text).last().map(|l| l.part);
        let passed = "See below.\n---------- Forwarded message ---------\nFrom: GitLab <no-reply@customers.gitlab.com>\nSubject: x\nTo: x@y.example\n\nbody";
        assert_eq!(part(passed), Some(Part::Forwarded));
        assert_eq!(
            part(&passed.replace("no-reply@customers.gitlab.com", "support@gitlab.com")),
            Some(Part::Quoted)
        );
        assert_eq!(
            part(
                "x\nBegin forwarded message:\n\n> From: Cy <cy@y.example>\n> Subject: y\n>\n> body"
            ),
            Some(Part::Forwarded)
        );
        assert_eq!(
            part("x\nFrom: Cy <cy@y.example>\nSubject: FW: y\n\nbody"),
            Some(Part::Forwarded)
        );
        assert_eq!(
            part("x\n-----Original Message-----\nbody"),
            Some(Part::Quoted)
        );
        assert_eq!(
            part("> License ID: 7\n> Thanks"),
            Some(Part::Own),
            "quoted as a whole"
        );
    }
}
