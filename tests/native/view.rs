//! What the panel shows: the names that its users rely on, hostile text as text, and no secret.

use crate::support::pages::{Field, Version, boolean, escaped, field, show, url};
use crate::support::*;
use scraper::{ElementRef, Html, Selector};
use tether::app::event::Outcome;
use tether::app::{Effect, Event, note_of};
use tether::case::check::CheckName;
use tether::reading::Answer;

/// The panel's HTML, parsed.
struct Panel {
    html: String,
    dom: Html,
}

impl Panel {
    fn of(browser: &Browser) -> Self {
        let html = browser.view();
        Self {
            dom: Html::parse_fragment(&html),
            html,
        }
    }

    fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.dom.select(&Selector::parse(css).unwrap()).collect()
    }

    fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).into_iter().map(plain).collect()
    }

    /// The section of that heading.
    fn section(&self, heading: &str) -> ElementRef<'_> {
        let found: Vec<ElementRef<'_>> = self
            .all("section")
            .into_iter()
            .filter(|s| name_of(self, *s) == heading)
            .collect();
        assert_eq!(found.len(), 1, "one section {heading}");
        found[0]
    }

    fn verdict(&self) -> String {
        let all = self.texts("p.verdict[role=status]");
        assert_eq!(all.len(), 1, "{}", self.html);
        all[0].clone()
    }

    fn button(&self, name: &str) -> ElementRef<'_> {
        let found: Vec<ElementRef<'_>> = self
            .all("button")
            .into_iter()
            .filter(|b| plain(*b) == name)
            .collect();
        assert_eq!(
            found.len(),
            1,
            "one button {name}: {:?}",
            self.texts("button")
        );
        found[0]
    }
}

fn plain(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The accessible name that `aria-labelledby` gives.
fn name_of(panel: &Panel, section: ElementRef<'_>) -> String {
    if let Some(name) = section.attr("aria-label") {
        return name.to_owned();
    }
    let id = section
        .attr("aria-labelledby")
        .expect("a section has a name");
    let named = panel.texts(&format!("h2#{id}"));
    assert_eq!(named.len(), 1, "{id}");
    named[0].clone()
}

fn entitled_browser() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.walk_license_route();
    browser.settle();
    browser.look(1, &ticket_address(41));
    browser
}

// ---- names ----

#[test]
fn every_section_has_its_heading_in_every_state_of_a_case() {
    let fresh = Browser::new();
    assert_eq!(
        Panel::of(&fresh).texts("h2"),
        [
            "Next step: Open a ticket in Zendesk",
            "How it works",
            "Check setup"
        ],
        "without a ticket"
    );
    let mut unread = Browser::new();
    unread.look(1, &ticket_address(41));
    let mut waiting = entitled_browser();
    waiting.browse(3, &license_page(410_234, SUB, false));
    let states: [(Browser, &[&str]); 4] = [
        (
            unread,
            &[
                "Requester",
                "In progress: Waiting for the ticket",
                "Check setup",
            ],
        ),
        (
            Browser::at_ticket(),
            &[
                "Requester",
                "Your decision: Choose the proof to trace",
                "Records",
                "Single steps",
                "Check setup",
            ],
        ),
        (
            entitled_browser(),
            &[
                "Requester",
                "Next step: Finish this ticket",
                "Records",
                "Checks",
                "Check setup",
            ],
        ),
        (
            waiting,
            &[
                "Requester",
                "Your decision: Which license counts?",
                "Records",
                "Checks",
                "Single steps",
                "Check setup",
            ],
        ),
    ];
    for (browser, order) in states {
        let panel = Panel::of(&browser);
        assert_eq!(
            panel.texts("h2"),
            order,
            "the requester, the card, then the records and the checks"
        );
        for section in panel.all("section") {
            name_of(&panel, section);
        }
        assert_eq!(panel.texts("h1"), ["Ticket #41"]);
    }
}

