//! The rules of a case (handbook steps 6 to 12): which records belong together, the checks and their verdict, the note to the letter.

use crate::support::*;
use tether::case::Case;
use tether::case::chain::{Chain, Conflict, Disagreement, Offer};
use tether::case::check::{Answer, Check, CheckName, Decision, Verdict, checks, verdict};
use tether::case::load::Load;
use tether::case::note::Note;
use tether::case::organization::Found;
use tether::profile::zendesk::Process;
use tether::reading::ReadError;
use tether::record::seen::{Record, Seen, Slot};
use tether::record::{Shown, SoldTo};
use time::Date;
use time::macros::date;

fn conflict(offer: Offer) -> Conflict {
    match offer {
        Offer::Conflict(conflict) => *conflict,
        other => panic!("no conflict: {other:?}"),
    }
}

fn found(case: &Case, name: CheckName) -> Answer {
    found_on(case, name, TODAY)
}

fn found_on(case: &Case, name: CheckName, today: Date) -> Answer {
    one(case, name, today).found
}

fn one(case: &Case, name: CheckName, today: Date) -> Check {
    checks(case, rules(today))
        .into_iter()
        .find(|c| c.name == name)
        .unwrap()
}

fn decided(case: &mut Case, name: CheckName, accepted: bool, reason: &str) {
    let check = one(case, name, TODAY);
    assert!(check.decidable, "{name:?}: {:?}", check.found);
    let reason = reason.to_owned();
    case.decisions.push(Decision {
        check: name.key().to_owned(),
        accepted,
        reason,
        about: check.found,
        records: check.records,
    });
}

fn with_license(change: impl FnOnce(&mut tether::record::License)) -> Case {
    let mut case = entitled();
    let mut seen = license(410_233, SUB);
    change(&mut seen.record);
    case.chain.take(Record::License(seen));
    case
}

fn with_sold_to(sold_to: Shown<SoldTo>) -> Case {
    let mut case = entitled();
    let mut seen = account(9_001, by_email(SOLD_TO));
    seen.record.sold_to = sold_to;
    case.chain.take(Record::BillingAccount(seen));
    case
}

fn with_email(email: &str) -> Case {
    with_sold_to(Shown::Value(by_email(email)))
}

fn note(case: &Case) -> Note {
    let checks = checks(case, rules(TODAY));
    Note::of(case, &checks, &verdict(&checks), Process::Handbook)
}

fn says(case: &Case) -> Verdict {
    verdict(&checks(case, rules(TODAY)))
}

// ---- the chain ----

#[test]
fn a_chain_takes_records_that_lead_to_one_another() {
    let mut chain = Chain::default();
    assert!(chain.is_empty());
    for record in [
        Record::License(license(410_233, SUB)),
        Record::Order(order(700_101, SUB, 9_001)),
        Record::BillingAccount(account(9_001, by_email(SOLD_TO))),
    ] {
        assert_eq!(chain.offer(record.clone()), Offer::Taken);
        assert_eq!(chain.offer(record), Offer::Known);
    }
    assert_eq!(
        chain.held().map(|r| r.number()).collect::<Vec<_>>(),
        [410_233, 700_101, 9_001]
    );
    assert!(chain.belonging().against.is_empty());
    assert!(chain.belonging().missing.is_empty());
}

#[test]
fn records_may_come_in_any_order() {
    let mut chain = Chain::default();
    assert_eq!(
        chain.offer(Record::BillingAccount(account(9_001, by_email(SOLD_TO)))),
        Offer::Taken
    );
    assert_eq!(
        chain.offer(Record::Order(order(700_101, SUB, 9_001))),
        Offer::Taken
    );
    assert_eq!(
        chain.offer(Record::CloudActivation(activation(30_011, SUB))),
        Offer::Taken
    );
    assert_eq!(
        chain.held().map(|r| r.number()).collect::<Vec<_>>(),
        [30_011, 700_101, 9_001]
    );
}

#[test]
fn an_orders_subscription_must_equal_the_proofs_exactly() {
    for other in [
        "A-S001044171",
        "A-S0010441",
        "A-S00104418",
        "a-s00104417",
        "XA-S00104417",
    ] {
        let mut chain = Chain::default();
        chain.take(Record::License(license(410_233, SUB)));
        let conflict = conflict(chain.offer(Record::Order(order(700_101, other, 9_001))));
        let expected = Disagreement::Subscription {
            by: "License 410233".to_owned(),
            held: sub(SUB),
            offered: sub(other),
        };
        assert_eq!(conflict.disagreements, [expected], "{other}");
        assert!(
            chain.order().is_none(),
            "what disagrees is not taken: {other}"
        );
    }
}

