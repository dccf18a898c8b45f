//! Removing contacts: who may be removed, and the line in the note.

use super::*;
use tether::record::people::RemovalTrace;

#[test]
fn a_press_on_an_outdated_list_removes_nobody() {
    let mut desk = with_bob();
    desk.user(32, "Cleo", "cleo@lindqvist.example", Some(ORGANIZATION));
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    let pressed = bench.pressed("remove_contacts", &[]);
    bench.press("pick_leaver", &[("user", "32")]);
    bench.settle();
    bench.tell(pressed);
    assert!(bench.case().tasks.is_empty());
    let refusal = "The list of contacts to remove is not what the panel showed when you pressed: nothing was done. Look again.";
    assert_eq!(said(&bench), refusal);
    bench.press("remove_contacts", &[]);
    assert_eq!(changes(&bench).len(), 2);
}

#[test]
fn a_requester_who_leaves_with_others_leaves_last() {
    let mut bench = Bench::at_ticket(with_bob());
    for who in ["7", "31"] {
        bench.press("pick_leaver", &[("user", who)]);
    }
    bench.settle();
    bench.press("remove_contacts", &[]);
    let order: Vec<_> = changes(&bench).iter().map(Change::user).collect();
    assert_eq!(order, [Some(user(31)), Some(user(7))]);
    bench.finish();
    for id in [7, 31] {
        assert_eq!(bench.desk.users[&id]["organization_id"], json!(null));
    }
}

#[test]
fn once_the_requester_is_removed_nobody_is_added_for_them() {
    let mut desk = naming("Please add loose@lindqvist.example and remove me.");
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "7")]);
    bench.settle();
    bench.press("remove_contacts", &[]);
    bench.press("add_contacts", &[]);
    assert_eq!(changes(&bench).len(), 2);
    bench.finish();
    assert_eq!(bench.desk.users[&7]["organization_id"], json!(null));
    assert_eq!(bench.desk.users[&28]["organization_id"], json!(null));
    let state = &bench.case().tasks[1].state;
    assert!(
        matches!(state, TaskState::Problem(problem) if problem.says().contains("not in the organization")),
        "{state:?}"
    );
}

#[test]
fn a_contact_without_open_tickets_is_removed_with_the_line_and_can_be_brought_back() {
    let mut desk = with_bob();
    // The case's own ticket and closed ones do not prevent a removal.
    desk.tickets.insert(31, vec![(41, "open"), (12, "closed")]);
    let mut bench = Bench::at_ticket(desk);
    assert_eq!(why_not_removed(&bench), "nobody is picked");
    bench.press("pick_leaver", &[("user", "31")]);
    assert_eq!(
        why_not_removed(&bench),
        "it is not known whether Bob (bob@lindqvist.example) has tickets that are not closed"
    );
    bench.press("remove_contacts", &[]);
    assert!(bench.case().tasks.is_empty());
    bench.settle();
    bench.press("remove_contacts", &[]);
    let leave = Change::Leave {
        user: user(31),
        who: "Bob (bob@lindqvist.example)".to_owned(),
        organization: organization().id,
        line: format!("De-associated as per {TICKET}"),
        kept_in: RemovalTrace::Notes,
    };
    assert_eq!(changes(&bench), [leave]);
    assert_eq!(why_not_removed(&bench), "it’s under way");
    bench.finish();
    let body = json!({"user": {"organization_id": null, "notes": format!("Likes tea.\nDe-associated as per {TICKET}")}});
    assert_eq!(
        bench.writes,
        [("PUT".to_owned(), "/api/v2/users/31".to_owned(), body)]
    );
    assert!(text_of(&bench.view()).contains("Remove Bob (bob@lindqvist.example): done"));
    assert!(bench.case().contacts.decisions().is_empty());
    let id = bench.case().tasks[0].id.to_string();
    bench.press("undo", &[("task", &id)]);
    bench.finish();
    assert_eq!(
        bench.desk.users[&31]["organization_id"],
        json!(ORGANIZATION)
    );
    assert_eq!(bench.desk.users[&31]["notes"], json!("Likes tea."));
}

