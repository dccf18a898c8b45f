//! The plan, as the content of the next step: what will be done, then what was done, in the same lines. All of its texts are here.

use maud::{Markup, html};

use super::note::plain;
use super::parts::{lines, shown, stop_waiting};
use crate::app::{World, note_of, own_reply};
use crate::case::Case;
use crate::case::change::TaskState;
use crate::case::check::Verdict;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::plan::{
    Goal, Offer, Run, RunState, Step, StepKind, StepProblem, StepRun, StepState, What,
};
use crate::case::reply_progress::{Problem, Progress};
use crate::profile::zendesk::NoteMode;
use crate::reading::ReadError;
use crate::text::line::one_line;

/// The steps that are offered, with the button that runs them.
pub(super) fn offered(case: &Case, offer: &Offer, world: World<'_>) -> Markup {
    let count = offer.ticked().count();
    html! {
        (title("", None, &goal(offer), false))
        ol.plan aria-label="Steps" {
            @for step in &offer.steps { (offered_step(case, offer, step, world)) }
        }
        div.actions {
            button.primary #run-plan type="button" data-command="run_plan" data-field-plan=(offer.shown()) disabled[count == 0] {
                @match count { 0 => "Select a step", 1 => "Run 1 step", n => { "Run " (n) " steps" } }
            }
            p.hint { "Nothing is sent to the requester." }
        }
    }
}

/// What the card is about. `eyebrow`: how far the run got; screen readers read it only when the run ends or stops.
fn title(state: &str, eyebrow: Option<&str>, text: &str, aloud: bool) -> Markup {
    html! {
        div.plan-title.(state) role="status" {
            @if let Some(eyebrow) = eyebrow {
                p.eyebrow aria-live=[(!aloud).then_some("off")] { (eyebrow) }
            }
            h3 { (text) }
        }
    }
}

fn goal(offer: &Offer) -> String {
    match offer.goal {
        Goal::Finish => "Finish this ticket".to_owned(),
        Goal::TellRequester => "Tell the requester".to_owned(),
        Goal::AskWhichToRemove => "Ask which contacts to remove".to_owned(),
        Goal::WaitForOrganization => "Wait for the organization".to_owned(),
        Goal::ChangeContacts => {
            let whats = offer.steps.iter().map(|step| &step.what);
            let changes: Vec<String> = whats
                .filter(|w| matches!(w, What::AddContacts(_) | What::RemoveContacts(_)))
                .map(name)
                .collect();
            if changes.is_empty() {
                "Finish this ticket".to_owned()
            } else {
                changes.join(", ")
            }
        }
    }
}

/// What a step is called: its accessible name begins with it.
fn name(what: &What) -> String {
    match what {
        What::ProblemType(_) => "Set problem type".to_owned(),
        What::Note(_) => "Add internal note".to_owned(),
        What::Associate {
            who, organization, ..
        } => format!(
            "Associate {} with {}",
            one_line(who, 120),
            one_line(&organization.label(), 120)
        ),
        What::AddContacts(ready) => format!("Add {}", contacts(ready.count)),
        What::RemoveContacts(ready) => format!("Remove {}", contacts(ready.count)),
        What::NoteAndAssign(_) => "Add internal note, assign to me".to_owned(),
        What::Remind(1) => "Remind me in 1 hour".to_owned(),
        What::Remind(hours) => format!("Remind me in {hours} hours"),
        What::Reply { about, .. } => format!("Draft reply “{}”", about.title()),
    }
}

fn contacts(count: usize) -> String {
    match count {
        1 => "1 contact".to_owned(),
        n => format!("{n} contacts"),
    }
}

