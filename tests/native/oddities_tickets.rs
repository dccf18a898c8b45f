//! How Tether reads what customers write and attach, in every form that was found, by kind.
//!
//! The inputs are in `../shared/corpus/oddities/tickets`, or in `TETHER_ODDITIES`. Without them,
//! this test says so and passes. The same kinds, in the project's own words, are in
//! `ticket_texts.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn folder(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TETHER_ODDITIES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/oddities"),
        PathBuf::from,
    );
    let folder = root.join(name);
    folder.is_dir().then_some(folder)
}

/// One line of `inspect ticket`.
pub(crate) fn inspected(arguments: &[&str]) -> Value {
    let mut out = Vec::new();
    let arguments: Vec<String> = std::iter::once("ticket")
        .chain(arguments.iter().copied())
        .map(str::to_owned)
        .collect();
    tether::inspect::run(&arguments, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

#[derive(Default)]
struct Tally {
    right: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

#[test]
fn nothing_that_a_customer_writes_is_read_wrong() {
    let Some(folder) = folder("tickets") else {
        eprintln!("SKIPPED: no oddities of tickets (set TETHER_ODDITIES)");
        return;
    };
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/sample_public.pem");
    let expected: BTreeMap<String, Value> =
        serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for (name, right) in &expected {
        let how = match right["how"].as_str().unwrap() {
            "comment" => "--comment",
            "html" => "--html",
            "file" => "--file",
            _ => continue,
        };
        let path = folder.join(name);
        let mut arguments = vec![
            "--requester",
            "ada@widgets.example",
            "--license-key",
            samples.to_str().unwrap(),
        ];
        arguments.extend((how != "--comment").then_some(how));
        arguments.push(path.to_str().unwrap());
        let line = inspected(&arguments);
        if let Some(evidence) = right["evidence"].as_array() {
            let offered: Vec<String> = line["proofs"]
                .as_array()
                .unwrap()
                .iter()
                .map(short)
                .collect();
            let want: Vec<String> = evidence
                .iter()
                .map(|e| masked(e.as_str().unwrap()))
                .collect();
            let tally = tallies.entry("evidence").or_default();
            if offered.iter().any(|o| !want.contains(o)) {
                tally
                    .wrong
                    .push(format!("{name}: {offered:?} instead of {want:?}"));
            } else if offered == want {
                tally.right += 1;
            } else {
                tally
                    .missed
                    .push(format!("{name}: {offered:?} instead of {want:?}"));
            }
        }
        if let Some(asked) = right["asked"].as_array() {
            let asked: Vec<String> = asked
                .iter()
                .map(|a| a.as_str().unwrap().to_owned())
                .collect();
            let all = line["addresses"].as_array().unwrap();
            let email = |a: &Value| a["email"].as_str().unwrap().to_owned();
            let ticked: Vec<String> = all
                .iter()
                .filter(|a| a["ticked"] == true)
                .map(email)
                .collect();
            let listed: Vec<String> = all.iter().map(email).collect();
            let counts = if right["or_flagged"] == true {
                &listed
            } else {
                &ticked
            };
            let tally = tallies.entry("addresses").or_default();
            if ticked.iter().any(|t| !asked.contains(t)) {
                tally
                    .wrong
                    .push(format!("{name}: ticked {ticked:?} instead of {asked:?}"));
            } else if asked.iter().all(|a| counts.contains(a)) {
                tally.right += 1;
            } else {
                tally
                    .missed
                    .push(format!("{name}: {all:?} instead of {asked:?}"));
            }
        }
        if let Some(differences) = right["differences"].as_array() {
            let tally = tallies.entry("differences").or_default();
            let days = right["days"]
                .as_u64()
                .is_none_or(|days| line["proofs"][0]["days"].as_u64() == Some(days));
            if line["differences"].as_array() == Some(differences) && days {
                tally.right += 1
            } else {
                tally.wrong.push(format!("{name}: {line}"))
            }
        }
    }
    let mut wrong = 0;
    for (kind, tally) in &tallies {
        println!(
            "{kind}: {} right, {} missed, {} wrong",
            tally.right,
            tally.missed.len(),
            tally.wrong.len()
        );
        tally.missed.iter().for_each(|m| println!("  missed {m}"));
        tally.wrong.iter().for_each(|w| println!("  WRONG {w}"));
        wrong += tally.wrong.len();
        let all = tally.right + tally.missed.len() + tally.wrong.len();
        assert!(
            tally.right * 10 >= all * 9,
            "{kind}: {} of {all} right",
            tally.right
        );
    }
    assert_eq!(wrong, 0);
}

/// A proof in the form of the expectations.
fn short(proof: &Value) -> String {
    let kind = match proof["kind"].as_str().unwrap() {
        "license_key" => "key",
        "usage_export" => "export",
        "activation_code" => "code",
        other => other,
    };
    format!("{kind}:{}", proof["value"].as_str().unwrap_or("?"))
}

/// An expectation with its code masked.
fn masked(expected: &str) -> String {
    expected.strip_prefix("code:").map_or_else(
        || expected.to_owned(),
        |code| {
            format!(
                "code:{}",
                tether::evidence::ActivationCode::parse(code)
                    .unwrap()
                    .masked()
                    .as_str()
            )
        },
    )
}
