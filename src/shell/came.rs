//! Answers and files that came. They stay on this side of the boundary: the background's script only hears that they are there.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::app::Event;
use crate::app::event::Fetched;
use crate::map::Map;
use crate::reading::Answer;

/// What came.
pub(super) enum Came {
    /// The answer to a read.
    Answer(Answer),
    /// A file.
    File(Fetched),
}

thread_local! {
    /// What came and was not told yet, by its effect's number.
    static CAME: RefCell<Map<u64, Came>> = const { RefCell::new(Map::new()) };
}

/// The event that tells of it.
#[derive(Serialize)]
struct Told {
    r#type: &'static str,
    id: u64,
}

/// Keeps what came for the event that tells of it, which this answers with.
pub(super) fn keep(id: f64, came: Came) -> Result<JsValue, JsError> {
    // A number that this core gave out: whole and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let id = id as u64;
    let r#type = match came {
        Came::Answer(_) => "answered",
        Came::File(_) => "fetched",
    };
    CAME.with_borrow_mut(|kept| kept.insert(id, came));
    super::to_js(&Told { r#type, id })
}

/// Puts what came into the event that tells of it.
pub(super) fn put_in(event: &mut Event) {
    let came = match event {
        Event::Answered { id, .. } | Event::Fetched { id, .. } => {
            CAME.with_borrow_mut(|kept| kept.remove(id))
        }
        _ => None,
    };
    match (event, came) {
        (Event::Answered { answer, .. }, Some(Came::Answer(came))) => *answer = came,
        (Event::Fetched { file, .. }, Some(Came::File(came))) => *file = came,
        _ => {}
    }
}
