//! What the engineer can press, parsed once.

use crate::case::CaseKey;
use crate::case::check::{CheckName, REASON_MAX};
use crate::case::product::Product;
use crate::map::Map;
use crate::record::ids::{LicenseId, OrganizationId, TicketId, UserId};
use crate::record::seen::RecordRef;
use crate::text::line::one_line;

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
    /// A wait is over.
    Tick,
    /// Look at another case.
    ShowCase(CaseKey),
    /// `Diagnose this page`.
    Diagnose(super::diagnose::Command),
    /// Settings.
    Settings(super::settings::Command),
}

/// A command about a case. There is none without the case's key: what was pressed acts on what the panel showed, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCommand {
    /// The case that the panel showed.
    pub key: CaseKey,
    /// What to do there.
    pub action: Action,
}

/// What the engineer can have done about a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Put the note into the composer.
    AddNote {
        /// Even if it was written before.
        again: bool,
    },
    /// Leave the question whether to write again, or a problem.
    DismissNote,
    /// Open the license of that ID (step 6).
    OpenLicense(LicenseId),
    /// Search the cloud activation of that code (step 7). The code is a secret: it goes into the address and nowhere else.
    OpenActivation(String),
    /// Open Validate License (step 8).
    OpenValidate,
    /// Open the page that leads on.
    OpenNext,
    /// Open the page of a held record.
    OpenRecord(RecordRef),
    /// Show the case's ticket.
    ShowTicket,
    /// Remove a record.
    Remove(RecordRef),
    /// Take the record that waits.
    TakeOffered(RecordRef),
    /// Leave it.
    KeepHeld(RecordRef),
    /// Take a record that was put aside.
    UseAside(RecordRef),
    /// Leave it.
    LeaveAside(RecordRef),
    /// Compare Sold-to with this address.
    PickAddress(String),
    /// Pick another address.
    UnpickAddress,
    /// Choose an organization among several.
    ChooseOrganization(OrganizationId),
    /// Decide a check.
    Decide {
        /// Which.
        check: CheckName,
        /// Passed or failed.
        accepted: bool,
        /// Why.
        reason: String,
        /// The answer that the panel showed.
        shown: String,
    },
    /// Take a decision back.
    Undecide(CheckName),
    /// Ask again what failed.
    Retry,
    /// Ask everything again.
    Refresh,
    /// Step 1: set `Support Ops Problem Type`.
    SetProblemType,
    /// Step 3: which product it is; none: what the ticket says.
    ChooseProduct(Option<Product>),
    /// Step 13: associate the requester.
    Associate {
        /// The user that the panel showed.
        user: UserId,
        /// The organization that it showed.
        organization: OrganizationId,
    },
    /// Try a change again.
    RetryTask(u64),
    /// Make a change by the API that the page's field could not make.
    ByApi(u64),
    /// Leave a change that met a problem.
    LeaveTask(u64),
    /// Undo a change.
    Undo(u64),
    /// Stop waiting for a page job.
    StopWaiting(u64),
    /// What was said of an earlier requester was read.
    DismissNotice,
    /// Step 2 and the removal of associated users.
    Contacts(super::contacts::Command),
    /// Proof.
    Evidence(super::evidence::Command),
    /// Walking the chain.
    Trace(super::trace::Command),
    /// Step 4.
    DotCom(super::dot_com::Command),
    /// Replies.
    Reply(super::reply::Command),
    /// Common issues and troubleshooting.
    Trouble(super::trouble::Command),
}

/// Why a command could not be understood, said beside the form it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    /// Which field's form.
    pub field: &'static str,
    /// What to do.
    pub says: String,
}

/// Why a command is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCommand {
    /// A field is not what it has to be.
    Input(BadInput),
    /// It is about a case, and the panel showed none.
    NoCase,
}

pub(super) fn bad(field: &'static str, says: impl Into<String>) -> BadInput {
    BadInput {
        field,
        says: says.into(),
    }
}

impl Command {
    /// Parses a command by its name; an unknown one is `Ok(None)` (an old panel beside a new core).
    pub fn parse(
        name: &str,
        fields: &Map<String, String>,
        shown: Option<CaseKey>,
    ) -> Result<Option<Self>, NoCommand> {
        let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
        let free = match name {
            "copied" => Some(Self::Copied {
                ok: field("ok") == "true",
            }),
            "tick" => Some(Self::Tick),
            "show_case" => {
                let ticket = TicketId::parse(field("ticket"))
                    .ok()
                    .filter(|_| !field("host").is_empty());
                let key = ticket.map(|ticket| CaseKey {
                    host: field("host").to_owned(),
                    ticket,
                });
                Some(Self::ShowCase(key.ok_or_else(|| {
                    NoCommand::Input(bad("ticket", "This ticket is not known."))
                })?))
            }
            _ => super::diagnose::parse(name, fields)
                .map_err(NoCommand::Input)?
                .map(Self::Diagnose),
        };
        if free.is_some() {
            return Ok(free);
        }
        if let Some(command) = super::settings::parse(name, fields).map_err(NoCommand::Input)? {
            return Ok(Some(Self::Settings(command)));
        }
        let Some(action) = Action::parse(name, fields).map_err(NoCommand::Input)? else {
            return Ok(None);
        };
        Ok(Some(Self::OfCase(CaseCommand {
            key: shown.ok_or(NoCommand::NoCase)?,
            action,
        })))
    }
}

