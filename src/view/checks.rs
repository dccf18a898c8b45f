//! The checks on one line. What failed is listed, everything else is folded.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::decide;
use super::parts::{Tone, reading};
use crate::case::check::{Answer, Check, CheckName};
use crate::text::line::one_line;

/// The section; nothing before a record was read, unless a check failed. `in_card`: the check that the card asks about.
pub(super) fn checks(view: &CaseView<'_>, in_card: Option<CheckName>) -> Markup {
    let failed = |check: &&Check| matches!(check.answer, Answer::Failed(_));
    // What needs a look is in sight, unless the card asks about it.
    let in_sight = |check: &&Check| match check.answer {
        Answer::Failed(_) => true,
        Answer::ToDecide(_) => in_card != Some(check.name) && check.decidable,
        Answer::Unknown(_) => check.name.unreadable(view.case).is_some(),
        Answer::Passed(_) => false,
    };
    let begun = !view.case.chain.is_empty()
        || view.case.organization.account.is_some()
        || view.is_pre_authorized()
        || view.checks.iter().any(|c| failed(&c))
        || view.case.decisions.iter().len() > 0;
    if !begun || view.checks.is_empty() {
        return html! {};
    }
    let (tone, says) = summary(&view.checks);
    let rest: Vec<&Check> = view.checks.iter().filter(|c| !in_sight(c)).collect();
    html! {
        section aria-labelledby="checks-heading" {
            div.checks-line.signed.fold.(tone.class()) {
                h2 #checks-heading { "Checks" } " "
                p { (says) }
                @if !rest.is_empty() {
                    details #other-checks {
                        summary aria-label="Show all checks" {}
                        ul.checks { @for check in rest { (line(view, check, in_card)) } }
                    }
                }
            }
            @if view.checks.iter().any(|c| in_sight(&c)) {
                ul.checks { @for check in view.checks.iter().filter(in_sight) { (line(view, check, in_card)) } }
            }
            @if view.check(CheckName::ContactLimit).is_some() { (reading(&view.case.precheck.people, "the organization’s contacts", view.world.now_ms)) }
            @if view.check(CheckName::OrganizationNotes).is_some() { (reading(&view.case.precheck.details, "the organization", view.world.now_ms)) }
        }
    }
}

fn summary(checks: &[Check]) -> (Tone, String) {
    let count = |kind: fn(&Answer) -> bool| checks.iter().filter(|c| kind(&c.answer)).count();
    let all = checks.len();
    let passed = count(|a| matches!(a, Answer::Passed(_)));
    let failed = count(|a| matches!(a, Answer::Failed(_)));
    let open = count(|a| matches!(a, Answer::ToDecide(_)));
    let waiting = count(|a| matches!(a, Answer::Unknown(_)));
    match () {
        () if passed == all => (Tone::Good, format!("all {all} passed")),
        () if failed > 0 => (Tone::Bad, format!("{passed} of {all} passed")),
        () if open == 1 => (Tone::Open, format!("1 of {all} needs your decision")),
        () if open > 1 => (Tone::Open, format!("{open} of {all} need your decision")),
        () => (
            Tone::Calm,
            format!("{passed} of {all} passed, {waiting} waiting"),
        ),
    }
}

/// What the panel calls an answer.
fn word(view: &CaseView<'_>, check: &Check) -> &'static str {
    match &check.answer {
        Answer::Passed(_) => "passed",
        Answer::Failed(_) => "failed",
        Answer::ToDecide(_) => "needs your decision",
        Answer::Unknown(_) if check.name.unreadable(view.case).is_some() => "can’t be read",
        Answer::Unknown(_) => "waiting",
    }
}

fn tone(answer: &Answer) -> Tone {
    match answer {
        Answer::Passed(_) => Tone::Good,
        Answer::Failed(_) => Tone::Bad,
        Answer::ToDecide(_) => Tone::Open,
        Answer::Unknown(_) => Tone::Calm,
    }
}

fn line(view: &CaseView<'_>, check: &Check, in_card: Option<CheckName>) -> Markup {
    let key = check.name.key();
    html! {
        li.check.signed.(tone(&check.answer).class()) id={ "check-" (key) } {
            p { strong { (check.name.title()) } " " em { (word(view, check)) } }
            p.hint.why { bdi { (one_line(check.answer.why(), 400)) } }
            (super::diagnose::offer(view.model, view.case, check))
            @if in_card != Some(check.name) {
                @if check.name == CheckName::SoldToMatches { (decide::address(view, false)) }
                @if check.name == CheckName::OrganizationNotes { (decide::organization_notes(view)) }
                @if check.decision.is_some() {
                    div.actions {
                        button.quiet type="button" data-command="undecide" data-field-check=(key) aria-label={ "Undo decision: " (check.name.title()) } { "Undo decision" }
                    }
                } @else if check.decidable && check.name == CheckName::OrganizationNotes {
                    (decide::read_notes(check))
                } @else if check.decidable {
                    (decide::folded(view, check))
                }
            }
        }
    }
}
