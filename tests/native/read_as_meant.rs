//! What requesters take back, leave unticked, quote, or say of other products and other people: the
//! proof that counts is the one that they mean, and only whom they ask for is ticked.
//!
//! `read_as_meant.json` has the comments, each a plain text or HTML, and what must come out: `proof` is the
//! piece that counts, none if nothing may count without a warning.

use serde_json::{Value, json};
use tether::case::contacts::{CustomerDomains, NamedBy, doubt};
use tether::case::proof::{Place, Proofs, Standing};
use tether::evidence::recognize_comment;
use tether::mail::AddressText;
use tether::record::ids::UserId;
use tether::record::ticket::Comment;
use tether::zendesk::answer;

use crate::ticket_texts::short;

const REQUESTER: u64 = 7;

fn comments(form: &Value) -> Vec<Comment> {
    let all: Vec<Value> = form["comments"]
        .as_array()
        .unwrap()
        .iter()
        .zip(1..)
        .map(|(text, nth)| {
            let is_html = form["html"] == true;
            json!({
                "id": nth, "author_id": REQUESTER, "public": true, "created_at": format!("2026-11-{nth:02}T10:00:00Z"),
                "plain_body": if is_html { &Value::Null } else { text },
                "html_body": if is_html { text } else { &Value::Null },
            })
        })
        .collect();
    answer::all_comments(&json!({"comments": all, "meta": {"has_more": false}}))
        .unwrap()
        .items
}

/// The piece that counts, unless it needs a warning.
fn proof(comments: &[Comment]) -> Option<String> {
    let mut proofs = Proofs::default();
    let mut names = Vec::new();
    for (comment, nth) in comments.iter().zip(1..) {
        let said = recognize_comment(&comment.text, proofs.has_id_before(nth));
        if said.takes_back {
            proofs.take_back_before(nth);
        }
        for found in said.found {
            let place = Place::Comment {
                id: comment.id,
                nth,
            };
            let standing = Standing {
                guessed: found.guessed,
                taken_back: found.taken_back,
                passed_on: found.passed_on,
            };
            let kept = found.evidence.kept();
            let number = proofs
                .keep_as(kept, place, &comment.created_at, None, standing)
                .unwrap();
            names.push((number, short(&found.evidence)));
        }
    }
    let chosen = proofs.chosen().filter(|piece| !piece.taken_back)?;
    names
        .into_iter()
        .find(|(number, _)| *number == chosen.number)
        .map(|(_, name)| name)
}

fn ticked(comments: &[Comment]) -> Vec<String> {
    let domains = CustomerDomains::of(Some(&AddressText::from("ada@acme.example")), []);
    answer::written_addresses(comments, UserId::try_from(REQUESTER).unwrap())
        .into_iter()
        .filter(|written| {
            !written.in_signature()
                && doubt(
                    &AddressText::from(written.email.as_str()),
                    NamedBy::Requester(written.wish, written.oddity),
                    &domains,
                )
                .is_none()
        })
        .map(|written| written.email)
        .collect()
}

#[test]
fn comments_are_read_as_their_author_means_them() {
    let forms: Vec<Value> = serde_json::from_str(include_str!("read_as_meant.json")).unwrap();
    let mut wrong = Vec::new();
    for form in &forms {
        let comments = comments(form);
        let found = json!({"proof": proof(&comments), "ticked": ticked(&comments)});
        let wanted = json!({"proof": form["proof"], "ticked": form["ticked"]});
        if found != wanted {
            wrong.push(format!("{}: {found}, not {wanted}", form["comments"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(forms.len() >= 100);
}
