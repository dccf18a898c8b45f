//! Reads a license's data as text: JSON, YAML or Ruby's own notation. Only the `id` directly in `restrictions` is the
//! license's.

use crate::record::ids::LicenseId;

/// Keys that a result may be wrapped in.
const WRAPPERS: [&str; 4] = ["license", "license_data", "data", "result"];

/// How many of them may be around each other.
const WRAPPED_MAX: usize = 3;

/// The ids that were found, readable or not.
pub(super) type Ids = Vec<Result<LicenseId, String>>;

/// The content of `restrictions` alone, below a heading that names them.
pub(super) fn from_restrictions(text: &str, ids: &mut Ids) {
    if braces(text).is_some() {
        ids_of_object(text, ids);
        return;
    }
    let indented: String = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(|l| format!(" {l}\n"))
        .collect();
    from_yaml(&format!("restrictions:\n{indented}"), ids);
}

pub(super) fn mentions(text: &str) -> bool {
    text.to_ascii_lowercase().contains("restrictions")
}

pub(super) fn is_restrictions(key: &str) -> bool {
    normal(key) == "restrictions"
}

/// A key with everything but letters and digits as single spaces, lower case.
pub(super) fn normal(key: &str) -> String {
    let spaced: String = key
        .chars()
        .take(200)
        .map(|c| {
            if c.is_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn scalar(text: &str) -> Result<LicenseId, String> {
    let bare = text.trim().trim_matches(['"', '\'']);
    LicenseId::parse(bare).map_err(|_| bare.chars().take(40).collect())
}

/// Text that begins with a brace is JSON or Ruby's notation, otherwise YAML.
pub(super) fn from_text(text: &str, ids: &mut Ids) {
    match braces(text) {
        Some(object) => {
            let mut found = values_of(object, "restrictions");
            let mut wrapped = vec![object];
            for _ in 0..WRAPPED_MAX {
                if !found.is_empty() {
                    break;
                }
                wrapped = wrapped
                    .into_iter()
                    .flat_map(|object| WRAPPERS.iter().flat_map(|name| values_of(object, name)))
                    .filter_map(braces)
                    .collect();
                found = wrapped
                    .iter()
                    .flat_map(|object| values_of(object, "restrictions"))
                    .collect();
            }
            if found.is_empty() && !mentions(text) {
                flat_id(object, ids);
            }
            for value in found {
                ids_of_object(value, ids);
            }
        }
        None if text.trim_start().starts_with("#<") => from_inspected(text, ids),
        None => from_yaml(text, ids),
    }
}

/// A license that holds its id directly, without `restrictions`: it names its licensee, too.
fn flat_id(object: &str, ids: &mut Ids) {
    let inner = WRAPPERS
        .iter()
        .flat_map(|wrapper| values_of(object, wrapper))
        .filter_map(braces);
    for object in std::iter::once(object).chain(inner) {
        if !values_of(object, "licensee").is_empty() {
            ids.extend(values_of(object, "id").into_iter().map(scalar));
        }
    }
}

/// Ruby's `#<License @restrictions={…}>`, or the same as awesome_print writes it: each `restrictions` outside of quotes with its hash.
fn from_inspected(text: &str, ids: &mut Ids) {
    const KEY: &str = "restrictions";
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            'r' if !quoted => {
                let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                let Some(rest) = text.get(at..).and_then(|t| t.strip_prefix(KEY)) else {
                    continue;
                };
                if is_word(before) || is_word(rest.chars().next()) {
                    continue;
                }
                ids_of_object(
                    rest.trim_start_matches(|c: char| c.is_whitespace() || "=>:".contains(c)),
                    ids,
                );
            }
            _ => {}
        }
    }
}

/// The text from its first brace on, if only a short title precedes it: "License is valid.".
pub(super) fn braces(text: &str) -> Option<&str> {
    const TITLE_MAX: usize = 60;
    let text = text.trim();
    let text = text.strip_prefix("=>").map_or(text, str::trim_start);
    let text = match text.split_once('\n') {
        Some((title, rest))
            if title.len() <= TITLE_MAX
                && !title.contains(['{', ':', '=', '#', '"', '[', '-'])
                && rest.trim_start().starts_with('{') =>
        {
            rest.trim_start()
        }
        _ => text,
    };
    if text.starts_with('{') {
        Some(text)
    } else {
        None
    }
}

/// The ids at an object's own level.
fn ids_of_object(object: &str, ids: &mut Ids) {
    if let Some(object) = braces(object) {
        ids.extend(values_of(object, "id").into_iter().map(scalar));
    }
}

/// The values of a key at the own level of an object in JSON (`"key": 1`) or Ruby's notation (`"key"=>1`, `:key=>1`, `key: 1`). One pass.
fn values_of<'t>(object: &'t str, wanted: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    // The sign that opened a text. Python puts texts in single quotes, but only where a text can
    // begin.
    let mut quoted: Option<char> = None;
    let mut escaped = false;
    let mut before = '{';
    // Where the current key begins, and where its value begins if it is the wanted key.
    let mut key_from = None;
    let mut value_from: Option<usize> = None;
    let mut in_value = false;
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| object.as_bytes().get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    for (at, c) in object.char_indices() {
        if let Some(end) = quoted {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if c == end => quoted = None,
                _ => {}
            }
            continue;
        }
        let opens = matches!(before, '{' | '[' | ',' | ':' | '>' | '(');
        if !c.is_whitespace() {
            before = c;
        }
        match c {
            '"' => quoted = Some(c),
            '\'' if opens => quoted = Some(c),
            '{' | '[' => {
                depth += 1;
                if depth == 1 {
                    key_from = Some(at + 1);
                }
            }
            // A number in groups of digits is no list of values.
            ',' if depth == 1
                && value_from.is_some()
                && is_digit(at.checked_sub(1))
                && is_digit(Some(at + 1)) => {}
            '}' | ']' | ',' if depth == 1 => {
                if let Some(value) = value_from.take().and_then(|from| object.get(from..at)) {
                    found.push(value.trim());
                }
                key_from = Some(at + 1);
                in_value = false;
                if c != ',' {
                    return found;
                }
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            ':' | '>' if depth == 1 && !in_value => {
                let key = key_from
                    .and_then(|from| object.get(from..at))
                    .unwrap_or_default()
                    .trim();
                // Ruby's `:key=>`: the first colon begins the key.
                if key.is_empty() {
                    continue;
                }
                let key = key
                    .trim_end_matches('=')
                    .trim()
                    .trim_matches(['"', '\''])
                    .trim_start_matches(':');
                in_value = true;
                value_from = (key == wanted).then_some(at + 1);
            }
            _ => {}
        }
    }
    found
}

