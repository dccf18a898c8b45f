//! Runs a case's plan. Each step is started as if it had been pressed by itself, through the queue of changes or the page jobs, on what the
//! engineer saw when they pressed `Run`; the next one begins when the case shows that it was made.

use super::association_gate::{UNDOING, gate as association_gate};
use super::contacts::{
    adding as contacts_to_add, adding_list as contacts_to_add_list, removal_began,
    removing as contacts_to_remove, removing_list as contacts_to_remove_list,
};
use super::effect::Effect;
use super::fields::{BadInput, bad};
use super::model::Model;
use super::model::notice::Notice;
use super::model::reads::Waiting;
use super::note::{self, note_of};
use super::trouble::remind;
use super::world::World;
use super::{reply, work};
use crate::case::basis::CommentSeen;
use crate::case::change::{By, Change, SetField, TaskProblem, TaskState};
use crate::case::check::{checks, verdict};
use crate::case::metadata::ProblemType;
use crate::case::organization::Found;
use crate::case::plan::{
    Gates, Goal, Offer, Ready, Run, RunState, Seen, StepKind, StepProblem, StepRun, StepState,
    What, offer,
};
use crate::case::trouble::{internal_note, known, lines_of, waiting_note};
use crate::case::{Case, CaseKey};
use crate::map::Map;
use crate::profile::zendesk::NoteMode;
use crate::reading::ReadError;
use crate::record::ticket::Ticket;
use crate::zendesk::address::ticket_url;
use crate::zendesk::{answer, request};

/// After how many ms the ticket is looked at again for a note that the engineer has to submit.
const LOOK_AGAIN_MS: u64 = 3_000;
/// Most steps that can follow each other without anything to wait for.
const STEPS_MAX: usize = 32;

/// What the engineer can press about a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Run the ticked steps of the plan that the panel showed.
    Run {
        /// That plan.
        shown: String,
    },
    /// Tick or untick a step.
    Choose {
        /// Which.
        step: StepKind,
        /// Ticked from now on.
        wanted: bool,
    },
    /// Stop after the step that is being made.
    Stop,
    /// Go on where the run that the panel showed stopped.
    Continue {
        /// That run.
        shown: String,
    },
    /// Skip the step that was not done.
    Skip(StepKind),
    /// Leave the plan.
    Leave,
}

/// Parses a command by its name; another feature's is `Ok(None)`.
pub(super) fn parse(name: &str, fields: &Map<String, String>) -> Result<Option<Command>, BadInput> {
    let field = |key: &str| fields.get(key).map_or("", String::as_str).trim();
    let step = || {
        StepKind::of_key(field("step"))
            .ok_or_else(|| bad("step", "This step is not known. Reopen the panel."))
    };
    Ok(Some(match name {
        "run_plan" => Command::Run {
            shown: field("plan").to_owned(),
        },
        "plan_choose" => Command::Choose {
            step: step()?,
            wanted: match field("wanted") {
                "true" => true,
                "false" => false,
                _ => {
                    return Err(bad(
                        "step",
                        "It is not known whether to tick or to untick. Reopen the panel.",
                    ));
                }
            },
        },
        "stop_plan" => Command::Stop,
        "continue_plan" => Command::Continue {
            shown: field("run").to_owned(),
        },
        "skip_step" => Command::Skip(step()?),
        "leave_plan" => Command::Leave,
        _ => return Ok(None),
    }))
}

/// The steps that a case needs now; none if nothing can be run.
pub fn offered(model: &Model, case: &Case, world: World<'_>) -> Option<Offer> {
    let rules = world.rules();
    let all = checks(case, rules);
    let managed = case.manages(rules.words);
    let ready = |changes: Vec<Change>, list: String| Ready::of(list, &changes, managed.clone()?);
    let gates = Gates {
        associate: association_gate(case, rules).ok(),
        adding: contacts_to_add(case, rules)
            .ok()
            .and_then(|changes| ready(changes, contacts_to_add_list(case))),
        removing: contacts_to_remove(case, rules)
            .ok()
            .and_then(|changes| ready(changes, contacts_to_remove_list(case))),
        me: case.trouble.me.got().map(|me| me.id),
        reminded: is_reminded(model, &case.key),
        waiting_text: waiting_note(case),
    };
    offer(case, &all, &verdict(&all), rules, &gates)
}

