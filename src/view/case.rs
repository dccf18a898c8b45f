//! One case: its head, the verdict, and its sections in the order of use.

use maud::{Markup, html};

use super::{card, checks, evidence, next, note, reading, records, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::check::{Verdict, checks as answer, verdict};
use crate::case::load::Load;
use crate::case::note::Note;

pub(super) fn case(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let checks = answer(case, world.today());
    let verdict = verdict(&checks);
    let note = Note::of(case, &checks, &verdict);
    html! {
        header.case {
            h1 { "Ticket #" (case.key.ticket) }
            @if let Load::Got(ticket) = &case.ticket {
                p.subject { (shown(&ticket.subject, 200)) }
            }
        }
        (status(&verdict))
        @if let Some(said) = model.said.as_ref().filter(|s| s.field.is_none()) {
            @if said.error {
                p.error role="alert" { (said.text) }
            } @else {
                p.said role="status" { (said.text) }
            }
        }
        (card("next-heading", "Next step", next::next(model, case, &verdict, world)))
        // Once the verdict is there, the note is what comes next: no scrolling for it.
        @let decided = !matches!(verdict, Verdict::Incomplete(_));
        @if decided { (card("note-heading", "Internal note", note::note(case, &note))) }
        (card("requester-heading", "Requester", requester(model, case, world)))
        (card("evidence-heading", "Evidence", evidence::evidence(model, case)))
        (card("records-heading", "Records", records::records(model, case, world)))
        (card("checks-heading", "Checks", checks::checks(model, case, &checks, world)))
        @if !decided { (card("note-heading", "Internal note", note::note(case, &note))) }
        (others(model, case))
    }
}

fn status(verdict: &Verdict) -> Markup {
    let (class, word, why) = match verdict {
        Verdict::Entitled => ("verdict-entitled", "Entitled", "every check passed".to_owned()),
        Verdict::NotEntitled(reasons) => ("verdict-not", "Not entitled", reasons.join("; ")),
        Verdict::Incomplete(missing) => ("verdict-incomplete", "Incomplete", format!("{} to go", count(missing.len(), "check"))),
    };
    html! {
        p.verdict.(class) role="status" { span { strong { (word) } ": " bdi { (why) } } }
    }
}

fn count(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn requester(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let fields = model.fields.get(&case.key.host).map(|f| &f.load);
    html! {
        (reading(&case.ticket, "the ticket", world.now_ms))
        @if let Some(fields) = fields { (reading(fields, "the ticket fields", world.now_ms)) }
        @if let Load::Got(ticket) = &case.ticket {
            dl.facts {
                div { dt { "Name" } dd { (shown(&ticket.requester.name, 200)) } }
                div { dt { "E-mail" } dd {
                    @match &ticket.requester.email { Some(email) => (shown(email, 320)), None => span.missing { "none" } }
                } }
                div { dt { "Organization" } dd {
                    @match &ticket.requester.organization {
                        Some(organization) => a href=(case.organization_url(organization.id)) target="_blank" rel="noreferrer" {
                            @match &organization.name { Some(name) => (shown(name, 200)), None => (organization.id) }
                        },
                        None => span.missing { "none yet" },
                    }
                } }
                (field("Problem type", case.field_value(|f| f.problem_type)))
                (field("Product type", case.field_value(|f| f.product_type)))
                (field("Subscription Email", case.subscription_email()))
            }
            div.actions {
                button.quiet type="button" data-command="refresh" { "Read again" }
            }
        } @else if case.ticket == Load::NotAsked {
            p.hint { "The ticket is read when this panel may read Zendesk." }
        }
    }
}

fn field(title: &str, value: Option<&str>) -> Markup {
    html! {
        div {
            dt { (title) }
            dd { @match value { Some(value) => (shown(value, 200)), None => span.missing { "not filled" } } }
        }
    }
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
