//! A ticket's comments: all of one page, and the addresses that the requester wrote in them.

use std::collections::HashMap;

use serde_json::Value;

use super::values::{
    ListPage, Object, Read, TEXT_MAX, cursor, entries, flag, flag_or, id_of, key, number, object,
    optional_number, optional_text, whole_text, wrong,
};
use crate::html::decoded;
use crate::record::ids::UserId;
use crate::record::ticket::{Attachment, Comment, Wish, WrittenAddress, WrittenPlace};
use crate::text::html::{OLDER_HEADERS, SIGNATURES, may_quote, text_of_html};
use crate::zendesk::harvest::{addresses, broken, stronger};

/// The most addresses taken from the comments.
const ADDRESSES_MAX: usize = 50;
/// The most words that look like an address but are none.
const BROKEN_MAX: usize = 20;
/// How much of a comment's text is kept, in bytes.
const COMMENT_MAX: usize = 256 * 1024;
/// Most attachments kept of a comment.
const ATTACHMENTS_MAX: usize = 20;
/// Longest address of an attachment, in characters: a cut one leads nowhere.
const URL_MAX: usize = 8192;

/// Every comment of one page.
pub fn all_comments(value: &Value) -> Read<ListPage<Comment>> {
    let top = object(value, "answer")?;
    Ok(ListPage::of(
        entries(top, "comments")?,
        cursor(top)?,
        comment,
    ))
}

fn comment(value: &Value) -> Read<Comment> {
    let comment = object(value, "comments[]")?;
    let files = key(comment, "attachments")
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    Ok(Comment {
        id: number(key(comment, "id"), "comments[].id")?,
        author: author(key(comment, "author_id")),
        public: flag(key(comment, "public"), "comments[].public")?,
        created_at: optional_text(
            key(comment, "created_at"),
            "comments[].created_at",
            TEXT_MAX,
        )
        .ok()
        .flatten()
        .unwrap_or_default(),
        text: cut(written(comment)?),
        attachments: files
            .iter()
            .filter_map(|file| attachment(file).ok().flatten())
            .take(ATTACHMENTS_MAX)
            .collect(),
    })
}

/// Who wrote a comment. The system writes as user -1, and deleted authors are missing: both are
/// nobody.
fn author(value: &Value) -> Option<UserId> {
    id_of(value, "comments[].author_id").ok()
}

/// A file; none if it was deleted.
fn attachment(value: &Value) -> Read<Option<Attachment>> {
    let file = object(value, "attachments[]")?;
    if flag_or(false, key(file, "deleted"), "attachments[].deleted")? {
        return Ok(None);
    }
    // The file's content decides what it is; what Zendesk says about it is often wrong and may be
    // missing.
    let text_of = |name: &str| {
        optional_text(key(file, name), name, TEXT_MAX)
            .ok()
            .flatten()
            .unwrap_or_default()
    };
    let url = whole_text(
        key(file, "content_url"),
        "attachments[].content_url",
        URL_MAX,
    )?;
    if url.is_empty() {
        return Err(wrong(
            "attachments[].content_url",
            &Value::Null,
            "an address",
        ));
    }
    Ok(Some(Attachment {
        id: number(key(file, "id"), "attachments[].id")?,
        file_name: text_of("file_name"),
        content_type: text_of("content_type"),
        size: optional_number(key(file, "size"), "attachments[].size")?.unwrap_or_default(),
        url,
        // An administrator may let agents open it nevertheless (`malware_access_override`), but it
        // is still harmful.
        harmful: text_of("malware_scan_result") == "malware_found",
    }))
}