/// The run that the panel shows: one that goes on or stopped, or one that is over and of whose goal nothing is left.
pub fn shown_run<'a>(case: &'a Case, offer: Option<&Offer>) -> Option<&'a Run> {
    let run = case.plan.run.as_ref()?;
    let over = run.state == RunState::Over;
    let again = offer.is_some_and(|o| {
        let mut left = o.steps.iter().filter(|s| s.ticked || s.made_before);
        left.any(|s| !run.was_skipped(s.what.kind()))
    });
    (!over || !again).then_some(run)
}

/// Carries out a command.
pub(super) fn command(
    model: &mut Model,
    key: &CaseKey,
    command: Command,
    world: World<'_>,
) -> Vec<Effect> {
    match command {
        Command::Run { shown } => run(model, key, &shown, world),
        Command::Choose { step, wanted } => {
            let goal = model
                .case(key)
                .and_then(|case| offered(model, case, world))
                .map(|offer| offer.goal);
            if let (Some(goal), Some(case)) = (goal, model.case_mut(key)) {
                case.plan.choose(goal, step, wanted);
            }
        }
        Command::Stop => stop(model, key),
        Command::Continue { shown } => {
            let now = run_of(model, key).filter(|run| run.state == RunState::Stopped);
            if now.is_some_and(|run| run.shown() == shown) {
                resume(model, key, world);
            } else {
                model.said = Some(Notice::changed("The plan"));
            }
        }
        Command::Skip(step) => skip(model, key, step, world),
        Command::Leave => {
            if let Some(case) = model.case_mut(key)
                && !case.plan.is_running()
            {
                case.plan.run = None;
            }
        }
    }
    Vec::new()
}

fn with(model: &mut Model, key: &CaseKey, change: impl FnOnce(&mut Run)) {
    if let Some(run) = model.case_mut(key).and_then(|case| case.plan.run.as_mut()) {
        change(run);
    }
}

fn put(model: &mut Model, key: &CaseKey, at: usize, state: StepState) {
    with(model, key, |run| run.put(at, state));
}

fn done(model: &mut Model, key: &CaseKey, at: usize, (made, of): (usize, usize)) {
    put(model, key, at, StepState::Done { made, of });
}

fn fail(model: &mut Model, key: &CaseKey, at: usize, why: StepProblem) {
    put(model, key, at, StepState::Failed(why));
}

/// What the engineer sees now is what the steps rest on.
fn take_basis(model: &mut Model, key: &CaseKey) -> u64 {
    let number = model.next_effect();
    if let Some(case) = model.case_mut(key) {
        let basis = case.basis();
        case.bases.insert(number, basis);
    }
    number
}

/// `Run`: the ticked steps of the plan that was shown.
fn run(model: &mut Model, key: &CaseKey, shown: &str, world: World<'_>) {
    let Some(case) = model.case(key).filter(|case| !case.plan.is_running()) else {
        return;
    };
    let offer = offered(model, case, world).filter(|offer| offer.shown() == shown);
    let Some(offer) = offer else {
        model.said = Some(Notice::changed("The plan"));
        return;
    };
    let steps: Vec<StepRun> = offer
        .ticked()
        .map(|step| StepRun::new(step.what.clone(), step.needs))
        .collect();
    if steps.is_empty() {
        return;
    }
    let basis = take_basis(model, key);
    let front = model.tabs.front_tab();
    if let Some(case) = model.case_mut(key) {
        case.plan.run = Some(Run::new(offer.goal, steps, basis, front));
    }
    work::forget_bases(model, key);
}

