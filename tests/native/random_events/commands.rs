//! The commands that the engineer may give, with valid and invalid fields.

use tether::app::{
    Event, association_gate, contacts_to_add, contacts_to_add_list, contacts_to_remove,
    contacts_to_remove_list, plan_offered,
};
use tether::case::Case;
use tether::case::change::{Task, TaskState};
use tether::case::check::{CheckName, checks};
use tether::case::plan::{RunState, StepKind};
use tether::case::reply::Outcome;
use tether::case::trace::Step;
use tether::map::Map;

use super::dice::Dice;
use super::stage::{HOSTILE, KEY_TEXT};
use crate::support::CODE;
use crate::support::office::Office;

/// Every command.
pub const NAMES: &[&str] = &[
    "map",
    "no_trial_row",
    "undo_map",
    "add_note",
    "add_note_again",
    "dismiss_note",
    "find_setting",
    "copied",
    "open_license",
    "open_activation",
    "open_validate",
    "open_next",
    "open_record",
    "show_ticket",
    "remove",
    "take_offered",
    "keep_held",
    "use_aside",
    "leave_aside",
    "pick_address",
    "unpick_address",
    "choose_organization",
    "accept",
    "reject",
    "undecide",
    "accept_form",
    "unaccept_form",
    "retry",
    "refresh",
    "tick",
    "show_case",
    "set_problem_type",
    "choose_product",
    "associate",
    "retry_task",
    "by_api",
    "leave_task",
    "stop_waiting",
    "undo",
    "dismiss_notice",
    "toggle_contact",
    "edit_list",
    "add_contacts",
    "pick_leaver",
    "remove_all_the_same",
    "keep_for_tickets",
    "remove_contacts",
    "use_proof",
    "choose_proof",
    "fill_validate",
    "trace",
    "stop_trace",
    "sign_in",
    "open_step",
    "choose_order",
    "attempt",
    "undo_attempt",
    "by_hand",
    "forget_by_hand",
    "reply_about",
    "run_plan",
    "plan_choose",
    "stop_plan",
    "continue_plan",
    "skip_step",
    "leave_plan",
    "reload_ticket",
    "draft_anyway",
    "look_for_result",
    "draft_reply",
    "draft_reply_again",
    "draft_own_reply",
    "undo_reply",
    "dismiss_reply",
    "open_trouble",
    "assign_to_me",
    "note_and_assign",
    "hand_over",
    "remind",
    "forget_reminder",
    "diagnose",
    "close_diagnosis",
    "save_page",
    "close_saved_page",
    "save_answer",
    "close_saved_answer",
    "report_copied",
    "open_settings",
    "set_setting",
    "reset_setting",
    "reset_settings",
    "switch_host",
    "take_import",
    "leave_import",
    "open_shortcuts",
    "check_setup",
    "stop_setup",
    "close_setup",
    "use_found",
    "undo_found",
    "error_report",
    "close_error_report",
    "error_report_copied",
    "of_a_newer_panel",
];

/// Commands that lead on; they are pressed more often than the rest.
const LEADING: &[&str] = &[
    "trace",
    "trace",
    "trace",
    "associate",
    "associate",
    "associate",
    "run_plan",
    "run_plan",
    "continue_plan",
    "skip_step",
    "set_problem_type",
    "add_note",
    "draft_reply",
    "draft_reply",
    "draft_own_reply",
    "undo_reply",
    "add_contacts",
    "add_contacts",
    "pick_leaver",
    "remove_contacts",
    "hand_over",
    "assign_to_me",
    "note_and_assign",
    "open_trouble",
    "fill_validate",
    "retry",
    "retry_task",
    "retry_task",
    "by_api",
    "undo",
    "accept",
    "accept_form",
    "tick",
    "toggle_contact",
];

fn tasks(case: Option<&Case>) -> Vec<String> {
    case.into_iter()
        .flat_map(|c| &c.tasks)
        .map(|t| t.id.to_string())
        .collect()
}

