//! What a change rests on is read again right before the write, whoever changed it in between; and
//! what is known about a requester is dropped with them.

use crate::support::office::Office;
use crate::support::sites::{AGENT, ORGANIZATION, Sites};
use crate::support::*;
use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, association_gate};
use tether::case::change::{Task, TaskProblem, TaskState};
use tether::case::check::{Answer as Says, CheckName, Verdict, checks, verdict};
use tether::case::page_problem::PageProblem;
use tether::case::reply_progress::{Problem, Progress};

/// An office with a ticket in front and everything read.
pub fn office(ticket: u64, sites: Sites) -> Office {
    let mut office = Office::new(sites);
    office.tell(Event::PanelOpened);
    office.look_at_ticket(ticket);
    work(&mut office);
    office
}

/// Does one waiting thing. Returns whether there was any.
pub fn one(office: &mut Office) -> bool {
    if !office.browser.reads.is_empty() {
        let (id, url) = office.browser.reads.remove(0);
        let answer = office.sites.answer(&url);
        office.tell(Event::Answered { id, answer });
    } else if !office.jobs.is_empty() {
        let (tab, job) = office.jobs.remove(0);
        let outcome = office.sites.obey(&job);
        office.tell(Event::PageResult {
            tab,
            effect: job.number(),
            outcome,
        });
    } else if let Some(id) = office.waits.pop() {
        office.tell(Event::Waited { id });
    } else {
        return office.open_next();
    }
    true
}

pub fn work(office: &mut Office) {
    for _ in 0..600 {
        if !one(office) {
            return;
        }
    }
    panic!("it never ends");
}

/// Answers reads only.
pub fn reads(office: &mut Office) {
    while !office.browser.reads.is_empty() {
        let (id, url) = office.browser.reads.remove(0);
        let answer = office.sites.answer(&url);
        office.tell(Event::Answered { id, answer });
    }
}

pub fn last(office: &Office, ticket: u64) -> Task {
    office
        .browser
        .case(ticket)
        .tasks
        .last()
        .expect("a change was begun")
        .clone()
}

pub fn problem(office: &Office, ticket: u64) -> TaskProblem {
    match last(office, ticket).state {
        TaskState::Problem(problem) => problem,
        other => panic!("no problem: {other:?}"),
    }
}

pub fn again(office: &mut Office, ticket: u64) {
    let id = last(office, ticket).id.to_string();
    office.look_at_ticket(ticket);
    office.press("retry_task", &[("task", &id)]);
    work(office);
}

/// Ticket 41, entitled and ready to be associated.
pub fn entitled_office() -> Office {
    let mut office = office(41, Sites::new());
    office.press("trace", &[]);
    work(&mut office);
    office.look_at_ticket(41);
    assert!(association_gate(office.browser.case(41), office.browser.world().rules()).is_ok());
    office
}

pub fn set_user(sites: &mut Sites, user: u64, key: &str, value: Value) {
    sites.users.get_mut(&user).unwrap()[key] = value;
}

pub fn set_organization(sites: &mut Sites, key: &str, value: Value) {
    sites.organizations.get_mut(&ORGANIZATION).unwrap()[key] = value;
}

/// What a colleague does in between, and what the panel says about it.
type Meddling = (&'static str, fn(&mut Sites), &'static str);

const OF_THE_TICKET: [Meddling; 4] = [
    (
        "another requester",
        |s| {
            s.tickets
                .values_mut()
                .for_each(|t| t["requester_id"] = json!(11))
        },
        "the requester",
    ),
    (
        "another form",
        |s| {
            s.tickets
                .values_mut()
                .for_each(|t| t["ticket_form_id"] = json!(6))
        },
        "form",
    ),
    (
        "the ticket is solved",
        |s| {
            s.tickets
                .values_mut()
                .for_each(|t| t["status"] = json!("solved"))
        },
        "solved",
    ),
    (
        "the ticket is closed",
        |s| {
            s.tickets
                .values_mut()
                .for_each(|t| t["status"] = json!("closed"))
        },
        "closed",
    ),
];

