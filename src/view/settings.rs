//! What the panel says of settings: those that do not count, those that were not kept, and the way to all of them.

use maud::{Markup, html};

use crate::app::{Model, World};
use crate::profile::{Layer, Problem};
use crate::text::line::one_line;

/// One line where something is wrong with settings.
pub(super) fn problems(model: &Model, world: World<'_>) -> Markup {
    let unsaved = model.unsaved.iter().next();
    let problems = world.profile.layers.problems();
    html! {
        @if let Some((path, why)) = unsaved {
            (line(&format!("The browser did not keep the setting {path}: {why}")))
        } @else if let Some(problem) = problems.first() {
            (line(&summary(problem, problems.len())))
        }
    }
}

fn summary(problem: &Problem, count: usize) -> String {
    let whose = match problem.layer {
        Layer::Managed => "that your organization set",
        Layer::User | Layer::Shipped => "of yours",
    };
    match count {
        1 => format!(
            "A setting {whose} does not count. {}: {}",
            problem.path, problem.fault
        ),
        n => format!(
            "{n} settings do not count. The first is {}: {}",
            problem.path, problem.fault
        ),
    }
}

fn line(says: &str) -> Markup {
    html! {
        section.card aria-label="Problem with settings" {
            p.error role="alert" { bdi { (one_line(says, 400)) } }
            div.actions { button type="button" data-command="open_settings" { "Open settings" } }
        }
    }
}

/// The way to the settings, at the panel's end.
pub(super) fn button() -> Markup {
    html! { button.quiet type="button" data-command="open_settings" { "Settings" } }
}
