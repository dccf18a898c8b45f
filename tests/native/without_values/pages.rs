use std::fs;
use std::path::{Path, PathBuf};

use scraper::Selector;
use serde_json::Value;
use tether::inspect::line_of_page;
use tether::portal::read;
use tether::profile::Profile;
use tether::without_values::{Known, page};

use super::search::{Values, known, words_of};
use crate::diagnosis::fixtures::odd;
use crate::support::pages::{VERSIONS, Version, field, samples, show, url};
use crate::support::profile;

/// Texts of the truth that say of what kind something is.
const KINDS: [&str; 4] = ["kind", "what", "page_kind", "model"];

struct Tally {
    profile: Profile,
    known: Known,
    pages: usize,
    fields: usize,
    values: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn new() -> Self {
        let profile = profile();
        Self {
            known: known(&profile),
            profile,
            pages: 0,
            fields: 0,
            values: 0,
            wrong: Vec::new(),
        }
    }

    /// Returns the page without its values.
    fn page(&mut self, name: &str, url: &str, html: &str, truth: &Value) -> String {
        let saved = match page(url, html, &self.profile) {
            Ok(saved) => saved,
            Err(why) => {
                self.wrong.push(format!("{name}: {why:?}"));
                return String::new();
            }
        };
        self.pages += 1;
        let mut values = Values::of_html(html, &self.known);
        values.add(url, &self.known);
        let mut whole = Vec::new();
        leaves(truth, &mut |text| {
            values.add(text, &self.known);
            whole.push(text.to_lowercase());
        });
        let all = format!("{}\n{}", saved.url, saved.html);
        let mut left = Values::of_html(&saved.html, &self.known);
        left.add(&saved.url, &self.known);
        for word in values.left_in(&left) {
            self.wrong.push(format!("{name}: “{word}” is left"));
        }
        // A value of several words, whatever its words are.
        whole.retain(|text| text.contains(' ') && words_of(text).count() > 1);
        let lower = all.to_lowercase();
        for text in whole.iter().filter(|text| lower.contains(text.as_str())) {
            self.wrong.push(format!("{name}: “{text}” is left"));
        }
        self.values += values.0.len() + whole.len();
        for mark in [
            "<script",
            "<style",
            "<!-- ",
            "data:",
            "javascript:",
            " onclick",
        ] {
            if lower.contains(mark) {
                self.wrong.push(format!("{name}: {mark} is left"));
            }
        }
        let words = &self.profile.portal;
        let before = line_of_page("", &read(url, None, html, words));
        let after = line_of_page("", &read(&saved.url, None, &saved.html, words));
        self.alike(name, "", &before, &after);
        if page(url, html, &self.profile).as_ref() != Ok(&saved) {
            self.wrong
                .push(format!("{name}: another time it is another page"));
        }
        saved.html
    }