const OF_THE_ORGANIZATION: [Meddling; 7] = [
    (
        "notes",
        |s| set_organization(s, "notes", json!("Do NOT add anyone: legal hold.")),
        "legal hold",
    ),
    (
        "details",
        |s| set_organization(s, "details", json!("See the contract.")),
        "See the contract",
    ),
    (
        "renamed",
        |s| set_organization(s, "name", json!("Lindqvist Gadgets")),
        "Lindqvist Gadgets",
    ),
    (
        "on hold",
        |s| {
            s.organizations.get_mut(&ORGANIZATION).unwrap()["organization_fields"]["support_hold"] =
                json!(true)
        },
        "support hold: yes now",
    ),
    (
        "account type",
        |s| {
            s.organizations.get_mut(&ORGANIZATION).unwrap()["organization_fields"]["account_type"] =
                json!("Open Partner")
        },
        "Open Partner",
    ),
    (
        "filled",
        |s| {
            for n in 0..40 {
                s.user(
                    9000 + n,
                    "X",
                    &format!("x{n}@lindqvist.example"),
                    Some(ORGANIZATION),
                );
            }
        },
        "contacts now, it had",
    ),
    (
        "one contact is suspended",
        |s| set_user(s, 501, "suspended", json!(true)),
        "no longer: Grace",
    ),
];

const OF_USER_7: [Meddling; 5] = [
    (
        "in another organization",
        |s| set_user(s, 7, "organization_id", json!(77)),
        "organization 77 already",
    ),
    (
        "suspended",
        |s| set_user(s, 7, "suspended", json!(true)),
        "suspended",
    ),
    (
        "one of the team",
        |s| set_user(s, 7, "role", json!("agent")),
        "one of the team",
    ),
    (
        "deleted",
        |s| set_user(s, 7, "active", json!(false)),
        "deleted",
    ),
    (
        "another address",
        |s| set_user(s, 7, "email", json!("ada@elsewhere.example")),
        "ada@elsewhere.example",
    ),
];

fn stopped(office: &Office, ticket: u64, name: &str, says: &str, before: &Sites) {
    let case = office.browser.case(ticket);
    let said: Vec<String> = case
        .tasks
        .iter()
        .filter_map(|t| {
            if let TaskState::Problem(p) = &t.state {
                Some(p.says())
            } else {
                None
            }
        })
        .collect();
    assert!(!said.is_empty(), "{name}: {:?}", case.tasks);
    let all = format!(
        "{} {}",
        said.join(" "),
        case.notice.clone().unwrap_or_default()
    );
    assert!(all.contains(says), "{name}: {all}");
    assert_eq!(
        office.sites.written, before.written,
        "{name}: something was written"
    );
}

// ---- how old it is ----

#[test]
fn nobody_is_associated_on_facts_that_changed_since_the_press_or_the_look() {
    for (name, meddle, says) in OF_THE_TICKET
        .into_iter()
        .chain(OF_THE_ORGANIZATION)
        .chain(OF_USER_7)
    {
        // Between the look and the press.
        let mut office = entitled_office();
        office.browser.now += 6 * 3_600_000;
        meddle(&mut office.sites);
        let before = office.sites.clone();
        office.press("associate", &[]);
        work(&mut office);
        stopped(&office, 41, name, says, &before);

        // While the user's page opens.
        let mut office = entitled_office();
        office.press("associate", &[]);
        reads(&mut office);
        meddle(&mut office.sites);
        let before = office.sites.clone();
        work(&mut office);
        stopped(&office, 41, name, says, &before);
    }
}

#[test]
fn what_changed_is_shown_and_continued_on_only_if_it_may_still_be_made() {
    let mut office = entitled_office();
    set_organization(&mut office.sites, "notes", json!("Do NOT add anyone."));
    office.press("associate", &[]);
    work(&mut office);
    assert!(
        problem(&office, 41)
            .says()
            .contains("notes: “Do NOT add anyone.” now, before empty"),
        "{}",
        problem(&office, 41).says()
    );
    again(&mut office, 41);
    assert!(
        matches!(problem(&office, 41), TaskProblem::NotAllowedNow(why) if why.contains("Organization notes"))
    );
    assert_eq!(office.sites.organization_of(7), None);
    office.press(
        "accept",
        &[
            ("check", "organization_notes"),
            ("reason", "Asked: it is about others."),
        ],
    );
    again(&mut office, 41);
    assert_eq!(
        office.sites.organization_of(7),
        Some(ORGANIZATION),
        "{:?}",
        last(&office, 41).state
    );
}

