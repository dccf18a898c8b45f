//! `Check setup`: every assumption is looked at by reading only, names that exist can be taken on
//! the spot, and the error report holds no value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome as PageOutcome;
use tether::app::setup::{Finding, Mend, NOT_CHECKED, Outcome, assumptions, count, findings};
use tether::app::{Effect, Event};
use tether::profile::Settings;
use tether::profile::paths::leaves;
use tether::reading::{Answer, Response};
use tether::zendesk::diagnose::{FieldSeen, Looked};

use crate::diagnosis::looked_at_ticket;
use crate::support::pages::{self, Version, boolean, field, show};
use crate::support::sites::{Sites, orders_page};
use crate::support::{
    Browser, CODE, PORTAL, SFDC18, SOLD_TO, SUB, ZENDESK, keep, link, profile, status, text_of,
    ticket_address,
};

/// A browser at both sites that saves settings, answers reads and counts selectors.
struct Day {
    browser: Browser,
    sites: Sites,
    kept: BTreeMap<String, String>,
    managed: Option<String>,
    /// The ticket's page and the user's, if they are not as assumed.
    pages: [Option<Looked>; 2],
    /// Answers to addresses that hold a text.
    instead: Vec<(&'static str, Answer)>,
    /// Whether reads are left without an answer.
    waits: bool,
    asked: Vec<String>,
}

impl Day {
    fn new() -> Self {
        let mut sites = Sites::new();
        sites.macros = [
            "Support Ops::Users added to organization",
            "Support-Ops::Proof of support entitlement",
            "Support Ops::Users removed from organization",
            "Support-Ops::GitLab.com user is not an Owner",
            "Support-Ops::Maximum contacts reached",
            "Support-Ops::User has non-closed tickets",
        ]
        .iter()
        .zip(70..)
        .map(|(title, id)| (id, (*title).to_owned(), String::new()))
        .collect();
        let options = &mut sites.account.product_options;
        options.push(("GitLab Dedicated".to_owned(), "dedicated".to_owned()));
        let mut day = Self {
            browser: Browser::new(),
            sites,
            kept: BTreeMap::new(),
            managed: None,
            pages: [None, None],
            instead: Vec::new(),
            waits: false,
            asked: Vec::new(),
        };
        day.browser.look(1, &ticket_address(41));
        day.browser.look(
            2,
            &format!("https://{ZENDESK}/agent/users/7/requested_tickets"),
        );
        day
    }

    /// The whole license page of the ticket's chain.
    fn license(&mut self, trial: (&str, &str), name: (&str, &str)) {
        let fields = vec![vec![
            pages::number("id", "Id", "410233"),
            pages::Field {
                kind: "boolean",
                ..field(trial.0, trial.1, &boolean(Version::V3, Some(false)))
            },
            field(name.0, name.1, SUB),
            field("email", "Email", SOLD_TO),
            field("expires_at", "Expires at", "November 24, 2027"),
        ]];
        let page = show(Version::V3, "license", 410_233, &fields);
        self.sites
            .portal
            .insert(pages::url("license", 410_233), page);
    }

    fn press(&mut self, name: &str, fields: &[(&str, &str)]) {
        let effects = self.browser.press(name, fields);
        self.obey(effects);
    }

    fn check(&mut self) {
        self.press("check_setup", &[("license", "410233")]);
    }

    fn obey(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let next = match effect {
                Effect::Settings { entries } => {
                    keep(&mut self.kept, entries);
                    self.settings()
                }
                Effect::Read { id, url, .. } => {
                    self.asked.push(url.clone());
                    if self.waits {
                        continue;
                    }
                    let other = self.instead.iter().find(|(part, _)| url.contains(part));
                    let answer = other.map_or_else(|| self.sites.answer(&url), |(_, a)| a.clone());
                    self.browser.answer(id, answer)
                }
                Effect::Page {
                    tab,
                    job: Job::DiagnoseZendesk { effect, .. },
                } => {
                    let [ticket, user] = self.pages.clone();
                    let looked = if tab == 1 {
                        ticket.unwrap_or_else(looked_at_ticket)
                    } else {
                        user.unwrap_or_else(at_user)
                    };
                    self.browser.outcome(effect, PageOutcome::Looked(looked))
                }
                Effect::Badge { .. } => continue,
                other => panic!("a check only reads: {other:?}"),
            };
            self.obey(next);
        }
    }

    fn settings(&mut self) -> Vec<Effect> {
        self.browser.tell(Event::Settings {
            settings: Settings {
                sync: self.kept.clone().into_iter().collect(),
                managed: self.managed.clone(),
            },
        })
    }

    fn findings(&self) -> Vec<Finding> {
        findings(&self.browser.model, self.browser.world())
    }

    fn outcome(&self, key: &str) -> Outcome {
        let all = self.findings();
        let found = all.iter().find(|f| f.assumption.key() == key);
        found.unwrap_or_else(|| panic!("no {key}")).outcome.clone()
    }

