//! One field's or cell's content, read as what it should be. Anything else is unreadable, never guessed.

use time::Date;

use super::address::{Model, Place, linked};
use super::dates;
use super::witness::Witness;
use super::words::{Mark, PortalWords};
use crate::address::decode;
use crate::case::ids::{BillingAccountId, ContactId, MaskedCode, SalesforceId, SubscriptionName, is_invisible};
use crate::case::record::{Shown, SoldTo, UNREADABLE_MAX};
use crate::html::{Text, Tree, classes, has_class, is_unseen};
use crate::mail::Address;

/// What all values of one page share.
pub(super) struct Reading<'r, 'h> {
    /// The page.
    pub flat: &'r Tree<'h>,
    /// The words of the portal's pages.
    pub words: &'r PortalWords,
    /// The page's host.
    pub host: &'r str,
    /// Texts of the page that never leave the reader.
    pub secrets: Vec<String>,
    /// Who notes what is met, where the page is being diagnosed.
    pub witness: Option<&'r Witness>,
}

/// One value as shown.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its text.
    pub text: Text,
    /// The element that holds it.
    pub at: usize,
    /// Whether the field is a whole number that holds another record's number.
    pub is_id_number: bool,
}

/// Most links of one value that are looked at.
const MAX_LINKS: usize = 20;

