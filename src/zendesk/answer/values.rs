//! Typed access to an answer: each error names the key that has an unexpected type.

use serde_json::{Map, Value};

use crate::reading::{ReadError, bounded};

/// Longest subject, name, email address, status and stamp kept, in characters.
pub(super) const TEXT_MAX: usize = 500;
/// Longest cursor taken, in bytes.
const CURSOR_MAX: usize = 2000;

pub(super) type Object = Map<String, Value>;
pub(super) type Read<T> = Result<T, ReadError>;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage<T> {
    /// The entries that could be read.
    pub items: Vec<T>,
    /// How many entries could not be read. They exist nevertheless, so every count must include
    /// them.
    pub unreadable: usize,
    /// The cursor of the next page, if there is one.
    pub after: Option<String>,
}

impl<T> ListPage<T> {
    /// Reads each entry separately, so that an unreadable one does not affect the others.
    pub(super) fn of(
        entries: &[Value],
        after: Option<String>,
        read: impl Fn(&Value) -> Read<T>,
    ) -> Self {
        let items: Vec<T> = entries
            .iter()
            .filter_map(|entry| read(entry).ok())
            .collect();
        Self {
            unreadable: entries.len() - items.len(),
            items,
            after,
        }
    }

    /// The entries; an error if one could not be read.
    pub fn whole(self) -> Read<Vec<T>> {
        self.seeking(|_| false)
    }

    /// The entries; an error if one is unreadable and none of the others is the wanted one.
    pub fn seeking(self, is_it: impl Fn(&T) -> bool) -> Read<Vec<T>> {
        if self.unreadable > 0 && !self.items.iter().any(is_it) {
            let entries = if self.unreadable == 1 {
                "an entry"
            } else {
                "entries"
            };
            return Err(ReadError::WrongShape {
                what: format!("“list” has {entries} that cannot be read"),
            });
        }
        Ok(self.items)
    }

    /// Whether an entry is the one that is looked for; an error if only an unreadable one can be it.
    pub fn has(self, is_it: impl Fn(&T) -> bool) -> Read<bool> {
        self.seeking(&is_it).map(|all| all.iter().any(is_it))
    }

    /// Like [`ListPage::seeking`], for a list whose further pages are not read: an entry that is not on
    /// this page may be on one of those.
    pub fn seeking_all(self, is_it: impl Fn(&T) -> bool) -> Read<Vec<T>> {
        if self.after.is_some() && !self.items.iter().any(&is_it) {
            return Err(ReadError::TooLarge);
        }
        self.seeking(is_it)
    }
}

impl<T> ListPage<Option<T>> {
    /// Drops the entries that were read and do not count.
    pub(super) fn without_gaps(self) -> ListPage<T> {
        ListPage {
            items: self.items.into_iter().flatten().collect(),
            unreadable: self.unreadable,
            after: self.after,
        }
    }
}

pub(super) fn key<'a>(object: &'a Object, name: &str) -> &'a Value {
    object.get(name).unwrap_or(&Value::Null)
}

pub(super) fn wrong(name: &str, value: &Value, wanted: &str) -> ReadError {
    let is = match value {
        Value::Null => "missing or empty".to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(_) => "a text".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    ReadError::WrongShape {
        what: format!("“{name}” is {is}, not {wanted}"),
    }
}

pub(super) fn lacks(name: &str, wanted: &str) -> ReadError {
    ReadError::WrongShape {
        what: format!("“{name}” is without {wanted}"),
    }
}

pub(super) fn object<'a>(value: &'a Value, name: &str) -> Read<&'a Object> {
    value
        .as_object()
        .ok_or_else(|| wrong(name, value, "an object"))
}

pub(super) fn list<'a>(value: &'a Value, name: &str) -> Read<&'a [Value]> {
    value
        .as_array()
        .map(Vec::as_slice)
        .ok_or_else(|| wrong(name, value, "a list"))
}

