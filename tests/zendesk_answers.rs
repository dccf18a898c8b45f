//! What Zendesk's API answers: read as it means it, and refused in plain words wherever it is of another shape.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::{Value, json};
use tether::case::ids::{OrganizationId, SalesforceId, TicketId, UserId};
use tether::case::organization::{Found, accept};
use tether::case::ticket::TicketFields;
use tether::reading::ReadError;
use tether::zendesk::{Front, ZendeskWords, address, answer, front, request};

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

fn ticket_answer() -> Value {
    json!({
        "ticket": {
            "id": 41, "subject": "Please associate me", "description": "…", "status": "open", "requester_id": 7, "assignee_id": null,
            "organization_id": 90, "ticket_form_id": 360_000_803_379_u64, "tags": [], "updated_at": "2026-11-20T10:00:00Z",
            "custom_fields": [
                {"id": 1, "value": "it@acme.example"}, {"id": 2, "value": null}, {"id": 3, "value": ""}, {"id": 4, "value": true},
                {"id": 5, "value": 12}, {"id": 6, "value": ["a", "b"]}, {"id": 7, "value": []}, {"id": 8, "value": "  "}
            ]
        },
        "users": [
            {"id": 8, "name": "An agent", "email": "agent@gitlab.example", "organization_id": 90},
            {"id": 7, "name": "Ada", "email": " ada@acme.example ", "organization_id": 91}
        ],
        "organizations": [{"id": 90, "name": "Other Corp"}, {"id": 91, "name": "Acme Corp"}]
    })
}

fn fields_answer() -> Value {
    json!({
        "ticket_fields": [
            {"id": 11, "title": "Subject", "type": "subject", "active": true},
            {"id": 12, "title": "Subscription Email", "type": "text", "active": false},
            {"id": 13, "title": "subscription  email ", "type": "text", "active": true},
            {"id": 14, "title": "Subscription Email", "type": "text", "active": true},
            {"id": 15, "title": "Subscription Email (old)", "type": "text", "active": true},
            {"id": 16, "title": "L&R Product Type", "type": "tagger", "active": true}
        ],
        "meta": {"has_more": true, "after_cursor": "abc=="}
    })
}

fn comments_answer() -> Value {
    json!({
        "comments": [
            {"id": 1, "author_id": 7, "public": true, "plain_body": "It is billing@acme.example.\n> old@acme.example", "html_body": "<p>x</p>"},
            {"id": 2, "author_id": 8, "public": true, "plain_body": "agent@gitlab.example", "html_body": ""},
            {"id": 3, "author_id": 7, "public": false, "plain_body": "private@acme.example", "html_body": ""},
            {"id": 4, "author_id": -1, "public": true, "plain_body": "system@acme.example", "html_body": ""},
            {"id": 5, "author_id": 7, "public": true, "plain_body": null, "html_body": "<p>or BILLING@acme.example, <b>ceo@acme.example</b></p>"}
        ],
        "meta": {"has_more": false, "after_cursor": "zzz"}, "links": {}
    })
}

fn search_answer() -> Value {
    json!({
        "results": [
            {"id": 91, "name": "Acme Corp", "result_type": "organization", "organization_fields": {"salesforce_id": "0014M00001hHV5CQAW", "sfdc_short_id": "0014M00001hHV5C"}},
            {"id": 92, "name": "Acme Corp (EMEA)", "url": "https://gitlab.zendesk.com/api/v2/organizations/92.json", "organization_fields": {"salesforce_id": "", "sfdc_short_id": null}},
            {"id": 93, "subject": "A ticket", "result_type": "ticket"},
            {"id": 94, "name": "A user", "url": "https://gitlab.zendesk.com/api/v2/users/94.json"}
        ],
        "count": 4, "next_page": null, "previous_page": null
    })
}

fn shape<T: std::fmt::Debug>(read: Result<T, ReadError>) -> String {
    match read {
        Err(ReadError::WrongShape { what }) => what,
        other => panic!("no wrong shape: {other:?}"),
    }
}

