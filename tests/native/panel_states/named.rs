//! The main states by name: those of a working day, and those that an engineer should never see.

use serde_json::json;
use tether::app::Event;
use tether::app::event::{Outcome, Reminder};

use crate::fault_matrix::bench::{Bench, Fault};
use crate::fault_matrix::faults::{Bad, How};
use crate::fault_matrix::routes::sites;
use crate::random_events::stage::HOSTILE;
use crate::support::sites::{ORGANIZATION, Sites};
use crate::support::*;
use tether::profile::zendesk::Process;

/// A ticket with the panel open, nothing read yet.
fn opened(ticket: u64, change: impl FnOnce(&mut Sites)) -> Bench {
    let mut sites = sites();
    change(&mut sites);
    let mut bench = Bench::new(sites, ticket);
    bench.office.tell(Event::PanelOpened);
    bench.office.look_at_ticket(ticket);
    bench
}

/// The same, read.
fn at(ticket: u64, change: impl FnOnce(&mut Sites)) -> Bench {
    let mut bench = opened(ticket, change);
    bench.settle().unwrap();
    bench
}

fn plain(_: &mut Sites) {}

fn pressed(mut bench: Bench, name: &str, fields: &[(&str, &str)]) -> Bench {
    bench.press(name, fields);
    bench.settle().unwrap();
    bench
}

/// Traced to its end.
fn traced(ticket: u64, change: impl FnOnce(&mut Sites)) -> Bench {
    let mut bench = pressed(at(ticket, change), "trace", &[]);
    bench.office.look_at_ticket(ticket);
    bench
}

fn entitled() -> Bench {
    traced(41, plain)
}

fn browse(bench: &mut Bench, (url, html): Web) {
    bench.office.tell(Event::TabSeen {
        tab: 9,
        url: url.clone(),
        front: true,
    });
    bench.office.tell(Event::PortalPage { tab: 9, url, html });
    bench.settle().unwrap();
    bench.office.look_at_ticket(bench.ticket);
}

/// A portal page or an answer is useless.
fn traced_with(kind: &str, bad: Bad) -> Bench {
    let mut bench = at(41, plain);
    bench.fault = Some(Fault {
        step: 0,
        kind: kind.to_owned(),
        how: How::Answers(bad, false),
    });
    pressed(bench, "trace", &[])
}

fn failed(kind: &str, bad: Bad) -> Bench {
    let mut bench = opened(41, plain);
    bench.fault = Some(Fault {
        step: 0,
        kind: kind.to_owned(),
        how: How::Answers(bad, false),
    });
    bench.settle().unwrap();
    bench
}

/// The page answers the next job with this outcome.
fn page_says(mut bench: Bench, name: &str, fields: &[(&str, &str)], outcome: Outcome) -> Bench {
    bench.press(name, fields);
    while bench.office.jobs.is_empty() && bench.one() {}
    let (tab, job) = bench.office.jobs.remove(0);
    bench.office.tell(Event::PageResult {
        tab,
        effect: job.number(),
        outcome,
    });
    bench.settle().unwrap();
    bench
}

/// Addresses with every mark.
fn marks(sites: &mut Sites) {
    sites.user(601, "Twin", "twin@lindqvist.example", None);
    sites.user(602, "Twin", "twin@lindqvist.example", None);
    sites.user(603, "Agent Two", "agent.two@gitlab.example", None);
    sites.users.get_mut(&603).unwrap()["role"] = json!("agent");
    sites.user(604, "Sus Pended", "suspended@lindqvist.example", None);
    sites.users.get_mut(&604).unwrap()["suspended"] = json!(true);
    sites.says(
        42,
        8,
        "Also grace@example.com, twin@lindqvist.example, agent.two@gitlab.example, suspended@lindqvist.example, someone.private@gmail.com, \
         a.person.with.a.very.long.name.indeed@a-subsidiary-with-a-very-long-name.lindqvist.example and broken@@lindqvist.example",
    );
}

fn crowd(sites: &mut Sites) {
    for n in 0..29 {
        sites.user(
            700 + n,
            &format!("Contact {n}"),
            &format!("contact{n}@lindqvist.example"),
            Some(ORGANIZATION),
        );
    }
    let all: Vec<String> = (0..43)
        .map(|n| format!("colleague{n}@lindqvist.example"))
        .collect();
    sites.says(42, 8, &all.join(", "));
}

fn hostile(sites: &mut Sites) {
    let long = format!(
        "{HOSTILE} {}",
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz".repeat(4)
    );
    let ticket = sites.tickets.get_mut(&41).unwrap();
    ticket["subject"] = json!(long);
    ticket["custom_fields"][2]["value"] = json!(long);
    sites.users.get_mut(&7).unwrap()["name"] = json!(long);
    for (key, text) in [
        ("name", long.clone()),
        ("notes", format!("Do not proceed. {long}\n{long}")),
        ("details", long.clone()),
    ] {
        sites.organizations.get_mut(&ORGANIZATION).unwrap()[key] = json!(text);
    }
}

