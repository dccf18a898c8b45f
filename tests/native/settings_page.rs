//! The settings page: typing, switching, importing, and what it shows.

use std::collections::BTreeMap;

use proptest::prelude::*;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tether::app::{Effect, Event, Model, World, handle};
use tether::app::{
    pages::{Import, Page},
    settings::Kind,
};
use tether::map::Map;
use tether::profile::{Profile, Settings};
use tether::view;

/// An extension's id as Chromium makes them.
pub(crate) const CHROMIUM_ID: &str = "abcdefghijklmnopabcdefghijklmnop";

/// A browser with the settings page open, which saves what it is told to.
pub(crate) struct Desk {
    pub(crate) profile: Profile,
    pub(crate) model: Model,
    settings: Settings,
    released: Vec<String>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::in_browser(CHROMIUM_ID)
    }

    /// A browser that gave Tether this id.
    pub(crate) fn in_browser(id: &str) -> Self {
        let profile = Profile::parse(include_str!("../../extension/site-profile.json"))
            .expect("the shipped profile is good");
        let mut desk = Self {
            profile,
            model: Model::default(),
            settings: Settings::default(),
            released: Vec::new(),
        };
        let keys = Map::from([
            ("_execute_action".to_owned(), "Alt+Shift+Y".to_owned()),
            ("add-note".to_owned(), String::new()),
        ]);
        desk.tell(Event::PageOpened {
            page: Page::Options,
            keys,
            extension: id.to_owned(),
        });
        desk
    }

    pub(crate) fn under(policy: &Value) -> Self {
        let mut desk = Self::new();
        desk.settings.managed = Some(policy.to_string());
        desk.tell(Event::Settings {
            settings: desk.settings.clone(),
        });
        desk
    }

    pub(crate) fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = handle(&mut self.profile, &mut self.model, event, 1);
        for effect in &effects {
            match effect {
                Effect::Settings { entries } => {
                    for (path, value) in entries {
                        let name = format!("profile:{path}");
                        match value {
                            Value::Null => self.settings.sync.remove(&name),
                            value => self.settings.sync.insert(name, value.to_string()),
                        };
                    }
                    let settings = self.settings.clone();
                    self.tell(Event::Settings { settings });
                }
                Effect::ReleaseHost { origin } => self.released.push(origin.clone()),
                _ => {}
            }
        }
        effects
    }

    pub(crate) fn press(&mut self, name: &str, fields: &[(&str, &str)]) -> Vec<Effect> {
        let fields = fields
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        self.tell(Event::Command {
            case: None,
            window: None,
            name: name.to_owned(),
            fields,
        })
    }

    pub(crate) fn set(&mut self, path: &str, text: &str) {
        self.press("set_setting", &[("path", path), ("text", text)]);
    }

    pub(crate) fn html(&self, page: Page) -> String {
        view::page(
            page,
            &self.model,
            World {
                profile: &self.profile,
                now_ms: 1,
            },
        )
    }

    fn kept(&self) -> BTreeMap<&str, &str> {
        self.settings
            .sync
            .iter()
            .map(|(name, value)| (name.trim_start_matches("profile:"), value.as_str()))
            .collect()
    }

    /// A setting's control: its content, and whether it can be changed.
    fn control(&self, path: &str) -> (String, bool) {
        let dom = Html::parse_fragment(&self.html(Page::Options));
        let found: Vec<_> = dom
            .select(&Selector::parse(&format!("[id='set:{path}']")).unwrap())
            .collect();
        assert_eq!(found.len(), 1, "{path} once");
        let one = found[0];
        let text = one
            .attr("value")
            .map_or_else(|| one.text().collect(), str::to_owned);
        (
            text,
            one.attr("readonly").is_none() && one.attr("disabled").is_none(),
        )
    }

    pub(crate) fn text(&self, css: &str) -> String {
        let dom = Html::parse_fragment(&self.html(Page::Options));
        let all: Vec<String> = dom
            .select(&Selector::parse(css).unwrap())
            .map(|one| one.text().collect())
            .collect();
        all.join(" | ")
    }
}

