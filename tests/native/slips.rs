//! Slips of a working day, each as it would happen: colleagues act at the worst moment, requesters
//! change and change back, users are merged, presses come late.

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, association_gate, reply_about};
use tether::case::change::{TaskProblem, TaskState};
use tether::case::check::{CheckName, Verdict, checks, verdict};
use tether::case::page_problem::PageProblem;
use tether::case::reply::Outcome as About;

use crate::fresh_look::{
    again, entitled_office, last, office, one, problem, reads, set_organization, set_user, work,
};
use crate::support::office::Office;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;

fn gate(office: &Office, ticket: u64) -> Result<(u64, u64), String> {
    association_gate(office.browser.case(ticket), office.browser.world().rules())
        .map(|(user, organization)| (user.get(), organization.id.get()))
}

fn verdict_of(office: &Office, ticket: u64) -> Verdict {
    verdict(&checks(
        office.browser.case(ticket),
        office.browser.world().rules(),
    ))
}

/// Works until a page is about to write.
fn until_written(office: &mut Office) {
    for _ in 0..300 {
        if !office.jobs.is_empty() {
            return;
        }
        reads(office);
        if office.jobs.is_empty() && !office.open_next() {
            break;
        }
    }
    let job = office.jobs.first();
    assert!(job.is_some(), "no page was given a job");
}

/// The requester of ticket 41 is about to be associated: the page has the job.
fn about_to_associate(by_api: bool) -> Office {
    let mut office = entitled_office();
    office.press("associate", &[]);
    until_written(&mut office);
    if by_api {
        let (tab, job) = office.jobs.remove(0);
        office.tell(Event::PageResult {
            tab,
            effect: job.number(),
            outcome: Outcome::NoField,
        });
        let id = last(&office, 41).id.to_string();
        office.look_at_ticket(41);
        office.press("by_api", &[("task", &id)]);
        until_written(&mut office);
    }
    office
}

fn refresh(office: &mut Office) {
    office.press("refresh", &[]);
    work(office);
}

fn request(office: &mut Office, ticket: u64, requester: u64) {
    office.sites.tickets.get_mut(&ticket).unwrap()["requester_id"] = json!(requester);
}

// ---- between the fresh look and the write ----

/// What a colleague does.
type Meddling = fn(&mut Sites);

/// What a colleague does at that moment, and what the panel says about it.
const IN_THAT_MOMENT: [(Meddling, &str); 6] = [
    (
        |sites| set_user(sites, 7, "organization_id", json!(77)),
        // The field shows it by its name, the API by its number.
        "rganization",
    ),
    (
        |sites| set_user(sites, 7, "suspended", json!(true)),
        "suspended",
    ),
    (
        |sites| set_user(sites, 7, "active", json!(false)),
        "deleted",
    ),
    (
        |sites| _ = sites.more_organizations.insert(7, vec![77]),
        "organization",
    ),
    (
        |sites| {
            let hold = json!({"salesforce_id": SFDC18, "sfdc_short_id": SFDC15});
            sites.change_organization(ORGANIZATION, "organization_fields", hold);
            sites.change_organization(ORGANIZATION, "notes", json!("Do not add anyone."));
        },
        "notes",
    ),
    (
        |sites| sites.tickets.get_mut(&41).unwrap()["requester_id"] = json!(9),
        "requester",
    ),
];

#[test]
fn what_a_colleague_does_after_the_fresh_look_is_seen_by_the_page_that_writes() {
    for by_api in [false, true] {
        for (meddles, says) in IN_THAT_MOMENT {
            let mut office = about_to_associate(by_api);
            meddles(&mut office.sites);
            let before = office.sites.written.len();
            work(&mut office);
            assert_eq!(
                office.sites.written.len(),
                before,
                "{says}, by API: {by_api}"
            );
            let said = problem(&office, 41).says();
            assert!(said.contains(says), "{says}, by API: {by_api}: {said}");
        }
    }
}

