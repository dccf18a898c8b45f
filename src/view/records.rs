//! The records of the chain, what each shows, and a record that waits for a choice.

use maud::{Markup, html};

use super::field::Wrong;
use super::parts::{reading, shown};
use crate::app::{Model, World};
use crate::case::Case;
use crate::case::bare_ids::all_of;
use crate::case::chain::{Aside, AsideReason, Conflict, Disagreement};
use crate::case::organization::Found;
use crate::record::organization::Organization;
use crate::record::seen::{Record, Slot};
use crate::record::{Shown, SoldTo};

pub(super) fn records(model: &Model, case: &Case, world: World<'_>) -> Markup {
    html! {
        @if let Some(conflict) = &case.conflict { (waiting(conflict)) }
        @for one in &case.asides { (aside(case, one)) }
        @if case.chain.is_empty() {
            p.hint { "None yet. They appear here while you look at them in the Customers portal." }
        }
        @if !case.chain.is_empty() || case.organization.account.is_some() {
            ul.records {
                @for record in case.chain.held() { li.record { (head(&record)) (facts(&record)) } }
                @if case.organization.account.is_some() { li.record { (organization(model, case, world)) } }
            }
        }
        (bare_ids(case))
    }
}

/// `Copy IDs`: for the app that asks for them.
fn bare_ids(case: &Case) -> Markup {
    let ids = case.bare_ids();
    html! {
        @if !ids.is_empty() {
            div.actions { button type="button" data-command="copied" data-copy-text=(all_of(&ids)) { "Copy IDs" } }
            details {
                summary { "Copy one of them" }
                ul.ids {
                    @for id in &ids {
                        li {
                            span { (id.label) ": " (shown(&id.value, 320)) } " "
                            button.quiet type="button" data-command="copied" data-copy-text=(id.value) aria-label={ "Copy " (id.label) } { "Copy" }
                        }
                    }
                }
            }
        }
    }
}

fn head(record: &Record) -> Markup {
    let (slot, reference) = (record.slot().name(), record.reference());
    html! {
        div.record-head {
            strong { (record.kind()) }
            " "
            a href=(record.address()) target="_blank" rel="noreferrer" data-command="open_record" data-field-slot=(slot) data-field-record=(reference) { (record.number()) }
            " "
            @if record.slot() != Slot::Contact {
                button.quiet type="button" data-command="remove" data-field-slot=(slot) data-field-record=(reference) aria-label={ "Remove " (record.kind()) " " (record.number()) } { "Remove" }
            }
        }
    }
}

fn row(title: &str, value: Markup) -> Markup {
    html! { div { dt { (title) } dd { (value) } } }
}

fn value<T>(value: &Shown<T>, show: impl Fn(&T) -> Markup) -> Markup {
    html! {
        @match value {
            Shown::Value(v) => (show(v)),
            Shown::Absent => span.missing { "not shown" },
            Shown::Unreadable(text) => span.missing { "not readable: “" (shown(text, 120)) "”" },
        }
    }
}

fn text(v: &impl AsRef<str>) -> Markup {
    shown(v.as_ref(), 200)
}

fn plain(v: &impl std::fmt::Display) -> Markup {
    html! { (v.to_string()) }
}

fn yes_no(v: &bool) -> Markup {
    html! { (if *v { "Yes" } else { "No" }) }
}

fn facts(record: &Record) -> Markup {
    html! {
        dl.facts {
            @match record {
                Record::License(s) => {
                    (row("Trial", value(&s.record.trial, yes_no)))
                    (row("Subscription", value(&s.record.subscription_name, |n| shown(n.as_str(), 120))))
                    (row("Licensee", html! {
                        (value(&s.record.name, text)) ", " (value(&s.record.company, text)) ", " (value(&s.record.email, text))
                    }))
                    (row("Expires", value(&s.record.expires_at, plain)))
                }
                Record::CloudActivation(s) => {
                    (row("Code", value(&s.record.activation_code, |c| shown(c.as_str(), 40))))
                    (row("Trial", value(&s.record.trial, yes_no)))
                    (row("Subscription", value(&s.record.subscription_name, |n| shown(n.as_str(), 120))))
                }
                Record::Order(s) => {
                    (row("Subscription", value(&s.record.subscription_name, |n| shown(n.as_str(), 120))))
                    (row("Billing account", value(&s.record.billing_account, plain)))
                    (row("Ends", value(&s.record.end_date, plain)))
                }
                Record::BillingAccount(s) => {
                    (row("Name", value(&s.record.name, text)))
                    (row("Salesforce account", value(&s.record.salesforce_account, plain)))
                    (row("Sold to", value(&s.record.sold_to, sold_to)))
                }
                Record::Contact(s) => {
                    (row("Name", value(&s.record.name, text)))
                    (row("E-mail", value(&s.record.email, |email| shown(email.as_str(), 320))))
                }
            }
        }
    }
}

