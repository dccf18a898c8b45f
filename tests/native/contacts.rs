//! Step 2 and the removal of associated users: gathering, marks, ticking, look-ups, the changes,
//! and the panel. The model is saved and restored after every event.

mod adding;
mod desk;
mod doubts;
mod gathering;
mod marks;
mod panel;
mod removing;
mod second_addresses;
use desk::*;
use serde_json::json;
use tether::app::{Event, contacts_to_add, contacts_to_remove};
use tether::case::change::{Change, TaskState};
use tether::case::check::{Answer as Says, CheckName, checks};
use tether::case::contacts::Mark;
use tether::case::load::Load;
use tether::mail::Malformed;
use tether::reading::{Answer, ReadError};
use tether::record::ids::{OrganizationId, UserId};
use tether::record::ticket::OrganizationRef;

fn organization() -> OrganizationRef {
    OrganizationRef {
        id: OrganizationId::try_from(ORGANIZATION).unwrap(),
        name: Some("Lindqvist Widgets".to_owned()),
    }
}

fn user(id: u64) -> UserId {
    UserId::try_from(id).unwrap()
}

fn naming(text: &str) -> Desk {
    let mut desk = Desk::default();
    desk.comment(7, true, text);
    desk
}

fn mark(bench: &Bench, email: &str) -> Mark {
    let entries = bench.case().contacts.entries();
    entries
        .iter()
        .find(|e| e.email.as_str() == email)
        .unwrap_or_else(|| panic!("{email} in {:?}", bench.list()))
        .mark()
}

fn why_not_added(bench: &Bench) -> String {
    contacts_to_add(bench.case(), bench.world().rules()).unwrap_err()
}

fn why_not_removed(bench: &Bench) -> String {
    contacts_to_remove(bench.case(), bench.world().rules()).unwrap_err()
}

fn check(bench: &Bench, name: CheckName) -> Says {
    checks(bench.case(), bench.world().rules())
        .into_iter()
        .find(|c| c.name == name)
        .unwrap()
        .answer
}

fn changes(bench: &Bench) -> Vec<Change> {
    bench
        .case()
        .tasks
        .iter()
        .map(|t| t.change.clone())
        .collect()
}

fn add(email: &str, id: Option<u64>) -> Change {
    Change::Add {
        email: tether::mail::Address::parse(email).unwrap(),
        organization: organization(),
        user: id.map(user),
    }
}

fn said(bench: &Bench) -> String {
    bench
        .model
        .said
        .as_ref()
        .map(|s| s.text.clone())
        .unwrap_or_default()
}

/// A list with every mark.
fn marked() -> Bench {
    let mut desk = naming(
        "new@lindqvist.example colleague@lindqvist.example other@lindqvist.example agent@lindqvist.example \
         gone@lindqvist.example inside-gone@lindqvist.example free@gmail.com known@gmail.com twice@lindqvist.example loose@lindqvist.example",
    );
    desk.user(
        20,
        "Colleague",
        "Colleague@Lindqvist.example",
        Some(ORGANIZATION),
    );
    desk.user(21, "Other", "other@lindqvist.example", Some(92));
    desk.user(22, "Agent", "agent@lindqvist.example", Some(1));
    desk.users.get_mut(&22).unwrap()["role"] = json!("agent");
    desk.user(23, "Gone", "gone@lindqvist.example", None);
    desk.users.get_mut(&23).unwrap()["suspended"] = json!(true);
    desk.user(
        24,
        "Gone",
        "inside-gone@lindqvist.example",
        Some(ORGANIZATION),
    );
    desk.users.get_mut(&24).unwrap()["suspended"] = json!(true);
    desk.user(25, "Known", "known@gmail.com", None);
    desk.user(26, "Twice", "twice@lindqvist.example", None);
    desk.user(27, "Twice", "TWICE@lindqvist.example", None);
    desk.user(28, "Loose", "loose@lindqvist.example", None);
    // One address is like the new one, one is not.
    desk.user(29, "Brand", "brand-new@lindqvist.example", Some(93));
    Bench::at_ticket(desk)
}

/// Two contacts, one of whom the requester names.
fn with_bob() -> Desk {
    let mut desk = naming("Please remove bob@lindqvist.example");
    desk.user(31, "Bob", "bob@lindqvist.example", Some(ORGANIZATION));
    desk.user(32, "Carol", "carol@lindqvist.example", Some(ORGANIZATION));
    desk.users.get_mut(&31).unwrap()["notes"] = json!("Likes tea.\n");
    desk
}