#[test]
fn the_line_is_put_into_the_details_if_the_setting_says_so_and_taken_out_of_them_again() {
    let mut desk = with_bob();
    desk.users.get_mut(&31).unwrap()["details"] = json!("In the office on Mondays.");
    let mut bench = Bench::new(desk);
    bench.profile.zendesk.removal_trace = RemovalTrace::Details;
    bench.open();
    bench.settle();
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    bench.press("remove_contacts", &[]);
    bench.finish();
    let details = format!("In the office on Mondays.\nDe-associated as per {TICKET}");
    assert_eq!(
        bench.writes,
        [(
            "PUT".to_owned(),
            "/api/v2/users/31".to_owned(),
            json!({"user": {"organization_id": null, "details": details}})
        )]
    );
    assert_eq!(bench.desk.users[&31]["notes"], json!("Likes tea.\n"));
    // The setting changes; the undo knows where the line is.
    bench.profile.zendesk.removal_trace = RemovalTrace::Notes;
    let id = bench.case().tasks[0].id.to_string();
    bench.press("undo", &[("task", &id)]);
    bench.finish();
    let bob = &bench.desk.users[&31];
    assert_eq!(bob["organization_id"], json!(ORGANIZATION));
    assert_eq!(bob["details"], json!("In the office on Mondays."));
    assert_eq!(bob["notes"], json!("Likes tea.\n"));
}

