//! The layers of the profile: shipped, the engineer's settings, the organization's policy.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use tether::app::settings::set;
use tether::app::{Effect, Event, Model, World, handle};
use tether::profile::{Fault, Layer, Profile, Settings, paths};

const SHIPPED: &str = include_str!("../../extension/site-profile.json");

fn shipped() -> Profile {
    Profile::parse(SHIPPED).expect("the shipped profile is good")
}

fn of_user<'a>(entries: impl IntoIterator<Item = (&'a str, Value)>) -> Settings {
    let sync = entries
        .into_iter()
        .map(|(path, value)| (format!("profile:{path}"), value.to_string()))
        .collect();
    Settings {
        sync,
        managed: None,
    }
}

fn managed(settings: Settings, policy: &Value) -> Settings {
    Settings {
        managed: Some(policy.to_string()),
        ..settings
    }
}

/// The ignored settings: their layer, their path, and what they must be.
fn problems(profile: &Profile) -> Vec<(Layer, String, String)> {
    profile
        .layers
        .problems()
        .iter()
        .map(|p| (p.layer, p.path.clone(), p.fault.to_string()))
        .collect()
}

fn named(profile: &Profile) -> Vec<&str> {
    profile
        .layers
        .problems()
        .iter()
        .map(|p| p.path.as_str())
        .collect()
}

#[test]
fn settings_lie_over_what_is_shipped_and_the_policy_lies_over_both() {
    let settings = of_user([
        ("zendesk.contact_limit", json!(50)),
        ("zendesk.macros.trial", json!(["Trial proof"])),
        (
            "portal.fields.license.trial.labels",
            json!(["Trial?", "Is a trial"]),
        ),
    ]);
    let policy =
        json!({"zendesk": {"contact_limit": 40, "hand_over": {"assignee": "lead@example.com"}}});
    let mine = shipped().under(&settings);
    assert_eq!(mine.zendesk.contact_limit, 50);
    assert_eq!(mine.zendesk.macros.trial, ["Trial proof"]);
    assert_eq!(
        mine.portal.fields.license.trial.labels,
        ["Trial?", "Is a trial"],
        "lists are replaced whole"
    );
    assert_eq!(
        mine.portal.fields.license.trial.keys,
        ["trial", "is_trial"],
        "objects merge by key"
    );

    let both = mine.under(&managed(settings, &policy));
    assert_eq!(
        (
            both.zendesk.contact_limit,
            both.layers.layer("zendesk.contact_limit")
        ),
        (40, Layer::Managed)
    );
    assert_eq!(
        both.zendesk.hand_over.assignee.as_deref(),
        Some("lead@example.com")
    );
    assert_eq!(
        both.zendesk.hand_over.groups,
        shipped().zendesk.hand_over.groups
    );
    assert_eq!(both.layers.layer("zendesk.macros.trial"), Layer::User);
    assert_eq!(
        both.layers.layer("zendesk.macros.limit_reached"),
        Layer::Shipped
    );
    assert_eq!(
        both.layers.user()["zendesk.contact_limit"],
        json!(50),
        "the engineer's own is kept for the day without the policy"
    );
    assert!(both.layers.problems().is_empty());

    let back = both.under(&Settings::default());
    assert_eq!(back.zendesk.contact_limit, 30);
    assert_eq!(back.layers.value("zendesk.contact_limit"), Some(&json!(30)));
}

