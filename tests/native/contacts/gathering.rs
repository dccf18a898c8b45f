//! The addresses that the requester names, and those that the engineer enters.

use super::*;

// ---- gathering ----

#[test]
fn the_addresses_that_the_requester_names_are_listed_once_each_in_order() {
    let mut desk = naming(
        "Please add Bob@Lindqvist.Example, carol@lindqvist.example and me, ada@lindqvist.example.",
    );
    desk.comment(
        7,
        true,
        "And bob@lindqvist.example, CAROL@lindqvist.example; <dan@lindqvist.example>.",
    );
    desk.comment(8, true, "An agent writes agent@gitlab.example.");
    desk.comment(7, false, "Not public: erin@lindqvist.example");
    let bench = Bench::at_ticket(desk);
    let list = [
        ("Bob@lindqvist.example", true),
        ("carol@lindqvist.example", true),
        ("dan@lindqvist.example", true),
    ];
    assert_eq!(bench.list(), list);
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        list.map(|(email, _)| email)
    );
}

#[test]
fn signatures_and_quoted_messages_name_nobody() {
    let desk = naming(
        "Please add bob@lindqvist.example\n\nOn Mon, Nov 23, 2026 at 9:00 AM Support <support@gitlab.example> wrote:\n> zoe@lindqvist.example\n",
    );
    assert_eq!(
        Bench::at_ticket(desk).list(),
        [("bob@lindqvist.example", true)]
    );
    let desk = naming(
        "Please add bob@lindqvist.example\n\n-- \nAda Lindqvist\nada.private@lindqvist.example",
    );
    assert_eq!(
        Bench::at_ticket(desk).list(),
        [("bob@lindqvist.example", true)]
    );
}

#[test]
fn a_malformed_address_is_kept_with_its_reason_and_cannot_be_ticked() {
    let mut bench = Bench::at_ticket(naming(
        "Add o’neil@lindqvist.example and bob@lindqvist.example",
    ));
    assert_eq!(
        bench.list(),
        [
            ("o’neil@lindqvist.example", false),
            ("bob@lindqvist.example", true)
        ]
    );
    assert_eq!(
        mark(&bench, "o’neil@lindqvist.example"),
        Mark::Malformed(Malformed::Local)
    );
    bench.press("toggle_contact", &[("email", "o’neil@lindqvist.example")]);
    assert!(said(&bench).contains("cannot be ticked"));
    assert!(!bench.list()[0].1);
    bench.press(
        "edit_list",
        &[
            ("list", "o’neil@lindqvist.example\nbob@lindqvist.example"),
            (
                "addresses",
                "o'neil@lindqvist.example\nbob@lindqvist.example",
            ),
        ],
    );
    assert_eq!(said(&bench), "1 added, 1 removed.");
    assert_eq!(bench.list()[0], ("o'neil@lindqvist.example", true));
}

#[test]
fn what_the_engineer_took_off_the_list_or_changed_does_not_come_back() {
    let mut bench = Bench::at_ticket(naming(
        "bob@lindqvist.example carol@lindqvist.exmaple dan@lindqvist.example",
    ));
    bench.press(
        "edit_list",
        &[
            (
                "list",
                "bob@lindqvist.example\ncarol@lindqvist.exmaple\ndan@lindqvist.example",
            ),
            (
                "addresses",
                "carol@lindqvist.example\r\ndan@lindqvist.example\r\n",
            ),
        ],
    );
    let list = [
        ("carol@lindqvist.example", true),
        ("dan@lindqvist.example", true),
    ];
    assert_eq!(bench.list(), list);
    bench.press("refresh", &[]);
    bench.settle();
    assert_eq!(bench.list(), list);
    bench.press(
        "edit_list",
        &[("list", ""), ("addresses", "bob@lindqvist.example")],
    );
    assert!(
        bench.list().contains(&("bob@lindqvist.example", true)),
        "the engineer may want it after all"
    );
}

#[test]
fn addresses_that_an_earlier_requester_named_or_the_engineer_typed_for_them_go() {
    let mut bench = Bench::at_ticket(naming("bob@lindqvist.example"));
    bench.press("edit_list", &[("addresses", "typed@lindqvist.example")]);
    bench
        .desk
        .user(9, "Carol", "carol@lindqvist.example", Some(ORGANIZATION));
    bench.desk.requester = 9;
    bench
        .desk
        .comment(9, true, "Please add erin@lindqvist.example.");
    bench.press("refresh", &[]);
    bench.settle();
    assert_eq!(bench.list(), [("erin@lindqvist.example", true)]);
    assert!(
        bench
            .case()
            .notice
            .as_ref()
            .unwrap()
            .contains("the contacts to add")
    );
}

