//! E-mail addresses in what a person wrote, without what they quote. Everything here takes time linear in the text.

use std::collections::HashSet;

use super::signature;
use crate::case::ids::is_invisible;
use crate::case::ticket::{Oddity, Wish, WrittenPlace};

/// Longest part before the `@`, in characters.
const LOCAL_MAX: usize = 64;
/// Longest address, in characters.
const ADDRESS_MAX: usize = 254;

/// An address of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The address as written.
    pub(super) email: String,
    /// Where it is.
    pub(super) place: WrittenPlace,
    /// What its author asks for.
    pub(super) wish: Wish,
    /// What is unusual in how it is written.
    pub(super) oddity: Option<Oddity>,
}

/// The addresses of a text, in its order, each once whatever its case, at most `max`.
pub(super) fn addresses(text: &str, max: usize) -> Vec<Written> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let lines = own_lines(text);
    let signature = signature::start(&lines);
    for (at, line) in lines.into_iter().enumerate() {
        for token in line.split(is_separator) {
            for email in of_token(token) {
                if found.len() >= max {
                    return found;
                }
                if seen.insert(email.to_lowercase()) {
                    let (place, wish) = match signature {
                        Some(start) if at >= start => (WrittenPlace::Signature, Wish::Mention),
                        _ => (WrittenPlace::OwnWords, Wish::Add),
                    };
                    found.push(Written { email, place, wish, oddity: None });
                }
            }
        }
    }
    found
}

/// What stands in a text like an address and is none ("jo@", "bob@company"), outside the signature, each once, at most `max`.
pub(super) fn broken(text: &str, max: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let lines = own_lines(text);
    let signature = signature::start(&lines).unwrap_or(usize::MAX);
    let tokens = lines.iter().take(signature).flat_map(|line| line.split(is_separator));
    for token in tokens.filter(|t| t.contains('@') && !t.contains("://") && t.len() <= ADDRESS_MAX && of_token(t).is_empty()) {
        let Some((before, after)) = token.split_once('@') else { continue };
        let is_whole = local_part(before).is_some_and(|local| local.chars().count() > 1 && before.ends_with(local));
        if found.len() < max && is_whole && !after.contains('@') {
            let text = token.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '>']);
            if !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
        }
    }
    found
}

/// The lines that the author wrote: up to where an older message begins, without lines that quote.
fn own_lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut own = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if begins_older_message(lines.get(at..).unwrap_or_default()) {
            break;
        }
        if !line.trim_start().starts_with('>') {
            own.push(*line);
        }
    }
    own
}

/// Whether an older message begins with the first of these lines. Mail programs break the line that introduces it.
fn begins_older_message(lines: &[&str]) -> bool {
    let Some(first) = lines.first().map(|line| line.trim()) else { return false };
    let lower = |text: &str| text.chars().take(120).collect::<String>().to_lowercase();
    let start = lower(first);
    if start.starts_with("--") && start.trim_matches(['-', ' ']) == "original message" {
        return true;
    }
    if start.starts_with("##") && (start.contains("please do not write below") || start.contains("reply above this line")) {
        return true;
    }
    if first.len() >= 10 && first.bytes().all(|b| b == b'_') {
        return lines
            .get(1..)
            .unwrap_or_default()
            .iter()
            .find(|l| !l.trim().is_empty())
            .is_some_and(|l| lower(l.trim()).starts_with("from:"));
    }
    introduces(lines.iter().take(3).take_while(|l| !l.trim().is_empty()))
}

/// Whether lines are the one, perhaps broken, that mail programs put before a quotation: "On … wrote:".
fn introduces<'a>(lines: impl Iterator<Item = &'a &'a str>) -> bool {
    const AT_THE_END: [(&str, &str); 7] = [
        ("on ", "wrote:"),
        ("le ", "écrit :"),
        ("le ", "écrit\u{A0}:"),
        ("le ", "écrit:"),
        ("el ", "escribió:"),
        ("em ", "escreveu:"),
        ("il ", "scritto:"),
    ];
    // Here the name of the author follows the verb.
    const BEFORE_THE_NAME: [(&str, &str); 2] = [("am ", " schrieb "), ("op ", " schreef ")];
    let mut so_far = String::new();
    for line in lines {
        if line.len() > 600 {
            return false;
        }
        so_far.push_str(&line.trim().to_lowercase());
        so_far.push(' ');
        let text = so_far.trim_end();
        let is_end = AT_THE_END.into_iter().any(|(opening, closing)| text.starts_with(opening) && text.ends_with(closing));
        let is_name =
            BEFORE_THE_NAME.into_iter().any(|(opening, verb)| text.starts_with(opening) && text.contains(verb) && text.ends_with(':'));
        if is_end || is_name {
            return true;
        }
    }
    false
}

