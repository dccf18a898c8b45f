//! More attacks on a run: what the engineer, a colleague, the browser or the clock may do between any two things of it.

use crate::fresh_look::{last, office, one, work};
use crate::plan_slips::until;
use crate::plans::{
    entitled, length, notes, offered, press, run, start_contacts, start_license, states,
    to_the_end, writes_to,
};
use crate::support::office::Office;
use crate::support::sites::{LONELY, ORGANIZATION, Sites};
use crate::support::*;
use serde_json::{Value, json};
use tether::app::Event;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::case::change::{Change, TaskState};
use tether::case::plan::{RunState, StepKind, StepState};
use tether::map::Map;
use tether::record::ids::UserId;

const BOTH: [(u64, fn() -> Office); 2] = [(41, start_license), (42, start_contacts)];

fn begun(start: fn() -> Office, n: usize) -> Office {
    let mut office = start();
    office.press("run_plan", &[]);
    for _ in 0..n {
        one(&mut office);
    }
    office
}

/// How many writes pages have, or made.
fn given(office: &Office) -> usize {
    let asked = office.jobs.iter();
    let writes =
        asked.filter(|(_, job)| matches!(job, Job::Request { .. } | Job::FillOrganization { .. }));
    writes.count() + office.sites.written.len()
}

/// How many users were written, or are about to be by a page that has it.
fn users(office: &Office) -> usize {
    let asked = office.jobs.iter();
    let writes = asked.filter(|(_, job)| match job {
        Job::Request { path, .. } => path.contains("/users"),
        job => matches!(job, Job::FillOrganization { .. }),
    });
    writes.count() + writes_to(office, "/users")
}

fn user(office: &mut Office, id: u64, key: &str, value: Value) {
    office.sites.users.get_mut(&id).unwrap()[key] = value;
}

// ---- the engineer ----

#[test]
fn a_button_that_is_pressed_during_a_run_makes_nothing_twice() {
    let buttons: [(&str, &[(&str, &str)]); 6] = [
        ("add_note", &[]),
        ("set_problem_type", &[]),
        ("associate", &[]),
        ("add_contacts", &[]),
        ("draft_reply", &[]),
        ("refresh", &[]),
    ];
    for (ticket, start) in BOTH {
        for n in (0..length(ticket, start)).step_by(2) {
            for (name, fields) in buttons {
                let mut office = begun(start, n);
                office.look_at_ticket(ticket);
                office.press(name, fields);
                work(&mut office);
                to_the_end(&mut office, ticket);
                assert!(
                    notes(&office, ticket).len() <= 1,
                    "{name} at {n} of {ticket}"
                );
                assert!(
                    writes_to(&office, &format!("/tickets/{ticket}")) <= 2,
                    "{name} at {n} of {ticket}"
                );
                let joined = if ticket == 41 {
                    writes_to(&office, "/users/7")
                } else {
                    writes_to(&office, "/users/503")
                };
                assert_eq!(joined, 1, "{name} at {n} of {ticket}");
            }
        }
    }
}

#[test]
fn a_press_about_a_change_of_another_ticket_does_nothing() {
    for name in ["undo", "retry_task", "leave_task", "by_api"] {
        let mut office = entitled(Sites::new());
        press(&mut office, "associate", &[]);
        let task = last(&office, 41).id.to_string();
        office.look_at_ticket(42);
        work(&mut office);
        let before = (
            office.sites.written.len(),
            office.browser.case(41).tasks.clone(),
        );
        press(&mut office, name, &[("task", &task)]);
        let after = (
            office.sites.written.len(),
            office.browser.case(41).tasks.clone(),
        );
        assert_eq!(before, after, "{name}");
        assert!(office.browser.case(42).tasks.is_empty(), "{name}");
    }
}

#[test]
fn an_undo_that_is_pressed_twice_is_made_once_and_is_not_undone_itself() {
    let mut office = entitled(Sites::new());
    press(&mut office, "associate", &[]);
    office.look_at_ticket(41);
    let task = last(&office, 41).id.to_string();
    office.press("undo", &[("task", &task)]);
    office.press("undo", &[("task", &task)]);
    work(&mut office);
    let undo = last(&office, 41);
    press(&mut office, "undo", &[("task", &undo.id.to_string())]);
    press(&mut office, "undo", &[("task", &task)]);
    assert_eq!(writes_to(&office, "/users/7"), 2);
    assert_eq!(office.sites.organization_of(7), None);
}

#[test]
fn a_step_that_is_being_made_is_neither_skipped_nor_left() {
    let mut office = begun(start_license, 0);
    until(&mut office, |office| !office.jobs.is_empty());
    for kind in StepKind::ALL {
        office.press("skip_step", &[("step", kind.key())]);
    }
    office.press("leave_plan", &[]);
    assert_eq!(run(&office, 41).state, RunState::Running);
    work(&mut office);
    assert_eq!(run(&office, 41).state, RunState::Over);
}

