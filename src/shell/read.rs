//! One GET, with the session's cookies, no redirect followed, and bounds in time and size.

use gloo_net::http::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestRedirect, ResponseType};

use crate::app::Event;
use crate::reading::{Answer, Response};

/// Longest body taken, in bytes.
const BODY_MAX: usize = 8 << 20;

/// Longest wait for the whole answer, in ms.
const PATIENCE_MS: i32 = 30_000;

/// Asks an address and resolves to the event `answered` of that number; it never rejects.
#[wasm_bindgen]
pub async fn read(id: f64, url: String, accept: String) -> Result<JsValue, JsError> {
    // A number that this core gave out: whole and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let id = id as u64;
    super::plain(&Event::Answered { id, answer: ask(&url, &accept).await })
}

async fn ask(url: &str, accept: &str) -> Answer {
    let Ok(abort) = AbortController::new() else { return Answer::Failed };
    let controller = abort.clone();
    let stop = Closure::once_into_js(move || controller.abort());
    let timer = set_timeout(&stop, PATIENCE_MS);
    let answer = fetch(url, accept, &abort).await;
    clear_timeout(timer);
    match answer {
        Some(answer) => answer,
        None if abort.signal().aborted() => Answer::TimedOut,
        None if !online() => Answer::Offline,
        None => Answer::Failed,
    }
}

async fn fetch(url: &str, accept: &str, abort: &AbortController) -> Option<Answer> {
    let response = Request::get(url)
        .header("Accept", accept)
        .credentials(RequestCredentials::Include)
        .redirect(RequestRedirect::Manual)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()))
        .send()
        .await
        .ok()?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Some(Answer::Redirected);
    }
    let headers = response.headers();
    let (status, url) = (response.status(), response.url());
    let (content_type, retry_after) = (headers.get("content-type").unwrap_or_default(), headers.get("retry-after"));
    let Some(body) = body(response.body()).await? else {
        abort.abort();
        return Some(Answer::TooLarge);
    };
    Some(Answer::Response(Response { status, url, content_type, retry_after, body }))
}

/// The body as text; `Some(None)` where it is larger than taken.
async fn body(stream: Option<web_sys::ReadableStream>) -> Option<Option<String>> {
    let Some(stream) = stream else { return Some(Some(String::new())) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into().ok()?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.ok()?;
        if js_sys::Reflect::get(&chunk, &JsValue::from_str("done")).ok()?.is_truthy() {
            return Some(Some(String::from_utf8_lossy(&bytes).into_owned()));
        }
        let part: js_sys::Uint8Array = js_sys::Reflect::get(&chunk, &JsValue::from_str("value")).ok()?.dyn_into().ok()?;
        if bytes.len() + part.length() as usize > BODY_MAX {
            return Some(None);
        }
        bytes.extend(part.to_vec());
    }
}

#[wasm_bindgen]
extern "C" {
    // A worker has no `window`, through which web-sys offers these.
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &JsValue, ms: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: JsValue);
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = onLine)]
    static ON_LINE: bool;
}

fn online() -> bool {
    ON_LINE.with(|on_line| *on_line)
}