#[test]
fn one_contact_more_asks_once_and_then_goes_on() {
    let mut office = entitled_office();
    office
        .sites
        .user(9000, "Kim", "kim@lindqvist.example", Some(ORGANIZATION));
    office.press("associate", &[]);
    work(&mut office);
    assert!(
        problem(&office, 41)
            .says()
            .contains("4 contacts now, it had 3 (new: Kim (kim@lindqvist.example))"),
        "{}",
        problem(&office, 41).says()
    );
    again(&mut office, 41);
    assert_eq!(last(&office, 41).state, TaskState::Done);
}

#[test]
fn a_comment_of_someone_else_asks_and_ones_own_does_not() {
    let mut office = entitled_office();
    office.sites.touch(41);
    office.press("associate", &[]);
    work(&mut office);
    assert!(
        problem(&office, 41)
            .says()
            .contains("someone else wrote a comment"),
        "{:?}",
        problem(&office, 41)
    );

    let mut office = entitled_office();
    office.sites.touch(41);
    office
        .sites
        .comments
        .get_mut(&41)
        .unwrap()
        .last_mut()
        .unwrap()["author_id"] = json!(AGENT);
    office.press("associate", &[]);
    work(&mut office);
    assert_eq!(last(&office, 41).state, TaskState::Done);
}

#[test]
fn nobody_is_added_on_facts_that_changed() {
    let more: [Meddling; 4] = [
        (
            "the requester left",
            |s| set_user(s, 8, "organization_id", Value::Null),
            "no longer in Lindqvist Widgets",
        ),
        (
            "the requester moved",
            |s| set_user(s, 8, "organization_id", json!(77)),
            "no longer in Lindqvist Widgets",
        ),
        (
            "who is added joined another",
            |s| set_user(s, 503, "organization_id", json!(77)),
            "organization 77 already",
        ),
        (
            "who is added was deleted",
            |s| set_user(s, 503, "active", json!(false)),
            "deleted",
        ),
    ];
    for (name, meddle, says) in OF_THE_TICKET
        .into_iter()
        .chain(OF_THE_ORGANIZATION)
        .chain(more)
    {
        let mut office = office(42, Sites::new());
        for other in ["new.person@lindqvist.example", "jo@lindqvist.example"] {
            office.press("edit_list", &[("list", other)]);
        }
        meddle(&mut office.sites);
        let before = office.sites.clone();
        office.press("add_contacts", &[]);
        work(&mut office);
        stopped(&office, 42, name, says, &before);
    }
}

#[test]
fn several_are_added_one_after_the_other_and_none_is_a_change_to_the_next() {
    let mut office = office(42, Sites::new());
    office.press("add_contacts", &[]);
    work(&mut office);
    let tasks = &office.browser.case(42).tasks;
    assert_eq!(
        tasks.iter().filter(|t| t.state == TaskState::Done).count(),
        2,
        "{tasks:?}"
    );
}

fn removing(sites: Sites) -> Office {
    let mut office = office(42, sites);
    office.press("pick_leaver", &[("user", "502")]);
    work(&mut office);
    office
}

#[test]
fn nobody_is_removed_on_facts_that_changed() {
    let more: [Meddling; 5] = [
        (
            "an open ticket",
            |s| {
                _ = s.requested.insert(
                    502,
                    vec![
                        json!({"id": 48, "status": "open", "subject": "Help", "requester_id": 502}),
                    ],
                )
            },
            "has ticket #48 now",
        ),
        (
            "moved",
            |s| set_user(s, 502, "organization_id", json!(77)),
            "someone changed it",
        ),
        (
            "deleted",
            |s| set_user(s, 502, "active", json!(false)),
            "deleted",
        ),
        (
            "one of the team",
            |s| set_user(s, 502, "role", json!("agent")),
            "one of the team",
        ),
        (
            "a second organization",
            |s| _ = s.more_organizations.insert(502, vec![77]),
            "in 2 organizations: Lindqvist Widgets (91), Other (77)",
        ),
    ];
    for (name, meddle, says) in OF_THE_TICKET.into_iter().chain(more) {
        let mut office = removing(Sites::new());
        meddle(&mut office.sites);
        let before = office.sites.clone();
        office.press("remove_contacts", &[]);
        work(&mut office);
        stopped(&office, 42, name, says, &before);
    }
}

