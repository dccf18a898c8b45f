//! Mapping on the spot: a missed field is read under another label at once, and nothing that would
//! collide can be mapped.

use std::collections::BTreeMap;

use serde_json::json;
use tether::app::Effect;
use tether::app::Event;
use tether::app::event::Outcome;
use tether::profile::Settings;
use tether::record::Shown;
use tether::record::seen::Record;

use super::fixtures::{at_license, order};
use crate::support::pages::{self, Version, boolean, field, show, url};
use crate::support::{Browser, Web, keep, text_of, ticket_address};

/// A browser that saves settings when told to, and reports them.
struct Keeper {
    browser: Browser,
    kept: BTreeMap<String, String>,
}

impl Keeper {
    fn new(browser: Browser) -> Self {
        Self {
            browser,
            kept: BTreeMap::new(),
        }
    }

    /// Obeys: saves and reports settings, hands the page over, answers reads.
    fn obey(&mut self, effects: Vec<Effect>, page: &Web) {
        for effect in effects {
            let next = match effect {
                Effect::Settings { entries } => {
                    keep(&mut self.kept, entries);
                    self.tell_settings()
                }
                Effect::Page { .. } => {
                    let (_, number) = order(std::slice::from_ref(&effect));
                    self.browser.outcome(
                        number,
                        Outcome::Page {
                            url: page.0.clone(),
                            html: page.1.clone(),
                        },
                    )
                }
                _ => continue,
            };
            self.obey(next, page);
        }
        self.browser.settle();
    }

    fn tell_settings(&mut self) -> Vec<Effect> {
        self.browser.tell(Event::Settings {
            settings: Settings {
                sync: self.kept.clone().into_iter().collect(),
                managed: None,
            },
        })
    }

    fn diagnose(&mut self, page: &Web) {
        self.browser.look(2, &page.0);
        let effects = self.browser.press("diagnose", &[]);
        self.obey(effects, page);
    }

    /// Maps a field to a name on the page.
    fn map(&mut self, group: &str, name: &str, shown: &str, page: &Web) {
        let (_, offers) =
            tether::app::diagnose::mappable(&self.browser.model, self.browser.world());
        let at = offers
            .iter()
            .find(|o| o.says.starts_with(shown))
            .unwrap_or_else(|| panic!("{shown} in {offers:?}"))
            .at
            .to_string();
        let number = self.browser.model.diagnosing.number.to_string();
        let effects = self.browser.press(
            "map",
            &[
                ("group", group),
                ("field", name),
                ("number", &number),
                ("at", &at),
            ],
        );
        self.obey(effects, page);
    }

    fn says(&self) -> String {
        text_of(&self.browser.view())
    }

    fn trial(&self) -> Shown<bool> {
        match self.browser.case(41).chain.proof() {
            Some(Record::License(license)) => license.record.trial.clone(),
            other => panic!("no license: {other:?}"),
        }
    }
}

fn license(more: &[(&str, &str, &str)]) -> Web {
    let mut fields = vec![
        field(
            "evaluation",
            "Evaluation",
            &boolean(Version::V3, Some(false)),
        ),
        field("name", "Name", "Ada Lindqvist"),
        field(
            "license_key",
            "License key",
            "KrbFHEVqBwkgPq9jE6TRGjHsVV6DpVsj",
        ),
    ];
    fields.extend(
        more.iter()
            .map(|(key, label, value)| field(key, label, value)),
    );
    (
        url("license", 7),
        show(Version::V3, "license", 7, &[fields]),
    )
}

const PATH: &str = "profile:portal.fields.license.trial.labels";

