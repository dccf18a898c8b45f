//! What events come to: focus, capture, reads, the note's way into the composer; and that a stop between any two events changes nothing.

use crate::support::*;
use tether::app::effect::Job;
use tether::app::event::{Outcome, Unreachable};
use tether::app::{Effect, Event, NOTE_PATIENCE_MS, next_page};
use tether::case::load::Load;
use tether::case::note_progress::NoteProgress;
use tether::case::organization::Found;
use tether::case::page_problem::PageWork;
use tether::reading::{Answer, ReadError};
use tether::record::seen::Slot;

fn focus(browser: &Browser) -> Option<u64> {
    browser.model.tabs.focus().map(|k| k.ticket.get())
}

fn held(browser: &Browser, ticket: u64) -> Vec<(Slot, u64)> {
    browser
        .case(ticket)
        .chain
        .held()
        .map(|r| (r.slot(), r.number()))
        .collect()
}

/// Opens a page from the panel; the browser opens it in that tab.
fn open_from_panel(
    browser: &mut Browser,
    tab: i64,
    command: &str,
    fields: &[(&str, &str)],
) -> String {
    let effects = browser.press(command, fields);
    let Some((url, token)) = effects.iter().find_map(|e| {
        if let Effect::OpenTab { url, token } = e {
            Some((url.clone(), *token))
        } else {
            None
        }
    }) else {
        panic!("{command} opens a tab: {effects:?}")
    };
    browser.tell(Event::TabCreated { tab, opener: None });
    browser.tell(Event::TabOpened { tab, token });
    url
}

// ---- focus ----

#[test]
fn the_focus_follows_the_ticket_in_front() {
    let mut browser = Browser::new();
    assert_eq!(focus(&browser), None);
    browser.look(1, &ticket_address(41));
    assert_eq!(focus(&browser), Some(41));
    browser.tell(Event::TabSeen {
        tab: 2,
        url: ticket_address(42),
        front: false,
    });
    assert_eq!(focus(&browser), Some(41), "a tab behind changes nothing");
    browser.look(2, &ticket_address(42));
    assert_eq!(focus(&browser), Some(42));
    for elsewhere in [
        "https://customers.gitlab.com/admin/license/1",
        "https://gitlab.zendesk.com/agent/dashboard",
        "https://example.com/",
        "",
    ] {
        browser.look(3, elsewhere);
        assert_eq!(focus(&browser), Some(42), "{elsewhere}");
    }
    browser.look(1, &ticket_address(41));
    assert_eq!(focus(&browser), Some(41));
}

#[test]
fn a_ticket_within_one_tab_takes_the_focus_as_well() {
    let mut browser = Browser::new();
    browser.look(1, &ticket_address(41));
    browser.look(1, &ticket_address(42));
    assert_eq!(focus(&browser), Some(42));
}

#[test]
fn the_us_government_instance_is_refused_and_its_records_fill_no_other_case() {
    let mut browser = Browser::at_ticket();
    browser.look(
        5,
        "https://gitlab-federal-support.zendesk.com/agent/tickets/9",
    );
    assert!(
        browser
            .view()
            .contains("Tether reads and changes nothing there")
    );
    assert_eq!(focus(&browser), None);
    browser.browse(6, &license_page(410_233, SUB, false));
    assert!(held(&browser, 41).is_empty());
    browser.look(1, &ticket_address(41));
    assert_eq!(focus(&browser), Some(41));
    assert!(!browser.view().contains("refuses to act"));
}

// ---- capture ----

#[test]
fn a_page_goes_to_the_case_in_focus() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    assert_eq!(
        held(&browser, 41),
        [
            (Slot::Proof, 410_233),
            (Slot::Order, 700_101),
            (Slot::BillingAccount, 9_001)
        ]
    );
}

#[test]
fn without_a_ticket_a_page_goes_nowhere() {
    let mut browser = Browser::new();
    browser.walk_license_route();
    assert_eq!(browser.model.cases().count(), 0);
}

#[test]
fn a_page_opened_from_a_case_belongs_to_it_and_so_does_its_child() {
    let mut browser = Browser::at_ticket();
    let url = open_from_panel(
        &mut browser,
        7,
        "open_license",
        &[("license_id", " 410233 ")],
    );
    assert_eq!(url, "https://customers.gitlab.com/admin/license/410233");
    browser.look(1, &ticket_address(42));
    browser.browse(7, &license_page(410_233, SUB, false));
    browser.tell(Event::TabCreated {
        tab: 8,
        opener: Some(7),
    });
    browser.browse(8, &order_page(700_101, SUB, 9_001));
    assert_eq!(
        held(&browser, 41),
        [(Slot::Proof, 410_233), (Slot::Order, 700_101)]
    );
    browser.browse(9, &license_page(410_300, SUB, false));
    assert_eq!(
        held(&browser, 42),
        [(Slot::Proof, 410_300)],
        "a tab of no case speaks to the ticket looked at last"
    );
}

#[test]
fn a_tab_that_shows_a_ticket_no_longer_belongs_to_the_case_that_opened_it() {
    let mut browser = Browser::at_ticket();
    browser.tell(Event::TabClosed { tab: 1 });
    assert_eq!(
        open_from_panel(&mut browser, 7, "show_ticket", &[]),
        ticket_address(41)
    );
    browser.look(7, &ticket_address(41));
    browser.look(7, &ticket_address(42));
    browser.tell(Event::TabCreated {
        tab: 8,
        opener: Some(7),
    });
    browser.browse(8, &license_page(410_233, SUB, false));
    assert!(held(&browser, 41).is_empty());
    assert_eq!(held(&browser, 42), [(Slot::Proof, 410_233)]);
}

