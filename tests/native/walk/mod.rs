//! An engineer's desk for the tests of proof and Trace: a panel beside ticket 41, and both sites, whose answers come in any order.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::collections::BTreeMap;

use crate::support::pages::{self, Field, Version, boolean, field};
use crate::support::*;
use serde_json::{Value, json};
use tether::app::event::Fetched;
use tether::app::{Effect, Event, note_of};
use tether::case::Case;
use tether::case::chain::Chain;
use tether::case::check::{Check, CheckName, Verdict, checks, verdict};
use tether::case::trace::{Step, StepState, TraceProblem};
use tether::reading::{Answer, Response};
use tether::record::seen::Slot;

pub const LICENSE: u64 = 410_233;
pub const ORDER: u64 = 700_101;
pub const ACCOUNT: u64 = 9_001;

/// An engineer with a panel beside ticket 41, and both sites.
pub struct Desk {
    pub browser: Browser,
    /// The portal's answers, by address.
    pub portal: BTreeMap<String, Answer>,
    /// The ticket's comments, as the API gives them.
    pub comments: Vec<Value>,
    /// Files, by address.
    pub files: BTreeMap<String, Fetched>,
    pub fetches: Vec<(u64, String)>,
    pub dice: u64,
    /// Whether the portal answers 404 where a test gave it no page.
    pub lenient: bool,
}

pub fn html(url: &str, status: u16, body: &str) -> Answer {
    Answer::Response(Response {
        status,
        url: url.to_owned(),
        content_type: "text/html; charset=utf-8".to_owned(),
        retry_after: None,
        mitigated: None,
        body: body.to_owned(),
    })
}

pub fn comment(id: u64, author: u64, text: &str, attachments: &Value) -> Value {
    json!({"id": id, "author_id": author, "public": true, "plain_body": text, "html_body": "",
        "created_at": format!("2026-11-{:02}T09:15:00Z", 10 + id), "attachments": attachments})
}

pub fn says(id: u64, text: &str) -> Value {
    comment(id, 7, text, &json!([]))
}

pub fn attached(id: u64, name: &str, kind: &str, size: u64, url: &str) -> Value {
    json!({"id": id, "file_name": name, "content_type": kind, "size": size, "content_url": url, "malware_scan_result": "malware_not_found"})
}

pub fn file_url(name: &str) -> String {
    format!("https://{ZENDESK}/attachments/token/abc/?name={name}")
}

/// The order list as the filter answers.
pub fn orders_page(rows: &[(u64, &str, &str, &str)], account: Option<u64>) -> Web {
    let columns = [
        ("id", "Id"),
        ("subscription_name", "Subscription name"),
        ("billing_account", "Billing account"),
        ("start_date", "Start date"),
        ("end_date", "End date"),
    ];
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, name, start, end)| {
            let link = account.map_or("Lindqvist".to_owned(), |a| {
                format!(r#"<a href="/admin/billing_account/{a}">Lindqvist</a>"#)
            });
            let text = |t: &str| (t.to_owned(), t.to_owned());
            let [name, start, end] = [text(name), text(start), text(end)];
            let cells = vec![
                ("subscription_name", name.0, name.1),
                ("billing_account", "Lindqvist".to_owned(), link),
                ("start_date", start.0, start.1),
                ("end_date", end.0, end.1),
            ];
            (*id, cells)
        })
        .collect();
    let url = format!(
        "https://{PORTAL}/admin/order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D={SUB}"
    );
    let total = format!("{} orders", rows.len());
    (
        url,
        pages::list(Version::V3, "order", &columns, &rows, &total),
    )
}

pub fn search_page(ids: &[u64]) -> Web {
    let rows: Vec<_> = ids
        .iter()
        .map(|id| {
            (
                *id,
                vec![("subscription_name", SUB.to_owned(), SUB.to_owned())],
            )
        })
        .collect();
    let columns = [("id", "Id"), ("subscription_name", "Subscription name")];
    let url = format!("https://{PORTAL}/admin/cloud_activation?query={CODE}");
    (
        url,
        pages::list(
            Version::V3,
            "cloud_activation",
            &columns,
            &rows,
            &format!("{} cloud activations", ids.len()),
        ),
    )
}

