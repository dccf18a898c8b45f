//! Providers of free, personal and disposable mail: an address there says nothing of the company (`facts`: "Free mail providers").
//!
//! The list is that of the npm package `free-email-domains` (MIT) with additions and omissions of our own, all in
//! `tests/tools/free-mail.js`. It is held whole, so no company's domain is ever taken for one of these by chance; and as it is searched,
//! beside the WebAssembly: packed in it to a quarter of its size, it had to be unpacked at each start of the background, which took longer
//! than all the rest of the start.

use std::sync::OnceLock;

use super::punycode;

/// `extension/free-mail.txt`: one domain a line, labels from the last to the first, sorted by bytes.
static LIST: OnceLock<String> = OnceLock::new();

/// What native builds know from the start; in a browser the background brings it.
#[cfg(not(target_arch = "wasm32"))]
const BUILT_IN: &str = include_str!("../../extension/free-mail.txt");
#[cfg(target_arch = "wasm32")]
const BUILT_IN: &str = "";

/// Takes the list, once. The error says what is wrong with it.
pub fn provide(list: Vec<u8>) -> Result<(), String> {
    let list = String::from_utf8(list)
        .ok()
        .filter(|list| list.ends_with('\n'));
    // A second call brings what is there already.
    _ = LIST.set(list.ok_or("the list of free mail providers cannot be used: it is not whole")?);
    Ok(())
}

/// Second-level names under which a country's registry sells names. The list holds a few such (`net.ua`) for the mail they offer
/// themselves; the companies below one are nobody's mail customers.
const SHELVES: &[&str] = &[
    "ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ltd", "ne", "net", "or", "org", "plc",
];

/// Whether the last two labels are one that registries sell under, such as `co.uk` and `net.ua`.
pub(super) fn is_shelf(second: &str, last: &str) -> bool {
    last.len() == 2 && last.bytes().all(|b| b.is_ascii_lowercase()) && SHELVES.contains(&second)
}

/// Whether the list names this very domain. Case does not matter, nor whether an international name is in its own letters or as `xn--`.
/// Nothing is guessed from names.
pub fn is_free(domain: &str) -> bool {
    is_listed(&turned(&punycode::to_ascii(domain.trim_end_matches('.'))))
}

/// The listed provider above a domain that the list does not name. Providers give subdomains to their staff and their business customers,
/// and some to free accounts: the parent alone decides nothing.
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

/// The labels from the last to the first, as the list has them.
fn turned(domain: &str) -> String {
    domain.rsplit('.').collect::<Vec<_>>().join(".")
}

/// How many domains the list holds.
pub fn listed() -> usize {
    list().lines().count()
}

fn list() -> &'static str {
    LIST.get().map_or(BUILT_IN, String::as_str)
}

/// Finds a name, labels from the last to the first, among the sorted lines.
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