#[test]
fn a_tab_opened_for_a_ticket_that_shows_it_before_the_browser_says_so_belongs_to_no_case() {
    let mut browser = Browser::at_ticket();
    browser.tell(Event::TabClosed { tab: 1 });
    let effects = browser.press("show_ticket", &[]);
    let Some(Effect::OpenTab { token, .. }) = effects.first() else {
        panic!("{effects:?}")
    };
    browser.look(7, &ticket_address(41));
    browser.tell(Event::TabOpened {
        tab: 7,
        token: *token,
    });
    assert_eq!(browser.model.tabs.all[&7].belongs_to, None);
}

#[test]
fn pages_that_are_no_records_or_of_another_host_change_no_case() {
    let mut browser = Browser::at_ticket();
    let (url, html) = license_page(410_233, SUB, false);
    for (url, html) in [
        (
            url.replace("customers.gitlab.com", "customers.gitlab.com.evil.example"),
            html.clone(),
        ),
        (url.replace("410233", "410234"), html.clone()),
        (url.replace("https", "http"), html.clone()),
        (url.clone(), "<html><body>Sign in</body></html>".to_owned()),
        (
            "https://customers.gitlab.com/admin/".to_owned(),
            html.clone(),
        ),
        (String::new(), String::new()),
    ] {
        browser.tell(Event::PortalPage {
            tab: 2,
            url: url.clone(),
            html,
        });
        assert!(held(&browser, 41).is_empty(), "{url}");
    }
}

#[test]
fn a_record_that_does_not_fit_waits_for_the_engineer_who_takes_it() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.browse(3, &order_page(700_102, "A-S001044170", 9_002));
    assert_eq!(held(&browser, 41)[1], (Slot::Order, 700_101));
    assert_eq!(
        browser
            .case(41)
            .conflict
            .as_ref()
            .map(|c| c.offered.number()),
        Some(700_102)
    );
    browser.press("take_offered", &[]);
    assert_eq!(held(&browser, 41)[1], (Slot::Order, 700_102));
    assert_eq!(browser.case(41).conflict, None);
}

#[test]
fn a_record_that_does_not_fit_is_gone_when_the_engineer_keeps_what_is_held() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.browse(3, &license_page(410_234, SUB, false));
    assert!(browser.case(41).conflict.is_some());
    browser.press("keep_held", &[]);
    assert_eq!(browser.case(41).conflict, None);
    assert_eq!(held(&browser, 41)[0], (Slot::Proof, 410_233));
}

#[test]
fn removing_the_record_that_a_waiting_one_disagrees_with_settles_the_conflict() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &license_page(410_233, SUB, false));
    browser.browse(3, &order_page(700_102, "A-S00200000", 9_002));
    browser.press("remove", &[("slot", "proof")]);
    assert_eq!(browser.case(41).conflict, None);
    assert_eq!(held(&browser, 41), [(Slot::Order, 700_102)]);
}

#[test]
fn a_removed_record_comes_back_when_its_page_is_looked_at_again() {
    let mut browser = Browser::at_ticket();
    let page = license_page(410_233, SUB, false);
    browser.browse(2, &page);
    browser.press("remove", &[("slot", "proof")]);
    assert!(held(&browser, 41).is_empty());
    browser.browse(2, &page);
    assert_eq!(held(&browser, 41), [(Slot::Proof, 410_233)]);
}

#[test]
fn a_contact_seen_too_early_counts_when_its_page_is_looked_at_again() {
    let mut browser = Browser::at_ticket();
    let contact = contact_page(5_001, SOLD_TO);
    browser.browse(2, &contact);
    browser.browse(3, &account_page_by_name(9_001, SFDC18, 5_001));
    assert_eq!(held(&browser, 41), [(Slot::BillingAccount, 9_001)]);
    browser.browse(2, &contact);
    assert_eq!(
        held(&browser, 41),
        [(Slot::BillingAccount, 9_001), (Slot::Contact, 5_001)]
    );
}

#[test]
fn the_next_page_leads_along_the_chain() {
    let mut browser = Browser::at_ticket();
    let next = |b: &Browser| next_page(&b.model, &key(41), b.world()).map(|n| n.url);
    assert_eq!(next(&browser), None);
    browser.browse(2, &license_page(410_233, SUB, false));
    let filtered = "https://customers.gitlab.com/admin/order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D=A-S00104417";
    assert_eq!(next(&browser).as_deref(), Some(filtered));
    browser.browse(2, &order_page(700_101, SUB, 9_001));
    assert_eq!(
        next(&browser).as_deref(),
        Some("https://customers.gitlab.com/admin/billing_account/9001")
    );
    browser.browse(2, &account_page_by_name(9_001, SFDC18, 5_001));
    assert_eq!(
        next(&browser).as_deref(),
        Some("https://customers.gitlab.com/admin/billing_account_contact/5001")
    );
    assert_eq!(
        open_from_panel(&mut browser, 9, "open_next", &[]),
        "https://customers.gitlab.com/admin/billing_account_contact/5001"
    );
    browser.browse(9, &contact_page(5_001, SOLD_TO));
    assert_eq!(next(&browser), None);
}