/// What a step will do, in one line.
fn hint(goal: Goal, what: &What, world: World<'_>) -> String {
    match what {
        What::ProblemType(set) => one_line(&set.name, 120),
        What::Note(_) if goal == Goal::ChangeContacts => {
            "Optional for a contact’s request".to_owned()
        }
        What::Note(lines) => {
            let place = match world.profile.zendesk.note {
                NoteMode::Saved => "Saved to the ticket",
                NoteMode::Composer => "In the composer, for you to submit",
            };
            match lines.len() {
                1 => format!("{place}, 1 line"),
                n => format!("{place}, {n} lines"),
            }
        }
        What::Associate { organization, .. } => {
            format!("On the user’s page, checked by ID {}", organization.id)
        }
        What::AddContacts(ready) => {
            let to = format!("To {}", one_line(&ready.organization.label(), 120));
            match ready.new {
                0 => to,
                1 => format!("{to}, 1 is a new user"),
                n => format!("{to}, {n} are new users"),
            }
        }
        What::RemoveContacts(ready) => {
            format!("From {}", one_line(&ready.organization.label(), 120))
        }
        What::NoteAndAssign(_) => "What happened, and what’s known".to_owned(),
        What::Remind(_) => "With a notification".to_owned(),
        What::Reply { about, .. } => {
            format!("You read it and submit it as {}", about.status().title())
        }
    }
}

fn offered_step(case: &Case, offer: &Offer, step: &Step, world: World<'_>) -> Markup {
    let kind = step.what.kind();
    let id = format!("plan-{}", kind.key());
    let needed = step
        .needs
        .filter(|needs| offer.step(*needs).is_some_and(|s| !s.ticked));
    html! {
        li.step {
            label {
                input type="checkbox" id=(id) data-command="plan_choose" data-field-step=(kind.key()) data-field-wanted=(!step.ticked)
                    checked[step.ticked] disabled[needed.is_some()] aria-describedby={ (id) "-why" };
                span { bdi { (name(&step.what)) } }
            }
            p.hint id={ (id) "-why" } { bdi { (hint(offer.goal, &step.what, world)) } }
            (details(case, &step.what, world))
        }
    }
}

/// What exactly a step does.
fn details(case: &Case, what: &What, world: World<'_>) -> Markup {
    let id = format!("plan-{}-details", what.kind().key());
    let previews = matches!(
        what,
        What::Note(_) | What::Reply { .. } | What::NoteAndAssign(_)
    );
    let word = if previews { "Preview" } else { "Details" };
    html! {
        details id=(id) {
            summary aria-label={ (word) ": " (name(what)) } { span { (word) } }
            @match what {
                What::ProblemType(_) => p.hint { "Sets the field Support Ops Problem Type of the ticket and saves it." },
                What::Note(_) => (plain(&note_of(case, world), "Internal note")),
                What::Associate { organization, .. } => p.hint {
                    "Fills the Organization field on the user’s page, saves it, and reads it back. Zendesk must show organization " (organization.id) "."
                },
                What::AddContacts(_) => p.hint { "New users get no email. Each address is checked again before it’s added." },
                What::RemoveContacts(_) => p.hint {
                    "Empties the organization and adds “De-associated as per” with this ticket’s link to the user’s notes."
                },
                What::NoteAndAssign(text) => pre.note role="group" aria-label="Internal note" { (lines(text)) },
                What::Remind(_) => p.hint { "You can forget the reminder under Hand-over." },
                What::Reply { about, .. } => {
                    @match own_reply(case, *about, world) {
                        Ok(reply) => {
                            pre.note role="group" aria-label="Reply" { (reply.plain()) }
                            p.hint { "Tether’s own text. If Zendesk has a macro for this, its text is used." }
                        }
                        Err(leak) => p.hint { (leak.says()) " " (leak.next()) },
                    }
                }
            }
        }
    }
}

/// A plan that was started: how far it got, and what can be done about it. Its buttons are above the steps and stay there.
pub(super) fn run(case: &Case, run: &Run, world: World<'_>) -> Markup {
    html! {
        @match run.state {
            RunState::Running => (running(run)),
            RunState::Stopped => (stopped(case, run)),
            RunState::Over => (over(case, run)),
        }
        ol.plan aria-label="Steps" {
            @for (at, step) in run.steps.iter().enumerate() { (made_step(case, run, at, step, world)) }
        }
    }
}