fn emails(case: Option<&Case>) -> Vec<String> {
    case.into_iter()
        .flat_map(|c| c.contacts.entries())
        .map(|e| e.email.to_string())
        .collect()
}

/// What an engineer who wants to get on with the case would press.
fn next(dice: &mut Dice, office: &Office, case: &Case) -> &'static str {
    let world = office.browser.world();
    let rules = world.rules();
    let failed = |t: &Task| matches!(t.state, TaskState::Problem(_));
    let run = case.plan.run.as_ref();
    let mut may: Vec<&'static str> = Vec::new();
    let mut when = |is: bool, names: &[&'static str]| may.extend(names.iter().filter(|_| is));
    when(case.form_stops(rules.words).is_some(), &["accept_form"]);
    when(
        run.is_some_and(|run| run.state == RunState::Stopped),
        &["continue_plan", "continue_plan", "skip_step", "leave_plan"],
    );
    when(
        case.tasks.iter().any(failed),
        &["retry_task", "retry_task", "leave_task"],
    );
    when(
        case.drafting.now.waits_for_page(),
        &["reload_ticket", "draft_anyway"],
    );
    when(
        case.chain.is_empty() && !case.trace.is_running(),
        &["trace"],
    );
    when(
        association_gate(case, rules).is_ok(),
        &["associate", "run_plan"],
    );
    when(
        contacts_to_add(case, rules).is_ok_and(|all| !all.is_empty()),
        &["add_contacts", "run_plan"],
    );
    when(
        contacts_to_remove(case, rules).is_ok_and(|all| !all.is_empty()),
        &["remove_contacts", "remove_contacts", "run_plan"],
    );
    when(case.manages(rules.words).is_some(), &["pick_leaver"]);
    when(
        case.tasks.iter().any(|t| t.undo().is_some()) && dice.one_in(4),
        &["undo"],
    );
    when(
        plan_offered(&office.browser.model, case, world).is_some(),
        &["run_plan"],
    );
    when(
        dice.one_in(6),
        &["draft_reply", "draft_own_reply", "refresh"],
    );
    when(
        dice.one_in(10),
        &[
            "set_problem_type",
            "add_note",
            "open_trouble",
            "hand_over",
            "assign_to_me",
            "note_and_assign",
        ],
    );
    let all: &[&'static str] = if may.is_empty() { LEADING } else { &may };
    all[dice.index(all.len())]
}

/// A command: one that leads on, or any. `eager`: mostly the one that gets on with the case.
pub fn command(dice: &mut Dice, office: &Office, eager: bool) -> Event {
    let name = if dice.one_in(if eager { 20 } else { 3 }) {
        *dice.of(NAMES)
    } else {
        *dice.of(LEADING)
    };
    // Each window's panel carries its window and the case that it shows.
    let model = &office.browser.model;
    let window = if dice.one_in(5) {
        *dice.of(&[1, 2])
    } else {
        model.tabs.here
    };
    let shows = model.tabs.behind(window).and_then(|w| w.focus.clone());
    let case = shows.as_ref().and_then(|key| model.case(key));
    let name = match case {
        Some(case) if eager && !dice.one_in(8) => next(dice, office, case),
        _ => name,
    };
    let helped = case.and_then(|case| {
        let by_api = |t: &&Task| matches!(&t.state, TaskState::Problem(p) if p.api_helps());
        case.tasks.iter().find(by_api)
    });
    // In a few of many presses, the page's field is missing, so the API is used.
    let name = if helped.is_some() && dice.one_in(2) {
        "by_api"
    } else {
        name
    };
    // A ticket with another form leads nowhere until the engineer goes on with it.
    let stopped =
        case.is_some_and(|c| c.form_stops(office.browser.world().rules().words).is_some());
    let name = if stopped && dice.one_in(4) {
        "accept_form"
    } else {
        name
    };
    let mut fields = Map::new();
    let mut put = |key: &str, value: String| _ = fields.insert(key.to_owned(), value);
    let of = |dice: &mut Dice, all: &[&str]| (*dice.of(all)).to_owned();
    let held = |dice: &mut Dice, mut all: Vec<String>, odd: &[&str]| {
        if all.is_empty() || dice.one_in(12) {
            all = odd.iter().map(|o| (*o).to_owned()).collect();
        }
        dice.of(&all).clone()
    };
    match helped.filter(|_| name == "by_api") {
        Some(task) => put("task", task.id.to_string()),
        None => put("task", held(dice, tasks(case), &["0", "99999", "x", ""])),
    }
    let jobs: Vec<String> = office
        .browser
        .model
        .page_jobs
        .keys()
        .map(u64::to_string)
        .collect();
    put("job", held(dice, jobs, &["0", "99999", "x", ""]));
    put(
        "email",
        held(
            dice,
            emails(case),
            &["new.person@lindqvist.example", HOSTILE, ""],
        ),
    );
    put(
        "addresses",
        of(
            dice,
            &[
                "kim@lindqvist.example, Lee <lee@lindqvist.example>",
                HOSTILE,
                "x y z",
                "",
            ],
        ),
    );
    put(
        "user",
        of(dice, &["502", "502", "501", "8", "7", "504", "0", HOSTILE]),
    );
    put("ok", of(dice, &["true", "false", ""]));
    put("license_id", of(dice, &["410233", "0", HOSTILE, ""]));
    put(
        "activation_code",
        of(dice, &[CODE, "short", "9WmNhLLm6qbqszXC0TVwnCdrX"]),
    );
    let records = |case: Option<&Case>| -> Vec<String> {
        let held = case.into_iter().flat_map(|c| {
            c.chain
                .held()
                .map(|r| r.reference().to_string())
                .collect::<Vec<_>>()
        });
        let waits = case
            .and_then(|c| c.conflict.as_ref())
            .map(|c| c.offered.reference().to_string());
        let asides = case
            .into_iter()
            .flat_map(|c| c.asides.iter().map(|a| a.record.reference().to_string()));
        held.chain(waits).chain(asides).collect()
    };
    put(
        "record",
        held(dice, records(case), &["License 1 on evil.example", ""]),
    );
    let check = *dice.of(CheckName::ALL);
    put("check", check.key().to_owned());
    let world = office.browser.world();
    if matches!(name, "use_found" | "undo_found") {
        let found = tether::app::setup::findings(model, world);
        let keys = found.iter().map(|f| f.assumption.key()).collect();
        put("check", held(dice, keys, &[HOSTILE, ""]));
        put(
            "choice",
            of(dice, &["Support", "Severity", "Other", HOSTILE, ""]),
        );
        put("run", model.setup.run.to_string());
    }
    put("license", of(dice, &["", "410233", "410240", "x", HOSTILE]));
    let shown = case
        .and_then(|c| {
            checks(c, world.rules())
                .into_iter()
                .find(|c| c.name == check)
        })
        .map(|c| c.shown());
    put(
        "shown",
        shown.filter(|_| !dice.one_in(8)).unwrap_or_default(),
    );
    put(
        "reason",
        of(dice, &["seen in Zuora", "seen in Zuora", HOSTILE, ""]),
    );
    put(
        "text",
        of(dice, &["The account has no organization yet.", HOSTILE, ""]),
    );
    put(
        "group",
        of(dice, &["82", "81", "7", "license", "order", "zendesk", ""]),
    );
    put("number", of(dice, &["1", "2", "3", "x"]));
    put(
        "field",
        of(
            dice,
            &["trial", "subscription_name", "product_type", HOSTILE, ""],
        ),
    );
    put("at", of(dice, &["0", "1", "7", "x"]));
    put("hours", of(dice, &["1", "2", "24", "x"]));
    put("open", of(dice, &["true", "false"]));
    put(
        "address",
        of(dice, &["ada@home.example", "ada@example.com", HOSTILE, ""]),
    );
    put("organization", of(dice, &["91", "92", "93", "7", "x"]));
    put("ticket", of(dice, &["41", "42", "43", "44", "99", ""]));
    put(
        "product",
        of(
            dice,
            &["self_managed", "gitlab_com", "dedicated", "", HOSTILE],
        ),
    );
    put(
        "path",
        of(
            dice,
            &[
                "zendesk.contact_limit",
                "zendesk.hand_over.assignee",
                "portal.hosts",
                "no.such",
                HOSTILE,
                "",
            ],
        ),
    );
    put(
        "host",
        of(
            dice,
            &[
                "customers.staging.gitlab.com",
                "gitlab.zendesk.com",
                "evil.example",
                HOSTILE,
            ],
        ),
    );
    put("on", of(dice, &["true", "false"]));
    put(
        "outcome",
        of(dice, &["associated", "not_an_owner", "app_failed", HOSTILE]),
    );
    put(
        "namespace",
        of(dice, &["gulls", "https://gitlab.com/gulls", HOSTILE, ""]),
    );
    put(
        "account",
        of(
            dice,
            &[crate::support::SFDC18, crate::support::SFDC15, HOSTILE, ""],
        ),
    );
    put("form", of(dice, &["6", "6", "5", "x", ""]));
    put(
        "kind",
        of(dice, &["ticket", "user", "groups", "me", "x", ""]),
    );
    put("step", dice.of(Step::ALL).key().to_owned());
    put("order", of(dice, &["700101", "700201", "1", "x"]));
    put("proof", of(dice, &["1", "2", "3", "9", ""]));
    let code = format!("Activation code: {CODE}");
    let key = format!("License key: {KEY_TEXT}");
    put(
        "proof_text",
        of(
            dice,
            &[
                "license ID 410233",
                code.as_str(),
                key.as_str(),
                HOSTILE,
                "x",
                "",
            ],
        ),
    );
    let about = if dice.one_in(3) {
        dice.of(Outcome::ALL).key()
    } else {
        *dice.of(&["", "contacts_added", "proof_asked", "x"])
    };
    put("about", about.to_owned());
    // The panel showed what the reply is about.
    if name == "undo_reply"
        && let Some(about) = case.and_then(|c| c.drafting.now.undoes())
    {
        put("about", about.key().to_owned());
    }
    if name == "show_case" {
        put("host", crate::support::ZENDESK.to_owned());
    }
    // The panel showed the user and the organization.
    if name == "associate"
        && let Some(Ok((user, organization))) = case.map(|c| association_gate(c, world.rules()))
    {
        put("user", user.to_string());
        put("organization", organization.id.to_string());
    }
    put("wanted", of(dice, &["true", "true", "true", "false", "x"]));
    if name == "run_plan"
        && let Some(offer) = case.and_then(|c| plan_offered(&office.browser.model, c, world))
        && !dice.one_in(8)
    {
        put("plan", offer.shown());
    }
    if name == "continue_plan"
        && let Some(run) = case.and_then(|c| c.plan.run.as_ref())
        && !dice.one_in(8)
    {
        put("run", run.shown());
    }
    if matches!(name, "plan_choose" | "skip_step") {
        let stopped = case
            .and_then(|c| c.plan.run.as_ref())
            .and_then(|run| run.step(run.current()?))
            .map(|step| step.what.kind());
        let any = *dice.of(StepKind::ALL);
        put("step", stopped.unwrap_or(any).key().to_owned());
    }
    // The panel showed the list as it is now, or an older one.
    let list = match name {
        "add_contacts" => case.map(contacts_to_add_list),
        "remove_contacts" => case.map(contacts_to_remove_list),
        "edit_list" => Some(emails(case).join("\n")),
        _ => None,
    };
    put("list", list.filter(|_| !dice.one_in(8)).unwrap_or_default());
    if dice.one_in(30) {
        fields.clear();
    }
    // Sometimes the panel showed another ticket when it was pressed, or none.
    let shown = match dice.of(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]) {
        0 => shows,
        1 => Some(crate::support::key(*dice.of(&[41, 42, 43, 44]))),
        _ => None,
    };
    Event::Command {
        case: shown,
        window: Some(window),
        name: name.to_owned(),
        fields,
    }
}
