//! Common issues and troubleshooting: no organization, the hand-over with its internal note, assigning to oneself, and reminders.

use crate::support::*;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::{Outcome, Reminder};
use tether::app::{Effect, Event};
use tether::case::change::{TaskProblem, TaskState};
use tether::case::load::Load;
use tether::case::page_problem::PageProblem;
use tether::case::trouble::{Need, lines_of, preferred, waiting_text};
use tether::reading::{Answer, ReadError};
use tether::record::people::Group;

const STAMP: &str = "2026-11-24T09:00:00Z";
const LATER: &str = "2026-11-24T09:30:00Z";

/// A ticket whose license leads to an account without an organization, and a Zendesk that knows its agents and groups.
struct Desk {
    browser: Browser,
    groups: Vec<Vec<Value>>,
    people: Vec<Value>,
    assignee: Option<u64>,
    group: Option<u64>,
    stamp: &'static str,
    /// Newest comments: whether they are public, and their text.
    comments: Vec<(bool, String)>,
}

impl Desk {
    fn new() -> Self {
        let mut browser = Browser::new();
        browser.zendesk.organizations.clear();
        Self {
            browser,
            groups: vec![vec![
                json!({"id": 21, "name": "Customer Support Operations"}),
                json!({"id": 22, "name": "support-ops  FULLSTACK"}),
                json!({"id": 23, "name": "Support Ops Fullstack"}),
                json!({"id": 24, "name": "Gone", "deleted": true}),
            ]],
            people: Vec::new(),
            assignee: None,
            group: None,
            stamp: STAMP,
            comments: Vec::new(),
        }
    }

    /// With the panel beside the ticket, everything read.
    fn at_ticket() -> Self {
        let mut desk = Self::new();
        desk.browser.tell(Event::PanelOpened);
        desk.browser.look(1, &ticket_address(41));
        desk.settle();
        desk
    }

    /// The license route is walked, and no organization carries the account.
    fn waiting() -> Self {
        let mut desk = Self::at_ticket();
        desk.browser.walk_license_route();
        desk.settle();
        desk.browser.look(1, &ticket_address(41));
        desk
    }

    /// The same, with the hand-over opened.
    fn without_organization() -> Self {
        let mut desk = Self::waiting();
        desk.browser.press("open_trouble", &[("open", "true")]);
        desk.settle();
        desk
    }

    fn answer(&self, url: &str) -> Answer {
        if url.ends_with("/users/me") {
            return ok(&json!({"user": {"id": 900, "name": "Agent One", "role": "agent"}}));
        }
        if url.contains("/groups/assignable") {
            let page: usize = url
                .split("after%5D=p")
                .nth(1)
                .map_or(0, |n| n.parse().unwrap());
            let meta = json!({"has_more": page + 1 < self.groups.len(), "after_cursor": format!("p{}", page + 1)});
            return ok(&json!({"groups": self.groups[page], "meta": meta}));
        }
        if url.contains("/users/search") {
            return ok(&json!({"users": self.people}));
        }
        if url.contains("/comments?page%5Bsize%5D=20&sort=-created_at") {
            let all = self
                .comments
                .iter()
                .enumerate()
                .map(|(n, (public, text))| json!({"id": n + 1, "author_id": 900, "public": public, "plain_body": text}));
            return ok(&json!({"comments": all.collect::<Vec<_>>(), "meta": {"has_more": false}}));
        }
        let answer = self.browser.zendesk.answer(url);
        match answer {
            Answer::Response(mut response) if url.contains("/tickets/41?") => {
                let mut body: Value = serde_json::from_str(&response.body).unwrap();
                body["ticket"]["assignee_id"] = json!(self.assignee);
                body["ticket"]["group_id"] = json!(self.group);
                body["ticket"]["updated_at"] = json!(self.stamp);
                response.body = body.to_string();
                Answer::Response(response)
            }
            other => other,
        }
    }

    /// Presses, and answers what that asks: everything that the browser was told.
    fn press(&mut self, name: &str, fields: &[(&str, &str)]) -> Vec<Effect> {
        let before = self.browser.told.len();
        self.browser.press(name, fields);
        self.settle();
        self.browser.told[before..].to_vec()
    }

    fn settle(&mut self) {
        for _ in 0..100 {
            let Some((id, url)) =
                (!self.browser.reads.is_empty()).then(|| self.browser.reads.remove(0))
            else {
                return;
            };
            let answer = self.answer(&url);
            self.browser.tell(Event::Answered { id, answer });
        }
        panic!("the reads never end: {:?}", self.browser.reads);
    }