#[test]
fn what_is_wrong_with_a_setting_leaves_out_that_one_and_says_what_it_must_be() {
    let wrong = [
        ("zendesk.contact_limit", json!(0), "a number from 1 to 1000"),
        ("zendesk.contact_limit", json!("fifty"), "a whole number"),
        ("zendesk.contact_limit", json!(2.5), "a whole number"),
        ("zendesk.contact_limit", json!({"of": 5}), "a whole number"),
        ("zendesk.macros", json!("all"), "a group of settings"),
        ("zendesk.macros.trial", json!("Trial"), "a list of texts"),
        ("zendesk.macros.trial", json!([7]), "a list of texts"),
        (
            "zendesk.macros.trial",
            json!([" Trial"]),
            "up to 50 texts of 1 to 200 characters",
        ),
        (
            "zendesk.ticket_forms.ids",
            json!(["1"]),
            "a list of whole numbers",
        ),
        ("zendesk.submit_menu", json!("asks"), "submits or chooses"),
        (
            "zendesk.hand_over.assignee",
            json!("nobody"),
            "an email address, or empty",
        ),
        (
            "zendesk.selectors.composer",
            json!([]),
            "1 to 20 selectors of 1 to 300 characters",
        ),
        (
            "portal.sign_in_path",
            json!("admin"),
            "a path such as /admin/sign_in",
        ),
        ("portal.no_trial_row", json!("yes"), "unknown or no"),
        (
            "portal.fields.order.trial.keys",
            json!(["Trial"]),
            "names of lower-case letters",
        ),
        (
            "portal.hosts",
            json!(["customers.example.com"]),
            "all listed in known_hosts",
        ),
        (
            "portal.hosts",
            json!(["gitlab.zendesk.com"]),
            "all listed in known_hosts",
        ),
        (
            "zendesk.hosts",
            json!(["gitlab-federal-support.zendesk.com"]),
            "all listed in known_hosts",
        ),
        ("zendesk.hosts", json!([]), "one or more"),
        (
            "portal.secrets.keys",
            json!(["code"]),
            "secrets can only be added",
        ),
        (
            "portal.secrets.labels",
            json!([]),
            "secrets can only be added",
        ),
        ("license_keys", json!(["no key"]), "public keys in PEM form"),
    ];
    for (path, value, must) in wrong {
        let profile = shipped().under(&of_user([
            (path, value.clone()),
            ("zendesk.stop_phrases", json!(["halt"])),
        ]));
        let all = problems(&profile);
        assert_eq!(all.len(), 1, "{path} {value}: {all:?}");
        assert_eq!((all[0].0, all[0].1.as_str()), (Layer::User, path));
        assert!(
            all[0].2.contains(must) && all[0].2.contains(path),
            "{path} {value}: {}",
            all[0].2
        );
        assert_eq!(
            profile.zendesk.stop_phrases,
            ["halt"],
            "{path} {value}: the others count"
        );
        assert_eq!(
            profile.layers.value(path),
            shipped().layers.value(path),
            "{path} {value}"
        );
        assert!(
            profile.layers.user().contains_key(path),
            "{path}: what is wrong is kept too"
        );
        let refused = shipped()
            .layers
            .would_take(path, &value)
            .expect_err(path)
            .to_string();
        assert!(refused.contains(must), "{path} {value}: {refused}");
    }
}

#[test]
fn what_only_a_new_version_changes_and_what_a_newer_one_knows_is_kept_and_named() {
    let mut settings = of_user([
        ("portal.admin_path", json!("/boss")),
        ("portal.models.order", json!(["purchase"])),
        ("zendesk.refused_hosts", json!([])),
        ("portal.known_hosts", json!(["evil.example"])),
        ("zendesk.known_hosts", json!(["evil.example"])),
        ("version", json!(2)),
        ("zendesk.color_of_monday", json!({"is": "blue"})),
        ("", json!(1)),
        ("zendesk.contact_limit", json!(31)),
    ]);
    settings
        .sync
        .insert("profile:zendesk.problem_types".to_owned(), "[[[".to_owned());
    settings
        .sync
        .insert("another extension's".to_owned(), "[[[".to_owned());
    let profile = shipped().under(&settings);
    let mut of_kind: BTreeMap<String, Fault> = profile
        .layers
        .problems()
        .iter()
        .map(|p| (p.path.clone(), p.fault.clone()))
        .collect();
    for path in [
        "portal.admin_path",
        "portal.models.order",
        "zendesk.refused_hosts",
        "portal.known_hosts",
        "zendesk.known_hosts",
        "version",
    ] {
        assert_eq!(of_kind.remove(path), Some(Fault::Fixed), "{path}");
    }
    for path in ["zendesk.color_of_monday", ""] {
        assert_eq!(of_kind.remove(path), Some(Fault::Unknown), "{path}");
    }
    assert_eq!(
        of_kind.remove("zendesk.problem_types"),
        Some(Fault::Unreadable)
    );
    assert!(of_kind.is_empty(), "{of_kind:?}");
    assert_eq!(profile.zendesk.contact_limit, 31);
    assert_eq!(
        profile.zendesk.refused_hosts,
        ["gitlab-federal-support.zendesk.com"]
    );
    assert_eq!(
        profile.layers.user()["zendesk.color_of_monday"],
        json!({"is": "blue"})
    );
}

#[test]
fn a_partly_invalid_policy_applies_otherwise_and_the_engineers_setting_fills_the_gap() {
    let policy =
        json!({"zendesk": {"contact_limit": 5000, "submit_menu": "chooses"}, "unknown": 1});
    let profile = shipped().under(&managed(
        of_user([("zendesk.contact_limit", json!(60))]),
        &policy,
    ));
    assert_eq!(profile.zendesk.contact_limit, 60);
    assert_eq!(profile.layers.layer("zendesk.submit_menu"), Layer::Managed);
    let all: Vec<(Layer, &str)> = profile
        .layers
        .problems()
        .iter()
        .map(|p| (p.layer, p.path.as_str()))
        .collect();
    assert_eq!(
        all,
        [
            (Layer::Managed, "unknown"),
            (Layer::Managed, "zendesk.contact_limit")
        ]
    );
    for odd in ["[]", "7", "no json", "null"] {
        let profile = shipped().under(&Settings {
            managed: Some(odd.to_owned()),
            ..Settings::default()
        });
        assert_eq!(named(&profile), ["profile"], "{odd}");
    }
}