/// Reads YAML by its indentation: the lines of the top-level `restrictions`, and in them the ids at
/// their own level. A multi-line text is indented deeper than its key, so it is never at that
/// level.
fn from_yaml(text: &str, ids: &mut Ids) {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .map(|line| (line.len() - line.trim_start_matches(' ').len(), line.trim()))
        .filter(|(_, line)| {
            !line.is_empty() && *line != "---" && *line != "..." && !line.starts_with('#')
        })
        .collect();
    let Some(base) = lines.iter().map(|(indent, _)| *indent).min() else {
        return;
    };
    let is_flat = !mentions(text)
        && lines.iter().any(|(indent, line)| {
            *indent == base && entry(line).is_some_and(|(key, _)| key == "licensee")
        });
    let mut i = 0;
    while let Some(&(indent, line)) = lines.get(i) {
        i += 1;
        let Some((key, value)) = entry(line) else {
            continue;
        };
        if key == "id" && indent == base && is_flat {
            ids.push(scalar(value));
        }
        if indent != base || key != "restrictions" {
            continue;
        }
        // A Ruby hash of another class has its class after its key.
        if !value.is_empty() && !value.starts_with(['!', '&']) {
            ids_of_object(value, ids);
            continue;
        }
        let own = lines.get(i).map_or(0, |(indent, _)| *indent);
        while let Some(&(indent, line)) = lines.get(i).filter(|(indent, _)| *indent > base) {
            if let Some(("id", value)) = entry(line).filter(|_| indent == own) {
                ids.push(scalar(value));
            }
            i += 1;
        }
    }
}

/// `key: value`, with the key's quotes or its symbol's colon dropped.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (key, value) = match line.strip_prefix(':') {
        Some(symbol) => symbol.split_once(':')?,
        None => line.split_once(':')?,
    };
    (value.is_empty() || value.starts_with([' ', '\t']))
        .then(|| (key.trim().trim_matches(['"', '\'']), value.trim()))
}
