//! The WebAssembly boundary, in a browser: plain objects in, plain objects out.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use js_sys::{Array, JSON, Object, Reflect};
use tether::shell::{handle, know_free_mail, read::read, start};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const PROFILE: &str = include_str!("../../extension/site-profile.json");
const NOW: f64 = 1_795_478_400_000.0;

fn object(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn get(from: &JsValue, key: &str) -> JsValue {
    Reflect::get(from, &JsValue::from_str(key)).unwrap()
}

fn tell(json: &str) -> JsValue {
    handle(object(json), NOW).unwrap_or_else(|_| panic!("refused: {json}"))
}

/// The panel's HTML, if it changed; there is one window.
fn view_in(outcome: &JsValue) -> Option<String> {
    let views: Array = get(outcome, "views").into();
    views
        .iter()
        .next()
        .and_then(|view| Array::from(&view).get(1).as_string())
}

fn open_a_ticket() -> JsValue {
    start(PROFILE, Object::new().into(), Object::new().into())
        .unwrap_or_else(|_| panic!("the shipped profile is refused"));
    tell(r#"{"type":"woke"}"#);
    tell(
        r#"{"type":"tab_seen","tab":7,"url":"https://gitlab.zendesk.com/agent/tickets/1001","front":true}"#,
    );
    tell(r#"{"type":"panel_opened"}"#)
}

#[wasm_bindgen_test]
fn an_event_comes_back_as_effects_saved_texts_and_a_view() {
    let outcome = open_a_ticket();
    let view = view_in(&outcome).unwrap();
    assert!(view.contains("Ticket #1001"), "{view}");
    let effects: Array = get(&outcome, "effects").dyn_into().unwrap();
    let reads: Vec<String> = effects
        .iter()
        .filter(|e| get(e, "type") == "read")
        .map(|e| get(&e, "url").as_string().unwrap())
        .collect();
    assert_eq!(reads.len(), 2, "{reads:?}");
    assert!(
        reads
            .iter()
            .all(|url| url.starts_with("https://gitlab.zendesk.com/api/v2/")),
        "{reads:?}"
    );
    assert!(
        get(&effects.get(0), "id").as_f64().is_some(),
        "numbers cross as numbers, not as BigInt"
    );
    let save: Array = get(&outcome, "save").dyn_into().unwrap();
    assert!(save.length() > 0);
}

#[wasm_bindgen_test]
fn an_unchanged_view_is_not_sent_again() {
    open_a_ticket();
    assert!(view_in(&tell(r#"{"type":"command","name":"tick","fields":{}}"#)).is_none());
    assert!(
        view_in(&tell(r#"{"type":"panel_opened"}"#)).is_some(),
        "a panel that opens gets it whole"
    );
}

#[wasm_bindgen_test]
fn what_was_saved_starts_the_next_core_where_the_last_one_stopped() {
    let first = open_a_ticket();
    let saved = Object::new();
    for outcome in [
        first,
        tell(r#"{"type":"command","name":"tick","fields":{}}"#),
    ] {
        let entries: Array = get(&outcome, "save").dyn_into().unwrap();
        for entry in entries.iter() {
            let entry: Array = entry.dyn_into().unwrap();
            Reflect::set(&saved, &entry.get(0), &entry.get(1)).unwrap();
        }
    }
    start(PROFILE, saved.into(), Object::new().into())
        .unwrap_or_else(|_| panic!("its own texts are refused"));
    tell(r#"{"type":"woke"}"#);
    let view = view_in(&tell(r#"{"type":"panel_opened"}"#)).unwrap();
    assert!(view.contains("Ticket #1001"), "{view}");
}

#[wasm_bindgen_test]
fn an_event_of_an_unknown_shape_is_an_error_and_spoils_nothing() {
    open_a_ticket();
    for wrong in [
        r#"{"type":"no_such_event"}"#,
        r#"{"type":"tab_seen","tab":"seven"}"#,
        "null",
        "[]",
        r#""text""#,
    ] {
        assert!(handle(object(wrong), NOW).is_err(), "{wrong}");
    }
    assert!(view_in(&tell(r#"{"type":"panel_opened"}"#)).is_some());
}

#[wasm_bindgen_test]
fn a_profile_that_cannot_be_used_is_refused_with_the_reason() {
    assert!(start("{}", Object::new().into(), Object::new().into()).is_err());
    assert!(
        start(
            r#"{"version":1,"portal":{},"zendesk":{}}"#,
            Object::new().into(),
            Object::new().into()
        )
        .is_err()
    );
}

#[wasm_bindgen_test]
fn a_list_of_free_mail_providers_is_taken_whole_or_not_at_all() {
    assert!(know_free_mail(b"com.gmail\ncom.gm".to_vec()).is_err());
    assert!(know_free_mail(include_bytes!("../../extension/free-mail.txt").to_vec()).is_ok());
    assert!(tether::mail::is_free("gmail.com"));
}

#[wasm_bindgen_test]
async fn a_read_without_an_answer_comes_back_as_an_event_and_what_it_came_to_is_kept_for_it() {
    let outcome = open_a_ticket();
    let effects: Array = get(&outcome, "effects").dyn_into().unwrap();
    let ticket = effects
        .iter()
        .find(|e| {
            get(e, "url")
                .as_string()
                .is_some_and(|url| url.contains("/tickets/1001"))
        })
        .unwrap();
    let id = get(&ticket, "id").as_f64().unwrap();
    // Port 9 is not answered; a browser refuses it without asking.
    let event = read(id, "http://127.0.0.1:9/".to_owned(), "text/html".to_owned())
        .await
        .unwrap_or_else(|_| panic!("rejected"));
    assert_eq!(get(&event, "type"), JsValue::from_str("answered"));
    assert_eq!(get(&event, "id").as_f64(), Some(id));
    assert!(get(&event, "answer").is_undefined());
    let view = view_in(&handle(event, NOW).unwrap_or_else(|_| panic!("refused"))).unwrap();
    assert!(view.contains("Zendesk could not be reached."), "{view}");
}
