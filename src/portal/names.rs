//! Subscription names as the portal shows them.

use crate::case::ids::SubscriptionName;

/// A text that is a subscription name as a whole: it has a digit, no blank, and no mark of an address or of markup.
pub(super) fn whole(text: &str) -> Option<SubscriptionName> {
    let is_odd = |c: char| "<>\"'@/\\(){}[],;=|\u{FFFD}".contains(c);
    let is_name = text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(is_odd) && !super::values::is_cut(text);
    SubscriptionName::parse(text).ok().filter(|_| is_name)
}

/// The one name of the usual form in texts with other words in them. `None` where there is none, or where there are several.
pub(super) fn within(texts: &[&str]) -> Option<SubscriptionName> {
    let mut found: Option<&str> = None;
    for text in texts {
        for word in text.split(|c: char| c.is_whitespace() || "()[]{}<>,;:|\"".contains(c)) {
            let word = word.trim_matches(['.', '\'', '!', '?']);
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
    word.strip_prefix("A-S").is_some_and(|digits| digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// What holds such a beginning, whole or not.
fn is_like_usual(word: &str) -> bool {
    word.to_ascii_uppercase().contains("A-S")
        && word.to_ascii_uppercase().split("A-S").skip(1).any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{whole, within};

    #[test]
    fn one_name_among_other_words_is_that_name() {
        for texts in [["A-S00012345 (v3)", ""], ["A-S00012345", "View in Zuora"], ["Subscription A-S00012345.", "A-S00012345"]] {
            assert_eq!(within(&texts).map(|n| n.as_str().to_owned()).as_deref(), Some("A-S00012345"), "{texts:?}");
        }
    }

    #[test]
    fn several_names_and_parts_of_names_are_none() {
        for text in ["A-S00012345 A-S00012346", "A-S00012345v3", "A-S0001…", "A-S00012345-Active", "XA-S00012345 (v1)", "no name", "A-S12"]
        {
            assert_eq!(within(&[text]), None, "{text}");
        }
    }

    #[test]
    fn a_whole_name_has_a_digit_and_no_blank() {
        assert!(whole("trial-410234-1f9c").is_some());
        for text in ["Active", "a b1", "a@b1.example", "A-S0001...", "https://x.example/1", "(1)"] {
            assert!(whole(text).is_none(), "{text}");
        }
    }
}