#[test]
fn settings_that_are_good_only_together_count_together() {
    let swapped = || {
        vec![
            (
                "zendesk.organization_fields.salesforce_id",
                json!("sfdc_short_id"),
            ),
            (
                "zendesk.organization_fields.salesforce_short_id",
                json!("salesforce_id"),
            ),
        ]
    };
    let profile = shipped().under(&of_user(swapped()));
    assert!(
        profile.layers.problems().is_empty(),
        "{:?}",
        problems(&profile)
    );
    assert_eq!(
        profile.zendesk.organization_fields.salesforce_id,
        "sfdc_short_id"
    );
    // With another one that is wrong in itself.
    let mut and_wrong = swapped();
    and_wrong.push(("zendesk.contact_limit", json!(0)));
    let profile = shipped().under(&of_user(and_wrong));
    assert_eq!(named(&profile), ["zendesk.contact_limit"]);
    assert_eq!(
        profile.zendesk.organization_fields.salesforce_id,
        "sfdc_short_id"
    );
    // Half of the pair would make a key occur twice.
    let profile = shipped().under(&of_user(swapped().into_iter().take(1)));
    assert_eq!(
        named(&profile),
        ["zendesk.organization_fields.salesforce_id"]
    );
    // If the engineer's setting clashes with the policy, the engineer must change it.
    let policy = json!({"zendesk": {"organization_fields": {"salesforce_id": "sf_key"}}});
    let profile = shipped().under(&managed(
        of_user([("zendesk.organization_fields.support_level", json!("sf_key"))]),
        &policy,
    ));
    assert_eq!(profile.zendesk.organization_fields.salesforce_id, "sf_key");
    assert_eq!(
        named(&profile),
        ["zendesk.organization_fields.support_level"]
    );
}

#[test]
fn a_shipped_profile_that_is_no_good_is_refused_and_not_repaired_by_settings() {
    for (path, value) in [
        ("zendesk.contact_limit", json!(0)),
        ("portal.hosts", json!([])),
        ("license_keys", json!(["no key"])),
    ] {
        let mut tree: Value = serde_json::from_str(SHIPPED).unwrap();
        assert!(paths::replace(&mut tree, path, value));
        let error = Profile::parse(&tree.to_string()).expect_err(path);
        assert!(error.contains(path), "{error}");
    }
    let odd = r#"{"version":1,"portal":{},"zendesk":{},"odd":1}"#;
    assert!(Profile::parse(odd).expect_err("odd").contains("odd"));
}

fn world(profile: &Profile) -> World<'_> {
    World { profile, now_ms: 1 }
}

#[test]
fn a_setting_is_kept_as_one_entry_and_the_shipped_value_as_none() {
    let profile = shipped();
    let kept = |value: Value| match set("zendesk.contact_limit", value, world(&profile)) {
        Ok(Effect::Settings { entries }) => entries,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        kept(json!(31)),
        BTreeMap::from([("zendesk.contact_limit".to_owned(), json!(31))])
    );
    assert_eq!(
        kept(json!(30)),
        BTreeMap::from([("zendesk.contact_limit".to_owned(), Value::Null)])
    );
    assert!(matches!(
        set("zendesk.contact_limit", json!(0), world(&profile)),
        Err(Fault::Bad(_))
    ));
    assert_eq!(
        set("zendesk.no_such", json!(1), world(&profile)),
        Err(Fault::Unknown)
    );
    let locked = profile.under(&managed(
        Settings::default(),
        &json!({"zendesk": {"contact_limit": 5}}),
    ));
    assert_eq!(
        set("zendesk.contact_limit", json!(31), world(&locked)),
        Err(Fault::Managed)
    );
}

