//! Users, groups, their tickets and their organization, as Zendesk's API answers them.

use crate::hostile::{matrix, shape, tally, with};
use serde_json::{Value, json};
use tether::profile::zendesk::ZendeskWords;
use tether::reading::ReadError;
use tether::record::ids::{OrganizationId, UserId};
use tether::record::people::Role;
use tether::zendesk::answer;
use tether::zendesk::answer::ListPage;

fn words() -> ZendeskWords {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/extension/site-profile.json");
    let profile: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    serde_json::from_value(profile["zendesk"].clone()).unwrap()
}

fn user_id(n: u64) -> UserId {
    UserId::try_from(n).unwrap()
}

fn organization_id(n: u64) -> OrganizationId {
    OrganizationId::try_from(n).unwrap()
}

fn one(id: u64) -> Value {
    json!({
        "id": id, "name": "Ada Lovelace", "email": " ada@acme.example ", "role": "end-user", "suspended": false, "organization_id": 91,
        "notes": "First line\nDe-associated once\n", "details": null, "verified": true
    })
}

fn user_answer() -> Value {
    json!({"user": one(7)})
}

fn users_answer() -> Value {
    let agent = json!({"id": 8, "name": "", "email": null, "role": "agent", "suspended": false, "organization_id": null, "notes": null});
    let gone = json!({"id": 9, "name": "Gone", "email": "gone@acme.example", "role": "end-user", "suspended": true, "organization_id": 91});
    json!({"users": [one(7), agent, gone], "meta": {"has_more": true, "after_cursor": "next=="}, "links": {}})
}

fn organization_answer() -> Value {
    json!({"organization": {
        "id": 91, "name": "Acme Corp", "notes": "Ask the TAM\nfirst", "details": null, "domain_names": ["acme.example"], "tags": [],
        "organization_fields": {
            "account_type": "Open Partner", "support_level": "ultimate", "expiration_date": "2027-01-01T00:00:00+00:00",
            "support_hold": false, "restricted_account": null, "partner_customer": true, "salesforce_id": "0014M00001hHV5CQAW",
            "number_of_seats": 12, "a_list": ["x"], "an_object": {}
        }
    }})
}

fn tickets_answer() -> Value {
    let ticket = |id: u64, status: &str, subject: &str| json!({"id": id, "status": status, "subject": subject, "requester_id": 7});
    json!({
        "tickets": [ticket(41, "open", "Please associate me"), ticket(42, "closed", "Old"), ticket(43, "solved", "<b>x</b>"), ticket(44, "hold", "")],
        "meta": {"has_more": false, "after_cursor": "zzz"}
    })
}

fn me_answer() -> Value {
    json!({"user": {"id": 8, "name": "An agent", "role": "agent", "email": "agent@gitlab.example", "authenticity_token": "x"}})
}

fn groups_answer() -> Value {
    json!({
        "groups": [{"id": 55, "name": "Support Ops", "deleted": false}, {"id": 56, "name": "Gone", "deleted": true}, {"id": 57, "name": "Billing"}],
        "meta": {"has_more": false}
    })
}

#[test]
fn a_user_is_read_whole() {
    let user = answer::user(&user_answer(), user_id(7)).unwrap();
    assert_eq!(
        (
            user.id,
            user.name.as_str(),
            user.email.as_ref().map(AsRef::<str>::as_ref)
        ),
        (user_id(7), "Ada Lovelace", Some("ada@acme.example"))
    );
    assert_eq!(
        (user.role, user.suspended, user.organization),
        (Role::EndUser, false, Some(organization_id(91)))
    );
    assert_eq!(
        user.notes, "First line\nDe-associated once\n",
        "to the byte: it is written back"
    );
    assert_eq!(answer::written_user(&user_answer()).unwrap(), user);
}

#[test]
fn another_user_than_the_one_asked_for_is_refused() {
    assert_eq!(
        shape(answer::user(&user_answer(), user_id(8))),
        "“user.id” is the number 7, not the user that was asked for"
    );
}

