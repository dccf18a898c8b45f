//! Macros: found by title, and their HTML turned into the blocks of a reply.

use crate::html::{Document, Element, Limits, Tree, is_hidden};
use crate::profile::zendesk::is_one_of;
use crate::text::blocks::{Block, Href, Line, Mark};

/// The result of looking up macros by title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One macro: its number and its title.
    One(u64, String),
    /// None.
    None,
    /// More than one, with their titles: it is unknown which one is meant.
    Several(Vec<String>),
}

/// Looks macros up by title. Anything before the last `::` is ignored (`facts`: `Support-Ops` and
/// `Support Ops` both occur), and so are case and whitespace.
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

/// Whether a macro's title is one of these, ignoring anything before its last `::`.
pub fn fits(title: &str, titles: &[String]) -> bool {
    is_one_of(title.rsplit("::").next().unwrap_or(title), titles)
}

/// What the HTML of a macro may cost.
const LIMITS: Limits = Limits {
    bytes: 96 * 1024,
    tags: 4_000,
};
/// Most text, in bytes.
const TEXT_MAX: usize = 64 * 1024;
/// Most paragraphs and items.
const BLOCKS_MAX: usize = 500;

/// The blocks of a macro's HTML: paragraphs, lists, bold, italic and plain links. Any other element
/// leaves its text; scripts, styles, images, forms and hidden parts leave nothing. Nested lists
/// become one. HTML that is larger than a reply can be gives no blocks, because a part of a macro
/// is not the macro.
pub fn blocks_of(html: &str) -> Vec<Block> {
    let Ok(document) = Document::fragment(html, &LIMITS) else {
        return Vec::new();
    };
    let mut builder = Builder::default();
    walk(&document.tree(), &mut builder);
    builder.finish()
}

/// Whether the text or a link still contains a placeholder of Zendesk's or a tag of its template
/// language.
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

/// What an element is to a reply.
enum Role {
    /// It is left out with its content.
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
    /// It has no effect of its own.
    Inline,
}

fn role(element: &Element) -> Role {
    if is_hidden(element) {
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

/// An open element: where it ends, what it is, and what is in force inside of it.
struct Open {
    end: usize,
    role: Role,
    inside: Inside,
}

/// Goes through a tree in document order.
fn walk(tree: &Tree<'_>, builder: &mut Builder) {
    let outside = Inside {
        mark: Mark::Plain,
        kept_breaks: false,
    };
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < tree.len() && !builder.too_much {
        while open.last().is_some_and(|o| o.end <= at) {
            if let Some(closed) = open.pop() {
                builder.close(&closed.role);
            }
        }
        let now = open.last().map_or(&outside, |o| &o.inside);
        if let Some(text) = tree.text_node(at) {
            builder.text(text, now);
        }
        if let Some(element) = tree.element(at) {
            let role = role(element);
            builder.open(&role);
            if matches!(role, Role::Gone | Role::Break) {
                at = tree.end(at);
                continue;
            }
            let inside = Inside {
                mark: mark_in(element, &now.mark),
                kept_breaks: now.kept_breaks || element.name() == "pre",
            };
            open.push(Open {
                end: tree.end(at),
                role,
                inside,
            });
        }
        at += 1;
    }
    while let Some(closed) = open.pop() {
        builder.close(&closed.role);
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
