//! Handles what is pressed in a panel: finds its case and calls its feature.

use super::command::{Action, CaseCommand, Command, NoCommand};
use super::effect::Effect;
use super::fields::BadInput;
use super::model::Model;
use super::model::notice::Notice;
use super::world::World;
use super::{
    associate, choices, contacts, diagnose, dot_com, evidence, metadata, note, open, page_jobs,
    plan, refresh, reply, settings, setup, trace, trouble, work,
};
use crate::case::CaseKey;
use crate::map::Map;
use crate::text::line::one_line;
use crate::zendesk::address::{Front, front as zendesk_front};

/// Why a press in a panel is refused.
pub(super) struct Refusal {
    /// The case that the panel showed when the engineer pressed.
    then: Option<CaseKey>,
    /// The case that it shows now.
    now: Option<CaseKey>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Two tickets with the same number are distinguished by their hosts.
        let hosts =
            matches!((&self.then, &self.now), (Some(then), Some(now)) if then.ticket == now.ticket);
        let name = |key: &Option<CaseKey>| match key {
            Some(key) if hosts => format!("#{} of {}", key.ticket, key.host),
            Some(key) => format!("#{}", key.ticket),
            None => "no ticket".to_owned(),
        };
        let then = name(&self.then);
        let first = if self.then.is_some() {
            then
        } else {
            "No ticket".to_owned()
        };
        write!(
            f,
            "{first} was shown when you pressed; the panel shows {} now: nothing was done.",
            name(&self.now)
        )
    }
}

/// The case that a press in a window's panel is about: the one that the panel showed, if it still
/// shows it.
fn pressed(model: &Model, window: i64, then: Option<CaseKey>) -> Result<CaseKey, Refusal> {
    let now = model
        .tabs
        .behind(window)
        .filter(|w| w.refused_host.is_none())
        .and_then(|w| w.focus.clone());
    match then {
        Some(key) if now.as_ref() == Some(&key) => Ok(key),
        then => Err(Refusal { then, now }),
    }
}

fn refuse(model: &mut Model, window: i64, text: String) {
    model.said = Some(Notice::error(text));
    model.said_in = Some(model.tabs.followed_by(window));
}

/// Takes a file that was dropped into a window's panel.
pub(super) fn file_given(
    model: &mut Model,
    window: Option<i64>,
    case: Option<CaseKey>,
    name: &str,
    size: u64,
    base64: &str,
    world: World<'_>,
) {
    let window = window.unwrap_or(model.tabs.here);
    match pressed(model, window, case) {
        Ok(key) => evidence::given(model, key, name, size, base64, world),
        Err(refusal) => {
            let name = one_line(name, 100);
            let text = format!("{refusal} The file “{name}” was not taken: drop it again.");
            refuse(model, window, text);
        }
    }
}

/// Carries out one of the browser's shortcuts. If a ticket is in front, it is the one that the engineer sees; otherwise it is the
/// one that the panel shows.
pub(super) fn shortcut(
    model: &mut Model,
    window: i64,
    tab: i64,
    url: &str,
    name: &str,
    world: World<'_>,
) -> Vec<Effect> {
    let case = match zendesk_front(url, &world.profile.zendesk) {
        Some(Front::Ticket { host, id }) => Some(CaseKey { host, ticket: id }),
        _ => (model.tabs.windows.get(&window))
            .filter(|w| w.front_tab == Some(tab))
            .and_then(|w| w.focus.clone()),
    };
    command(model, window, case, name, &Map::new(), world)
}

/// Carries out a command from a window's panel or from the keyboard.
pub(super) fn command(
    model: &mut Model,
    window: i64,
    case: Option<CaseKey>,
    name: &str,
    fields: &Map<String, String>,
    world: World<'_>,
) -> Vec<Effect> {
    // What nobody pressed takes no notice away.
    if !matches!(name, "tick" | "look_for_result") {
        model.said = None;
        // The engineer works in the window whose panel they press in.
        model.tabs.here = model.tabs.followed_by(window);
        model.said_in = Some(model.tabs.here);
    }
    match Command::parse(name, fields, case) {
        Ok(None) => {}
        Ok(Some(command)) => {
            model.trail.command(name, world.now_ms);
            return carry_out(model, window, command, world);
        }
        Err(NoCommand::Input(BadInput { field, says })) => {
            model.said = Some(Notice {
                of: form_of(fields),
                ..Notice::wrong(field, says)
            })
        }
        Err(NoCommand::NoCase) => {
            if let Err(refusal) = pressed(model, window, None) {
                refuse(model, window, refusal.to_string());
            }
        }
    }
    Vec::new()
}

fn carry_out(model: &mut Model, window: i64, command: Command, world: World<'_>) -> Vec<Effect> {
    match command {
        // A page can be diagnosed without a case, too.
        Command::Diagnose(command) => diagnose::command(model, command, world),
        Command::Settings(command) => settings::command(model, command, world),
        Command::Setup(command) => setup::command(model, command, world),
        Command::Tick => Vec::new(),
        Command::ShowCase(key) => open::show_case(model, &key, world),
        Command::Copied { ok: true } => {
            model.say("Copied.");
            Vec::new()
        }
        Command::Copied { ok: false } => {
            refuse(
                model,
                window,
                "The browser didn’t copy. Select the text and copy it by hand.".to_owned(),
            );
            Vec::new()
        }
        Command::OfCase(CaseCommand { key, action }) => match pressed(model, window, Some(key)) {
            Ok(key) => act(model, CaseCommand { key, action }, world),
            Err(_) if action == Action::DotCom(dot_com::Command::Look) => Vec::new(),
            Err(refusal) => {
                refuse(model, window, refusal.to_string());
                Vec::new()
            }
        },
    }
}

/// Carries out a command about the case that the panel shows.
fn act(
    model: &mut Model,
    CaseCommand { key, action }: CaseCommand,
    world: World<'_>,
) -> Vec<Effect> {
    match action {
        Action::Note(command) => return note::command(model, &key, command, world),
        Action::Open(command) => return open::command(model, &key, command, world),
        Action::Choose(command) => return choices::command(model, &key, command, world),
        Action::Refresh(command) => refresh::command(model, &key, command),
        Action::SetProblemType => metadata::set_problem_type(model, &key, world),
        Action::Associate(command) => associate::command(model, &key, command, world),
        Action::Change(command) => return work::command(model, &key, command, world),
        Action::StopWaiting(job) => page_jobs::stop_waiting(model, job, world),
        Action::Contacts(command) => return contacts::command(model, &key, command, world),
        Action::Evidence(command) => return evidence::command(model, &key, command, world),
        Action::Trace(command) => return trace::command(model, &key, command, world),
        Action::DotCom(command) => return dot_com::command(model, &key, command, world),
        Action::Reply(command) => return reply::command(model, &key, command, world),
        Action::Plan(command) => return plan::command(model, &key, command, world),
        Action::Trouble(command) => return trouble::command(model, &key, command, world),
    }
    Vec::new()
}

/// The form that a command came from, if there are several of a kind.
fn form_of(fields: &Map<String, String>) -> Option<String> {
    ["check", "user", "from"]
        .iter()
        .find_map(|key| fields.get(*key))
        .cloned()
}
