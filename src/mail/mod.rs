//! What a mail address tells of the company behind it (handbook: the requester writes from the company's domain; `facts`: "Free mail
//! providers").

mod address;
mod free;
mod look;
mod punycode;

use serde::{Deserialize, Serialize};

pub use address::{Address, Malformed};
pub use free::{is_free, listed, provide as provide_free};
pub use look::look_alike;

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
    /// A domain that a person would take for the Sold-to's and that is another.
    LookAlike {
        /// The Sold-to's domain.
        of: String,
    },
}

/// Judges an address beside the Sold-to's, where that is known. A look-alike is called one first, unless the Sold-to itself writes
/// from a free provider; a free provider is one even if the Sold-to is there too.
pub fn judge(address: &Address, sold_to: Option<&Address>) -> Company {
    if let Some(sold_to) = sold_to
        && look_alike(address.domain(), sold_to.domain())
        && !is_free(sold_to.domain())
    {
        return Company::LookAlike { of: sold_to.domain().to_owned() };
    }
    if is_free(address.domain()) {
        return Company::Free;
    }
    Company::Company { same_as_sold_to: sold_to.is_some_and(|sold_to| same_domain(address.domain(), sold_to.domain())) }
}

/// Whether both are one domain, in letters of any case or as `xn--`.
fn same_domain(a: &str, b: &str) -> bool {
    punycode::to_ascii(a) == punycode::to_ascii(b)
}