#[test]
fn a_missed_field_is_read_under_the_label_that_was_chosen_at_once_and_undo_takes_it_back() {
    let mut desk = Keeper::new(at_license());
    let page = license(&[]);
    desk.diagnose(&page);
    assert_eq!(desk.trial(), Shown::Absent);
    assert!(
        desk.says().contains("“Trial” is labeled"),
        "{}",
        desk.says()
    );
    desk.map("license", "trial", "Evaluation", &page);
    assert_eq!(
        desk.kept,
        BTreeMap::from([(
            PATH.to_owned(),
            json!(["Trial", "Is trial", "Evaluation"]).to_string()
        )])
    );
    assert_eq!(
        desk.trial(),
        Shown::Value(false),
        "the case fills without another look"
    );
    assert!(
        desk.says()
            .contains("“Trial” is read under “Evaluation” now."),
        "{}",
        desk.says()
    );
    assert!(
        !desk.says().contains("“Trial” is labeled"),
        "{}",
        desk.says()
    );
    let effects = desk.browser.press("undo_map", &[]);
    desk.obey(effects, &page);
    assert_eq!(desk.kept, BTreeMap::new());
    assert_eq!(desk.trial(), Shown::Absent);
    assert!(
        desk.says().contains("“Trial” is labeled"),
        "{}",
        desk.says()
    );
}

#[test]
fn undo_brings_back_the_setting_that_was_there_before() {
    let mut desk = Keeper::new(at_license());
    desk.kept
        .insert(PATH.to_owned(), json!(["Trial", "Try"]).to_string());
    desk.tell_settings();
    let page = license(&[]);
    desk.diagnose(&page);
    desk.map("license", "trial", "Evaluation", &page);
    assert_eq!(
        desk.kept[PATH],
        json!(["Trial", "Try", "Evaluation"]).to_string()
    );
    let effects = desk.browser.press("undo_map", &[]);
    desk.obey(effects, &page);
    assert_eq!(desk.kept[PATH], json!(["Trial", "Try"]).to_string());
}

#[test]
fn a_stop_at_any_point_of_a_mapping_changes_nothing() {
    let mut browser = at_license();
    browser.stops = true;
    let mut desk = Keeper::new(browser);
    let page = license(&[]);
    desk.diagnose(&page);
    desk.map("license", "trial", "Evaluation", &page);
    assert_eq!(desk.trial(), Shown::Value(false));
    let effects = desk.browser.press("undo_map", &[]);
    desk.obey(effects, &page);
    assert_eq!((desk.trial(), desk.kept.len()), (Shown::Absent, 0));
}

/// The error for choosing this label for Trial.
fn refusal(page: &Web, field: &str, shown: &str) -> String {
    let mut desk = Keeper::new(at_license());
    desk.diagnose(page);
    desk.map("license", field, shown, page);
    assert_eq!(desk.kept, BTreeMap::new(), "{shown} for {field}");
    desk.says()
}

#[test]
fn what_would_collide_is_refused_with_the_reason() {
    let page = license(&[
        ("key_data", "Key data", "9WmNhLLm6qbqszXC0TVwnCdr"),
        ("full_name", "Name", "Ada"),
        ("plan", "Tier", ""),
    ]);
    for (field, shown, says) in [
        (
            "trial",
            "License key",
            "“License key” is a secret: Tether neither shows nor compares its value.",
        ),
        (
            "trial",
            "Key data",
            "The value of “Key data” looks like a code or a key: Tether doesn’t read it.",
        ),
        ("trial", "Name", "“Name” is the label of name already."),
    ] {
        let said = refusal(&page, field, shown);
        assert!(said.contains(says), "{shown}: {said}");
        assert!(!said.contains("9WmN") && !said.contains("KrbF"));
    }
}

#[test]
fn a_repeated_label_is_identified_by_its_class() {
    let mut desk = Keeper::new(at_license());
    let page = license(&[("other", "Evaluation", "Soon")]);
    desk.diagnose(&page);
    desk.map("license", "trial", "Evaluation", &page);
    assert_eq!(
        desk.kept["profile:portal.fields.license.trial.keys"],
        json!(["trial", "is_trial", "evaluation"]).to_string()
    );
    assert_eq!(desk.trial(), Shown::Value(false));
}

