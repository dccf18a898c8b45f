//! Which steps a case needs now: those that are done, or do not apply, are not among them.

use super::step::{Goal, Ready, StepKind, What, fingerprint};
use crate::case::Case;
use crate::case::change::{Change, SetField, TaskState};
use crate::case::check::{Answer, Check, CheckName, Rules, Verdict};
use crate::case::metadata::{FormIs, ProblemType};
use crate::case::note::Note;
use crate::case::organization::Found;
use crate::case::proof::FileState;
use crate::case::reply::Outcome;
use crate::case::reply_progress::Progress;
use crate::case::route::Route;
use crate::profile::zendesk::{Process, ZendeskWords};
use crate::record::ids::UserId;
use crate::record::ticket::OrganizationRef;

/// In how many hours a plan reminds of a case that waits: the sync takes one or two.
const REMIND_HOURS: u64 = 2;

/// What of the changes may be made now, as the features' own gates say.
#[derive(Clone, Debug, Default)]
pub struct Gates {
    /// Who would join which organization.
    pub associate: Option<(UserId, OrganizationRef)>,
    /// The contacts to add.
    pub adding: Option<Ready>,
    /// The contacts to remove.
    pub removing: Option<Ready>,
    /// Whether the engineer is known, to whom a ticket is assigned.
    pub me: Option<UserId>,
    /// Whether a reminder of the ticket is set.
    pub reminded: bool,
    /// What would be noted while the organization is waited for.
    pub waiting_text: String,
}

/// A step that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it does.
    pub what: What,
    /// Whether it is ticked.
    pub ticked: bool,
    /// The step that it needs: without that one it is not ticked.
    pub needs: Option<StepKind>,
    /// The case did it already, and someone changed it since: the engineer decides whether it is done again.
    pub made_before: bool,
}

/// The steps that a case needs now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What for.
    pub goal: Goal,
    /// In their order.
    pub steps: Vec<Step>,
}

impl Offer {
    /// The ticked steps.
    pub fn ticked(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| step.ticked)
    }

    /// The step of that kind.
    pub fn step(&self, kind: StepKind) -> Option<&Step> {
        self.steps.iter().find(|step| step.what.kind() == kind)
    }

    /// All of it as one text, for the press to carry: what was shown is what is run.
    pub fn shown(&self) -> String {
        fingerprint(&(self.goal, &self.steps))
    }
}

/// Which steps a case needs now, in their order; none if nothing can be run yet, or nothing is left.
pub fn offer(
    case: &Case,
    checks: &[Check],
    verdict: &Verdict,
    rules: Rules<'_>,
    gates: &Gates,
) -> Option<Offer> {
    let ticket = case.ticket.got()?;
    // While an undo is on its way, what it takes back is not offered again.
    let settled = case.conflict.is_none() && !case.trace.is_running() && !case.is_undoing();
    // Whoever has the ticket now goes on with it.
    let theirs = case.handed_over_to().is_some();
    if ticket.is_over() || theirs || !settled {
        return None;
    }
    let process = rules.words.process;
    let hand_on = case.hand_on(rules.words).ok().map(What::HandOn);
    if case.form_stops(rules.words).is_some() {
        let steps = ticked(case, Goal::HandOn, process, vec![hand_on?]);
        return Some(Offer {
            goal: Goal::HandOn,
            steps,
        });
    }
    let (goal, changes) = goal(case, checks, verdict, rules, gates)?;
    let mut whats = Vec::new();
    let other_form = matches!(case.form_is(rules.words), FormIs::Wrong(_));
    // Another form need not have the field.
    if !other_form
        && let ProblemType::ToSet { wanted, .. } = case.problem_type(rules.words)
        && let Some(field) = case.fields.as_ref().and_then(|f| f.problem_type)
    {
        whats.push(What::ProblemType(SetField {
            field,
            value: wanted.value,
            name: wanted.name,
        }));
    }
    let lines = Note::of(case, checks, verdict, process).reading();
    let noted = matches!(
        goal,
        Goal::Finish | Goal::TellRequester | Goal::ChangeContacts
    );
    let note = (noted && case.has_something_to_note() && !case.is_noted(&lines))
        .then_some(What::Note(lines));
    // A note that lists a change of contacts follows it.
    if goal == Goal::ChangeContacts {
        whats.extend(changes);
        whats.extend(note);
    } else {
        whats.extend(note);
        whats.extend(changes);
    }
    if goal == Goal::WaitForOrganization {
        whats.extend(waiting(case, gates));
    }
    if matches!(goal, Goal::Finish | Goal::ChangeContacts) {
        whats.extend(hand_on);
    }
    whats.extend(reply(case, checks, verdict, rules, goal, &whats));
    let steps = ticked(case, goal, process, whats);
    // After a change of contacts, a note or a hand-on that nobody asked for is nothing that is left to do.
    let optional = |s: &Step| matches!(s.what.kind(), StepKind::Note | StepKind::HandOn);
    let left = steps
        .iter()
        .any(|s| goal != Goal::ChangeContacts || s.ticked || !optional(s));
    left.then_some(Offer { goal, steps })
}

