//! The panel in every state that the routes, their faults and random events lead to: each state
//! must work with a screen reader and the keyboard. A few states that together contain every
//! element in every place are written to `tests/out/panel-states.json`, for the end-to-end test
//! that checks them with axe, and for pictures.

mod access;
mod gallery;
mod named;

use std::collections::BTreeSet;

use crate::fault_matrix::bench::{Bench, Fault};
use crate::fault_matrix::faults::faults;
use crate::fault_matrix::routes::{Route, routes, sites};
use crate::random_events::dice::Dice;
use crate::random_events::events;
use crate::random_events::stage::{self, Stage};
use crate::support::office::Office;
use gallery::Gallery;
use tether::app::Event;

/// Collects every view of one step, with or without a fault.
fn walk_step(gallery: &mut Gallery, bench: &mut Bench, route: &Route, n: usize) {
    let step = &route.steps[n];
    bench.step = n;
    (step.act)(bench);
    for _ in 0..400 {
        // Until the fault strikes, each view is one that the route without it has shown.
        if bench.fault.is_none() || bench.hits > 0 {
            gallery.take(&format!("{}, {}", route.name, step.name), &bench.view());
        }
        if !bench.one() {
            break;
        }
    }
    // Requests that are never answered time out.
    if bench.wait() {
        gallery.take(
            &format!("{}, {}, later", route.name, step.name),
            &bench.view(),
        );
    }
}

fn walk_all(gallery: &mut Gallery) {
    for route in routes() {
        let mut bench = Bench::new(sites(), route.ticket);
        (route.set_up)(&mut bench);
        for n in 0..route.steps.len() {
            let start = bench.snapshot();
            walk_step(gallery, &mut bench, &route, n);
            let kinds: BTreeSet<String> = bench
                .seen
                .iter()
                .filter(|(step, _)| *step == n)
                .map(|(_, kind)| kind.clone())
                .collect();
            for kind in kinds {
                for how in faults(&kind) {
                    let mut faulty = start.snapshot();
                    faulty.fault = Some(Fault {
                        step: n,
                        kind: kind.clone(),
                        how,
                    });
                    walk_step(gallery, &mut faulty, &route, n);
                }
            }
        }
    }
}

fn at_random(gallery: &mut Gallery, seed: u64, events: u64, stage: &Stage) {
    let mut dice = Dice::seeded(seed);
    let mut office = Office::new(stage::sites(&mut dice));
    let mut pending = Vec::new();
    for n in 0..events {
        let event = if n == 0 {
            Event::PanelOpened
        } else {
            events::event(&mut dice, stage, &mut office, None, &mut pending)
        };
        if let Event::Answered { id, .. } = &event {
            let id = *id;
            office.browser.reads.retain(|(waiting, _)| *waiting != id);
        }
        office.tell(event);
        gallery.take(&format!("random events {seed}"), &office.browser.view());
    }
}

#[test]
fn every_state_of_the_panel_can_be_heard_and_used_by_the_keyboard() {
    let mut gallery = Gallery::default();
    for (name, view) in named::states() {
        gallery.name(name, &view);
    }
    walk_all(&mut gallery);
    let stage = Stage::new();
    for seed in 1..=12 {
        at_random(&mut gallery, seed, 400, &stage);
    }
    let kept = gallery.write();
    println!(
        "{} views, {} of them different, {} places of elements, {kept} states hold them all",
        gallery.looked,
        gallery.different(),
        gallery.places()
    );
    assert!(
        gallery.different() > 1000,
        "the routes lead to many states: {}",
        gallery.different()
    );
    assert!(
        gallery.bad.is_empty(),
        "{} complaints, e.g.\n{}",
        gallery.bad.len(),
        gallery.complaints()
    );
}
