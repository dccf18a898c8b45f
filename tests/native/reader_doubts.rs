//! Values that the page shows in part, shows twice, or prints with typographic marks: read if a
//! person reads them at a glance, otherwise unreadable.

use crate::support::pages::{HOST, Version, field, list, show, url, words};
use tether::portal::{Page, read};
use tether::profile::portal::PortalWords;
use tether::record::{BillingAccount, License, Shown, SoldTo};

fn license(name: &str, label: &str, value: &str) -> License {
    match read(
        &url("license", 7),
        Some(200),
        &show(
            Version::V3,
            "license",
            7,
            &[vec![field(name, label, value)]],
        ),
        &words(),
    ) {
        Page::License(license) => license,
        other => panic!("not a license: {other:?}"),
    }
}

fn account(name: &str, label: &str, value: &str) -> BillingAccount {
    let html = show(
        Version::V3,
        "billing_account",
        7,
        &[vec![field(name, label, value)]],
    );
    match read(&url("billing_account", 7), Some(200), &html, &words()) {
        Page::BillingAccount(account) => account,
        other => panic!("not a billing account: {other:?}"),
    }
}

fn subscription(value: &str) -> Option<String> {
    match license("zuora_subscription_name", "Zuora subscription name", value).subscription_name {
        Shown::Value(name) => Some(name.as_str().to_owned()),
        Shown::Absent => panic!("{value} is there"),
        Shown::Unreadable(_) => None,
    }
}

fn sold_to(value: &str) -> Option<String> {
    match account("sold_to", "Sold to", value).sold_to {
        Shown::Value(SoldTo::Email { email, .. }) => Some(email.to_string()),
        Shown::Value(SoldTo::NameOnly { name, .. }) => Some(name),
        Shown::Absent => panic!("{value} is there"),
        Shown::Unreadable(_) => None,
    }
}

#[test]
fn typographic_hyphens_and_marks_around_a_name_change_nothing() {
    for value in [
        "A-S00012345\u{200B}",
        "\u{200E}A-S00012345\u{200E}",
        "A&#8209;S00012345",
        "A&#8208;S00012345 (v2)",
        "A-S00012345&shy;",
    ] {
        assert_eq!(
            subscription(value).as_deref(),
            Some("A-S00012345"),
            "{value}"
        );
    }
    for value in [
        "A-S0001\u{200B}2345",
        "A-S0001\u{200B}<b>2345</b>",
        "A&ndash;S00012345",
        "A\u{2212}S00012345",
        "trial&mdash;410234",
    ] {
        assert_eq!(subscription(value), None, "{value}");
    }
}

#[test]
fn a_value_that_is_cut_is_unreadable() {
    for value in [
        "A-S0001...",
        "A-S0001..",
        "A-S0001 ...",
        "A-S0001&hellip;",
        "A-S0001<span>...</span>",
        "...0001-A-S0001",
        "A-S0001... (v2)",
    ] {
        assert_eq!(subscription(value), None, "{value}");
    }
    for value in [
        "kim@acme.example...",
        "kim@acme.example&hellip;",
        "...kim@acme.example",
        "kim@acme.example<span>…</span>",
        "kim@acme.exa..",
    ] {
        assert_eq!(sold_to(value), None, "{value}");
    }
    assert_eq!(
        sold_to("kim@acme.example <a href=\"/x\">More...</a>").as_deref(),
        Some("kim@acme.example")
    );
}

