//! What is written into Zendesk (handbook steps 1 and 13): only after a press, only from the page in front, read before and after, and every
//! way to fail ends in a state from which the engineer can go on.

use crate::support::*;
use serde_json::json;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, TASK_PATIENCE_MS, association_gate};
use tether::case::change::{Task, TaskProblem, TaskState};
use tether::case::page_problem::PageProblem;
use tether::reading::Answer;

const USER_PAGE: &str = "https://gitlab.zendesk.com/agent/users/7";

/// Everything that was read is answered, and pauses are over.
fn settle(browser: &mut Browser) -> Vec<Effect> {
    let mut all = Vec::new();
    for _ in 0..60 {
        let before = browser.told.len();
        browser.settle();
        let pauses: Vec<u64> = browser.told[before..]
            .iter()
            .filter_map(|e| {
                if let Effect::Wait { id, .. } = e {
                    Some(*id)
                } else {
                    None
                }
            })
            .collect();
        all.extend(browser.told[before..].to_vec());
        for id in &pauses {
            all.extend(browser.tell(Event::Waited { id: *id }));
        }
        if pauses.is_empty() && browser.reads.is_empty() {
            return all;
        }
    }
    panic!("it never ends");
}

/// A ticket whose requester gives their license ID.
fn with_proof() -> Browser {
    let mut browser = Browser::new();
    browser.zendesk.comments = vec!["our license ID is 410233.".to_owned()];
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    browser
}

/// A case with everything found and checked.
fn ready() -> Browser {
    let mut browser = with_proof();
    browser.walk_license_route();
    browser.settle();
    browser.look(1, &ticket_address(41));
    browser.told.clear();
    browser
}

fn task(browser: &Browser) -> Task {
    browser
        .case(41)
        .tasks
        .last()
        .expect("a change was begun")
        .clone()
}

fn problem(browser: &Browser) -> TaskProblem {
    match task(browser).state {
        TaskState::Problem(problem) => problem,
        other => panic!("no problem: {other:?}"),
    }
}

fn gate(browser: &Browser) -> Result<u64, String> {
    association_gate(browser.case(41), browser.world().rules())
        .map(|(_, organization)| organization.id.get())
}

