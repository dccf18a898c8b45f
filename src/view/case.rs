//! One case: its head, the verdict, and its sections in the order of use.

use maud::{Markup, html};

use super::lead::Lead;
use super::parts::{access, card, live, not_saved, section, shown};
use super::{
    association, checks, contacts, dot_com, evidence, next, note, records, reply, requester,
    trouble,
};
use crate::app::{Model, World, plan_offered, plan_shown};
use crate::case::Case;
use crate::case::check::{Answer, Check, Verdict, checks as answer, verdict};
use crate::case::load::Load;
use crate::case::note::Note;
use crate::case::route::Route;
use crate::text::line::one_line;

pub(super) fn case(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let checks = answer(case, world.rules());
    let verdict = verdict(&checks);
    let note = Note::of(case, &checks, &verdict);
    let offer = plan_offered(model, case, world);
    let planned = offer.is_some() || plan_shown(case, offer.as_ref()).is_some();
    let lead = if planned {
        Lead::NextStep
    } else {
        Lead::of(case, &verdict, world)
    };
    let said = model.said.as_ref().filter(|s| s.field.is_none());
    html! {
        // What is pressed below is about this case.
        header.case data-case-host=(case.key.host) data-case-ticket=(case.key.ticket) {
            h1 { "Ticket #" (case.key.ticket) }
            @if let Load::Got(ticket) = &case.ticket {
                p.subject { (shown(&ticket.subject, 200)) }
            }
        }
        (access(model))
        (not_saved(model))
        (live(html! { @if let Some(notice) = &case.notice { (dropped(notice)) } }))
        (status(case, &checks, &verdict, world))
        (open_checks(case, &checks))
        (live(html! { @if let Some(said) = said.filter(|s| !s.error) { p.said { (said.text) } } }))
        @if let Some(said) = said.filter(|s| s.error) { p.error role="alert" { (said.text) } }
        (card("next-heading", "Next step", next::next(model, case, &verdict, offer.as_ref(), world)))
        @let route = case.route(&world.profile.zendesk);
        @let pre_authorized = matches!(route, Route::PreAuthorized(_));
        // Once the verdict is there, the note is what comes next, then the association and the reply: no scrolling for them.
        @let decided = !matches!(verdict, Verdict::Incomplete(_)) && !case.chain.is_empty();
        @let note = card("note-heading", "Internal note", note::note(case, &note, lead));
        @let reply = section("reply-heading", "Reply", reply::reply(model, case, lead, world));
        @let contacts = section("contacts-heading", "Contacts", contacts::contacts(model, case, lead, world));
        @if decided {
            (note)
            (card("association-heading", "Association", association::association(case, lead, world)))
            (reply)
        }
        @if pre_authorized { (contacts) (reply) }
        // What the engineer is asked stands where they look.
        @let asked = asked(case, &checks);
        @let records = card("records-heading", "Records", records::records(model, case, world));
        @let to_check = card("checks-heading", "Checks", checks::checks(model, case, &checks, world));
        @if asked == Some(Asked::Record) { (records) }
        @if asked == Some(Asked::Check) { (to_check) }
        (card("requester-heading", "Requester", requester::requester(model, case, world)))
        (section("dot-com-heading", "GitLab.com", dot_com::dot_com(model, case, world)))
        @if !pre_authorized { (contacts) }
        (card("evidence-heading", "Evidence", evidence::evidence(model, case, world)))
        @if asked != Some(Asked::Record) { (records) }
        @if asked != Some(Asked::Check) { (to_check) }
        @if !decided { (note) }
        @if !decided && !pre_authorized {
            (card("association-heading", "Association", association::association(case, lead, world)))
            (reply)
        }
        (section("trouble-heading", "Hand-over", trouble::trouble(model, case, world)))
        (others(model, case))
    }
}

/// What was dropped of an earlier requester, until it was read.
fn dropped(says: &str) -> Markup {
    html! {
        p.notice { bdi { (one_line(says, 1500)) } }
        div.actions { button.quiet type="button" data-command="dismiss_notice" { "Dismiss" } }
    }
}

