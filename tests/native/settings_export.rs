//! Settings as files: what a policy holds, read back as the browser would hand it to the managed
//! layer, makes the same profile; no secret gets into a file.

use scraper::{ElementRef, Html};
use serde_json::{Map, Value, json};
use tether::app::World;
use tether::app::settings::{Export, FIREFOX_ID, Policy, ignored, left_out};
use tether::profile::{Profile, Settings};

use crate::settings_page::{CHROMIUM_ID, Desk};

const SCHEMA: &str = include_str!("../../extension/managed-schema.json");

fn world(desk: &Desk) -> World<'_> {
    World {
        profile: &desk.profile,
        now_ms: 1,
    }
}

/// A desk where settings of every kind are changed.
fn changed() -> Desk {
    let mut desk = Desk::under(&json!({"zendesk": {"stop_phrases": ["halt & \"stop\" <now>"]}}));
    for (path, text) in [
        ("zendesk.contact_limit", "41"),
        ("zendesk.ticket_forms.ids", "360001801419\n7"),
        ("zendesk.hand_over.assignee", "lead@example.com"),
        ("zendesk.hand_over.groups", "Förderung 🧰\nC:\\Group"),
        ("zendesk.note", "composer"),
        (
            "zendesk.replies.trial",
            "Hello {first_name},\n\nno “trial” & <b>\\o/</b>\n\n- {contacts}",
        ),
        (
            "portal.secrets.labels",
            "License key\nActivation code\nCloud activation code\nPIN",
        ),
        ("portal.fields.order.trial.keys", "is_trial\ntrial"),
        ("license_keys", include_str!("license-test-key.pub.pem")),
    ] {
        desk.set(path, text);
        assert!(
            desk.model.pages.refused.is_empty(),
            "{path}: {:?}",
            desk.model.pages.refused
        );
    }
    desk
}

fn policy(desk: &Desk, policy: Policy, id: &str) -> Export {
    Export::as_policy(policy, id, world(desk)).expect("a policy")
}

/// The value `profile` that a browser reads from a policy's file.
fn read_back(policy: Policy, file: &Export) -> Vec<Value> {
    let json = || serde_json::from_str::<Value>(&file.text).expect("JSON");
    match policy {
        Policy::ChromiumLinux => {
            vec![json()["3rdparty"]["extensions"][CHROMIUM_ID]["profile"].clone()]
        }
        Policy::Firefox => {
            vec![json()["policies"]["3rdparty"]["Extensions"][FIREFOX_ID]["profile"].clone()]
        }
        Policy::ChromiumWindows => {
            assert!(file.text.is_ascii(), "Windows reads it in its own charset");
            let lines: Vec<&str> = file.text.split("\r\n").collect();
            assert_eq!(lines[0], "Windows Registry Editor Version 5.00");
            let keys: Vec<&&str> = lines.iter().filter(|l| l.starts_with('[')).collect();
            assert!(
                keys.iter().all(
                    |k| k.ends_with(&format!("\\3rdparty\\extensions\\{CHROMIUM_ID}\\policy]"))
                )
            );
            let values = lines
                .iter()
                .filter_map(|l| l.strip_prefix("\"profile\"=\""));
            let values: Vec<Value> = values.map(unescaped).collect();
            assert_eq!((keys.len(), values.len()), (3, 3));
            values
        }
        Policy::ChromiumMac => {
            let dom = Html::parse_document(&file.text);
            let plist = dom
                .select(&scraper::Selector::parse("plist > dict").unwrap())
                .next()
                .expect("a property list");
            let file = property(plist);
            let payloads = file["PayloadContent"].as_array().expect("payloads").clone();
            let kinds: Vec<&Value> = payloads.iter().map(|p| &p["PayloadType"]).collect();
            assert_eq!(
                kinds,
                [
                    "org.chromium.Chromium",
                    "com.google.Chrome",
                    "com.microsoft.Edge"
                ]
                .map(|domain| json!(format!("{domain}.extensions.{CHROMIUM_ID}")))
                .iter()
                .collect::<Vec<_>>()
            );
            payloads.into_iter().map(|p| p["profile"].clone()).collect()
        }
    }
}

