//! Builders that many tests share: records, pages, a Zendesk that answers, and a browser that
//! obeys.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod office;
pub mod pages;
pub mod sites;

use std::cell::RefCell;
use std::collections::BTreeMap;

use pages::{Field, Version, boolean, escaped, field, show};
use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::storage;
use tether::app::{Effect, Event, Model, World};
use tether::case::check::Rules;
use tether::case::load::Load;
use tether::case::organization::Found;
use tether::case::organization::OrganizationSearch;
use tether::case::precheck::Precheck;
use tether::case::proof::Place;
use tether::case::{Case, CaseKey};
use tether::evidence::Kept;
use tether::map::Map;
use tether::profile::Profile;
use tether::reading::{Answer, Response};
use tether::record::ids::{
    BillingAccountId, ContactId, LicenseId, SalesforceId, SubscriptionName, TicketId,
};
use tether::record::organization::Organization;
use tether::record::people::{Role, User};
use tether::record::seen::{Record, Seen};
use tether::record::ticket::{Requester, Ticket, TicketFields};
use tether::record::{BillingAccount, CloudActivation, Contact, License, Order, Shown, SoldTo};
use time::Date;
use time::macros::date;

pub const ZENDESK: &str = "gitlab.zendesk.com";
pub const PORTAL: &str = "customers.gitlab.com";
pub const SUB: &str = "A-S00104417";
pub const SFDC18: &str = "0014M00001hHV5CQAW";
pub const SFDC15: &str = "0014M00001hHV5C";
pub const OTHER_SFDC: &str = "0014M00001h35gDQAQ";
pub const TODAY: Date = date!(2026 - 11 - 24);
/// 2026-11-24 10:00 UTC, in ms since 1970.
pub const NOW: u64 = 1_795_514_400_000;
/// An activation code: a secret that may appear only in the URL that searches for it.
pub const CODE: &str = "9WmNhLLm6qbqszXC0TVwnCdr";
pub const SOLD_TO: &str = "ada@example.com";

pub fn profile() -> Profile {
    Profile::parse(include_str!("../../../extension/site-profile.json"))
        .expect("the shipped profile is good")
}

static PROFILE: std::sync::LazyLock<Profile> = std::sync::LazyLock::new(profile);

/// The rules of the shipped profile on a day.
pub fn rules(today: Date) -> Rules<'static> {
    Rules {
        today,
        words: &PROFILE.zendesk,
    }
}

/// An end user of an organization.
pub fn user(id: u64, email: &str, organization: Option<u64>) -> User {
    User {
        id: id.try_into().unwrap(),
        name: format!("User {id}"),
        email: Some(email.into()),
        role: Role::EndUser,
        suspended: false,
        deleted: false,
        organization: organization.map(|o| o.try_into().unwrap()),
        notes: String::new(),
        details: String::new(),
    }
}

pub fn key(ticket: u64) -> CaseKey {
    CaseKey {
        host: ZENDESK.to_owned(),
        ticket: TicketId::try_from(ticket).unwrap(),
    }
}

pub fn sub(name: &str) -> SubscriptionName {
    SubscriptionName::parse(name).unwrap()
}

pub fn account_id(n: u64) -> BillingAccountId {
    BillingAccountId::try_from(n).unwrap()
}

fn seen<R>(record: R, model: &str, id: u64) -> Seen<R> {
    Seen {
        record,
        address: pages::url(model, id),
    }
}

fn text(value: &str) -> Shown<String> {
    Shown::Value(value.to_owned())
}

/// A paid license that expires in a year.
pub fn license(id: u64, name: &str) -> Seen<License> {
    let record = License {
        id: id.try_into().unwrap(),
        trial: Shown::Value(false),
        subscription_name: Shown::Value(sub(name)),
        name: text("Ada Lindqvist"),
        company: text("Lindqvist Widgets AB"),
        email: text(SOLD_TO),
        plan: text("premium"),
        starts_at: Shown::Value(tether::day::Day::plain(date!(2025 - 11 - 24))),
        expires_at: Shown::Value(tether::day::Day::plain(date!(2027 - 11 - 24))),
        key: None,
    };
    seen(record, "license", id)
}

