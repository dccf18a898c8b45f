//! Users with a second address, and deleted users.

use super::*;

fn with_alias(change: impl FnOnce(&mut Desk)) -> Bench {
    let mut desk = naming("Please add alias@lindqvist.example.");
    desk.user(50, "Erin", "erin@lindqvist.example", None);
    desk.second
        .insert(50, vec!["Alias@Lindqvist.example".to_owned()]);
    change(&mut desk);
    Bench::at_ticket(desk)
}

#[test]
fn a_user_found_by_a_second_address_is_that_user_and_is_judged_like_any_other() {
    let bench = with_alias(|_| {});
    assert_eq!(
        mark(&bench, "alias@lindqvist.example"),
        Mark::NoOrganization
    );
    assert_eq!(
        contacts_to_add(bench.case(), bench.world().rules()).unwrap(),
        [add("alias@lindqvist.example", Some(50))]
    );
    assert!(text_of(&bench.view()).contains("A user has it besides their own address"));

    let elsewhere =
        with_alias(|desk| desk.users.get_mut(&50).unwrap()["organization_id"] = json!(92));
    assert_eq!(
        mark(&elsewhere, "alias@lindqvist.example"),
        Mark::Elsewhere(OrganizationId::try_from(92).unwrap())
    );
    let suspended = with_alias(|desk| desk.users.get_mut(&50).unwrap()["suspended"] = json!(true));
    assert_eq!(mark(&suspended, "alias@lindqvist.example"), Mark::Suspended);
    let team = with_alias(|desk| desk.users.get_mut(&50).unwrap()["role"] = json!("agent"));
    assert_eq!(mark(&team, "alias@lindqvist.example"), Mark::Team);
    let here = with_alias(|desk| {
        desk.users.get_mut(&50).unwrap()["organization_id"] = json!(ORGANIZATION)
    });
    assert!(!here.list()[0].1, "a contact already");
    assert!(text_of(&here.view()).contains("A contact has it besides their own address"));
}

#[test]
fn users_whose_address_is_only_like_it_do_not_have_it() {
    let bench = with_alias(|desk| {
        desk.second.clear();
        desk.users.get_mut(&50).unwrap()["email"] = json!("no-alias@lindqvist.example");
    });
    assert_eq!(mark(&bench, "alias@lindqvist.example"), Mark::New);
}

#[test]
fn two_users_with_the_second_address_stop() {
    let bench = with_alias(|desk| {
        desk.user(51, "Fay", "fay@lindqvist.example", None);
        desk.second
            .insert(51, vec!["alias@lindqvist.example".to_owned()]);
    });
    assert_eq!(mark(&bench, "alias@lindqvist.example"), Mark::Several(2));
}

#[test]
fn a_second_address_that_cannot_be_looked_up_is_not_taken_for_a_new_one() {
    let mut bench = with_alias(|desk| {
        desk.instead
            .push(("identities", status(500, &json!({}), None)))
    });
    assert!(matches!(
        mark(&bench, "alias@lindqvist.example"),
        Mark::NotRead(_)
    ));
    bench.desk.instead.clear();
    bench.press("retry", &[]);
    bench.settle();
    assert_eq!(
        mark(&bench, "alias@lindqvist.example"),
        Mark::NoOrganization
    );
}

#[test]
fn adding_puts_the_user_with_the_second_address_into_the_organization_and_makes_none() {
    let mut bench = with_alias(|_| {});
    bench.press("add_contacts", &[]);
    bench.finish();
    assert_eq!(bench.case().tasks.last().unwrap().state, TaskState::Done);
    assert_eq!(bench.desk.users[&50]["organization_id"], ORGANIZATION);
    assert!(
        bench.writes.iter().all(|(method, ..)| method == "PUT"),
        "{:?}",
        bench.writes
    );
}

#[test]
fn a_user_who_got_the_address_since_the_look_up_is_found_before_another_is_made() {
    let mut bench = Bench::at_ticket(naming("Please add alias@lindqvist.example."));
    assert_eq!(mark(&bench, "alias@lindqvist.example"), Mark::New);
    bench
        .desk
        .user(50, "Erin", "erin@lindqvist.example", Some(92));
    bench
        .desk
        .second
        .insert(50, vec!["alias@lindqvist.example".to_owned()]);
    bench.press("add_contacts", &[]);
    bench.finish();
    let state = &bench.case().tasks.last().unwrap().state;
    assert!(
        matches!(state, TaskState::Problem(problem) if problem.says().contains("92") || problem.says().contains("organization")),
        "{state:?}"
    );
    assert!(bench.writes.is_empty(), "{:?}", bench.writes);
}

#[test]
fn a_deleted_user_is_nobody() {
    let mut desk = naming("Please add erin@lindqvist.example.");
    desk.user(50, "Erin", "erin@lindqvist.example", Some(ORGANIZATION));
    desk.users.get_mut(&50).unwrap()["active"] = json!(false);
    let bench = Bench::at_ticket(desk);
    assert_eq!(mark(&bench, "erin@lindqvist.example"), Mark::New);
    let Says::Passed(why) = check(&bench, CheckName::ContactLimit) else {
        panic!()
    };
    assert!(why.starts_with("1 of 30 contacts"), "{why}");
}
