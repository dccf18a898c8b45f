//! A Zendesk with users and tickets, and a browser that obeys and is restarted after every event.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, Model, World, update};
use tether::case::{Case, CaseKey};
use tether::profile::Profile;
use tether::reading::{Answer, Response};
use tether::record::ids::TicketId;

pub const HOST: &str = "gitlab.zendesk.com";
/// 2026-11-24 10:00 UTC, in ms since 1970.
pub const NOW: u64 = 1_795_514_400_000;
/// The organization of the requester, user 7.
pub const ORGANIZATION: u64 = 91;
pub const TICKET: &str = "https://gitlab.zendesk.com/agent/tickets/41";

pub fn status(status: u16, body: &Value, retry_after: Option<&str>) -> Answer {
    Answer::Response(Response {
        status,
        url: format!("https://{HOST}/api/v2/x"),
        content_type: "application/json".to_owned(),
        retry_after: retry_after.map(str::to_owned),
        mitigated: None,
        body: body.to_string(),
    })
}

fn ok(body: &Value) -> Answer {
    status(200, body, None)
}

/// Decodes the percent signs and pluses of a query.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        match first {
            b'%' => {
                bytes.push(
                    u8::from_str_radix(std::str::from_utf8(&tail[..2]).unwrap(), 16).unwrap(),
                );
                rest = &tail[2..];
            }
            other => {
                bytes.push(*other);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// What Zendesk holds.
pub struct Desk {
    pub users: BTreeMap<u64, Value>,
    /// Users who belong to the organization besides their own.
    pub besides: Vec<u64>,
    /// The tickets by user: number and status, newest first.
    pub tickets: BTreeMap<u64, Vec<(u64, &'static str)>>,
    pub comments: Vec<Value>,
    /// The second addresses by user.
    pub second: BTreeMap<u64, Vec<String>>,
    pub notes: String,
    pub requester: u64,
    /// The ticket's Subscription Email.
    pub subscription_email: Option<&'static str>,
    /// How many tickets or users a page holds.
    pub page: usize,
    /// Answers to URLs that contain a text, before all else.
    pub instead: Vec<(&'static str, Answer)>,
}

impl Default for Desk {
    fn default() -> Self {
        let mut desk = Self {
            users: BTreeMap::new(),
            besides: Vec::new(),
            tickets: BTreeMap::new(),
            comments: Vec::new(),
            second: BTreeMap::new(),
            notes: String::new(),
            requester: 7,
            subscription_email: None,
            page: 100,
            instead: Vec::new(),
        };
        desk.user(
            7,
            "Ada Lindqvist",
            "ada@lindqvist.example",
            Some(ORGANIZATION),
        );
        desk
    }
}

impl Desk {
    pub fn user(&mut self, id: u64, name: &str, email: &str, organization: Option<u64>) {
        let user = json!({"id": id, "name": name, "email": email, "role": "end-user", "suspended": false, "organization_id": organization, "notes": "", "details": ""});
        self.users.insert(id, user);
    }

    pub fn comment(&mut self, author: u64, public: bool, text: &str) {
        let id = 100 + self.comments.len();
        self.comments.push(json!({"id": id, "author_id": author, "public": public, "plain_body": text, "html_body": ""}));
    }

    /// Adds contacts to the organization, numbered from 1000, until it has that many, including the
    /// requester.
    pub fn fill(&mut self, contacts: u64) {
        for n in 1..contacts {
            self.user(
                1000 + n,
                &format!("Contact {n}"),
                &format!("contact{n}@lindqvist.example"),
                Some(ORGANIZATION),
            );
        }
    }

    pub fn answer(&self, url: &str) -> Answer {
        if let Some((_, answer)) = self
            .instead
            .iter()
            .find(|(part, _)| decoded(url).contains(part))
        {
            return answer.clone();
        }
        let path = url
            .strip_prefix(&format!("https://{HOST}/api/v2/"))
            .unwrap_or_else(|| panic!("an address of the API: {url}"));
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let at = decoded(query)
            .split('&')
            .find_map(|p| p.strip_prefix("page[after]=").map(str::to_owned));
        let at: usize = at.map_or(0, |cursor| cursor.parse().unwrap());
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["tickets", "41"] => self.ticket(),
            ["tickets", "41", "comments"] => {
                ok(&json!({"comments": self.comments, "meta": {"has_more": false}}))
            }
            ["ticket_fields"] => ok(&json!({"ticket_fields": [
                {"id": 11, "title": "Support Ops Problem Type", "active": true, "custom_field_options": []},
                {"id": 12, "title": "L&R Product Type", "active": true, "custom_field_options": []},
                {"id": 13, "title": "Subscription Email", "active": true}], "meta": {"has_more": false}})),
            ["organizations", _] => ok(
                &json!({"organization": {"id": ORGANIZATION, "name": "Lindqvist Widgets", "notes": self.notes,
                "details": "", "organization_fields": {}}}),
            ),
            ["organizations", id, "users"] => {
                let of = |u: &&Value| {
                    u["organization_id"].as_u64() == id.parse().ok()
                        || self.besides.contains(&u["id"].as_u64().unwrap())
                };
                let all: Vec<Value> = self.users.values().filter(of).cloned().collect();
                self.paged("users", &all, at)
            }
            ["users", "search"] => {
                let query = decoded(query.strip_prefix("query=").unwrap());
                let email = query
                    .strip_prefix("email:\"")
                    .and_then(|q| q.strip_suffix('"'))
                    .unwrap()
                    .to_lowercase();
                // Looser than equality, like the real search.
                let second = |u: &&Value| {
                    self.second
                        .get(&u["id"].as_u64().unwrap())
                        .is_some_and(|all| all.iter().any(|e| e.to_lowercase() == email))
                };
                let like = |u: &&Value| {
                    u["email"]
                        .as_str()
                        .is_some_and(|e| e.to_lowercase().ends_with(&email))
                        || second(u)
                };
                ok(
                    &json!({"users": self.users.values().filter(like).collect::<Vec<_>>(), "next_page": null, "count": 0}),
                )
            }
            ["users", id, "identities"] => {
                let id = id.parse::<u64>().unwrap();
                let own = self.users[&id]["email"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned();
                let others = self.second.get(&id).cloned().unwrap_or_default();
                let all: Vec<Value> = std::iter::once(own)
                    .chain(others)
                    .enumerate()
                    .map(|(n, email)| json!({"id": 9000 + n, "user_id": id, "type": "email", "value": email, "primary": n == 0, "verified": true}))
                    .collect();
                ok(&json!({"identities": all, "meta": {"has_more": false}}))
            }
            ["users", id, "tickets", "requested"] => {
                let id: u64 = id.parse().unwrap();
                let all: Vec<Value> = self
                    .tickets
                    .get(&id)
                    .into_iter()
                    .flatten()
                    .map(|(n, status)| json!({"id": n, "status": status, "subject": format!("About <{n}>"), "requester_id": id}))
                    .collect();
                self.paged("tickets", &all, at)
            }
            ["users", id, "organization_memberships"] => {
                let id: u64 = id.parse().unwrap();
                let own = self.users[&id]["organization_id"].as_u64();
                let more = self.besides.contains(&id).then_some(ORGANIZATION);
                let all: Vec<Value> = own
                    .into_iter()
                    .chain(more)
                    .map(|o| json!({"id": 10 * id + o, "user_id": id, "organization_id": o, "default": Some(o) == own}))
                    .collect();
                self.paged("organization_memberships", &all, at)
            }
            ["users", id] if id.bytes().all(|b| b.is_ascii_digit()) => {
                ok(&json!({"user": self.users[&id.parse::<u64>().unwrap()]}))
            }
            _ => status(404, &json!({"error": "RecordNotFound"}), None),
        }
    }

    fn paged(&self, name: &str, all: &[Value], at: usize) -> Answer {
        let end = all.len().min(at + self.page);
        let more = end < all.len();
        ok(
            &json!({name: all[at..end], "meta": {"has_more": more, "after_cursor": end.to_string()}}),
        )
    }

    fn ticket(&self) -> Answer {
        ok(&json!({
            "ticket": {"id": 41, "subject": "Please add my colleagues", "status": "open", "requester_id": self.requester,
                "ticket_form_id": null, "tags": [], "updated_at": "2026-11-24T09:00:00Z",
                "custom_fields": [{"id": 13, "value": self.subscription_email}]},
            "users": [self.users[&self.requester]],
            "organizations": [{"id": ORGANIZATION, "name": "Lindqvist Widgets"}]
        }))
    }

    /// A write, as the page sends it.
    pub fn write(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let change = body["user"].as_object().unwrap();
        let id = match (method, path.strip_prefix("/api/v2/users/")) {
            ("PUT", Some(id)) => id.parse().unwrap(),
            ("POST", None) => {
                let id = 5000 + self.users.len() as u64;
                self.user(id, "", "", None);
                id
            }
            _ => panic!("{method} {path}"),
        };
        let user = self.users.get_mut(&id).unwrap();
        for (key, value) in change {
            user[key] = value.clone();
        }
        ok(&json!({"user": user}))
    }
}

/// The background, with the panel open on ticket 41, which tab 1 shows.
pub struct Bench {
    pub model: Model,
    pub profile: Profile,
    pub now: u64,
    pub desk: Desk,
    /// Reads that are not answered yet.
    pub reads: Vec<(u64, String)>,
    /// Every URL read so far, decoded.
    pub asked: Vec<String>,
    /// Every write that a page was told to make.
    pub writes: Vec<(String, String, Value)>,
    /// Page jobs that are not carried out yet.
    pub jobs: Vec<Job>,
    /// Waits that are not over.
    pub waits: Vec<u64>,
    /// Whether the background is restarted after every event, which loses its reads.
    pub stops: bool,
    stored: BTreeMap<String, String>,
}

impl Bench {
    pub fn new(desk: Desk) -> Self {
        let profile = Profile::parse(include_str!("../../../extension/site-profile.json"))
            .expect("the shipped profile is good");
        Self {
            model: Model::default(),
            profile,
            now: NOW,
            desk,
            reads: Vec::new(),
            asked: Vec::new(),
            writes: Vec::new(),
            jobs: Vec::new(),
            waits: Vec::new(),
            stops: false,
            stored: BTreeMap::new(),
        }
    }

    /// Opens the panel on the ticket and answers all reads.
    pub fn at_ticket(desk: Desk) -> Self {
        let mut bench = Self::new(desk);
        bench.open();
        bench.settle();
        bench
    }

    /// Opens the panel on a case that has got this far.
    pub fn of_case(desk: Desk, case: &Case) -> Self {
        let mut bench = Self::new(desk);
        bench.stored.insert(
            case.key.storage_key(),
            tether::app::storage::text_of(case).unwrap(),
        );
        bench.model = Model::restore(bench.stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        bench.open();
        bench.settle();
        bench
    }

    pub fn open(&mut self) {
        self.tell(Event::PanelOpened);
        self.tell(Event::TabSeen {
            tab: 1,
            url: TICKET.to_owned(),
            front: true,
        });
    }

    pub fn world(&self) -> World<'_> {
        World {
            profile: &self.profile,
            now_ms: self.now,
        }
    }

    pub fn tell(&mut self, event: Event) {
        self.tell_once(event);
        if self.stops {
            self.reads.clear();
            self.waits.clear();
            self.tell_once(Event::Woke);
        }
    }

    fn tell_once(&mut self, event: Event) {
        let world = World {
            profile: &self.profile,
            now_ms: self.now,
        };
        let effects = update(&mut self.model, event, world);
        for (key, value) in self.model.save() {
            match value {
                Some(value) => self.stored.insert(key, value),
                None => self.stored.remove(&key),
            };
        }
        self.come_back();
        for effect in effects {
            match effect {
                Effect::Read { id, url, .. } => {
                    self.asked.push(decoded(&url));
                    self.reads.push((id, url));
                }
                Effect::Page { job, .. } => self.jobs.push(job),
                Effect::Wait { id, .. } => self.waits.push(id),
                _ => {}
            }
        }
    }

    /// Restores the saved model, which must equal the present one.
    fn come_back(&mut self) {
        let restored = Model::restore(self.stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        let kept = |model: &Model| model.cases().cloned().collect::<Vec<Case>>();
        assert_eq!(kept(&restored), kept(&self.model));
        assert_eq!(
            serde_json::to_value(&restored).unwrap(),
            serde_json::to_value(&self.model).unwrap()
        );
        let before = self.view();
        self.model = restored;
        assert_eq!(self.view(), before);
    }

    pub fn press(&mut self, name: &str, fields: &[(&str, &str)]) {
        let command = self.pressed(name, fields);
        self.tell(command);
    }

    /// What the panel sends for a press, as it is shown now.
    pub fn pressed(&self, name: &str, given: &[(&str, &str)]) -> Event {
        let mut fields = crate::support::carried(&self.view(), name, given);
        fields.extend(
            given
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
        );
        Event::Command {
            case: self.model.tabs.focus().cloned(),
            window: None,
            name: name.to_owned(),
            fields,
        }
    }

    /// Answers the waiting reads, and those that they lead to.
    pub fn settle(&mut self) {
        for _ in 0..2000 {
            if self.reads.is_empty() {
                return;
            }
            self.step();
        }
        panic!("the reads never end: {:?}", self.reads);
    }

    /// Answers the oldest read.
    pub fn step(&mut self) {
        let (id, url) = self.reads.remove(0);
        let answer = self.desk.answer(&url);
        self.tell(Event::Answered { id, answer });
    }

    /// Carries out the oldest page job.
    pub fn obey(&mut self) {
        let Job::Request {
            effect,
            ticket,
            method,
            path,
            body,
            ..
        } = self.jobs.remove(0)
        else {
            panic!("only requests are made here")
        };
        assert_eq!(ticket, Some(41));
        let answer = self.desk.write(&method, &path, &body);
        self.writes.push((method, path, body));
        let tab = self.model.page_jobs[&effect].tab;
        self.tell(Event::PageResult {
            tab,
            effect,
            outcome: Outcome::Answered { answer },
        });
    }

    /// Carries out reads, page jobs and waits until none is left.
    pub fn finish(&mut self) {
        for _ in 0..2000 {
            self.settle();
            if let Some(id) = (!self.waits.is_empty()).then(|| self.waits.remove(0)) {
                self.tell(Event::Waited { id });
            } else if self.jobs.is_empty() {
                return;
            } else {
                self.obey();
            }
        }
        panic!("the orders never end: {:?}", self.jobs);
    }

    pub fn case(&self) -> &Case {
        let key = CaseKey {
            host: HOST.to_owned(),
            ticket: TicketId::try_from(41).unwrap(),
        };
        self.model.case(&key).expect("the case is kept")
    }

    pub fn view(&self) -> String {
        tether::view::panel(&self.model, self.world())
    }

    /// The addresses that were looked up, in their order.
    pub fn looked_up(&self) -> Vec<&str> {
        let email = |url: &'_ String| url.find("email:\"").map(|at| at + 7);
        self.asked
            .iter()
            .filter_map(|url| email(url).map(|at| url[at..].trim_end_matches('"')))
            .collect()
    }

    /// The waiting reads of addresses.
    pub fn look_ups_waiting(&self) -> usize {
        self.reads
            .iter()
            .filter(|(_, url)| url.contains("users/search"))
            .count()
    }

    /// The list of those to add, with whether each is ticked.
    pub fn list(&self) -> Vec<(&str, bool)> {
        self.case()
            .contacts
            .entries()
            .iter()
            .map(|e| (e.email.as_str(), e.is_ticked()))
            .collect()
    }
}

/// The visible text of HTML, whitespace collapsed.
pub fn text_of(html: &str) -> String {
    let fragment = scraper::Html::parse_fragment(html);
    fragment
        .root_element()
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The elements of the view that match a selector.
pub fn find(html: &str, selector: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(selector).unwrap();
    scraper::Html::parse_fragment(html)
        .select(&selector)
        .map(|e| e.html())
        .collect()
}