#[test]
fn the_billing_account_must_be_the_one_that_the_order_links_to() {
    let mut chain = Chain::default();
    chain.take(Record::Order(order(700_101, SUB, 9_001)));
    let offered = Record::BillingAccount(account(9_002, by_email(SOLD_TO)));
    let conflict = conflict(chain.offer(offered.clone()));
    let expected = Disagreement::Account {
        by: "Order 700101".to_owned(),
        held: account_id(9_001),
        offered: account_id(9_002),
    };
    assert_eq!(conflict.disagreements, [expected]);
    assert_eq!(conflict.offered, offered);
    assert_eq!(
        chain.offer(Record::BillingAccount(account(9_001, by_email(SOLD_TO)))),
        Offer::Taken
    );
}

#[test]
fn a_cloud_activation_that_links_another_billing_account_disagrees_with_the_order() {
    let mut chain = Chain::default();
    let mut seen = activation(30_011, SUB);
    seen.record.billing_account = Shown::Value(account_id(9_002));
    chain.take(Record::CloudActivation(seen));
    let conflict = conflict(chain.offer(Record::Order(order(700_101, SUB, 9_001))));
    let expected = Disagreement::Account {
        by: "Cloud activation 30011".to_owned(),
        held: account_id(9_002),
        offered: account_id(9_001),
    };
    assert_eq!(conflict.disagreements, [expected]);
}

#[test]
fn a_second_record_for_a_place_is_a_conflict_even_if_it_agrees_otherwise() {
    let mut chain = Chain::default();
    chain.take(Record::License(license(410_233, SUB)));
    chain.take(Record::Order(order(700_101, SUB, 9_001)));
    chain.take(Record::BillingAccount(account(9_001, by_email(SOLD_TO))));
    let another = |offer| match conflict(offer).disagreements.as_slice() {
        [Disagreement::Another { held }] => held.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        another(chain.offer(Record::License(license(410_234, SUB)))),
        "License 410233"
    );
    assert_eq!(
        another(chain.offer(Record::Order(order(700_102, SUB, 9_001)))),
        "Order 700101"
    );
}

#[test]
fn a_case_never_has_a_license_and_a_cloud_activation() {
    let mut chain = Chain::default();
    chain.take(Record::License(license(410_233, SUB)));
    // The same number of another kind is another record.
    let offered = Record::CloudActivation(activation(410_233, SUB));
    let conflict = conflict(chain.offer(offered.clone()));
    assert_eq!(
        conflict.disagreements,
        [Disagreement::Another {
            held: "License 410233".to_owned()
        }]
    );
    chain.take(conflict.offered);
    assert_eq!(
        chain.proof(),
        Some(&offered),
        "taking it replaces the license"
    );
}

#[test]
fn a_conflict_names_everything_that_speaks_against_a_record() {
    let mut chain = Chain::default();
    chain.take(Record::License(license(410_233, SUB)));
    chain.take(Record::Order(order(700_101, SUB, 9_001)));
    chain.take(Record::BillingAccount(account(9_001, by_email(SOLD_TO))));
    let conflict = conflict(chain.offer(Record::Order(order(700_102, "A-S00200000", 9_002))));
    assert_eq!(
        conflict.disagreements.len(),
        3,
        "{:?}",
        conflict.disagreements
    );
}

#[test]
fn reading_the_same_record_again_replaces_what_was_read() {
    let mut chain = Chain::default();
    chain.take(Record::License(license(410_233, SUB)));
    let mut newer = license(410_233, SUB);
    newer.record.trial = Shown::Value(true);
    assert_eq!(chain.offer(Record::License(newer.clone())), Offer::Taken);
    assert_eq!(chain.proof(), Some(&Record::License(newer)));
}

#[test]
fn a_contact_is_taken_only_if_the_sold_to_links_to_it() {
    let ada = || Record::Contact(contact(5_001, SOLD_TO));
    let mut chain = Chain::default();
    assert_eq!(
        chain.offer(ada()),
        Offer::NotOfThisCase,
        "before the billing account"
    );
    chain.take(Record::BillingAccount(account(
        9_001,
        by_name("Ada", Some(5_001)),
    )));
    assert_eq!(
        chain.offer(Record::Contact(contact(5_002, SOLD_TO))),
        Offer::NotOfThisCase,
        "another contact"
    );
    assert_eq!(chain.sold_to_email(), None);
    assert_eq!(chain.offer(ada()), Offer::Taken);
    assert_eq!(chain.sold_to_email(), Some(SOLD_TO));
    chain.take(Record::BillingAccount(account(
        9_001,
        by_name("Bob", Some(5_002)),
    )));
    assert_eq!(
        chain.contact(),
        None,
        "the Sold-to links to another contact now"
    );
}

#[test]
fn removing_a_record_empties_its_place_alone_and_an_account_takes_its_contact_along() {
    let mut chain = entitled().chain;
    chain.take(Record::BillingAccount(account(
        9_001,
        by_name("Ada", Some(5_001)),
    )));
    chain.take(Record::Contact(contact(5_001, SOLD_TO)));
    chain.remove(Slot::Proof);
    assert_eq!(
        chain.held().map(|r| r.slot()).collect::<Vec<_>>(),
        [Slot::Order, Slot::BillingAccount, Slot::Contact]
    );
    chain.remove(Slot::BillingAccount);
    assert_eq!(
        chain.held().map(|r| r.slot()).collect::<Vec<_>>(),
        [Slot::Order]
    );
    chain.remove(Slot::Order);
    assert!(chain.is_empty());
}

