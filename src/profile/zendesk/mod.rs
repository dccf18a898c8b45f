//! The site profile's section `zendesk`: hosts, field titles and keys, selectors.

mod names;
mod replies;
mod selectors;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::address::is_host;
use crate::plain;
use crate::profile::{self as rules, BadWords, Checked, misshapen};
use crate::record::people::RemovalTrace;

pub use names::{
    HandOn, HandOver, MacroTitles, NoteMode, OrganizationFieldKeys, Process, ProductNames,
    SubmitMenu, TicketFieldTitles, TicketForms,
};
use replies::is_reply;
pub use replies::{ITEM, Piece, Placeholder, ReplyTexts, pieces};
pub use selectors::Selectors;

/// The profile's section `zendesk`, checked. Deserializing an invalid one fails with the name of
/// the faulty key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct ZendeskWords {
    /// The hosts on which Tether works, lower case, without a port.
    pub hosts: Vec<String>,
    /// The hosts that `hosts` may contain: those that the manifest can request.
    pub known_hosts: Vec<String>,
    /// The hosts on which Tether refuses to work.
    pub refused_hosts: Vec<String>,
    /// Zendesk stores files below this host and redirects to them with signed URLs, e.g.
    /// `p19.<file_host>`.
    pub file_host: String,
    /// The forms that requests for association are filed with (step 1).
    pub ticket_forms: TicketForms,
    /// Titles of the ticket fields used.
    pub ticket_fields: TicketFieldTitles,
    /// Names of the option of `Support Ops Problem Type` that step 1 requires.
    pub problem_types: Vec<String>,
    /// Names of the options of `L&R Product Type`, by product (step 3).
    pub products: ProductNames,
    /// Keys of the organization fields used.
    pub organization_fields: OrganizationFieldKeys,
    /// Words in an organization's account type that stop a request.
    pub stopping_account_types: Vec<String>,
    /// Phrases in notes and details that are likely to mean "do not go on". They are highlighted,
    /// and decide nothing.
    pub stop_phrases: Vec<String>,
    /// Phrases in notes and details that say that the organization manages its contacts in a project.
    pub contact_project_phrases: Vec<String>,
    /// How many contacts an organization may have (pre-checks).
    pub contact_limit: u64,
    /// Who reviews what cannot be solved (common issues and troubleshooting).
    pub hand_over: HandOver,
    /// Where a ticket with another form goes after the association.
    pub hand_on: HandOn,
    /// Titles of the macros, by the reply's outcome. Anything before the last `::` of a macro's
    /// title is ignored.
    pub macros: MacroTitles,
    /// Texts of replies, instead of Tether's own.
    pub replies: ReplyTexts,
    /// What a click on an entry of the submit menu does.
    pub submit_menu: SubmitMenu,
    /// How a plan adds the internal note.
    pub note: NoteMode,
    /// Which process a case follows.
    pub process: Process,
    /// Where a removal is recorded.
    pub removal_trace: RemovalTrace,
    /// Selectors for the agent's page.
    pub selectors: Selectors,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    hosts: Vec<String>,
    known_hosts: Vec<String>,
    refused_hosts: Vec<String>,
    file_host: String,
    ticket_forms: TicketForms,
    ticket_fields: TicketFieldTitles,
    problem_types: Vec<String>,
    products: ProductNames,
    organization_fields: OrganizationFieldKeys,
    stopping_account_types: Vec<String>,
    stop_phrases: Vec<String>,
    contact_project_phrases: Vec<String>,
    contact_limit: u64,
    hand_over: HandOver,
    hand_on: HandOn,
    macros: MacroTitles,
    replies: ReplyTexts,
    submit_menu: String,
    note: String,
    process: String,
    removal_trace: String,
    selectors: Selectors,
}

/// A key of this section.
fn ensure(good: bool, key: &str, must: &'static str) -> Checked {
    rules::ensure(good, format!("zendesk.{key}"), must)
}

