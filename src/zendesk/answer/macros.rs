//! Macros, and what Zendesk says one would do to a ticket. Its HTML is untrusted and unchanged; it
//! is cleaned before use.

use serde_json::Value;

use super::fields::first_of;
use super::values::{
    ListPage, Object, Read, TEXT_MAX, entries, flag_or, further_pages, key, number, object,
    optional_text, text, whole_text, wrong,
};
use crate::zendesk::markdown;

/// Most macros kept of one answer.
const MACROS_MAX: usize = 1000;
/// The longest comment of a macro, in characters. A truncated one would say something else.
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
    /// The comment, as untrusted HTML; empty if the macro writes none.
    pub html: String,
    /// Whether the comment is public, if the macro says so.
    pub public: Option<bool>,
    /// The status that the ticket would have.
    pub status: Option<String>,
    /// Whether the ticket would have tags; Zendesk shows the whole ticket, so its own count too.
    pub tags: bool,
}

/// The active macros of one page, and whether there are further pages. An unreadable one cannot be
/// chosen.
pub fn macros(value: &Value) -> Read<(ListPage<MacroTitle>, bool)> {
    let top = object(value, "answer")?;
    let all = ListPage::of(entries(top, "macros")?, None, macro_title);
    let mut page = all.without_gaps();
    page.items.truncate(MACROS_MAX);
    Ok((page, further_pages(top)?))
}

fn macro_title(value: &Value) -> Read<Option<MacroTitle>> {
    let one = object(value, "macros[]")?;
    let id = number(key(one, "id"), "macros[].id")?;
    let title = text(
        first_of(one, ["title", "raw_title"]),
        "macros[].title",
        TEXT_MAX,
    )?;
    Ok(flag_or(true, key(one, "active"), "macros[].active")?.then_some(MacroTitle { id, title }))
}

/// What applying a macro would do. Reading it changes nothing.
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
    // The text needs neither.
    let tags = match key(ticket, "tags") {
        Value::Array(tags) => !tags.is_empty(),
        Value::String(tags) => !tags.trim().is_empty(),
        _ => false,
    };
    let status = optional_text(key(ticket, "status"), "result.ticket.status", TEXT_MAX)
        .ok()
        .flatten();
    Ok(Applied {
        html,
        public,
        status,
        tags,
    })
}

/// The comment as HTML: `html_body` if it exists. The published documentation has only `body`,
/// which contains HTML, Markdown or plain text.
fn comment_html(comment: &Object) -> Read<String> {
    let html = whole_text(
        key(comment, "html_body"),
        "result.ticket.comment.html_body",
        COMMENT_MAX,
    )?;
    if !html.trim().is_empty() {
        return Ok(html);
    }
    let body = whole_text(
        key(comment, "body"),
        "result.ticket.comment.body",
        COMMENT_MAX,
    )?;
    Ok(if markdown::has_tags(&body) {
        body
    } else {
        markdown::html(&body)
    })
}

fn is_public(value: &Value) -> Read<Option<bool>> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(*flag)),
        Value::String(text) if text == "true" => Ok(Some(true)),
        Value::String(text) if text == "false" => Ok(Some(false)),
        other => Err(wrong(
            "result.ticket.comment.public",
            other,
            "true or false",
        )),
    }
}
