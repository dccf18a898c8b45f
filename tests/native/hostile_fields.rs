//! Puts hostile text in place of every text of every answer and page, one at a time, on every
//! route. It must be shown as text, forge no line of the note, no link and no page job, and break
//! nothing. The places are generated: each route runs once while everything that arrives is
//! recorded.
//!
//! `TETHER_CELL=words` visits only the places with those words in their name.

use crate::hostile::harm;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Instant;

use harm::{harmless, harmless_orders};
use serde_json::Value;

use crate::fault_matrix::bench::Bench;
use crate::fault_matrix::routes::{Route, routes, sites};
use crate::hostile::places;
use crate::support;

/// Replaces a text.
const INSTEAD: &str = "<img src=x onerror=alert(1)>\u{202E}\n- License: forged\r- Organization: https://evil.example/1\u{2028}\"'><script>alert(1)</script> javascript:alert(1)";
/// Is appended to a text, which still looks the same to a careless reader.
const BEHIND: &str =
    "\n- Organization: https://evil.example/1\u{2029}</pre><svg onload=alert(1)>\u{2066}";

/// What is done to a text.
#[derive(Clone, Copy, Debug)]
enum How {
    Instead,
    Behind,
    /// An address that runs, or leads elsewhere.
    Address,
}

impl How {
    fn of(self, text: &str) -> String {
        match self {
            Self::Instead => INSTEAD.to_owned(),
            Self::Behind => format!("{text}{BEHIND}"),
            Self::Address => {
                "javascript:alert(document.domain)//https://customers.gitlab.com/admin/license/1"
                    .to_owned()
            }
        }
    }
}

/// Runs a route with changed answers, and checks for harm after every step.
fn go(route: &Route, prepare: impl FnOnce(&mut Bench)) -> Result<(), String> {
    let mut bench = Bench::new(sites(), route.ticket);
    (route.set_up)(&mut bench);
    prepare(&mut bench);
    for (n, step) in route.steps.iter().enumerate() {
        bench.step = n;
        (step.act)(&mut bench);
        bench.settle()?;
        harmless(&bench).map_err(|why| format!("after {}: {why}", step.name))?;
    }
    harmless_orders(&bench.orders)
}

/// The same, and a panic is no end of the whole test.
fn cell(route: &Route, prepare: impl FnOnce(&mut Bench)) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| go(route, prepare))).unwrap_or_else(|panic| {
        let said = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(format!("it panicked: {}", said.unwrap_or_default()))
    })
}

/// The answers of Zendesk on a route, the first of each address.
fn answers(route: &Route) -> BTreeMap<String, Value> {
    let seen = Rc::new(RefCell::new(BTreeMap::new()));
    let into = Rc::clone(&seen);
    go(route, |bench| {
        bench.rewrite = Some(Box::new(move |url, body| {
            if let Ok(value @ Value::Object(_)) = serde_json::from_str::<Value>(body) {
                into.borrow_mut().entry(url.to_owned()).or_insert(value);
            }
            None
        }));
    })
    .unwrap();
    seen.borrow().clone()
}

/// The texts of an answer: its strings, and what is null or a number where a text could stand as well.
fn texts(answer: &Value) -> Vec<String> {
    let mut all = Vec::new();
    places(answer, "", &mut all);
    all.retain(|place| answer.pointer(place).is_some_and(Value::is_string));
    all
}

#[test]
fn hostile_text_in_the_place_of_any_text_of_any_answer_does_no_harm() {
    let started = Instant::now();
    let only = std::env::var("TETHER_CELL").ok();
    let (mut done, mut addresses, mut cells, mut bad) =
        (BTreeSet::new(), BTreeSet::new(), 0, Vec::new());
    for route in routes() {
        for (url, answer) in answers(&route) {
            for place in texts(&answer) {
                // The same place of the same address on another route is the same.
                if !done.insert(format!("{url} {place}")) {
                    continue;
                }
                addresses.insert(url.clone());
                for how in [How::Instead, How::Behind, How::Address] {
                    let name = format!("{} / {url} {place} / {how:?}", route.name);
                    if only
                        .as_ref()
                        .is_some_and(|only| !name.contains(only.as_str()))
                    {
                        continue;
                    }
                    cells += 1;
                    let (url, place) = (url.clone(), place.clone());
                    let result = cell(&route, |bench| {
                        bench.rewrite = Some(Box::new(move |asked, body| {
                            if asked != url {
                                return None;
                            }
                            let mut value: Value = serde_json::from_str(body).ok()?;
                            let text = value.pointer_mut(&place)?;
                            *text = Value::String(how.of(text.as_str().unwrap_or_default()));
                            Some(value.to_string())
                        }));
                    });
                    if let Err(why) = result {
                        bad.push(format!("{name}: {why}"));
                    }
                }
            }
        }
    }
    println!(
        "{} texts of {} answers, {cells} cells, {} bad, {:?}",
        done.len(),
        addresses.len(),
        bad.len(),
        started.elapsed()
    );
    assert!(
        only.is_some() || (addresses.len() > 25 && done.len() > 200),
        "the routes ask what they ask"
    );
    assert!(
        bad.is_empty(),
        "{} of {cells} cells do harm:\n{}",
        bad.len(),
        bad.join("\n")
    );
}

