//! The proposed reply follows the case, and the engineer's own choice stays until the outcome
//! changes.

use crate::support::office::Office;
use crate::support::sites::Sites;
use tether::app::event::Outcome;
use tether::app::{Event, reply_about};
use tether::case::reply::Outcome as About;

fn about(office: &Office) -> Option<About> {
    reply_about(office.browser.case(41), office.browser.world())
}

/// Carries out everything that waits.
fn work(office: &mut Office) {
    for _ in 0..500 {
        if !office.browser.reads.is_empty() {
            let (id, url) = office.browser.reads.remove(0);
            let answer = office.sites.answer(&url);
            office.tell(Event::Answered { id, answer });
        } else if !office.jobs.is_empty() {
            let (tab, job) = office.jobs.remove(0);
            let outcome: Outcome = office.sites.obey(&job);
            office.tell(Event::PageResult {
                tab,
                effect: job.number(),
                outcome,
            });
        } else if let Some(id) = office.waits.pop() {
            office.tell(Event::Waited { id });
        } else if !office.open_next() {
            return;
        }
    }
    panic!("it never ends");
}

/// The requester of ticket 41 gives no proof at first.
fn without_proof() -> Office {
    let mut sites = Sites::new();
    sites.comments.get_mut(&41).unwrap().clear();
    sites.says(41, 7, "Please associate me.");
    let mut office = Office::new(sites);
    office.tell(Event::PanelOpened);
    office.look_at_ticket(41);
    work(&mut office);
    office
}

fn associated(office: &mut Office) {
    office.sites.says(41, 7, "Our license ID is 410233.");
    office.press("refresh", &[]);
    work(office);
    office.press("trace", &[]);
    work(office);
    office.press("associate", &[]);
    work(office);
    assert_eq!(office.sites.organization_of(7), Some(91));
}

#[test]
fn after_the_association_the_reply_is_about_it_though_another_was_drafted_before() {
    let mut office = without_proof();
    assert_eq!(about(&office), Some(About::ProofAsked));
    office.press("draft_reply", &[("about", "proof_asked")]);
    work(&mut office);
    associated(&mut office);
    assert_eq!(about(&office), Some(About::ContactsAdded));
}

#[test]
fn the_engineers_own_choice_stays_while_the_outcome_is_the_same() {
    let mut office = without_proof();
    office.press("reply_about", &[("about", "company_email_needed")]);
    assert_eq!(about(&office), Some(About::CompanyEmailNeeded));
    office.press("refresh", &[]);
    work(&mut office);
    assert_eq!(about(&office), Some(About::CompanyEmailNeeded));
    office.press("draft_reply", &[("about", "company_email_needed")]);
    work(&mut office);
    assert_eq!(about(&office), Some(About::CompanyEmailNeeded));
    associated(&mut office);
    assert_eq!(
        about(&office),
        Some(About::ContactsAdded),
        "with another outcome the choice is over"
    );
}

#[test]
fn a_choice_is_taken_back_by_choosing_nothing() {
    let mut office = without_proof();
    office.press("reply_about", &[("about", "trial")]);
    office.press("reply_about", &[("about", "")]);
    assert_eq!(about(&office), Some(About::ProofAsked));
}