/// A comment's text: the plain one, which keeps its character references, or the HTML one without
/// its markup, or the only one that some integrations and answers have.
fn written(comment: &Object) -> Read<String> {
    let texts = ["plain_body", "html_body", "body"].map(|name| key(comment, name));
    let filled = |value: &Value| {
        value
            .as_str()
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    };
    let [plain, html, body] = texts.map(filled);
    // Use the HTML if the plain text lost a mention's address or the quotation marks.
    if let Some(html) = html.as_deref().filter(|html| says_more(html)) {
        return Ok(with_plain_spaces(&text_of_html(html)));
    }
    if let Some(plain) = plain {
        return Ok(with_plain_spaces(&decoded(&plain)));
    }
    if let Some(html) = html {
        return Ok(with_plain_spaces(&text_of_html(&html)));
    }
    if let Some(body) = body {
        return Ok(with_plain_spaces(&body));
    }
    match texts
        .into_iter()
        .find(|value| !matches!(value, Value::Null | Value::String(_)))
    {
        Some(odd) => Err(wrong("comments[].plain_body", odd, "text")),
        None => Ok(String::new()),
    }
}

/// Whether the HTML shows what the plain text loses: quotations, mentions, table rows, signatures, check
/// boxes, and what is crossed out.
fn says_more(html: &str) -> bool {
    [
        "<blockquote",
        "<details",
        "<q",
        "mailto:",
        "<td",
        "<del",
        "<s>",
        "<strike",
        "line-through",
        "checkbox",
        "radio",
    ]
    .iter()
    .chain(&SIGNATURES)
    .chain(&OLDER_HEADERS)
    .any(|mark| html.contains(mark))
        || may_quote(html)
}

/// Replaces no-break spaces with plain ones.
fn with_plain_spaces(text: &str) -> String {
    text.replace('\u{A0}', " ")
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(COMMENT_MAX));
    text
}

/// The addresses that the requester wrote in public comments, each once and in order. An address
/// that also occurs outside of a signature counts as outside, with that comment.
pub fn written_addresses(comments: &[Comment], requester: UserId) -> Vec<WrittenAddress> {
    let mut found: Vec<WrittenAddress> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for comment in comments
        .iter()
        .filter(|c| c.public && c.author == Some(requester))
    {
        let named = addresses(&comment.text, ADDRESSES_MAX);
        let mut turned = false;
        if named.takes_back {
            for known in found.iter_mut().filter(|known| known.wish == Wish::Add) {
                known.wish = Wish::Mention;
                turned = true;
            }
        }
        for written in named.addresses.iter().filter(|written| written.refused) {
            let known = places.get(&written.email.to_lowercase());
            if let Some(known) = known.and_then(|at| found.get_mut(*at))
                && known.wish == Wish::Add
            {
                known.wish = Wish::Mention;
                turned = true;
            }
        }
        for written in named.addresses {
            let name = written.email.to_lowercase();
            let new = WrittenAddress {
                email: written.email,
                comment: comment.id,
                place: written.place,
                wish: if written.instead && turned {
                    Wish::Add
                } else {
                    written.wish
                },
                oddity: written.oddity,
            };
            match places.get(&name) {
                Some(&at) => {
                    let Some(known) = found.get_mut(at) else {
                        continue;
                    };
                    match (known.place, new.place) {
                        (WrittenPlace::Signature, WrittenPlace::OwnWords) => *known = new,
                        (WrittenPlace::OwnWords, WrittenPlace::OwnWords) => {
                            known.wish = stronger(known.wish, new.wish)
                        }
                        _ => {}
                    }
                }
                None if found.len() < ADDRESSES_MAX => {
                    places.insert(name, found.len());
                    found.push(new);
                }
                None => {}
            }
        }
    }
    found
}

/// Words in the requester's public comments that look like an address but are none, so that a typo
/// makes nobody forgotten.
pub fn broken_addresses(comments: &[Comment], requester: UserId) -> Vec<String> {
    let own = comments
        .iter()
        .filter(|c| c.public && c.author == Some(requester));
    own.flat_map(|c| broken(&c.text, BROKEN_MAX))
        .take(BROKEN_MAX)
        .collect()
}
