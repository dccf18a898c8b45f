//! Finds where the signature of what a person wrote begins.

use super::normal::{is_unspaced, plain_letters};

/// The most words of a closing line, or of the name below it.
const WORDS_MAX: usize = 6;

/// Closings that are alone above a name, in lower case without accents.
const CLOSINGS: &[&str] = &[
    "all the best",
    "best",
    "best regards",
    "best wishes",
    "cheers",
    "kind regards",
    "kindest regards",
    "many thanks",
    "regards",
    "rgds",
    "br",
    "kr",
    "respectfully",
    "sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours sincerely",
    "yours truly",
    "yours",
    "thank you",
    "thank you very much",
    "thank you so much",
    "thank you in advance",
    "thanks",
    "thanks a lot",
    "thanks again",
    "thanks in advance",
    "thanks so much",
    "thx",
    "warmly",
    "greetings",
    "danke",
    "danke und gruss",
    "besten dank",
    "vielen dank",
    "mfg",
    "lg",
    "vg",
    "gruss",
    "grusse",
    "gruesse",
    "beste grusse",
    "beste gruesse",
    "schone grusse",
    "liebe grusse",
    "viele grusse",
    "merci",
    "merci d'avance",
    "merci beaucoup",
    "bien a vous",
    "bonne journee",
    "cordialement",
    "cdt",
    "cdlt",
    "bien cordialement",
    "salutations",
    "sinceres salutations",
    "atentamente",
    "atte",
    "gracias",
    "muchas gracias",
    "gracias de antemano",
    "un saludo",
    "un cordial saludo",
    "saludos",
    "saludos cordiales",
    "cordialmente",
    "atenciosamente",
    "att",
    "abracos",
    "obrigado",
    "obrigada",
    "muito obrigado",
    "muito obrigada",
    "cumprimentos",
    "com os melhores cumprimentos",
    "melhores cumprimentos",
    "cordiali saluti",
    "distinti saluti",
    "saluti",
    "un saluto",
    "grazie",
    "grazie mille",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "mvg",
    "groeten",
    "bedankt",
    "med vanliga halsningar",
    "vanliga halsningar",
    "mvh",
    "med venlig hilsen",
    "venlig hilsen",
    "med vennlig hilsen",
    "vennlig hilsen",
    "hilsen",
    "pozdrawiam",
    "z powazaniem",
    "serdecznie pozdrawiam",
    "с уважением",
    "с наилучшими пожеланиями",
    "спасибо",
    "s pozdravem",
    "saygilarimla",
    "ystavallisin terveisin",
];

/// Words of thanks, after which a request may follow.
const THANKS: &[&str] = &[
    "thank",
    "thx",
    "dank",
    "merci",
    "gracias",
    "obrigad",
    "grazie",
    "bedankt",
    "спасибо",
];

/// Ends of longer closing lines: "With best regards", "Thanks and kind regards".
const CLOSING_ENDS: &[&str] = &[
    " regards",
    " wishes",
    " grusse",
    " grussen",
    " gruesse",
    " gruessen",
    " gruss",
    " saludos",
    " saludo",
    " saluti",
    " saluto",
    " salutations",
    " groeten",
    " groet",
    " halsningar",
    " halsning",
    " hilsen",
    " hilsener",
    " cumprimentos",
    " pozdravem",
    " уважением",
    " пожеланиями",
];

/// The same in scripts that put no spaces between words; mostly a sentence of thanks.
const UNSPACED: &[&str] = &[
    "よろしくお願い",
    "宜しくお願い",
    "敬具",
    "草々",
    "以上",
    "ありがとうございます",
    "此致",
    "敬礼",
    "谢谢",
    "謝謝",
    "祝好",
    "顺祝",
    "順祝",
    "顺颂",
    "敬上",
    "祝您",
    "감사합니다",
    "감사드립니다",
    "드림",
    "올림",
    "배상",
];

/// Lines that phones and mail programs add below a message.
const DEVICES: &[&str] = &[
    "sent from my ",
    "sent from mail ",
    "sent from outlook",
    "sent from yahoo",
    "sent via ",
    "sent with ",
    "get outlook for ",
    "von meinem ",
    "gesendet von ",
    "gesendet mit ",
    "von unterwegs gesendet",
    "envoye de mon ",
    "envoye depuis ",
    "envoye a partir d",
    "obtenez outlook",
    "enviado desde mi ",
    "enviado desde ",
    "enviado do meu ",
    "enviado de meu ",
    "enviado via ",
    "inviato da ",
    "inviato dal mio ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "skickat fran ",
    "sendt fra ",
    "wyslane z ",
    "wyslano z ",
    "отправлено с ",
    "отправлено из ",
    "iphoneから送信",
    "发自我的",
    "從我的",
    "나의 iphone",
];

/// The first line of the signature among the lines that the author wrote: a line of two dashes, a
/// phone's line, a rule with a name below it, or a closing line with a name below it. Of each, the
/// last one in the text is considered, and the earliest of those wins.
pub(crate) fn start(lines: &[&str]) -> Option<usize> {
    let dashes = lines
        .iter()
        .rposition(|line| matches!(line.trim_end(), "--" | "- -"));
    let device = lines.iter().rposition(|line| is_device(line));
    [dashes, device, rule(lines), closing(lines)]
        .into_iter()
        .flatten()
        .min()
}

