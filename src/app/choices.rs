//! The engineer's choices and decisions in a case.

use super::effect::Effect;
use super::fields::{BadInput, bad, record};
use super::model::Model;
use super::model::notice::Notice;
use super::world::World;
use super::{capture, trace};
use crate::case::chain::{AsideReason, Conflict};
use crate::case::check::{CheckName, Decision, REASON_MAX, checks};
use crate::case::organization::Found;
use crate::case::product::Product;
use crate::case::{Case, CaseKey};
use crate::mail::AddressText;
use crate::map::Map;
use crate::record::ids::OrganizationId;
use crate::record::seen::RecordRef;
use crate::text::line::one_line;

/// A command that chooses or decides something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Remove a record.
    Remove(RecordRef),
    /// Take the conflicting record that waits.
    TakeOffered(RecordRef),
    /// Keep the held record instead of the one that waits.
    KeepHeld(RecordRef),
    /// Take a record that was put aside.
    UseAside(RecordRef),
    /// Leave the record that was put aside.
    LeaveAside(RecordRef),
    /// Compare Sold-to with this address, or with the requester's if there is none.
    PickAddress(Option<String>),
    /// Choose an organization among several.
    ChooseOrganization(OrganizationId),
    /// Step 3: choose the product, or go back to what the ticket says.
    ChooseProduct(Option<Product>),
    /// Decide a check.
    Decide(NewDecision),
    /// Take a decision back.
    Undecide(CheckName),
    /// Go on with this form, though it is not for association; or no longer.
    GoOnWithForm(Option<u64>),
    /// Close the notice about an earlier requester.
    DismissNotice,
}

/// A decision as the engineer entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision {
    /// Which check.
    pub check: CheckName,
    /// Passed or failed.
    pub accepted: bool,
    /// Why.
    pub reason: String,
    /// The answer that the panel showed.
    pub shown: String,
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    let record = || record(field("record"));
    let check = || {
        CheckName::of_key(field("check"))
            .ok_or_else(|| bad("check", "This check is not known. Reopen the panel."))
    };
    Ok(Some(match name {
        "remove" => Command::Remove(record()?),
        "take_offered" => Command::TakeOffered(record()?),
        "keep_held" => Command::KeepHeld(record()?),
        "use_aside" => Command::UseAside(record()?),
        "leave_aside" => Command::LeaveAside(record()?),
        "pick_address" => match field("address") {
            "" => return Err(bad("address", "Pick an address first.")),
            address => Command::PickAddress(Some(address.to_owned())),
        },
        "unpick_address" => Command::PickAddress(None),
        "choose_organization" => Command::ChooseOrganization(
            OrganizationId::parse(field("organization"))
                .map_err(|_| bad("organization", "Choose an organization first."))?,
        ),
        "choose_product" => Command::ChooseProduct(field("product").parse().ok()),
        "accept" | "reject" => {
            let reason = one_line(field("reason"), REASON_MAX);
            if reason.is_empty() {
                return Err(bad("reason", "Say why: the reason goes into the note."));
            }
            Command::Decide(NewDecision {
                check: check()?,
                accepted: name == "accept",
                reason,
                shown: field("shown").to_owned(),
            })
        }
        "undecide" => Command::Undecide(check()?),
        "accept_form" => Command::GoOnWithForm(Some(
            field("form")
                .parse()
                .map_err(|_| bad("form", "This form is not known. Reopen the panel."))?,
        )),
        "unaccept_form" => Command::GoOnWithForm(None),
        "dismiss_notice" => Command::DismissNotice,
        _ => return Ok(None),
    }))
}

/// Something that the panel showed has changed since.
struct Changed(String);

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    if let Command::Remove(wanted) = &command {
        // The removed records' pages are read again, and the walk starts from what is left.
        remove(model, key, wanted);
        return Vec::new();
    }
    let Some(case) = model.case_mut(key) else {
        return Vec::new();
    };
    if let Err(Changed(what)) = choose(case, command, world) {
        model.said = Some(Notice::changed(&what));
    }
    Vec::new()
}