pub fn activation(id: u64, name: &str) -> Seen<CloudActivation> {
    let record = CloudActivation {
        id: id.try_into().unwrap(),
        activation_code: Shown::Absent,
        trial: Shown::Value(false),
        subscription_name: Shown::Value(sub(name)),
        billing_account: Shown::Absent,
        expires_at: Shown::Absent,
    };
    seen(record, "cloud_activation", id)
}

pub fn order(id: u64, name: &str, account: u64) -> Seen<Order> {
    let record = Order {
        id: id.try_into().unwrap(),
        subscription_name: Shown::Value(sub(name)),
        billing_account: Shown::Value(account_id(account)),
        trial: Shown::Absent,
        start_date: Shown::Value(tether::day::Day::plain(date!(2025 - 11 - 24))),
        end_date: Shown::Value(tether::day::Day::plain(date!(2027 - 11 - 23))),
    };
    seen(record, "order", id)
}

pub fn account(id: u64, sold_to: SoldTo) -> Seen<BillingAccount> {
    let record = BillingAccount {
        id: account_id(id),
        name: text("Lindqvist Widgets AB"),
        salesforce_account: Shown::Value(SalesforceId::parse(SFDC18).unwrap()),
        sold_to: Shown::Value(sold_to),
    };
    seen(record, "billing_account", id)
}

pub fn by_email(email: &str) -> SoldTo {
    SoldTo::Email {
        email: tether::mail::Address::parse(email).unwrap(),
        name: None,
        contact: None,
    }
}

pub fn by_name(name: &str, contact: Option<u64>) -> SoldTo {
    SoldTo::NameOnly {
        name: name.to_owned(),
        contact: contact.map(|c| ContactId::try_from(c).unwrap()),
    }
}

pub fn contact(id: u64, email: &str) -> Seen<Contact> {
    seen(
        Contact {
            id: id.try_into().unwrap(),
            name: text("Ada Lindqvist"),
            email: Shown::Value(tether::mail::Address::parse(email).unwrap()),
        },
        "billing_account_contact",
        id,
    )
}

pub fn organization(id: u64, name: &str) -> Organization {
    Organization {
        id: id.try_into().unwrap(),
        name: name.to_owned(),
        salesforce_id: Some(SFDC18.to_owned()),
        salesforce_short_id: None,
    }
}

pub fn ticket(id: u64, subscription_email: Option<&str>) -> Ticket {
    Ticket {
        id: id.try_into().unwrap(),
        subject: "Please associate me".to_owned(),
        status: "open".to_owned(),
        form_id: None,
        requester: Requester {
            id: 7_u64.try_into().unwrap(),
            name: "Ada Lindqvist".to_owned(),
            email: Some("ada@home.example".into()),
            organization: None,
        },
        field_values: subscription_email
            .map(|e| (13, e.to_owned()))
            .into_iter()
            .collect(),
        tags: Vec::new(),
        assignee: None,
        group: None,
        updated_at: "2026-11-24T09:00:00Z".to_owned(),
    }
}

/// The requester wrote the ID of a license.
pub fn give_license_id(case: &mut Case, id: u64) {
    let id = LicenseId::try_from(id).unwrap();
    let kept = Kept::LicenseId {
        id,
        warning: tether::evidence::IdWarning::of(id),
    };
    case.proofs.keep(
        kept,
        Place::Comment { id: 1, nth: 1 },
        "2026-11-24T08:00:00Z",
        None,
    );
}

