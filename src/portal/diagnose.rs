//! What the reader finds and misses on a page: its structure, labels, classes, counts and forms, and no value of it.

use serde::{Deserialize, Serialize};

use super::address::{Place, place};
use super::fields;
use super::form::{Form, form};
use super::head::{self, Head};
use super::label::{self, Name};
use super::lists;
use super::page::{self, OtherPage, Page};
use super::values::{Cell, Reading};
use super::witness::Witness;
use crate::html::{Element, Tree, classes, collapsed, has_class, is_unseen};
use crate::profile::portal::PortalWords;
use crate::record::{RecordKind, Shown};

/// A page of the portal, as the reader took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The address's path, without numbers, names and query.
    pub path: String,
    /// What the address names.
    pub names: Named,
    /// What the reader took the page for.
    pub read_as: ReadAs,
    /// What stands on it; none where it was not looked at.
    pub document: Option<Document>,
}

/// What an address names.
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
    /// A result of Validate License, and whether its license can be told.
    Validation(Came),
    /// Validate License without a result.
    ValidateForm,
    /// The portal wants a sign-in.
    SignedOut,
    /// The portal failed, refused, or has no such record.
    Refused,
    /// It is not read.
    Other(OtherPage),
}

/// What stands on a page.
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
    /// Whether a form of the sign-in page stands on it.
    pub sign_in: bool,
    /// How many alerts it shows; they are never read.
    pub alerts: usize,
    /// Every field that was looked for, in the order of looking.
    pub fields: Vec<FieldFound>,
    /// Labels and classes that nobody reads.
    pub unread: Vec<Unread>,
    /// Rows, where it is a list.
    pub rows: Option<Rows>,
    /// Where a result of Validate License may stand.
    pub result: Option<ResultSeen>,
}

/// By what the page is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadSeen {
    /// Headings `header[data-model]`, as rails_admin 3 draws them.
    pub headers: usize,
    /// Headings `.page-header[data-model]`, as rails_admin 2 and 1 draw them.
    pub page_headers: usize,
    /// The heading's model.
    pub model: Option<Name>,
    /// Which of the known ones that is.
    pub known: Option<RecordKind>,
    /// Active tabs in `ul.nav-tabs`.
    pub active_tabs: usize,
    /// The action of the active tab.
    pub action: Option<Name>,
    /// Whether the active Show tab leads to the record that the address names; none without such a tab.
    pub same_record: Option<bool>,
}

/// Where a field was found.
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

/// What came of looking for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// A value.
    Value,
    /// It is there, and empty.
    Empty,
    /// It is not there.
    Missing,
    /// It is no value of its kind.
    Unreadable,
    /// It is there several times, and differently.
    Twice,
}

/// A field that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldFound {
    /// Its name in the profile.
    pub name: String,
    /// By what it was found.
    pub by: By,
    /// The class of what was taken; empty where nothing was.
    pub taken: String,
    /// The form of its value: of the first, or of one that could not be read.
    pub form: Option<Form>,
    /// What came of it, and how often (once, but for lists).
    pub came: Vec<(Came, usize)>,
}

impl FieldFound {
    /// How often this came of it.
    pub fn count(&self, came: Came) -> usize {
        self.came
            .iter()
            .find(|(one, _)| *one == came)
            .map_or(0, |(_, count)| *count)
    }

    /// Whether it was found nowhere on the page.
    pub fn is_missing(&self) -> bool {
        self.by == By::Nothing
    }
}

/// A field of the page that nobody reads.
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
    /// The profile says so: it never leaves the reader.
    Named,
    /// It runs on without a blank as codes and keys do.
    Looks,
}

/// The rows of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Rows that are marked as this model's.
    pub rows: usize,
    /// Whether every row's number can be told.
    pub told: bool,
    /// Whether the page says how many there are on all pages.
    pub total: bool,
}

/// Where a result of Validate License may stand, below the heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultSeen {
    /// Preformatted texts.
    pub preformatted: usize,
    /// Tables and definition lists.
    pub tables: usize,
    /// Text areas.
    pub areas: usize,
    /// Whether the word `restrictions` stands anywhere but in a text area.
    pub restrictions: bool,
}

/// Most fields that are told of those that nobody reads.
const UNREAD_MAX: usize = 80;

/// A label as labels are compared.
pub fn plain_label(label: &str) -> String {
    fields::normal(&collapsed(label))
}

