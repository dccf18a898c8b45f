//! An engineer on a route with one fault: what the panel says about it, and what it offers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::model::reads::{TaskRead, Waiting};
use tether::app::{Effect, Event};
use tether::case::Case;
use tether::case::change::{Change, Task, TaskState};
use tether::reading::{Answer, Response};

use super::faults::How;
use crate::support::office::Office;
use crate::support::sites::Sites;

/// A fault: the step of the route, the kind of request, and what goes wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    pub step: usize,
    pub kind: String,
    pub how: How,
}

/// An element of the panel that reports a failure, with the commands beside it.
#[derive(Clone, Debug)]
pub struct Alert {
    pub text: String,
    pub offers: Vec<(String, BTreeMap<String, String>)>,
}

/// What the panel says in one view.
#[derive(Clone)]
struct Said {
    alerts: Vec<Alert>,
    guidance: Vec<Alert>,
}

thread_local! {
    /// By the hash of the view: most cells show views that others have shown, and parsing takes a third of the matrix's time.
    static SAID: RefCell<HashMap<u64, Said>> = RefCell::default();
}

fn said(view: &str) -> Said {
    let mut hasher = DefaultHasher::new();
    view.hash(&mut hasher);
    SAID.with_borrow_mut(|known| {
        known
            .entry(hasher.finish())
            .or_insert_with(|| Said::of(&Html::parse_fragment(view)))
            .clone()
    })
}

impl Said {
    fn of(html: &Html) -> Self {
        let plain = |text: String| Alert {
            text,
            offers: Vec::new(),
        };
        let mut alerts: Vec<Alert> = html
            .select(&selector(".error, section.next.is-bad > p:not(.hint)"))
            .map(|alert| Alert {
                text: text(alert),
                offers: beside(alert),
            })
            .collect();
        alerts.extend(
            html.select(&selector(".task.is-busy p, .step.is-busy p"))
                .map(text)
                .filter(|t| t.contains("by itself"))
                .map(plain),
        );
        let within =
            selector("section.next > p:not(.hint, .or), section.next > form > p:not(.hint)");
        Self {
            alerts,
            guidance: html.select(&within).map(text).map(plain).collect(),
        }
    }
}

pub struct Bench {
    pub office: Office,
    pub ticket: u64,
    pub step: usize,
    pub fault: Option<Fault>,
    /// How often the fault occurred, and for which changes.
    pub hits: u32,
    pub hit_by: BTreeMap<u64, u32>,
    /// The kinds of requests by step, in their order.
    pub seen: Vec<(usize, String)>,
    /// Whether the user's page shows no Organization field.
    pub no_field: bool,
    pub filled: bool,
    /// Whether a colleague changes the ticket right before its first write.
    pub colleague: bool,
    /// Whether the answer about the first created user gets lost.
    pub loses: bool,
    /// How many events pass before the background is stopped once.
    pub stops_in: Option<u32>,
    /// The portal page that had the fault, in its correct form.
    pub page: Option<(String, String)>,
    /// Changes the text of an answer before it arrives: the address, the text.
    pub rewrite: Option<Rewrite>,
    /// All page jobs, in order.
    pub orders: Vec<Job>,
}

/// Replaces an answer's text, by URL; returns nothing if the answer stays.
pub type Rewrite = Box<dyn FnMut(&str, &str) -> Option<String>>;

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn text(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn named(change: &Change) -> &'static str {
    match change {
        Change::ProblemType { .. } => "problem type",
        Change::Join { .. } => "organization",
        Change::Add { user: None, .. } => "new contact",
        Change::Add { .. } => "known contact",
        Change::Leave { .. } => "removal",
        Change::Restore { .. } => "undo",
        Change::Assign { .. } => "assignment",
        Change::Note { .. } => "note",
        Change::RestoreField { .. } => "undo of the problem type",
        Change::HandOn(_) => "hand-on",
        Change::TakeBack { .. } => "undo of the hand-on",
    }
}

impl Bench {
    /// The same state again, to continue differently from here.
    pub fn snapshot(&self) -> Self {
        Self {
            office: self.office.clone(),
            fault: self.fault.clone(),
            hit_by: self.hit_by.clone(),
            seen: self.seen.clone(),
            page: self.page.clone(),
            orders: self.orders.clone(),
            rewrite: None,
            ..*self
        }
    }

