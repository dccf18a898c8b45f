//! Step 4 (GitLab.com): how the app's attempt went, and finding the organization by hand if it
//! failed.

use crate::support::*;
use scraper::{Html, Selector};
use serde_json::json;
use tether::app::effect::Job;
use tether::app::{Effect, Event};
use tether::case::Case;
use tether::case::check::{Answer, CheckName, Verdict, checks, verdict};
use tether::case::dot_com::{Attempt, account, namespace};
use tether::case::note::Note;
use tether::case::product::Product;
use tether::case::route::Route;
use tether::profile::zendesk::Process;
use tether::reading::ReadError;
use tether::record::ids::UserId;

/// The text of the card.
fn next(browser: &Browser) -> String {
    let html = Html::parse_fragment(&browser.view());
    let found = html
        .select(&Selector::parse("section.next").unwrap())
        .next();
    found
        .map(|s| {
            s.text()
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .unwrap_or_default()
}

/// The value of an attribute of the first element that a selector finds.
fn attribute(browser: &Browser, selector: &str, name: &str) -> Option<String> {
    let html = Html::parse_fragment(&browser.view());
    let found = html.select(&Selector::parse(selector).unwrap()).next()?;
    found.value().attr(name).map(str::to_owned)
}

fn route(browser: &Browser) -> Route {
    browser.case(41).route(&browser.profile.zendesk)
}

fn answer(browser: &Browser, name: CheckName) -> Answer {
    checks(browser.case(41), browser.world().rules())
        .into_iter()
        .find(|c| c.name == name)
        .unwrap()
        .answer
}

fn verdict_of(browser: &Browser) -> Verdict {
    verdict(&checks(browser.case(41), browser.world().rules()))
}

fn note_of(browser: &Browser, case: &Case) -> Note {
    let checks = checks(case, browser.world().rules());
    Note::of(case, &checks, &verdict(&checks), Process::Handbook)
}

fn attempt(browser: &mut Browser, outcome: &str) -> Vec<Effect> {
    browser.press("attempt", &[("outcome", outcome)])
}

fn by_hand(browser: &mut Browser, namespace: &str, account: &str) -> Vec<Effect> {
    browser.press("by_hand", &[("namespace", namespace), ("account", account)])
}

/// The app failed, and the namespace was found by hand; every read is answered.
fn found_by_hand() -> Browser {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "app_failed");
    by_hand(&mut browser, "gulls-collective", SFDC18);
    browser.settle();
    browser
}

/// What only the guide to the app names.
const APP: &str = "Support Ops Super App";

#[test]
fn the_guide_is_there_on_the_way_of_gitlab_com_and_on_no_other() {
    let mut browser = Browser::at_dot_com();
    assert_eq!(route(&browser), Route::GitLabCom);
    let said = next(&browser);
    for part in [
        "Support Ops Super App",
        "Attempt Association",
        "Attempt auto-association",
        "Select the result:",
        "Associated",
        "Not an owner",
        "The app failed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    browser.press("choose_product", &[("product", Product::SelfManaged.key())]);
    assert!(!next(&browser).contains(APP));
    browser.press("choose_product", &[("product", "")]);
    assert!(next(&browser).contains(APP));
    browser.browse(2, &license_page(410_233, SUB, false));
    assert!(!next(&browser).contains(APP), "proof was given");

    let mut member = Browser::new();
    member.zendesk.product = Some("GitLab.com".to_owned());
    member.zendesk.organization = Some(91);
    member.tell(Event::PanelOpened);
    member.look(1, &ticket_address(41));
    member.settle();
    assert!(!next(&member).contains(APP), "a pre-authorized requester");
}

#[test]
fn associated_asks_zendesk_again_and_says_that_it_shows_it() {
    let mut browser = Browser::at_dot_com();
    browser.zendesk.organization = Some(91);
    let before = browser.asked().len();
    attempt(&mut browser, "associated");
    assert!(
        next(&browser).contains("Reading the ticket"),
        "{}",
        next(&browser)
    );
    browser.settle();
    assert!(
        browser.asked()[before..]
            .iter()
            .any(|url| url.ends_with("tickets/41?include=users,organizations"))
    );
    assert_eq!(
        route(&browser),
        Route::GitLabCom,
        "who was associated meanwhile was not found in an organization"
    );
    assert!(
        next(&browser).contains("Zendesk shows it: Old Corp."),
        "{}",
        next(&browser)
    );
    let url = attribute(&browser, "section.next a", "href");
    assert_eq!(
        url.as_deref(),
        Some("https://gitlab.zendesk.com/agent/organizations/91")
    );
    assert_eq!(verdict_of(&browser), Verdict::Entitled);
    assert!(
        next(&browser).contains("Draft reply “Contacts added”"),
        "{}",
        next(&browser)
    );
}

#[test]
fn associated_without_an_organization_in_zendesk_is_reported_and_read_again() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "associated");
    browser.settle();
    assert!(
        next(&browser).contains("Zendesk doesn’t show an organization for the requester."),
        "{}",
        next(&browser)
    );
    assert_eq!(
        attribute(&browser, "section.next button", "data-command").as_deref(),
        Some("refresh")
    );
    browser.zendesk.organization = Some(91);
    browser.press("refresh", &[]);
    browser.settle();
    assert!(
        next(&browser).contains("Zendesk shows it: Old Corp"),
        "{}",
        next(&browser)
    );
}