fn has_open_ticket(sites: &mut Sites) {
    let tickets = json!([{"id": 47, "status": "open", "subject": "Cannot push to the repository any more since Monday", "requester_id": 502},
        {"id": 48, "status": "hold", "subject": "Second", "requester_id": 502}]);
    sites
        .requested
        .insert(502, tickets.as_array().unwrap().clone());
}

/// Every main state.
pub fn states() -> Vec<(&'static str, String)> {
    let view = |bench: &Bench| bench.view();
    let mut all: Vec<(&'static str, String)> = Vec::new();
    let mut add = |name: &'static str, bench: Bench| all.push((name, view(&bench)));

    add("no case", Bench::new(sites(), 41));
    let mut missing = Bench::new(sites(), 41);
    missing.office.tell(Event::PanelOpened);
    missing.office.tell(Event::HostAccess {
        missing: vec![
            format!("https://{PORTAL}/*"),
            format!("https://{ZENDESK}/*"),
        ],
    });
    add("access missing", missing);
    let mut refused = at(41, plain);
    let url = "https://gitlab-federal-support.zendesk.com/agent/tickets/41".to_owned();
    refused.office.tell(Event::TabSeen {
        tab: 5,
        url,
        front: true,
    });
    add("US Government refused", refused);
    add("loading", opened(41, plain));
    add("signed out of Zendesk", failed("read ticket", Bad::SignIn));
    add("rate limited", failed("read ticket", Bad::Status(429)));
    add(
        "ticket not readable",
        failed("read ticket", Bad::Status(403)),
    );
    add(
        "wrong form",
        at(41, |sites| "Billing".clone_into(&mut sites.form_name)),
    );

    add(
        "evidence none",
        at(41, |sites| sites.comments.get_mut(&41).unwrap().clear()),
    );
    add("evidence found", at(41, plain));
    add(
        "evidence several",
        at(41, |sites| {
            sites.says(
                41,
                7,
                &format!("Or is it license ID 410234? The activation code is {CODE}."),
            )
        }),
    );
    add("evidence masked code", at(44, plain));
    add("evidence file", at(45, plain));
    add("evidence key", at(46, plain));
    add(
        "evidence wrong",
        pressed(at(41, plain), "use_proof", &[("proof_text", "hello")]),
    );
    add(
        "license ID wrong",
        pressed(at(41, plain), "open_license", &[("license_id", "twelve")]),
    );

    let mut running = at(41, plain);
    running.press("trace", &[]);
    for _ in 0..2 {
        running.one();
    }
    add("trace running", running);
    add(
        "trace failed",
        traced_with("portal order", Bad::Status(500)),
    );
    add(
        "trace signed out",
        traced_with("portal license", Bad::SignIn),
    );
    add("trace stopped", {
        let mut bench = at(41, plain);
        bench.press("trace", &[]);
        bench.one();
        pressed(bench, "stop_trace", &[])
    });

    let mut incomplete = at(41, plain);
    browse(&mut incomplete, license_page(410_233, SUB, false));
    add("incomplete", incomplete);
    add("entitled", entitled());
    let mut trial = at(41, plain);
    for web in [
        license_page(410_233, SUB, true),
        order_page(700_101, SUB, 9_001),
        account_page(9_001, SFDC18, "bob@example.com"),
    ] {
        browse(&mut trial, web);
    }
    add("not entitled", trial);
    let mut conflict = entitled();
    browse(&mut conflict, order_page(700_102, "A-S001044170", 9_001));
    add("conflict", conflict);
    let mut by_name = entitled();
    browse(&mut by_name, account_page(9_001, SFDC18, "Ada Lindqvist"));
    add("to decide", by_name);
    let mut decided = entitled();
    browse(&mut decided, account_page(9_001, SFDC18, "Ada Lindqvist"));
    let reason = [
        ("check", "sold_to_matches"),
        ("reason", "the name is in the signature"),
    ];
    add("decided", pressed(decided, "accept", &reason));
    let mut reasonless = entitled();
    browse(
        &mut reasonless,
        account_page(9_001, SFDC18, "Ada Lindqvist"),
    );
    add(
        "reason missing",
        pressed(
            reasonless,
            "accept",
            &[("check", "sold_to_matches"), ("reason", "")],
        ),
    );
    add(
        "address to pick",
        traced(41, |sites| {
            sites.tickets.get_mut(&41).unwrap()["custom_fields"][2]["value"] = json!(null)
        }),
    );
    let twin = |sites: &mut Sites| {
        _ = sites
            .organizations
            .insert(92, organization_json(92, "Twin", Some(SFDC18), None))
    };
    add("several organizations", traced(41, twin));
    let noted = |sites: &mut Sites| {
        let text = "Do not add contacts without asking.\nThe account manager is Grace.";
        sites.organizations.get_mut(&ORGANIZATION).unwrap()["notes"] = json!(text);
    };
    add("organization's notes", traced(41, noted));

    add("note written", pressed(entitled(), "add_note", &[]));
    add(
        "note again",
        pressed(pressed(entitled(), "add_note", &[]), "add_note", &[]),
    );
    add(
        "note not written",
        page_says(
            entitled(),
            "add_note",
            &[],
            Outcome::WrongTicket { front: Some(42) },
        ),
    );
    add("copied", pressed(entitled(), "copied", &[("ok", "true")]));
    add(
        "not copied",
        pressed(entitled(), "copied", &[("ok", "false")]),
    );

    let mut joining = entitled();
    joining.press("associate", &[]);
    joining.one();
    add("association running", joining);
    let joined = pressed(pressed(entitled(), "add_note", &[]), "associate", &[]);
    let task = joined
        .case()
        .tasks
        .last()
        .map(|t| t.id.to_string())
        .unwrap();
    add("association done", joined);
    let undone = pressed(
        pressed(pressed(entitled(), "add_note", &[]), "associate", &[]),
        "undo",
        &[("task", &task)],
    );
    add("association undone", undone);
    add(
        "association without a field",
        page_says(entitled(), "associate", &[], Outcome::NoField),
    );

    add("contacts to add", at(42, marks));
    add(
        "addresses not taken",
        pressed(
            at(42, plain),
            "edit_list",
            &[("addresses", "not-an-address")],
        ),
    );
    let mut adding = at(42, plain);
    adding.press("add_contacts", &[]);
    adding.one();
    add("contacts being added", adding);
    add(
        "contacts added",
        pressed(at(42, plain), "add_contacts", &[]),
    );
    add(
        "contact to remove",
        pressed(at(42, plain), "pick_leaver", &[("user", "502")]),
    );
    add(
        "contact with open tickets",
        pressed(at(42, has_open_ticket), "pick_leaver", &[("user", "502")]),
    );
    let all_the_same = [("user", "502"), ("reason", "agreed with the requester")];
    let picked = pressed(at(42, has_open_ticket), "pick_leaver", &[("user", "502")]);
    add(
        "contact removed all the same",
        pressed(picked, "remove_all_the_same", &all_the_same),
    );
    add(
        "contacts removed",
        pressed(
            pressed(at(42, plain), "pick_leaver", &[("user", "502")]),
            "remove_contacts",
            &[],
        ),
    );
    add("thirty contacts", at(42, crowd));

    let draft = [("about", "contacts_added")];
    add(
        "reply drafted",
        pressed(pressed(entitled(), "associate", &[]), "draft_reply", &draft),
    );
    let leak = |sites: &mut Sites| {
        sites
            .macros
            .iter_mut()
            .for_each(|m| m.2 = format!("<p>Sold to {SOLD_TO}</p>"))
    };
    add(
        "reply refused",
        pressed(traced(41, leak), "draft_reply", &draft),
    );
    add(
        "reply about nothing",
        pressed(at(41, plain), "draft_reply", &[("about", "")]),
    );

    let dot_com = |sites: &mut Sites| {
        sites.tickets.get_mut(&41).unwrap()["custom_fields"][1]["value"] = json!("saas")
    };
    add("GitLab.com", at(41, dot_com));
    let failed_app = || pressed(at(41, dot_com), "attempt", &[("outcome", "app_failed")]);
    add("GitLab.com by hand", failed_app());
    add(
        "GitLab.com wrong account",
        pressed(
            failed_app(),
            "by_hand",
            &[("namespace", "gulls"), ("account", "x")],
        ),
    );
    add(
        "GitLab.com found",
        pressed(
            failed_app(),
            "by_hand",
            &[("namespace", "gulls"), ("account", SFDC18)],
        ),
    );
    add(
        "GitLab.com associated",
        pressed(at(41, dot_com), "attempt", &[("outcome", "associated")]),
    );

    let ran = || {
        let mut bench = entitled();
        bench.office.sites.outdated_pages.insert(41);
        pressed(bench, "run_plan", &[])
    };
    add("ticket outdated", ran());
    add(
        "hand-over of a stopped plan",
        pressed(
            pressed(ran(), "stop_plan", &[]),
            "open_trouble",
            &[("open", "true")],
        ),
    );
    let mut by_app = at(41, plain);
    by_app.office.browser.profile.zendesk.process = Process::ContactManagementApp;
    let mut by_app = pressed(by_app, "trace", &[]);
    by_app.office.look_at_ticket(41);
    add("contact management app", by_app);

    add("hand-over", traced(43, plain));
    add(
        "hand-over without a reason",
        pressed(
            traced(43, plain),
            "hand_over",
            &[("reason", ""), ("group", "82")],
        ),
    );
    let handed = [("reason", "No organization was found."), ("group", "82")];
    add(
        "handed over",
        pressed(traced(43, plain), "hand_over", &handed),
    );
    let mut reminded = traced(43, plain);
    let at_ms = reminded.office.browser.now + 3_600_000;
    reminded.office.tell(Event::Reminders {
        set: vec![Reminder {
            url: ticket_address(43),
            at_ms,
        }],
    });
    add("reminder", reminded);
    add("long and hostile", traced(41, hostile));
    all
}
