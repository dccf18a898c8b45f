//! Splits an element's text into the pieces that a person sees separately: plain text, links,
//! badges, buttons.

use super::elements::{is_inline, is_unseen};
use super::tree::{Text, Tree, classes, collapsed};
use super::visibility::{is_crossed_out, is_for_screen_readers, is_hidden};
use super::{Element, entities};

/// The kind of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Plain text.
    Text,
    /// A link's text.
    Link,
    /// A badge, a label, or a small or raised remark.
    Badge,
    /// A button's text.
    Button,
    /// Text for screen readers.
    Heard,
}

/// One piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text, with whitespace collapsed.
    pub text: String,
    /// What it is.
    pub kind: PieceKind,
}

/// The pieces of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The visible pieces, in order.
    pub shown: Vec<Piece>,
    /// Whether there is text that nobody sees.
    pub hides_text: bool,
    /// Whether two elements without a meaning of their own share one word, so that it is unknown
    /// where a value ends.
    pub torn: bool,
    /// Whether there was more text than the limit.
    pub cut: bool,
}

/// The most pieces of one element.
const MAX_PIECES: usize = 60;

#[derive(Clone, Copy)]
struct Open {
    end: usize,
    kind: PieceKind,
    /// Whether it is separated from its surroundings.
    apart: bool,
}

struct Builder {
    out: Pieces,
    text: String,
    kind: PieceKind,
    /// The element of the text so far.
    home: usize,
    /// Whether a separator came after the text so far.
    apart: bool,
    length: usize,
}

impl Builder {
    fn flush(&mut self) {
        let text = collapsed(&self.text);
        self.text.clear();
        if text.text.is_empty() {
            return;
        }
        if self.out.shown.len() >= MAX_PIECES {
            self.out.cut = true;
            return;
        }
        self.out.cut |= text.cut;
        self.out.shown.push(Piece {
            text: text.text,
            kind: self.kind,
        });
    }

    fn add(&mut self, text: &str, kind: PieceKind, home: usize) {
        self.length += text.len();
        if self.length > 4 * Tree::MAX_TEXT {
            self.out.cut = true;
            return;
        }
        let is_other = self.home != home || self.kind != kind || self.apart;
        if is_other && !text.trim().is_empty() {
            let touches = |c: Option<char>| {
                c.is_some_and(|c| c.is_alphanumeric() || "@._-+".contains(c) || is_zero_width(c))
            };
            let touch = touches(self.text.chars().next_back()) && touches(text.chars().next());
            self.out.torn |= touch && !self.apart && !self.text.trim().is_empty();
            self.flush();
            (self.kind, self.home, self.apart) = (kind, home, false);
        }
        self.text.push_str(text);
    }
}

impl Tree<'_> {
    /// The text of an element in pieces, without hidden parts, icons and the content of forms.
    pub fn pieces(&self, at: usize) -> Pieces {
        let mut open: Vec<Open> = Vec::new();
        let mut b = Builder {
            out: Pieces::default(),
            text: String::new(),
            kind: PieceKind::Text,
            home: at,
            apart: false,
            length: 0,
        };
        let mut homes: Vec<(usize, usize)> = Vec::new();
        let (mut i, end) = (at + 1, self.end(at));
        while i < end && !b.out.cut {
            while open.last().is_some_and(|o| o.end <= i) {
                b.apart |= open.pop().is_some_and(|o| o.apart);
            }
            while homes.last().is_some_and(|(stop, _)| *stop <= i) {
                homes.pop();
            }
            if let Some(text) = self.text_node(i) {
                let kind = open
                    .iter()
                    .rev()
                    .map(|o| o.kind)
                    .find(|k| *k != PieceKind::Text)
                    .unwrap_or(PieceKind::Text);
                b.add(text, kind, homes.last().map_or(at, |(_, home)| *home));
            }
            let Some(element) = self.element(i) else {
                i += 1;
                continue;
            };
            let name = element.name();
            if is_unseen(name)
                || name == "svg"
                || name == "iframe"
                || is_hidden(element)
                || self.is_taken_back(at, i, element)
            {
                let is_text = !is_unseen(name) && name != "svg";
                b.out.hides_text |=
                    is_text && (name == "iframe" || !self.raw_text(i).trim().is_empty());
                b.apart = true;
                i = self.end(i);
                continue;
            }
            if let Some(address) = element
                .attr("data-cfemail")
                .and_then(entities::cloudflare_address)
            {
                let kind = open
                    .iter()
                    .rev()
                    .map(|o| o.kind)
                    .find(|k| *k != PieceKind::Text)
                    .unwrap_or(PieceKind::Text);
                b.add(&address, kind, i);
                i = self.end(i);
                continue;
            }
            let stop = self.end(i);
            if matches!(name, "wbr" | "mark" | "bdi" | "bdo") {
                i += 1;
                continue;
            }
            let kind = kind_of(element);
            let apart = !is_inline(name)
                || !matches!(kind, PieceKind::Text | PieceKind::Link)
                || is_icon(element);
            b.apart |= apart;
            open.push(Open {
                end: stop,
                kind,
                apart,
            });
            homes.push((stop, i));
            i += 1;
        }
        b.flush();
        b.out
    }

    /// Whether an element is crossed out and has no other text beside it: then there is no value.
    fn is_taken_back(&self, whole: usize, at: usize, element: &Element) -> bool {
        is_crossed_out(element) && self.raw_text(whole).trim() == self.raw_text(at).trim()
    }

    /// The visible elements below a node, in document order.
    pub fn visible_below(&self, at: usize) -> Vec<(usize, &Element)> {
        let mut found = Vec::new();
        let mut i = at + 1;
        while i < self.end(at) {
            match self.element(i) {
                Some(e) if is_unseen(e.name()) || is_hidden(e) => i = self.end(i),
                Some(e) => {
                    found.push((i, e));
                    i += 1;
                }
                None => i += 1,
            }
        }
        found
    }
}

/// Marks without a width: the text on both sides still touches.
fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn kind_of(element: &Element) -> PieceKind {
    let is = |words: &[&str]| {
        classes(element).any(|class| {
            class
                .split(['-', '_'])
                .any(|part| words.contains(&part.to_ascii_lowercase().as_str()))
        })
    };
    let name = element.name();
    if is_for_screen_readers(element) {
        PieceKind::Heard
    } else if matches!(name, "button" | "clipboard-copy")
        || element.attr("role") == Some("button")
        || is(&["btn", "button"])
    {
        PieceKind::Button
    } else if matches!(name, "sup" | "sub" | "small" | "del" | "s")
        || is(&["badge", "label", "pill", "chip", "tag", "lozenge"])
    {
        PieceKind::Badge
    } else if name == "a" {
        PieceKind::Link
    } else {
        PieceKind::Text
    }
}

fn is_icon(element: &Element) -> bool {
    let is = |class: &str| {
        class == "icon"
            || ["fa-", "icon-", "bi-", "glyphicon-"]
                .iter()
                .any(|set| class.starts_with(set))
    };
    element.name() == "img" || classes(element).any(is)
}

impl Pieces {
    /// A single piece of plain text.
    pub fn of(text: &str) -> Self {
        let text = collapsed(text);
        Self {
            shown: vec![Piece {
                text: text.text,
                kind: PieceKind::Text,
            }],
            cut: text.cut,
            ..Self::default()
        }
    }

    /// All visible text, in order.
    pub fn all(&self) -> Text {
        let joined: Vec<&str> = self.shown.iter().map(|p| p.text.as_str()).collect();
        let text = collapsed(&joined.join(" "));
        Text {
            cut: text.cut || self.cut,
            ..text
        }
    }
}