#[test]
fn every_setting_has_one_control_a_title_of_its_own_and_its_value_typed_again_changes_nothing() {
    let mut desk = Desk::new();
    let paths = desk.profile.layers.paths();
    assert!(paths.len() > 100, "{}", paths.len());
    let mut titles = BTreeMap::new();
    for path in &paths {
        if path.ends_with(".hosts") {
            continue;
        }
        let (text, open) = desk.control(path);
        assert!(open, "{path}");
        let title = desk.text(&format!("label[for='set:{path}']"));
        assert!(!title.contains('_') && !title.is_empty(), "{path}: {title}");
        if !path.starts_with("zendesk.replies.") {
            assert_eq!(titles.insert(title.clone(), path), None, "{title}");
        }
        let kind = Kind::of(path, desk.profile.layers.shipped(path).unwrap());
        if !matches!(kind, Kind::Choice(_)) {
            desk.set(path, &text);
            assert!(
                desk.model.pages.refused.is_empty(),
                "{path}: {:?}",
                desk.model.pages.refused
            );
        }
    }
    assert!(desk.kept().is_empty(), "{:?}", desk.kept());
}

#[test]
fn input_is_saved_or_refused_with_the_cores_reason_at_the_field() {
    let mut desk = Desk::new();
    desk.set("zendesk.contact_limit", " 40 ");
    desk.set("zendesk.macros.trial", "Trial proof\r\n\r\n  Another  \n");
    desk.set("zendesk.ticket_forms.ids", "1\n2");
    desk.set("zendesk.hand_over.assignee", "lead@example.com");
    let kept = BTreeMap::from([
        ("zendesk.contact_limit", "40"),
        ("zendesk.hand_over.assignee", "\"lead@example.com\""),
        ("zendesk.macros.trial", r#"["Trial proof","Another"]"#),
        ("zendesk.ticket_forms.ids", "[1,2]"),
    ]);
    assert_eq!(desk.kept(), kept);
    assert_eq!(desk.text(".toast"), "Saved.");

    for (path, typed, says) in [
        (
            "zendesk.contact_limit",
            "many",
            "This must be a whole number.",
        ),
        (
            "zendesk.contact_limit",
            "1001",
            "This must be a number from 1 to 1000.",
        ),
        (
            "zendesk.ticket_forms.ids",
            "1\ntwo",
            "This must be a list of whole numbers.",
        ),
        ("portal.sign_in_path", "", "This must be a text."),
        (
            "zendesk.selectors.composer",
            "",
            "This must be 1 to 20 selectors of 1 to 300 characters.",
        ),
        (
            "zendesk.replies.trial",
            "Hello {nobody}",
            "This must be a text of 1 to 4000 characters",
        ),
        (
            "license_keys",
            "no key",
            "This must be public keys in PEM form",
        ),
    ] {
        desk.set(path, typed);
        assert!(
            desk.text(&format!("[id='error:{path}']")).starts_with(says),
            "{path}: {}",
            desk.text(&format!("[id='error:{path}']"))
        );
        assert_eq!(desk.control(path).0, typed, "what was typed stays");
    }
    assert_eq!(desk.kept(), kept, "nothing of it is kept");
    let long = "x".repeat(9_000);
    desk.set("zendesk.stop_phrases", &long);
    assert!(
        desk.text("[id='error:zendesk.stop_phrases']")
            .contains("too long")
    );

    desk.set("zendesk.contact_limit", "30");
    desk.press("reset_setting", &[("path", "zendesk.macros.trial")]);
    desk.set("zendesk.hand_over.assignee", "");
    desk.set("zendesk.ticket_forms.ids", "360001801419");
    assert!(
        desk.kept().is_empty(),
        "the shipped value is no setting: {:?}",
        desk.kept()
    );
    desk.press("set_setting", &[("path", "no.such"), ("text", "1")]);
    assert!(desk.text(".toast").contains("doesn’t know this setting"));
}

#[test]
fn what_an_organization_has_set_is_named_so_and_not_changed() {
    let mut desk = Desk::under(
        &json!({"zendesk": {"contact_limit": 12}, "portal": {"hosts": ["customers.gitlab.com"]}}),
    );
    assert_eq!(
        desk.control("zendesk.contact_limit"),
        ("12".to_owned(), false)
    );
    assert!(desk.text(".badge").contains("Set by your organization"));
    desk.set("zendesk.contact_limit", "13");
    assert!(
        desk.text("[id='error:zendesk.contact_limit']")
            .contains("set by your organization")
    );
    desk.press(
        "switch_host",
        &[
            ("host", "customers.staging.gitlab.com"),
            ("on", "true"),
            ("ok", "true"),
        ],
    );
    assert!(desk.kept().is_empty());
    assert_eq!(desk.profile.portal.hosts, ["customers.gitlab.com"]);
}

#[test]
fn a_host_is_switched_on_with_the_browsers_permission_and_gives_it_back_when_switched_off() {
    let mut desk = Desk::new();
    let host = "customers.staging.gitlab.com";
    let switch = |desk: &Desk, host: &str| {
        let dom = Html::parse_fragment(&desk.html(Page::Options));
        let css =
            Selector::parse(&format!("button[role=switch][data-field-host='{host}']")).unwrap();
        let one = dom.select(&css).next().expect("a switch");
        (
            one.attr("aria-checked") == Some("true"),
            one.attr("data-grant").map(str::to_owned),
        )
    };
    assert_eq!(
        switch(&desk, host),
        (false, Some(format!("https://{host}/*")))
    );
    assert_eq!(switch(&desk, "customers.gitlab.com"), (true, None));
    desk.press(
        "switch_host",
        &[("host", host), ("on", "true"), ("ok", "false")],
    );
    assert!(desk.kept().is_empty() && desk.text(".toast").contains("gave no access"));
    desk.press(
        "switch_host",
        &[("host", host), ("on", "true"), ("ok", "true")],
    );
    assert_eq!(desk.profile.portal.hosts, ["customers.gitlab.com", host]);
    assert_eq!(switch(&desk, host), (true, None));
    // The engineer's other browser synced the setting, but not the permission.
    desk.tell(Event::HostAccess {
        missing: vec![
            format!("https://{host}/*"),
            "https://gitlab1707170878.zendesk.com/*".to_owned(),
        ],
    });
    assert!(
        desk.html(Page::Options)
            .contains(&format!("Allow access to {host}"))
    );
    assert!(
        !desk
            .html(Page::Options)
            .contains("Allow access to gitlab1707170878"),
        "one that is off is not asked for"
    );

    desk.press("switch_host", &[("host", host), ("on", "false")]);
    assert_eq!(desk.profile.portal.hosts, ["customers.gitlab.com"]);
    assert_eq!(desk.released, [format!("https://{host}/*")]);
    desk.press(
        "switch_host",
        &[("host", "customers.gitlab.com"), ("on", "false")],
    );
    assert!(
        desk.text(".toast").contains("one or more"),
        "{}",
        desk.text(".toast")
    );
    for odd in ["evil.example", "gitlab-federal-support.zendesk.com", ""] {
        assert!(
            desk.press(
                "switch_host",
                &[("host", odd), ("on", "true"), ("ok", "true")]
            )
            .is_empty(),
            "{odd}"
        );
    }
    assert_eq!(desk.released.len(), 1);
}

#[test]
fn a_file_is_looked_at_first_and_of_a_bad_one_the_good_part_is_taken() {
    let mut desk = Desk::new();
    let part = json!({"zendesk": {"contact_limit": 31, "submit_menu": "maybe", "stop_phrases": desk.profile.zendesk.stop_phrases, "later": 2}});
    desk.tell(Event::ImportGiven {
        text: json!({"profile": part}).to_string(),
    });
    let Some(Import::Holds { changes, same, bad }) = desk.model.pages.import.clone() else {
        panic!("{:?}", desk.model.pages.import)
    };
    assert_eq!(
        changes,
        BTreeMap::from([("zendesk.contact_limit".to_owned(), json!(31))])
    );
    assert_eq!(same, 1);
    assert_eq!(
        bad.iter()
            .map(|(path, _)| path.as_str())
            .collect::<Vec<_>>(),
        ["zendesk.later", "zendesk.submit_menu"]
    );
    assert!(desk.kept().is_empty());
    assert!(
        desk.text(".import")
            .contains("1 setting changes, 1 stay the same, 2 can’t be imported."),
        "{}",
        desk.text(".import")
    );
    assert!(desk.text(".import del").contains("30") && desk.text(".import ins").contains("31"));
    desk.press("take_import", &[]);
    assert_eq!(
        desk.kept(),
        BTreeMap::from([("zendesk.contact_limit", "31")])
    );
    assert!(desk.press("take_import", &[]).is_empty(), "taken once");

    for text in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"profile":[]}"#,
        r#"{"profile":null}"#,
        &format!("{{\"profile\":{}1{}}}", "[".repeat(500), "]".repeat(500)),
    ] {
        desk.tell(Event::ImportGiven {
            text: text.to_owned(),
        });
        assert!(
            desk.text(".import .error")
                .contains("Choose a file that Tether exported"),
            "{text}"
        );
        desk.press("leave_import", &[]);
        assert_eq!(desk.model.pages.import, None);
    }
}

