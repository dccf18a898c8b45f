//! Adding contacts: the limit, the changes, and how they end.

use super::*;

// ---- the limit ----

#[test]
fn more_contacts_than_the_limit_are_not_added_unless_the_engineer_says_why() {
    let mut desk = naming("b@lindqvist.example c@lindqvist.example");
    desk.fill(29);
    let mut bench = Bench::at_ticket(desk);
    assert_eq!(
        check(&bench, CheckName::ContactLimit),
        Says::Failed("29 of 30 contacts, 2 to add: the organization would have 31".to_owned())
    );
    let why =
        "Contact limit is failed: 29 of 30 contacts, 2 to add: the organization would have 31";
    assert_eq!(why_not_added(&bench), why);
    let view = bench.view();
    assert_eq!(find(&view, r#"[data-command="add_contacts"]"#), [""; 0]);
    assert!(
        text_of(&view).contains("has 29 contacts, and the limit is 30. Adding 2 makes 31."),
        "{}",
        text_of(&view)
    );
    bench.press("add_contacts", &[]);
    assert!(bench.case().tasks.is_empty());
    bench.press("toggle_contact", &[("email", "c@lindqvist.example")]);
    assert_eq!(
        contacts_to_add(bench.case(), bench.world().rules()).unwrap(),
        [add("b@lindqvist.example", None)]
    );
    bench.press("toggle_contact", &[("email", "c@lindqvist.example")]);
    bench.press(
        "accept",
        &[
            ("check", "contact_limit"),
            ("reason", "Agreed with the account's manager."),
        ],
    );
    bench.press("add_contacts", &[]);
    bench.finish();
    assert_eq!(
        bench
            .case()
            .tasks
            .iter()
            .filter(|t| t.state == TaskState::Done)
            .count(),
        2,
        "{:?}",
        bench.case().tasks
    );
}

#[test]
fn notes_of_the_organization_stop_adding_until_they_are_read() {
    let mut desk = naming("b@lindqvist.example");
    desk.notes = "Do not add contacts without asking.".to_owned();
    let mut bench = Bench::at_ticket(desk);
    assert!(why_not_added(&bench).starts_with("Organization notes is to decide"));
    bench.press(
        "accept",
        &[("check", "organization_notes"), ("reason", "Asked.")],
    );
    assert!(contacts_to_add(bench.case(), bench.world().rules()).is_ok());
}

// ---- adding ----

#[test]
fn a_press_on_an_outdated_list_adds_nobody() {
    let mut bench = Bench::at_ticket(naming("b@lindqvist.example c@lindqvist.example"));
    let pressed = bench.pressed("add_contacts", &[]);
    bench.press("toggle_contact", &[("email", "c@lindqvist.example")]);
    bench.tell(pressed);
    assert!(bench.case().tasks.is_empty());
    let refusal = "The list of contacts to add is not what the panel showed when you pressed: nothing was done. Look again.";
    assert_eq!(said(&bench), refusal);
    bench.press("add_contacts", &[]);
    assert_eq!(changes(&bench), [add("b@lindqvist.example", None)]);
}

#[test]
fn a_press_on_a_tick_that_comes_twice_counts_once() {
    let mut bench = Bench::at_ticket(naming("b@lindqvist.example c@lindqvist.example"));
    let pressed = bench.pressed("toggle_contact", &[("email", "c@lindqvist.example")]);
    bench.tell(pressed.clone());
    bench.tell(pressed);
    assert_eq!(
        bench.list(),
        [
            ("b@lindqvist.example", true),
            ("c@lindqvist.example", false)
        ]
    );
}

#[test]
fn add_contacts_makes_one_change_for_each_ticked_address_and_each_is_read_back() {
    let mut desk =
        naming("new.person@lindqvist.example loose@lindqvist.example other@lindqvist.example");
    desk.user(21, "Other", "other@lindqvist.example", Some(92));
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let mut bench = Bench::at_ticket(desk);
    bench.press("add_contacts", &[]);
    assert_eq!(
        changes(&bench),
        [
            add("new.person@lindqvist.example", None),
            add("loose@lindqvist.example", Some(28))
        ]
    );
    assert_eq!(why_not_added(&bench), "it’s under way");
    assert!(text_of(&bench.view()).contains("0 of 2 done"));
    bench.press("add_contacts", &[]);
    assert_eq!(changes(&bench).len(), 2, "a second click starts nothing");
    bench.finish();
    let expected = [
        (
            "POST",
            "/api/v2/users",
            json!({"user": {"email": "new.person@lindqvist.example", "name": "New Person", "role": "end-user",
            "organization_id": 91, "skip_verify_email": true}}),
        ),
        (
            "PUT",
            "/api/v2/users/28",
            json!({"user": {"organization_id": 91}}),
        ),
    ];
    assert_eq!(
        bench.writes,
        expected.map(|(method, path, body)| (method.to_owned(), path.to_owned(), body))
    );
    assert!(
        bench
            .case()
            .tasks
            .iter()
            .all(|t| t.state == TaskState::Done)
    );
    let view = text_of(&bench.view());
    assert!(
        view.contains("Add loose@lindqvist.example to Lindqvist Widgets: done"),
        "{view}"
    );
    assert_eq!(mark(&bench, "loose@lindqvist.example"), Mark::Contact);
    assert_eq!(mark(&bench, "new.person@lindqvist.example"), Mark::Contact);
    assert_eq!(why_not_added(&bench), "no address is ticked");
    let looked_up = bench
        .looked_up()
        .iter()
        .filter(|e| **e == "loose@lindqvist.example")
        .count();
    assert_eq!(
        looked_up, 2,
        "once for the list, and once right before it is written"
    );
}

#[test]
fn an_adding_that_met_a_problem_is_settled_below_and_not_started_twice() {
    let mut bench = Bench::at_ticket(naming("b@lindqvist.example c@lindqvist.example"));
    // A colleague was quicker.
    bench.desk.user(40, "B", "b@lindqvist.example", Some(92));
    bench.press("add_contacts", &[]);
    bench.finish();
    let states: Vec<bool> = bench
        .case()
        .tasks
        .iter()
        .map(|t| t.state == TaskState::Done)
        .collect();
    assert_eq!(states, [false, true]);
    assert_eq!(
        why_not_added(&bench),
        "a change wasn’t made: try it again, or skip it"
    );
    assert!(text_of(&bench.view()).contains("A change wasn’t made"));
    assert!(text_of(&bench.view()).contains("1 of 2 done"));
    bench.press("add_contacts", &[]);
    assert_eq!(bench.case().tasks.len(), 2);
    let id = bench.case().tasks[0].id.to_string();
    bench.press("leave_task", &[("task", &id)]);
    assert!(text_of(&bench.view()).contains("Add c@lindqvist.example to Lindqvist Widgets: done"));
}

#[test]
fn an_undone_adding_is_looked_up_anew_and_can_be_made_again() {
    let mut desk = naming("loose@lindqvist.example");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let mut bench = Bench::at_ticket(desk);
    bench.press("add_contacts", &[]);
    bench.finish();
    let id = bench.case().tasks[0].id.to_string();
    bench.press("undo", &[("task", &id)]);
    bench.finish();
    assert_eq!(bench.desk.users[&28]["organization_id"], json!(null));
    assert_eq!(
        mark(&bench, "loose@lindqvist.example"),
        Mark::NoOrganization
    );
    assert!(!text_of(&bench.view()).contains("The reply can be drafted."));
    assert!(text_of(&bench.view()).contains("Undo for loose@lindqvist.example: done"));
    bench.press("add_contacts", &[]);
    bench.finish();
    assert_eq!(
        bench.desk.users[&28]["organization_id"],
        json!(ORGANIZATION)
    );
}

/// Adds 28, whom a colleague takes out as soon as that is known to be made: before the organization's contacts are read again.
fn added_and_taken_out() -> Bench {
    let mut desk = naming("Please add loose@lindqvist.example.");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let mut bench = Bench::at_ticket(desk);
    bench.press("add_contacts", &[]);
    while bench.case().tasks[0].state != TaskState::Done {
        if !bench.reads.is_empty() {
            bench.step();
        } else if let Some(id) = bench.waits.pop() {
            bench.tell(Event::Waited { id });
        } else {
            bench.obey();
        }
    }
    bench.desk.users.get_mut(&28).unwrap()["organization_id"] = json!(null);
    bench.finish();
    bench
}

#[test]
fn who_was_added_and_taken_out_by_a_colleague_is_added_again_only_if_the_engineer_ticks_them() {
    let mut bench = added_and_taken_out();
    assert_eq!(bench.list(), [("loose@lindqvist.example", false)]);
    assert_eq!(why_not_added(&bench), "no address is ticked");
    let view = text_of(&bench.view());
    assert!(view.contains("Not selected: it was added before"), "{view}");
    bench.press("refresh", &[]);
    bench.finish();
    assert_eq!(bench.list(), [("loose@lindqvist.example", false)]);
    // Entered once more, it was added all the same.
    bench.press("edit_list", &[("list", "loose@lindqvist.example")]);
    bench.press("edit_list", &[("addresses", "Loose@lindqvist.example")]);
    bench.finish();
    assert_eq!(bench.list(), [("Loose@lindqvist.example", false)]);
    bench.press(
        "toggle_contact",
        &[("email", "Loose@lindqvist.example"), ("wanted", "true")],
    );
    bench.press("add_contacts", &[]);
    bench.finish();
    assert_eq!(
        bench.desk.users[&28]["organization_id"],
        json!(ORGANIZATION)
    );
    // That tick is used up, too.
    bench.desk.users.get_mut(&28).unwrap()["organization_id"] = json!(null);
    bench.press("refresh", &[]);
    bench.finish();
    assert_eq!(bench.list(), [("Loose@lindqvist.example", false)]);
}

#[test]
fn who_was_added_and_has_another_address_now_is_not_added_as_somebody_new() {
    let mut desk = naming("Please add loose@lindqvist.example.");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let mut bench = Bench::at_ticket(desk);
    bench.press("add_contacts", &[]);
    bench.finish();
    bench.desk.users.get_mut(&28).unwrap()["email"] = json!("renamed@lindqvist.example");
    bench.press("refresh", &[]);
    bench.finish();
    assert_eq!(mark(&bench, "loose@lindqvist.example"), Mark::New);
    assert_eq!(bench.list(), [("loose@lindqvist.example", false)]);
}

#[test]
fn what_was_looked_up_about_a_user_before_they_were_added_is_looked_up_again() {
    let mut desk =
        naming("Please add first.alias@lindqvist.example and second.alias@lindqvist.example.");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let both = ["first.alias", "second.alias"].map(|name| format!("{name}@lindqvist.example"));
    desk.second.insert(28, both.to_vec());
    let mut bench = Bench::at_ticket(desk);
    bench.press(
        "toggle_contact",
        &[
            ("email", "second.alias@lindqvist.example"),
            ("wanted", "false"),
        ],
    );
    bench.press("add_contacts", &[]);
    bench.finish();
    let here = Mark::Elsewhere(OrganizationId::try_from(ORGANIZATION).unwrap());
    for email in &both {
        assert_eq!(mark(&bench, email), here, "{email}");
    }
}

#[test]
fn a_stop_after_every_event_changes_nothing_of_the_outcome() {
    let mut desk = naming("new@lindqvist.example loose@lindqvist.example c@lindqvist.example");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    desk.user(31, "Bob", "bob@lindqvist.example", Some(ORGANIZATION));
    let mut bench = Bench::new(desk);
    bench.stops = true;
    bench.open();
    bench.settle();
    bench.press("add_contacts", &[]);
    bench.finish();
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    bench.press("remove_contacts", &[]);
    bench.finish();
    assert_eq!(bench.writes.len(), 4);
    assert!(
        bench
            .case()
            .tasks
            .iter()
            .all(|t| t.state == TaskState::Done),
        "{:?}",
        bench.case().tasks
    );
    let inside: Vec<u64> = bench
        .desk
        .users
        .iter()
        .filter(|(_, u)| u["organization_id"] == json!(ORGANIZATION))
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(inside.len(), 4);
    assert!(!inside.contains(&31));
}

#[test]
fn reading_again_keeps_what_the_engineer_chose() {
    let mut desk = naming("b@lindqvist.example c@lindqvist.example");
    desk.user(31, "Bob", "bob@lindqvist.example", Some(ORGANIZATION));
    let mut bench = Bench::at_ticket(desk);
    bench.press("toggle_contact", &[("email", "b@lindqvist.example")]);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    let before = bench.case().contacts.clone();
    bench.press("refresh", &[]);
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        ["c@lindqvist.example"]
    );
    bench.settle();
    assert_eq!(bench.case().contacts, before);
}
