//! Fetching a file of a ticket.

use wasm_bindgen::prelude::*;
use web_sys::RequestRedirect;

use super::arrivals::{Arrival, keep};
use super::read::whole;
use crate::address::https;
use crate::app::event::Fetched;
use crate::evidence::file::FILE_MAX;
use crate::reading::Answer;

/// Fetches a file and resolves to the event `fetched` with this number; it never rejects. A
/// redirect is followed only if `follow` names a host, and an answer from anywhere else than below
/// that host (or from the URL's own host) is dropped. Cookies go only to the URL's own host, and
/// the content security policy blocks redirects from any other host than the sites'.
#[wasm_bindgen]
pub async fn fetch_file(id: f64, url: String, follow: Option<String>) -> Result<JsValue, JsError> {
    let redirect = if follow.is_some() {
        RequestRedirect::Follow
    } else {
        RequestRedirect::Manual
    };
    let file = match whole(&url, "*/*", FILE_MAX, redirect).await {
        Ok((response, _)) if !is_from(&response.url, &url, follow.as_deref()) => {
            Fetched::Not(Answer::Redirected)
        }
        Ok((response, bytes)) if (200..300).contains(&response.status) => Fetched::Bytes(bytes),
        Ok((response, _)) => Fetched::Not(Answer::Response(response)),
        Err(answer) => Fetched::Not(answer),
    };
    keep(id, Arrival::File(file))
}

/// Whether an answer came from the requested host, or from below the host that a redirect may lead
/// to.
fn is_from(answered: &str, asked: &str, below: Option<&str>) -> bool {
    let host = |url: &str| https(url).map(|(host, _)| host);
    let Some(from) = host(answered) else {
        return false;
    };
    host(asked).is_some_and(|own| own == from)
        || below.is_some_and(|below| {
            from.strip_suffix(below)
                .is_some_and(|rest| rest.ends_with('.'))
        })
}
