//! Trace: follows the chain (steps 6 to 11), but only after a click: evidence → license or cloud
//! activation → order → billing account → contact. It reads nothing that the chain already holds,
//! starts independent reads together, and passes every page to the code that reads the pages that
//! the engineer browses.

mod pages;
mod plan;

use super::capture;
use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::reads::Waiting;
use super::world::World;
use crate::case::load::Load;
use crate::case::proof::{FileState, Lead, Place};
use crate::case::trace::{Orders, Step, StepState, Trace, TraceProblem, TraceState};
use crate::case::{Case, CaseKey};
use crate::map::Map;
use crate::portal::{Place as PortalPlace, address, place};
use crate::reading::{Answer, ReadError};
use crate::record::ids::OrderId;
use crate::record::seen::{Record, Slot};
pub(super) use pages::{Answered, HTML, read as read_step};
use plan::{Want, plan};

/// A command about Trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start the walk, or continue it.
    Start,
    /// Stop.
    Stop,
    /// Open the page of a step.
    Open(Step),
    /// Open the sign-in page.
    SignIn,
    /// Continue with this order.
    ChooseOrder(OrderId),
}

/// Parses a command by its name; returns `Ok(None)` for another feature's.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    Ok(Some(match name {
        "trace" => Command::Start,
        "stop_trace" => Command::Stop,
        "sign_in" => Command::SignIn,
        "open_step" => Command::Open(
            field("step")
                .parse()
                .ok()
                .ok_or_else(|| bad("step", "This step is not known. Reopen the panel."))?,
        ),
        "choose_order" => Command::ChooseOrder(
            OrderId::parse(field("order")).map_err(|_| bad("order", "Choose an order first."))?,
        ),
        _ => return Ok(None),
    }))
}

pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Start => {
            if model.case(key).is_some_and(|case| can_start(model, case)) {
                start(model, key);
            }
        }
        Command::Stop => stop(model, key),
        Command::ChooseOrder(id) => choose_order(model, key, id),
        Command::SignIn => return vec![open_sign_in(model, key, world)],
        Command::Open(step) => return open(model, key, step, world).into_iter().collect(),
    }
    Vec::new()
}

/// Whether the walk has a start: a proof, or the record of one.
pub fn can_start(model: &Model, case: &Case) -> bool {
    let leads = plan::lead(case, validated(model, &case.key))
        .is_some_and(|lead| !matches!(lead, Lead::Closed(_) | Lead::Nameless));
    case.conflict.is_none() && (case.chain.proof().is_some() || leads) && !complete(case)
}

/// Whether the chain is complete, as far as Trace walks it.
fn complete(case: &Case) -> bool {
    let chain = &case.chain;
    chain.order().is_some()
        && chain.billing_account().is_some()
        && plan::contact(case).is_none()
        && plan::proof_is_known(case, None)
}

fn start(model: &mut Model, key: &CaseKey) {
    stop(model, key);
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let held: Vec<(Slot, u64)> = case.chain.held().map(|r| (r.slot(), r.number())).collect();
    let (mask, name) = (activation_mask(case), case.proven_subscription().cloned());
    let trace = &mut case.trace;
    // Results for another code or another subscription no longer apply.
    trace.activation = trace
        .activation
        .take()
        .filter(|(of, _)| Some(of) == mask.as_ref());
    if trace.orders.as_ref().map(|o| &o.name) != name.as_ref() {
        (trace.orders, trace.order, trace.early_account) = (None, None, None);
    }
    // Lists are not read again if only a later step failed.
    trace.steps.retain(|step, state| match (step, &state) {
        (Step::Search, StepState::Got(_)) => trace.activation.is_some(),
        (Step::Orders, StepState::Got(_)) => trace.orders.is_some(),
        (step, StepState::Got(number)) => held.contains(&(slot(*step), *number)),
        _ => false,
    });
    trace.sign_in_opened = false;
    trace.state = TraceState::Running;
}

fn slot(step: Step) -> Slot {
    match step {
        Step::License | Step::Search | Step::Activation => Slot::Proof,
        Step::Orders | Step::Order => Slot::Order,
        Step::Account => Slot::BillingAccount,
        Step::Contact => Slot::Contact,
    }
}

/// Stops waiting for the running reads; what was found stays.
pub(super) fn stop(model: &mut Model, key: &CaseKey) {
    model
        .waiting
        .retain(|_, w| !matches!(w, Waiting::Trace(k, _) if k == key));
    let Some(case) = model.case_mut(key).filter(|c| c.trace.is_running()) else {
        return;
    };
    case.trace
        .steps
        .retain(|_, state| matches!(state, StepState::Got(_) | StepState::Failed(_)));
    case.trace.state = TraceState::Stopped;
}

