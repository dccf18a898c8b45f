//! Formatted text: paragraphs and lists with simple marks. Its HTML and its plain lines come from
//! the same structure, so they agree.

use maud::{Markup, html};

use crate::text::line::is_invisible;

/// Longest address of a link, in bytes.
const HREF_MAX: usize = 2_000;

/// A link's address: `https` to a host, or `mailto` to a mailbox, without anything that a reader
/// cannot see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href(String);

impl Href {
    /// Takes an address as it is in a macro; `None` for every other scheme and for anything that a
    /// browser would read differently than it looks.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let odd = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || is_invisible(c)
                || matches!(c, '\\' | '"' | '<' | '>' | '`')
        };
        if text.len() > HREF_MAX || text.chars().any(odd) {
            return None;
        }
        let (scheme, rest) = text.split_once(':')?;
        let (scheme, good) = match scheme.to_ascii_lowercase().as_str() {
            "https" => {
                let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
                ("https", !authority.is_empty() && !authority.contains('@'))
            }
            "mailto" => (
                "mailto",
                rest.split('?')
                    .next()?
                    .split_once('@')
                    .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty()),
            ),
            _ => return None,
        };
        good.then(|| Self(format!("{scheme}:{rest}")))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The format of a piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// As it is.
    Plain,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// A link.
    Link(Href),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Span {
    text: String,
    mark: Mark,
}

/// One line of text: single spaces, none around it, and no invisible marks that change how it
/// reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    spans: Vec<Span>,
    /// A space that is added before the next text.
    blank: bool,
}

impl Line {
    /// A line without marks.
    pub fn plain(text: &str) -> Self {
        let mut line = Self::default();
        line.push(text, &Mark::Plain);
        line
    }

    /// Appends a text. Line breaks and controls become spaces; invisible and direction marks are
    /// dropped.
    pub fn push(&mut self, text: &str, mark: &Mark) {
        for c in text.chars() {
            if is_invisible(c) {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                self.blank = true;
                continue;
            }
            if std::mem::take(&mut self.blank) && !self.spans.is_empty() {
                self.push_space(mark);
            }
            self.put(c, mark);
        }
    }

    /// A space between two spans belongs to the plain one.
    fn push_space(&mut self, next: &Mark) {
        match self.spans.last_mut() {
            Some(last) if last.mark == *next || last.mark == Mark::Plain => last.text.push(' '),
            _ => self.put(' ', &Mark::Plain),
        }
    }

    fn put(&mut self, c: char, mark: &Mark) {
        match self.spans.last_mut() {
            Some(last) if last.mark == *mark => last.text.push(c),
            _ => self.spans.push(Span {
                text: c.to_string(),
                mark: mark.clone(),
            }),
        }
    }

    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Its text.
    pub fn reading(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// Its pieces, each with whether it is bold.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        self.spans
            .iter()
            .map(|span| (span.text.as_str(), span.mark == Mark::Strong))
    }

    fn hrefs(&self) -> impl Iterator<Item = &Href> {
        self.spans.iter().filter_map(|span| match &span.mark {
            Mark::Link(href) => Some(href),
            _ => None,
        })
    }

    /// Its text, with the address after a link that does not show it.
    fn copied(&self) -> String {
        let mut out = String::new();
        for span in &self.spans {
            out.push_str(&span.text);
            if let Mark::Link(href) = &span.mark
                && span.text != href.as_str()
                && href.as_str().strip_prefix("mailto:") != Some(&span.text)
            {
                out.push_str(&format!(" ({})", href.as_str()));
            }
        }
        out
    }

    fn html(&self) -> Markup {
        html! {
            @for Span { text, mark } in &self.spans {
                @match mark {
                    Mark::Plain => (text),
                    Mark::Strong => strong { (text) },
                    Mark::Emphasis => em { (text) },
                    Mark::Link(href) => a href=(href.as_str()) { (text) },
                }
            }
        }
    }
}

/// A part of a reply. Empty lines and items are not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The lines of a paragraph.
    Paragraph(Vec<Line>),
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// The lines of each item.
        items: Vec<Vec<Line>>,
    },
}

fn filled(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| !line.is_empty())
}

fn is_filled(lines: &[Line]) -> bool {
    filled(lines).next().is_some()
}

fn broken(lines: &[Line]) -> Markup {
    html! {
        @for (at, line) in filled(lines).enumerate() {
            @if at > 0 { br; }
            (line.html())
        }
    }
}

impl Block {
    /// A paragraph of one line.
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph(vec![Line::plain(text)])
    }

    /// A bulleted list with one line per item.
    pub fn bullets(items: impl IntoIterator<Item = Line>) -> Self {
        Self::List {
            ordered: false,
            items: items.into_iter().map(|line| vec![line]).collect(),
        }
    }

    /// The lines that are not empty.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let (own, items) = match self {
            Self::Paragraph(lines) => (lines.as_slice(), [].as_slice()),
            Self::List { items, .. } => ([].as_slice(), items.as_slice()),
        };
        filled(own).chain(items.iter().flat_map(|item| filled(item)))
    }

    /// The addresses of its links.
    pub fn hrefs(&self) -> impl Iterator<Item = &Href> {
        self.lines().flat_map(Line::hrefs)
    }

    fn html(&self) -> Markup {
        let items = |items: &[Vec<Line>]| {
            html! {
                @for item in items.iter().filter(|item| is_filled(item)) { li { (broken(item)) } }
            }
        };
        html! {
            @match self {
                _ if self.lines().next().is_none() => {}
                Self::Paragraph(lines) => p { (broken(lines)) },
                Self::List { ordered: false, items: all } => ul { (items(all)) },
                Self::List { ordered: true, items: all } => ol { (items(all)) },
            }
        }
    }

    fn copied(&self) -> String {
        let joined = |lines: &[Line], next: &str| {
            filled(lines)
                .map(Line::copied)
                .collect::<Vec<_>>()
                .join(next)
        };
        match self {
            Self::Paragraph(lines) => joined(lines, "\n"),
            Self::List { items, .. } => {
                let items: Vec<String> = items
                    .iter()
                    .filter(|i| is_filled(i))
                    .map(|i| format!("- {}", joined(i, "\n  ")))
                    .collect();
                items.join("\n")
            }
        }
    }
}

/// The HTML of blocks: `p`, `br`, `ul`, `ol`, `li`, `strong`, `em`, and `a` with only an address.
pub(crate) fn html_of(blocks: &[Block]) -> String {
    html! { @for block in blocks { (block.html()) } }.into_string()
}

/// The lines of blocks, as a person reads them in the composer.
pub(crate) fn lines_of(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .flat_map(|block| block.lines().map(Line::reading))
        .collect()
}

/// The plain copy: an empty line between paragraphs, a hyphen before each item, links' addresses in
/// brackets.
pub(crate) fn copy_of(blocks: &[Block]) -> String {
    blocks
        .iter()
        .map(Block::copied)
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}