#[test]
fn a_waiting_record_is_taken_once_what_spoke_against_it_is_gone() {
    let mut case = Case::new(key(41));
    case.chain.take(Record::License(license(410_233, SUB)));
    case.conflict = Some(conflict(case.chain.offer(Record::Order(order(
        700_101,
        "A-S00200000",
        9_001,
    )))));
    case.settle_conflict();
    assert!(case.conflict.is_some(), "nothing has changed yet");
    case.chain.remove(Slot::Proof);
    case.settle_conflict();
    assert_eq!(case.conflict, None);
    assert_eq!(case.chain.order().map(|o| o.record.id.get()), Some(700_101));
}

// ---- the checks ----

#[test]
fn a_trial_fails_a_paid_proof_passes_and_what_is_not_readable_stays_unknown() {
    let answer = |trial| found(&with_license(|l| l.trial = trial), CheckName::NotATrial);
    assert_eq!(
        answer(Shown::Value(false)),
        Answer::Passed("the license says that it is not a trial".to_owned())
    );
    assert!(
        matches!(answer(Shown::Value(true)), Answer::Failed(why) if why.starts_with("the license is a trial, not a paid subscription"))
    );
    assert_eq!(
        answer(Shown::Absent),
        Answer::Unknown("the license’s page does not show Trial".to_owned())
    );
    assert_eq!(
        answer(Shown::Unreadable("may\u{202E}be".to_owned())),
        Answer::Unknown("the license’s page shows Trial as “may\u{FFFD}be”".to_owned())
    );
    assert_eq!(
        found(&Case::new(key(41)), CheckName::NotATrial),
        Answer::Unknown("no license or cloud activation yet".to_owned())
    );
}

#[test]
fn an_orders_trial_says_nothing_about_the_proof() {
    let mut case = with_license(|l| l.trial = Shown::Absent);
    let mut seen = order(700_101, SUB, 9_001);
    seen.record.trial = Shown::Value(false);
    case.chain.take(Record::Order(seen));
    assert!(matches!(
        found(&case, CheckName::NotATrial),
        Answer::Unknown(_)
    ));
}

#[test]
fn a_proof_is_expired_from_its_day_of_expiry_on() {
    let case = with_license(|l| {
        l.expires_at = Shown::Value(tether::day::Day::plain(date!(2026 - 11 - 24)))
    });
    assert_eq!(
        found_on(&case, CheckName::NotExpired, date!(2026 - 11 - 23)),
        Answer::Passed("the license expires on 2026-11-24".to_owned())
    );
    for today in [date!(2026 - 11 - 24), date!(2026 - 11 - 25)] {
        assert_eq!(
            found_on(&case, CheckName::NotExpired, today),
            Answer::Failed("the license expired on 2026-11-24".to_owned()),
            "{today}"
        );
    }
    let case = with_license(|l| l.expires_at = Shown::Absent);
    assert_eq!(
        found(&case, CheckName::NotExpired),
        Answer::Unknown("the license’s page shows no date of expiry".to_owned())
    );
    let case = with_license(|l| l.expires_at = Shown::Unreadable("soon".to_owned()));
    assert_eq!(
        found(&case, CheckName::NotExpired),
        Answer::Unknown("the license’s page shows its expiry as “soon”".to_owned())
    );
}

#[test]
fn a_moment_that_a_time_zone_may_shift_past_today_is_to_decide() {
    let moment = tether::day::Day {
        date: date!(2026 - 11 - 24),
        is_moment: true,
    };
    let case = with_license(|l| l.expires_at = Shown::Value(moment));
    let on = |today| found_on(&case, CheckName::NotExpired, today);
    assert!(matches!(on(date!(2026 - 11 - 22)), Answer::Passed(_)));
    for today in [date!(2026 - 11 - 23), date!(2026 - 11 - 24)] {
        assert!(
            matches!(on(today), Answer::ToDecide(_)),
            "{today}: {:?}",
            on(today)
        );
    }
    assert!(matches!(on(date!(2026 - 11 - 25)), Answer::Failed(_)));
}

#[test]
fn a_cloud_activation_without_a_day_expires_with_its_order() {
    let mut case = entitled();
    case.chain
        .take(Record::CloudActivation(activation(30_011, SUB)));
    assert_eq!(
        found(&case, CheckName::NotExpired),
        Answer::Passed("the order expires on 2027-11-23".to_owned())
    );
    case.chain.remove(Slot::Order);
    assert_eq!(
        found(&case, CheckName::NotExpired),
        Answer::Unknown("the cloud activation’s page shows no date of expiry".to_owned())
    );
    let mut seen = activation(30_011, SUB);
    seen.record.expires_at = Shown::Value(tether::day::Day::plain(date!(2026 - 1 - 1)));
    case.chain.take(Record::CloudActivation(seen));
    case.chain.take(Record::Order(order(700_101, SUB, 9_001)));
    assert_eq!(
        found(&case, CheckName::NotExpired),
        Answer::Failed("the cloud activation expired on 2026-01-01".to_owned()),
        "its own day counts first"
    );
}

