//! The plan, as the content of the next step: what will be done, then what was done, in the same lines. All of its texts are here.

use maud::{Markup, html};

use super::card_frame::{Card, Holds};
use super::case_view::CaseView;
use super::parts::{Tone, countdown, lines, reading, shown, stop_waiting};
use super::{contacts, decide, field, note, records, reply};
use crate::app::{note_of, own_reply, reply_about};
use crate::case::Case;
use crate::case::change::{Change, Task, TaskState};
use crate::case::check::CheckName;
use crate::case::metadata::{FormIs, ProblemType};
use crate::case::note_progress::NoteProgress;
use crate::case::page_problem::{PageProblem, PageWork};
use crate::case::plan::{
    Goal, Offer, Run, RunState, Step, StepKind, StepProblem, StepRun, StepState, What,
};
use crate::case::reply_progress::{Problem, Progress};
use crate::case::trouble::TEXT_MAX;
use crate::profile::zendesk::{NoteMode, Process};
use crate::reading::ReadError;
use crate::text::line::one_line;

/// The steps that are offered, with the button that runs them.
pub(super) fn offer_card(view: &CaseView<'_>, offer: &Offer) -> Card {
    let for_app = is_for_app(view, offer);
    let holds = Holds {
        plan: true,
        ids: for_app,
        evidence: offer.goal == Goal::AskForProof,
        check: (offer.goal == Goal::AskWhichToRemove).then_some(CheckName::ContactLimit),
        hand_over: offer.goal == Goal::WaitForOrganization,
        folds_records: offer.goal == Goal::WaitForOrganization,
        ..Holds::default()
    };
    let content = html! {
        @if for_app {
            div.actions {
                (records::copy_ids(view, true))
                p.hint { "Paste them into the contact management app." }
            }
        }
        (lead(view, offer))
        (steps(view, offer, !for_app))
        @if view.is_pre_authorized() && !changes_contacts(offer) { (contacts::folded(view)) }
        @match offer.goal {
            Goal::AskForProof => {
                p.or { "or add it yourself" }
                (super::evidence::by_hand(view))
            }
            Goal::AskWhichToRemove => (override_limit(view)),
            Goal::Finish | Goal::TellRequester | Goal::ChangeContacts | Goal::WaitForOrganization | Goal::HandOn => {}
        }
    };
    let card = Card::act(goal(offer), content).holding(holds);
    match offer.goal {
        Goal::AskWhichToRemove | Goal::WaitForOrganization => card.with_tone(Tone::Open),
        _ => card,
    }
}

/// Whether the contact management app is to do what is left: it asks for the records' IDs.
fn is_for_app(view: &CaseView<'_>, offer: &Offer) -> bool {
    view.world.profile.zendesk.process == Process::ContactManagementApp
        && offer.step(StepKind::Associate).is_some_and(|s| !s.ticked)
        && !view.case.bare_ids().is_empty()
}

fn changes_contacts(offer: &Offer) -> bool {
    offer
        .steps
        .iter()
        .any(|step| matches!(step.what, What::AddContacts(_) | What::RemoveContacts(_)))
}

/// The steps, in one form whose only submit runs them.
pub(super) fn steps(view: &CaseView<'_>, offer: &Offer, leads: bool) -> Markup {
    let count = offer.ticked().count();
    html! {
        form #plan-form data-command="run_plan" data-field-plan=(offer.shown()) autocomplete="off" {
            ol.plan aria-label="Steps" {
                @for step in &offer.steps { (offered_step(view, offer, step)) }
            }
            div.actions {
                button.primary[leads] #run-plan type="submit" disabled[count == 0] {
                    @match count { 0 => "Select a step", 1 => "Run 1 step", n => { "Run " (n) " steps" } }
                }
                @if offer.goal == Goal::WaitForOrganization {
                    button type="button" data-command="refresh" { "Search again" }
                    button type="button" data-command="open_trouble" data-field-open="true" { "Hand over" }
                } @else {
                    p.hint { "Nothing is sent to the requester." }
                }
            }
        }
        @if offer.step(StepKind::NoteAndAssign).is_some() { form #waiting-form data-command="note_and_assign" {} }
    }
}