#[test]
fn a_new_open_ticket_of_a_leaver_cannot_be_continued_over() {
    let mut office = removing(Sites::new());
    office.sites.requested.insert(
        502,
        vec![json!({"id": 48, "status": "open", "subject": "Help", "requester_id": 502})],
    );
    office.press("remove_contacts", &[]);
    work(&mut office);
    again(&mut office, 42);
    assert!(
        matches!(problem(&office, 42), TaskProblem::NotAllowedNow(why) if why.contains("tickets that are not closed"))
    );
    assert_eq!(office.sites.organization_of(502), Some(ORGANIZATION));
}

#[test]
fn the_problem_type_and_the_assignment_rest_on_the_ticket() {
    for (name, meddle, says) in OF_THE_TICKET {
        let mut office = office(41, Sites::new());
        meddle(&mut office.sites);
        let before = office.sites.clone();
        office.press("set_problem_type", &[]);
        work(&mut office);
        stopped(&office, 41, name, says, &before);

        let mut office = self::office(43, Sites::new());
        office.press("open_trouble", &[("open", "true")]);
        work(&mut office);
        meddle(&mut office.sites);
        let before = office.sites.clone();
        office.press(
            "hand_over",
            &[("reason", "No organization was found."), ("group", "82")],
        );
        work(&mut office);
        stopped(&office, 43, name, says, &before);
    }
    let mut office = office(41, Sites::new());
    office.sites.tickets.get_mut(&41).unwrap()["custom_fields"][0]["value"] = json!("association");
    office.sites.touch(41);
    office.press("set_problem_type", &[]);
    work(&mut office);
    assert!(
        problem(&office, 41)
            .says()
            .contains("the problem type is “association” now, it was empty")
    );
}

#[test]
fn after_a_change_of_the_organization_the_ticket_is_written_as_it_is_then() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    work(&mut office);
    assert_eq!(last(&office, 41).state, TaskState::Done);
    // Zendesk moves the user's open tickets a little later.
    let stamp = json!("2026-11-24T23:59:00Z");
    office.sites.tickets.get_mut(&41).unwrap()["updated_at"] = stamp.clone();
    office.look_at_ticket(41);
    office.press("set_problem_type", &[]);
    work(&mut office);
    assert_eq!(last(&office, 41).state, TaskState::Done);
    let (_, _, body) = office.sites.written.last().unwrap();
    assert_eq!(body["ticket"]["updated_stamp"], stamp);
}

#[test]
fn outdated_readings_are_repeated() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    let (id, url) = office.browser.reads.remove(0);
    let answer = office.sites.answer(&url);
    office.tell(Event::Answered { id, answer });
    office.browser.now += 60_000;
    set_organization(&mut office.sites, "notes", json!("Stop."));
    office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(11);
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), None);
    assert!(
        matches!(problem(&office, 41), TaskProblem::OfEarlierRequester(_)),
        "{:?}",
        last(&office, 41).state
    );
}

#[test]
fn contacts_are_named_only_to_whom_the_engineer_saw_and_as_they_are_now() {
    let full = || {
        let mut sites = Sites::new();
        for n in 0..28 {
            sites.user(
                9000 + n,
                &format!("Secret Person{n}"),
                &format!("person{n}@lindqvist.example"),
                Some(ORGANIZATION),
            );
        }
        office(42, sites)
    };
    let draft = |office: &mut Office| {
        office.browser.now += 3_600_000;
        office.press("draft_reply", &[("about", "limit_reached")]);
        work(office);
    };
    let mut same = full();
    draft(&mut same);
    assert!(
        same.sites.composers[&42]
            .1
            .iter()
            .any(|l| l.contains("person0@")),
        "{:?}",
        same.sites.composers
    );

    let mut other = full();
    other.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(9);
    draft(&mut other);
    assert!(
        other.sites.composers.is_empty(),
        "{:?}",
        other.sites.composers
    );
    assert!(
        other
            .browser
            .case(42)
            .notice
            .as_ref()
            .unwrap()
            .contains("another requester")
    );

    let mut left = full();
    set_user(&mut left.sites, 8, "organization_id", json!(77));
    draft(&mut left);
    assert!(left.sites.composers.is_empty());

    let mut more = full();
    more.sites
        .user(9900, "Late", "late@lindqvist.example", Some(ORGANIZATION));
    draft(&mut more);
    assert!(more.sites.composers.is_empty());
    let Progress::Problem {
        why: Problem::Changed(what),
        ..
    } = &more.browser.case(42).drafting.now
    else {
        panic!()
    };
    assert!(what[0].contains("new: Late"), "{what:?}");
    draft(&mut more);
    assert!(
        more.sites.composers[&42]
            .1
            .iter()
            .any(|l| l.contains("late@")),
        "the list is the one that was just read"
    );
}

