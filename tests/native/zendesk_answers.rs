//! What Zendesk's API answers: read as it is meant, and refused in plain words if it has another shape.

use crate::hostile::{matrix, shape, tally, with};
use serde_json::{Value, json};
use tether::case::organization::{Found, accept};
use tether::profile::zendesk::ZendeskWords;
use tether::reading::ReadError;
use tether::record::ids::{SalesforceId, TicketId, UserId};
use tether::record::ticket::{TicketFields, WrittenAddress};
use tether::zendesk::answer;

/// One page of comments: what the requester wrote, and the next page's cursor.
fn read_comments(
    value: &Value,
    requester: UserId,
) -> Result<(Vec<WrittenAddress>, Option<String>), ReadError> {
    let answer::ListPage {
        items: comments,
        after,
        ..
    } = answer::all_comments(value)?;
    Ok((answer::written_addresses(&comments, requester), after))
}

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
            "id": 41, "subject": "Please associate me", "description": "…", "status": "open", "requester_id": 7, "assignee_id": 8,
            "organization_id": 90, "group_id": 55, "ticket_form_id": 360_000_803_379_u64, "tags": ["license", "saas"], "updated_at": "2026-11-20T10:00:00Z",
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

#[test]
fn a_ticket_is_read_with_its_requester_and_the_requesters_own_organization() {
    let ticket = answer::ticket(&ticket_answer(), ticket_id(41)).unwrap();
    assert_eq!(ticket.subject, "Please associate me");
    assert_eq!(ticket.status, "open");
    assert_eq!(ticket.form_id, Some(360_000_803_379));
    assert_eq!(ticket.updated_at, "2026-11-20T10:00:00Z");
    assert_eq!(
        (ticket.tags, ticket.assignee, ticket.group),
        (
            vec!["license".to_owned(), "saas".to_owned()],
            Some(user_id(8)),
            Some(55)
        )
    );
    assert_eq!(ticket.requester.id, user_id(7));
    assert_eq!(ticket.requester.name, "Ada");
    assert_eq!(
        ticket.requester.email.as_ref().map(AsRef::as_ref),
        Some("ada@acme.example")
    );
    let organization = ticket.requester.organization.unwrap();
    assert_eq!(
        (organization.id.get(), organization.name.as_deref()),
        (91, Some("Acme Corp"))
    );
    let values: Vec<(u64, &str)> = ticket
        .field_values
        .iter()
        .map(|(id, text)| (*id, text.as_str()))
        .collect();
    assert_eq!(
        values,
        [(1, "it@acme.example"), (4, "true"), (5, "12"), (6, "a, b")]
    );
}

#[test]
fn an_organization_that_the_answer_does_not_name_has_a_number_only() {
    for organizations in [
        json!([]),
        json!([{"id": 90, "name": "Other Corp"}]),
        Value::Null,
    ] {
        let mut value = ticket_answer();
        value["organizations"] = organizations;
        let organization = answer::ticket(&value, ticket_id(41))
            .unwrap()
            .requester
            .organization
            .unwrap();
        assert_eq!((organization.id.get(), organization.name), (91, None));
    }
    let mut value = ticket_answer();
    value["users"][1]["organization_id"] = Value::Null;
    assert_eq!(
        answer::ticket(&value, ticket_id(41))
            .unwrap()
            .requester
            .organization,
        None,
        "the ticket's is not the requester's"
    );
}

#[test]
fn a_requester_without_an_address_has_none() {
    for email in [Value::Null, json!(""), json!("  ")] {
        let mut value = ticket_answer();
        value["users"][1]["email"] = email;
        assert_eq!(
            answer::ticket(&value, ticket_id(41))
                .unwrap()
                .requester
                .email,
            None
        );
    }
}

#[test]
fn a_ticket_that_no_one_works_on_has_no_assignee_and_no_group() {
    let mut value = ticket_answer();
    for key in ["assignee_id", "group_id", "tags"] {
        value["ticket"][key] = Value::Null;
    }
    let ticket = answer::ticket(&value, ticket_id(41)).unwrap();
    assert_eq!(
        (ticket.tags, ticket.assignee, ticket.group),
        (Vec::new(), None, None)
    );
}

