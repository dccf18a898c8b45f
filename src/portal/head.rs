//! What a page says about itself: its heading, its active tab, whether it is a copy, and whether it
//! leads to the sign-in page.

use super::address::{Place, linked};
use super::values::Reading;
use crate::html::{Element, Tree, classes, has_class, is_unseen};
use crate::record::RecordKind;

/// What a page says about itself above its content.
pub(super) struct Head<'h> {
    /// Its model's name, empty on the dashboard.
    pub model: &'h str,
    /// The index after the header.
    pub end: usize,
    /// The action of its active tab.
    pub action: Option<&'h str>,
    /// The record that the active Show tab leads to.
    pub shown: Option<(RecordKind, u64)>,
}

impl<'h> Head<'h> {
    /// The first header that names a model, and the active tab after it. If two headers or two
    /// active tabs differ, there is none.
    pub fn of(reading: &Reading<'_, 'h>) -> Option<Self> {
        let flat = reading.flat;
        let mut header: Option<(&'h str, usize)> = None;
        // rails_admin 2 leaves the attribute out on the dashboard.
        let mut bare_header = None;
        let mut tabs: Vec<(&'h str, Option<(RecordKind, u64)>)> = Vec::new();
        let mut i = 0;
        while i < flat.len() {
            let Some(element) = flat.element(i) else {
                i += 1;
                continue;
            };
            if (is_unseen(element.name()) && element.name() != "head")
                || has_class(element, "fieldset")
                || element.name() == "table"
            {
                i = flat.end(i);
                continue;
            }
            if element.name() == "header" || has_class(element, "page-header") {
                match (element.attr("data-model"), header) {
                    (Some(model), None) => header = Some((model, flat.end(i))),
                    (Some(model), Some((first, _))) if model != first => return None,
                    (None, _) if has_class(element, "page-header") => {
                        bare_header = bare_header.or(Some(flat.end(i)))
                    }
                    _ => {}
                }
            }
            if element.name() == "ul" && has_class(element, "nav-tabs") {
                tabs.extend(active_tabs(reading, i));
                i = flat.end(i);
                continue;
            }
            i += 1;
        }
        let first = tabs.first().copied();
        let is_dashboard = first.is_some_and(|(action, _)| action == "dashboard");
        let (model, end) =
            header.or_else(|| bare_header.filter(|_| is_dashboard).map(|end| ("", end)))?;
        let (action, shown) = match first {
            Some((action, shown)) if tabs.iter().all(|tab| *tab == (action, shown)) => {
                (Some(action), shown)
            }
            Some(_) => return None,
            None => (None, None),
        };
        Some(Self {
            model,
            end,
            action,
            shown,
        })
    }
}

/// The active tabs of a bar: each with its action and, for Show, the record it leads to.
pub(super) fn active_tabs<'h>(
    reading: &Reading<'_, 'h>,
    bar: usize,
) -> Vec<(&'h str, Option<(RecordKind, u64)>)> {
    let flat = reading.flat;
    let mut found = Vec::new();
    for (i, item) in flat.below(bar).filter(|(_, e)| e.name() == "li") {
        let action = classes(item).find_map(|c| {
            c.strip_suffix("_member_link")
                .or_else(|| c.strip_suffix("_collection_link"))
                .or_else(|| c.strip_suffix("_root_link"))
        });
        let Some(action) = action else { continue };
        let link = flat
            .below(i)
            .find(|(at, e)| e.name() == "a" && flat.parent(*at) == i)
            .map(|(_, e)| e);
        if !has_class(item, "active") && !link.is_some_and(|a| has_class(a, "active")) {
            continue;
        }
        let leads_to = link
            .and_then(|a| a.attr("href"))
            .and_then(|href| linked(href, reading.host, reading.words));
        let shown = match leads_to {
            Some(Place::Show { model, id }) if action == "show" => Some((model, id)),
            _ => None,
        };
        found.push((action, shown));
    }
    found
}

pub(super) fn is_preview(flat: &Tree<'_>) -> bool {
    (0..flat.len())
        .filter_map(|i| flat.element(i))
        .find(|e| e.name() == "html")
        .is_some_and(|e| e.attr("data-turbo-preview").is_some())
}

/// A sign-in form, or the short body of a redirect to it.
pub(super) fn leads_to_sign_in(reading: &Reading<'_, '_>, redirect: bool) -> bool {
    let words = reading.words;
    let is_form = |path: &str| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let own = path
            .strip_prefix("https://")
            .and_then(|p| p.strip_prefix(reading.host))
            .unwrap_or(path);
        words.sign_in_forms.iter().any(|p| {
            own == p
                || own
                    .strip_prefix(p.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    // A page that redirects by itself: to the identity provider, or to the sign-in page.
    let is_saml = |e: &Element| matches!(e.attr("name"), Some("SAMLRequest" | "SAMLResponse"));
    let moves_on = |e: &Element| {
        let is_refresh = e
            .attr("http-equiv")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("refresh"));
        let content = e.attr("content").filter(|_| is_refresh).unwrap_or_default();
        let at = content.to_ascii_lowercase().find("url=");
        at.and_then(|at| content.get(at + 4..)).is_some_and(|to| {
            linked(to.trim_matches(['"', '\'', ' ']), reading.host, words) == Some(Place::SignIn)
        })
    };
    (0..reading.flat.len())
        .filter_map(|i| reading.flat.element(i))
        .any(|e| match e.name() {
            "form" => e
                .attr("action")
                .is_some_and(|to| is_form(to) || to.starts_with("/cdn-cgi/access/login")),
            "input" => is_saml(e),
            "meta" => moves_on(e),
            "a" if redirect => {
                e.attr("href").and_then(|h| linked(h, reading.host, words)) == Some(Place::SignIn)
            }
            _ => false,
        })
}
