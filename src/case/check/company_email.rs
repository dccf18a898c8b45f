//! Step 5: nobody who writes from a free mail provider is associated.

use super::{Answer, Case, Definition, Rules};
use crate::case::contacts::CustomerDomains;
use crate::case::route::Route;
use crate::mail::{self, Address};
use crate::text::line::one_line;

pub(super) const CHECK: Definition = Definition {
    title: "Company email",
    key: "company_email",
    is_pre_check: false,
    failed: |_| "the address isn’t a company’s".to_owned(),
    marks: &[],
    applies: |_, route| *route != Route::GitLabCom,
    answer,
    looked_at,
    unreadable: |_| None,
    decidable: |_, found| matches!(found, Answer::ToDecide(_)),
};

/// The requester must write from a company's address. For others who are to join, the engineer
/// decides.
fn answer(case: &Case, rules: Rules<'_>) -> Answer {
    let Some(ticket) = case.ticket.got() else {
        return Answer::Unknown("the ticket has not been read".to_owned());
    };
    let sold_to = case.chain.sold_to();
    let pre_authorized = matches!(case.route(rules.words), Route::PreAuthorized(_));
    let own = ticket.requester.email.as_ref();
    let mut passed = "the requester’s address is of no free mail provider".to_owned();
    if !pre_authorized {
        let Some(email) = own else {
            return Answer::Unknown("the requester has no email address".to_owned());
        };
        let Ok(address) = email.address() else {
            return Answer::Unknown(format!(
                "the requester’s address cannot be read: “{}”",
                one_line(email.as_str(), 120)
            ));
        };
        match mail::judge(address, sold_to) {
            mail::Company::Company {
                same_as_sold_to: true,
            } => passed = format!("{} is Sold to’s domain too", address.domain()),
            mail::Company::Company {
                same_as_sold_to: false,
            } => {}
            mail::Company::Free => {
                return Answer::Failed(format!(
                    "the requester writes from {}, a free or disposable mail provider",
                    address.domain()
                ));
            }
            mail::Company::BelowFree { provider } => {
                return Answer::ToDecide(format!(
                    "the requester writes from {}, below {provider}, a free mail provider: is it a company’s address?",
                    address.domain()
                ));
            }
            mail::Company::LookAlike { of } => {
                return Answer::ToDecide(format!(
                    "{} looks like Sold to’s domain {of}, and is another: is it the customer’s?",
                    address.domain()
                ));
            }
        }
    } else {
        passed = "no one to add writes from a free mail provider".to_owned();
    }
    let mut odd = Vec::new();
    let domains = CustomerDomains::of(own, case.people().unwrap_or_default());
    let known: Vec<&str> = domains.iter().chain(sold_to.map(Address::domain)).collect();
    for address in case.contacts.ticked_addresses() {
        match mail::judge_beside(address, known.iter().copied()) {
            mail::Company::Company { .. } => {}
            mail::Company::BelowFree { provider } => odd.push(format!(
                "{address} is below {provider}, a free mail provider"
            )),
            mail::Company::Free => odd.push(format!(
                "{address} is of a free or disposable mail provider"
            )),
            mail::Company::LookAlike { of } => {
                odd.push(format!("{address} looks like {of}, and is another domain"))
            }
        }
    }
    if odd.is_empty() {
        Answer::Passed(passed)
    } else {
        Answer::ToDecide(format!("{}: add them all the same?", odd.join("; ")))
    }
}

/// The addresses that are to join the organization.
fn looked_at(case: &Case, rules: Rules<'_>) -> Vec<String> {
    case.joining(rules.words)
        .iter()
        .map(ToString::to_string)
        .collect()
}