#[test]
fn without_a_choice_or_after_another_diagnosis_nothing_is_mapped() {
    let mut desk = Keeper::new(at_license());
    let page = license(&[]);
    desk.diagnose(&page);
    let number = desk.browser.model.diagnosing.number.to_string();
    for (fields, says) in [
        (
            vec![
                ("group", "license"),
                ("field", "trial"),
                ("number", number.as_str()),
            ],
            "Choose a label first.",
        ),
        (
            vec![
                ("group", "license"),
                ("field", "trial"),
                ("number", "0"),
                ("at", "0"),
            ],
            "The page was diagnosed again meanwhile.",
        ),
        (
            vec![
                ("group", "license"),
                ("field", "name"),
                ("number", number.as_str()),
                ("at", "0"),
            ],
            "This field is not missing any more.",
        ),
        (
            vec![
                ("group", "order"),
                ("field", "trial"),
                ("number", number.as_str()),
                ("at", "0"),
            ],
            "This field is not missing any more.",
        ),
        (
            vec![
                ("group", "license"),
                ("field", "trial"),
                ("number", number.as_str()),
                ("at", "99"),
            ],
            "This label is not on the page any more.",
        ),
    ] {
        assert!(
            desk.browser
                .press("map", &fields)
                .iter()
                .all(|e| !matches!(e, Effect::Settings { .. })),
            "{fields:?}"
        );
        let said = desk
            .browser
            .model
            .said
            .as_ref()
            .map(|s| s.text.clone())
            .unwrap_or_default();
        assert!(said.starts_with(says), "{fields:?}: {said}");
    }
}

#[test]
fn the_label_of_an_activation_code_cannot_be_mapped() {
    let mut desk = Keeper::new(at_license());
    let page = (
        url("cloud_activation", 7),
        show(
            Version::V3,
            "cloud_activation",
            7,
            &[vec![field("pass", "Pass", "x")]],
        ),
    );
    desk.diagnose(&page);
    let (missed, _) = tether::app::diagnose::mappable(&desk.browser.model, desk.browser.world());
    assert!(
        missed.iter().all(|m| m.field != "activation_code")
            && missed.iter().any(|m| m.field == "trial"),
        "{missed:?}"
    );
}

#[test]
fn a_missing_trial_row_counts_as_no_trial_once_the_engineer_says_so() {
    let html =
        |fields: &[pages::Field]| show(Version::V3, "cloud_activation", 7, &[fields.to_vec()]);
    let name = field("subscription_name", "Subscription name", "A-S00104417");
    let page = (
        url("cloud_activation", 7),
        html(std::slice::from_ref(&name)),
    );
    let trial = |desk: &Keeper| match desk.browser.case(41).chain.proof() {
        Some(Record::CloudActivation(seen)) => seen.record.trial.clone(),
        other => panic!("no cloud activation: {other:?}"),
    };
    let mut desk = Keeper::new(at_license());
    desk.diagnose(&page);
    assert_eq!(trial(&desk), Shown::Absent);
    assert!(
        desk.says().contains("This page has no Trial row."),
        "{}",
        desk.says()
    );
    let before = desk.browser.model.diagnosing.number;
    let press = |desk: &mut Keeper, number: u64| {
        let effects = desk
            .browser
            .press("no_trial_row", &[("number", &number.to_string())]);
        desk.obey(effects, &page);
    };
    press(&mut desk, before + 1);
    assert_eq!(desk.kept, BTreeMap::new(), "of another diagnosis");
    press(&mut desk, before);
    assert_eq!(
        desk.kept,
        BTreeMap::from([(
            "profile:portal.no_trial_row".to_owned(),
            "\"no\"".to_owned()
        )])
    );
    assert_eq!(trial(&desk), Shown::Value(false));
    assert!(
        desk.says()
            .contains("Every cloud activation without a Trial row counts as no trial now."),
        "{}",
        desk.says()
    );
    assert!(
        !desk.says().contains("This page has no Trial row."),
        "{}",
        desk.says()
    );
    let effects = desk.browser.press("undo_map", &[]);
    desk.obey(effects, &page);
    assert_eq!((trial(&desk), desk.kept.len()), (Shown::Absent, 0));
    let with_row = (
        url("cloud_activation", 7),
        html(&[name, field("trial", "Trial", "Perhaps")]),
    );
    desk.diagnose(&with_row);
    assert!(
        !desk.says().contains("This page has no Trial row."),
        "{}",
        desk.says()
    );
}