/// A case that is entitled, by the license route.
pub fn entitled() -> Case {
    let mut case = Case::new(key(41));
    case.ticket = Load::Got(ticket(41, Some(SOLD_TO)));
    case.fields = Some(TicketFields {
        problem_type: Some(11),
        product_type: Some(12),
        subscription_email: Some(13),
        ..TicketFields::default()
    });
    case.chain.take(Record::License(license(410_233, SUB)));
    case.chain.take(Record::Order(order(700_101, SUB, 9_001)));
    case.chain
        .take(Record::BillingAccount(account(9_001, by_email(SOLD_TO))));
    give_license_id(&mut case, 410_233);
    case.organization = OrganizationSearch {
        account: Some(SalesforceId::parse(SFDC18).unwrap()),
        load: Load::Got(Found::One(organization(91, "Lindqvist Widgets"))),
        ..OrganizationSearch::default()
    };
    case.precheck = Precheck {
        organization: Some(91.try_into().unwrap()),
        details: Load::Got(tether::record::organization::Details {
            name: "Lindqvist Widgets".to_owned(),
            ..Default::default()
        }),
        people: Load::Got(vec![user(501, "grace@example.com", Some(91))]),
        unreadable: 0,
    };
    case
}

// ---- pages of the portal ----

/// An address and its HTML.
pub type Web = (String, String);