    pub fn new(sites: Sites, ticket: u64) -> Self {
        let mut office = Office::new(sites);
        office.browser.profile.zendesk.hand_over.assignee = Some("lead@gitlab.example".to_owned());
        Self {
            office,
            ticket,
            step: 0,
            fault: None,
            hits: 0,
            hit_by: BTreeMap::new(),
            seen: Vec::new(),
            no_field: false,
            filled: false,
            colleague: false,
            loses: false,
            stops_in: None,
            page: None,
            rewrite: None,
            orders: Vec::new(),
        }
    }

    pub fn case(&self) -> &Case {
        self.office.browser.case(self.ticket)
    }

    pub fn press(&mut self, name: &str, fields: &[(&str, &str)]) {
        self.office.press(name, fields);
    }

    /// The newest change of a kind.
    pub fn task(&self, kind: impl Fn(&Change) -> bool) -> Option<&Task> {
        self.case().tasks.iter().rev().find(|t| kind(&t.change))
    }

    fn change_of(&self, effect: u64) -> Option<&Task> {
        let sends =
            |t: &&Task| matches!(t.state, TaskState::Sending { effect: e, .. } if e == effect);
        self.office
            .browser
            .model
            .cases()
            .flat_map(|c| &c.tasks)
            .find(sends)
    }

    fn kind_of_read(&self, id: u64) -> Option<String> {
        let waiting = self.office.browser.model.waiting.get(&id)?;
        Some(match waiting {
            Waiting::Ticket(_) => "read ticket".to_owned(),
            Waiting::Fields(_) => "read fields".to_owned(),
            Waiting::Comments { .. } => "read comments".to_owned(),
            Waiting::Organization(_) => "search organization".to_owned(),
            Waiting::Form(..) => "read form".to_owned(),
            Waiting::Details(..) => "read organization".to_owned(),
            Waiting::People { .. } => "read contacts".to_owned(),
            Waiting::Task { case, task, step } => {
                let change = &self.office.browser.model.case(case)?.task(*task)?.change;
                match step {
                    TaskRead::Look { fact, .. } => {
                        format!("read {} for {}", fact.kind(), named(change))
                    }
                    step => format!("read {step:?} of {}", named(change)),
                }
            }
            Waiting::Contacts(_, asked) => format!("look up {}", first_word(&format!("{asked:?}"))),
            Waiting::Evidence(..) => "fetch file".to_owned(),
            Waiting::Trace(_, step) => format!("portal {}", step.key()),
            Waiting::Reply(_, asked) => format!("reply {}", first_word(&format!("{asked:?}"))),
            Waiting::AppResult(_) => "read the ticket for the app's result".to_owned(),
            Waiting::Plan(_) => "read comments for the plan".to_owned(),
            Waiting::Setup { look, .. } => format!("setup {look:?}"),
            Waiting::SavedAnswer(kind) => format!("save {}", kind.key()),
            Waiting::Trouble(_, asked) => {
                format!("hand-over {}", first_word(&format!("{asked:?}")))
            }
        })
    }

    fn kind_of_job(&self, job: &Job) -> String {
        match job {
            Job::WriteNote { .. } => "write note".to_owned(),
            Job::WriteReply { .. } => "write reply".to_owned(),
            Job::TakeReplyOut { .. } => "take the reply out".to_owned(),
            Job::LookAtTicket { .. } => "look at the ticket's page".to_owned(),
            Job::FillKey { .. } => "fill key".to_owned(),
            Job::DiagnosePortal { .. } | Job::DiagnoseZendesk { .. } => "diagnose".to_owned(),
            Job::TakePage { .. } => "take page".to_owned(),
            Job::FillOrganization { .. } => "write organization by the page".to_owned(),
            Job::Request { effect, .. } => format!(
                "write {} by the API",
                self.change_of(*effect)
                    .map_or("nothing", |t| named(&t.change))
            ),
        }
    }

    /// The fault, if a request of this kind triggers it.
    fn meets(&mut self, kind: &str) -> Option<How> {
        self.seen.push((self.step, kind.to_owned()));
        let how = self
            .fault
            .as_ref()
            .filter(|f| f.step == self.step && f.kind == kind)
            .map(|f| f.how.clone());
        self.hits += u32::from(how.is_some());
        how
    }

    /// Carries out everything that was requested. An error says why it never ends.
    pub fn settle(&mut self) -> Result<(), String> {
        for _ in 0..400 {
            match &mut self.stops_in {
                Some(0) => {
                    self.stops_in = None;
                    self.stop();
                }
                Some(n) => *n -= 1,
                None => {}
            }
            if !self.one() {
                return Ok(());
            }
        }
        Err("it never ends".to_owned())
    }