fn running(run: &Run) -> Markup {
    let of = run.steps.len();
    let at = run.current().unwrap_or(0);
    let step = run.step(at);
    let eyebrow = format!("Step {} of {of}", (at + 1).min(of));
    html! {
        @if let Some(StepRun { state: StepState::WaitsForYou { .. }, what, .. }) = step {
            (title("is-open", Some(&eyebrow), "Submit the internal note", true))
            p { "The next steps start once it’s in the ticket." }
            div.actions {
                button.primary type="button" data-command="show_ticket" { "Show ticket" }
                button type="button" data-command="stop_plan" { "Stop here" }
                (skip(what.kind()))
            }
        } @else {
            (title("", Some(&eyebrow), "Finishing this ticket", false))
            div.actions {
                button #stop-plan type="button" data-command="stop_plan" disabled[run.stopping] {
                    @if run.stopping { "Stopping after this step…" } @else { "Stop after this step" }
                }
                p.hint { "Keep this window in front." }
            }
        }
    }
}

fn skip(kind: StepKind) -> Markup {
    html! { button.quiet type="button" data-command="skip_step" data-field-step=(kind.key()) { "Skip this step" } }
}

fn stopped(case: &Case, run: &Run) -> Markup {
    let of = run.steps.len();
    let at = run.current().unwrap_or(0);
    let Some(step) = run.step(at) else {
        return html! {};
    };
    let eyebrow = format!("Stopped at step {} of {of}", (at + 1).min(of));
    let failed = match &step.state {
        StepState::Failed(why) => Some(why),
        _ => None,
    };
    let kind = step.what.kind();
    html! {
        @match failed {
            None => {
                (title("is-bad", Some(&eyebrow), "You stopped this plan", true))
                div.actions {
                    button.primary type="button" data-command="continue_plan" { "Continue" }
                    (skip(kind))
                    (leave("Leave the plan"))
                }
            }
            Some(why) => {
                @let remedy = remedy(case, step, why);
                (title("is-bad", Some(&eyebrow), remedy.title(), true))
                p.error role="alert" { bdi { (says(case, step, why)) } }
                div.actions {
                    @match remedy {
                        Remedy::SignIn => {
                            button.primary type="button" data-command="show_ticket" { "Sign in" }
                            button type="button" data-command="continue_plan" { "Continue" }
                            (skip(kind))
                        }
                        Remedy::LookAtTicket | Remedy::Continue => {
                            button.primary type="button" data-command="continue_plan" { "Continue" }
                            button type="button" data-command="show_ticket" { "Show ticket" }
                            (skip(kind))
                        }
                        Remedy::Skip => {
                            button.primary type="button" data-command="skip_step" data-field-step=(kind.key()) { "Skip this step" }
                            button type="button" data-command="continue_plan" { "Continue" }
                        }
                    }
                    (leave("Leave the plan"))
                }
            }
        }
    }
}

fn leave(says: &str) -> Markup {
    html! { button.quiet type="button" data-command="leave_plan" { (says) } }
}

/// What helps where a step was not done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remedy {
    /// The session is gone.
    SignIn,
    /// Someone changed something.
    LookAtTicket,
    /// The same once more.
    Continue,
    /// Nothing.
    Skip,
}

impl Remedy {
    fn title(self) -> &'static str {
        match self {
            Self::SignIn => "Sign in to Zendesk to continue",
            Self::LookAtTicket => "Something changed since you looked",
            Self::Continue => "A step wasn’t done",
            Self::Skip => "A step can’t be done",
        }
    }
}

