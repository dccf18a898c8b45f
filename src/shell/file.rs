//! Fetching a file of a ticket.

use wasm_bindgen::prelude::*;

use super::came::{Came, keep};
use super::read::whole;
use crate::app::event::Fetched;
use crate::evidence::file::FILE_MAX;
use crate::reading::Answer;

/// Fetches a file and resolves to the event `fetched` of that number; it never rejects. Cookies go to the address's own host alone, as
/// no redirect is followed.
#[wasm_bindgen]
pub async fn fetch_file(id: f64, url: String) -> Result<JsValue, JsError> {
    let file = match whole(&url, "*/*", FILE_MAX).await {
        Ok((response, bytes)) if (200..300).contains(&response.status) => Fetched::Bytes(bytes),
        Ok((response, _)) => Fetched::Not(Answer::Response(response)),
        Err(answer) => Fetched::Not(answer),
    };
    keep(id, Came::File(file))
}
