//! Who started what: every write is traced back to a press, and every change from its beginning to
//! its end.

use std::collections::{BTreeMap, BTreeSet};

use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::model::jobs::Owner;
use tether::app::{Effect, Event, Model, association_gate};
use tether::case::chain::Chain;
use tether::case::change::{Change, Task, TaskState};
use tether::case::check::{Answer as CheckAnswer, Verdict, checks, verdict};
use tether::case::plan::{RunState, StepKind};
use tether::case::reply_progress::Progress;
use tether::case::trace::TraceState;
use tether::case::{Case, CaseKey};
use tether::reading::Answer;
use tether::record::ids::UserId;
use tether::record::ticket::OrganizationRef;

use super::colleague::{self, Held, Lists};
use crate::support::office::Office;
use crate::support::sites::Sites;

/// The results of the runs.
#[derive(Debug, Default)]
pub struct Tally {
    pub associated: u64,
    pub by_api: u64,
    pub added: u64,
    pub removed: u64,
    pub undone: u64,
    pub problem_types: u64,
    pub assigned: u64,
    pub handed_over: u64,
    pub handed_on: u64,
    pub notes: u64,
    pub saved_notes: u64,
    pub replies: u64,
    pub replies_undone: u64,
    pub traces: u64,
    pub keys_filled: u64,
    pub restored: u64,
}

struct Known {
    case: CaseKey,
    task: Task,
    /// How often it may be sent: once for the first press, and once more for every further press
    /// and for every wait that Zendesk asks for.
    allowed: u32,
    sent: u32,
}

/// The case that a page of the portal may fill, and the records of all the others.
type PageOf = (Option<CaseKey>, Vec<(CaseKey, Chain)>);

/// The state before an event.
pub struct Before {
    /// The case for which something is pressed: the one that the panel of that window shows and the press carries.
    pressed_for: Option<CaseKey>,
    /// The note of that case, as the panel showed it.
    note: Option<Vec<String>>,
    /// The case that a page of the portal may fill, with the records of all the others.
    page: Option<PageOf>,
    gate: Option<(UserId, OrganizationRef)>,
    limited: Option<u64>,
    traces: BTreeMap<CaseKey, bool>,
}

/// Everything that was pressed and written in one run.
#[derive(Default)]
pub struct Ledger {
    tasks: BTreeMap<u64, Known>,
    /// Replies and keys that were asked for, by case.
    replies: BTreeMap<CaseKey, u32>,
    keys: BTreeMap<CaseKey, u32>,
    /// Presses on `Undo` of a reply.
    reply_undos: BTreeMap<CaseKey, u32>,
    /// Cases in which a plan was pressed for, and how many replies those presses may draft.
    plans: BTreeSet<CaseKey>,
    planned: BTreeMap<CaseKey, u32>,
    /// What the engineer ticked, by case, since it was last begun: an address or a step.
    ticked: BTreeSet<(CaseKey, String)>,
    drafted: BTreeMap<CaseKey, bool>,
    noted: BTreeMap<CaseKey, Option<u64>>,
    /// What the world held since the fresh look of a change began, by the change.
    looks: BTreeMap<u64, Vec<Lists>>,
    /// The state when a write was started, by the page job.
    held: BTreeMap<u64, Held>,
    /// What the world held since the page of a reply was looked at.
    reply_looks: BTreeMap<CaseKey, Vec<Lists>>,
    /// Cases whose reply the engineer wants in the page as it is.
    anyway: BTreeSet<CaseKey>,
}

fn pressed<'a>(event: &'a Event, field: &str) -> (&'a str, Option<&'a str>) {
    match event {
        Event::Command { name, fields, .. } => (name.as_str(), fields.get(field).map(|f| f.trim())),
        _ => ("", None),
    }
}

