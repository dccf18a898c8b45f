//! What the engineer can press, parsed once.

use crate::case::chain::Slot;
use crate::case::check::{CheckName, REASON_MAX};
use crate::case::ids::{LicenseId, OrganizationId, TicketId};
use crate::case::route::Product;
use crate::case::text::one_line;
use crate::map::Map;

/// A command of the panel or of the keyboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Put the note into the composer.
    AddNote {
        /// Even if it was written before.
        again: bool,
    },
    /// Leave the question whether to write again, or a problem.
    DismissNote,
    /// The panel copied the note.
    Copied {
        /// Whether the clipboard took it.
        ok: bool,
    },
    /// Open the license of that ID (step 6).
    OpenLicense(LicenseId),
    /// Search the cloud activation of that code (step 7). The code is a secret: it goes into the address and nowhere else.
    OpenActivation(String),
    /// Open Validate License (step 8).
    OpenValidate,
    /// Open the page that leads on.
    OpenNext,
    /// Open the page of a held record.
    OpenRecord(Slot),
    /// Show the case's ticket.
    ShowTicket,
    /// Remove a record.
    Remove(Slot),
    /// Take the record that waits.
    TakeOffered,
    /// Leave it.
    KeepHeld,
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
    },
    /// Take a decision back.
    Undecide(CheckName),
    /// Ask again what failed.
    Retry,
    /// Ask everything again.
    Refresh,
    /// A wait is over.
    Tick,
    /// Look at another case.
    ShowCase(TicketId),
    /// Step 1: set `Support Ops Problem Type`.
    SetProblemType,
    /// Step 3: which product it is; none: what the ticket says.
    ChooseProduct(Option<Product>),
    /// Step 13: associate the requester.
    Associate,
    /// Try a change again.
    RetryTask(u64),
    /// Make a change by the API that the page's field could not make.
    ByApi(u64),
    /// Leave a change that met a problem.
    LeaveTask(u64),
    /// Undo a change.
    Undo(u64),
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
    /// `Diagnose this page`.
    Diagnose(super::diagnose::Command),
    /// Settings.
    Settings(super::settings::Command),
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

pub(super) fn bad(field: &'static str, says: impl Into<String>) -> BadInput {
    BadInput { field, says: says.into() }
}

impl Command {
    /// Parses a command by its name; an unknown one is `Ok(None)` (an old panel beside a new core).
    pub fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Self>, BadInput> {
        let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
        let slot = || Slot::named(field("slot")).ok_or_else(|| bad("slot", "This record is not known. Reopen the panel."));
        let task = || field("task").parse().map_err(|_| bad("task", "This change is not known. Reopen the panel."));
        let check = || CheckName::of_key(field("check")).ok_or_else(|| bad("check", "This check is not known. Reopen the panel."));
        Ok(Some(match name {
            "add_note" => Self::AddNote { again: false },
            "add_note_again" => Self::AddNote { again: true },
            "dismiss_note" => Self::DismissNote,
            "copied" => Self::Copied { ok: field("ok") == "true" },
            "open_license" => Self::OpenLicense(
                LicenseId::parse(field("license_id"))
                    .map_err(|e| bad("license_id", format!("{}. Enter the number alone, for example 410233.", sentence(&e.to_string()))))?,
            ),
            "open_activation" => {
                let code = field("activation_code");
                let fits = code.len() == 24 && code.bytes().all(|b| b.is_ascii_alphanumeric());
                if !fits {
                    return Err(bad("activation_code", "This is not a cloud activation code. It has 24 letters and digits; case matters."));
                }
                Self::OpenActivation(code.to_owned())
            }
            "open_validate" => Self::OpenValidate,
            "open_next" => Self::OpenNext,
            "open_record" => Self::OpenRecord(slot()?),
            "show_ticket" => Self::ShowTicket,
            "remove" => Self::Remove(slot()?),
            "take_offered" => Self::TakeOffered,
            "keep_held" => Self::KeepHeld,
            "pick_address" => match field("address") {
                "" => return Err(bad("address", "Pick an address first.")),
                address => Self::PickAddress(address.to_owned()),
            },
            "unpick_address" => Self::UnpickAddress,
            "choose_organization" => Self::ChooseOrganization(
                OrganizationId::parse(field("organization")).map_err(|_| bad("organization", "Choose an organization first."))?,
            ),
            "accept" | "reject" => {
                let reason = one_line(field("reason"), REASON_MAX);
                if reason.is_empty() {
                    return Err(bad("reason", "Say why: the reason goes into the note."));
                }
                Self::Decide { check: check()?, accepted: name == "accept", reason }
            }
            "undecide" => Self::Undecide(check()?),
            "retry" => Self::Retry,
            "refresh" => Self::Refresh,
            "tick" => Self::Tick,
            "show_case" => Self::ShowCase(TicketId::parse(field("ticket")).map_err(|_| bad("ticket", "This ticket is not known."))?),
            "set_problem_type" => Self::SetProblemType,
            "choose_product" => Self::ChooseProduct(Product::of_key(field("product"))),
            "associate" => Self::Associate,
            "retry_task" => Self::RetryTask(task()?),
            "by_api" => Self::ByApi(task()?),
            "leave_task" => Self::LeaveTask(task()?),
            "undo" => Self::Undo(task()?),
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
        if let Some(command) = super::diagnose::parse(name, fields)? {
            return Ok(Some(Self::Diagnose(command)));
        }
        if let Some(command) = super::reply::parse(name, fields)? {
            return Ok(Some(Self::Reply(command)));
        }
        if let Some(command) = super::settings::parse(name, fields)? {
            return Ok(Some(Self::Settings(command)));
        }
        Ok(super::trouble::parse(name, fields)?.map(Self::Trouble))
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
