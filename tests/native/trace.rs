//! Trace: one click walks from the proof to the organization, and the case is the same as by browsing.

use crate::support::pages::{self, Version, field};
use crate::support::*;
use crate::walk::*;
use serde_json::json;
use tether::app::{Effect, Event};
use tether::case::check::Verdict;
use tether::case::trace::{Step, TraceProblem, TraceState};
use tether::reading::{Answer, ReadError};
use tether::record::seen::Slot;

// ---- from the comments ----

#[test]
fn a_license_id_in_a_comment_is_found_with_its_place_and_one_click_walks_to_the_organization() {
    let words = vec![
        says(1, "We have had 1200 users since 2019."),
        says(2, "our license ID is 410233."),
    ];
    let mut desk = Desk::new(words.clone()).sit();
    let view = desk.view();
    assert!(view.contains("Trace license ID 410233"), "{view}");
    assert!(
        view.contains("comment 2") && view.contains(", 2026-11-12 09:15"),
        "{view}"
    );
    assert!(
        desk.asked_of_portal().is_empty(),
        "before the click nobody asks the portal"
    );
    desk.trace();
    assert_eq!(
        desk.held(),
        [
            (Slot::Proof, LICENSE),
            (Slot::Order, ORDER),
            (Slot::BillingAccount, ACCOUNT)
        ]
    );
    let asked = desk.asked_of_portal();
    assert_eq!(asked.len(), 4, "the chain's own length: {asked:?}");
    assert_eq!(desk.case().trace.state, TraceState::Done);
    let browsing = browsed(
        words,
        &[
            license_page(LICENSE, SUB, false),
            order_page(ORDER, SUB, ACCOUNT),
            account_page(ACCOUNT, SFDC18, SOLD_TO),
        ],
    );
    assert_eq!(desk.result(), browsing.result());
    assert_eq!(desk.result().2, Verdict::Entitled);
}

