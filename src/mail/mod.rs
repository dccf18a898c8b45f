//! What a mail address tells of the company behind it (handbook: the requester writes from the company's domain; `facts`: "Free mail
//! providers").

mod address;
mod compare;
mod free;
mod look;
mod plain;
mod punycode;
mod text;

use serde::{Deserialize, Serialize};

pub use address::{Address, Malformed};
pub use compare::{Comparison, Named, compare, named};
pub use free::{free_parent, is_free, listed, provide as provide_free};
pub use look::look_alike;
pub use text::AddressText;

/// Whose address it is, as far as its domain says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Company {
    /// A domain that no list of free providers names.
    Company {
        /// Whether it is the very domain of the Sold-to. `false` also where no Sold-to is known.
        same_as_sold_to: bool,
    },
    /// A provider of free, personal or disposable mail.
    Free,
    /// Below the domain of such a provider: its staff, a business customer, or a free account.
    BelowFree {
        /// The provider.
        provider: String,
    },
    /// A domain that a person would take for another one, the Sold-to's or a contact's.
    LookAlike {
        /// That one.
        of: String,
    },
}

/// Judges an address beside the Sold-to's, where that is known.
pub fn judge(address: &Address, sold_to: Option<&Address>) -> Company {
    let domain = sold_to.map(Address::domain);
    match judge_beside(address, domain) {
        Company::Company { .. } => Company::Company {
            same_as_sold_to: domain.is_some_and(|own| same_domain(address.domain(), own)),
        },
        other => other,
    }
}

/// Judges an address beside domains that are known to be the customer's. A look-alike of one is called one first, unless that one is a free
/// provider's; a free provider is one even if the customer uses it too; what is only below a free provider is the customer's where they
/// use that very domain.
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

/// Whether both are one domain, in letters of any case or as `xn--`.
pub fn same_domain(a: &str, b: &str) -> bool {
    punycode::to_ascii(a) == punycode::to_ascii(b)
}