fn remedy(case: &Case, step: &StepRun, why: &StepProblem) -> Remedy {
    use crate::case::change::TaskProblem as Of;
    match why {
        StepProblem::Change => match step.failed(case).map(|(_, problem)| problem) {
            Some(
                Of::Page(PageProblem::SignedOut)
                | Of::NotRead(ReadError::SignedOut)
                | Of::NotKnown(ReadError::SignedOut),
            ) => Remedy::SignIn,
            Some(Of::BasisChanged(_) | Of::ChangedMeanwhile(_) | Of::NotAllowedNow(_)) => {
                Remedy::LookAtTicket
            }
            Some(problem) if !problem.again_helps() => Remedy::Skip,
            _ => Remedy::Continue,
        },
        StepProblem::Reply => match &case.drafting.now {
            Progress::Problem { why, .. } => match why {
                Problem::NotFound(ReadError::SignedOut)
                | Problem::NotLooked(ReadError::SignedOut)
                | Problem::Page(PageProblem::SignedOut) => Remedy::SignIn,
                Problem::Changed(_) => Remedy::LookAtTicket,
                _ => Remedy::Continue,
            },
            _ => Remedy::Continue,
        },
        StepProblem::Note(PageProblem::SignedOut)
        | StepProblem::NotLooked(ReadError::SignedOut) => Remedy::SignIn,
        StepProblem::Another | StepProblem::NotAllowed(_) => Remedy::LookAtTicket,
        StepProblem::Note(_)
        | StepProblem::NotLooked(_)
        | StepProblem::EngineerElsewhere
        | StepProblem::Left => Remedy::Continue,
    }
}

/// What happened at the step, and what to do.
fn says(case: &Case, step: &StepRun, why: &StepProblem) -> String {
    let ticket = case.key.ticket;
    match why {
        StepProblem::Change => step
            .failed(case)
            .map_or_else(|| why.says(), |(_, problem)| problem.says()),
        StepProblem::Reply => match &case.drafting.now {
            Progress::Problem { why, .. } => why.says(ticket),
            _ => "The reply was not drafted. Continue tries it again.".to_owned(),
        },
        StepProblem::Note(problem) => problem.says(PageWork::Note(ticket)),
        other => other.says(),
    }
}

fn over(case: &Case, run: &Run) -> Markup {
    let reply = run
        .steps
        .iter()
        .find_map(|step| match (&step.what, &step.state) {
            (What::Reply { about, .. }, StepState::Done { .. }) => Some(*about),
            _ => None,
        });
    html! {
        @match reply {
            Some(about) => {
                (title("is-good", Some("Last step"), &format!("Submit the reply as {}", about.status().title()), true))
                p { "It’s in the composer of #" (case.key.ticket) ". Read it first." }
                div.actions {
                    button.primary type="button" data-command="show_ticket" { "Show ticket" }
                    p.hint { "If Zendesk asks you to refresh the ticket, do that first." }
                }
            }
            None => {
                (title("is-good", Some("Done"), &format!("{} of {} steps are done", run.made(), run.steps.len()), true))
                div.actions { (leave("Close")) }
            }
        }
    }
}

/// A step of a run: its state in the same line as before.
fn made_step(case: &Case, run: &Run, at: usize, step: &StepRun, world: World<'_>) -> Markup {
    let name = name(&step.what);
    let class = match &step.state {
        StepState::Waiting | StepState::Skipped => "is-wait",
        StepState::Running if run.current() == Some(at) => "is-busy",
        StepState::Running => "is-wait",
        StepState::WaitsForYou { .. } => "is-open",
        StepState::Done { made, of } if made < of => "is-open",
        StepState::Done { .. } => "is-good",
        StepState::Failed(_) => "is-bad",
    };
    let idle = run.state != RunState::Running;
    let busy = class == "is-busy";
    let undo = step.undoes(case).filter(|_| idle);
    let saved = matches!(
        (&step.what, &step.state),
        (What::Note(_), StepState::Done { .. })
    );
    html! {
        li.step.signed.(class) id={ "plan-" (step.what.kind().key()) "-step" } {
            p.name { bdi { (name) } }
            p.hint aria-busy=[busy.then_some("true")] { (state(case, run, at, step)) }
            @if let Some(task) = undo {
                button.quiet.undo type="button" data-command="undo" data-field-task=(task.id) aria-label={ "Undo: " (name) } { "Undo" }
            } @else if saved {
                button.quiet.undo type="button" data-command="show_ticket" aria-label={ "Show: " (name) } { "Show" }
            } @else if !matches!(step.state, StepState::Done { .. } | StepState::Skipped) {
                (details(case, &step.what, world))
            }
            @if let Some(job) = step_job(case, step) { (stop_waiting(job)) }
        }
    }
}