#[test]
fn when_asking_again_fails_the_guide_stays_and_another_outcome_can_be_recorded() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "associated");
    let read = browser.read_of("tickets/41?");
    browser.answer(read, status(503, "", None));
    assert!(
        next(&browser).contains("couldn’t be read"),
        "{}",
        next(&browser)
    );
    browser.press("undo_attempt", &[]);
    assert_eq!(browser.case(41).dot_com.attempt, None);
    browser.press("retry", &[]);
    browser.settle();
    assert!(next(&browser).contains("Select the result:"));
}

#[test]
fn not_an_owner_is_not_entitled_until_it_is_taken_back() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "not_an_owner");
    let why = "the requester is not an owner of a top-level paid namespace";
    assert_eq!(
        answer(&browser, CheckName::OwnsNamespace),
        Answer::Failed(why.to_owned())
    );
    assert_eq!(
        verdict_of(&browser),
        Verdict::NotEntitled(vec![why.to_owned()])
    );
    assert!(
        text_of(&browser.view()).contains("Owner of a paid namespace failed"),
        "{}",
        text_of(&browser.view())
    );
    assert!(
        next(&browser).contains("Tell the requester"),
        "{}",
        next(&browser)
    );
    browser.press("undo_attempt", &[]);
    assert!(matches!(verdict_of(&browser), Verdict::Incomplete(_)));
    assert!(next(&browser).contains("Select the result:"));
}

#[test]
fn an_unknown_outcome_is_refused_and_changes_nothing() {
    let mut browser = Browser::at_dot_com();
    for odd in ["", "ASSOCIATED", "owner", "null"] {
        attempt(&mut browser, odd);
        assert_eq!(browser.case(41).dot_com.attempt, None, "{odd}");
        assert!(
            browser.model.said.as_ref().is_some_and(|s| s.error),
            "{odd}"
        );
    }
    browser.press("attempt", &[]);
    assert_eq!(browser.case(41).dot_com.attempt, None);
}

#[test]
fn after_the_app_failed_the_panel_shows_the_handbooks_steps_with_a_form() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "app_failed");
    let said = next(&browser);
    for part in [
        "GitLab Super App",
        "User Lookup",
        "Group memberships",
        "Namespace Lookup",
        "Salesforce info",
        "Namespace",
        "Salesforce account",
        "Find organization",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(matches!(verdict_of(&browser), Verdict::Incomplete(_)));
    assert!(next(&browser).contains("Hand over"), "{}", next(&browser));
}

