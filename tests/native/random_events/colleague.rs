//! What colleagues change at any moment, and what must hold on the sites at the moment of a write.
//!
//! Which interval no client of Zendesk can close: the page that writes reads the user, their memberships, the organization and the ticket's
//! requester once more, and writes. What a colleague changes after those answers were made and before Zendesk makes the write is not seen
//! (`obey` of the stand-in does both in one moment). Writes into a ticket have no such interval: Zendesk compares the stamp itself. The lists
//! of an organization's contacts and of a leaver's open tickets are not read by the page: for them the interval begins with their reading in
//! the fresh look. Everything else is asserted here, whenever a colleague acts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::case::Case;
use tether::case::change::{Change, Task};
use tether::record::organization::Details;

use super::dice::Dice;
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};

fn field<'a>(
    all: &'a mut std::collections::BTreeMap<u64, Value>,
    id: u64,
    name: &str,
) -> &'a mut Value {
    &mut all.get_mut(&id).expect("it is there")[name]
}

/// A colleague changes something.
pub fn meddles(dice: &mut Dice, office: &mut Office) {
    let ticket = *dice.of(&[41, 41, 42, 42, 43, 44]);
    let user = *dice.of(&[7, 8, 9, 10, 11, 501, 502, 503]);
    let sites = &mut office.sites;
    let organization = *dice.of(&[Some(ORGANIZATION), Some(77), None]);
    match dice.below(16) {
        // Zendesk stamps every change of a ticket.
        0 | 1 => {
            *field(&mut sites.tickets, ticket, "requester_id") = json!(dice.of(&[7, 8, 9, 10, 11]));
            sites.touch(ticket);
        }
        2 => *field(&mut sites.users, user, "organization_id") = json!(organization),
        3 => {
            let notes = json!(dice.of(&["Do not add anyone.", "", "Ask Ada."]));
            sites.change_organization(ORGANIZATION, "notes", notes);
        }
        4 => {
            _ = sites
                .more_organizations
                .insert(user, if dice.one_in(2) { vec![77] } else { Vec::new() })
        }
        5 => {
            let id = 9000 + dice.below(40);
            sites.user(
                id,
                "Late",
                &format!("late{id}@lindqvist.example"),
                Some(ORGANIZATION),
            );
        }
        6 => {
            let flag = !dice.one_in(3);
            *field(&mut sites.users, user, "suspended") = json!(flag);
        }
        7 => {
            let open = json!({"id": 48, "status": "open", "subject": "Help", "requester_id": 502});
            let all = if dice.one_in(2) {
                vec![open]
            } else {
                Vec::new()
            };
            sites.requested.insert(502, all);
        }
        8 | 9 => {
            let notes = field(&mut sites.users, user, "notes");
            let more = format!(
                "{}\nSeen by a colleague.",
                notes.as_str().unwrap_or_default()
            );
            *notes = json!(more);
        }
        10 => sites.touch(ticket),
        11 => {
            *field(&mut sites.tickets, ticket, "status") =
                json!(dice.of(&["open", "pending", "solved"]));
            sites.touch(ticket);
        }
        12 => {
            let active = !dice.one_in(3);
            *field(&mut sites.users, user, "active") = json!(active);
        }
        13 => {
            let name = json!(dice.of(&["Lindqvist Widgets", "Lindqvist Gadgets"]));
            sites.change_organization(ORGANIZATION, "name", name);
        }
        14 => {
            let details = json!(dice.of(&["", "On paper only."]));
            sites.change_organization(ORGANIZATION, "details", details);
        }
        _ => {
            _ = sites
                .more_addresses
                .insert(504, vec!["new.person@lindqvist.example".to_owned()])
        }
    }
}

/// What the page does not read again: its state at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists {
    pub contacts: BTreeMap<u64, BTreeSet<u64>>,
    stamps: BTreeMap<u64, String>,
    open: BTreeMap<u64, Vec<u64>>,
}

impl Lists {
    pub fn of(sites: &Sites) -> Self {
        let mut contacts: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (id, user) in &sites.users {
            let counts = user["role"] == "end-user"
                && user["suspended"] == json!(false)
                && user["active"] != json!(false);
            if counts {
                for organization in sites.organizations_of(*id) {
                    contacts.entry(organization).or_default().insert(*id);
                }
            }
        }
        let stamps = sites.tickets.iter();
        Self {
            contacts,
            stamps: stamps
                .map(|(id, ticket)| (*id, ticket["updated_at"].to_string()))
                .collect(),
            open: sites
                .requested
                .iter()
                .map(|(user, all)| (*user, all.iter().filter_map(|t| t["id"].as_u64()).collect()))
                .collect(),
        }
    }
}

/// The state of a case when a write was started.
pub struct Held {
    case: u64,
    task: Task,
    organization: Option<(u64, Details)>,
}