    fn is_good(&self, key: &str) -> bool {
        matches!(self.outcome(key), Outcome::Good(_))
    }

    fn wrong(&self) -> BTreeSet<String> {
        let all = self.findings();
        let wrong = all
            .iter()
            .filter(|f| matches!(f.outcome, Outcome::Wrong { .. }));
        wrong.map(|f| f.assumption.key()).collect()
    }

    /// The names offered for an assumption, as the settings would hold them.
    fn offered(&self, key: &str) -> Vec<String> {
        match self.outcome(key) {
            Outcome::Wrong {
                mend: Mend::Choose(names),
                ..
            } => names.into_iter().map(|one| one.value).collect(),
            other => panic!("{key}: {other:?}"),
        }
    }

    fn take(&mut self, key: &str, choice: &str) {
        let run = self.browser.model.setup.run.to_string();
        self.press(
            "use_found",
            &[("run", &run), ("check", key), ("choice", choice)],
        );
    }

    fn says(&self) -> String {
        text_of(&tether::view::page(
            tether::app::pages::Page::Welcome,
            &self.browser.model,
            self.browser.world(),
        ))
    }
}

fn at_user() -> Looked {
    let mut looked = looked_at_ticket();
    looked.composer = None;
    looked.organization = Some(FieldSeen::Field);
    looked.path = "/agent/users/7".to_owned();
    looked
}

#[test]
fn each_setting_of_the_profile_is_looked_at_by_a_check_or_has_a_reason_why_not() {
    let shipped: Value =
        serde_json::from_str(include_str!("../../extension/site-profile.json")).unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for assumption in assumptions(&profile()) {
        for path in assumption.paths() {
            *seen.entry(path).or_default() += 1;
        }
    }
    for (path, why) in NOT_CHECKED {
        assert!(why.len() > 20, "{path} needs a reason");
        *seen.entry(path.to_owned()).or_default() += 1;
    }
    let known: BTreeSet<String> = leaves(&shipped).into_iter().map(|(path, _)| path).collect();
    for path in &known {
        assert_eq!(
            seen.get(path).copied().unwrap_or(0),
            1,
            "{path}: name it in the paths of one assumption in src/app/setup/assumption.rs, or in NOT_CHECKED with the reason"
        );
    }
    for path in seen.keys() {
        assert!(known.contains(path), "{path} is no setting");
    }
}

#[test]
fn assumptions_have_names_of_their_own() {
    let all = assumptions(&profile());
    let keys: BTreeSet<String> = all.iter().map(|a| a.key()).collect();
    let titles: BTreeSet<String> = all.iter().map(|a| a.title()).collect();
    assert_eq!((keys.len(), titles.len()), (all.len(), all.len()));
}

#[test]
fn with_everything_as_assumed_nothing_is_wrong_and_only_gets_are_made() {
    let mut day = Day::new();
    day.license(
        ("trial", "Trial"),
        ("zuora_subscription_name", "Zuora subscription name"),
    );
    day.check();
    assert_eq!(day.wrong(), BTreeSet::new(), "{:#?}", day.findings());
    let all = day.findings();
    let numbers = count(&all);
    assert_eq!((numbers.wrong, numbers.looking), (0, 0));
    for key in [
        "access.zendesk",
        "access.portal",
        "signed_in.zendesk",
        "rights",
        "ticket_form",
        "ticket_field.problem_type",
        "ticket_field.product_type",
        "ticket_field.subscription_email",
        "problem_type_option",
        "product_option.gitlab_com",
        "product_option.self_managed",
        "product_option.dedicated",
        "organization_field.salesforce_id",
        "organization_field.partner_customer",
        "one_organization",
        "macro.proof_asked",
        "macro.contacts_added",
        "macro.limit_reached",
        "hand_over.group",
        "hand_on.group",
        "hand_on.form",
        "hand_on.stage_field",
        "hand_on.stage",
        "hand_on.tags",
        "note_saved",
        "signed_in.portal",
        "page.license",
        "field.license.trial",
        "field.license.subscription_name",
        "order_list",
        "page.order",
        "field.order.billing_account",
        "page.billing_account",
        "field.billing_account.salesforce_account",
        "field.billing_account.sold_to",
        "organization_found",
        "selectors.composer",
        "selectors.organization_field",
    ] {
        assert!(day.is_good(key), "{key}: {:?}", day.outcome(key));
    }
    let not_looked: Vec<String> = all
        .iter()
        .filter(|f| matches!(f.outcome, Outcome::NotLooked(_)))
        .map(|f| f.assumption.key())
        .collect();
    for key in [
        "macro.trial",
        "hand_over.person",
        "page.cloud_activation",
        "page.contact",
        "selectors.channel_internal",
    ] {
        assert!(
            not_looked.contains(&key.to_owned()),
            "{key}: {not_looked:?}"
        );
    }
    let says = day.says();
    assert!(says.contains(&format!("{numbers}.")), "{says}");
    assert!(says.contains("✓") && !says.contains("✗"), "{says}");
    // Each address once, on the two hosts.
    let once: BTreeSet<&String> = day.asked.iter().collect();
    assert_eq!(once.len(), day.asked.len());
    for url in &day.asked {
        assert!(
            url.starts_with(&format!("https://{ZENDESK}/api/v2/"))
                || url.starts_with(&format!("https://{PORTAL}/admin/")),
            "{url}"
        );
    }
    assert!(day.sites.written.is_empty());
}

