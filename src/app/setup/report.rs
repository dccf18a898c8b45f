//! The error report: versions, what is wrong with the setup, and the last events. Nothing in it
//! comes from a page, an answer or the engineer.

use super::findings::{Outcome, findings};
use super::summary::count;
use crate::app::model::Model;
use crate::app::world::World;

/// The report as Markdown: versions, what is wrong with the setup, the last events.
pub fn report(model: &Model, world: World<'_>) -> String {
    let browser = if model.browser.is_empty() {
        "a browser"
    } else {
        model.browser.as_str()
    };
    let mut out = format!(
        "### Tether {} in {browser}: error report\n",
        env!("CARGO_PKG_VERSION")
    );
    let yes_no = |holds: bool| if holds { "yes" } else { "no" };
    let states = [
        (
            "Tether’s state is saved",
            yes_no(model.save_problem.is_none()).to_owned(),
        ),
        (
            "Sites without access",
            model.missing_access.len().to_string(),
        ),
        (
            "Settings that are ignored",
            world.profile.layers.problems().len().to_string(),
        ),
        (
            "Settings that are not saved",
            model.unsaved.len().to_string(),
        ),
        ("Reads that run", model.waiting.len().to_string()),
        ("Page jobs that run", model.page_jobs.len().to_string()),
    ];
    out.push_str("\n**State**\n\n");
    for (what, value) in states {
        out.push_str(&format!("- {what}: {value}\n"));
    }
    out.push_str("\n**Setup**\n\n");
    let found = findings(model, world);
    if found.is_empty() {
        out.push_str("- not checked\n");
    } else {
        out.push_str(&format!("- {}\n", count(&found)));
        for finding in &found {
            let mark = match finding.outcome {
                Outcome::Wrong { .. } => "✗",
                Outcome::Unknown(_) => "?",
                Outcome::Good(_) | Outcome::NotLooked(_) | Outcome::Looking => continue,
            };
            out.push_str(&format!("- {mark} `{}`\n", finding.assumption.key()));
        }
    }
    out.push_str("\n**Last events, in seconds before this report**\n\n");
    for line in model.trail.lines(world.now_ms) {
        out.push_str(&format!("- {line}\n"));
    }
    out
}
