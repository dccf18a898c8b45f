//! A ticket's comments: all of one page, and the addresses that the requester wrote in them.

use std::collections::HashMap;

use serde_json::Value;

use super::values::{
    Object, Read, TEXT_MAX, cursor, flag, flag_or, id_of, key, list, number, object, optional_list, optional_text, text, whole_text, wrong,
};
use crate::case::ids::UserId;
use crate::case::ticket::{Attachment, Comment, WrittenAddress, WrittenPlace};
use crate::zendesk::harvest::{addresses, broken, text_of_html};

/// Most addresses taken from the comments.
const ADDRESSES_MAX: usize = 50;
/// Most words that look like an address and are none.
const BROKEN_MAX: usize = 20;
/// How much of a comment's text is kept, in bytes.
const COMMENT_MAX: usize = 256 * 1024;
/// Most attachments kept of a comment.
const ATTACHMENTS_MAX: usize = 20;
/// Longest address of an attachment, in characters: a cut one leads nowhere.
const URL_MAX: usize = 8192;

/// Every comment of one page, and the cursor of the next page.
pub fn all_comments(value: &Value) -> Read<(Vec<Comment>, Option<String>)> {
    let top = object(value, "answer")?;
    let comments: Read<Vec<Comment>> = list(key(top, "comments"), "comments")?.iter().map(comment).collect();
    Ok((comments?, cursor(top)?))
}

fn comment(value: &Value) -> Read<Comment> {
    let comment = object(value, "comments[]")?;
    let mut attachments = Vec::new();
    for value in optional_list(key(comment, "attachments"), "comments[].attachments")? {
        if attachments.len() < ATTACHMENTS_MAX {
            attachments.extend(attachment(value)?);
        }
    }
    Ok(Comment {
        id: number(key(comment, "id"), "comments[].id")?,
        author: author(key(comment, "author_id"))?,
        public: flag(key(comment, "public"), "comments[].public")?,
        created_at: optional_text(key(comment, "created_at"), "comments[].created_at", TEXT_MAX)?.unwrap_or_default(),
        text: cut(written(comment)?),
        attachments,
    })
}

/// Who wrote a comment; the system itself writes as user -1.
fn author(value: &Value) -> Read<Option<UserId>> {
    if value.as_i64() == Some(-1) { Ok(None) } else { id_of(value, "comments[].author_id").map(Some) }
}

/// A file; none where it was deleted.
fn attachment(value: &Value) -> Read<Option<Attachment>> {
    let file = object(value, "attachments[]")?;
    if flag_or(false, key(file, "deleted"), "attachments[].deleted")? {
        return Ok(None);
    }
    let scan = optional_text(key(file, "malware_scan_result"), "attachments[].malware_scan_result", TEXT_MAX)?;
    Ok(Some(Attachment {
        id: number(key(file, "id"), "attachments[].id")?,
        file_name: text(key(file, "file_name"), "attachments[].file_name", TEXT_MAX)?,
        content_type: optional_text(key(file, "content_type"), "attachments[].content_type", TEXT_MAX)?.unwrap_or_default(),
        size: number(key(file, "size"), "attachments[].size")?,
        url: whole_text(key(file, "content_url"), "attachments[].content_url", URL_MAX)?,
        // An administrator may let agents open it all the same (`malware_access_override`); that makes it no less harmful.
        harmful: scan.as_deref() == Some("malware_found"),
    }))
}

/// A comment's text: the plain one, or the HTML one without its markup.
fn written(comment: &Object) -> Read<String> {
    match (key(comment, "plain_body"), key(comment, "html_body")) {
        (Value::String(plain), _) if !plain.trim().is_empty() => Ok(plain.clone()),
        (Value::String(_) | Value::Null, Value::String(html)) => Ok(text_of_html(html)),
        (Value::String(_), Value::Null) => Ok(String::new()),
        (Value::String(_) | Value::Null, html) => Err(wrong("comments[].html_body", html, "text")),
        (plain, _) => Err(wrong("comments[].plain_body", plain, "text")),
    }
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(COMMENT_MAX));
    text
}

/// The addresses that the requester wrote in public comments, each once, in their order: outside the signature where it stands outside
/// of one anywhere, and then with that comment.
pub fn written_addresses(comments: &[Comment], requester: UserId) -> Vec<WrittenAddress> {
    let mut found: Vec<WrittenAddress> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for comment in comments.iter().filter(|c| c.public && c.author == Some(requester)) {
        for written in addresses(&comment.text, ADDRESSES_MAX) {
            let name = written.email.to_lowercase();
            let new = WrittenAddress {
                email: written.email,
                comment: comment.id,
                place: written.place,
                wish: written.wish,
                oddity: written.oddity,
            };
            match places.get(&name) {
                Some(&at) => {
                    if let Some(known) =
                        found.get_mut(at).filter(|known| known.place == WrittenPlace::Signature && new.place != WrittenPlace::Signature)
                    {
                        *known = new;
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

/// What the requester wrote in public comments that looks like an address and is none: nobody is to be forgotten for a slip of the pen.
pub fn broken_addresses(comments: &[Comment], requester: UserId) -> Vec<String> {
    let own = comments.iter().filter(|c| c.public && c.author == Some(requester));
    own.flat_map(|c| broken(&c.text, BROKEN_MAX)).take(BROKEN_MAX).collect()
}
