//! The pages that are diagnosed: of every version and kind, refused ones, and saved ones if there
//! are any.

use std::fs;
use std::path::{Path, PathBuf};

use tether::app::diagnose::{Report, report_of};
use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event};
use tether::portal::place;
use tether::profile::portal::PortalWords;

use crate::support::pages::{
    HOST, VERSIONS, Version, collection_tabs, field, frame, groups, member_tabs, samples, show,
    url, validation, words,
};
use crate::support::{Browser, Web, ticket_address};

/// Pages that are not read, or not whole, each with what it is.
pub fn odd(version: Version) -> Vec<Web> {
    let fields = vec![vec![
        field("trial", "Trial", "Perhaps Tuesday"),
        field("name", "Name", "Ada Lindqvist"),
    ]];
    let license = show(version, "license", 7_411, &fields);
    let flash = format!(
        "<div class=\"alert alert-danger\">License with id 410999 could not be found for Ada Lindqvist</div>{license}"
    );
    let preview = license.replace(
        "<html lang=\"en\">",
        "<html lang=\"en\" data-turbo-preview>",
    );
    let edit = frame(
        version,
        "license",
        "Ada Lindqvist",
        &member_tabs(version, "license", 7_411, "edit"),
        &groups(version, &fields),
    );
    let sign_in = format!(
        "<html><body><form action=\"https://{HOST}/admin/sign_in\"><input value=\"ada@example.com\"></form></body></html>"
    );
    vec![
        (url("license", 7_411), flash),
        (url("license", 7_411), preview),
        (url("license", 8_000), license.clone()),
        (
            url("license", 7_411),
            frame(
                version,
                "license",
                "Ada",
                &collection_tabs(version, "license", "index"),
                "",
            ),
        ),
        (format!("{}/edit?name=Ada", url("license", 7_411)), edit),
        (
            url("customer", 7_411),
            show(version, "customer", 7_411, &fields),
        ),
        (url("license", 7_411), sign_in),
        (
            url("license", 7_411),
            license.replace("data-model", "data-other"),
        ),
        (
            format!("https://{HOST}/admin/license/validate_license"),
            validation(version, ""),
        ),
        (
            format!("https://{HOST}/admin/license/validate_license"),
            validation(version, "<pre>restrictions:\n  id: four one\n</pre>"),
        ),
        (
            format!("https://{HOST}/admin/"),
            frame(version, "", "Site Administration", "", ""),
        ),
    ]
}

/// Every page of the tests.
pub fn all() -> Vec<Web> {
    VERSIONS
        .into_iter()
        .flat_map(|version| samples(version).into_iter().chain(odd(version)))
        .chain(corpus())
        .collect()
}

/// The saved pages of a corpus, each with the URL from its index; none if there is no corpus.
pub fn corpus() -> Vec<Web> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/portal");
    let folder = std::env::var_os("TETHER_CORPUS").map_or(default, PathBuf::from);
    let Ok(entries) = fs::read_dir(&folder) else {
        eprintln!(
            "no corpus at {} (set TETHER_CORPUS): only the synthetic pages are diagnosed",
            folder.display()
        );
        return Vec::new();
    };
    let mut pages = Vec::new();
    for home in entries.map(|e| e.unwrap().path()) {
        let Ok(index) = fs::read_to_string(home.join("index.json")) else {
            continue;
        };
        let index: serde_json::Value = serde_json::from_str(&index).unwrap();
        for entry in index["pages"].as_array().unwrap() {
            let beside = Path::new(entry["file"].as_str().unwrap())
                .file_name()
                .unwrap();
            let bytes = fs::read(home.join(entry["file"].as_str().unwrap()))
                .or_else(|_| fs::read(home.join(beside)))
                .unwrap();
            let url = entry["url"].as_str().unwrap();
            let path = url.find("/admin").map_or(url, |at| &url[at..]);
            let url = format!("https://{HOST}{path}");
            // Other pages are not diagnosed.
            if place(&url, &words()).is_some() {
                pages.push((url, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    pages
}

/// The site profile's section for reading pages.
pub fn portal_words() -> PortalWords {
    words()
}

/// The tab and the number of the page job after `Diagnose this page` was pressed.
pub fn order(effects: &[Effect]) -> (i64, u64) {
    let orders: Vec<(i64, u64)> = effects
        .iter()
        .filter_map(|e| match e {
            Effect::Page {
                tab,
                job: Job::DiagnosePortal { effect } | Job::DiagnoseZendesk { effect, .. },
            } => Some((*tab, *effect)),
            _ => None,
        })
        .collect();
    assert_eq!(orders.len(), 1, "{effects:?}");
    orders[0]
}

/// A panel beside a page of the portal that was diagnosed.
pub fn diagnosed((url, html): &Web) -> Browser {
    let mut browser = Browser::new();
    browser.tell(Event::PanelOpened);
    browser.look(2, url);
    let (tab, effect) = order(&browser.press("diagnose", &[]));
    assert_eq!(tab, 2);
    browser.outcome(
        effect,
        Outcome::Page {
            url: url.clone(),
            html: html.clone(),
        },
    );
    browser
}

/// What the engineer copies of it.
pub fn report(page: &Web) -> Report {
    let browser = diagnosed(page);
    report_of(&browser.model, browser.world()).expect("it is done")
}

/// A case beside a license's page.
pub fn at_license() -> Browser {
    let mut browser = Browser::at_ticket();
    browser.look(1, &ticket_address(41));
    browser
}
