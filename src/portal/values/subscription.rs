//! Subscription names as the portal shows them.

use super::words::{has_dots, is_former};
use super::{Cell, Reading};
use crate::html::PieceKind;
use crate::record::Shown;
use crate::record::ids::SubscriptionName;
use crate::text::line::is_invisible;

impl Reading<'_, '_> {
    /// A subscription's name: the value itself, or the only name of the usual form among other
    /// words.
    pub fn subscription_name(&self, cell: &Cell) -> Shown<SubscriptionName> {
        let text = self.one_text(cell);
        match &text {
            Ok(None) if self.has_form_field(cell) => return self.unreadable("(a field of a form)"),
            Ok(None) => return Shown::Absent,
            Ok(Some(text)) if !text.contains(' ') && !begins_like_usual_name(text) => {
                let beside = self.pieces(cell).map(|pieces| {
                    let texts: Vec<&str> = pieces.shown.iter().map(|p| p.text.as_str()).collect();
                    texts.join(" ")
                });
                let name = whole(text).filter(|name| {
                    !contradicted(name, &self.titles(cell.at))
                        && beside.is_none_or(|beside| !is_former(&beside, text))
                });
                return name.map_or_else(|| self.unreadable(&cell.text.text), Shown::Value);
            }
            _ => {}
        }
        let Some(pieces) = self.pieces(cell) else {
            return self.unreadable(&cell.text.text);
        };
        let seen: Vec<&str> = pieces
            .shown
            .iter()
            .filter(|p| p.kind != PieceKind::Button)
            .map(|p| p.text.as_str())
            .collect();
        match within(&seen) {
            Some(name)
                if !contradicted(&name, &self.titles(cell.at))
                    && !is_former(&seen.join(" "), name.as_str()) =>
            {
                Shown::Value(name)
            }
            _ => self.unreadable(&cell.text.text),
        }
    }
}

/// Whether a text begins like a usual subscription name and then continues: a version or a badge
/// may be attached to it.
fn begins_like_usual_name(text: &str) -> bool {
    let rest = text.strip_prefix("A-S").unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && digits < rest.len()
}

/// A text that is a subscription name as a whole: it has a digit, no whitespace, and no sign of a
/// URL or markup.
fn whole(text: &str) -> Option<SubscriptionName> {
    let text = plain_hyphens(text);
    let is_odd = |c: char| {
        "<>\"'@/\\(){}[],;=|\u{FFFD}".contains(c)
            || DASHES.contains(&c)
            // A letter of full width is another name to the portal.
            || matches!(c, '\u{FF01}'..='\u{FFEF}')
    };
    let is_name =
        text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(is_odd) && !has_dots(&text);
    SubscriptionName::parse(&text).ok().filter(|_| is_name)
}

/// Dashes that are not hyphens: it is unknown what the name has in their place.
const DASHES: [char; 8] = [
    '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}', '\u{FE58}', '\u{FE63}', '\u{FF0D}',
];

/// Replaces typographic hyphens, which keep a name on one line, with plain ones.
fn plain_hyphens(text: &str) -> String {
    text.replace(['\u{2010}', '\u{2011}'], "-")
}

/// Whether a title beside a name contains another name of the usual form, or a part of one.
fn contradicted(name: &SubscriptionName, titles: &[String]) -> bool {
    titles
        .iter()
        .map(|title| plain_hyphens(title))
        .any(|title| {
            let mut words = title.split(is_between);
            words.any(|word| is_like_usual(word) && word.trim_matches(AROUND) != name.as_str())
        })
}

/// What separates words.
fn is_between(c: char) -> bool {
    c.is_whitespace() || "()[]{}<>,;:|\"".contains(c)
}

/// Punctuation that may surround a word without being part of it.
const AROUND: [char; 4] = ['.', '\'', '!', '?'];

/// The only name of the usual form in texts with other words. `None` if there is none, or if there
/// are several.
fn within(texts: &[&str]) -> Option<SubscriptionName> {
    let mut found: Option<&str> = None;
    if texts.iter().any(|text| has_dots(text)) {
        return None;
    }
    let texts: Vec<String> = texts.iter().map(|text| plain_hyphens(text)).collect();
    for text in &texts {
        for word in text.split(is_between) {
            let word = word.trim_matches(|c: char| AROUND.contains(&c) || is_invisible(c));
            match (is_like_usual(word), is_usual(word), found) {
                (false, ..) => {}
                (true, false, _) => return None,
                (true, true, Some(other)) if other != word => return None,
                (true, true, _) => found = Some(word),
            }
        }
    }
    found.and_then(|name| SubscriptionName::parse(name).ok())
}

/// `A-S` and at least four digits.
fn is_usual(word: &str) -> bool {
    word.strip_prefix("A-S")
        .is_some_and(|digits| digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word contains such a beginning, complete or not.
fn is_like_usual(word: &str) -> bool {
    word.to_ascii_uppercase().contains("A-S")
        && word
            .to_ascii_uppercase()
            .split("A-S")
            .skip(1)
            .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{whole, within};

    #[test]
    fn one_name_among_other_words_is_that_name() {
        for texts in [
            ["A-S00012345 (v3)", ""],
            ["A-S00012345", "View in Zuora"],
            ["Subscription A-S00012345.", "A-S00012345"],
        ] {
            assert_eq!(
                within(&texts).map(|n| n.as_str().to_owned()).as_deref(),
                Some("A-S00012345"),
                "{texts:?}"
            );
        }
    }

    #[test]
    fn several_names_and_parts_of_names_are_none() {
        for text in [
            "A-S00012345 A-S00012346",
            "A-S00012345v3",
            "A-S0001…",
            "A-S0001...",
            "A-S0001.. (v3)",
            "A-S0001 ...",
            "A-S00012345-Active",
            "XA-S00012345 (v1)",
            "no name",
            "A-S12",
        ] {
            assert_eq!(within(&[text]), None, "{text}");
        }
    }

    #[test]
    fn a_whole_name_has_a_digit_and_no_whitespace() {
        assert!(whole("trial-410234-1f9c").is_some());
        for text in [
            "Active",
            "a b1",
            "a@b1.example",
            "A-S0001...",
            "https://x.example/1",
            "(1)",
        ] {
            assert!(whole(text).is_none(), "{text}");
        }
    }
}