#[test]
fn export_reset_import_brings_all_back() {
    let mut desk = Desk::new();
    desk.set("zendesk.contact_limit", "31");
    desk.set("portal.fields.order.trial.keys", "is_trial\ntrial");
    desk.set("zendesk.replies.trial", "Hello {first_name},\n\nno.");
    let later = ("profile:zendesk.later".to_owned(), "{\"a\":1}".to_owned());
    desk.settings.sync.insert(later.0.clone(), later.1.clone());
    desk.tell(Event::Settings {
        settings: desk.settings.clone(),
    });
    let before = desk.settings.sync.clone();
    let dom = Html::parse_fragment(&desk.html(Page::Options));
    let button = dom
        .select(&Selector::parse("[data-save-text]").unwrap())
        .next()
        .unwrap();
    let file = button.attr("data-save-text").unwrap().to_owned();
    desk.press("reset_settings", &[]);
    assert_eq!(
        desk.settings.sync,
        Map::from([later]),
        "what a newer version has set stays"
    );
    desk.tell(Event::ImportGiven { text: file });
    desk.press("take_import", &[]);
    assert_eq!(desk.settings.sync, before);
    assert_eq!(desk.text(".toast"), "3 settings saved.");
}

#[test]
fn one_of_a_group_that_was_set_as_a_whole_goes_back_alone() {
    let mut desk = Desk::new();
    desk.settings.sync.insert(
        "profile:zendesk.hand_over".to_owned(),
        r#"{"groups":["Mine"],"assignee":"me@example.com"}"#.to_owned(),
    );
    desk.tell(Event::Settings {
        settings: desk.settings.clone(),
    });
    assert_eq!(desk.profile.zendesk.hand_over.groups, ["Mine"]);
    desk.press("reset_setting", &[("path", "zendesk.hand_over.groups")]);
    assert_eq!(
        desk.kept(),
        BTreeMap::from([("zendesk.hand_over.assignee", "\"me@example.com\"")])
    );
}

