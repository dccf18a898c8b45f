//! Domains of addresses.

use super::punycode;

/// Whether both are the same domain, whatever the case and the notation.
pub fn same_domain(a: &str, b: &str) -> bool {
    punycode::to_ascii(a) == punycode::to_ascii(b)
}
