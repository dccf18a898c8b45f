//! The only comparison of e-mail addresses, and the judgement of domains, through the same
//! functions as `./build.sh inspect`.

use std::path::Path;

use serde_json::Value;
use tether::inspect::run;
use tether::mail::{Address, AddressText};

fn inspect(arguments: &[&str]) -> Value {
    let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
    let mut out = Vec::new();
    run(&arguments, &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn answer(line: &Value) -> &str {
    line["answer"].as_str().unwrap()
}

/// Subscription Email, Sold to, and the expected result.
const SOLD_TO: &[(&str, &str, &str)] = &[
    ("Mia Novak <mia@gears.example>", "mia@gears.example", "same"),
    (
        "Novak, Mia <mia@gears.example>",
        "mia@gears.example",
        "same",
    ),
    (
        "\"Mia\" <MIA@GEARS.EXAMPLE>;",
        "Mia Novak <mia@gears.example>",
        "same",
    ),
    ("mia@gears.example (Mia)", "mia@gears.example", "same"),
    ("Mia Novak mia@gears.example", "mia@gears.example", "same"),
    ("E-mail: mia@gears.example", "mia@gears.example", "same"),
    (
        "[mia@gears.example](mailto:mia@gears.example)",
        "mia@gears.example",
        "same",
    ),
    (
        "mailto:mia%40gears.example?subject=Re",
        "mia@gears.example",
        "same",
    ),
    ("“mia@gears.example”", "mia@gears.example", "same"),
    ("'mia@gears.example'", "mia@gears.example", "same"),
    ("&lt;mia@gears.example&gt;", "mia@gears.example", "same"),
    ("mia@gears。example", "mia@gears.example", "same"),
    ("mia＠gears.example", "mia@gears.example", "same"),
    (
        "mia\u{AD}@gears.example\u{2060}",
        "mia@gears.example",
        "same",
    ),
    ("mia@bücher.example", "mia@xn--bcher-kva.example", "same"),
    ("mia@BÜCHER.example", "mia@bücher.example", "same"),
    ("mia+portal@gears.example", "mia@gears.example", "differs"),
    ("mi.a@gears.example", "mia@gears.example", "differs"),
    ("mia@gears.test", "mia@gears.example", "differs"),
    (
        "Mia Novak <mia.novak@gears.example>",
        "mia@gears.example",
        "differs",
    ),
    ("mia@mail.gears.example", "mia@gears.example", "differs"),
    (
        "mia@bu\u{308}cher.example",
        "mia@bücher.example",
        "to decide",
    ),
    ("mia@strasse.example", "mia@straße.example", "to decide"),
    (
        "mia@gears.example and bo@gears.example",
        "mia@gears.example",
        "to decide",
    ),
    ("Mia Novak", "mia@gears.example", "to decide"),
    ("", "mia@gears.example", "to decide"),
    ("mia@gears", "mia@gears.example", "to decide"),
    ("mia@gears.example", "Mia Novak", "to decide"),
    (
        "mia@gears.example",
        "mia@gears.example, bo@gears.example",
        "to decide",
    ),
    (
        "this is not mia@gears.example",
        "mia@gears.example",
        "to decide",
    ),
];

#[test]
fn however_an_address_is_written_it_is_compared_as_the_address_that_it_is() {
    for (field, sold_to, wanted) in SOLD_TO {
        let line = inspect(&["sold-to", field, sold_to]);
        assert_eq!(answer(&line), *wanted, "{field:?} and {sold_to:?}: {line}");
        assert!(!line["why"].as_str().unwrap().is_empty());
    }
}

/// Address, Sold to or "-", and the expected result.
const MAIL: &[(&str, &str, &str)] = &[
    ("mia@vivaldi.net", "-", "free"),
    ("mia@relay.firefox.com", "-", "free"),
    ("mia@vip.163.com", "-", "free"),
    ("mia@gmail.com", "bo@gmail.com", "free"),
    ("mia@cable.comcast.com", "-", "company"),
    ("mia@staff.rogers.com", "-", "to decide"),
    ("mia@staff.rogers.com", "bo@staff.rogers.com", "company"),
    ("mia@mail.gmx.de", "-", "to decide"),
    ("mia@gears.net.ua", "-", "company"),
    ("mia@alumni.cam.ac.uk", "-", "company"),
    ("mia@gears-group.example", "bo@gears.example", "company"),
    ("mia@gears.example", "bo@eu.gears.example", "company"),
    (
        "mia@gaers-works.example",
        "bo@gears-works.example",
        "look-alike",
    ),
    ("mia@g-ears.example", "bo@gears.example", "look-alike"),
    ("Mia", "-", "no address"),
];

#[test]
fn a_domain_is_free_mail_by_itself_and_by_its_parent_alone_it_is_to_decide() {
    for (address, sold_to, wanted) in MAIL {
        let line = if *sold_to == "-" {
            inspect(&["mail", address])
        } else {
            inspect(&["mail", address, "--sold-to", sold_to])
        };
        assert_eq!(answer(&line), *wanted, "{address} {sold_to}: {line}");
    }
}

#[test]
fn equal_addresses_sort_and_hash_alike() {
    let address = |text: &str| Address::parse(text).unwrap();
    let set: std::collections::HashSet<Address> = [
        "Mia@Gears.example",
        "mia@gears.example.",
        "<MIA@gears.example>",
    ]
    .map(address)
    .into();
    assert_eq!(set.len(), 1);
    assert_eq!(
        address("mia@bücher.example").cmp(&address("MIA@xn--bcher-kva.example")),
        std::cmp::Ordering::Equal
    );
    assert_eq!(
        AddressText::from("Mia <mia@gears.example>"),
        AddressText::from("mia@GEARS.example")
    );
    assert_ne!(
        AddressText::from("mia@gears"),
        AddressText::from("mia@gears.example")
    );
    assert_eq!(AddressText::of(" \u{A0}"), None);
}

/// Every line of the shared inputs has the right result or, at worst, is left to the engineer.
#[test]
fn no_line_of_the_shared_inputs_gets_a_wrong_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/oddities/tickets");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.json")) else {
        println!("skipped: there is no {}", folder.display());
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let (mut right, mut open, mut wrong) = (0, 0, Vec::new());
    for (name, entry) in expected.as_object().unwrap() {
        let how = entry["how"].as_str().unwrap_or_default();
        if !matches!(how, "mail" | "soldto") {
            continue;
        }
        for line in std::fs::read_to_string(folder.join(name))
            .unwrap()
            .lines()
            .filter(|l| !l.trim().is_empty())
        {
            let [first, second, wanted] = line.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("{name}: {line}")
            };
            let (got, wanted) = if how == "soldto" {
                (
                    inspect(&["sold-to", first, second]),
                    if wanted == "same" { "same" } else { "differs" },
                )
            } else if second == "-" {
                (inspect(&["mail", first]), wanted)
            } else {
                (inspect(&["mail", first, "--sold-to", second]), wanted)
            };
            match answer(&got) {
                answer if wanted.split(' ').next() == Some(answer) => right += 1,
                "to decide" => open += 1,
                _ => wrong.push(format!("{name}: {line}: {got}")),
            }
        }
    }
    println!("right {right}, to decide {open}, wrong {}", wrong.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(right > open * 10, "right {right}, to decide {open}");
}
