//! Both sites with a memory: users, organizations, tickets and comments that writes change, and the portal's pages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tether::app::effect::Job;
use tether::app::event::{Fetched, Outcome, StatusChoice};
use tether::reading::{Answer, Response};
use tether::zendesk::diagnose::{ComposerSeen, FieldSeen, Looked};

use super::pages::{self, Cell, Version};
use super::{
    CODE, OTHER_SFDC, PORTAL, SFDC15, SFDC18, SOLD_TO, SUB, Web, ZENDESK, account_page,
    account_page_by_name, activation_page, contact_page, license_page, memberships, ok, order_page,
    organization_json, status, text_of,
};

/// The subscription whose billing account no organization carries.
pub const LONELY: &str = "A-S00200000";
/// The subscription whose Sold-to is a name that leads to a contact.
pub const NAMED: &str = "A-S00300000";
/// The engineer.
pub const AGENT: u64 = 900;
/// The organization to join.
pub const ORGANIZATION: u64 = 91;

/// Percent signs of an address, undone.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|h| std::str::from_utf8(h).ok());
        match hex.and_then(|h| u8::from_str_radix(h, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The order list as the filter answers.
pub fn orders_page(name: &str, rows: &[u64], account: u64) -> Web {
    let columns = [
        ("id", "Id"),
        ("subscription_name", "Subscription name"),
        ("billing_account", "Billing account"),
    ];
    let link = format!(r#"<a href="/admin/billing_account/{account}">Lindqvist</a>"#);
    let cells = |_: &u64| -> Vec<Cell> {
        vec![
            ("subscription_name", name.to_owned(), name.to_owned()),
            ("billing_account", "Lindqvist".to_owned(), link.clone()),
        ]
    };
    let rows: Vec<_> = rows.iter().map(|id| (*id, cells(id))).collect();
    let url = format!(
        "https://{PORTAL}/admin/order?f%5Bsubscription_name%5D%5B1%5D%5Bo%5D=is&f%5Bsubscription_name%5D%5B1%5D%5Bv%5D={name}"
    );
    (
        url,
        pages::list(
            Version::V3,
            "order",
            &columns,
            &rows,
            &format!("{} orders", rows.len()),
        ),
    )
}

/// The cloud activations that a search for the code finds.
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

/// An answer of HTML.
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

/// Whether an answer holds what it should, as the page script sees it: an empty text is the same as none.
fn holds(is: &Value, wanted: &Value) -> bool {
    let empty = |value: &Value| value.is_null() || value == "";
    match wanted {
        Value::Object(wanted) => {
            is.is_object() && wanted.iter().all(|(key, value)| holds(&is[key], value))
        }
        Value::Array(wanted) => is.as_array().is_some_and(|all| {
            all.len() == wanted.len()
                && all.iter().zip(wanted).all(|(is, wanted)| holds(is, wanted))
        }),
        _ => is == wanted || (empty(is) && empty(wanted)),
    }
}

/// The list of licenses.
pub fn licenses_page(ids: &[u64]) -> Web {
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (*id, vec![("name", "Ada".to_owned(), "Ada".to_owned())]))
        .collect();
    let columns = [("id", "Id"), ("name", "Name")];
    let total = format!("{} licenses", ids.len());
    (
        format!("https://{PORTAL}/admin/license"),
        pages::list(Version::V3, "license", &columns, &rows, &total),
    )
}

/// What a Zendesk's administrators choose.
#[derive(Clone, Debug)]
pub struct Account {
    /// Numbers and names of the ticket forms.
    pub forms: Vec<(u64, String)>,
    /// The titles of the problem type, the product type and the subscription email.
    pub field_titles: [String; 3],
    /// The title of the stage's field.
    pub stage_title: String,
    /// The tags that tickets had lately.
    pub tags: Vec<String>,
    /// The options of the problem type and of the product type: names and tags.
    pub problem_options: Vec<(String, String)>,
    pub product_options: Vec<(String, String)>,
    pub organization_keys: Vec<String>,
    pub groups: Vec<(u64, String)>,
    pub several_organizations: Option<bool>,
    /// The configuration of the agent's custom role, if they have one.
    pub role: Option<Value>,
    /// What the agent's own record says, besides their role.
    pub me: Value,
}

impl Default for Account {
    fn default() -> Self {
        let pairs = |all: &[(&str, &str)]| {
            all.iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
                .collect()
        };
        let numbered =
            |all: &[(u64, &str)]| all.iter().map(|(n, a)| (*n, (*a).to_owned())).collect();
        let keys = [
            "salesforce_id",
            "sfdc_short_id",
            "account_type",
            "support_level",
            "expiration_date",
            "support_hold",
            "restricted_account",
            "partner_customer",
        ];
        Self {
            forms: numbered(&[(5, "Support Ops"), (6, "Support")]),
            field_titles: [
                "Support Ops Problem Type",
                "L&R Product Type",
                "Subscription Email",
            ]
            .map(str::to_owned),
            stage_title: "Ticket Stage".to_owned(),
            tags: vec![
                "base_weight_set".to_owned(),
                "base_weight_set_by_hand".to_owned(),
            ],
            problem_options: pairs(&[
                (
                    "Manage my organization\u{2019}s contacts",
                    "manage_contacts",
                ),
                ("Other", "association"),
            ]),
            product_options: pairs(&[
                ("GitLab Self-Managed", "self_managed"),
                ("GitLab.com", "saas"),
            ]),
            organization_keys: keys.map(str::to_owned).to_vec(),
            groups: numbered(&[(81, "Support Ops"), (82, "Support Ops Fullstack")]),
            several_organizations: Some(false),
            role: None,
            me: json!({"id": AGENT, "name": "Agent One", "role": "agent", "role_type": null,
                "ticket_restriction": null, "only_private_comments": false, "custom_role_id": null}),
        }
    }
}

impl Account {
    fn ticket_fields(&self) -> Value {
        let options = |all: &[(String, String)]| -> Vec<Value> {
            all.iter()
                .map(|(name, value)| json!({"name": name, "value": value}))
                .collect()
        };
        let [problem, product, email] = &self.field_titles;
        json!({"ticket_fields": [
            {"id": 11, "title": problem, "active": true, "custom_field_options": options(&self.problem_options)},
            {"id": 12, "title": product, "active": true, "custom_field_options": options(&self.product_options)},
            {"id": 13, "title": email, "active": true},
            {"id": 14, "title": "Severity", "active": true},
            {"id": 15, "title": self.stage_title, "active": true, "custom_field_options": [
                {"name": "FRT", "value": "stage_frt"}, {"name": "NRT", "value": "stage_nrt"}]},
        ], "meta": {"has_more": false}})
    }
}

/// What both sites hold.
#[derive(Clone, Debug)]
pub struct Sites {
    pub users: BTreeMap<u64, Value>,
    pub organizations: BTreeMap<u64, Value>,
    pub tickets: BTreeMap<u64, Value>,
    pub comments: BTreeMap<u64, Vec<Value>>,
    /// The organizations that users are in besides their own.
    pub more_organizations: BTreeMap<u64, Vec<u64>>,
    /// The addresses that users have besides their own.
    pub more_addresses: BTreeMap<u64, Vec<String>>,
    /// The tickets that a user requested.
    pub requested: BTreeMap<u64, Vec<Value>>,
    /// Number, title and HTML.
    pub macros: Vec<(u64, String, String)>,
    pub files: BTreeMap<String, Vec<u8>>,
    pub portal: BTreeMap<String, String>,
    pub form_name: String,
    /// What the account is called and how it is set up.
    pub account: Account,
    /// Tickets whose page was loaded before what was saved last, and doesn't show it.
    pub outdated_pages: BTreeSet<u64>,
    /// Whether the pages of tickets don't follow changes: what is saved to a ticket outdates its page.
    pub pages_stay: bool,
    /// The composers' content, by ticket: whether it is public, and its lines.
    pub composers: BTreeMap<u64, (bool, Vec<String>)>,
    /// Writes that were made: method, path, body; those by the page's field as `FIELD`.
    pub written: Vec<(String, String, Value)>,
    clock: u64,
}

impl Sites {
    /// Ticket 41: a license ID, the requester in no organization. 42: a contact who names others. 43: a license whose account no
    /// organization carries. 44: an activation code, and a Sold-to by name. 45: a license ID in a file. 46: a key that does not open.
    pub fn new() -> Self {
        let mut sites = Self {
            users: BTreeMap::new(),
            organizations: BTreeMap::new(),
            more_organizations: BTreeMap::new(),
            more_addresses: BTreeMap::new(),
            tickets: BTreeMap::new(),
            comments: BTreeMap::new(),
            requested: BTreeMap::new(),
            macros: vec![
                (
                    71,
                    "Users added to organization".to_owned(),
                    "<p>Hello,</p><p>You can open tickets now.</p>".to_owned(),
                ),
                (
                    72,
                    "Proof of support entitlement".to_owned(),
                    "<p>Hello,</p><p>Please send us a proof.</p>".to_owned(),
                ),
            ],
            files: BTreeMap::new(),
            portal: BTreeMap::new(),
            form_name: "Support Ops".to_owned(),
            account: Account::default(),
            outdated_pages: BTreeSet::new(),
            pages_stay: false,
            composers: BTreeMap::new(),
            written: Vec::new(),
            clock: 0,
        };
        for mut organization in [
            organization_json(
                ORGANIZATION,
                "Lindqvist Widgets",
                Some(SFDC18),
                Some(SFDC15),
            ),
            organization_json(77, "Other", None, None),
        ] {
            organization["updated_at"] = json!("2026-10-01T07:00:00Z");
            sites
                .organizations
                .insert(organization["id"].as_u64().unwrap(), organization);
        }
        for (id, name, email, organization) in [
            (7, "Ada Lindqvist", "ada@home.example", None),
            (
                8,
                "Bo Lindqvist",
                "bo@lindqvist.example",
                Some(ORGANIZATION),
            ),
            (9, "Cy Lindqvist", "cy@home.example", None),
            (10, "Di Lindqvist", "di@home.example", None),
            (11, "Ed Lindqvist", "ed@home.example", None),
            (501, "Grace", "grace@example.com", Some(ORGANIZATION)),
            (502, "Hal", "hal@lindqvist.example", Some(ORGANIZATION)),
            (503, "Ian", "ian@lindqvist.example", None),
            (504, "Jo", "jo@lindqvist.example", Some(77)),
        ] {
            sites.user(id, name, email, organization);
        }
        for (id, requester) in [(41, 7), (42, 8), (43, 9), (44, 10), (45, 11), (46, 11)] {
            sites.ticket(id, requester);
        }
        sites.says(41, 7, "our license ID is 410233.");
        sites.says(42, 8, "Please add ian@lindqvist.example, new.person@lindqvist.example and jo@lindqvist.example.");
        sites.says(43, 9, "our license ID is 410240.");
        sites.says(44, 10, &format!("The activation code is {CODE}, thanks."));
        sites.says(45, 11, "It is in the file.");
        let url = format!("https://{ZENDESK}/attachments/token/abc/?name=proof.txt");
        let file = json!({"id": 61, "file_name": "proof.txt", "content_type": "text/plain", "size": 30, "content_url": url,
            "malware_scan_result": "malware_not_found"});
        sites.comments.get_mut(&45).unwrap()[0]["attachments"] = json!([file]);
        sites
            .files
            .insert(url, b"our license ID is 410233.".to_vec());
        sites.says(
            46,
            11,
            "Our license key: eyJkYXRhIjoiYUJDZGVmR2hpSmtsTW5vUHFyU3R1dld4WXoK...",
        );
        for web in [
            license_page(410_233, SUB, false),
            license_page(410_240, LONELY, false),
            search_page(&[30_011]),
            licenses_page(&[410_233, 410_240]),
            activation_page(30_011, NAMED),
            orders_page(SUB, &[700_101], 9_001),
            orders_page(LONELY, &[700_201], 9_002),
            orders_page(NAMED, &[700_301], 9_003),
            order_page(700_101, SUB, 9_001),
            order_page(700_201, LONELY, 9_002),
            order_page(700_301, NAMED, 9_003),
            account_page(9_001, SFDC18, SOLD_TO),
            account_page(9_002, OTHER_SFDC, SOLD_TO),
            account_page_by_name(9_003, SFDC18, 5_001),
            contact_page(5_001, SOLD_TO),
        ] {
            sites.portal.insert(web.0, web.1);
        }
        sites
    }

    pub fn user(&mut self, id: u64, name: &str, email: &str, organization: Option<u64>) {
        let user = json!({"id": id, "name": name, "email": email, "role": "end-user", "suspended": false,
            "active": true, "organization_id": organization, "notes": "", "details": ""});
        self.users.insert(id, user);
    }

    fn ticket(&mut self, id: u64, requester: u64) {
        let ticket = json!({"id": id, "subject": "Please associate me", "status": "open", "requester_id": requester, "ticket_form_id": 5,
            "tags": [], "updated_at": self.stamp(), "assignee_id": null, "group_id": null, "custom_fields": [
                {"id": 11, "value": null}, {"id": 12, "value": "self_managed"}, {"id": 13, "value": SOLD_TO}]});
        self.tickets.insert(id, ticket);
        self.comments.insert(id, Vec::new());
    }

    pub fn says(&mut self, ticket: u64, author: u64, text: &str) {
        let comments = self.comments.get_mut(&ticket).unwrap();
        let id = 1000 * ticket + comments.len() as u64;
        comments.push(json!({"id": id, "author_id": author, "public": true, "plain_body": text, "html_body": "",
            "created_at": "2026-11-20T09:15:00Z", "attachments": []}));
    }

    fn stamp(&mut self) -> String {
        self.clock += 1;
        format!(
            "2026-11-24T{:02}:{:02}:{:02}Z",
            self.clock / 3600 % 24,
            self.clock / 60 % 60,
            self.clock % 60
        )
    }

    /// A colleague writes into a ticket.
    pub fn touch(&mut self, ticket: u64) {
        let stamp = self.stamp();
        self.says(ticket, 902, "A colleague was here.");
        self.comments.get_mut(&ticket).unwrap().last_mut().unwrap()["created_at"] = json!(stamp);
        self.tickets.get_mut(&ticket).unwrap()["updated_at"] = json!(stamp);
    }

    /// The organization in which a user is.
    pub fn organization_of(&self, user: u64) -> Option<u64> {
        self.users.get(&user)?["organization_id"].as_u64()
    }

    /// All organizations in which a user is, their own first.
    pub fn organizations_of(&self, user: u64) -> Vec<u64> {
        let more = self
            .more_organizations
            .get(&user)
            .into_iter()
            .flatten()
            .copied();
        self.organization_of(user).into_iter().chain(more).collect()
    }

    /// All addresses of a user, their own first.
    pub fn addresses_of(&self, user: u64) -> Vec<String> {
        let own = self
            .users
            .get(&user)
            .and_then(|u| u["email"].as_str())
            .map(str::to_owned);
        own.into_iter()
            .chain(
                self.more_addresses
                    .get(&user)
                    .into_iter()
                    .flatten()
                    .cloned(),
            )
            .collect()
    }

    /// The answer to a read, as the sites give it.
    pub fn answer(&self, url: &str) -> Answer {
        let Some(path) = url.strip_prefix(&format!("https://{ZENDESK}/api/v2/")) else {
            return match self.portal.get(url) {
                Some(body) => html(url, 200, body),
                None => html(url, 404, "<html><body>Not found</body></html>"),
            };
        };
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let query = decoded(query);
        let not_found = || {
            status(
                404,
                r#"{"error":"RecordNotFound","description":"Not found"}"#,
                None,
            )
        };
        let parts: Vec<&str> = path.split('/').collect();
        let number = |part: &str| part.parse::<u64>().unwrap_or(0);
        match parts.as_slice() {
            ["tickets", id] => self
                .tickets
                .get(&number(id))
                .map_or_else(not_found, |ticket| self.ticket_json(ticket)),
            ["tickets", id, "comments"] => match self.comments.get(&number(id)) {
                None => not_found(),
                Some(all) if query.contains("sort=-created_at") => {
                    let newest: Vec<&Value> = all.iter().rev().take(20).collect();
                    ok(&json!({"comments": newest, "meta": {"has_more": false}}))
                }
                Some(all) => ok(&json!({"comments": all, "meta": {"has_more": false}})),
            },
            ["tickets", _, "macros", id, "apply"] => {
                match self.macros.iter().find(|m| m.0 == number(id)) {
                    Some((_, _, html)) => ok(
                        &json!({"result": {"ticket": {"comment": {"html_body": html, "public": true}}}}),
                    ),
                    None => not_found(),
                }
            }
            ["ticket_fields"] => ok(&self.account.ticket_fields()),
            ["ticket_forms"] => ok(&json!({"ticket_forms": self.account.forms.iter()
                .map(|(id, name)| json!({"id": id, "name": name, "active": true})).collect::<Vec<_>>(), "next_page": null})),
            ["organization_fields"] => ok(
                &json!({"organization_fields": self.account.organization_keys.iter()
                .map(|key| json!({"key": key, "title": key, "active": true})).collect::<Vec<_>>(), "meta": {"has_more": false}}),
            ),
            ["account", "settings"] => ok(
                &json!({"settings": {"user": {"multiple_organizations": self.account.several_organizations}}}),
            ),
            ["custom_roles", id] => match &self.account.role {
                Some(role) => ok(
                    &json!({"custom_role": {"id": number(id), "name": "Support", "configuration": role}}),
                ),
                None => not_found(),
            },
            ["macros", "active"] => ok(&json!({"macros": self.macros.iter()
                .map(|m| json!({"id": m.0, "title": m.1, "active": true})).collect::<Vec<_>>(), "next_page": null})),
            ["ticket_forms", id] => {
                let named = self
                    .account
                    .forms
                    .iter()
                    .find(|(form, _)| *form == number(id));
                let name = match named {
                    Some((_, name)) if self.form_name == "Support Ops" => name,
                    _ => &self.form_name,
                };
                ok(&json!({"ticket_form": {"id": number(id), "name": name}}))
            }
            ["users", "me"] => {
                let mut me = self.account.me.clone();
                if self.account.role.is_some() {
                    me["custom_role_id"] = json!(61);
                }
                ok(&json!({"user": me}))
            }
            ["users", "search"] => {
                let email = query
                    .strip_prefix("query=email:\"")
                    .and_then(|q| q.strip_suffix('"'))
                    .unwrap_or_default()
                    .to_lowercase();
                let like = |u: &&Value| {
                    self.addresses_of(u["id"].as_u64().unwrap())
                        .iter()
                        .any(|a| a.to_lowercase() == email)
                };
                ok(
                    &json!({"users": self.users.values().filter(like).collect::<Vec<_>>(), "next_page": null}),
                )
            }
            ["users", id, "tickets", "requested"] => {
                let all = self.requested.get(&number(id)).cloned().unwrap_or_default();
                ok(&json!({"tickets": all, "meta": {"has_more": false}}))
            }
            ["users", id, "organization_memberships"] => {
                memberships(number(id), &self.organizations_of(number(id)))
            }
            ["users", id, "identities"] => {
                let id = number(id);
                let all: Vec<Value> = (1..)
                    .zip(self.addresses_of(id))
                    .map(|(n, a)| json!({"id": 10 * id + n, "user_id": id, "type": "email", "value": a, "primary": n == 1, "verified": true}))
                    .collect();
                ok(&json!({"identities": all, "meta": {"has_more": false}}))
            }
            ["users", id] => self
                .users
                .get(&number(id))
                .map_or_else(not_found, |user| ok(&json!({"user": user}))),
            ["autocomplete", "tags"] => {
                let name = query.strip_prefix("name=").unwrap_or_default();
                let like: Vec<&String> = self
                    .account
                    .tags
                    .iter()
                    .filter(|t| t.starts_with(name))
                    .collect();
                ok(&json!({"tags": like, "count": like.len()}))
            }
            ["groups", "assignable"] => ok(
                &json!({"groups": self.account.groups.iter().map(|(id, name)| json!({"id": id, "name": name})).collect::<Vec<_>>(),
                "meta": {"has_more": false}}),
            ),
            ["organizations", id, "users"] => {
                let of = |u: &&Value| {
                    self.organizations_of(u["id"].as_u64().unwrap())
                        .contains(&number(id))
                };
                ok(
                    &json!({"users": self.users.values().filter(of).collect::<Vec<_>>(), "meta": {"has_more": false}}),
                )
            }
            ["organizations", id] => self
                .organizations
                .get(&number(id))
                .map_or_else(not_found, |o| ok(&json!({"organization": o}))),
            ["search"] => {
                let wants = |field: &str, o: &Value| {
                    o["organization_fields"][field]
                        .as_str()
                        .is_some_and(|value| query.ends_with(&format!("{field}:{value}")))
                };
                let found: Vec<&Value> = self
                    .organizations
                    .values()
                    .filter(|o| wants("salesforce_id", o) || wants("sfdc_short_id", o))
                    .collect();
                ok(&json!({"results": found, "next_page": null}))
            }
            ["macros", "search"] => {
                let title = query.strip_prefix("query=").unwrap_or_default();
                let found: Vec<Value> = self
                    .macros
                    .iter()
                    .filter(|m| m.1 == title)
                    .map(|m| json!({"id": m.0, "title": m.1, "active": true}))
                    .collect();
                ok(&json!({"macros": found, "next_page": null}))
            }
            _ => panic!("nobody asks for {url}"),
        }
    }

    fn ticket_json(&self, ticket: &Value) -> Answer {
        let requester = &self.users[&ticket["requester_id"].as_u64().unwrap()];
        let organization = requester["organization_id"]
            .as_u64()
            .and_then(|id| self.organizations.get(&id));
        ok(
            &json!({"ticket": ticket, "users": [requester], "organizations": organization.into_iter().collect::<Vec<_>>()}),
        )
    }

    /// A file, as it comes.
    pub fn file(&self, url: &str) -> Fetched {
        self.files
            .get(url)
            .map_or(Fetched::Not(status(404, "", None)), |bytes| {
                Fetched::Bytes(bytes.clone())
            })
    }

    /// What the page that is to write finds to be no longer as it should, right before it writes.
    pub fn unexpected(&self, job: &Job) -> Option<Outcome> {
        let (Job::Request { expected, .. } | Job::FillOrganization { expected, .. }) = job else {
            return None;
        };
        expected.iter().find_map(|expected| {
            let path = expected.path.clone();
            let answer = self.answer(&format!("https://{ZENDESK}{path}"));
            match &answer {
                Answer::Response(response) if response.status == 200 => {
                    let is = serde_json::from_str(&response.body).unwrap();
                    (!holds(&is, &expected.holds)).then_some(Outcome::NotAsExpected { path })
                }
                _ => Some(Outcome::Answered { answer }),
            }
        })
    }

    /// An organization is changed, at a time of its own.
    pub fn change_organization(&mut self, id: u64, key: &str, value: Value) {
        let stamp = self.stamp();
        let organization = self.organizations.get_mut(&id).unwrap();
        organization[key] = value;
        organization["updated_at"] = json!(stamp);
    }

    /// A write by the API, made.
    pub fn write(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let parts: Vec<&str> = path.trim_start_matches("/api/v2/").split('/').collect();
        match (method, parts.as_slice()) {
            ("PUT", ["users", id]) => {
                let Some(user) = self.users.get_mut(&id.parse().unwrap()) else {
                    return status(404, "{}", None);
                };
                for (key, value) in body["user"].as_object().unwrap() {
                    user[key] = value.clone();
                }
                // As Zendesk does: all other organizations are dropped.
                self.more_organizations.remove(&id.parse().unwrap());
                let answer = ok(&json!({"user": user}));
                self.written
                    .push((method.to_owned(), path.to_owned(), body.clone()));
                answer
            }
            ("POST", ["users"]) => {
                let change = &body["user"];
                let email = change["email"].as_str().unwrap_or_default();
                if self
                    .users
                    .keys()
                    .any(|id| self.addresses_of(*id).iter().any(|a| a == email))
                {
                    let says = format!("Email: {email} is already being used by another user");
                    let taken = json!({"error": "RecordInvalid", "description": "Record validation errors",
                        "details": {"email": [{"description": says, "error": "DuplicateValue"}]}});
                    return status(422, &taken.to_string(), None);
                }
                let id = 5000 + self.users.len() as u64;
                let text = |key: &str| change[key].as_str().unwrap_or_default().to_owned();
                self.user(
                    id,
                    &text("name"),
                    &text("email"),
                    change["organization_id"].as_u64(),
                );
                self.written
                    .push((method.to_owned(), path.to_owned(), body.clone()));
                ok(&json!({"user": self.users[&id]}))
            }
            ("PUT", ["tickets", id]) => {
                let id: u64 = id.parse().unwrap();
                let change = &body["ticket"];
                assert_eq!(
                    change["safe_update"],
                    json!(true),
                    "a ticket is written as it was read"
                );
                if self.tickets[&id]["updated_at"] != change["updated_stamp"] {
                    return status(409, r#"{"error":"UpdateConflict"}"#, None);
                }
                let stamp = self.stamp();
                if self.pages_stay {
                    self.outdated_pages.insert(id);
                }
                let ticket = self.tickets.get_mut(&id).unwrap();
                ticket["updated_at"] = json!(stamp);
                for key in ["assignee_id", "group_id", "ticket_form_id", "tags"] {
                    if let Some(value) = change.get(key) {
                        ticket[key] = value.clone();
                    }
                }
                for field in change["custom_fields"].as_array().into_iter().flatten() {
                    let fields = ticket["custom_fields"].as_array_mut().unwrap();
                    if !fields.iter().any(|f| f["id"] == field["id"]) {
                        fields.push(json!({"id": field["id"], "value": null}));
                    }
                    fields
                        .iter_mut()
                        .filter(|f| f["id"] == field["id"])
                        .for_each(|f| f["value"] = field["value"].clone());
                }
                if let Some(html) = change["comment"]["html_body"].as_str() {
                    assert_eq!(
                        change["comment"]["public"],
                        json!(false),
                        "what Tether writes by itself is internal"
                    );
                    let comments = self.comments.get_mut(&id).unwrap();
                    let number = 1000 * id + comments.len() as u64;
                    comments.push(
                        json!({"id": number, "author_id": AGENT, "public": false, "plain_body": text_of(&html.replace("</", "\n</")),
                        "html_body": html, "created_at": stamp, "attachments": []}),
                    );
                }
                self.written
                    .push((method.to_owned(), path.to_owned(), body.clone()));
                ok(&json!({"ticket": self.tickets[&id]}))
            }
            _ => panic!("nobody writes {method} {path}"),
        }
    }

    /// The Organization field of a user's page; it is filled only while it shows nothing, or what may be replaced.
    pub fn choose(&mut self, user: u64, name: &str, replaces: Option<&str>, job: &Job) -> Outcome {
        if self.account.several_organizations == Some(true) {
            return Outcome::SeveralOrganizations;
        }
        let shown = self
            .organization_of(user)
            .map(|id| self.organizations[&id]["name"].as_str().unwrap().to_owned());
        if let Some(shown) = shown.filter(|shown| Some(shown.as_str()) != replaces) {
            return if shown == name {
                Outcome::Already { shown }
            } else {
                Outcome::FieldShows { shown }
            };
        }
        let named: Vec<u64> = self
            .organizations
            .values()
            .filter(|o| o["name"] == name)
            .map(|o| o["id"].as_u64().unwrap())
            .collect();
        match named.as_slice() {
            [] => Outcome::NoEntry { seen: Vec::new() },
            [one] => {
                // Once more, right before the entry is chosen.
                if let Some(outcome) = self.unexpected(job) {
                    return outcome;
                }
                self.users.get_mut(&user).unwrap()["organization_id"] = json!(one);
                self.written.push((
                    "FIELD".to_owned(),
                    format!("/api/v2/users/{user}"),
                    json!(name),
                ));
                Outcome::Chosen {
                    shown: name.to_owned(),
                }
            }
            several => Outcome::Several {
                count: several.len() as u64,
            },
        }
    }

    /// An order to a page, carried out.
    pub fn obey(&mut self, job: &Job) -> Outcome {
        if matches!(job, Job::Request { .. })
            && let Some(outcome) = self.unexpected(job)
        {
            return outcome;
        }
        let written = |status| Outcome::Written {
            text: String::new(),
            status,
        };
        match job {
            Job::Request {
                method, path, body, ..
            } => Outcome::Answered {
                answer: self.write(method, path, body),
            },
            Job::FillOrganization {
                user,
                name,
                replaces,
                ..
            } => self.choose(*user, name, replaces.as_deref(), job),
            Job::WriteNote {
                ticket,
                lines,
                again,
                ..
            } => {
                let there = self
                    .composers
                    .get(ticket)
                    .is_some_and(|(public, held)| !public && held == lines);
                if there && !again {
                    return Outcome::AlreadyThere;
                }
                self.composers.insert(*ticket, (false, lines.clone()));
                written(None)
            }
            Job::WriteReply { ticket, lines, .. } => {
                self.composers.insert(*ticket, (true, lines.clone()));
                written(Some(StatusChoice::Chosen))
            }
            Job::TakeReplyOut { ticket, lines, .. } => match self.composers.get_mut(ticket) {
                Some((true, held)) if held == lines => {
                    held.clear();
                    Outcome::TakenOut
                }
                _ => Outcome::DraftChanged,
            },
            Job::LookAtTicket {
                ticket, saved_ms, ..
            } => {
                if *saved_ms > 0 && self.outdated_pages.contains(ticket) {
                    Outcome::Outdated
                } else {
                    Outcome::ShowsSaved
                }
            }
            Job::FillKey { .. } => written(None),
            Job::DiagnosePortal { .. } | Job::TakePage { .. } => {
                let (url, html) = self.portal.iter().next().expect("the portal has pages");
                Outcome::Page {
                    url: url.clone(),
                    html: html.clone(),
                }
            }
            Job::DiagnoseZendesk {
                selectors, user, ..
            } => {
                let counts = selectors
                    .all()
                    .into_iter()
                    .map(|(name, list)| (name.to_owned(), vec![Some((1, 1)); list.len()]))
                    .collect();
                Outcome::Looked(Looked {
                    path: "/agent/tickets/41".to_owned(),
                    hidden: false,
                    counts,
                    offers: BTreeMap::new().into_iter().collect(),
                    composer: user.is_none().then_some(ComposerSeen::Composer),
                    channel: None,
                    organization: user.map(|_| FieldSeen::Field),
                })
            }
        }
    }
}