/// Whether a line after the signature's beginning is the author's again.
pub(crate) fn is_postscript(line: &str) -> bool {
    let start: String = line
        .trim_start()
        .chars()
        .take(6)
        .collect::<String>()
        .to_lowercase();
    ["ps:", "ps ", "p.s.", "p.s ", "n.b.", "nb:"]
        .iter()
        .any(|mark| start.starts_with(mark))
}

fn is_device(line: &str) -> bool {
    if line.len() > 200 {
        return false;
    }
    let lower = plain_letters(line.trim_start());
    DEVICES.iter().any(|device| lower.starts_with(*device))
        && words(line) <= 2 * WORDS_MAX
        && !line.contains('@')
}

/// The last rule, if it is the only one of its kind, has text above it and a name below.
fn rule(lines: &[&str]) -> Option<usize> {
    let is_rule = |line: &str| {
        let bare = line.trim();
        let first = bare.chars().next().filter(|c| "-–—_=*~─━".contains(*c));
        first.is_some_and(|first| bare.chars().all(|c| c == first)) && bare.chars().nth(1).is_some()
    };
    let mut rules = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.len() <= 400 && is_rule(line))
        .map(|(at, _)| at);
    let at = rules.next()?;
    let below = lines.get(at + 1..).unwrap_or_default();
    let with_at = below
        .iter()
        .filter(|line| line.contains(['@', '＠']))
        .take(4)
        .count();
    let text_above = lines.iter().take(at).any(|line| !line.trim().is_empty());
    let next = below
        .iter()
        .map(|line| line.trim())
        .find(|line| !line.is_empty())?;
    (rules.next().is_none()
        && text_above
        && with_at <= 3
        && !next.contains('@')
        && may_be_name(next, 0))
    .then_some(at)
}

fn closing(lines: &[&str]) -> Option<usize> {
    let mut with_at = 0;
    let mut next: Option<&str> = None;
    let mut found = None;
    for (at, line) in lines.iter().enumerate().rev() {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if (is_closing(text) || is_closing_with_name(text))
            && next.is_none_or(|name| may_be_name(name, with_at))
        {
            found = Some(at);
            break;
        }
        with_at += usize::from(text.contains('@'));
        next = Some(text);
    }
    found
}

fn is_closing(text: &str) -> bool {
    if text.len() > 200 || words(text) > WORDS_MAX || text.contains('@') {
        return false;
    }
    if text.chars().any(is_unspaced) {
        return text.chars().count() <= 40 && UNSPACED.iter().any(|known| text.contains(*known));
    }
    let lower = plain_letters(text);
    let bare = lower.trim_end_matches(|c: char| ",.;:!-–—".contains(c) || c.is_whitespace());
    // After an exclamation mark, a request may follow; after a wish, nobody writes one.
    let lively = lower.ends_with(['!', ':', ';']);
    let thanks = THANKS.iter().any(|word| bare.contains(word));
    let from = [
        " grusse aus ",
        " gruesse aus ",
        "regards from ",
        "greetings from ",
        "saludos desde ",
        "saluti da ",
    ]
    .iter()
    .any(|words| bare.contains(words));
    (CLOSINGS.contains(&bare) || from || CLOSING_ENDS.iter().any(|end| bare.ends_with(*end)))
        && !(lively && (thanks || lower.ends_with(':')))
}

/// A closing and the name on one line: "Cheers, Ada", "Regards Ada Lindqvist". Thanks without a
/// comma may be addressed to the reader.
fn is_closing_with_name(text: &str) -> bool {
    let is_name = |name: &str| {
        let count = words(name);
        (1..=3).contains(&count)
            && name
                .split_whitespace()
                .all(|word| word.starts_with(char::is_uppercase))
            && !name.contains([':', '@', '?'])
    };
    if text.len() > 200 || text.contains('@') {
        return false;
    }
    if let Some((closing, name)) = text.split_once(',') {
        return is_closing(closing) && is_name(name);
    }
    text.char_indices()
        .filter(|(_, c)| *c == ' ')
        .any(|(at, _)| {
            let (closing, name) = text.split_at(at);
            let lower = plain_letters(closing);
            !THANKS.iter().any(|word| lower.contains(word))
                && lower.len() > 1
                && is_closing(closing)
                && is_name(name)
        })
}

/// Whether the line below a closing line may be a name. After "Thanks" at the top of a message, a
/// sentence or a list follows instead.
fn may_be_name(line: &str, with_at: usize) -> bool {
    let count = words(line);
    if line.len() > 200
        || count > WORDS_MAX
        || line.ends_with([':', '?', '!', ';', '。'])
        || (line.ends_with('.') && count > 3)
    {
        return false;
    }
    // A lone address is the writer's own; several are a list of people, and one among words is a
    // request.
    !line.contains('@') || (with_at == 1 && count <= 2)
}

fn words(text: &str) -> usize {
    text.split_whitespace().take(100).count()
}
