//! Reads a field's or cell's content as the expected type. Anything else is unreadable, never
//! guessed.

mod boolean;
mod day;
mod links;
mod people;
mod secret;
mod subscription;
mod words;

use crate::html::{
    PieceKind, Pieces, Text, Tree, collapsed, decoded, is_crossed_out, is_hidden, is_unseen,
};
use crate::profile::portal::{Field, PortalWords};
use crate::record::{Shown, UNREADABLE_MAX};
use crate::text::line::is_invisible;

pub(crate) use boolean::SHAPES;
pub(super) use people::is_email;
pub(crate) use words::disowns;
use words::{is_action, is_cut, is_nothing};

/// Whether a text is no value: a word for nothing, or what a link beside a value says. What follows "view in" is
/// not known.
pub(crate) fn is_sign(text: &str) -> bool {
    is_nothing(text) || (is_action(text) && !text.trim().contains(' '))
}

/// What all values of one page share.
pub(super) struct Reading<'r, 'h> {
    /// The page.
    pub flat: &'r Tree<'h>,
    /// The words of the portal's pages.
    pub words: &'r PortalWords,
    /// The page's host.
    pub host: &'r str,
    /// Texts of the page that never leave the reader.
    pub secrets: Vec<String>,
    /// Records what is found, if the page is being diagnosed.
    pub watch: Option<&'r dyn Watch>,
}

/// One value as shown.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its text.
    pub text: Text,
    /// The element that holds it.
    pub at: usize,
    /// Whether the field is a whole number that holds another record's number.
    pub is_id_number: bool,
    /// Whether the page shows two different values, so that neither counts.
    pub is_doubtful: bool,
    /// The whole value, if the cell shows only a part and its `title` has all of it.
    pub whole: Option<String>,
}

/// One field as the page shows it.
pub(super) struct Found<'h> {
    /// The Ruby field name: its class without `_field`.
    pub key: &'h str,
    /// Its label, ready for comparison.
    pub label: String,
    /// Its label as shown.
    pub title: Text,
    /// Its value.
    pub cell: Cell,
    /// Which group of the page it is in.
    pub group: usize,
    /// Whether it is below a heading of its own, in none of the groups that the page marks.
    pub is_apart: bool,
}

