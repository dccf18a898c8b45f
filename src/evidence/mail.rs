//! Mails as files (`.eml`): their texts and attachments.

use mail_parser::{MessageParser, PartType};

use crate::text::html::text_of_html;

/// How many levels of mails within mails are opened.
const DEPTH_MAX: usize = 4;
/// The most parts of a mail that are read, including those of mails within it.
const PARTS_MAX: usize = 100;
/// How many bytes at the start show what a file is.
const HEAD: usize = 16 * 1024;

/// A part of a mail.
pub(super) enum Piece {
    /// A text of the mail.
    Text(String),
    /// The bytes of something attached.
    File(Vec<u8>),
}

/// Whether a file is a mail: it begins with the header lines of one.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    let (mut kind, mut sender, mut other) = (false, false, false);
    for (at, line) in head.lines().enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && at > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return false;
        };
        if name.is_empty()
            || !name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        {
            return false;
        }
        match name.to_ascii_lowercase().as_str() {
            "mime-version" | "content-type" => kind = true,
            "from" => sender = true,
            "received" | "message-id" | "date" | "to" | "return-path" => other = true,
            _ => {}
        }
    }
    sender && (kind || other)
}

/// The parts of a mail and of the mails within it, in order; none if it cannot be opened.
pub(super) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut out = Vec::new();
    if let Some(message) = MessageParser::default().parse(bytes) {
        collect(message, 0, &mut out);
    }
    out
}

fn collect(message: mail_parser::Message<'_>, depth: usize, out: &mut Vec<Piece>) {
    // If a text exists in two forms, the plain one is enough.
    let plain: Vec<_> = message.text_body.clone();
    for (at, part) in message.parts.into_iter().enumerate() {
        if out.len() >= PARTS_MAX {
            return;
        }
        match part.body {
            PartType::Text(text) => out.push(Piece::Text(text.into_owned())),
            PartType::Html(html) => {
                let is_second = !plain
                    .iter()
                    .any(|id| usize::try_from(*id).is_ok_and(|id| id == at))
                    && !plain.is_empty();
                if !is_second {
                    out.push(Piece::Text(text_of_html(&html)));
                }
            }
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                out.push(Piece::File(bytes.into_owned()))
            }
            PartType::Message(inner) if depth < DEPTH_MAX => collect(inner, depth + 1, out),
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
    }
}
