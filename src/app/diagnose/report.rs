//! Words a diagnosis, for the panel and as Markdown for an issue. Labels, classes and keys are in
//! backticks.

use super::lines::{Line, Mark, Part, code, counted, line, part};
use super::zendesk_report;
use crate::app::model::Model;
use crate::app::model::diagnosis::{Diagnosing, Found, Progress};
use crate::app::world::World;
use crate::portal::OtherPage;
use crate::portal::diagnose::{
    By, Came, Diagnosis, Document, FieldFound, Named, ReadAs, ResultSeen, Rows, Secrecy, Unread,
};
use crate::portal::label::Name;
use crate::profile::portal::Field;
use crate::profile::portal::PortalWords;
use crate::record::RecordKind;

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was diagnosed, and the versions of Tether and the browser.
    pub title: String,
    /// The result in one sentence.
    pub summary: String,
    /// The details.
    pub parts: Vec<Part>,
}

impl Report {
    /// The report as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = format!("### {}\n\n{}\n", self.title, self.summary);
        for part in &self.parts {
            out.push_str(&format!("\n**{}**\n\n", part.title));
            for line in &part.lines {
                let mark = match line.mark {
                    Mark::Good => "✓ ",
                    Mark::Bad => "✗ ",
                    Mark::Plain => "",
                };
                out.push_str(&format!("- {mark}{}\n", line.text));
            }
        }
        out
    }
}

/// The report of the finished diagnosis.
pub fn of(model: &Model, world: World<'_>) -> Option<Report> {
    let Diagnosing {
        now: Progress::Done { found, .. },
        ..
    } = &model.diagnosing
    else {
        return None;
    };
    let (what, summary, mut parts) = match &**found {
        Found::Portal(page) => ("a page of the Customers portal", portal_summary(page), portal_parts(page, &world.profile.portal)),
        Found::Zendesk { host, page } => {
            ("a page of Zendesk", zendesk_report::summary(model, host, page), zendesk_report::parts(model, host, page, world))
        }
        Found::Refused => (
            "a Zendesk on which Tether refuses to act",
            "Tether puts nothing into a page of this Zendesk and reads nothing of it.".to_owned(),
            Vec::new(),
        ),
        Found::Elsewhere => (
            "another page",
            "This is no page of the Customers portal’s admin or of Zendesk, or the browser does not tell Tether which page it is."
                .to_owned(),
            Vec::new(),
        ),
    };
    parts.extend(part("Access", access(model, world)));
    let browser = if model.browser.is_empty() {
        "a browser"
    } else {
        model.browser.as_str()
    };
    Some(Report {
        title: format!("Tether {} in {browser}: {what}", env!("CARGO_PKG_VERSION")),
        summary,
        parts,
    })
}

fn access(model: &Model, world: World<'_>) -> Vec<Line> {
    let hosts = world
        .profile
        .portal
        .hosts
        .iter()
        .chain(&world.profile.zendesk.hosts);
    hosts
        .map(|host| match model.has_access(host) {
            true => line(Mark::Good, format!("{}: access is granted", code(host))),
            false => line(Mark::Bad, format!("{}: access is not granted", code(host))),
        })
        .collect()
}

/// The fields that the page should have but does not show. A contact's name may be in two fields
/// instead of one.
pub(in crate::app) fn missing(document: &Document) -> Vec<&FieldFound> {
    let found = |name: &str| {
        document
            .fields
            .iter()
            .any(|f| f.name == name && !f.is_missing())
    };
    let elsewhere = |field: &&FieldFound| match field.name.as_str() {
        "name" => found("first_name") || found("last_name"),
        _ => false,
    };
    let fields = document
        .fields
        .iter()
        .filter(|f| f.is_missing() && !elsewhere(f));
    let whole = fields.clone().any(|f| f.name == "name");
    // Each name is asked about once.
    fields
        .filter(|f| !(whole && matches!(f.name.as_str(), "first_name" | "last_name")))
        .collect()
}

fn portal_summary(page: &Diagnosis) -> String {
    match (page.read_as, &page.document) {
        (ReadAs::Record(model), Some(document)) => {
            let missing = missing(document).len();
            let found = document.fields.iter().filter(|f| !f.is_missing()).count();
            let unreadable = document
                .fields
                .iter()
                .filter(|f| f.count(Came::Unreadable) + f.count(Came::Twice) > 0)
                .count();
            let mut said = format!(
                "Tether reads this page as {}. {} found",
                model.a(),
                counted(found, "field is", "fields are")
            );
            if unreadable > 0 {
                said.push_str(&format!(" ({unreadable} of them not readable)"));
            }
            said.push_str(&if missing == 0 {
                ", none is missing.".to_owned()
            } else {
                format!(", {missing} missing.")
            });
            said
        }
        (ReadAs::List(model), Some(document)) => {
            let rows = document.rows.as_ref().map_or(0, |r| r.rows);
            format!(
                "Tether reads this page as a list, each row {}: {}.",
                model.a(),
                counted(rows, "row", "rows")
            )
        }
        (ReadAs::Validation(Came::Value), _) => {
            "Tether reads this page as a result of Validate License, and its license can be told."
                .to_owned()
        }
        (ReadAs::Validation(_), _) => {
            "Tether sees a result of Validate License, and cannot tell its license.".to_owned()
        }
        (ReadAs::ValidateForm, _) => "Tether sees Validate License without a result.".to_owned(),
        (ReadAs::SignedOut, _) => {
            "The portal wants a sign-in. Sign in, then diagnose again.".to_owned()
        }
        (ReadAs::Refused, _) => {
            "The portal says that it failed, or that there is no such record.".to_owned()
        }
        (ReadAs::Other(why), _) => format!("Tether does not read this page: {}.", other(why)),
        (ReadAs::Record(_) | ReadAs::List(_), None) => {
            "Tether did not look at this page.".to_owned()
        }
    }
}

