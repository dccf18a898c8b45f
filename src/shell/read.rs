//! One GET with the session's cookies, limited in time and size. Only the fetch of a file may
//! follow a redirect.

use gloo_net::http::Request;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials,
    RequestRedirect, ResponseType,
};

use super::arrivals::{Arrival, keep};
use crate::reading::decoder::decode;
use crate::reading::{Answer, Response, charset};

/// The longest body, in bytes.
const BODY_MAX: usize = 8 << 20;

/// The longest wait for the whole answer, in ms.
const PATIENCE_MS: i32 = 30_000;

/// Reads a URL and resolves to the event `answered` with this number; it never rejects.
#[wasm_bindgen]
pub async fn read(id: f64, url: String, accept: String) -> Result<JsValue, JsError> {
    keep(id, Arrival::Answer(ask(&url, &accept).await))
}

async fn ask(url: &str, accept: &str) -> Answer {
    match whole(url, accept, BODY_MAX, RequestRedirect::Manual).await {
        Err(answer) => answer,
        Ok((response, bytes)) => Answer::Response(Response {
            body: charset::text(&response.content_type, &bytes, decode),
            ..response
        }),
    }
}

/// An answer (with an empty body) and its body's bytes, or the other result of the request.
pub(super) async fn whole(
    url: &str,
    accept: &str,
    most: usize,
    redirect: RequestRedirect,
) -> Result<(Response, Vec<u8>), Answer> {
    let abort = AbortController::new().map_err(|_| Answer::Failed)?;
    let controller = abort.clone();
    let stop = Closure::once_into_js(move || controller.abort());
    let timer = set_timeout(&stop, PATIENCE_MS);
    let answer = fetch(url, accept, most, redirect, &abort).await;
    clear_timeout(timer);
    match answer {
        Some(answer) => answer,
        None if abort.signal().aborted() => Err(Answer::TimedOut),
        None if !online() => Err(Answer::Offline),
        None => Err(Answer::Failed),
    }
}

async fn fetch(
    url: &str,
    accept: &str,
    most: usize,
    redirect: RequestRedirect,
    abort: &AbortController,
) -> Option<Result<(Response, Vec<u8>), Answer>> {
    let response = Request::get(url)
        .header("Accept", accept)
        .credentials(RequestCredentials::Include)
        .redirect(redirect)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()))
        .send()
        .await
        .ok()?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Some(Err(Answer::Redirected));
    }
    let headers = response.headers();
    let (status, url) = (response.status(), response.url());
    let (content_type, retry_after) = (
        headers.get("content-type").unwrap_or_default(),
        headers.get("retry-after"),
    );
    let mitigated = headers.get("cf-mitigated");
    let Some(bytes) = body(response.body(), most).await? else {
        abort.abort();
        return Some(Err(Answer::TooLarge));
    };
    Some(Ok((
        Response {
            status,
            url,
            content_type,
            retry_after,
            mitigated,
            body: String::new(),
        },
        bytes,
    )))
}

/// The body's bytes; `Some(None)` if they exceed the limit.
async fn body(stream: Option<web_sys::ReadableStream>, most: usize) -> Option<Option<Vec<u8>>> {
    let Some(stream) = stream else {
        return Some(Some(Vec::new()));
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into().ok()?;
    let mut bytes = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.ok()?;
        if js_sys::Reflect::get(&chunk, &JsValue::from_str("done"))
            .ok()?
            .is_truthy()
        {
            return Some(Some(bytes));
        }
        let part: js_sys::Uint8Array = js_sys::Reflect::get(&chunk, &JsValue::from_str("value"))
            .ok()?
            .dyn_into()
            .ok()?;
        if bytes.len() + part.length() as usize > most {
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
