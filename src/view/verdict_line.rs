//! The verdict in one line. All of its texts are here.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::parts::Tone;
use crate::case::Case;
use crate::case::chain::Disagreement;
use crate::case::check::{Answer, Check, CheckName, Verdict};
use crate::case::dot_com::Attempt;
use crate::case::load::Load;
use crate::case::organization::Found;
use crate::case::trace::TraceState;
use crate::record::seen::Slot;

struct Line {
    tone: Tone,
    word: &'static str,
    rest: String,
}

impl Line {
    fn incomplete(tone: Tone, rest: impl Into<String>) -> Self {
        Self {
            tone,
            word: "Incomplete",
            rest: format!(": {}", rest.into()),
        }
    }
}

pub(super) fn verdict_line(view: &CaseView<'_>) -> Markup {
    let line = match &view.verdict {
        Verdict::Entitled => entitled(view),
        Verdict::NotEntitled(_) => Line {
            tone: Tone::Bad,
            word: "Not entitled",
            rest: format!(": {}", failed(view)),
        },
        Verdict::Incomplete(_) => incomplete(view),
    };
    html! {
        p #verdict.verdict.signed.(line.tone.class()) role="status" {
            span { strong { (line.word) } bdi { (line.rest) } }
        }
    }
}

/// What failed, in a few words each; the list of checks says it in full.
fn failed(view: &CaseView<'_>) -> String {
    let failed = view
        .checks
        .iter()
        .filter(|c| !c.name.is_pre_check() && matches!(c.answer, Answer::Failed(_)));
    let says: Vec<String> = failed.map(|check| failed_check(view.case, check)).collect();
    match says.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, [one])) => format!("{one}, and {last}"),
        Some((last, others)) => format!("{}, and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn failed_check(case: &Case, check: &Check) -> String {
    if check.decision.is_some() {
        return format!("you rejected “{}”", check.name.title());
    }
    check.name.failed(case)
}

fn entitled(view: &CaseView<'_>) -> Line {
    let (case, words) = (view.case, &view.world.profile.zendesk);
    let line = |tone, rest: String| Line {
        tone,
        word: "Entitled",
        rest,
    };
    if case.form_stops(words).is_some() {
        return line(Tone::Open, ", but the ticket has the wrong form".to_owned());
    }
    let now = case
        .ticket
        .got()
        .and_then(|t| t.requester.organization.as_ref())
        .map(|o| o.id);
    let target = case.target(words).map(|o| o.id);
    if now.is_some() && target.is_some() && now != target {
        return line(
            Tone::Open,
            ", but the requester is in another organization".to_owned(),
        );
    }
    if case.dot_com.is_associated() && view.is_dot_com() && now.is_none() {
        return line(
            Tone::Open,
            ", but Zendesk doesn’t show the organization yet".to_owned(),
        );
    }
    if case.precheck.people == Load::Asking || case.precheck.details == Load::Asking {
        return line(Tone::Good, ": reading the organization".to_owned());
    }
    let open: Vec<&Check> = view
        .checks
        .iter()
        .filter(|c| c.name.is_pre_check() && !matches!(c.answer, Answer::Passed(_)))
        .collect();
    match open.as_slice() {
        [] if view.is_pre_authorized() => line(Tone::Good, ": already a contact".to_owned()),
        [] => line(
            Tone::Good,
            match view.checks.len() {
                1 => ": the check passed".to_owned(),
                n => format!(": all {n} checks passed"),
            },
        ),
        [check] => line(Tone::Good, format!(", but {}", open_check(check))),
        several => line(
            Tone::Good,
            format!(", but {} checks are open", several.len()),
        ),
    }
}

fn open_check(check: &Check) -> String {
    match (check.name, &check.answer) {
        (CheckName::OrganizationNotes, Answer::ToDecide(_)) => {
            "the organization has notes".to_owned()
        }
        (CheckName::OrganizationNotes, Answer::Failed(_)) => {
            "the organization’s notes say stop".to_owned()
        }
        (CheckName::ContactLimit, Answer::Failed(_)) => "the contact limit is reached".to_owned(),
        (name, answer) => format!(
            "“{}” {}",
            name.title(),
            match answer {
                Answer::Passed(_) => "passed",
                Answer::Failed(_) => "failed",
                Answer::ToDecide(_) => "needs your decision",
                Answer::Unknown(_) => "is waiting",
            }
        ),
    }
}

