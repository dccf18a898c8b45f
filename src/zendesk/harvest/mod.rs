//! Finds email addresses in what a person wrote, except in quotations. Everything here takes time
//! linear in the text.

mod parts;
mod spelled;
mod spots;

use std::collections::HashMap;

use super::wish::Wishes;
use crate::record::ticket::{Oddity, Wish, WrittenPlace};
use crate::text::checkbox::only_chosen;
use crate::text::correction::{Given, taken_back};
use crate::text::normal::normal;
use crate::text::quotation::{Part, is_team, lines};
use crate::text::signature;
use parts::{
    ADDRESS_MAX, Spot, is_picture, is_separator, local_part, of_token, without_crossed_out,
    without_links,
};
use spots::spots;

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
    /// Whether its author says that it is not to be added, or no longer.
    pub(super) refused: bool,
    /// Whether it comes instead of what its author takes back.
    pub(super) instead: bool,
}

/// What a text says of addresses.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// The addresses in order, each once regardless of case.
    pub(super) addresses: Vec<Written>,
    /// Whether it takes back what its author asked for in earlier texts.
    pub(super) takes_back: bool,
}

/// The addresses in a text, at most `max`.
pub(super) fn addresses(text: &str, max: usize) -> Named {
    let read = normal(text);
    let lines = own_lines(&read.text);
    let whole = lines.join("\n");
    let chosen = only_chosen(&whole);
    let mut own = String::new();
    let mut spans: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    let mut not_chosen: Vec<usize> = Vec::new();
    let signature = signature::start(&lines).unwrap_or(usize::MAX);
    let mut found: Vec<Written> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut wishes = Wishes::default();
    let signed = lines.iter().any(|line| sign(line) == Some(Sign::Plus));
    for ((at, line), chosen) in lines.into_iter().enumerate().zip(chosen.split('\n')) {
        let place = if at >= signature && !signature::is_postscript(line) {
            WrittenPlace::Signature
        } else {
            WrittenPlace::OwnWords
        };
        let is_whole = line == chosen;
        let line = without_links(line);
        let line = without_crossed_out(&line);
        let chosen = without_links(chosen);
        let chosen = without_crossed_out(&chosen);
        let removes = match sign(&line) {
            Some(Sign::Minus) => signed,
            Some(Sign::Cross) => true,
            Some(Sign::Plus) | None => false,
        };
        let all = spots(&line);
        let chosen_spots = if is_whole { Vec::new() } else { spots(&chosen) };
        let mut places = Vec::new();
        for Spot {
            email,
            range,
            oddity,
        } in all
        {
            if is_team(email.rsplit('@').next().unwrap_or_default()) {
                continue;
            }
            let range = if is_whole {
                Some(range)
            } else {
                let same = chosen_spots.iter().find(|spot| spot.email == email);
                same.map(|spot| spot.range.clone())
            };
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
                        refused: false,
                        instead: false,
                    });
                    found.len() - 1
                }
            };
            if place == WrittenPlace::OwnWords {
                if let Some(first) = found.get_mut(number).filter(|first| first.place != place) {
                    first.place = place;
                }
                // What an empty check box governs is nobody's wish.
                let Some(range) = range else {
                    not_chosen.push(number);
                    continue;
                };
                spans.push((own.len() + range.start..own.len() + range.end, number));
                places.push((range, number));
            }
        }
        if place == WrittenPlace::Signature {
            continue;
        }
        own.push_str(&chosen);
        own.push('\n');
        if !is_whole {
            wishes.not_chosen(&line);
        }
        if removes {
            wishes.removes(&places);
        } else {
            wishes.line(&chosen, &places);
        }
    }
    let (decided, refused) = wishes.finish();
    for (number, wish) in decided {
        if let Some(address) = found.get_mut(number) {
            address.wish = stronger(address.wish, wish);
        }
    }
    for number in refused.into_iter().chain(not_chosen) {
        if let Some(address) = found.get_mut(number) {
            address.refuse();
        }
    }
    let takes_back = correct(&own, &spans, &mut found);
    Named {
        addresses: found,
        takes_back,
    }
}

impl Written {
    fn refuse(&mut self) {
        self.refused = true;
        if self.wish == Wish::Add {
            self.wish = Wish::Mention;
        }
    }
}

