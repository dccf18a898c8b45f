//! Orders to choose from, and how Trace is started.

use maud::{Markup, html};

use super::case_view::CaseView;
use crate::app::trace_can_start;
use crate::case::trace::Orders;
use crate::record::{OrderRow, Shown};
use crate::text::line::one_line;

/// Whether Trace could bring something, and isn’t at work.
pub(super) fn can_start(view: &CaseView<'_>) -> bool {
    trace_can_start(view.model, view.case) && !view.case.trace.is_running()
}

/// Several orders of one subscription: the engineer can take another one than the proposed one.
pub(super) fn orders(view: &CaseView<'_>) -> Markup {
    let (case, world) = (view.case, view.world);
    let Some(orders) = &case.trace.orders else {
        return html! {};
    };
    let held = case.chain.order().map(|o| o.record.id).or(case.trace.order);
    html! {
        @if orders.rows.len() > 1 {
            form data-command="choose_order" {
                fieldset {
                    legend { "Orders of this subscription" }
                    @for row in &orders.rows {
                        label.choice {
                            input type="radio" name="order" value=(row.id) checked[held == Some(row.id)];
                            span { "Order " (row.id) ": " (dates(row)) @if Orders::is_active(row, world.today()) { " (active)" } }
                        }
                    }
                }
                @match orders.further {
                    Some(0) => {}
                    Some(further) => p.hint { (further) " more on further pages of the list." },
                    None => p.hint { "The list doesn’t say how many there are in all. Further pages may hold more." },
                }
                div.actions { button type="submit" disabled[case.chain.proof().is_none()] { "Use this order" } }
            }
        }
    }
}

fn dates(row: &OrderRow) -> Markup {
    let day = |shown: &Shown<crate::day::Day>| match shown {
        Shown::Value(day) => day.to_string(),
        Shown::Absent => "no date shown".to_owned(),
        Shown::Unreadable(text) => one_line(text, 40),
    };
    html! { bdi { (day(&row.start_date)) " to " (day(&row.end_date)) } }
}