#[test]
fn without_a_license_the_pages_of_a_chain_are_not_looked_at_and_the_ticket_in_front_gives_one() {
    let mut day = Day::new();
    day.press("check_setup", &[]);
    assert!(
        matches!(day.outcome("page.license"), Outcome::NotLooked(why) if why.contains("license ID"))
    );
    assert!(day.is_good("signed_in.portal"));
    // The requester of the ticket in front gave the ID.
    let effects = day.browser.tell(Event::PanelOpened);
    day.obey(effects);
    day.press("check_setup", &[]);
    assert!(
        day.is_good("page.license"),
        "{:?}",
        day.outcome("page.license")
    );
}

#[test]
fn a_license_id_that_is_no_number_is_refused_beside_its_field() {
    let mut day = Day::new();
    day.press("check_setup", &[("license", "A-S123")]);
    assert!(day.findings().is_empty() && day.asked.is_empty());
    assert!(day.says().contains("A license ID is a number"));
}

/// Five things of the sites are other than assumed; two of them are looked at twice.
fn drifted() -> Day {
    let mut day = Day::new();
    let account = &mut day.sites.account;
    account.forms = vec![
        (5, "Support Operations".to_owned()),
        (6, "Support".to_owned()),
    ];
    account.field_titles[0] = "Problemtyp".to_owned();
    account.groups = vec![(81, "CSO Fullstack".to_owned()), (83, "Sales".to_owned())];
    day.sites.macros[0].1 = "Support Ops::Users were added to the organization".to_owned();
    day.license(
        ("evaluation", "Evaluation license"),
        ("zuora_subscription_name", "Zuora subscription name"),
    );
    day.check();
    day
}

#[test]
fn each_thing_that_differs_is_named_with_what_is_there_instead() {
    let day = drifted();
    let wrong: Vec<&str> = vec![
        "field.license.trial",
        "hand_on.form",
        "hand_on.group",
        "hand_over.group",
        "macro.contacts_added",
        "ticket_field.problem_type",
        "ticket_form",
    ];
    assert_eq!(day.wrong(), wrong.iter().map(|k| (*k).to_owned()).collect());
    assert_eq!(
        day.offered("ticket_form"),
        ["Support Operations", "Support"]
    );
    assert_eq!(
        day.offered("macro.contacts_added"),
        ["Users were added to the organization"],
        "macros of other replies are not offered"
    );
    assert_eq!(day.offered("hand_over.group"), ["CSO Fullstack", "Sales"]);
    let fields = day.offered("ticket_field.problem_type");
    assert!(fields.contains(&"Problemtyp".to_owned()) && fields.contains(&"Severity".to_owned()));
    assert_eq!(day.offered("field.license.trial")[0], "Evaluation license");
    assert!(matches!(
        day.outcome("problem_type_option"),
        Outcome::NotLooked(_)
    ));
    let says = day.says();
    assert_eq!(says.matches('✗').count(), 7, "{says}");
}

#[test]
fn each_name_that_is_taken_counts_at_once_and_undo_takes_it_back() {
    let mut day = drifted();
    for (key, choice) in [
        ("ticket_form", "Support Operations"),
        ("ticket_field.problem_type", "Problemtyp"),
        (
            "macro.contacts_added",
            "Users were added to the organization",
        ),
        ("hand_over.group", "CSO Fullstack"),
        ("hand_on.group", "CSO Fullstack"),
        ("hand_on.form", "Support Operations"),
        ("field.license.trial", "Evaluation license"),
    ] {
        assert!(!day.is_good(key));
        day.take(key, choice);
        assert!(day.is_good(key), "{key}: {:?}", day.outcome(key));
    }
    assert_eq!(day.wrong(), BTreeSet::new());
    assert!(day.is_good("problem_type_option"), "its field is known now");
    assert_eq!(
        day.kept["profile:zendesk.ticket_forms.titles"],
        json!(["Support Ops", "Support Operations"]).to_string()
    );
    let before = day.kept.len();
    day.press("undo_found", &[("check", "ticket_form")]);
    assert_eq!(day.kept.len(), before - 1);
    assert_eq!(day.wrong(), ["ticket_form".to_owned()].into());
    day.press("undo_found", &[("check", "ticket_field.problem_type")]);
    assert!(!day.is_good("ticket_field.problem_type"));
    day.take("ticket_form", "Support Operations");
    assert!(day.is_good("ticket_form"));
}

#[test]
fn the_check_outlives_a_stop_of_the_background() {
    let mut day = drifted();
    day.browser.stop();
    assert_eq!(day.wrong().len(), 7);
    day.take("ticket_form", "Support Operations");
    assert!(day.is_good("ticket_form"));
}

