//! A press acts on what the panel showed, in the window that showed it; a page belongs to the case
//! that it was opened for.

use std::collections::BTreeMap;

use crate::support::*;
use tether::app::{Effect, Event, Model};
use tether::case::CaseKey;
use tether::case::chain::AsideReason;
use tether::map::Map;
use tether::record::seen::Slot;

const SANDBOX: &str = "gitlab1707170878.zendesk.com";

fn seen_in(window: i64, tab: i64, url: &str, focused: bool) -> Event {
    Event::TabSeenIn {
        tab,
        window,
        url: url.to_owned(),
        active: true,
        focused,
    }
}

fn command(case: Option<CaseKey>, window: i64, name: &str, fields: &[(&str, &str)]) -> Event {
    let fields = fields
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    Event::Command {
        case,
        window: Some(window),
        name: name.to_owned(),
        fields,
    }
}

fn page(tab: i64, (url, html): Web) -> Event {
    Event::PortalPage { tab, url, html }
}

/// Ticket 41 in window 1 and ticket 44 in window 2, each with its panel; the engineer works in window 1.
fn two_windows() -> Browser {
    let mut browser = Browser::new();
    browser.tell(seen_in(2, 44, &ticket_address(44), false));
    browser.tell(seen_in(1, 41, &ticket_address(41), true));
    browser.tell(Event::PanelIn { window: 1 });
    browser.tell(Event::PanelIn { window: 2 });
    browser.settle();
    browser
}

fn held(browser: &Browser, ticket: u64) -> Vec<(Slot, u64)> {
    browser
        .case(ticket)
        .chain
        .held()
        .map(|r| (r.slot(), r.number()))
        .collect()
}

fn asides(browser: &Browser, ticket: u64) -> Vec<(u64, AsideReason)> {
    browser
        .case(ticket)
        .asides
        .iter()
        .map(|a| (a.record.number(), a.why.clone()))
        .collect()
}

fn said(browser: &Browser) -> String {
    browser
        .model
        .said
        .as_ref()
        .map(|s| s.text.clone())
        .unwrap_or_default()
}

// ---- windows ----

#[test]
fn each_windows_panel_shows_the_ticket_of_its_window() {
    let mut browser = two_windows();
    assert!(browser.view_in(1).contains("<h1>Ticket #41</h1>"));
    assert!(browser.view_in(2).contains("<h1>Ticket #44</h1>"));
    browser.tell(seen_in(2, 45, &ticket_address(45), true));
    assert!(browser.view_in(1).contains("<h1>Ticket #41</h1>"));
    assert!(browser.view_in(2).contains("<h1>Ticket #45</h1>"));
}

#[test]
fn a_press_in_one_window_acts_on_that_windows_case_whichever_has_the_focus() {
    let mut browser = two_windows();
    browser.tell(command(
        Some(key(44)),
        2,
        "use_proof",
        &[("proof_text", "410233")],
    ));
    assert_eq!(browser.case(44).proofs.found.len(), 1);
    assert!(browser.case(41).proofs.found.is_empty());
    assert!(
        browser.view_in(2).contains("found."),
        "the panel that was used says so"
    );
    assert!(!browser.view_in(1).contains("License ID found."));
}

#[test]
fn one_ticket_may_be_in_two_windows() {
    let mut browser = two_windows();
    browser.tell(seen_in(2, 46, &ticket_address(41), true));
    browser.tell(command(
        Some(key(41)),
        2,
        "use_proof",
        &[("proof_text", "410233")],
    ));
    browser.tell(command(
        Some(key(41)),
        1,
        "use_proof",
        &[("proof_text", "410300")],
    ));
    assert_eq!(browser.case(41).proofs.found.len(), 2);
}

#[test]
fn a_window_that_is_closed_takes_nothing_of_another_with_it() {
    let mut browser = two_windows();
    browser.tell(Event::WindowClosed { window: 2 });
    assert!(browser.model.panel_open);
    assert!(browser.view_in(1).contains("<h1>Ticket #41</h1>"));
    browser.tell(Event::PanelGone { window: 1 });
    assert!(!browser.model.panel_open);
}

#[test]
fn a_ticket_moved_to_another_window_is_shown_there() {
    let mut browser = two_windows();
    browser.tell(seen_in(2, 41, &ticket_address(41), true));
    assert!(browser.view_in(2).contains("<h1>Ticket #41</h1>"));
    assert_eq!(browser.model.tabs.windows.get(&1).unwrap().front_tab, None);
}