#[test]
fn a_validated_key_leads_to_its_license_for_the_case_it_was_validated_for() {
    let mut browser = Browser::at_ticket();
    let result = r#"<pre>{"restrictions": {"id": 410233}}</pre>"#;
    let html = crate::support::pages::validation(crate::support::pages::Version::V3, result);
    browser.browse(
        2,
        &(
            "https://customers.gitlab.com/admin/license/validate_license".to_owned(),
            html,
        ),
    );
    let next = |b: &Browser, ticket| next_page(&b.model, &key(ticket), b.world()).map(|n| n.url);
    assert_eq!(
        next(&browser, 41).as_deref(),
        Some("https://customers.gitlab.com/admin/license/410233")
    );
    // A result for a key that is not the chosen one leads nowhere.
    if let Some(validated) = &mut browser.model.validated {
        validated.proof = Some(700);
    }
    assert_eq!(next(&browser, 41), None);
    browser.look(1, &ticket_address(42));
    assert_eq!(next(&browser, 42), None);
}

// ---- reads ----

#[test]
fn browsing_costs_no_request_while_no_panel_is_open() {
    let mut browser = Browser::new();
    browser.look(1, &ticket_address(41));
    browser.walk_license_route();
    assert!(browser.asked().is_empty());
    browser.tell(Event::PanelOpened);
    assert_eq!(
        browser.asked().len(),
        3,
        "ticket, fields, organization: {:?}",
        browser.asked()
    );
    browser.tell(Event::PanelClosed);
    browser.settle();
    browser.look(1, &ticket_address(42));
    assert_eq!(browser.asked().len(), 3, "{:?}", browser.asked());
}

#[test]
fn each_read_is_made_once_however_often_its_wish_comes_up() {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    for _ in 0..5 {
        browser.tell(Event::PanelOpened);
        browser.look(1, &ticket_address(41));
        browser.press("tick", &[]);
    }
    assert_eq!(browser.asked().len(), 2);
    browser.settle();
    for _ in 0..5 {
        browser.look(1, &ticket_address(41));
        browser.walk_license_route();
        browser.settle();
    }
    let expected = [
        "https://gitlab.zendesk.com/api/v2/tickets/41?include=users,organizations",
        "https://gitlab.zendesk.com/api/v2/ticket_fields?page%5Bsize%5D=100",
        "https://gitlab.zendesk.com/api/v2/tickets/41/comments?page%5Bsize%5D=100",
        "https://gitlab.zendesk.com/api/v2/search?query=type%3Aorganization%20salesforce_id%3A0014M00001hHV5CQAW",
        "https://gitlab.zendesk.com/api/v2/organizations/91",
        "https://gitlab.zendesk.com/api/v2/organizations/91/users?page%5Bsize%5D=100",
    ];
    assert_eq!(
        browser.asked(),
        expected,
        "the license route costs four requests, and its pre-checks two"
    );
}

#[test]
fn the_activation_route_with_a_short_salesforce_id_costs_as_many_requests() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &activation_page(30_011, SUB));
    browser.browse(2, &order_page(700_101, SUB, 9_001));
    browser.browse(2, &account_page(9_001, SFDC15, SOLD_TO));
    browser.settle();
    assert_eq!(browser.asked().len(), 6);
    assert_eq!(
        browser.asked()[3],
        "https://gitlab.zendesk.com/api/v2/search?query=type%3Aorganization%20sfdc_short_id%3A0014M00001hHV5C"
    );
    assert!(browser.view().contains("Entitled"));
}

#[test]
fn a_second_ticket_costs_two_requests_since_the_fields_are_known() {
    let mut browser = Browser::at_ticket();
    browser.look(2, &ticket_address(42));
    browser.settle();
    assert_eq!(browser.asked().len(), 5);
    assert_eq!(browser.case(42).subscription_email(), Some(SOLD_TO));
}

#[test]
fn ticket_fields_are_read_page_by_page_until_the_three_are_found_and_never_without_end() {
    let page = |id: u64, title: &str| {
        let field = serde_json::json!({"id": id, "title": title, "active": true});
        ok(
            &serde_json::json!({"ticket_fields": [field], "meta": {"has_more": true, "after_cursor": "a=="}}),
        )
    };
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    for (id, title) in [
        (11, "Support Ops Problem Type"),
        (12, "L&R Product Type"),
        (13, "Subscription Email"),
    ] {
        let read = browser.read_of("ticket_fields");
        browser.answer(read, page(id, title));
    }
    assert!(
        browser
            .asked()
            .last()
            .unwrap()
            .ends_with("&page%5Bafter%5D=a%3D%3D")
    );
    assert!(
        !browser
            .reads
            .iter()
            .any(|(_, url)| url.contains("ticket_fields")),
        "all three are found: {:?}",
        browser.reads
    );
    browser.settle();
    assert_eq!(browser.case(41).subscription_email(), Some(SOLD_TO));

    let mut endless = Browser::new();
    endless.tell(Event::PanelOpened);
    endless.look(1, &ticket_address(41));
    let mut pages = 0;
    while let Some(read) = endless
        .reads
        .iter()
        .find(|(_, url)| url.contains("ticket_fields"))
        .map(|(id, _)| *id)
    {
        endless.answer(read, page(1, "Another"));
        pages += 1;
        assert!(pages <= 20);
    }
    assert_eq!(pages, 20);
    assert_eq!(
        endless.case(41).fields,
        Some(tether::record::ticket::TicketFields::default())
    );
}

