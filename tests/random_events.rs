//! Events in any order, good ones and bad ones: whatever comes, the core keeps its promises.
//!
//! An own seeded generator; a failure names its seed and event. 100,000 events by default; `TETHER_EVENTS=1000000` for a long run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::collections::HashSet;
use std::time::Instant;

use support::*;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::model::Waiting;
use tether::app::{Effect, Event, Model, note_of};
use tether::case::Case;
use tether::case::chain::Slot;
use tether::case::change::TaskState;
use tether::case::check::CheckName;
use tether::reading::Answer;

/// Xorshift: small, quick, the same everywhere.
struct Dice(u64);

impl Dice {
    fn seeded(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: u64) -> u64 {
        (self.next() >> 11) % n.max(1)
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }

    fn tab(&mut self) -> i64 {
        i64::try_from(self.below(8)).unwrap() + 1
    }
}

/// A number of which nobody has heard, now and then; else the usual one.
fn perhaps(dice: &mut Dice, usual: Option<u64>) -> u64 {
    match usual {
        Some(n) if !dice.one_in(6) => n,
        _ => dice.below(400),
    }
}

const HOSTILE: &str = "<img src=x onerror=alert(1)>\u{202E}\n- License: forged\u{2028}\" javascript:alert(1)";

/// Everything that pages are made of, made once.
struct Stage {
    pages: Vec<Web>,
    addresses: Vec<String>,
}

impl Stage {
    fn new() -> Self {
        let hostile = support::pages::escaped(HOSTILE);
        let result = r#"<pre>{"restrictions": {"id": 410233}}</pre>"#;
        let (order_address, order_html) = order_page(700_101, SUB, 9_001);
        let mut pages = vec![
            license_page(410_233, SUB, false),
            license_page(410_233, SUB, true),
            license_page(410_234, "A-S00200000", false),
            license_page(410_235, &hostile, false),
            activation_page(30_011, SUB),
            (order_address, order_html.clone()),
            order_page(700_102, "A-S001044170", 9_002),
            order_page(700_103, SUB, 9_002),
            account_page(9_001, SFDC18, SOLD_TO),
            account_page(9_001, SFDC15, "bob@example.com"),
            account_page(9_001, &hostile, &hostile),
            account_page(9_002, OTHER_SFDC, SOLD_TO),
            account_page_by_name(9_001, SFDC18, 5_001),
            contact_page(5_001, SOLD_TO),
            contact_page(5_002, &hostile),
            (format!("https://{PORTAL}/admin/license/validate_license"), support::pages::validation(support::pages::Version::V3, result)),
            // The address has changed, the page not yet.
            (support::pages::url("license", 410_233), order_html),
            (support::pages::url("order", 700_101), String::new()),
            (format!("https://{PORTAL}/admin/cloud_activation?query={CODE}"), format!("<html><body>{CODE}</body></html>")),
            ("https://evil.example/admin/license/410233".to_owned(), license_page(410_233, SUB, false).1),
        ];
        pages.extend(support::pages::samples(support::pages::Version::V2));
        let mut addresses: Vec<String> = pages.iter().map(|(address, _)| address.clone()).collect();
        // Tickets come up as often as everything else together.
        for _ in 0..addresses.len() / 2 {
            addresses.extend([ticket_address(41), ticket_address(42)]);
        }
        addresses.extend([
            format!("{}/events?x=1", ticket_address(41)),
            format!("https://{ZENDESK}/agent/dashboard"),
            "https://gitlab-federal-support.zendesk.com/agent/tickets/41".to_owned(),
            "https://example.com/".to_owned(),
            "about:blank".to_owned(),
            String::new(),
        ]);
        Self { pages, addresses }
    }
}

