//! Turns a macro's text that is not HTML, plain or Markdown, into HTML.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd, TextMergeStream};

/// Elements that show that a text is HTML. Any other word in angle brackets ("<your name>") is
/// text.
const ELEMENTS: [&str; 40] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];

/// Whether a text holds tags of HTML.
pub fn has_tags(text: &str) -> bool {
    text.split('<').skip(1).any(|tail| {
        let tail = tail.strip_prefix('/').unwrap_or(tail);
        let name: String = tail
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .take(12)
            .collect();
        let after = tail.get(name.len()..).unwrap_or_default();
        let ends = after.starts_with(['>', '/']) || after.starts_with(char::is_whitespace);
        // "<b@acme.example>" and "<s 3" are no tags.
        ends && after.contains('>') && ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
    })
}

/// Plain text or Markdown as HTML. The text keeps no markup; images are left out.
pub fn html(text: &str) -> String {
    let mut writer = Writer::default();
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES);
    for event in TextMergeStream::new(parser) {
        writer.event(event);
    }
    writer.html
}

#[derive(Default)]
struct Writer {
    html: String,
    /// How many images are open: their texts are not shown.
    images: usize,
    /// The number of the next item, for each open list; none for one that has no numbers.
    lists: Vec<Option<u64>>,
    in_code: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.text(&text),
            Event::Code(text) => self.escaped(&text),
            Event::SoftBreak | Event::HardBreak => self.html.push_str("<br>"),
            Event::Rule => self.html.push_str("<hr>"),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.escaped(&text)
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::TableHead | Tag::TableRow => {
                self.html.push_str("<p>")
            }
            Tag::Heading { .. } => self.html.push_str("<h3>"),
            Tag::BlockQuote(_) => self.html.push_str("<div>"),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.in_code = true;
                self.html.push_str("<pre>");
            }
            Tag::List(first) => {
                // A reply's lists begin with 1: any other number is kept as text.
                self.html.push_str(match first {
                    None => "<ul>",
                    Some(1) => "<ol>",
                    Some(_) => "<div>",
                });
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Link { dest_url, .. } => {
                self.html.push_str("<a href=\"");
                self.escaped(&dest_url);
                self.html.push_str("\">");
            }
            Tag::Image { .. } => self.images += 1,
            Tag::TableCell => self.html.push(' '),
            Tag::Table(_)
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn item(&mut self) {
        match self.lists.last_mut() {
            Some(Some(number)) if *number != 1 => {
                let text = format!("<p>{number}. ");
                *number += 1;
                self.html.push_str(&text);
            }
            _ => self.html.push_str("<li>"),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.html.push_str("</p>")
            }
            TagEnd::Heading(_) => self.html.push_str("</h3>"),
            TagEnd::BlockQuote(_) => self.html.push_str("</div>"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.html.push_str("</pre>");
            }
            TagEnd::List(_) => self.html.push_str(match self.lists.pop().flatten() {
                None => "</ul>",
                Some(1) => "</ol>",
                Some(_) => "</div>",
            }),
            TagEnd::Item => {
                let is_text = self
                    .lists
                    .last()
                    .copied()
                    .flatten()
                    .is_some_and(|number| number != 1);
                self.html.push_str(if is_text { "</p>" } else { "</li>" });
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Link => self.html.push_str("</a>"),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::TableCell
            | TagEnd::Table
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.starts_with("<!--") {
            return;
        }
        // Two asterisks that made nothing bold were meant to ("**Note: ** please").
        let kept = if self.in_code {
            text.to_owned()
        } else {
            text.replace("**", "")
        };
        self.escaped(&kept);
    }

    fn escaped(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                c => self.html.push(c),
            }
        }
    }
}