#[test]
fn comments_are_read_page_by_page_up_to_the_fifth() {
    let mut browser = Browser::new();
    browser.zendesk.subscription_email = None;
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    let (ticket, fields) = (browser.reads[0].clone(), browser.reads[1].clone());
    let (first, second) = (
        browser.zendesk.answer(&ticket.1),
        browser.zendesk.answer(&fields.1),
    );
    browser.answer(ticket.0, first);
    browser.answer(fields.0, second);
    for n in 1..=5 {
        let read = browser.read_of("/comments");
        let comment = serde_json::json!({"id": n, "author_id": 7, "public": true, "plain_body": format!("a{n}@example.com a1@example.com"), "html_body": ""});
        browser.answer(read, ok(&serde_json::json!({"comments": [comment], "meta": {"has_more": true, "after_cursor": "c"}})));
    }
    assert!(browser.reads.is_empty());
    let written: Vec<&str> = browser
        .case(41)
        .written
        .got()
        .unwrap()
        .iter()
        .map(|a| a.email.as_str())
        .collect();
    assert_eq!(
        written,
        [
            "a1@example.com",
            "a2@example.com",
            "a3@example.com",
            "a4@example.com",
            "a5@example.com"
        ]
    );
}

#[test]
fn comments_are_read_only_if_subscription_email_is_empty() {
    let mut browser = Browser::new();
    browser.zendesk.subscription_email = None;
    browser.zendesk.comments = vec![
        "It is ada@example.com or ADA@example.com, license ID 410233".to_owned(),
        "ask ceo@example.com".to_owned(),
    ];
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    assert_eq!(
        browser
            .asked()
            .iter()
            .filter(|u| u.contains("/comments"))
            .count(),
        1
    );
    let written = browser.case(41).written.got().unwrap();
    assert_eq!(
        written.iter().map(|a| a.email.as_str()).collect::<Vec<_>>(),
        ["ada@example.com", "ceo@example.com"]
    );
    browser.walk_license_route();
    browser.settle();
    browser.press("pick_address", &[("address", "ada@example.com")]);
    assert!(text_of(&browser.view()).contains("Entitled: "));
    browser.press("unpick_address", &[]);
    assert!(text_of(&browser.view()).contains("Incomplete"));
}