/// Diagnoses the document of a tab: the reader reads it, and what it meets is noted.
pub fn diagnose(url: &str, html: &str, words: &PortalWords) -> Diagnosis {
    let witness = Witness::default();
    let page = page::look(url, None, html, words, Some(&witness));
    let names = match place(url, words) {
        Some(Place::Show { model, .. }) => Named::Record(model),
        Some(Place::List { model }) => Named::List(model),
        Some(Place::Validate) => Named::Validate,
        Some(Place::SignIn) => Named::SignIn,
        Some(Place::OtherAdmin) => Named::OtherAdmin,
        None => Named::Nothing,
    };
    Diagnosis {
        path: label::path(url, words),
        names,
        read_as: read_as(&page),
        document: witness.notes(),
    }
}

fn read_as(page: &Page) -> ReadAs {
    match page {
        Page::License(_) => ReadAs::Record(RecordKind::License),
        Page::CloudActivation(_) => ReadAs::Record(RecordKind::CloudActivation),
        Page::Order(_) => ReadAs::Record(RecordKind::Order),
        Page::BillingAccount(_) => ReadAs::Record(RecordKind::BillingAccount),
        Page::Contact(_) => ReadAs::Record(RecordKind::Contact),
        Page::OrderList(_) => ReadAs::List(RecordKind::Order),
        Page::CloudActivationList(_) => ReadAs::List(RecordKind::CloudActivation),
        Page::LicenseList(_) => ReadAs::List(RecordKind::License),
        Page::Validation(validation) => ReadAs::Validation(match validation.license_id {
            Shown::Value(_) => Came::Value,
            Shown::Absent => Came::Missing,
            Shown::Unreadable(_) => Came::Unreadable,
        }),
        Page::ValidateForm => ReadAs::ValidateForm,
        Page::SignedOut => ReadAs::SignedOut,
        Page::NotFound { .. } | Page::NotAllowed | Page::Blocked | Page::ServerError => {
            ReadAs::Refused
        }
        Page::Other(why) => ReadAs::Other(*why),
    }
}

/// What stands on a page, whatever the reader took it for. The fields that were looked for are the witness's to tell.
pub(super) fn document(
    reading: &Reading<'_, '_>,
    head: Option<&Head<'_>>,
    place: &Place,
    bytes: usize,
) -> Document {
    let flat = reading.flat;
    let count = |is: &dyn Fn(&Element) -> bool| {
        (0..flat.len())
            .filter_map(|i| flat.element(i))
            .filter(|e| is(e))
            .count()
    };
    let is_field = |e: &Element| classes(e).any(|c| c.ends_with("_field"));
    let (unread, rows) = match place {
        Place::Show { .. } => (unread_fields(reading), None),
        Place::List { model } => {
            let (columns, rows) = list(reading, *model);
            (columns, Some(rows))
        }
        _ => (Vec::new(), None),
    };
    Document {
        bytes,
        nodes: flat.len(),
        head: head_seen(reading, head, place),
        cards: count(&|e| has_class(e, "list-group-item") && is_field(e)),
        definitions: count(&|e| is_field(e) && (e.name() == "dt" || has_class(e, "label"))),
        preview: head::is_preview(flat),
        sign_in: head::leads_to_sign_in(reading, false),
        alerts: count(&|e| has_class(e, "alert")),
        fields: Vec::new(),
        unread,
        rows,
        result: (*place == Place::Validate).then(|| result(flat, head.map_or(0, |h| h.end))),
    }
}

fn head_seen(reading: &Reading<'_, '_>, head: Option<&Head<'_>>, place: &Place) -> HeadSeen {
    let flat = reading.flat;
    let (mut headers, mut page_headers) = (0, 0);
    let mut model = None;
    let mut tabs = Vec::new();
    for i in 0..flat.len() {
        let Some(element) = flat.element(i) else {
            continue;
        };
        let own = element.attr("data-model");
        if own.is_some() && has_class(element, "page-header") {
            page_headers += 1;
            model = model.or(own);
        } else if own.is_some() && element.name() == "header" {
            headers += 1;
            model = model.or(own);
        }
        if element.name() == "ul" && has_class(element, "nav-tabs") {
            tabs.extend(head::active_tabs(reading, i));
        }
    }
    // What the reader went by, where it found its way.
    let model = head.map(|h| h.model).filter(|m| !m.is_empty()).or(model);
    let (action, shown) = match head {
        Some(head) => (head.action, head.shown),
        None => tabs
            .first()
            .map_or((None, None), |(action, shown)| (Some(*action), *shown)),
    };
    let same_record = match (shown, place) {
        (Some(shown), Place::Show { model, id }) => Some(shown == (*model, *id)),
        _ => None,
    };
    let name = |class: &str| name_of(reading, class);
    HeadSeen {
        headers,
        page_headers,
        model: model.map(name),
        known: model.and_then(|m| reading.words.models.named(m)),
        active_tabs: tabs.len(),
        action: action.map(name),
        same_record,
    }
}