fn incomplete(view: &CaseView<'_>) -> Line {
    let case = view.case;
    match &case.ticket {
        Load::Got(_) => {}
        Load::Failed(_) => return Line::incomplete(Tone::Bad, "the ticket couldn’t be read"),
        Load::NotAsked => return Line::incomplete(Tone::Calm, "the ticket isn’t read yet"),
        Load::Asking => return Line::incomplete(Tone::Calm, "reading the ticket"),
    }
    if case.form_stops(&view.world.profile.zendesk).is_some() {
        return Line::incomplete(Tone::Open, "the ticket has the wrong form");
    }
    // The organization is the last record: to the engineer it is one walk.
    let last = case.trace.state == TraceState::Done && case.organization.load == Load::Asking;
    if case.trace.is_running() || last {
        return Line::incomplete(Tone::Calm, "tracing the records");
    }
    if let Some(conflict) = &case.conflict {
        let another = conflict
            .disagreements
            .iter()
            .any(|d| matches!(d, Disagreement::Another { .. }));
        let kind = conflict.offered.kind().to_lowercase();
        return Line::incomplete(
            Tone::Open,
            if another {
                format!("2 {kind}s don’t agree")
            } else {
                format!("the {kind} doesn’t fit")
            },
        );
    }
    if view.is_dot_com() {
        let says = match (case.dot_com.attempt, &case.dot_com.by_hand) {
            (None, _) => Some("run the app first"),
            (Some(Attempt::Associated), _) => Some("Zendesk doesn’t show the organization yet"),
            (Some(Attempt::AppFailed), None) => Some("the app found no organization"),
            (Some(Attempt::AppFailed), Some(_)) | (Some(Attempt::NotAnOwner), _) => None,
        };
        if let Some(says) = says {
            return Line::incomplete(Tone::Calm, says);
        }
    }
    match case.organization.found() {
        Some(Found::None) => return Line::incomplete(Tone::Open, "no organization found"),
        Some(Found::Several(all)) if case.organization.chosen().is_none() => {
            return Line::incomplete(Tone::Open, format!("{} organizations match", all.len()));
        }
        _ => {}
    }
    let to_decide = view.to_decide().filter(|c| !c.name.is_pre_check()).count();
    match to_decide {
        0 => {}
        1 => return Line::incomplete(Tone::Open, "1 check needs your decision"),
        n => return Line::incomplete(Tone::Open, format!("{n} checks need your decision")),
    }
    Line::incomplete(Tone::Calm, missing(view))
}

fn missing(view: &CaseView<'_>) -> String {
    let case = view.case;
    if case.chain.is_empty() && !view.is_dot_com() {
        return match case.proofs.found.len() {
            0 if case.proofs.looking() || case.written == Load::Asking => {
                "looking for proof of entitlement".to_owned()
            }
            0 => "no proof of entitlement yet".to_owned(),
            1 => "nothing is checked yet".to_owned(),
            n => format!("{n} proofs found"),
        };
    }
    let mut missing: Vec<&str> = Vec::new();
    if !view.is_dot_com() {
        let slots = [
            (Slot::Proof, "the license"),
            (Slot::Order, "the order"),
            (Slot::BillingAccount, "the billing account"),
        ];
        missing.extend(
            slots
                .iter()
                .filter(|(slot, _)| case.chain.at(*slot).is_none())
                .map(|(_, name)| name),
        );
    }
    if case.organization.found().is_none() {
        missing.push("the organization");
    }
    match missing.as_slice() {
        [] => match unknown(view) {
            1 => "1 check is waiting".to_owned(),
            n => format!("{n} checks are waiting"),
        },
        [one] => format!("{one} is missing"),
        several => format!("{} records are missing", several.len()),
    }
}

fn unknown(view: &CaseView<'_>) -> usize {
    view.checks
        .iter()
        .filter(|c| !c.name.is_pre_check() && matches!(c.answer, Answer::Unknown(_)))
        .count()
}