fn choose_order(model: &mut Model, key: &CaseKey, id: OrderId) {
    let known = model
        .case(key)
        .and_then(|c| c.trace.orders.as_ref())
        .is_some_and(|o| o.rows.iter().any(|row| row.id == id));
    if !known {
        return;
    }
    stop(model, key);
    if let Some(case) = model.case_mut(key) {
        if case.chain.order().is_some_and(|o| o.record.id != id) {
            case.chain.remove(Slot::Order);
            case.settle_conflict();
        }
        case.trace.order = Some(id);
        case.trace.early_account = None;
    }
    start(model, key);
}

fn open_sign_in(model: &mut Model, key: &CaseKey, world: World<'_>) -> Effect {
    let profile = world.profile;
    let url = address::admin_url(&profile.portal, profile.portal_host(&key.host));
    model.open_for(key, url)
}

/// Opens a step's page for the engineer. The URL of the search contains the code, so it is built
/// now and not stored.
fn open(model: &mut Model, key: &CaseKey, step: Step, world: World<'_>) -> Option<Effect> {
    let case = model.case(key)?;
    let host = world.profile.portal_host(&key.host).to_owned();
    let number = match case.trace.steps.get(&step) {
        Some(StepState::Asking(number) | StepState::Got(number)) => Some(*number),
        _ => plan(case, validated(model, key))
            .into_iter()
            .find_map(|(s, want)| match want {
                Want::Record(number) if s == step => Some(number),
                _ => None,
            }),
    };
    let url = match step {
        Step::Search => {
            let code = secret(model, key, case)?;
            address::cloud_activation_search_url(&world.profile.portal, &host, &code)
        }
        _ => plan::url(
            case,
            &world.profile.portal,
            &host,
            step,
            number.unwrap_or_default(),
        )?,
    };
    Some(model.open_for(key, url))
}

/// The license that Validate License showed for the key that this case rests on.
fn validated(model: &Model, key: &CaseKey) -> Option<u64> {
    let chosen = model.case(key)?.proofs.chosen()?.number;
    model
        .validated
        .as_ref()
        .filter(|v| v.case == *key && v.proof == Some(chosen))
        .map(|v| v.license)
}

/// The mask of the chosen activation code.
fn activation_mask(case: &Case) -> Option<String> {
    match case.proofs.chosen()?.lead() {
        Lead::Activation(mask) => Some(mask),
        _ => None,
    }
}

/// The code of the chosen activation, if it is in memory.
fn secret(model: &Model, key: &CaseKey, case: &Case) -> Option<String> {
    model
        .secrets
        .get(&(key.clone(), activation_mask(case)?))
        .map(|code| code.expose().to_owned())
}

/// Settles a failed step once its record is in the chain, because the engineer browsed to it. If
/// nothing else failed, the walk continues.
fn settle(model: &mut Model) {
    let failed = |case: &&Case| {
        case.trace.state == TraceState::Held
            && case.conflict.is_none()
            && case.trace.steps.iter().any(|(step, s)| {
                matches!(s, StepState::Failed(_)) && case.chain.at(slot(*step)).is_some()
            })
    };
    let keys: Vec<CaseKey> = model
        .cases()
        .filter(failed)
        .map(|c| c.key.clone())
        .collect();
    for key in keys {
        let Some(case) = model.case_mut(&key) else {
            continue;
        };
        let chain = &case.chain;
        for (step, state) in &mut case.trace.steps {
            if matches!(state, StepState::Failed(_))
                && let Some(record) = chain.at(slot(*step))
            {
                *state = StepState::Got(record.number());
            }
        }
        if !case
            .trace
            .steps
            .values()
            .any(|s| matches!(s, StepState::Failed(_)))
        {
            case.trace.state = TraceState::Running;
        }
    }
}

/// Takes every walk as far as it gets.
pub(super) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    settle(model);
    let running: Vec<CaseKey> = model
        .cases()
        .filter(|c| c.trace.is_running())
        .map(|c| c.key.clone())
        .collect();
    let mut effects = Vec::new();
    for key in running {
        effects.extend(walk(model, &key, world));
    }
    effects
}

