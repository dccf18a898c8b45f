//! Parsed HTML as a flat tree in document order.

use scraper::node::{Element, Node};

use super::cost::{self, Limits, Refused};
use super::visibility::{is_inline, is_unseen};

/// Parsed HTML.
pub struct Document(scraper::Html);

impl Document {
    /// Parses a whole page.
    pub fn page(html: &str, limits: &Limits) -> Result<Self, Refused> {
        cost::affordable(html, limits)?;
        Ok(Self(scraper::Html::parse_document(html)))
    }

    /// Parses a fragment, such as a comment's HTML.
    pub fn fragment(html: &str, limits: &Limits) -> Result<Self, Refused> {
        cost::affordable(html, limits)?;
        Ok(Self(scraper::Html::parse_fragment(html)))
    }

    /// Its nodes in document order.
    pub fn tree(&self) -> Tree<'_> {
        Tree::new(&self.0)
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