#[test]
fn notes_written_after_the_fresh_look_are_not_overwritten_by_a_removal_nor_by_its_undo() {
    let mut office = office(42, Sites::new());
    office.press("pick_leaver", &[("user", "502")]);
    work(&mut office);
    office.press("remove_contacts", &[]);
    until_written(&mut office);
    set_user(
        &mut office.sites,
        502,
        "notes",
        json!("Banned by Security."),
    );
    work(&mut office);
    let notes = |office: &Office| {
        office.sites.users[&502]["notes"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    // The notes were read again, and the line was added below their new text.
    assert_eq!(last(&office, 42).state, TaskState::Done);
    assert!(notes(&office).starts_with("Banned by Security.\nDe-associated as per"));

    let id = last(&office, 42).id.to_string();
    office.look_at_ticket(42);
    office.press("undo", &[("task", &id)]);
    until_written(&mut office);
    let more = format!("{}\nCalled back.", notes(&office));
    set_user(&mut office.sites, 502, "notes", json!(more));
    work(&mut office);
    assert_eq!(last(&office, 42).state, TaskState::Done);
    assert_eq!(notes(&office), "Banned by Security.\nCalled back.");
}

#[test]
fn a_user_who_keeps_changing_is_not_written_and_the_panel_says_so() {
    let mut office = about_to_associate(true);
    let mut refusals = 0;
    for n in 0..40 {
        if let Some((_, job)) = office.jobs.first()
            && office.browser.reads.is_empty()
            && matches!(job, Job::Request { .. })
        {
            set_user(&mut office.sites, 7, "notes", json!(format!("Note {n}.")));
            refusals += 1;
        }
        if !one(&mut office) {
            break;
        }
    }
    assert_eq!(refusals, 2, "looked at once more, and then told");
    assert_eq!(
        problem(&office, 41),
        TaskProblem::Page(PageProblem::JustChanged)
    );
    assert!(office.sites.written.is_empty());
    again(&mut office, 41);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
}

#[test]
fn a_requester_who_is_moved_in_that_moment_adds_nobody() {
    let mut office = office(42, Sites::new());
    for email in ["ian@lindqvist.example", "new.person@lindqvist.example"] {
        office.press("toggle_contact", &[("email", email), ("wanted", "true")]);
    }
    office.press("add_contacts", &[]);
    until_written(&mut office);
    set_user(&mut office.sites, 8, "organization_id", json!(77));
    work(&mut office);
    assert!(
        office.sites.written.is_empty(),
        "{:?}",
        office.sites.written
    );
}

// ---- the session ----

#[test]
fn signed_out_no_page_is_opened_and_the_panel_says_so() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    while !office.browser.reads.is_empty() {
        let (id, _) = office.browser.reads.remove(0);
        office.tell(Event::Answered {
            id,
            answer: status(401, r#"{"error":"Couldn't authenticate you"}"#, None),
        });
    }
    assert!(
        office.opening.is_empty(),
        "a page is opened without a session"
    );
    assert_eq!(
        problem(&office, 41),
        TaskProblem::Page(PageProblem::SignedOut)
    );
    let said = problem(&office, 41).says();
    assert_eq!(
        said,
        "You are signed out of Zendesk: nothing was written. Sign in, then continue."
    );
    again(&mut office, 41);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
}

#[test]
fn what_may_not_be_made_any_more_opens_no_page() {
    let mut office = entitled_office();
    office
        .sites
        .change_organization(ORGANIZATION, "notes", json!("Legal hold."));
    office.press("associate", &[]);
    reads(&mut office);
    assert!(office.opening.is_empty());
    assert!(matches!(problem(&office, 41), TaskProblem::BasisChanged(_)));
}

#[test]
fn a_page_that_is_missing_because_the_session_ended_is_reported_as_signed_out() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    reads(&mut office);
    assert_eq!(office.opening.len(), 1);
    office.opening.clear();
    office.browser.now += 31_000;
    office.press("tick", &[]);
    while !office.browser.reads.is_empty() {
        let (id, _) = office.browser.reads.remove(0);
        office.tell(Event::Answered {
            id,
            answer: status(401, "{}", None),
        });
    }
    assert_eq!(
        problem(&office, 41),
        TaskProblem::Page(PageProblem::SignedOut)
    );
}

// ---- whose it is ----

#[test]
fn a_requester_who_is_changed_twice_gets_nothing_of_what_was_pressed_before() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    request(&mut office, 41, 9);
    work(&mut office);
    assert!(matches!(
        problem(&office, 41),
        TaskProblem::OfEarlierRequester(_)
    ));
    request(&mut office, 41, 7);
    refresh(&mut office);
    again(&mut office, 41);
    assert!(
        office.sites.written.is_empty(),
        "{:?}",
        office.sites.written
    );
    assert!(office.browser.case(41).decisions.is_empty());
    // The engineer presses again, for the present requester.
    let id = last(&office, 41).id.to_string();
    office.press("leave_task", &[("task", &id)]);
    work(&mut office);
    assert_eq!(gate(&office, 41), Ok((7, ORGANIZATION)));
    office.press("associate", &[]);
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
}

