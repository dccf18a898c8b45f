//! What the report says about the portal's pages, and that it agrees with the reader.

use tether::app::Event;
use tether::app::diagnose::Mark;
use tether::app::event::Outcome;
use tether::portal::diagnose::{By, Came, FieldFound, diagnose};
use tether::portal::{Page, read};
use tether::record::Shown;

use super::fixtures::{all, at_license, order, portal_words, report};
use crate::support::pages::{Field, VERSIONS, Version, boolean, field, list, show, url};
use crate::support::text_of;

fn came<T>(value: &Shown<T>) -> (usize, usize) {
    match value {
        Shown::Value(_) => (1, 0),
        Shown::Unreadable(_) => (0, 1),
        Shown::Absent => (0, 0),
    }
}

fn both<T>(values: impl Iterator<Item = (usize, usize)>, _: Option<T>) -> (usize, usize) {
    values.fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
}

/// Of each field that the page's record or rows have: how many values were read, and how many could not be.
fn read_by_the_reader(page: &Page) -> Vec<(&'static str, (usize, usize))> {
    macro_rules! fields {
        ($record:expr, $($name:ident),+) => { vec![$((stringify!($name), came(&$record.$name))),+] };
    }
    macro_rules! columns {
        ($rows:expr, $($name:ident),+) => { vec![$((stringify!($name), both::<()>($rows.iter().map(|r| came(&r.$name)), None))),+] };
    }
    match page {
        Page::License(r) => fields!(
            r,
            trial,
            subscription_name,
            name,
            company,
            email,
            plan,
            starts_at,
            expires_at
        ),
        Page::CloudActivation(r) => fields!(
            r,
            activation_code,
            trial,
            subscription_name,
            billing_account,
            expires_at
        ),
        Page::Order(r) => fields!(
            r,
            subscription_name,
            billing_account,
            trial,
            start_date,
            end_date
        ),
        Page::BillingAccount(r) => fields!(r, name, salesforce_account, sold_to),
        Page::Contact(r) => fields!(r, email),
        Page::OrderList(l) => columns!(
            l.rows,
            subscription_name,
            billing_account,
            trial,
            start_date,
            end_date
        ),
        Page::CloudActivationList(l) => columns!(l.rows, subscription_name, trial),
        Page::LicenseList(l) => columns!(l.rows, subscription_name, trial),
        _ => Vec::new(),
    }
}

#[test]
fn the_report_finds_what_the_reader_read() {
    let words = portal_words();
    let mut compared = 0;
    for (url, html) in all() {
        let page = read(&url, None, &html, &words);
        let diagnosis = diagnose(&url, &html, &words);
        let fields = diagnosis
            .document
            .as_ref()
            .map_or(&[][..], |d| &d.fields[..]);
        let of = |name: &str| fields.iter().find(|f| f.name == name);
        let read = read_by_the_reader(&page);
        for (name, (values, unreadable)) in &read {
            let Some(field) = of(name) else {
                assert_eq!(
                    (values, unreadable),
                    (&0, &0),
                    "{url}: {name} was read, and nothing is said of it"
                );
                continue;
            };
            let said = (
                field.count(Came::Value),
                field.count(Came::Unreadable) + field.count(Came::Twice),
            );
            assert_eq!(said, (*values, *unreadable), "{url}: {name}: {field:?}");
            assert_eq!(field.is_missing(), field.by == By::Nothing);
            compared += 1;
        }
        // The report finds nothing that the reader did not read.
        if read.is_empty() && !matches!(page, Page::Contact(_)) {
            assert!(fields.is_empty(), "{url}: {fields:?}");
        }
    }
    assert!(compared > 100, "only {compared}");
    println!("{compared} fields compared");
}

fn line(page: &(String, String), begins: &str) -> (Mark, String) {
    let report = report(page);
    let found = report
        .parts
        .iter()
        .flat_map(|p| &p.lines)
        .find(|l| l.text.starts_with(begins));
    let found = found.unwrap_or_else(|| panic!("{begins}: {}", report.markdown()));
    (found.mark, found.text.clone())
}

fn license(version: Version, fields: &[Field]) -> (String, String) {
    (
        url("license", 7),
        show(version, "license", 7, &[fields.to_vec()]),
    )
}