#[test]
fn how_an_address_is_written_does_not_matter_to_the_sold_to_and_another_address_does() {
    for same in [
        "ada@example.com",
        "ADA@Example.COM",
        " ada@example.com ",
        "ada @ example.com",
        "ada@example.com\u{A0}",
        "ada@example.com.",
        "<ada@example.com>",
        "Ada Lindqvist <ada@example.com>",
        "ada@example.com (Ada Lindqvist)",
        "mailto:ada@example.com",
        "ada@example.com;",
        "ada\u{200B}@example.com",
        "\u{FEFF}ada@example.com",
        "ada&#64;example.com&nbsp;",
        "ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    ] {
        let mut case = entitled();
        case.ticket = Load::Got(ticket(41, Some(same)));
        let answer = found(&case, CheckName::SoldToMatches);
        assert_eq!(
            answer,
            Answer::Passed("Sold to is the ticket’s Subscription Email".to_owned()),
            "{same:?}"
        );
    }
    for same in ["ada@example.com", "ADA@Example.COM"] {
        assert_eq!(
            found(&with_email(same), CheckName::SoldToMatches),
            Answer::Passed("Sold to is the ticket’s Subscription Email".to_owned()),
            "{same}"
        );
    }
    for other in [
        "ada+tag@example.com",
        "a.da@example.com",
        "ada@example.co",
        "ada@mail.example.com",
        "ada@examp1e.com",
        "bob@example.com",
    ] {
        let answer = found(&with_email(other), CheckName::SoldToMatches);
        assert!(
            matches!(&answer, Answer::Failed(why) if why.contains("is not the ticket’s Subscription Email (ada@example.com)")),
            "{other}: {answer:?}"
        );
    }
}

#[test]
fn what_is_no_single_address_is_for_the_engineer_to_decide_and_never_a_mismatch_for_good() {
    for (text, says) in [
        ("Ada Lindqvist", "isn’t one email address"),
        ("ada at example.com", "isn’t one email address"),
        ("\u{430}da@example.com", "isn’t one email address"),
        ("\u{202E}ada@example.com", "isn’t one email address"),
        ("ada@example", "isn’t one email address"),
        (
            "ada@example.com, bob@example.com",
            "names several addresses, and Sold to is one of them",
        ),
        (
            "bob@example.com / carol@example.com",
            "names several addresses, and none of them",
        ),
        ("not ada@example.com", "names Sold to among other words"),
        (
            "please write to bob@example.com instead",
            "names another address among other words",
        ),
    ] {
        let mut case = entitled();
        case.ticket = Load::Got(ticket(41, Some(text)));
        let check = one(&case, CheckName::SoldToMatches, TODAY);
        assert!(
            matches!(&check.answer, Answer::ToDecide(why) if why.contains(says)),
            "{text:?}: {:?}",
            check.answer
        );
        assert!(check.decidable, "{text:?}");
    }
}

#[test]
fn a_tag_in_the_subscription_email_is_not_overlooked_either() {
    let mut case = entitled();
    case.ticket = Load::Got(ticket(41, Some("ada+gitlab@example.com")));
    let why =
        "Sold to (ada@example.com) is not the ticket’s Subscription Email (ada+gitlab@example.com)";
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        Answer::Failed(why.to_owned())
    );
}

#[test]
fn a_sold_to_that_is_a_name_only_is_for_the_engineer_to_decide_until_its_contact_was_looked_at() {
    let mut case = with_sold_to(Shown::Value(by_name("Ada Lindqvist", Some(5_001))));
    let question = "Sold to is shown as a name only, “Ada Lindqvist”: is it the ticket’s Subscription Email (ada@example.com)?";
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        Answer::ToDecide(question.to_owned())
    );
    case.chain
        .take(Record::Contact(contact(5_001, "ADA@example.com")));
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        Answer::Passed("Sold to is the ticket’s Subscription Email".to_owned())
    );
    case.chain
        .take(Record::Contact(contact(5_001, "bob@example.com")));
    assert!(matches!(
        found(&case, CheckName::SoldToMatches),
        Answer::Failed(_)
    ));
}

#[test]
fn a_missing_or_unreadable_sold_to_is_unknown() {
    assert_eq!(
        found(&with_sold_to(Shown::Absent), CheckName::SoldToMatches),
        Answer::Unknown("the billing account shows no Sold to".to_owned())
    );
    let case = with_sold_to(Shown::Unreadable("two people".to_owned()));
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        Answer::Unknown("the billing account shows Sold to as “two people”".to_owned())
    );
    let mut case = entitled();
    case.chain.remove(Slot::BillingAccount);
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        Answer::Unknown("no billing account yet".to_owned())
    );
}