#[test]
fn a_contact_with_a_ticket_that_is_not_closed_stays_unless_the_engineer_says_why() {
    let mut desk = with_bob();
    desk.tickets.insert(
        31,
        vec![
            (12, "closed"),
            (13, "solved"),
            (41, "open"),
            (14, "pending"),
        ],
    );
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    assert_eq!(
        why_not_removed(&bench),
        "Bob (bob@lindqvist.example) has tickets that are not closed"
    );
    let view = bench.view();
    assert!(
        text_of(&view)
            .contains("2 open tickets: #13 (solved) About <13>, #14 (pending) About <14>")
    );
    assert!(view.contains(r#"href="https://gitlab.zendesk.com/agent/tickets/13""#));
    bench.press("remove_contacts", &[]);
    assert!(bench.case().tasks.is_empty());
    bench.press("remove_all_the_same", &[("user", "31"), ("reason", "  ")]);
    assert!(text_of(&bench.view()).contains("Say why they are removed all the same"));
    bench.press(
        "remove_all_the_same",
        &[("user", "31"), ("reason", "Left the company\nlast week")],
    );
    assert!(contacts_to_remove(bench.case(), bench.world().rules()).is_ok());
    bench.press("keep_for_tickets", &[("user", "31")]);
    assert!(contacts_to_remove(bench.case(), bench.world().rules()).is_err());
    bench.press(
        "remove_all_the_same",
        &[("user", "31"), ("reason", "Left the company\nlast week")],
    );
    assert!(
        bench.case().contacts.decisions().is_empty(),
        "nothing has been removed yet"
    );
    bench.press("remove_contacts", &[]);
    bench.finish();
    let line = "Bob (bob@lindqvist.example) removed with tickets #13, #14 not closed: Left the company last week";
    assert_eq!(bench.case().contacts.decisions(), [line]);
    let id = bench.case().tasks[0].id.to_string();
    bench.press("undo", &[("task", &id)]);
    bench.finish();
    assert!(
        bench.case().contacts.decisions().is_empty(),
        "an undone removal leaves no line"
    );
}

#[test]
fn a_decision_holds_for_the_tickets_that_it_was_given_for() {
    let mut desk = with_bob();
    desk.tickets.insert(31, vec![(13, "open")]);
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    bench.press(
        "remove_all_the_same",
        &[("user", "31"), ("reason", "Agreed")],
    );
    bench
        .desk
        .tickets
        .insert(31, vec![(15, "new"), (13, "open")]);
    bench.press("refresh", &[]);
    bench.settle();
    assert_eq!(
        why_not_removed(&bench),
        "Bob (bob@lindqvist.example) has tickets that are not closed"
    );
    // Unpicking a contact and picking them again starts afresh.
    bench.press("pick_leaver", &[("user", "31")]);
    bench.desk.tickets.insert(31, vec![(13, "open")]);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    assert!(contacts_to_remove(bench.case(), bench.world().rules()).is_err());
}

#[test]
fn unreadable_tickets_prevent_a_removal() {
    let mut desk = with_bob();
    desk.instead
        .push(("tickets/requested", status(403, &json!({}), None)));
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    assert!(why_not_removed(&bench).starts_with("it is not known"));
    bench.press(
        "remove_all_the_same",
        &[("user", "31"), ("reason", "I know it")],
    );
    assert!(
        why_not_removed(&bench).starts_with("it is not known"),
        "there is nothing yet to decide about"
    );
    assert!(text_of(&bench.view()).contains("reading their tickets failed"));
    bench.desk.instead.clear();
    bench.press("retry", &[]);
    bench.settle();
    assert!(contacts_to_remove(bench.case(), bench.world().rules()).is_ok());
}

#[test]
fn all_pages_of_tickets_are_read_and_no_end_of_them_is_no_proof() {
    let mut desk = with_bob();
    desk.page = 2;
    desk.tickets.insert(
        31,
        (0..9)
            .map(|n| (50 + n, if n == 8 { "open" } else { "closed" }))
            .collect(),
    );
    desk.tickets
        .insert(32, (0..11).map(|n| (70 + n, "closed")).collect());
    let mut bench = Bench::at_ticket(desk);
    bench.press("pick_leaver", &[("user", "31")]);
    bench.settle();
    assert!(
        why_not_removed(&bench).contains("has tickets that are not closed"),
        "on the fifth page"
    );
    assert_eq!(
        bench
            .asked
            .iter()
            .filter(|url| url.contains("users/31/tickets/requested"))
            .count(),
        5
    );
    bench.press("pick_leaver", &[("user", "31")]);
    bench.press("pick_leaver", &[("user", "32")]);
    bench.settle();
    assert_eq!(
        bench.case().contacts.leaver(user(32)).map(|l| &l.tickets),
        Some(&Load::Failed(ReadError::TooLarge))
    );
    assert!(why_not_removed(&bench).starts_with("it is not known"));
}

#[test]
fn the_requester_may_be_removed_after_a_warning() {
    let mut bench = Bench::at_ticket(with_bob());
    assert!(!text_of(&bench.view()).contains("they can ask for no more changes"));
    bench.press("pick_leaver", &[("user", "7")]);
    bench.settle();
    assert!(
        text_of(&bench.view())
            .contains("the requester. Without the organization, they can ask for no more changes")
    );
    bench.press("remove_contacts", &[]);
    bench.finish();
    assert_eq!(bench.desk.users[&7]["organization_id"], json!(null));
    let view = text_of(&bench.view());
    assert!(
        view.contains("Remove Ada Lindqvist (ada@lindqvist.example): done"),
        "{view}"
    );
    assert!(
        find(&bench.view(), r#"[data-command="undo"]"#).len() == 1,
        "it can be undone though the section is gone"
    );
}

#[test]
fn only_contacts_whose_organization_it_is_can_be_removed() {
    let mut desk = with_bob();
    desk.user(33, "Both", "both@lindqvist.example", Some(92));
    desk.besides.push(33);
    desk.user(34, "Gone", "gone@lindqvist.example", Some(ORGANIZATION));
    desk.users.get_mut(&34).unwrap()["suspended"] = json!(true);
    desk.user(35, "Agent", "agent@lindqvist.example", Some(ORGANIZATION));
    desk.users.get_mut(&35).unwrap()["role"] = json!("admin");
    let mut bench = Bench::at_ticket(desk);
    for id in ["33", "34", "35", "36"] {
        bench.press("pick_leaver", &[("user", id)]);
        assert!(bench.case().contacts.leaving().is_empty(), "{id}");
        assert!(
            find(
                &bench.view(),
                &format!(r#"[data-command="pick_leaver"][data-field-user="{id}"]"#)
            )
            .is_empty()
        );
    }
    assert!(
        text_of(&bench.view()).contains("1 more belong to the organization besides another one.")
    );
}