pub fn link(model: &str, id: u64, says: &str) -> String {
    format!(r#"<a href="/admin/{model}/{id}">{}</a>"#, escaped(says))
}

pub fn license_page(id: u64, name: &str, trial: bool) -> Web {
    let fields = vec![vec![
        pages::number("id", "Id", &id.to_string()),
        Field {
            kind: "boolean",
            ..field("trial", "Trial", &boolean(Version::V3, Some(trial)))
        },
        field("name", "Name", "Ada Lindqvist"),
        field("email", "Email", SOLD_TO),
        field("zuora_subscription_name", "Zuora subscription name", name),
        field("expires_at", "Expires at", "November 24, 2027"),
    ]];
    (
        pages::url("license", id),
        show(Version::V3, "license", id, &fields),
    )
}

pub fn activation_page(id: u64, name: &str) -> Web {
    let fields = vec![vec![
        field("activation_code", "Activation code", CODE),
        field("subscription_name", "Subscription name", name),
        Field {
            kind: "boolean",
            ..field("trial", "Trial", &boolean(Version::V3, Some(false)))
        },
    ]];
    (
        pages::url("cloud_activation", id),
        show(Version::V3, "cloud_activation", id, &fields),
    )
}

pub fn order_page(id: u64, name: &str, account: u64) -> Web {
    let fields = vec![vec![
        field("subscription_name", "Subscription name", name),
        field(
            "billing_account",
            "Billing account",
            &link("billing_account", account, "Lindqvist"),
        ),
        field("start_date", "Start date", "November 24, 2025"),
        field("end_date", "End date", "November 23, 2027"),
    ]];
    (
        pages::url("order", id),
        show(Version::V3, "order", id, &fields),
    )
}

pub fn account_page(id: u64, salesforce: &str, sold_to: &str) -> Web {
    let fields = vec![vec![
        field(
            "zuora_account_name",
            "Zuora account name",
            "Lindqvist Widgets AB",
        ),
        field("salesforce_account_id", "Salesforce account", salesforce),
        field("sold_to", "Sold to", sold_to),
    ]];
    (
        pages::url("billing_account", id),
        show(Version::V3, "billing_account", id, &fields),
    )
}

/// An account whose Sold-to is a name that leads to a contact.
pub fn account_page_by_name(id: u64, salesforce: &str, contact: u64) -> Web {
    account_page(
        id,
        salesforce,
        &link("billing_account_contact", contact, "Ada Lindqvist"),
    )
}

pub fn contact_page(id: u64, email: &str) -> Web {
    let fields = vec![vec![
        field("first_name", "First name", "Ada"),
        field("work_email", "Work email", email),
    ]];
    (
        pages::url("billing_account_contact", id),
        show(Version::V3, "billing_account_contact", id, &fields),
    )
}

// ---- a Zendesk that answers ----

/// The API's data.
#[derive(Clone, Debug)]
pub struct Zendesk {
    pub subject: String,
    pub requester_name: String,
    pub requester_email: String,
    /// The requester's organization, as the ticket's answer names it.
    pub organization: Option<u64>,
    pub organization_name: String,
    pub subscription_email: Option<String>,
    /// The title of that field.
    pub email_title: String,
    pub comments: Vec<String>,
    pub organizations: Vec<Value>,
    /// The users of the organization to join.
    pub people: Vec<Value>,
    /// `Notes` of the requester.
    pub notes: String,
    /// The organizations that the requester is in besides their own.
    pub more_organizations: Vec<u64>,
    /// The value of `Support Ops Problem Type`.
    pub problem_type: Option<String>,
    /// The value of `L&R Product Type`.
    pub product: Option<String>,
    /// The ticket's form, and the names of forms.
    pub form: Option<u64>,
    pub form_name: String,
    /// When the ticket was last changed.
    pub updated_at: String,
    /// The ticket's assignee.
    pub assignee: Option<u64>,
    pub group: Option<u64>,
}

impl Default for Zendesk {
    fn default() -> Self {
        Self {
            subject: "Please associate me".to_owned(),
            requester_name: "Ada Lindqvist".to_owned(),
            requester_email: "ada@home.example".to_owned(),
            organization: None,
            organization_name: "Old Corp".to_owned(),
            subscription_email: Some(SOLD_TO.to_owned()),
            email_title: "Subscription Email".to_owned(),
            comments: Vec::new(),
            organizations: vec![organization_json(
                91,
                "Lindqvist Widgets",
                Some(SFDC18),
                Some(SFDC15),
            )],
            people: vec![user_json(501, "grace@example.com", Some(91))],
            notes: String::new(),
            more_organizations: Vec::new(),
            problem_type: Some("association".to_owned()),
            product: Some("Self-Managed".to_owned()),
            form: None,
            form_name: "Support".to_owned(),
            updated_at: "2026-11-24T09:00:00Z".to_owned(),
            assignee: None,
            group: None,
        }
    }
}

pub fn organization_json(id: u64, name: &str, long: Option<&str>, short: Option<&str>) -> Value {
    json!({"id": id, "name": name, "result_type": "organization", "organization_fields": {"salesforce_id": long, "sfdc_short_id": short}})
}

pub fn user_json(id: u64, email: &str, organization: Option<u64>) -> Value {
    json!({"id": id, "name": format!("User {id}"), "email": email, "role": "end-user", "suspended": false,
        "organization_id": organization, "notes": "", "details": ""})
}

/// The organizations of a user, as the API lists them.
pub fn memberships(user: u64, organizations: &[u64]) -> Answer {
    let all: Vec<Value> = (1..)
        .zip(organizations)
        .map(|(n, organization)| json!({"id": 10 * user + n, "user_id": user, "organization_id": organization, "default": n == 1,
            // 91 and 92 are namesakes.
            "organization_name": if [91, 92].contains(organization) { "Lindqvist Widgets" } else { "Other" }}))
        .collect();
    ok(&json!({"organization_memberships": all, "meta": {"has_more": false}}))
}

pub fn ok(body: &Value) -> Answer {
    status(200, &body.to_string(), None)
}

pub fn status(status: u16, body: &str, retry_after: Option<&str>) -> Answer {
    Answer::Response(Response {
        status,
        url: format!("https://{ZENDESK}/api/v2/x"),
        content_type: "application/json".to_owned(),
        retry_after: retry_after.map(str::to_owned),
        mitigated: None,
        body: body.to_owned(),
    })
}

impl Zendesk {
    /// The answer to a read, as the API gives it.
    pub fn answer(&self, url: &str) -> Answer {
        let path = url
            .strip_prefix(&format!("https://{ZENDESK}/api/v2/"))
            .unwrap_or_else(|| panic!("an address of the API: {url}"));
        if let Some(rest) = path.strip_prefix("tickets/") {
            let id: u64 = rest.split(['/', '?']).next().unwrap().parse().unwrap();
            return if rest.contains("/comments") {
                self.comments()
            } else {
                self.ticket(id)
            };
        }
        if path.starts_with("ticket_fields") {
            return ok(&json!({"ticket_fields": [
                {"id": 11, "title": "Support Ops Problem Type", "active": true, "custom_field_options": [
                    {"name": "Manage my organization\u{2019}s contacts", "value": "manage_contacts"}, {"name": "Other", "value": "association"}]},
                {"id": 12, "title": "L&R Product Type", "active": true},
                {"id": 13, "title": self.email_title, "active": true}
            ], "meta": {"has_more": false}}));
        }
        if path == "users/me" {
            return ok(&json!({"user": {"id": 3, "name": "Agent One", "role": "agent"}}));
        }
        if path.starts_with("groups/assignable") {
            let groups = json!([{"id": 81, "name": "Support Ops"}, {"id": 82, "name": "Support Ops Fullstack"}]);
            return ok(&json!({"groups": groups, "meta": {"has_more": false}}));
        }
        if let Some(id) = path.strip_prefix("ticket_forms/") {
            return ok(
                &json!({"ticket_form": {"id": id.parse::<u64>().unwrap(), "name": self.form_name}}),
            );
        }
        if let Some(id) = path
            .strip_prefix("users/")
            .and_then(|id| id.parse::<u64>().ok())
        {
            return self.user(id);
        }
        if let Some((id, "organization_memberships")) = path
            .split_once('?')
            .and_then(|(path, _)| path.strip_prefix("users/")?.split_once('/'))
        {
            let id: u64 = id.parse().unwrap();
            let found = self
                .people
                .iter()
                .find(|u| u["id"] == id)
                .map(|u| u["organization_id"].as_u64());
            let own = found.unwrap_or(self.organization);
            let more = self.more_organizations.iter().filter(|_| id == 7).copied();
            return memberships(id, &own.into_iter().chain(more).collect::<Vec<_>>());
        }
        if let Some(rest) = path.strip_prefix("organizations/") {
            if rest.contains("/users?") {
                return ok(&json!({"users": self.people, "meta": {"has_more": false}}));
            }
            let id: u64 = rest.parse().unwrap();
            let found = self.organizations.iter().find(|o| o["id"] == id).cloned();
            let own = json!({"id": id, "name": self.organization_name, "organization_fields": {}});
            return ok(&json!({"organization": found.unwrap_or(own)}));
        }
        assert!(
            path.starts_with("search?query=type%3Aorganization%20"),
            "{url}"
        );
        let wants = |field: &str, o: &Value| {
            let value = o["organization_fields"][field].as_str().unwrap_or("-");
            path.ends_with(&format!("{field}%3A{value}"))
        };
        let found: Vec<&Value> = self
            .organizations
            .iter()
            .filter(|o| wants("salesforce_id", o) || wants("sfdc_short_id", o))
            .collect();
        ok(&json!({"results": found, "next_page": null}))
    }

    fn ticket(&self, id: u64) -> Answer {
        ok(&json!({
            "ticket": {"id": id, "subject": self.subject, "status": "open", "requester_id": 7, "ticket_form_id": self.form,
                "updated_at": self.updated_at, "assignee_id": self.assignee, "group_id": self.group, "custom_fields": [
                    {"id": 11, "value": self.problem_type}, {"id": 12, "value": self.product}, {"id": 13, "value": self.subscription_email}]},
            "users": [{"id": 7, "name": self.requester_name, "email": self.requester_email, "organization_id": self.organization}],
            "organizations": self.organization.iter().map(|id| json!({"id": id, "name": self.organization_name})).collect::<Vec<_>>()
        }))
    }

    fn user(&self, id: u64) -> Answer {
        let requester = json!({"id": 7, "name": self.requester_name, "email": self.requester_email, "role": "end-user", "suspended": false,
            "organization_id": self.organization, "notes": self.notes});
        let found = self.people.iter().find(|u| u["id"] == id).cloned();
        match found.or_else(|| (id == 7).then_some(requester)) {
            Some(user) => ok(&json!({"user": user})),
            None => status(
                404,
                r#"{"error":"RecordNotFound","description":"Not found"}"#,
                None,
            ),
        }
    }

    fn comments(&self) -> Answer {
        let all: Vec<Value> = (1..)
            .zip(&self.comments)
            .map(|(id, text)| json!({"id": id, "author_id": 7, "public": true, "plain_body": text, "html_body": ""}))
            .collect();
        ok(&json!({"comments": all, "meta": {"has_more": false}}))
    }
}

// ---- a browser that obeys ----

/// The background as the browser runs it: events go in, and effects are kept for the test to look
/// at and answer.
#[derive(Clone)]
pub struct Browser {
    pub model: Model,
    pub profile: Profile,
    pub now: u64,
    pub zendesk: Zendesk,
    /// Reads that are not answered yet.
    pub reads: Vec<(u64, String)>,
    /// All effects, in order.
    pub told: Vec<Effect>,
    /// The content of storage.
    pub stored: BTreeMap<String, String>,
    /// Whether to restart the background after every event.
    pub stops: bool,
    /// Whether the browser fails to save anything.
    pub keeps_nothing: bool,
    /// What the engineer last saw, until the panel is drawn again: the case and the HTML.
    pub seen: RefCell<Option<(Option<CaseKey>, String)>>,
}

impl Browser {
    pub fn new() -> Self {
        Self {
            model: Model::default(),
            profile: profile(),
            now: NOW,
            zendesk: Zendesk::default(),
            reads: Vec::new(),
            told: Vec::new(),
            stored: BTreeMap::new(),
            stops: false,
            keeps_nothing: false,
            seen: RefCell::new(None),
        }
    }

    /// A browser with the panel open on ticket 41 in tab 1, and its reads answered. The requester
    /// gave their license ID and its activation code.
    pub fn at_ticket() -> Self {
        let mut browser = Self::new();
        browser.zendesk.comments = vec![
            format!("The activation code is {CODE}."),
            "Our license ID is 410233.".to_owned(),
        ];
        browser.tell(Event::PanelOpened);
        browser.look(1, &ticket_address(41));
        browser.settle();
        browser
    }

    /// The same, with a ticket about GitLab.com.
    pub fn at_dot_com() -> Self {
        let mut browser = Self::new();
        browser.zendesk.product = Some("GitLab.com".to_owned());
        browser.tell(Event::PanelOpened);
        browser.look(1, &ticket_address(41));
        browser.settle();
        browser
    }

    pub fn world(&self) -> World<'_> {
        World {
            profile: &self.profile,
            now_ms: self.now,
        }
    }

    /// Delivers an event as the background does: update, save, obey.
    pub fn tell(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.tell_once(event);
        if self.stops {
            self.stop();
        }
        effects
    }

    fn tell_once(&mut self, event: Event) -> Vec<Effect> {
        // Another ticket in front leaves the engineer with what they saw; any other event draws the
        // panel again.
        if !matches!(event, Event::TabSeen { .. } | Event::TabSeenIn { .. }) {
            self.seen.take();
        }
        let effects = tether::app::handle(&mut self.profile, &mut self.model, event, self.now);
        let save = self.model.save();
        if !self.keeps_nothing {
            for (key, value) in save {
                match value {
                    Some(value) => self.stored.insert(key, value),
                    None => self.stored.remove(&key),
                };
            }
            self.model.confirm_saved();
        }
        for effect in &effects {
            if let Effect::Read { id, url, .. } = effect {
                self.reads.push((*id, url.clone()));
            }
        }
        self.told.extend(effects.clone());
        effects
    }

    /// Restarts the background: its reads are lost, and storage is restored.
    pub fn stop(&mut self) {
        self.reads.clear();
        self.model = Model::restore(self.stored.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        self.tell_once(Event::Woke);
    }

    /// A tab with that address comes to the front.
    pub fn look(&mut self, tab: i64, url: &str) -> Vec<Effect> {
        self.tell(Event::TabSeen {
            tab,
            url: url.to_owned(),
            front: true,
        })
    }

    /// The engineer goes to a page of the portal, which reports itself.
    pub fn browse(&mut self, tab: i64, (url, html): &Web) -> Vec<Effect> {
        let mut effects = self.look(tab, url);
        effects.extend(self.tell(Event::PortalPage {
            tab,
            url: url.clone(),
            html: html.clone(),
        }));
        effects
    }

    pub fn press(&mut self, name: &str, fields: &[(&str, &str)]) -> Vec<Effect> {
        let command = self.pressed(name, fields);
        self.tell(command)
    }

    /// What the panel sends for a press: the case that it showed, and what the pressed control says it is about.
    pub fn pressed(&self, name: &str, fields: &[(&str, &str)]) -> Event {
        let seen = self.seen.borrow();
        let case = match &*seen {
            Some((case, _)) => case.clone(),
            None => self.model.tabs.focus().cloned(),
        };
        let mut all: Map<String, String> = Map::new();
        if CARRIERS.contains(&name) {
            let html = seen.as_ref().map_or_else(
                || tether::view::panel(&self.model, self.world()),
                |(_, html)| html.clone(),
            );
            all = carried(&html, name, fields);
        }
        all.extend(
            fields
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned())),
        );
        Event::Command {
            case,
            window: None,
            name: name.to_owned(),
            fields: all,
        }
    }

    /// A file that is dropped on the panel as it was seen.
    pub fn dropped(&self, name: &str, size: u64, base64: &str) -> Event {
        let case = self.model.tabs.focus().cloned();
        Event::FileGiven {
            case,
            window: None,
            name: name.to_owned(),
            size,
            base64: base64.to_owned(),
        }
    }

    /// Answers every read, and those that the answers lead to.
    pub fn settle(&mut self) {
        for _ in 0..100 {
            let Some((id, url)) = (!self.reads.is_empty()).then(|| self.reads.remove(0)) else {
                return;
            };
            let answer = self.zendesk.answer(&url);
            self.tell(Event::Answered { id, answer });
        }
        panic!("the reads never end: {:?}", self.reads);
    }

    pub fn answer(&mut self, id: u64, answer: Answer) -> Vec<Effect> {
        self.reads.retain(|(waiting, _)| *waiting != id);
        self.tell(Event::Answered { id, answer })
    }

    /// The one read that waits for an address holding this.
    pub fn read_of(&self, part: &str) -> u64 {
        let found: Vec<u64> = self
            .reads
            .iter()
            .filter(|(_, url)| url.contains(part))
            .map(|(id, _)| *id)
            .collect();
        assert_eq!(found.len(), 1, "{part} in {:?}", self.reads);
        found[0]
    }

    pub fn outcome(&mut self, effect: u64, outcome: Outcome) -> Vec<Effect> {
        // Where the order went; a page that has none says it of any.
        let tab = self
            .model
            .page_jobs
            .get(&effect)
            .map(|job| job.tab)
            .unwrap_or(1);
        self.tell(Event::PageResult {
            tab,
            effect,
            outcome,
        })
    }

    /// The panel, as the engineer sees it from now on.
    pub fn view(&self) -> String {
        let html = tether::view::panel(&self.model, self.world());
        self.seen
            .replace(Some((self.model.tabs.focus().cloned(), html.clone())));
        html
    }

    /// The panel of another window.
    pub fn view_in(&mut self, window: i64) -> String {
        let world = World {
            profile: &self.profile,
            now_ms: self.now,
        };
        self.model
            .saying_in(window, |model| tether::view::panel_in(model, window, world))
    }

    pub fn case(&self, ticket: u64) -> &Case {
        self.model.case(&key(ticket)).expect("the case is kept")
    }

    /// The addresses asked so far.
    pub fn asked(&self) -> Vec<&str> {
        self.told
            .iter()
            .filter_map(|e| {
                if let Effect::Read { url, .. } = e {
                    Some(url.as_str())
                } else {
                    None
                }
            })
            .collect()
    }

    /// Every text that storage holds, taken out of its form.
    pub fn storage(&self) -> String {
        let readable = |text: &str| {
            String::from_utf8_lossy(&storage::bytes_of(text).expect("what is stored has its form"))
                .into_owned()
        };
        self.stored
            .iter()
            .map(|(k, v)| format!("{k}={}\n", readable(v)))
            .collect()
    }

    /// The license route of ticket 41, without any read answered.
    pub fn walk_license_route(&mut self) {
        self.browse(2, &license_page(410_233, SUB, false));
        self.browse(2, &order_page(700_101, SUB, 9_001));
        self.browse(2, &account_page(9_001, SFDC18, SOLD_TO));
    }
}

