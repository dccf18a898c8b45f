//! Fetching a file of a ticket. Its bytes stay on this side of the boundary: the background's script only hears that it came.

use std::cell::RefCell;
use std::collections::BTreeMap;

use wasm_bindgen::prelude::*;

use super::read::whole;
use crate::app::Event;
use crate::app::event::Fetched;
use crate::evidence::file::FILE_MAX;
use crate::reading::Answer;

thread_local! {
    /// Files that came and were not told yet, by their fetches' numbers.
    static CAME: RefCell<BTreeMap<u64, Fetched>> = const { RefCell::new(BTreeMap::new()) };
}

/// Fetches a file and resolves to the event `fetched` of that number; it never rejects. Cookies go to the address's own host alone, as
/// no redirect is followed.
#[wasm_bindgen]
pub async fn fetch_file(id: f64, url: String) -> Result<JsValue, JsError> {
    // A number that this core gave out: whole and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let id = id as u64;
    let file = match whole(&url, "*/*", FILE_MAX).await {
        Ok((response, bytes)) if (200..300).contains(&response.status) => Fetched::Bytes(bytes),
        Ok((response, _)) => Fetched::Not(Answer::Response(response)),
        Err(answer) => Fetched::Not(answer),
    };
    CAME.with_borrow_mut(|came| came.insert(id, file));
    super::plain(&Event::Fetched { id, file: Fetched::default() })
}

/// Puts the file into the event that tells of it.
pub(super) fn put_in(event: &mut Event) {
    if let Event::Fetched { id, file } = event
        && let Some(came) = CAME.with_borrow_mut(|came| came.remove(id))
    {
        *file = came;
    }
}
