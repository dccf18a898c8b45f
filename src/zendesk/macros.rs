//! Macros: found by title, and their HTML turned into the blocks of a reply.

use scraper::node::{Element, Node};
use scraper::{ElementRef, Html};

use crate::profile::zendesk::is_one_of;
use crate::text::blocks::{Block, Href, Line, Mark};

/// What a list of macros holds under the titles that were looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One macro: its number and its title.
    One(u64, String),
    /// None.
    None,
    /// More than one, with their titles: which is meant can not be told.
    Several(Vec<String>),
}

/// Looks macros up by title. What stands before the last `::` does not matter (`facts`: `Support-Ops` and `Support Ops` both occur), nor do
/// case and blanks.
pub fn find<'a>(macros: impl IntoIterator<Item = (u64, &'a str)>, titles: &[String]) -> Found {
    let mut fitting: Vec<(u64, &str)> = Vec::new();
    for (id, title) in macros {
        if fits(title, titles) && !fitting.iter().any(|(known, _)| *known == id) {
            fitting.push((id, title));
        }
    }
    match fitting.as_slice() {
        [] => Found::None,
        [(id, title)] => Found::One(*id, (*title).to_owned()),
        several => Found::Several(
            several
                .iter()
                .map(|(_, title)| (*title).to_owned())
                .collect(),
        ),
    }
}

/// Whether a macro's title is one of those looked for, whatever stands before its last `::`.
pub fn fits(title: &str, titles: &[String]) -> bool {
    is_one_of(title.rsplit("::").next().unwrap_or(title), titles)
}

/// Longest HTML that is looked at, in bytes.
const HTML_MAX: usize = 96 * 1024;
/// Most text, in bytes.
const TEXT_MAX: usize = 64 * 1024;
/// Most paragraphs and items.
const BLOCKS_MAX: usize = 500;
/// Most tags, opening and closing.
const TAGS_MAX: usize = 4_000;
/// Most elements that the standard's repair of unclosed formatting tags may add.
const REPAIRS_MAX: usize = 1_000_000;

/// The blocks of a macro's HTML: paragraphs, lists, bold, italic and plain links; everything else leaves its text or, where it has none
/// to read (scripts, styles, images, forms, hidden parts), nothing. Nested lists become one. What is larger than a reply can be gives no
/// blocks at all: a part of a macro is not the macro.
pub fn blocks_of(html: &str) -> Vec<Block> {
    if !is_affordable(html) {
        return Vec::new();
    }
    let fragment = Html::parse_fragment(html);
    let mut builder = Builder::default();
    walk(&fragment, &mut builder);
    builder.finish()
}

/// Whether a placeholder of Zendesk's or a tag of its template language is left in the text or in a link.
pub fn unresolved(blocks: &[Block]) -> bool {
    let left = |text: &str| {
        ["{{", "}}", "{%", "%}"]
            .iter()
            .any(|mark| text.contains(mark))
    };
    blocks.iter().any(|block| {
        block.lines().any(|line| left(&line.reading()))
            || block.hrefs().any(|href| {
                let href = href.as_str();
                left(href)
                    || left(
                        &href
                            .replace("%7B", "{")
                            .replace("%7b", "{")
                            .replace("%7D", "}")
                            .replace("%7d", "}")
                            .replace("%25", "%"),
                    )
            })
    })
}

/// Checks before any tree is built that building it costs little.
fn is_affordable(html: &str) -> bool {
    if html.len() > HTML_MAX {
        return false;
    }
    const FORMATTING: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    ];
    let (mut tags, mut formatting) = (0_usize, 0_usize);
    for tail in html.split('<').skip(1) {
        let name: String = tail
            .chars()
            .take(8)
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        tags += usize::from(!name.is_empty() || tail.starts_with('/'));
        formatting += usize::from(FORMATTING.contains(&name.to_ascii_lowercase().as_str()));
    }
    tags <= TAGS_MAX && formatting.saturating_mul(tags) <= REPAIRS_MAX
}

/// What an element is to a reply.
enum Role {
    /// It is not there, and neither is what it holds.
    Gone,
    /// It begins and ends a paragraph.
    Edge,
    /// A line break.
    Break,
    /// A list; numbered or not.
    List(bool),
    /// An item of one.
    Item,
    /// A cell of a table.
    Cell,
    /// Nothing but what it holds.
    Inline,
}

fn role(element: &Element) -> Role {
    let style = || {
        element
            .attr("style")
            .unwrap_or_default()
            .to_ascii_lowercase()
            .split_whitespace()
            .collect::<String>()
    };
    if element.attr("hidden").is_some()
        || style().contains("display:none")
        || style().contains("visibility:hidden")
    {
        return Role::Gone;
    }
    match element.name() {
        "applet" | "area" | "audio" | "button" | "canvas" | "datalist" | "embed" | "form"
        | "frame" | "frameset" | "head" | "iframe" | "img" | "input" | "link" | "map" | "math"
        | "meta" | "meter" | "noembed" | "noframes" | "noscript" | "object" | "option"
        | "picture" | "progress" | "script" | "select" | "source" | "style" | "svg"
        | "template" | "textarea" | "title" | "track" | "video" | "xmp" => Role::Gone,
        "address" | "article" | "aside" | "blockquote" | "caption" | "center" | "dd"
        | "details" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hr" | "legend" | "main" | "nav"
        | "p" | "pre" | "section" | "summary" | "table" | "tbody" | "tfoot" | "thead" | "tr" => {
            Role::Edge
        }
        "br" => Role::Break,
        "ul" | "menu" | "dir" => Role::List(false),
        "ol" => Role::List(true),
        "li" => Role::Item,
        "td" | "th" => Role::Cell,
        _ => Role::Inline,
    }
}

