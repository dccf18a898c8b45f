//! Describes the form of a value without revealing the value.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::address::{Place, linked};
use super::label::{Name, Values};
use super::values::{Cell, Reading, is_email};
use crate::day;
use crate::html::classes;
use crate::profile::portal::Mark;
use crate::record::RecordKind;

/// What a value looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Its text.
    pub text: TextForm,
    /// Where its links lead; each kind once.
    pub links: Vec<LinkForm>,
    /// The boolean marks in it; each kind once.
    pub marks: Vec<MarkForm>,
}

/// What a text looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextForm {
    /// There is none.
    None,
    /// A dash or another mark for "no value".
    Nothing,
    /// A word for yes or no.
    Boolean,
    /// Digits only; how many.
    Number(usize),
    /// An email address.
    Email,
    /// An email address with something beside it.
    WithEmail,
    /// A date in a format that Tether reads.
    Day,
    /// Something with digits that may be a date: its digits as `#`, its words as `word`.
    Digits(String),
    /// Anything else.
    Text {
        /// Its characters.
        characters: usize,
        /// Its words.
        words: usize,
    },
    /// Longer than any value can be.
    Long,
    /// It is a secret and not examined.
    Secret,
}

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkForm {
    /// To a record that Tether knows.
    Record(RecordKind),
    /// To another page of the portal's admin.
    Portal,
    /// To an email address.
    Mail,
    /// Anywhere else.
    Elsewhere,
}

/// What a boolean is drawn with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkForm {
    /// An icon that the profile knows.
    Icon,
    /// An element of another class.
    Unknown(Name),
}

/// The most classes of unknown marks that are reported.
const MARKS_MAX: usize = 6;

/// The form of a value. `values` are the texts that no reported class may contain.
pub(super) fn form(
    reading: &Reading<'_, '_>,
    cell: &Cell,
    is_secret: bool,
    values: &Values,
) -> Form {
    if is_secret {
        return Form {
            text: TextForm::Secret,
            links: Vec::new(),
            marks: Vec::new(),
        };
    }
    let mut links: Vec<LinkForm> = Vec::new();
    for href in reading.links(cell.at) {
        let link = link(reading, href);
        if !links.contains(&link) {
            links.push(link);
        }
    }
    let marks = if cell.text.text.is_empty() {
        marks(reading, cell, values)
    } else {
        Vec::new()
    };
    Form {
        text: text(reading, cell),
        links,
        marks,
    }
}

fn link(reading: &Reading<'_, '_>, href: &str) -> LinkForm {
    match linked(href, reading.host, reading.words) {
        Some(Place::Show { model, .. }) => LinkForm::Record(model),
        Some(_) => LinkForm::Portal,
        None if href
            .trim()
            .get(..7)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) =>
        {
            LinkForm::Mail
        }
        None => LinkForm::Elsewhere,
    }
}

fn text(reading: &Reading<'_, '_>, cell: &Cell) -> TextForm {
    let text = cell.text.text.as_str();
    let booleans = &reading.words.booleans;
    let is_of = |mark: &Mark| mark.texts.contains(&text.to_lowercase());
    if text.is_empty() {
        TextForm::None
    } else if cell.text.cut {
        TextForm::Long
    } else if is_of(&booleans.none) {
        TextForm::Nothing
    } else if is_of(&booleans.yes) || is_of(&booleans.no) {
        TextForm::Boolean
    } else if text.bytes().all(|b| b.is_ascii_digit()) {
        TextForm::Number(text.len())
    } else if is_email(text) {
        TextForm::Email
    } else if text.contains('@') {
        TextForm::WithEmail
    } else if day::printed(text).is_some() {
        TextForm::Day
    } else if let Some(shape) = shape(text) {
        TextForm::Digits(shape)
    } else {
        TextForm::Text {
            characters: text.chars().count(),
            words: text.split_whitespace().count(),
        }
    }
}

/// The shape of a text that may be a date in an unknown format: two to ten groups of at most four
/// digits, short words, and the separators of dates.
fn shape(text: &str) -> Option<String> {
    const MARKS: &str = " .,-/:+'()";
    let mut out = String::new();
    let (mut numbers, mut groups, mut digits) = (0, 0, 0);
    let mut before = ' ';
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits = if before.is_ascii_digit() {
                digits + 1
            } else {
                1
            };
            numbers += usize::from(digits == 1);
            out.push('#');
        } else if c.is_alphabetic() {
            if !before.is_alphabetic() {
                groups += 1;
                out.push_str("word");
            }
        } else if MARKS.contains(c) {
            out.push(c);
        } else {
            return None;
        }
        if digits > 4 {
            return None;
        }
        before = c;
    }
    (text.len() <= 60 && (2..=10).contains(&numbers) && groups <= 4).then_some(out)
}

fn marks(reading: &Reading<'_, '_>, cell: &Cell, values: &Values) -> Vec<MarkForm> {
    let booleans = &reading.words.booleans;
    let all = [&booleans.yes, &booleans.no, &booleans.none];
    let mut found: Vec<MarkForm> = Vec::new();
    let mut unknown: Vec<MarkForm> = Vec::new();
    for (_, element) in reading.flat.below(cell.at).take(20) {
        let is_icon = classes(element).any(|c| all.iter().any(|m| m.icons.iter().any(|i| i == c)));
        if is_icon {
            found.push(MarkForm::Icon);
        } else {
            unknown.extend(classes(element).map(|c| MarkForm::Unknown(Name::class(c, values))));
        }
    }
    // Beside a known mark, other classes are decoration.
    if found.is_empty() {
        found = unknown;
    }
    found.dedup();
    found.truncate(MARKS_MAX);
    found
}

impl fmt::Display for TextForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no text"),
            Self::Nothing => f.write_str("a sign for nothing"),
            Self::Boolean => f.write_str("boolean as text"),
            Self::Number(digits) => write!(f, "number of {digits} digits"),
            Self::Email => f.write_str("email"),
            Self::WithEmail => f.write_str("text with an email in it"),
            Self::Day => f.write_str("day"),
            Self::Digits(shape) => write!(f, "text of the shape `{shape}`"),
            Self::Text { characters, words } => {
                write!(
                    f,
                    "{characters} characters in {words} {}",
                    if *words == 1 { "word" } else { "words" }
                )
            }
            Self::Long => f.write_str("a long text"),
            Self::Secret => f.write_str("a secret, not looked at"),
        }
    }
}

impl fmt::Display for LinkForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(model) => write!(f, "a link to {}", model.a()),
            Self::Portal => f.write_str("a link to another page of the portal"),
            Self::Mail => f.write_str("an email link"),
            Self::Elsewhere => f.write_str("a link elsewhere"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text != TextForm::None || (self.marks.is_empty() && self.links.is_empty()) {
            write!(f, "{}", self.text)?;
        } else if self.marks.contains(&MarkForm::Icon) {
            f.write_str("boolean as icon")?;
        } else if !self.marks.is_empty() {
            f.write_str("marks without text:")?;
            for mark in &self.marks {
                match mark {
                    MarkForm::Unknown(Name::Told(class)) => write!(f, " `{class}`")?,
                    _ => f.write_str(" (a class)")?,
                }
            }
        } else {
            write!(f, "{}", self.text)?;
        }
        for link in &self.links {
            write!(f, ", {link}")?;
        }
        Ok(())
    }
}