impl Action {
    fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Self>, BadInput> {
        let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
        let record = || {
            RecordRef::named(field("record"))
                .ok_or_else(|| bad("record", "This record is not known. Reopen the panel."))
        };
        let task = || {
            field("task")
                .parse()
                .map_err(|_| bad("task", "This change is not known. Reopen the panel."))
        };
        let check = || {
            CheckName::of_key(field("check"))
                .ok_or_else(|| bad("check", "This check is not known. Reopen the panel."))
        };
        Ok(Some(match name {
            "add_note" => Self::AddNote { again: false },
            "add_note_again" => Self::AddNote { again: true },
            "dismiss_note" => Self::DismissNote,
            "open_license" => {
                Self::OpenLicense(LicenseId::parse(field("license_id")).map_err(|e| {
                    bad(
                        "license_id",
                        format!(
                            "{}. Enter the number alone, for example 410233.",
                            sentence(&e.to_string())
                        ),
                    )
                })?)
            }
            "open_activation" => {
                let code = field("activation_code");
                let fits = code.len() == 24 && code.bytes().all(|b| b.is_ascii_alphanumeric());
                if !fits {
                    return Err(bad(
                        "activation_code",
                        "This is not a cloud activation code. It has 24 letters and digits; case matters.",
                    ));
                }
                Self::OpenActivation(code.to_owned())
            }
            "open_validate" => Self::OpenValidate,
            "open_next" => Self::OpenNext,
            "open_record" => Self::OpenRecord(record()?),
            "show_ticket" => Self::ShowTicket,
            "remove" => Self::Remove(record()?),
            "take_offered" => Self::TakeOffered(record()?),
            "keep_held" => Self::KeepHeld(record()?),
            "use_aside" => Self::UseAside(record()?),
            "leave_aside" => Self::LeaveAside(record()?),
            "pick_address" => match field("address") {
                "" => return Err(bad("address", "Pick an address first.")),
                address => Self::PickAddress(address.to_owned()),
            },
            "unpick_address" => Self::UnpickAddress,
            "choose_organization" => Self::ChooseOrganization(
                OrganizationId::parse(field("organization"))
                    .map_err(|_| bad("organization", "Choose an organization first."))?,
            ),
            "accept" | "reject" => {
                let reason = one_line(field("reason"), REASON_MAX);
                if reason.is_empty() {
                    return Err(bad("reason", "Say why: the reason goes into the note."));
                }
                Self::Decide {
                    check: check()?,
                    accepted: name == "accept",
                    reason,
                    shown: field("shown").to_owned(),
                }
            }
            "undecide" => Self::Undecide(check()?),
            "retry" => Self::Retry,
            "refresh" => Self::Refresh,
            "set_problem_type" => Self::SetProblemType,
            "choose_product" => Self::ChooseProduct(field("product").parse().ok()),
            "associate" => Self::Associate {
                user: UserId::parse(field("user"))
                    .map_err(|_| bad("user", "This user is not known. Reopen the panel."))?,
                organization: OrganizationId::parse(field("organization")).map_err(|_| {
                    bad(
                        "organization",
                        "This organization is not known. Reopen the panel.",
                    )
                })?,
            },
            "retry_task" => Self::RetryTask(task()?),
            "by_api" => Self::ByApi(task()?),
            "leave_task" => Self::LeaveTask(task()?),
            "undo" => Self::Undo(task()?),
            "stop_waiting" => Self::StopWaiting(
                field("job")
                    .parse()
                    .map_err(|_| bad("job", "This step is not known. Reopen the panel."))?,
            ),
            "dismiss_notice" => Self::DismissNotice,
            _ => return Self::parse_others(name, fields),
        }))
    }

    /// The commands that have a file of their own.
    fn parse_others(name: &str, fields: &Map<String, String>) -> Result<Option<Self>, BadInput> {
        if let Some(command) = super::contacts::parse(name, fields)? {
            return Ok(Some(Self::Contacts(command)));
        }
        if let Some(command) = super::evidence::parse(name, fields)? {
            return Ok(Some(Self::Evidence(command)));
        }
        if let Some(command) = super::trace::parse(name, fields)? {
            return Ok(Some(Self::Trace(command)));
        }
        if let Some(command) = super::dot_com::parse(name, fields)? {
            return Ok(Some(Self::DotCom(command)));
        }
        if let Some(command) = super::reply::parse(name, fields)? {
            return Ok(Some(Self::Reply(command)));
        }
        Ok(super::trouble::parse(name, fields)?.map(Self::Trouble))
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