#[test]
fn another_proof_during_a_run_changes_nothing_that_was_seen() {
    for n in 0..length(41, start_license) {
        let mut office = begun(start_license, n);
        office.look_at_ticket(41);
        office.press("use_proof", &[("proof_text", "license ID 410240")]);
        work(&mut office);
        let noted = notes(&office, 41);
        assert!(
            noted.len() <= 1 && noted.iter().all(|n| n.contains("410233")),
            "at {n}: {noted:?}"
        );
    }
}

#[test]
fn a_record_of_another_license_during_a_run_associates_nobody_until_it_is_settled() {
    for n in 0..length(41, start_license) {
        let mut office = begun(start_license, n);
        let before = users(&office);
        let (url, html) = license_page(410_240, LONELY, false);
        office.tell(Event::TabCreated {
            tab: 77,
            opener: Some(41),
        });
        office.tell(Event::TabSeen {
            tab: 77,
            url: url.clone(),
            front: true,
        });
        office.tell(Event::PortalPage { tab: 77, url, html });
        work(&mut office);
        if before == 0 && users(&office) > 0 {
            // It was put aside, and nothing in the case changed.
            assert!(office.browser.case(41).conflict.is_none(), "at {n}");
        }
    }
}

// ---- the settings and the permissions ----

#[test]
fn access_that_is_taken_during_a_run_lets_nothing_more_be_written() {
    for (ticket, start) in BOTH {
        for n in 0..length(ticket, start) {
            let mut office = begun(start, n);
            let before = given(&office) + office.sites.composers.len();
            let missing = vec![format!("https://{ZENDESK}/*")];
            office.tell(Event::HostAccess { missing });
            // The browser refuses every read.
            for _ in 0..60 {
                if office.browser.reads.is_empty() {
                    if !one(&mut office) {
                        break;
                    }
                    continue;
                }
                let (id, _) = office.browser.reads.remove(0);
                let answer = status(403, "{}", None);
                office.tell(Event::Answered { id, answer });
            }
            let replies = office.sites.composers.len();
            assert!(
                office.sites.written.len() + replies <= before + 1,
                "at {n} of {ticket}"
            );
        }
    }
}

// ---- the browser ----

#[test]
fn a_tab_that_gets_another_number_during_a_run_finishes_it() {
    for (ticket, start) in BOTH {
        for n in 0..length(ticket, start) {
            let mut office = begun(start, n);
            let old = i64::try_from(ticket).unwrap();
            office.tell(Event::TabReplaced { old, new: 900 });
            for (tab, _) in office.jobs.iter_mut().filter(|(tab, _)| *tab == old) {
                *tab = 900;
            }
            work(&mut office);
            for _ in 0..6 {
                if run(&office, ticket).state == RunState::Over {
                    break;
                }
                office.tell(Event::TabSeen {
                    tab: 900,
                    url: ticket_address(ticket),
                    front: true,
                });
                press(&mut office, "continue_plan", &[]);
            }
            assert_eq!(
                run(&office, ticket).state,
                RunState::Over,
                "at {n} of {ticket}"
            );
            assert_eq!(notes(&office, ticket).len(), 1, "at {n} of {ticket}");
        }
    }
}

#[test]
fn a_tab_that_is_closed_during_a_run_loses_nothing_and_writes_nothing_twice() {
    for (ticket, start) in BOTH {
        for n in 0..length(ticket, start) {
            for made in [true, false] {
                let mut office = begun(start, n);
                let tab = i64::try_from(ticket).unwrap();
                // The page may have written before it went.
                let gone: Vec<(i64, Job)> =
                    office.jobs.extract_if(.., |(of, _)| *of == tab).collect();
                for (_, job) in gone.iter().filter(|_| made) {
                    office.sites.obey(job);
                }
                office.sites.composers.remove(&ticket);
                office.tell(Event::TabClosed { tab });
                work(&mut office);
                office.look_at_ticket(ticket);
                work(&mut office);
                to_the_end(&mut office, ticket);
                assert_eq!(
                    notes(&office, ticket).len(),
                    1,
                    "at {n} of {ticket}, {made}"
                );
                let person = if ticket == 41 {
                    "/users/7"
                } else {
                    "/users/503"
                };
                assert_eq!(writes_to(&office, person), 1, "at {n} of {ticket}, {made}");
            }
        }
    }
}

