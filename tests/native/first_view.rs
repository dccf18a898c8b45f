//! Which views may be stored, to be shown at once when a panel opens.

use crate::support::*;
use tether::app::{Event, signed_out_hosts, storable_views};
use tether::case::CaseKey;

fn storable(browser: &Browser) -> Vec<CaseKey> {
    storable_views(&browser.model)
        .into_iter()
        .map(|(_, key)| key)
        .collect()
}

#[test]
fn the_view_of_a_ticket_is_storable_once_the_ticket_was_read_and_holds_no_code() {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    assert_eq!(storable(&browser), [], "nothing was read yet");
    let browser = Browser::at_ticket();
    assert_eq!(storable(&browser), [key(41)]);
    assert!(!browser.view().contains(CODE));
}

#[test]
fn without_an_open_panel_or_a_ticket_nothing_is_storable() {
    let mut browser = Browser::at_ticket();
    browser.tell(Event::PanelClosed);
    assert_eq!(storable(&browser), []);
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, "https://gitlab.zendesk.com/agent/dashboard");
    assert_eq!(storable(&browser), []);
}

#[test]
fn nothing_is_storable_in_front_of_a_zendesk_that_tether_refuses() {
    let mut browser = Browser::at_ticket();
    browser.look(
        2,
        "https://gitlab-federal-support.zendesk.com/agent/tickets/41",
    );
    assert_eq!(storable(&browser), []);
}

#[test]
fn a_sign_out_drops_the_stored_views_of_that_zendesk() {
    let mut browser = Browser::at_ticket();
    assert!(signed_out_hosts(&browser.model).is_empty());
    browser.press("refresh", &[]);
    let read = browser.read_of("tickets/41");
    browser.answer(read, status(401, "{}", None));
    assert_eq!(storable(&browser), []);
    assert_eq!(signed_out_hosts(&browser.model), [ZENDESK]);
}

#[test]
fn what_check_setup_shows_is_not_stored_with_a_view() {
    let mut browser = Browser::at_ticket();
    for (open, close) in [
        ("check_setup", "close_setup"),
        ("error_report", "close_error_report"),
    ] {
        assert_eq!(storable(&browser), [key(41)], "before {open}");
        browser.press(open, &[]);
        assert_eq!(storable(&browser), [], "after {open}");
        browser.press(close, &[]);
    }
    assert_eq!(storable(&browser), [key(41)]);
}