/// What a plan would be for, and the changes of people in it.
fn goal(
    case: &Case,
    checks: &[Check],
    verdict: &Verdict,
    rules: Rules<'_>,
    gates: &Gates,
) -> Option<(Goal, Vec<What>)> {
    let limit = checks
        .iter()
        .any(|c| c.name == CheckName::ContactLimit && matches!(c.answer, Answer::Failed(_)));
    if let Route::PreAuthorized(_) = case.route(rules.words) {
        let adding = gates.adding.clone().map(What::AddContacts);
        let removing = gates.removing.clone().map(What::RemoveContacts);
        let changes: Vec<What> = adding.into_iter().chain(removing).collect();
        let changed = || {
            let kinds =
                |change: &Change| matches!(change, Change::Add { .. } | Change::Leave { .. });
            case.tasks
                .iter()
                .filter(|t| kinds(&t.change) && case.is_for_requester(t) && !t.undone)
                .any(|t| t.state == TaskState::Done)
        };
        return match () {
            () if !changes.is_empty() => Some((Goal::ChangeContacts, changes)),
            () if limit => Some((Goal::AskWhichToRemove, changes)),
            () if changed() => Some((Goal::ChangeContacts, changes)),
            () => None,
        };
    }
    match verdict {
        Verdict::NotEntitled(_) => Some((Goal::TellRequester, Vec::new())),
        Verdict::Incomplete(_) => {
            if matches!(case.organization.found(), Some(Found::None)) {
                return Some((Goal::WaitForOrganization, Vec::new()));
            }
            case.lacks_proof(rules.words)
                .then_some((Goal::AskForProof, Vec::new()))
        }
        Verdict::Entitled => {
            if let Some((user, organization)) = gates.associate.clone() {
                let who = case
                    .ticket
                    .got()
                    .map(|t| t.requester.name.clone())
                    .unwrap_or_default();
                return Some((
                    Goal::Finish,
                    vec![What::Associate {
                        user,
                        who,
                        organization,
                    }],
                ));
            }
            let now = case
                .ticket
                .got()
                .and_then(|t| t.requester.organization.as_ref());
            let target = case.target(rules.words);
            let joined = now.is_some() && now.map(|o| o.id) == target.map(|o| o.id);
            // Only what Zendesk shows is told to the requester.
            let by_app =
                case.is_dot_com(rules.words) && case.dot_com.is_associated() && now.is_some();
            match () {
                () if joined || by_app => Some((Goal::Finish, Vec::new())),
                () if limit => Some((Goal::AskWhichToRemove, Vec::new())),
                () => None,
            }
        }
    }
}

/// The steps of a case that waits for its organization.
fn waiting(case: &Case, gates: &Gates) -> Vec<What> {
    let assigned = case.tasks.iter().any(|t| {
        matches!(
            &t.change,
            Change::Assign {
                assignee: Some(_),
                ..
            }
        ) && t.state == TaskState::Done
    });
    let note = (gates.me.is_some() && !assigned && !case.is_assigning())
        .then(|| What::NoteAndAssign(gates.waiting_text.clone()));
    let remind = (!gates.reminded).then_some(What::Remind(REMIND_HOURS));
    note.into_iter().chain(remind).collect()
}

/// The reply with which a plan ends.
fn reply(
    case: &Case,
    checks: &[Check],
    verdict: &Verdict,
    rules: Rules<'_>,
    goal: Goal,
    changes: &[What],
) -> Option<What> {
    if goal == Goal::WaitForOrganization {
        return None;
    }
    let proposed = case.proposed_reply(checks, verdict, rules.words);
    // What the requester is told once the changes are made.
    let planned = changes.iter().rev().find_map(|what| match what {
        What::Associate { .. } | What::AddContacts(_) => Some(Outcome::ContactsAdded),
        What::RemoveContacts(_) => Some(Outcome::ContactsRemoved),
        _ => None,
    });
    let about = case.drafting.about(proposed);
    let chosen = about != proposed;
    let about = if chosen { about } else { planned.or(proposed) }?;
    let drafted = matches!(
        &case.drafting.now,
        Progress::Written { about: of, .. } | Progress::TakingOut { about: of, .. } if *of == about
    );
    // What is in the composer does not name those who are about to be added.
    (!drafted || planned.is_some()).then_some(What::Reply { about, chosen })
}