#[test]
fn everyone_but_an_end_user_is_of_the_team() {
    for (role, is) in [
        ("end-user", Role::EndUser),
        ("agent", Role::Team),
        ("admin", Role::Team),
        ("End-User", Role::Team),
        ("", Role::Team),
    ] {
        let user = answer::written_user(&with(&user_answer(), "/user/role", json!(role))).unwrap();
        assert_eq!(user.role, is, "{role}");
    }
    for role in [Value::Null, json!(7)] {
        assert!(
            shape(answer::written_user(&with(
                &user_answer(),
                "/user/role",
                role
            )))
            .contains("user.role")
        );
    }
}

#[test]
fn whether_a_user_is_suspended_is_never_guessed() {
    for other in [Value::Null, json!("false"), json!(0)] {
        assert!(
            shape(answer::written_user(&with(
                &user_answer(),
                "/user/suspended",
                other
            )))
            .contains("user.suspended")
        );
    }
}

#[test]
fn notes_are_whole_or_refused_and_never_cut() {
    let fitting = "é".repeat(64 * 1024);
    let user = answer::written_user(&with(&user_answer(), "/user/notes", json!(fitting))).unwrap();
    assert_eq!(user.notes, fitting);
    let long = with(&user_answer(), "/user/notes", json!(format!("{fitting}x")));
    assert_eq!(
        shape(answer::written_user(&long)),
        "“user.notes” is longer than 65536 characters"
    );
    assert_eq!(
        answer::written_user(&with(&user_answer(), "/user/notes", Value::Null))
            .unwrap()
            .notes,
        ""
    );
    assert!(
        shape(answer::written_user(&with(
            &user_answer(),
            "/user/notes",
            json!(["x"])
        )))
        .contains("user.notes")
    );
}

#[test]
fn hostile_names_stay_text_and_long_ones_are_cut() {
    let user = answer::written_user(&with(
        &user_answer(),
        "/user/name",
        json!("<img onerror=x>\u{202E}"),
    ))
    .unwrap();
    assert_eq!(user.name, "<img onerror=x>\u{202E}");
    let user = answer::written_user(&with(
        &user_answer(),
        "/user/name",
        json!("é".repeat(10_000)),
    ))
    .unwrap();
    assert_eq!(user.name.chars().count(), 500);
}

#[test]
fn a_page_of_users_keeps_everyone_and_its_cursor() {
    let ListPage {
        items: users,
        unreadable,
        after,
    } = answer::users_page(&users_answer()).unwrap();
    assert_eq!(unreadable, 0);
    let contacts: Vec<(u64, bool)> = users.iter().map(|u| (u.id.get(), u.is_contact())).collect();
    assert_eq!(contacts, [(7, true), (8, false), (9, false)]);
    assert_eq!(
        (
            users[1].email.clone(),
            users[1].organization,
            users[2].notes.as_str()
        ),
        (None, None, "")
    );
    assert_eq!(after.as_deref(), Some("next=="));
    let odd =
        answer::users_page(&with(&users_answer(), "/users/2/suspended", json!("no"))).unwrap();
    assert_eq!(
        (odd.items, odd.unreadable),
        (users[..2].to_vec(), 1),
        "one that cannot be read is counted"
    );
}

#[test]
fn a_page_of_users_without_its_place_in_the_list_is_refused() {
    let mut value = users_answer();
    value.as_object_mut().unwrap().remove("meta");
    assert!(
        shape(answer::users_page(&value)).contains("meta"),
        "contacts must not be missed unnoticed"
    );
    assert_eq!(
        answer::users_found(&value).unwrap().items.len(),
        3,
        "a search needs none"
    );
    assert_eq!(
        answer::users_found(&json!({"users": [], "next_page": null, "count": 0}))
            .unwrap()
            .items,
        []
    );
}