#[test]
fn a_user_who_was_merged_into_another_is_nobody() {
    let mut office = entitled_office();
    // Zendesk merges users in this way: the tickets move to the other, and the one is deleted.
    office.sites.user(12, "Ada L.", "ada@work.example", None);
    set_user(&mut office.sites, 7, "active", json!(false));
    request(&mut office, 41, 12);
    office.press("associate", &[]);
    work(&mut office);
    assert!(office.sites.written.is_empty());
    assert!(matches!(
        problem(&office, 41),
        TaskProblem::OfEarlierRequester(_)
    ));
    assert_eq!(office.browser.case(41).requester.user.unwrap().get(), 12);
    assert_ne!(
        verdict_of(&office, 41),
        Verdict::Entitled,
        "nobody asked 12 for proof"
    );
}

#[test]
fn what_was_made_of_a_user_who_was_merged_since_is_not_undone() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    work(&mut office);
    assert_eq!(last(&office, 41).state, TaskState::Done);
    set_user(&mut office.sites, 7, "active", json!(false));
    let (id, before) = (last(&office, 41).id.to_string(), office.sites.written.len());
    office.look_at_ticket(41);
    office.press("undo", &[("task", &id)]);
    work(&mut office);
    assert_eq!(problem(&office, 41), TaskProblem::Deleted);
    assert_eq!(office.sites.written.len(), before);
}

#[test]
fn the_reply_to_another_requester_is_not_about_what_was_made_for_the_first() {
    let mut office = about_to_associate(false);
    request(&mut office, 41, 9);
    office.sites.touch(41);
    // The page wrote already; its answer comes after the ticket was read again.
    let (tab, job) = office.jobs.remove(0);
    set_user(&mut office.sites, 7, "organization_id", json!(ORGANIZATION));
    office.press("refresh", &[]);
    reads(&mut office);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    });
    work(&mut office);
    let done = office
        .browser
        .case(41)
        .tasks
        .iter()
        .any(|t| t.state == TaskState::Done);
    assert!(done, "it was made, and is said to be");
    let about = reply_about(office.browser.case(41), office.browser.world());
    assert_ne!(about, Some(About::ContactsAdded), "9 was added to nothing");
}

#[test]
fn a_walk_that_was_begun_for_one_requester_entitles_no_other() {
    let mut office = office(41, Sites::new());
    office.press("trace", &[]);
    request(&mut office, 41, 9);
    office.press("refresh", &[]);
    work(&mut office);
    office.look_at_ticket(41);
    work(&mut office);
    assert_eq!(office.browser.case(41).requester.user.unwrap().get(), 9);
    assert_ne!(
        verdict_of(&office, 41),
        Verdict::Entitled,
        "9 gave no proof"
    );
    assert!(gate(&office, 41).is_err());
}

