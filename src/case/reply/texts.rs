//! Tether's own texts, used if no macro is found.

use super::guard::{Secrets, leak_in};
use super::{Facts, Outcome, Person, Proof};
use crate::profile::zendesk::Placeholder;
use crate::text::blocks::{Block, Line, Mark};
use crate::text::line::is_invisible;
use crate::text::line::one_line;

/// The longest name or address in a text, in characters.
const NAME_MAX: usize = 120;
/// The longest first name that a reply greets with, in characters.
const FIRST_NAME_MAX: usize = 40;
/// The most entries of a list.
const LIST_MAX: usize = 500;

/// Tether's own text for an outcome. Its lists already leave out what the secrets forbid; the guard looks at the whole text again.
pub fn own_text(outcome: Outcome, facts: &Facts, secrets: &Secrets<'_>) -> Vec<Block> {
    greeted(outcome, &Fill::of(facts, secrets))
}

/// The words and lists that a text is filled with. An empty list is `None`.
pub(super) struct Fill {
    first_name: String,
    proof: String,
    /// Empty if it is not known.
    limit: String,
    adding: String,
    contact_count: String,
    added: Option<Block>,
    removed: Option<Block>,
    open: Option<Block>,
    contacts: Option<Block>,
}

impl Fill {
    /// Filled from a case.
    pub(super) fn of(facts: &Facts, secrets: &Secrets<'_>) -> Self {
        let list = |all: &[String]| (!all.is_empty()).then(|| addresses(all, secrets));
        let contacts = facts
            .contacts
            .as_ref()
            .filter(|contacts| !contacts.is_empty());
        Self {
            first_name: first_name(&facts.requester_name).unwrap_or_default(),
            proof: match facts.proof {
                Proof::License => "license",
                Proof::CloudActivation => "cloud activation",
            }
            .to_owned(),
            limit: if facts.limit == 0 {
                String::new()
            } else {
                facts.limit.to_string()
            },
            adding: match facts.adding {
                0 | 1 => "the user that you named".to_owned(),
                many => format!("the {many} users that you named"),
            },
            contact_count: contacts.map_or_else(String::new, |all| {
                count(all.len(), "support contact", "support contacts")
            }),
            added: list(&facts.added),
            removed: list(&facts.removed),
            open: list(&facts.open),
            contacts: contacts.map(|all| people(all, secrets)),
        }
    }

    /// Filled with placeholders, for a text that somebody edits.
    pub(super) fn placeholders() -> Self {
        let word = |p: Placeholder| p.written().to_owned();
        let list = |p: Placeholder| Some(Block::bullets([Line::plain(p.written())]));
        Self {
            first_name: word(Placeholder::FirstName),
            proof: word(Placeholder::Proof),
            limit: word(Placeholder::Limit),
            adding: word(Placeholder::Adding),
            contact_count: word(Placeholder::ContactCount),
            added: list(Placeholder::Added),
            removed: list(Placeholder::Removed),
            open: list(Placeholder::Open),
            contacts: list(Placeholder::Contacts),
        }
    }

    /// The word for a placeholder; none if it is a list.
    pub(super) fn word(&self, placeholder: Placeholder) -> Option<&str> {
        match placeholder {
            Placeholder::FirstName => Some(&self.first_name),
            Placeholder::Proof => Some(&self.proof),
            Placeholder::Limit => Some(&self.limit),
            Placeholder::Adding => Some(&self.adding),
            Placeholder::ContactCount => Some(&self.contact_count),
            _ => None,
        }
    }

    /// The list for a placeholder; none if it is empty.
    pub(super) fn list(&self, placeholder: Placeholder) -> Option<Block> {
        match placeholder {
            Placeholder::Added => self.added.clone(),
            Placeholder::Removed => self.removed.clone(),
            Placeholder::Open => self.open.clone(),
            Placeholder::Contacts => self.contacts.clone(),
            _ => None,
        }
    }
}

/// The whole of Tether's own text.
pub(super) fn greeted(outcome: Outcome, fill: &Fill) -> Vec<Block> {
    let mut blocks = vec![match fill.first_name.as_str() {
        "" => p("Hello,"),
        name => p(&format!("Hello {name},")),
    }];
    blocks.extend(match outcome {
        Outcome::ProofAsked => proof_asked(),
        Outcome::ContactsAdded => contacts_added(fill),
        Outcome::ContactsRemoved => contacts_removed(fill),
        Outcome::NotAnOwner => not_an_owner(),
        Outcome::Trial => trial(&fill.proof),
        Outcome::EntitlementFailed => entitlement_failed(),
        Outcome::LimitReached => limit_reached(fill),
        Outcome::CompanyEmailNeeded => company_email_needed(),
        Outcome::OpenTickets => open_tickets(fill),
    });
    blocks.push(Block::Paragraph(vec![
        Line::plain("Kind regards,"),
        Line::plain("GitLab Support"),
    ]));
    blocks
}

fn p(text: &str) -> Block {
    Block::paragraph(text)
}

