//! The routes, each as the engineer's steps. Together they make every request that Tether can make.

use serde_json::json;
use tether::app::{association_gate, contacts_to_add, contacts_to_remove};
use tether::case::change::{Change, TaskState};
use tether::case::load::Load;
use tether::case::organization::Found;
use tether::case::plan::RunState;
use tether::case::reply_progress::Progress;

use super::bench::Bench;
use crate::support::sites::{ORGANIZATION, Sites};

pub struct Step {
    pub name: &'static str,
    pub act: fn(&mut Bench),
    pub done: fn(&Bench) -> bool,
}

pub struct Route {
    pub name: &'static str,
    pub ticket: u64,
    pub set_up: fn(&mut Bench),
    pub steps: Vec<Step>,
}

fn is_done(bench: &Bench, kind: impl Fn(&Change) -> bool) -> bool {
    bench.task(kind).is_some_and(|t| t.state == TaskState::Done)
}

fn open(bench: &mut Bench) {
    bench.office.tell(tether::app::Event::PanelOpened);
    bench.office.look_at_ticket(bench.ticket);
}

fn is_read(bench: &Bench) -> bool {
    let case = bench.case();
    let fields = bench
        .office
        .browser
        .model
        .fields
        .get(&case.key.host)
        .is_some_and(|f| matches!(f.load, Load::Got(_)));
    fields
        && [
            case.ticket.got().is_some(),
            case.written.got().is_some(),
            case.form.got().is_some(),
        ]
        .iter()
        .all(|got| *got)
}

fn gate(bench: &Bench) -> bool {
    association_gate(bench.case(), bench.office.browser.world().rules()).is_ok()
}

fn join(change: &Change) -> bool {
    matches!(change, Change::Join { .. })
}

fn restore(change: &Change) -> bool {
    matches!(change, Change::Restore { .. })
}

fn press_of(bench: &mut Bench, name: &str, kind: fn(&Change) -> bool) {
    if let Some(id) = bench.task(kind).map(|t| t.id.to_string()) {
        bench.press(name, &[("task", &id)]);
    }
}

fn drafted(bench: &Bench) -> bool {
    matches!(bench.case().drafting.now, Progress::Written { .. })
}

fn draft(bench: &mut Bench, about: &str) {
    bench.office.look_at_ticket(bench.ticket);
    bench.press("draft_reply", &[("about", about)]);
}

fn reads_done(bench: &Bench) -> bool {
    let case = bench.case();
    is_read(bench) && case.precheck.people.got().is_some() && case.precheck.details.got().is_some()
}

const OPEN: Step = Step {
    name: "open",
    act: open,
    done: is_read,
};
const TRACE: Step = Step {
    name: "trace",
    act: |b| b.press("trace", &[]),
    done: gate,
};
const REFRESH: Step = Step {
    name: "refresh",
    act: |b| b.press("refresh", &[]),
    done: reads_done,
};

pub fn routes() -> Vec<Route> {
    vec![
        by_license(),
        by_activation(),
        by_file(),
        by_key(),
        contacts(),
        hand_over(),
        meanwhile(),
        lost(),
        plan(),
        plan_of_contacts(),
    ]
}

fn by_license() -> Route {
    Route {
        name: "license",
        ticket: 41,
        set_up: |_| {},
        steps: vec![
            OPEN,
            Step {
                name: "problem type",
                act: |b| b.press("set_problem_type", &[]),
                done: |b| is_done(b, |c| matches!(c, Change::ProblemType { .. })),
            },
            TRACE,
            Step {
                name: "note",
                act: |b| {
                    b.office.look_at_ticket(b.ticket);
                    b.press("add_note", &[]);
                },
                done: |b| b.case().note.written_at.is_some(),
            },
            Step {
                name: "associate",
                act: |b| b.press("associate", &[]),
                done: |b| is_done(b, join),
            },
            Step {
                name: "reply",
                act: |b| draft(b, "contacts_added"),
                done: drafted,
            },
            Step {
                name: "undo",
                act: |b| press_of(b, "undo", join),
                done: |b| is_done(b, restore),
            },
            REFRESH,
        ],
    }
}

fn is_over(bench: &Bench) -> bool {
    let run = bench.case().plan.run.as_ref();
    run.is_some_and(|run| run.state == RunState::Over)
}

fn run_plan(bench: &mut Bench) {
    bench.office.look_at_ticket(bench.ticket);
    bench.press("run_plan", &[]);
}

const RUN: Step = Step {
    name: "run",
    act: run_plan,
    done: is_over,
};

fn plan() -> Route {
    Route {
        name: "plan",
        ticket: 41,
        set_up: |_| {},
        steps: vec![OPEN, TRACE, RUN],
    }
}

fn plan_of_contacts() -> Route {
    Route {
        name: "plan of contacts",
        ticket: 42,
        set_up: |_| {},
        steps: vec![
            Step {
                name: "open",
                act: open,
                done: |b| contacts_to_add(b.case(), b.office.browser.world().rules()).is_ok(),
            },
            RUN,
        ],
    }
}