#[test]
fn an_organizations_fields_are_read_by_the_keys_in_the_profile() {
    let found =
        answer::organization(&organization_answer(), organization_id(91), &words()).unwrap();
    assert_eq!(
        (
            found.name.as_str(),
            found.notes.as_str(),
            found.details.as_str()
        ),
        ("Acme Corp", "Ask the TAM\nfirst", "")
    );
    assert_eq!(found.account_type.as_deref(), Some("Open Partner"));
    assert_eq!(found.support_level.as_deref(), Some("ultimate"));
    assert_eq!(
        found.expiration_date.as_deref(),
        Some("2027-01-01T00:00:00+00:00")
    );
    assert_eq!(
        (
            found.support_hold,
            found.restricted_account,
            found.partner_customer
        ),
        (false, false, true)
    );
    assert!(
        shape(answer::organization(
            &organization_answer(),
            organization_id(92),
            &words()
        ))
        .contains("organization.id")
    );
}

#[test]
fn empty_organization_fields_are_none() {
    let empty = with(
        &organization_answer(),
        "/organization/organization_fields",
        json!({"account_type": "", "support_level": null}),
    );
    let found = answer::organization(&empty, organization_id(91), &words()).unwrap();
    assert_eq!(
        (
            found.account_type,
            found.support_level,
            found.expiration_date
        ),
        (None, None, None)
    );
    assert_eq!(
        (
            found.support_hold,
            found.restricted_account,
            found.partner_customer
        ),
        (false, false, false)
    );
    let none = with(
        &organization_answer(),
        "/organization/organization_fields",
        Value::Null,
    );
    assert_eq!(
        answer::organization(&none, organization_id(91), &words())
            .unwrap()
            .unreadable,
        Vec::<String>::new()
    );
    let odd = with(
        &organization_answer(),
        "/organization/organization_fields",
        json!([]),
    );
    assert_eq!(
        answer::organization(&odd, organization_id(91), &words())
            .unwrap()
            .unreadable,
        ["organization_fields"]
    );
}

#[test]
fn a_hold_is_read_from_checkboxes_and_words_and_nothing_else_counts_as_no() {
    let read = |other: Value| {
        let value = with(
            &organization_answer(),
            "/organization/organization_fields/support_hold",
            other,
        );
        answer::organization(&value, organization_id(91), &words())
            .map(|found| (found.support_hold, found.unreadable))
    };
    for yes in [json!(true), json!("true"), json!("yes"), json!(" Yes ")] {
        assert_eq!(read(yes.clone()), Ok((true, Vec::new())), "{yes}");
    }
    for no in [
        json!(false),
        json!("false"),
        json!("no"),
        json!(""),
        Value::Null,
    ] {
        assert_eq!(read(no.clone()), Ok((false, Vec::new())), "{no}");
    }
    for other in [json!("support_hold_on"), json!(1), json!([]), json!({})] {
        assert_eq!(read(other.clone()).unwrap().1, ["support_hold"], "{other}");
    }
}

#[test]
fn notes_and_details_of_an_organization_are_whole_or_not_known() {
    for key in ["notes", "details"] {
        let place = format!("/organization/{key}");
        let long = with(&organization_answer(), &place, json!("x".repeat(70_000)));
        let number = with(&organization_answer(), &place, json!(7));
        for odd in [long, number] {
            assert_eq!(
                answer::organization(&odd, organization_id(91), &words())
                    .unwrap()
                    .unreadable,
                [key],
                "it is not known"
            );
        }
    }
}

#[test]
fn only_a_closed_ticket_is_not_open() {
    let (tickets, after) = answer::open_tickets(&tickets_answer(), user_id(7)).unwrap();
    let found: Vec<(u64, &str, &str)> = tickets
        .iter()
        .map(|t| (t.id.get(), t.status.as_str(), t.subject.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (41, "open", "Please associate me"),
            (43, "solved", "<b>x</b>"),
            (44, "hold", "")
        ]
    );
    assert_eq!(after, None);
    let odd = with(&tickets_answer(), "/tickets/1/status", json!("Closed"));
    assert_eq!(
        answer::open_tickets(&odd, user_id(7)).unwrap().0.len(),
        4,
        "a status that is not known counts as open"
    );
}