#[test]
fn an_address_is_picked_only_if_subscription_email_is_empty() {
    let mut case = entitled();
    assert!(!case.compared_address_is_open());
    case.picked_address = Some("bob@example.com".into());
    assert!(
        matches!(found(&case, CheckName::SoldToMatches), Answer::Passed(_)),
        "Subscription Email goes first"
    );

    for empty in [None, Some(" \u{A0} ")] {
        case.ticket = Load::Got(ticket(41, empty));
        case.picked_address = None;
        assert!(case.compared_address_is_open());
        let check = one(&case, CheckName::SoldToMatches, TODAY);
        assert_eq!(
            check.found,
            Answer::ToDecide(
                "which address of the ticket is to be compared with Sold to?".to_owned()
            )
        );
        assert!(!check.decidable, "an address is picked, not a reason given");
        case.picked_address = Some("Ada@Example.com".into());
        assert_eq!(
            found(&case, CheckName::SoldToMatches),
            Answer::Passed("Sold to is the address picked from the ticket".to_owned())
        );
        case.picked_address = Some("bob@example.com".into());
        assert!(matches!(
            found(&case, CheckName::SoldToMatches),
            Answer::Failed(_)
        ));
    }
}

#[test]
fn a_ticket_that_is_not_known_leaves_the_sold_to_unknown_even_with_an_address_picked() {
    let unread = Answer::Unknown("the ticket has not been read".to_owned());
    for load in [
        Load::NotAsked,
        Load::Asking,
        Load::Failed(ReadError::SignedOut),
    ] {
        let mut case = entitled();
        case.picked_address = Some(SOLD_TO.into());
        case.ticket = load.clone();
        assert_eq!(found(&case, CheckName::SoldToMatches), unread, "{load:?}");
    }
    let mut case = entitled();
    case.picked_address = Some(SOLD_TO.into());
    case.fields = None;
    assert_eq!(
        found(&case, CheckName::SoldToMatches),
        unread,
        "which field is Subscription Email is not known yet"
    );
}

#[test]
fn records_belong_together_only_if_the_chain_is_complete() {
    assert!(matches!(
        found(&entitled(), CheckName::RecordsBelongTogether),
        Answer::Passed(_)
    ));
    let missing = |case: &Case| match found(case, CheckName::RecordsBelongTogether) {
        Answer::Unknown(why) => why,
        other => panic!("{other:?}"),
    };
    let without = |slot| {
        let mut case = entitled();
        case.chain.remove(slot);
        case
    };
    assert_eq!(
        missing(&without(Slot::Proof)),
        "missing: the license or cloud activation"
    );
    assert_eq!(missing(&without(Slot::Order)), "missing: the order");
    assert_eq!(
        missing(&without(Slot::BillingAccount)),
        "missing: the billing account"
    );
    assert_eq!(
        missing(&with_license(|l| l.subscription_name = Shown::Absent)),
        "missing: the subscription name of License 410233"
    );

    let with_order = |change: fn(&mut tether::record::Order)| {
        let mut case = entitled();
        let mut seen = order(700_101, SUB, 9_001);
        change(&mut seen.record);
        case.chain.take(Record::Order(seen));
        case
    };
    assert_eq!(
        missing(&with_order(|o| o.subscription_name = Shown::Absent)),
        "missing: the subscription name of Order 700101"
    );
    assert_eq!(
        missing(&with_order(|o| o.billing_account = Shown::Absent)),
        "missing: a billing account on Order 700101"
    );
    let unlinked = with_order(|o| o.billing_account = Shown::Unreadable("Lindqvist".to_owned()));
    assert_eq!(
        missing(&unlinked),
        "missing: a link to the billing account on Order 700101"
    );

    let with_salesforce = |value| {
        let mut case = entitled();
        let mut seen = account(9_001, by_email(SOLD_TO));
        seen.record.salesforce_account = value;
        case.chain.take(Record::BillingAccount(seen));
        case
    };
    assert_eq!(
        missing(&with_salesforce(Shown::Absent)),
        "missing: the billing account shows no Salesforce account"
    );
    assert_eq!(
        missing(&with_salesforce(Shown::Unreadable("003x".to_owned()))),
        "missing: the billing account shows Salesforce account as “003x”"
    );
}

#[test]
fn none_one_and_several_organizations_are_different_answers() {
    let with = |load| {
        let mut case = entitled();
        case.organization.load = load;
        case
    };
    let name = CheckName::RecordsBelongTogether;
    assert_eq!(
        found(&with(Load::Asking), name),
        Answer::Unknown("missing: the organization has not been found yet".to_owned())
    );
    assert_eq!(
        found(&with(Load::Got(Found::None)), name),
        Answer::Unknown("missing: no organization carries this Salesforce account".to_owned())
    );
    let mut several = with(Load::Got(Found::Several(vec![
        organization(91, "One"),
        organization(92, "Two"),
    ])));
    assert_eq!(
        found(&several, name),
        Answer::ToDecide(
            "2 organizations carry this Salesforce account: which one is it?".to_owned()
        )
    );
    several.organization.chosen = Some(93_u64.try_into().unwrap());
    assert!(
        matches!(found(&several, name), Answer::ToDecide(_)),
        "one that was not found cannot be chosen"
    );
    several.organization.chosen = Some(92_u64.try_into().unwrap());
    assert_eq!(
        found(&several, name),
        Answer::Passed(
            "each record leads to the next, and the engineer chose organization 92".to_owned()
        )
    );
}