// ---- nothing of a colleague's is overwritten ----

fn removed() -> (Office, String) {
    let mut sites = Sites::new();
    set_user(&mut sites, 502, "notes", json!("Likes tea."));
    let mut office = removing(sites);
    office.press("remove_contacts", &[]);
    work(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);
    let notes = office.sites.users[&502]["notes"]
        .as_str()
        .unwrap()
        .to_owned();
    (office, notes)
}

fn undo(office: &mut Office) {
    let id = office.browser.case(42).tasks.last().unwrap().id.to_string();
    office.look_at_ticket(42);
    office.press("undo", &[("task", &id)]);
    work(office);
}

#[test]
fn undoing_a_removal_takes_its_line_away_and_nothing_else() {
    let (mut office, notes) = removed();
    assert!(
        notes.starts_with("Likes tea.\nDe-associated as per"),
        "{notes}"
    );
    set_user(
        &mut office.sites,
        502,
        "notes",
        json!(format!("{notes}\nBanned by Security: abuse.")),
    );
    undo(&mut office);
    assert_eq!(
        office.sites.users[&502]["notes"],
        json!("Likes tea.\nBanned by Security: abuse.")
    );
    assert_eq!(office.sites.organization_of(502), Some(ORGANIZATION));
}

#[test]
fn a_removal_is_not_undone_if_its_line_is_gone_or_changed_or_the_user_was_moved() {
    type Change = fn(&mut Sites, &str);
    let cases: [(Change, TaskProblem); 4] = [
        (
            |s, _| set_user(s, 502, "notes", json!("Likes tea.")),
            TaskProblem::LineGone,
        ),
        (
            |s, notes| set_user(s, 502, "notes", json!(format!("{notes} (wrongly)"))),
            TaskProblem::LineGone,
        ),
        (
            |s, _| set_user(s, 502, "organization_id", json!(77)),
            TaskProblem::ChangedSince,
        ),
        (
            |s, _| set_user(s, 502, "active", json!(false)),
            TaskProblem::Deleted,
        ),
    ];
    for (meddle, wanted) in cases {
        let (mut office, notes) = removed();
        meddle(&mut office.sites, &notes);
        let before = office.sites.users[&502].clone();
        undo(&mut office);
        assert_eq!(problem(&office, 42), wanted);
        assert_eq!(office.sites.users[&502], before);
    }
}

#[test]
fn a_line_that_was_there_before_the_removal_stays_after_its_undo() {
    let mut sites = Sites::new();
    let line = format!("De-associated as per {}", ticket_address(42));
    set_user(&mut sites, 502, "notes", json!(line));
    let mut office = removing(sites);
    office.press("remove_contacts", &[]);
    work(&mut office);
    undo(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);
    assert_eq!(office.sites.users[&502]["notes"], json!(line));
}

#[test]
fn notes_that_a_colleague_wrote_before_the_write_are_kept() {
    let mut office = removing(Sites::new());
    set_user(
        &mut office.sites,
        502,
        "notes",
        json!("Written this minute."),
    );
    office.press("remove_contacts", &[]);
    work(&mut office);
    assert!(
        office.sites.users[&502]["notes"]
            .as_str()
            .unwrap()
            .starts_with("Written this minute.\nDe-associated")
    );
}