/// `Continue`: what the engineer sees now is the basis, and the step that was not done is tried again. What may have been made is looked up
/// first.
fn resume(model: &mut Model, key: &CaseKey, world: World<'_>) {
    let stopped = model
        .case(key)
        .and_then(|case| case.plan.run.as_ref())
        .filter(|run| run.state == RunState::Stopped);
    let Some(at) = stopped.map(Run::current) else {
        return;
    };
    let basis = take_basis(model, key);
    let front = model.tabs.front_tab();
    let offer = model.case(key).and_then(|case| offered(model, case, world));
    with(model, key, |run| {
        (run.basis, run.front, run.stopping) = (basis, front, false);
        run.state = RunState::Running;
        // A plan for something else has never been shown.
        let offer = offer.as_ref().filter(|offer| offer.goal == run.goal);
        for step in run.steps.iter_mut().filter(|s| s.tasks.is_empty()) {
            let now = offer.and_then(|o| o.step(step.what.kind()));
            if let (Some(now), StepState::Waiting | StepState::Failed(_)) = (now, &step.state) {
                step.what = now.what.clone();
            }
        }
    });
    work::forget_bases(model, key);
    let Some(at) = at else { return };
    let Some(step) = model
        .case(key)
        .and_then(|case| case.plan.run.as_ref())
        .and_then(|run| run.step(at))
        .cloned()
    else {
        return;
    };
    match step.state {
        StepState::Failed(StepProblem::Change) => {
            let failed: Vec<u64> = model.case(key).map_or(Vec::new(), |case| {
                let fails = |id: &&u64| {
                    case.task(**id)
                        .is_some_and(|t| matches!(t.state, TaskState::Problem(_)))
                };
                step.tasks.iter().filter(fails).copied().collect()
            });
            for task in failed {
                work::retry(model, key, task, world);
            }
            put(model, key, at, StepState::Running);
        }
        StepState::Failed(_) => {
            with(model, key, |run| run.begun(at, Vec::new()));
            put(model, key, at, StepState::Waiting);
        }
        StepState::WaitsForYou { .. } => {
            put(
                model,
                key,
                at,
                StepState::WaitsForYou {
                    look_at_ms: world.now_ms,
                },
            );
        }
        StepState::Waiting | StepState::Running | StepState::Done { .. } | StepState::Skipped => {}
    }
}

/// `Use the API` at the step where the run stopped: the run goes on with it.
pub(super) fn goes_on_by_api(model: &mut Model, key: &CaseKey, task: u64, world: World<'_>) {
    let stopped = run_of(model, key).filter(|run| run.state == RunState::Stopped);
    let step = stopped.and_then(Run::current_step);
    let again = |id: u64| {
        let task = model.case(key).and_then(|case| case.task(id));
        task.is_some_and(|t| t.state == TaskState::Queued)
    };
    if step.is_some_and(|step| step.tasks.contains(&task)) && again(task) {
        resume(model, key, world);
    }
}

/// `Skip this step`: what was not written of it is left, and what needs it is skipped too. The run goes on with the next.
fn skip(model: &mut Model, key: &CaseKey, kind: StepKind, world: World<'_>) {
    let Some(run) = model.case(key).and_then(|case| case.plan.run.clone()) else {
        return;
    };
    // Only the step at which it stopped, or that waits for the engineer.
    let current = run.current_step();
    let waits = current.is_some_and(|s| matches!(s.state, StepState::WaitsForYou { .. }));
    let Some(step) = current.filter(|step| step.what.kind() == kind) else {
        return;
    };
    if run.state != RunState::Stopped && !waits {
        return;
    }
    for task in step.tasks.clone() {
        let keeps = model
            .case(key)
            .and_then(|case| case.task(task))
            .is_none_or(|t| {
                matches!(
                    &t.state,
                    TaskState::Done | TaskState::Problem(TaskProblem::OtherOrganization(_))
                )
            });
        if !keeps {
            work::leave(model, key, task);
        }
    }
    let mut skipped = false;
    with(model, key, |run| skipped = run.skip(kind));
    if skipped {
        resume(model, key, world);
    }
}

/// A panel was closed. A plan that no panel shows stops after the step that is being made: nobody sees what it does, and nobody can stop it.
pub(super) fn panel_closed(model: &mut Model) {
    let shown: Vec<CaseKey> = model
        .tabs
        .panels()
        .into_iter()
        .filter_map(|window| model.tabs.behind(window)?.focus.clone())
        .collect();
    let unseen = |case: &&Case| case.plan.is_running() && !shown.contains(&case.key);
    let keys: Vec<CaseKey> = model
        .cases()
        .filter(unseen)
        .map(|c| c.key.clone())
        .collect();
    for key in keys {
        stop(model, &key);
    }
}