/// A string value of a registry file, which is JSON in turn.
fn unescaped(value: &str) -> Value {
    let mut text = String::new();
    let mut chars = value.strip_suffix('"').expect("a closing quote").chars();
    while let Some(c) = chars.next() {
        assert_ne!(c, '"', "every quote is escaped");
        text.push(if c == '\\' { chars.next().unwrap() } else { c });
    }
    serde_json::from_str(&text).expect("JSON")
}

/// A property list's value.
fn property(element: ElementRef<'_>) -> Value {
    let text = || element.text().collect::<String>();
    let children = || element.child_elements();
    match element.value().name() {
        "dict" => {
            let all: Vec<ElementRef<'_>> = children().collect();
            let pairs = all.chunks(2).map(|pair| {
                assert_eq!(pair[0].value().name(), "key");
                (pair[0].text().collect::<String>(), property(pair[1]))
            });
            Value::Object(pairs.collect::<Map<_, _>>())
        }
        "array" => children().map(property).collect(),
        "integer" => json!(text().parse::<u64>().unwrap()),
        "string" => json!(text()),
        other => panic!("{other}"),
    }
}

#[test]
fn a_policy_read_back_by_the_managed_layer_makes_the_same_profile() {
    let desk = changed();
    for kind in Policy::ALL {
        let file = policy(&desk, kind, CHROMIUM_ID);
        for profile in read_back(kind, &file) {
            let shipped =
                Profile::parse(include_str!("../../extension/site-profile.json")).unwrap();
            let under = shipped.under(&Settings {
                managed: Some(profile.to_string()),
                ..Settings::default()
            });
            assert_eq!(under.layers.problems(), [], "{kind:?}");
            assert_eq!(
                serde_json::to_value(&under).unwrap(),
                serde_json::to_value(&desk.profile).unwrap(),
                "{kind:?}"
            );
            assert!(under.layers.user().is_empty());
        }
    }
    assert!(left_out(world(&desk)).is_empty() && ignored(world(&desk)).is_empty());
}

/// What in a value does not fit a schema. It knows what the schema of this extension uses.
fn misfits(value: &Value, schema: &Value, at: &str, out: &mut Vec<String>) {
    let known = ["type", "title", "description", "properties", "items"];
    let keys = schema.as_object().expect("a schema").keys();
    assert!(
        keys.clone().all(|key| known.contains(&key.as_str())),
        "{schema}"
    );
    let fits = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        other => panic!("{at}: type {other:?}"),
    };
    if !fits {
        out.push(format!("{at}: {value}"));
    }
    for (key, inside) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(schema) => misfits(inside, schema, &format!("{at}.{key}"), out),
            None => out.push(format!("{at}.{key} is not in the schema")),
        }
    }
    for inside in value.as_array().into_iter().flatten() {
        misfits(inside, &schema["items"], at, out);
    }
}

#[test]
fn what_is_exported_fits_the_schema_that_chromium_asks_of_a_policy() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let misfits = |profile: &Value| {
        let mut out = Vec::new();
        misfits(&json!({ "profile": profile }), &schema, "policy", &mut out);
        out
    };
    let desk = changed();
    for kind in Policy::ALL {
        for profile in read_back(kind, &policy(&desk, kind, CHROMIUM_ID)) {
            assert_eq!(misfits(&profile), Vec::<String>::new(), "{kind:?}");
        }
    }
    let file: Value = serde_json::from_str(&Export::for_team(world(&desk)).text).unwrap();
    assert_eq!(misfits(&file["profile"]), Vec::<String>::new());
    assert_eq!(
        misfits(&json!({"zendesk": {"contact_limit": "41", "later": 1}})).len(),
        2
    );
}

