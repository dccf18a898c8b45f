//! Mutated comments and mails: no panic, no hang, and the time in proportion to the text.
//!
//! 20,000 by default; `TETHER_MUTATIONS=1000000` for a long run.

use std::time::{Duration, Instant};

use super::mutations::{self, Dice};
use serde_json::{Value, json};
use tether::evidence::{recognize, recognize_file, recognize_pasted};
use tether::record::ids::UserId;
use tether::zendesk::answer;

const SAMPLES: &[&str] = &[
    "Hi,\nplease add bo@acme.example and cy (at) acme dot example.\n\nKind regards,\nAda\n-- \nada@acme.example",
    "Lizenz-ID: 1023999\n\nVon: GitLab <support@gitlab.com>\nGesendet: Montag\nAn: x@acme.example\nBetreff: Re\n\nLicense ID 1234567",
    "ライセンスID：１０２３９９９\n追加対象：taro＠acme.example、bo@acme.example",
    "License ID\tPlan\tSeats\n1023999\tUltimate\t250\n\nOn Mon, 23 Nov 2026 at 10:00, G <g@gitlab.com> wrote:\n> q\nanswer",
    "Activation code: Ab3dEfGh1jKlMn0pQrStUvWx\nID лицензии: 1 023 999",
    "<p>Please add <a href=\"mailto:bo@acme.example\">@Bo</a></p><blockquote>License ID 7<table><tr><td>x</td></tr></table></blockquote>",
    "From: a@acme.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nLicense ID 1023999\n--b\nContent-Transfer-Encoding: base64\n\neyJkYXRhIjoi\n--b--\n",
];

const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\t",
    "|",
    ">",
    "> ",
    ":",
    "：",
    "＠",
    "@",
    "(at)",
    " AT ",
    " DOT ",
    "&nbsp;",
    "&#",
    "&amp;",
    "--",
    "____________",
    "From: ",
    "Subject: ",
    "wrote:",
    "写道：",
    "license ",
    "ID ",
    "ライセンス",
    "番号",
    "лицензии ",
    "1023999",
    "1 023 999",
    "2026",
    "10:00",
    "\u{200B}",
    "\u{202E}",
    "\u{FEFF}",
    "é",
    "e\u{301}",
    "<",
    "</blockquote>",
    "<td>",
    "https://",
    "mailto:",
    "eyJkYXRhIjoi",
    "License Key,\"",
    "Date,Billable User Count\n",
    "remove ",
    "bitte hinzufügen",
    "削除",
    "PS: ",
    "Best regards\n",
    ".",
    ",",
    ";",
    "(",
    ")",
    "\0",
    "Content-Type: message/rfc822\n\n",
    "=?utf-8?B?",
    "--b\n",
];

fn mutated(dice: &mut Dice) -> String {
    let mut bytes = SAMPLES[dice.below(SAMPLES.len())].as_bytes().to_vec();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len() + 1);
        let length = dice.below(40).min(bytes.len() - at);
        match dice.below(7) {
            0 => drop(bytes.drain(at..at + length)),
            1 => {
                let copy = bytes[at..at + length].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            2 | 3 => drop(bytes.splice(at..at, PIECES[dice.below(PIECES.len())].bytes())),
            4 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            5 => {
                let other = SAMPLES[dice.below(SAMPLES.len())].as_bytes();
                let start = dice.below(other.len());
                bytes.splice(at..at, other[start..].iter().copied());
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())].repeat(1 + dice.below(40));
                bytes.splice(at..at, piece.into_bytes());
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Everything that reads what a customer writes.
fn read(text: &str) {
    let requester = UserId::try_from(7).unwrap();
    for (plain, html) in [(json!(text), Value::Null), (Value::Null, json!(text))] {
        let value = json!({"comments": [{"id": 1, "author_id": 7, "public": true, "plain_body": plain, "html_body": html}], "meta": {"has_more": false}});
        let comments = answer::all_comments(&value).unwrap().items;
        let found = answer::written_addresses(&comments, requester);
        assert!(found.len() <= 50 && found.iter().all(|w| w.email.contains('@')));
        let _ = answer::broken_addresses(&comments, requester);
        for piece in recognize(&comments[0].text) {
            assert!(
                comments[0].text.get(piece.range).is_some(),
                "a range of whole characters"
            );
        }
    }
    let _ = (recognize_pasted(text), recognize_file(text.as_bytes()));
}

#[test]
fn a_mutated_comment_never_panics_or_hangs() {
    let (count, seed) = (mutations::count(), mutations::seed());
    let mut dice = Dice(seed);
    let mut slowest = Duration::ZERO;
    for _ in 0..count {
        let text = mutated(&mut dice);
        let began = Instant::now();
        read(&text);
        slowest = slowest.max(began.elapsed());
    }
    println!("{count} comments of seed {seed}, the slowest in {slowest:?}");
}

#[test]
fn the_time_of_reading_grows_with_the_text() {
    for piece in PIECES.iter().copied().chain([
        "From: a@b.example\n",
        "On Mon, 23 Nov 2026 at 10:00, x <a@b.example>\n",
        "a (at) ",
        "a at b dot ",
        "bo@acme.example, ",
        "add bo@acme.example and remove ",
        "license no ",
        "license id ライセンス",
        "ID: 12345\nlicense\n",
        "Best regards\nAda\n",
        "https://a ",
        "<a href=\"mailto:bo@acme.example\">",
        "License ID\tPlan\n",
        "は",
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    ]) {
        // Eight times the text takes eight times as long; with a loop in a loop it would be sixty-four times.
        let took = |size: usize| {
            let text = piece.repeat(size / piece.len());
            let began = Instant::now();
            read(&text);
            began.elapsed()
        };
        let part = took(12_500);
        let whole = took(100_000);
        assert!(
            whole < 30 * part.max(Duration::from_millis(20)),
            "{piece:?}: {part:?}, then {whole:?}"
        );
    }
}