#[test]
fn a_setting_that_was_not_saved_is_reported_at_its_field() {
    let mut desk = Desk::new();
    let failed = Event::SettingsNotSaved {
        paths: vec!["zendesk.contact_limit".to_owned()],
        why: "QUOTA_BYTES exceeded".to_owned(),
    };
    desk.tell(failed);
    assert!(
        desk.text("[id='error:zendesk.contact_limit']")
            .contains("did not save this: QUOTA_BYTES exceeded")
    );
}

/// The paths of the settings that are shown, apart from the sites' switches.
fn shown(desk: &Desk) -> Vec<String> {
    let dom = Html::parse_fragment(&desk.html(Page::Options));
    dom.select(&Selector::parse("form.setting").unwrap())
        .filter_map(|form| form.attr("data-field-path").map(str::to_owned))
        .collect()
}

#[test]
fn words_find_settings_by_title_explanation_value_and_state() {
    let mut desk = Desk::new();
    let all = shown(&desk);
    assert!(all.len() > 100);
    let find = |desk: &mut Desk, words: &str| {
        desk.press("find_setting", &[("text", words)]);
        (shown(desk), desk.text("#found"))
    };
    // By its title, whatever the case and the order of the words.
    let (found, says) = find(&mut desk, "MAY contacts");
    assert_eq!(found, ["zendesk.contact_limit"]);
    assert_eq!(
        says,
        "1 setting matches “MAY contacts”. Esc shows all again."
    );
    // By its explanation, and by its value.
    assert_eq!(find(&mut desk, "1 to 1000").0, ["zendesk.contact_limit"]);
    assert_eq!(find(&mut desk, "churned").0, ["zendesk.stop_phrases"]);
    assert_eq!(
        find(&mut desk, "submits the ticket").0,
        ["zendesk.submit_menu"]
    );
    // By its section: a folded one is unfolded, and the others are gone.
    let (found, says) = find(&mut desk, "macros");
    assert!(found.iter().all(|path| path.starts_with("zendesk.macros.")));
    assert_eq!(
        (found.len(), says.starts_with("9 settings match")),
        (9, true)
    );
    assert!(desk.html(Page::Options).contains("-folded\" open>"));
    assert_eq!(desk.text("h2, h3"), "Macros");
    // What was changed.
    assert_eq!(find(&mut desk, "changed").0, Vec::<String>::new());
    desk.press("find_setting", &[("text", "")]);
    desk.set("zendesk.macros.trial", "Mine");
    assert_eq!(find(&mut desk, "changed").0, ["zendesk.macros.trial"]);
    // The sites and what is no setting are found too.
    assert_eq!(find(&mut desk, "staging").0, Vec::<String>::new());
    assert!(
        desk.text(".switch-row")
            .contains("customers.staging.gitlab.com")
    );
    find(&mut desk, "export");
    assert_eq!(desk.text("h2"), "Share settings");
    find(&mut desk, "shortcuts");
    assert_eq!(desk.text("h2"), "Shortcuts");
    let (found, says) = find(&mut desk, "<b>nothing</b>");
    assert!(found.is_empty());
    assert_eq!(
        says,
        "No setting matches “<b>nothing</b>”. Esc shows all again."
    );
    let (found, says) = find(&mut desk, "  ");
    assert_eq!((found, says.as_str()), (all, ""));
    // A page that opens shows everything.
    find(&mut desk, "export");
    desk.tell(Event::PageOpened {
        page: Page::Options,
        keys: Map::new(),
        extension: String::new(),
    });
    assert!(shown(&desk).len() > 100);
}