fn zendesk(dice: &mut Dice) -> Zendesk {
    let twin = organization_json(92, HOSTILE, Some(SFDC18), None);
    let mut organizations = vec![organization_json(91, "Lindqvist Widgets", Some(SFDC18), Some(SFDC15))];
    match dice.below(4) {
        0 => organizations.push(twin),
        1 => organizations.clear(),
        2 => organizations = vec![organization_json(93, "Short", None, Some(SFDC15))],
        _ => {}
    }
    Zendesk {
        subject: (*dice.of(&["Please associate me", HOSTILE, ""])).to_owned(),
        requester_name: (*dice.of(&["Ada Lindqvist", HOSTILE, ""])).to_owned(),
        subscription_email: dice.of(&[Some(SOLD_TO), Some("ADA@example.com"), Some(HOSTILE), None, None]).map(str::to_owned),
        comments: vec!["It is ada@example.com".to_owned(), HOSTILE.to_owned()],
        organizations,
        ..Zendesk::default()
    }
}

fn outcome(dice: &mut Dice) -> Outcome {
    let front = if dice.one_in(2) { None } else { Some(40 + dice.below(4)) };
    match dice.below(12) {
        0 => Outcome::AlreadyThere,
        1 => Outcome::WrongTicket { front },
        2 => Outcome::NoComposer,
        3 => Outcome::NotInternal { channel: HOSTILE.to_owned() },
        4 => Outcome::NotArrived { text: HOSTILE.to_owned() },
        5 => Outcome::Moved { front },
        6 => Outcome::Ambiguous { what: HOSTILE.to_owned() },
        7 => Outcome::Failed { why: HOSTILE.to_owned() },
        _ => Outcome::Written { text: "- License: …".to_owned(), status: None },
    }
}

fn answer(dice: &mut Dice, browser: &Browser, url: Option<&String>) -> Answer {
    match dice.below(24) {
        0 => Answer::Redirected,
        1 => Answer::TooLarge,
        2 => Answer::Offline,
        3 => Answer::TimedOut,
        4 => Answer::Failed,
        5 => status(200, "{\"ticket\": 7}", None),
        6 => status(200, "<html>", None),
        7 => status(429, "", Some("20")),
        8 => status(u16::try_from(dice.below(600)).unwrap(), HOSTILE, None),
        9 => browser.zendesk.answer(&format!("https://{ZENDESK}/api/v2/tickets/{}", 41 + dice.below(2))),
        _ => url.map_or(Answer::Failed, |url| browser.zendesk.answer(url)),
    }
}

fn command(dice: &mut Dice) -> Event {
    const NAMES: &[&str] = &[
        "add_note",
        "add_note",
        "add_note_again",
        "dismiss_note",
        "copied",
        "open_license",
        "open_activation",
        "open_validate",
        "open_next",
        "open_record",
        "show_ticket",
        "remove",
        "take_offered",
        "keep_held",
        "pick_address",
        "unpick_address",
        "choose_organization",
        "accept",
        "reject",
        "undecide",
        "retry",
        "refresh",
        "tick",
        "tick",
        "show_case",
        "of_a_newer_panel",
    ];
    let mut fields = std::collections::BTreeMap::new();
    let mut put = |key: &str, value: &&str| fields.insert(key.to_owned(), (*value).to_owned());
    put("ok", dice.of(&["true", "false", ""]));
    put("license_id", dice.of(&["410233", "0", HOSTILE, ""]));
    put("activation_code", dice.of(&[CODE, CODE, "short", "9WmNhLLm6qbqszXC0TVwnCdrX"]));
    put("slot", &dice.of(&Slot::ALL).name());
    put("check", &dice.of(&CheckName::ALL).key());
    put("reason", dice.of(&["seen in Zuora", HOSTILE, ""]));
    put("address", dice.of(&[SOLD_TO, HOSTILE, ""]));
    put("organization", dice.of(&["91", "92", "7", "x"]));
    put("ticket", dice.of(&["41", "42", "43", ""]));
    if dice.one_in(20) {
        fields.clear();
    }
    Event::Command { name: (*dice.of(NAMES)).to_owned(), fields }
}

