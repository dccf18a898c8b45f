//! Reads the portal's answer to a step.

use crate::app::capture;
use crate::app::world::World;
use crate::case::trace::{Step, TraceProblem};
use crate::portal::{Page, address, reader};
use crate::reading::{self, Answer, ReadError, Response};
use crate::record::ids::CloudActivationId;
use crate::record::seen::{Record, Seen};
use crate::record::{BillingAccount, Listing, OrderRow};

/// The `Accept` header for pages. With any other, the portal answers with the record's data,
/// including the license key.
pub(in crate::app) const HTML: &str = "text/html";

/// The content of a step's page.
pub(in crate::app) enum Answered {
    /// The activation of the code.
    Activation(CloudActivationId),
    /// The orders of a subscription, unfiltered.
    Orders(Listing<OrderRow>),
    /// A billing account.
    Account(Seen<BillingAccount>),
    /// Any other record.
    Record(Record),
}

/// Reads the answer to a step with the same reader as the pages that the engineer browses.
pub(in crate::app) fn read(
    step: Step,
    number: u64,
    answer: &Answer,
    world: World<'_>,
) -> Result<Answered, TraceProblem> {
    let Answer::Response(response) = answer else {
        return Err(TraceProblem::Read(
            reading::json(answer, world.now_ms)
                .err()
                .unwrap_or(ReadError::Failed),
        ));
    };
    let words = &world.profile.portal;
    let page = match reader::read_answer(response, words) {
        Page::Blocked => return Err(TraceProblem::Read(ReadError::Blocked)),
        _ if matches!(response.status, 429 | 500..) => {
            return Err(TraceProblem::Read(
                reading::json(answer, world.now_ms)
                    .err()
                    .unwrap_or(ReadError::Failed),
            ));
        }
        Page::SignedOut => return Err(TraceProblem::Read(ReadError::SignedOut)),
        Page::NotAllowed => return Err(TraceProblem::Read(ReadError::NotAllowed)),
        Page::NotFound { .. } => return Err(TraceProblem::Read(ReadError::NotFound)),
        Page::ServerError => {
            return Err(TraceProblem::Read(ReadError::Server {
                status: response.status,
            }));
        }
        page => page,
    };
    let host = address::host_of(&response.url, words).ok_or(TraceProblem::NotThePage)?;
    match (step, page) {
        (Step::Search, Page::CloudActivationList(list)) => match list.rows.as_slice() {
            [] => Err(TraceProblem::NoActivation),
            [one] if list.total.is_none_or(|n| n <= 1) => Ok(Answered::Activation(one.id)),
            several => Err(TraceProblem::SeveralActivations(
                list.total.unwrap_or(several.len() as u64),
            )),
        },
        (Step::Orders, Page::OrderList(list)) => Ok(Answered::Orders(list)),
        (Step::Search | Step::Orders, _) => Err(not_the_page(response)),
        (step, page) => match capture::record_of(page, &host, words)
            .filter(|r| r.number() == number && fits(step, r))
        {
            Some(Record::BillingAccount(account)) => Ok(Answered::Account(account)),
            Some(record) => Ok(Answered::Record(record)),
            None => Err(not_the_page(response)),
        },
    }
}

/// The answer is not the page that was read. It may be a sign-in page, which can appear at any URL.
fn not_the_page(response: &Response) -> TraceProblem {
    if reading::is_sign_in_page(response) {
        TraceProblem::Read(ReadError::SignedOut)
    } else {
        TraceProblem::NotThePage
    }
}

fn fits(step: Step, record: &Record) -> bool {
    matches!(
        (step, record),
        (Step::License, Record::License(_))
            | (Step::Activation, Record::CloudActivation(_))
            | (Step::Order, Record::Order(_))
            | (Step::Account, Record::BillingAccount(_))
            | (Step::Contact, Record::Contact(_))
    )
}