#[test]
fn tags_are_bounded_in_number_and_length() {
    let tags: Vec<String> = (0..5000)
        .map(|n| format!("{n}{}", "x".repeat(1000)))
        .collect();
    let ticket = answer::ticket(
        &with(&ticket_answer(), "/ticket/tags", json!(tags)),
        ticket_id(41),
    )
    .unwrap();
    assert_eq!(ticket.tags.len(), 1000);
    assert!(ticket.tags.iter().all(|tag| tag.chars().count() == 200));
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
    assert_eq!(
        shape(answer::ticket(&value, ticket_id(41))),
        "“ticket.requester_id” is missing or empty, not a whole number"
    );
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
    assert_eq!(
        found,
        TicketFields {
            product_type: Some(16),
            subscription_email: Some(13),
            ..TicketFields::default()
        }
    );
    assert_eq!(after.as_deref(), Some("abc=="));
    let last = json!({"ticket_fields": [{"id": 21, "title": "Support Ops Problem Type"}, {"id": 22, "title": "Subscription Email"}], "meta": {"has_more": false}});
    let (more, after) = answer::ticket_fields(&last, &words()).unwrap();
    assert_eq!(after, None);
    assert_eq!(
        found.merge(more),
        TicketFields {
            problem_type: Some(21),
            product_type: Some(16),
            subscription_email: Some(13),
            ..TicketFields::default()
        }
    );
}

fn dropdown_answer() -> Value {
    json!({
        "ticket_fields": [
            {"id": 21, "title": "Support Ops Problem Type", "type": "tagger", "active": true, "custom_field_options": [
                {"id": 1, "name": "Manage my organization's contacts", "raw_name": "{{dc.x}}", "value": "manage_contacts"},
                {"id": 2, "raw_name": "<b>Other</b>", "value": "other"}
            ]},
            {"id": 22, "raw_title": "L&R Product Type", "type": "tagger", "custom_field_options": [{"name": "SaaS", "value": "saas"}]},
            {"id": 23, "title": "L&R Product Type", "type": "tagger", "custom_field_options": [{"name": "Second", "value": "second"}]},
            {"id": 24, "title": "Subscription Email", "type": "text"}
        ],
        "meta": {"has_more": false}
    })
}

#[test]
fn the_dropdowns_come_with_their_options() {
    let (found, _) = answer::ticket_fields(&dropdown_answer(), &words()).unwrap();
    let texts = |options: &[tether::record::ticket::FieldOption]| {
        options
            .iter()
            .map(|o| format!("{}={}", o.name, o.value))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (
            found.problem_type,
            found.product_type,
            found.subscription_email
        ),
        (Some(21), Some(22), Some(24))
    );
    assert_eq!(
        texts(&found.problem_options),
        [
            "Manage my organization's contacts=manage_contacts",
            "<b>Other</b>=other"
        ]
    );
    assert_eq!(
        texts(&found.product_options),
        ["SaaS=saas"],
        "those of the field that counts"
    );
    let none = with(
        &dropdown_answer(),
        "/ticket_fields/0/custom_field_options",
        Value::Null,
    );
    assert!(
        answer::ticket_fields(&none, &words())
            .unwrap()
            .0
            .problem_options
            .is_empty()
    );
}