#[test]
fn a_reason_is_beside_what_is_off() {
    let reason = |desk: &Desk, css: &str| {
        let dom = Html::parse_fragment(&desk.html(Page::Options));
        let one = dom
            .select(&Selector::parse(css).unwrap())
            .next()
            .unwrap_or_else(|| panic!("no {css}"));
        let off = ["disabled", "readonly"];
        assert!(off.iter().any(|name| one.attr(name).is_some()), "{css}");
        let ids = one.attr("aria-describedby").unwrap_or_default();
        let says = |id| desk.text(&format!("[id='{id}']"));
        ids.split(' ').map(says).collect::<Vec<_>>().join(" ")
    };
    let desk = Desk::new();
    for (css, why) in [
        (
            "[data-save-name='tether-settings.json']",
            "Off: you haven’t changed any setting.",
        ),
        (
            "[data-command=reset_settings]",
            "Off: you haven’t changed any setting.",
        ),
        (
            "[data-field-host='gitlab.zendesk.com']",
            "One has to be on: switch another on first.",
        ),
    ] {
        assert_eq!(reason(&desk, css), why);
    }
    assert!(
        desk.text("#files ~ details")
            .contains("Off: every setting has its built-in value")
    );
    assert!(
        desk.text(".switch-row")
            .contains("gitlab-federal-support.zendesk.comAlways off")
    );
    let managed =
        Desk::under(&json!({"zendesk": {"contact_limit": 12, "hosts": ["gitlab.zendesk.com"]}}));
    for css in [
        "[id='set:zendesk.contact_limit']",
        "[data-field-host='gitlab.zendesk.com']",
        "[data-field-host='gitlab1707170878.zendesk.com']",
    ] {
        let why = reason(&managed, css);
        assert!(
            why.contains("Only your administrator changes this."),
            "{css}: {why}"
        );
    }
    // Everything that is off says why.
    for desk in [&desk, &managed] {
        let dom = Html::parse_fragment(&desk.html(Page::Options));
        for one in dom.select(&Selector::parse("[disabled], [readonly]").unwrap()) {
            let html = one.html();
            assert!(one.attr("aria-describedby").is_some(), "{html}");
        }
    }
}

