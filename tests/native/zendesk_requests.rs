//! What Tether asks Zendesk for, and what its page writes.

use serde_json::json;
use tether::record::ids::{OrganizationId, TicketId, UserId};
use tether::record::people::RemovalTrace;
use tether::zendesk::{request, write};

const HOST: &str = "gitlab.zendesk.com";
const STAMP: &str = "2026-11-20T10:00:00Z";

fn ticket_id() -> TicketId {
    TicketId::try_from(41).unwrap()
}

fn user_id() -> UserId {
    UserId::try_from(7).unwrap()
}

fn organization_id() -> OrganizationId {
    OrganizationId::try_from(91).unwrap()
}

#[test]
fn reads_are_whole_addresses_percent_encoded() {
    let whole = |path: &str| format!("https://gitlab.zendesk.com/api/v2/{path}");
    assert_eq!(request::ticket_form(HOST, 31), whole("ticket_forms/31"));
    assert_eq!(
        request::organization(HOST, organization_id()),
        whole("organizations/91")
    );
    assert_eq!(request::user(HOST, user_id()), whole("users/7"));
    assert_eq!(request::me(HOST), whole("users/me"));
    assert_eq!(
        request::newest_comments(HOST, ticket_id()),
        whole("tickets/41/comments?page%5Bsize%5D=20&sort=-created_at")
    );
    assert_eq!(
        request::apply_macro(HOST, ticket_id(), 71),
        whole("tickets/41/macros/71/apply")
    );
    assert_eq!(
        request::macros_search(HOST, "A::B & C", 1),
        whole("macros/search?query=A%3A%3AB%20%26%20C&active=true&only_viewable=true")
    );
    assert_eq!(
        request::macros_search(HOST, "A", 3),
        whole("macros/search?query=A&active=true&only_viewable=true&page=3")
    );
}

#[test]
fn lists_are_read_by_pages_of_a_hundred() {
    type List = fn(Option<&str>) -> String;
    let lists: [(List, &str); 4] = [
        (
            |after| request::organization_users(HOST, organization_id(), after),
            "organizations/91/users",
        ),
        (
            |after| request::identities(HOST, user_id(), after),
            "users/7/identities",
        ),
        (
            |after| request::memberships(HOST, user_id(), after),
            "users/7/organization_memberships",
        ),
        (|after| request::groups(HOST, after), "groups/assignable"),
    ];
    for (list, path) in lists {
        assert_eq!(
            list(None),
            format!("https://gitlab.zendesk.com/api/v2/{path}?page%5Bsize%5D=100")
        );
        let next = format!(
            "https://gitlab.zendesk.com/api/v2/{path}?page%5Bsize%5D=100&page%5Bafter%5D=a%26b%3D%3D"
        );
        assert_eq!(list(Some("a&b==")), next);
    }
    let tickets = request::requested_tickets(HOST, user_id(), Some("c"));
    let wanted = "https://gitlab.zendesk.com/api/v2/users/7/tickets/requested?page%5Bsize%5D=100&page%5Bafter%5D=c&exclude_archived=true";
    assert_eq!(tickets, wanted, "archived ones are closed");
}

#[test]
fn an_address_cannot_say_more_in_the_search_than_itself() {
    let query = |email: &str| {
        request::users_by_email(HOST, email)
            .split_once("?query=")
            .map(|(_, query)| query.to_owned())
            .unwrap()
    };
    assert_eq!(
        query("o'brien+x@acme.example"),
        "email%3A%22o%27brien%2Bx%40acme.example%22"
    );
    assert_eq!(query(" ada@acme.example\n"), query("ada@acme.example"));
    for hostile in [
        "a\" role:admin x:\"@b.example",
        "a\\\"@b.example",
        "a&query=b#c@d.example",
        "ünï@b.example",
    ] {
        let query = query(hostile);
        assert_eq!(query.matches("%22").count(), 2, "{query}");
        assert!(
            query
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"%-._~".contains(&b)),
            "{query}"
        );
        assert!(!query.contains("%5C"), "{query}");
    }
}