/// The commands with controls that say what they are about.
pub const CARRIERS: [&str; 18] = [
    "run_plan",
    "undo_reply",
    "continue_plan",
    "remove",
    "open_record",
    "take_offered",
    "keep_held",
    "use_aside",
    "leave_aside",
    "accept",
    "reject",
    "associate",
    "show_case",
    "undecide",
    "toggle_contact",
    "pick_leaver",
    "add_contacts",
    "remove_contacts",
];

/// The fields of the first control for a command that agrees with those given.
pub fn carried(html: &str, name: &str, given: &[(&str, &str)]) -> Map<String, String> {
    let page = scraper::Html::parse_fragment(html);
    let controls =
        scraper::Selector::parse(&format!("[data-command='{name}']")).expect("a selector");
    let fields = |control: scraper::ElementRef<'_>| -> Map<String, String> {
        let attributes = control.value().attrs();
        attributes
            .filter_map(|(key, value)| {
                Some((
                    key.strip_prefix("data-field-")?.to_owned(),
                    value.to_owned(),
                ))
            })
            .collect()
    };
    // A reason may be another than the one that the button gives.
    let agrees = |own: &Map<String, String>| {
        given
            .iter()
            .all(|(key, value)| *key == "reason" || own.get(*key).is_none_or(|v| v == value))
    };
    page.select(&controls)
        .map(fields)
        .find(agrees)
        .unwrap_or_default()
}

