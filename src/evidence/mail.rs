//! Mails as files (`.eml`): their texts and attachments.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::reading::charset;
use crate::reading::decoder::decode;
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
    Text {
        /// The text.
        text: String,
        /// Whether it came in an older encoding, so that not every character is certain.
        is_inexact: bool,
    },
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

/// Whether the parser did not know a text's encoding.
pub(super) fn is_undecoded(text: &str) -> bool {
    text.contains(char::REPLACEMENT_CHARACTER) || text.contains("\u{1B}$")
}

/// The encoding that a part's header names.
fn named(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type()?;
    kind.attribute("charset").map(str::to_owned)
}

/// Whether an encoding is neither ASCII nor a form of Unicode.
fn is_older(label: &str) -> bool {
    let label = label.trim().to_ascii_lowercase();
    !label.is_empty() && !label.starts_with("utf") && !label.ends_with("ascii")
}

/// A part's text in the encoding that its header names, or the page in it.
fn declared(part: &MessagePart<'_>, raw: &[u8]) -> Option<String> {
    let place = |at: u32| usize::try_from(at).ok();
    let raw = raw.get(place(part.offset_body)?..place(part.offset_end)?)?;
    let bytes = match part.encoding {
        Encoding::None => raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw)?,
        Encoding::Base64 => base64_decode(raw)?,
    };
    let named = named(part).or_else(|| charset::declared_in_page(&bytes))?;
    decode(&named, &bytes)
}

fn collect(message: Message<'_>, depth: usize, out: &mut Vec<Piece>) {
    // If a text exists in two forms, the plain one is enough.
    let plain: Vec<_> = message.text_body.clone();
    let raw = message.raw_message;
    for (at, part) in message.parts.into_iter().enumerate() {
        if out.len() >= PARTS_MAX {
            return;
        }
        let decoded = match &part.body {
            PartType::Text(text) | PartType::Html(text) if is_undecoded(text) => {
                declared(&part, &raw)
            }
            _ => None,
        };
        let kind = named(&part).unwrap_or_default();
        match part.body {
            PartType::Text(text) => out.push(Piece::Text {
                is_inexact: decoded.is_some() || is_older(&kind),
                text: decoded.unwrap_or(text.into_owned()),
            }),
            PartType::Html(html) => {
                let is_second = !plain
                    .iter()
                    .any(|id| usize::try_from(*id).is_ok_and(|id| id == at))
                    && !plain.is_empty();
                if !is_second {
                    out.push(Piece::Text {
                        text: text_of_html(decoded.as_deref().unwrap_or(&html)),
                        is_inexact: decoded.is_some() || is_older(&kind),
                    });
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