/// What never stands within an address.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || "<>()[]{}\"“”„«»,;|*`".contains(c)
}

/// The addresses of a text without separators.
fn of_token(token: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in token.match_indices('@') {
        let (Some(before), Some(after)) = (token.get(..at), token.get(at + 1..)) else { continue };
        let (Some(local), Some(domain)) = (local_part(before), domain(after)) else { continue };
        if local.chars().count() + 1 + domain.chars().count() <= ADDRESS_MAX {
            found.push(format!("{local}@{domain}"));
        }
    }
    // A token with "://" is an address of the web; what stands before its @ is a user's name and password.
    if !found.is_empty() && token.contains("://") {
        found.clear();
    }
    found
}

/// Scripts written without blanks between words, or with endings put to a foreign word.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1100}'..='\u{11FF}' | '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The part before the `@`, read backwards.
fn local_part(before: &str) -> Option<&str> {
    let last_is_unspaced = before.chars().next_back().is_some_and(is_unspaced);
    let mut start = before.len();
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        let fits = c.is_alphanumeric() || "._+-'’&~".contains(c);
        // "邮箱it@…": the sentence is of another script than the address.
        if !fits || (is_unspaced(c) && !last_is_unspaced) {
            if c == '@' {
                return None;
            }
            break;
        }
        if count >= LOCAL_MAX {
            return None;
        }
        start = at;
    }
    let local = before.get(start..)?.trim_start_matches(['.', '-', '\'', '’', '~', '&']);
    // An ellipsis ends a sentence; a single dot at the end is no one's.
    let local = local.rsplit_once("..").map_or(local, |(_, rest)| rest).trim_start_matches('.');
    (!local.is_empty() && !local.ends_with('.')).then_some(local)
}

/// The part after the `@`: at least two labels, the last one no number.
fn domain(after: &str) -> Option<&str> {
    let first_is_unspaced = |label: &str| label.chars().next().is_some_and(is_unspaced);
    let mut end = 0;
    let mut label_start = 0;
    for (count, (at, c)) in after.char_indices().enumerate() {
        if count >= ADDRESS_MAX {
            return None;
        }
        if c == '.' {
            label_start = at + 1;
        } else if !(c.is_alphanumeric() || c == '-') || (is_unspaced(c) && !first_is_unspaced(after.get(label_start..)?)) {
            break;
        }
        end = at + c.len_utf8();
    }
    let rest = after.get(end..)?;
    // "a@b@c", and "git@host:group/project".
    let is_path = rest.strip_prefix(':').is_some_and(|path| path.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '~'));
    if rest.starts_with('@') || rest.starts_with('_') || is_path {
        return None;
    }
    let whole = after.get(..end)?;
    // A sentence's dots, and what follows two of them, are not of the domain.
    let domain = whole.split_once("..").map_or(whole, |(first, _)| first).trim_end_matches(['.', '-']);
    let labels_fit = domain.split('.').all(|l| !l.is_empty() && !l.starts_with('-') && !l.ends_with('-') && l.chars().count() <= 63);
    let (_, top) = domain.rsplit_once('.')?;
    let top_fits = top.chars().count() >= 2 && (top.chars().all(char::is_alphabetic) || top.to_lowercase().starts_with("xn--"));
    (labels_fit && top_fits).then_some(domain)
}

