//! Questions that only the engineer can answer.

use maud::{Markup, html};

use super::organization;
use crate::case::chain::{Aside, AsideReason, Conflict, Disagreement};
use crate::case::check::{Check, CheckName, Verdict};
use crate::case::organization::Found;
use crate::case::route::Route;
use crate::record::seen::{Record, Slot};
use crate::record::{Shown, SoldTo};
use crate::view::card_frame::{Card, Holds};
use crate::view::case_view::CaseView;
use crate::view::decide;
use crate::view::parts::shown;
use crate::view::product;

/// Which record counts.
pub(super) fn records(view: &CaseView<'_>) -> Option<Card> {
    let case = view.case;
    if let Some(conflict) = &case.conflict {
        return Some(which_counts(view, conflict));
    }
    let first = case.asides.last()?;
    let title = match &first.why {
        AsideReason::OtherPortal(_) => format!("{} can’t be used here", first.record.title()),
        _ => format!("Is {} for this ticket?", lower(&first.record)),
    };
    Some(Card::decide(
        title,
        html! { @for aside in &case.asides { (aside_question(view, aside)) } },
    ))
}

fn lower(record: &Record) -> String {
    format!("{} {}", record.kind().to_lowercase(), record.number())
}

fn which_counts(view: &CaseView<'_>, conflict: &Conflict) -> Card {
    let offered = &conflict.offered;
    let reference = offered.reference();
    let held = view.case.chain.at(offered.slot());
    let kind = offered.kind().to_lowercase();
    let other = conflict
        .disagreements
        .iter()
        .any(|d| matches!(d, Disagreement::Another { .. }));
    let number = held
        .as_ref()
        .map_or_else(|| "the records".to_owned(), |h| h.number().to_string());
    Card::decide(
        if other {
            format!("Which {kind} counts?")
        } else {
            format!("Does {} belong here?", lower(offered))
        },
        html! {
            ul { @for why in &conflict.disagreements { (disagreement(why, &offered.title())) } }
            div.versus {
                div {
                    h3 { "In this ticket" }
                    @match &held {
                        Some(held) => (side(held)),
                        None => p.hint { "No " (kind) " yet" },
                    }
                    button type="button" data-command="keep_held" data-field-record=(reference) { "Keep " (number) }
                }
                div {
                    h3 { "You opened" }
                    (side_marked(offered, held.as_ref()))
                    button type="button" data-command="take_offered" data-field-record=(reference) { "Use " (offered.number()) }
                }
            }
        },
    )
}

fn disagreement(why: &Disagreement, offered: &str) -> Markup {
    html! {
        @match why {
            Disagreement::Another { .. } => {},
            Disagreement::Subscription { by, held, offered: other } => li {
                (by) " is for subscription " span.nb { (shown(held.as_str(), 100)) } ", and " (offered) " is for " span.nb { (shown(other.as_str(), 100)) } "."
            },
            Disagreement::Portal { by, held, offered: other } => li { (by) " is on " (held) ", and " (offered) " is on " (other) "." },
            Disagreement::Account { by, held, offered: other } => li {
                (by) " leads to billing account " (held) ", and " (offered) " to " (other) "."
            },
        }
    }
}

fn side(record: &Record) -> Markup {
    html! {
        p {
            strong { (record.title()) }
            @if let Some(name) = record.subscription_name() { br; (shown(name.as_str(), 100)) }
            @if let Some(ends) = ends(record) { br; span.hint { (ends) } }
        }
    }
}

/// The same, with what differs in its subscription's name marked.
fn side_marked(record: &Record, held: Option<&Record>) -> Markup {
    let other = held.and_then(|h| h.subscription_name());
    html! {
        p {
            strong { (record.title()) }
            @if let Some(name) = record.subscription_name() {
                br;
                @match other {
                    Some(other) if other.as_str() != name.as_str() => {
                        @let (same, differs) = parted(name.as_str(), other.as_str());
                        bdi { (same) mark { (differs) } }
                    }
                    _ => (shown(name.as_str(), 100)),
                }
            }
            @if let Some(ends) = ends(record) { br; span.hint { (ends) } }
        }
    }
}

/// Splits a name where it begins to differ from another.
fn parted<'a>(name: &'a str, other: &str) -> (&'a str, &'a str) {
    let same: usize = name
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    name.split_at_checked(same).unwrap_or((name, ""))
}

fn ends(record: &Record) -> Option<String> {
    match record {
        Record::Order(s) => s.record.end_date.value().map(|day| format!("ends {day}")),
        Record::License(s) => s
            .record
            .expires_at
            .value()
            .map(|day| format!("expires {day}")),
        _ => None,
    }
}

/// A record that was seen and may be this case's.
fn aside_question(view: &CaseView<'_>, Aside { record, why }: &Aside) -> Markup {
    let (title, reference, ticket) = (record.title(), record.reference(), view.case.key.ticket);
    html! {
        div role="group" aria-label=(title) {
            p {
                a href=(record.address()) target="_blank" rel="noreferrer" { (title) }
                @match why {
                    AsideReason::Unfocused => " is visible in a window where you weren’t working, so it wasn’t used.",
                    AsideReason::OpenBefore => " was already open when Tether started, so it wasn’t used.",
                    AsideReason::OfTicket(other) => { " was opened from ticket #" (other) " and went there." }
                    AsideReason::OtherPortal(own) => {
                        " is on " (shown(&record.host(), 100)) ". The portal for ticket #" (ticket) " is " (shown(own, 100)) ", so it can’t be used."
                    }
                }
            }
            div.actions {
                @if !matches!(why, AsideReason::OtherPortal(_)) {
                    button type="button" data-command="use_aside" data-field-record=(reference) aria-label={ "Use it for #" (ticket) ": " (title) } { "Use it for #" (ticket) }
                }
                button type="button" data-command="leave_aside" data-field-record=(reference) aria-label={ "Leave it: " (title) } { "Leave it" }
            }
        }
    }
}