/// How a field was found.
#[derive(Clone, Copy)]
pub(super) enum Means<'w> {
    /// It was not.
    Nothing,
    /// By this class (without its `_field`).
    Class(&'w str),
    /// By this label.
    Label(&'w str),
}

/// A field that was looked for.
pub(super) struct Sighting<'s, 'h> {
    /// Its name in the profile.
    pub name: &'static str,
    /// Where it was looked for.
    pub wanted: &'s Field,
    /// How it was found.
    pub means: Means<'s>,
    /// What was found.
    pub found: Option<&'s Found<'h>>,
    /// Whether there are several that differ.
    pub twice: bool,
}

/// Records the result for each field that was looked for.
pub(super) trait Watch {
    /// A field was looked for, with this result.
    fn met(&self, reading: &Reading<'_, '_>, sighting: &Sighting<'_, '_>, value: &Shown<()>);
}

/// The most links of one value that are examined.
const MAX_LINKS: usize = 20;

impl<'h> Reading<'_, 'h> {
    /// The targets of a value's visible links; links beyond a few are ignored. A link that is hidden
    /// or crossed out leads nowhere.
    pub fn links(&self, at: usize) -> Vec<&'h str> {
        self.anchors(at).into_iter().map(|(_, href)| href).collect()
    }

    fn anchors(&self, at: usize) -> Vec<(usize, &'h str)> {
        let mut found = Vec::new();
        let mut i = at + 1;
        while i < self.flat.end(at) && found.len() < MAX_LINKS {
            match self.flat.element(i) {
                Some(e) if is_unseen(e.name()) || is_hidden(e) || is_crossed_out(e) => {
                    i = self.flat.end(i);
                    continue;
                }
                Some(e) if e.name() == "a" => found.extend(e.attr("href").map(|href| (i, href))),
                _ => {}
            }
            i += 1;
        }
        found
    }

    /// The titles of a value's visible parts, which the browser shows on hover.
    fn titles(&self, at: usize) -> Vec<String> {
        let own = self.flat.element(at);
        let all = own.into_iter().chain(
            self.flat
                .visible_below(at)
                .into_iter()
                .map(|(_, element)| element),
        );
        all.filter_map(|element| element.attr("title"))
            .take(MAX_LINKS)
            .map(|title| collapsed(&decoded(title)).text)
            .collect()
    }

    /// The answer for an unreadable value: its beginning, unless it contains a secret.
    pub fn unreadable<T>(&self, text: &str) -> Shown<T> {
        Shown::Unreadable(if self.holds_secret(text) {
            "…".to_owned()
        } else {
            text.chars().take(UNREADABLE_MAX).collect()
        })
    }

    fn holds_secret(&self, text: &str) -> bool {
        self.secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()))
    }

    /// The value's pieces, if the value can be trusted as a whole: not truncated, not torn, without
    /// a secret.
    fn pieces(&self, cell: &Cell) -> Option<Pieces> {
        let mut pieces = match &cell.whole {
            Some(text) => Pieces::of(text),
            None => self.flat.pieces(cell.at),
        };
        // Around a text, such a mark changes nothing. Within one, the text is ambiguous.
        for piece in &mut pieces.shown {
            piece.text = piece
                .text
                .trim_matches(|c: char| is_invisible(c) || c.is_whitespace())
                .to_owned();
        }
        pieces.shown.retain(|piece| !piece.text.is_empty());
        let all = pieces.all();
        let is_plain =
            !cell.is_doubtful && !pieces.torn && !all.cut && all.text.chars().count() <= 500;
        (is_plain && !self.holds_secret(&all.text)).then_some(pieces)
    }

    /// The only text of a value; `Ok(None)` if there is none, `Err` if there are several, or only a
    /// part of one.
    fn one_text(&self, cell: &Cell) -> Result<Option<String>, ()> {
        let pieces = self.pieces(cell).ok_or(())?;
        let of = |kinds: &[PieceKind]| {
            let mut found: Vec<&str> = Vec::new();
            for piece in pieces.shown.iter().filter(|p| kinds.contains(&p.kind)) {
                let is_action = piece.kind == PieceKind::Link && is_action(&piece.text);
                if !is_action && !found.contains(&piece.text.as_str()) {
                    found.push(&piece.text);
                }
            }
            found
        };
        let own = of(&[PieceKind::Text, PieceKind::Link]);
        let found = if own.is_empty() {
            of(&[PieceKind::Badge])
        } else {
            own
        };
        match found.as_slice() {
            [] if pieces.hides_text => Err(()),
            [] => Ok(None),
            [one] if is_nothing(one) || self.is_none_mark(one) => Ok(None),
            [one] if is_cut(one) => Err(()),
            [one] => Ok(Some((*one).to_owned())),
            _ => Err(()),
        }
    }

    fn is_none_mark(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        text.is_empty() || self.words.booleans.none.texts.contains(&text)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self, cell: &Cell) -> bool {
        self.one_text(cell) == Ok(None) && self.links(cell.at).is_empty() && !self.has_field(cell)
    }

    /// Whether a form's field may show a value that is not text of the page.
    fn has_form_field(&self, cell: &Cell) -> bool {
        let visible = self.flat.visible_below(cell.at);
        visible.iter().any(|(_, e)| e.name() == "input") || self.has_choice_or_text_area(cell)
    }

    /// Whether it has a select or a text area. Their text never counts as the page's, so they are
    /// looked for separately.
    fn has_choice_or_text_area(&self, cell: &Cell) -> bool {
        self.flat
            .below(cell.at)
            .any(|(_, e)| matches!(e.name(), "select" | "textarea") && !is_hidden(e))
    }

    /// Whether something other than text may show a value.
    fn has_field(&self, cell: &Cell) -> bool {
        self.has_form_field(cell)
            || self
                .flat
                .visible_below(cell.at)
                .iter()
                .any(|(_, e)| matches!(e.name(), "turbo-frame" | "iframe" | "img" | "svg"))
    }

    fn parsed<T>(&self, cell: &Cell, parse: impl FnOnce(&str) -> Option<T>) -> Shown<T> {
        match self.one_text(cell) {
            Ok(None) if self.has_form_field(cell) => self.unreadable("(a field of a form)"),
            Ok(None) => Shown::Absent,
            Ok(Some(text)) => {
                parse(&text).map_or_else(|| self.unreadable(&cell.text.text), Shown::Value)
            }
            Err(()) => self.unreadable(&cell.text.text),
        }
    }

    /// A text of one line.
    pub fn string(&self, cell: &Cell) -> Shown<String> {
        self.parsed(cell, |text| {
            (!text.chars().any(|c| c.is_control() || c == '\u{FFFD}')).then(|| text.to_owned())
        })
    }
}
