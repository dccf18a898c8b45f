//! Reading plain values: the background script's events, and the site profile.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use tether::app::Event;
use tether::app::event::{Outcome, StatusChoice};
use tether::plain::{read, read_strictly};
use tether::profile::Profile;
use tether::reading::{Answer, Response};

#[derive(Debug, PartialEq, Deserialize)]
struct Whole {
    number: u64,
    signed: i64,
    half: f64,
    text: String,
    flag: bool,
    pair: (u8, String),
    list: Vec<Kind>,
    map: BTreeMap<String, Vec<u16>>,
    #[serde(default)]
    maybe: Option<u32>,
    #[serde(default)]
    filled: String,
    #[serde(rename = "last one")]
    last: Inner,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Inner {
    json: Value,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Bare,
    Held {
        a: u64,
    },
    Wrapped(Inner),
    #[serde(other)]
    Other,
}

fn whole() -> Value {
    json!({
        "last one": {"json": [1, -1, 0.5, null, true, {"a": "b"}]}, "filled": "x", "maybe": 7, "map": {"a": [1, 2], "b": []},
        "list": ["bare", {"kind": "bare"}, {"type": "held", "a": 1}, {"kind": "wrapped", "json": {}}, {"kind": "unheard_of"}, "unheard of"],
        "pair": [1, "one"], "flag": true, "text": "ü", "half": 0.5, "signed": -1, "number": 9_007_199_254_740_991_u64,
    })
}

#[test]
fn a_value_is_read_by_its_members_names_in_any_order() {
    let read: Whole = read(whole()).unwrap();
    assert_eq!(
        (
            read.number,
            read.signed,
            read.half,
            read.text.as_str(),
            read.flag
        ),
        (9_007_199_254_740_991, -1, 0.5, "ü", true)
    );
    assert_eq!(
        (read.pair, read.maybe, read.filled.as_str()),
        ((1, "one".to_owned()), Some(7), "x")
    );
    let kinds = [
        Kind::Bare,
        Kind::Bare,
        Kind::Held { a: 1 },
        Kind::Wrapped(Inner { json: json!({}) }),
        Kind::Other,
        Kind::Other,
    ];
    assert_eq!(read.list, kinds);
    assert_eq!(
        read.map,
        BTreeMap::from([("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![])])
    );
    assert_eq!(read.last.json, whole()["last one"]["json"]);
}

#[test]
fn only_a_member_with_a_default_may_be_missing_and_a_strict_read_refuses_unknown_ones() {
    let without = |name: &str| {
        let mut value = whole();
        value.as_object_mut().unwrap().remove(name).unwrap();
        value
    };
    for name in whole().as_object().unwrap().keys() {
        match (name.as_str(), read::<Whole>(without(name))) {
            ("maybe", read) => assert_eq!(read.unwrap().maybe, None),
            ("filled", read) => assert_eq!(read.unwrap().filled, ""),
            (name, read) => assert_eq!(
                read.unwrap_err().to_string(),
                format!("missing field `{name}`")
            ),
        }
    }
    let mut null = whole();
    null["maybe"] = Value::Null;
    assert_eq!(read::<Whole>(null).unwrap().maybe, None);
    for place in ["", "/last one", "/list/2"] {
        let mut value = whole();
        value.pointer_mut(place).unwrap()["surplus"] = json!(1);
        assert_eq!(read::<Whole>(value.clone()), read(whole()), "{place}");
        assert!(
            read_strictly::<Whole>(value)
                .unwrap_err()
                .to_string()
                .ends_with("unknown field `surplus`"),
            "{place}"
        );
    }
}

#[test]
fn a_misfit_is_reported_with_its_place() {
    for (place, other, says) in [
        (
            "/number",
            json!("7"),
            "number: invalid type: string \"7\", expected u64",
        ),
        (
            "/number",
            json!(-7),
            "number: invalid type: floating point `-7.0`, expected u64",
        ),
        (
            "/map/a/1",
            json!(65_536),
            "map.1: invalid value: integer `65536`, expected u16",
        ),
        (
            "/list/2/a",
            json!(null),
            "list.2.a: invalid type: unit value, expected u64",
        ),
        (
            "/list",
            json!({}),
            "list: invalid type: map, expected a sequence",
        ),
        (
            "/list/0",
            json!({"no": "tag"}),
            "list.0: it does not say in `type` or `kind` what it is",
        ),
        (
            "/text",
            json!(true),
            "text: invalid type: boolean `true`, expected a string",
        ),
        (
            "/last one",
            json!([]),
            "last one: invalid type: sequence, expected struct Inner",
        ),
    ] {
        let mut value = whole();
        *value.pointer_mut(place).unwrap() = other;
        assert_eq!(
            read::<Whole>(value).unwrap_err().to_string(),
            says,
            "{place}"
        );
    }
    assert_eq!(read::<Answer>(json!({"kind": "lost"})).unwrap_err().at, "");
    assert!(
        read::<Answer>(json!("lost"))
            .unwrap_err()
            .to_string()
            .starts_with("unknown variant `lost`, expected one of `response`, ")
    );
}

fn event(value: Value) -> Event {
    read(value.clone()).unwrap_or_else(|e| panic!("{value}: {e}"))
}

#[test]
fn every_event_of_the_background_is_read() {
    assert!(matches!(event(json!({"type": "woke"})), Event::Woke));
    assert!(matches!(
        event(json!({"type": "tab_created", "tab": 3, "opener": null})),
        Event::TabCreated {
            tab: 3,
            opener: None
        }
    ));
    let seen = event(json!({"type": "tab_seen", "tab": 7, "url": "https://x", "front": true}));
    assert!(matches!(
        seen,
        Event::TabSeen {
            tab: 7,
            front: true,
            ..
        }
    ));
    assert!(
        matches!(event(json!({"type": "host_access", "missing": ["a", "b"]})), Event::HostAccess { missing } if missing.len() == 2)
    );
    assert!(matches!(
        event(json!({"type": "answered", "id": 5})),
        Event::Answered {
            id: 5,
            answer: Answer::Failed
        }
    ));
    let set = event(
        json!({"type": "reminders", "set": [{"url": "https://x", "at_ms": 1_795_478_400_000_u64}]}),
    );
    assert!(matches!(set, Event::Reminders { set } if set[0].at_ms == 1_795_478_400_000));
    let command = event(json!({"type": "command", "name": "tick", "fields": {"a": "b"}}));
    assert!(
        matches!(command, Event::Command { name, fields, case: None, window: None } if name == "tick" && fields.get("a").unwrap() == "b")
    );
    assert!(
        matches!(event(json!({"type": "command", "name": "tick"})), Event::Command { fields, .. } if fields.is_empty())
    );
    for wrong in [
        json!({"type": "no_such_event"}),
        json!({"type": 7}),
        json!({"type": "tab_seen", "tab": "seven"}),
        json!(null),
        json!([]),
        json!("text"),
    ] {
        assert!(read::<Event>(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn what_a_page_script_reports_is_read_by_its_kind() {
    let outcome = |outcome: Value| match event(
        json!({"type": "page_result", "tab": 3, "effect": 9, "outcome": outcome}),
    ) {
        Event::PageResult {
            tab: 3,
            effect: 9,
            outcome,
        } => outcome,
        other => panic!("{other:?}"),
    };
    let answer =
        json!({"kind": "response", "status": 200, "url": "u", "content_type": "", "body": "{}"});
    let response = Response {
        status: 200,
        url: "u".into(),
        content_type: String::new(),
        retry_after: None,
        mitigated: None,
        body: "{}".into(),
    };
    assert_eq!(
        outcome(json!({"kind": "answered", "answer": answer})),
        Outcome::Answered {
            answer: Answer::Response(response)
        }
    );
    assert_eq!(
        outcome(json!({"kind": "written", "text": "t", "status": "not_found"})),
        Outcome::Written {
            text: "t".into(),
            status: Some(StatusChoice::NotFound)
        }
    );
    assert_eq!(
        outcome(json!({"kind": "written", "text": "t"})),
        Outcome::Written {
            text: "t".into(),
            status: None
        }
    );
    assert_eq!(
        outcome(json!({"kind": "moved", "front": null})),
        Outcome::Moved { front: None }
    );
    assert_eq!(outcome(json!({"kind": "signed_out"})), Outcome::SignedOut);
}

#[test]
fn a_profile_with_a_member_too_many_or_too_few_is_refused_with_its_place() {
    let shipped: Value =
        serde_json::from_str(include_str!("../../extension/site-profile.json")).unwrap();
    assert!(Profile::parse(&shipped.to_string()).is_ok());
    for (place, name) in [
        ("", "zendesk"),
        ("/portal", "models"),
        ("/zendesk/selectors", "composer"),
        ("/portal/fields/order", "trial"),
    ] {
        let mut less = shipped.clone();
        less.pointer_mut(place)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(name)
            .unwrap();
        let section = place.split('/').nth(1).unwrap_or(name);
        let error = Profile::parse(&less.to_string()).unwrap_err();
        assert!(
            error.contains(section) && error.contains(" must be ") && error.contains(name),
            "{error}"
        );
        let mut more = shipped.clone();
        more.pointer_mut(place).unwrap()["surplus"] = json!(1);
        let error = Profile::parse(&more.to_string()).unwrap_err();
        assert!(error.contains("surplus"), "{place}: {error}");
    }
}