fn by_activation() -> Route {
    Route {
        name: "activation",
        ticket: 44,
        set_up: |b| b.no_field = true,
        steps: vec![
            OPEN,
            TRACE,
            Step {
                name: "associate",
                act: |b| b.press("associate", &[]),
                done: |b| {
                    b.task(join)
                        .is_some_and(tether::case::change::Task::is_over)
                },
            },
            Step {
                name: "by the API",
                act: |b| {
                    b.office.look_at_ticket(b.ticket);
                    if !is_done(b, join) {
                        press_of(b, "by_api", join);
                    }
                },
                done: |b| is_done(b, join),
            },
        ],
    }
}

fn by_file() -> Route {
    let found = |b: &Bench| is_read(b) && !b.case().proofs.found.is_empty();
    Route {
        name: "file",
        ticket: 45,
        set_up: |_| {},
        steps: vec![
            Step {
                done: found,
                ..OPEN
            },
            TRACE,
        ],
    }
}

fn by_key() -> Route {
    let fill = Step {
        name: "fill",
        act: |b| b.press("fill_validate", &[]),
        done: |b| b.filled,
    };
    Route {
        name: "key",
        ticket: 46,
        set_up: |_| {},
        steps: vec![OPEN, fill],
    }
}

fn contacts() -> Route {
    Route {
        name: "contacts",
        ticket: 42,
        set_up: |_| {},
        steps: vec![
            Step {
                done: |b| {
                    is_read(b)
                        && contacts_to_add(b.case(), b.office.browser.world().rules()).is_ok()
                },
                ..OPEN
            },
            Step {
                name: "add",
                act: |b| b.press("add_contacts", &[]),
                done: |b| {
                    let mut all = b
                        .case()
                        .tasks
                        .iter()
                        .filter(|t| matches!(t.change, Change::Add { .. }));
                    all.clone().count() == 2 && all.all(|t| t.state == TaskState::Done)
                },
            },
            Step {
                name: "pick",
                act: |b| b.press("pick_leaver", &[("user", "502")]),
                done: |b| contacts_to_remove(b.case(), b.office.browser.world().rules()).is_ok(),
            },
            Step {
                name: "remove",
                act: |b| b.press("remove_contacts", &[]),
                done: |b| is_done(b, |c| matches!(c, Change::Leave { .. })),
            },
            Step {
                name: "reply",
                act: |b| draft(b, "contacts_removed"),
                done: drafted,
            },
            Step {
                name: "undo",
                act: |b| press_of(b, "undo", |c| matches!(c, Change::Leave { .. })),
                done: |b| is_done(b, restore),
            },
            REFRESH,
        ],
    }
}

fn hand_over() -> Route {
    let needs = |b: &Bench| {
        let case = b.case();
        let trouble = &case.trouble;
        matches!(case.organization.found(), Some(Found::None))
            && trouble.me.got().is_some()
            && trouble.groups.got().is_some()
            && trouble.person.got().is_some()
    };
    Route {
        name: "hand-over",
        ticket: 43,
        set_up: |b| {
            b.office
                .sites
                .user(901, "Lead", "lead@gitlab.example", None);
            b.office.sites.users.get_mut(&901).unwrap()["role"] = json!("agent");
        },
        steps: vec![
            OPEN,
            Step {
                name: "trace",
                act: |b| b.press("trace", &[]),
                done: needs,
            },
            Step {
                name: "assign to me",
                act: |b| b.press("assign_to_me", &[]),
                done: |b| is_done(b, |c| matches!(c, Change::Assign { group: None, .. })),
            },
            Step {
                name: "hand over",
                act: |b| {
                    b.press(
                        "hand_over",
                        &[("reason", "No organization was found."), ("group", "82")],
                    )
                },
                done: |b| is_done(b, |c| matches!(c, Change::Assign { group: Some(_), .. })),
            },
        ],
    }
}

fn problem_type(change: &Change) -> bool {
    matches!(change, Change::ProblemType { .. })
}

/// Somebody else changes the ticket before it is written.
fn meanwhile() -> Route {
    Route {
        name: "meanwhile",
        ticket: 41,
        set_up: |b| b.colleague = true,
        steps: vec![
            OPEN,
            Step {
                name: "problem type",
                act: |b| b.press("set_problem_type", &[]),
                done: |b| {
                    b.task(problem_type)
                        .is_some_and(tether::case::change::Task::is_over)
                },
            },
            Step {
                name: "all the same",
                act: |b| {
                    if !is_done(b, problem_type) {
                        press_of(b, "retry_task", problem_type);
                    }
                },
                done: |b| is_done(b, problem_type),
            },
        ],
    }
}

/// The answer to a user that was made gets lost: the user is looked for among the organization's.
fn lost() -> Route {
    let all = contacts().steps;
    Route {
        name: "lost",
        ticket: 42,
        set_up: |b| b.loses = true,
        steps: all.into_iter().take(2).collect(),
    }
}

/// The state of both sites at the start of every route.
pub fn sites() -> Sites {
    let sites = Sites::new();
    assert_eq!(sites.organization_of(8), Some(ORGANIZATION));
    sites
}