/// `Add them anyway`: the limit is the engineer’s to override, with a reason.
fn override_limit(view: &CaseView<'_>) -> Markup {
    let check = view.check(CheckName::ContactLimit);
    html! {
        @if let Some(check) = check.filter(|c| c.decidable && c.decision.is_none()) {
            details.unfold #add-anyway open {
                summary { "Add them anyway" }
                (decide::form(view, check, "Override limit"))
            }
        }
    }
}

fn goal(offer: &Offer) -> String {
    match offer.goal {
        Goal::Finish => "Finish this ticket".to_owned(),
        Goal::TellRequester => "Tell the requester".to_owned(),
        Goal::AskWhichToRemove => "Ask which contacts to remove".to_owned(),
        Goal::WaitForOrganization => "Sync the billing account, then wait".to_owned(),
        Goal::AskForProof => "Ask the requester for proof".to_owned(),
        Goal::HandOn => "Hand this ticket on".to_owned(),
        Goal::ChangeContacts => {
            let whats = offer.steps.iter().map(|step| &step.what);
            let changes: Vec<String> = whats
                .filter(|w| matches!(w, What::AddContacts(_) | What::RemoveContacts(_)))
                .map(name)
                .collect();
            match changes.as_slice() {
                [] => "Finish this ticket".to_owned(),
                [one] => one.clone(),
                [first, rest @ ..] => format!("{first} and {}", rest.join(" and ").to_lowercase()),
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
        What::HandOn(on) => on.title(),
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
fn hint(goal: Goal, what: &What, view: &CaseView<'_>) -> String {
    let world = view.world;
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
        What::HandOn(_) => "Its status stays; who gets it replies".to_owned(),
        What::Reply { about, .. } => {
            format!("You read it and submit it as {}", about.status().title())
        }
    }
}

fn offered_step(view: &CaseView<'_>, offer: &Offer, step: &Step) -> Markup {
    let kind = step.what.kind();
    let id = format!("plan-{}", kind.key());
    let needed = step
        .needs
        .filter(|needs| offer.step(*needs).is_some_and(|s| !s.ticked));
    html! {
        li.step.fold id={ (id) "-offered" } data-key=(kind.key()) {
            label {
                input type="checkbox" id=(id) data-command="plan_choose" data-field-step=(kind.key()) data-field-wanted=(!step.ticked)
                    checked[step.ticked] disabled[needed.is_some()] aria-describedby={ (id) "-why" };
                span { bdi { (name(&step.what)) } }
            }
            p.hint id={ (id) "-why" } {
                bdi { (hint(offer.goal, &step.what, view)) }
                @if step.made_before { ". It was done, and someone changed it since" }
            }
            (details(view, &step.what, true))
        }
    }
}

/// What exactly a step does; `alone`: with the buttons that do it by itself.
fn details(view: &CaseView<'_>, what: &What, alone: bool) -> Markup {
    let (case, world) = (view.case, view.world);
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
                What::ProblemType(_) => {
                    p.hint { "Sets the field Support Ops Problem Type and saves it to the ticket." }
                    @if alone { div.actions { (problem_type_button(view)) } }
                }
                What::Note(_) => {
                    @let note = note_of(case, world);
                    (note::plain(&note, "Internal note"))
                    @if alone { (note::buttons(view, &note)) }
                }
                What::Associate { user, organization, .. } => {
                    p.hint {
                        "Fills the Organization field on the user’s page, saves it, and reads it back. Zendesk must show organization " (organization.id) "."
                    }
                    @if alone {
                        div.actions { button #associate type="button" data-command="associate" data-field-user=(user) data-field-organization=(organization.id) { "Associate" } }
                    }
                }
                What::AddContacts(ready) => {
                    p.hint { "New users get no email. Each address is checked again before it’s added." }
                    @if alone {
                        div.actions { button #add-contacts type="button" data-command="add_contacts" data-field-list=(ready.list) { "Add contacts" } }
                    }
                }
                What::RemoveContacts(ready) => {
                    p.hint { "Empties the organization and adds “De-associated as per” with this ticket’s link to the user’s " (world.profile.zendesk.removal_trace.key()) "." }
                    @if alone {
                        div.actions { button #remove-contacts type="button" data-command="remove_contacts" data-field-list=(ready.list) { "Remove contacts" } }
                    }
                }
                What::NoteAndAssign(text) => (waiting_note(view, text, alone)),
                What::Remind(_) => p.hint { "Cancel it under More." },
                What::HandOn(on) => {
                    p.hint { "One update sets:" }
                    ul.plain { @for part in on.parts() { li { bdi { (part) } } } }
                    p.hint { "The status stays as it is. Undo puts all of it back, unless someone changed it since." }
                }
                What::Reply { about, .. } => {
                    @if alone {
                        (reply::topic(view, reply_about(case, world)))
                        (reply::preview(view, *about))
                        div.actions { (reply::draft(view)) }
                    } @else {
                        @match own_reply(case, *about, world) {
                            Ok(reply) => pre.note role="group" aria-label="Reply" { (reply.plain()) },
                            Err(leak) => p.hint { (leak.says()) " " (leak.next()) },
                        }
                    }
                }
            }
        }
    }
}

/// The note while the organization is waited for. Changed, it is added by its own button.
fn waiting_note(view: &CaseView<'_>, text: &str, alone: bool) -> Markup {
    let wrong = field::Wrong::with(view.model, "waiting", None, "trouble-waiting");
    html! {
        @if alone {
            div.field {
                label for="trouble-waiting" { "Internal note" }
                textarea #trouble-waiting form="waiting-form" name="text" rows="5" maxlength=(TEXT_MAX) required aria-invalid=[wrong.invalid()] aria-describedby=[wrong.described(Some("trouble-waiting-hint"))] { (text) }
                p.hint #trouble-waiting-hint { "What’s known follows. If you change the text, add it with the button below." }
                (wrong.says())
            }
            div.actions { button type="submit" form="waiting-form" { "Add note and assign to me" } }
        } @else {
            pre.note role="group" aria-label="Note while the organization is waited for" { (lines(text)) }
        }
    }
}

/// `Set problem type` among the requester’s details, if no step of the card holds it.
pub(super) fn problem_type_alone(view: &CaseView<'_>) -> Markup {
    html! {
        @if let ProblemType::ToSet { .. } = view.case.problem_type(&view.world.profile.zendesk) {
            div.actions { (problem_type_button(view)) }
        }
    }
}

fn problem_type_button(view: &CaseView<'_>) -> Markup {
    let wrong_form = matches!(
        view.case.form_is(&view.world.profile.zendesk),
        FormIs::Wrong(_)
    );
    let busy = view.case.is_undoing()
        || view
            .case
            .tasks
            .iter()
            .any(|t| matches!(t.change, Change::ProblemType { .. }) && !t.is_over());
    html! { button #set-problem-type type="button" data-command="set_problem_type" disabled[wrong_form || busy] { "Set problem type" } }
}

/// A plan that was started: how far it got, and what can be done about it. Its buttons are above the steps and stay there.
pub(super) fn run_card(view: &CaseView<'_>, run: &Run) -> Card {
    let (tone, eyebrow, aloud, title, top) = match run.state {
        RunState::Running => running(view.case, run),
        RunState::Stopped => stopped(view.case, run),
        RunState::Over => over(view.case, run),
    };
    let content = html! {
        (top)
        ol.plan aria-label="Steps" {
            @for (at, step) in run.steps.iter().enumerate() { (made_step(view, run, at, step)) }
        }
    };
    let mut card = Card::new(tone, eyebrow, title, content).holding(Holds {
        plan: true,
        // The steps and what is to be read or pressed then leave no room for them on one screen.
        folds_records: waits_for_page(view.case, run) || run.state == RunState::Over,
        ..Holds::default()
    });
    card.aloud = aloud;
    card
}

/// Tone, eyebrow, whether that is read aloud, title, and what is above the steps.
type Top = (Tone, String, bool, String, Markup);

/// Whether the reply of a running plan waits for the ticket's page to be reloaded.
fn waits_for_page(case: &Case, run: &Run) -> bool {
    run.state == RunState::Running
        && run.current_step().is_some_and(drafts)
        && case.drafting.now.waits_for_page()
}

fn drafts(step: &StepRun) -> bool {
    matches!(step.what, What::Reply { .. }) && step.state == StepState::Running
}

fn running(case: &Case, run: &Run) -> Top {
    let of = run.steps.len();
    let at = run.current().unwrap_or(0);
    let step = run.step(at);
    let eyebrow = format!("Step {} of {of}", (at + 1).min(of));
    if let Some(StepRun {
        state: StepState::WaitsForYou { .. },
        what,
        ..
    }) = step
    {
        let top = html! {
            p { "The next steps start once it’s in the ticket." }
            div.actions {
                button.primary type="button" data-command="show_ticket" { "Show ticket" }
                button type="button" data-command="stop_plan" { "Stop here" }
                (skip(what.kind()))
            }
        };
        return (
            Tone::Open,
            eyebrow,
            true,
            "Submit the internal note".to_owned(),
            top,
        );
    }
    if waits_for_page(case, run) {
        let top = html! {
            p { (reply::OUTDATED) }
            div.actions {
                button.primary type="button" data-command="reload_ticket" { "Reload ticket" }
                button type="button" data-command="draft_anyway" { "Draft anyway" }
                button.quiet type="button" data-command="stop_plan" { "Stop here" }
            }
        };
        return (
            Tone::Open,
            eyebrow,
            true,
            "Reload the ticket".to_owned(),
            top,
        );
    }
    let top = html! {
        div.actions {
            button #stop-plan type="button" data-command="stop_plan" disabled[run.stopping] {
                @if run.stopping { "Stopping after this step…" } @else { "Stop after this step" }
            }
            p.hint { "Keep this window in front." }
        }
    };
    (
        Tone::Calm,
        eyebrow,
        false,
        "Finishing this ticket".to_owned(),
        top,
    )
}

fn skip(kind: StepKind) -> Markup {
    html! { button.quiet type="button" data-command="skip_step" data-field-step=(kind.key()) { "Skip this step" } }
}

fn stopped(case: &Case, run: &Run) -> Top {
    let of = run.steps.len();
    let at = run.current().unwrap_or(0);
    let eyebrow = format!("Stopped at step {} of {of}", (at + 1).min(of));
    let Some(step) = run.step(at) else {
        return (
            Tone::Bad,
            eyebrow,
            true,
            "The plan stopped".to_owned(),
            leave("Leave the plan"),
        );
    };
    let failed = match &step.state {
        StepState::Failed(why) => Some(why),
        _ => None,
    };
    let kind = step.what.kind();
    let Some(why) = failed else {
        let top = html! {
            div.actions {
                button.primary type="button" data-command="continue_plan" data-field-run=(run.shown()) { "Continue" }
                (skip(kind))
                (leave("Leave the plan"))
            }
        };
        return (
            Tone::Bad,
            eyebrow,
            true,
            "You stopped this plan".to_owned(),
            top,
        );
    };
    let remedy = remedy(case, step, why);
    let top = html! {
        p role="alert" { strong { "Not done." } " " bdi { (says(case, step, why)) } }
        div.actions {
            @match remedy {
                Remedy::SignIn => {
                    button.primary type="button" data-command="show_ticket" { "Sign in" }
                    button type="button" data-command="continue_plan" data-field-run=(run.shown()) { "Continue" }
                    (skip(kind))
                }
                Remedy::LookAtTicket | Remedy::Continue => {
                    button.primary type="button" data-command="continue_plan" data-field-run=(run.shown()) { "Continue" }
                    button type="button" data-command="show_ticket" { "Show ticket" }
                    (skip(kind))
                }
                Remedy::Skip => {
                    button.primary type="button" data-command="skip_step" data-field-step=(kind.key()) { "Skip this step" }
                    button type="button" data-command="continue_plan" data-field-run=(run.shown()) { "Continue" }
                }
            }
            @if let Some((task, problem)) = step.failed(case) && problem.api_helps() && matches!(task.change, Change::Join { .. }) {
                button type="button" data-command="by_api" data-field-task=(task.id) { "Use the API" }
            }
            // A reply that was drafted alone shows its own result.
            @if let (StepProblem::Reply, Progress::Problem { about, .. }, true) = (why, &case.drafting.now, case.drafting.by_plan) {
                (reply::own_text(*about))
            }
            (leave("Leave the plan"))
        }
    };
    (Tone::Bad, eyebrow, true, remedy.title().to_owned(), top)
}

/// In one line, why the plan stopped: while another card is in front of it.
pub(super) fn stopped_line(view: &CaseView<'_>) -> Markup {
    let run = view.run().filter(|run| run.state == RunState::Stopped);
    html! {
        @if let Some((_, eyebrow, _, title, _)) = run.map(|run| stopped(view.case, run)) {
            p.error.warning #plan-stopped { (eyebrow) ": " bdi { (title) } "." }
        }
    }
}

fn leave(says: &str) -> Markup {
    html! { button.quiet type="button" data-command="leave_plan" { (says) } }
}

/// What helps if a step was not done.
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
                | Problem::NotSeen(PageProblem::SignedOut)
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

fn over(case: &Case, run: &Run) -> Top {
    let reply = run
        .steps
        .iter()
        .find_map(|step| match (&step.what, &step.state) {
            (What::Reply { about, .. }, StepState::Done { .. }) => Some(*about),
            _ => None,
        });
    match reply {
        Some(about) => {
            let top = html! {
                p {
                    "It’s in the composer of #" (case.key.ticket) ". "
                    @if let Progress::Written { by, .. } = &case.drafting.now { (reply::whose(by)) " " }
                    "Read it first."
                }
                @if let Progress::Written { stays, .. } = &case.drafting.now { (reply::not_undone(case, stays.as_ref())) }
                div.actions {
                    button.primary type="button" data-command="show_ticket" { "Show ticket" }
                    p.hint { "If Zendesk asks you to refresh the ticket, do that first." }
                }
            };
            let title = format!("Submit the reply as {}", about.status().title());
            (Tone::Good, "Last step".to_owned(), true, title, top)
        }
        None => {
            let title = format!("{} of {} steps are done", run.made(), run.steps.len());
            let top = html! { div.actions { (leave("Close")) } };
            (Tone::Good, "Done".to_owned(), true, title, top)
        }
    }
}

/// A step of a run: its state in the same line as before.
fn made_step(view: &CaseView<'_>, run: &Run, at: usize, step: &StepRun) -> Markup {
    let case = view.case;
    let name = name(&step.what);
    let class = match &step.state {
        StepState::Waiting | StepState::Skipped => "is-wait",
        StepState::Running if run.current() == Some(at) && waits_for_page(case, run) => "is-open",
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
    let drafted = idle && is_in_composer(case, step);
    let saved = matches!(
        (&step.what, &step.state),
        (What::Note(_), StepState::Done { .. })
    );
    html! {
        li.step.signed.fold.(class) id={ "plan-" (step.what.kind().key()) "-step" } data-key=(step.what.kind().key()) {
            p.name { bdi { (name) } }
            p.hint aria-busy=[busy.then_some("true")] { (state(view, run, at, step)) }
            @if let Some(task) = undo {
                button.quiet.undo type="button" data-command="undo" data-field-task=(task.id) aria-label={ "Undo: " (name) } { "Undo" }
            } @else if idle && undoes_several(case, step) {
                details id={ "plan-" (step.what.kind().key()) "-undo" } {
                    summary aria-label={ "Undo: " (name) } { span { "Undo" } }
                    ul.tasks aria-label="Made" { @for task in made(case, step) { (super::tasks::line(case, task, view.world.now_ms, false)) } }
                }
            } @else if drafted {
                (reply::undo(case))
            } @else if saved {
                button.quiet.undo type="button" data-command="show_ticket" aria-label={ "Show: " (name) } { "Show" }
            } @else if !matches!(step.state, StepState::Done { .. } | StepState::Skipped) {
                (details(view, &step.what, false))
            }
            (not_made(view, step))
            @if let Some(job) = step_job(case, step) { (stop_waiting(job)) }
        }
    }
}

/// The changes of a step that were made.
fn made<'a>(case: &'a Case, step: &'a StepRun) -> impl Iterator<Item = &'a Task> {
    let tasks = step.tasks.iter().filter_map(|id| case.task(*id));
    tasks.filter(|task| task.state == TaskState::Done)
}

/// Whether the step made several changes, each of which can be taken back.
fn undoes_several(case: &Case, step: &StepRun) -> bool {
    matches!(step.state, StepState::Done { .. })
        && step.tasks.len() > 1
        && made(case, step).any(|task| task.undo().is_some())
}

/// Whether the reply that the step drafted can be taken out of the composer.
fn is_in_composer(case: &Case, step: &StepRun) -> bool {
    matches!(
        (&step.what, &step.state),
        (What::Reply { about, .. }, StepState::Done { .. })
            if case.drafting.by_plan && case.drafting.now.undoes() == Some(*about)
    )
}

/// The changes of a step that is over although some of them were not made: each says why, and can be tried again.
fn not_made(view: &CaseView<'_>, step: &StepRun) -> Markup {
    let over = matches!(step.state, StepState::Done { made, of } if made < of);
    let left: Vec<&Task> = step
        .tasks
        .iter()
        .filter_map(|id| view.case.task(*id))
        .filter(|task| over && matches!(task.state, TaskState::Problem(_)))
        .collect();
    html! {
        @if !left.is_empty() {
            ul.tasks aria-label="Not made" { @for task in left { (super::tasks::line(view.case, task, view.world.now_ms, false)) } }
        }
    }
}

/// The page job that a step waits for, so that the engineer need not.
fn step_job(case: &Case, step: &StepRun) -> Option<u64> {
    if let (What::Reply { .. }, Progress::TakingOut { effect, .. }) =
        (&step.what, &case.drafting.now)
    {
        return Some(*effect);
    }
    if step.state != StepState::Running {
        return None;
    }
    match &step.what {
        What::Reply { .. } => match case.drafting.now {
            Progress::Looking {
                effect,
                outdated: false,
                ..
            }
            | Progress::Writing { effect, .. } => Some(effect),
            _ => None,
        },
        What::Note(_) if step.tasks.is_empty() => match case.note.now {
            NoteProgress::Writing { effect, .. } => Some(effect),
            _ => None,
        },
        _ => step
            .tasks
            .iter()
            .find_map(|id| match case.task(*id)?.state {
                TaskState::Sending { effect } => Some(effect),
                _ => None,
            }),
    }
}

fn state(view: &CaseView<'_>, run: &Run, at: usize, step: &StepRun) -> Markup {
    let case = view.case;
    html! {
        @match &step.state {
            StepState::Waiting => "Waiting",
            StepState::Running if run.current() != Some(at) => "Waiting",
            StepState::Running => (progress(view, step)),
            StepState::WaitsForYou { .. } => "In the composer, waiting for you to submit it",
            StepState::Skipped => "Skipped",
            StepState::Failed(_) => b { "Not done" },
            StepState::Done { .. } => @match &step.what {
                What::ProblemType(_) if step.undoes(case).is_none() && is_undone(case, step) => "Undone",
                What::Associate { .. } | What::AddContacts(_) | What::RemoveContacts(_) | What::HandOn(_) if is_undone(case, step) => "Undone",
                What::ProblemType(_) => "Done",
                What::Note(_) => "In the ticket",
                What::Associate { organization, .. } => { "Zendesk shows organization " (organization.id) }
                What::AddContacts(_) => (of(step, "added")),
                What::RemoveContacts(_) => (of(step, "removed")),
                What::NoteAndAssign(_) => "In the ticket, which is yours now",
                What::Remind(_) => "Set",
                What::HandOn(on) => { "Zendesk shows group " (one_line(&on.group.name, 120)) }
                What::Reply { .. } if matches!(case.drafting.now, Progress::TakingOut { .. }) => "Leaving the composer…",
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
fn progress(view: &CaseView<'_>, step: &StepRun) -> Markup {
    let case = view.case;
    let tasks = || step.tasks.iter().filter_map(|id| case.task(*id));
    let done = tasks().filter(|t| t.state == TaskState::Done).count();
    let busy = tasks().find(|t| t.in_flight() || matches!(t.state, TaskState::Waiting { .. }));
    let says = match (&step.what, busy.map(|t| &t.state)) {
        (What::Reply { .. }, _) => match &case.drafting.now {
            now if now.waits_for_page() => "Waiting for the ticket to be reloaded",
            Progress::Looking { .. } => "Looking at the ticket’s page…",
            _ => "Drafting…",
        },
        (_, Some(TaskState::Preparing)) => "Looking first…",
        (_, Some(TaskState::Opening { .. })) => "Opening the user’s page…",
        (_, Some(TaskState::Confirming { .. })) => "Reading back…",
        (_, Some(TaskState::Waiting { .. })) => "Zendesk asks to wait ",
        _ => "Writing…",
    };
    html! {
        @if step.tasks.len() > 1 { span aria-live="off" { (done) " of " (step.tasks.len()) } ". " }
        (says)
        @if let Some(TaskState::Waiting { until_ms }) = busy.map(|t| &t.state) { (countdown(*until_ms, view.world.now_ms)) ". It goes on by itself." }
    }
}

/// What the plan rests on, above its steps.
fn lead(view: &CaseView<'_>, offer: &Offer) -> Markup {
    let case = view.case;
    let people = case
        .precheck
        .people
        .got()
        .map(|_| case.precheck.contacts().count());
    let limit = view.world.profile.zendesk.contact_limit;
    html! {
        @if view.is_pre_authorized() && changes_contacts(offer) { (contacts::lists(view)) }
        @match offer.goal {
            Goal::AskForProof => {
                p { "Their comments and attachments hold no license ID, activation code, license file, or usage export." }
                (super::evidence::files(view))
            },
            Goal::AskWhichToRemove => p {
                strong { bdi { (case.target(&view.world.profile.zendesk).map(|o| o.label()).unwrap_or_default()) } }
                @if let Some(count) = people { " has " (count) " contacts, and the limit is " (limit) "." } @else { " has more contacts than allowed." }
                @let adding = case.joining(&view.world.profile.zendesk).iter().filter(|email| !case.precheck.has(email)).count();
                @if let Some(count) = people.filter(|_| adding > 0) { " Adding " (adding) " makes " (count + adding) "." }
            },
            Goal::WaitForOrganization => {
                (reading(&case.trouble.me, "who you are", view.world.now_ms))
                (reading(&case.trouble.groups, "the groups", view.world.now_ms))
                (reading(&case.trouble.person, "who reviews it", view.world.now_ms))
                (sync_guide(view))
            },
            Goal::Finish if view.is_dot_com() => (super::dot_com::associated(view)),
            Goal::Finish | Goal::TellRequester | Goal::ChangeContacts | Goal::HandOn => {}
        }
        (other_form(view))
        @if view.is_dot_com() && offer.goal != Goal::Finish { (super::dot_com::result(view)) }
    }
}

/// The engineer goes on although the ticket has another form: what that means for its end.
fn other_form(view: &CaseView<'_>) -> Markup {
    let (case, words) = (view.case, &view.world.profile.zendesk);
    let FormIs::Wrong(name) = case.form_is(words) else {
        return html! {};
    };
    if case.form_stops(words).is_some() {
        return html! {};
    }
    html! {
        p.hint {
            "You go on although the ticket was filed with the form “" (shown(&name, 80)) "”. "
            @if let Err(why) = case.hand_on(words) { "It can’t be handed on: " bdi { (why) } ". " }
            button.quiet type="button" data-command="unaccept_form" { "Undo decision" }
        }
    }
}

/// What the handbook says about an account without an organization.
fn sync_guide(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    html! {
        ol.guide {
                li {
                    "In Salesforce, check that "
                    strong { @match case.salesforce_account() { Some(account) => (shown(account.as_str(), 40)), None => "the account" } }
                    " shows the subscription and its charges."
                }
                li { "If not, open its billing account and select " span.nb { "▾ ›" } " " strong { "Sync Data from ZBilling" } "." }
                li { "Zendesk adds the organization in 1 to 2 hours." }
        }
    }
}