#[test]
fn a_title_that_says_something_else_makes_a_value_unreadable() {
    for (value, good) in [
        ("<span title=\"A-S00012345\">A-S00012345</span>", true),
        ("<span title=\"Renewed in May\">A-S00012345</span>", true),
        ("<span title=\"A-S00099999\">A-S00012345</span>", false),
        (
            "<span title=\"was A-S00099999\">A-S00012345 (v2)</span>",
            false,
        ),
    ] {
        assert_eq!(subscription(value).is_some(), good, "{value}");
    }
    for (value, good) in [
        (
            "<span title=\"Kim@Acme.example\">kim@acme.example</span>",
            true,
        ),
        (
            "<span title=\"Primary contact\">kim@acme.example</span>",
            true,
        ),
        (
            "<span title=\"bob@acme.example\">kim@acme.example</span>",
            false,
        ),
    ] {
        assert_eq!(sold_to(value).is_some(), good, "{value}");
    }
    for (value, good) in [
        ("<span title=\"2026-11-01\">November 01, 2026</span>", true),
        (
            "<span title=\"2026-10-31 22:00:00 UTC\">November 01, 2026</span>",
            true,
        ),
        ("<span title=\"in 3 months\">November 01, 2026</span>", true),
        ("<span title=\"2026-11-02\">November 01, 2026</span>", false),
        (
            "<span title=\"2026-12-01 00:00:00 UTC\">November 01, 2026</span>",
            false,
        ),
    ] {
        let shown = license("expires_at", "Expires at", value).expires_at;
        assert_eq!(matches!(shown, Shown::Value(_)), good, "{value}: {shown:?}");
    }
    for (value, good) in [
        (
            "<span title=\"0014M00001aQxYz\">0014M00001aQxYzQAK</span>",
            true,
        ),
        (
            "<span title=\"0014M000027GhJkQAK\">0014M00001aQxYzQAK</span>",
            false,
        ),
    ] {
        let shown =
            account("salesforce_account_id", "Salesforce account", value).salesforce_account;
        assert_eq!(matches!(shown, Shown::Value(_)), good, "{value}: {shown:?}");
    }
}

#[test]
fn a_cell_whose_title_is_escaped_once_more_says_the_same() {
    let link = "<a href=\"/admin/billing_account/5\">Q&amp;A &lt;b&gt;Ltd&lt;/b&gt;</a>";
    let columns = [("billing_account", "Billing account")];
    for (title, good) in [
        ("Q&amp;A &lt;b&gt;Ltd&lt;/b&gt;", true),
        ("Q&amp;amp;A &amp;lt;b&amp;gt;Ltd&amp;lt;/b&amp;gt;", true),
        ("Q&amp;amp;A &amp;lt;b&amp;gt;Inc&amp;lt;/b&amp;gt;", false),
    ] {
        let rows = vec![(
            11,
            vec![("billing_account", title.to_owned(), link.to_owned())],
        )];
        let html = list(Version::V3, "order", &columns, &rows, "1 order");
        let Page::OrderList(found) = read(
            &format!("https://{HOST}/admin/order"),
            Some(200),
            &html,
            &words(),
        ) else {
            panic!("{title}")
        };
        let shown = &found.rows[0].billing_account;
        assert_eq!(
            matches!(shown, Shown::Value(id) if id.get() == 5),
            good,
            "{title}: {shown:?}"
        );
    }
}

#[test]
fn a_label_with_words_of_its_own_names_the_trial_whatever_its_class() {
    let mut profile = crate::support::pages::profile();
    profile["fields"]["license"]["trial"]["labels"] = serde_json::json!(["Trial", "Evaluation"]);
    let words: PortalWords = serde_json::from_value(profile).unwrap();
    let trial = |key: &str, label: &str| {
        let html = show(Version::V3, "license", 7, &[vec![field(key, label, "No")]]);
        match read(&url("license", 7), Some(200), &html, &words) {
            Page::License(license) => license.trial,
            other => panic!("not a license: {other:?}"),
        }
    };
    assert_eq!(trial("evaluation", "Evaluation"), Shown::Value(false));
    assert_eq!(trial("eval_flag", "Evaluation"), Shown::Value(false));
    assert_eq!(trial("is_trial", "Trial"), Shown::Value(false));
    assert!(matches!(trial("duo_trial", "Trial"), Shown::Unreadable(_)));
}

#[test]
fn a_page_of_the_firewall_that_refuses_is_no_refusal_of_the_account() {
    for html in [
        "<html><head><title>Access denied | customers.gitlab.com used Cloudflare to restrict access</title></head><body></body></html>",
        "<html><body><h1 data-translate=\"block_headline\">Sorry, you have been blocked</h1></body></html>",
    ] {
        assert_eq!(
            read(&url("license", 7), Some(403), html, &words()),
            Page::Blocked,
            "{html}"
        );
    }
    assert_eq!(
        read(
            &url("license", 7),
            Some(403),
            "<h1>You may not do this</h1>",
            &words()
        ),
        Page::NotAllowed
    );
}