/// The text of an HTML fragment: lines where its blocks are, nothing of quotations, styles and scripts.
pub(super) fn text_of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut quotes = 0_usize;
    let mut skipping: Option<&'static str> = None;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let is_tag = tail.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let is_comment = tail.starts_with("<!--");
        let end = if !is_tag {
            None
        } else if is_comment {
            tail.find("-->").map(|e| e + 3)
        } else {
            tail.find('>').map(|e| e + 1)
        };
        if skipping.is_none() && quotes == 0 {
            push_decoded(&mut out, text);
        }
        let Some(end) = end else {
            if is_tag {
                // Cut short within a tag: nothing follows.
                rest = "";
                break;
            }
            if skipping.is_none() && quotes == 0 {
                out.push('<');
            }
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        let (tag, following) = tail.split_at_checked(end).unwrap_or((tail, ""));
        rest = following;
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).take(20).collect();
        let name = name.to_ascii_lowercase();
        let closes = tag.starts_with("</");
        match (skipping, name.as_str()) {
            (Some(open), name) if closes && name == open => skipping = None,
            (Some(_), _) => {}
            (None, "style") if !closes => skipping = Some("style"),
            (None, "script") if !closes => skipping = Some("script"),
            (None, "blockquote") => quotes = if closes { quotes.saturating_sub(1) } else { quotes + 1 },
            _ => {}
        }
        if !matches!(
            name.as_str(),
            "a" | "abbr" | "b" | "code" | "em" | "font" | "i" | "mark" | "s" | "small" | "span" | "strong" | "sub" | "sup" | "u" | "wbr"
        ) {
            out.push('\n');
        }
    }
    if skipping.is_none() && quotes == 0 {
        push_decoded(&mut out, rest);
    }
    out
}

