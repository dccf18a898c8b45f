//! Which addresses are ticked before the engineer looks at them: only those that are asked for, on a domain that is the customer's.

use super::*;
use tether::case::contacts::Doubt;

fn doubt(bench: &Bench, email: &str) -> Option<Doubt> {
    bench
        .case()
        .contacts
        .entries()
        .iter()
        .find(|e| e.email.as_str() == email)
        .unwrap_or_else(|| panic!("{:?}", bench.list()))
        .doubt()
        .cloned()
}

/// The requester is ada@lindqvist.example; the organization has a contact at each of these domains, too.
fn with_contacts_at(text: &str, domains: &[&str]) -> Bench {
    let mut desk = naming(text);
    for (n, domain) in (0_u64..).zip(domains) {
        desk.user(
            60 + n,
            "Contact",
            &format!("contact@{domain}"),
            Some(ORGANIZATION),
        );
    }
    Bench::at_ticket(desk)
}

#[test]
fn who_is_to_be_removed_is_listed_with_the_reason_and_not_ticked() {
    for text in [
        "Eve has left us. Please remove eve@lindqvist.example.",
        "Please delete the access of eve@lindqvist.example",
        "Bitte entfernen Sie eve@lindqvist.example aus der Liste.",
        "Veuillez supprimer eve@lindqvist.example de nos contacts.",
        "Por favor, eliminen a eve@lindqvist.example de los contactos.",
        "Por favor, removam eve@lindqvist.example dos contatos.",
        "Si prega di rimuovere eve@lindqvist.example dai contatti.",
        "eve@lindqvist.example を削除してください。",
        "请删除 eve@lindqvist.example",
        "eve@lindqvist.example 삭제해 주세요.",
        "Пожалуйста, удалите eve@lindqvist.example из контактов.",
    ] {
        let bench = Bench::at_ticket(naming(text));
        assert_eq!(bench.list(), [("eve@lindqvist.example", false)], "{text}");
        assert_eq!(
            doubt(&bench, "eve@lindqvist.example"),
            Some(Doubt::ToRemove),
            "{text}"
        );
        assert_eq!(why_not_added(&bench), "no address is ticked");
        assert!(text_of(&bench.view()).contains("Not selected: the requester asks to remove it"));
    }
}

#[test]
fn of_a_list_with_one_who_leaves_only_the_others_are_ticked() {
    let bench = Bench::at_ticket(naming(
        "Please add bob@lindqvist.example and carol@lindqvist.example.\nPlease remove eve@lindqvist.example, she has left the company.",
    ));
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        ["bob@lindqvist.example", "carol@lindqvist.example"]
    );
}

#[test]
fn an_address_asked_for_once_and_to_be_removed_another_time_is_not_ticked() {
    let mut desk = naming("Please add eve@lindqvist.example.");
    desk.comment(
        7,
        true,
        "Sorry, please remove Eve@Lindqvist.example instead.",
    );
    let bench = Bench::at_ticket(desk);
    assert_eq!(
        doubt(&bench, "eve@lindqvist.example"),
        Some(Doubt::ToRemove)
    );
}

#[test]
fn only_the_requesters_domain_and_those_of_the_contacts_are_the_customers() {
    let bench = with_contacts_at(
        "Please add a@lindqvist.example, b@gears.example, c@rival.example, d@eu.lindqvist.example and e@XN--BCHER-KVA.example.",
        &["gears.example", "bücher.example"],
    );
    let other = |domain: &str| {
        Some(Doubt::OtherDomain {
            domain: domain.to_owned(),
        })
    };
    assert_eq!(doubt(&bench, "a@lindqvist.example"), None);
    assert_eq!(doubt(&bench, "b@gears.example"), None);
    assert_eq!(doubt(&bench, "c@rival.example"), other("rival.example"));
    assert_eq!(
        doubt(&bench, "d@eu.lindqvist.example"),
        other("eu.lindqvist.example")
    );
    assert_eq!(
        doubt(&bench, "e@xn--bcher-kva.example"),
        None,
        "however the domain is written"
    );
    assert!(text_of(&bench.view()).contains(
        "Not selected: neither the requester nor a contact has an address at rival.example"
    ));
}

#[test]
fn a_suspended_or_deleted_colleague_makes_no_domain_the_customers() {
    let mut desk = naming("Please add bob@rival.example and carol@gone.example.");
    desk.user(60, "Left", "left@rival.example", Some(ORGANIZATION));
    desk.users.get_mut(&60).unwrap()["suspended"] = json!(true);
    desk.user(61, "Gone", "gone@gone.example", Some(ORGANIZATION));
    desk.users.get_mut(&61).unwrap()["active"] = json!(false);
    let bench = Bench::at_ticket(desk);
    assert_eq!(
        bench.case().contacts.ticked().count(),
        0,
        "{:?}",
        bench.list()
    );
}

#[test]
fn look_alikes_of_the_customers_domains_and_free_mail_are_not_ticked() {
    let bench = with_contacts_at(
        "Please add a@lindqv1st.example, b@gaers-works.example, c@gmail.com and d@mail.gmx.de.",
        &["gears-works.example"],
    );
    let like = |of: &str| Some(Doubt::LookAlike { of: of.to_owned() });
    assert_eq!(
        doubt(&bench, "a@lindqv1st.example"),
        like("lindqvist.example")
    );
    assert_eq!(
        doubt(&bench, "b@gaers-works.example"),
        like("gears-works.example")
    );
    assert_eq!(doubt(&bench, "c@gmail.com"), Some(Doubt::FreeMail));
    assert_eq!(
        doubt(&bench, "d@mail.gmx.de"),
        Some(Doubt::BelowFreeMail {
            provider: "gmx.de".to_owned()
        })
    );
    assert_eq!(bench.case().contacts.ticked().count(), 0);
}

#[test]
fn a_contact_with_free_mail_makes_free_mail_no_domain_of_the_customers() {
    let bench = with_contacts_at("Please add c@gmail.com.", &["gmail.com"]);
    assert_eq!(doubt(&bench, "c@gmail.com"), Some(Doubt::FreeMail));
}

#[test]
fn the_teams_own_addresses_are_nobodys_wish() {
    let bench = Bench::at_ticket(naming(
        "I wrote to support@gitlab.com and help@acme.zendesk.com, please add bob@lindqvist.example.",
    ));
    assert_eq!(
        bench.case().contacts.ticked().collect::<Vec<_>>(),
        ["bob@lindqvist.example"]
    );
}

#[test]
fn what_is_in_doubt_can_be_ticked_by_the_engineer_and_stays_ticked() {
    let mut bench = Bench::at_ticket(naming("Please add bob@rival.example."));
    bench.press("toggle_contact", &[("email", "bob@rival.example")]);
    assert_eq!(bench.list(), [("bob@rival.example", true)]);
    bench.press("refresh", &[]);
    bench.settle();
    assert_eq!(bench.list(), [("bob@rival.example", true)]);
    assert_eq!(
        contacts_to_add(bench.case(), bench.world().rules()).unwrap(),
        [add("bob@rival.example", None)]
    );
}

#[test]
fn what_the_engineer_enters_is_asked_for_wherever_it_is() {
    let mut bench = Bench::at_ticket(naming("Hello"));
    bench.press(
        "edit_list",
        &[(
            "addresses",
            "bob@rival.example carol@gmail.com dan@lindqv1st.example",
        )],
    );
    bench.settle();
    assert_eq!(
        bench.list(),
        [
            ("bob@rival.example", true),
            ("carol@gmail.com", false),
            ("dan@lindqv1st.example", false)
        ]
    );
}