fn choose(case: &mut Case, command: Command, world: World<'_>) -> Result<(), Changed> {
    match command {
        Command::Remove(_) => {}
        Command::TakeOffered(wanted) => {
            let conflict = waiting(case, &wanted)?;
            case.chain.take(conflict.offered);
        }
        Command::KeepHeld(wanted) => _ = waiting(case, &wanted)?,
        Command::UseAside(wanted) => use_aside(case, &wanted)?,
        Command::LeaveAside(wanted) => _ = case.take_aside(&wanted),
        Command::PickAddress(address) => {
            let address = address.map(|a| AddressText::from(a.as_str()));
            case.picked_address = address.filter(|a| case.addresses().any(|known| known == *a));
        }
        Command::ChooseOrganization(id) => {
            let known = matches!(case.organization.found(), Some(Found::Several(all)) if all.iter().any(|o| o.id == id));
            case.organization.chosen = known.then_some(id);
        }
        Command::ChooseProduct(product) => case.product = product,
        Command::Decide(decision) => decide(case, decision, world)?,
        Command::Undecide(name) => case.decisions.retain(|d| d.check != name.key()),
        Command::GoOnWithForm(form) => {
            let now = case.ticket.got().and_then(|t| t.form_id);
            if form.is_some() && form != now {
                return Err(Changed("The ticket’s form".to_owned()));
            }
            case.form_accepted = form;
        }
        Command::DismissNotice => case.notice = None,
    }
    Ok(())
}

fn remove(model: &mut Model, key: &CaseKey, wanted: &RecordRef) {
    let held = model
        .case(key)
        .and_then(|c| c.chain.held().find(|r| r.reference() == *wanted));
    let Some(slot) = held.map(|r| r.slot()) else {
        model.said = Some(Notice::changed("The record"));
        return;
    };
    trace::removed(model, key, slot);
    forget_pages(model, key);
    model.with_case(key, |case| {
        case.chain.remove(slot);
        case.settle_conflict();
    });
}

/// Takes the waiting record out of the case, if it is the wanted one.
fn waiting(case: &mut Case, wanted: &RecordRef) -> Result<Conflict, Changed> {
    case.conflict
        .take_if(|c| c.offered.reference() == *wanted)
        .ok_or_else(|| Changed("The record that waits".to_owned()))
}

/// Takes a record that was put aside, as if the engineer had browsed to it for this case. A record
/// of another portal is never taken.
fn use_aside(case: &mut Case, wanted: &RecordRef) -> Result<(), Changed> {
    let aside = case
        .asides
        .iter()
        .find(|a| a.record.reference() == *wanted)
        .filter(|a| !matches!(a.why, AsideReason::OtherPortal(_)))
        .cloned()
        .ok_or_else(|| Changed("The record".to_owned()))?;
    case.take_aside(wanted);
    capture::offer(case, aside.record);
    Ok(())
}

/// Decides a check, if its answer is still the one that the panel showed.
fn decide(case: &mut Case, decision: NewDecision, world: World<'_>) -> Result<(), Changed> {
    let NewDecision {
        check: name,
        accepted,
        reason,
        shown,
    } = decision;
    let check = checks(case, world.rules())
        .into_iter()
        .find(|c| c.name == name)
        .filter(|check| check.shown() == shown)
        .ok_or_else(|| Changed(format!("The answer of “{}”", name.title())))?;
    if check.decidable {
        case.decisions.retain(|d| d.check != name.key());
        case.decisions.push(Decision {
            check: name.key().to_owned(),
            accepted,
            reason,
            about: check.found,
            records: check.records,
        });
    }
    Ok(())
}

/// Forgets which pages were seen, so that a removed record returns when the engineer goes back to
/// its page.
fn forget_pages(model: &mut Model, key: &CaseKey) {
    let focused = model.tabs.focus() == Some(key);
    for tab in model.tabs.all.values_mut() {
        if tab.belongs_to.as_ref() == Some(key) || (focused && tab.belongs_to.is_none()) {
            tab.last_page = 0;
        }
    }
}
