//! `adopt`: a page or an answer without its values becomes a fixture of the tests, beside what Tether reads in
//! it now. A maintainer corrects the reading to what it should be; then the test fails until Tether reads it.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use super::input::{Problem, read};
use super::without_values::profile;
use super::{answer, page};
use crate::portal::reader;
use crate::reading::charset;
use crate::without_values::{self, file::address_in};

const USAGE: Problem = Problem::Usage(
    "adopt [--answer KIND] [--name NAME] [--into FOLDER] FILE; a page must be saved without its values",
);

/// Where the fixtures are.
const FOLDER: &str = "tests/native/adopted";

/// Writes the fixture and its reading, and prints where they are.
pub(super) fn write(arguments: &[String], out: &mut dyn Write) -> Result<(), Problem> {
    let (mut kind, mut name, mut folder, mut file) = (None, None, FOLDER, None);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--answer" => kind = Some(rest.next().ok_or(USAGE)?),
            "--name" => name = Some(rest.next().ok_or(USAGE)?.clone()),
            "--into" => folder = rest.next().ok_or(USAGE)?,
            _ if file.is_none() => file = Some(argument),
            _ => return Err(USAGE),
        }
    }
    let file = file.ok_or(USAGE)?;
    let name = plain_name(&name.unwrap_or_else(|| {
        let stem = Path::new(file).file_stem().unwrap_or_default();
        stem.to_string_lossy().into_owned()
    }));
    if name.is_empty() {
        return Err(USAGE);
    }
    let bytes = read(file)?;
    let (fixture, content, expected) = match kind {
        Some(kind) => {
            // An answer has no place for a mark, so its values are replaced here in any case.
            let body = without_values::answer(&String::from_utf8_lossy(&bytes), &profile()?);
            let reading = answer::line_of_body(kind, body.as_bytes())?;
            (
                format!("{name}.answer.json"),
                body,
                json!({"answer": kind, "reading": reading}),
            )
        }
        None => {
            let html = charset::text("", &bytes, |_, _| None);
            let url = address_in(&html).ok_or(USAGE)?;
            let reading = page::line("", &reader::read(url, None, &html, &profile()?.portal));
            (
                format!("{name}.html"),
                html.clone(),
                json!({"reading": without_file(reading)}),
            )
        }
    };
    let expected = serde_json::to_string_pretty(&expected).unwrap_or_default() + "\n";
    let folder = Path::new(folder);
    for (name, content) in [
        (fixture, content),
        (format!("{name}.expected.json"), expected),
    ] {
        let path = folder.join(name);
        let failed = |why: &str| Problem::Output(format!("{}: {why}", path.display()));
        if path.exists() {
            return Err(failed("it exists; choose another --name"));
        }
        fs::create_dir_all(folder).map_err(|why| failed(&why.to_string()))?;
        fs::write(&path, content).map_err(|why| failed(&why.to_string()))?;
        writeln!(out, "{}", path.display()).map_err(|why| failed(&why.to_string()))?;
    }
    Ok(())
}

/// What Tether reads in a fixture, for the test that compares it.
pub fn reading(path: &Path, kind: Option<&str>) -> Result<Value, Problem> {
    let name = path.display().to_string();
    let bytes = read(&name)?;
    match kind {
        Some(kind) => answer::line_of_body(kind, &bytes),
        None => {
            let html = charset::text("", &bytes, |_, _| None);
            let url = address_in(&html).ok_or(USAGE)?;
            let page = reader::read(url, None, &html, &profile()?.portal);
            Ok(without_file(page::line("", &page)))
        }
    }
}

fn without_file(mut line: Value) -> Value {
    if let Some(line) = line.as_object_mut() {
        line.remove("file");
        // It counts from now.
        line.remove("wait_seconds");
    }
    line
}

/// Lower case letters, digits and hyphens.
fn plain_name(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    plain.trim_matches('-').to_owned()
}