pub fn ticket_address(id: u64) -> String {
    format!("https://{ZENDESK}/agent/tickets/{id}")
}

/// The order to write a note among effects: its tab and number.
pub fn writes(effects: &[Effect]) -> Vec<(i64, u64)> {
    effects
        .iter()
        .filter_map(|e| match e {
            Effect::Page {
                tab,
                job: Job::WriteNote { effect, .. },
            } => Some((*tab, *effect)),
            _ => None,
        })
        .collect()
}

/// The orders to write by the API among effects: tab, number, method, path and body.
pub fn requests(effects: &[Effect]) -> Vec<(i64, u64, String, String, Value)> {
    effects
        .iter()
        .filter_map(|e| match e {
            Effect::Page {
                tab,
                job:
                    Job::Request {
                        effect,
                        method,
                        path,
                        body,
                        ..
                    },
            } => Some((*tab, *effect, method.clone(), path.clone(), body.clone())),
            _ => None,
        })
        .collect()
}

/// The orders to fill the Organization field among effects: tab, number, user and name.
pub fn fillings(effects: &[Effect]) -> Vec<(i64, u64, u64, String)> {
    effects
        .iter()
        .filter_map(|e| match e {
            Effect::Page {
                tab,
                job:
                    Job::FillOrganization {
                        effect, user, name, ..
                    },
            } => Some((*tab, *effect, *user, name.clone())),
            _ => None,
        })
        .collect()
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

/// Saves settings as the browser does: nothing takes one away.
pub fn keep(
    kept: &mut BTreeMap<String, String>,
    entries: impl IntoIterator<Item = (String, Value)>,
) {
    for (path, value) in entries {
        let key = format!("profile:{path}");
        match value {
            Value::Null => kept.remove(&key),
            value => kept.insert(key, value.to_string()),
        };
    }
}