impl<'h> Reading<'_, 'h> {
    /// Where the links of a value lead, and more than a few are cut.
    pub fn links(&self, at: usize) -> Vec<&'h str> {
        let mut found = Vec::new();
        let mut i = at + 1;
        while i < self.flat.end(at) && found.len() < MAX_LINKS {
            match self.flat.element(i) {
                Some(e) if is_unseen(e.name()) => {
                    i = self.flat.end(i);
                    continue;
                }
                Some(e) if e.name() == "a" => found.extend(e.attr("href")),
                _ => {}
            }
            i += 1;
        }
        found
    }

    fn is_none_mark(&self, text: &str) -> bool {
        text.is_empty() || self.words.booleans.none.texts.iter().any(|t| t == text)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self, cell: &Cell) -> bool {
        self.is_none_mark(&cell.text.text) && self.links(cell.at).is_empty()
    }

    /// The answer for what cannot be read: its beginning, unless it holds a secret.
    pub fn unreadable<T>(&self, text: &str) -> Shown<T> {
        Shown::Unreadable(if self.holds_secret(text) { "…".to_owned() } else { text.chars().take(UNREADABLE_MAX).collect() })
    }

    fn holds_secret(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| text.contains(secret.as_str()))
    }

    /// The whole text, where it is short enough to be a value and holds no secret.
    fn plain<'c>(&self, cell: &'c Cell) -> Option<&'c str> {
        (!cell.text.cut && cell.text.text.chars().count() <= 500 && !self.holds_secret(&cell.text.text)).then_some(cell.text.text.as_str())
    }

    fn parsed<T>(&self, cell: &Cell, parse: impl FnOnce(&str) -> Option<T>) -> Shown<T> {
        if self.is_none_mark(&cell.text.text) {
            return Shown::Absent;
        }
        match self.plain(cell).and_then(parse) {
            Some(value) => Shown::Value(value),
            None => self.unreadable(&cell.text.text),
        }
    }

    /// A text of one line.
    pub fn string(&self, cell: &Cell) -> Shown<String> {
        self.parsed(cell, |text| (!text.chars().any(|c| c.is_control() || c == '\u{FFFD}')).then(|| text.to_owned()))
    }

    /// An e-mail address.
    pub fn email(&self, cell: &Cell) -> Shown<Address> {
        match self.sold_to(cell) {
            Shown::Value(SoldTo::Email { email, .. }) => Shown::Value(email),
            Shown::Absent => Shown::Absent,
            _ => self.unreadable(&cell.text.text),
        }
    }

    /// The same, as text.
    pub fn email_text(&self, cell: &Cell) -> Shown<String> {
        match self.email(cell) {
            Shown::Value(email) => Shown::Value(email.to_string()),
            Shown::Absent => Shown::Absent,
            Shown::Unreadable(text) => Shown::Unreadable(text),
        }
    }

    /// A subscription's name.
    pub fn subscription_name(&self, cell: &Cell) -> Shown<SubscriptionName> {
        self.parsed(cell, |text| SubscriptionName::parse(text).ok().filter(|n| !n.as_str().contains(['<', '>', '"', '\u{FFFD}'])))
    }

    /// A day.
    pub fn day(&self, cell: &Cell) -> Shown<Date> {
        self.parsed(cell, dates::day)
    }

    /// An activation code, masked: its text goes nowhere else.
    pub fn code(&self, cell: &Cell) -> Shown<MaskedCode> {
        let text = cell.text.text.as_str();
        if self.is_none_mark(text) {
            Shown::Absent
        } else if cell.text.cut || text.contains(' ') || text.chars().count() > 200 {
            Shown::Unreadable("…".to_owned())
        } else {
            Shown::Value(MaskedCode::of(text))
        }
    }

    /// Yes or no: the text first, then the icon, then the badge's colour. An empty or "none" badge is absent.
    pub fn boolean(&self, cell: &Cell) -> Shown<bool> {
        let text = cell.text.text.to_lowercase();
        let marks = [(&self.words.booleans.yes, Some(true)), (&self.words.booleans.no, Some(false)), (&self.words.booleans.none, None)];
        let one = |list: fn(&Mark) -> &Vec<String>, shown: &str| {
            marks.iter().find(|(mark, _)| list(mark).iter().any(|w| w == shown)).map(|(_, value)| *value)
        };
        if !text.is_empty() {
            return match one(|m| &m.texts, &text) {
                Some(Some(value)) if !cell.text.cut => Shown::Value(value),
                Some(None) => Shown::Absent,
                _ => self.unreadable(&cell.text.text),
            };
        }
        let mut icons = Vec::new();
        let mut colours = Vec::new();
        for (_, element) in self.flat.below(cell.at) {
            icons.extend(classes(element).filter_map(|c| one(|m| &m.icons, c)));
            if has_class(element, "badge") || has_class(element, "label") {
                colours.extend(classes(element).filter_map(|c| one(|m| &m.colours, c)));
            }
        }
        let found = if icons.is_empty() { colours } else { icons };
        match found.as_slice() {
            [] if self.flat.below(cell.at).next().is_none() => Shown::Absent,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => match first {
                Some(value) => Shown::Value(*value),
                None => Shown::Absent,
            },
            _ => self.unreadable("(a mark that is neither yes nor no)"),
        }
    }

    /// The one record of a model that a value links to; `Err` where it links to several.
    fn linked_record(&self, cell: &Cell, wanted: Model) -> Result<Option<u64>, ()> {
        let mut found = None;
        for href in self.links(cell.at) {
            match linked(href, self.host, self.words) {
                Some(Place::Show { model, id }) if model == wanted => match found {
                    Some(other) if other != id => return Err(()),
                    _ => found = Some(id),
                },
                _ => {}
            }
        }
        Ok(found)
    }

    /// The billing account that a value links to. Text without a link is no account, except a number in a field that holds numbers.
    pub fn billing_account(&self, cell: &Cell) -> Shown<BillingAccountId> {
        match self.linked_record(cell, Model::BillingAccount) {
            Ok(Some(id)) => BillingAccountId::try_from(id).map_or_else(|_| self.unreadable(&cell.text.text), Shown::Value),
            Ok(None) if self.is_empty(cell) => Shown::Absent,
            Ok(None) if cell.is_id_number => self.parsed(cell, |text| BillingAccountId::parse(text).ok()),
            _ => self.unreadable(&cell.text.text),
        }
    }

    /// A Salesforce account's id, as text or within a link's text or address. Two different ones are unreadable.
    pub fn salesforce(&self, cell: &Cell) -> Shown<SalesforceId> {
        if self.is_empty(cell) {
            return Shown::Absent;
        }
        let Some(text) = self.plain(cell) else { return self.unreadable(&cell.text.text) };
        let hrefs: Vec<String> = self.links(cell.at).into_iter().filter(|h| is_web(h)).filter_map(decode).collect();
        let mut found: Option<SalesforceId> = None;
        for candidate in std::iter::once(text).chain(hrefs.iter().map(String::as_str)).flat_map(ids_within) {
            match (SalesforceId::parse(candidate), &found) {
                (Ok(id), Some(first)) if first.same_account(&id) => {}
                (Ok(id), None) => found = Some(id),
                _ => return self.unreadable(text),
            }
        }
        match found {
            Some(id) => Shown::Value(id),
            None => self.unreadable(text),
        }
    }

    /// What a value shows of the person sold to: an e-mail, `Name <e-mail>`, a mailto link, a contact's link with either.
    pub fn sold_to(&self, cell: &Cell) -> Shown<SoldTo> {
        if self.is_empty(cell) {
            return Shown::Absent;
        }
        let Some(text) = self.plain(cell) else { return self.unreadable(&cell.text.text) };
        let Ok(contact) = self.linked_record(cell, Model::Contact) else { return self.unreadable(text) };
        let contact = contact.and_then(|id| ContactId::try_from(id).ok());
        let mut mailto: Option<Address> = None;
        for href in self.links(cell.at) {
            let Some(address) = mail_address(href) else { continue };
            match (address, &mailto) {
                (Some(address), None) => mailto = Some(address),
                (Some(address), Some(first)) if *first == address => {}
                _ => return self.unreadable(text),
            }
        }
        match (person(text), mailto) {
            (Person::Email { email, name }, None) => Shown::Value(SoldTo::Email { email, name, contact }),
            (Person::Email { email, name }, Some(other)) if email == other => Shown::Value(SoldTo::Email { email, name, contact }),
            (Person::Name(name), Some(email)) => Shown::Value(SoldTo::Email { email, name: Some(name), contact }),
            (Person::Nobody, Some(email)) => Shown::Value(SoldTo::Email { email, name: None, contact }),
            (Person::Name(name), None) if cell.is_id_number && contact.is_none() => match ContactId::parse(&name) {
                Ok(id) => Shown::Value(SoldTo::NameOnly { name, contact: Some(id) }),
                Err(_) => self.unreadable(text),
            },
            (Person::Name(name), None) => Shown::Value(SoldTo::NameOnly { name, contact }),
            _ => self.unreadable(text),
        }
    }
}

