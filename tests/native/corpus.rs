//! Reads every page of the corpus and compares it with the database's values.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tether::portal::{OtherPage, Page, read};
use tether::profile::portal::PortalWords;
use tether::record::ids::{BillingAccountId, SubscriptionName};
use tether::record::{RecordKind, Shown, SoldTo};

fn words() -> PortalWords {
    let profile = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("extension/site-profile.json"),
    )
    .unwrap();
    let profile: Value = serde_json::from_str(&profile).unwrap();
    serde_json::from_value(profile["portal"].clone()).unwrap()
}

#[test]
fn corpus() {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/portal");
    let named = std::env::var_os("TETHER_CORPUS").map(PathBuf::from);
    let folder = named.clone().unwrap_or(default);
    let mut indexes = Vec::new();
    find_indexes(&folder, &mut indexes);
    if indexes.is_empty() {
        assert!(
            named.is_none(),
            "TETHER_CORPUS names {}, where no index.json is",
            folder.display()
        );
        eprintln!(
            "SKIPPED: no corpus at {} (set TETHER_CORPUS)",
            folder.display()
        );
        return;
    }
    let words = words();
    let mut tally = Tally::default();
    for index in &indexes {
        let content: Value = serde_json::from_str(&fs::read_to_string(index).unwrap()).unwrap();
        let home = index.parent().unwrap();
        for entry in content["pages"].as_array().expect("pages") {
            let name = entry["file"].as_str().expect("file");
            let beside = Path::new(name).file_name().unwrap();
            let path = [home.join(name), home.join(beside)]
                .into_iter()
                .find(|p| p.is_file());
            let path = path.unwrap_or_else(|| panic!("{}: {name} is missing", index.display()));
            let html = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            tally.page(&path, entry, &html, &words);
        }
    }
    println!(
        "{} pages of {} folders read, {} values compared, {} disagreements",
        tally.pages,
        indexes.len(),
        tally.values,
        tally.wrong.len()
    );
    for (kind, count) in &tally.kinds {
        println!("  {count:4} {kind}");
    }
    assert!(
        tally.wrong.is_empty(),
        "{} disagreements:\n{}",
        tally.wrong.len(),
        tally.wrong.join("\n")
    );
}

fn find_indexes(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            find_indexes(&path, found);
        } else if path.file_name().is_some_and(|n| n == "index.json") {
            found.push(path);
        }
    }
}

#[derive(Default)]
struct Tally {
    pages: usize,
    values: usize,
    kinds: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Tally {
    fn page(&mut self, path: &Path, entry: &Value, html: &str, words: &PortalWords) {
        let url = entry["url"].as_str().expect("url");
        let status = u16::try_from(entry["status"].as_u64().expect("status")).unwrap();
        let truth = &entry["truth"];
        self.pages += 1;
        let kind = truth["kind"].as_str().unwrap_or("(no truth)");
        *self.kinds.entry(kind.to_owned()).or_default() += 1;
        let fetched = read(url, Some(status), html, words);
        let mut check = Check {
            tally: self,
            at: path.display().to_string(),
            html,
        };
        check.compare(kind, truth, &fetched, html);
        // The same document in a tab has no status. What the page shows must read the same; nothing
        // else may be claimed.
        let in_tab = read(url, None, html, words);
        if status == 200 {
            check.same("without a status", &in_tab, &fetched);
        } else {
            let claims = !matches!(in_tab, Page::Other(_) | Page::SignedOut | Page::ServerError);
            check.that(
                "without a status it claims nothing",
                !claims || kind == "(no truth)",
                &format!("{in_tab:?}"),
            );
        }
        let shown = serde_json::to_string(&fetched).unwrap();
        if let Some(code) = truth["activation_code"].as_str() {
            check.that(
                "the activation code stays inside",
                !shown.contains(code),
                &shown,
            );
        }
        if let Some(key) = html
            .split("license_key_field")
            .nth(1)
            .and_then(|rest| rest.split("<pre>").nth(1))
        {
            let line = key.lines().next().unwrap_or_default();
            check.that(
                "the license key stays inside",
                line.len() < 20 || !shown.contains(&line[..20]),
                &shown,
            );
        }
    }
}

struct Check<'t> {
    tally: &'t mut Tally,
    at: String,
    html: &'t str,
}