/// Which steps are ticked: all, as long as the engineer says nothing else. What the case made already is not: if it is no longer so, a
/// colleague wanted that. A ticket goes on by itself only if the association was made here; those who get it reply, so then there is no
/// reply to draft. A contact's request needs no note unless it holds a decision. The
/// contact management app changes users and notes the records itself, so with it only what it doesn't know is ticked.
fn ticked(case: &Case, goal: Goal, process: Process, whats: Vec<What>) -> Vec<Step> {
    let decided = |lines: &[String]| {
        lines
            .iter()
            .any(|line| line.starts_with("Decision: ") || line.starts_with("Failed validation: "))
    };
    let by_app = process == Process::ContactManagementApp;
    let mut steps: Vec<Step> = whats
        .iter()
        .map(|what| {
            let kind = what.kind();
            let made_before = case.has_made(what);
            let usual = match what {
                What::Note(lines) => (goal != Goal::ChangeContacts && !by_app) || decided(lines),
                What::Associate { .. } => !by_app && !made_before,
                What::AddContacts(_) | What::RemoveContacts(_) => !by_app,
                What::HandOn(_) if made_before => false,
                What::HandOn(_) => match goal {
                    Goal::Finish => true,
                    _ => goal == Goal::HandOn && case.was_associated_here(),
                },
                What::ProblemType(_) => !made_before,
                What::NoteAndAssign(_) | What::Remind(_) | What::Reply { .. } => true,
            };
            Step {
                ticked: case.plan.chosen(goal, kind).unwrap_or(usual),
                needs: needs(what, &whats),
                made_before,
                what: what.clone(),
            }
        })
        .collect();
    let is_ticked =
        |steps: &[Step], kind: StepKind| steps.iter().any(|s| s.what.kind() == kind && s.ticked);
    for n in 0..steps.len() {
        let lacks = steps
            .get(n)
            .and_then(|s| s.needs)
            .is_some_and(|kind| !is_ticked(&steps, kind));
        if let Some(step) = steps.get_mut(n).filter(|_| lacks) {
            step.ticked = false;
        }
    }
    if is_ticked(&steps, StepKind::HandOn) {
        steps.retain(|s| s.what.kind() != StepKind::Reply);
    }
    steps
}

/// The step without which another makes no sense: a reply says only what was done.
fn needs(what: &What, all: &[What]) -> Option<StepKind> {
    let has = |kind: StepKind| all.iter().any(|w| w.kind() == kind);
    let needed: &[StepKind] = match what {
        What::HandOn(_) => &[StepKind::Associate],
        What::Reply {
            about: Outcome::ContactsAdded,
            ..
        } => &[StepKind::Associate, StepKind::AddContacts],
        What::Reply {
            about: Outcome::ContactsRemoved,
            ..
        } => &[StepKind::RemoveContacts],
        _ => &[],
    };
    needed.iter().copied().find(|kind| has(*kind))
}

impl Case {
    /// Whether the case has set that field, or associated that user with that organization, and did not undo it.
    fn has_made(&self, what: &What) -> bool {
        let is_it = |change: &Change| match (what, change) {
            (What::ProblemType(set), _) => {
                change.sets_field() == Some((set.field, Some(set.value.as_str())))
            }
            (
                What::Associate {
                    user, organization, ..
                },
                Change::Join {
                    user: who,
                    organization: into,
                    ..
                },
            ) => who == user && into.id == organization.id,
            (What::HandOn(on), Change::HandOn(made)) => on == made,
            _ => false,
        };
        self.tasks
            .iter()
            .filter(|t| t.state == TaskState::Done && !t.undone && !t.change.is_undo())
            .any(|t| is_it(&t.change))
    }

    /// Whether everything that the requester wrote was searched, and no proof of entitlement was found.
    fn lacks_proof(&self, words: &ZendeskWords) -> bool {
        let searched = self.written.got().is_some()
            && self.requester.says_unread().is_none()
            && self
                .proofs
                .files
                .iter()
                .all(|file| matches!(file.state, FileState::Nothing(_) | FileState::Read(_)));
        self.route(words) == Route::Proof
            && self.chain.is_empty()
            && self.proofs.found.is_empty()
            && searched
    }

    /// Whether a note of these lines is in the ticket, or one is in its composer.
    pub fn is_noted(&self, lines: &[String]) -> bool {
        let saved = self.tasks.iter().any(|task| {
            task.state == TaskState::Done
                && matches!(&task.change, Change::Note { lines: saved, .. } if saved == lines)
        });
        saved || self.note.written_at.is_some()
    }
}