#[test]
fn a_ticket_of_another_requester_says_nothing_of_this_one() {
    for other in [json!(8), Value::Null, json!("7")] {
        let value = with(&tickets_answer(), "/tickets/1/requester_id", other);
        let (others, _) = answer::open_tickets(&value, user_id(7)).unwrap();
        assert_eq!(others.len(), 3, "the others are read");
        let alone = json!({"tickets": [value["tickets"][1]], "meta": {"has_more": false}});
        assert!(
            shape(answer::open_tickets(&alone, user_id(7))).contains("list"),
            "whether one is open is not known"
        );
    }
}

#[test]
fn only_an_agent_or_an_administrator_is_signed_in() {
    let me = answer::me(&me_answer()).unwrap();
    assert_eq!((me.id, me.name.as_str()), (user_id(8), "An agent"));
    assert!(answer::me(&with(&me_answer(), "/user/role", json!("admin"))).is_ok());
    let anonymous = json!({"user": {"id": null, "name": "Anonymous user", "role": "end-user", "email": "invalid@example.com"}});
    assert_eq!(answer::me(&anonymous), Err(ReadError::SignedOut));
    for (place, other) in [
        ("/user/id", Value::Null),
        ("/user/role", json!("end-user")),
        ("/user/role", Value::Null),
        ("/user/role", json!("x")),
    ] {
        assert_eq!(
            answer::me(&with(&me_answer(), place, other)),
            Err(ReadError::SignedOut),
            "{place}"
        );
    }
    for (place, other) in [
        ("/user", Value::Null),
        ("/user/id", json!("8")),
        ("/user/role", json!(1)),
    ] {
        assert!(
            shape(answer::me(&with(&me_answer(), place, other))).contains("user"),
            "{place}"
        );
    }
}

#[test]
fn groups_that_are_gone_are_left_out() {
    let groups = answer::groups(&groups_answer()).unwrap();
    let found: Vec<(u64, &str)> = groups
        .items
        .iter()
        .map(|g| (g.id, g.name.as_str()))
        .collect();
    assert_eq!(groups.unreadable, 0);
    assert_eq!(
        (found, groups.after.clone()),
        (vec![(55, "Support Ops"), (57, "Billing")], None)
    );
    let odd = answer::groups(&with(&groups_answer(), "/groups/1/deleted", json!("yes"))).unwrap();
    assert_eq!(odd.unreadable, 1, "it is counted");
    assert_eq!(
        odd.items.iter().map(|g| g.id).collect::<Vec<_>>(),
        [55, 57],
        "what may be deleted is not offered"
    );
}

#[test]
fn a_value_of_any_other_type_anywhere_is_read_or_refused_by_name_and_never_a_panic() {
    let words = words();
    let results = [
        matrix(&user_answer(), |v| answer::user(v, user_id(7)).map(drop)),
        matrix(&user_answer(), |v| answer::written_user(v).map(drop)),
        matrix(&users_answer(), |v| answer::users_page(v).map(drop)),
        matrix(&users_answer(), |v| answer::users_found(v).map(drop)),
        matrix(&organization_answer(), |v| {
            answer::organization(v, organization_id(91), &words).map(drop)
        }),
        matrix(&tickets_answer(), |v| {
            answer::open_tickets(v, user_id(7)).map(drop)
        }),
        matrix(&me_answer(), |v| answer::me(v).map(drop)),
        matrix(&groups_answer(), |v| answer::groups(v).map(drop)),
    ];
    let (read, refused) = tally(results.into_iter().flatten());
    assert!(
        read > 300 && refused > 300,
        "{read} read, {refused} refused"
    );
}