    /// Carries out one request. Returns whether there was any.
    pub fn one(&mut self) -> bool {
        if self.office.open_next() || self.office.say_what_pages_have() {
            return true;
        }
        if !self.office.browser.reads.is_empty() {
            let (id, url) = self.office.browser.reads.remove(0);
            let good = self.arriving(&url, self.office.sites.answer(&url));
            let kind = self
                .kind_of_read(id)
                .unwrap_or_else(|| "nobody waits".to_owned());
            let how = self.meets(&kind);
            if how.is_some() {
                self.page = self
                    .office
                    .sites
                    .portal
                    .get(&url)
                    .map(|html| (url.clone(), html.clone()));
            }
            match how {
                Some(How::Stopped) => self.stop(),
                Some(How::Answers(bad, _)) => {
                    _ = self.office.tell(Event::Answered {
                        id,
                        answer: bad.answer(&good),
                    })
                }
                _ => _ = self.office.tell(Event::Answered { id, answer: good }),
            }
            return true;
        }
        if !self.office.fetches.is_empty() {
            let (id, url) = self.office.fetches.remove(0);
            let bytes = self.office.sites.files[&url].clone();
            match self.meets("fetch file") {
                Some(How::Stopped) => self.stop(),
                Some(How::Answers(bad, _)) => {
                    _ = self.office.tell(Event::Fetched {
                        id,
                        file: bad.file(&bytes),
                    })
                }
                _ => {
                    _ = self.office.tell(Event::Fetched {
                        id,
                        file: self.office.sites.file(&url),
                    })
                }
            }
            return true;
        }
        if !self.office.jobs.is_empty() {
            let (tab, job) = self.office.jobs.remove(0);
            self.obey(tab, &job);
            return true;
        }
        if !self.office.waits.is_empty() {
            let id = self.office.waits.remove(0);
            self.office.tell(Event::Waited { id });
            return true;
        }
        false
    }

    fn arriving(&mut self, url: &str, answer: Answer) -> Answer {
        let (Some(rewrite), Answer::Response(response)) = (&mut self.rewrite, &answer) else {
            return answer;
        };
        match rewrite(url, &response.body) {
            Some(body) => Answer::Response(Response {
                body,
                ..response.clone()
            }),
            None => answer,
        }
    }

    /// Stops and starts the background; only once, or it would never end.
    fn stop(&mut self) {
        self.fault = None;
        self.office.waits.clear();
        self.office.fetches.clear();
        self.office.browser.told.clear();
        self.office.browser.stop();
        let effects: Vec<Effect> = std::mem::take(&mut self.office.browser.told);
        self.office.take(&effects);
    }

    fn obey(&mut self, tab: i64, job: &Job) {
        let effect = job.number();
        self.orders.push(job.clone());
        let kind = self.kind_of_job(job);
        let task = self.change_of(effect).map(|t| t.id);
        if std::mem::take(&mut self.colleague) {
            self.office.sites.touch(self.ticket);
        }
        let how = self.meets(&kind);
        if let (Some(_), Some(task)) = (&how, task) {
            *self.hit_by.entry(task).or_default() += 1;
        }
        let outcome = match how {
            Some(How::Unreachable(why)) => {
                self.office.tell(Event::PageUnreachable {
                    effect,
                    why: why.to_owned().into(),
                });
                return;
            }
            Some(How::Silent(made)) => {
                if made {
                    self.office.sites.obey(job);
                }
                return;
            }
            Some(How::Says(outcome, made)) => {
                if made {
                    self.office.sites.obey(job);
                }
                outcome
            }
            Some(How::Answers(bad, made)) => {
                let good = if made {
                    self.office.sites.obey(job)
                } else {
                    self.office.sites.clone().obey(job)
                };
                let Outcome::Answered { answer } = good else {
                    panic!("{kind} is no request")
                };
                Outcome::Answered {
                    answer: bad.answer(&answer),
                }
            }
            // The page does the job and reports it to a restarted background.
            Some(How::Stopped) => {
                let outcome = self.office.sites.obey(job);
                self.stop();
                outcome
            }
            None if kind.starts_with("write new contact") && std::mem::take(&mut self.loses) => {
                self.office.sites.obey(job);
                Outcome::Answered {
                    answer: Answer::TimedOut,
                }
            }
            None if self.no_field && matches!(job, Job::FillOrganization { .. }) => {
                Outcome::NoField
            }
            None => {
                self.filled |= matches!(job, Job::FillKey { .. });
                self.office.sites.obey(job)
            }
        };
        let outcome = match (outcome, job) {
            (Outcome::Answered { answer }, Job::Request { path, .. }) => Outcome::Answered {
                answer: self.arriving(path, answer),
            },
            (outcome, _) => outcome,
        };
        self.office.tell(Event::PageResult {
            tab,
            effect,
            outcome,
        });
    }