#[test]
fn a_ticket_is_read_with_its_requester_and_the_requesters_own_organization() {
    let ticket = answer::ticket(&ticket_answer(), ticket_id(41)).unwrap();
    assert_eq!(ticket.subject, "Please associate me");
    assert_eq!(ticket.status, "open");
    assert_eq!(ticket.form_id, Some(360_000_803_379));
    assert_eq!(ticket.updated_at, "2026-11-20T10:00:00Z");
    assert_eq!(ticket.requester.id, user_id(7));
    assert_eq!(ticket.requester.name, "Ada");
    assert_eq!(ticket.requester.email.as_deref(), Some("ada@acme.example"));
    let organization = ticket.requester.organization.unwrap();
    assert_eq!((organization.id.get(), organization.name.as_deref()), (91, Some("Acme Corp")));
    let values: Vec<(u64, &str)> = ticket.field_values.iter().map(|(id, text)| (*id, text.as_str())).collect();
    assert_eq!(values, [(1, "it@acme.example"), (4, "true"), (5, "12"), (6, "a, b")]);
}

#[test]
fn an_organization_that_the_answer_does_not_name_has_a_number_only() {
    for organizations in [json!([]), json!([{"id": 90, "name": "Other Corp"}]), Value::Null] {
        let mut value = ticket_answer();
        value["organizations"] = organizations;
        let organization = answer::ticket(&value, ticket_id(41)).unwrap().requester.organization.unwrap();
        assert_eq!((organization.id.get(), organization.name), (91, None));
    }
    let mut value = ticket_answer();
    value["users"][1]["organization_id"] = Value::Null;
    assert_eq!(answer::ticket(&value, ticket_id(41)).unwrap().requester.organization, None, "the ticket's is not the requester's");
}

#[test]
fn a_requester_without_an_address_has_none() {
    for email in [Value::Null, json!(""), json!("  ")] {
        let mut value = ticket_answer();
        value["users"][1]["email"] = email;
        assert_eq!(answer::ticket(&value, ticket_id(41)).unwrap().requester.email, None);
    }
}

#[test]
fn another_ticket_than_the_one_asked_for_is_refused() {
    assert!(shape(answer::ticket(&ticket_answer(), ticket_id(42))).contains("ticket.id"));
}

#[test]
fn a_ticket_whose_requester_is_missing_or_anonymous_is_refused() {
    let mut value = ticket_answer();
    value["users"].as_array_mut().unwrap().pop();
    assert!(shape(answer::ticket(&value, ticket_id(41))).contains("requester"));
    value["users"] = json!([{"id": null, "name": "Anonymous user"}]);
    assert!(shape(answer::ticket(&value, ticket_id(41))).contains("requester"));
    value["ticket"]["requester_id"] = Value::Null;
    assert_eq!(shape(answer::ticket(&value, ticket_id(41))), "“ticket.requester_id” is missing or empty, not a whole number");
}

#[test]
fn long_texts_are_cut_and_hostile_ones_kept_as_text() {
    let mut value = ticket_answer();
    value["ticket"]["subject"] = json!("é".repeat(10_000));
    value["users"][1]["name"] = json!("<img onerror=alert(1)>\u{202E}");
    value["ticket"]["custom_fields"][0]["value"] = json!("x".repeat(10_000));
    let ticket = answer::ticket(&value, ticket_id(41)).unwrap();
    assert_eq!(ticket.subject.chars().count(), 500);
    assert_eq!(ticket.requester.name, "<img onerror=alert(1)>\u{202E}");
    assert_eq!(ticket.field_values[&1].chars().count(), 2000);
}

#[test]
fn ticket_fields_are_found_by_title_and_the_first_active_one_counts() {
    let (found, after) = answer::ticket_fields(&fields_answer(), &words()).unwrap();
    assert_eq!(found, TicketFields { problem_type: None, product_type: Some(16), subscription_email: Some(13) });
    assert_eq!(after.as_deref(), Some("abc=="));
    let last = json!({"ticket_fields": [{"id": 21, "title": "Support Ops Problem Type"}, {"id": 22, "title": "Subscription Email"}], "meta": {"has_more": false}});
    let (more, after) = answer::ticket_fields(&last, &words()).unwrap();
    assert_eq!(after, None);
    assert_eq!(found.merge(more), TicketFields { problem_type: Some(21), product_type: Some(16), subscription_email: Some(13) });
}