#[test]
fn the_field_job_may_replace_nothing() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    reads(&mut office);
    office.open_next();
    reads(&mut office);
    let Some((_, Job::FillOrganization { replaces, .. })) = office.jobs.first() else {
        panic!("{:?}", office.jobs)
    };
    assert_eq!(*replaces, None);
    // A colleague fills it right before the page does.
    set_user(&mut office.sites, 7, "organization_id", json!(77));
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), Some(77));
    assert_eq!(
        problem(&office, 41),
        TaskProblem::Page(PageProblem::FieldShows("Other".to_owned()))
    );
    again(&mut office, 41);
    assert_eq!(office.sites.organization_of(7), Some(77));
    assert_eq!(
        problem(&office, 41),
        TaskProblem::InOrganization(77_u64.try_into().unwrap())
    );
}

#[test]
fn a_second_membership_stops_every_change_of_the_organization() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    work(&mut office);
    office.sites.more_organizations.insert(7, vec![77]);
    let id = last(&office, 41).id.to_string();
    office.look_at_ticket(41);
    office.press("undo", &[("task", &id)]);
    work(&mut office);
    assert!(
        matches!(problem(&office, 41), TaskProblem::SeveralOrganizations(all) if all.len() == 2)
    );
    assert_eq!(office.sites.organizations_of(7), [ORGANIZATION, 77]);
}

#[test]
fn a_user_with_the_address_as_a_second_one_is_found_and_judged_like_any_other() {
    let mut sites = Sites::new();
    sites.comments.get_mut(&42).unwrap().clear();
    sites.says(42, 8, "Please add alias@lindqvist.example.");
    let mut office = office(42, sites);
    // Jo gets it after the panel looked.
    office
        .sites
        .more_addresses
        .insert(504, vec!["alias@lindqvist.example".to_owned()]);
    office.press("add_contacts", &[]);
    work(&mut office);
    assert_eq!(
        problem(&office, 42),
        TaskProblem::InOrganization(77_u64.try_into().unwrap())
    );
    assert!(office.sites.written.is_empty());
}

/// Answers the first write of a kind with this answer, without making it.
fn refuse(office: &mut Office, kind: &str, answer: &tether::reading::Answer) {
    for _ in 0..200 {
        if let Some(at) = office
            .jobs
            .iter()
            .position(|(_, j)| matches!(j, Job::Request { method, .. } if method == kind))
        {
            let (tab, job) = office.jobs.remove(at);
            office.tell(Event::PageResult {
                tab,
                effect: job.number(),
                outcome: Outcome::Answered {
                    answer: answer.clone(),
                },
            });
            return;
        }
        assert!(one(office), "no {kind} was made");
    }
}

#[test]
fn a_taken_address_is_reported_in_zendesks_words() {
    let mut sites = Sites::new();
    sites.comments.get_mut(&42).unwrap().clear();
    sites.says(42, 8, "Please add alias@lindqvist.example.");
    let mut office = office(42, sites);
    office.press("add_contacts", &[]);
    let taken = json!({"error": "RecordInvalid", "description": "Record validation errors",
        "details": {"email": [{"description": "Email: alias@lindqvist.example is already being used by another user", "error": "DuplicateValue"}]}});
    refuse(&mut office, "POST", &status(422, &taken.to_string(), None));
    work(&mut office);
    let says = problem(&office, 42).says();
    assert!(
        says.contains("Another user has this address") && says.contains("already being used"),
        "{says}"
    );
}

