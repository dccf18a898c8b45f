//! Selectors for the agent's page.

use serde::{Deserialize, Serialize};

/// CSS selectors of the agent's page; each thing has several, tried in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// The pane of the ticket in front.
    pub active_pane: Vec<String>,
    /// The element of a pane that names the pane's ticket.
    pub pane_ticket: Vec<String>,
    /// The tab of the page in front.
    pub active_tab: Vec<String>,
    /// The composer's editable element.
    pub composer: Vec<String>,
    /// The switch between note and reply.
    pub channel_button: Vec<String>,
    /// The switch's item for the internal note.
    pub channel_internal: Vec<String>,
    /// The switch's item for the public reply.
    pub channel_public: Vec<String>,
    /// The button that submits the ticket. It is never clicked.
    pub submit_button: Vec<String>,
    /// The button that opens the submit menu.
    pub submit_menu_button: Vec<String>,
    /// An entry of that menu; `{status}` stands for the status.
    pub submit_menu_entry: Vec<String>,
    /// The pane of the user in front.
    pub user_pane: Vec<String>,
    /// The input of a user's organization.
    pub organization_field: Vec<String>,
    /// The label of that input, if no selector finds it: texts, not selectors.
    pub organization_labels: Vec<String>,
}

impl Selectors {
    /// Every list with its key in the profile.
    pub fn all(&self) -> [(&'static str, &Vec<String>); 13] {
        [
            ("active_pane", &self.active_pane),
            ("pane_ticket", &self.pane_ticket),
            ("active_tab", &self.active_tab),
            ("composer", &self.composer),
            ("channel_button", &self.channel_button),
            ("channel_internal", &self.channel_internal),
            ("channel_public", &self.channel_public),
            ("submit_button", &self.submit_button),
            ("submit_menu_button", &self.submit_menu_button),
            ("submit_menu_entry", &self.submit_menu_entry),
            ("user_pane", &self.user_pane),
            ("organization_field", &self.organization_field),
            ("organization_labels", &self.organization_labels),
        ]
    }
}

impl Selectors {
    /// The first list of clickable elements in which a selector matches a button that submits the
    /// ticket. The page's script checks the elements that it finds, too; this check refuses the
    /// selector before anything is clicked.
    pub fn finds_submit(&self) -> Option<&'static str> {
        /// The submit button, and the entries of its menu, which submit as well.
        const BUTTON: &[&str] = &["submit_button-button"];
        const ALL: &[&str] = &[
            "submit_button-button",
            "submit_button-menu-button",
            "submit_button-menu-solved",
            "submit_button-menu-open",
        ];
        let lists = [
            ("channel_button", &self.channel_button, ALL),
            ("channel_internal", &self.channel_internal, ALL),
            ("channel_public", &self.channel_public, ALL),
            ("submit_menu_button", &self.submit_menu_button, BUTTON),
            ("submit_menu_entry", &self.submit_menu_entry, BUTTON),
        ];
        let finds = |selector: &str, names: &[&str]| {
            let same = parts(selector, ',').any(|part| {
                self.submit_button
                    .iter()
                    .any(|own| parts(own, ',').any(|own| own.trim() == part.trim()))
            });
            same || parts(selector, ',')
                .any(|part| names.iter().any(|name| matches_button(part.trim(), name)))
        };
        lists
            .into_iter()
            .find(|(_, list, names)| list.iter().any(|one| finds(one, names)))
            .map(|(key, ..)| key)
    }
}

/// Splits a selector at a mark, except within brackets, parentheses or quotes.
fn parts(selector: &str, mark: char) -> impl Iterator<Item = &str> {
    let (mut depth, mut quote) = (0_usize, None);
    selector.split(move |c| {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => return false,
            ('"' | '\'', None) => quote = Some(c),
            ('[' | '(', None) => depth += 1,
            (']' | ')', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let splits = if mark == ' ' {
            c.is_whitespace() || matches!(c, '>' | '+' | '~')
        } else {
            c == mark
        };
        splits && depth == 0 && quote.is_none()
    })
}

/// Whether a selector matches a button with this `data-test-id`, judged by its last part, which
/// contains the conditions on the button itself.
fn matches_button(selector: &str, name: &str) -> bool {
    let Some(last) = parts(selector, ' ')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .last()
    else {
        return false;
    };
    let tag: String = last
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '*')
        .collect();
    if !(tag.is_empty() || tag == "*" || tag.eq_ignore_ascii_case("button")) {
        return false;
    }
    let mut rest = last.strip_prefix(tag.as_str()).unwrap_or_default();
    // Classes and ids are unknown here: the page's script checks what they match. Pseudo-classes
    // are assumed to match.
    while let Some(first) = rest.chars().next() {
        match first {
            '[' => {
                let Some((test, after)) = rest
                    .strip_prefix('[')
                    .and_then(|inner| inner.split_once(']'))
                else {
                    return true;
                };
                if !attribute_holds(test, name) {
                    return false;
                }
                rest = after;
            }
            ':' => {
                let mut depth = 0_usize;
                let end = rest.char_indices().skip(1).find(|(_, c)| {
                    match c {
                        '(' => depth += 1,
                        ')' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    depth == 0 && matches!(c, '[' | '.' | '#')
                });
                rest = end.and_then(|(at, _)| rest.get(at..)).unwrap_or_default();
            }
            _ => return false,
        }
    }
    true
}

/// Whether an attribute selector matches the button.
fn attribute_holds(test: &str, name: &str) -> bool {
    let (left, wanted) = match test.split_once('=') {
        Some((left, value)) => (left, Some(value)),
        None => (test, None),
    };
    let how = left
        .trim_end()
        .chars()
        .last()
        .filter(|c| "^$*~|".contains(*c));
    let attribute = left
        .trim()
        .trim_end_matches(['^', '$', '*', '~', '|'])
        .trim()
        .to_ascii_lowercase();
    let Some(wanted) = wanted else {
        return matches!(attribute.as_str(), "data-test-id" | "type");
    };
    // `i` after the value makes it case-insensitive.
    let wanted = wanted.trim().to_ascii_lowercase();
    let flagged = ["\" i", "\"i", "\" s", "' i", "'i", "' s"]
        .iter()
        .find(|end| wanted.ends_with(*end));
    let wanted = flagged
        .and_then(|end| wanted.strip_suffix(end))
        .unwrap_or(&wanted)
        .trim_matches(['"', '\'']);
    let values: &[&str] = match attribute.as_str() {
        "data-test-id" => &[name],
        "type" => &["button", "submit"],
        _ => return false,
    };
    values.iter().any(|value| match how {
        None | Some('~') => *value == wanted,
        Some('^') => value.starts_with(wanted),
        Some('$') => value.ends_with(wanted),
        Some('|') => *value == wanted || value.starts_with(&format!("{wanted}-")),
        _ => value.contains(wanted),
    })
}