/// Stops a plan after the step that is being made. A reply that waits for its page is not being made.
fn stop(model: &mut Model, key: &CaseKey) {
    let waits = model
        .case_mut(key)
        .is_some_and(|case| case.plan.drafts() && reply::stop_at_page(case));
    with(model, key, |run| {
        if let Some(at) = run.current().filter(|_| waits) {
            run.put(at, StepState::Waiting);
        }
        let current = run.current_step();
        let on_its_way = current.is_some_and(|s| s.state == StepState::Running);
        match run.state {
            RunState::Running if on_its_way => run.stopping = true,
            RunState::Running => run.state = RunState::Stopped,
            RunState::Stopped | RunState::Over => {}
        }
    });
}

/// The reply at which a plan stopped may have been drafted alone since: then nothing of that step is left.
fn take_reply(model: &mut Model) {
    let drafted = |case: &Case| {
        let run = case.plan.run.as_ref()?;
        let at = run.current()?;
        let step = run.step(at)?;
        (run.state == RunState::Stopped
            && step.state == StepState::Failed(StepProblem::Reply)
            && step.seen(case) == Seen::Done(1, 1))
        .then(|| (case.key.clone(), at))
    };
    let found: Vec<(CaseKey, usize)> = model.cases().filter_map(drafted).collect();
    for (key, at) in found {
        with(model, &key, |run| {
            run.put(at, StepState::Done { made: 1, of: 1 });
            if run.current().is_none() {
                run.state = RunState::Over;
            }
        });
    }
}

/// Goes on with every case's plan.
pub(super) fn advance(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    take_reply(model);
    let running = |case: &&Case| case.plan.is_running();
    let keys: Vec<CaseKey> = model
        .cases()
        .filter(running)
        .map(|c| c.key.clone())
        .collect();
    let mut effects = Vec::new();
    let state = |model: &Model, key: &CaseKey| {
        let case = model.case(key)?;
        Some((case.plan.run.clone(), case.drafting.now.clone()))
    };
    for key in keys {
        for _ in 0..STEPS_MAX {
            let before = state(model, &key);
            effects.extend(go_on(model, &key, world));
            effects.extend(reply::advance(model, world));
            if state(model, &key) == before {
                break;
            }
            effects.extend(work::advance(model, world));
        }
    }
    effects
}

fn run_of<'a>(model: &'a Model, key: &CaseKey) -> Option<&'a Run> {
    model.case(key)?.plan.run.as_ref()
}

fn running<'a>(model: &'a Model, key: &CaseKey) -> Option<&'a Run> {
    model.case(key)?.plan.running()
}

/// One look at a run: the step that is being made may be over, then the next one begins.
fn go_on(model: &mut Model, key: &CaseKey, world: World<'_>) -> Vec<Effect> {
    let Some(run) = running(model, key).cloned() else {
        return Vec::new();
    };
    let Some(at) = run.current() else {
        with(model, key, |run| run.state = RunState::Over);
        return Vec::new();
    };
    let Some(step) = run.step(at) else {
        return Vec::new();
    };
    match &step.state {
        // One update may have saved the note with the problem type.
        StepState::Waiting if run.stopping && !is_saved(model, key, step) => {
            with(model, key, |run| {
                (run.state, run.stopping) = (RunState::Stopped, false);
            })
        }
        StepState::Waiting => return begin(model, key, at, &run, world),
        StepState::Running => {
            let seen = model
                .case(key)
                .map_or(Seen::Running, |case| match &step.what {
                    What::Remind(_) if is_reminded(model, key) => Seen::Done(1, 1),
                    _ => step.seen(case),
                });
            match seen {
                Seen::Running => {}
                Seen::Done(made, of) => done(model, key, at, (made, of)),
                Seen::InComposer => {
                    let look_at_ms = world.now_ms;
                    put(model, key, at, StepState::WaitsForYou { look_at_ms });
                }
                Seen::Failed(why) => fail(model, key, at, why),
            }
        }
        StepState::WaitsForYou { look_at_ms } => {
            let due = world.now_ms >= *look_at_ms;
            let asked = model
                .waiting
                .values()
                .any(|w| matches!(w, Waiting::Plan(case) if case == key));
            if due && !asked {
                let look_at_ms = world.now_ms + LOOK_AGAIN_MS;
                put(model, key, at, StepState::WaitsForYou { look_at_ms });
                let url = request::newest_comments(&key.host, key.ticket);
                return vec![model.ask(Waiting::Plan(key.clone()), url)];
            }
        }
        StepState::Failed(_) | StepState::Done { .. } | StepState::Skipped => {}
    }
    Vec::new()
}

