//! Turns HTML into the plain text that a person would read in it.

use super::checkbox::{EMPTY, TICKED};
use super::quotation::{QUOTE, RULE, begins_forward, holds_older_mail};
use crate::html::{
    Document, Element, Limits, Tree, is_crossed_out, is_hidden, is_inline, is_unseen,
};

/// The limits for a comment or a mail.
const LIMITS: Limits = Limits {
    bytes: 4 << 20,
    tags: 40_000,
};

/// The longest address of a mention, in bytes.
const ADDRESS_MAX: usize = 254;

/// The text of an HTML fragment: a line for each block, tabs between the cells of a row, `>` before
/// quotations, a rule above the headers of an older mail, and the address after a mentioned person's name, a sign for each check box, without parts that are hidden or crossed out. If parsing
/// would cost too much, only the text between the tags.
pub(crate) fn text_of_html(html: &str) -> String {
    let Ok(document) = Document::fragment(html, &LIMITS) else {
        return between_tags(html);
    };
    let tree = document.tree();
    let mut out = String::with_capacity(html.len());
    let mut quoted_until = 0;
    let blockquotes: Vec<usize> = tree
        .elements()
        .filter(|(_, element)| element.name() == "blockquote")
        .map(|(at, _)| at)
        .collect();
    // What to append where an element ends: the index, and what.
    let mut ends: Vec<(usize, End)> = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        while ends.last().is_some_and(|(end, _)| *end <= at) {
            if let Some((_, end)) = ends.pop() {
                end.put(&mut out);
            }
        }
        if let Some(text) = tree.text_node(at) {
            put(&mut out, text, at < quoted_until);
        }
        if let Some(element) = tree.element(at) {
            let name = element.name();
            if is_unseen(name) || is_hidden(element) || is_crossed_out(element) {
                at = tree.end(at);
                continue;
            }
            let end = tree.end(at);
            if is_signature(element) {
                new_line(&mut out);
                out.push_str("-- \n");
            }
            if is_older_header(element) && at >= quoted_until {
                new_line(&mut out);
                out.push_str(RULE);
                out.push('\n');
            }
            if let Some(is_ticked) = check_box(element) {
                out.push_str(if is_ticked { TICKED } else { EMPTY });
            }
            match name {
                "br" => out.push('\n'),
                _ if matches!(name, "blockquote" | "q")
                    || (at >= quoted_until
                        && (is_quotation(&tree, at, &blockquotes)
                            || is_folded_mail(&tree, at))) =>
                {
                    new_line(&mut out);
                    quoted_until = quoted_until.max(end);
                    ends.push((end, End::Line));
                }
                "a" => {
                    if let Some(email) = mailto(element) {
                        ends.push((
                            end,
                            End::Mention {
                                email,
                                from: out.len(),
                            },
                        ));
                    }
                }
                "td" | "th" => ends.push((end, End::Cell)),
                "abbr" | "b" | "code" | "em" | "font" | "html" | "i" | "mark" | "o:p" | "small"
                | "span" | "strong" | "sub" | "sup" | "u" | "wbr" => {}
                _ => {
                    new_line(&mut out);
                    ends.push((end, End::Line));
                }
            }
        }
        at += 1;
    }
    while let Some((_, end)) = ends.pop() {
        end.put(&mut out);
    }
    out
}

/// Whether the element is a signature that a mail program inserted.
fn is_signature(element: &Element) -> bool {
    SIGNATURES.iter().any(|mark| {
        element.attr("data-smartmail") == Some(*mark)
            || element.id().is_some_and(|id| id.eq_ignore_ascii_case(mark))
            || element.classes().any(|class| class == *mark)
    })
}

/// Whether the element is a check box or a choice of a form, and if so, whether it is ticked.
fn check_box(element: &Element) -> Option<bool> {
    let is = |name: &str, kinds: [&str; 2]| {
        element
            .attr(name)
            .is_some_and(|kind| kinds.iter().any(|one| kind.eq_ignore_ascii_case(one)))
    };
    if element.name() == "input" && is("type", ["checkbox", "radio"]) {
        Some(element.attr("checked").is_some())
    } else if element.name() != "input" && is("role", ["checkbox", "radio"]) {
        Some(is("aria-checked", ["true", "mixed"]))
    } else {
        None
    }
}

/// Whether a mail program marks the element as a quotation. If there is a `blockquote` in it, that one
/// is the quotation, and the author's answers may be around it. A forwarded mail is none.
fn is_quotation(tree: &Tree<'_>, at: usize, blockquotes: &[usize]) -> bool {
    let Some(element) = tree.element(at) else {
        return false;
    };
    let is_marked = element.classes().any(is_quotation_name)
        || element.id().is_some_and(is_quotation_name)
        || element.attr("name").is_some_and(is_quotation_name);
    let first = blockquotes.partition_point(|quotation| *quotation <= at);
    let has_blockquote = blockquotes
        .get(first)
        .is_some_and(|quotation| *quotation < tree.end(at));
    is_marked
        && !has_blockquote
        && !(at..tree.end(at).min(at + FIRST_TEXT_MAX))
            .filter_map(|at| tree.text_node(at))
            .find(|text| !text.trim().is_empty())
            .is_some_and(begins_forward)
}