/// How the text in an element is set, within one that is set that way.
fn mark_in(element: &Element, outer: &Mark) -> Mark {
    match (outer, element.name()) {
        (Mark::Link(_), _) => outer.clone(),
        (_, "a") => element
            .attr("href")
            .and_then(Href::parse)
            .map_or_else(|| outer.clone(), Mark::Link),
        (_, "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => Mark::Strong,
        (Mark::Plain, "i" | "em") => Mark::Emphasis,
        _ => outer.clone(),
    }
}

/// What is in force inside of an open element.
struct Inside {
    mark: Mark,
    /// Whether line breaks in the text count.
    kept_breaks: bool,
}

/// Goes through a tree without recursion: it may be as deep as it likes.
fn walk(fragment: &Html, builder: &mut Builder) {
    let mut inside = vec![Inside {
        mark: Mark::Plain,
        kept_breaks: false,
    }];
    let mut next = Some(fragment.tree.root());
    while let Some(node) = next {
        let mut enters = true;
        match (node.value(), inside.last()) {
            (Node::Text(text), Some(now)) => builder.text(text, now),
            (Node::Element(element), Some(now)) => {
                let role = role(element);
                enters = !matches!(role, Role::Gone | Role::Break);
                builder.open(&role);
                if enters && node.has_children() {
                    let now = Inside {
                        mark: mark_in(element, &now.mark),
                        kept_breaks: now.kept_breaks || element.name() == "pre",
                    };
                    inside.push(now);
                } else if enters {
                    builder.close(&role);
                }
            }
            _ => {}
        }
        next = if enters { node.first_child() } else { None };
        let mut left = node;
        while next.is_none() {
            next = left.next_sibling();
            if next.is_some() {
                break;
            }
            let Some(parent) = left.parent() else { break };
            if let Some(element) = ElementRef::wrap(parent) {
                builder.close(&role(element.value()));
                inside.pop();
            }
            left = parent;
        }
        if builder.too_much {
            break;
        }
    }
}

/// Puts blocks together from what a walk meets.
#[derive(Default)]
struct Builder {
    blocks: Vec<Block>,
    /// The lines of the paragraph or item at hand, before the one that is written.
    lines: Vec<Line>,
    line: Line,
    /// The list at hand: whether it is numbered, and its items.
    list: Option<(bool, Vec<Vec<Line>>)>,
    /// How many lists are open, one in another.
    depth: usize,
    bytes: usize,
    parts: usize,
    too_much: bool,
}

impl Builder {
    fn text(&mut self, text: &str, now: &Inside) {
        self.bytes = self.bytes.saturating_add(text.len());
        if self.bytes > TEXT_MAX {
            self.too_much = true;
            return;
        }
        if !now.kept_breaks {
            self.line.push(text, &now.mark);
            return;
        }
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.end_line();
            }
            self.line.push(line, &now.mark);
        }
    }

    fn open(&mut self, role: &Role) {
        match role {
            Role::Gone | Role::Inline => {}
            Role::Break => {
                if self.line.is_empty() && self.list.is_none() {
                    self.end_part();
                } else {
                    self.end_line();
                }
            }
            Role::Edge if self.list.is_some() => self.end_line(),
            Role::Edge | Role::Item => self.end_part(),
            Role::Cell => self.line.push(" ", &Mark::Plain),
            Role::List(ordered) => {
                self.end_part();
                self.depth += 1;
                self.list.get_or_insert((*ordered, Vec::new()));
            }
        }
    }

    fn close(&mut self, role: &Role) {
        match role {
            Role::List(_) => {
                self.end_part();
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end_list();
                }
            }
            Role::Break => {}
            other => self.open(other),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    /// Ends the item at hand, or the paragraph where no list is open.
    fn end_part(&mut self) {
        self.end_line();
        let lines = std::mem::take(&mut self.lines);
        if lines.is_empty() {
            return;
        }
        self.parts += 1;
        if self.parts > BLOCKS_MAX {
            self.too_much = true;
            return;
        }
        match &mut self.list {
            Some((_, items)) => items.push(lines),
            None => self.blocks.push(Block::Paragraph(lines)),
        }
    }

    fn end_list(&mut self) {
        if let Some((ordered, items)) = self.list.take()
            && !items.is_empty()
        {
            self.blocks.push(Block::List { ordered, items });
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.end_part();
        self.end_list();
        if self.too_much {
            Vec::new()
        } else {
            self.blocks
        }
    }
}
