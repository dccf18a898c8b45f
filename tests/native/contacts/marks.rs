//! What is known about an address, how it is found out, and what may be ticked.

use super::*;

// ---- marks ----

#[test]
fn every_mark_is_shown_and_only_those_who_leave_no_organization_are_ticked() {
    let bench = marked();
    let expected = [
        ("new@lindqvist.example", Mark::New, true),
        ("colleague@lindqvist.example", Mark::Contact, false),
        (
            "other@lindqvist.example",
            Mark::Elsewhere(OrganizationId::try_from(92).unwrap()),
            false,
        ),
        ("agent@lindqvist.example", Mark::Team, false),
        ("gone@lindqvist.example", Mark::Suspended, false),
        ("inside-gone@lindqvist.example", Mark::Suspended, false),
        ("free@gmail.com", Mark::Free(false), false),
        ("known@gmail.com", Mark::Free(true), false),
        ("twice@lindqvist.example", Mark::Several(2), false),
        ("loose@lindqvist.example", Mark::NoOrganization, true),
    ];
    assert_eq!(bench.list().len(), expected.len());
    for ((email, ticked), (expected_email, expected_mark, expected_ticked)) in
        bench.list().into_iter().zip(expected)
    {
        assert_eq!(
            (email, mark(&bench, email), ticked),
            (expected_email, expected_mark, expected_ticked)
        );
    }
}

#[test]
fn ticking_follows_the_marks() {
    let mut bench = marked();
    for email in [
        "colleague@lindqvist.example",
        "other@lindqvist.example",
        "agent@lindqvist.example",
        "gone@lindqvist.example",
        "twice@lindqvist.example",
    ] {
        bench.press("toggle_contact", &[("email", email)]);
        assert!(said(&bench).contains(email) && said(&bench).contains("cannot be ticked"));
    }
    bench.press("toggle_contact", &[("email", "new@lindqvist.example")]);
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        ["loose@lindqvist.example"]
    );
    assert!(matches!(
        check(&bench, CheckName::CompanyEmail),
        Says::Passed(_)
    ));
    bench.press("toggle_contact", &[("email", "free@gmail.com")]);
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        ["free@gmail.com", "loose@lindqvist.example"]
    );
    assert!(matches!(
        check(&bench, CheckName::CompanyEmail),
        Says::ToDecide(_)
    ));
    assert_eq!(why_not_added(&bench), "the verdict is incomplete");
    bench.press(
        "accept",
        &[
            ("check", "company_email"),
            ("reason", "The customer says so."),
        ],
    );
    let changes = contacts_to_add(bench.case(), bench.world().rules()).unwrap();
    assert_eq!(
        changes,
        [
            add("free@gmail.com", None),
            add("loose@lindqvist.example", Some(28))
        ]
    );
}

#[test]
fn a_user_of_the_organization_besides_another_is_a_contact_already() {
    let mut desk = naming("both@lindqvist.example");
    desk.user(30, "Both", "both@lindqvist.example", Some(92));
    desk.besides.push(30);
    let bench = Bench::at_ticket(desk);
    assert_eq!(mark(&bench, "both@lindqvist.example"), Mark::Contact);
    assert!(bench.looked_up().is_empty());
}

// ---- look-ups ----

#[test]
fn only_addresses_that_no_contact_has_are_looked_up_each_once_and_two_at_a_time() {
    let mut desk = naming(
        "b@lindqvist.example c@lindqvist.example d@lindqvist.example o’n@lindqvist.example e@lindqvist.example",
    );
    desk.user(20, "C", "c@lindqvist.example", Some(ORGANIZATION));
    let mut bench = Bench::new(desk);
    bench.open();
    let mut most = 0;
    while !bench.reads.is_empty() {
        bench.step();
        most = most.max(bench.look_ups_waiting());
        bench.tell(Event::Command {
            case: None,
            window: None,
            name: "tick".to_owned(),
            fields: Default::default(),
        });
    }
    assert_eq!(most, 2);
    assert_eq!(
        bench.looked_up(),
        [
            "b@lindqvist.example",
            "d@lindqvist.example",
            "e@lindqvist.example"
        ]
    );
    bench.press("toggle_contact", &[("email", "b@lindqvist.example")]);
    bench.tell(Event::PanelClosed);
    bench.tell(Event::PanelOpened);
    assert!(bench.reads.is_empty());
    bench.press("edit_list", &[("addresses", "f@lindqvist.example")]);
    bench.settle();
    assert_eq!(bench.looked_up().len(), 4);
}

