//! The commands that the engineer can give. Each feature parses its own.

use super::fields::{BadInput, bad};
use super::{
    associate, choices, contacts, diagnose, dot_com, evidence, note, open, plan, refresh, reply,
    settings, setup, trace, trouble, work,
};
use crate::case::CaseKey;
use crate::map::Map;
use crate::record::ids::TicketId;

/// A command of the panel or of the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// A command about the case that the panel showed.
    OfCase(CaseCommand),
    /// The panel copied something.
    Copied {
        /// Whether the clipboard took it.
        ok: bool,
    },
    /// A timer of the panel ran out.
    Tick,
    /// Look at another case.
    ShowCase(CaseKey),
    /// `Diagnose this page`.
    Diagnose(diagnose::Command),
    /// Settings.
    Settings(settings::Command),
    /// `Check setup` and the error report.
    Setup(setup::Command),
}

/// A command about a case. It always carries the case's key, so it acts on the case that the panel
/// showed or on nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCommand {
    /// The case that the panel showed.
    pub key: CaseKey,
    /// What to do there.
    pub action: Action,
}

/// What a command does to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The note.
    Note(note::Command),
    /// Open a page.
    Open(open::Command),
    /// Choose or decide something.
    Choose(choices::Command),
    /// Read the case again.
    Refresh(refresh::Command),
    /// Step 1: set `Support Ops Problem Type`.
    SetProblemType,
    /// Step 13: associate the requester.
    Associate(associate::Command),
    /// A change that was started.
    Change(work::Command),
    /// Stop waiting for a page job.
    StopWaiting(u64),
    /// Step 2 and the removal of associated users.
    Contacts(contacts::Command),
    /// Proof.
    Evidence(evidence::Command),
    /// Walking the chain.
    Trace(trace::Command),
    /// Step 4.
    DotCom(dot_com::Command),
    /// Replies.
    Reply(reply::Command),
    /// The plan.
    Plan(plan::Command),
    /// Common issues and troubleshooting.
    Trouble(trouble::Command),
}

/// Why a command could not be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCommand {
    /// A field's value is invalid.
    Input(BadInput),
    /// The command needs a case, but the panel showed none.
    NoCase,
}

impl From<BadInput> for NoCommand {
    fn from(bad: BadInput) -> Self {
        Self::Input(bad)
    }
}

impl Command {
    /// Parses a command by its name. An unknown name is `Ok(None)`: an old panel may talk to a new
    /// core.
    pub fn parse(
        name: &str,
        fields: &Map<String, String>,
        shown: Option<CaseKey>,
    ) -> Result<Option<Self>, NoCommand> {
        let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
        match name {
            "copied" => {
                return Ok(Some(Self::Copied {
                    ok: field("ok") == "true",
                }));
            }
            "tick" => return Ok(Some(Self::Tick)),
            "show_case" => return Ok(Some(Self::ShowCase(case_named(fields)?))),
            _ => {}
        }
        if let Some(command) = diagnose::parse(name, fields)? {
            return Ok(Some(Self::Diagnose(command)));
        }
        if let Some(command) = settings::parse(name, fields)? {
            return Ok(Some(Self::Settings(command)));
        }
        if let Some(command) = setup::parse(name, fields)? {
            return Ok(Some(Self::Setup(command)));
        }
        let Some(action) = Action::parse(name, fields)? else {
            return Ok(None);
        };
        Ok(Some(Self::OfCase(CaseCommand {
            key: shown.ok_or(NoCommand::NoCase)?,
            action,
        })))
    }
}

fn case_named(fields: &Map<String, String>) -> Result<CaseKey, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    let ticket = TicketId::parse(field("ticket"))
        .ok()
        .filter(|_| !field("host").is_empty());
    let key = ticket.map(|ticket| CaseKey {
        host: field("host").to_owned(),
        ticket,
    });
    key.ok_or_else(|| bad("ticket", "This ticket is not known."))
}

impl Action {
    fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Self>, BadInput> {
        let own = match name {
            "set_problem_type" => Some(Self::SetProblemType),
            "stop_waiting" => Some(Self::StopWaiting(
                fields
                    .get("job")
                    .and_then(|text| text.trim().parse().ok())
                    .ok_or_else(|| bad("job", "This step is not known. Reopen the panel."))?,
            )),
            _ => None,
        };
        Ok(own
            .or(note::parse(name).map(Self::Note))
            .or(refresh::parse(name).map(Self::Refresh))
            .or(open::parse(name, fields)?.map(Self::Open))
            .or(choices::parse(name, fields)?.map(Self::Choose))
            .or(associate::parse(name, fields)?.map(Self::Associate))
            .or(work::parse_command(name, fields)?.map(Self::Change))
            .or(contacts::parse(name, fields)?.map(Self::Contacts))
            .or(evidence::parse(name, fields)?.map(Self::Evidence))
            .or(trace::parse(name, fields)?.map(Self::Trace))
            .or(dot_com::parse(name, fields)?.map(Self::DotCom))
            .or(reply::parse(name, fields)?.map(Self::Reply))
            .or(plan::parse(name, fields)?.map(Self::Plan))
            .or(trouble::parse(name, fields)?.map(Self::Trouble)))
    }
}