fn walk(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let mut effects = Vec::new();
    take_early_account(model, key);
    let Some(case) = model.case(key) else {
        return effects;
    };
    if case.conflict.is_none() {
        for (step, want) in plan(case, validated(model, key)) {
            let known = model
                .case(key)
                .and_then(|c| c.trace.steps.get(&step))
                .cloned();
            match (want, known) {
                (Want::Code, None | Some(StepState::Code)) => {
                    effects.extend(ask_search(model, key, world))
                }
                (_, Some(_)) => {}
                (Want::Fails(problem), None) => set(model, key, step, StepState::Failed(problem)),
                (Want::Record(number), None) => {
                    effects.extend(ask(model, key, step, number, None, world))
                }
            }
        }
    }
    let Some(case) = model.case_mut(key) else {
        return effects;
    };
    let under_way = case
        .trace
        .steps
        .values()
        .any(|s| matches!(s, StepState::Asking(_) | StepState::Code));
    if case.conflict.is_some() {
        // Running reads may still be answered; their answers are used if the engineer continues.
        stop(model, key);
        if let Some(case) = model.case_mut(key) {
            case.trace.state = TraceState::Held;
        }
    } else if !under_way {
        let failed = case
            .trace
            .steps
            .values()
            .any(|s| matches!(s, StepState::Failed(_)));
        case.trace.state = if failed {
            TraceState::Held
        } else {
            TraceState::Done
        };
    }
    effects
}

/// Takes a billing account that was read before its order, once the order is there: the order of
/// the answers must not matter.
fn take_early_account(model: &mut Model, key: &CaseKey) {
    let Some(case) = model.case_mut(key) else {
        return;
    };
    let order_is_settled = case.chain.order().is_some()
        || [Step::Orders, Step::Order]
            .iter()
            .any(|step| matches!(case.trace.steps.get(step), Some(StepState::Failed(_))));
    if order_is_settled
        && case.conflict.is_none()
        && let Some(account) = case.trace.early_account.take()
    {
        capture::offer(case, Record::BillingAccount(account));
    }
}

fn set(model: &mut Model, key: &CaseKey, step: Step, state: StepState) {
    if let Some(case) = model.case_mut(key) {
        case.trace.steps.insert(step, state);
    }
}

/// Reads a step's page. `code` is what the list of activations is searched for.
fn ask(
    model: &mut Model,
    key: &CaseKey,
    step: Step,
    number: u64,
    code: Option<&str>,
    world: World<'_>,
) -> Option<Effect> {
    let host = world.profile.portal_host(&key.host).to_owned();
    // The portal for this ticket's Zendesk may be switched off, or access to it not granted.
    if !world.profile.portal.hosts.contains(&host) || !model.has_access(&host) {
        set(model, key, step, StepState::Failed(TraceProblem::NoAccess));
        return None;
    }
    let url = match code {
        Some(code) => Some(address::cloud_activation_search_url(
            &world.profile.portal,
            &host,
            code,
        )),
        None => model
            .case(key)
            .and_then(|case| plan::url(case, &world.profile.portal, &host, step, number)),
    }?;
    let id = model.next_effect();
    model.waiting.insert(id, Waiting::Trace(key.clone(), step));
    set(model, key, step, StepState::Asking(number));
    if let Some(case) = model.case_mut(key) {
        case.trace.asked_at = world.now_ms;
    }
    Some(Effect::Read {
        id,
        url,
        accept: pages::HTML.to_owned(),
    })
}

/// Searches for the code. If it is no longer in memory, the place where it was found is read again.
fn ask_search(model: &mut Model, key: &CaseKey, world: World<'_>) -> Option<Effect> {
    let case = model.case(key)?;
    if let Some(code) = secret(model, key, case) {
        return ask(model, key, Step::Search, 0, Some(&code), world);
    }
    let looked = case.trace.steps.contains_key(&Step::Search);
    let place = case.proofs.chosen()?.place.clone();
    let over = match &place {
        Place::Comment { .. } => {
            matches!(case.ticket, Load::Failed(_))
                || looked && matches!(case.written, Load::Got(_) | Load::Failed(_))
        }
        Place::File { id, .. } => {
            let state = case
                .proofs
                .files
                .iter()
                .find(|f| f.file.id == *id)
                .map(|f| &f.state);
            looked && !matches!(state, Some(FileState::NotAsked | FileState::Asking))
                || state.is_none()
        }
        Place::Pasted | Place::Dropped { .. } | Place::Selected => true,
    };
    if over {
        set(
            model,
            key,
            Step::Search,
            StepState::Failed(TraceProblem::CodeGone),
        );
        return None;
    }
    if !looked {
        let case = model.case_mut(key)?;
        case.trace.steps.insert(Step::Search, StepState::Code);
        match place {
            Place::File { id, .. } => {
                if let Some(file) = case
                    .proofs
                    .files
                    .iter_mut()
                    .find(|f| f.file.id == id && f.state != FileState::Asking)
                {
                    file.state = FileState::NotAsked;
                }
            }
            // A read that is already running is waited for.
            _ if case.written == Load::Asking => {}
            _ => case.written = Load::NotAsked,
        }
    }
    None
}

