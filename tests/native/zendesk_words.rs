//! The words of Zendesk in the site profile, and what is in front of the engineer by them.

use serde_json::{Value, json};
use tether::profile::zendesk::ZendeskWords;
use tether::profile::zendesk::is_one_of;
use tether::record::ids::{OrganizationId, TicketId, UserId};
use tether::zendesk::{Front, address, front};

const HOST: &str = "gitlab.zendesk.com";

fn profile() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/site-profile.json");
    let profile: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    profile["zendesk"].clone()
}

fn words() -> ZendeskWords {
    serde_json::from_value(profile()).unwrap()
}

fn ticket_id(n: u64) -> TicketId {
    TicketId::try_from(n).unwrap()
}

fn user_id(n: u64) -> UserId {
    UserId::try_from(n).unwrap()
}

#[test]
fn the_address_says_what_is_in_front() {
    let words = words();
    let ticket = |n| {
        Some(Front::Ticket {
            host: HOST.into(),
            id: ticket_id(n),
        })
    };
    for tail in [
        "41",
        "41/",
        "41/events",
        "41?brand=1",
        "41#comment",
        "41/requester/requested_tickets?x#y",
    ] {
        assert_eq!(
            front(&format!("https://{HOST}/agent/tickets/{tail}"), &words),
            ticket(41),
            "{tail}"
        );
    }
    assert_eq!(
        front("HTTPS://GitLab.Zendesk.com:443/agent/tickets/41", &words),
        ticket(41)
    );
    for tail in ["7", "7/", "7/requested_tickets"] {
        let user = Some(Front::User {
            host: HOST.into(),
            id: user_id(7),
        });
        assert_eq!(
            front(&format!("https://{HOST}/agent/users/{tail}"), &words),
            user,
            "{tail}"
        );
    }
    let other = Some(Front::Other { host: HOST.into() });
    for path in [
        "",
        "/",
        "/agent",
        "/agent/tickets",
        "/agent/tickets/",
        "/agent/tickets/new/1",
        "/agent/tickets/41x",
        "/agent/tickets/0",
        "/x/agent/tickets/41",
        "?/agent/tickets/41",
        "/#/agent/tickets/41",
    ] {
        assert_eq!(
            front(&format!("https://{HOST}{path}"), &words),
            other,
            "{path}"
        );
    }
    let federal = "gitlab-federal-support.zendesk.com";
    for path in ["", "/agent/tickets/41"] {
        assert_eq!(
            front(&format!("https://{federal}{path}"), &words),
            Some(Front::Refused {
                host: federal.into()
            })
        );
    }
    for url in [
        "",
        "https://",
        "http://gitlab.zendesk.com/agent/tickets/41",
        "https://gitlab.zendesk.com.evil.example/agent/tickets/41",
        "https://evil.example/gitlab.zendesk.com",
        "https://a@gitlab.zendesk.com/agent/tickets/41",
        "https://gitlab.zendesk.com:8443/agent/tickets/41",
        "https://gitlab.zendesk.com\\@evil.example/agent/tickets/41",
        "https://gitlab.zendesk.com./agent/tickets/41",
        "about:blank",
        "https://gitlab.zendesk.com/agent/tickets/4 1",
    ] {
        assert_eq!(front(url, &words), None, "{url}");
    }
}

#[test]
fn addresses_that_tether_writes_lead_to_the_agents_page() {
    assert_eq!(
        address::ticket_url(HOST, ticket_id(41)),
        "https://gitlab.zendesk.com/agent/tickets/41"
    );
    assert_eq!(
        front(&address::ticket_url(HOST, ticket_id(41)), &words()),
        Some(Front::Ticket {
            host: HOST.into(),
            id: ticket_id(41)
        })
    );
    assert_eq!(
        address::user_url(HOST, user_id(7)),
        "https://gitlab.zendesk.com/agent/users/7"
    );
    assert_eq!(
        address::organization_url(HOST, OrganizationId::try_from(91).unwrap()),
        "https://gitlab.zendesk.com/agent/organizations/91"
    );
}

#[test]
fn the_shipped_words_are_good_and_survive_being_stored() {
    let words = words();
    assert_eq!(
        serde_json::from_value::<ZendeskWords>(serde_json::to_value(&words).unwrap()).unwrap(),
        words
    );
    assert_eq!(
        serde_json::to_value(&words.selectors).unwrap(),
        profile()["selectors"]
    );
}