/// Whether a step's note is in the ticket already.
fn is_saved(model: &Model, key: &CaseKey, step: &StepRun) -> bool {
    let case = model.case(key);
    matches!(&step.what, What::Note(lines) if case.is_some_and(|case| case.is_noted(lines)))
}

/// The newest comments, while the engineer has to submit the note.
pub(super) fn answered(
    model: &mut Model,
    key: &CaseKey,
    json: Result<serde_json::Value, ReadError>,
    world: World<'_>,
) {
    let Some(run) = running(model, key) else {
        return;
    };
    let (Some(at), Some(step)) = (run.current(), run.current_step()) else {
        return;
    };
    let (StepState::WaitsForYou { .. }, What::Note(lines)) = (&step.state, &step.what) else {
        return;
    };
    let found = json
        .and_then(|value| answer::all_comments(&value))
        .and_then(|page| page.has(|c| CommentSeen::of(c).is_note(lines)));
    match found {
        Ok(true) => {
            let lines = lines.clone();
            model.with_case(key, |case| case.saved.note(lines, world.now_ms));
            done(model, key, at, (1, 1));
        }
        Ok(false) => {}
        Err(ReadError::RateLimited { until_ms } | ReadError::Unavailable { until_ms }) => {
            let look_at_ms = until_ms.max(world.now_ms + LOOK_AGAIN_MS);
            put(model, key, at, StepState::WaitsForYou { look_at_ms });
        }
        Err(error) => fail(model, key, at, StepProblem::NotLooked(error)),
    }
}

/// When a plan looks at its ticket again, in ms since 1970.
pub fn looks_at(case: &Case) -> Option<u64> {
    match case.plan.running()?.current_step()?.state {
        StepState::WaitsForYou { look_at_ms } => Some(look_at_ms),
        _ => None,
    }
}

/// After a restart it is unknown whether the browser was asked for the reminder. It is asked again, which sets no second one.
pub(super) fn woke(model: &Model, world: World<'_>) -> Vec<Effect> {
    let reminds = |case: &Case| {
        let step = case.plan.run.as_ref()?.current_step()?;
        match (&step.state, &step.what) {
            (StepState::Running, What::Remind(hours)) => Some(remind(&case.key, *hours, world)),
            _ => None,
        }
    };
    model.cases().filter_map(reminds).collect()
}

fn is_reminded(model: &Model, key: &CaseKey) -> bool {
    let url = ticket_url(&key.host, key.ticket);
    model.reminders.iter().any(|r| r.url == url)
}

/// What a step that begins comes to.
enum Begins {
    /// It is so already.
    Made,
    /// These changes are started.
    Changes(Vec<Change>),
    /// It was given to something else than the queue of changes.
    Given(Vec<Effect>),
    /// It may not be made.
    No(StepProblem),
}

/// A step's turn has come: what it would do must be what the engineer saw, and allowed.
fn begin(model: &mut Model, key: &CaseKey, at: usize, run: &Run, world: World<'_>) -> Vec<Effect> {
    let Some(step) = run.step(at) else {
        return Vec::new();
    };
    if !is_at_hand(model, key, run) {
        fail(model, key, at, StepProblem::EngineerElsewhere);
        return Vec::new();
    }
    let ticket = model.case(key).and_then(|case| case.ticket.got());
    // No plan is offered there, so none goes on.
    if let Some(why) = ticket.and_then(Ticket::says_over) {
        fail(model, key, at, StepProblem::NotAllowed(why));
        return Vec::new();
    }
    let next = run.step(at + 1);
    let begins = match (&step.what, next.map(|s| (&s.what, &s.state))) {
        // Both are one update of the ticket.
        (What::ProblemType(_), Some((What::Note(lines), StepState::Waiting)))
            if world.profile.zendesk.note == NoteMode::Saved =>
        {
            problem_type_and_note(model, key, (&step.what, lines), run.goal, world)
        }
        _ => begins(model, key, step, run, world),
    };
    match begins {
        Begins::Made => done(model, key, at, (1, 1)),
        Begins::No(why) => fail(model, key, at, why),
        Begins::Given(effects) => {
            if running(model, key).is_some() {
                with(model, key, |run| run.begun(at, Vec::new()));
            }
            return effects;
        }
        Begins::Changes(changes) => {
            let wanted = changes.clone();
            if changes.iter().any(|c| matches!(c, Change::Note { .. })) {
                leave_old_notes(model, key);
            }
            work::start_on(model, key, changes, run.basis, run.front);
            if let Some(case) = model.case_mut(key) {
                case.plan.use_choice(step.what.kind());
            }
            let started = model.case(key).map_or(Vec::new(), |case| {
                let of = |change: &Change| {
                    let mut all = case.tasks.iter().rev();
                    all.find(|t| t.change == *change && !t.is_over())
                        .map(|t| t.id)
                };
                wanted.iter().filter_map(of).collect()
            });
            with(model, key, |run| run.begun(at, started));
        }
    }
    Vec::new()
}