/// The first name in a full name, in either order; `None` if it is not a person's name.
fn first_name(name: &str) -> Option<String> {
    let name = visible(name);
    let given = name
        .split_once(',')
        .map_or(name.as_str(), |(_, given)| given);
    let first = given
        .split(' ')
        .find(|word| !word.is_empty() && !word.ends_with('.'))?;
    let is_name = first
        .chars()
        .all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, '-' | '\'' | '’'));
    let fits = first.chars().count() <= FIRST_NAME_MAX
        && first.chars().next().is_some_and(char::is_alphabetic);
    (is_name && fits).then(|| first.to_owned())
}

/// The combining marks that names are written with: accents, and the vowel signs of South and South-East Asia's scripts.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0900}'..='\u{0DFF}' | '\u{0E31}'..='\u{0E4E}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17D3}')
}

/// A text from outside as a list's item: on one line, without leading list marks.
fn tidy(text: &str) -> String {
    visible(text)
        .trim_start_matches(['-', '•', '*', ' '])
        .trim()
        .to_owned()
}

/// A text from outside on one line. Drops invisible and direction marks, because a customer reads this.
fn visible(text: &str) -> String {
    one_line(
        &text
            .chars()
            .filter(|c| !is_invisible(*c))
            .collect::<String>(),
        NAME_MAX,
    )
}

/// A number of people, in words.
fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 {
        format!("1 {one}")
    } else {
        format!("{number} {many}")
    }
}

/// A list of addresses. Addresses that must not be shown or do not fit are only counted.
fn addresses(all: &[String], secrets: &Secrets<'_>) -> Block {
    let shown: Vec<String> = all
        .iter()
        .map(|a| tidy(a))
        .filter(|a| !a.is_empty() && leak_in(a, secrets).is_none())
        .take(LIST_MAX)
        .collect();
    let rest = all.len().saturating_sub(shown.len());
    let more = match (rest, shown.is_empty()) {
        (0, _) => None,
        (_, true) => Some(count(rest, "user that you named", "users that you named")),
        (_, false) => Some(count(
            rest,
            "more user that you named",
            "more users that you named",
        )),
    };
    Block::bullets(shown.into_iter().chain(more).map(|text| Line::plain(&text)))
}

fn proof_asked() -> Vec<Block> {
    let kind = |name: &str, text: &str| {
        let mut line = Line::default();
        line.push(name, &Mark::Strong);
        line.push(text, &Mark::Plain);
        line
    };
    vec![
        p("Thank you for contacting GitLab Support."),
        p(
            "Before we can add you to your organization, we need to verify that you are entitled to support. Please reply with one of these:",
        ),
        Block::bullets([
            kind(
                "License ID",
                ": the number of your GitLab license. You find it in the email with which the license was sent when your company bought or renewed the subscription.",
            ),
            kind(
                "Cloud activation code",
                ": 24 letters and digits. It was sent by email after the purchase, and the GitLab Customers Portal shows it with your subscription.",
            ),
            kind(
                "License file",
                ": the file that ends in .gitlab-license. It was sent by email, and can be downloaded from the GitLab Customers Portal. Please attach it to your reply.",
            ),
            kind(
                "License usage export",
                ": a CSV file. An administrator of your GitLab instance opens the Admin area, goes to Subscription and selects Export license usage file. Please attach the file as it is.",
            ),
        ]),
        p(
            "If you do not have any of them, the person in your company who manages the GitLab subscription can help.",
        ),
        p(
            "If you use GitLab.com, please send us the address of your top-level group on a paid plan instead. You need to be an Owner of that group.",
        ),
        p("Please write to us from your company email address."),
    ]
}

fn contacts_added(fill: &Fill) -> Vec<Block> {
    let mut blocks = match &fill.added {
        None => vec![p(
            "You are now associated with your organization, and can open support tickets for it.",
        )],
        Some(list) => {
            vec![
                p(
                    "These users are now associated with your organization, and can open support tickets for it:",
                ),
                list.clone(),
            ]
        }
    };
    blocks.push(p(
        "If anything is missing or not as you expected, please reply to this ticket.",
    ));
    blocks
}

fn contacts_removed(fill: &Fill) -> Vec<Block> {
    let mut blocks = match &fill.removed {
        None => vec![p(
            "The users that you named are no longer associated with your organization.",
        )],
        Some(list) => vec![
            p("These users are no longer associated with your organization:"),
            list.clone(),
        ],
    };
    blocks.push(p(
        "If anything is not as you expected, please reply to this ticket.",
    ));
    blocks
}

fn not_an_owner() -> Vec<Block> {
    vec![
        p("Thank you for contacting GitLab Support."),
        p(
            "We looked for a top-level group on a paid GitLab.com plan of which you are an Owner, and did not find one. For a GitLab.com subscription, only Owners of such a group can be added to the organization this way.",
        ),
        p("Any of these lets us go on:"),
        Block::bullets([
            Line::plain(
                "Ask an Owner of your top-level group to give you the Owner role there, and reply to this ticket.",
            ),
            Line::plain(
                "Ask an Owner of your top-level group to open a ticket and to name you as a user to add.",
            ),
            Line::plain(
                "If another account of yours has the Owner role, open a ticket with the email address of that account.",
            ),
            Line::plain(
                "If your company uses GitLab Self-Managed or GitLab Dedicated, tell us so, and we will ask for another proof.",
            ),
        ]),
    ]
}