// ---- where it was pressed ----

#[test]
fn a_press_for_a_ticket_that_the_panel_no_longer_shows_is_refused_with_a_sentence() {
    let mut browser = two_windows();
    browser.tell(seen_in(1, 42, &ticket_address(42), true));
    for name in [
        "add_note",
        "trace",
        "use_proof",
        "refresh",
        "draft_reply",
        "set_problem_type",
        "attempt",
    ] {
        let before = browser.model.clone();
        let effects = browser.tell(command(
            Some(key(41)),
            1,
            name,
            &[("proof_text", "410233"), ("outcome", "app_failed")],
        ));
        assert_eq!(
            effects
                .iter()
                .filter(|e| !matches!(e, Effect::Badge { .. } | Effect::Read { .. }))
                .count(),
            0,
            "{name}: {effects:?}"
        );
        assert_eq!(
            said(&browser),
            "#41 was shown when you pressed; the panel shows #42 now: nothing was done.",
            "{name}"
        );
        assert!(browser.model.cases().eq(before.cases()), "{name}");
    }
    assert!(browser.view_in(1).contains("nothing was done."));
    assert!(!browser.view_in(2).contains("nothing was done."));
}

#[test]
fn a_press_that_carries_no_ticket_is_refused() {
    let mut browser = two_windows();
    browser.tell(command(None, 1, "use_proof", &[("proof_text", "410233")]));
    assert!(browser.case(41).proofs.found.is_empty());
    assert_eq!(
        said(&browser),
        "No ticket was shown when you pressed; the panel shows #41 now: nothing was done."
    );
}

#[test]
fn a_ticket_of_the_same_number_in_another_zendesk_is_another_case() {
    let mut browser = two_windows();
    let other = CaseKey {
        host: SANDBOX.to_owned(),
        ticket: key(41).ticket,
    };
    browser.tell(command(
        Some(other),
        1,
        "use_proof",
        &[("proof_text", "410233")],
    ));
    assert!(browser.case(41).proofs.found.is_empty());
    assert!(
        said(&browser).contains(SANDBOX) && said(&browser).contains("#41 of gitlab.zendesk.com"),
        "{}",
        said(&browser)
    );
}

#[test]
fn a_press_that_waited_while_the_background_was_stopped_is_refused_too() {
    let mut browser = two_windows();
    browser.tell(seen_in(1, 42, &ticket_address(42), true));
    browser.stop();
    browser.tell(command(
        Some(key(41)),
        1,
        "use_proof",
        &[("proof_text", "410233")],
    ));
    assert!(browser.case(41).proofs.found.is_empty() && browser.case(42).proofs.found.is_empty());
    assert!(said(&browser).contains("#42 now"));
}

#[test]
fn a_file_goes_to_the_ticket_that_it_was_dropped_on_or_nowhere() {
    let mut browser = two_windows();
    let file = Event::FileGiven {
        case: Some(key(41)),
        window: Some(1),
        name: "proof.txt".to_owned(),
        size: 18,
        base64: "bGljZW5zZSBJRCA0MTAyMzM=".to_owned(),
    };
    browser.tell(seen_in(1, 42, &ticket_address(42), true));
    browser.tell(file.clone());
    assert!(browser.case(41).proofs.found.is_empty() && browser.case(42).proofs.found.is_empty());
    assert!(
        said(&browser).contains("“proof.txt” was not taken"),
        "{}",
        said(&browser)
    );
    browser.tell(seen_in(1, 41, &ticket_address(41), true));
    browser.tell(file);
    assert_eq!(browser.case(41).proofs.found.len(), 1);
}

#[test]
fn a_record_that_took_the_place_of_another_is_not_removed_for_it() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &license_page(410_233, SUB, false));
    let pressed = browser.pressed("remove", &[("slot", "proof")]);
    browser.press("remove", &[("slot", "proof")]);
    browser.browse(3, &license_page(410_300, SUB, false));
    browser.tell(pressed);
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_300)]);
    assert!(said(&browser).contains("is not what the panel showed"));
}

#[test]
fn a_record_that_waits_is_taken_only_if_it_is_the_one_that_was_shown() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &license_page(410_233, SUB, false));
    browser.browse(2, &license_page(410_300, SUB, false));
    let pressed = browser.pressed("take_offered", &[]);
    browser.browse(2, &license_page(410_400, SUB, false));
    browser.tell(pressed);
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_233)]);
    browser.press("take_offered", &[]);
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_400)]);
}