/// A note that failed is replaced by the one that is added now. If the failed one was saved after all, the fresh look finds it.
fn leave_old_notes(model: &mut Model, key: &CaseKey) {
    let failed = model.case(key).map_or(Vec::new(), |case| {
        let old = case.tasks.iter().filter(|t| {
            matches!(t.change, Change::Note { .. }) && matches!(t.state, TaskState::Problem(_))
        });
        old.map(|t| t.id).collect()
    });
    for task in failed {
        work::leave(model, key, task);
    }
}

fn not_allowed(why: impl Into<String>) -> Begins {
    Begins::No(StepProblem::NotAllowed(why.into()))
}

fn begins(model: &mut Model, key: &CaseKey, step: &StepRun, run: &Run, world: World<'_>) -> Begins {
    let rules = world.rules();
    let Some(case) = model.case(key) else {
        return Begins::No(StepProblem::Another);
    };
    match &step.what {
        What::ProblemType(set) => set_problem_type(case, set, world, || alone(set)),
        What::Note(lines) => {
            let note = note_of(case, world);
            let now = note.reading();
            match () {
                () if case.is_noted(&now) => Begins::Made,
                // After a change of contacts it lists what was done.
                () if run.goal != Goal::ChangeContacts && now != *lines => {
                    Begins::No(StepProblem::Another)
                }
                () if rules.words.note == NoteMode::Saved => Begins::Changes(vec![Change::Note {
                    problem_type: None,
                    html: note.html(),
                    lines: now,
                }]),
                () => {
                    with(model, key, |run| {
                        for step in &mut run.steps {
                            if let What::Note(lines) = &mut step.what {
                                lines.clone_from(&now);
                            }
                        }
                    });
                    Begins::Given(note::add(model, key, false, true, world))
                }
            }
        }
        What::Associate {
            user,
            who,
            organization,
        } => match association_gate(case, rules) {
            Ok((now, into)) if (now, into.id) == (*user, organization.id) => {
                Begins::Changes(vec![Change::Join {
                    user: *user,
                    who: who.clone(),
                    organization: into,
                    by: By::Page,
                    moved_from: None,
                }])
            }
            Ok(_) => Begins::No(StepProblem::Another),
            Err(why) => {
                let now = case.ticket.got().map(|t| &t.requester);
                let joined = now.is_some_and(|r| {
                    r.id == *user && r.organization.as_ref().map(|o| o.id) == Some(organization.id)
                });
                if joined {
                    Begins::Made
                } else {
                    not_allowed(why)
                }
            }
        },
        What::AddContacts(ready) => match contacts_to_add(case, rules) {
            Ok(changes) if contacts_to_add_list(case) == ready.list => Begins::Changes(changes),
            Ok(_) => Begins::No(StepProblem::Another),
            Err(why) => not_allowed(why),
        },
        What::RemoveContacts(ready) => match contacts_to_remove(case, rules) {
            Ok(changes) if contacts_to_remove_list(case) == ready.list => {
                removal_began(model, key, &changes);
                Begins::Changes(changes)
            }
            Ok(_) => Begins::No(StepProblem::Another),
            Err(why) => not_allowed(why),
        },
        What::NoteAndAssign(text) => {
            let waits = matches!(case.organization.found(), Some(Found::None));
            if !waits || waiting_note(case) != *text {
                return Begins::No(StepProblem::Another);
            }
            let Some(me) = case.trouble.me.got().filter(|_| !case.is_assigning()) else {
                return not_allowed("it is not known who you are, or the ticket is being assigned");
            };
            let (html, lines) = internal_note(&lines_of(text), &known(case, rules));
            Begins::Changes(vec![Change::Assign {
                to: "you".to_owned(),
                assignee: Some(me.id),
                group: None,
                note_html: Some(html),
                note_lines: lines,
            }])
        }
        What::HandOn(on) => match case.hand_on_now(rules.words) {
            Ok(now) if now == *on => Begins::Changes(vec![Change::HandOn(now)]),
            Ok(_) => Begins::No(StepProblem::Another),
            Err(why) => not_allowed(why),
        },
        What::Remind(_) if is_reminded(model, key) => Begins::Made,
        What::Remind(hours) => Begins::Given(vec![remind(key, *hours, world)]),
        What::Reply { about, chosen } => {
            let all = checks(case, rules);
            let proposed = case.proposed_reply(&all, &verdict(&all), rules.words);
            if !chosen && proposed != Some(*about) {
                return Begins::No(StepProblem::Another);
            }
            let basis = case.bases.get(&run.basis).cloned().unwrap_or_default();
            Begins::Given(reply::draft_on(model, key, *about, basis, world))
        }
    }
}

