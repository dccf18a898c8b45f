//! What the settings are called, and their order.

use crate::case::reply::Outcome;

/// A part of the page.
pub struct Section {
    /// Its element's id.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// What the paths of its settings begin with, in the order of the page.
    pub prefixes: &'static [&'static str],
    /// Where it is.
    pub place: Place,
}

/// Where a part of the page is, from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What a person changes first: shown unfolded.
    First,
    /// What a team changes once: folded.
    Folded,
    /// What follows a change of one of the sites: folded, at the end.
    Technical,
}

const fn section(
    place: Place,
    id: &'static str,
    title: &'static str,
    about: &'static str,
    prefixes: &'static [&'static str],
) -> Section {
    Section {
        id,
        title,
        about,
        prefixes,
        place,
    }
}

/// The parts of the page; every setting is in one of them.
pub const SECTIONS: [Section; 12] = [
    section(
        Place::First,
        "work",
        "How you work",
        "How the panel finishes a ticket.",
        &["zendesk.process", "zendesk.note", "zendesk.removal_trace"],
    ),
    section(
        Place::First,
        "hand-over",
        "Hand-over",
        "Who takes over a case that you can’t solve: the first of these groups that exists in Zendesk, and optionally one person in it.",
        &["zendesk.hand_over.groups", "zendesk.hand_over."],
    ),
    section(
        Place::First,
        "sites",
        "Sites",
        "The sites that Tether works on.",
        &["portal.hosts", "zendesk.hosts"],
    ),
    section(
        Place::Folded,
        "hand-on",
        "Hand-on of tickets with another form",
        "Where such a ticket goes after the association, without an assignee. Of each list, one per line, the first that exists in Zendesk counts. An empty list leaves that part as it is; without a group, nothing is handed on.",
        &[
            "zendesk.hand_on.groups",
            "zendesk.hand_on.forms",
            "zendesk.hand_on.stage_field",
            "zendesk.hand_on.stages",
            "zendesk.hand_on.",
        ],
    ),
    section(
        Place::Folded,
        "checks",
        "Checks",
        "The limit and the words that the checks before an association use.",
        &[
            "zendesk.contact_limit",
            "zendesk.stopping_account_types",
            "zendesk.stop_phrases",
            "zendesk.contact_project_phrases",
        ],
    ),
    section(
        Place::Folded,
        "macros",
        "Macros",
        "The titles of each reply’s macro, one per line, tried in order. Anything before the last “::” of a title is ignored. Without a title, Tether uses its own text.",
        &["zendesk.macros."],
    ),
    section(
        Place::Folded,
        "replies",
        "Reply texts",
        "What a reply says if no macro is found. Leave a field empty to use Tether’s own text. A reply that holds the Sold-to address, an activation code or a license key is never drafted.",
        &["zendesk.replies."],
    ),
    section(
        Place::Technical,
        "ticket",
        "Names in Zendesk",
        "What forms, fields and options are called. Case and spaces don’t matter.",
        &[
            "zendesk.ticket_forms.",
            "zendesk.ticket_fields.",
            "zendesk.problem_types",
            "zendesk.products.",
            "zendesk.organization_fields.",
            "zendesk.submit_menu",
        ],
    ),
    section(
        Place::Technical,
        "labels",
        "Labels in the portal",
        "How Tether finds each value on the portal’s pages: by the field’s key, otherwise by its label.",
        &[
            "portal.fields.",
            "portal.booleans.",
            "portal.no_trial_row",
            "portal.secrets.",
        ],
    ),
    section(
        Place::Technical,
        "selectors",
        "Selectors in Zendesk",
        "How Tether finds things on Zendesk’s pages: CSS selectors, tried in order.",
        &["zendesk.selectors."],
    ),
    section(
        Place::Technical,
        "addresses",
        "Addresses in the portal",
        "The paths of its sign-in.",
        &["portal.sign_in_path", "portal.sign_in_forms"],
    ),
    section(
        Place::Technical,
        "keys",
        "License keys",
        "Public keys that open license keys, in addition to GitLab’s published one, which is built in.",
        &["license_keys"],
    ),
];

impl Section {
    /// Whether a setting is here.
    pub fn holds(&self, path: &str) -> bool {
        self.place_of(path).is_some()
    }

