//! What the browser's storage holds between two starts of the background.

use std::collections::BTreeMap;

use crate::support::*;
use tether::app::{Event, Model, storage};
use tether::case::Case;

fn restored(stored: &BTreeMap<String, String>) -> Model {
    Model::restore(stored.iter().map(|(k, v)| (k.as_str(), v.as_str())))
}

/// Two tickets that were looked at, the first with records.
fn two_cases() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.look(1, &ticket_address(42));
    browser.settle();
    assert_eq!(browser.model.cases().count(), 2);
    browser
}

#[test]
fn what_is_stored_comes_back_as_it_was() {
    let browser = two_cases();
    let model = restored(&browser.stored);
    assert!(model.cases().eq(browser.model.cases()));
    assert_eq!(
        serde_json::to_value(&model).unwrap(),
        serde_json::to_value(&browser.model).unwrap()
    );
}

#[test]
fn an_unreadable_case_affects_nothing_else() {
    let browser = two_cases();
    let broken = key(41).storage_key();
    for text in [
        "",
        "not ours",
        "{}",
        "0.0.0 AAAA",
        "0.1.0 %%%%",
        "0.1.0 AAAA",
    ] {
        let mut stored = browser.stored.clone();
        stored.insert(broken.clone(), text.to_owned());
        let model = restored(&stored);
        assert_eq!(
            model.cases().map(|c| &c.key).collect::<Vec<_>>(),
            [&key(42)],
            "{text}"
        );
        assert_eq!(model.tabs.focus(), browser.model.tabs.focus(), "{text}");
    }
}

#[test]
fn a_model_that_cannot_be_read_leaves_every_case() {
    let browser = two_cases();
    let mut stored = browser.stored.clone();
    let whole = stored["model"].clone();
    for text in [
        "{\"focus\": 7}",
        "",
        &whole[..whole.len() / 2],
        &format!("{whole}AAAA"),
    ] {
        stored.insert("model".to_owned(), text.to_owned());
        let model = restored(&stored);
        assert_eq!(model.tabs.focus(), None);
        assert!(model.cases().eq(browser.model.cases()));
    }
}

#[test]
fn a_case_under_another_ones_name_is_dropped() {
    let browser = two_cases();
    let mut stored = browser.stored.clone();
    let other = stored[&key(42).storage_key()].clone();
    stored.insert(key(41).storage_key(), other);
    assert_eq!(
        restored(&stored)
            .cases()
            .map(|c| &c.key)
            .collect::<Vec<_>>(),
        [&key(42)]
    );
}

#[test]
fn whatever_bytes_storage_holds_reading_them_ends_without_a_panic() {
    let browser = two_cases();
    let text = &browser.stored[&key(41).storage_key()];
    let bytes = storage::bytes_of(text).unwrap();
    let version = &text[..text.find(' ').unwrap()];
    let kept = |bytes: &[u8]| format!("{version} {}", base64(bytes));
    assert_eq!(kept(&bytes), *text);
    let read = |bytes: &[u8]| storage::value_of::<Case>(&kept(bytes));
    for at in 0..bytes.len() {
        assert_eq!(read(&bytes[..at]), None, "cut at {at}");
        for other in [0, 1, 0x7F, 0x80, 0xFF, bytes[at] ^ 1] {
            let mut changed = bytes.clone();
            changed[at] = other;
            // Data that can still be read is a normal case: it can be saved again and reads the
            // same.
            if let Some(case) = read(&changed) {
                assert_eq!(
                    storage::value_of::<Case>(&storage::text_of(&case).unwrap()),
                    Some(case)
                );
            }
        }
    }
}

#[test]
fn only_what_changed_is_saved() {
    let mut browser = two_cases();
    let saved = |browser: &mut Browser, event: Event| -> Vec<String> {
        let world = tether::app::World {
            profile: &browser.profile,
            now_ms: browser.now,
        };
        tether::app::update(&mut browser.model, event, world);
        browser
            .model
            .save()
            .into_iter()
            .map(|(key, _)| key)
            .collect()
    };
    assert_eq!(
        saved(&mut browser, Event::TabClosed { tab: 999 }),
        Vec::<String>::new()
    );
    let page = Event::PortalPage {
        tab: 2,
        url: license_page(410_233, SUB, false).0,
        html: license_page(410_233, SUB, false).1,
    };
    assert!(
        !saved(&mut browser, page).contains(&key(41).storage_key()),
        "another ticket is in front"
    );
    browser.model = restored(&browser.stored);
    assert_eq!(
        saved(&mut browser, Event::TabClosed { tab: 999 }),
        Vec::<String>::new(),
        "a start knows what storage holds"
    );
}

#[test]
fn a_field_of_json_is_kept_as_its_text() {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Kept {
        #[serde(with = "storage::as_json")]
        json: BTreeMap<String, serde_json::Value>,
        after: u64,
    }
    let kept = Kept {
        json: BTreeMap::from([("a.b".to_owned(), serde_json::json!([1, null, {"c": "d"}]))]),
        after: 7,
    };
    assert_eq!(
        storage::value_of::<Kept>(&storage::text_of(&kept).unwrap()),
        Some(kept)
    );
}

fn base64(bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding};
    Base64::encode_string(bytes)
}
