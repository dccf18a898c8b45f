//! `Check setup`: looks at everything that Tether assumes about the two sites, reading only; takes
//! the names that the sites have instead; and shows the error report.

mod assumption;
mod candidates;
mod chain;
mod findings;
mod host;
mod looks;
mod mend;
mod report;
mod saving;
mod summary;

use super::diagnose;
use super::effect::Effect;
use super::fields::BadInput;
use super::model::Model;
use super::model::setup::{AnswerKind, Links, Look, Looking, SavingAnswer, Setup, Unseen};
use super::world::World;
use crate::case::proof::Lead;
use crate::map::Map;
use crate::record::RecordKind;
use crate::record::ids::LicenseId;
use crate::record::seen::Record;

pub use assumption::{Assumption, NOT_CHECKED, all as assumptions};
pub use candidates::{Candidate, LIKELY};
pub use findings::{Finding, Mend, Outcome, findings};
pub use saving::kinds as savable_answers;
pub use summary::{Count, count};

pub(super) use looks::{answered, decide_again, ended, forget, wanted};
pub(super) use mend::{not_saved, settings_changed};
pub(super) use saving::saved;

/// A command about the setup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Look at everything.
    Check {
        /// The license ID that the engineer typed; may be empty.
        license: String,
    },
    /// Stop looking.
    Stop,
    /// Forget the result.
    Close,
    /// Take a name that exists.
    Use {
        /// The check that it was offered in.
        run: u64,
        /// The assumption's key.
        check: String,
        /// The name.
        choice: String,
    },
    /// Take that back.
    Undo {
        /// The assumption's key.
        check: String,
    },
    /// Read an answer and show it without its values, to be saved.
    SaveAnswer(Option<AnswerKind>),
    /// Drop it.
    DropAnswer,
    /// Show the error report.
    Report,
    /// Hide it.
    CloseReport,
    /// The page copied the report.
    ReportCopied {
        /// Whether the clipboard took it.
        ok: bool,
    },
}

/// The longest text of a license ID or a name in a command, in characters.
const FIELD_MAX: usize = 500;

pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| -> String {
        let text = fields.get(key).map_or("", String::as_str).trim();
        text.chars().take(FIELD_MAX).collect()
    };
    Ok(Some(match name {
        "check_setup" => Command::Check {
            license: field("license"),
        },
        "stop_setup" => Command::Stop,
        "close_setup" => Command::Close,
        "use_found" => Command::Use {
            run: field("run").parse().unwrap_or(0),
            check: field("check"),
            choice: field("choice"),
        },
        "undo_found" => Command::Undo {
            check: field("check"),
        },
        "save_answer" => Command::SaveAnswer(field("kind").parse().ok()),
        "close_saved_answer" => Command::DropAnswer,
        "error_report" => Command::Report,
        "close_error_report" => Command::CloseReport,
        "error_report_copied" => Command::ReportCopied {
            ok: field("ok") == "true",
        },
        _ => return Ok(None),
    }))
}

pub(super) fn command(model: &mut Model, command: Command, world: World<'_>) -> Vec<Effect> {
    model.setup.refused = None;
    match command {
        Command::Check { license } => check(model, license, world),
        Command::Stop => stop(model),
        Command::Close => {
            stop(model);
            let (run, report) = (model.setup.run, model.setup.report.take());
            let saving = std::mem::take(&mut model.setup.saving);
            model.setup = Setup {
                run,
                report,
                saving,
                ..Setup::default()
            };
        }
        Command::Use { run, check, choice } => {
            return mend::use_found(model, run, &check, &choice, world);
        }
        Command::Undo { check } => return mend::undo(model, &check),
        Command::SaveAnswer(Some(kind)) => {
            return saving::ask(model, kind, world).into_iter().collect();
        }
        Command::SaveAnswer(None) => {
            model.setup.saving = SavingAnswer::Problem("Choose an answer first.".to_owned());
        }
        Command::DropAnswer => saving::drop(model),
        Command::Report => {
            model.setup.copied = None;
            model.setup.report = Some(report::report(model, world));
        }
        Command::CloseReport => model.setup.report = None,
        Command::ReportCopied { ok } => model.setup.copied = Some(ok),
    }
    Vec::new()
}

/// Starts a check. The reads start with the other wanted reads.
fn check(model: &mut Model, typed: String, world: World<'_>) {
    let typed_id = (!typed.is_empty()).then(|| LicenseId::parse(&typed));
    if let Some(Err(_)) = typed_id {
        model.setup.open = true;
        model.setup.typed = typed;
        model.setup.wrong =
            Some("A license ID is a number, e.g. 123456. Leave it empty to go without.".to_owned());
        return;
    }
    stop(model);
    let host = host::zendesk_host(model, world.profile);
    let portal = world.profile.portal_host(&host).to_owned();
    let proof = match typed_id {
        Some(Ok(id)) => Some((RecordKind::License, id.get())),
        _ => proof_of_ticket(model, &host),
    };
    let mut looks = Map::new();
    for look in [
        Look::Me,
        Look::Forms,
        Look::Fields,
        Look::OrganizationFields,
        Look::Account,
        Look::Macros,
        Look::Groups,
        Look::Portal,
        Look::TicketPage,
        Look::UserPage,
    ] {
        looks.insert(look, Looking::Wanted);
    }
    if world.profile.zendesk.hand_over.assignee.is_some() {
        looks.insert(Look::Person, Looking::Wanted);
    }
    if !world.profile.zendesk.hand_on.removed_tags.is_empty() {
        looks.insert(Look::Tags, Looking::Wanted);
    }
    let start = match proof {
        Some(_) => Looking::Wanted,
        None => Looking::Not(Unseen::NoStart),
    };
    looks.insert(Look::Proof, start);
    model.setup = Setup {
        open: true,
        run: model.setup.run + 1,
        host,
        portal,
        typed,
        looks,
        chain: Links {
            proof,
            ..Links::default()
        },
        report: model.setup.report.take(),
        saving: std::mem::take(&mut model.setup.saving),
        ..Setup::default()
    };
}

/// The license or cloud activation of the ticket in front, if it is known.
fn proof_of_ticket(model: &Model, host: &str) -> Option<(RecordKind, u64)> {
    let case = model.focused().filter(|case| case.key.host == host)?;
    match case.chain.proof() {
        Some(Record::License(license)) => Some((RecordKind::License, license.record.id.get())),
        Some(Record::CloudActivation(activation)) => {
            Some((RecordKind::CloudActivation, activation.record.id.get()))
        }
        _ => match case.proofs.chosen()?.lead() {
            Lead::License(id) => Some((RecordKind::License, id.get())),
            Lead::Activation(_) | Lead::Closed(_) | Lead::Nameless => None,
        },
    }
}

/// Stops looking; what was found stays.
fn stop(model: &mut Model) {
    use super::model::reads::Waiting;
    model
        .waiting
        .retain(|_, waiting| !matches!(waiting, Waiting::Setup { .. }));
    for looking in model.setup.looks.values_mut().filter(|l| l.is_open()) {
        *looking = Looking::Not(Unseen::Stopped);
    }
}

/// A restart of the background cut the read of an answer off: it can be asked for again.
pub(super) fn forget_answer(model: &mut Model) {
    saving::drop(model);
}

/// How long a page may take to answer, in ms.
pub(super) const PATIENCE_MS: u64 = diagnose::PATIENCE_MS;