/// Refuses the addresses that the text takes back, and lets those that come instead inherit their wish. Of
/// an address that is named often, the last mention counts. Returns whether earlier texts are taken back, too.
fn correct(own: &str, spans: &[(std::ops::Range<usize>, usize)], found: &mut [Written]) -> bool {
    let ranges: Vec<_> = spans.iter().map(|(range, _)| range.clone()).collect();
    let back = taken_back(own, &ranges, Given::People);
    let mut last: HashMap<usize, bool> = HashMap::new();
    for ((_, number), taken) in spans.iter().zip(&back.pieces) {
        last.insert(*number, *taken);
    }
    let mut turned = false;
    for (number, _) in last.iter().filter(|(_, taken)| **taken) {
        if let Some(address) = found.get_mut(*number) {
            turned |= address.wish == Wish::Add;
            address.refuse();
        }
    }
    let Some(from) = back.instead else {
        return back.earlier;
    };
    let rest = own.get(from..).unwrap_or_default();
    let end = from
        + [". ", ".\n", "\n", "。"]
            .iter()
            .filter_map(|end| rest.find(end))
            .min()
            .unwrap_or(rest.len());
    for (range, number) in spans
        .iter()
        .filter(|(range, _)| (from..end).contains(&range.start))
    {
        let is_taken_back = last.get(number) == Some(&true);
        let is_new = !spans
            .iter()
            .any(|(other, known)| known == number && other.start < range.start);
        if let Some(address) = found.get_mut(*number)
            && !is_taken_back
            && is_new
            && !address.refused
            && address.wish == Wish::Mention
        {
            address.instead = true;
            if turned {
                address.wish = Wish::Add;
            }
        }
    }
    back.earlier
}

/// What a line of a list begins with.
#[derive(PartialEq, Eq)]
enum Sign {
    Plus,
    /// It removes somebody in a list with pluses, and is a bullet otherwise.
    Minus,
    Cross,
}

fn sign(line: &str) -> Option<Sign> {
    let line = line.trim_start();
    let line = line.strip_prefix('(').unwrap_or(line);
    let mut chars = line.chars();
    match chars.next()? {
        // Not a telephone number.
        '+' if !chars.next().is_some_and(|c| c.is_ascii_digit()) => Some(Sign::Plus),
        '➕' | '✅' => Some(Sign::Plus),
        '-' | '–' | '−' => Some(Sign::Minus),
        '❌' | '✖' | '✗' | '✘' | '➖' | '🚫' | '⛔' => Some(Sign::Cross),
        _ => None,
    }
}

/// Combines two wishes for one address: the one that counts.
pub(super) fn stronger(one: Wish, other: Wish) -> Wish {
    match (one, other) {
        (Wish::Remove, _) | (_, Wish::Remove) => Wish::Remove,
        (Wish::Add, _) | (_, Wish::Add) => Wish::Add,
        (Wish::Mention, Wish::Mention) => Wish::Mention,
    }
}

/// Words outside the signature that look like an address but are none ("jo@", "bob@company"), each
/// once, at most `max`.
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

/// The lines that the author wrote, without quotations and forwarded mails. Their quote marks are
/// removed.
fn own_lines(text: &str) -> Vec<&str> {
    lines(text)
        .into_iter()
        .filter(|line| line.part == Part::Own)
        .map(|line| line.bare)
        .collect()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::text::html::text_of_html;

    fn of(text: &str) -> Vec<String> {
        addresses(text, 50)
            .addresses
            .into_iter()
            .map(|written| written.email)
            .collect()
    }

    #[test]
    fn addresses_are_found_as_written_without_their_surroundings() {
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
            "@".repeat(200_000),
            "a".repeat(200_000),
            "a@".repeat(100_000),
            "a.".repeat(100_000),
            "a@b.".repeat(50_000),
            "On x\n".repeat(40_000),
            "_".repeat(10) + &"\n".repeat(200_000),
            "__________\n".repeat(18_000),
            "<".repeat(200_000),
            "<a ".repeat(66_000),
            "<!--".repeat(50_000),
            "&".repeat(200_000),
            "<blockquote>".repeat(80_000),
            "<style>".repeat(28_000),
            "a@b:".repeat(50_000),
            ">".repeat(200_000),
        ];
        let took = |text: &str| {
            let begun = Instant::now();
            let _ = of(text);
            let _ = of(&text_of_html(text));
            begun.elapsed()
        };
        for text in texts {
            // Eight times the text takes eight times as long; with a loop in a loop it would be sixty-four times.
            let part = took(text.get(..text.len() / 8).unwrap_or_default());
            let whole = took(&text);
            assert!(
                whole < 30 * part.max(Duration::from_millis(20)),
                "{:?}: {part:?}, then {whole:?}",
                text.get(..20)
            );
        }
    }
}
