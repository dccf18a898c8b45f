//! Diagnoses a page: reports its structure, labels, classes, counts and forms, and none of its
//! values.

use std::cell::OnceCell;

use super::address::{Place, linked, place};
use super::fields;
use super::form::form;
use super::head::{self, Head};
use super::label::{self, Name};
use super::lists;
use super::page::Page;
use super::reader::{self, Watching};
use super::values::{Cell, Reading};
use super::witness::Witness;
use crate::html::{Element, Tree, classes, collapsed, has_class, is_unseen};
use crate::profile::portal::PortalWords;
use crate::record::{RecordKind, Shown};

pub use super::diagnosis::{
    By, Came, Diagnosis, Document, FieldFound, HeadSeen, Named, ReadAs, ResultSeen, Rows, Secrecy,
    Unread,
};

/// The most unread fields that are reported.
const UNREAD_MAX: usize = 80;

/// A label in the form that is compared.
pub fn plain_label(label: &str) -> String {
    fields::normal(&collapsed(label))
}

/// Diagnoses the document of a tab: the reader reads it, and what it finds is recorded.
pub fn diagnose(url: &str, html: &str, words: &PortalWords) -> Diagnosis {
    let witness = Witness::default();
    let whole = OnceCell::new();
    let note = |reading: &Reading<'_, '_>, head: Option<&Head<'_>>, place: &Place| {
        // This is called once, because a reading has one document.
        _ = whole.set(document(reading, &witness, head, place, html.len()));
    };
    let watching = Watching {
        fields: &witness,
        page: &note,
    };
    let page = reader::look(url, None, html, words, Some(&watching));
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
        document: whole.into_inner().map(|document| Document {
            fields: witness.fields(),
            ..document
        }),
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

/// Describes a page, whatever the reader took it for. The witness reports the fields that were
/// looked for.
fn document(
    reading: &Reading<'_, '_>,
    witness: &Witness,
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
        Place::Show { .. } => (unread_fields(reading, witness), None),
        Place::List { model } => {
            let (columns, rows) = list(reading, witness, *model);
            (columns, Some(rows))
        }
        _ => (Vec::new(), None),
    };
    Document {
        bytes,
        nodes: flat.len(),
        head: head_seen(reading, witness, head, place),
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

fn head_seen(
    reading: &Reading<'_, '_>,
    witness: &Witness,
    head: Option<&Head<'_>>,
    place: &Place,
) -> HeadSeen {
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
    // The kind that the reader used, if it recognized the page.
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
    let name = |class: &str| Name::class(class, witness.values(flat));
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

fn unread_fields(reading: &Reading<'_, '_>, witness: &Witness) -> Vec<Unread> {
    let values = witness.values(reading.flat);
    let mut unread: Vec<Unread> = Vec::new();
    let head_end = Head::of(reading).map_or(0, |head| head.end);
    for found in fields::of_page(reading.flat, head_end)
        .iter()
        .filter(|f| !witness.taken(f.key))
    {
        let secret = match fields::is_secret(found.key, &found.label, &reading.words.secrets) {
            true => Secrecy::Named,
            false if is_long_run(&found.cell) && !names_a_customer(reading, &found.cell) => {
                Secrecy::Looks
            }
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

/// Whether a value names a billing account or a contact by a link to its page. Such a name may
/// contain a long ID, and never a code or a key.
fn names_a_customer(reading: &Reading<'_, '_>, cell: &Cell) -> bool {
    let links = reading.links(cell.at);
    let is_customer = |href: &&str| {
        matches!(
            linked(href, reading.host, reading.words),
            Some(Place::Show {
                model: RecordKind::BillingAccount | RecordKind::Contact,
                ..
            })
        )
    };
    !links.is_empty() && links.iter().all(is_customer)
}

/// Whether a value is an unbroken run of letters and digits like a code or a key. URLs and
/// hyphenated names count, too.
fn is_long_run(cell: &Cell) -> bool {
    const SECRET_RUN: usize = 20;
    let text = &cell.text.text;
    !text.contains('@')
        && text
            .split(|c: char| !(c.is_ascii_alphanumeric() || "+/=_".contains(c)))
            .any(|run| run.len() >= SECRET_RUN)
}

fn list(reading: &Reading<'_, '_>, witness: &Witness, model: RecordKind) -> (Vec<Unread>, Rows) {
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