#[test]
fn a_decision_about_one_address_is_none_about_the_next() {
    let mut sites = Sites::new();
    let fields = &mut sites.tickets.get_mut(&41).unwrap()["custom_fields"];
    fields[2]["value"] = json!("eve@rival.example");
    let mut office = office(41, sites);
    office.press("trace", &[]);
    work(&mut office);
    office.look_at_ticket(41);
    let answer = |office: &Office| {
        let all = checks(office.browser.case(41), office.browser.world().rules());
        all.into_iter()
            .find(|c| c.name == CheckName::SoldToMatches)
            .unwrap()
            .answer
    };
    let said = answer(&office);
    office.press(
        "accept",
        &[
            ("check", CheckName::SoldToMatches.key()),
            ("reason", "seen in Zuora"),
        ],
    );
    let decided = answer(&office);
    office.sites.tickets.get_mut(&41).unwrap()["custom_fields"][2]["value"] =
        json!("mallory@rival.example");
    refresh(&mut office);
    if decided != said {
        assert_ne!(
            answer(&office),
            decided,
            "the decision was about another address"
        );
    }
    assert!(gate(&office, 41).is_err(), "{:?}", gate(&office, 41));
}

// ---- GitLab.com ----

fn found_by_hand() -> Office {
    let mut sites = Sites::new();
    sites.tickets.get_mut(&43).unwrap()["custom_fields"][1]["value"] = json!("saas");
    let mut office = office(43, sites);
    office.press("attempt", &[("outcome", "app_failed")]);
    office.press(
        "by_hand",
        &[("namespace", "gulls-collective"), ("account", SFDC18)],
    );
    work(&mut office);
    assert_eq!(gate(&office, 43), Ok((9, ORGANIZATION)));
    office
}

#[test]
fn a_namespace_proves_nothing_once_the_ticket_is_about_self_managed() {
    let mut office = found_by_hand();
    office.press("associate", &[]);
    office.sites.tickets.get_mut(&43).unwrap()["custom_fields"][1]["value"] = json!("self_managed");
    work(&mut office);
    assert!(
        office.sites.written.is_empty(),
        "{:?}",
        office.sites.written
    );
    refresh(&mut office);
    assert!(gate(&office, 43).is_err());
}

#[test]
fn what_was_found_by_hand_is_taken_back_before_the_write_and_nobody_is_associated() {
    let mut office = found_by_hand();
    office.press("associate", &[]);
    office.look_at_ticket(43);
    office.press("forget_by_hand", &[]);
    work(&mut office);
    assert!(
        office.sites.written.is_empty(),
        "{:?}",
        office.sites.written
    );
    assert!(
        matches!(problem(&office, 43), TaskProblem::NotAllowedNow(_)),
        "{:?}",
        problem(&office, 43)
    );
}

// ---- the organization ----

#[test]
fn an_organization_whose_salesforce_account_was_changed_is_not_joined() {
    for key in ["salesforce_id", "sfdc_short_id"] {
        let mut office = entitled_office();
        let mut fields = office.sites.organizations[&ORGANIZATION]["organization_fields"].clone();
        fields[key] = json!(if key == "salesforce_id" {
            OTHER_SFDC
        } else {
            &OTHER_SFDC[..15]
        });
        set_organization(&mut office.sites, "organization_fields", fields);
        office.press("associate", &[]);
        work(&mut office);
        assert!(office.sites.written.is_empty(), "{key}");
        let said = problem(&office, 41).says();
        assert!(said.contains("Salesforce account"), "{key}: {said}");
    }
}

#[test]
fn an_organization_that_was_deleted_is_not_joined() {
    let mut office = entitled_office();
    office.press("associate", &[]);
    office.sites.organizations.remove(&ORGANIZATION);
    reads(&mut office);
    assert!(office.opening.is_empty() && office.sites.written.is_empty());
    assert!(matches!(problem(&office, 41), TaskProblem::NotRead(_)));
}

// ---- nothing of a colleague's ----