#[test]
fn nothing_is_asked_of_a_host_to_which_access_is_missing() {
    let mut browser = Browser::new();
    browser.tell(Event::HostAccess {
        missing: vec!["https://gitlab.zendesk.com/*".to_owned()],
    });
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    assert!(browser.asked().is_empty());
    assert!(
        browser
            .view()
            .contains(r#"data-grant="https://gitlab.zendesk.com/*""#)
    );
    browser.tell(Event::HostAccess {
        missing: Vec::new(),
    });
    assert_eq!(browser.asked().len(), 2);
}

#[test]
fn access_to_the_instance_that_is_refused_is_not_asked_for() {
    let mut browser = Browser::new();
    browser.tell(Event::HostAccess {
        missing: vec!["https://gitlab-federal-support.zendesk.com/*".to_owned()],
    });
    assert!(browser.model.missing_access.is_empty());
    assert!(!browser.view().contains("data-grant"));
}

#[test]
fn an_answer_that_nobody_waits_for_is_dropped() {
    let mut browser = Browser::at_ticket();
    let before = browser.view();
    let answer = Browser::new()
        .zendesk
        .answer("https://gitlab.zendesk.com/api/v2/tickets/41");
    browser.answer(9_999, answer.clone());
    browser.answer(1, answer);
    assert_eq!(browser.view(), before);
}

#[test]
fn a_tickets_answer_goes_to_its_case_even_if_another_is_in_focus() {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.look(1, &ticket_address(42));
    browser.settle();
    assert_eq!(browser.case(41).ticket.got().unwrap().id.get(), 41);
    assert_eq!(browser.case(42).ticket.got().unwrap().id.get(), 42);
}

#[test]
fn another_salesforce_account_drops_the_search_and_its_late_answer() {
    let mut browser = Browser::at_ticket();
    browser
        .zendesk
        .organizations
        .push(organization_json(92, "Other Corp", Some(OTHER_SFDC), None));
    browser.browse(2, &account_page(9_001, SFDC18, SOLD_TO));
    let late = browser.read_of("search");
    let late_answer = browser.zendesk.answer(&browser.reads[0].1);
    browser.browse(2, &account_page(9_001, OTHER_SFDC, SOLD_TO));
    browser.answer(late, late_answer);
    assert_eq!(
        browser.case(41).organization.load,
        Load::Asking,
        "the late answer is not taken for the new account's"
    );
    browser.settle();
    assert_eq!(browser.case(41).organization.one().unwrap().id.get(), 92);
    browser.press("remove", &[("slot", "billing_account")]);
    assert_eq!(browser.case(41).organization.found(), None);
}

#[test]
fn the_other_length_is_searched_only_after_the_first_found_nothing() {
    let mut browser = Browser::at_ticket();
    browser.zendesk.organizations = vec![organization_json(91, "Short only", None, Some(SFDC15))];
    browser.browse(2, &account_page(9_001, SFDC18, SOLD_TO));
    assert_eq!(browser.asked().len(), 4);
    browser.settle();
    let searches: Vec<&str> = browser.asked()[3..5]
        .iter()
        .map(|u| u.rsplit("%20").next().unwrap())
        .collect();
    assert_eq!(
        searches,
        [
            "salesforce_id%3A0014M00001hHV5CQAW",
            "sfdc_short_id%3A0014M00001hHV5C"
        ]
    );
    assert_eq!(browser.case(41).organization.one().unwrap().id.get(), 91);

    browser.zendesk.organizations.clear();
    browser.press("refresh", &[]);
    browser.settle();
    assert_eq!(
        browser.case(41).organization.found(),
        Some(&Found::None),
        "both were searched, and none has it"
    );
    assert_eq!(
        browser
            .asked()
            .iter()
            .filter(|u| u.contains("search"))
            .count(),
        4
    );
}

#[test]
fn several_organizations_wait_for_a_choice_that_reading_again_keeps() {
    let mut browser = Browser::at_ticket();
    browser
        .zendesk
        .organizations
        .push(organization_json(92, "Twin", Some(SFDC18), None));
    browser.walk_license_route();
    browser.settle();
    browser.press("choose_organization", &[("organization", "77")]);
    assert_eq!(
        browser.case(41).organization.one(),
        None,
        "one that was not found cannot be chosen"
    );
    browser.press("choose_organization", &[("organization", "92")]);
    assert!(text_of(&browser.view()).contains("Entitled: "));
    browser.press("refresh", &[]);
    browser.settle();
    assert_eq!(browser.case(41).organization.one().unwrap().id.get(), 92);
}

#[test]
fn a_rate_limited_read_is_repeated_after_the_wait() {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    let id = browser.read_of("/tickets/41");
    browser.answer(id, status(429, "", Some("30")));
    browser.settle();
    let until_ms = NOW + 30_000;
    assert_eq!(
        browser.case(41).ticket,
        Load::Failed(ReadError::RateLimited { until_ms })
    );
    assert_eq!(tether::view::wake_at(&browser.model), Some(until_ms));
    let asked = browser.asked().len();
    browser.now = until_ms - 1;
    browser.press("tick", &[]);
    assert_eq!(browser.asked().len(), asked, "too early");
    browser.now = until_ms;
    browser.press("tick", &[]);
    assert_eq!(browser.asked().len(), asked + 1);
    browser.settle();
    assert!(browser.case(41).ticket.got().is_some());
    assert_eq!(tether::view::wake_at(&browser.model), None);
}

#[test]
fn a_failed_read_is_made_again_only_when_the_engineer_asks_for_it() {
    for (answer, error) in [
        (Answer::Redirected, ReadError::SignedOut),
        (status(403, "", None), ReadError::NotAllowed),
        (status(404, "", None), ReadError::NotFound),
        (Answer::Offline, ReadError::Offline),
        (status(200, "<html>", None), ReadError::NotJson),
    ] {
        let mut browser = Browser::new();
        browser.tell(Event::PanelOpened);
        browser.look(1, &ticket_address(41));
        let id = browser.read_of("/tickets/41");
        browser.answer(id, answer);
        browser.settle();
        assert_eq!(browser.case(41).ticket, Load::Failed(error));
        browser.now += 3_600_000;
        browser.press("tick", &[]);
        browser.look(1, &ticket_address(41));
        assert!(browser.reads.is_empty());
        browser.press("retry", &[]);
        browser.settle();
        assert!(browser.case(41).ticket.got().is_some());
        assert_eq!(
            browser.asked().len(),
            4,
            "only what failed is asked again, and the comments that waited for it"
        );
    }
}

#[test]
fn reading_again_reads_the_ticket_and_keeps_what_the_portal_showed() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.zendesk.subject = "Another subject".to_owned();
    browser.press("refresh", &[]);
    browser.settle();
    assert_eq!(
        browser.case(41).ticket.got().unwrap().subject,
        "Another subject"
    );
    assert_eq!(held(&browser, 41).len(), 3);
}

// ---- the note ----

fn ready() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.look(1, &ticket_address(41));
    browser
}

fn problem(browser: &Browser) -> String {
    match &browser.case(41).note.now {
        NoteProgress::Problem(problem) => problem.says(PageWork::Note(browser.case(41).key.ticket)),
        other => panic!("no problem: {other:?}"),
    }
}

#[test]
fn the_note_goes_to_the_tab_of_its_ticket_and_counts_when_it_was_read_back() {
    let mut browser = ready();
    let effects = browser.press("add_note", &[]);
    let [
        Effect::Page {
            tab: 1,
            job:
                Job::WriteNote {
                    effect,
                    ticket,
                    html,
                    lines,
                    again,
                    selectors,
                },
        },
    ] = effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert_eq!((*ticket, *again), (41, false));
    assert_eq!(
        lines[0],
        "License: https://customers.gitlab.com/admin/license/410233"
    );
    assert_eq!(lines.len(), 6);
    assert!(html.starts_with("<ul><li>License: <a href="));
    assert_eq!(**selectors, browser.profile.zendesk.selectors);
    assert!(matches!(
        browser.case(41).note.now,
        NoteProgress::Writing { .. }
    ));
    assert_eq!(
        browser.case(41).note.written_at,
        None,
        "not before it was read back"
    );
    browser.outcome(
        *effect,
        Outcome::Written {
            text: lines.join("\n"),
            status: None,
        },
    );
    assert_eq!(browser.case(41).note.written_at, Some(NOW));
    assert_eq!(browser.case(41).note.now, NoteProgress::Idle);
}