#[test]
fn every_read_of_the_portal_asks_for_html() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.trace();
    let accepts: Vec<&str> = desk
        .browser
        .told
        .iter()
        .filter_map(|e| match e {
            Effect::Read { url, accept, .. } if url.contains(PORTAL) => Some(accept.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(accepts, ["text/html"; 4]);
}

#[test]
fn what_others_than_the_requester_wrote_is_no_proof() {
    let private = json!({"id": 3, "author_id": 7, "public": false, "plain_body": "license ID 410777", "html_body": "", "created_at": ""});
    let desk = Desk::new(vec![
        comment(1, 8, "license ID 410999", &json!([])),
        private,
    ])
    .sit();
    assert!(desk.case().proofs.found.is_empty());
    assert!(
        desk.view()
            .contains("Their comments and attachments hold no license ID")
    );
    assert!(!desk.view().contains("data-command=\"trace\""));
}

#[test]
fn with_several_proofs_the_newest_is_proposed_and_the_engineer_chooses() {
    let mut desk = Desk::new(vec![
        says(1, "license ID 410999"),
        says(2, "sorry, license ID 410233"),
    ])
    .sit();
    assert_eq!(desk.case().proofs.chosen().unwrap().kept.label(), "410233");
    assert!(desk.view().contains("2 proofs found"));
    let number = desk.case().proofs.found[0].number.to_string();
    desk.press("choose_proof", &[("proof", &number)]);
    assert_eq!(desk.case().proofs.chosen().unwrap().kept.label(), "410999");
    desk.fails(
        &pages::url("license", 410_999),
        html(
            &pages::url("license", 410_999),
            404,
            &license_page(1, SUB, false).1,
        ),
    );
    desk.trace();
    assert_eq!(
        desk.failed(Step::License),
        &TraceProblem::Read(ReadError::NotFound)
    );
    let number = desk.case().proofs.found[1].number.to_string();
    desk.press("choose_proof", &[("proof", &number)]);
    desk.trace();
    assert_eq!(desk.held().len(), 3);
}

// ---- the activation code ----

#[test]
fn an_activation_code_leads_to_its_record_and_is_masked_everywhere() {
    let words = vec![says(1, &format!("our cloud activation code is {CODE}."))];
    let mut desk = Desk::new(words.clone()).sit();
    desk.trace();
    assert_eq!(
        desk.held(),
        [
            (Slot::Proof, 30_011),
            (Slot::Order, ORDER),
            (Slot::BillingAccount, ACCOUNT)
        ]
    );
    assert_eq!(desk.asked_of_portal().len(), 5);
    assert!(!desk.everything_kept().contains(CODE));
    let browsing = browsed(
        words,
        &[
            activation_page(30_011, SUB),
            order_page(ORDER, SUB, ACCOUNT),
            account_page(ACCOUNT, SFDC18, SOLD_TO),
        ],
    );
    assert_eq!(desk.result(), browsing.result());
}

#[test]
fn the_code_is_saved_at_no_moment_of_the_walk() {
    let mut desk = Desk::new(vec![says(1, &format!("activation code: {CODE}"))]).sit();
    desk.press("trace", &[]);
    loop {
        assert!(!desk.everything_kept().contains(CODE));
        assert!(
            !format!("{:?}", desk.browser.model).contains(CODE),
            "not even in a log of the model"
        );
        if !desk.step() {
            break;
        }
    }
}

#[test]
fn an_activation_with_its_account_has_account_and_orders_read_together() {
    let mut desk = Desk::new(vec![says(1, &format!("activation code: {CODE}"))]);
    desk.serve(&linked_activation_page(30_011, ACCOUNT));
    let mut desk = desk.sit();
    desk.press("trace", &[]);
    desk.step();
    desk.step();
    let waiting: Vec<&str> = desk
        .browser
        .reads
        .iter()
        .map(|(_, url)| url.as_str())
        .collect();
    assert_eq!(waiting.len(), 2, "{waiting:?}");
    assert!(
        waiting.iter().any(|u| u.contains("/order?"))
            && waiting.iter().any(|u| u.contains("/billing_account/9001"))
    );
    desk.settle();
    assert_eq!(desk.held().len(), 3);
}

#[test]
fn after_a_stop_of_the_background_the_code_is_found_again_in_its_comment() {
    let mut desk = Desk::new(vec![says(1, &format!("activation code: {CODE}"))]).sit();
    desk.browser.stop();
    assert!(desk.browser.model.secrets.is_empty());
    desk.trace();
    assert_eq!(desk.held().len(), 3);
    let comments = desk
        .browser
        .asked()
        .iter()
        .filter(|u| u.contains("/comments"))
        .count();
    assert_eq!(comments, 2, "once at first, once for the code");
    assert!(!desk.everything_kept().contains(CODE));
}

#[test]
fn after_a_stop_a_pasted_code_is_asked_for_again() {
    let mut desk = Desk::new(vec![]).sit();
    desk.press("use_proof", &[("proof_text", CODE)]);
    assert!(!desk.everything_kept().contains(CODE));
    desk.browser.stop();
    desk.trace();
    assert_eq!(desk.failed(Step::Search), &TraceProblem::CodeGone);
    assert!(desk.view().contains("Paste it again."));
    desk.press("use_proof", &[("proof_text", CODE)]);
    desk.trace();
    assert_eq!(desk.held().len(), 3);
}

#[test]
fn zero_or_several_activations_are_reported_and_the_code_leaves_only_in_the_open_tab_effect() {
    for (ids, problem) in [
        (&[][..], TraceProblem::NoActivation),
        (&[1, 2][..], TraceProblem::SeveralActivations(2)),
    ] {
        let mut desk = Desk::new(vec![says(1, &format!("activation code: {CODE}"))]);
        desk.serve(&search_page(ids));
        let mut desk = desk.sit();
        desk.trace();
        assert_eq!(desk.failed(Step::Search), &problem);
        let effects = desk.press("open_step", &[("step", "search")]);
        assert!(
            effects
                .iter()
                .any(|e| matches!(e, Effect::OpenTab { url, .. } if url.ends_with(CODE))),
            "{effects:?}"
        );
        assert!(!desk.everything_kept().contains(CODE));
    }
}

#[test]
fn of_a_newer_code_the_older_ones_activation_says_nothing() {
    const NEWER: &str = "hQ7mZ2vKx9RbT4nLc8WdYp3s";
    let mut desk = Desk::new(vec![says(1, &format!("activation code: {CODE}"))]);
    desk.fails(&pages::url("cloud_activation", 30_011), Answer::Offline);
    let mut desk = desk.sit();
    desk.trace();
    desk.comments
        .push(says(2, &format!("sorry, the activation code is {NEWER}")));
    let (_, list) = search_page(&[30_012]);
    desk.serve(&(
        format!("https://{PORTAL}/admin/cloud_activation?query={NEWER}"),
        list,
    ));
    desk.serve(&activation_page(30_012, SUB));
    desk.press("refresh", &[]);
    desk.settle();
    desk.trace();
    assert_eq!(desk.held().first(), Some(&(Slot::Proof, 30_012)));
}

// ---- orders ----

#[test]
fn of_several_orders_the_newest_active_one_is_taken_and_the_engineer_can_take_another() {
    let rows = [
        (700_201, SUB, "November 1, 2023", "November 1, 2024"),
        (700_202, SUB, "November 1, 2025", "November 1, 2027"),
        (700_203, SUB, "November 1, 2027", "November 1, 2028"),
        (
            700_209,
            "A-S001044170",
            "November 20, 2026",
            "November 1, 2028",
        ),
    ];
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&orders_page(&rows, Some(ACCOUNT)));
    desk.serve(&order_page(700_201, SUB, ACCOUNT));
    desk.serve(&order_page(700_202, SUB, ACCOUNT));
    let mut desk = desk.sit();
    desk.trace();
    assert_eq!(
        desk.held(),
        [
            (Slot::Proof, LICENSE),
            (Slot::Order, 700_202),
            (Slot::BillingAccount, ACCOUNT)
        ]
    );
    let view = desk.view();
    assert!(
        view.contains("Order 700201: <bdi>2023-11-01 to 2024-11-01</bdi>")
            && !view.contains("Order 700209"),
        "{view}"
    );
    assert!(
        view.contains("Order 700202: <bdi>2025-11-01 to 2027-11-01</bdi> (active)"),
        "{view}"
    );
    desk.press("choose_order", &[("order", "700201")]);
    desk.settle();
    assert_eq!(
        desk.held(),
        [
            (Slot::Proof, LICENSE),
            (Slot::Order, 700_201),
            (Slot::BillingAccount, ACCOUNT)
        ]
    );
    let asked = desk.asked_of_portal();
    assert_eq!(
        asked.len(),
        5,
        "one page more, and nothing twice: {asked:?}"
    );
}

#[test]
fn without_an_active_order_the_newest_is_taken() {
    let rows = [
        (700_201, SUB, "November 1, 2022", "November 1, 2023"),
        (700_202, SUB, "November 1, 2023", "November 1, 2024"),
    ];
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&orders_page(&rows, None));
    desk.serve(&order_page(700_202, SUB, ACCOUNT));
    let mut desk = desk.sit();
    desk.trace();
    assert_eq!(desk.case().chain.order().unwrap().record.id.get(), 700_202);
}

