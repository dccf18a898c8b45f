//! What colleagues change meanwhile, and what a write has to find in the world at the moment at which it is made.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::case::Case;
use tether::case::change::{Change, Task, TaskState};

use super::dice::Dice;
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};

/// Whether a fresh look is half made, or a page is about to write: what changes within that moment no client of Zendesk can see.
fn busy(office: &Office) -> bool {
    let writes = |job: &Job| matches!(job, Job::Request { .. } | Job::FillOrganization { .. });
    let looks = |task: &Task| task.state == TaskState::Preparing && task.look.is_some();
    office.jobs.iter().any(|(_, job)| writes(job))
        || office
            .browser
            .model
            .cases()
            .flat_map(|c| &c.tasks)
            .any(looks)
}

fn field<'a>(
    all: &'a mut std::collections::BTreeMap<u64, Value>,
    id: u64,
    name: &str,
) -> &'a mut Value {
    &mut all.get_mut(&id).expect("it is there")[name]
}

/// A colleague changes something.
pub fn meddles(dice: &mut Dice, office: &mut Office) {
    if busy(office) {
        return;
    }
    let ticket = *dice.of(&[41, 41, 42, 42, 43, 44]);
    let user = *dice.of(&[7, 8, 9, 10, 11, 501, 502, 503]);
    let sites = &mut office.sites;
    let organization = *dice.of(&[Some(ORGANIZATION), Some(77), None]);
    match dice.below(16) {
        0 => {
            *field(&mut sites.tickets, ticket, "requester_id") = json!(dice.of(&[7, 8, 9, 10, 11]));
            sites.touch(ticket);
        }
        1 => {
            *field(&mut sites.tickets, ticket, "requester_id") = json!(dice.of(&[7, 8, 9, 10, 11]))
        }
        2 => *field(&mut sites.users, user, "organization_id") = json!(organization),
        3 => {
            *field(&mut sites.organizations, ORGANIZATION, "notes") =
                json!(dice.of(&["Do not add anyone.", "", "Ask Ada."]))
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
            *field(&mut sites.organizations, ORGANIZATION, "name") =
                json!(dice.of(&["Lindqvist Widgets", "Lindqvist Gadgets"]))
        }
        14 => {
            *field(&mut sites.organizations, ORGANIZATION, "details") =
                json!(dice.of(&["", "On paper only."]))
        }
        _ => {
            _ = sites
                .more_addresses
                .insert(504, vec!["new.person@lindqvist.example".to_owned()])
        }
    }
}

/// The contacts of an organization in the world.
fn contacts(sites: &Sites, organization: u64) -> BTreeSet<u64> {
    let is = |u: &&Value| {
        u["role"] == "end-user" && u["suspended"] == json!(false) && u["active"] != json!(false)
    };
    let of = |u: &&Value| {
        sites
            .organizations_of(u["id"].as_u64().unwrap())
            .contains(&organization)
    };
    sites
        .users
        .values()
        .filter(is)
        .filter(of)
        .map(|u| u["id"].as_u64().unwrap())
        .collect()
}

/// No write whose basis differs from the world at the moment at which it is made.
pub fn check_basis(office: &Office, case: &Case, task: &Task, job: &Job) {
    let sites = &office.sites;
    let number = case.key.ticket.get();
    let ticket = &sites.tickets[&number];
    if !matches!(task.change, Change::Restore { .. }) {
        let requester = task
            .asked_by
            .expect("a change is asked for while there is a requester")
            .get();
        assert_eq!(
            ticket["requester_id"],
            json!(requester),
            "{:?}: asked for another requester: {task:?}",
            case.key
        );
        let known = case.ticket.got().expect("the ticket was just read");
        assert_eq!(
            ticket["updated_at"],
            json!(known.updated_at),
            "the ticket is another: {task:?}"
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
    match &task.change {
        Change::Join {
            user,
            organization,
            moved_from,
            ..
        } => {
            let now = sites.organization_of(user.get());
            assert!(
                now.is_none() || now == moved_from.map(|o| o.get()),
                "moved out of {now:?}: {task:?}"
            );
            assert_eq!(sites.users[&user.get()]["suspended"], json!(false));
            organization_is_known(sites, case, organization.id.get());
        }
        Change::Add {
            organization,
            user,
            email,
            ..
        } => {
            let requester = ticket["requester_id"].as_u64().unwrap();
            assert_eq!(
                sites.organization_of(requester),
                Some(organization.id.get()),
                "the requester is not one of them: {task:?}"
            );
            organization_is_known(sites, case, organization.id.get());
            if let Some(user) = user {
                assert_eq!(sites.organization_of(user.get()), None, "moved: {task:?}");
            } else {
                let taken = sites
                    .users
                    .iter()
                    .filter(|(_, u)| u["active"] != json!(false));
                let has = taken
                    .filter(|(id, _)| {
                        sites
                            .addresses_of(**id)
                            .iter()
                            .any(|a| a.eq_ignore_ascii_case(email.as_str()))
                    })
                    .count();
                assert_eq!(has, 0, "somebody has the address: {task:?}");
            }
        }
        Change::Leave {
            user, organization, ..
        } => {
            assert_eq!(
                sites.organization_of(user.get()),
                Some(organization.get()),
                "{task:?}"
            );
            keeps_notes(&sites.users[&user.get()], job);
        }
        Change::Restore { user, made, .. } => {
            assert_eq!(
                sites.organization_of(user.get()),
                made.map(|o| o.get()),
                "changed since: {task:?}"
            );
            keeps_notes(&sites.users[&user.get()], job);
        }
        Change::ProblemType { .. } | Change::Assign { .. } => {}
    }
}

/// The organization's notes and contacts are what the case holds.
fn organization_is_known(sites: &Sites, case: &Case, id: u64) {
    let details = case
        .precheck
        .details
        .got()
        .expect("the organization was just read");
    let organization = &sites.organizations[&id];
    assert_eq!(organization["name"], json!(details.name));
    assert_eq!(
        organization["notes"].as_str().unwrap_or_default(),
        details.notes
    );
    assert_eq!(
        organization["details"].as_str().unwrap_or_default(),
        details.details
    );
    let known: BTreeSet<u64> = case.precheck.contacts().map(|u| u.id.get()).collect();
    assert_eq!(contacts(sites, id), known, "the contacts are others");
}

/// Of a user's notes nothing is lost but one line of Tether's own.
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