/// Takes an answer of the portal.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    step: Step,
    answer: &Answer,
    world: World<'_>,
) -> Option<Effect> {
    let case = model.case_mut(key).filter(|c| c.trace.is_running())?;
    let Some(StepState::Asking(number)) = case.trace.steps.get(&step).cloned() else {
        return None;
    };
    let state = match pages::read(step, number, answer, world) {
        Err(problem) => StepState::Failed(problem),
        Ok(Answered::Activation(id)) => {
            let mask = activation_mask(case).unwrap_or_default();
            case.trace.activation = Some((mask, id));
            StepState::Got(number)
        }
        Ok(Answered::Orders(listing)) => orders(case, listing, world),
        Ok(Answered::Account(account)) if case.chain.order().is_none() => {
            case.trace.early_account = Some(account);
            StepState::Got(number)
        }
        Ok(Answered::Account(account)) => {
            capture::offer(case, Record::BillingAccount(account));
            StepState::Got(number)
        }
        Ok(Answered::Record(record)) => {
            capture::offer(case, record);
            StepState::Got(number)
        }
    };
    let signed_out = state == StepState::Failed(TraceProblem::Read(ReadError::SignedOut));
    // Several answers may report this: one sign-in tab is enough.
    let opens = signed_out && !case.trace.sign_in_opened;
    case.trace.sign_in_opened |= signed_out;
    case.trace.steps.insert(step, state);
    opens.then(|| open_sign_in(model, key, world))
}

/// The orders whose name is exactly the subscription's. A list may hide that column; then the
/// order's own page decides.
fn orders(
    case: &mut Case,
    listing: crate::record::Listing<crate::record::OrderRow>,
    world: World<'_>,
) -> StepState {
    use crate::record::Shown;
    let Some(name) = case.proven_subscription().cloned() else {
        return StepState::Failed(TraceProblem::NoSubscription);
    };
    let shown = u64::try_from(listing.rows.len()).unwrap_or(u64::MAX);
    let further = listing.total.map(|total| total.saturating_sub(shown));
    let rows: Vec<_> = listing
        .rows
        .into_iter()
        .filter(|row| match &row.subscription_name {
            Shown::Value(other) => *other == name,
            Shown::Absent => true,
            Shown::Unreadable(_) => false,
        })
        .collect();
    if rows.is_empty() {
        return StepState::Failed(TraceProblem::NoOrders);
    }
    let orders = Orders {
        name,
        rows,
        further,
    };
    case.trace.order = orders.proposed(world.today()).map(|row| row.id);
    case.trace.orders = Some(orders);
    StepState::Got(0)
}

/// Forgets a step whose read a restart of the background cut off.
pub(super) fn forget(model: &mut Model, key: &CaseKey, step: Step) {
    if let Some(case) = model.case_mut(key) {
        case.trace.steps.remove(&step);
    }
}

/// Seeing a portal page that needs a session continues the walks that stopped because the engineer
/// was signed out.
pub(super) fn portal_seen(model: &mut Model, url: &str, world: World<'_>) {
    if !matches!(place(url, &world.profile.portal), Some(at) if at != PortalPlace::SignIn) {
        return;
    }
    let waiting: Vec<CaseKey> = model
        .cases()
        .filter(|c| {
            matches!(c.trace.state, TraceState::Held | TraceState::Running) && c.trace.signed_out()
        })
        .map(|c| c.key.clone())
        .collect();
    for key in waiting {
        if let Some(case) = model.case_mut(&key) {
            case.trace
                .steps
                .retain(|_, s| *s != StepState::Failed(TraceProblem::Read(ReadError::SignedOut)));
            case.trace.state = TraceState::Running;
        }
    }
}

/// The engineer removed a record: the next walk starts from what is left.
pub(super) fn removed(model: &mut Model, key: &CaseKey, gone: Slot) {
    stop(model, key);
    if let Some(case) = model.case_mut(key) {
        let (orders, order) = (case.trace.orders.take(), case.trace.order.take());
        case.trace = Trace::default();
        if gone != Slot::Proof {
            (case.trace.orders, case.trace.order) = (orders, order);
        }
    }
}
