//! Reads the result of Validate License: a license's data as JSON, YAML, Ruby's own notation or a
//! table. Only the `id` directly in `restrictions` is the license's: a subscription and every
//! add-on product have ids of their own.

use crate::html::{Tree, has_class, is_crossed_out, is_hidden, is_unseen};
use crate::record::Shown;
use crate::record::ids::LicenseId;

/// The ids that were found, readable or not.
type Ids = Vec<Result<LicenseId, String>>;

/// How many levels of nested tables are followed.
const MAX_DEPTH: usize = 4;

/// Keys that a result may be wrapped in.
const WRAPPERS: [&str; 4] = ["license", "license_data", "data", "result"];

/// How many of them may be around each other.
const WRAPPED_MAX: usize = 3;

/// The license's id in the result below the page's header; `None` if the page shows no result.
pub(super) fn license_id(flat: &Tree<'_>, after: usize) -> Option<Shown<LicenseId>> {
    let mut ids: Ids = Vec::new();
    let mut shows_restrictions = false;
    let mut shows_something = false;
    // Restrictions in a list of another kind, such as a card.
    let mut shown_otherwise = false;
    let mut shows_data = false;
    let mut heading = String::new();
    let mut i = after;
    while i < flat.len() {
        let Some(element) = flat.element(i) else {
            // Text outside of any element: a result printed straight into a paragraph.
            if let Some(text) = flat.text_node(i).filter(|t| mentions(t)) {
                shows_restrictions = true;
                shows_something = true;
                shown_otherwise |= braces(text).is_none();
                from_text(text, &mut ids);
            }
            i += 1;
            continue;
        };
        let name = element.name();
        // Text that was typed into a text area is no result, but a read-only text area may show
        // one.
        let is_shown_area = name == "textarea"
            && (element.attr("readonly").is_some() || element.attr("disabled").is_some());
        if let Some(text) = flat.text_node(i + 1).filter(|_| is_shown_area) {
            shows_something |= !text.trim().is_empty();
            shows_data |= !text.trim().is_empty();
            shows_restrictions |= mentions(text);
            from_text(text, &mut ids);
            i = flat.end(i);
        } else if is_unseen(name)
            || is_hidden(element)
            || is_crossed_out(element)
            || matches!(name, "nav" | "header" | "button" | "label" | "input")
            || has_class(element, "alert")
            || has_class(element, "nav")
        {
            i = flat.end(i);
        } else if matches!(name, "pre" | "code" | "samp") {
            let text = flat.raw_text(i);
            shows_something |= !text.trim().is_empty();
            shows_data |= !text.trim().is_empty();
            shows_restrictions |= mentions(&text);
            if is_partly_invalid(flat, i) {
                ids.push(Err(PARTLY_INVALID.to_owned()));
            } else if is_restrictions(&heading) && !mentions(&text) {
                from_restrictions(&text, &mut ids);
            } else {
                from_text(&text, &mut ids);
            }
            i = flat.end(i);
        } else if matches!(name, "table" | "dl") {
            let text = flat.raw_text(i);
            shows_something |= !text.trim().is_empty();
            shows_data |= !text.trim().is_empty();
            shows_restrictions |= mentions(&text) || is_restrictions(&heading);
            let before = ids.len();
            if is_partly_invalid(flat, i) {
                ids.push(Err(PARTLY_INVALID.to_owned()));
            }
            from_rows(flat, i, is_restrictions(&heading), MAX_DEPTH, &mut ids);
            if ids.len() == before {
                // A highlighter may put line numbers and lines into a table.
                for (code, _) in flat.below(i).filter(|(_, e)| e.name() == "pre") {
                    from_text(&flat.raw_text(code), &mut ids);
                }
            }
            i = flat.end(i);
        } else {
            if matches!(
                name,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "legend" | "dt" | "summary"
            ) || has_class(element, "card-header")
            {
                heading = flat.text(i).text;
            }
            i += 1;
        }
    }
    if !shows_something && !shows_restrictions {
        return None;
    }
    if ids.is_empty() && shown_otherwise && !shows_data {
        return Some(Shown::Unreadable(
            "restrictions that are shown in an unknown way".to_owned(),
        ));
    }
    Some(settled(&ids))
}

/// What is said of a result of which nobody knows which parts hold.
const PARTLY_INVALID: &str = "a result with parts that are hidden or crossed out";

/// Whether parts of a result are hidden or crossed out.
fn is_partly_invalid(flat: &Tree<'_>, at: usize) -> bool {
    flat.below(at)
        .any(|(_, element)| is_hidden(element) || is_crossed_out(element))
}

