//! E-mail addresses in what a person wrote, without what they quote. Everything here takes time linear in the text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::wish::Wishes;
use crate::record::ticket::{Oddity, Wish, WrittenPlace};
use crate::text::line::is_invisible;
use crate::text::normal::{is_unspaced, normal};
use crate::text::quotation::{Part, is_team, lines};
use crate::text::signature;

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
    let read = normal(text);
    let lines = own_lines(&read.text);
    let signature = signature::start(&lines).unwrap_or(usize::MAX);
    let mut found: Vec<Written> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut wishes = Wishes::default();
    for (at, line) in lines.into_iter().enumerate() {
        let place = if at >= signature && !signature::is_postscript(line) {
            WrittenPlace::Signature
        } else {
            WrittenPlace::OwnWords
        };
        let line = without_links(line);
        let mut places = Vec::new();
        for Spot {
            email,
            range,
            oddity,
        } in spots(&line)
        {
            if is_team(email.rsplit('@').next().unwrap_or_default()) {
                continue;
            }
            let name = email.to_lowercase();
            let number = match known.get(&name) {
                Some(number) => *number,
                None if found.len() >= max => continue,
                None => {
                    known.insert(name, found.len());
                    found.push(Written {
                        email,
                        place,
                        wish: Wish::Mention,
                        oddity,
                    });
                    found.len() - 1
                }
            };
            if place == WrittenPlace::OwnWords {
                if let Some(first) = found.get_mut(number).filter(|first| first.place != place) {
                    first.place = place;
                }
                places.push((range, number));
            }
        }
        if place == WrittenPlace::OwnWords {
            wishes.line(&line, &places);
        }
    }
    for (number, wish) in wishes.finish() {
        if let Some(address) = found.get_mut(number) {
            address.wish = stronger(address.wish, wish);
        }
    }
    found
}

/// Of two wishes for one address, the one that counts.
pub(super) fn stronger(one: Wish, other: Wish) -> Wish {
    match (one, other) {
        (Wish::Remove, _) | (_, Wish::Remove) => Wish::Remove,
        (Wish::Add, _) | (_, Wish::Add) => Wish::Add,
        (Wish::Mention, Wish::Mention) => Wish::Mention,
    }
}

/// What is in a text like an address and is none ("jo@", "bob@company"), outside the signature, each once, at most `max`.
pub(super) fn broken(text: &str, max: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let read = normal(text);
    let lines = own_lines(&read.text);
    let signature = signature::start(&lines).unwrap_or(usize::MAX);
    for line in lines.into_iter().take(signature) {
        let line = without_links(line);
        let tokens = line.split(is_separator).filter(|t| {
            t.contains('@') && t.len() <= ADDRESS_MAX && !is_picture(t) && of_token(t).is_empty()
        });
        for token in tokens {
            let Some((before, after)) = token.split_once('@') else {
                continue;
            };
            let is_whole = local_part(before)
                .is_some_and(|local| local.chars().count() > 1 && before.ends_with(local));
            if found.len() < max && is_whole && !after.contains('@') {
                let text = token.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '>']);
                if !found.iter().any(|known| known == text) {
                    found.push(text.to_owned());
                }
            }
        }
    }
    found
}

/// The lines that the author wrote: what they quote or pass on is not theirs. Their marks of quotation are taken off.
fn own_lines(text: &str) -> Vec<&str> {
    lines(text)
        .into_iter()
        .filter(|line| line.part == Part::Own)
        .map(|line| line.bare)
        .collect()
}