#[test]
fn the_page_begins_with_the_shortcuts_and_ends_with_what_is_technical_and_folded() {
    let desk = Desk::new();
    assert_eq!(
        desk.text("h2, h3"),
        "Shortcuts | How you work | Hand-over | Sites | Hand-on of tickets with another form | Checks | Macros | Reply texts | Share settings | Technical settings | Names in Zendesk | Labels in the portal | Selectors in Zendesk | Addresses in the portal | License keys | Check setup"
    );
    let html = desk.html(Page::Options);
    assert!(!html.contains("-folded\" open>"), "nothing is unfolded");
    assert_eq!(html.matches("<details class=\"folded\" id=\"").count(), 9);
}

#[test]
fn the_pages_name_the_keys_that_the_browser_has_and_the_hosts_in_force() {
    let mut desk = Desk::new();
    let html = desk.html(Page::Options);
    assert!(
        html.contains("<kbd>Alt+Shift+Y</kbd>") && html.contains("no key"),
        "{html}"
    );
    desk.tell(Event::HostAccess {
        missing: vec!["https://gitlab.zendesk.com/*".to_owned()],
    });
    let html = desk.html(Page::Welcome);
    assert!(
        html.contains("data-grant=\"https://gitlab.zendesk.com/*\""),
        "{html}"
    );
    desk.tell(Event::HostAccess {
        missing: Vec::new(),
    });
    assert!(
        desk.html(Page::Welcome)
            .contains("Tether may read gitlab.zendesk.com and customers.gitlab.com")
    );
}

