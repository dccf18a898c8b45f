//! Who asks, and the ticket's metadata (steps 1 to 3).

use maud::{Markup, html};

use super::parts::{address, reading, shown};
use super::tasks::tasks;
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::change::{Change, TaskState};
use crate::case::load::Load;
use crate::case::metadata::{FormIs, ProblemType};
use crate::case::product::Product;
use crate::text::line::one_line;

pub(super) fn requester(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let fields = model.fields.get(&case.key.host).map(|f| &f.load);
    html! {
        (reading(&case.ticket, "the ticket", world.now_ms))
        @if let Some(fields) = fields { (reading(fields, "the ticket fields", world.now_ms)) }
        @if let Load::Got(ticket) = &case.ticket {
            (form(case, world))
            dl.facts {
                div { dt { "Name" } dd { (shown(&ticket.requester.name, 200)) } }
                div { dt { "E-mail" } dd {
                    @match &ticket.requester.email { Some(email) => (address(email.as_str(), 320)), None => span.missing { "none" } }
                } }
                div { dt { "Organization" } dd {
                    @match &ticket.requester.organization {
                        Some(organization) => a href=(case.organization_url(organization.id)) target="_blank" rel="noreferrer" {
                            @match &organization.name { Some(name) => (shown(name, 200)), None => (organization.id) }
                        },
                        None => span.missing { "none yet" },
                    }
                } }
                (field("Problem type", case.field_value(|f| f.problem_type).map(|v| case.option_name(v))))
                (field("Product type", case.field_value(|f| f.product_type).map(|v| case.option_name(v))))
                (field("Subscription Email", case.subscription_email()))
            }
            (problem_type(case, world))
            (product(case, world))
            (tasks(case, "Metadata", |change| matches!(change, Change::ProblemType { .. } | Change::Note { .. } | Change::RestoreField { .. }), world.now_ms))
            @if case.tasks.iter().any(|t| matches!(t.change, Change::ProblemType { .. }) && t.state == TaskState::Done) {
                p.hint { "If the ticket's page says that the ticket was changed meanwhile, refresh it there before you submit." }
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

fn form(case: &Case, world: World<'_>) -> Markup {
    html! {
        (reading(&case.form, "the ticket's form", world.now_ms))
        @if let FormIs::Wrong(name) = case.form_is(&world.profile.zendesk) {
            p.error role="alert" {
                "This ticket was filed with the form “" (shown(&name, 80)) "”, which is not for association. Tether goes no further with it: change the form in Zendesk, then read again."
            }
        }
    }
}

/// `Set problem type` (step 1).
fn problem_type(case: &Case, world: World<'_>) -> Markup {
    let words = &world.profile.zendesk;
    let wrong_form = matches!(case.form_is(words), FormIs::Wrong(_));
    let busy = case
        .tasks
        .iter()
        .any(|t| matches!(t.change, Change::ProblemType { .. }) && !t.is_over());
    html! {
        @match case.problem_type(words) {
            ProblemType::Set(_) | ProblemType::Unknown => {}
            ProblemType::CannotSet(why) => p.hint { (one_line(&why, 300)) },
            ProblemType::ToSet { now, wanted } => {
                p.hint #problem-type-why {
                    @match now {
                        None => "Support Ops Problem Type is empty; it should be “",
                        Some(_) => "Support Ops Problem Type is another; it should be “",
                    }
                    (shown(&wanted.name, 100)) "”."
                }
                div.actions {
                    button type="button" data-command="set_problem_type" disabled[wrong_form || busy] aria-describedby="problem-type-why" { "Set problem type" }
                }
            }
        }
    }
}

/// Step 3: the product, where the ticket does not tell it.
fn product(case: &Case, world: World<'_>) -> Markup {
    let told = case.product(&world.profile.zendesk);
    html! {
        @if case.found_in.is_none() && (told.is_none() || case.product.is_some()) {
            form data-command="choose_product" {
                fieldset {
                    legend { "Which product?" }
                    @for product in Product::ALL {
                        label {
                            input type="radio" name="product" value=(product.key()) checked[told == Some(*product)];
                            " " (product.title())
                        }
                    }
                }
                div.actions { button.quiet type="submit" { "Use this product" } }
            }
        }
    }
}