#[test]
fn a_window_that_is_closed_during_a_run_takes_it_no_further() {
    for n in 0..length(41, start_license) {
        let mut office = Office::new(Sites::new());
        office.tell(Event::PanelIn { window: 1 });
        office.tell(Event::TabSeenIn {
            tab: 41,
            window: 1,
            url: ticket_address(41),
            active: true,
            focused: true,
        });
        work(&mut office);
        press(&mut office, "trace", &[]);
        office.tell(Event::TabSeenIn {
            tab: 41,
            window: 1,
            url: ticket_address(41),
            active: true,
            focused: true,
        });
        office.press("run_plan", &[]);
        for _ in 0..n {
            one(&mut office);
        }
        let before = given(&office) + office.sites.composers.len();
        let drafting = office
            .jobs
            .iter()
            .filter(|(_, job)| matches!(job, Job::WriteReply { .. }))
            .count();
        office.tell(Event::WindowClosed { window: 1 });
        office.tell(Event::TabClosed { tab: 41 });
        work(&mut office);
        let after = given(&office) + office.sites.composers.len();
        // The change whose turn it was may be made: its page is closed, so only one that has a page of its own is.
        assert!(after <= before + drafting + 1, "at {n}");
    }
}

// ---- the clock ----

#[test]
fn a_clock_that_is_set_back_or_forward_during_a_run_makes_nothing_twice() {
    for (ticket, start) in BOTH {
        for n in 0..length(ticket, start) {
            for day in [-1_i64, 1] {
                let mut office = begun(start, n);
                let now = i64::try_from(office.browser.now).unwrap() + day * 86_400_000;
                office.browser.now = u64::try_from(now).unwrap();
                work(&mut office);
                to_the_end(&mut office, ticket);
                assert_eq!(notes(&office, ticket).len(), 1, "at {n} of {ticket}");
                let person = if ticket == 41 {
                    "/users/7"
                } else {
                    "/users/503"
                };
                assert_eq!(writes_to(&office, person), 1, "at {n} of {ticket}");
            }
        }
    }
}

// ---- a colleague ----

