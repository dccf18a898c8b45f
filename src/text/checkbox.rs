//! Check boxes in what a person wrote. What stands behind an empty one is an offer of a form, not
//! what the person chose.

use std::borrow::Cow;
use std::ops::Range;

/// How an empty check box is written when HTML becomes text.
pub(crate) const EMPTY: &str = "☐ ";

/// How a ticked one is written.
pub(crate) const TICKED: &str = "☑ ";

/// The longest line in which check boxes are looked for, in bytes: a longer one is no form's.
const LINE_MAX: usize = 4_000;

/// A check box in a line: where it is, and whether it is empty.
struct CheckBox {
    range: Range<usize>,
    is_empty: bool,
}

/// The parts of a line that an empty check box governs, in order. If a box is at the line's start, each
/// governs what follows, up to the next one. Otherwise nobody knows on which side of its words a box
/// is, and with an empty one the whole line counts as not chosen.
pub(crate) fn not_chosen(line: &str) -> Vec<Range<usize>> {
    let boxes = boxes(line);
    if boxes.iter().all(|one| !one.is_empty) {
        return Vec::new();
    }
    let leads = boxes
        .first()
        .and_then(|first| line.get(..first.range.start))
        .is_some_and(is_bullet);
    if !leads {
        return whole(line);
    }
    let ends = boxes
        .iter()
        .skip(1)
        .map(|next| next.range.start)
        .chain([line.len()]);
    boxes
        .iter()
        .zip(ends)
        .filter(|(one, _)| one.is_empty)
        .map(|(one, end)| one.range.start..end)
        .collect()
}

/// All of a line, as the only range.
fn whole(line: &str) -> Vec<Range<usize>> {
    std::iter::once(0..line.len()).collect()
}

/// Whether a line has nothing but empty check boxes: they belong to the words below.
pub(crate) fn is_lone(line: &str) -> bool {
    let boxes = boxes(line);
    let mut at = 0;
    let mut rest = String::new();
    for one in &boxes {
        rest.push_str(line.get(at..one.range.start).unwrap_or_default());
        at = one.range.end;
    }
    rest.push_str(line.get(at..).unwrap_or_default());
    !boxes.is_empty() && boxes.iter().all(|one| one.is_empty) && is_bullet(&rest)
}

/// A text in which what was not chosen is replaced by spaces, so that every position stays.
pub(crate) fn only_chosen(text: &str) -> Cow<'_, str> {
    if !may_have(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut below_lone = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let gone = if below_lone && !words.trim().is_empty() {
            whole(words)
        } else {
            not_chosen(words)
        };
        below_lone = is_lone(words) || (below_lone && words.trim().is_empty());
        let mut at = 0;
        for range in gone {
            out.push_str(line.get(at..range.start).unwrap_or_default());
            out.extend(std::iter::repeat_n(' ', range.len()));
            at = range.end;
        }
        out.push_str(line.get(at..).unwrap_or_default());
    }
    Cow::Owned(out)
}

/// A quick look, for the many texts without any.
fn may_have(text: &str) -> bool {
    text.contains(EMPTY_SIGNS) || EMPTY_BRACKETS.iter().any(|mark| text.contains(mark))
}

/// Signs of empty boxes.
const EMPTY_SIGNS: [char; 11] = ['☐', '□', '▢', '◻', '◽', '⬜', '❏', '❐', '❑', '❒', '🔲'];

/// Signs of ticked boxes. A word processor ticks with a cross.
const TICKED_SIGNS: [char; 8] = ['☑', '☒', '✅', '✔', '✓', '■', '🗹', '🗷'];

const EMPTY_BRACKETS: [&str; 6] = ["[ ]", "[]", "[_]", "[  ]", "( )", "(_)"];

const TICKED_BRACKETS: [&str; 9] = [
    "[x]", "[X]", "[✓]", "[✔]", "[v]", "[V]", "(x)", "(X)", "[*]",
];

fn boxes(line: &str) -> Vec<CheckBox> {
    let mut found: Vec<CheckBox> = Vec::new();
    if line.len() > LINE_MAX {
        return found;
    }
    let mut at = 0;
    while let Some((rest, c)) = line
        .get(at..)
        .and_then(|rest| Some((rest, rest.chars().next()?)))
    {
        let bracket = |marks: &[&str]| {
            marks
                .iter()
                .find(|mark| rest.starts_with(**mark))
                .map(|mark| mark.len())
        };
        let sign = |signs: &[char]| signs.contains(&c).then_some(c.len_utf8());
        // Brackets stand for a box only where a word could begin.
        let apart = line
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|before| before.is_whitespace() || "|>-*.".contains(before));
        let found_here = match sign(&EMPTY_SIGNS).or(bracket(&EMPTY_BRACKETS).filter(|_| apart)) {
            Some(length) => Some((length, true)),
            None => sign(&TICKED_SIGNS)
                .or(bracket(&TICKED_BRACKETS).filter(|_| apart))
                .map(|length| (length, false)),
        };
        if let Some((length, is_empty)) = found_here {
            // A bracket alone may be code: "items = []". Beside a box at the line's start, it is one.
            let is_code = is_empty
                && c.is_ascii()
                && found.is_empty()
                && !line.get(..at).is_some_and(is_bullet);
            if !is_code || rest.starts_with("[ ]") {
                found.push(CheckBox {
                    range: at..at + length,
                    is_empty,
                });
            }
            at += length;
        } else {
            at += c.len_utf8();
        }
    }
    found
}

/// Whether a text is nothing but a list's bullet or number, or the edge of a table's row.
fn is_bullet(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || c.is_ascii_digit() || "-*+•·|>.)–".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{is_lone, only_chosen};

    #[test]
    fn what_follows_an_empty_box_is_gone_and_nothing_moves() {
        for (text, left) in [
            ("☐ one ☑ two", "☑ two"),
            ("- [ ] one\n- [x] two", "- \n- [x] two"),
            ("one ☐ two ☑", ""),
            ("| [ ] | one | two |", "|"),
            ("☐\n\none\ntwo", "\n\n\ntwo"),
            ("items = [] and (x)", "items = [] and (x)"),
            ("f( ) or a[ ]", "f( ) or a[ ]"),
            ("(x) one\n( ) two", "(x) one\n"),
        ] {
            let read = only_chosen(text);
            let lines: Vec<&str> = read.lines().map(str::trim).collect();
            let wanted: Vec<&str> = left.split('\n').map(str::trim).collect();
            assert_eq!(
                lines.join("\n").trim_end(),
                wanted.join("\n").trim_end(),
                "{text}"
            );
            assert_eq!(read.len(), text.len(), "{text}");
        }
        assert!(is_lone("- ☐ ") && !is_lone("☐ x") && !is_lone("☑"));
    }
}