    /// Where a setting is here: settings of one place are in the order of their paths.
    pub fn place_of(&self, path: &str) -> Option<usize> {
        self.prefixes.iter().position(|prefix| {
            if prefix.ends_with('.') {
                path.starts_with(prefix)
            } else {
                path == *prefix
            }
        })
    }
}

/// What a setting is called.
pub fn title(path: &str) -> String {
    if let Some(key) = path
        .strip_prefix("zendesk.macros.")
        .or_else(|| path.strip_prefix("zendesk.replies."))
    {
        return key
            .parse::<Outcome>()
            .ok()
            .map_or_else(|| words(key), |outcome| outcome.title().to_owned());
    }
    let known = match path {
        "portal.hosts" => "The Customers portal",
        "zendesk.hosts" => "Zendesk",
        "zendesk.contact_limit" => "Contacts that an organization may have",
        "zendesk.stopping_account_types" => "Account types that stop a request",
        "zendesk.stop_phrases" => "Phrases to mark in notes and details",
        "zendesk.contact_project_phrases" => "Phrases of a contact management project",
        "zendesk.process" => "Process",
        "zendesk.removal_trace" => "Where a removal is recorded",
        "zendesk.hand_over.groups" => "Groups",
        "zendesk.hand_on.groups" => "Groups for the hand-on",
        "zendesk.hand_on.forms" => "New form",
        "zendesk.hand_on.stage_field" => "Ticket field of the stage",
        "zendesk.hand_on.stages" => "Option of the first reply",
        "zendesk.hand_on.removed_tags" => "Tags to take off",
        "zendesk.hand_over.assignee" => "Assignee",
        "zendesk.ticket_forms.ids" => "Ticket forms: numbers",
        "zendesk.ticket_forms.titles" => "Ticket forms: titles",
        "zendesk.problem_types" => "Problem type of an association request",
        "zendesk.submit_menu" => "A click on an entry of the submit menu",
        "zendesk.note" => "When the steps add the internal note",
        "portal.no_trial_row" => "A cloud activation without a Trial row says",
        "portal.sign_in_path" => "The sign-in page",
        "portal.sign_in_forms" => "Where the sign-in page’s forms go",
        "license_keys" => "Public keys in PEM form",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let groups = [
        ("portal.fields.", ""),
        ("portal.booleans.", "Shown as "),
        ("portal.secrets.", "Secret fields: "),
        ("zendesk.selectors.", ""),
        ("zendesk.ticket_fields.", "Ticket field: "),
        ("zendesk.products.", "Product option: "),
        ("zendesk.organization_fields.", "Organization field: "),
    ];
    let found = groups
        .iter()
        .find_map(|(prefix, says)| Some((says, path.strip_prefix(prefix)?)));
    let (says, rest) = found.unwrap_or((&"", path));
    let parts: Vec<String> = rest.split('.').map(words).collect();
    let text = format!("{says}{}", parts.join(", "));
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// A key as words.
fn words(key: &str) -> String {
    key.replace('_', " ").replace("gitlab com", "GitLab.com")
}

/// What a setting's control takes, if its title does not say it.
pub fn help(path: &str) -> &'static str {
    match path {
        "zendesk.contact_limit" => "A whole number from 1 to 1000.",
        "zendesk.stop_phrases" => "One per line. They are only highlighted; you decide.",
        "zendesk.contact_project_phrases" => {
            "One per line. If an organization’s notes or details hold one, Tether warns: the organization manages its contacts in a project."
        }
        "zendesk.process" => {
            "With the app, which notes and associates by itself, Tether finds the IDs that it needs, adds a short note, and ticks no change of users."
        }
        "zendesk.hand_over.assignee" => {
            "An email address. Leave it empty to assign the group only."
        }
        "zendesk.selectors.organization_labels" => {
            "Texts of the label, not selectors. One per line."
        }
        "zendesk.selectors.submit_menu_entry" => {
            "One per line. {status} is replaced by the status."
        }
        "portal.secrets.keys" | "portal.secrets.labels" => {
            "One per line. You can add entries, but not remove the built-in ones."
        }
        "license_keys" => "One after the other, each with its BEGIN and END lines.",
        path if path.starts_with("portal.fields.") && path.ends_with(".keys") => {
            "Ruby field names, one per line, best first."
        }
        path if path.starts_with("portal.fields.") => "One per line, best first.",
        _ => "",
    }
}