#[test]
fn addresses_come_from_the_requesters_public_comments_only() {
    let (found, after) = answer::comments(&comments_answer(), user_id(7)).unwrap();
    let found: Vec<(&str, u64)> = found.iter().map(|a| (a.email.as_str(), a.comment)).collect();
    assert_eq!(found, [("billing@acme.example", 1), ("ceo@acme.example", 5)]);
    assert_eq!(after, None);
}

#[test]
fn a_page_of_comments_gives_fifty_addresses_at_most() {
    let body: String = (0..40).map(|n| format!("u{n}@acme.example ")).collect();
    let comment = |id: u64, body: &str| json!({"id": id, "author_id": 7, "public": true, "plain_body": body});
    let value =
        json!({"comments": [comment(1, &body), comment(2, &body.replace('u', "v"))], "meta": {"has_more": true, "after_cursor": "c"}});
    let (found, after) = answer::comments(&value, user_id(7)).unwrap();
    assert_eq!((found.len(), after.as_deref()), (50, Some("c")));
}

#[test]
fn further_pages_without_a_cursor_are_refused() {
    for cursor in [Value::Null, json!(""), json!(7), json!("x".repeat(5000))] {
        let value = json!({"comments": [], "meta": {"has_more": true, "after_cursor": cursor}});
        assert!(shape(answer::comments(&value, user_id(7))).contains("meta.after_cursor"));
    }
}

#[test]
fn organizations_are_told_from_the_other_results() {
    let (found, more) = answer::organizations(&search_answer(), &words()).unwrap();
    let ids: Vec<u64> = found.iter().map(|o| o.id.get()).collect();
    assert_eq!((ids, more), (vec![91, 92], false));
    assert_eq!(found[0].salesforce_id.as_deref(), Some("0014M00001hHV5CQAW"));
    assert_eq!(found[0].salesforce_short_id.as_deref(), Some("0014M00001hHV5C"));
    assert_eq!((&found[1].salesforce_id, &found[1].salesforce_short_id), (&None, &None));
    let wanted = SalesforceId::parse("0014M00001hHV5C").unwrap();
    assert!(matches!(accept(&wanted, found), Found::One(one) if one.name == "Acme Corp"));
    let mut value = search_answer();
    value["next_page"] = json!("https://gitlab.zendesk.com/api/v2/search?page=2");
    assert!(answer::organizations(&value, &words()).unwrap().1);
}

#[test]
fn the_profiles_keys_decide_which_organization_fields_are_read() {
    let mut profile = profile();
    profile["organization_fields"] = json!({"salesforce_id": "sf_long", "salesforce_short_id": "sf_short"});
    let words: ZendeskWords = serde_json::from_value(profile).unwrap();
    let (found, _) = answer::organizations(&search_answer(), &words).unwrap();
    assert_eq!((&found[0].salesforce_id, &found[0].salesforce_short_id), (&None, &None));
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| places(inner, &format!("{at}/{key}"), into)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, inner)| places(inner, &format!("{at}/{n}"), into)),
        _ => {}
    }
}

/// Reads the answer with each of its places replaced by values of every type, or removed; answers what each came to.
fn matrix(whole: &Value, read: impl Fn(&Value) -> Result<(), ReadError>) -> Vec<(String, Value, Result<(), ReadError>)> {
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!("x"),
        json!(""),
        json!([]),
        json!([null]),
        json!({}),
        json!({"id": {}}),
    ];
    let mut all = Vec::new();
    places(whole, "", &mut all);
    let mut results = Vec::new();
    for place in all {
        for other in &others {
            let mut changed = whole.clone();
            *changed.pointer_mut(&place).unwrap() = other.clone();
            results.push((place.clone(), other.clone(), read(&changed)));
        }
        if let Some((parent, key)) = place.rsplit_once('/') {
            let mut changed = whole.clone();
            if let Some(Value::Object(map)) = changed.pointer_mut(parent) {
                map.remove(key);
            }
            results.push((place.clone(), json!("removed"), read(&changed)));
        }
    }
    results
}