/// The problem type and the note, in one update of the ticket.
fn problem_type_and_note(
    model: &Model,
    key: &CaseKey,
    (problem_type, lines): (&What, &[String]),
    goal: Goal,
    world: World<'_>,
) -> Begins {
    let (Some(case), What::ProblemType(set)) = (model.case(key), problem_type) else {
        return Begins::No(StepProblem::Another);
    };
    let note = note_of(case, world);
    let now = note.reading();
    if goal != Goal::ChangeContacts && now != lines {
        return Begins::No(StepProblem::Another);
    }
    // If the problem type is set already, the note's own turn comes next.
    set_problem_type(case, set, world, || {
        if case.is_noted(&now) {
            alone(set)
        } else {
            Change::Note {
                problem_type: Some(set.clone()),
                html: note.html(),
                lines: now,
            }
        }
    })
}

/// Sets the problem type by this change, unless it is set or is to be another than the engineer saw.
fn set_problem_type(
    case: &Case,
    set: &SetField,
    world: World<'_>,
    change: impl FnOnce() -> Change,
) -> Begins {
    match case.problem_type(&world.profile.zendesk) {
        _ if case.is_undoing() => not_allowed(UNDOING),
        ProblemType::Set(_) => Begins::Made,
        ProblemType::ToSet { wanted, .. } if wanted.value == set.value => {
            Begins::Changes(vec![change()])
        }
        ProblemType::ToSet { .. } => Begins::No(StepProblem::Another),
        ProblemType::CannotSet(_) | ProblemType::Unknown => {
            not_allowed("the problem type cannot be set now")
        }
    }
}

/// The change of the problem type, without a note.
fn alone(set: &SetField) -> Change {
    Change::ProblemType {
        field: set.field,
        value: set.value.clone(),
        name: set.name.clone(),
    }
}

/// Whether the engineer looks at nothing but this case since they pressed: only then a step begins.
fn is_at_hand(model: &Model, key: &CaseKey, run: &Run) -> bool {
    if model.tabs.focus() != Some(key) {
        return false;
    }
    let front = model.tabs.front_tab();
    let Some(tab) = front.and_then(|tab| model.tabs.get(&tab)) else {
        return front == run.front;
    };
    if front == run.front && tab.ticket.is_none() {
        return true;
    }
    let changed = |user| {
        model
            .case(key)
            .is_some_and(|case| case.tasks.iter().any(|t| t.change.user() == Some(user)))
    };
    tab.ticket.as_ref() == Some(key)
        || (tab.ticket.is_none() && tab.belongs_to.as_ref() == Some(key))
        || tab
            .user
            .as_ref()
            .is_some_and(|page| page.host == key.host && changed(page.id))
}
