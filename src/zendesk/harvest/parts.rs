//! The addresses in a line, and their parts.

use std::borrow::Cow;
use std::ops::Range;

use crate::record::ticket::Oddity;
use crate::text::line::is_invisible;
use crate::text::normal::is_unspaced;

/// Longest part before the `@`, in characters.
const LOCAL_MAX: usize = 64;

/// Longest address, in characters.
pub(super) const ADDRESS_MAX: usize = 254;

/// A line with its links blanked out: what they contain is nobody's address, except in a mailto
/// link.
pub(super) fn without_links(line: &str) -> Cow<'_, str> {
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

/// A line with what Markdown crosses out (`~~…~~`) blanked out.
pub(super) fn without_crossed_out(line: &str) -> Cow<'_, str> {
    const MARK: &str = "~~";
    if line.matches(MARK).count() < 2 {
        return Cow::Borrowed(line);
    }
    let pieces: Vec<&str> = line.split(MARK).collect();
    let last = pieces.len() - 1;
    let mut out = String::with_capacity(line.len());
    for (n, piece) in pieces.into_iter().enumerate() {
        if n % 2 == 0 || n == last {
            out.push_str(piece);
        } else {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// An image within a mail: `image001.png@01DCBEBB.6A5FD760`.
pub(super) fn is_picture(token: &str) -> bool {
    let lower = token.to_ascii_lowercase();
    let local = lower.split('@').next().unwrap_or_default();
    lower.starts_with("cid:")
        || [".png", ".jpg", ".jpeg", ".gif"]
            .iter()
            .any(|ending| local.ends_with(ending))
}

/// An address and where in its line it is.
pub(super) struct Spot {
    pub(super) email: String,
    pub(super) range: Range<usize>,
    pub(super) oddity: Option<Oddity>,
}

/// Whether a character never occurs within an address.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_invisible(c) || "<>()[]{}\"“”„«»,;|*`".contains(c)
}

/// The addresses of a text without separators.
pub(super) fn of_token(token: &str) -> Vec<Spot> {
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
    // A token with "://" is a URL; the text before its @ is a user's name and password.
    if !found.is_empty() && token.contains("://") {
        found.clear();
    }
    found
}

/// The part before the `@`, read backwards.
pub(super) fn local_part(before: &str) -> Option<&str> {
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
    // An ellipsis ends a sentence; a single dot at the end belongs to no address.
    let local = local
        .rsplit_once("..")
        .map_or(local, |(_, rest)| rest)
        .trim_start_matches('.');
    (!local.is_empty() && !local.ends_with('.')).then_some(local)
}

/// The part after the `@`: at least two labels, the last one not a number.
pub(super) fn domain(after: &str) -> Option<&str> {
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
    // A sentence's dots, and anything after two of them, do not belong to the domain.
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