fn is_web(href: &str) -> bool {
    let scheme = href.trim_start().get(..8).unwrap_or_default().to_ascii_lowercase();
    scheme.starts_with("https://") || scheme.starts_with("http://")
}

/// Runs of letters and digits that could be a Salesforce account's id.
fn ids_within(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| run.starts_with("001") && matches!(run.len(), 15 | 18))
}

/// The address of a mailto link: `None` for another link, `Some(None)` for a mailto that names no single address.
fn mail_address(href: &str) -> Option<Option<Address>> {
    let (scheme, rest) = href.trim().split_once(':')?;
    if !scheme.eq_ignore_ascii_case("mailto") {
        return None;
    }
    let address = decode(rest.split(['?', '#']).next().unwrap_or_default()).map(|a| a.trim().to_owned());
    Some(address.and_then(|a| strict(&a)))
}

enum Person {
    Email { email: Address, name: Option<String> },
    Name(String),
    Nobody,
    Unclear,
}

/// `e-mail`, `Name <e-mail>`, `Name (e-mail)`, `<e-mail>` or a name without `@`.
fn person(text: &str) -> Person {
    let text = text.trim();
    if text.is_empty() || matches!(text, "-" | "–" | "—" | "‒") {
        return Person::Nobody;
    }
    if let Some(email) = strict(text) {
        return Person::Email { email, name: None };
    }
    for (open, close) in [('<', '>'), ('(', ')')] {
        let Some((name, email)) = text.strip_suffix(close).and_then(|t| t.rsplit_once(open)) else { continue };
        let (name, email) = (name.trim(), email.trim());
        if let Some(email) = strict(email).filter(|_| !name.contains('@')) {
            return Person::Email { email, name: (!name.is_empty()).then(|| name.to_owned()) };
        }
    }
    if text.contains(['@', '\u{FFFD}']) || text.chars().any(char::is_control) { Person::Unclear } else { Person::Name(text.to_owned()) }
}

/// The e-mail address that a text is, with nothing around it.
fn strict(text: &str) -> Option<Address> {
    Some(text).filter(|text| is_email(text)).and_then(|text| Address::parse(text).ok())
}

/// Whether a text is one e-mail address, strictly enough that nothing hides in it.
pub(super) fn is_email(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || "<>()[]\\,;:\"\u{FFFD}".contains(c);
    text.len() <= 254
        && !text.chars().any(odd)
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.contains('@') && domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty())
        })
}