#[test]
fn unusable_words_are_refused_with_the_key_at_fault() {
    let bad = [
        ("/hosts", json!([]), "zendesk.hosts"),
        (
            "/hosts",
            json!(["https://gitlab.zendesk.com"]),
            "zendesk.hosts",
        ),
        (
            "/refused_hosts",
            json!(["gitlab.zendesk.com"]),
            "zendesk.refused_hosts",
        ),
        (
            "/ticket_fields/problem_type",
            json!([]),
            "zendesk.ticket_fields.problem_type",
        ),
        (
            "/ticket_fields/product_type",
            json!([" x"]),
            "zendesk.ticket_fields.product_type",
        ),
        (
            "/ticket_fields/subscription_email",
            json!(["l&r product type"]),
            "zendesk.ticket_fields.subscription_email",
        ),
        (
            "/organization_fields/salesforce_id",
            json!("a:b c"),
            "zendesk.organization_fields.salesforce_id",
        ),
        (
            "/organization_fields/salesforce_short_id",
            json!("salesforce_id"),
            "zendesk.organization_fields.salesforce_short_id",
        ),
        (
            "/organization_fields/support_hold",
            json!("account_type"),
            "zendesk.organization_fields.support_hold",
        ),
        (
            "/ticket_forms/titles",
            json!([]),
            "zendesk.ticket_forms.titles",
        ),
        (
            "/ticket_forms/ids",
            json!((0..51).collect::<Vec<u64>>()),
            "zendesk.ticket_forms.ids",
        ),
        ("/problem_types", json!([]), "zendesk.problem_types"),
        (
            "/products/dedicated",
            json!([""]),
            "zendesk.products.dedicated",
        ),
        ("/stop_phrases", json!([" do not"]), "zendesk.stop_phrases"),
        (
            "/stopping_account_types",
            json!(vec!["x"; 51]),
            "zendesk.stopping_account_types",
        ),
        ("/contact_limit", json!(0), "zendesk.contact_limit"),
        ("/contact_limit", json!(1001), "zendesk.contact_limit"),
        (
            "/hand_over/groups",
            json!(["x".repeat(201)]),
            "zendesk.hand_over.groups",
        ),
        (
            "/hand_over/assignee",
            json!("someone"),
            "zendesk.hand_over.assignee",
        ),
        ("/macros/trial", json!(["a\nb"]), "zendesk.macros.trial"),
        (
            "/selectors/composer",
            json!([]),
            "zendesk.selectors.composer",
        ),
        (
            "/selectors/active_tab",
            json!(["x".repeat(301)]),
            "zendesk.selectors.active_tab",
        ),
    ];
    for (place, other, key) in bad {
        let mut profile = profile();
        *profile.pointer_mut(place).unwrap() = other;
        let error = serde_json::from_value::<ZendeskWords>(profile)
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("{key} must be")),
            "{place}: {error}"
        );
    }
    for place in [
        "",
        "/ticket_forms",
        "/ticket_fields",
        "/products",
        "/organization_fields",
        "/hand_over",
        "/macros",
        "/selectors",
    ] {
        let mut profile = profile();
        profile.pointer_mut(place).unwrap()["surplus"] = json!(1);
        assert!(
            serde_json::from_value::<ZendeskWords>(profile)
                .unwrap_err()
                .to_string()
                .contains("surplus"),
            "{place}"
        );
    }
}

#[test]
fn a_submit_menu_that_is_neither_kind_is_refused() {
    for other in [json!("Submits"), json!(""), json!(true), Value::Null] {
        let mut profile = profile();
        profile["submit_menu"] = other.clone();
        assert!(
            serde_json::from_value::<ZendeskWords>(profile).is_err(),
            "{other}"
        );
    }
}

#[test]
fn titles_are_compared_without_case_whitespace_and_the_kind_of_apostrophe() {
    let list = ["Manage my organization's contacts".to_owned()];
    for title in [
        "manage my organization's contacts",
        " Manage  MY organization\u{2019}s\tcontacts ",
    ] {
        assert!(is_one_of(title, &list), "{title}");
    }
    for title in [
        "",
        "Manage my organizations contacts",
        "Manage my organization's contacts (old)",
    ] {
        assert!(!is_one_of(title, &list), "{title}");
    }
}

#[test]
fn selectors_of_things_to_click_must_not_match_the_submit_button() {
    let bad = [
        "[data-test-id=\"submit_button-button\"]",
        "[data-test-id='submit_button-button']",
        "[data-test-id=submit_button-button]",
        "[data-test-id^=\"submit\"]",
        "[data-test-id*=\"BUTTON\" i]",
        "footer > [data-test-id$=\"-button\"]",
        "[data-test-id]",
        "button",
        "*",
        "footer button[type=\"button\"]",
        "input[type=submit], button[type=submit]",
        "button:not([disabled])",
        ":is(button, a)",
        ".nowhere, [data-test-id=\"submit_button-button\"]:enabled",
    ];
    let good = [
        "[data-test-id=\"omnichannel-channel-switcher-button\"]",
        "[data-channel]",
        "button[data-channel]",
        "[aria-label=\"Submit button, or [data-test-id=submit_button-button]\"]",
        "a",
        "[data-test-id=\"submit_button-button\"] ~ [data-channel]",
        ".channel",
    ];
    for list in [
        "channel_button",
        "channel_internal",
        "channel_public",
        "submit_menu_button",
        "submit_menu_entry",
    ] {
        let with = |selector: &str| {
            let mut section = profile();
            section["selectors"][list] = json!(["[data-channel]", selector]);
            serde_json::from_value::<ZendeskWords>(section)
        };
        for selector in bad {
            let error = with(selector).expect_err(selector).to_string();
            assert!(
                error.contains(&format!("zendesk.selectors.{list}")),
                "{selector}: {error}"
            );
        }
        for selector in good {
            assert!(with(selector).is_ok(), "{list}: {selector}");
        }
    }
    let mut section = profile();
    section["selectors"]["channel_internal"] =
        json!(["[data-test-id=\"submit_button-menu-solved\"]"]);
    assert!(
        serde_json::from_value::<ZendeskWords>(section).is_err(),
        "an entry of the submit menu submits, too"
    );
    let mut section = profile();
    section["selectors"]["submit_button"] = json!([".go"]);
    section["selectors"]["channel_button"] = json!(["#x, .go"]);
    assert!(
        serde_json::from_value::<ZendeskWords>(section).is_err(),
        "what is the submit button is no other"
    );
}
