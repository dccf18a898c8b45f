//! Values that link to another record of the portal or to an account in Salesforce.

use super::words::{is_cut, is_former};
use super::{Cell, Reading};
use crate::address::decode;
use crate::portal::address::{Place, linked};
use crate::record::ids::{BillingAccountId, SalesforceId};
use crate::record::{RecordKind, Shown};

impl Reading<'_, '_> {
    /// The record of the wanted kind that a value links to; `Err` if it links to several, or if a
    /// link's number differs.
    pub(super) fn linked_record(&self, cell: &Cell, wanted: RecordKind) -> Result<Option<u64>, ()> {
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

    /// The billing account that a value links to. Text without a link is not an account, except a
    /// number in a field for numbers.
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

    /// A Salesforce account's id, as text or within a link's text or URL. Two different ones are
    /// unreadable.
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
        let shown = pieces.all().text;
        match found {
            Some(id) if !is_cut(&shown) && is_said(&id) && !is_former(&shown, "001") => {
                Shown::Value(id)
            }
            _ => self.unreadable(&cell.text.text),
        }
    }
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
