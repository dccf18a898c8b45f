//! Whether the license or cloud activation is the one that the requester gave, and one customer's own.

use crate::support::*;
use tether::case::Case;
use tether::case::check::{Answer, Check, CheckName, Decision, Verdict, checks, verdict};
use tether::case::note::Note;
use tether::case::proof::{Place, Proofs};
use tether::evidence::Kept;
use tether::profile::zendesk::Process;
use tether::record::Shown;
use tether::record::ids::MaskedCode;
use tether::record::seen::Record;

fn check(case: &Case, name: CheckName) -> Option<Check> {
    checks(case, rules(TODAY))
        .into_iter()
        .find(|c| c.name == name)
}

fn to_decide(case: &Case, name: CheckName) -> String {
    let check = check(case, name).unwrap();
    assert!(check.decidable, "{check:?}");
    assert!(matches!(
        verdict(&checks(case, rules(TODAY))),
        Verdict::Incomplete(_)
    ));
    match check.answer {
        Answer::ToDecide(why) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_license_that_the_requester_named_is_given() {
    let case = entitled();
    let answer = check(&case, CheckName::ProofGiven).unwrap().answer;
    assert_eq!(
        answer,
        Answer::Passed("what the requester gave leads to License 410233".to_owned())
    );
    assert_eq!(verdict(&checks(&case, rules(TODAY))), Verdict::Entitled);
}

#[test]
fn another_license_than_the_one_given_is_to_decide_with_both_named() {
    let mut case = entitled();
    case.proofs = Proofs::default();
    give_license_id(&mut case, 500_001);
    let why = to_decide(&case, CheckName::ProofGiven);
    assert!(
        why.contains("License 500001") && why.contains("License 410233"),
        "{why}"
    );
    give_license_id(&mut case, 500_002);
    assert!(to_decide(&case, CheckName::ProofGiven).contains("1 more"));
    give_license_id(&mut case, 410_233);
    assert!(matches!(
        check(&case, CheckName::ProofGiven).unwrap().answer,
        Answer::Passed(_)
    ));
}

#[test]
fn a_license_that_nothing_in_the_ticket_names_is_to_decide() {
    let mut case = entitled();
    case.proofs = Proofs::default();
    assert_eq!(
        to_decide(&case, CheckName::ProofGiven),
        "nothing in the ticket names License 410233: did the requester give it?"
    );
}

#[test]
fn what_the_engineer_pastes_counts_as_given() {
    let mut case = entitled();
    case.proofs = Proofs::default();
    let id = tether::record::ids::LicenseId::try_from(410_233).unwrap();
    case.proofs.keep(
        Kept::LicenseId { id, warning: None },
        Place::Pasted,
        "2026-11-24T08:00:00Z",
        None,
    );
    assert!(matches!(
        check(&case, CheckName::ProofGiven).unwrap().answer,
        Answer::Passed(_)
    ));
}

#[test]
fn a_cloud_activation_is_the_one_of_the_code_that_was_given() {
    let mut case = entitled();
    case.chain
        .take(Record::CloudActivation(activation(3_001, SUB)));
    let masked = MaskedCode::of(CODE);
    let why = to_decide(&case, CheckName::ProofGiven);
    assert!(
        why.contains("License 410233") && why.contains("Cloud activation 3001"),
        "{why}"
    );
    case.proofs.keep(
        Kept::ActivationCode(masked),
        Place::Comment { id: 2, nth: 2 },
        "2026-11-24T08:00:00Z",
        None,
    );
    let mut seen = activation(3_001, SUB);
    seen.record.activation_code = Shown::Value(MaskedCode::of(CODE));
    case.chain.take(Record::CloudActivation(seen.clone()));
    assert!(matches!(
        check(&case, CheckName::ProofGiven).unwrap().answer,
        Answer::Passed(_)
    ));
    seen.record.activation_code = Shown::Absent;
    case.chain.take(Record::CloudActivation(seen));
    to_decide(&case, CheckName::ProofGiven);
}

#[test]
fn a_decision_about_the_proof_holds_for_that_proof_alone_and_goes_into_the_note() {
    let mut case = entitled();
    case.proofs = Proofs::default();
    let open = check(&case, CheckName::ProofGiven).unwrap();
    let reason = "they sent a screenshot".to_owned();
    case.decisions.push(Decision {
        check: open.name.key().to_owned(),
        accepted: true,
        reason,
        about: open.found,
        records: open.records,
    });
    let all = checks(&case, rules(TODAY));
    assert_eq!(verdict(&all), Verdict::Entitled);
    let note = Note::of(&case, &all, &verdict(&all), Process::Handbook).plain();
    assert!(note.contains("- Decision: Proof from the requester accepted (nothing in the ticket names License 410233"), "{note}");
    give_license_id(&mut case, 500_001);
    to_decide(&case, CheckName::ProofGiven);
}

#[test]
fn a_shared_license_or_a_small_license_number_is_to_decide_however_it_was_found() {
    for (id, says) in [
        (118_882, "shared by all buyers"),
        (71_075, "shared by all buyers"),
        (1_099_015, "shared by all buyers"),
        (1_099_017, "shared by all buyers"),
        (12, "fewer digits"),
    ] {
        let mut case = entitled();
        case.chain.take(Record::License(license(id, SUB)));
        give_license_id(&mut case, id);
        let why = to_decide(&case, CheckName::OwnLicense);
        assert!(
            why.contains(says) && why.contains(&format!("License {id}")),
            "{why}"
        );
    }
    assert_eq!(
        check(&entitled(), CheckName::OwnLicense),
        None,
        "nothing is odd about it"
    );
}

#[test]
fn an_address_picked_for_the_sold_to_is_a_decision_in_the_note() {
    let mut case = entitled();
    case.ticket = tether::case::load::Load::Got(ticket(41, None));
    case.picked_address = Some(SOLD_TO.into());
    let all = checks(&case, rules(TODAY));
    let note = Note::of(&case, &all, &verdict(&all), Process::Handbook).plain();
    assert!(
        note.contains(&format!("\n- Decision: Sold-to compared with {SOLD_TO}, ")),
        "{note}"
    );
    case.ticket = tether::case::load::Load::Got(ticket(41, Some(SOLD_TO)));
    let note = Note::of(&case, &all, &verdict(&all), Process::Handbook).plain();
    assert!(!note.contains("compared with"), "{note}");
}
