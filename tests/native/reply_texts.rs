//! Reply texts in the profile: filled in, guarded, and refused if they are invalid.

use proptest::prelude::*;
use serde_json::{Value, json};
use tether::case::reply::{
    Facts, Leak, Outcome, Person, Proof, PublicReply, Secrets, own_text, starting_text,
};
use tether::profile::zendesk::ZendeskWords;

const SOLD_TO: &str = "ann.buyer@acme.example";

fn secrets() -> Secrets<'static> {
    Secrets {
        sold_to: Some(SOLD_TO),
        codes: &[],
    }
}

fn person(name: &str, email: &str) -> Person {
    Person {
        name: name.to_owned(),
        email: Some(email.to_owned()),
    }
}

fn facts() -> Facts {
    let texts = |all: &[&str]| all.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    Facts {
        requester_name: "Ada Lovelace".to_owned(),
        proof: Proof::CloudActivation,
        added: texts(&["bob@acme.example", "cleo@acme.example"]),
        removed: texts(&["dan@acme.example"]),
        open: texts(&["eve@acme.example"]),
        limit: 30,
        adding: 2,
        contacts: Some(vec![
            person("Bob Byte", "bob@acme.example"),
            person("Cleo", "cleo@acme.example"),
        ]),
    }
}

fn said(text: &str, facts: &Facts) -> Vec<String> {
    PublicReply::own(Outcome::ContactsAdded, Some(text), facts, &secrets())
        .unwrap()
        .lines()
}

#[test]
fn tethers_own_text_as_somebody_begins_from_it_says_the_same() {
    for &outcome in Outcome::ALL {
        let text = starting_text(outcome);
        let filled = PublicReply::own(outcome, Some(&text), &facts(), &secrets()).unwrap();
        let own = PublicReply::build(own_text(outcome, &facts(), &secrets()), &secrets()).unwrap();
        assert_eq!(filled, own, "{text}");
    }
    let text = starting_text(Outcome::LimitReached);
    for part in [
        "Hello {first_name},",
        "{limit} support contacts",
        "adding {adding}",
        "{contact_count}:\n- {contacts}",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(
        starting_text(Outcome::ProofAsked).contains("- **License ID**: "),
        "{}",
        starting_text(Outcome::ProofAsked)
    );
}

#[test]
fn placeholders_are_filled_and_lists_become_items_of_their_own() {
    let text = "Hi {first_name},\nyour {proof} is fine.\n\nNew:\n- **first** of all\n- {added}\nAll of them.\n";
    let filled =
        PublicReply::own(Outcome::ContactsAdded, Some(text), &facts(), &secrets()).unwrap();
    assert_eq!(
        filled.lines(),
        [
            "Hi Ada,",
            "your cloud activation is fine.",
            "New:",
            "first of all",
            "bob@acme.example",
            "cleo@acme.example",
            "All of them."
        ]
    );
    assert!(
        filled
            .html()
            .contains("<p>Hi Ada,<br>your cloud activation is fine.</p>"),
        "{}",
        filled.html()
    );
    assert!(
        filled
            .html()
            .contains("<li><strong>first</strong> of all</li>"),
        "{}",
        filled.html()
    );
    // Without a name, the space is left out, too.
    assert_eq!(
        said(
            "Hi {first_name}, welcome {first_name}!",
            &Facts {
                requester_name: String::new(),
                ..facts()
            }
        ),
        ["Hi, welcome!"]
    );
}

#[test]
fn an_empty_list_brings_tethers_own_text() {
    let nobody = Facts {
        added: Vec::new(),
        ..facts()
    };
    let lines = said("Now in:\n- {added}", &nobody);
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("You are now associated")),
        "{lines:?}"
    );
    // Somebody who may not read the contacts does not get them in this way either.
    let stranger = Facts {
        contacts: None,
        ..facts()
    };
    let reply = PublicReply::own(
        Outcome::LimitReached,
        Some("Yours:\n- {contacts}"),
        &stranger,
        &secrets(),
    )
    .unwrap();
    assert!(
        !reply.lines().concat().contains("bob@acme.example"),
        "{:?}",
        reply.lines()
    );
}

#[test]
fn the_guard_looks_at_such_a_text_like_at_any_other() {
    let told =
        |text: &str, facts: &Facts| PublicReply::own(Outcome::Trial, Some(text), facts, &secrets());
    assert_eq!(
        told("Ask Ann.Buyer@acme.example.", &facts()),
        Err(Leak::SoldTo)
    );
    assert_eq!(
        told("Your code is aB3dE6gH9jK2mN5pQ8sT1vW4.", &facts()),
        Err(Leak::ActivationCode)
    );
    let listed = Facts {
        added: vec![SOLD_TO.to_owned(), "bob@acme.example".to_owned()],
        ..facts()
    };
    let lines = said("In:\n- {added}", &listed);
    assert_eq!(
        lines,
        ["In:", "bob@acme.example", "1 more user that you named"]
    );
}

#[test]
fn what_is_filled_in_is_text_and_nothing_else() {
    let odd = Facts {
        added: vec![
            "**{limit}**@acme.example".to_owned(),
            "- {contacts}@acme.example".to_owned(),
        ],
        ..facts()
    };
    let reply =
        PublicReply::own(Outcome::ContactsAdded, Some("- {added}"), &odd, &secrets()).unwrap();
    let lines = reply.lines();
    assert!(
        lines
            .iter()
            .all(|line| !line.contains("30") && !line.contains("Bob Byte")),
        "{lines:?}"
    );
    assert!(!reply.html().contains("<strong>"), "{}", reply.html());
}

fn with_text(text: &Value) -> Result<ZendeskWords, serde_json::Error> {
    let mut profile: Value =
        serde_json::from_str(include_str!("../../extension/site-profile.json")).unwrap();
    profile["zendesk"]["replies"]["trial"] = text.clone();
    serde_json::from_value(profile["zendesk"].clone())
}

#[test]
fn a_text_with_an_unknown_placeholder_or_a_list_within_a_line_is_refused() {
    for text in [
        "Hello {first_name}!",
        "- {contacts}\n-  {open} ",
        "**Note**: {proof}",
        "a * b ** c",
    ] {
        assert!(with_text(&json!(text)).is_ok(), "{text}");
    }
    let long = "x".repeat(4001);
    for text in [
        "",
        " \n ",
        "Hello {name}",
        "{",
        "}",
        "{first_name",
        "We added {added}.",
        "- {added} and more",
        "a\u{7}b",
        long.as_str(),
    ] {
        let error = with_text(&json!(text)).expect_err(text).to_string();
        assert!(
            error.contains("zendesk.replies.trial must be a text of 1 to 4000 characters"),
            "{error}"
        );
    }
    for &outcome in Outcome::ALL {
        assert!(
            with_text(&json!(starting_text(outcome))).is_ok(),
            "{outcome:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_it_is_refused_or_filled_without_braces_of_its_own(parts in prop::collection::vec(prop_oneof![
        "[a-z .*\n{}-]{0,10}", Just("{first_name}".to_owned()), Just("\n- {added}\n".to_owned()), Just("{limit}".to_owned()), Just("**".to_owned()),
    ], 0..12)) {
        let text = parts.concat();
        let reply = PublicReply::own(Outcome::ContactsAdded, Some(&text), &facts(), &secrets()).unwrap();
        if with_text(&json!(text)).is_ok() {
            prop_assert!(!reply.plain().contains(['{', '}']), "{}", reply.plain());
        }
    }
}