#[test]
fn what_a_colleague_did_first_is_not_taken_for_tethers_own_and_not_undone() {
    let mut office = about_to_associate(false);
    // At that moment, the colleague chose the same organization.
    set_user(&mut office.sites, 7, "organization_id", json!(ORGANIZATION));
    let (tab, job) = office.jobs.remove(0);
    office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome: Outcome::Already {
            shown: "Lindqvist Widgets".to_owned(),
        },
    });
    work(&mut office);
    let task = last(&office, 41);
    assert_eq!(task.state, TaskState::Done);
    assert_eq!(
        task.undo(),
        None,
        "an undo would take away what a colleague did"
    );
}

#[test]
fn an_addition_is_not_undone_once_the_user_is_in_a_second_organization() {
    let mut office = office(42, Sites::new());
    office.press(
        "toggle_contact",
        &[("email", "ian@lindqvist.example"), ("wanted", "true")],
    );
    office.press("add_contacts", &[]);
    work(&mut office);
    let task = office
        .browser
        .case(42)
        .tasks
        .iter()
        .find(|t| t.change.user().is_some_and(|u| u.get() == 503))
        .expect("Ian was added")
        .clone();
    assert_eq!(task.state, TaskState::Done);
    office.sites.more_organizations.insert(503, vec![77]);
    let before = office.sites.written.len();
    office.look_at_ticket(42);
    office.press("undo", &[("task", &task.id.to_string())]);
    work(&mut office);
    assert!(matches!(
        problem(&office, 42),
        TaskProblem::SeveralOrganizations(_)
    ));
    assert_eq!(office.sites.written.len(), before);
    assert_eq!(office.sites.organizations_of(503), [ORGANIZATION, 77]);
}

#[test]
fn once_the_requester_left_the_next_in_the_queue_is_not_added() {
    let mut office = office(42, Sites::new());
    for email in ["ian@lindqvist.example", "new.person@lindqvist.example"] {
        office.press("toggle_contact", &[("email", email), ("wanted", "true")]);
    }
    office.press("add_contacts", &[]);
    let mut left = false;
    for _ in 0..400 {
        if office.sites.written.len() == 1 && !left {
            left = true;
            set_user(&mut office.sites, 8, "organization_id", Value::Null);
        }
        if !one(&mut office) {
            break;
        }
    }
    assert!(left, "{:?}", office.browser.case(42).tasks);
    assert_eq!(office.sites.written.len(), 1, "{:?}", office.sites.written);
}

#[test]
fn a_hand_over_does_not_take_the_ticket_from_whom_a_colleague_gave_it_to() {
    let mut office = office(41, Sites::new());
    office.press("open_trouble", &[("open", "true")]);
    work(&mut office);
    office.press("assign_to_me", &[]);
    until_written(&mut office);
    // After the look, Zendesk itself refuses, because the time stamp differs.
    office.sites.tickets.get_mut(&41).unwrap()["assignee_id"] = json!(902);
    office.sites.touch(41);
    work(&mut office);
    assert_eq!(office.sites.tickets[&41]["assignee_id"], json!(902));
    assert!(matches!(
        problem(&office, 41),
        TaskProblem::ChangedMeanwhile(_)
    ));
}

// ---- where it was pressed ----

fn seen(window: i64, ticket: u64) -> Event {
    Event::TabSeenIn {
        tab: i64::try_from(ticket).unwrap(),
        window,
        url: ticket_address(ticket),
        active: true,
        focused: true,
    }
}

#[test]
fn associate_pressed_in_the_panels_of_two_windows_writes_once() {
    let mut office = entitled_office();
    for window in [1, 2] {
        office.tell(Event::PanelIn { window });
    }
    office.tell(seen(1, 41));
    work(&mut office);
    office.tell(Event::TabSeenIn {
        tab: 141,
        window: 2,
        url: ticket_address(41),
        active: true,
        focused: true,
    });
    work(&mut office);
    for window in [1, 2, 1] {
        office.tell(Event::Command {
            case: Some(key(41)),
            window: Some(window),
            name: "associate".to_owned(),
            fields: [
                ("user".to_owned(), "7".to_owned()),
                ("organization".to_owned(), ORGANIZATION.to_string()),
            ]
            .into_iter()
            .collect(),
        });
    }
    work(&mut office);
    assert_eq!(office.sites.organization_of(7), Some(ORGANIZATION));
    assert_eq!(office.sites.written.len(), 1, "{:?}", office.sites.written);
}