#[test]
fn a_decision_about_an_answer_that_changed_meanwhile_is_not_taken() {
    let mut browser = Browser::at_ticket();
    browser.zendesk.subscription_email = Some("someone@else.example".to_owned());
    browser.press("refresh", &[]);
    browser.settle();
    browser.walk_license_route();
    browser.settle();
    let pressed = browser.pressed(
        "accept",
        &[("check", "sold_to_matches"), ("reason", "seen in Zuora")],
    );
    browser.zendesk.subscription_email = Some("another@third.example".to_owned());
    browser.press("refresh", &[]);
    browser.settle();
    browser.tell(pressed);
    assert!(
        browser.case(41).decisions.is_empty(),
        "{:?}",
        browser.case(41).decisions
    );
}

#[test]
fn the_shortcut_acts_on_the_ticket_in_front() {
    let mut browser = two_windows();
    browser.tell(command(
        Some(key(41)),
        1,
        "use_proof",
        &[("proof_text", "410233")],
    ));
    let shortcut = |tab, window, url: &str| Event::Shortcut {
        name: "add_note".to_owned(),
        tab,
        window,
        url: url.to_owned(),
    };
    let effects = browser.tell(shortcut(44, 2, &ticket_address(45)));
    assert!(
        writes(&effects).is_empty(),
        "the panel shows another ticket than the tab: {effects:?}"
    );
    assert!(said(&browser).starts_with("#45 was shown"));
    // The shortcut was pressed in window 2, and the engineer goes back to window 1.
    browser.tell(seen_in(1, 41, &ticket_address(41), true));
    browser.tell(page(41, license_page(410_233, SUB, false)));
    browser.walk_license_route();
    browser.tell(seen_in(1, 41, &ticket_address(41), true));
    assert_eq!(
        writes(&browser.tell(shortcut(41, 1, &ticket_address(41)))).len(),
        1
    );
}

// ---- what belongs to which case ----

#[test]
fn a_tab_opened_from_a_ticket_belongs_to_that_ticket() {
    let mut browser = Browser::at_ticket();
    browser.tell(Event::TabCreated {
        tab: 5,
        opener: Some(1),
    });
    browser.look(2, &ticket_address(42));
    browser.settle();
    browser.browse(5, &license_page(410_233, SUB, false));
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_233)]);
    assert_eq!(held(&browser, 42), []);
    assert_eq!(
        asides(&browser, 42),
        [(410_233, AsideReason::OfTicket(key(41).ticket))],
        "the panel in front says where it went"
    );
}

#[test]
fn a_visible_page_in_a_window_where_nobody_works_asks_and_does_not_fill() {
    let mut browser = two_windows();
    let license = license_page(410_233, SUB, false);
    browser.tell(seen_in(3, 9, &license.0, false));
    browser.tell(page(9, license));
    assert_eq!(held(&browser, 41), []);
    assert_eq!(asides(&browser, 41), [(410_233, AsideReason::Unfocused)]);
    assert!(browser.view().contains("Use it for #41"));
    browser.press("use_aside", &[]);
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_233)]);
    assert_eq!(asides(&browser, 41), []);
}

#[test]
fn the_page_in_front_of_another_window_fills_no_case_of_this_one() {
    let mut browser = two_windows();
    let license = license_page(410_233, SUB, false);
    browser.tell(seen_in(2, 9, &license.0, true));
    browser.tell(page(9, license));
    assert_eq!(held(&browser, 44), [(Slot::Proof, 410_233)]);
    assert_eq!(held(&browser, 41), []);
}

#[test]
fn an_update_of_the_extension_alone_fills_no_case() {
    let mut browser = Browser::at_ticket();
    let (url, html) = license_page(410_233, SUB, false);
    browser.look(2, &url);
    browser.tell(Event::PortalPageOpenBefore {
        tab: 2,
        url: url.clone(),
        html: html.clone(),
    });
    assert_eq!(held(&browser, 41), []);
    assert_eq!(asides(&browser, 41), [(410_233, AsideReason::OpenBefore)]);
    browser.tell(Event::PortalPage { tab: 2, url, html });
    assert_eq!(
        held(&browser, 41),
        [(Slot::Proof, 410_233)],
        "looking at it again counts"
    );
    assert_eq!(asides(&browser, 41), []);
}