#[test]
fn pressing_twice_writes_once() {
    let mut browser = ready();
    let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    for command in ["add_note", "add_note_again", "dismiss_note"] {
        assert_eq!(
            writes(&browser.press(command, &[])),
            [],
            "{command} while it is being written"
        );
        assert!(matches!(
            browser.case(41).note.now,
            NoteProgress::Writing { .. }
        ));
    }
    browser.outcome(
        effect,
        Outcome::Written {
            text: String::new(),
            status: None,
        },
    );
    assert_eq!(
        writes(&browser.press("add_note", &[])),
        [],
        "it was written: the engineer is asked"
    );
    assert_eq!(browser.case(41).note.now, NoteProgress::AskAgain);
    browser.press("dismiss_note", &[]);
    assert_eq!(browser.case(41).note.now, NoteProgress::Idle);
    browser.press("add_note", &[]);
    let effects = browser.press("add_note_again", &[]);
    assert!(
        matches!(
            effects[..],
            [Effect::Page {
                tab: 1,
                job: Job::WriteNote { again: true, .. }
            }]
        ),
        "{effects:?}"
    );
}

#[test]
fn a_note_that_is_already_there_is_written_again_only_on_request() {
    let mut browser = ready();
    let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    browser.outcome(effect, Outcome::AlreadyThere);
    assert_eq!(browser.case(41).note.now, NoteProgress::AskAgain);
    assert_eq!(browser.case(41).note.written_at, Some(NOW));
}

#[test]
fn nothing_is_written_before_a_record_was_found() {
    let mut browser = Browser::at_ticket();
    assert_eq!(writes(&browser.press("add_note", &[])), []);
    assert_eq!(browser.case(41).note.now, NoteProgress::Idle);
}

#[test]
fn each_outcome_says_what_happened_and_what_to_do() {
    let cases = [
        (
            Outcome::WrongTicket { front: Some(42) },
            "Ticket #42 is in front, not #41: nothing was written.",
        ),
        (
            Outcome::WrongTicket { front: None },
            "Ticket #41 is not in front: nothing was written.",
        ),
        (
            Outcome::NoComposer,
            "Ticket #41 shows no composer: nothing was written.",
        ),
        (
            Outcome::NotInternal {
                channel: "Public reply".to_owned(),
            },
            "A public reply is selected and could not be switched to an internal note.",
        ),
        (
            Outcome::NotArrived {
                text: "half".to_owned(),
            },
            "The note did not arrive in the composer as it should.",
        ),
        (
            Outcome::Moved { front: Some(42) },
            "Another ticket came to the front while the note was being written.",
        ),
        (
            Outcome::Ambiguous {
                what: "composer".to_owned(),
            },
            "The page shows more than one composer for this ticket: nothing was written.",
        ),
        (
            Outcome::Failed {
                why: "odd\n<b>".to_owned(),
            },
            "The page could not take the note (odd <b>).",
        ),
    ];
    for (outcome, says) in cases {
        let mut browser = ready();
        let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
            panic!()
        };
        browser.outcome(effect, outcome.clone());
        assert!(
            problem(&browser).starts_with(says),
            "{outcome:?}: {}",
            problem(&browser)
        );
        assert!(text_of(&browser.view()).contains(says), "{outcome:?}");
        assert_eq!(browser.case(41).note.written_at, None);
        assert_eq!(
            writes(&browser.press("add_note", &[])).len(),
            1,
            "it can be tried again"
        );
    }
}

#[test]
fn a_page_that_cannot_be_reached_says_why() {
    let cases = [
        (
            "no_access",
            "The browser does not let Tether into this page.",
        ),
        ("closed", "No tab shows ticket #41: nothing was written."),
        (
            "busy",
            "The page is still busy with an earlier step: nothing was written.",
        ),
        (
            "Receiving end does not exist",
            "The page could not take the note (Receiving end does not exist).",
        ),
    ];
    for (why, says) in cases {
        let mut browser = ready();
        let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
            panic!()
        };
        browser.tell(Event::PageUnreachable {
            effect,
            why: why.to_owned().into(),
        });
        assert!(
            problem(&browser).starts_with(says),
            "{why}: {}",
            problem(&browser)
        );
    }
}

