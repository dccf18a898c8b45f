//! The result of a diagnosis: a page's structure, labels, classes, counts and forms, and none of
//! its values.

use serde::{Deserialize, Serialize};

use super::form::Form;
use super::label::Name;
use super::page::OtherPage;
use crate::record::RecordKind;

/// A page of the portal, as the reader understood it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The URL's path, without numbers, names and query.
    pub path: String,
    /// What the URL names.
    pub names: Named,
    /// What the reader took the page for.
    pub read_as: ReadAs,
    /// What the page shows; none if nobody looked.
    pub document: Option<Document>,
}

/// What a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    /// A record.
    Record(RecordKind),
    /// A list.
    List(RecordKind),
    /// Validate License.
    Validate,
    /// The sign-in page.
    SignIn,
    /// Another page of the admin.
    OtherAdmin,
    /// No page of the admin.
    Nothing,
}

/// What the reader took a page for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// A record.
    Record(RecordKind),
    /// A list.
    List(RecordKind),
    /// A result of Validate License, and whether its license ID can be read.
    Validation(Came),
    /// Validate License without a result.
    ValidateForm,
    /// The portal wants a sign-in.
    SignedOut,
    /// The portal failed, refused, or has no such record.
    Refused,
    /// A page that Tether does not read.
    Other(OtherPage),
}

/// The content of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its size, in bytes.
    pub bytes: usize,
    /// How many nodes it has.
    pub nodes: usize,
    /// Its head.
    pub head: HeadSeen,
    /// The field elements of rails_admin 3 (cards) and of 2 and 1 (pairs of a definition list).
    pub cards: usize,
    /// See `cards`.
    pub definitions: usize,
    /// Whether it is a copy that Turbo shows until the page arrives.
    pub preview: bool,
    /// Whether it contains a form of the sign-in page.
    pub sign_in: bool,
    /// How many alerts it shows; they are never read.
    pub alerts: usize,
    /// Every field that was looked for, in the order of looking.
    pub fields: Vec<FieldFound>,
    /// Labels and classes that no field reads.
    pub unread: Vec<Unread>,
    /// Rows, if it is a list.
    pub rows: Option<Rows>,
    /// Where a result of Validate License may be.
    pub result: Option<ResultSeen>,
}

/// What identifies the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadSeen {
    /// Headings `header[data-model]`, as rails_admin 3 draws them.
    pub headers: usize,
    /// Headings `.page-header[data-model]`, as rails_admin 2 and 1 draw them.
    pub page_headers: usize,
    /// The heading's model.
    pub model: Option<Name>,
    /// The record kind with that name.
    pub known: Option<RecordKind>,
    /// Active tabs in `ul.nav-tabs`.
    pub active_tabs: usize,
    /// The action of the active tab.
    pub action: Option<Name>,
    /// Whether the active Show tab leads to the record that the URL names; none without such a tab.
    pub same_record: Option<bool>,
}

/// How a field was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Nowhere.
    Nothing,
    /// By a class of the profile, without its `_field`.
    Class(String),
    /// By a label of the profile.
    Label(String),
}

/// The result of looking for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// A value.
    Value,
    /// It is there, and empty.
    Empty,
    /// It is not there.
    Missing,
    /// It is not a value of the expected kind.
    Unreadable,
    /// It is there several times with different values.
    Twice,
}

/// A field that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFound {
    /// Its name in the profile.
    pub name: String,
    /// How it was found.
    pub by: By,
    /// The class of the element that was read; empty if none was.
    pub taken: String,
    /// The form of its value: of the first one, or of one that could not be read.
    pub form: Option<Form>,
    /// The results, with their counts; more than one only in lists.
    pub came: Vec<(Came, usize)>,
}

impl FieldFound {
    /// How often this was the result.
    pub fn count(&self, came: Came) -> usize {
        self.came
            .iter()
            .find(|(one, _)| *one == came)
            .map_or(0, |(_, count)| *count)
    }

    /// Whether it was not found anywhere on the page.
    pub fn is_missing(&self) -> bool {
        self.by == By::Nothing
    }
}

/// A field on the page that Tether does not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its label.
    pub label: Name,
    /// Its class, without `_field`.
    pub class: Name,
    /// Whether its text is a secret.
    pub secret: Secrecy,
    /// The form of its value; none in lists.
    pub form: Option<Form>,
}

/// Whether a field's text is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Nothing says so.
    None,
    /// The profile says so: its text never leaves the reader.
    Named,
    /// It is an unbroken run like a code or a key.
    Looks,
}

/// The rows of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Rows that are marked as this model's.
    pub rows: usize,
    /// Whether every row's number can be read.
    pub told: bool,
    /// Whether the page says how many there are on all pages.
    pub total: bool,
}

/// Where a result of Validate License may be, below the heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultSeen {
    /// Preformatted texts.
    pub preformatted: usize,
    /// Tables and definition lists.
    pub tables: usize,
    /// Text areas.
    pub areas: usize,
    /// Whether the word `restrictions` occurs outside of text areas.
    pub restrictions: bool,
}
