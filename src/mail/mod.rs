//! What a mail address says about the company behind it (handbook: the requester writes from the
//! company's domain; `facts`: "Free mail providers").

mod address;
mod compare;
mod domain;
mod free;
mod look;
mod plain;
mod punycode;
mod text;

use serde::{Deserialize, Serialize};

pub use address::{Address, Malformed};
pub use compare::{Comparison, Named, compare, named};
pub use domain::same_domain;
pub use free::{free_parent, is_free, listed, provide as provide_free};
pub use look::look_alike;
pub use text::AddressText;

/// The owner of an address, as far as its domain shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Company {
    /// A domain that is not on the list of free providers.
    Company {
        /// Whether it is exactly the Sold-to's domain. `false` if no Sold-to is known, too.
        same_as_sold_to: bool,
    },
    /// A provider of free, personal or disposable mail.
    Free,
    /// Below the domain of such a provider: its staff, a business customer, or a free account.
    BelowFree {
        /// The provider.
        provider: String,
    },
    /// A domain that a person may mistake for the Sold-to's or a contact's.
    LookAlike {
        /// The domain that it resembles.
        of: String,
    },
}

/// Judges an address by the Sold-to's, if that is known.
pub fn judge(address: &Address, sold_to: Option<&Address>) -> Company {
    let domain = sold_to.map(Address::domain);
    match judge_beside(address, domain) {
        Company::Company { .. } => Company::Company {
            same_as_sold_to: domain.is_some_and(|own| same_domain(address.domain(), own)),
        },
        other => other,
    }
}

/// Judges an address by domains that are known to be the customer's. A look-alike of one comes
/// first, unless the original is a free provider's. A free provider counts as one even if the
/// customer uses it, too. A domain below a free provider's is the customer's if they use exactly
/// that domain.
pub fn judge_beside<'a>(
    address: &Address,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Company {
    let own = known
        .clone()
        .into_iter()
        .any(|domain| same_domain(address.domain(), domain));
    let mut others = known.into_iter().filter(|domain| !own && !is_free(domain));
    if let Some(of) = others.find(|domain| look_alike(address.domain(), domain)) {
        return Company::LookAlike { of: of.to_owned() };
    }
    if is_free(address.domain()) {
        return Company::Free;
    }
    match free_parent(address.domain()) {
        Some(provider) if !own => Company::BelowFree { provider },
        _ => Company::Company {
            same_as_sold_to: own,
        },
    }
}