#[test]
fn an_invalid_namespace_or_account_is_reported_at_its_field_and_keeps_the_text() {
    let wrong_suffix = "0014M00001hHV5CQAX";
    let typed = [
        ("", SFDC18, "namespace", "Enter the namespace"),
        (
            "gulls/sub",
            SFDC18,
            "namespace",
            "Only a top-level namespace",
        ),
        (
            "gulls collective",
            SFDC18,
            "namespace",
            "not a namespace’s path",
        ),
        ("<img src=x>", SFDC18, "namespace", "not a namespace’s path"),
        ("gulls", "", "account", "Enter the Salesforce account"),
        (
            "gulls",
            wrong_suffix,
            "account",
            "The last three characters do not belong",
        ),
        ("gulls", "0014M00001hHV5", "account", "15 or 18"),
        ("gulls", "0034M00001hHV5C", "account", "begins with 001"),
        (
            "gulls",
            "\"><script>alert(1)</script>",
            "account",
            "not a Salesforce account",
        ),
    ];
    for (namespace, account, field, says) in typed {
        let mut browser = Browser::at_dot_com();
        attempt(&mut browser, "app_failed");
        let before = browser
            .asked()
            .iter()
            .filter(|u| u.contains("/search"))
            .count();
        by_hand(&mut browser, namespace, account);
        browser.stop();
        let shown = browser.view();
        assert_eq!(browser.case(41).dot_com.by_hand, None);
        assert_eq!(
            browser
                .asked()
                .iter()
                .filter(|u| u.contains("/search"))
                .count(),
            before,
            "nothing is searched for"
        );
        assert_eq!(
            attribute(&browser, "#by-hand-namespace", "value").as_deref(),
            Some(namespace)
        );
        assert_eq!(
            attribute(&browser, "#by-hand-account", "value").as_deref(),
            Some(account)
        );
        let problem = attribute(&browser, &format!("[name={field}]"), "aria-describedby")
            .expect("the field names its problem");
        let html = Html::parse_fragment(&shown);
        let alert = html
            .select(&Selector::parse(&format!("#{problem}[role=alert]")).unwrap())
            .next()
            .unwrap();
        assert!(
            alert.text().collect::<String>().contains(says),
            "{says}: {}",
            alert.text().collect::<String>()
        );
        assert!(
            html.select(&Selector::parse("script, img").unwrap())
                .next()
                .is_none()
        );
    }
}

#[test]
fn a_namespace_is_taken_from_its_address_as_well() {
    for text in [
        "gulls-collective",
        " gulls-collective ",
        "https://gitlab.com/gulls-collective",
        "gitlab.com/gulls-collective/",
        "https://gitlab.com/groups/gulls-collective",
    ] {
        assert_eq!(namespace(text).as_deref(), Ok("gulls-collective"), "{text}");
    }
    for text in [
        "https://evil.example/gulls",
        "gulls/collective",
        "gülls",
        "a\u{202E}b",
        "/",
        "https://gitlab.com/",
        &"a".repeat(256),
    ] {
        assert!(namespace(text).is_err(), "{text}");
    }
}

#[test]
fn a_lower_cased_account_is_restored_from_its_suffix() {
    assert_eq!(account(&SFDC18.to_lowercase()).unwrap().as_str(), SFDC18);
    assert_eq!(account(&format!(" {SFDC15}\n")).unwrap().as_str(), SFDC15);
}