#[test]
fn who_is_suspended_or_joins_the_team_during_a_run_is_left_alone() {
    for (key, value) in [
        ("suspended", json!(true)),
        ("role", json!("agent")),
        ("active", json!(false)),
    ] {
        for (ticket, start, person) in [
            (41, start_license as fn() -> Office, 7),
            (42, start_contacts, 503),
        ] {
            for n in (0..length(ticket, start)).step_by(2) {
                let mut office = begun(start, n);
                let looked = office.browser.case(ticket).tasks.iter().any(|t| {
                    t.change.user().map(UserId::get) == Some(person)
                        && (t.look.is_some() || t.may_be_written())
                });
                let there = office.sites.organization_of(person);
                user(&mut office, person, key, value.clone());
                work(&mut office);
                if !looked && there.is_none() {
                    assert_eq!(
                        office.sites.organization_of(person),
                        None,
                        "{key} at {n} of {ticket}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_the_requester_takes_back_during_a_run_is_not_done() {
    for n in 0..length(42, start_contacts) {
        let mut office = begun(start_contacts, n);
        let looked = users(&office) > 0
            || office
                .browser
                .case(42)
                .tasks
                .iter()
                .any(|t| matches!(t.change, Change::Add { .. }) && t.look.is_some());
        office.sites.touch(42);
        let said = office
            .sites
            .comments
            .get_mut(&42)
            .unwrap()
            .last_mut()
            .unwrap();
        said["author_id"] = json!(8);
        said["plain_body"] = json!("Please do not add ian@lindqvist.example, he left us.");
        work(&mut office);
        if !looked {
            assert_eq!(office.sites.organization_of(503), None, "at {n}");
        }
    }
}

#[test]
fn of_two_tickets_of_one_requester_only_the_one_that_associated_them_undoes_it() {
    let mut sites = Sites::new();
    sites.tickets.get_mut(&43).unwrap()["requester_id"] = json!(7);
    sites.comments.get_mut(&43).unwrap().clear();
    sites.says(43, 7, "our license ID is 410233.");
    let mut office = office(43, sites);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    work(&mut office);
    press(&mut office, "trace", &[]);
    office.look_at_ticket(41);
    press(&mut office, "associate", &[]);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    office.look_at_ticket(43);
    press(&mut office, "associate", &[]);
    let tasks = &office.browser.case(43).tasks;
    for task in tasks {
        assert_eq!(task.undo(), None, "{task:?}");
    }
    assert_eq!(writes_to(&office, "/users/7"), 1);
}

#[test]
fn a_write_that_zendesk_confirms_and_does_not_keep_stops_the_plan() {
    for (ticket, start) in BOTH {
        let mut office = start();
        office.press("run_plan", &[]);
        let mut lost = 0;
        for _ in 0..200 {
            let at = office
                .jobs
                .iter()
                .position(|(_, job)| matches!(job, Job::Request { .. }));
            match at {
                Some(at) => {
                    let (tab, job) = office.jobs.remove(at);
                    lost += 1;
                    let answer = match &job {
                        Job::Request { path, .. } if path.ends_with("/users") => ok(
                            &json!({"user": {"id": 4999, "name": "N", "email": "n@lindqvist.example",
                            "role": "end-user", "suspended": false, "active": true, "organization_id": ORGANIZATION, "notes": "", "details": ""}}),
                        ),
                        _ => ok(&json!({})),
                    };
                    let outcome = Outcome::Answered { answer };
                    office.tell(Event::PageResult {
                        tab,
                        effect: job.number(),
                        outcome,
                    });
                }
                None if one(&mut office) => {}
                None => break,
            }
        }
        assert!(lost > 0);
        assert_eq!(
            run(&office, ticket).state,
            RunState::Stopped,
            "{:?}",
            states(&office, ticket)
        );
        assert!(office.sites.composers.is_empty());
        let done = office
            .browser
            .case(ticket)
            .tasks
            .iter()
            .filter(|t| t.state == TaskState::Done)
            .count();
        assert_eq!(done, 0);
    }
}

#[test]
fn whom_a_contact_wants_gone_is_removed_only_if_they_are_still_who_they_were() {
    for (key, value) in [
        ("role", json!("agent")),
        ("suspended", json!(true)),
        ("email", json!("other@home.example")),
        ("name", json!("Somebody Else")),
        ("organization_id", json!(77)),
    ] {
        let mut office = office(42, Sites::new());
        for email in ["ian@lindqvist.example", "new.person@lindqvist.example"] {
            press(
                &mut office,
                "toggle_contact",
                &[("email", email), ("wanted", "false")],
            );
        }
        press(
            &mut office,
            "pick_leaver",
            &[("user", "502"), ("wanted", "true")],
        );
        office.press("run_plan", &[]);
        user(&mut office, 502, key, value.clone());
        let there = office.sites.organization_of(502);
        work(&mut office);
        assert_eq!(office.sites.organization_of(502), there, "{key}");
        assert_eq!(office.sites.users[&502]["notes"], "", "{key}");
    }
}

#[test]
fn an_organization_that_becomes_another_during_a_run_gets_nobody() {
    for (key, value) in [
        ("name", json!("Rival Widgets")),
        ("notes", json!("Do not add anybody.")),
        (
            "organization_fields",
            json!({"salesforce_id": OTHER_SFDC, "sfdc_short_id": null}),
        ),
        (
            "organization_fields",
            json!({"salesforce_id": SFDC18, "sfdc_short_id": SFDC15, "support_hold": true}),
        ),
    ] {
        for (ticket, start) in BOTH {
            for n in (0..length(ticket, start)).step_by(2) {
                let mut office = begun(start, n);
                let looked = users(&office) > 0
                    || office
                        .browser
                        .case(ticket)
                        .tasks
                        .iter()
                        .any(|t| t.look.is_some() && t.change.makes().is_some());
                office
                    .sites
                    .change_organization(ORGANIZATION, key, value.clone());
                let before = users(&office);
                work(&mut office);
                if !looked {
                    assert_eq!(users(&office), before, "{key} at {n} of {ticket}");
                }
            }
        }
    }
}

#[test]
fn an_old_panel_starts_no_run_of_a_plan_that_has_changed_since() {
    let mut office = entitled(Sites::new());
    let late = office.browser.pressed("run_plan", &[]);
    press(
        &mut office,
        "plan_choose",
        &[("step", "associate"), ("wanted", "false")],
    );
    office.tell(late);
    work(&mut office);
    assert!(office.browser.case(41).plan.run.is_none());
    assert!(office.sites.written.is_empty());
    assert!(offered(&office, 41).contains(&(StepKind::Associate, false)));
}

#[test]
fn a_run_of_one_window_is_not_continued_by_a_press_that_another_window_made_before_it() {
    let mut office = begun(start_license, 0);
    office.press("stop_plan", &[]);
    work(&mut office);
    let shown = run(&office, 41).shown();
    press(&mut office, "continue_plan", &[]);
    let writes = office.sites.written.len();
    office.tell(Event::Command {
        case: Some(key(41)),
        window: None,
        name: "continue_plan".to_owned(),
        fields: [("run".to_owned(), shown)]
            .into_iter()
            .collect::<Map<_, _>>(),
    });
    work(&mut office);
    assert_eq!(office.sites.written.len(), writes);
    assert_eq!(
        states(&office, 41)
            .iter()
            .filter(|(_, s)| matches!(s, StepState::Done { .. }))
            .count(),
        4
    );
}