#[test]
fn a_conflict_without_a_change_is_reported_as_a_busy_zendesk() {
    for press in ["set_problem_type", "add_contacts", "remove_contacts"] {
        let mut sites = Sites::new();
        if press == "add_contacts" {
            sites.comments.get_mut(&42).unwrap().clear();
            sites.says(42, 8, "Please add ian@lindqvist.example.");
        }
        let mut office = removing(sites);
        office.press(press, &[]);
        refuse(
            &mut office,
            "PUT",
            &status(409, r#"{"error":"DatabaseConflict"}"#, None),
        );
        work(&mut office);
        assert_eq!(problem(&office, 42), TaskProblem::WasBusy, "{press}");
        again(&mut office, 42);
        assert_eq!(last(&office, 42).state, TaskState::Done, "{press}");
    }
}

// ---- whose it is ----

#[test]
fn another_requester_is_not_pre_authorized_by_the_first_ones_organization() {
    let mut office = office(42, Sites::new());
    office.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(9);
    office.press("refresh", &[]);
    work(&mut office);
    let case = office.browser.case(42);
    assert_ne!(
        verdict(&checks(case, office.browser.world().rules())),
        Verdict::Entitled
    );
    assert!(case.contacts.entries().is_empty() && case.found_in.is_none());
    let notice = case.notice.clone().unwrap();
    assert!(
        notice.contains("Cy Lindqvist")
            && notice.contains("no longer Bo Lindqvist")
            && notice.contains("the contacts to add"),
        "{notice}"
    );
    assert!(text_of(&office.browser.view()).contains("The ticket has another requester"));
    office.press("dismiss_notice", &[]);
    assert_eq!(office.browser.case(42).notice, None);
}

#[test]
fn a_requester_who_left_their_organization_is_not_pre_authorized_any_more() {
    for organization in [Value::Null, json!(77)] {
        let mut office = office(42, Sites::new());
        set_user(
            &mut office.sites,
            8,
            "organization_id",
            organization.clone(),
        );
        office.press("refresh", &[]);
        work(&mut office);
        let case = office.browser.case(42);
        assert!(
            case.notice
                .as_ref()
                .unwrap()
                .contains("no longer in Lindqvist Widgets"),
            "{:?}",
            case.notice
        );
        assert_eq!(
            case.found_in.as_ref().map(|o| o.id.get()),
            organization.as_u64(),
            "as at a first look"
        );
    }
}

#[test]
fn what_was_found_by_hand_for_one_requester_does_not_entitle_another() {
    let mut sites = Sites::new();
    sites.tickets.get_mut(&43).unwrap()["custom_fields"][1]["value"] = json!("saas");
    let mut office = office(43, sites);
    office.press("attempt", &[("outcome", "app_failed")]);
    office.press(
        "by_hand",
        &[("namespace", "gulls-collective"), ("account", SFDC18)],
    );
    work(&mut office);
    office.sites.tickets.get_mut(&43).unwrap()["requester_id"] = json!(10);
    office.press("refresh", &[]);
    work(&mut office);
    office.press("associate", &[]);
    work(&mut office);
    assert_eq!(office.sites.organization_of(10), None);
    assert!(office.browser.case(43).dot_com.by_hand.is_none());
}

#[test]
fn the_portals_records_stay_and_what_they_prove_is_asked_anew() {
    let mut office = entitled_office();
    office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(11);
    office.press("refresh", &[]);
    work(&mut office);
    let case = office.browser.case(41);
    assert_eq!(case.chain.held().count(), 3, "records stay");
    let given = |office: &Office| {
        let all = checks(office.browser.case(41), office.browser.world().rules());
        all.into_iter()
            .find(|c| c.name == CheckName::ProofGiven)
            .unwrap()
            .answer
    };
    assert!(
        matches!(given(&office), Says::ToDecide(_)),
        "Ed did not give it"
    );
    office.press("associate", &[]);
    assert!(office.browser.case(41).tasks.is_empty());
    // The new requester gives it, too.
    office.sites.says(41, 11, "our license ID is 410233.");
    office.press("refresh", &[]);
    work(&mut office);
    assert!(matches!(given(&office), Says::Passed(_)));
}

#[test]
fn an_answer_about_an_earlier_requester_is_nobodys() {
    let mut office = Office::new(Sites::new());
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    // The ticket is there, its comments are not yet.
    while let Some(at) = office
        .browser
        .reads
        .iter()
        .position(|(_, url)| !url.contains("/comments"))
    {
        let (id, url) = office.browser.reads.remove(at);
        let answer = office.sites.answer(&url);
        office.tell(Event::Answered { id, answer });
    }
    let late = office
        .browser
        .reads
        .iter()
        .find(|(_, url)| url.contains("/comments"))
        .cloned()
        .unwrap();
    let of_ada = office.sites.answer(&late.1);
    office.sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(11);
    office.press("set_problem_type", &[]);
    let at = office
        .browser
        .reads
        .iter()
        .position(|(_, url)| url.contains("tickets/41?"))
        .unwrap();
    let (id, url) = office.browser.reads.remove(at);
    let answer = office.sites.answer(&url);
    office.tell(Event::Answered { id, answer });
    office.browser.reads.retain(|(id, _)| *id != late.0);
    office.tell(Event::Answered {
        id: late.0,
        answer: of_ada,
    });
    assert!(
        office.browser.case(41).proofs.found.is_empty(),
        "Ada's license ID is not Ed's"
    );
}

#[test]
fn changes_that_wait_are_stopped_when_the_requester_is_another() {
    let mut office = office(42, Sites::new());
    office.press("add_contacts", &[]);
    office.sites.tickets.get_mut(&42).unwrap()["requester_id"] = json!(9);
    work(&mut office);
    let tasks = &office.browser.case(42).tasks;
    assert!(
        tasks.iter().all(|t| matches!(&t.state, TaskState::Problem(TaskProblem::OfEarlierRequester(who)) if who.starts_with("Bo"))),
        "{tasks:?}"
    );
    again(&mut office, 42);
    assert!(
        office.sites.written.is_empty(),
        "no press makes them this requester's"
    );
}

#[test]
fn what_tether_itself_changed_drops_nothing() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    work(&mut office);
    office.look_at_ticket(41);
    office.press("refresh", &[]);
    work(&mut office);
    let case = office.browser.case(41);
    assert_eq!((case.notice.as_ref(), case.proofs.found.len()), (None, 1));
    let id = last(&office, 41).id.to_string();
    office.press("undo", &[("task", &id)]);
    work(&mut office);
    office.press("refresh", &[]);
    work(&mut office);
    assert_eq!(office.browser.case(41).notice, None);
    assert_eq!(last(&office, 41).state, TaskState::Done);
}