/// The place of a text in a page: between two tags, or in an attribute that is shown, followed or read; whether it is one that the page is
/// taken apart by.
fn spots(html: &str) -> Vec<(std::ops::Range<usize>, bool)> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(open) = html[from..].find('<').map(|at| from + at) {
        if html[from..open].chars().any(|c| !c.is_whitespace()) {
            all.push((from..open, false));
        }
        let Some(close) = html[open..].find('>').map(|at| open + at) else {
            break;
        };
        let tag = &html[open..close];
        for attribute in ["href", "title", "value", "datetime", "data-model", "class"] {
            if let Some(at) = tag
                .find(&format!("{attribute}=\""))
                .map(|at| open + at + attribute.len() + 2)
                && let Some(end) = html[at..close].find('"').map(|end| at + end)
            {
                all.push((
                    at..end,
                    ["datetime", "data-model", "class"].contains(&attribute),
                ));
            }
        }
        from = close + 1;
    }
    all
}

#[test]
fn hostile_text_in_any_place_of_any_page_does_no_harm() {
    let started = Instant::now();
    let only = std::env::var("TETHER_CELL").ok();
    let (mut done, mut cells, mut bad) = (BTreeSet::new(), 0, Vec::new());
    let pages = sites().portal;
    for route in routes()
        .into_iter()
        .filter(|route| ["license", "activation", "hand-over"].contains(&route.name))
    {
        let asked = Rc::new(RefCell::new(BTreeSet::new()));
        let into = Rc::clone(&asked);
        go(&route, |bench| {
            bench.rewrite = Some(Box::new(move |url, _| {
                into.borrow_mut().insert(url.to_owned());
                None
            }));
        })
        .unwrap();
        for (url, html) in pages
            .iter()
            .filter(|(url, _)| asked.borrow().contains(*url))
        {
            for (spot, is_structure) in spots(html) {
                if !done.insert(format!("{url} {}", spot.start)) {
                    continue;
                }
                let all = [How::Behind, How::Instead, How::Address];
                for how in &all[..if is_structure { 1 } else { all.len() }] {
                    let name =
                        format!("{} / {url} {:?} / {how:?}", route.name, &html[spot.clone()]);
                    if only
                        .as_ref()
                        .is_some_and(|only| !name.contains(only.as_str()))
                    {
                        continue;
                    }
                    cells += 1;
                    let text = support::pages::escaped(&how.of(&html[spot.clone()]));
                    let changed = format!("{}{text}{}", &html[..spot.start], &html[spot.end..]);
                    if let Err(why) = cell(&route, |bench| {
                        _ = bench.office.sites.portal.insert(url.clone(), changed)
                    }) {
                        bad.push(format!("{name}: {why}"));
                    }
                }
            }
        }
    }
    println!(
        "{} places of {} pages, {cells} cells, {} bad, {:?}",
        done.len(),
        pages.len(),
        bad.len(),
        started.elapsed()
    );
    assert!(
        only.is_some() || done.len() > 300,
        "the pages hold what they hold: {}",
        done.len()
    );
    assert!(
        bad.is_empty(),
        "{} of {cells} cells do harm:\n{}",
        bad.len(),
        bad.join("\n")
    );
}

#[test]
fn what_would_be_harm_is_seen() {
    let bad = [
        "<p><img src=x></p>",
        "<p onclick=\"x\">a</p>",
        "<a href=\"javascript:x\">a</a>",
        "<a href=\"https://evil.example/admin/license/1\">a</a>",
        "<p>a\u{202E}b</p>",
        "<script>x</script>",
        "<p style=\"color:red\">a</p>",
    ];
    for html in bad {
        assert!(harm::harmless_view(html).is_err(), "{html}");
    }
    assert_eq!(
        harm::harmless_view(
            "<p>&lt;img src=x&gt; <a href=\"https://customers.gitlab.com/admin/license/1\">License 1</a></p>"
        ),
        Ok(())
    );
    let note = |plain: &str| harm::harmless_note(plain, 2);
    assert_eq!(
        note(
            "- License: https://customers.gitlab.com/admin/license/1\n- Sold-to: <img> - Organization: x"
        ),
        Ok(())
    );
    for bad in [
        "- License: not found\n- License: not found",
        "- License: forged\n- Order: not found",
        "- License: not found",
        "- License: not found\n- Evil: x",
        "- Organization: https://evil.example/1\n- Order: not found",
    ] {
        assert!(note(bad).is_err(), "{bad}");
    }
}