#[test]
fn the_account_found_by_hand_finds_the_organization_by_the_field_of_its_length() {
    for (account, field) in [(SFDC18, "salesforce_id"), (SFDC15, "sfdc_short_id")] {
        let mut browser = Browser::at_dot_com();
        attempt(&mut browser, "app_failed");
        by_hand(&mut browser, "gulls-collective", account);
        let read = browser.read_of(&format!(
            "search?query=type%3Aorganization%20{field}%3A{account}"
        ));
        assert!(browser.reads.iter().any(|(id, _)| *id == read));
        browser.settle();
        assert!(
            text_of(&browser.view()).contains("Organization Lindqvist Widgets"),
            "{}",
            next(&browser)
        );
        assert_eq!(verdict_of(&browser), Verdict::Entitled);
        assert_eq!(
            answer(&browser, CheckName::OwnsNamespace),
            Answer::Passed(
                "the engineer found that the requester owns gulls-collective".to_owned()
            )
        );
        assert!(
            matches!(answer(&browser, CheckName::ContactLimit), Answer::Passed(_)),
            "the pre-checks are made"
        );
        assert!(!next(&browser).contains("Sync the billing account"));
    }
}

#[test]
fn what_was_found_by_hand_is_associated_as_on_every_way() {
    let mut browser = found_by_hand();
    assert_eq!(
        attribute(&browser, "[data-command=associate]", "disabled"),
        None
    );
    let effects = browser.press("associate", &[]);
    let opened = effects
        .iter()
        .any(|e| matches!(e, Effect::OpenTab { url, .. } if url.ends_with("/agent/users/7")));
    let read = browser
        .reads
        .iter()
        .any(|(_, url)| url.ends_with("/api/v2/users/7"));
    assert!(
        opened || read,
        "the requester is read before the page is opened: {effects:?}"
    );
    assert_eq!(
        browser.case(41).tasks[0].change.user(),
        Some(UserId::try_from(7).unwrap())
    );
}

#[test]
fn the_note_has_the_lines_of_this_way_to_the_letter() {
    let mut browser = found_by_hand();
    let expected = [
        "Namespace: gulls-collective".to_owned(),
        format!("Salesforce ID: {SFDC18}"),
        "Organization: https://gitlab.zendesk.com/agent/organizations/91".to_owned(),
    ];
    assert_eq!(note_of(&browser, browser.case(41)).reading(), expected);
    let effects = browser.press("add_note", &[]);
    let Some(Effect::Page {
        job: Job::WriteNote { html, lines, .. },
        ..
    }) = effects.last()
    else {
        panic!("{effects:?}")
    };
    assert_eq!(lines, &expected);
    assert_eq!(
        html,
        &format!(
            "<ul><li>Namespace: gulls-collective</li><li>Salesforce ID: {SFDC18}</li><li>Organization: \
             <a href=\"https://gitlab.zendesk.com/agent/organizations/91\">https://gitlab.zendesk.com/agent/organizations/91</a></li></ul>"
        )
    );
}

#[test]
fn decisions_follow_in_the_note_of_this_way_too() {
    let mut browser = Browser::at_dot_com();
    browser.zendesk.organizations = vec![
        organization_json(91, "Twin One", Some(SFDC18), None),
        organization_json(92, "Twin Two", Some(SFDC18), None),
    ];
    attempt(&mut browser, "app_failed");
    by_hand(&mut browser, "gulls-collective", SFDC18);
    browser.settle();
    assert!(
        next(&browser).contains("Choose the organization"),
        "{}",
        next(&browser)
    );
    browser.press("choose_organization", &[("organization", "92")]);
    browser.settle();
    assert_eq!(
        note_of(&browser, browser.case(41)).reading()[2..],
        [
            "Organization: https://gitlab.zendesk.com/agent/organizations/92",
            "Decision: organization 92 (Twin Two) chosen among several with this Salesforce account"
        ]
    );
}

#[test]
fn without_anything_found_there_is_no_note_to_add() {
    let mut browser = Browser::at_dot_com();
    for outcome in ["app_failed", "not_an_owner", "associated"] {
        attempt(&mut browser, outcome);
        browser.settle();
        assert!(
            writes(&browser.press("add_note", &[])).is_empty(),
            "{outcome}"
        );
        assert_eq!(
            attribute(&browser, "[data-command=add_note]", "id"),
            None,
            "{outcome}"
        );
    }
}