    /// Ends the wait that the panel shows. Returns whether there was any.
    pub fn wait(&mut self) -> bool {
        let Some(at) = tether::view::wake_at(&self.office.browser.model) else {
            return false;
        };
        self.office.browser.now = self.office.browser.now.max(at);
        self.press("tick", &[]);
        true
    }

    pub fn view(&self) -> String {
        self.office.browser.view()
    }

    /// The panel's messages about failures and waits.
    pub fn alerts(&self) -> Vec<Alert> {
        said(&self.view()).alerts
    }

    /// The engineer looks at the portal page that was misread.
    pub fn look_at_page(&mut self) -> bool {
        let Some((url, html)) = self.page.clone() else {
            return false;
        };
        let tab = 9;
        self.office.tell(Event::TabSeen {
            tab,
            url: url.clone(),
            front: true,
        });
        self.office.tell(Event::PortalPage { tab, url, html });
        true
    }

    /// What the panel says of what is left to do, if that is no failure: the next step, and that no proof was found.
    pub fn guidance(&self) -> Vec<Alert> {
        said(&self.view()).guidance
    }

    /// What must not be lost: records, decisions, changes, addresses.
    pub fn held(&self) -> BTreeSet<String> {
        let case = self.case();
        let records = case
            .chain
            .held()
            .map(|r| format!("record {:?} {}", r.slot(), r.number()));
        let decisions = case.decisions.iter().map(|d| format!("decision {d:?}"));
        let tasks = case.tasks.iter().map(|t| format!("change {}", t.id));
        let done = case
            .tasks
            .iter()
            .filter(|t| t.state == TaskState::Done)
            .map(|t| format!("change {} done", t.id));
        let entries = case
            .contacts
            .entries()
            .iter()
            .map(|e| format!("address {}", e.email));
        let proofs = case
            .proofs
            .found
            .iter()
            .map(|p| format!("proof {}", p.number));
        let note = case.note.written_at.map(|at| format!("noted {at}"));
        records
            .chain(decisions)
            .chain(tasks)
            .chain(done)
            .chain(entries)
            .chain(proofs)
            .chain(note)
            .collect()
    }

    /// The sites' data that Tether may change, without time stamps.
    pub fn outcome(&self) -> Value {
        let sites = &self.office.sites;
        let users: Vec<Value> = sites
            .users
            .values()
            .map(|u| serde_json::json!([u["email"], u["organization_id"], u["notes"]]))
            .collect();
        let tickets: Vec<Value> = sites
            .tickets
            .values()
            .map(|t| serde_json::json!([t["assignee_id"], t["group_id"], t["custom_fields"]]))
            .collect();
        let comments: Vec<usize> = sites.comments.values().map(Vec::len).collect();
        let composers: Vec<String> = sites
            .composers
            .iter()
            .map(|(ticket, held)| format!("{ticket} {held:?}"))
            .collect();
        serde_json::json!([users, tickets, comments, composers])
    }
}

fn first_word(text: &str) -> &str {
    text.split([' ', '(', '{']).next().unwrap_or(text)
}

/// The commands that are offered beside an alert: in the next row of buttons, or in its own list item.
fn beside(alert: ElementRef<'_>) -> Vec<(String, BTreeMap<String, String>)> {
    let row = alert
        .next_siblings()
        .filter_map(ElementRef::wrap)
        .next()
        .filter(|e| e.value().classes().any(|c| c == "actions"));
    let item = alert
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find(|e| e.value().name() == "li");
    let Some(within) = row.or(item) else {
        return Vec::new();
    };
    let offered = selector("button[data-command], a[data-command], a[href]");
    within
        .select(&offered)
        .filter(|b| b.value().attr("disabled").is_none())
        .map(|b| {
            let name = b.value().attr("data-command").unwrap_or("link").to_owned();
            let fields = b.value().attrs().filter_map(|(k, v)| {
                k.strip_prefix("data-field-")
                    .map(|k| (k.to_owned(), v.to_owned()))
            });
            (name, fields.collect())
        })
        .collect()
}