/// What the records don’t answer by themselves.
pub(super) fn checks(view: &CaseView<'_>) -> Option<Card> {
    let case = view.case;
    if let Some(Found::Several(_)) = case.organization.found()
        && case.organization.chosen().is_none()
    {
        return Some(Card::decide(
            "Choose the organization",
            organization::choice(view),
        ));
    }
    // Before the verdict the pre-checks can wait.
    let decided = view.verdict == Verdict::Entitled;
    let check = view
        .to_decide()
        .find(|c| decided || !c.name.is_pre_check())?;
    let holds = Holds {
        check: Some(check.name),
        ..Holds::default()
    };
    if check.name == CheckName::SoldToMatches && case.compared_address_is_open() {
        let sold_to = case.chain.sold_to_email();
        return Some(
            Card::decide(
                "Choose the address to compare",
                html! {
                    p {
                        "The ticket has no Subscription Email. "
                        @if let Some(sold_to) = sold_to { "Sold-to is " strong { (shown(sold_to, 320)) } ". " }
                        "Which address did the requester give?"
                    }
                    (decide::address(view, true))
                },
            )
            .holding(holds),
        );
    }
    if !check.decidable {
        return None;
    }
    Some(
        match check.name {
            CheckName::SoldToMatches => sold_to(view, check),
            CheckName::OrganizationNotes => notes(view, check),
            _ => other(view, check),
        }
        .holding(holds),
    )
}

fn other(view: &CaseView<'_>, check: &Check) -> Card {
    Card::decide(
        format!("Decide “{}”", check.name.title()),
        html! {
            p { bdi { (crate::view::card_frame::sentence(check.answer.why())) } }
            (decide::form(view, check, "Accept"))
        },
    )
}

fn sold_to(view: &CaseView<'_>, check: &Check) -> Card {
    let case = view.case;
    let shown_as = case
        .chain
        .billing_account()
        .map(|account| &account.record.sold_to);
    let by_contact = case.chain.contact().is_some();
    let compared = case.compared_address();
    let page = crate::app::next_page(view.model, &case.key, view.world)
        .filter(|_| case.chain.contact().is_none() && case.chain.at(Slot::Order).is_some());
    Card::decide(
        "Does Sold-to match the ticket?",
        html! {
            div.versus {
                div {
                    h3 { "Sold-to" }
                    p {
                        @match shown_as {
                            Some(Shown::Value(SoldTo::NameOnly { name, .. })) => {
                                strong { (shown(name, 200)) } br;
                                span.hint { @if by_contact { "Its contact shows no email" } @else { "A name, no email" } }
                            }
                            Some(Shown::Value(SoldTo::Email { email, name, .. })) => {
                                strong { (shown(email.as_str(), 320)) }
                                @if let Some(name) = name { br; span.hint { (shown(name, 200)) } }
                            }
                            Some(Shown::Absent | Shown::Unreadable(_)) | None => "Not shown",
                        }
                    }
                }
                div {
                    h3 { @if case.subscription_email().is_some() { "Subscription Email" } @else { "Address" } }
                    p {
                        @if let Some((text, _)) = &compared { strong { (shown(text, 80)) } }
                        br;
                        span.hint { "From the ticket" }
                    }
                }
            }
            @if by_contact { p { "The page of the Sold-to contact shows no email that Tether can read." } }
            @if !matches!(shown_as, Some(Shown::Value(SoldTo::NameOnly { .. }))) { p { bdi { (crate::view::card_frame::sentence(check.answer.why())) } } }
            (decide::form(view, check, "Accept"))
            @if let Some(page) = page {
                p { "Or " a href=(page.url) target="_blank" rel="noreferrer" data-command="open_next" { "open the Sold-to contact" } " to see its email." }
            }
            @if case.subscription_email().is_none() { (decide::address(view, true)) }
        },
    )
}

fn notes(view: &CaseView<'_>, check: &Check) -> Card {
    let organization = view
        .case
        .target(&view.world.profile.zendesk)
        .map(|o| o.label());
    Card::decide(
        "Read the organization’s notes",
        html! {
            p {
                "Do the notes of "
                strong { bdi { (organization.unwrap_or_default()) } }
                " allow the change?"
            }
            (decide::organization_notes(view))
            @if view.case.precheck.details.got().is_none_or(|d| d.notes.trim().is_empty() && d.details.trim().is_empty()) {
                p { bdi { (crate::view::card_frame::sentence(check.answer.why())) } }
            }
            (decide::read_notes(check))
        },
    )
}

/// Step 3, if the ticket does not tell the product.
pub(super) fn product_card(view: &CaseView<'_>) -> Option<Card> {
    if view.route != Route::Undecided {
        return None;
    }
    Some(
        Card::decide(
            "Which product is this about?",
            html! {
                form data-command="choose_product" {
                    (product::choices(view))
                    div.actions { button.primary type="submit" { "Choose product" } }
                }
                (crate::view::evidence::files(view))
                (crate::view::evidence::different(view))
            },
        )
        .holding(Holds {
            product: true,
            evidence: true,
            ..Holds::default()
        }),
    )
}