#[test]
fn a_press_of_a_panel_that_lags_behind_its_window_acts_on_nothing() {
    let mut office = entitled_office();
    office.tell(Event::PanelIn { window: 1 });
    office.tell(seen(1, 41));
    work(&mut office);
    // The window shows #42 now, but the panel's snapshot is the old one. The same with a file and a
    // paste.
    office.tell(seen(1, 42));
    work(&mut office);
    let before = (
        office.browser.case(41).clone(),
        office.browser.case(42).clone(),
    );
    for (name, fields) in [
        ("associate", vec![("user", "7"), ("organization", "91")]),
        ("use_proof", vec![("proof_text", "license ID 410240")]),
        ("add_note", vec![]),
        ("draft_reply", vec![("about", "contacts_added")]),
    ] {
        let effects = office.tell(Event::Command {
            case: Some(key(41)),
            window: Some(1),
            name: name.to_owned(),
            fields: fields
                .into_iter()
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect(),
        });
        let acts = effects
            .iter()
            .any(|e| matches!(e, Effect::Page { .. } | Effect::OpenTab { .. }));
        assert!(!acts, "{name}: {effects:?}");
        let said = office.browser.model.said.as_ref().map(|s| s.text.clone());
        assert!(
            said.is_some_and(|s| s.contains("#41") && s.contains("#42")),
            "{name}"
        );
    }
    let after = (
        office.browser.case(41).clone(),
        office.browser.case(42).clone(),
    );
    assert_eq!(after, before);
}

#[test]
fn a_result_of_validate_license_in_staging_leads_to_nothing_in_production() {
    let mut browser = Browser::at_ticket();
    let sync = [(
        "profile:portal.hosts".to_owned(),
        json!(["customers.gitlab.com", "customers.staging.gitlab.com"]).to_string(),
    )];
    let settings = tether::profile::Settings {
        sync: sync.into_iter().collect(),
        managed: None,
    };
    browser.tell(Event::Settings { settings });
    browser.settle();
    let html = pages::validation(
        pages::Version::V3,
        r#"<pre>{"restrictions": {"id": 410240}}</pre>"#,
    );
    let url = "https://customers.staging.gitlab.com/admin/license/validate_license".to_owned();
    browser.browse(2, &(url, html));
    browser.settle();
    browser.look(1, &ticket_address(41));
    let text = browser.view();
    assert!(!text.contains("Open license 410240"), "{}", text_of(&text));
}

// ---- room ----

#[test]
fn a_case_has_its_bounds_says_what_was_left_out_and_keeps_what_the_engineer_gave() {
    let mut sites = Sites::new();
    for n in 0..800 {
        sites.user(
            9000 + n,
            "P",
            &format!("p{n}@lindqvist.example"),
            Some(ORGANIZATION),
        );
        set_user(
            &mut sites,
            9000 + n,
            "notes",
            json!("Long note. ".repeat(100)),
        );
    }
    let mut office = office(42, sites);
    office.press("use_proof", &[("proof_text", "license ID 410233")]);
    let case = office.browser.case(42);
    let bytes = tether::app::storage::size_of(case);
    assert!(bytes <= tether::case::room::CASE_BYTES_MAX, "{bytes}");
    assert_eq!(
        case.precheck.people.got().unwrap().len(),
        803,
        "every contact still counts"
    );
    assert!(case.proofs.found.iter().any(|p| p.place.by_hand()));
    let text = text_of(&office.browser.view());
    assert!(
        text.contains("Left out: the notes of the organization’s users"),
        "{text}"
    );
    // Once is enough.
    office.press("dismiss_notice", &[]);
    office.press("refresh", &[]);
    work(&mut office);
    let case = office.browser.case(42);
    assert!(tether::app::storage::size_of(case) <= tether::case::room::CASE_BYTES_MAX);
    assert_eq!(case.notice, None);
}