fn event(dice: &mut Dice, stage: &Stage, browser: &Browser) -> Event {
    let tab = dice.tab();
    match dice.below(100) {
        0..=1 => Event::Woke,
        2..=19 => Event::TabSeen { tab, url: dice.of(&stage.addresses).clone(), front: !dice.one_in(4) },
        20..=22 => Event::TabCreated { tab, opener: (!dice.one_in(3)).then(|| dice.tab()) },
        23..=24 => Event::TabClosed { tab },
        25..=28 => {
            let token = browser.model.opening.keys().next_back().copied();
            Event::TabOpened { tab, token: perhaps(dice, token) }
        }
        29 => Event::HostAccess { missing: if dice.one_in(3) { vec![format!("https://{ZENDESK}/*")] } else { Vec::new() } },
        30..=34 => Event::PanelOpened,
        35 => Event::PanelClosed,
        36..=54 => {
            let (url, html) = dice.of(&stage.pages).clone();
            Event::PortalPage { tab, url, html }
        }
        55..=74 => {
            let read = (!browser.reads.is_empty()).then(|| dice.of(&browser.reads).clone());
            let id = perhaps(dice, read.as_ref().map(|(id, _)| *id));
            Event::Answered { id, answer: answer(dice, browser, read.as_ref().map(|(_, url)| url)) }
        }
        75..=78 => Event::PageResult { effect: perhaps(dice, last_write(browser)), outcome: outcome(dice) },
        79 => {
            let why = (*dice.of(&["no_access", "closed", "busy", HOSTILE])).to_owned();
            Event::PageUnreachable { effect: perhaps(dice, last_write(browser)), why }
        }
        _ => command(dice),
    }
}

fn last_write(browser: &Browser) -> Option<u64> {
    writes(&browser.told).last().map(|(_, effect)| *effect)
}

/// Whether an order is one that a change, started by the engineer's press, waits for.
fn is_a_changes(browser: &Browser, job: &Job) -> bool {
    let (Job::Request { effect: order, .. } | Job::FillOrganization { effect: order, .. }) = job else { return false };
    let waits = |state: &TaskState| matches!(state, TaskState::Sending { effect, .. } if effect == order);
    browser.model.cases().any(|case| case.tasks.iter().any(|task| waits(&task.state)))
}

/// A change that the engineer started is read for whether a panel is open or not.
fn is_a_changes_read(browser: &Browser, id: u64) -> bool {
    matches!(browser.model.waiting.get(&id), Some(Waiting::Task { .. }))
}

/// What `update` promises about the effects of one event.
fn check_effects(browser: &Browser, presses_add_note: bool, effects: &[Effect]) {
    for effect in effects {
        let holds_secret = serde_json::to_string(effect).unwrap().contains(&CODE[4..20]);
        let searches = |url: &str| url.starts_with("https://customers.gitlab.com/admin/cloud_activation?query=");
        let may_hold = matches!(effect, Effect::OpenTab { url, .. } | Effect::Read { url, .. } if searches(url));
        assert!(!holds_secret || may_hold, "a secret in {effect:?}");
        match effect {
            Effect::Page { tab, job: Job::WriteNote { ticket, lines, .. } } => {
                assert!(presses_add_note, "written without a press");
                let focus = browser.model.focus.as_ref().expect("a note is some case's");
                assert_eq!(focus.ticket.get(), *ticket, "the case in focus alone is written");
                assert_eq!(browser.model.tabs[tab].ticket.as_ref(), Some(focus), "the tab shows that ticket");
                assert_eq!(*lines, note_of(browser.case(*ticket), browser.world()).reading());
            }
            Effect::Page { job, .. } => assert!(is_a_changes(browser, job), "no change waits for {job:?}"),
            Effect::Fetch { url, .. } => assert!(url.starts_with("https://gitlab.zendesk.com/"), "{url}"),
            Effect::Read { url, accept, .. } if accept == "text/html" => {
                assert!(url.starts_with("https://customers.gitlab.com/admin/"), "{url}");
            }
            Effect::Wait { ms, .. } => assert!((1..=10_000).contains(ms)),
            Effect::Remind { url, .. } | Effect::Forget { url } => {
                assert!(url.starts_with("https://gitlab.zendesk.com/agent/tickets/"), "{url}");
            }
            Effect::Read { id, url, accept } if is_a_changes_read(browser, *id) => {
                assert!(url.starts_with("https://gitlab.zendesk.com/api/v2/"), "{url}");
                assert_eq!(accept, "application/json");
            }
            Effect::Read { url, accept, .. } => {
                assert!(browser.model.panel_open, "read without a panel");
                assert!(browser.model.missing_access.is_empty(), "read without access");
                assert!(url.starts_with("https://gitlab.zendesk.com/api/v2/"), "{url}");
                assert_eq!(accept, "application/json");
            }
            Effect::OpenTab { url, .. } => {
                let known = url.starts_with("https://customers.gitlab.com/admin/") || url.starts_with("https://gitlab.zendesk.com/agent/");
                assert!(known, "{url}");
            }
            Effect::FocusTab { tab } => assert!(browser.model.tabs.contains_key(tab)),
            Effect::Badge { text, .. } => assert!(text.chars().count() <= 2),
        }
    }
    let waiting: Vec<String> = browser.model.waiting.values().map(|w| format!("{w:?}")).collect();
    let once: HashSet<&String> = waiting.iter().collect();
    assert_eq!(once.len(), waiting.len(), "asked twice at once: {waiting:?}");
}

