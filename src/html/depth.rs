//! Parses HTML with a bound on how deep its elements are nested. html5ever walks its open elements at many tags,
//! so that 16,000 levels take seconds.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink, create_element};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use super::elements::is_void;

/// The depth from which elements without a meaning are left out: browsers nest no deeper either.
const DEEP: usize = 512;
/// The depth from which all elements are left out. Their texts stay.
const DEEPEST: usize = 1024;

/// Parsed HTML.
pub(super) struct Parsed {
    /// The tree.
    pub html: Html,
    /// Whether an element was left out that may have said something about its text.
    pub lost: bool,
}

/// Parses a whole page.
pub(super) fn page(html: &str) -> Parsed {
    let sink = HtmlTreeSink::new(Html::new_document());
    parse(html, TreeBuilder::new(sink, TreeBuilderOpts::default()))
}

/// Parses a fragment.
pub(super) fn fragment(html: &str) -> Parsed {
    let sink = HtmlTreeSink::new(Html::new_fragment());
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let body = create_element(&sink, body, Vec::new());
    parse(
        html,
        TreeBuilder::new_for_fragment(sink, body, None, TreeBuilderOpts::default()),
    )
}

type Builder = TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>;

fn parse(html: &str, builder: Builder) -> Parsed {
    let tokens = Tokenizer::new(
        Bounded {
            builder,
            open: RefCell::default(),
        },
        TokenizerOpts::default(),
    );
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script ends a turn, and nobody runs it.
    while !matches!(tokens.feed(&input), TokenizerResult::Done) {}
    tokens.end();
    Parsed {
        lost: tokens.sink.open.borrow().lost,
        html: tokens.sink.builder.sink.finish(),
    }
}

/// Passes tags on to the tree, except those that are too deep.
struct Bounded {
    builder: Builder,
    open: RefCell<Open>,
}

impl TokenSink for Bounded {
    type Handle = <Builder as TokenSink>::Handle;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Self::Handle> {
        if let Token::TagToken(tag) = &token {
            let mut open = self.open.borrow_mut();
            let is_kept = match tag.kind {
                TagKind::StartTag => {
                    let is_alone = is_void(&tag.name) || (tag.self_closing && open.is_foreign());
                    is_alone || open.begin(&tag.name, tag.attrs.is_empty())
                }
                TagKind::EndTag => open.end(&tag.name),
            };
            if !is_kept {
                return TokenSinkResult::Continue;
            }
        }
        self.builder.process_token(token, line_number)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The elements that are open, as far as tags alone tell: never fewer than the parser's by much.
#[derive(Default)]
struct Open {
    elements: Vec<(LocalName, bool)>,
    /// How many of them are in the tree.
    kept: usize,
    /// How many of those are quotations.
    quotations: usize,
    lost: bool,
}

impl Open {
    /// Whether the element that begins is put into the tree.
    fn begin(&mut self, name: &LocalName, is_bare: bool) -> bool {
        self.close_implied(name);
        // A link ends the link before it.
        if *name == local_name!("a") {
            self.end(name);
        }
        let is_quotation = *name == local_name!("blockquote");
        // Within a quotation, another one says nothing new.
        let is_plain = (is_bare && is_meaningless(name)) || (is_quotation && self.quotations > 0);
        let is_kept = is_raw(name)
            || self.kept < DEEP
            || (self.kept < DEEPEST && !(is_plain || is_quotation && self.quotations > 0));
        self.lost |= !is_kept && !is_plain;
        self.elements.push((name.clone(), is_kept));
        if is_kept {
            self.kept += 1;
            self.quotations += usize::from(is_quotation);
        }
        is_kept
    }

    /// Whether an end tag belongs to the tree.
    fn end(&mut self, name: &LocalName) -> bool {
        let last = self.elements.iter().rev().take(DEEPEST);
        let above = last
            .clone()
            .take_while(|(open, _)| open != name && is_closed_by_others(open))
            .count();
        let at = self.elements.len().checked_sub(above + 1);
        if let Some(at) =
            at.filter(|at| self.elements.get(*at).is_some_and(|(open, _)| open == name))
        {
            let is_kept = self.elements.get(at).is_some_and(|(_, kept)| *kept);
            self.cut(at);
            return is_kept;
        }
        // Tags that overlap: the elements in between stay open.
        let Some(above) = last.clone().position(|(open, _)| open == name) else {
            return true;
        };
        let (open, is_kept) = self.elements.remove(self.elements.len() - above - 1);
        self.forget(&open, is_kept);
        is_kept
    }

    /// Closes what a start tag closes, such as a row the one before it.
    fn close_implied(&mut self, name: &LocalName) {
        let run = self
            .elements
            .iter()
            .rev()
            .take(DEEPEST)
            .take_while(|(open, _)| is_closed_by_others(open))
            .enumerate()
            .filter(|(_, (open, _))| closes(name, open))
            .map(|(above, _)| above)
            .last();
        if let Some(above) = run {
            self.cut(self.elements.len() - above - 1);
        }
    }

    fn cut(&mut self, at: usize) {
        while self.elements.len() > at {
            if let Some((name, is_kept)) = self.elements.pop() {
                self.forget(&name, is_kept);
            }
        }
    }

    fn forget(&mut self, name: &LocalName, is_kept: bool) {
        if is_kept {
            self.kept = self.kept.saturating_sub(1);
            let is_quotation = *name == local_name!("blockquote");
            self.quotations = self.quotations.saturating_sub(usize::from(is_quotation));
        }
    }

    fn is_foreign(&self) -> bool {
        self.elements
            .iter()
            .rev()
            .take(DEEPEST)
            .any(|(name, _)| matches!(&**name, "svg" | "math"))
    }
}

/// Elements whose content is no markup, so that the parser has to know them.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
    )
}

/// Elements that say nothing about their text if they have no attributes.
fn is_meaningless(name: &str) -> bool {
    matches!(
        name,
        "article"
            | "b"
            | "big"
            | "center"
            | "code"
            | "div"
            | "em"
            | "font"
            | "i"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "section"
            | "small"
            | "span"
            | "strong"
            | "u"
            | "ul"
    )
}

/// Elements that others close without an end tag.
fn is_closed_by_others(name: &str) -> bool {
    matches!(
        name,
        "colgroup"
            | "dd"
            | "dt"
            | "li"
            | "optgroup"
            | "option"
            | "p"
            | "rp"
            | "rt"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// Whether the start of an element closes another one.
fn closes(name: &str, open: &str) -> bool {
    match open {
        "p" => !super::is_inline(name),
        "li" => name == "li",
        "dd" | "dt" => matches!(name, "dd" | "dt"),
        "option" | "optgroup" => matches!(name, "option" | "optgroup"),
        "rp" | "rt" => matches!(name, "rp" | "rt"),
        "td" | "th" => matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot"),
        "tr" => matches!(name, "tr" | "tbody" | "thead" | "tfoot"),
        "tbody" | "thead" | "tfoot" | "colgroup" => matches!(name, "tbody" | "thead" | "tfoot"),
        _ => false,
    }
}
