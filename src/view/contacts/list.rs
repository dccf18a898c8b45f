//! What the lists of those to add and those to remove share.

use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, html};

use crate::app::Model;

/// What is said about one of these fields, where its control may be folded away.
pub(super) fn said(model: &Model, fields: &[&str], id: &str) -> Markup {
    let said = model
        .said
        .as_ref()
        .filter(|s| s.field.as_deref().is_some_and(|f| fields.contains(&f)));
    html! {
        @match said {
            Some(said) if said.error => p.error id=(id) role="alert" { bdi { (said.text) } },
            Some(said) => p.said role="status" { bdi { (said.text) } },
            None => {}
        }
    }
}

/// An id that stays with an address or a user while the list around it changes.
pub(super) fn id_of(what: &str, of: impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    format!("{what}-{:016x}", hasher.finish())
}

/// A list of which no more than the first lines are in sight.
pub(super) fn list(label: &str, lines: &[Markup], in_sight: usize, rest: &str) -> Markup {
    let (first, more) = lines.split_at_checked(in_sight).unwrap_or((lines, &[]));
    html! {
        @if !first.is_empty() { ul.contacts aria-label=(label) { @for line in first { (line) } } }
        @if !more.is_empty() {
            // How many it holds may change, and it stays as it was.
            details.more id={ "more-" (label.to_lowercase().replace(' ', "-")) } {
                summary { (more.len()) " " (rest) }
                ul.contacts aria-label={ (label) ", continued" } { @for line in more { (line) } }
            }
        }
    }
}
