//! `./build.sh inspect`: how Tether reads an input, without a browser. Each input becomes one line
//! of JSON.

mod addresses;
mod adopt;
mod answer;
mod input;
mod page;
mod ticket;
mod without_values;

pub use adopt::reading as reading_of_fixture;
pub use input::Problem;
pub use page::line as line_of_page;

use std::io::Write;

use serde_json::Value;

const USAGE: &str = "inspect page|without-values|adopt|ticket|answer|sold-to|mail …; ./build.sh help describes each";

/// The first line of a command, for tests that judge what the program prints; `null` if it fails.
pub fn page_line(arguments: &[String]) -> Value {
    let mut out = Vec::new();
    let is_done = run(arguments, &mut out).is_ok();
    let first = String::from_utf8_lossy(&out)
        .lines()
        .next()
        .map(str::to_owned);
    first
        .filter(|_| is_done)
        .and_then(|line| serde_json::from_str(&line).ok())
        .unwrap_or_default()
}

/// Runs one `inspect` command and writes one line of JSON per input.
pub fn run(arguments: &[String], out: &mut dyn Write) -> Result<(), Problem> {
    let (command, rest) = arguments.split_first().ok_or(Problem::Usage(USAGE))?;
    if command == "without-values" {
        return without_values::write(rest, out);
    }
    if command == "adopt" {
        return adopt::write(rest, out);
    }
    let lines: Vec<Value> = match command.as_str() {
        "page" => page::inspect(rest)?,
        "ticket" => ticket::inspect(rest)?,
        "answer" => answer::inspect(rest)?,
        "sold-to" => addresses::sold_to(rest)?,
        "mail" => addresses::mail(rest)?,
        _ => return Err(Problem::Usage(USAGE)),
    };
    lines
        .iter()
        .try_for_each(|line| writeln!(out, "{line}"))
        .map_err(|error| Problem::Output(error.to_string()))
}