/// The case that the panel of the event's window shows, if the press carries the same.
fn pressed_for(model: &Model, event: &Event) -> Option<CaseKey> {
    let Event::Command { case, window, .. } = event else {
        return None;
    };
    let behind = model.tabs.behind(window.unwrap_or(model.tabs.here))?;
    let shown = behind
        .focus
        .clone()
        .filter(|_| behind.refused_host.is_none());
    shown.filter(|key| Some(key) == case.as_ref())
}

/// The only case that a portal page in this tab may fill: the one that the tab was opened for,
/// otherwise the one that the engineer works on, if the tab is in front of them.
fn may_fill(model: &Model, tab: i64) -> Option<CaseKey> {
    let bound = model.tabs.get(&tab).and_then(|t| t.belongs_to.clone());
    bound.filter(|key| model.case(key).is_some()).or_else(|| {
        model
            .tabs
            .focus()
            .filter(|_| model.tabs.front_tab() == Some(tab))
            .cloned()
    })
}

/// The change that a page job belongs to.
fn sender(office: &Office, effect: u64) -> Option<(&Case, &Task)> {
    let sends =
        |task: &&Task| matches!(task.state, TaskState::Sending { effect: e, .. } if e == effect);
    office
        .browser
        .model
        .cases()
        .find_map(|case| case.tasks.iter().find(sends).map(|task| (case, task)))
}

impl Ledger {
    /// A page is about to write: what the write rests on must still hold.
    pub fn check_write(&self, sites: &Sites, job: &Job) {
        let held = self.held.get(&job.number()).expect("it was ordered");
        colleague::check_write(sites, held, job);
    }