/// What holds at any moment.
fn check_state(browser: &Browser) {
    let view = browser.view();
    let restored = Model::restore(browser.stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    assert_eq!(tether::view::panel(&restored, browser.world()), view, "what is stored shows as what is live");
    assert!(!view.contains("<img") && !view.contains("href=\"javascript:"), "hostile text is text: {view}");
    let storage = browser.storage();
    for (place, text) in [("view", &view), ("storage", &storage)] {
        assert!(!text.contains(&CODE[4..20]), "a secret in the {place}");
    }
    for case in browser.model.cases() {
        let alone: Case = serde_json::from_str(&serde_json::to_string(case).unwrap()).unwrap();
        let note = note_of(case, browser.world());
        assert_eq!(note_of(&alone, browser.world()), note, "the note depends on the case alone");
        assert!(note.lines.len() >= 6);
        assert_eq!(note.plain().lines().count(), note.lines.len(), "no line is forged: {}", note.plain());
        assert!(!note.plain().contains(['\u{2028}', '\u{202E}']));
        let is_shown = browser.model.focus.as_ref() == Some(&case.key) && browser.model.refused_host.is_none();
        if is_shown {
            let shown = note.plain().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
            assert!(view.contains(&format!(">{shown}</pre>")), "the panel shows the note of the case in focus");
        }
    }
}

/// One run of events from a fresh browser; returns how many notes were written.
fn run(seed: u64, events: u64, stage: &Stage) -> usize {
    let mut dice = Dice::seeded(seed);
    let mut browser = Browser::new();
    browser.zendesk = zendesk(&mut dice);
    for n in 0..events {
        let event = event(&mut dice, stage, &browser);
        let told = format!("seed {seed}, event {n}");
        let presses = matches!(&event, Event::Command { name, .. } if name.starts_with("add_note"));
        if let Event::Answered { id, .. } = &event {
            let id = *id;
            browser.reads.retain(|(waiting, _)| *waiting != id);
        }
        if matches!(event, Event::Woke) {
            browser.stop();
        }
        if dice.one_in(4) {
            browser.now += dice.below(40_000);
        }
        let guard = SaysWhere(told);
        let effects = browser.tell(event);
        check_effects(&browser, presses, &effects);
        if dice.one_in(8) || n + 1 == events {
            check_state(&browser);
        }
        guard.fine();
    }
    writes(&browser.told).len()
}

/// Says which event it was when something fails.
struct SaysWhere(String);

impl SaysWhere {
    fn fine(mut self) {
        self.0.clear();
    }
}

impl Drop for SaysWhere {
    fn drop(&mut self) {
        if !self.0.is_empty() {
            eprintln!("at {}", self.0);
        }
    }
}

#[test]
fn whatever_comes_in_whatever_order_the_core_keeps_its_promises() {
    const RUN: u64 = 500;
    let wanted: u64 = std::env::var("TETHER_EVENTS").ok().map_or(100_000, |n| n.parse().expect("TETHER_EVENTS is a number"));
    let stage = Stage::new();
    let started = Instant::now();
    let runs = wanted.div_ceil(RUN);
    let mut written = 0;
    for seed in 1..=runs {
        written += run(seed, RUN, &stage);
    }
    println!("{} events in {runs} runs, {written} notes written, {:?}", runs * RUN, started.elapsed());
    assert!(written as u64 > runs / 10, "the events reach what they are to test: {written} notes in {runs} runs");
}