#[test]
fn a_late_outcome_of_another_job_is_dropped() {
    let mut browser = ready();
    let [(_, first)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    browser.outcome(first, Outcome::NoComposer);
    let [(_, second)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    assert_ne!(first, second);
    browser.outcome(
        first,
        Outcome::Written {
            text: String::new(),
            status: None,
        },
    );
    browser.tell(Event::PageUnreachable {
        effect: first,
        why: Unreachable::Closed,
    });
    assert!(
        matches!(browser.case(41).note.now, NoteProgress::Writing { effect, .. } if effect == second)
    );
    assert_eq!(browser.case(41).note.written_at, None);
}

#[test]
fn a_page_that_never_answers_is_given_up_when_patience_is_over() {
    let mut browser = ready();
    let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    assert_eq!(
        tether::view::wake_at(&browser.model),
        Some(NOW + NOTE_PATIENCE_MS)
    );
    browser.now += NOTE_PATIENCE_MS - 1;
    browser.press("tick", &[]);
    assert!(matches!(
        browser.case(41).note.now,
        NoteProgress::Writing { .. }
    ));
    browser.now += 1;
    browser.press("tick", &[]);
    assert!(problem(&browser).starts_with("The page did not answer."));
    browser.outcome(
        effect,
        Outcome::Written {
            text: String::new(),
            status: None,
        },
    );
    assert!(
        problem(&browser).starts_with("The page did not answer."),
        "too late"
    );
}

#[test]
fn the_ticket_comes_to_the_front_before_the_note_is_written() {
    let mut browser = ready();
    browser.look(2, "https://customers.gitlab.com/admin/license/410233");
    let effects = browser.press("add_note", &[]);
    assert!(
        matches!(
            effects[..],
            [Effect::FocusTab { tab: 1 }, Effect::Page { tab: 1, .. }]
        ),
        "{effects:?}"
    );
}

#[test]
fn of_two_tickets_the_note_goes_to_the_one_in_focus() {
    let mut browser = ready();
    browser.look(5, &ticket_address(42));
    browser.settle();
    browser.browse(6, &license_page(410_300, SUB, false));
    let effects = browser.press("add_note", &[]);
    assert_eq!(
        writes(&effects)
            .iter()
            .map(|(tab, _)| *tab)
            .collect::<Vec<_>>(),
        [5]
    );
    assert_eq!(browser.case(41).note.now, NoteProgress::Idle);
}

#[test]
fn without_a_tab_of_the_ticket_the_note_is_not_written() {
    let mut browser = ready();
    browser.tell(Event::TabClosed { tab: 1 });
    assert_eq!(writes(&browser.press("add_note", &[])), []);
    assert!(problem(&browser).starts_with("No tab shows ticket #41: nothing was written."));
    browser.tell(Event::TabSeen {
        tab: 9,
        url: ticket_address(41),
        front: false,
    });
    assert!(matches!(
        browser.press("add_note", &[])[..],
        [Effect::FocusTab { tab: 9 }, Effect::Page { tab: 9, .. }]
    ));
}

// ---- commands ----

/// A command, its fields, and the field that is at fault.
type Press<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[test]
fn invalid_input_is_reported_at_its_form_and_does_nothing() {
    let mut browser = ready();
    let cases: &[Press] = &[
        ("open_license", &[("license_id", "twelve")], "license_id"),
        ("open_license", &[], "license_id"),
        (
            "open_activation",
            &[("activation_code", "too short")],
            "activation_code",
        ),
        ("pick_address", &[], "address"),
        (
            "choose_organization",
            &[("organization", "")],
            "organization",
        ),
        (
            "accept",
            &[("check", "not_a_trial"), ("reason", " \u{2028} ")],
            "reason",
        ),
    ];
    for (name, fields, field) in cases {
        let effects = browser.press(name, fields);
        assert!(effects.is_empty(), "{name}: {effects:?}");
        assert_eq!(
            browser.model.said.as_ref().and_then(|s| s.field.as_deref()),
            Some(*field)
        );
    }
    assert!(browser.press("of_a_newer_panel", &[]).is_empty());
    assert_eq!(browser.model.said, None);
}

#[test]
fn a_decision_needs_a_check_that_is_open() {
    let mut browser = ready();
    browser.press("accept", &[("check", "not_a_trial"), ("reason", "because")]);
    assert!(
        browser.case(41).decisions.is_empty(),
        "it has passed by itself"
    );
    browser.browse(2, &account_page(9_001, SFDC18, "Ada Lindqvist"));
    browser.settle();
    browser.press(
        "accept",
        &[
            ("check", "sold_to_matches"),
            ("reason", "the name is in the signature"),
        ],
    );
    assert!(text_of(&browser.view()).contains("Entitled: "));
    browser.press("undecide", &[("check", "sold_to_matches")]);
    assert!(text_of(&browser.view()).contains("Incomplete"));
    browser.press(
        "reject",
        &[("check", "sold_to_matches"), ("reason", "nobody knows Ada")],
    );
    assert!(text_of(&browser.view()).contains("Not entitled: you rejected “Sold-to matches”"));
}

/// The badge as it is now: its sign and its tooltip.
fn badge(browser: &Browser) -> (String, String) {
    let badges = browser.told.iter().rev();
    let mut badges = badges.filter_map(|e| {
        if let Effect::Badge { text, title, .. } = e {
            Some((text.clone(), title.clone()))
        } else {
            None
        }
    });
    badges.next().unwrap()
}

#[test]
fn each_state_has_a_badge_of_its_own_sign_and_a_tooltip_that_says_it_in_words() {
    let shows = |browser: &Browser, text: &str, title: &str| {
        assert_eq!(badge(browser), (text.to_owned(), format!("Tether{title}")))
    };
    let mut browser = Browser::at_ticket();
    shows(&browser, "", ": #41");
    browser.walk_license_route();
    shows(&browser, "…", ": #41 is incomplete");
    browser.settle();
    shows(&browser, "✓", ": #41 is entitled");
    browser.browse(2, &account_page(9_001, SFDC18, "Ada Lindqvist"));
    shows(
        &browser,
        "?",
        ": #41 is incomplete: “Sold-to matches” is for you to decide",
    );
    browser.browse(2, &license_page(410_233, SUB, true));
    shows(&browser, "✕", ": #41 is not entitled");
    browser.browse(3, &order_page(700_102, "A-S001044170", 9_001));
    shows(&browser, "?", ": #41 has a record to choose");
    browser.look(
        5,
        "https://gitlab-federal-support.zendesk.com/agent/tickets/41",
    );
    shows(
        &browser,
        "–",
        " does not act on gitlab-federal-support.zendesk.com",
    );
    let mut without = Browser::new();
    without.tell(Event::HostAccess {
        missing: vec![format!("https://{ZENDESK}/*")],
    });
    shows(
        &without,
        "!",
        " has no access to the sites yet: open its panel",
    );
}

#[test]
fn the_badge_says_the_state_of_the_case_and_only_when_it_changes() {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.press("tick", &[]);
    let badges: Vec<&str> = browser
        .told
        .iter()
        .filter_map(|e| {
            if let Effect::Badge { text, .. } = e {
                Some(text.as_str())
            } else {
                None
            }
        })
        .collect();
    assert_eq!(badges, ["", "", "…", "✓"]);
}

#[test]
fn another_case_of_today_can_be_looked_at_again() {
    let mut browser = ready();
    browser.look(5, &ticket_address(42));
    assert!(browser.view().contains(r#"data-field-ticket="41""#));
    let effects = browser.press("show_case", &[("ticket", "41")]);
    assert!(
        effects.contains(&Effect::FocusTab { tab: 1 }),
        "{effects:?}"
    );
    assert_eq!(focus(&browser), Some(41));
}

// ---- stopped at any moment ----

/// The main job: two tickets, both routes, a conflict, a decision, a note.
fn main_route(browser: &mut Browser) {
    browser
        .zendesk
        .organizations
        .push(organization_json(92, "Twin", Some(SFDC18), None));
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    open_from_panel(browser, 7, "open_license", &[("license_id", "410233")]);
    browser.browse(7, &license_page(410_233, SUB, false));
    browser.look(5, &ticket_address(42));
    browser.settle();
    browser.browse(6, &activation_page(30_011, SUB));
    browser.tell(Event::TabCreated {
        tab: 8,
        opener: Some(7),
    });
    browser.browse(8, &order_page(700_101, SUB, 9_001));
    browser.look(1, &ticket_address(41));
    browser.browse(8, &license_page(410_234, SUB, false));
    browser.press("keep_held", &[]);
    browser.browse(8, &account_page_by_name(9_001, SFDC18, 5_001));
    browser.settle();
    browser.press("choose_organization", &[("organization", "91")]);
    browser.press(
        "accept",
        &[
            ("check", "sold_to_matches"),
            ("reason", "the name is in the signature"),
        ],
    );
    browser.look(1, &ticket_address(41));
    let effects = browser.press("add_note", &[]);
    let [(1, effect)] = writes(&effects)[..] else {
        panic!("{effects:?}")
    };
    browser.outcome(
        effect,
        Outcome::Written {
            text: "x".to_owned(),
            status: None,
        },
    );
}

#[test]
fn a_stop_between_any_two_events_changes_nothing() {
    let mut steady = Browser::new();
    steady.zendesk.comments = vec!["Our license ID is 410233.".to_owned()];
    main_route(&mut steady);
    assert!(text_of(&steady.view()).contains("Entitled: "));
    assert!(steady.case(41).note.written_at.is_some());
    let mut stopped = Browser::new();
    stopped.stops = true;
    stopped.zendesk.comments = steady.zendesk.comments.clone();
    main_route(&mut stopped);
    assert_eq!(stopped.view(), steady.view());
    for ticket in [41, 42] {
        assert_eq!(stopped.case(ticket), steady.case(ticket));
    }
    stopped.look(5, &ticket_address(42));
    steady.look(5, &ticket_address(42));
    stopped.settle();
    steady.settle();
    assert_eq!(stopped.view(), steady.view());
}

#[test]
fn a_read_that_died_with_the_background_is_made_again() {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    let dead = browser.read_of("/tickets/41");
    browser.stop();
    assert_eq!(browser.reads.len(), 2);
    assert_ne!(
        browser.read_of("/tickets/41"),
        dead,
        "a late answer to the dead one is not taken for it"
    );
    browser.settle();
    assert!(browser.case(41).ticket.got().is_some());
}

#[test]
fn only_the_latest_cases_are_kept() {
    let mut browser = Browser::new();
    for n in 1..=260 {
        browser.now += 1;
        browser.look(1, &ticket_address(n));
    }
    assert_eq!(
        browser.model.cases().count(),
        tether::app::model::cases::CASES_MAX
    );
    assert!(browser.model.case(&key(10)).is_none());
    assert!(browser.model.case(&key(11)).is_some());
    let stored = browser
        .stored
        .keys()
        .filter(|k| k.starts_with("case:"))
        .count();
    assert_eq!(
        stored,
        tether::app::model::cases::CASES_MAX,
        "storage forgets them too"
    );
}
