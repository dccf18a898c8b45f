//! Who asked for what: every write is traced back to a press, and every change from its beginning to its end.

use std::collections::BTreeMap;

use tether::app::effect::Job;
use tether::app::event::Outcome;
use tether::app::{Effect, Event, association_gate};
use tether::case::change::{Change, Task, TaskState};
use tether::case::check::{Answer as CheckAnswer, Verdict, checks, verdict};
use tether::case::metadata::FormIs;
use tether::case::reply_progress::Progress;
use tether::case::trace::TraceState;
use tether::case::{Case, CaseKey};
use tether::reading::Answer;
use tether::record::ids::UserId;
use tether::record::ticket::OrganizationRef;

use crate::support::office::Office;

/// What the runs came to.
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
    pub notes: u64,
    pub replies: u64,
    pub traces: u64,
    pub keys_filled: u64,
    pub restored: u64,
}

struct Known {
    case: CaseKey,
    task: Task,
    /// How often it may be sent: once for the press, and once more for every further press and every time that Zendesk asks to wait.
    allowed: u32,
    sent: u32,
}

/// What an event finds, before it happens.
pub struct Before {
    focus: Option<CaseKey>,
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
    drafted: BTreeMap<CaseKey, bool>,
    noted: BTreeMap<CaseKey, Option<u64>>,
}

fn pressed<'a>(event: &'a Event, field: &str) -> (&'a str, Option<&'a str>) {
    match event {
        Event::Command { name, fields, .. } => (name.as_str(), fields.get(field).map(|f| f.trim())),
        _ => ("", None),
    }
}

/// The task that an order is of.
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
    pub fn before(&mut self, office: &Office, event: &Event) -> Before {
        let (name, task) = pressed(event, "task");
        let model = &office.browser.model;
        let case = model.focused();
        if matches!(name, "retry_task" | "by_api") {
            // What held up the others of the case is taken for mended with it.
            let id = task.and_then(|id| id.parse::<u64>().ok());
            let held_up = |known: &Known| {
                name == "retry_task"
                    && matches!(&known.task.state, TaskState::Problem(p) if p.blocks())
            };
            for known in self
                .tasks
                .values_mut()
                .filter(|k| Some(&k.case) == model.tabs.focus())
            {
                known.allowed += u32::from(Some(known.task.id) == id || held_up(known));
            }
        }
        if let Some(focus) = model.tabs.focus() {
            match name {
                "draft_reply" | "draft_reply_again" | "draft_own_reply" => {
                    *self.replies.entry(focus.clone()).or_default() += 1
                }
                "fill_validate" => *self.keys.entry(focus.clone()).or_default() += 1,
                _ => {}
            }
        }
        let limited = match event {
            Event::PageResult {
                tab,
                effect,
                outcome:
                    Outcome::Answered {
                        answer: Answer::Response(r),
                    },
            } if matches!(r.status, 422 | 429 | 503)
                && model
                    .page_jobs
                    .get(effect)
                    .is_some_and(|job| job.tab == *tab) =>
            {
                sender(office, *effect).map(|(_, task)| task.id)
            }
            _ => None,
        };
        let gate = (name == "associate")
            .then(|| association_gate(case?, office.browser.world().rules()).ok())
            .flatten();
        let traces = model
            .cases()
            .map(|c| (c.key.clone(), c.trace.state == TraceState::Done))
            .collect();
        Before {
            focus: model.tabs.focus().cloned(),
            gate,
            limited,
            traces,
        }
    }

    /// Looks at what an event changed.
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
        for case in office.browser.model.cases() {
            for task in &case.tasks {
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

    /// A change that was not there: only a press begins one, in the case in which it was pressed.
    fn begun(&mut self, office: &Office, event: &Event, before: &Before, case: &Case, task: &Task) {
        let (name, of) = pressed(event, "task");
        assert_eq!(
            before.focus.as_ref(),
            Some(&case.key),
            "begun in a case that was not in front: {task:?}"
        );
        let fits = match &task.change {
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

    /// An order to a page: someone pressed for it, in this case, and the page is the right one.
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
                assert!(
                    pressed(event, "").0.starts_with("add_note"),
                    "written without a press"
                );
                let focus = before.focus.as_ref().expect("a note is some case's");
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
                assert_eq!(
                    *lines,
                    tether::app::note_of(model.case(focus).unwrap(), office.browser.world())
                        .reading()
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
                let pressed = self
                    .replies
                    .get_mut(&case.key)
                    .expect("drafted without a press");
                assert!(*pressed > 0, "drafted twice for one press");
                *pressed = 0;
                super::promises::check_reply(case, html, lines);
            }
            Job::DiagnosePortal { .. } | Job::DiagnoseZendesk { .. } => {
                assert_eq!(
                    pressed(event, "").0,
                    "diagnose",
                    "looked at without a press"
                );
                assert_eq!(
                    Some(tab),
                    model.tabs.front_tab(),
                    "the page in front alone is looked at"
                );
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
                super::colleague::check_basis(office, case, task, job);
                let id = task.id;
                self.sends(id);
            }
            Job::FillOrganization {
                effect, user, name, ..
            } => {
                let (case, task) = sender(office, *effect).expect("a change waits for it");
                super::colleague::check_basis(office, case, task, job);
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
                let id = task.id;
                self.sends(id);
            }
        }
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

/// The verdict and the pre-checks, asked here once more, apart from the gate.
fn all_checked(office: &Office, case: &Case) {
    let rules = office.browser.world().rules();
    let all = checks(case, rules);
    assert_eq!(verdict(&all), Verdict::Entitled);
    let open = all
        .iter()
        .find(|c| c.name.is_pre_check() && !matches!(c.answer, CheckAnswer::Passed(_)));
    assert!(open.is_none(), "{open:?} is open");
    assert!(
        !matches!(case.form_is(rules.words), FormIs::Wrong(_)),
        "the form is not for association"
    );
}

fn may_associate(office: &Office, case: &Case, user: UserId) {
    all_checked(office, case);
    let requester = &case.ticket.got().expect("the ticket was read").requester;
    assert_eq!(requester.id, user);
    assert_eq!(requester.organization, None, "nobody is moved");
}

/// What is said to be done stands in Zendesk.
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
                "the line stands there once: {notes}"
            );
            tally.removed += 1;
        }
        Change::Restore { .. } => tally.undone += 1,
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