#[test]
fn each_form_of_a_value_is_named() {
    let of = |version, key: &str, label: &str, value: &str, name: &str| {
        line(
            &license(version, &[field(key, label, value)]),
            &format!("`{name}`"),
        )
    };
    for version in VERSIONS {
        let shape = if matches!(version, Version::V2 | Version::V1) {
            "boolean as text"
        } else {
            "boolean as icon"
        };
        for value in [true, false] {
            let (mark, text) = of(
                version,
                "trial",
                "Trial",
                &boolean(version, Some(value)),
                "trial",
            );
            assert_eq!(
                (mark, text),
                (
                    Mark::Good,
                    format!("`trial`: found by class `trial_field`, read ({shape})")
                )
            );
        }
    }
    let v3 = Version::V3;
    for (key, name, value, says) in [
        ("trial", "trial", "Yes", "read (boolean as text)"),
        (
            "trial",
            "trial",
            "Perhaps not",
            "not readable (11 characters in 2 words)",
        ),
        (
            "trial",
            "trial",
            "<span class=\"badge bg-success\"></span>",
            "not readable (marks without text: `badge` `bg-success`)",
        ),
        (
            "trial",
            "trial",
            "<span class=\"fas fa-ban\"></span>",
            "not readable (marks without text: `fas` `fa-ban`)",
        ),
        ("trial", "trial", "-", "empty (a sign for nothing)"),
        ("email", "email", "ada@example.com", "read (email)"),
        (
            "email",
            "email",
            "<a href=\"mailto:ada@example.com\">write</a>",
            "read (5 characters in 1 word, an email link)",
        ),
        (
            "expires_at",
            "expires_at",
            "November 01, 2026",
            "read (day)",
        ),
        (
            "expires_at",
            "expires_at",
            "01.11.2026 in Ada",
            "not readable (text of the shape `##.##.#### word word`)",
        ),
        (
            "zuora_subscription_name",
            "subscription_name",
            "<a href=\"https://zuora.example/9\">A-S00104417</a>",
            "read (11 characters in 1 word, a link elsewhere)",
        ),
    ] {
        let (mark, text) = of(v3, key, "", value, name);
        assert_eq!(
            text,
            format!("`{name}`: found by class `{key}_field`, {says}")
        );
        assert_eq!(
            mark == Mark::Bad,
            says.starts_with("not readable"),
            "{text}"
        );
    }
    let (_, text) = of(v3, "odd", "Expires at:", "November 01, 2026", "expires_at");
    assert_eq!(
        text,
        "`expires_at`: found by label `Expires at`, read (day)"
    );
    let twice = license(
        v3,
        &[field("name", "Name", "Ada"), field("name", "Name", "Bea")],
    );
    let (mark, text) = line(&twice, "`name`");
    assert_eq!(
        (mark, text.as_str()),
        (
            Mark::Bad,
            "`name`: found by class `name_field`, shown twice and differently (3 characters in 1 word)"
        )
    );
    let (mark, text) = line(&twice, "`trial`");
    assert_eq!(
        (mark, text.as_str()),
        (
            Mark::Bad,
            "`trial`: not on the page (no class `trial_field`, `is_trial_field`, no label `Trial`, `Is trial`); rails_admin leaves empty fields out"
        )
    );
    let account = "<a href=\"/admin/billing_account/9001\">Lindqvist</a>";
    let page = (
        url("order", 7),
        show(
            v3,
            "order",
            7,
            &[vec![field("billing_account", "Billing account", account)]],
        ),
    );
    assert_eq!(
        line(&page, "`billing_account`").1,
        "`billing_account`: found by class `billing_account_field`, read (9 characters in 1 word, a link to a billing account)"
    );
}

#[test]
fn a_secret_is_not_looked_at() {
    let activation = vec![vec![
        field("code", "Cloud activation code", "9WmNhLLm6qbqszXC0TVwnCdr"),
        field("other", "Other code", "9WmNhLLm6qbqszXC0TVwnCdr"),
    ]];
    let page = (
        url("cloud_activation", 7),
        show(Version::V3, "cloud_activation", 7, &activation),
    );
    assert_eq!(
        line(&page, "`activation_code`").1,
        "`activation_code`: found by class `code_field`, read (a secret, not looked at)"
    );
    assert_eq!(
        line(&page, "`Other code`").1,
        "`Other code` with class `other_field`, looks like a code or a key"
    );
    let key = license(
        Version::V3,
        &[field(
            "license_key",
            "License key",
            "KrbFHEVqBwkgPq9jE6TRGjHsVV6DpVsj",
        )],
    );
    assert_eq!(
        line(&key, "`License key`").1,
        "`License key` with class `license_key_field`, a secret"
    );
}

