//! Attributes: names and marks of structure stay, addresses become other addresses, everything else is invented.

use super::invent::Inventor;
use crate::address::{decode, encode};
use crate::html::{Element, cloudflare_address};

/// Attributes whose words are structure, or invented word by word.
const NAMES: [&str; 26] = [
    "class",
    "id",
    "for",
    "name",
    "type",
    "rel",
    "role",
    "method",
    "http-equiv",
    "scope",
    "form",
    "aria-hidden",
    "aria-checked",
    "aria-disabled",
    "aria-pressed",
    "aria-selected",
    "aria-expanded",
    "aria-current",
    "aria-labelledby",
    "aria-controls",
    "contenteditable",
    "data-model",
    "data-method",
    "data-testid",
    "data-test-id",
    "data-smartmail",
];
/// Attributes that are a small number.
const NUMBERS: [&str; 2] = ["rowspan", "colspan"];
/// Attributes that hold an address.
const ADDRESSES: [&str; 7] = [
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "poster",
    "cite",
];
/// Attributes that hold text.
const TEXTS: [&str; 9] = [
    "title",
    "alt",
    "placeholder",
    "value",
    "label",
    "aria-label",
    "datetime",
    "data-original-title",
    "data-title",
];
/// Attributes that say something by being there.
const FLAGS: [&str; 13] = [
    "hidden",
    "checked",
    "selected",
    "disabled",
    "readonly",
    "required",
    "multiple",
    "open",
    "popover",
    "novalidate",
    "defer",
    "async",
    "data-turbo-preview",
];
/// Parts of the names of fields whose value is a token or a password.
const SECRETS: [&str; 8] = [
    "token", "csrf", "saml", "relay", "nonce", "password", "secret", "session",
];
/// Classes of layout that end in a number: `col-md-6`.
const COUNTED: &str =
    " col sm md lg xl xxl px py pt pb ps pe mt mb ms me mx my p m g gx gy h w fs fw offset span ";

/// The attributes of an element without their values. Whatever is not listed here is left out:
/// scripts, data, styles, what another program put there.
pub(super) fn of(element: &Element, invent: &Inventor<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let is_secret = is_secret(element);
    for (name, value) in element.attrs() {
        let value = if NAMES.contains(&name) || invent.known.is_attribute(name) {
            let parts: Vec<String> = value
                .split_whitespace()
                .map(|one| identifier(one, invent))
                .collect();
            parts.join(" ")
        } else if NUMBERS.contains(&name) {
            let is_small = value.len() < 3 && value.bytes().all(|b| b.is_ascii_digit());
            if !is_small {
                continue;
            }
            value.to_owned()
        } else if name == "content" && value.to_ascii_lowercase().contains("url=") {
            refresh(value, invent)
        } else if ADDRESSES.contains(&name) {
            address(value, invent)
        } else if TEXTS.contains(&name) {
            if name == "value" && is_secret {
                continue;
            }
            text(value, invent)
        } else if FLAGS.contains(&name) {
            String::new()
        } else if name == "style" {
            style(value)
        } else if name == "data-cfemail" {
            obfuscated(value, invent)
        } else {
            continue;
        };
        out.push((name.to_owned(), value));
    }
    out
}

fn is_secret(element: &Element) -> bool {
    ["name", "id", "type"].iter().any(|attribute| {
        element.attr(attribute).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            SECRETS.iter().any(|part| value.contains(part))
        })
    })
}

/// A text of an attribute.
fn text(text: &str, invent: &Inventor<'_>) -> String {
    if invent.known.is_sign(text) {
        text.to_owned()
    } else {
        invent.text(text)
    }
}

/// A class or a name: its known parts stay, the others are invented.
pub(super) fn identifier(name: &str, invent: &Inventor<'_>) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    let mut before = "";
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let is_count = word.len() < 3
            && word.bytes().all(|b| b.is_ascii_digit())
            && COUNTED.contains(&format!(" {before} "));
        if is_count || invent.known.is_part(word) {
            out.push_str(word);
        } else {
            out.push_str(&invent.word(word));
        }
        before = word;
        let next = after.find(char::is_alphanumeric).unwrap_or(after.len());
        let (marks, after) = after.split_at_checked(next).unwrap_or((after, ""));
        out.extend(marks.chars().filter(char::is_ascii));
        rest = after;
    }
    out
}