fn sold_to(who: &SoldTo) -> Markup {
    html! {
        @match who {
            SoldTo::Email { email, name: Some(name), .. } => { (shown(name, 200)) " " (shown(email.as_str(), 320)) }
            SoldTo::Email { email, name: None, .. } => (shown(email.as_str(), 320)),
            SoldTo::NameOnly { name, .. } => { (shown(name, 200)) " " span.missing { "(name only)" } }
        }
    }
}

fn organization(model: &Model, case: &Case, world: World<'_>) -> Markup {
    let wrong = Wrong::with(model, "organization", None, "organization");
    html! {
        div.record-head {
            strong { "Organization" }
            @if let Some(one) = case.organization.one() { " " (organization_link(case, one)) }
        }
        (reading(&case.organization.load, "the organization", world.now_ms))
        @match case.organization.found() {
            None | Some(Found::One(_)) => {}
            Some(Found::None) => p.missing { "No organization carries this Salesforce account." },
            Some(Found::Several(all)) => {
                form data-command="choose_organization" {
                    fieldset {
                        legend { (all.len()) " organizations carry this Salesforce account. Choose one:" }
                        @for one in all {
                            label {
                                input type="radio" name="organization" value=(one.id) checked[case.organization.chosen == Some(one.id)];
                                " " (organization_link(case, one))
                            }
                        }
                    }
                    (wrong.says())
                    div.actions { button type="submit" { "Choose organization" } }
                }
            }
        }
    }
}

fn organization_link(case: &Case, one: &Organization) -> Markup {
    html! {
        a href=(case.organization_url(one.id)) target="_blank" rel="noreferrer" { (shown(&one.name, 200)) }
        " " span.hint { (one.id) }
    }
}

fn waiting(conflict: &Conflict) -> Markup {
    let offered = conflict.offered.title();
    let reference = conflict.offered.reference();
    html! {
        div.conflict role="group" aria-labelledby="conflict-heading" {
            h3 #conflict-heading { (offered) " does not fit this case" }
            ul {
                @for why in &conflict.disagreements {
                    li {
                        @match why {
                            Disagreement::Another { held } => { "This case holds " (held) "; you looked at " (offered) "." }
                            Disagreement::Subscription { by, held, offered: other } => {
                                (by) " is of " (shown(held.as_str(), 100)) "; " (offered) " is of " (shown(other.as_str(), 100)) "."
                            }
                            Disagreement::Portal { by, held, offered: other } => { (by) " is of " (held) "; " (offered) " of " (other) "." }
                            Disagreement::Account { by, held, offered: other } => {
                                (by) " leads to billing account " (held) "; " (offered) " to " (other) "."
                            }
                        }
                    }
                }
            }
            div.actions {
                button type="button" data-command="keep_held" data-field-record=(reference) { "Keep what is held" }
                button type="button" data-command="take_offered" data-field-record=(reference) { "Use " (offered) }
            }
        }
    }
}

/// A record that was seen and may be this case's: only the engineer knows.
fn aside(case: &Case, Aside { record, why }: &Aside) -> Markup {
    let (title, reference, ticket) = (record.title(), record.reference(), case.key.ticket);
    html! {
        div.conflict role="group" aria-label=(title) {
            p {
                a href=(record.address()) target="_blank" rel="noreferrer" { (title) }
                @match why {
                    AsideReason::Unfocused => " is visible in a window where you were not working: it was not used.",
                    AsideReason::OpenBefore => " was open already when Tether started: it was not used.",
                    AsideReason::OfTicket(other) => { " was opened from ticket #" (other) " and went there." }
                    AsideReason::OtherPortal(own) => {
                        " is of " (shown(&record.host(), 100)) ". The portal for ticket #" (ticket) " is " (shown(own, 100)) ": it cannot be used."
                    }
                }
            }
            div.actions {
                button.quiet type="button" data-command="leave_aside" data-field-record=(reference) aria-label={ "Leave it: " (title) } { "Leave it" }
                @if !matches!(why, AsideReason::OtherPortal(_)) {
                    button type="button" data-command="use_aside" data-field-record=(reference) aria-label={ "Use it for #" (ticket) ": " (title) } { "Use it for #" (ticket) }
                }
            }
        }
    }
}
