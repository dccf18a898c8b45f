//! Forms in which such pages really appear, from public code, issue threads and documentation, in
//! our own wording. `reader_found.json` has the expected result of each; `null` means that nobody
//! could read the value at a glance.

use serde_json::{Value, json};
use tether::inspect::line_of_page;
use tether::portal::{Page, read};

use crate::support::pages::{
    HOST, Version, field, frame, list, member_tabs, show, url, validation, words,
};

fn page(form: &Value) -> Page {
    let text = |key: &str| form[key].as_str();
    let words = words();
    if let Some(raw) = text("raw") {
        let url = format!("https://{HOST}/admin/{}", text("url").unwrap());
        let status = form["status"].as_u64().map(|n| u16::try_from(n).unwrap());
        return read(&url, status, raw, &words);
    }
    if let Some(result) = text("validation") {
        let url = format!("https://{HOST}/admin/license/validate_license");
        return read(&url, None, &validation(Version::V3, result), &words);
    }
    if let Some(kind) = text("list") {
        let cell = |at: usize| form["cell"][at].as_str().unwrap().to_owned();
        let row = vec![("subscription_name", cell(2), cell(3))];
        let columns = [("subscription_name", "Subscription name")];
        let total = text("total").unwrap();
        let html = list(Version::V3, kind, &columns, &[(5, row)], total);
        return read(&format!("https://{HOST}/admin/{kind}"), None, &html, &words);
    }
    let kind = text("page").unwrap();
    if let Some(content) = text("content") {
        let tabs = member_tabs(Version::V3, kind, 7, "show");
        let html = frame(Version::V3, kind, "Details", &tabs, content);
        return read(&url(kind, 7), None, &html, &words);
    }
    let key = text("key").or(text("field")).unwrap();
    let shown = field(key, text("label").unwrap(), text("html").unwrap());
    let html = show(Version::V3, kind, 7, &[vec![shown]]);
    read(&url(kind, 7), None, &html, &words)
}

/// The expected and the actual result.
fn wanted_and_found(form: &Value) -> (Value, Value) {
    let line = line_of_page("", &page(form));
    if form["kind"].is_string() {
        return (form["kind"].clone(), line["page"].clone());
    }
    if form["list"].is_string() {
        let found = json!([line["rows"][0]["subscription_name"]["value"], line["total"]]);
        return (json!([form["row"], form["count"]]), found);
    }
    let name = form["field"].as_str().unwrap_or("license_id");
    let value = &line["fields"][name];
    assert!(
        form["html"].is_null() || value["absent"].is_null(),
        "{}: the page shows something",
        form["what"]
    );
    (form["want"].clone(), value["value"].clone())
}

#[test]
fn forms_found_in_public_are_read_right_or_not_at_all() {
    let forms: Vec<Value> = serde_json::from_str(include_str!("reader_found.json")).unwrap();
    let (mut right, mut unknown, mut wrong) = (0, Vec::new(), Vec::new());
    for form in &forms {
        let (wanted, found) = wanted_and_found(form);
        if wanted == found {
            right += 1;
        } else if found.is_null() || found == "other" {
            unknown.push(&form["what"]);
        } else {
            wrong.push(format!("{}: {found}, not {wanted}", form["what"]));
        }
    }
    println!("right {right}, unknown {unknown:?}, wrong {wrong:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(3 * right >= 2 * forms.len() && forms.len() >= 60);
}
