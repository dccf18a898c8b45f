//! What would be harmful in the panel, in the note or in a page job.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use scraper::{Html, Node};
use tether::app::effect::Job;
use tether::app::note_of;

use crate::fault_matrix::bench::Bench;

/// Elements that run, load or draw something.
const ELEMENTS: [&str; 14] = [
    "img", "script", "iframe", "object", "embed", "svg", "math", "style", "base", "link", "meta",
    "video", "audio", "frame",
];

/// Where a link of the panel may lead to.
const LEADS: [&str; 2] = [
    "https://customers.gitlab.com/admin",
    "https://gitlab.zendesk.com/agent/",
];

/// Marks that hide text or turn its direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Nothing in a piece of HTML runs, loads, hides or leads elsewhere.
pub fn harmless_view(html: &str) -> Result<(), String> {
    thread_local! {
        /// The hashes of views that were harmless: most come again and again, and parsing one takes long.
        static HARMLESS: RefCell<HashSet<u64>> = RefCell::default();
    }
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    let hash = hasher.finish();
    if !HARMLESS.with_borrow(|known| known.contains(&hash)) {
        inspect(html, &LEADS)?;
        HARMLESS.with_borrow_mut(|known| known.insert(hash));
    }
    Ok(())
}

fn inspect(html: &str, leads: &[&str]) -> Result<(), String> {
    for node in Html::parse_fragment(html).tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                if ELEMENTS.contains(&name) {
                    return Err(format!("an element {name}"));
                }
                for (key, value) in element.attrs() {
                    if key.starts_with("on")
                        || [
                            "style",
                            "src",
                            "srcdoc",
                            "action",
                            "formaction",
                            "background",
                        ]
                        .contains(&key)
                    {
                        return Err(format!("an attribute {key} of {name}"));
                    }
                    if key == "href" && !leads.iter().any(|lead| value.starts_with(lead)) {
                        return Err(format!("a link to {value}"));
                    }
                    if key == "data-command"
                        && !value.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                    {
                        return Err(format!("a command {value}"));
                    }
                }
            }
            Node::Text(text) if text.chars().any(is_invisible) => {
                return Err(format!("what hides in {:?}", &**text));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The beginnings of the lines that a note may have; a line of the first kind holds an address, or says that there is none.
const ADDRESSES: [&str; 5] = [
    "License",
    "Cloud activation",
    "Order",
    "Billing account",
    "Organization",
];
const TEXTS: [&str; 8] = [
    "Sold-to",
    "Salesforce ID",
    "Namespace",
    "Failed validation",
    "Decision",
    "Auto-association",
    "Added",
    "Removed",
];

/// A note of so many lines has those lines, each of a kind that there is, and no address but those of the two sites.
pub fn harmless_note(plain: &str, count: usize) -> Result<(), String> {
    let lines: Vec<&str> = plain
        .split([
            '\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{B}', '\u{C}',
        ])
        .collect();
    if lines.len() != count {
        return Err(format!("{} lines for {count}: {plain:?}", lines.len()));
    }
    let mut once = BTreeSet::new();
    for line in lines {
        let (label, value) = line
            .strip_prefix("- ")
            .and_then(|l| l.split_once(": "))
            .ok_or_else(|| format!("no line of a note: {line:?}"))?;
        if ADDRESSES.contains(&label) {
            if !once.insert(label) {
                return Err(format!("two lines {label}"));
            }
            let is_ours = LEADS.iter().any(|lead| value.starts_with(lead))
                && !value.contains([' ', '<', '"']);
            if value != "not found" && !is_ours {
                return Err(format!("the line {line:?}"));
            }
        } else if !TEXTS.contains(&label) {
            return Err(format!("a line of no kind: {line:?}"));
        }
        if value.chars().any(is_invisible) {
            return Err(format!("what hides in {line:?}"));
        }
    }
    Ok(())
}

/// Checks that the current panel and note hold nothing harmful.
pub fn harmless(bench: &Bench) -> Result<(), String> {
    harmless_view(&bench.view()).map_err(|why| format!("{why} in the panel"))?;
    for case in bench.office.browser.model.cases() {
        let note = note_of(case, bench.office.browser.world());
        harmless_note(&note.plain(), note.lines.len())
            .map_err(|why| format!("{why} in the note"))?;
        inspect(&note.html(), &LEADS).map_err(|why| format!("{why} in the note's HTML"))?;
    }
    Ok(())
}

/// What page jobs write and read is harmless.
pub fn harmless_orders(orders: &[Job]) -> Result<(), String> {
    for order in orders {
        match order {
            Job::WriteNote { html, lines, .. } => {
                inspect(html, &LEADS).map_err(|why| format!("{why} in a note's order"))?;
                if html.matches("<li>").count() != lines.len() {
                    return Err(format!("{} lines for {html}", lines.len()));
                }
            }
            Job::WriteReply { html, .. } => inspect(html, &["https://", "mailto:"])
                .map_err(|why| format!("{why} in a reply's order"))?,
            Job::Request {
                method, path, body, ..
            } => {
                let is_known = ["/api/v2/tickets/", "/api/v2/users"]
                    .iter()
                    .any(|begin| path.starts_with(begin));
                if !is_known
                    || path.contains(['<', ' ', '\n', '"', '\\'])
                    || path.contains("..")
                    || !["PUT", "POST"].contains(&method.as_str())
                {
                    return Err(format!("an order to {method} {path}"));
                }
                if let Some(html) = body
                    .pointer("/ticket/comment/html_body")
                    .and_then(serde_json::Value::as_str)
                {
                    inspect(html, &LEADS).map_err(|why| format!("{why} in a comment's order"))?;
                }
            }
            // An organization's name is compared letter for letter and typed as text; a key goes into a text area.
            _ => {}
        }
    }
    Ok(())
}