#[test]
fn records_that_were_taken_against_a_conflict_fail_with_both_values() {
    let mut case = entitled();
    case.chain
        .take(Record::License(license(410_233, "A-S00200000")));
    let why = "License 410233 is of A-S00200000, Order 700101 of A-S00104417";
    assert_eq!(
        found(&case, CheckName::RecordsBelongTogether),
        Answer::Failed(why.to_owned())
    );
    let mut case = entitled();
    case.chain
        .take(Record::BillingAccount(account(9_002, by_email(SOLD_TO))));
    let why = "Order 700101 leads to billing account 9001, not to Billing account 9002";
    assert_eq!(
        found(&case, CheckName::RecordsBelongTogether),
        Answer::Failed(why.to_owned())
    );
}

#[test]
fn an_activation_and_an_order_of_different_accounts_fail_with_both() {
    let mut case = entitled();
    let mut seen = activation(30_011, SUB);
    seen.record.billing_account = Shown::Value(account_id(9_002));
    case.chain.take(Record::CloudActivation(seen));
    let Answer::Failed(why) = found(&case, CheckName::RecordsBelongTogether) else {
        panic!()
    };
    assert_eq!(
        why,
        "Cloud activation 30011 leads to billing account 9002, Order 700101 to 9001; Cloud activation 30011 leads to billing account 9002, not to Billing account 9001"
    );
}

// ---- decisions ----

#[test]
fn what_the_records_prove_cannot_be_decided_away() {
    let trial = with_license(|l| l.trial = Shown::Value(true));
    assert!(!one(&trial, CheckName::NotATrial, TODAY).decidable);
    assert!(
        !one(
            &with_email("bob@example.com"),
            CheckName::SoldToMatches,
            TODAY
        )
        .decidable
    );
    assert!(
        !one(&Case::new(key(41)), CheckName::NotATrial, TODAY).decidable,
        "nothing was looked at yet"
    );
    for check in checks(&entitled(), rules(TODAY)) {
        assert!(!check.decidable, "{:?} has passed", check.name);
    }
}

#[test]
fn an_accepted_check_counts_as_passed_and_a_rejected_one_as_failed() {
    let mut case = with_license(|l| l.trial = Shown::Absent);
    assert!(matches!(says(&case), Verdict::Incomplete(_)));
    decided(&mut case, CheckName::NotATrial, true, "seen in Zuora");
    assert_eq!(
        one(&case, CheckName::NotATrial, TODAY).answer,
        Answer::Passed("accepted by the engineer: seen in Zuora".to_owned())
    );
    assert_eq!(says(&case), Verdict::Entitled);
    case.decisions.clear();
    decided(
        &mut case,
        CheckName::NotATrial,
        false,
        "it is a trial in Zuora",
    );
    assert_eq!(
        says(&case),
        Verdict::NotEntitled(vec!["Not a trial: it is a trial in Zuora".to_owned()])
    );
}

#[test]
fn a_decision_lapses_when_the_answer_changes() {
    let mut case = with_license(|l| {
        l.expires_at = Shown::Value(tether::day::Day::plain(date!(2026 - 11 - 20)))
    });
    decided(&mut case, CheckName::NotExpired, true, "renewed yesterday");
    assert_eq!(says(&case), Verdict::Entitled);
    let mut newer = license(410_233, SUB);
    newer.record.expires_at = Shown::Value(tether::day::Day::plain(date!(2026 - 11 - 21)));
    case.chain.take(Record::License(newer));
    assert_eq!(
        says(&case),
        Verdict::NotEntitled(vec!["the license expired on 2026-11-21".to_owned()])
    );
}

#[test]
fn a_decision_does_not_pass_to_another_record_that_gives_the_same_answer() {
    let mut case = with_license(|l| l.trial = Shown::Absent);
    decided(&mut case, CheckName::NotATrial, true, "seen in Zuora");
    let mut other = license(410_234, SUB);
    other.record.trial = Shown::Absent;
    case.chain.take(Record::License(other));
    assert!(matches!(says(&case), Verdict::Incomplete(_)));

    let mut case = with_sold_to(Shown::Value(by_name("Ada", None)));
    decided(
        &mut case,
        CheckName::SoldToMatches,
        true,
        "the requester is known",
    );
    assert_eq!(says(&case), Verdict::Entitled);
    case.chain
        .take(Record::BillingAccount(account(9_002, by_name("Ada", None))));
    assert!(
        one(&case, CheckName::SoldToMatches, TODAY)
            .decision
            .is_none()
    );
}