#[test]
fn the_verdict_is_a_status_that_begins_with_its_word() {
    let mut browser = Browser::at_ticket();
    assert_eq!(Panel::of(&browser).verdict(), "Incomplete: 2 proofs found");
    browser.walk_license_route();
    assert_eq!(
        Panel::of(&browser).verdict(),
        "Incomplete: the organization is missing"
    );
    browser.settle();
    assert_eq!(
        Panel::of(&browser).verdict(),
        "Entitled: all 8 checks passed"
    );
    browser.browse(2, &license_page(410_233, SUB, true));
    assert!(
        Panel::of(&browser)
            .verdict()
            .starts_with("Not entitled: the license is a trial")
    );
}

#[test]
fn a_ticket_that_is_refused_has_no_case_no_verdict_and_no_button_but_the_diagnosis() {
    let mut browser = entitled_browser();
    browser.look(
        5,
        "https://gitlab-federal-support.zendesk.com/agent/tickets/41",
    );
    let panel = Panel::of(&browser);
    assert_eq!(
        panel.texts("h2"),
        ["Not available: Tether doesn’t work on this site"]
    );
    assert!(
        plain(panel.section("Next step"))
            .contains("gitlab-federal-support.zendesk.com is the US Government instance.")
    );
    assert_eq!(
        panel.texts("button, form, a"),
        ["Diagnose this page", "Change shortcuts"]
    );
    assert!(
        panel
            .texts("p.verdict")
            .iter()
            .all(|verdict| !verdict.starts_with("Entitled"))
    );
    assert!(browser.press("add_note", &[]).is_empty());
}

#[test]
fn checks_are_list_items_that_begin_with_their_name_and_say_their_answer() {
    let answers = |browser: &Browser| {
        let items =
            Panel::of(browser).texts("section[aria-labelledby=checks-heading] ul.checks > li");
        let held = browser.case(41).chain.proof().is_some();
        let is_asked = |name: &CheckName| match name {
            CheckName::OwnsNamespace | CheckName::OwnLicense => false,
            CheckName::ProofGiven => held,
            _ => true,
        };
        let asked: Vec<CheckName> = CheckName::ALL.iter().copied().filter(is_asked).collect();
        assert_eq!(items.len(), asked.len());
        // What failed is in sight, before the others.
        let items: Vec<String> = asked
            .iter()
            .map(|name| {
                items
                    .iter()
                    .find(|item| item.starts_with(name.title()))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect();
        let word = |name: &CheckName, item: &String| {
            let rest = item
                .strip_prefix(name.title())
                .unwrap_or_else(|| panic!("{item} begins with {}", name.title()))
                .trim_start()
                .to_owned();
            [
                "passed",
                "failed",
                "needs your decision",
                "can’t be read",
                "waiting",
            ]
            .into_iter()
            .find(|w| rest.starts_with(w))
            .unwrap_or_else(|| panic!("{item}"))
        };
        asked
            .iter()
            .zip(&items)
            .map(|(name, item)| word(name, item))
            .collect::<Vec<_>>()
    };
    let mut browser = Browser::at_ticket();
    assert!(
        Panel::of(&browser).all("ul.checks").is_empty(),
        "nothing was read that could be checked"
    );
    browser.walk_license_route();
    browser.settle();
    assert_eq!(answers(&browser), ["passed"; 8]);
    browser.browse(2, &license_page(410_233, SUB, true));
    browser.browse(2, &account_page(9_001, SFDC18, "Ada Lindqvist"));
    assert_eq!(
        answers(&browser),
        [
            "failed",
            "passed",
            "needs your decision",
            "passed",
            "passed",
            "passed",
            "passed",
            "passed"
        ]
    );
}

#[test]
fn the_note_has_its_two_buttons_and_can_be_copied_as_text_and_html() {
    let browser = entitled_browser();
    let panel = Panel::of(&browser);
    let add = panel.button("Add internal note");
    assert_eq!(
        (add.attr("data-command"), add.attr("disabled")),
        (Some("add_note"), None)
    );
    let copy = panel.button("Copy note");
    let note = note_of(browser.case(41), browser.world());
    assert_eq!(copy.attr("data-copy-text"), Some(note.plain().as_str()));
    assert_eq!(copy.attr("data-copy-html"), Some(note.html().as_str()));
    assert_eq!(
        panel.all("pre.note")[0].text().collect::<String>(),
        note.plain()
    );
}

#[test]
fn without_a_record_no_note_is_offered_or_added() {
    let panel = Panel::of(&Browser::at_ticket());
    assert!(panel.all("button[data-command=add_note]").is_empty());
    assert!(panel.texts("pre.note").is_empty());
    let mut browser = Browser::at_ticket();
    assert!(writes(&browser.press("add_note", &[])).is_empty());
}

#[test]
fn while_the_note_is_written_the_button_waits_and_a_problem_still_offers_the_copy() {
    let mut browser = entitled_browser();
    let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    assert!(
        Panel::of(&browser)
            .button("Add internal note")
            .attr("disabled")
            .is_some()
    );
    browser.outcome(effect, Outcome::WrongTicket { front: Some(42) });
    let panel = Panel::of(&browser);
    assert!(panel.button("Add internal note").attr("disabled").is_none());
    panel.button("Copy note");
    panel.button("Show ticket");
    assert!(panel.texts("[role=alert]")[0].starts_with("Ticket #42 is in front, not #41"));
}

#[test]
fn a_second_note_is_asked_about_in_words() {
    let mut browser = entitled_browser();
    let [(_, effect)] = writes(&browser.press("add_note", &[]))[..] else {
        panic!()
    };
    browser.outcome(
        effect,
        Outcome::Written {
            text: String::new(),
            status: None,
        },
    );
    assert!(
        text_of(&browser.view())
            .contains("Internal note added to the composer of #41. Submit the ticket to post it.")
    );
    browser.press("add_note", &[]);
    let panel = Panel::of(&browser);
    panel.button("Add again");
    panel.button("Leave it");
}

#[test]
fn a_conflict_shows_both_values_and_both_choices() {
    let mut browser = entitled_browser();
    browser.browse(3, &order_page(700_102, "A-S001044170", 9_001));
    let panel = Panel::of(&browser);
    let card = plain(panel.section("Next step"));
    for part in [
        "Which order counts?",
        "License 410233 is for subscription A-S00104417, and Order 700102 is for A-S001044170.",
        "Order 700101",
        "Order 700102",
    ] {
        assert!(card.contains(part), "{part}: {card}");
    }
    panel.button("Keep 700101");
    panel.button("Use 700102");
}

#[test]
fn each_record_has_a_remove_button_of_its_own_name() {
    let panel = Panel::of(&entitled_browser());
    let names: Vec<&str> = panel
        .all("button[data-command=remove]")
        .iter()
        .map(|b| b.attr("aria-label").unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "Remove license 410233",
            "Remove order 700101",
            "Remove billing account 9001"
        ]
    );
}

#[test]
fn the_next_step_holds_the_link_that_leads_on() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &license_page(410_233, SUB, false));
    let panel = Panel::of(&browser);
    let links: Vec<String> = panel
        .section("Next step")
        .select(&Selector::parse("a").unwrap())
        .map(plain)
        .collect();
    assert_eq!(links, ["Open orders"]);
}