fn other(why: OtherPage) -> &'static str {
    match why {
        OtherPage::EditOrHistory => "it is not a record’s Show tab",
        OtherPage::Dashboard => "it is the admin’s front page",
        OtherPage::OtherModel => "it is of another model",
        OtherPage::OtherList => "lists of this model are not read",
        OtherPage::Stale => "its heading or its active tab names another page than its address",
        OtherPage::ListAtRecordAddress => {
            "it shows a list at the address of a record: there may be no such record"
        }
        OtherPage::Preview => "it is a copy that the portal shows until the page arrives",
        OtherPage::NotAPortalAddress => "its address is not of the portal’s admin",
        OtherPage::NoSuchPage => "the portal has no such page",
        OtherPage::TooLarge => "it is larger than any page of the portal",
        OtherPage::TooComplex => "it has more tags than any page of the portal",
        OtherPage::Unrecognized => "it has none of the known forms",
    }
}

fn portal_parts(page: &Diagnosis, words: &PortalWords) -> Vec<Part> {
    let mut parts: Vec<Option<Part>> = vec![part("Page", head(page))];
    if let Some(document) = &page.document {
        let model = match (page.read_as, page.names) {
            (ReadAs::Record(model) | ReadAs::List(model), _)
            | (_, Named::Record(model) | Named::List(model)) => Some(model),
            _ => None,
        };
        let fields = document
            .fields
            .iter()
            .map(|field| line_of(field, model, words))
            .collect();
        parts.push(part(
            model.map_or("Fields".to_owned(), |m| format!("Fields of {}", m.a())),
            fields,
        ));
        parts.push(part("List", document.rows.iter().flat_map(rows).collect()));
        parts.push(part(
            "Result",
            document
                .result
                .iter()
                .flat_map(|r| result(r, page.read_as))
                .collect(),
        ));
        parts.push(part(
            "On the page, and read by nobody",
            document.unread.iter().map(unread).collect(),
        ));
    }
    parts.into_iter().flatten().collect()
}

/// A name from the page, as far as the report may show it.
fn told(name: &Name) -> String {
    match name {
        Name::Told(name) => code(name),
        Name::Empty => "(none)".to_owned(),
        Name::Long => "(too long to be shown)".to_owned(),
        Name::Odd => "(with odd characters, not shown)".to_owned(),
        Name::Value => "(may hold a value, not shown)".to_owned(),
    }
}

fn head(page: &Diagnosis) -> Vec<Line> {
    let names = match page.names {
        Named::Record(model) => format!("names {}", model.a()),
        Named::List(model) => format!("names a list, each row {}", model.a()),
        Named::Validate => "names Validate License".to_owned(),
        Named::SignIn => "names the sign-in page".to_owned(),
        Named::OtherAdmin => "names no page that is read".to_owned(),
        Named::Nothing => "is not of the portal’s admin".to_owned(),
    };
    let mut lines = vec![line(
        Mark::Plain,
        format!("Address: {} {names}", code(&page.path)),
    )];
    if let ReadAs::Other(why) = page.read_as {
        lines.push(line(Mark::Bad, format!("Not read: {}", other(why))));
    }
    let Some(document) = &page.document else {
        return lines;
    };
    let head = &document.head;
    lines.push(line(
        if head.known.is_some() { Mark::Good } else { Mark::Bad },
        format!(
            "Heading: {} of `header[data-model]` (rails_admin 3), {} of `.page-header[data-model]` (2 and 1); model {}, {}",
            head.headers,
            head.page_headers,
            head.model.as_ref().map_or("(none)".to_owned(), told),
            head.known.map_or("which is none of the profile’s".to_owned(), |m| format!("which is {}", m.a())),
        ),
    ));
    let action = head.action.as_ref().map_or("(none)".to_owned(), told);
    lines.push(line(
        if head.active_tabs == 1 {
            Mark::Good
        } else {
            Mark::Bad
        },
        format!("Active tabs: {}, the first is {action}", head.active_tabs),
    ));
    match head.same_record {
        Some(true) => lines.push(line(
            Mark::Good,
            "The Show tab leads to the record that the address names",
        )),
        Some(false) => lines.push(line(
            Mark::Bad,
            "The Show tab leads to another record than the address names",
        )),
        None => {}
    }
    lines.push(line(
        Mark::Plain,
        format!("Size: {} bytes, {} nodes", document.bytes, document.nodes),
    ));
    if matches!(page.names, Named::Record(_)) {
        let text = format!(
            "Fields drawn as cards (rails_admin 3): {}; as definitions (2 and 1): {}",
            document.cards, document.definitions
        );
        lines.push(line(
            if document.cards + document.definitions == 0 {
                Mark::Bad
            } else {
                Mark::Good
            },
            text,
        ));
    }
    if document.preview {
        lines.push(line(
            Mark::Bad,
            "It is a copy that Turbo shows until the page arrives",
        ));
    }
    if document.sign_in {
        lines.push(line(Mark::Bad, "It shows a sign-in form"));
    }
    if document.alerts > 0 {
        lines.push(line(
            Mark::Plain,
            format!(
                "Alerts: {} (never read: the portal shows them again on the next page)",
                document.alerts
            ),
        ));
    }
    lines
}