/// Presses `Associate` and opens the user's page: the order to fill the field.
fn associating(browser: &mut Browser) -> u64 {
    browser.press("associate", &[]);
    settle(browser);
    let opened = browser.told.iter().rev().find_map(|e| match e {
        Effect::OpenTab { url, token } => Some((url.clone(), *token)),
        _ => None,
    });
    let (url, token) = opened.expect("the user's page opens");
    assert_eq!(url, USER_PAGE);
    browser.tell(Event::TabCreated {
        tab: 9,
        opener: Some(1),
    });
    browser.tell(Event::TabOpened { tab: 9, token });
    browser.look(9, USER_PAGE);
    let effects = settle(browser);
    let [(tab, effect, user, name)] = &fillings(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((*tab, *user, name.as_str()), (9, 7, "Lindqvist Widgets"));
    *effect
}

// ---- step 13 ----

#[test]
fn the_requester_is_associated_on_their_page_and_read_back() {
    let mut browser = ready();
    assert_eq!(gate(&browser), Ok(91));
    let effect = associating(&mut browser);
    browser.zendesk.organization = Some(91);
    browser.outcome(
        effect,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    let effects = settle(&mut browser);
    assert_eq!(task(&browser).state, TaskState::Done);
    assert!(
        effects.contains(&Effect::FocusTab { tab: 1 }),
        "the reply is written in the ticket: {effects:?}"
    );
    assert!(
        browser
            .case(41)
            .associated_by_us(91_u64.try_into().unwrap())
    );
    assert!(
        browser
            .view()
            .contains("Associate Ada Lindqvist (ada@home.example) with Lindqvist Widgets")
    );
    assert_eq!(
        gate(&browser),
        Err("the requester is in Lindqvist Widgets already".to_owned())
    );
}

#[test]
fn only_the_tab_with_the_job_may_report_and_only_once() {
    let mut browser = ready();
    let effect = associating(&mut browser);
    let tab = browser.model.page_jobs[&effect].tab;
    let before = browser.case(41).clone();
    let chosen = Outcome::Chosen {
        shown: "Lindqvist Widgets".to_owned(),
    };
    browser.tell(Event::PageResult {
        tab: tab + 1,
        effect,
        outcome: chosen.clone(),
    });
    assert_eq!(*browser.case(41), before);
    browser.tell(Event::PageResult {
        tab,
        effect,
        outcome: chosen.clone(),
    });
    let once = browser.case(41).clone();
    assert_ne!(once, before);
    browser.tell(Event::PageResult {
        tab,
        effect,
        outcome: chosen,
    });
    assert_eq!(*browser.case(41), once);
}

#[test]
fn pressing_twice_associates_once() {
    let mut browser = ready();
    browser.press("associate", &[]);
    assert_eq!(gate(&browser), Err("it’s under way".to_owned()));
    browser.press("associate", &[]);
    let effect = {
        settle(&mut browser);
        browser
            .told
            .iter()
            .filter(|e| matches!(e, Effect::OpenTab { .. }))
            .count()
    };
    assert_eq!(effect, 1);
    assert_eq!(browser.case(41).tasks.len(), 1);
}

#[test]
fn a_users_page_that_is_open_is_used() {
    let mut browser = ready();
    browser.tell(Event::TabSeen {
        tab: 5,
        url: format!("{USER_PAGE}/requested_tickets"),
        front: false,
    });
    browser.press("associate", &[]);
    let effects = settle(&mut browser);
    assert_eq!(fillings(&effects).len(), 1);
    assert_eq!(fillings(&effects)[0].0, 5);
    assert!(effects.contains(&Effect::FocusTab { tab: 5 }));
    assert!(!effects.iter().any(|e| matches!(e, Effect::OpenTab { .. })));
}

#[test]
fn what_the_page_saves_a_moment_later_is_waited_for() {
    let mut browser = ready();
    let effect = associating(&mut browser);
    browser.outcome(
        effect,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    browser.settle();
    assert!(matches!(
        task(&browser).state,
        TaskState::Confirming { tries: 1, .. }
    ));
    browser.zendesk.organization = Some(91);
    settle_pause(&mut browser);
    assert_eq!(task(&browser).state, TaskState::Done);
}

fn settle_pause(browser: &mut Browser) {
    let id = browser
        .told
        .iter()
        .rev()
        .find_map(|e| {
            if let Effect::Wait { id, .. } = e {
                Some(*id)
            } else {
                None
            }
        })
        .unwrap();
    browser.tell(Event::Waited { id });
    browser.settle();
}

#[test]
fn an_organization_of_the_same_name_is_recognized_by_its_number_and_corrected_or_undone() {
    let mut browser = ready();
    let effect = associating(&mut browser);
    browser.zendesk.organization = Some(92);
    browser.outcome(
        effect,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    settle(&mut browser);
    assert_eq!(
        problem(&browser),
        TaskProblem::OtherOrganization(Some(92_u64.try_into().unwrap()))
    );
    let id = task(&browser).id.to_string();

    let mut undoing = browser.model.clone();
    std::mem::swap(&mut browser.model, &mut undoing);
    browser.press("undo", &[("task", &id)]);
    let effects = settle(&mut browser);
    let [(tab, _, method, path, body)] = &requests(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (*tab, method.as_str(), path.as_str()),
        (1, "PUT", "/api/v2/users/7")
    );
    assert_eq!(*body, json!({"user": {"organization_id": null}}));

    browser.model = undoing;
    browser.press("by_api", &[("task", &id)]);
    let effects = settle(&mut browser);
    let [(_, effect, _, path, body)] = &requests(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (path.as_str(), body),
        ("/api/v2/users/7", &json!({"user": {"organization_id": 91}}))
    );
    browser.zendesk.organization = Some(91);
    browser.outcome(
        *effect,
        Outcome::Answered {
            answer: ok(&json!({"user": {"id": 7}})),
        },
    );
    settle(&mut browser);
    assert_eq!(task(&browser).state, TaskState::Done);
}

#[test]
fn where_the_field_cannot_be_used_the_api_is_offered() {
    let seen = vec!["Lindqvist Widgets (EMEA)".to_owned()];
    for (outcome, wanted) in [
        (Outcome::NoField, TaskProblem::Page(PageProblem::NoField)),
        (
            Outcome::Several { count: 2 },
            TaskProblem::Page(PageProblem::SameName(2)),
        ),
        (
            Outcome::NoEntry { seen },
            TaskProblem::Page(PageProblem::NoEntry),
        ),
        (
            Outcome::Ambiguous {
                what: "field".to_owned(),
            },
            TaskProblem::Page(PageProblem::Ambiguous),
        ),
    ] {
        let mut browser = ready();
        let effect = associating(&mut browser);
        browser.outcome(effect, outcome);
        assert_eq!(problem(&browser), wanted);
        assert_eq!(
            gate(&browser),
            Err("a change wasn’t made: try it again, or skip it".to_owned())
        );
        assert!(browser.view().contains("Use the API"), "{wanted:?}");
        browser.look(1, &ticket_address(41));
        browser.press("by_api", &[("task", &task(&browser).id.to_string())]);
        let effects = settle(&mut browser);
        let [(tab, effect, ..)] = &requests(&effects)[..] else {
            panic!("{wanted:?}: {effects:?}")
        };
        assert_eq!(*tab, 1, "from the ticket's page");
        browser.zendesk.organization = Some(91);
        browser.outcome(
            *effect,
            Outcome::Answered {
                answer: ok(&json!({"user": {"id": 7}})),
            },
        );
        settle(&mut browser);
        assert_eq!(task(&browser).state, TaskState::Done);
    }
}

#[test]
fn undo_brings_back_what_was_before() {
    let mut browser = ready();
    let effect = associating(&mut browser);
    browser.zendesk.organization = Some(91);
    browser.outcome(
        effect,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    settle(&mut browser);
    browser.look(1, &ticket_address(41));
    browser.press("undo", &[("task", &task(&browser).id.to_string())]);
    let effects = settle(&mut browser);
    let [(_, effect, _, _, body)] = &requests(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*body, json!({"user": {"organization_id": null}}));
    browser.zendesk.organization = None;
    browser.outcome(
        *effect,
        Outcome::Answered {
            answer: ok(&json!({"user": {"id": 7}})),
        },
    );
    settle(&mut browser);
    let tasks = &browser.case(41).tasks;
    assert!(
        tasks[0].undone && tasks[1].state == TaskState::Done,
        "{tasks:?}"
    );
    assert_eq!(gate(&browser), Ok(91), "it can be done again");
}

#[test]
fn undo_is_refused_when_someone_changed_the_user_since() {
    let mut browser = ready();
    let effect = associating(&mut browser);
    browser.zendesk.organization = Some(91);
    browser.outcome(
        effect,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    settle(&mut browser);
    browser.zendesk.organization = Some(77);
    browser.press("undo", &[("task", &task(&browser).id.to_string())]);
    let effects = settle(&mut browser);
    assert!(requests(&effects).is_empty());
    assert_eq!(problem(&browser), TaskProblem::ChangedSince);
}

#[test]
fn nobody_is_moved_out_of_another_organization() {
    let mut browser = Browser::at_ticket();
    browser.zendesk.organization = Some(90);
    browser.press("refresh", &[]);
    browser.walk_license_route();
    browser.settle();
    let why = gate(&browser).unwrap_err();
    assert!(
        why.starts_with("the requester is in another organization, Old Corp"),
        "{why}"
    );
    browser.press("associate", &[]);
    assert!(
        browser.case(41).tasks.is_empty(),
        "a press that is not possible does nothing"
    );

    let mut browser = ready();
    browser.zendesk.organization = Some(90);
    browser.tell(Event::TabSeen {
        tab: 5,
        url: USER_PAGE.to_owned(),
        front: false,
    });
    browser.press("associate", &[]);
    settle(&mut browser);
    assert_eq!(
        problem(&browser),
        TaskProblem::InOrganization(90_u64.try_into().unwrap()),
        "it is looked at again before it is written"
    );
    assert!(!browser.view().contains("Use the API"));
}

#[test]
fn associate_waits_for_the_verdict_the_pre_checks_and_the_form() {
    let browser = Browser::at_ticket();
    assert_eq!(gate(&browser), Err("the verdict is incomplete".to_owned()));

    let mut trial = Browser::at_ticket();
    trial.browse(2, &license_page(410_233, SUB, true));
    trial.settle();
    assert!(
        gate(&trial)
            .unwrap_err()
            .starts_with("the requester is not entitled: the license is a trial")
    );

    let mut full = with_proof();
    full.zendesk.people = (0..30)
        .map(|n| user_json(600 + n, &format!("p{n}@example.com"), Some(91)))
        .collect();
    full.walk_license_route();
    full.settle();
    let why = gate(&full).unwrap_err();
    assert_eq!(
        why,
        "Contact limit is failed: 30 of 30 contacts, 1 to add: the organization would have 31"
    );
    full.press(
        "accept",
        &[
            ("check", "contact_limit"),
            ("reason", "35 agreed, see the details"),
        ],
    );
    assert_eq!(gate(&full), Ok(91));
    let note = tether::app::note_of(full.case(41), full.world()).plain();
    assert!(
        note.contains("- Decision: Contact limit accepted (30 of 30 contacts, 1 to add: the organization would have 31): 35 agreed"),
        "{note}"
    );

    let mut noted = with_proof();
    noted.zendesk.organizations[0]["notes"] = json!("Please do not add anyone.\n<b>Ask Ada</b>");
    noted.walk_license_route();
    noted.settle();
    assert_eq!(
        gate(&noted).unwrap_err(),
        "Organization notes is to decide: it has notes: read them"
    );
    assert!(
        noted
            .view()
            .contains("Please <mark>do not</mark> add anyone.\n&lt;b&gt;")
    );
    noted.press(
        "accept",
        &[
            ("check", "organization_notes"),
            ("reason", "read, and nothing speaks against it"),
        ],
    );
    assert_eq!(gate(&noted), Ok(91));
    noted.zendesk.organizations[0]["notes"] = json!("Now they say something else.");
    noted.press("refresh", &[]);
    noted.settle();
    assert!(gate(&noted).is_err(), "other notes are another question");

    let mut partner = with_proof();
    partner.zendesk.organizations[0]["organization_fields"]["account_type"] = json!("Open Partner");
    partner.walk_license_route();
    partner.settle();
    assert!(gate(&partner).unwrap_err().starts_with(
        "Organization notes is failed: the organization’s account type is “Open Partner”"
    ));

    let mut form = Browser::new();
    form.zendesk.form = Some(5);
    form.zendesk.comments = vec!["our license ID is 410233.".to_owned()];
    form.tell(Event::PanelOpened);
    form.look(1, &ticket_address(41));
    form.settle();
    form.walk_license_route();
    form.settle();
    assert!(
        gate(&form)
            .unwrap_err()
            .starts_with("the ticket was filed with the form “Support”")
    );
    form.press("set_problem_type", &[]);
    assert!(form.case(41).tasks.is_empty());
    form.zendesk.form_name = "support  OPS".to_owned();
    form.press("refresh", &[]);
    form.settle();
    assert_eq!(gate(&form), Ok(91));
}

// ---- step 1, and how writing by the API fails ----

/// Presses `Set problem type`: the order to write it.
fn setting(browser: &mut Browser) -> u64 {
    browser.press("set_problem_type", &[]);
    let effects = settle(browser);
    let [(tab, effect, method, path, body)] = &requests(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(
        (*tab, method.as_str(), path.as_str()),
        (1, "PUT", "/api/v2/tickets/41")
    );
    let stamp = &browser.case(41).ticket.got().unwrap().updated_at;
    let wanted = json!({"ticket": {"custom_fields": [{"id": 11, "value": "manage_contacts"}], "safe_update": true, "updated_stamp": stamp}});
    assert_eq!(*body, wanted);
    *effect
}

fn at_ticket() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.told.clear();
    browser
}

fn answered(answer: Answer) -> Outcome {
    Outcome::Answered { answer }
}

#[test]
fn the_problem_type_is_set_by_the_option_of_its_name_and_read_back() {
    let mut browser = at_ticket();
    assert!(browser.view().contains("Set problem type"));
    let effect = setting(&mut browser);
    browser.zendesk.problem_type = Some("manage_contacts".to_owned());
    browser.outcome(effect, answered(ok(&json!({"ticket": {"id": 41}}))));
    browser.settle();
    assert_eq!(task(&browser).state, TaskState::Done);
    assert!(
        !browser.view().contains("data-command=\"set_problem_type\""),
        "it is set"
    );
    assert!(
        browser.view().contains("Manage my organization’s contacts"),
        "the option's name is shown, not its tag"
    );
}

#[test]
fn what_zendesk_refuses_was_not_written_and_can_be_tried_again() {
    for (code, body, says) in [
        (403, "{}", "may not"),
        (404, "{}", "no such record"),
        (
            422,
            r#"{"error":"RecordInvalid","description":"Record validation errors","details":{"x":[{"description":"Subject: is required"}]}}"#,
            "Subject: is required",
        ),
        (
            401,
            r#"{"error":"Couldn't authenticate you"}"#,
            "signed out",
        ),
    ] {
        let mut browser = at_ticket();
        let effect = setting(&mut browser);
        browser.outcome(effect, answered(status(code, body, None)));
        assert!(browser.reads.is_empty(), "{code}: nothing to look up");
        let said = problem(&browser).says();
        assert!(
            said.contains(says) && said.to_lowercase().contains("nothing was written"),
            "{code}: {said}"
        );
        browser.press("retry_task", &[("task", &task(&browser).id.to_string())]);
        browser.settle();
        let again = requests(&browser.told).len();
        assert_eq!(again, 2, "{code}: one more try");
    }
}

#[test]
fn a_rate_limit_is_waited_for_and_goes_on_by_itself() {
    let mut browser = at_ticket();
    let effect = setting(&mut browser);
    browser.outcome(effect, answered(status(429, "", Some("20"))));
    assert_eq!(
        task(&browser).state,
        TaskState::Waiting {
            until_ms: NOW + 20_000
        }
    );
    assert!(text_of(&browser.view()).contains("Zendesk asks to wait 20 seconds"));
    assert_eq!(tether::view::wake_at(&browser.model), Some(NOW + 20_000));
    assert!(requests(&browser.press("tick", &[])).is_empty());
    browser.now += 20_000;
    browser.press("tick", &[]);
    assert_eq!(requests(&settle(&mut browser)).len(), 1);
}

#[test]
fn a_ticket_that_changed_meanwhile_is_shown_and_asked_about() {
    let mut browser = at_ticket();
    let effect = setting(&mut browser);
    browser.zendesk.subject = "Another".to_owned();
    browser.zendesk.updated_at = "2026-11-24T09:30:00Z".to_owned();
    browser.outcome(
        effect,
        answered(status(409, r#"{"error":"UpdateConflict"}"#, None)),
    );
    browser.settle();
    assert_eq!(
        problem(&browser),
        TaskProblem::ChangedMeanwhile(vec!["the subject is another".to_owned()])
    );
    assert!(browser.view().contains("Continue"));
    browser.press("retry_task", &[("task", &task(&browser).id.to_string())]);
    let effects = settle(&mut browser);
    assert_eq!(
        requests(&effects)[0].4["ticket"]["updated_stamp"],
        "2026-11-24T09:30:00Z"
    );
}

#[test]
fn a_conflict_with_ones_own_write_is_a_write_that_succeeded() {
    let mut browser = at_ticket();
    let effect = setting(&mut browser);
    browser.zendesk.problem_type = Some("manage_contacts".to_owned());
    browser.outcome(effect, answered(status(409, "{}", None)));
    browser.settle();
    assert_eq!(
        task(&browser).state,
        TaskState::Done,
        "the browser sent it twice by itself"
    );
}

#[test]
fn a_write_whose_answer_got_lost_is_looked_up_before_it_is_tried_again() {
    let server = status(503, "", None);
    for lost in [
        Answer::Failed,
        Answer::TimedOut,
        Answer::Offline,
        Answer::TooLarge,
        server,
        status(200, "<html>", None),
    ] {
        for written in [false, true] {
            let mut browser = at_ticket();
            let effect = setting(&mut browser);
            if written {
                browser.zendesk.problem_type = Some("manage_contacts".to_owned());
            }
            browser.outcome(effect, answered(lost.clone()));
            browser.settle();
            assert_eq!(
                requests(&browser.told).len(),
                1,
                "{lost:?}: not written twice by itself"
            );
            if written {
                assert_eq!(task(&browser).state, TaskState::Done, "{lost:?}");
            } else {
                assert_eq!(problem(&browser), TaskProblem::NotWritten, "{lost:?}");
            }
        }
    }
}

#[test]
fn when_looking_up_fails_too_the_next_try_looks_up_and_does_not_write() {
    let mut browser = at_ticket();
    let effect = setting(&mut browser);
    browser.outcome(effect, answered(Answer::Failed));
    let id = browser.read_of("tickets/41?");
    browser.answer(id, Answer::Offline);
    assert!(matches!(problem(&browser), TaskProblem::NotKnown(_)));
    assert!(browser.view().contains("Check again"));
    browser.zendesk.problem_type = Some("manage_contacts".to_owned());
    browser.press("retry_task", &[("task", &task(&browser).id.to_string())]);
    browser.settle();
    assert_eq!(task(&browser).state, TaskState::Done);
    assert_eq!(requests(&browser.told).len(), 1);
}

#[test]
fn a_page_that_never_answers_is_given_up_and_looked_up() {
    let mut browser = at_ticket();
    setting(&mut browser);
    assert_eq!(
        tether::view::wake_at(&browser.model),
        Some(NOW + TASK_PATIENCE_MS)
    );
    browser.now += TASK_PATIENCE_MS;
    browser.press("tick", &[]);
    browser.settle();
    assert_eq!(problem(&browser), TaskProblem::NotWritten);
}

#[test]
fn a_page_that_cannot_be_written_from_says_why_and_what_waits_behind_it_waits() {
    for (outcome, wanted) in [
        (
            Outcome::WrongTicket { front: Some(42) },
            TaskProblem::Page(PageProblem::NotInFront(Some(42))),
        ),
        (
            Outcome::Hidden,
            TaskProblem::Page(PageProblem::NotInFront(None)),
        ),
        (
            Outcome::SignedOut,
            TaskProblem::Page(PageProblem::SignedOut),
        ),
        (Outcome::NoToken, TaskProblem::Page(PageProblem::NoToken)),
    ] {
        let mut browser = at_ticket();
        let effect = setting(&mut browser);
        browser.outcome(effect, outcome);
        assert_eq!(problem(&browser), wanted);
        assert!(wanted.blocks(), "{wanted:?}");
    }
    for (why, wanted) in [
        ("no_access", TaskProblem::Page(PageProblem::NoAccess)),
        ("closed", TaskProblem::Page(PageProblem::NotOpen)),
        ("busy", TaskProblem::Page(PageProblem::Busy)),
    ] {
        let mut browser = at_ticket();
        let effect = setting(&mut browser);
        browser.tell(Event::PageUnreachable {
            effect,
            why: why.to_owned().into(),
        });
        assert_eq!(problem(&browser), wanted);
    }
    let mut browser = at_ticket();
    browser.tell(Event::TabClosed { tab: 1 });
    browser.press("set_problem_type", &[]);
    browser.settle();
    assert_eq!(problem(&browser), TaskProblem::Page(PageProblem::NotOpen));
    browser.press("leave_task", &[("task", &task(&browser).id.to_string())]);
    assert!(browser.case(41).tasks.is_empty());
}

#[test]
fn a_stop_at_any_point_of_a_change_loses_nothing_and_writes_nothing_twice() {
    let mut browser = ready();
    browser.stops = true;
    browser.press("associate", &[]);
    settle(&mut browser);
    let Some(token) = browser.told.iter().find_map(|e| {
        if let Effect::OpenTab { token, .. } = e {
            Some(*token)
        } else {
            None
        }
    }) else {
        panic!("the user's page opens")
    };
    browser.tell(Event::TabOpened { tab: 9, token });
    browser.look(9, USER_PAGE);
    browser.settle();
    let orders = fillings(&browser.told);
    assert_eq!(orders.len(), 1, "{orders:?}");
    browser.zendesk.organization = Some(91);
    browser.outcome(
        orders[0].1,
        Outcome::Chosen {
            shown: "Lindqvist Widgets".to_owned(),
        },
    );
    settle(&mut browser);
    assert_eq!(task(&browser).state, TaskState::Done);
    assert_eq!(fillings(&browser.told).len(), 1);
}

#[test]
fn a_late_outcome_of_another_job_changes_nothing() {
    let mut browser = at_ticket();
    let effect = setting(&mut browser);
    browser.outcome(effect + 100, answered(ok(&json!({}))));
    assert!(matches!(task(&browser).state, TaskState::Sending { .. }));
    browser.outcome(effect, answered(status(403, "{}", None)));
    browser.outcome(effect, answered(ok(&json!({}))));
    assert!(
        matches!(task(&browser).state, TaskState::Problem(_)),
        "the first outcome counts"
    );
}