#[test]
fn an_accepted_sold_to_no_longer_sends_the_engineer_to_its_contact() {
    let mut browser = Browser::at_ticket();
    browser.browse(2, &license_page(410_233, SUB, false));
    browser.browse(2, &order_page(700_101, SUB, 9_001));
    browser.browse(2, &account_page_by_name(9_001, SFDC18, 5_001));
    browser.settle();
    assert!(plain(Panel::of(&browser).section("Next step")).contains("open the Sold-to contact"));
    browser.press(
        "accept",
        &[
            ("check", "sold_to_matches"),
            ("reason", "the name is in the signature"),
        ],
    );
    let panel = Panel::of(&browser);
    assert_eq!(panel.verdict(), "Entitled: all 8 checks passed");
    assert!(!plain(panel.section("Next step")).contains("open the Sold-to contact"));
}

#[test]
fn every_label_points_at_an_input_and_no_id_is_repeated() {
    let mut unpicked = Browser::new();
    unpicked.zendesk.subscription_email = None;
    unpicked.zendesk.comments = vec!["bob@example.com".to_owned()];
    unpicked.tell(Event::PanelOpened);
    unpicked.look(1, &ticket_address(41));
    unpicked.settle();
    unpicked.walk_license_route();
    let mut open = entitled_browser();
    open.browse(2, &account_page(9_001, SFDC18, "Ada Lindqvist"));
    open.press("accept", &[("check", "sold_to_matches"), ("reason", "")]);
    for browser in [unpicked, open, Browser::at_ticket()] {
        let panel = Panel::of(&browser);
        let mut ids: Vec<&str> = panel
            .all("[id]")
            .iter()
            .map(|e| e.attr("id").unwrap())
            .collect();
        for label in panel.all("label[for]") {
            assert!(
                ids.contains(&label.attr("for").unwrap()),
                "{}",
                label.html()
            );
        }
        for reference in panel.all("[aria-labelledby], [aria-describedby]") {
            let id = reference
                .attr("aria-labelledby")
                .or(reference.attr("aria-describedby"))
                .unwrap();
            for id in id.split(' ') {
                assert!(ids.contains(&id), "{}", reference.html());
            }
        }
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
        for button in panel.all("button:not([hidden])") {
            assert!(!plain(button).is_empty(), "{}", button.html());
        }
    }
}