    pub fn before(&mut self, office: &Office, event: &Event) -> Before {
        let (name, task) = pressed(event, "task");
        let model = &office.browser.model;
        let pressed_for = pressed_for(model, event);
        let case = pressed_for.as_ref().and_then(|key| model.case(key));
        if matches!(name, "retry_task" | "by_api") {
            // The other changes of the case may continue, too.
            let id = task.and_then(|id| id.parse::<u64>().ok());
            let held_up = |known: &Known| {
                name == "retry_task"
                    && matches!(&known.task.state, TaskState::Problem(p) if p.blocks())
            };
            for known in self
                .tasks
                .values_mut()
                .filter(|k| Some(&k.case) == pressed_for.as_ref())
            {
                known.allowed += u32::from(Some(known.task.id) == id || held_up(known));
            }
        }
        if let Some(key) = &pressed_for {
            let ticks = |of: &str| {
                let wanted = pressed(event, "wanted").1 == Some("true");
                pressed(event, of)
                    .1
                    .filter(|_| wanted)
                    .map(|it| (key.clone(), it.to_lowercase()))
            };
            match name {
                "toggle_contact" => self.ticked.extend(ticks("email")),
                "plan_choose" => self.ticked.extend(ticks("step")),
                "draft_reply" | "draft_reply_again" | "draft_own_reply" => {
                    *self.replies.entry(key.clone()).or_default() += 1
                }
                "undo_reply" => *self.reply_undos.entry(key.clone()).or_default() += 1,
                "draft_anyway" => _ = self.anyway.insert(key.clone()),
                "fill_validate" => *self.keys.entry(key.clone()).or_default() += 1,
                "run_plan" | "continue_plan" | "skip_step" => {
                    self.plans.insert(key.clone());
                    *self.planned.entry(key.clone()).or_default() += 1;
                    if name != "run_plan" {
                        for known in self.tasks.values_mut().filter(|k| k.case == *key) {
                            known.allowed +=
                                u32::from(matches!(known.task.state, TaskState::Problem(_)));
                        }
                    }
                }
                _ => {}
            }
        }
        let mut again = None;
        match event {
            Event::PageResult {
                tab,
                effect,
                outcome,
            } if model
                .page_jobs
                .get(effect)
                .is_some_and(|job| job.tab == *tab) =>
            {
                let says_so = match outcome {
                    Outcome::Answered {
                        answer: Answer::Response(r),
                    } => matches!(r.status, 422 | 429 | 503),
                    Outcome::NotAsExpected { .. } => true,
                    _ => false,
                };
                again = sender(office, *effect)
                    .filter(|_| says_so)
                    .map(|(_, task)| task.id);
            }
            // The page never got the job, so it is given again.
            Event::PageHasJob { effect, has: false } => {
                again = sender(office, *effect).map(|(_, task)| task.id);
                match model.page_jobs.get(effect).map(|job| &job.owner) {
                    Some(Owner::Reply(key)) => *self.replies.entry(key.clone()).or_default() += 1,
                    Some(Owner::ReplyUndo(key)) => {
                        *self.reply_undos.entry(key.clone()).or_default() += 1
                    }
                    Some(Owner::FillKey { case, .. }) => {
                        *self.keys.entry(case.clone()).or_default() += 1
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        let gate = (name == "associate")
            .then(|| association_gate(case?, office.browser.world().rules()).ok())
            .flatten();
        let traces = model
            .cases()
            .map(|c| (c.key.clone(), c.trace.state == TraceState::Done))
            .collect();
        let note = pressed_for
            .as_ref()
            .and_then(|key| model.case(key))
            .map(|case| tether::app::note_of(case, office.browser.world()).reading());
        let page = match event {
            Event::PortalPage { tab, .. } => Some(may_fill(model, *tab)),
            _ => None,
        };
        Before {
            pressed_for,
            note,
            page: page.map(|may| {
                let others = model.cases().filter(|c| Some(&c.key) != may.as_ref());
                (
                    may.clone(),
                    others.map(|c| (c.key.clone(), c.chain.clone())).collect(),
                )
            }),
            gate,
            limited: again,
            traces,
        }
    }

    /// Checks what an event changed.
    pub fn after(
        &mut self,
        office: &Office,
        event: &Event,
        before: &Before,
        effects: &[Effect],
        tally: &mut Tally,
    ) {
        if let Some(known) = before.limited.and_then(|id| self.tasks.get_mut(&id)) {
            known.allowed += 1;
        }
        if let Some((may, others)) = &before.page {
            for (key, chain) in others {
                let now = &office.browser.model.case(key).expect("it is kept").chain;
                assert_eq!(now, chain, "{key:?} was filled by a page of {may:?}");
            }
        }
        for case in office.browser.model.cases() {
            for task in &case.tasks {
                self.looks_on(office, task);
                match self.tasks.get(&task.id) {
                    None => self.begun(office, event, before, case, task),
                    Some(known) => {
                        assert_eq!(known.case, case.key, "a change stays with its case");
                        if known.task.state == TaskState::Done {
                            assert_eq!(
                                task.state,
                                TaskState::Done,
                                "what is done stays done: {task:?}"
                            );
                            assert_eq!(known.task.change, task.change);
                        }
                    }
                }
                let known = self.tasks.get_mut(&task.id).unwrap();
                if task.state == TaskState::Done && known.task.state != TaskState::Done {
                    done(office, case, task, tally);
                }
                if known.task != *task {
                    known.task = task.clone();
                }
            }
            assert!(
                case.tasks.iter().filter(|t| t.in_flight()).count() <= 1,
                "one change at a time: {:?}",
                case.tasks
            );
            self.counts(case, before, tally);
            self.replies_on(office, case);
        }
        for effect in effects {
            if let Effect::Page { tab, job } = effect {
                self.ordered(office, event, before, *tab, job, tally);
            }
        }
    }

    fn counts(&mut self, case: &Case, before: &Before, tally: &mut Tally) {
        let written = matches!(case.drafting.now, Progress::Written { .. });
        if self.drafted.insert(case.key.clone(), written) == Some(false) && written {
            tally.replies += 1;
        }
        if self
            .noted
            .insert(case.key.clone(), case.note.written_at)
            .flatten()
            != case.note.written_at
        {
            tally.notes += 1;
        }
        if case.trace.state == TraceState::Done && before.traces.get(&case.key) == Some(&false) {
            tally.traces += 1;
        }
    }

    /// A new change: only a press may start one, in its own case.
    fn begun(&mut self, office: &Office, event: &Event, before: &Before, case: &Case, task: &Task) {
        let (name, of) = pressed(event, "task");
        let mut steps = case.plan.run.iter().flat_map(|run| &run.steps);
        if steps.any(|step| step.tasks.contains(&task.id)) {
            self.begun_by_plan(office, case, task);
            return;
        }
        self.use_tick(case, task);
        assert_eq!(
            before.pressed_for.as_ref(),
            Some(&case.key),
            "begun in a case that was not in front: {task:?}"
        );
        let fits = match &task.change {
            Change::Note { .. } | Change::HandOn(_) => false,
            Change::TakeBack { made, was } => {
                let undone: u64 = of
                    .and_then(|id| id.parse().ok())
                    .expect("an undo is of a change");
                let undone = &self.tasks.get(&undone).expect("of one that is known").task;
                assert_eq!(undone.change, Change::HandOn(made.clone()));
                assert_eq!(
                    undone.was_at.as_ref(),
                    Some(was),
                    "what was there comes back"
                );
                name == "undo"
            }
            Change::RestoreField { made, value } => {
                let undone: u64 = of
                    .and_then(|id| id.parse().ok())
                    .expect("an undo is of a change");
                let undone = &self.tasks.get(&undone).expect("of one that is known").task;
                assert_eq!(
                    undone.change.sets_field(),
                    Some((made.field, Some(made.value.as_str())))
                );
                assert_eq!(undone.field_before, *value, "what was there comes back");
                name == "undo"
            }
            Change::ProblemType { .. } => name == "set_problem_type",
            Change::Join {
                user, organization, ..
            } => {
                let (who, wanted) = before
                    .gate
                    .as_ref()
                    .expect("nobody is associated past the gate");
                assert_eq!((who, wanted), (user, organization));
                may_associate(office, case, *user);
                name == "associate"
            }
            Change::Add { .. } => {
                all_checked(office, case);
                name == "add_contacts"
            }
            Change::Leave { .. } => name == "remove_contacts",
            Change::Assign { note_html, .. } => {
                name == if note_html.is_none() {
                    "assign_to_me"
                } else {
                    "note_and_assign"
                } || name == "hand_over"
            }
            Change::Restore {
                user,
                made,
                organization,
                line,
                ..
            } => {
                let undone: u64 = of
                    .and_then(|id| id.parse().ok())
                    .expect("an undo is of a change");
                let undone = &self.tasks.get(&undone).expect("of one that is known").task;
                let held = undone
                    .before
                    .as_ref()
                    .expect("only what was recorded comes back");
                assert_eq!(held.organization, *organization);
                assert_eq!(undone.change.user(), Some(*user));
                assert_ne!(*made, *organization);
                let put = match &undone.change {
                    Change::Leave { line, .. } => Some(line)
                        .filter(|line| !held.notes.lines().any(|l| l.trim() == line.as_str())),
                    _ => None,
                };
                assert_eq!(
                    put,
                    line.as_ref(),
                    "the line that was put there is taken away, and nothing else"
                );
                name == "undo"
            }
        };
        assert!(fits, "{task:?} by {event:?}");
        self.tasks.insert(
            task.id,
            Known {
                case: case.key.clone(),
                task: task.clone(),
                allowed: 1,
                sent: 0,
            },
        );
    }

    /// Whether the engineer ticked what a change does since it was last begun.
    fn use_tick(&mut self, case: &Case, task: &Task) -> bool {
        let of = match &task.change {
            Change::Add { email, .. } => email.as_str().to_lowercase(),
            Change::Join { .. } => "associate".to_owned(),
            Change::ProblemType { .. } | Change::Note { .. } => "problem_type".to_owned(),
            _ => return false,
        };
        self.ticked.remove(&(case.key.clone(), of))
    }

    /// A change that a plan began: the plan was pressed for, and no step is made twice.
    fn begun_by_plan(&mut self, office: &Office, case: &Case, task: &Task) {
        assert!(
            self.plans.contains(&case.key),
            "a plan without a press: {task:?}"
        );
        // An undo whose outcome is not known may have been made: what the plan showed was read after it.
        let may_be_undone = |made: &Task| {
            let undo = case.tasks.iter().filter(|t| t.change.is_undo());
            let mut after = undo.filter(|t| t.id > made.id && t.may_be_written());
            after.any(|t| match (&t.change, &made.change) {
                (Change::RestoreField { made: set, .. }, _) => made
                    .change
                    .sets_field()
                    .is_some_and(|(field, _)| field == set.field),
                (Change::Restore { user, .. }, change) => change.user() == Some(*user),
                (Change::TakeBack { made: on, .. }, Change::HandOn(other)) => on == other,
                _ => false,
            })
        };
        let twice = case.tasks.iter().any(|t| {
            t.id != task.id
                && t.state == TaskState::Done
                && !t.undone
                && !may_be_undone(t)
                // A ticket that somebody took from there may go there again.
                && (case.handed_over_to().is_some() || !matches!(t.change, Change::HandOn(_)))
                && t.change == task.change
                && case.is_for_requester(t)
        });
        let ticked = self.use_tick(case, task);
        assert!(
            !twice || ticked,
            "a step is made twice, and nobody ticked it again: {task:?}"
        );
        match &task.change {
            Change::Join { user, .. } => may_associate(office, case, *user),
            Change::Add { .. } => all_checked(office, case),
            _ => {}
        }
        self.tasks.insert(
            task.id,
            Known {
                case: case.key.clone(),
                task: task.clone(),
                allowed: 1,
                sent: 0,
            },
        );
    }

    /// Checks a page job: somebody pressed for it, in this case, and the page is the right one.
    fn ordered(
        &mut self,
        office: &Office,
        event: &Event,
        before: &Before,
        tab: i64,
        job: &Job,
        tally: &mut Tally,
    ) {
        let model = &office.browser.model;
        let ticket_in_tab = model.tabs.get(&tab).and_then(|t| t.ticket.clone());
        match job {
            Job::WriteNote { ticket, lines, .. } => {
                // Given again if the page never got it.
                let again = matches!(event, Event::PageHasJob { has: false, .. });
                assert!(
                    again || pressed(event, "").0.starts_with("add_note"),
                    "written without a press"
                );
                let own = model
                    .cases()
                    .map(|c| &c.key)
                    .find(|key| key.ticket.get() == *ticket);
                let focus = if again {
                    own
                } else {
                    before.pressed_for.as_ref()
                };
                let focus = focus.expect("a note is some case's");
                assert_eq!(
                    focus.ticket.get(),
                    *ticket,
                    "the case in focus alone is written"
                );
                assert_eq!(
                    ticket_in_tab.as_ref(),
                    Some(focus),
                    "the tab shows that ticket"
                );
                let now = tether::app::note_of(model.case(focus).unwrap(), office.browser.world());
                assert!(
                    before.note.as_ref() == Some(lines) || *lines == now.reading(),
                    "the note that the panel showed is written: {lines:?}, not {:?}",
                    before.note
                );
            }
            Job::WriteReply {
                ticket,
                html,
                lines,
                ..
            } => {
                let case = model
                    .cases()
                    .find(|c| c.key.ticket.get() == *ticket)
                    .expect("a reply is some case's");
                assert_eq!(ticket_in_tab.as_ref(), Some(&case.key));
                let by_plan = case.plan.run.as_ref().is_some_and(|run| {
                    let step = run.current().and_then(|at| run.step(at));
                    run.state == RunState::Running
                        && step.is_some_and(|s| s.what.kind() == StepKind::Reply)
                });
                let pressed = if by_plan {
                    &mut self.planned
                } else {
                    &mut self.replies
                };
                let pressed = pressed.get_mut(&case.key).expect("drafted without a press");
                assert!(*pressed > 0, "drafted twice for one press");
                *pressed = 0;
                super::promises::check_reply(case, html, lines);
                self.rests_on_looks(office, case, lines);
            }
            Job::TakeReplyOut { ticket, lines, .. } => {
                let case = model.cases().find(|c| c.key.ticket.get() == *ticket);
                let case = case.expect("a reply is some case's");
                assert_eq!(ticket_in_tab.as_ref(), Some(&case.key));
                let pressed = self.reply_undos.get_mut(&case.key);
                let pressed = pressed.expect("taken out without a press");
                assert!(*pressed > 0, "taken out twice for one press");
                *pressed = 0;
                assert!(!lines.is_empty() && !case.plan.is_running());
                tally.replies_undone += 1;
            }
            // `Check setup` looks at a page in any tab that shows such a page.
            Job::DiagnoseZendesk { effect, .. }
                if let Some(Owner::Setup(look)) =
                    model.page_jobs.get(effect).map(|job| &job.owner) =>
            {
                assert!(model.setup.run > 0, "looked at without a press");
                let looking = model.setup.looks.get(look);
                assert!(looking.is_some_and(|l| l.is_open()), "{look:?} is over");
                let shows = model.tabs.get(&tab).expect("the tab is known");
                assert!(shows.ticket.is_some() || shows.user.is_some());
            }
            Job::DiagnosePortal { .. } | Job::DiagnoseZendesk { .. } => {
                let again = matches!(event, Event::PageHasJob { has: false, .. });
                assert!(
                    again || pressed(event, "").0 == "diagnose",
                    "looked at without a press"
                );
                // A job that the page never got goes to that page again, even if the engineer went elsewhere.
                assert!(
                    again || Some(tab) == model.tabs.front_tab(),
                    "the page in front alone is looked at"
                );
            }
            Job::TakePage { .. } => {
                let again = matches!(event, Event::PageHasJob { has: false, .. });
                assert!(
                    again || pressed(event, "").0 == "save_page",
                    "a page was taken without a press"
                );
            }
            // It reads the page, and belongs to a reply that is to be drafted.
            Job::LookAtTicket { ticket, .. } => {
                let case = model.cases().find(|c| c.key.ticket.get() == *ticket);
                let case = case.expect("a look is for some case's reply");
                assert_eq!(ticket_in_tab.as_ref(), Some(&case.key));
                let now = &case.drafting.now;
                assert!(matches!(now, Progress::Looking { .. }), "{now:?}");
            }
            Job::FillKey { key, .. } => {
                // The same key may have been given in several cases.
                let has = |c: &&Case| {
                    c.proofs
                        .found
                        .iter()
                        .any(|p| p.key_text().as_ref() == Some(key))
                };
                let pressed = |c: &&Case| self.keys.get(&c.key).is_some_and(|n| *n > 0);
                let case = model
                    .cases()
                    .filter(has)
                    .find(pressed)
                    .expect("a key is filled once for each press, in a case that has it");
                *self.keys.get_mut(&case.key).unwrap() -= 1;
                tally.keys_filled += 1;
            }
            Job::Request {
                effect,
                ticket,
                user,
                body,
                ..
            } => {
                let (case, task) = sender(office, *effect).expect("a change waits for it");
                assert_eq!((*ticket, *user), (Some(case.key.ticket.get()), None));
                assert_eq!(ticket_in_tab.as_ref(), Some(&case.key));
                if let Change::Restore { organization, .. } = &task.change {
                    assert_eq!(
                        body["user"]["organization_id"].as_u64(),
                        organization.map(|o| o.get())
                    );
                }
                self.orders(office, *effect, case, task);
            }
            Job::FillOrganization {
                effect, user, name, ..
            } => {
                let (case, task) = sender(office, *effect).expect("a change waits for it");
                assert_eq!(task.change.user().map(UserId::get), Some(*user));
                assert_eq!(
                    model
                        .tabs
                        .get(&tab)
                        .and_then(|t| t.user.as_ref())
                        .map(|u| u.id.get()),
                    Some(*user)
                );
                assert!(
                    matches!(&task.change, Change::Join { organization, .. } if organization.name.as_ref() == Some(name))
                );
                self.orders(office, *effect, case, task);
            }
        }
    }

    /// A reply is written in a page that shows what was saved, or that the engineer wants as it is; and it names as contacts only who was
    /// one at some moment since its look began.
    fn rests_on_looks(&mut self, office: &Office, case: &Case, lines: &[String]) {
        let number = case.key.ticket.get();
        let path = format!("/api/v2/tickets/{number}");
        let saved = office.sites.written.iter().any(|(_, to, _)| *to == path);
        let anyway = self.anyway.remove(&case.key);
        assert!(
            anyway || !saved || !office.sites.outdated_pages.contains(&number),
            "drafted in an outdated page"
        );
        let since = self.reply_looks.remove(&case.key).unwrap_or_default();
        assert!(!since.is_empty(), "drafted without a look");
        let made: Vec<&Task> = case.made_for_requester().collect();
        for (n, task) in made.iter().enumerate() {
            let (Change::Add { organization, .. } | Change::Join { organization, .. }) =
                &task.change
            else {
                continue;
            };
            let user = task.change.user().expect("it was added");
            let left = |later: &&Task| {
                matches!(later.change, Change::Leave { .. }) && later.change.user() == Some(user)
            };
            if made[n..].iter().any(left) {
                // The reply says that they left.
                continue;
            }
            let user = user.get();
            let email = office.sites.users[&user]["email"].as_str().unwrap();
            let named = lines.iter().any(|line| line.contains(email));
            let of = organization.id.get();
            let was = |lists: &Lists| {
                lists
                    .contacts
                    .get(&of)
                    .is_some_and(|all| all.contains(&user))
            };
            assert!(
                !named || since.iter().any(was),
                "{email} was no contact since the look began"
            );
        }
    }

    /// The sites' state while a reply is on its way.
    fn replies_on(&mut self, office: &Office, case: &Case) {
        // The basis is looked at after the page.
        let making = case.drafting.making.as_ref();
        if making.is_none_or(|making| making.page.is_none()) {
            self.reply_looks.remove(&case.key);
            return;
        }
        let now = Lists::of(&office.sites);
        let all = self.reply_looks.entry(case.key.clone()).or_default();
        if all.last() != Some(&now) {
            all.push(now);
        }
    }

    /// The sites' state while the basis of a change is read.
    fn looks_on(&mut self, office: &Office, task: &Task) {
        if task.state != TaskState::Preparing {
            // A page job that this event gave still needs it.
            if !matches!(task.state, TaskState::Sending { .. }) {
                self.looks.remove(&task.id);
            }
            return;
        }
        let now = Lists::of(&office.sites);
        let all = self.looks.entry(task.id).or_default();
        if all.last() != Some(&now) {
            all.push(now);
        }
    }

    fn orders(&mut self, office: &Office, effect: u64, case: &Case, task: &Task) {
        let mut since = self.looks.remove(&task.id).unwrap_or_default();
        since.push(Lists::of(&office.sites));
        self.held.insert(effect, Held::of(case, task, &since));
        self.sends(task.id);
    }

    fn sends(&mut self, id: u64) {
        let known = self.tasks.get_mut(&id).expect("it was begun");
        assert!(
            known.task.state != TaskState::Done,
            "what is done is not written again"
        );
        known.sent += 1;
        assert!(
            known.sent <= known.allowed,
            "sent {} times, pressed for {}: {:?}",
            known.sent,
            known.allowed,
            known.task
        );
    }
}

/// The verdict and the pre-checks, evaluated again, independently of the gate.
fn all_checked(office: &Office, case: &Case) {
    let rules = office.browser.world().rules();
    let all = checks(case, rules);
    assert_eq!(verdict(&all), Verdict::Entitled);
    let open = all
        .iter()
        .find(|c| c.name.is_pre_check() && !matches!(c.answer, CheckAnswer::Passed(_)));
    assert!(open.is_none(), "{open:?} is open");
    assert!(
        case.form_stops(rules.words).is_none(),
        "the form is not for association"
    );
}

fn may_associate(office: &Office, case: &Case, user: UserId) {
    all_checked(office, case);
    let requester = &case.ticket.got().expect("the ticket was read").requester;
    assert_eq!(requester.id, user);
    assert_eq!(requester.organization, None, "nobody is moved");
}

/// A change that is reported as done is in Zendesk.
fn done(office: &Office, case: &Case, task: &Task, tally: &mut Tally) {
    let sites = &office.sites;
    if let Some(wanted) = task.change.makes() {
        let user = task.change.user().expect("the user is known by then").get();
        assert_eq!(
            sites.organization_of(user),
            wanted.map(|o| o.get()),
            "{task:?} is not in Zendesk"
        );
    }
    let ticket = &sites.tickets[&case.key.ticket.get()];
    match &task.change {
        Change::Join {
            by: tether::case::change::By::Page,
            ..
        } => tally.associated += 1,
        Change::Join { .. } => tally.by_api += 1,
        Change::Add { .. } => tally.added += 1,
        Change::Leave { line, user, .. } => {
            let notes = sites.users[&user.get()]["notes"].as_str().unwrap();
            assert_eq!(
                notes.matches(line.as_str()).count(),
                1,
                "the line is there once: {notes}"
            );
            tally.removed += 1;
        }
        Change::Restore { .. } => tally.undone += 1,
        Change::RestoreField { value, .. } => {
            assert_eq!(
                ticket["custom_fields"][0]["value"].as_str(),
                value.as_deref()
            );
            tally.undone += 1;
        }
        Change::Note { problem_type, .. } => {
            if let Some(set) = problem_type {
                assert_eq!(ticket["custom_fields"][0]["value"], set.value.as_str());
            }
            let notes = sites.comments[&case.key.ticket.get()]
                .iter()
                .filter(|c| c["public"] == false)
                .count();
            assert!(notes > 0, "the note is in the ticket");
            tally.saved_notes += 1;
        }
        Change::HandOn(on) => {
            assert_eq!(ticket["group_id"], on.group.id);
            assert!(ticket["assignee_id"].is_null(), "{ticket}");
            if let Some((form, _)) = &on.form {
                assert_eq!(ticket["ticket_form_id"], *form);
            }
            tally.handed_on += 1;
        }
        Change::TakeBack { was, .. } => {
            assert_eq!(ticket["group_id"].as_u64(), was.group);
            assert_eq!(ticket["ticket_form_id"].as_u64(), was.form);
            tally.undone += 1;
        }
        Change::ProblemType { value, .. } => {
            assert_eq!(ticket["custom_fields"][0]["value"], value.as_str());
            tally.problem_types += 1;
        }
        Change::Assign {
            assignee,
            group,
            note_lines,
            ..
        } => {
            assert!(
                assignee.is_none_or(|a| ticket["assignee_id"] == a.get())
                    && group.is_none_or(|g| ticket["group_id"] == g)
            );
            assert!(
                note_lines.is_empty()
                    || sites.comments[&case.key.ticket.get()]
                        .iter()
                        .any(|c| c["public"] == false)
            );
            if group.is_some() {
                tally.handed_over += 1;
            } else {
                tally.assigned += 1;
            }
        }
    }
}
