//! Pages in forms that were seen on such sites: a value is right or unknown, never wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tether::inspect::page_line;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Score {
    Right,
    Unknown,
    Wrong,
}

/// The site profile's name of each field, by its name in the index.
const FIELDS: [(&str, &str); 10] = [
    ("trial", "trial"),
    ("zuora_subscription_name", "subscription_name"),
    ("subscription_name", "subscription_name"),
    ("name", "name"),
    ("company", "company"),
    ("email", "email"),
    ("billing_account_id", "billing_account"),
    ("salesforce_account", "salesforce_account"),
    ("zuora_account_name", "name"),
    ("license_id", "license_id"),
];

fn page_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "license_show" => &["license"],
        "cloud_activation_show" => &["cloud_activation"],
        "order_show" => &["order"],
        "billing_account_show" => &["billing_account"],
        "billing_account_contact_show" => &["contact"],
        "license_list" => &["license_list"],
        "cloud_activation_list" => &["cloud_activation_list"],
        "order_list" => &["order_list"],
        "validate_license_result" => &["validation"],
        "sign_in" | "redirect_to_sign_in" => &["signed_out"],
        "cloudflare_challenge" | "challenge" | "blocked" => &["blocked"],
        _ => &[
            "other",
            "blocked",
            "not_found",
            "server_error",
            "not_allowed",
            "validate_form",
        ],
    }
}

fn truth_text(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::Bool(yes) => Some(Value::from(if *yes { "yes" } else { "no" })),
        other => Some(other.clone()),
    }
}

/// A value against the truth; an empty text in the database is no value.
fn score(truth: &Value, shown: &Value) -> Score {
    let truth = truth_text(truth).filter(|t| t.as_str() != Some(""));
    match (shown.get("value"), truth) {
        (Some(value), Some(truth)) if *value == truth || same_words(value, &truth) => Score::Right,
        (Some(_), _) => Score::Wrong,
        (None, None) if shown.get("absent").is_some() => Score::Right,
        (None, _) => Score::Unknown,
    }
}

fn same_words(a: &Value, b: &Value) -> bool {
    let words = |v: &Value| {
        v.as_str()
            .map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    words(a).is_some() && words(a) == words(b)
}

fn sold_to(truth: &Value, shown: &Value) -> Score {
    if truth.is_null() {
        return if shown.get("value").is_some() {
            Score::Wrong
        } else {
            Score::Right
        };
    }
    match shown.get("value") {
        // A link to the contact's own page, which has the address, counts as right.
        None if !truth["contact_id"].is_null() && shown["contact"] == truth["contact_id"] => {
            Score::Right
        }
        None => Score::Unknown,
        Some(email) if *email == truth["email"] => Score::Right,
        Some(_) => Score::Wrong,
    }
}

/// Every value of a page with its score.
fn scores(truth: &Value, line: &Value) -> Vec<(String, Score)> {
    let kind = truth["kind"].as_str().unwrap_or_default();
    let page = line["page"].as_str().unwrap_or_default();
    if !page_of(kind).contains(&page) {
        let is_claim = !matches!(page, "other" | "validate_form" | "blocked");
        return vec![(
            "page".to_owned(),
            if is_claim {
                Score::Wrong
            } else {
                Score::Unknown
            },
        )];
    }
    let mut found = vec![("page".to_owned(), Score::Right)];
    if let Some(id) = truth["id"].as_u64() {
        found.push((
            "id".to_owned(),
            if line["id"] == id {
                Score::Right
            } else {
                Score::Wrong
            },
        ));
    }
    for (of_truth, field) in FIELDS {
        if let (Some(truth), Some(shown)) = (truth.get(of_truth), line["fields"].get(field)) {
            let is_no_id = of_truth == "salesforce_account"
                && line["fields"]["salesforce_account"].get("value").is_none();
            found.push((
                field.to_owned(),
                if is_no_id {
                    Score::Unknown
                } else {
                    score(truth, shown)
                },
            ));
        }
    }
    if let (Some(truth), Some(shown)) = (truth.get("sold_to"), line["fields"].get("sold_to")) {
        found.push(("sold_to".to_owned(), sold_to(truth, shown)));
    }
    if let (Some(truth), Some(rows)) = (truth["rows_on_page"].as_array(), line["rows"].as_array()) {
        let ids = |rows: &[Value]| rows.iter().map(|r| r["id"].clone()).collect::<Vec<_>>();
        found.push((
            "rows".to_owned(),
            if ids(truth) == ids(rows) {
                Score::Right
            } else {
                Score::Wrong
            },
        ));
        for (truth, row) in truth.iter().zip(rows) {
            for (of_truth, field) in FIELDS {
                if let (Some(truth), Some(shown)) = (truth.get(of_truth), row.get(field)) {
                    found.push((field.to_owned(), score(truth, shown)));
                }
            }
        }
    }
    found
}

/// By kind, how many values are right, unknown and wrong.
type Tally = BTreeMap<String, [usize; 3]>;

fn judge(folders: &[PathBuf]) -> Option<(Tally, Vec<String>)> {
    let mut by_kind: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for folder in folders {
        let Ok(index) = fs::read_to_string(folder.join("index.json")) else {
            continue;
        };
        let index: Value = serde_json::from_str(&index).unwrap();
        for entry in index["pages"].as_array().unwrap() {
            let (file, url) = (
                entry["file"].as_str().unwrap(),
                entry["url"].as_str().unwrap(),
            );
            let mut arguments = vec!["page".to_owned(), "--url".to_owned(), url.to_owned()];
            arguments.extend(["--status".to_owned(), entry["status"].to_string()]);
            for (name, value) in entry["headers"].as_object().into_iter().flatten() {
                arguments.extend([
                    "--header".to_owned(),
                    format!("{name}: {}", value.as_str().unwrap_or_default()),
                ]);
            }
            arguments.push(folder.join(file).display().to_string());
            let line = page_line(&arguments);
            seen += 1;
            for (what, score) in scores(&entry["truth"], &line) {
                let kind = file.split(['_', '/']).next().unwrap_or_default();
                let kind: String = kind.chars().take_while(char::is_ascii_alphabetic).collect();
                by_kind.entry(kind).or_default()[score as usize] += 1;
                if score == Score::Wrong {
                    wrong.push(format!("{file}: {what}: {line}"));
                } else if score == Score::Unknown {
                    println!(
                        "unknown {file} ({}): {what}: {}",
                        entry["what"].as_str().unwrap_or_default(),
                        line["fields"][&what]
                    );
                }
            }
        }
    }
    (seen > 0).then_some((by_kind, wrong))
}

#[test]
fn oddities_are_read_right_or_not_at_all() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let oddities = std::env::var_os("TETHER_ODDITIES")
        .map_or_else(|| shared.join("oddities/portal"), PathBuf::from);
    let Some((by_kind, wrong)) = judge(&[oddities]) else {
        eprintln!("SKIPPED: no oddities (set TETHER_ODDITIES)");
        return;
    };
    for (kind, [right, unknown, wrong]) in &by_kind {
        println!("{kind}: {right} right, {unknown} unknown, {wrong} wrong");
    }
    assert!(
        wrong.is_empty(),
        "{} wrong values:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