pub fn linked_activation_page(id: u64, account: u64) -> Web {
    let fields = vec![vec![
        field("activation_code", "Activation code", CODE),
        field("subscription_name", "Subscription name", SUB),
        Field {
            kind: "boolean",
            ..field("trial", "Trial", &boolean(Version::V3, Some(false)))
        },
        field(
            "billing_account",
            "Billing account",
            &format!(r#"<a href="/admin/billing_account/{account}">L</a>"#),
        ),
    ]];
    (
        pages::url("cloud_activation", id),
        pages::show(Version::V3, "cloud_activation", id, &fields),
    )
}

pub const ONE_ORDER: [(u64, &str, &str, &str); 1] =
    [(ORDER, SUB, "November 24, 2025", "November 23, 2027")];

impl Desk {
    /// Beside a ticket whose requester wrote this.
    pub fn new(comments: Vec<Value>) -> Self {
        let mut desk = Self {
            browser: Browser::new(),
            portal: BTreeMap::new(),
            comments,
            files: BTreeMap::new(),
            fetches: Vec::new(),
            dice: 1,
            lenient: false,
        };
        desk.browser.zendesk.organization = None;
        for web in [
            license_page(LICENSE, SUB, false),
            orders_page(&ONE_ORDER, Some(ACCOUNT)),
            order_page(ORDER, SUB, ACCOUNT),
            account_page(ACCOUNT, SFDC18, SOLD_TO),
            search_page(&[30_011]),
            activation_page(30_011, SUB),
        ] {
            desk.serve(&web);
        }
        desk
    }

    pub fn serve(&mut self, (url, body): &Web) {
        self.portal.insert(url.clone(), html(url, 200, body));
    }

    pub fn fails(&mut self, url: &str, answer: Answer) {
        self.portal.insert(url.to_owned(), answer);
    }

    pub fn sit(mut self) -> Self {
        self.tell(Event::PanelOpened);
        self.look();
        self.settle();
        self
    }

    pub fn look(&mut self) {
        self.tell(Event::TabSeen {
            tab: 1,
            url: ticket_address(41),
            front: true,
        });
    }

    pub fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.browser.tell(event);
        for effect in &effects {
            if let Effect::Fetch { id, url, .. } = effect {
                self.fetches.push((*id, url.clone()));
            }
        }
        effects
    }

    pub fn press(&mut self, name: &str, fields: &[(&str, &str)]) -> Vec<Effect> {
        let command = self.browser.pressed(name, fields);
        self.tell(command)
    }

    pub fn answer_to(&self, url: &str) -> Answer {
        if url.contains(PORTAL) {
            let page = self
                .portal
                .get(url)
                .cloned()
                .or_else(|| self.lenient.then(|| html(url, 404, "")));
            return page.unwrap_or_else(|| panic!("the portal was asked for {url}"));
        }
        if url.contains("/comments") {
            return ok(&json!({"comments": self.comments, "meta": {"has_more": false}}));
        }
        match self.browser.zendesk.answer(url) {
            // For GitLab.com no proof is asked for.
            Answer::Response(response) => {
                let body = response.body.replace("\"saas\"", "\"Self-Managed\"");
                Answer::Response(Response { body, ..response })
            }
            other => other,
        }
    }

    /// The background is stopped and started: what was under way dies with it.
    pub fn stop(&mut self) {
        let told = self.browser.told.len();
        self.fetches.clear();
        self.browser.stop();
        let again = self.browser.told[told..].iter().filter_map(|e| match e {
            Effect::Fetch { id, url, .. } => Some((*id, url.clone())),
            _ => None,
        });
        self.fetches.extend(again);
    }

    /// Answers one of what waits, by the dice; whether there was any.
    pub fn step(&mut self) -> bool {
        self.dice = self
            .dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let waiting = self.browser.reads.len() + self.fetches.len();
        if waiting == 0 {
            return false;
        }
        let at = usize::try_from(self.dice >> 33).unwrap() % waiting;
        if at < self.browser.reads.len() {
            let (id, url) = self.browser.reads.remove(at);
            let answer = self.answer_to(&url);
            self.tell(Event::Answered { id, answer });
        } else {
            let (id, url) = self.fetches.remove(at - self.browser.reads.len());
            let file = self
                .files
                .get(&url)
                .cloned()
                .unwrap_or_else(|| panic!("the file {url} was fetched"));
            self.tell(Event::Fetched { id, file });
        }
        true
    }

    pub fn settle(&mut self) {
        for _ in 0..200 {
            if !self.step() {
                return;
            }
        }
        panic!("the reads never end: {:?}", self.browser.reads);
    }

    /// The click, and everything that follows from it.
    pub fn trace(&mut self) {
        self.press("trace", &[]);
        self.settle();
    }

    pub fn case(&self) -> &Case {
        self.browser.case(41)
    }

    pub fn view(&self) -> String {
        self.browser.view()
    }

    pub fn held(&self) -> Vec<(Slot, u64)> {
        self.case()
            .chain
            .held()
            .map(|r| (r.slot(), r.number()))
            .collect()
    }

    pub fn asked_of_portal(&self) -> Vec<&str> {
        self.browser
            .asked()
            .into_iter()
            .filter(|url| url.contains(PORTAL))
            .map(|url| url.split("/admin/").nth(1).unwrap())
            .collect()
    }

    pub fn step_state(&self, step: Step) -> Option<&StepState> {
        self.case().trace.steps.get(&step)
    }

    pub fn failed(&self, step: Step) -> &TraceProblem {
        match self.step_state(step) {
            Some(StepState::Failed(problem)) => problem,
            other => panic!("{step:?} has not failed: {other:?}"),
        }
    }

    /// What is compared with browsing: the records, the checks and the note.
    pub fn result(&self) -> (Chain, Vec<Check>, Verdict, String) {
        let all = checks(self.case(), self.browser.world().rules());
        let says = verdict(&all);
        (
            self.case().chain.clone(),
            all,
            says,
            note_of(self.case(), self.browser.world()).plain(),
        )
    }

    pub fn check(&self, name: CheckName) -> String {
        let all = checks(self.case(), self.browser.world().rules());
        let check = all.iter().find(|c| c.name == name).unwrap();
        format!("{}: {}", check.answer.word(), check.answer.why())
    }

    /// Everything that anyone could read later.
    pub fn everything_kept(&self) -> String {
        let note = note_of(self.case(), self.browser.world());
        format!(
            "{}{}{}{}",
            self.browser.storage(),
            self.view(),
            note.plain(),
            note.html()
        )
    }
}

pub fn browsed(comments: Vec<Value>, webs: &[Web]) -> Desk {
    let mut desk = Desk::new(comments).sit();
    for web in webs {
        desk.browser.browse(2, web);
        desk.settle();
    }
    desk
}

pub fn base64(bytes: &[u8]) -> String {
    use base64ct::{Base64, Encoding};
    Base64::encode_string(bytes)
}

pub fn dropped(name: String, base64: String) -> Event {
    Event::FileGiven {
        case: Some(key(41)),
        window: None,
        name,
        size: 9,
        base64,
    }
}