/// Whether the element is folded away and holds an older mail.
fn is_folded_mail(tree: &Tree<'_>, at: usize) -> bool {
    if tree.element(at).is_none_or(|e| e.name() != "details") {
        return false;
    }
    let (mut title, mut content) = (String::new(), String::new());
    let mut title_end = at;
    for i in at + 1..tree.end(at).min(at + FOLDED_MAX) {
        let out = if i < title_end {
            &mut title
        } else {
            &mut content
        };
        match (tree.element(i), tree.text_node(i)) {
            (Some(e), _) if e.name() == "summary" && title_end == at => title_end = tree.end(i),
            (Some(e), _) if !is_inline(e.name()) => new_line(out),
            (_, Some(text)) => out.push_str(text),
            _ => {}
        }
    }
    holds_older_mail(title.trim(), &content)
}

/// How many nodes of what is folded away are searched for an older mail.
const FOLDED_MAX: usize = 400;

/// How many nodes of a quotation are searched for its first text.
const FIRST_TEXT_MAX: usize = 50;

/// Whether a name has a word for a quotation: `gmail_quote`, `yahoo_quoted`.
fn is_quotation_name(name: &str) -> bool {
    name.len() <= 60
        && (QUOTATIONS.contains(&name)
            || name
                .split(['-', '_'])
                .any(|part| QUOTED.iter().any(|word| part.eq_ignore_ascii_case(word))))
}

/// Words for a quotation in the names that mail programs give to it.
const QUOTED: [&str; 3] = ["quote", "quoted", "quotation"];

/// Such names without one of those words.
const QUOTATIONS: [&str; 4] = [
    "elided-text",
    "mail-editor-reference-message-container",
    "messageReplySection",
    "zmail_extra",
];

/// Whether HTML may have a quotation that plain text loses.
pub(crate) fn may_quote(html: &str) -> bool {
    ["quote", "quota", "Quote"]
        .iter()
        .chain(&QUOTATIONS)
        .any(|name| html.contains(name))
}

/// Whether the element holds the headers of an older mail. A mail program can copy such an element, and then puts `x_` before its name.
fn is_older_header(element: &Element) -> bool {
    let is = |name: &str| OLDER_HEADERS.contains(&name.trim_start_matches("x_"));
    element.id().is_some_and(is) || element.classes().any(is)
}

/// The names that mail programs give to the element with the headers of an older mail.
pub(crate) const OLDER_HEADERS: [&str; 2] = ["OutlookMessageHeader", "divRplyFwdMsg"];

/// The names that mail programs give to a signature's element.
pub(crate) const SIGNATURES: [&str; 6] = [
    "gmail_signature",
    "Signature",
    "moz-signature",
    "ms-outlook-mobile-signature",
    "protonmail_signature_block",
    "apple-signature",
];

/// A block begins on a line of its own.
fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

enum End {
    Line,
    Cell,
    Mention { email: String, from: usize },
}

impl End {
    fn put(self, out: &mut String) {
        match self {
            Self::Line => new_line(out),
            Self::Cell => out.push('\t'),
            Self::Mention { email, from } => {
                let shown = out.get(from..).unwrap_or_default();
                let shown = shown
                    .get(..shown.floor_char_boundary(4 * ADDRESS_MAX))
                    .unwrap_or_default();
                if !shown.to_lowercase().contains(&email.to_lowercase()) {
                    out.push_str(" <");
                    out.push_str(&email);
                    out.push('>');
                }
            }
        }
    }
}

/// The address of a mailto link.
fn mailto(link: &Element) -> Option<String> {
    let (scheme, rest) = link
        .attr("href")?
        .trim()
        .split_at_checked("mailto:".len())?;
    let email = rest
        .split(['?', '&'])
        .next()?
        .replace("%40", "@")
        .replace("%20", "");
    (scheme.eq_ignore_ascii_case("mailto:") && email.len() <= ADDRESS_MAX && email.contains('@'))
        .then(|| email.trim().to_owned())
}

/// Appends a text; in a quotation, each line gets a mark.
fn put(out: &mut String, text: &str, quoted: bool) {
    if !quoted {
        out.push_str(text);
        return;
    }
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        if !line.trim().is_empty() && (out.is_empty() || out.ends_with('\n')) {
            out.push_str(QUOTE);
        }
        out.push_str(line);
    }
}

fn between_tags(html: &str) -> String {
    let mut out = String::new();
    for piece in html.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text_of_html;

    #[test]
    fn a_break_ends_a_line_and_leaves_none_empty() {
        assert_eq!(
            text_of_html("<div><p>a<br>b</p></div><p>c</p><br><br>d"),
            "a\nb\nc\n\n\nd"
        );
    }

    #[test]
    fn cells_quotations_and_mentions_keep_what_they_say() {
        let lines = |html: &str| {
            text_of_html(html)
                .lines()
                .filter(|l| !l.trim().is_empty())
                .map(|l| l.trim_end().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            lines("<table><tr><td>ID</td><td>7</td></tr><tr><td>a</td><td>b</td></tr></table>"),
            ["ID\t7", "a\tb"]
        );
        assert_eq!(
            lines("x<blockquote>y<br>z<p>w</p></blockquote>v"),
            ["x", "> y", "> z", "> w", "v"]
        );
        assert_eq!(
            lines("<a href='MAILTO:bo%40x.example?subject=y'>@Bo</a>, hi"),
            ["@Bo <bo@x.example>, hi"]
        );
        assert_eq!(
            lines("<a href=mailto:bo@x.example>Bo@x.example</a>"),
            ["Bo@x.example"]
        );
        assert_eq!(
            lines("a<span style='display:none'>b</span><style>c</style> d"),
            ["a d"]
        );
    }
}
