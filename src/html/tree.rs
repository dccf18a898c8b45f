//! Parsed HTML as a flat tree in document order.

use scraper::node::{Element, Node};

use super::cost::{self, Limits, Refused};
use super::depth;
use super::elements::{is_inline, is_unseen};

/// Parsed HTML.
pub struct Document(scraper::Html);

impl Document {
    /// Parses a whole page.
    pub fn page(html: &str, limits: &Limits) -> Result<Self, Refused> {
        cost::affordable(html, limits)?;
        let parsed = depth::page(html);
        if parsed.lost {
            return Err(Refused::TooComplex);
        }
        Ok(Self(parsed.html))
    }

    /// Parses a fragment, such as a comment's HTML. Of elements that are nested too deep, only the text is kept.
    pub fn fragment(html: &str, limits: &Limits) -> Result<Self, Refused> {
        cost::affordable(html, limits)?;
        Ok(Self(depth::fragment(html).html))
    }

    /// Its HTML, with every text and element as `rewrite` gives it. Comments are left out, and nothing
    /// else of the page gets into the result.
    pub fn rewritten(&self, rewrite: &mut dyn Rewrite) -> String {
        let mut out = String::new();
        let mut next = Some(self.0.tree.root());
        while let Some(node) = next {
            let mut is_left_out = false;
            match node.value() {
                Node::Element(element) => is_left_out = !open(element, rewrite, &mut out),
                Node::Text(text) => escape(&rewrite.text(text), &mut out),
                _ => {}
            }
            next = node.first_child().filter(|_| !is_left_out);
            let mut left = node;
            while next.is_none() {
                if let Node::Element(element) = left.value()
                    && !is_left_out
                    && let Some(name) = rewrite.close(element)
                {
                    out.push_str(&format!("</{name}>"));
                }
                is_left_out = false;
                next = left.next_sibling();
                let Some(parent) = left.parent() else { break };
                left = parent;
            }
        }
        out
    }

    /// Its nodes in document order.
    pub fn tree(&self) -> Tree<'_> {
        Tree::new(&self.0)
    }
}

/// What becomes of the parts of a page that is written anew.
pub trait Rewrite {
    /// An element begins: its new name and attributes; `None` leaves it out with all that is in it.
    fn open(&mut self, element: &Element) -> Option<(String, Vec<(String, String)>)>;
    /// A text in the element that began last.
    fn text(&mut self, text: &str) -> String;
    /// It ends: the name of its end tag, if it has one.
    fn close(&mut self, element: &Element) -> Option<String>;
}

/// Whether the element is written.
fn open(element: &Element, rewrite: &mut dyn Rewrite, out: &mut String) -> bool {
    let Some((name, attributes)) = rewrite.open(element) else {
        return false;
    };
    out.push('<');
    out.push_str(&name);
    for (name, value) in attributes {
        out.push_str(&format!(" {name}=\""));
        escape(&value, out);
        out.push('"');
    }
    out.push('>');
    // The parser drops the first line break of these.
    if matches!(element.name(), "pre" | "textarea" | "listing") {
        out.push('\n');
    }
    true
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{A0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
}

/// One node in document order.
struct Item<'h> {
    /// What it is.
    kind: Kind<'h>,
    /// The index of its parent (0, the document, is its own).
    parent: usize,
    /// The index after its last descendant.
    end: usize,
}

/// The kind of a node.
enum Kind<'h> {
    /// An element.
    Element(&'h Element),
    /// Text.
    Text(&'h str),
    /// The document, a comment, a doctype.
    Other,
}

/// Nodes in document order: an element's descendants are a range. Index 0 is the document itself.
pub struct Tree<'h> {
    items: Vec<Item<'h>>,
}

/// Text with collapsed whitespace, cut at [`Tree::MAX_TEXT`] characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Whether it was cut.
    pub cut: bool,
}

impl<'h> Tree<'h> {
    /// Longest text of a field, in characters.
    pub const MAX_TEXT: usize = 1_000;