#[test]
fn orders_with_longer_names_do_not_count_and_the_panel_says_that_there_is_none() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&orders_page(
        &[(
            700_209,
            "A-S001044170",
            "November 1, 2025",
            "November 1, 2028",
        )],
        Some(9_002),
    ));
    let mut desk = desk.sit();
    desk.trace();
    assert_eq!(desk.failed(Step::Orders), &TraceProblem::NoOrders);
    assert_eq!(desk.held(), [(Slot::Proof, LICENSE)]);
    assert!(
        desk.view()
            .contains("No order has exactly this subscription name.")
    );
}

#[test]
fn a_sold_to_that_is_a_name_only_leads_to_its_contact() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&account_page_by_name(ACCOUNT, SFDC18, 5_001));
    desk.serve(&contact_page(5_001, SOLD_TO));
    let mut desk = desk.sit();
    desk.trace();
    assert_eq!(desk.case().chain.sold_to_email(), Some(SOLD_TO));
    assert_eq!(desk.result().2, Verdict::Entitled);
}

#[test]
fn an_order_without_an_account_is_reported() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&orders_page(&ONE_ORDER, None));
    let bare = vec![vec![field("subscription_name", "Subscription name", SUB)]];
    desk.serve(&(
        pages::url("order", ORDER),
        pages::show(Version::V3, "order", ORDER, &bare),
    ));
    let mut desk = desk.sit();
    desk.trace();
    assert_eq!(desk.failed(Step::Account), &TraceProblem::NoAccount);
}

// ---- the same case as by browsing ----

#[test]
fn the_order_of_the_answers_does_not_change_the_case() {
    let words = vec![says(1, &format!("activation code: {CODE}"))];
    for other_account in [false, true] {
        let mut results = Vec::new();
        for seed in 0..40 {
            let mut desk = Desk::new(words.clone());
            desk.dice = seed * 7_919 + 3;
            // The row leads to another account than the order's own page: a conflict, whichever comes first.
            desk.serve(&orders_page(
                &ONE_ORDER,
                Some(if other_account { 9_002 } else { ACCOUNT }),
            ));
            desk.serve(&account_page(9_002, OTHER_SFDC, "someone@else.example"));
            let mut desk = desk.sit();
            desk.trace();
            assert_eq!(desk.case().conflict.is_some(), other_account, "seed {seed}");
            assert_eq!(
                desk.case().chain.order().map(|o| o.record.id.get()),
                Some(ORDER),
                "seed {seed}"
            );
            results.push((
                desk.result(),
                desk.case().conflict.clone(),
                desk.asked_of_portal().len(),
            ));
        }
        assert!(results.iter().all(|r| *r == results[0]));
    }
}