#[test]
fn an_inputs_error_is_shown_beside_it() {
    let mut browser = Browser::at_ticket();
    browser.press("open_license", &[("license_id", "twelve")]);
    let panel = Panel::of(&browser);
    let input = panel.all("input#license_id")[0];
    assert_eq!(input.attr("aria-invalid"), Some("true"));
    let problem = input.attr("aria-describedby").unwrap();
    assert_eq!(
        panel.texts(&format!("#{problem}[role=alert]")),
        ["This is not a license ID (a whole number). Enter the number alone, for example 410233."]
    );

    let mut several = Browser::at_ticket();
    several
        .zendesk
        .organizations
        .push(organization_json(92, "Twin", Some(SFDC18), None));
    several.walk_license_route();
    several.settle();
    several.press("choose_organization", &[]);
    assert_eq!(
        Panel::of(&several).texts("form[data-command=choose_organization] [role=alert]"),
        ["Choose an organization first."]
    );
}

#[test]
fn running_and_failed_reads_are_named_in_plain_words() {
    let mut browser = Browser::new();
    browser.look(1, &ticket_address(41));
    browser.tell(Event::PanelOpened);
    assert_eq!(
        Panel::of(&browser).texts("[aria-busy=true]"),
        ["Tether reads the ticket and its comments."]
    );
    let (ticket, fields) = (
        browser.read_of("/tickets/41"),
        browser.read_of("ticket_fields"),
    );
    browser.answer(ticket, Answer::Redirected);
    browser.answer(fields, status(429, "", Some("30")));
    let panel = Panel::of(&browser);
    let alerts = panel.texts("[role=alert]");
    assert!(
        plain(panel.section("Next step")).contains("Sign in to Zendesk"),
        "{alerts:?}"
    );
    assert_eq!(
        alerts[0],
        "Zendesk asks to wait: the ticket fields will be read in 30 seconds, by itself."
    );
    assert!(plain(panel.section("Next step")).contains("You’re signed out of Zendesk."));
}

// ---- hostile text ----

const HOSTILE: &str = "<img src=x onerror=alert(1)>\u{202E}\"'&</li></section><a href=\"javascript:alert(2)\">go</a>\u{2028}- License: forged";