#[test]
fn a_record_of_another_portal_never_gets_into_a_case() {
    let mut browser = Browser::new();
    let sync = [(
        "profile:portal.hosts".to_owned(),
        r#"["customers.gitlab.com","customers.staging.gitlab.com"]"#.to_owned(),
    )];
    let settings = tether::profile::Settings {
        sync: sync.into_iter().collect(),
        managed: None,
    };
    browser.tell(Event::Settings { settings });
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    let (url, html) = license_page(410_233, SUB, false);
    let staging = |text: &str| text.replace("customers.gitlab.com", "customers.staging.gitlab.com");
    browser.browse(2, &(staging(&url), staging(&html)));
    assert_eq!(held(&browser, 41), []);
    assert_eq!(
        asides(&browser, 41),
        [(
            410_233,
            AsideReason::OtherPortal("customers.gitlab.com".to_owned())
        )]
    );
    assert!(browser.view().contains("it can’t be used"));
    let reference = browser.case(41).asides[0].record.reference().to_string();
    browser.press("use_aside", &[("record", &reference)]);
    assert_eq!(held(&browser, 41), [], "not even by hand");
}

#[test]
fn a_ticket_of_the_sandbox_is_about_staging() {
    let profile = profile();
    assert_eq!(profile.portal_host(SANDBOX), "customers.staging.gitlab.com");
    assert_eq!(profile.portal_host(ZENDESK), "customers.gitlab.com");
}

// ---- tabs that the browser unloaded ----

#[test]
fn a_tab_that_comes_back_under_another_number_is_known_by_it() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.look(1, &ticket_address(41));
    let effects = browser.press("add_note", &[]);
    let (_, effect) = writes(&effects)[0];
    browser.tell(Event::TabReplaced { old: 1, new: 101 });
    assert_eq!(browser.model.tabs.tab_of_ticket(&key(41)), Some(101));
    assert_eq!(
        browser.model.page_jobs.get(&effect).map(|job| job.tab),
        Some(101),
        "its page is heard"
    );
}

// ---- saving ----

#[test]
fn what_the_browser_did_not_keep_is_given_again_until_it_does() {
    let mut browser = Browser::at_ticket();
    let kept = |browser: &Browser| {
        let stored: BTreeMap<String, String> = browser.stored.clone();
        let model = Model::restore(stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        model.case(&key(41)).unwrap().proofs.clone()
    };
    browser.keeps_nothing = true;
    browser.press("use_proof", &[("proof_text", "410300")]);
    let given = browser.case(41).proofs.clone();
    assert_ne!(kept(&browser), given, "the browser kept nothing of it");
    browser.tell(Event::NotSaved {
        why: "QuotaBytes exceeded".to_owned(),
    });
    assert!(browser.view().contains("didn’t keep what Tether knows"));
    browser.keeps_nothing = false;
    browser.tell(Event::SavedAgain);
    assert!(!browser.view().contains("didn’t keep"));
    assert_eq!(kept(&browser), given, "nothing was lost");
}

#[test]
fn where_there_is_no_room_old_cases_make_room_and_the_panel_says_so() {
    let mut browser = Browser::at_ticket();
    for ticket in 100..120 {
        browser.now += 1000;
        browser.look(2, &ticket_address(ticket));
    }
    browser.tell(Event::NotSaved {
        why: "QuotaBytes quota exceeded".to_owned(),
    });
    assert!(
        browser.model.case(&key(119)).is_some(),
        "the one in front stays"
    );
    assert!(browser.model.case(&key(41)).is_none(), "the oldest went");
    assert!(!browser.stored.contains_key(&key(41).storage_key()));
    assert!(browser.view().contains("dropped 5 cases"));
    browser.tell(Event::NotSaved {
        why: "the disk is gone".to_owned(),
    });
    assert!(
        browser.view().contains("dropped 5 cases"),
        "no room is not what is missing"
    );
}

#[test]
fn show_case_names_the_host_too() {
    let mut browser = two_windows();
    let fields: Map<String, String> = [("ticket".to_owned(), "44".to_owned())]
        .into_iter()
        .collect();
    browser.tell(Event::Command {
        case: None,
        window: Some(1),
        name: "show_case".to_owned(),
        fields,
    });
    assert_eq!(
        browser.model.tabs.focus(),
        Some(&key(41)),
        "a number alone is no case"
    );
    browser.tell(command(
        None,
        1,
        "show_case",
        &[("ticket", "44"), ("host", ZENDESK)],
    ));
    assert_eq!(browser.model.tabs.focus(), Some(&key(44)));
}