#[test]
fn options_are_bounded_in_number_and_their_tags_never_cut() {
    let many: Vec<Value> = (0..2000)
        .map(|n| json!({"name": "é".repeat(2000), "value": format!("v{n}")}))
        .collect();
    let value = with(
        &dropdown_answer(),
        "/ticket_fields/0/custom_field_options",
        json!(many),
    );
    let (found, _) = answer::ticket_fields(&value, &words()).unwrap();
    assert_eq!(
        (
            found.problem_options.len(),
            found.problem_options[0].name.chars().count()
        ),
        (500, 500)
    );
    let long = with(
        &dropdown_answer(),
        "/ticket_fields/0/custom_field_options/0/value",
        json!("x".repeat(1001)),
    );
    let left = |value: &Value| {
        answer::ticket_fields(value, &words())
            .unwrap()
            .0
            .problem_options
            .iter()
            .map(|o| o.value.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(left(&long), ["other"], "one that would be cut is left out");
    for missing in [Value::Null, json!(7)] {
        assert_eq!(
            left(&with(
                &dropdown_answer(),
                "/ticket_fields/0/custom_field_options/0/value",
                missing
            )),
            ["other"]
        );
    }
}

#[test]
fn a_form_is_the_one_that_was_asked_for() {
    let value = json!({"ticket_form": {"id": 31, "name": "Support Ops", "display_name": "x", "active": true}});
    assert_eq!(answer::ticket_form(&value, 31).unwrap(), "Support Ops");
    assert!(shape(answer::ticket_form(&value, 32)).contains("ticket_form.id"));
    assert!(
        shape(answer::ticket_form(
            &with(&value, "/ticket_form/name", json!(7)),
            31
        ))
        .contains("ticket_form.name")
    );
}

#[test]
fn addresses_come_from_the_requesters_public_comments_only() {
    let (found, after) = read_comments(&comments_answer(), user_id(7)).unwrap();
    let found: Vec<(&str, u64)> = found
        .iter()
        .map(|a| (a.email.as_str(), a.comment))
        .collect();
    assert_eq!(
        found,
        [("billing@acme.example", 1), ("ceo@acme.example", 5)]
    );
    assert_eq!(after, None);
}

#[test]
fn a_page_of_comments_gives_fifty_addresses_at_most() {
    let body: String = (0..40).map(|n| format!("u{n}@acme.example ")).collect();
    let comment =
        |id: u64, body: &str| json!({"id": id, "author_id": 7, "public": true, "plain_body": body});
    let value = json!({"comments": [comment(1, &body), comment(2, &body.replace('u', "v"))], "meta": {"has_more": true, "after_cursor": "c"}});
    let (found, after) = read_comments(&value, user_id(7)).unwrap();
    assert_eq!((found.len(), after.as_deref()), (50, Some("c")));
}

#[test]
fn further_pages_without_a_cursor_are_refused() {
    for cursor in [Value::Null, json!(""), json!(7), json!("x".repeat(5000))] {
        let value = json!({"comments": [], "meta": {"has_more": true, "after_cursor": cursor}});
        assert!(shape(read_comments(&value, user_id(7))).contains("meta.after_cursor"));
    }
}

#[test]
fn organizations_are_distinguished_from_other_results() {
    let found = answer::every_organization(&search_answer(), &words()).unwrap();
    let ids: Vec<u64> = found.iter().map(|o| o.id.get()).collect();
    assert_eq!(ids, [91, 92]);
    assert_eq!(
        found[0].salesforce_id.as_deref(),
        Some("0014M00001hHV5CQAW")
    );
    assert_eq!(
        found[0].salesforce_short_id.as_deref(),
        Some("0014M00001hHV5C")
    );
    assert_eq!(
        (&found[1].salesforce_id, &found[1].salesforce_short_id),
        (&None, &None)
    );
    let wanted = SalesforceId::parse("0014M00001hHV5C").unwrap();
    assert!(matches!(accept(&wanted, found), Found::One(one) if one.name == "Acme Corp"));
    let mut value = search_answer();
    value["next_page"] = json!("https://gitlab.zendesk.com/api/v2/search?page=2");
    assert!(
        answer::every_organization(&value, &words()).is_err(),
        "on a further page may be another organization of the account"
    );
    let mut value = search_answer();
    value["meta"] = json!({"has_more": true, "after_cursor": "eyJvIjoiaWQifQ=="});
    assert!(
        answer::every_organization(&value, &words()).is_err(),
        "a list with a cursor has further pages, too"
    );
}

#[test]
fn the_profiles_keys_decide_which_organization_fields_are_read() {
    let mut profile = profile();
    profile["organization_fields"]["salesforce_id"] = json!("sf_long");
    profile["organization_fields"]["salesforce_short_id"] = json!("sf_short");
    let words: ZendeskWords = serde_json::from_value(profile).unwrap();
    let found = answer::every_organization(&search_answer(), &words).unwrap();
    assert_eq!(
        (&found[0].salesforce_id, &found[0].salesforce_short_id),
        (&None, &None)
    );
}

#[test]
fn a_value_of_any_other_type_anywhere_is_read_or_refused_by_name_and_never_a_panic() {
    let words = words();
    let results = [
        matrix(&ticket_answer(), |v| {
            answer::ticket(v, ticket_id(41)).map(drop)
        }),
        matrix(&fields_answer(), |v| {
            answer::ticket_fields(v, &words).map(drop)
        }),
        matrix(&dropdown_answer(), |v| {
            answer::ticket_fields(v, &words).map(drop)
        }),
        matrix(&comments_answer(), |v| {
            read_comments(v, user_id(7)).map(drop)
        }),
        matrix(&search_answer(), |v| {
            answer::every_organization(v, &words).map(drop)
        }),
    ];
    let (read, refused) = tally(results.into_iter().flatten());
    assert!(
        read > 300 && refused > 300,
        "{read} read, {refused} refused"
    );
}

#[test]
fn the_values_that_decide_are_never_taken_from_another_type() {
    let needed = [
        ("/ticket/id", ["x", "null"]),
        ("/ticket/requester_id", ["x", "null"]),
        ("/ticket/status", ["7", "null"]),
        ("/ticket/updated_at", ["7", "null"]),
        ("/ticket/custom_fields", ["x", "{}"]),
        ("/ticket/assignee_id", ["x", "0"]),
        ("/ticket/group_id", ["x", "-1"]),
        ("/ticket/tags", ["x", "{}"]),
        ("/users", ["null", "{}"]),
        ("/users/1/email", ["7", "{}"]),
        ("/users/1/organization_id", ["0", "91.5"]),
    ];
    for (place, others) in needed {
        for other in others {
            let mut value = ticket_answer();
            *value.pointer_mut(place).unwrap() =
                serde_json::from_str(other).unwrap_or_else(|_| json!(other));
            let what = shape(answer::ticket(&value, ticket_id(41)));
            let last = place
                .rsplit('/')
                .find(|part| part.parse::<u64>().is_err())
                .unwrap();
            assert!(
                what.contains(last) || what.contains("users"),
                "{place} = {other}: {what}"
            );
        }
    }
    shape(answer::every_organization(
        &with(&search_answer(), "/next_page", json!(2)),
        &words(),
    ));
    for (place, other) in [
        ("/results/0/organization_fields", json!(7)),
        ("/results/0/organization_fields/salesforce_id", json!(1)),
    ] {
        let found =
            answer::every_organization(&with(&search_answer(), place, other), &words()).unwrap();
        assert_eq!(
            (found.len(), found[0].salesforce_id.as_deref()),
            (2, None),
            "{place}: no text names no account"
        );
    }
}

#[test]
fn unreadable_entries_of_a_list_are_counted() {
    let comment = json!({"id": 1, "author_id": 7, "public": true, "plain_body": "x"});
    let value =
        json!({"comments": [comment, {"id": 2, "public": "?"}, 7], "meta": {"has_more": false}});
    let page = answer::all_comments(&value).unwrap();
    assert_eq!((page.items.len(), page.unreadable), (1, 2));
    assert!(page.whole().is_err());
    for (place, name) in [("null", Value::Null), ("a blank", json!(" "))] {
        let value = json!({"results": [{"id": 91, "name": name, "result_type": "organization"}]});
        let found = answer::every_organization(&value, &words()).unwrap();
        assert_eq!(found[0].name, "organization 91", "{place}");
    }
    let value = json!({"results": [{"id": "91", "name": "Acme", "result_type": "organization"}]});
    assert!(
        answer::every_organization(&value, &words()).is_err(),
        "a hit that cannot be read may be the account's organization"
    );
}

#[test]
fn a_list_that_is_empty_although_the_answer_counts_entries_is_unreadable() {
    let words = words();
    type Read<'r> = &'r dyn Fn(&Value) -> Option<ReadError>;
    let lists: [(&str, Read<'_>); 13] = [
        ("results", &|v| answer::every_organization(v, &words).err()),
        ("users", &|v| answer::users_found(v).err()),
        ("users", &|v| answer::users_page(v).err()),
        ("identities", &|v| answer::identities(v, user_id(7)).err()),
        ("organization_memberships", &|v| {
            answer::memberships(v, user_id(7)).err()
        }),
        ("tickets", &|v| answer::open_tickets(v, user_id(7)).err()),
        ("comments", &|v| answer::all_comments(v).err()),
        ("groups", &|v| answer::groups(v).err()),
        ("macros", &|v| answer::macros(v).err()),
        ("ticket_fields", &|v| answer::ticket_fields(v, &words).err()),
        ("ticket_forms", &|v| answer::ticket_forms(v).err()),
        ("organization_fields", &|v| {
            answer::organization_field_keys(v).err()
        }),
        ("tags", &|v| answer::tags(v).err()),
    ];
    let with = |name: &str, more: Value| {
        let mut value = json!({name: [], "meta": {"has_more": false}});
        for (key, more) in more.as_object().unwrap() {
            value[key] = more.clone();
        }
        value
    };
    for (name, read) in lists {
        for count in [
            json!(3),
            json!(1),
            json!("3"),
            json!({"value": 2, "refreshed_at": null}),
        ] {
            let error = read(&with(name, json!({"count": count}))).unwrap();
            assert!(error.says().contains("count"), "{name}: {}", error.says());
        }
        for fine in [
            json!({}),
            json!({"count": 0}),
            json!({"count": null}),
            json!({"count": "0"}),
            json!({"count": {"value": 0}}),
            // Behind the last full page there is an empty one.
            json!({"count": 100, "previous_page": "https://gitlab.zendesk.com/api/v2/search?page=1"}),
        ] {
            assert_eq!(read(&with(name, fine.clone())), None, "{name}: {fine}");
        }
    }
}