#[test]
fn what_was_found_by_hand_can_be_changed_and_counts_only_if_the_app_failed() {
    let mut browser = found_by_hand();
    browser.press("undo_attempt", &[]);
    assert_eq!(browser.case(41).salesforce_account(), None);
    assert_eq!(
        browser.case(41).organization.found(),
        None,
        "the organization was that account's"
    );
    assert!(!browser.case(41).has_something_to_note());
    attempt(&mut browser, "app_failed");
    browser.settle();
    assert!(
        text_of(&browser.view()).contains("Organization Lindqvist Widgets"),
        "{}",
        next(&browser)
    );

    browser.press("forget_by_hand", &[]);
    assert_eq!(browser.case(41).organization.found(), None);
    assert_eq!(
        attribute(&browser, "#by-hand-namespace", "value").as_deref(),
        Some("gulls-collective")
    );
    assert_eq!(
        attribute(&browser, "#by-hand-account", "value").as_deref(),
        Some(SFDC18)
    );
    by_hand(&mut browser, "herons", OTHER_SFDC);
    browser.settle();
    assert!(
        next(&browser).contains("Sync the billing account, then wait"),
        "{}",
        next(&browser)
    );
}

#[test]
fn an_organization_that_only_looks_like_the_accounts_is_not_taken() {
    let mut browser = Browser::at_dot_com();
    browser.zendesk.organizations = vec![organization_json(
        91,
        "Look-alike",
        Some(&SFDC18.to_lowercase()),
        None,
    )];
    attempt(&mut browser, "app_failed");
    by_hand(&mut browser, "gulls-collective", SFDC18);
    for (id, _) in browser.reads.clone() {
        let found = json!({"results": browser.zendesk.organizations, "next_page": null});
        browser.answer(id, ok(&found));
    }
    for (id, url) in browser.reads.clone() {
        if url.contains("/search") {
            browser.answer(id, ok(&json!({"results": [], "next_page": null})));
        }
    }
    assert!(matches!(verdict_of(&browser), Verdict::Incomplete(_)));
    assert!(
        next(&browser).contains("Sync the billing account, then wait"),
        "{}",
        next(&browser)
    );
}

#[test]
fn a_command_from_an_old_snapshot_changes_nothing_on_another_route() {
    let mut browser = Browser::at_dot_com();
    browser.browse(2, &license_page(410_233, SUB, false));
    let before = browser.case(41).dot_com.clone();
    attempt(&mut browser, "associated");
    by_hand(&mut browser, "gulls", SFDC18);
    browser.press("forget_by_hand", &[]);
    browser.press("undo_attempt", &[]);
    assert_eq!(browser.case(41).dot_com, before);

    let mut early = Browser::at_dot_com();
    by_hand(&mut early, "gulls", SFDC18);
    assert_eq!(
        early.case(41).dot_com.by_hand,
        None,
        "the app has not failed"
    );
}

#[test]
fn a_stop_between_any_two_events_loses_nothing() {
    let mut browser = Browser::new();
    browser.zendesk.product = Some("GitLab.com".to_owned());
    browser.stops = true;
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    settle_with_stops(&mut browser);
    attempt(&mut browser, "app_failed");
    by_hand(&mut browser, "gulls-collective", "nothing");
    assert_eq!(browser.case(41).dot_com.typed.account, "nothing");
    by_hand(&mut browser, "gulls-collective", SFDC18);
    settle_with_stops(&mut browser);
    assert_eq!(browser.case(41).dot_com.attempt, Some(Attempt::AppFailed));
    assert_eq!(verdict_of(&browser), Verdict::Entitled);
    assert_eq!(
        note_of(&browser, browser.case(41)).reading()[0],
        "Namespace: gulls-collective"
    );
}