    /// The text of the card, of the changes that were made, and of what is under *More*.
    fn section(&self) -> String {
        let html = Html::parse_fragment(&self.browser.view());
        let places = "section.next, [aria-labelledby=changes-heading], #more";
        html.select(&Selector::parse(places).unwrap())
            .flat_map(|s| s.text())
            .collect::<String>()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The value of an attribute of the first element that a selector finds in the section.
    fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let html = Html::parse_fragment(&self.browser.view());
        let within = format!(":is(section.next, #more) {selector}");
        let found = html.select(&Selector::parse(&within).unwrap()).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    fn text_of(&self, selector: &str) -> Option<String> {
        let html = Html::parse_fragment(&self.browser.view());
        html.select(&Selector::parse(selector).unwrap())
            .next()
            .map(|e| e.text().collect())
    }

    fn asked(&self, part: &str) -> usize {
        self.browser
            .asked()
            .iter()
            .filter(|url| url.contains(part))
            .count()
    }

    fn hand_over(&mut self, reason: &str, group: &str) -> Vec<Effect> {
        self.press("hand_over", &[("reason", reason), ("group", group)])
    }

    fn states(&self) -> Vec<TaskState> {
        self.browser
            .case(41)
            .tasks
            .iter()
            .map(|t| t.state.clone())
            .collect()
    }

    /// Zendesk does as the body says, and answers.
    fn accept(&mut self, effect: u64, body: &Value) {
        let ticket = &body["ticket"];
        assert_eq!(ticket["safe_update"], json!(true));
        assert_eq!(ticket["updated_stamp"], json!(self.stamp));
        self.assignee = ticket["assignee_id"].as_u64().or(self.assignee);
        self.group = ticket["group_id"].as_u64().or(self.group);
        if let Some(html) = ticket["comment"]["html_body"].as_str() {
            assert_eq!(
                ticket["comment"]["public"],
                json!(false),
                "a hand-over's note is internal"
            );
            let spaced = html.replace("</", "\n</");
            self.comments.insert(0, (false, text_of(&spaced)));
        }
        self.stamp = LATER;
        let answer = ok(&json!({"ticket": {"id": 41}}));
        self.browser.outcome(effect, Outcome::Answered { answer });
        self.settle();
    }
}

/// The write that was ordered: its number, method, path and body.
fn written(effects: &[Effect]) -> (u64, Value) {
    let found: Vec<(u64, Value)> = effects
        .iter()
        .filter_map(|e| match e {
            Effect::Page {
                tab: 1,
                job:
                    Job::Request {
                        effect,
                        ticket: Some(41),
                        user: None,
                        method,
                        path,
                        body,
                        ..
                    },
            } => {
                assert_eq!(
                    (method.as_str(), path.as_str()),
                    ("PUT", "/api/v2/tickets/41")
                );
                Some((*effect, body.clone()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(found.len(), 1, "one write: {effects:?}");
    found.into_iter().next().unwrap()
}

fn no_write(effects: &[Effect]) {
    assert!(
        !effects.iter().any(|e| matches!(e, Effect::Page { .. })),
        "{effects:?}"
    );
}

const NOTE_LINES: [&str; 6] = [
    "License: https://customers.gitlab.com/admin/license/410233",
    "Order: https://customers.gitlab.com/admin/order/700101",
    "Billing account: https://customers.gitlab.com/admin/billing_account/9001",
    "Sold-to: ada@example.com",
    "Salesforce ID: 0014M00001hHV5CQAW",
    "Organization: not found",
];

fn note_list() -> String {
    let link = |label: &str, url: &str| format!("<li>{label}: <a href=\"{url}\">{url}</a></li>");
    let base = "https://customers.gitlab.com/admin";
    format!(
        "<ul>{}{}{}<li>Sold-to: ada@example.com</li><li>Salesforce ID: {SFDC18}</li><li>Organization: not found</li></ul>",
        link("License", &format!("{base}/license/410233")),
        link("Order", &format!("{base}/order/700101")),
        link("Billing account", &format!("{base}/billing_account/9001")),
    )
}

// ---- when it is there, and what it reads ----

#[test]
fn a_case_that_needs_no_help_shows_one_button_and_reads_nothing() {
    let mut desk = Desk::at_ticket();
    assert!(desk.browser.view().contains("id=\"hand-over\""));
    assert_eq!(desk.attribute("#trouble-reason", "name"), None);
    assert_eq!((desk.asked("/users/me"), desk.asked("/groups")), (0, 0));
    desk.browser.press("open_trouble", &[("open", "true")]);
    assert!(
        !desk.browser.view().contains("id=\"hand-over\""),
        "the card has it"
    );
    assert!(
        desk.section().contains("Reading the groups"),
        "{}",
        desk.section()
    );
    desk.settle();
    assert_eq!((desk.asked("/users/me"), desk.asked("/groups")), (1, 1));
    assert!(desk.section().contains("What’s going on?"));
    desk.browser.press("open_trouble", &[("open", "false")]);
    assert_eq!(desk.attribute("#trouble-reason", "name"), None);
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.settle();
    assert_eq!(
        (desk.asked("/users/me"), desk.asked("/groups")),
        (1, 1),
        "once is enough"
    );
}

#[test]
fn nothing_is_read_while_the_panel_is_closed() {
    let mut desk = Desk::at_ticket();
    desk.browser.tell(Event::PanelClosed);
    desk.browser.press("open_trouble", &[("open", "true")]);
    assert_eq!(desk.asked("/users/me"), 0);
    desk.browser.tell(Event::PanelOpened);
    desk.settle();
    assert_eq!(desk.asked("/users/me"), 1);
}

#[test]
fn without_an_organization_the_card_says_what_to_look_at() {
    let desk = Desk::waiting();
    let said = desk.section();
    for part in [
        "its charges",
        "Sync Data from ZBilling",
        "1 to 2 hours",
        "Hand over",
        "Search again",
        "Add note and assign to me",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert_eq!(
        Need::of(desk.browser.case(41), desk.browser.world().rules()),
        [Need::NoOrganization]
    );
    let text = desk.text_of("#trouble-waiting").unwrap();
    assert!(text.contains(SFDC18) && text.lines().count() == 2, "{text}");
}

#[test]
fn notes_that_say_stop_and_an_order_without_an_account_need_someone_else() {
    let mut desk = Desk::at_ticket();
    desk.browser.zendesk.organizations = vec![
        json!({"id": 91, "name": "Careful", "result_type": "organization",
        "notes": "Do not add contacts.", "details": "", "organization_fields": {"salesforce_id": SFDC18}}),
    ];
    desk.browser.walk_license_route();
    desk.settle();
    assert!(
        Need::of(desk.browser.case(41), desk.browser.world().rules()).is_empty(),
        "the engineer has not read them"
    );
    desk.browser.press(
        "reject",
        &[("check", "organization_notes"), ("reason", "they say no")],
    );
    desk.settle();
    assert!(
        desk.section().contains("notes or details say stop"),
        "{}",
        desk.section()
    );

    let mut other = Desk::at_ticket();
    other.browser.browse(2, &license_page(410_233, SUB, false));
    let (url, html) = order_page(700_101, SUB, 9_001);
    let link = html.find("<a href=\"/admin/billing_account").unwrap();
    let end = link + html[link..].find("</a>").unwrap() + 4;
    other
        .browser
        .browse(2, &(url, format!("{}{}", &html[..link], &html[end..])));
    other.settle();
    assert!(
        other.section().contains("The order has no billing account"),
        "{}",
        other.section()
    );
}

#[test]
fn the_apps_failure_needs_someone_else_until_the_account_is_found_by_hand() {
    let mut desk = Desk::at_ticket();
    desk.browser
        .press("choose_product", &[("product", "gitlab_com")]);
    desk.browser.zendesk.organizations = vec![organization_json(91, "Gulls", Some(SFDC18), None)];
    desk.browser.press("attempt", &[("outcome", "app_failed")]);
    desk.settle();
    assert!(
        desk.section()
            .contains("Find the organization by namespace"),
        "{}",
        desk.section()
    );
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.settle();
    assert_eq!(
        desk.text_of("#hand-over-note pre").as_deref(),
        Some("- Auto-association: the app failed to find the account or the organization")
    );
    desk.browser
        .press("by_hand", &[("namespace", "gulls"), ("account", SFDC18)]);
    desk.settle();
    assert!(
        Need::of(desk.browser.case(41), desk.browser.world().rules()).is_empty(),
        "the organization was found"
    );
}

#[test]
fn a_failed_read_is_reported_and_repeated_after_the_wait_that_zendesk_asks_for() {
    let mut desk = Desk::at_ticket();
    desk.browser.press("open_trouble", &[("open", "true")]);
    let (me, groups) = (
        desk.browser.read_of("/users/me"),
        desk.browser.read_of("/groups"),
    );
    desk.browser.answer(
        me,
        ok(&json!({"user": {"id": null, "role": "end-user", "name": "Anonymous user"}})),
    );
    desk.browser.answer(groups, status(429, "", Some("30")));
    assert_eq!(
        desk.browser.case(41).trouble.me,
        Load::Failed(ReadError::SignedOut)
    );
    assert!(
        desk.section()
            .contains("Reading who you are failed: You are signed out of Zendesk."),
        "{}",
        desk.section()
    );
    assert!(
        desk.section()
            .contains("the groups will be read in 30 seconds"),
        "{}",
        desk.section()
    );
    assert_eq!(
        tether::view::wake_at(&desk.browser.model),
        Some(NOW + 30_000)
    );
    desk.browser.now += 30_000;
    desk.browser.press("tick", &[]);
    desk.settle();
    assert!(desk.browser.case(41).trouble.groups.got().is_some());
    assert_eq!(
        desk.asked("/users/me"),
        1,
        "a tick asks nothing that failed for good"
    );
    desk.browser.press("retry", &[]);
    desk.settle();
    assert_eq!(
        desk.browser.case(41).trouble.me.got().unwrap().name,
        "Agent One"
    );
}

#[test]
fn a_stop_while_reading_asks_again() {
    let mut desk = Desk::at_ticket();
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.browser.stop();
    desk.settle();
    assert!(desk.browser.case(41).trouble.groups.got().is_some());
    assert!(desk.browser.case(41).trouble.me.got().is_some());
}

// ---- the hand-over ----

#[test]
fn the_profiles_first_known_group_is_preselected() {
    let mut desk = Desk::without_organization();
    let selected = |desk: &Desk| desk.attribute("option[selected]", "value");
    assert_eq!(
        selected(&desk).as_deref(),
        Some("23"),
        "the profile's first name, whatever stands before it"
    );
    assert!(!desk.section().contains("Gone"), "a deleted group is none");
    let group = |id, name: &str| Group {
        id,
        name: name.to_owned(),
    };
    let wanted = &desk.browser.profile.zendesk.hand_over.clone();
    assert_eq!(
        preferred(
            &[
                group(5, "Customer Support Operations"),
                group(6, " support ops fullstack ")
            ],
            wanted
        )
        .map(|g| g.id),
        Some(6)
    );
    assert_eq!(
        preferred(&[group(5, "Support Operations"), group(6, "")], wanted),
        None
    );

    desk.groups = vec![vec![json!({"id": 31, "name": "Others"})]];
    desk.browser = Browser {
        zendesk: desk.browser.zendesk.clone(),
        ..Browser::new()
    };
    desk.browser.tell(Event::PanelOpened);
    desk.browser.look(1, &ticket_address(41));
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.settle();
    assert_eq!(
        selected(&desk).as_deref(),
        Some(""),
        "none of the profile's: the engineer chooses"
    );
    no_write(&desk.hand_over("Why", ""));
    assert!(
        desk.section()
            .contains("Choose the group that is to look at the ticket."),
        "{}",
        desk.section()
    );
    assert_eq!(
        desk.text_of("#trouble-reason").as_deref(),
        Some("Why"),
        "what was typed stays"
    );
}

#[test]
fn the_groups_of_all_pages_can_be_chosen() {
    let mut desk = Desk::new();
    desk.groups = (0..3)
        .map(|n| vec![json!({"id": 40 + n, "name": format!("Group {n}")})])
        .collect();
    desk.browser.tell(Event::PanelOpened);
    desk.browser.look(1, &ticket_address(41));
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.settle();
    assert!(
        desk.section().contains("Group 0Group 1Group 2"),
        "{}",
        desk.section()
    );
}

#[test]
fn a_hand_over_writes_note_and_group_at_once_and_reads_both_back() {
    let mut desk = Desk::without_organization();
    let effects = desk.hand_over(
        "The account shows no subscription.\r\n\r\n  Synced twice, in vain.  ",
        "23",
    );
    let (effect, body) = written(&effects);
    let html = format!(
        "<p>The account shows no subscription.</p><p>Synced twice, in vain.</p>{}",
        note_list()
    );
    assert_eq!(
        body,
        json!({"ticket": {"group_id": 23, "comment": {"html_body": html, "public": false}, "safe_update": true, "updated_stamp": STAMP}})
    );
    assert!(
        desk.section()
            .contains("Assign the ticket to Support Ops Fullstack: writing…"),
        "{}",
        desk.section()
    );
    no_write(&desk.hand_over("The account shows no subscription.", "23"));
    desk.accept(effect, &body);
    assert_eq!(desk.states(), [TaskState::Done]);
    assert!(
        desk.section()
            .contains("Assign the ticket to Support Ops Fullstack: done"),
        "{}",
        desk.section()
    );
    assert_eq!(desk.text_of("#trouble-reason"), None, "the card is over");
    desk.press("open_trouble", &[("open", "true")]);
    assert_eq!(
        desk.text_of("#trouble-reason").as_deref(),
        Some(""),
        "what was typed is in the ticket now"
    );
    assert_eq!(desk.browser.case(41).ticket.got().unwrap().group, Some(23));
}

#[test]
fn the_lines_are_known_as_they_read() {
    let mut desk = Desk::without_organization();
    desk.hand_over("One\nTwo", "23");
    let tether::case::change::Change::Assign {
        note_lines,
        to,
        assignee,
        group,
        ..
    } = &desk.browser.case(41).tasks[0].change
    else {
        panic!()
    };
    let expected: Vec<&str> = ["One", "Two"].into_iter().chain(NOTE_LINES).collect();
    assert_eq!(
        (
            note_lines.iter().map(String::as_str).collect::<Vec<_>>(),
            to.as_str(),
            *assignee,
            *group
        ),
        (expected, "Support Ops Fullstack", None, Some(23))
    );
    let preview: Vec<String> = NOTE_LINES.iter().map(|l| format!("- {l}")).collect();
    let mut fresh = Desk::without_organization();
    fresh.settle();
    assert_eq!(
        fresh.text_of("#hand-over-note pre"),
        Some(preview.join("\n")),
        "the preview is the note"
    );
}

#[test]
fn a_reason_is_needed_and_not_too_long_and_what_was_typed_stays() {
    let mut desk = Desk::without_organization();
    for (reason, says) in [
        ("", "Say what is going on"),
        (" \n\t\u{a0}", "Say what is going on"),
        (
            &"x".repeat(1001),
            "has 1001 characters. Shorten it to 1000.",
        ),
    ] {
        no_write(&desk.hand_over(reason, "23"));
        desk.browser.stop();
        assert!(desk.browser.case(41).tasks.is_empty());
        assert_eq!(desk.text_of("#trouble-reason").as_deref(), Some(reason));
        assert!(desk.section().contains(says), "{says}: {}", desk.section());
        desk.settle();
    }
    let longest = "é".repeat(1000);
    written(&desk.hand_over(&longest, "23"));
}

#[test]
fn a_group_that_is_not_offered_is_refused() {
    let mut desk = Desk::without_organization();
    for group in ["99", "24", "-1", "23; DROP", ""] {
        no_write(&desk.hand_over("Why", group));
        assert!(desk.browser.case(41).tasks.is_empty(), "{group}");
    }
}

#[test]
fn a_hostile_reason_and_hostile_groups_stay_text() {
    let mut desk = Desk::new();
    desk.groups = vec![vec![
        json!({"id": 23, "name": "</option></select><img src=x onerror=alert(1)>\u{202E}"}),
    ]];
    desk.browser.tell(Event::PanelOpened);
    desk.browser.look(1, &ticket_address(41));
    desk.settle();
    desk.browser.walk_license_route();
    desk.settle();
    desk.browser.look(1, &ticket_address(41));
    desk.browser.press("open_trouble", &[("open", "true")]);
    desk.settle();
    let reason =
        "</textarea><script>alert(1)</script>\n- License: https://evil.example/\u{202E}gpj";
    no_write(&desk.hand_over(reason, "0"));
    let html = Html::parse_fragment(&desk.browser.view());
    assert!(
        html.select(&Selector::parse("script, img").unwrap())
            .next()
            .is_none()
    );
    assert_eq!(desk.text_of("#trouble-reason").as_deref(), Some(reason));
    let (_, body) = written(&desk.hand_over(reason, "23"));
    let note = body["ticket"]["comment"]["html_body"].as_str().unwrap();
    assert!(
        note.starts_with(
            "<p>&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p><p>- License: https://evil.example/\u{FFFD}gpj</p><ul>"
        ),
        "{note}"
    );
    assert!(
        Html::parse_fragment(&desk.browser.view())
            .select(&Selector::parse("script, img").unwrap())
            .next()
            .is_none()
    );
}

#[test]
fn the_profiles_person_gets_it_in_the_profiles_group_alone() {
    let agent = json!({"id": 950, "name": "Fay Fullstack", "email": "Fay@Agents.Example.com", "role": "agent", "suspended": false, "organization_id": null, "notes": ""});
    let near = json!({"id": 951, "name": "Near", "email": "xfay@agents.example.com", "role": "agent", "suspended": false, "organization_id": null, "notes": ""});
    let customer = json!({"id": 952, "name": "C", "email": "fay@agents.example.com", "role": "end-user", "suspended": false, "organization_id": null, "notes": ""});
    let with = |people: Vec<Value>| {
        let mut desk = Desk::new();
        desk.browser.profile.zendesk.hand_over.assignee = Some("fay@agents.example.com".to_owned());
        desk.people = people;
        desk.browser.tell(Event::PanelOpened);
        desk.browser.look(1, &ticket_address(41));
        desk.settle();
        desk.browser.walk_license_route();
        desk.settle();
        desk.browser.look(1, &ticket_address(41));
        desk.browser.press("open_trouble", &[("open", "true")]);
        desk.settle();
        desk
    };
    let mut desk = with(vec![near.clone(), agent.clone()]);
    assert_eq!(desk.asked("/users/search"), 1);
    let goes_to = "in support ops fullstack, it goes to fay fullstack (fay@agents.example.com).";
    assert!(
        desk.section().to_lowercase().contains(goes_to),
        "{}",
        desk.section()
    );
    let (_, body) = written(&desk.hand_over("Why", "23"));
    assert_eq!(
        (&body["ticket"]["group_id"], &body["ticket"]["assignee_id"]),
        (&json!(23), &json!(950))
    );
    assert!(
        desk.section()
            .contains("Assign the ticket to Support Ops Fullstack, Fay Fullstack"),
        "{}",
        desk.section()
    );

    let mut other = with(vec![agent.clone()]);
    let (_, body) = written(&other.hand_over("Why", "21"));
    assert_eq!(
        body["ticket"].get("assignee_id"),
        None,
        "in another group Zendesk would refuse the person"
    );

    for people in [
        vec![],
        vec![near],
        vec![customer],
        vec![agent.clone(), agent],
    ] {
        let mut desk = with(people);
        assert!(
            desk.section()
                .contains("the ticket goes to the group alone"),
            "{}",
            desk.section()
        );
        let (_, body) = written(&desk.hand_over("Why", "23"));
        assert_eq!(body["ticket"].get("assignee_id"), None);
    }
}

#[test]
fn a_ticket_that_someone_changed_meanwhile_is_shown_and_written_with_its_new_stamp() {
    let mut desk = Desk::without_organization();
    let (effect, _) = written(&desk.hand_over("Why", "23"));
    desk.stamp = LATER;
    desk.assignee = Some(901);
    desk.browser.outcome(
        effect,
        Outcome::Answered {
            answer: status(409, r#"{"error":"UpdateConflict"}"#, None),
        },
    );
    desk.settle();
    let what = vec!["it is assigned to someone else".to_owned()];
    assert_eq!(
        desk.states(),
        [TaskState::Problem(TaskProblem::ChangedMeanwhile(what))]
    );
    assert!(
        desk.section().contains("Someone changed the ticket meanwhile (it is assigned to someone else), so nothing was written."),
        "{}",
        desk.section()
    );
    let task = desk.browser.case(41).tasks[0].id.to_string();
    let (effect, body) = written(&desk.press("retry_task", &[("task", &task)]));
    assert_eq!(body["ticket"]["updated_stamp"], json!(LATER));
    desk.accept(effect, &body);
    assert_eq!(desk.states(), [TaskState::Done]);
    assert_eq!((desk.group, desk.comments.len()), (Some(23), 1));
}

#[test]
fn a_lost_answer_is_looked_up_before_anything_is_written_again() {
    let mut desk = Desk::without_organization();
    let (effect, body) = written(&desk.hand_over("Why", "23"));
    desk.browser.outcome(
        effect,
        Outcome::Failed {
            why: "the line broke".to_owned(),
        },
    );
    desk.settle();
    assert_eq!(desk.states(), [TaskState::Problem(TaskProblem::NotWritten)]);
    assert_eq!(
        desk.text_of("#trouble-reason"),
        None,
        "the form waits until the problem is settled"
    );
    let task = desk.browser.case(41).tasks[0].id.to_string();
    let (effect, again) = written(&desk.press("retry_task", &[("task", &task)]));
    assert_eq!(again, body);
    // Zendesk does it, and the answer gets lost.
    desk.group = Some(23);
    desk.comments.insert(
        0,
        (
            false,
            ["Why"]
                .into_iter()
                .chain(NOTE_LINES)
                .collect::<Vec<_>>()
                .join("\n\n"),
        ),
    );
    desk.browser.outcome(
        effect,
        Outcome::Failed {
            why: "the line broke".to_owned(),
        },
    );
    desk.settle();
    assert_eq!(desk.states(), [TaskState::Done]);
}

#[test]
fn a_public_comment_of_the_same_words_is_not_taken_for_the_note() {
    let mut desk = Desk::without_organization();
    let (effect, _) = written(&desk.hand_over("Why", "23"));
    desk.group = Some(23);
    desk.comments.insert(
        0,
        (
            true,
            ["Why"]
                .into_iter()
                .chain(NOTE_LINES)
                .collect::<Vec<_>>()
                .join("\n"),
        ),
    );
    desk.browser.outcome(
        effect,
        Outcome::Answered {
            answer: ok(&json!({"ticket": {"id": 41}})),
        },
    );
    desk.settle();
    assert!(
        matches!(
            desk.states()[..],
            [TaskState::Problem(TaskProblem::NotShown)]
        ),
        "{:?}",
        desk.states()
    );
}

#[test]
fn a_refusal_keeps_the_text_when_it_is_left() {
    let mut desk = Desk::without_organization();
    let (effect, _) = written(&desk.hand_over("Why it is stuck", "23"));
    desk.browser.outcome(
        effect,
        Outcome::Answered {
            answer: status(
                422,
                r#"{"error":"RecordInvalid","description":"Group is invalid"}"#,
                None,
            ),
        },
    );
    assert!(
        desk.section().contains("Group is invalid"),
        "{}",
        desk.section()
    );
    let task = desk.browser.case(41).tasks[0].id.to_string();
    desk.browser.press("leave_task", &[("task", &task)]);
    assert_eq!(
        desk.text_of("#trouble-reason").as_deref(),
        Some("Why it is stuck")
    );
    assert_eq!(
        desk.attribute("option[selected]", "value").as_deref(),
        Some("23")
    );
}

#[test]
fn without_a_tab_of_the_ticket_nothing_is_written() {
    let mut desk = Desk::without_organization();
    desk.browser.tell(Event::TabClosed { tab: 1 });
    no_write(&desk.hand_over("Why", "23"));
    assert_eq!(
        desk.states(),
        [TaskState::Problem(TaskProblem::Page(PageProblem::NotOpen))]
    );
}

#[test]
fn a_hand_over_survives_a_stop_at_any_moment() {
    let mut desk = Desk::without_organization();
    let (effect, body) = written(&desk.hand_over("Why", "23"));
    desk.browser.stop();
    desk.settle();
    assert!(
        matches!(desk.states()[..], [TaskState::Sending { .. }]),
        "{:?}",
        desk.states()
    );
    desk.accept(effect, &body);
    desk.browser.stop();
    desk.settle();
    assert_eq!(desk.states(), [TaskState::Done]);
    assert_eq!(desk.browser.case(41).trouble.reason, "");
}

// ---- assigning to oneself ----

#[test]
fn assign_to_me_writes_the_assignee_alone() {
    let mut desk = Desk::at_ticket();
    desk.browser.press("open_trouble", &[("open", "true")]);
    no_write(&desk.press("assign_to_me", &[]));
    desk.settle();
    let (effect, body) = written(&desk.press("assign_to_me", &[]));
    assert_eq!(
        body,
        json!({"ticket": {"assignee_id": 900, "safe_update": true, "updated_stamp": STAMP}})
    );
    desk.accept(effect, &body);
    assert_eq!(desk.states(), [TaskState::Done]);
    assert_eq!(
        desk.asked("sort=-created_at"),
        0,
        "there is no note to look for"
    );
    desk.press("open_trouble", &[("open", "true")]);
    // The reason is below the buttons, and moves none of them.
    let section = desk.section();
    let why = section.find("The ticket is assigned to you.");
    assert!(why.is_some() && section.find("Cancel") < why, "{section}");
    assert_eq!(
        desk.attribute("[data-command=assign_to_me]", "disabled")
            .as_deref(),
        Some("")
    );
}

#[test]
fn note_it_and_assign_to_me_says_what_occurred_in_an_internal_note() {
    let mut desk = Desk::waiting();
    no_write(&desk.press("note_and_assign", &[("text", "  ")]));
    assert!(
        desk.section().contains("Say what is going on"),
        "{}",
        desk.section()
    );
    desk.settle();
    let text = waiting_text(desk.browser.case(41));
    let (effect, body) = written(&desk.press("note_and_assign", &[("text", &text)]));
    let html = format!(
        "<p>No organization in Zendesk carries the Salesforce account {SFDC18} yet.</p><p>After the billing account is synced in Salesforce (Sync Data from \
         ZBilling), Zendesk adds it in 1 to 2 hours; I will look again then.</p>{}",
        note_list()
    );
    assert_eq!(
        body,
        json!({"ticket": {"assignee_id": 900, "comment": {"html_body": html, "public": false}, "safe_update": true, "updated_stamp": STAMP}})
    );
    desk.accept(effect, &body);
    assert_eq!(desk.states(), [TaskState::Done]);
    assert_eq!((desk.assignee, desk.comments[0].0), (Some(900), false));
    assert!(
        desk.section().contains("Assign the ticket to you: done"),
        "{}",
        desk.section()
    );
}

// ---- reminders ----

#[test]
fn a_reminder_holds_only_the_tickets_address_and_the_time() {
    let mut desk = Desk::without_organization();
    for (hours, ms) in [("1", 3_600_000), ("2", 7_200_000), ("4", 14_400_000)] {
        let effects = desk.browser.press("remind", &[("hours", hours)]);
        assert_eq!(
            effects,
            [Effect::Remind {
                url: ticket_address(41),
                at_ms: NOW + ms
            }]
        );
    }
    for odd in ["", "0", "3", "999999999999999999999", "-1", "1.5"] {
        assert_eq!(desk.browser.press("remind", &[("hours", odd)]), [], "{odd}");
    }
    assert_eq!(
        desk.browser.press("forget_reminder", &[]),
        [Effect::Forget {
            url: ticket_address(41)
        }]
    );
}

#[test]
fn a_set_reminder_is_shown_in_its_ticket_only_and_can_be_cancelled() {
    let mut desk = Desk::at_ticket();
    let set = vec![
        Reminder {
            url: ticket_address(42),
            at_ms: NOW,
        },
        Reminder {
            url: ticket_address(41),
            at_ms: NOW + 7_200_000,
        },
    ];
    desk.browser.tell(Event::Reminders { set });
    assert!(
        desk.section().contains("Reminder at 12:00 UTC."),
        "{}",
        desk.section()
    );
    assert_eq!(
        desk.attribute("time", "datetime").as_deref(),
        Some("2026-11-24T12:00:00Z")
    );
    assert_eq!(desk.attribute("time", "data-local").as_deref(), Some(""));
    assert_eq!(
        desk.attribute("[data-command=forget_reminder]", "type")
            .as_deref(),
        Some("button")
    );
    desk.browser.stop();
    desk.settle();
    assert!(
        desk.section().contains("Reminder at 12:00 UTC."),
        "it is kept with the model"
    );
    desk.browser.tell(Event::Reminders { set: Vec::new() });
    assert!(
        !desk.section().contains("Reminder at"),
        "{}",
        desk.section()
    );
    desk.browser.tell(Event::Reminders {
        set: vec![Reminder {
            url: ticket_address(41),
            at_ms: u64::MAX,
        }],
    });
    assert!(
        !desk.section().contains("Reminder at"),
        "a time that is none is not shown"
    );
}

// ---- small things ----

#[test]
fn each_line_that_was_typed_is_one_line() {
    assert_eq!(lines_of("a\nb\r\n\r\n c\td \n"), ["a", "b", "c d"]);
    assert_eq!(lines_of(" \n\r\n"), Vec::<String>::new());
    assert_eq!(lines_of("x\u{200B}y\u{2028}z"), ["x\u{FFFD}y z"]);
}