/// A line with its links blanked: what is in them is no address of anybody, but for one that is written to.
fn without_links(line: &str) -> Cow<'_, str> {
    if !line.contains("://") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("://") {
        let scheme = rest.get(..at).unwrap_or_default();
        let start = scheme
            .rfind(|c: char| !c.is_ascii_alphabetic())
            .map_or(0, |i| {
                i + scheme
                    .get(i..)
                    .and_then(|t| t.chars().next())
                    .map_or(1, char::len_utf8)
            });
        let end = rest
            .get(at..)
            .and_then(|t| t.find(|c: char| c.is_whitespace() || "<>\"“”「」".contains(c)))
            .map_or(rest.len(), |i| at + i);
        out.push_str(rest.get(..start).unwrap_or_default());
        out.extend(std::iter::repeat_n(' ', end - start));
        rest = rest.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A picture within a mail: `image001.png@01DCBEBB.6A5FD760`.
fn is_picture(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let local = lower.split('@').next().unwrap_or_default();
    lower.starts_with("cid:")
        || [".png", ".jpg", ".jpeg", ".gif"]
            .iter()
            .any(|ending| local.ends_with(ending))
}

/// An address and where in its line it is.
struct Spot {
    email: String,
    range: Range<usize>,
    oddity: Option<Oddity>,
}

/// The addresses of a line, in its order.
fn spots(line: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut at = 0;
    for token in line.split(is_separator) {
        let start = at;
        at += token.len()
            + line
                .get(at + token.len()..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        if !is_picture(token) {
            found.extend(of_token(token).into_iter().map(
                |Spot {
                     email,
                     range,
                     oddity,
                 }| Spot {
                    email,
                    range: start + range.start..start + range.end,
                    oddity,
                },
            ));
        }
    }
    let spelled = spelled(line);
    if !spelled.is_empty() {
        found.extend(spelled);
        found.sort_by_key(|spot| spot.range.start);
    }
    found
}

/// The addresses whose `@` is spelled out: `bo (at) example.com`, `bo[at]example[dot]com`, `bo AT example DOT com`.
fn spelled(line: &str) -> Vec<Spot> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at + 4 <= bytes.len() {
        let mark = match bytes.get(at) {
            Some(b'(' | b'[' | b'{' | b'<') => bracketed(bytes, at, b"at"),
            Some(b' ') if bytes.get(at..at + 4) == Some(b" AT ") => Some(at + 3),
            Some(b' ')
                if bytes
                    .get(at..at + 4)
                    .is_some_and(|word| word.eq_ignore_ascii_case(b" at ")) =>
            {
                Some(at + 3)
            }
            _ => None,
        };
        let bare = bytes.get(at) == Some(&b' ');
        let Some(end) = mark else {
            at += 1;
            continue;
        };
        let needs_dot = bare && bytes.get(at..at + 4) != Some(b" AT ");
        let before = line.get(..at).unwrap_or_default().trim_end_matches(' ');
        let after = line.get(end..).unwrap_or_default();
        let blanks = after.len() - after.trim_start_matches(' ').len();
        if let (Some(local), Some((name, length, dots))) = (
            local_part(before),
            spelled_domain(after.trim_start_matches(' ')),
        ) && (dots || !needs_dot)
            && let Some(domain) = domain(&name)
            && domain.len() == name.len()
        {
            found.push(Spot {
                email: format!("{local}@{domain}"),
                range: before.len() - local.len()..end + blanks + length,
                oddity: Some(Oddity::SpelledAt),
            });
        }
        at = end;
    }
    found
}

/// Where a word in brackets ends that begins at `at`: `(at)`, `[ dot ]`.
fn bracketed(bytes: &[u8], at: usize, word: &[u8]) -> Option<usize> {
    let close = match bytes.get(at)? {
        b'(' => b')',
        b'[' => b']',
        b'{' => b'}',
        b'<' => b'>',
        _ => return None,
    };
    let skip = |mut i: usize| {
        while bytes.get(i) == Some(&b' ') && i < at + 6 {
            i += 1;
        }
        i
    };
    let start = skip(at + 1);
    let end = start + word.len();
    let closing = skip(end);
    (bytes
        .get(start..end)
        .is_some_and(|found| found.eq_ignore_ascii_case(word))
        && bytes.get(closing) == Some(&close))
    .then_some(closing + 1)
}

/// A domain whose dots may be spelled out: its plain form, how many bytes it takes, and whether a dot was spelled out.
fn spelled_domain(text: &str) -> Option<(String, usize, bool)> {
    let bytes = text.as_bytes();
    let (mut name, mut at, mut spelled) = (String::new(), 0, false);
    loop {
        let label: &str = text
            .get(at..)?
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .next()
            .unwrap_or_default();
        if label.is_empty() || name.len() + label.len() > ADDRESS_MAX {
            break;
        }
        name.push_str(label);
        at += label.len();
        let blank = usize::from(bytes.get(at) == Some(&b' '));
        let word = bytes
            .get(at..at + 5)
            .filter(|word| word.eq_ignore_ascii_case(b" dot "));
        let (next, is_spelled) = if let Some(end) = bracketed(bytes, at + blank, b"dot") {
            (end + usize::from(bytes.get(end) == Some(&b' ')), true)
        } else if word.is_some() {
            (at + 5, true)
        } else if bytes.get(at) == Some(&b'.')
            && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        {
            (at + 1, false)
        } else {
            break;
        };
        name.push('.');
        spelled |= is_spelled;
        at = next;
    }
    let name = name.trim_end_matches('.').to_owned();
    Some((name, at, spelled))
}

/// What never stands within an address.
fn is_separator(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || "<>()[]{}\"“”„«»,;|*`".contains(c)
}

/// The addresses of a text without separators.
fn of_token(token: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    for (at, sign) in token.match_indices(['@', '＠', '﹫']) {
        let (Some(before), Some(after)) = (token.get(..at), token.get(at + sign.len()..)) else {
            continue;
        };
        let (Some(local), Some(domain)) = (local_part(before), domain(after)) else {
            continue;
        };
        if local.chars().count() + 1 + domain.chars().count() <= ADDRESS_MAX {
            let oddity = (sign != "@").then_some(Oddity::FullWidthAt);
            found.push(Spot {
                email: format!("{local}@{domain}"),
                range: at - local.len()..at + sign.len() + domain.len(),
                oddity,
            });
        }
    }
    // A token with "://" is an address of the web; what is before its @ is a user's name and password.
    if !found.is_empty() && token.contains("://") {
        found.clear();
    }
    found
}

/// The part before the `@`, read backwards.
fn local_part(before: &str) -> Option<&str> {
    let last_is_unspaced = before.chars().next_back().is_some_and(is_unspaced);
    let mut start = before.len();
    for (count, (at, c)) in before.char_indices().rev().enumerate() {
        let fits = c.is_alphanumeric() || "._+-'’&~".contains(c);
        // "邮箱it@…": the sentence is of another script than the address.
        if !fits || (is_unspaced(c) && !last_is_unspaced) {
            if matches!(c, '@' | '＠' | '﹫') {
                // "a@b.example&c@d.example" are two; no domain has an ampersand.
                start += before.get(start..)?.find('&')? + 1;
            }
            break;
        }
        if count >= LOCAL_MAX {
            return None;
        }
        start = at;
    }
    let local = before
        .get(start..)?
        .trim_start_matches(['.', '-', '\'', '’', '~', '&']);
    // An ellipsis ends a sentence; a single dot at the end is no one's.
    let local = local
        .rsplit_once("..")
        .map_or(local, |(_, rest)| rest)
        .trim_start_matches('.');
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
        } else if !(c.is_alphanumeric() || c == '-')
            || (is_unspaced(c) && !first_is_unspaced(after.get(label_start..)?))
        {
            break;
        }
        end = at + c.len_utf8();
    }
    let rest = after.get(end..)?;
    // "a@b@c", and "git@host:group/project".
    let is_path = rest.strip_prefix(':').is_some_and(|path| {
        path.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '~')
    });
    if rest.starts_with(['@', '＠', '﹫']) || rest.starts_with('_') || is_path {
        return None;
    }
    let whole = after.get(..end)?;
    // A sentence's dots, and what follows two of them, are not of the domain.
    let domain = whole
        .split_once("..")
        .map_or(whole, |(first, _)| first)
        .trim_end_matches(['.', '-']);
    let labels_fit = domain.split('.').all(|l| {
        !l.is_empty() && !l.starts_with('-') && !l.ends_with('-') && l.chars().count() <= 63
    });
    let (_, top) = domain.rsplit_once('.')?;
    let top_fits = top.chars().count() >= 2
        && (top.chars().all(char::is_alphabetic) || top.to_lowercase().starts_with("xn--"));
    (labels_fit && top_fits).then_some(domain)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::text::html::text_of_html;

    fn of(text: &str) -> Vec<String> {
        addresses(text, 50)
            .into_iter()
            .map(|written| written.email)
            .collect()
    }

    #[test]
    fn addresses_are_found_as_written_and_without_what_stands_around_them() {
        let cases = [
            ("Write to it@acme.example, please.", "it@acme.example"),
            ("It is it@acme.example.", "it@acme.example"),
            (
                "<It.Team+GitLab@Acme.Example>",
                "It.Team+GitLab@Acme.Example",
            ),
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
            (
                "first_last-x@sub.acme-corp.co.uk/",
                "first_last-x@sub.acme-corp.co.uk",
            ),
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
        assert_eq!(
            of("IT@Acme.example it@acme.example\nb@acme.example IT@ACME.EXAMPLE"),
            ["IT@Acme.example", "b@acme.example"]
        );
    }

    #[test]
    fn quoted_lines_are_not_the_authors() {
        assert_eq!(
            of("> a@acme.example\nb@acme.example\n  >> c@acme.example\nd@acme.example"),
            ["b@acme.example", "d@acme.example"]
        );
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
            assert_eq!(
                of(&format!("a@acme.example\n{beginning}\nb@acme.example")),
                ["a@acme.example"],
                "{beginning}"
            );
        }
        for own in [
            "On that day b@acme.example paid:",
            "----------",
            "## Details",
            "__________\n",
            "I wrote:",
        ] {
            assert!(
                of(&format!("a@acme.example\n{own}\nz@acme.example"))
                    .contains(&"z@acme.example".to_owned()),
                "{own}"
            );
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
        assert_eq!(
            of(&text),
            [
                "it@acme.example",
                "it2@acme.example",
                "it3@acme.example",
                "last@acme.example",
                "hidden@acme.example"
            ],
            "{text}"
        );
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
        assert_eq!(
            text_of_html("</blockquote>x &#xFFFFFFFF; &unknown; a&b"),
            "x \u{FFFD} &unknown; a&b"
        );
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
            assert!(
                begun.elapsed() < Duration::from_secs(5),
                "{}",
                text.get(..20).unwrap_or_default()
            );
        }
    }
}