impl Held {
    /// Collects what was just read and is not read again: it was true at some moment since the look
    /// began.
    pub fn of(case: &Case, task: &Task, since: &[Lists]) -> Self {
        let organization = match &task.change {
            Change::Join { organization, .. } | Change::Add { organization, .. } => {
                Some(organization.id.get())
            }
            _ => None,
        };
        let number = case.key.ticket.get();
        let was = |what: &str, holds: &dyn Fn(&Lists) -> bool| {
            assert!(
                since.iter().any(holds),
                "{what} was never so since the look began ({} moments): {task:?}",
                since.len()
            );
        };
        if !task.change.is_undo() {
            let ticket = case.ticket.got().expect("the ticket was just read");
            let stamp = json!(ticket.updated_at).to_string();
            was("the ticket", &|lists| {
                lists.stamps.get(&number) == Some(&stamp)
            });
        }
        // After Refresh, the case reads its list again, although the look for the write was fresh.
        if let (Some(id), Some(_)) = (organization, case.precheck.people.got()) {
            let known: BTreeSet<u64> = case.precheck.contacts().map(|u| u.id.get()).collect();
            let of = |moment: &Lists| moment.contacts.get(&id).cloned().unwrap_or_default();
            let moments: Vec<BTreeSet<u64>> = since.iter().map(of).collect();
            // The list takes several reads, and a colleague may act between them.
            for user in moments.iter().flatten().chain(&known) {
                let (is_known, always, never) = (
                    known.contains(user),
                    moments.iter().all(|moment| moment.contains(user)),
                    !moments.iter().any(|moment| moment.contains(user)),
                );
                assert!(
                    !(is_known && never || !is_known && always),
                    "user {user} of {known:?}: {moments:?}, {task:?}"
                );
            }
        }
        if let Change::Leave { user, .. } = &task.change {
            let seen = case.bases.get(&task.basis).expect("what was seen is kept");
            let known: Vec<u64> = seen.open_tickets_of(*user).map(|t| t.get()).collect();
            was("the list of open tickets", &|lists| {
                lists.open.get(&user.get()).cloned().unwrap_or_default() == known
            });
        }
        Self {
            case: number,
            task: task.clone(),
            // Refresh may have been pressed since the look, so the case's data is being read again.
            organization: organization
                .and_then(|id| case.precheck.details.got().map(|held| (id, held.clone()))),
        }
    }
}

/// No write may differ in its basis from the sites at that moment. `sites` is their state right
/// before it.
pub fn check_write(sites: &Sites, held: &Held, job: &Job) {
    let task = &held.task;
    let ticket = &sites.tickets[&held.case];
    let requester = ticket["requester_id"].as_u64().unwrap();
    if !task.change.is_undo() {
        let asked_by = task
            .asked_by
            .expect("a change is asked for while there is a requester");
        assert_eq!(
            requester,
            asked_by.get(),
            "asked for another requester: {task:?}"
        );
    }
    if let (Some(user), Some(_)) = (task.change.user(), task.change.makes()) {
        let user = &sites.users[&user.get()];
        assert_ne!(
            user["active"],
            json!(false),
            "a deleted user is nobody: {task:?}"
        );
        assert!(
            sites.organizations_of(user["id"].as_u64().unwrap()).len() <= 1,
            "several organizations: {task:?}"
        );
    }
    if let Some((id, details)) = &held.organization {
        let organization = &sites.organizations[id];
        assert_eq!(organization["name"], json!(details.name), "{task:?}");
        let text = |key: &str| organization[key].as_str().unwrap_or_default();
        assert_eq!(text("notes"), details.notes, "{task:?}");
        assert_eq!(text("details"), details.details, "{task:?}");
    }
    let organization_of = |user: u64| sites.organization_of(user);
    match &task.change {
        Change::Join {
            user, moved_from, ..
        } => {
            let now = organization_of(user.get());
            assert!(
                now.is_none() || now == moved_from.map(|o| o.get()),
                "moved out of {now:?}: {task:?}"
            );
            assert_eq!(sites.users[&user.get()]["suspended"], json!(false));
        }
        Change::Add {
            organization,
            user,
            email,
            ..
        } => {
            assert_eq!(
                organization_of(requester),
                Some(organization.id.get()),
                "the requester is not one of them: {task:?}"
            );
            if let Some(user) = user {
                assert_eq!(organization_of(user.get()), None, "moved: {task:?}");
                assert_eq!(sites.users[&user.get()]["suspended"], json!(false));
            } else {
                let has = sites.users.keys().filter(|id| {
                    let mut all = sites.addresses_of(**id).into_iter();
                    all.any(|a| a.eq_ignore_ascii_case(email.as_str()))
                });
                assert_eq!(has.count(), 0, "somebody has the address: {task:?}");
            }
        }
        Change::Leave {
            user, organization, ..
        } => {
            assert_eq!(
                organization_of(user.get()),
                Some(organization.get()),
                "{task:?}"
            );
            assert_eq!(
                organization_of(requester),
                Some(organization.get()),
                "{task:?}"
            );
            keeps_notes(&sites.users[&user.get()], job);
        }
        Change::Restore { user, made, .. } => {
            assert_eq!(
                organization_of(user.get()),
                made.map(|o| o.get()),
                "changed since: {task:?}"
            );
            keeps_notes(&sites.users[&user.get()], job);
        }
        // Zendesk itself refused any other time stamp.
        Change::ProblemType { .. }
        | Change::Note { .. }
        | Change::RestoreField { .. }
        | Change::HandOn(_)
        | Change::TakeBack { .. }
        | Change::Assign { .. } => {}
    }
}

/// A user's notes lose nothing but one line of Tether's own.
fn keeps_notes(user: &Value, job: &Job) {
    let Job::Request { body, .. } = job else {
        return;
    };
    let Some(new) = body["user"]["notes"].as_str() else {
        return;
    };
    let before: Vec<&str> = user["notes"]
        .as_str()
        .unwrap_or_default()
        .lines()
        .map(str::trim_end)
        .collect();
    let after: Vec<&str> = new.lines().map(str::trim_end).collect();
    let lost: Vec<&&str> = before
        .iter()
        .filter(|line| !line.is_empty() && !after.contains(line))
        .collect();
    assert!(
        lost.iter()
            .all(|line| line.starts_with("De-associated as per"))
            && lost.len() <= 1,
        "lost {lost:?}"
    );
}
