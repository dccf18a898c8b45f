//! Slips that take two things at once: a press and a reading anew, a look and a closed panel, a wait and another requester.

use serde_json::{Value, json};
use tether::app::{Event, plan_offered};

use tether::case::change::{Task, TaskProblem, TaskState};
use tether::reading::Answer;

use crate::fresh_look::{again, entitled_office, last, office, one, problem, set_user, work};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;

const IAN: &str = "ian@lindqvist.example";
const NEW: &str = "new.person@lindqvist.example";

fn pick(office: &mut Office, email: &str) {
    office.press("toggle_contact", &[("email", email), ("wanted", "true")]);
}

/// Answers the first `n` reads that wait.
fn answer(office: &mut Office, n: usize) {
    for _ in 0..n {
        if office.browser.reads.is_empty() {
            return;
        }
        let (id, url) = office.browser.reads.remove(0);
        let answer = office.sites.answer(&url);
        office.tell(Event::Answered { id, answer });
    }
}

fn notice(office: &Office, ticket: u64) -> String {
    office
        .browser
        .case(ticket)
        .notice
        .clone()
        .unwrap_or_default()
}

// ---- Refresh between the look and the write ----

#[test]
fn a_refresh_during_the_look_of_an_addition_loses_nothing_and_the_addition_is_made_once() {
    for n in 0..12 {
        let mut office = office(42, Sites::new());
        pick(&mut office, IAN);
        office.press("add_contacts", &[]);
        answer(&mut office, n);
        office.press("refresh", &[]);
        work(&mut office);
        let tasks = &office.browser.case(42).tasks;
        assert!(
            tasks.iter().all(|t| t.state == TaskState::Done),
            "after {n} answers: {tasks:?}"
        );
        assert_eq!(office.sites.organization_of(503), Some(ORGANIZATION));
        assert_eq!(
            office.sites.written.len(),
            tasks.len(),
            "after {n} answers: {:?}",
            office.sites.written
        );
    }
}

#[test]
fn a_refresh_during_the_look_of_an_addition_hides_no_change_of_the_organization() {
    for n in 0..12 {
        let mut office = office(42, Sites::new());
        pick(&mut office, IAN);
        office.press("add_contacts", &[]);
        let notes = json!("Do not add anyone.");
        office
            .sites
            .change_organization(ORGANIZATION, "notes", notes);
        answer(&mut office, n);
        office.press("refresh", &[]);
        work(&mut office);
        assert!(office.sites.written.is_empty(), "after {n} answers");
        let says = problem(&office, 42).says();
        assert!(says.contains("notes"), "after {n} answers: {says}");
    }
}

#[test]
fn a_refresh_during_the_look_of_an_association_makes_it_or_stops_it_at_continue() {
    let finish = |office: &mut Office| {
        for _ in 0..20 {
            work(office);
            if !office.open_next() {
                break;
            }
        }
    };
    for n in 0..12 {
        let mut office = entitled_office();
        office.press("associate", &[]);
        answer(&mut office, n);
        office.press("refresh", &[]);
        finish(&mut office);
        // The verdict is read anew as well: without it nobody is associated, and the press is not lost.
        if last(&office, 41).state != TaskState::Done {
            assert!(
                matches!(problem(&office, 41), TaskProblem::NotAllowedNow(_)),
                "after {n} answers: {:?}",
                problem(&office, 41)
            );
            assert_eq!(office.sites.organization_of(7), None);
            again(&mut office, 41);
            finish(&mut office);
        }
        assert_eq!(
            last(&office, 41).state,
            TaskState::Done,
            "after {n} answers"
        );
        assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    }
}

// ---- reads that lead to further reads ----

/// Asks who has an address that the search finds by another one, up to the moment in which that search is answered.
fn searching() -> (Office, u64, Answer) {
    let mut sites = Sites::new();
    sites.user(9000, "Jo", "jo@lindqvist.example", Some(ORGANIZATION));
    sites.more_addresses.insert(9000, vec![NEW.to_owned()]);
    let mut office = Office::new(sites);
    office.tell(Event::PanelOpened);
    office.look_at_ticket(42);
    for _ in 0..200 {
        let at = office
            .browser
            .reads
            .iter()
            .position(|(_, url)| url.contains("users/search") && url.contains("new.person"));
        if let Some(at) = at {
            let (id, url) = office.browser.reads.remove(at);
            let answer = office.sites.answer(&url);
            return (office, id, answer);
        }
        if !one(&mut office) {
            break;
        }
    }
    panic!("nobody searches for {NEW}");
}