#[test]
fn nobody_is_gathered_for_a_requester_without_an_organization() {
    let mut desk = naming("bob@lindqvist.example");
    desk.user(7, "Ada", "ada@lindqvist.example", None);
    let bench = Bench::at_ticket(desk);
    assert_eq!(bench.list(), []);
    assert_eq!(bench.case().contacts.ticked().count(), 0);
    assert!(bench.looked_up().is_empty());
    assert!(!bench.view().contains("contacts-heading"));
    assert_eq!(
        why_not_added(&bench),
        "the requester is not in the organization"
    );
    assert_eq!(
        why_not_removed(&bench),
        "the requester is not in the organization"
    );
}

#[test]
fn a_requester_who_was_associated_in_this_case_may_name_others() {
    let mut desk = naming("Please associate me and bob@lindqvist.example");
    let mut case = crate::support::entitled();
    if let Load::Got(ticket) = &mut case.ticket {
        ticket.requester.organization = Some(organization());
    }
    desk.user(7, "Ada Lindqvist", "ada@home.example", Some(ORGANIZATION));
    // A contact has the domain of the named one; the organization's contacts are read only now.
    case.precheck.people = Load::NotAsked;
    desk.user(20, "Carol", "carol@lindqvist.example", Some(ORGANIZATION));
    desk.subscription_email = Some(crate::support::SOLD_TO);
    let mut bench = Bench::of_case(desk, &case);
    assert_eq!(bench.list(), [("bob@lindqvist.example", true)]);
    bench.press("add_contacts", &[]);
    assert_eq!(changes(&bench), [add("bob@lindqvist.example", None)]);
    bench.finish();
    assert_eq!(bench.case().tasks[0].state, TaskState::Done);
}

#[test]
fn before_the_requester_is_in_the_organization_nobody_else_counts_as_joining_it() {
    let desk = naming("Please associate me and bob@gmail.com");
    let mut case = crate::support::entitled();
    // Without a Subscription Email the comments are read for another reason.
    case.ticket = Load::Got(crate::support::ticket(41, None));
    let mut bench = Bench::of_case(desk, &case);
    assert!(bench.case().written.got().is_some_and(|all| all.len() == 1));
    bench.press("edit_list", &[("addresses", "carol@lindqvist.example")]);
    assert_eq!(bench.case().contacts.ticked().count(), 0);
    assert_eq!(
        check(&bench, CheckName::ContactLimit),
        Says::Passed("1 of 30 contacts, 1 to add".to_owned())
    );
    assert!(matches!(
        check(&bench, CheckName::CompanyEmail),
        Says::Passed(_)
    ));
    assert!(!bench.view().contains("contacts-heading"));
    assert_eq!(
        why_not_added(&bench),
        "the requester is not in the organization"
    );
    bench.press("add_contacts", &[]);
    assert!(bench.case().tasks.is_empty());
}

#[test]
fn the_list_is_bounded() {
    let many: Vec<String> = (0..130)
        .map(|n| format!("u{n}@lindqvist.example"))
        .collect();
    let mut desk = naming(&many[..45].join(" "));
    desk.comment(7, true, &many[45..90].join(" "));
    let mut bench = Bench::at_ticket(desk);
    let gathered = bench.list().len();
    bench.press("edit_list", &[("addresses", &many.join("\n"))]);
    assert_eq!(bench.list().len(), 100);
    assert_eq!(
        said(&bench),
        format!(
            "{} added. 30 found no room: the list holds 100.",
            100 - gathered
        )
    );
}

// ---- entering ----

#[test]
fn a_list_is_entered_in_the_ways_that_people_write_it() {
    let mut bench = Bench::at_ticket(Desk::default());
    let text = "a@x.example, b@x.example;c@x.example d@x.example\ne@x.example\r\nFay Fox <f@x.example>, \"Green, Gus\" <g@x.example>; \
                mailto:h@x.example <i@x.example>,,; \"j@x.example\"";
    bench.press("edit_list", &[("addresses", text)]);
    let emails: Vec<String> = "abcdefghij"
        .chars()
        .map(|c| format!("{c}@x.example"))
        .collect();
    assert_eq!(
        bench
            .list()
            .iter()
            .map(|(email, _)| *email)
            .collect::<Vec<_>>(),
        emails
    );
    assert_eq!(said(&bench), "10 added.");
    bench.press("edit_list", &[("list", ""), ("addresses", "A@X.example")]);
    assert_eq!(said(&bench), "Nothing changed.");
}