#[test]
fn what_browsing_has_shown_is_not_asked_again() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.browser.browse(2, &license_page(LICENSE, SUB, false));
    desk.browser.browse(2, &order_page(ORDER, SUB, ACCOUNT));
    desk.trace();
    assert_eq!(desk.asked_of_portal(), ["billing_account/9001"]);
    assert_eq!(desk.held().len(), 3);
}

#[test]
fn a_record_that_does_not_fit_stops_the_walk_with_the_same_question_as_in_browsing() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.browser.browse(2, &license_page(410_300, SUB, false));
    desk.trace();
    assert_eq!(desk.case().trace.state, TraceState::Held);
    let mut browsing = Desk::new(vec![says(1, "license ID 410233")]).sit();
    browsing
        .browser
        .browse(2, &license_page(410_300, SUB, false));
    browsing
        .browser
        .browse(2, &license_page(LICENSE, SUB, false));
    assert_eq!(desk.case().conflict, browsing.case().conflict);
    assert!(desk.view().contains("Which license counts?"));
    desk.press("take_offered", &[]);
    desk.trace();
    assert_eq!(
        desk.held(),
        [
            (Slot::Proof, LICENSE),
            (Slot::Order, ORDER),
            (Slot::BillingAccount, ACCOUNT)
        ]
    );
}

// ---- what goes wrong ----

#[test]
fn each_failure_leaves_what_was_found_says_how_to_go_on_and_trying_again_asks_only_what_is_missing()
{
    let url = pages::url("order", ORDER);
    let list = orders_page(&ONE_ORDER, None);
    let failures = [
        (
            html(&url, 403, ""),
            TraceProblem::Read(ReadError::NotAllowed),
        ),
        (
            html(&url, 404, &list.1),
            TraceProblem::Read(ReadError::NotFound),
        ),
        (
            html(&url, 500, "<html>"),
            TraceProblem::Read(ReadError::Server { status: 500 }),
        ),
        (
            html(&url, 503, ""),
            TraceProblem::Read(ReadError::Server { status: 503 }),
        ),
        (
            html(&url, 429, ""),
            TraceProblem::Read(ReadError::RateLimited {
                until_ms: NOW + 60_000,
            }),
        ),
        (Answer::TimedOut, TraceProblem::Read(ReadError::TimedOut)),
        (Answer::Offline, TraceProblem::Read(ReadError::Offline)),
        (Answer::Failed, TraceProblem::Read(ReadError::Failed)),
        (Answer::TooLarge, TraceProblem::Read(ReadError::TooLarge)),
        (
            html(&url, 200, &order_page(700_999, SUB, ACCOUNT).1),
            TraceProblem::NotThePage,
        ),
        (
            html(&url, 200, "<html><body>Maintenance</body></html>"),
            TraceProblem::NotThePage,
        ),
        (
            html(&url, 200, "{\"license_key\": 1}"),
            TraceProblem::NotThePage,
        ),
    ];
    for (answer, problem) in failures {
        let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
        desk.serve(&list);
        desk.fails(&url, answer);
        let mut desk = desk.sit();
        desk.trace();
        assert_eq!(desk.failed(Step::Order), &problem);
        assert_eq!(desk.held(), [(Slot::Proof, LICENSE)], "{problem:?}");
        assert_eq!(desk.case().trace.state, TraceState::Held);
        let view = desk.view();
        assert!(
            view.contains("data-command=\"trace\"") && view.contains("Open the order"),
            "{problem:?}: {view}"
        );
        let effects = desk.press("open_step", &[("step", "order")]);
        assert!(
            effects
                .iter()
                .any(|e| matches!(e, Effect::OpenTab { url: opened, .. } if *opened == url)),
            "{effects:?}"
        );
        desk.serve(&order_page(ORDER, SUB, ACCOUNT));
        desk.trace();
        assert_eq!(desk.held().len(), 3, "{problem:?}");
        let asked = desk.asked_of_portal();
        assert_eq!(asked.len(), 5, "only the order was asked again: {asked:?}");
    }
}