#[test]
fn the_report_says_how_a_page_is_recognized() {
    let markdown = |page: &(String, String)| report(page).markdown();
    let of = |version| markdown(&license(version, &[field("trial", "Trial", "No")]));
    assert!(of(Version::V3).contains("- ✓ Heading: 1 of `header[data-model]` (rails_admin 3), 0 of `.page-header[data-model]` (2 and 1); model `license`, which is a license"));
    assert!(of(Version::V2).contains("- ✓ Heading: 0 of `header[data-model]` (rails_admin 3), 1 of `.page-header[data-model]` (2 and 1); model `license`, which is a license"));
    assert!(of(Version::V3).contains("- Address: `/admin/license/<id>` names a license"));
    assert!(of(Version::V3).contains("cards (rails_admin 3): 1; as definitions (2 and 1): 0"));
    assert!(of(Version::V2).contains("cards (rails_admin 3): 0; as definitions (2 and 1): 1"));
    assert!(of(Version::V3).starts_with("### Tether 0.1.0 in a browser: a page of the Customers portal\n\nTether reads this page as a license. 1 field is found, 7 missing.\n"));
    let said = |page: (String, String)| report(&page).summary;
    let html = show(Version::V3, "license", 7, &[vec![]]);
    assert_eq!(
        said((url("license", 8), html.clone())),
        "Tether does not read this page: its heading or its active tab names another page than its address."
    );
    assert_eq!(
        said((
            url("license", 7),
            html.replace("<html", "<html data-turbo-preview")
        )),
        "Tether does not read this page: it is a copy that the portal shows until the page arrives."
    );
    assert_eq!(
        said((
            url("license", 7),
            "<form action=\"/admin/sign_in\"></form>".to_owned()
        )),
        "The portal wants a sign-in. Sign in, then diagnose again."
    );
    let flash = format!("<div class=\"alert\">Not found</div>{html}");
    assert!(markdown(&(url("license", 7), flash)).contains("- Alerts: 1 (never read"));
    let renamed = (
        url("license", 7),
        html.replace("data-model=\"license\"", "data-model=\"license_key\""),
    );
    assert!(
        markdown(&renamed).contains("- ✗ Heading: 1 of `header[data-model]`"),
        "{}",
        markdown(&renamed)
    );
    assert!(markdown(&renamed).contains("model `license_key`, which is none of the profile’s"));
}

#[test]
fn a_lists_rows_are_counted() {
    let cell = |text: &str| vec![("subscription_name", text.to_owned(), text.to_owned())];
    let rows = [
        (701, cell("A-S00104417")),
        (702, cell("-")),
        (703, cell("A-S00104418")),
    ];
    let html = list(
        Version::V3,
        "order",
        &[
            ("subscription_name", "Subscription name"),
            ("quantity", "Quantity"),
        ],
        &rows,
        "3 orders",
    );
    let page = ("https://customers.gitlab.com/admin/order".to_owned(), html);
    let markdown = report(&page).markdown();
    assert!(
        markdown.contains("- ✓ 3 rows; each row’s number can be told"),
        "{markdown}"
    );
    assert!(
        markdown.contains("- ✓ `subscription_name`: found by class `subscription_name_field`, read in 2 of 3, empty in 1 of 3"),
        "{markdown}"
    );
    assert!(
        markdown.contains("- `Quantity` with class `quantity_field`"),
        "{markdown}"
    );
}

#[test]
fn a_page_that_is_diagnosed_goes_into_the_case_as_any_page_looked_at() {
    let mut browser = at_license();
    let (url, html) = license(Version::V3, &[field("trial", "Trial", "No")]);
    browser.look(2, &url);
    let (tab, effect) = order(&browser.press("diagnose", &[]));
    browser.outcome(effect, Outcome::Page { url, html });
    assert_eq!((tab, browser.case(41).chain.held().count()), (2, 1));
    let view = text_of(&browser.view());
    assert!(
        view.contains("Tether reads this page as a license. 1 field is found, 7 missing."),
        "{view}"
    );
}