fn status(case: &Case, checks: &[Check], verdict: &Verdict, world: World<'_>) -> Markup {
    let (class, word, why) = match verdict {
        Verdict::Entitled => (
            "verdict-entitled",
            "Entitled",
            entitled(case, checks, world),
        ),
        Verdict::NotEntitled(reasons) => ("verdict-not", "Not entitled", reasons.join("; ")),
        // One sentence for the whole walk, or each of its steps would be read aloud.
        Verdict::Incomplete(_) if case.trace.is_running() => (
            "verdict-incomplete",
            "Incomplete",
            "Trace is at work".to_owned(),
        ),
        Verdict::Incomplete(missing) => {
            let class = if asked(case, checks).is_some() {
                "verdict-asks"
            } else {
                "verdict-incomplete"
            };
            (
                class,
                "Incomplete",
                format!("{} to go", count(missing.len(), "check")),
            )
        }
    };
    html! {
        p #verdict .verdict.(class) role="status" { span { strong { (word) } ": " bdi { (why) } } }
    }
}

/// What only the engineer can answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Which record counts.
    Record,
    /// Whether a check may pass.
    Check,
}

fn asked(case: &Case, checks: &[Check]) -> Option<Asked> {
    let to_decide = || {
        checks
            .iter()
            .any(|c| !c.name.is_pre_check() && matches!(c.answer, Answer::ToDecide(_)))
    };
    if case.conflict.is_some() || !case.asides.is_empty() {
        return Some(Asked::Record);
    }
    // Before the account is there it may answer itself.
    (case.chain.billing_account().is_some() && to_decide()).then_some(Asked::Check)
}

/// Which checks are open, once there is a record to check.
fn open_checks(case: &Case, checks: &[Check]) -> Markup {
    let open = |word: &str| {
        let all = checks
            .iter()
            .filter(|c| !c.name.is_pre_check() && c.answer.word() == word);
        all.map(|c| c.name.title()).collect::<Vec<_>>().join(", ")
    };
    let (to_decide, unknown) = (open("to decide"), open("unknown"));
    html! {
        @if !(case.chain.is_empty() || case.trace.is_running() || to_decide.is_empty() && unknown.is_empty()) {
            dl.facts.open-checks {
                @if !to_decide.is_empty() { div { dt { "To decide" } dd { (to_decide) } } }
                @if !unknown.is_empty() { div { dt { "Unknown yet" } dd { (unknown) } } }
            }
        }
    }
}

/// Entitled is not enough to associate anybody: what of the pre-checks is open is said in the same breath.
fn entitled(case: &Case, checks: &[Check], world: World<'_>) -> String {
    let open = checks
        .iter()
        .filter(|c| c.name.is_pre_check() && !matches!(c.answer, Answer::Passed(_)));
    if case.precheck.people == Load::Asking || case.precheck.details == Load::Asking {
        return "every check passed; the pre-checks are being read".to_owned();
    }
    let open: Vec<String> = open
        .map(|c| format!("{} {}", c.name.title(), c.answer.word()))
        .collect();
    let passed = match case.route(&world.profile.zendesk) {
        Route::PreAuthorized(organization) => format!(
            "the requester is a contact of {} already",
            organization.label()
        ),
        Route::Unknown | Route::GitLabCom | Route::Proof | Route::Undecided => {
            "every check passed".to_owned()
        }
    };
    if open.is_empty() {
        passed
    } else {
        format!("{passed}, but of the pre-checks: {}", open.join(", "))
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 {
        format!("1 {what}")
    } else {
        format!("{n} {what}s")
    }
}

/// The other cases of today, to come back to.
fn others(model: &Model, case: &Case) -> Markup {
    let mut others: Vec<&Case> = model
        .cases()
        .filter(|c| c.key != case.key && (!c.chain.is_empty() || c.note.written_at.is_some()))
        .collect();
    others.sort_by_key(|c| std::cmp::Reverse(c.looked_at));
    html! {
        @if !others.is_empty() {
            details.others {
                summary { "Other cases (" (others.len()) ")" }
                ul {
                    @for other in others.iter().take(20) {
                        li {
                            button.quiet type="button" data-command="show_case" data-field-host=(other.key.host) data-field-ticket=(other.key.ticket) { "#" (other.key.ticket) }
                            @if let Load::Got(ticket) = &other.ticket { " " (shown(&ticket.subject, 80)) }
                        }
                    }
                }
            }
        }
    }
}