fn refresh(content: &str, invent: &Inventor<'_>) -> String {
    let at = content.to_ascii_lowercase().find("url=").unwrap_or(0);
    let to = content.get(at + 4..).unwrap_or_default();
    format!(
        "0; url={}",
        address(to.trim_matches(['"', '\'', ' ']), invent)
    )
}

/// An address of the same form: the portal's host and the known parts of a path stay.
pub(super) fn address(url: &str, invent: &Inventor<'_>) -> String {
    let trimmed = url.trim();
    let scheme_end = trimmed
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-')))
        .filter(|at| *at > 0 && trimmed.get(*at..).is_some_and(|rest| rest.starts_with(':')));
    let (lead, rest) = match scheme_end.and_then(|at| trimmed.split_at_checked(at + 1)) {
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "mailto:" => {
                let to = rest.split(['?', '#']).next().unwrap_or_default();
                let to = decode(to).unwrap_or_default();
                return format!("mailto:{}", invent.text(&to));
            }
            "http:" | "https:" => (scheme, rest),
            _ => return "about:blank".to_owned(),
        },
        None => ("", trimmed),
    };
    let mut out = lead.to_owned();
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
            out.push_str("//");
            if invent.known.is_host(host) {
                out.push_str(host);
            } else {
                out.push_str(&invent.host(host));
            }
            path
        }
        None => rest,
    };
    if let Some((page, hex)) = path.split_once("/cdn-cgi/l/email-protection#") {
        out.push_str(&pieces(page, invent));
        out.push_str("/cdn-cgi/l/email-protection#");
        out.push_str(&obfuscated(hex, invent));
        return out;
    }
    out.push_str(&pieces(path, invent));
    out
}

/// The parts of a path, a query and a fragment.
fn pieces(path: &str, invent: &Inventor<'_>) -> String {
    let is_mark = |c: char| matches!(c, '/' | '?' | '#' | '&' | '=' | ';');
    let mut out = String::new();
    for piece in path.split_inclusive(is_mark) {
        let bare = piece.trim_end_matches(is_mark);
        let decoded = decode(bare).unwrap_or_else(|| bare.to_owned());
        let is_known = decoded
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"_-.".contains(&b))
            && decoded
                .split(['_', '-', '.'])
                .all(|word| invent.known.is_part(word));
        let is_key = piece.ends_with('=') && decoded.is_ascii();
        if is_known {
            out.push_str(bare);
        } else if is_key {
            out.push_str(&encode(&identifier(&decoded, invent)));
        } else {
            out.push_str(&encode(&invent.text(&decoded)));
        }
        out.push_str(piece.get(bare.len()..).unwrap_or_default());
    }
    out
}

/// Cloudflare's form of another address. The key is one with which no word of the page appears in the
/// digits.
fn obfuscated(hex: &str, invent: &Inventor<'_>) -> String {
    let Some(address) = cloudflare_address(hex) else {
        return String::new();
    };
    let other = invent.text(&address);
    let with = |key: u8| -> String {
        std::iter::once(key)
            .chain(other.bytes().map(|b| b ^ key))
            .map(|b| format!("{b:02x}"))
            .collect()
    };
    let clean = (0x2A..0x80).map(with).find(|hex| !invent.is_in(hex));
    clean.unwrap_or_default()
}

/// What hides an element or crosses it out stays; nothing else of its style is read.
fn style(style: &str) -> String {
    const READ: [&str; 5] = [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "max-height",
    ];
    const VALUES: [&str; 8] = [
        "none",
        "hidden",
        "collapse",
        "block",
        "inline",
        "inline-block",
        "flex",
        "visible",
    ];
    let rules = style.split(';').filter_map(|rule| {
        let (property, value) = rule.split_once(':')?;
        let property = property.trim().to_ascii_lowercase();
        let value = value.split('!').next()?.trim().to_ascii_lowercase();
        if property.starts_with("text-decoration") {
            let is_crossed_out = value.contains("line-through");
            return is_crossed_out.then(|| "text-decoration: line-through".to_owned());
        }
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
        let kept = if VALUES.contains(&value.as_str()) {
            value
        } else {
            let is_nothing = number.parse::<f32>().ok()? == 0.0;
            if is_nothing {
                "0".to_owned()
            } else {
                "1".to_owned()
            }
        };
        READ.contains(&property.as_str())
            .then(|| format!("{property}: {kept}"))
    });
    rules.collect::<Vec<_>>().join("; ")
}