#[test]
fn a_field_is_set_only_if_the_ticket_is_unchanged() {
    let set = write::set_field(ticket_id(), 21, Some("manage_contacts"), STAMP);
    assert_eq!(
        (set.method, set.path.as_str()),
        ("PUT", "/api/v2/tickets/41")
    );
    assert_eq!(
        set.body,
        json!({"ticket": {"custom_fields": [{"id": 21, "value": "manage_contacts"}], "safe_update": true, "updated_stamp": STAMP}})
    );
}

#[test]
fn an_assignment_changes_what_is_named_and_its_note_is_never_public() {
    let note = "<p>x</p>";
    let all = write::assign(ticket_id(), Some(user_id()), Some(55), Some(note), STAMP);
    assert_eq!(
        (all.method, all.path.as_str()),
        ("PUT", "/api/v2/tickets/41")
    );
    assert_eq!(
        all.body,
        json!({"ticket": {
            "assignee_id": 7, "group_id": 55, "comment": {"html_body": note, "public": false}, "safe_update": true, "updated_stamp": STAMP
        }})
    );
    let group = write::assign(ticket_id(), None, Some(55), None, STAMP);
    assert_eq!(
        group.body,
        json!({"ticket": {"group_id": 55, "safe_update": true, "updated_stamp": STAMP}}),
        "no one is unassigned"
    );
}

#[test]
fn a_user_is_put_into_an_organization_or_out_of_it_and_nothing_else_changes() {
    let put = write::set_user(user_id(), Some(organization_id()), None);
    assert_eq!(
        (put.method, put.path.as_str(), put.body),
        (
            "PUT",
            "/api/v2/users/7",
            json!({"user": {"organization_id": 91}})
        )
    );
    let out = write::set_user(
        user_id(),
        None,
        Some((RemovalTrace::Notes, "a\nb \"c\"".to_owned())),
    );
    assert_eq!(
        out.body,
        json!({"user": {"organization_id": null, "notes": "a\nb \"c\""}})
    );
    let out = write::set_user(
        user_id(),
        None,
        Some((RemovalTrace::Details, "a".to_owned())),
    );
    assert_eq!(
        out.body,
        json!({"user": {"organization_id": null, "details": "a"}})
    );
}

#[test]
fn a_new_user_is_created_and_never_an_existing_one_changed() {
    let add = write::add_user(" Ada.Lovelace@acme.example ", organization_id());
    assert_eq!((add.method, add.path.as_str()), ("POST", "/api/v2/users"));
    assert_eq!(
        add.body,
        json!({"user": {
            "email": "Ada.Lovelace@acme.example", "name": "Ada Lovelace", "role": "end-user", "organization_id": 91, "skip_verify_email": true
        }})
    );
}

#[test]
fn the_case_itself_is_read_from_whole_addresses() {
    assert_eq!(
        request::ticket(HOST, ticket_id()),
        "https://gitlab.zendesk.com/api/v2/tickets/41?include=users,organizations"
    );
    assert_eq!(
        request::ticket_fields(HOST, None),
        "https://gitlab.zendesk.com/api/v2/ticket_fields?page%5Bsize%5D=100"
    );
    assert_eq!(
        request::ticket_fields(HOST, Some("a+b/c==")),
        "https://gitlab.zendesk.com/api/v2/ticket_fields?page%5Bsize%5D=100&page%5Bafter%5D=a%2Bb%2Fc%3D%3D"
    );
    assert_eq!(
        request::comments(HOST, ticket_id(), None),
        "https://gitlab.zendesk.com/api/v2/tickets/41/comments?page%5Bsize%5D=100"
    );
    assert_eq!(
        request::comments(HOST, ticket_id(), Some("é&x=1")),
        "https://gitlab.zendesk.com/api/v2/tickets/41/comments?page%5Bsize%5D=100&page%5Bafter%5D=%C3%A9%26x%3D1"
    );
    assert_eq!(
        request::search_organizations(HOST, "salesforce_id", "0014M00001hHV5CQAW"),
        "https://gitlab.zendesk.com/api/v2/search?query=type%3Aorganization%20salesforce_id%3A0014M00001hHV5CQAW"
    );
}
