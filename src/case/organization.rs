//! The organization of a Salesforce account (handbook step 11). The search may find more; only an
//! equal account is accepted.

use serde::{Deserialize, Serialize};

use super::load::Load;
use crate::record::ids::{OrganizationId, SalesforceId};
use crate::record::organization::Organization;

/// The result of the search for an account's organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// No organization has this account.
    None,
    /// Exactly one has it.
    One(Organization),
    /// Several have it: the engineer has to choose.
    Several(Vec<Organization>),
}

/// The search for the organization of a Salesforce account (step 11).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationSearch {
    /// The account that was searched for.
    pub account: Option<SalesforceId>,
    /// Whether the field for the other length of the ID is searched, because the first search found nothing.
    pub other_field: bool,
    /// What was found.
    pub load: Load<Found>,
    /// The one that the engineer chose among several.
    pub chosen: Option<OrganizationId>,
}

impl OrganizationSearch {
    /// The search's result, once it is known.
    pub fn found(&self) -> Option<&Found> {
        self.load.got()
    }

    /// The organization that the engineer chose among several.
    pub fn chosen(&self) -> Option<&Organization> {
        match (self.found()?, self.chosen) {
            (Found::Several(all), Some(id)) => all.iter().find(|o| o.id == id),
            _ => None,
        }
    }

    /// The organization: the only one, or the chosen one.
    pub fn one(&self) -> Option<&Organization> {
        match self.found()? {
            Found::One(organization) => Some(organization),
            Found::Several(_) => self.chosen(),
            Found::None => None,
        }
    }
}

/// The organizations whose fields name exactly the wanted account, each once. A field counts only if it equals the ID byte for byte
/// (15 characters, or 18 in `salesforce_id`); an organization whose other field names another account is not accepted.
pub fn accept(wanted: &SalesforceId, candidates: Vec<Organization>) -> Found {
    let mut accepted: Vec<Organization> = Vec::new();
    for candidate in candidates {
        if is_of(wanted, &candidate) && !accepted.iter().any(|known| known.id == candidate.id) {
            accepted.push(candidate);
        }
    }
    match accepted.len() {
        0 | 1 => accepted.pop().map_or(Found::None, Found::One),
        _ => Found::Several(accepted),
    }
}

fn is_of(wanted: &SalesforceId, organization: &Organization) -> bool {
    let (short, long) = (wanted.short(), wanted.long());
    let by_long = organization.salesforce_id.as_deref();
    let by_short = organization.salesforce_short_id.as_deref();
    let equal = by_long.is_some_and(|raw| raw == long || raw == short)
        || by_short.is_some_and(|raw| raw == short);
    equal
        && ![by_long, by_short]
            .into_iter()
            .flatten()
            .any(|raw| names_another(wanted, raw))
}

/// Whether a field's text looks like the ID of another account. Text of another shape ("n/a") names no account.
fn names_another(wanted: &SalesforceId, raw: &str) -> bool {
    let text = raw.trim();
    let is_id_shaped =
        matches!(text.len(), 15 | 18) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    is_id_shaped && !SalesforceId::parse(text).is_ok_and(|id| id.same_account(wanted))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::record::ids::OrganizationId;

    const LONG: &str = "0014M00001hHV5CQAW";
    const SHORT: &str = "0014M00001hHV5C";
    const OTHER: &str = "0014M00001h35gDQAQ";

    fn organization(id: u64, long: Option<&str>, short: Option<&str>) -> Organization {
        let id = OrganizationId::try_from(id).unwrap();
        Organization {
            id,
            name: format!("Org {id}"),
            salesforce_id: long.map(Into::into),
            salesforce_short_id: short.map(Into::into),
        }
    }

    fn accepts(wanted: &str, long: Option<&str>, short: Option<&str>) -> bool {
        let one = organization(1, long, short);
        match accept(&SalesforceId::parse(wanted).unwrap(), vec![one.clone()]) {
            Found::One(found) => found == one,
            Found::None | Found::Several(_) => false,
        }
    }

    #[test]
    fn either_length_finds_the_account_in_either_field() {
        for wanted in [LONG, SHORT] {
            assert!(accepts(wanted, Some(LONG), None), "{wanted}");
            assert!(accepts(wanted, Some(SHORT), None), "{wanted}");
            assert!(accepts(wanted, None, Some(SHORT)), "{wanted}");
            assert!(accepts(wanted, Some(LONG), Some(SHORT)), "{wanted}");
        }
    }

    #[test]
    fn nothing_but_equality_to_the_byte_is_accepted() {
        let spaced = format!(" {LONG}");
        let longer = format!("{LONG}0");
        for long in [
            LONG.to_lowercase().as_str(),
            SHORT.to_uppercase().as_str(),
            &spaced,
            &longer,
            &SHORT[..14],
            OTHER,
            "",
            "n/a",
        ] {
            assert!(!accepts(LONG, Some(long), None), "{long}");
        }
        let lower = SHORT.to_lowercase();
        for short in [LONG, lower.as_str(), "", &OTHER[..15]] {
            assert!(!accepts(SHORT, None, Some(short)), "{short}");
        }
        assert!(!accepts(LONG, None, None));
    }

    #[test]
    fn fields_that_contradict_each_other_are_not_accepted() {
        let case_differs = SHORT.replace("5C", "5c");
        assert!(!accepts(LONG, Some(LONG), Some(&OTHER[..15])));
        assert!(!accepts(LONG, Some(OTHER), Some(SHORT)));
        assert!(!accepts(LONG, Some(LONG), Some(&case_differs)));
        assert!(
            !accepts(LONG, Some(LONG), Some("0014M00001hHV5CQAX")),
            "an id with a wrong suffix is no one's"
        );
        assert!(
            accepts(LONG, Some(LONG), Some(LONG)),
            "the long form in the short field names the same account"
        );
        assert!(
            accepts(LONG, Some(LONG), Some("n/a")),
            "a text that is no id names nothing"
        );
        assert!(accepts(LONG, Some(LONG), Some("  ")));
    }

    #[test]
    fn none_one_and_several_are_different_answers() {
        let wanted = SalesforceId::parse(LONG).unwrap();
        assert_eq!(accept(&wanted, Vec::new()), Found::None);
        let (one, two) = (
            organization(1, Some(LONG), None),
            organization(2, None, Some(SHORT)),
        );
        let wrong = organization(3, Some(OTHER), None);
        assert_eq!(
            accept(&wanted, vec![wrong.clone(), one.clone(), one.clone()]),
            Found::One(one.clone()),
            "one found twice is one"
        );
        assert_eq!(
            accept(&wanted, vec![one.clone(), wrong, two.clone(), one.clone()]),
            Found::Several(vec![one, two])
        );
    }
}