#[test]
fn a_value_of_any_other_type_anywhere_is_read_or_refused_by_name_and_never_a_panic() {
    let words = words();
    let results = [
        matrix(&ticket_answer(), |v| answer::ticket(v, ticket_id(41)).map(drop)),
        matrix(&fields_answer(), |v| answer::ticket_fields(v, &words).map(drop)),
        matrix(&comments_answer(), |v| answer::comments(v, user_id(7)).map(drop)),
        matrix(&search_answer(), |v| answer::organizations(v, &words).map(drop)),
    ];
    let (mut read, mut refused) = (0, 0);
    for (place, other, result) in results.into_iter().flatten() {
        match result {
            Ok(()) => read += 1,
            Err(ReadError::WrongShape { what }) => {
                assert!(what.starts_with('“') && what.len() < 200, "{place} = {other}: {what}");
                refused += 1;
            }
            Err(error) => panic!("{place} = {other}: {error:?}"),
        }
    }
    assert!(read > 300 && refused > 300, "{read} read, {refused} refused");
}

#[test]
fn the_values_that_decide_are_never_taken_from_another_type() {
    let needed = [
        ("/ticket/id", ["x", "null"]),
        ("/ticket/requester_id", ["x", "null"]),
        ("/ticket/status", ["7", "null"]),
        ("/ticket/subject", ["7", "[]"]),
        ("/ticket/updated_at", ["7", "null"]),
        ("/ticket/custom_fields", ["null", "{}"]),
        ("/ticket/custom_fields/0/id", ["null", "1.5"]),
        ("/ticket/custom_fields/0/value", ["{}", "[1]"]),
        ("/users", ["null", "{}"]),
        ("/users/1/email", ["7", "{}"]),
        ("/users/1/organization_id", ["0", "91.5"]),
        ("/organizations", ["7", "{}"]),
    ];
    for (place, others) in needed {
        for other in others {
            let mut value = ticket_answer();
            *value.pointer_mut(place).unwrap() = serde_json::from_str(other).unwrap_or_else(|_| json!(other));
            let what = shape(answer::ticket(&value, ticket_id(41)));
            let last = place.rsplit('/').find(|part| part.parse::<u64>().is_err()).unwrap();
            assert!(what.contains(last) || what.contains("users"), "{place} = {other}: {what}");
        }
    }
    for (place, other) in [
        ("/results/0/organization_fields", json!(null)),
        ("/results/0/organization_fields/salesforce_id", json!(1)),
        ("/next_page", json!(2)),
    ] {
        let mut value = search_answer();
        *value.pointer_mut(place).unwrap() = other;
        shape(answer::organizations(&value, &words()));
    }
}

#[test]
fn what_is_in_front_is_told_by_the_address() {
    let words = words();
    let ticket = |n| Some(Front::Ticket { host: HOST.into(), id: ticket_id(n) });
    for tail in ["41", "41/", "41/events", "41?brand=1", "41#comment", "41/requester/requested_tickets?x#y"] {
        assert_eq!(front(&format!("https://{HOST}/agent/tickets/{tail}"), &words), ticket(41), "{tail}");
    }
    assert_eq!(front("HTTPS://GitLab.Zendesk.com:443/agent/tickets/41", &words), ticket(41));
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
        "/agent/users/41",
        "/x/agent/tickets/41",
        "?/agent/tickets/41",
        "/#/agent/tickets/41",
    ] {
        assert_eq!(front(&format!("https://{HOST}{path}"), &words), other, "{path}");
    }
    let federal = "gitlab-federal-support.zendesk.com";
    for path in ["", "/agent/tickets/41"] {
        assert_eq!(front(&format!("https://{federal}{path}"), &words), Some(Front::Refused { host: federal.into() }));
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
    assert_eq!(address::ticket_url(HOST, ticket_id(41)), "https://gitlab.zendesk.com/agent/tickets/41");
    assert_eq!(front(&address::ticket_url(HOST, ticket_id(41)), &words()), Some(Front::Ticket { host: HOST.into(), id: ticket_id(41) }));
    assert_eq!(address::user_url(HOST, user_id(7)), "https://gitlab.zendesk.com/agent/users/7");
    assert_eq!(address::organization_url(HOST, OrganizationId::try_from(91).unwrap()), "https://gitlab.zendesk.com/agent/organizations/91");
}