/// The entries on a page of a list. If the answer counts entries and shows none, nobody knows what there is; only behind
/// the last page there may be none.
pub(super) fn entries<'a>(top: &'a Object, name: &str) -> Read<&'a [Value]> {
    let entries = list(key(top, name), name)?;
    let count = key(top, "count");
    // Large lists are counted apart, with the time of counting.
    let number = count.get("value").unwrap_or(count);
    let is_none = match number {
        Value::Null => true,
        Value::String(text) => text.trim() == "0",
        number => number.as_f64() == Some(0.0),
    };
    if entries.is_empty() && !is_none && key(top, "previous_page").is_null() {
        return Err(ReadError::WrongShape {
            what: format!("“{name}” is empty, but “count” is {count}"),
        });
    }
    Ok(entries)
}

/// A list; a missing one is empty.
pub(super) fn optional_list<'a>(value: &'a Value, name: &str) -> Read<&'a [Value]> {
    if value.is_null() {
        Ok(&[])
    } else {
        list(value, name)
    }
}

/// A text, of which at most `max` characters are kept.
pub(super) fn text(value: &Value, name: &str, max: usize) -> Read<String> {
    value
        .as_str()
        .map(|t| bounded(t, max))
        .ok_or_else(|| wrong(name, value, "text"))
}

pub(super) fn optional_text(value: &Value, name: &str, max: usize) -> Read<Option<String>> {
    if value.is_null() {
        Ok(None)
    } else {
        text(value, name, max).map(Some)
    }
}

/// A text of at most `max` characters, which must not be truncated; a missing one is empty.
pub(super) fn whole_text(value: &Value, name: &str, max: usize) -> Read<String> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) if text.chars().nth(max).is_none() => Ok(text.clone()),
        Value::String(_) => Err(ReadError::WrongShape {
            what: format!("“{name}” is longer than {max} characters"),
        }),
        other => Err(wrong(name, other, "text")),
    }
}

pub(super) fn number(value: &Value, name: &str) -> Read<u64> {
    value
        .as_u64()
        .ok_or_else(|| wrong(name, value, "a whole number"))
}

pub(super) fn optional_number(value: &Value, name: &str) -> Read<Option<u64>> {
    if value.is_null() {
        Ok(None)
    } else {
        number(value, name).map(Some)
    }
}

pub(super) fn id_of<T: TryFrom<u64>>(value: &Value, name: &str) -> Read<T> {
    T::try_from(number(value, name)?).map_err(|_| wrong(name, value, "a number from 1 to 2^53 - 1"))
}

pub(super) fn optional_id<T: TryFrom<u64>>(value: &Value, name: &str) -> Read<Option<T>> {
    if value.is_null() {
        Ok(None)
    } else {
        id_of(value, name).map(Some)
    }
}

pub(super) fn flag(value: &Value, name: &str) -> Read<bool> {
    value
        .as_bool()
        .ok_or_else(|| wrong(name, value, "true or false"))
}

/// A flag; `none` if it is missing.
pub(super) fn flag_or(none: bool, value: &Value, name: &str) -> Read<bool> {
    if value.is_null() {
        Ok(none)
    } else {
        flag(value, name)
    }
}

/// Whether a numbered page has a next one.
pub(super) fn further_pages(top: &Object) -> Read<bool> {
    next_page(top).map(|next| next.is_some())
}

/// The address of the next page of such a list.
pub(super) fn next_page(top: &Object) -> Read<Option<String>> {
    match key(top, "next_page") {
        // An answer of the other kind, with a cursor.
        Value::Null if key(top, "meta").get("has_more") == Some(&Value::Bool(true)) => cursor(top),
        Value::Null => Ok(None),
        Value::String(address) if address.is_empty() => Ok(None),
        Value::String(address) => Ok(Some(bounded(address, TEXT_MAX))),
        other => Err(wrong("next_page", other, "an address")),
    }
}

/// The cursor of the next page, if there is one.
pub(super) fn cursor(top: &Object) -> Read<Option<String>> {
    let meta = object(key(top, "meta"), "meta")?;
    if !flag(key(meta, "has_more"), "meta.has_more")? {
        return Ok(None);
    }
    match key(meta, "after_cursor") {
        Value::String(cursor) if !cursor.is_empty() && cursor.len() <= CURSOR_MAX => {
            Ok(Some(cursor.clone()))
        }
        other => Err(wrong("meta.after_cursor", other, "a cursor")),
    }
}