// ---- what waits does not take the engineer away ----

fn limited(wait: &str) -> Office {
    let mut office = removing(Sites::new());
    office.press("remove_contacts", &[]);
    refuse(&mut office, "PUT", &status(429, "", Some(wait)));
    assert!(matches!(last(&office, 42).state, TaskState::Waiting { .. }));
    office
}

fn taken(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|e| matches!(e, Effect::FocusTab { .. } | Effect::OpenTab { .. }))
}

#[test]
fn a_change_that_waited_stops_while_the_engineer_looks_at_another_ticket() {
    let mut office = limited("600");
    office.look_at_ticket(43);
    work(&mut office);
    office.browser.now += 700_000;
    assert!(!taken(&office.press("tick", &[])));
    work(&mut office);
    assert_eq!(problem(&office, 42), TaskProblem::EngineerElsewhere);
    assert_eq!(office.sites.organization_of(502), Some(ORGANIZATION));
    again(&mut office, 42);
    assert_eq!(office.sites.organization_of(502), None);
}

#[test]
fn a_waiting_change_goes_on_when_its_ticket_is_in_front() {
    let mut office = limited("20");
    office.browser.now += 20_000;
    office.press("tick", &[]);
    work(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);
}

#[test]
fn a_change_that_waits_can_be_left() {
    let mut office = limited("600");
    let id = last(&office, 42).id.to_string();
    assert!(
        office
            .browser
            .view()
            .contains("data-command=\"leave_task\"")
    );
    office.press("leave_task", &[("task", &id)]);
    assert!(office.browser.case(42).tasks.is_empty());
}

#[test]
fn no_clock_makes_a_change_wait_for_longer_than_it_was_asked_to() {
    let mut office = limited("20");
    office.browser.now -= 3_600_000;
    office.press("tick", &[]);
    work(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);

    let mut office = limited("99999999999999999999");
    assert!(text_of(&office.browser.view()).contains("Tether asks again after an hour"));
    office.browser.now += 3_600_000;
    office.press("tick", &[]);
    work(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);
}

#[test]
fn a_press_whose_reads_are_slow_does_not_pull_the_engineer_back() {
    let mut office = entitled_office();
    office.tell(Event::TabSeen {
        tab: 5,
        url: format!("https://{ZENDESK}/agent/users/7"),
        front: false,
    });
    office.press("associate", &[]);
    office.look_at_ticket(43);
    let mut effects = Vec::new();
    while !office.browser.reads.is_empty() {
        let (id, url) = office.browser.reads.remove(0);
        let answer = office.sites.answer(&url);
        effects.extend(office.tell(Event::Answered { id, answer }));
    }
    assert!(!taken(&effects), "{effects:?}");
    assert_eq!(problem(&office, 41), TaskProblem::EngineerElsewhere);
}