/// A restart drops every read, so each answer is delivered without one.
fn settle_with_stops(browser: &mut Browser) {
    browser.stops = false;
    browser.tell(Event::Woke);
    browser.settle();
    browser.stop();
    browser.settle();
    browser.stops = true;
}

#[test]
fn a_failed_search_is_reported_and_repeated() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "app_failed");
    by_hand(&mut browser, "gulls-collective", SFDC18);
    let read = browser.read_of("/search");
    browser.answer(read, status(500, "", None));
    assert_eq!(
        browser.case(41).organization.load,
        tether::case::load::Load::Failed(ReadError::Server { status: 500 })
    );
    assert!(text_of(&browser.view()).contains("Reading the organization failed"));
    browser.press("retry", &[]);
    browser.settle();
    assert_eq!(verdict_of(&browser), Verdict::Entitled);
}

/// What the panel sends when the engineer comes back to it: it was read, or nothing was asked.
fn comes_back(browser: &mut Browser) -> usize {
    let before = browser.asked().len();
    let effects = browser.press("look_for_result", &[]);
    assert!(
        effects.iter().all(|e| matches!(e, Effect::Read { .. })),
        "a look only reads: {effects:?}"
    );
    browser.settle();
    browser.asked().len() - before
}

#[test]
fn the_panel_sees_that_the_app_associated_the_requester_once_the_engineer_comes_back() {
    let mut browser = Browser::at_dot_com();
    assert_eq!(
        attribute(&browser, "section.next [data-look]", "data-look").as_deref(),
        Some("look_for_result")
    );
    assert!(comes_back(&mut browser) > 0);
    assert_eq!(
        browser.case(41).dot_com.attempt,
        None,
        "nothing happened yet"
    );
    assert!(next(&browser).contains("Select the result:"));
    browser.zendesk.organization = Some(91);
    comes_back(&mut browser);
    assert_eq!(browser.case(41).dot_com.attempt, Some(Attempt::Associated));
    assert_eq!(verdict_of(&browser), Verdict::Entitled);
    let said = next(&browser);
    assert!(
        said.contains("Zendesk shows the requester in an organization now: Old Corp."),
        "nobody said that it was the app: {said}"
    );
    assert!(said.contains("Draft reply “Contacts added”"), "{said}");
    assert_eq!(comes_back(&mut browser), 0, "it is known");
    // The engineer knows better.
    browser.press("undo_attempt", &[]);
    assert_eq!(browser.case(41).dot_com.attempt, None);
    assert_eq!(
        comes_back(&mut browser),
        0,
        "what they said is not overruled"
    );
}

#[test]
fn a_look_that_fails_leaves_the_result_to_the_engineer() {
    let mut browser = Browser::at_dot_com();
    browser.zendesk.organization = Some(91);
    browser.press("look_for_result", &[]);
    // One look at a time.
    assert!(browser.press("look_for_result", &[]).is_empty());
    let read = browser.read_of("tickets/41?");
    browser.answer(read, status(503, "", None));
    assert!(
        next(&browser).contains("Select the result:"),
        "{}",
        next(&browser)
    );
    browser.tell(Event::PanelClosed);
    assert!(
        browser.press("look_for_result", &[]).is_empty(),
        "no panel, no read"
    );
}

#[test]
fn a_look_decides_nothing_for_another_requester_or_another_way() {
    let mut browser = Browser::at_dot_com();
    attempt(&mut browser, "not_an_owner");
    browser.zendesk.organization = Some(91);
    assert_eq!(comes_back(&mut browser), 0);
    let mut other = Browser::at_dot_com();
    other.press("choose_product", &[("product", Product::SelfManaged.key())]);
    other.zendesk.organization = Some(91);
    assert_eq!(comes_back(&mut other), 0);
    assert_eq!(other.case(41).dot_com.attempt, None);
}
