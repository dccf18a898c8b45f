//! A whole page without its values.

use super::attributes;
use super::invent::Inventor;
use super::words::Known;
use crate::address::decode;
use crate::html::{
    Document, Element, Limits, Refused, Rewrite, cloudflare_address, decoded, has_class, is_void,
};
use crate::profile::Profile;
use crate::reading::firewall;

/// A page without its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its address, with the same invented numbers as in the page.
    pub url: String,
    /// Its HTML.
    pub html: String,
}

/// A page of one of the two sites without its values.
pub fn page(url: &str, html: &str, profile: &Profile) -> Result<Saved, Refused> {
    let known = Known::of(profile);
    let document = Document::page(html, &Limits::PAGE)?;
    let mut invent = Inventor::of(html, &known);
    learn(&document, &mut invent);
    invent.learn(&decode(url).unwrap_or_default());
    invent.settle();
    let mut written = String::from("<!DOCTYPE html>\n");
    written.push_str(&document.rewritten(&mut Writer::of(&invent, true)));
    Ok(Saved {
        url: attributes::address(url, &invent),
        html: marked_as_block(html, written),
    })
}

/// A page of a site's protection stays one: if its mark was in a script or a comment, it gets another.
pub(super) fn marked_as_block(html: &str, mut written: String) -> String {
    if firewall::is_block(html) && !firewall::is_block(&written) {
        written.push_str("<form id=\"challenge-form\"></form>\n");
    }
    written
}

/// Takes every word that is no known label for a word of the page's values.
pub(super) fn learn(document: &Document, invent: &mut Inventor<'_>) {
    let tree = document.tree();
    for at in 0..tree.len() {
        if let Some(text) = tree
            .text_node(at)
            .filter(|text| !invent.known.is_label(text))
        {
            invent.learn(text);
            invent.learn(&decoded(text));
        }
        let Some(element) = tree.element(at) else {
            continue;
        };
        for (name, value) in element.attrs() {
            if invent.known.is_label(value) {
                continue;
            }
            invent.learn(value);
            invent.learn(&decode(value).unwrap_or_default());
            if name == "data-cfemail" {
                invent.learn(&cloudflare_address(value).unwrap_or_default());
            }
        }
    }
}

/// What the element that a text is in means for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// A label, or a text of the site's own.
    Page,
    /// A value.
    Value,
    /// Nothing that is read.
    Left,
    /// How many entries a list has.
    Total,
}

/// Writes a page, or a fragment of one.
pub(super) struct Writer<'w, 'k> {
    invent: &'w Inventor<'k>,
    is_page: bool,
    open: Vec<Within>,
}

impl<'w, 'k> Writer<'w, 'k> {
    pub fn of(invent: &'w Inventor<'k>, is_page: bool) -> Self {
        Self {
            invent,
            is_page,
            open: Vec::new(),
        }
    }

    fn within(&self) -> Within {
        let outside = if self.is_page {
            Within::Page
        } else {
            Within::Value
        };
        self.open.last().copied().unwrap_or(outside)
    }

    /// How many entries a list has: a small number says no more than the rows do.
    fn total(&self, text: &str) -> String {
        if text.bytes().filter(u8::is_ascii_digit).count() > 2 {
            return self.invent.text(text);
        }
        text.split_inclusive(|c: char| !c.is_alphanumeric())
            .map(|word| {
                if word.trim_end().bytes().all(|b| b.is_ascii_digit()) {
                    word.to_owned()
                } else {
                    self.invent.text(word)
                }
            })
            .collect()
    }
}

impl Rewrite for Writer<'_, '_> {
    fn open(&mut self, element: &Element) -> Option<(String, Vec<(String, String)>)> {
        let name = element.name();
        if matches!(
            name,
            "script" | "style" | "template" | "link" | "object" | "embed"
        ) {
            return None;
        }
        let within = match (self.within(), name) {
            (Within::Left, _) | (_, "iframe") => Within::Left,
            (Within::Value, _) | (_, "dd" | "textarea" | "option") => Within::Value,
            (_, "td") if element.attr("class").is_some() => Within::Value,
            _ if has_class(element, "card-body") => Within::Value,
            _ if has_class(element, "total-count") => Within::Total,
            (within, _) => within,
        };
        self.open.push(within);
        Some((tag(name), attributes::of(element, self.invent)))
    }

    fn text(&mut self, text: &str) -> String {
        let known = self.invent.known;
        let stays = match self.within() {
            Within::Left => return String::new(),
            Within::Total => return self.total(text),
            Within::Page => known.is_label(text) || known.is_sign(text),
            Within::Value => known.is_sign(text),
        };
        if stays {
            return text.to_owned();
        }
        match status_of(text) {
            Some(status) => {
                let before = text.trim_end().strip_suffix(status).unwrap_or(text);
                format!("{} {status}", self.invent.text(before.trim_end()))
            }
            None => self.invent.text(text),
        }
    }

    fn close(&mut self, element: &Element) -> Option<String> {
        self.open.pop();
        (!is_void(element.name())).then(|| tag(element.name()))
    }
}

/// What the titles of Rails's own error pages end with.
fn status_of(text: &str) -> Option<&'static str> {
    [
        "(500)",
        "(404)",
        "(500 Internal Server Error)",
        "(404 Not Found)",
    ]
    .into_iter()
    .find(|end| text.trim_end().ends_with(end))
}

/// A tag's name, if it is one of HTML's or of an element that the reader knows.
fn tag(name: &str) -> String {
    const TAGS: &str = " a abbr address area article aside audio b base bdi bdo big blockquote body br button caption center circle cite \
        clipboard-copy code col colgroup data datalist dd del details dfn dialog div dl dt em fieldset figcaption figure font footer \
        form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li listing main map \
        mark menu meta meter nav nobr noembed noframes noscript ol optgroup option output p param path picture plaintext polygon pre \
        progress q rect rp rt ruby s samp search section select slot small source span strike strong sub summary sup svg table \
        tbody td textarea tfoot th thead time title tr track tt turbo-frame u ul use var video wbr xmp gl-badge ";
    if TAGS.contains(&format!(" {name} ")) {
        name.to_owned()
    } else {
        "x-other".to_owned()
    }
}