#[test]
fn no_secret_gets_into_a_file_and_what_is_left_out_is_said() {
    let mut desk = changed();
    let code = "aB3dE5gH7jK9mN1pQ3sT5vX7";
    let key = format!("eyJkYXRhIjoi{}", "QUJD".repeat(30));
    desk.set(
        "zendesk.replies.open_tickets",
        &format!("Your code is {code}."),
    );
    desk.set("zendesk.stop_phrases", "stop");
    desk.set("zendesk.products.dedicated", &key[..100]);
    let all = desk.profile.layers.user().len();
    let left: Vec<String> = left_out(world(&desk))
        .into_iter()
        .map(|one| one.path)
        .collect();
    assert_eq!(
        left,
        ["zendesk.products.dedicated", "zendesk.replies.open_tickets"]
    );
    let files = Policy::ALL.map(|kind| policy(&desk, kind, CHROMIUM_ID).text);
    for text in files.iter().chain([&Export::for_team(world(&desk)).text]) {
        assert!(!text.contains(code) && !text.contains("eyJkYXRh"), "{text}");
        assert!(text.contains("41") && text.contains("BEGIN PUBLIC KEY"));
    }
    let team: Value = serde_json::from_str(&Export::for_team(world(&desk)).text).unwrap();
    assert_eq!(
        desk.profile
            .layers
            .settings_in(team["profile"].clone())
            .len(),
        all - 2
    );
    let page = desk.text(".left-out");
    assert!(
        page.contains("Left out of every file, since it holds what looks like a secret: an activation code or a key: zendesk.replies.open_tickets"),
        "{page}"
    );
}

#[test]
fn nothing_that_is_built_in_is_taken_for_a_secret() {
    let mut desk = Desk::new();
    let built_in: Vec<(String, Value)> = desk
        .profile
        .layers
        .paths()
        .into_iter()
        .filter_map(|path| {
            let value = desk.profile.layers.shipped(&path)?.clone();
            Some((path, value))
        })
        .collect();
    // The same values, as an organization's policy would set them all.
    let mut sync = tether::map::Map::new();
    for (path, value) in built_in {
        sync.insert(format!("profile:{path}"), value.to_string());
    }
    desk.tell(tether::app::Event::Settings {
        settings: Settings {
            sync,
            managed: None,
        },
    });
    assert!(desk.profile.layers.user().len() > 100);
    assert_eq!(left_out(world(&desk)), []);
}

#[test]
fn what_does_not_count_here_is_no_part_of_a_policy() {
    let mut desk = Desk::new();
    let sync = tether::map::Map::from([
        ("profile:zendesk.contact_limit".to_owned(), "0".to_owned()),
        ("profile:zendesk.later".to_owned(), "1".to_owned()),
        ("profile:zendesk.note".to_owned(), "\"composer\"".to_owned()),
    ]);
    desk.tell(tether::app::Event::Settings {
        settings: Settings {
            sync,
            managed: None,
        },
    });
    let profile = read_back(
        Policy::Firefox,
        &policy(&desk, Policy::Firefox, CHROMIUM_ID),
    );
    assert_eq!(profile, [json!({"zendesk": {"note": "composer"}})]);
    let page = desk.text(".left-out");
    assert!(
        page.contains("Left out of policies, since Tether ignores it: zendesk.contact_limit")
            && page.contains("zendesk.later"),
        "{page}"
    );
}

#[test]
fn a_policy_names_tethers_id_and_without_chromiums_there_is_none_for_chromium() {
    let manifest: Value =
        serde_json::from_str(include_str!("../../extension/manifest.json")).unwrap();
    assert_eq!(
        manifest["firefox"]["browser_specific_settings"]["gecko"]["id"],
        FIREFOX_ID
    );
    let mut desk = Desk::in_browser(FIREFOX_ID);
    desk.set("zendesk.contact_limit", "41");
    for kind in Policy::ALL {
        let file = Export::as_policy(kind, FIREFOX_ID, world(&desk));
        assert_eq!(file.is_some(), kind == Policy::Firefox, "{kind:?}");
        // An id that is none gets into no registry key and no property list.
        let odd = Export::as_policy(kind, "x]\r\n[HKEY", world(&desk));
        assert_eq!(odd.is_some(), kind == Policy::Firefox, "{kind:?}");
    }
    assert!(
        desk.text(".policies")
            .contains("Off here: the file needs Tether’s ID in Chromium.")
    );
}