#[test]
fn a_decision_about_a_license_stays_when_the_order_is_found() {
    let mut case = with_license(|l| l.expires_at = Shown::Absent);
    case.chain.remove(Slot::Order);
    decided(&mut case, CheckName::NotExpired, true, "never expires");
    case.chain.take(Record::Order(order(700_101, SUB, 9_001)));
    assert!(one(&case, CheckName::NotExpired, TODAY).decision.is_some());
}

// ---- the verdict ----

#[test]
fn the_verdict_is_entitled_only_when_every_check_passed() {
    assert_eq!(says(&entitled()), Verdict::Entitled);
    let mut case = with_license(|l| l.trial = Shown::Absent);
    let open = vec!["Not a trial: the license’s page does not show Trial".to_owned()];
    assert_eq!(says(&case), Verdict::Incomplete(open));
    case.chain.take(Record::BillingAccount(account(
        9_001,
        by_email("bob@example.com"),
    )));
    match says(&case) {
        Verdict::NotEntitled(why) => {
            assert_eq!(why.len(), 1, "one failure outweighs what is open: {why:?}")
        }
        other => panic!("{other:?}"),
    }
    match says(&Case::new(key(41))) {
        Verdict::Incomplete(open) => assert_eq!(open.len(), 5),
        other => panic!("{other:?}"),
    }
}

// ---- the note ----

const PASSED: &str = "\
- License: https://customers.gitlab.com/admin/license/410233
- Order: https://customers.gitlab.com/admin/order/700101
- Billing account: https://customers.gitlab.com/admin/billing_account/9001
- Sold-to: ada@example.com
- Salesforce ID: 0014M00001hHV5CQAW
- Organization: https://gitlab.zendesk.com/agent/organizations/91";

#[test]
fn the_note_of_a_license_that_passed_is_six_lines_to_the_letter() {
    assert_eq!(note(&entitled()).plain(), PASSED);
    let reading: Vec<String> = PASSED
        .lines()
        .map(|l| l.trim_start_matches("- ").to_owned())
        .collect();
    assert_eq!(note(&entitled()).reading(), reading);
}

#[test]
fn the_note_of_a_cloud_activation_says_so_and_holds_the_short_salesforce_id_as_shown() {
    let mut case = entitled();
    case.chain
        .take(Record::CloudActivation(activation(30_011, SUB)));
    let mut seen = account(9_001, by_email(SOLD_TO));
    seen.record.salesforce_account =
        Shown::Value(tether::record::ids::SalesforceId::parse(SFDC15).unwrap());
    case.chain.take(Record::BillingAccount(seen));
    let expected = PASSED
        .replace(
            "License: https://customers.gitlab.com/admin/license/410233",
            "Cloud activation: https://customers.gitlab.com/admin/cloud_activation/30011",
        )
        .replace(SFDC18, SFDC15);
    assert_eq!(note(&case).plain(), expected);
}

#[test]
fn the_note_says_each_reason_for_which_the_requester_failed() {
    let mut case = with_license(|l| {
        l.trial = Shown::Value(true);
        l.expires_at = Shown::Value(tether::day::Day::plain(date!(2026 - 11 - 24)));
    });
    case.chain.take(Record::BillingAccount(account(
        9_001,
        by_email("bob@example.com"),
    )));
    let expected = PASSED.replace("Sold-to: ada@example.com", "Sold-to: bob@example.com")
        + "\n- Failed validation: the license is a trial, not a paid subscription\
           \n- Failed validation: the license expired on 2026-11-24\
           \n- Failed validation: Sold to (bob@example.com) is not the ticket’s Subscription Email (ada@example.com)";
    assert_eq!(note(&case).plain(), expected);
}

#[test]
fn the_note_of_a_failed_cloud_activation_ends_with_its_reason() {
    let mut case = entitled();
    let mut seen = activation(30_011, SUB);
    seen.record.trial = Shown::Value(true);
    case.chain.take(Record::CloudActivation(seen));
    let plain = note(&case).plain();
    assert!(
        plain.starts_with(
            "- Cloud activation: https://customers.gitlab.com/admin/cloud_activation/30011\n"
        ),
        "{plain}"
    );
    let last = "- Failed validation: the cloud activation is a trial, not a paid subscription";
    assert_eq!(plain.lines().last(), Some(last));
}

#[test]
fn the_engineers_decisions_are_in_the_note() {
    let mut case = with_sold_to(Shown::Value(by_name("Ada Lindqvist", None)));
    decided(
        &mut case,
        CheckName::SoldToMatches,
        true,
        "the name is in the signature",
    );
    let expected = PASSED.replace(
        "Sold-to: ada@example.com",
        "Sold-to: Ada Lindqvist (no email address shown)",
    ) + "\n- Decision: Sold-to matches accepted (Sold to is shown as a name only, “Ada Lindqvist”: is it the ticket’s Subscription Email (ada@example.com)?): the name is in the signature";
    assert_eq!(note(&case).plain(), expected);

    let mut case = entitled();
    case.organization.load = Load::Got(Found::Several(vec![
        organization(91, "One"),
        organization(92, "Two\n- License: forged"),
    ]));
    case.organization.chosen = Some(92_u64.try_into().unwrap());
    let expected = PASSED.replace("organizations/91", "organizations/92")
        + "\n- Decision: organization 92 (Two - License: forged) chosen among several with this Salesforce account";
    assert_eq!(note(&case).plain(), expected);
}