#[test]
fn nothing_is_looked_up_while_no_panel_is_open() {
    let mut bench = Bench::new(naming(
        "b@lindqvist.example c@lindqvist.example d@lindqvist.example",
    ));
    bench.open();
    while bench.look_ups_waiting() == 0 {
        bench.step();
    }
    bench.tell(Event::PanelClosed);
    bench.settle();
    assert_eq!(bench.looked_up().len(), 2);
    bench.tell(Event::PanelOpened);
    bench.settle();
    assert_eq!(bench.looked_up().len(), 3);
}

#[test]
fn a_failed_look_up_keeps_its_address_from_being_added_until_it_is_tried_again() {
    let mut desk = naming("b@lindqvist.example c@lindqvist.example");
    desk.instead
        .push(("email:\"b@", status(500, &json!({}), None)));
    let mut bench = Bench::at_ticket(desk);
    assert_eq!(
        mark(&bench, "b@lindqvist.example"),
        Mark::NotRead(ReadError::Server { status: 500 })
    );
    assert_eq!(mark(&bench, "c@lindqvist.example"), Mark::New);
    assert_eq!(
        why_not_added(&bench),
        "one ticked address could not be looked up"
    );
    let view = bench.view();
    assert!(text_of(&view).contains("Zendesk failed (status 500)."));
    assert!(!find(&view, r#"section.next [data-command="retry"]"#).is_empty());
    bench.press("toggle_contact", &[("email", "b@lindqvist.example")]);
    assert!(
        contacts_to_add(bench.case(), bench.world().rules()).is_ok(),
        "the others can be added meanwhile"
    );
    bench.desk.instead.clear();
    bench.press("retry", &[]);
    bench.settle();
    assert_eq!(mark(&bench, "b@lindqvist.example"), Mark::New);
    assert_eq!(
        bench.looked_up(),
        [
            "b@lindqvist.example",
            "c@lindqvist.example",
            "b@lindqvist.example"
        ]
    );
}

#[test]
fn signed_out_no_further_address_is_looked_up_in_vain() {
    let mut desk =
        naming("b@lindqvist.example c@lindqvist.example d@lindqvist.example e@lindqvist.example");
    desk.instead.push(("email:", Answer::Redirected));
    let bench = Bench::at_ticket(desk);
    assert_eq!(bench.looked_up().len(), 2);
    assert_eq!(
        text_of(&bench.view())
            .matches("You are signed out of Zendesk.")
            .count(),
        1,
        "said once"
    );
}

#[test]
fn a_look_up_that_has_to_wait_goes_on_by_itself() {
    let mut desk = naming("b@lindqvist.example c@lindqvist.example d@lindqvist.example");
    desk.instead
        .push(("email:", status(429, &json!({}), Some("30"))));
    let mut bench = Bench::at_ticket(desk);
    let asked = bench.looked_up().len();
    assert_eq!(tether::view::wake_at(&bench.model), Some(NOW + 30_000));
    bench.press("tick", &[]);
    assert_eq!(bench.looked_up().len(), asked);
    bench.desk.instead.clear();
    bench.now += 30_000;
    bench.press("tick", &[]);
    bench.settle();
    assert!(
        bench
            .list()
            .iter()
            .all(|(email, _)| mark(&bench, email) == Mark::New)
    );
}

#[test]
fn nothing_is_added_before_its_look_up_is_there() {
    let mut bench = Bench::new(naming("b@lindqvist.example"));
    bench.open();
    while bench.look_ups_waiting() == 0 {
        bench.step();
    }
    while bench
        .reads
        .iter()
        .any(|(_, url)| !url.contains("users/search"))
    {
        let at = bench
            .reads
            .iter()
            .position(|(_, url)| !url.contains("users/search"))
            .unwrap();
        let read = bench.reads.remove(at);
        bench.reads.insert(0, read);
        bench.step();
    }
    assert_eq!(mark(&bench, "b@lindqvist.example"), Mark::Pending);
    assert_eq!(
        why_not_added(&bench),
        "one ticked address is still being looked up"
    );
    bench.settle();
    assert!(contacts_to_add(bench.case(), bench.world().rules()).is_ok());
}
