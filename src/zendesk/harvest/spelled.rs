//! Addresses whose `@` or dots are spelled out.

use super::parts::{ADDRESS_MAX, Spot, domain, local_part};
use crate::record::ticket::Oddity;

/// The addresses whose `@` is spelled out: `bo (at) example.com`, `bo[at]example[dot]com`, `bo AT example DOT com`.
pub(super) fn spelled(line: &str) -> Vec<Spot> {
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
        let spaces = after.len() - after.trim_start_matches(' ').len();
        if let (Some(local), Some((name, length, dots))) = (
            local_part(before),
            spelled_domain(after.trim_start_matches(' ')),
        ) && (dots || !needs_dot)
            && let Some(domain) = domain(&name)
            && domain.len() == name.len()
        {
            found.push(Spot {
                email: format!("{local}@{domain}"),
                range: before.len() - local.len()..end + spaces + length,
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
