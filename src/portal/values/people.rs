//! People: email addresses, and names that lead to a contact.

use super::words::{has_dots, is_action, is_cut, is_former, is_nothing};
use super::{Cell, Reading};
use crate::address::decode;
use crate::html::{PieceKind, cloudflare_address};
use crate::mail::Address;
use crate::record::ids::ContactId;
use crate::record::{RecordKind, Shown, SoldTo};
use crate::text::line::is_invisible;

impl Reading<'_, '_> {
    /// An email address.
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

    /// The person in a Sold-to: the only email address in it, in whatever form, or a name, linked
    /// to a contact or not.
    pub fn sold_to(&self, cell: &Cell) -> Shown<SoldTo> {
        if self.is_empty(cell) {
            return Shown::Absent;
        }
        let unreadable = || self.unreadable(&cell.text.text);
        let Some(pieces) = self.pieces(cell) else {
            return unreadable();
        };
        let Ok(contact) = self.linked_record(cell, RecordKind::Contact) else {
            return unreadable();
        };
        let contact = contact.and_then(|id| ContactId::try_from(id).ok());
        let mut people = People::default();
        for piece in &pieces.shown {
            people.read(&piece.text, piece.kind);
        }
        for href in self.links(cell.at) {
            if let Some((_, hex)) = href.split_once("/cdn-cgi/l/email-protection#") {
                people.add(cloudflare_address(hex).and_then(|address| strict(&address)));
            } else if let Some(address) = mail_address(href) {
                people.add(address);
            }
        }
        // A part of an address can look like a whole one.
        let is_part = pieces
            .shown
            .iter()
            .any(|p| p.kind != PieceKind::Button && !is_action(&p.text) && has_dots(&p.text));
        let titles = self.titles(cell.at);
        let mut said = People::default();
        titles
            .iter()
            .filter(|title| title.contains('@'))
            .for_each(|title| said.read(title, PieceKind::Badge));
        match people.email() {
            Err(()) => unreadable(),
            Ok(Some(_)) if is_part || is_former(&pieces.all().text, "@") => unreadable(),
            Ok(Some(email)) if said.emails.iter().any(|other| *other != email) => unreadable(),
            Ok(Some(email)) => Shown::Value(SoldTo::Email {
                email,
                name: people.name(),
                contact,
            }),
            Ok(None) if is_cut(&pieces.all().text) && contact.is_none() => unreadable(),
            Ok(None) => match self.one_text(cell) {
                Ok(Some(name)) if cell.is_id_number && contact.is_none() => {
                    match ContactId::parse(&name) {
                        Ok(id) => Shown::Value(SoldTo::NameOnly {
                            name,
                            contact: Some(id),
                        }),
                        Err(_) => unreadable(),
                    }
                }
                Ok(Some(name)) if !name.chars().any(|c| c.is_control() || c == '\u{FFFD}') => {
                    Shown::Value(SoldTo::NameOnly { name, contact })
                }
                _ => unreadable(),
            },
        }
    }
}

/// The address of a mailto link: `None` for another link, `Some(None)` for a mailto that names no single address.
fn mail_address(href: &str) -> Option<Option<Address>> {
    let (scheme, rest) = href.trim().split_once(':')?;
    if !scheme.eq_ignore_ascii_case("mailto") {
        return None;
    }
    let address =
        decode(rest.split(['?', '#']).next().unwrap_or_default()).map(|a| a.trim().to_owned());
    Some(address.and_then(|a| strict(&a)))
}

/// The addresses of a value and the name beside them.
#[derive(Default)]
struct People {
    emails: Vec<Address>,
    /// Whether something is an address, but it is unclear which.
    is_unclear: bool,
    names: Vec<String>,
}

impl People {
    /// Takes the addresses and the name of one piece.
    fn read(&mut self, text: &str, kind: PieceKind) {
        let is_boundary = |c: char| {
            c.is_whitespace()
                || "<>()[]{},;:\"|/".contains(c)
                || (!c.is_ascii() && !c.is_alphanumeric() && !is_invisible(c))
        };
        let mut rest = String::new();
        for token in text.split_inclusive(is_boundary) {
            let bare = token.trim_end_matches(is_boundary);
            if bare.contains('@') {
                let address = bare.trim_matches(|c: char| "'.".contains(c) || is_invisible(c));
                self.add(strict(address).filter(|_| {
                    !address.contains(['\u{FF20}', '=', '?', '&', '%', '!', '#', '*', '`', '^'])
                }));
                rest.push(' ');
            } else {
                rest.push_str(token);
            }
        }
        self.is_unclear |=
            text.contains(['\u{FFFD}', '＠', '﹫']) || text.chars().any(char::is_control);
        let name = rest
            .trim_matches(|c: char| c.is_whitespace() || "<>()[]{},;:\"|/-–—·•".contains(c))
            .trim_end_matches("mailto")
            .trim();
        let is_name = matches!(kind, PieceKind::Text | PieceKind::Link)
            && !name.is_empty()
            && !is_nothing(name)
            && !is_action(name);
        if is_name && !self.names.iter().any(|n| n == name) {
            self.names.push(name.to_owned());
        }
    }

    fn add(&mut self, address: Option<Address>) {
        match address {
            None => self.is_unclear = true,
            Some(address) if self.emails.contains(&address) => {}
            Some(address) => self.emails.push(address),
        }
    }

    /// The only address; none if there is no address.
    fn email(&self) -> Result<Option<Address>, ()> {
        match self.emails.as_slice() {
            _ if self.is_unclear => Err(()),
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            _ => Err(()),
        }
    }

    /// The name, if there is one and it contains nothing but a name.
    fn name(&self) -> Option<String> {
        let is_name = |name: &&String| {
            !name
                .chars()
                .any(|c| c.is_ascii_digit() || "<>()[]{}:;|\u{FFFD}".contains(c) || is_invisible(c))
        };
        match self.names.as_slice() {
            [one] => Some(one).filter(is_name).cloned(),
            _ => None,
        }
    }
}

/// The email address, if the text is nothing else.
fn strict(text: &str) -> Option<Address> {
    Some(text)
        .filter(|text| is_email(text))
        .and_then(|text| Address::parse(text).ok())
}

/// Whether a text is exactly one email address, so strictly that nothing can hide in it.
pub(in crate::portal) fn is_email(text: &str) -> bool {
    let odd = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_invisible(c)
            || "<>()[]\\,;:\"\u{FFFD}".contains(c)
    };
    text.len() <= 254
        && !text.chars().any(odd)
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !domain.contains('@')
                && domain.split('.').count() > 1
                && domain.split('.').all(|label| !label.is_empty())
        })
}
