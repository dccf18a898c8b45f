//! One field's or cell's content, read as what it should be. Anything else is unreadable, never guessed.

use super::address::{Place, linked};
use super::names;
use super::witness::Witness;
use crate::address::decode;
use crate::day::{self, Day};
use crate::html::{
    Element, PieceKind, Pieces, Text, Tree, classes, cloudflare_address, collapsed, decoded,
    has_class, is_hidden, is_unseen,
};
use crate::mail::Address;
use crate::profile::portal::{Mark, PortalWords};
use crate::record::ids::{BillingAccountId, ContactId, MaskedCode, SalesforceId, SubscriptionName};
use crate::record::{RecordKind, Shown, SoldTo, UNREADABLE_MAX};
use crate::text::line::is_invisible;

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
    /// Whether the page says the value twice and differently, so that neither counts.
    pub is_doubtful: bool,
    /// The whole value, where what is shown of it is cut and the cell's `title` has all of it.
    pub whole: Option<String>,
}

/// Most links of one value that are looked at.
const MAX_LINKS: usize = 20;

impl<'h> Reading<'_, 'h> {
    /// Where the links of a value lead that a person sees, and more than a few are cut. Hidden ones lead nowhere.
    pub fn links(&self, at: usize) -> Vec<&'h str> {
        self.anchors(at).into_iter().map(|(_, href)| href).collect()
    }

    fn anchors(&self, at: usize) -> Vec<(usize, &'h str)> {
        let mut found = Vec::new();
        let mut i = at + 1;
        while i < self.flat.end(at) && found.len() < MAX_LINKS {
            match self.flat.element(i) {
                Some(e) if is_unseen(e.name()) || is_hidden(e) => {
                    i = self.flat.end(i);
                    continue;
                }
                Some(e) if e.name() == "a" => found.extend(e.attr("href").map(|href| (i, href))),
                _ => {}
            }
            i += 1;
        }
        found
    }

    /// What stands in the titles of a value's visible parts: it is shown to whoever points at them.
    fn titles(&self, at: usize) -> Vec<String> {
        let own = self.flat.element(at);
        let all = own.into_iter().chain(
            self.flat
                .visible_below(at)
                .into_iter()
                .map(|(_, element)| element),
        );
        all.filter_map(|element| element.attr("title"))
            .take(MAX_LINKS)
            .map(|title| collapsed(&decoded(title)).text)
            .collect()
    }

    /// The answer for what cannot be read: its beginning, unless it holds a secret.
    pub fn unreadable<T>(&self, text: &str) -> Shown<T> {
        Shown::Unreadable(if self.holds_secret(text) {
            "…".to_owned()
        } else {
            text.chars().take(UNREADABLE_MAX).collect()
        })
    }

    fn holds_secret(&self, text: &str) -> bool {
        self.secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()))
    }

    /// The value's pieces, where it can be trusted as a whole: not cut, not torn, without a secret.
    fn pieces(&self, cell: &Cell) -> Option<Pieces> {
        let mut pieces = match &cell.whole {
            Some(text) => Pieces::of(text),
            None => self.flat.pieces(cell.at),
        };
        // Around a text such a mark changes nothing. Within one, nobody can tell.
        for piece in &mut pieces.shown {
            piece.text = piece
                .text
                .trim_matches(|c: char| is_invisible(c) || c.is_whitespace())
                .to_owned();
        }
        pieces.shown.retain(|piece| !piece.text.is_empty());
        let all = pieces.all();
        let is_plain =
            !cell.is_doubtful && !pieces.torn && !all.cut && all.text.chars().count() <= 500;
        (is_plain && !self.holds_secret(&all.text)).then_some(pieces)
    }

    /// The one text of a value; `Ok(None)` where there is none, `Err` where there are several, or a part of one.
    fn one_text(&self, cell: &Cell) -> Result<Option<String>, ()> {
        let pieces = self.pieces(cell).ok_or(())?;
        let of = |kinds: &[PieceKind]| {
            let mut found: Vec<&str> = Vec::new();
            for piece in pieces.shown.iter().filter(|p| kinds.contains(&p.kind)) {
                let is_action = piece.kind == PieceKind::Link && is_action(&piece.text);
                if !is_action && !found.contains(&piece.text.as_str()) {
                    found.push(&piece.text);
                }
            }
            found
        };
        let own = of(&[PieceKind::Text, PieceKind::Link]);
        let found = if own.is_empty() {
            of(&[PieceKind::Badge])
        } else {
            own
        };
        match found.as_slice() {
            [] if pieces.hides_text => Err(()),
            [] => Ok(None),
            [one] if is_nothing(one) || self.is_none_mark(one) => Ok(None),
            [one] if is_cut(one) => Err(()),
            [one] => Ok(Some((*one).to_owned())),
            _ => Err(()),
        }
    }

    fn is_none_mark(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        text.is_empty() || self.words.booleans.none.texts.contains(&text)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self, cell: &Cell) -> bool {
        self.one_text(cell) == Ok(None) && self.links(cell.at).is_empty() && !self.has_field(cell)
    }

    /// Whether a form's field may show a value that is no text of the page.
    fn has_form_field(&self, cell: &Cell) -> bool {
        self.flat
            .visible_below(cell.at)
            .iter()
            .any(|(_, e)| matches!(e.name(), "input" | "select" | "textarea"))
    }

    /// Whether something other than text may show a value there.
    fn has_field(&self, cell: &Cell) -> bool {
        self.flat.visible_below(cell.at).iter().any(|(_, e)| {
            matches!(
                e.name(),
                "input" | "select" | "textarea" | "turbo-frame" | "iframe" | "img" | "svg"
            )
        })
    }

    fn parsed<T>(&self, cell: &Cell, parse: impl FnOnce(&str) -> Option<T>) -> Shown<T> {
        match self.one_text(cell) {
            Ok(None) if self.has_form_field(cell) => self.unreadable("(a field of a form)"),
            Ok(None) => Shown::Absent,
            Ok(Some(text)) => {
                parse(&text).map_or_else(|| self.unreadable(&cell.text.text), Shown::Value)
            }
            Err(()) => self.unreadable(&cell.text.text),
        }
    }

    /// A text of one line.
    pub fn string(&self, cell: &Cell) -> Shown<String> {
        self.parsed(cell, |text| {
            (!text.chars().any(|c| c.is_control() || c == '\u{FFFD}')).then(|| text.to_owned())
        })
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

    /// A subscription's name: the value itself, or the one name of the usual form among other words.
    pub fn subscription_name(&self, cell: &Cell) -> Shown<SubscriptionName> {
        let whole = self.one_text(cell);
        match &whole {
            Ok(None) if self.has_form_field(cell) => return self.unreadable("(a field of a form)"),
            Ok(None) => return Shown::Absent,
            Ok(Some(text)) if !text.contains(' ') && !begins_like_usual_name(text) => {
                let name = names::whole(text)
                    .filter(|name| !names::contradicted(name, &self.titles(cell.at)));
                return name.map_or_else(|| self.unreadable(&cell.text.text), Shown::Value);
            }
            _ => {}
        }
        let Some(pieces) = self.pieces(cell) else {
            return self.unreadable(&cell.text.text);
        };
        let seen: Vec<&str> = pieces
            .shown
            .iter()
            .filter(|p| p.kind != PieceKind::Button)
            .map(|p| p.text.as_str())
            .collect();
        match names::within(&seen) {
            Some(name) if !names::contradicted(&name, &self.titles(cell.at)) => Shown::Value(name),
            _ => self.unreadable(&cell.text.text),
        }
    }

    /// A day, unless a title beside it names another one. A time zone may shift a moment by a day.
    pub fn day(&self, cell: &Cell) -> Shown<Day> {
        let shown = self.shown_day(cell);
        let Shown::Value(day) = &shown else {
            return shown;
        };
        let is_other = |said: Day| {
            let apart = (said.date - day.date).whole_days().abs();
            apart > i64::from(said.is_moment || day.is_moment)
        };
        if self
            .titles(cell.at)
            .iter()
            .filter_map(|title| day::printed(title))
            .any(is_other)
        {
            return self.unreadable(&cell.text.text);
        }
        shown
    }

    /// The day that is shown. The machine's form of a `time` element counts before its words.
    fn shown_day(&self, cell: &Cell) -> Shown<Day> {
        let times: Vec<&str> = self
            .flat
            .visible_below(cell.at)
            .iter()
            .filter(|(_, e)| e.name() == "time")
            .filter_map(|(_, e)| e.attr("datetime"))
            .collect();
        let Some(pieces) = self.pieces(cell) else {
            return self.unreadable(&cell.text.text);
        };
        let whole = pieces.all().text;
        if let [one, rest @ ..] = times.as_slice() {
            let same = rest.iter().all(|other| other == one);
            let shown = day::printed(&whole);
            return match day::printed(one) {
                Some(day) if same && shown.is_none_or(|s| s.date == day.date || day.is_moment) => {
                    Shown::Value(day)
                }
                _ => self.unreadable(&cell.text.text),
            };
        }
        if is_nothing(&whole) || self.is_none_mark(&whole) {
            return if pieces.hides_text {
                self.unreadable("(hidden)")
            } else if self.has_form_field(cell) {
                self.unreadable("(a field of a form)")
            } else {
                Shown::Absent
            };
        }
        if is_cut(&whole) {
            return self.unreadable(&cell.text.text);
        }
        // A remark may stand beside the day in an element of its own, as long as it names no other year.
        let texts: Vec<&str> = pieces
            .shown
            .iter()
            .filter(|p| p.kind != PieceKind::Button)
            .map(|p| p.text.as_str())
            .collect();
        let mut found: Option<Day> = None;
        for text in &texts {
            let years = text
                .split(|c: char| !c.is_numeric())
                .any(|digits| digits.chars().count() >= 4);
            match (day::printed(text), found) {
                (Some(day), None) => found = Some(day),
                (Some(day), Some(first)) if day == first => {}
                (Some(_), Some(_)) => return self.unreadable(&cell.text.text),
                (None, _) if years || text.contains('/') || text.contains(':') => {
                    return day::printed(&whole)
                        .map_or_else(|| self.unreadable(&cell.text.text), Shown::Value);
                }
                (None, _) => {}
            }
        }
        found
            .or_else(|| day::printed(&whole))
            .map_or_else(|| self.unreadable(&cell.text.text), Shown::Value)
    }

    /// An activation code, masked: its text goes nowhere else.
    pub fn code(&self, cell: &Cell) -> Shown<MaskedCode> {
        let pieces = self.flat.pieces(cell.at);
        let mut found: Vec<&str> = Vec::new();
        for piece in pieces
            .shown
            .iter()
            .filter(|p| matches!(p.kind, PieceKind::Text | PieceKind::Link) && !is_action(&p.text))
        {
            if !found.contains(&piece.text.as_str()) {
                found.push(&piece.text);
            }
        }
        match found.as_slice() {
            [] if !pieces.hides_text => Shown::Absent,
            [one] if is_nothing(one) || self.is_none_mark(one) => Shown::Absent,
            [one] if is_masked(one) => Shown::Unreadable("…".to_owned()),
            [one]
                if !pieces.torn
                    && !pieces.cut
                    && !cell.is_doubtful
                    && !one.contains(' ')
                    && one.chars().count() <= 200 =>
            {
                Shown::Value(MaskedCode::of(one))
            }
            _ => Shown::Unreadable("…".to_owned()),
        }
    }

    /// Yes or no: known words, known icons or one checkbox that all say the same, and nothing else. An empty or "none" mark is absent.
    pub fn boolean(&self, cell: &Cell) -> Shown<bool> {
        let odd = || {
            self.unreadable(if cell.text.text.is_empty() {
                "(a mark that is neither yes nor no)"
            } else {
                &cell.text.text
            })
        };
        let Some(pieces) = self.pieces(cell) else {
            return odd();
        };
        let mut found: Vec<Option<bool>> = Vec::new();
        for piece in pieces.shown.iter().filter(|p| p.kind != PieceKind::Button) {
            match self.said(&piece.text) {
                Some(said) => found.push(said),
                None => return odd(),
            }
        }
        let mut has_marks = false;
        for (_, element) in self.flat.visible_below(cell.at) {
            let icons: Vec<Option<bool>> = icon_names(element)
                .iter()
                .filter_map(|name| self.drawn(name))
                .collect();
            let is_icon = matches!(element.name(), "svg" | "use" | "img" | "i")
                || classes(element).any(is_icon_class);
            let is_badge = has_class(element, "badge") || has_class(element, "label");
            has_marks |= is_icon || is_badge;
            if is_icon
                && icons.is_empty()
                && element.name() != "svg"
                && !icon_names(element).is_empty()
            {
                return odd();
            }
            found.extend(icons);
            match (element.name(), element.attr("type")) {
                ("input", Some("checkbox")) => found.push(Some(element.attr("checked").is_some())),
                ("input" | "select" | "textarea" | "iframe" | "turbo-frame" | "img", _) => {
                    return odd();
                }
                _ => {}
            }
            for attribute in ["aria-label", "title"] {
                let said = element
                    .attr(attribute)
                    .and_then(|text| self.said(&collapsed(text).text));
                found.extend(said.flatten().map(Some));
            }
        }
        match found.as_slice() {
            [] if has_marks
                || pieces.hides_text
                || self
                    .flat
                    .visible_below(cell.at)
                    .iter()
                    .any(|(_, e)| e.attr("class").is_some()) =>
            {
                odd()
            }
            [] => Shown::Absent,
            [first, rest @ ..] if rest.iter().all(|other| other == first) => {
                first.map_or(Shown::Absent, Shown::Value)
            }
            _ => odd(),
        }
    }

    /// What a whole text says: yes, no, or that there is no value. `None`: something else.
    fn said(&self, text: &str) -> Option<Option<bool>> {
        let booleans = &self.words.booleans;
        // The selector of a sign's emoji form is no part of the sign.
        let text = text.to_lowercase().replace('\u{FE0F}', "");
        let text = text.trim_end_matches(['.', '!']);
        let is = |mark: &Mark, text: &str| mark.texts.iter().any(|w| w == text);
        if is(&booleans.yes, text) {
            Some(Some(true))
        } else if is(&booleans.no, text) {
            Some(Some(false))
        } else if is_nothing(text) || is(&booleans.none, text) {
            Some(None)
        } else {
            let (word, rest) = text.split_once(' ')?;
            // "✘ No": a sign and its word.
            for (mark, value) in [(&booleans.yes, true), (&booleans.no, false)] {
                if is(mark, word) && is(mark, rest) {
                    return Some(Some(value));
                }
            }
            // "Yes (until November 15, 2026)" is a yes with its end.
            let remark = rest.trim_start_matches('(').trim_end_matches(')').trim();
            let (until, day) = remark.split_once(' ')?;
            let is_end = matches!(
                until,
                "until" | "till" | "through" | "ends" | "since" | "from"
            ) && day::printed(day).is_some();
            (is_end && is(&booleans.yes, word)).then_some(Some(true))
        }
    }

    /// What an icon says.
    fn drawn(&self, name: &str) -> Option<Option<bool>> {
        let booleans = &self.words.booleans;
        let marks = [
            (&booleans.yes, Some(true)),
            (&booleans.no, Some(false)),
            (&booleans.none, None),
        ];
        marks
            .iter()
            .find(|(mark, _)| mark.icons.iter().any(|icon| icon == name))
            .map(|(_, value)| *value)
    }

    /// The one record of a model that a value links to; `Err` where it links to several, or where a link's number is another one.
    fn linked_record(&self, cell: &Cell, wanted: RecordKind) -> Result<Option<u64>, ()> {
        let mut found = None;
        for (at, href) in self.anchors(cell.at) {
            match linked(href, self.host, self.words) {
                Some(Place::Show { model, id }) if model == wanted => {
                    let text = self.flat.text(at).text;
                    let number = text
                        .rsplit([' ', '#'])
                        .next()
                        .and_then(|n| n.parse::<u64>().ok());
                    let is_other_number =
                        text.contains('#') || text.bytes().all(|b| b.is_ascii_digit());
                    match (found, number) {
                        (Some(other), _) if other != id => return Err(()),
                        (_, Some(number)) if is_other_number && number != id => return Err(()),
                        _ => found = Some(id),
                    }
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The billing account that a value links to. Text without a link is no account, except a number in a field that holds numbers.
    pub fn billing_account(&self, cell: &Cell) -> Shown<BillingAccountId> {
        match self.linked_record(cell, RecordKind::BillingAccount) {
            _ if cell.is_doubtful => self.unreadable(&cell.text.text),
            Ok(Some(id)) => BillingAccountId::try_from(id)
                .map_or_else(|_| self.unreadable(&cell.text.text), Shown::Value),
            Ok(None) if self.is_empty(cell) => Shown::Absent,
            Ok(None) if cell.is_id_number => {
                self.parsed(cell, |text| BillingAccountId::parse(text).ok())
            }
            _ => self.unreadable(&cell.text.text),
        }
    }

    /// A Salesforce account's id, as text or within a link's text or address. Two different ones are unreadable.
    pub fn salesforce(&self, cell: &Cell) -> Shown<SalesforceId> {
        if self.is_empty(cell) {
            return Shown::Absent;
        }
        let Some(pieces) = self.pieces(cell) else {
            return self.unreadable(&cell.text.text);
        };
        let hrefs: Vec<String> = self
            .links(cell.at)
            .into_iter()
            .filter(|h| is_web(h))
            .filter_map(decode)
            .collect();
        let texts = pieces.shown.iter().map(|p| p.text.as_str());
        let mut found: Option<SalesforceId> = None;
        for candidate in texts
            .chain(hrefs.iter().map(String::as_str))
            .flat_map(ids_within)
        {
            match (SalesforceId::parse(candidate), &found) {
                (Ok(id), Some(first)) if first.same_account(&id) => {}
                (Ok(id), None) => found = Some(id),
                _ => return self.unreadable(&cell.text.text),
            }
        }
        let titles = self.titles(cell.at);
        let is_said = |id: &SalesforceId| {
            titles
                .iter()
                .flat_map(|title| ids_within(title))
                .all(|said| SalesforceId::parse(said).is_ok_and(|said| said.same_account(id)))
        };
        match found {
            Some(id) if !is_cut(&pieces.all().text) && is_said(&id) => Shown::Value(id),
            _ => self.unreadable(&cell.text.text),
        }
    }

    /// What a value shows of the person sold to: the one e-mail address in it, however it is put, or a name, linked to a contact or not.
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
            Ok(Some(_)) if is_part => unreadable(),
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

/// Words for "there is no value", in any case, with or without brackets.
pub(super) fn is_nothing(text: &str) -> bool {
    const WORDS: [&str; 21] = [
        "n/a",
        "n.a.",
        "n.a",
        "n\\a",
        "none",
        "nil",
        "null",
        "undefined",
        "empty",
        "blank",
        "not set",
        "unset",
        "not available",
        "not applicable",
        "no value",
        "loading",
        "please wait",
        "not provided",
        "missing",
        "not found",
        "tbd",
    ];
    let lower = text.to_lowercase();
    let bare = lower
        .trim()
        .trim_matches(|c: char| "()[]<>{}\"'".contains(c) || c.is_whitespace())
        .trim_end_matches(['.', '…'])
        .trim_end();
    let is_dashes = !lower.trim().is_empty()
        && lower
            .chars()
            .all(|c| c.is_whitespace() || "-‐‑‒–—―−_".contains(c));
    lower.trim().is_empty() || is_dashes || WORDS.contains(&bare) || WORDS.contains(&lower.trim())
}

/// Whether the site hides a part of a text behind signs of its own.
fn is_masked(text: &str) -> bool {
    text.contains(['*', '•', '●', '∙', '·', '█', '▪'])
}

/// Whether a text is shown only in part.
pub(super) fn is_cut(text: &str) -> bool {
    text.contains('…') || text.contains("...") || text.contains('⋯')
}

/// Whether a text holds a mark of what is left out, also a short one.
pub(super) fn has_dots(text: &str) -> bool {
    is_cut(text) || text.contains("..")
}

/// What links beside a value say that lead to more of it.
fn is_action(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "edit",
        "view",
        "show",
        "open",
        "copy",
        "details",
        "more",
        "zuora",
        "salesforce",
        "history",
        "link",
        "copied!",
        "copy to clipboard",
    ];
    let lower = text.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '!');
    WORDS.contains(&lower)
        || ["view in ", "open in ", "show in ", "see in "]
            .iter()
            .any(|start| lower.starts_with(start))
}

/// Whether a text begins as a usual subscription name and then goes on: a version or a badge may be stuck to it.
fn begins_like_usual_name(text: &str) -> bool {
    let rest = text.strip_prefix("A-S").unwrap_or_default();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && digits < rest.len()
}

fn is_icon_class(class: &str) -> bool {
    class.starts_with("fa-")
        || class.starts_with("icon-")
        || class.starts_with("bi-")
        || class.starts_with("glyphicon-")
}

/// The names of an element's icon: its classes of icons, the sprite it uses, the test name that GitLab's icons have.
fn icon_names(element: &Element) -> Vec<String> {
    const SIZES: [&str; 12] = [
        "fa-fw",
        "fa-lg",
        "fa-sm",
        "fa-xs",
        "fa-2x",
        "fa-3x",
        "fa-1x",
        "fa-solid",
        "fa-regular",
        "fa-light",
        "fa-inverse",
        "fa-stack-1x",
    ];
    let mut names: Vec<String> = classes(element)
        .filter(|c| is_icon_class(c) && !SIZES.contains(c))
        .map(str::to_owned)
        .collect();
    if element.name() == "use" {
        let href = element
            .attr("href")
            .or_else(|| element.attr("xlink:href"))
            .unwrap_or_default();
        names.extend(href.rsplit_once('#').map(|(_, name)| name.to_owned()));
    }
    if element.name() == "svg" {
        names.extend(
            element
                .attr("data-testid")
                .and_then(|id| id.strip_suffix("-icon"))
                .map(str::to_owned),
        );
    }
    names
}

fn is_web(href: &str) -> bool {
    let scheme = href
        .trim_start()
        .get(..8)
        .unwrap_or_default()
        .to_ascii_lowercase();
    scheme.starts_with("https://") || scheme.starts_with("http://")
}

/// Runs of letters and digits that could be a Salesforce account's id.
fn ids_within(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| run.starts_with("001") && matches!(run.len(), 15 | 18))
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
    /// Whether something is an address, but nobody can tell which.
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

    /// The one address; none where there is none at all.
    fn email(&self) -> Result<Option<Address>, ()> {
        match self.emails.as_slice() {
            _ if self.is_unclear => Err(()),
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            _ => Err(()),
        }
    }

    /// The name, where there is one and it holds nothing but a name.
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

/// The e-mail address that a text is, with nothing around it.
fn strict(text: &str) -> Option<Address> {
    Some(text)
        .filter(|text| is_email(text))
        .and_then(|text| Address::parse(text).ok())
}

/// Whether a text is one e-mail address, strictly enough that nothing hides in it.
pub(super) fn is_email(text: &str) -> bool {
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
