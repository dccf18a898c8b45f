//! What the engineer can press about a change that was started.

use super::queue::{by_api, leave, retry, undo};
use crate::app::effect::Effect;
use crate::app::fields::{BadInput, bad};
use crate::app::model::Model;
use crate::app::plan;
use crate::app::world::World;
use crate::case::CaseKey;
use crate::map::Map;

/// A press, with the change's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Try it again.
    Retry(u64),
    /// Make it by the API, since the page's field could not.
    ByApi(u64),
    /// Take it out of the list after a problem.
    Leave(u64),
    /// Undo it.
    Undo(u64),
}

/// Parses a command by its name; another feature's is `Ok(None)`.
pub(in crate::app) fn parse(
    name: &str,
    fields: &Map<String, String>,
) -> Result<Option<Command>, BadInput> {
    let task = || {
        fields
            .get("task")
            .and_then(|text| text.trim().parse().ok())
            .ok_or_else(|| bad("task", "This change is not known. Reopen the panel."))
    };
    Ok(Some(match name {
        "retry_task" => Command::Retry(task()?),
        "by_api" => Command::ByApi(task()?),
        "leave_task" => Command::Leave(task()?),
        "undo" => Command::Undo(task()?),
        _ => return Ok(None),
    }))
}

/// Carries out a command.
pub(in crate::app) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Retry(task) => retry(model, key, task, world),
        Command::ByApi(task) => {
            by_api(model, key, task);
            plan::goes_on_by_api(model, key, task, world);
        }
        Command::Leave(task) => leave(model, key, task),
        Command::Undo(task) => undo(model, key, task),
    }
    Vec::new()
}
