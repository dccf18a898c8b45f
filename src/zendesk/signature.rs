//! Where the signature of what a person wrote begins.

/// Most lines with text that a signature after a closing line has.
const LINES_MAX: usize = 15;
/// Most words of a closing line, and of the name below it.
const WORDS_MAX: usize = 6;

/// What stands alone above a name.
const CLOSINGS: [&str; 60] = [
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
    "danke",
    "vielen dank",
    "mfg",
    "mit besten grüßen",
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "viele grüße",
    "merci",
    "merci d'avance",
    "bien à vous",
    "bonne journée",
    "cordialement",
    "bien cordialement",
    "salutations",
    "atentamente",
    "gracias",
    "muchas gracias",
    "un saludo",
    "saludos",
    "saludos cordiales",
    "atenciosamente",
    "obrigado",
    "obrigada",
    "cordiali saluti",
    "distinti saluti",
    "grazie",
    "met vriendelijke groet",
    "bedankt",
    "med vänliga hälsningar",
    "med venlig hilsen",
    "с уважением",
];

/// What longer closing lines end with: "With best regards", "Thanks and kind regards".
const CLOSING_ENDS: [&str; 8] = [" regards", " wishes", " grüße", " grüßen", " grüssen", " saludos", " saluti", " groeten"];

/// What phones put below a message.
const DEVICES: [&str; 6] = ["sent from my ", "sent via ", "get outlook for ", "von meinem ", "envoyé de mon ", "enviado desde mi "];

/// The first line of the signature, of the lines that the author wrote: the line of two dashes, the one that a phone puts below, or a
/// closing line with a name below it near the end; the earliest of them, each taken at its last place.
pub(super) fn start(lines: &[&str]) -> Option<usize> {
    let dashes = lines.iter().rposition(|line| line.trim_end() == "--");
    let device = lines.iter().rposition(|line| is_device(line));
    [dashes, device, closing(lines)].into_iter().flatten().min()
}

fn is_device(line: &str) -> bool {
    let lower: String = line.trim_start().chars().take(80).collect::<String>().to_lowercase();
    line.len() <= 200 && DEVICES.into_iter().any(|device| lower.starts_with(device)) && words(line) <= 2 * WORDS_MAX
}

fn closing(lines: &[&str]) -> Option<usize> {
    let mut below = 0;
    let mut with_at = 0;
    let mut next: Option<&str> = None;
    for (at, line) in lines.iter().enumerate().rev() {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        if is_closing(text) && next.is_none_or(|name| may_be_name(name, with_at)) {
            return Some(at);
        }
        below += 1;
        with_at += usize::from(text.contains('@'));
        next = Some(text);
        if below > LINES_MAX {
            break;
        }
    }
    None
}

fn is_closing(text: &str) -> bool {
    if text.len() > 200 || words(text) > WORDS_MAX {
        return false;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let bare = lower.trim_end_matches(',').trim_end();
    CLOSINGS.contains(&bare) || CLOSING_ENDS.into_iter().any(|end| bare.ends_with(end))
}

/// Whether the line below a closing line may be a name. After "Thanks" at the top of a message, a sentence or a list follows instead.
fn may_be_name(line: &str, with_at: usize) -> bool {
    let count = words(line);
    if line.len() > 200 || count > WORDS_MAX || line.ends_with([':', '?', '!', ';']) || (line.ends_with('.') && count > 3) {
        return false;
    }
    // A lone address is the writer's own; several are a list of people, and one among words is a request.
    !line.contains('@') || (with_at == 1 && count <= 2)
}

fn words(text: &str) -> usize {
    text.split_whitespace().take(100).count()
}
