//! `inspect without-values`: a saved page, or an answer of Zendesk's API, without its values, for the maintainers.

use std::io::Write;

use super::input::{Problem, read};
use crate::profile::Profile;
use crate::reading::charset;
use crate::without_values::{answer, file, page};

const USAGE: Problem = Problem::Usage("inspect without-values --url URL FILE, or --answer FILE");

/// Writes the page or the answer to the output.
pub(super) fn write(arguments: &[String], out: &mut dyn Write) -> Result<(), Problem> {
    let profile = profile()?;
    let written = match arguments {
        [flag, url, name] if flag == "--url" => {
            let html = charset::text("", &read(name)?, |_, _| None);
            let saved = page(url, &html, &profile).map_err(|_| {
                Problem::File(
                    name.clone(),
                    "it is larger or more complex than any page of the two sites".to_owned(),
                )
            })?;
            file::content(&saved)
        }
        [flag, name] if flag == "--answer" => {
            answer(&String::from_utf8_lossy(&read(name)?), &profile)
        }
        _ => return Err(USAGE),
    };
    out.write_all(written.as_bytes())
        .map_err(|error| Problem::Output(error.to_string()))
}

/// The site profile that is shipped.
pub(super) fn profile() -> Result<Profile, Problem> {
    Profile::parse(include_str!("../../extension/site-profile.json"))
        .map_err(|why| Problem::File("extension/site-profile.json".to_owned(), why))
}
