//! Pages and answers that users gave, without their values: each is read as a maintainer expects.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tether::inspect::{reading_of_fixture, run};

/// What is read differently than expected in a folder of fixtures, and how many there are.
fn disagreements(folder: &Path) -> (usize, Vec<String>) {
    let mut expected: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".expected.json"))
        .collect();
    expected.sort();
    let wrong = expected.iter().filter_map(|path| {
        let content: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let kind = content["answer"].as_str();
        let ending = if kind.is_some() {
            ".answer.json"
        } else {
            ".html"
        };
        let fixture = path.to_string_lossy().replace(".expected.json", ending);
        let read = reading_of_fixture(Path::new(&fixture), kind).unwrap();
        (read != content["reading"]).then(|| format!("{fixture}: {read}"))
    });
    let wrong = wrong.collect();
    (expected.len(), wrong)
}

#[test]
fn every_adopted_page_and_answer_is_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/native/adopted");
    let (count, wrong) = disagreements(&folder);
    assert!(count > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn adopt(arguments: &[&str]) -> Result<String, String> {
    let mut all = vec!["adopt".to_owned()];
    all.extend(arguments.iter().map(|one| (*one).to_owned()));
    let mut out = Vec::new();
    run(&all, &mut out).map_err(|problem| problem.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn adopting_a_page_and_an_answer_makes_fixtures_with_their_readings() {
    use crate::support::pages::{Version, samples};
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("adopting");
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    let into = folder.join("fixtures").display().to_string();
    let file = |name: &str| folder.join(name).display().to_string();

    let (url, html) = samples(Version::V3).remove(0);
    fs::write(file("page.html"), &html).unwrap();
    // Values must not get into the project.
    let refused = adopt(&["--into", &into, &file("page.html")]).unwrap_err();
    assert!(refused.contains("saved without its values"), "{refused}");
    let mut saved = Vec::new();
    let arguments = ["without-values", "--url", &url, &file("page.html")].map(str::to_owned);
    run(&arguments, &mut saved).unwrap();
    fs::write(file("A page, saved.html"), &saved).unwrap();
    let written = adopt(&["--into", &into, &file("A page, saved.html")]).unwrap();
    assert_eq!(written.lines().count(), 2, "{written}");

    let answer = r#"{"user": {"id": 371000000001, "name": "Ada Lindqvist", "email": "ada@widgets.example", "role": "end-user",
        "suspended": false, "active": true, "organization_id": null}}"#;
    fs::write(file("user.json"), answer).unwrap();
    let user = file("user.json");
    let arguments = [
        "--answer", "user", "--name", "a user", "--into", &into, &user,
    ];
    adopt(&arguments).unwrap();
    let again = adopt(&arguments);
    assert!(again.unwrap_err().contains("choose another --name"));

    let fixtures = folder.join("fixtures");
    let mut names: Vec<String> = fs::read_dir(&fixtures)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "a-page--saved.expected.json",
            "a-page--saved.html",
            "a-user.answer.json",
            "a-user.expected.json"
        ]
    );
    let all: String = names
        .iter()
        .map(|name| fs::read_to_string(fixtures.join(name)).unwrap())
        .collect();
    for value in ["Lindqvist", "widgets", "371000000001"] {
        assert!(!all.contains(value), "{value}");
    }
    assert_eq!(disagreements(&fixtures), (2, Vec::new()));
    // A corrected reading fails until Tether reads the page so.
    let expected = fixtures.join("a-page--saved.expected.json");
    let corrected = fs::read_to_string(&expected)
        .unwrap()
        .replace("\"page\": \"", "\"page\": \"x");
    fs::write(&expected, corrected).unwrap();
    let (_, wrong) = disagreements(&fixtures);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    fs::remove_dir_all(&folder).ok();
}