impl Check<'_> {
    fn that(&mut self, what: &str, good: bool, got: &str) {
        self.tally.values += 1;
        if !good {
            self.tally
                .wrong
                .push(format!("{}: {what}: got {got}", self.at));
        }
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, got: &T, wanted: &T) {
        let good = got == wanted;
        self.that(what, good, &format!("{got:?}, wanted {wanted:?}"));
    }

    fn id(&mut self, truth: &Value, got: u64) {
        self.same("id", &Some(got), &truth["id"].as_u64());
    }

    /// A value of the database is shown as it is, a NULL never as a value.
    fn value<T: std::fmt::Debug>(
        &mut self,
        what: &str,
        wanted: Option<&str>,
        got: &Shown<T>,
        text: impl Fn(&T) -> String,
    ) {
        let good = match (wanted, got) {
            (Some(wanted), Shown::Value(v)) => text(v) == wanted,
            (None, Shown::Absent) => true,
            _ => false,
        };
        self.that(what, good, &format!("{got:?}, wanted {wanted:?}"));
    }

    fn trial(&mut self, truth: &Value, got: &Shown<bool>) {
        let good = match (truth["trial"].as_bool(), got) {
            (Some(wanted), Shown::Value(v)) => *v == wanted,
            (None, got) => !matches!(got, Shown::Value(_)),
            _ => false,
        };
        self.that(
            "trial",
            good,
            &format!("{got:?}, wanted {}", truth["trial"]),
        );
    }

    fn subscription(&mut self, wanted: &Value, got: &Shown<SubscriptionName>) {
        self.value(
            "subscription name",
            wanted.as_str().filter(|s| !s.is_empty()),
            got,
            |n| n.as_str().to_owned(),
        );
    }

    /// If the page links to the account, it must be read. If it shows only a text, the number is
    /// unknown.
    fn billing_account(&mut self, wanted: &Value, part: &str, got: &Shown<BillingAccountId>) {
        let Some(wanted) = wanted.as_u64() else {
            let good = !matches!(got, Shown::Value(_));
            return self.that("billing account", good, &format!("{got:?}, wanted none"));
        };
        let is_linked = ['"', '\'']
            .iter()
            .any(|q| part.contains(&format!("/billing_account/{wanted}{q}")));
        let good = match got {
            Shown::Value(id) => id.get() == wanted,
            Shown::Unreadable(_) => !is_linked,
            Shown::Absent => false,
        };
        self.that(
            "billing account",
            good,
            &format!("{got:?}, wanted {wanted}, linked: {is_linked}"),
        );
    }

    /// The part of the page from a field's class or label to the next field.
    fn part_of(&self, names: &[&str]) -> Option<&str> {
        let start = names
            .iter()
            .find_map(|n| self.html.find(n).map(|at| at + n.len()))?;
        let rest = &self.html[start..];
        Some(rest.find("_field").map_or(rest, |end| &rest[..end]))
    }

    fn sold_to(&mut self, truth: &Value, got: &Shown<SoldTo>) {
        let wanted = &truth["sold_to"];
        if wanted.is_null() {
            return self.that(
                "sold to",
                matches!(got, Shown::Absent),
                &format!("{got:?}, wanted none"),
            );
        }
        let (email, name) = (
            wanted["email"].as_str().unwrap_or_default(),
            wanted["name"].as_str().unwrap_or_default(),
        );
        let part = self
            .part_of(&[
                "sold_to_field",
                "sold_to_id_field",
                "sold_to_contact_field",
                ">Sold to",
                "Sold to",
            ])
            .map(|p| {
                p.replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("%40", "@")
                    .replace("%27", "'")
            });
        let shows_email = part.as_deref().map(|p| p.contains(email));
        let shows_link = part.as_deref().is_some_and(|p| {
            p.contains(&format!(
                "/billing_account_contact/{}",
                wanted["contact_id"]
            ))
        });
        let contact_of = |contact: &Option<tether::record::ids::ContactId>| {
            contact.map(tether::record::ids::ContactId::get)
        };
        let good = match got {
            Shown::Value(SoldTo::Email {
                email: e,
                name: n,
                contact,
            }) => {
                e.as_str() == email
                    && shows_email != Some(false)
                    && n.as_ref().is_none_or(|n| n == name)
                    && contact_of(contact)
                        == shows_link.then(|| wanted["contact_id"].as_u64()).flatten()
            }
            Shown::Value(SoldTo::NameOnly { name: n, contact }) => {
                n == name
                    && shows_email != Some(true)
                    && contact_of(contact)
                        == shows_link.then(|| wanted["contact_id"].as_u64()).flatten()
            }
            _ => false,
        };
        self.that("sold to", good, &format!("{got:?}, wanted {wanted}"));
    }

    fn text(&mut self, key: &str, wanted: &Value, got: &Shown<String>) {
        let is_shown = self.html.contains(&format!("{key}_field"));
        match (wanted.as_str().filter(|s| !s.is_empty()), got) {
            (Some(wanted), Shown::Value(v)) => {
                let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
                self.same(key, v, &wanted);
            }
            (Some(_), Shown::Absent) if !is_shown => {}
            (None, Shown::Absent) => self.that(key, true, ""),
            (wanted, got) => self.that(key, false, &format!("{got:?}, wanted {wanted:?}")),
        }
    }

    /// The rows in order; a column that the page does not have must be absent.
    fn rows(&mut self, truth: &Value, got: &[Row<'_>], total: Option<u64>) {
        self.same("total", &total, &truth["total_count_shown"].as_u64());
        let wanted = truth["rows_on_page"].as_array().expect("rows_on_page");
        let ids: Vec<u64> = wanted.iter().filter_map(|r| r["id"].as_u64()).collect();
        let got_ids: Vec<u64> = got.iter().map(|r| r.id).collect();
        self.same("ids of the rows", &got_ids, &ids);
        if got_ids != ids {
            return;
        }
        let columns: Vec<&str> = truth["columns_in_html"]
            .as_array()
            .expect("columns_in_html")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let has = |names: &[&str]| names.iter().any(|n| columns.contains(n));
        for (wanted, got) in wanted.iter().zip(got) {
            if has(&["trial"]) {
                self.trial(wanted, got.trial);
            } else {
                self.same("a trial without its column", got.trial, &Shown::Absent);
            }
            if has(&["subscription_name", "zuora_subscription_name"]) {
                self.subscription(&wanted["subscription_name"], got.subscription_name);
            } else {
                self.same(
                    "a subscription name without its column",
                    got.subscription_name,
                    &Shown::Absent,
                );
            }
            let Some(account) = got.billing_account else {
                continue;
            };
            if has(&["billing_account", "billing_account_id"]) {
                let html = self.html;
                self.billing_account(&wanted["billing_account_id"], html, account);
            } else {
                self.same(
                    "a billing account without its column",
                    account,
                    &Shown::Absent,
                );
            }
        }
    }

    fn compare(&mut self, kind: &str, truth: &Value, page: &Page, html: &str) {
        let is_record = matches!(
            page,
            Page::License(_)
                | Page::CloudActivation(_)
                | Page::Order(_)
                | Page::BillingAccount(_)
                | Page::Contact(_)
        );
        let model = |name: &Value| match name.as_str() {
            Some("license") => Some(RecordKind::License),
            Some("cloud_activation") => Some(RecordKind::CloudActivation),
            Some("order") => Some(RecordKind::Order),
            Some("billing_account") => Some(RecordKind::BillingAccount),
            Some("billing_account_contact") => Some(RecordKind::Contact),
            _ => None,
        };
        let mut kind_is_right = true;
        match (kind, page) {
            ("license_show", Page::License(l)) => {
                self.id(truth, l.id.get());
                self.trial(truth, &l.trial);
                let wanted = if truth["zuora_subscription_name"].is_null() {
                    &truth["subscription_name"]
                } else {
                    &truth["zuora_subscription_name"]
                };
                self.subscription(wanted, &l.subscription_name);
                self.text("name", &truth["name"], &l.name);
                self.text("company", &truth["company"], &l.company);
                self.text("email", &truth["email"], &l.email);
                self.that(
                    "expires at is read where it is shown",
                    !matches!(l.expires_at, Shown::Unreadable(_)),
                    &format!("{:?}", l.expires_at),
                );
            }
            ("cloud_activation_show", Page::CloudActivation(c)) => {
                self.id(truth, c.id.get());
                self.trial(truth, &c.trial);
                self.subscription(&truth["subscription_name"], &c.subscription_name);
                self.billing_account(&truth["billing_account_id"], html, &c.billing_account);
            }
            ("order_show", Page::Order(o)) => {
                self.id(truth, o.id.get());
                self.trial(truth, &o.trial);
                self.subscription(&truth["subscription_name"], &o.subscription_name);
                self.billing_account(&truth["billing_account_id"], html, &o.billing_account);
            }
            ("billing_account_show", Page::BillingAccount(b)) => {
                self.id(truth, b.id.get());
                let account = truth["salesforce_account"]
                    .as_str()
                    .filter(|s| !s.is_empty());
                if truth["salesforce_account_is_id"] == Value::Bool(true) || account.is_none() {
                    self.value("Salesforce account", account, &b.salesforce_account, |id| {
                        id.as_str().to_owned()
                    });
                } else {
                    self.that(
                        "Salesforce account",
                        matches!(b.salesforce_account, Shown::Unreadable(_)),
                        &format!("{:?}", b.salesforce_account),
                    );
                }
                self.sold_to(truth, &b.sold_to);
                self.text("zuora_account_name", &truth["zuora_account_name"], &b.name);
            }
            ("billing_account_contact_show", Page::Contact(c)) => {
                self.id(truth, c.id.get());
                self.that(
                    "the contact has an e-mail",
                    matches!(c.email, Shown::Value(_)),
                    &format!("{:?}", c.email),
                );
            }
            ("license_list", Page::LicenseList(l)) => {
                let rows: Vec<Row<'_>> = l
                    .rows
                    .iter()
                    .map(|r| Row {
                        id: r.id.get(),
                        trial: &r.trial,
                        subscription_name: &r.subscription_name,
                        billing_account: None,
                    })
                    .collect();
                self.rows(truth, &rows, l.total);
            }
            ("cloud_activation_list", Page::CloudActivationList(l)) => {
                let rows: Vec<Row<'_>> = l
                    .rows
                    .iter()
                    .map(|r| Row {
                        id: r.id.get(),
                        trial: &r.trial,
                        subscription_name: &r.subscription_name,
                        billing_account: None,
                    })
                    .collect();
                self.rows(truth, &rows, l.total);
            }
            ("order_list", Page::OrderList(l)) => {
                let row = |r: &'_ tether::record::OrderRow| r.id.get();
                let rows: Vec<Row<'_>> = l
                    .rows
                    .iter()
                    .map(|r| Row {
                        id: row(r),
                        trial: &r.trial,
                        subscription_name: &r.subscription_name,
                        billing_account: Some(&r.billing_account),
                    })
                    .collect();
                self.rows(truth, &rows, l.total);
            }
            ("validate_license_result", Page::Validation(v)) => {
                self.value(
                    "validated license",
                    truth["license_id"]
                        .as_u64()
                        .map(|n| n.to_string())
                        .as_deref(),
                    &v.license_id,
                    ToString::to_string,
                );
            }
            ("validate_license_result", Page::ValidateForm) => self.that(
                "a result without an id",
                truth["license_id"].is_null(),
                "the form only",
            ),
            ("not_found_404_list_page", Page::NotFound { model: m, id }) => {
                self.same("model not found", &Some(*m), &model(&truth["model"]));
                self.id(truth, *id);
            }
            ("validate_license", Page::ValidateForm)
            | ("sign_in" | "redirect_to_sign_in", Page::SignedOut)
            | ("server_error_500", Page::ServerError)
            | (
                "static_404" | "model_not_found_404_dashboard",
                Page::Other(OtherPage::NoSuchPage | OtherPage::NotAPortalAddress),
            )
            | (
                "other_member_page",
                Page::Other(OtherPage::EditOrHistory | OtherPage::OtherModel),
            )
            | ("customer_show", Page::Other(OtherPage::OtherModel))
            | ("billing_account_list", Page::Other(OtherPage::OtherList))
            | ("billing_account_contact_list", Page::Other(OtherPage::OtherList))
            | ("customer_list", Page::Other(OtherPage::OtherModel))
            | ("not_allowed_403" | "forbidden_403", Page::NotAllowed)
            | ("dashboard", Page::Other(OtherPage::Dashboard)) => {}
            ("(no truth)", _) => kind_is_right = !is_record,
            (
                "license_show"
                | "cloud_activation_show"
                | "order_show"
                | "billing_account_show"
                | "billing_account_contact_show"
                | "license_list"
                | "cloud_activation_list"
                | "order_list"
                | "validate_license_result"
                | "not_found_404_list_page"
                | "validate_license"
                | "sign_in"
                | "redirect_to_sign_in"
                | "server_error_500"
                | "static_404"
                | "model_not_found_404_dashboard"
                | "other_member_page"
                | "customer_show"
                | "billing_account_list"
                | "billing_account_contact_list"
                | "customer_list"
                | "not_allowed_403"
                | "forbidden_403"
                | "dashboard",
                _,
            ) => kind_is_right = false,
            (unknown, _) => {
                self.tally.wrong.push(format!(
                    "{}: the kind {unknown:?} is unknown to this test",
                    self.at
                ));
            }
        }
        self.that(&format!("kind {kind}"), kind_is_right, &format!("{page:?}"));
    }
}

struct Row<'p> {
    id: u64,
    trial: &'p Shown<bool>,
    subscription_name: &'p Shown<SubscriptionName>,
    billing_account: Option<&'p Shown<BillingAccountId>>,
}