fn is_text(text: &str, max: usize) -> bool {
    !text.is_empty()
        && text.trim().len() == text.len()
        && text.chars().count() <= max
        && !text.chars().any(char::is_control)
}

fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 100
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A title in the form that is compared: lower case, single spaces between words.
pub(crate) fn folded(title: &str) -> String {
    title
        .to_lowercase()
        .replace(['\u{2019}', '\u{2018}'], "'")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a title is in a list, ignoring case and whitespace.
pub fn is_one_of(title: &str, list: &[String]) -> bool {
    let title = folded(title);
    list.iter().any(|one| folded(one) == title)
}

impl TryFrom<Unchecked> for ZendeskWords {
    type Error = BadWords;

    fn try_from(w: Unchecked) -> Result<Self, BadWords> {
        rules::ensure_hosts(&w.known_hosts, &w.hosts, "zendesk.")?;
        let is_refused = w
            .refused_hosts
            .iter()
            .all(|h| is_host(h) && !w.hosts.contains(h));
        ensure(
            is_refused,
            "refused_hosts",
            "lower-case host names without scheme or port, none of them in hosts",
        )?;
        ensure(
            is_host(&w.file_host),
            "file_host",
            "a lower-case host name without scheme or port",
        )?;
        let titles = [
            ("problem_type", &w.ticket_fields.problem_type),
            ("product_type", &w.ticket_fields.product_type),
            ("subscription_email", &w.ticket_fields.subscription_email),
        ];
        let stage = &w.hand_on.stage_field;
        let of_another = titles.iter().flat_map(|(_, list)| list.iter());
        ensure(
            !of_another.clone().any(|title| is_one_of(title, stage)),
            "hand_on.stage_field",
            "titles that no other field has",
        )?;
        let mut seen: Vec<String> = Vec::new();
        for (name, list) in titles {
            let is_list = !list.is_empty() && list.iter().all(|t| is_text(t, 200));
            let folded: Vec<String> = list.iter().map(|t| folded(t)).collect();
            let fresh = folded.iter().all(|t| !seen.contains(t));
            ensure(
                is_list && fresh,
                &format!("ticket_fields.{name}"),
                "one or more titles of 1 to 200 characters that no other field has",
            )?;
            seen.extend(folded);
        }
        let mut keys: Vec<&String> = Vec::new();
        for (name, key) in w.organization_fields.all() {
            let fresh = is_key(key) && !keys.contains(&key);
            ensure(
                fresh,
                &format!("organization_fields.{name}"),
                "a key of letters, digits, _ and - that no other field has",
            )?;
            keys.push(key);
        }
        w.ensure_names()?;
        for (name, text) in w.replies.all() {
            ensure(
                text.as_deref().is_none_or(is_reply),
                &format!("replies.{name}"),
                "a text of 1 to 4000 characters in which braces hold only placeholders, and placeholders for lists are list items of their own; or empty",
            )?;
        }
        for (name, list) in w.selectors.all() {
            let is_list =
                !list.is_empty() && list.len() <= 20 && list.iter().all(|s| is_text(s, 300));
            ensure(
                is_list,
                &format!("selectors.{name}"),
                "1 to 20 selectors of 1 to 300 characters",
            )?;
        }
        let submits = w.selectors.finds_submit();
        let key = format!("selectors.{}", submits.unwrap_or_default());
        ensure(
            submits.is_none(),
            &key,
            "selectors that don’t match the button that submits the ticket",
        )?;
        let submit_menu = w.submit_menu.parse().map_err(|_| BadWords {
            key: "zendesk.submit_menu".to_owned(),
            must: "submits or chooses".into(),
        })?;
        let note = w.note.parse().map_err(|_| BadWords {
            key: "zendesk.note".to_owned(),
            must: "saved or composer".into(),
        })?;
        let process = w.process.parse().map_err(|_| BadWords {
            key: "zendesk.process".to_owned(),
            must: "handbook or contact_management_app".into(),
        })?;
        let removal_trace = w.removal_trace.parse().map_err(|_| BadWords {
            key: "zendesk.removal_trace".to_owned(),
            must: "notes or details".into(),
        })?;
        Ok(Self {
            hosts: w.hosts,
            known_hosts: w.known_hosts,
            refused_hosts: w.refused_hosts,
            file_host: w.file_host,
            ticket_forms: w.ticket_forms,
            ticket_fields: w.ticket_fields,
            problem_types: w.problem_types,
            products: w.products,
            organization_fields: w.organization_fields,
            stopping_account_types: w.stopping_account_types,
            stop_phrases: w.stop_phrases,
            contact_project_phrases: w.contact_project_phrases,
            contact_limit: w.contact_limit,
            hand_over: w.hand_over,
            hand_on: w.hand_on,
            macros: w.macros,
            replies: w.replies,
            submit_menu,
            note,
            process,
            removal_trace,
            selectors: w.selectors,
        })
    }
}

impl ZendeskWords {
    /// The host permission's pattern for Zendesk's files.
    pub fn file_pattern(&self) -> String {
        format!("https://*.{}/*", self.file_host)
    }

    /// Checks a section; the error names the faulty key.
    pub(crate) fn of(section: &Value) -> Result<Self, BadWords> {
        plain::read_strictly::<Unchecked>(section.clone())
            .map_err(|e| misshapen("zendesk", &e))?
            .try_into()
    }
}

/// Longest list of names, titles and phrases.
const LIST_MAX: usize = 50;

impl Unchecked {
    /// Checks the lists of plain texts.
    fn ensure_names(&self) -> Checked {
        let (products, macros) = (&self.products, &self.macros);
        let needed = [
            ("ticket_forms.titles", &self.ticket_forms.titles),
            ("problem_types", &self.problem_types),
            ("products.gitlab_com", &products.gitlab_com),
            ("products.self_managed", &products.self_managed),
            ("products.dedicated", &products.dedicated),
        ];
        let optional = [
            ("stopping_account_types", &self.stopping_account_types),
            ("stop_phrases", &self.stop_phrases),
            ("contact_project_phrases", &self.contact_project_phrases),
            ("hand_over.groups", &self.hand_over.groups),
            ("hand_on.groups", &self.hand_on.groups),
            ("hand_on.forms", &self.hand_on.forms),
            ("hand_on.stage_field", &self.hand_on.stage_field),
            ("hand_on.stages", &self.hand_on.stages),
            ("hand_on.removed_tags", &self.hand_on.removed_tags),
            ("macros.proof_asked", &macros.proof_asked),
            ("macros.contacts_added", &macros.contacts_added),
            ("macros.contacts_removed", &macros.contacts_removed),
            ("macros.not_an_owner", &macros.not_an_owner),
            ("macros.trial", &macros.trial),
            ("macros.entitlement_failed", &macros.entitlement_failed),
            ("macros.limit_reached", &macros.limit_reached),
            ("macros.company_email_needed", &macros.company_email_needed),
            ("macros.open_tickets", &macros.open_tickets),
        ];
        let texts =
            |list: &[String]| list.len() <= LIST_MAX && list.iter().all(|t| is_text(t, 200));
        for (name, list) in needed {
            ensure(
                !list.is_empty() && texts(list),
                name,
                "1 to 50 texts of 1 to 200 characters",
            )?;
        }
        for (name, list) in optional {
            ensure(texts(list), name, "up to 50 texts of 1 to 200 characters")?;
        }
        ensure(
            (1..=1000).contains(&self.contact_limit),
            "contact_limit",
            "a number from 1 to 1000",
        )?;
        ensure(
            self.ticket_forms.ids.len() <= LIST_MAX,
            "ticket_forms.ids",
            "up to 50 numbers",
        )?;
        let is_person = self
            .hand_over
            .assignee
            .as_ref()
            .is_none_or(|a| is_text(a, 254) && a.contains('@'));
        ensure(
            is_person,
            "hand_over.assignee",
            "an email address, or empty",
        )
    }
}