#[test]
fn a_search_is_not_read_on_once_the_panel_was_closed_or_access_was_taken_and_goes_on_later() {
    let gone = [
        (Event::PanelClosed, Event::PanelOpened),
        (
            Event::HostAccess {
                missing: vec![format!("https://{ZENDESK}/*")],
            },
            Event::HostAccess {
                missing: Vec::new(),
            },
        ),
    ];
    for (goes, comes) in gone {
        let (mut office, id, answer) = searching();
        office.tell(goes.clone());
        let before = office.browser.reads.len();
        office.tell(Event::Answered { id, answer });
        assert_eq!(office.browser.reads.len(), before, "{goes:?}");
        office.tell(comes);
        work(&mut office);
        let entry = |text: String| text.contains("jo@lindqvist.example") || text.contains("Jo");
        assert!(
            office
                .browser
                .case(42)
                .contacts
                .entries()
                .iter()
                .any(|e| entry(format!("{e:?}"))),
            "{goes:?}: {:?}",
            office.browser.case(42).contacts.entries()
        );
    }
}

#[test]
fn a_search_whose_answer_has_further_pages_does_not_say_that_nobody_has_the_address() {
    let (mut office, id, _) = searching();
    let others: Vec<Value> = (1..=3)
        .map(|n| json!({"id": 9100 + n, "name": "X", "email": format!("x{n}@other.example"), "role": "end-user", "suspended": false}))
        .collect();
    let next = format!("https://{ZENDESK}/api/v2/users/search?page=2");
    let answer = ok(&json!({"users": others, "next_page": next}));
    office.tell(Event::Answered { id, answer });
    work(&mut office);
    let all = format!("{:?}", office.browser.case(42).contacts.entries());
    assert!(all.contains("TooLarge"), "{all}");
}

#[test]
fn a_group_or_a_ticket_field_that_cannot_be_read_is_said() {
    let mut office = office(41, Sites::new());
    office.press("open_trouble", &[("open", "true")]);
    let (id, _) = take(&mut office, "groups/assignable");
    let groups = json!({"groups": [{"id": "x", "name": "A"}, {"id": 81, "name": "Support Ops"}], "meta": {"has_more": false}});
    office.tell(Event::Answered {
        id,
        answer: ok(&groups),
    });
    let said = notice(&office, 41);
    assert!(
        said.contains("A group of this Zendesk cannot be read"),
        "{said}"
    );
    assert_eq!(
        office.browser.case(41).trouble.groups.got().unwrap().len(),
        1
    );

    let mut office = Office::new(Sites::new());
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    let (id, _) = take(&mut office, "ticket_fields");
    let fields = json!({"ticket_fields": [
        {"id": 11, "title": "Support Ops Problem Type"}, {"id": 12, "title": ["?"]}, null,
        {"id": 14, "title": 7, "active": false}], "meta": {"has_more": false}});
    office.tell(Event::Answered {
        id,
        answer: ok(&fields),
    });
    let said = notice(&office, 41);
    assert!(
        said.contains("2 ticket fields of this Zendesk cannot be read"),
        "{said}"
    );
}

fn take(office: &mut Office, part: &str) -> (u64, String) {
    let at = office
        .browser
        .reads
        .iter()
        .position(|(_, url)| url.contains(part))
        .expect("it is asked");
    office.browser.reads.remove(at)
}

// ---- waits and other people ----

#[test]
fn an_addition_that_waited_for_zendesk_is_not_made_for_the_next_requester() {
    let mut office = office(42, Sites::new());
    pick(&mut office, IAN);
    office.press("add_contacts", &[]);
    let (id, _) = office.browser.reads.remove(0);
    office.tell(Event::Answered {
        id,
        answer: status(429, "{}", Some("30")),
    });
    let waits = |office: &Office| {
        office
            .browser
            .case(42)
            .tasks
            .iter()
            .any(|t| matches!(t.state, TaskState::Waiting { .. }))
    };
    assert!(waits(&office), "{:?}", office.browser.case(42).tasks);
    office.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(9);
    office.browser.now += 31_000;
    office.look_at_ticket(42);
    office.press("refresh", &[]);
    work(&mut office);
    assert!(office.sites.written.is_empty());
    assert!(matches!(
        problem(&office, 42),
        TaskProblem::OfEarlierRequester(_)
    ));
    again(&mut office, 42);
    assert!(office.sites.written.is_empty(), "no press makes it theirs");
}

#[test]
fn a_stop_and_a_refresh_during_the_look_make_no_second_write() {
    for n in 0..10 {
        let mut office = office(42, Sites::new());
        pick(&mut office, IAN);
        pick(&mut office, NEW);
        office.press("add_contacts", &[]);
        answer(&mut office, n);
        office.browser.reads.clear();
        office.browser.stop();
        let effects = std::mem::take(&mut office.browser.told);
        office.take(&effects);
        office.look_at_ticket(42);
        office.press("refresh", &[]);
        work(&mut office);
        while office.say_what_pages_have() {
            work(&mut office);
        }
        let tasks = &office.browser.case(42).tasks;
        assert!(
            office.sites.written.len() <= 2,
            "{:?}",
            office.sites.written
        );
        assert!(
            tasks
                .iter()
                .all(|t| t.state == TaskState::Done || matches!(t.state, TaskState::Problem(_))),
            "after {n} answers: {tasks:?}"
        );
    }
}

