//! Whether an address is ticked before the engineer looks at it: only if the requester asks to add it and its domain is known to be
//! the customer's.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::named::NamedBy;
use crate::mail::{self, AddressText, Company};
use crate::record::people::User;
use crate::record::ticket::{Oddity, Wish};

/// Why an address is not ticked automatically.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It is not an email address.
    Malformed,
    /// The case added it already. If its user is not in the organization any more, a colleague wanted that.
    AddedBefore,
    /// The requester asks to remove it.
    ToRemove,
    /// The requester only mentions it.
    Mentioned,
    /// It is written in an unusual way.
    Odd(Oddity),
    /// It belongs to the team.
    Team,
    /// Its domain looks like one of the customer's, but is different.
    LookAlike {
        /// The customer's domain.
        of: String,
    },
    /// It belongs to a free or disposable mail provider.
    FreeMail,
    /// Its domain is a subdomain of a free mail provider's.
    BelowFreeMail {
        /// The provider's.
        provider: String,
    },
    /// Neither the requester nor a contact of the organization has an address on that domain.
    OtherDomain {
        /// The domain.
        domain: String,
    },
}

impl Doubt {
    /// The reason, as a phrase for the engineer.
    pub fn says(&self) -> String {
        match self {
            Self::Malformed => "it isn’t an email address".to_owned(),
            Self::AddedBefore => "it was added before, and no contact has it now".to_owned(),
            Self::ToRemove => "the requester asks to remove it".to_owned(),
            Self::Mentioned => "the requester only mentions it".to_owned(),
            Self::Odd(oddity) => oddity.says().trim_end_matches('.').to_owned(),
            Self::Team => "it is one of the team’s own".to_owned(),
            Self::LookAlike { of } => format!("its domain looks like {of}, and is another"),
            Self::FreeMail => "it is of a free or disposable mail provider".to_owned(),
            Self::BelowFreeMail { provider } => {
                format!("its domain is below {provider}, a free mail provider")
            }
            Self::OtherDomain { domain } => {
                format!("neither the requester nor a contact has an address at {domain}")
            }
        }
    }
}

/// Domains of the team and of Zendesk itself.
const TEAM: [&str; 2] = ["gitlab.com", "zendesk.com"];

/// The domains that are known to be the customer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerDomains(BTreeSet<String>);

impl CustomerDomains {
    /// The domain of the requester and those of the organization's contacts, without free mail.
    pub fn of<'a>(
        requester: Option<&'a AddressText>,
        people: impl IntoIterator<Item = &'a User>,
    ) -> Self {
        let contacts = people
            .into_iter()
            .filter(|user| user.is_contact())
            .filter_map(|user| user.email.as_ref());
        let addresses = requester
            .into_iter()
            .chain(contacts)
            .filter_map(|email| email.address().ok());
        Self(
            addresses
                .map(|a| a.domain().to_owned())
                .filter(|domain| !mail::is_free(domain))
                .collect(),
        )
    }

    /// All the domains.
    pub fn iter(&self) -> impl Iterator<Item = &str> + Clone {
        self.0.iter().map(String::as_str)
    }
}

/// Why an address is not ticked until the engineer ticks it; none if it is. What the engineer entered counts as asked for on any domain.
pub fn doubt(email: &AddressText, by: NamedBy, domains: &CustomerDomains) -> Option<Doubt> {
    let Ok(address) = email.address() else {
        return Some(Doubt::Malformed);
    };
    match by {
        NamedBy::Requester(Wish::Remove, _) => return Some(Doubt::ToRemove),
        NamedBy::Requester(Wish::Mention, _) => return Some(Doubt::Mentioned),
        NamedBy::Requester(Wish::Add, _) | NamedBy::Engineer => {}
    }
    match mail::judge_beside(address, domains.iter()) {
        Company::LookAlike { of } => return Some(Doubt::LookAlike { of }),
        Company::Free => return Some(Doubt::FreeMail),
        Company::BelowFree { provider } => return Some(Doubt::BelowFreeMail { provider }),
        Company::Company { .. } => {}
    }
    let NamedBy::Requester(_, oddity) = by else {
        return None;
    };
    let domain = address.domain();
    if TEAM.iter().any(|team| {
        domain == *team
            || domain
                .strip_suffix(team)
                .is_some_and(|rest| rest.ends_with('.'))
    }) {
        return Some(Doubt::Team);
    }
    if !domains.iter().any(|own| mail::same_domain(own, domain)) {
        return Some(Doubt::OtherDomain {
            domain: domain.to_owned(),
        });
    }
    // A full-width @ can only be an @.
    oddity
        .filter(|oddity| *oddity != Oddity::FullWidthAt)
        .map(Doubt::Odd)
}