#[test]
fn the_welcome_page_begins_with_access_and_shows_the_way_of_the_process_in_force() {
    let mut desk = Desk::new();
    desk.tell(Event::HostAccess {
        missing: vec!["https://gitlab.zendesk.com/*".to_owned()],
    });
    let headings = |desk: &Desk| {
        let dom = Html::parse_fragment(&desk.html(Page::Welcome));
        let css = Selector::parse("h2, h3").unwrap();
        let texts = dom.select(&css).map(|one| one.text().collect::<String>());
        texts.collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(
        headings(&desk),
        "First step: Allow access | Check setup | From the ticket to Solved | Open a ticket Alt+Shift+Y | Trace | Run the steps | Submit the reply | What is read and kept"
    );
    let dom = Html::parse_fragment(&desk.html(Page::Welcome));
    let pictures: Vec<_> = dom.select(&Selector::parse(".picture").unwrap()).collect();
    assert_eq!(pictures.len(), 4);
    for picture in pictures {
        assert_eq!(picture.attr("role"), Some("img"));
        assert!(
            picture
                .attr("aria-label")
                .is_some_and(|says| says.starts_with("Picture: "))
        );
        let controls =
            Selector::parse("a, button, input, [tabindex], [id], [data-command]").unwrap();
        assert_eq!(
            picture.select(&controls).count(),
            0,
            "nothing in it can be pressed"
        );
    }
    desk.set("zendesk.process", "contact_management_app");
    assert!(headings(&desk).contains("Trace | Copy the IDs into the app | Submit the reply"));
}

#[test]
fn the_welcome_page_offers_nothing_to_report_before_anything_was_checked() {
    let mut desk = Desk::new();
    let reports = |desk: &Desk, page| {
        let html = desk.html(page);
        html.contains("data-command=\"error_report\"")
    };
    assert!(!reports(&desk, Page::Welcome));
    assert!(reports(&desk, Page::Options));
    desk.model.setup.open = true;
    assert!(reports(&desk, Page::Welcome));
}

#[test]
fn what_a_person_changes_first_is_unfolded_and_in_the_order_of_its_weight() {
    let desk = Desk::new();
    let dom = Html::parse_fragment(&desk.html(Page::Options));
    let shown = |css: &str| -> Vec<String> {
        let css = Selector::parse(css).unwrap();
        let texts = dom.select(&css).map(|one| one.text().collect());
        texts.collect()
    };
    assert_eq!(
        shown(".card > h2"),
        [
            "Shortcuts",
            "How you work",
            "Hand-over",
            "Sites",
            "Share settings",
            "Check setup"
        ]
    );
    assert_eq!(
        shown(".card > .settings > .setting .setting-head label"),
        [
            "Process",
            "When the steps add the internal note",
            "Where a removal is recorded",
            "Groups",
            "Assignee"
        ]
    );
    assert_eq!(
        shown(".folded h2"),
        [
            "Hand-on of tickets with another form",
            "Checks",
            "Macros",
            "Reply texts"
        ]
    );
}

#[test]
fn every_choice_is_short_enough_for_a_narrow_page() {
    let desk = Desk::new();
    let dom = Html::parse_fragment(&desk.html(Page::Options));
    let options: Vec<String> = dom
        .select(&Selector::parse("select option").unwrap())
        .map(|one| one.text().collect())
        .collect();
    assert!(options.len() > 8, "{options:?}");
    for says in options {
        assert!(says.chars().count() <= 44, "{says}");
    }
}

#[test]
fn the_pages_are_shown_while_they_are_open_and_hostile_settings_are_text() {
    let mut desk = Desk::new();
    assert!(desk.model.pages.open.contains(&Page::Options));
    desk.settings.sync.insert(
        "profile:<img src=x onerror=alert(1)>".to_owned(),
        "\"<script>\"".to_owned(),
    );
    desk.settings.sync.insert(
        "profile:zendesk.stop_phrases".to_owned(),
        r#"["</textarea><script>alert(1)</script>"]"#.to_owned(),
    );
    desk.tell(Event::Settings {
        settings: desk.settings.clone(),
    });
    let dom = Html::parse_fragment(&desk.html(Page::Options));
    assert_eq!(
        dom.select(&Selector::parse("script, img").unwrap()).count(),
        0
    );
    assert_eq!(
        desk.control("zendesk.stop_phrases").0,
        "</textarea><script>alert(1)</script>"
    );
    desk.tell(Event::PageClosed {
        page: Page::Options,
    });
    assert!(desk.model.pages.open.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn any_input_is_saved_or_reported_as_wrong(
        path in prop::sample::select(Desk::new().profile.layers.paths()), text in prop_oneof!["\\PC{0,40}", "[0-9]{1,5}", "[a-z_/.\n]{0,40}"], file in "\\PC{0,60}",
    ) {
        let mut desk = Desk::new();
        desk.set(&path, &text);
        let refused = desk.model.pages.refused.contains_key(&path);
        prop_assert!(desk.profile.layers.problems().is_empty(), "what was kept counts");
        prop_assert!(!refused || desk.kept().is_empty());
        desk.tell(Event::ImportGiven { text: file });
        prop_assert!(desk.model.pages.import.is_some());
        desk.html(Page::Options);
    }
}
