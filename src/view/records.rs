//! The chain as one list: each record's number, what matters about it, and how far Trace got.

use maud::{Markup, html};

use super::card_frame::Holds;
use super::case_view::CaseView;
use super::evidence;
use super::parts::{Tone, reading, shown};
use crate::case::bare_ids::all_of;
use crate::case::check::{Answer, CheckName};
use crate::case::dot_com::Attempt;
use crate::case::load::Load;
use crate::case::organization::Found;
use crate::case::trace::{Step, StepState, TraceProblem};
use crate::reading::ReadError;
use crate::record::organization::Organization;
use crate::record::seen::{Record, Slot};
use crate::record::{Shown, SoldTo};
use crate::text::line::one_line;

/// The section; nothing as long as there is neither a proof nor a record. `evidence`: whether the other ways to give a proof belong here.
pub(super) fn records(view: &CaseView<'_>, evidence: bool, holds: Holds) -> Markup {
    let case = view.case;
    let dot_com = view.is_dot_com() && case.chain.is_empty();
    let begun = case.organization.account.is_some()
        || !case.chain.is_empty()
        || if dot_com {
            case.dot_com.attempt == Some(Attempt::AppFailed)
        } else {
            !case.proofs.found.is_empty()
        };
    if !begun || view.is_pre_authorized() && case.chain.is_empty() {
        return html! {};
    }
    let list = html! {
        ol.records {
            @if !dot_com {
                @for slot in [Slot::Proof, Slot::Order, Slot::BillingAccount] { (line(view, slot, evidence)) }
                @if case.chain.contact().is_some() { (line(view, Slot::Contact, evidence)) }
            }
            (organization(view))
        }
    };
    let found = case
        .chain
        .held()
        .filter(|r| r.slot() != Slot::Contact)
        .count()
        + usize::from(case.organization.one().is_some());
    let of = if dot_com { 1 } else { 4 };
    let ids_to_copy = html! { @if !holds.ids { (copy_ids(view, false)) } };
    html! {
        section aria-labelledby="records-heading" {
            @if holds.folds_records {
                div.checks-line.signed.fold.(if found == of { Tone::Good } else { Tone::Open }.class()) {
                    h2 #records-heading { "Records" } " "
                    p { (found) " of " (of) " found" }
                    details #all-records { summary aria-label="Show the records" {} (list) (ids_to_copy) }
                }
            } @else {
                div.bar { h2 #records-heading { "Records" } (ids_to_copy) }
                (list)
            }
        }
    }
}

/// `Copy IDs`: for the app that asks for them.
pub(super) fn copy_ids(view: &CaseView<'_>, leads: bool) -> Markup {
    let ids = view.case.bare_ids();
    html! {
        @if !ids.is_empty() {
            button.primary[leads].quiet[!leads] type="button" data-command="copied" data-copy-text=(all_of(&ids)) { "Copy IDs" }
        }
    }
}

/// The IDs one by one, under *More*.
pub(super) fn single_ids(view: &CaseView<'_>) -> Markup {
    let ids = view.case.bare_ids();
    html! {
        @if ids.len() > 1 {
            details.unfold #single-ids {
                summary { "Copy one ID" }
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

fn line(view: &CaseView<'_>, slot: Slot, evidence: bool) -> Markup {
    let case = view.case;
    let id = format!("record-{}", slot.name());
    let conflict = case
        .conflict
        .as_ref()
        .is_some_and(|c| c.offered.slot() == slot);
    match case.chain.at(slot) {
        Some(record) => {
            let tone = if conflict {
                Tone::Open
            } else {
                tone(view, slot)
            };
            html! {
                li.record.signed.fold.(tone.class()) id=(id) data-key=(slot.name()) {
                    p {
                        strong { (record.kind()) } " "
                        a href=(record.address()) target="_blank" rel="noreferrer" data-command="open_record" data-field-slot=(record.slot().name()) data-field-record=(record.reference()) { (record.number()) }
                    }
                    p.hint { (summary(view, &record)) @if conflict { " · " b { "conflict" } } }
                    details id={ (id) "-details" } {
                        summary aria-label={ "Details of " (record.kind().to_lowercase()) " " (record.number()) } {}
                        (facts(&record))
                        @if slot == Slot::Proof && evidence { (evidence::given(view)) (evidence::different(view)) }
                        @if slot == Slot::Order { (super::trace::orders(view)) }
                        @if slot != Slot::Contact {
                            div.actions {
                                button type="button" data-command="remove" data-field-slot=(record.slot().name()) data-field-record=(record.reference()) aria-label={ "Remove " (record.kind().to_lowercase()) " " (record.number()) } { "Remove" }
                            }
                        }
                    }
                }
            }
        }
        None => waiting(view, slot, &id, evidence),
    }
}

/// A record that is not there yet, with what Trace says about it.
fn waiting(view: &CaseView<'_>, slot: Slot, id: &str, evidence: bool) -> Markup {
    let case = view.case;
    let chosen = case.proofs.chosen().filter(|_| slot == Slot::Proof);
    let title = match (slot, chosen) {
        (Slot::Proof, Some(proof)) => proof.kept.kind(),
        (Slot::Proof, None) => "License",
        (Slot::Order, _) => "Order",
        (Slot::BillingAccount, _) => "Billing account",
        (Slot::Contact, _) => "Sold-to contact",
    };
    let steps: &[Step] = match slot {
        Slot::Proof => &[Step::Activation, Step::Search, Step::License],
        Slot::Order => &[Step::Order, Step::Orders],
        Slot::BillingAccount => &[Step::Account],
        Slot::Contact => &[Step::Contact],
    };
    let state = steps.iter().find_map(|step| case.trace.steps.get(step));
    let (tone, says): (Tone, Markup) = match state {
        Some(StepState::Code | StepState::Asking(_)) if case.trace.is_running() => (
            Tone::Busy,
            html! { span aria-busy="true" { "Looking it up…" } },
        ),
        Some(StepState::Failed(problem)) => (Tone::Bad, html! { b { (short(problem)) } }),
        Some(StepState::Got(_)) if slot == Slot::Order => match &case.trace.orders {
            Some(orders) if orders.rows.len() > 1 => (
                Tone::Open,
                html! { (orders.rows.len()) " orders to choose from" },
            ),
            _ => (Tone::Wait, html! {}),
        },
        _ if chosen.is_some() => (Tone::Calm, html! { "Not looked up yet" }),
        _ => (Tone::Wait, html! {}),
    };
    html! {
        li.record.signed.fold.(tone.class()) id=(id) data-key=(slot.name()) {
            p {
                strong { (title) }
                @if let Some(proof) = chosen { " " span { (proof.kept.label()) } }
                @if tone == Tone::Wait { span.unseen { ": not looked up yet" } }
            }
            @if tone != Tone::Wait { p.hint { (says) } }
            @if slot == Slot::Order && tone == Tone::Open { details id={ (id) "-details" } open { summary aria-label="Choose the order" {} (super::trace::orders(view)) } }
            @if chosen.is_some() && evidence {
                details id={ (id) "-details" } {
                    summary aria-label="Details of the proof" {}
                    (evidence::given(view))
                    (evidence::different(view))
                }
            }
        }
    }
}

/// What happened, in a few words: the card says what to do.
fn short(problem: &TraceProblem) -> &'static str {
    match problem {
        TraceProblem::Read(ReadError::SignedOut) => "Not read: you’re signed out",
        TraceProblem::Read(ReadError::NotFound) => "Not found",
        TraceProblem::Read(_) | TraceProblem::NotThePage => "Couldn’t be read",
        TraceProblem::NoAccess => "Not read: no access to the portal",
        TraceProblem::NoActivation
        | TraceProblem::NoOrders
        | TraceProblem::NoAccount
        | TraceProblem::NoSubscription
        | TraceProblem::CodeGone => "Not found",
        TraceProblem::SeveralActivations(_) => "Several found",
        TraceProblem::Closed(_) | TraceProblem::Nameless => "The key can’t be opened",
    }
}

/// The mark of a record, from the checks that are about it.
fn tone(view: &CaseView<'_>, slot: Slot) -> Tone {
    tone_of(view, |check| check.marks().contains(&slot))
}

fn tone_of(view: &CaseView<'_>, is_about: impl Fn(CheckName) -> bool) -> Tone {
    let answers = || {
        view.checks
            .iter()
            .filter(|check| is_about(check.name))
            .map(|check| &check.answer)
    };
    if answers().any(|a| matches!(a, Answer::Failed(_))) {
        Tone::Bad
    } else if answers().any(|a| matches!(a, Answer::ToDecide(_))) {
        Tone::Open
    } else {
        Tone::Good
    }
}

/// What matters about a record, in one line.
fn summary(view: &CaseView<'_>, record: &Record) -> Markup {
    let trial = |trial: &Shown<bool>| match trial {
        Shown::Value(false) => html! { "Not a trial" },
        Shown::Value(true) => html! { b { "Trial" } },
        Shown::Absent | Shown::Unreadable(_) => html! { "Trial not readable" },
    };
    let name = |name: &Shown<crate::record::ids::SubscriptionName>| match name {
        Shown::Value(name) => shown(name.as_str(), 60),
        Shown::Absent | Shown::Unreadable(_) => html! { "no subscription" },
    };
    let day = |word: &str, day: &Shown<crate::day::Day>| {
        html! {
            @match day {
                Shown::Value(day) => { " · " span.nb { (word) " " (day) } }
                Shown::Absent | Shown::Unreadable(_) => {}
            }
        }
    };
    html! {
        @match record {
            Record::License(s) => { (trial(&s.record.trial)) " · " (name(&s.record.subscription_name)) (day("expires", &s.record.expires_at)) }
            Record::CloudActivation(s) => { (trial(&s.record.trial)) " · " (name(&s.record.subscription_name)) }
            Record::Order(s) => { (name(&s.record.subscription_name)) (day("ends", &s.record.end_date)) }
            Record::BillingAccount(s) => {
                "Sold-to "
                @let to = sold_to_short(&s.record.sold_to);
                @if tone(view, Slot::BillingAccount) == Tone::Good { (to) } @else { b { (to) } }
            }
            Record::Contact(s) => {
                @match &s.record.email { Shown::Value(email) => (shown(email.as_str(), 320)), Shown::Absent | Shown::Unreadable(_) => "no email" }
            }
        }
    }
}

fn sold_to_short(who: &Shown<SoldTo>) -> Markup {
    html! {
        @match who {
            Shown::Value(SoldTo::Email { email, .. }) => (shown(email.as_str(), 320)),
            Shown::Value(SoldTo::NameOnly { name, .. }) => { (shown(name, 120)) ", no email" }
            Shown::Absent => "not shown",
            Shown::Unreadable(_) => "not readable",
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
                    (row("Sold-to", value(&s.record.sold_to, sold_to)))
                }
                Record::Contact(s) => {
                    (row("Name", value(&s.record.name, text)))
                    (row("Email", value(&s.record.email, |email| shown(email.as_str(), 320))))
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

fn organization(view: &CaseView<'_>) -> Markup {
    let case = view.case;
    let one = case.organization.one();
    let tone = match (&case.organization.load, one) {
        (Load::Asking, _) => Tone::Busy,
        (Load::Failed(_), _) | (Load::Got(Found::None), _) => Tone::Bad,
        (Load::Got(_), None) => Tone::Open,
        (Load::Got(_), Some(_)) => match tone_of(view, CheckName::is_pre_check) {
            Tone::Bad => Tone::Open,
            other => other,
        },
        (Load::NotAsked, _) => Tone::Wait,
    };
    html! {
        li.record.signed.fold.(tone.class()) #record-organization data-key="organization" {
            p {
                strong { "Organization" }
                @if let Some(one) = one { " " (organization_link(view, one)) }
                @if tone == Tone::Wait { span.unseen { ": not looked up yet" } }
            }
            @match (&case.organization.load, one) {
                (Load::NotAsked, _) => {}
                (Load::Asking, _) => p.hint { span aria-busy="true" { "Looking it up…" } },
                (Load::Failed(_), _) => (reading(&case.organization.load, "the organization", view.world.now_ms)),
                (Load::Got(Found::None), _) => p.hint { b { "None has this Salesforce account" } },
                (Load::Got(Found::Several(all)), None) => p.hint { b { (all.len()) " match" } ", choose one above" },
                (Load::Got(_), Some(one)) => {
                    p.hint { (about(view, one)) }
                    details #record-organization-details {
                        summary aria-label={ "Details of organization " (one.id) } {}
                        dl.facts {
                            (row("ID", plain(&one.id)))
                            @if let Some(account) = case.salesforce_account() { (row("Salesforce account", plain(account))) }
                        }
                        @if let Some(Found::Several(_)) = case.organization.found() { (super::card::organization::choice(view)) }
                    }
                }
                (Load::Got(_), None) => {}
            }
        }
    }
}

fn about(view: &CaseView<'_>, one: &Organization) -> Markup {
    let precheck = &view.case.precheck;
    let people = precheck.people.got().map(|_| precheck.contacts().count());
    let limit = view.world.profile.zendesk.contact_limit;
    html! {
        "ID " (one.id)
        @if let Some(count) = people { " · " (count) " of " (limit) " contacts" }
        @if let Load::Got(details) = &precheck.details {
            " · "
            @if details.notes.trim().is_empty() && details.details.trim().is_empty() { "no notes" } @else { b { "has notes" } }
        }
    }
}

fn organization_link(view: &CaseView<'_>, one: &Organization) -> Markup {
    html! {
        a href=(view.case.organization_url(one.id)) target="_blank" rel="noreferrer" title=(one_line(&one.name, 200)) { (shown(&one.name, 200)) }
    }
}