/// Appends a text with its character references resolved; those that no address and no line needs become blanks.
fn push_decoded(out: &mut String, text: &str) {
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let reference =
            part.char_indices().take(12).find(|(_, c)| *c == ';').and_then(|(at, _)| Some((part.get(..at)?, part.get(at + 1..)?)));
        match reference {
            Some((name, rest)) => {
                out.push(character(name));
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
}

fn character(name: &str) -> char {
    let code = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    match (name, code.and_then(char::from_u32)) {
        (_, Some(c)) => c,
        ("amp", _) => '&',
        ("lt", _) => '<',
        ("gt", _) => '>',
        ("quot", _) => '"',
        ("apos", _) => '\'',
        _ => ' ',
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn of(text: &str) -> Vec<String> {
        addresses(text, 50).into_iter().map(|written| written.email).collect()
    }

    #[test]
    fn addresses_are_found_as_written_and_without_what_stands_around_them() {
        let cases = [
            ("Write to it@acme.example, please.", "it@acme.example"),
            ("It is it@acme.example.", "it@acme.example"),
            ("<It.Team+GitLab@Acme.Example>", "It.Team+GitLab@Acme.Example"),
            ("(it@acme.example); thanks", "it@acme.example"),
            ("E-Mail:it@acme.example:", "it@acme.example"),
            ("'it@acme.example'", "it@acme.example"),
            ("\"it@acme.example\"?", "it@acme.example"),
            ("‘it@acme.example’!", "it@acme.example"),
            ("[mail](mailto:it@acme.example)", "it@acme.example"),
            ("**it@acme.example**", "it@acme.example"),
            ("o'brien@acme.example", "o'brien@acme.example"),
            ("o’brien@acme.example", "o’brien@acme.example"),
            ("r&d@acme.example", "r&d@acme.example"),
            ("first_last-x@sub.acme-corp.co.uk/", "first_last-x@sub.acme-corp.co.uk"),
            ("jürgen@müller.example", "jürgen@müller.example"),
            ("用户@例子.公司", "用户@例子.公司"),
            ("邮箱是it@acme.example谢谢", "it@acme.example"),
            ("메일은 it@acme.example입니다", "it@acme.example"),
            ("it@xn--mller-kva.xn--p1ai", "it@xn--mller-kva.xn--p1ai"),
            ("see ...it@acme.example... or not", "it@acme.example"),
            ("&nbsp;it@acme.example&nbsp;", "it@acme.example"),
            ("&lt;it@acme.example&gt;", "it@acme.example"),
            ("\u{202A}it@acme.example\u{202C}", "it@acme.example"),
            ("- it@acme.example", "it@acme.example"),
            ("-it@acme.example", "it@acme.example"),
        ];
        for (text, email) in cases {
            assert_eq!(of(text), [email], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        let long = format!("{}@acme.example", "a".repeat(65));
        let texts = [
            "",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a@b.c",
            "a@b.12",
            "a@127.0.0.1",
            "a@-b.example",
            "a@b..example",
            "a@.example",
            "a.@b.example",
            "a@b@c.example",
            "@handle",
            "git@gitlab.com:group/project.git",
            "https://user:secret@acme.example/x",
            "a@b_c.example",
            "a b@ c.example",
            long.as_str(),
        ];
        for text in texts {
            assert_eq!(of(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn an_address_counts_once_whatever_its_case_and_the_first_writing_stays() {
        assert_eq!(of("IT@Acme.example it@acme.example\nb@acme.example IT@ACME.EXAMPLE"), ["IT@Acme.example", "b@acme.example"]);
    }

    #[test]
    fn quoted_lines_are_not_the_authors() {
        assert_eq!(of("> a@acme.example\nb@acme.example\n  >> c@acme.example\nd@acme.example"), ["b@acme.example", "d@acme.example"]);
    }

    #[test]
    fn nothing_counts_after_the_beginning_of_an_older_message() {
        let beginnings = [
            "On Mon, 23 Nov 2026 at 10:00, GitLab Support <support@gitlab.example> wrote:",
            "On Mon, 23 Nov 2026 at 10:00, GitLab Support\n<support@gitlab.example>\nwrote:",
            "-----Original Message-----",
            "---- Original message ----",
            "## Please do not write below this line ##",
            "##- Please type your reply above this line -##",
            "________________________________\nFrom: x@gitlab.example",
            "Am 23.11.2026 um 10:00 schrieb GitLab <support@gitlab.example>:",
            "Le lun. 23 nov. 2026 à 10:00, GitLab <support@gitlab.example> a écrit :",
        ];
        for beginning in beginnings {
            assert_eq!(of(&format!("a@acme.example\n{beginning}\nb@acme.example")), ["a@acme.example"], "{beginning}");
        }
        for own in ["On that day b@acme.example paid:", "----------", "## Details", "__________\n", "I wrote:"] {
            assert!(of(&format!("a@acme.example\n{own}\nz@acme.example")).contains(&"z@acme.example".to_owned()), "{own}");
        }
    }

    #[test]
    fn no_more_addresses_than_wanted_are_taken() {
        let text: String = (0..100).map(|n| format!("u{n}@acme.example ")).collect();
        assert_eq!(of(&text).len(), 50);
    }

    #[test]
    fn html_is_read_as_its_text_without_quotations_styles_and_scripts() {
        let html = "<style>x@style.example</style><p>Mail:&nbsp;<b>it</b>@acme.example&lt;br&gt;</p>it2@acme.example<br>it3@acme.example\
            <blockquote>q@acme.example<blockquote>r@acme.example</blockquote>s@acme.example</blockquote><SCRIPT>t@acme.example</SCRIPT>\
            1 < 2 last&#64;acme.example <a href=\"mailto:hidden@acme.example\">x</a><!-- c@acme.example > --><i cut@acme.example";
        let text = text_of_html(html);
        assert_eq!(of(&text), ["it@acme.example", "it2@acme.example", "it3@acme.example", "last@acme.example"], "{text}");
    }

    #[test]
    fn odd_markup_never_panics() {
        for html in [
            "<",
            "</",
            "<é",
            "<!--",
            "<a",
            "&",
            "&;",
            "&#;",
            "&#xFFFFFFFF;",
            "&#0;",
            "é&é;é",
            "</blockquote>x",
            "<style>",
            "a<b>c",
            "<<<>>>",
        ] {
            let _ = of(&text_of_html(html));
        }
        assert_eq!(text_of_html("</blockquote>x &#xFFFFFFFF; &unknown; a&b"), "\nx     a&b");
    }

    #[test]
    fn long_and_hostile_texts_take_linear_time() {
        let texts = [
            "@".repeat(1_000_000),
            "a".repeat(1_000_000),
            "a@".repeat(500_000),
            "a.".repeat(500_000),
            "a@b.".repeat(250_000),
            "On x\n".repeat(200_000),
            "_".repeat(10) + &"\n".repeat(1_000_000),
            "__________\n".repeat(90_000),
            "<".repeat(1_000_000),
            "<a ".repeat(330_000),
            "<!--".repeat(250_000),
            "&".repeat(1_000_000),
            "<blockquote>".repeat(80_000),
            "<style>".repeat(140_000),
            "a@b:".repeat(250_000),
            ">".repeat(1_000_000),
        ];
        for text in texts {
            let begun = Instant::now();
            let _ = of(&text);
            let _ = of(&text_of_html(&text));
            assert!(begun.elapsed() < Duration::from_secs(5), "{}", text.get(..20).unwrap_or_default());
        }
    }
}