/// The content of `restrictions` alone, below a heading that names them.
fn from_restrictions(text: &str, ids: &mut Ids) {
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

/// Combines all findings: several must agree.
fn settled(ids: &Ids) -> Shown<LicenseId> {
    match ids.split_first() {
        None => Shown::Absent,
        Some((Ok(id), rest)) if rest.iter().all(|other| other.as_ref() == Ok(id)) => {
            Shown::Value(*id)
        }
        Some((Err(text), [])) => Shown::Unreadable(text.chars().take(40).collect()),
        Some(_) => Shown::Unreadable("several ids that differ".to_owned()),
    }
}

fn mentions(text: &str) -> bool {
    text.to_ascii_lowercase().contains("restrictions")
}

fn is_restrictions(key: &str) -> bool {
    normal(key) == "restrictions"
}

/// A key with everything but letters and digits as single spaces, lower case.
fn normal(key: &str) -> String {
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

fn scalar(text: &str) -> Result<LicenseId, String> {
    let bare = text.trim().trim_matches(['"', '\'']);
    LicenseId::parse(bare).map_err(|_| bare.chars().take(40).collect())
}

/// Text that begins with a brace is JSON or Ruby's notation, otherwise YAML.
fn from_text(text: &str, ids: &mut Ids) {
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
fn braces(text: &str) -> Option<&str> {
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

/// The rows of a table or the pairs of a definition list. With `within`, they belong to
/// `restrictions` already.
fn from_rows(flat: &Tree<'_>, table: usize, within: bool, depth: usize, ids: &mut Ids) {
    if depth == 0 {
        return;
    }
    let mut within_section = within;
    let mut spanned = 0_usize;
    for row in rows(flat, table) {
        let in_span = spanned > 0;
        spanned = spanned.saturating_sub(1);
        let (cells, row_span) = row;
        let (key, value) = match cells.as_slice() {
            [only] => {
                within_section = is_restrictions(&flat.text(*only).text);
                continue;
            }
            [key, value] => (*key, *value),
            [first, key, value] if is_restrictions(&flat.text(*first).text) => {
                spanned = row_span.saturating_sub(1);
                id_row(flat, *key, *value, ids);
                continue;
            }
            _ => continue,
        };
        let name = normal(&flat.text(key).text);
        if name == "restrictions id" {
            ids.push(scalar(&flat.text(value).text));
        } else if name == "restrictions" {
            // Without a value, it is the heading of the rows below.
            within_section = flat.raw_text(value).trim().is_empty();
            from_value(flat, value, depth, ids);
        } else if within_section || in_span {
            id_row(flat, key, value, ids);
        } else if within && name == "id" {
            ids.push(scalar(&flat.text(value).text));
        }
    }
}

fn id_row(flat: &Tree<'_>, key: usize, value: usize, ids: &mut Ids) {
    if normal(&flat.text(key).text) == "id" {
        ids.push(scalar(&flat.text(value).text));
    }
}

/// The value beside `restrictions`: a nested table, otherwise its text as an object or as YAML.
fn from_value(flat: &Tree<'_>, at: usize, depth: usize, ids: &mut Ids) {
    let inner = flat
        .below(at)
        .find(|(_, e)| matches!(e.name(), "table" | "dl"))
        .map(|(i, _)| i);
    if let Some(inner) = inner {
        from_rows(flat, inner, true, depth - 1, ids);
        return;
    }
    from_restrictions(&flat.raw_text(at), ids);
}

/// A table's own rows, as cells with the first cell's `rowspan`, or a list's pairs. Tables within
/// cells are skipped.
fn rows(flat: &Tree<'_>, table: usize) -> Vec<(Vec<usize>, usize)> {
    let mut found: Vec<(Vec<usize>, usize)> = Vec::new();
    let mut term = None;
    let mut i = table + 1;
    while i < flat.end(table) {
        let Some(element) = flat.element(i) else {
            i += 1;
            continue;
        };
        match element.name() {
            "tr" => {
                found.push((Vec::new(), 1));
                i += 1;
            }
            "th" | "td" => {
                let span = element
                    .attr("rowspan")
                    .and_then(|s| s.parse().ok())
                    .unwrap_or(1);
                if let Some((cells, row_span)) = found.last_mut() {
                    if cells.is_empty() {
                        *row_span = span;
                    }
                    cells.push(i);
                }
                i = flat.end(i);
            }
            "dt" => {
                term = Some(i);
                i = flat.end(i);
            }
            "dd" => {
                if let Some(term) = term.take() {
                    found.push((vec![term, i], 1));
                }
                i = flat.end(i);
            }
            name if is_unseen(name) => i = flat.end(i),
            _ => i += 1,
        }
    }
    found.retain(|(cells, _)| !cells.is_empty());
    found
}