#[test]
fn new_settings_apply_at_once_and_an_unsaved_one_is_reported_until_it_is_saved() {
    let (mut profile, mut model) = (shipped(), Model::default());
    let tell = |profile: &mut Profile, model: &mut Model, event| handle(profile, model, event, 1);
    tell(
        &mut profile,
        &mut model,
        Event::Settings {
            settings: of_user([("zendesk.contact_limit", json!(44))]),
        },
    );
    assert_eq!(profile.zendesk.contact_limit, 44);

    let failed = Event::SettingsNotSaved {
        paths: vec!["zendesk.contact_limit".to_owned()],
        why: "quota\nexceeded".to_owned(),
    };
    tell(&mut profile, &mut model, failed);
    let view = tether::view::panel(&model, world(&profile));
    assert!(
        view.contains("did not keep the setting zendesk.contact_limit: quota exceeded"),
        "{view}"
    );
    tell(
        &mut profile,
        &mut model,
        Event::Settings {
            settings: of_user([("zendesk.contact_limit", json!(45))]),
        },
    );
    assert!(!tether::view::panel(&model, world(&profile)).contains("did not keep"));

    tell(
        &mut profile,
        &mut model,
        Event::Settings {
            settings: of_user([("zendesk.contact_limit", json!(0))]),
        },
    );
    let view = tether::view::panel(&model, world(&profile));
    assert!(view.contains("A setting of yours does not count. zendesk.contact_limit: zendesk.contact_limit must be"), "{view}");
    assert!(view.contains(r#"data-command="open_settings""#), "{view}");
}

#[test]
fn what_belongs_to_a_host_that_counts_no_more_is_not_looked_at() {
    let both = of_user([(
        "zendesk.hosts",
        json!(["gitlab.zendesk.com", "gitlab1707170878.zendesk.com"]),
    )]);
    let (mut profile, mut model) = (shipped().under(&both), Model::default());
    let seen = Event::TabSeen {
        tab: 1,
        url: "https://gitlab1707170878.zendesk.com/agent/tickets/5".to_owned(),
        front: true,
    };
    handle(&mut profile, &mut model, seen, 1);
    assert_eq!(
        model.tabs.focus().map(|key| key.host.as_str()),
        Some("gitlab1707170878.zendesk.com")
    );
    handle(
        &mut profile,
        &mut model,
        Event::Settings {
            settings: Settings::default(),
        },
        2,
    );
    assert_eq!(model.tabs.focus(), None);
    assert_eq!(model.tabs.all[&1].ticket, None);
    let staging = of_user([(
        "portal.hosts",
        json!(["customers.gitlab.com", "customers.staging.gitlab.com"]),
    )]);
    handle(
        &mut profile,
        &mut model,
        Event::Settings { settings: staging },
        3,
    );
    handle(
        &mut profile,
        &mut model,
        Event::Settings {
            settings: Settings::default(),
        },
        4,
    );
}

#[test]
fn what_an_engineer_has_set_is_a_part_of_a_profile_that_sets_the_same_again() {
    let settings = of_user([
        ("zendesk.contact_limit", json!(44)),
        ("portal.fields.order.trial.labels", json!(["Trial?"])),
        ("later.one", json!(1)),
    ]);
    let profile = shipped().under(&settings);
    let tree = profile.layers.user_tree();
    assert_eq!(tree["zendesk"]["contact_limit"], json!(44));
    let again = shipped().under(&managed(Settings::default(), &tree));
    assert_eq!(again.zendesk, profile.zendesk);
    assert_eq!(again.portal, profile.portal);
}

/// Any JSON that is not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        "[a-z_]{1,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-z_.]{0,12}", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A path of the profile, of a group in it, or none at all.
fn any_path() -> impl Strategy<Value = String> {
    let known = shipped().layers.paths();
    let groups: Vec<String> = known
        .iter()
        .filter_map(|path| Some(path.rsplit_once('.')?.0.to_owned()))
        .collect();
    prop_oneof![4 => prop::sample::select(known), 1 => prop::sample::select(groups), 1 => "[a-z_.]{0,30}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn whatever_is_set_nothing_breaks_and_nothing_changes_but_what_was_named(
        entries in prop::collection::btree_map(any_path(), any_json(), 0..5), policy in any_json(),
    ) {
        let settings = managed(of_user(entries.iter().map(|(path, value)| (path.as_str(), value.clone()))), &policy);
        let (before, after) = (shipped(), shipped().under(&settings));
        let mut set: Vec<String> = after.layers.settings_in(policy).into_iter().map(|(path, _)| path).collect();
        set.extend(entries.keys().cloned());
        for path in before.layers.paths() {
            let named = set.iter().any(|one| path == *one || path.strip_prefix(one.as_str()).is_some_and(|rest| rest.starts_with('.')));
            if !named {
                prop_assert_eq!(after.layers.value(&path), before.layers.value(&path), "{}", path);
                prop_assert_eq!(after.layers.layer(&path), Layer::Shipped);
            }
        }
        // What counts is what the typed profile holds, and it is good.
        let tree: Value = serde_json::from_str(&serde_json::to_string(&after).unwrap()).unwrap();
        for path in after.layers.paths() {
            prop_assert_eq!(paths::get(&tree, &path), after.layers.value(&path), "{}", path);
        }
        prop_assert_eq!(&after.zendesk.refused_hosts, &before.zendesk.refused_hosts);
        prop_assert!(before.portal.secrets.keys.iter().all(|key| after.portal.secrets.keys.contains(key)));
        let settings_again = after.under(&settings);
        prop_assert_eq!(settings_again.layers.problems(), after.layers.problems());
    }
}
