//! Providers of free, personal and disposable mail: an address there says nothing about the company
//! (`facts`: "Free mail providers").
//!
//! The list is that of the npm package `free-email-domains` (MIT) with our own additions and
//! omissions, all in `tests/tools/free-mail.js`. It contains whole names, so a company's domain
//! never matches by chance. It ships unpacked beside the WebAssembly, in the form that is searched:
//! packed to a quarter of its size, it had to be unpacked whenever the background started, which
//! took longer than the rest of the start.

use std::sync::OnceLock;

use super::punycode;

/// `extension/free-mail.txt`: one domain per line, labels from last to first, sorted by bytes.
static LIST: OnceLock<String> = OnceLock::new();

/// Native builds contain the list; in a browser, the background provides it.
#[cfg(not(target_arch = "wasm32"))]
const BUILT_IN: &str = include_str!("../../extension/free-mail.txt");
#[cfg(target_arch = "wasm32")]
const BUILT_IN: &str = "";

/// Takes the list, once. The error says what is wrong with it.
pub fn provide(list: Vec<u8>) -> Result<(), String> {
    let list = String::from_utf8(list)
        .ok()
        .filter(|list| list.ends_with('\n'));
    // A second call provides the same list.
    _ = LIST.set(list.ok_or("the list of free mail providers cannot be used: it is not whole")?);
    Ok(())
}

/// Second-level names under which a registry sells names. The list has a few of them (`net.ua`)
/// because of the mail that they offer themselves; the companies below them are not their mail
/// customers.
const SHELVES: &[&str] = &[
    "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "ne", "net", "or", "org", "plc",
];

/// Whether registries sell names under these two labels, such as `co.uk` and `net.ua`.
pub(super) fn is_shelf(second: &str, last: &str) -> bool {
    last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase()) && SHELVES.contains(&second)
}

/// Whether the list has exactly this domain. Case does not matter, nor the notation of an
/// international name. Nothing is guessed from names.
pub fn is_free(domain: &str) -> bool {
    is_listed(&turned(&punycode::to_ascii(domain.trim_end_matches('.'))))
}

/// The listed provider above a domain that is not listed itself. Providers give subdomains to their
/// staff, to business customers, and some to free accounts: the parent alone decides nothing.
pub fn free_parent(domain: &str) -> Option<String> {
    let ascii = punycode::to_ascii(domain.trim_end_matches('.'));
    let mut rest = ascii.as_str();
    while let Some((_, parent)) = rest.split_once('.') {
        let (second, last) = parent.split_once('.')?;
        if !last.contains('.') && is_shelf(second, last) {
            return None;
        }
        if is_listed(&turned(parent)) {
            return Some(parent.to_owned());
        }
        rest = parent;
    }
    None
}

/// The labels from last to first, as in the list.
fn turned(domain: &str) -> String {
    domain.rsplit('.').collect::<Vec<_>>().join(".")
}

/// The number of domains in the list.
pub fn listed() -> usize {
    list().lines().count()
}

fn list() -> &'static str {
    LIST.get().map_or(BUILT_IN, String::as_str)
}

/// Finds a name with its labels from last to first among the sorted lines.
fn is_listed(name: &str) -> bool {
    let list = list();
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list
            .get(low..middle)
            .and_then(|before| before.rfind('\n'))
            .map_or(low, |at| low + at + 1);
        let Some(rest) = list.get(start..) else {
            return false;
        };
        let line = rest.split('\n').next().unwrap_or_default();
        match line.cmp(name) {
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return true,
        }
    }
    false
}
