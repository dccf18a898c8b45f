//! Finds the encoding of an answer's text.

/// Decodes an answer's body. `decode` is the browser's decoder: it takes an encoding's label and
/// bytes, and returns none if it does not know the encoding or the bytes are invalid in it.
/// Undecodable bytes become U+FFFD, which no value may contain.
pub fn text(
    content_type: &str,
    bytes: &[u8],
    decode: impl Fn(&str, &[u8]) -> Option<String>,
) -> String {
    let label = label(content_type, bytes);
    if is_utf8(&label) {
        let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
        return String::from_utf8_lossy(bytes).into_owned();
    }
    decode(&label, bytes).unwrap_or_else(|| {
        let certain = |byte: &u8| {
            if byte.is_ascii() && *byte != 0x1B {
                char::from(*byte)
            } else {
                char::REPLACEMENT_CHARACTER
            }
        };
        bytes.iter().map(certain).collect()
    })
}

/// The encoding's label, found as browsers do it: from the byte order mark, otherwise from the
/// header, otherwise from a page's `meta` element.
pub fn label(content_type: &str, bytes: &[u8]) -> String {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return "utf-8".to_owned(),
        [0xFE, 0xFF, ..] => return "utf-16be".to_owned(),
        [0xFF, 0xFE, ..] => return "utf-16le".to_owned(),
        _ => {}
    }
    let kind = content_type.to_ascii_lowercase();
    let named = named_in(&kind).or_else(|| {
        let is_page = kind.is_empty() || kind.contains("html");
        is_page.then(|| in_meta(bytes)).flatten()
    });
    named.unwrap_or_else(|| "utf-8".to_owned())
}

/// The encoding that a page names in its `meta` element.
pub fn declared_in_page(bytes: &[u8]) -> Option<String> {
    in_meta(bytes).filter(|label| !is_utf8(label))
}

fn is_utf8(label: &str) -> bool {
    matches!(label, "utf-8" | "utf8" | "unicode-1-1-utf-8")
}

/// The label after `charset=`, with or without quotes.
fn named_in(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("charset")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))
        .unwrap_or(value.len());
    let label = value.get(..end)?;
    (!label.is_empty() && label.len() <= 40).then(|| label.to_owned())
}

/// How far into a page browsers search for that element.
const META_WITHIN: usize = 1024;

fn in_meta(bytes: &[u8]) -> Option<String> {
    let start: String = bytes
        .iter()
        .take(META_WITHIN)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let named = start.split("<meta").skip(1).find_map(|rest| {
        let tag = rest.split('>').next().unwrap_or_default();
        named_in(tag)
    })?;
    // A page that declares UTF-16 in single-byte letters is not in UTF-16.
    Some(if named.starts_with("utf-16") {
        "utf-8".to_owned()
    } else {
        named
    })
}

#[cfg(test)]
mod tests {
    use super::{label, text};

    #[test]
    fn the_encoding_is_found_as_browsers_find_it() {
        for (header, body, wanted) in [
            ("text/html; charset=utf-8", "<meta charset=gbk>", "utf-8"),
            ("text/html; charset=\"Shift_JIS\"", "", "shift_jis"),
            ("text/html;charset=windows-1251", "", "windows-1251"),
            ("text/html", "<meta charset=\"GBK\">", "gbk"),
            (
                "text/html",
                "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>",
                "windows-1252",
            ),
            ("text/html", "<meta charset=utf-16>", "utf-8"),
            ("text/html", "<p>no word of it</p>", "utf-8"),
            ("application/json", "<meta charset=gbk>", "utf-8"),
            ("", "", "utf-8"),
        ] {
            assert_eq!(label(header, body.as_bytes()), wanted, "{header} {body}");
        }
        assert_eq!(label("text/html; charset=gbk", b"\xEF\xBB\xBFx"), "utf-8");
        assert_eq!(label("text/html", b"\xFF\xFEx\0"), "utf-16le");
    }

    #[test]
    fn what_cannot_be_decoded_is_marked_and_the_rest_is_read() {
        let none = |_: &str, _: &[u8]| None;
        let gbk = b"<dd>A-S00012345 \xD6\xD0\x1B$</dd>";
        assert_eq!(
            text("text/html; charset=gbk", gbk, none),
            "<dd>A-S00012345 \u{FFFD}\u{FFFD}\u{FFFD}$</dd>"
        );
        let known = |label: &str, _: &[u8]| (label == "gbk").then(|| "\u{4E2D}".to_owned());
        assert_eq!(text("text/html; charset=GBK", gbk, known), "\u{4E2D}");
        assert_eq!(text("text/html", "\u{FEFF}é".as_bytes(), none), "é");
    }
}