    /// Flattens parsed HTML. It does not recurse, so a page may be arbitrarily deep.
    fn new(html: &'h scraper::Html) -> Self {
        let mut items: Vec<Item<'h>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut next = Some(html.tree.root());
        while let Some(node) = next {
            let kind = match node.value() {
                Node::Element(element) => Kind::Element(element),
                Node::Text(text) => Kind::Text(text),
                _ => Kind::Other,
            };
            let index = items.len();
            items.push(Item {
                kind,
                parent: open.last().copied().unwrap_or(0),
                end: index + 1,
            });
            next = node.first_child();
            if next.is_some() {
                open.push(index);
                continue;
            }
            let mut left = node;
            next = left.next_sibling();
            while next.is_none() {
                let Some(parent) = left.parent() else { break };
                let end = items.len();
                if let Some(item) = open.pop().and_then(|i| items.get_mut(i)) {
                    item.end = end;
                }
                left = parent;
                next = left.next_sibling();
            }
        }
        Self { items }
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no nodes.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Every element, in document order.
    pub fn elements(&self) -> impl Iterator<Item = (usize, &'h Element)> + '_ {
        (0..self.len()).filter_map(|i| self.element(i).map(|e| (i, e)))
    }

    /// The element at an index.
    pub fn element(&self, at: usize) -> Option<&'h Element> {
        match self.items.get(at)?.kind {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The text at an index.
    pub fn text_node(&self, at: usize) -> Option<&'h str> {
        match self.items.get(at)?.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The index after a node's last descendant.
    pub fn end(&self, at: usize) -> usize {
        self.items.get(at).map_or(at + 1, |item| item.end)
    }

    /// The index of a node's parent.
    pub fn parent(&self, at: usize) -> usize {
        self.items.get(at).map_or(0, |item| item.parent)
    }

    /// The elements below a node, in document order.
    pub fn below(&self, at: usize) -> impl Iterator<Item = (usize, &'h Element)> + '_ {
        (at + 1..self.end(at)).filter_map(|i| self.element(i).map(|e| (i, e)))
    }

    /// The next sibling that is an element.
    pub fn next_element(&self, at: usize) -> Option<usize> {
        let stop = self.end(self.parent(at));
        let mut next = self.end(at);
        while next < stop {
            if self.element(next).is_some() {
                return Some(next);
            }
            if self.text_node(next).is_some_and(|t| !t.trim().is_empty()) {
                return None;
            }
            next = self.end(next);
        }
        None
    }

    /// What a person reads in a node, with whitespace collapsed.
    pub fn text(&self, at: usize) -> Text {
        let mut out = Collapsed::default();
        let mut blocks: Vec<usize> = Vec::new();
        let end = self.end(at);
        let mut i = at;
        while i < end && !out.cut {
            while blocks.last().is_some_and(|&stop| stop <= i) {
                blocks.pop();
                out.push(' ');
            }
            match self.items.get(i).map(|item| &item.kind) {
                Some(Kind::Element(e)) if is_unseen(e.name()) => {
                    i = self.end(i);
                    continue;
                }
                Some(Kind::Element(e)) if !is_inline(e.name()) => {
                    out.push(' ');
                    blocks.push(self.end(i));
                }
                Some(Kind::Text(text)) => out.push_all(text),
                _ => {}
            }
            i += 1;
        }
        out.done()
    }

    /// A node's text as it is, including line breaks, no longer than the page.
    pub fn raw_text(&self, at: usize) -> String {
        let mut out = String::new();
        let end = self.end(at);
        let mut i = at;
        while i < end {
            match self.items.get(i).map(|item| &item.kind) {
                Some(Kind::Element(e)) if is_unseen(e.name()) => {
                    i = self.end(i);
                    continue;
                }
                Some(Kind::Element(e)) if e.name() == "br" => out.push('\n'),
                Some(Kind::Text(text)) => out.push_str(text),
                _ => {}
            }
            i += 1;
        }
        out
    }
}

/// Collapses a text's whitespace, up to the limit.
pub fn collapsed(text: &str) -> Text {
    let mut out = Collapsed::default();
    out.push_all(text);
    out.done()
}

#[derive(Default)]
struct Collapsed {
    text: String,
    length: usize,
    blank: bool,
    cut: bool,
}

impl Collapsed {
    fn push_all(&mut self, text: &str) {
        for c in text.chars() {
            if self.cut {
                return;
            }
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.blank = true;
            return;
        }
        if self.length >= Tree::MAX_TEXT {
            self.cut = true;
            return;
        }
        if std::mem::take(&mut self.blank) && !self.text.is_empty() {
            self.text.push(' ');
            self.length += 1;
        }
        self.text.push(c);
        self.length += 1;
    }

    fn done(self) -> Text {
        Text {
            text: self.text,
            cut: self.cut,
        }
    }
}

/// Whether an element has a class.
pub fn has_class(element: &Element, class: &str) -> bool {
    classes(element).any(|c| c == class)
}

/// An element's classes.
pub fn classes(element: &Element) -> impl Iterator<Item = &str> {
    element
        .attr("class")
        .unwrap_or_default()
        .split_ascii_whitespace()
}