    /// The same page with the same fields, each of them a value, absent or unreadable as before, and no value the
    /// same.
    fn alike(&mut self, name: &str, at: &str, before: &Value, after: &Value) {
        let form = |value: &Value| {
            ["value", "absent", "unreadable"]
                .into_iter()
                .find(|key| value.get(key).is_some())
        };
        match (before, after) {
            (Value::Object(a), Value::Object(b)) if form(before).is_some() => {
                self.fields += 1;
                let is_same_value = a.contains_key("value") && a["value"] == after["value"];
                if form(before) != form(after) {
                    self.wrong
                        .push(format!("{name}: {at} is {after}, it was {before}"));
                } else if is_same_value != at.ends_with("trial") && a.contains_key("value") {
                    self.wrong.push(format!("{name}: {at} is {after} still"));
                }
                if b.len() != a.len() {
                    self.wrong.push(format!("{name}: {after}, it was {before}"));
                }
            }
            (Value::Object(a), Value::Object(b)) => {
                if a.keys().ne(b.keys()) {
                    self.wrong.push(format!("{name}: {after}, it was {before}"));
                }
                for (key, value) in a {
                    self.alike(name, &format!("{at}/{key}"), value, &b[key.as_str()]);
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (a, b) in a.iter().zip(b) {
                    self.alike(name, at, a, b);
                }
            }
            (Value::Number(_), Value::Number(_)) if at == "/id" && before == after => {
                self.wrong.push(format!("{name}: the number stays"));
            }
            (Value::Number(_), Value::Number(_)) => {}
            _ if before == after => {}
            _ => self
                .wrong
                .push(format!("{name}: {at} is {after}, it was {before}")),
        }
    }

    fn done(self, what: &str) {
        println!(
            "without values, {what}: {} pages, {} fields read again, {} values looked for, {} left or read otherwise",
            self.pages,
            self.fields,
            self.values,
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

fn leaves(value: &Value, take: &mut dyn FnMut(&str)) {
    match value {
        Value::String(text) => take(text),
        Value::Number(number) => take(&number.to_string()),
        Value::Array(list) => list.iter().for_each(|one| leaves(one, take)),
        Value::Object(map) => {
            for (_, value) in map.iter().filter(|(key, _)| !KINDS.contains(&key.as_str())) {
                leaves(value, take);
            }
        }
        _ => {}
    }
}

#[test]
fn every_kind_of_page_reads_the_same_without_its_values() {
    let mut tally = Tally::new();
    for version in VERSIONS {
        for (url, html) in samples(version) {
            tally.page(&url, &url, &html, &Value::Null);
        }
        // Sign-in pages, previews, stale pages, results and other pages that are not read.
        for (url, html) in odd(version) {
            tally.page(&format!("odd {url}"), &url, &html, &Value::Null);
        }
    }
    tally.done("own pages");
}

#[test]
fn every_form_of_a_field_reads_the_same_without_its_values() {
    let forms: Value = serde_json::from_str(include_str!("../reader_found.json")).unwrap();
    let mut tally = Tally::new();
    for form in forms.as_array().unwrap() {
        let text = |key: &str| form[key].as_str().unwrap_or_default();
        // Another day of another month may well exist.
        if text("what") == "no such day" {
            continue;
        }
        let model = match text("page") {
            "contact" => "billing_account_contact",
            other => other,
        };
        for version in VERSIONS {
            let fields = vec![
                field(text("field"), text("label"), text("html")),
                field("comment", "Comment of the team", "Ask Kim Quibbleton"),
            ];
            let html = show(version, model, 410_233, &[fields]);
            tally.page(text("what"), &url(model, 410_233), &html, &Value::Null);
        }
    }
    tally.done("forms of fields");
}

/// A value in every place that a page has for one.
const PLACES: [&str; 26] = [
    "<script>var customer = 'Quibbleton';</script>Quibbleton",
    "<script type='application/json'>{\"name\":\"Quibbleton\"}</script>x",
    "<style>.x::after{content:'Quibbleton'}</style>",
    "<!-- Quibbleton --><a href='/q/Quibbleton?e=kim%40quibbleton.example#Quibbleton'>x</a>",
    "<i class='Quibbleton quibbleton_field' id=quibbleton data-x='{\"n\":\"Quibbleton\"}' onclick='Quibbleton()'></i>",
    "<img srcset='/Quibbleton.png 2x' src='data:image/png,Quibbleton' alt=Quibbleton>",
    "<quibbleton quibbleton=1>Quibbleton</quibbleton>",
    "<input type=hidden name=authenticity_token value=Quibbleton><textarea>Quibbleton</textarea>",
    "&#81;uibbleton <iframe srcdoc='Quibbleton'>Quibbleton</iframe><noscript>Quibbleton</noscript>",
    "<template><p>Quibbleton</p></template><svg><title>Quibbleton</title></svg><xmp>Quibbleton</xmp>",
    "<p style='background:url(Quibbleton)'>QUIBBLETON</p><option value=Quibbleton>Quibbleton",
    "<a href='javascript:alert(\"Quibbleton\")'>x</a><a href='data:text/html,Quibbleton'>y</a>",
    "<a href='%51uibbleton/%2551uibbleton'>&amp;#81;uibbleton</a>",
    "<span class='quibbleton_row customer_quibbleton' data-testid='card-quibbleton'>x</span>",
    "<a href='view in Quibbleton' title='View in Quibbleton'>View in Quibbleton</a>",
    "<a href='https://quibbleton.customers.gitlab.com/'>x</a><a href='//quibbleton'>y</a>",
    "<a href='https://Quibbleton@customers.gitlab.com/admin'>x</a>",
    "<a href='mailto:quibbleton@quibbleton.example?subject=Quibbleton&amp;cc=quibbleton'>x</a>",
    "<select><option value=quibbleton selected>Quibbleton</select><button name=quibbleton>Quibbleton</button>",
    "<time datetime='Quibbleton'>1 May 2024 by Quibbleton</time><abbr title='Quibbleton'>x</abbr>",
    "<meta name=csrf-token content=Quibbleton><base href=https://quibbleton.example>",
    "<form action='/quibbleton' class=button_to><input name='user[quibbleton]' placeholder=Quibbleton></form>",
    "<svg><text>Quibbleton</text><use xlink:href='#quibbleton'/></svg><math><mi>Quibbleton</mi></math>",
    "<table><caption>Quibbleton<tr><th scope=Quibbleton>Quibbleton<td colspan=Quibbleton>Quibbleton</table>",
    "<details><summary>Quibbleton</summary><dl><dt>Quibbleton<dd>Quibbleton</dl></details>",
    "<pre>{\"licensee\":{\"Name\":\"Quibbleton\"},\"quibbleton\":1}</pre><plaintext>Quibbleton",
];

#[test]
fn no_value_is_left_in_any_place_of_a_page() {
    let mut tally = Tally::new();
    for version in [Version::V3, Version::V2] {
        for place in PLACES {
            let html = show(
                version,
                "license",
                410_233,
                &[vec![
                    field("company", "Company", place),
                    field("name", "Name", "Quibbleton"),
                ]],
            );
            let saved = tally.page(place, &url("license", 410_233), &html, &Value::Null);
            assert!(
                !saved.to_lowercase().contains("uibbleton"),
                "{place}\n{saved}"
            );
            // Outside of the record as well.
            let html = html.replace("<body", &format!("{place}<body"));
            let saved = page(&url("license", 410_233), &html, &tally.profile).unwrap();
            let left = saved.html.to_lowercase().contains("uibbleton");
            assert!(!left, "{place}\n{}", saved.html);
        }
    }
    // The parts of a value that is split over elements, and its number in names of classes.
    let split = "<b>Quib</b><wbr><i>bleton</i> <span class='order_7001 order-7001' id=o7001 data-id=7001>7001</span>";
    let html = show(
        Version::V3,
        "license",
        7001,
        &[vec![field("company", "Company", split)]],
    );
    let saved = tally.page(split, &url("license", 7001), &html, &Value::Null);
    for part in ["quib", "bleton", "7001"] {
        assert!(!saved.to_lowercase().contains(part), "{part}\n{saved}");
    }
    tally.done("hostile pages");
}

#[test]
fn what_is_crossed_out_or_hidden_stays_so() {
    let struck = "<span style=\"text-decoration:line-through red\">Quay Corp</span> <b style='display:none'>Reed Corp</b> Harbour Corp";
    let html = show(
        Version::V3,
        "license",
        410_233,
        &[vec![field("company", "Company", struck)]],
    );
    let mut tally = Tally::new();
    let saved = tally.page("crossed out", &url("license", 410_233), &html, &Value::Null);
    assert!(saved.contains("text-decoration: line-through\""), "{saved}");
    assert!(saved.contains("display: none\""), "{saved}");
    tally.done("crossed out");
}

#[test]
fn equal_values_stay_equal_and_different_ones_different() {
    let profile = profile();
    let fields = (0..40)
        .map(|n| {
            field(
                &format!("f{n}"),
                "Order",
                &format!("<a href='/admin/order/80{n:02}'>80{n:02}</a>"),
            )
        })
        .collect();
    let html = show(Version::V3, "license", 410_233, &[fields]);
    let saved = page(&url("license", 410_233), &html, &profile).unwrap();
    let links: Vec<(&str, &str)> = saved
        .html
        .split("/admin/order/")
        .skip(1)
        .filter_map(|rest| {
            let (href, rest) = rest.split_once("\">")?;
            Some((href, rest.split_once("</a>")?.0))
        })
        .collect();
    assert_eq!(links.len(), 40, "{}", saved.html);
    assert!(links.iter().all(|(href, text)| href == text), "{links:?}");
    let different: std::collections::BTreeSet<_> = links.iter().collect();
    assert_eq!(different.len(), 40);
}

#[test]
fn a_value_keeps_its_form() {
    let saved = |value: &str| {
        let html = show(
            Version::V3,
            "license",
            410_233,
            &[vec![field("company", "Company", value)]],
        );
        let saved = page(&url("license", 410_233), &html, &profile())
            .unwrap()
            .html;
        let (_, after) = saved.split_once("card-body\">").unwrap();
        after.split_once("</div>").unwrap().0.trim().to_owned()
    };
    let form = |text: &str| -> String {
        let kind = |c: char| match c {
            '0'..='9' => '9',
            c if c.is_uppercase() => 'A',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        text.chars().map(kind).collect()
    };
    for value in [
        "Ågren & Söner-2",
        "Lindqvist AB",
        "株式会社",
        "A-S00104417",
        "12,345.6",
    ] {
        let value = value.replace('&', "&amp;");
        assert_eq!(form(&saved(&value)), form(&value), "{}", saved(&value));
    }
    let email = saved("kim.quibbleton@mail.widgets.co.uk");
    assert!(email.ends_with(".example.com"), "{email}");
    let date = saved("November 24, 2026 10:05");
    assert!(
        tether::portal::read(
            &url("license", 410_233),
            None,
            &show(
                Version::V3,
                "license",
                410_233,
                &[vec![field("expires_at", "Expires at", &date)]]
            ),
            &profile().portal,
        ) != read(
            &url("license", 410_233),
            None,
            &show(Version::V3, "license", 410_233, &[vec![]]),
            &profile().portal
        ),
        "{date}"
    );
    let link = saved("<a href=\"https://gitlab.my.salesforce.com/0014M00001hHV5CQAW\">x</a>");
    assert!(link.contains(".example.com/001"), "{link}");
}

/// A page of Zendesk, with everything that the profile's selectors look at.
const AGENT_PAGE: &str = r#"<html><head><title>Ada Quibbleton | Zendesk</title><meta name="csrf-token" content="Quibbletokn"></head><body>
<div data-test-id="header-tab" data-entity-is-selected="true" data-entity-id="4711" aria-current="page">#4711 Seats for Quibbleton</div>
<div class="ticket-panes-grid-layout" data-is-active="true" data-ticket-id="4711">
<div data-test-id="ticket-4711-standard-layout" class="sc-9x8f7 QuibbleButton">
<div data-test-id="omnicomposer-rich-text-ckeditor" class="ck-editor__editable" contenteditable="true"><p>Dear Ada Quibbleton</p></div>
<button data-test-id="omnichannel-channel-switcher-button">Public reply</button>
<li data-test-id="omnichannel-channel-switcher-menuitem-internal">Internal note</li><li data-test-id="omnichannel-channel-switcher-menuitem-public">Public</li>
<button data-test-id="submit_button-button">Submit as Open</button><button data-test-id="submit_button-menu-button"></button>
<li data-test-id="submit_button-menu-solved"></li><li data-test-id="submit_button-menu-pending"></li></div></div>
<div data-test-id="user-380000000123-pane" data-is-active="true" data-user-id="380000000123">
<label for="user_organization">Organization</label><input id="user_organization" data-test-id="user-organization-input" value="Quibbleton Widgets">
<a href="https://gitlab.zendesk.com/agent/users/380000000123">ada@quibbleton.example</a></div></body></html>"#;

#[test]
fn selectors_find_on_a_page_of_zendesk_without_values_what_they_find_with_them() {
    let mut tally = Tally::new();
    let address = "https://gitlab.zendesk.com/agent/tickets/4711";
    let saved = tally.page("agent page", address, AGENT_PAGE, &Value::Null);
    let profile = serde_json::to_value(&tally.profile).unwrap();
    let count = |html: &str, selector: &str| {
        let selector = selector.replace("{status}", "solved");
        let selector = Selector::parse(&selector).unwrap();
        scraper::Html::parse_document(html)
            .select(&selector)
            .count()
    };
    let mut found = 0;
    for (name, selectors) in profile["zendesk"]["selectors"].as_object().unwrap() {
        if name == "organization_labels" {
            continue;
        }
        for selector in selectors.as_array().unwrap() {
            let selector = selector.as_str().unwrap();
            let before = count(AGENT_PAGE, selector);
            assert_eq!(
                count(&saved, selector),
                before,
                "{name}: {selector}\n{saved}"
            );
            found += before;
        }
    }
    assert!(found > 15, "{found}");
    assert!(saved.contains(">Organization</label>"), "{saved}");
    tally.done("Zendesk's page");
}

#[test]
fn pages_of_the_corpus_read_the_same_without_their_values() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut indexes = Vec::new();
    find(&folder, &mut indexes);
    if indexes.is_empty() {
        eprintln!("SKIPPED: no corpus beside the project");
        return;
    }
    let mut tally = Tally::new();
    for index in indexes {
        let content: Value = serde_json::from_str(&fs::read_to_string(&index).unwrap()).unwrap();
        let home = index.parent().unwrap();
        for entry in content["pages"].as_array().into_iter().flatten() {
            let file = Path::new(entry["file"].as_str().unwrap())
                .file_name()
                .unwrap();
            let Ok(bytes) = fs::read(home.join(file)) else {
                continue;
            };
            let name = format!("{}/{}", home.file_name().unwrap().display(), file.display());
            if name.ends_with(".html") {
                tally.page(
                    &name,
                    entry["url"].as_str().unwrap(),
                    &String::from_utf8_lossy(&bytes),
                    &entry["truth"],
                );
            }
        }
    }
    tally.done("corpus and oddities");
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, found);
        } else if path.file_name().is_some_and(|name| name == "index.json") {
            found.push(path);
        }
    }
}