fn spec<'w>(words: &'w PortalWords, model: Option<RecordKind>, name: &str) -> Option<&'w Field> {
    words
        .fields
        .of(model?)
        .into_iter()
        .find(|(one, _)| *one == name)
        .map(|(_, spec)| spec)
}

fn line_of(field: &FieldFound, model: Option<RecordKind>, words: &PortalWords) -> Line {
    let name = code(&field.name);
    let by = match &field.by {
        By::Nothing => {
            let list = |all: &[String], end: &str| {
                all.iter()
                    .map(|one| code(&format!("{one}{end}")))
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let sought = spec(words, model, &field.name)
                .map(|s| {
                    format!(
                        "no class {}, no label {}",
                        list(&s.keys, "_field"),
                        list(&s.labels, "")
                    )
                })
                .unwrap_or_default();
            return line(
                Mark::Bad,
                format!("{name}: not on the page ({sought}); rails_admin leaves empty fields out"),
            );
        }
        By::Class(class) => format!("found by class {}", code(&format!("{class}_field"))),
        By::Label(label) => format!("found by label {}", code(label)),
    };
    let said = |came: Came| match came {
        Came::Value => "read",
        Came::Empty => "empty",
        Came::Missing => "missing",
        Came::Unreadable => "not readable",
        Came::Twice => "shown twice and differently",
    };
    let total: usize = field.came.iter().map(|(_, count)| count).sum();
    let came: Vec<String> = field
        .came
        .iter()
        .map(|(came, count)| {
            if total == 1 {
                said(*came).to_owned()
            } else {
                format!("{} in {count} of {total}", said(*came))
            }
        })
        .collect();
    let form = field
        .form
        .as_ref()
        .map_or(String::new(), |form| format!(" ({form})"));
    let bad =
        field.count(Came::Unreadable) + field.count(Came::Twice) + field.count(Came::Missing) > 0;
    line(
        if bad { Mark::Bad } else { Mark::Good },
        format!("{name}: {by}, {}{form}", came.join(", ")),
    )
}

fn rows(rows: &Rows) -> Vec<Line> {
    let told = if rows.told {
        "each row’s number can be told"
    } else {
        "a row’s number cannot be told, or there is no list"
    };
    vec![
        line(
            if rows.told { Mark::Good } else { Mark::Bad },
            format!("{}; {told}", counted(rows.rows, "row", "rows")),
        ),
        line(
            Mark::Plain,
            if rows.total {
                "The page says how many there are in all"
            } else {
                "The page does not say how many there are in all"
            },
        ),
    ]
}

fn result(seen: &ResultSeen, read_as: ReadAs) -> Vec<Line> {
    let came = match read_as {
        ReadAs::Validation(Came::Value) => {
            line(Mark::Good, "The license’s id within `restrictions`: read")
        }
        ReadAs::Validation(Came::Missing) => {
            line(Mark::Bad, "The license’s id within `restrictions`: none")
        }
        ReadAs::Validation(_) => line(
            Mark::Bad,
            "The license’s id within `restrictions`: not readable, or several that differ",
        ),
        _ => line(Mark::Plain, "No result"),
    };
    vec![
        came,
        line(
            Mark::Plain,
            format!(
                "Below the heading: {}, {}, {}; the word `restrictions` {}",
                counted(seen.preformatted, "preformatted text", "preformatted texts"),
                counted(seen.tables, "table", "tables"),
                counted(seen.areas, "text area", "text areas"),
                if seen.restrictions {
                    "is there"
                } else {
                    "isn’t there"
                }
            ),
        ),
    ]
}

fn unread(one: &Unread) -> Line {
    let secret = match one.secret {
        Secrecy::None => "",
        Secrecy::Named => ", a secret",
        Secrecy::Looks => ", looks like a code or a key",
    };
    let class = match &one.class {
        Name::Told(class) => code(&format!("{class}_field")),
        other => told(other),
    };
    let form = match (&one.form, one.secret) {
        (Some(form), Secrecy::None) => format!(" ({form})"),
        _ => String::new(),
    };
    line(
        Mark::Plain,
        format!("{} with class {class}{form}{secret}", told(&one.label)),
    )
}
