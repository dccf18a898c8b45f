//! Looking up a reply's macro in lists that hold what Tether cannot read.

use serde_json::{Value, json};
use tether::app::Event;
use tether::case::reply_progress::{Author, Progress};

use crate::fresh_look::{office, work};
use crate::support::office::Office;
use crate::support::sites::Sites;
use crate::support::{ok, text_of};

/// Drafts a reply while every search for macros finds these.
fn drafted(macros: &Value) -> Office {
    let mut office = office(41, Sites::new());
    office.press("draft_reply", &[("about", "proof_asked")]);
    while let Some(at) = (!office.browser.reads.is_empty()).then_some(0) {
        let (id, url) = office.browser.reads.remove(at);
        let answer = if url.contains("/macros/search") {
            ok(
                &json!({"macros": macros, "next_page": null, "count": macros.as_array().map(Vec::len)}),
            )
        } else {
            office.sites.answer(&url)
        };
        office.tell(Event::Answered { id, answer });
    }
    work(&mut office);
    office
}

fn why(office: &Office) -> String {
    match &office.browser.case(41).drafting.now {
        Progress::Written {
            by: Author::Tether(why),
            ..
        } => why.clone(),
        other => panic!("{other:?}"),
    }
}

const AMONG: &str =
    "no macro with a title from the settings was found among those that can be read";

#[test]
fn that_macros_could_not_be_read_is_said_where_the_text_is_tethers_own() {
    for odd in [
        json!({"id": "seventy", "title": "Proof of support entitlement", "active": true}),
        json!({"id": 72, "title": null, "active": true}),
        json!({"id": 72, "title": "Proof of support entitlement", "active": "yes"}),
        json!("Proof of support entitlement"),
    ] {
        let office = drafted(&json!([odd, {"id": 73, "title": "Another", "active": true}]));
        assert_eq!(why(&office), AMONG, "{odd}");
        assert!(text_of(&office.browser.view()).contains("among those that can be read"));
        let (public, lines) = &office.sites.composers[&41];
        assert!(*public && !lines.is_empty());
    }
}

#[test]
fn where_every_macro_could_be_read_nothing_is_said_about_it() {
    for macros in [
        json!([]),
        json!([{"id": 73, "title": "Another", "active": true}]),
        json!([{"id": 72, "title": "Proof of support entitlement", "active": false}]),
    ] {
        assert_eq!(
            why(&drafted(&macros)),
            "no macro with a title from the settings was found"
        );
    }
}

#[test]
fn one_that_cannot_be_read_hides_no_other() {
    let office = drafted(&json!([
        {"id": null, "title": "Proof of support entitlement", "active": true},
        {"id": 72, "title": "Proof of support entitlement", "active": true}
    ]));
    assert!(matches!(
        &office.browser.case(41).drafting.now,
        Progress::Written { by: Author::Macro(title), .. } if title == "Proof of support entitlement"
    ));
}
