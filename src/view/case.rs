//! One case: its head, the verdict, and its sections in the order of use.

use maud::{Markup, html};

use super::{association, card, checks, contacts, dot_com, evidence, next, note, records, reply, requester, section, shown, trouble};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::{Answer, Check, Verdict, checks as answer, verdict};
use crate::case::load::Load;
use crate::case::note::Note;
use crate::case::route::Route;

pub(super) fn case(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let checks = answer(case, world.rules());
    let verdict = verdict(&checks);
    let note = Note::of(case, &checks, &verdict);
    html! {
        header.case {
            h1 { "Ticket #" (case.key.ticket) }
            @if let Load::Got(ticket) = &case.ticket {
                p.subject { (shown(&ticket.subject, 200)) }
            }
        }
        (status(case, &checks, &verdict, world))
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.is_none()) {
            @if said.error {
                p.error role="alert" { (said.text) }
            } @else {
                p.said role="status" { (said.text) }
            }
        }
        (card("next-heading", "Next step", next::next(model, case, &verdict, world)))
        @let route = case.route(&world.profile.zendesk);
        @let pre_authorized = matches!(route, Route::PreAuthorized(_));
        // Once the verdict is there, the note is what comes next, then the association and the reply: no scrolling for them.
        @let decided = !matches!(verdict, Verdict::Incomplete(_)) && !case.chain.is_empty();
        @let note = card("note-heading", "Internal note", note::note(case, &note));
        @let reply = section("reply-heading", "Reply", reply::reply(model, case, world));
        @let contacts = section("contacts-heading", "Contacts", contacts::contacts(model, case, world));
        @if decided {
            (note)
            (card("association-heading", "Association", association::association(case, world)))
            (reply)
        }
        @if pre_authorized { (contacts) (reply) }
        (card("requester-heading", "Requester", requester::requester(model, case, world)))
        (section("dot-com-heading", "GitLab.com", dot_com::dot_com(model, case, world)))
        @if !pre_authorized { (contacts) }
        (card("evidence-heading", "Evidence", evidence::evidence(model, case, world)))
        (card("records-heading", "Records", records::records(model, case, world)))
        (card("checks-heading", "Checks", checks::checks(model, case, &checks, world)))
        @if !decided { (note) }
        @if !decided && !pre_authorized {
            (card("association-heading", "Association", association::association(case, world)))
            (reply)
        }
        (section("trouble-heading", "Hand-over", trouble::trouble(model, case, world)))
        (others(model, case))
    }
}

fn status(case: &Case, checks: &[Check], verdict: &Verdict, world: World<'_>) -> Markup {
    let (class, word, why) = match verdict {
        Verdict::Entitled => ("verdict-entitled", "Entitled", entitled(case, checks, world)),
        Verdict::NotEntitled(reasons) => ("verdict-not", "Not entitled", reasons.join("; ")),
        Verdict::Incomplete(missing) => ("verdict-incomplete", "Incomplete", format!("{} to go", count(missing.len(), "check"))),
    };
    html! {
        p.verdict.(class) role="status" { span { strong { (word) } ": " bdi { (why) } } }
    }
}

/// Entitled is not enough to associate anybody: what of the pre-checks is open is said in the same breath.
fn entitled(case: &Case, checks: &[Check], world: World<'_>) -> String {
    let open = checks.iter().filter(|c| c.name.is_pre_check() && !matches!(c.answer, Answer::Passed(_)));
    let open: Vec<String> = open.map(|c| format!("{} {}", c.name.title(), c.answer.word())).collect();
    let passed = match case.route(&world.profile.zendesk) {
        Route::PreAuthorized(organization) => format!("the requester is a contact of {} already", organization.label()),
        Route::Unknown | Route::GitLabCom | Route::Proof | Route::Undecided => "every check passed".to_owned(),
    };
    if open.is_empty() { passed } else { format!("{passed}, but of the pre-checks: {}", open.join(", ")) }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// The other cases of today, to come back to.
fn others(model: &Model, case: &Case) -> Markup {
    let mut others: Vec<&Case> =
        model.cases().filter(|c| c.key != case.key && (!c.chain.is_empty() || c.note.written_at.is_some())).collect();
    others.sort_by_key(|c| std::cmp::Reverse(c.looked_at));
    html! {
        @if !others.is_empty() {
            details.others {
                summary { "Other cases (" (others.len()) ")" }
                ul {
                    @for other in others.iter().take(20) {
                        li {
                            button.quiet type="button" data-command="show_case" data-field-ticket=(other.key.ticket) { "#" (other.key.ticket) }
                            @if let Load::Got(ticket) = &other.ticket { " " (shown(&ticket.subject, 80)) }
                        }
                    }
                }
            }
        }
    }
}