fn name_of(reading: &Reading<'_, '_>, class: &str) -> Name {
    reading.witness.map_or(Name::Empty, |witness| {
        Name::class(class, witness.values(reading.flat))
    })
}

fn unread_fields(reading: &Reading<'_, '_>) -> Vec<Unread> {
    let Some(witness) = reading.witness else {
        return Vec::new();
    };
    let values = witness.values(reading.flat);
    let mut unread: Vec<Unread> = Vec::new();
    for found in fields::of_page(reading.flat)
        .iter()
        .filter(|f| !witness.taken(f.key))
    {
        let secret = match fields::is_secret(found.key, &found.label, &reading.words.secrets) {
            true => Secrecy::Named,
            false if is_long_run(&found.cell) => Secrecy::Looks,
            false => Secrecy::None,
        };
        let one = Unread {
            label: Name::label(&found.title, values),
            class: Name::class(found.key, values),
            secret,
            form: Some(form(reading, &found.cell, secret != Secrecy::None, values)),
        };
        if unread.len() < UNREAD_MAX && !unread.contains(&one) {
            unread.push(one);
        }
    }
    unread
}

/// Letters and digits that run on as those of codes and keys do; those of an address do, too, and of names with hyphens.
fn is_long_run(cell: &Cell) -> bool {
    const SECRET_RUN: usize = 20;
    let text = &cell.text.text;
    !text.contains('@')
        && text
            .split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_".contains(c)))
            .any(|run| run.len() >= SECRET_RUN)
}

fn list(reading: &Reading<'_, '_>, model: RecordKind) -> (Vec<Unread>, Rows) {
    let flat = reading.flat;
    let row_classes: Vec<String> = reading
        .words
        .models
        .names(model)
        .iter()
        .map(|n| format!("{n}_row"))
        .collect();
    let is_row = |i: usize| {
        flat.element(i).is_some_and(|e| {
            e.name() == "tr" && classes(e).any(|c| row_classes.iter().any(|r| r == c))
        })
    };
    let read = lists::of_page(reading, model);
    let rows = Rows {
        rows: (0..flat.len()).filter(|i| is_row(*i)).count(),
        told: read.is_some(),
        total: read.as_ref().is_some_and(|r| r.total.is_some()),
    };
    let Some(witness) = reading.witness else {
        return (Vec::new(), rows);
    };
    let values = witness.values(flat);
    let headers = read.map(|r| r.headers).unwrap_or_default();
    let unread = headers
        .iter()
        .filter(|(key, _)| !witness.taken(key))
        .take(UNREAD_MAX);
    let unread = unread.map(|(key, title)| Unread {
        label: Name::label(title, values),
        class: Name::class(key, values),
        secret: if fields::is_secret(key, &fields::normal(title), &reading.words.secrets) {
            Secrecy::Named
        } else {
            Secrecy::None
        },
        form: None,
    });
    (unread.collect(), rows)
}

fn result(flat: &Tree<'_>, after: usize) -> ResultSeen {
    let mut seen = ResultSeen {
        preformatted: 0,
        tables: 0,
        areas: 0,
        restrictions: false,
    };
    let mut i = after;
    while i < flat.len() {
        let Some(element) = flat.element(i) else {
            seen.restrictions |= flat
                .text_node(i)
                .is_some_and(|t| t.to_ascii_lowercase().contains("restrictions"));
            i += 1;
            continue;
        };
        let name = element.name();
        seen.areas += usize::from(name == "textarea");
        if is_unseen(name) {
            i = flat.end(i);
            continue;
        }
        seen.preformatted += usize::from(matches!(name, "pre" | "code" | "samp"));
        seen.tables += usize::from(matches!(name, "table" | "dl"));
        i += 1;
    }
    seen
}
