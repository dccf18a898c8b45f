//! One case: its head, the card, the sheet and the foot.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::parts::{live, not_saved, sites};
use super::{
    card, changes, checks, contacts, diagnose, footer, header, note, records, reply, single,
};
use crate::app::{Model, World};
use crate::case::Case;
use crate::text::line::one_line;

pub(super) fn case(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let view = CaseView::of(model, case, world);
    let card = card::of(&view);
    let holds = card.holds;
    let said = model.said.as_ref().filter(|s| s.field.is_none());
    let evidence_in_records = !holds.evidence && !view.is_pre_authorized() && !view.is_dot_com();
    let records = records::records(&view, evidence_in_records, holds);
    let sheet = html! {
        (changes::made(&view))
        (records)
        (checks::checks(&view, holds.check))
        @if !holds.hand_over { (contacts::alone(&view)) }
        (single::single(&view, holds, evidence_in_records && !records.0.is_empty()))
    };
    html! {
        (header::header(&view, holds.product))
        (not_saved(model))
        @if !model.missing_access.is_empty() && case.ticket.got().is_some() { (missing_access(model)) }
        (live(html! { @if let Some(notice) = &case.notice { (dropped(notice)) } }))
        (live(html! { @if let Some(said) = said.filter(|s| !s.error) { p.said { (said.text) } } }))
        @if let Some(said) = said.filter(|s| s.error) { p.error role="alert" { (said.text) } }
        (card.html())
        (note::progress(&view))
        (reply::progress(&view))
        @if !sheet.0.is_empty() { div.sheet { (sheet) } }
        (diagnose::diagnosis(model, world))
        (footer::foot(&view, holds.hand_over))
    }
}

/// Something can be read, but not every site: Tether does what it can.
fn missing_access(model: &Model) -> Markup {
    html! {
        div.error.warning role="group" aria-label="Allow access" {
            p { "Tether can’t read " (sites(&model.missing_access)) " yet." }
            div.actions { button type="button" data-grant=(model.missing_access.join(" ")) { "Allow access" } }
        }
    }
}

/// What was dropped of an earlier requester, until it was read.
fn dropped(says: &str) -> Markup {
    html! {
        div.notice {
            p { bdi { (one_line(says, 1500)) } }
            div.actions { button.quiet type="button" data-command="dismiss_notice" { "Dismiss" } }
        }
    }
}
