//! Walks in any order of events, good ones and bad ones: nothing leaks, nothing is stuck, and nothing is asked without a click.

use crate::support::pages;
use crate::support::*;
use crate::walk::*;
use serde_json::json;
use tether::app::event::Fetched;
use tether::app::{Effect, Event};
use tether::case::trace::{Step, TraceState};
use tether::reading::Answer;

/// Xorshift: small, quick, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

fn comments() -> Vec<serde_json::Value> {
    let files = json!([attached(1, "a.txt", "text/plain", 9, &file_url("a"))]);
    vec![
        says(1, &format!("our activation code: {CODE}")),
        comment(2, 7, "license ID 410233, or license ID 410999", &files),
    ]
}

/// What the portal or the network may answer instead.
fn bad(dice: &mut Dice, url: &str) -> Answer {
    let page = dice
        .of(&[
            license_page(LICENSE, "A-S00999999", true),
            order_page(ORDER, SUB, 9_002),
            account_page(9_002, OTHER_SFDC, CODE),
        ])
        .1
        .clone();
    match dice.below(8) {
        0 => html(url, 403, ""),
        1 => html(url, 404, &page),
        2 => html(url, 500, ""),
        3 => html(url, 429, ""),
        4 => Answer::Redirected,
        5 => Answer::Offline,
        6 => Answer::TimedOut,
        _ => html(url, 200, &page),
    }
}

fn event(dice: &mut Dice, desk: &mut Desk) {
    let step = dice.of(Step::ALL).key();
    let commands: [(&str, &[(&str, &str)]); 14] = [
        ("trace", &[]),
        ("trace", &[]),
        ("trace", &[]),
        ("stop_trace", &[]),
        ("choose_proof", &[("proof", "1")]),
        ("choose_proof", &[("proof", "2")]),
        ("choose_proof", &[("proof", "99")]),
        ("choose_order", &[("order", "700101")]),
        ("choose_order", &[("order", "700202")]),
        ("remove", &[("slot", "order")]),
        ("remove", &[("slot", "proof")]),
        ("take_offered", &[]),
        ("keep_held", &[]),
        ("refresh", &[]),
    ];
    match dice.below(24) {
        0..=5 => {
            let (name, fields) = *dice.of(&commands);
            desk.press(name, fields);
        }
        6 => {
            desk.press("open_step", &[("step", step)]);
        }
        7 => {
            desk.press(
                "use_proof",
                &[(
                    "proof_text",
                    *dice.of(&[CODE, "410233", "nothing", "glpat-abcdefghij1234567890"]),
                )],
            );
        }
        8 => {
            desk.tell(Event::Selected {
                tab: 1,
                text: dice.of(&[CODE, "license ID 410233"]).to_string(),
            });
        }
        9 => {
            desk.tell(Event::TabSeen {
                tab: 9,
                url: format!(
                    "https://{PORTAL}/admin{}",
                    dice.of(&["", "/sign_in", "/order/700101"])
                ),
                front: false,
            });
        }
        10 => {
            let web = dice
                .of(&[
                    license_page(410_300, SUB, false),
                    order_page(700_202, SUB, ACCOUNT),
                    account_page(ACCOUNT, SFDC18, SOLD_TO),
                ])
                .clone();
            desk.tell(Event::PortalPage {
                tab: 9,
                url: web.0,
                html: web.1,
            });
        }
        11 => desk.stop(),
        12 => {
            // An answer that nobody waits for, or that comes a second time.
            let id = dice.below(60);
            desk.tell(Event::Answered {
                id: id + 10_000,
                answer: bad(dice, &pages::url("order", ORDER)),
            });
            desk.tell(Event::Fetched {
                id: id + 10_000,
                file: Fetched::Bytes(b"license ID 410777".to_vec()),
            });
        }
        13 | 14 if !desk.browser.reads.is_empty() => {
            let at = usize::try_from(dice.below(desk.browser.reads.len() as u64)).unwrap();
            let (id, url) = desk.browser.reads.remove(at);
            let answer = bad(dice, &url);
            desk.tell(Event::Answered { id, answer });
        }
        _ => _ = desk.step(),
    }
}

#[test]
fn whatever_happens_the_code_is_kept_nowhere_and_a_walk_either_waits_for_something_or_is_over() {
    for seed in 1..=150_u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut desk = Desk::new(comments());
        desk.dice = seed;
        desk.lenient = true;
        desk.serve(&orders_page(
            &[
                (700_202, SUB, "November 1, 2023", "November 1, 2024"),
                ONE_ORDER[0],
            ],
            Some(ACCOUNT),
        ));
        desk.serve(&order_page(700_202, SUB, ACCOUNT));
        desk.serve(&license_page(410_999, SUB, false));
        desk.serve(&account_page(9_002, OTHER_SFDC, SOLD_TO));
        desk.files.insert(
            file_url("a"),
            Fetched::Bytes(format!("activation code {CODE}").into_bytes()),
        );
        desk.tell(Event::PanelOpened);
        desk.look();
        for at in 0..120 {
            let before = desk.asked_of_portal().len();
            let running = desk.case().trace.state == TraceState::Running;
            event(&mut dice, &mut desk);
            let kept = desk.everything_kept();
            assert!(!kept.contains(CODE), "seed {seed}, event {at}");
            let told = desk.browser.told.last().cloned();
            let waits = !desk.browser.reads.is_empty() || !desk.fetches.is_empty();
            let runs = desk.case().trace.state == TraceState::Running;
            assert!(
                !runs || waits,
                "seed {seed}, event {at}: stuck in {:?}",
                desk.case().trace
            );
            if !running && !runs {
                let now = desk.asked_of_portal().len();
                // A walk that ends in the same event has asked nothing either.
                assert_eq!(
                    now, before,
                    "seed {seed}, event {at}: asked without a walk, {told:?}"
                );
            }
        }
        desk.settle();
        assert_ne!(desk.case().trace.state, TraceState::Running, "seed {seed}");
    }
}

#[test]
fn every_effect_for_the_portal_comes_after_a_click() {
    let mut desk = Desk::new(comments());
    desk.files
        .insert(file_url("a"), Fetched::Bytes(b"nothing".to_vec()));
    let mut desk = desk.sit();
    for web in [
        license_page(LICENSE, SUB, false),
        order_page(ORDER, SUB, ACCOUNT),
    ] {
        desk.browser.browse(2, &web);
        desk.settle();
    }
    desk.stop();
    desk.settle();
    let asked = desk
        .browser
        .told
        .iter()
        .filter(|e| matches!(e, Effect::Read { url, .. } if url.contains(PORTAL)))
        .count();
    assert_eq!(asked, 0);
}
