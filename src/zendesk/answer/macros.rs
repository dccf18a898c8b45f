//! Macros, and what Zendesk says one would do to a ticket. Its HTML is untrusted and stays as it is; it is cleaned before it is used.

use serde_json::Value;

use super::values::{Object, Read, TEXT_MAX, flag_or, key, list, number, object, optional_text, text, whole_text, wrong};

/// Most macros kept of one answer.
const MACROS_MAX: usize = 1000;
/// Longest comment of a macro, in characters; a cut one would say something else.
const COMMENT_MAX: usize = 256 * 1024;

/// A macro, by its whole title (with its categories: `A::B::C`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MacroTitle {
    /// Its number.
    pub id: u64,
    /// Its title.
    pub title: String,
}

/// What a macro would do to the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The comment, as untrusted HTML; empty where the macro writes none.
    pub html: String,
    /// Whether the comment is public, where the macro says so.
    pub public: Option<bool>,
    /// The status that the ticket would have.
    pub status: Option<String>,
    /// Whether the ticket would have tags; Zendesk shows the whole ticket, so its own count too.
    pub tags: bool,
}

/// The macros that are active.
pub fn macros(value: &Value) -> Read<Vec<MacroTitle>> {
    let top = object(value, "answer")?;
    let mut found = Vec::new();
    for one in list(key(top, "macros"), "macros")? {
        let one = object(one, "macros[]")?;
        let id = number(key(one, "id"), "macros[].id")?;
        let title = text(key(one, "title"), "macros[].title", TEXT_MAX)?;
        if flag_or(true, key(one, "active"), "macros[].active")? && found.len() < MACROS_MAX {
            found.push(MacroTitle { id, title });
        }
    }
    Ok(found)
}

/// What applying a macro would come to. Nothing is changed by asking.
pub fn applied(value: &Value) -> Read<Applied> {
    let top = object(value, "answer")?;
    let result = object(key(top, "result"), "result")?;
    let ticket = object(key(result, "ticket"), "result.ticket")?;
    let (html, public) = match key(ticket, "comment") {
        Value::Null => (String::new(), None),
        comment => {
            let comment = object(comment, "result.ticket.comment")?;
            (comment_html(comment)?, is_public(key(comment, "public"))?)
        }
    };
    let tags = match key(ticket, "tags") {
        Value::Null => false,
        Value::Array(tags) => !tags.is_empty(),
        Value::String(tags) => !tags.trim().is_empty(),
        other => return Err(wrong("result.ticket.tags", other, "a list")),
    };
    Ok(Applied { html, public, status: optional_text(key(ticket, "status"), "result.ticket.status", TEXT_MAX)?, tags })
}

/// The comment's HTML; a plain comment becomes paragraphs.
fn comment_html(comment: &Object) -> Read<String> {
    let html = whole_text(key(comment, "html_body"), "result.ticket.comment.html_body", COMMENT_MAX)?;
    let plain = whole_text(key(comment, "body"), "result.ticket.comment.body", COMMENT_MAX)?;
    Ok(if html.trim().is_empty() { paragraphs(&plain) } else { html })
}

fn is_public(value: &Value) -> Read<Option<bool>> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(*flag)),
        Value::String(text) if text == "true" => Ok(Some(true)),
        Value::String(text) if text == "false" => Ok(Some(false)),
        other => Err(wrong("result.ticket.comment.public", other, "true or false")),
    }
}

/// A plain text as HTML: a paragraph for each run of lines, with their breaks.
fn paragraphs(plain: &str) -> String {
    let mut html = String::new();
    let mut is_open = false;
    for line in plain.lines() {
        if line.trim().is_empty() {
            html.push_str(if is_open { "</p>" } else { "" });
            is_open = false;
            continue;
        }
        html.push_str(if is_open { "<br>" } else { "<p>" });
        is_open = true;
        for c in line.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                c => html.push(c),
            }
        }
    }
    html.push_str(if is_open { "</p>" } else { "" });
    html
}
