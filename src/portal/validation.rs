//! Reads the result of Validate License: a license's data as JSON, YAML, Ruby's own notation or a
//! table. Only the `id` directly in `restrictions` is the license's: a subscription and every
//! add-on product have ids of their own.

use super::license_table::{MAX_DEPTH, from_rows};
use super::license_text::{
    Ids, braces, from_restrictions, from_text, is_restrictions, mentions, normal, scalar,
};
use super::outline::{below, outline};
use crate::html::{Tree, has_class, is_crossed_out, is_hidden, is_inline, is_unseen};
use crate::record::Shown;
use crate::record::ids::LicenseId;

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
        if name == "label" && flat.below(i).any(|(_, e)| e.name() == "textarea") {
            i += 1;
        } else if let Some(text) = flat.text_node(i + 1).filter(|_| is_shown_area) {
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
        } else if let Some(text) = boxed_text(flat, i) {
            shows_something = true;
            shows_data = true;
            shows_restrictions = true;
            if is_partly_invalid(flat, i) {
                ids.push(Err(PARTLY_INVALID.to_owned()));
            } else {
                from_text(&text, &mut ids);
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
    if ids.is_empty() && shown_otherwise {
        let entries = outline(flat, after, flat.len());
        let own = below(&entries, |entry| {
            is_restrictions(&entry.key) && entry.value.is_empty()
        });
        ids.extend(
            own.filter(|entry| normal(&entry.key) == "id")
                .map(|entry| scalar(&entry.value)),
        );
    }
    if ids.is_empty() && shown_otherwise && !shows_data {
        return Some(Shown::Unreadable(
            "restrictions that are shown in an unknown way".to_owned(),
        ));
    }
    Some(settled(&ids))
}

/// The text of a box that shows the whole result as an object, or its lines with breaks.
fn boxed_text(flat: &Tree<'_>, at: usize) -> Option<String> {
    if flat.element(at).is_none_or(|e| is_inline(e.name())) {
        return None;
    }
    let first = (at + 1..flat.end(at).min(at + FIRST_TEXT_MAX))
        .filter_map(|i| flat.text_node(i))
        .map(str::trim_start)
        .find(|text| !text.is_empty())?;
    let is_object = first.starts_with('{');
    let is_lines = || {
        let mut below = flat.below(at).map(|(_, e)| e.name());
        let has_only_lines = below.all(|name| is_inline(name) || name == "br");
        has_only_lines && flat.below(at).any(|(_, e)| e.name() == "br")
    };
    if !is_object && !is_lines() {
        return None;
    }
    let text = flat.raw_text(at).replace('\u{A0}', " ");
    (mentions(&text) && (!is_object || text.trim_end().ends_with('}'))).then_some(text)
}

/// How many nodes of a box are searched for its first text.
const FIRST_TEXT_MAX: usize = 50;

/// What is said of a result of which nobody knows which parts hold.
const PARTLY_INVALID: &str = "a result with parts that are hidden or crossed out";

/// Whether parts of a result are hidden or crossed out.
fn is_partly_invalid(flat: &Tree<'_>, at: usize) -> bool {
    flat.below(at)
        .any(|(_, element)| is_hidden(element) || is_crossed_out(element))
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