#[test]
fn a_rejected_check_is_a_reason_and_not_a_decision() {
    let mut case = with_sold_to(Shown::Value(by_name("Ada", None)));
    decided(
        &mut case,
        CheckName::SoldToMatches,
        false,
        "nobody knows Ada",
    );
    let plain = note(&case).plain();
    assert!(
        plain.ends_with("\n- Failed validation: Sold-to matches: nobody knows Ada"),
        "{plain}"
    );
    assert!(!plain.contains("- Decision:"), "{plain}");
}

#[test]
fn a_missing_value_is_written_not_found() {
    let plain = note(&Case::new(key(41))).plain();
    let expected = "- License: not found\n- Order: not found\n- Billing account: not found\n- Sold-to: not found\n- Salesforce ID: not found\n- Organization: not found";
    assert_eq!(plain, expected);
    let mut case = entitled();
    case.organization.load = Load::Got(Found::None);
    assert_eq!(
        note(&case).plain(),
        PASSED.replace(
            "https://gitlab.zendesk.com/agent/organizations/91",
            "not found"
        )
    );
}

const HOSTILE: &[&str] = &[
    "Ada\n- Organization: https://evil.example",
    "Ada\r\n- Order: forged",
    "Ada\u{2028}- Order: forged",
    "Ada\u{2029}- Order: forged",
    "Ada\u{85}- Order: forged",
    "Ada\u{B}- Order: forged\u{C}- Order: forged",
    "\u{202E}moc.live@ada",
    "\u{2066}Ada\u{2069}\u{200B}",
    "<img src=x onerror=alert(1)>",
    "</li></ul><a href=\"javascript:alert(1)\">x</a>",
    "\0\u{1B}[2K",
];

#[test]
fn hostile_text_never_forges_a_line_of_the_note() {
    for hostile in HOSTILE {
        let mut case = with_sold_to(Shown::Value(by_name(hostile, None)));
        decided(&mut case, CheckName::SoldToMatches, true, hostile);
        case.organization.load = Load::Got(Found::Several(vec![organization(91, hostile)]));
        case.organization.chosen = Some(91_u64.try_into().unwrap());
        let note = note(&case);
        let plain = note.plain();
        assert_eq!(plain.lines().count(), 8, "{plain:?}");
        assert_eq!(note.reading().len(), 8);
        let breaks = |c: char| {
            c != '\n'
                && (c.is_control()
                    || matches!(c, '\u{2028}' | '\u{2029}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'))
        };
        assert!(!plain.contains(breaks), "{plain:?}");
        for (n, line) in plain.lines().enumerate() {
            assert_eq!(line.starts_with("- Order: "), n == 1, "{line}");
        }
    }
}

#[test]
fn the_notes_html_is_a_list_whose_links_are_live_and_whose_text_is_escaped() {
    let html = note(&entitled()).html();
    let first = r#"<ul><li>License: <a href="https://customers.gitlab.com/admin/license/410233">https://customers.gitlab.com/admin/license/410233</a></li>"#;
    assert!(html.starts_with(first), "{html}");
    assert_eq!(html.matches("<a href=\"https://").count(), 4);
    for hostile in HOSTILE {
        let mut case = with_sold_to(Shown::Value(by_name(hostile, None)));
        case.organization.load = Load::Got(Found::Several(vec![organization(91, hostile)]));
        case.organization.chosen = Some(91_u64.try_into().unwrap());
        let note = note(&case);
        let html = note.html();
        assert!(
            !html.contains("<img") && !html.contains("href=\"javascript:"),
            "{html}"
        );
        let fragment = scraper::Html::parse_fragment(&html);
        let select = |css: &str| {
            fragment
                .select(&scraper::Selector::parse(css).unwrap())
                .map(|e| e.text().collect::<String>())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            select("li"),
            note.reading(),
            "the list reads as the note's lines"
        );
        assert_eq!(select("a").len(), 4);
    }
}

#[test]
fn a_very_long_text_is_cut_within_its_line() {
    let case = with_sold_to(Shown::Value(by_name(&"x".repeat(5_000), None)));
    let longest = note(&case)
        .reading()
        .iter()
        .map(|l| l.chars().count())
        .max()
        .unwrap();
    assert!(longest <= 420, "{longest}");
}

#[test]
fn the_records_address_in_the_note_is_the_one_it_was_seen_at() {
    let mut case = entitled();
    case.chain.take(Record::License(Seen {
        address: "https://portal.example/admin/license/410233".to_owned(),
        ..license(410_233, SUB)
    }));
    assert!(
        note(&case)
            .plain()
            .starts_with("- License: https://portal.example/admin/license/410233\n")
    );
}