#[test]
fn signed_out_in_the_middle_opens_one_sign_in_page_and_goes_on_when_the_portal_is_seen_again() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]);
    desk.serve(&orders_page(&ONE_ORDER, Some(ACCOUNT)));
    for url in [
        pages::url("order", ORDER),
        pages::url("billing_account", ACCOUNT),
    ] {
        desk.fails(&url, Answer::Redirected);
    }
    let mut desk = desk.sit();
    desk.trace();
    let opened: Vec<&str> = desk
        .browser
        .told
        .iter()
        .filter_map(|e| {
            if let Effect::OpenTab { url, .. } = e {
                Some(url.as_str())
            } else {
                None
            }
        })
        .collect();
    assert_eq!(opened, [format!("https://{PORTAL}/admin")]);
    assert!(desk.view().contains("Sign in"));
    desk.tell(Event::TabSeen {
        tab: 9,
        url: format!("https://{PORTAL}/admin/sign_in"),
        front: true,
    });
    desk.tell(Event::TabSeen {
        tab: 9,
        url: "https://okta.example.com/app".to_owned(),
        front: true,
    });
    assert!(
        desk.browser.reads.is_empty(),
        "the sign-in page is no sign of a session"
    );
    desk.serve(&order_page(ORDER, SUB, ACCOUNT));
    desk.serve(&account_page(ACCOUNT, SFDC18, SOLD_TO));
    desk.tell(Event::TabSeen {
        tab: 9,
        url: format!("https://{PORTAL}/admin"),
        front: true,
    });
    desk.settle();
    assert_eq!(desk.held().len(), 3);
    assert_eq!(desk.case().trace.state, TraceState::Done);
}

#[test]
fn a_missing_host_permission_is_reported_without_a_request() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.tell(Event::HostAccess {
        missing: vec![format!("https://{PORTAL}/*")],
    });
    desk.trace();
    assert_eq!(desk.failed(Step::License), &TraceProblem::NoAccess);
    assert!(desk.asked_of_portal().is_empty());
}

#[test]
fn a_stopped_walk_takes_no_late_answer_and_goes_on_after_a_click() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.press("trace", &[]);
    let late = desk.browser.reads.clone();
    desk.press("stop_trace", &[]);
    desk.browser.reads.clear();
    for (id, url) in late {
        let answer = desk.answer_to(&url);
        desk.tell(Event::Answered { id, answer });
    }
    assert!(desk.held().is_empty());
    assert!(desk.view().contains("Stopped. What was found stays."));
    desk.trace();
    assert_eq!(desk.held().len(), 3);
}

#[test]
fn a_walk_of_another_proof_takes_no_answer_of_the_first() {
    let mut desk = Desk::new(vec![
        says(1, "license ID 410999"),
        says(2, "license ID 410233"),
    ])
    .sit();
    desk.serve(&license_page(410_999, SUB, false));
    desk.press("trace", &[]);
    let late = desk.browser.reads.clone();
    desk.browser.reads.clear();
    let other = desk.case().proofs.found[0].number.to_string();
    desk.press("choose_proof", &[("proof", &other)]);
    desk.press("trace", &[]);
    for (id, url) in late {
        let answer = desk.answer_to(&url);
        desk.tell(Event::Answered { id, answer });
    }
    desk.settle();
    assert_eq!(desk.held()[0], (Slot::Proof, 410_999));
}

#[test]
fn a_background_that_is_stopped_at_any_step_goes_on_by_itself() {
    for words in [
        "license ID 410233".to_owned(),
        format!("activation code: {CODE}"),
    ] {
        for stop_after in 0..6 {
            let mut desk = Desk::new(vec![says(1, &words)]).sit();
            desk.press("trace", &[]);
            for _ in 0..stop_after {
                desk.step();
            }
            desk.fetches.clear();
            desk.browser.stop();
            desk.settle();
            assert_eq!(desk.held().len(), 3, "{words}, stopped after {stop_after}");
            assert_eq!(desk.result().2, Verdict::Entitled);
        }
    }
}

#[test]
fn a_walk_goes_on_while_another_ticket_is_in_front_and_fills_its_own_case() {
    let mut desk = Desk::new(vec![says(1, "license ID 410233")]).sit();
    desk.press("trace", &[]);
    desk.tell(Event::TabSeen {
        tab: 2,
        url: ticket_address(42),
        front: true,
    });
    desk.settle();
    assert_eq!(desk.held().len(), 3);
    assert!(desk.browser.case(42).chain.is_empty());
}