#[test]
fn reads_that_a_stop_cut_off_are_made_again() {
    let mut day = Day::new();
    day.waits = true;
    day.check();
    assert!(count(&day.findings()).looking > 0);
    let first = day.asked.len();
    day.waits = false;
    day.browser.stop();
    let reads = std::mem::take(&mut day.browser.reads);
    for (id, url) in reads {
        day.asked.push(url.clone());
        let answer = day.sites.answer(&url);
        let next = day.browser.answer(id, answer);
        day.obey(next);
    }
    assert!(day.asked.len() > first);
    assert!(day.is_good("ticket_form") && day.is_good("signed_in.portal"));
}

#[test]
fn stopping_keeps_what_was_found_and_takes_no_later_answer() {
    let mut day = Day::new();
    day.waits = true;
    day.check();
    let reads = day.browser.reads.clone();
    day.press("stop_setup", &[]);
    assert_eq!(count(&day.findings()).looking, 0);
    for (id, url) in reads {
        let answer = day.sites.answer(&url);
        assert!(day.browser.answer(id, answer).is_empty());
    }
    assert!(
        matches!(day.outcome("ticket_form"), Outcome::NotLooked(why) if why.contains("stopped"))
    );
    day.press("close_setup", &[]);
    assert!(day.findings().is_empty());
}

#[test]
fn a_choice_that_is_not_offered_or_belongs_to_an_earlier_check_changes_nothing() {
    let mut day = drifted();
    for choice in ["", "Made up", "Support Ops"] {
        day.take("ticket_form", choice);
    }
    day.press(
        "use_found",
        &[
            ("run", "0"),
            ("check", "ticket_form"),
            ("choice", "Support"),
        ],
    );
    day.take("nothing", "Support");
    day.take("rights", "Support");
    assert!(day.kept.is_empty());
    assert_eq!(day.wrong().len(), 7);
}

#[test]
fn what_the_organization_sets_is_left_to_its_administrator() {
    let mut day = drifted();
    day.managed =
        Some(json!({"zendesk": {"ticket_forms": {"titles": ["Support Ops"]}}}).to_string());
    let effects = day.settings();
    day.obey(effects);
    let Outcome::Wrong {
        mend: Mend::Administrator(says),
        ..
    } = day.outcome("ticket_form")
    else {
        panic!("{:?}", day.outcome("ticket_form"))
    };
    assert!(
        says.contains("Your organization sets zendesk.ticket_forms.titles"),
        "{says}"
    );
    day.take("ticket_form", "Support Operations");
    assert!(day.kept.is_empty());
}

#[test]
fn a_secret_field_that_is_missing_is_left_to_an_administrator() {
    let mut day = Day::new();
    let fields = vec![vec![
        field("subscription_name", "Subscription name", SUB),
        field("token", "Token", CODE),
        pages::Field {
            kind: "boolean",
            ..field("trial", "Trial", &boolean(Version::V3, Some(false)))
        },
    ]];
    let page = show(Version::V3, "cloud_activation", 30_011, &fields);
    let url = pages::url("cloud_activation", 30_011);
    day.sites.portal.insert(url.clone(), page.clone());
    day.browser.look(1, &ticket_address(44));
    day.browser.browse(3, &(url, page));
    day.browser.look(1, &ticket_address(44));
    day.press("check_setup", &[]);
    let outcome = day.outcome("field.cloud_activation.activation_code");
    assert!(
        matches!(&outcome, Outcome::Wrong { mend: Mend::Administrator(says), .. } if says.contains("secret")),
        "{outcome:?}"
    );
    assert!(!format!("{:?}", day.findings()).contains(CODE));
    assert!(!day.browser.storage().contains(CODE));
}

#[test]
fn a_long_id_in_the_name_of_a_billing_account_is_no_secret_and_other_long_runs_are() {
    const LONG_ID: &str = "8ae67d1a281fcb252db3d833ffa70801";
    let offered = |record: &str| {
        let mut day = Day::new();
        let shown = link(record, 9_001, &format!("Lindqvist ({LONG_ID})"));
        let fields = vec![vec![
            field("subscription_name", "Subscription name", SUB),
            field("payer", "Account for billing", &shown),
            field("quantity", "Quantity", "250"),
        ]];
        let page = show(Version::V3, "order", 700_101, &fields);
        day.sites.portal.insert(pages::url("order", 700_101), page);
        day.check();
        assert!(!day.browser.storage().contains(LONG_ID));
        day.offered("field.order.billing_account")
    };
    let name = "Account for billing".to_owned();
    assert_eq!(offered("billing_account").first(), Some(&name));
    assert!(!offered("cloud_activation").contains(&name));
}

#[test]
fn no_value_of_a_page_is_kept_in_a_check() {
    let day = drifted();
    let kept = format!("{:?}{:?}", day.browser.model.setup, day.findings());
    for value in [SOLD_TO, SUB, SFDC18, "Lindqvist", "Ada"] {
        assert!(!kept.contains(value), "{value}");
    }
}