#[test]
fn what_the_organization_has_set_is_its_policys_to_change() {
    let mut desk = Keeper::new(at_license());
    let policy =
        json!({"portal": {"fields": {"license": {"trial": {"labels": ["Trial"]}}}}}).to_string();
    desk.browser.tell(Event::Settings {
        settings: Settings {
            managed: Some(policy),
            ..Settings::default()
        },
    });
    let page = license(&[]);
    desk.diagnose(&page);
    desk.map("license", "trial", "Evaluation", &page);
    assert!(
        desk.says()
            .contains("Your organization has set portal.fields.license.trial.labels"),
        "{}",
        desk.says()
    );
    assert_eq!(desk.kept, BTreeMap::new());
}

#[test]
fn a_setting_that_was_not_saved_is_reported_and_can_be_saved_again() {
    let mut desk = Keeper::new(at_license());
    let page = license(&[]);
    desk.diagnose(&page);
    let number = desk.browser.model.diagnosing.number.to_string();
    let fields = [
        ("group", "license"),
        ("field", "trial"),
        ("number", number.as_str()),
        ("at", "0"),
    ];
    let effects = desk.browser.press("map", &fields);
    let Some(Effect::Settings { entries }) = effects
        .iter()
        .find(|e| matches!(e, Effect::Settings { .. }))
    else {
        panic!("{effects:?}")
    };
    let paths: Vec<String> = entries.keys().cloned().collect();
    desk.browser.tell(Event::SettingsNotSaved {
        paths,
        why: "QUOTA_BYTES quota exceeded".to_owned(),
    });
    assert!(
        desk.says()
            .contains("The browser did not keep the setting: QUOTA_BYTES quota exceeded."),
        "{}",
        desk.says()
    );
    let effects = desk.browser.press("map", &fields);
    desk.obey(effects, &page);
    assert_eq!(desk.trial(), Shown::Value(false));
}

#[test]
fn a_ticket_field_of_another_title_is_mapped_and_read_anew() {
    let mut browser = Browser::new();
    browser.zendesk.email_title = "Subscription E-mail address".to_owned();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    assert_eq!(browser.case(41).subscription_email(), None);
    let mut desk = Keeper::new(browser);
    let (_, number) = order(&desk.browser.press("diagnose", &[]));
    desk.browser
        .outcome(number, Outcome::Looked(super::zendesk::ticket()));
    assert!(
        desk.says().contains("1 ticket field is missing."),
        "{}",
        desk.says()
    );
    let page = (String::new(), String::new());
    let (_, offers) = tether::app::diagnose::mappable(&desk.browser.model, desk.browser.world());
    assert_eq!(
        offers.iter().map(|o| o.says.as_str()).collect::<Vec<_>>(),
        ["Subscription E-mail address"]
    );
    let number = desk.browser.model.diagnosing.number.to_string();
    let effects = desk.browser.press(
        "map",
        &[
            ("group", "ticket_fields"),
            ("field", "subscription_email"),
            ("number", &number),
            ("at", "0"),
        ],
    );
    let settings: Vec<Effect> = effects
        .into_iter()
        .filter(|e| matches!(e, Effect::Settings { .. }))
        .collect();
    desk.obey(settings, &page);
    assert_eq!(
        desk.kept["profile:zendesk.ticket_fields.subscription_email"],
        json!(["Subscription Email", "Subscription E-mail address"]).to_string()
    );
    assert!(
        desk.browser.case(41).subscription_email().is_some(),
        "the fields are read anew"
    );
}
