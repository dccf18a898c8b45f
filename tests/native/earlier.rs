//! What was read, pressed or validated earlier counts for nothing later.

use crate::fresh_look::{again, last, office, one, reads, work};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use serde_json::json;
use tether::app::Event;
use tether::app::model::validate::Validated;
use tether::case::change::{Change, Task, TaskProblem, TaskState};
use tether::reading::Answer;

/// The change that adds this address.
fn adding<'a>(office: &'a Office, email: &str) -> &'a Task {
    let adds = |task: &&Task| matches!(&task.change, Change::Add { email: of, .. } if of.as_str() == email);
    office.browser.case(42).tasks.iter().find(adds).unwrap()
}

/// Ticket 42 with Ian alone to be added.
fn about_to_add() -> Office {
    let mut office = office(42, Sites::new());
    office.press(
        "toggle_contact",
        &[("email", "new.person@lindqvist.example")],
    );
    work(&mut office);
    office
}

const IAN: &str = "ian@lindqvist.example";

#[test]
fn what_was_asked_for_an_earlier_turn_counts_for_nothing_in_the_next() {
    let mut office = about_to_add();
    office.press("add_contacts", &[]);
    // Jo has the address for a moment: that stops the change while the other reads are on their way.
    let ian = office.sites.users[&503].clone();
    office.sites.users.get_mut(&503).unwrap()["email"] = json!("ian@home.example");
    office.sites.users.get_mut(&504).unwrap()["email"] = json!(IAN);
    let at = office
        .browser
        .reads
        .iter()
        .position(|(_, url)| url.contains("/users/search"))
        .unwrap();
    let (id, url) = office.browser.reads.remove(at);
    let answer = office.sites.answer(&url);
    office.tell(Event::Answered { id, answer });
    assert!(
        matches!(
            adding(&office, IAN).state,
            TaskState::Problem(TaskProblem::BasisChanged(_))
        ),
        "{:?}",
        adding(&office, IAN).state
    );
    office.sites.users.insert(503, ian);
    office.sites.users.get_mut(&504).unwrap()["email"] = json!("jo@lindqvist.example");
    // Zendesk answered them before the organization was filled; the answers are slow.
    let slow: Vec<(u64, Answer)> = std::mem::take(&mut office.browser.reads)
        .into_iter()
        .map(|(id, url)| (id, office.sites.answer(&url)))
        .collect();
    assert!(slow.len() > 2, "{slow:?}");
    for n in 0..40 {
        let email = format!("x{n}@lindqvist.example");
        office.sites.user(9000 + n, "X", &email, Some(ORGANIZATION));
    }
    let task = last(&office, 42).id.to_string();
    office.press("retry_task", &[("task", &task)]);
    for (id, answer) in slow {
        office.tell(Event::Answered { id, answer });
    }
    work(&mut office);
    assert_eq!(office.sites.organization_of(503), None);
    assert!(
        matches!(&adding(&office, IAN).state, TaskState::Problem(TaskProblem::BasisChanged(what))
            if what.iter().any(|w| w.contains("contacts now, it had"))),
        "{:?}",
        adding(&office, IAN).state
    );
}

#[test]
fn what_an_earlier_requester_asked_for_is_not_continued_for_the_next() {
    let mut office = about_to_add();
    office.press("add_contacts", &[]);
    office.sites.organizations.get_mut(&ORGANIZATION).unwrap()["notes"] = json!("Ask Grace first.");
    work(&mut office);
    assert!(matches!(
        adding(&office, IAN).state,
        TaskState::Problem(TaskProblem::BasisChanged(_))
    ));
    // Hal, a contact too, becomes the requester: he asked for nobody.
    office.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(502);
    office.press("refresh", &[]);
    work(&mut office);
    for _ in 0..3 {
        again(&mut office, 42);
    }
    assert_eq!(office.sites.organization_of(503), None);
    let state = &adding(&office, IAN).state;
    assert!(
        matches!(state, TaskState::Problem(TaskProblem::NotAllowedNow(why)) if why.contains("another requester")),
        "{state:?}"
    );
}

#[test]
fn a_validated_key_leads_a_walk_only_if_it_is_the_key_that_the_case_rests_on() {
    for (other, walks) in [(0, true), (700, false)] {
        let mut office = office(46, Sites::new());
        let chosen = office.browser.case(46).proofs.chosen().unwrap().number;
        office.browser.model.validated = Some(Validated {
            case: key(46),
            proof: Some(chosen + other),
            license: 410_233,
        });
        office.press("trace", &[]);
        reads(&mut office);
        work(&mut office);
        let found = office.browser.case(46).chain.proof().is_some();
        assert_eq!(found, walks, "of another key: {other}");
    }
}

#[test]
fn an_addition_on_a_proof_that_expired_overnight_is_not_made() {
    let mut office = office(42, Sites::new());
    office.press("use_proof", &[("proof_text", "license ID 410233")]);
    office.press("trace", &[]);
    work(&mut office);
    office.look_at_ticket(42);
    work(&mut office);
    office.press("add_contacts", &[]);
    let expired = 800 * 86_400_000;
    assert!(office.browser.case(42).tasks.iter().any(|t| !t.is_over()));
    office.browser.now += expired;
    while one(&mut office) {}
    assert_eq!(office.sites.organization_of(503), None);
}