/// The page job that a step waits for, so that the engineer need not.
fn step_job(case: &Case, step: &StepRun) -> Option<u64> {
    if step.state != StepState::Running {
        return None;
    }
    match (&step.what, &case.drafting.now) {
        (What::Reply { .. }, Progress::Writing { effect, .. }) => Some(*effect),
        (What::Reply { .. }, _) => None,
        _ => step
            .tasks
            .iter()
            .find_map(|id| match case.task(*id)?.state {
                TaskState::Sending { effect } => Some(effect),
                _ => None,
            }),
    }
}

fn state(case: &Case, run: &Run, at: usize, step: &StepRun) -> Markup {
    html! {
        @match &step.state {
            StepState::Waiting => "Waiting",
            StepState::Running if run.current() != Some(at) => "Waiting",
            StepState::Running => (progress(case, step)),
            StepState::WaitsForYou { .. } => "In the composer, waiting for you to submit it",
            StepState::Skipped => "Skipped",
            StepState::Failed(_) => b { "Not done" },
            StepState::Done { .. } => @match &step.what {
                What::ProblemType(_) if step.undoes(case).is_none() && is_undone(case, step) => "Undone",
                What::Associate { .. } | What::RemoveContacts(_) if is_undone(case, step) => "Undone",
                What::ProblemType(_) => "Done",
                What::Note(_) => "In the ticket",
                What::Associate { organization, .. } => { "Zendesk shows organization " (organization.id) }
                What::AddContacts(_) => (of(step, "added")),
                What::RemoveContacts(_) => (of(step, "removed")),
                What::NoteAndAssign(_) => "In the ticket, which is yours now",
                What::Remind(_) => "Set",
                What::Reply { .. } => "In the composer, as a public reply",
            },
        }
    }
}

fn is_undone(case: &Case, step: &StepRun) -> bool {
    let mut tasks = step.tasks.iter().filter_map(|id| case.task(*id)).peekable();
    tasks.peek().is_some() && tasks.all(|t| t.undone)
}

fn of(step: &StepRun, done: &str) -> Markup {
    html! {
        @if let StepState::Done { made, of } = step.state {
            @if made < of { b { (made) " of " (of) " " (done) } } @else { (made) " " (done) }
        }
    }
}

/// What goes on at a step.
fn progress(case: &Case, step: &StepRun) -> Markup {
    let tasks = || step.tasks.iter().filter_map(|id| case.task(*id));
    let done = tasks().filter(|t| t.state == TaskState::Done).count();
    let busy = tasks().find(|t| t.in_flight() || matches!(t.state, TaskState::Waiting { .. }));
    let says = match (&step.what, busy.map(|t| &t.state)) {
        (What::Reply { .. }, _) => "Drafting…",
        (_, Some(TaskState::Preparing)) => "Looking first…",
        (_, Some(TaskState::Opening { .. })) => "Opening the user’s page…",
        (_, Some(TaskState::Confirming { .. })) => "Reading back…",
        (_, Some(TaskState::Waiting { .. })) => "Zendesk asks to wait; it goes on by itself",
        _ => "Writing…",
    };
    html! {
        @if step.tasks.len() > 1 { span aria-live="off" { (done) " of " (step.tasks.len()) } ". " }
        (says)
    }
}

/// Text of a goal that the plan leads to, for a paragraph above it.
pub(super) fn lead(case: &Case, offer: &Offer, verdict: &Verdict, world: World<'_>) -> Markup {
    html! {
        @if let Some(words) = super::dot_com::next(case, verdict, world) { p { (words) } }
        @if offer.goal == Goal::WaitForOrganization {
            p {
                "No organization carries the Salesforce account"
                @if let Some(account) = case.salesforce_account() { " " (shown(account.as_str(), 40)) }
                ". Check in Salesforce whether it shows the subscription and its charges. If not, sync the billing account; Zendesk adds the organization in 1 to 2 hours."
            }
        }
    }
}