/// The panel with a hostile text in every place that shows text of a page or an answer.
fn hostile_browsers(hostile: &str) -> Vec<Browser> {
    let mut browser = Browser::new();
    browser.zendesk = Zendesk {
        subject: hostile.to_owned(),
        requester_name: hostile.to_owned(),
        requester_email: hostile.to_owned(),
        organization_name: hostile.to_owned(),
        subscription_email: Some(hostile.to_owned()),
        comments: Vec::new(),
        organizations: vec![
            organization_json(91, hostile, Some(SFDC18), None),
            organization_json(92, hostile, Some(SFDC18), None),
        ],
        ..Zendesk::default()
    };
    browser.tell(Event::PanelOpened);
    browser.look(1, &ticket_address(41));
    browser.settle();
    let shown = escaped(hostile);
    let record = |model: &str, id: u64, fields: Vec<Field>| {
        (url(model, id), show(Version::V3, model, id, &[fields]))
    };
    let proof = |id: u64, name: &str| {
        record(
            "license",
            id,
            vec![
                field("trial", "Trial", &shown),
                field("name", "Name", &shown),
                field("company", "Company", &shown),
                field("email", "Email", &shown),
                field("zuora_subscription_name", "Zuora subscription name", name),
                field("expires_at", "Expires at", &shown),
            ],
        )
    };
    let link = format!(r#"<a href="/admin/billing_account/9001">{shown}</a>"#);
    browser.browse(2, &proof(410_233, &shown));
    browser.browse(
        2,
        &record(
            "order",
            700_101,
            vec![
                field("subscription_name", "Subscription name", &shown),
                field("billing_account", "Billing account", &link),
                field("end_date", "End date", &shown),
                Field {
                    kind: "boolean",
                    ..field("trial", "Trial", &boolean(Version::V3, None))
                },
            ],
        ),
    );
    let person = format!(r#"<a href="/admin/billing_account_contact/5001">{shown}</a>"#);
    browser.browse(
        2,
        &record(
            "billing_account",
            9_001,
            vec![
                field("zuora_account_name", "Zuora account name", &shown),
                field("salesforce_account_id", "Salesforce account", SFDC18),
                field("sold_to", "Sold to", &person),
            ],
        ),
    );
    browser.browse(
        2,
        &record(
            "billing_account_contact",
            5_001,
            vec![
                field("first_name", "First name", &shown),
                field("work_email", "Work email", &shown),
            ],
        ),
    );
    browser.settle();
    browser.press("choose_organization", &[("organization", "92")]);
    browser.press("accept", &[("check", "not_a_trial"), ("reason", hostile)]);
    browser.press(
        "accept",
        &[("check", "sold_to_matches"), ("reason", hostile)],
    );

    let mut waiting = Browser::at_ticket();
    waiting.browse(2, &license_page(410_233, SUB, false));
    waiting.browse(3, &proof(410_234, &escaped("A-S<b>&\"x\"")));
    let mut refused = Browser::new();
    refused.tell(Event::PanelOpened);
    refused.look(1, &ticket_address(41));
    let id = refused.read_of("/tickets/41");
    refused.answer(
        id,
        status(
            422,
            &serde_json::json!({"error": hostile, "description": hostile}).to_string(),
            None,
        ),
    );
    let mut failed = entitled_browser();
    let [(_, effect)] = writes(&failed.press("add_note", &[]))[..] else {
        panic!()
    };
    failed.tell(Event::PageUnreachable {
        effect,
        why: hostile.to_owned().into(),
    });
    let mut unread = Browser::new();
    unread.zendesk.requester_email = format!("\"{hostile}\"@example.com");
    unread.zendesk.subscription_email = None;
    unread.zendesk.comments = vec![format!("\"><img@example.com {hostile} ada@example.com")];
    unread.tell(Event::PanelOpened);
    unread.look(1, &ticket_address(41));
    unread.settle();
    unread.walk_license_route();
    let mut noted = Browser::at_ticket();
    noted.zendesk.organizations = vec![organization_json(91, hostile, Some(SFDC18), None)];
    for field in ["notes", "details"] {
        noted.zendesk.organizations[0][field] =
            serde_json::json!(format!("do not {hostile} do not"));
    }
    noted.zendesk.organizations[0]["organization_fields"]["support_level"] =
        serde_json::json!(format!("expired {hostile}"));
    noted.zendesk.people = vec![
        serde_json::json!({"id": 501, "name": hostile, "email": hostile, "role": "end-user", "suspended": false,
        "organization_id": 91, "notes": hostile}),
    ];
    noted.walk_license_route();
    noted.settle();
    vec![browser, waiting, refused, failed, unread, noted]
}

#[test]
fn hostile_text_in_every_field_shows_as_text() {
    for hostile in [
        HOSTILE,
        "\"><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "'--></script><svg onload=alert(1)>",
        "<a href=javascript:alert(1)>x",
    ] {
        for (n, browser) in hostile_browsers(hostile).iter().enumerate() {
            let panel = Panel::of(browser);
            for element in panel.all("*") {
                let name = element.value().name();
                assert!(
                    !matches!(
                        name,
                        "img"
                            | "svg"
                            | "script"
                            | "style"
                            | "iframe"
                            | "object"
                            | "base"
                            | "meta"
                            | "link"
                    ),
                    "{n}: <{name}>"
                );
                for (attribute, value) in element.value().attrs() {
                    assert!(!attribute.starts_with("on"), "{n}: {attribute}");
                    if matches!(attribute, "href" | "src" | "action" | "formaction") {
                        assert!(
                            value.starts_with("https://customers.gitlab.com/admin/")
                                || value.starts_with("https://gitlab.zendesk.com/agent/"),
                            "{n}: {value}"
                        );
                    }
                }
            }
            assert!(!panel.html.contains("<img"), "{n}");
            let marks = |c: char| matches!(c, '\u{2028}' | '\u{202E}');
            let seen: String = panel.dom.root_element().text().collect();
            assert!(!seen.contains(marks), "{n}: {seen}");
            assert!(
                panel.texts("h2").len() >= 2,
                "{n}: the sections are where they should be"
            );
            let note = panel
                .all("pre.note")
                .first()
                .map(|note| note.text().collect::<String>())
                .unwrap_or_default();
            for line in note.lines().skip(1) {
                assert!(!line.starts_with("- License:"), "{line}");
            }
        }
    }
}

#[test]
fn hostile_text_is_shown_as_text() {
    let browser = &hostile_browsers(HOSTILE)[0];
    let panel = Panel::of(browser);
    let visible = "<img src=x onerror=alert(1)>\u{FFFD}\"'&</li></section>";
    for section in ["Requester", "Records", "Checks"] {
        assert!(
            plain(panel.section(section)).contains(visible),
            "{section}: {}",
            plain(panel.section(section))
        );
    }
    assert!(panel.texts("header .subject")[0].starts_with(visible));
}

// ---- secrets ----

#[test]
fn an_activation_code_is_masked_everywhere() {
    let mut browser = Browser::at_ticket();
    let effects = browser.press(
        "open_activation",
        &[("activation_code", &format!(" {CODE} "))],
    );
    let found = format!("https://customers.gitlab.com/admin/cloud_activation?query={CODE}");
    assert!(
        matches!(&effects[..], [Effect::OpenTab { url, .. }] if *url == found),
        "{effects:?}"
    );
    browser.look(7, &found);
    browser.browse(7, &activation_page(30_011, SUB));
    browser.browse(7, &order_page(700_101, SUB, 9_001));
    browser.browse(7, &account_page(9_001, SFDC18, SOLD_TO));
    browser.settle();
    browser.look(1, &ticket_address(41));
    let effects = browser.press("add_note", &[]);
    assert_eq!(writes(&effects).len(), 1);
    assert!(
        text_of(&browser.view()).contains("code 9W…dr"),
        "its ends stand for it"
    );
    let told: Vec<Effect> = browser
        .told
        .iter()
        .filter(|e| !matches!(e, Effect::OpenTab { .. }))
        .cloned()
        .collect();
    let note = note_of(browser.case(41), browser.world());
    for (place, text) in [
        ("view", browser.view()),
        ("storage", browser.storage()),
        ("effects", serde_json::to_string(&told).unwrap()),
        ("note", note.plain() + &note.html()),
        ("model", format!("{:?}", browser.model)),
    ] {
        assert!(!text.contains(CODE), "{place}");
        assert!(!text.contains(&CODE[4..20]), "{place}");
    }
}

#[test]
fn a_mistyped_code_is_not_repeated() {
    let mut browser = Browser::at_ticket();
    let mistyped = format!("{CODE}x");
    browser.press("open_activation", &[("activation_code", &mistyped)]);
    assert!(text_of(&browser.view()).contains("This is not a cloud activation code."));
    assert!(!browser.view().contains(&CODE[4..20]));
    assert!(!browser.storage().contains(&CODE[4..20]));
}

#[test]
fn a_license_key_on_a_page_is_kept_nowhere() {
    let mut browser = Browser::at_ticket();
    let key = "KrbFHEVqBwkgPq9jE6TRGjHsVV6DpVsjHzyk0wb1tJHSqT1g3UisRuGASwMz";
    let (address, html) = crate::support::pages::samples(Version::V3).remove(0);
    assert!(html.contains(key));
    browser.browse(2, &(address, html));
    assert_eq!(browser.case(41).chain.held().count(), 1);
    assert!(!browser.view().contains(key) && !browser.storage().contains(key));
}
