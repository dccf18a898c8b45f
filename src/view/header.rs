//! The top of a case: its ticket, who asks, and the verdict.

use maud::{Markup, html};

use super::case_view::CaseView;
use super::parts::{address, reading, shown};
use super::{product, verdict_line};
use crate::case::Case;
use crate::case::load::Load;
use crate::case::metadata::ProblemType;
use crate::case::product::Product;
use crate::record::ticket::{OrganizationRef, Ticket};
use crate::text::line::one_line;

pub(super) fn header(view: &CaseView<'_>, product_in_card: bool) -> Markup {
    let case = view.case;
    let ticket = case.ticket.got();
    html! {
        // What is pressed below is about this case.
        header.case data-case-host=(case.key.host) data-case-ticket=(case.key.ticket) {
            div.title {
                h1 { "Ticket #" (case.key.ticket) }
                @if let Some(ticket) = ticket {
                    p.subject title=(one_line(&ticket.subject, 400)) { (shown(&ticket.subject, 200)) }
                }
            }
            section.who.fold aria-labelledby="requester-heading" {
                h2 #requester-heading.unseen { "Requester" }
                @match ticket {
                    Some(ticket) => (who(view, ticket, product_in_card)),
                    None => {
                        // As high as it will be, so that nothing moves when the ticket is there.
                        p { "\u{a0}" }
                        p.hint { "\u{a0}" }
                    }
                }
            }
            (verdict_line::verdict_line(view))
        }
        @if let Load::Failed(_) = case.form { (reading(&case.form, "the ticket’s form", view.world.now_ms)) }
        @if let Some(Load::Failed(error)) = view.model.fields.get(&case.key.host).map(|f| &f.load) {
            (reading(&Load::<()>::Failed(error.clone()), "the ticket fields", view.world.now_ms))
        }
    }
}

/// The organization of the requester. Zendesk may give its number alone; the case knows its name if it is the one that was found.
fn belongs_to(case: &Case, organization: &OrganizationRef) -> Markup {
    let found = case
        .organization
        .one()
        .filter(|one| one.id == organization.id && organization.name.is_none());
    html! {
        a href=(case.organization_url(organization.id)) target="_blank" rel="noreferrer" {
            bdi { @if let Some(found) = found { (shown(&found.name, 200)) } @else { (organization.label()) } }
        }
    }
}

fn who(view: &CaseView<'_>, ticket: &Ticket, product_in_card: bool) -> Markup {
    let case = view.case;
    let requester = &ticket.requester;
    let product = case.product(&view.world.profile.zendesk);
    html! {
        p {
            strong { (shown(&requester.name, 200)) } " "
            @if let Some(email) = &requester.email { bdi.hint { (one_line(email.as_str(), 320)) } }
        }
        p.hint {
            (product.map_or("Product not known", name)) " · "
            @match &requester.organization {
                Some(organization) => (belongs_to(case, organization)),
                None => "no organization yet",
            }
        }
        details #requester-details {
            summary aria-label="Requester details" {}
            dl.facts {
                div { dt { "Subject" } dd { (shown(&ticket.subject, 400)) } }
                div { dt { "Name" } dd { (shown(&requester.name, 200)) } }
                div { dt { "Email" } dd {
                    @match &requester.email { Some(email) => (address(email.as_str(), 320)), None => span.missing { "none" } }
                } }
                div { dt { "Organization" } dd {
                    @match &requester.organization {
                        Some(organization) => (belongs_to(case, organization)),
                        None => span.missing { "none yet" },
                    }
                } }
                (field("Problem type", case.field_value(|f| f.problem_type).map(|v| case.option_name(v))))
                (field("Product type", case.field_value(|f| f.product_type).map(|v| case.option_name(v))))
                (field("Subscription Email", case.subscription_email()))
            }
            @if let ProblemType::CannotSet(why) = case.problem_type(&view.world.profile.zendesk) { p.hint { (one_line(&why, 300)) } }
            @if !in_plan(view) { (super::plan::problem_type_alone(view)) }
            @if !product_in_card { (product::change(view)) }
        }
    }
}

fn name(product: Product) -> &'static str {
    match product {
        Product::GitLabCom => "GitLab.com",
        Product::SelfManaged => "GitLab Self-Managed",
        Product::Dedicated => "GitLab Dedicated",
    }
}

/// Whether the card offers to set the problem type.
fn in_plan(view: &CaseView<'_>) -> bool {
    use crate::case::plan::StepKind;
    let offered = view.offer.as_ref();
    view.run().is_none() && offered.is_some_and(|o| o.step(StepKind::ProblemType).is_some())
}

fn field(title: &str, value: Option<&str>) -> Markup {
    html! {
        div {
            dt { (title) }
            dd { @match value { Some(value) => (shown(value, 200)), None => span.missing { "empty" } } }
        }
    }
}
