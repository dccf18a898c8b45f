use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tether::inspect;
use tether::without_values::answer;

use super::search::{Values, known};
use crate::support::profile;

/// What `inspect answer` makes of a body.
fn understood(kind: &str, body: &str, name: &str) -> Value {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("without-values-{name}.json"));
    fs::write(&file, body).unwrap();
    let line = inspect::page_line(&[
        "answer".to_owned(),
        kind.to_owned(),
        file.display().to_string(),
    ]);
    fs::remove_file(&file).ok();
    line
}

/// What is understood, without the values: of what type everything is.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            // Zendesk's numbers of a ticket's fields, and what a wish of the requester is judged by.
            let number = |key: &String| key.parse::<u64>().is_ok();
            let numbers = map.keys().filter(|key| number(key)).count();
            let mut out: serde_json::Map<String, Value> = map
                .iter()
                .filter(|(key, _)| {
                    !number(key)
                        && !["file", "wait_seconds", "in_signature", "problem", "next"]
                            .contains(&key.as_str())
                })
                .map(|(key, value)| {
                    let of_zendesk =
                        key == "kind" || (key == "status" && value.as_str().is_some_and(is_status));
                    (
                        key.clone(),
                        if of_zendesk {
                            value.clone()
                        } else {
                            shape(value)
                        },
                    )
                })
                .collect();
            out.insert("numbers".to_owned(), json!(numbers));
            Value::Object(out)
        }
        Value::Array(list) => Value::Array(list.iter().map(shape).collect()),
        Value::String(text) => json!(if text.is_empty() { "empty" } else { "text" }),
        Value::Number(_) => json!("number"),
        other => other.clone(),
    }
}

fn is_status(text: &str) -> bool {
    ["new", "open", "pending", "hold", "solved", "closed"].contains(&text)
}

#[derive(Default)]
struct Tally {
    answers: BTreeMap<String, usize>,
    values: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn answer(&mut self, name: &str, kind: &str, body: &str) {
        let profile = profile();
        let known = known(&profile);
        let saved = answer(body, &profile);
        *self.answers.entry(kind.to_owned()).or_default() += 1;
        let original: Value = serde_json::from_str(body).unwrap();
        let values = Values::of_json(&original, &known);
        self.values += values.0.len();
        let left: Value = serde_json::from_str(&saved).unwrap();
        for word in values.left_in(&Values::of_json(&left, &known)) {
            self.wrong.push(format!("{name}: “{word}” is left"));
        }
        let file = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let before = understood(kind, body, &file);
        let after = understood(kind, &saved, &file);
        if shape(&before) != shape(&after) {
            self.wrong
                .push(format!("{name}: {after}\n   it was {before}"));
        }
        same_types(name, &original, &left, &mut self.wrong);
    }

    fn done(self, what: &str) {
        println!(
            "without values, {what}: {} answers of {} kinds, {} values looked for, {} left or read otherwise",
            self.answers.values().sum::<usize>(),
            self.answers.len(),
            self.values,
            self.wrong.len()
        );
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

/// Keys, lengths, types, truths and nulls stay.
fn same_types(at: &str, before: &Value, after: &Value, wrong: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            if a.len() != b.len() {
                wrong.push(format!("{at}: other keys"));
            }
            for (key, value) in a {
                match b.get(key) {
                    Some(other) => same_types(&format!("{at}/{key}"), value, other, wrong),
                    None => wrong.push(format!("{at}: the key {key} is gone")),
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (a, b) in a.iter().zip(b) {
                same_types(at, a, b, wrong);
            }
        }
        (Value::String(_), Value::String(_)) | (Value::Number(_), Value::Number(_)) => {}
        _ if before == after => {}
        _ => wrong.push(format!("{at}: {after}, it was {before}")),
    }
}

#[test]
fn every_form_of_an_answer_is_understood_the_same_without_its_values() {
    let forms: Value = serde_json::from_str(include_str!("../zendesk_forms/forms.json")).unwrap();
    let mut tally = Tally::default();
    for form in forms.as_array().unwrap() {
        tally.answer(
            form["name"].as_str().unwrap(),
            form["kind"].as_str().unwrap(),
            &form["answer"].to_string(),
        );
    }
    tally.done("own answers");
}

#[test]
fn no_value_is_left_in_any_place_of_an_answer() {
    let profile = profile();
    let hostile = json!({
        "ticket": {
            "id": 4_711_000, "subject": "Quibbleton", "status": "open", "tags": ["quibbleton", "open"],
            "quibbleton": 1, "kim@quibbleton.example": {"Quibbleton": true}, "quibbleton_id": 2,
            "url": "https://quibbleton.zendesk.com/api/v2/tickets/4711000.json?kim=quibbleton%40x",
            "description": "Ask\u{A0}Quibbleton at https://gitlab.zendesk.com/agent/tickets/4711000 &lt;kim@quibbleton.example&gt;",
            "html_body": "<!-- Quibbleton --><script>Quibbleton</script><p class='quibbleton'>Quibbleton<br></p>",
            "via": {"channel": "Quibbleton", "source": {"from": {"address": "kim@quibbleton.example"}}},
            "metadata": "{\"name\":\"Quibbleton\",\"Quibbleton\":[\"Quibbleton\"]}",
            "status_category": "Quibbleton"
        },
        "users": [{"name": "Quibbleton", "role": "Quibbleton", "photo": null, "time_zone": "Quibbleton/City"}]
    });
    let saved = answer(&hostile.to_string(), &profile);
    assert!(!saved.to_lowercase().contains("quibbleton"), "{saved}");
    assert!(!saved.contains("4711000"), "{saved}");
    let read: Value = serde_json::from_str(&saved).unwrap();
    assert_eq!(read["ticket"]["status"], "open");
    assert!(
        read["ticket"]["description"]
            .as_str()
            .unwrap()
            .contains(&format!("/tickets/{} ", read["ticket"]["id"]))
    );
    for body in [
        "Quibbleton",
        "<html><body>Quibbleton</body></html>",
        "[\"Quibbleton\"",
        "\"Quibbleton\"",
    ] {
        let saved = answer(body, &profile);
        assert!(
            !saved.to_lowercase().contains("quibbleton"),
            "{body}: {saved}"
        );
    }
}

#[test]
fn odd_answers_are_understood_the_same_without_their_values() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/oddities/zendesk");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    if files.is_empty() {
        eprintln!("SKIPPED: no odd answers beside the project");
        return;
    }
    files.sort();
    let mut tally = Tally::default();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        tally.answer(&name, kind_of(&name), &fs::read_to_string(&file).unwrap());
    }
    tally.done("odd answers");
}

/// What a file holds, by its name.
fn kind_of(name: &str) -> &'static str {
    const KINDS: [(&str, &str); 17] = [
        ("comments", "comments"),
        ("error", "error"),
        ("groups", "groups"),
        ("job_status", "job_status"),
        ("macro_applied", "macro"),
        ("macros", "macros"),
        ("organization_users", "organization_users"),
        ("organization", "organization"),
        ("search_organizations", "organizations"),
        ("ticket_fields", "ticket_fields"),
        ("tickets", "tickets"),
        ("ticket", "ticket"),
        ("users_me", "me"),
        ("users_search", "users"),
        ("user", "user"),
        ("memberships", "memberships"),
        ("identities", "identities"),
    ];
    KINDS
        .iter()
        .find(|(begins, _)| name.starts_with(begins))
        .map_or("ticket", |(_, kind)| kind)
}
