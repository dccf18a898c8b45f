//! Events in any order, good and bad ones, on two sites that remember their state: whatever
//! happens, the core keeps its promises.
//!
//! Our own seeded generator; a failure names its seed and event. CI runs 40,000 events; use
//! `TETHER_EVENTS=1000000` for a long run. `TETHER_SEED=17` runs only that seed; with both, the
//! long run starts there.

mod colleague;
mod commands;
pub mod dice;
pub mod events;
mod ledger;
mod promises;
pub mod stage;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Instant;

use crate::support::office::Office;
use dice::Dice;
use events::Mood;
use ledger::{Ledger, Tally};
use stage::Stage;
use tether::app::{Command, Event};
use tether::map::Map;

/// One run of events from a fresh browser.
fn run(seed: u64, events: u64, stage: &Stage, tally: &mut Tally) {
    let mut dice = Dice::seeded(seed);
    let mood = if dice.one_in(3) {
        Mood::Wild
    } else {
        Mood::Eager
    };
    let mut office = Office::new(stage::sites(&mut dice));
    let mut ledger = Ledger::default();
    let mut pending = Vec::new();
    // How many jobs pages had before the last event.
    let mut given = 0;
    for n in 0..events {
        let mut guard = SaysWhere(format!("TETHER_SEED={seed}, before event {n}"));
        // At any moment: while answers are on their way, and between the fresh look and the write.
        if dice.one_in(if office.jobs.is_empty() { 40 } else { 12 }) {
            colleague::meddles(&mut dice, &mut office);
        }
        let event = if n == 0 {
            Event::PanelIn { window: 1 }
        } else {
            events::next(
                &mut dice,
                stage,
                &mut office,
                Some(&ledger),
                &mut pending,
                mood,
            )
        };
        if dice.one_in(200) {
            // A clock is set back.
            office.browser.now -= dice.below(600_000);
        }
        if dice.one_in(4) {
            let longest = if dice.one_in(8) { 40_000 } else { 2_000 };
            office.browser.now += dice.below(longest);
        }
        guard.0 = format!("TETHER_SEED={seed}, event {n}: {event:?}");
        if let Event::Answered { id, .. } = &event {
            let id = *id;
            office.browser.reads.retain(|(waiting, _)| *waiting != id);
        }
        let before = ledger.before(&office, &event);
        let jobs = office.jobs.len();
        let effects = if matches!(event, Event::Woke) {
            office.waits.clear();
            office.fetches.clear();
            office.asked.clear();
            // The page may never have received its last job.
            if dice.one_in(2) {
                office.jobs.truncate(given);
            }
            office.browser.stop();
            let effects = std::mem::take(&mut office.browser.told);
            office.take(&effects);
            effects
        } else if dice.one_in(12) {
            let stored: Vec<(String, String)> = office
                .browser
                .stored
                .iter()
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            let live = office.browser.model.clone();
            let effects = office.tell(event.clone());
            promises::goes_on_alike(live, &stored, &event, &office.browser, &effects);
            tally.restored += 1;
            effects
        } else {
            office.tell(event.clone())
        };
        if mood == Mood::Eager {
            events::brought(&office, &effects, &mut pending);
        }
        given = jobs.min(office.jobs.len());
        promises::check_effects(&office.browser, &effects);
        ledger.after(&office, &event, &before, &effects, tally);
        if dice.one_in(16) || n + 1 == events {
            promises::check_state(&office.browser);
        }
        guard.fine();
    }
}

/// Names the event at which something fails.
struct SaysWhere(String);

impl SaysWhere {
    fn fine(mut self) {
        self.0.clear();
    }
}

impl Drop for SaysWhere {
    fn drop(&mut self) {
        if !self.0.is_empty() {
            eprintln!("at {}", self.0);
        }
    }
}

fn wish(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|n| n.parse().expect("a number"))
}

/// Every command that the core knows is pressed. The names are taken from the core's source.
#[test]
fn every_command_that_there_is_is_pressed() {
    fn words(folder: &Path, into: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                words(&path, into);
            } else {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                into.extend(
                    text.split('"')
                        .filter(|w| {
                            !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
                        })
                        .map(str::to_owned),
                );
            }
        }
    }
    let mut all = BTreeSet::new();
    words(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    let known: Vec<&String> = all
        .iter()
        .filter(|word| !matches!(Command::parse(word, &Map::new(), None), Ok(None)))
        .collect();
    assert!(known.len() > 50, "{known:?}");
    let never: Vec<_> = known
        .iter()
        .filter(|word| !commands::NAMES.contains(&word.as_str()))
        .collect();
    assert!(
        never.is_empty(),
        "add them to NAMES in tests/native/random_events/commands.rs: {never:?}"
    );
}

#[test]
fn whatever_comes_in_whatever_order_the_core_keeps_its_promises() {
    const RUN: u64 = 500;
    let stage = Stage::new();
    let mut tally = Tally::default();
    let (first, wanted) = (wish("TETHER_SEED"), wish("TETHER_EVENTS"));
    // A seed alone is a single run, for debugging.
    let runs = wanted
        .unwrap_or(if first.is_some() { RUN } else { 40_000 })
        .div_ceil(RUN);
    let seeds = first.unwrap_or(1)..first.unwrap_or(1) + runs;
    let started = Instant::now();
    // A failing run does not hide the others.
    let broken: Vec<u64> = seeds
        .filter(|seed| {
            catch_unwind(AssertUnwindSafe(|| run(*seed, RUN, &stage, &mut tally))).is_err()
        })
        .collect();
    println!(
        "{} events in {runs} runs, {:?}: {tally:?}",
        runs * RUN,
        started.elapsed()
    );
    assert!(
        broken.is_empty(),
        "{} of {runs} runs broke a promise, of these seeds: {broken:?}",
        broken.len()
    );
    let Tally {
        associated,
        by_api,
        added,
        removed,
        undone,
        problem_types,
        assigned,
        handed_over,
        handed_on,
        notes,
        replies,
        replies_undone,
        traces,
        keys_filled,
        ..
    } = tally;
    let all = [
        associated,
        by_api,
        added,
        removed,
        undone,
        problem_types,
        assigned,
        handed_over,
        notes,
        replies,
        replies_undone,
        traces,
        keys_filled,
        handed_on,
    ];
    assert!(
        runs < 80 || all.iter().all(|count| *count > 0),
        "every route is gone to its end: {all:?}"
    );
}
