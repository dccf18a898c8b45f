//! Ticket fields and forms.

use serde_json::Value;

use super::values::{
    Object, Read, TEXT_MAX, cursor, entries, flag_or, key, number, object, text, whole_text, wrong,
};
use crate::profile::zendesk::{ZendeskWords, folded, is_one_of};
use crate::record::ticket::{FieldOption, TicketFields};

/// Most options kept of a dropdown field.
const OPTIONS_MAX: usize = 500;
/// Longest tag of an option, in characters: it is written back, so it must be whole.
const OPTION_VALUE_MAX: usize = 1000;

/// The used fields on one page of the list, and the cursor of the next page. Fields are found by
/// title; an inactive field does not count, and of several with one title the first does.
pub fn ticket_fields(value: &Value, words: &ZendeskWords) -> Read<(TicketFields, Option<String>)> {
    let top = object(value, "answer")?;
    let mut found = TicketFields::default();
    let titles = |list: &[String]| list.iter().map(|t| folded(t)).collect::<Vec<_>>();
    let problem = titles(&words.ticket_fields.problem_type);
    let product = titles(&words.ticket_fields.product_type);
    let email = titles(&words.ticket_fields.subscription_email);
    let stage = titles(&words.hand_on.stage_field);
    for field in entries(top, "ticket_fields")? {
        // An unreadable field counts as not found: it may be any of them.
        let Some(field) = field.as_object() else {
            found.unreadable += 1;
            continue;
        };
        let active = flag_or(true, key(field, "active"), "ticket_fields[].active");
        if active == Ok(false) {
            continue;
        }
        let Ok(title) = title(field).map(|title| folded(&title)) else {
            found.unreadable += 1;
            continue;
        };
        let wanted = [&problem, &product, &email, &stage]
            .iter()
            .any(|titles| titles.contains(&title));
        if !wanted {
            continue;
        }
        let (Ok(id), Ok(_)) = (number(key(field, "id"), "ticket_fields[].id"), active) else {
            found.unreadable += 1;
            continue;
        };
        let (slot, slot_options) = if problem.contains(&title) {
            (&mut found.problem_type, Some(&mut found.problem_options))
        } else if product.contains(&title) {
            (&mut found.product_type, Some(&mut found.product_options))
        } else if email.contains(&title) {
            (&mut found.subscription_email, None)
        } else if stage.contains(&title) {
            (&mut found.stage, Some(&mut found.stage_options))
        } else {
            continue;
        };
        if slot.is_none() {
            *slot = Some(id);
            if let Some(slot_options) = slot_options {
                *slot_options = options(key(field, "custom_field_options"));
            }
        }
    }
    Ok((found, cursor(top)?))
}

fn is_active(field: &Object) -> bool {
    flag_or(true, key(field, "active"), "ticket_fields[].active").unwrap_or(false)
}

fn title(field: &Object) -> Read<String> {
    text(
        first_of(field, ["title", "raw_title"]),
        "ticket_fields[].title",
        TEXT_MAX,
    )
}

/// The most titles of other fields that are kept per page, and the longest one, in characters.
const TITLES_MAX: usize = 100;
const TITLE_MAX: usize = 200;

/// The titles on a page of the list that Tether does not use: of active fields, each once.
pub fn other_titles(value: &Value, words: &ZendeskWords) -> Vec<String> {
    let Ok(fields) = object(value, "answer").and_then(|top| entries(top, "ticket_fields")) else {
        return Vec::new();
    };
    let known = [
        &words.ticket_fields.problem_type,
        &words.ticket_fields.product_type,
        &words.ticket_fields.subscription_email,
        &words.hand_on.stage_field,
    ];
    let mut titles: Vec<String> = Vec::new();
    for field in fields
        .iter()
        .filter_map(|field| object(field, "ticket_fields[]").ok())
    {
        let active = is_active(field);
        let Ok(title) = title(field) else { continue };
        let usable = title.trim() == title
            && !title.is_empty()
            && title.chars().count() <= TITLE_MAX
            && !title.chars().any(char::is_control);
        if active
            && usable
            && titles.len() < TITLES_MAX
            && !titles.contains(&title)
            && !known.iter().any(|list| is_one_of(&title, list))
        {
            titles.push(title);
        }
    }
    titles
}

/// The options that can be read.
fn options(value: &Value) -> Vec<FieldOption> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .filter_map(|one| option(one).ok())
        .take(OPTIONS_MAX)
        .collect()
}

fn option(value: &Value) -> Read<FieldOption> {
    let option = object(value, "custom_field_options[]")?;
    let tag = match key(option, "value") {
        value @ Value::String(_) => {
            whole_text(value, "custom_field_options[].value", OPTION_VALUE_MAX)?
        }
        other => return Err(wrong("custom_field_options[].value", other, "text")),
    };
    Ok(FieldOption {
        name: text(
            first_of(option, ["name", "raw_name"]),
            "custom_field_options[].name",
            TEXT_MAX,
        )?,
        value: tag,
    })
}

/// The first of two keys that exists: some answers have only the untranslated text.
pub(super) fn first_of<'a>(object: &'a Object, [first, second]: [&str; 2]) -> &'a Value {
    match key(object, first) {
        Value::Null => key(object, second),
        Value::String(text) if text.trim().is_empty() => key(object, second),
        value => value,
    }
}

/// The name of the ticket form that was asked for.
pub fn ticket_form(value: &Value, asked: u64) -> Read<String> {
    let top = object(value, "answer")?;
    let form = object(key(top, "ticket_form"), "ticket_form")?;
    let id = key(form, "id");
    if id.as_u64() != Some(asked) {
        return Err(wrong("ticket_form.id", id, "the form that was asked for"));
    }
    text(key(form, "name"), "ticket_form.name", TEXT_MAX)
}