#[test]
fn what_is_no_address_is_named_and_the_rest_is_taken() {
    let mut bench = Bench::at_ticket(Desk::default());
    bench.press(
        "edit_list",
        &[("addresses", "bob, a@x.example, x@@y.example; c@x")],
    );
    assert_eq!(bench.list(), [("a@x.example", true)]);
    let says = said(&bench);
    assert!(
        says.starts_with("1 added. Not taken: “bob” (this email address has no @), “x@@y.example”"),
        "{says}"
    );
    assert!(says.contains("“c@x” ("), "{says}");
    assert!(text_of(&bench.view()).contains("Not taken: “bob”"));
    let left = bench.view();
    assert!(
        left.contains("a@x.example\nbob\nx@@y.example\nc@x</textarea>"),
        "what was not taken is still there to be corrected: {left}"
    );
    for nothing in ["", " ,;\n ", "<>"] {
        bench.press("edit_list", &[("list", ""), ("addresses", nothing)]);
        assert_eq!(said(&bench), "Nothing changed.", "{nothing:?}");
    }
    bench.press("edit_list", &[("addresses", &"x ".repeat(40_000))]);
    assert!(said(&bench).starts_with("This is too much text"));
}

#[test]
fn an_address_that_is_written_twice_is_in_the_list_once() {
    let mut bench = Bench::at_ticket(naming("bob@lindqvist.example carol@lindqvist.example"));
    let shown = "bob@lindqvist.example\ncarol@lindqvist.example";
    bench.press(
        "edit_list",
        &[
            ("list", shown),
            (
                "addresses",
                "CAROL@lindqvist.example, carol@lindqvist.example",
            ),
        ],
    );
    assert_eq!(said(&bench), "1 removed.");
    assert_eq!(bench.list(), [("carol@lindqvist.example", true)]);
}

#[test]
fn the_list_keeps_the_order_of_its_text_and_what_it_gained_since_it_was_shown() {
    let mut bench = Bench::at_ticket(naming(
        "bob@lindqvist.example carol@lindqvist.example dan@lindqvist.example",
    ));
    bench.press(
        "edit_list",
        &[
            ("list", "bob@lindqvist.example\ncarol@lindqvist.example"),
            (
                "addresses",
                "carol@lindqvist.example\nerin@lindqvist.example",
            ),
        ],
    );
    let list = [
        ("carol@lindqvist.example", true),
        ("erin@lindqvist.example", true),
        ("dan@lindqvist.example", true),
    ];
    assert_eq!(bench.list(), list);
}

#[test]
fn a_list_that_is_emptied_names_nobody() {
    let mut bench = Bench::at_ticket(naming("bob@lindqvist.example"));
    bench.press(
        "edit_list",
        &[("list", "bob@lindqvist.example"), ("addresses", "")],
    );
    assert_eq!(said(&bench), "1 removed.");
    assert_eq!(bench.list(), []);
}

#[test]
fn hostile_fields_change_nothing_and_stop_nothing() {
    let mut bench = Bench::at_ticket(naming("bob@lindqvist.example"));
    let before = bench.case().contacts.clone();
    let long = "x".repeat(100_000);
    let values = [
        "",
        " ",
        "<script>alert(1)</script>",
        "\u{202e}bob@lindqvist.example",
        "-1",
        "7.5",
        "99999999999999999999",
        "null",
        "💥",
        &long,
    ];
    let commands = [
        "toggle_contact",
        "edit_list",
        "pick_leaver",
        "remove_all_the_same",
        "keep_for_tickets",
        "remove_contacts",
    ];
    for name in commands {
        // Without the fields that the panel's own button sends.
        let case = bench.model.tabs.focus().cloned();
        bench.tell(Event::Command {
            case,
            window: None,
            name: name.to_owned(),
            fields: [].into(),
        });
        for value in values {
            let fields =
                ["email", "list", "addresses", "user", "reason"].map(|field| (field, value));
            bench.press(name, &fields);
            assert!(!bench.view().contains("<script>"));
        }
        assert_eq!(bench.case().contacts, before, "{name}");
    }
    // A user who is not listed cannot be picked.
    bench.press("pick_leaver", &[("user", "8")]);
    assert_eq!(bench.case().contacts, before);
    assert!(bench.case().tasks.is_empty());
}
