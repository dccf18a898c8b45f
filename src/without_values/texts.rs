//! Invents a text for a text: what its words are decides how.

use super::attributes;
use super::calendar::{is_year, month, weekday};
use super::invent::Inventor;
use super::words::{BESIDE_DATES, Known, PHRASES};
use crate::html::decoded;
use crate::portal::disowns;

/// A word and the marks after it.
struct Part<'t> {
    word: &'t str,
    marks: &'t str,
}

impl Inventor<'_> {
    /// A text of the same form. A word for nothing, a sign and a phrase that says of what kind
    /// something is stay.
    pub(super) fn text(&self, text: &str) -> String {
        let bare = decoded(text);
        if bare != text {
            // Character references within text: the same characters are written as references again.
            return self
                .text(&bare)
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;")
                .replace('\u{A0}', "&nbsp;");
        }
        let mut out = String::with_capacity(text.len());
        // ASCII, so that the places are the same in both.
        let lower = text.to_ascii_lowercase();
        let mut from = 0;
        while let Some((at, phrase)) = PHRASES
            .iter()
            .filter_map(|phrase| Some((from + lower.get(from..)?.find(phrase)?, *phrase)))
            .min()
        {
            let begins_word = lower
                .get(..at)
                .and_then(|t| t.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric());
            let end = at + phrase.len();
            if begins_word {
                self.without_phrases(text.get(from..at).unwrap_or_default(), &mut out);
                out.push_str(text.get(at..end).unwrap_or_default());
            } else {
                self.without_phrases(text.get(from..end).unwrap_or_default(), &mut out);
            }
            from = end;
        }
        self.without_phrases(text.get(from..).unwrap_or_default(), &mut out);
        out
    }

    /// Web addresses and email addresses as a whole, everything else word by word.
    fn without_phrases(&self, text: &str, out: &mut String) {
        let mut rest = text;
        while let Some((before, url, after)) = next_url(rest) {
            self.without_urls(before, out);
            out.push_str(&attributes::address(url, self));
            rest = after;
        }
        self.without_urls(rest, out);
    }

    fn without_urls(&self, text: &str, out: &mut String) {
        let mut rest = text;
        // The domain becomes one below example.com.
        while let Some((before, local, domain, after)) = next_address(rest) {
            self.words_of(before, out);
            self.words_of(local, out);
            out.push('@');
            out.push_str(&self.host(domain));
            rest = after;
        }
        self.words_of(rest, out);
    }

    /// A host below example.com; the same one for the same host.
    pub(super) fn host(&self, host: &str) -> String {
        let first = host.rsplit_once('.').map_or(host, |(first, _)| first);
        let first: String = first
            .split(|c: char| !c.is_alphanumeric())
            .filter(|label| !label.is_empty())
            .map(|label| self.word(&label.to_lowercase()))
            .collect::<Vec<_>>()
            .join(".");
        if first.is_empty() {
            "example.com".to_owned()
        } else {
            format!("{first}.example.com")
        }
    }

    fn words_of(&self, text: &str, out: &mut String) {
        let parts = parts(text);
        let lead = text.find(is_word).unwrap_or(text.len());
        push_marks(text.get(..lead).unwrap_or_default(), out);
        let kinds = self.dates(&parts);
        let mut at = 0;
        while let Some(part) = parts.get(at) {
            if let Some(Some(date)) = kinds.get(at) {
                out.push_str(date);
                push_marks(part.marks, out);
                at += 1;
                continue;
            }
            let grouped = grouped(parts.get(at..).unwrap_or_default());
            if grouped > 1 {
                self.grouped_number(parts.get(at..at + grouped).unwrap_or_default(), out);
                at += grouped;
                continue;
            }
            let quoted_or_key = part.marks.trim_start_matches(['"', '\'', ' ']);
            let is_key = Known::is_key(part.word)
                && (quoted_or_key.starts_with([':', '=']) || part.marks.starts_with("&quot;"));
            if is_key || disowns(&part.word.to_lowercase()) {
                out.push_str(part.word);
            } else {
                let is_subscription = part.word.starts_with('S')
                    && part.word.get(1..).is_some_and(|d| {
                        !d.is_empty() && d.starts_with(|c: char| c.is_ascii_digit())
                    })
                    && at
                        .checked_sub(1)
                        .and_then(|before| parts.get(before))
                        .is_some_and(|before| before.word == "A" && before.marks == "-");
                let begins_subscription = part.word == "A"
                    && part.marks == "-"
                    && parts.get(at + 1).is_some_and(|next| {
                        next.word
                            .strip_prefix('S')
                            .is_some_and(|d| d.starts_with(|c: char| c.is_ascii_digit()))
                    });
                if is_subscription {
                    out.push('S');
                    out.push_str(&self.word(part.word.get(1..).unwrap_or_default()));
                } else if begins_subscription {
                    out.push('A');
                } else {
                    out.push_str(&self.plain_word(part.word));
                }
            }
            push_marks(part.marks, out);
            at += 1;
        }
    }

    /// A Salesforce account keeps its prefix, and the suffix that tells its letters' case, which stays.
    fn plain_word(&self, word: &str) -> String {
        let is_account = word.starts_with("001")
            && matches!(word.len(), 15 | 18)
            && word.bytes().all(|b| b.is_ascii_alphanumeric());
        match (word.get(3..15), word.get(15..)) {
            (Some(own), Some(suffix)) if is_account => {
                format!("001{}{suffix}", self.word(own))
            }
            _ => self.word(word),
        }
    }

    /// What the parts of dates become, by their place.
    fn dates(&self, parts: &[Part<'_>]) -> Vec<Option<String>> {
        let mut out: Vec<Option<String>> = parts.iter().map(|_| None).collect();
        let years: Vec<usize> = parts
            .iter()
            .enumerate()
            .filter(|(_, part)| is_year(part.word))
            .map(|(at, _)| at)
            .collect();
        if years.is_empty() {
            self.times(parts, &mut out);
            return out;
        }
        let digits = |at: usize| -> Option<&str> {
            let word = parts.get(at)?.word;
            let end = word
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(word.len());
            word.get(..end).filter(|d| matches!(d.len(), 1 | 2))
        };
        for &year in &years {
            let from = year.saturating_sub(6);
            let to = (year + 5).min(parts.len());
            let has_name =
                (from..to).any(|at| parts.get(at).is_some_and(|p| month(p.word).is_some()));
            let mark = parts.get(year).map_or("", |p| p.marks);
            let is_numeric =
                |mark: &str| matches!(mark, "-" | "/" | "." | "年" | "년" | "年 " | "년 ");
            let leads =
                is_numeric(mark) && digits(year + 1).is_some() && digits(year + 2).is_some();
            let follows = year >= 2
                && (year - 2..year).all(|at| {
                    digits(at).is_some() && parts.get(at).is_some_and(|p| is_numeric(p.marks))
                });
            if !(has_name || leads || follows) {
                continue;
            }
            let near: Vec<usize> = if leads {
                vec![year + 1, year + 2]
            } else if follows {
                vec![year - 2, year - 1]
            } else {
                (from..to).collect()
            };
            for at in near {
                let Some(part) = parts.get(at) else { continue };
                if let Some(month) = month(part.word) {
                    set(&mut out, at, self.month_name(part.word, month));
                } else if let Some(day) = weekday(part.word) {
                    set(&mut out, at, self.weekday_name(part.word, day));
                } else if let Some(number) = digits(at).filter(|_| !is_clock(parts, at)) {
                    let tail = part.word.get(number.len()..).unwrap_or_default();
                    let day = self.day_or_month(number);
                    // "01T08": the hour follows in the same word.
                    let tail = match tail.strip_prefix('T') {
                        Some(hour) => format!("T{}", self.time_part(hour, 24)),
                        None => tail.to_owned(),
                    };
                    set(&mut out, at, format!("{day}{tail}"));
                }
            }
            if let Some(part) = parts.get(year) {
                set(&mut out, year, self.year(part.word));
            }
        }
        self.times(parts, &mut out);
        for (at, part) in parts.iter().enumerate() {
            if BESIDE_DATES.contains(&part.word) {
                set(&mut out, at, part.word.to_owned());
            }
        }
        out
    }

    fn times(&self, parts: &[Part<'_>], out: &mut [Option<String>]) {
        for at in 0..parts.len() {
            let Some(part) = parts.get(at) else { continue };
            if !is_clock(parts, at) {
                continue;
            }
            let end = part
                .word
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(part.word.len());
            let (number, tail) = part.word.split_at_checked(end).unwrap_or((part.word, ""));
            if matches!(number.len(), 1 | 2) && matches!(tail, "" | "Z" | "AM" | "PM" | "am" | "pm")
            {
                let below = if part.marks.starts_with(':') && !follows_colon(parts, at) {
                    12
                } else {
                    60
                };
                set(out, at, format!("{}{tail}", self.time_part(number, below)));
            }
        }
    }

    fn grouped_number(&self, parts: &[Part<'_>], out: &mut String) {
        let digits: String = parts.iter().map(|part| part.word).collect();
        let other = self.word(&digits);
        let mut rest = other.as_str();
        for part in parts {
            let (own, after) = rest.split_at_checked(part.word.len()).unwrap_or((rest, ""));
            out.push_str(own);
            push_marks(part.marks, out);
            rest = after;
        }
    }
}

fn set(out: &mut [Option<String>], at: usize, text: String) {
    if let Some(place) = out.get_mut(at) {
        *place = Some(text);
    }
}

fn follows_colon(parts: &[Part<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| parts.get(before))
        .is_some_and(|before| {
            before.marks == ":" && before.word.ends_with(|c: char| c.is_ascii_digit())
        })
}

fn is_clock(parts: &[Part<'_>], at: usize) -> bool {
    let leads = parts.get(at).is_some_and(|part| {
        part.marks == ":"
            && matches!(part.word.len(), 1 | 2)
            && part.word.bytes().all(|b| b.is_ascii_digit())
            && parts
                .get(at + 1)
                .is_some_and(|next| next.word.starts_with(|c: char| c.is_ascii_digit()))
    });
    leads || follows_colon(parts, at)
}

/// How many parts are one number with marks between its thousands.
fn grouped(parts: &[Part<'_>]) -> usize {
    let is_digits = |part: &&Part<'_>| part.word.bytes().all(|b| b.is_ascii_digit());
    let Some(first) = parts
        .first()
        .filter(is_digits)
        .filter(|p| p.word.len() <= 3)
    else {
        return 1;
    };
    let mut count = 1;
    let mut mark = first.marks;
    while matches!(mark, "," | "." | "'" | "’") {
        match parts
            .get(count)
            .filter(is_digits)
            .filter(|p| p.word.len() == 3)
        {
            Some(part) => {
                mark = part.marks;
                count += 1;
            }
            None => break,
        }
    }
    count
}

/// Marks stay, except pictures: they may say something, too.
fn push_marks(marks: &str, out: &mut String) {
    out.extend(marks.chars().map(|c| match c {
        '\u{1F000}'..='\u{1FFFF}' | '\u{E0000}'.. => '\u{25AA}',
        c => c,
    }));
}

/// The units of East Asian dates: marks, if a digit is before them.
fn is_unit(c: char) -> bool {
    matches!(
        c,
        '年' | '月' | '日' | '년' | '월' | '일' | '時' | '分' | '秒'
    )
}

/// The words of a text, each with the marks after it.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let is_word = is_word(c) && !(is_unit(c) && before.is_ascii_digit());
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some((_, last)) if is_word && *last == at => *last = end,
            _ if is_word => words.push((at, end)),
            _ => {}
        }
        before = c;
    }
    let begins = words.iter().map(|(from, _)| *from);
    let nexts = begins.skip(1).chain([text.len()]);
    words
        .iter()
        .zip(nexts)
        .map(|((from, to), next)| Part {
            word: text.get(*from..*to).unwrap_or_default(),
            marks: text.get(*to..next).unwrap_or_default(),
        })
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// The next web address: what is before it, the address, what is after it.
fn next_url(text: &str) -> Option<(&str, &str, &str)> {
    let lower = text.to_ascii_lowercase();
    let at = match (lower.find("https://"), lower.find("http://")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b)?,
    };
    let from = text.get(at..)?;
    let end = from
        .find(|c: char| {
            c.is_whitespace() || c.is_control() || "\"'<>()[]{}|\\^`，。、）」".contains(c)
        })
        .unwrap_or(from.len());
    let url = from.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!']);
    Some((text.get(..at)?, url, from.get(url.len()..)?))
}

/// The next email address: what is before it, its two sides, what is after it.
fn next_address(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find('@').map(|at| from + at) {
        let is_local = |c: char| c.is_alphanumeric() || "._%+-'&!#".contains(c);
        let before = text.get(..at)?;
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_local(*c))
            .last()
            .map_or(at, |(at, _)| at);
        let after = text.get(at + 1..)?;
        let end = after
            .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
            .unwrap_or(after.len());
        let domain = after.get(..end)?.trim_end_matches(['.', '-']);
        let is_cut = after.get(domain.len()..)?.starts_with(['…', '.']);
        if start < at && domain.contains('.') && !domain.contains("..") && !is_cut {
            return Some((
                text.get(..start)?,
                text.get(start..at)?,
                domain,
                after.get(domain.len()..)?,
            ));
        }
        from = at + 1;
    }
    None
}