#[test]
fn requests_are_whole_addresses_percent_encoded() {
    assert_eq!(request::ticket(HOST, ticket_id(41)), "https://gitlab.zendesk.com/api/v2/tickets/41?include=users,organizations");
    assert_eq!(request::ticket_fields(HOST, None), "https://gitlab.zendesk.com/api/v2/ticket_fields?page%5Bsize%5D=100");
    assert_eq!(
        request::ticket_fields(HOST, Some("a+b/c==")),
        "https://gitlab.zendesk.com/api/v2/ticket_fields?page%5Bsize%5D=100&page%5Bafter%5D=a%2Bb%2Fc%3D%3D"
    );
    assert_eq!(request::comments(HOST, ticket_id(41), None), "https://gitlab.zendesk.com/api/v2/tickets/41/comments?page%5Bsize%5D=100");
    assert_eq!(
        request::comments(HOST, ticket_id(41), Some("é&x=1")),
        "https://gitlab.zendesk.com/api/v2/tickets/41/comments?page%5Bsize%5D=100&page%5Bafter%5D=%C3%A9%26x%3D1"
    );
    assert_eq!(
        request::search_organizations(HOST, "salesforce_id", "0014M00001hHV5CQAW"),
        "https://gitlab.zendesk.com/api/v2/search?query=type%3Aorganization%20salesforce_id%3A0014M00001hHV5CQAW"
    );
}

#[test]
fn the_shipped_words_are_good_and_survive_being_stored() {
    let words = words();
    assert_eq!(serde_json::from_value::<ZendeskWords>(serde_json::to_value(&words).unwrap()).unwrap(), words);
    assert_eq!(serde_json::to_value(&words.selectors).unwrap(), profile()["selectors"]);
}

#[test]
fn unusable_words_are_refused_with_the_key_at_fault() {
    let bad = [
        ("/hosts", json!([]), "zendesk.hosts"),
        ("/hosts", json!(["https://gitlab.zendesk.com"]), "zendesk.hosts"),
        ("/refused_hosts", json!(["gitlab.zendesk.com"]), "zendesk.refused_hosts"),
        ("/ticket_fields/problem_type", json!([]), "zendesk.ticket_fields.problem_type"),
        ("/ticket_fields/product_type", json!([" x"]), "zendesk.ticket_fields.product_type"),
        ("/ticket_fields/subscription_email", json!(["l&r product type"]), "zendesk.ticket_fields.subscription_email"),
        ("/organization_fields/salesforce_id", json!("a:b c"), "zendesk.organization_fields.salesforce_id"),
        ("/organization_fields/salesforce_short_id", json!("salesforce_id"), "zendesk.organization_fields.salesforce_short_id"),
        ("/selectors/composer", json!([]), "zendesk.selectors.composer"),
        ("/selectors/active_tab", json!(["x".repeat(301)]), "zendesk.selectors.active_tab"),
    ];
    for (place, other, key) in bad {
        let mut profile = profile();
        *profile.pointer_mut(place).unwrap() = other;
        let error = serde_json::from_value::<ZendeskWords>(profile).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{key} must be")), "{place}: {error}");
    }
    for place in ["", "/ticket_fields", "/organization_fields", "/selectors"] {
        let mut profile = profile();
        profile.pointer_mut(place).unwrap()["surplus"] = json!(1);
        assert!(serde_json::from_value::<ZendeskWords>(profile).unwrap_err().to_string().contains("surplus"), "{place}");
    }
}