fn trial(proof: &str) -> Vec<Block> {
    vec![
        p(&format!("Thank you for sending us your {proof}.")),
        p(&format!(
            "This {proof} is for a trial. A trial is not a valid paid subscription, so we cannot add you to an organization with it."
        )),
        p(
            "If your company has a paid subscription, please reply with its license ID, cloud activation code, license file or license usage export. A temporary extension during a renewal counts as a trial, too: please send the proof of the paid subscription itself.",
        ),
        p("If you would like to buy a subscription, our Sales team will be glad to help."),
    ]
}

fn entitlement_failed() -> Vec<Block> {
    vec![
        p("Thank you for the information that you sent."),
        p(
            "We could not verify with it that you are entitled to support, so we cannot add you to an organization yet. To protect our customers’ data, we cannot say more about the subscription.",
        ),
        p("Here is what you can do:"),
        Block::bullets([
            Line::plain(
                "Check what you sent together with the person in your company who manages the GitLab subscription, and reply with the corrected information or with another proof.",
            ),
            Line::plain(
                "Or ask a colleague who already is a support contact of your organization to open a ticket and to name you as a user to add.",
            ),
        ]),
    ]
}

fn limit_reached(fill: &Fill) -> Vec<Block> {
    let may = match fill.limit.as_str() {
        "" => "The number of support contacts that an organization can have is limited".to_owned(),
        "1" => "An organization can have 1 support contact".to_owned(),
        limit => format!("An organization can have up to {limit} support contacts"),
    };
    let mut blocks = vec![
        p("Thank you for contacting GitLab Support."),
        p(&format!(
            "{may}, and adding {} would be more than that. We have not changed anything yet.",
            fill.adding
        )),
    ];
    let list = review(fill);
    match list.is_empty() {
        false => {
            blocks.extend(list);
            blocks.push(p("Please review the list and reply with the contacts that we should remove, and with those that we should add."));
        }
        true => blocks.push(p(
            "Please agree with the support contacts of your organization who should be removed or added. One of them can reply here or open a ticket with the changes.",
        )),
    }
    blocks
}

/// The organization's contacts for review; nothing if the requester may not read them.
pub fn contact_list(facts: &Facts, secrets: &Secrets<'_>) -> Vec<Block> {
    review(&Fill::of(facts, secrets))
}

fn review(fill: &Fill) -> Vec<Block> {
    fill.contacts
        .iter()
        .flat_map(|list| {
            [
                p(&format!(
                    "Your organization now has {}:",
                    fill.contact_count
                )),
                list.clone(),
            ]
        })
        .collect()
}

/// A list of people, as far as they may be shown and fit.
fn people(contacts: &[Person], secrets: &Secrets<'_>) -> Block {
    let rest = contacts.len().saturating_sub(LIST_MAX);
    let more = (rest > 0).then(|| count(rest, "more", "more"));
    let list = contacts
        .iter()
        .take(LIST_MAX)
        .map(|c| person(c, secrets))
        .chain(more);
    Block::bullets(list.map(|t| Line::plain(&t)))
}

/// Replaces a name that must not be shown.
const NAME_NOT_SHOWN: &str = "(name not shown)";

/// A contact's name and address, as far as they may be shown.
fn person(person: &Person, secrets: &Secrets<'_>) -> String {
    let name = tidy(&person.name);
    let email = person.email.as_deref().map(tidy).filter(|e| !e.is_empty());
    let (had, hidden) = (email.is_some(), leak_in(&name, secrets).is_some());
    let email = email.filter(|e| leak_in(e, secrets).is_none());
    match (name.is_empty(), email) {
        (true, Some(email)) => email,
        (_, Some(email)) if hidden => format!("{NAME_NOT_SHOWN} ({email})"),
        (false, Some(email)) => format!("{name} ({email})"),
        (false, None) if !hidden => name,
        (true, None) if !had => "(a contact without a name)".to_owned(),
        _ => NAME_NOT_SHOWN.to_owned(),
    }
}

fn company_email_needed() -> Vec<Block> {
    vec![
        p("Thank you for contacting GitLab Support."),
        p(
            "Your request came from an address of a public email provider. We can only add users who write from their company email address, so we cannot go on with this request as it is.",
        ),
        p(
            "Please open a new ticket from your company email address, and mention this one in it. If this is the address that your company uses, please reply and tell us so.",
        ),
    ]
}

fn open_tickets(fill: &Fill) -> Vec<Block> {
    let mut blocks = match &fill.open {
        None => vec![p(
            "Some of the users that you asked us to remove have tickets that are not closed yet, so we have not removed them.",
        )],
        Some(list) => vec![
            p("These users have tickets that are not closed yet, so we have not removed them:"),
            list.clone(),
        ],
    };
    blocks.push(p(
        "Please reply whether we should remove them now all the same, or wait until their tickets are closed. If someone else should go on with a ticket, please tell us who.",
    ));
    blocks
}