#[test]
fn a_leaver_who_became_one_of_the_team_or_left_already_is_not_written() {
    for (field, value) in [
        ("role", json!("agent")),
        ("organization_id", Value::Null),
        ("active", json!(false)),
    ] {
        let mut office = office(42, Sites::new());
        office.press("pick_leaver", &[("user", "502")]);
        work(&mut office);
        office.press("remove_contacts", &[]);
        set_user(&mut office.sites, 502, field, value);
        office.press("refresh", &[]);
        work(&mut office);
        assert!(
            office.sites.written.is_empty(),
            "{field}: {:?}",
            office.sites.written
        );
    }
}

#[test]
fn an_undo_after_another_requester_came_takes_back_only_what_was_made() {
    let mut office = office(42, Sites::new());
    pick(&mut office, IAN);
    office.press("add_contacts", &[]);
    work(&mut office);
    let of_ian = |t: &&Task| t.change.user().is_some_and(|user| user.get() == 503);
    let task = office
        .browser
        .case(42)
        .tasks
        .iter()
        .find(of_ian)
        .expect("Ian was added")
        .id
        .to_string();
    office.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(9);
    office.press("refresh", &[]);
    work(&mut office);
    let before = office.sites.organization_of(9);
    office.look_at_ticket(42);
    office.press("undo", &[("task", &task)]);
    work(&mut office);
    assert_eq!(office.sites.organization_of(503), None);
    assert_eq!(office.sites.organization_of(9), before);
}

// ---- an undo that Zendesk carried out and that is not read back yet ----

/// Undoes the last change of the ticket up to the page's answer, which stays on its way, and reads everything again.
fn undone_but_not_heard(office: &mut Office, ticket: u64) {
    let made = last(office, ticket);
    assert_eq!(made.state, TaskState::Done);
    office.look_at_ticket(ticket);
    office.press("undo", &[("task", &made.id.to_string())]);
    let mut heard = false;
    for _ in 0..600 {
        if let Some((_, job)) = office.jobs.first().cloned() {
            let written = office.sites.written.len();
            let outcome = office.sites.obey(&job);
            if office.sites.written.len() > written {
                heard = true;
                break;
            }
            let (tab, _) = office.jobs.remove(0);
            let effect = job.number();
            office.tell(Event::PageResult {
                tab,
                effect,
                outcome,
            });
        } else if !one(office) {
            break;
        }
    }
    assert!(
        heard,
        "the undo reached Zendesk: {:?}",
        last(office, ticket)
    );
    office.look_at_ticket(ticket);
    office.press("refresh", &[]);
    crate::fresh_look::reads(office);
    assert!(last(office, ticket).change.is_undo());
    assert!(!last(office, ticket).is_over());
}

fn plan_shown(office: &Office, ticket: u64) -> Option<String> {
    let browser = &office.browser;
    plan_offered(&browser.model, browser.case(ticket), browser.world()).map(|offer| offer.shown())
}

#[test]
fn what_an_undo_on_its_way_takes_back_is_neither_offered_nor_made_again() {
    type Make = fn() -> Office;
    let made: [(u64, Make, &str); 4] = [
        (
            41,
            || {
                let mut office = entitled_office();
                office.press("set_problem_type", &[]);
                work(&mut office);
                office
            },
            "set_problem_type",
        ),
        (
            41,
            || {
                let mut office = entitled_office();
                office.press("associate", &[]);
                work(&mut office);
                office
            },
            "associate",
        ),
        (
            42,
            || {
                let mut office = office(42, Sites::new());
                pick(&mut office, IAN);
                office.press("add_contacts", &[]);
                work(&mut office);
                office
            },
            "add_contacts",
        ),
        (
            42,
            || {
                let mut office = office(42, Sites::new());
                office.press("pick_leaver", &[("user", "502")]);
                work(&mut office);
                office.press("remove_contacts", &[]);
                work(&mut office);
                office
            },
            "remove_contacts",
        ),
    ];
    for (ticket, make, press) in made {
        let mut office = make();
        undone_but_not_heard(&mut office, ticket);
        let tasks = office.browser.case(ticket).tasks.len();
        assert_eq!(
            plan_shown(&office, ticket),
            None,
            "{press}: a plan is offered"
        );
        office.press(press, &[]);
        assert_eq!(
            office.browser.case(ticket).tasks.len(),
            tasks,
            "{press} started anew while its undo is on its way"
        );
        // Once the undo is read back, it may be made again.
        work(&mut office);
        assert_eq!(last(&office, ticket).state, TaskState::Done, "{press}");
        assert!(last(&office, ticket).change.is_undo());
    }
}
