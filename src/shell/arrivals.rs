//! Answers and files that arrived. They never leave WebAssembly: the background's script only
//! learns that they arrived.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::js::to_js;
use crate::app::Event;
use crate::app::event::Fetched;
use crate::map::Map;
use crate::reading::Answer;

/// Something that arrived.
pub(super) enum Arrival {
    /// The answer to a read.
    Answer(Answer),
    /// A file.
    File(Fetched),
}

thread_local! {
    /// What arrived and has not been reported yet, by its effect's number.
    static ARRIVED: RefCell<Map<u64, Arrival>> = const { RefCell::new(Map::new()) };
}

/// The event that reports it.
#[derive(Serialize)]
struct Report {
    r#type: &'static str,
    id: u64,
}

/// Stores what arrived, and returns the event that reports it.
pub(super) fn keep(id: f64, arrival: Arrival) -> Result<JsValue, JsError> {
    // The core assigned this number: it is whole and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let id = id as u64;
    let r#type = match arrival {
        Arrival::Answer(_) => "answered",
        Arrival::File(_) => "fetched",
    };
    ARRIVED.with_borrow_mut(|kept| kept.insert(id, arrival));
    to_js(&Report { r#type, id })
}

/// Adds what arrived to the event that reports it.
pub(super) fn put_in(event: &mut Event) {
    let arrival = match event {
        Event::Answered { id, .. } | Event::Fetched { id, .. } => {
            ARRIVED.with_borrow_mut(|kept| kept.remove(id))
        }
        _ => None,
    };
    match (event, arrival) {
        (Event::Answered { answer, .. }, Some(Arrival::Answer(arrived))) => *answer = arrived,
        (Event::Fetched { file, .. }, Some(Arrival::File(arrived))) => *file = arrived,
        _ => {}
    }
}