#[test]
fn signed_out_forbidden_and_failing_sites_are_told_apart_and_never_good() {
    let mut day = Day::new();
    let anonymous = json!({"user": {"id": null, "role": "end-user"}}).to_string();
    let page = |status, body: &str| {
        Answer::Response(Response {
            status,
            url: format!("https://{PORTAL}/admin/license"),
            content_type: "text/html".to_owned(),
            retry_after: None,
            mitigated: None,
            body: body.to_owned(),
        })
    };
    day.instead = vec![
        ("users/me", status(200, &anonymous, None)),
        (
            "ticket_forms",
            status(403, r#"{"error":"Forbidden"}"#, None),
        ),
        ("groups", status(500, "{}", None)),
        (
            "account/settings",
            status(200, r#"{"settings":{"user":{}}}"#, None),
        ),
        (
            "organization_fields",
            status(
                200,
                r#"{"organization_fields":[{"key":"a"},3],"meta":{"has_more":false}}"#,
                None,
            ),
        ),
        ("/admin/license", page(401, "")),
    ];
    day.check();
    assert!(matches!(
        day.outcome("signed_in.zendesk"),
        Outcome::Wrong { .. }
    ));
    assert!(matches!(
        day.outcome("signed_in.portal"),
        Outcome::Wrong { .. }
    ));
    for key in [
        "rights",
        "note_saved",
        "ticket_form",
        "hand_over.group",
        "one_organization",
        "organization_field.salesforce_id",
        "page.license",
        "field.license.trial",
    ] {
        let outcome = day.outcome(key);
        assert!(matches!(outcome, Outcome::Unknown(_)), "{key}: {outcome:?}");
    }
    assert!(matches!(day.outcome("page.order"), Outcome::NotLooked(_)));
    let numbers = count(&day.findings());
    let says = day.says();
    assert!(says.contains(&format!("{numbers}.")), "{says}");
    assert_eq!(
        says.matches(" Unknown: ").count(),
        numbers.unknown,
        "{says}"
    );
    day.press("error_report", &[]);
    let report = day.browser.model.setup.report.clone().unwrap();
    assert!(report.contains("- ? `ticket_form`"), "{report}");
}

#[test]
fn a_custom_role_is_good_only_if_it_says_so() {
    let good = json!({"ticket_access": "all", "ticket_comment_access": "public", "ticket_editing": true,
        "end_user_profile_access": "full"});
    let of = |key: &str, value: Value| {
        let mut role = good.clone();
        role[key] = value;
        role
    };
    let outcome = |role: Value, key: &str| {
        let mut day = Day::new();
        day.sites.account.role = Some(role);
        day.check();
        day.outcome(key)
    };
    assert!(matches!(outcome(good.clone(), "rights"), Outcome::Good(_)));
    assert!(matches!(
        outcome(good.clone(), "note_saved"),
        Outcome::Good(_)
    ));
    for role in [
        of("ticket_access", json!("within-groups")),
        of("ticket_comment_access", json!("none")),
        of("ticket_editing", json!(false)),
        of("end_user_profile_access", json!("readonly")),
    ] {
        assert!(
            matches!(outcome(role.clone(), "rights"), Outcome::Wrong { .. }),
            "{role}"
        );
    }
    for key in ["ticket_access", "ticket_editing", "end_user_profile_access"] {
        assert!(
            matches!(outcome(of(key, Value::Null), "rights"), Outcome::Unknown(_)),
            "{key}"
        );
    }
    let silent = of("ticket_comment_access", Value::Null);
    assert!(matches!(outcome(silent, "note_saved"), Outcome::Unknown(_)));
}

#[test]
fn an_agent_without_a_role_is_good_only_if_their_record_says_so() {
    let outcome = |name: &str, value: Option<Value>| {
        let mut day = Day::new();
        let me = day.sites.account.me.as_object_mut().unwrap();
        match value {
            Some(value) => me.insert(name.to_owned(), value),
            None => me.remove(name),
        };
        day.check();
        day.outcome("rights")
    };
    for (name, good, wrong) in [
        ("ticket_restriction", json!(null), json!("groups")),
        ("only_private_comments", json!(false), json!(true)),
        ("role_type", json!(0), json!(1)),
    ] {
        assert!(
            matches!(outcome(name, Some(good)), Outcome::Good(_)),
            "{name}"
        );
        assert!(
            matches!(outcome(name, Some(wrong)), Outcome::Wrong { .. }),
            "{name}"
        );
    }
    for name in [
        "ticket_restriction",
        "only_private_comments",
        "custom_role_id",
    ] {
        let missing = outcome(name, None);
        assert!(
            matches!(missing, Outcome::Unknown(_)),
            "{name}: {missing:?}"
        );
    }
    assert!(matches!(
        outcome("role_type", Some(json!(9))),
        Outcome::Unknown(_)
    ));
}

#[test]
fn an_order_list_is_good_only_if_each_order_is_of_the_subscription() {
    let outcome = |names: &[&str]| {
        let mut day = Day::new();
        let rows: Vec<_> = names
            .iter()
            .zip(700_101..)
            .map(|(name, id)| {
                let shown = ("subscription_name", (*name).to_owned(), (*name).to_owned());
                (id, vec![shown])
            })
            .collect();
        let columns = [("id", "Id"), ("subscription_name", "Subscription name")];
        let total = format!("{} orders", rows.len());
        let page = pages::list(Version::V3, "order", &columns, &rows, &total);
        let url = orders_page(SUB, &[], 9_001).0;
        day.sites.portal.insert(url, page);
        day.check();
        (day.outcome("order_list"), day.is_good("page.order"))
    };
    assert!(matches!(outcome(&[SUB]), (Outcome::Good(_), true)));
    assert!(matches!(outcome(&[]), (Outcome::Wrong { .. }, false)));
    assert!(matches!(
        outcome(&["A-S00999999"]),
        (Outcome::Wrong { .. }, false)
    ));
    let (mixed, _) = outcome(&["A-S00999999", SUB]);
    assert!(matches!(mixed, Outcome::Unknown(_)), "{mixed:?}");
}

#[test]
fn no_ticket_form_at_all_is_unknown() {
    let mut day = Day::new();
    day.sites.account.forms.clear();
    day.check();
    assert!(matches!(day.outcome("ticket_form"), Outcome::Unknown(_)));
}

#[test]
fn several_organizations_per_user_are_named() {
    let mut day = Day::new();
    day.sites.account.several_organizations = Some(true);
    day.check();
    assert_eq!(day.wrong(), ["one_organization".to_owned()].into());
}

#[test]
fn without_access_nothing_is_asked_and_the_browser_can_be_asked_for_it() {
    let mut day = Day::new();
    let pattern = format!("https://{ZENDESK}/*");
    day.browser.tell(Event::HostAccess {
        missing: vec![pattern.clone()],
    });
    day.check();
    assert!(
        day.asked.iter().all(|url| !url.contains(ZENDESK)),
        "{:?}",
        day.asked
    );
    assert!(
        matches!(day.outcome("access.zendesk"), Outcome::Wrong { mend: Mend::Grant(all), .. } if all == [pattern])
    );
    assert!(matches!(day.outcome("rights"), Outcome::NotLooked(_)));
}

#[test]
fn the_panel_and_both_pages_show_the_check() {
    let day = drifted();
    let (model, world) = (&day.browser.model, day.browser.world());
    use tether::app::pages::Page;
    for html in [
        tether::view::panel(model, world),
        tether::view::page(Page::Welcome, model, world),
        tether::view::page(Page::Options, model, world),
    ] {
        assert_eq!(html.matches("data-command=\"use_found\"").count(), 7);
        assert!(html.contains("data-command=\"check_setup\""));
    }
}

// ---- the error report ----

const HOSTILE: [&str; 5] = [
    "s3cret@hostile.example",
    "9WmNhLLm6qbqszXC0TVwnCdr",
    "A-S00104417",
    "770077007",
    "<script>x</script>",
];

#[test]
fn no_value_gets_into_the_error_report() {
    let mut browser = Browser::at_ticket();
    for value in HOSTILE {
        let text = || value.to_owned();
        let answer = |status| {
            Answer::Response(Response {
                status,
                url: format!("https://{ZENDESK}/{value}"),
                content_type: text(),
                retry_after: Some(text()),
                mitigated: Some(text()),
                body: json!({"error": value, "description": value}).to_string(),
            })
        };
        browser.look(
            3,
            &format!("https://{ZENDESK}/agent/tickets/770077007?{value}"),
        );
        let waiting: Vec<u64> = browser.reads.iter().map(|(id, _)| *id).collect();
        for (at, id) in waiting.into_iter().enumerate() {
            let status = [200, 422, 403, 500, 409][at % 5];
            browser.answer(id, answer(status));
        }
        browser.tell(Event::NotSaved { why: text() });
        browser.tell(Event::SettingsNotSaved {
            paths: vec![text()],
            why: text(),
        });
        browser.tell(Event::ImportGiven { text: text() });
        browser.tell(Event::Selected {
            tab: 1,
            text: text(),
        });
        browser.tell(Event::PageUnreachable {
            effect: 770_077_007,
            why: text().into(),
        });
        browser.tell(Event::PageResult {
            tab: 1,
            effect: 770_077_007,
            outcome: PageOutcome::Failed { why: text() },
        });
        browser.tell(Event::PageResult {
            tab: 1,
            effect: 1,
            outcome: PageOutcome::NoEntry { seen: vec![text()] },
        });
        browser.tell(Event::PortalPage {
            tab: 2,
            url: format!("https://{PORTAL}/admin/license/770077007?q={value}"),
            html: text(),
        });
        browser.tell(Event::Settings {
            settings: Settings {
                sync: [(format!("profile:{value}"), json!(value).to_string())]
                    .into_iter()
                    .collect(),
                managed: None,
            },
        });
        browser.press(value, &[("license", value)]);
        browser.press("check_setup", &[("license", value)]);
        browser.press("use_found", &[("check", value), ("choice", value)]);
        browser.press("choose_proof", &[("proof", value)]);
    }
    browser.press("error_report", &[]);
    let report = browser.model.setup.report.clone().unwrap();
    for value in HOSTILE.iter().chain(&[ZENDESK, PORTAL, "http", "@", "Ada"]) {
        assert!(!report.contains(value), "{value}: {report}");
    }
    for name in [
        "page_result no_entry",
        "page_unreachable other",
        "command check_setup",
        "settings_not_saved",
        "not_saved",
        "portal_page",
    ] {
        assert!(report.contains(name), "{name}: {report}");
    }
}

#[test]
fn the_error_report_names_what_is_wrong_and_the_last_events() {
    let mut day = drifted();
    day.browser.tell(Event::Browser {
        agent: "Mozilla/5.0 Chrome/156.0.1.2 Safari/537.36".to_owned(),
    });
    day.browser.now += 2_500;
    day.press("error_report", &[]);
    let report = day.browser.model.setup.report.clone().unwrap();
    assert!(
        report.starts_with(&format!(
            "### Tether {} in Chromium 156.0.1.2: error report\n",
            env!("CARGO_PKG_VERSION")
        )),
        "{report}"
    );
    assert!(
        report.contains("7 wrong") && report.contains("- ✗ `ticket_form`"),
        "{report}"
    );
    assert!(report.contains("- 2.5 answered 200"), "{report}");
    assert!(
        !report.contains("Support Operations") && !report.contains("410233"),
        "{report}"
    );
    // It stays as it was while it is shown, and is copied whole.
    day.browser.look(1, &ticket_address(42));
    let view = tether::view::panel(&day.browser.model, day.browser.world());
    assert!(view.contains("data-command=\"error_report_copied\""));
    assert_eq!(day.browser.model.setup.report.as_ref(), Some(&report));
    day.press("error_report_copied", &[("ok", "true")]);
    assert!(day.says().contains("The report was copied"));
}

#[test]
fn old_events_make_room_in_the_error_report() {
    let mut browser = Browser::new();
    for tab in 0..500 {
        browser.tell(Event::TabClosed { tab });
    }
    browser.press("error_report", &[]);
    let report = browser.model.setup.report.clone().unwrap();
    assert!(report.matches("tab_closed").count() < 100 && report.contains("tab_closed"));
}

#[test]
fn what_is_as_assumed_is_one_line_per_part_and_what_differs_is_not_folded() {
    let mut day = drifted();
    day.check();
    let html = tether::view::page(
        tether::app::pages::Page::Options,
        &day.browser.model,
        day.browser.world(),
    );
    let page = scraper::Html::parse_document(&html);
    let selector = |text: &str| scraper::Selector::parse(text).unwrap();
    let folded = selector("details [data-check]");
    let folded: BTreeSet<&str> = page
        .select(&folded)
        .filter_map(|line| line.attr("data-check"))
        .collect();
    for finding in day.findings() {
        let key = finding.assumption.key();
        let calm = matches!(finding.outcome, Outcome::Good(_) | Outcome::NotLooked(_));
        assert_eq!(
            folded.contains(key.as_str()),
            calm,
            "{key}: {:?}",
            finding.outcome
        );
    }
    let summaries: Vec<String> = page
        .select(&selector("details.setup-folded > summary"))
        .map(|one| one.text().collect::<String>())
        .collect();
    let good = count(&day.findings()).good;
    let numbers: usize = summaries
        .iter()
        .filter_map(|one| {
            one.strip_prefix("✓")?
                .strip_suffix(" as assumed")?
                .parse::<usize>()
                .ok()
        })
        .sum();
    assert_eq!(numbers, good, "{summaries:?}");
}

#[test]
fn an_answer_is_shown_without_its_values_and_dropped_when_told() {
    let mut day = Day::new();
    let opened = day.browser.tell(Event::PanelOpened);
    day.obey(opened);
    let before = day.asked.len();
    day.press("save_answer", &[("kind", "ticket")]);
    assert_eq!(day.asked.len(), before + 1, "one read, and nothing is sent");
    let says = day.says();
    assert!(says.contains("Nothing is sent: look at it"), "{says}");
    let saved = format!("{:?}", day.browser.model.setup.saving);
    assert!(saved.contains("tether-ticket-answer.json"), "{saved}");
    assert!(
        saved.contains("custom_fields") && saved.contains("requester"),
        "{saved}"
    );
    for value in [
        "Lindqvist",
        "ada@",
        SOLD_TO,
        "Please associate me",
        "2026-11-24",
    ] {
        assert!(!saved.contains(value), "{value}: {saved}");
    }
    // What is kept of it is what is shown: nothing of the answer itself.
    day.browser.stop();
    assert!(day.says().contains("Nothing is sent: look at it"));
    day.press("close_saved_answer", &[]);
    assert!(!day.says().contains("Nothing is sent: look at it"));
    assert!(!format!("{:?}", day.browser.model.setup).contains("custom_fields"));
    day.press("save_answer", &[("kind", "passwords")]);
    assert!(day.says().contains("Choose an answer first."));
}

#[test]
fn each_answer_that_can_be_saved_is_one_that_inspect_reads() {
    let mut day = Day::new();
    let opened = day.browser.tell(Event::PanelOpened);
    day.obey(opened);
    let kinds = tether::app::setup::savable_answers(&day.browser.model, day.browser.world());
    assert!(kinds.len() >= 8, "{kinds:?}");
    let usage = include_str!("../../src/inspect/answer.rs");
    for kind in kinds {
        assert!(
            usage.contains(&format!("\"{}\" => ", kind.key())),
            "{}",
            kind.key()
        );
        day.press("save_answer", &[("kind", kind.key())]);
        let saved = format!("{:?}", day.browser.model.setup.saving);
        assert!(saved.starts_with("Done"), "{}: {saved}", kind.key());
        let content = saved.replace("\\\"", "");
        for value in ["Lindqvist", "Ada", "Agent One"] {
            assert!(
                !content.contains(value),
                "{}: {value} in {content}",
                kind.key()
            );
        }
    }
    // A failed read is said, and an answer that comes after it was dropped is not shown.
    day.instead.push(("/groups/", status(503, "", None)));
    day.press("save_answer", &[("kind", "groups")]);
    assert!(format!("{:?}", day.browser.model.setup.saving).starts_with("Problem"));
    day.waits = true;
    day.press("save_answer", &[("kind", "me")]);
    day.press("close_saved_answer", &[]);
    let url = day.asked.last().unwrap().clone();
    let answer = day.sites.answer(&url);
    let reads: Vec<u64> = day.browser.model.waiting.keys().copied().collect();
    for id in reads.into_iter().chain([day.browser.model.last_effect]) {
        day.browser.tell(Event::Answered {
            id,
            answer: answer.clone(),
        });
    }
    assert!(!format!("{:?}", day.browser.model.setup.saving).starts_with("Done"));
}

#[test]
fn a_selector_of_the_page_is_offered_for_what_is_written_into_and_comes_first() {
    let mut day = Day::new();
    let mut ticket = looked_at_ticket();
    for (name, offers) in [
        (
            "composer",
            vec![
                "[data-test-id=\"reply-composer-editor\"]",
                "[data-test-id=\"threadBody\"]",
                "[data-test-id=\"submit_button-button\"]",
                "[data-test-id=\"a\"], button",
                "[id=\"editor-12345\"]",
                "[onclick=\"now\"]",
                "button",
            ],
        ),
        ("submit_menu_button", vec!["[data-test-id=\"menu\"]"]),
        ("channel_button", vec!["[data-test-id=\"switch\"]"]),
    ] {
        let counts = ticket.counts.get_mut(name).unwrap();
        counts.iter_mut().for_each(|one| *one = Some((0, 0)));
        let offers = offers.into_iter().map(str::to_owned).collect();
        ticket.offers.insert(name.to_owned(), offers);
    }
    day.pages = [Some(ticket), None];
    day.check();
    assert_eq!(
        day.offered("selectors.composer"),
        ["[data-test-id=\"reply-composer-editor\"]"],
        "no other editor, and nothing that could be clicked or that holds a number"
    );
    for clicked in ["selectors.submit_menu_button", "selectors.channel_button"] {
        assert!(
            matches!(
                day.outcome(clicked),
                Outcome::Wrong {
                    mend: Mend::ByHand(_),
                    ..
                }
            ),
            "{:?}",
            day.outcome(clicked)
        );
    }
    let before = day.browser.profile.zendesk.selectors.composer.clone();
    day.pages = [None, None];
    day.take(
        "selectors.composer",
        "[data-test-id=\"reply-composer-editor\"]",
    );
    let now = &day.browser.profile.zendesk.selectors.composer;
    assert_eq!(now[0], "[data-test-id=\"reply-composer-editor\"]");
    assert_eq!(now[1..], before[..]);
    day.press("undo_found", &[("check", "selectors.composer")]);
    assert_eq!(day.browser.profile.zendesk.selectors.composer, before);
}

#[test]
fn the_field_of_a_users_organization_can_be_found_by_the_pages_own_mark() {
    let mut day = Day::new();
    let mut user = at_user();
    user.organization = Some(FieldSeen::NoField);
    user.offers.insert(
        "organization_field".to_owned(),
        vec!["[data-test-id=\"contact-company-input\"]".to_owned()],
    );
    let counts = user.counts.get_mut("organization_field").unwrap();
    counts.iter_mut().for_each(|one| *one = Some((0, 0)));
    day.pages = [None, Some(user)];
    day.check();
    assert_eq!(
        day.offered("selectors.organization_field"),
        ["[data-test-id=\"contact-company-input\"]"]
    );
}