#[test]
fn the_button_is_there_in_every_state_and_says_what_is_in_the_way() {
    let mut browser = crate::support::Browser::new();
    browser.tell(Event::PanelOpened);
    for address in [
        "",
        "https://example.com/",
        "https://gitlab-federal-support.zendesk.com/agent/tickets/1",
        "https://customers.gitlab.com/admin/",
    ] {
        browser.look(1, address);
        assert!(
            text_of(&browser.view()).contains("Diagnose this page"),
            "{address}"
        );
    }
    browser.look(1, "https://example.com/a/410233");
    assert!(browser.press("diagnose", &[]).is_empty());
    assert!(
        text_of(&browser.view()).contains("no page of the Customers portal’s admin or of Zendesk")
    );
    browser.look(
        1,
        "https://gitlab-federal-support.zendesk.com/agent/tickets/1",
    );
    assert!(browser.press("diagnose", &[]).is_empty());
    assert!(text_of(&browser.view()).contains("Tether puts nothing into a page of this Zendesk"));
    browser.look(1, "https://customers.gitlab.com/admin/license/7");
    for (why, says) in [
        ("no_access", "does not let Tether into this page"),
        ("closed", "No tab shows the page: nothing was read."),
        ("busy", "still busy"),
    ] {
        let (_, effect) = order(&browser.press("diagnose", &[]));
        browser.tell(Event::PageUnreachable {
            effect,
            why: why.to_owned().into(),
        });
        assert!(
            text_of(&browser.view()).contains(says),
            "{why}: {}",
            text_of(&browser.view())
        );
    }
    let (_, effect) = order(&browser.press("diagnose", &[]));
    browser.now += tether::app::diagnose::PATIENCE_MS;
    browser.press("tick", &[]);
    assert!(text_of(&browser.view()).contains("The page did not answer."));
    browser.outcome(
        effect,
        Outcome::Page {
            url: "https://customers.gitlab.com/admin/license/7".to_owned(),
            html: String::new(),
        },
    );
    assert!(
        text_of(&browser.view()).contains("The page did not answer."),
        "a late answer is nobody's"
    );
    browser.press("close_diagnosis", &[]);
    assert!(!text_of(&browser.view()).contains("Diagnosis"));
}

#[test]
fn the_report_names_tethers_version_and_the_browsers() {
    for (agent, name) in [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0",
            "Firefox 153.0",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            "Chromium 156.0.0.0",
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1.2",
            "Edge 156.0.1.2",
        ),
        ("something else", "a browser"),
    ] {
        let mut browser = crate::support::Browser::new();
        browser.tell(Event::Browser {
            agent: agent.to_owned(),
        });
        browser.press("diagnose", &[]);
        let report = tether::app::diagnose::report_of(&browser.model, browser.world()).unwrap();
        assert_eq!(
            report.title,
            format!(
                "Tether {} in {name}: another page",
                env!("CARGO_PKG_VERSION")
            )
        );
    }
}

#[test]
fn a_stop_between_job_and_answer_loses_nothing() {
    let mut browser = at_license();
    browser.stops = true;
    let (url, html) = license(Version::V3, &[field("trial", "Trial", "No")]);
    browser.look(2, &url);
    let (_, effect) = order(&browser.press("diagnose", &[]));
    browser.outcome(effect, Outcome::Page { url, html });
    assert!(text_of(&browser.view()).contains("Tether reads this page as a license."));
}

#[test]
fn where_a_check_misses_a_value_its_field_is_named_and_the_diagnosis_offered() {
    let mut browser = at_license();
    let (url, html) = license(Version::V3, &[field("evaluation", "Evaluation", "No")]);
    browser.browse(2, &(url, html));
    let said = |browser: &crate::support::Browser| text_of(&browser.view());
    let asks = "Does the page of License 7 show “Trial”?";
    assert!(
        said(&browser).contains(&format!(
            "does not show Trial{asks} Then find out why it is not read.Diagnose this page"
        )),
        "{}",
        said(&browser)
    );
    browser.look(1, &crate::support::ticket_address(41));
    assert!(
        said(&browser).contains(&format!("{asks} Then diagnose it there.Open License 7")),
        "{}",
        said(&browser)
    );
    let (url, html) = license(Version::V3, &[field("trial", "Trial", "Perhaps")]);
    browser.browse(2, &(url, html));
    assert!(
        said(&browser).contains(&format!("shows Trial as “Perhaps”{asks}")),
        "{}",
        said(&browser)
    );
    let (url, html) = license(Version::V3, &[field("trial", "Trial", "No")]);
    browser.browse(2, &(url, html));
    assert!(!said(&browser).contains(asks), "{}", said(&browser));
}

/// Each field has one line, and none is mentioned twice.
#[test]
fn every_field_has_one_line() {
    for (url, html) in all() {
        let document = diagnose(&url, &html, &portal_words()).document;
        let mut names: Vec<String> = document
            .iter()
            .flat_map(|d| d.fields.iter().map(|f: &FieldFound| f.name.clone()))
            .collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{url}");
    }
}
